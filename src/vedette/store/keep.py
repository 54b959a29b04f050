"""The store: one transaction a document, the same input gives the same rows.

`Store.keep` replaces what an older coder found in a document and leaves alone what the same coder found before, so a
run that was killed goes on where it stopped.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

import msgspec
from sqlalchemy import Column, Connection, Engine, Table, delete, func, insert, select, text, update

from vedette.errors import NotFound
from vedette.records import (
    Claim,
    Coded,
    Conflict,
    Copy,
    Count,
    Document,
    Incident,
    Member,
    Origin,
    Resolution,
    Skipped,
    SkippedDocument,
    Span,
    Story,
)
from vedette.store import schema
from vedette.store.sqlite import WriterLock, migrate, open_engine

__all__ = ["Store", "open_store"]

Row = dict[str, Any]


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
            c.execute(insert(schema.documents).values(_document_row(document, coded, coder, at, is_exercise)))
            _write(c, schema.segments, (_segment_row(coded, n) for n in range(len(coded.segments))))
            _write(c, schema.attributions, _attribution_rows(coded))
            _write(c, schema.claims, (_claim_row(coded.id, claim) for claim in coded.claims))
            _write(c, schema.claim_actors, _actor_rows(coded.claims))
            _write(c, schema.claim_places, _place_rows(coded.claims))
            _write(c, schema.designations, _designation_rows(coded))
        return True

    def skip(self, skipped: SkippedDocument, *, at: datetime) -> None:
        """Note a document that could not be used, once for each address and reason."""
        s = schema.skipped.c
        address, detail = _plain(skipped.address), _plain(skipped.skipped.detail)
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

    def keep_resolution(self, resolution: Resolution) -> None:
        """Replace what is known across documents, in one transaction."""
        with self.engine.begin() as c:
            for table in (
                schema.conflicts,
                schema.incident_members,
                schema.incidents,
                schema.copies,
                schema.origins,
                schema.stories,
            ):
                c.execute(delete(table))
            _write(
                c,
                schema.copies,
                (
                    {
                        **msgspec.structs.asdict(x),
                        "spans": msgspec.json.encode(x.spans).decode(),
                        "contained_spans": msgspec.json.encode(x.contained_spans).decode(),
                    }
                    for x in resolution.copies
                ),
            )
            _write(c, schema.origins, map(msgspec.structs.asdict, resolution.origins))
            _write(
                c,
                schema.incidents,
                (
                    {key: getattr(i, key) for key in ("incident", "n_documents", "n_outlets", "n_origins")}
                    for i in resolution.incidents
                ),
            )
            _write(
                c,
                schema.incident_members,
                (
                    {"incident": i.incident, "document_id": m.id, "claim_id": m.claim}
                    for i in resolution.incidents
                    for m in i.members
                ),
            )
            _write(
                c,
                schema.conflicts,
                (
                    {
                        "incident": i.incident,
                        "n": n,
                        "kind": x.kind,
                        "says": json.dumps(x.says, ensure_ascii=False),
                        "sides": msgspec.json.encode(x.sides).decode(),
                    }
                    for i in resolution.incidents
                    for n, x in enumerate(i.conflicts)
                ),
            )
            _write(
                c,
                schema.stories,
                ({"story": s.story, "document_id": m} for s in resolution.stories for m in s.members),
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
                yield _whole(blob, words)

    def find(self, id: str) -> tuple[Literal["claim", "incident", "document"], str]:
        """Return what an id, or a beginning of it that only one thing has, belongs to, and the whole id.

        Raises:
            NotFound: nothing, or more than one thing, has this id.
        """
        columns: tuple[tuple[Literal["claim", "incident", "document"], Column[str]], ...] = (
            ("claim", schema.claims.c.id),
            ("incident", schema.incidents.c.incident),
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
        if found:
            raise NotFound(f"more than one thing in {self.path} begins with {id!r}: give more of its id")
        raise NotFound(
            f"nothing in {self.path} has the id {id!r}: `vedette export claims --db {self.path}` lists claims"
        )

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
        """What `keep_resolution` wrote last."""
        with self.engine.connect() as c:
            members: dict[str, list[Member]] = {}
            for row in c.execute(select(schema.incident_members)):
                members.setdefault(row.incident, []).append(Member(row.document_id, row.claim_id))
            conflicts: dict[str, list[Conflict]] = {}
            for row in c.execute(select(schema.conflicts).order_by(schema.conflicts.c.n)):
                sides = msgspec.json.decode(row.sides, type=tuple[tuple[Member, ...], ...])
                conflicts.setdefault(row.incident, []).append(Conflict(row.kind, tuple(json.loads(row.says)), sides))
            stories: dict[str, list[str]] = {}
            for row in c.execute(select(schema.stories)):
                stories.setdefault(row.story, []).append(row.document_id)
            return Resolution(
                copies=tuple(
                    Copy(
                        row.container,
                        row.contained,
                        row.containment,
                        msgspec.json.decode(row.spans, type=tuple[Span, ...]),
                        msgspec.json.decode(row.contained_spans, type=tuple[Span, ...]),
                        row.kind,
                        row.derived,
                        row.basis,
                    )
                    for row in c.execute(select(schema.copies))
                ),
                origins=tuple(Origin(row.id, row.origin, row.via) for row in c.execute(select(schema.origins))),
                incidents=tuple(
                    Incident(
                        row.incident,
                        tuple(sorted(members.get(row.incident, ()))),
                        row.n_documents,
                        row.n_outlets,
                        row.n_origins,
                        tuple(conflicts.get(row.incident, ())),
                    )
                    for row in c.execute(select(schema.incidents))
                ),
                stories=tuple(Story(story, tuple(sorted(ids))) for story, ids in stories.items()),
            )

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


def _write(connection: Connection, table: Table, rows: Iterable[Row]) -> None:
    listed = list(rows)
    if listed:
        connection.execute(insert(table), listed)


def _plain(words: str) -> str:
    """Text that UTF-8 can hold: lone surrogates as question marks."""
    return words.encode("utf-8", errors="replace").decode("utf-8")


def _whole(blob: bytes, words: str) -> Coded:
    return msgspec.structs.replace(msgspec.json.decode(blob, type=Coded), text=words)


def _document_row(document: Document, coded: Coded, coder: str, at: datetime, is_exercise: bool) -> Row:
    return {
        "id": document.id,
        "address": _plain(document.address),
        "url": document.url,
        "title": document.title,
        "outlet": document.outlet,
        "byline": coded.byline or document.byline,
        "published": document.published,
        "language": coded.language,
        "format": document.format,
        "encoding": document.encoding,
        "sha256": document.sha256,
        "first_appearance": coded.first_appearance,
        "is_exercise": is_exercise,
        "text": coded.text,
        "coded": msgspec.json.encode(msgspec.structs.replace(coded, text="")),
        "coder": coder,
        "coded_at": at,
    }


def _segment_row(coded: Coded, n: int) -> Row:
    segment = coded.segments[n]
    return {
        "document_id": coded.id,
        "n": n,
        "kind": segment.kind,
        "start": segment.span.start,
        "end": segment.span.end,
    }


def _attribution_rows(coded: Coded) -> Iterator[Row]:
    for a in coded.attributions:
        spans = a.content.spans or a.cue.spans
        yield {
            "document_id": coded.id,
            "id": a.id,
            "speaker": a.speaker.mention,
            "speaker_name": a.speaker.name,
            "speaker_role": a.speaker.role,
            "speaker_organization": a.speaker.organization,
            "speaker_country": a.speaker.country,
            "speaker_kind": a.speaker.kind,
            "cue": a.cue.lemma,
            "stance": a.cue.stance,
            "quotation": a.quotation,
            "within": a.within,
            "start": min((s.start for s in spans), default=None),
            "end": max((s.end for s in spans), default=None),
        }


def _count_columns(name: str, count: Count | None) -> Row:
    return {f"{name}_{key}": getattr(count, key) if count else None for key in ("low", "best", "high")}


def _claim_row(document_id: str, claim: Claim) -> Row:
    same = (
        "id", "kind", "event_type", "mode", "quad", "cameo", "intensity", "state", "modality", "certainty",
        "confidence", "measure", "coder",
    )  # fmt: skip
    when = claim.when
    return {
        **{key: getattr(claim, key) for key in same},
        "document_id": document_id,
        "contexts": ",".join(claim.contexts) or None,
        "attribution_id": claim.attribution,
        "when_start": when.start if when else None,
        "when_end": when.end if when else None,
        "when_precision": when.precision if when else None,
        "when_basis": when.basis if when else None,
        **_count_columns("deaths", claim.deaths),
        **_count_columns("injured", claim.injured),
        **_count_columns("share", claim.share),
        "figure_best": claim.figure.best if claim.figure else None,
        "start": claim.evidence.start,
        "end": claim.evidence.end,
    }


def _actor_rows(claims: Iterable[Claim]) -> Iterator[Row]:
    for claim in claims:
        for role, actors in (("actor", claim.actors), ("recipient", claim.recipients)):
            for n, actor in enumerate(actors):
                yield {
                    "claim_id": claim.id,
                    "role": role,
                    "n": n,
                    "mention": actor.mention,
                    "name": actor.name,
                    "code": actor.code,
                    "country": actor.country,
                    "sectors": ",".join(actor.sectors) or None,
                    "basis": actor.basis,
                }


def _place_rows(claims: Iterable[Claim]) -> Iterator[Row]:
    same = (
        "mention", "name", "lon", "lat", "country", "admin1", "admin2", "geonameid", "precision", "confidence", "basis"
    )  # fmt: skip
    for claim in claims:
        for n, place in enumerate(claim.places):
            yield {"claim_id": claim.id, "n": n, **{key: getattr(place, key) for key in same}}


def _designation_rows(coded: Coded) -> Iterator[Row]:
    for n, d in enumerate(coded.designations):
        yield {
            "document_id": coded.id,
            "n": n,
            "mention": d.actor.mention,
            "name": d.actor.name,
            "code": d.actor.code,
            "label": d.label,
            "by": d.by,
            "start": d.span.start,
            "end": d.span.end,
        }
