"""Where reports and claims come from: what counts as one independent voice.

Convention: unclear derivation counts as dependent. A document that is mostly another's words goes back to that one; a
claim inside a copied passage goes back to the copied document; a claim in a named speaker's voice goes back to the
speaker, however many outlets quote it, and a spokesman's to the body that he speaks for.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple

from vedette.records import Attribution, Claim, Coded, Copy, Origin, Span, Speaker

__all__ = [
    "Parent",
    "Voice",
    "Voices",
    "claim_origins",
    "document_origins",
    "document_parents",
    "heard",
    "origin_by",
    "superseded",
]

# A document is a derivation as a whole when this share of its words stands in others; set on the samples, where
# reprints with another header reach .9 and pieces that embed a wire report stay under .6.
WHOLE = 0.7
SPOKESMAN = re.compile(r"(?i)\bspokes(?:man|woman|person|people)\b|\bpress (?:officer|secretary)\b")


class Parent(NamedTuple):
    """The document that another repeats, or the newest version of its page."""

    id: str
    via: Literal["copy", "revision"]


class Voice(NamedTuple):
    """A speaker's name in lower case, the last word of it, and the body it is spokesman of ("": none)."""

    last: str
    name: str
    body: str
    is_named: bool


def superseded(copies: Sequence[Copy]) -> frozenset[str]:
    """Return the ids of documents of which there is a newer version of the same address."""
    return frozenset(c.contained for c in copies if c.kind == "revision")


def document_origins(coded: Sequence[Coded], copies: Sequence[Copy]) -> list[Origin]:
    """Return the origin of every document, by id.

    via "copy": the document that it repeats, or in the end the one that this repeats; "revision": the newest version of
    its address; "credit": the outlet or agency that it names as first publisher; "none": itself.
    """
    by_id = {c.id: c for c in coded}
    parents = document_parents(by_id, copies)
    return [origin_by(by_id[id], parents, by_id) for id in sorted(by_id)]


def document_parents(by_id: Mapping[str, Coded], copies: Sequence[Copy]) -> dict[str, Parent]:
    """Return what each derived document repeats, and by what: the newest version of its page comes first.

    Copies with documents that are not in `by_id` are passed over.
    """
    repeated = {one: Parent(other, "copy") for one, other in _parents(by_id, copies).items()}
    return repeated | {one: Parent(other, "revision") for one, other in _newest(by_id, copies).items()}


def origin_by(document: Coded, parents: Mapping[str, Parent], by_id: Mapping[str, Coded]) -> Origin:
    """Return the origin of a document by its chain of parents; `by_id` holds the documents of the chain."""
    root = _root(document.id, parents, by_id)
    if root != document.id:
        return Origin(document.id, root, "revision" if parents[document.id] == Parent(root, "revision") else "copy")
    if document.first_appearance and not _same(document.first_appearance, document.outlet):
        return Origin(document.id, "outlet:" + _key(document.first_appearance), "credit")
    return Origin(document.id, document.id, "none")


def claim_origins(
    coded: Sequence[Coded],
    copies: Sequence[Copy],
    origins: Sequence[Origin],
    *,
    around: Sequence[Coded] = (),
    voices: Voices | None = None,
) -> dict[tuple[str, str], str]:
    """Return for every (document id, claim id) what it goes back to: "speaker:NAME", or a document's origin.

    Args:
        coded: documents whose claims are asked for.
        copies: among them and those `around`; others are passed over.
        origins: of all these documents.
        voices: who speaks, over all documents there are; by default over `coded`.
    """
    origin_of = {o.id: o.origin for o in origins}
    by_id = {c.id: c for c in (*around, *coded)}
    passages: Mapping[str, list[tuple[Span, str]]] = _copied_passages(by_id, copies)
    voices = voices or Voices(heard(coded))
    found = {}
    for document in coded:
        attributions = {a.id: a for a in document.attributions}
        for claim in document.claims:
            speaker = voices.of(attributions.get(claim.attribution or ""))
            found[document.id, claim.id] = speaker or _text_origin(claim, document.id, passages, origin_of)
    return found


def _newest(by_id: Mapping[str, Coded], copies: Sequence[Copy]) -> dict[str, str]:
    """The newest version of each superseded document."""
    newer: dict[str, set[str]] = defaultdict(set)
    for copy in copies:
        if copy.kind == "revision" and copy.container in by_id and copy.contained in by_id:
            newer[copy.contained].add(copy.container)
    found = {}
    for one, others in newer.items():
        # Of two versions the newer holds the other: the newest is held by none.
        last = {o for o in others if not newer.get(o)}
        found[one] = min(last or others)
    return found


def _parents(by_id: Mapping[str, Coded], copies: Sequence[Copy]) -> dict[str, str]:
    """The document that each derived one repeats: credited before merely earlier, then the earliest."""
    sources: dict[str, list[Copy]] = defaultdict(list)
    for copy in copies:
        if copy.kind == "copy" and copy.container in by_id and copy.contained in by_id:
            sources[_derived(copy, by_id)].append(copy)
    found = {}
    for one, listed in sources.items():
        whole = [c for c in listed if _covered(by_id[one], [c]) >= WHOLE]
        if not whole and _covered(by_id[one], listed) >= WHOLE:
            whole = [max(listed, key=lambda c: (_covered(by_id[one], [c]), c.container, c.contained))]
        if whole:
            best = min(whole, key=lambda c: (c.basis not in ("credit", "byline"), _age(by_id[_other(c, one)])))
            found[one] = _other(best, one)
    return found


def _root(one: str, parents: Mapping[str, Parent], by_id: Mapping[str, Coded]) -> str:
    """The end of the chain of parents; where they go round in a ring, its earliest document."""
    path: list[str] = []
    while one in parents and one not in path:
        path.append(one)
        one = parents[one].id
    if one in path:
        return min(path[path.index(one) :], key=lambda id: _age(by_id[id]))
    return one


def _derived(copy: Copy, by_id: Mapping[str, Coded]) -> str:
    """The derived one of the two; where nobody said, the later."""
    return copy.derived or max(copy.container, copy.contained, key=lambda id: _age(by_id[id]))


def _other(copy: Copy, one: str) -> str:
    return copy.contained if copy.container == one else copy.container


def _own_spans(copy: Copy, one: str) -> tuple[Span, ...]:
    return copy.spans if copy.container == one else copy.contained_spans


def _covered(document: Coded, copies: Iterable[Copy]) -> float:
    """The share of its headline and body that stands in passages of `copies`."""
    told = [s.span for s in document.segments if s.kind in ("body", "headline")] or [
        Span(0, max(len(document.text), 1))
    ]
    n_covered, reached = 0, 0
    for span in sorted(span for copy in copies for span in _own_spans(copy, document.id)):
        for part in told:
            start, end = max(span.start, part.start, reached), min(span.end, part.end)
            n_covered += max(end - start, 0)
        reached = max(reached, span.end)
    return n_covered / max(sum(len(part.of(document.text).strip()) for part in told), 1)


def _age(document: Coded) -> tuple[date, str]:
    """Earlier first; on one day, what names an agency as its own source counts as later."""
    return (document.published or date.max, f"{int(document.first_appearance is not None)}{document.id}")


def _copied_passages(by_id: Mapping[str, Coded], copies: Sequence[Copy]) -> dict[str, list[tuple[Span, str]]]:
    """Passages of each document that it has from others, the earliest of these first."""
    found: dict[str, list[tuple[Span, str]]] = defaultdict(list)
    for copy in copies:
        if copy.kind == "copy" and copy.container in by_id and copy.contained in by_id:
            derived = _derived(copy, by_id)
            found[derived].extend((span, _other(copy, derived)) for span in _own_spans(copy, derived))
    for listed in found.values():
        listed.sort(key=lambda p: (_age(by_id[p[1]]), p[0]))
    return found


def _text_origin(
    claim: Claim, document_id: str, passages: Mapping[str, list[tuple[Span, str]]], origin_of: Mapping[str, str]
) -> str:
    for span, other in passages.get(document_id, ()):
        if any(span.meets(t) for t in claim.trigger):
            return origin_of.get(other, other)
    return origin_of.get(document_id, document_id)


def heard(coded: Iterable[Coded]) -> Counter[Voice]:
    """Count the named speakers of documents, with the bodies that they speak for."""
    found: Counter[Voice] = Counter()
    for speaker in (a.speaker for document in coded for a in document.attributions):
        if speaker.name and (name := _key(speaker.name)):
            body = _key(speaker.organization) if speaker.organization and _speaks_for(speaker) else ""
            found[Voice(name.split()[-1], name, body, speaker.kind == "named")] += 1
    return found


class Voices:
    """Names of speakers over all documents, so that each speaker has one key.

    What it makes of a name depends on the speakers with the same last name only.
    """

    def __init__(self, heard: Mapping[Voice, int]) -> None:
        fuller: dict[str, set[str]] = defaultdict(set)
        for voice in heard:
            if voice.is_named and " " in voice.name:
                fuller[voice.last].add(voice.name)
        # "Sample" is Farid Sample where no other Sample speaks.
        self._full = {last: min(full) for last, full in fuller.items() if len(full) == 1}
        bodies: dict[str, Counter[str]] = defaultdict(Counter)
        for voice, n in heard.items():
            if voice.body:
                bodies[self._full.get(voice.name, voice.name)][voice.body] += n
        self._body = {name: min(n, key=lambda body: (-n[body], body)) for name, n in bodies.items()}

    def of(self, attribution: Attribution | None) -> str | None:
        """The key of who speaks, or None: the outlet, or somebody without name and body."""
        if attribution is None or attribution.speaker.kind == "outlet":
            return None
        speaker = attribution.speaker
        if speaker.name:
            name = self._name(speaker)
            return "speaker:" + self._body.get(name, name)
        return "speaker:" + _key(speaker.organization) if speaker.organization else None

    def _name(self, speaker: Speaker) -> str:
        name = _key(speaker.name or "")
        return self._full.get(name, name)


def _speaks_for(speaker: Speaker) -> bool:
    return bool(SPOKESMAN.search(speaker.role or ""))


def _key(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.lower()))


def _same(a: str, b: str | None) -> bool:
    return bool(b) and _key(a) == _key(b or "")
