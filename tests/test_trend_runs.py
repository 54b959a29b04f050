"""`vedette.trends`, its files, frames and lines, and what cannot be used."""

from __future__ import annotations

import csv
import json
from datetime import date

import msgspec
import pytest

import vedette
from tests.analysis.test_trend_counts import desk
from vedette.analysis.trends import Change, ChangePoint, TrendReport
from vedette.errors import InputError
from vedette.outputs.trend_lines import change_words, lines, point_words, spark
from vedette.trend_runs import TrendQuery, trends, write_trends


def test_the_usual_streams():
    assert trends(desk()).stream == "violence"
    assert trends(desk(), TrendQuery(by="type")).stream == "all"
    assert trends(desk(), TrendQuery(by="actor", stream="all")).stream == "all"
    assert trends(desk(), TrendQuery(by="stream")).stream is None


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"by": "outlet"}, "--by 'outlet': use one of place, type"),
        ({"stream": "war"}, "--stream 'war': use one of violence"),
        ({"by": "stream", "stream": "violence"}, "leave out --stream"),
        ({"cells": "h3"}, "--cells 'h3' is neither"),
        ({"time_unit": "day"}, "--time-unit 'day': use week or month"),
    ],
)
def test_options_that_cannot_be_used(options, said):
    with pytest.raises(InputError) as error:
        trends(desk(), TrendQuery(**options))

    assert said in str(error.value)


def test_files(tmp_path):
    found = trends(desk())

    write_trends(found, json=tmp_path / "t.json", csv=tmp_path / "t.csv")

    assert msgspec.json.decode((tmp_path / "t.json").read_bytes(), type=TrendReport) == found
    assert "NaN" not in json.dumps(json.loads((tmp_path / "t.json").read_text(encoding="utf-8")))
    rows = list(csv.DictReader((tmp_path / "t.csv").read_text(encoding="utf-8").splitlines()))
    assert len(rows) == 10
    assert rows[-1] == {
        "key": "AFG/Kunduz",
        "name": "Kunduz",
        "period": "2031-03-10",
        "days": "7",
        "count": "5",
        "coverage": "5.0",
    }


def test_frames():
    found = vedette.trends(desk())

    series = vedette.trend_frame(found, "series")
    assert series["latest"].to_list() == [5]
    assert series["p"][0] == found.series[0].by_time.p
    assert series["coverage_p"][0] == found.series[0].by_coverage.p
    assert vedette.trend_frame(found, "periods").height == 10
    assert vedette.trend_frame(found, "change_points").height == len(found.series[0].change_points)
    with pytest.raises(InputError, match="there is no table 'x'"):
        vedette.trend_frame(found, "x")


def test_lines_show_counts_over_coverage_and_what_is_left_out():
    shown = list(lines(trends(desk())))

    assert shown[0].startswith("stream violence by place, 10 weeks from 2031-01-06 to 2031-03-16, 16 incidents")
    assert "  counts    |▂▂▂▂▂▂▂▂▂█| up to 5" in shown
    assert "  coverage  |▂▂▂▂▂▂▂▂▂█| up to 5 reports" in shown
    assert any(line.startswith("  latest    more than its past lets expect: 5 this week") for line in shown)
    assert any(line.startswith("  by report in line with its past: 5 this week") for line in shown)
    assert shown[-1] == "left out: 1 coarse place, 1 too many days"
    assert next(iter(lines(trends([])))).endswith("too few data: nothing that is counted has a day in the study")


CHANGE = Change(
    exposure="time", expected=2.0, low=0, high=5, ratio=3.5, ratio_low=1.2, ratio_high=12.3, p=0.02, q=0.3, n_past=20
)


@pytest.mark.parametrize(
    ("count", "change", "said"),
    [
        (
            7,
            CHANGE,
            "perhaps more than its past lets expect: 7 this week, 0 to 5 expected (3.5 times the past rate, 1.2 to 12; p .020, q .300)",
        ),
        (7, msgspec.structs.replace(CHANGE, p=0.0001, q=0.01), "more than its past"),
        (0, msgspec.structs.replace(CHANGE, p=0.01, q=0.02), "fewer than its past"),
        (3, msgspec.structs.replace(CHANGE, p=0.4, q=0.6), "in line with its past"),
        (
            7,
            msgspec.structs.replace(CHANGE, ratio=None, ratio_low=None),
            "perhaps more than its past lets expect: 7 this week, 0 to 5 expected (no case before",
        ),
        (7, Change(exposure="time", reason="too few data"), "too few data"),
    ],
)
def test_the_latest_period_in_words(count, change, said):
    assert change_words(count, change, "week").startswith(said)


def test_a_change_of_level_in_words():
    point = ChangePoint(date(2031, 3, 11), 9, 1.0, 2.3, 2.3, 1.1, 240.0)

    assert point_words(point, "week") == "since about 2031-03-11: 2.3 a week, 1 before (2.3 times, 1.1 to over 100)"
    assert point_words(msgspec.structs.replace(point, ratio=None), "week").endswith("1 before")


def test_a_sparkline_has_a_bar_for_each_count():
    assert spark([0, 1, 8]) == " ▂█"
    assert spark([0, 0]) == "  "
    assert spark([]) == ""
