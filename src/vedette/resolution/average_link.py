"""Groups from the scores of pairs: average link within components, some pairs forbidden.

The mean goes over all pairs of two groups, one that was not scored counting as 0; of large groups, of which not all
pairs are compared, over those that were if they are enough for each member of the smaller one.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

__all__ = ["NEVER", "average_link"]

NEVER = -1.0
# A component of more members is cut along its weakest pairs before it is joined, and by number if that does not help.
MAX_COMPONENT = 2_000
STEPS = 5
# What forbids a pair outweighs all that speaks for it.
VETO = -1e9

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


def average_link(
    n: int, first: IntArray, second: IntArray, scores: FloatArray, join: float, *, links: int
) -> list[list[int]]:
    """Return groups of two or more of the numbers 0 to n - 1, each in order, by their first member.

    Args:
        n: how many there are to be grouped.
        first, second: pairs of numbers, each pair once.
        scores: of the pairs, 0 to 1; NEVER: the two may not be in one group.
        join: the two groups of highest mean score are joined while it is at least this.
        links: so many scored pairs for each member of the smaller group are enough for a mean.

    Ties go to the pair with the lowest numbers, so that the numbering decides and not the order of pairs. Cost: the
    square of the largest component, which is bounded.
    """
    found: list[list[int]] = []
    for members, inside in _components(n, first, second, scores, join, STEPS):
        found += [g for g in _joined(members, first[inside], second[inside], scores[inside], join, links) if len(g) > 1]
    return sorted(found)


def _components(
    n: int, first: IntArray, second: IntArray, scores: FloatArray, floor: float, left: int
) -> Iterator[tuple[IntArray, IntArray]]:
    """Members of what hangs together by pairs of `floor` or more, and the numbers of the pairs inside it."""
    strong = scores >= floor
    root = _roots(n, first[strong], second[strong])
    inside = np.flatnonzero(root[first] == root[second])
    inside = inside[np.argsort(root[first[inside]], kind="stable")]
    root_of_pair = root[first[inside]]
    order = np.argsort(root, kind="stable")
    roots, starts, sizes = np.unique(root[order], return_index=True, return_counts=True)
    several = sizes > 1
    lows = np.searchsorted(root_of_pair, roots[several])
    highs = np.searchsorted(root_of_pair, roots[several], side="right")
    bounds = zip(*(x.tolist() for x in (starts[several], sizes[several], lows, highs)), strict=True)
    for start, size, low, high in bounds:
        yield from _bounded(order[start : start + size], inside[low:high], first, second, scores, floor, left)


def _bounded(
    members: IntArray, pairs: IntArray, first: IntArray, second: IntArray, scores: FloatArray, floor: float, left: int
) -> Iterator[tuple[IntArray, IntArray]]:
    if len(members) <= MAX_COMPONENT:
        yield members, pairs
    elif left:
        here = np.searchsorted(members, first[pairs]), np.searchsorted(members, second[pairs])
        higher = floor + (1.0 - floor) / (left + 1)
        for part, own in _components(len(members), *here, scores[pairs], higher, left - 1):
            yield members[part], pairs[own]
    else:
        for start in range(0, len(members), MAX_COMPONENT):
            part = members[start : start + MAX_COMPONENT]
            yield part, pairs[np.isin(first[pairs], part) & np.isin(second[pairs], part)]


def _roots(n: int, first: IntArray, second: IntArray) -> IntArray:
    """The lowest number of each one's component: roots are hung on lower ones until each pair has one."""
    root = np.arange(n)
    while len(first):
        one, other = root[first], root[second]
        apart = np.flatnonzero(one != other)
        first, second, one, other = first[apart], second[apart], one[apart], other[apart]
        np.minimum.at(root, np.maximum(one, other), np.minimum(one, other))
        while not np.array_equal(above := root[root], root):
            root = above
    return root


def _joined(
    members: IntArray, first: IntArray, second: IntArray, scores: FloatArray, join: float, links: int
) -> Iterator[list[int]]:
    """Greedy average link over one component; each row keeps its best partner until that is changed."""
    n = len(members)
    if len(first) == n * (n - 1) // 2 and scores.min() >= join:
        yield members.tolist()  # every mean of theirs is as high
        return
    i, j = np.searchsorted(members, first), np.searchsorted(members, second)
    sums, counts = np.zeros((n, n)), np.zeros((n, n))
    sums[i, j] = sums[j, i] = np.where(scores == NEVER, VETO, scores)
    counts[i, j] = counts[j, i] = 1.0
    sizes = np.ones(n)
    groups: list[list[int]] = [[k] for k in range(n)]
    alive = np.ones(n, dtype=bool)
    means = np.where(counts > 0, sums, NEVER)  # each is a group of one yet
    partner = means.argmax(axis=1)
    best = means[np.arange(n), partner]
    while True:
        a = int(best.argmax())
        if best[a] < join:
            break
        a, b = sorted((a, int(partner[a])))
        groups[a] += groups[b]
        sizes[a] += sizes[b]
        for matrix in (sums, counts):
            matrix[a] += matrix[b]
            matrix[:, a] = matrix[a]
        alive[b] = False
        best[b] = NEVER
        wanted = np.maximum(counts[a], np.minimum(sizes[a] * sizes, links * np.minimum(sizes[a], sizes)))
        row = np.where(alive & (counts[a] > 0), sums[a] / wanted, NEVER)
        row[a] = NEVER
        means[a] = means[:, a] = row
        means[:, b] = NEVER
        stale = alive & ((partner == a) | (partner == b))
        stale[a] = True
        rows = np.flatnonzero(stale)
        anew = means[rows]
        partner[rows], best[rows] = anew.argmax(axis=1), anew.max(axis=1)
        better = alive & ~stale & (row > best)
        best[better], partner[better] = row[better], a
        tied = alive & ~stale & (row == best) & (partner > a)
        partner[tied] = a
    for k in np.flatnonzero(alive).tolist():
        yield sorted(members[groups[k]].tolist())
