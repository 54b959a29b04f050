"""Small multiples of trends: a small drawing a series, counts as bars, coverage below, the expected range; as SVG."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from vedette.analysis.trends import Change, Series, TrendReport
from vedette.outputs.hotspot_zones import span_words
from vedette.outputs.picture_sheet import Drawing, Sheet, make_sheet
from vedette.outputs.report_words import n_of, type_label
from vedette.outputs.trend_lines import LEVEL, change_words, is_out_of_line, point_words

__all__ = ["KEY", "draw_series", "drawn_series", "few_words", "series_name", "trend_gist", "trend_sheet"]

# Fewer cases than this in the whole study draw no shape that means anything.
LEAST_CASES = 10
# Series drawn, those most out of line first.
MAX_SERIES = 12
# Periods drawn, the latest; two years of weeks.
MAX_PERIODS = 104
WIDTH, HEIGHT = 320.0, 190.0
LEFT, RIGHT = 6.0, 314.0
# Upper and lower end of the counts, then of the coverage.
TOP, BASE = 46.0, 118.0
COVER_TOP, COVER_BASE = 130.0, 152.0
KEY = (
    "Bars: cases by period, the latest in colour; bracket: where 95 % of counts would lie if it went on as before; "
    "dashes: levels, where one changed; below: independent reports."
)


def trend_sheet(found: TrendReport) -> Sheet:
    """The small multiples of a report as a picture of its own."""
    title = f"Trends by {found.by}" + (f": {found.stream}" if found.stream and found.stream != "all" else "")
    series = drawn_series(found)
    too_few = few_words(found)
    if too_few:
        return make_sheet(title, trend_gist(found), (), too_few=too_few)
    drawings = [Drawing(draw_series(s, found), WIDTH, HEIGHT) for s in series]
    more = len(found.series) - len(series)
    left = f" {n_of(more, 'further series', 'further series')} not drawn: less out of line, or too few cases."
    return make_sheet(title, trend_gist(found), drawings, [KEY + (left if more else "")])


def trend_gist(found: TrendReport) -> str:
    """What is counted and when, in words."""
    if not found.starts:
        return "No report has a day in the study."
    return (
        f"{n_of(found.n_units, 'incident')} or independent reports of one in {n_of(found.n_documents, 'report')}, by "
        f"{found.time_unit}, {span_words(found.starts[0], found.end)}."
    )


def drawn_series(found: TrendReport) -> tuple[Series, ...]:
    """The series with enough cases and past, those most out of line first."""
    enough = [s for s in found.series if sum(s.counts) >= LEAST_CASES and s.by_time.p is not None]
    return tuple(enough[:MAX_SERIES])


def few_words(found: TrendReport) -> str | None:
    """Why there is nothing to draw; None: there is."""
    if found.too_few:
        return found.too_few
    if drawn_series(found):
        return None
    most = max((sum(s.counts) for s in found.series), default=0)
    return f"too few data: {most} cases in the largest series, {LEAST_CASES} needed"


def series_name(series: Series, by: str) -> str:
    """A series as readers know it: event types in plain words."""
    if by == "type" and series.name.isupper():
        return type_label(series.name)
    return series.name


def verdict_of(count: int, change: Change) -> tuple[str, str]:
    """How the latest period stands to the past: a style ("more", "fewer", "") and words."""
    if change.p is None or change.expected is None:
        return "", "cannot be told"
    if change.p > LEVEL:
        return "", "in line with its past"
    style = "more" if count > change.expected else "fewer"
    return style, f"{style} than expected" if is_out_of_line(change) else f"perhaps {style}"


def draw_series(series: Series, found: TrendReport) -> str:
    """One series as SVG, 320 units wide."""
    first = max(0, len(series.counts) - MAX_PERIODS)
    counts, coverage = series.counts[first:], series.coverage[first:]
    change, name = series.by_time, series_name(series, found.by)
    style, verdict = verdict_of(counts[-1], change)
    top = max(*counts, change.high or 0, 1)
    words = [change_words(counts[-1], change, found.time_unit)]
    words += [point_words(point, found.time_unit) for point in series.change_points or ()]
    words.append(f"{sum(counts)} cases, {sum(coverage):,.0f} reports")
    parts = [
        f'<svg class="small" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" role="img" xmlns="http://www.w3.org/2000/svg">',
        f"<title>{escape(name)}: {escape('; '.join(words))}</title>",
        f'<text class="name" x="{LEFT:g}" y="16">{escape(_short(name))}</text>',
        f'<text class="verdict {style}" x="{LEFT:g}" y="34">{verdict}</text>',
        f'<text x="{RIGHT:g}" y="34" text-anchor="end">up to {max(counts):,} a {found.time_unit}</text>',
        *_bars(counts, top),
        *_levels(series, found, first, top),
        f'<path class="base" d="M{LEFT:g},{BASE:g}H{RIGHT:g}"/>',
        *_reach(len(counts), change, top),
        _coverage(coverage),
        f'<text x="{LEFT:g}" y="168">{_day(found, first)}</text>',
        f'<text x="{RIGHT:g}" y="168" text-anchor="end">{_day(found, -1)}</text>',
        f'<text x="{LEFT:g}" y="184">{_latest(counts[-1], change, found.time_unit)}</text>',
        f'<text x="{RIGHT:g}" y="184" text-anchor="end">{_covered(coverage)}</text>',
        "</svg>",
    ]
    return "".join(parts)


def _latest(count: int, change: Change, time_unit: str) -> str:
    expected = "" if change.low is None else f", {change.low}–{change.high} expected"
    return f"latest {count}{expected}"


def _covered(coverage: Sequence[float]) -> str:
    return f"{n_of(round(coverage[-1]), 'report')}, {max(coverage):,.0f} at most"


def _short(name: str) -> str:
    return name if len(name) <= 40 else f"{name[:39]}…"


def _day(found: TrendReport, at: int) -> str:
    day = found.starts[at]
    return f"{day.day} {day.strftime('%b %Y')}"


def _step(n: int) -> float:
    return (RIGHT - LEFT) / n


def _y(value: float, top: float) -> float:
    return BASE - (BASE - TOP) * min(value / top, 1.0)


def _bars(counts: Sequence[int], top: float) -> Iterator[str]:
    step = _step(len(counts))
    wide = max(step * 0.8, min(step, 1.2))
    for n, count in enumerate(counts):
        if count:
            latest = " latest" if n == len(counts) - 1 else ""
            y = _y(count, top)
            yield (
                f'<rect class="count{latest}" x="{LEFT + n * step:.1f}" y="{y:.1f}" width="{wide:.1f}" '
                f'height="{BASE - y:.1f}"/>'
            )


def _levels(series: Series, found: TrendReport, first: int, top: float) -> Iterator[str]:
    """The level before and after each change, dashed; nothing where none changed."""
    points = [point for point in series.change_points or () if point.period > first]
    if not points:
        return
    step = _step(len(series.counts) - first)
    starts = [first, *(point.period for point in points), len(series.counts)]
    heights = [points[0].before, *(point.after for point in points)]
    path = "".join(
        f"{'M' if n == 0 else 'L'}{LEFT + (starts[n] - first) * step:.1f},{_y(height, top):.1f}"
        f"H{LEFT + (starts[n + 1] - first) * step:.1f}"
        for n, height in enumerate(heights)
    )
    yield f'<path class="level" d="{path}"/>'


def _reach(n: int, change: Change, top: float) -> Iterator[str]:
    """A bracket at the latest period: where 95 % of counts lie that its past lets expect."""
    if change.low is None or change.high is None:
        return
    step = _step(n)
    middle = LEFT + (n - 1) * step + max(step * 0.8, 1.2) / 2
    half = min(max(step * 0.4, 2.5), 5.0)
    high, low = _y(change.high, top), _y(change.low, top)
    yield (
        f'<path class="reach" d="M{middle - half:.1f},{high:.1f}h{2 * half:.1f}M{middle:.1f},{high:.1f}V{low:.1f}'
        f'M{middle - half:.1f},{low:.1f}h{2 * half:.1f}"/>'
    )


def _coverage(coverage: Sequence[float]) -> str:
    step, top = _step(len(coverage)), max(*coverage, 1.0)
    points = "".join(f"V{COVER_BASE - (COVER_BASE - COVER_TOP) * value / top:.1f}h{step:.2f}" for value in coverage)
    return f'<path class="told" d="M{LEFT:g},{COVER_BASE:g}{points}V{COVER_BASE:g}z"/>'
