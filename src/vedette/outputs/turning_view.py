"""What the report shows of hotspots and trends, as records: made by `report_turning`, written out by templates."""

from __future__ import annotations

import msgspec

__all__ = ["HotspotsView", "TrendView", "TrendsView", "TurningView", "ZoneCard", "ZoneCellRow"]


class ZoneCellRow(msgspec.Struct, frozen=True):
    """A cell of a zone, numbers as printed."""

    name: str
    observed: str
    expected: str
    reports: str
    usual: str


class ZoneCard(msgspec.Struct, frozen=True, kw_only=True):
    """A zone: `claims` as id, words and whether the page has the claim; `n_more` further ones."""

    number: int
    name: str
    days: str
    told: str
    verdict: str
    chance: str
    counts_svg: str
    coverage_svg: str
    coverage: str
    cells: tuple[ZoneCellRow, ...]
    claims: tuple[tuple[str, str, bool], ...]
    n_claims: int
    n_more: int


class HotspotsView(msgspec.Struct, frozen=True, kw_only=True):
    """The map, where something stands out; `none_words`: why there is no zone."""

    gist: str
    map_svg: str | None
    key: tuple[tuple[str, str], ...]
    off_map: tuple[str, ...]
    zones: tuple[ZoneCard, ...]
    none_words: str
    left_out: str


class TrendView(msgspec.Struct, frozen=True):
    """One series: its drawing, and the same in words, a sentence each."""

    svg: str
    words: tuple[str, ...]


class TrendsView(msgspec.Struct, frozen=True):
    """The series of one kind; `n_more`: those not drawn."""

    title: str
    gist: str
    series: tuple[TrendView, ...]
    n_more: int


class TurningView(msgspec.Struct, frozen=True):
    """Hotspots and trends; `too_few`: one line for those of which there is too little to tell."""

    hotspots: HotspotsView | None = None
    trends: tuple[TrendsView, ...] = ()
    trends_key: str = ""
    too_few: str = ""
