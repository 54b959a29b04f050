"""Stories of a database that grows: only those that a new report may join, by its likeness or its words, are made anew.

A report can join a story by average link only if its mean similarity to the story's reports is high enough; stories
are searched by the report's weightiest terms.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

import msgspec

from vedette.records import Copy
from vedette.resolution.identity import identify, told_order
from vedette.resolution.stories import (
    COPY_SHARE,
    JOIN,
    MAX_POSTINGS,
    TermCounts,
    find_stories,
    searched_terms,
    similarities,
)
from vedette.resolution.told import Profile
from vedette.store.ledger import Ledger

__all__ = ["Stories", "number_of", "untell"]

# Of the reports that have searched terms in common with a new one so many are compared with it.
MAX_COMPARED = 40

_decode = msgspec.msgpack.Decoder(Profile)


class Stories:
    """The stories of a ledger, and how rare terms are."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._profiles: dict[str, Profile] = {}
        self._counts: dict[str, int] = {}
        self._counted_ids: set[str] = set()
        self._n_documents = 0
        # The story that each known report that was looked at was in before.
        self.before: dict[str, str] = {}

    def add(
        self,
        new: Sequence[tuple[Profile, bytes]],
        copies: Iterable[Copy],
        *,
        touched: Collection[str],
        earlier: Mapping[str, str],
    ) -> dict[str, str]:
        """Put new reports into stories; return the story of each report that was looked at, its old one or another.

        Args:
            new: reports, and their speakers as bytes to be kept beside them.
            copies: those that new reports are in.
            touched: stories that lost a report.
            earlier: stories of reports before, where the ledger does not know them any more.
        """
        profiles = [profile for profile, _ in new]
        self._keep(new)
        stories = {*touched, *self._near(profiles)}
        if self._ledger_has_others(profiles):
            stories |= self._joined(copies, {p.id for p in profiles})
        members = self._ledger.members_of(sorted(stories))
        ids = sorted({*(p.id for p in profiles), *(id for own in members.values() for id in own)})
        if not ids:
            return {}
        subset = self._load(ids)
        inside = set(ids)
        around = [c for c in self._ledger.copies_of(ids) if c.container in inside and c.contained in inside]
        found = find_stories(subset, around, counts=self._counted(subset))
        self.before = {id: story for story, own in members.items() for id in own}
        before = {**earlier, **self.before}
        published = {p.id: date.fromordinal(p.published) if p.published else None for p in subset}
        names = identify(
            [s.members for s in found],
            {id: before[id] for id in ids if id in before},
            defaultdict(int),
            order=lambda id: told_order(published[id], id),
            is_taken=lambda id: bool(self._ledger.members_of([id])),
            prefix="s",
        )
        story_of = {id: name for name, story in zip(names.ids, found, strict=True) for id in story.members}
        self._ledger.put_stories(story_of)
        return story_of

    def _keep(self, new: Sequence[tuple[Profile, bytes]]) -> None:
        self._ledger.put_profiles((p.id, msgspec.msgpack.encode(p), voices) for p, voices in new)
        counts = Counter(term for p, _ in new for term in p.terms)
        self._ledger.count_words("term", {**counts, "": len(new)})
        self._profiles.update((p.id, p) for p, _ in new)
        known = self._counted([p for p, _ in new]).counts
        self._ledger.post_terms(
            {p.id: [number_of(t) for t in sorted(p.terms) if known[t] <= MAX_POSTINGS] for p, _ in new}
        )

    def _ledger_has_others(self, profiles: Sequence[Profile]) -> bool:
        return self._n_documents > len(profiles)

    def _near(self, profiles: Sequence[Profile]) -> set[str]:
        """Stories that a new report is near enough to join."""
        if not self._ledger_has_others(profiles):
            return set()
        found: set[str] = set()
        fresh = {p.id for p in profiles}
        for profile in profiles:
            counts = self._counted([profile])
            overlap: dict[str, float] = defaultdict(float)
            terms = searched_terms(profile, counts)
            found_by = self._ledger.with_terms(map(number_of, terms), MAX_POSTINGS)
            for term, ids in zip(terms, found_by, strict=True):
                for id in ids:
                    if id not in fresh:
                        overlap[id] += counts.worth(term) ** 2
            nearest = sorted(overlap, key=lambda id: (-overlap[id], id))[:MAX_COMPARED]
            others = self._load(nearest)
            counts = self._counted([profile, *others])
            alike = [p.id for p, s in zip(others, similarities(profile, others, counts), strict=True) if s >= JOIN]
            hopeful = set(self._ledger.stories_of(alike).values()) - found
            for story, ids in self._ledger.members_of(sorted(hopeful)).items():
                told = self._load(ids)
                scores = similarities(profile, told, self._counted(told))
                if sum(scores) >= JOIN * len(scores):
                    found.add(story)
        return found

    def _joined(self, copies: Iterable[Copy], fresh: set[str]) -> set[str]:
        """Stories of reports that new ones have much of, or are versions of."""
        ends = {
            id
            for c in copies
            if c.kind == "revision" or c.containment >= COPY_SHARE
            for id in (c.container, c.contained)
        }
        return set(self._ledger.stories_of(sorted(ends - fresh)).values())

    def _load(self, ids: Collection[str]) -> list[Profile]:
        missing = [id for id in ids if id not in self._profiles]
        for id, (data, _) in self._ledger.profiles(missing).items():
            self._profiles[id] = _decode.decode(data)
        return [self._profiles[id] for id in ids]

    def _counted(self, profiles: Iterable[Profile]) -> TermCounts:
        """How many reports of the database have each of these reports' terms."""
        fresh = [p for p in profiles if p.id not in self._counted_ids]
        wanted = {""}.union(*(p.terms for p in fresh))
        if missing := sorted(wanted - self._counts.keys()):
            self._counts.update(self._ledger.word_counts("term", missing))
        self._counted_ids.update(p.id for p in fresh)
        self._n_documents = self._counts.get("", 0)
        return TermCounts(self._counts, self._n_documents)


def untell(ledger: Ledger, ids: Collection[str]) -> None:
    """Take back the terms and the speakers of reports."""
    for data, speakers in ledger.profiles(ids).values():
        profile = _decode.decode(data)
        ledger.count_words("term", {**dict.fromkeys(profile.terms, -1), "": -1})
        heard = msgspec.msgpack.decode(speakers, type=list[tuple[str, str, str, bool, int]])
        ledger.add_voices([(last, name, body, is_named, -n) for last, name, body, is_named, n in heard])


def number_of(key: str) -> int:
    """A signed number of 64 bits for a term or the key of a block."""
    digest = hashlib.blake2b(key.encode(errors="surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
