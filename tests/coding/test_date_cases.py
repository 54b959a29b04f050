"""The days of some 480 sentences, set by hand before the rules were run on them: `dates.csv`.

A row holds the day of publication, the days wanted as a half-open range with precision and basis (or "None" where the
words fix no day, `note` saying why), and the sentence. "[...]" marks date words, of which one mention with these days
is wanted, or none; "{...}" marks an event, of whose claim these days are wanted.
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from vedette.coding.dates import find_dates
from vedette.pipeline import code_documents
from vedette.records import Document, Span, When
from vedette.text.segment import segment

TABLE = Path(__file__).with_name("dates.csv")
WANTED = 0.98
# Texts of the rows that the rules get wrong, in the order of the table.
KNOWN_FAILURES = (
    "Soldiers opened fire on a crowd [a week ago on Tuesday].",
    "The vote of [25 July] was put off.",
    "He was jailed [last year in May].",
    "The unit was armed with [Mar. 5] rifles.",
    "The blast struck [on Jul-12-2021].",
    "Mayors were shot [on Monday, Wednesday and Friday].",
    "Rebels {attacked} the village, which the army had left in March.",
)


class Case(NamedTuple):
    """A row of the table: the text without its mark, and the marked words."""

    marked: str
    text: str
    span: Span
    is_event: bool
    published: date
    when: When | None


def read_case(row: dict[str, str]) -> Case:
    marked = row["text"]
    opening, closing = ("{", "}") if "{" in marked else ("[", "]")
    before, rest = marked.split(opening)
    words, after = rest.split(closing)
    when = None
    if row["start"] != "None":
        days = date.fromisoformat(row["start"]), date.fromisoformat(row["end"])
        when = When(*days, row["precision"], row["basis"])
    elif not row["note"]:
        raise ValueError(f"a row without days says why: {marked}")
    span = Span(len(before), len(before) + len(words))
    return Case(marked, before + words + after, span, opening == "{", date.fromisoformat(row["published"]), when)


def read_cases() -> list[Case]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [read_case(row) for row in csv.DictReader(file, delimiter="|", quoting=csv.QUOTE_NONE, strict=True)]


CASES = read_cases()


def said_of_mentions(cases, tools):
    """The one mention that meets the marked words, None where there is none, all where there are several."""
    anatomies = [segment(c.text) for c in cases]
    items = [(c.text, a.segments, a.asides) for c, a in zip(cases, anatomies, strict=True)]
    for case, parsed in zip(cases, tools.annotator.annotate(items), strict=True):
        met = [m.when for m in find_dates(parsed, case.published) if m.span.meets(case.span)]
        yield case, (met[0] if len(met) == 1 else met or None)


def said_of_events(cases, tools):
    documents = [Document(id=str(k), address="", text=c.text, published=c.published) for k, c in enumerate(cases)]
    for case, coded in zip(cases, code_documents(documents, tools), strict=True):
        met = [c.when for c in coded.claims if c.kind == "event" and any(s.meets(case.span) for s in c.trigger)]
        yield case, (met[0] if len(met) == 1 else met)


@pytest.fixture(scope="module")
def wrong(tools):
    said = [
        *said_of_mentions([c for c in CASES if not c.is_event], tools),
        *said_of_events([c for c in CASES if c.is_event], tools),
    ]
    return {case: when for case, when in said if when != case.when}


def test_the_table_is_large_and_its_rows_differ():
    assert len({(c.published, c.marked) for c in CASES}) == len(CASES) >= 250


def test_the_share_of_right_days(wrong):
    assert 1 - len(wrong) / len(CASES) >= WANTED


def test_the_known_failures_are_the_ones_listed(wrong):
    assert [c.marked for c in CASES if c in wrong] == list(KNOWN_FAILURES)
