"""Tell the language of a text.

The only module that imports py3langid. The model is a table of byte n-grams (Lui & Baldwin 2012); capitals mislead
it, so they are folded first.
"""

from __future__ import annotations

from typing import NamedTuple

from py3langid.langid import MODEL_FILE, LanguageIdentifier

__all__ = ["Language", "Languages"]

# Enough to be sure; the identifier's cost grows with length.
SAMPLE = 3_000


class Language(NamedTuple):
    """An ISO 639-1 code and how sure the identifier is, 0..1."""

    code: str
    confidence: float


class Languages:
    """A loaded identifier; loading takes about half a second."""

    def __init__(self) -> None:
        self._identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)

    def identify(self, text: str) -> Language | None:
        """Return the language of `text`, or None where it holds no letters."""
        sample = text[:SAMPLE]
        if not any(c.isalpha() for c in sample):
            return None
        code, confidence = self._identifier.classify(sample.lower())
        return Language(str(code), float(confidence))
