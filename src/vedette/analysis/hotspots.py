"""Hot and cold cells: Getis-Ord Gi* in space and time, its significance, and the classes of emerging hot spots.

Each bin (a cell in a period) is held against all bins: do it, its neighbours and their last periods hold more, or
less, than the whole would give them. The classes then say how a cell came to where it is: new, persistent, fading.
Coverage is the caller's: `hotspot_study` hands in counts held against it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vedette.analysis.mann_kendall import mann_kendall
from vedette.analysis.significance import significant, two_sided_p

__all__ = [
    "CLASSES",
    "Emerging",
    "GeneralG",
    "Neighbours",
    "classify",
    "emerging",
    "general_g",
    "local_g",
    "neighbours_of",
]

# Sums at a time, cells times periods: 4 MB of floats, which stay in the cache of most machines.
SUMS_AT_ONCE = 500_000
# A cell is hot "all along" with this share of its periods: ArcGIS's definition of intensifying and persistent.
MOSTLY = 0.9

# The first word is the pattern, in ArcGIS's terms; index into `Emerging.classes`.
PATTERNS = ("new", "consecutive", "intensifying", "persistent", "diminishing", "sporadic", "oscillating", "historical")
CLASSES = ("no pattern", *(f"{p} hot spot" for p in PATTERNS), *(f"{p} cold spot" for p in PATTERNS))

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


class Neighbours(NamedTuple):
    """Sparse binary weights: which cells are summed for each cell.

    `cells`: indices, ``(n_cells, most)`` int64; the number of cells stands for none.
    """

    cells: Ints


class GeneralG(NamedTuple):
    """`g`: share of the products of all pairs that lies between neighbours; `expected`; `z`; `p`: one-sided."""

    g: float
    expected: float
    z: float
    p: float


class Emerging(NamedTuple):
    """Classes of cells and what they rest on.

    `z`: Gi* of each bin, ``(n_cells, n_periods)``; `is_hot`, `is_cold`: after Benjamini-Hochberg, same shape;
    `trend_z`, `trend_p`: Mann-Kendall on the z of a cell, ``(n_cells,)``; `classes`: indices into `CLASSES`.
    """

    z: Floats
    is_hot: Bools
    is_cold: Bools
    trend_z: Floats
    trend_p: Floats
    classes: NDArray[np.int8]


def neighbours_of(lists: Sequence[Sequence[int]], *, with_self: bool = True) -> Neighbours:
    """Make weights of lists of neighbours, one a cell; `with_self` adds the cell itself (the star of Gi*)."""
    sets = [sorted({*near, i} if with_self else set(near) - {i}) for i, near in enumerate(lists)]
    cells = np.full((len(sets), max(map(len, sets), default=0)), len(sets), dtype=np.int64)
    for i, near in enumerate(sets):
        cells[i, : len(near)] = near
    return Neighbours(cells)


def local_g(values: Floats, neighbours: Neighbours, *, n_before: int = 0, star: bool = True) -> Floats:
    """Return Getis-Ord Gi* (or Gi) of every bin as a standard normal deviate.

    Args:
        values: counts or rates, not all alike, shape ``(n_cells, n_periods)``.
        neighbours: with each cell itself for Gi*, without for Gi.
        n_before: how many periods before its own belong to a bin's neighbourhood; fewer at the start.
        star: the bin itself belongs to its neighbourhood, and to the mean and variance it is held against. Else
            Gi, for `n_before` 0 only: its own value is left out of both.

    Returns:
        z, same shape; nan where a bin has no neighbour, or all bins as neighbours. Null: values are exchangeable
        between bins.

    Source: Getis and Ord 1992; Ord and Getis 1995. Binary weights; weights that add up to one give the same.
    """
    if n_before and not star:
        raise ValueError("Gi without the star looks at one period: n_before must be 0")
    n_cells, n_periods = values.shape
    recent = _recent(np.asarray(values, dtype=np.float64), n_before)
    sizes = (neighbours.cells < n_cells).sum(axis=1)[:, None] * np.minimum(np.arange(n_periods) + 1, n_before + 1)
    n = values.size
    if star:
        mean, variance = np.asarray(values.mean()), np.asarray(values.var())
    else:
        n -= 1
        mean = (values.sum() - values) / n
        variance = ((values**2).sum() - values**2) / n - mean**2
    z = np.empty(values.shape)
    step = max(1, SUMS_AT_ONCE // n_periods)
    for start in range(0, n_cells, step):
        part = slice(start, start + step)
        z[part] = _sums(recent, neighbours.cells[part])
    z -= sizes * mean
    with np.errstate(divide="ignore", invalid="ignore"):
        z /= np.sqrt(sizes * (n - sizes) / (n - 1)) * np.sqrt(variance)
    z[~np.isfinite(z)] = np.nan
    return z


def general_g(values: Floats, neighbours: Neighbours) -> GeneralG:
    """Test whether high values lie beside high ones anywhere on a map, before asking where (General G).

    Args:
        values: not negative, not all 0, four cells or more, shape ``(n_cells,)``.
        neighbours: without the cells themselves.

    Null: values are exchangeable between cells; normal approximation of that distribution.
    Source: Getis and Ord 1992, equations 6 to 9.
    """
    n = len(values)
    at, column = np.nonzero(neighbours.cells < n)
    near = neighbours.cells[at, column]
    sums = [float((values**k).sum()) for k in range(5)]
    pairs = sums[1] ** 2 - sums[2]
    g = float((values[at] * values[near]).sum()) / pairs
    w = len(at)
    n_mutual = int(np.isin(at * n + near, near * n + at).sum())
    s1 = w + n_mutual
    s2 = int(((np.bincount(at, minlength=n) + np.bincount(near, minlength=n)) ** 2).sum())
    moments = (
        ((n * n - 3 * n + 3) * s1 - n * s2 + 3 * w * w) * sums[2] ** 2
        - ((n * n - n) * s1 - 2 * n * s2 + 6 * w * w) * sums[4]
        - (2 * n * s1 - (n + 3) * s2 + 6 * w * w) * sums[1] ** 2 * sums[2]
        + (4 * (n - 1) * s1 - 2 * (n + 1) * s2 + 8 * w * w) * sums[1] * sums[3]
        + (s1 - s2 + w * w) * sums[1] ** 4
    )
    expected = w / (n * (n - 1))
    variance = moments / (pairs**2 * n * (n - 1) * (n - 2) * (n - 3)) - expected**2
    z = (g - expected) / math.sqrt(variance)
    return GeneralG(g, expected, z, float(two_sided_p(np.array([z]))[0]) / 2)


def emerging(values: Floats, neighbours: Neighbours, *, n_before: int = 1, level: float = 0.05) -> Emerging:
    """Classify cells by when they were hot or cold, and whether they grew hotter.

    Args:
        values: counts, ``(n_cells, n_periods)``, oldest first; `neighbours` and `n_before` as in `local_g`.
        level: false discovery rate of the bins, and level of the trend; both two-sided.
    """
    z = local_g(values, neighbours, n_before=n_before)
    z[np.isnan(z)] = 0.0
    is_unusual = significant(z, level)
    is_hot, is_cold = is_unusual & (z > 0), is_unusual & (z < 0)
    trend = mann_kendall(z)
    return Emerging(z, is_hot, is_cold, trend.z, trend.p, classify(is_hot, is_cold, trend.z, trend.p, level=level))


def classify(
    is_hot: Bools, is_cold: Bools, trend_z: Floats, trend_p: Floats, *, level: float = 0.05
) -> NDArray[np.int8]:
    """Return the class of each cell as an index into `CLASSES`, of bins ``(n_cells, n_periods)``.

    The definitions are ArcGIS's ("How Emerging Hot Spot Analysis works"), T the last period; for cold spots hot and
    cold change places and a falling trend intensifies:

    - new: hot at T, never before.
    - consecutive: hot in one unbroken run of two periods or more up to T, never before it, in less than 90 % of all.
    - intensifying, persistent, diminishing: hot in 90 % or more and at T; rising, no, falling trend of z.
    - sporadic: hot at T and before with breaks, less than 90 %, never cold.
    - oscillating: as sporadic, but cold at some time.
    - historical: hot in 90 % or more, not at T.

    The first that fits counts, but what a cell is at T goes before what it was: cold at T after a hot past is one
    of the cold classes.
    """
    rises, falls = (trend_p <= level) & (trend_z > 0), (trend_p <= level) & (trend_z < 0)
    hot = _patterns(is_hot, is_cold, rises, falls)
    cold = _patterns(is_cold, is_hot, falls, rises)
    cold[cold > 0] += len(PATTERNS)
    hot_goes_first = (is_hot[:, -1] | ~is_cold[:, -1]) & (hot > 0)
    return np.where(hot_goes_first, hot, cold)


def _patterns(is_hot: Bools, is_cold: Bools, grows: Bools, fades: Bools) -> NDArray[np.int8]:
    """1 + index into `PATTERNS` for each cell, 0 for none."""
    n_periods = is_hot.shape[1]
    n_hot = is_hot.sum(axis=1)
    run = np.where(is_hot.all(axis=1), n_periods, np.argmin(is_hot[:, ::-1], axis=1))
    is_mostly = n_hot >= MOSTLY * n_periods
    at_end = is_hot[:, -1]
    fits = (
        at_end & (n_hot == 1),
        at_end & (run >= 2) & (run == n_hot) & ~is_mostly,
        at_end & is_mostly & grows,
        at_end & is_mostly & ~grows & ~fades,
        at_end & is_mostly & fades,
        at_end & ~is_mostly & ~is_cold.any(axis=1),
        at_end & ~is_mostly & is_cold.any(axis=1),
        ~at_end & is_mostly,
    )
    return np.select(fits, np.arange(1, len(fits) + 1, dtype=np.int8), default=np.int8(0)).astype(np.int8)


def _recent(values: Floats, n_before: int) -> Floats:
    """Sums over each period and the `n_before` before it, with a last row of noughts for no cell."""
    n_cells, n_periods = values.shape
    recent = np.zeros((n_cells + 1, n_periods))
    recent[:-1] = values
    for back in range(1, min(n_before, n_periods - 1) + 1):
        recent[:-1, back:] += values[:, :-back]
    return recent


def _sums(recent: Floats, cells: Ints) -> Floats:
    """Sums of `recent` over the neighbours of each cell."""
    total = np.zeros((len(cells), recent.shape[1]))
    one = np.empty_like(total)
    for column in cells.T:
        total += recent.take(column, axis=0, out=one, mode="clip")
    return total
