"""Columns of what claims have: numbers for values, rows of items, places; compared for many pairs at once."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

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
# Items of a row that are kept in columns; rows of more are compared one by one.
MAX_COLUMNS = 16

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]


def numbered(values: Iterable[str | None]) -> IntArray:
    """Return a number for each value, the same for the same one; -1 for None."""
    known: dict[str | None, int] = {None: -1}
    return np.array([known.setdefault(v, len(known) - 1) for v in values], dtype=np.int64)


class Items:
    """Rows of items, each item once in a row and worth 1 unless told otherwise; `totals` is the worth of each row."""

    def __init__(self, rows: Sequence[Collection[str]]) -> None:
        number: defaultdict[str, int] = defaultdict(itertools.count().__next__)
        sizes = np.fromiter(map(len, rows), np.int64, len(rows))
        flat = np.fromiter((number[x] for row in rows for x in row), np.int64, int(sizes.sum()))
        self._fill(flat, sizes, np.ones(len(number)))

    @classmethod
    def of_numbers(cls, flat: IntArray, sizes: IntArray, worth: FloatArray) -> Items:
        """Return rows of so many items each, one after the other in `flat`; item `n` is worth `worth[n]`."""
        made = cls.__new__(cls)
        made._fill(flat, sizes, worth)
        return made

    def _fill(self, flat: IntArray, sizes: IntArray, worth: FloatArray) -> None:
        self._flat, self._sizes, self._worth = flat, sizes, worth
        self._starts = np.cumsum(sizes) - sizes
        row_of = np.repeat(np.arange(len(sizes)), sizes)
        self.totals = np.bincount(row_of, weights=worth[flat], minlength=len(sizes))
        # Rows whose marks share no bit share no item.
        self._marks = np.zeros(len(sizes), dtype=np.uint64)
        full = np.flatnonzero(sizes)
        if len(full):
            marks = np.left_shift(np.uint64(1), (flat % 64).astype(np.uint64))
            self._marks[full] = np.bitwise_or.reduceat(marks, self._starts[full])
        place = np.arange(len(flat)) - self._starts[row_of]
        is_in = place < MAX_COLUMNS
        self._columns = np.full((len(sizes), min(int(sizes.max(initial=0)), MAX_COLUMNS)), -1, dtype=np.int32)
        self._columns[row_of[is_in], place[is_in]] = flat[is_in]

    def part(self, start: int, end: int) -> Items:
        """Return rows `[start, end)`, with items numbered as here, so that the parts can be compared."""
        sizes = self._sizes[start:end]
        low = int(self._sizes[:start].sum())
        return Items.of_numbers(self._flat[low : low + int(sizes.sum())], sizes, self._worth)

    def shared(self, other: Items, i: IntArray, j: IntArray) -> FloatArray:
        """Return for each k the worth of the items that row `i[k]` has in common with row `j[k]` of `other`."""
        found = np.zeros(len(i))
        both = np.flatnonzero(self._marks[i] & other._marks[j])
        is_long = np.maximum(self._sizes[i[both]], other._sizes[j[both]]) > MAX_COLUMNS
        for k in both[is_long].tolist():
            found[k] = self._worth[np.intersect1d(self._row(int(i[k])), other._row(int(j[k])))].sum()
        both = both[~is_long]
        if not len(both):
            return found
        # Column by column: one comparison of whole columns costs less than a look-up of each item.
        mine = np.ascontiguousarray(self._columns[i[both], : self._sizes[i[both]].max()].T)
        others = np.ascontiguousarray(other._columns[j[both], : other._sizes[j[both]].max()].T)
        worth = np.zeros(len(both))
        for column in mine:
            is_shared = np.zeros(len(both), dtype=np.bool_)
            for candidate in others:
                is_shared |= column == candidate
            is_shared &= column >= 0
            worth += np.where(is_shared, self._worth[column], 0.0)
        found[both] = worth
        return found

    def _row(self, k: int) -> IntArray:
        return self._flat[self._starts[k] : self._starts[k] + self._sizes[k]]


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
