"""Gi*, Mann-Kendall, false discovery rate and classes, against the published formulas written out one by one.

`test_oracles.py` holds them against esda and pymannkendall too.
"""

from __future__ import annotations

import math
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from vedette.analysis.hotspots import CLASSES, classify, emerging, general_g, local_g, neighbours_of
from vedette.analysis.mann_kendall import mann_kendall
from vedette.analysis.significance import benjamini_hochberg, significant, two_sided_p

# PySAL's example: six points, neighbours within 15.
POINTS = [(10, 10), (20, 10), (40, 10), (15, 20), (30, 20), (30, 30)]
Y = np.array([[2.0], [3.0], [3.2], [5.0], [8.0], [7.0]])
NEAR = [[j for j, q in enumerate(POINTS) if p != q and math.dist(p, q) <= 15] for p in POINTS]


def test_six_points_as_pysal():
    gi = local_g(Y, neighbours_of(NEAR, with_self=False), star=False)[0, 0]
    gi_star = local_g(Y, neighbours_of(NEAR))[0, 0]

    assert gi == pytest.approx(-1.0136729, abs=1e-7)
    assert gi_star == pytest.approx(-1.39727626, abs=1e-7)
    # With weights that add up to one PySAL keeps the variance of a single neighbour; the deviate itself is the same.
    assert gi * math.sqrt(2 * (5 - 2) / 4) / 2 == pytest.approx(-0.62074534, abs=1e-7)
    assert gi_star * math.sqrt(3 * (6 - 3) / 5) / 3 == pytest.approx(-0.62488094, abs=1e-7)


def test_general_g_of_six_points_as_pysal():
    made = general_g(Y[:, 0], neighbours_of(NEAR, with_self=False))

    assert made.g == pytest.approx(0.55709779, abs=1e-7)
    assert made.p == pytest.approx(0.172936, abs=1e-6)


def test_general_g_is_that_of_all_arrangements():
    values = np.array([1.0, 4.0, 2.0, 7.0, 3.0])
    near = neighbours_of([[1], [0, 2], [3], [2, 4], [0]], with_self=False)

    made = general_g(values, near)

    all_g = np.array([general_g(np.array(v), near).g for v in permutations(values)])
    assert made.expected == pytest.approx(all_g.mean())
    assert (made.g - made.expected) / made.z == pytest.approx(all_g.std())


def dense_gi_star(values, near, n_before):
    """Ord and Getis 1995, equation 14.3 in the form of esda: full weights between all bins."""
    n_cells, n_periods = values.shape
    n = values.size
    w = np.zeros((n, n))
    for i, t in np.ndindex(n_cells, n_periods):
        for j in {*near[i], i}:
            for s in range(max(0, t - n_before), t + 1):
                w[i * n_periods + t, j * n_periods + s] = 1.0
    x = values.ravel()
    total, squares = w.sum(axis=1), (w**2).sum(axis=1)
    spread = math.sqrt((x**2).mean() - x.mean() ** 2)
    z = (w @ x - total * x.mean()) / (spread * np.sqrt((n * squares - total**2) / (n - 1)))
    return z.reshape(values.shape)


@pytest.mark.parametrize("n_before", [0, 1, 3])
def test_gi_star_is_the_formula_on_random_data(n_before, monkeypatch):
    rng = np.random.default_rng(1)
    values = rng.gamma(2.0, 3.0, (30, 7))
    near = [rng.choice(30, rng.integers(0, 6), replace=False).tolist() for _ in range(30)]
    monkeypatch.setattr("vedette.analysis.hotspots.SUMS_AT_ONCE", 80)

    z = local_g(values, neighbours_of(near), n_before=n_before)

    assert np.abs(z - dense_gi_star(values, near, n_before)).max() < 1e-10


def test_a_bin_that_cannot_be_judged_is_nan():
    assert np.isnan(local_g(np.ones((3, 2)), neighbours_of([[], [], []]))).all()
    assert np.isnan(local_g(Y, neighbours_of([[]] * 6, with_self=False), star=False)).all()
    with pytest.raises(ValueError, match="n_before must be 0"):
        local_g(Y, neighbours_of(NEAR), n_before=1, star=False)


def slow_mann_kendall(x):
    """Gilbert 1987, section 16.4, pair by pair."""
    n = len(x)
    s = sum(int(np.sign(x[j] - x[i])) for i in range(n) for j in range(i + 1, n))
    _, ties = np.unique(x, return_counts=True)
    variance = (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5) for t in ties.tolist())) / 18
    z = 0.0 if s == 0 else (s - np.sign(s)) / math.sqrt(variance)
    return s, s / (n * (n - 1) / 2), z, 2 * stats.norm.sf(abs(z))


@pytest.mark.parametrize("n", [2, 10, 127, 128, 150])
def test_mann_kendall_is_the_formula_on_random_data(n, monkeypatch):
    rng = np.random.default_rng(2)
    series = np.vstack([rng.normal(size=(6, n)), rng.integers(0, 4, (6, n)), np.sort(rng.normal(size=(2, n)))])
    monkeypatch.setattr("vedette.analysis.mann_kendall.VALUES_AT_ONCE", 5 * n)

    made = mann_kendall(series)

    slow = np.array([slow_mann_kendall(x) for x in series])
    assert np.abs(np.column_stack(made) - slow).max() < 1e-10


def test_mann_kendall_of_ten_values():
    made = mann_kendall(np.arange(10.0)[None])

    assert (made.s[0], made.tau[0]) == (45, 1.0)
    assert made.z[0] == pytest.approx(44 / math.sqrt(125.0))
    assert mann_kendall(np.zeros((1, 10))).z[0] == 0.0


def test_seventeen_of_forty_five_pairs():
    series = next(
        x for seed in range(1000) if mann_kendall(x := np.random.default_rng(seed).normal(size=(1, 10))).s[0] == 17
    )
    made = mann_kendall(series)

    assert made.tau[0] == pytest.approx(0.378, abs=5e-4)
    assert made.p[0] == pytest.approx(0.152, abs=5e-4)


def test_two_sided_p_reaches_into_the_tail():
    z = np.array([[0.0, 1.0], [-8.0, 20.0]])

    assert two_sided_p(z) == pytest.approx(2 * stats.norm.sf(np.abs(z)), rel=1e-12)


@given(st.lists(st.floats(-6, 6), min_size=1, max_size=60), st.sampled_from([0.01, 0.05, 0.2]))
def test_q_is_that_of_scipy_and_the_quick_way_decides_alike(zs, level):
    z = np.array(zs)
    q = benjamini_hochberg(two_sided_p(z))

    assert q == pytest.approx(stats.false_discovery_control(two_sided_p(z)))
    assert np.array_equal(significant(z, level)[abs(q - level) > 1e-12], (q <= level)[abs(q - level) > 1e-12])


# H hot, C cold, . neither; ten periods, the last to the right.
PATTERNS = [
    (".........H", 0, "new hot spot"),
    ("...C.....H", 0, "new hot spot"),
    (".......HHH", 0, "consecutive hot spot"),
    (".HHHHHHHHH", 0, "persistent hot spot"),
    ("HHHHHHHHHH", 3, "intensifying hot spot"),
    ("HHHH.HHHHH", -3, "diminishing hot spot"),
    ("HHHHHHHHHH", 1, "persistent hot spot"),
    ("H.H....HHH", 0, "sporadic hot spot"),
    ("H.......HH", 0, "sporadic hot spot"),
    ("H.C.....HH", 0, "oscillating hot spot"),
    ("HHHHHHHHH.", 0, "historical hot spot"),
    ("HHHHHHHHHC", 0, "new cold spot"),
    ("HHHHH.....", 0, "no pattern"),
    ("..........", 5, "no pattern"),
    ("H.H....HH.", 0, "no pattern"),
    (".........C", 0, "new cold spot"),
    (".......CCC", 0, "consecutive cold spot"),
    ("CCCCCCCCCC", -3, "intensifying cold spot"),
    ("CCCCCCCCCC", 0, "persistent cold spot"),
    ("CCCCCCCCCC", 3, "diminishing cold spot"),
    ("C.C....CCC", 0, "sporadic cold spot"),
    ("C.H.....CC", 0, "oscillating cold spot"),
    ("CCCCCCCCC.", 0, "historical cold spot"),
]


@pytest.mark.parametrize(("bins", "trend", "said"), PATTERNS)
def test_classes(bins, trend, said):
    marks = np.array([list(bins)])
    z = np.array([float(trend)])

    found = classify(marks == "H", marks == "C", z, two_sided_p(z))

    assert CLASSES[found[0]] == said


def test_there_are_seventeen_classes_and_each_has_its_case():
    assert len(CLASSES) == len(set(CLASSES)) == 17
    assert {said for *_, said in PATTERNS} == set(CLASSES)


@given(st.lists(st.text("HC.", min_size=12, max_size=12), min_size=1, max_size=8), st.floats(-4, 4))
def test_a_cell_hot_at_the_end_is_of_a_hot_class_and_cold_mirrors_hot(rows, trend):
    marks = np.array([list(row) for row in rows])
    z = np.full(len(rows), trend)
    found = classify(marks == "H", marks == "C", z, two_sided_p(z))
    mirrored = classify(marks == "C", marks == "H", -z, two_sided_p(z))

    for row, one, other in zip(rows, found.tolist(), mirrored.tolist(), strict=True):
        if row[-1] != ".":
            assert CLASSES[one].endswith("hot spot" if row[-1] == "H" else "cold spot")
        assert {CLASSES[one].replace("hot", "cold"), CLASSES[one].replace("cold", "hot")} >= {CLASSES[other]}


def test_a_growing_block_of_a_grid_is_an_intensifying_hot_spot():
    side, n_periods = 12, 20
    rng = np.random.default_rng(3)
    cells = [(i, j) for i in range(side) for j in range(side)]
    near = [[m for m, q in enumerate(cells) if max(abs(p[0] - q[0]), abs(p[1] - q[1])) == 1] for p in cells]
    counts = rng.poisson(1.0, (len(cells), n_periods)).astype(float)
    block = [n for n, (i, j) in enumerate(cells) if i < 4 and j < 4]
    counts[block] += rng.poisson(np.linspace(4, 12, n_periods), (len(block), n_periods))

    made = emerging(counts, neighbours_of(near))

    inner = [n for n, (i, j) in enumerate(cells) if i < 3 and j < 3]
    outer = [n for n, (i, j) in enumerate(cells) if i > 6 or j > 6]
    assert {CLASSES[c] for c in made.classes[inner]} == {"intensifying hot spot"}
    assert not made.is_hot[outer].any()
