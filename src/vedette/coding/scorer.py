"""Say by likeness to examples what two given actors have to do with each other, where no entry of the lexicon does.

A linear model over the words between, around and above the two: their vectors (the parser's own static ones) averaged
by place, and the words themselves. It was trained on sentences written for it and on the lexicon's entries
(`training/`; docs/method/events_scorer.md has its card). Pure: weights and vectors are handed in.

Only pairs for which the lexicon found nothing come here: where it speaks, it is right far more often.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from vedette.coding.frames import core, modal_of, phrase_of
from vedette.records import Event, Span
from vedette.text.tree import Parsed, Token

__all__ = [
    "BLOCKS",
    "CODER",
    "DIMENSIONS",
    "NONE",
    "Features",
    "Scorer",
    "WordVectors",
    "features_of_pair",
    "heads_of",
    "means",
    "score_pair",
]

CODER = "scorer/1"
# The class of pairs that have no act in common.
NONE = "NONE"
# Below this a pair stays uncoded: in the folds of training/train.py fewer than every third answer below it is right.
LEAST = 0.4
DIMENSIONS = 300
# The places whose words are averaged, in the order of the weights.
BLOCKS = ("top", "path", "governed", "oblique", "between", "before", "after", "names")
CONTENT = frozenset({"NOUN", "VERB", "ADJ", "ADV"})
UNTOLD = frozenset({"PROPN", "NUM", "PUNCT"})
GOVERNED = frozenset({"dobj", "xcomp", "ccomp", "prt", "attr", "acomp", "nsubjpass", "oprd", "pcomp"})
INNER = frozenset({"dobj", "amod", "compound", "xcomp", "prep"})
# Flags that are of one word.
WORDED = frozenset({"top", "path", "under", "between"})
# Words of one place that count, and how far before and after the two a sentence is read.
MOST_WORDS = 12
WORDS_BEFORE = 6
WORDS_AFTER = 10

Floats = NDArray[np.float32]


class WordVectors(Protocol):
    """Static vectors of words."""

    def vector(self, word: str) -> Floats | None:
        """The vector of a lower-case word, shape ``(DIMENSIONS,)``, of length 1; None where there is none."""
        ...


@dataclass(frozen=True, slots=True)
class Features:
    """What is seen of a pair: the words of each block, in the order of `BLOCKS`, and the flags that hold."""

    blocks: tuple[tuple[str, ...], ...]
    flags: frozenset[str]


@dataclass(frozen=True, slots=True)
class Scorer:
    """Weights of the model: `classes` are PLOVER types and `NONE`.

    `dense` has shape ``(len(BLOCKS) * DIMENSIONS, n_classes)``, `flags` a row of `sparse` ``(n_flags, n_classes)`` by
    name, `bias` shape ``(n_classes,)``; all float32.
    """

    classes: tuple[str, ...]
    dense: Floats
    flags: Mapping[str, int]
    sparse: Floats
    bias: Floats
    vectors: WordVectors

    def probabilities(self, features: Features) -> dict[str, float]:
        """The share of each class, 0..1, summing to 1."""
        scores = self.bias + means(features, self.vectors) @ self.dense
        rows = sorted(self.flags[flag] for flag in features.flags if flag in self.flags)
        if rows:
            scores = scores + self.sparse[rows].sum(axis=0)
        shares = np.exp(scores - scores.max())
        return dict(zip(self.classes, (shares / shares.sum()).tolist(), strict=True))

    def evidence(self, features: Features, event_type: str) -> dict[str, float]:
        """How much each word speaks for a class against the mean of all (log odds), the strongest first."""
        k = self.classes.index(event_type)
        dense = self.dense[:, k] - self.dense.mean(axis=1)
        sparse = self.sparse[:, k] - self.sparse.mean(axis=1)
        told: dict[str, float] = {}
        for flag in features.flags:
            where, _, word = flag.partition("=")
            if flag in self.flags and where in WORDED:
                told[word] = told.get(word, 0.0) + float(sparse[self.flags[flag]])
        for n, words in enumerate(features.blocks):
            found = [(w, v) for w, v in ((w, self.vectors.vector(w)) for w in words) if v is not None]
            for word, vector in found:
                share = float(vector @ dense[n * DIMENSIONS : (n + 1) * DIMENSIONS]) / len(found)
                told[word] = told.get(word, 0.0) + share
        return dict(sorted(told.items(), key=lambda pair: (-pair[1], pair[0])))


def score_pair(parsed: Parsed, actor: Span, recipient: Span, scorer: Scorer) -> Event | None:
    """Return the event that two given actors of one sentence have in common by their likeness to examples, or None.

    The trigger is the word at which their ways up the parse meet, the roles are the given ones, the confidence is the
    model's share of the type, and the mode is None.
    """
    heads = heads_of(parsed, actor, recipient)
    if heads is None:
        return None
    doer, other = heads
    shares = scorer.probabilities(features_of_pair(doer, other))
    event_type, share = max(shares.items(), key=lambda pair: pair[1])
    if event_type == NONE or share < LEAST:
        return None
    path, top = _path(doer, other)
    head = next((t for t in (top, *path) if t is not doer and t is not other), top)
    return Event(
        kind="event",
        trigger=(head.span,),
        head=head.start,
        sentence=head.sentence.span,
        coder=CODER,
        event_type=event_type,
        actors=(phrase_of(doer),),
        recipients=(phrase_of(other),),
        confidence=round(share, 3),
    )


def heads_of(parsed: Parsed, actor: Span, recipient: Span) -> tuple[Token, Token] | None:
    """The head words of two actors, or None where they do not stand as two words in one sentence."""
    doer, other = parsed.head_of(actor), parsed.head_of(recipient)
    if doer is None or other is None or doer is other or doer.sentence is not other.sentence:
        return None
    return doer, other


def features_of_pair(doer: Token, other: Token) -> Features:
    """What is seen of two actors, given by the heads of their phrases, in one sentence."""
    path, top = _path(doer, other)
    pair = (doer.i, other.i)
    low, high = min(pair), max(pair)
    tokens = doer.sentence.tokens
    first = tokens[0].i
    before = tokens[max(0, low - first - WORDS_BEFORE) : low - first]
    between = tokens[low - first + 1 : high - first]
    after = tokens[high - first + 1 : high - first + 1 + WORDS_AFTER]
    governed = [c for t in path for c in t.children if c.dep in GOVERNED and c.i not in pair]
    oblique = [
        core(c)
        for t in path
        for p in t.children
        if p.dep == "prep"
        for c in p.children
        if c.dep in ("pobj", "pcomp") and c.i not in pair
    ]
    inner = [c for t in governed for c in t.children if c.dep in INNER]
    on_path = {t.i for t in path}
    names = [t for t in (*doer.subtree(), *other.subtree()) if t.i not in on_path]
    blocks = ([top], path, governed, [*oblique, *inner], between, before, after, names)
    return Features(tuple(map(_told, blocks)), frozenset(_flags(doer, other, top, path, [*governed, *inner], between)))


def means(features: Features, vectors: WordVectors) -> Floats:
    """The mean vectors of the blocks one after the other, shape ``(len(BLOCKS) * DIMENSIONS,)``; zeros for no word."""
    made = np.zeros((len(BLOCKS), DIMENSIONS), dtype=np.float32)
    for k, words in enumerate(features.blocks):
        found = [v for v in map(vectors.vector, words) if v is not None]
        if found:
            made[k] = np.mean(found, axis=0)
    return made.ravel()


def _flags(
    doer: Token, other: Token, top: Token, path: Sequence[Token], under: Sequence[Token], between: Sequence[Token]
) -> Iterable[str]:
    yield from (f"path={_word(t)}" for t in path)
    yield from (f"under={_word(t)}" for t in under)
    yield from (f"between={_word(t)}" for t in between if t.pos not in UNTOLD)
    yield from (f"top={_word(top)}", f"doer={doer.dep}", f"other={other.dep}", f"first={doer.i < other.i}")
    if top.pos in ("VERB", "AUX"):
        mood, _, is_negated = modal_of(top)
        if mood:
            yield f"mood={mood}"
        if is_negated:
            yield "negated"


def _path(doer: Token, other: Token) -> tuple[list[Token], Token]:
    """The tokens on the way from one up and down to the other without the two, and the one where they meet."""
    up = [doer, *doer.ancestors()]
    known = {t.i: k for k, t in enumerate(up)}
    down = []
    token = other
    while token.i not in known and not token.is_root:
        down.append(token)
        token = token.head
    if token.i not in known:  # a sentence of two roots
        return [], token
    return [*up[1 : known[token.i]], token, *reversed(down[1:])], token


def _told(tokens: Iterable[Token]) -> tuple[str, ...]:
    return tuple(_word(t) for t in tokens if t.pos in CONTENT)[:MOST_WORDS]


def _word(token: Token) -> str:
    return token.lemma.lower()
