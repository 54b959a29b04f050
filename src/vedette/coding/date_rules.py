"""Rules of dates that name a day, month or year by its own name: how a match is read against the day of publication.

The conventions stand in `coding/dates.py`, the patterns in `date_grammar.py`.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from vedette.coding.date_patterns import DECADES, QUARTERS
from vedette.coding.date_spans import (
    Reading,
    date_or_none,
    month_number,
    month_of,
    nearest_day,
    nearest_year,
    one_day,
    ordinal,
    part_of,
    quarter_of,
    shift,
    since,
    span_of,
    stated_year,
    two_digits,
    week_of,
    weekday_number,
    year_of,
)
from vedette.records import When

__all__ = [
    "century",
    "days",
    "iso",
    "months",
    "named_decade",
    "numeric",
    "quarters",
    "september_11",
    "short_decade",
    "weekdays",
    "years",
]


def _full(day: str, month: str, year: str | None, reading: Reading, weekday: str | None = None) -> date | None:
    number = month_number(month)
    if year:
        digits = year.lstrip("'’")
        full: int | None = int(digits)
        if len(digits) == 2:
            full = two_digits(int(digits), reading.published)
        return date_or_none(full, number, ordinal(day)) if full else None
    return nearest_day(number, ordinal(day), reading, weekday_number(weekday) if weekday else None)


def september_11(match: re.Match[str], reading: Reading) -> When | None:
    """9/11: the one day that is known by its figures."""
    day = date(2001, 9, 11)
    return one_day(day) if reading.published is None or day <= reading.published else None


def numeric(match: re.Match[str], reading: Reading) -> When | str | None:
    """13/07/2021, 07/13/2021: the day or the month first, as the numbers allow; one that lies ahead is ruled out."""
    first, second, digits = int(match["a"]), int(match["b"]), match["y"]
    year = two_digits(int(digits), reading.published) if len(digits) == 2 else int(digits)
    if not year:
        return None
    found = {date_or_none(year, second, first), date_or_none(year, first, second)} - {None}
    if len(found) > 1 and reading.published is not None and not reading.is_future:
        found = {day for day in found if day and day <= reading.published} or found
    if len(found) > 1:
        return "day or month first"
    day = found.pop() if found else None
    return one_day(day) if day else None


def days(match: re.Match[str], reading: Reading) -> When | None:
    """16 July 2021, July 16, 3-7 March, from March 28 to April 2, the night of 12-13 June."""
    g = match.groupdict()
    first, month, year = g["d1"] or "", g["m1"] or "", g.get("y1")
    if not year and (whose := stated_year(g.get("whose"), reading.published)):
        year = f"{whose:04}"
    second, month2, year2 = g.get("d2"), g.get("m2"), g.get("y2")
    if second is None:
        day = _full(first, month or month2 or "", year, reading, g.get("weekday"))
        return since(one_day(day), match, reading) if day else None
    if match[0].endswith(second) and g.get("and") and ordinal(second) != ordinal(first) + 1:
        return None  # "on July 3 and 15 people died"
    end = _full(second, month2 or month, year2 or year, reading)
    if end is None:
        return None
    start = _full(first, month or month2 or "", year or year2 or str(end.year), reading)
    if start is not None and start > end and not (year and year2):
        start = date_or_none(start.year - 1, start.month, start.day)
    return span_of(start, end) if start and start <= end else None


def iso(match: re.Match[str], reading: Reading) -> When | None:
    day = date_or_none(int(match["y"]), int(match["m"]), int(match["d"]))
    return since(one_day(day), match, reading) if day else None


def months(match: re.Match[str], reading: Reading) -> When | None:
    """March 2020, in March, mid-March, between March and May 2020, last March."""
    g = match.groupdict()
    month = month_number(g["m1"])
    year = int(g["y1"]) if g.get("y1") else None
    if g.get("m2"):
        last = month_number(g["m2"])
        year2 = int(g["y2"]) if g.get("y2") else year
        if year2 is None:
            year2 = nearest_year(last, reading)
        if year2 is None:
            return None
        start, end = month_of(year or year2 - (month > last), month), month_of(year2, last)
        return When(start.start, end.end, "range") if start and end and start.start < end.end else None
    which = (g.get("which") or "").lower()
    published = reading.published
    if year is None:
        year = stated_year(g.get("whose"), published)
    if year is None:
        if published is None:
            return None
        if which in ("last", "this past"):
            year = published.year - (month >= published.month)
        elif which == "next":
            year = published.year + (month <= published.month)
        elif which == "this":
            year = published.year
        else:
            year = nearest_year(month, reading)
    when = part_of(month_of(year, month), g.get("part")) if year else None
    if when is not None and g.get("nth"):
        when = _week_of_month(when, g["nth"].lower())
    return since(when, match, reading)


def _week_of_month(month: When, nth: str) -> When:
    """The first seven days of a month, the second seven, ..., its last seven."""
    week = timedelta(days=7)
    if nth in ("last", "final"):
        return When(month.end - week, month.end, "range")
    start = month.start + week * ("first", "second", "third", "fourth").index(nth)
    return When(start, start + week, "range")


def years(match: re.Match[str], reading: Reading) -> When | None:
    """2014, 2014-16, between 2014 and 2016, early 2020, the 1980s."""
    g = match.groupdict()
    first = int(g["y1"])
    if g.get("s"):
        if first % 10:
            return None
        when: When | None = When(date(first, 1, 1), date(first + 10, 1, 1), "range")
        return since(part_of(when, g.get("part")), match, reading)
    if g.get("y2"):
        last = int(g["y2"])
        last = first // 100 * 100 + last if len(g["y2"]) == 2 else last
        end = year_of(last)
        return When(date(first, 1, 1), end.end, "range") if end and last > first else None
    return since(part_of(year_of(first), g.get("part")), match, reading)


def century(match: re.Match[str], reading: Reading) -> When | None:
    """the (early) 19th century, which begins with 1801."""
    first = int(match["n"]) * 100 - 99
    if not 1 <= first <= 2001:
        return None
    words = (match["part"] or "").lower()
    start, end = (
        (0, 33) if "early" in words else (33, 67) if "mid" in words else (67, 100) if "late" in words else (0, 100)
    )
    return When(date(first + start, 1, 1), date(first + end, 1, 1), "range")


def named_decade(match: re.Match[str], reading: Reading) -> When | None:
    """the (early) nineties."""
    year = two_digits(10 * (DECADES.index(match["decade"].lower()) + 2), reading.published)
    when = When(date(year, 1, 1), date(year + 10, 1, 1), "range") if year and year + 10 <= date.max.year else None
    return part_of(when, match["part"])


def quarters(match: re.Match[str], reading: Reading) -> When | None:
    """Q3 2020, the second quarter (of last year): without a year the latest begun, or the next."""
    g = match.groupdict()
    quarter = int(g["q"]) - 1 if g.get("q") else QUARTERS.index(g["which"].lower())
    if g.get("y1"):
        return quarter_of(int(g["y1"]), quarter)
    published = reading.published
    if published is None:
        return None
    now = (published.month - 1) // 3
    whose = (g.get("whose") or "").lower()
    if whose:
        year = published.year + {"last": -1, "this": 0, "the": 0, "next": 1}[whose]
    elif reading.is_future:
        year = published.year + (quarter < now)
    else:
        year = published.year - (quarter > now)
    return quarter_of(year, quarter)


def short_decade(match: re.Match[str], reading: Reading) -> When | None:
    year = two_digits(int(match["y1"]), reading.published)
    when = When(date(year, 1, 1), date(year + 10, 1, 1), "range") if year and year + 10 <= date.max.year else None
    return part_of(when, match["part"])


def _weekday_of(word: str, which: str, reading: Reading) -> date | None:
    published = reading.published
    if published is None:
        return None
    number = weekday_number(word)
    back = (published.weekday() - number) % 7
    if which == "last":
        return shift(published, -(back if back > 1 else back + 7))
    if which in ("this past", "the previous"):
        return shift(published, -(back or 7))
    if which == "next":
        return shift(published, 7 - back if back < 6 else 8)
    if which in ("this coming", "coming"):
        return shift(published, 7 - back)
    if which == "this":
        return shift(published, number - published.weekday())
    return shift(published, (7 - back) % 7 if reading.is_future else -back)


def weekdays(match: re.Match[str], reading: Reading) -> When | None:
    """on Tuesday, last Friday, Monday night, between Monday and Wednesday, since Sunday."""
    g = match.groupdict()
    which = " ".join((g.get("which") or "").lower().split())
    if g.get("w2"):
        if g.get("and") and (weekday_number(g["w2"]) - weekday_number(g["w1"])) % 7 != 1:
            return None  # two days apart are two mentions
        length = (weekday_number(g["w2"]) - weekday_number(g["w1"])) % 7
        named = _weekday_of(g["w1" if reading.is_future else "w2"], which, reading)
        other = shift(named, length if reading.is_future else -length) if named else None
        return span_of(min(named, other), max(named, other)) if named and other else None
    day = _weekday_of(g["w1"], which, reading)
    if g.get("week") and reading.published is not None:
        monday = week_of(reading.published, {"last": -1, "this": 0, "next": 1}[g["week"].lower()])
        day = shift(monday.start, weekday_number(g["w1"])) if monday else None
    if day is None:
        return None
    if g.get("night"):
        other = shift(day, -1 if g.get("into") else 1)
        return span_of(min(day, other), max(day, other)) if other else None
    if g.get("since") and not reading.is_future:
        return since(one_day(day), match, reading)
    return one_day(day)
