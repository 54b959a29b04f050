"""Work grows with the length of a text and not with its square, whatever the text is.

Counted are the instructions that our own code runs, so that no test asserts a time.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date

import pytest
import spacy
from spacy.tokens import Doc

from tests.rough import rough
from tests.trees import tree
from vedette.coding.actors import ActorTable, Known, make_table
from vedette.coding.attribution import attribute
from vedette.coding.claims import voices_of
from vedette.coding.cues import parse_cues
from vedette.coding.dates import find_dates
from vedette.coding.entities import find_entities
from vedette.coding.layouts import MAX_BULLETS
from vedette.coding.parties import LocalNames, key_of
from vedette.coding.quotes import find_quotes
from vedette.pipeline import code_documents
from vedette.records import Document, Segment, Span
from vedette.text import annotate
from vedette.text.annotate import SpacyAnnotator, shown_text
from vedette.text.segment import segment
from vedette.toolbox import read_toml

CUES = parse_cues(read_toml("cues.toml"), "cues.toml")
# A text of twice the length may cost so many times as much; the square would be 4.
TWICE = 2.4
MARKED = [
    "“a” ", '"a" ', "'a' ", "“a ", "a” ", "«a» ", '"', "“", "‹›", "“a b c.” ", "“He is here now,” he said. ",
    "“We go on and on. ", 'he said "no" ', "He said he was “bad” and “good”. ", "he said: ", "he said:\n",
    "JOE ROE: Yes. ", "“a\n", "Roe said, ", "said ",
]  # fmt: skip


def instructions(work: Callable[[], object]) -> int:
    """How many instructions of vedette's own code `work` runs."""
    count = 0

    def local(frame, event, arg):
        nonlocal count
        count += event == "opcode"
        return local

    def trace(frame, event, arg):
        if not frame.f_globals.get("__name__", "").startswith("vedette"):
            return None
        frame.f_trace_opcodes = True
        frame.f_trace_lines = False
        return local

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def assert_linear(make: Callable[[int], Callable[[], object]], n: int) -> None:
    instructions(make(2))  # what is remembered for good is not counted
    once, twice = instructions(make(n)), instructions(make(2 * n))

    assert twice < TWICE * once + 2_000


@pytest.mark.parametrize("unit", MARKED)
def test_attribution_of_any_marks(unit):
    def make(n):
        parsed = rough(unit * (n // len(unit) + 1))
        return lambda: attribute(parsed, CUES)

    assert_linear(make, 2_000)


def test_a_list_of_lists_is_taken_in_parts():
    rows = attribute(rough("• Roe said:\n" * 300), CUES)

    assert len(rows) > 200
    assert max(len(row.content.spans) for row in rows) <= MAX_BULLETS


@pytest.mark.parametrize("unit", MARKED)
def test_quotations_of_any_marks(unit):
    def make(n):
        parsed = rough(unit * (n // len(unit) + 1))
        return lambda: find_quotes(parsed.text, parsed.paragraphs)

    assert_linear(make, 4_000)


@pytest.mark.parametrize(
    "unit",
    ["a\n\n", "* note\n\n", "By Jane Roe\n\n", "\n", "\n\n", " \n", "(banned in Roe) ", "[both banned in Roe] ", "a. "],
)
def test_parts_of_a_text(unit):
    def make(n):
        text = unit * (n // len(unit) + 1)
        return lambda: segment(text, title="a")

    assert_linear(make, 6_000)


def test_entities_of_many_names_and_pronouns():
    table = make_table([Known("role", "minister", "minister", None, ("GOV",))])

    def make(n):
        rows = [
            f"Roe{k}/NNP/nsubj/2 met/VBD/ROOT/0/meet the/DT/det/4 minister/NN/dobj/2 as/IN/mark/7 he/PRP/nsubj/7 "
            f"left/VBD/advcl/2/leave"
            for k in range(n)
        ]
        parsed = tree(*rows)
        return lambda: find_entities(parsed, table)

    assert_linear(make, 60)


def test_days_of_one_sentence():
    def make(n):
        parsed = rough("Monday " * n)
        return lambda: find_dates(parsed, date(2024, 3, 7))

    assert_linear(make, 60)


def test_voices_of_a_speech_of_many_quotations():
    def make(n):
        parsed = rough("“We go on and on,” Roe said. " + "“We go on, and on.” " * n)
        rows = attribute(parsed, CUES)
        return lambda: voices_of(range(0, len(parsed.text), 20), rows)

    assert_linear(make, 60)


def test_groups_that_only_the_report_tells_of():
    def make(n):
        groups = [f"Roe{k:03} Poe{k:03} Front" for k in range(n)]

        def work():
            local = LocalNames({key_of(g): g for g in groups})
            return [local.find(f"fighters of the {g}") for g in groups]

        return work

    assert_linear(make, 60)


def test_a_name_within_a_name_is_left_out():
    local = LocalNames({key_of(g): g for g in ("Oxus Front", "Fighters of the Oxus Front", "Northern Shield Brigade")})

    assert local.find("the Oxus Front's men") == "Oxus Front"
    assert local.find("Fighters of the Oxus Front") == "Oxus Front"
    assert local.find("Northern Shield fighters") == "Northern Shield Brigade"
    assert local.find("the Brigade") == "Northern Shield Brigade"
    assert local.find("the Oxus Frontier Guard") is None


def test_rows_are_looked_for_only_where_their_first_word_stands():
    table = make_table([Known("country", "Free Oxus", "Free Oxus", "FOX", ())])
    words = ["the", "Free", "Oxus", "army"]

    assert [table.at(words, k) is not None for k in range(4)] == [False, True, False, False]
    assert table.reach == {"free": 2}
    assert isinstance(table, ActorTable)


# ---- what the parser is shown ----------------------------------------------------------------------------------


class Counting:
    """A tokeniser that remembers how long its texts were."""

    def __init__(self) -> None:
        self.inner = spacy.blank("en").tokenizer
        self.longest = 0

    def __call__(self, text: str) -> Doc:
        self.longest = max([self.longest, *map(len, text.split())])
        return self.inner(text)


@pytest.mark.parametrize(
    "text", ["“" * 3_000, "one two\n\n" + "(" * 1_801 + " three", "x" * 501, "x" * 500, "", " " * 900]
)
def test_what_stands_without_a_space_is_read_in_parts(text):
    counting = Counting()
    doc = annotate._Tokenizer(counting)(text)

    assert counting.longest <= annotate.LONGEST_WORD
    assert doc.text == text
    assert all(text[token.idx : token.idx + len(token)] == token.text for token in doc)


def test_no_sentence_is_endless():
    nlp = spacy.blank("en")
    nlp.add_pipe("vedette_breaks")
    text = "and so on " * 400

    (parsed,) = SpacyAnnotator(nlp, "blank").annotate([(text, [Segment("body", Span(0, len(text)))], [])])

    assert len(parsed.tokens) == 1_200
    assert max(len(sentence.tokens) for sentence in parsed.sentences) <= annotate.LONGEST_SENTENCE
    assert all(token.head.sentence is token.sentence for token in parsed.tokens)
    assert [token.i for token in parsed.tokens] == list(range(1_200))


def test_many_asides_are_blanked_at_once():
    def make(n):
        text = "Roe [banned] left. " * n
        asides = [Span(19 * k + 4, 19 * k + 12) for k in range(n)]
        segments = [Segment("body", Span(0, len(text)))]
        return lambda: shown_text(text, segments, asides)

    shown, _, _ = make(3)()
    assert shown == "Roe          left. " * 3
    assert_linear(make, 100)


# ---- whole -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["“a” " * 2_000 + "\n" * 92_000, "Kunduz\n\n" * 2_500, "1" * 100_000, "A" * 100_000, "\0" * 100_000],
    ids=lambda text: repr(text[:6]),
)
def test_a_hundred_thousand_characters_come_to_an_end(text, tools):
    (coded,) = code_documents([Document(id="d", text=text, address="d.txt")], tools)

    assert coded.text == text
    assert coded.skipped is None or coded.skipped.reason == "empty"
