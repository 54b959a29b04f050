"""What counts as one: incidents, else origins, never articles; only what is asserted."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.make import claim, country, days, report, resolved, town
from vedette.analysis.streams import Stream, label_of, parse_streams, units_of
from vedette.errors import BadData
from vedette.lookups.streams import load_streams
from vedette.records import Incident, Member, Resolution

STREAMS = load_streams()


def units(coded, stream="violence"):
    return units_of(*resolved(coded), STREAMS[stream])


def test_the_shipped_streams():
    assert {"violence", "deaths", "control", "protest", "coercion", "threats", "cooperation"} <= set(STREAMS)
    assert STREAMS["violence"].labels == {"ASSAULT"}
    assert STREAMS["deaths"].is_deadly
    assert {"seized", "RETREAT/withdraw"} <= STREAMS["control"].labels
    assert "held" not in STREAMS["control"].labels


class Part(Incident, frozen=True):
    """An incident that says of which other it is a part."""

    part_of: str | None = None


def joined(*pairs):
    """What is known across documents: incidents of such (document id, claim id)."""
    return Resolution(
        incidents=tuple(
            Incident(f"i{n}", tuple(Member(*pair) for pair in some), len(some), len(some), len(some))
            for n, some in enumerate(pairs)
        )
    )


def test_an_incident_counts_once_however_many_articles_tell_it():
    coded = [report(f"d{n}", claim(f"c{n}", where="Kunduz", when=days(3))) for n in range(4)]

    (unit,) = units_of(coded, joined([(f"d{n}", f"c{n}") for n in range(4)]), {}, STREAMS["violence"])

    assert unit.claims == tuple(Member(f"d{n}", f"c{n}") for n in range(4))
    assert unit.n_origins == 4
    assert unit.place == town("Kunduz")
    assert unit.when == days(3)


def test_two_acts_are_two_units_with_and_without_a_second_report():
    coded = [
        report("a", claim("1", where="Kunduz", when=days(3)), claim("2", where="Herat", when=days(3), at=10)),
        report("b", claim("3", where="Kunduz", when=days(3))),
    ]

    made = units_of(coded, joined([("a", "1"), ("b", "3")]), {}, STREAMS["violence"])

    assert sorted(len(u.claims) for u in made) == [1, 2]


def test_a_death_that_is_part_of_an_attack_is_one_unit_with_it():
    coded = [report(x, claim(x, where="Kunduz", when=days(3), deaths=n)) for x, n in (("a", None), ("b", 4))]
    parts = Resolution(
        incidents=(Part("i1", (Member("a", "a"),), 1, 1, 1), Part("i2", (Member("b", "b"),), 1, 1, 1, part_of="i1"))
    )

    (unit,) = units_of(coded, parts, {}, STREAMS["violence"])

    assert {m.claim for m in unit.claims} == {"a", "b"}
    assert unit.deaths == 4


def test_what_no_incident_holds_counts_once_an_origin():
    same = {"where": "Kunduz", "when": days(3)}
    coded = [
        report("a", claim("1", **same), claim("2", **same, at=10)),
        report("b", claim("3", **same)),
        report("c", claim("4", **same), claim("5", where="Kunduz", when=days(4), at=10)),
    ]
    origins = {("a", "1"): "a", ("a", "2"): "a", ("b", "3"): "a", ("c", "4"): "c", ("c", "5"): "c"}

    made = units_of(coded, Resolution(), origins, STREAMS["violence"])

    assert sorted([m.claim for m in u.claims] for u in made) == [["1", "2", "3"], ["4"], ["5"]]


def test_an_incident_of_one_claim_is_a_unit_like_others():
    coded = [report("a", claim("1", where="Kunduz", when=days(3)))]
    alone = Resolution(incidents=(Incident("i1", (Member("a", "1"),), 1, 1, 1),))

    with_, without = (units_of(coded, r, {}, STREAMS["violence"]) for r in (alone, Resolution()))

    assert with_ == without
    assert len(with_) == 1


@pytest.mark.parametrize("modality", ["negated", "announced", "conditional", "hypothetical", "historical"])
def test_only_what_is_asserted_counts(modality):
    coded = [
        report("a", claim("1", where="Kunduz", when=days(3), modality=modality)),
        report("b", claim("2", where="Herat", when=days(3))),
        report("c", claim("3", where="Herat", when=days(3), modality=modality)),
    ]

    assert [u.claims for u in units(coded)] == [(Member("b", "2"),)]


def test_copies_and_older_versions_add_nothing():
    wire = "KUNDUZ (Amu Wire) - " + " ".join(f"word{n}" for n in range(120))
    coded = [report(f"d{n}", claim(f"c{n}", where="Kunduz", when=days(3)), text=wire, day=4 + n) for n in range(3)]
    versions = [
        report(f"v{n}", claim(f"v{n}", where=("Herat", "Farah")[n], when=days(3)), text=wire[21:] + f" end {n} " * n,
               url="https://oxus.example/1", day=5 + n)
        for n in range(2)
    ]  # fmt: skip

    (unit,) = units(coded)
    assert unit.n_origins == 1
    assert [u.claims for u in units(versions)] == [(Member("v1", "v1"),)]


def test_a_withdrawal_told_as_event_and_as_control_is_one_change_of_control():
    where = {"where": "Kunduz", "when": days(3)}
    coded = [report("a", claim("1", "RETREAT/withdraw", **where, at=7), claim("2", "withdrawn", **where, at=7))]

    (unit,) = units(coded, "control")

    assert {m.claim for m in unit.claims} == {"1", "2"}
    assert unit.labels >= {"withdrawn", "RETREAT/withdraw"}
    assert units(coded, "violence") == []


def test_the_finest_place_and_the_shortest_days_stand_for_a_unit():
    coded = [
        report("a", claim("1", where=country(), when=days(0, 31, precision="month"))),
        report("b", claim("2", where="Kunduz", when=days(3))),
        report("c", claim("3", where=town("Herat", basis="dateline"), when=days(5, basis="published"))),
    ]
    one = Resolution(incidents=(Incident("i", (Member("a", "1"), Member("b", "2"), Member("c", "3")), 3, 3, 3),))

    (unit,) = units_of(coded, one, {}, STREAMS["violence"])

    assert unit.place == town("Kunduz")
    assert unit.when == days(3)


def test_deaths_are_the_middle_of_what_origins_say():
    tolls = [
        report(x, claim(x, where="Kunduz", when=days(3), deaths=n)) for x, n in zip("abcd", (3, 5, 40, 5), strict=True)
    ]
    coded = [
        *tolls,
        report("e", claim("e", where="Herat", when=days(3))),
        report("f", claim("f", where="Farah", when=days(3), deaths=0)),
    ]
    one = Resolution(incidents=(Incident("i", tuple(Member(x, x) for x in "abcd"), 4, 4, 4),))

    (unit,) = units_of(coded, one, {}, STREAMS["deaths"])

    assert (unit.deaths_low, unit.deaths, unit.deaths_high) == (3.0, 5.0, 40.0)


def test_claims_without_day_or_place_are_units_too():
    assert len(units([report("a", claim("1")), report("b", claim("2", where="Kunduz"))])) == 2


def test_labels_of_claims():
    assert label_of(claim("1", "ASSAULT/drone")) == {"ASSAULT", "ASSAULT/drone"}
    assert label_of(claim("1", "seized")) == {"seized"}


@given(st.permutations(range(12)), st.integers(0, 50))
def test_the_order_of_documents_changes_nothing(order, seed):
    rng = random.Random(seed)
    coded = [
        report(
            f"d{n:02}",
            *(
                claim(f"{n}.{k}", rng.choice(["ASSAULT", "seized"]), where=rng.choice(["Kunduz", "Herat", country(), None]),
                      when=rng.choice([None, days(3), days(4), days(3, 7)]), deaths=rng.choice([None, 2, 5]), at=10 * k)
                for k in range(2)
            ),
        )
        for n in range(12)
    ]  # fmt: skip
    stream = Stream("both", "", frozenset({"ASSAULT", "seized"}))
    resolution, origins = resolved(coded)[1:]

    assert units_of([coded[n] for n in order], resolution, origins, stream) == units_of(
        coded, resolution, origins, stream
    )


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"name": "x", "gist": ""}, "'x' holds nothing"),
        ({"name": "X y", "gist": "", "types": "ASSAULT"}, "is no name"),
        ({"name": "x", "gist": "", "types": "TICKLE"}, "unknown type 'TICKLE': use one of ACCUSE"),
        ({"name": "x", "gist": "", "types": "AID AID"}, "'AID' stands twice"),
        ({"name": "x", "gist": "", "modes": "AID/tickle"}, "unknown mode 'AID/tickle'"),
        ({"name": "x", "gist": "", "states": "tickled"}, "unknown state 'tickled': use one of contested"),
        ({"name": "x", "gist": "", "kinds": "AID"}, "unknown field `kinds`"),
    ],
)
def test_a_bad_stream_is_refused(entry, said):
    with pytest.raises(BadData) as caught:
        parse_streams({"stream": [entry]}, "streams.toml")

    assert said in str(caught.value)
