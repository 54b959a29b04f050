"""Claims, events and documents as rows, frames and files.

The only module that imports Polars. One row a claim; the columns are listed in docs/reference/tables.md. A country or
region is never given as a point.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import IO, Literal

import msgspec
import polars as pl

from vedette.analysis.control_map import ControlMap
from vedette.analysis.hotspot_records import HotspotReport
from vedette.analysis.trends import TrendReport
from vedette.errors import InputError
from vedette.outputs.control_layers import control_rows
from vedette.outputs.hotspot_rows import HOTSPOT_SCHEMAS, HotspotTable, hotspot_rows
from vedette.outputs.trend_rows import TREND_SCHEMAS, TrendTable, trend_rows
from vedette.records import Actor, Attribution, Claim, Coded, Count, Origin, Place

__all__ = [
    "FORMATS",
    "TABLES",
    "Format",
    "Frame",
    "Table",
    "claim_rows",
    "control_frame",
    "document_rows",
    "frame",
    "hotspot_frame",
    "trend_frame",
    "write_table",
]

Frame = pl.DataFrame
Cell = str | int | float | bool | date | None
Row = dict[str, Cell]
Table = Literal["claims", "events", "documents"]
Format = Literal["csv", "parquet", "geojson", "jsonl"]

TABLES: tuple[Table, ...] = ("claims", "events", "documents")
FORMATS: tuple[Format, ...] = ("csv", "parquet", "geojson", "jsonl")
COARSE = frozenset({"country", "region"})

CLAIM_SCHEMA: dict[str, pl.DataType] = {
    "id": pl.String(),
    "document_id": pl.String(),
    "outlet": pl.String(),
    "published": pl.Date(),
    "title": pl.String(),
    "url": pl.String(),
    "kind": pl.String(),
    "event_type": pl.String(),
    "mode": pl.String(),
    "contexts": pl.String(),
    "quad": pl.Int64(),
    "cameo": pl.String(),
    "intensity": pl.Float64(),
    "state": pl.String(),
    "actor": pl.String(),
    "actor_name": pl.String(),
    "actor_code": pl.String(),
    "actor_country": pl.String(),
    "actor_basis": pl.String(),
    "recipient": pl.String(),
    "recipient_name": pl.String(),
    "recipient_code": pl.String(),
    "recipient_country": pl.String(),
    "recipient_basis": pl.String(),
    "place": pl.String(),
    "lon": pl.Float64(),
    "lat": pl.Float64(),
    "place_country": pl.String(),
    "admin1": pl.String(),
    "geonameid": pl.Int64(),
    "place_precision": pl.String(),
    "place_basis": pl.String(),
    "place_line": pl.String(),
    "place_confidence": pl.Float64(),
    "when_start": pl.Date(),
    "when_end": pl.Date(),
    "when_precision": pl.String(),
    "when_basis": pl.String(),
    "deaths_low": pl.Float64(),
    "deaths_best": pl.Float64(),
    "deaths_high": pl.Float64(),
    "injured_low": pl.Float64(),
    "injured_best": pl.Float64(),
    "injured_high": pl.Float64(),
    "share_low": pl.Float64(),
    "share_best": pl.Float64(),
    "share_high": pl.Float64(),
    "measure": pl.String(),
    "figure": pl.Float64(),
    "speaker": pl.String(),
    "speaker_name": pl.String(),
    "speaker_role": pl.String(),
    "speaker_organization": pl.String(),
    "speaker_country": pl.String(),
    "speaker_kind": pl.String(),
    "cue": pl.String(),
    "stance": pl.String(),
    "quotation": pl.String(),
    "speaker_party": pl.String(),
    "speaker_to_actor": pl.String(),
    "speaker_to_recipient": pl.String(),
    "interest": pl.String(),
    "interest_reason": pl.String(),
    "modality": pl.String(),
    "certainty": pl.Float64(),
    "confidence": pl.Float64(),
    "trigger": pl.String(),
    "evidence": pl.String(),
    "evidence_start": pl.Int64(),
    "evidence_end": pl.Int64(),
    "coder": pl.String(),
}

DOCUMENT_SCHEMA: dict[str, pl.DataType] = {
    "id": pl.String(),
    "outlet": pl.String(),
    "published": pl.Date(),
    "title": pl.String(),
    "byline": pl.String(),
    "url": pl.String(),
    "language": pl.String(),
    "first_appearance": pl.String(),
    "origin": pl.String(),
    "origin_via": pl.String(),
    "n_characters": pl.Int64(),
    "n_attributions": pl.Int64(),
    "n_claims": pl.Int64(),
    "text": pl.String(),
}

CONTROL_SCHEMA: dict[str, pl.DataType] = {
    "place": pl.String(),
    "name": pl.String(),
    "level": pl.String(),
    "country": pl.String(),
    "admin1": pl.String(),
    "lon": pl.Float64(),
    "lat": pl.Float64(),
    "day": pl.Date(),
    "state": pl.String(),
    "probability": pl.Float64(),
    "is_assessed": pl.Boolean(),
    "words": pl.String(),
    "entropy": pl.Float64(),
    "last_evidence": pl.Date(),
    "age_days": pl.Int64(),
    "n_origins": pl.Int64(),
    "supporting": pl.String(),
    "opposing": pl.String(),
}


def control_frame(found: ControlMap) -> pl.DataFrame:
    """Return a control map as a Polars frame: one row a place and state, with the same columns also when empty."""
    return pl.DataFrame(list(control_rows(found)), schema=CONTROL_SCHEMA)


def frame(coded: Iterable[Coded], table: Table, origins: Iterable[Origin] = ()) -> pl.DataFrame:
    """Return a table of coded documents as a Polars frame, with the same columns also when it is empty.

    `.to_pandas()` of it gives a pandas frame (extra `pandas`).

    Raises:
        InputError: there is no such table.
    """
    if table not in TABLES:
        raise InputError(f"there is no table {table!r}, but {', '.join(TABLES)}")
    if table == "documents":
        return pl.DataFrame(list(document_rows(coded, origins)), schema=DOCUMENT_SCHEMA)
    rows = (row for row in claim_rows(coded) if table == "claims" or row["kind"] == "event")
    return pl.DataFrame(list(rows), schema=CLAIM_SCHEMA)


def hotspot_frame(found: HotspotReport, table: HotspotTable) -> pl.DataFrame:
    """Return "cells", "bins" or "zones" of a hotspot report as a Polars frame; docs/reference/tables.md lists columns.

    Raises:
        InputError: there is no such table.
    """
    if table not in HOTSPOT_SCHEMAS:
        raise InputError(f"there is no table {table!r}, but {', '.join(HOTSPOT_SCHEMAS)}")
    return pl.DataFrame(list(hotspot_rows(found, table)), schema=HOTSPOT_SCHEMAS[table])


def trend_frame(found: TrendReport, table: TrendTable) -> pl.DataFrame:
    """Return "series", "periods" or "change_points" of trends as a Polars frame; docs/method/trends.md lists columns.

    Raises:
        InputError: there is no such table.
    """
    if table not in TREND_SCHEMAS:
        raise InputError(f"there is no table {table!r}, but {', '.join(TREND_SCHEMAS)}")
    return pl.DataFrame(list(trend_rows(found, table)), schema=TREND_SCHEMAS[table])


def write_table(
    coded: Iterable[Coded], table: Table, fmt: Format, file: IO[bytes], origins: Iterable[Origin] = ()
) -> int:
    """Write a table to an open file and return the number of rows.

    Raises:
        InputError: documents have no place of their own, so there is no GeoJSON of them; or no such format.
    """
    if fmt not in FORMATS:
        raise InputError(f"there is no format {fmt!r}, but {', '.join(FORMATS)}")
    if fmt == "geojson":
        if table == "documents":
            raise InputError("documents have no places of their own: export claims or events as geojson")
        return _write_geojson(coded, table, file)
    made = frame(coded, table, origins)
    if fmt == "csv":
        made.write_csv(file)
    elif fmt == "parquet":
        made.write_parquet(file)
    else:
        made.write_ndjson(file)
    return made.height


def claim_rows(coded: Iterable[Coded]) -> Iterator[Row]:
    """One flat row a claim, with the columns of `CLAIM_SCHEMA`; several actors are joined by "; "."""
    for document in coded:
        attributions = {a.id: a for a in document.attributions}
        for claim in document.claims:
            yield _claim_row(document, claim, attributions.get(claim.attribution or ""))


def document_rows(coded: Iterable[Coded], origins: Iterable[Origin] = ()) -> Iterator[Row]:
    """One flat row a document, with the columns of `DOCUMENT_SCHEMA`."""
    origin_of = {origin.id: origin for origin in origins}
    for document in coded:
        origin = origin_of.get(document.id)
        yield {
            "id": document.id,
            "outlet": document.outlet,
            "published": document.published,
            "title": document.title,
            "byline": document.byline,
            "url": document.url,
            "language": document.language,
            "first_appearance": document.first_appearance,
            "origin": origin.origin if origin else None,
            "origin_via": origin.via if origin else None,
            "n_characters": len(document.text),
            "n_attributions": len(document.attributions),
            "n_claims": len(document.claims),
            "text": document.text,
        }


def _claim_row(document: Coded, claim: Claim, attribution: Attribution | None) -> Row:
    place = claim.places[0] if claim.places else None
    when = claim.when
    speaker = attribution.speaker if attribution else None
    interest = claim.interest
    return {
        "id": claim.id,
        "document_id": document.id,
        "outlet": document.outlet,
        "published": document.published,
        "title": document.title,
        "url": document.url,
        "kind": claim.kind,
        "event_type": claim.event_type,
        "mode": claim.mode,
        "contexts": "; ".join(claim.contexts) or None,
        "quad": claim.quad,
        "cameo": claim.cameo,
        "intensity": claim.intensity,
        "state": claim.state,
        **_actor_cells("actor", claim.actors),
        **_actor_cells("recipient", claim.recipients),
        **_place_cells(place),
        "when_start": when.start if when else None,
        "when_end": when.end if when else None,
        "when_precision": when.precision if when else None,
        "when_basis": when.basis if when else None,
        **_count_cells("deaths", claim.deaths),
        **_count_cells("injured", claim.injured),
        **_count_cells("share", claim.share),
        "measure": claim.measure,
        "figure": claim.figure.best if claim.figure else None,
        "speaker": speaker.mention if speaker else None,
        "speaker_name": speaker.name if speaker else None,
        "speaker_role": speaker.role if speaker else None,
        "speaker_organization": speaker.organization if speaker else None,
        "speaker_country": speaker.country if speaker else None,
        "speaker_kind": speaker.kind if speaker else None,
        "cue": attribution.cue.lemma if attribution else None,
        "stance": attribution.cue.stance if attribution else None,
        "quotation": attribution.quotation if attribution else None,
        "speaker_party": interest.party if interest else None,
        "speaker_to_actor": interest.actor if interest else None,
        "speaker_to_recipient": interest.recipient if interest else None,
        "interest": interest.kind if interest else None,
        "interest_reason": interest.reason if interest else None,
        "modality": claim.modality,
        "certainty": claim.certainty,
        "confidence": claim.confidence,
        "trigger": " ".join(span.of(document.text) for span in claim.trigger),
        "evidence": claim.evidence.of(document.text),
        "evidence_start": claim.evidence.start,
        "evidence_end": claim.evidence.end,
        "coder": claim.coder,
    }


def _joined(values: Iterable[str | None]) -> str | None:
    return "; ".join(value for value in values if value) or None


def _actor_cells(role: str, actors: tuple[Actor, ...]) -> Row:
    return {
        role: _joined(a.mention for a in actors),
        f"{role}_name": _joined(a.name for a in actors),
        f"{role}_code": _joined(a.code for a in actors),
        f"{role}_country": _joined(a.country for a in actors),
        f"{role}_basis": _joined(dict.fromkeys(a.basis for a in actors)),
    }


def _place_cells(place: Place | None) -> Row:
    if place is None:
        names = ("place", "lon", "lat", "place_country", "admin1", "geonameid")
        return dict.fromkeys((*names, "place_precision", "place_basis", "place_line", "place_confidence"))
    is_point = place.precision not in COARSE
    line = place.line
    return {
        "place": place.name or place.mention,
        "lon": place.lon if is_point else None,
        "lat": place.lat if is_point else None,
        "place_country": place.country,
        "admin1": place.admin1,
        "geonameid": place.geonameid,
        "place_precision": place.precision,
        "place_basis": place.basis,
        "place_line": f"{line.kind} {line.start or '?'} - {line.end or '?'}" if line else None,
        "place_confidence": place.confidence,
    }


def _count_cells(name: str, count: Count | None) -> Row:
    return {f"{name}_{key}": getattr(count, key) if count else None for key in ("low", "best", "high")}


def _write_geojson(coded: Iterable[Coded], table: Table, file: IO[bytes]) -> int:
    """A FeatureCollection (RFC 7946), written row by row; a road is a line, what has no point has a null geometry."""
    n = 0
    file.write(b'{"type": "FeatureCollection", "features": [')
    for document in coded:
        attributions = {a.id: a for a in document.attributions}
        for claim in document.claims:
            if table == "events" and claim.kind != "event":
                continue
            row = _claim_row(document, claim, attributions.get(claim.attribution or ""))
            del row["lon"], row["lat"]
            feature = {"type": "Feature", "id": claim.id, "geometry": _geometry(claim.places), "properties": row}
            file.write(b"\n" if n == 0 else b",\n")
            file.write(msgspec.json.encode(feature))
            n += 1
    file.write(b"\n]}\n")
    return n


def _geometry(places: Sequence[Place]) -> dict[str, object] | None:
    """The first place as a point; with the other end of its road as a line."""
    if not places or places[0].precision in COARSE or places[0].lon is None:
        return None
    first = places[0]
    ends = [p for p in places if p.line == first.line and p.precision not in COARSE and p.lon is not None]
    if first.line is not None and len(ends) > 1:
        return {"type": "LineString", "coordinates": [[p.lon, p.lat] for p in ends[:2]]}
    return {"type": "Point", "coordinates": [first.lon, first.lat]}
