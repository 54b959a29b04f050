"""Whose country unnamed people, fighters and workers are of: the act's, where the report is about that country.

Passengers that gunmen kill in Pakistan, in a report whose parties are mostly Pakistan's, are Pakistan's: the act's first
place and the parties of the report both have to say so. Named bodies and persons are left alone, as are foreigners and
migrants, and whoever is sent out of a country. A state's own bodies have theirs already (`coding.entities`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from vedette.records import Actor, Claim

__all__ = ["settle_homes"]

# First sectors of those who are mostly at home where they are told of.
LOCAL = frozenset("REB UAF CRM CVL PTY OPP JRN LAB".split())
# A report is about a country that so many roles of its claims are of.
ENOUGH = 4
ABROAD = re.compile(
    r"\b(?:foreign\w*|international\w*|tourists?|migrants?|immigrants?|refugees?|deportees?|expat\w*)\b", re.IGNORECASE
)


def settle_homes(claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims with the country of unnamed parties told by where the act is and what the report is about."""
    counts = Counter(a.country for c in claims for a in (*c.actors, *c.recipients) if a.country)
    focus = next((country for country, n in counts.most_common(1) if n >= ENOUGH), None)
    return [
        msgspec.structs.replace(
            c,
            actors=tuple(_at_home(a, focus) for a in c.actors),
            recipients=tuple(_at_home(a, focus) for a in c.recipients),
        )
        if focus and c.places and c.places[0].country == focus and c.mode != "deport"
        else c
        for c in claims
    ]


def _at_home(actor: Actor, country: str) -> Actor:
    is_named = bool(actor.name and actor.name[:1].isupper())
    if actor.country or is_named or not set(actor.sectors[:1]) & LOCAL or ABROAD.search(actor.mention):
        return actor
    return msgspec.structs.replace(actor, country=country, code=country + actor.sectors[0])
