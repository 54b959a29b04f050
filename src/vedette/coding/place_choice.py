"""Which entry of the gazetteer a name means: candidates weighed against each other and against the rest of the text.

One name means one place in a document, unless what follows it ("Paris, Texas") says otherwise. A candidate's score is
the sum of its parts (`Ranked.parts`): people living there, class, whether the name is its own, class words, what is
said to hold it, the countries that the report is about, and how well it lies with what the other names may mean
(names resolve together, in two rounds, as of Leidner 2007's "spatial minimality").
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol

from vedette.records import Precision, Span
from vedette.text.tree import Token

__all__ = ["CLASS_WORDS", "Candidate", "Gazetteer", "Mention", "Ranked", "confidence", "distance_km", "rank"]


class Candidate(NamedTuple):
    """A gazetteer entry for a name; `country` is ISO 3166 alpha-3, `code` GeoNames' of the smallest unit it is or lies in."""

    id: int
    name: str
    lat: float
    lon: float
    country: str | None
    code: str | None
    admin1: str | None
    admin2: str | None
    geonameid: int | None
    precision: Precision
    population: int
    is_alternate: bool
    is_capital: bool = False


class Gazetteer(Protocol):
    """What coding asks of a gazetteer."""

    def lookup(self, name: str) -> Sequence[Candidate]:
        """Entries of this name, whatever its capitals and accents."""
        ...

    def similar(self, name: str, country: str) -> Sequence[Candidate]:
        """Entries of a country (ISO 3166 alpha-3) whose name is spelt nearly so, those of most people first."""
        ...

    def country(self, code: str) -> Candidate | None:
        """The country of this ISO 3166 alpha-3 code, or None."""
        ...

    def people(self, word: str) -> Sequence[Candidate]:
        """Entries whose people or things this word names ("Afghan", "Texans")."""
        ...

    def home(self, outlet: str | None, url: str | None) -> Candidate | None:
        """Where an outlet sits, a town or at least a country, or None."""
        ...


class Mention(NamedTuple):
    """A name in the text; without candidates it is a place that nobody knows. `tokens` are none in a dateline.

    `is_people` tells a word such as "Afghan".
    """

    tokens: tuple[Token, ...]
    span: Span
    words: str
    candidates: tuple[Candidate, ...]
    class_word: str | None = None
    is_people: bool = False


class Ranked(NamedTuple):
    """A candidate with its score and what the score is made of."""

    candidate: Candidate
    score: float
    parts: dict[str, float]


CLASS_WORDS: dict[str, frozenset[Precision]] = {
    "province": frozenset({"admin1", "admin2"}),
    "governorate": frozenset({"admin1", "admin2"}),
    "oblast": frozenset({"admin1"}),
    "state": frozenset({"admin1"}),
    "region": frozenset({"admin1", "region"}),
    "department": frozenset({"admin1", "admin2"}),
    "prefecture": frozenset({"admin1", "admin2"}),
    "wilayat": frozenset({"admin1"}),
    "district": frozenset({"admin2", "settlement"}),
    "county": frozenset({"admin2"}),
    "parish": frozenset({"admin2"}),
    "municipality": frozenset({"admin2", "settlement"}),
    "city": frozenset({"settlement"}),
    "town": frozenset({"settlement"}),
    "village": frozenset({"settlement"}),
}
# Weights of the score; set by hand on the dev texts of LGL, TR-News and GeoWebNews, see docs/method/places.md.
W_POPULATION = 1.43
W_CLASS: dict[Precision, float] = {
    "country": 0.78, "region": 1.08, "admin1": 0.3, "site": 0.5, "admin2": -0.15, "settlement": 0.1,
}  # fmt: skip
W_ALTERNATE = -0.45
W_CAPITAL = 0.4
# A province called as its own chief town, and the least share of the province's people that makes a town its chief.
W_NAMESAKE = -0.52
CHIEF_TOWN = 0.15
W_FOCUS = 0.42
W_CONTAINER = 0.98
# The outlet's own town, and what lies near it.
W_HOME, W_HOME_NEAR = 1.8, 0.8
W_CLASS_WORD = 0.9
W_OTHER_CLASS = -0.3
W_CONTEXT = 2.34
# How well two entries lie together.
SAME_ADMIN2, SAME_ADMIN1, SAME_COUNTRY, IN_COUNTRY = 1.0, 0.45, 0.06, 0.21
NEAR, NEAR_KM = 0.9, 78.0
# How many are taken to live where GeoNames lists a place and gives no number.
UNCOUNTED = 1_000
# A reading of 10 ** LOUD_FROM people says nothing about others, one of LOUD_OVER decades more says all it can.
LOUD_FROM, LOUD_OVER = 0.79, 2.6
ROUNDS = 2
# How sharply scores become shares; calibrated so that a confidence of .8 is right in about 8 of 10 (see the docs).
SHARPNESS = 4.05
# Only the likeliest readings of the most frequent names speak for others: the cost stays in proportion to the text.
MOST_READINGS = 4
MOST_NAMES = 30
UNITS = ("country", "admin1", "admin2")


class _Name(NamedTuple):
    """All mentions that must mean one place."""

    words: str
    candidates: tuple[Candidate, ...]
    class_word: str | None
    containers: tuple[Candidate, ...]
    n: int


def rank(
    mentions: Sequence[Mention],
    text: str,
    *,
    countries: Mapping[str, float] | None = None,
    home: Candidate | None = None,
) -> dict[int, list[Ranked]]:
    """Return for each mention with candidates, by index, what it may mean, best first.

    Args:
        mentions: in text order.
        countries: how much the report is about each country (ISO 3166 alpha-3), any scale.
        home: where the outlet sits.

    Cost: in proportion to the mentions and their candidates.
    """
    names, name_of = _names(mentions, _containers(mentions, text))
    focus = focus_of(mentions, countries or {})
    parts = [_own_parts(name, focus, home) for name in names]
    bases = [[sum(p.values()) for p in listed] for listed in parts]
    bonuses = _bonuses(names, bases)
    ranked = []
    for name, listed, base, bonus in zip(names, parts, bases, bonuses, strict=True):
        scores = [b + extra for b, extra in zip(base, bonus, strict=True)]
        for own, extra in zip(listed, bonus, strict=True):
            own["near the others"] = extra
        order = sorted(range(len(scores)), key=scores.__getitem__, reverse=True)
        ranked.append([Ranked(name.candidates[j], scores[j], listed[j]) for j in order])
    return {m: ranked[k] for m, k in name_of.items()}


def _bonuses(names: Sequence[_Name], bases: Sequence[list[float]]) -> list[list[float]]:
    """What the other names add to each candidate; one that stands alone has nothing to be chosen from and gets none."""
    bonuses = [[0.0] * len(listed) for listed in bases]
    open_names = [k for k, listed in enumerate(bases) if len(listed) > 1]
    if not open_names or len(names) == 1:
        return bonuses
    loud = sorted(range(len(names)), key=lambda k: (-names[k].n, k))[:MOST_NAMES]
    known: dict[int, dict[int, float]] = {}  # how well two entries go together, for the second round
    readings = {k: _readings(names[k], bases[k]) for k in loud}
    for n in range(ROUNDS):
        if n:  # what has one reading says the same as before
            for k in set(open_names) & readings.keys():
                scores = [base + bonus for base, bonus in zip(bases[k], bonuses[k], strict=True)]
                readings[k] = _readings(names[k], scores)
        voices = [(k, names[k].words, min(1.0, 0.5 + 0.25 * names[k].n), said) for k, said in readings.items() if said]
        for k in open_names:
            name = names[k]
            others = [(weight, said) for j, words, weight, said in voices if j != k and words != name.words]
            bonuses[k] = [W_CONTEXT * _together(c, others, known.setdefault(c.id, {})) for c in name.candidates]
    return bonuses


def confidence(ranked: Sequence[Ranked], k: int = 0) -> float:
    """The share of the reading at `k` among the six best, 0 to 1."""
    top = ranked[0].score
    total = sum(math.exp(SHARPNESS * (r.score - top)) for r in ranked[:6])
    return round(math.exp(SHARPNESS * (ranked[k].score - top)) / total, 3)


def distance_km(a: Candidate, b: Candidate) -> float:
    """Kilometres on the great circle between two entries' points."""
    p, q = math.radians(a.lat), math.radians(b.lat)
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    return 12742.0 * math.asin(math.sqrt(min(1.0, h)))


def _names(
    mentions: Sequence[Mention], containers: Mapping[int, tuple[str, tuple[Candidate, ...]]]
) -> tuple[list[_Name], dict[int, int]]:
    """The names, and the name of each mention; one held by two different places is two names."""
    held: dict[str, dict[str, list[int]]] = {}
    for k, mention in enumerate(mentions):
        if mention.candidates:
            holder = containers[k][0] if k in containers else ""
            held.setdefault(mention.words.lower(), {}).setdefault(holder, []).append(k)
    names: list[_Name] = []
    name_of: dict[int, int] = {}
    for by_holder in held.values():
        holders = [h for h in by_holder if h]
        for holder, members in by_holder.items():
            if not holder and len(holders) == 1:
                continue  # "Paris" where "Paris, Texas" stands too
            if holder and len(holders) == 1:
                members = sorted(members + by_holder.get("", []))
            outer = {c.id: c for k in members if k in containers for c in containers[k][1]}
            if not holder:
                outer = {c.id: c for h in holders[:1] for c in containers[by_holder[h][0]][1]}
            entries = {c.id: c for k in members for c in mentions[k].candidates}
            said = [w for k in members if (w := mentions[k].class_word) is not None]
            for k in members:
                name_of[k] = len(names)
            names.append(
                _Name(
                    mentions[members[0]].words.lower(),
                    tuple(entries.values()),
                    Counter(said).most_common(1)[0][0] if said else None,
                    tuple(outer.values()),
                    len(members),
                )
            )
    return names, name_of


def _containers(mentions: Sequence[Mention], text: str) -> dict[int, tuple[str, tuple[Candidate, ...]]]:
    """For "Paris, Texas" and "Spin Boldak district of Kandahar": the words and entries of what the place lies in."""
    found: dict[int, tuple[str, tuple[Candidate, ...]]] = {}
    for k in range(len(mentions) - 1):
        a, b = mentions[k], mentions[k + 1]
        if a.span.end > b.span.start or b.span.start - a.span.end > 40 or a.is_people or b.is_people:
            continue
        gap = text[a.span.end : b.span.start].strip().lower()
        inner, outer = a, b
        at = k
        if gap in ("'s", "’s"):
            inner, outer, at = b, a, k + 1
        elif not (gap in (",", "(", ", in") or (gap.rstrip(" the").endswith(("of", "in")) and gap.count(" ") <= 2)):
            continue
        units = tuple(c for c in outer.candidates if c.precision in UNITS)
        holding = tuple(o for o in units if any(_lies_in(c, o) for c in inner.candidates))
        if holding:
            found[at] = (outer.words.lower(), holding)
    return found


def _lies_in(inner: Candidate, outer: Candidate) -> bool:
    if inner.id == outer.id:
        return False
    if outer.precision == "country":
        return inner.country == outer.country and inner.precision != "country"
    if outer.code is None or inner.code is None or inner.precision in ("country", outer.precision):
        return False
    return (inner.code + ".").startswith(outer.code + ".")


def focus_of(mentions: Sequence[Mention], countries: Mapping[str, float]) -> dict[str, float]:
    """Each country's share of the report, from its name, those of its provinces, and nationalities."""
    counts: dict[str, float] = {c: float(n) for c, n in countries.items()}
    for mention in mentions:
        for c in mention.candidates[:1]:
            if c.country and c.precision in ("country", "admin1"):
                counts[c.country] = counts.get(c.country, 0.0) + (1.0 if c.precision == "country" else 0.7)
    total = sum(counts.values())
    return {c: n / total for c, n in counts.items()} if total else {}


def _own_parts(name: _Name, focus: Mapping[str, float], home: Candidate | None) -> list[dict[str, float]]:
    """The parts of each candidate's score that do not depend on what the other names mean."""
    towns = [c for c in name.candidates if c.precision == "settlement"]
    made = []
    for c in name.candidates:
        parts = {
            "people": W_POPULATION * min(math.log10(c.population + 10), 7.0) / 7.0,
            "class": W_CLASS[c.precision],
        }
        if c.is_alternate:
            parts["another name"] = W_ALTERNATE
        if c.is_capital:
            parts["capital"] = W_CAPITAL
        if c.country and focus.get(c.country):
            parts["country of the report"] = W_FOCUS * math.sqrt(focus[c.country])
        if home is not None and c.precision != "country":
            near = W_HOME if c.id == home.id else W_HOME_NEAR * _affinity(c, home)
            if near:
                parts["the outlet's home"] = near
        if name.containers and any(_lies_in(c, o) for o in name.containers):
            parts["held by what follows"] = W_CONTAINER
        if name.class_word is not None:
            parts["class word"] = W_CLASS_WORD if c.precision in CLASS_WORDS[name.class_word] else W_OTHER_CLASS
        elif c.precision in ("admin1", "admin2") and any(
            _lies_in(t, c) and t.population > CHIEF_TOWN * c.population for t in towns
        ):
            parts["its chief town has the name"] = W_NAMESAKE
        made.append(parts)
    return made


def _readings(name: _Name, scores: Sequence[float]) -> list[tuple[Candidate, float]]:
    """The likeliest meanings of a name with their shares, each as loud as it counts for others."""
    top = max(scores)
    shares = [math.exp(SHARPNESS * (s - top)) for s in scores]
    total = sum(shares)
    order = sorted(range(len(shares)), key=shares.__getitem__, reverse=True)[:MOST_READINGS]
    likely = [(name.candidates[k], shares[k] / total) for k in order if shares[k] > 0.02 * total]
    return [(c, share * loud) for c, share in likely if c.country is not None and (loud := _loudness(c)) > 0.0]


def _together(
    c: Candidate, others: Iterable[tuple[float, Sequence[tuple[Candidate, float]]]], known: dict[int, float]
) -> float:
    """How well an entry lies with what the others may mean, 0 to 1; what it comes to with each is kept in `known`."""
    own = c.id
    total = 0.0
    for weight, readings in others:
        near = 0.0
        for other, share in readings:
            id = other.id
            if id == own:
                continue
            affinity = known.get(id)
            if affinity is None:
                affinity = known[id] = _affinity(c, other)
            near += share * affinity
        total += weight * near
    return 1.0 - math.exp(-total)


def _loudness(c: Candidate) -> float:
    """How much a reading counts for others, 0 to 1: a hamlet may be no place at all, an entry without a count is none."""
    people = c.population or (UNCOUNTED if c.geonameid is not None else 0)
    return min(1.0, max(0.0, (math.log10(people + 10) - LOUD_FROM) / LOUD_OVER))


@lru_cache(maxsize=50_000)
def _levels(code: str) -> tuple[str, ...]:
    return tuple(code.split("."))


def _affinity(a: Candidate, b: Candidate) -> float:
    is_far = abs(a.lat - b.lat) >= 4.0 or abs(a.lon - b.lon) >= 12.0
    if a.country is None or b.country is None or (is_far and a.country != b.country):
        return 0.0
    if a.precision == "country" or b.precision == "country":
        return IN_COUNTRY if a.country == b.country and a.precision != b.precision else 0.0
    best = SAME_COUNTRY if a.country == b.country else 0.0
    if best and a.code and b.code:
        p, q = _levels(a.code), _levels(b.code)
        if p[:2] == q[:2]:
            best = SAME_ADMIN2 if len(p) > 2 and p[:3] == q[:3] else SAME_ADMIN1
    if best < NEAR and not is_far and "admin1" not in (a.precision, b.precision):
        best = max(best, NEAR * math.exp(-distance_km(a, b) / NEAR_KM))
    return best
