"""Attributions by quotation marks: every full quotation gets a speaker.

A quotation's cue stands after it ('"...," she said'), before it ('he said: "..."'), or in the paragraph before, which
ends with a colon; where none stands there the quotation goes on from the one before. What is quoted inside a clause
belongs to the attribution of that clause. The words around a quotation are cut at its paragraph, at other quotations
and at stops, since a parser's sentences cannot be relied on where marks stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from vedette.coding.cues import Cues
from vedette.coding.layouts import last_words, signed_by
from vedette.coding.quoteclauses import by_clause, by_object, overlapping, owners_after, owners_before, widen
from vedette.coding.quotecues import Cued, cue_after, cue_at_root, cue_before
from vedette.coding.quoteplaces import RECENT, SPEECH_END, WINDOW, Index, Place, outside, places_of, recent, stops
from vedette.coding.quotes import Quote
from vedette.coding.utterance import Utterance, addressee_of, utter
from vedette.records import Span
from vedette.text.tree import Parsed, Token

__all__ = ["from_quotes"]

TRIM = " \t\n\r,;:–—-"
DASHES = ("–", "—", "-", "--")
# A name with these goes on after the verb ("said Roe of Ohio"), with others the saying does ("said Roe in May").
PART_OF_NAME = ("of", "from", "at", "for")
# Words of a sentence that leads to the quotation after it ("The judge interrupted him.").
MAX_LEAD = 15
# Characters between two quotations of one clause ("..." and still "...").
NEAR_CHARS = 30
# Sentences of a paragraph that may part a speaker's two quotations.
N_BETWEEN = 2
# Contents looked at for one that holds a quotation already; more of them would be quadratic.
MOST_RECENT = 4


def from_quotes(
    parsed: Parsed, quotes: Sequence[Quote], found: Sequence[Utterance], turns: Sequence[Utterance], cues: Cues
) -> list[Utterance]:
    """Give every full quotation a speaker; returns new attributions and mends those of `found` in place.

    Quotations inside the `turns` of an interview are that speaker's already. Linear in the length of the text.
    """
    walk = _Walk(parsed, cues, Index(found))
    spoken = Index(turns)
    places = list(places_of(parsed, quotes))
    for k, place in enumerate(places):
        inner = place.quote.inner
        if not any(s.holds(inner) for turn in spoken.near(inner) for s in turn.content):
            walk.take(place, places[k + 1] if k + 1 < len(places) else None)
    return walk.made


@dataclass(slots=True)
class _Walk:
    """The way through a text's quotations: who spoke last and where that ended."""

    parsed: Parsed
    cues: Cues
    index: Index
    made: list[Utterance] = field(default_factory=list)
    last: Utterance | None = None
    last_end: int = -1
    waiting: list[Span] = field(default_factory=list)  # quotations without a cue that the next one follows at once

    def take(self, place: Place, following: Place | None) -> None:
        outer = place.quote.outer
        near = self.index.near(outer)
        owners = owners_before(place, near)
        if self.last is not None and _is_second_half(self.last, self.last_end, place):
            owners = []
        item = _by_cue(self.parsed, place, owners, self.index, self.cues)
        if item is None and not owners and place.is_full:
            item = signed_by(self.parsed, place.quote)
            item = item or _from_above(self.parsed, place, self.last_end, self.index, self.cues)
            owners = owners_after(place, near) if item is None else []
        if item is None and not owners:
            item = self._going_on(place)
        if item is None and not owners and place.is_full:
            item = _said_before(self.parsed, place, self.index, self.cues) or self._speaking_on(place)
            if item is None and following is not None and _follows_at_once(self.parsed, place, following):
                self.waiting.append(outer)
                return
            item = item or by_clause(place, near, self.cues)
        if item is not None:
            self._speak(item, outer)
        else:
            self._belong(place, owners, near)

    def _going_on(self, place: Place) -> Utterance | None:
        last = self.last
        if last is None or self.waiting or not _goes_on(self.parsed, last, self.last_end, place):
            return None
        span = _from_last(last, self.last_end, place) if place.before else place.quote.outer
        last.content.append(span)
        self.index.add(last, span)
        return last

    def _speaking_on(self, place: Place) -> Utterance | None:
        if self.last is None or self.waiting or not _speaks_on(self.parsed, place, self.last_end):
            return None
        return self.last

    def _speak(self, item: Utterance, outer: Span) -> None:
        """An attribution has the quotation, and those that waited for it."""
        if not any(item is known for known in self.index.near(item.cue[0])):
            self.made.append(item)
            self.index.add(item)
        if not item.content or not any(s.holds(outer) for s in item.content[-MOST_RECENT:]):
            item.content.append(outer)
        item.content.extend(self.waiting)
        self.index.add(item, outer, *self.waiting)
        self.waiting.clear()
        self.last, self.last_end = item, outer.end

    def _belong(self, place: Place, owners: Sequence[Utterance], near: Sequence[Utterance]) -> None:
        """The words in marks belong to what a clause says."""
        quote = place.quote
        if not owners and place.is_full:
            owners = overlapping(quote, near)
        if not owners:
            fragment = by_object(self.parsed, place, near, self.cues)
            if fragment is not None:
                if not any(fragment is known for known in near):
                    self.made.append(fragment)
                self.index.add(fragment)
        for owner in owners:
            if place.is_full or owner.is_quote or owner.cue[0].start < quote.outer.start:
                widen(owner, quote)
                self.index.add(owner)
                if place.is_full or owner is self.last:
                    self.last, self.last_end = owners[0], quote.outer.end


def _by_cue(parsed: Parsed, place: Place, owners: Sequence[Utterance], index: Index, cues: Cues) -> Utterance | None:
    """The attribution of a quotation by the cue beside it; one inside another's clause belongs to that."""
    inner = place.quote.inner.of(parsed.text).strip()
    if not inner or not (place.is_full or inner[-1] in SPEECH_END):
        return None
    is_sentence = inner[:1].isupper() or not inner[:1].isalpha()
    before = cue_before(place.before, cues, is_sentence=is_sentence)
    if before is not None and (before.is_colon or is_sentence):
        after = cue_after(place.after, inner[-1], cues) if inner[-1] == "," else None
    elif owners:
        return None
    else:
        before, after = None, cue_after(place.after, inner[-1], cues)
        if after is not None and place.before and after.subject is not None and after.subject.i > after.verb.i:
            after = None  # the subject stands before the marks: 'Roe, who met "...," denies it'
    cued = after or before
    return _attributed(parsed, place, cued, index, is_after=cued is after) if cued is not None else None


def _attributed(parsed: Parsed, place: Place, cued: Cued, index: Index, *, is_after: bool) -> Utterance:
    quote, verb = place.quote, cued.verb
    fresh = utter(cued.subject, verb, [quote.outer], cued.sense, addressee=addressee_of(verb))
    if verb.pos not in ("VERB", "AUX") and cued.is_colon:
        colon = place.before[-1].span
        fresh = Utterance(
            [_name(place.before)], [colon], [quote.outer], ":", cued.sense, None, None, True, cued.subject
        )
    fresh.speaker = [clipped for s in fresh.speaker if (clipped := _clip(s, quote.outer)) is not None]
    if cued.subject is not None and cued.subject.i > verb.i and fresh.speaker:
        fresh.speaker = [_short(cued.subject, fresh.speaker[0])]
    fresh.cue = [s for s in fresh.cue if not quote.outer.meets(s)] or [verb.span]
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
    if known.is_quote:  # of another quotation before: '"...," the mayor said:' and a paragraph in marks
        kept = [s for s in recent(known) if not s.meets(quote.outer)]
    elif is_after:
        begins = (
            place.before
            and not quote.inner.of(parsed.text)[:1].isupper()
            and place.before[-1].text not in ("(", *DASHES)
        )
        kept = [Span(place.before[0].start, quote.outer.start)] if begins else []
    else:
        kept = [s for s in known.content if s.end <= quote.outer.start and s.start > verb.start]
    changed = RECENT if known.is_quote else len(known.content)
    known.content[-changed:] = sorted({*kept, quote.outer})
    known.cue[:] = fresh.cue
    if fresh.speaker and (cued.is_own or not known.speaker):
        known.speaker, known.speaker_head = fresh.speaker, fresh.speaker_head
    known.is_quote = True
    return known


def _let_go(other: Utterance, fresh: Utterance, region: Span, cued: Cued, *, is_after: bool) -> None:
    """Take a quotation with a cue of its own out of another's content, but where it reports the saying as well."""
    kept: list[Span] = []
    is_inner = not is_after and (cued.is_own or cued.verb.dep not in ("conj", "advcl"))
    for span in recent(other):
        if not span.meets(region):
            kept.append(span)
        elif is_inner and span.holds(cued.verb.span) and other.cue[0].end <= span.start:
            kept.append(Span(span.start, max(span.end, region.end)))
        else:
            if span.holds(region) and not cued.is_own and other.sense.kind == "speech":
                fresh.speaker, fresh.speaker_head = list(other.speaker), other.speaker_head
            if span.start < region.start:
                kept.append(Span(span.start, region.start))
            if region.end < span.end and not is_after:
                kept.append(Span(region.end, span.end))
    other.content[-RECENT:] = kept


def _short(subject: Token, span: Span) -> Span:
    """A speaker after the verb, without the clause or phrase that goes on about the saying: "said Roe in May"."""
    for child in subject.children:
        if child.i <= subject.i or child.start >= span.end:
            continue
        if child.dep == "prep" and subject.pos == "PROPN" and child.lower not in PART_OF_NAME:
            cut = child.subtree()[0]
            words = [t for t in subject.subtree() if span.start <= t.start and t.i < cut.i]
            while words and words[-1].pos == "PUNCT" and words[-1].text == ",":
                words.pop()
            if words:
                return Span(span.start, words[-1].end)
    return span


def _name(words: Sequence[Token]) -> Span:
    kept = [t for t in words if t.pos != "PUNCT"]
    return Span(kept[0].start, kept[-1].end)


def _clip(span: Span, out: Span) -> Span | None:
    if not span.meets(out):
        return span
    if span.start < out.start:
        return Span(span.start, out.start)
    return Span(out.end, span.end) if out.end < span.end else None


def _from_above(parsed: Parsed, place: Place, last_end: int, index: Index, cues: Cues) -> Utterance | None:
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


def _said_before(parsed: Parsed, place: Place, index: Index, cues: Cues) -> Utterance | None:
    """The speech of the sentence before a quotation that is a sentence of its own."""
    if place.before or place.is_first:
        return None
    tokens = parsed.tokens_in(Span(max(0, place.quote.outer.start - 4), place.quote.outer.start))
    if not tokens:
        return None
    sentence = tokens[0].sentence
    for item in index.near(sentence.span):
        if item.head is not None and item.sense.kind == "speech" and item.head.sentence is sentence:
            if item.head is sentence.root or item.head.dep in ("parataxis", "ROOT"):
                return item
    cued = cue_at_root(sentence, cues)
    if cued is None or len(sentence.tokens) > MAX_LEAD or place.quote.outer.meets(sentence.span):
        return None
    return utter(cued.subject, cued.verb, [place.quote.outer], cued.sense, addressee=addressee_of(cued.verb))


def _follows_at_once(parsed: Parsed, place: Place, following: Place) -> bool:
    """Whether another full quotation follows with nothing between; in the next paragraph, where this fills its own."""
    if place.paragraph != following.paragraph and not (place.is_first or place.quote.is_open):
        return False
    return following.is_full and not parsed.text[place.quote.outer.end : following.quote.outer.start].strip(TRIM)


def _goes_on(parsed: Parsed, last: Utterance, last_end: int, place: Place) -> bool:
    """Whether the quotation follows the one before, or the sentence that names its speaker, with nothing between."""
    start = place.quote.outer.start
    cue = last.cue[0]
    is_inserted = last_end <= cue.start < start
    if place.before:
        if _is_second_half(last, last_end, place):
            return True
        if is_inserted and place.before[0].start <= cue.start:
            return place.before[-1].text.endswith(".") or _begins(parsed, place)
        return place.before[0].start >= last_end > start - NEAR_CHARS and place.before[0].dep in ("cc", "punct")
    if not place.is_full:
        return False
    if not _between(parsed.text, last_end, start).strip(TRIM + "."):
        return True
    if not is_inserted or start - last_end > WINDOW:
        return False
    between = outside(parsed, cue.end, start)
    return not any(stops(t) for t in between[:-1])


def _between(text: str, low: int, high: int) -> str:
    """The text between two offsets, or no more than its end where that tells enough."""
    end = text[max(low, high - WINDOW) : high]
    return text[low:high] if end.isspace() else end


def _is_second_half(last: Utterance, last_end: int, place: Place) -> bool:
    """Whether the cue of the quotation before leads to this one: '"...," he said, "..."'."""
    if not place.before or not last_end <= last.cue[0].start < place.quote.outer.start:
        return False
    return place.before[0].start <= last.cue[0].start and place.before[-1].text in (",", ";", *DASHES)


def _begins(parsed: Parsed, place: Place) -> bool:
    """Whether a full quotation begins as a sentence does."""
    return place.is_full and place.quote.inner.of(parsed.text)[:1].isupper()


def _from_last(last: Utterance, last_end: int, place: Place) -> Span:
    """The words from a quotation to the next that goes on with it, but for a cue between."""
    outer = place.quote.outer
    if any(last_end <= c.start < outer.start for c in last.cue):
        return outer
    return Span(min(last_end, outer.start), outer.end)


def _speaks_on(parsed: Parsed, place: Place, last_end: int) -> bool:
    """Whether only a sentence or two of the same paragraph part two quotations."""
    start = place.quote.outer.start
    if last_end < parsed.paragraphs[place.paragraph].start or start - last_end > WINDOW // 2 or place.before:
        return False
    return sum(stops(t) for t in outside(parsed, last_end, start)) <= N_BETWEEN
