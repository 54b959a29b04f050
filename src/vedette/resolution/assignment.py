"""One-to-one assignment: of pairs with weights, those of the largest sum in which nobody stands twice. Pure.

Rows are assigned one after the other along the shortest alternating path (Jonker and Volgenant 1987), over the pairs
given only. A row, or one assigned before it, may be left without a partner where the sum is larger so. Weights are
whole numbers: sums are exact, and equal ones are told by the order of rows and columns alone.
"""

from __future__ import annotations

from heapq import heappop, heappush

import numpy as np
from numpy.typing import NDArray

__all__ = ["assign"]

Ints = NDArray[np.int64]


def assign(rows: Ints, columns: Ints, weights: Ints) -> Ints:
    """Return which of the pairs are taken, as indices into the pairs, in the order of their rows.

    Args:
        rows, columns: the two sides of each pair, shape ``(n_pairs,)``, any numbers from 0; no pair stands twice.
        weights: what a pair adds to the sum, ``(n_pairs,)``, above 0.

    The cost of a row is that of the pairs it reaches before a free column, commonly a few.
    """
    order = np.lexsort((columns, rows))
    row_names, row_at = np.unique(rows[order], return_inverse=True)
    column_names, column_at = np.unique(columns[order], return_inverse=True)
    starts = np.searchsorted(row_at, np.arange(len(row_names) + 1))
    solver = _Solver(starts.tolist(), column_at.tolist(), (-weights[order]).tolist(), len(column_names))
    for row in range(len(row_names)):
        solver.insert(row)
    taken = [pair for pair in solver.pair_of_row if pair >= 0]
    return order[np.array(taken, dtype=np.int64)]


class _Solver:
    """Potentials and partners; the pairs of a row are ``starts[row]`` to ``starts[row + 1]``, costs are negative."""

    def __init__(self, starts: list[int], columns: list[int], costs: list[int], n_columns: int) -> None:
        self.starts, self.columns, self.costs = starts, columns, costs
        n_rows = len(starts) - 1
        self.row_potential = [0] * n_rows
        self.column_potential = [0] * n_columns
        self.row_of_column = [-1] * n_columns
        self.pair_of_row = [-1] * n_rows

    def insert(self, row: int) -> None:
        """Give `row` its place: the cheapest of a free column, a chain of moves, or leaving one of these rows out."""
        costs, columns, held = self.costs, self.columns, self.column_potential
        reached: dict[int, int] = {}  # columns: the least cost so far
        came_by: dict[int, int] = {}  # columns: the pair by which it is reached at that cost
        row_of: dict[int, int] = {}  # columns: the row of that pair
        done: dict[int, int] = {}
        heap: list[tuple[int, int]] = []
        spent, at = 0, row
        left_out, least = row, None
        while True:
            base = spent - self.row_potential[at]
            if least is None or base < least:
                left_out, least = at, base
            for pair in range(self.starts[at], self.starts[at + 1]):
                column = columns[pair]
                cost = base + costs[pair] - held[column]
                if column not in done and cost < reached.get(column, cost + 1):
                    reached[column], came_by[column], row_of[column] = cost, pair, at
                    heappush(heap, (cost, column))
            while heap and (heap[0][1] in done or heap[0][0] > reached[heap[0][1]]):
                heappop(heap)
            if not heap or heap[0][0] >= least:
                spent, end = least, None
                break
            spent, column = heappop(heap)
            if self.row_of_column[column] < 0:
                end = column
                break
            done[column] = spent
            at = self.row_of_column[column]
        self.row_potential[row] += spent
        for column, cost in done.items():
            self.row_potential[self.row_of_column[column]] += spent - cost
            held[column] -= spent - cost
        self._move(row, left_out, end, came_by, row_of)

    def _move(self, row: int, left_out: int, end: int | None, came_by: dict[int, int], row_of: dict[int, int]) -> None:
        """Shift the partners along the path that ends in a free column, or in the column of the row left out."""
        if end is None:
            if left_out == row:
                return
            end = self.columns[self.pair_of_row[left_out]]
            self.pair_of_row[left_out] = -1
        while True:
            at = row_of[end]
            before = self.pair_of_row[at]
            self.pair_of_row[at], self.row_of_column[end] = came_by[end], at
            if at == row:
                return
            end = self.columns[before]
