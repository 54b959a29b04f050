"""Scan of a map of very many cells: Gi* chooses where to look, and only around there windows are scanned.

Every replicate of the null hypothesis passes the same screen, so that p stays what it is called: the screen costs
power, not honesty. What it gives up: a cluster whose neighbourhoods are not among the hottest is not seen, such as
one spread thin over many rings; and windows are rings of cells around a cell, none wider than the rings asked for.
"""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from vedette.analysis.hotspots import Neighbours, local_g
from vedette.analysis.nulls import Null
from vedette.analysis.scan import Cluster, Scan, gumbel_p
from vedette.analysis.windows import log_ratio

__all__ = ["KEPT", "RINGS", "Rings", "rings_of", "screened_scan"]

# What `vedette scan` and `vedette hotspots` take: cells that pass the screen, and rings of the largest window.
KEPT = 500
RINGS = 3
# Ratios closer than this share are equal, as in `scan`.
SAME_RATIO = 1e-12
# Windows with fewer cases are no cluster, as in `scan`.
MIN_CASES = 2

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class Rings:
    """Cells around each cell, ring by ring; see `rings_of`.

    `cells`: ``(n_cells, width)``, the number of cells stands for none; `starts`: columns at which rings begin.
    """

    def __init__(self, cells: Ints, starts: Ints) -> None:
        self.cells = cells
        self.starts = starts


def rings_of(neighbours: Neighbours, n_rings: int) -> Rings:
    """Return each cell, its neighbours, theirs and so on up to `n_rings` rings, 1 or more.

    Args:
        neighbours: with the cells themselves (as for Gi*).

    Memory: ``n_cells`` times the cells of `n_rings` rings (49 of squares with three rings, 37 of hexagons).
    """
    near = neighbours.cells
    none = len(near)
    with_none = np.vstack([near, np.full((1, near.shape[1]), none)])
    inner = np.arange(none)[:, None]
    columns, starts = [inner], [0]
    for _ in range(n_rings):
        reached = with_none[columns[-1]].reshape(none, -1)
        # Sorted, what was there before stands first of its equals.
        keys = np.sort(np.concatenate([2 * inner, 2 * reached + 1], axis=1), axis=1)
        cell, is_new = keys >> 1, (keys & 1).astype(bool)
        is_new[:, 1:] &= cell[:, 1:] != cell[:, :-1]
        new = np.sort(np.where(is_new, cell, none), axis=1)
        width = int((new < none).sum(axis=1).max(initial=0))
        if not width:
            break
        starts.append(inner.shape[1])
        columns.append(new[:, :width])
        inner = np.concatenate([inner, new[:, :width]], axis=1)
    return Rings(np.concatenate(columns, axis=1), np.array(starts))


def screened_scan(
    counts: Ints,
    null: Null,
    neighbours: Neighbours,
    rings: Rings,
    *,
    longest: int,
    n_kept: int,
    rng: Generator,
    replications: int = 999,
    max_clusters: int = 20,
) -> Scan:
    """Find the clusters that still go on around the `n_kept` hottest cells.

    Args:
        counts: ``(n_cells, n_periods)``, integers; `null` the model, with expected counts of the same shape.
        neighbours: with the cells themselves, for the screen; `rings` of them, for the windows.
        longest: most periods of a window, all of which end with the last one.
        n_kept: how many cells the screen lets through, in data and replicates alike; all: the scan of all rings.
        replications: replicates; 0: no p.

    A cell's heat is the largest Gi* of its standardised excess, (cases - expected) / sqrt(expected), over the last 1,
    2, 4 ... `longest` periods. p: one-sided, Monte Carlo, of the largest ratio; for further clusters conservative.
    """
    first = counts.shape[1] - longest
    expected = _backwards(null.expected[:, first:])
    look = _Screened(expected, neighbours, rings, min(n_kept, len(counts)), null.total)
    centres, ratio = look.ratios(_backwards(counts[:, first:]))
    drawn = np.array(
        [look.ratios(_backwards(null.draw(rng, 1, first)[:, :, 0]))[1].max(initial=0.0) for _ in range(replications)]
    )
    clusters: list[Cluster] = []
    is_taken = np.zeros(len(counts) + 1, dtype=bool)
    for at in np.argsort(-ratio, axis=None, kind="stable").tolist():
        kept, ring, back = np.unravel_index(at, ratio.shape)
        statistic = float(ratio[kept, ring, back])
        if statistic <= 0 or len(clusters) == max_clusters:
            break
        end = np.append(rings.starts, rings.cells.shape[1])[ring + 1]
        places = rings.cells[centres[kept], :end]
        places = places[places < len(counts)]
        if is_taken[places].any():
            continue
        is_taken[places] = True
        start = counts.shape[1] - 1 - int(back)
        p = float((1 + (drawn >= statistic * (1 - SAME_RATIO)).sum()) / (1 + replications)) if replications else None
        clusters.append(
            Cluster(
                places=places,
                start=start,
                end=counts.shape[1],
                observed=int(counts[places, start:].sum()),
                expected=float(null.expected[places, start:].sum()),
                statistic=statistic,
                p=p,
                gumbel_p=gumbel_p(statistic, drawn),
                recurrence=None if p is None else 1 / p,
            )
        )
    return Scan(clusters, drawn, int(np.prod(ratio.shape)))


class _Screened:
    """What stays the same for the data and each replicate."""

    def __init__(self, expected: Floats, neighbours: Neighbours, rings: Rings, n_kept: int, total: int | None) -> None:
        self._expected = np.vstack([expected, np.zeros(expected.shape[1])])
        self._neighbours = neighbours
        self._rings = rings
        self._n_kept = n_kept
        self._total = total
        longest = expected.shape[1]
        self._lengths = sorted({*(2**k for k in range(longest.bit_length()) if 2**k <= longest), longest})

    def ratios(self, counts: Floats) -> tuple[Ints, Floats]:
        """The cells kept, and the ratios of their windows, ``(n_kept, n_rings, longest)``."""
        heat = np.full(len(counts), -np.inf)
        for length in self._lengths:
            expected = self._expected[:-1, length - 1]
            excess = np.divide(
                counts[:, length - 1] - expected, np.sqrt(expected), out=np.zeros(len(counts)), where=expected > 0
            )
            np.fmax(heat, local_g(excess[:, None], self._neighbours)[:, 0], out=heat)
        kept = np.sort(np.argpartition(-heat, self._n_kept - 1)[: self._n_kept])
        of = self._rings.cells[kept]
        padded = np.vstack([counts, np.zeros(counts.shape[1])])
        cases, expected = (
            np.cumsum(np.add.reduceat(x[of], self._rings.starts, axis=1), axis=1) for x in (padded, self._expected)
        )
        is_window = expected > 0
        ratio = log_ratio(cases, np.where(is_window, expected, 1.0), self._total, min_cases=MIN_CASES)
        return kept, np.where(is_window, ratio, 0.0)


def _backwards(values: Ints | Floats) -> Floats:
    """Sums over the last 1, 2 ... periods, ``(n_cells, n_periods)``."""
    return np.cumsum(values[:, ::-1], axis=1, dtype=np.float64)
