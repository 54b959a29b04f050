"""What resolution remembers, in tables: read by what is touched, never as a whole.

Lives within one transaction of one writer. Claims and reports as compared are opaque bytes here, keys of blocks are
numbers; what they mean is decided by who resolves.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, insert

from vedette.records import Alias, Coded, Copy, Descent, Incident, Origin
from vedette.store import rows, schema

__all__ = ["Ledger", "Place", "ToldRow"]

# Documents are decoded so many at a time.
CHUNK = 2_000


class Place(NamedTuple):
    """Where a claim stands in a block: claims next to each other are compared."""

    key: int
    first: int
    place: int
    word: str


class ToldRow(NamedTuple):
    """A claim as compared, with what it goes back to and the incident and happening that it was found in."""

    n: int
    document: str
    claim: str
    data: bytes
    origin: str
    incident: str | None
    happening: str | None


class Ledger:
    """The tables of resolution on one connection; the caller commits."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    # Runs

    def pending(self) -> list[str]:
        """Documents that were kept and not resolved yet, by id."""
        return [id for (id,) in self._all("SELECT document_id FROM pending ORDER BY document_id")]

    def n_documents(self) -> int:
        """Documents that are kept."""
        return int(self._all("SELECT count(*) FROM documents")[0][0])

    def resolver(self) -> str | None:
        """What resolved last."""
        found = self._all("SELECT resolver FROM resolutions ORDER BY n DESC LIMIT 1")
        return found[0][0] if found else None

    def n_at_last_whole(self) -> int:
        """Documents that were there when all was resolved last."""
        found = self._all("SELECT n_documents FROM resolutions WHERE is_whole ORDER BY n DESC LIMIT 1")
        return int(found[0][0]) if found else 0

    def start(self, *, at: datetime, resolver: str, n_documents: int, is_whole: bool) -> int:
        """Note a run and that nothing is pending; return the run's number."""
        self._do("DELETE FROM pending")
        row = insert(schema.resolutions).values(at=at, resolver=resolver, n_documents=n_documents, is_whole=is_whole)
        return int(self.connection.execute(row.returning(schema.resolutions.c.n)).scalar_one())

    def clear(self) -> None:
        """Forget all but the ids of incidents and which claims had them."""
        for table in (
            "conflicts", "incident_members", "incident_possible", "incidents", "copies", "origins", "stories",
            "compared", "kept_hashes", "boilerplate", "common_hashes", "voices", "word_counts", "profiles",
            "profile_terms", "told", "told_keys",
        ):  # fmt: skip
            self._do(f"DELETE FROM {table}")

    def coded(self, ids: Collection[str]) -> Iterator[Coded]:
        """Coded documents by id; ids that are not here are passed over."""
        listed = sorted(ids)
        for start in range(0, len(listed), CHUNK):
            found = self._of(
                "SELECT d.coded, d.text FROM json_each(?) j CROSS JOIN documents d ON d.id = j.value ORDER BY d.id",
                listed[start : start + CHUNK],
            )
            yield from (rows.whole(blob, text) for blob, text in found)

    def every_id(self) -> list[str]:
        """Ids of all documents."""
        return [id for (id,) in self._all("SELECT id FROM documents ORDER BY id")]

    # Copies and origins

    def forget_documents(self, ids: Collection[str]) -> None:
        """Take back copies, origins, stories and reports as compared."""
        for statement in (
            "DELETE FROM copies WHERE container IN (SELECT value FROM json_each(?))",
            "DELETE FROM copies WHERE contained IN (SELECT value FROM json_each(?))",
            "DELETE FROM origins WHERE id IN (SELECT value FROM json_each(?))",
            "DELETE FROM stories WHERE document_id IN (SELECT value FROM json_each(?))",
            "DELETE FROM profiles WHERE document_id IN (SELECT value FROM json_each(?))",
            "DELETE FROM compared WHERE document_id IN (SELECT value FROM json_each(?))",
        ):
            self._do(statement, list(ids))

    def add_copies(self, copies: Iterable[Copy]) -> None:
        """Keep copies."""
        rows.write(self.connection, schema.copies, map(rows.copy_row, copies))

    def copies_of(self, ids: Collection[str]) -> list[Copy]:
        """Copies with one of the documents in them, by container and contained."""
        found = set()
        for column in ("container", "contained"):
            found |= {
                tuple(row)
                for row in self._of(
                    "SELECT c.container, c.contained, c.containment, c.spans, c.contained_spans, c.kind, c.derived, "
                    f"c.basis FROM json_each(?) j CROSS JOIN copies c ON c.{column} = j.value",
                    ids,
                )
            }
        return [rows.copy_of(*row) for row in sorted(found)]

    def parents_of(self, ids: Collection[str]) -> dict[str, tuple[str, str]]:
        """The parent of each derived document, and whether as "copy" or "revision" (the origin's `via`)."""
        found = self._of(
            "SELECT o.id, o.parent, o.parent_via FROM json_each(?) j CROSS JOIN origins o ON o.id = j.value "
            "WHERE o.parent IS NOT NULL",
            ids,
        )
        return {id: (parent, via) for id, parent, via in found}

    def children_of(self, ids: Collection[str]) -> set[str]:
        """Documents whose parent is one of these."""
        return {
            id for (id,) in self._of("SELECT o.id FROM json_each(?) j CROSS JOIN origins o ON o.parent = j.value", ids)
        }

    def origins_of(self, ids: Collection[str]) -> list[Origin]:
        """Origins as kept."""
        found = self._of("SELECT o.id, o.origin, o.via FROM json_each(?) j CROSS JOIN origins o ON o.id = j.value", ids)
        return [Origin(*row) for row in found]

    def put_origins(self, origins: Iterable[Origin], parents: Mapping[str, tuple[str, str]]) -> None:
        """Keep origins in place of earlier ones, with the parents that they were found by."""
        self._many(
            "INSERT OR REPLACE INTO origins (id, origin, via, parent, parent_via) VALUES (?, ?, ?, ?, ?)",
            ((o.id, o.origin, o.via, *parents.get(o.id, (None, None))) for o in origins),
        )

    def add_voices(self, voices: Collection[tuple[str, str, str, bool, int]]) -> None:
        """Count speakers: last name, name, body, whether named, how often; what comes to nothing is dropped."""
        self._many(
            "INSERT INTO voices (last, name, body, is_named, n) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT DO UPDATE SET n = n + excluded.n",
            voices,
        )
        self._many(
            "DELETE FROM voices WHERE last = ? AND name = ? AND body = ? AND is_named = ? AND n <= 0",
            ((*voice,) for *voice, n in voices if n < 0),
        )

    def voices_of(self, lasts: Collection[str]) -> list[tuple[str, str, str, bool, int]]:
        """Counted speakers with these last names."""
        found = self._of(
            "SELECT v.last, v.name, v.body, v.is_named, v.n FROM json_each(?) j "
            "CROSS JOIN voices v ON v.last = j.value",
            lasts,
        )
        return [(last, name, body, bool(is_named), n) for last, name, body, is_named, n in found]

    # Words

    def count_words(self, kind: str, counts: Mapping[str, int]) -> None:
        """Add to the numbers of reports that have a word; "" counts the reports."""
        self._many(
            "INSERT INTO word_counts (kind, word, n) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n",
            sorted((kind, word, n) for word, n in counts.items() if n),
        )

    def word_counts(self, kind: str, words: Collection[str]) -> dict[str, int]:
        """How many reports have each word."""
        return dict(
            self._of(
                "SELECT w.word, w.n FROM json_each(?) j "
                f"CROSS JOIN word_counts w ON w.kind = '{kind}' AND w.word = j.value",
                words,
            )
        )

    # Reports and stories

    def put_profiles(self, profiles: Iterable[tuple[str, bytes, bytes]]) -> None:
        """Keep reports as compared, and their speakers: document id and the two as bytes."""
        self._many("INSERT INTO profiles (document_id, data, voices) VALUES (?, ?, ?)", profiles)

    def profiles(self, ids: Collection[str]) -> dict[str, tuple[bytes, bytes]]:
        """Reports as compared, and their speakers, by document id."""
        found = self._of(
            "SELECT p.document_id, p.data, p.voices FROM json_each(?) j "
            "CROSS JOIN profiles p ON p.document_id = j.value",
            ids,
        )
        return {id: (data, voices) for id, data, voices in found}

    def post_terms(self, terms: Mapping[str, Iterable[int]]) -> None:
        """Note by which terms a report is found: numbers by document id."""
        numbers = dict(
            self._of(
                "SELECT c.document_id, c.n FROM json_each(?) j CROSS JOIN compared c ON c.document_id = j.value",
                list(terms),
            )
        )
        self._many(
            "INSERT OR IGNORE INTO profile_terms (term, n) VALUES (?, ?)",
            sorted((term, numbers[id]) for id, own in terms.items() for term in own),
        )

    def with_terms(self, terms: Iterable[int], limit: int) -> Iterator[list[str]]:
        """For each term the documents that are found by it, the latest first, at most so many."""
        cursor = self.connection.connection.cursor()
        query = (
            "SELECT c.document_id FROM profile_terms t JOIN compared c ON c.n = t.n WHERE t.term = ? "
            f"ORDER BY t.n DESC LIMIT {limit}"
        )
        for term in terms:
            cursor.execute(query, (term,))
            yield [id for (id,) in cursor.fetchall()]
        cursor.close()

    def stories_of(self, ids: Collection[str]) -> dict[str, str]:
        """The story of each document."""
        return dict(
            self._of(
                "SELECT s.document_id, s.story FROM json_each(?) j CROSS JOIN stories s ON s.document_id = j.value", ids
            )
        )

    def members_of(self, stories: Collection[str]) -> dict[str, list[str]]:
        """The documents of each story."""
        found: dict[str, list[str]] = {}
        for story, id in self._of(
            "SELECT s.story, s.document_id FROM json_each(?) j CROSS JOIN stories s ON s.story = j.value", stories
        ):
            found.setdefault(story, []).append(id)
        return found

    def put_stories(self, story_of: Mapping[str, str]) -> None:
        """Put documents into stories, out of those they were in."""
        self._do("DELETE FROM stories WHERE document_id IN (SELECT value FROM json_each(?))", list(story_of))
        self._many("INSERT INTO stories (story, document_id) VALUES (?, ?)", ((s, id) for id, s in story_of.items()))

    # Claims

    def put_told(self, told: Iterable[tuple[str, str, bytes, str]]) -> None:
        """Keep claims as compared: document, claim, bytes, origin."""
        self._many("INSERT INTO told (document_id, claim_id, data, origin) VALUES (?, ?, ?, ?)", told)

    def told_of(self, column: str, values: Collection[object]) -> list[ToldRow]:
        """Claims whose "n", "document_id", "claim_id" or "happening" is one of the values."""
        query = (
            "SELECT t.n, t.document_id, t.claim_id, t.data, t.origin, t.incident, t.happening FROM json_each(?) j "
            f"CROSS JOIN told t ON t.{column} = j.value"
        )
        return [ToldRow(*row) for row in self._of(query, values)]

    def drop_told(self, numbers: Collection[int]) -> None:
        """Take claims back; their places in blocks are taken back apart."""
        self._do("DELETE FROM told WHERE n IN (SELECT value FROM json_each(?))", list(numbers))

    def set_origins(self, origins: Mapping[int, str]) -> None:
        """Change what claims go back to, by their numbers."""
        self._many("UPDATE told SET origin = ? WHERE n = ?", ((origin, n) for n, origin in origins.items()))

    def set_incidents(self, found: Iterable[tuple[str, str, int]]) -> None:
        """Note the incident and the happening of claims, by their numbers."""
        self._many("UPDATE told SET incident = ?, happening = ? WHERE n = ?", found)

    def has_told_beside(self, n: int) -> bool:
        """Whether there are more claims than so many."""
        return bool(self._all("SELECT 1 FROM told LIMIT 1 OFFSET ?", (n,)))

    def happening_sizes(self, happenings: Collection[str]) -> dict[str, int]:
        """How many claims each happening has."""
        return dict(
            self._of(
                "SELECT j.value, (SELECT count(*) FROM told t WHERE t.happening = j.value) FROM json_each(?) j",
                happenings,
            )
        )

    def add_places(self, places: Iterable[tuple[Place, int]]) -> None:
        """Put claims, by their numbers, into blocks."""
        self._many(
            "INSERT OR IGNORE INTO told_keys (key, first, place, word, n) VALUES (?, ?, ?, ?, ?)",
            sorted((*place, n) for place, n in places),
        )

    def drop_places(self, places: Iterable[tuple[Place, int]]) -> None:
        """Take claims out of blocks."""
        self._many(
            "DELETE FROM told_keys WHERE key = ? AND first = ? AND place = ? AND word = ? AND n = ?",
            ((*place, n) for place, n in places),
        )

    def near(self, places: Iterable[Place], n: int, window: int) -> set[int]:
        """Numbers of the claims that stand next to claim `n` in its blocks, so many on either side."""
        cursor = self.connection.connection.cursor()
        found: set[int] = set()
        for sign, order in ((">", "ASC"), ("<", "DESC")):
            query = (
                f"SELECT n FROM told_keys WHERE key = ? AND (first, place, word, n) {sign} (?, ?, ?, ?) "
                f"ORDER BY first {order}, place {order}, word {order}, n {order} LIMIT {window}"
            )
            for place in places:
                cursor.execute(query, (*place, n))
                found.update(k for (k,) in cursor.fetchall())
        cursor.close()
        return found

    # Incidents

    def assignments(self) -> list[tuple[str, str, str]]:
        """Document, claim and incident of every claim that is in one."""
        return self._all("SELECT document_id, claim_id, incident FROM told WHERE incident IS NOT NULL")

    def minted(self, ids: Collection[str]) -> dict[str, int]:
        """The runs in which ids were minted; ids that never were are missing."""
        return dict(
            self._of(
                "SELECT i.incident, i.minted_in FROM json_each(?) j CROSS JOIN incident_ids i ON i.incident = j.value",
                ids,
            )
        )

    def is_taken(self, id: str) -> bool:
        """Whether an id was ever minted."""
        return bool(self._all("SELECT 1 FROM incident_ids WHERE incident = ?", (id,)))

    def put_identities(
        self,
        run: int,
        minted: Iterable[str],
        ended: Iterable[str],
        aliases: Iterable[Alias],
        descents: Iterable[Descent],
    ) -> None:
        """Note what a run did to ids."""
        self._many("INSERT INTO incident_ids (incident, minted_in) VALUES (?, ?)", ((id, run) for id in minted))
        self._many("UPDATE incident_ids SET ended_in = ? WHERE incident = ?", ((run, id) for id in ended))
        self._many(
            "INSERT INTO incident_aliases (old, incident, resolution) VALUES (?, ?, ?)",
            ((a.old, a.incident, run) for a in aliases),
        )
        self._many(
            "INSERT INTO incident_descents (incident, parent, resolution, n_claims) VALUES (?, ?, ?, ?)",
            ((d.incident, d.parent, run, d.n_claims) for d in descents),
        )

    def replace_incidents(self, gone: Collection[str], made: Sequence[Incident]) -> None:
        """Put incidents in the place of others; links of these to other ones that are not replaced are left."""
        for table in ("conflicts", "incident_members", "incidents"):
            self._do(f"DELETE FROM {table} WHERE incident IN (SELECT value FROM json_each(?))", list(gone))
        rows.write_incidents(self.connection, made)

    def possible_of(self, ids: Collection[str]) -> list[tuple[str, str, float]]:
        """Pairs of incidents that are possibly one, with one of these ids in them."""
        found = set()
        for column in ("incident", "other"):
            query = (
                "SELECT p.incident, p.other, p.score FROM json_each(?) j CROSS "
                f"JOIN incident_possible p ON p.{column} = j.value"
            )
            found |= {(a, b, score) for a, b, score in self._of(query, ids)}
        return sorted(found)

    def replace_possible(self, gone: Iterable[tuple[str, str]], made: Iterable[tuple[str, str, float]]) -> None:
        """Put pairs in the place of others."""
        self._many("DELETE FROM incident_possible WHERE incident = ? AND other = ?", gone)
        self._many("INSERT OR REPLACE INTO incident_possible (incident, other, score) VALUES (?, ?, ?)", made)

    def _all(self, query: str, values: tuple[object, ...] = ()) -> list[Any]:
        return [tuple(row) for row in self.connection.exec_driver_sql(query, values)]

    def _of(self, query: str, values: Collection[object]) -> list[Any]:
        """Rows of a query over a list of values."""
        return self._all(query, (msgspec.json.encode(list(values)).decode(),)) if values else []

    def _do(self, statement: str, values: list[Any] | None = None) -> None:
        self.connection.exec_driver_sql(statement, () if values is None else (json.dumps(values),))

    def _many(self, statement: str, values: Iterable[tuple[object, ...]]) -> None:
        listed = list(values)
        if listed:
            self.connection.exec_driver_sql(statement, listed)
