"""Space-time scan statistic: in which places and when are there more cases than expected, and can it be chance.

Every circle of places and every interval of periods (a cylinder) is a window; the window with the largest
likelihood ratio is the most likely cluster. Its p is the share of replicates of the null hypothesis whose own most
likely cluster is at least as strong, so that the many windows looked at are accounted for. One-sided: more cases
than expected. Sources: Kulldorff 1997, 2001; Kulldorff et al. 2005; Neill et al. 2005.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from vedette.analysis.nulls import Null
from vedette.analysis.windows import Best, Windows, intervals
from vedette.analysis.zones import Zones

__all__ = ["Cluster", "Looks", "Scan", "gumbel_p", "scan"]

EULER = 0.5772156649015329
# Stopping early must not turn a p at or below this into one above it, nor the other way.
STOP_LEVEL = 0.05
# Ratios closer than this share are equal: the sums of one window's expectation differ by the order of addition.
SAME_RATIO = 1e-12
# Replicates below which a fitted tail says nothing.
MIN_FOR_GUMBEL = 20

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class Looks(NamedTuple):
    """Which windows are looked at.

    `prospective`: only intervals that end with the last period, that is clusters still going on.
    `longest`: most periods of an interval. `min_cases`: a window of fewer is no cluster.
    """

    prospective: bool
    longest: int
    min_cases: int = 2


class Cluster(NamedTuple):
    """A window with more cases than expected.

    `places`: indices, nearest to the centre first; `start`, `end`: periods ``[start, end)``.
    `statistic`: log-likelihood ratio. `p`: Monte Carlo; `gumbel_p`: from the distribution fitted to the replicates,
    None where there are too few. `recurrence`: how many looks, one a period, pass on average between clusters this
    strong where nothing happens; None in a retrospective scan.
    """

    places: Ints
    start: int
    end: int
    observed: int
    expected: float
    statistic: float
    p: float | None
    gumbel_p: float | None
    recurrence: float | None


class Scan(NamedTuple):
    """Clusters without a place in common, the most likely first, and the largest ratios of the replicates drawn."""

    clusters: list[Cluster]
    replicates: Floats
    n_windows: int


def scan(
    counts: Ints,
    null: Null,
    zones: Zones,
    looks: Looks,
    *,
    rng: Generator,
    replications: int = 999,
    max_clusters: int = 20,
    early_stop: bool = True,
) -> Scan:
    """Find the clusters of `counts`, shape ``(n_places, n_periods)``, integers.

    Args:
        null: the model, with expected counts of the same shape.
        zones: the circles, see `circles`.
        rng: draws the replicates; pass a seeded one.
        replications: replicates; 0: no p.
        max_clusters: how many clusters are returned; the first is the most likely, each other the best window
            that shares no place with those before.
        early_stop: draw no more once the p of the most likely cluster is certain to lie above .05 (Besag and
            Clifford 1991); p is then the number of replicates at least as strong over those drawn until then.

    Secondary clusters are held against the most likely ones of the replicates, which makes their p conservative.
    """
    starts, ends = intervals(counts.shape[1], looks.longest, prospective=looks.prospective)
    windows = Windows(zones, null.expected, starts, ends, total=null.total, min_cases=looks.min_cases)
    found = _apart(windows.best(counts), zones, max_clusters)
    if not found:
        return Scan([], np.empty(0), windows.n_windows)
    ratios = [ratio for *_, ratio in found]
    drawn, ps = _monte_carlo(windows, null, ratios, rng, replications, counts.shape[1], looks, early_stop=early_stop)
    clusters = []
    for (places, start, end, ratio), p in zip(found, ps, strict=True):
        tail = gumbel_p(ratio, drawn)
        clusters.append(
            Cluster(
                places=places,
                start=start,
                end=end,
                observed=int(counts[places, start:end].sum()),
                expected=float(null.expected[places, start:end].sum()),
                statistic=ratio,
                p=p,
                gumbel_p=tail,
                recurrence=_recurrence(p, tail, len(drawn)) if looks.prospective else None,
            )
        )
    return Scan(clusters, drawn, windows.n_windows)


def gumbel_p(statistic: float, replicates: Floats) -> float | None:
    """Upper tail of a Gumbel distribution fitted to the replicates by moments; None below 20 replicates.

    Reaches below 1 / (replicates + 1), where Monte Carlo cannot. Source: Abrams, Kleinman, Kulldorff 2010.
    """
    if len(replicates) < MIN_FOR_GUMBEL or not (spread := float(replicates.std(ddof=1))):
        return None
    scale = spread * math.sqrt(6) / math.pi
    centre = float(replicates.mean()) - EULER * scale
    return -math.expm1(-math.exp(-(statistic - centre) / scale))


def _apart(best: Best, zones: Zones, most: int) -> list[tuple[Ints, int, int, float]]:
    """The best windows that share no place: places, start, end, ratio; the strongest first."""
    ratio = best.ratio.copy()
    is_taken = np.zeros(len(zones.neighbours), dtype=bool)
    found: list[tuple[Ints, int, int, float]] = []
    while len(found) < most and ratio.max(initial=0.0) > 0:
        # Of equal ratios the first centre and smallest circle, whatever the rounding of their sums.
        at = int(np.argmax(ratio >= ratio.max() * (1 - SAME_RATIO)))
        centre, rank = divmod(at, ratio.shape[1])
        places = zones.members(centre, rank)
        found.append((places, int(best.start[centre, rank]), int(best.end[centre, rank]), float(ratio[centre, rank])))
        is_taken[places] = True
        ratio[np.logical_or.accumulate(is_taken[zones.neighbours], axis=1)] = 0.0
    return found


def _monte_carlo(
    windows: Windows,
    null: Null,
    ratios: list[float],
    rng: Generator,
    replications: int,
    n_periods: int,
    looks: Looks,
    *,
    early_stop: bool,
) -> tuple[Floats, list[float | None]]:
    """The largest ratios of replicates, and for each of `ratios` its p."""
    first = max(0, n_periods - looks.longest) if looks.prospective else 0
    enough = math.ceil(STOP_LEVEL * (replications + 1)) if early_stop else replications + 1
    drawn = np.empty(0)
    while len(drawn) < replications:
        n = min(windows.batch, replications - len(drawn))
        drawn = np.append(drawn, windows.largest(null.draw(rng, n, first), first))
        reached = np.flatnonzero(drawn >= _at_least(ratios[0]))
        if len(reached) >= enough:
            drawn = drawn[: reached[enough - 1] + 1]
            break
    return drawn, [_p(np.flatnonzero(drawn >= _at_least(ratio)), len(drawn), enough) for ratio in ratios]


def _at_least(ratio: float) -> float:
    return ratio * (1 - SAME_RATIO)


def _p(reached: Ints, n_drawn: int, enough: int) -> float | None:
    """Share of replicates that reached a ratio, given the numbers of those that did."""
    if not n_drawn:
        return None
    if len(reached) >= enough:
        return enough / float(reached[enough - 1] + 1)
    return (len(reached) + 1) / (n_drawn + 1)


def _recurrence(p: float | None, tail: float | None, n_drawn: int) -> float | None:
    """Looks between clusters as strong: 1 / p, by the fitted tail where no replicate reached the ratio."""
    if p is None:
        return None
    if p <= 1 / (n_drawn + 1) and tail is not None and 0 < tail < p:
        p = tail
    return 1 / p
