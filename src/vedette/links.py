"""`vedette link`: event tables in, one record for each happening out. Reads the files, links their rows, names them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations, islice
from pathlib import Path
from typing import Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from vedette.errors import InputError
from vedette.outputs.files import whole_file
from vedette.outputs.linked import linked_csv
from vedette.resolution.linkage import Group, Linkage, link
from vedette.resolution.linked import (
    EpisodePart,
    LinkedPair,
    LinkedRecord,
    LinkedRow,
    LinkedTable,
    LinkReport,
    Overlap,
    RowRef,
    RowRival,
    SecondRow,
)
from vedette.resolution.nearby import UNIT, EventTable, Pairs, Windows, farthest
from vedette.sources.event_layouts import Taxonomy, load_types, read_taxonomy
from vedette.sources.event_tables import KEYS, EventRow, EventRows, read_events

__all__ = ["LinkOptions", "link_files", "write_linked", "write_links"]

# A bit each in what groups hold.
MAX_TABLES = 20

_Pair = tuple[int, int, float, int, float, int]

Ints = NDArray[np.int64]


class LinkOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What `vedette link` may be told.

    `taxonomies`: FILE or COLUMN=FILE each; none: types of known layouts are compared. `columns`: "KEY=COLUMN,..." for
    every table or "NAME:KEY=COLUMN,..." for one. `partial`: taxonomies in which two rows may disagree.
    """

    km: float = 10.0
    days: int = 1
    taxonomies: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    partial: int = 0


def link_files(tables: Sequence[str], options: LinkOptions) -> LinkReport:
    """Link the rows of event tables, FILE or NAME=FILE each; a table's name is else the file's without its ending.

    The order of the rows changes nothing. The order of the tables changes in which order a record has its rows.

    Raises:
        InputError: a file, a line of one, or an option cannot be used.
    """
    paths = _named(tables)
    _check(options, len(paths))
    taxonomies = tuple(read_taxonomy(Path(file), column) for column, file in map(_parted, options.taxonomies))
    columns = _columns(options.columns, paths)
    read = [read_events(path, name, taxonomies, columns[name]) for name, path in paths.items()]
    if not taxonomies and sum(table.layout != "named" for table in read) > 1:
        taxonomies = (load_types(),)
    rows = _Rows(read, taxonomies)
    return _report(
        read, rows, taxonomies, link(rows.table, Windows(options.km, options.days, options.partial)), options
    )


def write_links(report: LinkReport, out: Path) -> None:
    """Write a report as a JSON object."""
    with whole_file(out) as file:
        file.write(msgspec.json.format(msgspec.json.encode(report), indent=1) + b"\n")


def write_linked(report: LinkReport, out: Path) -> None:
    """Write the records as CSV, a line each."""
    with whole_file(out) as file:
        file.write(linked_csv(report).encode("utf-8", errors="replace"))


def _parted(words: str) -> tuple[str | None, str]:
    """NAME=FILE; a file that is there under all these words has no name."""
    name, equals, file = words.partition("=")
    return (name.strip(), file) if equals and not Path(words).exists() else (None, words)


def _named(tables: Sequence[str]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for words in tables:
        name, file = _parted(words)
        name = Path(file).stem if name is None else name
        if not name or name in found:
            raise InputError(f"two tables are called {name!r}: tell them apart by NAME=FILE, such as first={file}")
        found[name] = Path(file)
    return found


def _check(options: LinkOptions, n_tables: int) -> None:
    if not 2 <= n_tables <= MAX_TABLES:
        raise InputError(
            f"{n_tables} table to link: name two or more"
            if n_tables < 2
            else f"{n_tables} tables: name at most {MAX_TABLES}"
        )
    if not 0 < options.km <= 20_000:
        raise InputError(f"--km {options.km:g}: give a distance above 0, such as 10")
    if not 0 <= options.days <= 3_650:
        raise InputError(f"--days {options.days}: give a number of days, 0 to 3650")
    n_taxonomies = max(1, len(options.taxonomies))
    if not 0 <= options.partial < n_taxonomies:
        raise InputError(f"--partial {options.partial}: with {n_taxonomies} to compare by give 0 to {n_taxonomies - 1}")


def _columns(specified: Sequence[str], paths: Mapping[str, Path]) -> dict[str, dict[str, str]]:
    """For each table which columns hold what; what names a table wins over what names none."""
    found: dict[str, dict[str, str]] = {name: {} for name in paths}
    for words in sorted(specified, key=lambda words: _table_of(words, paths) is not None):
        table = _table_of(words, paths)
        for part in (words if table is None else words[len(table) + 1 :]).split(","):
            key, equals, column = (x.strip() for x in part.partition("="))
            if not equals or not column or key not in KEYS:
                raise InputError(
                    f"--columns {words}: write KEY=COLUMN,... or TABLE:KEY=COLUMN,... with {', '.join(KEYS)}"
                )
            for name in found if table is None else [table]:
                found[name][key] = column
    return found


def _table_of(words: str, paths: Mapping[str, Path]) -> str | None:
    return next((name for name in sorted(paths, key=len, reverse=True) if words.startswith(f"{name}:")), None)


class _Rows:
    """The rows of all tables in an order that depends on what they say alone, as arrays and with their names."""

    def __init__(self, read: Sequence[EventRows], taxonomies: Sequence[Taxonomy]) -> None:
        rank = {name: n for n, name in enumerate(sorted(table.name for table in read))}
        whole = [(rank[t.name], table_no, row) for table_no, t in enumerate(read) for row in t.rows]
        whole.sort(key=lambda item: (item[0], *_content(item[2])))
        self.table_no = [table_no for _, table_no, _ in whole]
        self.rows = [row for _, _, row in whole]
        self.refs = [RowRef(read[n].name, row.line, row.id) for n, row in zip(self.table_no, self.rows, strict=True)]
        self.table = EventTable(
            np.array([n for n, _, _ in whole], dtype=np.int64),
            np.array([row.start for row in self.rows], dtype=np.int64),
            np.array([row.end for row in self.rows], dtype=np.int64),
            np.array([row.lat for row in self.rows], dtype=np.float64),
            np.array([row.lon for row in self.rows], dtype=np.float64),
            np.array([np.nan if row.deaths is None else row.deaths for row in self.rows], dtype=np.float64),
            tuple(self._codes(n, len(taxonomy.levels)) for n, taxonomy in enumerate(taxonomies)),
        )

    def _codes(self, taxonomy: int, n_levels: int) -> Ints:
        known: dict[tuple[int, str], int] = {}
        coded: dict[tuple[str | None, ...], list[int]] = {}
        for row in self.rows:
            levels = row.levels[taxonomy]
            if levels not in coded:
                coded[levels] = [
                    -1 if label is None else known.setdefault((n, label), len(known)) for n, label in enumerate(levels)
                ]
        return np.array([coded[row.levels[taxonomy]] for row in self.rows], dtype=np.int64).reshape(-1, n_levels)


def _content(row: EventRow) -> tuple[object, ...]:
    deaths = -1.0 if row.deaths is None else row.deaths
    labels = tuple(label or "" for levels in row.levels for label in levels)
    return row.start, row.end, row.lat, row.lon, deaths, labels, row.id, row.line


def _report(
    read: Sequence[EventRows], rows: _Rows, taxonomies: Sequence[Taxonomy], made: Linkage, options: LinkOptions
) -> LinkReport:
    inside = _items(made.pairs.take(np.array([pair for group in made.groups for pair in group.pairs], dtype=np.int64)))
    records = [_record(group, rows, list(islice(inside, len(group.pairs)))) for group in made.groups]
    records.sort(key=lambda record: min((row.start, row.ref.table, row.ref.id, row.ref.line) for row in record.rows))
    matched = Counter(record.kind for record in records if len(record.rows) > 1)
    held = Counter(tuple(row.ref.table for row in record.rows) for record in records)
    names = [table.name for table in read]
    combined = [some for n in range(1, len(names) + 1) for some in combinations(names, n)] if len(names) <= 3 else held
    refs, member = rows.refs, {row: group.rows for group in made.groups for row in group.rows}
    return LinkReport(
        km=options.km,
        days=options.days,
        partial=options.partial,
        taxonomies={taxonomy.column: taxonomy.levels for taxonomy in taxonomies},
        tables=tuple(_table(table) for table in read),
        n_rows=len(rows.rows),
        n_unique=len(records),
        n_matched_events=matched["event"],
        n_matched_episodes=matched["episode"],
        n_removed=len(rows.rows) - len(records),
        overlap=tuple(Overlap(some, held[some]) for some in combined),
        records=tuple(records),
        parts=tuple(EpisodePart(refs[a], refs[b], km, days, share) for a, b, km, days, share, _ in _items(made.parts)),
        seconds=tuple(
            SecondRow(refs[a], refs[b], _of_table(refs, member[b], refs[a].table), km, days, share)
            for a, b, km, days, share, _ in _items(made.seconds)
        ),
    )


def _table(table: EventRows) -> LinkedTable:
    n_episodes = sum(row.end > row.start for row in table.rows)
    n_events = len(table.rows) - n_episodes
    n_folded = sum(len(row.also) for row in table.rows)
    left_out, unknown = table.left_out, table.unknown_types
    return LinkedTable(table.name, table.path, table.layout, n_events, n_episodes, n_folded, left_out, unknown)


def _record(group: Group, rows: _Rows, inside: Sequence[_Pair]) -> LinkedRecord:
    ordered = sorted(group.rows, key=lambda row: rows.table_no[row])
    kind: Literal["event", "episode"] = (
        "episode" if rows.rows[ordered[0]].end > rows.rows[ordered[0]].start else "event"
    )
    said = tuple(_said(rows, row) for row in ordered)
    is_coarse = any(rows.rows[row].is_coarse for row in ordered)
    if len(ordered) == 1:
        return LinkedRecord(said, kind, is_coarse=is_coarse)
    refs = rows.refs
    pairs = tuple(
        LinkedPair(refs[a], refs[b], km, days, share, weight / UNIT) for a, b, km, days, share, weight in inside
    )
    km, days = max(pair.km for pair in pairs), max(pair.days for pair in pairs)
    if group.is_chained:  # then some pair is none of these
        km, days = farthest(rows.table, np.array(group.rows))
    return LinkedRecord(
        said,
        kind,
        pairs,
        km,
        days,
        sum(pair.agreement for pair in pairs) / len(pairs),
        sum(pair.weight for pair in pairs) / len(pairs),
        group.is_chained,
        is_coarse,
        tuple(RowRival(refs[rival.row], refs[rival.other], rival.loss) for rival in group.rivals),
    )


def _said(rows: _Rows, n: int) -> LinkedRow:
    row = rows.rows[n]
    start, end = date.fromordinal(row.start), date.fromordinal(row.end)
    return LinkedRow(rows.refs[n], start, end, row.lat, row.lon, row.deaths, row.kind, row.also)


def _items(pairs: Pairs) -> Iterator[_Pair]:
    return zip(*(array.tolist() for array in pairs), strict=True)


def _of_table(refs: Sequence[RowRef], rows: Sequence[int], table: str) -> RowRef:
    return next(refs[row] for row in rows if refs[row].table == table)
