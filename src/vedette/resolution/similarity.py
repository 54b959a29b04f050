"""How likely two claims tell one happening, and one act of it: signs between the two, weighed in one table.

A happening is an attack in a place on a day with all that was done and suffered in it; an act is what a single word of
a report names: the attack, the blow to one victim, the death of another. Each sign has a weight for either question;
the sum of those that apply goes through the logistic function.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from vedette.records import Count, Place
from vedette.resolution.linkage import NEVER
from vedette.resolution.told import Party, Told

__all__ = ["SIGNS", "Rarity", "Scored", "Sign", "Weighed", "score", "signs_of", "weigh"]

# Kilometres within which two names of this precision can be one place: about half the unit's usual width.
REACH_KM = {"site": 10.0, "settlement": 15.0, "admin2": 40.0, "admin1": 150.0, "country": 800.0, "region": 800.0}
PRECISE = frozenset({"site", "settlement"})
COARSE = frozenset({"country", "region"})
# A place of these bases was named with the event; the dateline's or a neighbour's is a guess.
NAMED = frozenset({"clause", "sentence"})
SURE = 0.5
# What a word is worth before anything is counted: among so many reports, so many have it.
PRIOR_N = 400.0
PRIOR = 4.0


class Sign(NamedTuple):
    """What may hold between two claims, and what it says: log-odds for one happening, for one act."""

    name: str
    happening: float
    act: float


SIGNS = (
    Sign("bias", -3.0, -4.0),
    Sign("same story", 3.0, 2.5),
    Sign("same report", 0.3, 0.2),
    Sign("same type", 0.5, 1.0),
    Sign("same aspect", 0.0, 2.0),
    Sign("same stem", 0.3, 1.5),
    Sign("same mode", 0.3, 0.5),
    Sign("modes differ", -0.5, -0.8),
    Sign("same days", 0.8, 0.6),
    Sign("days next to each other", 0.2, 0.0),
    Sign("days apart", -2.0, -1.5),
    Sign("stated days apart", -1.5, -1.5),
    Sign("same place", 1.2, 0.8),
    Sign("one place can lie in the other", 0.3, 0.2),
    Sign("places apart", -1.5, -1.0),
    Sign("recipients in common", 0.8, 1.2),
    Sign("names of recipients differ", -1.0, -1.8),
    Sign("actors in common", 0.8, 0.8),
    Sign("names of actors differ", -0.8, -0.8),
    Sign("actor of one is recipient of the other", 0.0, -0.3),
    Sign("tolls equal", 0.5, 0.5),
    Sign("tolls far apart", -0.8, -0.8),
    Sign("words in common", 2.0, 2.0),
    Sign("one is told as another event", -1.5, -1.5),
    Sign("one did not happen yet", -0.5, -0.5),
)
NUMBER = {sign.name: n for n, sign in enumerate(SIGNS)}
HAPPENING = tuple(sign.happening for sign in SIGNS)
ACT = tuple(sign.act for sign in SIGNS)


class Rarity:
    """How much a word tells: the logarithm of how few reports have it.

    Counts of reports can be taken from elsewhere and added to, so that claims are weighed alike as a database grows.
    """

    def __init__(self, counts: Mapping[str, int], n_documents: int) -> None:
        self.counts = counts
        self.n_documents = n_documents
        self._top = math.log(PRIOR_N + n_documents)

    @classmethod
    def of_claims(cls, told: Iterable[Told]) -> Rarity:
        """Count words of claims over their documents."""
        words: dict[str, set[str]] = {}
        for t in told:
            words.setdefault(t.document, set()).update(t.words)
        counts: Counter[str] = Counter()
        for found in words.values():
            counts.update(found)
        return cls(counts, len(words))

    def __call__(self, word: str) -> float:
        return max(self._top - math.log(PRIOR + self.counts.get(word, 0)), 0.0)


class Weighed(NamedTuple):
    """A claim ready to be compared: with its story and what its words are worth."""

    told: Told
    story: str | None
    worth: dict[str, float]
    total: float


class Scored(NamedTuple):
    """Probabilities 0 to 1 that two claims tell one happening, and one act; NEVER where they cannot."""

    happening: float
    act: float


def weigh(told: Sequence[Told], story_of: Mapping[str, str], rarity: Rarity) -> list[Weighed]:
    """Return the claims ready to be compared, in their order; `story_of` gives the story of a document's id."""
    known: dict[str, float] = {}
    found = []
    for t in told:
        worth = {}
        for word in t.words:
            if word not in known:
                known[word] = rarity(word)
            worth[word] = known[word]
        found.append(Weighed(t, story_of.get(t.document), worth, sum(sorted(worth.values()))))
    return found


def score(a: Weighed, b: Weighed) -> Scored:
    """Return how likely two claims tell one happening and one act."""
    signs = signs_of(a, b)
    if signs is None:
        return Scored(NEVER, NEVER)
    happening = act = 0.0
    for n, value in signs:
        happening += HAPPENING[n] * value
        act += ACT[n] * value
    return Scored(1.0 / (1.0 + math.exp(-happening)), 1.0 / (1.0 + math.exp(-act)))


def signs_of(a: Weighed, b: Weighed) -> list[tuple[int, float]] | None:
    """Return the numbers of the signs between two claims with their strength 0 to 1; None: never one happening."""
    s, t = a.told, b.told
    if s.family != t.family and "control" in (s.family[:7], t.family[:7]):
        return None
    found = [(NUMBER["bias"], 1.0)]

    def sign(name: str, strength: float = 1.0) -> None:
        if strength:
            found.append((NUMBER[name], strength))

    is_one_report = s.document == t.document
    sign("same story", a.story is not None and a.story == b.story)
    sign("same report", is_one_report)
    sign("same type", s.family == t.family)
    sign("same aspect", s.family == t.family and s.aspect == t.aspect)
    sign("same stem", not s.stems.isdisjoint(t.stems))
    if s.mode is not None and t.mode is not None:
        sign("same mode" if s.mode == t.mode else "modes differ")
    days = _days(s, t)
    if days is not None:
        sign(days)
    place = _places(s.places, t.places)
    if place == "never" or (is_one_report and (place == "places apart" or days == "stated days apart")):
        return None
    if place is not None:
        sign(place)
    _parties(s, t, sign)
    for count, other in ((s.deaths, t.deaths), (s.injured, t.injured)):
        toll = _toll(count, other)
        if toll is not None:
            sign(toll)
            break
    sign("words in common", _overlap(a, b))
    sign("one is told as another event", s.is_apart != t.is_apart)
    sign("one did not happen yet", _is_told_as_fact(s) != _is_told_as_fact(t))
    return found


def _is_told_as_fact(t: Told) -> bool:
    return t.modality in ("asserted", "negated", "historical")


def _days(s: Told, t: Told) -> str | None:
    if s.first is None or t.first is None or s.last is None or t.last is None:
        return None
    if s.first < t.last and t.first < s.last:
        return "same days"
    gap = s.first - t.last if s.first >= t.last else t.first - s.last
    if gap == 0:
        return "days next to each other"
    assert s.when is not None and t.when is not None
    return "days apart" if "published" in (s.when.basis, t.when.basis) else "stated days apart"


def _places(some: Sequence[Place], others: Sequence[Place]) -> str | None:
    """The best that holds between two of their places."""
    if not some or not others:
        return None
    found = [_place(p, q) for p in some for q in others]
    for best in ("same place", "one place can lie in the other", None, "places apart"):
        if best in found:
            return best
    return "never"


def _place(a: Place, b: Place) -> str | None:
    """What holds between two places; None: nothing is known."""
    if a.geonameid is not None and a.geonameid == b.geonameid:
        return "one place can lie in the other" if a.precision in COARSE else "same place"
    if a.lat is None or b.lat is None or a.lon is None or b.lon is None:
        return "same place" if a.mention.lower() == b.mention.lower() else None
    distance = _km(a.lat, a.lon, b.lat, b.lon)
    if distance <= max(REACH_KM[a.precision], REACH_KM[b.precision]):
        return "one place can lie in the other" if {a.precision, b.precision} - PRECISE else "same place"
    if {a.precision, b.precision} & COARSE and a.country == b.country:
        return "one place can lie in the other"
    is_sure = {a.precision, b.precision} <= PRECISE and {a.basis, b.basis} <= NAMED
    return "never" if is_sure and min(a.confidence, b.confidence) >= SURE else "places apart"


def _parties(s: Told, t: Told, sign: Callable[..., None]) -> None:
    same = _same_party(s.recipients, t.recipients)
    if same is not None:
        sign("recipients in common" if same > 0 else "names of recipients differ", abs(same))
    same = _same_party(s.parties, t.parties)
    if same is not None:
        sign("actors in common" if same > 0 else "names of actors differ", abs(same))
    crossed = [_same_party(s.parties, t.recipients), _same_party(s.recipients, t.parties)]
    sign("actor of one is recipient of the other", float(any(x == 1.0 for x in crossed)))


def _same_party(some: Sequence[Party], others: Sequence[Party]) -> float | None:
    """1 where two have a name in common, less for words or codes; below 0 where both have names and none in common."""
    if not some or not others:
        return None
    if any(p.proper & q.proper for p in some for q in others):
        return 1.0
    if any(p.common & q.common for p in some for q in others):
        return 0.6
    if any(p.code and p.code == q.code for p in some for q in others):
        return 0.4
    if all(p.proper for p in some) and all(q.proper for q in others):
        return -1.0
    return None


def _toll(a: Count | None, b: Count | None) -> str | None:
    if a is None or b is None or a.best is None or b.best is None:
        return None
    if a.best == b.best:
        return "tolls equal"
    low, high = sorted((a.best, b.best))
    return "tolls far apart" if high > 2 * low + 1 else None


def _overlap(a: Weighed, b: Weighed) -> float:
    """The share of the worth of the poorer claim's words that both have, 0 to 1."""
    small, large = (a, b) if len(a.worth) <= len(b.worth) else (b, a)
    least = min(a.total, b.total)
    if least <= 0.0:
        return 0.0
    return min(sum(sorted(worth for word, worth in small.worth.items() if word in large.worth)) / least, 1.0)


def _km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    p, q = math.radians(lat1), math.radians(lat2)
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 12742.0 * math.asin(math.sqrt(min(1.0, h)))
