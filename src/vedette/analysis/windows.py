"""The largest likelihood ratio over all windows of space and time, for observed counts and for replicates.

A window is a zone and an interval of periods. Its ratio grows with its cases and falls with its expected cases, so
that of all windows with as many cases only the one with the smallest expectation counts. A table of that by case
count needs a scattered minimum for every window and replicate, which numpy does slowly; here the same is done the
other way round. Windows are sorted by what they expect and cut into blocks. Most cases of a block with its smallest
expectation bound the ratios of the block from above: the logarithm is taken once a block, and once a window only
in the few blocks whose bound exceeds the best ratio found. The result is exact.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from vedette.analysis.zones import Zones

__all__ = ["Best", "Windows", "intervals", "log_ratio"]

# Windows of a block, a power of two: the bounds cost 1 / BLOCK, the looking into blocks grows with it. 32 to 128
# differ by a tenth on 208,000 windows.
BLOCK = 64
# Counts held at a time, windows times replicates: 32 MB of int16.
COUNTS_AT_ONCE = 16_000_000
# Windows of which the order is kept; above, it is made anew for each batch of replicates.
KEPT_WINDOWS = 20_000_000

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Numbers = NDArray[Any]  # integers of several widths, or floats


class Best(NamedTuple):
    """For each centre and rank of `Zones` its best interval.

    `ratio`: the log-likelihood ratio, 0 where there is none; `start`, `end`: its periods ``[start, end)``.
    """

    ratio: Floats
    start: Ints
    end: Ints


class _Slab(NamedTuple):
    """Intervals looked at together: columns of cumulated periods."""

    starts: Ints
    ends: Ints


class _Sorted(NamedTuple):
    """Windows of a slab by what they expect, in whole blocks (the last window repeated)."""

    order: Ints
    expected: Floats


def intervals(n_periods: int, longest: int, *, prospective: bool) -> tuple[Ints, Ints]:
    """Starts and ends ``[start, end)`` of all intervals up to `longest` periods; prospective: those still going on."""
    starts, ends = [], []
    for length in range(1, min(longest, n_periods) + 1):
        first = n_periods - length if prospective else 0
        starts.append(np.arange(first, n_periods - length + 1))
        ends.append(starts[-1] + length)
    return np.concatenate(starts), np.concatenate(ends)


def log_ratio(cases: Numbers, expected: Floats, total: int | None, *, min_cases: int = 1) -> Floats:
    """Log-likelihood ratio of a raised rate in a window against none; 0 where cases do not exceed the expected.

    With a `total` of all cases ``c log(c/e) + (C-c) log((C-c)/(C-e))`` (Kulldorff 1997), without
    ``c log(c/e) + e - c`` (Neill et al. 2005). Below `min_cases` 0. `expected` is above nought.
    """
    c = cases.astype(np.float64)
    is_raised = (c > expected) & (c >= min_cases)
    c = np.where(is_raised, c, expected)
    inside = c * np.log(c / expected)
    if total is None:
        return np.where(is_raised, inside + expected - c, 0.0)
    outside = total - c
    with np.errstate(divide="ignore", invalid="ignore"):
        rest = np.where(outside > 0, outside * np.log(outside / (total - expected)), 0.0)
    return np.where(is_raised, inside + rest, 0.0)


class Windows:
    """All windows of zones and intervals, with what they expect."""

    def __init__(
        self, zones: Zones, expected: Floats, starts: Ints, ends: Ints, *, total: int | None, min_cases: int
    ) -> None:
        """`expected`: ``(n_places, n_periods)``; `starts`, `ends`: periods ``[start, end)`` of the intervals."""
        self._zones = zones
        self._total = total
        self._min_cases = min_cases
        self._cumulated = _cumulated(expected[:, :, None])
        n_zones = zones.is_zone.size
        self.batch = int(np.clip(COUNTS_AT_ONCE // max(n_zones, 1), 4, 64))
        width = max(1, COUNTS_AT_ONCE // (n_zones * self.batch))
        self._slabs = [_Slab(starts[i : i + width], ends[i : i + width]) for i in range(0, len(starts), width)]
        self.n_windows = int(zones.is_zone.sum()) * len(starts)
        self._kept: dict[int, _Sorted] = {}

    def best(self, counts: Ints) -> Best:
        """The best interval of every zone, for counts ``(n_places, n_periods)``."""
        cumulated = _cumulated(counts[:, :, None])
        shape = self._zones.is_zone.shape
        best = Best(np.zeros(shape), np.zeros(shape, np.int64), np.zeros(shape, np.int64))
        for slab in self._slabs:
            cases = self._sums(cumulated, slab)[..., 0].transpose(1, 0, 2)
            expected = self._sums(self._cumulated, slab)[..., 0].transpose(1, 0, 2)
            is_window = self._zones.is_zone[:, :, None] & (expected > 0)
            ratio = log_ratio(cases, np.where(is_window, expected, 1.0), self._total, min_cases=self._min_cases)
            ratio[~is_window] = 0.0
            at = ratio.argmax(axis=2)
            largest = np.take_along_axis(ratio, at[:, :, None], axis=2)[:, :, 0]
            is_better = largest > best.ratio
            for kept, new in zip(best, (largest, slab.starts[at], slab.ends[at]), strict=True):
                kept[is_better] = new[is_better]
        return best

    def largest(self, counts: Ints, first: int = 0) -> Floats:
        """The largest ratio of each replicate, for counts ``(n_places, n_periods - first, n_replicates)``.

        The counts may leave out the periods before `first`, where no interval begins earlier.
        """
        n = counts.shape[2]
        most = int(counts.sum(axis=(0, 1)).max(initial=0))
        cumulated = _cumulated(counts.astype(np.int16 if most < 2**15 else np.int64))
        found = np.zeros(n)
        for number, slab in enumerate(self._slabs):
            windows = self._sorted(number, slab)
            if not len(windows.order):
                continue
            sums = self._sums(cumulated, slab, first).reshape(-1, n)
            cases = sums.take(windows.order, axis=0).reshape(-1, BLOCK, n)
            self._raise(found, cases, windows.expected.reshape(-1, BLOCK))
        return found

    def _raise(self, found: Floats, cases: Numbers, expected: Floats) -> None:
        """Raise each replicate's largest ratio by the windows in blocks, cases ``(n_blocks, BLOCK, n)``."""
        most = cases
        while most.shape[1] > 1:
            half = most.shape[1] // 2
            most = np.maximum(most[:, :half], most[:, half:])
        bound = log_ratio(most[:, 0], expected[:, :1], self._total, min_cases=self._min_cases)
        replicates = np.arange(len(found))
        tops = bound.argmax(axis=0)
        ratio = log_ratio(cases[tops, :, replicates], expected[tops], self._total, min_cases=self._min_cases)
        np.maximum(found, ratio.max(axis=1), out=found)
        for blocks, of in _pieces(*np.nonzero(bound > found)):
            ratio = log_ratio(cases[blocks, :, of], expected[blocks], self._total, min_cases=self._min_cases)
            np.maximum.at(found, of, ratio.max(axis=1))

    def _sorted(self, number: int, slab: _Slab) -> _Sorted:
        if number in self._kept:
            return self._kept[number]
        expected = self._sums(self._cumulated, slab)
        is_window = np.broadcast_to(self._zones.is_zone.T[:, :, None], expected.shape[:3]).ravel()
        flat = expected.ravel()
        chosen = np.flatnonzero(is_window & (flat > 0))
        order = chosen[np.argsort(flat[chosen])]
        if short := -len(order) % BLOCK:
            order = np.append(order, np.repeat(order[-1:], short))
        made = _Sorted(order, flat[order])
        if self.n_windows <= KEPT_WINDOWS:
            self._kept[number] = made
        return made

    def _sums(self, cumulated: Numbers, slab: _Slab, first: int = 0) -> Numbers:
        """Sums over windows, ``(n_ranks, n_centres, n_intervals, n)``, of what is cumulated over periods."""
        of_places = np.ascontiguousarray(cumulated[:, slab.ends - first] - cumulated[:, slab.starts - first])
        neighbours = self._zones.neighbours
        sums: Numbers = np.empty((neighbours.shape[1], len(neighbours), *of_places.shape[1:]), dtype=cumulated.dtype)
        for rank in range(len(sums)):
            of_places.take(neighbours[:, rank], axis=0, out=sums[rank], mode="clip")
            if rank:
                sums[rank] += sums[rank - 1]
        return sums


def _cumulated(values: Numbers) -> Numbers:
    """Sums of all periods before each, ``(n_places, n_periods + 1, n)``, of ``(n_places, n_periods, n)``."""
    sums: Numbers = np.zeros((values.shape[0], values.shape[1] + 1, values.shape[2]), dtype=values.dtype)
    np.cumsum(values, axis=1, out=sums[:, 1:], dtype=values.dtype)
    return sums


def _pieces(blocks: Ints, of: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Pairs in pieces that bound memory."""
    step = COUNTS_AT_ONCE // (8 * BLOCK)
    for i in range(0, len(blocks), step):
        yield blocks[i : i + step], of[i : i + step]
