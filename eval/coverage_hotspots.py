"""Does coverage make hotspots, and how few cases are too few: `python eval/coverage_hotspots.py [SETS] [MODEL]`.

34 cells whose coverage differs by a log-normal distribution, 40 weeks; reports are Poisson, and each tells of the
stream with a share that differs by cell (a quarter or so). In the last four weeks the coverage of all cells, or of
three neighbours, or of all weeks in turn grows to the fivefold with the shares as they are; or the cases themselves
grow to the fivefold in three neighbours, and are reports too. A line for each model: the share of SETS (200) with
p <= .05. Then the cases' rise again by cells, weeks and size, and by the number of all cases. A JSON line each. With
MODEL only that one. Every report tells of one incident here, so that the trials of the model bernoulli are the reports.
"""

from __future__ import annotations

import json
import sys
import time
from itertools import product

import numpy as np

from vedette.analysis.exposure import smoothed_coverage
from vedette.analysis.nulls import Null, bernoulli_null, past_null, permutation_null, poisson_null
from vedette.analysis.scan import Looks, scan
from vedette.analysis.zones import circles, distances_km

CELLS, WEEKS, LONGEST, LAST = 34, 40, 8, 4
STRUCK, RISE = 3, 5.0
SHARE = 0.25
LEVEL = 0.05
SCENES = ("quiet", "all rise", "three rise", "grows", "outbreak")
MODELS = ("bernoulli", "permutation", "expectation", "poisson", "expectation without coverage")


def null_of(model: str, cases: np.ndarray, reports: np.ndarray) -> Null:
    """The model as `vedette hotspots` sets it up; the last one is what it is held against."""
    if model == "permutation":
        return permutation_null(cases)
    if model == "bernoulli":
        return bernoulli_null(cases, reports, n_past=WEEKS - LONGEST)
    exposure = np.ones(cases.shape) if "without" in model else smoothed_coverage(reports.astype(float))
    return poisson_null(cases, exposure) if model == "poisson" else past_null(cases, exposure, n_past=WEEKS - LONGEST)


def alarms(
    scene: str, model: str, mean: float, n_sets: int, *, struck: int = STRUCK, last: int = LAST, rise: float = RISE
) -> float:
    """The share of data sets with p <= .05; `mean`: reports a cell and week; of an outbreak: that it is found too."""
    n_alarms = 0
    for number in range(n_sets):
        rng = np.random.default_rng([number, SCENES.index(scene), int(1000 * mean)])
        at = rng.uniform(30, 38, CELLS), rng.uniform(61, 73, CELLS)
        near = np.argsort(distances_km(*at, slice(0, 1))[0])[:struck]
        of_cell = rng.lognormal(0.0, 0.8, CELLS)
        means = mean * np.outer(of_cell / of_cell.mean(), np.ones(WEEKS))
        share = np.clip(SHARE * rng.lognormal(0.0, 0.4, CELLS), 0.03, 0.8)[:, None]
        more = (rise - 1) * (means * share)[near, -last:]
        if scene == "all rise":
            means[:, -LAST:] *= RISE
        elif scene == "three rise":
            means[near, -LAST:] *= RISE
        elif scene == "grows":
            means *= np.linspace(1, RISE, WEEKS)
        reports = rng.poisson(means)
        cases = rng.binomial(reports, share)
        if scene == "outbreak":
            extra = rng.poisson(more)
            reports[near, -last:] += extra
            cases[near, -last:] += extra
        if not cases[:, : WEEKS - LONGEST].any():
            continue
        zones = circles(*at, np.ones(CELLS), max_km=300.0)
        null = null_of(model, cases, reports)
        found = scan(cases, null, zones, Looks(True, LONGEST), rng=rng, replications=199, max_clusters=1).clusters
        is_there = scene != "outbreak" or (bool(found) and bool(set(found[0].places.tolist()) & set(near.tolist())))
        n_alarms += bool(found) and found[0].p <= LEVEL and is_there
    return n_alarms / n_sets


def main() -> None:
    n_sets = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    models = [sys.argv[2]] if len(sys.argv) > 2 else MODELS
    started = time.process_time()
    for scene in SCENES:
        for mean in (0.5, 3.0):
            for model in models:
                row = {"scene": scene, "reports": mean, "model": model, "sets": n_sets}
                print(json.dumps({**row, "alarms": alarms(scene, model, mean, n_sets)}), flush=True)
    for struck, last, rise in product((1, 3, 8), (1, 4, 8), (3.0, 5.0)):
        for model in [m for m in models if m in MODELS[:3]]:
            row = {"scene": "outbreak", "reports": 3.0, "cells": struck, "weeks": last, "rise": rise, "model": model}
            power = alarms("outbreak", model, 3.0, n_sets, struck=struck, last=last, rise=rise)
            print(json.dumps({**row, "sets": n_sets, "power": power}), flush=True)
    for n_cases in (10, 20, 40, 80, 160):
        for model in [m for m in models if m in MODELS[:3]]:
            mean = n_cases / (CELLS * WEEKS * SHARE)
            row = {"scene": "outbreak", "cases": n_cases, "model": model, "sets": n_sets}
            print(json.dumps({**row, "power": alarms("outbreak", model, mean, n_sets)}), flush=True)
    print(f"{time.process_time() - started:.0f} CPU seconds", file=sys.stderr)


if __name__ == "__main__":
    main()
