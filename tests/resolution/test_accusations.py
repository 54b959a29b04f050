"""Who accuses whom, on claims by hand: parties by code and interest, and the conflict as it is kept and shown."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from msgspec import structs

from tests.growth.test_update import keep
from tests.resolution.make import report, told
from vedette.growth import update
from vedette.outputs.versions import disputed_columns
from vedette.records import Actor, Attribution, Content, Cue, Interest, Span, Speaker
from vedette.resolution.accusations import find_accusations
from vedette.resolution.told import tell
from vedette.store import open_store

SENTENCE = "Somebody attacked the market in Kunduz."


def said(id, speaker, who, *, modality="asserted", stance="assert", party_of=None, relation=None):
    """A report in which a speaker names who attacked the market, or denies it."""
    coded = report(id, told(SENTENCE, "attacked", who=[who], modality=modality))
    interest = Interest(relation, None, None, "speaker", party_of, "") if party_of or relation else None
    claims = tuple(structs.replace(c, attribution="a1", interest=interest) for c in coded.claims)
    kind = "outlet" if speaker == "Amu Wire" else "named"
    voice = Speaker((Span(0, 5),), speaker, speaker, kind=kind)
    cue = Cue((Span(9, 17),), "say", stance)
    return structs.replace(
        coded, claims=claims, attributions=(Attribution("a1", voice, cue, Content((Span(9, 20),)), "indirect"),)
    )  # fmt: skip


def found(*coded):
    return [c.says for c in find_accusations([t for c in coded for t in tell(c)])]


def test_the_army_answers_for_its_country():
    accuser = said("a", "Yland", "Xaland/XAXGOV", party_of="YAY", relation="opponent")
    army = said(
        "b", "General Dummy", "its army/XAXMIL", modality="negated", stance="deny", party_of="XAX", relation="own"
    )

    assert found(accuser, army) == [("Xaland, accused by Yland", "denied by Xaland")]


def test_where_the_accused_has_no_name_who_denies_is_named():
    shells = Actor((Span(0, 5),), "Xaland shells", None, "XAXMIL", "XAX", ("MIL",))
    accuser = said("a", "Yland", "Xaland/XAXGOV", party_of="YAY", relation="opponent")
    accuser = structs.replace(accuser, claims=(structs.replace(accuser.claims[0], actors=(shells,)),))
    army = said(
        "b", "General Dummy", "its army/XAXMIL", modality="negated", stance="deny", party_of="XAX", relation="own"
    )

    assert found(accuser, army)[0][0] == "Xaland shells, accused by Yland"
    assert "shells" not in found(accuser, army)[0][1]


@pytest.mark.parametrize(
    "answer",
    [
        said("b", "Amu Wire", "Oxus Front", modality="negated", stance="deny"),
        said("b", "Yland", "Oxus Front", modality="negated", stance="deny"),
        said("b", "Oxus Front", "Oxus Front"),
        said("b", "Northern Shield", "Oxus Front"),
    ],
    ids=["an outlet denies", "a third party denies", "the accused owns up", "another accuses it too"],
)
def test_it_is_no_conflict_where_the_accused_does_not_answer(answer):
    assert found(said("a", "Lake Guard", "Oxus Front"), answer) == []


def test_the_accused_who_names_a_third_party_answers():
    assert found(said("a", "Lake Guard", "Oxus Front"), said("b", "Oxus Front", "Northern Shield")) == [
        ("Northern Shield, accused by Oxus Front", "Oxus Front, accused by Lake Guard")
    ]


def test_the_order_of_claims_changes_nothing():
    coded = [
        said("a", "Lake Guard", "Oxus Front"), said("b", "Oxus Front", "Lake Guard"),
        said("c", "Oxus Front", "Oxus Front", modality="negated", stance="deny"),
    ]  # fmt: skip

    assert (
        found(*coded)
        == found(*reversed(coded))
        == [("Lake Guard, accused by Oxus Front", "Oxus Front, accused by Lake Guard", "denied by Oxus Front")]
    )


def test_a_database_keeps_the_conflict_and_marks_the_actors(tmp_path):
    with open_store(tmp_path / "a.db", read_only=False) as store:
        keep(store, [said("a", "Lake Guard", "Oxus Front"), said("b", "Oxus Front", "Lake Guard")])
        update(store, at=datetime(2031, 6, 1, tzinfo=UTC))
        (incident,) = store.resolution().incidents

    (conflict,) = [c for c in incident.conflicts if c.kind == "accusation"]
    assert [[m.claim for m in side] for side in conflict.sides] == [["b-0"], ["a-0"]]
    assert "actors" in disputed_columns(incident)
