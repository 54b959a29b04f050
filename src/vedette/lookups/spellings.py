"""Which of many names is spelt nearly like one: a few letters changed, left out, put in or exchanged."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

__all__ = ["alike_letters", "most_alike"]

# Shorter names are like too many others.
SHORTEST = 5
# Share of the longer name's letters that stay: one letter of five may differ, two of ten.
LIKENESS = 0.8
# First letters that are one sound in other spellings.
ALIKE = ("ckq", "gj", "bv", "iy", "sz")


def alike_letters(name: str) -> str:
    """First letters that the name may be written with, its own among them; none where it is too short to be sought."""
    if len(name) < SHORTEST:
        return ""
    return next((letters for letters in ALIKE if name[0] in letters), name[0])


def most_alike(name: str, names: Sequence[str]) -> tuple[list[int], float]:
    """Return the positions of the names most like `name`, and how like they are, 0..1; none below `LIKENESS`.

    Likeness is one less optimal string alignment distance (Damerau 1964) over the longer name's length.
    """
    found = [
        (likeness, k)
        for _, likeness, k in process.extract_iter(name, names, scorer=OSA.normalized_similarity, score_cutoff=LIKENESS)
    ]
    best = max((likeness for likeness, _ in found), default=0.0)
    return [k for likeness, k in found if likeness == best], best
