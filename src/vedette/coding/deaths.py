"""Deaths told apart from the act that caused them: "he was taken to hospital, where he died".

"Died" by itself is nothing, nor is "was dead": people die of age and illness. It is part of an attack where its
sentence tells one before it or as its cause ("died after she was shot"), or where one whom a report has just told to be
hit dies: the next sentence says so of him, or one of the next few with a word that such deaths have ("at the scene",
"of his wounds").
A cause of another kind named in between ("in a crash", "of cancer") rules it out.
"""

from __future__ import annotations

from collections.abc import Sequence

from vedette.coding.frames import conjuncts, phrase_of, subjects_of
from vedette.coding.several import people
from vedette.records import Event
from vedette.text.tree import Parsed, Sentence, Token

__all__ = ["later_deaths"]

# Acts of these modes kill; "war" and the like name nobody who could be the one that died.
DEADLY = frozenset(
    "firearms explosives primitive beat targeted suicide-attack aerial drone heavy-weapons torture".split()
)
# How many sentences back the act may have been told, and how many without a word of `AFTERWARDS`.
FAR, NEAR = 4, 1
AFTERWARDS = frozenset(
    "scene hospital ambulance doctor wound injury surgery instantly immediately later overnight rush airlift".split()
)
OTHERWISE = frozenset(
    """
accident crash collision derailment illness disease cancer stroke virus coronavirus covid-19 pneumonia infection
epidemic pandemic malaria cholera flood earthquake quake storm hurricane typhoon cyclone landslide avalanche wildfire
blaze heart overdose drown drowning hunger starvation starve famine thirst age childbirth natural plane
""".split()
)
ONES = frozenset("he she him her they them who both one two three some many several dozens another others".split())
PREDICATIVE = frozenset({"acomp", "oprd", "attr", "xcomp", "ccomp", "ROOT"})
PRONOUNCING = frozenset({"pronounce", "declare"})
DEFINITE = frozenset("the both his her their these those".split())


def later_deaths(parsed: Parsed, events: Sequence[Event], persons: frozenset[str], coder: str) -> list[Event]:
    """Return the deaths of a text's victims that no event of it tells yet, in text order.

    Args:
        events: what was coded of the text, in text order.
        persons: lemmas of nouns for people.
        coder: who the events are to be by.
    """
    harm: dict[int, list[Event]] = {}
    told: set[int] = set()
    for event in events:
        told.update(t.i for span in event.trigger for t in parsed.tokens_in(span))
        head = parsed.token_at(event.head)
        if head is not None and event.event_type == "ASSAULT" and (event.recipients or event.mode in DEADLY):
            harm.setdefault(head.sentence.i, []).append(event)
    found = []
    for sentence in parsed.sentences if harm else ():
        for verb in sentence.tokens:
            if verb.i in told or not (_is_dead(verb) or (verb.lemma == "die" and verb.pos == "VERB")):
                continue
            dead = [s for t in _who(verb) for s in conjuncts(t) if _is_person(s, persons)]
            if dead and (_is_told_here(verb, harm) or _is_victim(parsed, verb, dead, harm)):
                found.append(
                    Event(
                        kind="event",
                        trigger=(verb.span,),
                        head=verb.start,
                        sentence=sentence.span,
                        coder=coder,
                        event_type="ASSAULT",
                        recipients=tuple(phrase_of(t) for t in people(dead)),
                        confidence=0.6,
                    )
                )
    return found


def _is_dead(word: Token) -> bool:
    """ "Was pronounced dead", "a man is dead", "man dead after shooting", but not "the dead man"."""
    return word.lower == "dead" and (word.dep in PREDICATIVE or (word.dep == "amod" and word.head.i < word.i))


def _who(word: Token) -> list[Token]:
    """Whom a word of death is said of; of a doctor who pronounces somebody dead it is the object."""
    if word.dep == "amod":
        return [word.head]
    if word.lower == "dead" and word.head.lemma in PRONOUNCING:
        objects = [c for c in word.head.children if c.dep in ("dobj", "nsubjpass")]
        return objects or subjects_of(word)
    return subjects_of(word)


def _is_person(token: Token, persons: frozenset[str]) -> bool:
    return (
        token.pos in ("PROPN", "NUM")
        or token.lower in ONES
        or token.lemma.lower() in persons
        or token.lower == "old"
        or token.lower.endswith("-old")  # "a two-year-old"
    )


def _is_told_here(verb: Token, harm: dict[int, list[Event]]) -> bool:
    """Whether the sentence tells the act before the death or below it, and no other cause."""
    below = (verb.head if verb.dep in PREDICATIVE and verb.lower == "dead" else verb).subtree()
    acts = harm.get(verb.sentence.i, ())
    is_told = any(act.head < verb.start or any(t.start == act.head for t in below) for act in acts)
    return is_told and not _is_otherwise(verb.sentence)


def _is_victim(parsed: Parsed, verb: Token, dead: Sequence[Token], harm: dict[int, list[Event]]) -> bool:
    """Whether those who die are whom a sentence before has told to be hit."""
    here = verb.sentence.i
    if _is_otherwise(verb.sentence):
        return False
    is_after = verb.head.lemma in PRONOUNCING or any(t.lemma.lower() in AFTERWARDS for t in verb.sentence.tokens)
    for back in range(1, (FAR if is_after else NEAR) + 1):
        if here - back < 0 or _is_otherwise(parsed.sentences[here - back]):
            return False
        if any(_can_be(token, act, parsed) for act in harm.get(here - back, ()) for token in dead):
            return True
    return False


def _can_be(token: Token, act: Event, parsed: Parsed) -> bool:
    """Whether words can mean one of an act's victims: a pronoun, "the boy", a word or name they have in common."""
    if token.lower in ONES or token.pos == "NUM":
        return True
    spans = (span for phrase in act.recipients for span in phrase.spans)
    victims = {t.lemma.lower() for span in spans for t in parsed.tokens_in(span) if t.pos in ("NOUN", "PROPN")}
    if token.pos == "PROPN":
        return token.lemma.lower() in victims
    return token.lemma.lower() in victims or any(c.lower in DEFINITE for c in token.children)


def _is_otherwise(sentence: Sentence) -> bool:
    return any(t.lemma.lower() in OTHERWISE for t in sentence.tokens)
