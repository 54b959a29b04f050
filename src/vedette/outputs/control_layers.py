"""A control map as GeoJSON and as rows of a table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from vedette.analysis.control_map import ControlMap, PlaceControl

__all__ = ["control_geojson", "control_rows"]

Cell = str | int | float | bool | date | None


def control_geojson(found: ControlMap) -> bytes:
    """A FeatureCollection (RFC 7946), a feature a place with all that is told of it; unknown points are null."""
    features = [
        {
            "type": "Feature",
            "id": place.place,
            "geometry": None
            if place.lat is None or place.lon is None
            else {"type": "Point", "coordinates": [place.lon, place.lat]},
            "properties": place,
        }
        for place in found.places
    ]
    return msgspec.json.encode({"type": "FeatureCollection", "features": features})


def control_rows(found: ControlMap) -> Iterator[dict[str, Cell]]:
    """One row a place and state, the likeliest first."""
    for place in found.places:
        for state in sorted(place.distribution, key=lambda s: (-place.distribution[s], s)):
            yield _row(place, state)


def _row(place: PlaceControl, state: str) -> dict[str, Cell]:
    return {
        "place": place.place,
        "name": place.name,
        "level": place.level,
        "country": place.country,
        "admin1": place.admin1,
        "lon": place.lon,
        "lat": place.lat,
        "day": place.day,
        "state": state,
        "probability": place.distribution[state],
        "is_assessed": state == place.assessed,
        "words": place.words if state == place.assessed else None,
        "entropy": place.entropy,
        "last_evidence": place.last_evidence,
        "age_days": place.age_days,
        "n_origins": place.n_origins,
        "supporting": "; ".join(m.claim for m in place.supporting) or None,
        "opposing": "; ".join(m.claim for m in place.opposing) or None,
    }
