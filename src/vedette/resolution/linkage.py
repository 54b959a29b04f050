"""Which rows of several event tables record the same happening.

Pure. Pairs of rows near each other in place, time and kind (`nearby`) are weighed; between every two tables those of
the largest sum are taken one to one; groups grow from the heaviest pair down, with one row of a table at most.
Episodes are grouped with episodes, and only held against events.

Source: the idea of integrating by windows and taxonomies, and episodes apart from events, is that of MELTT (Donnay,
Dunford, McGrath, Backer and Cunningham 2019, Journal of Conflict Resolution 63(5)). Weights, groups and flags are ours:
docs/method/linkage.md.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vedette.resolution.assignment import assign
from vedette.resolution.nearby import UNIT, EventTable, Pairs, Windows, nearby, nearby_episodes

__all__ = ["Group", "Linkage", "Rival", "link"]

# Sums of weights closer than this are no reason to prefer one pairing to the other.
# How many right and wrong links it flags: bench/link.py, docs/method/linkage.md.
MARGIN = 0.05
NONE = -1

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


class Rival(NamedTuple):
    """Instead of the group's `row` (index), `other` of the same table would do about as well; loss of weight 0..1."""

    row: int
    other: int
    loss: float


class Group(NamedTuple):
    """Rows (indices, one a table at most) of one happening, and the pairs among them that lie within the windows.

    `is_chained`: some pair does not. `rivals`: for which rows others would do as well.
    """

    rows: tuple[int, ...]
    pairs: tuple[int, ...]
    is_chained: bool
    rivals: tuple[Rival, ...]


class Linkage(NamedTuple):
    """Groups of all rows, single ones too, each row in one; `pairs` that were chosen from; `parts`: of an episode (`a`)
    and an event (`b`) that may be part of it; `seconds`: pairs of a row alone and the row it fits best, whose group
    has another row of the first's table.
    """

    groups: tuple[Group, ...]
    pairs: Pairs
    parts: Pairs
    seconds: Pairs


def link(rows: EventTable, windows: Windows) -> Linkage:
    """Group the rows of several tables.

    Among equals the earlier row, as they stand in `rows`, is paired with the earlier: sort them by content beforehand
    where the order of the input must not matter.

    Raises:
        InputError: more pairs lie within the windows than can be held.
    """
    pairs = nearby(rows, windows)
    state = _Groups(rows.table, pairs)
    open_ = np.arange(len(pairs.a))
    while len(open_):
        taken = _assigned(rows.table, pairs, open_)
        refused = [e for e in taken[np.lexsort((taken, -pairs.weight[taken]))] if not state.join(int(e))]
        may_join = state.may_join(pairs)[open_]
        may_join[np.searchsorted(open_, np.array(refused, dtype=np.int64))] = False
        open_ = open_[may_join]
    member = state.members()
    rivals = _rivals(rows.table, pairs, state.group, member)
    groups = tuple(
        Group(
            tuple(state.rows[g]),
            tuple(inside),
            len(inside) < len(state.rows[g]) * (len(state.rows[g]) - 1) // 2,
            tuple(rivals.get(g, ())),
        )
        for g, inside in state.pairs_inside(pairs)
    )
    return Linkage(groups, pairs, nearby_episodes(rows, windows), _seconds(rows.table, pairs, state, member))


class _Groups:
    """Which group each row is in; at first each in its own, which has the row's number."""

    def __init__(self, table: Ints, pairs: Pairs) -> None:
        self.table = table
        self.group = np.arange(len(table))
        self.tables = np.left_shift(1, table)  # of each group, one bit a table
        self.rows: dict[int, list[int]] = {n: [n] for n in range(len(table))}
        self.a, self.b = pairs.a, pairs.b
        self.n_rows = len(table)
        self.keys = pairs.a * self.n_rows + pairs.b

    def join(self, pair: int) -> bool:
        """Join the groups of a pair; False where they share a table, or most of their rows do not fit each other."""
        kept, gone = sorted((int(self.group[self.a[pair]]), int(self.group[self.b[pair]])))
        if kept == gone or self.tables[kept] & self.tables[gone]:
            return False
        if len(self.rows[kept]) + len(self.rows[gone]) > 2:
            crossing = [sorted((x, y)) for x in self.rows[kept] for y in self.rows[gone]]
            n_fit = int((self.find(np.array(crossing)) != NONE).sum())
            if 2 * n_fit < len(crossing):
                return False
        self.group[self.rows[gone]] = kept
        self.tables[kept] |= self.tables[gone]
        self.rows[kept] = sorted(self.rows[kept] + self.rows.pop(gone))
        return True

    def find(self, of: Ints) -> Ints:
        """The number of the pair of two rows, shape ``(n, 2)`` with the lower first; `NONE`: it is none."""
        if not len(self.keys):
            return np.full(len(of), NONE, dtype=np.int64)
        wanted = of[:, 0] * self.n_rows + of[:, 1]
        at = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        return np.where(self.keys[at] == wanted, at, NONE)

    def may_join(self, pairs: Pairs) -> Bools:
        a, b = self.group[pairs.a], self.group[pairs.b]
        return np.asarray((a != b) & ((self.tables[a] & self.tables[b]) == 0))

    def members(self) -> Ints:
        """The row of each table in each group, shape ``(n_rows, n_tables)``; `NONE`: it has none."""
        found = np.full((self.n_rows, int(self.table.max()) + 1 if self.n_rows else 0), NONE, dtype=np.int64)
        found[self.group, self.table] = np.arange(self.n_rows)
        return found

    def pairs_inside(self, pairs: Pairs) -> list[tuple[int, list[int]]]:
        """Groups in the order of their first rows, each with the numbers of the pairs within it."""
        inside: dict[int, list[int]] = {g: [] for g in sorted(self.rows)}
        for e in np.flatnonzero(self.group[pairs.a] == self.group[pairs.b]):
            inside[int(self.group[pairs.a[e]])].append(int(e))
        return list(inside.items())


def _assigned(table: Ints, pairs: Pairs, open_: Ints) -> Ints:
    """Of the open pairs those taken between every two tables."""
    n_tables = int(table.max()) + 1
    first, second = table[pairs.a[open_]], table[pairs.b[open_]]
    of = np.minimum(first, second) * n_tables + np.maximum(first, second)
    found = []
    for two in np.unique(of):
        which = open_[of == two]
        a, b = pairs.a[which], pairs.b[which]
        is_turned = table[a] > table[b]
        rows, columns = np.where(is_turned, b, a), np.where(is_turned, a, b)
        found.append(which[assign(rows, columns, pairs.weight[which])])
    return np.concatenate(found)


def _rivals(table: Ints, pairs: Pairs, group: Ints, member: Ints) -> dict[int, list[Rival]]:
    """For each group the rows that might be in it instead of a row of their table, by exchanging two at most.

    Row x of a pair (a, x) might take the place of b, which is in a's group and of x's table: then b goes to the row of
    a's table in x's group, if that is within the windows, and else stands alone.
    """
    keys, n_rows = pairs.a * len(table) + pairs.b, len(table)
    found: dict[int, dict[tuple[int, int], float]] = {}

    def weights(i: Ints, j: Ints) -> Ints:
        wanted = np.minimum(i, j) * n_rows + np.maximum(i, j)
        at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        return np.where((i >= 0) & (j >= 0) & (keys[at] == wanted), pairs.weight[at], 0)

    for a, x in ((pairs.a, pairs.b), (pairs.b, pairs.a)) if len(keys) else ():
        b, c = member[group[a], table[x]], member[group[x], table[a]]
        held = weights(a, b)
        loss = held + weights(c, x) - pairs.weight - weights(c, b)
        for n in np.flatnonzero((b >= 0) & (b != x) & (held > 0) & (loss <= MARGIN * UNIT)):
            of = found.setdefault(int(group[a[n]]), {})
            key = (int(b[n]), int(x[n]))
            of[key] = min(of.get(key, 1.0), max(float(loss[n]) / UNIT, 0.0))
    return {g: [Rival(*key, loss) for key, loss in sorted(of.items())] for g, of in found.items()}


def _seconds(table: Ints, pairs: Pairs, state: _Groups, member: Ints) -> Pairs:
    """Pairs of a row alone (`a`) and the row (`b`) it fits best, if its own table has another row in b's group."""
    turned = Pairs(pairs.b, pairs.a, *pairs[2:])
    both = Pairs(*(np.concatenate(arrays) for arrays in zip(pairs, turned, strict=True)))
    size = np.bincount(state.group, minlength=len(table)) if len(table) else np.zeros(0, dtype=np.int64)
    is_alone = size[state.group[both.a]] == 1
    found = both.take(is_alone & (member[state.group[both.b], table[both.a]] >= 0))
    found = found.take(np.lexsort((found.b, -found.weight, found.a)))
    return found.take(np.unique(found.a, return_index=True)[1])
