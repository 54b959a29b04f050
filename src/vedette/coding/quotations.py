"""Attributions by quotation marks and layout: every full quotation gets a speaker.

Its cue stands around it, or it goes on from the quotation before; in an interview the speaker opens a paragraph
("Q:", "SAMPLE:").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vedette.coding.cues import Cues
from vedette.coding.quotes import Quote
from vedette.coding.utterance import SAY, Utterance, addressee_of, subject_of, utter
from vedette.records import Span
from vedette.text.tree import Parsed, Token

__all__ = ["from_quotes", "interview_turns"]

TRIM = " \t\n\r,;:–—-"
MIN_QUOTE_WORDS = 3
# In an interview the speaker's name or letter opens a paragraph.
TURN = re.compile(r"(?:Q|A|Question|Answer|[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,3})\s?:\s+(?=\S)")


def from_quotes(parsed: Parsed, quotes: Sequence[Quote], found: list[Utterance], cues: Cues) -> list[Utterance]:
    """Give every full quotation a speaker: widen the attribution that touches it, else look for a cue around it."""
    made: list[Utterance] = []
    last: Utterance | None = None
    last_end = -1
    for quote in quotes:
        n_words = len(quote.inner.of(parsed.text).split())
        owner = _owner_of(quote, [*found, *made])
        if owner is not None:
            if n_words >= MIN_QUOTE_WORDS or owner.is_quote:
                _widen(owner, quote)
                last, last_end = owner, quote.outer.end
            continue
        if n_words < MIN_QUOTE_WORDS:
            continue
        around = _cue_around(parsed, quote, quotes, cues)
        if around is not None:
            same = next((f for f in (*found, *made) if f.cue[0].meets(around.cue[0])), None)
            if same is not None:
                _widen(same, quote)
                around = same
            else:
                made.append(around)
            last, last_end = around, quote.outer.end
        elif last is not None and _goes_on(parsed, last, last_end, quote):
            last.content.append(quote.outer)
            last_end = quote.outer.end
    return made


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
    for span in kept:
        if span.meets(quote.outer):
            if span.start < quote.outer.start:
                cut.append(Span(span.start, max(span.end, quote.outer.end)))
                break
            cut.append(Span(quote.outer.start, span.end))
            break
        cut.append(span)
    else:
        cut.append(quote.outer)
    item.content[:] = sorted(set(cut))
    item.is_quote = True


def _cue_around(parsed: Parsed, quote: Quote, quotes: Sequence[Quote], cues: Cues) -> Utterance | None:
    """The nearest verb of saying outside the quotation in the sentences that it begins or ends in."""
    first = parsed.tokens_in(quote.outer)
    if not first:
        return None
    sentences = {first[0].sentence.i, first[-1].sentence.i}
    after = _token_after(parsed, quote.outer.end)
    if after is not None and after.sentence.i not in sentences and after.text[:1].islower():
        sentences.add(after.sentence.i)
    best: tuple[int, Token, Token] | None = None
    for i in sentences:
        for token in parsed.sentences[i].tokens:
            if token.pos != "VERB" or "clause" not in cues.verbs.get(token.lemma.lower(), {}):
                continue
            if any(q.inner.start <= token.start < q.inner.end for q in quotes):
                continue
            subject = subject_of(token) or _inverted(token)
            if subject is None or any(q.inner.start <= subject.start < q.inner.end for q in quotes):
                continue
            gap = token.start - quote.outer.end if token.start >= quote.outer.end else quote.outer.start - token.end
            if best is None or gap < best[0]:
                best = (gap, token, subject)
    if best is None:
        return None
    _, verb, subject = best
    sense = cues.verbs[verb.lemma.lower()]["clause"]
    item = utter(subject, verb, [quote.outer], sense, addressee=addressee_of(verb))
    item.is_quote = True
    item.speaker = [_clip(s, quote.outer) for s in item.speaker if not quote.outer.holds(s)]
    return item


def _inverted(verb: Token) -> Token | None:
    """ "..., said the mayor": the parser may call the speaker an object or attribute."""
    return next((c for c in verb.children if c.i > verb.i and c.dep in ("dobj", "attr", "npadvmod", "oprd")), None)


def _clip(span: Span, out: Span) -> Span:
    if not span.meets(out):
        return span
    if span.start < out.start:
        return Span(span.start, out.start)
    return Span(out.end, span.end) if out.end < span.end else span


def _token_after(parsed: Parsed, offset: int) -> Token | None:
    tokens = parsed.tokens_in(Span(offset, offset + 12)) if offset < len(parsed.text) else []
    return tokens[0] if tokens else None


def _goes_on(parsed: Parsed, last: Utterance, last_end: int, quote: Quote) -> bool:
    """Whether the quotation follows the one before, or the sentence that names its speaker, with nothing between."""
    if not parsed.text[last_end : quote.outer.start].strip(TRIM + "."):
        return True
    cue = parsed.token_at(last.cue[0].start)
    if cue is None or cue.sentence.end > quote.outer.start:
        return False
    return not parsed.text[cue.sentence.end : quote.outer.start].strip(TRIM + ".”\"'’")


def interview_turns(parsed: Parsed) -> Iterator[Utterance]:
    for paragraph in parsed.paragraphs:
        match = TURN.match(parsed.text, paragraph.start, paragraph.end)
        if match is None or match.end() >= paragraph.end:
            continue
        name = Span(match.start(), match.start() + len(match.group().rstrip().rstrip(":").rstrip()))
        colon = match.group().index(":") + match.start()
        yield Utterance(
            [name], [Span(colon, colon + 1)], [Span(match.end(), paragraph.end)], ":", SAY, None, None, True, None
        )
