"""All of resolution in one call: copies, origins, incidents, stories."""

from __future__ import annotations

from collections.abc import Sequence

from vedette.records import Coded, Document, Resolution
from vedette.resolution.copies import find_copies
from vedette.resolution.incidents import find_incidents
from vedette.resolution.origins import claim_origins, document_origins, superseded
from vedette.resolution.stories import find_stories
from vedette.resolution.told import profile_of

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
    stories = find_stories([profile_of(c) for c in coded], copies)
    story_of = {m: s.story for s in stories for m in s.members}
    incidents = find_incidents(current, claim_origins(current, copies, origins), story_of)
    return Resolution(tuple(copies), tuple(origins), tuple(incidents), tuple(stories))


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
