"""Resolve the date words of a report against the day it was published.

Pure: it sees the words and the publication day, never the clock. Days are half-open ranges ``[start, end)``.
Conventions: a bare weekday is the latest one not after publication, as wire copy uses it, and the first not before
it where its verb speaks of the future ("will meet on Friday"); a day and month without a year is not after publication
where its verb speaks of the past, and at most a week after it where no verb says; "last" and "next" before a weekday
mean no neighbour of today, "this Friday" lies in publication's week. Weeks begin on Monday. "Early", "mid" and "late"
are thirds. "Two weeks ago" is the seven days around that day, "two months ago" the calendar month, "two years ago" the
year. "A day earlier" counts from the last day named before it. Seasons, moving feasts and other calendars are noted
and fix no day, nor do "recently" and bare ordinals. Without a publication day only dates with a year resolve. All of
them, with their reasons and scores, stand in docs/method/dates.md.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache

from vedette.coding.date_clues import clues_in
from vedette.coding.date_context import reading_of
from vedette.coding.date_grammar import COUNTING, ORDER, RULES, TRIGGERS
from vedette.coding.date_spans import Reading, Rule
from vedette.records import DateMention, Span, When
from vedette.text.tree import Parsed, Sentence

__all__ = ["find_dates", "report_day", "resolve"]

# A dateline is written so many days before the report is published at most; one further off is a misprint or a reprint.
MAX_DATELINE_LAG_DAYS = 3
# Days named count for "the following day" in so many sentences after their own.
REMEMBERED_SENTENCES = 2


def resolve(expression: str, *, published: date | None, is_future: bool = False) -> When | None:
    """Return the days that `expression` names in a report of day `published`.

    Args:
        expression: the words as printed, such as ``"on Tuesday"``; the first date words in it count.
        published: the outlet's local calendar day; None resolves only dates that state a year.
        is_future: whether the words around it speak of the future ("will meet on Tuesday").

    Returns:
        Whole days ``[start, end)``, or None where the words fix no day. The caller may then fall back on
        `published`, and says so in `When.basis`.

    >>> resolve("on Tuesday", published=date(2024, 3, 7)).start.isoformat()
    '2024-03-05'
    >>> resolve("recently", published=date(2024, 3, 7)) is None
    True
    """
    kinds = _kinds(re.findall(r"[A-Za-z]+|[\d.-]+", expression))
    reading = Reading(published, is_future)
    found = sorted(_matches(expression, kinds, lambda match, rule, before: reading), key=_start)
    return next((answer for _, _, answer in found if isinstance(answer, When)), None)


def report_day(dateline: str | None, published: date | None) -> date | None:
    """Return the day that "today" means in a report: its dateline's, else that of publication.

    Args:
        dateline: the day as printed in the dateline, such as ``"July 14"`` or ``"3 JAN 90"``.
        published: the outlet's local calendar day; where it is None a dateline without a full year says nothing.

    A dateline after publication, or more than `MAX_DATELINE_LAG_DAYS` before, is not believed.

    >>> report_day("July 14", date(2021, 7, 15)).isoformat()
    '2021-07-14'
    """
    when = resolve(dateline, published=published) if dateline else None
    if when is None or when.precision != "day":
        return published
    if published is None or 0 <= (published - when.start).days <= MAX_DATELINE_LAG_DAYS:
        return when.start
    return published


def find_dates(parsed: Parsed, published: date | None) -> list[DateMention]:
    """Return the date words of `parsed` with the days they name, in order.

    Words that name a time and fix no day of the Gregorian calendar (a season, a moving feast, a month of another
    calendar) are noted with `DateMention.unfixed` instead; vaguer ones ("recently") are left out. Mentions do not
    overlap. A day after publication appears only where it is stated or its verb does not speak of the past. Cost:
    sentences without a weekday, month, unit of time or year are passed over by one lookup a word; of the others a
    pattern reads those that hold its clues (`date_clues`).
    """
    mentions: list[DateMention] = []
    named: list[tuple[int, int, When]] = []  # sentence, offset, days
    for sentence in parsed.sentences:
        kinds = _kinds([token.text for token in sentence.tokens])
        if not kinds:
            continue
        at = sentence.start
        text = parsed.text[at : sentence.end]
        while named and named[0][0] < sentence.i - REMEMBERED_SENTENCES:
            named.pop(0)
        earlier = [when for _, _, when in named]

        def read(
            match: re.Match[str],
            rule: Rule,
            here: list[tuple[int, When]],
            sentence: Sentence = sentence,
            earlier: list[When] = earlier,
        ) -> Reading | str | None:
            given = Reading(published)
            if rule in COUNTING:
                given = _after(
                    published, [*earlier, *(when for start, when in sorted(here, key=_start) if start < match.start())]
                )
            return reading_of(match, sentence, parsed, given)

        for start, end, answer in sorted(_matches(text, kinds, read), key=_start):
            span = Span(at + start, at + end)
            if isinstance(answer, str):
                mentions.append(DateMention(span, None, answer))
                continue
            mentions.append(DateMention(span, answer))
            named.append((sentence.i, span.start, answer))
    return mentions


def _start(found: tuple[int, *tuple[object, ...]]) -> int:
    return found[0]


def _after(published: date | None, named: list[When]) -> Reading:
    """How words are read that count from the last day or period named before."""
    day = next((when for when in reversed(named) if when.precision == "day"), None)
    period = next((when for when in reversed(named) if when.precision in ("week", "month", "year")), None)
    return Reading(published, day=day, period=period)


def _kinds(words: Iterable[str]) -> int:
    """The groups of rules that these words may trigger, a bit each in the order of `ORDER`."""
    kinds = 0
    for kind in map(_kinds_of, words):
        kinds |= kind
    return kinds


@lru_cache(maxsize=100_000)
def _kinds_of(word: str) -> int:
    kind = TRIGGERS.get(word.lower().rstrip(".")[:9])
    if kind is not None:
        return _bits(kind)
    if word[:1].isdecimal() or (word[:1] in "'’" and word[1:2].isdecimal()) or word[:3].lower() == "mid":
        is_bare = word.isdecimal() and word[:3].lower() != "mid"
        return _bits("digits", "year") if is_bare else _bits("digits", "year", "month")
    if "-" in word or "/" in word or "–" in word:
        return _bits("month", "weekday", "unit")
    return 0


def _bits(*kinds: str) -> int:
    return sum(1 << ORDER.index(kind) for kind in kinds)


@lru_cache(maxsize=1 << len(ORDER))
def _rules(kinds: int) -> tuple[tuple[re.Pattern[str], Rule, int], ...]:
    """The rules of these groups, in their order."""
    return tuple(row for k, kind in enumerate(ORDER) if kinds >> k & 1 for row in RULES[kind])


def _matches(
    text: str, kinds: int, read: Callable[[re.Match[str], Rule, list[tuple[int, When]]], Reading | str | None]
) -> Iterator[tuple[int, int, When | str]]:
    """Apply the rules in their order; a stretch that one has read is closed to the next.

    `read` is given the match, its rule and the days found so far with their offsets.
    """
    taken: list[tuple[int, int]] = []
    found: list[tuple[int, When]] = []
    clues = clues_in(text)
    for pattern, rule, needs in _rules(kinds):
        if clues & needs != needs:
            continue
        for match in pattern.finditer(text):
            start, end = match.span()
            k = bisect_left(taken, (end, end))
            if k and taken[k - 1][1] > start:
                continue
            reading = read(match, rule, found)
            if isinstance(reading, str):
                insort(taken, (start, end))
                continue
            answer = rule(match, reading) if reading is not None else None
            if answer is None:
                continue
            insort(taken, (start, end))
            if isinstance(answer, When):
                found.append((start, answer))
            yield start, end, answer
