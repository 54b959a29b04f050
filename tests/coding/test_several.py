"""Who is meant by words for several, on small trees built by hand."""

from __future__ import annotations

from tests.trees import tree
from vedette.coding.several import meant, named_together, nations_of, people

STOPS = frozenset({"migrant"})
PAIR = "Ruritania/NNP/nsubj/4 and/CC/cc/1 Syldavia/NNP/conj/1"


def texts(tokens):
    return [t.text for t in tokens]


def token(parsed, text):
    return next(t for t in parsed.tokens if t.text == text)


def test_those_named_among_several_are_parties_too():
    parsed = tree(
        "Rebels/NNS/nsubj/2/rebel killed/VBD/ROOT/0/kill nine/CD/nummod/4 guests/NNS/dobj/2/guest including/VBG/prep/4/include "
        "two/CD/nummod/7 envoys/NNS/pobj/5/envoy"
    )

    assert texts(people([token(parsed, "guests")])) == ["guests", "envoys"]


def test_who_was_among_those_killed():
    parsed = tree(
        "Nine/CD/nummod/2 guards/NNS/nsubj/3/guard were/VBD/ROOT/0 among/IN/prep/3 those/DT/pobj/4 killed/VBN/acl/5/kill"
    )

    assert texts(people([token(parsed, "those")])) == ["guards"]


def test_of_whom_is_who_was_named_before():
    parsed = tree(
        "They/PRP/nsubj/2 freed/VBD/ROOT/0/free nurses/NNS/dobj/2/nurse nine/CD/nsubjpass/8 of/IN/prep/4 whom/WP/pobj/5 "
        "were/VBD/auxpass/8 hurt/VBN/relcl/3/hurt"
    )

    assert texts(people([token(parsed, "nine")])) == ["nurses"]


def test_both_sides_are_the_last_two_names():
    before = tree(f"{PAIR} met/VBD/ROOT/0/meet")
    parsed = tree("Both/DT/det/2 sides/NNS/nsubj/3/side agreed/VBD/ROOT/0/agree")

    (names,) = named_together(before.sentences[0])

    assert texts(meant(token(parsed, "sides"), names, STOPS)) == ["Ruritania", "Syldavia"]
    assert texts(meant(token(parsed, "sides"), [], STOPS)) == ["sides"]


def test_places_are_no_sides():
    parsed = tree(
        "Shells/NNS/nsubj/2/shell fell/VBD/ROOT/0/fall in/IN/prep/2 Zenda/NNP/pobj/3 and/CC/cc/4 Klow/NNP/conj/4"
    )

    assert named_together(parsed.sentences[0]) == []


def test_they_are_names_coordinated_before_unless_others_stand_between():
    parsed = tree(f"{PAIR} said/VBD/ROOT/0/say that/IN/mark/7 they/PRP/nsubj/7 met/VBD/ccomp/4/meet")
    others = tree(
        f"{PAIR} told/VBD/ROOT/0/tell migrants/NNS/dobj/4/migrant that/IN/mark/8 they/PRP/nsubj/8 leave/VBP/ccomp/4"
    )

    assert texts(meant(token(parsed, "they"), [], STOPS)) == ["Ruritania", "Syldavia"]
    assert texts(meant(token(others, "they"), [], STOPS)) == ["they"]


def test_two_nationalities_before_a_noun_are_two_parties():
    parsed = tree("Thai/JJ/amod/4 and/CC/cc/1 Lao/JJ/conj/1 goods/NNS/ROOT/0/good")
    one = tree("Thai/JJ/amod/2 goods/NNS/ROOT/0/good")

    assert texts(nations_of(token(parsed, "goods"))) == ["Thai", "Lao"]
    assert nations_of(token(one, "goods")) == []
