"""What a series' own past makes us expect of its next count: the negative binomial with exposure, both unknowns open.

Counts are negative binomial with mean ``rate * exposure`` and variance ``mean + dispersion * mean ** 2``. Rate and
dispersion are not estimated and then taken for known, which gives false alarms after a short past: every pair of a
grid counts by its likelihood in the past. Many series at once; how usual each dispersion is they tell together, as
one of them has too short a past for it. The only module that imports scipy, where it is first asked for: the records of
trends are read by much that needs none of it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["Ahead", "look_ahead"]

# Grid of dispersions: from as good as Poisson to counts whose standard deviation is twice their mean. Steps of a half:
# of a doubling, many long series choose the nearest and alarm in 7 % instead of 5.
DISPERSIONS = np.array([0.001, 0.01, 0.03, 0.06, 0.1, 0.15, 0.22, 0.33, 0.5, 0.75, 1.1, 1.7, 2.5, 4.0])
# Beforehand all are alike, as if so many series had told it.
PRIOR_SERIES = 4.0
# Rounds in which the series tell how usual each dispersion is; further ones change p in the third digit.
ROUNDS = 20
# Grid of rates around the past's own, in standard deviations of its logarithm.
STEPS = np.linspace(-3.6, 3.6, 9)
# Numbers held at a time: 64 MB of floats.
NUMBERS_AT_ONCE = 8_000_000
LEVEL = 0.05
# Bisections of a ratio between these bounds: to half a percent.
RATIOS = (1e-3, 1e3)
BISECTIONS = 12

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class Ahead(NamedTuple):
    """The latest count of each series against its past, arrays ``(n_series,)``.

    `expected`: mean of what the past makes us expect; `low`, `high`: 95 % of the counts lie in ``[low, high]``.
    `p`: two-sided, twice the smaller tail, of which the count's own probability counts half (mid-p).
    `ratio`: rate of the latest period over that of the past, with 95 % interval: the ratios that p would not reject.
    `dispersion`: its mean given the past.
    """

    expected: Floats
    low: Ints
    high: Ints
    p: Floats
    ratio: Floats
    ratio_low: Floats
    ratio_high: Floats
    dispersion: Floats


class _Mixture(NamedTuple):
    """Pairs of a rate and a dispersion with their weights, ``(n_series, n_dispersions, n_rates)`` each, or flat."""

    rate: Floats
    dispersion: Floats
    weight: Floats


def look_ahead(counts: Ints, exposure: Floats) -> Ahead:
    """Hold the last count of each series against those before it.

    Args:
        counts: ``(n_series, n_periods)``, oldest first, two periods or more.
        exposure: what counts are proportional to, such as days or reports; same shape. Periods of the past with
            exposure 0 are left out; the last exposure of every series and one of its past are above 0.

    Null: the last count comes from the same rate and dispersion as the past, periods independent of each other.
    Prior: dispersions as usual as the series together tell (empirical Bayes; of few series all alike), the rate as its
    inverse root (Jeffreys' for Poisson). Cost: 126 likelihoods for every count of series that
    are different ones.
    Source: predictive distribution of a negative binomial with offset (Hilbe 2011), integrated on a grid; prior by the
    EM of a mixture with known components (Laird 1978); mid-p after Lancaster 1961.
    """
    step = max(1, NUMBERS_AT_ONCE // (len(DISPERSIONS) * len(STEPS)))
    counts = np.where(exposure > 0, counts, 0)
    kept, same, times = _distinct(counts, exposure)
    counts, exposure = counts[kept], exposure[kept]
    pasts = [
        _posterior(counts[i : i + step, :-1].astype(np.float64), exposure[i : i + step, :-1])
        for i in range(0, len(counts), step)
    ]
    usual = _usual(np.concatenate([past.weight.sum(axis=2) for past in pasts]), times)
    parts = [
        _ahead(_weighted(past, usual), counts[i * step : (i + 1) * step], exposure[i * step : (i + 1) * step])
        for i, past in enumerate(pasts)
    ]
    return Ahead(*(np.concatenate(column)[same] for column in zip(*parts, strict=True)))


def _distinct(counts: Ints, exposure: Floats) -> tuple[Ints, Ints, Ints]:
    """Which series are different ones, which of them each series is the same as, and how many there are of each.

    The order of the past does not matter. Of actors and speakers most have a case or two: few are different.
    """
    order = np.lexsort((counts[:, :-1], exposure[:, :-1]), axis=-1)
    past = [np.take_along_axis(values[:, :-1], order, axis=1) for values in (counts, exposure)]
    told = np.hstack([*past, counts[:, -1:], exposure[:, -1:]])
    _, kept, same, times = np.unique(told, axis=0, return_index=True, return_inverse=True, return_counts=True)
    return kept, same.reshape(-1), times


def _usual(likelihood: Floats, times: Ints) -> Floats:
    """How usual each dispersion is, given how likely each makes each past, ``(n_distinct, n_dispersions)``.

    `times`: how many series have that past.
    """
    even = np.full(len(DISPERSIONS), 1 / len(DISPERSIONS))
    usual = even
    for _ in range(ROUNDS):
        told = likelihood * usual
        told /= told.sum(axis=1, keepdims=True)
        usual = (times @ told + PRIOR_SERIES * even) / (times.sum() + PRIOR_SERIES)
    return usual


def _weighted(past: _Mixture, usual: Floats) -> _Mixture:
    weight = past.weight * usual[:, None]
    weight /= weight.sum(axis=(1, 2), keepdims=True)
    return _Mixture(*(x.reshape(len(weight), -1) for x in (past.rate, past.dispersion, weight)))


def _ahead(past: _Mixture, counts: Ints, exposure: Floats) -> Ahead:
    latest, exposed = counts[:, -1], exposure[:, -1]
    expected = (past.weight * past.rate).sum(axis=1) * exposed
    upper, lower = _tails(past, latest, exposed, np.ones(len(latest)))
    past_rate = counts[:, :-1].sum(axis=1) / exposure[:, :-1].sum(axis=1)
    ratio = np.divide(latest / exposed, past_rate, out=np.full(len(latest), np.inf), where=past_rate > 0)
    ratio[(latest == 0) & (past_rate == 0)] = np.nan
    return Ahead(
        expected,
        _quantile(past, exposed, LEVEL / 2),
        _quantile(past, exposed, 1 - LEVEL / 2),
        np.minimum(1.0, 2 * np.minimum(upper, lower)),
        ratio,
        _ratio_at(past, latest, exposed, side=0),
        _ratio_at(past, latest, exposed, side=1),
        (past.weight * past.dispersion).sum(axis=1),
    )


def _posterior(counts: Floats, exposure: Floats) -> _Mixture:
    """Likelihood of the grid given the past, with the prior of the rate only."""
    from scipy.special import gammaln  # noqa: PLC0415

    is_seen = exposure > 0
    total = counts.sum(axis=1)
    centre = np.log((total + 0.5) / exposure.sum(axis=1))
    # Of the logarithm of the rate, by the information of a negative binomial: what each period tells has an upper end.
    means = np.exp(centre)[:, None, None] * exposure[:, None, :]
    told = (means / (1 + DISPERSIONS[:, None] * means)).sum(axis=2)
    spread = 1 / np.sqrt(np.maximum(told, 0.5))
    log_rate = centre[:, None, None] + spread[:, :, None] * STEPS
    shape = 1 / DISPERSIONS
    constant = np.where(is_seen[:, None], gammaln(counts[:, None] + shape[:, None]) - gammaln(shape)[:, None], 0.0).sum(
        axis=2
    )
    fit = np.zeros(log_rate.shape)
    for t in range(counts.shape[1]):
        mean = np.exp(log_rate) * exposure[:, t, None, None]
        scaled = DISPERSIONS[:, None] * mean
        c = counts[:, t, None, None]
        grown = np.log1p(scaled)
        fit += c * (np.log(np.where(scaled > 0, scaled, 1.0)) - grown) - shape[:, None] * grown
    log_weight = fit + constant[:, :, None] + 0.5 * log_rate + np.log(spread)[:, :, None]
    weight = np.exp(log_weight - log_weight.max(axis=(1, 2), keepdims=True))
    return _Mixture(np.exp(log_rate), np.broadcast_to(DISPERSIONS[:, None], log_rate.shape), weight)


def _tails(past: _Mixture, counts: Ints, exposure: Floats, ratio: Floats) -> tuple[Floats, Floats]:
    """Probabilities of as much or more and of as little or less, the count's own counted half."""
    upto, below = (_cumulated(past, c, exposure, ratio) for c in (counts, counts - 1))
    middle = (upto + below) / 2
    return 1 - middle, middle


def _cumulated(past: _Mixture, counts: Ints, exposure: Floats, ratio: Floats) -> Floats:
    """Probability of a count up to `counts`, where the rate is `ratio` times that of the past."""
    from scipy.special import betainc  # noqa: PLC0415

    mean = past.rate * (exposure * ratio)[:, None]
    c = np.maximum(counts, 0)[:, None]
    up_to = betainc(1 / past.dispersion, c + 1.0, 1 / (1 + past.dispersion * mean))
    return np.where(counts < 0, 0.0, (past.weight * up_to).sum(axis=1))


def _quantile(past: _Mixture, exposure: Floats, level: float) -> Ints:
    """The smallest count up to which lies at least `level` of the probability."""
    even = np.ones(len(exposure))
    high = np.ones(len(exposure), dtype=np.int64)
    while (is_short := _cumulated(past, high, exposure, even) < level).any():
        high[is_short] *= 2
    low = np.full(len(exposure), -1, dtype=np.int64)
    while (high - low > 1).any():
        middle = (low + high) // 2
        is_enough = _cumulated(past, middle, exposure, even) >= level
        high, low = np.where(is_enough, middle, high), np.where(is_enough, low, middle)
    return high


def _ratio_at(past: _Mixture, counts: Ints, exposure: Floats, *, side: int) -> Floats:
    """The ratio at which the tail of `side` (0: as much or more, 1: as little or less) is half of `LEVEL`."""
    low, high = (np.full(len(counts), np.log(bound)) for bound in RATIOS)
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        tail = _tails(past, counts, exposure, np.exp(middle))[side]
        goes_up = tail < LEVEL / 2 if side == 0 else tail > LEVEL / 2
        low, high = np.where(goes_up, middle, low), np.where(goes_up, high, middle)
    if side == 0:
        return np.where(counts == 0, 0.0, np.exp(low))
    return np.exp(high)
