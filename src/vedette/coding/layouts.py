"""Attributions by layout: interviews ("Q:", "SAMPLE:"), signed quotations ("— Jane Roe"), posts, and blocks without
marks after a paragraph that ends with a colon.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from vedette.coding.cues import Cues, CueSense
from vedette.coding.quotecues import cue_before
from vedette.coding.quotes import Quote
from vedette.coding.utterance import SAY, Utterance, utter
from vedette.records import Span
from vedette.text.tree import Parsed, Token

__all__ = ["blocks_after_colons", "interview_turns", "last_words", "signed_by"]

# In an interview the speaker's name or letter opens a paragraph, in transcripts of one paragraph a sentence.
CAPITALS = r"(?:Q|A|Question|Answer|[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,3})"
TURN = re.compile(rf"[\"“]?(?P<name>{CAPITALS})\s?(?P<colon>:)\s+(?=\S)")
INNER_TURN = re.compile(r"(?<=[.!?—…”\")\]]) [\"“]?(?P<name>[A-Z][A-Z.'’-]{2,}(?: [A-Z][A-Z.'’-]+){0,3})(?P<colon>:) ")
# Names in small letters count where two of them open two paragraphs each.
NAMED_TURN = re.compile(r"[\"“]?(?P<name>(?:The )?[A-Z][\w'’.-]+(?: [A-Z][\w'’.-]+){0,3})(?P<colon>:)\s+(?=\S)")
N_TURNS = 2
ASK = CueSense("ask", "speech", False)
NO_NAMES = frozenset(
    "photo photos video image picture watch note source sources update updated read more related credit location date "
    "time email phone twitter facebook background analysis correction warning question answer score goals".split()
)
NAME = r"(?:[A-Z\u00c0-\u00de][\w'’.-]*)(?: (?:[A-Z\u00c0-\u00de][\w'’.-]*|de|del|der|la|van|von|al|bin)){0,4}"
SIGNED = re.compile(rf"\s{{0,4}}(?P<dash>[—–―‒-]{{1,2}})[ \u00a0]?(?P<name>{NAME})(?=,| ?\(|\.?\s*(?:\n|\Z)| \|)")
POST = re.compile(rf"(?P<dash>[—–―-]{{1,2}})[ \u00a0]?(?P<name>{NAME}(?: [^()\n]{{1,20}}[^()\s])?) ?\(@\w+\)")
BULLET = re.compile(r"[•*·–—-]\s")
MAX_BLOCK = 3000
# Words between a verb of saying and the colon at the end of its paragraph ("wrote in a statement on Monday:").
NEAR = 8
# Points of a list that are taken as one speech; without an end to it lists of lists would cost their square.
MAX_BULLETS = 100


def interview_turns(parsed: Parsed) -> Iterator[Utterance]:
    """Each turn's words, from its colon to the next turn or the paragraph's end."""
    text = parsed.text
    matches = [NAMED_TURN.match(text, p.start, p.end) for p in parsed.paragraphs]
    names = Counter(m["name"] for m in matches if m is not None and m["name"].lower() not in NO_NAMES)
    speakers = {name for name, n in names.items() if n >= N_TURNS}
    openers = [
        TURN.match(text, p.start, p.end)
        or (named if named is not None and len(speakers) >= N_TURNS and named["name"] in speakers else None)
        for p, named in zip(parsed.paragraphs, matches, strict=True)
    ]
    last = max((k for k, opener in enumerate(openers) if opener is not None), default=-1)
    goes_on = sum(opener is not None for opener in openers) > N_TURNS
    current: Utterance | None = None
    for k, (paragraph, opener) in enumerate(zip(parsed.paragraphs, openers, strict=True)):
        if opener is None:
            if current is not None and goes_on and k < last and text[paragraph.start] not in "([":
                current.content.append(paragraph)
            else:
                current = None
            continue
        turns = [opener, *INNER_TURN.finditer(text, opener.end(), paragraph.end)]
        ends = [*(turn.start() for turn in turns[1:]), paragraph.end]
        for turn, end in zip(turns, ends, strict=True):
            if turn.end() < end:
                name, colon = Span(*turn.span("name")), Span(*turn.span("colon"))
                sense = ASK if text[turn.end() : end].rstrip(' ”"').endswith("?") else SAY
                current = Utterance([name], [colon], [Span(turn.end(), end)], ":", sense, None, None, True, None)
                yield current


def signed_by(parsed: Parsed, quote: Quote) -> Utterance | None:
    """A quotation with its speaker's name after a dash, in its own paragraph or in the next."""
    if parsed.text[quote.inner.end - 1] == ",":
        return None
    match = SIGNED.match(parsed.text, quote.outer.end, quote.outer.end + 120)
    return _signed(parsed, match, quote.outer) if match else None


def _signed(parsed: Parsed, match: re.Match[str], content: Span) -> Utterance:
    name, dash = Span(*match.span("name")), Span(*match.span("dash"))
    return Utterance([name], [dash], [content], dash.of(parsed.text), SAY, None, None, True, parsed.head_of(name))


def blocks_after_colons(parsed: Parsed, quotes: Sequence[Quote], cues: Cues) -> Iterator[Utterance]:
    """Paragraphs without marks that are a speech: after "she wrote:", or signed as a post."""
    starts = [quote.outer.start for quote in quotes]
    for k, paragraph in enumerate(parsed.paragraphs[1:], 1):
        before = parsed.paragraphs[k - 1]
        post = POST.match(parsed.text, paragraph.start, paragraph.end)
        if post is not None and not _any_in(starts, before) and _is_block(parsed, before):
            yield _signed(parsed, post, before)
        if not before.of(parsed.text).rstrip().endswith(":") or _any_in(
            starts, Span(paragraph.start, paragraph.start + 1)
        ):
            continue
        if TURN.match(parsed.text, paragraph.start, paragraph.end) or not _is_block(parsed, paragraph):
            continue
        words = last_words(parsed, before)
        cued = cue_before(words, cues, is_sentence=True)
        if cued is None or cued.sense.kind == "attitude" or cued.verb.pos not in ("VERB", "AUX"):
            continue
        if words[-1].i - cued.verb.i > NEAR:
            continue
        if "clause" not in cues.verbs.get(cued.verb.lemma.lower(), {}):
            continue
        content = [paragraph]
        if BULLET.match(parsed.text, paragraph.start):
            for other in parsed.paragraphs[k + 1 : k + MAX_BULLETS]:
                if not BULLET.match(parsed.text, other.start):
                    break
                content.append(other)
        item = utter(cued.subject, cued.verb, content, cued.sense)
        item.is_quote = True
        yield item


def _any_in(starts: Sequence[int], span: Span) -> bool:
    k = bisect_left(starts, span.start)
    return k < len(starts) and starts[k] < span.end


def _is_block(parsed: Parsed, paragraph: Span) -> bool:
    return paragraph.end - paragraph.start <= MAX_BLOCK and bool(parsed.tokens_in(paragraph))


def last_words(parsed: Parsed, paragraph: Span) -> list[Token]:
    """The tokens of a paragraph's last sentence."""
    tokens = parsed.tokens_in(Span(max(paragraph.start, paragraph.end - 600), paragraph.end))
    stop = max((k for k, t in enumerate(tokens) if t.text in (".", "!", "?")), default=-1)
    return tokens[stop + 1 :]
