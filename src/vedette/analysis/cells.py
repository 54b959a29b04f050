"""Cells of a map: provinces (admin-1) or the hexagons of H3, and which place lies in which.

A place coarser than a cell has none: a country or a region, of H3 also a province, and a district where a hexagon is
smaller than that. Such a place has a stem instead, of which its cells are known by the finer places named in it.
The only module that imports H3.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import h3

from vedette.records import Place

__all__ = ["Cell", "cell_of", "centre_of", "is_coarse", "outline_of", "parse_cells", "ring_of", "stems_of", "step_km"]

WORDS = re.compile(r"admin1|h3:(\d{1,2})")
MAX_RESOLUTION = 9
# From this resolution on a hexagon (9.9 km along an edge at 5, 26 km at 4) is smaller than a usual district, of which
# half the width is 40 km (`resolution.incidents.REACH_KM`).
DISTRICT_IS_COARSE_FROM = 5


class Cell(NamedTuple):
    """`id`: country and province ("AFG/Kunduz"), or H3's index; `name`: for H3 that of the place most often named
    in it; `country`: ISO 3166 alpha-3; `lat`, `lon`: a point for it, WGS 84 degrees."""

    id: str
    name: str
    country: str | None
    lat: float
    lon: float


def parse_cells(words: str) -> int | None:
    """Return the resolution of "h3:4" (0 to 9; an edge of 4 is 26 km, of 5 10 km, of 6 4 km), None for "admin1".

    Raises:
        ValueError: anything else.
    """
    match = WORDS.fullmatch(words)
    if match is None or (match[1] and int(match[1]) > MAX_RESOLUTION):
        raise ValueError(f"{words!r} is neither admin1 nor h3:0 to h3:{MAX_RESOLUTION}, such as h3:4")
    return int(match[1]) if match[1] else None


def cell_of(place: Place, resolution: int | None) -> str | None:
    """Return the id of the cell in which a place lies; None: it is coarser than that, or nobody knows where it is."""
    if place.lat is None or place.lon is None or place.precision in ("country", "region"):
        return None
    if resolution is None:
        return f"{place.country}/{place.admin1}" if place.country and place.admin1 else None
    if place.precision == "admin1" or (place.precision == "admin2" and resolution >= DISTRICT_IS_COARSE_FROM):
        return None
    return str(h3.latlng_to_cell(place.lat, place.lon, resolution))


def stems_of(place: Place) -> list[str]:
    """Return the units in which a place lies, from country to district; the last is the place's own if it is one."""
    parts = [place.country, place.admin1, place.admin2]
    if place.precision == "region":
        return []
    if place.precision in ("country", "admin1"):
        parts = parts[: 1 if place.precision == "country" else 2]
    known = parts[: parts.index(None)] if None in parts else parts
    return ["/".join(map(str, known[: n + 1])) for n in range(len(known))]


def is_coarse(place: Place, resolution: int | None) -> bool:
    """Whether a place is too coarse for a cell, as against one of which nobody knows where it is."""
    if place.precision in ("country", "region"):
        return True
    return resolution is not None and (
        place.precision == "admin1" or (place.precision == "admin2" and resolution >= DISTRICT_IS_COARSE_FROM)
    )


def centre_of(cell: str) -> tuple[float, float]:
    """The centre of a hexagon: lat, lon."""
    lat, lon = h3.cell_to_latlng(cell)
    return float(lat), float(lon)


def ring_of(cell: str) -> list[str]:
    """The hexagons that touch this one (six; five of the twelve pentagons)."""
    return sorted(set(h3.grid_disk(cell, 1)) - {cell})


def step_km(resolution: int) -> float:
    """From the centre of a hexagon to that of one beside it, on the mean of the earth."""
    return float(h3.average_hexagon_edge_length(resolution, unit="km")) * 3**0.5


def outline_of(cell: str) -> list[tuple[float, float]]:
    """The corners of a hexagon as lon, lat in GeoJSON's order, the first again at the end.

    Across the 180th meridian longitudes go on beyond 180, so that the outline is whole.
    """
    corners = [(float(lon), float(lat)) for lat, lon in h3.cell_to_boundary(cell)]
    if max(x for x, _ in corners) - min(x for x, _ in corners) > 180:
        corners = [(x + 360 if x < 0 else x, y) for x, y in corners]
    return [*corners, corners[0]]
