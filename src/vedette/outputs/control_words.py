"""What a control map says, in words: names of places, states, periods and of what a voice claims."""

from __future__ import annotations

from datetime import date

from vedette.analysis.control import UNKNOWN
from vedette.analysis.control_map import Claimed, ControlPeriod, PlaceControl
from vedette.outputs.control_marks import Palette
from vedette.outputs.report_words import STATE_WORDS, day_words, days_words, n_of

__all__ = ["age_words", "assessed_words", "percent", "period_words", "place_words", "said_words", "turned"]

# The least of what the words call likely.
LIKELY = 0.55
LEVELS = {"settlement": "town", "district": "district", "site": "site"}


def place_words(place: PlaceControl, palette: Palette) -> str:
    """What kind of place it is and where: "district, Kunduz, Afghanistan"."""
    country = palette.name(place.country) if place.country else ""
    unit = place.admin1 if place.admin1 != place.name else None
    kind = "district centre" if place.centre_of else LEVELS[place.level]
    return ", ".join(x for x in (kind, unit, country) if x)


def assessed_words(place: PlaceControl, palette: Palette) -> str:
    """The likeliest state with its probability: "Reed League, likely (68%)"."""
    return f"{palette.name(place.assessed)}, {place.words} ({percent(place.probability)})"


def said_words(claimed: Claimed, palette: Palette) -> str:
    """What a voice said last: "taken by the Reed League", "not lost by Norland", "about 40% of it held by ..."."""
    share = f"about {percent(claimed.share)} of it " if claimed.share is not None and claimed.share < 1 else ""
    denied = "not " if claimed.is_denied else ""
    if claimed.holder is None:
        return f"{denied}{share}contested"
    return f"{share}{denied}{STATE_WORDS.get(claimed.state, claimed.state)} {palette.name(claimed.holder)}"


def period_words(period: ControlPeriod, palette: Palette) -> str:
    """A period of the timeline: "3–9 May 2031: Reed League (62%)"."""
    return f"{days_words(period.start, period.end)}: {palette.name(period.controller)} ({percent(period.probability)})"


def age_words(day: date | None, age_days: int | None) -> str:
    """The last evidence and its age on the day of the map."""
    if day is None or age_days is None:
        return "none up to this day"
    age = "that day" if age_days == 0 else f"{n_of(age_days, 'day')} before"
    return f"{day_words(day)}, {age}"


def turned(place: PlaceControl) -> tuple[date, str, str] | None:
    """The last day on which the place passed, in hindsight, from one holder (or contested) to another; from, to.

    Days without knowledge in between change nothing, and a state that is not likely is no turn.
    """
    known = [p for p in place.timeline if p.controller != UNKNOWN]
    for before, after in zip(reversed(known[:-1]), reversed(known[1:]), strict=True):
        if before.controller != after.controller and after.probability >= LIKELY:
            return after.start, before.controller, after.controller
    return None


def percent(p: float) -> str:
    """A probability or share; nothing is told as certain or impossible that is not."""
    return "over 99%" if 0.995 <= p < 1 else "under 1%" if 0 < p < 0.005 else f"{p:.0%}"
