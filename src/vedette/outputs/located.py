"""Places of a text as lines, JSON or GeoJSON: what each name may mean and why.

A country or region is never given as a point.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from vedette.records import Located, Place

__all__ = ["feature", "feature_collection", "lines"]

COARSE = frozenset({"country", "region"})

Properties = dict[str, str | int | float | None]
Feature = dict[str, object]


def feature(place: Place) -> Feature:
    """A place as a GeoJSON Feature (RFC 7946); its geometry is null where it is unknown, a country or a region."""
    known = place.lat is not None and place.lon is not None and place.precision not in COARSE
    properties: Properties = {
        "mention": place.mention,
        "name": place.name,
        "start": place.span.start,
        "end": place.span.end,
        "country": place.country,
        "admin1": place.admin1,
        "admin2": place.admin2,
        "geonameid": place.geonameid,
        "precision": place.precision,
        "confidence": place.confidence,
    }
    geometry = {"type": "Point", "coordinates": [place.lon, place.lat]} if known else None
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def feature_collection(places: Iterable[Place]) -> bytes:
    """Places as a GeoJSON FeatureCollection."""
    return msgspec.json.encode({"type": "FeatureCollection", "features": [feature(p) for p in places]})


def lines(located: Iterable[Located]) -> Iterator[str]:
    """A line for each name, and one for each thing it may mean with its score and what speaks for it."""
    for found in located:
        place = found.place
        where = f"[{place.span.start}:{place.span.end}] {place.mention}"
        if not found.readings:
            yield f"{where}: in no gazetteer"
            continue
        yield f"{where}: {_said(place)}, confidence {place.confidence:.2f}"
        for reading in found.readings:
            reasons = ", ".join(f"{name} {value:+.2f}" for name, value in reading.reasons.items())
            yield f"    {reading.score:5.2f}  {_said(reading.place)} ({reasons})"


def _said(place: Place) -> str:
    held = [x for x in (place.name, place.admin2, place.admin1, place.country) if x]
    parts = [x for k, x in enumerate(held) if x not in held[:k]]
    line = f", end of the {place.line.kind} {place.line.start or '?'}-{place.line.end or '?'}" if place.line else ""
    point = f" {place.lat:.2f} {place.lon:.2f}" if place.lat is not None and place.lon is not None else ""
    return f"{', '.join(parts)}: {place.precision}{point}{line}"
