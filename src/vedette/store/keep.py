"""The store: one transaction a document, the same input gives the same rows.

`Store.keep` replaces what an older coder found in a document and leaves alone what the same coder found before, so a
run that was killed goes on where it stopped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from sqlalchemy import Column, Connection, Engine, delete, func, insert, or_, select, text, update

from vedette.errors import NotFound
from vedette.records import (
    Alias,
    Claim,
    Coded,
    Conflict,
    Descent,
    Document,
    History,
    Incident,
    Member,
    Origin,
    Possible,
    Resolution,
    Skipped,
    SkippedDocument,
    Story,
)
from vedette.store import rows, schema
from vedette.store.sqlite import WriterLock, migrate, open_engine

__all__ = ["Store", "open_store"]


def open_store(path: str | Path, *, read_only: bool = True) -> Store:
    """Open a database; for writing it is made where there is none.

    Raises:
        NotFound: read-only and no such file.
        StoreBusy: another process writes it.
        NewerSchema, StoreError: it cannot be used; the message says why.
    """
    path = Path(path)
    engine = open_engine(path, read_only=read_only)
    lock = None if read_only else WriterLock(path)
    try:
        migrate(engine, path, read_only=read_only)
    except BaseException:
        if lock:
            lock.release()
        raise
    return Store(engine, path, lock)


class Store:
    """An open database; a context manager."""

    def __init__(self, engine: Engine, path: Path, lock: WriterLock | None) -> None:
        self.engine = engine
        self.path = path
        self._lock = lock

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        counts = self.counts()
        return f"<vedette store {self.path.name}: {counts['documents']:,} documents, {counts['claims']:,} claims>"

    def close(self) -> None:
        """Close the file and let the next writer in."""
        self.engine.dispose()
        if self._lock:
            self._lock.release()

    # Writing

    def start_run(self, *, version: str, coder: str, at: datetime) -> int:
        """Note that a run begins; returns its number."""
        with self.engine.begin() as c:
            row = insert(schema.runs).values(started_at=at, version=version, coder=coder)
            return int(c.execute(row.returning(schema.runs.c.id)).scalar_one())

    def end_run(self, run: int, *, at: datetime, n_documents: int, n_skipped: int) -> None:
        """Note that a run came to its end."""
        with self.engine.begin() as c:
            c.execute(
                update(schema.runs)
                .where(schema.runs.c.id == run)
                .values(ended_at=at, n_documents=n_documents, n_skipped=n_skipped)
            )

    def has(self, document_id: str, coder: str) -> bool:
        """Whether this coder's rows of the document are already here."""
        d = schema.documents.c
        with self.engine.connect() as c:
            return c.execute(select(d.n).where(d.id == document_id, d.coder == coder)).first() is not None

    def text_of(self, document_id: str) -> str | None:
        """The text that is kept under this id, if any."""
        d = schema.documents.c
        with self.engine.connect() as c:
            return c.execute(select(d.text).where(d.id == document_id)).scalar()

    def keep(self, document: Document, coded: Coded, *, coder: str, at: datetime, is_exercise: bool = False) -> bool:
        """Write one coded document in one transaction.

        Returns whether rows were written: False where the same coder's rows are already here.
        """
        d = schema.documents.c
        with self.engine.begin() as c:
            old = c.execute(select(d.coder).where(d.id == document.id)).scalar()
            if old == coder:
                return False
            if old is not None:
                c.execute(delete(schema.documents).where(d.id == document.id))
            waiting = insert(schema.pending).prefix_with("OR IGNORE").values(document_id=document.id)
            c.execute(waiting)
            c.execute(insert(schema.documents).values(rows.document_row(document, coded, coder, at, is_exercise)))
            rows.write(c, schema.segments, (rows.segment_row(coded, n) for n in range(len(coded.segments))))
            rows.write(c, schema.attributions, rows.attribution_rows(coded))
            rows.write(c, schema.claims, (rows.claim_row(coded.id, claim) for claim in coded.claims))
            rows.write(c, schema.claim_actors, rows.actor_rows(coded.claims))
            rows.write(c, schema.claim_places, rows.place_rows(coded.claims))
            rows.write(c, schema.designations, rows.designation_rows(coded))
        return True

    def skip(self, skipped: SkippedDocument, *, at: datetime) -> None:
        """Note a document that could not be used, once for each address and reason."""
        s = schema.skipped.c
        address, detail = rows.plain(skipped.address), rows.plain(skipped.skipped.detail)
        with self.engine.begin() as c:
            same = (s.address == address, s.reason == skipped.skipped.reason, s.detail == detail)
            if c.execute(select(s.id).where(*same)).first() is None:
                c.execute(
                    insert(schema.skipped).values(
                        address=address,
                        document_id=skipped.id,
                        sha256=skipped.sha256,
                        reason=skipped.skipped.reason,
                        detail=detail,
                        seen_at=at,
                    )
                )

    # Reading

    def counts(self) -> dict[str, int]:
        """Rows by table."""
        with self.engine.connect() as c:
            return {
                table.name: int(c.execute(select(func.count()).select_from(table)).scalar_one())
                for table in schema.metadata.sorted_tables
            }

    def coded(self, ids: Sequence[str] | None = None) -> Iterator[Coded]:
        """Coded documents as they were kept, by id; all of them where `ids` is None."""
        d = schema.documents.c
        query = select(d.coded, d.text).order_by(d.id)
        if ids is not None:
            query = query.where(d.id.in_(list(ids)))
        with self.engine.connect() as c:
            for blob, words in c.execute(query):
                yield rows.whole(blob, words)

    def find(self, id: str) -> tuple[Literal["claim", "incident", "document"], str]:
        """Return what an id, or a beginning of it that only one thing has, belongs to, and the whole id.

        Raises:
            NotFound: nothing, or more than one thing, has this id.
        """
        columns: tuple[tuple[Literal["claim", "incident", "document"], Column[str]], ...] = (
            ("claim", schema.claims.c.id),
            ("incident", schema.incidents.c.incident),
            ("incident", schema.incident_aliases.c.old),
            ("document", schema.documents.c.id),
        )
        found: list[tuple[Literal["claim", "incident", "document"], str]] = []
        with self.engine.connect() as c:
            for kind, column in columns:
                rows = c.execute(select(column).where(column.startswith(id, autoescape=True)).order_by(column).limit(2))
                found.extend((kind, whole) for whole in rows.scalars())
        exact = [pair for pair in found if pair[1] == id]
        if len(found) == 1 or exact:
            return (exact or found)[0]
        ended = self._ended(id)
        if not found and ended:
            raise NotFound(
                f"incident {ended[0]} ended on {ended[1]:%Y-%m-%d}: the reports that told it were coded anew or "
                "replaced by newer versions"
            )
        if found:
            raise NotFound(f"more than one thing in {self.path} begins with {id!r}: give more of its id")
        raise NotFound(
            f"nothing in {self.path} has the id {id!r}: `vedette export claims --db {self.path}` lists claims"
        )

    def _ended(self, id: str) -> tuple[str, datetime] | None:
        i, r = schema.incident_ids.c, schema.resolutions.c
        query = select(i.incident, r.at).where(i.incident.startswith(id, autoescape=True), i.ended_in == r.n).limit(1)
        with self.engine.connect() as c:
            row = c.execute(query).first()
        return (row.incident, row.at) if row else None

    def alias(self, id: str) -> Alias | None:
        """What an incident's id is an alias of, through merges of merges, and when the first of these was.

        None: it is no alias.
        """
        a, r = schema.incident_aliases.c, schema.resolutions.c
        query = select(a.old, a.incident, r.at).where(a.resolution == r.n)
        first: Alias | None = None
        with self.engine.connect() as c:
            while row := c.execute(query.where(a.old == (first.incident if first else id))).first():
                first = Alias(id, row.incident, first.at if first else row.at)
        return first

    def history(self, incident: str) -> History | None:
        """What became of an incident's id: minted when, what was merged into it, what was split off; None: no such."""
        i, a, d, r = (
            t.c for t in (schema.incident_ids, schema.incident_aliases, schema.incident_descents, schema.resolutions)
        )
        with self.engine.connect() as c:
            minted = c.execute(select(r.at).where(i.incident == incident, i.minted_in == r.n)).scalar()
            if minted is None:
                return None
            aliases: list[Alias] = []
            names = [incident]
            while names:
                query = (
                    select(a.old, a.incident, r.at).where(a.incident.in_(names), a.resolution == r.n).order_by(a.old)
                )
                new = [Alias(*row) for row in c.execute(query)]
                aliases += new
                names = [n.old for n in new]
            touching = or_(d.incident == incident, d.parent == incident)
            query_ = select(d.incident, d.parent, d.n_claims, r.at).where(touching, d.resolution == r.n)
            descents = [Descent(*row) for row in c.execute(query_.order_by(d.resolution, d.incident, d.parent))]
        return History(minted, tuple(aliases), tuple(descents))

    def coded_with_claim(self, claim_id: str) -> tuple[Coded, Claim]:
        """The document that holds a claim, and the claim.

        Raises:
            NotFound: no claim has this id.
        """
        k = schema.claims.c
        with self.engine.connect() as c:
            document_id = c.execute(select(k.document_id).where(k.id == claim_id)).scalar()
        if document_id is None:
            raise NotFound(f"no claim {claim_id} in {self.path}")
        coded = next(self.coded([document_id]))
        return coded, next(claim for claim in coded.claims if claim.id == claim_id)

    def skipped_documents(self) -> list[SkippedDocument]:
        """All documents that were skipped, by address."""
        s = schema.skipped.c
        with self.engine.connect() as c:
            return [
                SkippedDocument(row.address, Skipped(row.reason, row.detail), row.document_id, row.sha256)
                for row in c.execute(select(schema.skipped).order_by(s.address, s.reason))
            ]

    def is_exercise(self) -> bool:
        """Whether any document is marked as exercise data."""
        d = schema.documents.c
        with self.engine.connect() as c:
            return c.execute(select(d.n).where(d.is_exercise).limit(1)).first() is not None

    def addresses(self) -> dict[str, str]:
        """Where each document was found, by id."""
        d = schema.documents.c
        with self.engine.connect() as c:
            return {row.id: row.address for row in c.execute(select(d.id, d.address))}

    def resolution(self) -> Resolution:
        """What is known across documents, as of the last `vedette.growth.update`."""
        with self.engine.connect() as c:
            stories: dict[str, list[str]] = {}
            for row in c.execute(select(schema.stories)):
                stories.setdefault(row.story, []).append(row.document_id)
            copies = select(schema.copies).order_by(schema.copies.c.container, schema.copies.c.contained)
            origins = select(schema.origins).order_by(schema.origins.c.id)
            return Resolution(
                copies=tuple(rows.copy_of(*row) for row in c.execute(copies)),
                origins=tuple(Origin(row.id, row.origin, row.via) for row in c.execute(origins)),
                incidents=tuple(self._incidents(c)),
                stories=tuple(
                    sorted(
                        (Story(story, tuple(sorted(ids))) for story, ids in stories.items()), key=lambda s: s.members
                    )
                ),
            )

    def incidents(self, ids: Sequence[str]) -> list[Incident]:
        """Incidents by id; those that are not here are left out."""
        with self.engine.connect() as c:
            return self._incidents(c, ids)

    def parts_of(self, incident: str) -> list[Incident]:
        """Incidents that are part of this one, by id."""
        i = schema.incidents.c
        with self.engine.connect() as c:
            ids = c.execute(select(i.incident).where(i.part_of == incident)).scalars().all()
            return self._incidents(c, ids) if ids else []

    def _incidents(self, c: Connection, ids: Sequence[str] | None = None) -> list[Incident]:
        def of(column: Column[str], *order: Column[Any]) -> Any:
            query = select(column.table).order_by(column, *order)
            return c.execute(query if ids is None else query.where(column.in_(list(ids))))

        members: dict[str, list[Member]] = {}
        for row in of(schema.incident_members.c.incident):
            members.setdefault(row.incident, []).append(Member(row.document_id, row.claim_id))
        conflicts: dict[str, list[Conflict]] = {}
        for row in of(schema.conflicts.c.incident, schema.conflicts.c.n):
            conflicts.setdefault(row.incident, []).append(rows.conflict_of(row))
        possible: dict[str, list[Possible]] = {}
        for row in of(schema.incident_possible.c.incident):
            possible.setdefault(row.incident, []).append(Possible(row.other, row.score))
        for row in of(schema.incident_possible.c.other):
            possible.setdefault(row.other, []).append(Possible(row.incident, row.score))
        return [rows.incident_of(row, members, conflicts, possible) for row in of(schema.incidents.c.incident)]

    def search(self, words: str, *, limit: int = 100) -> list[str]:
        """Ids of documents whose title or text holds the words (SQLite's FTS5 syntax), best first.

        Raises:
            NotFound: the query cannot be understood.
        """
        query = text(
            "SELECT d.id FROM documents_fts f JOIN documents d ON d.n = f.rowid "
            "WHERE documents_fts MATCH :words ORDER BY rank LIMIT :limit"
        )
        quoted = " ".join('"' + word.replace('"', '""') + '"' for word in words.split())
        with self.engine.connect() as c:
            return list(c.execute(query, {"words": quoted, "limit": limit}).scalars())


def now() -> datetime:
    """The time of our run, UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)
