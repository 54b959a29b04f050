"""Quotations inside clauses: the words in marks belong to the attribution of their clause, whole.

'He said the deal was "dead on arrival"', 'called the plan a "gift"', '"..." in the east, he said'. And the other way
round: what a misled parser took from inside a full quotation is given back.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from vedette.coding.cues import Cues, Frames
from vedette.coding.quoteplaces import RECENT, Place, is_full, recent
from vedette.coding.quotes import Quote
from vedette.coding.utterance import Utterance, addressee_of, subject_of, utter
from vedette.records import Span
from vedette.text.tree import Parsed, Token

__all__ = ["apart", "by_clause", "by_object", "overlapping", "owners_after", "owners_before", "widen"]

OBJECTS = ("dobj", "oprd", "prep", "ccomp", "xcomp", "attr", "advcl", "dative", "acomp", "advmod", "pobj")
# Prepositions that lead to what is said, and those that lead to a place, a time or a programme.
WHAT = ("as", "of", "for")
WHERE = ("in", "at", "during", "with", "after", "before", "from", "since", "by")


def apart(parsed: Parsed, quotes: Sequence[Quote], found: Iterable[Utterance]) -> list[Utterance]:
    """Attributions that do not mix what stands inside and outside of full quotations, as a misled parser does.

    A cue inside keeps only what is quoted with it; a cue outside whose speaker stands inside is none.
    """
    full = [q for q in quotes if is_full(q, parsed.text) or q.inner.of(parsed.text).rstrip()[-1:] in tuple(",?!")]
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


def owners_before(place: Place, found: Sequence[Utterance]) -> list[Utterance]:
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
        and any(s.start <= place.quote.inner.start and s.end >= outer.start - 1 for s in recent(item))
    ]
    return sorted(owners, key=lambda item: item.cue[0].start)


def owners_after(place: Place, found: Sequence[Utterance]) -> list[Utterance]:
    """The attribution whose clause begins with the quotation and goes on outside: '"..." in the east, he said'."""
    if not place.after:
        return []
    low, high = place.after[0].start, place.after[-1].end
    for item in found:
        if (
            item.lemma == "according to"
            and any(t.text == "according" for t in place.after[:2])
            and item.cue[0].start == place.after[0].start + _comma(place.after)
        ):
            return [item]
        if low < item.cue[0].start < high and item.sense.kind != "attitude" and item.head is not None:
            if any(s.holds(place.quote.inner) and s.end > place.quote.outer.end + 1 for s in recent(item)):
                return [item]
    return []


def _comma(words: Sequence[Token]) -> int:
    """The characters that a comma after the mark takes."""
    return words[1].start - words[0].start if len(words) > 1 and words[0].text == "," else 0


def overlapping(quote: Quote, found: Sequence[Utterance]) -> list[Utterance]:
    """The attribution whose content overlaps the quotation most, its cue being outside."""
    best, most = None, 0
    for item in found:
        if any(quote.inner.meets(c) for c in item.cue) or item.sense.kind == "attitude":
            continue
        shared = sum(max(0, min(s.end, quote.outer.end) - max(s.start, quote.outer.start)) for s in recent(item))
        if shared > most:
            best, most = item, shared
    length = quote.outer.end - quote.outer.start
    return [best] if best is not None and most >= 0.3 * length else []


def by_clause(place: Place, near: Sequence[Utterance], cues: Cues) -> Utterance | None:
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


def by_object(parsed: Parsed, place: Place, near: Sequence[Utterance], cues: Cues) -> Utterance | None:
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


def widen(item: Utterance, quote: Quote) -> None:
    """A quotation that an attribution's content touches belongs to it whole."""
    if any(s.holds(quote.outer) for s in recent(item)):
        return
    kept = [s for s in recent(item) if not quote.outer.holds(s)]
    cut = []
    for k, span in enumerate(kept):
        if span.meets(quote.outer):
            cut.append(Span(min(span.start, quote.outer.start), max(span.end, quote.outer.end)))
            cut.extend(s for s in kept[k + 1 :] if not s.meets(quote.outer))
            break
        cut.append(span)
    else:
        cut.append(quote.outer)
    item.content[-RECENT:] = sorted(set(cut))
    item.is_quote = True
