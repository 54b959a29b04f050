"""What a reader is told: limits, and names of columns."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import msgspec

__all__ = ["ReadOptions"]


class ReadOptions(msgspec.Struct, frozen=True, kw_only=True):
    """Limits and column names.

    `max_bytes`: larger files (JSON Lines and CSV apart, which are read line by line) are skipped, "too long".
    `max_chars`: longer texts are skipped. `max_line`: longer lines of a table are skipped; a text of `max_chars` fits
    in, even all in escapes. `columns`: names of the columns that hold "text", "title", "published",
    "outlet", "url", "id", "byline"; those not named are guessed.
    """

    max_bytes: int = 50_000_000
    max_chars: int = 1_000_000
    max_line: int = 16_000_000
    columns: Mapping[str, str] = MappingProxyType({})
