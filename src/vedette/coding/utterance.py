"""An attribution in the making: the words of its speaker, cue and content, as the parse gives them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from vedette.coding.cues import CueSense
from vedette.records import Span
from vedette.text.tree import Token

__all__ = ["ADDRESSED", "SAY", "Utterance", "addressee_of", "pieces", "subject_of", "subtree_span", "utter"]

ADDRESSED = frozenset("tell inform remind assure advise brief notify ask urge warn".split())
DERIVED_SUBJECTS = ("nsubj", "nsubjpass")


@dataclass(slots=True)
class Utterance:
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


def subject_of(verb: Token, depth: int = 4) -> Token | None:
    for child in verb.children:
        if child.dep in DERIVED_SUBJECTS:
            return child
    if depth == 0 or verb.head is verb:
        return None
    head = verb.head
    if verb.dep == "conj" and head.pos in ("VERB", "AUX"):
        return subject_of(head, depth - 1)
    if verb.dep in ("xcomp", "advcl") and head.pos in ("VERB", "AUX"):
        return subject_of(head, depth - 1)
    if verb.dep == "acl" and verb.tag in ("VBG", "VBN"):
        return head
    if verb.dep == "pcomp" and head.head.pos in ("VERB", "AUX"):
        return subject_of(head.head, depth - 1)
    if verb.dep == "acl" and head.dep in ("dobj", "attr") and head.head.pos in ("VERB", "AUX"):
        return subject_of(head.head, depth - 1)
    return None


def utter(
    subject: Token | None,
    cue: Token,
    content: list[Span],
    sense: CueSense,
    *,
    addressee: str | None = None,
    preposition: Token | None = None,
    also: Sequence[Token] = (),
) -> Utterance:
    """Put an attribution together; `preposition` and `also` are further words of the cue."""
    words = [*_cue_tokens(cue, sense), *also]
    if preposition is not None:
        words.append(preposition)
    words.sort(key=lambda t: t.i)
    spans = [] if subject is None else [subtree_span(subject, stop={cue.i, *(t.i for t in words)})]
    return Utterance(spans, pieces(words, set()), content, cue.lemma.lower(), sense, cue, addressee, False, subject)


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


def addressee_of(verb: Token) -> str | None:
    if verb.lemma.lower() not in ADDRESSED:
        return None
    heard = verb.child("dobj", "dative")
    return " ".join(t.text for t in heard.subtree()) if heard is not None and heard.pos != "VERB" else None


def subtree_span(token: Token, stop: set[int]) -> Span:
    """The words from the first to the last of a token's subtree that lie on its side of `stop`."""
    tokens = [t for t in token.subtree() if t.i not in stop]
    low = max((s for s in stop if s < token.i), default=-1)
    high = min((s for s in stop if s > token.i), default=1 << 60)
    kept = [t for t in tokens if low < t.i < high] or [token]
    while len(kept) > 1 and kept[-1].pos == "PUNCT" and kept[-1].text in ",;:–—-.":
        kept.pop()
    while len(kept) > 1 and kept[0].pos == "PUNCT" and kept[0].text in ",;:–—-":
        kept.pop(0)
    return Span(kept[0].start, kept[-1].end)


def pieces(tokens: Iterable[Token], drop: set[int]) -> list[Span]:
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
