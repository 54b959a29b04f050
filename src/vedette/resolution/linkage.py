"""Groups from the scores of pairs: average link within components, some pairs forbidden.

A pair that was not scored counts as 0: what nobody thought worth comparing is no evidence for being one.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

__all__ = ["NEVER", "average_link", "components"]

NEVER = -1.0
# A component of more members is cut along its weakest pairs before it is joined; no more than this many cuts.
MAX_COMPONENT = 3_000
STEPS = 5

Scores = Mapping[int, Mapping[int, float]]


def average_link(scores: Scores, join: float) -> list[list[int]]:
    """Return groups of two or more, each in order, by their first member.

    Args:
        scores: of pairs, symmetric, 0 to 1; NEVER: the two may not be in one group.
        join: the two groups of highest mean score over their pairs are joined while it is at least this.

    Cost: pairs times the logarithm of their number. Ties go to the pair with the lowest numbers, so that the numbering
    decides and not the order of `scores`.
    """
    found = []
    for component in components(scores, join):
        found += [g for g in _joined(component, scores, join) if len(g) > 1]
    return sorted(found)


def components(scores: Scores, floor: float) -> Iterable[list[int]]:
    """Yield what hangs together by pairs of score `floor` or more; too large ones cut at higher floors."""
    yield from _components(sorted(scores), scores, floor, (1.0 - floor) / (STEPS + 1), STEPS)


def _components(members: Sequence[int], scores: Scores, floor: float, step: float, left: int) -> Iterable[list[int]]:
    unseen = set(members)
    for start in members:
        if start not in unseen:
            continue
        unseen.discard(start)
        component, stack = [], [start]
        while stack:
            k = stack.pop()
            component.append(k)
            fresh = [j for j, score in scores[k].items() if score >= floor and j in unseen]
            unseen.difference_update(fresh)
            stack.extend(fresh)
        if len(component) > MAX_COMPONENT and left:
            yield from _components(sorted(component), scores, floor + step, step, left - 1)
        elif len(component) > 1:
            yield sorted(component)


def _joined(component: Sequence[int], scores: Scores, join: float) -> list[list[int]]:
    inside = set(component)
    groups = {k: [k] for k in component}
    sums = {k: {j: score for j, score in scores[k].items() if j in inside} for k in component}
    heap = [(-score, i, j, 1, 1) for i in component for j, score in sums[i].items() if i < j and score >= join]
    heapq.heapify(heap)
    while heap:
        _, a, b, size_a, size_b = heapq.heappop(heap)
        if a not in groups or b not in groups or (len(groups[a]), len(groups[b])) != (size_a, size_b):
            continue  # one of them has been joined to another since
        groups[a] = groups[a] + groups.pop(b)
        mine, others = sums[a], sums.pop(b)
        del mine[b], others[a]
        changed: dict[int, float] = defaultdict(float, mine)
        for c, total in others.items():
            there = sums[c]
            del there[b]
            changed[c] = NEVER if NEVER in (total, changed.get(c, 0.0)) else changed[c] + total
            there[a] = changed[c]
        sums[a] = dict(changed)
        for c, total in changed.items():
            mean = total / (len(groups[a]) * len(groups[c]))
            if mean >= join:
                low, high = min(a, c), max(a, c)
                heapq.heappush(heap, (-mean, low, high, len(groups[low]), len(groups[high])))
    return [sorted(g) for g in groups.values()]
