"""Rows of the report: a claim with its words, its place, its day and its voice, ready to be shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from vedette.ontology import gist_of
from vedette.outputs.map_svg import country_names
from vedette.outputs.report_view import Line, Piece, Row
from vedette.outputs.report_words import (
    MODALITY,
    about_words,
    certainty_words,
    count_words,
    day_words,
    days_words,
    family_of,
    interest_note,
    label_of,
    names,
    place_note,
    share_words,
    speaker_name,
)
from vedette.records import Attribution, Claim, Coded, Incident, Span

__all__ = ["Told", "as_lines", "first_day", "make_row", "outlet_of", "tell", "told_by", "web_address"]

HTTP = re.compile(r"https?://[^\s\"'<>]+", re.IGNORECASE)
# A "sentence" longer than this is a list or a page without full stops: what stands around the trigger is enough.
MAX_EVIDENCE = 600
MAX_OTHERS = 6


class Told(NamedTuple):
    """A claim in its document, with who says it."""

    document: Coded
    claim: Claim
    attribution: Attribution | None


def tell(coded: Sequence[Coded]) -> list[Told]:
    """Return the claims of all documents but bare figures, in the order of what they tell."""
    found = []
    for document in coded:
        attributions = {a.id: a for a in document.attributions}
        found += [
            Told(document, c, attributions.get(c.attribution) if c.attribution else None)
            for c in document.claims
            if c.kind != "figure"
        ]
    found.sort(
        key=lambda t: (
            first_day(t.claim),
            t.document.published or date.max,
            t.document.id,
            t.claim.trigger[0].start if t.claim.trigger else 0,
        )
    )
    return found


def first_day(claim: Claim) -> date:
    """Return the first day of the event; without one it stands last."""
    return claim.when.start if claim.when else date.max


def told_by(incidents: Sequence[Incident], documents: Mapping[str, Coded]) -> dict[tuple[str, str], Sequence[str]]:
    """Return the documents that tell the incident of each claim, by document and claim; one list an incident."""
    found: dict[tuple[str, str], Sequence[str]] = {}
    for incident in incidents:
        if incident.n_documents > 1:
            ids = sorted({m.id for m in incident.members if m.id in documents})
            for member in incident.members:
                found[member.id, member.claim] = ids
    return found


def outlet_of(document: Coded) -> str:
    """Return who published a document, or what else names it."""
    return document.outlet or document.title or document.id


def web_address(document: Coded) -> str | None:
    """Return its address where a link to it is safe."""
    return document.url if document.url and HTTP.fullmatch(document.url) else None


def make_row(told: Told, teller_ids: Sequence[str], documents: Mapping[str, Coded]) -> Row:
    """Return a claim as shown; `teller_ids` are the documents that tell of the same incident."""
    document, claim, attribution = told
    place = claim.places[0] if claim.places else None
    when = claim.when
    what = claim.event_type or ("CONTROL" if claim.kind == "control" else claim.kind)
    detail = claim.mode or claim.state
    share = claim.share
    party = (claim.interest.party if claim.interest else None) or ""
    note = interest_note(claim.interest, country_names().get(party, party))
    others, n_more = _others(teller_ids, document, documents)
    return Row(
        id=claim.id,
        document_id=document.id,
        family=family_of(claim),
        kind=claim.kind,
        what=f"{what} / {detail}" if detail else what,
        label=label_of(claim),
        gist=gist_of(claim.event_type, claim.mode) if claim.event_type else "who is said to hold a place",
        about=about_words(claim),
        who=names(claim.actors),
        whom=names(claim.recipients),
        place=(place.name or place.mention) if place else "",
        place_note=place_note(place) if place else "",
        day=days_words(when.start, when.end) if when else "",
        day_note="day of the report" if when and when.basis == "published" else "",
        day_sort=when.start.isoformat() if when else "",
        speaker=speaker_name(attribution),
        speaker_note=_speaker_note(attribution),
        is_outlets_voice=attribution is None,
        stance=attribution.cue.stance if attribution else "",
        modality=MODALITY[claim.modality],
        modality_code=claim.modality,
        certainty=claim.certainty,
        certainty_words=certainty_words(claim.certainty),
        deaths=count_words(claim.deaths),
        injured=count_words(claim.injured),
        share=share_words(share),
        share_low=share.low if share else None,
        share_best=share.best if share else None,
        share_high=share.high if share else None,
        pieces=tuple(_pieces(document.text, claim, attribution)),
        outlet=document.outlet or "",
        published=day_words(document.published),
        title=document.title or document.text[:80].strip(),
        url=web_address(document),
        others=others,
        n_more_others=n_more,
        interest=claim.interest.kind if note and claim.interest and claim.interest.kind else "",
        interest_note=note,
    )


def as_lines(rows: Iterable[Row]) -> list[Line]:
    """Return the rows with those that say the same in the same voice taken together, in the order they came."""
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        # The outlet's own voice is another voice in every outlet.
        voice = row.outlet if row.is_outlets_voice else row.speaker.casefold()
        key = (row.what, row.who.casefold(), row.whom.casefold(), row.deaths, row.share, row.modality_code, voice)
        groups.setdefault(key, []).append(row)
    return [Line(told[0], len({r.document_id for r in told})) for told in groups.values()]


def _others(ids: Sequence[str], document: Coded, documents: Mapping[str, Coded]) -> tuple[tuple[str, ...], int]:
    shown: dict[str, None] = {}
    at = 0
    for at, other in enumerate(ids):  # noqa: B007
        if other != document.id:
            shown.setdefault(outlet_of(documents[other]))
        if len(shown) == MAX_OTHERS:
            break
    return tuple(shown), max(len(ids) - at - 1, 0)


def _speaker_note(attribution: Attribution | None) -> str:
    if attribution is None:
        return ""
    speaker, name = attribution.speaker, speaker_name(attribution).casefold()
    notes = (x for x in (speaker.role, speaker.organization) if x and x.casefold() not in name)
    return ", ".join(dict.fromkeys(notes))


def _pieces(text: str, claim: Claim, attribution: Attribution | None) -> Iterator[Piece]:
    """The evidence sentence cut at the edges of its roles; where roles overlap the more telling one wins."""
    start, end = claim.evidence.start, min(claim.evidence.end, len(text))
    cut_start, cut_end = start, end
    if end - start > MAX_EVIDENCE:
        middle = claim.trigger[0].start if claim.trigger else start
        cut_start = max(start, min(middle - MAX_EVIDENCE // 2, end - MAX_EVIDENCE))
        cut_end = min(end, cut_start + MAX_EVIDENCE)
    roles: list[str | None] = [None] * max(cut_end - cut_start, 0)

    def mark(spans: Iterable[Span], role: str) -> None:
        for span in spans:
            for k in range(max(span.start, cut_start), min(span.end, cut_end)):
                roles[k - cut_start] = role

    mark((p.span for p in claim.places), "place")
    mark((s for a in claim.recipients for s in a.spans), "recipient")
    mark((s for a in claim.actors for s in a.spans), "actor")
    if attribution is not None:
        mark(attribution.speaker.spans, "speaker")
        mark(attribution.cue.spans, "cue")
    mark(claim.trigger, "trigger")
    if cut_start > start:
        yield Piece("… ")
    at = 0
    while at < len(roles):
        to = at
        while to < len(roles) and roles[to] == roles[at]:
            to += 1
        yield Piece(text[cut_start + at : cut_start + to], roles[at])
        at = to
    if cut_end < end:
        yield Piece(" …")
