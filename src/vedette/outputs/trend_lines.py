"""Trends in words: a sparkline, the latest period against the past, change points, the coverage beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vedette.analysis.trends import Change, ChangePoint, Series, TrendReport

__all__ = ["change_words", "is_out_of_line", "lines", "point_words", "spark"]

BARS = "▁▂▃▄▅▆▇█"
# Periods of a sparkline, the latest; a terminal of 80 columns holds them.
SHOWN = 52
LEVEL = 0.05


def lines(found: TrendReport, most: int = 20) -> Iterator[str]:
    """A report as lines of plain text, the `most` first series of it."""
    what = "each stream" if found.stream is None else f"stream {found.stream}"
    if not found.series:
        yield f"{what} by {found.by}: {found.too_few}"
        yield from _left_out(found)
        return
    yield (
        f"{what} by {found.by}, {len(found.starts)} {found.time_unit}s from {found.starts[0]} to {found.end}, "
        f"{found.n_units:,} incidents or independent reports of one in {found.n_documents:,} reports"
    )
    if found.too_few:
        yield found.too_few
    for series in found.series[:most]:
        yield ""
        yield from _series_lines(series, found)
    if len(found.series) > most:
        yield ""
        yield f"{len(found.series) - most:,} further series: --json or --csv writes all"
    yield from _left_out(found)


def spark(counts: Sequence[float]) -> str:
    """A bar for each count, the highest the largest; nought is a space."""
    top = max(counts, default=0)
    return "".join(" " if not c else BARS[round((len(BARS) - 1) * c / top)] for c in counts)


def is_out_of_line(change: Change) -> bool:
    """Whether the latest period counts at a false discovery rate of .05 over all series."""
    return change.q is not None and change.q <= LEVEL


def change_words(count: int, change: Change, time_unit: str) -> str:
    """The latest period against the past as a sentence, for `count` cases in it."""
    if change.reason is not None:
        return change.reason
    assert change.p is not None and change.expected is not None  # given wherever there is no reason
    told = "in line with its past:"
    if change.p <= LEVEL:
        side = "more" if count > change.expected else "fewer"
        told = f"{'' if is_out_of_line(change) else 'perhaps '}{side} than its past lets expect:"
    ratio = "no case before"
    if change.ratio is not None and change.ratio_low is not None and change.ratio_high is not None:
        ratio = f"{_times(change.ratio)} times the past rate, {_times(change.ratio_low)} to {_times(change.ratio_high)}"
    return (
        f"{told} {count} this {time_unit}, {change.low} to {change.high} expected "
        f"({ratio}; p {_p(change.p)}, q {_p(change.q or 0.0)})"
    )


def point_words(point: ChangePoint, time_unit: str) -> str:
    """A change of level as a sentence."""
    told = f"since about {point.start}: {point.after:.2g} a {time_unit}, {point.before:.2g} before"
    if point.ratio is None or point.ratio_low is None or point.ratio_high is None:
        return told
    return f"{told} ({_times(point.ratio)} times, {_times(point.ratio_low)} to {_times(point.ratio_high)})"


def _series_lines(series: Series, found: TrendReport) -> Iterator[str]:
    count = series.counts[-1]
    yield f"{series.name}  {sum(series.counts):,}"
    yield f"  counts    |{spark(series.counts[-SHOWN:])}| up to {max(series.counts[-SHOWN:])}"
    yield f"  coverage  |{spark(series.coverage[-SHOWN:])}| up to {max(series.coverage[-SHOWN:]):g} reports"
    yield f"  latest    {change_words(count, series.by_time, found.time_unit)}"
    yield f"  by report {change_words(count, series.by_coverage, found.time_unit)}"
    for point in series.change_points or ():
        yield f"  level     {point_words(point, found.time_unit)}"


def _left_out(found: TrendReport) -> Iterator[str]:
    if found.left_out:
        listed = ", ".join(f"{n:,} {reason}" for reason, n in found.left_out.items())
        yield ""
        yield f"left out: {listed}"


def _times(ratio: float) -> str:
    """Two digits; what is above a hundred is not known better than that."""
    return "over 100" if ratio > 100 else f"{ratio:.0f}" if ratio >= 10 else f"{ratio:.2g}"


def _p(p: float) -> str:
    return "below .001" if p < 0.001 else f"{p:.3f}".lstrip("0") if p < 1 else "1"
