"""The event lexicon is checked when it is read, and orders the senses of a predicate."""

from __future__ import annotations

import pytest

from vedette.coding.lexicon import parse_lexicon
from vedette.errors import BadData

HIT = {"type": "ASSAULT", "verbs": "hit"}


def parse(*entries, **classes):
    return parse_lexicon({"own.toml": {"classes": classes, "entry": list(entries)}})


def test_a_verb_is_found_by_its_first_word_and_a_noun_by_its_last():
    lexicon = parse({"type": "ASSAULT", "verbs": "carry_out", "nouns": "suicide_attack"})

    assert [s.with_words for s in lexicon.verbs["carry"]] == [("out",)]
    assert [s.with_words for s in lexicon.nouns["attack"]] == [("suicide",)]


def test_the_most_demanding_sense_comes_first():
    lexicon = parse(
        HIT,
        {"type": "COERCE", "verbs": "hit", "objects": "door"},
        {"type": "PROTEST", "verbs": "hit_back"},
    )

    assert [s.event_type for s in lexicon.verbs["hit"]] == ["PROTEST", "COERCE", "ASSAULT"]


def test_a_class_stands_for_its_words_and_may_hold_another():
    lexicon = parse({**HIT, "objects": "@people dog"}, officers="mayor judge", people="@officers trader")

    assert lexicon.verbs["hit"][0].objects == {"mayor", "judge", "trader", "dog"}


def test_a_class_of_another_file_can_be_used():
    lexicon = parse_lexicon(
        {"a.toml": {"entry": [{**HIT, "objects": "@people"}]}, "b.toml": {"classes": {"people": "trader"}}}
    )

    assert lexicon.verbs["hit"][0].objects == {"trader"}


def test_a_group_of_acts_stands_for_its_types():
    lexicon = parse({"type": "THREATEN", "verbs": "vow", "acts": "HOSTILE AID"})

    assert lexicon.verbs["vow"][0].acts >= {"ASSAULT", "COERCE", "AID"}
    assert "AGREE" not in lexicon.verbs["vow"][0].acts


@pytest.mark.parametrize(
    ("entry", "where", "mend"),
    [
        ({"type": "SHOUT", "verbs": "yell"}, "entry 2 (SHOUT)", "use one of ACCUSE, AGREE, AID"),
        ({"type": "ASSAULT", "mode": "visit", "verbs": "hug"}, "entry 2 (ASSAULT/visit)", "no mode 'visit': "),
        ({"type": "ASSAULT", "verbs": "hit"}, "entry 2 (ASSAULT)",
         r"'hit' stands already in own.toml, entry 1 \(ASSAULT\): take one"),
        ({"type": "ASSAULT", "verbs": "hug", "objects": "@nobody"}, "entry 2 (ASSAULT)", r"define it under \[classes\]"),
        ({"type": "ASSAULT", "verbs": "hug", "acts": "JUMP"}, "entry 2 (ASSAULT)", "use a type, COOPERATIVE or ANY"),
        ({"type": "ASSAULT"}, "entry 2 (ASSAULT)", "give verbs, nouns or adjectives"),
        ({"type": "ASSAULT", "verbs": "hug", "needs": "all"}, "top level", "Invalid enum value 'all'"),
    ],
)  # fmt: skip
def test_a_bad_entry_is_refused_with_file_place_and_mend(entry, where, mend):
    with pytest.raises(BadData, match=mend) as caught:
        parse(HIT, entry)

    assert (caught.value.file, caught.value.where) == ("own.toml", where)


def test_a_class_that_is_defined_twice_is_refused_in_the_later_file():
    files = {name: {"classes": {"people": "trader"}} for name in ("a.toml", "b.toml")}

    with pytest.raises(BadData, match="b.toml: classes.people: defined twice: take one of them out"):
        parse_lexicon(files)
