"""The levels of a series that lose least of its likelihood, found exactly. The only module that imports ruptures."""

from __future__ import annotations

import math

import numpy as np
import ruptures
from numpy.typing import NDArray

__all__ = ["best_ends"]

Floats = NDArray[np.float64]


def best_ends(counts: Floats, exposure: Floats, *, scale: float, shortest: int, penalty: float) -> list[int]:
    """Return where levels end, the last at the end of the series; Poisson, the likelihood divided by `scale`.

    Args:
        counts, exposure: ``(n_periods,)``, exposure above 0.
        shortest: fewest periods of a level.
        penalty: what a further level must gain in twice the log-likelihood.

    Source: PELT (Killick, Fearnhead, Eckley 2012).
    """
    search = ruptures.Pelt(custom_cost=_Cost(scale), min_size=shortest, jump=1)
    return list(search.fit_predict(np.column_stack([counts, exposure]), pen=penalty))


class _Cost(ruptures.base.BaseCost):  # type: ignore[misc]  # ruptures has no types
    """Minus twice the log-likelihood of a segment at its own rate, over the scale; without terms that all share."""

    model = "poisson"
    min_size = 1

    def __init__(self, scale: float) -> None:
        self.scale = scale

    def fit(self, signal: Floats) -> _Cost:
        """`signal`: counts and exposure, ``(n_periods, 2)``."""
        self.signal = signal
        self._sums = np.vstack([np.zeros(2), np.cumsum(signal, axis=0)])
        return self

    def error(self, start: int, end: int) -> float:
        """Cost of the periods ``[start, end)``."""
        cases, exposure = self._sums[end] - self._sums[start]
        return -2 * cases * math.log(cases / exposure) / self.scale if cases > 0 else 0.0
