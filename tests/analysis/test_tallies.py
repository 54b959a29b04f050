"""Units in cells and periods: each in one, or spread with weights of one; coverage beside them."""

from __future__ import annotations

import random
from datetime import date, timedelta

import h3
import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analysis.make import START, claim, country, days, province, region, report, resolved, town
from vedette.analysis.cells import cell_of, outline_of, parse_cells, ring_of
from vedette.analysis.streams import units_of
from vedette.analysis.tallies import Layout, claims_of, drawn, drawn_trials, tally
from vedette.errors import InputError
from vedette.lookups.streams import load_streams
from vedette.records import Member

STREAMS = load_streams()


def tallied(coded, stream="violence", **layout):
    return tally(*resolved(coded), STREAMS[stream], Layout(**layout))


def shown(made, table="counts"):
    values = getattr(made, table)
    return {cell.name: values[n].tolist() for n, cell in enumerate(made.cells)}


def desk():
    """Three weeks: 1 act in Kunduz in the first, 2 in the last; a meeting in Herat; one act in the country."""
    return [
        report("a", claim("1", where="Kunduz", when=days(2)), day=2),
        report(
            "b", claim("2", where="Imam Sahib", when=days(15)), claim("3", where="Kunduz", when=days(19), at=9), day=20
        ),
        report(
            "c",
            claim("4", "CONSULT", where="Herat", when=days(9)),
            claim("5", where=country(), when=days(9), at=9),
            day=9,
        ),
        report("first", day=0),
    ]


def test_counts_and_coverage_by_province_and_week():
    made = tallied(desk())

    assert np.diff(made.edges).tolist() == [7, 7, 7]
    assert shown(made) == {"Kunduz": [1.0, 0.0, 2.0], "Herat": [0.0, 0.0, 0.0]}
    assert shown(made, "coverage") == {"Kunduz": [1.0, 0.0, 1.0], "Herat": [0.0, 1.0, 0.0]}
    assert made.left_out == {"coarse place": 1}
    assert [c.id for c in made.cells] == ["AFG/Herat", "AFG/Kunduz"]


def test_trials_are_all_units_told_each_once():
    """The stream's own, and those that hold no claim of it; what is not asserted is no unit."""
    coded = [*desk(), report("d", claim("6", "AID", where="Kunduz", when=days(16), modality="announced"), day=16)]
    made = tallied(coded)

    told = drawn_trials(made, seed=1)

    assert {c.name: told[n].tolist() for n, c in enumerate(made.cells)} == {"Kunduz": [1, 0, 2], "Herat": [0, 1, 0]}
    assert len(made.others) == 1
    assert (told >= drawn(made, seed=1)).all()


def test_what_holds_a_claim_of_the_stream_is_no_other_unit():
    """One word, told as an attack and as a demand: one unit of everything, and of the stream."""
    coded = [*desk(), report("d", claim("6", at=3, when=days(16)), claim("7", "REQUEST", at=3, when=days(16)), day=16)]

    made = tallied(coded)

    assert drawn_trials(made, seed=1).sum() == drawn(made, seed=1).sum() + len(made.others)
    assert len(made.others) == 1  # the meeting in Herat


def test_trials_that_were_not_asked_for():
    made = tally(*resolved(desk()), STREAMS["violence"], Layout(), with_others=False)

    with pytest.raises(ValueError, match="no trials"):
        drawn_trials(made, seed=1)


def test_the_claims_behind_a_count_can_be_opened():
    made = tallied(desk())
    kunduz = [c.id for c in made.cells].index("AFG/Kunduz")

    assert [m for u in claims_of(made, [kunduz], 0, 1)[kunduz] for m in u.claims] == [Member("a", "1")]
    assert {m for u in claims_of(made, [kunduz], 2, 3)[kunduz] for m in u.claims} == {
        Member("b", "2"),
        Member("b", "3"),
    }
    assert claims_of(made, [kunduz], 1, 2) == {kunduz: []}


def test_a_coarse_place_is_spread_by_coverage_and_its_draw_is_one_cell():
    coded = desk()

    made = tallied(coded, coarse="spread")
    drawn_ = drawn(made, seed=1)

    assert made.left_out == {}
    assert shown(made) == {"Kunduz": pytest.approx([1.0, 2 / 3, 2.0]), "Herat": pytest.approx([0.0, 1 / 3, 0.0])}
    assert shown(made, "coverage")["Herat"] == pytest.approx([0.0, 1 + 1 / 3, 0.0])
    assert drawn_.sum() == 4
    assert drawn_[:, 1].tolist() in ([0, 1], [1, 0])
    assert np.array_equal(drawn_, drawn(made, seed=1))


def test_draws_follow_the_weights():
    made = tallied(desk(), coarse="spread")

    in_kunduz = np.mean([drawn(made, seed=n)[1, 1] for n in range(600)])

    assert in_kunduz == pytest.approx(2 / 3, abs=0.07)


@pytest.mark.parametrize(
    ("place", "resolution", "reason"),
    [
        (None, None, "no place"),
        (country(), None, "coarse place"),
        (region(), None, "coarse place"),
        (province("Kunduz"), None, None),
        (province("Kunduz"), 4, "coarse place"),
        (country(), 4, "coarse place"),
        (town("Herat"), 4, None),
    ],
)
def test_where_a_unit_stands_or_why_not(place, resolution, reason):
    made = tallied([report("a", claim("1", where=place, when=days(0))), report("b", day=20)], resolution=resolution)

    assert made.left_out == ({reason: 1} if reason else {})
    assert made.counts.sum() == (0 if reason else 1)


@pytest.mark.parametrize(
    ("when", "how", "told"),
    [
        (None, "start", "no day"),
        (days(-3), "start", "outside the study"),
        (days(21), "start", "outside the study"),
        (days(6, 3), "start", [1, 0, 0]),
        (days(6, 15), "start", "too many days"),
        (days(6, 3), "spread", [1 / 3, 2 / 3, 0]),
        (days(6, 15), "spread", [1 / 15, 7 / 15, 7 / 15]),
        (days(13, 300), "spread", [0, 1 / 8, 7 / 8]),
    ],
)
def test_when_a_unit_counts_or_why_not(when, how, told):
    made = tallied([report("a", claim("1", where="Kunduz", when=when)), report("b", day=20)], days=how)

    if isinstance(told, str):
        assert made.left_out == {told: 1}
    else:
        assert shown(made)["Kunduz"] == pytest.approx(told)
        assert (made.coverage[made.counts > 0] >= 1).all()


def test_copies_are_no_coverage():
    wire = "KUNDUZ (Amu Wire) - " + " ".join(f"word{n}" for n in range(120))
    coded = [report(f"d{n}", claim(f"c{n}", where="Kunduz", when=days(3)), text=wire, day=4) for n in range(5)]

    assert tallied([*coded, report("z", day=0)]).coverage.sum() == 1


def test_coverage_without_a_day_of_its_own_counts_on_the_day_of_publication():
    coded = [
        report("a", claim("1", "CONSULT", where="Kunduz"), day=9),
        report("b", claim("2", "CONSULT", where="Kunduz", when=days(-900)), day=2),
        report("z", day=20),
    ]

    assert tallied(coded).coverage.tolist() == [[1.0, 1.0, 0.0]]


def test_hexagons_hold_their_places_and_are_named_by_them():
    made = tallied(desk(), resolution=4)
    cell = next(c for c in made.cells if c.name == "Herat")

    assert cell.id == h3.latlng_to_cell(34.34, 62.2, 4) == cell_of(town("Herat"), 4)
    assert (cell.lat, cell.lon) == pytest.approx(h3.cell_to_latlng(cell.id))
    assert len(ring_of(cell.id)) == 6
    ring = outline_of(cell.id)
    assert ring[0] == ring[-1]
    assert len(ring) == 7
    assert min(x for x, _ in ring) < 62.2 < max(x for x, _ in ring)


def test_an_outline_across_the_180th_meridian_is_whole():
    ring = outline_of(h3.latlng_to_cell(-16.8, 179.99, 3))

    assert max(x for x, _ in ring) - min(x for x, _ in ring) < 5


@pytest.mark.parametrize(("words", "resolution"), [("admin1", None), ("h3:4", 4), ("h3:0", 0)])
def test_cells_by_name(words, resolution):
    assert parse_cells(words) == resolution


@pytest.mark.parametrize("words", ["admin2", "h3", "h3:10", "h3:-1", ""])
def test_cells_that_are_none(words):
    with pytest.raises(ValueError, match="neither admin1 nor h3:0 to h3:9"):
        parse_cells(words)


def test_a_study_of_centuries_is_a_wrong_year():
    with pytest.raises(InputError, match="is a year wrong"):
        tallied([report("a", day=0), report("b", day=-400_000)], time_unit="day")
    with pytest.raises(InputError, match="a first day that is not after the last"):
        tallied(desk(), since=START, until=START - timedelta(days=1))


def test_a_month_that_is_not_over_is_cut_short():
    made = tallied([report("a", day=0), report("b", day=40)], time_unit="month")

    assert np.diff(made.edges).tolist() == [26, 15]  # from 6 January to 15 February
    assert made.edges[0] == START.toordinal()


def test_the_last_day_of_the_calendar_is_a_day_like_others():
    coded = [msgspec.structs.replace(report("a", claim("1", where="Kunduz")), published=date.max)]

    assert tallied(coded).coverage.tolist() == [[1.0]]


def test_nothing_at_all():
    made = tallied([])

    assert (made.cells, made.units, made.counts.size) == ((), (), 0)


PLACED = [None, "Kunduz", "Herat", "Imam Sahib", country(), province("Kunduz"), province("Balkh"), region()]
WHENS = [None, days(2), days(9), days(9, 4), days(5, 30), days(-40), days(12, 100)]


@given(
    st.integers(0, 10_000),
    st.sampled_from([None, 3, 6]),
    st.sampled_from(["out", "spread"]),
    st.sampled_from(["start", "spread"]),
    st.sampled_from(["day", "week", "month"]),
)
@settings(deadline=None)  # a machine with other work takes longer than Hypothesis allows
def test_every_unit_stands_once_or_is_counted_as_left_out(seed, resolution, coarse, how, time_unit):
    rng = random.Random(seed)
    coded = [
        report(f"d{n}", claim(f"c{n}", where=rng.choice(PLACED), when=rng.choice(WHENS), deaths=rng.choice([None, 3])), day=rng.randrange(25))
        for n in range(12)
    ]  # fmt: skip
    options = {"resolution": resolution, "coarse": coarse, "days": how, "time_unit": time_unit}
    everything = resolved(coded)
    shuffled = rng.sample(coded, len(coded))

    made = tally(*everything, STREAMS["violence"], Layout(**options))
    other = tally(shuffled, *everything[1:], STREAMS["violence"], Layout(**options))

    assert all(sum(share.values()) == pytest.approx(1) for share in made.shares)
    assert all(len(share) == 1 for share in made.shares) or "spread" in (coarse, how)
    assert made.counts.sum() == pytest.approx(len(made.units))
    assert len(made.units) + sum(made.left_out.values()) == len(units_of(*everything, STREAMS["violence"]))
    assert made.deaths.sum() == pytest.approx(sum(u.deaths or 0 for u in made.units))
    assert (made.coverage[made.counts > 0] > 0).all()
    whole = drawn(made, seed=3)
    assert whole.sum() == len(made.units)
    assert (made.counts[whole > 0] > 0).all()
    assert (made.cells, made.units, made.left_out) == (other.cells, other.units, other.left_out)
    assert made.others == other.others
    assert np.array_equal(made.counts, other.counts)
    assert np.array_equal(made.coverage, other.coverage)
