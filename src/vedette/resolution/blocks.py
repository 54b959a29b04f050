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
    found = _of_story(told, story)
    if borders := _borders(told):
        found += [f"{key} {border}" for key in _of_days(told) for border in borders]
    return found


def _of_story(told: Told, story: str | None) -> list[str]:
    """The keys that hold on any day."""
    return [] if story is None else [f"story {story} {told.family}", *(f"stem {story} {word}" for word in told.stems)]


def _of_days(told: Told) -> list[str]:
    """The keys that hold at the borders of a claim's days, without these."""
    family = told.family
    found = [f"place {family} {cell}" for cell in _cells(told)]
    people = {w for p in (*told.parties, *told.recipients) for w in p.proper if len(w) > 2}
    found += [f"name {family} {name}" for name in people]
    pairs = {
        (p.code or p.country, q.code or q.country)
        for p in told.parties[:2]
        for q in told.recipients[:2]
        if (p.code or p.country) and (q.code or q.country)
    }
    return found + [f"pair {family} {one} {other}" for one, other in pairs]


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
    at = np.arange(len(keyed))
    for step in range(1, WINDOW + 1):
        at = at[: np.searchsorted(at, len(keyed) - step)]
        at = at[keyed[at] == keyed[at + step]]  # sorted: who has the key so far on has it before
        if not len(at):
            break
        one, other = claims[at], claims[at + step]
        found.append(_once(np.minimum(one, other) * n + np.maximum(one, other)))
    pairs = _once(np.concatenate(found))
    return pairs // n, pairs % n


def _in_blocks(told: Sequence[Told], story_of: Mapping[str, str]) -> tuple[IntArray, IntArray]:
    """Numbers of keys and of the claims that have them, by key and then as they stand in a block."""
    number: defaultdict[str, int] = defaultdict(itertools.count().__next__)
    borders = [_borders(t) for t in told]
    undated = [_of_story(t, story_of.get(t.document)) for t in told]
    dated = [_of_days(t) if own else [] for t, own in zip(told, borders, strict=True)]
    # Days in a row have numbers in a row, as each claim's are all among them; 0 is no day.
    day = {border: n for n, border in enumerate(sorted({b for own in borders for b in own}), 1)}
    width = len(day) + 1
    keyed_undated, claims_undated = _numbered(undated, number)
    keyed, claims = _numbered(dated, number)
    # Each dated key once for each of its claim's borders.
    n_borders = np.fromiter(map(len, borders), np.int64, len(borders))
    low = np.fromiter((day[own[0]] if own else 0 for own in borders), np.int64, len(borders))
    repeats = n_borders[claims]
    step = np.arange(int(repeats.sum())) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    claims = np.repeat(claims, repeats)
    keyed = np.repeat(keyed, repeats) * width + low[claims] + step
    keyed = np.concatenate((keyed_undated * width, keyed))
    claims = np.concatenate((claims_undated, claims))
    places = [(*place_in_block(t), k) for k, t in enumerate(told)]
    claim_at = np.fromiter((k for *_, k in sorted(places)), np.int64, len(told))
    place_in_order = np.empty(len(told), dtype=np.int64)
    place_in_order[claim_at] = np.arange(len(told))
    n = max(len(told), 1)
    ordered = np.sort(keyed * n + place_in_order[claims])
    return ordered // n, claim_at[ordered % n]


def _numbered(listed: Sequence[Sequence[str]], number: defaultdict[str, int]) -> tuple[IntArray, IntArray]:
    """Numbers of keys, and whose they are."""
    sizes = np.fromiter(map(len, listed), np.int64, len(listed))
    keyed = np.fromiter((number[key] for own in listed for key in own), np.int64, int(sizes.sum()))
    return keyed, np.repeat(np.arange(len(listed)), sizes)


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
