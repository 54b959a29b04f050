from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.coding.quotes import find_quotes
from vedette.records import Span

MARKS = "“”„‟«»‹›‘’'\"`"


def lines(text: str) -> list[Span]:
    return [Span(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)]


def quoted(text: str) -> list[str]:
    return [quote.inner.of(text) for quote in find_quotes(text, lines(text))]


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("“We stay,” Roe said.", ["We stay,"]),
        ('"We stay," Roe said.', ["We stay,"]),
        ("``We stay,'' Roe said.", ["We stay,"]),
        ("''We stay,'' Roe said.", ["We stay,"]),
        ("‘We stay,’ Roe said.", ["We stay,"]),
        ("'We stay,' Roe said.", ["We stay,"]),
        ("Roe sagt: „Wir bleiben.“ Dann ging er.", ["Wir bleiben."]),
        ("»Wir bleiben«, sagt Roe.", ["Wir bleiben"]),
        ("« Nous restons », dit Roe.", [" Nous restons "]),
        ("‹Nous restons›, dit Roe.", ["Nous restons"]),
        ("”Vi stannar”, sade Roe.", ["Vi stannar"]),
    ],
)
def test_marks_of_many_kinds(text, inner):
    assert quoted(text) == inner


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ('“We stay," Roe said. “We wait.”', ["We stay,", "We wait."]),
        ('"We stay,” Roe said.', ["We stay,"]),
        ("Roe called it “a “small” gift” again.", ["a “small” gift"]),
        ('He said, "He told me "stay" twice," and left.', ['He told me "stay" twice,']),
        ("“He said, ‘stay here,’ and left,” Roe said.", ["He said, ‘stay here,’ and left,"]),
        ("'He said \"stay\" to us,' Roe said.", ['He said "stay" to us,']),
    ],
)
def test_mixed_and_nested_marks_give_the_outermost(text, inner):
    assert quoted(text) == inner


@pytest.mark.parametrize(
    "text",
    [
        "The drivers' union and the mayors' office won't meet in the '90s hall.",
        'A 12" pipe and a 5" pipe',
        "Rock 'n' roll isn't dead in Galway.",
        "The board is 6'2\" long.",
    ],
)
def test_apostrophes_and_inches_quote_nothing(text):
    assert quoted(text) == []


def test_inches_do_not_end_a_quotation():
    assert quoted('"A 12" pipe burst," Roe said.') == ['A 12" pipe burst,']


def test_single_marks_in_a_headline():
    assert quoted("Mayor 'Will Not Quit' Over Drivers' Pay, Aide's Letter Says") == ["Will Not Quit"]


def test_plural_owner_does_not_end_a_single_quotation():
    assert quoted("‘It is the drivers’ fault,’ Roe said.") == ["It is the drivers’ fault,"]


def test_opening_never_closed_goes_to_the_end_of_its_paragraph():
    text = "“We stay here.\n“We wait,” Roe said."
    quotes = find_quotes(text, lines(text))

    assert [(q.inner.of(text), q.is_open) for q in quotes] == [("We stay here.", True), ("We wait,", False)]


def test_opening_never_closed_before_speech_is_dropped():
    assert quoted("“We stay, Roe said. “We wait,” he added.") == ["We wait,"]


def test_closing_never_opened_takes_the_paragraph_before_it():
    text = "We must stay,” Roe said."
    (quote,) = find_quotes(text, lines(text))

    assert quote.inner.of(text) == "We must stay,"
    assert quote.is_open


def test_lone_straight_mark_among_curly_ones_is_dirt():
    assert quoted('“A b,” he said. “C d.” “E f.”\n"Roe left the hall.') == ["A b,", "C d.", "E f."]


def test_list_of_quotations_in_one_paragraph():
    text = "“We stay.” ― Ann Roe\n“We go.” ― Jim Poe"
    quotes = find_quotes(text, [Span(0, len(text))])

    assert [q.inner.of(text) for q in quotes] == ["We stay.", "We go."]


@given(st.text(alphabet=st.one_of(st.sampled_from(MARKS + " .,\n"), st.characters()), max_size=200))
def test_quotes_lie_in_order_inside_their_paragraphs(text):
    paragraphs = lines(text)
    quotes = find_quotes(text, paragraphs)

    for quote in quotes:
        assert quote.outer.holds(quote.inner)
        assert any(p.holds(quote.outer) for p in paragraphs)
    for one, other in pairwise(quotes):
        assert one.outer.end <= other.outer.start


@pytest.mark.parametrize("unit", ["“", '"a ', "‘a ", "'as as' a ", "« a", "“ ‘ \" ' » „ ", "“a” "])
def test_a_long_paragraph_of_marks_comes_to_an_end(unit):
    text = unit * (200_000 // len(unit))

    assert all(q.outer.end <= len(text) for q in find_quotes(text, [Span(0, len(text))]))


def test_opening_mark_of_a_megabyte_swallows_nothing():
    text = "“" + "We stay here today. " * 50_000

    assert find_quotes(text, [Span(0, len(text))]) == []
