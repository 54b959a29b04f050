"""What an act is about: PLOVER's contexts, told by the words of the act's own clause, else of its sentence.

The words are data (`data/events/contexts.toml`), and an actor of a sector may tell a context too ("MIL"). A context is
no judgement of the act: "the president condemned the coup" is about the executive and about a coup. PLOVER's manual
(draft 2.0) lets an event have any number of contexts; so does this.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from vedette.errors import BadData
from vedette.ontology import CONTEXTS, SECTORS
from vedette.text.tree import Sentence, Token

__all__ = ["ContextLexicon", "ContextWord", "contexts_in", "parse_contexts"]


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    context: str
    words: str
    sectors: str = ""


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    context: list[_Entry]


@dataclass(frozen=True, slots=True)
class ContextLexicon:
    """Contexts by the first word of what tells them: the words that follow it, and the context; by sector of an actor."""

    words: Mapping[str, Sequence[tuple[tuple[str, ...], str]]] = field(default_factory=dict)
    sectors: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def of_sectors(self, sectors: Iterable[str]) -> list[str]:
        """Return the contexts that actors of these sectors tell."""
        return [context for sector in sectors for context in self.sectors.get(sector, ())]


class ContextWord(msgspec.Struct, frozen=True):
    """A word or phrase, by its tokens, and the context that it tells."""

    context: str
    tokens: tuple[Token, ...]


def parse_contexts(data: Mapping[str, object], file: str) -> ContextLexicon:
    """Build the lexicon.

    Raises:
        BadData: an unknown context or sector, one that stands twice, an entry without words.
    """
    try:
        read = msgspec.convert(data, _File)
    except msgspec.ValidationError as error:
        raise BadData(file, "top level", str(error)) from error
    words: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    sectors: dict[str, list[str]] = {}
    entries: dict[str, int] = {}
    for n, entry in enumerate(read.context, 1):
        where = f"context {n} ({entry.context})"
        if entry.context not in CONTEXTS:
            raise BadData(file, where, f"unknown context {entry.context!r}: use one of {', '.join(sorted(CONTEXTS))}")
        if (before := entries.setdefault(entry.context, n)) != n:
            raise BadData(file, where, f"{entry.context!r} stands already in context {before}: put them together")
        if not entry.words.split():
            raise BadData(file, where, "no words: give words that tell the context")
        seen = set()
        for word in entry.words.split():
            if word in seen or word != word.lower():
                why = "stands twice: take one of them out" if word in seen else "is a lemma: write it in lower case"
                raise BadData(file, where, f"{word!r} {why}")
            seen.add(word)
            first, *others = word.split("_")
            words.setdefault(first, []).append((tuple(others), entry.context))
        for sector in entry.sectors.split():
            if sector not in SECTORS:
                raise BadData(file, where, f"unknown sector {sector!r}: use one of {', '.join(sorted(SECTORS))}")
            sectors.setdefault(sector, []).append(entry.context)
    return ContextLexicon(words, sectors)


def contexts_in(sentence: Sentence, lexicon: ContextLexicon) -> list[ContextWord]:
    """Return what tells a context in a sentence, in text order; cost: a lookup or two a word."""
    found: list[ContextWord] = []
    tokens = sentence.tokens
    words = lexicon.words
    for k, token in enumerate(tokens):
        lower, lemma = token.lower, token.lemma.lower()
        if lower in words:
            found.extend(_phrases(tokens, k, words[lower]))
        if lemma != lower and lemma in words:
            found.extend(_phrases(tokens, k, words[lemma]))
        if token.text == "-" and 0 < k < len(tokens) - 1:
            found.extend(_hyphenated(tokens[k - 1], token, tokens[k + 1], lexicon))
    found.sort(key=lambda word: (word.tokens[0].i, word.context))
    return found


def _phrases(tokens: Sequence[Token], k: int, entries: Sequence[tuple[tuple[str, ...], str]]) -> Iterator[ContextWord]:
    """The phrases of the lexicon that begin with a token's form and stand there whole."""
    for others, context in entries:
        following = tokens[k + 1 : k + 1 + len(others)]
        if len(following) == len(others) and all(
            word in (t.lemma.lower(), t.lower) for word, t in zip(others, following, strict=True)
        ):
            yield ContextWord(context, (tokens[k], *following))


def _hyphenated(left: Token, hyphen: Token, right: Token, lexicon: ContextLexicon) -> Iterator[ContextWord]:
    """Words that the parser cuts at their hyphen: "cyber-attack", "al-Qaida"."""
    if left.end == hyphen.start and hyphen.end == right.start:
        for form in dict.fromkeys((right.lower, right.lemma.lower())):
            for others, context in lexicon.words.get(f"{left.lower}-{form}", ()):
                if not others:
                    yield ContextWord(context, (left, hyphen, right))
