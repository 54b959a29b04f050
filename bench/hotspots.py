"""CPU seconds of the hotspot statistics: a scan, Gi*, and Mann-Kendall with false discovery rate and classes.

Prints one JSON line. The data are drawn here: counts of 400 places in 52 weeks with an outbreak in the last three, so
that no scan stops early; and square grids of cells with eight neighbours, whose growth shows from 1,000 to 100,000.
esda stands beside us on 5,000 cells, by its sparse graph, the quicker of its two ways; both must give the same z.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import esda
import numpy as np
from esda.getisord import G_Local
from libpysal.graph import Graph

from printing import print_line
from vedette.analysis.hotspots import Neighbours, classify, local_g
from vedette.analysis.mann_kendall import mann_kendall
from vedette.analysis.nulls import bernoulli_null, past_null, permutation_null, poisson_null
from vedette.analysis.scan import Looks, scan
from vedette.analysis.screen import rings_of, screened_scan
from vedette.analysis.significance import significant
from vedette.analysis.zones import circles

RUNS = 3
PLACES, WEEKS, NEAREST, LONGEST = 400, 52, 40, 13
PERIODS = 100
BESIDE = 5_000
# CPU seconds that are wanted, on two cores.
WANTED = {
    "scan_permutation": 1.5,
    "scan_poisson": 1.5,
    "scan_expectation": 1.5,
    "scan_bernoulli": 1.5,
    "gi_star_5000": 0.05,
    "gi_star_100000": 2.0,
    "trend_fdr_classes_100000": 5.0,
}


def seconds(work: Callable[[], object], runs: int = RUNS) -> float:
    """CPU seconds of the quickest of `runs`: what the work takes when the machine does nothing else."""
    spent = []
    for _ in range(runs):
        started = time.process_time()
        work()
        spent.append(time.process_time() - started)
    return min(spent)


def grid(n_cells: int) -> Neighbours:
    """Cells row by row on a torus about square, each with itself and its eight neighbours."""
    width = int(n_cells**0.5)
    cells = np.arange(n_cells)
    steps = [row * width + column for row in (-1, 0, 1) for column in (-1, 0, 1)]
    return Neighbours(np.column_stack([(cells + step) % n_cells for step in steps]))


def scans() -> dict[str, float]:
    """A scan with circles and 999 replicates, by model."""
    rng = np.random.default_rng(1)
    lat, lon = rng.uniform(30, 38, PLACES), rng.uniform(60, 72, PLACES)
    counts = rng.poisson(0.5, (PLACES, WEEKS))
    counts[:3, -3:] += 6
    even = np.ones(counts.shape)
    told = counts + rng.poisson(1.5, counts.shape)
    models = {
        "scan_permutation": lambda: permutation_null(counts),
        "scan_poisson": lambda: poisson_null(counts, even),
        "scan_expectation": lambda: past_null(counts, even, n_past=WEEKS - LONGEST),
        "scan_bernoulli": lambda: bernoulli_null(counts, told, n_past=WEEKS - LONGEST),
    }

    def run(name: str) -> None:
        null = models[name]()
        zones = circles(lat, lon, null.expected.sum(axis=1), max_nearest=NEAREST)
        made = scan(counts, null, zones, Looks(True, LONGEST), rng=np.random.default_rng(2))
        if len(made.replicates) != 999:
            raise SystemExit(f"hotspots: {name} stopped after {len(made.replicates)} replicates")

    return {name: seconds(lambda name=name: run(name)) for name in models}


def drawn(n_cells: int) -> np.ndarray:
    """Counts of cells in 100 weeks, a twentieth of them hot."""
    rng = np.random.default_rng(3)
    counts = rng.poisson(1.0, (n_cells, PERIODS)).astype(float)
    counts[: n_cells // 20] += rng.poisson(2.0, (n_cells // 20, PERIODS))
    return counts


def cells(n_cells: int) -> dict[str, float]:
    """Gi*, then what follows it, on counts of `n_cells` cells in 100 weeks."""
    counts, near = drawn(n_cells), grid(n_cells)
    z = local_g(counts, near, n_before=1)

    def follow() -> None:
        is_unusual = significant(z, 0.05)
        trend = mann_kendall(z)
        classify(is_unusual & (z > 0), is_unusual & (z < 0), trend.z, trend.p)

    return {
        f"gi_star_{n_cells}": seconds(lambda: local_g(counts, near, n_before=1)),
        f"trend_fdr_classes_{n_cells}": seconds(follow, runs=1 if n_cells > 50_000 else RUNS),
    }


def screened(n_cells: int) -> dict[str, float]:
    """A scan of windows up to 8 weeks around the 500 hottest cells, up to three rings, with 99 replicates."""
    counts, near = drawn(n_cells).astype(np.int64), grid(n_cells)
    null = past_null(counts, np.ones(counts.shape), n_past=PERIODS - 8)

    def run() -> None:
        rings = rings_of(near, 3)
        rng = np.random.default_rng(2)
        screened_scan(counts, null, near, rings, longest=8, n_kept=500, rng=rng, replications=99)

    return {f"screened_scan_{n_cells}": seconds(run, runs=1)}


def beside() -> dict[str, float]:
    """esda's Gi* of the bins of `BESIDE` cells: their graph from arrays of pairs, then the statistic."""
    counts, near = drawn(BESIDE), grid(BESIDE)
    bins = np.arange(counts.size).reshape(counts.shape)
    focal = [np.repeat(bins, near.cells.shape[1], axis=0).ravel()]
    other = [bins[near.cells].reshape(-1, PERIODS).ravel()]
    focal.append(np.repeat(bins[:, 1:], near.cells.shape[1], axis=0).ravel())
    other.append(bins[near.cells, :-1].reshape(-1, PERIODS - 1).ravel())
    pairs = np.concatenate(focal), np.concatenate(other)
    made: list[Graph] = []
    spent = {
        f"esda_graph_{BESIDE}": seconds(lambda: made.append(Graph.from_arrays(*pairs, np.ones(len(pairs[0])))), runs=1)
    }
    found: list[G_Local] = []
    spent[f"esda_gi_star_{BESIDE}"] = seconds(
        lambda: found.append(G_Local(counts.ravel(), made[0], transform="B", permutations=0, star=True)), runs=1
    )
    if not np.abs(found[0].Zs - local_g(counts, near, n_before=1).ravel()).max() < 1e-10:
        raise SystemExit("hotspots: Gi* differs from esda's")
    return spent


def main() -> None:
    spent = scans()
    for n_cells in (1_000, 5_000, 20_000, 100_000):
        spent |= cells(n_cells)
    for n_cells in (20_000, 100_000):
        spent |= screened(n_cells)
    spent |= beside()
    print_line(
        "hotspots",
        {
            "inputs": {
                "places": PLACES,
                "weeks": WEEKS,
                "nearest": NEAREST,
                "longest": LONGEST,
                "periods": PERIODS,
            },
            "cpu_seconds": {name: round(s, 4) for name, s in spent.items()},
            "above_wanted": [name for name, wanted in WANTED.items() if spent[name] > wanted],
            "numpy": np.__version__,
            "esda": esda.__version__,
        },
    )


if __name__ == "__main__":
    sys.exit(main())
