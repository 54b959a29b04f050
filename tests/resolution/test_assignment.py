"""One-to-one assignment: the largest sum, held against trying all, and the order of the pairs."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from vedette.resolution.assignment import assign

pairs = st.dictionaries(st.tuples(st.integers(0, 4), st.integers(0, 4)), st.integers(1, 9), max_size=8)


def taken(weights):
    keys = np.array(list(weights), dtype=np.int64).reshape(-1, 2)
    found = assign(keys[:, 0], keys[:, 1], np.array(list(weights.values()), dtype=np.int64))
    return [tuple(int(x) for x in key) for key in keys[found]]


def best_sum(weights):
    """Over every set of pairs in which nobody stands twice."""
    sums = [0]
    for n in range(1, len(weights) + 1):
        for chosen in combinations(weights, n):
            if all(len({key[side] for key in chosen}) == n for side in (0, 1)):
                sums.append(sum(weights[key] for key in chosen))
    return max(sums)


@given(pairs)
def test_the_sum_is_the_largest_and_nobody_stands_twice(weights):
    found = taken(weights)

    assert len({a for a, _ in found}) == len({b for _, b in found}) == len(found)
    assert sum(weights[key] for key in found) == best_sum(weights)


@given(pairs.flatmap(lambda w: st.tuples(st.just(w), st.permutations(list(w)))))
def test_the_order_of_the_pairs_changes_nothing(drawn):
    weights, order = drawn

    assert taken(weights) == taken({key: weights[key] for key in order})


def test_one_good_pair_is_taken_before_two_poor_ones():
    assert taken({(0, 0): 9, (0, 1): 4, (1, 0): 4}) == [(0, 0)]
    assert taken({(0, 0): 9, (0, 1): 5, (1, 0): 5}) == [(0, 1), (1, 0)]


def test_many_rows_against_the_assignment_of_scipy():
    rng = np.random.default_rng(1)
    dense = rng.integers(1, 1000, (60, 50)) * (rng.random((60, 50)) < 0.2)
    rows, columns = np.nonzero(dense)

    found = assign(rows, columns, dense[rows, columns])

    best = linear_sum_assignment(dense, maximize=True)
    assert dense[rows[found], columns[found]].sum() == dense[best].sum()
