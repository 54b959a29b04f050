"""Who is meant by words for several: "nine guests, including two envoys", "those", "both sides", "them".

Within a sentence "they" are names coordinated before it where no other party stands between; "both sides" and "the two
countries" are the last two names that the report coordinated. One adjective of nationality before a noun belongs to
it, two are two parties ("Thai and Lao goods").
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from vedette.coding.frames import SAYING, conjuncts, is_time, objects_of, subjects_of, unique
from vedette.text.tree import Sentence, Token

__all__ = ["crowd_of", "meant", "named_among", "named_together", "nations_of", "people"]

PERSONAL = frozenset({"PROPN", "PRON", "NOUN", "ADJ", "NUM", "DET"})
THEY = frozenset({"they", "them", "their"})
BOTH = frozenset({"both", "two"})
PARTS_OF = frozenset("many some several most half majority those".split())
# Beside those whom acts befall by the lexicon.
PERSONS = frozenset("survivor relative supporter critic mourner attendee pupil passer-by bystander mother".split())
# What "both" and "the two" are said of.
SIDES = frozenset(
    "side country nation party leader government neighbor neighbour power minister president state official capital".split()
)
# Names behind these are rather places than parties.
PLACING = frozenset("in at near from to on around outside inside into through across over".split())
LINES = frozenset(
    "line road border area highway front distance crossing strip route frontier way zone corridor lie run be".split()
)
NAMING = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "poss", "dative", "conj", "appos"})


def people(tokens: Iterable[Token]) -> list[Token]:
    """Heads that can be somebody, each once, in text order, with those named among them."""
    found: list[Token] = []
    for token in tokens:
        found.extend(_those(token) or _of_whom(token) or [token])
        found.extend(named_among(token))
    return unique(t for t in found if t.pos in PERSONAL and not is_time(t) and t.tag not in ("WDT", "EX"))


def meant(token: Token, before: Sequence[Token], stops: frozenset[str], crowd: Sequence[Token] = ()) -> list[Token]:
    """The names that a word for several means, or the word itself.

    Args:
        before: the last names coordinated in an earlier sentence.
        stops: lemmas of nouns that a pronoun after them rather means.
        crowd: the last people told of in an earlier sentence (`crowd_of`).
    """
    if token.lower in THEY:
        return _together_before(token, stops) or [token]
    if _is_part(token):
        return crowd_of(token.sentence, stops, before=token.i) or list(crowd) or [token]
    if token.lemma.lower() in SIDES and any(c.lower in BOTH for c in token.children):
        here = [g for g in named_together(token.sentence) if g[-1].i < token.i]
        last = here[-1] if here else before
        return list(last) if len(last) == 2 else [token]
    return [token]


def crowd_of(sentence: Sentence, stops: frozenset[str], *, before: int | None = None) -> list[Token]:
    """The last people that a sentence tells of before a word: what "many" and "nearly half" are part of.

    Not those who only speak, nor those by whom something is done.
    """
    for token in reversed(sentence.tokens):
        if (before is not None and token.i >= before) or token.tag not in ("NNS", "NNPS"):
            continue
        if token.lemma.lower() not in stops and token.lemma.lower() not in PERSONS:
            continue
        first = token
        while first.dep == "conj" and first.head.pos in ("NOUN", "PROPN"):
            first = first.head
        is_speaker = (
            first.dep == "nsubj" and first.head.lemma in SAYING and any(c.dep == "ccomp" for c in first.head.children)
        )
        if is_speaker or first.head.dep == "agent" or first.head.lower == "by":
            continue
        if first.dep in NAMING:
            return [t for t in conjuncts(first) if before is None or t.i < before]
    return []


def _is_part(token: Token) -> bool:
    """ "Many", "nearly half", "those rescued", "the vast majority": so many of people told of before."""
    if token.lower not in PARTS_OF or any(c.lower in ("of", "who") for c in token.children):
        return False
    is_measured = any(c.dep in ("nummod", "amod", "det") and c.pos in ("NUM", "NOUN") for c in token.children)
    return token.dep in NAMING and not is_measured


def named_together(sentence: Sentence) -> list[list[Token]]:
    """Lists of coordinated names, in text order."""
    found = []
    for token in sentence.tokens:
        if token.pos == "PROPN" and token.dep in NAMING and token.dep != "conj":
            prep, above = token.head, token.head.head
            is_measure = prep.lower == "on" and above.pos == "NOUN"  # "tariffs on A and B"
            if token.dep == "pobj" and ((prep.lower in PLACING and not is_measure) or above.lemma in LINES):
                continue
            names = conjuncts(token)
            if len(names) > 1 and all(n.pos == "PROPN" and not is_time(n) for n in names):
                found.append(names)
    return found


def nations_of(noun: Token) -> list[Token]:
    """The nationalities before one noun, where they are several ("Thai and Lao goods"), else []."""
    for child in noun.children:
        if child.dep in ("amod", "nmod", "compound") and child.i < noun.i and child.text[:1].isupper():
            others = [c for c in child.children if c.dep == "conj" and c.text[:1].isupper() and c.i < noun.i]
            if others and all(t.tag in ("JJ", "NNP") for t in (child, *others)):
                return [child, *others]
    return []


def _together_before(pronoun: Token, stops: frozenset[str]) -> list[Token]:
    if pronoun.dep == "poss" and (subjects := _subjects_together(pronoun)):
        return subjects
    groups = [g for g in named_together(pronoun.sentence) if g[-1].i < pronoun.i]
    if not groups:
        return []
    last = groups[-1]
    if pronoun.lower != "their" and last[0].head is pronoun.head:
        return []  # "A and B met them"
    between = pronoun.sentence.tokens[
        last[-1].i - pronoun.sentence.tokens[0].i + 1 : pronoun.i - pronoun.sentence.tokens[0].i
    ]
    if any(t.tag in ("NNS", "NNPS") and (t.lemma.lower() in stops or t.pos == "PROPN") for t in between):
        return []
    return last


def _subjects_together(pronoun: Token) -> list[Token]:
    """Who they are in "the commander and an aide wore vests at the time of their deaths": the clause's subjects."""
    verb = next((t for t in pronoun.ancestors() if t.pos in ("VERB", "AUX")), None)
    if verb is None:
        return []
    own = next((c for c in verb.children if c.dep in ("nsubj", "nsubjpass") and c.i < pronoun.i), None)
    several = conjuncts(own) if own is not None else []
    return several if len(several) > 1 and all(t.pos in ("NOUN", "PROPN") for t in several) else []


def named_among(token: Token) -> list[Token]:
    """Who is named among several: "nine guests, including two envoys", "leaders such as Roe"."""
    found: list[Token] = []
    for child in token.children:
        if child.dep == "prep" and child.i > token.i:
            if child.lower == "including" or (child.lower == "as" and any(c.lower == "such" for c in child.children)):
                for named in child.children:
                    if named.dep == "pobj":
                        found.extend(conjuncts(named))
    return found


def _those(token: Token) -> list[Token]:
    """Who they are in "two envoys were among those killed"."""
    prep = token.head
    if token.lower != "those" or token.dep != "pobj" or prep.lower not in ("among", "amongst"):
        return []
    return [s for t in subjects_of(prep.head) for s in conjuncts(t)] if prep.head.lemma == "be" else []


def _of_whom(token: Token) -> list[Token]:
    """Who they are in "the crew, some of whom were hurt"."""
    if any(c.lower == "of" and any(p.lower in ("whom", "which") for p in c.children) for c in token.children):
        for above in token.ancestors():
            if above.dep == "relcl":
                return [above.head]
            if above.dep in ("advcl", "ccomp", "conj") and above.head.pos == "VERB":  # the parser's other readings
                before = [t for t in (*subjects_of(above.head), *objects_of(above.head)) if t.i < token.i]
                return [t for t in before if t.tag in ("NNS", "NNPS")][-1:]
    return []
