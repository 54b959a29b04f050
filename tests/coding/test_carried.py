"""Which open roles the rest of a report fills, on claims built by hand; `basis` says which were filled."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vedette.coding.carried import carry
from vedette.records import Actor, Claim, Span

PEOPLE = {
    "Kabul": ("AFG", ("GOV",)),
    "the army": ("AFG", ("MIL",)),
    "Dushanbe": ("TJK", ("GOV",)),
    "the Front": (None, ("REB",)),
    "the miners": ("TJK", ("LAB",)),
    "somebody": (None, ()),
}


def actor(mention, at=0):
    country, sectors = PEOPLE[mention]
    name = None if mention == "somebody" else mention
    return Actor((Span(at, at + len(mention)),), mention, name, None, country, sectors)


def claim(n, kind, by=(), to=(), *, sentence=None):
    """The claim of the n-th sentence; each takes a hundred characters."""
    at = 100 * n
    return Claim(
        id=f"c{n}", kind="event", attribution=None, trigger=(Span(at, at + 5),),
        evidence=Span(100 * (n if sentence is None else sentence), 100 * n + 90), event_type=kind, mode=None, contexts=(),
        quad=4, cameo=None, actors=tuple(actor(a, at + 10) for a in by), recipients=tuple(actor(a, at + 40) for a in to),
        places=(), when=None, deaths=None, injured=None, share=None, modality="asserted", certainty=2.0, condition=None,
        confidence=0.8, coder="events/2",
    )  # fmt: skip


def filled(claims, n, role="actors"):
    made = carry(claims)[n]
    return [(a.mention, a.basis) for a in getattr(made, role)]


def test_who_takes_most_measures_takes_the_one_without_an_actor():
    told = [claim(0, "SANCTION", ["Kabul"]), claim(1, "SANCTION", ["the army"]), claim(2, "SANCTION")]

    assert filled(told, 2) == [("the army", "report")]


def test_one_measure_is_not_most():
    assert filled([claim(0, "COERCE", ["Kabul"]), claim(1, "COERCE")], 1) == []


def test_one_is_enough_for_who_did_it_to_the_same_party():
    told = [claim(0, "COERCE", ["Kabul"], ["the miners"]), claim(1, "COERCE", to=["the miners"])]

    assert filled(told, 1) == [("Kabul", "report")]


def test_where_two_share_the_measures_nobody_is_taken():
    told = [
        claim(0, "AID", ["Kabul"]), claim(1, "AID", ["Kabul"]), claim(2, "AID", ["Dushanbe"]),
        claim(3, "AID", ["Dushanbe"]), claim(4, "AID"),
    ]  # fmt: skip

    assert filled(told, 4) == []


def test_attacks_are_laid_to_nobody():
    told = [claim(0, "ASSAULT", ["the Front"]), claim(1, "ASSAULT", ["the Front"]), claim(2, "ASSAULT")]

    assert filled(told, 2) == []


def test_nobody_suffers_his_own_act():
    told = [claim(0, "COERCE", to=["Kabul"]), claim(1, "COERCE", to=["Kabul"]), claim(2, "COERCE", ["the army"])]

    assert filled(told, 2, "recipients") == []


def test_a_denial_answers_who_accused():
    told = [claim(0, "ACCUSE", ["Dushanbe"], ["Kabul"]), claim(1, "REJECT", ["Kabul"])]

    assert filled(told, 1, "recipients") == [("Dushanbe", "report")]


def test_a_denial_does_not_answer_what_was_said_of_others():
    told = [claim(0, "ACCUSE", ["Dushanbe"], ["the Front"]), claim(1, "REJECT", ["Kabul"])]

    assert filled(told, 1, "recipients") == []


def test_whose_act_is_condemned():
    attack = claim(0, "ASSAULT", ["the Front"])
    condemned = claim(0, "ACCUSE", ["Kabul"])
    words = Actor(attack.trigger, "the attack")
    condemned = Claim(
        **{f: getattr(condemned, f) for f in Claim.__struct_fields__} | {"recipients": (words,), "id": "x"}
    )

    assert filled([attack, condemned], 1, "recipients") == [("the Front", "report")]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["COERCE", "SANCTION", "ASSAULT", "REJECT", "ACCUSE", "CONSULT"]),
            st.lists(st.sampled_from(sorted(PEOPLE)), max_size=2, unique=True),
            st.lists(st.sampled_from(sorted(PEOPLE)), max_size=2, unique=True),
        ),
        max_size=8,
    )
)
def test_actors_that_the_clause_tells_stay_and_what_is_filled_says_so(rows):
    told = [claim(n, *row) for n, row in enumerate(rows)]

    made = carry(told)

    assert [c.id for c in made] == [c.id for c in told]
    for before, after in zip(told, made, strict=True):
        assert after.actors == before.actors if before.actors else all(a.basis == "report" for a in after.actors)
        if not before.recipients:
            assert all(a.basis == "report" for a in after.recipients)


def test_whom_most_measures_are_laid_on_together_is_filled_together():
    told = [claim(k, "SANCTION", ["Kabul"], ["Dushanbe", "the Front"]) for k in (0, 1)]

    assert filled([*told, claim(2, "SANCTION", ["Kabul"])], 2, "recipients") == [
        ("Dushanbe", "report"),
        ("the Front", "report"),
    ]


def test_whom_others_attack_is_not_whom_this_one_attacks():
    told = [claim(k, "ASSAULT", ["Kabul"], ["the Front"]) for k in (0, 1)]

    assert filled([*told, claim(2, "ASSAULT", ["Dushanbe"])], 2, "recipients") == []
    assert filled([*told, claim(2, "ASSAULT")], 2, "recipients") == [("the Front", "report")]


def test_things_leave_a_measure_open_and_stay_in_it():
    told = [claim(k, "SANCTION", ["Kabul"], ["Dushanbe"]) for k in (0, 1)]
    made = carry([*told, claim(2, "SANCTION", ["Kabul"], ["somebody"])], lambda actor: actor.mention == "somebody")

    assert [(a.mention, a.basis) for a in made[2].recipients] == [("somebody", "clause"), ("Dushanbe", "report")]
