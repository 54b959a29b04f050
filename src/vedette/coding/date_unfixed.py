"""Words that name a time and fix no day of the Gregorian calendar: other calendars, seasons, moving feasts.

They are noted with the reason, not converted: the lengths of lunar months depend on sightings that differ by country,
solar hijri years have leap days of their own, seasons turn round with the hemisphere, and Christmas and New Year are
kept on several days. A rule answers with the reason, or with None where a Gregorian year stands beside the words and
says more than they do.
"""

from __future__ import annotations

import re

from vedette.coding.date_spans import Reading

__all__ = ["FEAST", "IN_MONTH", "NEW_YEAR", "NUMBERED", "SEASON", "TRIGGERS", "feast", "other_calendar", "season"]

# Months in the spellings that English reports use; Afghan and Iranian names of the same months.
MONTHS = {
    "solar hijri": (
        "hamal", "sawr", "saur", "jawza", "saratan", "asad", "sunbula", "mizan", "aqrab", "qaws", "jadi", "dalw", "hoot",
        "farvardin", "ordibehesht", "khordad", "tir", "mordad", "shahrivar", "mehr", "aban", "azar", "dey", "bahman",
        "esfand",
    ),
    "lunar hijri": (
        "muharram", "safar", "rabi al-awwal", "rabi al-thani", "jumada al-awwal", "jumada al-thani", "rajab", "shaban",
        "sha'ban", "ramadan", "ramazan", "shawwal", "dhu al-qadah", "dhu al-hijjah", "zilhaj",
    ),
    "Hebrew": ("tishrei", "heshvan", "kislev", "tevet", "shevat", "adar", "nisan", "iyar", "sivan", "tammuz", "elul"),
    "Ethiopian": ("meskerem", "tikimt", "hidar", "tahsas", "yekatit", "megabit", "miyazia", "ginbot", "hamle"),
}  # fmt: skip
CALENDAR_OF = {month: calendar for calendar, months in MONTHS.items() for month in months}
FEASTS = (
    "Ramadan", "Ramazan", "Eid", "Nowruz", "Nawroz", "Newroz", "Nauroz", "Easter", "Christmas", "Passover", "Ashura",
    "Arbaeen", "Diwali", "Yom Kippur", "Rosh Hashanah", "Hanukkah", "Lent", "Tet", "Hajj", "Timket", "Meskel",
)  # fmt: skip
ERAS = {
    "AH": "hijri", "A.H": "hijri", "SH": "solar hijri", "BE": "Buddhist", "BS": "Bikram Sambat", "EC": "Ethiopian",
    "E.C": "Ethiopian",
}  # fmt: skip
NAME = "|".join(sorted((m[:1].upper() + m[1:] for m in CALENDAR_OF), key=len, reverse=True))
GREGORIAN = r"(?:1[5-9]|20)\d\d\b"
AT = r"(?:in|during|on|before|after|since|until|by|at|over|around)\s+"
DAY = r"[0-3]?\d(?:st|nd|rd|th)?"

# 12 Hamal (1400), Hamal 12, Hamal 1400
IN_MONTH = (
    rf"\b(?:{DAY}(?:\s+of)?\s+(?P<m>{NAME})(?:,?\s+\d{{4}}\b)?"
    rf"|(?P<n>{NAME})\s+(?:{DAY}\b(?:,?\s+\d{{4}}\b)?|1[34]\d\d\b))"
)
# 1400 AH, 2564 BE, the solar year 1400, Juche 110
NUMBERED = (
    r"(?<![\d$.,])\b(?:(?P<era>(?i:juche))\s+\d{2,3}\b"
    r"|(?:1[34]|2[05]|57)\d\d\s+(?P<after>AH|A\.H|SH|BE|BS|EC|E\.C)\b"
    r"|\b(?P<before>(?i:solar|lunar|hijri|afghan|persian|iranian|buddhist)(?:\s+(?i:hijri|calendar))*\s+(?i:year))\s+\d{4}\b)"
)
SEASON = (
    r"\b(?:(?:early|late|mid)[ -])?(?:last|this|next|previous|coming|in|(?:in|during|over|since|by|of|through|until)\s+the|during|since|by)"
    rf"\s+(?:(?:early|late|mid)[ -])?(?:spring|summer|autumn|winter|(?<=last\s)fall|(?<=this\s)fall|(?<=next\s)fall)\b"
    rf"(?!\s+(?:of\s+)?{GREGORIAN})"
)
FEAST = (
    rf"\b{AT}(?:(?:the\s+)?(?:\w+\s+){{0,2}}(?:eve|start|beginning|end|days?|month|holiday|feast|festival)\s+of\s+)?"
    rf"(?:the\s+)?(?:\w+\s+)?(?:{'|'.join(FEASTS)}|ramadan)\b(?!\s+{GREGORIAN})"
)
NEW_YEAR = (
    rf"\b{AT}(?:the\s+eve\s+of\s+)?(?:the\s+)?(?:Lunar\s+|Chinese\s+|Orthodox\s+)?New\s+Year(?:['’]?s)?"
    rf"(?:\s+(?:Eve|Day))?\b(?!\s+{GREGORIAN})"
)
TRIGGERS = frozenset(
    {month.split()[0][:9] for month in CALENDAR_OF}
    | {feast.split()[0].lower()[:9] for feast in FEASTS}
    | {"spring", "summer", "autumn", "winter", "fall"}
)


def other_calendar(match: re.Match[str], reading: Reading) -> str:
    """The calendar that a month or an era belongs to."""
    groups = match.groupdict()
    month = groups.get("m") or groups.get("n")
    if month:
        return CALENDAR_OF[month.lower()]
    if groups.get("era"):
        return "Juche"
    after = groups.get("after")
    if after:
        return ERAS[after]
    words = (groups.get("before") or "").lower()
    return "Buddhist" if "buddhist" in words else "lunar hijri" if "lunar" in words else "solar hijri"


def season(match: re.Match[str], reading: Reading) -> str:
    return "season"


def feast(match: re.Match[str], reading: Reading) -> str:
    return "feast"
