"""What stands around date words: whether they are a date at all, and whether their verb speaks of what is to come."""

from __future__ import annotations

import re
from dataclasses import replace

from vedette.coding.date_patterns import WEEKDAYS
from vedette.coding.date_spans import Reading
from vedette.text.tree import Parsed, Sentence, Token

__all__ = ["reading_of"]

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
NAMED_AFTER = frozenset({"times", "mirror", "mail", "telegraph", "post", "guardian", "herald", "express", "school"})
# What is named after a day or month: "the 26 July Movement", "April 6 Bridge"; groups also in small letters.
NAMED_AFTER_DAY = re.compile(
    r"['’]?\s+(?:(?:[A-Z][a-z][\w-]*\s+){0,2}(?:Movement|Brigades?|Battalion|Front|Group|Organi[sz]ation|Coalition|Alliance"
    r"|Party|Street|Square|Avenue|Road|Boulevard|Mosque|Hospital|University|Stadium|Bridge|Airport)\b"
    r"|(?:movement|brigades?|group|MOVEMENT|BRIGADES?|GROUP)\b)"
)
# "was expected on Saturday": what was on the timetable is still to come unless it says more.
SCHEDULED = frozenset({"set", "schedule", "plan", "expect", "slate", "poise"})
# The number after these is no year.
NUMBERED = frozenset({
    "no.", "number", "room", "flight", "#", "resolution", "resolutions", "article", "section", "decree", "vision", "agenda",
    "route", "highway", "channel", "unit", "model", "case", "file", "at",
})  # fmt: skip
# "a crowd of 2000"
COUNTED = frozenset(
    {"crowd", "group", "force", "garrison", "total", "population", "army", "number", "convoy", "caravan"}
)
# How words that say when are joined to their verb, and the prepositions that look ahead from it.
ADVERBIAL = frozenset({"pobj", "prep", "npadvmod", "nummod", "appos", "conj", "pcomp", "tmod"})
ONWARD = frozenset({"to", "for", "until", "till", "by", "from", "starting", "beginning", "before"})
PAST_AUXILIARIES = frozenset({"was", "were", "did", "had", "has", "have"})
# A bare month name needs one of these before it, or must be no other word and no first name.
BEFORE_MONTH = frozenset({
    "in", "since", "by", "until", "till", "from", "of", "through", "throughout", "during", "before", "after", "between", "late",
    "early", "mid", "mid-", "for", "last", "next", "this", "around", "and", "or", "to", "on", "-",
})  # fmt: skip
AMBIGUOUS_MONTHS = frozenset(
    {"may", "march", "mar", "april", "june", "august", "jan", "jun", "dec", "sep", "nov", "oct"}
)


def reading_of(match: re.Match[str], sentence: Sentence, parsed: Parsed, given: Reading) -> Reading | str | None:
    """Return how to read a match in a sentence, None where its words are no date, "name" where they are named after one.

    `given` holds what does not hang on the match: the day of publication and the days named before.
    """
    groups = match.groupdict()
    name = next((g for g in ("w1", "m1", "m2", "unit", "y1") if groups.get(g)), None)
    offset = sentence.start + (match.start(name) if name else match.start())
    token = parsed.token_at(offset)
    if token is None:
        return given
    k = token.i - sentence.tokens[0].i
    before = sentence.tokens[k - 1] if k else None
    after = sentence.tokens[k + 1] if k + 1 < len(sentence.tokens) else None
    if name == "w1" and (
        (before is not None and before.lower in NAMED_DAYS) or (after is not None and after.lower in NAMED_AFTER)
    ):
        return None
    if name in ("m1", "m2") and not groups.get("y1") and NAMED_AFTER_DAY.match(match.string, match.end()):
        return "name"
    if name == "m1" and not _is_month(token, before, after, groups):
        return None
    if name == "y1" and "w1" not in groups and "m1" not in groups and not _is_year(match, token, before, after):
        return None
    if groups.get("since"):
        return given
    deadline = name in ("m1", "m2") and _word_before(sentence.start + match.start(), token) in DEADLINES
    tense = "future" if deadline else _tense(token)
    return replace(given, is_future=tense == "future", is_past=tense == "past") if tense else given


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
    if before is not None and (before.lower in NUMBERED or before.tag in ("$", "JJR")):
        return False
    if (
        token.dep == "nummod"
        and token.head.tag == "NNS"
        and (before is None or before.lower not in ("the", "'s", "’s"))
    ):
        return before is not None and before.lower in ("in", "since")
    if token.head.lower == "of" and token.head.head.lemma in COUNTED and "m1" not in groups:
        return False
    if after is not None and after.lower in ("percent", "%", "hours", "gmt", "utc", "local", "people", "km", "meters"):
        return False
    return int(token.text[:4]) > 1899 if token.text[:4].isdecimal() and before is None else True


def _tense(token: Token) -> str:
    """ "future" or "past" as the verb speaks that the date words hang on, "" where none says.

    Past only where the words say when its act was, not where they date a noun ("the 20 July vote was put off") or what
    was planned ("adjourned to 20 July").
    """
    node = token
    dates_verb = True
    for _ in range(5):
        lower = node.lower
        if (lower in DEADLINES or lower in ("for", "starting", "beginning")) and node.head.lemma in FUTURE_WORDS:
            return "future"
        if node.pos in ("VERB", "AUX"):
            if _verb_is_future(node):
                return "future"
            return "past" if dates_verb and _verb_is_past(node) else ""
        if node.head is node:
            return ""
        dates_verb = dates_verb and node.dep in ADVERBIAL and lower not in ONWARD
        node = node.head
        if node.tag == "VBN" and node.dep == "acl" and node.lemma in FUTURE_WORDS:
            has_own = any(c.dep.startswith(("nsubj", "aux")) for c in node.children)
            return "" if has_own else "future"
    return ""


def _verb_is_past(verb: Token) -> bool:
    if verb.lemma in FUTURE_WORDS:
        return False
    aux = {c.lower for c in verb.children if c.dep in ("aux", "auxpass")}
    return verb.tag == "VBD" or bool(aux & PAST_AUXILIARIES and not aux & (FUTURE_MODALS | {"to"}))


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
        elif child.dep == "auxpass" and child.lemma == "be":
            has_be = has_be or child.tag in ("VBZ", "VBP") or verb.lemma in SCHEDULED
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
