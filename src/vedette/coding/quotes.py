"""Find quotations: any marks, nested, left open, reopened at paragraphs.

Linear in the length of the text; odd marks never refuse a document.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from vedette.records import Span

__all__ = ["Quote", "find_quotes"]

OPENING = {"“": "”", "«": "»", "„": "“”", "‟": "”", "‹": "›"}
# German and Danish print also »so«; believed only where the other half follows.
REVERSED = {"»": "«", "›": "‹"}
# A single mark is an apostrophe as well: it ends a quotation after or before punctuation, or where no plural owns.
SINGLE = re.compile(r"‘(?=[^\W\d_])[^‘]*?(?:(?<=[.,!?…])’(?!\w)|(?<![\ws]s)’(?!\w)|’(?=[,.;:?!)\n]|\Z))")
# An unclosed quotation ends at its paragraph; in texts of one paragraph it may not swallow the rest.
MAX_OPEN = 1500


class Quote(NamedTuple):
    """A quotation: `outer` with its marks, `inner` without; `is_open` where no closing mark was found."""

    outer: Span
    inner: Span
    is_open: bool


def find_quotes(text: str, paragraphs: Sequence[Span]) -> list[Quote]:
    """Return outermost quotations of the paragraphs, in order."""
    found: list[Quote] = []
    for paragraph in paragraphs:
        start = None
        close = ""
        mark = ""
        depth = 0
        k = paragraph.start
        while k < paragraph.end:
            c = text[k]
            width = 1
            limit = min(paragraph.end, k + MAX_OPEN)
            if c in "'`" and text[k : k + 2] in ("''", "``"):
                c, width = '"', 2
            if start is None:
                depth = 0
                if c in OPENING:
                    start, close, mark = k, OPENING[c], c
                elif c in REVERSED and _opens(text, k, 1, paragraph) and REVERSED[c] in text[k:limit]:
                    start, close, mark = k, REVERSED[c], c
                elif c == "‘" and _opens(text, k, 1, paragraph) and (single := SINGLE.match(text, k, limit)):
                    found.append(Quote(Span(k, single.end()), Span(k + 1, single.end() - 1), False))
                    width = single.end() - k
                elif c == '"' and _opens(text, k, width, paragraph):
                    start, close, mark = k, '"', '"'
                elif c == "”" and _opens(text, k, 1, paragraph):  # a wrong mark that opens
                    start, close, mark = k, "”", c
            else:
                depth += c == mark and c in OPENING
                ends = c in close or (c == '"' and mark in "“”" and not _opens(text, k, width, paragraph))
                ends = ends or (c == "”" and mark == '"' and "“" not in text[start:k])
                if depth and c in close and _closes_again(text[k + 1 : limit], close, mark):
                    depth -= 1
                    ends = False
                if mark == '"' and c == '"' and _opens(text, k, width, paragraph) and not _closes(text, k, paragraph):
                    ends = False
                if ends:
                    inner_start = start + _width(text, start)
                    if inner_start < k:
                        found.append(Quote(Span(start, k + width), Span(inner_start, k), False))
                    start = None
                elif k - start > MAX_OPEN:
                    start = None
            k += width
        if start is not None and paragraph.end - start <= MAX_OPEN:
            inner_start = start + _width(text, start)
            if inner_start < paragraph.end:
                found.append(Quote(Span(start, paragraph.end), Span(inner_start, paragraph.end), True))
    return found


def _width(text: str, k: int) -> int:
    """How many characters the mark at `k` has."""
    return 2 if text[k : k + 2] in ("''", "``") else 1


def _closes_again(rest: str, close: str, mark: str) -> bool:
    """Whether the next mark of this kind closes: the quotation that ended was one within another of the same marks."""
    return next((c in close for c in rest if c in close or c == mark), False)


def _opens(text: str, k: int, width: int, paragraph: Span) -> bool:
    before = text[k - 1] if k > paragraph.start else " "
    after = text[k + width] if k + width < paragraph.end else " "
    return (before.isspace() or before in "([{—–-:/“‘'") and not after.isspace()


def _closes(text: str, k: int, paragraph: Span) -> bool:
    before = text[k - 1] if k > paragraph.start else " "
    return before in ".,!?…"
