"""Change points: since when has a series another level; Poisson with exposure, scaled by how much more it varies."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["MIN_PERIODS", "Step", "steps_of"]

# Fewest periods of a level; a shorter surge is none.
MIN_PERIODS = 4
# Fewest cases in which a change is sought; below, two acts in one month would be a level.
MIN_CASES = 10
# Times log(periods): what a further level must gain in twice the log-likelihood. Of quiet series of 26 and 52 periods
# none has a change point where counts are Poisson's, 3 % where they vary more, 9 % at most (eval/trends.py).
PENALTY = 3.5
NORMAL_95 = 1.959964

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class Step(NamedTuple):
    """A change of level: `at`, the first period of the new one; `before`, `after`: rates per exposure of the levels.

    `ratio`: after over before, with 95 % interval for a change at this period (that the period was sought is not
    counted in); None where a level has no case.
    """

    at: int
    before: float
    after: float
    ratio: float | None
    ratio_low: float | None
    ratio_high: float | None


def steps_of(counts: Ints, exposure: Floats) -> list[Step]:
    """Return the changes of level of one series, oldest first.

    Args:
        counts: ``(n_periods,)``, oldest first.
        exposure: what counts are proportional to, same shape; periods with exposure 0 are left out.

    None is sought in fewer than 10 cases. Levels are those that lose least of the likelihood, each costing
    ``PENALTY * log(n_periods)``, found exactly (PELT, Killick, Fearnhead, Eckley 2012). Counts may vary more than
    Poisson's: the likelihood is divided by the scale (quasi-Poisson), worked out from neighbouring periods so that a
    change of level hardly adds to it. Cost: ``n_periods ** 2`` at worst.
    """
    seen = np.flatnonzero(exposure > 0)
    c, x = counts[seen].astype(np.float64), exposure[seen]
    if len(seen) < 2 * MIN_PERIODS or c.sum() < MIN_CASES:
        return []
    scale = _scale(c, x)
    # Loaded where there is something to search: it takes longer than most trends do.
    from vedette.analysis.level_search import best_ends  # noqa: PLC0415

    ends = best_ends(c, x, scale=scale, shortest=MIN_PERIODS, penalty=PENALTY * math.log(len(seen)))
    edges = [0, *ends]
    levels = [(float(c[a:b].sum()), float(x[a:b].sum())) for a, b in pairwise(edges)]
    return [
        _step(int(seen[at]), before, after, scale)
        for at, (before, after) in zip(ends[:-1], pairwise(levels), strict=True)
    ]


def _scale(c: Floats, x: Floats) -> float:
    """Variance over that of Poisson's counts, of differences between neighbouring periods; 1 at least."""
    squares = (c[:-1] * x[1:] - c[1:] * x[:-1]) ** 2 / (x[:-1] * x[1:] * (x[:-1] + x[1:]))
    rates = (c[:-1] + c[1:]) / (x[:-1] + x[1:])
    return max(1.0, float(squares.sum() / rates.sum()))


def _step(at: int, before: tuple[float, float], after: tuple[float, float], scale: float) -> Step:
    old, new = before[0] / before[1], after[0] / after[1]
    if not (old and new):
        return Step(at, old, new, None, None, None)
    ratio = new / old
    reach = math.exp(NORMAL_95 * math.sqrt(scale * (1 / before[0] + 1 / after[0])))
    return Step(at, old, new, ratio, ratio / reach, ratio * reach)
