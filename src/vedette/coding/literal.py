"""Whether words of violence tell an act of violence, or are a figure of speech, an accident, or talk of violence at large.

PLOVER's ASSAULT and COERCE are deliberate acts of somebody. By that these are none:

- what befalls an idea only ("an attack on democracy", "fight against corruption", "fighting for freedom");
- what nobody did but a cause of nature, an illness, a crash or a measure ("the quake destroyed the town, killing 12");
- war and violence as something one ends, solves, gives up, incites or fears, where its parties and its place are not
  told beside it ("a solution to the conflict", "the path of violence"). The war that is going on is told by other words.

The words are data: the classes `ideas`, `causes`, `states` and `dealings` of `data/events/classes.toml`.
"""

from __future__ import annotations

from collections.abc import Sequence

from vedette.coding.frames import agents_of, conjuncts, core, is_passive, objects_of, prep_objects, subjects_of
from vedette.coding.lexicon import Lexicon
from vedette.text.tree import Token

__all__ = ["is_literal"]

DELIBERATE = frozenset({"ASSAULT", "COERCE"})
AIMED = frozenset({"on", "upon", "against", "at"})
AIMS = AIMED | {"of", "to"}
STRIVING = frozenset({"fight", "battle", "struggle", "combat"})
FOR = frozenset({"for"})
# "died of cholera", "killed in a crash": what stands behind these brought it about.
BECAUSE = frozenset({"in", "from", "of", "by", "during"})
# "Died when the bus overturned".
WRECKING = frozenset({"crash", "collide", "capsize", "derail", "overturn", "sink"})
# Behind these stands who fights, or where.
TELLING = frozenset({"in", "between", "among", "against", "with", "near", "across", "inside", "around", "on", "over"})
PUTTING = frozenset({"put", "bring"})
TO = frozenset({"to"})
OPEN = frozenset({"", "the", "this", "that", "any", "a", "an", "all", "no", "such"})


def is_literal(words: Sequence[Token], event_type: str, parties: Sequence[Token], lexicon: Lexicon) -> bool:
    """Return whether an event of `event_type` is an act; true of all but hostile ones.

    `words` are its trigger, the one that tells the act first; `parties` its actors and recipients as far as its clause
    tells them.
    """
    head = words[0]
    if event_type not in DELIBERATE:
        return True
    if head.pos in ("NOUN", "PROPN") and not parties and _is_at_large(head, lexicon):
        return False
    if event_type != "ASSAULT":
        return True
    return not _befalls_ideas(words, lexicon) and not (head.pos == "VERB" and _is_accident(head, lexicon))


def _befalls_ideas(words: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether all that the act is aimed at are ideas."""
    head = words[0]
    if head.pos in ("NOUN", "PROPN"):
        aims = list(prep_objects(head, AIMS, depth=1))
        if head.dep in ("dobj", "nsubjpass"):  # "waged a war on drugs"
            aims = aims or list(prep_objects(head.head, AIMED, depth=1))
    elif is_passive(head):
        aims = subjects_of(head)
    else:
        aims = [o for o in objects_of(head) if all(o is not w for w in words)]
        aims = aims or [o for w in words for o in prep_objects(w, AIMED, depth=1)]  # "wages war on drugs"
    if not aims and head.lemma in STRIVING and not any(c.lower in TELLING for c in head.children):
        aims = list(prep_objects(head, FOR, depth=1))
    return bool(aims) and all(_is_of(a, lexicon.ideas) for t in aims for a in conjuncts(t))


def _is_accident(verb: Token, lexicon: Lexicon, depth: int = 3) -> bool:
    """Whether what is told to have done it is no one's doing; a further verb of the sentence shares the cause."""
    doers = agents_of(verb) if is_passive(verb) else subjects_of(verb)
    doers = [d for t in doers for d in conjuncts(t)]
    causes = [*doers, *prep_objects(verb, BECAUSE)] if is_passive(verb) or verb.lemma in ("die", "perish") else doers
    if any(_is_of(c, lexicon.causes) for c in causes):
        return True
    if not agents_of(verb) and any(
        c.dep == "advcl" and c.lemma in WRECKING and c.child("dobj") is None for c in verb.children
    ):
        return True
    if depth and verb.dep in ("conj", "advcl") and verb.head.pos == "VERB":
        follows = verb.dep == "conj" or verb.tag in ("VBG", "VBN")
        return follows and not agents_of(verb) and _is_accident(verb.head, lexicon, depth - 1)
    return False


def _is_at_large(noun: Token, lexicon: Lexicon) -> bool:
    """Whether war or violence is something dealt with, its parties and place untold: "a solution to the conflict"."""
    if noun.lemma.lower() not in lexicon.states:
        return False
    for child in noun.children:
        if child.dep == "prep" and child.lower in TELLING:
            return False
        if child.dep in ("relcl", "acl", "poss") or child.pos in ("PROPN", "NUM"):
            return False
        if child.dep == "det" and child.lower not in OPEN:
            return False
    while noun.dep == "conj" and noun.head.pos in ("NOUN", "PROPN"):
        noun = noun.head
    governor = noun.head.head if noun.dep in ("pobj", "pcomp") else noun.head
    if noun.dep in ("nsubj", "ROOT") or governor is noun:
        return False
    named = [governor]
    if governor.lemma in PUTTING:  # "put an end to violence", "brought the war to an end"
        named = [*objects_of(governor), *prep_objects(governor, TO, depth=1)]
    return any(word.lemma.lower() in lexicon.dealings for word in named)


def _is_of(token: Token, words: frozenset[str]) -> bool:
    noun = core(token)
    return noun.pos == "NOUN" and (noun.lemma.lower() in words or noun.lower in words)
