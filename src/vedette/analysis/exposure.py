"""Coverage as exposure: how much of a stream to expect where so much is reported at all."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["deviates", "smoothed_coverage"]

Floats = NDArray[np.float64]


def smoothed_coverage(coverage: Floats) -> Floats:
    """Return the coverage of each bin drawn towards what its cell and its period are used to, ``(n_cells, n_periods)``.

    The margins expect m = (reports of the cell) x (of the period) / (all) of a bin. Reports are counts around a mean
    of which m is all that is known beforehand, by a gamma distribution of shape 1 (an exponential: as likely to be
    several times m as near nought); n reports seen make the mean m (n + 1) / (m + 1). So a bin of a well covered cell
    keeps its own number, a bin without a report keeps some exposure, and one chance report in a cell of which nobody
    speaks does not multiply what is expected. Nought only where a whole cell or period is without a report.

    Source: the gamma-Poisson model; its shape is a choice, held by the simulations in docs/method/hotspots.md.
    """
    total = coverage.sum()
    usual = np.outer(coverage.sum(axis=1), coverage.sum(axis=0)) / (total or 1.0)
    return np.asarray(usual * (coverage + 1) / (usual + 1))


def deviates(counts: Floats, expected: Floats) -> Floats:
    """Return how far Poisson counts lie from what is expected, in about standard deviations, for small means too.

    Source: Freeman and Tukey 1950: sqrt(c) + sqrt(c + 1) - sqrt(4 e + 1).
    """
    return np.asarray(np.sqrt(counts) + np.sqrt(counts + 1) - np.sqrt(4 * expected + 1))
