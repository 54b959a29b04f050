"""Names spelt nearly alike, against the distance written out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.lookups.spellings import alike_letters, most_alike


@pytest.mark.parametrize(
    "name, other",
    [("kundoz", "kunduz"), ("chahardarah", "chahardara"), ("damasakk", "damasak"), ("taloqna", "taloqan")],
)
def test_a_letter_or_two_may_differ(name, other):
    assert most_alike(name, ["herat", other, "zaranj"])[0] == [1]


def test_of_several_the_nearest_are_taken():
    assert most_alike("kundoz", ["kundozi", "kunduz", "kundoz", "kundoz"]) == ([2, 3], 1.0)


def test_what_differs_in_more_is_another_name():
    assert most_alike("kundoz", ["kandahar", "kunar"]) == ([], 0.0)


def test_short_names_are_not_sought():
    assert alike_letters("herat") == "h"
    assert alike_letters("qalat") == "ckq"
    assert alike_letters("oran") == alike_letters("") == ""


@given(st.text("abc", min_size=5, max_size=9), st.lists(st.text("abc", min_size=1, max_size=9), max_size=6))
def test_likeness_is_a_share_and_an_equal_name_is_wholly_alike(name, names):
    found, likeness = most_alike(name, [*names, name])

    assert likeness == 1.0
    assert found == [k for k, other in enumerate([*names, name]) if other == name]
