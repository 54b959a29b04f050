"""`vedette scan`: tables of counts in, clusters out. Reads the files, calls the scan statistic, names its findings."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from vedette.analysis.findings import FoundCluster, Member, Model, ScanReport, relative_risk
from vedette.analysis.hotspots import neighbours_of
from vedette.analysis.nulls import Null, expectation_null, past_null, permutation_null, poisson_null
from vedette.analysis.periods import Unit, count_periods, edges_of, exposure_days, longest_periods
from vedette.analysis.scan import Cluster, Looks, Scan, scan
from vedette.analysis.screen import KEPT, RINGS, rings_of, screened_scan
from vedette.analysis.zones import Zones, circles, distances_km, nearest
from vedette.errors import BadRow, InputError
from vedette.outputs.files import whole_file
from vedette.sources.counts import read_cases, read_places, read_population

__all__ = ["ScanOptions", "scan_files", "write_scan"]

# Cells (places times periods) above which a study does not fit a laptop: 400 MB of counts.
MAX_CELLS = 50_000_000
# Places that are scanned whole, all pairs of which are measured (200 MB of neighbours); of more a screen chooses where.
MAX_SCANNED = 5_000
MAX_PLACES = 100_000
# Periods of the past of which the dispersion is worked out.
MIN_FOR_DISPERSION = 8
# Places are neighbours if one is among the nearest of the other: about as many as hexagons that touch.
NEAREST = 5
# Windows times replicates: 6 ns each on one core of 2024, so that this is an hour.
MAX_WORK = 6e11
SECONDS_EACH = 6e-9

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class ScanOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What `vedette scan` may be told; `max_days` None: half of the study's time.

    `strata`: columns of cases and population, such as age and sex, by which the expected cases of the model poisson
    are standardised: each stratum has its own rate, the same everywhere. `dispersion`: counts vary from period to
    period by more than Poisson's, as their past shows (negative binomial); of the model expectation, prospective.
    """

    model: Literal["permutation", "poisson", "expectation"] = "permutation"
    retrospective: bool = False
    time_unit: Unit = "day"
    max_share: float = 0.5
    max_km: float | None = None
    max_days: int | None = None
    replications: int = 999
    seed: int = 1
    strata: tuple[str, ...] = ()
    dispersion: bool = False


class _Study(NamedTuple):
    """Counts by place and period, and where and when these are; `by_stratum` has the `strata` as a last axis."""

    names: list[str]
    lat: Floats
    lon: Floats
    edges: Ints
    counts: Ints
    strata: list[tuple[str, ...]]
    by_stratum: Ints


def scan_files(cases: Path, places: Path, population: Path | None, options: ScanOptions) -> ScanReport:
    """Scan the counts of `cases` at `places`.

    Raises:
        InputError: a file, a line of one, or an option cannot be used.
    """
    _check(options, population)
    study = _study(cases, places, options)
    n_periods = study.counts.shape[1]
    longest = _longest(options, n_periods)
    exposure = None if population is None or options.model == "permutation" else _exposure(population, study, options)
    null = _null(study, exposure, options, longest, cases)
    is_screened = len(study.names) > MAX_SCANNED
    made = (_screened if is_screened else _whole)(study, null, longest, options)
    period_days = float(study.edges[-1] - study.edges[-2])
    return ScanReport(
        clusters=tuple(_named(c, study, null, options.model, period_days) for c in made.clusters),
        model=options.model,
        retrospective=options.retrospective,
        time_unit=options.time_unit,
        start=date.fromordinal(int(study.edges[0])),
        end=date.fromordinal(int(study.edges[-1]) - 1),
        n_places=len(study.names),
        n_periods=n_periods,
        n_cases=int(study.counts.sum()),
        n_windows=made.n_windows,
        n_replications=len(made.replicates),
        max_periods=longest,
        seed=options.seed,
        n_screened=min(KEPT, len(study.names)) if is_screened else None,
    )


def write_scan(report: ScanReport, out: Path) -> None:
    """Write a report as a JSON object."""
    with whole_file(out) as file:
        file.write(msgspec.json.format(msgspec.json.encode(report), indent=1) + b"\n")


def _check(options: ScanOptions, population: Path | None) -> None:
    if not 0 < options.max_share <= 1:
        raise InputError(f"--max-share {options.max_share:g}: give a share above 0 and up to 1, such as .5")
    if options.max_km is not None and not options.max_km > 0:
        raise InputError(f"--max-km {options.max_km:g}: give a radius above 0")
    if options.max_days is not None and longest_periods(options.max_days, options.time_unit) < 1:
        raise InputError(f"--max-days {options.max_days}: give the length of one {options.time_unit} at least")
    if options.replications < 0:
        raise InputError(f"--replications {options.replications}: give 999, or 0 for no p")
    if options.seed < 0:
        raise InputError(f"--seed {options.seed}: give a whole number, 0 or more")
    if options.model == "poisson" and population is None:
        raise InputError("--model poisson needs --population POP.csv; without one use --model permutation")
    if options.strata and options.model != "poisson":
        raise InputError(f"--strata stands with --model poisson, not with {options.model}: leave one of them out")
    if options.dispersion and (options.model != "expectation" or options.retrospective):
        raise InputError("--dispersion stands with --model expectation and without --retrospective")
    if twice := set(options.strata) & {"place", "date", "count", "population"}:
        raise InputError(f"--strata {min(twice)!r} is no stratum: name other columns, such as age,sex")


def _whole(study: _Study, null: Null, longest: int, options: ScanOptions) -> Scan:
    """Scan all circles."""
    zones = circles(study.lat, study.lon, null.expected.sum(axis=1), max_share=options.max_share, max_km=options.max_km)
    _check_work(zones, study.counts.shape[1], longest, options)
    return scan(
        study.counts,
        null,
        zones,
        Looks(prospective=not options.retrospective, longest=longest),
        rng=np.random.default_rng(options.seed),
        replications=options.replications,
    )


def _screened(study: _Study, null: Null, longest: int, options: ScanOptions) -> Scan:
    """Scan rings of neighbours around the places that a screen by Gi* lets through."""
    lists: list[set[int]] = [set() for _ in study.names]
    for place, others in enumerate(nearest(study.lat, study.lon, NEAREST).tolist()):
        for other in others:
            lists[place].add(other)
            lists[other].add(place)
    near = neighbours_of([sorted(others) for others in lists])
    return screened_scan(
        study.counts, null, near, rings_of(near, RINGS), longest=longest, n_kept=KEPT,
        rng=np.random.default_rng(options.seed), replications=options.replications,
    )  # fmt: skip


def _check_work(zones: Zones, n_periods: int, longest: int, options: ScanOptions) -> None:
    n_intervals = longest * (2 * n_periods - longest + 1) // 2 if options.retrospective else longest
    work = int(zones.is_zone.sum()) * n_intervals * (options.replications + 1)
    if work > MAX_WORK:
        raise InputError(
            f"{work / (options.replications + 1):,.0f} windows would take {work * SECONDS_EACH / 3600:,.0f} hours: "
            "lower --max-km, --max-share or --max-days, choose a longer --time-unit, or leave out --retrospective"
        )


def _study(cases: Path, places: Path, options: ScanOptions) -> _Study:
    unit = options.time_unit
    rows = read_places(places)
    if len(rows) > MAX_PLACES:
        raise InputError(f"{places} holds {len(rows):,} places: join them to at most {MAX_PLACES:,}, such as districts")
    index = {row.place: i for i, row in enumerate(rows)}
    found = list(read_cases(cases, unit, options.strata))
    if len(rows) > MAX_SCANNED and (options.retrospective or options.max_km is not None):
        left = "--retrospective" if options.retrospective else "--max-km"
        raise InputError(
            f"{places} holds {len(rows):,} places: of more than {MAX_SCANNED:,} those that a screen lets through are "
            f"scanned, rings of neighbours up to the last day: leave out {left}"
        )
    for row in found:
        if row.place not in index:
            raise BadRow(str(cases), row.line, f"{places} has no place {row.place!r}: add its lat and lon there")
    if not sum(row.count for row in found):
        raise InputError(f"{cases} holds no case: too few data to scan")
    days = [row.day for row in found]
    strata = sorted({row.stratum for row in found})
    n_periods = count_periods(min(days), max(days), unit)
    if n_periods * len(rows) * len(strata) > MAX_CELLS:
        raise InputError(
            f"{cases}: {min(days)} to {max(days)} are {n_periods:,} times a {unit} for {len(rows):,} places: "
            "is a year wrong? else choose a longer --time-unit"
        )
    edges = edges_of(days, unit)
    if len(edges) < 3:
        raise InputError(f"{cases}: all cases lie in one {unit}: too few data; choose a shorter --time-unit")
    counts = np.zeros((len(rows), len(edges) - 1, len(strata)), dtype=np.int64)
    periods = np.searchsorted(edges, [day.toordinal() for day in days], side="right") - 1
    at = {stratum: n for n, stratum in enumerate(strata)}
    where = np.array([index[row.place] for row in found]), periods, np.array([at[row.stratum] for row in found])
    np.add.at(counts, where, [row.count for row in found])
    lat, lon = np.array([row.lat for row in rows]), np.array([row.lon for row in rows])
    return _Study([row.place for row in rows], lat, lon, edges, counts.sum(axis=2), strata, counts)


def _longest(options: ScanOptions, n_periods: int) -> int:
    """Most periods of a window; not the whole study, beside which there is nothing to compare."""
    if options.max_days is None:
        return max(1, n_periods // 2)
    return min(longest_periods(options.max_days, options.time_unit), n_periods - 1)


def _exposure(path: Path, study: _Study, options: ScanOptions) -> Floats:
    """Population times days by place, period and stratum of the cases; a stratum without a case expects none."""
    index = {name: i for i, name in enumerate(study.names)}
    at = {stratum: n for n, stratum in enumerate(study.strata)}
    known: dict[tuple[int, int], tuple[list[int], list[float]]] = {}
    strata = set()
    for row in read_population(path, options.strata):
        strata.add(row.stratum)
        if row.place in index and row.stratum in at:  # a table of a whole country may serve a study of a part
            days, values = known.setdefault((index[row.place], at[row.stratum]), ([], []))
            days.append(row.day.toordinal())
            values.append(row.population)
    if missing := sorted(set(index.values()) - {place for place, _ in known}):
        name = study.names[missing[0]]
        raise InputError(f"{path}: no population of {name!r} ({len(missing):,} such places): add a line for each")
    if unknown := sorted(set(at) - strata):
        raise InputError(f"{path}: no population of the stratum {', '.join(unknown[0])!r}: add its lines")
    exposure = np.zeros(study.by_stratum.shape)
    for (place, stratum), (days, values) in known.items():
        exposure[place, :, stratum] = exposure_days(days, values, study.edges)
    if len(bad := np.argwhere((exposure <= 0) & (study.by_stratum > 0))):
        place, period, stratum = bad[0]
        day = date.fromordinal(int(study.edges[period]))
        of = f" of {', '.join(study.strata[stratum])}" if options.strata else ""
        raise InputError(f"{path}: {study.names[place]!r} has cases{of} but a population of 0 from {day}: correct one")
    return exposure


def _null(study: _Study, exposure: Floats | None, options: ScanOptions, longest: int, cases: Path) -> Null:
    if options.model == "permutation":
        return permutation_null(study.counts)
    if options.model == "poisson":
        assert exposure is not None  # checked with the options
        return poisson_null(study.by_stratum, exposure)
    if exposure is not None:
        exposure = exposure[:, :, 0]  # no strata but with the model poisson
    else:
        exposure = np.broadcast_to(np.diff(study.edges).astype(np.float64), study.counts.shape)
    n_periods = study.counts.shape[1]
    n_past = n_periods if options.retrospective else n_periods - longest
    if not study.counts[:, :n_past].sum():
        raise InputError(f"{cases}: no case before the last {longest} periods to expect others by: lower --max-days")
    if options.dispersion and n_past < MIN_FOR_DISPERSION:
        raise InputError(f"{cases}: {n_past:,} periods of past tell no dispersion: lower --max-days")
    null = past_null(study.counts, exposure, n_past=n_past, overdispersed=options.dispersion)
    # A whole study's own rates are no forecast: their replicates vary around them as counts do.
    return expectation_null(null.expected) if options.retrospective else null


def _named(cluster: Cluster, study: _Study, null: Null, model: Model, period_days: float) -> FoundCluster:
    from_, to = cluster.start, cluster.end
    total = null.total if model == "poisson" else None
    observed = study.counts[cluster.places, from_:to].sum(axis=1)
    expected = null.expected[cluster.places, from_:to].sum(axis=1)
    return FoundCluster(
        places=tuple(study.names[i] for i in cluster.places),
        start=date.fromordinal(int(study.edges[from_])),
        end=date.fromordinal(int(study.edges[to]) - 1),
        observed=cluster.observed,
        expected=cluster.expected,
        relative_risk=relative_risk(cluster.observed, cluster.expected, total),
        statistic=cluster.statistic,
        p=cluster.p,
        gumbel_p=cluster.gumbel_p,
        recurrence_days=None if cluster.recurrence is None else cluster.recurrence * period_days,
        radius_km=_radius_km(cluster.places, study),
        members=tuple(
            Member(study.names[i], int(o), float(e), relative_risk(int(o), float(e), total))
            for i, o, e in zip(cluster.places, observed, expected, strict=True)
        ),
    )


def _radius_km(places: Ints, study: _Study) -> float:
    """From the centre, which comes first, to the farthest."""
    return float(distances_km(study.lat[places], study.lon[places], slice(0, 1)).max())
