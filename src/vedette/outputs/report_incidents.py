"""Incidents and contradictions of the report: what many claims tell together, and where they cannot all be right."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

import msgspec

from vedette.outputs.report_rows import Told, as_lines
from vedette.outputs.report_view import ConflictView, IncidentView, Row, Side
from vedette.outputs.report_words import days_words, family_of, label_of, n_of, named, range_words
from vedette.outputs.versions import disputed_columns, version_rows
from vedette.records import Conflict, Incident, Member

__all__ = ["Digest", "conflict_views", "digest", "happenings", "incident_views", "origins_words", "weight_of"]

# Members of one incident that are looked at; a toll or a name that a thousand claims repeat is known by then.
MAX_LOOKED_AT = 1_000
MAX_INCIDENT_ROWS = 25
MAX_SIDE_LINES = 5
CONFLICT_NAMES = {
    "deaths": "How many died", "injured": "How many were injured", "perpetrator": "Who did it",
    "occurrence": "Whether it happened", "control": "Who holds it", "accusation": "Who accuses whom",
}  # fmt: skip
WEIGHT_OF_CONFLICT = {"deaths": 0, "control": 1, "occurrence": 2, "accusation": 3, "perpetrator": 4, "injured": 5}
MakeRow = Callable[[Told], Row]
Claims = Mapping[tuple[str, str], Told]


class Digest(NamedTuple):
    """An incident in a line: what its claims agree on by majority, and the span of what they do not."""

    incident: Incident
    title: str
    detail: str
    family: str
    deaths: float
    day: date | None
    is_background: bool


def happenings(incidents: Iterable[Incident]) -> list[Incident]:
    """Return the incidents that are no part of another, each with the members of its parts, in their order."""
    listed = list(incidents)
    members: dict[str, list[Member]] = defaultdict(list)
    for i in listed:
        members[i.part_of or i.incident] += i.members
    return [
        msgspec.structs.replace(i, members=tuple(sorted(members[i.incident])))
        for i in listed
        if i.part_of is None
    ]  # fmt: skip


def digest(incident: Incident, claims: Claims) -> Digest | None:
    """Return the incident in a line, or None where none of its claims is at hand."""
    members = [claims[m.id, m.claim] for m in incident.members[:MAX_LOOKED_AT] if (m.id, m.claim) in claims]
    if not members:
        return None
    # What is denied or feared says less of what it was than what is told as happened.
    told = [t for t in members if t.claim.modality == "asserted"] or members
    is_background = all(t.claim.modality == "historical" for t in members)
    label = _most(label_of(t.claim) for t in told)
    if told[0].claim.kind == "control":
        label = "control"
    place = _most(t.claim.places[0].name or t.claim.places[0].mention for t in told if t.claim.places)
    days = Counter((t.claim.when.start, t.claim.when.end) for t in told if t.claim.when)
    day = min(days, key=lambda d: (-days[d], d)) if days else None
    deaths = [t.claim.deaths.best for t in told if t.claim.deaths and t.claim.deaths.best is not None]
    title = (
        (label[:1].upper() + label[1:]) + (f" in {place}" if place else "") + (f", {days_words(*day)}" if day else "")
    )
    who = Counter(name for t in told for name in named(t.claim.actors))
    doers = [name for name, _ in who.most_common(2)]
    family = _most(family_of(t.claim) for t in told)
    lead = "said to be by" if family in ("violence", "coercion", "protest") else "named:"
    detail = "; ".join(x for x in (range_words(deaths, "dead"), f"{lead} {', '.join(doers)}" if doers else "") if x)
    return Digest(incident, title, detail, family, max(deaths, default=0.0), day[0] if day else None, is_background)


def _most(values: Iterable[str]) -> str:
    counts = Counter(values)
    return min(counts, key=lambda v: (-counts[v], v)) if counts else ""


def weight_of(found: Digest) -> tuple[bool, int, bool, float, int, str]:
    """Order by news before background, independent origins, lives, reports."""
    i = found.incident
    return (found.is_background, -i.n_origins, found.family == "words", -found.deaths, -i.n_documents, i.incident)


def incident_views(
    digests: Sequence[Digest], claims: Claims, row: MakeRow, limit: int
) -> tuple[tuple[IncidentView, ...], int]:
    """Return the incidents that several reports tell, the best confirmed first, and how many more there are."""
    several = sorted((d for d in digests if d.incident.n_documents > 1), key=weight_of)
    return tuple(_incident_view(d, claims, row) for d in several[:limit]), max(len(several) - limit, 0)


def _incident_view(found: Digest, claims: Claims, row: MakeRow) -> IncidentView:
    incident = found.incident
    members = [m for m in incident.members if (m.id, m.claim) in claims]
    told = tuple(row(claims[m.id, m.claim]) for m in members[:MAX_INCIDENT_ROWS])
    documents = {m.id: claims[m.id, m.claim].document for m in members}
    return IncidentView(
        f"incident-{incident.incident}", found.title, found.detail, found.family,
        incident.n_documents, incident.n_outlets, incident.n_origins, told, len(members) - len(told),
        tuple(version_rows(incident, documents)[:MAX_INCIDENT_ROWS]), frozenset(disputed_columns(incident)),
    )  # fmt: skip


def conflict_views(
    digests: Sequence[Digest], claims: Claims, row: MakeRow, limit: int
) -> tuple[tuple[ConflictView, ...], int]:
    """Return the contradictions, those about lives and ground first, and how many more there are."""
    found = [(d, c) for d in digests for c in d.incident.conflicts]
    found.sort(key=lambda f: (not _is_weighty(*f), weight_of(f[0]), WEIGHT_OF_CONFLICT[f[1].kind]))
    views = tuple(
        ConflictView(
            f"conflict-{n}",
            CONFLICT_NAMES[conflict.kind],
            of.title,
            _sides(conflict, claims, row),
            _is_weighty(of, conflict),
        )
        for n, (of, conflict) in enumerate(found[:limit], start=1)
    )
    return tuple(v for v in views if any(s.lines for s in v.sides)), max(len(found) - limit, 0)


def _is_weighty(of: Digest, conflict: Conflict) -> bool:
    """Two who refuse or meet are often two events, not one in dispute; tolls, attacks and ground are worth the top."""
    return conflict.kind in ("deaths", "injured", "control") or of.family in ("violence", "control")


def _sides(conflict: Conflict, claims: Claims, row: MakeRow) -> tuple[Side, ...]:
    return tuple(
        _side(says, side, conflict.kind, claims, row) for says, side in zip(conflict.says, conflict.sides, strict=True)
    )


def _side(says: str, side: Sequence[Member], kind: str, claims: Claims, row: MakeRow) -> Side:
    members = [claims[m.id, m.claim] for m in side[:MAX_LOOKED_AT] if (m.id, m.claim) in claims]
    lines = as_lines(row(t) for t in members)
    noun = {"deaths": " dead", "injured": " injured"}.get(kind, "")
    outlets = {t.document.outlet or t.document.id for t in members}
    return Side(says + noun, tuple(lines[:MAX_SIDE_LINES]), max(len(lines) - MAX_SIDE_LINES, 0), len(outlets))


def origins_words(incident: Incident) -> str:
    """Return how well an incident is told: "3 independent origins, 27 reports"."""
    return f"{n_of(incident.n_origins, 'independent origin')}, {n_of(incident.n_documents, 'report')}"
