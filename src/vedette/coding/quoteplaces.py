"""A quotation and the words around it, and attributions by where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from vedette.coding.quotes import Quote
from vedette.coding.utterance import Utterance
from vedette.records import Span
from vedette.text.tree import Parsed, Token

__all__ = ["SPEECH_END", "WINDOW", "Index", "Place", "is_full", "outside", "places_of", "stops"]

SPEECH_END = frozenset(".,!?…—")
CLOSING = frozenset(("”", '"', "''", "’", "'", ")"))
MIN_QUOTE_WORDS = 3
# Characters around a quotation in which its cue is looked for.
WINDOW = 400
BUCKET = 1000


class Place(NamedTuple):
    """A quotation with the words around it."""

    quote: Quote
    is_full: bool
    is_first: bool  # it begins its paragraph
    before: list[Token]  # from the last stop
    after: list[Token]  # to the next stop
    paragraph: int


class Index:
    """Attributions by where their words stand, so that a long text stays linear."""

    def __init__(self, items: Iterable[Utterance]) -> None:
        self._buckets: dict[int, dict[int, Utterance]] = {}
        for item in items:
            self.add(item)

    def add(self, item: Utterance, *spans: Span) -> None:
        """Enter an attribution at `spans`, or at all of its words."""
        for span in spans or (*item.content, *item.cue):
            for k in range(span.start // BUCKET, span.end // BUCKET + 1):
                self._buckets.setdefault(k, {})[id(item)] = item

    def near(self, span: Span) -> list[Utterance]:
        found: dict[int, Utterance] = {}
        for k in range(span.start // BUCKET, span.end // BUCKET + 1):
            found.update(self._buckets.get(k, {}))
        return list(found.values())


def places_of(parsed: Parsed, quotes: Sequence[Quote]) -> Iterator[Place]:
    paragraphs = list(parsed.paragraphs) or [Span(0, max(1, len(parsed.text)))]
    p = 0
    for k, quote in enumerate(quotes):
        while p + 1 < len(paragraphs) and paragraphs[p].end <= quote.outer.start:
            p += 1
        low = max(paragraphs[p].start, quote.outer.start - WINDOW)
        high = min(paragraphs[p].end, quote.outer.end + WINDOW)
        lead = quote.outer.start - paragraphs[p].start
        is_first = lead < WINDOW and not parsed.text[paragraphs[p].start : quote.outer.start].strip()
        if k and is_full(quotes[k - 1], parsed.text):
            low = max(low, quotes[k - 1].outer.end)
        if k + 1 < len(quotes) and is_full(quotes[k + 1], parsed.text):
            high = min(high, quotes[k + 1].outer.start)
        before = outside(parsed, low, quote.outer.start)
        speaks = is_full(quote, parsed.text) or quote.inner.of(parsed.text).rstrip()[-1:] in SPEECH_END
        after = outside(parsed, quote.outer.end, high) if speaks else []
        stop = max((j for j, t in enumerate(before) if stops(t)), default=-1)
        end = min((j for j, t in enumerate(after) if stops(t)), default=len(after))
        before = before[stop + 1 :]
        while before and before[0].text in CLOSING:
            before.pop(0)
        yield Place(quote, is_full(quote, parsed.text), is_first, before, after[:end], p)


def outside(parsed: Parsed, low: int, high: int) -> list[Token]:
    """The tokens between two offsets, whole ones only."""
    if low >= high:
        return []
    return [t for t in parsed.tokens_in(Span(low, high)) if t.start >= low and t.end <= high]


def stops(token: Token) -> bool:
    return token.text in (".", "!", "?", "...", "…") or (token.pos == "PUNCT" and token.text[-1:] in ".!?")


def is_full(quote: Quote, text: str) -> bool:
    """Whether a quotation can be a speech of its own: some words, and no title ("The Long Way Home")."""
    words = quote.inner.of(text).split()
    if len(words) < MIN_QUOTE_WORDS:
        return False
    if not all(w[:1].isupper() for w in words if len(w) > 3):
        return True
    before = text[max(0, quote.outer.start - 2) : quote.outer.start].strip()[-1:]
    return words[-1][-1] in SPEECH_END and (before in ("", ",", ":", *SPEECH_END) or "\n" in before)
