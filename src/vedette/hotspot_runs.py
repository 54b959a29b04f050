"""`vedette hotspots`: the coded reports of a database in, hotspots of one stream out, as records, files and frames."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

import msgspec

from vedette.analysis.cells import parse_cells
from vedette.analysis.hotspot_records import HotspotReport
from vedette.analysis.hotspot_study import HotspotOptions, find_hotspots
from vedette.analysis.periods import Unit
from vedette.analysis.streams import Stream
from vedette.analysis.tallies import Layout, Tally, tally
from vedette.errors import InputError
from vedette.known import Source, known_of
from vedette.lookups.streams import load_streams
from vedette.outputs.files import whole_file
from vedette.outputs.hotspot_map import feature_collection

__all__ = ["HotspotQuery", "hotspots", "tally_of", "write_hotspots"]


class HotspotQuery(msgspec.Struct, frozen=True, kw_only=True):
    """What `vedette hotspots` may be told.

    `stream`: a name of `data/analysis/streams.toml`. `cells`: "admin1" or "h3:N". `time_unit`, `coarse`, `days`,
    `since`, `until` as in `tallies.Layout`, the rest as in `hotspot_study.HotspotOptions`.
    """

    stream: str = "violence"
    cells: str = "admin1"
    time_unit: Unit = "week"
    coarse: Literal["out", "spread"] = "out"
    days: Literal["start", "spread"] = "start"
    since: date | None = None
    until: date | None = None
    model: Literal["bernoulli", "expectation", "poisson"] = "bernoulli"
    max_days: int | None = None
    max_km: float = 300.0
    replications: int = 999
    seed: int = 1


def hotspots(source: Source, query: HotspotQuery | None = None) -> HotspotReport:
    """Find where and when a stream is above what its coverage and its past let expect.

    Where there is too little to tell, the report says of what (`too_few`) and holds no result.

    Raises:
        InputError: an unknown stream or kind of cell, or an option that cannot be used.
    """
    query = query or HotspotQuery()
    options = HotspotOptions(
        model=query.model,
        max_days=query.max_days,
        max_km=query.max_km,
        replications=query.replications,
        seed=query.seed,
    )
    return find_hotspots(tally_of(source, query), options)


def tally_of(source: Source, query: HotspotQuery) -> Tally:
    """Count the units of a stream of stored or coded documents in cells and periods, with their coverage.

    Raises:
        InputError: an unknown stream or kind of cell, or days that cannot be.
    """
    stream = _stream(query.stream)
    try:
        resolution = parse_cells(query.cells)
    except ValueError as error:
        raise InputError(f"--cells {error}") from error
    layout = Layout(
        resolution=resolution,
        time_unit=query.time_unit,
        coarse=query.coarse,
        days=query.days,
        since=query.since,
        until=query.until,
    )
    return tally(*known_of(source), stream, layout)


def write_hotspots(found: HotspotReport, *, json: Path | None = None, geojson: Path | None = None) -> None:
    """Write a report as a JSON object, and its cells as GeoJSON."""
    if json is not None:
        with whole_file(json) as file:
            file.write(msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n")
    if geojson is not None:
        with whole_file(geojson) as file:
            file.write(feature_collection(found).encode())


def _stream(name: str) -> Stream:
    streams = load_streams()
    if name not in streams:
        raise InputError(f"--stream {name!r}: use one of {', '.join(streams)}")
    return streams[name]
