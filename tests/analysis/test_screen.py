"""The screened scan: rings, the largest ratio, and what the screen may and may not change."""

from __future__ import annotations

import numpy as np
import pytest

from vedette.analysis.hotspots import neighbours_of
from vedette.analysis.nulls import expectation_null, past_null, permutation_null, poisson_null
from vedette.analysis.screen import rings_of, screened_scan
from vedette.analysis.windows import log_ratio

SIDE = 12
CELLS = [(i, j) for i in range(SIDE) for j in range(SIDE)]


def within(reach):
    return [[m for m, q in enumerate(CELLS) if max(abs(p[0] - q[0]), abs(p[1] - q[1])) <= reach] for p in CELLS]


NEAR = neighbours_of(within(1))
RINGS = rings_of(NEAR, 2)


def test_rings_hold_the_cells_within_so_many_steps():
    ends = [*RINGS.starts[1:].tolist(), RINGS.cells.shape[1]]

    for reach, end in enumerate(ends):
        found = [sorted(c for c in row[:end].tolist() if c < len(CELLS)) for row in RINGS.cells]
        assert found == within(reach)


def test_rings_end_where_the_map_does():
    assert rings_of(neighbours_of([[1], [0]]), 5).cells.tolist() == [[0, 1], [1, 0]]


def scanned(counts, null, n_kept, replications=99, seed=1):
    return screened_scan(
        counts, null, NEAR, RINGS, longest=4, n_kept=n_kept, rng=np.random.default_rng(seed), replications=replications
    )


def test_without_a_screen_the_best_window_is_that_of_all_rings():
    rng = np.random.default_rng(2)
    counts = rng.poisson(1.0, (len(CELLS), 20))
    null = permutation_null(counts)

    first = scanned(counts, null, len(CELLS), 0).clusters[0]

    best = 0.0
    for reach in range(3):
        for places in within(reach):
            for start in range(16, 20):
                c, e = counts[places, start:].sum(), null.expected[places, start:].sum()
                best = max(best, float(log_ratio(np.array([c]), np.array([e]), null.total, min_cases=2)[0]))
    assert first.statistic == pytest.approx(best)
    assert first.p is None


@pytest.mark.parametrize("model", ["permutation", "poisson", "expectation"])
def test_a_planted_outbreak_passes_the_screen(model):
    rng = np.random.default_rng(3)
    counts = rng.poisson(1.0, (len(CELLS), 30))
    struck = within(1)[CELLS.index((5, 6))]
    counts[struck, -2:] += rng.poisson(3.0, (len(struck), 2))
    even = np.ones(counts.shape)
    null = {
        "permutation": permutation_null(counts),
        "poisson": poisson_null(counts, even),
        "expectation": past_null(counts, even, n_past=26),
    }[model]

    found = scanned(counts, null, 10)

    assert sorted(found.clusters[0].places.tolist()) == struck
    assert (found.clusters[0].start, found.clusters[0].end) == (28, 30)
    assert found.clusters[0].p == 0.01
    assert found.clusters[0].observed == counts[struck, -2:].sum()
    assert found.clusters[0].expected == pytest.approx(null.expected[struck, -2:].sum())
    taken = [c for cluster in found.clusters for c in cluster.places.tolist()]
    assert len(taken) == len(set(taken))


def test_quiet_maps_give_p_of_a_tenth_in_about_a_tenth():
    """100 maps: 3 to 19 with p <= .1 is what a share of .1 gives in 996 of 1,000 cases (binomial)."""
    null = expectation_null(np.full((len(CELLS), 4), 1.0))
    ps = []
    for seed in range(100):
        counts = np.random.default_rng([seed, 4]).poisson(1.0, (len(CELLS), 4))
        ps.append(scanned(counts, null, 10, 39, seed).clusters[0].p)

    assert 3 <= sum(p <= 0.1 for p in ps) <= 19
