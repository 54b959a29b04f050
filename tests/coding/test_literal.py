"""Acts of violence against figures of speech, accidents and talk of violence; the lexicon is the one that is shipped."""

from __future__ import annotations

import pytest

from tests.coding.test_events import shown
from tests.trees import tree


def kinds(words: str) -> list[str]:
    return [kind for kind, *_ in shown(tree(words))]


@pytest.mark.parametrize(
    ("aim", "expected"),
    [
        ("democracy/NN/pobj/4", []),
        ("villages/NNS/pobj/4/village", ["ASSAULT"]),
        ("democracy/NN/pobj/4 and/CC/cc/5 villages/NNS/conj/5/village", ["ASSAULT"]),
        ("peace/NN/compound/6 activists/NNS/pobj/4/activist", ["ASSAULT"]),
    ],
)
def test_an_attack_on_an_idea_is_none(aim, expected):
    noun = f"The/DT/det/2 attack/NN/nsubj/3 shocked/VBD/ROOT/0/shock on/IN/prep/2 {aim}"
    verb = f"Rebels/NNS/nsubj/3/rebel have/VBP/aux/3 attacked/VBN/ROOT/0/attack at/IN/prep/3 {aim}"

    assert kinds(noun) == expected
    assert kinds(verb) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("for/IN/prep/2 freedom/NN/pobj/3", []),
        ("for/IN/prep/2 towns/NNS/pobj/3/town", ["ASSAULT"]),
        ("for/IN/prep/2 freedom/NN/pobj/3 in/IN/prep/2 Tarela/NNP/pobj/5", ["ASSAULT"]),
    ],
)
def test_fighting_for_an_idea_is_none_where_no_place_is_told(words, expected):
    assert kinds(f"Rebels/NNS/nsubj/2/rebel fight/VBP/ROOT/0/fight {words}") == expected


def test_a_war_on_an_idea_is_none():
    words = "Zenda/NNP/nsubj/2 wages/VBZ/ROOT/0/wage war/NN/dobj/2 on/IN/prep/{} {}/pobj/4"

    assert kinds(words.format(3, "corruption/NN")) == []
    assert kinds(words.format(2, "corruption/NN")) == []
    assert kinds(words.format(3, "Klow/NNP")) == ["ASSAULT"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("A/DT/det/2 quake/NN/nsubj/3 killed/VBD/ROOT/0/kill men/NNS/dobj/3/man", []),
        ("A/DT/det/2 mob/NN/nsubj/3 killed/VBD/ROOT/0/kill men/NNS/dobj/3/man", ["ASSAULT"]),
        ("A/DT/det/2 bus/NN/nsubjpass/4 was/VBD/auxpass/4 destroyed/VBN/ROOT/0/destroy by/IN/agent/4 floods/NNS/pobj/5/flood", []),
        ("A/DT/det/2 bus/NN/nsubjpass/4 was/VBD/auxpass/4 destroyed/VBN/ROOT/0/destroy by/IN/agent/4 rebels/NNS/pobj/5/rebel", ["ASSAULT"]),
        # a further verb of the sentence tells of the same cause, unless it names who did it
        (
            "A/DT/det/2 quake/NN/nsubj/3 destroyed/VBD/ROOT/0/destroy homes/NNS/dobj/3/home and/CC/cc/3 "
            "men/NNS/nsubjpass/8/man were/VBD/auxpass/8 killed/VBN/conj/3/kill",
            [],
        ),
        (
            "A/DT/det/2 quake/NN/nsubj/3 destroyed/VBD/ROOT/0/destroy homes/NNS/dobj/3/home and/CC/cc/3 "
            "men/NNS/nsubjpass/8/man were/VBD/auxpass/8 killed/VBN/conj/3/kill by/IN/agent/8 looters/NNS/pobj/9/looter",
            ["ASSAULT"],
        ),
        (
            "Men/NNS/nsubjpass/3/man were/VBD/auxpass/3 killed/VBN/ROOT/0/kill when/WRB/advmod/6 jets/NNS/nsubj/6/jet "
            "collided/VBD/advcl/3/collide",
            [],
        ),
        (
            "Men/NNS/nsubjpass/3/man were/VBD/auxpass/3 killed/VBN/ROOT/0/kill when/WRB/advmod/6 rebels/NNS/nsubj/6/rebel "
            "crashed/VBD/advcl/3/crash trucks/NNS/dobj/6/truck into/IN/prep/6 them/PRP/pobj/8",
            ["ASSAULT"],
        ),
        # "drugs" kill as no one's doing, drug gangs as theirs
        ("Drugs/NNS/nsubj/3/drug are/VBP/aux/3 killing/VBG/ROOT/0/kill men/NNS/dobj/3/man", []),
        ("Drug/NN/compound/2 gangs/NNS/nsubj/3/gang killed/VBD/ROOT/0/kill men/NNS/dobj/3/man", ["ASSAULT"]),
    ],
)  # fmt: skip
def test_what_nobody_did_is_no_assault(words, expected):
    assert kinds(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("They/PRP/nsubj/2 seek/VBP/ROOT/0/seek a/DT/det/4 solution/NN/dobj/2 to/IN/prep/4 the/DT/det/7 conflict/NN/pobj/5", []),
        # its parties or place are told, or it goes on
        (
            "They/PRP/nsubj/2 seek/VBP/ROOT/0/seek a/DT/det/4 solution/NN/dobj/2 to/IN/prep/4 the/DT/det/7 conflict/NN/pobj/5 "
            "in/IN/prep/7 Zenda/NNP/pobj/8",
            ["ASSAULT"],
        ),
        (
            "They/PRP/nsubj/2 seek/VBP/ROOT/0/seek a/DT/det/4 solution/NN/dobj/2 to/IN/prep/4 their/PRP$/poss/7 war/NN/pobj/5 "
            "with/IN/prep/7 Klow/NNP/pobj/8",
            ["ASSAULT"],
        ),
        ("The/DT/det/2 conflict/NN/nsubj/3 shattered/VBD/ROOT/0/shatter towns/NNS/dobj/3/town", ["ASSAULT"]),
        # an attack is an act, however it is talked of
        ("They/PRP/nsubj/2 study/VBP/ROOT/0/study the/DT/det/4 attack/NN/dobj/2", ["ASSAULT"]),
        ("They/PRP/nsubj/2 eschew/VBP/ROOT/0/eschew violence/NN/dobj/2", []),
        ("They/PRP/nsubj/2 incite/VBP/ROOT/0/incite violence/NN/dobj/2", []),
        ("They/PRP/nsubj/2 heard/VBD/ROOT/0/hear of/IN/prep/2 violence/NN/pobj/3", ["ASSAULT"]),
        ("They/PRP/nsubj/2 put/VBD/ROOT/0/put an/DT/det/4 end/NN/dobj/2 to/IN/prep/2 the/DT/det/7 war/NN/pobj/5", []),
        ("They/PRP/nsubj/2 put/VBD/ROOT/0/put a/DT/det/4 label/NN/dobj/2 to/IN/prep/2 the/DT/det/7 war/NN/pobj/5", ["ASSAULT"]),
    ],
)  # fmt: skip
def test_violence_at_large_is_talk(words, expected):
    assert kinds(words) == expected


def test_a_state_of_siege_is_one_measure():
    words = "Zenda/NNP/nsubj/2 fears/VBZ/ROOT/0/fear a/DT/det/4 state/NN/dobj/2 of/IN/prep/4 siege/NN/pobj/5"

    assert [(kind, trigger) for kind, trigger, *_ in shown(tree(words))] == [("COERCE", "state siege")]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Three/CD/nummod/2 guards/NNS/nsubj/3/guard are/VBP/ROOT/0/be dead/JJ/acomp/3", ["ASSAULT"]),
        ("They/PRP/nsubj/2 hid/VBD/ROOT/0/hide the/DT/det/5 dead/JJ/amod/5 guard/NN/dobj/2", []),
        ("Who/WP/nsubj/2 is/VBZ/ROOT/0 dead/JJ/acomp/2 +?/./punct/2", []),
        ("Roe/NNP/nsubjpass/3 was/VBD/auxpass/3 found/VBN/ROOT/0/find dead/JJ/oprd/3", ["ASSAULT"]),
    ],
)
def test_the_dead_are_a_toll_where_they_are_counted_or_found(words, expected):
    assert kinds(words) == expected


def test_half_a_compound_is_no_act():
    words = "Aid/NN/nsubj/2 reached/VBD/ROOT/0/reach the/DT/det/7 war/NN/{}/6 {}-/HYPH/punct/6 {}torn/VBN/amod/7/tear city/NN/dobj/2"

    assert kinds(words.format("npadvmod", "+", "+")) == []
    assert kinds(words.format("npadvmod", "", "")) == ["ASSAULT"]  # a dash between two words


@pytest.mark.parametrize(
    "words",
    [
        "They/PRP/nsubj/2 acted/VBD/ROOT/0/act in/IN/prep/2 violation/NN/pobj/3 of/IN/prep/4 the/DT/det/7 law/NN/pobj/5",
        "They/PRP/nsubj/2 use/VBP/ROOT/0/use chemical/JJ/amod/4 dyes/NNS/dobj/2/dye",
        "The/DT/det/2 position/NN/nsubj/5 you/PRP/nsubj/4 take/VBP/relcl/2/take is/VBZ/ROOT/0 wrong/JJ/acomp/5",
        "Roe/NNP/nsubjpass/3 was/VBD/auxpass/3 taken/VBN/ROOT/0/take to/IN/prep/3 the/DT/det/6 city/NN/pobj/4",
        "Guards/NNS/nsubj/2/guard lugged/VBD/ROOT/0/lug tear/NN/compound/4 gas/NN/dobj/2",
        "They/PRP/nsubj/2 ponder/VBP/ROOT/0/ponder smuggling/NN/dobj/2",
        "They/PRP/nsubj/2 await/VBP/ROOT/0/await a/DT/det/5 social/JJ/amod/5 explosion/NN/dobj/2",
    ],
)
def test_words_that_name_no_act(words):
    assert kinds(words) == []


def test_smuggling_of_somebody_or_of_arms_is_an_act():
    assert kinds("They/PRP/nsubj/2 ponder/VBP/ROOT/0/ponder human/JJ/amod/4 trafficking/NN/dobj/2") == ["COERCE"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Police/NNS/nsubj/2/police search/VBP/ROOT/0/search for/IN/prep/2 gunmen/NNS/pobj/3/gunman", ["COERCE"]),
        ("Both/DT/nsubj/2/both search/VBP/ROOT/0/search for/IN/prep/2 peace/NN/pobj/3", []),
        (
            "Zenda/NNP/nsubj/2 turned/VBD/ROOT/0/turn fugitives/NNS/dobj/2/fugitive over/RP/prt/2 to/IN/prep/2 "
            "Klow/NNP/pobj/5",
            ["COERCE"],
        ),
        (
            "Roe/NNP/nsubj/2 turned/VBD/ROOT/0/turn himself/PRP/dobj/2 over/RP/prt/2 to/IN/prep/2 guards/NNS/pobj/5/guard",
            [],
        ),
        ("Zenda/NNP/nsubj/2 turned/VBD/ROOT/0/turn migrants/NNS/dobj/2/migrant back/RB/advmod/2", ["COERCE"]),
        (
            "They/PRP/nsubj/2 turned/VBD/ROOT/0/turn their/PRP$/poss/4 backs/NNS/dobj/2/back on/IN/prep/2 him/PRP/pobj/5",
            [],
        ),
    ],
)
def test_whom_a_measure_befalls(words, expected):
    assert kinds(words) == expected
