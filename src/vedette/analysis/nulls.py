"""What is expected where nothing happens, and replicates of it: the null hypotheses of the scan statistic.

| model | null hypothesis | replicates |
|---|---|---|
| permutation | place and period of a case are independent | periods of the cases are shuffled: both margins stay |
| poisson | counts are Poisson with means proportional to the exposure | the total is kept: multinomial |
| expectation | counts are Poisson with the given means | each count is drawn anew; no total is kept |
"""

from __future__ import annotations

from typing import NamedTuple, Protocol

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

__all__ = [
    "Expectation",
    "Null",
    "Permutation",
    "Poisson",
    "expectation_null",
    "past_null",
    "permutation_null",
    "poisson_null",
]

TINY = float(np.finfo(np.float64).tiny)

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class Null(Protocol):
    """A null hypothesis: expected counts, and replicates of the counts."""

    @property
    def expected(self) -> Floats:
        """Expected counts, ``(n_places, n_periods)``."""

    @property
    def total(self) -> int | None:
        """The number of cases that every replicate has; None where it is free."""

    def draw(self, rng: Generator, n: int, first: int) -> Ints:
        """`n` replicates of the counts of the periods from `first` on, ``(n_places, n_periods - first, n)``."""


class Permutation(NamedTuple):
    """Cases as pairs of place and period; see `permutation_null`."""

    expected: Floats
    total: int
    place_of_case: Ints
    period_of_case: Ints

    def draw(self, rng: Generator, n: int, first: int) -> Ints:
        """See `Null.draw`."""
        n_places, n_periods = self.expected.shape
        # Periods before the first that is looked at are one column, which is dropped.
        periods = (np.maximum(self.period_of_case, first - 1) - (first - 1)).astype(np.int32)
        width = n_periods - first + 1
        cells = (self.place_of_case * width).astype(np.int32)
        drawn = np.empty((n, n_places, width), dtype=np.int64)
        for replicate in drawn:
            rng.shuffle(periods)
            replicate[:] = np.bincount(cells + periods, minlength=n_places * width).reshape(n_places, width)
        return drawn[:, :, 1:].transpose(1, 2, 0)


class Poisson(NamedTuple):
    """Means that add up to the number of cases; see `poisson_null`."""

    expected: Floats
    total: int

    def draw(self, rng: Generator, n: int, first: int) -> Ints:
        """See `Null.draw`."""
        seen = self.expected[:, first:]
        shares = np.append(seen.ravel(), self.expected[:, :first].sum())
        drawn = rng.multinomial(self.total, shares / shares.sum(), size=n)
        return np.asarray(drawn[:, :-1].T.reshape(*seen.shape, n))


class Expectation(NamedTuple):
    """Means, and for each place how far they are known; see `expectation_null` and `past_null`."""

    expected: Floats
    shapes: Floats | None

    @property
    def total(self) -> None:
        """The number of cases is free."""
        return None

    def draw(self, rng: Generator, n: int, first: int) -> Ints:
        """See `Null.draw`."""
        means = np.broadcast_to(self.expected[:, first:, None], (*self.expected[:, first:].shape, n))
        if self.shapes is not None:
            drift = rng.gamma(self.shapes[:, None], size=(len(self.shapes), n)) / np.maximum(self.shapes, TINY)[:, None]
            means = means * drift[:, None]
        return rng.poisson(means)


def permutation_null(counts: Ints) -> Permutation:
    """Expected are the products of the margins over the total; no exposure is needed.

    What happens everywhere in a period, or in a place at all times, is no deviation.
    Source: Kulldorff, Heffernan, Hartman, Assunção, Mostashari 2005.
    """
    total = int(counts.sum())
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / total
    flat = np.repeat(np.arange(counts.size), counts.ravel())
    place, period = np.divmod(flat, counts.shape[1])
    return Permutation(expected, total, place, period)


def poisson_null(counts: Ints, exposure: Floats) -> Poisson:
    """Expected are proportional to the exposure (population, reports), scaled to the total of the counts.

    Either may have strata (age, stream) as a last axis: then each stratum is scaled by itself and they are added,
    which is indirect standardisation.
    Source: Kulldorff 1997; 2001 for space and time.
    """
    if counts.ndim == 2:
        counts, exposure = counts[:, :, None], exposure[:, :, None]
    totals = exposure.sum(axis=(0, 1))
    per_exposure = np.divide(counts.sum(axis=(0, 1)), totals, out=np.zeros(len(totals)), where=totals > 0)
    return Poisson((exposure * per_exposure).sum(axis=2), int(counts.sum()))


def expectation_null(expected: Floats) -> Expectation:
    """Counts are Poisson with means that are known for certain. Source: Neill, Moore, Sabhnani, Daniel 2005."""
    return Expectation(expected, None)


def past_null(counts: Ints, exposure: Floats, *, n_past: int) -> Expectation:
    """Expected from each place's own past: the rate of its first `n_past` periods times its exposure.

    A rate is drawn towards that of all places, the more the less the places differ and the less its own past holds
    (empirical Bayes by moments, Marshall 1991), so that a place without a past case has a mean above nought. In
    replicates the rate of a place varies by its gamma distribution, so that a short past gives no false alarms; the
    counts are then negative binomial, the predictive distribution of the gamma-Poisson model.

    `exposure` ``(n_places, n_periods)``; 1 <= `n_past` <= n_periods; some case must lie in the past.
    """
    cases, past = counts[:, :n_past].sum(axis=1), exposure[:, :n_past].sum(axis=1)
    common = cases.sum() / past.sum()
    rates = np.divide(cases, past, out=np.full(len(past), common), where=past > 0)
    between = ((past * (rates - common) ** 2).sum() - (len(past) - 1) * common) / past.sum()
    # The common rate counts as this much past; no more than the places have, where they hardly differ.
    shared = min(common / max(between, TINY), past.mean())
    shapes = cases + common * shared
    return Expectation((shapes / (past + shared))[:, None] * exposure, shapes)
