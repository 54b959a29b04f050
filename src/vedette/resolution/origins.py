"""Where reports and claims come from: what counts as one independent voice.

Convention: unclear derivation counts as dependent. A document that is mostly another's words goes back to that one; a
claim inside a copied passage goes back to the copied document; a claim in a named speaker's voice goes back to the
speaker, however many outlets quote it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from vedette.records import Attribution, Claim, Coded, Copy, Origin, Span

__all__ = ["claim_origins", "document_origins"]

# A document is a derivation as a whole when this share of its words stands in another; set on the samples, where
# reprints with another header reach .9 and pieces that embed a wire report stay under .6.
WHOLE = 0.7


def document_origins(coded: Sequence[Coded], copies: Sequence[Copy]) -> list[Origin]:
    """Return the origin of every document, by id.

    via "copy": the earliest document of those it repeats; "credit": the outlet or agency that it names as first
    publisher; "none": itself.
    """
    by_id = {c.id: c for c in coded}
    parent = _parents(by_id, copies)
    found = []
    for document in sorted(coded, key=lambda c: c.id):
        root = document.id
        seen = {root}
        while root in parent and parent[root] not in seen:
            root = parent[root]
            seen.add(root)
        if root != document.id:
            found.append(Origin(document.id, root, "copy"))
        elif document.first_appearance and not _same(document.first_appearance, document.outlet):
            found.append(Origin(document.id, "outlet:" + _key(document.first_appearance), "credit"))
        else:
            found.append(Origin(document.id, document.id, "none"))
    return found


def claim_origins(
    coded: Sequence[Coded], copies: Sequence[Copy], origins: Sequence[Origin]
) -> dict[tuple[str, str], str]:
    """Return for every (document id, claim id) what it goes back to: "speaker:NAME", or a document's origin."""
    origin_of = {o.id: o.origin for o in origins}
    by_id = {c.id: c for c in coded}
    passages: Mapping[str, list[tuple[Span, str]]] = _copied_passages(by_id, copies)
    found = {}
    for document in coded:
        attributions = {a.id: a for a in document.attributions}
        for claim in document.claims:
            speaker = _speaker_key(attributions.get(claim.attribution or ""))
            found[document.id, claim.id] = speaker or _text_origin(claim, document.id, passages, origin_of)
    return found


def _parents(by_id: Mapping[str, Coded], copies: Sequence[Copy]) -> dict[str, str]:
    """The earlier document that each derived one repeats as a whole."""
    best: dict[str, tuple[tuple[date, str], str]] = {}
    for copy in copies:
        if copy.container not in by_id or copy.contained not in by_id:
            continue
        for one, other, share in (
            (copy.contained, copy.container, copy.containment),
            (copy.container, copy.contained, _covered(by_id[copy.container], copy)),
        ):
            rank = _age(by_id[other])
            if share >= WHOLE and rank < _age(by_id[one]) and (one not in best or rank < best[one][0]):
                best[one] = (rank, other)
    return {one: other for one, (_, other) in best.items()}


def _covered(document: Coded, copy: Copy) -> float:
    length = sum(s.span.end - s.span.start for s in document.segments if s.kind in ("body", "headline"))
    return min(1.0, sum(s.end - s.start for s in copy.spans) / max(length or len(document.text), 1))


def _age(document: Coded) -> tuple[date, str]:
    """Earlier first; on one day, what names an agency as its own source counts as later."""
    return (document.published or date.max, f"{int(document.first_appearance is not None)}{document.id}")


def _copied_passages(by_id: Mapping[str, Coded], copies: Sequence[Copy]) -> dict[str, list[tuple[Span, str]]]:
    found: dict[str, list[tuple[Span, str]]] = defaultdict(list)
    for copy in copies:
        if copy.container not in by_id or copy.contained not in by_id:
            continue
        if _age(by_id[copy.contained]) < _age(by_id[copy.container]):
            found[copy.container].extend((span, copy.contained) for span in copy.spans)
    return found


def _text_origin(
    claim: Claim, document_id: str, passages: Mapping[str, list[tuple[Span, str]]], origin_of: Mapping[str, str]
) -> str:
    for span, other in passages.get(document_id, ()):
        if any(span.meets(t) for t in claim.trigger):
            return origin_of.get(other, other)
    return origin_of.get(document_id, document_id)


def _speaker_key(attribution: Attribution | None) -> str | None:
    if attribution is None or attribution.speaker.kind == "outlet":
        return None
    speaker = attribution.speaker
    words = speaker.name or speaker.organization
    return "speaker:" + _key(words) if words else None


def _key(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.lower()))


def _same(a: str, b: str | None) -> bool:
    return bool(b) and _key(a) == _key(b or "")
