"""What is expected where nothing happens, and replicates of it: the null hypotheses of the scan statistic.

| model | null hypothesis | replicates |
|---|---|---|
| permutation | place and period of a case are independent | periods of the cases are shuffled: both margins stay |
| poisson | counts are Poisson with means proportional to the exposure | the total is kept: multinomial |
| expectation | counts are Poisson with the given means | each count is drawn anew; no total is kept |
| bernoulli | of so many trials each is a case with the share of its place | each count is drawn anew of its trials |
"""

from __future__ import annotations

import math
from typing import NamedTuple, Protocol

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

__all__ = [
    "Bernoulli",
    "Expectation",
    "Null",
    "Permutation",
    "Poisson",
    "bernoulli_null",
    "expectation_null",
    "past_null",
    "permutation_null",
    "poisson_null",
]

TINY = float(np.finfo(np.float64).tiny)
LGAMMA = np.frompyfunc(math.lgamma, 1, 1)
# Widths of the distribution of shares over places: as so many trials with the common share. From any share at all to
# hardly any difference; beforehand each is as likely as twice as many.
PRIOR_TRIALS = 2.0 ** np.arange(0, 11)
# Means of it, in standard deviations of the logarithm of the odds.
PRIOR_STEPS = np.linspace(-3.0, 3.0, 7)

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
    """Means, and for each place how far they are known; see `expectation_null` and `past_null`.

    `dispersion`: a count varies by mean + dispersion * mean ** 2; 0: as Poisson's.
    """

    expected: Floats
    shapes: Floats | None
    dispersion: float = 0.0

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
        if self.dispersion:
            means = means * rng.gamma(1 / self.dispersion, self.dispersion, size=means.shape)
        return rng.poisson(means)


class Bernoulli(NamedTuple):
    """Trials, and what the past tells of the share of them that are cases; see `bernoulli_null`.

    `expected`, `trials`: ``(n_places, n_periods)``; `past`: cases and other trials of the past, ``(n_places, 2)``.
    `priors`: how cases and other trials may be distributed over the places, beta distributions, ``(n_priors, 2)``, with
    their `weights`, which add up to one.
    """

    expected: Floats
    trials: Ints
    past: Ints
    priors: Floats
    weights: Floats

    @property
    def total(self) -> None:
        """The number of cases is free."""
        return None

    def draw(self, rng: Generator, n: int, first: int) -> Ints:
        """See `Null.draw`."""
        of = rng.choice(len(self.priors), size=n, p=self.weights)
        shapes = self.past[:, None] + self.priors[of]
        shares = rng.beta(shapes[:, :, 0], shapes[:, :, 1])
        return rng.binomial(self.trials[:, first:, None], shares[:, None])


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


def past_null(counts: Ints, exposure: Floats, *, n_past: int, overdispersed: bool = False) -> Expectation:
    """Expected from each place's own past: the rate of its first `n_past` periods times its exposure.

    A rate is drawn towards that of all places, the more the less the places differ and the less its own past holds
    (empirical Bayes by moments, Marshall 1991), so that a place without a past case has a mean above nought. In
    replicates the rate of a place varies by its gamma distribution, so that a short past gives no false alarms; the
    counts are then negative binomial, the predictive distribution of the gamma-Poisson model.

    `overdispersed`: counts of a place vary from period to period by more than Poisson's, by one dispersion that the
    past of all places shows (moments); what is known of a rate is then less by as much. Replicates are drawn so; the
    ratio stays Poisson's, and only its distribution differs. For replicates of the negative binomial see Tango,
    Takahashi and Kohriyama 2011.

    `exposure` ``(n_places, n_periods)``; 1 <= `n_past` <= n_periods; some case must lie in the past. `overdispersed`
    asks for `n_past` of 2 or more.
    """
    cases, past = counts[:, :n_past].sum(axis=1), exposure[:, :n_past].sum(axis=1)
    common = cases.sum() / past.sum()
    rates = np.divide(cases, past, out=np.full(len(past), common), where=past > 0)
    between = ((past * (rates - common) ** 2).sum() - (len(past) - 1) * common) / past.sum()
    # The common rate counts as this much past; no more than the places have, where they hardly differ.
    shared = min(common / max(between, TINY), past.mean())
    shapes = cases + common * shared
    expected = (shapes / (past + shared))[:, None] * exposure
    if not overdispersed:
        return Expectation(expected, shapes)
    dispersion = _dispersion(counts[:, :n_past], exposure[:, :n_past])
    means = expected[:, :n_past]
    more = np.divide((means**2).sum(axis=1), means.sum(axis=1), out=np.zeros(len(means)), where=past > 0)
    return Expectation(expected, shapes / (1 + dispersion * more), dispersion)


def _dispersion(counts: Ints, exposure: Floats) -> float:
    """By how much counts vary around their place's rate beyond Poisson's, over mean squared; not below nought.

    What a place's own rate takes from both is given back: of Poisson counts neither sum is biased.
    """
    total = exposure.sum(axis=1, keepdims=True)
    share = np.divide(exposure, total, out=np.zeros(exposure.shape), where=total > 0)
    means = counts.sum(axis=1, keepdims=True) * share
    beyond = ((counts - means) ** 2 - means * (1 - share)).sum()
    squares = (means**2 - means * share).sum() * (1 - 1 / counts.shape[1])
    return float(max(beyond / squares, 0.0)) if squares > 0 else 0.0


def bernoulli_null(counts: Ints, trials: Ints, *, n_past: int) -> Bernoulli:
    """Expected of so many trials: the share of cases in each place's own past times its trials.

    A trial is anything that could be a case, such as an incident of whatever kind. How many there are is taken as
    given, for whatever reason they are more: each is a case with the share of its place. Shares have a beta
    distribution over the places, of which neither the mean nor the width is estimated and then taken for known: every
    pair of a grid counts by its likelihood in the past. Expected is the mean share, given the past, times the trials.
    In replicates one pair is drawn for all places, the share of each by its own past, and each trial by the share: they
    vary as much as the past leaves open. Nothing of what is tested is in the expectation, so that replicates need none
    of their own.

    `counts` <= `trials`, ``(n_places, n_periods)``; 1 <= `n_past` < n_periods; some trial must lie in the past.
    Cost beside the replicates: `PRIOR_TRIALS` times `PRIOR_STEPS` times the different numbers of the past.
    """
    cases, told = counts[:, :n_past].sum(axis=1), trials[:, :n_past].sum(axis=1)
    past = np.column_stack([cases, told - cases])
    priors = _priors(cases, told)
    fit = _log_rising(past[:, 0], priors[:, 0]) + _log_rising(past[:, 1], priors[:, 1])
    fit -= _log_rising(told, priors.sum(axis=1))
    weights = np.exp(fit - fit.max())
    weights /= weights.sum()
    shares = (past[:, :1] + priors[:, 0]) / (told[:, None] + priors.sum(axis=1)) @ weights
    return Bernoulli(shares[:, None] * trials, trials, past, priors, weights)


def _priors(cases: Ints, told: Ints) -> Floats:
    """Beta distributions ``(n, 2)``: each width with means around the common share, as far as they may lie from it."""
    n = told.sum()
    common = (cases.sum() + 0.5) / (n + 1)  # never nought nor one, of which no distribution could be made
    alike = 1 / (PRIOR_TRIALS + 1)
    error = (
        np.sqrt((told[:, None] * (1 + (told[:, None] - 1).clip(0) * alike)).sum(axis=0) / (common * (1 - common))) / n
    )
    odds = np.exp(math.log(common / (1 - common)) + error[:, None] * PRIOR_STEPS)
    means = odds / (1 + odds)
    return np.column_stack([(PRIOR_TRIALS[:, None] * x).ravel() for x in (means, 1 - means)])


def _log_rising(numbers: Ints, starts: Floats) -> Floats:
    """Sum over `numbers` n of log Gamma(start + n) - log Gamma(start), for each start."""
    values, times = np.unique(numbers, return_counts=True)
    logs = np.asarray(LGAMMA(starts[:, None] + np.append(0, values)), dtype=np.float64)
    return np.asarray((logs[:, 1:] - logs[:, :1]) @ times)
