"""Copies are not confirmation; the order of documents changes nothing; conflicts stay visible."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.resolution.make import TALOQAN, claim, document
from vedette.records import Document
from vedette.resolution import find_copies, resolve

VOCABULARY = [f"{a}{b}" for a in "ba be bi bo bu da de di do du ka ke ki ko ku".split() for b in "ran lim sot".split()]


def prose(n, seed):
    rng = random.Random(seed)
    return " ".join(rng.choice(VOCABULARY) for _ in range(n))


def texts_of(**texts):
    return [Document(id=k, text=v, address=k) for k, v in texts.items()]


def test_a_reprint_with_another_header_is_a_copy():
    wire = prose(150, 1)

    made = find_copies(texts_of(a="KUNDUZ (Amu Wire) - " + wire, b="By our correspondent\n\n" + wire, c=prose(150, 2)))

    assert [(c.container, c.contained) for c in made] == [("b", "a")]
    assert made[0].containment > 0.9


def test_a_wire_report_embedded_in_a_longer_piece_is_found_with_its_passage():
    wire, piece = prose(120, 3), prose(500, 4)
    long = piece[:900] + " " + wire + " " + piece[900:]

    (copy,) = find_copies(texts_of(long=long, wire=wire))

    assert (copy.container, copy.contained) == ("long", "wire")
    assert copy.containment == 1.0
    assert long[copy.spans[0].start : copy.spans[0].end] == wire


def test_an_outlets_boilerplate_is_no_copy():
    footer = " " + prose(60, 5)
    documents = [
        Document(id=str(n), text=prose(150, 10 + n) + footer, address="", outlet="The Oxus Post") for n in range(6)
    ]

    assert find_copies(documents) == []


@pytest.mark.parametrize("text", ["", " ", "one", "a b c d"])
def test_tiny_texts_are_no_copies(text):
    assert find_copies(texts_of(a=text, b=text)) == []


def test_three_copies_of_one_wire_report_are_one_origin():
    wire = prose(150, 6)
    documents = [document(f"d{n}", [claim(f"c{n}", 5)], text=wire, day=6 + n) for n in range(3)]
    documents.append(document("own", [claim("own", 5)], text=prose(150, 7), day=6))

    (incident,) = resolve(documents).incidents

    assert (incident.n_documents, incident.n_outlets, incident.n_origins) == (4, 4, 2)


def test_one_spokesman_quoted_by_many_is_one_origin():
    documents = [
        document(f"d{n}", [claim(f"c{n}", 5, speaker="a1")], text=prose(100, 20 + n), speakers=[("a1", "Farid Sample")])
        for n in range(4)
    ]

    (incident,) = resolve(documents).incidents

    assert (incident.n_documents, incident.n_origins) == (4, 1)


def test_two_towns_are_two_incidents():
    documents = [
        document("a", [claim("1", 5)], text=prose(80, 31)),
        document("b", [claim("2", 5, where=TALOQAN)], text=prose(80, 32)),
    ]

    assert [i.n_documents for i in resolve(documents).incidents] == [1, 1]


def test_tolls_apart_are_a_conflict():
    documents = [
        document("a", [claim("1", 5, deaths=12)], text=prose(80, 33)),
        document("b", [claim("2", 5, deaths=40)], text=prose(80, 34)),
    ]

    (incident,) = resolve(documents).incidents

    assert [(c.kind, c.says) for c in incident.conflicts] == [("deaths", ("12", "40"))]


def test_a_denial_is_kept_as_a_conflict():
    documents = [
        document("a", [claim("1", 5, who=["Northern Shield"])], text=prose(80, 35)),
        document("b", [claim("2", 5, who=["Northern Shield"], modality="negated")], text=prose(80, 36)),
    ]

    (incident,) = resolve(documents).incidents

    assert "occurrence" in {c.kind for c in incident.conflicts}


def test_a_credit_names_the_origin():
    made = resolve([document("a", [], text=prose(80, 37), first="Amu Wire")])

    assert [(o.origin, o.via) for o in made.origins] == [("outlet:amu wire", "credit")]


@settings(deadline=None)
@given(st.permutations(range(8)))
def test_the_order_of_documents_changes_nothing(order):
    wire = prose(120, 40)
    documents = [
        document(
            f"d{n}",
            [claim(f"c{n}", 4 + n % 3, deaths=n % 4, where=TALOQAN if n % 2 else (36.73, 68.86))],
            text=wire if n < 3 else prose(90, 50 + n),
        )
        for n in range(8)
    ]

    assert resolve([documents[n] for n in order]) == resolve(documents)
