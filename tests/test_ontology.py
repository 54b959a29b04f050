"""PLOVER as it is shipped: its types and scores, and the map to CAMEO."""

from __future__ import annotations

import re

import pytest

from vedette import ontology
from vedette.errors import BadData
from vedette.ontology import (
    CONTEXTS,
    INTERNATIONAL,
    MODES,
    SECTORS,
    TYPES,
    cameo_of,
    gist_of,
    intensity_of,
    quad_of,
    type_of_cameo,
)


def test_plover_has_sixteen_types_in_four_quad_classes():
    assert len(TYPES) == 16
    assert {quad_of(t) for t in TYPES} == {1, 2, 3, 4}


@pytest.mark.parametrize(("event_type", "quad"), [("CONSULT", 1), ("AID", 2), ("ACCUSE", 3), ("ASSAULT", 4)])
def test_a_type_is_of_its_quad_class(event_type, quad):
    assert quad_of(event_type) == quad


def test_cooperation_scores_above_nought_and_conflict_does_not():
    assert {t for t in TYPES if intensity_of(t) > 0} == {t for t in TYPES if quad_of(t) in (1, 2)}


@pytest.mark.parametrize("event_type", sorted(TYPES))
def test_a_type_and_its_modes_are_scored_and_explained(event_type):
    for mode in (None, *MODES[event_type]):
        assert -10 <= intensity_of(event_type, mode) <= 10
        assert gist_of(event_type, mode).strip()


def test_an_unknown_mode_has_the_score_and_gist_of_its_type():
    assert intensity_of("ASSAULT", "tickle") == intensity_of("ASSAULT")
    assert gist_of("ASSAULT", "tickle") == gist_of("ASSAULT")


@pytest.mark.parametrize("event_type", sorted(TYPES))
def test_every_mode_has_a_cameo_code_whatever_its_context(event_type):
    for mode in MODES[event_type] or (None,):
        for context in CONTEXTS:
            assert re.fullmatch(r"\d{2,4}", cameo_of(event_type, mode, [context]) or "")


@pytest.mark.parametrize("event_type", ["ACCUSE", "TICKLE"])
def test_what_the_map_does_not_hold_has_no_cameo_code(event_type):
    assert cameo_of(event_type) is None


def test_the_code_of_the_mode_is_nearer_than_that_of_the_type():
    assert (cameo_of("ASSAULT"), cameo_of("ASSAULT", "abduct")) == ("180", "181")


def test_the_international_sectors_are_no_iso_countries():
    assert {"IGO", "NGO", "UNO"} <= INTERNATIONAL <= SECTORS
    assert "GOV" not in INTERNATIONAL


@pytest.mark.parametrize(
    ("before", "after", "mend"),
    [
        ('type = "ASSAULT"\n', 'type = "TICKLE"\n', r"line \d+, modes .*: unknown type 'TICKLE': use one of"),
        (
            'code = "181"\ntype = "ASSAULT"\nmode = "abduct"',
            'code = "181"\ntype = "TICKLE"',
            r"line \d+, cameo .*181.*: unknown type 'TICKLE'",
        ),
        ("quad = 4", 'quad = "four"', r"line \d+, top level: Expected `int`"),
        ("quad = 4", "quads = 4", r"line \d+, top level: Object contains unknown field `quads`"),
    ],
)
def test_a_bad_file_is_refused_with_its_name(tmp_path, monkeypatch, before, after, mend):
    text = (ontology.files("vedette") / "data" / "plover.toml").read_text(encoding="utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "plover.toml").write_text(text.replace(before, after, 1), encoding="utf-8")
    monkeypatch.setattr(ontology, "files", lambda _package: tmp_path)

    with pytest.raises(BadData, match=mend) as caught:
        ontology._load()

    assert caught.value.file == "plover.toml"


@pytest.mark.parametrize(("code", "event_type"), [("0312", "AGREE"), ("1959", "ASSAULT"), ("010", None), ("345", None)])
def test_a_cameo_code_is_of_the_type_of_its_longest_known_beginning(code, event_type):
    assert type_of_cameo(code) == event_type


@pytest.mark.parametrize(
    ("before", "after", "mend"),
    [
        ('code = "181"', 'code = "18x"', "'18x' is no CAMEO code: write two to four digits, of root 01 to 20"),
        ('code = "181"', 'code = "180"', "180 stands already in cameo"),
        ('[[contexts]]\nname = "military"', '[[contexts]]\nname = "naval"', "unknown contexts ['military']"),
    ],
)
def test_a_malformed_code_a_double_and_an_unknown_context_are_refused_with_their_line(before, after, mend):
    text = (ontology.files("vedette") / "data" / "plover.toml").read_text(encoding="utf-8")
    assert before in text

    with pytest.raises(BadData) as caught:
        ontology._parse(text.replace(before, after, 1))

    assert mend in str(caught.value)
