"""A quotation and the words around it, and attributions by where they stand."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from vedette.coding.quotes import Quote
from vedette.coding.utterance import Utterance
from vedette.records import Span
from vedette.text.tree import Parsed, Token

__all__ = ["SPEECH_END", "WINDOW", "Index", "Place", "is_full", "outside", "places_of", "recent", "stops"]

SPEECH_END = frozenset(".,!?…—")
CLOSING = frozenset(("”", '"', "''", "’", "'", ")"))
MIN_QUOTE_WORDS = 3
# Characters around a quotation in which its cue is looked for.
WINDOW = 400
BUCKET = 1000
# Contents of a speech that are looked at, from its latest: those before lie behind the quotation at hand, and to look at
# all of them at every quotation would cost the square of the text.
RECENT = 64


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
        for span in spans or (*recent(item), *item.cue):
            for k in range(span.start // BUCKET, span.end // BUCKET + 1):
                self._buckets.setdefault(k, {})[id(item)] = item

    def near(self, span: Span) -> list[Utterance]:
        found: dict[int, Utterance] = {}
        for k in range(span.start // BUCKET, span.end // BUCKET + 1):
            found.update(self._buckets.get(k, {}))
        return list(found.values())


def recent(item: Utterance) -> list[Span]:
    """The latest contents of an attribution."""
    return item.content[-RECENT:]


def places_of(parsed: Parsed, quotes: Sequence[Quote]) -> Iterator[Place]:
    """The quotations with their places, in order; cost: the words around each are found by bisection."""
    paragraphs = list(parsed.paragraphs) or [Span(0, max(1, len(parsed.text)))]
    full = [is_full(quote, parsed.text) for quote in quotes]
    tokens = parsed.tokens
    stopping = [k for k, token in enumerate(tokens) if stops(token)] if quotes else []
    p = 0
    for k, quote in enumerate(quotes):
        while p + 1 < len(paragraphs) and paragraphs[p].end <= quote.outer.start:
            p += 1
        low = max(paragraphs[p].start, quote.outer.start - WINDOW)
        high = min(paragraphs[p].end, quote.outer.end + WINDOW)
        lead = quote.outer.start - paragraphs[p].start
        is_first = lead < WINDOW and not parsed.text[paragraphs[p].start : quote.outer.start].strip()
        if k and full[k - 1]:
            low = max(low, quotes[k - 1].outer.end)
        if k + 1 < len(quotes) and full[k + 1]:
            high = min(high, quotes[k + 1].outer.start)
        first, end = parsed.inside(low, quote.outer.start)
        last_stop = bisect_left(stopping, end) - 1
        if last_stop >= 0:
            first = max(first, stopping[last_stop] + 1)
        while first < end and tokens[first].text in CLOSING:
            first += 1
        after: list[Token] = []
        if full[k] or quote.inner.of(parsed.text).rstrip()[-1:] in SPEECH_END:
            begin, stop = parsed.inside(quote.outer.end, high)
            next_stop = bisect_left(stopping, begin)
            after = tokens[begin : min([stop, *stopping[next_stop : next_stop + 1]])]
        yield Place(quote, full[k], is_first, tokens[first:end], after, p)


def outside(parsed: Parsed, low: int, high: int) -> list[Token]:
    """The tokens between two offsets, whole ones only."""
    first, end = parsed.inside(low, high)
    return parsed.tokens[first:end]


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
