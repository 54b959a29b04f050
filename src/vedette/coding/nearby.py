"""The place of an act whose sentence names none: where the report's other acts are told to be, weighed.

Each act told at a place in its own clause or sentence speaks for that place: more if it stands near, before rather
than after, and in a country of those who act or suffer. The report as a whole speaks through the country that most of
its parties belong to. `assemble` leaves the last place told; what is chosen here keeps the basis "neighbour".

The weights were set on the stories of the dev set (`docs/method/places.md`).
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence

import msgspec

from vedette.records import Claim, Place

__all__ = ["settle_places"]

# Of a place in the act's own sentence but another clause, against one in its clause.
SENTENCE = 0.5
# Of acts of another type.
OTHER_TYPE = 0.5
# Of acts told later in the report.
LATER = 0.4
# Characters after which an act speaks for 1/e: about ten sentences.
REACH = 1500.0
# Beyond this nothing of it is left (1/20,000): only acts so near are asked, so that a long text costs no more for it.
FAR = 15_000
REGION = 0.4
OWN_COUNTRY, OTHER_COUNTRY = 1.5, 0.6
# Further places are kept beside the best where they have this share of its weight; three at most.
BESIDE = 0.6
MOST = 3


def settle_places(claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims with the places of those that had the last one told ("neighbour") chosen anew."""
    told = sorted((c for c in claims if c.places and c.places[0].basis in ("clause", "sentence")), key=_start)
    focus = _focus(claims)
    return [
        msgspec.structs.replace(c, places=_choose(c, near, focus))
        if c.places and c.places[0].basis == "neighbour" and (near := _within_reach(c, told))
        else c
        for c in claims
    ]


def _start(claim: Claim) -> int:
    return claim.trigger[0].start


def _within_reach(claim: Claim, told: Sequence[Claim]) -> Sequence[Claim]:
    at = _start(claim)
    return told[bisect_left(told, at - FAR, key=_start) : bisect_right(told, at + FAR, key=_start)]


def _focus(claims: Sequence[Claim]) -> frozenset[str]:
    """The country that most parties of the report belong to; ties go to the one named first."""
    counts = Counter(country for c in claims for country in _countries(c))
    return frozenset(country for country, _ in counts.most_common(1))


def _countries(claim: Claim) -> list[str]:
    return [a.country for a in (*claim.actors, *claim.recipients) if a.country]


def _choose(claim: Claim, told: Sequence[Claim], focus: frozenset[str]) -> tuple[Place, ...]:
    at = _start(claim)
    countries = frozenset(_countries(claim)) or focus
    votes: dict[int | str, float] = defaultdict(float)
    nearest: dict[int | str, tuple[int, Place]] = {}
    for act in told:
        ahead = at - _start(act)
        weight = math.exp(-abs(ahead) / REACH)
        weight *= 1.0 if ahead >= 0 else LATER
        weight *= 1.0 if act.event_type == claim.event_type else OTHER_TYPE
        for rank, place in enumerate(act.places, 1):
            key = place.geonameid or place.name or place.mention
            votes[key] += weight * _speaks(place, countries) / rank
            distance = abs(at - place.span.start)
            if key not in nearest or distance < nearest[key][0]:
                nearest[key] = (distance, place)
    ranked = sorted(votes, key=lambda key: (-votes[key], nearest[key][0]))
    kept = [key for key in ranked[:MOST] if votes[key] >= BESIDE * votes[ranked[0]]]
    return tuple(msgspec.structs.replace(nearest[key][1], basis="neighbour") for key in kept)


def _speaks(place: Place, countries: Collection[str]) -> float:
    """What a place weighs for itself: how it was told, how wide it is, whose country it lies in."""
    weight = 1.0 if place.basis == "clause" else SENTENCE
    if place.precision == "region":
        weight *= REGION
    if countries and place.country:
        weight *= OWN_COUNTRY if place.country in countries else OTHER_COUNTRY
    return weight
