"""All of resolution in one call: copies, origins, incidents, stories."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence

from vedette.records import Coded, Copy, Document, Incident, Resolution, Story
from vedette.resolution.copies import find_copies
from vedette.resolution.incidents import find_incidents
from vedette.resolution.origins import claim_origins, document_origins, superseded

__all__ = ["resolve"]


def resolve(coded: Sequence[Coded]) -> Resolution:
    """Find copies, origins, incidents and stories across documents; the order of `coded` changes nothing.

    Of the versions of one address only the newest tells incidents.
    """
    coded = sorted((c for c in coded if c.skipped is None), key=lambda c: c.id)
    copies = find_copies([_document(c) for c in coded], told={c.id: _told_text(c) for c in coded})
    origins = document_origins(coded, copies)
    old = superseded(copies)
    current = [c for c in coded if c.id not in old]
    incidents = find_incidents(current, claim_origins(current, copies, origins))
    return Resolution(tuple(copies), tuple(origins), tuple(incidents), tuple(_stories(coded, copies, incidents)))


def _document(coded: Coded) -> Document:
    return Document(
        id=coded.id, text=coded.text, address="", published=coded.published, outlet=coded.outlet, url=coded.url,
        byline=coded.byline,
    )  # fmt: skip


def _told_text(coded: Coded) -> str:
    """The text with everything but headline and body blanked, so that credits and promotions are no copies."""
    if not coded.segments:
        return coded.text
    return "".join(
        s.span.of(coded.text) if s.kind in ("headline", "body") else " " * (s.span.end - s.span.start)
        for s in coded.segments
    )


def _stories(coded: Sequence[Coded], copies: Sequence[Copy], incidents: Sequence[Incident]) -> list[Story]:
    """Documents that share words or incidents, directly or through others; every document is in one story."""
    parent = {c.id: c.id for c in coded}

    def root(x: str) -> str:
        while parent[x] != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    pairs = [(c.container, c.contained) for c in copies]
    pairs += [(i.members[0].id, m.id) for i in incidents for m in i.members[1:]]
    for a, b in pairs:
        low, high = sorted((root(a), root(b)))
        parent[high] = low
    members: dict[str, list[str]] = defaultdict(list)
    for c in coded:
        members[root(c.id)].append(c.id)
    return [
        Story(
            "s" + hashlib.blake2b("|".join(ids).encode(errors="surrogatepass"), digest_size=8).hexdigest(), tuple(ids)
        )
        for ids in members.values()
    ]
