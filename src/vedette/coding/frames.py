"""Find who fills the roles of a predicate in a parsed sentence.

Roles come from the predicate's own clause: subjects (also those it shares by coordination or control), objects,
by-phrases, prepositions, possessives and modifiers of a nominalisation. Each conjunct is a phrase of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vedette.records import Phrase, Span
from vedette.text.tree import Token

__all__ = ["conjuncts", "is_passive", "objects_of", "phrase_of", "prep_objects", "resolve_relative", "subjects_of"]

SUBJECT = ("nsubj", "csubj")
PASSIVE = ("nsubjpass", "csubjpass")
RELATIVE = frozenset({"who", "which", "that", "whom"})
# Parts of a noun phrase that name it; relative clauses and the like are left out of its span.
INSIDE = frozenset({
    "det", "amod", "compound", "nmod", "nummod", "poss", "case", "advmod", "quantmod", "neg", "predet", "punct",
    "npadvmod",
})  # fmt: skip
INSIDE_PREPS = frozenset({"of", "for", "from", "in"})


def is_passive(verb: Token) -> bool:
    """Whether the verb is a passive, also a reduced one ("troops deployed to ...")."""
    if any(c.dep in ("nsubjpass", "auxpass", "csubjpass") for c in verb.children):
        return True
    if verb.tag == "VBN" and verb.dep in ("acl", "amod", "advcl") and not any(c.dep == "aux" for c in verb.children):
        return not any(c.dep == "dobj" for c in verb.children)
    if verb.dep == "conj" and verb.tag == "VBN" and verb.head.pos == "VERB":
        return not any(c.dep in ("nsubj", "aux") for c in verb.children) and is_passive(verb.head)
    return False


def subjects_of(verb: Token, depth: int = 4) -> list[Token]:
    """The grammatical subjects, looked for up the coordination and control chain; [] where there is none."""
    own = [c for c in verb.children if c.dep in SUBJECT or c.dep in PASSIVE]
    if own:
        return [resolve_relative(s, verb) for s in own if s.lower not in ("it", "there") or s.tag == "PRP"]
    if depth == 0 or verb.is_root:
        return []
    head = verb.head
    if verb.dep == "conj" and head.pos in ("VERB", "AUX"):
        return subjects_of(head, depth - 1)
    if verb.dep == "xcomp" and head.pos in ("VERB", "AUX", "ADJ"):
        held = objects_of(head)
        return held if held and head.pos == "VERB" else subjects_of(head, depth - 1)
    if verb.dep in ("acl", "relcl") and head.pos in ("NOUN", "PROPN", "PRON"):
        if verb.tag == "VBG" or verb.tag == "VBN":
            return [head]
        if verb.tag == "VB":  # "plans to attack": whose plans
            return _owner(head, depth - 1)
        return []
    if verb.dep == "amod" and head.pos in ("NOUN", "PROPN"):
        return [head]
    if verb.dep == "advcl" and verb.tag in ("VBG", "VBN", "VB"):
        return subjects_of(head, depth - 1)
    if verb.dep == "pcomp" and head.dep == "prep":
        above = head.head
        if above.pos in ("VERB", "AUX"):
            held = objects_of(above)
            return held if held and head.lower in ("of", "from") else subjects_of(above, depth - 1)
        return _owner(above, depth - 1)
    if verb.dep in ("ccomp", "dep") and verb.tag in ("VB", "VBG"):
        held = objects_of(head)
        return held or subjects_of(head, depth - 1)
    return []


def _owner(noun: Token, depth: int) -> list[Token]:
    owner = noun.child("poss")
    if owner is not None:
        return [owner]
    if noun.dep in ("dobj", "nsubjpass", "attr", "pobj") and depth > 0:
        verb = noun.head if noun.dep != "pobj" else noun.head.head
        return subjects_of(verb, depth - 1) if verb.pos in ("VERB", "AUX") else []
    return []


def objects_of(verb: Token) -> list[Token]:
    """Direct and indirect objects; the antecedent where the object is a relative pronoun."""
    return [resolve_relative(c, verb) for c in verb.children if c.dep in ("dobj", "dative", "obj") and c.dep != "prep"]


def prep_objects(token: Token, preps: Iterable[str], *, depth: int = 2) -> Iterator[Token]:
    """Objects of the prepositions of `token`, also of prepositions that hang on those ("out of")."""
    wanted = preps if isinstance(preps, (set, frozenset)) else set(preps)
    for child in token.children:
        if child.dep in ("prep", "agent", "dative") or (child.dep == "prt" and child.pos == "ADP"):
            if child.lower in wanted:
                yield from (c for c in child.children if c.dep in ("pobj", "pcomp") and c.pos != "VERB")
            if depth > 1:
                yield from prep_objects(child, wanted, depth=depth - 1)


def resolve_relative(token: Token, verb: Token) -> Token:
    """The antecedent of a relative pronoun, else the token itself."""
    if token.lower in RELATIVE and token.tag in ("WP", "WDT"):
        clause = verb
        while clause.dep in ("conj", "xcomp", "ccomp") and clause.head is not clause:
            clause = clause.head
        if clause.dep == "relcl":
            return clause.head
    return token


def conjuncts(token: Token) -> list[Token]:
    """The token and the nouns coordinated with it."""
    found = [token]
    for child in token.children:
        if child.dep == "conj" and child.pos in ("NOUN", "PROPN", "PRON", "NUM", "ADJ"):
            found.extend(conjuncts(child))
    return found


def phrase_of(head: Token) -> Phrase:
    """The noun phrase of a head word, without its coordinated nouns, appositions and clauses."""
    low = high = head
    for child in head.children:
        edge = _edges(child)
        if edge is None:
            continue
        if edge[0].i < low.i and child.dep != "punct":
            low = edge[0]
        if edge[1].i > high.i and child.dep != "punct":
            high = edge[1]
    return Phrase((Span(low.start, high.end),), head.start)


def _edges(child: Token, depth: int = 6) -> tuple[Token, Token] | None:
    """First and last token of a modifier that belongs to the phrase, or None for one that does not."""
    if depth == 0:
        return None
    if child.dep == "prep":
        if child.lower not in INSIDE_PREPS or child.i < child.head.i:
            return None
        if child.lower != "of" and not any(c.pos == "PROPN" for c in child.children):
            return None
    elif child.dep == "conj":
        if child.pos not in ("ADJ", "PROPN") or child.head.dep not in ("compound", "amod", "nmod"):
            return None
    elif child.dep not in INSIDE and child.dep not in ("pobj", "cc"):
        return None
    low = high = child
    for grandchild in child.children:
        edge = _edges(grandchild, depth - 1)
        if edge:
            low = edge[0] if edge[0].i < low.i else low
            high = edge[1] if edge[1].i > high.i else high
    return low, high
