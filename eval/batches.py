"""Whether a database that grew holds what one made at once holds, and where not, why.

    python eval/batches.py [FOLDER]    samples/ without it

The reports of the folder are coded once and resolved at once, then in ten batches in order of publication and in ten
in each of two other orders. Prints a JSON line for each order: how many incidents, stories, copies and origins are the
same, how many incidents of the same claims have the same id, and every difference with its reason.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from vedette import api
from vedette.growth import update
from vedette.records import Coded, Document, Incident, Member, Resolution
from vedette.resolution.identity import identify, told_order
from vedette.store import open_store

AT = datetime(2031, 1, 1, tzinfo=UTC)
N_BATCHES = 10
SEEDS = (1, 2)


def grown(path: Path, batches: Sequence[Sequence[Coded]]) -> Resolution:
    """Return what a new database at `path` holds when batches were added to it one after the other."""
    with open_store(path, read_only=False) as store:
        for n, batch in enumerate(batches):
            for coded in batch:
                document = Document(
                    id=coded.id, text=coded.text, address=coded.id, title=coded.title, url=coded.url,
                    outlet=coded.outlet, published=coded.published, byline=coded.byline,
                )  # fmt: skip
                store.keep(document, coded, coder="eval/1", at=AT)
            update(store, at=AT + timedelta(days=n))
        return store.resolution()


def cut(coded: Sequence[Coded], n: int) -> list[Sequence[Coded]]:
    """Cut documents into `n` batches, as even as can be, none of them empty."""
    n = min(n, len(coded))
    return [coded[len(coded) * k // n : len(coded) * (k + 1) // n] for k in range(n)]


def compared(one: Resolution, other: Resolution, coded: Sequence[Coded]) -> dict[str, Any]:
    """Return in how much two resolutions of the same documents agree, and every difference of incidents.

    `one` is that made at once. An incident is the same where its claims are.
    """
    ones, others = ({i.members: i for i in r.incidents} for r in (one, other))
    same = [(i, others[members]) for members, i in ones.items() if members in others]
    published = {c.id: c.published for c in coded}
    return {
        "documents": len(coded),
        "incidents": len(ones),
        "incidents_of_batches": len(others),
        "same_incidents": len(same),
        "same_versions": sum(a.versions == b.versions for a, b in same),
        "same_ids": sum(a.incident == b.incident for a, b in same),
        "why_other_ids": dict(Counter(_why_id(b, published) for a, b in same if a.incident != b.incident)),
        "stories": len(one.stories),
        "same_stories": len({s.members for s in one.stories} & {s.members for s in other.stories}),
        "copies": len(one.copies),
        "same_copies": len(set(map(repr, one.copies)) & set(map(repr, other.copies))),
        "same_origins": len(set(one.origins) & set(other.origins)),
        "only_at_once": _only(one, other, set(others)),
        "only_of_batches": _only(other, one, set(ones)),
    }


def _why_id(incident: Incident, published: Mapping[str, date | None]) -> str:
    """Why an incident of batches has another id than that of its claim that was told first."""
    for member in incident.members:
        made = identify([[member]], {}, {}, order=lambda m: told_order(published[m.id], m.id, m.claim))
        if made.ids == (incident.incident,):
            return "minted by a claim of it that came before the one told first"
    return "minted by a claim that is in another incident now"


def _only(made: Resolution, other: Resolution, known: set[tuple[Member, ...]]) -> list[dict[str, Any]]:
    """Incidents that the other resolution has not, and why."""
    whole, other_whole = _happenings(made), _happenings(other)
    story_of, other_story_of = ({id: s.members for s in r.stories for id in s.members} for r in (made, other))
    found = []
    for incident in made.incidents:
        if incident.members in known:
            continue
        if any(story_of[m.id] != other_story_of[m.id] for m in incident.members):
            why = "the reports are in other stories"
        elif all(whole.get(m) == other_whole.get(m) for m in incident.members):
            why = "other claims of the same happening are one act"
        else:
            why = "the happenings are others in the same stories: how rare words are was counted over fewer reports"
        claims = [f"{m.id}:{m.claim}" for m in incident.members]
        found.append({"incident": incident.incident, "claims": claims, "why": why})
    return found


def _happenings(made: Resolution) -> dict[Member, frozenset[Member]]:
    """All claims of the happening that each claim is in."""
    parts: dict[str, set[Member]] = {}
    for i in made.incidents:
        parts.setdefault(i.part_of or i.incident, set()).update(i.members)
    return {m: frozenset(own) for own in parts.values() for m in own}


def main() -> None:
    source = sys.argv[1] if len(sys.argv) > 1 else "samples"
    with TemporaryDirectory() as folder:
        with open_store(Path(folder) / "coded.db", read_only=False) as store:
            api.ingest(source, store)
            coded = sorted(store.coded(), key=lambda c: told_order(c.published, c.id))
        orders = {"published": coded}
        orders |= {f"shuffled {seed}": random.Random(seed).sample(coded, len(coded)) for seed in SEEDS}
        at_once = grown(Path(folder) / "once.db", [coded])
        for name, order in orders.items():
            made = grown(Path(folder) / f"{name}.db", cut(order, N_BATCHES))
            print(json.dumps({"order": name, **compared(at_once, made, coded)}), flush=True)


if __name__ == "__main__":
    sys.exit(main())
