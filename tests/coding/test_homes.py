"""Whose country unnamed parties are of, on claims built by hand."""

from __future__ import annotations

import pytest

from vedette.coding.homes import settle_homes
from vedette.records import Actor, Claim, Place, Span

COUNTRY_OF = {"Khujand": "TJK", "Kunduz": "AFG"}


def party(mention, sector=None, country=None, name=None):
    return Actor((Span(0, len(mention)),), mention, name, sector, country, (sector,) if sector else ())


POLICE = party("the Tajik police", "COP", "TJK")


def claim(n, *recipients, at="Khujand", by=POLICE, mode=None):
    start = 100 * n
    places = (
        (Place(Span(start + 20, start + 27), at, at, 40.0, 69.0, COUNTRY_OF[at], confidence=0.9, basis="clause"),)
        if at
        else ()
    )
    return Claim(
        id=f"c{n}", kind="event", attribution=None, trigger=(Span(start, start + 5),), evidence=Span(start, start + 90),
        event_type="COERCE", mode=mode, contexts=(), quad=4, cameo=None, actors=(by,) if by else (),
        recipients=recipients, places=places, when=None, deaths=None, injured=None, share=None, modality="asserted",
        certainty=2.0, condition=None, confidence=0.8, coder="events/2",
    )  # fmt: skip


def home(claims):
    """What the first claim's recipients are taken for in a report that tells of the police three times more."""
    told = [*claims, *(claim(k) for k in (7, 8, 9))]
    return [(a.country, a.code) for a in settle_homes(told)[0].recipients]


@pytest.mark.parametrize(("mention", "sector"), [("the miners", "LAB"), ("gunmen", "UAF"), ("12 women", "CVL")])
def test_the_unnamed_are_of_the_country_that_the_report_is_about(mention, sector):
    assert home([claim(0, party(mention, sector))]) == [("TJK", f"TJK{sector}")]


@pytest.mark.parametrize(
    "unsettled",
    [
        party("the Oxus Front", "REB", name="Oxus Front"),
        party("Ana Ruiz", "CVL", name="Ana Ruiz"),
        party("foreign tourists", "CVL"),
        party("the deal"),
        party("the U.N. envoy", "UNO"),
    ],
)
def test_names_foreigners_things_and_bodies_of_no_country_are_left_alone(unsettled):
    assert home([claim(0, unsettled)]) == [(unsettled.country, unsettled.code)]


def test_a_country_that_is_told_stands():
    assert home([claim(0, party("the Afghan miners", "LAB", "AFG"))]) == [("AFG", "LAB")]


def test_abroad_and_nowhere_nobody_is_at_home():
    miners = party("the miners", "LAB")

    assert home([claim(0, miners, at="Kunduz")]) == [(None, "LAB")]
    assert home([claim(0, miners, at=None)]) == [(None, "LAB")]


def test_few_words_are_about_no_country():
    told = [claim(0, party("the miners", "LAB")), claim(1)]

    assert [a.country for a in settle_homes(told)[0].recipients] == [None]


def test_who_is_sent_out_of_a_country_is_not_of_it():
    assert home([claim(0, party("40 women", "CVL"), mode="deport")]) == [(None, "CVL")]
