"""What a scan found, with names and days: the records of `vedette scan` and of its JSON."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from vedette.analysis.periods import Unit

__all__ = ["FoundCluster", "Member", "Model", "ScanReport", "relative_risk"]

Model = Literal["permutation", "poisson", "expectation", "bernoulli"]


class Member(msgspec.Struct, frozen=True):
    """A place of a cluster over the cluster's days; `relative_risk` None: not to be told."""

    place: str
    observed: int
    expected: float
    relative_risk: float | None


class FoundCluster(msgspec.Struct, frozen=True):
    """A cluster: `start` and `end` are its first and last day, both within it; the nearest place comes first.

    `relative_risk`: of the model poisson the rate within over the rate without, of others observed over expected;
    None where there is no case without. `statistic`: log-likelihood ratio. `recurrence_days`: how often a cluster
    this strong is to be seen where nothing happens, one look a period; None in a retrospective scan.
    """

    places: tuple[str, ...]
    start: date
    end: date
    observed: int
    expected: float
    relative_risk: float | None
    statistic: float
    p: float | None
    gumbel_p: float | None
    recurrence_days: float | None
    radius_km: float
    members: tuple[Member, ...]


class ScanReport(msgspec.Struct, frozen=True, kw_only=True):
    """What was scanned and found; clusters share no place and stand by their strength.

    `n_screened`: around how many places windows were looked at, chosen by Gi*; None: around all, as circles.
    """

    clusters: tuple[FoundCluster, ...]
    model: Model
    retrospective: bool
    time_unit: Unit
    start: date
    end: date
    n_places: int
    n_periods: int
    n_cases: int
    n_windows: int
    n_replications: int
    max_periods: int
    seed: int
    n_screened: int | None = None


def relative_risk(observed: int, expected: float, total: int | None) -> float | None:
    """Rate within over rate without where the `total` is fixed, else observed over expected; None: no denominator."""
    if expected <= 0:
        return None
    if total is None:
        return observed / expected
    if observed >= total:
        return None
    return (observed / expected) / ((total - observed) / (total - expected))
