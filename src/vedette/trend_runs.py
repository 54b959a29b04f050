"""`vedette trends`: the coded reports of a database in, series against their own past out, as records and files."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from typing import Literal

import msgspec

from vedette.analysis.cells import parse_cells
from vedette.analysis.streams import EVERYTHING, Stream
from vedette.analysis.tallies import Layout
from vedette.analysis.trend_counts import find_trends
from vedette.analysis.trends import BY, By, TrendReport
from vedette.errors import InputError
from vedette.known import Source, known_of
from vedette.lookups.streams import load_streams
from vedette.outputs.files import whole_file
from vedette.outputs.trend_rows import TREND_SCHEMAS, trend_rows

__all__ = ["TrendQuery", "trends", "write_trends"]

# What is counted where nobody says: of places and actors the violence, as `vedette hotspots` does; else all.
USUAL: dict[By, str] = {"place": "violence", "actor": "violence", "type": EVERYTHING.name, "speaker": EVERYTHING.name}


class TrendQuery(msgspec.Struct, frozen=True, kw_only=True):
    """What `vedette trends` may be told.

    `by`: what a series is. `stream`: what is counted, a name of `data/analysis/streams.toml` or "all"; None: violence
    by place and actor, all by type and speaker; by stream each is a series. `cells`: "admin1" or "h3:N", by place.
    `since`, `until`: first and last day; None: those on which the first and the last report was published.
    """

    by: By = "place"
    stream: str | None = None
    cells: str = "admin1"
    time_unit: Literal["week", "month"] = "week"
    since: date | None = None
    until: date | None = None


def trends(source: Source, query: TrendQuery | None = None) -> TrendReport:
    """Hold the latest week or month of each series against its own past, and find since when it has its level.

    Where there is too little to tell, a series or the whole report gives a reason and no number. Nothing is forecast.

    Raises:
        InputError: an unknown kind of series, stream or cell, or days that cannot be.
    """
    query = query or TrendQuery()
    if query.by not in BY:
        raise InputError(f"--by {query.by!r}: use one of {', '.join(BY)}")
    if query.time_unit not in ("week", "month"):
        raise InputError(f"--time-unit {query.time_unit!r}: use week or month")
    try:
        cells = parse_cells(query.cells)
    except ValueError as error:
        raise InputError(f"--cells {error}") from error
    layout = Layout(resolution=cells, time_unit=query.time_unit, since=query.since, until=query.until)
    return find_trends(known_of(source), query.by, _streams(query), layout)


def write_trends(found: TrendReport, *, json: Path | None = None, csv: Path | None = None) -> None:
    """Write a report as a JSON object, and its counts as a CSV file, a row for each series and period."""
    if json is not None:
        with whole_file(json) as file:
            file.write(msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n")
    if csv is not None:
        with whole_file(csv) as file:
            file.write(_csv(found).encode("utf-8", errors="replace"))


def _streams(query: TrendQuery) -> list[Stream]:
    streams = load_streams()
    if query.by == "stream":
        if query.stream is not None:
            raise InputError("--by stream shows each of them: leave out --stream")
        return list(streams.values())
    name = query.stream or USUAL[query.by]
    if name == EVERYTHING.name:
        return [EVERYTHING]
    if name not in streams:
        raise InputError(f"--stream {name!r}: use one of {', '.join((*streams, EVERYTHING.name))}")
    return [streams[name]]


def _csv(found: TrendReport) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(TREND_SCHEMAS["periods"]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(trend_rows(found, "periods"))
    return text.getvalue()
