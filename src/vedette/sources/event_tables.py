"""Event tables of others: ACLED, UCDP GED, POLECAT, vedette's own export, or any with named columns.

What a row needs is a day and a point; a row without is left out, with the reason. A cell that holds something else than
it should is refused with file, line and mend.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

import msgspec

from vedette.errors import BadRow
from vedette.sources.csv_cells import read_cells
from vedette.sources.days import parse_day
from vedette.sources.event_layouts import Layout, Levels, Taxonomy, load_layouts, load_types

__all__ = ["KEYS", "EventRow", "EventRows", "read_events"]

# What a user may name the column of.
KEYS = ("id", "date", "enddate", "lat", "lon", "deaths")
FIELD_OF_KEY = {"date": "start", "enddate": "end"}
EMPTY = frozenset({"", "none", "na", "nan", "null", "n/a"})


class EventRow(msgspec.Struct, frozen=True):
    """A row, `line` of its file. `start`, `end`: first and last day, proleptic ordinals; the same: an event, else an
    episode. `deaths`: None unknown. `is_coarse`: the table says that the point or the day is an approximate one.
    `kind`: its type as the table has it. `levels`: for each taxonomy its labels. `also`: ids of rows folded into it.
    """

    line: int
    id: str
    start: int
    end: int
    lat: float
    lon: float
    deaths: float | None
    is_coarse: bool
    kind: str | None
    levels: tuple[Levels, ...]
    also: tuple[str, ...] = ()


class EventRows(msgspec.Struct, frozen=True):
    """A table: the rows that can be linked, how many were left out and why, and types that no taxonomy knows."""

    name: str
    path: str
    layout: str
    rows: list[EventRow]
    left_out: dict[str, int]
    unknown_types: dict[str, int]


def read_events(
    path: Path, name: str, taxonomies: Sequence[Taxonomy] = (), columns: Mapping[str, str] = {}
) -> EventRows:
    """Read an event table.

    Args:
        name: by which taxonomies and results call the table.
        taxonomies: the user's; none: types of known layouts are read by ours (`load_types`).
        columns: which column holds what, by `KEYS`; they win over the layout's.

    Raises:
        InputError: the file, or a line of it, cannot be used; the message names file, line and mend.
    """
    found = read_cells(path)
    _, header = next(found)
    layout = _layout(path, header, columns)
    reader = _Reader(path, name, header, layout, taxonomies)
    rows = [(row, cells) for line, cells in found if (row := reader.read(line, cells)) is not None]
    folded = _folded(rows, [header.index(column) for column in layout.fold if column in header])
    return EventRows(name, str(path), layout.name, folded, dict(reader.left_out), dict(reader.unknown_types))


def _layout(path: Path, header: Sequence[str], columns: Mapping[str, str]) -> Layout:
    known = next((layout for layout in load_layouts() if set(layout.marks) <= set(header)), Layout("named"))
    named = {FIELD_OF_KEY.get(key, key): column.strip().lower() for key, column in columns.items()}
    if missing := [column for column in named.values() if column not in header]:
        raise BadRow(str(path), 1, f"no column {missing[0]!r}: its first line is {', '.join(header)[:80]!r}")
    layout = msgspec.structs.replace(known, **named)
    if layout.start is None or layout.lat is None or layout.lon is None:
        names = ", ".join(dict.fromkeys(known.name for known in load_layouts() if known.name != "named"))
        has = f"its first line is {', '.join(header)[:80]!r}" if header else "it is empty"
        raise BadRow(
            str(path),
            1,
            f"no columns of a known layout ({names}) and no date, lat and lon: {has}; "
            "name them with --columns date=DAY,lat=Y,lon=X",
        )
    return layout


def _folded(rows: Sequence[tuple[EventRow, Sequence[str]]], at: Sequence[int]) -> list[EventRow]:
    """Rows that repeat each other by the layout's columns as one: the one that knows most, else of the lowest id."""
    if not at:
        return [row for row, _ in rows]
    alike: defaultdict[tuple[object, ...], list[EventRow]] = defaultdict(list)
    for row, cells in rows:
        alike[row.start, row.end, row.lat, row.lon, *(cells[n] for n in at)].append(row)
    folded = []
    for some in alike.values():
        first, *others = sorted(some, key=lambda row: (row.deaths is None, -_n_known(row), row.id))
        folded.append(msgspec.structs.replace(first, also=tuple(row.id for row in others)))
    return folded


def _n_known(row: EventRow) -> int:
    return sum(label is not None for levels in row.levels for label in levels)


class _Reader:
    """Reads rows of one table, and counts what it leaves out."""

    def __init__(
        self, path: Path, name: str, header: Sequence[str], layout: Layout, taxonomies: Sequence[Taxonomy]
    ) -> None:
        self.path, self.name, self.layout, self.taxonomies = path, name, layout, taxonomies
        self.at = {column: n for n, column in reversed(list(enumerate(header)))}
        if missing := [t for t in taxonomies if t.column not in self.at]:
            raise BadRow(
                str(path),
                1,
                f"no column {missing[0].column!r}, of which {missing[0].file} is the taxonomy: rename one, or give "
                "--taxonomy COLUMN=FILE",
            )
        self.n_cells = len(header)
        self.types = load_types()
        self.left_out: Counter[str] = Counter()
        self.unknown_types: Counter[str] = Counter()

    def read(self, line: int, cells: Sequence[str]) -> EventRow | None:
        """The row, or None where it is left out."""
        if len(cells) < self.n_cells:
            raise BadRow(str(self.path), line, f"{len(cells)} cells where {self.n_cells} are needed")
        layout = self.layout
        if reason := self._reason(cells):
            self.left_out[reason] += 1
            return None
        start = self._day(line, cells, layout.start)
        lat = self._number(line, cells, layout.lat, 90, "degrees from -90 to 90")
        lon = self._number(line, cells, layout.lon, 180, "degrees from -180 to 180")
        if start is None or lat is None or lon is None or lat == lon == 0:
            self.left_out["no day" if start is None else "point 0, 0" if lat == lon == 0 else "no point"] += 1
            return None
        end = self._day(line, cells, layout.end)
        end = start if end is None else end - 1 if layout.end_is_exclusive else end
        if end < start:
            raise BadRow(
                str(self.path),
                line,
                f"it ends on {date.fromordinal(end)}, before it starts on {date.fromordinal(start)}",
            )
        deaths = self._number(line, cells, layout.deaths, math.inf, "a number, 0 or more, or nothing")
        if deaths is not None and deaths < 0:
            raise BadRow(str(self.path), line, f"{layout.deaths} is {deaths:g}: give a number, 0 or more, or nothing")
        kind, levels = self._types(line, cells)
        is_coarse = any(self._cell(cells, column) in values for column, values in layout.coarse.items())
        return EventRow(
            line, self._cell(cells, layout.id) or str(line), start, end, lat, lon, deaths, is_coarse, kind, levels
        )

    def _cell(self, cells: Sequence[str], column: str | None) -> str:
        at = self.at.get(column or "")
        return "" if at is None else cells[at]

    def _reason(self, cells: Sequence[str]) -> str | None:
        """Why the layout leaves the row out."""
        for column, values in self.layout.only.items():
            if column in self.at and (cell := self._cell(cells, column)) not in values:
                return f"{column} {cell or 'empty'}"
        for column, values in self.layout.no_point.items():
            if (cell := self._cell(cells, column)) in values:
                return f"{column} {cell}"
        return None

    def _day(self, line: int, cells: Sequence[str], column: str | None) -> int | None:
        words = self._cell(cells, column)
        if words.lower() in EMPTY:
            return None
        day = _ordinal(words)
        if day is None:
            raise BadRow(str(self.path), line, f"{column} is {words[:40]!r}: give the day as YYYY-MM-DD")
        return day

    def _number(self, line: int, cells: Sequence[str], column: str | None, most: float, wanted: str) -> float | None:
        words = self._cell(cells, column)
        if words.lower() in EMPTY:
            return None
        try:
            value = float(words)
        except ValueError:
            value = math.nan
        if not math.isfinite(value) or abs(value) > most:
            raise BadRow(str(self.path), line, f"{column} is {words[:40]!r}: give {wanted}")
        return value

    def _types(self, line: int, cells: Sequence[str]) -> tuple[str | None, tuple[Levels, ...]]:
        """The type as the table has it, and the labels in every taxonomy."""
        if not self.taxonomies:
            return self._known_type(cells)
        said: list[str] = []
        found: list[Levels] = []
        for taxonomy in self.taxonomies:
            category = self._cell(cells, taxonomy.column)
            if category.lower() in EMPTY:
                found.append((None,) * len(taxonomy.levels))
                continue
            levels = taxonomy.of(self.name, category)
            if levels is None:
                raise BadRow(
                    str(self.path),
                    line,
                    f"{taxonomy.file} has no line for {category[:40]!r} of the table {self.name!r}: add it, "
                    "or name the table as there by NAME=FILE",
                )
            said.append(category)
            found.append(levels)
        return "; ".join(said) or None, tuple(found)

    def _known_type(self, cells: Sequence[str]) -> tuple[str | None, tuple[Levels, ...]]:
        said = None
        for columns in self.layout.types:
            parts = [self._cell(cells, column) for column in columns.split("/")]
            if any(part.lower() in EMPTY for part in parts):
                continue
            category = "/".join(parts)
            said = said or category
            levels = self.types.of(self.layout.scheme or "", category.lower())
            if levels is not None:
                return said, (levels,)
        if said is not None:
            self.unknown_types[said] += 1
        return said, ((None,) * len(self.types.levels),)


@lru_cache(maxsize=100_000)
def _ordinal(words: str) -> int | None:
    day = parse_day(words)
    return None if day is None else day.toordinal()
