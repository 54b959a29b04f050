"""What each origin says of an incident, and where that cannot all be right.

Two counts contradict each other where the range of one ends before the other's begins. Two perpetrators do where
neither can be part of the other: a country and its army do not. Who denies, or accuses him who accuses, contradicts.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from vedette.records import Actor, Conflict, Count, Member, Modality, Version
from vedette.resolution.accusations import find_accusations
from vedette.resolution.told import Told

__all__ = ["FIRMNESS", "find_conflicts", "find_versions"]

# The firmest first.
FIRMNESS: tuple[Modality, ...] = ("asserted", "historical", "negated", "announced", "conditional", "hypothetical")
PRECISIONS = ("site", "settlement", "admin2", "admin1", "country", "region")
BASES = ("clause", "sentence", "neighbour", "dateline", None)
DAY_BASES = ("stated", "relative", "published")


def find_versions(told: Sequence[Told], origin_of: Mapping[tuple[str, str], str]) -> list[Version]:
    """Return each origin's version, by origin."""
    by_origin: dict[str, list[Told]] = defaultdict(list)
    for t in told:
        by_origin[origin_of.get(t.key, t.document)].append(t)
    return [_version(origin, by_origin[origin]) for origin in sorted(by_origin)]


def _version(origin: str, told: Sequence[Told]) -> Version:
    told = sorted(told, key=lambda t: (FIRMNESS.index(t.modality), t.document, t.position, t.claim))
    days = [t.when for t in told if t.when is not None]
    places = [t.places[0] for t in told if t.places]
    actors = [t.actors for t in told if t.actors]
    return Version(
        origin=origin,
        members=_members(told),
        when=min(days, key=lambda w: (DAY_BASES.index(w.basis), w.end - w.start), default=None),
        place=min(places, key=lambda p: (BASES.index(p.basis), PRECISIONS.index(p.precision)), default=None),
        deaths=_highest(t.deaths for t in told),
        injured=_highest(t.injured for t in told),
        actors=actors[0] if actors else (),
        modality=told[0].modality,
    )


def _highest(counts: Iterable[Count | None]) -> Count | None:
    known = [c for c in counts if c is not None and c.best is not None]
    return max(known, key=lambda c: (c.best or 0.0, c.high or c.best or 0.0), default=None)


def find_conflicts(told: Sequence[Told]) -> Iterable[Conflict]:
    """Yield what members of one incident cannot all be right about."""
    asserted = [t for t in told if t.modality == "asserted"]
    negated = [t for t in told if t.modality == "negated"]
    if asserted and negated:
        yield Conflict("occurrence", ("it happened", "it did not happen"), (_members(asserted), _members(negated)))
    yield from _tolls("deaths", [(t, t.deaths) for t in asserted])
    yield from _tolls("injured", [(t, t.injured) for t in asserted])
    yield from _perpetrators([t for t in asserted if t.actors])
    yield from find_accusations(told)


def _tolls(kind: Literal["deaths", "injured"], counts: Iterable[tuple[Told, Count | None]]) -> Iterable[Conflict]:
    by_range: dict[tuple[float, float], list[Told]] = defaultdict(list)
    for t, count in counts:
        if count is not None and count.best is not None:
            low = count.best if count.low is None else count.low
            by_range[low, count.best if count.high is None else count.high].append(t)
    sides = sorted(by_range.items())
    if any(a[1] < b[0] for (a, _), (b, _) in itertools.combinations(sides, 2)):
        says = tuple(f"{low:g}" if low == high else f"{low:g} to {high:g}" for (low, high), _ in sides)
        yield Conflict(kind, says, tuple(_members(ts) for _, ts in sides))


def _perpetrators(told: Sequence[Told]) -> Iterable[Conflict]:
    """Sides of claims whose actors can be one; a claim of several actors is on the side of any of them."""
    sides: list[tuple[Actor, list[Told]]] = []
    for t in sorted(told, key=lambda t: (t.document, t.position, t.claim)):
        known = [a for a in t.actors if a.name or a.code]
        if not known:
            continue
        for named, members in sides:
            if any(_can_be_one(named, a) for a in known):
                members.append(t)
                break
        else:
            sides.append((known[0], [t]))
    if len(sides) > 1:
        kind: Literal["control", "perpetrator"] = "control" if told[0].family.startswith("control") else "perpetrator"
        says = tuple(named.name or named.mention for named, _ in sides)
        yield Conflict(kind, says, tuple(_members(ts) for _, ts in sides))


def _can_be_one(a: Actor, b: Actor) -> bool:
    """Return whether the one can be the other or part of it: codes where one begins with the other, names in common."""
    if a.code and b.code and (a.code.startswith(b.code) or b.code.startswith(a.code)):
        return True
    if a.name and b.name:
        some, others = set(a.name.lower().split()), set(b.name.lower().split())
        return some <= others or others <= some
    return not (a.code and b.code)


def _members(told: Iterable[Told]) -> tuple[Member, ...]:
    return tuple(sorted(Member(t.document, t.claim) for t in told))
