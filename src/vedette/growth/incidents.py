"""Incidents of a database that grows: only happenings that a new claim may join are made anew.

A claim can join a happening by average link only if its mean probability with the happening's claims is high enough;
it is compared with the claims that stand next to it in its blocks. Words are weighed by all reports there are.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec
import numpy as np

from vedette.growth.stories import number_of
from vedette.records import Incident, Member
from vedette.resolution.average_link import NEVER
from vedette.resolution.blocks import WINDOW, keys, place_in_block
from vedette.resolution.identity import Identified, identify
from vedette.resolution.incidents import POSSIBLE, cluster
from vedette.resolution.naming import claim_order, members_of, named_incidents
from vedette.resolution.similarity import Compared, Rarity
from vedette.resolution.told import Told
from vedette.store.ledger import Ledger, Place, ToldRow

__all__ = ["Incidents", "Kept"]

# Of a larger happening not all claims stand next to a new one: so many that do are enough for a mean.
ENOUGH = 20

_decode = msgspec.msgpack.Decoder(Told)


class Kept(NamedTuple):
    """A claim as compared, and its row."""

    row: ToldRow
    told: Told


class Incidents:
    """The incidents of a ledger.

    First `take_back` what documents told before, then `tell` and `move` what they tell now, then `settle`.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._counts: dict[str, int] = {}
        self._gone: dict[Member, str] = {}
        self._touched: set[str] = set()
        self._changed: dict[int, Kept] = {}

    def take_back(self, documents: Collection[str]) -> None:
        """Take back all that documents told, with their stories as they are kept."""
        kept = self._rows("document_id", documents)
        story_of = self._ledger.stories_of(sorted({k.told.document for k in kept}))
        self._ledger.drop_places((p, k.row.n) for k in kept for p in _places(k.told, story_of))
        self._ledger.drop_told([k.row.n for k in kept])
        self._count((k.told for k in kept), -1)
        self._gone.update((_member(k), k.row.incident) for k in kept if k.row.incident)
        self._touched |= {k.row.happening for k in kept if k.row.happening}

    def remember(self, assignments: Mapping[Member, str]) -> None:
        """Note incidents that claims had which the ledger does not know any more."""
        self._gone.update(assignments)

    def tell(self, told: Sequence[Told], origin_of: Mapping[tuple[str, str], str], story_of: Mapping[str, str]) -> None:
        """Add what documents tell now."""
        self._ledger.put_told(
            (t.document, t.claim, msgspec.msgpack.encode(t), origin_of.get(t.key, t.document)) for t in told
        )
        self._count(told, 1)
        kept = self._rows("claim_id", [t.claim for t in told])
        self._ledger.add_places((p, k.row.n) for k in kept for p in _places(k.told, story_of))
        self._changed.update((k.row.n, k) for k in kept)

    def move(self, before: Mapping[str, str], story_of: Mapping[str, str]) -> None:
        """Note that documents went from one story to another."""
        kept = self._rows("document_id", sorted(before))
        self._ledger.drop_places((p, k.row.n) for k in kept for p in _places(k.told, before))
        self._ledger.add_places((p, k.row.n) for k in kept for p in _places(k.told, story_of))
        self._changed.update((k.row.n, k) for k in kept)

    def trace(self, origin_of: Mapping[tuple[str, str], str]) -> None:
        """Note what claims go back to, of documents whose derivation changed."""
        kept = self._rows("document_id", sorted({document for document, _ in origin_of}))
        changed = {
            k.row.n: origin_of[k.told.key] for k in kept if origin_of.get(k.told.key, k.row.origin) != k.row.origin
        }
        self._ledger.set_origins(changed)
        self._touched |= {k.row.happening for k in kept if k.row.n in changed and k.row.happening}

    def settle(self, run: int) -> Identified:
        """Find the incidents of all that changed, keep them, and return what became of ids."""
        touched = self._touched | {k.row.happening for k in self._changed.values() if k.row.happening}
        touched |= self._near()
        kept = {k.row.n: k for k in self._rows("happening", sorted(touched))}
        rows_of_changed = self._rows("n", sorted(self._changed.keys() - kept.keys()))
        kept |= {k.row.n: k for k in rows_of_changed}
        listed = sorted(kept.values(), key=lambda k: (k.told.document, k.told.position, k.told.claim))
        told = [k.told for k in listed]
        story_of = self._ledger.stories_of(sorted({t.document for t in told}))
        clusters = cluster(told, story_of, rarity=self._rarity(told))
        earlier = {_member(k): k.row.incident for k in listed if k.row.incident}
        earlier = {**self._gone, **earlier}
        made = identify(
            members_of(told, clusters),
            earlier,
            self._ledger.minted(sorted(set(earlier.values()))),
            order=claim_order(told).__getitem__,
            is_taken=self._ledger.is_taken,
        )
        self._ledger.set_incidents(
            (made.ids[n], made.ids[clusters.main[n]], listed[k].row.n)
            for n, group in enumerate(clusters.groups)
            for k in group
        )
        found = named_incidents(told, clusters, {k.told.key: k.row.origin for k in listed}, made.ids)
        self._ledger.put_identities(run, made.minted, made.ended, made.aliases, made.descents)
        self._ledger.replace_incidents(sorted(set(earlier.values())), found)
        self._link(found, set(earlier.values()), made)
        return made

    def _near(self) -> set[str]:
        """Happenings that a changed claim is near enough to join, or possibly the same as."""
        if not self._changed or not self._ledger.has_told_beside(len(self._changed)):
            return set()
        changed = list(self._changed.values())
        story_of = self._ledger.stories_of(sorted({k.told.document for k in changed}))
        near = {k.row.n: self._ledger.near(_places(k.told, story_of), k.row.n, WINDOW) for k in changed}
        others = self._rows("n", sorted({n for own in near.values() for n in own} - self._changed.keys()))
        story_of |= self._ledger.stories_of(sorted({k.told.document for k in others}))
        every = [*changed, *others]
        at = {k.row.n: n for n, k in enumerate(every)}
        pairs = [(at[n], at[other]) for n, own in near.items() for other in sorted(own - self._changed.keys())]
        if not pairs:
            return set()
        first, second = np.array(pairs, dtype=np.int64).T
        told = [k.told for k in every]
        scores = Compared(told, story_of, self._rarity(told)).score(first, second).happening
        sums: dict[tuple[int, str], float] = defaultdict(float)
        n_scored: Counter[tuple[int, str]] = Counter()
        for (one, other), likeness in zip(pairs, scores.tolist(), strict=True):
            happening = every[other].row.happening
            if happening and likeness != NEVER:
                sums[one, happening] += likeness
                n_scored[one, happening] += 1
        sizes = self._ledger.happening_sizes(sorted({happening for _, happening in sums}))
        return {
            happening
            for (one, happening), total in sums.items()
            if total >= POSSIBLE * min(sizes[happening], max(n_scored[one, happening], ENOUGH))
        }

    def _link(self, found: Sequence[Incident], before: set[str], made: Identified) -> None:
        """Keep which incidents are possibly the same: found anew among these, as before with all others."""
        merged = {a.old: a.incident for a in made.aliases}
        heads = {i.incident for i in found if i.part_of is None}
        pairs = {_pair(i.incident, p.incident): p.score for i in found for p in i.possible}
        gone = []
        for one, other, likeness in self._ledger.possible_of(sorted(before)):
            gone.append((one, other))
            if (one in before) != (other in before):
                inner, outer = (one, other) if one in before else (other, one)
                inner = merged.get(inner, inner)
                if inner in heads:
                    pairs.setdefault(_pair(inner, outer), likeness)
        self._ledger.replace_possible(gone, ((a, b, likeness) for (a, b), likeness in pairs.items()))

    def _rows(self, column: str, values: Collection[object]) -> list[Kept]:
        return [Kept(row, _decode.decode(row.data)) for row in self._ledger.told_of(column, values)]

    def _count(self, told: Iterable[Told], sign: int) -> None:
        """Add to the numbers of reports whose claims have a word."""
        words: dict[str, set[str]] = defaultdict(set)
        for t in told:
            words[t.document] |= t.words
        counts = Counter(word for own in words.values() for word in own)
        self._ledger.count_words("word", {**{w: sign * n for w, n in counts.items()}, "": sign * len(words)})
        self._counts.clear()

    def _rarity(self, told: Iterable[Told]) -> Rarity:
        wanted = {word for t in told for word in t.words} | {""}
        if missing := sorted(wanted - self._counts.keys()):
            self._counts.update(self._ledger.word_counts("word", missing))
        return Rarity(self._counts, self._counts.get("", 0))


def _places(told: Told, story_of: Mapping[str, str]) -> list[Place]:
    """Where a claim stands in its blocks."""
    at = place_in_block(told)
    return [Place(number_of(key), *at) for key in keys(told, story_of.get(told.document))]


def _member(kept: Kept) -> Member:
    return Member(kept.told.document, kept.told.claim)


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)
