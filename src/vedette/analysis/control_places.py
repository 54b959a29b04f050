"""Which place a control statement is about: a town or district centre, a district, a site, or a region.

A district and its centre are two places. What is held in words alone ("the border", "a police post") is no place of
the map, nor is a share of many places ("half of the district centres"): the first is left aside, the second is about
the region that holds them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from vedette.records import Actor, Claim, Coded, Place

__all__ = ["Held", "PlaceKey", "Region", "held_place", "place_of_event", "plain"]

Level = Literal["settlement", "district", "site"]

SEVERAL = re.compile(
    r"\b(?:cit(?:ie)s|towns|villages|districts|provinces|cent(?:re|er)s|capitals|regions)\b",
    re.IGNORECASE,
)
CENTRES = re.compile(r"\b(?:cities|towns|villages|cent(?:re|er)s|capitals)\b", re.IGNORECASE)
CENTRE = re.compile(r"\b(?:cent(?:re|er)|capital|city|town|village|port|seat)$", re.IGNORECASE)
DISTRICT = re.compile(r"\b(?:district|county|rayon)$", re.IGNORECASE)
REGION = re.compile(r"\b(?:province|region|country|state|territory|north|south|east|west|countryside)$", re.IGNORECASE)
SITE = re.compile(
    r"\b(?:airport|airfield|airbase|air base|base|barracks|garrison|hospital|compound|prison|bridge|dam|facility|plant"
    r"|headquarters|checkpoint|outpost|post|mine|refinery|oilfield|camp|hill|hilltop|crossing|junction|pass|stronghold"
    r"|enclave|position|road|highway|border|frontier|river|street|railway|square|yard|neighbou?rhood|suburb|area|land"
    r"|settlement|valley|strip)$",
    re.IGNORECASE,
)
# What follows these words before a place is not what is held: "the road to Baghlan", "a post above Ishkashim".
AWAY = re.compile(
    r"\b(?:to|towards?|from|near|above|below|outside|between|and|around|with|beyond|by|for|of)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
ARTICLE = re.compile(r"^(?:the|a|an|its|their|our|his|this|that)\s+", re.IGNORECASE)
REACH = 24
NAMED_PRECISIONS = ("settlement", "site", "admin2")


class PlaceKey(NamedTuple):
    """A place of the control map; names without accents, in lower case. Unknown parts are ""."""

    country: str
    admin1: str
    name: str
    level: Level


class Region(NamedTuple):
    """Places together: a country (`admin1` "") or one of its first-order units; `level` of its members, None: any."""

    country: str
    admin1: str
    level: Level | None


class Held(NamedTuple):
    """What a claim is about: a place, a region, or neither and why."""

    key: PlaceKey | None
    region: Region | None
    place: Place | None
    why_not: str = ""


def held_place(document: Coded, claim: Claim) -> Held:
    """Return the place or region that a control claim is about, or why there is none."""
    held = claim.recipients[-1] if claim.recipients else None
    words = ARTICLE.sub("", held.mention.strip()) if held else ""
    head = re.split(r"\s+(?:of|in|on|along|near|between)\s+", words)[0]
    inside = _inside(held, claim.places)
    if SEVERAL.search(head):
        return _region(claim.places, "settlement" if CENTRES.search(head) else _several_level(head))
    if inside:
        return _named(inside, words, head)
    if REGION.search(head):
        return _region(claim.places, None)
    if CENTRE.search(head) or DISTRICT.search(head):
        place = next((p for p in claim.places if _is_meant(document, p)), None)
        if place is None:
            return Held(None, None, None, "not said which place")
        return Held(_key(place, "district" if DISTRICT.search(head) else "settlement"), None, place)
    return Held(None, None, None, "no place by name" if head else "not said what is held")


def place_of_event(claim: Claim) -> PlaceKey | None:
    """The place where an event is told to have happened, where it is one of the map and stands in the sentence."""
    for place in claim.places:
        if place.precision in NAMED_PRECISIONS and place.basis in ("clause", "sentence"):
            return _key(place, "district" if place.precision == "admin2" else "settlement")
    return None


@lru_cache(maxsize=4096)
def plain(name: str | None) -> str:
    """A name without accents, apostrophes, hyphens and case."""
    bare = unicodedata.normalize("NFKD", name or "")
    kept = "".join(c for c in bare if not unicodedata.combining(c) and c not in "'’‘ʿʾ`ʼ")
    return " ".join(kept.replace("-", " ").lower().split())


def _inside(held: Actor | None, places: Sequence[Place]) -> list[Place]:
    """The places whose names stand in the words for what is held."""
    return [p for p in places if held is not None and any(s.meets(p.span) for s in held.spans)]


def _named(inside: Sequence[Place], words: str, head: str) -> Held:
    place = inside[0]
    if SITE.search(head):
        key = _key(place, "site")
        return Held(key._replace(name=plain(words)), None, place)
    if DISTRICT.search(head):
        place = next((p for p in inside if p.precision == "admin2"), place)
        return Held(_key(place, "district"), None, place)
    if CENTRE.search(head):
        place = next((p for p in inside if p.precision == "settlement"), place)
        if place.precision in NAMED_PRECISIONS:
            return Held(_key(place, "settlement"), None, place)
    if place.precision in NAMED_PRECISIONS and not REGION.search(head):
        return Held(_key(place, "district" if place.precision == "admin2" else "settlement"), None, place)
    return _region(inside, None)


def _region(places: Sequence[Place], level: Level | None) -> Held:
    """The first-order unit, or the country, that the words are about."""
    for place in places:
        if place.country and place.precision == "country":
            return Held(None, Region(place.country, "", level), place)
        unit = place.name if place.precision == "admin1" else place.admin1
        if place.country and unit and place.precision != "region":
            return Held(None, Region(place.country, plain(unit), level), place)
    return Held(None, None, None, "not said of which region")


def _several_level(head: str) -> Level | None:
    return "district" if re.search(r"\bdistricts\b", head, re.IGNORECASE) else None


def _is_meant(document: Coded, place: Place) -> bool:
    """Whether "the town" may be this place: named in the claim's sentence or before, and not as a direction."""
    if place.precision not in NAMED_PRECISIONS or place.basis == "dateline":
        return False
    before = document.text[max(place.span.start - REACH, 0) : place.span.start]
    return place.basis == "neighbour" or AWAY.search(before) is None


def _key(place: Place, level: Level) -> PlaceKey:
    return PlaceKey(place.country or "", plain(place.admin1), plain(place.name or place.mention), level)
