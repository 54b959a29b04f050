"""What an index of copies keeps of the documents it has seen, and a shelf for it in memory.

Documents are numbers in order of their coming, outlets are numbers that hold for one shelf object.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from vedette.records import Document
from vedette.resolution.postings import Postings
from vedette.resolution.shingles import Ints, UInts

__all__ = ["NO_OUTLET", "Mask", "MemoryShelf", "Shelf", "among"]

NO_OUTLET = -1
NONE: UInts = np.empty(0, dtype=np.uint64)

Mask = NDArray[np.bool_]


class Shelf(Protocol):
    """Where an index keeps what it has seen. Arrays are one-dimensional; hashes uint64, numbers int64."""

    def known(self, ids: Iterable[str]) -> set[str]:
        """Which of the ids of documents are here."""

    def put(self, documents: Sequence[Document], told: Sequence[str], n_kept: Ints) -> int:
        """Keep documents, the texts that are compared, and how many hashes each has; return the number of the first."""

    def take(self, numbers: Sequence[int]) -> list[tuple[Document, str]]:
        """Documents and the texts that are compared, in the order of `numbers`."""

    def post(self, hashes: UInts, owners: Ints) -> tuple[UInts, Ints]:
        """Keep postings sorted by hash and owner; return them with earlier ones of the same hashes, sorted so.

        Of a hash with very many earlier postings the first `MAX_FOUND` come back, or a few times as many.
        """

    def outlets_of(self, owners: Ints) -> Ints:
        """The outlet of each owner, NO_OUTLET where none is known."""

    def n_kept_of(self, owners: Ints) -> Ints:
        """How many hashes each owner has."""

    def n_documents_of(self, outlets: Ints) -> Ints:
        """How many documents each outlet has."""

    def boilerplate_of(self, outlet: int) -> UInts:
        """Sorted hashes that were found to be the outlet's boilerplate."""

    def add_boilerplate(self, outlet: int, hashes: UInts) -> None:
        """Remember sorted hashes as boilerplate of an outlet."""

    def are_common(self, hashes: UInts) -> Mask:
        """Which of the hashes were found in very many documents."""

    def add_common(self, hashes: UInts) -> None:
        """Remember sorted hashes as those of very many documents."""


class MemoryShelf:
    """A shelf that lasts as long as the process: the texts, 12 bytes a kept 5-gram, and while it adds, 20 a word."""

    def __init__(self) -> None:
        self._documents: list[Document] = []
        self._told: list[str] = []
        self._ids: set[str] = set()
        self._outlets: dict[str, int] = {}
        self._outlet_of = np.empty(0, dtype=np.int64)
        self._n_kept = np.empty(0, dtype=np.int64)
        self._postings = Postings()
        self._boilerplate: dict[int, UInts] = {}
        self._common = NONE

    def known(self, ids: Iterable[str]) -> set[str]:
        return self._ids.intersection(ids)

    def put(self, documents: Sequence[Document], told: Sequence[str], n_kept: Ints) -> int:
        first = len(self._documents)
        self._documents.extend(documents)
        self._told.extend(told)
        self._ids.update(d.id for d in documents)
        names = [self._outlets.setdefault(d.outlet, len(self._outlets)) if d.outlet else NO_OUTLET for d in documents]
        self._outlet_of = np.r_[self._outlet_of, np.array(names, dtype=np.int64)]
        self._n_kept = np.r_[self._n_kept, n_kept]
        return first

    def take(self, numbers: Sequence[int]) -> list[tuple[Document, str]]:
        return [(self._documents[n], self._told[n]) for n in numbers]

    def post(self, hashes: UInts, owners: Ints) -> tuple[UInts, Ints]:
        return self._postings.add(hashes, owners)

    def outlets_of(self, owners: Ints) -> Ints:
        return self._outlet_of[owners]

    def n_kept_of(self, owners: Ints) -> Ints:
        return self._n_kept[owners]

    def n_documents_of(self, outlets: Ints) -> Ints:
        return np.bincount(self._outlet_of[self._outlet_of >= 0], minlength=len(self._outlets))[outlets]

    def boilerplate_of(self, outlet: int) -> UInts:
        return self._boilerplate.get(outlet, NONE)

    def add_boilerplate(self, outlet: int, hashes: UInts) -> None:
        self._boilerplate[outlet] = np.union1d(self.boilerplate_of(outlet), hashes)

    def are_common(self, hashes: UInts) -> Mask:
        return among(hashes, self._common)

    def add_common(self, hashes: UInts) -> None:
        self._common = np.union1d(self._common, hashes)


def among(hashes: UInts, listed: UInts) -> Mask:
    """Which of the hashes are among the sorted ones listed."""
    if not len(listed):
        return np.zeros(len(hashes), dtype=np.bool_)
    found: Mask = listed[np.minimum(np.searchsorted(listed, hashes), len(listed) - 1)] == hashes
    return found
