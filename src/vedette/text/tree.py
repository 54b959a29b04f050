"""A parsed text as plain objects: tokens, sentences, their heads and children.

Coders read this and never the parser's own classes, so that they can be tested on trees built by hand and do not
care which parser made them. Labels are spaCy's English ones: Penn tags, Universal POS, ClearNLP dependencies.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from vedette.records import Span

__all__ = ["Parsed", "Sentence", "Token"]


class Token:
    """A word: `start`/`end` are offsets into the document's text; `head` of a root is the token itself."""

    __slots__ = ("children", "dep", "end", "head", "i", "lemma", "lower", "pos", "sentence", "start", "tag", "text")

    head: Token
    sentence: Sentence

    def __init__(self, i: int, text: str, lemma: str, tag: str, pos: str, dep: str, start: int) -> None:
        self.i = i
        self.text = text
        self.lower = text.lower()
        self.lemma = lemma
        self.tag = tag
        self.pos = pos
        self.dep = dep
        self.start = start
        self.end = start + len(text)
        self.children: list[Token] = []

    def __repr__(self) -> str:
        return f"<{self.text} {self.tag} {self.dep}>"

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    @property
    def is_root(self) -> bool:
        return self.head is self

    def ancestors(self) -> Iterator[Token]:
        """Heads from the nearest up to the root; empty for a root."""
        token = self
        while token.head is not token:
            token = token.head
            yield token

    def subtree(self) -> list[Token]:
        """This token and all below it, in text order."""
        found, stack = [], [self]
        while stack:
            token = stack.pop()
            found.append(token)
            stack.extend(token.children)
        found.sort(key=lambda t: t.i)
        return found

    def child(self, *deps: str) -> Token | None:
        """The first child with one of these labels, or None."""
        for token in self.children:
            if token.dep in deps:
                return token
        return None


class Sentence:
    """Tokens of one sentence (whitespace tokens left out); `is_headline` tells where it stands."""

    __slots__ = ("i", "is_headline", "root", "tokens")

    def __init__(self, i: int, tokens: list[Token], root: Token, *, is_headline: bool = False) -> None:
        self.i = i
        self.tokens = tokens
        self.root = root
        self.is_headline = is_headline

    @property
    def start(self) -> int:
        return self.tokens[0].start

    @property
    def end(self) -> int:
        return self.tokens[-1].end

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


class Parsed:
    """All coded sentences of one document, with offsets of its whole text.

    `text` is the document's own text, never the one shown to the parser (where asides are blanked out); what was
    printed in capitals is written as usual in it (`text.casing`), each letter in its place.
    `paragraphs` are the spans of headline and body paragraphs, in order.
    """

    def __init__(self, text: str, sentences: Sequence[Sentence], paragraphs: Sequence[Span] = ()) -> None:
        self.text = text
        self.sentences = list(sentences)
        self.tokens = [token for sentence in self.sentences for token in sentence.tokens]
        self.paragraphs = list(paragraphs)
        self._starts = [token.start for token in self.tokens]
        self._ends = [token.end for token in self.tokens]

    def token_at(self, offset: int) -> Token | None:
        """The token that holds the character at `offset`, or None between words and outside coded text."""
        k = bisect_right(self._starts, offset) - 1
        if k < 0 or offset >= self.tokens[k].end:
            return None
        return self.tokens[k]

    def tokens_in(self, span: Span) -> list[Token]:
        """Tokens that share a character with `span`, in order."""
        k = bisect_right(self._starts, span.start) - 1
        if k < 0 or self.tokens[k].end <= span.start:
            k += 1
        found = []
        while k < len(self.tokens) and self.tokens[k].start < span.end:
            found.append(self.tokens[k])
            k += 1
        return found

    def inside(self, low: int, high: int) -> tuple[int, int]:
        """The indexes ``[first, end)`` of the tokens that lie wholly between two offsets."""
        first = bisect_left(self._starts, low)
        return first, max(first, bisect_right(self._ends, high))

    def head_of(self, span: Span) -> Token | None:
        """The token of `span` whose head lies outside of it (the first such), or None where it holds no token."""
        tokens = self.tokens_in(span)
        inside = {token.i for token in tokens}
        for token in tokens:
            if token.is_root or token.head.i not in inside:
                return token
        return None
