"""Documents with what is known across them, as those who count are given it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from vedette.records import Coded, Resolution

__all__ = ["Known"]


class Known(NamedTuple):
    """Documents and what is known across them; `origin_of` as in `streams.units_of`."""

    coded: Sequence[Coded]
    resolution: Resolution
    origin_of: Mapping[tuple[str, str], str]
