"""Words are what ``\\w+`` finds, at their places; 5-grams do not reach from one text into the next."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.resolution import shingles
from vedette.resolution.shingles import N, shingle

texts = st.lists(st.text(st.characters(), max_size=60) | st.text("aBé1 ,-", max_size=60), max_size=6)


@given(texts)
def test_words_are_runs_of_letters_and_digits(listed):
    made = list(shingle(listed))

    assert [[t[s:e] for s, e in zip(g.starts, g.ends, strict=True)] for t, g in zip(listed, made, strict=True)] == [
        re.findall(r"\w+", t) for t in listed
    ]
    assert [len(g.hashes) for g in made] == [max(len(g.starts) - N + 1, 0) for g in made]
    assert [len(g.is_plain) for g in made] == [len(g.starts) for g in made]


@given(texts)
def test_a_text_has_the_same_hashes_in_any_company(listed):
    together = [g.hashes.tolist() for g in shingle(listed)]

    assert together == [next(shingle([t])).hashes.tolist() for t in listed]


def test_texts_are_hashed_alike_in_parts_of_any_size(monkeypatch):
    listed = [f"report number {n} tells of the river and its bank" for n in range(20)]
    whole = [g.hashes.tolist() for g in shingle(listed)]
    monkeypatch.setattr(shingles, "PART", 100)

    assert [g.hashes.tolist() for g in shingle(listed)] == whole


def test_case_does_not_count_but_the_order_of_words_and_letters_does():
    one, two, three, four = (
        next(shingle([t])).hashes.tolist()
        for t in ("The Market IN Imam Sahib", "the market in imam sahib", "in the market imam sahib", "the market ni imam sahib")
    )  # fmt: skip

    assert one == two
    assert len({*two, *three, *four}) == 3


@pytest.mark.parametrize(
    ("word", "is_plain"), [("river", True), ("River", False), ("12", False), ("رود", True), ("Éa", False)]
)
def test_names_and_figures_are_not_plain(word, is_plain):
    assert next(shingle([word])).is_plain.tolist() == [is_plain]
