"""Who holds a place as a mark: colour, letter and pattern, on a map, in bars and in legends.

Colours alone would not tell eight controllers apart for everybody: each has a letter too. Contested is hatched,
unknown is hollow, and what is less likely is fainter. Colours are in `templates/control.css`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import NamedTuple

from vedette.analysis.control import CONTESTED, UNKNOWN
from vedette.analysis.control_map import Claimed, ControlMap, PlaceControl
from vedette.outputs.map_svg import Dot, draw_places, fit
from vedette.outputs.report_words import n_of

__all__ = [
    "Layer",
    "Mark",
    "Palette",
    "Spot",
    "assessed_mark",
    "claimed_mark",
    "draw_control",
    "mark_svg",
    "place_name",
    "spots_of",
    "strength",
]

# Colours that can be told apart by everybody; further controllers share a grey and the letter +.
COLOURS = 6
RADIUS = 11.0
DISTRICT_RADIUS = 18.0
# A share of a place as large as this is the place.
WHOLE = 0.95
Names = Callable[[str], str]


class Mark(NamedTuple):
    """What is said of one place: classes of the style sheet and the controller's letter ("" for none)."""

    style: str
    letter: str


class Spot(NamedTuple):
    """A place of the map, what is told of it in words, and where its row stands (None: nowhere)."""

    place: PlaceControl
    mark: Mark
    told: str
    href: str | None


class Layer(NamedTuple):
    """Marks that are shown together: the assessed ones, or those of one voice."""

    spots: Sequence[Spot]
    style: str


class Palette:
    """Colour, letter and name of each controller of a map; those of most places come first."""

    def __init__(self, found: ControlMap, country: Names) -> None:
        n_places: Counter[str] = Counter()
        for place in found.places:
            n_places.update({c.holder for c in place.claimed if c.holder})
            if found.according_to is None:  # of one voice the claims are shown, and no distribution
                n_places[place.assessed] += 2  # what is assessed is seen first
                n_places.update(dict.fromkeys(place.distribution, 0))
        for state in (CONTESTED, UNKNOWN):
            n_places.pop(state, None)
        self._country = country
        self._ranked = sorted(n_places, key=lambda name: (-n_places[name], name))
        self._letters: dict[str, str] = {}
        for name in self._ranked[:COLOURS]:
            wanted = [w[0] for w in self.name(name).upper().split()] + [*self.name(name).upper(), *"ABCDEFGHIJ"]
            taken = set(self._letters.values())
            self._letters[name] = next(x for x in wanted if x.isalpha() and x not in taken)

    def name(self, state: str) -> str:
        """The state in words: a country's name, a group's, "contested" or "unknown"."""
        return state.lower() if state in (CONTESTED, UNKNOWN) else self._country(state)

    def style(self, state: str) -> str:
        """The class of the style sheet: h1..h6 by rank, h0 for those that have no colour left."""
        if state in (CONTESTED, UNKNOWN):
            return state.lower()
        return f"h{[*self._letters].index(state) + 1}" if state in self._letters else "h0"

    def letter(self, state: str) -> str:
        """The letter, "" for contested and unknown, "+" for those that have none left."""
        return "" if state in (CONTESTED, UNKNOWN) else self._letters.get(state, "+")

    def key(self) -> list[tuple[Mark, str]]:
        """The legend: a mark and its name for each controller, contested and unknown."""
        rows = [(Mark(self.style(name), letter), self.name(name)) for name, letter in self._letters.items()]
        rest = [self.name(name) for name in self._ranked[COLOURS:]]
        if rest:
            rows.append((Mark("h0", "+"), "others: " + ", ".join(rest[:6]) + (" …" if len(rest) > 6 else "")))
        return [*rows, (Mark("contested", ""), "contested"), (Mark("unknown", ""), "unknown, or nobody named")]


def strength(probability: float) -> str:
    """How full the colour is, a class of the style sheet: the steps are those of the words, likely and very likely."""
    return "strong" if probability >= 0.8 else "fair" if probability >= 0.55 else "faint"


def assessed_mark(place: PlaceControl, palette: Palette) -> Mark:
    """The mark of the likeliest state; fainter where it is less likely."""
    return Mark(f"{palette.style(place.assessed)} {strength(place.probability)}", palette.letter(place.assessed))


def claimed_mark(claimed: Claimed, palette: Palette) -> Mark:
    """The mark of what a voice said last: held full, partly held faint, lost struck out, surrounded as a ring."""
    holder = claimed.holder
    if holder is None:
        return Mark("unknown" if claimed.is_denied else "contested strong", "")
    style, letter = palette.style(holder), palette.letter(holder)
    if claimed.state == "surrounded":
        return Mark("unknown", "") if claimed.is_denied else Mark(f"{style} around", letter)
    if (claimed.state == "lost") != claimed.is_denied:
        return Mark(f"{style} not", letter)
    is_part = claimed.share is not None and claimed.share < WHOLE
    return Mark(f"{style} {'faint' if is_part else 'strong'}", letter)


def spots_of(
    places: Iterable[PlaceControl], mark: Callable[[PlaceControl], tuple[Mark, str] | None], hrefs: dict[str, str]
) -> list[Spot]:
    """The places that have a point and a mark; `mark` tells the mark and the words, None for no word on a place."""
    found = []
    for place in places:
        if place.lat is not None and place.lon is not None and (made := mark(place)) is not None:
            found.append(Spot(place, *made, hrefs.get(place.place)))
    return found


def near_places(places: Sequence[PlaceControl]) -> set[str]:
    """The places that the map shows: with a point, and not so far off that the rest could not be told apart."""
    dots = [
        Dot(p.lon, p.lat, p.name, "settlement", p.n_origins + 1, 1, "control", p.place)
        for p in places
        if p.lon is not None and p.lat is not None
    ]
    return {dot.anchor for dot in fit(dots)[0]}


def draw_control(layers: Sequence[Layer], *, key: str, title: str) -> tuple[str, float] | None:
    """The map, 1,000 units wide, and its height: outlines, and the marks of each layer as a group of its class.

    Names are drawn once, for all places of all layers: those of the first layer in its order first. None where no
    place has a point.
    """
    dots: dict[str, Dot] = {}
    for spot in (s for layer in layers for s in layer.spots):
        dots.setdefault(spot.place.place, _dot(spot.place))
    if not dots:
        return None
    first = layers[0]
    about = f"{n_of(len(first.spots), 'place')}; the list below the map says the same in words."
    return draw_places(
        list(dots.values()),
        lambda at: [
            _DEFS,
            *(_layer(layer, {place: at(dot) for place, dot in dots.items()}) for layer in layers),
        ],
        key=key,
        title=title,
        about=about,
    )


def place_name(place: PlaceControl) -> str:
    """Its name; a district says that it is one, since its centre may be called the same."""
    is_plain = place.level != "district" or "district" in place.name.lower()
    return place.name if is_plain else f"{place.name} district"


def mark_svg(mark: Mark, x: float, y: float, r: float, *, is_square: bool = False, is_alone: bool = True) -> str:
    """One mark around a point; `r` is half its width.

    `is_alone` False: another mark may stand on it, so that the letter of a square is put in its corner.
    """
    shape = (
        f'x="{x - r:.1f}" y="{y - r:.1f}" width="{2 * r:.1f}" height="{2 * r:.1f}" rx="{r / 3:.1f}"'
        if is_square
        else f'cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}"'
    )
    tag = "rect" if is_square else "circle"
    parts = [f'<{tag} class="under" {shape}/><{tag} class="body" {shape}/>']
    if mark.letter:
        lx, ly, size = (x, y + r * 0.37, r * 1.05) if is_alone else (x - r * 0.68, y - r * 0.42, r * 0.6)
        parts.append(
            f'<text x="{lx:.1f}" y="{ly:.1f}" font-size="{size:.1f}" text-anchor="middle">{mark.letter}</text>'
        )
    if " not" in mark.style:
        d = r * 0.72
        parts.append(f'<path class="strike" d="M{x - d:.1f},{y + d:.1f}L{x + d:.1f},{y - d:.1f}"/>')
    return f'<g class="hold {mark.style}">{"".join(parts)}</g>'


_DEFS = (
    '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect class="hatch" width="3" height="6"/></pattern></defs>'
)


def _dot(place: PlaceControl) -> Dot:
    assert place.lon is not None and place.lat is not None
    is_district = place.level == "district"
    return Dot(
        place.lon, place.lat, place_name(place), "admin2" if is_district else place.level, 1, 1, "control", "",
        DISTRICT_RADIUS if is_district else RADIUS,
    )  # fmt: skip


def _layer(layer: Layer, at: dict[str, tuple[float, float]]) -> str:
    # Districts first, as their centres are drawn on them; then what is unknown or faint, so that it hides nothing.
    ordered = sorted(layer.spots, key=lambda s: (s.place.level != "district", _fullness(s.mark)))
    under = {at[s.place.place] for s in layer.spots if s.place.level != "district"}
    marks = []
    for spot in ordered:
        is_square = spot.place.level == "district"
        x, y = at[spot.place.place]
        r = DISTRICT_RADIUS if is_square else RADIUS
        drawn = mark_svg(spot.mark, x, y, r, is_square=is_square, is_alone=(x, y) not in under or not is_square)
        told = escape(spot.told)
        if spot.href is None:
            marks.append(f'<g role="img" aria-label="{told}"><title>{told}</title>{drawn}</g>')
        else:
            marks.append(f'<a href="#{escape(spot.href)}" aria-label="{told}"><title>{told}</title>{drawn}</a>')
    return f'<g class="{layer.style}">{"".join(marks)}</g>'


def _fullness(mark: Mark) -> int:
    words = mark.style.split()
    return 0 if words[0] == "unknown" else {"faint": 1, "fair": 2}.get(words[-1], 3)
