"""Which claims are worth comparing: those that have a key in common.

A claim has keys for its story, its place and days, its people and its pair of parties. Days and places lie on grids of
which each claim takes the borders on both sides: what is a day apart, or in cells next to each other, shares one.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from vedette.resolution.told import Told

__all__ = ["WINDOW", "candidates", "keys", "place_in_block"]

# Degrees of a cell by precision: wider than what two names of it can lie apart. Countries are too many a day.
CELL_DEGREES = {"site": 0.25, "settlement": 0.25, "admin2": 0.6, "admin1": 2.0}
# The borders of days that a longer stretch takes: its first ones.
MAX_BORDERS = 4
# A claim of a block is compared with so many that stand next to it by day, place and people.
WINDOW = 40

IntArray = npt.NDArray[np.int64]


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


def candidates(told: Sequence[Told], story_of: Mapping[str, str]) -> tuple[IntArray, IntArray]:
    """Return pairs of numbers of claims with a common key, each once, the lower number first, in order.

    In a block of more than WINDOW claims each is compared with the next WINDOW by day, place and words: the cost grows
    with the claims and not with their square.
    """
    number: dict[str, int] = {}
    key_of: list[int] = []
    claim_of: list[int] = []
    for k, t in enumerate(told):
        for key in keys(t, story_of.get(t.document)):
            key_of.append(number.setdefault(key, len(number)))
            claim_of.append(k)
    place_in_order = np.empty(len(told), dtype=np.int64)
    place_in_order[sorted(range(len(told)), key=lambda k: (*place_in_block(told[k]), k))] = np.arange(len(told))
    keyed, claims = np.array(key_of, dtype=np.int64), np.array(claim_of, dtype=np.int64)
    order = np.lexsort((place_in_order[claims], keyed)) if len(claims) else claims
    keyed, claims = keyed[order], claims[order]
    found = [np.empty(0, dtype=np.int64)]
    for step in range(1, WINDOW + 1):
        at = np.flatnonzero(keyed[:-step] == keyed[step:])
        if not len(at):
            break
        low, high = np.minimum(claims[at], claims[at + step]), np.maximum(claims[at], claims[at + step])
        found.append(np.unique(low * len(told) + high))
    pairs = np.unique(np.concatenate(found))
    return pairs // max(len(told), 1), pairs % max(len(told), 1)


def place_in_block(told: Told) -> tuple[int, int, str]:
    """Return a key that puts claims next to each other that have day, place or people in common."""
    place = told.places[0].geonameid if told.places else None
    words = (w for p in (*told.recipients, *told.parties) for w in p.proper or p.common)
    return (told.first or 0, place or 0, min(words, default=""))
