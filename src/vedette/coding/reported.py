"""Attributions by structure: what a sentence's cue words attribute to whom.

A cue verb with a clause, infinitive, object or preposition; "according to"; nouns ("a statement that"); adjectives
("confident that"); adverbs ("reportedly"); raising passives ("is expected to").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vedette.coding.cues import Cues, CueSense
from vedette.coding.utterance import ADDRESSED, SAY, Utterance, addressee_of, pieces, subject_of, subtree_span, utter
from vedette.records import Span
from vedette.text.tree import Sentence, Token

__all__ = ["distinct", "in_sentence"]


def in_sentence(sentence: Sentence, cues: Cues) -> Iterator[Utterance]:
    for token in sentence.tokens:
        if token.pos in ("VERB", "AUX") and token.lemma.lower() in cues.verbs and token.dep not in ("aux", "auxpass"):
            yield from _by_verb(token, cues)
        elif token.pos in ("NOUN", "PROPN") and token.lemma.lower() in cues.nouns:
            yield from _by_noun(token, cues)
        elif token.pos == "ADJ" and token.lemma.lower() in cues.adjectives:
            yield from _by_adjective(token, cues)
        elif token.lower in cues.adverbs and token.pos == "ADV":
            yield from _by_adverb(token, cues)
        elif token.lower == "according":
            yield from _according(token)


def _by_verb(verb: Token, cues: Cues) -> Iterator[Utterance]:
    frames = cues.verbs[verb.lemma.lower()]
    subject = subject_of(verb)
    passive = any(c.dep in ("auxpass", "nsubjpass") for c in verb.children)
    if passive and "raising" in frames:
        yield from _raising(verb, frames["raising"])
        return
    if passive and subject is not None and verb.lemma.lower() not in ADDRESSED:
        agent = next((p for c in verb.children if c.dep == "agent" for p in c.children if p.dep == "pobj"), None)
        if "obj" in frames:
            yield utter(agent, verb, [subtree_span(subject, stop={verb.i})], frames["obj"])
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
            content = [subtree_span(child, stop={verb.i})]
        elif child.dep == "prep" and child.lower in frames:
            if verb.lemma.lower() in ("say", "tell"):
                continue
            sense = frames[child.lower]
            content = [subtree_span(child, stop={verb.i})]
        if sense is None or not content:
            continue
        if sense.particle and not any(c.lower == sense.particle for c in verb.children):
            continue
        yield utter(subject, verb, content, sense, addressee=addressee_of(verb))
    inserted = verb.dep == "parataxis" or (verb.dep in ("advcl", "ccomp") and _is_inserted(verb))
    if inserted and "clause" in frames and subject is not None and verb.head is not verb:
        # "The bridge, he said, is open": the cue hangs on the clause that it reports
        clause = _without(verb.head, verb)
        if clause:
            yield utter(subject, verb, clause, frames["clause"], addressee=addressee_of(verb))


def _is_inserted(verb: Token) -> bool:
    return verb.dep == "advcl" and not any(c.dep in ("mark", "advmod") and c.i < verb.i for c in verb.children)


def _raising(verb: Token, sense: CueSense) -> Iterator[Utterance]:
    """ "X is expected to leave", "it is believed that ...": nobody is named as the speaker."""
    agent = next((p for c in verb.children if c.dep == "agent" for p in c.children if p.dep == "pobj"), None)
    for child in verb.children:
        if child.dep not in ("xcomp", "ccomp", "csubjpass"):
            continue
        content = _clause(child, verb)
        subject = next((c for c in verb.children if c.dep == "nsubjpass" and c.lower != "it"), None)
        if subject is not None:
            content = [subtree_span(subject, stop={verb.i}), *content]
        yield utter(agent, verb, content, sense)


def _by_noun(noun: Token, cues: Cues) -> Iterator[Utterance]:
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
            owner = subject_of(noun.head)
        yield utter(owner, noun, [subtree_span(child, stop={noun.i})], sense)


def _by_adjective(adjective: Token, cues: Cues) -> Iterator[Utterance]:
    frames = cues.adjectives[adjective.lemma.lower()]
    if adjective.dep not in ("acomp", "attr", "ROOT", "conj", "oprd"):
        return
    subject = subject_of(adjective.head if adjective.dep != "ROOT" else adjective)
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
            yield utter(subject, adjective, [subtree_span(child, stop={adjective.i})], sense)


def _by_adverb(adverb: Token, cues: Cues) -> Iterator[Utterance]:
    verb = adverb.head
    while verb.pos not in ("VERB", "AUX") and verb.head is not verb:
        verb = verb.head
    content = pieces(verb.subtree(), {adverb.i})
    if content:
        yield Utterance([], [adverb.span], content, adverb.lemma.lower(), cues.adverbs[adverb.lower]["adverb"], adverb)


def _according(token: Token) -> Iterator[Utterance]:
    to = next((c for c in token.children if c.lower == "to"), None)
    source = next((c for c in (to.children if to else token.children) if c.dep == "pobj"), None)
    if to is None or source is None:
        return
    clause = token.head
    while clause.pos not in ("VERB", "AUX") and clause.head is not clause:
        clause = clause.head
    content = _without(clause, token)
    if content:
        spans = [subtree_span(source, stop={to.i})]
        yield Utterance(spans, [Span(token.start, to.end)], content, "according to", SAY, token, None, False, source)


def _is_finite(verb: Token) -> bool:
    return verb.tag in ("VBD", "VBZ", "VBP", "MD") or any(c.tag in ("MD", "VBD", "VBZ", "VBP") for c in verb.children)


def _clause(child: Token, cue: Token) -> list[Span]:
    """The complement's words; of what the parser hangs into it, cue and speaker are cut out by the caller."""
    return pieces(child.subtree(), {cue.i})


def _without(clause: Token, part: Token) -> list[Span]:
    """A clause's words without those of a part that hangs on it."""
    out = {t.i for t in part.subtree()}
    return pieces([t for t in clause.subtree() if t.i not in out], set())


def distinct(found: Sequence[Utterance]) -> list[Utterance]:
    """One attribution a cue and kind of content: speech before attitude, larger contents first."""
    best: dict[int, Utterance] = {}
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
