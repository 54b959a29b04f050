"""Mann-Kendall: does a series rise or fall, whatever its form; many series at once."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from vedette.analysis.significance import two_sided_p

__all__ = ["Trend", "mann_kendall"]

# Values worked on at a time: their ranks are a megabyte, so that they stay in the cache.
VALUES_AT_ONCE = 500_000

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class Trend(NamedTuple):
    """For each series, ``(n_series,)``: `s`, pairs that rise less pairs that fall; Kendall's `tau` as S over the
    number of pairs; `z` with the continuity correction; `p` two-sided."""

    s: Ints
    tau: Floats
    z: Floats
    p: Floats


def mann_kendall(series: Floats) -> Trend:
    """Test each row of `series`, ``(n_series, n_times)`` in order of time, without nan, for a monotonic trend.

    Null: the values of a series are independent and alike distributed; values that hang together in time, as
    overlapping windows do, give too small a p. Variance with ties; normal approximation, good from ten values on.
    Cost: ``n_series * n_times ** 2``, in ranks of one byte.
    Source: Mann 1945; Kendall 1975.
    """
    n_series, n = series.shape
    s, variance = np.zeros(n_series, dtype=np.int64), np.zeros(n_series)
    step = max(1, VALUES_AT_ONCE // max(n, 1))
    for start in range(0, n_series, step):
        part = slice(start, start + step)
        ranks = _ranks(series[part])
        s[part] = _rises_less_falls(ranks)
        variance[part] = (n * (n - 1) * (2 * n + 5) - _ties(ranks)) / 18
    z = np.divide(s - np.sign(s), np.sqrt(variance), out=np.zeros(n_series), where=variance > 0)
    return Trend(s, s / max(n * (n - 1) / 2, 1), z, two_sided_p(z))


def _ranks(series: Floats) -> Ints:
    """Dense ranks of each row, from 0; equal values share one."""
    order = np.argsort(series, axis=1)
    ordered = np.take_along_axis(series, order, axis=1)
    steps = np.zeros(series.shape, dtype=np.int64)
    np.cumsum(ordered[:, 1:] > ordered[:, :-1], axis=1, out=steps[:, 1:])
    ranks = np.empty_like(steps)
    np.put_along_axis(ranks, order, steps, axis=1)
    return ranks


def _rises_less_falls(ranks: Ints) -> Ints:
    """S of each row. A number of pairs at one lag is below the length, so that it fits the type of the ranks."""
    n = ranks.shape[1]
    kind = np.int8 if n <= np.iinfo(np.int8).max else np.int32
    times: NDArray[Any] = np.ascontiguousarray(ranks.T, dtype=kind)
    s = np.zeros(len(ranks), dtype=np.int64)
    for lag in range(1, n):
        late, early = times[lag:], times[:-lag]
        for is_more, sign in ((late > early, 1), (late < early, -1)):
            s += sign * np.add.reduce(is_more.view(np.int8), axis=0, dtype=kind)
    return s


def _ties(ranks: Ints) -> Ints:
    """Sum over groups of equal values of t (t - 1) (2 t + 5), by row."""
    n_rows, n = ranks.shape
    cells = (ranks + np.arange(n_rows)[:, None] * n).ravel()
    t = np.bincount(cells, minlength=n_rows * n).reshape(n_rows, n)
    return np.asarray((t * (t - 1) * (2 * t + 5)).sum(axis=1))
