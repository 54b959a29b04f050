"""Cells of a hotspot report as GeoJSON: hexagons as polygons, provinces, of which no borders are at hand, as points."""

from __future__ import annotations

import msgspec

from vedette.analysis.cells import outline_of
from vedette.analysis.hotspot_records import HotCell, HotspotReport

__all__ = ["feature_collection"]


def feature_collection(found: HotspotReport) -> str:
    """Return a GeoJSON FeatureCollection (RFC 7946), a feature a cell; empty where the data were too few."""
    by_hexagon = found.cells_by != "admin1"
    features = [_feature(cell, by_hexagon) for cell in found.cells]
    return msgspec.json.encode({"type": "FeatureCollection", "features": features}).decode() + "\n"


def _feature(cell: HotCell, by_hexagon: bool) -> dict[str, object]:
    geometry: dict[str, object] = {"type": "Point", "coordinates": [cell.lon, cell.lat]}
    if by_hexagon:
        geometry = {"type": "Polygon", "coordinates": [outline_of(cell.id)]}
    properties = msgspec.to_builtins(cell)
    del properties["lat"], properties["lon"]
    properties["zones"] = [f"{model} {number}" for model, number in cell.zones]
    return {"type": "Feature", "id": cell.id, "geometry": geometry, "properties": properties}
