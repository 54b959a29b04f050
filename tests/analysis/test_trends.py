"""The latest period against a series' own past, change points, and series that are too short to be told of."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from vedette.analysis import predictive
from vedette.analysis.change_points import MIN_PERIODS, steps_of
from vedette.analysis.predictive import look_ahead
from vedette.analysis.trends import MIN_PAST, Counted, series_of

START = date(2031, 1, 6).toordinal()


def counted(counts, coverage=None, days=7):
    counts = np.asarray(counts)
    n_series, n = counts.shape
    names = [f"P{k}" for k in range(n_series)]
    covered = np.ones(counts.shape) if coverage is None else np.asarray(coverage, dtype=float)
    return Counted(names, names, counts, covered, START + days * np.arange(n), np.full(n, days))


def test_a_long_past_without_overdispersion_gives_the_poisson_test():
    rng = np.random.default_rng(1)
    counts = rng.poisson(10.0, (40, 2001))
    counts[:, -1] = np.arange(40)

    made = look_ahead(counts, np.ones(counts.shape))

    rates = counts[:, :-1].mean(axis=1)
    middle = (stats.poisson.cdf(counts[:, -1], rates) + stats.poisson.cdf(counts[:, -1] - 1, rates)) / 2
    assert made.p == pytest.approx(2 * np.minimum(middle, 1 - middle), abs=0.02)
    assert (made.dispersion < 0.01).all()
    assert made.low == pytest.approx(stats.poisson.ppf(0.025, rates), abs=1)
    assert made.high == pytest.approx(stats.poisson.ppf(0.975, rates), abs=1)


def test_with_one_dispersion_the_grid_gives_the_integral_over_the_rate(monkeypatch):
    """Nearly Poisson: a gamma past makes the next count negative binomial, size sum + 1/2."""
    monkeypatch.setattr(predictive, "DISPERSIONS", np.array([1e-6]))
    counts = np.array([[3, 1, 4, 2, 0, 2, 3, 9], [0, 0, 1, 0, 0, 0, 0, 2]])
    exposure = np.array([[1.0, 2, 1, 1, 0.5, 1, 1, 2], [1.0] * 8])

    made = look_ahead(counts, exposure)

    size, past = counts[:, :-1].sum(axis=1) + 0.5, exposure[:, :-1].sum(axis=1)
    of = stats.nbinom(size, past / (past + exposure[:, -1]))
    middle = (of.cdf(counts[:, -1]) + of.cdf(counts[:, -1] - 1)) / 2
    assert made.p == pytest.approx(2 * np.minimum(middle, 1 - middle), rel=0.03)
    assert made.expected == pytest.approx(of.mean(), rel=0.01)


def test_the_dispersion_is_that_of_the_series_together():
    rng = np.random.default_rng(2)
    shape = (300, 21)

    made = look_ahead(rng.poisson(8 * rng.gamma(2.0, 0.5, shape)), np.ones(shape))

    assert made.dispersion.mean() == pytest.approx(0.5, abs=0.1)


@given(st.integers(0, 2**32), st.integers(0, 60))
@settings(max_examples=20, deadline=None)
def test_the_interval_leaves_out_one_where_p_is_small(seed, latest):
    rng = np.random.default_rng(seed)
    counts = rng.poisson(rng.uniform(0.2, 20), (1, 15))
    counts[0, -1] = latest
    exposure = rng.uniform(0.5, 2.0, counts.shape)

    made = look_ahead(counts, exposure)

    assert 0 <= made.p[0] <= 1
    assert made.low[0] <= made.expected[0] <= made.high[0] or made.expected[0] < 0.5
    if abs(made.p[0] - 0.05) > 0.005:
        assert (made.ratio_low[0] > 1 or made.ratio_high[0] < 1) == (made.p[0] < 0.05)


def test_what_has_no_exposure_tells_nothing():
    counts = np.array([[2, 3, 0, 1, 2, 4, 2, 3, 2, 9]])
    exposure = np.ones(counts.shape)
    exposure[0, 2] = 0.0

    with_gap = look_ahead(counts, exposure)
    without = look_ahead(np.delete(counts, 2, axis=1), np.delete(exposure, 2, axis=1))

    for one, other in zip(with_gap, without, strict=True):
        assert one == pytest.approx(other)


def test_parts_change_nothing(monkeypatch):
    rng = np.random.default_rng(3)
    counts = rng.poisson(3.0, (10, 12))
    whole = look_ahead(counts, np.ones(counts.shape))
    monkeypatch.setattr(predictive, "NUMBERS_AT_ONCE", 3 * 126)

    parts = look_ahead(counts, np.ones(counts.shape))

    for one, other in zip(whole, parts, strict=True):
        assert one == pytest.approx(other, nan_ok=True)


def test_more_reports_alone_are_no_change_by_coverage():
    counts = np.array([[4, 5, 3, 4, 6, 4, 5, 3, 4, 5, 4, 16]])
    coverage = np.array([[40, 50, 30, 40, 60, 40, 50, 30, 40, 50, 40, 160]])

    (series,) = series_of(counted(counts, coverage))

    assert series.by_time.p < 0.01
    assert series.by_time.ratio == pytest.approx(16 / (47 / 11))
    assert series.by_time.ratio_low > 1.5
    assert series.by_coverage.p > 0.5
    assert series.by_coverage.ratio == pytest.approx(1.0)


def test_a_first_case_in_a_long_quiet_has_p_but_no_ratio():
    (series,) = series_of(counted([[0] * 30 + [6]]))

    assert series.by_time.p < 0.05
    assert series.by_time.ratio is None
    assert series.by_time.ratio_low is None


def test_too_few_data_give_a_reason_and_no_number():
    (series,) = series_of(counted([[2] * MIN_PAST], [[1] * MIN_PAST]))

    assert series.by_time.reason == "too few data: 7 periods before the latest, 8 are needed"
    assert series.by_time.p is series.by_time.expected is series.by_time.ratio is None
    assert series.change_points is None
    assert series_of(counted(np.zeros((2, 30), dtype=int))) == ()
    assert series_of(counted(np.zeros((0, 0), dtype=int))) == ()


def test_a_place_that_nobody_reports_from_now_is_said_so():
    (series,) = series_of(counted([[2] * 20], [[3] * 19 + [0]]))

    assert series.by_coverage.reason == "no report of it in the latest period"
    assert series.by_time.reason is None


def test_q_is_held_over_the_series_and_the_strongest_come_first():
    rng = np.random.default_rng(4)
    counts = rng.poisson(5.0, (30, 40))
    counts[7, -1] = 30

    made = series_of(counted(counts))

    assert made[0].name == "P7"
    assert made[0].by_time.q <= 0.05
    assert made[0].by_time.p < made[0].by_time.q
    assert sum(s.by_time.q <= 0.05 for s in made) == 1


def test_a_lasting_doubling_is_a_change_point_with_its_size():
    rng = np.random.default_rng(5)
    counts = np.concatenate([rng.poisson(10.0, 30), rng.poisson(22.0, 20)])

    (step,) = steps_of(counts, np.ones(50))

    assert abs(step.at - 30) <= 2
    assert step.before == pytest.approx(10, abs=1.5)
    assert step.ratio_low < 2.2 < step.ratio_high
    assert step.ratio_low > 1.5


def test_a_change_of_exposure_is_no_change_point():
    exposure = np.concatenate([np.ones(30), np.full(30, 3.0)])

    assert steps_of(np.random.default_rng(6).poisson(8 * exposure), exposure) == []


def test_change_points_are_the_best_of_all_cuts():
    """Of a series of 16 every admissible set of cuts, by the cost written out."""
    rng = np.random.default_rng(7)
    counts = np.concatenate([rng.poisson(2.0, 8), rng.poisson(12.0, 8)])
    n = len(counts)
    scale = max(1.0, (np.diff(counts) ** 2 / 2).sum() / ((counts[:-1] + counts[1:]) / 2).sum())

    def cost(a, b):
        c = counts[a:b].sum()
        return -2 * c * np.log(c / (b - a)) / scale if c else 0.0

    penalty = 3.5 * np.log(n)
    cuts = [(), *((a,) for a in range(MIN_PERIODS, n - MIN_PERIODS + 1))]
    cuts += [(a, b) for (a,) in cuts[1:] for b in range(a + MIN_PERIODS, n - MIN_PERIODS + 1)]
    cuts += [(4, 8, 12)]
    best = min(cuts, key=lambda c: sum(cost(a, b) + penalty for a, b in zip((0, *c), (*c, n), strict=True)))

    assert tuple(step.at for step in steps_of(counts, np.ones(n))) == best


def test_a_change_to_nothing_has_no_ratio():
    (step,) = steps_of(np.array([20] * 12 + [0] * 12), np.ones(24))

    assert (step.at, step.before, step.after, step.ratio) == (12, 20.0, 0.0, None)


def test_false_alarms_of_overdispersed_counts_stay_near_the_level():
    rng = np.random.default_rng(8)
    exposure = rng.gamma(4.0, 0.25, (400, 53))
    counts = rng.poisson(12 * exposure * rng.gamma(2.0, 0.5, exposure.shape))

    share = (look_ahead(counts, exposure).p <= 0.05).mean()

    assert 0.02 <= share <= 0.08


def test_series_of_which_the_same_is_told_get_the_same_answer_and_each_counts():
    rng = np.random.default_rng(3)
    counts, exposure = rng.poisson(2.0, (6, 20)), rng.integers(1, 4, (6, 20)).astype(float)
    order = [*rng.permutation(19), 19]
    doubled = look_ahead(np.vstack([counts, counts[:, order]]), np.vstack([exposure, exposure[:, order]]))
    alone = look_ahead(counts, exposure)

    for column in doubled:
        np.testing.assert_allclose(column[:6], column[6:], rtol=1e-12)
    assert not np.allclose(doubled.p[:6], alone.p, rtol=1e-12)  # twelve series tell more of the usual dispersion
