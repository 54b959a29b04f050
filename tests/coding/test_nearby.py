"""Where an act is whose sentence names no place: chosen from the report's other acts, on claims built by hand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vedette.coding.nearby import settle_places
from vedette.records import Actor, Claim, Place, Span

COUNTRY_OF = {"Kunduz": "AFG", "Takhar": "AFG", "Dushanbe": "TJK", "Afghanistan": "AFG", "Asia": None}
PRECISION = {"Afghanistan": "country", "Asia": "region"}


def place(name, at, basis):
    return Place(
        Span(at, at + len(name)), name, name, 36.0, 68.0, COUNTRY_OF[name], precision=PRECISION.get(name, "settlement"),
        confidence=0.9, basis=basis,
    )  # fmt: skip


def claim(n, kind="ASSAULT", at=(), basis="clause", country=None):
    """The claim of the n-th sentence; each takes a hundred characters."""
    start = 100 * n
    actors = (Actor((Span(start, start + 3),), "who", None, None, country, ()),) if country else ()
    return Claim(
        id=f"c{n}", kind="event", attribution=None, trigger=(Span(start, start + 5),), evidence=Span(start, start + 90),
        event_type=kind, mode=None, contexts=(), quad=4, cameo=None, actors=actors, recipients=(),
        places=tuple(place(name, start + 20, basis) for name in at), when=None, deaths=None, injured=None, share=None,
        modality="asserted", certainty=2.0, condition=None, confidence=0.8, coder="events/2",
    )  # fmt: skip


def chosen(claims, n):
    return [p.name for p in settle_places(claims)[n].places]


def unplaced(n, kind="ASSAULT", last="Dushanbe", country=None):
    """An act that had only the last place told before it."""
    return claim(n, kind, [last], "neighbour", country)


def test_acts_of_its_type_speak_louder_than_the_last_place_told():
    told = [claim(0, at=["Kunduz"]), claim(1, at=["Kunduz"]), claim(2, "CONSULT", at=["Dushanbe"]), unplaced(3)]

    assert chosen(told, 3) == ["Kunduz"]


def test_a_place_in_the_country_of_the_parties_goes_first():
    told = [claim(0, at=["Kunduz"]), claim(1, at=["Dushanbe"])]

    assert chosen([*told, unplaced(2, country="AFG")], 2) == ["Kunduz"]
    assert chosen([*told, unplaced(2, country="TJK")], 2) == ["Dushanbe"]


def test_where_its_parties_are_of_no_country_those_of_the_report_decide():
    told = [claim(0, at=["Kunduz"], country="AFG"), claim(1, at=["Dushanbe"], country="AFG"), unplaced(2)]

    assert chosen(told, 2)[0] == "Kunduz"


def test_what_comes_later_weighs_less():
    told = [claim(0, at=["Takhar"]), unplaced(1), claim(2, at=["Kunduz"])]

    assert chosen(told, 1)[0] == "Takhar"


def test_a_region_is_no_place_while_there_is_a_better_one():
    told = [claim(0, at=["Kunduz"]), claim(1, at=["Asia"]), unplaced(2, last="Asia")]

    assert chosen(told, 2) == ["Kunduz"]


def test_a_place_of_nearly_the_same_weight_is_kept_beside():
    told = [claim(0, at=["Takhar"]), claim(1, at=["Kunduz"]), unplaced(2)]

    assert chosen(told, 2) == ["Kunduz", "Takhar"]


def test_places_told_in_the_own_sentence_and_datelines_stay():
    own = claim(1, at=["Takhar"], basis="sentence")
    dateline = claim(2, at=["Dushanbe"], basis="dateline")

    made = settle_places([claim(0, at=["Kunduz"]), own, dateline])

    assert made[1:] == [own, dateline]


def test_without_acts_at_a_place_the_last_one_stays():
    assert settle_places([unplaced(0)]) == [unplaced(0)]


NAMES = st.lists(st.sampled_from(sorted(COUNTRY_OF)), min_size=1, max_size=3, unique=True)
KINDS = st.sampled_from(["ASSAULT", "CONSULT"])
BASES = st.sampled_from(["clause", "sentence", "neighbour", "dateline"])


@given(st.lists(st.tuples(KINDS, NAMES, BASES, st.sampled_from([None, "AFG", "TJK"])), max_size=12))
def test_a_chosen_place_is_one_that_the_report_tells(rows):
    claims = [claim(n, *row) for n, row in enumerate(rows)]
    told = {p.name for c in claims for p in c.places}

    for before, after in zip(claims, settle_places(claims), strict=True):
        assert 1 <= len(after.places) <= 3
        assert {p.name for p in after.places} <= told
        assert (before == after) or {p.basis for p in after.places} == {"neighbour"}


def test_an_act_a_book_away_says_nothing_of_where_this_one_is():
    told = [claim(0, at=["Kunduz"]), unplaced(200)]

    assert settle_places(told) == told
