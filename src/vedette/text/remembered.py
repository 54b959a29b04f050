"""spaCy's rule components for tags and lemmas, with what they found for a kind of word remembered.

The attribute ruler matches 180 patterns at every token and the lemmatiser asks five questions of every word; both
take a sixth of the parser's time. Nearly all patterns look at one token's tag, relation and a few listed words, so
that what they set is the same wherever these are; the others are matched as before. The results are spaCy's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

__all__ = ["remember_attributes", "remember_lemmas"]

# What single-token patterns may look at for their result to be remembered.
LOOKED_AT = ("LOWER", "TAG", "DEP", "IS_SPACE")


def remember_attributes(ruler: Any, new_matcher: Callable[[], Any], set_attributes: Callable[[Any, Any], None]) -> Any:
    """Return a component that sets what spaCy's attribute `ruler` sets.

    `new_matcher` makes an empty matcher of the same vocabulary; the ruler itself comes back where its patterns look at
    more than this knows to remember.
    """
    listed: set[str] = set()
    longer = new_matcher()
    for k, row in enumerate(ruler.patterns):
        several = [pattern for pattern in row["patterns"] if len(pattern) > 1]
        if several:
            longer.add(str(k), several)
        for pattern in row["patterns"]:
            if len(pattern) == 1 and not _is_plain(pattern[0], listed):
                return ruler
    return _Attributes(ruler, longer, listed, set_attributes)


def _is_plain(asked: dict[str, Any], listed: set[str]) -> bool:
    """Whether a token's pattern asks only for values and lists of them; its words are added to `listed`."""
    for name, value in asked.items():
        if name not in LOOKED_AT:
            return False
        if name == "LOWER":
            words = value.get("IN") if isinstance(value, dict) and set(value) == {"IN"} else [value]
            if words is None or not all(isinstance(word, str) for word in words):
                return False
            listed.update(words)
    return True


class _Attributes:
    def __init__(
        self, ruler: Any, longer: Any, listed: Iterable[str], set_attributes: Callable[[Any, Any], None]
    ) -> None:
        self.ruler = ruler
        self.longer = longer
        self.listed = {ruler.vocab.strings.add(word) for word in listed}
        self.set_attributes = set_attributes
        self.found: dict[tuple[int, ...], tuple[int, ...]] = {}  # numbers of the patterns that hold for a kind of word

    def __call__(self, doc: Any) -> Any:
        numbers: list[list[int]] = []
        for k, (lower, *rest) in enumerate(doc.to_array(list(LOOKED_AT)).tolist()):
            key = (lower if lower in self.listed else 0, *rest)
            if key not in self.found:
                matches = self.ruler.match(doc[k : k + 1])
                self.found[key] = tuple(number for number, _, _, _ in matches)
            numbers.append(list(self.found[key]))
        strings = self.ruler.vocab.strings
        for match, start, end in self.longer(doc, allow_missing=True, as_spans=False):
            number = int(strings[match])
            index = self.ruler.indices[number]
            numbers[start + index if index >= 0 else end + index].append(number)
        for token, held in zip(doc, numbers, strict=True):
            for number in sorted(held):  # later rules have precedence
                self.set_attributes(token, self.ruler.attrs[number])
        return doc


def remember_lemmas(lemmatizer: Any) -> Any:
    """Return a component that sets the lemmas of spaCy's rule `lemmatizer`; others come back as they are."""
    return _Lemmas(lemmatizer) if lemmatizer.mode == "rule" else lemmatizer


class _Lemmas:
    def __init__(self, lemmatizer: Any) -> None:
        self.lemmatizer = lemmatizer
        self.found: dict[tuple[int, int, int], int] = {}  # by form, part of speech and morphology

    def __call__(self, doc: Any) -> Any:
        strings = doc.vocab.strings
        for token, (form, pos, morph, lemma) in zip(
            doc, doc.to_array(["ORTH", "POS", "MORPH", "LEMMA"]).tolist(), strict=True
        ):
            if lemma and not self.lemmatizer.overwrite:
                continue
            key = (form, pos, morph)
            if key not in self.found:
                self.found[key] = strings.add(self.lemmatizer.lemmatize(token)[0])
            token.lemma = self.found[key]
        return doc
