"""Which claims are worth comparing: those that have a key in common.

A claim has keys for its story, its place and days, its people and its pair of parties. Days and places lie on grids of
which each claim takes the borders on both sides: what is a day apart, or in cells next to each other, shares one.
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from vedette.resolution.similarity import Weighed
from vedette.resolution.told import Told

__all__ = ["WINDOW", "candidates", "keys", "place_in_block"]

# Degrees of a cell by precision: wider than what two names of it can lie apart. Countries are too many a day.
CELL_DEGREES = {"site": 0.25, "settlement": 0.25, "admin2": 0.6, "admin1": 2.0}
# The borders of days that a longer stretch takes: its first ones.
MAX_BORDERS = 4
# A claim of a block is compared with so many that stand next to it by day, place and people.
WINDOW = 40


def keys(told: Told, story: str | None) -> list[str]:
    """Return the keys of a claim, each once: two claims without a common key are never compared."""
    return list(dict.fromkeys(_keys(told, story)))


def _keys(told: Told, story: str | None) -> Iterator[str]:
    family = told.family
    if story is not None:
        yield f"story {story} {family}"
        for word in told.stems:
            yield f"stem {story} {word}"
    borders = _borders(told)
    for cell in _cells(told):
        for border in borders:
            yield f"place {family} {cell} {border}"
    people = {w for p in (*told.parties, *told.recipients) for w in p.proper if len(w) > 2}
    for name, border in itertools.product(sorted(people), borders):
        yield f"name {family} {name} {border}"
    pairs = {
        (p.code or p.country, q.code or q.country)
        for p in told.parties[:2]
        for q in told.recipients[:2]
        if (p.code or p.country) and (q.code or q.country)
    }
    for (one, other), border in itertools.product(sorted(pairs, key=str), borders):
        yield f"pair {family} {one} {other} {border}"


def _borders(told: Told) -> list[int]:
    if told.first is None or told.last is None:
        return []
    return list(range(told.first, min(told.last, told.first + MAX_BORDERS - 1) + 1))


def _cells(told: Told) -> Iterator[str]:
    """Corners of the cell of the claim's first place that has one, on the grid of its precision."""
    for place in told.places:
        size = CELL_DEGREES.get(place.precision)
        if size is None or place.lat is None or place.lon is None:
            continue
        row, column = math.floor(place.lat / size), math.floor(place.lon / size)
        for r, c in itertools.product((row, row + 1), (column, column + 1)):
            yield f"{size} {r} {c}"
        return


def candidates(claims: Sequence[Weighed]) -> Iterator[tuple[int, int]]:
    """Yield pairs of numbers of claims with a common key, each once, the lower first.

    In a block of more than WINDOW claims each is compared with the next WINDOW by day, place and words: the cost grows
    with the claims and not with their square.
    """
    blocks: dict[str, list[int]] = defaultdict(list)
    for k, claim in enumerate(claims):
        for key in keys(claim.told, claim.story):
            blocks[key].append(k)
    order = {k: (*place_in_block(claim.told), k) for k, claim in enumerate(claims)}
    near: dict[int, set[int]] = defaultdict(set)
    for block in blocks.values():
        if len(block) < 2:
            continue
        if len(block) > WINDOW + 1:
            block.sort(key=order.__getitem__)
        for n, i in enumerate(block):
            for j in block[n + 1 : n + 1 + WINDOW]:
                near[min(i, j)].add(max(i, j))
    for i in sorted(near):
        yield from ((i, j) for j in sorted(near[i]))


def place_in_block(told: Told) -> tuple[int, int, str]:
    """Return a key that puts claims next to each other that have day, place or people in common."""
    place = told.places[0].geonameid if told.places else None
    words: Iterable[str] = (w for p in (*told.recipients, *told.parties) for w in p.proper or p.common)
    return (told.first or 0, place or 0, min(words, default=""))
