"""What is shown to the parser, how long texts are cut, and lemmas that lost their e; no model is loaded."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from vedette.records import Segment, Span
from vedette.text import annotate
from vedette.text.annotate import SpacyAnnotator, cut_pieces, shown_text, spelt


@pytest.mark.parametrize(
    ("word", "lemma", "expected"),
    [
        ("waged", "wag", "wage"), ("staging", "stag", "stage"), ("Raped", "rap", "rape"), ("fines", "fin", "fine"),
        ("hoped", "hop", "hope"), ("hopped", "hop", "hop"), ("killed", "kill", "kill"), ("runs", "run", "run"),
        ("does", "do", "do"), ("mapping", "map", "map"), ("boxes", "box", "box"),
    ],
)  # fmt: skip
def test_a_lemma_gets_its_e_back_where_the_consonant_is_single(word, lemma, expected):
    assert spelt(word, lemma) == expected


def test_what_is_not_coded_is_blank_and_every_offset_stays():
    text = "Post\n\nRain fell [in May] here.\n\nFollow us"
    body = Span(text.index("Rain"), text.index("Follow"))
    aside = Span(text.index("["), text.index("]") + 1)
    segments = [
        Segment("outlet", Span(0, body.start)),
        Segment("body", body),
        Segment("promotion", Span(body.end, len(text))),
    ]

    shown, headlines, paragraphs = shown_text(text, segments, [aside])

    assert len(shown) == len(text)
    assert body.of(shown).split() == ["Rain", "fell", "here."]
    assert not (shown[: body.start] + shown[body.end :]).strip()
    assert (headlines, [p.of(text) for p in paragraphs]) == ([], ["Rain fell [in May] here."])


@pytest.mark.parametrize("between", ["\n", "\n\n", "\n \n"])
def test_a_headline_and_the_line_after_it_are_two_sentences(between):
    nlp = spacy.blank("en")
    nlp.add_pipe("vedette_breaks")
    headline, body = "Two dead in Lublin shooting" + between, "Police look for a man"
    segments = [
        Segment("headline", Span(0, len(headline))),
        Segment("body", Span(len(headline), len(headline + body))),
    ]

    shown, _, _ = shown_text(headline + body, segments, [])
    doc = nlp(shown)

    assert len(shown) == len(headline + body)
    assert [t.text for t in doc if t.is_sent_start] == ["Two", "Police"]


@given(st.text(alphabet="ab .\n", max_size=300), st.integers(5, 60))
def test_pieces_put_together_are_the_text(text, size):
    before, annotate.PIECE = annotate.PIECE, size
    try:
        pieces = list(cut_pieces(text))
    finally:
        annotate.PIECE = before

    assert "".join(piece for piece, _ in pieces) == text
    assert all(len(piece) <= size for piece, _ in pieces)
    assert all(text[at : at + len(piece)] == piece for piece, at in pieces)


class Counting:
    """Stands for spaCy's pipeline; notes what it is given at once."""

    def __init__(self):
        self.batches = []

    def make_doc(self, text):
        return text.split()

    def pipe(self, docs, batch_size):
        self.batches.append(list(docs))
        return iter(docs)


@pytest.mark.parametrize(
    ("lengths", "expected"),
    [([10] * 40, [16, 16, 8]), ([30_000] * 5, [2, 2, 1]), ([90_000, 10], [1, 1]), ([], [])],
)
def test_a_batch_is_bounded_in_number_and_characters(lengths, expected):
    nlp = Counting()

    given_back = list(SpacyAnnotator(nlp, "fake")._docs(["x" * n for n in lengths]))

    assert [len(batch) for batch in nlp.batches if batch] == expected
    assert len(given_back) == len(lengths)
