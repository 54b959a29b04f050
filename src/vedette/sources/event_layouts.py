"""Layouts of event tables and the vocabularies of their types, from the package's data, and taxonomies of the user's.

A taxonomy puts each category of each table under labels of several levels, the finest first. Layouts and types are
checked when they are loaded.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import msgspec

from vedette.errors import BadData, BadRow, InputError
from vedette.ontology import MODES, TYPES
from vedette.sources.csv_cells import read_cells
from vedette.toml_lines import line_of

__all__ = ["Layout", "Levels", "Taxonomy", "load_layouts", "load_types", "read_taxonomy"]

LAYOUTS, TYPE_TABLE = "linkage/layouts.toml", "linkage/types.csv"
TYPE_COLUMNS = ["scheme", "category", "manner", "target", "type", "family"]
# The rows of a user's taxonomy that hold for every table.
ANY_TABLE = "*"

Levels = tuple[str | None, ...]


class Layout(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which columns of an event table hold what; documented in `data/linkage/layouts.toml`."""

    name: str
    marks: tuple[str, ...] = ()
    id: str | None = None
    start: str | None = None
    end: str | None = None
    end_is_exclusive: bool = False
    lat: str | None = None
    lon: str | None = None
    deaths: str | None = None
    types: tuple[str, ...] = ()
    scheme: str | None = None
    only: Mapping[str, tuple[str, ...]] = {}
    no_point: Mapping[str, tuple[str, ...]] = {}
    coarse: Mapping[str, tuple[str, ...]] = {}
    fold: tuple[str, ...] = ()


class Taxonomy(NamedTuple):
    """Labels by (table, category), one for each of `levels`, the finest first; None: not known at this level.

    `column`: where the category stands. `file`: the name that messages give.
    """

    column: str
    file: str
    levels: tuple[str, ...]
    rows: Mapping[tuple[str, str], Levels]

    def of(self, table: str, category: str) -> Levels | None:
        """The labels of a category of a table; None: there is no line for it."""
        return self.rows.get((table, category)) or self.rows.get((ANY_TABLE, category))


class _Layouts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    layouts: tuple[Layout, ...]


@cache
def load_layouts() -> tuple[Layout, ...]:
    """The layouts that are recognised, in the order in which they are tried.

    Raises:
        BadData: the file is malformed; the message names file, line and mend.
    """
    text = _text(LAYOUTS)
    try:
        return _parse_layouts(text, {scheme for scheme, _ in load_types().rows})
    except tomllib.TOMLDecodeError as error:
        raise BadData(LAYOUTS, "syntax", str(error)) from error
    except BadData as error:
        line = line_of(text, error.where, error.reason) if error.file == LAYOUTS else None
        raise error.at(line) if line else error from error


@cache
def load_types() -> Taxonomy:
    """Types of events of known vocabularies; the table of its rows is the vocabulary's name, categories in lower case.

    Raises:
        BadData: the file is malformed; the message names file, line and mend.
    """
    rows: dict[tuple[str, str], Levels] = {}
    kinds: dict[str, str] = {}
    for n, cells in enumerate(csv.reader(io.StringIO(_text(TYPE_TABLE))), 1):
        if n == 1:
            if cells != TYPE_COLUMNS:
                raise BadData(TYPE_TABLE, "line 1", f"the columns must be {','.join(TYPE_COLUMNS)}")
            continue
        if len(cells) != len(TYPE_COLUMNS):
            raise BadData(TYPE_TABLE, f"line {n}", f"{len(cells)} cells, not {len(TYPE_COLUMNS)}")
        scheme, category, manner, _, kind, _ = cells
        if not scheme or not category:
            raise BadData(TYPE_TABLE, f"line {n}", "the scheme or the category is empty: name it")
        if kind and kind not in TYPES:
            raise BadData(TYPE_TABLE, f"line {n}", f"unknown type {kind!r}: use one of {', '.join(sorted(TYPES))}")
        if manner and kind and kinds.setdefault(manner, kind) != kind:
            raise BadData(TYPE_TABLE, f"line {n}", f"{manner!r} is of type {kinds[manner]} above: use another word")
        if scheme == "plover":
            _check_plover(n, category)
        key = (scheme, category.lower())
        if key in rows:
            raise BadData(TYPE_TABLE, f"line {n}", f"{category!r} has a line above: take one of them out")
        rows[key] = tuple(cell or None for cell in cells[2:])
    if missing := sorted(kind for kind in TYPES if ("plover", kind.lower()) not in rows):
        raise BadData(TYPE_TABLE, "scheme plover", f"no line for {', '.join(missing)}: add it")
    return Taxonomy("type", TYPE_TABLE, tuple(TYPE_COLUMNS[2:]), rows)


def read_taxonomy(path: Path, column: str | None = None) -> Taxonomy:
    """Read a user's taxonomy: table, category, then labels, the finest level first; the header names the levels.

    Args:
        column: where event tables hold the category; else the file's name without its ending.

    Raises:
        InputError: the file or a line of it cannot be used; the message names file, line and mend.
    """
    found = read_cells(path)
    _, header = next(found)
    if len(header) < 3:
        raise BadRow(
            str(path), 1, "a taxonomy needs three columns or more: table, category, and labels from fine to coarse"
        )
    rows: dict[tuple[str, str], Levels] = {}
    for line, cells in found:
        if len(cells) != len(header):
            raise BadRow(str(path), line, f"{len(cells)} cells where {len(header)} are needed")
        table, category, *labels = cells
        if not table or not category:
            raise BadRow(str(path), line, "no table or no category: name both, or * for any table")
        if (table, category) in rows:
            raise BadRow(str(path), line, f"{category!r} of {table} stands here a second time: leave one")
        rows[table, category] = tuple(label or None for label in labels)
    if not rows:
        raise InputError(f"{path} holds no category: give a line for each")
    return Taxonomy((column or path.stem).lower(), str(path), tuple(header[2:]), rows)


def _parse_layouts(text: str, schemes: set[str]) -> tuple[Layout, ...]:
    try:
        found = msgspec.convert(tomllib.loads(text), _Layouts).layouts
    except msgspec.ValidationError as error:
        raise BadData(LAYOUTS, "top level", str(error)) from error
    for n, layout in enumerate(found, 1):
        where = f"layouts {n} ({layout.name})"
        if missing := [key for key in ("start", "lat", "lon") if getattr(layout, key) is None]:
            raise BadData(LAYOUTS, where, f"no {missing[0]!r}: name its column")
        if layout.scheme is not None and layout.scheme not in schemes:
            raise BadData(LAYOUTS, where, f"unknown scheme {layout.scheme!r}: use one of {', '.join(sorted(schemes))}")
        if bool(layout.types) != bool(layout.scheme):
            raise BadData(LAYOUTS, where, "'types' need a 'scheme', and the other way round")
        if wrong := [mark for mark in _columns(layout) if mark != mark.lower()]:
            raise BadData(LAYOUTS, where, f"{wrong[0]!r}: write columns in lower case")
        if unmarked := [c for c in (layout.start, layout.lat, layout.lon) if c not in layout.marks]:
            raise BadData(LAYOUTS, where, f"{unmarked[0]!r} is not among 'marks': add it")
    return found


def _columns(layout: Layout) -> Sequence[str]:
    named = (layout.id, layout.start, layout.end, layout.lat, layout.lon, layout.deaths)
    typed = (part for columns in layout.types for part in columns.split("/"))
    return [
        c for c in (*layout.marks, *named, *typed, *layout.only, *layout.no_point, *layout.coarse, *layout.fold) if c
    ]


def _check_plover(n: int, category: str) -> None:
    kind, _, mode = category.partition("/")
    if kind not in TYPES:
        raise BadData(TYPE_TABLE, f"line {n}", f"unknown type {kind!r}: use one of {', '.join(sorted(TYPES))}")
    if mode and mode not in MODES[kind]:
        known = ", ".join(sorted(MODES[kind])) or "none"
        raise BadData(TYPE_TABLE, f"line {n}", f"{kind} has no mode {mode!r}: use one of {known}")


def _text(name: str) -> str:
    try:
        return (files("vedette") / "data" / name).read_text(encoding="utf-8")
    except OSError as error:
        raise BadData(name, "file", f"cannot be read ({error.strerror}): install vedette anew") from error
    except UnicodeDecodeError as error:
        raise BadData(name, f"byte {error.start}", "this is no UTF-8: save the file as UTF-8") from error
