"""The report's map: outlines and claims as one SVG, drawn for the extent of the claims.

Plate carrée stretched by the cosine of the middle latitude; outlines are Natural Earth's (public domain). A claim at
a country or region is never drawn as a point.
"""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from typing import NamedTuple

__all__ = [
    "Canvas",
    "Dot",
    "Province",
    "country_names",
    "draw_map",
    "draw_places",
    "find_province",
    "fit",
    "size_legend",
]

WIDTH = 1000.0
# A view smaller than this many degrees shows nothing that a reader knows.
LEAST_DEGREES = 3.0
MARGIN = 0.18
# The map is at most this high for its width, so that it fits a screen and half an A4 page.
MAX_RATIO = 0.72
MIN_RATIO = 0.45
PROVINCES_UP_TO = 40.0
# Wider than this many degrees, borders are drawn fine.
FAR = 60.0
# Outlines: drawn to a tenth of a unit; bends shorter than this many units are left out.
FINE = 10
LEAST_BEND = 0.9
# Radii in the map's units (1,000 across); area grows with the number of independent origins.
LEAST_RADIUS = 5.0
MOST_RADIUS = 32.0
# A map of all dots is cut to where this share of the claims is, if that makes it less than half as wide.
CORE_SHARE = 0.92
# Names beyond the first so many are left to the list; names in a crowd are drawn at the end of a line for the first.
MAX_LABELS = 150
MAX_LEADERS = 12
# On a phone the map is a third as wide: marks and letters are drawn larger by these.
PHONE_MARK = 1.7
PHONE_LETTER = 2.0
FAMILY_WORDS = {
    "violence": "mostly violence", "coercion": "mostly coercion", "protest": "mostly protest",
    "words": "mostly accusations and demands", "cooperation": "mostly talks and aid", "control": "mostly control",
}  # fmt: skip


class Dot(NamedTuple):
    """A place with claims: what it is called, how many independent origins, which family, where its list stands.

    `radius` in the map's units, where the mark's size tells nothing; None: by origins.
    """

    lon: float
    lat: float
    name: str
    precision: str
    n_claims: int
    n_origins: int
    family: str
    anchor: str
    radius: float | None = None


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


@cache
def country_names() -> dict[str, str]:
    """Return the names of countries by ISO 3166 alpha-3 code, as the outlines name them."""
    return {iso3: name for iso3, name, _ in _world()["countries"] if iso3 and name}


class Canvas:
    """The world around some dots, to draw areas on; pictures of points are those of `draw_map` and `draw_places`."""

    def __init__(self, dots: Sequence[Dot]) -> None:
        self._view = _view(dots)
        self._taken: dict[float, list[tuple[float, float, float, float]]] = {1.0: [], PHONE_LETTER: []}
        self.width, self.height = WIDTH, self._view.height
        self.style = "map far" if self._view.east - self._view.west > FAR else "map"

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """Where a point stands in the picture."""
        return self._view.x(lon), self._view.y(lat)

    def path(self, rings: Sequence[Sequence[tuple[float, float]]]) -> str:
        """Rings of lon and lat as the `d` of a path; "" where nothing of them is in the picture."""
        return "".join(_line(self._view, ring) for ring in rings if _inside(self._view, ring))

    def land(self) -> list[str]:
        """Sea and land, below what is drawn."""
        sea = f'<rect class="sea" width="{WIDTH:.0f}" height="{self.height:.0f}"/>'
        return [sea, *_outlines(self._view, "countries", "land")]

    def borders(self) -> list[str]:
        """Borders of provinces, where they can be told apart, and of countries; a length in kilometres."""
        is_near = self._view.east - self._view.west <= PROVINCES_UP_TO
        provinces = _outlines(self._view, "provinces", "province") if is_near else ()
        return [*provinces, *_outlines(self._view, "countries", "border"), _scale(self._view)]

    def is_free(self, x: float, y: float, width: float, up: float, down: float, *, phone: bool = False) -> bool:
        """Whether words of a width centred on a point cover nothing and stay inside; if so the room is theirs."""
        boxes = self._taken[PHONE_LETTER if phone else 1.0]
        box = (x - width / 2, y - up, x + width / 2, y + down)
        is_inside = box[0] > 2 and box[2] < WIDTH - 2 and box[1] > 2 and box[3] < self.height - 2
        if not is_inside or not _free(box, boxes):
            return False
        boxes.append(box)
        return True

    def names(self, taken: set[str]) -> list[str]:
        """Names of countries and provinces but `taken` where there is room, for wide screens and for phones."""
        return [
            f'<g class="{style}">{"".join(_unit_labels(self._view, taken, letter, self._taken[letter]))}</g>'
            for style, letter in (("wide", 1.0), ("phone", PHONE_LETTER))
        ]


class Province(NamedTuple):
    """A province as the outlines have it; `rings`: lon and lat of the corners."""

    name: str
    rings: list[list[tuple[float, float]]]


def find_province(iso3: str, name: str, lon: float, lat: float) -> Province | None:
    """The province of a country that has this name, else the one around a point; None: neither is known.

    The gazetteer's provinces are not always those of the outlines, nor spelt like them.
    """
    provinces = [Province(other, rings) for code, other, rings in _world()["provinces"] if code == iso3]
    named = [p for p in provinces if p.name.casefold() == name.casefold()]
    if named:
        return Province(named[0].name, [ring for p in named for ring in p.rings])
    return next((p for p in provinces if any(_holds(ring, lon, lat) for ring in p.rings)), None)


def _holds(ring: Sequence[tuple[float, float]], lon: float, lat: float) -> bool:
    """Whether a point lies in a ring: a line from it to the east crosses the ring an odd number of times."""
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (y1 > lat) != (y2 > lat) and lon < x1 + (lat - y1) / (y2 - y1) * (x2 - x1):
            inside = not inside
    return inside


def fit(dots: Sequence[Dot]) -> tuple[list[Dot], list[Dot]]:
    """Return the dots that the map shows, and those left off so that the rest can be told apart.

    Linear but for a sort: dots are taken by distance from the middle of the claims until `CORE_SHARE` of them is in.
    """
    total = sum(d.n_claims for d in dots)
    if len(dots) < 5:
        return list(dots), []
    lon, lat = _median([(d.lon, d.n_claims) for d in dots]), _median([(d.lat, d.n_claims) for d in dots])
    core: list[Dot] = []
    n = 0
    for dot in sorted(dots, key=lambda d: math.hypot((d.lon - lon) * math.cos(math.radians(lat)), d.lat - lat)):
        if n >= CORE_SHARE * total:
            break
        core.append(dot)
        n += dot.n_claims
    view, whole = _view(core), _view(dots)
    if view.east - view.west > (whole.east - whole.west) / 2:
        return list(dots), []
    inside = [d for d in dots if view.west < d.lon < view.east and view.south < d.lat < view.north]
    names = {id(d) for d in inside}
    return inside, [d for d in dots if id(d) not in names]


def _median(values: Sequence[tuple[float, int]]) -> float:
    half = sum(n for _, n in values) / 2
    seen = 0
    for value, n in sorted(values):
        seen += n
        if seen >= half:
            return value
    return 0.0


def size_legend(dots: Sequence[Dot]) -> str:
    """Return an SVG that shows how large one, some and most independent origins are drawn; "" without dots."""
    if not dots:
        return ""
    most = max(d.n_origins for d in dots)
    parts, x = [], 4.0
    for n in sorted({1, max(round(most / 3), 1), most}):
        r = _radius(n, most) * 0.7
        x += r
        parts.append(f'<circle cx="{x:.1f}" cy="24" r="{r:.1f}"/><text x="{x + r + 4:.1f}" y="29">{n:,}</text>')
        x += r + 16 + 8 * len(f"{n:,}")
    told = "independent origin" if most == 1 else "independent origins"
    parts.append(f'<text x="{x - 6:.1f}" y="29">{told}</text>')
    width = x + 140
    return (
        f'<svg class="sizes" viewBox="0 0 {width:.0f} 48" width="{width:.0f}" height="48" aria-hidden="true">'
        f"{''.join(parts)}</svg>"
    )


def draw_map(dots: Sequence[Dot]) -> str | None:
    """Return the SVG, or None where no claim has a point."""
    if not dots:
        return None
    dots = sorted(dots, key=lambda d: (-d.n_origins, -d.n_claims, d.name))
    most = dots[0].n_origins
    places = "1 place" if len(dots) == 1 else f"{len(dots)} places"
    return draw_places(
        dots,
        lambda at: [_shape(*at(dot), dot, most) for dot in dots],
        key="map",
        title="Map of the claims",
        about=f"{places}; the list below the map names them.",
    )[0]


def draw_places(
    dots: Sequence[Dot],
    draw: Callable[[Callable[[Dot], tuple[float, float]]], list[str]],
    *,
    key: str,
    title: str,
    about: str,
) -> tuple[str, float]:
    """Return an SVG of outlines, marks and names for the extent of `dots`, one at least, and its height.

    Args:
        dots: the places, those first whose names matter most.
        draw: makes the marks; it is given what says where in the picture a dot stands.
        key: begins the ids of the picture, so that a page can hold several.
        title, about: the text alternative.
    """
    most = max(d.n_origins for d in dots)
    view = _view(dots)
    far = " far" if view.east - view.west > FAR else ""
    parts = [
        f'<svg class="map{far}" viewBox="0 0 {WIDTH:.0f} {view.height:.0f}" role="group" '
        f'aria-labelledby="{key}-title {key}-desc" xmlns="http://www.w3.org/2000/svg">',
        f'<title id="{key}-title">{escape(title)}</title>',
        f'<desc id="{key}-desc">{escape(about)}</desc>',
        f'<rect class="sea" width="{WIDTH:.0f}" height="{view.height:.0f}"/>',
    ]
    parts += _outlines(view, "countries", "land")
    if view.east - view.west <= PROVINCES_UP_TO:
        parts += _outlines(view, "provinces", "province")
    parts += _outlines(view, "countries", "border")
    wide = _labels(view, dots, most, 1.0, 1.0)
    phone = _labels(view, dots, most, PHONE_MARK, PHONE_LETTER)
    parts += [f'<g class="wide">{"".join(wide[1])}</g>', f'<g class="phone">{"".join(phone[1])}</g>']
    parts += draw(lambda dot: (view.x(dot.lon), view.y(dot.lat)))
    parts += [f'<g class="wide">{"".join(wide[0])}</g>', f'<g class="phone">{"".join(phone[0])}</g>']
    parts.append(_scale(view))
    parts.append("</svg>")
    return "\n".join(parts), view.height


def _labels(view: _View, dots: Sequence[Dot], most: int, mark: float, letter: float) -> tuple[list[str], list[str]]:
    """Names of the places, and of countries and provinces, where they overlap nothing."""
    boxes: list[tuple[float, float, float, float]] = []
    names = list(_dot_labels(view, dots, most, mark, letter, boxes))
    units = list(_unit_labels(view, {d.name for d in dots}, letter, boxes))
    return names, units


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
        lines = [line for ring in rings if _inside(view, ring) and (line := _line(view, ring))]
        if lines:
            shape = "".join(lines)
            yield f'<path class="{style}" data-iso="{escape(iso3)}" d="{shape}"><title>{escape(name)}</title></path>'


def _line(view: _View, ring: Sequence[tuple[float, float]]) -> str:
    """A ring as a path, without the bends that are too small to be seen; "" for an islet of that size.

    Points are relative to the one before: a map of the world is 0.5 MB, not 2.
    """
    kept: list[tuple[int, int]] = []
    for lon, lat in ring:
        # far outside the view a corner is as good as a coast, and keeps the file small
        x = round(min(max(view.x(lon), -WIDTH), 2 * WIDTH) * FINE)
        y = round(min(max(view.y(lat), -WIDTH), 2 * WIDTH) * FINE)
        if not kept or abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= LEAST_BEND * FINE:
            kept.append((x, y))
    if len(kept) < 3:
        return ""
    parts, last = [f"M{_g(kept[0][0])},{_g(kept[0][1])}l"], kept[0]
    for x, y in kept[1:]:
        parts.append(f"{_g(x - last[0])},{_g(y - last[1])} ")
        last = (x, y)
    return "".join(parts).rstrip() + "z"


def _g(tenths: int) -> str:
    return f"{tenths / FINE:.1f}".removesuffix(".0")


def _radius(n_origins: int, most: int) -> float:
    top = min(LEAST_RADIUS * (1 + math.sqrt(most)), MOST_RADIUS)
    return LEAST_RADIUS + (top - LEAST_RADIUS) * math.sqrt(n_origins / most)


def _reach(dot: Dot, most: int) -> float:
    """Half the width of a mark: a diamond reaches further than a disc of the same area."""
    r = dot.radius or _radius(dot.n_origins, most)
    return r if dot.precision in ("site", "settlement", "admin2") else r * 1.35


def _shape(x: float, y: float, dot: Dot, most: int) -> str:
    r = _reach(dot, most)
    claims = "1 claim" if dot.n_claims == 1 else f"{dot.n_claims:,} claims"
    origins = "1 independent origin" if dot.n_origins == 1 else f"{dot.n_origins:,} independent origins"
    told = f"{dot.name}: {claims}, {origins}, {FAMILY_WORDS.get(dot.family, dot.family)}"
    if dot.precision in ("site", "settlement"):
        mark = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}"/>'
    elif dot.precision == "admin2":
        mark = f'<rect x="{x - r:.1f}" y="{y - r:.1f}" width="{2 * r:.1f}" height="{2 * r:.1f}" rx="{r / 3:.1f}"/>'
    else:
        mark = f'<path d="M{x:.1f},{y - r:.1f}L{x + r:.1f},{y:.1f}L{x:.1f},{y + r:.1f}L{x - r:.1f},{y:.1f}Z"/>'
    return (
        f'<a href="#{escape(dot.anchor)}" class="dot {escape(dot.family)} {escape(dot.precision)}" '
        f'aria-label="{escape(told)}"><title>{escape(told)}</title>{mark}</a>'
    )


def _dot_labels(
    view: _View,
    dots: Sequence[Dot],
    most: int,
    mark: float,
    letter: float,
    boxes: list[tuple[float, float, float, float]],
) -> Iterator[str]:
    for dot in dots:
        x, y, r = view.x(dot.lon), view.y(dot.lat), _reach(dot, most) * mark
        boxes.append((x - r, y - r, x + r, y + r))
    for rank, dot in enumerate(dots[:MAX_LABELS]):
        x, y, r = view.x(dot.lon), view.y(dot.lat), _reach(dot, most) * mark
        width, up, down = 9.4 * letter * len(dot.name), 12 * letter, 3 * letter
        near = [
            (r + 4, 5.0 * letter, "start"),
            (-r - 4, 5.0 * letter, "end"),
            (0.0, -r - 5, "middle"),
            (0.0, r + 3 + up, "middle"),
        ]
        # In a crowd the names that matter stand off, at the end of a line.
        far = [
            (dx * away * letter, dy * away * letter, "start" if dx > 0 else "end" if dx < 0 else "middle")
            for away in (28.0, 44.0, 62.0, 84.0)
            for dx, dy in ((0.0, -1.0), (0.8, -0.8), (-0.8, -0.8), (0.8, 0.9), (-0.8, 0.9), (0.0, 1.1))
        ]
        for dx, dy, anchor in near + (far if rank < MAX_LEADERS else []):
            left = x + dx - (width if anchor == "end" else width / 2 if anchor == "middle" else 0)
            box = (left, y + dy - up, left + width, y + dy + down)
            if box[0] > 2 and box[2] < WIDTH - 2 and box[1] > 2 and box[3] < view.height - 2 and _free(box, boxes):
                boxes.append(box)
                if (dx, dy, anchor) not in near:
                    to = y + dy + (down if dy < 0 else -up)
                    yield f'<path class="leader" d="M{x:.1f},{y:.1f}L{x + dx:.1f},{to:.1f}"/>'
                at = f'x="{x + dx:.1f}" y="{y + dy:.1f}"'
                yield f'<text class="place" {at} text-anchor="{anchor}">{escape(dot.name)}</text>'
                break


def _unit_labels(
    view: _View, taken: set[str], letter: float, boxes: list[tuple[float, float, float, float]]
) -> Iterator[str]:
    world = _world()
    layers = [("countries", "country-name", 13.2 * letter)]
    if view.east - view.west <= PROVINCES_UP_TO / 2 and letter == 1.0:
        layers.append(("provinces", "province-name", 8.4))
    seen_names = set(taken)
    for layer, style, per_letter in layers:
        for _, name, rings in world[layer]:
            ring = rings[0] if rings else []
            seen = [p for p in ring if view.west <= p[0] <= view.east and view.south <= p[1] <= view.north]
            if not name or len(seen) < 6 or name in seen_names:
                continue
            xs, ys = [view.x(p[0]) for p in seen], [view.y(p[1]) for p in seen]
            x, y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
            width = per_letter * len(name)
            if max(xs) - min(xs) < 0.8 * width:
                continue
            for shift in (0.0, -28.0, 28.0, -56.0, 56.0):
                box = (x - width / 2, y + shift - 12 * letter, x + width / 2, y + shift + 4 * letter)
                if box[0] > 4 and box[2] < WIDTH - 4 and box[1] > 4 and box[3] < view.height - 4 and _free(box, boxes):
                    boxes.append(box)
                    seen_names.add(name)
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
