"""What `vedette hotspots` found: the records of its JSON, of its cards and of the report's map.

Days are whole; `start` and `end` are the first and the last day, both within. Counts are of units (incidents, else
independent origins), coverage is of independent reports; both may be broken numbers where units are spread.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from vedette.analysis.findings import Model
from vedette.analysis.periods import Unit
from vedette.records import Member

__all__ = ["HotCell", "HotspotReport", "Need", "Outcome", "Zone", "ZoneCell"]


class Need(msgspec.Struct, frozen=True):
    """Something of which a database holds too little: `has` of the `needed`."""

    what: str
    has: int
    needed: int


class ZoneCell(msgspec.Struct, frozen=True):
    """A cell of a zone over the zone's days.

    `observed` cases against `expected` ones; `relative_risk` as in `findings.Member`. `coverage`: independent reports
    that tell of the cell in these days; `usual_coverage`: as many as fell on such a length of time before; None where
    the zone lasts the whole study. `claims`: those behind the observed, by document and claim id.
    """

    cell: str
    name: str
    observed: int
    expected: float
    relative_risk: float | None
    coverage: float
    usual_coverage: float | None
    claims: tuple[Member, ...]


class Zone(msgspec.Struct, frozen=True, kw_only=True):
    """Cells side by side with more cases than expected up to the last period of the study.

    `statistic`: log-likelihood ratio. `p`: Monte Carlo, all windows looked at are paid for; `gumbel_p`: by the fitted
    tail. `recurrence_days`: how often so strong a zone is seen where nothing happens, if one looks once a period at
    all the models shown: the period's length over (models times p); None without replicates. `chance`: the same in
    words. `is_alarm`: p <= .05. `deaths`: dead in the observed units, by their middle numbers; None where nobody tells
    any. `counts`, `coverage`: of the zone by period of the whole study, oldest first. `cells`: the middle one first.
    """

    number: int
    cells: tuple[ZoneCell, ...]
    start: date
    end: date
    observed: int
    expected: float
    relative_risk: float | None
    statistic: float
    p: float | None
    gumbel_p: float | None
    recurrence_days: float | None
    chance: str
    is_alarm: bool
    radius_km: float
    deaths: float | None
    counts: tuple[float, ...]
    coverage: tuple[float, ...]


class Outcome(msgspec.Struct, frozen=True):
    """What one model found: zones that share no cell, the strongest first.

    `n_screened`: how many cells a screen by Gi* let through to be scanned; None: all were.
    """

    model: Model
    zones: tuple[Zone, ...]
    n_windows: int
    n_replications: int
    n_screened: int | None = None


class HotCell(msgspec.Struct, frozen=True, kw_only=True):
    """A cell of the map with its class of emerging hot spot.

    `id`: country and province ("AFG/Kunduz"), or H3's index; `lat`, `lon`: a point for it, WGS 84 degrees. `pattern`:
    one of `analysis.hotspots.CLASSES`. `z`: Gi* of the last period, of counts held against the coverage; `is_hot`,
    `is_cold`: whether it counts at a false discovery rate of .05 over all cells and periods. `trend_z`, `trend_p`:
    Mann-Kendall on the cell's z. `counts`, `deaths`, `coverage`: by period, oldest first. `zones`: model and number of
    the zones that hold the cell.
    """

    id: str
    name: str
    country: str | None
    lat: float
    lon: float
    pattern: str
    z: float
    is_hot: bool
    is_cold: bool
    trend_z: float
    trend_p: float
    counts: tuple[float, ...]
    deaths: tuple[float, ...]
    coverage: tuple[float, ...]
    zones: tuple[tuple[Model, int], ...]


class HotspotReport(msgspec.Struct, frozen=True, kw_only=True):
    """Hotspots of one stream of a database.

    `too_few`: where it holds anything, the data are too few and there is no result: `outcomes` and `cells` are empty.
    `outcomes`: one a model, to be read beside each other: the first that knows the coverage (a rise in coverage
    alone is no hotspot), then permutation (a surge everywhere is no hotspot). `periods`: the first day of each.
    `n_units`: units in cells; `left_out`: units that are in none, by reason (`tallies.REASONS`; "coarse place": a
    country or region, of H3 also a province); `n_spread`: units spread over several cells or periods, and for the
    models drawn into one of them. `max_periods`: longest zone. `cells_by`: "admin1" or "h3:N".
    """

    stream: str
    gist: str
    cells_by: str
    time_unit: Unit
    coarse: Literal["out", "spread"]
    days: Literal["start", "spread"]
    start: date | None
    end: date | None
    periods: tuple[date, ...]
    n_reports: int
    n_units: int
    n_spread: int
    left_out: dict[str, int]
    too_few: tuple[Need, ...]
    outcomes: tuple[Outcome, ...]
    cells: tuple[HotCell, ...]
    max_periods: int
    max_km: float
    replications: int
    seed: int
