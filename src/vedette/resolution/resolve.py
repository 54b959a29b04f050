"""All of resolution in one call: copies, origins, incidents, stories."""

from __future__ import annotations

from collections.abc import Sequence

from vedette.records import Coded, Document, Resolution, Segment
from vedette.resolution.copies import find_copies
from vedette.resolution.identity import identify
from vedette.resolution.incidents import cluster
from vedette.resolution.naming import claim_order, members_of, named_incidents
from vedette.resolution.origins import claim_origins, document_origins, superseded
from vedette.resolution.stories import find_stories
from vedette.resolution.told import profile_of, tell

__all__ = ["compared", "resolve", "told_text"]


def resolve(coded: Sequence[Coded]) -> Resolution:
    """Find copies, origins, incidents and stories across documents; the order of `coded` changes nothing.

    Of the versions of one address only the newest tells incidents. Incidents have the ids that a database made at once
    of these documents would give them.
    """
    coded = sorted((c for c in coded if c.skipped is None), key=lambda c: c.id)
    copies = find_copies([compared(c) for c in coded], told={c.id: told_text(c.text, c.segments) for c in coded})
    origins = document_origins(coded, copies)
    old = superseded(copies)
    current = [c for c in coded if c.id not in old]
    stories = find_stories([profile_of(c) for c in coded], copies)
    story_of = {m: s.story for s in stories for m in s.members}
    told = sorted((t for c in current for t in tell(c)), key=lambda t: (t.document, t.position, t.claim))
    clusters = cluster(told, story_of)
    names = identify(members_of(told, clusters), {}, {}, order=claim_order(told).__getitem__)
    incidents = named_incidents(told, clusters, claim_origins(current, copies, origins), names.ids)
    return Resolution(tuple(copies), tuple(origins), tuple(incidents), tuple(stories))


def compared(coded: Coded) -> Document:
    """Return a coded document as copies are found of it."""
    return Document(
        id=coded.id, text=coded.text, address="", published=coded.published, outlet=coded.outlet, url=coded.url,
        byline=coded.byline,
    )  # fmt: skip


def told_text(text: str, segments: Sequence[Segment]) -> str:
    """Return the text with everything but headline and body blanked, so that credits and promotions are no copies."""
    if not segments:
        return text
    return "".join(
        s.span.of(text) if s.kind in ("headline", "body") else " " * (s.span.end - s.span.start) for s in segments
    )
