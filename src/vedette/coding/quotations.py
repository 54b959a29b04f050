"""Attributions by quotation marks: every full quotation gets a speaker.

A quotation's cue stands after it ('"...," she said'), before it ('he said: "..."'), or in the paragraph before, which
ends with a colon; where none stands there the quotation goes on from the one before. What is quoted inside a clause
belongs to the attribution of that clause. The words around a quotation are cut at its paragraph, at other quotations
and at stops, since a parser's sentences cannot be relied on where marks stand.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from vedette.coding.cues import Cues, Frames
from vedette.coding.layouts import last_words, signed_by
from vedette.coding.quotecues import Cued, cue_after, cue_at_root, cue_before
from vedette.coding.quotes import Quote
from vedette.coding.utterance import Utterance, addressee_of, subject_of, utter
from vedette.records import Span
from vedette.text.tree import Parsed, Token

__all__ = ["apart", "from_quotes"]

TRIM = " \t\n\r,;:–—-"
SPEECH_END = frozenset(".,!?…—")
CLOSING = frozenset(("”", '"', "''", "’", "'", ")"))
MIN_QUOTE_WORDS = 3
# Characters around a quotation in which its cue is looked for.
WINDOW = 600
BUCKET = 1000
WHERE = ("in", "at", "during", "with", "after", "before", "from", "since", "by")
WHAT = ("as", "of", "for")
PART_OF_NAME = ("of", "from", "at", "for")
OBJECTS = ("dobj", "oprd", "prep", "ccomp", "xcomp", "attr", "advcl", "dative", "acomp", "advmod", "pobj")
# Words of a sentence that leads to the quotation after it ("The judge interrupted him.").
MAX_LEAD = 15
# Characters between two quotations of one clause ("..." and still "...").
NEAR_CHARS = 30
# Sentences of a paragraph that may part a speaker's two quotations.
N_BETWEEN = 2


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


def apart(parsed: Parsed, quotes: Sequence[Quote], found: Iterable[Utterance]) -> list[Utterance]:
    """Attributions that do not mix what stands inside and outside of full quotations, as a misled parser does.

    A cue inside keeps only what is quoted with it; a cue outside whose speaker stands inside is none.
    """
    full = [q for q in quotes if _is_full(q, parsed.text) or q.inner.of(parsed.text).rstrip()[-1:] in tuple(",?!")]
    starts = [quote.outer.start for quote in full]
    kept = []
    for item in found:
        around = _holding(full, starts, item.cue[0])
        if around is not None:
            item.content[:] = [part for s in item.content if (part := _within(s, around.inner)) is not None]
            item.speaker[:] = [s for s in item.speaker if around.outer.holds(s)]
        elif any(_holding(full, starts, s) is not None for s in item.speaker):
            continue
        if item.content:
            kept.append(item)
    return kept


def _holding(quotes: Sequence[Quote], starts: Sequence[int], span: Span) -> Quote | None:
    k = bisect_right(starts, span.start) - 1
    return quotes[k] if k >= 0 and quotes[k].outer.holds(span) else None


def _within(span: Span, bounds: Span) -> Span | None:
    low, high = max(span.start, bounds.start), min(span.end, bounds.end)
    return Span(low, high) if low < high else None


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
        near = index.near(quote.outer)
        owners = _owners_of(place, near)
        if last is not None and _is_second_half(last, last_end, place):
            owners = []
        item = _by_cue(parsed, place, owners, index, cues)
        if item is None and place.is_full and not owners:
            item = signed_by(parsed, quote) or _from_above(parsed, place, last_end, index, cues)
        if item is None and not owners and place.is_full:
            owners = _owners_after(place, near)
        if item is None and not owners and last is not None and not waiting and _goes_on(parsed, last, last_end, place):
            item = last
            item.content.append(quote.outer if not place.before else _from_last(last, last_end, place))
        if item is None and not owners and place.is_full:
            item = _said_before(parsed, place, index, cues)
            if item is None and last is not None and not waiting and _speaks_on(parsed, place, last_end):
                item = last
            if item is None and n + 1 < len(places) and _follows_at_once(parsed, place, places[n + 1]):
                waiting.append(quote)
                continue
            if item is not None and quote.outer not in item.content:
                item.content.append(quote.outer)
            if item is None:
                item = _by_clause(place, near, cues)
        if item is not None:
            if not any(item is known for known in index.near(item.cue[0])):
                made.append(item)
            item.content[:] = sorted({*(w.outer for w in waiting), *item.content})
            waiting = []
            index.add(item)
            last, last_end = item, quote.outer.end
            continue
        if not owners:
            owners = _overlapping(quote, near) if place.is_full else []
            fragment = _by_object(parsed, place, near, cues) if not owners else None
            if fragment is not None:
                if not any(fragment is known for known in near):
                    made.append(fragment)
                index.add(fragment)
                continue
        for owner in owners:
            if place.is_full or owner.is_quote or owner.cue[0].start < quote.outer.start:
                _widen(owner, quote)
                index.add(owner)
                if place.is_full or owner is last:
                    last, last_end = owners[0], quote.outer.end
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
        before = before[stop + 1 :]
        while before and before[0].text in CLOSING:
            before.pop(0)
        yield _Place(quote, _is_full(quote, parsed.text), is_first, before, after[:end], p)


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
    if not all(w[:1].isupper() for w in words if len(w) > 3):
        return True
    before = text[max(0, quote.outer.start - 2) : quote.outer.start].strip()[-1:]
    return words[-1][-1] in SPEECH_END and (before in ("", ",", ":", *SPEECH_END) or "\n" in before)


def _by_cue(
    parsed: Parsed, place: _Place, owners: Sequence[Utterance], index: _Index, cues: Cues
) -> Utterance | None:
    """The attribution of a quotation by the cue beside it; one inside another's clause belongs to that."""
    inner = place.quote.inner.of(parsed.text).strip()
    if not inner or not (place.is_full or inner[-1] in SPEECH_END):
        return None
    is_sentence = inner[:1].isupper() or not inner[:1].isalpha()
    before = cue_before(place.before, cues, is_sentence=is_sentence)
    if before is not None and (before.is_colon or is_sentence):
        after = cue_after(place.after, inner[-1], cues) if inner[-1] == "," else None
        cued = after or before
    elif owners:
        return None
    else:
        before = None
        after = cue_after(place.after, inner[-1], cues)
        cued = after
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
    if is_after:
        begins = place.before and not quote.inner.of(parsed.text)[:1].isupper() and place.before[-1].text not in "(–—-"
        kept = [Span(place.before[0].start, quote.outer.start)] if begins else []
    else:
        kept = [s for s in known.content if s.end <= quote.outer.start and s.start > verb.start]
    known.content[:] = sorted({*kept, quote.outer})
    known.cue[:] = fresh.cue
    if fresh.speaker and (cued.is_own or not known.speaker):
        known.speaker, known.speaker_head = fresh.speaker, fresh.speaker_head
    known.is_quote = True
    return known


def _let_go(other: Utterance, fresh: Utterance, region: Span, cued: Cued, *, is_after: bool) -> None:
    """Take a quotation with a cue of its own out of another's content, but where it reports the saying as well."""
    kept: list[Span] = []
    is_inner = not is_after and (cued.is_own or cued.verb.dep not in ("conj", "advcl"))
    for span in other.content:
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
    other.content[:] = kept


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


def _said_before(parsed: Parsed, place: _Place, index: _Index, cues: Cues) -> Utterance | None:
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


def _follows_at_once(parsed: Parsed, place: _Place, following: _Place) -> bool:
    """Whether another full quotation follows with nothing between; in the next paragraph, where this fills its own."""
    if place.paragraph != following.paragraph and not (place.is_first or place.quote.is_open):
        return False
    return following.is_full and not parsed.text[place.quote.outer.end : following.quote.outer.start].strip(TRIM)


def _owners_of(place: _Place, found: Sequence[Utterance]) -> list[Utterance]:
    """Attributions whose cue stands before a quotation in its sentence and whose content reaches it, outermost first.

    Marks end many a parser's clause, so that touching will do.
    """
    if not place.before:
        return []
    outer = place.quote.outer
    owners = [
        item
        for item in found
        if item.sense.kind != "attitude"
        and place.before[0].start <= item.cue[0].start
        and item.cue[-1].end <= outer.start
        and any(s.start <= place.quote.inner.start and s.end >= outer.start - 1 for s in item.content)
    ]
    return sorted(owners, key=lambda item: item.cue[0].start)


def _owners_after(place: _Place, found: Sequence[Utterance]) -> list[Utterance]:
    """The attribution whose clause begins with the quotation and goes on outside: '"..." in the east, he said'."""
    if not place.after:
        return []
    low, high = place.after[0].start, place.after[-1].end
    for item in found:
        if item.lemma == "according to" and item.cue[0].start == place.after[0].start + _comma(place.after):
            return [item]
        if low < item.cue[0].start < high and item.sense.kind != "attitude" and item.head is not None:
            if any(s.holds(place.quote.inner) and s.end > place.quote.outer.end + 1 for s in item.content):
                return [item]
    return []


def _comma(words: Sequence[Token]) -> int:
    """The characters that a comma after the mark takes."""
    return words[1].start - words[0].start if len(words) > 1 and words[0].text == "," else 0


def _overlapping(quote: Quote, found: Sequence[Utterance]) -> list[Utterance]:
    """The attribution whose content overlaps the quotation most, its cue being outside."""
    best, most = None, 0
    for item in found:
        if any(quote.inner.meets(c) for c in item.cue) or item.sense.kind == "attitude":
            continue
        shared = sum(max(0, min(s.end, quote.outer.end) - max(s.start, quote.outer.start)) for s in item.content)
        if shared > most:
            best, most = item, shared
    length = quote.outer.end - quote.outer.start
    return [best] if best is not None and most >= 0.3 * length else []


def _by_clause(place: _Place, near: Sequence[Utterance], cues: Cues) -> Utterance | None:
    """A quotation in a clause that the tree does not give to its cue: from the nearest verb of saying before it."""
    words = place.before
    for k in range(len(words) - 1, -1, -1):
        verb = words[k]
        sense = cues.verbs.get(verb.lemma.lower(), {}).get("clause")
        if verb.pos != "VERB" or sense is None or sense.kind != "speech" or k + 1 == len(words):
            continue
        content = Span(words[k + 1].start, place.quote.outer.end)
        for item in near:
            if any(c.holds(verb.span) for c in item.cue):
                item.content[:] = [content]
                return item
        subject = subject_of(verb)
        if subject is None or any(subject.i == t.i for t in words[k:]) or place.quote.outer.holds(subject.span):
            return None
        return utter(subject, verb, [content], sense, addressee=addressee_of(verb))
    return None


def _by_object(parsed: Parsed, place: _Place, near: Sequence[Utterance], cues: Cues) -> Utterance | None:
    """Some quoted words within what a verb of the lexicon takes: 'called the plan "a gift"', 'as a "gift" to'."""
    quote = place.quote
    head = parsed.head_of(quote.inner)
    if head is None or not place.before:
        return None
    path = [head]
    for verb in head.ancestors():
        if verb.pos == "VERB" and verb.lemma.lower() in cues.verbs:
            break
        path.append(verb)
    else:
        return None
    if not place.before[0].start <= verb.start < quote.outer.start or path[-1].i < verb.i:
        return None
    taken = [c for c in verb.children if c.i > verb.i and c.dep in OBJECTS and c.start <= quote.outer.start]
    if not taken or not any(c is path[-1] for c in taken):
        return None
    end = max(quote.outer.end, max(t.end for t in path[-1].subtree()))
    content = Span(taken[0].subtree()[0].start, end)
    if content.start <= verb.start:
        return None
    frames = cues.verbs[verb.lemma.lower()]
    if path[-1].dep == "prep" and not _takes(frames, path[-1].lower):
        return None
    for item in near:
        if any(c.holds(verb.span) for c in item.cue):
            if not item.is_quote or not any(s.end <= verb.start for s in item.content):
                begins = [s.start for s in item.content if s.start > verb.start]
                item.content[:] = [Span(min([content.start, *begins]), content.end)]
            return item
    sense = frames.get("obj") or frames.get("clause") or next(iter(frames.values()))
    passive = any(c.dep in ("auxpass", "nsubjpass") for c in verb.children)
    return utter(None if passive else subject_of(verb), verb, [content], sense, addressee=addressee_of(verb))


def _takes(frames: Frames, preposition: str) -> bool:
    """Whether a verb's content may follow a preposition, and no place, time or programme."""
    if preposition in frames or preposition in WHAT:
        return True
    return "clause" not in frames and preposition not in WHERE


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


def _goes_on(parsed: Parsed, last: Utterance, last_end: int, place: _Place) -> bool:
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
    if not parsed.text[last_end:start].strip(TRIM + "."):
        return True
    if not is_inserted or start - last_end > WINDOW:
        return False
    between = _outside(parsed, cue.end, start)
    return not any(_stops(t) for t in between[:-1])


def _is_second_half(last: Utterance, last_end: int, place: _Place) -> bool:
    """Whether the cue of the quotation before leads to this one: '"...," he said, "..."'."""
    if not place.before or not last_end <= last.cue[0].start < place.quote.outer.start:
        return False
    return place.before[0].start <= last.cue[0].start and place.before[-1].text in (",", ";", "–", "—", "--", "-")


def _begins(parsed: Parsed, place: _Place) -> bool:
    """Whether a full quotation begins as a sentence does."""
    return place.is_full and place.quote.inner.of(parsed.text)[:1].isupper()


def _from_last(last: Utterance, last_end: int, place: _Place) -> Span:
    """The words from a quotation to the next that goes on with it, but for a cue between."""
    outer = place.quote.outer
    if any(last_end <= c.start < outer.start for c in last.cue):
        return outer
    return Span(min(last_end, outer.start), outer.end)


def _speaks_on(parsed: Parsed, place: _Place, last_end: int) -> bool:
    """Whether only a sentence or two of the same paragraph part two quotations."""
    start = place.quote.outer.start
    if last_end < parsed.paragraphs[place.paragraph].start or start - last_end > WINDOW // 2 or place.before:
        return False
    return sum(_stops(t) for t in _outside(parsed, last_end, start)) <= N_BETWEEN
