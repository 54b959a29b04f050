"""Places that are lines: "the border with Tajikistan", "the Kabul-Kandahar highway".

A border lies between two countries or units, a road between two towns: neither is the point of one of them. Both ends
stay mentions of their own; `Place.line` says that they are ends, and of what.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from vedette.records import Line, Place
from vedette.text.tree import Parsed

__all__ = ["mark_lines"]

BORDER = r"(?:border|borders|frontier|boundary)"
ROAD = r"(?:road|roads|highway|motorway|expressway|route|railway|railroad|rail line|pipeline)"
THE = r"(?:the )?"
# Between two names: what joins them as a pair.
PAIR = re.compile(r"\s?[-–—/]\s?|,? (?:and|with|to) (?:the )?")
HYPHEN = re.compile(r"\s?[-–—/]\s?")
AFTER = {
    "border": re.compile(rf"(?:['’]s?)? (?:land |common |shared |mountainous |porous |\w+ern )?{BORDER}\b"),
    "road": re.compile(rf" (?:main |coastal |ring |\w+ern )?{ROAD}\b"),
}
BEFORE = {
    "border": re.compile(rf"\b{BORDER} (?:line |area |region |areas )?(?:between|of|separating|dividing) {THE}$"),
    "road": re.compile(
        rf"\b{ROAD} (?:that |which )?(?:from|between|links|linking|connects|connecting|joins|joining) {THE}$"
    ),
}
# "Kenya's border with Somalia", "the Kenyan border with Somalia".
HELD = re.compile(rf"(?:['’]s?)? (?:\w+ ){{0,2}}{BORDER} (?:line |area |region |crossings? )?with {THE}")
# "on the border with Tajikistan": whose other side it is, the sentence tells or nobody.
WITH = re.compile(rf"\b{BORDER} (?:line |area |region |areas )?(?:with|to) {THE}$")
REACH = 60
UNITS = frozenset({"country", "admin1", "region"})


def mark_lines(parsed: Parsed, places: Sequence[Place]) -> list[Place]:
    """Return the places in order, those that are ends of a border or road with their `line`.

    Ends are names; of a border ISO 3166 alpha-3 codes where they are countries. An end nobody tells is None.
    """
    text = parsed.text
    marked = list(places)
    for i, place in enumerate(places):
        if marked[i].line is not None:
            continue
        before = text[max(0, place.span.start - REACH) : place.span.start]
        following = places[i + 1] if i + 1 < len(places) else None
        line = _pair(text, before, place, following) if following is not None else None
        if line is not None:
            marked[i] = msgspec.structs.replace(place, line=line)
            marked[i + 1] = msgspec.structs.replace(places[i + 1], line=line)
        elif place.precision in UNITS and (WITH.search(before) or _is_its_border(text, place)):
            line = _border(_other_side(parsed, i, places), _end(place))
            marked[i] = msgspec.structs.replace(place, line=line)
    return marked


def _pair(text: str, before: str, a: Place, b: Place) -> Line | None:
    """The line that two neighbouring names are the ends of."""
    between = text[a.span.end : b.span.start]
    after = text[b.span.end : b.span.end + REACH]
    are_units = a.precision in UNITS and b.precision in UNITS
    if are_units and HELD.fullmatch(between):
        return _border(_end(a), _end(b))
    if not PAIR.fullmatch(between) or _end(a) == _end(b):
        return None
    if BEFORE["road"].search(before) or (HYPHEN.fullmatch(between) and AFTER["road"].match(after)):
        return Line("road", _name(a), _name(b))
    if BEFORE["border"].search(before) or (HYPHEN.fullmatch(between) and AFTER["border"].match(after)):
        return _border(_end(a), _end(b))
    return None


def _is_its_border(text: str, place: Place) -> bool:
    """ "The Tajik border", "Mexico's northern border"."""
    return AFTER["border"].match(text, place.span.end) is not None


def _border(a: str | None, b: str | None) -> Line:
    """Ends in the order of the alphabet, so that a border is one whoever is named first."""
    return Line("border", *sorted((a, b))) if a is not None and b is not None else Line("border", a, b)


def _other_side(parsed: Parsed, k: int, places: Sequence[Place]) -> str | None:
    """The nearest other country of a place named in the same sentence, those before it first."""
    token = parsed.token_at(places[k].span.start)
    if token is None:
        return None
    sentence = token.sentence.span
    near = [p for p in (*reversed(places[:k]), *places[k + 1 :]) if sentence.start <= p.span.start < sentence.end]
    return next((p.country for p in near if p.country is not None and p.country != places[k].country), None)


def _end(place: Place) -> str:
    return place.country if place.precision == "country" and place.country else _name(place)


def _name(place: Place) -> str:
    return place.name or place.mention
