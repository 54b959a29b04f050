"""The report's map: outlines and claims as one SVG, drawn for the extent of the claims.

Plate carrée stretched by the cosine of the middle latitude; outlines are Natural Earth's (public domain). A claim at
a country or region is never drawn as a point.
"""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Iterator, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from typing import NamedTuple

__all__ = ["Dot", "draw_map"]

WIDTH = 1000.0
# A view smaller than this many degrees shows nothing that a reader knows.
LEAST_DEGREES = 3.0
MARGIN = 0.18
# The map is at most this high for its width, so that it fits a screen and half an A4 page.
MAX_RATIO = 0.72
MIN_RATIO = 0.45
PROVINCES_UP_TO = 40.0
LABEL_GAP = 14.0


class Dot(NamedTuple):
    """A place with claims: what it is called, how many independent origins, which family, where its list stands."""

    lon: float
    lat: float
    name: str
    precision: str
    n_claims: int
    n_origins: int
    family: str
    anchor: str


class _View(NamedTuple):
    west: float
    south: float
    east: float
    north: float
    height: float

    def x(self, lon: float) -> float:
        return (lon - self.west) / (self.east - self.west) * WIDTH

    def y(self, lat: float) -> float:
        return (self.north - lat) / (self.north - self.south) * self.height


@cache
def _world() -> dict[str, list[tuple[str, str, list[list[tuple[float, float]]]]]]:
    raw = json.loads(gzip.decompress((files("vedette") / "data" / "map" / "world.json.gz").read_bytes()))
    made: dict[str, list[tuple[str, str, list[list[tuple[float, float]]]]]] = {}
    for layer, rows in raw.items():
        made[layer] = [(iso3 or "", name or "", [_ring(line) for line in rings]) for iso3, name, rings in rows]
    return made


def _ring(line: Sequence[int]) -> list[tuple[float, float]]:
    points, x, y = [], 0, 0
    for k in range(0, len(line), 2):
        x, y = (line[0], line[1]) if k == 0 else (x + line[k], y + line[k + 1])
        points.append((x / 100, y / 100))
    return points


def draw_map(dots: Sequence[Dot]) -> str | None:
    """Return the SVG, or None where no claim has a point."""
    if not dots:
        return None
    view = _view(dots)
    parts = [
        f'<svg class="map" viewBox="0 0 {WIDTH:.0f} {view.height:.0f}" role="img" aria-labelledby="map-title map-desc" '
        'xmlns="http://www.w3.org/2000/svg">',
        '<title id="map-title">Map of the claims</title>',
        f'<desc id="map-desc">{len(dots)} places; the table below the map lists them.</desc>',
        f'<rect class="sea" width="{WIDTH:.0f}" height="{view.height:.0f}"/>',
    ]
    parts += _outlines(view, "countries", "land")
    if view.east - view.west <= PROVINCES_UP_TO:
        parts += _outlines(view, "provinces", "province")
    parts += _outlines(view, "countries", "border")
    boxes: list[tuple[float, float, float, float]] = []
    shapes = [_shape(view, dot) for dot in sorted(dots, key=lambda d: -d.n_origins)]
    labels = list(_dot_labels(view, dots, boxes))
    parts += _unit_labels(view, boxes)
    parts += shapes
    parts += labels
    parts.append(_scale(view))
    parts.append("</svg>")
    return "\n".join(parts)


def _view(dots: Sequence[Dot]) -> _View:
    lons = [d.lon for d in dots]
    if max(lons) - min(lons) > 180:  # around the antimeridian the world is shown whole
        west, east = -180.0, 180.0
    else:
        west, east = min(lons), max(lons)
    south, north = min(d.lat for d in dots), max(d.lat for d in dots)
    middle = (south + north) / 2
    squeeze = max(math.cos(math.radians(middle)), 0.2)
    width = max((east - west) * (1 + 2 * MARGIN), LEAST_DEGREES)
    height = max((north - south) * (1 + 2 * MARGIN), LEAST_DEGREES * 0.6)
    ratio = min(max(height / (width * squeeze), MIN_RATIO), MAX_RATIO)
    if height > width * squeeze * ratio:
        width = height / (squeeze * ratio)
    else:
        height = width * squeeze * ratio
    if width >= 360:
        width, west, east = 360.0, -180.0, 180.0
    else:
        centre = (west + east) / 2
        west, east = centre - width / 2, centre + width / 2
    south, north = middle - height / 2, middle + height / 2
    if north > 90:
        south, north = south - (north - 90), 90.0
    if south < -90:
        south, north = -90.0, min(90.0, north + (-90 - south))
    return _View(west, south, east, north, WIDTH * ratio)


def _inside(view: _View, ring: Sequence[tuple[float, float]]) -> bool:
    xs, ys = [p[0] for p in ring], [p[1] for p in ring]
    return max(xs) >= view.west and min(xs) <= view.east and max(ys) >= view.south and min(ys) <= view.north


def _outlines(view: _View, layer: str, style: str) -> Iterator[str]:
    for iso3, name, rings in _world()[layer]:
        lines = []
        for ring in rings:
            if not _inside(view, ring):
                continue
            points: list[str] = []
            for lon, lat in ring:
                # far outside the view a corner is as good as a coast, and keeps the file small
                x = min(max(view.x(lon), -WIDTH), 2 * WIDTH)
                y = min(max(view.y(lat), -WIDTH), 2 * WIDTH)
                point = f"{x:.1f},{y:.1f}"
                if not points or points[-1] != point:
                    points.append(point)
            if len(points) > 2:
                lines.append("M" + "L".join(points) + "Z")
        if lines:
            shape = "".join(lines)
            yield f'<path class="{style}" data-iso="{escape(iso3)}" d="{shape}"><title>{escape(name)}</title></path>'


def _shape(view: _View, dot: Dot) -> str:
    x, y = view.x(dot.lon), view.y(dot.lat)
    r = 5.0 + 5.0 * math.sqrt(dot.n_origins)
    told = f"{dot.name}: {dot.n_claims} claims, {dot.n_origins} independent origins"
    if dot.precision in ("site", "settlement"):
        mark = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}"/>'
    elif dot.precision == "admin2":
        mark = f'<rect x="{x - r:.1f}" y="{y - r:.1f}" width="{2 * r:.1f}" height="{2 * r:.1f}" rx="{r / 3:.1f}"/>'
    else:
        s = r * 1.5
        mark = f'<path d="M{x:.1f},{y - s:.1f}L{x + s:.1f},{y:.1f}L{x:.1f},{y + s:.1f}L{x - s:.1f},{y:.1f}Z"/>'
    return (
        f'<a href="#{escape(dot.anchor)}" class="dot {escape(dot.family)} {escape(dot.precision)}">'
        f"<title>{escape(told)}</title>{mark}</a>"
    )


def _dot_labels(view: _View, dots: Sequence[Dot], boxes: list[tuple[float, float, float, float]]) -> Iterator[str]:
    for dot in sorted(dots, key=lambda d: (-d.n_origins, -d.n_claims)):
        x, y = view.x(dot.lon), view.y(dot.lat)
        r = 5.0 + 5.0 * math.sqrt(dot.n_origins)
        boxes.append((x - r, y - r, x + r, y + r))
    for dot in sorted(dots, key=lambda d: (-d.n_origins, -d.n_claims)):
        x, y = view.x(dot.lon), view.y(dot.lat)
        r = 5.0 + 5.0 * math.sqrt(dot.n_origins)
        width = 8.2 * len(dot.name)
        for dx, dy, anchor in (
            (r + 4, 5.0, "start"),
            (-r - 4, 5.0, "end"),
            (0.0, -r - 6, "middle"),
            (0.0, r + 17, "middle"),
        ):
            left = x + dx - (width if anchor == "end" else width / 2 if anchor == "middle" else 0)
            box = (left, y + dy - 12, left + width, y + dy + 3)
            if box[0] > 2 and box[2] < WIDTH - 2 and box[1] > 2 and box[3] < view.height - 2 and _free(box, boxes):
                boxes.append(box)
                at = f'x="{x + dx:.1f}" y="{y + dy:.1f}"'
                yield f'<text class="place" {at} text-anchor="{anchor}">{escape(dot.name)}</text>'
                break


def _unit_labels(view: _View, boxes: list[tuple[float, float, float, float]]) -> Iterator[str]:
    world = _world()
    layers = [("countries", "country-name", 11.0)]
    if view.east - view.west <= PROVINCES_UP_TO / 2:
        layers.append(("provinces", "province-name", 7.5))
    for layer, style, per_letter in layers:
        for _, name, rings in world[layer]:
            ring = rings[0] if rings else []
            seen = [p for p in ring if view.west <= p[0] <= view.east and view.south <= p[1] <= view.north]
            if not name or len(seen) < 6:
                continue
            xs, ys = [view.x(p[0]) for p in seen], [view.y(p[1]) for p in seen]
            x, y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
            width = per_letter * len(name)
            if max(xs) - min(xs) < 0.8 * width:
                continue
            for shift in (0.0, -28.0, 28.0, -56.0, 56.0):
                box = (x - width / 2, y + shift - 12, x + width / 2, y + shift + 4)
                if box[0] > 4 and box[2] < WIDTH - 4 and box[1] > 4 and box[3] < view.height - 4 and _free(box, boxes):
                    boxes.append(box)
                    shown = escape(name.upper() if layer == "countries" else name)
                    yield f'<text class="{style}" x="{x:.1f}" y="{y + shift:.1f}" text-anchor="middle">{shown}</text>'
                    break


def _free(box: tuple[float, float, float, float], boxes: Sequence[tuple[float, float, float, float]]) -> bool:
    return not any(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in boxes)


def _scale(view: _View) -> str:
    middle = math.radians((view.south + view.north) / 2)
    km = (view.east - view.west) * 111.32 * max(math.cos(middle), 0.05)
    length = next((n for n in (1000, 500, 200, 100, 50, 20, 10) if n / km * WIDTH < 200), 10)
    w = length / km * WIDTH
    y = view.height - 18
    return (
        f'<g class="scale"><path d="M16,{y - 6:.0f}V{y:.0f}H{16 + w:.0f}V{y - 6:.0f}"/>'
        f'<text x="{22 + w:.0f}" y="{y + 1:.0f}">{length} km</text></g>'
    )
