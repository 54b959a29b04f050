"""The lexicon of cues is checked when it is read."""

from __future__ import annotations

import pytest

from vedette.coding.cues import CueSense, parse_classes, parse_cues
from vedette.errors import BadData

SAY = {"stance": "assert", "kind": "speech", "frames": "clause", "verbs": "say"}


def test_a_cue_is_found_by_lemma_and_frame():
    cues = parse_cues({"cue": [{**SAY, "frames": "clause of", "nouns": "word"}]}, "cues.toml")

    assert cues.verbs["say"].keys() == {"clause", "of"}
    assert cues.nouns["word"]["of"] == CueSense("assert", "speech", False)


def test_the_particle_of_a_verb_stands_after_an_underscore():
    cues = parse_cues({"cue": [{**SAY, "verbs": "point_out"}]}, "cues.toml")

    assert cues.verbs.keys() == {"point_out"}


def test_one_lemma_may_mean_different_things_in_different_frames():
    cues = parse_cues({"cue": [SAY, {**SAY, "stance": "deny", "frames": "obj"}]}, "cues.toml")

    assert {frame: sense.stance for frame, sense in cues.verbs["say"].items()} == {"clause": "assert", "obj": "deny"}


def test_the_first_entry_of_a_lemma_and_frame_holds():
    cues = parse_cues({"cue": [SAY, {**SAY, "stance": "deny"}]}, "cues.toml")

    assert cues.verbs["say"]["clause"].stance == "assert"


@pytest.mark.parametrize(
    ("change", "where", "mend"),
    [
        ({"stance": "shout"}, "top level", "Invalid enum value 'shout'"),
        ({"kind": "song"}, "top level", "Invalid enum value 'song'"),
        ({"verb": "say"}, "top level", "unknown field `verb`"),
        ({"frames": 3}, "top level", "Expected `str`, got `int`"),
        ({"frames": "clause beside"}, "cue 2", r"unknown frames \['beside'\]: use about, adverb"),
    ],
)
def test_a_bad_cue_is_refused_with_file_place_and_mend(change, where, mend):
    with pytest.raises(BadData, match=mend) as caught:
        parse_cues({"cue": [SAY, {**SAY, **change}]}, "cues.toml")

    assert (caught.value.file, caught.value.where) == ("cues.toml", where)


def test_a_file_without_cues_is_refused():
    with pytest.raises(BadData, match="missing required field `cue`"):
        parse_cues({}, "cues.toml")


ROW = {"pos": "verb", "lemma": "lambast", "communication": "1.00", "cognition": "0.00", "emotion": "0.00"}


def test_a_class_gives_the_frames_that_the_lexicon_leaves_open():
    cues = parse_cues(
        {"cue": [SAY]}, "cues.toml", {("verb", "say"): (1.0, 0.0, 0.0), ("verb", "run"): (0.05, 0.0, 0.0)}
    )

    assert not cues.verbs["say"]["clause"].is_derived
    assert cues.verbs["say"]["obj"].is_derived
    assert "run" not in cues.verbs


def test_what_is_never_an_attribution_gets_no_frame_from_its_class():
    cues = parse_cues(
        {"cue": [], "never": [{"frames": "obj", "verbs": "teach"}]}, "cues.toml", {("verb", "teach"): (1.0, 0.0, 0.0)}
    )

    assert "clause" in cues.verbs["teach"]
    assert "obj" not in cues.verbs["teach"]


def test_shares_are_read_by_part_of_speech_and_lemma():
    assert parse_classes([ROW], "x.csv") == {("verb", "lambast"): (1.0, 0.0, 0.0)}


@pytest.mark.parametrize(
    "change", [{"pos": "adverb"}, {"lemma": ""}, {"communication": "much"}, {"cognition": "1.5"}, {"emotion": None}]
)
def test_a_bad_row_of_shares_is_refused_with_its_line(change):
    with pytest.raises(BadData, match=r"x\.csv.*line 2"):
        parse_classes([{**ROW, **change}], "x.csv")
