"""Tables for the scan statistic: cases by place and date, places, population."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Literal

import msgspec

from vedette.errors import BadRow, InputError
from vedette.sources.csv_cells import read_cells

__all__ = ["CaseRow", "PlaceRow", "PopulationRow", "read_cases", "read_places", "read_population"]

Precision = Literal["day", "month", "year"]
DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ]\d\d:.*)?")
FINEST: dict[str, tuple[Precision, ...]] = {
    "day": ("day",),
    "week": ("day",),
    "month": ("day", "month"),
    "year": ("day", "month", "year"),
}
# The day that stands for a month or a year of a population: its middle, as in SaTScan.
MIDDLE_MONTH, MIDDLE_DAY = 7, 15
MAX_COUNT = 10**9


class CaseRow(msgspec.Struct, frozen=True):
    """`count` cases at `place` on `day` (the first day of the month or year that the file names), from this line.

    `stratum`: what the columns of the strata say, in their order.
    """

    place: str
    day: date
    count: int
    line: int
    stratum: tuple[str, ...] = ()


class PlaceRow(msgspec.Struct, frozen=True):
    """A place, WGS 84 degrees."""

    place: str
    lat: float
    lon: float


class PopulationRow(msgspec.Struct, frozen=True):
    """The exposure of a place on a day: people, or reports; `stratum` as in `CaseRow`."""

    place: str
    day: date
    population: float
    stratum: tuple[str, ...] = ()


def read_places(path: Path) -> list[PlaceRow]:
    """Read places; each name once.

    Raises:
        NotFound, UnreadableSource, BadRow: no such file; it is no table; a line of it breaks the rules above.
    """
    found: dict[str, PlaceRow] = {}
    for line, row in _rows(path, ("place", "lat", "lon")):
        name = _name(path, line, row)
        if name in found:
            raise BadRow(str(path), line, f"the place {name!r} stands here a second time: leave one")
        lat = _number(path, line, row, "lat", lambda x: abs(x) <= 90, "degrees from -90 to 90")
        lon = _number(path, line, row, "lon", lambda x: abs(x) <= 180, "degrees from -180 to 180")
        found[name] = PlaceRow(name, lat, lon)
    if not found:
        raise InputError(f"{path} holds no place: give a line place,lat,lon for each")
    return list(found.values())


def read_cases(path: Path, unit: str, strata: Sequence[str] = ()) -> Iterator[CaseRow]:
    """Yield cases; a count of 0 is a row like others, and several rows may tell of one place and day.

    `strata`: columns, such as age and sex, that the file has besides. Dates are YYYY-MM-DD; YYYY-MM will do where
    `unit` is month, YYYY where it is year.
    """
    for line, row in _rows(path, ("place", "date", "count", *strata)):
        day, precision = _date(path, line, row["date"])
        if precision not in FINEST[unit]:
            raise BadRow(
                str(path),
                line,
                f"the date {row['date']!r} is coarser than a {unit}: give the day or a longer time unit",
            )
        count = _number(
            path, line, row, "count", lambda x: 0 <= x <= MAX_COUNT and x == int(x), "a whole number, 0 or more"
        )
        yield CaseRow(_name(path, line, row), day, int(count), line, _stratum(path, line, row, strata))


def read_population(path: Path, strata: Sequence[str] = ()) -> Iterator[PopulationRow]:
    """Yield exposures; YYYY stands for the first of July, YYYY-MM for the 15th; `strata` as in `read_cases`."""
    for line, row in _rows(path, ("place", "date", "population", *strata)):
        day, precision = _date(path, line, row["date"])
        if precision == "year":
            day = day.replace(month=MIDDLE_MONTH)
        elif precision == "month":
            day = day.replace(day=MIDDLE_DAY)
        population = _number(path, line, row, "population", lambda x: x >= 0, "a number, 0 or more")
        yield PopulationRow(_name(path, line, row), day, population, _stratum(path, line, row, strata))


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows with the number of their last line; cells stripped, columns by their name in any case."""
    found = read_cells(path)
    _, header = next(found)
    if missing := [name for name in columns if name not in header]:
        has = f"its first line is {', '.join(header)[:80]!r}" if header else "it is empty"
        raise BadRow(str(path), 1, f"no column {missing[0]!r}: it needs {','.join(columns)}, but {has}")
    at = [header.index(name) for name in columns]
    for line, cells in found:
        if len(cells) <= max(at):
            raise BadRow(str(path), line, f"{len(cells)} cells where {len(header)} are needed")
        yield line, {name: cells[i] for name, i in zip(columns, at, strict=True)}


def _name(path: Path, line: int, row: dict[str, str]) -> str:
    if not row["place"]:
        raise BadRow(str(path), line, "no place: give its name as in the table of places")
    return row["place"]


def _stratum(path: Path, line: int, row: dict[str, str], strata: Sequence[str]) -> tuple[str, ...]:
    values = tuple(row[name] for name in strata)
    if "" in values:
        raise BadRow(
            str(path), line, f"no {strata[values.index('')]}: give every row its stratum, or leave out --strata"
        )
    return values


def _number(
    path: Path, line: int, row: dict[str, str], key: str, is_right: Callable[[float], bool], wanted: str
) -> float:
    try:
        value = float(row[key])
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or not is_right(value):
        raise BadRow(str(path), line, f"{key} is {row[key][:40]!r}: give {wanted}")
    return value


def _date(path: Path, line: int, words: str) -> tuple[date, Precision]:
    match = DATE.fullmatch(words)
    try:
        if match is None:
            raise ValueError
        year, month, day = match.groups()
        precision: Precision = "day" if day else "month" if month else "year"
        return date(int(year), int(month or 1), int(day or 1)), precision
    except ValueError:
        raise BadRow(str(path), line, f"the date is {words[:40]!r}: give YYYY-MM-DD") from None
