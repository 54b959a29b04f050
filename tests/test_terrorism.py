"""Which claims the evaluation selects as MUC-4's terrorist acts."""

from __future__ import annotations

import importlib.util
from datetime import date
from pathlib import Path

import pytest

SPEC = importlib.util.spec_from_file_location(
    "terrorism", Path(__file__).resolve().parents[1] / "eval" / "terrorism.py"
)
terrorism = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(terrorism)

BOMB = {
    "kind": "event",
    "event_type": "ASSAULT",
    "mode": "explosives",
    "modality": "asserted",
    "when": {"start": "2031-05-05", "basis": "stated"},
    "places": [],
    "recipients": [{"sectors": ["MIL"]}],
}


@pytest.mark.parametrize(
    ("changed", "is_one"),
    [
        ({}, True),
        ({"event_type": "COERCE"}, False),
        ({"modality": "hypothetical"}, False),
        ({"when": {"start": "2031-01-05", "basis": "stated"}}, False),  # old
        ({"mode": None}, False),  # fighting
        ({"mode": None, "recipients": [{"sectors": ["CVL"]}]}, True),
        ({"when": {"start": "2031-05-07", "basis": "published"}}, False),  # neither place nor day of its own
        (
            {
                "when": {"start": "2031-05-07", "basis": "published"},
                "places": [{"basis": "clause", "precision": "settlement"}],
            },
            True,
        ),
    ],
)
def test_specific_recent_acts_of_terror_are_selected(changed, is_one):
    assert terrorism.is_terrorist_act(BOMB | changed, date(2031, 5, 7)) is is_one


@pytest.mark.parametrize(
    ("other", "counts"),
    [
        ({"mode": None, "recipients": []}, True),  # "the attack", told again
        ({"mode": None, "recipients": [{"sectors": ["CVL"]}, {"sectors": ["MIL"]}]}, True),
        ({"mode": None}, False),  # fighting
        ({"modality": "historical"}, False),
        ({"when": {"start": "2031-01-05", "basis": "stated"}}, False),
    ],
)
def test_an_act_of_terror_is_told_again_without_place_or_day(other, counts):
    again = BOMB | {"when": {"start": "2031-05-07", "basis": "published"}} | other

    assert terrorism.terrorist_acts([again, BOMB], date(2031, 5, 7)) == ([again, BOMB] if counts else [BOMB])


def test_a_report_without_a_specific_act_tells_no_terror():
    vague = BOMB | {"when": {"start": "2031-05-07", "basis": "published"}}

    assert terrorism.terrorist_acts([vague, vague], date(2031, 5, 7)) == []
