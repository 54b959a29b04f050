"""`vedette plot`: pictures of a database, the same that the report shows, as SVG or PNG files.

A kind of picture is an entry of `KINDS`: what is asked of a database, and how that is drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import cast

import msgspec

from vedette.controls import ControlQuery, control_of
from vedette.errors import InputError
from vedette.hotspot_runs import HotspotQuery, hotspots
from vedette.known import Known, Source, known_of
from vedette.outputs.control_picture import control_sheet
from vedette.outputs.files import check_out, whole_file
from vedette.outputs.hotspot_picture import hotspot_sheet
from vedette.outputs.map_svg import country_names
from vedette.outputs.picture_sheet import Sheet
from vedette.outputs.png import png_of
from vedette.outputs.trend_picture import trend_sheet
from vedette.trend_runs import TrendQuery, trends

__all__ = ["KINDS", "Query", "check_picture", "plot", "query_of"]

type Query = HotspotQuery | TrendQuery | ControlQuery
SUFFIXES = (".svg", ".png")


def _hotspots(known: Known, query: Query | None) -> Sheet:
    return hotspot_sheet(hotspots(known, _of_kind(query, HotspotQuery, "hotspots")))


def _trends(known: Known, query: Query | None) -> Sheet:
    return trend_sheet(trends(known, _of_kind(query, TrendQuery, "trends")))


def _control(known: Known, query: Query | None) -> Sheet:
    asked = _of_kind(query, ControlQuery, "control") or ControlQuery()
    found = control_of(known.coded, known.resolution, day=asked.day, according_to=asked.according_to)
    return control_sheet(found, lambda iso3: country_names().get(iso3, iso3))


KINDS: Mapping[str, Callable[[Known, Query | None], Sheet]] = {
    "hotspots": _hotspots,
    "trends": _trends,
    "control": _control,
}
QUERIES: Mapping[str, type[Query]] = {"hotspots": HotspotQuery, "trends": TrendQuery, "control": ControlQuery}


def plot(source: Source, kind: str, out: str | Path, query: Query | None = None) -> str | None:
    """Draw "hotspots", "trends" or "control" of a store or of coded documents into a file that ends in .svg or .png.

    Args:
        query: what is counted and how, a `HotspotQuery`, `TrendQuery` or `ControlQuery`; None: as the commands do
            without options.

    Returns:
        Why there is nothing to draw, where the data are too few (the picture says it too); else None.

    Raises:
        InputError: no such kind of picture, a query of another, or a file that is neither .svg nor .png.
    """
    draw = KINDS[_known(kind)]
    path = Path(out)
    check_picture(path)
    sheet = draw(known_of(source), query)
    with whole_file(path) as file:
        file.write(png_of(sheet.svg) if path.suffix.lower() == ".png" else sheet.svg.encode("utf-8", errors="replace"))
    return sheet.too_few


def query_of(kind: str, told: Mapping[str, object]) -> Query:
    """Return the query of a kind of picture from options by the names of its fields; None: not told.

    Raises:
        InputError: no such kind of picture, or an option that it does not have.
    """
    wanted = QUERIES[_known(kind)]
    given = {name: value for name, value in told.items() if value is not None}
    for name in given:
        if name not in wanted.__struct_fields__:
            of = " and ".join(f"`vedette plot {k}`" for k, q in QUERIES.items() if name in q.__struct_fields__)
            raise InputError(f"--{name.replace('_', '-')} is of {of}, not of {kind}")
    return cast("Callable[..., Query]", wanted)(**given)


def check_picture(out: Path) -> None:
    """Raise `InputError` where no picture can be written at `out`, before any work is done for it."""
    if out.suffix.lower() not in SUFFIXES:
        raise InputError(f"--out {out}: a picture's name ends in .svg or .png")
    check_out(out)


def _known(kind: str) -> str:
    if kind not in KINDS:
        raise InputError(f"there is no picture {kind!r}: use one of {', '.join(KINDS)}")
    return kind


def _of_kind[Q: msgspec.Struct](query: Query | None, wanted: type[Q], kind: str) -> Q | None:
    if query is not None and not isinstance(query, wanted):
        raise InputError(f"a picture of {kind} takes a {wanted.__name__}")
    return query
