"""Who says what: speaker, cue and content, by structure with a lexicon of cues.

Conventions follow PolNeAR (Newell et al. 2018): speech, thought, intention and attitude count; a cue holds its
auxiliaries and particles; a speaker its apposition; a content its "that". Structures: a cue verb with a clause,
infinitive, object or preposition; "according to"; nouns ("a statement that"); adjectives ("confident that"); adverbs
("reportedly"); raising passives ("is expected to"); quotations, whose cue stands around them or whose speaker goes on
from the quotation before; interviews ("Q:", "SAMPLE:").
"""

from __future__ import annotations

import re
from bisect import bisect_right
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
from vedette.text.tree import Parsed

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
    for item in found:
        out = [*asides, *_asides(parsed.text, item.content, quotes)]
        content = _cut_out(_without_tail(parsed, item), [*item.cue, *item.speaker, *(_widened(s, parsed) for s in out)])
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


def _without_tail(parsed: Parsed, item: Utterance) -> list[Span]:
    """The content without what is told in passing of its last word: ", who had fled", ", according to X"."""
    if item.is_quote or not item.content:
        return item.content
    last = max(item.content, key=lambda s: s.end)
    tokens = parsed.tokens_in(last)
    for k, token in enumerate(tokens):
        if k > 1 and tokens[k - 1].text == "," and token.tag in ("WDT", "WP", "WP$", "VBN", "DT"):
            relative = next((a for a in [token, *token.ancestors()] if a.dep in ("relcl", "acl", "appos")), None)
            if relative is not None and relative.head.i < token.i and relative.subtree()[-1].i >= tokens[-1].i - 1:
                kept = Span(last.start, tokens[k - 2].end)
                return [kept if s == last else s for s in item.content]
    return item.content


def _asides(text: str, content: Iterable[Span], quotes: Sequence[Quote]) -> list[Span]:
    """Remarks in square brackets inside quotations, which are the editor's: "him [the former mayor]"."""
    return [
        Span(*match.span())
        for span in content
        for match in ASIDE.finditer(text, span.start, span.end)
        if any(q.inner.holds(Span(*match.span())) for q in quotes)
    ]


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
    """Set `within` by the smallest other content that holds an attribution's cue; a tree, as sizes fall."""
    sizes = {a.id: sum(s.end - s.start for s in a.content.spans) for a in made}
    order = {a.id: k for k, a in enumerate(made)}
    found = []
    holders: list[Attribution] = []
    by_start = sorted(made, key=lambda a: min(s.start for s in a.content.spans))
    outer_of: dict[str, str] = {}
    for attribution in sorted(made, key=lambda a: a.cue.spans[0].start):
        at = attribution.cue.spans[0].start
        while by_start and min(s.start for s in by_start[0].content.spans) <= at:
            holders.append(by_start.pop(0))
        holders = [h for h in holders if max(s.end for s in h.content.spans) > at]
        best = None
        for holder in holders:
            if holder.id == attribution.id or not any(s.start <= at < s.end for s in holder.content.spans):
                continue
            rank = (sizes[holder.id], order[holder.id])
            if rank > (sizes[attribution.id], order[attribution.id]) and (best is None or rank < best[0]):
                best = (rank, holder.id)
        if best is not None:
            outer_of[attribution.id] = best[1]
    for attribution in made:
        outer = outer_of.get(attribution.id)
        found.append(msgspec.structs.replace(attribution, within=outer) if outer else attribution)
    return found
