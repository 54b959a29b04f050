"""Which zones of a hotspot report are told, and in which words: the alarms of both models, each once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from vedette.analysis.findings import Model
from vedette.analysis.hotspot_records import HotspotReport, Zone
from vedette.outputs.report_words import days_words

__all__ = ["ToldZone", "names_of", "needs_words", "no_zone_words", "span_words", "told_zones"]

# Zones told in the report; beyond the first few the weaker ones are in `vedette hotspots --json`.
MAX_ZONES = 6
MAX_NAMES = 4


class ToldZone(NamedTuple):
    """A zone by its number in the picture, 1 the strongest; `both`: the other model has an alarm in a cell of it."""

    number: int
    model: Model
    zone: Zone
    both: bool

    @property
    def name(self) -> str:
        """Its cells, the one with most cases first."""
        cells = sorted(self.zone.cells, key=lambda cell: -cell.observed)
        return names_of([cell.name for cell in cells])

    @property
    def verdict(self) -> str:
        """What the two models say of it."""
        if self.both:
            return "more than its past and its coverage let expect, and more than elsewhere at that time"
        if self.model == "permutation":
            return (
                "more than elsewhere at that time, but not for certain more than its past and its coverage let expect"
            )
        return (
            "more than its past and its coverage let expect; elsewhere it rose too, or too little is known to tell "
            "this place from the others"
        )


def told_zones(found: HotspotReport) -> tuple[ToldZone, ...]:
    """Return the alarms (p <= .05) of the model with coverage, then those that only the permutation model has."""
    alarms = [(outcome.model, zone) for outcome in found.outcomes for zone in outcome.zones if zone.is_alarm]
    first = found.outcomes[0].model if found.outcomes else None
    cells_of = {model: {c.cell for m, z in alarms if m == model for c in z.cells} for model, _ in alarms}
    told: list[ToldZone] = []
    for model, zone in alarms:
        cells = {cell.cell for cell in zone.cells}
        others = set().union(*(held for other, held in cells_of.items() if other != model))
        if model == first or not cells & others:
            told.append(ToldZone(len(told) + 1, model, zone, bool(cells & others)))
    return tuple(told[:MAX_ZONES])


def names_of(names: list[str]) -> str:
    """Names as a list in words.

    >>> names_of(["Kunduz", "Takhar", "Balkh"])
    'Kunduz, Takhar and Balkh'
    """
    if len(names) > MAX_NAMES:
        return f"{', '.join(names[: MAX_NAMES - 1])} and {len(names) - MAX_NAMES + 1} more"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def no_zone_words(found: HotspotReport) -> str:
    """Why no zone is told, of a report that has enough data."""
    zones = [zone for outcome in found.outcomes for zone in outcome.zones]
    if not zones:
        return "No hotspot: nowhere are there more cases than expected."
    best = min(zones, key=lambda zone: (zone.p is None, zone.p, -zone.statistic))
    if best.p is None:
        return "No replicates: how often by chance a zone is seen is not known."
    name = names_of([cell.name for cell in best.cells])
    return f"No hotspot: the strongest zone, {name}, {best.chance}."


def needs_words(found: HotspotReport) -> str | None:
    """Of what a database holds too little for hotspots; None: it holds enough."""
    if not found.too_few:
        return None
    return "too few data: " + "; ".join(f"{n.has:,} {n.what}, {n.needed:,} needed" for n in found.too_few)


def span_words(first: date | None, last: date | None) -> str:
    """The days from the first to the last, both within; "" where there are none."""
    return days_words(first, last + timedelta(days=1)) if first and last else ""
