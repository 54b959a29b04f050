"""What each origin says of an incident, in words: a row each, to be set side by side."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import msgspec

from vedette.records import Coded, Count, Incident, Version, When

__all__ = ["VersionRow", "disputed_columns", "version_rows"]


class VersionRow(msgspec.Struct, frozen=True):
    """One origin's version; "" where it says nothing of the matter. `n_documents` tell it."""

    origin: str
    day: str
    place: str
    deaths: str
    injured: str
    actors: str
    modality: str
    n_documents: int


def version_rows(incident: Incident, documents: Mapping[str, Coded]) -> list[VersionRow]:
    """Return a row for each origin, those that most reports tell first; `documents` by id name the outlets."""
    rows = [_row(version, documents) for version in incident.versions]
    return sorted(rows, key=lambda r: (-r.n_documents, r.origin))


def disputed_columns(incident: Incident) -> set[str]:
    """Return the columns in which origins contradict each other."""
    columns = {
        "deaths": "deaths", "injured": "injured", "perpetrator": "actors", "control": "actors",
        "occurrence": "modality", "accusation": "actors",
    }  # fmt: skip
    return {columns[c.kind] for c in incident.conflicts}


def _row(version: Version, documents: Mapping[str, Coded]) -> VersionRow:
    return VersionRow(
        origin=_name(version.origin, documents),
        day=_days(version.when),
        place=(version.place.name or version.place.mention) if version.place else "",
        deaths=_count(version.deaths),
        injured=_count(version.injured),
        actors="; ".join(a.name or a.mention for a in version.actors),
        modality=version.modality,
        n_documents=len({m.id for m in version.members}),
    )


def _name(origin: str, documents: Mapping[str, Coded]) -> str:
    if origin in documents:
        document = documents[origin]
        return " ".join(str(x) for x in (document.outlet or document.id, document.published) if x)
    kind, _, name = origin.partition(":")
    return f"{name} ({kind})" if kind in ("speaker", "outlet") and name else origin


def _days(when: When | None) -> str:
    if when is None:
        return ""
    last = when.end - timedelta(days=1)
    return str(when.start) if when.start == last else f"{when.start} to {last}"


def _count(count: Count | None) -> str:
    if count is None:
        return ""
    low, best, high = (None if x is None else f"{x:g}" for x in (count.low, count.best, count.high))
    if best is not None and low == best == high:
        return best
    if best is not None and low == best and high is None:
        return f"{best} or more"
    return f"{best or '?'} ({low or '?'} to {high or '?'})"
