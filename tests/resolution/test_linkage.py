"""Linkage of rows: what lies near, one to one, groups over several tables, and what is flagged."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vedette.errors import InputError
from vedette.resolution import nearby as module
from vedette.resolution.linkage import link
from vedette.resolution.nearby import EventTable, Windows, farthest, nearby, nearby_episodes

KM_OF_DEGREE = 111.195  # of latitude

# Kinds of two levels: "a1" and "a2" agree on the coarser, "b1" with neither; "" is not known.
CODES = {"a1": (1, 0), "a2": (2, 0), "b1": (3, 9), "": (-1, -1)}


def rows(*said):
    """Rows of (table, day, last day, km north, kind[, deaths])."""
    table, start, end, km, kind, deaths = zip(*((*row, np.nan)[:6] for row in said), strict=True)
    return EventTable(
        np.array(table),
        np.array(start),
        np.array(end),
        30 + np.array(km) / KM_OF_DEGREE,
        np.full(len(said), 60.0),
        np.array(deaths, dtype=float),
        (np.array([CODES[k] for k in kind]),),
    )


def groups(*said, km=10.0, days=1, partial=0):
    return [group.rows for group in link(rows(*said), Windows(km, days, partial)).groups]


def test_rows_link_within_the_windows_alone():
    assert groups((0, 5, 5, 0, "a1"), (1, 6, 6, 9.9, "a1")) == [(0, 1)]
    assert groups((0, 5, 5, 0, "a1"), (1, 7, 7, 0, "a1")) == [(0,), (1,)]
    assert groups((0, 5, 5, 0, "a1"), (1, 5, 5, 10.1, "a1")) == [(0,), (1,)]
    assert groups((0, 5, 5, 0, "a1"), (0, 5, 5, 0, "a1")) == [(0,), (1,)]


def test_kinds_must_agree_on_some_level_or_be_unknown():
    assert groups((0, 5, 5, 0, "a1"), (1, 5, 5, 0, "a2")) == [(0, 1)]
    assert groups((0, 5, 5, 0, "a1"), (1, 5, 5, 0, "b1")) == [(0,), (1,)]
    assert groups((0, 5, 5, 0, "a1"), (1, 5, 5, 0, "")) == [(0, 1)]


def test_partial_lets_a_taxonomy_disagree_where_another_agrees():
    table = rows((0, 5, 5, 0, "a1"), (1, 5, 5, 0, "b1"))
    both = table._replace(codes=(*table.codes, np.array([[4], [4]])))

    assert [g.rows for g in link(both, Windows(10, 1)).groups] == [(0,), (1,)]
    assert [g.rows for g in link(both, Windows(10, 1, partial=1)).groups] == [(0, 1)]
    assert [g.rows for g in link(table, Windows(10, 1, partial=1)).groups] == [(0,), (1,)]


@pytest.mark.parametrize(("kind", "agreement"), [("a1", 1.0), ("a2", 0.5), ("", 1 / 3)])
def test_agreement_falls_with_the_level(kind, agreement):
    pairs = nearby(rows((0, 5, 5, 0, "a1"), (1, 5, 5, 0, kind)), Windows(10, 1))

    assert pairs.agreement.tolist() == [agreement]


def test_weight_falls_with_distance_days_and_unlike_tolls():
    near, far, later, unlike = (
        int(nearby(rows((0, 5, 5, 0, "a1", 4), other), Windows(10, 1)).weight[0])
        for other in ((1, 5, 5, 0, "a1", 4), (1, 5, 5, 9, "a1", 4), (1, 6, 6, 0, "a1", 4), (1, 5, 5, 0, "a1", 40))
    )

    assert near == module.UNIT
    assert far < near and later < near and unlike < near
    assert min(far, later, unlike) > module.UNIT / 2


def test_episodes_link_with_episodes_and_are_held_against_events():
    said = (
        (0, 5, 9, 0, "a1"),
        (1, 6, 9, 1, "a1"),
        (1, 7, 7, 2, "a2"),
        (1, 11, 11, 0, "a1"),
        (1, 10, 10, 0, "a1"),
        (1, 7, 7, 0, "b1"),
    )

    made = link(rows(*said), Windows(10, 1))

    assert [g.rows for g in made.groups] == [(0, 1), (2,), (3,), (4,), (5,)]
    assert list(zip(made.parts.a.tolist(), made.parts.b.tolist(), made.parts.days.tolist(), strict=True)) == [
        (0, 2, 0),
        (0, 4, 1),
    ]


def test_one_row_links_with_one_row_of_a_table_and_the_other_is_named():
    made = link(rows((0, 5, 5, 0, "a1"), (1, 5, 5, 1, "a1"), (1, 5, 5, 8, "a1")), Windows(10, 1))

    assert [g.rows for g in made.groups] == [(0, 1), (2,)]
    assert (made.seconds.a.tolist(), made.seconds.b.tolist()) == ([2], [0])


def test_rows_that_would_do_as_well_are_named():
    made = link(rows((0, 5, 5, 0, "a1"), (0, 5, 5, 0, "a1"), (1, 5, 5, 0, "a1"), (1, 5, 5, 0, "a1")), Windows(10, 1))

    first = made.groups[0]
    assert first.rows == (0, 2)
    assert [(r.row, r.other, r.loss) for r in first.rivals] == [(0, 1, 0.0), (2, 3, 0.0)]
    clear = link(rows((0, 5, 5, 0, "a1"), (0, 5, 5, 0, "a2"), (1, 5, 5, 0, "a1"), (1, 5, 5, 0, "a2")), Windows(10, 1))
    assert [g.rows for g in clear.groups] == [(0, 2), (1, 3)]
    assert not any(g.rivals for g in clear.groups)


def test_three_tables_make_one_record_of_one_happening():
    said = ((0, 5, 5, 0, "a1"), (1, 5, 5, 1, "a1"), (2, 6, 6, 2, "a1"), (2, 5, 5, 1, "b1"))

    made = link(rows(*said), Windows(10, 1))

    assert [g.rows for g in made.groups] == [(0, 1, 2), (3,)]
    assert not made.groups[0].is_chained
    assert len(made.groups[0].pairs) == 3


def test_a_row_that_fits_half_of_a_record_is_chained_and_one_that_fits_less_is_not_joined():
    chain = [(n, 5, 5, 6 * n, "a1") for n in range(4)]

    three, four = (link(rows(*chain[:n]), Windows(10, 1)).groups for n in (3, 4))

    assert [(g.rows, g.is_chained) for g in three] == [((0, 1, 2), True)]
    assert [g.rows for g in four] in ([(0, 1), (2, 3)], [(0,), (1, 2, 3)], [(0, 1, 2), (3,)])


def test_poles_and_the_180th_meridian_are_no_edges():
    table = rows((0, 5, 5, 0, "a1"), (1, 5, 5, 0, "a1"))
    across = table._replace(lat=np.array([0.0, 0.0]), lon=np.array([179.98, -179.98]))
    polar = table._replace(lat=np.array([89.99, 89.99]), lon=np.array([0.0, 180.0]))

    assert nearby(across, Windows(10, 1)).km.tolist() == pytest.approx([0.04 * KM_OF_DEGREE], rel=1e-3)
    assert nearby(polar, Windows(10, 1)).km.tolist() == pytest.approx([0.02 * KM_OF_DEGREE], rel=1e-3)


def test_too_many_pairs_say_what_to_narrow(monkeypatch):
    monkeypatch.setattr(module, "MAX_PAIRS", 3)

    with pytest.raises(InputError, match="more than 3 pairs of rows lie within the windows: lower --km or --days"):
        link(rows(*((n % 2, 5, 5, 0, "a1") for n in range(4))), Windows(10, 1))


def test_no_rows_make_no_groups():
    none = rows((0, 5, 5, 0, "a1"))
    empty = EventTable(*(column[:0] for column in none[:-1]), codes=(none.codes[0][:0],))

    assert link(empty, Windows(10, 1)).groups == ()
    assert [g.rows for g in link(none, Windows(10, 1)).groups] == [(0,)]


@st.composite
def some_rows(draw, n_tables=3):
    one = st.tuples(
        st.integers(0, n_tables - 1),
        st.integers(100, 104),
        st.sampled_from([0, 0, 0, 1, 3]),
        st.integers(0, 30),
        st.sampled_from(list(CODES)),
        st.sampled_from([np.nan, 1.0, 5.0]),
    )
    said = draw(st.lists(one, min_size=1, max_size=12))
    return [(t, day, day + length, km, kind, deaths) for t, day, length, km, kind, deaths in said]


@given(some_rows(), st.sampled_from([3.0, 10.0, 400.0]), st.integers(0, 2))
def test_the_grid_finds_what_comparing_all_finds(said, km, days):
    table, windows = rows(*said), Windows(km, days)
    is_episode = table.end > table.start
    alike, mixed = set(), set()
    for i, j in product(range(len(said)), repeat=2):
        which = np.array([i, j])
        levels = [CODES[said[n][4]] for n in which]
        agree = any(a == b >= 0 for a, b in zip(*levels, strict=True)) or min(map(max, levels)) < 0
        far, apart = farthest(table, which) if i != j else (0.0, 0)
        if table.table[i] != table.table[j] and agree and far <= km and apart <= days:
            if is_episode[i] and not is_episode[j]:
                mixed.add((i, j))
            elif is_episode[i] == is_episode[j] and i < j:
                alike.add((i, j))

    pairs, parts = nearby(table, windows), nearby_episodes(table, windows)

    assert list(zip(pairs.a.tolist(), pairs.b.tolist(), strict=True)) == sorted(alike)
    assert list(zip(parts.a.tolist(), parts.b.tolist(), strict=True)) == sorted(mixed)


@given(some_rows(n_tables=4))
@settings(max_examples=200)
def test_every_row_is_in_one_group_with_one_row_of_a_table_at_most(said):
    made = link(rows(*said), Windows(10, 1))

    assert sorted(row for g in made.groups for row in g.rows) == list(range(len(said)))
    for group in made.groups:
        assert len({said[row][0] for row in group.rows}) == len(group.rows)
        assert len({said[row][1] < said[row][2] for row in group.rows}) == 1
        inside = {tuple(sorted((int(made.pairs.a[e]), int(made.pairs.b[e])))) for e in group.pairs}
        assert inside <= set(combinations(group.rows, 2))
        assert group.is_chained == (len(inside) < len(list(combinations(group.rows, 2))))
        for rival in group.rivals:
            assert rival.row in group.rows and rival.other not in group.rows
            assert said[rival.row][0] == said[rival.other][0]


@given(some_rows(n_tables=2))
def test_no_two_rows_alone_would_fit_each_other(said):
    made = link(rows(*said), Windows(10, 1))
    alone = {g.rows[0] for g in made.groups if len(g.rows) == 1}

    assert not [p for p in zip(made.pairs.a.tolist(), made.pairs.b.tolist(), strict=True) if set(p) <= alone]
