"""What date expressions mean: a pattern each, and how its match is read against the day of publication.

The conventions stand in `coding/dates.py`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from vedette.coding.date_patterns import (
    AHEAD,
    BETWEEN,
    COUNT,
    DAY,
    JOIN,
    MONTH,
    MONTHS,
    NUMBERS,
    ONE_DAY,
    PART,
    SHORT_MONTHS,
    SINCE,
    TIME,
    TO,
    UNIT,
    VAGUE,
    VAGUE_REACH,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
    YEAR4,
    capitals,
)
from vedette.records import When

__all__ = ["ORDER", "RULES", "TRIGGERS", "Reading"]

Precision = Literal["day", "week", "month", "year", "range"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a rule may look at besides the match."""

    published: date | None
    is_future: bool
    anchor: When | None


Rule = Callable[[re.Match[str], Reading], When | None]


# ---- arithmetic of days ----------------------------------------------------------------------------------------


def _day(start: date, basis: Literal["stated", "relative", "published"] = "stated") -> When | None:
    return _span(start, start, "day", basis)


def _span(
    first: date,
    last: date,
    precision: Precision = "range",
    basis: Literal["stated", "relative", "published"] = "stated",
) -> When | None:
    """Days from `first` up to and with `last`."""
    if last < first or last >= date.max:
        return None
    return When(first, last + ONE_DAY, precision, basis)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(year: int, month: int) -> When | None:
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    if not 1 <= year <= 9998:
        return None
    return When(date(year, month, 1), date(year, month, 1) + monthrange(year, month)[1] * ONE_DAY, "month")


def _year(year: int) -> When | None:
    return When(date(year, 1, 1), date(year + 1, 1, 1), "year") if 1 <= year <= 9998 else None


def _week(day: date, weeks: int = 0) -> When | None:
    try:
        monday = day - day.weekday() * ONE_DAY + 7 * weeks * ONE_DAY
        return When(monday, monday + 7 * ONE_DAY, "week", "relative")
    except OverflowError:
        return None


def _shift(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def _relative(when: When | None) -> When | None:
    return When(when.start, when.end, when.precision, "relative") if when else None


def _part_of(when: When | None, part: str | None) -> When | None:
    """The early, middle or late third, a half or a quarter of a month or year."""
    if when is None or not part:
        return when
    words = part.lower().split()
    start, end, year = when.start, when.end, when.start.year
    if "half" in words:
        cut = date(year, 7, 1) if when.precision == "year" else start + 15 * ONE_DAY
        first, last = (start, cut) if "first" in words else (cut, end)
    elif "quarter" in words:
        k = ("first", "second", "third", "fourth").index(next(w for w in words if w != "quarter" and w != "the"))
        first, last = date(year, 3 * k + 1, 1), date(year + (k == 3), (3 * k + 3) % 12 + 1, 1)
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


def _number(words: str) -> int | None:
    """The count in "three", "a couple of", "24"; None where it is vague."""
    for word in reversed(words.lower().split()):
        if word in VAGUE:
            return None
        if word.isdecimal():
            return int(word)
        if word in NUMBERS:
            return NUMBERS[word]
    return None


def _month_number(word: str) -> int:
    word = word.lower().rstrip(".")
    return SHORT_MONTHS.get(word) or SHORT_MONTHS[word[:3]]


def _ordinal(word: str) -> int:
    return int(word.rstrip("stndrh"))


def _weekday_number(word: str) -> int:
    return next(k for k, name in enumerate(WEEKDAYS) if name.startswith(word.lower().rstrip(".")[:3]))


def _two_digits(year: int, published: date | None) -> int | None:
    """A year written with two digits: the latest century that does not lie ahead of publication."""
    if published is None:
        return None
    full = published.year // 100 * 100 + year
    full = full - 100 if full > published.year + 1 else full
    return full if full >= 1 else None


def _near(month: int, day: int, reading: Reading, weekday: int | None = None) -> date | None:
    """The year of a bare day and month."""
    published = reading.published
    if published is None:
        return None
    found = [
        d for k in range(-8, 6) if 1 <= published.year + k <= 9998 and (d := _date(published.year + k, month, day))
    ]
    if weekday is not None:
        fitting = [d for d in found if d.weekday() == weekday and abs((d - published).days) < 400]
        if fitting:
            return min(fitting, key=lambda d: abs((d - published).days))
    if reading.is_future:
        return min((d for d in found if d >= published), default=None)
    return max((d for d in found if d - published <= AHEAD), default=None)


def _near_month(month: int, reading: Reading) -> int | None:
    """The year of a bare month: the latest begun, or the next where the words speak of the future."""
    published = reading.published
    if published is None:
        return None
    if reading.is_future:
        return published.year + (month < published.month)
    return published.year - (month > published.month)


def _since(when: When | None, match: re.Match[str], reading: Reading) -> When | None:
    if when is None or not match.groupdict().get("since") or reading.published is None:
        return when
    end = _shift(reading.published, 1)
    return When(when.start, end, "range", when.basis) if end and end > when.start else when


# ---- rules -----------------------------------------------------------------------------------------------------


def _full(day: str, month: str, year: str | None, reading: Reading, weekday: str | None = None) -> date | None:
    number = _month_number(month)
    if year:
        digits = year.lstrip("'’")
        full: int | None = int(digits)
        if len(digits) == 2:
            full = _two_digits(int(digits), reading.published)
        return _date(full, number, _ordinal(day)) if full else None
    return _near(number, _ordinal(day), reading, _weekday_number(weekday) if weekday else None)


def _days(match: re.Match[str], reading: Reading) -> When | None:
    """16 July 2021, July 16, 3-7 March, from March 28 to April 2, the night of 12-13 June."""
    g = match.groupdict()
    first, month, year = g["d1"] or "", g["m1"] or "", g.get("y1")
    second, month2, year2 = g.get("d2"), g.get("m2"), g.get("y2")
    if second is None:
        day = _full(first, month or month2 or "", year, reading, g.get("weekday"))
        return _since(_day(day), match, reading) if day else None
    end = _full(second, month2 or month, year2 or year, reading)
    if end is None:
        return None
    start = _full(first, month or month2 or "", year or year2 or str(end.year), reading)
    if start is not None and start > end and not (year and year2):
        start = _date(start.year - 1, start.month, start.day)
    return _span(start, end) if start and start <= end else None


def _iso(match: re.Match[str], reading: Reading) -> When | None:
    day = _date(int(match["y"]), int(match["m"]), int(match["d"]))
    return _since(_day(day), match, reading) if day else None


def _months(match: re.Match[str], reading: Reading) -> When | None:
    """March 2020, in March, mid-March, between March and May 2020, last March."""
    g = match.groupdict()
    month = _month_number(g["m1"])
    year = int(g["y1"]) if g.get("y1") else None
    if g.get("m2"):
        last = _month_number(g["m2"])
        year2 = int(g["y2"]) if g.get("y2") else year
        if year2 is None:
            year2 = _near_month(last, reading)
        if year2 is None:
            return None
        start, end = _month(year or year2 - (month > last), month), _month(year2, last)
        return When(start.start, end.end, "range") if start and end and start.start < end.end else None
    which = (g.get("which") or "").lower()
    published = reading.published
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
            year = _near_month(month, reading)
    when = _part_of(_month(year, month), g.get("part")) if year else None
    return _since(when, match, reading)


def _years(match: re.Match[str], reading: Reading) -> When | None:
    """2014, 2014-16, between 2014 and 2016, early 2020, the 1980s."""
    g = match.groupdict()
    first = int(g["y1"])
    if g.get("s"):
        if first % 10:
            return None
        when: When | None = When(date(first, 1, 1), date(first + 10, 1, 1), "range")
        return _since(_part_of(when, g.get("part")), match, reading)
    if g.get("y2"):
        last = int(g["y2"])
        last = first // 100 * 100 + last if len(g["y2"]) == 2 else last
        end = _year(last)
        return When(date(first, 1, 1), end.end, "range") if end and last > first else None
    return _since(_part_of(_year(first), g.get("part")), match, reading)


def _short_decade(match: re.Match[str], reading: Reading) -> When | None:
    year = _two_digits(int(match["y1"]), reading.published)
    when = When(date(year, 1, 1), date(year + 10, 1, 1), "range") if year and year + 10 <= date.max.year else None
    return _part_of(when, match["part"])


def _weekday_of(word: str, which: str, reading: Reading) -> date | None:
    published = reading.published
    if published is None:
        return None
    number = _weekday_number(word)
    back = (published.weekday() - number) % 7
    if which in ("last", "this past"):
        return _shift(published, -(back or 7))
    if which in ("next", "this coming", "coming"):
        return _shift(published, 7 - back)
    if which == "this":
        return _shift(published, number - published.weekday())
    if which == "the previous":
        return _shift(published, -(back or 7))
    return _shift(published, (7 - back) % 7 if reading.is_future else -back)


def _weekdays(match: re.Match[str], reading: Reading) -> When | None:
    """on Tuesday, last Friday, Monday night, between Monday and Wednesday, since Sunday."""
    g = match.groupdict()
    which = " ".join((g.get("which") or "").lower().split())
    if g.get("w2"):
        end = _weekday_of(g["w2"], which, reading)
        if end is None:
            return None
        start = _shift(end, -((_weekday_number(g["w2"]) - _weekday_number(g["w1"])) % 7))
        return _span(start, end) if start else None
    day = _weekday_of(g["w1"], which, reading)
    if day is None:
        return None
    if g.get("into"):
        before = _shift(day, -1)
        return _span(before, day) if before else None
    if g.get("since") and not reading.is_future:
        return _since(_day(day), match, reading)
    return _day(day)


def _near_days(match: re.Match[str], reading: Reading) -> When | None:
    """today, yesterday, tomorrow, tonight, overnight, last night, this morning."""
    published = reading.published
    if published is None:
        return None
    words = " ".join(match[0].lower().split())
    if words == "overnight":
        before = _shift(published, -1)
        return _span(before, published, "range", "relative") if before else None
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
    day = _shift(published, days)
    return _since(_day(day, "relative"), match, reading) if day else None


def _ago(match: re.Match[str], reading: Reading) -> When | None:
    """three days ago, a week earlier, two months later."""
    g = match.groupdict()
    direction = -1
    base = reading.published
    way = (g.get("way") or "").lower()
    if way != "ago":
        if reading.anchor is not None and reading.anchor.precision == "day":
            base = reading.anchor.start
        elif way == "later":
            return None
        direction = 1 if way == "later" else -1
    if base is None:
        return None
    unit = g["unit"].lower()
    number = _number(g["n"]) if g.get("n") else None
    if number is None and not g.get("plural"):
        return None
    when = _counted(base, direction, number, unit)
    return _since(when, match, reading)


def _counted(base: date, direction: int, number: int | None, unit: str) -> When | None:
    if number is None:
        reach = _back(base, VAGUE_REACH[unit], unit)
        near = _back(base, 2, unit) if unit != "hour" else base
        if reach is None or near is None or direction > 0:
            return None
        return _span(reach, near, "range", "relative")
    if unit == "hour":
        day = _shift(base, direction * (number // 24))
        return _day(day, "relative") if day else None
    if unit == "day":
        day = _shift(base, direction * number)
        return _day(day, "relative") if day else None
    if unit == "week":
        first, last = _shift(base, direction * 7 * number - 3), _shift(base, direction * 7 * number + 3)
        return _span(first, last, "week", "relative") if first and last else None
    if unit == "month":
        return _relative(_month(base.year, base.month + direction * number))
    if unit == "year" and (number <= 10 or number % 10):
        return _relative(_year(base.year + direction * number))
    year = base.year + direction * number * (10 if unit == "decade" else 1)
    if not 3 < year < 9990:
        return None
    return When(date(year - 2, 1, 1), date(year + 3, 1, 1), "range", "relative")


def _back(base: date, number: int, unit: str) -> date | None:
    """The day `number` units before (after, when negative) `base`."""
    if unit in ("hour", "day", "week"):
        days = {"hour": -(-abs(number) // 24) * (1 if number > 0 else -1), "day": number, "week": 7 * number}[unit]
        return _shift(base, -days)
    months = {"month": 1, "year": 12, "decade": 120}[unit] * number
    shifted = _month(base.year, base.month - months)
    if shifted is None:
        return None
    return min(shifted.start + (base.day - 1) * ONE_DAY, shifted.end - ONE_DAY)


def _window(match: re.Match[str], reading: Reading) -> When | None:
    """in the past 24 hours, over the last three months, in recent days, in the coming weeks."""
    base = reading.published
    if base is None:
        return None
    g = match.groupdict()
    which = g["which"].lower()
    unit = g["unit"].lower()
    is_plural = bool(g.get("plural"))
    number = _number(g["n"]) if g.get("n") else (None if is_plural or which in ("previous", "following") else 1)
    if which in ("last", "next") and not is_plural and (number or 1) == 1 and unit != "decade":
        return None
    if (which in ("previous", "following") and number is None) or (which == "recent" and not is_plural):
        return None
    if number is None:
        number = {"hour": 24, "day": 7, "week": 4, "month": 3, "year": 3, "decade": 3}[unit]
    if which in ("coming", "next", "following"):
        end = _back(base, -number, unit)
        return _span(base, end, "range", "relative") if end else None
    start = _back(base, number, unit)
    return _span(start, base, "range", "relative") if start else None


def _calendar(match: re.Match[str], reading: Reading) -> When | None:
    """this week, earlier this month, late last year, next week, the weekend."""
    base = reading.published
    if base is None:
        return None
    g = match.groupdict()
    which = " ".join(g["which"].lower().split())
    unit = g["unit"].lower()
    step = -1 if which == "last" else 1 if which in ("next", "coming", "this coming") else 0
    if unit == "weekend":
        return _weekend(base, which, reading)
    if unit == "week":
        when = _week(base, step)
    elif unit == "month":
        when = _relative(_month(base.year, base.month + step))
    elif unit == "year":
        when = _relative(_year(base.year + step))
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
    return _since(
        _part_of(when, g.get("part") or (position if position in ("early", "late") else None)), match, reading
    )


def _weekend(base: date, which: str, reading: Reading) -> When | None:
    saturday = _shift(base, 5 - base.weekday())
    if saturday is None:
        return None
    if which in ("next", "coming", "this coming"):
        if base.weekday() >= 5 or which == "next":
            saturday = _shift(saturday, 7) if base.weekday() >= 5 else saturday
    elif which == "last" or (which in ("the", "over the", "at the") and saturday > base and not reading.is_future):
        saturday = _shift(saturday, -7)
    return _span(saturday, saturday + ONE_DAY, "range", "relative") if saturday else None


def _neighbour(match: re.Match[str], reading: Reading) -> When | None:
    """the previous day, the following week, the same day: counted from the last day named."""
    if reading.anchor is None:
        return None
    base = reading.anchor.start
    which = match["which"].lower()
    step = -1 if which in ("previous", "preceding") else 0 if which == "same" else 1
    unit = match["unit"].lower()
    if unit == "day":
        day = _shift(base, step)
        return _day(day, "relative") if day and reading.anchor.precision == "day" else None
    if unit == "week":
        return _week(base, step)
    if unit == "month":
        return _relative(_month(base.year, base.month + step))
    return _relative(_year(base.year + step))


RULES: dict[str, list[tuple[re.Pattern[str], Rule]]] = {
    "digits": [
        (re.compile(rf"{SINCE}(?<![\d-])(?P<y>{YEAR4})-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)"), _iso),
        (re.compile(rf"{SINCE}(?<![\d.])(?P<d>\d\d?)\.(?P<m>\d\d?)\.(?P<y>(?:19|20)\d\d)(?!\d)"), _iso),
    ],
    "month": [
        (re.compile(  # 28 March 2020 to 2 April 2020
            rf"{BETWEEN}\b(?P<d1>{DAY})\s+(?P<m1>{MONTH})(?:,?\s+(?P<y1>{YEAR}))?{JOIN}"
            rf"(?P<d2>{DAY})(?:\s+of)?\s+(?P<m2>{MONTH})(?:,?\s+(?P<y2>{YEAR}))?"
        ), _days),
        (re.compile(  # March 28 - April 2, 2020; March 3-7
            rf"{BETWEEN}\b(?P<m1>{MONTH})\s+(?P<d1>{DAY})(?:\s*,\s*(?P<y1>{YEAR}))?{JOIN}(?:(?P<m2>{MONTH})\s+)?"
            rf"(?P<d2>{DAY})(?:\s*,?\s+(?P<y2>{YEAR}))?"
        ), _days),
        (re.compile(  # 3-7 March; the night of 12 and 13 June
            rf"(?<![\d$€£.,])\b(?P<d1>{DAY})(?:{TO}|\s+and\s+)(?:the\s+)?(?P<d2>{DAY})(?:\s+of)?\s+(?P<m2>{MONTH})"
            rf"(?P<m1>)(?:,?\s+(?:of\s+)?(?P<y2>{YEAR}))?"
        ), _days),
        (re.compile(  # wires: 3 JAN 90
            rf"{SINCE}(?<![\d$€£.,])\b(?P<d1>{DAY})\s+(?P<m1>{capitals()})\s+(?P<y1>\d\d)(?![\d:.,]?\d)"
        ), _days),
        (re.compile(  # (Tuesday,) 16 July (2021)
            rf"{SINCE}(?:\b(?P<weekday>{WEEKDAY}),?\s+(?:the\s+|on\s+)?)?(?<![\d$€£.,])\b(?P<d1>{DAY})(?:\s+of)?"
            rf"\s+(?P<m1>{MONTH})(?:(?:,\s*|\s+(?:of\s+|in\s+)?)(?P<y1>{YEAR}))?"
        ), _days),
        (re.compile(  # (Tuesday,) July 16(, 2021)
            rf"{SINCE}(?:\b(?P<weekday>{WEEKDAY}),?\s+)?\b(?P<m1>{MONTH})\s+(?:the\s+)?(?P<d1>{DAY})"
            rf"(?!\s*(?:percent|per\s+cent|million|billion))(?:(?:\s*,\s*|\s+(?:of\s+|in\s+)?)(?P<y1>{YEAR}))?"
        ), _days),
        (re.compile(  # between March and May 2020
            rf"{BETWEEN}\b(?P<m1>{MONTH})(?:\s+(?P<y1>{YEAR}))?{JOIN}(?P<m2>{MONTH})(?!\s+\d{{1,2}}\b)"
            rf"(?:,?\s+(?:of\s+)?(?P<y2>{YEAR}))?"
        ), _months),
        (re.compile(  # (early) March (2020), last March
            rf"{SINCE}\b{PART}\b(?:(?P<which>last|next|this\s+past|this)\s+)?(?P<m1>{MONTH})"
            rf"(?:(?:,\s*|\s+(?:of\s+|in\s+)?)(?P<y1>{YEAR}))?"
        ), _months),
    ],
    "weekday": [
        (re.compile(rf"{BETWEEN}\b(?P<w1>{WEEKDAY}){TIME}{JOIN}(?P<w2>{WEEKDAY})"), _weekdays),
        (re.compile(
            rf"{SINCE}(?:\b(?P<into>overnight\s+(?:in)?to)\s+)?"
            rf"(?:\b(?P<which>last|next|this\s+past|this\s+coming|coming|this|the\s+previous)\s+)?"
            rf"\b(?P<w1>{WEEKDAY})(?!s\b|['’]?s\s+(?:Times|Mirror|Mail|Post)){TIME}"
        ), _weekdays),
    ],
    "near": [
        (re.compile(
            r"\b(?:the\s+day\s+before\s+yesterday|the\s+day\s+after\s+tomorrow|(?P<since>since)\s+(?:yesterday|this\s+morning)"
            r"|(?:(?:earlier|later|late|early)\s+)?(?:today|yesterday|tomorrow)(?:\s+(?:morning|afternoon|evening|night))?"
            r"|tonight|(?:(?:earlier|later)\s+)?this\s+(?:morning|afternoon|evening)|last\s+(?:night|evening)|overnight)\b",
            re.IGNORECASE,
        ), _near_days),
    ],
    "unit": [
        (re.compile(
            rf"\b(?:the\s+)?(?P<which>past|last|previous|recent|coming|next|following)(?:\s+(?P<n>{COUNT}))?"
            rf"\s+(?P<unit>{UNIT})(?P<plural>s)?\b(?!\s+ago)",
            re.IGNORECASE,
        ), _window),
        (re.compile(
            rf"{SINCE}\b(?:(?P<n>{COUNT})(?:\s+|-))?(?P<unit>{UNIT})(?P<plural>s)?\s+"
            r"(?P<way>ago|earlier(?!\s+than)|later|before(?=\s*(?:[.,;:)]|$)))\b",
            re.IGNORECASE,
        ), _ago),
        (re.compile(
            r"\bthe\s+(?P<which>previous|preceding|following|next|same)\s+(?P<unit>day|week|month|year)\b",
            re.IGNORECASE,
        ), _neighbour),
        (re.compile(
            rf"{SINCE}\b(?:(?P<position>earlier|later|early|late)\s+)?{PART}"
            r"\b(?P<which>this\s+coming|this\s+past|this|last|next|coming|the(?=\s+weekend))"
            r"\s+(?P<unit>weekend|week|month|year|decade)\b(?!-)",
            re.IGNORECASE,
        ), _calendar),
    ],
    "year": [
        (re.compile(rf"(?<![\d$€£,.:/#-])\b(?P<y1>{YEAR4})\s*(?:-|–|—|/)\s*(?P<y2>{YEAR4}|\d\d)(?![\d-])"), _years),
        (re.compile(rf"\b(?:between|from)\s+(?P<y1>{YEAR4})(?:{TO}|\s+and\s+)(?P<y2>{YEAR})"), _years),
        (re.compile(rf"{SINCE}\b{PART}(?<![\d$€£,.:/#])\b(?P<y1>{YEAR4})['’]?(?P<s>s)\b"), _years),
        (re.compile(rf"{SINCE}\b{PART}(?<![\d$€£,.:/#])\b(?P<y1>{YEAR})\b"), _years),
        (re.compile(rf"{PART}(?<!\w)['’](?P<y1>[2-9]0)s\b"), _short_decade),
    ],
}  # fmt: skip

TRIGGERS: dict[str, str] = (
    dict.fromkeys(MONTHS, "month")
    | dict.fromkeys(SHORT_MONTHS, "month")
    | dict.fromkeys(WEEKDAYS, "weekday")
    | dict.fromkeys(("tue", "tues", "wed", "thu", "thurs", "fri"), "weekday")
    | dict.fromkeys(
        ("today", "yesterday", "tomorrow", "tonight", "overnight", "morning", "afternoon", "evening", "night"), "near"
    )
    | dict.fromkeys(
        [u + s for u in ("hour", "day", "week", "month", "year", "decade", "weekend") for s in ("", "s")], "unit"
    )
)
ORDER = ("digits", "month", "weekday", "near", "unit", "year")
