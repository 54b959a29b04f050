"""Hotspots as lines for a terminal: each zone a card with its cells, its chance, its coverage and its claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from vedette.analysis.hotspot_records import HotspotReport, Outcome, Zone

__all__ = ["lines"]

BARS = "▁▂▃▄▅▆▇█"
# Claims named on a card; the JSON holds all.
MAX_CLAIMS = 6
MAX_NAMES = 12
# Periods drawn, the last ones.
MAX_BARS = 60
LEFT_OUT = {
    "no place": "without a place",
    "coarse place": "at a place coarser than a cell",
    "no known place": "at a place of unknown cell",
    "no day": "without a day",
    "outside the study": "on days outside the study",
    "too many days": "over too many days",
}
HEADINGS = {
    "bernoulli": "Against each cell's past share of what is told (model bernoulli: a rise in coverage alone is none)",
    "expectation": "Against each cell's past and coverage (model expectation: a rise in coverage alone is none)",
    "poisson": "Against the coverage (model poisson: a rise in coverage alone is none)",
    "permutation": "Against the other cells and times (model permutation: a surge everywhere is none)",
}


def lines(found: HotspotReport) -> Iterator[str]:
    """What `vedette hotspots` prints."""
    yield from _head(found)
    if found.too_few:
        yield ""
        yield "too few data: " + "; ".join(f"{n.has:,} {n.what}, {n.needed:,} needed" for n in found.too_few)
        return
    for outcome in found.outcomes:
        yield ""
        yield from _outcome(found, outcome)
    yield ""
    yield from _patterns(found)


def _head(found: HotspotReport) -> Iterator[str]:
    cells = "province (admin-1)" if found.cells_by == "admin1" else f"hexagon ({found.cells_by})"
    study = f", {found.start} to {found.end}" if found.start else ""
    yield f"{found.stream}: {found.gist}; by {cells} and {found.time_unit}{study}"
    told = f"{found.n_units:,} incidents in cells, from {found.n_reports:,} reports"
    if found.n_spread:
        told += f"; {found.n_spread:,} of them spread over several"
    yield told
    if found.left_out:
        yield "in no cell: " + ", ".join(f"{n:,} {LEFT_OUT[reason]}" for reason, n in found.left_out.items())


def _outcome(found: HotspotReport, outcome: Outcome) -> Iterator[str]:
    yield HEADINGS[outcome.model]
    if outcome.n_screened is not None:
        yield f"  looked at: rings around the {outcome.n_screened:,} cells that Gi* shows hottest"
    told = [zone for zone in outcome.zones if zone.is_alarm or zone.p is None]
    for zone in told:
        yield from _card(found, zone)
    if not outcome.zones:
        yield "  no zone holds more than expected"
    elif not told:
        first = outcome.zones[0]
        yield f"  no hotspot: the strongest zone, {_names([c.name for c in first.cells])}, {first.chance}"
    elif weaker := len(outcome.zones) - len(told):
        yield f"  {weaker:,} weaker {'zone' if weaker == 1 else 'zones'}, which chance explains (p > .05)"


def _card(found: HotspotReport, zone: Zone) -> Iterator[str]:
    risk = "" if zone.relative_risk is None else f", {zone.relative_risk:.1f} times as many"
    dead = "" if zone.deaths is None else f"; {zone.deaths:,.0f} dead"
    yield f"  {zone.number}. {zone.start} to {zone.end}: {zone.observed:,}, {zone.expected:.1f} expected{risk}{dead}"
    yield f"     {zone.chance}" + ("" if zone.p is None else f" (p = {zone.p:.3f})")
    width = max(len(cell.name) for cell in zone.cells)
    yield f"     {'':{width}}  observed  expected  reports  usual"
    for cell in zone.cells:
        usual = "    ?" if cell.usual_coverage is None else f"{cell.usual_coverage:5.1f}"
        yield f"     {cell.name:{width}}  {cell.observed:8,}  {cell.expected:8.1f}  {cell.coverage:7.0f}  {usual}"
    yield f"     by {found.time_unit}  {_sparkline(zone.counts)}  reports  {_sparkline(zone.coverage)}"
    claims = [member.claim for cell in zone.cells for member in cell.claims]
    more = f" and {len(claims) - MAX_CLAIMS:,} more" if len(claims) > MAX_CLAIMS else ""
    yield f"     claims: {' '.join(claims[:MAX_CLAIMS])}{more}"


def _patterns(found: HotspotReport) -> Iterator[str]:
    by_pattern: dict[str, list[str]] = defaultdict(list)
    for cell in found.cells:
        by_pattern[cell.pattern].append(cell.name)
    yield "Emerging hot spots (Gi* of counts against the coverage, false discovery rate .05)"
    n_none = len(by_pattern.pop("no pattern", ()))
    for pattern, names in sorted(by_pattern.items()):
        yield f"  {pattern}: {_names(names)}"
    yield f"  no pattern: {n_none:,} cells"


def _names(names: Sequence[str]) -> str:
    more = f" and {len(names) - MAX_NAMES:,} more" if len(names) > MAX_NAMES else ""
    return ", ".join(names[:MAX_NAMES]) + more


def _sparkline(values: Sequence[float]) -> str:
    """A bar a value, the last ones, of the height of its share of the largest."""
    values = values[-MAX_BARS:]
    most = max(values, default=0.0) or 1.0
    return "".join(BARS[round(value / most * (len(BARS) - 1))] for value in values)
