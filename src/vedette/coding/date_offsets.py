"""Rules of words that count from the day of publication or from a day named before: "yesterday", "two weeks ago".

The conventions stand in `coding/dates.py`, the patterns in `date_grammar.py`.
"""

from __future__ import annotations

import re
from datetime import date

from vedette.coding.date_patterns import ONE_DAY, VAGUE_REACH
from vedette.coding.date_spans import (
    Reading,
    month_of,
    number_of,
    one_day,
    part_of,
    quarter_of,
    relative,
    shift,
    since,
    span_of,
    week_of,
    year_of,
)
from vedette.records import When

__all__ = ["ago", "ahead", "calendar", "near_days", "neighbour", "quarter", "window"]


def near_days(match: re.Match[str], reading: Reading) -> When | None:
    """today, yesterday, tomorrow, tonight, overnight, last night, this morning."""
    published = reading.published
    if published is None:
        return None
    words = " ".join(match[0].lower().split())
    if words == "overnight":
        before = shift(published, -1)
        return span_of(before, published, "range", "relative") if before else None
    if "day before yesterday" in words:
        days = -2
    elif "day after tomorrow" in words:
        days = 2
    elif "yesterday" in words or "last night" in words or "last evening" in words:
        days = -1
    elif "tomorrow" in words:
        days = 1
    else:
        days = 0
    day = shift(published, days)
    return since(one_day(day, "relative"), match, reading) if day else None


def ago(match: re.Match[str], reading: Reading) -> When | None:
    """three days ago, a week earlier, two months later."""
    g = match.groupdict()
    direction = -1
    base = reading.published
    unit = g["unit"].lower()
    way = (g.get("way") or "").lower()
    if way != "ago":
        if reading.day is not None:
            base = reading.day.start
        elif reading.period is not None and reading.period.precision == unit:
            base = reading.period.start
        elif way in ("later", "before"):
            return None
        direction = 1 if way == "later" else -1
    if base is None:
        return None
    number = 1 if g.get("the") else number_of(g["n"]) if g.get("n") else None
    if number is None and not g.get("plural"):
        return None
    when = _counted(base, direction, number, unit)
    published = reading.published
    if (
        when is not None
        and direction > 0
        and published is not None
        and when.start > published
        and not reading.is_future
    ):
        return None  # "two decades later" counts from something else than the last day named
    return since(when, match, reading)


def ahead(match: re.Match[str], reading: Reading) -> When | None:
    """in three days, within two weeks: ahead of publication where the verb speaks of what is to come."""
    base = reading.published
    number = number_of(match["n"])
    if base is None or number is None or not reading.is_future:
        return None
    unit = match["unit"].lower()
    if match["how"].lower() == "in":
        return _counted(base, 1, number, unit)
    end = _back(base, -number, unit)
    return span_of(base, end, "range", "relative") if end else None


def quarter(match: re.Match[str], reading: Reading) -> When | None:
    """last quarter, this quarter."""
    base = reading.published
    step = {"last": -1, "previous": -1, "next": 1}.get(match["which"].lower(), 0)
    return quarter_of(base.year, (base.month - 1) // 3 + step, "relative") if base else None


def _counted(base: date, direction: int, number: int | None, unit: str) -> When | None:
    if number is None:
        reach = _back(base, VAGUE_REACH[unit], unit)
        near = _back(base, 2, unit) if unit != "hour" else base
        if reach is None or near is None or direction > 0:
            return None
        return span_of(reach, near, "range", "relative")
    if unit == "hour":
        day = shift(base, direction * (number // 24))
        return one_day(day, "relative") if day else None
    if unit == "day":
        day = shift(base, direction * number)
        return one_day(day, "relative") if day else None
    if unit == "week":
        first, last = shift(base, direction * 7 * number - 3), shift(base, direction * 7 * number + 3)
        return span_of(first, last, "week", "relative") if first and last else None
    if unit == "month":
        return relative(month_of(base.year, base.month + direction * number))
    if unit == "year" and (number <= 10 or number % 10):
        return relative(year_of(base.year + direction * number))
    year = base.year + direction * number * (10 if unit == "decade" else 1)
    if not 3 < year < 9990:
        return None
    return When(date(year - 2, 1, 1), date(year + 3, 1, 1), "range", "relative")


def _back(base: date, number: int, unit: str) -> date | None:
    """The day `number` units before (after, when negative) `base`."""
    if unit in ("hour", "day", "week"):
        days = {"hour": -(-abs(number) // 24) * (1 if number > 0 else -1), "day": number, "week": 7 * number}[unit]
        return shift(base, -days)
    months = {"month": 1, "year": 12, "decade": 120}[unit] * number
    shifted = month_of(base.year, base.month - months)
    if shifted is None:
        return None
    return min(shifted.start + (base.day - 1) * ONE_DAY, shifted.end - ONE_DAY)


def window(match: re.Match[str], reading: Reading) -> When | None:
    """in the past 24 hours, over the last three months, in recent days, in the coming weeks."""
    base = reading.published
    if base is None:
        return None
    g = match.groupdict()
    which = g["which"].lower()
    unit = g["unit"].lower()
    is_plural = bool(g.get("plural"))
    number = number_of(g["n"]) if g.get("n") else (None if is_plural or which in ("previous", "following") else 1)
    if which in ("last", "next") and not is_plural and (number or 1) == 1 and unit != "decade":
        return None
    if (which in ("previous", "following") and number is None) or (which == "recent" and not is_plural):
        return None
    if number is None:
        number = {"hour": 24, "day": 7, "week": 4, "month": 3, "year": 3, "decade": 3}[unit]
    if which in ("coming", "next", "following"):
        end = _back(base, -number, unit)
        return span_of(base, end, "range", "relative") if end else None
    start = _back(base, number, unit)
    return span_of(start, base, "range", "relative") if start else None


def calendar(match: re.Match[str], reading: Reading) -> When | None:
    """this week, earlier this month, late last year, next week, the weekend."""
    base = reading.published
    if base is None:
        return None
    g = match.groupdict()
    which = " ".join(g["which"].lower().split())
    unit = g["unit"].lower()
    step = -1 if which == "last" else 1 if which in ("next", "coming", "this coming") else 0
    if which == "the" and unit != "weekend" and not g.get("part") and not g.get("position"):
        return None  # "the 1st of the month"
    if unit == "weekend":
        return _weekend(base, which, reading)
    if unit == "week":
        when = week_of(base, step)
    elif unit == "month":
        when = relative(month_of(base.year, base.month + step))
    elif unit == "year":
        when = relative(year_of(base.year + step))
    else:
        first = base.year // 10 * 10 + 10 * step
        when = When(date(first, 1, 1), date(first + 10, 1, 1), "range", "relative") if 0 < first < 9980 else None
    if when is None:
        return None
    position = (g.get("position") or "").lower()
    if position == "earlier" and step == 0:
        return When(when.start, max(base, when.start + ONE_DAY), "range", "relative")
    if position == "later" and step == 0:
        return When(base, when.end, "range", "relative")
    return since(part_of(when, g.get("part") or (position if position in ("early", "late") else None)), match, reading)


def _weekend(base: date, which: str, reading: Reading) -> When | None:
    saturday = shift(base, 5 - base.weekday())
    if saturday is None:
        return None
    if which in ("next", "coming", "this coming"):
        if base.weekday() >= 5 or which == "next":
            saturday = shift(saturday, 7) if base.weekday() >= 5 else saturday
    elif which == "last" or (which in ("the", "over the", "at the") and saturday > base and not reading.is_future):
        saturday = shift(saturday, -7)
    return span_of(saturday, saturday + ONE_DAY, "range", "relative") if saturday else None


def neighbour(match: re.Match[str], reading: Reading) -> When | None:
    """the previous day, the following week, the same day: counted from the last day named."""
    unit = match["unit"].lower()
    named = reading.day or reading.period
    if reading.period is not None and reading.period.precision == unit:
        named = reading.period
    if named is None:
        return None
    base = named.start
    which = match["which"].lower()
    step = -1 if which in ("previous", "preceding") else 0 if which == "same" else 1
    if unit == "day":
        day = shift(base, step)
        return one_day(day, "relative") if day and named is reading.day else None
    if unit == "week":
        return week_of(base, step)
    if unit == "month":
        return relative(month_of(base.year, base.month + step))
    return relative(year_of(base.year + step))
