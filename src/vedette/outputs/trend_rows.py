"""Trends as flat rows: series, counts by period, change points."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

from vedette.analysis.trends import Change, TrendReport

__all__ = ["TREND_SCHEMAS", "TrendTable", "trend_rows"]

TrendTable = Literal["series", "periods", "change_points"]
Cell = str | int | float | date | None

CHANGE: dict[str, type] = {
    "expected": float, "low": int, "high": int, "ratio": float, "ratio_low": float, "ratio_high": float, "p": float,
    "q": float, "dispersion": float, "n_past": int, "reason": str,
}  # fmt: skip
TREND_SCHEMAS: dict[TrendTable, dict[str, type]] = {
    "series": {
        "key": str, "name": str, "count": int, "latest": int, "latest_coverage": float,
        **CHANGE, **{f"coverage_{name}": kind for name, kind in CHANGE.items()},
    },
    "periods": {"key": str, "name": str, "period": date, "days": int, "count": int, "coverage": float},
    "change_points": {
        "key": str, "name": str, "start": date, "before": float, "after": float, "ratio": float, "ratio_low": float,
        "ratio_high": float,
    },
}  # fmt: skip


def trend_rows(found: TrendReport, table: TrendTable) -> Iterator[dict[str, Cell]]:
    """Rows of a table: "series" one each, "periods" one a series and period, "change_points" one each.

    Of "series" the columns of the latest period against the past by time stand bare, those by coverage with
    "coverage_" before them.
    """
    for series in found.series:
        head: dict[str, Cell] = {"key": series.key, "name": series.name}
        if table == "series":
            yield {
                **head, "count": sum(series.counts), "latest": series.counts[-1],
                "latest_coverage": series.coverage[-1], **_cells(series.by_time, ""),
                **_cells(series.by_coverage, "coverage_"),
            }  # fmt: skip
        elif table == "periods":
            for start, days, count, coverage in zip(
                found.starts, found.days, series.counts, series.coverage, strict=True
            ):
                yield {**head, "period": start, "days": days, "count": count, "coverage": coverage}
        else:
            for point in series.change_points or ():
                yield {
                    **head, "start": point.start, "before": point.before, "after": point.after, "ratio": point.ratio,
                    "ratio_low": point.ratio_low, "ratio_high": point.ratio_high,
                }  # fmt: skip


def _cells(change: Change, prefix: str) -> dict[str, Cell]:
    return {prefix + name: getattr(change, name) for name in CHANGE}
