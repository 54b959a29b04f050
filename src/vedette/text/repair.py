"""Mend in place what the parser regularly gets wrong, where grammar leaves no doubt.

A finite verb is not coordinated with an infinitive: "wants to build a road and opposes a detour" is two finite verbs
of one subject. In "The pass, said the mayor, has been closed" the mayor said it, and the pass is closed. And in
"accused the miners of striking" the verb takes "of", not the miners.
"""

from __future__ import annotations

from vedette.text.tree import Sentence, Token

__all__ = ["mend"]

FINITE = ("VBD", "VBZ")
SUBJECTS = ("nsubj", "nsubjpass")
# "of" with a gerund is what they are accused of.
ACCUSING = frozenset({"accuse", "suspect", "convict"})
SAYING = frozenset({"said", "says", "added", "adds", "wrote", "explained", "told", "warned", "reported", "insisted"})


def mend(sentence: Sentence) -> None:
    """Mend one sentence's tree; a second run changes nothing."""
    for token in sentence.tokens:
        if token.dep == "conj" and token.tag in FINITE:
            _lift(token)
        elif token.lower in SAYING and token.pos == "VERB":
            _insert(sentence, token)
        elif token.lower == "of" and token.dep == "prep" and token.child("pcomp") is not None:
            _charge(token)


def _charge(of: Token) -> None:
    """Give the charge to the verb, where the parser made it part of those who are accused."""
    accused = of.head
    if accused.dep == "dobj" and accused.head.lemma in ACCUSING:
        _move(of, accused.head, "prep")


def _lift(verb: Token) -> None:
    """Give a finite verb that the parser joined to an infinitive to the finite verb above."""
    infinitive = verb.head
    if infinitive.dep != "xcomp" or infinitive.tag != "VB" or infinitive.child("aux") is None:
        return
    if any(c.dep in SUBJECTS for c in verb.children) or verb.i < infinitive.i:
        return
    above = infinitive.head
    if above.pos not in ("VERB", "AUX") or (above.tag not in (*FINITE, "VBP") and above.child("aux") is None):
        return
    _move(verb, above, "conj")
    joiner = next((c for c in reversed(infinitive.children) if c.dep == "cc" and c.i < verb.i), None)
    if joiner is not None and not any(c.dep == "conj" and c.i > joiner.i for c in infinitive.children):
        _move(joiner, above, "cc")


def _insert(sentence: Sentence, verb: Token) -> None:
    """Make "said Y" between commas an insertion into the clause that the parser hung on it."""
    told, clause = verb.child(*SUBJECTS), verb.child("ccomp")
    if told is None or clause is None or not told.i < verb.i - 1 or clause.i < verb.i:
        return
    teller = clause.child(*SUBJECTS)
    words = {t.i: t for t in sentence.tokens}
    if words[verb.i - 1].text != "," or teller is None or any(c.dep == "mark" for c in clause.children):
        return
    name = [t for t in teller.subtree() if t.text != "," or t.i < teller.i]
    first, last = name[0].i, name[-1].i
    if first != verb.i + 1 or words.get(last + 1) is None or words[last + 1].text != "," or clause.i < last:
        return
    dep = teller.dep
    if verb.head is verb:
        sentence.root = clause
        verb.children.remove(clause)
        clause.head, clause.dep = clause, "ROOT"
    else:
        _move(clause, verb.head, verb.dep)
        verb.head.children.remove(verb)
        verb.head = verb
    clause.children.append(verb)
    clause.children.sort(key=lambda t: t.i)
    verb.head, verb.dep = clause, "parataxis"
    _move(teller, verb, "nsubj")
    _move(told, clause, dep)
    for mark in [c for c in verb.children if c.dep == "punct" and (c.i < verb.i or c.i > last)]:
        _move(mark, clause, "punct")


def _move(token: Token, head: Token, dep: str) -> None:
    token.head.children.remove(token)
    token.head, token.dep = head, dep
    head.children.append(token)
    head.children.sort(key=lambda t: t.i)
