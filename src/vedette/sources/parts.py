"""What a format's reader gives: the text of one report and what its metadata say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from vedette.records import Skipped

__all__ = ["Part", "Parts"]


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One report inside a file; `row` numbers it where the file holds several."""

    text: str
    title: str | None = None
    published: date | None = None
    outlet: str | None = None
    url: str | None = None
    byline: str | None = None
    language: str | None = None
    id: str | None = None
    row: int | None = None
    encoding: str | None = None


class SkippedPart(msgspec.Struct, frozen=True, kw_only=True):
    """One row of a file that holds no report."""

    skipped: Skipped
    row: int


Parts = Iterator[Part | SkippedPart | Skipped]
