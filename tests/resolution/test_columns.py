"""Items that rows have in common, counted in columns, against sets."""

import numpy as np
import pytest

from vedette.resolution.columns import MAX_COLUMNS, Items


@pytest.mark.parametrize("longest", [1, 3, MAX_COLUMNS, 2 * MAX_COLUMNS])
@pytest.mark.parametrize("n_items", [5, 50, 500])
def test_shared_items_are_those_of_sets(longest, n_items):
    rng = np.random.default_rng(longest * n_items)
    rows = [
        {f"w{x}" for x in rng.choice(n_items, size=min(int(rng.integers(longest + 1)), n_items), replace=False)}
        for _ in range(60)
    ]
    both = Items(rows)
    i, j = (x.ravel() for x in np.meshgrid(np.arange(30), np.arange(30)))
    expected = [len(rows[a] & rows[30 + b]) for a, b in zip(i.tolist(), j.tolist(), strict=True)]
    assert both.part(0, 30).shared(both.part(30, 60), i, j).tolist() == expected
    assert both.totals.tolist() == [len(row) for row in rows]


def test_numbered_items_count_what_they_are_worth():
    items = Items.of_numbers(np.array([0, 2, 1, 2]), np.array([2, 0, 2]), np.array([5.0, 3.0, 0.5]))
    assert items.totals.tolist() == [5.5, 0.0, 3.5]
    assert items.shared(items, np.array([0, 0, 1]), np.array([2, 1, 1])).tolist() == [0.5, 0.0, 0.0]


def test_no_rows_share_nothing():
    empty = Items([])
    assert empty.shared(empty, np.array([], dtype=np.int64), np.array([], dtype=np.int64)).tolist() == []
