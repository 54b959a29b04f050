"""Find place names and say which place they mean.

`place_names` finds the names, `place_choice` weighs what each may mean; here both are put together. "Kunduz
University" and "Afghan officials" name a place that stands for a body or a people, which is a metonym. A name that
nobody knows is kept without coordinates. `place_lines` tells borders and roads from the places at their ends.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping, Sequence

import msgspec

from vedette.coding.place_choice import CLASS_WORDS, Candidate, Gazetteer, Mention, Ranked, confidence, focus_of, rank
from vedette.coding.place_lines import mark_lines
from vedette.coding.place_names import find_mentions
from vedette.records import Located, Place, Precision, Reading, Span
from vedette.text.tree import Parsed

__all__ = ["Candidate", "Gazetteer", "find_places", "is_metonym", "locate"]

# Verbs whose subject is a government where it is named by its capital.
SAYING = frozenset(
    "say tell announce deny accuse want urge demand insist reject warn vow pledge agree condemn call seek believe refuse "
    "claim respond impose threaten hope expect plan view consider argue offer ask declare support oppose".split()
)
# Nouns after a country's name that are places themselves.
LOCAL = frozenset(
    "border coast capital town city village region soil territory side bank base airport frontier".split()
)
# What a place is that the report calls so.
TOWN = frozenset({"settlement", "site"})
UNIT_OF = {"district": TOWN | {"admin2"}, "county": frozenset({"admin2"}), "province": frozenset({"admin1"})}
HALF = 0.5
# Confidence in a name that is only spelt nearly so.
GUESSED = 0.5


def find_places(
    parsed: Parsed,
    gazetteer: Gazetteer,
    *,
    dateline: Span | None = None,
    countries: Mapping[str, float] | None = None,
    people: Sequence[Span] = (),
    first_names: Collection[str] = (),
    home: Candidate | None = None,
) -> list[Place]:
    """Return the places of a text in order.

    Args:
        dateline: the place of the report's dateline, which is not part of the parsed sentences.
        countries: how often the report names each country (ISO 3166 alpha-3), also by nationality.
        people: spans of names of persons and bodies, which are no places.
        first_names: given names in lower case, by which persons are told.
        home: where the outlet sits.
    """
    persons = {t.i for span in people for t in parsed.tokens_in(span)}
    mentions = find_mentions(parsed, gazetteer, dateline=dateline, persons=persons, first_names=first_names)
    mentions, guessed = _respelled(mentions, gazetteer, countries or {})
    ranked = rank(mentions, parsed.text, countries=countries, home=home)
    return mark_lines(parsed, [_place(m, ranked.get(k), k in guessed) for k, m in enumerate(mentions)])


def locate(
    parsed: Parsed,
    gazetteer: Gazetteer,
    *,
    countries: Mapping[str, float] | None = None,
    first_names: Collection[str] = (),
    most: int = 5,
) -> list[Located]:
    """Return the places of a text in order, each with its `most` likeliest readings and what speaks for them."""
    mentions = find_mentions(parsed, gazetteer, first_names=first_names)
    mentions, guessed = _respelled(mentions, gazetteer, countries or {})
    ranked = rank(mentions, parsed.text, countries=countries)
    places = mark_lines(parsed, [_place(m, ranked.get(k), k in guessed) for k, m in enumerate(mentions)])
    return [
        Located(place, _readings(mention, ranked.get(k, ()), most))
        for k, (mention, place) in enumerate(zip(mentions, places, strict=True))
    ]


def is_metonym(parsed: Parsed, place: Place, gazetteer: Gazetteer) -> bool:
    """Whether a place name stands for a government or people: "Afghan", or the subject of a verb of speech or policy."""
    if gazetteer.people(place.mention):
        return True
    head = parsed.head_of(place.span)
    if head is None:
        return False
    if head.dep in ("compound", "amod", "nmod") and head.head.pos in ("NOUN", "PROPN"):
        modified = head.head.lower
        if head.head.pos == "PROPN" and modified not in CLASS_WORDS:
            return True  # a body's name: "Kunduz Police Department"
        if place.precision == "country" and modified not in CLASS_WORDS and modified not in LOCAL:
            return True  # "U.S. officials"
    if place.precision not in ("country", "settlement", "admin1", "region"):
        return False
    while head.dep in ("conj", "appos") and head.head is not head:
        head = head.head
    return head.dep in ("nsubj", "agent") and (
        place.precision == "country" or head.head.lemma.lower() in SAYING or head.dep == "agent"
    )


def _respelled(
    mentions: Sequence[Mention], gazetteer: Gazetteer, countries: Mapping[str, float]
) -> tuple[list[Mention], frozenset[int]]:
    """Give names that nobody knows the entries spelt nearly so in the report's country; also which these are.

    The country is the one that more than half of the report's names of countries and provinces speak for.
    """
    made, guessed = list(mentions), set()
    unknown = [k for k, m in enumerate(mentions) if not m.candidates]
    shares = focus_of(mentions, countries) if unknown else {}
    country = max(shares, key=lambda c: shares[c], default=None)
    if country is not None and shares[country] > HALF:
        for k in unknown:
            fitting = UNIT_OF.get(mentions[k].class_word or "", TOWN)
            near = [c for c in gazetteer.similar(mentions[k].words, country) if c.precision in fitting]
            if near:
                made[k] = mentions[k]._replace(candidates=tuple(near))
                guessed.add(k)
    return made, frozenset(guessed)


def _place(mention: Mention, ranked: Sequence[Ranked] | None, is_guessed: bool = False) -> Place:
    if not ranked:
        precision: Precision = "admin2" if mention.class_word == "district" else "settlement"
        return Place(mention.span, mention.words, precision=precision)
    c = ranked[0].candidate
    return Place(
        mention.span,
        mention.words,
        _name(mention, c),
        c.lat,
        c.lon,
        c.country,
        c.admin1,
        c.admin2,
        c.geonameid,
        c.precision,
        confidence(ranked) * (GUESSED if is_guessed else 1.0),
    )


def _readings(mention: Mention, ranked: Sequence[Ranked], most: int) -> tuple[Reading, ...]:
    made = []
    for k, r in enumerate(ranked[:most]):
        place = msgspec.structs.replace(_place(mention, [r]), confidence=confidence(ranked, k))
        reasons = {name: round(value, 2) for name, value in r.parts.items() if round(value, 2)}
        made.append(Reading(place, round(r.score, 2), reasons))
    return tuple(made)


def _name(mention: Mention, c: Candidate) -> str:
    """The name as the report prints it where it is the entry's own but for accents."""
    is_own = mention.words == c.name or _plain(mention.words) == _plain(c.name)
    return mention.words if is_own else c.name


def _plain(name: str) -> str:
    """Letters and digits without accents, so that "Imam Sahib" is shown as the report prints it."""
    return "".join(c for c in unicodedata.normalize("NFD", name.lower()) if c.isalnum())
