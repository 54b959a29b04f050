"""Which claims tell one happening and which of its acts; what is never joined; what each origin says."""

from __future__ import annotations

import itertools

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.resolution.make import KUNDUZ, TALOQAN, report, told
from vedette.outputs.report_incidents import happenings
from vedette.resolution import resolve
from vedette.resolution.blocks import candidates, keys
from vedette.resolution.incidents import cluster, find_incidents
from vedette.resolution.similarity import SIGNS
from vedette.resolution.told import Told, tell

MARKET = "Gunmen attacked the vegetable market of Kunduz on Monday with rifles and grenades."
TOLL = "Twelve traders were killed in the vegetable market of Kunduz on Monday."


def incidents_of(*reports, one_story=True, origins=None):
    stories = {r.id: "s" if one_story else r.id for r in reports}
    return find_incidents(reports, origins or {}, stories)


def mains(found):
    return [i for i in found if i.part_of is None]


def claims_of(incident):
    return {m.claim for m in incident.members}


def test_two_reports_of_one_attack_are_one_incident():
    found = incidents_of(
        report("a", told(MARKET, "attacked", whom=["traders"])),
        report("b", told("Armed men attacked Kunduz's vegetable market, firing rifles.", "attacked", whom=["traders"])),
    )

    (incident,) = found
    assert (incident.n_documents, incident.n_outlets, incident.part_of) == (2, 2, None)
    assert claims_of(incident) == {"a-0", "b-0"}


def test_a_toll_told_apart_is_part_of_the_attack():
    found = incidents_of(
        report("a", told(MARKET, "attacked"), told(TOLL, "killed", whom=["traders"], deaths=12)),
        report("b", told(MARKET, "attacked"), told(TOLL, "killed", whom=["traders"], deaths=12)),
    )

    (attack,) = mains(found)
    (toll,) = [i for i in found if i.part_of]
    assert claims_of(attack) == {"a-0", "b-0"}
    assert claims_of(toll) == {"a-1", "b-1"}
    assert toll.part_of == attack.incident
    assert {v.deaths.best for v in attack.versions} == {12.0}


@pytest.mark.parametrize(
    ("words", "trigger", "whom", "aspect"),
    [
        ("Ana Ruiz was shot.", "shot", ["Ana Ruiz"], "blow"),
        ("A man was charged with shooting Ana Ruiz.", "shooting", ["Ana Ruiz"], "blow"),
        ("The shooting was on Monday.", "shooting", [], "act"),
        ("She had a gunshot wound.", "gunshot", ["She"], "act"),
        ("Gunmen opened fire on Ana Ruiz.", "opened fire", ["Ana Ruiz"], "act"),
        ("Shots rang out.", "Shots rang out", [], "act"),
        ("Ana Ruiz died.", "died", ["Ana Ruiz"], "death"),
        ("It was a murder-suicide.", "murder-suicide", [], "death"),
        ("Ana Ruiz was wounded.", "wounded", ["Ana Ruiz"], "injury"),
    ],
)
def test_firing_the_hit_the_wound_and_the_death_are_told_apart(words, trigger, whom, aspect):
    (found,) = tell(report("a", told(words, trigger, whom=whom)))

    assert found.aspect == aspect


def test_a_happening_has_the_members_of_its_parts():
    found = incidents_of(report("a", told(MARKET, "attacked"), told(TOLL, "killed", whom=["traders"], deaths=12)))

    (whole,) = happenings(found)

    assert claims_of(whole) == {"a-0", "a-1"}


def test_every_claim_of_what_happened_is_in_exactly_one_incident():
    reports = [
        report(
            "a", told(MARKET, "attacked"), told("Police arrested two men in Kunduz.", "arrested", kind="COERCE"),
            told("The bridge was seized.", "seized", day=None, where=None, state="seized"),
        ),
        report("b", told("Elders met the governor in Taloqan.", "met", kind="CONSULT", where=TALOQAN)),
    ]  # fmt: skip

    members = [m.claim for i in incidents_of(*reports) for m in i.members]

    assert sorted(members) == ["a-0", "a-1", "a-2", "b-0"]


def test_what_one_claim_alone_expects_is_no_incident():
    assert incidents_of(report("a", told("They may attack Kunduz.", "attack", modality="hypothetical"))) == []


def test_what_is_only_expected_says_so():
    found = incidents_of(
        *(
            report(id, told("The talks in Kunduz begin on Monday.", "talks", kind="CONSULT", modality="announced"))
            for id in "ab"
        )
    )

    assert [(i.modality, i.n_documents) for i in found] == [("announced", 2)]


def test_an_arrest_is_no_part_of_the_attack():
    found = incidents_of(
        report("a", told(MARKET, "attacked"), told("Police arrested two men in Kunduz.", "arrested", kind="COERCE"))
    )

    assert len(mains(found)) == 2


def test_named_places_apart_are_never_one_incident_in_one_story():
    found = incidents_of(
        report("a", told("Gunmen attacked the market.", "attacked", where=KUNDUZ)),
        report("b", told("Gunmen attacked the market.", "attacked", where=TALOQAN)),
    )

    assert len(found) == 2
    assert all(not i.possible for i in found)


def test_two_attacks_that_one_report_tells_apart_stay_apart_in_the_others():
    found = incidents_of(
        report("a", told("Gunmen attacked the market.", "attacked", day=9), told("Gunmen attacked the market.", "attacked", day=3)),
        report("b", told("Gunmen attacked the market.", "attacked", day=9)),
    )  # fmt: skip

    assert sorted(sorted(claims_of(i)) for i in found) == [["a-0", "b-0"], ["a-1"]]


def test_next_day_coverage_of_another_story_is_joined_by_place_people_and_words():
    sentence = "Gunmen attacked the vegetable market of Kunduz and wounded the trader Tahmina Dummy."

    found = incidents_of(
        report("a", told(sentence, "attacked", whom=["Tahmina Dummy"])),
        report("b", told(sentence, "attacked", whom=["Tahmina Dummy"])),
        one_story=False,
    )

    assert len(found) == 1


def test_other_stories_with_other_days_are_not_compared():
    found = incidents_of(
        report("a", told(MARKET, "attacked", day=5)), report("b", told(MARKET, "attacked", day=8)), one_story=False
    )

    assert len(found) == 2


def test_what_may_be_the_same_is_kept_as_possible_on_both():
    found = incidents_of(
        report("a", told("Gunmen attacked the market of Kunduz.", "attacked", who=["Oxus Front"])),
        report("b", told("A convoy was attacked by a mine.", "attacked", day=8, where=None, who=["Northern Shield"])),
    )
    by_id = {i.incident: i for i in found}

    assert len(found) == 2
    for incident in found:
        (possible,) = incident.possible
        assert by_id[possible.incident].possible[0].incident == incident.incident
        assert 0.2 <= possible.score < 0.4


def test_each_origin_has_its_version():
    reports = [
        report("a", told(TOLL, "killed", whom=["traders"], deaths=12), published=7),
        report("b", told(TOLL, "killed", whom=["traders"], deaths=12), published=6),
        report("c", told(TOLL, "killed", whom=["traders"], deaths=40), published=8),
    ]

    (incident,) = incidents_of(*reports, origins={("a", "a-0"): "b", ("b", "b-0"): "b", ("c", "c-0"): "c"})

    assert [(v.origin, v.deaths.best, len(v.members)) for v in incident.versions] == [("b", 12.0, 2), ("c", 40.0, 1)]
    assert (incident.first_report, incident.n_origins) == ("b", 2)
    assert [(c.kind, c.says) for c in incident.conflicts] == [("deaths", ("12", "40"))]


@pytest.mark.parametrize(
    ("one", "other", "conflicts"),
    [
        ("Xaland/XAX", "the army of Xaland/XAXMIL", 0),
        ("Oxus Front/XAXREB", "Xaland/XAX", 0),
        ("Oxus Front/XAXREB", "army of Yland/YAYMIL", 1),
        ("Oxus Front", "Northern Shield", 1),
        ("Front", "Oxus Front", 0),
    ],
)
def test_a_country_and_its_army_are_no_two_perpetrators(one, other, conflicts):
    (incident,) = incidents_of(
        report("a", told(MARKET, "attacked", who=[one])), report("b", told(MARKET, "attacked", who=[other]))
    )

    assert [c.kind for c in incident.conflicts] == ["perpetrator"] * conflicts


def test_a_town_held_by_two_is_a_conflict_about_control():
    sentence = "The Front holds the town of Kunduz."
    (incident,) = incidents_of(
        report("a", told(sentence, "holds", who=["Oxus Front"], state="held")),
        report("b", told(sentence, "holds", who=["Northern Shield"], state="held")),
    )

    assert [c.kind for c in incident.conflicts] == ["control"]


def test_what_is_told_can_be_kept_and_read_back():
    coded = report("a", told(MARKET, "attacked", whom=["Tahmina Dummy"], deaths=3))
    claims = tell(coded)

    again = msgspec.json.decode(msgspec.json.encode(claims), type=list[Told])

    assert again == claims
    assert cluster(again, {}) == cluster(claims, {})


def test_an_incident_of_more_claims_than_are_compared_each_with_each_is_one():
    reports = [report(f"{n:03}", told(MARKET, "attacked")) for n in range(150)]

    (incident,) = incidents_of(*reports)

    assert incident.n_documents == 150


SENTENCES = ("attacked the market", "shot the trader Tahmina Dummy", "killed four", "arrested a man")


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.tuples(st.sampled_from(SENTENCES), st.integers(3, 7), st.sampled_from([KUNDUZ, TALOQAN, None])),
        min_size=2,
        max_size=7,
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_of_reports_changes_no_incident(rows, random):
    reports = [
        report(f"r{n}", told(f"Gunmen {words} on that day.", words.split()[0], day=day, where=where))
        for n, (words, day, where) in enumerate(rows)
    ]
    shuffled = random.sample(reports, len(reports))

    assert resolve(shuffled) == resolve(reports)


def test_signs_speak_for_what_their_names_say():
    against = ("apart", "differ", "another", "did not happen")

    for sign in SIGNS:
        if any(word in sign.name for word in against):
            assert sign.happening <= 0 and sign.act <= 0
        elif sign.name not in ("bias", "days next to each other"):
            assert sign.happening >= 0 and sign.act >= 0


def test_claims_are_compared_that_have_a_key_in_common():
    reports = [
        report(f"r{n}", told(f"Gunmen {words} on that day.", words.split()[0], day=day, where=where))
        for n, (words, day, where) in enumerate(
            itertools.product(SENTENCES, (3, 4, 6), (KUNDUZ, TALOQAN, None)),
        )
    ]
    claims = [t for r in reports for t in tell(r)]
    story_of = {f"r{n}": f"s{n % 5}" for n in range(0, len(reports), 2)}
    own = [set(keys(t, story_of.get(t.document))) for t in claims]

    first, second = candidates(claims, story_of)

    assert list(zip(first.tolist(), second.tolist(), strict=True)) == [
        (i, j) for i, j in itertools.combinations(range(len(claims)), 2) if own[i] & own[j]
    ]
