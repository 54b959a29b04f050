"""Incidents by the ids that last, in place of hashes of all their members."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from vedette.records import Incident, Member
from vedette.resolution.identity import Order, told_order
from vedette.resolution.incidents import Clusters, incident_id, make_incidents
from vedette.resolution.told import Told

__all__ = ["claim_order", "members_of", "named_incidents"]


def claim_order(told: Sequence[Told]) -> dict[Member, Order]:
    """Return for each claim the key by which the first told comes first."""
    return {
        Member(t.document, t.claim): told_order(_day(t.published), t.document, t.claim) for t in told
    }  # fmt: skip


def members_of(told: Sequence[Told], clusters: Clusters) -> list[list[Member]]:
    """Return the claims of each group."""
    return [[Member(told[k].document, told[k].claim) for k in group] for group in clusters.groups]


def named_incidents(
    told: Sequence[Told], clusters: Clusters, origin_of: Mapping[tuple[str, str], str], ids: Sequence[str]
) -> list[Incident]:
    """Return the clusters as incidents, by id; `ids` are those of the groups."""
    name = {incident_id(sorted(own)): id for own, id in zip(members_of(told, clusters), ids, strict=True)}
    found = [
        msgspec.structs.replace(
            i,
            incident=name[i.incident],
            part_of=name[i.part_of] if i.part_of else None,
            possible=tuple(msgspec.structs.replace(p, incident=name[p.incident]) for p in i.possible),
        )
        for i in make_incidents(told, clusters, origin_of)
    ]
    return sorted(found, key=lambda i: i.incident)


def _day(ordinal: int | None) -> date | None:
    return date.fromordinal(ordinal) if ordinal else None
