"""Borders and roads: which names are ends of one, on places put in by hand."""

from __future__ import annotations

import pytest

from tests.rough import rough
from vedette.coding.place_lines import mark_lines
from vedette.records import Place, Span

COUNTRIES = {
    "Afghanistan": "AFG", "Afghan": "AFG", "Tajikistan": "TJK", "Tajik": "TJK", "Kenya": "KEN", "Somalia": "SOM",
}  # fmt: skip
TOWNS = {"Kabul": "AFG", "Kandahar": "AFG", "Kunduz": "AFG", "Taloqan": "AFG"}
UNITS = {"Takhar": "AFG"}


def lines(text):
    """Each name with the line it is an end of."""
    places = []
    for names, precision in ((COUNTRIES, "country"), (TOWNS, "settlement"), (UNITS, "admin1")):
        for name, country in names.items():
            at = text.find(name)
            if at >= 0 and not text[at + len(name)].isalpha():
                places.append(Place(Span(at, at + len(name)), name, name, country=country, precision=precision))
    places.sort(key=lambda p: p.span)
    return {p.name: (p.line.kind, p.line.start, p.line.end) for p in mark_lines(rough(text), places) if p.line}


@pytest.mark.parametrize(
    "text, ends",
    [
        ("Troops gathered on the Afghan-Tajik border.", {"Afghan", "Tajik"}),
        ("Fighting along the border between Tajikistan and Afghanistan went on.", {"Tajikistan", "Afghanistan"}),
        ("Afghanistan's northern border with Tajikistan was shut.", {"Afghanistan", "Tajikistan"}),
    ],
)
def test_a_border_has_two_ends_whoever_is_named_first(text, ends):
    assert lines(text) == dict.fromkeys(ends, ("border", "AFG", "TJK"))


@pytest.mark.parametrize(
    "text",
    [
        "Shells fell on the road from Kunduz to Taloqan.",
        "Gunmen stood on the Kunduz-Taloqan highway.",
        "They cut the road linking Kunduz and Taloqan.",
    ],
)
def test_a_road_lies_between_two_towns(text):
    assert lines(text) == dict.fromkeys(["Kunduz", "Taloqan"], ("road", "Kunduz", "Taloqan"))


def test_the_other_side_of_a_border_is_the_other_country_of_the_sentence():
    assert lines("Clashes on the border with Tajikistan in Takhar went on.") == {"Tajikistan": ("border", "AFG", "TJK")}


def test_an_end_that_nobody_tells_is_none():
    assert lines("Kenya wept. Clashes on the border with Somalia went on.") == {"Somalia": ("border", None, "SOM")}
    assert lines("They crossed the Tajik border.") == {"Tajik": ("border", None, "TJK")}


@pytest.mark.parametrize(
    "text",
    [
        "Ties between Kenya and Somalia are cool.",
        "They flew from Kabul to Kandahar.",
        "In Kabul, Kandahar's road builders met.",
        "Kenya and Somalia share fish.",
    ],
)
def test_two_names_are_no_line_without_its_noun(text):
    assert lines(text) == {}
