"""Records are checked when built and survive the JSON of the contract."""

from datetime import date

import msgspec
import pytest
from hypothesis import given

from tests.strategies import coded_documents
from vedette.records import CODED_SCHEMA, Coded, DateMention, Span, When


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (4, 2)])
def test_a_span_is_neither_empty_nor_reversed(start, end):
    with pytest.raises(ValueError, match="span"):
        Span(start, end)


def test_days_are_not_reversed():
    with pytest.raises(ValueError, match="days"):
        When(date(2031, 5, 6), date(2031, 5, 6))


@pytest.mark.parametrize(("when", "unfixed"), [(None, None), (When(date(2031, 5, 6), date(2031, 5, 7)), "season")])
def test_a_date_mention_has_days_or_a_reason(when, unfixed):
    with pytest.raises(ValueError, match="date mention"):
        DateMention(Span(0, 3), when, unfixed)


def test_spans_are_pairs_in_json():
    assert msgspec.json.encode(Span(3, 9)) == b"[3,9]"


@given(coded_documents())
def test_a_coded_document_survives_json(coded):
    line = msgspec.json.encode(coded)

    assert msgspec.json.decode(line, type=Coded) == coded


def test_the_contract_names_its_keys():
    keys = set(msgspec.json.decode(msgspec.json.encode(Coded(id="d", text="x"))))

    assert {
        "schema", "id", "text", "title", "published", "outlet", "url", "skipped", "language", "segments",
        "attributions", "claims", "places", "designations",
    } <= keys  # fmt: skip
    assert Coded(id="d", text="x").schema == CODED_SCHEMA == "vedette.coded/1"
