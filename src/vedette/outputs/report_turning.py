"""Hotspots and trends in the report: each zone a card with its claims, trends as small multiples, or that data are few.

The pictures are those of `vedette plot`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from vedette.analysis.hotspot_records import HotspotReport, Zone, ZoneCell
from vedette.analysis.trends import Series, TrendReport
from vedette.outputs.hotspot_cards import LEFT_OUT
from vedette.outputs.hotspot_picture import KEY, draw_hotspots, hotspot_gist, is_worth_a_map, off_the_map
from vedette.outputs.hotspot_zones import ToldZone, needs_words, no_zone_words, span_words, told_zones
from vedette.outputs.report_rows import Told
from vedette.outputs.report_view import Finding, Row
from vedette.outputs.report_words import capital, n_of
from vedette.outputs.trend_lines import change_words, point_words
from vedette.outputs.trend_picture import KEY as TRENDS_KEY
from vedette.outputs.trend_picture import draw_series, drawn_series, few_words, trend_gist
from vedette.outputs.turning_view import HotspotsView, TrendsView, TrendView, TurningView, ZoneCard, ZoneCellRow

__all__ = ["turning_view", "zone_findings"]

# Claims listed on a card; `vedette hotspots --json` names all.
MAX_CLAIMS = 40
MAX_CELLS = 12
SPARK_WIDTH, SPARK_HEIGHT = 240.0, 36.0
MAX_BARS = 104
type Claims = Mapping[tuple[str, str], Told]


def turning_view(
    hotspots: HotspotReport | None,
    trends: Sequence[TrendReport],
    claims: Claims,
    row: Callable[[Told], Row],
    linkable: Collection[str],
) -> TurningView:
    """Return what the page shows of both.

    Args:
        claims: the claims by document and id; `row`: what the page says of one; `linkable`: ids that the page has.
    """
    few: list[str] = []
    view = None
    if hotspots is not None:
        needs = needs_words(hotspots)
        if needs:
            few.append(f"Hotspots: {needs}")
        else:
            view = _hotspots(hotspots, claims, row, linkable)
    reasons = {found.by: few_words(found) for found in trends}
    drawn = [_trends(found) for found in trends if reasons[found.by] is None]
    if not drawn and len(set(reasons.values())) == 1:
        few.append(f"Trends: {next(iter(reasons.values()))}")
    else:
        few += [f"Trends by {by}: {reason}" for by, reason in reasons.items() if reason is not None]
    return TurningView(view, tuple(drawn), TRENDS_KEY if drawn else "", f"{'. '.join(few)}." if few else "")


def zone_findings(hotspots: HotspotReport | None) -> list[Finding]:
    """Zones as lines of the summary, which open their cards."""
    zones = told_zones(hotspots) if hotspots is not None else ()
    return [
        Finding(f"Hotspot: {told.name}, {_days(told.zone)}", _told(told.zone), f"zone-{told.number}", "violence")
        for told in zones[:3]
    ]


def _hotspots(
    found: HotspotReport, claims: Claims, row: Callable[[Told], Row], linkable: Collection[str]
) -> HotspotsView:
    zones = told_zones(found)
    left_out = ", ".join(f"{n:,} {LEFT_OUT[reason]}" for reason, n in found.left_out.items())
    return HotspotsView(
        gist=hotspot_gist(found),
        map_svg=draw_hotspots(found)[0] if is_worth_a_map(found) else None,
        key=KEY,
        off_map=tuple(off_the_map(found)),
        zones=tuple(_card(found, told, claims, row, linkable) for told in zones),
        none_words="" if zones else no_zone_words(found),
        left_out=f"In no cell: {left_out}." if left_out else "",
    )


def _card(
    found: HotspotReport, told: ToldZone, claims: Claims, row: Callable[[Told], Row], linkable: Collection[str]
) -> ZoneCard:
    zone = told.zone
    behind = list(dict.fromkeys((m.id, m.claim) for cell in zone.cells for m in cell.claims))
    rows = [row(claims[key]) for key in behind[:MAX_CLAIMS] if key in claims]
    first = next((n for n, start in enumerate(found.periods) if start >= zone.start), 0)
    unit = found.time_unit
    return ZoneCard(
        number=told.number,
        name=told.name,
        days=_days(zone),
        told=_told(zone),
        verdict=capital(told.verdict),
        chance=f"{capital(zone.chance)}{_p(zone.p)}.",
        counts_svg=_spark(zone.counts, first, f"Cases by {unit}"),
        coverage_svg=_spark(zone.coverage, first, f"Reports by {unit}"),
        coverage=_coverage(zone),
        cells=tuple(map(_cell, sorted(zone.cells, key=lambda cell: -cell.observed)[:MAX_CELLS])),
        claims=tuple((r.id, _claim_words(r), r.id in linkable) for r in rows),
        n_claims=len(behind),
        n_more=len(behind) - len(rows),
    )


def _days(zone: Zone) -> str:
    return span_words(zone.start, zone.end)


def _told(zone: Zone) -> str:
    risk = "" if zone.relative_risk is None else f", {zone.relative_risk:.1f} times as many"
    dead = "" if zone.deaths is None else f"; {zone.deaths:,.0f} dead told"
    return f"{n_of(zone.observed, 'case')}, {zone.expected:.1f} expected{risk}{dead}"


def _p(p: float | None) -> str:
    return "" if p is None else f" (p {f'{p:.3f}'.lstrip('0')})"


def _coverage(zone: Zone) -> str:
    told = f"{sum(cell.coverage for cell in zone.cells):,.0f} reports of these places in these days"
    usual = [cell.usual_coverage for cell in zone.cells]
    known = [n for n in usual if n is not None]
    return f"{told}, {sum(known):,.0f} usual for so many days" if len(known) == len(usual) else told


def _cell(cell: ZoneCell) -> ZoneCellRow:
    usual = "" if cell.usual_coverage is None else f"{cell.usual_coverage:,.1f}"
    return ZoneCellRow(cell.name, f"{cell.observed:,}", f"{cell.expected:,.1f}", f"{cell.coverage:,.0f}", usual)


def _claim_words(row: Row) -> str:
    parties = " → ".join(x for x in (row.who, row.whom) if x)
    about = " ".join(x for x in (row.label, parties) if x)
    where = f", {row.place}" if row.place else ""
    voice = row.outlet or "the report itself" if row.is_outlets_voice else row.speaker
    return f"{row.day or 'no day'}: {about}{where}, according to {voice}"


def _spark(values: Sequence[float], first: int, title: str) -> str:
    """A bar a period, those of the zone in colour, and the largest value as a number."""
    start = max(0, len(values) - MAX_BARS)
    shown, top = values[start:], max(*values, 1.0)
    step = SPARK_WIDTH / len(shown)
    wide = max(step * 0.8, min(step, 1.0))
    bars = "".join(
        f'<rect class="count{" latest" if n + start >= first else ""}" x="{n * step:.1f}" '
        f'y="{SPARK_HEIGHT * (1 - value / top):.1f}" width="{wide:.1f}" height="{SPARK_HEIGHT * value / top:.1f}"/>'
        for n, value in enumerate(shown)
        if value
    )
    return (
        f'<svg class="small spark" viewBox="0 0 {SPARK_WIDTH:g} {SPARK_HEIGHT + 1:g}" role="img" '
        f'preserveAspectRatio="none"><title>{title}: {max(shown):,.0f} at most, {shown[-1]:,.0f} in the last</title>'
        f'{bars}<path class="base" d="M0,{SPARK_HEIGHT:g}H{SPARK_WIDTH:g}"/></svg>'
    )


def _trends(found: TrendReport) -> TrendsView:
    series = drawn_series(found)
    counted = "" if found.stream in (None, "all") else f": {found.stream}"
    return TrendsView(
        title=f"By {found.by}{counted}",
        gist=trend_gist(found),
        series=tuple(TrendView(draw_series(s, found), _words(s, found)) for s in series),
        n_more=len(found.series) - len(series),
    )


def _words(series: Series, found: TrendReport) -> tuple[str, ...]:
    count, unit = series.counts[-1], found.time_unit
    by_report = series.by_coverage.reason or change_words(count, series.by_coverage, unit)
    return (
        f"Against its past: {change_words(count, series.by_time, unit)}",
        f"Against its coverage: {by_report}",
        *(f"Level: {point_words(point, unit)}" for point in series.change_points or ()),
    )
