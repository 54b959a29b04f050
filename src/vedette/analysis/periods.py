"""The study's time in periods (days, weeks, months, years), and exposure summed over them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

__all__ = ["MEAN_DAYS", "Unit", "count_periods", "edges_of", "exposure_days", "longest_periods"]

Unit = Literal["day", "week", "month", "year"]
WEEK = 7
# Mean lengths in days of the Gregorian calendar.
MEAN_DAYS = {"day": 1.0, "week": 7.0, "month": 30.436875, "year": 365.2425}

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def edges_of(days: Sequence[date], unit: Unit) -> Ints:
    """Return the ordinals at which periods begin, and last the one at which the last ends: ``(n_periods + 1,)``.

    Period i is the days ``[edges[i], edges[i + 1])``; all `days` (one at least) lie within.

    - Weeks end on the last of the days, so that the last week is whole; the first may be short. Where all days are
      one weekday, they are taken for the first days of weeks (a weekly table).
    - Months and years are those of the calendar, the first and the last taken as whole.
    """
    first, last = min(days), max(days)
    if unit == "day":
        return np.arange(first.toordinal(), last.toordinal() + 2)
    if unit == "week":
        if first != last and len({d.weekday() for d in days}) == 1:
            return np.arange(first.toordinal(), last.toordinal() + WEEK + 1, WEEK)
        back = np.arange(last.toordinal() + 1, first.toordinal() - WEEK, -WEEK)[::-1]
        return np.maximum(back, first.toordinal())
    starts = range(first.year * 12 + first.month - 1, last.year * 12 + last.month + 1)
    if unit == "year":
        starts = range(first.year * 12, last.year * 12 + 13, 12)
    return np.array([_month_start(n) for n in starts])


def count_periods(first: date, last: date, unit: Unit) -> int:
    """About how many periods lie between two days; cheap, to refuse a study that is too long."""
    return int((last.toordinal() - first.toordinal()) / MEAN_DAYS[unit]) + 1


def longest_periods(max_days: int, unit: Unit) -> int:
    """How many periods `max_days` hold: whole days and weeks; months and years by their mean length, rounded."""
    if unit in ("day", "week"):
        return max_days // int(MEAN_DAYS[unit])
    return round(max_days / MEAN_DAYS[unit])


def exposure_days(days: Sequence[int], values: Sequence[float], edges: Ints) -> Floats:
    """Return population times days of each period, of a population known on some days (ordinals, any order).

    Between two days it is interpolated, before the first and after the last it stays: so does SaTScan. Of a day
    given twice the values are added.
    """
    at, place = np.unique(np.asarray(days, dtype=np.float64), return_inverse=True)
    known = np.bincount(place, weights=np.asarray(values, dtype=np.float64))
    inside = at[(at > edges[0]) & (at < edges[-1])]
    knots = np.union1d(edges.astype(np.float64), inside)
    heights = np.interp(knots, at, known)
    areas = np.append(0.0, np.cumsum(np.diff(knots) * (heights[1:] + heights[:-1]) / 2))
    return np.diff(areas[np.searchsorted(knots, edges)])


def _month_start(n: int) -> int:
    """Ordinal of the first day of month `n`, counted from January of year 0; after the year 9999 the day after it."""
    year, month = divmod(n, 12)
    return date(year, month + 1, 1).toordinal() if year <= date.max.year else date.max.toordinal() + 1
