"""Units and reports laid out in cells and periods: the counts that hotspots and trends are worked out from.

Each unit of a stream stands in one cell and one period, or is spread over several with weights that add up to one,
or is left out for a reason that is counted. Beside the counts stands the coverage: how many independent reports tell
anything at all of a cell in a period, and what else than the stream they tell. Every count keeps its claims.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from vedette.analysis.cells import Cell, cell_of, centre_of, is_coarse, stems_of
from vedette.analysis.periods import MEAN_DAYS, count_periods, edges_of
from vedette.analysis.periods import Unit as TimeUnit
from vedette.analysis.streams import EVERYTHING, Stream, Unit, current_documents, label_of, units_of
from vedette.errors import InputError
from vedette.records import Coded, Place, Resolution, When

__all__ = ["REASONS", "Layout", "Tally", "claims_of", "drawn", "drawn_trials", "tally"]

# Why a unit stands in no cell or period, in the order in which it is asked.
REASONS = ("no place", "coarse place", "no known place", "no day", "outside the study", "too many days")
Reason = Literal["no place", "coarse place", "no known place", "no day", "outside the study", "too many days"]
# Days that reach over more periods than this are not placed by their first.
MOST_PERIODS = 2
# A study of more is a wrong year: 27 years of days.
MAX_PERIODS = 10_000

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bin = tuple[int, int]


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """How units are laid out.

    `resolution`: of H3, None: admin-1. `coarse`: whether a place coarser than a cell stays out, or is spread over the
    cells of its country or province by their coverage of the whole study. `days`: whether an act of several days
    counts in the period of its first, if it is no longer than two periods, or is spread over its days. `since`,
    `until`: first and last day of the study; None: the first and last day on which a report was published. Periods
    that reach over these (a first week, months and years) are cut short.
    """

    resolution: int | None = None
    time_unit: TimeUnit = "week"
    coarse: Literal["out", "spread"] = "out"
    days: Literal["start", "spread"] = "start"
    since: date | None = None
    until: date | None = None


class Tally(NamedTuple):
    """Counts of a stream.

    `cells` by id: all of which anything is told. `edges`: ordinals of the days at which periods begin, and of the day
    after the last, ``(n_periods + 1,)``. `counts`, `deaths` (the units' middle numbers), `coverage`: ``(n_cells,
    n_periods)``. `shares`: of each of `units` its (cell, period) with weights that add up to one. `left_out`: how many
    units stand nowhere, by reason. `n_reports`: documents, copies among them. `others`: units of anything else, by id,
    with their shares likewise; None: not asked for.
    """

    stream: Stream
    layout: Layout
    cells: tuple[Cell, ...]
    edges: Ints
    counts: Floats
    deaths: Floats
    coverage: Floats
    units: tuple[Unit, ...]
    shares: tuple[Mapping[Bin, float], ...]
    left_out: Mapping[str, int]
    n_reports: int
    others: Mapping[str, Mapping[Bin, float]] | None

    @property
    def n_spread(self) -> int:
        """How many units are spread over more than one cell or period."""
        return sum(len(shares) > 1 for shares in self.shares)


def tally(
    coded: Iterable[Coded],
    resolution: Resolution,
    origin_of: Mapping[tuple[str, str], str],
    stream: Stream,
    layout: Layout | None = None,
    *,
    with_others: bool = True,
) -> Tally:
    """Count the units of a stream in cells and periods; the order of `coded` changes nothing.

    `origin_of` as in `units_of`. Coverage counts in a bin each independent report once of which an event or a control
    statement, of whatever modality, tells of this cell and these days (the day of publication, where its own are
    unknown or too many). Copies are their original's coverage; reports that credit one agency are several.
    `with_others`: the units of anything that hold no claim of the stream are laid out too.
    """
    layout = layout or Layout()
    documents = current_documents(coded, resolution)
    units = units_of(documents, resolution, origin_of, stream)
    edges = _edges(documents, layout)
    if edges is None:
        return _empty(stream, layout, units, len(documents), with_others=with_others)
    seen = _Seen(documents, resolution, layout, edges)
    shares, placed, left_out = [], [], Counter[str]()
    for unit in units:
        where, when = seen.cells_of(unit.place), seen.periods_of(unit.when)
        if isinstance(where, str) or isinstance(when, str):
            left_out[where if isinstance(where, str) else str(when)] += 1
            continue
        placed.append(unit)
        shares.append(_shares(where, when))
        seen.cover(unit, where, when)
    others = _others(units, units_of(documents, resolution, origin_of, EVERYTHING), seen) if with_others else None
    counts, deaths = np.zeros(seen.shape), np.zeros(seen.shape)
    for unit, share in zip(placed, shares, strict=True):
        for at, weight in share.items():
            counts[at] += weight
            deaths[at] += weight * (unit.deaths or 0.0)
    return Tally(
        stream, layout, seen.cells, edges, counts, deaths, seen.coverage(), tuple(placed), tuple(shares),
        {reason: left_out[reason] for reason in REASONS if left_out[reason]}, len(documents), others,
    )  # fmt: skip


def claims_of(made: Tally, cells: Sequence[int], start: int, end: int) -> dict[int, list[Unit]]:
    """Return for each of `cells` the units that stand in it, in part at least, in the periods ``[start, end)``."""
    found: dict[int, list[Unit]] = {cell: [] for cell in cells}
    for unit, share in zip(made.units, made.shares, strict=True):
        for cell in {c for c, t in share if start <= t < end} & found.keys():
            found[cell].append(unit)
    return found


def drawn(made: Tally, *, seed: int) -> Ints:
    """Return whole counts: each spread unit in one of its bins, drawn by its weights.

    If units really lie as their weights say, so drawn counts vary as if each had been placed; sums of weights vary
    less, and a test of them would not know its error. A unit's draw depends on its id and the seed only.
    """
    return _drawn(((unit.id, share) for unit, share in zip(made.units, made.shares, strict=True)), made, seed)


def drawn_trials(made: Tally, *, seed: int) -> Ints:
    """Return how many units of anything stand in each bin: those of `drawn` with the same seed, and the others.

    Raises:
        ValueError: the others were not asked for.
    """
    if made.others is None:
        raise ValueError("a tally without the other units has no trials")
    return drawn(made, seed=seed) + _drawn(made.others.items(), made, seed)


def _drawn(shares: Iterable[tuple[str, Mapping[Bin, float]]], made: Tally, seed: int) -> Ints:
    counts = np.zeros(made.counts.shape, dtype=np.int64)
    for id, share in shares:
        bins = sorted(share)
        if len(bins) > 1:
            rng = np.random.default_rng([seed, int(id[1:], 16)])
            at = int(rng.choice(len(bins), p=np.array([share[b] for b in bins]) / sum(share.values())))
        else:
            at = 0
        counts[bins[at]] += 1
    return counts


def _shares(where: Mapping[int, float], when: Mapping[int, float]) -> dict[Bin, float]:
    return {(c, t): a * b for c, a in where.items() for t, b in when.items()}


def _others(units: Sequence[Unit], told: Sequence[Unit], seen: _Seen) -> dict[str, Mapping[Bin, float]]:
    """Of all units told those that hold no claim of `units` and have a cell and a period, with their shares."""
    of_stream = {claim for unit in units for claim in unit.claims}
    found: dict[str, Mapping[Bin, float]] = {}
    for unit in told:
        where, when = seen.cells_of(unit.place), seen.periods_of(unit.when)
        if not isinstance(where, str) and not isinstance(when, str) and of_stream.isdisjoint(unit.claims):
            found[unit.id] = _shares(where, when)
    return found


class _Seen:
    """What the reports tell of: cells, periods, and which independent reports tell of which."""

    def __init__(self, documents: Sequence[Coded], resolution: Resolution, layout: Layout, edges: Ints) -> None:
        self._layout = layout
        self._edges = edges
        self._original = {o.id: o.origin for o in resolution.origins if o.via in ("copy", "revision")}
        self._reports: dict[tuple[str, int], set[str]] = defaultdict(set)  # by cell or stem, and period
        places: dict[str, Counter[Place]] = defaultdict(Counter)
        stems: dict[str, set[str]] = defaultdict(set)
        for document in documents:
            for claim in document.claims:
                if not claim.places or not label_of(claim):
                    continue
                place = claim.places[0]
                cell, own = cell_of(place, layout.resolution), stems_of(place)
                if cell is not None:
                    places[cell][msgspec.structs.replace(place, span=claim.evidence, confidence=0.0)] += 1
                    for stem in own:
                        stems[stem].add(cell)
                elif not own or not is_coarse(place, layout.resolution):
                    continue
                self._add(cell or own[-1], self._period(claim.when, document.published), document.id)
        self.cells = tuple(_cell(id, places[id], layout.resolution) for id in sorted(places))
        self._index = {cell.id: n for n, cell in enumerate(self.cells)}
        self.shape = (len(self.cells), len(edges) - 1)
        totals = Counter[str]()
        for (id, _), reports in self._reports.items():
            totals[id] += len(reports)
        self._weights = {
            stem: {self._index[id]: totals[id] / n for id in sorted(ids) if totals[id]}
            for stem, ids in stems.items()
            if (n := sum(totals[id] for id in ids))
        }

    def cells_of(self, place: Place | None) -> dict[int, float] | Reason:
        """The cells of a place with weights that add up to one, or why it has none."""
        if place is None:
            return "no place"
        cell = cell_of(place, self._layout.resolution)
        if cell is not None:
            return {self._index[cell]: 1.0}
        if not is_coarse(place, self._layout.resolution):
            return "no known place"
        own = stems_of(place)
        if self._layout.coarse == "out" or not own:
            return "coarse place"
        return self._weights.get(own[-1]) or "coarse place"

    def periods_of(self, when: When | None) -> dict[int, float] | Reason:
        """The periods of some days with weights that add up to one, or why they have none.

        Days after the end of the study, of which nobody can tell, are cut off.
        """
        if when is None:
            return "no day"
        start, end = when.start.toordinal(), min(when.end.toordinal(), int(self._edges[-1]))
        if not self._edges[0] <= start < self._edges[-1]:
            return "outside the study"
        first = self._at(start)
        if self._layout.days == "start":
            is_long = (when.end - when.start).days > MOST_PERIODS * MEAN_DAYS[self._layout.time_unit]
            return "too many days" if is_long else {first: 1.0}
        last = int(np.searchsorted(self._edges, end, side="left"))
        cuts = np.clip(self._edges[first : last + 1], start, end)
        return {first + n: float(days) / (end - start) for n, days in enumerate(np.diff(cuts))}

    def cover(self, unit: Unit, where: Mapping[int, float], when: Mapping[int, float]) -> None:
        """Count a unit's own reports where the unit is counted, so that no count is without coverage."""
        assert unit.place is not None
        id = self.cells[next(iter(where))].id if len(where) == 1 else stems_of(unit.place)[-1]
        for member in unit.claims:
            for period in when:
                self._add(id, period, member.id)

    def coverage(self) -> Floats:
        """Independent reports by cell and period; those of coarse places are spread where the units are."""
        made = np.zeros(self.shape)
        for (id, period), reports in sorted(self._reports.items()):
            if id in self._index:
                made[self._index[id], period] += len(reports)
            elif self._layout.coarse == "spread":
                for cell, weight in self._weights.get(id, {}).items():
                    made[cell, period] += weight * len(reports)
        return made

    def _add(self, id: str, period: int | None, document: str) -> None:
        if period is not None:
            self._reports[id, period].add(self._original.get(document, document))

    def _period(self, when: When | None, published: date | None) -> int | None:
        found = self.periods_of(when)
        if not isinstance(found, str):
            return min(found)
        if published is None or not self._edges[0] <= published.toordinal() < self._edges[-1]:
            return None
        return self._at(published.toordinal())

    def _at(self, day: int) -> int:
        """The period that holds a day of the study."""
        return int(np.searchsorted(self._edges, day, side="right")) - 1


def _cell(id: str, places: Counter[Place], resolution: int | None) -> Cell:
    """Named and placed by the province's own entry, else by the place most often named in it."""
    named: Counter[tuple[str, str | None, float, float]] = Counter()
    for place, n in places.items():
        assert place.lat is not None and place.lon is not None
        is_own = resolution is None and place.precision == "admin1"
        named[place.name or place.mention, place.country, place.lat, place.lon] += n * (10**9 if is_own else 1)
    (name, country, lat, lon), _ = min(named.items(), key=lambda item: (-item[1], item[0][0], item[0][2:]))
    if resolution is None:
        return Cell(id, id.partition("/")[2], country, lat, lon)
    return Cell(id, name, country, *centre_of(id))


def _edges(documents: Sequence[Coded], layout: Layout) -> Ints | None:
    published = [d.published for d in documents if d.published]
    known = published or [c.when.start for d in documents for c in d.claims if c.when is not None]
    since, until = layout.since or min(known, default=None), layout.until or max(known, default=None)
    if since is None or until is None:
        return None
    if since > until:
        raise InputError(f"the study would go from {since} to {until}: give a first day that is not after the last")
    if count_periods(since, until, layout.time_unit) > MAX_PERIODS:
        raise InputError(
            f"the reports were published from {since} to {until}: is a year wrong? else give --since, "
            "or choose a longer --time-unit"
        )
    # The second day keeps a study of whole weeks from being taken for a weekly table.
    second = date.fromordinal(min(since.toordinal() + 1, until.toordinal()))
    edges = edges_of([since, second, until], layout.time_unit)
    # A month of which only a part is reported is that part.
    return np.clip(edges, since.toordinal(), until.toordinal() + 1)


def _empty(stream: Stream, layout: Layout, units: Sequence[Unit], n_reports: int, *, with_others: bool) -> Tally:
    nothing = np.zeros((0, 0))
    left_out = {"no day": len(units)} if units else {}
    others: dict[str, Mapping[Bin, float]] | None = {} if with_others else None
    return Tally(
        stream, layout, (), np.zeros(1, np.int64), nothing, nothing, nothing, (), (), left_out, n_reports, others
    )
