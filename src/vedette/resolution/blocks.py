"""Which claims are worth comparing: those that have a key in common.

A claim has keys for its story, its place and days, its people and its pair of parties. Days and places lie on grids of
which each claim takes the borders on both sides: what is a day apart, or in cells next to each other, shares one.
"""

from __future__ import annotations

import functools
import itertools
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

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
# Places whose cells are remembered.
CACHED = 100_000

IntArray = npt.NDArray[np.int64]


def keys(told: Told, story: str | None) -> list[str]:
    """Return the keys of a claim, each once: two claims without a common key are never compared."""
    family = told.family
    found: list[str] = []
    if story is not None:
        found.append(f"story {story} {family}")
        found += [f"stem {story} {word}" for word in told.stems]
    borders = _borders(told)
    if not borders:
        return found
    found += [f"place {family} {cell} {border}" for cell in _cells(told) for border in borders]
    people = {w for p in (*told.parties, *told.recipients) for w in p.proper if len(w) > 2}
    found += [f"name {family} {name} {border}" for name in people for border in borders]
    pairs = {
        (p.code or p.country, q.code or q.country)
        for p in told.parties[:2]
        for q in told.recipients[:2]
        if (p.code or p.country) and (q.code or q.country)
    }
    found += [f"pair {family} {one} {other} {border}" for one, other in pairs for border in borders]
    return found


def _borders(told: Told) -> list[int]:
    if told.first is None or told.last is None:
        return []
    return list(range(told.first, min(told.last, told.first + MAX_BORDERS - 1) + 1))


def _cells(told: Told) -> Sequence[str]:
    """Corners of the cell of the claim's first place that has one, on the grid of its precision."""
    for place in told.places:
        if place.precision in CELL_DEGREES and place.lat is not None and place.lon is not None:
            return _corners(CELL_DEGREES[place.precision], place.lat, place.lon)
    return ()


@functools.lru_cache(maxsize=CACHED)
def _corners(size: float, lat: float, lon: float) -> tuple[str, ...]:
    row, column = math.floor(lat / size), math.floor(lon / size)
    return tuple(f"{size} {r} {c}" for r, c in itertools.product((row, row + 1), (column, column + 1)))


def candidates(told: Sequence[Told], story_of: Mapping[str, str]) -> tuple[IntArray, IntArray]:
    """Return pairs of numbers of claims with a common key, each once, the lower number first, in order.

    In a block of more than WINDOW claims each is compared with the next WINDOW by day, place and words: the cost grows
    with the claims and not with their square.
    """
    n = max(len(told), 1)
    keyed, claims = _in_blocks(told, story_of)
    found = [np.empty(0, dtype=np.int64)]
    for step in range(1, WINDOW + 1):
        at = np.flatnonzero(keyed[:-step] == keyed[step:])
        if not len(at):
            break
        one, other = claims[at], claims[at + step]
        found.append(_once(np.minimum(one, other) * n + np.maximum(one, other)))
    pairs = _once(np.concatenate(found))
    return pairs // n, pairs % n


def _in_blocks(told: Sequence[Told], story_of: Mapping[str, str]) -> tuple[IntArray, IntArray]:
    """Numbers of keys that several claims have, and of these claims, by key and then as they stand in a block."""
    number: defaultdict[str, int] = defaultdict(itertools.count().__next__)
    own = [keys(t, story_of.get(t.document)) for t in told]
    sizes = np.fromiter(map(len, own), np.int64, len(own))
    keyed = np.fromiter((number[key] for listed in own for key in listed), np.int64, int(sizes.sum()))
    claims = np.repeat(np.arange(len(told)), sizes)
    several = np.bincount(keyed, minlength=1)[keyed] > 1
    keyed, claims = keyed[several], claims[several]
    places = [(*place_in_block(t), k) for k, t in enumerate(told)]
    place_in_order = np.empty(len(told), dtype=np.int64)
    place_in_order[[k for *_, k in sorted(places)]] = np.arange(len(told))
    order = np.argsort(keyed * len(told) + place_in_order[claims])
    return keyed[order], claims[order]


def _once(numbers: IntArray) -> IntArray:
    """Each number once, in order."""
    numbers.sort()
    is_first = np.ones(len(numbers), dtype=np.bool_)
    np.not_equal(numbers[1:], numbers[:-1], out=is_first[1:])
    return numbers[is_first]


def place_in_block(told: Told) -> tuple[int, int, str]:
    """Return a key that puts claims next to each other that have day, place or people in common."""
    place = told.places[0].geonameid if told.places else None
    words = (w for p in (*told.recipients, *told.parties) for w in p.proper or p.common)
    return (told.first or 0, place or 0, min(words, default=""))
