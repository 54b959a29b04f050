"""Which claims tell a terrorist act as MUC-4 counts them: an example of a selection over claims, scored beside all.

MUC-4's task wants specific acts of terror of the last two months; fighting between armies and guerrillas, arrests, old
acts and general talk of violence are no incidents there. vedette codes all of these (PLOVER asks for them), and says of
each what tells it apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

__all__ = ["is_terrorist_act", "terrorist_acts"]

RECENT_DAYS = 60
FIGHTERS = {"MIL", "REB", "CRM"}
# Ways of attack that are acts of terror whoever is hit; the others may be fighting.
MEANS = {"explosives", "targeted", "abduct", "destroy", "firearms", "primitive", "sexual", "torture"}


def terrorist_acts(claims: Iterable[Mapping[str, Any]], published: date | None) -> list[Mapping[str, Any]]:
    """The claims of one report that tell such acts, in their order.

    A report that tells one with a place or a day of its own tells it again without: its other asserted assaults of the
    last 60 days count as told of it too, unless all whom they hit are fighters.
    """
    read = list(claims)
    if not any(is_terrorist_act(claim, published) for claim in read):
        return []
    return [claim for claim in read if _is_recent_assault(claim, published) and _may_be_terror(claim)]


def is_terrorist_act(claim: Mapping[str, Any], published: date | None) -> bool:
    """Whether a claim of `vedette.coded/1` tells one by itself; `published` is the report's day."""
    if not _is_recent_assault(claim, published):
        return False
    when = claim["when"]
    is_terror = claim["mode"] in MEANS or any(not FIGHTERS & set(hit["sectors"]) for hit in claim["recipients"])
    has_day = bool(when) and when["basis"] != "published"
    has_place = any(
        place["basis"] in ("clause", "sentence") and place["precision"] not in ("country", "region")
        for place in claim["places"]
    )
    return is_terror and (has_day or has_place)


def _is_recent_assault(claim: Mapping[str, Any], published: date | None) -> bool:
    if claim["kind"] != "event" or claim["event_type"] != "ASSAULT" or claim["modality"] != "asserted":
        return False
    when = claim["when"]
    return not (when and published and (published - date.fromisoformat(when["start"])).days > RECENT_DAYS)


def _may_be_terror(claim: Mapping[str, Any]) -> bool:
    hits = claim["recipients"]
    return claim["mode"] in MEANS or not hits or any(not FIGHTERS & set(hit["sectors"]) for hit in hits)
