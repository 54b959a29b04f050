"""Periods of a study, and exposure over them."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.analysis.periods import count_periods, edges_of, exposure_days, longest_periods

days = st.dates(date(1990, 1, 1), date(2040, 1, 1))


@given(st.lists(days, min_size=1, max_size=5), st.sampled_from(["day", "week", "month", "year"]))
def test_every_day_lies_in_a_period(found, unit):
    found = [found[0], *(found[0] + timedelta(days=d.toordinal() % 900) for d in found)]
    edges = edges_of(found, unit)

    assert (np.diff(edges) > 0).all()
    assert edges[0] <= min(found).toordinal() < edges[1]
    assert edges[-2] <= max(found).toordinal() < edges[-1]
    assert abs(count_periods(min(found), max(found), unit) - (len(edges) - 1)) <= 1


def starts(edges):
    return [date.fromordinal(int(e)).isoformat() for e in edges]


def test_weeks_end_with_the_last_day():
    assert starts(edges_of([date(2031, 5, 1), date(2031, 5, 12)], "week")) == ["2031-05-01", "2031-05-06", "2031-05-13"]


def test_a_weekly_table_names_the_first_days_of_its_weeks():
    assert starts(edges_of([date(2031, 5, 5), date(2031, 5, 12)], "week")) == ["2031-05-05", "2031-05-12", "2031-05-19"]


def test_months_and_years_are_those_of_the_calendar():
    assert starts(edges_of([date(2031, 12, 5), date(2032, 1, 2)], "month")) == [
        "2031-12-01",
        "2032-01-01",
        "2032-02-01",
    ]
    assert starts(edges_of([date(2031, 12, 5), date(2032, 1, 2)], "year")) == ["2031-01-01", "2032-01-01", "2033-01-01"]
    assert len(edges_of([date(9999, 12, 31)], "year")) == 2


@pytest.mark.parametrize(
    ("max_days", "unit", "n"),
    [
        (20, "week", 2),
        (6, "week", 0),
        (3, "day", 3),
        (90, "month", 3),
        (365, "month", 12),
        (365, "year", 1),
        (100, "year", 0),
    ],
)
def test_days_hold_whole_periods(max_days, unit, n):
    assert longest_periods(max_days, unit) == n


def test_population_is_interpolated_and_stays_beyond_its_ends():
    exposure = exposure_days([10, 20], [100.0, 200.0], np.array([0, 10, 20, 30]))

    assert exposure == pytest.approx([1000, 1500, 2000])
    assert exposure_days([14], [2.0], np.array([0, 7, 21])) == pytest.approx([14, 28])
    assert exposure_days([14, 14], [2.0, 3.0], np.array([0, 7])) == pytest.approx([35])
