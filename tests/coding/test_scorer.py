"""The scorer of pairs: what it sees of a sentence, what it says, and when it says nothing."""

from __future__ import annotations

import numpy as np
import pytest

from tests.trees import tree
from vedette.coding.scorer import BLOCKS, CODER, DIMENSIONS, NONE, Scorer, features_of_pair, score_pair
from vedette.records import Span

PILLORIED = "Nepal/NNP/nsubj/2 pilloried/VBD/ROOT/0/pillory Bhutan/NNP/dobj/2 over/IN/prep/2 fees/NNS/pobj/4/fee"
NEPAL, BHUTAN = Span(0, 5), Span(16, 22)


class Vectors:
    """A vector of its own for each word that is known."""

    def __init__(self, *words):
        self.known = {w: np.eye(DIMENSIONS, dtype=np.float32)[k] for k, w in enumerate(words)}

    def vector(self, word):
        return self.known.get(word)


def scorer(*, flags=(), dense=(), words=("pillory", "fee")):
    """Classes NONE, ACCUSE and AID; `flags` and `dense` (block, number of the word) speak for ACCUSE with 4.0."""
    weights = np.zeros((len(BLOCKS) * DIMENSIONS, 3), np.float32)
    for block, word in dense:
        weights[BLOCKS.index(block) * DIMENSIONS + word, 1] = 4.0
    named = np.zeros((len(flags) + 1, 3), np.float32)
    named[: len(flags), 1] = 4.0
    rows = {flag: k for k, flag in enumerate((*flags, "never"))}
    return Scorer((NONE, "ACCUSE", "AID"), weights, rows, named, np.zeros(3, np.float32), Vectors(*words))


def test_the_words_of_a_pair_by_place():
    parsed = tree(PILLORIED)
    seen = features_of_pair(parsed.tokens[0], parsed.tokens[2])

    assert {block: words for block, words in zip(BLOCKS, seen.blocks, strict=True) if words} == {
        "top": ("pillory",),
        "path": ("pillory",),
        "oblique": ("fee",),
        "between": ("pillory",),
        "after": ("fee",),
    }
    assert {"top=pillory", "path=pillory", "doer=nsubj", "other=dobj", "first=True"} <= seen.flags


def test_a_refusal_is_seen():
    parsed = tree("Nepal/NNP/nsubj/4 will/MD/aux/4 not/RB/neg/4 pillory/VB/ROOT/0/pillory Bhutan/NNP/dobj/4")

    assert {"mood=will", "negated"} <= features_of_pair(parsed.tokens[0], parsed.tokens[4]).flags


def test_a_word_tells_the_type():
    event = score_pair(tree(PILLORIED), NEPAL, BHUTAN, scorer(flags=["top=pillory"]))

    assert event is not None
    assert (event.event_type, event.mode, event.coder) == ("ACCUSE", None, CODER)
    assert event.confidence == pytest.approx(np.exp(4) / (np.exp(4) + 2), abs=0.001)
    assert event.trigger == (Span(6, 15),)
    assert [p.head for p in event.actors] == [0]
    assert [p.head for p in event.recipients] == [16]


def test_likeness_tells_the_type():
    event = score_pair(tree(PILLORIED), NEPAL, BHUTAN, scorer(dense=[("oblique", 1)]))

    assert event is not None and event.event_type == "ACCUSE"


def test_no_act_in_common_is_none():
    said = scorer()

    assert score_pair(tree(PILLORIED), NEPAL, BHUTAN, said) is None
    assert said.probabilities(features_of_pair(*tree(PILLORIED).tokens[:3:2])) == pytest.approx(
        {NONE: 1 / 3, "ACCUSE": 1 / 3, "AID": 1 / 3}
    )


@pytest.mark.parametrize(("weight", "said"), [(0.2, None), (1.5, "ACCUSE")])
def test_an_unsure_type_is_none(weight, said):
    unsure = scorer(flags=["top=pillory"])
    unsure.sparse[0, 1:] = weight
    unsure.sparse[0, 2] -= 0.3

    event = score_pair(tree(PILLORIED), NEPAL, BHUTAN, unsure)

    assert (event and event.event_type) == said


def test_the_words_that_speak_for_a_type():
    strong = scorer(flags=["top=pillory", "doer=nsubj"], dense=[("oblique", 1)])
    told = strong.evidence(features_of_pair(*tree(PILLORIED).tokens[:3:2]), "ACCUSE")

    assert told == pytest.approx({"fee": 4 - 4 / 3, "pillory": 4 - 4 / 3})


def test_two_sentences_have_no_act_in_common():
    parsed = tree("Nepal/NNP/nsubj/2 waited/VBD/ROOT/0/wait", "Bhutan/NNP/nsubj/2 waited/VBD/ROOT/0/wait")

    assert score_pair(parsed, Span(0, 5), Span(13, 19), scorer(flags=["first=True"])) is None


def test_one_actor_twice_is_no_pair():
    assert score_pair(tree(PILLORIED), NEPAL, NEPAL, scorer(flags=["first=False"])) is None


def test_a_possessor_meets_his_own_noun():
    parsed = tree("Nepal/NNP/poss/3 +'s/POS/case/1 neighbour/NN/nsubj/4 slept/VBD/ROOT/0/sleep")
    event = score_pair(parsed, Span(0, 5), Span(8, 17), scorer(flags=["top=neighbour"]))

    assert event is not None and event.trigger == (Span(8, 17),)
