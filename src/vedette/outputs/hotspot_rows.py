"""A hotspot report as flat rows: cells, bins (a cell in a period), and zones with their cells."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

from vedette.analysis.hotspot_records import HotspotReport

__all__ = ["HOTSPOT_SCHEMAS", "HotspotTable", "hotspot_rows"]

HotspotTable = Literal["cells", "bins", "zones"]
Cell = str | int | float | bool | date | None

HOTSPOT_SCHEMAS: dict[HotspotTable, dict[str, type]] = {
    "cells": {
        "cell": str, "name": str, "country": str, "lon": float, "lat": float, "pattern": str, "z": float,
        "is_hot": bool, "is_cold": bool, "trend_z": float, "trend_p": float, "count": float, "deaths": float,
        "coverage": float, "zones": str,
    },
    "bins": {"cell": str, "name": str, "period": date, "count": float, "deaths": float, "coverage": float},
    "zones": {
        "model": str, "zone": int, "start": date, "end": date, "p": float, "recurrence_days": float, "chance": str,
        "is_alarm": bool, "cell": str, "name": str, "observed": int, "expected": float, "relative_risk": float,
        "coverage": float, "usual_coverage": float, "claims": str,
    },
}  # fmt: skip


def hotspot_rows(found: HotspotReport, table: HotspotTable) -> Iterator[dict[str, Cell]]:
    """Rows of a table: "cells" one a cell, "bins" one a cell and period, "zones" one a zone and cell of it."""
    if table == "zones":
        yield from _zones(found)
        return
    for cell in found.cells:
        if table == "cells":
            yield {
                "cell": cell.id, "name": cell.name, "country": cell.country, "lon": cell.lon, "lat": cell.lat,
                "pattern": cell.pattern, "z": cell.z, "is_hot": cell.is_hot, "is_cold": cell.is_cold,
                "trend_z": cell.trend_z, "trend_p": cell.trend_p, "count": sum(cell.counts),
                "deaths": sum(cell.deaths), "coverage": sum(cell.coverage),
                "zones": "; ".join(f"{model} {number}" for model, number in cell.zones) or None,
            }  # fmt: skip
            continue
        for period, count, deaths, coverage in zip(found.periods, cell.counts, cell.deaths, cell.coverage, strict=True):
            yield {
                "cell": cell.id, "name": cell.name, "period": period, "count": count, "deaths": deaths,
                "coverage": coverage,
            }  # fmt: skip


def _zones(found: HotspotReport) -> Iterator[dict[str, Cell]]:
    for outcome in found.outcomes:
        for zone in outcome.zones:
            for cell in zone.cells:
                yield {
                    "model": outcome.model, "zone": zone.number, "start": zone.start, "end": zone.end, "p": zone.p,
                    "recurrence_days": zone.recurrence_days, "chance": zone.chance, "is_alarm": zone.is_alarm,
                    "cell": cell.cell, "name": cell.name, "observed": cell.observed, "expected": cell.expected,
                    "relative_risk": cell.relative_risk, "coverage": cell.coverage,
                    "usual_coverage": cell.usual_coverage, "claims": "; ".join(m.claim for m in cell.claims) or None,
                }  # fmt: skip
