"""The date expressions that are known: a pattern each with the rule that reads it, and the words that call for them."""

from __future__ import annotations

import re

from vedette.coding import date_offsets as offsets
from vedette.coding import date_rules as rules
from vedette.coding import date_unfixed as unfixed
from vedette.coding.date_clues import need
from vedette.coding.date_patterns import (
    BETWEEN,
    COUNT,
    DAY,
    DECADES,
    JOIN,
    MONTH,
    MONTHS,
    ORDINALS,
    PART,
    SHORT_MONTHS,
    SINCE,
    TIME,
    TO,
    UNIT,
    WEEKDAY,
    WEEKDAYS,
    WHOSE,
    YEAR,
    YEAR4,
    capitals,
)
from vedette.coding.date_spans import Rule

__all__ = ["COUNTING", "ORDER", "RULES", "TRIGGERS"]

# What follows a house number: "the 1500 block", "1915 Birch St.", "2001 N. Main Street".
HOUSE = (
    r"(?!\s+(?:hundred\s+)?block\b)(?!\s+(?:[NSEW]\.?\s+)?(?:[A-Z0-9][\w.'’]*\s+){1,3}"
    r"(?:St|Street|Ave|Avenue|Road|Rd|Drive|Dr|Lane|Ln|Blvd|Boulevard|Court|Ct|Place|Way|Highway|Terrace|Parkway)\b)"
)

RULES: dict[str, list[tuple[re.Pattern[str], Rule, int]]] = {
    "digits": [
        (re.compile(rf"{SINCE}(?<![\d-])(?P<y>{YEAR4})-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)"), rules.iso, need("dashed")),
        (re.compile(rf"{SINCE}(?<![\d.])(?P<d>\d\d?)\.(?P<m>\d\d?)\.(?P<y>(?:19|20)\d\d)(?!\d)"), rules.iso, need("dashed")),
        (re.compile(rf"{SINCE}(?<![\d/])(?P<y>{YEAR4})/(?P<m>\d\d?)/(?P<d>\d\d?)(?![\d/])"), rules.iso, need("dashed")),
        (re.compile(r"(?<![\d/.-])(?P<a>\d\d?)(?P<sign>[/-])(?P<b>\d\d?)(?P=sign)(?P<y>(?:19|20)\d\d)(?![\d/-])"), rules.numeric, need("dashed")),
        (re.compile(r"(?<![\d/.-])(?P<a>\d\d?)/(?P<b>\d\d?)/(?P<y>\d\d)(?![\d/-])"), rules.numeric, need("dashed")),
        (re.compile(r"(?<![\d/.-])9/11(?![\d/])"), rules.september_11, need("dashed")),
        (re.compile(unfixed.NUMBERED), unfixed.other_calendar, need("era", "number")),
        (re.compile(rf"\b(?:{PART})(?P<n>\d\d?)(?:st|nd|rd|th)[\s-]century\b", re.IGNORECASE), rules.century, need("century", "number")),
        (re.compile(rf"\bQ(?P<q>[1-4])\b(?:\s+(?:of\s+)?(?P<y1>{YEAR}))?"), rules.quarters, need("quarter", "number")),
    ],
    "month": [
        (re.compile(  # 28 March 2020 to 2 April 2020
            rf"{BETWEEN}\b(?P<d1>{DAY})\s+(?P<m1>{MONTH})(?:,?\s+(?P<y1>{YEAR}))?{JOIN}"
            rf"(?P<d2>{DAY})(?:\s+of)?\s+(?P<m2>{MONTH})(?:,?\s+(?P<y2>{YEAR}))?"
        ), rules.days, need("month", "month", "number", "number", "joint")),
        (re.compile(  # March 28 - April 2, 2020; March 3-7
            rf"{BETWEEN}\b(?P<m1>{MONTH})\s+(?P<d1>{DAY})(?:\s*,\s*(?P<y1>{YEAR}))?(?:{JOIN}|(?P<and>\s+(?:and|or)\s+))"
            rf"(?:(?P<m2>{MONTH})\s+)?(?P<d2>{DAY})(?:\s*,?\s+(?P<y2>{YEAR}))?"
        ), rules.days, need("month", "number", "number", "joint")),
        (re.compile(  # 3-7 March; the night of 12 and 13 June
            rf"(?<![\d$€£.,])\b(?P<d1>{DAY})(?:{TO}|\s+(?:and|or)\s+)(?:the\s+)?(?P<d2>{DAY})(?:\s+of)?\s+(?P<m2>{MONTH})"
            rf"(?P<m1>)(?:,?\s+(?:of\s+)?(?P<y2>{YEAR}))?"
        ), rules.days, need("month", "number", "number", "joint")),
        (re.compile(  # wires: 3 JAN 90
            rf"{SINCE}(?<![\d$€£.,])\b(?P<d1>{DAY})\s+(?P<m1>{capitals()})\s+(?P<y1>\d\d)(?![\d:.,]?\d)"
        ), rules.days, need("month", "number", "number")),
        (re.compile(  # (Tuesday,) 16 July (2021)
            rf"{SINCE}(?:\b(?:(?i:today|yesterday)|(?P<weekday>{WEEKDAY})),?\s+(?:the\s+|on\s+)?|)(?<![\d$€£.,])\b(?P<d1>{DAY})(?:\s+of)?"
            rf"\s+(?P<m1>{MONTH})(?:(?:,\s*|\s+(?:of\s+|in\s+)?)(?P<y1>{YEAR})|{WHOSE})?"
        ), rules.days, need("month", "number")),
        (re.compile(  # the twelfth of July
            rf"{SINCE}\bthe\s+(?P<d1>{'|'.join(ORDINALS)})(?:\s+day)?\s+of\s+(?P<m1>{MONTH})"
            rf"(?:(?:,\s*|\s+(?:of\s+|in\s+)?)(?P<y1>{YEAR})|{WHOSE})?"
        ), rules.days, need("month", "ordinal")),
        (re.compile(  # (Tuesday,) July 16(, 2021)
            rf"{SINCE}(?:\b(?:(?i:today|yesterday)|(?P<weekday>{WEEKDAY})),?\s+|)\b(?P<m1>{MONTH})\s+(?:the\s+)?(?P<d1>{DAY})"
            rf"(?!\s*(?:percent|per\s+cent|million|billion))(?:(?:\s*,\s*|\s+(?:of\s+|in\s+)?)(?P<y1>{YEAR})|{WHOSE})?"
        ), rules.days, need("month", "number")),
        (re.compile(  # between March and May 2020
            rf"{BETWEEN}\b(?P<m1>{MONTH})(?:\s+(?P<y1>{YEAR}))?{JOIN}(?P<m2>{MONTH})(?!\s+\d{{1,2}}\b)"
            rf"(?:,?\s+(?:of\s+)?(?P<y2>{YEAR}))?"
        ), rules.months, need("month", "month", "joint")),
        (re.compile(  # the last week of March (2020)
            rf"{SINCE}\b(?P<nth>first|second|third|fourth|last|final)\s+week\s+(?:of|in)\s+(?P<m1>{MONTH})"
            rf"(?:(?:,\s*|\s+(?:of\s+|in\s+)?)(?P<y1>{YEAR})|{WHOSE})?"
        ), rules.months, need("month", "unit")),
        (re.compile(  # (early) March (2020), last March
            rf"{SINCE}\b{PART}\b(?:(?P<which>last|next|this\s+past|this)\s+|)(?P<m1>{MONTH})"
            rf"(?:(?:,\s*|\s+(?:of\s+|in\s+)?)(?P<y1>{YEAR})|{WHOSE})?"
        ), rules.months, need("month")),
    ],
    "weekday": [
        (re.compile(rf"(?:\bovernight\s+|)(?:\bfrom\s+|){BETWEEN}\b(?P<w1>{WEEKDAY}){TIME}"
                    rf"(?:{JOIN}|(?P<and>\s+(?:and|or)\s+(?:on\s+)?))(?P<w2>{WEEKDAY})(?!['’]?s\b)"), rules.weekdays, need("weekday", "weekday", "joint")),
        (re.compile(
            rf"{SINCE}(?P<night>\bovernight\s+(?:on\s+|(?P<into>(?:in)?to\s+))?|)"
            rf"(?:\b(?P<which>last|next|this\s+past|this\s+coming|coming|this|the\s+previous)\s+|)"
            rf"\b(?P<w1>{WEEKDAY})(?!s\b|['’]?s\s+(?:Times|Mirror|Mail|Post)){TIME}"
            rf"(?:(?:\s+of)?\s+(?P<week>last|this|next)\s+week\b)?"
        ), rules.weekdays, need("weekday")),
    ],
    "unfixed": [
        (re.compile(unfixed.IN_MONTH), unfixed.other_calendar, need()),
        (re.compile(unfixed.SEASON), unfixed.season, need()),
        (re.compile(unfixed.FEAST), unfixed.feast, need()),
    ],
    "near": [
        (re.compile(
            r"\b(?:the\s+day\s+before\s+yesterday|the\s+day\s+after\s+tomorrow|(?P<since>since)\s+(?:yesterday|this\s+morning)"
            r"|(?:(?:earlier|later|late|early)\s+|)(?:today|yesterday|tomorrow)(?:\s+(?:morning|afternoon|evening|night))?"
            r"|tonight|(?:(?:earlier|later)\s+)?this\s+(?:morning|afternoon|evening)|last\s+(?:night|evening)|overnight)\b",
            re.IGNORECASE,
        ), offsets.near_days, need()),
    ],
    "unit": [
        (re.compile(
            rf"\b(?:the\s+)?(?P<which>past|last|previous|recent|coming|next|following)(?:\s+(?P<n>{COUNT}))?"
            rf"\s+(?P<unit>{UNIT})(?P<plural>s)?\b(?!\s+ago)",
            re.IGNORECASE,
        ), offsets.window, need("unit", "reach")),
        (re.compile(
            rf"{SINCE}\b(?:(?P<the>the\s+)(?=\w+\s+before)|(?P<n>{COUNT})(?:\s+|-)|)(?P<unit>{UNIT})(?P<plural>s)?\s+"
            r"(?P<way>ago|earlier(?!\s+than)|later|before(?=\s*(?:[.,;:)]|$)))\b",
            re.IGNORECASE,
        ), offsets.ago, need("unit", "distance")),
        (re.compile(unfixed.NEW_YEAR), unfixed.feast, need("New")),
        (re.compile(
            rf"\b(?P<how>within|in)\s+(?P<n>{COUNT})\s+(?P<unit>day|week|month|year)s?\b(?!['’]?\s+of\b)",
            re.IGNORECASE,
        ), offsets.ahead, need("unit")),
        (re.compile(
            r"\bthe\s+(?P<which>first|second|third|fourth)\s+quarter(?:\s+of\s+(?P<whose>this|last|next|the)\s+year)?"
            r"(?!\s+of|-)\b",
            re.IGNORECASE,
        ), rules.quarters, need("quarter")),
        (re.compile(r"\b(?P<which>last|previous|this|next)\s+quarter\b(?!-)", re.IGNORECASE), offsets.quarter, need("quarter")),
        (re.compile(rf"\bthe\s+{PART}(?P<decade>{'|'.join(DECADES)})\b", re.IGNORECASE), rules.named_decade, need("named decade")),
        (re.compile(
            r"\bthe\s+(?P<which>previous|preceding|following|next|same)\s+(?P<unit>day|week|month|year)\b",
            re.IGNORECASE,
        ), offsets.neighbour, need("unit", "neighbour")),
        (re.compile(
            rf"{SINCE}\b(?:(?P<position>earlier|later|early|late)\s+(?:in\s+)?|){PART}"
            r"\b(?P<which>this\s+coming|this\s+past|this|last|next|coming|the)"
            r"\s+(?P<unit>weekend|week|month|year|decade)\b(?!-)",
            re.IGNORECASE,
        ), offsets.calendar, need("unit", "calendar")),
    ],
    "year": [
        (re.compile(rf"(?<![\d$€£,.:/#-])\b(?P<y1>{YEAR4})\s*(?:-|–|—|/)\s*(?P<y2>{YEAR4}|\d\d)(?![\d-])"), rules.years, need("year", "number", "number", "joint")),
        (re.compile(rf"\b(?:between|from)\s+(?P<y1>{YEAR4})(?:{TO}|\s+and\s+)(?P<y2>{YEAR})"), rules.years, need("year", "number", "number", "joint")),
        (re.compile(rf"{SINCE}\b{PART}(?<![\d$€£,.:/#])\b(?P<y1>{YEAR4})['’]?(?P<s>s)\b"), rules.years, need("year", "decade")),
        (re.compile(rf"{SINCE}\b{PART}(?<![\d$€£,.:/#])(?<!\d[-–])\b(?P<y1>{YEAR})\b{HOUSE}"), rules.years, need("year")),
        (re.compile(rf"{PART}(?<!\w)['’](?P<y1>[2-9]0)s\b"), rules.short_decade, need("decade")),
    ],
}  # fmt: skip

# The rules that look at the days named before.
COUNTING = frozenset({offsets.ago, offsets.neighbour})

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
    | dict.fromkeys(("quarter", *DECADES), "unit")
    | dict.fromkeys(("q1", "q2", "q3", "q4"), "digits")
    | dict.fromkeys(unfixed.TRIGGERS, "unfixed")
)
ORDER = ("unfixed", "digits", "month", "weekday", "near", "year", "unit")
