"""Units of streams counted by place, type, actor, speaker or stream in periods, with the coverage beside them.

A unit stands in the period in which its days begin; one without a day, or with more days than two periods hold, is
left out for a reason that is counted. A unit of several types, actors or speakers counts once for each.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vedette.analysis.known import Known
from vedette.analysis.periods import MEAN_DAYS
from vedette.analysis.streams import Stream, Unit, current_documents, label_of, units_of
from vedette.analysis.tallies import MOST_PERIODS, Layout, Tally, tally
from vedette.analysis.trends import By, Counted, TrendReport, series_of
from vedette.records import Actor, Attribution, Coded, Member, Resolution, When

__all__ = ["find_trends"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Names = Mapping[str, str]


class _Time(NamedTuple):
    """Periods: `edges` as in `Tally`; `since`, `until`: ordinals of the first and last day of the study."""

    edges: Ints
    since: int
    until: int
    most_days: float

    @property
    def days(self) -> Ints:
        """Lengths of the periods within the study: the last month may not be over."""
        return np.asarray(np.diff(np.clip(self.edges, self.since, self.until + 1)), dtype=np.int64)

    def period_of(self, when: When | None) -> int | str:
        """The period in which some days begin, or why there is none."""
        if when is None:
            return "no day"
        start = when.start.toordinal()
        if not self.since <= start <= self.until:
            return "outside the study"
        if (when.end - when.start).days > self.most_days:
            return "too many days"
        return int(np.searchsorted(self.edges, start, side="right")) - 1


def find_trends(known: Known, by: By, streams: Sequence[Stream], layout: Layout) -> TrendReport:
    """Hold the latest period of each series against its past.

    Args:
        by: what a series is: a cell of `layout`, a PLOVER type or control state, an actor (who acts), a speaker (who
            tells of it), or a stream.
        streams: what is counted; by stream each of them is a series, else the first counts.
        layout: places and periods; `coarse` and `days` are not asked: what has no cell or period stands out.
    """
    made = tally(*known, streams[0], layout, with_others=False)
    documents = current_documents(known.coded, known.resolution)
    time = _time(documents, made, layout)
    if time is None:
        return _report(by, streams, layout, None, None, len(documents), 0, {})
    if by == "place":
        counted = Counted(
            [cell.id for cell in made.cells],
            [cell.name for cell in made.cells],
            np.rint(made.counts).astype(np.int64),
            made.coverage,
            made.edges[:-1],
            time.days,
        )
        n_units = len(made.units) + sum(made.left_out.values())
        return _report(by, streams, layout, time, counted, len(documents), n_units, dict(made.left_out))
    found = {stream.name: units_of(*known, stream) for stream in (streams if by == "stream" else streams[:1])}
    left_out: Counter[str] = Counter()
    tables: dict[str, Ints] = defaultdict(lambda: np.zeros(len(time.days), dtype=np.int64))
    name_of: dict[str, str] = {}
    ask = _asker(by, documents)
    for stream, units in found.items():
        for unit in units:
            period = time.period_of(unit.when)
            names = {stream: stream} if by == "stream" else ask(unit)
            if isinstance(period, str) or not names:
                left_out[period if isinstance(period, str) else f"no {by}"] += 1
                continue
            for key, name in names.items():
                name_of.setdefault(key, name)
                tables[key][period] += 1
    keys = sorted(tables)
    coverage = np.broadcast_to(_coverage(documents, known.resolution, time), (len(keys), len(time.days)))
    counts = np.array([tables[key] for key in keys]).reshape(len(keys), len(time.days))
    counted = Counted(keys, [name_of[key] for key in keys], counts, coverage, time.edges[:-1], time.days)
    n_units = sum(map(len, found.values()))
    return _report(by, streams, layout, time, counted, len(documents), n_units, dict(sorted(left_out.items())))


def _report(
    by: By,
    streams: Sequence[Stream],
    layout: Layout,
    time: _Time | None,
    counted: Counted | None,
    n_documents: int,
    n_units: int,
    left_out: dict[str, int],
) -> TrendReport:
    series = series_of(counted) if counted is not None else ()
    too_few = None
    if not series:
        too_few = "too few data: nothing that is counted has a day in the study"
    elif all(s.by_time.p is None for s in series):
        too_few = series[0].by_time.reason
    return TrendReport(
        by=by,
        stream=None if by == "stream" else streams[0].name,
        time_unit=layout.time_unit,
        starts=() if time is None else tuple(date.fromordinal(max(int(e), time.since)) for e in time.edges[:-1]),
        end=None if time is None else date.fromordinal(time.until),
        days=() if time is None else tuple(map(int, time.days)),
        series=series,
        n_documents=n_documents,
        n_units=n_units,
        left_out=left_out,
        too_few=too_few,
    )


def _time(documents: Sequence[Coded], made: Tally, layout: Layout) -> _Time | None:
    if len(made.edges) < 2:
        return None
    published = [d.published.toordinal() for d in documents if d.published]
    since = layout.since.toordinal() if layout.since else min(published, default=int(made.edges[0]))
    until = layout.until.toordinal() if layout.until else max(published, default=int(made.edges[-1]) - 1)
    return _Time(made.edges, since, until, MOST_PERIODS * MEAN_DAYS[layout.time_unit])


def _coverage(documents: Iterable[Coded], resolution: Resolution, time: _Time) -> Floats:
    """Independent reports that tell of anything in a period (of what has no day, in that of publication)."""
    original = {o.id: o.origin for o in resolution.origins if o.via in ("copy", "revision")}
    seen: dict[int, set[str]] = defaultdict(set)
    for document in documents:
        for claim in document.claims:
            period = time.period_of(claim.when) if label_of(claim) else "nothing"
            if isinstance(period, str) and label_of(claim) and document.published:
                period = time.period_of(When(document.published, date.fromordinal(document.published.toordinal() + 1)))
            if not isinstance(period, str):
                seen[period].add(original.get(document.id, document.id))
    return np.array([float(len(seen[t])) for t in range(len(time.days))])


def _asker(by: By, documents: Iterable[Coded]) -> Callable[[Unit], Names]:
    """A function that tells the keys and names of a unit."""
    if by == "type":
        return lambda unit: {label: label for label in unit.labels if "/" not in label}
    claims = {Member(d.id, c.id): c for d in documents for c in d.claims}
    if by == "actor":
        return lambda unit: dict(
            told for member in unit.claims for actor in claims[member].actors if (told := _actor(actor))
        )
    voices = {(d.id, a.id): a for d in documents for a in d.attributions}
    return lambda unit: dict(
        told
        for member in unit.claims
        if (voice := voices.get((member.id, claims[member].attribution or ""))) and (told := _speaker(voice))
    )


def _actor(actor: Actor) -> tuple[str, str] | None:
    """Key and name: by name, else by code, so that unnamed gunmen are one series; None: neither is known."""
    known = actor.name or actor.code
    return (known, known) if known else None


def _speaker(voice: Attribution) -> tuple[str, str] | None:
    """Key and name: a person by name, else the body; None: neither is known."""
    known = voice.speaker.name or voice.speaker.organization
    return (known, known) if known else None
