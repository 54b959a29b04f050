"""The control map of documents: whose word weighs what, which place it is about, and the layers."""

from __future__ import annotations

import random
from datetime import timedelta
from itertools import pairwise

import msgspec
import numpy as np
import pytest

from tests.analysis.control_make import COMPACT, LEAGUE, START, on, told
from vedette.analysis.control_map import assess_control
from vedette.controls import load_control_model
from vedette.records import Actor, Interest

MODEL = load_control_model()
# Three claims about other places: fewer make no map.
OTHERS = [told(place, "Hill Union", 0, admin1="Herat", outlet="Far Post") for place in ("Herat", "Farah", "Zaranj")]


def mapped(*documents, origins=None, claim_origins=None, **options):
    return assess_control([*documents, *OTHERS], origins or {}, claim_origins or {}, MODEL, **options)


def of(found, name="Kunduz", level="settlement"):
    return next(p for p in found.places if p.name == name and p.level == level)


def chance(documents, state=LEAGUE, **options):
    return of(mapped(*documents, **options)).distribution.get(state, 0.0)


def log_odds(p):
    return np.log(p / (1 - p))


# ---- whose word ------------------------------------------------------------------------------------------------


def test_an_observer_makes_its_holder_likelier_and_says_so():
    place = of(mapped(told("Kunduz", LEAGUE, 3, voice="A monitor", interest="neutral", party="Relief Watch")))

    assert place.assessed == LEAGUE
    assert place.probability == place.distribution[LEAGUE] > 0.7
    assert place.words == "likely" or place.words == "very likely"
    assert sum(place.distribution.values()) == pytest.approx(1)
    assert [m.claim for m in place.supporting]
    assert place.opposing == ()
    assert (place.last_evidence, place.age_days, place.n_origins) == (on(3), 0, 1)


def test_a_claim_against_interest_moves_more_than_one_that_serves():
    base = [told("Kunduz", COMPACT, 0), told("Kunduz", LEAGUE, 0, outlet="Lower River Post")]
    serves = chance([*base, told("Kunduz", LEAGUE, 1, voice="Spokesman", party=LEAGUE, interest="self-serving")])
    admits = chance([*base, told("Kunduz", LEAGUE, 1, voice="General", party=COMPACT, interest="against interest")])
    observed = chance([*base, told("Kunduz", LEAGUE, 1, voice="Monitor", party="UN", interest="neutral")])

    assert chance(base) < serves < observed < admits


def test_self_serving_claims_alone_never_reach_certainty():
    daily = [
        told("Kunduz", LEAGUE, day, voice=f"Spokesman {day % 5}", party=LEAGUE, interest="self-serving")
        for day in range(365)
    ]
    place = of(mapped(*daily))

    assert place.probability < 0.9
    assert all(period.probability < 0.95 for period in place.timeline)


def test_voices_of_one_party_are_one_where_they_serve_it():
    one = told("Kunduz", LEAGUE, 0, voice="Spokesman", party=LEAGUE, interest="self-serving")
    other = told("Kunduz", LEAGUE, 0, voice="Commander", party=LEAGUE, interest="self-serving")

    assert chance([one, other]) == pytest.approx(chance([one]))


def test_three_copies_move_no_more_than_one():
    text = "The wire said of Kunduz: Reed League held it."
    copies = [told("Kunduz", LEAGUE, day, outlet=f"Outlet {day}", text=text, id=f"copy{day}") for day in range(3)]
    origins = {c.id: "copy0" for c in copies}
    at = on(2)
    found = mapped(*copies, origins=origins, day=at)

    assert of(found).distribution == pytest.approx(of(mapped(copies[0], day=at)).distribution)
    assert sum(u.why.startswith("a copy") for u in found.unplaced) == 2
    assert of(found).n_origins == 1
    assert chance(copies, day=at) > of(found).probability


def test_further_origins_add_less_and_less():
    documents = [told("Kunduz", LEAGUE, 0, outlet=f"Outlet {n}") for n in range(6)]
    odds = [log_odds(chance(documents[:n])) for n in range(1, 7)]
    gains = np.diff(odds)

    assert (gains > 0).all()
    assert (np.diff(gains) < 0).all()


def test_what_is_less_certain_or_coded_with_less_confidence_moves_less():
    full = chance([told("Kunduz", LEAGUE)])

    assert chance([told("Kunduz", LEAGUE, certainty=1.0)]) < full
    assert chance([told("Kunduz", LEAGUE, confidence=0.5)]) < full


# ---- what is said ----------------------------------------------------------------------------------------------

BOTH = [told("Kunduz", LEAGUE, 0), told("Kunduz", COMPACT, 0, outlet="Salt Coast Radio")]


def by(*documents, state=LEAGUE):
    """The log odds of a state by one more report, against those without it."""
    return log_odds(chance([*BOTH, *documents], state, day=on(1))) - log_odds(chance(BOTH, state, day=on(1)))


def test_states_pull_where_they_should():
    third = {"outlet": "Plain Reader"}
    assert by(told("Kunduz", LEAGUE, 1, state="seized", **third)) > 0.5
    assert by(told("Kunduz", LEAGUE, 1, state="lost", **third)) < -0.5
    assert by(told("Kunduz", LEAGUE, 1, state="withdrawn", **third)) < -0.5
    assert by(told("Kunduz", LEAGUE, 1, modality="negated", certainty=-3.0, **third)) < -0.5
    assert by(told("Kunduz", LEAGUE, 1, state="lost", modality="negated", certainty=-3.0, **third)) > 0.5
    assert by(told("Kunduz", None, 1, state="contested", **third), state="CONTESTED") > 0.5
    assert by(told("Kunduz", LEAGUE, 1, state="surrounded", **third)) < -0.5
    assert by(told("Kunduz", LEAGUE, 1, state="surrounded", **third), state="CONTESTED") > 0.5
    siege = told("Kunduz", LEAGUE, 1, state="surrounded", **third)
    assert by(siege) < by(siege, state=COMPACT) < by(siege, state="CONTESTED")


def test_a_part_of_a_town_speaks_for_a_fight_over_it():
    whole = told("Kunduz", LEAGUE, 1, outlet="Plain Reader")
    part = told("Kunduz", LEAGUE, 1, outlet="Plain Reader", share=(0.05, 0.3, 0.6))

    assert by(part) < by(whole)
    assert by(part, state="CONTESTED") > by(whole, state="CONTESTED")


def test_an_attack_is_weak_evidence_of_a_fight_over_the_place():
    attack = told("Kunduz", LEAGUE, 1, event=True, outlet="Plain Reader")
    stranger = told("Kunduz", "Hill Union", 1, event=True, outlet="Plain Reader")

    assert 0 < by(attack, state="CONTESTED") < by(told("Kunduz", None, 1, state="contested"), state="CONTESTED")
    assert by(stranger, state="CONTESTED") == pytest.approx(0)


@pytest.mark.parametrize("modality", ["announced", "conditional", "hypothetical", "historical"])
def test_what_is_not_told_as_a_fact_is_no_evidence(modality):
    found = mapped(*BOTH, told("Kunduz", LEAGUE, 1, modality=modality, outlet="Plain Reader"))

    assert of(found).distribution == pytest.approx(of(mapped(*BOTH)).distribution)
    assert f"not told as a fact ({modality})" in {u.why for u in found.unplaced}


def test_fighters_of_no_name_are_not_the_state():
    state = told("Kunduz", "Government forces", 0, sectors=("MIL",))
    fall = told("Kunduz", "fighters", 1, state="seized", sectors=("REB",), outlet="Plain Reader")
    before, after = of(mapped(state, day=on(1))), of(mapped(state, fall))

    assert before.assessed == "AFG"
    assert after.distribution["AFG"] < before.distribution["AFG"] - 0.2
    assert after.distribution["UNKNOWN"] > before.distribution["UNKNOWN"] + 0.1


def test_the_army_is_the_state_in_which_the_place_lies_and_a_short_name_the_full_one():
    found = mapped(
        told("Kunduz", "The army", 0, sectors=("MIL",)), told("Kunduz", LEAGUE, 1), told("Kunduz", "League", 2)
    )

    assert set(of(found).distribution) == {"AFG", LEAGUE, "CONTESTED", "UNKNOWN"}


def test_an_ally_is_not_the_speakers_own_party():
    claim = told("Kunduz", COMPACT, 0, voice="Spokesman", party=LEAGUE, interest="self-serving")
    allied = Interest("own", None, "self-serving", "speaker", LEAGUE, "ground held (ally: the river war)")
    documents = [msgspec.structs.replace(claim, claims=(msgspec.structs.replace(claim.claims[0], interest=allied),))]

    assert COMPACT in of(mapped(*documents)).distribution
    assert LEAGUE not in of(mapped(*documents)).distribution


# ---- time ------------------------------------------------------------------------------------------------------


def test_the_order_of_reports_changes_nothing():
    documents = [
        told(place, holder, day, outlet=f"Outlet {day % 4}", state=state)
        for day, (place, holder, state) in enumerate(
            [("Kunduz", LEAGUE, "held"), ("Taloqan", COMPACT, "seized"), ("Kunduz", COMPACT, "seized"), ("Kunduz", LEAGUE, "lost")] * 3
        )
    ]  # fmt: skip
    shuffled = list(documents)
    random.Random(4).shuffle(shuffled)

    assert mapped(*shuffled) == mapped(*documents)


def test_a_late_report_counts_from_the_day_it_tells_of():
    late = told("Kunduz", COMPACT, 40, state="seized", when=5, dated=True, outlet="Plain Reader")
    documents = [told("Kunduz", LEAGUE, 0), told("Kunduz", LEAGUE, 30, outlet="Lower River Post")]

    assert chance([*documents, late], COMPACT, day=on(6)) > chance(documents, COMPACT, day=on(6)) + 0.1
    assert chance([*documents, late], COMPACT, day=on(4)) < chance([*documents, late], COMPACT, day=on(6))


def test_what_comes_later_is_not_known_on_a_day():
    first = [told("Kunduz", LEAGUE, 0)]
    both = [*first, told("Kunduz", COMPACT, 20, outlet="Plain Reader")]
    place = of(mapped(*both, day=on(10)))

    assert place.distribution[LEAGUE] > 3 * place.distribution[COMPACT]
    assert [c.day for c in place.claimed] == [on(0)]
    assert place.last_evidence == on(0)
    assert place.age_days == 10


def test_silence_makes_it_unknown():
    after = [of(mapped(told("Kunduz", LEAGUE, 0), day=on(day))) for day in (0, 60, 400, 2000)]

    assert [p.assessed for p in after[:2]] == [LEAGUE, LEAGUE]
    assert after[-1].assessed == "UNKNOWN"
    assert all(a.distribution[LEAGUE] > b.distribution[LEAGUE] for a, b in pairwise(after))
    assert after[-1].age_days == 2000


def test_the_timeline_turns_on_the_day_of_the_seizure():
    documents = [
        *(told("Kunduz", LEAGUE, day, outlet=f"Outlet {day}") for day in (0, 10, 20)),
        *(told("Kunduz", COMPACT, 40, state="seized", dated=True, outlet=f"Outlet {n}") for n in (1, 2, 3)),
        told("Kunduz", COMPACT, 60, outlet="Outlet 5"),
    ]
    timeline = of(mapped(*documents)).timeline

    assert (timeline[0].controller, timeline[-1].controller) == (LEAGUE, COMPACT)
    assert abs((timeline[-1].start - on(40)).days) <= 1
    assert timeline[0].start == on(0)
    assert all(a.end == b.start for a, b in pairwise(timeline))
    assert timeline[-1].end == on(61)


# ---- places and regions ----------------------------------------------------------------------------------------


def test_a_centre_tells_a_little_of_its_district_and_a_district_nothing_of_its_centre():
    district = told("Kunduz", LEAGUE, 0, precision="admin2")
    centre = told("Kunduz", LEAGUE, 0)
    taken = told("Kunduz", COMPACT, 1, words="Kunduz city", outlet="Lower River Post")
    swept = told("Kunduz", COMPACT, 1, words="Kunduz district", precision="admin2", outlet="Lower River Post")
    base = mapped(district, centre, day=on(1))
    by_centre, by_district = mapped(district, centre, taken), mapped(district, centre, swept)

    def moved(found, level):
        return log_odds(of(found, level=level).distribution[LEAGUE]) - log_odds(
            of(base, level=level).distribution[LEAGUE]
        )

    assert moved(by_centre, "settlement") < moved(by_centre, "district") < -0.1
    assert moved(by_district, "district") < -0.5
    assert of(by_district).probability == pytest.approx(of(base).probability)
    assert of(base).centre_of == of(base, level="district").place


def test_the_district_centre_is_the_town_of_its_name():
    found = mapped(told("Khwahan", LEAGUE, 0, words="the district centre", precision="admin2", basis="neighbour"))

    assert of(found, "Khwahan").level == "settlement"


def test_a_town_whose_province_is_not_told_is_the_one_of_its_name():
    found = mapped(told("Kunduz", LEAGUE, 0), told("Kunduz", LEAGUE, 0, admin1=None, outlet="Lower River Post"))

    assert [p.n_origins for p in found.places if p.name == "Kunduz"] == [2]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("a police post", "no place by name"),
        ("the border", "no place by name"),
        ("half of the crossings", "no place by name"),
    ],
)
def test_what_has_no_name_is_on_no_map(words, why):
    found = mapped(told("Kunduz", LEAGUE, 0, words=words, basis="sentence"))

    assert not [p for p in found.places if p.name == "Kunduz"]
    assert why in {u.why for u in found.unplaced}


def test_the_road_to_a_town_is_not_the_town():
    text = "The mayor said of the city and the road to Kunduz: Reed League held it."
    found = mapped(told("Kunduz", LEAGUE, 0, words="the city", text=text))

    assert not [p for p in found.places if p.name == "Kunduz"]
    assert "not said which place" in {u.why for u in found.unplaced}


def test_the_airport_of_a_town_is_a_place_of_its_own():
    found = mapped(told("Kunduz", LEAGUE, 0, words="Kunduz airport"), told("Kunduz", COMPACT, 0))

    assert of(found, "kunduz airport", "site").assessed == LEAGUE
    assert LEAGUE not in of(found).distribution


def test_a_regional_share_tilts_all_its_places_and_is_a_fact_of_none():
    towns = [
        told(name, COMPACT, 0, outlet="Lower River Post") for name in ("Kunduz", "Taloqan", "Imam Sahib", "Baghlan")
    ]
    share = told("Kunduz", COMPACT, 1, words="the district centres", share=(0.05, 0.1, 0.15), outlet="Plain Reader")
    before, after = mapped(*towns, day=on(1)), mapped(*towns, share)
    moved = [
        log_odds(of(after, p.name).distribution[COMPACT]) - log_odds(p.distribution[COMPACT])
        for p in before.places if p.admin1 == "Kunduz"
    ]  # fmt: skip

    assert len(moved) == 4
    assert moved == pytest.approx([moved[0]] * 4)
    assert moved[0] < -0.05
    assert [p.name for p in after.places] == [p.name for p in before.places]
    assert of(after).supporting == of(before).supporting
    assert of(after).opposing == of(before).opposing
    assert len(of(after).claimed) == 1
    assert [(r.holder, r.best, r.n_places) for r in after.regions] == [(COMPACT, 0.1, 4)]


def test_a_share_repeated_by_one_origin_tilts_once():
    towns = [
        told(name, COMPACT, 0, outlet="Lower River Post") for name in ("Kunduz", "Taloqan", "Imam Sahib", "Baghlan")
    ]
    share = [
        told("Kunduz", COMPACT, 1, words="the district centres", share=(0.05, 0.1, 0.15), outlet=f"Outlet {n}", id=f"s{n}")
        for n in range(3)
    ]  # fmt: skip
    same = {(c.id, c.claims[0].id): "wire" for c in share}

    assert of(mapped(*towns, *share, claim_origins=same)).distribution == pytest.approx(
        of(mapped(*towns, share[0])).distribution
    )


def test_a_province_is_not_its_towns():
    province = told("Kunduz", LEAGUE, 1, precision="admin1", outlet="Plain Reader")
    alone = mapped(province)
    towns = [told(name, COMPACT, 0) for name in ("Kunduz", "Taloqan")]

    assert not [p for p in alone.places if p.admin1 == "Kunduz"]
    assert of(mapped(*towns, province)).assessed == COMPACT


# ---- layers ----------------------------------------------------------------------------------------------------

SPOKEN = [
    told("Kunduz", LEAGUE, 2, voice="Spokesman", party=LEAGUE, interest="self-serving"),
    told("Kunduz", COMPACT, 1, voice="General", party=COMPACT, interest="self-serving"),
    told("Kunduz", COMPACT, 4, voice="General", party=COMPACT, interest="self-serving", state="seized"),
    told("Taloqan", LEAGUE, 3, voice="Spokesman", party=LEAGUE, interest="self-serving"),
    told("Imam Sahib", LEAGUE, 3, voice="Spokesman", party=LEAGUE, interest="self-serving"),
    told("Kunduz", LEAGUE, 3, outlet="Lower River Post"),
]


def test_the_claimed_layer_is_the_last_word_of_each_voice():
    place = of(mapped(*SPOKEN))

    assert [(c.voice, c.voice_kind, c.state, c.holder, c.day) for c in place.claimed] == [
        (COMPACT, "party", "seized", COMPACT, on(4)),
        ("Lower River Post", "outlet", "held", LEAGUE, on(3)),
        (LEAGUE, "party", "held", LEAGUE, on(2)),
    ]


@pytest.mark.parametrize("name", [LEAGUE, "spokesman"])
def test_the_map_according_to_one_voice_uses_its_claims_alone(name):
    found = assess_control(SPOKEN, {}, {}, MODEL, according_to=name)

    assert found.according_to == name
    assert found.n_claims == 3
    assert {p.name: p.assessed for p in found.places} == dict.fromkeys(("Kunduz", "Taloqan", "Imam Sahib"), LEAGUE)
    assert {c.voice for p in found.places for c in p.claimed} == {LEAGUE}


def test_the_map_according_to_an_outlet_is_what_it_says_itself():
    documents = [told(name, LEAGUE, 0, outlet="Lower River Post") for name in ("Kunduz", "Taloqan", "Baghlan")]
    quoted = told("Imam Sahib", LEAGUE, 0, voice="Spokesman", outlet="Lower River Post")
    found = assess_control([*documents, quoted], {}, {}, MODEL, according_to="Lower River Post")

    assert {p.name for p in found.places} == {"Kunduz", "Taloqan", "Baghlan"}


@pytest.mark.parametrize("documents", [[], [told("Kunduz", LEAGUE)]])
def test_few_claims_make_no_map(documents):
    found = assess_control(documents, {}, {}, MODEL)

    assert found.places == ()
    assert found.too_few is not None
    assert found.too_few.startswith(f"too few data: {len(documents)} claims")


def test_nobody_of_that_name_makes_no_map():
    found = mapped(according_to="Nobody")

    assert "0 claims by Nobody" in found.too_few


def test_an_actor_that_is_nobody_holds_nothing():
    found = mapped(told("Kunduz", "it", 0))

    assert "not said who holds it" in {u.why for u in found.unplaced}


def test_a_loss_by_nobody_is_left_out():
    document = told("Kunduz", None, 0, state="lost")
    claim = msgspec.structs.replace(
        document.claims[0], recipients=(Actor(document.claims[0].recipients[-1].spans, "Kunduz"),)
    )
    found = mapped(msgspec.structs.replace(document, claims=(claim,)))

    assert "not said who lost it" in {u.why for u in found.unplaced}


def test_a_century_of_claims_is_told_in_longer_steps():
    old = told("Kunduz", LEAGUE, 0, when=-36_500, dated=True)
    found = mapped(old, told("Kunduz", COMPACT, 1, outlet="Plain Reader"))

    assert of(found).timeline[0].start == START - timedelta(days=36_500)
    assert of(found).assessed == COMPACT


def test_a_group_is_the_state_from_the_day_on_which_the_table_says_so():
    documents = [told("Kunduz", LEAGUE, 1), told("Taloqan", LEAGUE, 9), told("Imam Sahib", "Salt Compact", 9)]

    def party_of(name, day):
        return "AFG" if name == LEAGUE and day >= on(5) else None

    found = assess_control(documents, {}, {}, MODEL, party_of=party_of)

    assert {p.name: p.claimed[0].holder for p in found.places} == {
        "Kunduz": LEAGUE, "Taloqan": "AFG", "Imam Sahib": "Salt Compact",
    }  # fmt: skip
