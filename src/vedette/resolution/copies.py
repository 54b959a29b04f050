"""Which documents contain words of which others, and which derive from which.

Containment on hashed word 5-grams (Broder 1997), a quarter of them kept for the search (FracMinHash: Hera, Pierce-Ward
& Koslicki 2023), so that a wire report embedded in a longer piece is found as well as a reprint; Jaccard similarity
would miss it. Pairs that share two kept 5-grams are compared word for word. What stands in many documents of one
outlet is boilerplate and does not count there.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from vedette.records import Copy, Document, Span
from vedette.resolution.derivation import Basis, address_key, age, derived_from, newer
from vedette.resolution.postings import UInts, common_of, pairs_of
from vedette.resolution.shelf import NO_OUTLET, Mask, MemoryShelf, Shelf, among
from vedette.resolution.shingles import Ints, N, Places, Shingles, shingle

__all__ = ["CopyIndex", "find_copies"]

# One 5-gram in so many is kept for the search; all of texts with fewer words than SHORT.
KEEP_ONE_IN = 4
SHORT = 100
# Kept 5-grams that two documents must share to be compared: two sentences of 25 words share 21 5-grams, and two or
# more of them are kept in 97 of 100 cases.
MIN_KEPT = 2
# What counts as a copy; set with eval/planted.py (seed 1), where of 2,704 pairs of independent reports that share two
# kept 5-grams 12 pass. Names and figures are what independent reports of one event share: only plain words count.
# A pair is a copy when so many plain words stand in a row in both ...
LONG = 12
# ... or so many in all (this share of a short text's), in a tenth of the 5-grams of one of the two ...
MIN_PLAIN = 40
MIN_PLAIN_SHARE = 0.4
MIN_SHARE = 0.1
# ... or when the share is so wide. For this alone 5-grams count that stand in very many documents: of set phrases and
# of a report that everybody prints.
WIDE = 0.3
# Fewer 5-grams in common are nothing. A text of so few plain words is printed in capitals: its names cannot be told,
# and two words count as one plain word.
MIN_SHARED = 6
CAPITALS = 0.1
# 5-grams at most so many words apart are one passage, if the texts drift apart by no more than DRIFT words on the way.
GAP = 12
DRIFT = 8
# A passage has at least so many 5-grams in common, where the share is MIN_SHARE and where it is less: there a few words
# are rather a set phrase than what is left of an edited sentence.
MIN_PASSAGE = 2
MIN_LONE_PASSAGE = 5
# Two shares nearer than this are the same text.
SAME = 0.1
# A 5-gram is an outlet's boilerplate from so many of its documents on (or half of them, if that is more).
BOILERPLATE_MIN = 4
BOILERPLATE_SHARE = 0.5
# Among many documents fewer than half are enough: this times the square root of their number.
BOILERPLATE_ROOT = 2.0
# A document of which more than this would be boilerplate is printed again and again: there nothing is.
BOILERPLATE_MOST = 0.8

NONE: UInts = np.empty(0, dtype=np.uint64)
FIRST = np.ones(1, dtype=np.bool_)


def find_copies(documents: Sequence[Document], *, told: Mapping[str, str] | None = None) -> list[Copy]:
    """Return directed copies, by container and contained; the order of `documents` changes nothing.

    `contained` is the document whose words stand in the other to the larger share; where both are nearly the same
    text, the one published first (then the one with the lower id). `told` gives by id the text that is compared, with
    everything that is not the report itself (credits, promotions) blanked, offsets unchanged; credits are read off the
    whole text. Documents of one address are revisions. An id that occurs twice counts once.
    """
    return CopyIndex().add(documents, told=told)


class _Compared(NamedTuple):
    """A document ready for comparison: sorted hashes with their positions, which 5-grams count, which are common.

    `n_plain`, int32 ``(n_words + 1,)``: plain words before each word. `n_distinct`: of the 5-grams that count.
    """

    document: Document
    grams: Shingles
    n_plain: Places
    n_distinct: int
    order: Places
    sorted: UInts
    counts: Mask
    common: Mask


class _Match(NamedTuple):
    """What two texts share: passages ``(first, last word in one, first, last in the other)``, and shares."""

    passages: list[tuple[int, int, int, int]]
    of_one: float
    of_other: float


class CopyIndex:
    """Documents seen so far, ready to be compared with new ones.

    Adding n documents costs time for them and for the pairs they are in; what is on the shelf is searched, not compared
    again. Without a shelf everything is kept in memory.
    """

    def __init__(self, shelf: Shelf | None = None) -> None:
        self._shelf: Shelf = shelf or MemoryShelf()

    def add(self, documents: Iterable[Document], *, told: Mapping[str, str] | None = None) -> list[Copy]:
        """Add documents and return the copies among them and between them and those added before, sorted.

        What is boilerplate is judged by the documents at hand: copies returned earlier are not taken back. Passages in
        very many documents are compared with the earliest added.
        """
        ordered = sorted(documents, key=lambda d: (age(d), d.text))
        known = self._shelf.known(d.id for d in ordered)
        fresh = list({d.id: d for d in ordered if d.id not in known}.values())
        if not fresh:
            return []
        texts = [(told or {}).get(d.id, d.text) for d in fresh]
        shingles = list(shingle(texts))
        hashes, owners = _kept(shingles)
        first_new = self._shelf.put(fresh, texts, np.bincount(owners, minlength=len(fresh)))
        hashes, owners = self._shelf.post(hashes, owners + first_new)
        is_boilerplate = self._find_boilerplate(hashes, owners)
        hashes, owners = hashes[~is_boilerplate], owners[~is_boilerplate]
        self._shelf.add_common(common_of(hashes))
        pairs = pairs_of(hashes, owners, first_new=first_new, least=MIN_KEPT)
        ready = self._made_ready(pairs, dict(enumerate(zip(fresh, shingles, strict=True), first_new)))
        found = []
        for i, j in pairs.tolist():
            match = _match(ready[i], ready[j])
            if match is not None:
                found.append(_copy(ready[i], ready[j], match))
        return sorted(found, key=lambda c: (c.container, c.contained))

    def _find_boilerplate(self, hashes: UInts, owners: Ints) -> Mask:
        """Mark the postings that are boilerplate of their owner's outlet, and remember them."""
        marked = np.zeros(len(hashes), dtype=np.bool_)
        group = np.cumsum(np.concatenate((FIRST, hashes[1:] != hashes[:-1]))[: len(hashes)])
        outlets = self._shelf.outlets_of(owners)
        at = np.flatnonzero((np.bincount(group)[group] >= BOILERPLATE_MIN) & (outlets != NO_OUTLET))
        if not len(at):
            return marked
        seen, local = np.unique(outlets[at], return_inverse=True)
        n_documents = self._shelf.n_documents_of(seen)
        least = np.maximum(
            BOILERPLATE_MIN, np.minimum(BOILERPLATE_SHARE * n_documents, BOILERPLATE_ROOT * np.sqrt(n_documents))
        )
        _, which, counts = np.unique(group[at] * len(seen) + local, return_inverse=True, return_counts=True)
        at = at[counts[which] >= least[local]]
        marked[at] = True
        holders, n_marked = np.unique(owners[at], return_counts=True)
        reprints = holders[n_marked > BOILERPLATE_MOST * self._shelf.n_kept_of(holders)]
        marked &= ~np.isin(owners, reprints)
        at = np.flatnonzero(marked)
        at = at[np.argsort(outlets[at], kind="stable")]
        found, starts = np.unique(outlets[at], return_index=True)
        for outlet, own in zip(found.tolist(), np.split(hashes[at], starts[1:]), strict=True) if len(at) else ():
            self._shelf.add_boilerplate(outlet, np.unique(own))
        return marked

    def _made_ready(self, pairs: Ints, fresh: Mapping[int, tuple[Document, Shingles]]) -> dict[int, _Compared]:
        """All documents of the pairs, by number; those not `fresh` are taken from the shelf."""
        involved = np.unique(pairs)
        known = [k for k in involved.tolist() if k not in fresh]
        taken = self._shelf.take(known)
        grams = zip((document for document, _ in taken), shingle(told for _, told in taken), strict=True)
        every = {**fresh, **dict(zip(known, grams, strict=True))}
        outlets = self._shelf.outlets_of(involved).tolist()
        ready = zip(involved.tolist(), outlets, strict=True)
        return {k: self._ready(every[k][0], every[k][1], outlet) for k, outlet in ready}

    def _ready(self, document: Document, grams: Shingles, outlet: int) -> _Compared:
        order = np.argsort(grams.hashes, kind="stable").astype(np.int32)
        boilerplate = self._shelf.boilerplate_of(outlet) if outlet != NO_OUTLET else NONE
        # Judged by those that long texts keep too, where they are counted in full.
        kept = np.flatnonzero(grams.hashes % np.uint64(KEEP_ONE_IN) == 0)
        wanted = grams.hashes[kept]
        is_boilerplate = _spread(among(wanted, boilerplate), kept, len(grams.hashes))
        common = _spread(self._shelf.are_common(wanted), kept, len(grams.hashes))
        counts = ~is_boilerplate if is_boilerplate.mean() <= BOILERPLATE_MOST else np.ones_like(is_boilerplate)
        n_plain = np.zeros(len(grams.is_plain) + 1, dtype=np.int32)
        np.cumsum(grams.is_plain, out=n_plain[1:])
        if n_plain[-1] < CAPITALS * len(grams.is_plain):
            n_plain = np.arange(len(n_plain), dtype=np.int32) // 2
        sorted_ = grams.hashes[order]
        counted = sorted_[counts[order]]
        n_distinct = int(np.count_nonzero(counted[1:] != counted[:-1])) + 1
        return _Compared(document, grams, n_plain, n_distinct, order, sorted_, counts, common)


def _copy(one: _Compared, other: _Compared, match: _Match) -> Copy:
    a, b = one.document, other.document
    is_revision = address_key(a) is not None and address_key(a) == address_key(b)
    if is_revision:
        b_is_outer = newer(a, b) is b
    elif abs(match.of_one - match.of_other) > SAME:
        b_is_outer = match.of_one > match.of_other
    else:
        b_is_outer = age(a) < age(b)
    outer, inner = (b, a) if b_is_outer else (a, b)
    basis: Basis
    derived, basis = (outer, "address") if is_revision else derived_from(outer, inner)
    at_a = tuple(_span(one.grams, p[0], p[1]) for p in match.passages)
    at_b = tuple(_span(other.grams, p[2], p[3]) for p in match.passages)
    return Copy(
        outer.id, inner.id, round(match.of_one if b_is_outer else match.of_other, 3),
        spans=at_b if b_is_outer else at_a, contained_spans=at_a if b_is_outer else at_b,
        kind="revision" if is_revision else "copy", derived=derived.id, basis=basis,
    )  # fmt: skip


def _kept(texts: Sequence[Shingles]) -> tuple[UInts, Ints]:
    """The kept 5-grams of every text, each once, sorted by hash and owner, which is the text's place."""
    hashes, sizes = [], []
    for grams in texts:
        kept = grams.hashes
        if len(grams.starts) >= SHORT:
            kept = kept[kept % np.uint64(KEEP_ONE_IN) == 0]
        hashes.append(kept)
        sizes.append(len(kept))
    owners = np.repeat(np.arange(len(texts), dtype=np.int64), sizes)
    together = np.concatenate(hashes) if hashes else NONE
    order = np.argsort(together, kind="stable")
    together, owners = together[order], owners[order]
    is_first = np.ones(len(together), dtype=np.bool_)
    is_first[1:] = (together[1:] != together[:-1]) | (owners[1:] != owners[:-1])
    return together[is_first], owners[is_first]


def _spread(marks: Mask, at: Ints, n: int) -> Mask:
    """Marks of the 5-grams `at` their places, for all `n` of a text: each goes with the nearest that is marked."""
    if not len(at):
        return np.zeros(n, dtype=np.bool_)
    return np.repeat(marks, np.diff(np.concatenate(([0], (at[1:] + at[:-1]) // 2 + 1, [n]))))


def _match(a: _Compared, b: _Compared) -> _Match | None:
    """What `a` and `b` share, or None where that is too little to be a copy."""
    at = np.minimum(np.searchsorted(b.sorted, a.grams.hashes), len(b.sorted) - 1)
    in_b = b.order[at]
    of_a = np.flatnonzero((b.sorted[at] == a.grams.hashes) & a.counts & b.counts[in_b])
    if len(of_a) < MIN_SHARED:
        return None
    of_b = in_b[of_a]
    n_shared = len(set(of_b.tolist()))
    share_a, share_b = n_shared / a.n_distinct, n_shared / b.n_distinct
    if not _is_copy(a, b, of_a, of_b, max(share_a, share_b)):
        return None
    step_a, step_b = of_a[1:] - of_a[:-1], of_b[1:] - of_b[:-1]
    least = MIN_PASSAGE if max(share_a, share_b) >= MIN_SHARE else MIN_LONE_PASSAGE
    passages = []
    for start, end in _pieces((step_a > GAP) | (np.abs(step_b - step_a) > DRIFT)):
        if end - start >= least:
            there = of_b[start:end]
            passages.append((int(of_a[start]), int(of_a[end - 1]) + N - 1, int(there.min()), int(there.max()) + N - 1))
    return _Match(passages, share_a, share_b) if passages else None


def _is_copy(a: _Compared, b: _Compared, of_a: Ints, of_b: Places, share: float) -> bool:
    """Whether common 5-grams at `of_a` and `of_b`, `share` of one text, are more than names and set phrases."""
    if share >= WIDE:
        return True
    is_rare = ~a.common[of_a]
    of_a, of_b = of_a[is_rare], of_b[is_rare]
    if not len(of_a):
        return False
    goes_on = (of_a[1:] - of_a[:-1] == 1) & (of_b[1:] - of_b[:-1] == 1)
    first, last = of_a[np.concatenate((FIRST, ~goes_on))], of_a[np.concatenate((~goes_on, FIRST))]
    plain = a.n_plain[last + N] - a.n_plain[first]
    enough = min(MIN_PLAIN, MIN_PLAIN_SHARE * min(a.n_plain[-1], b.n_plain[-1]))
    return bool(plain.max() >= LONG or (share >= MIN_SHARE and plain.sum() >= enough))


def _pieces(cuts: Mask) -> list[tuple[int, int]]:
    """Stretches ``[start, end)`` of a row that is one longer than `cuts`, cut after each True."""
    edges = [0, *(np.flatnonzero(cuts) + 1).tolist(), len(cuts) + 1]
    return list(itertools.pairwise(edges))


def _span(grams: Shingles, first: int, last: int) -> Span:
    return Span(int(grams.starts[first]), int(grams.ends[last]))
