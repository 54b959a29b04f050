"""Records as rows of the tables, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, insert

from vedette.records import Claim, Coded, Conflict, Copy, Count, Document, Incident, Member, Possible, Version
from vedette.store import schema

__all__ = [
    "actor_rows",
    "attribution_rows",
    "claim_row",
    "conflict_of",
    "copy_of",
    "copy_row",
    "designation_rows",
    "document_row",
    "incident_of",
    "place_rows",
    "plain",
    "segment_row",
    "whole",
    "write",
    "write_incidents",
]

Row = dict[str, Any]
# Of the incidents that may be the same as one, the likeliest are read.
MAX_POSSIBLE = 5


def write(connection: Connection, table: Table, rows: Iterable[Row]) -> None:
    listed = list(rows)
    if listed:
        connection.execute(insert(table), listed)


def plain(words: str) -> str:
    """Text that UTF-8 can hold: lone surrogates as question marks."""
    return words.encode("utf-8", errors="replace").decode("utf-8")


def whole(blob: bytes, words: str) -> Coded:
    return msgspec.structs.replace(msgspec.json.decode(blob, type=Coded), text=words)


def document_row(document: Document, coded: Coded, coder: str, at: datetime, is_exercise: bool) -> Row:
    return {
        "id": document.id,
        "address": plain(document.address),
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


def segment_row(coded: Coded, n: int) -> Row:
    segment = coded.segments[n]
    return {
        "document_id": coded.id,
        "n": n,
        "kind": segment.kind,
        "start": segment.span.start,
        "end": segment.span.end,
    }


def attribution_rows(coded: Coded) -> Iterator[Row]:
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


def claim_row(document_id: str, claim: Claim) -> Row:
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


def actor_rows(claims: Iterable[Claim]) -> Iterator[Row]:
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


def place_rows(claims: Iterable[Claim]) -> Iterator[Row]:
    same = (
        "mention", "name", "lon", "lat", "country", "admin1", "admin2", "geonameid", "precision", "confidence", "basis"
    )  # fmt: skip
    for claim in claims:
        for n, place in enumerate(claim.places):
            yield {"claim_id": claim.id, "n": n, **{key: getattr(place, key) for key in same}}


def designation_rows(coded: Coded) -> Iterator[Row]:
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


def copy_row(copy: Copy) -> Row:
    spans = {key: msgspec.json.encode(getattr(copy, key)).decode() for key in ("spans", "contained_spans")}
    return {**msgspec.structs.asdict(copy), **spans}


def copy_of(
    container: str,
    contained: str,
    containment: float,
    spans: str,
    contained_spans: str,
    kind: str,
    derived: str | None,
    basis: str | None,
) -> Copy:
    """A copy from the columns of its row."""
    row = {
        "container": container, "contained": contained, "containment": containment, "kind": kind, "derived": derived,
        "basis": basis, "spans": msgspec.json.decode(spans), "contained_spans": msgspec.json.decode(contained_spans),
    }  # fmt: skip
    return msgspec.convert(row, Copy)


def write_incidents(connection: Connection, incidents: Sequence[Incident]) -> None:
    """Write incidents with their members and conflicts; pairs that are possibly one are written apart."""
    same = ("incident", "n_documents", "n_outlets", "n_origins", "part_of", "modality", "first_report")
    write(
        connection,
        schema.incidents,
        ({**{key: getattr(i, key) for key in same}, "versions": msgspec.json.encode(i.versions)} for i in incidents),
    )
    write(
        connection,
        schema.incident_members,
        ({"incident": i.incident, "document_id": m.id, "claim_id": m.claim} for i in incidents for m in i.members),
    )
    write(
        connection,
        schema.conflicts,
        (
            {
                "incident": i.incident,
                "n": n,
                "kind": x.kind,
                "says": json.dumps(x.says, ensure_ascii=False),
                "sides": msgspec.json.encode(x.sides).decode(),
            }
            for i in incidents
            for n, x in enumerate(i.conflicts)
        ),
    )


def conflict_of(row: Any) -> Conflict:
    """A conflict from its row."""
    sides = msgspec.json.decode(row.sides, type=tuple[tuple[Member, ...], ...])
    return Conflict(row.kind, tuple(json.loads(row.says)), sides)


def incident_of(
    row: Any,
    members: Mapping[str, Sequence[Member]],
    conflicts: Mapping[str, Sequence[Conflict]],
    possible: Mapping[str, Sequence[Possible]],
) -> Incident:
    """An incident from its row and those of other tables, by its id."""
    id = row.incident
    return Incident(
        incident=id,
        members=tuple(sorted(members.get(id, ()))),
        n_documents=row.n_documents,
        n_outlets=row.n_outlets,
        n_origins=row.n_origins,
        conflicts=tuple(conflicts.get(id, ())),
        part_of=row.part_of,
        modality=row.modality,
        first_report=row.first_report,
        versions=msgspec.json.decode(row.versions or b"[]", type=tuple[Version, ...]),
        possible=tuple(sorted(possible.get(id, ()), key=lambda p: (-p.score, p.incident))[:MAX_POSSIBLE]),
    )
