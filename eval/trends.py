"""False alarms and power of trends on simulated series: `python eval/trends.py [SERIES] [SERIES_OF_CHANGES]`.

Quiet series keep one rate; their coverage, to which counts are proportional, varies by a gamma distribution
(coefficient of variation .5), and counts of mean m by m + dispersion m². Of SERIES (1,000) of each kind the share with
p <= .05 should lie near .05, and no higher. Then the latest period doubled, and with a lasting rise: power. Then
SERIES_OF_CHANGES (200): the share of quiet series with a change point, and of series whose rate doubles in the middle
the share with one within a tenth of the length. A JSON line each.
"""

from __future__ import annotations

import json
import sys
import time

import numpy as np
from numpy.random import Generator

from vedette.analysis.change_points import MIN_PERIODS, steps_of
from vedette.analysis.predictive import look_ahead
from vedette.analysis.significance import benjamini_hochberg

LEVEL = 0.05
COVERAGE_SHAPE = 4.0


def drawn(rng: Generator, mean: float, exposure: np.ndarray, dispersion: float, times: np.ndarray | float = 1.0):
    """Counts around ``mean * exposure * times``."""
    means = mean * exposure * times
    drift = rng.gamma(1 / dispersion, dispersion, means.shape) if dispersion else 1.0
    return rng.poisson(means * drift)


def latest(n_series: int, n_past: int, mean: float, dispersion: float) -> dict[str, object]:
    """Shares with p <= .05 where nothing happens, with the latest rate doubled and tripled."""
    rng = np.random.default_rng([n_past, int(10 * mean), int(10 * dispersion)])
    exposure = rng.gamma(COVERAGE_SHAPE, 1 / COVERAGE_SHAPE, (n_series, n_past + 1))
    counts = drawn(rng, mean, exposure, dispersion)
    made = look_ahead(counts, exposure)
    found: dict[str, object] = {
        "past": n_past,
        "mean": mean,
        "dispersion": dispersion,
        "series": n_series,
        "p_le_05": float((made.p <= LEVEL).mean()),
        "q_le_05": float((benjamini_hochberg(made.p) <= LEVEL).mean()),
        "within_range": float(((counts[:, -1] >= made.low) & (counts[:, -1] <= made.high)).mean()),
    }
    for times in (2.0, 3.0):
        counts[:, -1] = drawn(rng, mean, exposure[:, -1], dispersion, times)
        risen = look_ahead(counts, exposure)
        found[f"power_{times:g}"] = float((risen.p <= LEVEL).mean())
        found[f"ratio_in_interval_{times:g}"] = float(((risen.ratio_low <= times) & (risen.ratio_high >= times)).mean())
    return found


def changes(n_series: int, n: int, mean: float, dispersion: float) -> dict[str, object]:
    """Shares of series with a change point, quiet and doubled in the middle."""
    rng = np.random.default_rng([n, int(10 * mean), int(10 * dispersion), 1])
    n_alarms = n_found = 0
    near = max(MIN_PERIODS, n // 10)
    doubled = np.where(np.arange(n) < n // 2, 1.0, 2.0)
    for _ in range(n_series):
        exposure = rng.gamma(COVERAGE_SHAPE, 1 / COVERAGE_SHAPE, n)
        n_alarms += bool(steps_of(drawn(rng, mean, exposure, dispersion), exposure))
        steps = steps_of(drawn(rng, mean, exposure, dispersion, doubled), exposure)
        n_found += any(abs(step.at - n // 2) <= near for step in steps)
    return {
        "periods": n,
        "mean": mean,
        "dispersion": dispersion,
        "series": n_series,
        "change_point_in_quiet": n_alarms / n_series,
        "doubling_found": n_found / n_series,
    }


def main() -> None:
    n_latest = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    n_changes = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    started = time.process_time()
    for n_past in (12, 52):
        for mean in (1.0, 5.0, 30.0):
            for dispersion in (0.0, 0.3, 1.0):
                print(json.dumps(latest(n_latest, n_past, mean, dispersion)), flush=True)
    for n in (26, 52):
        for mean in (1.0, 5.0, 30.0):
            for dispersion in (0.0, 0.3, 1.0):
                print(json.dumps(changes(n_changes, n, mean, dispersion)), flush=True)
    print(f"{time.process_time() - started:.0f} CPU seconds", file=sys.stderr)


if __name__ == "__main__":
    main()
