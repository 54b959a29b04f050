"""Words of dates and the patterns made of them."""

from __future__ import annotations

from datetime import timedelta

__all__ = [
    "AHEAD",
    "BETWEEN",
    "COUNT",
    "DAY",
    "DECADES",
    "JOIN",
    "MONTH",
    "MONTHS",
    "NUMBERS",
    "ONE_DAY",
    "ORDINALS",
    "PART",
    "QUARTERS",
    "SHORT_MONTHS",
    "SINCE",
    "TIME",
    "TO",
    "UNIT",
    "VAGUE",
    "VAGUE_REACH",
    "WEEKDAY",
    "WEEKDAYS",
    "WHOSE",
    "YEAR",
    "YEAR4",
    "capitals",
]

ONE_DAY = timedelta(days=1)
# Bare day and month: how far after publication it may lie without words of the future ("talks on 3 March").
AHEAD = timedelta(days=7)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
SHORT_MONTHS = {m[:3]: k for k, m in enumerate(MONTHS, 1)} | {"sept": 9}
NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "couple": 2,
}  # fmt: skip
QUARTERS = ("first", "second", "third", "fourth")
DECADES = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")
ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
    "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth",
)  # fmt: skip
VAGUE = ("few", "several", "some", "recent", "many")
# What an unstated number of units is taken to reach back at most.
VAGUE_REACH = {"hour": 1, "day": 7, "week": 6, "month": 6, "year": 5, "decade": 5}


def capitals() -> str:
    return "|".join({w.upper() for w in (*MONTHS, *SHORT_MONTHS)})


def _either(words: tuple[str, ...]) -> str:
    return "|".join(words)


def _cased(words: tuple[str, ...]) -> str:
    return "|".join(f"{w.title()}|{w.upper()}" for w in words)


MONTH = (
    rf"(?:(?:{_cased(MONTHS)}|(?!may|march)(?:{_either(MONTHS)}))\b"
    rf"|(?:{_cased(('jan', 'feb', 'mar', 'apr', 'jun', 'jul', 'aug', 'sept', 'sep', 'oct', 'nov', 'dec'))})\b\.?)"
)
WEEKDAY = rf"(?:{_cased(WEEKDAYS)}|{_either(WEEKDAYS)}|Mon\.|Tues?\.|Wed\.|Thurs?\.|Fri\.|Sat\.|Sun\.)"
DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![\d,.:]?\d|%)"
YEAR4 = r"(?:1[5-9]|20)\d\d"
YEAR = YEAR4 + r"(?![\d,.]?\d|%)"
# What may stand in front is written "(?:x|)": the engine tries it at every letter, and gives up a choice in half the time
# of a repeat "(?:x)?".
BETWEEN = r"(?:\b(?P<between>between)\s+|)"
TO = r"\s*(?:-|–|—|/|\bto\b|\btill\b|\buntil\b|\bthrough\b)\s*"
JOIN = rf"(?(between)\s+and\s+|{TO})"  # after BETWEEN
COUNT = rf"(?:\d{{1,3}}|(?:a\s+)?couple\s+of|(?:a\s+)?(?:few|several|some|many)|{'|'.join(w for w in NUMBERS if w != 'couple')})"
UNIT = r"(?:hour|day|week|month|year|decade)"
PART = (
    r"(?:(?P<part>early|mid|late|the\s+(?:beginning|start|middle|end)\s+of|(?:first|second)\s+half\s+of"
    r"|(?:first|second|third|fourth)\s+quarter\s+of)(?:\s+in)?(?:\s+|-)|)"
)
TIME = r"(?:\s+(?:early\s+|late\s+)?(?:morning|afternoon|evening|night|at\s+dawn|at\s+noon|at\s+midnight))?"
SINCE = r"(?:(?P<since>since)\s+(?:at\s+least\s+)?(?:the\s+)?|)"
WHOSE = r"(?:,?\s+(?:of\s+)?(?P<whose>last|this|next)\s+year\b)"
