"""Who says what: speaker, cue and content, by structure with a lexicon of cues.

Conventions follow PolNeAR (Newell et al. 2018): speech, thought, intention and attitude count; a cue holds its
auxiliaries and particles; a speaker its apposition; a content its "that". Structures: a cue verb with a clause,
infinitive, object or preposition; "according to"; nouns ("a statement that"); adjectives ("confident that"); adverbs
("reportedly"); raising passives ("is expected to"); quotations, whose cue stands around them or whose speaker goes on
from the quotation before; interviews ("Q:", "SAMPLE:").
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from vedette.coding.cues import Cues
from vedette.coding.layouts import blocks_after_colons, interview_turns
from vedette.coding.quotations import from_quotes
from vedette.coding.quoteclauses import apart
from vedette.coding.quotes import Quote, find_quotes
from vedette.coding.reported import distinct, in_sentence
from vedette.coding.utterance import Utterance
from vedette.records import Attribution, Content, Cue, Span, Speaker
from vedette.text.tree import Parsed, Token

__all__ = ["attribute"]

SpeakerKind = Literal["named", "unnamed", "collective", "document", "outlet", "unknown"]
DOCUMENTS = frozenset(
    "report statement document letter study poll survey communique release tweet post memo order decree declaration "
    "article book indictment complaint filing ruling text email message transcript newspaper bulletin assessment".split()
)
COLLECTIVE = frozenset(
    "officials authority authorities people residents witnesses analysts experts critics observers "
    "lawmakers sources protesters police government ministry army military police group party committee company agency "
    "organization organisation campaign administration department office union team court commission council".split()
)
UNNAMED = frozenset(
    "official source officer diplomat spokesman spokesperson spokeswoman witness resident analyst expert aide adviser "
    "commander soldier fighter man woman someone somebody person doctor lawyer activist insider observer".split()
)


ASIDE = re.compile(r"\[\w[^\[\]\n]* [^\[\]\n]+\]")


def attribute(parsed: Parsed, cues: Cues, asides: Sequence[Span] = ()) -> list[Attribution]:
    """Return the attributions of a text in order; ids are "a1", "a2", ...

    `within` names the attribution whose content holds this one's cue. `asides` are bracketed remarks of the report,
    nobody's words.
    """
    quotes = find_quotes(parsed.text, parsed.paragraphs)
    found: list[Utterance] = []
    for sentence in parsed.sentences:
        found.extend(in_sentence(sentence, cues))
    found = apart(parsed, quotes, distinct(found))
    turns = list(interview_turns(parsed))
    found.extend(from_quotes(parsed, quotes, found, turns, cues))
    found.extend(turns)
    found.extend(blocks_after_colons(parsed, quotes, cues))
    return _finished(parsed, found, quotes, asides)


def _finished(
    parsed: Parsed, found: Sequence[Utterance], quotes: Sequence[Quote], asides: Sequence[Span]
) -> list[Attribution]:
    rows: list[tuple[Utterance, list[Span]]] = []
    passing: dict[int, tuple[int, int] | None] = {}
    for item in found:
        out = [*_within(asides, item.content), *_remarks(parsed.text, item.content, quotes)]
        kept = _without_tail(parsed, item, passing)
        content = _cut_out(kept, [*item.cue, *item.speaker, *(_widened(s, parsed) for s in out)])
        if content and item.cue:
            rows.append((item, content))
    rows.sort(key=lambda row: (min(row[0].cue[0].start, row[1][0].start), row[0].cue[0].start))
    made: list[Attribution] = []
    starts = [quote.outer.start for quote in quotes]
    for n, (item, content) in enumerate(rows, 1):
        stance = item.sense.stance
        if item.lemma == "ask" and content[-1].of(parsed.text).rstrip("”’\"' ").endswith("?"):
            stance = "ask"
        mention = " ".join(s.of(parsed.text) for s in item.speaker)
        made.append(
            Attribution(
                id=f"a{n}",
                speaker=Speaker(tuple(item.speaker), mention, kind=_kind(item, parsed)),
                cue=Cue(tuple(item.cue), item.lemma, stance, item.sense.is_distancing, item.sense.kind),
                content=Content(tuple(content)),
                quotation=_quotation(content, quotes, starts),
                addressee=item.addressee if item.addressee != mention else None,
            )
        )
    return _nested(made)


def _without_tail(parsed: Parsed, item: Utterance, passing: dict[int, tuple[int, int] | None]) -> list[Span]:
    """The content without what is told in passing of its last word: ", who had fled", ", according to X".

    `passing` remembers what was found of a word: many a content may hold it.
    """
    if item.is_quote or not item.content:
        return item.content
    last = max(item.content, key=lambda s: s.end)
    tokens = parsed.tokens_in(last)
    for k, token in enumerate(tokens):
        if k > 1 and tokens[k - 1].text == "," and token.tag in ("WDT", "WP", "WP$", "VBN", "DT"):
            if token.i not in passing:
                passing[token.i] = _aside(token)
            aside = passing[token.i]
            if aside is not None and aside[0] < token.i and aside[1] >= tokens[-1].i - 1:
                kept = Span(last.start, tokens[k - 2].end)
                return [kept if s == last else s for s in item.content]
    return item.content


def _aside(token: Token) -> tuple[int, int] | None:
    """The word that a clause or apposition around a word is told of, and the clause's last word; None for no such."""
    relative = next((a for a in [token, *token.ancestors()] if a.dep in ("relcl", "acl", "appos")), None)
    return (relative.head.i, relative.subtree()[-1].i) if relative is not None else None


def _remarks(text: str, content: Iterable[Span], quotes: Sequence[Quote]) -> list[Span]:
    """Remarks in square brackets inside quotations, which are the editor's: "him [the former mayor]"."""
    starts = [quote.inner.start for quote in quotes]
    found = []
    for span in content:
        for match in ASIDE.finditer(text, span.start, span.end):
            k = bisect_right(starts, match.start()) - 1
            if k >= 0 and quotes[k].inner.holds(Span(*match.span())):
                found.append(Span(*match.span()))
    return found


def _within(asides: Sequence[Span], content: Iterable[Span]) -> list[Span]:
    """The asides, in order of the text, that a content holds."""
    starts = [aside.start for aside in asides]
    return [a for s in content for a in asides[bisect_left(starts, s.start) : bisect_left(starts, s.end)]]


def _widened(aside: Span, parsed: Parsed) -> Span:
    """An aside with the blanks around it."""
    start, end = aside.start, aside.end
    while start and parsed.text[start - 1].isspace():
        start -= 1
    while end < len(parsed.text) and parsed.text[end].isspace():
        end += 1
    return Span(start, end)


def _cut_out(content: Iterable[Span], parts: Sequence[Span]) -> list[Span]:
    spans = sorted(set(content))
    for part in parts:
        kept = []
        for span in spans:
            if not span.meets(part):
                kept.append(span)
                continue
            if span.start < part.start:
                kept.append(Span(span.start, part.start))
            if part.end < span.end:
                kept.append(Span(part.end, span.end))
        spans = kept
    merged: list[Span] = []
    for span in spans:
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        else:
            merged.append(span)
    return merged


def _quotation(
    content: Sequence[Span], quotes: Sequence[Quote], starts: Sequence[int]
) -> Literal["direct", "indirect", "mixed"]:
    total = sum(s.end - s.start for s in content)
    quoted = 0
    for span in content:
        k = max(0, bisect_right(starts, span.start) - 1)
        while k < len(quotes) and starts[k] < span.end:
            quoted += max(0, min(span.end, quotes[k].outer.end) - max(span.start, starts[k]))
            k += 1
    if quoted >= 0.85 * total:
        return "direct"
    return "mixed" if quoted > 0.05 * total else "indirect"


def _kind(item: Utterance, parsed: Parsed) -> SpeakerKind:
    head = item.speaker_head
    if head is None:
        if item.speaker and item.lemma == ":" and item.speaker[0].of(parsed.text) in ("Q", "Question", "QUESTION"):
            return "outlet"
        return "unknown" if not item.speaker or item.speaker[0].of(parsed.text) in ("A", "Answer") else "named"
    if head.pos == "PROPN" or any(c.pos == "PROPN" and c.dep in ("appos", "compound") for c in head.children):
        return "named"
    lemma, word = head.lemma.lower(), head.lower
    if lemma in DOCUMENTS:
        return "document"
    if head.tag in ("NNS", "NNPS") or word in COLLECTIVE or lemma in COLLECTIVE - UNNAMED:
        return "collective"
    if lemma in UNNAMED:
        return "unnamed"
    return "unknown" if head.pos != "PRON" else "named"


def _nested(made: list[Attribution]) -> list[Attribution]:
    """Set `within` by the smallest other content that holds an attribution's cue; a tree, as sizes fall.

    One sweep over the text: what is held are the contents open at a cue.
    """
    ranks = [(sum(s.end - s.start for s in a.content.spans), k) for k, a in enumerate(made)]
    spans = sorted((s.start, s.end, k) for k, a in enumerate(made) for s in a.content.spans)
    outer_of: dict[int, int] = {}
    opened: list[tuple[int, int, int]] = []
    n = 0
    for at, k in sorted((a.cue.spans[0].start, k) for k, a in enumerate(made)):
        while n < len(spans) and spans[n][0] <= at:
            opened.append(spans[n])
            n += 1
        opened = [span for span in opened if span[1] > at]
        larger = [ranks[holder] for _, _, holder in opened if ranks[holder] > ranks[k]]
        if larger:
            outer_of[k] = min(larger)[1]
    return [msgspec.structs.replace(a, within=made[outer_of[k]].id) if k in outer_of else a for k, a in enumerate(made)]
