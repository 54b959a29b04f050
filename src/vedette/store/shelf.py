"""What the index of copies keeps between runs, in tables: postings, boilerplate, common hashes.

Lives within one transaction of one writer. A hash is stored as the signed number of the same 64 bits. What a document
that is no longer here left behind is passed over. Every look-up is one search in a B-tree, so that its cost grows with
the logarithm of what is stored.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from vedette.records import Document, Segment, Span

__all__ = ["StoredShelf"]

NO_OUTLET = -1

UInts = NDArray[np.uint64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]


class StoredShelf:
    """The shelf of a database, for `vedette.resolution.CopyIndex`.

    Args:
        connection: in a transaction; the caller commits.
        told: gives the text that is compared, from a document's text and its segments.
        max_found: of a hash with more postings only so many are kept and looked up.
    """

    def __init__(
        self, connection: Connection, told: Callable[[str, Sequence[Segment]], str], *, max_found: int
    ) -> None:
        self._connection = connection
        self._told = told
        self._max_found = max_found
        self._outlets: dict[str, int] = {}
        self._names: list[str] = []
        # Outlet and number of hashes of documents that were asked for.
        self._facts: dict[int, tuple[int, int]] = {}
        self._boilerplate: dict[int, UInts] = {}

    def known(self, ids: Iterable[str]) -> set[str]:
        rows = self._rows(
            "SELECT c.document_id FROM json_each(?) j CROSS JOIN compared c ON c.document_id = j.value", list(ids)
        )
        return {id for (id,) in rows}

    def put(self, documents: Sequence[Document], told: Sequence[str], n_kept: Ints) -> int:
        """Number documents; their texts are in the database already."""
        last = self._connection.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = 'compared'").scalar()
        first = int(last or 0) + 1
        rows = [
            (n, document.id, document.outlet, size)
            for n, (document, size) in enumerate(zip(documents, n_kept.tolist(), strict=True), first)
        ]
        if rows:
            self._connection.exec_driver_sql(
                "INSERT INTO compared (n, document_id, outlet, n_kept) VALUES (?, ?, ?, ?)", rows
            )
        self._facts.update((n, (self._number(outlet), size)) for n, _, outlet, size in rows)
        return first

    def take(self, numbers: Sequence[int]) -> list[tuple[Document, str]]:
        segments: dict[int, list[Segment]] = {n: [] for n in numbers}
        rows = self._rows(
            'SELECT c.n, s.kind, s.start, s."end" FROM json_each(?) j CROSS JOIN compared c ON c.n = j.value '
            "JOIN segments s ON s.document_id = c.document_id ORDER BY s.document_id, s.n",
            numbers,
        )
        for n, kind, start, end in rows:
            segments[n].append(Segment(kind, Span(start, end)))
        found: dict[int, tuple[Document, str]] = {}
        rows = self._rows(
            "SELECT c.n, d.id, d.text, d.published, d.outlet, d.url, d.byline FROM json_each(?) j CROSS "
            "JOIN compared c ON c.n = j.value JOIN documents d ON d.id = c.document_id",
            numbers,
        )
        for n, id, text, published, outlet, url, byline in rows:
            day = date.fromisoformat(published) if published else None
            document = Document(
                id=id, text=text, address="", published=day, outlet=outlet, url=url, byline=byline
            )  # fmt: skip
            found[n] = document, self._told(text, segments[n])
        return [found[n] for n in numbers]

    def post(self, hashes: UInts, owners: Ints) -> tuple[UInts, Ints]:
        signed = hashes.view(np.int64)
        is_empty = self._connection.exec_driver_sql("SELECT 1 FROM kept_hashes LIMIT 1").first() is None
        found = [] if is_empty else self._earlier(np.unique(signed).tolist())
        at = np.array([h for h, numbers in found for _ in numbers], dtype=np.int64)
        earlier = np.array([n for _, numbers in found for n in numbers], dtype=np.int64)
        full = np.array([h for h, numbers in found if len(numbers) >= self._max_found], dtype=np.int64)
        kept = ~np.isin(signed, full)
        # In the order of the key, so that each page of the table is read and written once.
        rows = sorted(zip(signed[kept].tolist(), owners[kept].tolist(), strict=True))
        if rows:
            self._connection.exec_driver_sql("INSERT INTO kept_hashes (hash, n) VALUES (?, ?)", rows)
        together = np.concatenate((at.view(np.uint64), hashes))
        order = np.argsort(together, kind="stable")  # earlier ones first
        return together[order], np.concatenate((earlier, owners))[order]

    def outlets_of(self, owners: Ints) -> Ints:
        return self._fact(owners, 0)

    def n_kept_of(self, owners: Ints) -> Ints:
        return self._fact(owners, 1)

    def n_documents_of(self, outlets: Ints) -> Ints:
        names = [self._names[outlet] for outlet in outlets.tolist()]
        rows = self._rows(
            "SELECT j.value, (SELECT count(*) FROM compared c WHERE c.outlet = j.value) FROM json_each(?) j", names
        )
        n = dict(rows)
        return np.array([n[name] for name in names], dtype=np.int64)

    def boilerplate_of(self, outlet: int) -> UInts:
        if outlet not in self._boilerplate:
            rows = self._connection.exec_driver_sql(
                "SELECT hash FROM boilerplate WHERE outlet = ?", (self._names[outlet],)
            )
            self._boilerplate[outlet] = np.sort(np.array(rows.scalars().all(), dtype=np.int64).view(np.uint64))
        return self._boilerplate[outlet]

    def add_boilerplate(self, outlet: int, hashes: UInts) -> None:
        new = np.setdiff1d(hashes, self.boilerplate_of(outlet))
        if len(new):
            rows = [(self._names[outlet], h) for h in new.view(np.int64).tolist()]
            self._connection.exec_driver_sql("INSERT INTO boilerplate (outlet, hash) VALUES (?, ?)", rows)
            self._boilerplate[outlet] = np.union1d(self._boilerplate[outlet], new)

    def are_common(self, hashes: UInts) -> Mask:
        wanted = hashes.view(np.int64)
        rows = self._rows(
            "SELECT c.hash FROM json_each(?) j CROSS JOIN common_hashes c ON c.hash = j.value", wanted.tolist()
        )
        return np.isin(wanted, np.array([h for (h,) in rows], dtype=np.int64))

    def add_common(self, hashes: UInts) -> None:
        rows = [(h,) for h in hashes.view(np.int64).tolist()]
        if rows:
            self._connection.exec_driver_sql("INSERT OR IGNORE INTO common_hashes (hash) VALUES (?)", rows)

    def _earlier(self, wanted: Sequence[int]) -> list[tuple[int, list[int]]]:
        """Postings of hashes that have any, each hash's first ones in order."""
        cursor = self._connection.connection.cursor()
        query = (
            "SELECT k.n FROM kept_hashes k WHERE k.hash = ? AND EXISTS (SELECT 1 FROM compared c WHERE c.n = k.n) "
            f"ORDER BY k.n LIMIT {self._max_found}"
        )
        found = []
        for h in wanted:
            cursor.execute(query, (h,))
            if rows := cursor.fetchall():
                found.append((h, [n for (n,) in rows]))
        cursor.close()
        return found

    def _fact(self, owners: Ints, which: int) -> Ints:
        numbers, at = np.unique(owners, return_inverse=True)
        missing = [n for n in numbers.tolist() if n not in self._facts]
        if missing:
            rows = self._rows(
                "SELECT c.n, c.outlet, c.n_kept FROM json_each(?) j CROSS JOIN compared c ON c.n = j.value", missing
            )
            self._facts.update((n, (self._number(outlet), size)) for n, outlet, size in rows)
        return np.array([self._facts[n][which] for n in numbers.tolist()], dtype=np.int64)[at]

    def _number(self, outlet: str | None) -> int:
        if not outlet:
            return NO_OUTLET
        if outlet not in self._outlets:
            self._outlets[outlet] = len(self._names)
            self._names.append(outlet)
        return self._outlets[outlet]

    def _rows(self, query: str, values: Sequence[object]) -> list[tuple]:  # type: ignore[type-arg]
        return [tuple(row) for row in self._connection.exec_driver_sql(query, (json.dumps(values),))]
