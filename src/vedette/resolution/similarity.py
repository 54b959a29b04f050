"""How likely two claims tell one happening, and one act of it: signs between the two, weighed in one table.

A happening is an attack in a place on a day with all that was done and suffered in it; an act is what a single word of
a report names: the attack, the blow to one victim, the death of another. Each sign has a weight for either question;
the sum of those that apply goes through the logistic function. All pairs are scored at once, in columns.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from vedette.records import Count
from vedette.resolution.average_link import NEVER
from vedette.resolution.columns import Items, Places, numbered, places_of
from vedette.resolution.told import Party, Told

__all__ = ["SIGNS", "Compared", "Rarity", "Scored", "Sign"]

# Days so far apart in one report are two events to it; a day nearer may be that of a death or of a search after it.
TOLD_APART_DAYS = 3
# Days and stretches so far apart are two events to a report, however roughly it gives them ("in 2029").
FAR_DAYS = 60
# Longer stretches share days with too much to say anything by it.
SHORT_DAYS = 10
# What a word is worth before anything is counted: among so many reports, so many have it.
PRIOR_N = 400.0
PRIOR = 4.0
# The weightiest words of a claim are compared.
MAX_WORDS = 16
# Pairs scored at a time: their columns stay in the cache.
CHUNK = 20_000

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]


class Sign(NamedTuple):
    """What may hold between two claims, and what it says: log-odds for one happening, for one act."""

    name: str
    happening: float
    act: float


SIGNS = (
    Sign("bias", -4.2, -2.2),
    Sign("same story", 3.6, 0.0),
    Sign("same report", 0.3, 0.0),
    Sign("same type", 0.8, 0.0),
    Sign("same aspect", 0.0, 2.0),
    Sign("same stem", 0.4, 1.0),
    Sign("same word", 0.2, 0.4),
    Sign("same mode", 0.2, 0.2),
    Sign("modes differ", -1.0, -0.8),
    Sign("same days", 0.8, 0.2),
    Sign("days next to each other", -0.4, 0.0),
    Sign("days apart", -0.6, -0.2),
    Sign("stated days apart", -2.0, -0.3),
    Sign("same place", 0.8, 0.1),
    Sign("one place can lie in the other", 0.0, 0.1),
    Sign("places apart", -1.2, -0.3),
    Sign("recipients in common", 1.0, 0.7),
    Sign("names of recipients differ", -0.6, -0.4),
    Sign("actors in common", 0.5, 0.2),
    Sign("names of actors differ", -1.0, -0.5),
    Sign("actor of one is recipient of the other", 0.2, 0.0),
    Sign("tolls equal", 0.6, 0.5),
    Sign("tolls far apart", -0.6, 0.0),
    Sign("words in common", 3.0, 0.8),
    Sign("one is told as another event", -0.6, -0.1),
    Sign("one did not happen yet", -0.4, -0.5),
)
ROLES = ("actors", "recipients")


class Rarity:
    """How much a word tells: the logarithm of how few reports have it.

    Counts of reports can be taken from elsewhere and added to, so that claims are weighed alike as a database grows.
    """

    def __init__(self, counts: Mapping[str, int], n_documents: int) -> None:
        self.counts = counts
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


class Scored(NamedTuple):
    """Probabilities 0 to 1 that the two claims of each pair tell one happening, and one act; NEVER: they cannot."""

    happening: FloatArray
    act: FloatArray


class Compared:
    """Claims in columns, ready to be compared pair by pair; `story_of` gives the story of a document's id."""

    def __init__(self, told: Sequence[Told], story_of: Mapping[str, str], rarity: Rarity) -> None:
        self.story = numbered(story_of.get(t.document) for t in told)
        self.document = numbered(t.document for t in told)
        self.family = numbered(t.family for t in told)
        self.aspect = numbered(t.aspect for t in told)
        self.mode = numbered(t.mode for t in told)
        self.is_control = np.array([t.family.startswith("control") for t in told])
        self.is_fact = np.array([t.modality in ("asserted", "negated", "historical") for t in told])
        self.is_apart = np.array([t.is_apart for t in told])
        self.first = np.array([t.first or 0 for t in told])
        self.last = np.array([t.last or 0 for t in told])
        self.is_published_day = np.array([t.when is not None and t.when.basis == "published" for t in told])
        self.is_day = np.array([t.when is not None and t.when.precision == "day" for t in told])
        self.deaths, self.injured = (_best(t.deaths for t in told), _best(t.injured for t in told))
        self.stems = Items([t.stems for t in told])
        self.forms = Items([t.forms for t in told])
        self.words = _weightiest(told, rarity)
        self.places: Places = places_of([t.places for t in told])
        parties = {"actors": [t.parties for t in told], "recipients": [t.recipients for t in told]}
        names = [[{w for p in ps for w in p.proper} for ps in parties[role]] for role in ROLES]
        both = Items([*names[0], *names[1]])
        self.names = {"actors": both.part(0, len(told)), "recipients": both.part(len(told), 2 * len(told))}
        self.common = {r: Items([{w for p in ps for w in p.common} for ps in parties[r]]) for r in ROLES}
        self.codes = {r: Items([{p.code for p in ps if p.code} for ps in parties[r]]) for r in ROLES}
        self.is_named = {r: np.array([_all_named(ps) for ps in parties[r]]) for r in ROLES}

    def score(self, first: IntArray, second: IntArray) -> Scored:
        """Return how likely the claims `first[k]` and `second[k]` tell one happening and one act, for every k."""
        happening, act = np.zeros(len(first)), np.zeros(len(first))
        for start in range(0, len(first), CHUNK):
            part = slice(start, start + CHUNK)
            happening[part], act[part] = self._score(first[part], second[part])
        return Scored(happening, act)

    def _score(self, i: IntArray, j: IntArray) -> tuple[FloatArray, FloatArray]:
        happening, act = np.zeros(len(i)), np.zeros(len(i))
        never, signs = self.signs(i, j)
        for sign in SIGNS:
            happening += sign.happening * signs[sign.name]
            act += sign.act * signs[sign.name]
        return (
            np.where(never, NEVER, 1.0 / (1.0 + np.exp(-happening))),
            np.where(never, NEVER, 1.0 / (1.0 + np.exp(-act))),
        )

    def signs(self, i: IntArray, j: IntArray) -> tuple[BoolArray, dict[str, FloatArray]]:
        """Return which pairs can never be one happening, and the strength 0 to 1 of every sign between each pair."""
        found: dict[str, FloatArray] = {"bias": np.ones(len(i))}

        def sign(name: str, strength: npt.NDArray[np.generic]) -> None:
            found[name] = strength.astype(np.float64)

        def same(column: IntArray) -> BoolArray:
            alike: BoolArray = (column[i] == column[j]) & (column[i] >= 0)
            return alike

        is_report, is_story, is_type = same(self.document), same(self.story), same(self.family)
        sign("same story", is_story)
        sign("same report", is_report)
        sign("same type", is_type)
        sign("same aspect", is_type & (self.aspect[i] == self.aspect[j]))
        sign("same stem", self.stems.shared(self.stems, i, j) > 0)
        sign("same word", self.forms.shared(self.forms, i, j) > 0)
        sign("same mode", same(self.mode))
        sign("modes differ", (self.mode[i] >= 0) & (self.mode[j] >= 0) & ~same(self.mode))
        told_apart = self._days(i, j, sign)
        relation = self.places.compare(i, j)
        for name in ("same place", "one place can lie in the other", "places apart"):
            sign(name, relation == Places.RELATIONS.index(name))
        for role in ROLES:
            self._parties(role, i, j, sign)
        crossed = self.names["actors"].shared(self.names["recipients"], i, j)
        crossed += self.names["recipients"].shared(self.names["actors"], i, j)
        sign("actor of one is recipient of the other", crossed > 0)
        self._tolls(i, j, sign)
        least = np.minimum(self.words.totals[i], self.words.totals[j])
        shared = self.words.shared(self.words, i, j)
        sign("words in common", np.minimum(np.divide(shared, least, out=np.zeros(len(i)), where=least > 0), 1.0))
        sign("one is told as another event", self.is_apart[i] != self.is_apart[j])
        sign("one did not happen yet", self.is_fact[i] != self.is_fact[j])
        never = (self.is_control[i] | self.is_control[j]) & ~is_type
        never |= relation == Places.RELATIONS.index("never")
        never |= is_report & told_apart
        is_far = (found["days apart"] + found["stated days apart"] + found["places apart"]) > 0
        never |= ~is_story & ~is_report & is_far
        return never, found

    def _days(self, i: IntArray, j: IntArray, sign: Callable[[str, npt.NDArray[np.generic]], None]) -> BoolArray:
        """Add what the days say; returns where one report would tell two such days apart."""
        known = (self.last[i] > 0) & (self.last[j] > 0)
        gap = np.maximum(self.first[i], self.first[j]) - np.minimum(self.last[i], self.last[j])
        longest = np.maximum(self.last[i] - self.first[i], self.last[j] - self.first[j])
        is_guess = self.is_published_day[i] | self.is_published_day[j]
        sign("same days", known & (gap < 0) & (longest <= SHORT_DAYS))
        sign("days next to each other", known & (gap == 0))
        sign("days apart", known & (gap > 0) & is_guess)
        sign("stated days apart", known & (gap > 0) & ~is_guess)
        is_told_apart: BoolArray = known & (gap >= TOLD_APART_DAYS) & ~is_guess & self.is_day[i] & self.is_day[j]
        is_told_apart |= known & (gap >= FAR_DAYS) & ~is_guess
        return is_told_apart

    def _parties(
        self, role: str, i: IntArray, j: IntArray, sign: Callable[[str, npt.NDArray[np.generic]], None]
    ) -> None:
        """A name in common says most, then another word, then a code; two sides all named and none alike differ."""
        by_name, by_word, by_code = (
            items[role].shared(items[role], i, j) > 0 for items in (self.names, self.common, self.codes)
        )
        sign(f"{role} in common", np.select([by_name, by_word, by_code], [1.0, 0.6, 0.4], 0.0))
        differ = self.is_named[role][i] & self.is_named[role][j] & ~by_name & ~by_word & ~by_code
        sign(f"names of {role} differ", differ)

    def _tolls(self, i: IntArray, j: IntArray, sign: Callable[[str, npt.NDArray[np.generic]], None]) -> None:
        """The dead where both count them, else the injured."""
        has_deaths = ~np.isnan(self.deaths[i]) & ~np.isnan(self.deaths[j])
        one = np.where(has_deaths, self.deaths[i], self.injured[i])
        other = np.where(has_deaths, self.deaths[j], self.injured[j])
        sign("tolls equal", one == other)
        sign("tolls far apart", np.maximum(one, other) > 2 * np.minimum(one, other) + 1)


def _best(counts: Iterable[Count | None]) -> FloatArray:
    return np.array([np.nan if c is None or c.best is None else c.best for c in counts], dtype=np.float64)


def _all_named(parties: Sequence[Party]) -> bool:
    return bool(parties) and all(p.proper for p in parties)


def _weightiest(told: Sequence[Told], rarity: Rarity) -> Items:
    """The MAX_WORDS words of each claim that are worth most; of as much worth, the first by alphabet."""
    worth = {word: rarity(word) for word in set[str]().union(*(t.words for t in told))}
    ranked = sorted(worth, key=lambda w: (-worth[w], w))
    rank = {word: n for n, word in enumerate(ranked)}
    sizes = np.fromiter((len(t.words) for t in told), np.int64, len(told))
    flat = np.fromiter((rank[word] for t in told for word in t.words), np.int64, int(sizes.sum()))
    width = max(len(ranked), 1)
    ordered = np.sort(np.repeat(np.arange(len(told)), sizes) * width + flat)  # rows stay together
    place = np.arange(len(flat)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    kept = ordered[place < MAX_WORDS] % width
    return Items.of_numbers(kept, np.minimum(sizes, MAX_WORDS), np.array([worth[word] for word in ranked]))
