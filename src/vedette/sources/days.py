"""Days of publication as metadata write them; strict, so that an unclear one stays unknown.

"03/04/2024" may be March or April: None.
"""

from __future__ import annotations

import re
from datetime import date
from email.utils import parsedate

__all__ = ["parse_day"]

MONTHS = {m: n for n, m in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
ISO = re.compile(r"\s*(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
COMPACT = re.compile(r"\s*(\d{4})(\d{2})(\d{2})(?:T|\s|$)")
SLASHED = re.compile(r"\s*(\d{4})/(\d{1,2})/(\d{1,2})(?!\d)")
DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?\.? ([A-Za-z]{3,9})\.?,? (\d{4})")
MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")


def parse_day(value: str | None) -> date | None:
    """Return the day that `value` begins with or names, or None where it names none for certain.

    >>> parse_day("Tue, 06 May 2031 10:00:00 GMT"), parse_day("03/04/2031")
    (datetime.date(2031, 5, 6), None)
    """
    if not value:
        return None
    for pattern in (ISO, COMPACT, SLASHED):
        if match := pattern.match(value):
            return _day(*map(int, match.groups()))
    if match := DAY_FIRST.search(value):
        return _day(int(match[3]), MONTHS.get(match[2][:3].lower(), 0), int(match[1]))
    if match := MONTH_FIRST.search(value):
        return _day(int(match[3]), MONTHS.get(match[1][:3].lower(), 0), int(match[2]))
    mailed = parsedate(value)
    return _day(*mailed[:3]) if mailed else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
