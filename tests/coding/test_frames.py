"""Who stands where in small trees built by hand."""

from __future__ import annotations

from tests.trees import tree
from vedette.coding.frames import (
    conjuncts,
    core,
    is_passive,
    is_time,
    modal_of,
    objects_of,
    phrase_of,
    speakers_of,
    subjects_of,
)
from vedette.text.tree import Parsed, Token


def at(parsed: Parsed, word: str) -> Token:
    return next(t for t in parsed.tokens if t.text == word)


def test_controlled_infinitive_takes_the_object_as_subject():
    parsed = tree("Nepal/NNP/nsubj/2 urged/VBD/ROOT/0/urge Bhutan/NNP/dobj/2 to/TO/aux/5 withdraw/VB/xcomp/2")

    assert [t.text for t in subjects_of(at(parsed, "withdraw"))] == ["Bhutan"]


def test_promised_infinitive_takes_the_subject_where_there_is_no_object():
    parsed = tree("Nepal/NNP/nsubj/2 agreed/VBD/ROOT/0/agree to/TO/aux/4 withdraw/VB/xcomp/2")

    assert [t.text for t in subjects_of(at(parsed, "withdraw"))] == ["Nepal"]


def test_adjective_hands_its_subject_on():
    parsed = tree("Nepal/NNP/nsubj/2 is/VBZ/ROOT/0/be ready/JJ/acomp/2 to/TO/aux/5 talk/VB/xcomp/3")

    assert [t.text for t in subjects_of(at(parsed, "talk"))] == ["Nepal"]


def test_relative_pronoun_stands_for_its_antecedent():
    parsed = tree(
        "Rebels/NNS/nsubj/5/rebel who/WP/nsubj/3 burned/VBD/relcl/1/burn houses/NNS/dobj/3/house fled/VBD/ROOT/0/flee"
    )

    assert [t.text for t in subjects_of(at(parsed, "burned"))] == ["Rebels"]


def test_pronoun_of_reported_speech_stands_for_the_speaker():
    parsed = tree("Nepal/NNP/nsubj/2 said/VBD/ROOT/0/say it/PRP/nsubj/5 would/MD/aux/5 withdraw/VB/ccomp/2")

    assert [t.text for t in subjects_of(at(parsed, "withdraw"))] == ["Nepal"]


def test_they_is_not_a_single_speaker():
    parsed = tree("Nepal/NNP/nsubj/2 said/VBD/ROOT/0/say they/PRP/nsubj/4 fled/VBD/ccomp/2/flee")

    assert [t.text for t in subjects_of(at(parsed, "fled"))] == ["they"]


def test_reduced_relative_is_passive():
    parsed = tree(
        "Hostages/NNS/nsubj/5/hostage seized/VBN/acl/1/seize in/IN/prep/2 May/NNP/pobj/3 escaped/VBD/ROOT/0/escape"
    )

    assert is_passive(at(parsed, "seized"))
    assert not is_passive(at(parsed, "escaped"))


def test_number_wounded_beside_killed_is_passive():
    parsed = tree(
        "Nine/CD/nsubjpass/3 were/VBD/auxpass/3 killed/VBN/ROOT/0/kill and/CC/cc/3 20/CD/nsubj/6 wounded/VBD/conj/3/wound"
    )

    assert is_passive(at(parsed, "wounded"))


def test_first_of_two_verbs_shares_the_object():
    parsed = tree(
        "Police/NNP/nsubj/2 arrested/VBD/ROOT/0/arrest and/CC/cc/2 beat/VBD/conj/2 students/NNS/dobj/4/student"
    )

    assert [t.text for t in objects_of(at(parsed, "arrested"))] == ["students"]


def test_core_looks_through_measures():
    parsed = tree("a/DT/det/2 series/NN/ROOT/0 of/IN/prep/2 attacks/NNS/pobj/3/attack")

    assert core(at(parsed, "series")).text == "attacks"


def test_phrase_leaves_the_relative_clause_out():
    parsed = tree(
        "the/DT/det/2 rebels/NNS/ROOT/0/rebel of/IN/prep/2 Herat/NNP/pobj/3 who/WP/nsubj/6 fled/VBD/relcl/2/flee"
    )
    (span,) = phrase_of(at(parsed, "rebels")).spans

    assert span.of(parsed.text) == "the rebels of Herat"


def test_modal_is_shared_by_coordinated_infinitives():
    parsed = tree("Nepal/NNP/nsubj/3 will/MD/aux/3 stop/VB/ROOT/0 and/CC/cc/3 withdraw/VB/conj/3")

    assert modal_of(at(parsed, "withdraw"))[0] == "will"


def test_speaker_is_found_above_the_clause():
    parsed = tree("Nepal/NNP/nsubj/2 said/VBD/ROOT/0/say rebels/NNS/nsubj/4/rebel fled/VBD/ccomp/2/flee")

    assert [t.text for t in speakers_of(at(parsed, "fled"))] == ["Nepal"]


def test_conjuncts_of_a_long_list_are_bounded():
    items = ["A/NNP/ROOT/0"] + [f"B{k}/NNP/conj/{k + 1}" for k in range(500)]
    parsed = tree(" ".join(items))

    assert 2 <= len(conjuncts(parsed.tokens[0])) <= 30


def test_days_and_years_are_times():
    parsed = tree("Tuesday/NNP/ROOT/0 1999/CD/nummod/1 Herat/NNP/appos/1")

    assert [is_time(t) for t in parsed.tokens] == [True, True, False]


def test_a_phrase_ends_before_the_next_of_several():
    parsed = tree("students/NNS/ROOT/0 and/CC/cc/1 teachers/NNS/conj/1 in/IN/prep/1 Herat/NNP/pobj/4")

    assert [s.of(parsed.text) for s in phrase_of(parsed.tokens[0]).spans] == ["students"]


def test_a_nationality_is_a_phrase_without_the_one_it_is_coordinated_with():
    parsed = tree("Thai/JJ/amod/4 and/CC/cc/1 Lao/JJ/conj/1 troops/NNS/ROOT/0/troop")

    assert [s.of(parsed.text) for s in phrase_of(at(parsed, "Thai")).spans] == ["Thai"]
    assert [s.of(parsed.text) for s in phrase_of(at(parsed, "troops")).spans] == ["Thai and Lao troops"]
