"""Whom a claim serves: real parties in neutral sentences, invented persons; no sentence stands in a data set."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vedette.coding.actors import code_actor
from vedette.coding.interest import RULES, with_interest
from vedette.lookups.actors import load_actor_table
from vedette.lookups.sides import load_sides
from vedette.records import Actor, Attribution, Claim, Content, Count, Cue, Place, Span, Speaker

SERVES, AGAINST, NEUTRAL = "self-serving", "against interest", "neutral"
OWN, FOE, THIRD = "own", "opponent", "third"
AT = Span(0, 5)


@lru_cache(maxsize=1)
def tables():
    actors = load_actor_table()
    return actors, load_sides(actors)


def actor(mention, name=None):
    code = code_actor(mention, tables()[0])
    return Actor((AT,), mention, name or code.name, code.code, code.country, code.sectors)


def speaker_of(mention, **known):
    code = code_actor(mention, tables()[0])
    told = {"name": code.name, "role": code.role, "organization": code.organization, "country": code.country} | known
    return Speaker((AT,), mention, **told)


def claim(
    what="ASSAULT", by=(), to=(), *, modality="asserted", deaths=None, voice="a1", place=None, id="c1", injured=None
):
    event_type, _, mode = what.partition("/")
    is_control = event_type.islower()
    return Claim(
        id=id, kind="control" if is_control else "event", attribution=voice, trigger=(AT,), evidence=AT,
        event_type=None if is_control else event_type, mode=mode or None, contexts=(), quad=4, cameo=None,
        actors=tuple(a if isinstance(a, Actor) else actor(a) for a in by),
        recipients=tuple(a if isinstance(a, Actor) else actor(a) for a in to),
        places=(Place(AT, "there", country=place),) if place else (), when=None,
        deaths=Count(deaths, deaths, deaths, AT) if deaths else None,
        injured=Count(injured, injured, injured, AT) if injured else None, share=None, modality=modality,
        certainty=2.0, condition=None, confidence=0.8, coder="events/1", state=event_type if is_control else None,
    )  # fmt: skip


def attribution(speaker, stance="assert", id="a1"):
    made = speaker if isinstance(speaker, Speaker) else speaker_of(speaker)
    return Attribution(id, made, Cue((AT,), "say", stance), Content((AT,)), "indirect")


def interests(claims, attributions, *, day="2024-06-01", outlet="The Oxus Post"):
    actors, sides = tables()
    made = with_interest(
        claims, attributions, sides=sides, code=lambda words: code_actor(words, actors), outlet=outlet,
        published=date.fromisoformat(day) if day else None,
    )  # fmt: skip
    return [c.interest for c in made]


class Case(NamedTuple):
    speaker: str
    what: str
    by: tuple[str, ...]
    to: tuple[str, ...]
    kind: str | None
    actor: str | None
    recipient: str | None
    stance: str = "assert"
    modality: str = "asserted"
    deaths: float | None = None
    day: str = "2024-06-01"


UKR = "Ukraine's Defense Ministry"
RUS = "Russia's Defense Ministry"
ISR, HAMAS = "the Israeli army", "a Hamas spokesman"
CASES = [
    # Attacks: own success, the other's crime, denial, harm to civilians, own losses.
    Case(UKR, "ASSAULT", ("Ukrainian forces",), ("Russian forces",), SERVES, OWN, FOE),
    Case(UKR, "ASSAULT", ("Russian forces",), ("civilians",), SERVES, FOE, THIRD, deaths=3),
    Case(UKR, "ASSAULT", ("Russian forces",), ("Ukrainian soldiers",), AGAINST, FOE, OWN, deaths=9),
    Case(UKR, "ASSAULT", ("Russian forces",), ("Ukrainian soldiers",), SERVES, FOE, OWN),
    Case(UKR, "ASSAULT", ("Russian drones",), (), SERVES, FOE, None),
    Case(UKR, "ASSAULT", (), ("Russian soldiers",), SERVES, None, FOE, deaths=40),
    Case(UKR, "ASSAULT", (), ("Ukrainian soldiers",), AGAINST, None, OWN, deaths=4),
    Case(UKR, "ASSAULT", (), ("Ukrainian soldiers",), SERVES, None, OWN, modality="negated"),
    Case(UKR, "ASSAULT", (), ("civilians",), None, None, THIRD, deaths=4),
    Case(UKR, "ASSAULT", ("Ukrainian forces",), ("the depot",), None, OWN, None),
    Case(RUS, "ASSAULT", ("Russian forces",), ("civilians",), SERVES, OWN, THIRD, modality="negated", stance="deny"),
    Case(RUS, "ASSAULT", ("our forces",), ("the hospital",), SERVES, OWN, THIRD, modality="negated"),
    Case(RUS, "ASSAULT", ("Russian forces",), ("civilians",), AGAINST, OWN, THIRD, stance="admit"),
    Case(RUS, "ASSAULT", ("Ukraine",), ("civilians",), SERVES, FOE, THIRD, stance="accuse"),
    Case(RUS, "ASSAULT", ("Ukraine",), ("civilians",), SERVES, FOE, THIRD, stance="accuse", modality="hypothetical"),
    Case(RUS, "ASSAULT", ("Ukrainian forces",), (), NEUTRAL, FOE, None, modality="hypothetical"),
    Case(RUS, "ASSAULT", ("Russian forces",), ("Ukrainian forces",), NEUTRAL, OWN, FOE, modality="announced"),
    Case(RUS, "ASSAULT", ("North Korean soldiers",), ("Ukrainian forces",), SERVES, OWN, FOE, day="2025-02-01"),
    Case(RUS, "ASSAULT", (), (), SERVES, None, None, modality="negated", stance="deny"),
    Case(ISR, "ASSAULT", ("Israeli forces",), ("aid workers",), AGAINST, OWN, THIRD, deaths=2),
    Case(ISR, "ASSAULT", ("Israeli forces",), ("Israeli soldiers",), AGAINST, OWN, OWN, deaths=1),
    Case(ISR, "ASSAULT", ("Hamas",), ("Israel",), SERVES, FOE, OWN),
    Case(ISR, "ASSAULT", ("Hezbollah",), (), SERVES, FOE, None),
    Case(HAMAS, "ASSAULT", ("Israeli forces",), ("civilians",), SERVES, FOE, THIRD, deaths=12),
    Case(HAMAS, "ASSAULT", ("Qassam Brigades",), ("Israeli soldiers",), SERVES, OWN, FOE),
    Case(HAMAS, "ASSAULT", ("Hamas",), ("a hospital",), SERVES, OWN, THIRD, modality="negated"),
    Case(HAMAS, "ASSAULT", ("Israel",), (), NEUTRAL, FOE, None, modality="negated"),
    Case("a Taliban spokesman", "ASSAULT", ("the Taliban",), ("Afghan forces",), SERVES, OWN, FOE, day="2019-05-01"),
    Case("a Taliban spokesman", "ASSAULT", ("U.S. forces",), ("civilians",), SERVES, FOE, THIRD, day="2019-05-01"),
    Case("Afghan officials", "ASSAULT", ("the Taliban",), ("Afghan soldiers",), AGAINST, FOE, OWN, deaths=8,
         day="2019-05-01"),
    Case("Afghan officials", "ASSAULT", ("U.S. forces",), ("civilians",), AGAINST, OWN, THIRD, day="2019-05-01"),
    Case("a Taliban spokesman", "ASSAULT", ("Islamic State Khorasan",), ("civilians",), SERVES, FOE, THIRD,
         day="2022-05-01"),
    Case("Pakistan's military", "ASSAULT", ("Pakistani forces",), ("TTP fighters",), SERVES, OWN, FOE, deaths=10),
    Case("Pakistan's military", "ASSAULT", ("BLA",), ("passengers",), SERVES, FOE, THIRD),
    Case("a BLA spokesman", "ASSAULT", ("BLA",), ("Pakistani soldiers",), SERVES, OWN, FOE, deaths=5),
    Case("Sudan's army", "ASSAULT", ("the Rapid Support Forces",), ("civilians",), SERVES, FOE, THIRD),
    Case("the Rapid Support Forces", "ASSAULT", ("the Sudanese army",), ("civilians",), SERVES, FOE, THIRD),
    Case("Nigeria's army", "ASSAULT", ("Boko Haram",), ("Nigerian soldiers",), AGAINST, FOE, OWN, deaths=7),
    Case("an M23 spokesman", "ASSAULT", ("M23",), ("civilians",), SERVES, OWN, THIRD, modality="negated"),
    Case("Rwanda's government", "ASSAULT", ("M23",), ("Congolese soldiers",), SERVES, OWN, FOE, day="2025-02-01"),
    Case("Ethiopia's government", "ASSAULT", ("TPLF",), (), SERVES, FOE, None, day="2021-06-01"),
    Case("Ethiopia's government", "ASSAULT", ("TPLF",), (), NEUTRAL, THIRD, None, day="2024-06-01"),
    Case("the French Defense Ministry", "ASSAULT", ("Russian forces",), ("civilians",), NEUTRAL, THIRD, THIRD),
    Case("the United Nations", "ASSAULT", ("Russian forces",), ("civilians",), NEUTRAL, THIRD, THIRD, deaths=3),
    Case("Amnesty International", "ASSAULT", ("Hamas",), ("civilians",), NEUTRAL, THIRD, THIRD),
    # Coercion and threats.
    Case("Iraq's military", "COERCE/arrest", ("Iraqi forces",), ("Islamic State",), SERVES, OWN, FOE),
    Case("Iraq's police", "COERCE/arrest", ("Iraqi police",), ("protesters",), NEUTRAL, OWN, THIRD),
    Case("Iraq's police", "COERCE/arrest", ("Iraqi police",), ("protesters",), SERVES, OWN, THIRD, modality="negated"),
    Case(ISR, "COERCE/withhold", ("Israel",), ("civilians",), AGAINST, OWN, THIRD),
    Case(HAMAS, "COERCE/withhold", ("Israel",), ("civilians",), SERVES, FOE, THIRD),
    Case(UKR, "THREATEN", ("Russia",), ("Ukraine",), SERVES, FOE, OWN),
    Case(RUS, "THREATEN", ("Russia",), ("Ukraine",), NEUTRAL, OWN, FOE),
    Case(RUS, "THREATEN", ("Russia",), ("Ukraine",), SERVES, OWN, FOE, modality="negated"),
    Case(UKR, "ACCUSE/allege", ("Ukraine",), ("Russia",), SERVES, OWN, FOE),
    Case(UKR, "ACCUSE/allege", ("Russia",), ("Ukraine",), NEUTRAL, FOE, OWN),
    Case(UKR, "MOBILIZE/troops", ("Russia",), (), NEUTRAL, FOE, None),
    # Ground.
    Case(UKR, "held", ("Ukrainian forces",), ("the city",), SERVES, OWN, None),
    Case(UKR, "seized", ("Russian forces",), ("the village",), AGAINST, FOE, None),
    Case(UKR, "seized", ("Russian forces",), ("the village",), SERVES, FOE, None, modality="negated"),
    Case(UKR, "held", ("Ukrainian forces",), ("the village",), AGAINST, OWN, None, modality="negated"),
    Case(UKR, "lost", ("Ukrainian forces",), ("the village",), AGAINST, OWN, None),
    Case(UKR, "lost", (), ("Russian forces", "the village"), SERVES, FOE, FOE),
    Case(UKR, "withdrawn", (), ("Ukrainian forces", "the village"), SERVES, OWN, OWN, modality="negated"),
    Case(UKR, "contested", ("Ukrainian forces",), ("the village",), NEUTRAL, OWN, None),
    Case(UKR, "seized", ("Ukrainian forces",), ("the village",), NEUTRAL, OWN, None, modality="announced"),
    Case("Mali's army", "seized", ("JNIM",), ("the base",), AGAINST, FOE, None),
    Case("Mali's army", "surrounded", ("Malian forces",), ("the base",), SERVES, OWN, None),
    Case("Houthi officials", "seized", ("the Houthis",), ("the port",), SERVES, OWN, None),
    # Help, easing, words.
    Case(UKR, "AID", ("Ukraine",), ("residents",), SERVES, OWN, THIRD),
    Case(UKR, "AID", ("Ukraine",), ("residents",), AGAINST, OWN, THIRD, modality="negated"),
    Case(UKR, "RETREAT/withdraw", ("Ukrainian forces",), (), AGAINST, OWN, None),
    Case(UKR, "RETREAT/withdraw", ("Russian forces",), (), SERVES, FOE, None),
    Case(HAMAS, "RETREAT/release", ("Hamas",), ("hostages",), SERVES, OWN, THIRD),
    Case(ISR, "RETREAT/release", ("Hamas",), ("hostages",), NEUTRAL, FOE, THIRD),
    Case(UKR, "CONSULT", ("Ukraine",), ("Poland",), NEUTRAL, OWN, THIRD),
    Case(UKR, "PROTEST/demo", ("residents",), (), NEUTRAL, THIRD, None),
    # Nobody's side is known.
    Case("a resident", "ASSAULT", ("Russian forces",), ("civilians",), None, None, None, deaths=3),
    Case("an analyst", "seized", ("Russian forces",), ("the village",), None, None, None),
    Case("doctors", "ASSAULT", (), ("civilians",), None, None, None, deaths=3),
    Case("a diplomat", "CONSULT", ("Ukraine",), (), None, None, None),
    Case(UKR, "ASSAULT", ("unknown men in black",), ("the depot",), None, None, None),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.speaker}-{c.what}-{c.by}-{c.to}-{c.modality}-{c.stance}")
def test_whom_it_serves(case):
    made = claim(case.what, case.by, case.to, modality=case.modality, deaths=case.deaths)

    found = interests([made], [attribution(case.speaker, case.stance)], day=case.day)[0]

    assert (found.kind, found.actor, found.recipient) == (case.kind, case.actor, case.recipient), found
    assert found.reason


def test_there_are_many_cases():
    assert len(CASES) >= 60


@pytest.mark.parametrize(
    ("speaker", "day", "party"),
    [
        ("a Taliban spokesman", "2021-08-14", "Taliban"),
        ("a Taliban spokesman", "2021-08-15", "AFG"),
        ("Afghanistan's Interior Ministry", "2020-01-01", "AFG"),
        ("the Wagner Group", "2022-01-01", "RUS"),
        ("the Wagner Group", "2023-06-24", "Wagner Group"),
        ("the Rapid Support Forces", "2023-04-14", "SDN"),
        ("the Rapid Support Forces", "2023-04-15", "Rapid Support Forces"),
        ("Hayat Tahrir al-Sham", "2024-12-08", "SYR"),
        ("UNIFIL", "2024-06-01", "United Nations"),
        ("UNICEF", "2024-06-01", "United Nations"),
        ("Human Rights Watch", "2024-06-01", "Human Rights Watch"),
        ("A spokesperson for the U.S. State Department", "2024-06-01", "USA"),
        ("a member of the Kachin Independence Army", "2024-06-01", "Kachin Independence Army"),
        ("Secretary General Arn Placeholder", "2024-06-01", None),
        ("a former Ukrainian minister", "2024-06-01", None),
        ("residents", "2024-06-01", None),
        ("its spokesman", "2024-06-01", None),
    ],
)
def test_the_party_of_a_speaker(speaker, day, party):
    assert interests([claim()], [attribution(speaker)], day=day)[0].party == party


@pytest.mark.parametrize(
    ("outlet", "party", "kind"),
    [
        ("TASS", "RUS", SERVES),
        ("Xinhua", "CHN", NEUTRAL),
        ("KCNA", "PRK", SERVES),
        ("Amaq", "Islamic State", None),
        ("Reuters", "Reuters", NEUTRAL),
        ("The Oxus Post", None, None),
        (None, None, None),
    ],
)
def test_an_outlets_own_voice(outlet, party, kind):
    made = claim("seized", ["Russian forces"], ["the village"], voice=None)

    found = interests([made], [], outlet=outlet, day="2025-02-01")[0]

    assert (found.voice, found.party) == ("outlet", party)
    if outlet != "Amaq":  # Islamic State and Russia are opponents: its own case below
        assert found.kind == kind


def test_an_agency_of_a_group_stands_against_its_opponents():
    made = claim("seized", ["Russian forces"], ["the village"], voice=None)

    assert interests([made], [], outlet="Amaq")[0].kind == AGAINST


def test_police_without_a_country_are_those_of_where_the_report_is_at():
    made = claim("ASSAULT", ["gunmen"], ["shoppers"], place="NPL")

    found = interests([made], [attribution("police")])[0]

    assert (found.party, found.actor, found.kind) == ("NPL", FOE, SERVES)


def test_a_country_that_the_document_lends_makes_no_state_of_a_diplomat():
    assert interests([claim()], [attribution(speaker_of("the diplomats", country="UKR"))])[0].party is None


def test_a_name_no_table_knows_is_a_party_and_its_accuser_an_opponent():
    claims = [
        claim("ACCUSE/allege", ["the Oxus Front"], ["the Orrin Brigade"], voice=None, id="c1"),
        claim("seized", ["the Oxus Front"], ["the bridge"], id="c2"),
    ]

    found = interests(claims, [attribution("a spokesman for the Orrin Brigade")])[1]

    assert (found.party, found.actor, found.kind) == ("Orrin Brigade", FOE, AGAINST)
    assert "opponents in this report" in found.reason


def test_a_short_name_is_that_of_the_one_group_it_fits():
    claims = [
        claim("ASSAULT", ["the Oxus Front"], [], voice=None, id="c1"),
        claim("held", ["the Front"], ["the bridge"], id="c2"),
    ]

    found = interests(claims, [attribution("the Front's commander, Arn Placeholder")])[1]

    assert (found.party, found.actor, found.kind) == ("Oxus Front", OWN, SERVES)


def test_of_two_fronts_a_short_name_tells_neither():
    claims = [
        claim("ASSAULT", ["the Oxus Front"], ["the Lund Front"], voice=None, id="c1"),
        claim("held", ["the Front"], ["the bridge"], id="c2"),
    ]

    assert interests(claims, [attribution("the Front")])[1].party is None


def test_groups_that_only_the_report_knows_have_no_relation_to_others():
    claims = [
        claim("held", ["the Oxus Front"], ["a hill"], voice=None, id="c1"),
        claim("held", ["the Orrin Brigade"], ["a road"], id="c2"),
    ]

    assert interests(claims, [attribution("the Oxus Front")])[1].actor is None


def test_a_surname_is_of_the_party_of_the_whole_name():
    speakers = [attribution("Kenyan police spokesman Arn Placeholder", id="a1"), attribution("Placeholder", id="a2")]
    claims = [claim("CONSULT", id="c1"), claim("ASSAULT", ["al-Shabab"], ["a bus"], voice="a2", id="c2")]

    found = interests(claims, speakers)[1]

    assert (found.party, found.kind) == ("KEN", SERVES)


def test_a_secretary_general_is_no_general():
    first = attribution(
        speaker_of("Secretary General Arn Placeholder", name="Arn Placeholder", role="general", country="SDN")
    )
    later = attribution(speaker_of("he", name="Arn Placeholder", role="general", country="SDN"), id="a2")
    claims = [claim("ASSAULT", ["gunmen"], ["villagers"], id="c1"), claim("ASSAULT", ["gunmen"], voice="a2", id="c2")]

    assert [i.party for i in interests(claims, [first, later])] == [None, None]


def test_both_sides_together_are_no_side():
    made = claim("ASSAULT", ["Russian forces", "Ukrainian forces"], ["civilians"])

    found = interests([made], [attribution(UKR)])[0]

    assert (found.actor, found.kind) == (None, None)


def test_we_are_the_speakers_own_side():
    found = interests([claim("seized", ["We"], ["the hill"])], [attribution(RUS)])[0]

    assert (found.actor, found.kind) == (OWN, SERVES)


def test_wounded_of_ones_own_are_a_loss():
    made = claim("ASSAULT", ["Russian forces"], ["Ukrainian soldiers"], injured=6)

    assert interests([made], [attribution(UKR)])[0].kind == AGAINST


def test_a_report_without_a_day_is_read_by_the_rows_that_hold():
    made = claim("ASSAULT", ["Taliban"], ["civilians"])

    assert interests([made], [attribution("Afghan officials")], day=None)[0].actor == OWN


def test_every_rule_can_be_reached():
    for n, rule in enumerate(RULES):
        for before in RULES[:n]:
            wider = [
                set(rule.acts) <= set(before.acts), before.told in (None, rule.told),
                before.actor is None or (rule.actor is not None and set(rule.actor) <= set(before.actor)),
                before.recipient is None
                or (rule.recipient is not None and set(rule.recipient) <= set(before.recipient)),
                before.victim in (None, rule.victim), before.is_bloody in (None, rule.is_bloody),
                before.stance in (None, rule.stance),
            ]  # fmt: skip
            assert not all(wider), (rule.why, before.why)


WORDS = st.sampled_from(
    ["Russian forces", "Ukrainian soldiers", "Hamas", "Israel", "civilians", "the village", "gunmen", "the Oxus Front",
     "United Nations", "We", "its fighters", "the Orrin Brigade"]
)  # fmt: skip
SPEAKERS = st.sampled_from([UKR, RUS, ISR, HAMAS, "a resident", "the Oxus Front", "police", "the United Nations", "he"])
WHAT = st.sampled_from(
    ["ASSAULT", "COERCE/arrest", "COERCE/withhold", "THREATEN", "ACCUSE/allege", "AID", "RETREAT/withdraw", "held",
     "seized", "lost", "withdrawn", "contested", "CONSULT", "MOBILIZE/troops"]
)  # fmt: skip


@st.composite
def documents(draw):
    stances = ["assert", "deny", "accuse", "admit"]
    speakers = [attribution(draw(SPEAKERS), draw(st.sampled_from(stances)), id=f"a{n}") for n in range(2)]
    modalities = ["asserted", "negated", "announced", "hypothetical", "historical"]
    claims = [
        claim(
            draw(WHAT), draw(st.lists(WORDS, max_size=2)), draw(st.lists(WORDS, max_size=2)),
            modality=draw(st.sampled_from(modalities)), deaths=draw(st.sampled_from([None, 3.0])),
            voice=draw(st.sampled_from([None, "a0", "a1"])), place=draw(st.sampled_from([None, "UKR", "AFG"])),
            id=f"c{n}",
        )
        for n in range(draw(st.integers(1, 4)))
    ]  # fmt: skip
    return claims, speakers


@settings(max_examples=150, deadline=None)
@given(documents())
def test_who_is_unknown_has_no_interest_and_each_has_a_reason(document):
    claims, speakers = document

    for made, found in zip(claims, interests(claims, speakers), strict=True):
        assert found.kind in (SERVES, AGAINST, NEUTRAL, None)
        assert found.reason
        assert (found.voice == "outlet") is (made.attribution is None)
        if found.party is None:
            assert (found.kind, found.actor, found.recipient) == (None, None, None)
        if found.kind in (SERVES, AGAINST):
            stances = {a.id: a.cue.stance for a in speakers}
            assert {found.actor, found.recipient} & {OWN, FOE} or stances[made.attribution] == "deny"


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([(UKR, RUS, "Ukraine", "Russia"), (ISR, HAMAS, "Israel", "Hamas")]), WHAT)
def test_opponents_are_opponents_both_ways(sides, what):
    one, other, name, foe = sides

    assert interests([claim(what, [foe])], [attribution(one)])[0].actor == FOE
    assert interests([claim(what, [name])], [attribution(other)])[0].actor == FOE


@settings(max_examples=60, deadline=None)
@given(documents(), st.randoms())
def test_the_order_of_claims_changes_nothing(document, random):
    claims, speakers = document
    shuffled = random.sample(claims, len(claims))

    as_told = dict(zip([c.id for c in claims], interests(claims, speakers), strict=True))

    assert dict(zip([c.id for c in shuffled], interests(shuffled, speakers), strict=True)) == as_told
