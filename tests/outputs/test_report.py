"""The report: a view of coded documents, and a page in which every string is escaped."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import msgspec
import pytest

from tests.resolution.make import TALOQAN, claim, document
from vedette.outputs.report import MAX_CLAIMS, build_report, render
from vedette.records import Resolution, Skipped, SkippedDocument
from vedette.resolution import resolve

AT = datetime(2031, 5, 14, 8, 0, tzinfo=UTC)


def page_of(documents, skipped=(), **options):
    report = build_report(documents, list(skipped), resolve(documents), title="Test", made_at=AT, **options)
    return report, render(report)


def test_an_empty_collection_is_said_kindly():
    report, page = page_of([], [SkippedDocument("a.pdf", Skipped("encrypted", "needs a password"))])

    assert report.map_svg is None
    assert "No claim was found" in page
    assert "needs a password" in page


def test_numbers_are_said_in_words():
    documents = [document("a", [claim("c1", 5, deaths=12)]), document("b", [claim("c2", 5, where=TALOQAN)], day=7)]

    report, _ = page_of(documents)

    assert report.summary.startswith("2 reports from 2 outlets")
    assert "6–7 May 2031" in report.summary


@pytest.mark.parametrize("is_exercise", [True, False])
def test_exercise_data_carry_a_banner(is_exercise):
    _, page = page_of([document("a", [claim("c1", 5)])], is_exercise=is_exercise)

    assert ("Exercise data." in page) is is_exercise


def test_every_string_is_escaped():
    evil = "<script>alert(1)</script>"
    made = document("a", [claim("c1", 5, who=[evil])], text=evil * 3, outlet=evil)
    made = msgspec.structs.replace(made, title=evil, url="javascript:alert(1)")

    _, page = page_of([made], [SkippedDocument(evil, Skipped("damaged", evil))])

    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert page.count("&lt;script&gt;") >= 5


def test_the_page_asks_for_nothing_from_outside():
    _, page = page_of([document("a", [claim("c1", 5)])])

    assert not re.search(r"(?:src|href)=[\"']?(?:https?:)?//", page.replace('xmlns="http://www.w3.org/2000/svg"', ""))
    assert "@import" not in page


def test_a_country_is_never_a_point():
    made = claim("c1", 5)
    coarse = msgspec.structs.replace(made.places[0], precision="country", name="Afghanistan")
    report, page = page_of([document("a", [msgspec.structs.replace(made, places=(coarse,))])])

    assert report.map_svg is None
    assert [p.name for p in report.coarse] == ["Afghanistan"]
    assert "Told of a country or region only" in page


def test_sides_of_a_conflict_stand_side_by_side():
    documents = [document("a", [claim("c1", 5, deaths=12)]), document("b", [claim("c2", 5, deaths=40)])]
    documents = [msgspec.structs.replace(d, text=d.text + f" unlike {n} " * 30) for n, d in enumerate(documents)]

    report, page = page_of(documents)

    assert [s.says for c in report.conflicts for s in c.sides] == ["12", "40"]
    assert "How many died" in page


def test_a_large_collection_is_capped():
    one = document("a", [claim(f"c{n}", 1 + n % 28) for n in range(MAX_CLAIMS + 50)])

    report = build_report([one], [], Resolution(), title="Large", made_at=AT)

    assert len(report.rows) == MAX_CLAIMS
    assert report.n_left_out == 50
    assert "50 more are in the database" in render(report)
