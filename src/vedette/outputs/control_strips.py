"""The timeline of each place as pieces of a bar; all bars of a picture share one axis of days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from vedette.analysis.control_map import PlaceControl
from vedette.outputs.control_marks import Mark, Palette, strength
from vedette.outputs.control_words import period_words, turned

__all__ = ["Piece", "lately_turned_first", "strip", "strip_start"]

# The axis ends on the day of the map and begins no earlier than this before it: older periods would hide the new.
STRIP_DAYS = 366


class Piece(NamedTuple):
    """A piece of a bar: its part 0..1 of the whole, its mark (of no style before the first evidence), its meaning."""

    size: float
    mark: Mark
    told: str


def lately_turned_first(places: Iterable[PlaceControl]) -> list[PlaceControl]:
    """The places by the day on which they last changed hands, by the timeline or by what is said; then by evidence."""

    def last_turn(place: PlaceControl) -> date:
        turn = turned(place)
        said = (c.day for c in place.claimed if c.state in ("seized", "lost") and not c.is_denied)
        return max((turn[0] if turn else date.min, *said))

    return sorted(places, key=lambda p: (-last_turn(p).toordinal(), p.age_days or 0, p.name, p.place))


def strip_start(places: Sequence[PlaceControl], day: date | None) -> date:
    """The first day of the axis for these places on a map of `day`."""
    if day is None:
        return date.min
    earliest = min((p.timeline[0].start for p in places if p.timeline), default=day)
    return max(earliest, day - timedelta(days=STRIP_DAYS - 1))


def strip(place: PlaceControl, palette: Palette, start: date) -> list[Piece]:
    """The periods from `start` to the day of the map; the days before the first evidence are an empty piece."""
    whole = max((place.day - start).days + 1, 1)
    periods = [p for p in place.timeline if p.end > start]
    first = periods[0].start if periods else place.day + timedelta(days=1)
    pieces = [Piece((first - start).days / whole, Mark("", ""), "")] if first > start else []
    for period in periods:
        days = (period.end - max(period.start, start)).days
        mark = Mark(
            f"{palette.style(period.controller)} {strength(period.probability)}", palette.letter(period.controller)
        )
        pieces.append(Piece(days / whole, mark, period_words(period, palette)))
    return pieces
