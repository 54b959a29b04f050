"""Days, weeks, months and years as half-open ranges, and what a rule may look at besides the words it matched.

The conventions stand in `coding/dates.py`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from vedette.coding.date_patterns import AHEAD, NUMBERS, ONE_DAY, ORDINALS, QUARTERS, SHORT_MONTHS, VAGUE, WEEKDAYS
from vedette.records import When

__all__ = [
    "Reading",
    "Rule",
    "date_or_none",
    "month_number",
    "month_of",
    "nearest_day",
    "nearest_year",
    "number_of",
    "one_day",
    "ordinal",
    "part_of",
    "quarter_of",
    "relative",
    "shift",
    "since",
    "span_of",
    "stated_year",
    "two_digits",
    "week_of",
    "weekday_number",
    "year_of",
]

Precision = Literal["day", "week", "month", "year", "range"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a rule may look at besides the match.

    `published` is the day that "today" means. `is_future` and `is_past`: what the verb of the words speaks of; both
    are False where no verb says. `day` and `period` are the last day, and the last week, month or year, named before.
    """

    published: date | None
    is_future: bool = False
    is_past: bool = False
    day: When | None = None
    period: When | None = None


# A rule answers with days, with the reason why the words fix none ("season"), or with None: the words are no date.
Rule = Callable[[re.Match[str], Reading], When | str | None]


def one_day(start: date, basis: Literal["stated", "relative", "published"] = "stated") -> When | None:
    return span_of(start, start, "day", basis)


def span_of(
    first: date,
    last: date,
    precision: Precision = "range",
    basis: Literal["stated", "relative", "published"] = "stated",
) -> When | None:
    """Days from `first` up to and with `last`."""
    if last < first or last >= date.max:
        return None
    return When(first, last + ONE_DAY, precision, basis)


def date_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_of(year: int, month: int) -> When | None:
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    if not 1 <= year <= 9998:
        return None
    return When(date(year, month, 1), date(year, month, 1) + monthrange(year, month)[1] * ONE_DAY, "month")


def year_of(year: int) -> When | None:
    return When(date(year, 1, 1), date(year + 1, 1, 1), "year") if 1 <= year <= 9998 else None


def week_of(day: date, weeks: int = 0) -> When | None:
    try:
        monday = day - day.weekday() * ONE_DAY + 7 * weeks * ONE_DAY
        return When(monday, monday + 7 * ONE_DAY, "week", "relative")
    except OverflowError:
        return None


def shift(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def relative(when: When | None) -> When | None:
    return When(when.start, when.end, when.precision, "relative") if when else None


def part_of(when: When | None, part: str | None) -> When | None:
    """The early, middle or late third, a half or a quarter of a month or year."""
    if when is None or not part:
        return when
    words = part.lower().split()
    start, end, year = when.start, when.end, when.start.year
    if "half" in words:
        cut = date(year, 7, 1) if when.precision == "year" else start + 15 * ONE_DAY
        first, last = (start, cut) if "first" in words else (cut, end)
    elif "quarter" in words:
        return quarter_of(year, next(k for k, w in enumerate(QUARTERS) if w in words), when.basis)
    else:
        if when.precision == "year":
            cuts = (start, date(year, 5, 1), date(year, 9, 1), end)
        elif when.precision == "month":
            cuts = (start, start + 10 * ONE_DAY, start + 20 * ONE_DAY, end)
        elif (end - start).days > 3000:
            cuts = (start, date(year + 4, 1, 1), date(year + 7, 1, 1), end)
        else:
            third = (end - start) // 3
            cuts = (start, start + third, end - third, end)
        k = 0 if {"early", "beginning", "start"} & set(words) else 2 if {"late", "end"} & set(words) else 1
        first, last = cuts[k], cuts[k + 1]
    return When(first, last, "range", when.basis)


def quarter_of(year: int, quarter: int, basis: Literal["stated", "relative", "published"] = "stated") -> When | None:
    """A quarter of a year, counted from 0; -1 is the last of the year before."""
    year, quarter = year + quarter // 4, quarter % 4
    if not 1 <= year <= 9998:
        return None
    last = date(year + (quarter == 3), (3 * quarter + 3) % 12 + 1, 1)
    return When(date(year, 3 * quarter + 1, 1), last, "range", basis)


def number_of(words: str) -> int | None:
    """The count in "three", "a couple of", "24"; None where it is vague."""
    for word in reversed(words.lower().split()):
        if word in VAGUE:
            return None
        if word.isdecimal():
            return int(word)
        if word in NUMBERS:
            return NUMBERS[word]
    return None


def month_number(word: str) -> int:
    word = word.lower().rstrip(".")
    return SHORT_MONTHS.get(word) or SHORT_MONTHS[word[:3]]


def stated_year(whose: str | None, published: date | None) -> int | None:
    """The year of "last year", "this year" or "next year" beside a month or day."""
    if not whose or published is None:
        return None
    return published.year + {"last": -1, "this": 0, "next": 1}[whose.lower()]


def ordinal(word: str) -> int:
    return int(word.rstrip("stndrh")) if word[0].isdecimal() else ORDINALS.index(word.lower()) + 1


def weekday_number(word: str) -> int:
    return next(k for k, name in enumerate(WEEKDAYS) if name.startswith(word.lower().rstrip(".")[:3]))


def two_digits(year: int, published: date | None) -> int | None:
    """A year written with two digits: the latest century that does not lie ahead of publication."""
    if published is None:
        return None
    full = published.year // 100 * 100 + year
    full = full - 100 if full > published.year + 1 else full
    return full if full >= 1 else None


def nearest_day(month: int, day: int, reading: Reading, weekday: int | None = None) -> date | None:
    """The year of a bare day and month."""
    published = reading.published
    if published is None:
        return None
    found = [
        d
        for k in range(-8, 6)
        if 1 <= published.year + k <= 9998 and (d := date_or_none(published.year + k, month, day))
    ]
    if weekday is not None:
        fitting = [d for d in found if d.weekday() == weekday and abs((d - published).days) < 400]
        if fitting:
            return min(fitting, key=lambda d: abs((d - published).days))
    if reading.is_future:
        return min((d for d in found if d >= published), default=None)
    ahead = ONE_DAY * 0 if reading.is_past else AHEAD
    return max((d for d in found if d - published <= ahead), default=None)


def nearest_year(month: int, reading: Reading) -> int | None:
    """The year of a bare month: the latest begun, or the next where the words speak of the future."""
    published = reading.published
    if published is None:
        return None
    if reading.is_future:
        return published.year + (month < published.month)
    return published.year - (month > published.month)


def since(when: When | None, match: re.Match[str], reading: Reading) -> When | None:
    if when is None or not match.groupdict().get("since") or reading.published is None:
        return when
    end = shift(reading.published, 1)
    return When(when.start, end, "range", when.basis) if end and end > when.start else when
