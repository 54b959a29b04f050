"""No pattern of the grammar can match where its clues are missing, and clues are counted."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.coding.test_date_cases import CASES
from vedette.coding.date_clues import clues_in, need
from vedette.coding.date_grammar import RULES
from vedette.coding.date_spans import Reading
from vedette.records import When

THURSDAY = date(2021, 7, 15)
READINGS = [
    Reading(THURSDAY, is_future=is_future, day=day, period=period)
    for is_future in (False, True)
    for day, period in (
        (None, None),
        (When(date(2021, 7, 3), date(2021, 7, 4)), When(date(2021, 6, 1), date(2021, 7, 1), "month")),
    )
]
GRAMMAR = [pytest.param(*row, id=f"{kind} {k}") for kind, rows in RULES.items() for k, row in enumerate(rows)]


@pytest.mark.parametrize(("pattern", "rule", "needs"), GRAMMAR)
@settings(max_examples=5, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(data=st.data())
def test_whatever_a_pattern_reads_as_days_holds_its_clues(pattern, rule, needs, data):
    text = data.draw(st.from_regex(pattern))

    is_date = any(rule(match, reading) is not None for match in pattern.finditer(text) for reading in READINGS)

    assert not is_date or clues_in(text) & needs == needs


@pytest.mark.parametrize(("pattern", "rule", "needs"), GRAMMAR)
def test_no_case_of_the_table_is_lost_for_want_of_clues(pattern, rule, needs):
    dates = [
        case.text
        for case in CASES
        for match in pattern.finditer(case.text)
        if any(rule(match, reading) is not None for reading in READINGS)
    ]

    assert [text for text in dates if clues_in(text) & needs != needs] == []


@pytest.mark.parametrize(
    ("words", "clues"),
    [
        ("between Monday and Wednesday", ("weekday", "weekday", "joint")),
        ("March 3-7", ("month", "number", "number", "joint")),
        ("1400 AH", ("era", "number")),
        ("the early 1980’s", ("year", "decade")),
        ("Earlier this WEEK", ("unit", "calendar", "distance")),
    ],
)
def test_clues_that_stand_in_the_words_are_found(words, clues):
    wanted = need(*clues)

    assert clues_in(words) & wanted == wanted


@pytest.mark.parametrize(
    ("words", "clues"),
    [
        ("on Monday and on no other", ("weekday", "weekday")),
        ("12 troops may march on", ("month",)),
        ("in March 2020", ("number", "number")),
        ("a weekly", ("number",)),
    ],
)
def test_clues_that_do_not_stand_there_are_missed(words, clues):
    wanted = need(*clues)

    assert clues_in(words) & wanted != wanted
