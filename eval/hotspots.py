"""False alarms and power of the scan statistic on simulated counts: `python eval/hotspots.py [SETS] [PLANTED]`.

Quiet data: 60 places whose rates differ by a log-normal distribution, 39 weeks, Poisson counts, a national swing of
the year; the swing is left out for the two models that do not take it as given. Of SETS (1,000) data sets the share
with p <= .05 should lie between .03 and .07. Then PLANTED sets of counts that vary more than Poisson's, which breaks
the models' assumption; and with outbreaks planted around a random place in the last weeks, PLANTED (50) of each kind:
power is the share with p <= .05 whose most likely cluster shares a place with the outbreak. A JSON line each.
"""

from __future__ import annotations

import json
import sys
import time

import numpy as np
from numpy.random import Generator

from vedette.analysis.nulls import Null, past_null, permutation_null, poisson_null
from vedette.analysis.scan import Looks, Scan, scan
from vedette.analysis.zones import circles, distances_km

PLACES, WEEKS, LONGEST = 60, 39, 8
MEAN = 1.5
LEVEL = 0.05
MODELS = ("permutation", "poisson", "expectation", "expectation, dispersion")
# Cases of the overdispersed data vary by 1 + mean / this.
DISPERSION = 3.0


def rates(rng: Generator, *, with_swing: bool) -> np.ndarray:
    """Means of quiet counts, ``(PLACES, WEEKS)``."""
    of_place = rng.lognormal(0.0, 0.8, PLACES)
    swing = 1 + 0.4 * np.sin(2 * np.pi * (np.arange(WEEKS) / 52 + rng.uniform())) if with_swing else np.ones(WEEKS)
    return MEAN * np.outer(of_place / of_place.mean(), swing)


def null_of(model: str, counts: np.ndarray, means: np.ndarray) -> Null:
    """The model with what its user would know: nothing, the exposure, or the past."""
    if model == "permutation":
        return permutation_null(counts)
    if model == "poisson":
        return poisson_null(counts, means)
    return past_null(counts, np.ones(counts.shape), n_past=WEEKS - LONGEST, overdispersed="dispersion" in model)


def scanned(
    model: str, counts: np.ndarray, means: np.ndarray, at: tuple[np.ndarray, np.ndarray], rng: Generator
) -> Scan:
    """The most likely cluster that still goes on."""
    null = null_of(model, counts, means)
    zones = circles(*at, null.expected.sum(axis=1), max_share=0.5)
    return scan(counts, null, zones, Looks(True, LONGEST), rng=rng, max_clusters=1)


def false_alarms(model: str, n_sets: int, *, overdispersed: bool) -> dict[str, object]:
    """The share of quiet data sets with p <= .05."""
    n_alarms = 0
    for number in range(n_sets):
        rng = np.random.default_rng([number, MODELS.index(model), overdispersed])
        at = rng.uniform(30, 38, PLACES), rng.uniform(60, 72, PLACES)
        means = rates(rng, with_swing=model == "permutation")
        drift = rng.gamma(DISPERSION, 1 / DISPERSION, means.shape) if overdispersed else 1.0
        clusters = scanned(model, rng.poisson(means * drift), means, at, rng).clusters
        n_alarms += bool(clusters) and clusters[0].p <= LEVEL
    return {
        "model": model,
        "quiet": "overdispersed" if overdispersed else "poisson",
        "sets": n_sets,
        "p_le_05": n_alarms / n_sets,
    }


def power(model: str, n_sets: int, n_places: int, n_weeks: int, risk: float) -> dict[str, object]:
    """The share of outbreaks of `n_places` and `n_weeks` with `risk` times the cases that are found."""
    n_found = 0
    for number in range(n_sets):
        rng = np.random.default_rng([number, n_places, n_weeks, int(10 * risk)])
        at = rng.uniform(30, 38, PLACES), rng.uniform(60, 72, PLACES)
        means = rates(rng, with_swing=model == "permutation")
        struck = np.argsort(distances_km(*at, slice(0, 1))[0])[:n_places]
        raised = means.copy()
        raised[struck, -n_weeks:] *= risk
        clusters = scanned(model, rng.poisson(raised), means, at, rng).clusters
        n_found += (
            bool(clusters) and clusters[0].p <= LEVEL and bool(set(clusters[0].places.tolist()) & set(struck.tolist()))
        )
    return {
        "model": model,
        "places": n_places,
        "weeks": n_weeks,
        "risk": risk,
        "sets": n_sets,
        "power": n_found / n_sets,
    }


def main() -> None:
    n_quiet = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    n_planted = int(sys.argv[2]) if len(sys.argv) > 2 else 50
    started = time.process_time()
    for model in MODELS:
        print(json.dumps(false_alarms(model, n_quiet, overdispersed=False)), flush=True)
    for model in MODELS:
        print(json.dumps(false_alarms(model, n_planted, overdispersed=True)), flush=True)
    for model in MODELS:
        for n_places in (1, 4, 10):
            for n_weeks in (1, 4):
                for risk in (2.0, 3.0):
                    print(json.dumps(power(model, n_planted, n_places, n_weeks, risk)), flush=True)
    print(f"{time.process_time() - started:.0f} CPU seconds", file=sys.stderr)


if __name__ == "__main__":
    main()
