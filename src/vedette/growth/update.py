"""One run: what was kept since the last is resolved with what it touches, in one transaction.

All is resolved anew, with the ids that there are, where the rules changed, and where the documents have doubled since
that was done last, up to a number from which on what is counted over all of them (how rare a word is) hardly changes.
"""

from __future__ import annotations

import logging
from datetime import datetime

import msgspec

from vedette.growth.derivations import derive
from vedette.growth.incidents import Incidents
from vedette.growth.stories import Stories, untell
from vedette.records import Member
from vedette.resolution.origins import heard
from vedette.resolution.told import profile_of, tell
from vedette.store import Store
from vedette.store.ledger import Ledger

__all__ = ["RESOLVER", "Updated", "update"]

log = logging.getLogger(__name__)

# Raised when resolution finds something else in the same documents: then all are resolved anew.
RESOLVER = "resolution/3"
# All are resolved anew when there are so many times the documents of the last time ...
DOUBLED = 2.0
# ... and no more than these, unless half are new. Rarity counts as if 400 reports had been seen before the first.
MAX_WHOLE = 10_000


class Updated(msgspec.Struct, frozen=True):
    """What a run did: documents resolved, whether all were, and ids minted, merged into others, split off, ended."""

    n_documents: int
    is_whole: bool
    n_minted: int
    n_merged: int
    n_split: int
    n_ended: int


def update(store: Store, *, at: datetime, whole: bool = False) -> Updated:
    """Resolve the documents that were kept since the last run; without new ones nothing is done.

    The order in which they were kept changes nothing. A run that is killed leaves all as it was before it.

    Args:
        store: open for writing.
        at: the time of the run, UTC.
        whole: resolve all documents anew; ids of incidents stay.
    """
    with store.engine.begin() as connection:
        made = _Run(Ledger(connection), at).made(whole)
    log.info("resolved", extra={"documents": made.n_documents, "minted": made.n_minted, "merged": made.n_merged})
    return made


class _Run:
    def __init__(self, ledger: Ledger, at: datetime) -> None:
        self._ledger = ledger
        self._at = at

    def made(self, is_whole: bool) -> Updated:
        ledger = self._ledger
        ids = ledger.pending()
        is_whole = is_whole or ledger.resolver() not in (None, RESOLVER)
        if not ids and not is_whole:
            return Updated(0, False, 0, 0, 0, 0)
        n_documents = ledger.n_documents()
        if n_documents >= DOUBLED * ledger.n_at_last_whole():
            is_whole = is_whole or n_documents <= MAX_WHOLE or 2 * len(ids) >= n_documents
        if is_whole:
            ids = ledger.every_id()
        run = ledger.start(at=self._at, resolver=RESOLVER, n_documents=n_documents, is_whole=is_whole)
        incidents, touched, earlier = Incidents(ledger), set[str](), dict[str, str]()
        if is_whole:
            incidents.remember({Member(document, claim): id for document, claim, id in ledger.assignments()})
            earlier = ledger.stories_of(ids)
            ledger.clear()
        else:
            incidents.take_back(ids)
            touched = set(ledger.stories_of(ids).values())
            untell(ledger, ids)
            ledger.forget_documents(ids)
        new = list(ledger.coded(ids))
        ledger.add_voices([(*voice, n) for voice, n in heard(new).items()])
        derived = derive(ledger, new)
        incidents.take_back(derived.superseded - set(ids))
        stories = Stories(ledger)
        profiles = [
            (profile_of(c), msgspec.msgpack.encode([(*voice, n) for voice, n in heard([c]).items()])) for c in new
        ]
        story_of = stories.add(profiles, derived.copies, touched=touched, earlier=earlier)
        current = [c for c in new if c.id not in derived.superseded]
        incidents.tell([t for c in current for t in tell(c)], derived.claims, story_of)
        fresh = set(ids)
        moved = {id: old for id, old in stories.before.items() if id not in fresh and story_of[id] != old}
        incidents.move(moved, story_of)
        if not is_whole:
            incidents.trace({key: origin for key, origin in derived.claims.items() if key[0] not in fresh})
        made = incidents.settle(run)
        return Updated(
            len(new), is_whole, len(made.minted), len(made.aliases), len(made.descents), len(made.ended)
        )  # fmt: skip
