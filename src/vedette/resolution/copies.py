"""Which documents contain words of which others.

Containment on hashed word 5-grams (Broder 1997), found through an inverted index, so that a wire report embedded in
a longer piece is found as well as a reprint; Jaccard similarity would miss it. Boilerplate, that is 5-grams that
stand in most documents of an outlet, does not count.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from vedette.records import Copy, Document, Span

__all__ = ["find_copies"]

WORD = re.compile(r"\w+")
N = 5
# A pair counts when a fifth of the shorter's 5-grams, and at least this many in a row's worth, stand in the other:
# two quoted sentences (about 40 words) inside a 200-word report reach .18; set on the samples.
MIN_CONTAINMENT = 0.18
MIN_SHARED = 12
# 5-grams of more documents than this tell nothing about pairs and cost their square.
MAX_POSTINGS = 60
# A 5-gram is an outlet's boilerplate when this share of its documents (and at least so many) hold it.
BOILERPLATE_SHARE = 0.5
BOILERPLATE_MIN = 4
# Matches closer than this many words are one passage.
GAP = 8

UInts = NDArray[np.uint64]


def find_copies(documents: Sequence[Document]) -> list[Copy]:
    """Return directed copies, by container and contained; the order of `documents` changes nothing.

    `contained` is the document whose words stand in the other to the larger share; where both are nearly the same
    text, the one published first (then the one with the lower id). `containment` is the share 0..1 of its 5-grams;
    `spans` are the passages in the container.
    """
    documents = sorted(documents, key=lambda d: d.id)
    grams = [_grams(d.text) for d in documents]
    boilerplate = _boilerplate(documents, [set(hashes.tolist()) for hashes, _ in grams])
    kept: list[set[int]] = []
    for document, (hashes, _) in zip(documents, grams, strict=True):
        kept.append(set(hashes.tolist()) - boilerplate.get(document.outlet or "", set()))
    shared = _shared(kept)
    found = []
    for (i, j), n in shared.items():
        if n < MIN_SHARED or not kept[i] or not kept[j]:
            continue
        in_j, in_i = n / len(kept[i]), n / len(kept[j])
        if max(in_i, in_j) < MIN_CONTAINMENT:
            continue
        inner, outer = (i, j) if _is_inner(documents[i], documents[j], in_j, in_i) else (j, i)
        spans = _passages(grams[outer], kept[inner] & kept[outer])
        found.append(
            Copy(documents[outer].id, documents[inner].id, round(in_j if inner == i else in_i, 3), tuple(spans))
        )
    return sorted(found, key=lambda c: (c.container, c.contained))


def _grams(text: str) -> tuple[UInts, list[tuple[int, int]]]:
    """64-bit hashes of all word 5-grams in order, and the words' spans; texts of fewer words give one gram."""
    spans, codes = [], []
    for match in WORD.finditer(text.lower()):
        spans.append(match.span())
        codes.append(zlib.crc32(match.group().encode(errors="surrogatepass")))
    if not codes:
        return np.empty(0, dtype=np.uint64), []
    words = np.array(codes, dtype=np.uint64)
    n = max(len(words) - N + 1, 1)
    hashes = np.zeros(n, dtype=np.uint64)
    for k in range(min(N, len(words))):
        hashes = hashes * np.uint64(0x9E3779B97F4A7C15) + words[k : k + n]
    hashes ^= hashes >> np.uint64(29)
    return hashes * np.uint64(0xBF58476D1CE4E5B9), spans


def _boilerplate(documents: Sequence[Document], grams: Sequence[set[int]]) -> dict[str, set[int]]:
    by_outlet: dict[str, list[set[int]]] = defaultdict(list)
    for document, hashes in zip(documents, grams, strict=True):
        if document.outlet:
            by_outlet[document.outlet].append(hashes)
    found = {}
    for outlet, sets in by_outlet.items():
        if len(sets) < BOILERPLATE_MIN:
            continue
        least = max(BOILERPLATE_MIN, BOILERPLATE_SHARE * len(sets))
        counts = Counter(h for s in sets for h in s)
        found[outlet] = {h for h, n in counts.items() if n >= least}
    return found


def _shared(kept: Sequence[set[int]]) -> dict[tuple[int, int], int]:
    """Numbers of 5-grams in common, for pairs of documents that share any."""
    sizes = [len(s) for s in kept]
    if not sum(sizes):
        return {}
    hashes = np.concatenate([np.fromiter(s, dtype=np.uint64, count=len(s)) for s in kept])
    owners = np.repeat(np.arange(len(kept)), sizes)
    order = np.lexsort((owners, hashes))
    hashes, owners = hashes[order], owners[order]
    starts = np.flatnonzero(np.r_[True, hashes[1:] != hashes[:-1]])
    ends = np.r_[starts[1:], len(hashes)]
    counts: Counter[tuple[int, int]] = Counter()
    many = (ends - starts > 1) & (ends - starts <= MAX_POSTINGS)
    groups: Counter[tuple[int, ...]] = Counter(
        tuple(owners[s:e].tolist()) for s, e in zip(starts[many], ends[many], strict=True)
    )
    for group, n in groups.items():
        for a, i in enumerate(group):
            for j in group[a + 1 :]:
                counts[i, j] += n
    return counts


def _is_inner(a: Document, b: Document, a_in_b: float, b_in_a: float) -> bool:
    """Whether `a` is the one contained in `b`."""
    if abs(a_in_b - b_in_a) > 0.1:
        return a_in_b > b_in_a
    return (a.published or date.max, a.id) <= (b.published or date.max, b.id)


def _passages(grams: tuple[UInts, list[tuple[int, int]]], shared: Iterable[int]) -> list[Span]:
    hashes, words = grams
    wanted = set(shared)
    hits = [k for k, h in enumerate(hashes.tolist()) if h in wanted]
    passages: list[list[int]] = []
    for k in hits:
        last = min(k + N - 1, len(words) - 1)
        if passages and k <= passages[-1][1] + GAP:
            passages[-1][1] = last
        else:
            passages.append([k, last])
    return [Span(words[first][0], words[last][1]) for first, last in passages]
