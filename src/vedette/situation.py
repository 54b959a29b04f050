"""What the report says of hotspots and trends: of which streams, by which cells and periods."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from vedette.analysis.hotspot_records import HotspotReport
from vedette.analysis.trends import TrendReport
from vedette.hotspot_runs import HotspotQuery, hotspots
from vedette.known import Known
from vedette.records import Coded, Resolution
from vedette.resolution.origins import claim_origins
from vedette.trend_runs import TrendQuery, trends

__all__ = ["find_turns"]

# Reports over longer than this are counted by month: of two years of weeks a small drawing shows each.
MOST_DAYS_BY_WEEK = 2 * 366


def find_turns(coded: Sequence[Coded], resolution: Resolution) -> tuple[HotspotReport, tuple[TrendReport, ...]]:
    """Return hotspots of violence by province, and trends of violence by province and of everything by type.

    By week, of reports over more than two years by month. Actors and speakers are left to `vedette trends`: they are
    many, and few of each.
    """
    known = Known(coded, resolution, claim_origins(coded, resolution.copies, resolution.origins))
    days = [c.published for c in coded if c.published]
    is_long = bool(days) and (max(days) - min(days)).days > MOST_DAYS_BY_WEEK
    unit: Literal["week", "month"] = "month" if is_long else "week"
    found = hotspots(known, HotspotQuery(time_unit=unit))
    return found, (
        trends(known, TrendQuery(by="place", time_unit=unit)),
        trends(known, TrendQuery(by="type", time_unit=unit)),
    )
