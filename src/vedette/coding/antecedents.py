"""What a pronoun may stand for: the latest thing before it that agrees in number and kind, subjects first.

The subject of what somebody says is rather who says it ("the Front said it had ..."); "it was decided that ..." stands
for nothing. First person is left open: whose "we" it is, the attribution tells.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from vedette.records import ActorCode, Span
from vedette.text.tree import Token

__all__ = ["Antecedents", "Kind", "Thing"]

Kind = Literal["person", "organization", "country", "group", "unnamed", "collective", "document"]

HE = frozenset({"he", "him", "his", "himself"})
SHE = frozenset({"she", "her", "hers", "herself"})
THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
IT = frozenset({"it", "its", "itself"})
RELATIVE = frozenset({"who", "whom", "whose", "which", "that"})
EXPLETIVE = frozenset({"be", "seem", "appear", "become", "remain", "take"})
# How far back a pronoun looks, in sentences.
REACH = 3
# Things that a pronoun or a definite noun may choose from, the latest first; in no report so many stand so near.
MOST = 400


@dataclass(slots=True)
class Thing:
    """An entity in the making."""

    kind: Kind
    mention: str
    actor: ActorCode
    spans: list[Span] = field(default_factory=list)
    is_plural: bool = False
    sex: str | None = None
    is_thing: bool = False  # no person and no body: "the Tajik border", or a place
    last_sentence: int = 0
    last_subject: int = -9
    words: frozenset[str] = frozenset()


class Antecedents:
    """The things that a document has named so far, and where."""

    def __init__(self) -> None:
        self.things: list[Thing] = []
        self.by_token: dict[int, int] = {}  # things by the words that mean them
        self.quoted: Mapping[int, Token] = {}  # who speaks, by the words that are quoted
        self._named_in: dict[int, list[int]] = {}  # things by the sentences that name them

    def join(self, token: Token, k: int) -> int:
        """Let a word mean thing `k`; returns `k`."""
        thing = self.things[k]
        thing.last_sentence = token.sentence.i
        self._named_in.setdefault(token.sentence.i, []).append(k)
        if token.dep in ("nsubj", "nsubjpass"):
            thing.last_subject = token.sentence.i
        self.by_token[token.i] = k
        return k

    def near(self, sentence: int, reach: int) -> list[int]:
        """The things named last, at most `reach` sentences before."""
        found: dict[int, None] = {}
        for i in range(sentence, sentence - reach - 1, -1):
            found.update(dict.fromkeys(reversed(self._named_in.get(i, ()))))
            if len(found) > MOST:
                return list(found)[:MOST]
        return list(found)

    def pronoun(self, token: Token) -> None:
        """Let a pronoun mean what it stands for, where something before it fits."""
        word = token.lower
        if word in RELATIVE:
            clause = token.head
            while clause.dep in ("conj", "xcomp", "ccomp", "prep") and clause.head is not clause:
                clause = clause.head
            if clause.dep == "relcl" and clause.head.i in self.by_token:
                self.by_token[token.i] = self.by_token[clause.head.i]
            return
        if word not in HE | SHE | THEY | IT or _is_expletive(token):
            return
        k = self._sayer(token)
        if k is None or not _agrees(self.things[k], word):
            speaker = self.quoted.get(token.i) if word in HE | SHE else None
            k = self._latest(token, lambda thing: _fits(thing, word) and not self._is(thing, speaker))
        if k is None and word in THEY:
            k = self._latest(token, lambda thing: thing.kind == "country")
        if k is None:
            return
        if word in HE | SHE and self.things[k].sex is None:
            self.things[k].sex = "m" if word in HE else "f"
        self.join(token, k)

    def _sayer(self, token: Token) -> int | None:
        """For the subject of what is said ("the Front said it had ..."): who says it."""
        clause = token.head
        if token.dep not in ("nsubj", "nsubjpass", "poss"):
            return None
        if token.dep == "poss":  # "said its fighters had ..."
            clause = clause.head
        while clause.dep in ("conj", "xcomp") and clause.head is not clause:
            clause = clause.head
        if clause.dep != "ccomp":
            return None
        subject = clause.head.child("nsubj")
        return self.by_token.get(subject.i) if subject is not None else None

    def _is(self, thing: Thing, speaker: Token | None) -> bool:
        """Whether a thing is who speaks, who may be named behind the quotation only."""
        if speaker is None:
            return False
        known = self.by_token.get(speaker.i)
        if known is not None:
            return self.things[known] is thing
        return speaker.text in (thing.actor.name or thing.mention).split()

    def _latest(self, token: Token, fits: Callable[[Thing], bool]) -> int | None:
        """The last thing that fits, subjects before others; within its own sentence an object comes after its subject."""
        here = token.sentence.i
        fitting = [k for k in self.near(here, REACH) if fits(self.things[k])]
        has_subject = token.lower in HE | SHE or any(self.things[k].last_subject == here for k in fitting)
        best, rank = None, (-1.0, -1)
        for k in fitting:
            thing = self.things[k]
            score = thing.last_sentence + (0.8 if thing.last_subject == thing.last_sentence else 0.0)
            if here == thing.last_sentence and thing.last_subject != here and has_subject:
                score -= 0.9
            if (score, k) > rank:
                best, rank = k, (score, k)
        return best


def _is_expletive(token: Token) -> bool:
    """ "It was decided that ...", "it is unclear whether ...": nobody's it."""
    verb = token.head
    if token.lower != "it" or not (token.dep == "nsubjpass" or (token.dep == "nsubj" and verb.lemma in EXPLETIVE)):
        return False
    said = [c for c in verb.children if c.i > verb.i]
    said += [g for c in said if c.dep in ("acomp", "attr") for g in c.children]
    return any(c.dep in ("ccomp", "csubj", "xcomp", "advcl", "relcl") for c in said)


def is_outlet(thing: Thing) -> bool:
    """Whom people tell things is not who they are: "they told VOA that they ..."."""
    return thing.actor.sectors[:1] == ("JRN",)


def _fits(thing: Thing, word: str) -> bool:
    """Whether a pronoun may look back to the thing; nobody is told of an outlet that only asked."""
    if word in HE | SHE:
        is_somebody = thing.kind == "person" or (thing.kind == "unnamed" and thing.actor.role is not None)
        return is_somebody and not (thing.is_plural or thing.is_thing) and _is_of_sex(thing, word)
    if word in THEY:
        is_body = thing.kind in ("group", "collective", "organization") and not is_outlet(thing)
        return not thing.is_thing and (thing.is_plural or is_body)
    is_one = thing.kind in ("organization", "group", "country", "document") or (
        thing.is_thing and thing.kind == "unnamed"
    )
    return is_one and not thing.is_plural and not is_outlet(thing)


def _is_of_sex(thing: Thing, word: str) -> bool:
    return thing.sex in (None, "m" if word in HE else "f")


def _agrees(thing: Thing, word: str) -> bool:
    """Whether a pronoun can stand for the thing in number and kind; a name nobody knows may be a body's."""
    if word in HE | SHE:
        return thing.kind in ("person", "unnamed") and _is_of_sex(thing, word)
    if word in THEY:
        return thing.is_plural or thing.kind in ("group", "collective", "organization")
    unknown = thing.kind == "person" and thing.sex is None and thing.actor.role is None
    return not thing.is_plural and (thing.kind in ("organization", "group", "country", "document") or unknown)
