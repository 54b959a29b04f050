"""Two scans and Gi* on a tally: an outbreak is found, a rise in coverage alone is not, too few data are said to be."""

from __future__ import annotations

import random

import numpy as np
import pytest

from tests.analysis.make import PLACES, claim, country, days, report, town
from vedette.analysis.cells import cell_of
from vedette.analysis.chance import in_words
from vedette.analysis.exposure import deviates, smoothed_coverage
from vedette.analysis.hotspot_study import HotspotOptions, find_hotspots
from vedette.analysis.hotspots import CLASSES
from vedette.analysis.nulls import past_null
from vedette.analysis.scan import Looks, scan
from vedette.analysis.tallies import Layout, tally
from vedette.analysis.zones import circles
from vedette.errors import InputError
from vedette.lookups.streams import load_streams
from vedette.outputs.hotspot_cards import lines
from vedette.records import Resolution

VIOLENCE = load_streams()["violence"]
WEEKS = 24


def reports(seed, *, rise=1, outbreak=0, weeks=WEEKS, share=0.3):
    """One report of one claim each: a Poisson number a town and week, of which a share are attacks.

    `rise`: times as many reports in the last four weeks; `outbreak`: attacks more a week in Kunduz and Taloqan then.
    """
    rng = np.random.default_rng(seed)
    found = []

    def add(what, where, week):
        n = len(found)
        day = 7 * week + int(rng.integers(7))
        found.append(
            report(f"d{n:05}", claim(f"c{n:05}", what, where=where, when=days(day)), day=day, text=f"Report {n}.")
        )

    for week in range(weeks):
        is_late = week >= weeks - 4
        for name in PLACES:
            for _ in range(rng.poisson(2 * (rise if is_late else 1))):
                add("ASSAULT" if rng.random() < share else "CONSULT", name, week)
            for _ in range(outbreak if is_late and name in ("Kunduz", "Taloqan") else 0):
                add("ASSAULT", name, week)
    found += [report("first", day=0), report("last", day=7 * weeks - 1)]
    return found


def tallied(coded, **layout):
    return tally(coded, Resolution(), {}, VIOLENCE, Layout(**layout))


def found_in(coded, layout=None, **options):
    return find_hotspots(tallied(coded, **(layout or {})), HotspotOptions(replications=199, **options))


def test_an_outbreak_is_found_with_its_places_numbers_and_claims():
    made = found_in(reports(1, outbreak=5))
    by_coverage, by_permutation = made.outcomes
    zone = by_coverage.zones[0]

    assert (by_coverage.model, by_permutation.model) == ("bernoulli", "permutation")
    assert {c.name for c in zone.cells} == {"Kunduz", "Takhar"}
    assert zone.is_alarm
    assert zone.end == made.end
    assert 27 <= (zone.end - zone.start).days <= 34  # the four weeks, and at most a fifth
    assert zone.observed == sum(c.observed for c in zone.cells) >= 40
    assert zone.expected == pytest.approx(sum(c.expected for c in zone.cells))
    assert all(len(c.claims) == c.observed for c in zone.cells)
    assert all(c.coverage > c.usual_coverage for c in zone.cells)
    assert sum(zone.counts[-(zone.end - zone.start).days // 7 :]) == zone.observed
    assert len(zone.counts) == len(zone.coverage) == len(made.periods) == WEEKS
    assert {c.name for o in (by_permutation,) for c in o.zones[0].cells} == {"Kunduz", "Takhar"}
    assert by_permutation.zones[0].is_alarm


def test_the_cells_carry_their_class_and_their_zones():
    made = found_in(reports(1, outbreak=5))
    by_name = {cell.name: cell for cell in made.cells}

    assert {c.pattern for c in made.cells} <= set(CLASSES)
    assert by_name["Takhar"].pattern.endswith("hot spot")
    assert by_name["Takhar"].is_hot
    assert ("bernoulli", 1) in by_name["Kunduz"].zones
    assert ("bernoulli", 1) not in by_name["Farah"].zones
    assert sum(sum(c.counts) for c in made.cells) == made.n_units


def test_the_recurrence_pays_for_both_models_looked_at():
    zone = found_in(reports(2, outbreak=3)).outcomes[0].zones[0]
    p = min(zone.p, zone.gumbel_p) if zone.p == 1 / 200 else zone.p

    assert zone.recurrence_days == pytest.approx(7 / p / 2)
    assert zone.chance == in_words(zone.recurrence_days, "week")


def test_a_rise_in_coverage_alone_is_no_hotspot():
    """12 data sets, five times as many reports in the last weeks, the share of attacks as it was.

    Of sets without anything 1 in 20 may alarm; 3 or more of 12 are then seen once in 50 times. Without the coverage
    the same counts alarm nearly always, so that the test can fail.
    """
    with_coverage = without = 0
    for seed in range(12):
        made = tallied(reports([seed, 5], rise=5))
        outcome = find_hotspots(made, HotspotOptions(replications=199)).outcomes[0]
        with_coverage += any(zone.is_alarm for zone in outcome.zones)
        counts = made.counts.astype(np.int64)
        at = np.array([c.lat for c in made.cells]), np.array([c.lon for c in made.cells])
        null = past_null(counts, np.ones(counts.shape), n_past=WEEKS - 8)
        rng = np.random.default_rng(seed)
        bare = scan(counts, null, circles(*at, np.ones(len(at[0]))), Looks(True, 8), rng=rng, replications=199)
        without += bare.clusters[0].p <= 0.05

    assert with_coverage <= 2
    assert without >= 10


def test_a_rise_of_other_things_told_makes_the_same_cases_fewer_than_expected():
    made = tallied(reports(1, outbreak=5))
    diluted = tallied(reports(1, outbreak=5, rise=6))

    zone, other = (find_hotspots(m, HotspotOptions(replications=99)).outcomes[0].zones[0] for m in (made, diluted))

    assert zone.is_alarm
    assert other.statistic < zone.statistic


def test_the_models_that_take_the_coverage_otherwise():
    for model in ("expectation", "poisson"):
        outcomes = found_in(reports(1, outbreak=5), model=model).outcomes
        assert [o.model for o in outcomes] == [model, "permutation"]
        assert {c.name for c in outcomes[0].zones[0].cells} >= {"Kunduz"}


def test_gi_star_is_held_against_the_coverage_too():
    made = found_in(reports(3, rise=6))

    assert not any(cell.is_hot for cell in made.cells)


@pytest.mark.parametrize(
    ("coded", "said"),
    [
        ([], {"incidents in cells": 0, "cells of which anything is reported": 0, "weeks of reports": 0}),
        (reports(1, weeks=3), {"weeks of reports": 3}),
        (reports(1, share=0.01), {"incidents in cells": 6}),
    ],
)
def test_too_few_data_are_no_result(coded, said):
    made = found_in(coded)

    told = {need.what: need.has for need in made.too_few}
    assert told.items() >= said.items()
    assert all(need.has < need.needed for need in made.too_few)
    assert (made.outcomes, made.cells) == ((), ())


def test_coarse_places_are_counted_apart_or_spread():
    coded = reports(1)
    coded += [
        report(f"x{n}", claim(f"x{n}", where=country(), when=days(5 * n)), day=5 * n, text=f"x{n}") for n in range(9)
    ]

    out, spread = found_in(coded), found_in(coded, {"coarse": "spread"})

    assert out.left_out == {"coarse place": 9}
    assert spread.left_out == {}
    assert spread.n_units == out.n_units + 9
    assert spread.n_spread == 9


@pytest.mark.parametrize("resolution", [3, 4])
def test_hexagons_find_the_outbreak(resolution):
    made = found_in(reports(1, outbreak=5), {"resolution": resolution})

    struck = {cell_of(town(name), resolution) for name in ("Kunduz", "Taloqan")}
    assert struck <= {c.cell for c in made.outcomes[0].zones[0].cells}
    assert made.cells_by == f"h3:{resolution}"


def test_the_order_of_documents_and_the_seed():
    coded = reports(4, outbreak=2)
    shuffled = random.Random(1).sample(coded, len(coded))

    assert found_in(coded) == found_in(shuffled)
    assert found_in(coded, seed=2).outcomes[0].n_windows == found_in(coded).outcomes[0].n_windows


def test_a_cell_that_holds_most_cases_can_be_a_hotspot():
    coded = [c for c in reports(6, outbreak=9) if not c.claims or c.claims[0].places[0].name != "Taloqan"]

    zone = found_in(coded).outcomes[0].zones[0]

    assert zone.is_alarm
    assert [c.name for c in zone.cells] == ["Kunduz"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"max_km": 0.0}, "--max-km 0"),
        ({"max_days": 3}, "--max-days 3: give the length of one week"),
        ({"replications": -1}, "--replications -1"),
        ({"seed": -1}, "--seed -1"),
    ],
)
def test_options_that_cannot_be_used(options, said):
    with pytest.raises(InputError, match=said):
        find_hotspots(tallied(reports(1, weeks=2)), HotspotOptions(**options))


def test_studies_that_are_too_large(monkeypatch):
    made = tallied(reports(1))
    monkeypatch.setattr("vedette.analysis.hotspot_study.MAX_WORK", 10)
    with pytest.raises(InputError, match="would take hours"):
        find_hotspots(made)
    monkeypatch.setattr("vedette.analysis.hotspot_study.MAX_SCANNED", 3)
    with pytest.raises(InputError, match="provinces, of which 3 can be looked at: use --cells h3:4"):
        find_hotspots(made)
    monkeypatch.setattr("vedette.analysis.hotspot_study.MAX_BINS", 30)
    with pytest.raises(InputError, match="take larger --cells or a longer --time-unit"):
        find_hotspots(tallied(reports(1), resolution=4))


@pytest.mark.parametrize("model", ["bernoulli", "expectation", "poisson"])
def test_of_very_many_hexagons_a_screen_chooses_where_to_scan(monkeypatch, model):
    monkeypatch.setattr("vedette.analysis.hotspot_study.MAX_SCANNED", 3)
    monkeypatch.setattr("vedette.analysis.hotspot_study.KEPT", 4)
    coded = reports(1, outbreak=5)

    made = found_in(coded, {"resolution": 3}, model=model)

    struck = {cell_of(town(name), 3) for name in ("Kunduz", "Taloqan")}
    first = made.outcomes[0]
    assert first.n_screened == 4
    assert struck & {c.cell for zone in first.zones if zone.is_alarm for c in zone.cells}
    assert "  looked at: rings around the 4 cells that Gi* shows hottest" in list(lines(made))


@pytest.mark.parametrize(
    ("days_", "unit", "said"),
    [
        (1100.0, "week", "once in 3 years of weekly looks"),
        (200.0, "week", "once in 7 months of weekly looks"),
        (40.0, "week", "once in 6 weeks of weekly looks"),
        (10.0, "day", "once in 10 days of daily looks"),
        (10.0, "week", "in most weekly looks"),
        (900.0, "month", "once in 2 years of monthly looks"),
        (1e7, "week", "less than once in 100 years of weekly looks"),
        (None, "week", "not known"),
    ],
)
def test_chance_in_words(days_, unit, said):
    assert said in in_words(days_, unit)


def test_smoothed_coverage():
    coverage = np.array([[100.0, 120.0, 80.0], [0.0, 1.0, 0.0], [0.0, 0.0, 0.0]])

    made = smoothed_coverage(coverage)

    assert made[0] == pytest.approx(coverage[0], rel=0.03)  # much coverage stands as it is
    assert 0 < made[1, 0] < made[1, 1] < 1  # none is not nought, one report not the threefold
    assert (made[2] == 0).all()
    assert (smoothed_coverage(np.zeros((2, 3))) == 0).all()
    rows = np.outer([1.0, 2.0], [3.0, 3.0])
    assert smoothed_coverage(5 * rows) == pytest.approx(5 * rows)


def test_deviates_of_poisson_counts_are_about_standard():
    rng = np.random.default_rng(1)
    for mean in (1.0, 4.0, 50.0):
        z = deviates(rng.poisson(mean, 20_000).astype(float), np.full(20_000, mean))
        assert z.mean() == pytest.approx(0, abs=0.12)
        assert z.std() == pytest.approx(1, abs=0.12)
