"""The control filter on arrays: against sums over all paths, and what must hold of any evidence."""

from __future__ import annotations

import importlib.util
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import expm

from vedette.analysis.control import ControlFilter, Evidence, RegionalShare, Turn, entropy_bits, weights_of
from vedette.controls import load_control_model

MODEL = load_control_model()
SPEC = importlib.util.spec_from_file_location(
    "control_worlds", Path(__file__).resolve().parents[2] / "eval" / "control.py"
)
worlds = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(worlds)


def evidence(*rows):
    """Rows of place, day, log likelihoods."""
    return Evidence(
        np.array([r[0] for r in rows], np.int64),
        np.array([r[1] for r in rows], np.int64),
        np.array([r[2] for r in rows], float),
    )


def log_odds(p):
    return np.log(p / (1 - p))


@pytest.mark.parametrize("n", [1, 2, 5])
def test_the_chain_moves_by_its_rates(n):
    rates = MODEL.generator(n)

    moved = MODEL.transition(n, 40)

    assert moved == pytest.approx(expm(rates * 40), abs=1e-12)
    assert moved @ MODEL.transition(n, 2.5) == pytest.approx(MODEL.transition(n, 42.5), abs=1e-12)
    assert MODEL.silent(n) @ moved == pytest.approx(MODEL.silent(n), abs=1e-12)
    assert -np.diag(rates)[:n] == pytest.approx(np.log(2) / MODEL.drift.held_half_life_days)
    assert -rates[n, n] == pytest.approx(np.log(2) / MODEL.drift.contested_half_life_days)


def test_filter_and_smoother_are_sums_over_all_paths():
    days = np.array([10, 11, 15, 40])
    rng = np.random.default_rng(1)
    told = rng.normal(size=(len(days), 4))
    made = ControlFilter(MODEL, np.array([2]), days)
    turns = [Turn(15, 0, 1, 2.0, 0.5), Turn(15, 0, 1, 3.0, 0.2), Turn(40, 0, 0, 1.0, 0.0)]
    made.run(evidence(*((0, day, row) for day, row in zip(days, told, strict=True))), turns=turns)
    gain, loss = {2: (1, 3.0), 3: (0, 1.0)}, {2: (1, 0.7), 3: (0, 0.0)}
    weight = {}
    for path in product(range(4), repeat=len(days)):
        p = MODEL.starting(2)[path[0]] * np.exp(told[0, path[0]])
        for t in range(1, len(days)):
            step = MODEL.transition(2, float(days[t] - days[t - 1]))
            p *= step[path[t - 1], path[t]] * np.exp(told[t, path[t]])
            if t in gain and path[t] == gain[t][0]:
                p *= np.exp(-loss[t][1] if path[t - 1] == path[t] else gain[t][1])
        weight[path] = p
    total = sum(weight.values())
    smooth = np.zeros((len(days), 4))
    for path, p in weight.items():
        smooth[range(len(days)), path] += p / total

    assert made.smoothed()[:, 0] == pytest.approx(smooth, abs=1e-12)
    assert made.forward[-1, 0] == pytest.approx(smooth[-1], abs=1e-12)


def test_places_with_few_and_many_controllers_stand_side_by_side():
    rows = [(0, 3, [2.0, 0, 0, 0, 1, 0]), (1, 3, [2.0, 0, 0, 0, 1, 0])]
    both = ControlFilter(MODEL, np.array([1, 4]), np.arange(20))
    both.run(evidence(*rows))
    alone = ControlFilter(MODEL, np.array([1]), np.arange(20))
    alone.run(evidence((0, 3, [2.0, 1, 0])))

    assert both.forward[:, 0][:, [0, -2, -1]] == pytest.approx(alone.forward[:, 0], abs=1e-12)
    assert both.smoothed()[:, 0][:, [0, -2, -1]] == pytest.approx(alone.smoothed()[:, 0], abs=1e-12)
    assert (both.forward[:, 0, 1:4] == 0).all()


def test_silence_ends_in_unknown():
    made = ControlFilter(MODEL, np.array([2]), np.array([0]))
    made.run(evidence((0, 0, [8.0, 0, 4, 0])))
    p = np.array([made.ahead(day)[0] for day in (0, 30, 180, 720, 7200)])

    assert p[0, 0] > 0.95
    assert (np.diff(p[:, 0]) < 0).all()
    assert (np.diff(entropy_bits(p))[:2] > 0).all()
    assert p[-1].argmax() == 3
    assert p[-1] == pytest.approx(MODEL.silent(2), abs=1e-4)


def test_nothing_ages_before_the_first_claim():
    made = ControlFilter(MODEL, np.array([2, 2]), np.arange(400))
    made.run(evidence((0, 0, [0.0] * 4), (1, 399, [0.0] * 4)))

    assert made.forward[399, 1] == pytest.approx(MODEL.starting(2))
    assert made.forward[399, 0] == pytest.approx(MODEL.starting(2) @ MODEL.transition(2, 399))


def test_a_late_report_refilters_from_its_day():
    early = [(0, 5, [1.0, 0, 0.5, 0]), (1, 9, [0.0, 1, 0.5, 0]), (0, 30, [0.0, 1.5, 0.7, 0])]
    late = (0, 12, [2.0, 0, 1, 0])
    share = RegionalShare(20, np.array([0, 1]), np.array([0, 0]), 0.9, 0.95, 1.0, 0.1, 1.0, "s")
    whole = ControlFilter(MODEL, np.array([2, 2]), np.arange(40))
    whole.run(evidence(*early, late), [share])
    grown = ControlFilter(MODEL, np.array([2, 2]), np.arange(40))
    grown.run(evidence(*early), [share])
    before = grown.forward[:12].copy()

    grown.run(evidence(*early, late), [share], since=12)

    assert (grown.forward[:12] == before).all()
    assert grown.forward == pytest.approx(whole.forward, abs=1e-14)
    assert grown.smoothed() == pytest.approx(whole.smoothed(), abs=1e-14)


def test_evidence_outside_the_days_is_refused():
    made = ControlFilter(MODEL, np.array([1]), np.array([3, 5]))

    with pytest.raises(ValueError, match="not in the grid"):
        made.run(evidence((0, 4, [0.0, 0, 0])))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 2), st.integers(0, 19), st.lists(st.floats(-30, 30), min_size=4, max_size=4)
        ),
        min_size=1,
        max_size=12,
    ),
    st.randoms(),
)  # fmt: skip
def test_any_evidence_gives_distributions_whatever_its_order(rows, rng):
    made = ControlFilter(MODEL, np.array([2, 1, 2]), np.arange(20))
    made.run(evidence(*rows))
    again = ControlFilter(MODEL, np.array([2, 1, 2]), np.arange(20))
    rng.shuffle(rows)
    again.run(evidence(*rows))

    for p in (made.forward, made.smoothed()):
        assert np.isfinite(p).all()
        assert p.sum(axis=2) == pytest.approx(np.ones((20, 3)))
    assert again.forward == pytest.approx(made.forward, abs=1e-9)


# ---- regional shares -------------------------------------------------------------------------------------------


def tilted(best, low, high, *, limit=1.0, told=((2.0, 0, 1, 0), (0.0, 0, 0, 0), (0.0, 1, 0, 0), (0.0, 2, 1, 0))):
    rows = evidence(*((place, 0, row) for place, row in enumerate(told)))
    plain = ControlFilter(MODEL, np.full(4, 2), np.array([0]))
    plain.run(rows)
    made = ControlFilter(MODEL, np.full(4, 2), np.array([0]))
    made.run(rows, [RegionalShare(0, np.arange(4), np.zeros(4, int), low, best, high, 0.1, limit, "s")])
    return plain.forward[0], made.forward[0]


def test_a_share_moves_the_expected_number_and_all_places_alike():
    before, after = tilted(0.75, 0.7, 0.8)
    moved = log_odds(after[:, 0]) - log_odds(before[:, 0])

    assert before[:, 0].sum() < after[:, 0].sum() < 3
    assert moved == pytest.approx(np.full(4, moved[0]), abs=1e-9)
    assert 0 < moved[0] <= 1.0
    assert (after[:, 0].argsort() == before[:, 0].argsort()).all()


def test_a_share_moves_no_place_more_than_its_limit():
    before, after = tilted(1.0, 1.0, 1.0, limit=0.2)

    assert log_odds(after[:, 0]) - log_odds(before[:, 0]) == pytest.approx(np.full(4, 0.2), abs=1e-6)


def test_an_open_share_that_is_met_moves_nothing():
    for low, high in ((None, 0.9), (0.1, None)):
        before, after = tilted(0.9 if low is None else 0.1, low, high)

        assert after == pytest.approx(before, abs=1e-12)


# ---- what is new in a claim ------------------------------------------------------------------------------------


def weigh(rows):
    """Rows of place, day, says, origin."""
    columns = (list(x) for x in zip(*rows, strict=True))
    return weights_of(MODEL, *columns, [1.0] * len(rows), [str(r) for r in rows], [False] * len(rows))


def test_one_origin_counts_once_a_day_and_several_for_less_than_their_number():
    copies = weigh([(0, 3, "+A", "wire")] * 3)
    origins = weigh([(0, 3, "+A", f"origin {n}") for n in range(30)])

    assert sorted(copies) == [0, 0, 1]
    assert origins[0] == 1
    assert 1 < origins[:2].sum() < 2
    assert (np.diff(np.sort(origins)) > 0).all()
    assert origins.sum() < 15


def test_what_most_say_outweighs_what_few_say_in_any_stream():
    rows = [(0, day, "+A" if n else "+B", f"origin {n}") for day in range(0, 200, 2) for n in range(6)]
    weights = weigh(rows)
    of_a = sum(w for w, row in zip(weights, rows, strict=True) if row[2] == "+A")
    of_b = sum(w for w, row in zip(weights, rows, strict=True) if row[2] == "+B")

    assert 2 * of_b < of_a < 5 * of_b


def test_a_voice_that_changes_its_word_has_news():
    rows = [(0, 0, "+A", "wire"), (0, 1, "+A", "wire"), (0, 2, "-A", "wire"), (0, 3, "+A", "wire")]

    weights = weigh(rows)

    assert weights[1] < 0.2
    assert (weights[2:] > 0.5).all()


def test_a_repeat_is_new_by_as_much_as_it_is_late():
    memory = MODEL.repeats.memory_days
    same = weigh([(0, 0, "+A", "wire"), (0, int(memory), "+A", "wire"), (0, 1000, "+A", "wire")])
    other = weigh([(0, 0, "+A", "wire"), (1, 1, "+A", "wire"), (0, 0, "-A", "other wire")])

    assert same == pytest.approx([1, 0.5, 1])
    assert other == pytest.approx([1, 1, 1])


@given(
    st.lists(st.tuples(st.integers(0, 1), st.integers(0, 30), st.sampled_from("ab"), st.sampled_from("uvw"))),
    st.randoms(),
)
def test_weights_do_not_depend_on_the_order(rows, rng):
    if not rows:
        return
    numbered = [(*row, n) for n, row in enumerate(rows)]
    shuffled = list(numbered)
    rng.shuffle(shuffled)

    def by_number(listed):
        weights = weights_of(
            MODEL, *([r[k] for r in listed] for k in range(4)), [1.0] * len(listed), [f"{r[4]:03}" for r in listed],
            [r[3] == "u" for r in listed],
        )  # fmt: skip
        return dict(zip((r[4] for r in listed), weights, strict=True))

    assert by_number(shuffled) == pytest.approx(by_number(numbered))


# ---- a world whose truth is known ------------------------------------------------------------------------------


def largest_gap(world, **options):
    bins = worlds.calibration(MODEL, world, **options)
    return max(abs(p - share) for p, share, n in bins if n >= 1000)


@pytest.mark.parametrize("smoothed", [False, True])
def test_probabilities_come_true_as_often_as_they_say(smoothed):
    world = worlds.make_world(np.random.default_rng(5), MODEL, 400)

    assert largest_gap(world, smoothed=smoothed) < 0.08


def test_copies_of_reports_change_nothing():
    world = worlds.make_world(np.random.default_rng(6), MODEL, 40)
    plain = worlds.filtered(MODEL, 40, world.places, world.statements)
    thrice = [
        s._replace(member=s.member.__class__(f"{s.member.id} again {n}", "c"))
        for s in world.statements
        for n in range(3)
    ]
    copied = worlds.filtered(MODEL, 40, np.repeat(world.places, 3).tolist(), thrice)

    assert copied.forward == pytest.approx(plain.forward, abs=1e-12)


def test_the_reports_tell_more_than_their_absence():
    world = worlds.make_world(np.random.default_rng(7), MODEL, 100)
    made = worlds.filtered(MODEL, 100, world.places, world.statements)
    at = np.arange(100)
    told = np.log(made.smoothed()[180, at, world.truth[:, 180]]).mean()

    assert told > np.log(MODEL.starting(2)[world.truth[:, 180]]).mean() + 0.3
