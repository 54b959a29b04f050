"""Resolve the date words of a report against the day it was published.

Pure: it sees the words and the publication day, never the clock. Days are half-open ranges ``[start, end)``.
Conventions: a bare weekday is the latest one not after publication, as wire copy uses it, and the first not before
it where its verb speaks of the future ("will meet on Friday"); a day and month without a year is the nearest one not
later than a week after publication; "last Tuesday" lies before publication, "next Monday" after it, "this Friday" in
publication's week. Weeks begin on Monday. "Early", "mid" and "late" are thirds. "Two weeks ago" is the seven days
around that day, "two months ago" the calendar month, "two years ago" the year. "A day earlier" counts from the last
day named before it. Seasons, holidays, "recently" and bare ordinals fix no day. Without a publication day only dates
with a year resolve.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from vedette.coding.date_patterns import WEEKDAYS
from vedette.coding.date_rules import ORDER, RULES, TRIGGERS, Reading
from vedette.records import DateMention, Span, When
from vedette.text.tree import Parsed, Sentence, Token

__all__ = ["find_dates", "resolve"]

FUTURE_WORDS = frozenset({
    "set", "due", "schedule", "plan", "expect", "slate", "hope", "intend", "agree", "prepare", "want", "begin", "start",
    "promise", "pledge", "vow", "ready", "poise", "aim", "decide", "propose", "invite", "deadline", "order", "ask",
    "tell", "require", "summon", "call", "urge", "likely", "postpone", "delay", "extend", "last", "adjourn",
})  # fmt: skip
DEADLINES = frozenset({"until", "till", "by"})
FUTURE_MODALS = frozenset(
    {"will", "'ll", "’ll", "shall", "wo", "would", "may", "might", "could", "should", "must", "can"}
)
# Names that hold a weekday and are no day of this report.
NAMED_DAYS = frozenset({
    "good", "black", "bloody", "ash", "palm", "easter", "super", "holy", "maundy", "cyber", "fat", "every", "each",
    "orange", "any", "most",
})  # fmt: skip
NAMED_AFTER = frozenset({"times", "mirror", "mail", "telegraph", "post", "guardian", "herald", "express", "prayers"})
# A bare month name needs one of these before it, or must be no other word and no first name.
BEFORE_MONTH = frozenset({
    "in", "since", "by", "until", "till", "from", "of", "through", "during", "before", "after", "between", "late",
    "early", "mid", "mid-", "for", "last", "next", "this", "around", "and", "or", "to", "on", "-",
})  # fmt: skip
AMBIGUOUS_MONTHS = frozenset(
    {"may", "march", "mar", "april", "june", "august", "jan", "jun", "dec", "sep", "nov", "oct"}
)


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
    reading = Reading(published, is_future, None)
    found = sorted(_matches(expression, kinds, lambda match: reading), key=lambda m: m[0])
    return found[0][2] if found else None


def find_dates(parsed: Parsed, published: date | None) -> list[DateMention]:
    """Return the date words of `parsed` with the days they name, in order; words that fix no day are left out.

    Mentions do not overlap. A day after publication appears only where it is stated or its verb speaks of the
    future. Cost: sentences without a weekday, month, unit of time or year are passed over by one lookup a word.
    """
    mentions: list[DateMention] = []
    anchor: When | None = None
    anchored = -1
    for sentence in parsed.sentences:
        kinds = _kinds(token.text for token in sentence.tokens)
        if not kinds:
            continue
        at = sentence.start
        text = parsed.text[at : sentence.end]
        last_anchor = anchor if sentence.i - anchored <= 2 else None

        def read(
            match: re.Match[str], sentence: Sentence = sentence, at: int = at, last_anchor: When | None = last_anchor
        ) -> Reading | None:
            return _reading(match, parsed, sentence, at, published, last_anchor)

        found = sorted(_matches(text, kinds, read), key=lambda m: m[0])
        for start, end, when in found:
            mentions.append(DateMention(Span(at + start, at + end), when))
            if when.precision == "day":
                anchor, anchored = when, sentence.i
    return mentions


def _kinds(words: Iterable[str]) -> set[str]:
    """The groups of rules that these words may trigger."""
    kinds = set()
    for word in words:
        kind = TRIGGERS.get(word.lower().rstrip(".")[:9])
        if kind is not None:
            kinds.add(kind)
        elif word[:1].isdecimal() or (word[:1] in "'’" and word[1:2].isdecimal()) or word[:3].lower() == "mid":
            kinds.update(("digits", "year"))
            if not word.isdecimal() or word[:3].lower() == "mid":
                kinds.add("month")
        elif "-" in word or "/" in word or "–" in word:
            kinds.update(("month", "weekday", "unit"))
    return kinds


def _matches(
    text: str, kinds: set[str], read: Callable[[re.Match[str]], Reading | None]
) -> Iterator[tuple[int, int, When]]:
    """Apply the rules in their order; a stretch that one has read is closed to the next."""
    taken: list[tuple[int, int]] = []
    for kind in ORDER:
        if kind not in kinds:
            continue
        for pattern, rule in RULES[kind]:
            for match in pattern.finditer(text):
                start, end = match.span()
                k = bisect_left(taken, (end, end))
                if k and taken[k - 1][1] > start:
                    continue
                reading = read(match)
                when = rule(match, reading) if reading is not None else None
                if when is not None:
                    insort(taken, (start, end))
                    yield start, end, when


def _reading(
    match: re.Match[str],
    parsed: Parsed,
    sentence: Sentence,
    at: int,
    published: date | None,
    anchor: When | None,
) -> Reading | None:
    """What stands around a match, or None where its words are no date."""
    groups = match.groupdict()
    name = next((g for g in ("w1", "m1", "m2", "unit", "y1") if groups.get(g)), None)
    offset = at + (match.start(name) if name else match.start())
    token = parsed.token_at(offset)
    if token is None:
        return Reading(published, False, anchor)
    k = token.i - sentence.tokens[0].i
    before = sentence.tokens[k - 1] if k else None
    after = sentence.tokens[k + 1] if k + 1 < len(sentence.tokens) else None
    if name == "w1" and (
        (before is not None and before.lower in NAMED_DAYS) or (after is not None and after.lower in NAMED_AFTER)
    ):
        return None
    if name == "m1" and not _is_month(token, before, after, groups):
        return None
    if name == "y1" and "w1" not in groups and "m1" not in groups and not _is_year(match, token, before, after):
        return None
    is_future = not groups.get("since") and (
        _is_future(token)
        or (name in ("m1", "m2") and _word_before(offset - match.start(name) + match.start(), token) in DEADLINES)
    )
    return Reading(published, is_future, anchor)


def _word_before(offset: int, token: Token) -> str:
    """The last word before `offset`, looking back from `token`."""
    tokens = token.sentence.tokens
    k = token.i - tokens[0].i
    while k and tokens[k].start >= offset:
        k -= 1
    return tokens[k].lower


def _is_month(token: Token, before: Token | None, after: Token | None, groups: dict[str, str | None]) -> bool:
    if groups.get("d1") or groups.get("y1"):
        return True
    if token.tag == "MD" or (token.tag.startswith("V") and token.lower in ("may", "march", "mar")):
        return False
    if after is not None and after.tag == "NNP" and token.dep == "compound" and token.head is after:
        return after.lower in WEEKDAYS
    if groups.get("part") or groups.get("which") or groups.get("m2") or groups.get("since"):
        return True
    if before is not None and before.lower in BEFORE_MONTH:
        return not (token.lower in ("march", "may") and after is not None and after.lower == "on")
    return token.lower not in AMBIGUOUS_MONTHS and token.text[0].isupper()


def _is_year(match: re.Match[str], token: Token, before: Token | None, after: Token | None) -> bool:
    """Tell "in 2014" and "the 2014 war" from "2014 troops"."""
    groups = match.groupdict()
    if groups.get("s") or groups.get("y2") or groups.get("part") or groups.get("since"):
        return True
    if before is not None and (before.lower in ("no.", "number", "room", "flight", "#") or before.tag in ("$", "JJR")):
        return False
    if (
        token.dep == "nummod"
        and token.head.tag == "NNS"
        and (before is None or before.lower not in ("the", "'s", "’s"))
    ):
        return before is not None and before.lower in ("in", "since")
    if after is not None and after.lower in ("percent", "%", "hours", "gmt", "utc", "local", "people", "km", "meters"):
        return False
    return int(token.text[:4]) > 1899 if token.text[:4].isdecimal() and before is None else True


def _is_future(token: Token) -> bool:
    """Whether the verb that the date words hang on speaks of what is to come."""
    node = token
    for _ in range(5):
        lower = node.lower
        if (lower in DEADLINES or lower in ("for", "starting", "beginning")) and node.head.lemma in FUTURE_WORDS:
            return True
        pos = node.pos
        if pos in ("VERB", "AUX"):
            return _verb_is_future(node)
        if node.head is node:
            return False
        node = node.head
        if node.tag == "VBN" and node.dep == "acl" and node.lemma in FUTURE_WORDS:
            return not any(c.dep.startswith(("nsubj", "aux")) for c in node.children)
    return False


def _verb_is_future(verb: Token) -> bool:
    has_be = False
    for child in verb.children:
        if child.dep == "aux":
            if child.tag == "MD":
                return child.lower in FUTURE_MODALS and not any(
                    c.dep == "aux" and c.lemma == "have" for c in verb.children
                )
            if child.tag == "TO":
                head = verb.head
                return head is not verb and (
                    head.lemma in FUTURE_WORDS
                    or head.lower == "hopes"
                    or head.lemma == "be"
                    or (head.lemma == "go" and head.tag == "VBG")
                )
            has_be = has_be or (child.lemma == "be" and child.tag in ("VBZ", "VBP"))
    if verb.sentence.is_headline:
        return False
    if verb.tag == "VBG":
        return has_be
    if verb.tag == "VBN" and has_be:
        return verb.lemma in FUTURE_WORDS
    return (
        verb.tag in ("VBZ", "VBP")
        and verb.lemma not in ("say", "report", "have")
        and not any(c.dep == "ccomp" for c in verb.children)
    )
