"""The map of who holds what as a picture of its own: assessed with timelines, or the claims of one voice alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from html import escape

from vedette.analysis.control_map import ControlMap, PlaceControl
from vedette.outputs.control_marks import (
    Layer,
    Mark,
    Palette,
    assessed_mark,
    claimed_mark,
    draw_control,
    mark_svg,
    near_places,
    place_name,
    spots_of,
)
from vedette.outputs.control_strips import Piece, lately_turned_first, strip, strip_start
from vedette.outputs.control_words import assessed_words, said_words
from vedette.outputs.picture_sheet import Drawing, Sheet, make_sheet
from vedette.outputs.report_words import day_words, days_words, n_of, short

__all__ = ["control_sheet"]

WIDTH = 1000.0
# Places with a line below the map; the map shows all.
MAX_LINES = 24
LINE = 26.0
STRIP_FROM, STRIP_WIDTH = 520.0, 478.0
LETTER = 7.6
Names = Callable[[str], str]


def control_sheet(found: ControlMap, country: Names) -> Sheet:
    """The map, its legend, and a line a place: assessed with its timeline, or what the one voice said last.

    A map according to one voice shows the last claim of that voice on each place as said, weighed by nobody.
    """
    by = found.according_to
    title = f"Who holds what according to {by}: claims only" if by else "Who holds what"
    if found.too_few:
        return make_sheet(title, day_words(found.day), (), too_few=found.too_few)
    palette = Palette(found, country)
    places = lately_turned_first(found.places)
    near = near_places(places)
    layer = Layer(spots_of((p for p in places if p.place in near), lambda p: _mark(p, palette, by), {}), "marks")
    drawn = draw_control([layer], key="holds", title=title)
    drawings = [*([Drawing(drawn[0], WIDTH, drawn[1])] if drawn else []), _key(palette.key())]
    lines = places[:MAX_LINES]
    drawings.append(_lines(lines, palette, by, strip_start(lines, found.day)))
    n_more = len(places) - len(lines)
    off = [place_name(p) for p in places if p.place not in near]
    notes = (
        *([f"{n_of(n_more, 'more place')} on the map, without a line here."] if n_more else []),
        *([f"Outside this map or without a point: {', '.join(off)}."] if off else []),
    )
    return make_sheet(title, _gist(found), drawings, notes)


def _gist(found: ControlMap) -> str:
    told = n_of(found.n_claims, "claim")
    if found.according_to:
        return f"The last word on each place up to {day_words(found.day)}, of {told}, weighed by nobody."
    return (
        f"Assessed for {day_words(found.day)} from {told}: fainter is less likely, squares are districts. "
        "A probability of claims, not a measurement of the ground; between places nothing is assessed."
    )


def _mark(place: PlaceControl, palette: Palette, by: str | None) -> tuple[Mark, str] | None:
    name = place_name(place)
    if by is None:
        return assessed_mark(place, palette), f"{name}: {assessed_words(place, palette)}"
    if not place.claimed:
        return None
    said = place.claimed[0]
    return claimed_mark(said, palette), f"{name}: {said_words(said, palette)}, {day_words(said.day)}"


def _key(rows: Sequence[tuple[Mark, str]]) -> Drawing:
    parts: list[str] = []
    x, y = 0.0, 16.0
    for mark, told in rows:
        width = 42 + LETTER * len(told)
        if x and x + width > WIDTH:
            x, y = 0.0, y + LINE
        parts.append(mark_svg(mark, x + 11, y, 10))
        parts.append(f'<text class="key-word" x="{x + 28:g}" y="{y + 5:g}">{escape(told)}</text>')
        x += width
    return _drawing(parts, y + LINE / 2)


def _lines(places: Sequence[PlaceControl], palette: Palette, by: str | None, start: date) -> Drawing:
    """A line a place; assessed ones end in a strip, and the strips share one axis of days."""
    parts: list[str] = []
    y = 0.0
    if by is None and places:
        axis = days_words(start, places[0].day + timedelta(days=1))
        parts.append(f'<text class="key-word" x="{STRIP_FROM:g}" y="14">{escape(axis)}, in hindsight</text>')
        y = LINE - 6
    for place in places:
        made = _mark(place, palette, by)
        if made is None:
            continue
        parts.append(mark_svg(made[0], 11, y + LINE / 2, 10, is_square=place.level == "district"))
        words = escape(short(made[1], 62 if by is None else 120))
        parts.append(f'<text class="key-word" x="28" y="{y + LINE / 2 + 5:g}">{words}</text>')
        if by is None:
            parts += _strip(strip(place, palette, start), y)
        y += LINE
    return _drawing(parts, y)


def _strip(pieces: Sequence[Piece], y: float) -> list[str]:
    parts, x = [], STRIP_FROM
    for piece in pieces:
        width = piece.size * STRIP_WIDTH
        if piece.mark.style:
            box = f'x="{x:.1f}" y="{y + 4:g}" width="{width:.1f}" height="{LINE - 8:g}"'
            letter = (
                f'<text x="{x + width / 2:.1f}" y="{y + LINE / 2 + 4.5:g}" font-size="12" text-anchor="middle">'
                f"{piece.mark.letter}</text>"
                if piece.mark.letter and width > 14
                else ""
            )
            parts.append(
                f'<g class="hold {piece.mark.style}"><title>{escape(piece.told)}</title><rect class="under" {box}/>'
                f'<rect class="body" {box}/>{letter}</g>'
            )
        x += width
    return parts


def _drawing(parts: Sequence[str], height: float) -> Drawing:
    svg = f'<svg class="lines" viewBox="0 0 {WIDTH:g} {height:g}" xmlns="http://www.w3.org/2000/svg">{"".join(parts)}</svg>'
    return Drawing(svg, WIDTH, height)
