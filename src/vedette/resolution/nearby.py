"""Which rows of different event tables lie near each other in place, time and kind: what linkage chooses from.

Pure, in numpy. Rows are put into cells of a grid over the sphere (cubes of its space, so that poles and the 180th
meridian are no edges) and of the calendar; only rows of neighbouring cells are compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vedette.errors import InputError

__all__ = ["MAX_PAIRS", "EventTable", "Pairs", "Windows", "farthest", "nearby", "nearby_episodes"]

EARTH_KM = 6371.0088
# A cell of the grid is no smaller, so that its number fits 64 bits.
LEAST_CELL_KM = 0.1
# Pairs above which they do not fit a laptop: 150 bytes each while they are joined and assigned.
MAX_PAIRS = 10_000_000
# Pairs compared at once: 100 MB.
CHUNK = 1_000_000
# A pair's weight in whole numbers.
UNIT = 1_000_000
NEIGHBOURS = tuple(product((-1, 0, 1), repeat=3))

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


class EventTable(NamedTuple):
    """Rows of event tables, arrays of one length ``n``.

    `table`: which table a row is of. `start`, `end`: first and last day as proleptic ordinals; a row is an episode
    where they differ. `lat`, `lon`: degrees. `deaths`: NaN unknown. `codes`: for each taxonomy the categories, shape
    ``(n, n_levels)``, the finest level first; -1 not known at this level.
    """

    table: Ints
    start: Ints
    end: Ints
    lat: Floats
    lon: Floats
    deaths: Floats
    codes: tuple[Ints, ...]


class Windows(NamedTuple):
    """How far apart two rows may be: km, whole days, and taxonomies in which they may disagree."""

    km: float
    days: int
    partial: int = 0


class Pairs(NamedTuple):
    """Pairs of rows `a` < `b` of different tables, arrays of one length.

    `days` apart: the larger difference of first and last days; of an event and an episode the days it lies outside.
    `agreement`: 0..1, the mean over taxonomies. `weight`: 1 to `UNIT`, agreement and nearness in one.
    """

    a: Ints
    b: Ints
    km: Floats
    days: Ints
    agreement: Floats
    weight: Ints

    def take(self, which: Bools | Ints) -> Pairs:
        """The pairs that `which` picks."""
        return Pairs(
            self.a[which], self.b[which], self.km[which], self.days[which], self.agreement[which], self.weight[which]
        )


def farthest(rows: EventTable, which: Ints) -> tuple[float, int]:
    """The largest distance in km and in days between any two of the rows `which`, two at least."""
    i, j = (which[side] for side in np.triu_indices(len(which), 1))
    return float(_distance_km(rows, i, j).max()), int(_days_apart(rows, i, j).max())


def nearby(rows: EventTable, windows: Windows) -> Pairs:
    """Return the pairs of rows of one kind (both events, or both episodes) within `windows`.

    Raises:
        InputError: there are more than `MAX_PAIRS`.
    """
    is_episode = rows.end > rows.start
    cells = _Cells(rows, windows.km)
    bucket = max(1, windows.days)
    found: list[Pairs] = []
    for which in (np.flatnonzero(~is_episode), np.flatnonzero(is_episode)):
        grid = _Grid(cells, which, rows.start[which] // bucket)
        for i, j in grid.near(which, grid.bucket, (-1, 0, 1)):
            keep = i < j
            found.append(_within(rows, i[keep], j[keep], windows))
            _refuse_too_many(found)
    return _joined(found)


def nearby_episodes(rows: EventTable, windows: Windows) -> Pairs:
    """Return the pairs of an episode (`a`) and an event (`b`) that may be part of it; here `a` may exceed `b`.

    Raises:
        InputError: there are more than `MAX_PAIRS`.
    """
    is_episode = rows.end > rows.start
    episodes, events = np.flatnonzero(is_episode), np.flatnonzero(~is_episode)
    if not len(episodes) or not len(events):
        return _joined([])
    first, last = rows.start[episodes] - windows.days, rows.end[episodes] + windows.days
    bucket = max(1, int((last - first).mean()))
    grid = _Grid(_Cells(rows, windows.km), events, rows.start[events] // bucket)
    n_buckets = last // bucket - first // bucket + 1
    repeated = np.repeat(np.arange(len(episodes)), n_buckets)
    buckets = (first // bucket)[repeated] + _within_runs(n_buckets)
    found: list[Pairs] = []
    for i, j in grid.near(episodes[repeated], buckets, (0,)):
        found.append(_within(rows, i, j, windows))
        _refuse_too_many(found)
    return _joined(found)


class _Cells:
    """The cube of every row, numbered 0, 1, ..., and the numbers of the 27 around each (-1: no row there)."""

    def __init__(self, rows: EventTable, km: float) -> None:
        chord = 2 * EARTH_KM * np.sin(min(km / (2 * EARTH_KM), np.pi / 2))
        size = max(float(chord), LEAST_CELL_KM)
        n = int(2 * EARTH_KM / size) + 3
        cubes = [np.floor((axis * EARTH_KM + EARTH_KM) / size).astype(np.int64) + 1 for axis in _on_sphere(rows)]
        known, self.of_row = np.unique((cubes[0] * n + cubes[1]) * n + cubes[2], return_inverse=True)
        self.around = np.full((len(known), len(NEIGHBOURS)), -1, dtype=np.int64)
        for k, (x, y, z) in enumerate(NEIGHBOURS):
            wanted = known + (x * n + y) * n + z
            at = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
            self.around[:, k] = np.where(known[at] == wanted, at, -1)


class _Grid:
    """Rows by cell and time bucket, to be looked up."""

    def __init__(self, cells: _Cells, which: Ints, bucket: Ints) -> None:
        self.cells, self.bucket = cells, bucket
        self.low = int(bucket.min()) - 1 if len(bucket) else 0
        self.span = int(bucket.max()) - self.low + 2 if len(bucket) else 1
        key = cells.of_row[which] * self.span + (bucket - self.low)
        order = np.argsort(key, kind="stable")
        self.keys, self.rows = key[order], which[order]

    def near(self, which: Ints, bucket: Ints, steps: Sequence[int]) -> Iterator[tuple[Ints, Ints]]:
        """Yield pairs of a row of `which`, looked for in its `bucket` (and those `steps` off), and a row held here."""
        for around in self.cells.around[self.cells.of_row[which]].T:
            for step in steps:
                shifted = bucket - self.low + step
                is_there = (around >= 0) & (shifted >= 0) & (shifted < self.span)
                key = (around * self.span + shifted)[is_there]
                left = np.searchsorted(self.keys, key, side="left")
                counts = np.searchsorted(self.keys, key, side="right") - left
                yield from self._expanded(which[is_there], left, counts)

    def _expanded(self, which: Ints, left: Ints, counts: Ints) -> Iterator[tuple[Ints, Ints]]:
        some = counts > 0
        which, left, counts = which[some], left[some], counts[some]
        ends = np.cumsum(counts)
        start = 0
        while start < len(ends):
            spent = int(ends[start - 1]) if start else 0
            cut = max(start + 1, int(np.searchsorted(ends, spent + CHUNK, side="right")))
            part = slice(start, cut)
            at = np.repeat(left[part], counts[part]) + _within_runs(counts[part])
            yield np.repeat(which[part], counts[part]), self.rows[at]
            start = cut


def _within(rows: EventTable, i: Ints, j: Ints, windows: Windows) -> Pairs:
    """Those of the pairs that are within the windows, with what they have in common."""
    differs = rows.table[i] != rows.table[j]
    i, j = i[differs], j[differs]
    days = _days_apart(rows, i, j)
    is_near = days <= windows.days
    i, j, days = i[is_near], j[is_near], days[is_near]
    km = _distance_km(rows, i, j)
    is_near = km <= windows.km
    i, j, days, km = i[is_near], j[is_near], days[is_near], km[is_near]
    agreement, n_against = _agreement(rows, i, j)
    weight = agreement * (1 + _nearness(rows, i, j, km, days, windows)) / 2
    found = Pairs(i, j, km, days, agreement, np.maximum(np.rint(weight * UNIT), 1).astype(np.int64))
    return found.take((n_against <= windows.partial) & (agreement > 0))


def _days_apart(rows: EventTable, i: Ints, j: Ints) -> Ints:
    """Of one kind: the larger difference of first and last days. Of two: how far the event is outside the episode."""
    starts, ends = rows.start[i] - rows.start[j], rows.end[i] - rows.end[j]
    alike = (rows.end[i] > rows.start[i]) == (rows.end[j] > rows.start[j])
    outside = np.maximum(rows.start[i] - rows.end[j], rows.start[j] - rows.end[i])
    return np.where(alike, np.maximum(np.abs(starts), np.abs(ends)), np.maximum(outside, 0))


def _agreement(rows: EventTable, i: Ints, j: Ints) -> tuple[Floats, Ints]:
    """The mean over taxonomies, and in how many the rows are known to disagree.

    In a taxonomy of n levels: 1 on the finest, 1 - k/n on the k-th coarser, 1/(n + 1) where one row's category is not
    known, 0 where they differ on all.
    """
    total, n_against = np.zeros(len(i)), np.zeros(len(i), dtype=np.int64)
    if not rows.codes:
        return total + 1, n_against
    for codes in rows.codes:
        a, b = codes[i], codes[j]
        n_levels = codes.shape[1]
        unknown = (a < 0).all(axis=1) | (b < 0).all(axis=1)
        agreed = np.where(unknown, 1 / (n_levels + 1), 0.0)
        for level in range(n_levels - 1, -1, -1):
            agreed[(a[:, level] == b[:, level]) & (a[:, level] >= 0)] = 1 - level / n_levels
        total += agreed
        n_against += agreed == 0
    return total / len(rows.codes), n_against


def _nearness(rows: EventTable, i: Ints, j: Ints, km: Floats, days: Ints, windows: Windows) -> Floats:
    """0..1: the product of nearness in place, in time, and of the numbers of dead (half where one is not known)."""
    a, b = rows.deaths[i], rows.deaths[j]
    with np.errstate(invalid="ignore"):
        deaths = 1 - np.abs(a - b) / np.maximum(np.maximum(a, b), 1)
    deaths = np.where(np.isnan(deaths), 0.5, deaths)
    return np.asarray((1 - km / windows.km) * (1 - days / (windows.days + 1)) * deaths)


def _distance_km(rows: EventTable, i: Ints, j: Ints) -> Floats:
    """Great-circle distance."""
    lat_i, lat_j = np.radians(rows.lat[i]), np.radians(rows.lat[j])
    half = np.sin((lat_i - lat_j) / 2) ** 2
    half += np.cos(lat_i) * np.cos(lat_j) * np.sin(np.radians(rows.lon[i] - rows.lon[j]) / 2) ** 2
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(half, 1.0))))


def _on_sphere(rows: EventTable) -> tuple[Floats, Floats, Floats]:
    lat, lon = np.radians(rows.lat), np.radians(rows.lon)
    return np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)


def _within_runs(counts: Ints) -> Ints:
    """0, 1, ... anew for each of the counts, joined."""
    ends = np.cumsum(counts)
    return np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - counts, counts)


def _joined(found: list[Pairs]) -> Pairs:
    if not found:
        none, no_ints = np.zeros(0), np.zeros(0, dtype=np.int64)
        return Pairs(no_ints, no_ints, none, no_ints, none, no_ints)
    whole = Pairs(*(np.concatenate(arrays) for arrays in zip(*found, strict=True)))
    return whole.take(np.lexsort((whole.b, whole.a)))


def _refuse_too_many(found: list[Pairs]) -> None:
    if sum(len(pairs.a) for pairs in found) > MAX_PAIRS:
        raise InputError(
            f"more than {MAX_PAIRS:,} pairs of rows lie within the windows: lower --km or --days, give a finer "
            "taxonomy, or cut the tables by country or year"
        )
