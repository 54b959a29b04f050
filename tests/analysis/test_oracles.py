"""Gi* and Gi against esda, Mann-Kendall against pymannkendall, on random data."""

from __future__ import annotations

import numpy as np
import pymannkendall
import pytest
from esda.getisord import G_Local
from libpysal.weights import W

from vedette.analysis.hotspots import local_g, neighbours_of
from vedette.analysis.mann_kendall import mann_kendall

DRAWN = {
    "counts": lambda rng, shape: rng.poisson(2.0, shape).astype(float),
    "heavy": lambda rng, shape: rng.lognormal(0.0, 2.0, shape),
    "normal": lambda rng, shape: rng.normal(5.0, 1.0, shape),
}


def weights(lists):
    return W({i: list(near) for i, near in enumerate(lists)}, silence_warnings=True)


def neighbours(rng, n, most):
    """Lists of one to `most` others, not mutual."""
    return [rng.choice(np.delete(np.arange(n), i), rng.integers(1, most + 1), replace=False).tolist() for i in range(n)]


@pytest.mark.parametrize("kind", DRAWN)
@pytest.mark.parametrize("star", [True, False])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_gi_is_that_of_esda(kind, star, seed):
    rng = np.random.default_rng(seed)
    values = DRAWN[kind](rng, (60, 1))
    near = neighbours(rng, 60, 9)

    ours = local_g(values, neighbours_of(near, with_self=star), star=star)[:, 0]

    theirs = G_Local(values[:, 0], weights(near), transform="B", permutations=0, star=star)
    assert np.abs(ours - theirs.Zs).max() < 1e-10


@pytest.mark.parametrize("n_before", [1, 2])
@pytest.mark.parametrize("kind", DRAWN)
def test_gi_star_in_space_and_time_is_that_of_esda(kind, n_before):
    rng = np.random.default_rng(4)
    n_cells, n_periods = 25, 8
    values = DRAWN[kind](rng, (n_cells, n_periods))
    near = neighbours(rng, n_cells, 5)
    bins = [
        [j * n_periods + s for j in (i, *near[i]) for s in range(max(0, t - n_before), t + 1) if (j, s) != (i, t)]
        for i in range(n_cells)
        for t in range(n_periods)
    ]

    ours = local_g(values, neighbours_of(near), n_before=n_before)

    theirs = G_Local(values.ravel(), weights(bins), transform="B", permutations=0, star=True)
    assert np.abs(ours.ravel() - theirs.Zs).max() < 1e-10


@pytest.mark.parametrize("kind", DRAWN)
@pytest.mark.parametrize("n", [3, 10, 52, 140])
def test_mann_kendall_is_that_of_pymannkendall(kind, n):
    rng = np.random.default_rng([5, n])
    series = DRAWN[kind](rng, (8, n)) + np.outer(rng.integers(-2, 3, 8), np.arange(n)) / n

    made = mann_kendall(series)

    theirs = [pymannkendall.original_test(row) for row in series]
    for ours, name in ((made.s, "s"), (made.tau, "Tau"), (made.z, "z"), (made.p, "p")):
        assert np.abs(ours - [getattr(row, name) for row in theirs]).max() < 1e-10
