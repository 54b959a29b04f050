"""The scan statistic: known answers of other programs, and what must hold of any scan."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from datetime import date
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analysis.known import KNOWN, needs_known
from vedette.analysis.nulls import bernoulli_null, expectation_null, past_null, permutation_null, poisson_null
from vedette.analysis.periods import edges_of, exposure_days
from vedette.analysis.scan import Looks, gumbel_p, scan
from vedette.analysis.windows import Windows, intervals, log_ratio
from vedette.analysis.zones import circles, distances_km, nearest

LAT = np.array([36.7, 36.8, 34.3, 34.5, 31.6, 31.7, 33.0, 35.0])
LON = np.array([68.9, 66.9, 62.2, 69.2, 65.7, 64.4, 67.5, 69.0])


def quiet(rng, n_periods=20, mean=2.0):
    return rng.poisson(mean, (len(LAT), n_periods))


def new_mexico():
    """Names, coordinates, counts by county, year and stratum, person-days alike; SaTScan's sample data."""
    rows = {
        ending: [line.split() for line in (KNOWN / "satscan" / f"nm.{ending}").read_text().splitlines() if line.strip()]
        for ending in ("geo", "cas", "pop")
    }
    names = [name for name, *_ in rows["geo"]]
    strata = sorted({tuple(row[3:]) for row in rows["pop"]})
    edges = edges_of([date(1973, 1, 1), date(1991, 1, 1)], "year")
    counts = np.zeros((len(names), len(edges) - 1, len(strata)), dtype=np.int64)
    for name, n, year, *stratum in rows["cas"]:
        counts[names.index(name), int(year) - 1973, strata.index(tuple(stratum))] += int(n)
    known = defaultdict(lambda: ([], []))
    for name, year, population, *stratum in rows["pop"]:
        days, values = known[name, tuple(stratum)]
        days.append(date(1900 + int(year), 7, 1).toordinal())
        values.append(float(population))
    exposure = np.zeros(counts.shape)
    for (name, stratum), (days, values) in known.items():
        exposure[names.index(name), :, strata.index(stratum)] = exposure_days(days, values, edges)
    lat, lon = (np.array([float(row[i]) for row in rows["geo"]]) for i in (1, 2))
    return names, lat, lon, counts, exposure


@needs_known
def test_new_mexico_retrospective_poisson_as_satscan():
    names, lat, lon, counts, exposure = new_mexico()
    null = poisson_null(counts, exposure)
    zones = circles(lat, lon, null.expected.sum(axis=1), max_share=0.5)

    made = scan(counts.sum(axis=2), null, zones, Looks(False, 9), rng=np.random.default_rng(1))

    first, second, third = made.clusters[:3]
    assert [names[i] for i in first.places] == (
        "Torrance Bernalillo Valencia SantaFe Guadelupe Socorro Sandoval SanMiguel LosAlamos".split()
    )
    assert (first.start + 1973, first.end + 1972, first.observed) == (1985, 1989, 236)
    assert first.expected == pytest.approx(176.22, abs=0.005)
    assert first.statistic == pytest.approx(10.979758, abs=1e-3)
    assert 0.005 <= first.p <= 0.025  # SaTScan's draws gave .014
    assert [names[i] for i in second.places] == ["Chaves"]
    assert second.statistic == pytest.approx(5.684828, abs=1e-3)
    assert [names[i] for i in third.places] == ["Curry", "Roosevelt"]
    assert third.statistic == pytest.approx(3.884186, abs=1e-3)


def fitted(cases, population, years):
    """Poisson regression of cases on the year with the population as exposure: what a year expects a head."""
    x = np.column_stack([np.ones(len(years)), years])
    beta = np.array([np.log(cases.sum() / population.sum()), 0.0])
    for _ in range(30):
        mean = population * np.exp(x @ beta)
        beta += np.linalg.solve(x.T @ (mean[:, None] * x), x.T @ (cases - mean))
    return lambda year: np.exp(beta[0] + beta[1] * year)


@needs_known
def test_new_mexico_expectation_as_scanstatistics():
    rows = list(csv.DictReader((KNOWN / "nm_popcas.csv").read_text().splitlines()))
    counties = {row["county"] for row in rows}
    places = [
        row for row in csv.DictReader((KNOWN / "nm_geo.csv").read_text().splitlines()) if row["county"] in counties
    ]
    names = [row["county"] for row in places]
    past = [row for row in rows if int(row["year"]) < 1986]
    rate = fitted(*(np.array([float(row[key]) for row in past]) for key in ("count", "population")), np.array([int(row["year"]) - 1985.0 for row in past]))  # fmt: skip
    counts, expected = np.zeros((32, 4), dtype=np.int64), np.zeros((32, 4))
    for row in rows:
        if 1986 <= int(row["year"]) <= 1989:
            cell = names.index(row["county"]), int(row["year"]) - 1986
            counts[cell] += int(row["count"])
            expected[cell] = float(row["population"]) * rate(int(row["year"]) - 1985)
    lat, lon = (np.array([float(row[key]) for row in places]) for key in ("seat_lat", "seat_long"))
    zones = circles(lat, lon, np.ones(32), max_share=1.0, max_nearest=15)

    made = scan(counts, expectation_null(expected), zones, Looks(True, 4, min_cases=1), rng=np.random.default_rng(1))

    assert zones.is_zone.sum() == 415
    assert sorted(names[i] for i in made.clusters[0].places) == ["losalamos", "santafe"]
    assert (made.clusters[0].start, made.clusters[0].end) == (0, 4)
    top = [9.1806711, 6.819655, 3.5377879, 3.4072029, 0.8372729]
    assert [c.statistic for c in made.clusters[:5]] == pytest.approx(top, abs=1e-3)
    assert made.clusters[0].p == pytest.approx(0.005, abs=0.004)
    assert made.clusters[0].gumbel_p == pytest.approx(0.004, abs=0.002)


@needs_known
def test_ratio_of_ten_cases_among_new_mexicos():
    assert log_ratio(np.array([10, 2]), np.ones(2), 1175) == pytest.approx([14.060436, 0.38672], abs=1e-3)


def by_hand(counts, expected, total, prospective, longest, zones, min_cases):
    """The largest ratio, window by window."""
    best = 0.0
    n_periods = counts.shape[1]
    for centre, rank in zip(*np.nonzero(zones.is_zone), strict=True):
        places = zones.members(centre, rank)
        for start, end in product(range(n_periods), range(1, n_periods + 1)):
            if not 0 < end - start <= longest or (prospective and end != n_periods):
                continue
            c, e = counts[places, start:end].sum(), expected[places, start:end].sum()
            if c < min_cases or c <= e:
                continue
            outside = 0.0 if c == total else (total - c) * np.log((total - c) / (total - e))
            best = max(best, c * np.log(c / e) + outside)
    return best


@given(st.integers(0, 2**32), st.booleans(), st.integers(1, 5), st.sampled_from([0.3, 2.0, 40.0]))
@settings(max_examples=30, deadline=None)
def test_blocks_and_loops_find_the_same_largest_ratio(seed, prospective, longest, mean):
    rng = np.random.default_rng(seed)
    counts = quiet(rng, 6, mean)
    counts[0, 0] += 2
    null = permutation_null(counts)
    zones = circles(LAT, LON, null.expected.sum(axis=1))
    windows = Windows(
        zones, null.expected, *intervals(6, longest, prospective=prospective), total=null.total, min_cases=2
    )
    drawn = null.draw(rng, 3, 0)

    largest = windows.largest(drawn)

    for i in range(3):
        hand = by_hand(drawn[:, :, i], null.expected, null.total, prospective, longest, zones, 2)
        assert largest[i] == pytest.approx(hand, abs=1e-9)
        assert windows.best(drawn[:, :, i]).ratio.max() == pytest.approx(hand, abs=1e-9)


def test_slabs_change_nothing(monkeypatch):
    counts = quiet(np.random.default_rng(3))
    null = permutation_null(counts)
    zones = circles(LAT, LON, null.expected.sum(axis=1))
    made = [scan(counts, null, zones, Looks(False, 8), rng=np.random.default_rng(4), replications=64)]
    monkeypatch.setattr("vedette.analysis.windows.KEPT_WINDOWS", 0)
    monkeypatch.setattr("vedette.analysis.windows.COUNTS_AT_ONCE", 64 * 64 * 3)
    made.append(scan(counts, null, zones, Looks(False, 8), rng=np.random.default_rng(4), replications=64))

    assert np.array_equal(made[0].replicates, made[1].replicates)
    assert [(list(c.places), c.start, c.statistic, c.p) for c in made[0].clusters] == [
        (list(c.places), c.start, c.statistic, c.p) for c in made[1].clusters
    ]


def test_a_planted_outbreak_is_found_with_its_places_and_periods():
    counts = quiet(np.random.default_rng(5))
    counts[[4, 5], 17:] += 9
    null = permutation_null(counts)
    zones = circles(LAT, LON, null.expected.sum(axis=1))

    first = scan(counts, null, zones, Looks(True, 8), rng=np.random.default_rng(1)).clusters[0]

    assert (sorted(first.places), first.start, first.end) == ([4, 5], 17, 20)
    assert first.p == 0.001
    assert first.gumbel_p < 0.001
    assert first.recurrence == pytest.approx(1 / first.gumbel_p)


def test_clusters_share_no_place_and_fall_in_strength():
    counts = quiet(np.random.default_rng(6))
    null = permutation_null(counts)
    zones = circles(LAT, LON, null.expected.sum(axis=1))

    clusters = scan(counts, null, zones, Looks(False, 10), rng=np.random.default_rng(1), replications=0).clusters

    assert len(clusters) > 1
    assert max(Counter(i for c in clusters for i in c.places.tolist()).values()) == 1
    assert [c.statistic for c in clusters] == sorted((c.statistic for c in clusters), reverse=True)
    assert all(c.p is None and c.gumbel_p is None for c in clusters)


def test_a_surge_everywhere_is_no_cluster_of_the_permutation_model():
    rng = np.random.default_rng(7)
    counts = quiet(rng, mean=5.0)
    counts[:, 15:] *= 6
    zones = circles(LAT, LON, np.ones(len(LAT)))

    by_shuffle = scan(counts, permutation_null(counts), zones, Looks(True, 8), rng=rng)
    by_people = scan(counts, poisson_null(counts, np.ones(counts.shape)), zones, Looks(True, 8), rng=rng)

    assert not by_shuffle.clusters or by_shuffle.clusters[0].p > 0.05
    assert by_people.clusters[0].p <= 0.01


def test_replicates_keep_what_the_model_keeps():
    rng = np.random.default_rng(8)
    counts = quiet(rng)
    shuffled = permutation_null(counts).draw(rng, 5, 0)
    late = permutation_null(counts).draw(rng, 5, 12)
    spread = poisson_null(counts, np.ones(counts.shape)).draw(rng, 5, 0)

    assert (shuffled.sum(axis=1) == counts.sum(axis=1)[:, None]).all()
    assert (shuffled.sum(axis=0) == counts.sum(axis=0)[:, None]).all()
    assert (late.sum(axis=0) == counts.sum(axis=0)[12:, None]).all()
    assert (spread.sum(axis=(0, 1)) == counts.sum()).all()


def test_a_short_past_makes_replicates_wider():
    rng = np.random.default_rng(9)
    counts = quiet(rng)
    short = past_null(counts, np.ones(counts.shape), n_past=2).draw(rng, 4000, 19)[0, 0]
    known = expectation_null(np.full(counts.shape, short.mean())).draw(rng, 4000, 19)[0, 0]

    assert short.var() / short.mean() > 1.2
    assert known.var() / known.mean() == pytest.approx(1, abs=0.15)


def test_stopping_early_leaves_the_decision_as_it_is():
    counts = quiet(np.random.default_rng(10))
    null = permutation_null(counts)
    zones = circles(LAT, LON, null.expected.sum(axis=1))
    short, whole = (
        scan(counts, null, zones, Looks(True, 8), rng=np.random.default_rng(2), early_stop=stop)
        for stop in (True, False)
    )

    assert len(short.replicates) < len(whole.replicates) == 999
    assert short.clusters[0].p > 0.05
    assert short.clusters[0].p == pytest.approx(whole.clusters[0].p, abs=0.15)
    assert np.array_equal(short.replicates, whole.replicates[: len(short.replicates)])


def test_a_seed_fixes_the_result():
    counts = quiet(np.random.default_rng(11))
    null = permutation_null(counts)
    zones = circles(LAT, LON, null.expected.sum(axis=1))
    made = [
        scan(counts, null, zones, Looks(True, 5), rng=np.random.default_rng(n), replications=99).replicates
        for n in (1, 1, 2)
    ]

    assert np.array_equal(made[0], made[1])
    assert not np.array_equal(made[0][:10], made[2][:10])


@pytest.mark.parametrize("model", ["permutation", "poisson", "expectation"])
def test_quiet_data_give_p_of_a_twentieth_in_about_a_twentieth(model):
    """120 data sets: 1 to 13 with p <= .05 is what a share of .05 gives in 997 of 1,000 cases (binomial)."""
    ps = []
    for seed in range(120):
        rng = np.random.default_rng([seed, 12])
        counts = quiet(rng, 30)
        exposure = np.ones(counts.shape)
        null = {
            "permutation": lambda c=counts: permutation_null(c),
            "poisson": lambda c=counts, e=exposure: poisson_null(c, e),
            "expectation": lambda c=counts, e=exposure: past_null(c, e, n_past=26),
        }[model]()
        zones = circles(LAT, LON, np.ones(len(LAT)))
        clusters = scan(counts, null, zones, Looks(True, 4), rng=rng, replications=199, max_clusters=1).clusters
        ps.append(clusters[0].p if clusters else 1.0)

    assert 1 <= sum(p <= 0.05 for p in ps) <= 13


def test_gumbel_tail_of_gumbel_draws():
    drawn = np.random.default_rng(13).gumbel(3.0, 2.0, 5000)

    assert gumbel_p(3.0 + 2.0 * 4.6, drawn) == pytest.approx(0.01, rel=0.15)
    assert gumbel_p(9.0, drawn[:5]) is None


def test_places_at_one_distance_enter_a_circle_together():
    lat, lon = np.array([0.0, 0.0, 1.0, 5.0]), np.zeros(4)
    zones = circles(lat, lon, np.ones(4), max_share=0.75)

    found = [tuple(sorted(zones.members(c, r).tolist())) for c, r in zip(*np.nonzero(zones.is_zone), strict=True)]

    assert sorted(found) == [(0, 1), (0, 1, 2), (2,), (2, 3), (3,)]


def test_circles_keep_to_their_share_and_radius():
    weights = np.array([50.0, 1, 1, 1, 1, 1, 1, 1])
    by_share = circles(LAT, LON, weights, max_share=0.5)
    by_km = circles(LAT, LON, weights, max_share=1.0, max_km=200.0)

    assert all(0 not in by_share.members(c, r) for c, r in zip(*np.nonzero(by_share.is_zone), strict=True))
    radii = [
        distances_km(LAT[m], LON[m], slice(0, 1)).max()
        for m in (by_km.members(c, r) for c, r in zip(*np.nonzero(by_km.is_zone), strict=True))
    ]
    assert 100 < max(radii) <= 200


def trials_and_cases(seed, n_places=12, n_periods=20, mean=4.0, spread=0.4):
    rng = np.random.default_rng(seed)
    trials = rng.poisson(mean * rng.lognormal(0, 0.5, (n_places, 1)), (n_places, n_periods))
    return trials, rng.binomial(trials, np.clip(0.3 * rng.lognormal(0, spread, (n_places, 1)), 0, 0.9))


def test_shares_are_expected_by_the_own_past_and_without_one_by_that_of_all():
    trials = np.full((5, 10), 40)
    cases = np.outer([4, 8, 8, 12, 0], np.ones(10, dtype=int))
    trials[4, :8] = 0

    null = bernoulli_null(cases, trials, n_past=8)

    assert null.expected[:4, 9] == pytest.approx([4, 8, 8, 12], rel=0.1)  # a little drawn together
    assert null.expected[4, 9] == pytest.approx(8, rel=0.15)
    assert null.expected[4, 3] == 0
    assert null.weights.sum() == pytest.approx(1)


def test_what_the_last_periods_hold_changes_no_expected_share():
    trials, cases = trials_and_cases(1)
    later = cases.copy()
    later[:, 15:] = trials[:, 15:]

    assert np.array_equal(
        bernoulli_null(cases, trials, n_past=15).expected, bernoulli_null(later, trials, n_past=15).expected
    )


def test_drawn_counts_are_beta_binomial():
    """One place with 30 of 100 in the past and 50 trials: mean and variance of 20,000 draws, each to 4 of their errors."""
    trials = np.array([[100, 50], [100, 50]])
    null = bernoulli_null(np.array([[30, 0], [10, 0]]), trials, n_past=1)

    drawn = null.draw(np.random.default_rng(2), 20_000, 1)[0, 0]

    a, b = (null.past[0] + null.priors).T
    mean = 50 * a / (a + b)
    variance = mean * b / (a + b) * (a + b + 50) / (a + b + 1)
    total = null.weights @ variance + null.weights @ (mean - null.weights @ mean) ** 2
    assert drawn.max() <= 50
    assert null.expected[0, 1] == pytest.approx(null.weights @ mean)
    assert drawn.mean() == pytest.approx(null.expected[0, 1], abs=4 * (total / 20_000) ** 0.5)
    assert drawn.var() == pytest.approx(total, rel=0.05)
    assert total > 50 * 0.3 * 0.7  # more than the binomial's: the share is not known


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_shares_of_none_and_all(share):
    trials = np.full((4, 6), 3)
    cases = (share * trials).astype(np.int64)

    null = bernoulli_null(cases, trials, n_past=4)

    assert null.expected == pytest.approx(share * trials, abs=0.2)
    assert (null.draw(np.random.default_rng(1), 50, 4) <= 3).all()


@pytest.mark.parametrize("spread", [0.0, 1.0])
def test_quiet_shares_give_p_of_a_tenth_in_about_a_tenth(spread):
    """120 sets whose trials grow to the fourfold at last: 3 to 22 with p <= .1 is what a share of .1 gives in 998 of
    1,000 cases (binomial)."""
    ps = []
    for seed in range(120):
        rng = np.random.default_rng([seed, 7])
        means = np.ones((len(LAT), 20))
        means[:, -3:] = 4
        trials = rng.poisson(3 * means)
        cases = rng.binomial(trials, np.clip(0.25 * rng.lognormal(0, spread, (len(LAT), 1)), 0, 0.9))
        null = bernoulli_null(cases, trials, n_past=14)
        zones = circles(LAT, LON, np.ones(len(LAT)))
        found = scan(cases, null, zones, Looks(True, 6), rng=rng, replications=59, early_stop=False).clusters
        ps.append(found[0].p if found else 1.0)

    assert 3 <= sum(p <= 0.1 for p in ps) <= 22


@pytest.mark.parametrize("band", [3, 1000])
def test_the_nearest_places_by_bands_are_the_nearest_of_all(monkeypatch, band):
    monkeypatch.setattr("vedette.analysis.zones.BAND", band)
    rng = np.random.default_rng(3)
    lat, lon = np.append(rng.uniform(-80, 80, 150), [1.0] * 20), np.append(rng.uniform(-180, 180, 150), np.arange(20))

    found = nearest(lat, lon, 4)

    km = distances_km(lat, lon)
    np.fill_diagonal(km, np.inf)
    assert np.take_along_axis(km, found, axis=1) == pytest.approx(np.sort(km, axis=1)[:, :4])


def test_the_dispersion_is_that_of_the_counts_and_none_of_poissons():
    rng = np.random.default_rng(8)
    means = np.outer(rng.lognormal(1, 0.5, 200), np.ones(30))
    even = np.ones(means.shape)

    steady = past_null(rng.poisson(means), even, n_past=30, overdispersed=True)
    varied = past_null(rng.poisson(means * rng.gamma(2, 1 / 2, means.shape)), even, n_past=30, overdispersed=True)

    assert steady.dispersion < 0.03
    assert varied.dispersion == pytest.approx(0.5, rel=0.1)
    drawn = varied.draw(rng, 400, 29)[:, 0]
    mean = varied.expected[:, 29]
    assert drawn.mean() == pytest.approx(mean.mean(), rel=0.03)
    assert ((drawn - mean[:, None]) ** 2).mean() >= (mean + 0.4 * mean**2).mean()


def test_bursts_are_no_clusters_where_the_past_is_full_of_them():
    """20 quiet sets: 4 or fewer with p <= .05 is what a share of .05 gives in 997 of 1,000 cases (binomial)."""
    even = np.ones((len(LAT), 40))
    zones = circles(LAT, LON, np.ones(len(LAT)))
    alarms = {False: 0, True: 0}
    for seed in range(20):
        rng = np.random.default_rng([seed, 9])
        counts = rng.poisson(2.0 * rng.gamma(0.7, 1 / 0.7, even.shape))
        for is_wide in alarms:
            null = past_null(counts, even, n_past=36, overdispersed=is_wide)
            found = scan(counts, null, zones, Looks(True, 4), rng=rng, replications=99).clusters
            alarms[is_wide] += bool(found) and found[0].p <= 0.05

    assert alarms[True] <= 4
    assert alarms[False] >= 8
