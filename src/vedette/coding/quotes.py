"""Find quotations: any marks, nested, left open, reopened at paragraphs.

Linear in the length of the text; odd marks never refuse a document.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from vedette.records import Span

__all__ = ["Quote", "find_quotes"]

OPENING = {"“": "”", "«": "»", "„": "“”", "‟": "”", "‹": "›"}
CLOSING = {"”", "»", "›"}
STRAIGHT = {'"', "''", "``"}
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
        k = paragraph.start
        while k < paragraph.end:
            c = text[k]
            width = 1
            if c in "'`" and text[k : k + 2] in ("''", "``"):
                c, width = '"', 2
            if start is None:
                if c in OPENING:
                    start, close, mark = k, OPENING[c], c
                elif c == '"' and _opens(text, k, width, paragraph):
                    start, close, mark = k, '"', '"'
                elif c == "”" and _opens(text, k, 1, paragraph):  # a wrong mark that opens
                    start, close, mark = k, "”", c
            else:
                ends = c in close or (c == '"' and mark in "“”" and not _opens(text, k, width, paragraph))
                if mark == '"' and c == '"' and _opens(text, k, width, paragraph) and not _closes(text, k, paragraph):
                    ends = False
                if ends:
                    inner_start = start + (2 if text[start : start + 2] in ("''", "``") else 1)
                    if inner_start < k:
                        found.append(Quote(Span(start, k + width), Span(inner_start, k), False))
                    start = None
                elif k - start > MAX_OPEN:
                    start = None
            k += width
        if start is not None and start + 1 < paragraph.end and paragraph.end - start <= MAX_OPEN:
            found.append(Quote(Span(start, paragraph.end), Span(start + 1, paragraph.end), True))
    return found


def _opens(text: str, k: int, width: int, paragraph: Span) -> bool:
    before = text[k - 1] if k > paragraph.start else " "
    after = text[k + width] if k + width < paragraph.end else " "
    return (before.isspace() or before in "([{—–-:/“‘'") and not after.isspace()


def _closes(text: str, k: int, paragraph: Span) -> bool:
    before = text[k - 1] if k > paragraph.start else " "
    return before in ".,!?…"
