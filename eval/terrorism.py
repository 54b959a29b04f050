"""Which claims tell a terrorist act as MUC-4 counts them: an example of a selection over claims, scored beside all.

MUC-4's task wants specific acts of terror of the last two months; fighting between armies and guerrillas, arrests, old
acts and general talk of violence are no incidents there. vedette codes all of these (PLOVER asks for them), and says of
each what tells it apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

__all__ = ["is_terrorist_act"]

RECENT_DAYS = 60
FIGHTERS = {"MIL", "REB", "CRM"}
# Ways of attack that are acts of terror whoever is hit; the others may be fighting.
MEANS = {"explosives", "targeted", "abduct", "destroy", "firearms", "primitive", "sexual", "torture"}


def is_terrorist_act(claim: Mapping[str, Any], published: date | None) -> bool:
    """Whether a claim of `vedette.coded/1` tells one; `published` is the report's day."""
    if claim["kind"] != "event" or claim["event_type"] != "ASSAULT" or claim["modality"] != "asserted":
        return False
    when = claim["when"]
    if when and published and (published - date.fromisoformat(when["start"])).days > RECENT_DAYS:
        return False
    is_terror = claim["mode"] in MEANS or any(not FIGHTERS & set(hit["sectors"]) for hit in claim["recipients"])
    has_day = bool(when) and when["basis"] != "published"
    has_place = any(
        place["basis"] in ("clause", "sentence") and place["precision"] not in ("country", "region")
        for place in claim["places"]
    )
    return is_terror and (has_day or has_place)
