"""The map of hotspots: cells coloured by what they are now and were before, told in words, zones by number; as SVG."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from vedette.analysis.cells import outline_of
from vedette.analysis.hotspot_records import HotCell, HotspotReport
from vedette.outputs.hotspot_zones import ToldZone, needs_words, no_zone_words, span_words, told_zones
from vedette.outputs.map_svg import Canvas, Dot, Province, find_province, fit
from vedette.outputs.picture_sheet import Drawing, Sheet, make_sheet
from vedette.outputs.report_words import n_of

__all__ = ["KEY", "draw_hotspots", "hotspot_gist", "hotspot_sheet", "is_worth_a_map", "off_the_map"]

# How a cell is drawn, and what that means: shades differ in lightness too, and the map names each class in words.
KEY = (
    ("hot", "hot spot now"),
    ("hot-past", "hot spot before, not now"),
    ("cold", "cold spot now"),
    ("cold-past", "cold spot before, not now"),
    ("zoned", "in a zone, no hot or cold spot"),
    ("none", "reported from, nothing stands out"),
)
POINT_RADIUS = 14.0
# On a phone the map is a third as wide: letters and badges are drawn larger by this.
PHONE_SCALE = 2.0


def is_worth_a_map(found: HotspotReport) -> bool:
    """Whether a zone or a cell stands out."""
    return bool(told_zones(found)) or any(cell.pattern != "no pattern" for cell in found.cells)


def hotspot_sheet(found: HotspotReport) -> Sheet:
    """The map of a report as a picture of its own, with its legend and its zones in words."""
    title = f"Hotspots: {found.stream}"
    too_few = needs_words(found)
    if too_few:
        return make_sheet(title, found.gist, (), too_few=too_few)
    svg, height = draw_hotspots(found)
    zones = [_zone_line(zone) for zone in told_zones(found)] or [no_zone_words(found)]
    left_off = off_the_map(found)
    notes = [*zones, *([f"Outside this map: {', '.join(left_off)}."] if left_off else [])]
    drawings = (Drawing(svg, 1000, height), Drawing(_key(), 1000, 52))
    return make_sheet(title, hotspot_gist(found), drawings, notes)


def hotspot_gist(found: HotspotReport) -> str:
    """What is counted, where and when, in words."""
    cells = "province" if found.cells_by == "admin1" else f"hexagon ({found.cells_by})"
    return (
        f"{found.gist[:1].upper()}{found.gist[1:]}: {n_of(found.n_units, 'incident')} in "
        f"{n_of(found.n_reports, 'report')}, by {cells} and {found.time_unit}, {span_words(found.start, found.end)}."
    )


def off_the_map(found: HotspotReport) -> list[str]:
    """Names of cells that the map leaves off so that the rest can be told apart."""
    return [dot.name for dot in fit(_dots(found))[1]]


def draw_hotspots(found: HotspotReport) -> tuple[str, float]:
    """Return the map as SVG, 1,000 units wide, and its height; of a report that has cells.

    Zones are links to `#zone-N`, where the page has their cards.
    """
    zones = told_zones(found)
    shown = fit(_dots(found))[0]
    canvas = Canvas(shown)
    at_map = {dot.anchor for dot in shown}
    cells = [cell for cell in found.cells if cell.id in at_map]
    numbers: dict[str, list[int]] = defaultdict(list)
    for zone in zones:
        for member in zone.zone.cells:
            numbers[member.cell].append(zone.number)
    by_hexagon = found.cells_by != "admin1"
    provinces = {
        cell.id: None if by_hexagon else find_province(cell.country or "", cell.name, cell.lon, cell.lat)
        for cell in cells
    }
    shapes = _shapes(cells, provinces, canvas, by_hexagon)
    told = f"{n_of(len(zones), 'zone')} with more cases than expected" if zones else "no zone"
    parts = [
        f'<svg class="{canvas.style} hotspots" viewBox="0 0 {canvas.width:.0f} {canvas.height:.0f}" role="group" '
        'aria-labelledby="hotspots-title hotspots-desc" xmlns="http://www.w3.org/2000/svg">',
        f'<title id="hotspots-title">Map of hotspots: {escape(found.stream)}</title>',
        f'<desc id="hotspots-desc">{told}; {escape(_patterns_told(cells))}.</desc>',
        *canvas.land(),
        *(_cell(cell, shapes[cell.id], found, cell.id in numbers) for cell in cells),
        *canvas.borders(),
        *(_edge(cell, shapes[cell.id]) for cell in cells if cell.id in numbers),
    ]
    labels = list(_labels(cells, numbers, canvas))
    taken = {cell.name for cell in cells} | {province.name for province in provinces.values() if province}
    parts += [*canvas.names(taken), *labels, "</svg>"]
    return "\n".join(parts), canvas.height


def _dots(found: HotspotReport) -> list[Dot]:
    """Cells as `fit` takes them: what is told most, and what stands out, belongs on the map."""
    dots = []
    zoned = {member.cell for zone in told_zones(found) for member in zone.zone.cells}
    for cell in found.cells:
        weight = round(sum(cell.counts)) + 1
        if cell.id in zoned or cell.pattern != "no pattern":
            weight += 10
        dots.append(Dot(cell.lon, cell.lat, cell.name, "admin1", weight, weight, "violence", cell.id))
    return dots


def _shapes(
    cells: Sequence[HotCell], provinces: Mapping[str, Province | None], canvas: Canvas, by_hexagon: bool
) -> dict[str, str]:
    """The path of each cell; a province whose outline is not known, or another's already, is a disc."""
    made: dict[str, str] = {}
    for cell in cells:
        province = provinces.get(cell.id)
        rings = [outline_of(cell.id)] if by_hexagon else province.rings if province else []
        shape = canvas.path(rings)
        if not shape or shape in made.values():
            x, y = canvas.at(cell.lon, cell.lat)
            r = POINT_RADIUS
            shape = f"M{x - r:.1f},{y:.1f}a{r:g},{r:g} 0 1,0 {2 * r:g},0a{r:g},{r:g} 0 1,0 {-2 * r:g},0z"
        made[cell.id] = shape
    return made


def _style(cell: HotCell, is_zoned: bool) -> str:
    if cell.pattern == "no pattern":
        return "zoned" if is_zoned else "none"
    if cell.pattern.endswith("hot spot"):
        return "hot" if cell.is_hot else "hot-past"
    return "cold" if cell.is_cold else "cold-past"


def _cell(cell: HotCell, shape: str, found: HotspotReport, is_zoned: bool) -> str:
    told = (
        f"{cell.name}: {cell.pattern}; {n_of(round(sum(cell.counts)), 'incident')}, {sum(cell.coverage):,.0f} "
        f"reports in {n_of(len(found.periods), found.time_unit)}"
    )
    return f'<g class="cell {_style(cell, is_zoned)}"><title>{escape(told)}</title><path d="{shape}"/></g>'


def _edge(cell: HotCell, shape: str) -> str:
    return f'<path class="zone-edge" data-cell="{escape(cell.id)}" d="{shape}"/>'


def _labels(cells: Sequence[HotCell], numbers: dict[str, list[int]], canvas: Canvas) -> Iterator[str]:
    """Badges of zones, then names and classes of cells, those that stand out first; once for phones."""
    ranked = sorted(cells, key=lambda c: (c.id not in numbers, c.pattern == "no pattern", -sum(c.counts)))
    for phone, scale, style in ((False, 1.0, "wide"), (True, PHONE_SCALE, "phone")):
        yield f'<g class="{style}">'
        for cell in ranked:
            if cell.id in numbers:
                x, y = canvas.at(cell.lon, cell.lat)
                yield from _badge(x, y - 16 * scale, numbers[cell.id], scale)
                canvas.is_free(x, y - 16 * scale, 24 * scale, 12 * scale, 12 * scale, phone=phone)
        named = []
        for cell in ranked:
            x, y = canvas.at(cell.lon, cell.lat)
            width = 9.0 * scale * len(cell.name)
            is_told = cell.id in numbers or cell.pattern != "no pattern" or not phone
            if is_told and canvas.is_free(x, y + 13 * scale, width, 11 * scale, 4 * scale, phone=phone):
                yield _text("place", x, y + 13 * scale, cell.name)
                named.append((cell, x, y))
        for cell, x, y in named if not phone else ():
            # the colour says whether hot or cold
            words = cell.pattern.split()[0]
            for below in (29, 43) if cell.pattern != "no pattern" else ():
                if canvas.is_free(x, y + below, 7.2 * len(words), 11, 4):
                    yield _text("pattern", x, y + below, words)
                    break
        yield "</g>"


def _text(style: str, x: float, y: float, words: str) -> str:
    return f'<text class="{style}" x="{x:.1f}" y="{y:.1f}" text-anchor="middle">{escape(words)}</text>'


def _badge(x: float, y: float, numbers: Sequence[int], scale: float) -> Iterator[str]:
    for n, number in enumerate(numbers):
        at = x + 26 * scale * (n - (len(numbers) - 1) / 2)
        yield (
            f'<a href="#zone-{number}" class="badge" aria-label="Zone {number}"><circle cx="{at:.1f}" cy="{y:.1f}" '
            f'r="{11 * scale:g}"/><text x="{at:.1f}" y="{y + 5 * scale:.1f}">{number}</text></a>'
        )


def _patterns_told(cells: Sequence[HotCell]) -> str:
    by_pattern: dict[str, list[str]] = defaultdict(list)
    for cell in cells:
        if cell.pattern != "no pattern":
            by_pattern[cell.pattern].append(cell.name)
    told = [f"{pattern}: {', '.join(names)}" for pattern, names in sorted(by_pattern.items())]
    return "; ".join(told) if told else "no cell has a pattern"


def _zone_line(told: ToldZone) -> str:
    zone = told.zone
    return (
        f"{told.number}. {told.name}, {span_words(zone.start, zone.end)}: {zone.observed:,} cases, {zone.expected:.1f} "
        f"expected; {zone.chance}."
    )


def _key() -> str:
    parts = []
    for n, (style, words) in enumerate(KEY):
        x, y = 340 * (n // 2), 26 * (n % 2)
        parts.append(
            f'<g class="cell {style}"><path d="M{x},{y + 3}h20v16h-20z"/></g>'
            f'<text class="key-word" x="{x + 27}" y="{y + 16}">{words}</text>'
        )
    return f'<svg class="map-key" viewBox="0 0 1000 52" xmlns="http://www.w3.org/2000/svg">{"".join(parts)}</svg>'
