"""Hashes of word 5-grams of many texts at once, with the places of the words.

Words are runs of letters, digits and underscores (as ``\\w+``), compared in lower case. Everything is arrays: a
regular expression takes longer for the words of a corpus than all of the comparison.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["Ints", "N", "Places", "Shingles", "UInts", "shingle"]

N = 5
# Texts are hashed together in parts of about so many characters: 100 bytes a character stay within 50 MB.
PART = 500_000
# Letters of a word beyond these share their multipliers.
LONGEST = 64

UInts = NDArray[np.uint64]
Ints = NDArray[np.int64]
Places = NDArray[np.int32]


class Shingles(NamedTuple):
    """5-grams of one text in order: `hashes` uint64 ``(max(n_words - 4, 0),)``; words at ``[starts, ends)`` in it.

    `starts` and `ends` are int32 ``(n_words,)``, code points. `is_plain`, bool ``(n_words,)``: words that begin with
    neither a capital nor a digit, that is no names and figures. A text of fewer than five words has no 5-grams.
    """

    hashes: UInts
    starts: Places
    ends: Places
    is_plain: NDArray[np.bool_]


def shingle(texts: Iterable[str]) -> Iterator[Shingles]:
    """Yield the shingles of each text, in order; linear in the characters."""
    for part in _parts(texts):
        yield from _shingle_part(part)


def _parts(texts: Iterable[str]) -> Iterator[list[str]]:
    part: list[str] = []
    size = 0
    for text in texts:
        part.append(text)
        size += len(text)
        if size >= PART:
            yield part
            part, size = [], 0
    if part:
        yield part


def _shingle_part(texts: Sequence[str]) -> Iterator[Shingles]:
    """Texts end to end: a word is a run of letters that no text's edge cuts."""
    letters, plain = _letters()
    raw = "".join(texts).encode("utf-32-le", errors="surrogatepass")
    points = np.frombuffer(raw, dtype=np.uint32)
    code = letters[points]
    edges = np.fromiter(itertools.accumulate(map(len, texts), initial=0), dtype=np.int64, count=len(texts) + 1)
    in_word = code != 0
    breaks = np.zeros(len(code) + 1, dtype=np.bool_)
    breaks[edges] = True
    before = np.r_[False, in_word[:-1]] if len(code) else in_word
    starts = np.flatnonzero(in_word & (~before | breaks[:-1]))
    after = np.r_[in_word[1:], False] if len(code) else in_word
    ends = np.flatnonzero(in_word & (~after | breaks[1:])) + 1
    first_words = np.searchsorted(starts, edges)
    is_plain = plain[points[starts]]
    grams = _grams(_words(code, starts, ends))
    for k in range(len(texts)):
        first, last = int(first_words[k]), int(first_words[k + 1])
        own = grams[first : max(last - N + 1, first)]
        at, end = ((x[first:last] - edges[k]).astype(np.int32) for x in (starts, ends))
        yield Shingles(own, at, end, is_plain[first:last])


def _words(code: UInts, starts: Ints, ends: Ints) -> UInts:
    """64-bit hashes of the words at ``[starts, ends)``: sums of letters, each times an odd number of its place."""
    if not len(starts):
        return np.empty(0, dtype=np.uint64)
    lengths = ends - starts
    before = np.cumsum(lengths) - lengths
    place = np.arange(int(lengths.sum())) - np.repeat(before, lengths)
    at = np.repeat(starts, lengths) + place
    return _mixed(np.add.reduceat(code[at] * _multipliers()[np.minimum(place, LONGEST - 1)], before))


def _grams(words: UInts) -> UInts:
    """Hashes of every five words in a row, across texts too."""
    n = max(len(words) - N + 1, 0)
    grams = np.zeros(n, dtype=np.uint64)
    for k in range(N):
        grams = grams * np.uint64(0x9E3779B97F4A7C15) + words[k : k + n]
    return _mixed(grams)


def _mixed(x: UInts) -> UInts:
    """Spread the bits of each number over all 64 (the finaliser of SplitMix64: Steele, Lea & Flood 2014)."""
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


@functools.cache
def _letters() -> tuple[UInts, NDArray[np.bool_]]:
    """For every code point a number of its lower case, 0 where no word has it; and whether it begins a plain word."""
    table = np.zeros(0x110000, dtype=np.uint64)
    plain = np.zeros(0x110000, dtype=np.bool_)
    for found in re.finditer(r"\w+", "".join(map(chr, range(0x110000)))):
        for at, letter in enumerate(found.group(), start=found.start()):
            lower = letter.lower()
            table[at] = ord(lower[0])
            plain[at] = lower == letter and not letter.isdigit()
    kept = table != 0
    table[kept] = _mixed(table[kept]) | np.uint64(1)
    return table, plain


@functools.cache
def _multipliers() -> UInts:
    return _mixed(np.arange(1, LONGEST + 1, dtype=np.uint64)) | np.uint64(1)
