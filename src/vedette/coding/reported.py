"""Attributions by structure: what a sentence's cue words attribute to whom.

A cue verb with a clause, infinitive, object or preposition; "according to"; nouns ("a statement that"); adjectives
("confident that"); adverbs ("reportedly"); raising passives ("is expected to").
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from vedette.coding.cues import Cues, CueSense, Frames
from vedette.coding.utterance import ADDRESSED, SAY, Utterance, addressee_of, pieces, subject_of, subtree_span, utter
from vedette.records import Span
from vedette.text.tree import Sentence, Token

__all__ = ["distinct", "in_sentence"]

# What is said of an object stands after these: "described him as weak", "accused them of theft".
SAID_OF = frozenset({"as", "for", "of", "to", "with"})
# Prepositions whose object is the content together with the verb's object: "accused them of theft".
TOPICAL = frozenset({"on", "over", "for", "against"})
LATE = frozenset({"of", "about"})
SOURCING = frozenset({"named", "identified", "quoted", "cited"})
# "in the words of X", "in X's view".
VIEWS = frozenset("words word view opinion judgment judgement account telling".split())
# Where what is told comes from: "a warning came from the army".
COMING = frozenset({"come", "arrive", "emerge"})
NOBODY = frozenset("it that this which what there these those everything something nothing".split())


def in_sentence(sentence: Sentence, cues: Cues) -> Iterator[Utterance]:
    for token in sentence.tokens:
        if token.pos in ("VERB", "AUX") and token.dep not in ("aux", "auxpass") and (frames := _frames(token, cues)):
            yield from _by_verb(token, frames)
        elif token.lower in VIEWS and token.dep == "pobj" and token.head.lower == "in":
            yield from _in_view(token)
        elif token.pos in ("NOUN", "PROPN") and token.lemma.lower() in cues.nouns:
            yield from _by_noun(token, cues)
        elif token.pos == "ADJ" and token.lemma.lower() in cues.adjectives:
            yield from _by_adjective(token, cues)
        elif token.lower in cues.adverbs and token.pos == "ADV":
            yield from _by_adverb(token, cues)
        elif token.lower == "according":
            yield from _according(token)


def _frames(verb: Token, cues: Cues) -> Frames:
    """The frames of a verb, with its particle if it has one; what only the bare verb's class tells is no help then."""
    lemma = verb.lemma.lower()
    particle = verb.child("prt")
    if particle is None:
        return cues.verbs.get(lemma, {})
    own = cues.verbs.get(f"{lemma}_{particle.lower}", {})
    return {**{f: s for f, s in cues.verbs.get(lemma, {}).items() if not s.is_derived}, **own}


def _by_verb(verb: Token, frames: Frames) -> Iterator[Utterance]:
    subject = subject_of(verb)
    if any(c.dep in ("auxpass", "nsubjpass") for c in verb.children):
        if "raising" in frames:
            yield from _raising(verb, frames["raising"])
            return
        if subject is not None and verb.lemma.lower() not in ADDRESSED:
            yield from _passive(verb, subject, frames)
            return
    if "seeming" in frames and subject is not None and (seen := verb.child("xcomp")) is not None:
        yield utter(None, verb, [subtree_span(subject, stop={verb.i}), *_clause(seen, verb)], frames["seeming"])
        return
    for child in verb.children:
        sense, content, preposition = _complement(verb, child, frames)
        if sense is None or not content:
            continue
        if sense.is_derived and child.dep != "ccomp" and not _can_speak(subject):
            continue
        if _is_about_itself(verb, child):
            continue
        sense = _asked(verb, child, sense)
        yield utter(subject, verb, content, sense, addressee=addressee_of(verb), preposition=preposition)
    inserted = verb.dep == "parataxis" or (verb.dep in ("advcl", "ccomp") and _is_inserted(verb))
    said = frames.get("clause")
    if inserted and said is not None and not said.is_derived and subject is not None and verb.head is not verb:
        # "The bridge, he said, is open": the cue hangs on the clause that it reports
        clause = _without(verb.head, verb)
        if clause:
            yield utter(subject, verb, clause, said, addressee=addressee_of(verb))


def _is_about_itself(verb: Token, child: Token) -> bool:
    """ "asked not to be named": how the report came by its words, not what they say."""
    return verb.lemma == "ask" and child.dep == "xcomp" and child.lower in SOURCING and child.child("neg") is not None


def _asked(verb: Token, child: Token, sense: CueSense) -> CueSense:
    """ "asked whether", "asked why": a question, not a demand."""
    is_question = any(
        c.lower in ("whether", "if") or c.tag in ("WRB", "WP", "WDT") for c in child.children if c.i < child.i
    )
    if verb.lemma == "ask" and child.dep == "ccomp" and is_question:
        return dataclasses.replace(sense, stance="ask")
    return sense


def _complement(verb: Token, child: Token, frames: Frames) -> tuple[CueSense | None, list[Span], Token | None]:
    """What a child of a cue verb makes of it: the sense by its slot, the content, a preposition that joins the cue."""
    if child.dep in ("ccomp", "parataxis"):
        if child.dep == "parataxis" and child.i < verb.i:
            return None, [], None
        is_inf = child.tag == "VB" and _is_infinitive(child)
        sense = frames.get("inf" if is_inf else "clause") or frames.get("clause") or frames.get("inf")
        if sense is None and child.pos not in ("VERB", "AUX"):
            sense = frames.get("obj")  # "called the plan a trap", read as a clause without a verb
        if sense is not None and sense.is_derived and not _is_finite(child):
            sense = dataclasses.replace(sense, kind="attitude")  # "allowed the base to remain" tells nobody's words
        return sense, _clause(child, verb), None
    if child.dep == "xcomp":
        sense = frames.get("ing" if child.tag == "VBG" or _is_having(child) else "inf")
        if sense is None and child.pos in ("VERB", "AUX") and "clause" in frames and _is_finite(child):
            sense = frames["clause"]
        return sense, _clause(child, verb), None
    if child.dep == "dobj" and not any(c.dep in ("ccomp", "xcomp") for c in verb.children):
        sense = frames.get("obj")
        charge = next((c.lower for c in verb.children if c.dep == "prep" and c.i > child.i and c.lower in frames), "")
        if charge == "of" and (sense is None or sense.is_derived):
            sense = frames["of"]  # "accused them of theft"
        elif charge == "for" and sense is not None and sense.stance == frames["for"].stance == "accuse":
            sense = frames["for"]  # "blamed them for the theft": in the speaker's voice
        if sense is None and any(c.lower == "as" and c.dep == "prep" and c.i > child.i for c in verb.children):
            sense = frames.get("as_object")
        if sense is None or _is_own(child):
            return None, [], None
        if verb.lemma.lower() in ADDRESSED and sense.kind == "speech":
            return None, [], None
        return sense, [_with_complements(child, verb)], None
    if child.dep == "oprd" and "obj" in frames and verb.child("dobj") is None:
        return frames["obj"], [_with_complements(child, verb)], None
    if child.dep == "prep" and child.lower in frames and verb.lemma.lower() not in ("say", "tell"):
        if verb.child("dobj") is not None and child.lower not in LATE:
            return None, [], None
        inner = child.child("pobj", "pcomp")
        if inner is not None:
            return frames[child.lower], [_with_complements(inner, verb, child)], child
    return None, [], None


def _with_complements(child: Token, verb: Token, preposition: Token | None = None) -> Span:
    """An object's words with what is said of it: "the plan a trap", "him as weak", "the police to leave"."""
    span = subtree_span(child, stop={verb.i})
    after = preposition or child
    for other in verb.children:
        if other.i < child.i or other is after:
            continue
        is_said = other.dep == "oprd" or (other.dep == "prep" and other.lower in SAID_OF and preposition is None)
        is_infinitive = other.dep in ("xcomp", "advcl", "ccomp") and _is_infinitive(other)
        if is_said or is_infinitive:
            span = Span(span.start, subtree_span(other, stop={verb.i}).end)
    return span


def _is_infinitive(verb: Token) -> bool:
    return any(c.lower == "to" and c.dep == "aux" for c in verb.children)


def _is_having(verb: Token) -> bool:
    """ "denied having left"."""
    return verb.tag == "VBN" and any(c.lower == "having" and c.dep == "aux" for c in verb.children)


def _can_speak(subject: Token | None) -> bool:
    """Whether a subject can be somebody; asked for where only the verb's class tells of an attribution."""
    return subject is not None and subject.pos in ("PROPN", "PRON", "NOUN") and subject.lower not in NOBODY


def _passive(verb: Token, subject: Token, frames: Frames) -> Iterator[Utterance]:
    agent = next((p for c in verb.children if c.dep == "agent" for p in c.children if p.dep == "pobj"), None)
    accused = next((c for c in verb.children if c.lower == "of" and c.dep == "prep" and c.i > verb.i), None)
    if accused is not None and "of" in frames and frames["of"].stance == "accuse":
        inner = accused.child("pobj", "pcomp")
        if inner is not None:  # "was accused of theft"
            content = [subtree_span(subject, stop={verb.i}), subtree_span(inner, stop={accused.i})]
            yield utter(agent, verb, content, frames["of"], preposition=accused)
        return
    sense = frames.get("obj")
    if sense is not None and sense.is_derived and agent is None:
        sense = frames.get("passive")
    if sense is None:
        return
    content = [subtree_span(subject, stop={verb.i})]
    content += [
        subtree_span(c, stop={verb.i})
        for c in verb.children
        if c.dep in ("oprd", "xcomp") or (c.dep == "prep" and c.lower in SAID_OF)
    ]
    yield utter(agent, verb, content, sense)


def _is_inserted(verb: Token) -> bool:
    if verb.tag == "VBG":  # "Denying it, they said ..." comes before what they said, and is no cue of it
        return False
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
    owner = noun.child("poss")
    also: list[Token] = []
    if _is_own(noun):  # "repeated its claim that ...": one cue
        also, owner = [noun.head, *noun.children[:1]], subject_of(noun.head)
    verb = noun.head if noun.dep in ("dobj", "attr") and noun.head.pos in ("VERB", "AUX") else None
    if owner is None and verb is not None:
        owner = subject_of(verb)
    if owner is None:
        owner = _comes_from(noun)
    for child in noun.children:
        if child.dep == "prep":
            inner = child.child("pobj", "pcomp")
            sense = _noun_preposition(noun, child, frames, _can_speak(owner))
            if sense is not None and inner is not None:
                cue = [verb] if verb is not None and noun.dep == "dobj" else []
                yield utter(owner, noun, [subtree_span(inner, stop={noun.i})], sense, preposition=child, also=cue)
        elif child.dep in ("acl", "ccomp", "relcl") and child.pos in ("VERB", "AUX"):
            if any(c.dep == "mark" and c.lower == "that" for c in child.children):
                sense = frames.get("clause")
            else:
                sense = frames.get("inf") if child.tag == "VB" and _is_infinitive(child) else None
            if sense is not None:
                yield utter(owner, noun, [subtree_span(child, stop={noun.i})], sense, also=also)


def _is_own(noun: Token) -> bool:
    """Whether a noun of speech is its verb's object, of the verb's subject, and has a clause: "its claim that ..."."""
    owner = noun.child("poss")
    return (
        noun.dep == "dobj"
        and owner is not None
        and owner.tag == "PRP$"
        and noun.children[0] is owner
        and noun.head.child("nsubj") is not None
        and any(c.dep in ("acl", "ccomp") and (c.child("mark") or _is_infinitive(c)) for c in noun.children)
    )


def _comes_from(noun: Token) -> Token | None:
    """Whose word a noun is by a preposition: "a warning by the police", "a claim came from the army"."""
    prep = next((c for c in noun.children if c.lower in ("by", "from") and c.dep in ("prep", "agent")), None)
    if prep is None and noun.dep == "nsubj" and noun.head.lemma in COMING:
        prep = next((c for c in noun.head.children if c.lower == "from" and c.dep == "prep"), None)
    return prep.child("pobj") if prep is not None else None


def _noun_preposition(noun: Token, child: Token, frames: Frames, can_speak: bool) -> CueSense | None:
    """The sense of a noun before a preposition; one whose class alone tells needs a speaker ("raised doubts over")."""
    if child.lower in frames:
        return frames[child.lower] if child.lower not in ("to", "on", "by", "with") else None
    if noun.dep == "dobj" and can_speak and child.lower in TOPICAL:
        return frames.get("topic")
    return None


def _by_adjective(adjective: Token, cues: Cues) -> Iterator[Utterance]:
    frames = cues.adjectives[adjective.lemma.lower()]
    if adjective.dep not in ("acomp", "attr", "ROOT", "conj", "oprd"):
        return
    subject = subject_of(adjective.head if adjective.dep != "ROOT" else adjective)
    if subject is None or subject.lower in ("it", "that", "this", "there"):
        return
    for child in adjective.children:
        sense = None
        if child.dep == "ccomp":
            sense = frames.get("clause")
        elif child.dep == "xcomp":
            sense = frames.get("inf")
        elif child.dep == "advcl" and any(c.lower in ("if", "whether") for c in child.children):
            sense = frames.get("clause")
        elif child.dep == "prep" and (inner := child.child("pobj", "pcomp")) is not None and child.lower in frames:
            yield utter(
                subject, adjective, [subtree_span(inner, stop={adjective.i})], frames[child.lower], preposition=child
            )
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


def _in_view(noun: Token) -> Iterator[Utterance]:
    """ "In the words of X", "in X's view"."""
    of = next((c for c in noun.children if c.lower == "of" and c.dep == "prep"), None)
    source = of.child("pobj") if of is not None else noun.child("poss")
    prep = noun.head
    clause = prep.head
    if source is None or clause.pos not in ("VERB", "AUX") or prep.dep != "prep":
        return
    content = _without(clause, prep)
    if not content or (noun.lower in ("words", "word") and of is None):
        return
    if of is not None:
        cue, stop = [Span(prep.start, of.end)], of.i
    else:
        cue, stop = [prep.span, noun.span], noun.i
    spans = [subtree_span(source, stop={stop})]
    yield Utterance(spans, cue, content, noun.lemma.lower(), SAY, noun, None, False, source)


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
