"""Who says what: speaker, cue and content, by structure with a lexicon of cues.

Conventions follow PolNeAR (Newell et al. 2018): speech, thought, intention and attitude count; a cue holds its
auxiliaries and particles; a speaker its apposition; a content its "that". Structures: a cue verb with a clause,
infinitive, object or preposition; "according to"; nouns ("a statement that"); adjectives ("confident that"); adverbs
("reportedly"); raising passives ("is expected to"); quotations, whose cue stands around them or whose speaker goes on
from the quotation before; interviews ("Q:", "SAMPLE:").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

import msgspec

from vedette.coding.cues import Cues, CueSense
from vedette.coding.quotes import Quote, find_quotes
from vedette.records import Attribution, Content, Cue, Span, Speaker
from vedette.text.tree import Parsed, Sentence, Token

__all__ = ["attribute"]

SpeakerKind = Literal["named", "unnamed", "collective", "document", "outlet", "unknown"]
CLAUSES = ("ccomp", "xcomp", "parataxis", "csubj")
ADDRESSED = frozenset("tell inform remind assure advise brief notify ask urge warn".split())
DOCUMENTS = frozenset(
    "report statement document letter study poll survey communique release tweet post memo order decree declaration "
    "article book indictment complaint filing ruling text email message transcript newspaper bulletin assessment".split()
)
COLLECTIVE = frozenset(
    "official officials authority authorities people residents witnesses analysts experts critics observers "
    "lawmakers sources protesters police government ministry army military police group party committee company agency "
    "organization organisation campaign administration department office union team court commission council".split()
)
UNNAMED = frozenset(
    "official source officer diplomat spokesman spokesperson spokeswoman witness resident analyst expert aide adviser "
    "commander soldier fighter man woman someone somebody person doctor lawyer activist insider observer".split()
)
TRIM = " \t\n\r,;:–—-"
MIN_QUOTE_WORDS = 3
# In an interview the speaker's name or letter opens a paragraph.
TURN = re.compile(r"(?:Q|A|Question|Answer|[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,3})\s?:\s+(?=\S)")
DERIVED_SUBJECTS = ("nsubj", "nsubjpass")


@dataclass(slots=True)
class _Found:
    """An attribution in the making."""

    speaker: list[Span]
    cue: list[Span]
    content: list[Span]
    lemma: str
    sense: CueSense
    head: Token | None
    addressee: str | None = None
    is_quote: bool = False
    speaker_head: Token | None = field(default=None)


SAY = CueSense("assert", "speech", False)


def attribute(parsed: Parsed, cues: Cues) -> list[Attribution]:
    """Return the attributions of a text in order; ids are "a1", "a2", ...

    `within` names the attribution whose content holds this one's cue.
    """
    quotes = find_quotes(parsed.text, parsed.paragraphs)
    found: list[_Found] = []
    for sentence in parsed.sentences:
        found.extend(_in_sentence(parsed, sentence, cues, quotes))
    found = _distinct(found)
    found.extend(_from_quotes(parsed, quotes, found, cues))
    found.extend(_interview(parsed))
    return _finished(parsed, found, quotes)


def _in_sentence(parsed: Parsed, sentence: Sentence, cues: Cues, quotes: Sequence[Quote]) -> Iterator[_Found]:
    for token in sentence.tokens:
        if token.pos in ("VERB", "AUX") and token.lemma.lower() in cues.verbs and token.dep not in ("aux", "auxpass"):
            yield from _by_verb(parsed, token, cues)
        elif token.pos in ("NOUN", "PROPN") and token.lemma.lower() in cues.nouns:
            yield from _by_noun(parsed, token, cues)
        elif token.pos == "ADJ" and token.lemma.lower() in cues.adjectives:
            yield from _by_adjective(parsed, token, cues)
        elif token.lower in cues.adverbs and token.pos == "ADV":
            yield from _by_adverb(parsed, token, cues)
        elif token.lower == "according":
            yield from _according(parsed, token)


def _by_verb(parsed: Parsed, verb: Token, cues: Cues) -> Iterator[_Found]:
    frames = cues.verbs[verb.lemma.lower()]
    subject = _subject(verb)
    passive = any(c.dep in ("auxpass", "nsubjpass") for c in verb.children)
    if passive and "raising" in frames:
        yield from _raising(parsed, verb, frames["raising"])
        return
    if passive and subject is not None and verb.lemma.lower() not in ADDRESSED:
        agent = next((p for c in verb.children if c.dep == "agent" for p in c.children if p.dep == "pobj"), None)
        if "obj" in frames:
            yield _made(agent, verb, [_subtree_span(subject, stop={verb.i})], frames["obj"])
        return
    for child in verb.children:
        sense = None
        content: list[Span] | None = None
        if child.dep in ("ccomp", "parataxis"):
            if child.dep == "parataxis" and child.i < verb.i:
                continue
            is_inf = child.tag == "VB" and any(c.lower == "to" for c in child.children)
            sense = frames.get("inf" if is_inf else "clause") or frames.get("clause") or frames.get("inf")
            content = _clause(child, verb)
        elif child.dep == "xcomp":
            sense = frames.get("inf") if child.tag != "VBG" else frames.get("ing")
            if sense is None and child.pos in ("VERB", "AUX") and "clause" in frames and _is_finite(child):
                sense = frames["clause"]
            content = _clause(child, verb)
        elif child.dep == "dobj" and "obj" in frames and not any(c.dep in ("ccomp", "xcomp") for c in verb.children):
            if verb.lemma.lower() in ADDRESSED and frames["obj"].kind == "speech":
                continue
            sense = frames["obj"]
            content = [_subtree_span(child, stop={verb.i})]
        elif child.dep == "prep" and child.lower in frames:
            if verb.lemma.lower() in ("say", "tell"):
                continue
            sense = frames[child.lower]
            content = [_subtree_span(child, stop={verb.i})]
        if sense is None or not content:
            continue
        if sense.particle and not any(c.lower == sense.particle for c in verb.children):
            continue
        yield _made(subject, verb, content, sense, addressee=_addressee(verb))
    inserted = verb.dep == "parataxis" or (verb.dep in ("advcl", "ccomp") and _is_inserted(verb))
    if inserted and "clause" in frames and subject is not None and verb.head is not verb:
        # "The bridge, he said, is open": the cue hangs on the clause that it reports
        clause = _without(verb.head, verb)
        if clause:
            yield _made(subject, verb, clause, frames["clause"], addressee=_addressee(verb))


def _is_inserted(verb: Token) -> bool:
    return verb.dep == "advcl" and not any(c.dep in ("mark", "advmod") and c.i < verb.i for c in verb.children)


def _raising(parsed: Parsed, verb: Token, sense: CueSense) -> Iterator[_Found]:
    """ "X is expected to leave", "it is believed that ...": nobody is named as the speaker."""
    agent = next((p for c in verb.children if c.dep == "agent" for p in c.children if p.dep == "pobj"), None)
    for child in verb.children:
        if child.dep not in ("xcomp", "ccomp", "csubjpass"):
            continue
        content = _clause(child, verb)
        subject = next((c for c in verb.children if c.dep == "nsubjpass" and c.lower != "it"), None)
        if subject is not None:
            content = [_subtree_span(subject, stop={verb.i}), *content]
        yield _made(agent, verb, content, sense)


def _by_noun(parsed: Parsed, noun: Token, cues: Cues) -> Iterator[_Found]:
    frames = cues.nouns[noun.lemma.lower()]
    for child in noun.children:
        sense = None
        if child.dep in ("acl", "ccomp", "relcl") and child.pos in ("VERB", "AUX"):
            marked = any(c.dep == "mark" and c.lower == "that" for c in child.children)
            infinitive = child.tag == "VB" and any(c.lower == "to" for c in child.children)
            if marked:
                sense = frames.get("clause")
            elif infinitive:
                sense = frames.get("inf")
        elif child.dep == "prep" and child.lower in frames and child.lower not in ("to", "on", "by", "with"):
            sense = frames[child.lower]
        if sense is None:
            continue
        owner = noun.child("poss")
        if owner is None and noun.dep in ("dobj", "attr"):
            owner = _subject(noun.head)
        yield _made(owner, noun, [_subtree_span(child, stop={noun.i})], sense)


def _by_adjective(parsed: Parsed, adjective: Token, cues: Cues) -> Iterator[_Found]:
    frames = cues.adjectives[adjective.lemma.lower()]
    if adjective.dep not in ("acomp", "attr", "ROOT", "conj", "oprd"):
        return
    subject = _subject(adjective.head if adjective.dep != "ROOT" else adjective)
    if subject is None or subject.lower in ("it", "that", "this", "there"):
        return
    for child in adjective.children:
        sense = None
        if child.dep in ("ccomp",):
            sense = frames.get("clause")
        elif child.dep == "xcomp":
            sense = frames.get("inf")
        elif child.dep == "prep":
            sense = frames.get(child.lower)
        if sense is not None:
            yield _made(subject, adjective, [_subtree_span(child, stop={adjective.i})], sense)


def _by_adverb(parsed: Parsed, adverb: Token, cues: Cues) -> Iterator[_Found]:
    verb = adverb.head
    while verb.pos not in ("VERB", "AUX") and verb.head is not verb:
        verb = verb.head
    content = _pieces(verb.subtree(), {adverb.i})
    if content:
        yield _Found([], [adverb.span], content, adverb.lemma.lower(), cues.adverbs[adverb.lower]["adverb"], adverb)


def _according(parsed: Parsed, token: Token) -> Iterator[_Found]:
    to = next((c for c in token.children if c.lower == "to"), None)
    source = next((c for c in (to.children if to else token.children) if c.dep == "pobj"), None)
    if to is None or source is None:
        return
    clause = token.head
    while clause.pos not in ("VERB", "AUX") and clause.head is not clause:
        clause = clause.head
    content = _without(clause, token)
    if content:
        spans = [_subtree_span(source, stop={to.i})]
        yield _Found(spans, [Span(token.start, to.end)], content, "according to", SAY, token, None, False, source)


def _subject(verb: Token, depth: int = 4) -> Token | None:
    for child in verb.children:
        if child.dep in DERIVED_SUBJECTS:
            return child
    if depth == 0 or verb.head is verb:
        return None
    head = verb.head
    if verb.dep == "conj" and head.pos in ("VERB", "AUX"):
        return _subject(head, depth - 1)
    if verb.dep in ("xcomp", "advcl") and head.pos in ("VERB", "AUX"):
        return _subject(head, depth - 1)
    if verb.dep == "acl" and verb.tag in ("VBG", "VBN"):
        return head
    if verb.dep == "pcomp" and head.head.pos in ("VERB", "AUX"):
        return _subject(head.head, depth - 1)
    if verb.dep == "acl" and head.dep in ("dobj", "attr") and head.head.pos in ("VERB", "AUX"):
        return _subject(head.head, depth - 1)
    return None


def _made(
    subject: Token | None, cue: Token, content: list[Span], sense: CueSense, *, addressee: str | None = None
) -> _Found:
    cue_tokens = _cue_tokens(cue, sense)
    spans = [] if subject is None else [_subtree_span(subject, stop={cue.i, *(t.i for t in cue_tokens)})]
    return _Found(spans, _pieces(cue_tokens, set()), content, cue.lemma.lower(), sense, cue, addressee, False, subject)


def _cue_tokens(cue: Token, sense: CueSense) -> list[Token]:
    tokens = [cue]
    for child in cue.children:
        if child.dep in ("aux", "auxpass", "neg", "prt") or (
            child.dep == "advmod" and child.i == cue.i - 1 and child.pos == "ADV"
        ):
            tokens.append(child)
    if cue.pos == "ADJ" and cue.head.pos in ("AUX", "VERB") and cue.dep in ("acomp", "attr"):
        tokens.append(cue.head)
    return sorted(tokens, key=lambda t: t.i)


def _addressee(verb: Token) -> str | None:
    if verb.lemma.lower() not in ADDRESSED:
        return None
    heard = verb.child("dobj", "dative")
    return " ".join(t.text for t in heard.subtree()) if heard is not None and heard.pos != "VERB" else None


def _is_finite(verb: Token) -> bool:
    return verb.tag in ("VBD", "VBZ", "VBP", "MD") or any(c.tag in ("MD", "VBD", "VBZ", "VBP") for c in verb.children)


def _clause(child: Token, cue: Token) -> list[Span]:
    """The complement's words; of what the parser hangs into it, cue and speaker are cut out by the caller."""
    return _pieces(child.subtree(), {cue.i})


def _without(clause: Token, part: Token) -> list[Span]:
    """A clause's words without those of a part that hangs on it."""
    out = {t.i for t in part.subtree()}
    return _pieces([t for t in clause.subtree() if t.i not in out], set())


def _subtree_span(token: Token, stop: set[int]) -> Span:
    """The words from the first to the last of a token's subtree that lie on its side of `stop`."""
    tokens = [t for t in token.subtree() if t.i not in stop]
    low = max((s for s in stop if s < token.i), default=-1)
    high = min((s for s in stop if s > token.i), default=1 << 60)
    kept = [t for t in tokens if low < t.i < high] or [token]
    while len(kept) > 1 and kept[-1].pos == "PUNCT" and kept[-1].text in ",;:–—-":
        kept.pop()
    while len(kept) > 1 and kept[0].pos == "PUNCT" and kept[0].text in ",;:–—-":
        kept.pop(0)
    return Span(kept[0].start, kept[-1].end)


def _pieces(tokens: Iterable[Token], drop: set[int]) -> list[Span]:
    """Stretches of neighbouring tokens, without punctuation at their edges."""
    spans: list[list[Token]] = []
    for token in tokens:
        if token.i in drop:
            continue
        if spans and token.i == spans[-1][-1].i + 1:
            spans[-1].append(token)
        else:
            spans.append([token])
    found = []
    for part in spans:
        while part and part[0].pos == "PUNCT" and part[0].text in ",;:–—-.":
            part = part[1:]
        while part and part[-1].pos == "PUNCT" and part[-1].text in ",;:–—-.":
            part = part[:-1]
        if part and any(t.pos != "PUNCT" for t in part):
            found.append(Span(part[0].start, part[-1].end))
    return found


def _distinct(found: Sequence[_Found]) -> list[_Found]:
    """One attribution a cue and kind of content: speech before attitude, larger contents first."""
    best: dict[int, _Found] = {}
    for item in found:
        key = item.cue[0].start
        size = sum(s.end - s.start for s in item.content)
        known = best.get(key)
        if known is None:
            best[key] = item
            continue
        known_size = sum(s.end - s.start for s in known.content)
        if (item.sense.kind == "attitude", -size) < (known.sense.kind == "attitude", -known_size):
            best[key] = item
    return sorted(best.values(), key=lambda f: f.cue[0].start)


def _from_quotes(parsed: Parsed, quotes: Sequence[Quote], found: list[_Found], cues: Cues) -> list[_Found]:
    """Give every full quotation a speaker: widen the attribution that touches it, else look for a cue around it."""
    made: list[_Found] = []
    last: _Found | None = None
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


def _owner_of(quote: Quote, found: Sequence[_Found]) -> _Found | None:
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


def _widen(item: _Found, quote: Quote) -> None:
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


def _cue_around(parsed: Parsed, quote: Quote, quotes: Sequence[Quote], cues: Cues) -> _Found | None:
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
            subject = _subject(token) or _inverted(token)
            if subject is None or any(q.inner.start <= subject.start < q.inner.end for q in quotes):
                continue
            gap = token.start - quote.outer.end if token.start >= quote.outer.end else quote.outer.start - token.end
            if best is None or gap < best[0]:
                best = (gap, token, subject)
    if best is None:
        return None
    _, verb, subject = best
    sense = cues.verbs[verb.lemma.lower()]["clause"]
    item = _made(subject, verb, [quote.outer], sense, addressee=_addressee(verb))
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


def _goes_on(parsed: Parsed, last: _Found, last_end: int, quote: Quote) -> bool:
    """Whether the quotation follows the one before, or the sentence that names its speaker, with nothing between."""
    if not parsed.text[last_end : quote.outer.start].strip(TRIM + "."):
        return True
    cue = parsed.token_at(last.cue[0].start)
    if cue is None or cue.sentence.end > quote.outer.start:
        return False
    return not parsed.text[cue.sentence.end : quote.outer.start].strip(TRIM + ".”\"'’")


def _interview(parsed: Parsed) -> Iterator[_Found]:
    for paragraph in parsed.paragraphs:
        match = TURN.match(parsed.text, paragraph.start, paragraph.end)
        if match is None or match.end() >= paragraph.end:
            continue
        name = Span(match.start(), match.start() + len(match.group().rstrip().rstrip(":").rstrip()))
        colon = match.group().index(":") + match.start()
        yield _Found(
            [name], [Span(colon, colon + 1)], [Span(match.end(), paragraph.end)], ":", SAY, None, None, True, None
        )


def _finished(parsed: Parsed, found: Sequence[_Found], quotes: Sequence[Quote]) -> list[Attribution]:
    rows: list[tuple[_Found, list[Span]]] = []
    for item in found:
        content = _cut_out(item.content, [*item.cue, *item.speaker])
        if content and item.cue:
            rows.append((item, content))
    rows.sort(key=lambda row: (min(row[0].cue[0].start, row[1][0].start), row[0].cue[0].start))
    made: list[Attribution] = []
    for n, (item, content) in enumerate(rows, 1):
        mention = " ".join(s.of(parsed.text) for s in item.speaker)
        made.append(
            Attribution(
                id=f"a{n}",
                speaker=Speaker(tuple(item.speaker), mention, kind=_kind(item, parsed)),
                cue=Cue(tuple(item.cue), item.lemma, item.sense.stance, item.sense.is_distancing, item.sense.kind),
                content=Content(tuple(content)),
                quotation=_quotation(content, quotes),
                addressee=item.addressee,
            )
        )
    return _nested(made)


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


def _quotation(content: Sequence[Span], quotes: Sequence[Quote]) -> Literal["direct", "indirect", "mixed"]:
    total = sum(s.end - s.start for s in content)
    quoted = sum(
        max(0, min(s.end, q.outer.end) - max(s.start, q.outer.start)) for s in content for q in _near(quotes, s)
    )
    if quoted >= 0.85 * total:
        return "direct"
    return "mixed" if quoted > 0.05 * total else "indirect"


def _near(quotes: Sequence[Quote], span: Span) -> Iterator[Quote]:
    for quote in quotes:
        if quote.outer.start >= span.end:
            return
        if quote.outer.end > span.start:
            yield quote


def _kind(item: _Found, parsed: Parsed) -> SpeakerKind:
    head = item.speaker_head
    if head is None:
        return "unknown" if not item.speaker else "named"
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
