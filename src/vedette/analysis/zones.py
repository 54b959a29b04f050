"""Circles of places: the spatial side of the windows that a scan statistic looks at.

A circle is drawn around every place and grows until it holds the next place; places at the same distance enter
together. Circles that hold the same places are one zone.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["Zones", "circles", "distances_km", "nearest"]

EARTH_KM = 6371.0088
# Distances closer than this are one distance: a centimetre, above the rounding of the sine formula.
SAME_KM = 1e-5
# Rows of the distance matrix worked on at a time, so that memory stays below 100 MB or so.
CELLS_AT_ONCE = 4_000_000
# Places of a band of latitude of which the nearest are looked for together.
BAND = 500

Floats = NDArray[np.float64]


class Zones(NamedTuple):
    """Zones as beginnings of lists of neighbours.

    `neighbours`: places by distance from each place, itself among the first, shape ``(n_places, n_nearest)``, int64.
    `is_zone`: whether the places up to and with this neighbour are a zone; same shape. Each set of places is a zone
    once.
    """

    neighbours: NDArray[np.int64]
    is_zone: NDArray[np.bool_]

    def members(self, centre: int, rank: int) -> NDArray[np.int64]:
        """The places of the zone around `centre` that ends at its neighbour `rank` (from 0), nearest first."""
        return self.neighbours[centre, : rank + 1]


def distances_km(lat: Floats, lon: Floats, of: slice = slice(None)) -> Floats:
    """Great-circle distances in km (sphere, haversine formula) from the places `of` to all, ``(n_of, n_places)``."""
    y, x = np.radians(lat), np.radians(lon)
    half = np.sin((y[of, None] - y) / 2) ** 2 + np.cos(y[of, None]) * np.cos(y) * np.sin((x[of, None] - x) / 2) ** 2
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(half, 1.0))))


def nearest(lat: Floats, lon: Floats, k: int) -> NDArray[np.int64]:
    """Return the `k` places nearest to each, nearest first and without itself, ``(n_places, k)``; k < n_places.

    Places are looked at in bands of latitude: none outside a band is nearer than the band's edge, and where the k-th
    found is not as near as that the band is doubled. Time is about linear where places are spread evenly.
    """
    order = np.argsort(lat, kind="stable")
    y, x = lat[order], lon[order]
    found = np.empty((len(lat), k), dtype=np.int64)
    for start in range(0, len(lat), BAND):
        open_ = np.arange(start, min(start + BAND, len(lat)))
        margin = max(BAND, k)
        while len(open_):
            low, high = max(0, int(open_[0]) - margin), min(len(lat), int(open_[-1]) + 1 + margin)
            km = np.vstack(
                [distances_km(y[low:high], x[low:high], slice(i - low, i - low + 1)) for i in open_.tolist()]
            )
            km[np.arange(len(open_)), open_ - low] = np.inf
            near = np.argpartition(km, k - 1, axis=1)[:, :k]
            near = np.take_along_axis(near, np.take_along_axis(km, near, axis=1).argsort(axis=1, kind="stable"), axis=1)
            farthest = np.take_along_axis(km, near[:, -1:], axis=1)[:, 0]
            below = np.inf if low == 0 else y[open_] - y[low]
            above = np.inf if high == len(lat) else y[high - 1] - y[open_]
            is_sure = farthest <= np.radians(np.minimum(below, above)) * EARTH_KM
            found[order[open_[is_sure]]] = order[low + near[is_sure]]
            open_ = open_[~is_sure]
            margin *= 2
    return found


def circles(
    lat: Floats,
    lon: Floats,
    weights: Floats,
    *,
    max_share: float = 0.5,
    max_km: float | None = None,
    max_nearest: int | None = None,
) -> Zones:
    """Return all circles around places that hold at most `max_share` of the weight, and are no larger than `max_km`.

    Args:
        lat, lon: WGS 84 degrees, shape ``(n_places,)``.
        weights: what `max_share` is a share of, such as cases or population; not negative, same shape.
        max_share: 0 < share <= 1 of the sum of `weights`; a place that holds more alone is in no zone.
        max_km: largest radius; None: no limit.
        max_nearest: most places of a circle; None: no limit.

    Cost: memory ``n_places * n_nearest``, time ``n_places ** 2 * log(n_places)``.
    Source: Kulldorff 1997, the circular window.
    """
    n = len(lat)
    nearest = n if max_nearest is None else min(max_nearest, n)
    at_most = max_share * float(weights.sum()) * (1 + 1e-12)
    lists, closed = [], []
    step = max(1, CELLS_AT_ONCE // max(n, 1))
    for start in range(0, n, step):
        km = distances_km(lat, lon, slice(start, start + step))
        order = np.argsort(km, axis=1, kind="stable")
        km = np.take_along_axis(km, order, axis=1)
        is_last = np.ones(km.shape, dtype=bool)
        is_last[:, :-1] = np.diff(km, axis=1) > SAME_KM
        is_last &= np.cumsum(weights[order], axis=1) <= at_most
        if max_km is not None:
            is_last &= km <= max_km + SAME_KM
        kept = is_last[:, :nearest]
        lists.append(order[:, :nearest].astype(np.int32))
        closed.append(kept)
    is_zone = np.concatenate(closed)
    width = int(np.flatnonzero(is_zone.any(axis=0)).max(initial=0)) + 1
    is_zone = is_zone[:, :width]
    neighbours = np.concatenate(lists)[:, :width].astype(np.int64)
    return Zones(neighbours, is_zone & _is_first(neighbours, is_zone))


def _is_first(neighbours: NDArray[np.int64], is_zone: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whether a zone is the first of its set of places: sets are compared by the exclusive or of 64-bit hashes."""
    hashes = np.bitwise_xor.accumulate(_hashes(len(neighbours))[neighbours], axis=1)
    flat = np.flatnonzero(is_zone)
    _, firsts = np.unique(hashes.ravel()[flat], return_index=True)
    found = np.zeros(is_zone.size, dtype=bool)
    found[flat[firsts]] = True
    return found.reshape(is_zone.shape)


def _hashes(n: int) -> NDArray[np.uint64]:
    """A well mixed 64-bit number for each of 0..n-1 (the finaliser of splitmix64)."""
    x = np.arange(1, n + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(x ^ (x >> np.uint64(31)))
