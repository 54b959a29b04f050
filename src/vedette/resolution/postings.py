"""An inverted index of hashes that grows: sorted runs of arrays, merged as they grow alike (O'Neil et al. 1996)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from vedette.resolution.shingles import Ints, UInts

__all__ = ["MAX_FOUND", "Postings", "UInts", "common_of", "pairs_of"]

# All pairs of documents that share a hash are counted up to so many documents; a commoner hash links each of its
# documents with the first ones only, so that a wire report in 500 outlets costs 500 pairs and not 125,000.
MAX_POSTINGS = 40
FIRST = 3
# Of the earlier postings of one hash so many are looked up (in each run): a common one needs the first few only, and
# an outlet's boilerplate is found by 256 of its documents as long as it has no more than 16,384.
MAX_FOUND = 256
# Pairs are counted when so many have come together: 8 bytes each.
CHUNK = 8_000_000


class Postings:
    """Which documents hold which hash; documents are numbers in order of their coming."""

    def __init__(self) -> None:
        self._runs: list[tuple[UInts, Ints]] = []

    def add(self, hashes: UInts, owners: Ints) -> tuple[UInts, Ints]:
        """Add postings sorted by hash and owner; return them with earlier ones of the same hashes, sorted so.

        Of a hash with very many earlier ones each run gives the first MAX_FOUND.
        Costs the new postings times the logarithm of all, twice (search and merging, the latter on average).
        """
        wanted = hashes[_starts(hashes)]
        parts = [_found(run, wanted) for run in self._runs] + [(hashes, owners)]
        self._runs.append((hashes, owners.astype(np.int32)))
        while len(self._runs) > 1 and 2 * len(self._runs[-1][0]) > len(self._runs[-2][0]):
            self._runs[-2:] = [_merged(self._runs[-2:])]
        return _merged(parts)


def pairs_of(hashes: UInts, owners: Ints, *, first_new: int, least: int) -> Ints:
    """Return pairs of owners, lower first, that share `least` hashes or more; int64 ``(n_pairs, 2)``, sorted.

    Takes postings sorted by hash and owner. Pairs of two owners before `first_new` are left out.
    """
    keys, counts = np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    waiting: list[Ints] = []
    size = 0
    for low, high in _links(hashes, owners):
        fresh = high >= first_new
        waiting.append((low[fresh] << 32) | high[fresh])
        size += len(waiting[-1])
        if size > CHUNK:
            keys, counts = _counted(keys, counts, waiting)
            waiting, size = [], 0
    keys, counts = _counted(keys, counts, waiting)
    keys = keys[counts >= least]
    return np.stack((keys >> 32, keys & 0xFFFFFFFF), axis=1)


def common_of(hashes: UInts) -> UInts:
    """Return those of sorted hashes that stand in more documents than are paired each with each."""
    starts = _starts(hashes)
    return hashes[starts[np.diff(np.append(starts, len(hashes))) > MAX_POSTINGS]]


def _starts(hashes: UInts) -> Ints:
    """Where another hash begins in sorted ones."""
    changes = np.ones(len(hashes), dtype=np.bool_)
    changes[1:] = hashes[1:] != hashes[:-1]
    return np.flatnonzero(changes)


def _links(hashes: UInts, owners: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Pairs of postings of one hash, in parts."""
    n = len(hashes)
    starts = _starts(hashes)
    sizes = np.diff(np.append(starts, n))
    rare = sizes <= MAX_POSTINGS
    left = np.repeat(starts + sizes, sizes)  # where the posting's group ends
    alive = np.flatnonzero(np.repeat(rare, sizes))
    for step in range(1, MAX_POSTINGS):
        alive = alive[alive + step < left[alive]]
        if not len(alive):
            break
        yield owners[alive], owners[alive + step]
    common, lengths = starts[~rare], sizes[~rare]
    group = np.repeat(common, lengths)
    members = np.flatnonzero(np.repeat(~rare, sizes))
    for k in range(FIRST):
        later = members > group + k
        yield owners[group[later] + k], owners[members[later]]


def _counted(keys: Ints, counts: Ints, waiting: list[Ints]) -> tuple[Ints, Ints]:
    new, n = np.unique(np.concatenate(waiting) if waiting else np.empty(0, dtype=np.int64), return_counts=True)
    if not len(keys):
        return new, n
    every, at = np.unique(np.concatenate((keys, new)), return_inverse=True)
    return every, np.bincount(at, weights=np.concatenate((counts, n))).astype(np.int64)


def _found(run: tuple[UInts, Ints], wanted: UInts) -> tuple[UInts, Ints]:
    """The run's postings of the wanted hashes."""
    low, high = np.searchsorted(run[0], wanted), np.searchsorted(run[0], wanted, side="right")
    lengths = np.minimum(high - low, MAX_FOUND)
    at = np.repeat(low - (np.cumsum(lengths) - lengths), lengths) + np.arange(int(lengths.sum()))
    return run[0][at], run[1][at].astype(np.int64)


def _merged(parts: list[tuple[UInts, Ints]]) -> tuple[UInts, Ints]:
    """One array of sorted ones; owners of an earlier part come first."""
    if len(parts) == 1:
        return parts[0]
    hashes, owners = (np.concatenate(x) for x in zip(*parts, strict=True))
    order = np.argsort(hashes, kind="stable")  # merges sorted runs in linear time
    return hashes[order], owners[order]
