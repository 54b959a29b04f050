"""The cue beside a quotation, read from the words next to its marks.

After it: '"...," she said', '"...," said the mayor'. Before it: 'he said, "..."', 'the note read: "..."', 'Jane Roe:
"..."'. Words decide before the tree, wherever marks may have misled the parser: "said" always is a verb.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from vedette.coding.cues import Cues, CueSense
from vedette.coding.utterance import SAY, subject_of
from vedette.text.tree import Sentence, Token

__all__ = ["Cued", "cue_after", "cue_at_root", "cue_before"]

# Verbs that the parser often takes for a name beside a mark.
SAID = {"said": "say", "says": "say", "asked": "ask", "added": "add", "wrote": "write", "asks": "ask", "adds": "add"}
# Verbs that say something only beside a quotation.
QUOTING = frozenset(
    "chant sing bark snap retort scold type recite intone croon begin start finish conclude continue agree sign laugh "
    "smile nod thunder fume plead sneer scoff counter shoot put interrupt read go rap".split()
)
FINITE = ("VBD", "VBZ", "VBP")
NOMINAL = ("NOUN", "PROPN", "PRON")
AFTER_QUOTE = (",", "’", "'", "”", '"', "’”")
WITHIN_NAME = ("compound", "nmod", "amod", "poss", "det", "nummod", "case", "quantmod", "advmod", "predet")
# A speaker begins at once after a closing mark, but for a comma, "as", "then", "later".
NEAR = 3
MAX_NAME = 15
# How far before the words a subject may stand that a verb shares with one before.
BACK = 40


class Cued(NamedTuple):
    """A quotation's cue: its verb, or the colon in its stead, and the head of its speaker."""

    verb: Token
    subject: Token | None
    sense: CueSense
    is_colon: bool = False  # a colon leads to the quotation
    is_own: bool = True  # the subject is the verb's own, not one that it shares with a verb before


def cue_after(words: Sequence[Token], ending: str, cues: Cues) -> Cued | None:
    """The cue in the words from a closing mark to the next stop; `ending` is the quotation's last character."""
    n_marks = 0
    while n_marks < len(words) and words[n_marks].pos == "PUNCT" and words[n_marks].text in AFTER_QUOTE:
        ending = "," if words[n_marks].text == "," else ending
        n_marks += 1
    words = words[n_marks:]
    if not words or (ending in ".:;" and not words[0].text[:1].islower()):
        return None
    inside = {t.i for t in words}
    for k, verb in enumerate(words):
        if not (_is_finite(verb) or _is_mistaken(words, k, cues, is_comma=ending != ".")) or (
            verb.dep in ("relcl", "acl") and verb.tag != "VBN" and verb.lower not in SAID
        ):
            continue
        if any(c.dep == "nsubj" and c.tag in ("WP", "WDT") for c in verb.children):
            continue
        is_known = _is_known(verb, cues)
        if not is_known and (ending not in (",", "?", "!") or verb.pos == "AUX"):
            continue
        subject = _own_subject(verb, inside) or _beside(words, k)
        if subject is None:
            continue
        if ending.isalnum() and any(child.dep == "ccomp" and child.i > verb.i for child in verb.children):
            return None  # what it says follows; the marks before are a heading's
        start = min([verb.i, *(t.i for t in subject.subtree() if t.i in inside)])
        if start - words[0].i > NEAR:
            return None
        return Cued(verb, subject, _sense(verb, cues))
    return None


def cue_before(words: Sequence[Token], cues: Cues, *, is_sentence: bool) -> Cued | None:
    """The cue in the words from the last stop to an opening mark.

    A colon may follow any verb, or a name; a comma, or nothing, only a verb of saying; nothing, only where the
    quotation is a sentence.
    """
    words = list(words)
    ending = words[-1].text if words else ""
    is_colon = ending == ":"
    while words and words[-1].pos == "PUNCT" and words[-1].text in (":", ",", "–", "—", "-", "--"):
        words.pop()
    if not words or (ending in ("–", "—", "-", "--")):
        return None
    if not is_colon and ending != "," and not (is_sentence and _says(words[-1], cues)):
        return None
    inside = {t.i for t in words}
    for k in range(len(words) - 1, -1, -1):
        verb = words[k]
        if not _says(verb, cues):
            continue
        if ending == "," and any(_is_finite(t) for t in words[k + 1 :]):
            return None
        own = _own_subject(verb, inside)
        shared = _named_before(words, k) or subject_of(verb)
        if shared is not None and (shared.i > words[-1].i or shared.i < words[0].i - BACK):
            shared = None
        subject = own or shared or _beside(words, k)
        if subject is None and not is_colon:
            return None
        return Cued(verb, subject, _sense(verb, cues), is_colon, own is not None)
    if not is_colon:
        return None
    return _colon(words, inside, cues)


def cue_at_root(sentence: Sentence, cues: Cues) -> Cued | None:
    """A sentence's main verb, where it is one of saying with a subject."""
    root = sentence.root
    subject = root.child("nsubj")
    if root.pos != "VERB" or subject is None or not _is_known(root, cues):
        return None
    return Cued(root, subject, _sense(root, cues))


def _colon(words: Sequence[Token], inside: set[int], cues: Cues) -> Cued | None:
    """The cue of a colon without a verb of saying: a name before it, or the clause's verb."""
    verbs = [t for t in words if _is_clause(t) and t.dep not in ("relcl", "acl", "amod")]
    if not verbs:
        if len(words) > MAX_NAME:
            return None
        nominal = next((t for t in words if t.pos in NOMINAL), None)
        return Cued(words[-1], _top(nominal, inside), SAY, True) if nominal is not None else None
    for verb in reversed(verbs):
        subject = _own_subject(verb, inside)
        if subject is not None and subject.pos in NOMINAL:
            return Cued(verb, subject, _sense(verb, cues), True)
    return None


def _is_clause(token: Token) -> bool:
    return _is_finite(token) or (token.pos == "VERB" and token.child("nsubj", "nsubjpass") is not None)


def _is_finite(token: Token) -> bool:
    if token.lower in SAID:
        return True
    return token.pos in ("VERB", "AUX") and token.tag in FINITE and token.dep not in ("aux", "auxpass")


def _is_mistaken(words: Sequence[Token], k: int, cues: Cues, *, is_comma: bool) -> bool:
    """A verb that the parser took for a plural or a participle: "Roe notes", "Roe demanded"."""
    token = words[k]
    if k == 0 or words[k - 1].pos not in ("PROPN", "PRON") or not _is_known(token, cues):
        return False
    if token.tag == "VBN":
        return is_comma and token.child("aux", "auxpass") is None
    if token.tag != "NNS":
        return False
    return k + 1 == len(words) or words[k + 1].pos in ("ADP", "ADV", "PUNCT", "PART", "SCONJ")


def _says(token: Token, cues: Cues) -> bool:
    return (token.pos == "VERB" or token.lower in SAID) and _is_known(token, cues)


def _is_known(verb: Token, cues: Cues) -> bool:
    return "clause" in cues.verbs.get(_lemma(verb), {}) or _lemma(verb) in QUOTING


def _lemma(verb: Token) -> str:
    return SAID.get(verb.lower) or verb.lemma.lower()


def _sense(verb: Token, cues: Cues) -> CueSense:
    return cues.verbs.get(_lemma(verb), {}).get("clause", SAY)


def _own_subject(verb: Token, inside: set[int]) -> Token | None:
    """The subject among the words of the window, in either order: '"...," said the mayor' may make it an object."""
    for child in verb.children:
        if child.dep in ("nsubj", "nsubjpass") and child.i in inside:
            return child
    if verb.i - 1 in inside or verb.tag not in FINITE:
        return None
    for child in verb.children:
        if child.i > verb.i and child.i in inside and child.dep in ("dobj", "attr", "npadvmod", "oprd"):
            return child if child.pos in NOMINAL else None
    return None


def _beside(words: Sequence[Token], k: int) -> Token | None:
    """The name beside a verb, where the tree shows none: right after "said", or the nominal that begins the words."""
    inside = {t.i for t in words}
    if k == 0:
        for token in words[1 : NEAR + 2]:
            if token.pos in NOMINAL:
                return _top(token, inside)
            if token.pos not in ("DET", "ADJ", "NUM", "ADV"):
                return None
        return None
    if words[0].pos in (*NOMINAL, "DET", "ADJ"):
        first = next((t for t in words[:k] if t.pos in NOMINAL), None)
        return _top(first, {t.i for t in words[:k]}) if first is not None else None
    return None


def _named_before(words: Sequence[Token], k: int) -> Token | None:
    """The name right before a verb: "footage of Jane Roe saying"; what is written or said is no speaker."""
    if k == 0 or words[k - 1].pos not in ("PROPN", "PRON") or words[k].tag not in (*FINITE, "VBG"):
        return None
    if words[k - 1].pos == "PRON" and words[k - 1].tag != "PRP":
        return None
    return _top(words[k - 1], {t.i for t in words[:k]})


def _top(token: Token | None, inside: set[int]) -> Token | None:
    """The head of the name that a token begins."""
    while token is not None and token.dep in WITHIN_NAME and token.head.i in inside and token.head is not token:
        token = token.head
    return token
