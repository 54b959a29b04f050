"""Copies and origins of documents that are added, and what they change in those of others.

A document's origin is the end of its chain of parents. A new document changes the parents of those that it has words in
common with, and by that the origins of what derives from these; nothing else is read.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from vedette.records import Coded, Copy, Origin
from vedette.resolution import CopyIndex
from vedette.resolution.origins import (
    Parent,
    Voice,
    Voices,
    claim_origins,
    document_parents,
    heard,
    origin_by,
    superseded,
)
from vedette.resolution.postings import MAX_FOUND
from vedette.resolution.resolve import compared, told_text
from vedette.store.ledger import Ledger
from vedette.store.shelf import StoredShelf

__all__ = ["Derived", "derive"]


class Derived(NamedTuple):
    """What new documents brought.

    `copies`: those that new documents are in. `superseded`: documents, new or not, of which a new version is here or
    that are an old version of one that is. `claims`: what claims go back to by (document id, claim id), of all new
    documents and of others where that may have changed.
    """

    copies: list[Copy]
    superseded: frozenset[str]
    claims: dict[tuple[str, str], str]


def derive(ledger: Ledger, new: Sequence[Coded]) -> Derived:
    """Find and keep copies and origins of new documents; speakers must be counted already."""
    index = CopyIndex(StoredShelf(ledger.connection, told_text, max_found=MAX_FOUND))
    copies = index.add([compared(c) for c in new], told={c.id: told_text(c.text, c.segments) for c in new})
    ledger.add_copies(copies)
    at_hand = {c.id: c for c in new}
    changed = _put_origins(ledger, copies, at_hand)
    old = superseded(copies)
    affected = {*(c.id for c in new), *changed, *(c.derived for c in copies if c.derived)}
    # A passage goes back to what the document goes back to that it is from.
    affected |= {c.derived for c in ledger.copies_of(changed - {c.id for c in new}) if c.derived}
    return Derived(copies, old, _claims(ledger, affected - old, at_hand))


def _put_origins(ledger: Ledger, copies: Sequence[Copy], at_hand: dict[str, Coded]) -> set[str]:
    """Keep the origins of new documents and of those whose chain of parents they changed; return their ids."""
    direct = {*at_hand, *(id for c in copies for id in (c.container, c.contained))}
    around = ledger.copies_of(direct)
    by_id = _load(ledger, {*direct, *(id for c in around for id in (c.container, c.contained))}, at_hand)
    before = _typed(ledger.parents_of(direct))
    parents = {id: parent for id, parent in document_parents(by_id, around).items() if id in direct}
    changed = {id for id in direct if id in at_hand or parents.get(id) != before.get(id)}
    reached = set(changed)
    below = set(changed)
    while below := ledger.children_of(below) - reached:
        reached |= below
    # The chains upwards, through documents that did not change.
    open_ = {parents[id].id for id in direct if id in parents} - direct | (reached - direct)
    seen: set[str] = set()
    while open_:
        seen |= open_
        found = _typed(ledger.parents_of(open_))
        parents |= found
        open_ = {p.id for p in found.values()} - seen - direct
    by_id = _load(ledger, {*reached, *seen}, by_id)
    origins = [origin_by(by_id[id], parents, by_id) for id in sorted(reached)]
    ledger.put_origins(origins, {id: (parents[id].id, parents[id].via) for id in reached if id in parents})
    return reached


def _claims(ledger: Ledger, ids: Collection[str], at_hand: Mapping[str, Coded]) -> dict[tuple[str, str], str]:
    copies = ledger.copies_of(ids)
    old = superseded(copies)
    others = {id for c in copies for id in (c.container, c.contained)} - set(ids) - old
    by_id = _load(ledger, {*ids, *others}, at_hand)
    documents = [by_id[id] for id in sorted(ids) if id in by_id]
    lasts = {voice.last for voice in heard(documents)}
    voices = Voices({Voice(*row[:4]): row[4] for row in ledger.voices_of(sorted(lasts))})
    origins: list[Origin] = ledger.origins_of([*ids, *others])
    around = [by_id[id] for id in sorted(others) if id in by_id]
    return claim_origins(documents, copies, origins, around=around, voices=voices)


def _load(ledger: Ledger, ids: Collection[str], at_hand: Mapping[str, Coded]) -> dict[str, Coded]:
    """Documents by id, of which some are at hand."""
    missing = [id for id in ids if id not in at_hand]
    return {**at_hand, **{c.id: c for c in ledger.coded(missing)}}


def _typed(parents: Mapping[str, tuple[str, str]]) -> dict[str, Parent]:
    return {id: Parent(other, "revision" if via == "revision" else "copy") for id, (other, via) in parents.items()}
