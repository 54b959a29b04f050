"""Attributions by quotation marks: every full quotation gets a speaker.

A quotation's cue stands after it ('"...," she said'), before it ('he said: "..."'), or in the paragraph before, which
ends with a colon; where none stands there the quotation goes on from the one before. What is quoted inside a clause
belongs to the attribution of that clause. The words around a quotation are cut at its paragraph, at other quotations
and at stops, since a parser's sentences cannot be relied on where marks stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from vedette.coding.cues import Cues
from vedette.coding.layouts import last_words, signed_by
from vedette.coding.quotecues import Cued, cue_after, cue_before
from vedette.coding.quotes import Quote
from vedette.coding.utterance import Utterance, addressee_of, utter
from vedette.records import Span
from vedette.text.tree import Parsed, Token

__all__ = ["from_quotes"]

TRIM = " \t\n\r,;:–—-"
SPEECH_END = frozenset(".,!?…—")
MIN_QUOTE_WORDS = 3
# Characters around a quotation in which its cue is looked for.
WINDOW = 600
BUCKET = 1000


class _Place(NamedTuple):
    """A quotation with the words around it."""

    quote: Quote
    is_full: bool
    is_first: bool  # it begins its paragraph
    before: list[Token]  # from the last stop
    after: list[Token]  # to the next stop
    paragraph: int


class _Index:
    """Attributions by where their words stand, so that a long text stays linear."""

    def __init__(self, items: Iterable[Utterance]) -> None:
        self._buckets: dict[int, dict[int, Utterance]] = {}
        for item in items:
            self.add(item)

    def add(self, item: Utterance) -> None:
        for span in (*item.content, *item.cue):
            for k in range(span.start // BUCKET, span.end // BUCKET + 1):
                self._buckets.setdefault(k, {})[id(item)] = item

    def near(self, span: Span) -> list[Utterance]:
        found: dict[int, Utterance] = {}
        for k in range(span.start // BUCKET, span.end // BUCKET + 1):
            found.update(self._buckets.get(k, {}))
        return list(found.values())


def from_quotes(
    parsed: Parsed, quotes: Sequence[Quote], found: Sequence[Utterance], turns: Sequence[Utterance], cues: Cues
) -> list[Utterance]:
    """Give every full quotation a speaker; returns new attributions and mends those of `found` in place."""
    index = _Index(found)
    spoken = _Index(turns)
    made: list[Utterance] = []
    last: Utterance | None = None
    last_end = -1
    waiting: list[Quote] = []  # quotations without a cue that the next one follows at once
    places = list(_places(parsed, quotes))
    for n, place in enumerate(places):
        quote = place.quote
        if any(s.holds(quote.inner) for turn in spoken.near(quote.outer) for s in turn.content):
            continue
        item = _by_cue(parsed, place, index, cues)
        if item is None and place.is_full:
            item = signed_by(parsed, quote) or _from_above(parsed, place, last_end, index, cues)
        if item is not None:
            if not any(item is known for known in index.near(item.cue[0])):
                made.append(item)
            item.content[:] = sorted({*(w.outer for w in waiting), *item.content})
            waiting = []
            index.add(item)
            last, last_end = item, quote.outer.end
            continue
        owner = _owner_of(quote, index.near(quote.outer)) if place.before or not place.is_full else None
        if owner is None and place.is_full:
            if last is not None and not waiting and _goes_on(parsed, last, last_end, quote):
                last.content.append(quote.outer)
                index.add(last)
                last_end = quote.outer.end
                continue
            if n + 1 < len(places) and _follows_at_once(parsed, quote, places[n + 1]):
                waiting.append(quote)
                continue
            owner = _said_before(parsed, place, index) or _owner_of(quote, index.near(quote.outer))
        if owner is not None and (place.is_full or owner.is_quote):
            _widen(owner, quote)
            index.add(owner)
            last, last_end = owner, quote.outer.end
    return made


def _places(parsed: Parsed, quotes: Sequence[Quote]) -> Iterator[_Place]:
    paragraphs = list(parsed.paragraphs) or [Span(0, max(1, len(parsed.text)))]
    p = 0
    for k, quote in enumerate(quotes):
        while p + 1 < len(paragraphs) and paragraphs[p].end <= quote.outer.start:
            p += 1
        low = max(paragraphs[p].start, quote.outer.start - WINDOW)
        high = min(paragraphs[p].end, quote.outer.end + WINDOW)
        is_first = not parsed.text[paragraphs[p].start : quote.outer.start].strip()
        if k and _is_full(quotes[k - 1], parsed.text):
            low = max(low, quotes[k - 1].outer.end)
        if k + 1 < len(quotes) and _is_full(quotes[k + 1], parsed.text):
            high = min(high, quotes[k + 1].outer.start)
        before = _outside(parsed, low, quote.outer.start)
        after = _outside(parsed, quote.outer.end, high)
        stop = max((j for j, t in enumerate(before) if _stops(t)), default=-1)
        end = min((j for j, t in enumerate(after) if _stops(t)), default=len(after))
        yield _Place(quote, _is_full(quote, parsed.text), is_first, before[stop + 1 :], after[:end], p)


def _outside(parsed: Parsed, low: int, high: int) -> list[Token]:
    """The tokens between two offsets, whole ones only."""
    if low >= high:
        return []
    return [t for t in parsed.tokens_in(Span(low, high)) if t.start >= low and t.end <= high]


def _stops(token: Token) -> bool:
    return token.text in (".", "!", "?", "...", "…") or (token.pos == "PUNCT" and token.text[-1:] in ".!?")


def _is_full(quote: Quote, text: str) -> bool:
    """Whether a quotation can be a speech of its own: some words, and no title ("The Long Way Home")."""
    words = quote.inner.of(text).split()
    if len(words) < MIN_QUOTE_WORDS:
        return False
    return words[-1][-1] in SPEECH_END or not all(w[:1].isupper() for w in words if len(w) > 3)


def _by_cue(parsed: Parsed, place: _Place, index: _Index, cues: Cues) -> Utterance | None:
    """The attribution of a quotation by the cue beside it."""
    inner = place.quote.inner.of(parsed.text).strip()
    if not inner:
        return None
    is_sentence = inner[:1].isupper() and (place.is_full or inner[-1] in SPEECH_END)
    before = cue_before(place.before, cues, is_sentence=is_sentence)
    after = None
    if inner[-1] in SPEECH_END or place.is_full:
        after = cue_after(place.after, inner[-1], cues)
    if not place.is_full and inner[-1] not in SPEECH_END:
        before = None
    if before is not None and not before.is_colon and not is_sentence:
        before = None
    cued = before if before is not None and (before.is_colon or after is None or inner[-1] != ",") else after
    if cued is None:
        return None
    return _attributed(parsed, place, cued, index, is_after=cued is after)


def _attributed(parsed: Parsed, place: _Place, cued: Cued, index: _Index, *, is_after: bool) -> Utterance:
    quote, verb = place.quote, cued.verb
    fresh = utter(cued.subject, verb, [quote.outer], cued.sense, addressee=addressee_of(verb))
    if verb.pos not in ("VERB", "AUX") and cued.is_colon:
        colon = place.before[-1].span
        fresh = Utterance([_name(place.before)], [colon], [quote.outer], ":", cued.sense, None, None, True, cued.subject)
    fresh.speaker = [clipped for s in fresh.speaker if (clipped := _clip(s, quote.outer)) is not None]
    fresh.is_quote = True
    region = Span(min(verb.start, quote.outer.start), max(verb.end, quote.outer.end))
    known = None
    for other in index.near(quote.outer) + index.near(verb.span):
        if any(c.holds(verb.span) for c in other.cue):
            known = other
        elif not any(quote.outer.holds(c) for c in other.cue):
            _let_go(other, fresh, region, cued, is_after=is_after)
    if known is None:
        return fresh
    kept = [] if is_after and not place.before else [s for s in known.content if s.end <= quote.outer.start]
    if not is_after and not cued.is_own:
        kept = [s for s in kept if s.start > verb.start]
    if place.before and is_after:
        kept = [Span(place.before[0].start, quote.outer.start)]
    known.content[:] = sorted({*kept, quote.outer})
    if fresh.speaker and cued.is_own:
        known.speaker, known.speaker_head = fresh.speaker, fresh.speaker_head
    known.is_quote = True
    return known


def _let_go(other: Utterance, fresh: Utterance, region: Span, cued: Cued, *, is_after: bool) -> None:
    """Take a quotation with a cue of its own out of another's content, but where it reports the saying as well."""
    kept: list[Span] = []
    for span in other.content:
        reports_it = cued.is_own and not is_after and span.holds(region) and other.cue[0].end <= span.start
        if reports_it or not span.meets(region):
            kept.append(span)
            continue
        if span.holds(region) and not cued.is_own and other.sense.kind == "speech":
            fresh.speaker, fresh.speaker_head = list(other.speaker), other.speaker_head
        if span.start < region.start:
            kept.append(Span(span.start, region.start))
        if region.end < span.end and not is_after:
            kept.append(Span(region.end, span.end))
    other.content[:] = kept


def _name(words: Sequence[Token]) -> Span:
    kept = [t for t in words if t.pos != "PUNCT"]
    return Span(kept[0].start, kept[-1].end)


def _clip(span: Span, out: Span) -> Span | None:
    if not span.meets(out):
        return span
    if span.start < out.start:
        return Span(span.start, out.start)
    return Span(out.end, span.end) if out.end < span.end else None


def _from_above(parsed: Parsed, place: _Place, last_end: int, index: _Index, cues: Cues) -> Utterance | None:
    """The attribution of a quotation that begins a paragraph after one that ends with a colon."""
    if not place.is_first or place.paragraph == 0:
        return None
    above = parsed.paragraphs[place.paragraph - 1]
    if not above.of(parsed.text).rstrip().endswith(":") or last_end >= above.end:
        return None
    words = [t for t in last_words(parsed, above) if t.start >= last_end]
    cued = cue_before(words, cues, is_sentence=True)
    if cued is None:
        return None
    return _attributed(parsed, place._replace(before=words), cued, index, is_after=False)


def _said_before(parsed: Parsed, place: _Place, index: _Index) -> Utterance | None:
    """The speech of the sentence before a quotation that is a sentence of its own."""
    if place.before or place.is_first:
        return None
    tokens = parsed.tokens_in(Span(max(0, place.quote.outer.start - 4), place.quote.outer.start))
    if not tokens:
        return None
    sentence = tokens[0].sentence
    for item in index.near(Span(sentence.start, sentence.end)):
        if item.head is not None and item.sense.kind == "speech" and item.head.sentence is sentence:
            if item.head is sentence.root or item.head.dep in ("parataxis", "ROOT"):
                return item
    return None


def _follows_at_once(parsed: Parsed, quote: Quote, following: _Place) -> bool:
    """Whether another full quotation follows with nothing between."""
    return following.is_full and not parsed.text[quote.outer.end : following.quote.outer.start].strip(TRIM)


def _owner_of(quote: Quote, found: Sequence[Utterance]) -> Utterance | None:
    """The attribution whose content overlaps the quotation most, its cue being outside."""
    best, most = None, 0
    for item in found:
        if any(quote.inner.meets(c) for c in item.cue) or item.sense.kind == "attitude":
            continue
        shared = sum(max(0, min(s.end, quote.outer.end) - max(s.start, quote.outer.start)) for s in item.content)
        if shared > most:
            best, most = item, shared
    length = quote.outer.end - quote.outer.start
    return best if best is not None and most >= 0.3 * length else None


def _widen(item: Utterance, quote: Quote) -> None:
    """A quotation that an attribution's content touches belongs to it whole."""
    if any(s.holds(quote.outer) for s in item.content):
        return
    kept = [s for s in item.content if not quote.outer.holds(s)]
    cut = []
    for k, span in enumerate(kept):
        if span.meets(quote.outer):
            cut.append(Span(min(span.start, quote.outer.start), max(span.end, quote.outer.end)))
            cut.extend(s for s in kept[k + 1 :] if not s.meets(quote.outer))
            break
        cut.append(span)
    else:
        cut.append(quote.outer)
    item.content[:] = sorted(set(cut))
    item.is_quote = True


def _goes_on(parsed: Parsed, last: Utterance, last_end: int, quote: Quote) -> bool:
    """Whether the quotation follows the one before, or the sentence that names its speaker, with nothing between."""
    if not parsed.text[last_end : quote.outer.start].strip(TRIM + "."):
        return True
    cue = last.cue[0]
    if not last_end <= cue.start < quote.outer.start or quote.outer.start - last_end > WINDOW:
        return False
    between = [t for t in _outside(parsed, cue.end, quote.outer.start)]
    return not any(_stops(t) for t in between[:-1])
