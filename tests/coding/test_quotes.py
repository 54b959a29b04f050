"""Quotations in all the marks that reports print, well formed or not."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.coding.quotes import find_quotes
from vedette.records import Span


def whole(text):
    return find_quotes(text, [Span(0, len(text))])


def printed(text):
    """The quotations with their marks."""
    return [quote.outer.of(text) for quote in whole(text)]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("“The bridge is open,” she said.", "“The bridge is open,”"),
        ('"The bridge is open," she said.', '"The bridge is open,"'),
        ("``The bridge is open,'' she said.", "``The bridge is open,''"),
        ("''The bridge is open,'' she said.", "''The bridge is open,''"),
        ("‘The bridge is open,’ she said.", "‘The bridge is open,’"),
        ("„Die Brücke ist offen“, sagte sie.", "„Die Brücke ist offen“"),
        ("»Die Brücke ist offen«, sagte sie.", "»Die Brücke ist offen«"),
        ("«Le pont est ouvert», dit-elle.", "«Le pont est ouvert»"),
        ("« Le pont est ouvert », dit-elle.", "« Le pont est ouvert »"),
        ("‹Le pont est ouvert›, dit-elle.", "‹Le pont est ouvert›"),
        ('She said ("the bridge is open").', '"the bridge is open"'),
    ],
)
def test_any_marks_hold_a_quotation(text, quoted):
    assert printed(text) == [quoted]


@pytest.mark.parametrize(
    ("text", "inner"),
    [("“The bridge.”", "The bridge."), ("``The bridge.''", "The bridge."), ("‘The bridge.’", "The bridge.")],
)
def test_the_inner_span_is_without_the_marks(text, inner):
    (quote,) = whole(text)

    assert quote.inner.of(text) == inner


def test_quotations_of_one_paragraph_stay_apart():
    assert printed('"The bridge," she said, "is open."') == ['"The bridge,"', '"is open."']


@pytest.mark.parametrize(
    "quoted",
    [
        "“She said ‘go home’ to us,”",
        "“She said “go home” to us,”",
        "\"She said 'go home' to us,\"",
        "‘She said “go home” to us,’",
        "«Elle a dit «partez» ici»",
    ],
)
def test_of_nested_quotations_the_outermost_counts(quoted):
    assert printed(f"{quoted} he said.") == [quoted]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('“The bridge is open," she said.', '“The bridge is open,"'),
        ('"The bridge is open,” she said.', '"The bridge is open,”'),
        ("”The bridge is open,” she said.", "”The bridge is open,”"),
    ],
)
def test_marks_that_do_not_match_still_hold_a_quotation(text, quoted):
    assert printed(text) == [quoted]


def test_a_quotation_left_open_ends_at_its_paragraph():
    text = "“The bridge is open.\n\nTraders went home."

    (quote,) = find_quotes(text, [Span(0, 20), Span(22, len(text))])

    assert quote.outer.of(text) == "“The bridge is open."
    assert quote.is_open


def test_a_quotation_reopened_at_each_paragraph_is_one_quotation_a_paragraph():
    text = "“The bridge is open.\n\n“The road is closed,” she said."

    quotes = find_quotes(text, [Span(0, 20), Span(22, len(text))])

    assert [(q.outer.of(text), q.is_open) for q in quotes] == [
        ("“The bridge is open.", True),
        ("“The road is closed,”", False),
    ]


def test_a_quotation_left_open_and_begun_again_does_not_swallow_the_next():
    assert printed("“The bridge. “The road,” she said. “It is closed.”")[1:] == ["“It is closed.”"]


def test_a_mark_left_open_in_a_long_text_does_not_swallow_it():
    text = "“The bridge is open. " + "Traders went home. " * 200

    assert printed(text) == []


@pytest.mark.parametrize(
    "text",
    [
        'A pipe of 6" and a man of 5\'10" came home.',
        "The rebels’ chief and the traders’ guild don’t agree.",
        "Since the ’90s, the traders’, and more.",
        "Home » News » World",
        "The bridge is open.” She left.",
    ],
)
def test_inches_apostrophes_and_stray_marks_are_no_quotations(text):
    assert printed(text) == []


def test_a_plural_owner_does_not_end_a_quotation_in_single_marks():
    text = "She said: ‘We don’t want the traders’ road. We stay.’ They left."

    assert printed(text) == ["‘We don’t want the traders’ road. We stay.’"]


def test_what_stands_outside_the_paragraphs_is_not_read():
    assert find_quotes("“A caption.” “The body.”", [Span(13, 24)]) == [(Span(13, 24), Span(14, 23), False)]


@given(st.text("“”\"'`‘’«»„‹› \n.,ab", max_size=60))
def test_quotations_are_in_order_in_the_text_and_hold_their_inner_words(text):
    quotes = whole(text) if text else []

    assert all(a.outer.end <= b.outer.start for a, b in pairwise(quotes))
    assert all(q.outer.holds(q.inner) and q.outer != q.inner and q.outer.end <= len(text) for q in quotes)


@given(st.text("“”‘’ ab", min_size=1, max_size=30), st.text("“”‘’ ab", min_size=1, max_size=30))
def test_a_paragraph_is_read_alike_whatever_stands_before_it(first, second):
    text = f"{first}\n\n{second}"
    start = len(first) + 2

    there = find_quotes(text, [Span(0, len(first)), Span(start, len(text))])

    assert [q.outer.of(text) for q in there if q.outer.start >= start] == printed(second)
