"""The records of linked event tables as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from vedette.resolution.linked import LinkedRecord, LinkedRow, LinkReport

__all__ = ["flags", "linked_csv"]

COLUMNS = "record kind start end lat lon tables km days agreement weight flags".split()
OF_TABLE = "id line start type deaths also".split()


def linked_csv(report: LinkReport) -> str:
    """Return a line a record: day and point of its first row, how well its rows fit, then what each table's row says.

    The columns of a table are called NAME:id, NAME:line and so on, and are empty where it does not tell of the record.
    """
    names = [table.name for table in report.tables]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*COLUMNS, *(f"{name}:{what}" for name in names for what in OF_TABLE)])
    for n, record in enumerate(report.records, 1):
        first, row_of = record.rows[0], {row.ref.table: row for row in record.rows}
        where = (first.start, first.end, first.lat, first.lon, "; ".join(row_of))
        fit = (_short(x) for x in (record.km, record.days, record.agreement, record.weight))
        of_tables = (cell for name in names for cell in _cells(row_of.get(name)))
        writer.writerow([n, record.kind, *where, *fit, "; ".join(flags(record)), *of_tables])
    return text.getvalue()


def flags(record: LinkedRecord) -> Iterator[str]:
    """Yield what a reviewer should know of a record: "ambiguous", "chained", "coarse"."""
    if record.rivals:
        yield "ambiguous"
    if record.is_chained:
        yield "chained"
    if record.is_coarse:
        yield "coarse"


def _cells(row: LinkedRow | None) -> tuple[object, ...]:
    if row is None:
        return ("",) * len(OF_TABLE)
    deaths = "" if row.deaths is None else f"{row.deaths:g}"
    return row.ref.id, row.ref.line, row.start, row.kind or "", deaths, "; ".join(row.also)


def _short(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}".rstrip("0").rstrip(".")
