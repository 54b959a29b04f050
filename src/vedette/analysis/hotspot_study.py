"""Hotspots of a tally: two scans beside each other, Gi* with the classes of emerging hot spots, in one report.

The first scan asks how much of all that is told belongs to the stream, so that a rise in coverage alone is no hotspot;
the second permutes the periods of the cases, so that a surge everywhere is none. Gi* looks at counts held against the
coverage.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from vedette.analysis.cells import Cell, ring_of, step_km
from vedette.analysis.chance import in_words
from vedette.analysis.exposure import deviates, smoothed_coverage
from vedette.analysis.findings import Model, relative_risk
from vedette.analysis.hotspot_records import HotCell, HotspotReport, Need, Outcome, Zone, ZoneCell
from vedette.analysis.hotspots import CLASSES, Neighbours, emerging, neighbours_of
from vedette.analysis.nulls import Null, bernoulli_null, past_null, permutation_null, poisson_null
from vedette.analysis.periods import MEAN_DAYS, longest_periods
from vedette.analysis.scan import Cluster, Looks, Scan, scan
from vedette.analysis.screen import KEPT, RINGS, rings_of, screened_scan
from vedette.analysis.streams import Unit
from vedette.analysis.tallies import Tally, claims_of, drawn, drawn_trials
from vedette.analysis.zones import Zones, circles, distances_km
from vedette.errors import InputError

__all__ = ["HotspotOptions", "find_hotspots"]

# Below this there is no result. Of 20 cases a fivefold outbreak is found in .10, of 40 in .18 of the sets, where quiet
# data alarm in .05 (eval/coverage_hotspots.py). Of 10 past cases the common rate is known to a third. The
# cells and periods are a convention: with fewer there is hardly anything beside a zone to hold it against.
NEEDED_CASES = 40
NEEDED_PAST_CASES = 10
NEEDED_CELLS = 5
NEEDED_PERIODS = 8
# Zones last no longer than this many periods unless told so, and no longer than half of the study.
USUAL_PERIODS = 8
# A zone holds at most this share of the cells.
MAX_SHARE = 0.5
# Zones told: beyond the first few the best windows are what chance leaves.
MAX_ZONES = 10
# Provinces have no ring as hexagons do: the nearest few, at most this share of all, if they are no farther than this.
NEAREST = 4
NEAREST_SHARE = 0.2
NEAREST_KM = 300.0
ALARM = 0.05
# Cells that are scanned whole, all pairs of which are measured; of more hexagons a screen chooses where to scan.
MAX_SCANNED = 5_000
# Cells times periods: a record holds three numbers for each, 100 bytes or so.
MAX_BINS = 5_000_000
# Windows times replicates (6 ns each: an hour), as in `scans`.
MAX_WORK = 6e11

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class HotspotOptions(msgspec.Struct, frozen=True, kw_only=True):
    """How hotspots are looked for.

    `model`: of the scan that knows the coverage. bernoulli asks which share of all incidents told of a cell is of the
    stream, against the share in its own past; expectation takes the reports as exposure, against its own past, and is
    the more careful the fewer they are; poisson holds it against all cells and times, so that a cell of which other
    things are told than of others is hot for ever.
    `max_days`: longest zone in days; None: eight periods, at most half of the study. `max_km`: its largest radius.
    `replications`: replicates of the null hypothesis; 0: no p. `seed`: of these, and of where spread units are drawn.
    """

    model: Literal["bernoulli", "expectation", "poisson"] = "bernoulli"
    max_days: int | None = None
    max_km: float = 300.0
    replications: int = 999
    seed: int = 1


def find_hotspots(made: Tally, options: HotspotOptions | None = None) -> HotspotReport:
    """Find the zones and the classes of cells of a tally, or say of what there is too little.

    Raises:
        InputError: an option cannot be used, or the study is too large.
    """
    options = options or HotspotOptions()
    _check(options, made)
    counts = drawn(made, seed=options.seed)
    longest = _longest(options, made)
    needs = _needs(made, counts, longest)
    outcomes: tuple[Outcome, ...] = ()
    cells: tuple[HotCell, ...] = ()
    if not needs:
        exposure = smoothed_coverage(made.coverage)
        near = _neighbours(made)
        zones = None
        if len(made.cells) <= MAX_SCANNED:
            zones = circles(*_points(made.cells), np.ones(len(made.cells)), max_share=MAX_SHARE, max_km=options.max_km)
            _check_work(zones, longest, options)
        models: tuple[Model, ...] = (options.model, "permutation")
        outcomes = tuple(
            _outcome(made, counts, exposure, zones, near, longest, m, len(models), options) for m in models
        )
        cells = _hot_cells(made, exposure, near, outcomes)
    has_days = len(made.edges) > 1
    layout = made.layout
    return HotspotReport(
        stream=made.stream.name,
        gist=made.stream.gist,
        cells_by="admin1" if layout.resolution is None else f"h3:{layout.resolution}",
        time_unit=layout.time_unit,
        coarse=layout.coarse,
        days=layout.days,
        start=date.fromordinal(int(made.edges[0])) if has_days else None,
        end=date.fromordinal(int(made.edges[-1]) - 1) if has_days else None,
        periods=tuple(date.fromordinal(int(edge)) for edge in made.edges[:-1]),
        n_reports=made.n_reports,
        n_units=len(made.units),
        n_spread=made.n_spread,
        left_out=dict(made.left_out),
        too_few=needs,
        outcomes=outcomes,
        cells=cells,
        max_periods=longest,
        max_km=options.max_km,
        replications=options.replications,
        seed=options.seed,
    )


def _check(options: HotspotOptions, made: Tally) -> None:
    unit = made.layout.time_unit
    if not options.max_km > 0:
        raise InputError(f"--max-km {options.max_km:g}: give a radius above 0")
    if options.max_days is not None and longest_periods(options.max_days, unit) < 1:
        raise InputError(f"--max-days {options.max_days}: give the length of one {unit} at least")
    if options.replications < 0:
        raise InputError(f"--replications {options.replications}: give 999, or 0 for no p")
    if options.seed < 0:
        raise InputError(f"--seed {options.seed}: give a whole number, 0 or more")
    if len(made.cells) > MAX_SCANNED and made.layout.resolution is None:
        raise InputError(f"{len(made.cells):,} provinces, of which {MAX_SCANNED:,} can be looked at: use --cells h3:4")
    if made.counts.size > MAX_BINS:
        raise InputError(
            f"{len(made.cells):,} cells times {made.counts.shape[1]:,} {unit}s are more than {MAX_BINS:,}: "
            "take larger --cells or a longer --time-unit"
        )


def _check_work(zones: Zones, longest: int, options: HotspotOptions) -> None:
    if int(zones.is_zone.sum()) * longest * (options.replications + 1) * 2 > MAX_WORK:
        raise InputError("the scan would take hours: lower --max-km, --max-days or --replications")


def _longest(options: HotspotOptions, made: Tally) -> int:
    """Most periods of a zone: never more than half of the study, so that there is a past to hold it against."""
    half = max(1, (len(made.edges) - 1) // 2)
    wanted = USUAL_PERIODS
    if options.max_days is not None:
        wanted = longest_periods(options.max_days, made.layout.time_unit)
    return min(wanted, half)


def _needs(made: Tally, counts: Ints, longest: int) -> tuple[Need, ...]:
    n_periods = len(made.edges) - 1
    unit, past = made.layout.time_unit, counts[:, : n_periods - longest]
    told = (
        Need("incidents in cells", int(counts.sum()), NEEDED_CASES),
        Need(f"incidents before the last {longest} {unit}s", int(past.sum()), NEEDED_PAST_CASES),
        Need("cells of which anything is reported", len(made.cells), NEEDED_CELLS),
        Need(f"{unit}s of reports", n_periods, NEEDED_PERIODS),
    )
    return tuple(need for need in told if need.has < need.needed)


def _points(cells: Sequence[Cell]) -> tuple[Floats, Floats]:
    return np.array([c.lat for c in cells]), np.array([c.lon for c in cells])


def _outcome(
    made: Tally, counts: Ints, exposure: Floats, zones: Zones | None, near: Neighbours, longest: int, model: Model,
    n_models: int, options: HotspotOptions,
) -> Outcome:  # fmt: skip
    n_periods = counts.shape[1]
    null: Null
    if model == "bernoulli":
        null = bernoulli_null(counts, drawn_trials(made, seed=options.seed), n_past=n_periods - longest)
    elif model == "expectation":
        null = past_null(counts, exposure, n_past=n_periods - longest)
    else:
        null = poisson_null(counts, exposure) if model == "poisson" else permutation_null(counts)
    found = _scan(made, counts, null, zones, near, longest, options)
    named = (_zone(made, counts, null, model, n, c, n_models) for n, c in enumerate(found.clusters, 1))
    n_screened = min(KEPT, len(made.cells)) if zones is None else None
    return Outcome(model, tuple(named), found.n_windows, len(found.replicates), n_screened)


def _scan(
    made: Tally, counts: Ints, null: Null, zones: Zones | None, near: Neighbours, longest: int, options: HotspotOptions
) -> Scan:
    """Scan circles, or without any the rings around the hottest hexagons."""
    rng = np.random.default_rng(options.seed)
    if zones is None:
        assert made.layout.resolution is not None  # checked with the options
        n_rings = int(np.clip(options.max_km // step_km(made.layout.resolution), 1, RINGS))
        return screened_scan(
            counts, null, near, rings_of(near, n_rings), longest=longest, n_kept=KEPT, rng=rng,
            replications=options.replications, max_clusters=MAX_ZONES,
        )  # fmt: skip
    looks = Looks(prospective=True, longest=longest)
    return scan(counts, null, zones, looks, rng=rng, replications=options.replications, max_clusters=MAX_ZONES)


def _zone(made: Tally, counts: Ints, null: Null, model: Model, number: int, found: Cluster, n_models: int) -> Zone:
    from_, to = found.start, found.end
    total = null.total if model == "poisson" else None
    unit = made.layout.time_unit
    days = None if found.recurrence is None else found.recurrence * MEAN_DAYS[unit] / n_models
    units = claims_of(made, found.places.tolist(), from_, to)
    tolls = [n for n in {u.id: u.deaths for told in units.values() for u in told}.values() if n is not None]
    lat, lon = _points([made.cells[c] for c in found.places])
    return Zone(
        number=number,
        cells=tuple(_zone_cell(made, counts, null, total, c, told, from_, to) for c, told in units.items()),
        start=date.fromordinal(int(made.edges[from_])),
        end=date.fromordinal(int(made.edges[to]) - 1),
        observed=found.observed,
        expected=found.expected,
        relative_risk=relative_risk(found.observed, found.expected, total),
        statistic=found.statistic,
        p=found.p,
        gumbel_p=found.gumbel_p,
        recurrence_days=days,
        chance=in_words(days, unit),
        is_alarm=found.p is not None and found.p <= ALARM,
        radius_km=float(distances_km(lat, lon, slice(0, 1)).max()),
        deaths=sum(tolls) if tolls else None,
        counts=tuple(counts[found.places].sum(axis=0).astype(float).tolist()),
        coverage=tuple(made.coverage[found.places].sum(axis=0).tolist()),
    )


def _zone_cell(
    made: Tally, counts: Ints, null: Null, total: int | None, cell: int, units: Sequence[Unit], from_: int, to: int
) -> ZoneCell:
    observed, expected = int(counts[cell, from_:to].sum()), float(null.expected[cell, from_:to].sum())
    days_before, days_within = made.edges[from_] - made.edges[0], made.edges[to] - made.edges[from_]
    before = float(made.coverage[cell, :from_].sum())
    return ZoneCell(
        cell=made.cells[cell].id,
        name=made.cells[cell].name,
        observed=observed,
        expected=expected,
        relative_risk=relative_risk(observed, expected, total),
        coverage=float(made.coverage[cell, from_:to].sum()),
        usual_coverage=before * float(days_within / days_before) if days_before else None,
        claims=tuple(m for u in units for m in u.claims),
    )


def _hot_cells(made: Tally, exposure: Floats, near: Neighbours, outcomes: Sequence[Outcome]) -> tuple[HotCell, ...]:
    total = exposure.sum()
    expected = exposure * (made.counts.sum() / total)
    held = emerging(deviates(made.counts, expected), near)
    zones_of: dict[str, list[tuple[Model, int]]] = {}
    for outcome in outcomes:
        for zone in outcome.zones:
            for member in zone.cells:
                zones_of.setdefault(member.cell, []).append((outcome.model, zone.number))
    return tuple(
        HotCell(
            id=cell.id,
            name=cell.name,
            country=cell.country,
            lat=cell.lat,
            lon=cell.lon,
            pattern=CLASSES[held.classes[n]],
            z=float(held.z[n, -1]),
            is_hot=bool(held.is_hot[n, -1]),
            is_cold=bool(held.is_cold[n, -1]),
            trend_z=float(held.trend_z[n]),
            trend_p=float(held.trend_p[n]),
            counts=tuple(made.counts[n].tolist()),
            deaths=tuple(made.deaths[n].tolist()),
            coverage=tuple(made.coverage[n].tolist()),
            zones=tuple(zones_of.get(cell.id, ())),
        )
        for n, cell in enumerate(made.cells)
    )


def _neighbours(made: Tally) -> Neighbours:
    """Hexagons that touch; of provinces, of which no borders are at hand, the nearest, made mutual."""
    index = {cell.id: n for n, cell in enumerate(made.cells)}
    if made.layout.resolution is not None:
        return neighbours_of([[index[near] for near in ring_of(id) if near in index] for id in index])
    km = distances_km(*_points(made.cells))
    nearest = max(1, min(NEAREST, int(NEAREST_SHARE * len(index))))
    near = np.argsort(km, axis=1, kind="stable")[:, 1 : nearest + 1]
    lists: list[set[int]] = [set() for _ in index]
    for n, others in enumerate(near):
        for other in others:
            if km[n, other] <= NEAREST_KM:
                lists[n].add(int(other))
                lists[other].add(n)
    return neighbours_of([sorted(near) for near in lists])
