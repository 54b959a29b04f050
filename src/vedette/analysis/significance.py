"""Tails of the normal distribution, and which of many tests hold: Benjamini-Hochberg."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

__all__ = ["benjamini_hochberg", "significant", "two_sided_p"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

ERFC = np.frompyfunc(math.erfc, 1, 1)


def two_sided_p(z: Floats) -> Floats:
    """Probability that a standard normal deviate lies at least as far from 0 as `z`, either way; any shape."""
    return np.asarray(ERFC(np.abs(z) / math.sqrt(2)), dtype=np.float64)


def benjamini_hochberg(p: Floats) -> Floats:
    """Return q of each p: the smallest false discovery rate at which it counts; same shape, no nan.

    Source: Benjamini and Hochberg 1995, the step-up procedure; tests independent or positively dependent.
    """
    flat = p.ravel()
    order = np.argsort(flat)
    steps = flat[order] * len(flat) / np.arange(1, len(flat) + 1)
    q = np.empty(len(flat))
    q[order] = np.minimum(np.minimum.accumulate(steps[::-1])[::-1], 1.0)
    return q.reshape(p.shape)


def significant(z: Floats, level: float) -> Bools:
    """Whether each of the standard normal deviates `z` counts at the false discovery rate `level`, two-sided.

    As ``benjamini_hochberg(two_sided_p(z)) <= level``, but p is worked out only where it can matter.
    """
    flat = z.ravel()
    chosen = np.flatnonzero(np.abs(flat) >= NormalDist().inv_cdf(1 - level / 2) * (1 - 1e-9))
    p = two_sided_p(flat[chosen])
    ordered = np.sort(p)
    below = np.flatnonzero(ordered <= level * np.arange(1, len(p) + 1) / len(flat))
    found = np.zeros(len(flat), dtype=bool)
    if len(below):
        found[chosen] = p <= ordered[below[-1]]
    return found.reshape(z.shape)
