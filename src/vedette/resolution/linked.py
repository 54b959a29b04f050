"""What linking event tables found, with tables, lines and ids: the records of `vedette link` and of its JSON."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

__all__ = [
    "EpisodePart",
    "LinkReport",
    "LinkedPair",
    "LinkedRecord",
    "LinkedRow",
    "LinkedTable",
    "Overlap",
    "RowRef",
    "RowRival",
    "SecondRow",
]

Kind = Literal["event", "episode"]


class LinkedTable(msgspec.Struct, frozen=True):
    """A table: its rows that could be linked, events (one day) and episodes, and how many were left out and why.

    `n_folded`: rows that repeat others. `unknown_types`: types that no taxonomy knows, with the number of rows.
    """

    name: str
    path: str
    layout: str
    n_events: int
    n_episodes: int
    n_folded: int
    left_out: dict[str, int]
    unknown_types: dict[str, int]


class RowRef(msgspec.Struct, frozen=True):
    """A row: its table, the line of its file, its id there (or the line again)."""

    table: str
    line: int
    id: str


class LinkedRow(msgspec.Struct, frozen=True):
    """A row with what it says; `end` is the last day, within it. `also`: ids of rows that repeat it in its table."""

    ref: RowRef
    start: date
    end: date
    lat: float
    lon: float
    deaths: float | None
    kind: str | None
    also: tuple[str, ...] = ()


class LinkedPair(msgspec.Struct, frozen=True):
    """Two rows of a record that lie within the windows; `agreement` and `weight` 0..1."""

    a: RowRef
    b: RowRef
    km: float
    days: int
    agreement: float
    weight: float


class RowRival(msgspec.Struct, frozen=True):
    """Instead of `row` the record might have `other` of the same table, for a sum of weights lower by `loss`."""

    row: RowRef
    other: RowRef
    loss: float


class LinkedRecord(msgspec.Struct, frozen=True):
    """One happening: a row of each table that records it, in the order of the tables.

    `km`, `days`: the largest between two of its rows. `agreement`, `weight`: means over its pairs; None of a row alone.
    `is_chained`: some of its rows do not lie within the windows of each other. `is_coarse`: some row's point or day is
    an approximate one.
    """

    rows: tuple[LinkedRow, ...]
    kind: Kind
    pairs: tuple[LinkedPair, ...] = ()
    km: float | None = None
    days: int | None = None
    agreement: float | None = None
    weight: float | None = None
    is_chained: bool = False
    is_coarse: bool = False
    rivals: tuple[RowRival, ...] = ()


class EpisodePart(msgspec.Struct, frozen=True):
    """An event that may be part of another table's episode, for review; `days` it lies outside, 0 within."""

    episode: RowRef
    event: RowRef
    km: float
    days: int
    agreement: float


class SecondRow(msgspec.Struct, frozen=True):
    """A row alone that fits `fits`, which is linked to `linked`, another row of its table: a repetition, perhaps."""

    row: RowRef
    fits: RowRef
    linked: RowRef
    km: float
    days: int
    agreement: float


class Overlap(msgspec.Struct, frozen=True):
    """How many records these tables, and no other, have in common."""

    tables: tuple[str, ...]
    n_records: int


class LinkReport(msgspec.Struct, frozen=True, kw_only=True):
    """What was linked: `n_unique` records of `n_rows` rows, `records` in the order of their days.

    `taxonomies`: the levels of each, finest first, by the column of the category.
    """

    km: float
    days: int
    partial: int
    taxonomies: dict[str, tuple[str, ...]]
    tables: tuple[LinkedTable, ...]
    n_rows: int
    n_unique: int
    n_matched_events: int
    n_matched_episodes: int
    n_removed: int
    overlap: tuple[Overlap, ...]
    records: tuple[LinkedRecord, ...]
    parts: tuple[EpisodePart, ...]
    seconds: tuple[SecondRow, ...]
