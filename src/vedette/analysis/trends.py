"""Trends: is the latest period of a series out of line with the series' own past, and since when has it its level.

Series of counts by place, type, actor, speaker or stream, with the coverage beside them. Nothing is forecast: what
the past makes us expect of the latest period is there to be held against it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from vedette.analysis.change_points import steps_of
from vedette.analysis.predictive import Ahead, look_ahead
from vedette.analysis.significance import benjamini_hochberg

__all__ = ["BY", "By", "Change", "ChangePoint", "Counted", "Series", "TrendReport", "series_of"]

By = Literal["place", "type", "actor", "speaker", "stream"]
BY: tuple[By, ...] = ("place", "type", "actor", "speaker", "stream")
Exposure = Literal["time", "coverage"]
# Periods of the past with exposure below which nothing is said; with fewer even ten times the cases may be chance.
MIN_PAST = 8

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """The latest period against the series' own past, or the `reason` why that cannot be told (then all is None).

    `exposure`: what counts are taken to be proportional to: "time", the days of a period, or "coverage", its
    independent reports: then a rise in reporting alone is no change.
    `expected`: mean count that the past makes us expect; 95 % of such counts lie in ``[low, high]``.
    `ratio`: rate of the latest period over that of the past, with 95 % interval; None: no case in the past.
    `p`: two-sided probability of a count as far out, given the past; `q`: the false discovery rate at which it counts
    among all series of the report. `dispersion`: variance of a count of mean m is m + dispersion m². `n_past`:
    periods of the past that are used.
    """

    exposure: Exposure
    reason: str | None = None
    expected: float | None = None
    low: int | None = None
    high: int | None = None
    ratio: float | None = None
    ratio_low: float | None = None
    ratio_high: float | None = None
    p: float | None = None
    q: float | None = None
    dispersion: float | None = None
    n_past: int | None = None


class ChangePoint(msgspec.Struct, frozen=True):
    """A change of level: `start`, first day of the new one; `before`, `after`: cases in a period of usual length.

    `ratio`: after over before, with 95 % interval for a change on this day; None: no case on one side.
    """

    start: date
    period: int
    before: float
    after: float
    ratio: float | None
    ratio_low: float | None
    ratio_high: float | None


class Series(msgspec.Struct, frozen=True, kw_only=True):
    """One series: `counts` (incidents or what independent origins tell) and `coverage` (independent reports) by period.

    `by_time`, `by_coverage`: the latest period against the past, with either exposure. `change_points`: of the counts
    by time, oldest first; None where there are too few periods to look for any.
    """

    key: str
    name: str
    counts: tuple[int, ...]
    coverage: tuple[float, ...]
    by_time: Change
    by_coverage: Change
    change_points: tuple[ChangePoint, ...] | None


class TrendReport(msgspec.Struct, frozen=True, kw_only=True):
    """Series by what is out of line most, then by cases.

    `starts`: first days of periods; `end`: last day of the study; `days`: length of each within the study. `stream`:
    what is counted, None: by stream each its own. `left_out`: how many units stand in no series, by reason.
    `too_few`: why nothing can be told of any series.
    """

    by: By
    stream: str | None
    time_unit: str
    starts: tuple[date, ...]
    end: date | None
    days: tuple[int, ...]
    series: tuple[Series, ...]
    n_documents: int
    n_units: int
    left_out: dict[str, int]
    too_few: str | None = None


class Counted(NamedTuple):
    """Counts to be held against their past: `counts` and `coverage` ``(n_series, n_periods)``, `starts` the ordinals
    of the first days of periods and `days` their lengths within the study, ``(n_periods,)``."""

    keys: Sequence[str]
    names: Sequence[str]
    counts: Ints
    coverage: Floats
    starts: Ints
    days: Ints


def series_of(counted: Counted) -> tuple[Series, ...]:
    """Return the series that have a case, those most out of line first.

    The false discovery rate of Benjamini and Hochberg is held over the series with enough past, for each exposure by
    itself.
    """
    if not counted.counts.any():
        return ()
    kept = np.flatnonzero(counted.counts.any(axis=1))
    counts, coverage = counted.counts[kept], counted.coverage[kept]
    time = np.broadcast_to(counted.days.astype(np.float64), counts.shape)
    by_time, by_coverage = _changes(counts, time, "time"), _changes(counts, coverage, "coverage")
    made = [
        Series(
            key=counted.keys[k],
            name=counted.names[k],
            counts=tuple(map(int, counts[i])),
            coverage=tuple(map(float, coverage[i])),
            by_time=by_time[i],
            by_coverage=by_coverage[i],
            change_points=_change_points(counts[i], counted),
        )
        for i, k in enumerate(kept.tolist())
    ]
    return tuple(sorted(made, key=lambda s: (1.0 if s.by_time.p is None else s.by_time.p, -sum(s.counts), s.key)))


def _changes(counts: Ints, exposure: Floats, kind: Exposure) -> list[Change]:
    n_past = (exposure[:, :-1] > 0).sum(axis=1)
    reasons = [_reason(int(n), float(last), kind) for n, last in zip(n_past, exposure[:, -1], strict=True)]
    told = np.array([i for i, reason in enumerate(reasons) if reason is None], dtype=np.int64)
    made = [Change(exposure=kind, reason=reason) for reason in reasons]
    if not len(told):
        return made
    ahead = look_ahead(counts[told], exposure[told])
    q = benjamini_hochberg(ahead.p)
    for i, at in enumerate(told.tolist()):
        made[at] = _change(ahead, float(q[i]), i, int(n_past[at]), kind)
    return made


def _reason(n_past: int, last: float, kind: Exposure) -> str | None:
    if last <= 0:
        return "no report of it in the latest period"
    if n_past < MIN_PAST:
        what = "with reports of it " if kind == "coverage" else ""
        return f"too few data: {n_past} periods {what}before the latest, {MIN_PAST} are needed"
    return None


def _change(ahead: Ahead, q: float, i: int, n_past: int, kind: Exposure) -> Change:
    ratio = float(ahead.ratio[i])
    is_known = math.isfinite(ratio)
    return Change(
        exposure=kind,
        expected=float(ahead.expected[i]),
        low=int(ahead.low[i]),
        high=int(ahead.high[i]),
        ratio=ratio if is_known else None,
        ratio_low=float(ahead.ratio_low[i]) if is_known else None,
        ratio_high=float(ahead.ratio_high[i]) if is_known else None,
        p=float(ahead.p[i]),
        q=q,
        dispersion=float(ahead.dispersion[i]),
        n_past=n_past,
    )


def _change_points(counts: Ints, counted: Counted) -> tuple[ChangePoint, ...] | None:
    if len(counts) <= MIN_PAST:
        return None
    usual = float(np.median(counted.days))
    return tuple(
        ChangePoint(
            start=date.fromordinal(int(counted.starts[step.at])),
            period=step.at,
            before=step.before * usual,
            after=step.after * usual,
            ratio=step.ratio,
            ratio_low=step.ratio_low,
            ratio_high=step.ratio_high,
        )
        for step in steps_of(counts, counted.days.astype(np.float64))
    )
