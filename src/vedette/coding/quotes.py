"""Find quotations: any marks, nested, mixed, left open, never opened, reopened at paragraphs.

What a mark does is told by its form and by the space around it; pairs are found with a stack, and the outermost are
returned. Linear in the length of the text; odd marks never refuse a document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from vedette.records import Span

__all__ = ["Quote", "find_quotes"]

MARK = re.compile(r"''|``|[\"“”„‟«»‹›‘']")
GUILLEMETS = {"«": "»", "»": "«", "‹": "›", "›": "‹"}
BEFORE_OPENING = frozenset("([{—–-:/“‘'„«‹\"")
# A single mark is an apostrophe as well: it ends a quotation after or before punctuation, or where no plural owns.
SINGLE_END = r"(?:(?<=[.,!?…])M(?!\w)|(?<=\S)(?<!\ws)M(?!\w)|(?<=\S)M(?=[,.;:?!)\n]|\Z))"
CURLY_SINGLE = re.compile(r"‘(?=[^\W_])[^‘]*?" + SINGLE_END.replace("M", "’"))
STRAIGHT_SINGLE = re.compile(
    r"'(?=[^\W_])(?!(?:\d0s|em|til|twas|tis|cause|bout|n|round|cos)\b)"
    r"(?:[^'\n]|(?<=\w)'(?=\w)|(?<=s)'(?= [a-z]))*?" + SINGLE_END.replace("M", "'"),
)
# An unclosed quotation ends at its paragraph; in texts of one paragraph it may not swallow the rest.
MAX_OPEN = 3000
LISTED = re.compile(r"(?<=[.!?”\"])[ \t]*\n(?=[“\"”])|(?<=\w)\n(?=[“\"])")
MAX_SINGLE = 1500
# Where a text has so many curly marks, a straight one without a partner is dirt: polnear_dev direct 94.5 -> 95.5.
N_CURLY = 3
SPEECH_END = tuple(".,!?…—")

Role = Literal["open", "close", "either", "single"]


class Quote(NamedTuple):
    """A quotation: `outer` with its marks, `inner` without; `is_open` where one of its marks is missing."""

    outer: Span
    inner: Span
    is_open: bool


class _Mark(NamedTuple):
    start: int
    end: int
    role: Role
    text: str


def find_quotes(text: str, paragraphs: Sequence[Span]) -> list[Quote]:
    """Return outermost quotations of the paragraphs, in order."""
    is_curly = text.count("“") >= N_CURLY
    found: list[Quote] = []
    was_open = False
    for paragraph in (line for p in paragraphs for line in _lines(text, p)):
        quotes = _quotes_of(text, paragraph, is_curly=is_curly, was_open=was_open)
        was_open = bool(quotes) and quotes[-1].is_open and quotes[-1].outer.end == paragraph.end
        found.extend(quotes)
    return found


def _lines(text: str, paragraph: Span) -> Iterator[Span]:
    """A paragraph, cut at lines that begin with a mark after a line that ended: a list of quotations."""
    at = paragraph.start
    for match in LISTED.finditer(text, paragraph.start, paragraph.end):
        if at < match.start():
            yield Span(at, match.start())
            at = match.end()
    if at < paragraph.end:
        yield Span(at, paragraph.end)


def _quotes_of(text: str, paragraph: Span, *, is_curly: bool, was_open: bool) -> list[Quote]:
    marks = list(_marks(text, paragraph))
    pairs: list[tuple[int, int, int, int]] = []  # start, inner start, inner end, end; none within another
    opened: list[_Mark] = []
    lost: int | None = None  # where a closing mark stands that was never opened
    at = paragraph.start
    for k, mark in enumerate(marks):
        if mark.start < at:
            continue
        if mark.role == "single":
            end = None if opened else _single_end(text, mark, paragraph)
            if end is not None:
                pairs.append((mark.start, mark.end, end - 1, end))
                at = end
        elif mark.role == "open" or (mark.role == "either" and not opened):
            opened.append(mark)
        elif not opened:
            if lost is None and not pairs and mark.start > paragraph.start:
                lost = mark.start
        elif not _is_inch(text, mark, marks[k + 1] if k + 1 < len(marks) else None) and _fits(opened[-1], mark):
            start = opened.pop()
            while pairs and pairs[-1][0] > start.start:
                pairs.pop()
            pairs.append((start.start, start.end, mark.start, mark.end))
    left = _left_open(text, opened, pairs, paragraph, is_curly=is_curly)
    if left is not None:
        pairs = [pair for pair in pairs if pair[3] <= left.outer.start]
    found = [Quote(Span(a, d), Span(b, c), False) for a, b, c, d in pairs if b < c]
    if lost is not None and _is_lost_opening(text, lost, paragraph, was_open=was_open):
        found.insert(0, Quote(Span(paragraph.start, lost + 1), Span(paragraph.start, lost), True))
    return [*found, left] if left is not None else found


def _marks(text: str, paragraph: Span) -> Iterator[_Mark]:
    """The marks of a paragraph with what each may do; inches and apostrophes within words are left out."""
    opens_with: dict[str, str] = {}  # of guillemets either half may open: the first of a paragraph decides
    for match in MARK.finditer(text, paragraph.start, paragraph.end):
        start, end, mark = match.start(), match.end(), match.group()
        before = text[start - 1] if start > paragraph.start else " "
        after = text[end] if end < paragraph.end else " "
        opens = (before.isspace() or before in BEFORE_OPENING) and not after.isspace()
        closes = not before.isspace() and not after.isalnum()
        role: Role
        if mark in GUILLEMETS:
            kind = min(mark, GUILLEMETS[mark])
            if kind not in opens_with and (mark in "«‹" or opens):
                opens_with[kind] = mark
            role = "open" if mark == opens_with.get(kind) else "close"
        elif mark in ("‘", "'"):
            if not opens:
                continue
            role = "single"
        elif mark in ("``", "„", "‟"):
            role = "open"
        elif mark == "“":
            role = "close" if closes and not opens else "open"
        elif mark in ("”", "''"):
            role = "either" if opens and not closes else "close"
        elif opens != closes:
            role = "open" if opens else "close"
        else:
            role = "either"
        yield _Mark(start, end, role, mark)


def _fits(opening: _Mark, closing: _Mark) -> bool:
    """Marks of a family close each other, rightly or not: “ by ", but never a guillemet by them."""
    if opening.text in GUILLEMETS or closing.text in GUILLEMETS:
        return GUILLEMETS.get(opening.text) == closing.text
    return True


def _is_inch(text: str, mark: _Mark, following: _Mark | None) -> bool:
    """A straight mark after a figure measures, where the next mark closes the quotation."""
    return mark.text == '"' and text[mark.start - 1].isdigit() and following is not None and following.role == "close"


def _single_end(text: str, mark: _Mark, paragraph: Span) -> int | None:
    pattern = CURLY_SINGLE if mark.text == "‘" else STRAIGHT_SINGLE
    match = pattern.match(text, mark.start, min(paragraph.end, mark.start + MAX_SINGLE))
    return match.end() if match else None


def _left_open(
    text: str, opened: Sequence[_Mark], pairs: Sequence[tuple[int, int, int, int]], paragraph: Span, *, is_curly: bool
) -> Quote | None:
    """The quotation that goes on to the paragraph's end; none where others that look like speech follow its mark."""
    if not opened:
        return None
    mark = opened[-1] if _follows_a_stop(text, opened[-1].start, paragraph) else opened[0]
    if mark.end >= paragraph.end or paragraph.end - mark.start > MAX_OPEN or (is_curly and mark.text == '"'):
        return None
    for start, _, inner_end, _ in pairs:
        if (
            start > mark.start
            and text[start:inner_end].rstrip("'’ ")[-1:] in SPEECH_END
            and _follows_a_stop(text, start, paragraph)
        ):
            return None
    return Quote(Span(mark.start, paragraph.end), Span(mark.end, paragraph.end), True)


def _follows_a_stop(text: str, at: int, paragraph: Span) -> bool:
    return text[max(paragraph.start, at - 3) : at].rstrip()[-1:] in (".", "!", "?", ",", ":")


def _is_lost_opening(text: str, closing: int, paragraph: Span, *, was_open: bool) -> bool:
    """Whether a paragraph was speech up to a closing mark: its opening got lost, or stands a paragraph before."""
    if closing - paragraph.start > MAX_OPEN:
        return False
    return text[closing - 1] in ",?!" or (was_open and text[closing - 1] in SPEECH_END)
