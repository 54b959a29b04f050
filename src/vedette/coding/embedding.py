"""Name the way from a predicate up to the root of its sentence: which slot it fills in which governing word.

The slots are those of `data/factuality.toml`: kinds of clauses, of objects, and prepositions. Where the parser hangs an
infinitive on the wrong word, the word whose infinitive it is governs it.
"""

from __future__ import annotations

from collections.abc import Iterator

from vedette.coding.effects import Effect, FactualityTable
from vedette.text.tree import Token

__all__ = ["SUBJECTS", "effect_of", "is_headline", "is_open", "way_up"]

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
# Longest way up that is followed: deeper ones are misparses of endless sentences.
DEEPEST = 40
SAME = frozenset({"acomp", "attr", "oprd", "amod", "appos", "prt"})
FIRST = frozenset({"first", "last", "only", "second", "third", "latest", "next"})
# Those who can be made or asked to do something, where the parser takes the infinitive for a clause about them.
PEOPLE = frozenset(
    "person people man woman child boy girl official leader soldier troop force army police worker government "
    "authority resident citizen member team group".split()
)
OPENING = frozenset({"a", "an", "any", "no", "some", "every", "each", "another"})


def way_up(token: Token, table: FactualityTable) -> Iterator[tuple[Token, str]]:
    """Yield each predicate from `token` up to the last that matters, with the slot it fills in the next."""
    node = token
    for _ in range(DEEPEST):
        if node.head is node or is_headline(node):
            break
        slot, governor = _controller(node, table) or _slot(node)
        yield node, slot
        if slot == "free":
            return
        node = governor
    yield node, "root"


def is_headline(node: Token) -> bool:
    """ "Minister to visit Baga": an infinitive that is all the verb its sentence has."""
    if not _is_infinitive(node) or (node.head is not node and node.head.head is not node.head):
        return False
    is_bare = node.head is node or (node.dep in ("relcl", "acl") and node.head.tag.startswith("N"))
    return is_bare and not any(t.tag in ("VBD", "VBZ", "VBP", "MD") for t in node.sentence.tokens)


def _controller(node: Token, table: FactualityTable) -> tuple[str, Token] | None:
    """The verb that an infinitive belongs to where the parser hangs it on the verb's object or calls it a purpose.

    "They urged the army to leave", "called for talks to resume", "were ordered to leave".
    """
    if node.dep not in ("relcl", "acl", "advcl") or not _is_infinitive(node):
        return None
    noun = node.head
    if node.dep == "advcl":
        return ("to", noun) if noun.tag.startswith("V") and effect_of(noun, "to", table) is not None else None
    if effect_of(noun, "to", table) is not None:
        return "to", noun
    prep = noun.head
    if noun.dep == "pobj" and prep.lower == "for" and prep.head is not prep:
        slot = next((slot for slot in ("to", "for") if effect_of(prep.head, slot, table) is not None), None)
        return (slot, prep.head) if slot else None
    if noun.dep in ("dobj", "dative", "nsubjpass") and effect_of(noun.head, "to", table) is not None:
        return "to", noun.head
    return (_relative_infinitive(noun), noun) if node.dep == "relcl" else None


def _relative_infinitive(noun: Token) -> str:
    """What "NOUN to do" says: "the first town to fall" fell; "sent a man to look" is control, "a tool to cut" purpose."""
    if any(c.lower in FIRST for c in noun.children):
        return "what"
    return "to" if noun.pos in ("PRON", "PROPN") or noun.lemma in PEOPLE else "tool"


def _is_infinitive(node: Token) -> bool:
    """Whether a verb stands with "to" and no question word or subject relative of its own."""
    return any(c.tag == "TO" and c.dep == "aux" for c in node.children) and not any(
        c.tag in ("WP", "WDT", "WP$", "WRB") for c in node.children
    )


def _slot(node: Token) -> tuple[str, Token]:
    dep, head = node.dep, node.head
    if dep in ("conj", "parataxis"):
        return "conj", head
    if dep in ("pobj", "pcomp"):
        if dep == "pcomp" and any(c.lower in ("whether", "if") for c in node.children):
            return "whether", head.head
        prep = head
        while prep.dep in ("prep", "pcomp") and prep.head.dep in ("prep", "agent") and prep.head is not prep:
            prep = prep.head
        if prep.head is prep:
            return "conj", prep
        if dep == "pobj" and head.lower == "to":
            return "to noun", prep.head
        return ("with" if prep.dep == "agent" else head.lower), prep.head
    if dep in ("ccomp", "csubj", "csubjpass", "xcomp"):
        return _clause_slot(node, dep), head
    if dep == "advcl":
        return "advcl", head
    if dep == "relcl":
        return "relative", head
    if dep == "acl":
        return _clause_slot(node, dep), head
    if dep in ("dobj", "dative", "obj"):
        return "object", head
    if dep == "nsubjpass":
        return "passive", head
    if dep == "nsubj":
        return "subject", head
    if dep in ("compound", "nmod"):
        return "compound", head
    if dep == "amod" and head.tag.startswith("N") and not is_open(head):
        return "reduced", head
    if dep in SAME:
        return "same", head
    if dep == "poss":
        return "possessor", head
    if dep in ("prep", "agent", "aux", "auxpass", "advmod", "neg", "mark", "cc"):
        return "same", head
    return "free", head


def _clause_slot(node: Token, dep: str) -> str:
    """The kind of clause: that, whether, what, to, bare, ing, reduced, object."""
    has_to = has_subject = is_finite = False
    for child in node.children:
        if child.dep == "mark":
            if child.lower in ("if", "whether"):
                return "whether"
            is_finite = is_finite or child.lower == "that"
        elif child.dep in ("aux", "auxpass"):
            if child.tag == "TO":
                has_to = True
            elif child.tag in ("MD", "VBD", "VBZ", "VBP"):
                is_finite = True
        elif child.dep in SUBJECTS:
            has_subject = True
            if child.tag in ("WP", "WDT", "WP$"):
                return "what"
        elif child.tag in ("WRB", "WP", "WDT", "WP$") and child.i < node.i:
            return "whether" if has_to or child.lower == "whether" else "what"
    tag = node.tag
    if has_to:
        return "to"
    if is_finite or tag in ("VBZ", "VBD", "VBP"):
        return "that"
    if tag == "VBG":
        return "ing" if dep != "acl" else "reduced"
    if dep == "acl":
        return "that" if has_subject else "reduced"
    if tag == "VB":
        return "that" if dep in ("csubj", "csubjpass") else "bare"
    if dep == "xcomp":
        return "ing" if tag.startswith("V") else "object"
    return "that"


def effect_of(governor: Token, slot: str, table: FactualityTable) -> Effect | None:
    """What `governor` does to `slot`: by its lemma, else (a participle, an adjective) by its form."""
    letter = "V" if governor.pos == "AUX" else governor.tag[:1]
    keys = [letter + governor.lemma.lower()]
    if letter in ("V", "J"):
        keys += ["J" + governor.lower, "V" + governor.lemma.lower()]
    if governor.lower == "sure" and governor.head.lemma == "make":
        keys = ["Vensure"]
    for key in keys:
        slots = table.effects.get(key, {})
        found = slots.get(slot) or (slots.get("to") if slot == "bare" else None)
        if found is not None:
            return found
    return None


def is_open(node: Token) -> bool:
    return any(c.dep == "det" and c.lower in OPENING for c in node.children)
