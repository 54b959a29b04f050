"""Who is voted into an open role by the report's other acts, on claims built by hand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vedette.coding.counterparts import settle_parties
from vedette.records import Actor, Claim, Span

PEOPLE = {
    "Kabul": ("Afghanistan", "AFG"),
    "the Afghan army": (None, "AFG"),
    "Dushanbe": ("Tajikistan", "TJK"),
    "Tashkent": ("Uzbekistan", "UZB"),
    "the Oxus Front": ("Oxus Front", None),
    "somebody": (None, None),
}
KINDS = st.sampled_from(["ACCUSE", "REJECT", "ASSAULT", "CONSULT", "SANCTION"])


def actor(mention, at):
    name, country = PEOPLE[mention]
    return Actor((Span(at, at + len(mention)),), mention, name, None, country, ())


def claim(n, kind, by=(), to=()):
    """The claim of the n-th sentence; each takes a hundred characters."""
    at = 100 * n
    return Claim(
        id=f"c{n}", kind="event", attribution=None, trigger=(Span(at, at + 5),), evidence=Span(at, at + 90),
        event_type=kind, mode=None, contexts=(), quad=4, cameo=None, actors=tuple(actor(a, at + 10) for a in by),
        recipients=tuple(actor(a, at + 40) for a in to), places=(), when=None, deaths=None, injured=None, share=None,
        modality="asserted", certainty=2.0, condition=None, confidence=0.8, coder="events/2",
    )  # fmt: skip


def settled(claims, n, role="recipients"):
    return [(a.mention, a.basis) for a in getattr(settle_parties(claims)[n], role)]


def test_who_is_dealt_with_throughout_is_dealt_with_where_nobody_is_named():
    told = [claim(0, "ACCUSE", ["Kabul"], ["Dushanbe"]), claim(1, "REQUEST", ["Kabul"], ["Dushanbe"])]

    assert settled([*told, claim(2, "THREATEN", ["the Afghan army"])], 2) == [("Dushanbe", "report")]


def test_who_did_it_to_the_other_counts_half():
    told = [claim(0, "REQUEST", ["Dushanbe"], ["Kabul"]), claim(1, "REQUEST", ["Tashkent"], ["the Oxus Front"])]

    assert settled([*told, claim(2, "REQUEST", ["Kabul"])], 2) == []
    more = [claim(k, "REQUEST", ["Dushanbe"], ["Kabul"]) for k in (1, 2)]
    assert settled([told[0], *more, claim(3, "REQUEST", ["Kabul"])], 3) == [("Dushanbe", "report")]


def test_acts_of_others_do_not_vote_where_a_party_is_named():
    told = [claim(k, "SANCTION", ["Tashkent"], ["Dushanbe"]) for k in range(3)]

    assert settled([*told, claim(3, "SANCTION", ["Kabul"])], 3) == []


def test_an_actor_is_voted_for_as_well():
    told = [claim(0, "AID", ["Tashkent"], ["Kabul"]), claim(1, "AID", to=["Kabul"])]

    assert settled(told, 1, "actors") == [("Tashkent", "report")]


def test_two_with_as_many_votes_are_nobody():
    told = [
        claim(0, "AID", ["Tashkent"], ["Kabul"]), claim(0, "AID", ["Dushanbe"], ["Kabul"]),
        claim(0, "AID", ["the Oxus Front"], ["Kabul"]), claim(1, "AID", to=["Kabul"]),
    ]  # fmt: skip

    assert settled(told, 3, "actors") == []


def test_attacks_arrests_and_accusations_without_an_actor_stay_without():
    for kind in ("ASSAULT", "COERCE", "ACCUSE"):
        told = [claim(0, kind, ["Tashkent"], ["Kabul"]), claim(1, kind, to=["Kabul"])]

        assert settled(told, 1, "actors") == []


def test_attacks_and_refusals_without_a_recipient_stay_without():
    for kind in ("ASSAULT", "REJECT"):
        told = [claim(0, kind, ["Tashkent"], ["Kabul"]), claim(1, kind, ["Tashkent"])]

        assert settled(told, 1) == []


def test_acts_of_the_same_sentence_say_nothing():
    told = [claim(0, "ACCUSE", ["Kabul"], ["Dushanbe"]), claim(0, "REQUEST", ["Kabul"])]

    assert settled(told, 1) == []


def test_far_acts_say_nothing():
    told = [claim(0, "ACCUSE", ["Kabul"], ["Dushanbe"]), claim(60, "ACCUSE", ["Kabul"])]

    assert settled(told, 1) == []


def test_who_is_not_known_has_no_votes():
    told = [claim(0, "ACCUSE", ["Kabul"], ["somebody"]), claim(1, "ACCUSE", ["Kabul"])]

    assert settled(told, 1) == []


@given(
    st.lists(
        st.tuples(KINDS, st.lists(st.sampled_from(sorted(PEOPLE)), max_size=2), st.lists(st.sampled_from(sorted(PEOPLE)), max_size=2)),
        max_size=8,
    )
)  # fmt: skip
def test_only_open_roles_are_filled_and_nobody_acts_on_himself(drawn):
    told = [claim(n, kind, by, to) for n, (kind, by, to) in enumerate(drawn)]

    for before, after in zip(told, settle_parties(told), strict=True):
        assert after.actors == before.actors or not before.actors
        assert after.recipients == before.recipients or not before.recipients
        if after != before:
            sides = [{a.country or a.name for a in side} - {None} for side in (after.actors, after.recipients)]
            assert not sides[0] & sides[1]


def test_who_is_told_together_is_taken_together():
    told = [claim(k, "SANCTION", ["Tashkent"], ["Kabul", "Dushanbe"]) for k in (0, 1)]

    assert settled([*told, claim(2, "RETREAT", ["Tashkent"])], 2) == [("Kabul", "report"), ("Dushanbe", "report")]


def test_two_who_are_never_told_together_are_not():
    told = [claim(0, "SANCTION", ["Tashkent"], ["Kabul"]), claim(0, "SANCTION", ["Tashkent"], ["Dushanbe"])]

    assert len(settled([*told, claim(1, "RETREAT", ["Tashkent"])], 2)) <= 1


def test_a_thing_leaves_the_role_open_and_stays_in_it():
    told = [claim(0, "REQUEST", ["Kabul"], ["Dushanbe"]), claim(1, "REJECT", ["Kabul"], ["somebody"])]

    filled = settle_parties(told, is_thing=lambda actor: actor.mention == "somebody")[1].recipients

    assert [(a.mention, a.basis) for a in filled] == [("somebody", "clause"), ("Dushanbe", "report")]
    assert settle_parties(told)[1].recipients == told[1].recipients
