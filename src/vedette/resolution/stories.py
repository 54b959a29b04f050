"""Documents about one happening or its direct consequences, by what they are about.

Similarity is the cosine of vectors of stems, proper names and numbers, each weighed by its rarity however often it
stands (counting how often gave less), and less for days between publications; joined by average link. A window on
publication would lose reports of a trial months after the deed.
"""

from __future__ import annotations

import functools
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from vedette.records import Copy, Story
from vedette.resolution.average_link import average_link
from vedette.resolution.told import Profile

__all__ = [
    "COPY_SHARE",
    "JOIN",
    "MAX_POSTINGS",
    "TermCounts",
    "find_stories",
    "searched_terms",
    "similarities",
    "story_id",
]

# Average link goes on while the mean similarity is at least this; set on the dev sets of ECB+ and GVC.
JOIN = 0.16
# Of larger stories than this not all pairs are compared, nor need be.
LINKS = 20
# Pairs below this are not kept; they count as 0.
FLOOR = 0.03
# What a term of each kind is worth before anything is counted: among so many reports, so many have it.
PRIOR_N = 400.0
PRIOR = {"=": 1.0, "#": 2.0}
PRIOR_WORD = 8.0
# Each document is searched by its weightiest terms; commoner terms than MAX_POSTINGS find too much.
SEARCHED = 60
MAX_POSTINGS = 150
# Similarity halves for every so many days between two publications.
HALF_DAYS = 500.0
# Counts of reports whose logarithms are remembered.
CACHED = 100_000
# A copied passage makes one story of two reports as far as it reaches.
COPY_SHARE = 0.3

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


def story_id(members: Sequence[str]) -> str:
    """Return the id of a story: a hash of its members."""
    return "s" + hashlib.blake2b("|".join(members).encode(errors="surrogatepass"), digest_size=8).hexdigest()


class TermCounts(NamedTuple):
    """In how many of `n_documents` reports each term stands."""

    counts: Mapping[str, int]
    n_documents: int

    @classmethod
    def of(cls, profiles: Sequence[Profile]) -> TermCounts:
        """Count over the reports at hand."""
        return cls(Counter(term for p in profiles for term in p.terms), len(profiles))

    def worth(self, term: str) -> float:
        """Return how much a term tells: the logarithm of how few reports have it."""
        return _rarity(term, self.counts.get(term, 1), self.n_documents)


def find_stories(
    profiles: Sequence[Profile], copies: Sequence[Copy] = (), *, counts: TermCounts | None = None
) -> list[Story]:
    """Return stories, every document in one; their order and that of `profiles` changes nothing.

    `counts` are of `profiles` if none are given; where these are a part of all reports, give those of all.
    """
    profiles = sorted(profiles, key=lambda p: p.id)
    at = {p.id: k for k, p in enumerate(profiles)}
    first, second, values = _similar(profiles, counts or TermCounts.of(profiles))
    copied: dict[tuple[int, int], float] = {}
    for copy in copies:
        is_one = copy.kind == "revision" or copy.containment >= COPY_SHARE
        if is_one and copy.container in at and copy.contained in at:
            low, high = sorted((at[copy.container], at[copy.contained]))
            copied[low, high] = max(copy.containment, copied.get((low, high), 0.0))
    first, second, values = _raised(len(profiles), first, second, values, copied)
    groups = average_link(len(profiles), first, second, values, JOIN, links=LINKS)
    alone = set(range(len(profiles))).difference(*groups)
    listed = ([profiles[k].id for k in group] for group in (*groups, *([k] for k in alone)))
    return sorted((Story(story_id(ids), tuple(ids)) for ids in listed), key=lambda s: s.members)


def searched_terms(profile: Profile, counts: TermCounts) -> list[str]:
    """Return the terms by which reports like this one are searched, the weightiest first."""
    rare = [term for term in profile.terms if counts.counts.get(term, 0) <= MAX_POSTINGS]
    return sorted(rare, key=lambda term: (-counts.worth(term), term))[:SEARCHED]


def similarities(profile: Profile, others: Sequence[Profile], counts: TermCounts) -> list[float]:
    """Return how similar others are to one report, 0 to 1; what is below FLOOR is 0."""
    worth: dict[str, float] = {}

    def squares(terms: Iterable[str]) -> float:
        total = 0.0
        for term in terms:
            if term not in worth:
                worth[term] = counts.worth(term) ** 2
            total += worth[term]
        return total

    norm = squares(profile.terms)
    found = []
    for other in others:
        shared = squares(term for term in other.terms if term in profile.terms)
        cosine = shared / (norm * squares(other.terms)) ** 0.5 if shared else 0.0
        similarity = cosine * _nearness(profile, other)
        found.append(similarity if similarity >= FLOOR else 0.0)
    return found


def _raised(
    n: int, first: IntArray, second: IntArray, values: FloatArray, least: Mapping[tuple[int, int], float]
) -> tuple[IntArray, IntArray, FloatArray]:
    """Pairs in order, with values of at least what `least` gives; pairs that only that has are added."""
    given = np.array(sorted(least), dtype=np.int64).reshape(-1, 2)
    more = np.array([least[i, j] for i, j in given.tolist()])
    pairs, where = np.unique(
        np.concatenate((first * n + second, given[:, 0] * n + given[:, 1])), return_inverse=True
    )  # fmt: skip
    highest = np.zeros(len(pairs))
    np.maximum.at(highest, where, np.concatenate((values, more)))
    return pairs // max(n, 1), pairs % max(n, 1), highest


def _similar(profiles: Sequence[Profile], counts: TermCounts) -> tuple[IntArray, IntArray, FloatArray]:
    """Pairs of reports with a similarity of FLOOR or more, each once, in order."""
    documents, terms, weights = _weighted(profiles, counts)
    firsts, seconds, cosines = [np.empty(0, np.int64)], [np.empty(0, np.int64)], [np.empty(0)]
    n_terms = int(terms.max(initial=-1)) + 1
    starts = np.searchsorted(documents, np.arange(len(profiles) + 1))
    order = np.lexsort((documents, terms))
    by_term = np.searchsorted(terms[order], np.arange(n_terms + 1))
    sizes = np.diff(by_term)
    posted = documents[order]
    dense = np.zeros(n_terms)
    is_candidate = np.zeros(len(profiles), dtype=np.bool_)
    for i in range(len(profiles)):
        mine = slice(starts[i], starts[i + 1])
        own, weight = terms[mine], weights[mine]
        searched = own[np.argsort(-weight, kind="stable")]
        searched = searched[sizes[searched] <= MAX_POSTINGS][:SEARCHED]
        for low, high in zip(by_term[searched].tolist(), by_term[searched + 1].tolist(), strict=True):
            is_candidate[posted[low:high]] = True
        candidates = np.flatnonzero(is_candidate[i + 1 :]) + i + 1
        is_candidate[:] = False
        if not len(candidates):
            continue
        dense[own] = weight
        cosine = _cosines(candidates, starts, terms, weights, dense)
        dense[own] = 0.0
        alike = np.flatnonzero(cosine >= FLOOR)
        firsts.append(np.full(len(alike), i))
        seconds.append(candidates[alike])
        cosines.append(cosine[alike])
    first, second = np.concatenate(firsts), np.concatenate(seconds)
    values = np.concatenate(cosines) * _nearnesses(profiles, first, second)
    kept = values >= FLOOR
    return first[kept], second[kept], values[kept]


def _cosines(
    candidates: IntArray, starts: IntArray, terms: IntArray, weights: FloatArray, dense: FloatArray
) -> FloatArray:
    """Cosines of the candidates with the document whose weights stand in `dense`."""
    lengths = starts[candidates + 1] - starts[candidates]
    ends = np.cumsum(lengths)
    at = np.arange(ends[-1]) + np.repeat(starts[candidates] - ends + lengths, lengths)
    products: FloatArray = np.add.reduceat(dense[terms[at]] * weights[at], ends - lengths)
    return products


def _nearnesses(profiles: Sequence[Profile], first: IntArray, second: IntArray) -> FloatArray:
    """What `_nearness` gives for each pair."""
    days = np.array([p.published or 0 for p in profiles], dtype=np.int64)
    is_known = np.array([p.published is not None for p in profiles], dtype=np.bool_)
    apart = np.where(is_known[first] & is_known[second], np.abs(days[first] - days[second]), 0)
    distances, where = np.unique(apart, return_inverse=True)
    found: FloatArray = np.array([_halved(d) for d in distances.tolist()])[where]
    return found


def _nearness(a: Profile, b: Profile) -> float:
    if a.published is None or b.published is None:
        return 1.0
    return _halved(abs(a.published - b.published))


def _halved(days: int) -> float:
    return float(0.5 ** (days / HALF_DAYS))


def _weighted(profiles: Sequence[Profile], counts: TermCounts) -> tuple[IntArray, IntArray, FloatArray]:
    """Documents, terms and weights of unit vectors, by document; terms are numbered in alphabetical order."""
    here = TermCounts.of(profiles).counts
    number: Mapping[str, int] = {term: n for n, term in enumerate(sorted(t for t, k in here.items() if k > 1))}
    rarity = {t: counts.worth(t) for t in here}
    documents, terms, weights = [], [], []
    for k, p in enumerate(profiles):
        own = sorted(p.terms)
        norm = sum(rarity[t] ** 2 for t in own) ** 0.5
        for term in own:
            if term in number:
                documents.append(k)
                terms.append(number[term])
                weights.append(rarity[term] / norm)
    return np.array(documents, dtype=np.int64), np.array(terms, dtype=np.int64), np.array(weights)


def _rarity(term: str, n_documents: int, n_all: int) -> float:
    return _log_rarity(PRIOR.get(term[0], PRIOR_WORD), n_documents, n_all)


@functools.lru_cache(maxsize=CACHED)
def _log_rarity(prior: float, n_documents: int, n_all: int) -> float:
    return max(float(np.log((PRIOR_N + n_all) / (prior + n_documents))), 0.0)
