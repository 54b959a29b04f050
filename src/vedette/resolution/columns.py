"""Columns of what claims have: numbers for values, rows of items, places; compared for many pairs at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

import numpy as np
import numpy.typing as npt

from vedette.records import Place

__all__ = ["Items", "Places", "numbered", "places_of"]

# Kilometres within which two names of this precision can be one place: about half the unit's usual width.
REACH_KM = {"site": 10.0, "settlement": 15.0, "admin2": 40.0, "admin1": 150.0, "country": 800.0, "region": 800.0}
PRECISE = frozenset({"site", "settlement"})
COARSE = frozenset({"country", "region"})
# Two places cannot be one where both were named in the clause of the event and read with this confidence.
SURE = 0.8
MAX_PLACES = 3
DIAMETER_KM = 12742.0
# Slots for each key of a table that says at once of most keys that they are none of its: 1 in 8 passes wrongly.
SLOTS_A_KEY = 8
# Spreads keys over slots: 2 to the 64th by the golden ratio, odd (Knuth, The Art of Computer Programming 3, 6.4).
SPREAD = np.uint64(0x9E3779B97F4A7C15)

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]


def numbered(values: Iterable[str | None]) -> IntArray:
    """Return a number for each value, the same for the same one; -1 for None."""
    known: dict[str | None, int] = {None: -1}
    return np.array([known.setdefault(v, len(known) - 1) for v in values], dtype=np.int64)


class Items:
    """Rows of items, each with its worth (1 without `worth`); `totals` is the worth of each row."""

    def __init__(self, rows: Sequence[Collection[str]], worth: Callable[[str], float] | None = None) -> None:
        number: dict[str, int] = {}
        flat = np.array([number.setdefault(x, len(number)) for row in rows for x in row], dtype=np.int64)
        self._worth = np.array([1.0 if worth is None else worth(x) for x in number], dtype=np.float64)
        sizes = np.array([len(row) for row in rows], dtype=np.int64)
        self._fill(flat, sizes, max(len(number), 1))

    def _fill(self, flat: IntArray, sizes: IntArray, width: int) -> None:
        self._width = width
        self._sizes = sizes
        self._starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        row_of = np.repeat(np.arange(len(sizes)), sizes)
        self._keys = np.sort(row_of * width + flat)  # rows stay together
        self._flat = self._keys % width
        # Rows whose marks share no bit share no item; a key whose slot is empty is none of these.
        self._marks = np.zeros(len(sizes), dtype=np.uint64)
        full = np.flatnonzero(sizes)
        if len(full):
            marks = np.left_shift(np.uint64(1), (self._flat % 64).astype(np.uint64))
            self._marks[full] = np.bitwise_or.reduceat(marks, self._starts[full])
        self._shift = np.uint64(64 - max(len(self._keys) * SLOTS_A_KEY, 2).bit_length())
        self._is_taken = np.zeros(1 << (64 - int(self._shift)), dtype=np.bool_)
        self._is_taken[self._slots(self._keys)] = True
        self.totals = np.bincount(row_of, weights=self._worth[flat], minlength=len(sizes))

    def part(self, start: int, end: int) -> Items:
        """Return rows `[start, end)`, with items numbered as here, so that the parts can be compared."""
        made = Items.__new__(Items)
        made._worth = self._worth
        made._fill(self._flat[self._starts[start] : self._starts[end]], self._sizes[start:end], self._width)
        return made

    def shared(self, other: Items, i: IntArray, j: IntArray) -> FloatArray:
        """Return for each k the worth of the items that row `i[k]` has in common with row `j[k]` of `other`."""
        found = np.zeros(len(i))
        both = np.flatnonzero(self._marks[i] & other._marks[j])
        if not len(both):
            return found
        sizes = self._sizes[i[both]]
        ends = np.cumsum(sizes)
        at = np.arange(ends[-1]) + np.repeat(self._starts[i[both]] - ends + sizes, sizes)
        item = self._flat[at]
        key = np.repeat(j[both], sizes) * self._width + item
        maybe = np.flatnonzero(other._is_taken[other._slots(key)])
        where = np.minimum(np.searchsorted(other._keys, key[maybe]), len(other._keys) - 1)
        is_shared = maybe[other._keys[where] == key[maybe]]
        worth = np.zeros(len(key))
        worth[is_shared] = self._worth[item[is_shared]]
        found[both] = np.add.reduceat(worth, ends - sizes)
        return found

    def _slots(self, keys: IntArray) -> npt.NDArray[np.uint64]:
        """Where keys are marked as taken: several may have one slot."""
        slots: npt.NDArray[np.uint64] = (keys.view(np.uint64) * SPREAD) >> self._shift
        return slots


class Places:
    """Up to MAX_PLACES places of each claim, in arrays (claims, MAX_PLACES); `id` -1 where there are fewer."""

    # From worst to best; the best that holds between two places of two claims is what holds between these.
    RELATIONS = ("never", "places apart", "unknown", "one place can lie in the other", "same place")

    def __init__(self, rows: Sequence[Sequence[Place]]) -> None:
        shape = (len(rows), MAX_PLACES)
        self.id = np.full(shape, -1, dtype=np.int64)
        self.lat, self.lon, self.reach = np.full(shape, np.nan), np.full(shape, np.nan), np.zeros(shape)
        self.is_precise, self.is_coarse, self.is_sure = (np.zeros(shape, dtype=np.bool_) for _ in range(3))
        self.country = np.full(shape, -1, dtype=np.int64)
        ids: dict[object, int] = {}
        countries: dict[str, int] = {}
        for k, row in enumerate(rows):
            for n, p in enumerate(row):
                self.id[k, n] = ids.setdefault(_entry(p), len(ids))
                if p.lat is not None and p.lon is not None:
                    self.lat[k, n], self.lon[k, n] = p.lat, p.lon
                self.reach[k, n] = REACH_KM[p.precision]
                self.is_precise[k, n], self.is_coarse[k, n] = p.precision in PRECISE, p.precision in COARSE
                self.is_sure[k, n] = p.precision in PRECISE and p.basis == "clause" and p.confidence >= SURE
                if p.country:
                    self.country[k, n] = countries.setdefault(p.country, len(countries))

    def compare(self, i: IntArray, j: IntArray) -> npt.NDArray[np.int8]:
        """Return for each k what holds between places of claims `i[k]` and `j[k]`: a number in RELATIONS."""
        unknown = self.RELATIONS.index("unknown")
        best = np.full(len(i), -1, dtype=np.int8)
        for a in range(MAX_PLACES):
            for b in range(MAX_PLACES):
                both = np.flatnonzero((self.id[i, a] >= 0) & (self.id[j, b] >= 0))
                if len(both):
                    best[both] = np.maximum(best[both], self._relation(i[both], a, j[both], b))
        best[best < 0] = unknown
        return best

    def _relation(self, i: IntArray, a: int, j: IntArray, b: int) -> npt.NDArray[np.int8]:
        number = self.RELATIONS.index
        p, q = (i, a), (j, b)
        is_coarse = self.is_coarse[p] | self.is_coarse[q]
        is_country = (self.country[p] == self.country[q]) & (self.country[p] >= 0)
        distance = _km(self.lat[p], self.lon[p], self.lat[q], self.lon[q])
        is_near = distance <= np.maximum(self.reach[p], self.reach[q])
        made = np.where(self.is_sure[p] & self.is_sure[q], number("never"), number("places apart"))
        made = np.where(is_coarse & is_country, number("one place can lie in the other"), made)
        is_both_precise = self.is_precise[p] & self.is_precise[q]
        near = np.where(is_both_precise, number("same place"), number("one place can lie in the other"))
        made = np.where(is_near, near, made)
        made = np.where(np.isnan(distance), number("unknown"), made)
        same = np.where(is_coarse, number("one place can lie in the other"), number("same place"))
        return np.where(self.id[p] == self.id[q], same, made).astype(np.int8)


def _entry(place: Place) -> object:
    return place.geonameid or (place.mention.lower(), place.lat, place.lon)


def places_of(rows: Sequence[Sequence[Place]]) -> Places:
    """Return the first places of claims that are not the same, in columns."""
    return Places([list({_entry(p): p for p in row}.values())[:MAX_PLACES] for row in rows])


def _km(lat1: FloatArray, lon1: FloatArray, lat2: FloatArray, lon2: FloatArray) -> FloatArray:
    p, q = np.radians(lat1), np.radians(lat2)
    h = np.sin((q - p) / 2) ** 2 + np.cos(p) * np.cos(q) * np.sin(np.radians(lon2 - lon1) / 2) ** 2
    km: FloatArray = DIAMETER_KM * np.arcsin(np.sqrt(np.minimum(1.0, h)))
    return km
