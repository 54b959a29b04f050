"""Trees that the parser gets wrong, and that are mended as they are made."""

from __future__ import annotations

from tests.trees import tree
from vedette.text.repair import mend
from vedette.text.tree import Parsed

WANTS = (
    "Nepal/NNP/nsubj/2 wants/VBZ/ROOT/0/want to/TO/aux/4 build/VB/xcomp/2 roads/NNS/dobj/4/road and/CC/cc/4 "
    "fears/VBZ/conj/4/fear floods/NNS/dobj/7/flood"
)
SAID = (
    "Passes/NNS/nsubj/3/pass ,/,/punct/1 said/VBD/ROOT/0/say Roe/NNP/nsubj/6 ,/,/punct/4 slept/VBD/ccomp/3/sleep "
    "+././punct/3"
)

ACCUSED = (
    "Nepal/NNP/nsubj/2 accused/VBD/ROOT/0/accuse miners/NNS/dobj/2/miner of/IN/prep/3 blocking/VBG/pcomp/4/block "
    "roads/NNS/dobj/5/road"
)


def mended(sentence: str) -> Parsed:
    parsed = tree(sentence)
    mend(parsed.sentences[0])
    return parsed


def heads(parsed: Parsed) -> list[tuple[str, str, str]]:
    return [(t.text, t.dep, t.head.text) for t in parsed.tokens if t.text.isalpha()]


def test_a_finite_verb_is_not_joined_to_an_infinitive():
    assert ("fears", "conj", "wants") in heads(mended(WANTS))


def test_an_infinitive_is():
    joined = WANTS.replace("fears/VBZ/conj/4/fear", "fear/VB/conj/4/fear")

    assert ("fear", "conj", "build") in heads(mended(joined))


def test_an_inserted_said_is_not_the_main_verb():
    parsed = mended(SAID)

    assert parsed.sentences[0].root.text == "slept"
    assert heads(parsed) == [
        ("Passes", "nsubj", "slept"), ("said", "parataxis", "slept"), ("Roe", "nsubj", "said"), ("slept", "ROOT", "slept"),
    ]  # fmt: skip


def test_mending_twice_changes_nothing():
    for sentence in (WANTS, SAID, ACCUSED):
        parsed = mended(sentence)
        before = heads(parsed)
        mend(parsed.sentences[0])

        assert heads(parsed) == before


def test_a_clause_after_said_is_left_as_it_is():
    plain = "Roe/NNP/nsubj/2 said/VBD/ROOT/0/say rain/NN/nsubj/4 fell/VBD/ccomp/2/fall"

    assert heads(mended(plain)) == heads(tree(plain))


def test_a_charge_belongs_to_the_verb_and_not_to_the_accused():
    assert ("of", "prep", "accused") in heads(mended(ACCUSED))


def test_of_after_other_verbs_stays_with_its_noun():
    avoided = ACCUSED.replace("accused/VBD/ROOT/0/accuse miners", "avoided/VBD/ROOT/0/avoid risks")

    assert ("of", "prep", "risks") in heads(mended(avoided))
