"""Load the actor tables of the package and the user's own."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Literal

import msgspec

from vedette.coding.actors import ActorTable, Known, make_table
from vedette.errors import BadData
from vedette.ontology import SECTORS
from vedette.toml_lines import line_of

__all__ = ["load_actor_table"]

COUNTRY_COLUMNS = ["iso3", "names", "demonyms", "capitals and other words for the government"]
GROUP_COLUMNS = ["name", "country", "sectors", "aliases"]
PEOPLE_COLUMNS = ["name", "country", "sectors", "role", "from", "to"]


class _Sector(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    code: str
    people: str = ""
    bodies: str = ""


class _Roles(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    sector: list[_Sector]


def load_actor_table(overlay: Path | None = None) -> ActorTable:
    """Load countries, groups, people and roles; `overlay` is a file like `groups.csv` that wins over ours.

    Raises:
        BadData: a row is malformed; the message names file, line and mend.
    """
    known: list[Known] = []
    seen: dict[tuple[str, ...], int] = {}
    for file, line, row in _rows("countries.csv", COUNTRY_COLUMNS):
        iso3, names, demonyms, metonyms = row
        _check_country(file, line, iso3)
        _refuse_double(seen, (file, iso3), line)
        listed = names.split(";")
        known += [Known("country", words, listed[0], iso3, ()) for words in listed]
        known += [Known("demonym", words, listed[0], iso3, ()) for words in demonyms.split(";") if words]
        known += [Known("capital", words, listed[0], iso3, ("GOV",)) for words in metonyms.split(";") if words]
    for file, line, row in [*_rows("groups.csv", GROUP_COLUMNS), *(_overlay(overlay) if overlay else [])]:
        name, country, sectors, aliases = row
        _check_country(file, line, country)
        if not name:
            raise BadData(file, f"line {line}", "a group without a name")
        _refuse_double(seen, (file, name), line)
        known += [
            Known("group", words.strip(), name, country, _sectors(file, line, sectors))
            for words in (name, *aliases.split(";"))
            if words.strip()
        ]
    for file, line, (name, country, sectors, role, start, end) in _rows("people.csv", PEOPLE_COLUMNS):
        _check_country(file, line, country)
        years = (_year(file, line, start) or 0, _year(file, line, end) or 9999)
        if not name or years[0] > years[1]:
            raise BadData(file, f"line {line}", f"{start!r} lies after {end!r}" if name else "a person without a name")
        _refuse_double(seen, (file, name, start), line)
        known.append(Known("person", name, name, country, _sectors(file, line, sectors), role or None, years))
    known += _roles()
    first_names: dict[str, str] = {}
    for file, line, (name, sex) in _rows("first_names.csv", ["name", "sex"]):
        if sex not in ("m", "f"):
            raise BadData(file, f"line {line}", f"sex {sex!r} is none of m, f")
        _refuse_double(seen, (file, name), line)
        first_names[name] = sex
    return make_table(known, first_names)


def _roles() -> Iterator[Known]:
    file = "roles.toml"
    text = _text(file)
    try:
        yield from _parse_roles(msgspec.convert(tomllib.loads(text), _Roles), file)
    except tomllib.TOMLDecodeError as error:
        raise BadData(file, "syntax", str(error)) from error
    except msgspec.ValidationError as error:
        line = line_of(text, "top level", str(error))
        raise BadData(file, f"line {line}" if line else "top level", str(error)) from error
    except BadData as error:
        line = line_of(text, error.where, error.reason)
        raise error.at(line) if line else error from error


def _parse_roles(read: _Roles, file: str) -> Iterator[Known]:
    seen: dict[tuple[str, str], int] = {}
    for n, entry in enumerate(read.sector, 1):
        where = f"sector {n} ({entry.code})"
        if entry.code not in SECTORS:
            raise BadData(file, where, f"unknown sector {entry.code!r}: use one of {', '.join(sorted(SECTORS))}")
        listings: tuple[tuple[Literal["role", "body"], str], ...] = (("role", entry.people), ("body", entry.bodies))
        for kind, listed in listings:
            for words in (w.strip() for w in listed.replace("\n", "").split(";")):
                if not words:
                    continue
                if (kind, words) in seen:
                    before = f"sector {seen[kind, words]}"
                    raise BadData(file, where, f"{words!r} stands already in {before}: take one of them out")
                seen[kind, words] = n
                yield Known(kind, words, words, None, (entry.code,))


def _rows(file: str, columns: list[str]) -> Iterator[tuple[str, int, list[str]]]:
    yield from _read(file, _text(file), columns)


def _overlay(path: Path) -> Iterator[tuple[str, int, list[str]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")  # spreadsheets write a byte order mark
    except (OSError, UnicodeDecodeError) as error:
        raise BadData(str(path), "file", f"cannot be read: {error}") from error
    yield from _read(str(path), text, GROUP_COLUMNS)


def _read(file: str, text: str, columns: list[str]) -> Iterator[tuple[str, int, list[str]]]:
    rows = csv.reader(io.StringIO(text), delimiter="|", quoting=csv.QUOTE_NONE)
    for n, row in enumerate(rows, 1):
        if n == 1:
            if row != columns:
                raise BadData(file, "line 1", f"the columns must be {'|'.join(columns)}")
        elif row:
            if len(row) != len(columns):
                raise BadData(file, f"line {n}", f"{len(row)} columns, not {len(columns)}: {'|'.join(columns)}")
            yield file, n, [cell.strip() for cell in row]


def _text(file: str) -> str:
    return (files("vedette") / "data" / "actors" / file).read_text(encoding="utf-8")


def _check_country(file: str, line: int, code: str) -> None:
    if len(code) != 3 or not code.isalpha() or not code.isupper():
        raise BadData(file, f"line {line}", f"{code!r} is no ISO 3166 alpha-3 code (or IGO, NGO, ...)")


def _refuse_double(seen: dict[tuple[str, ...], int], key: tuple[str, ...], line: int) -> None:
    """Refuse a second row of the same key: file, then what names the row."""
    before = seen.setdefault(key, line)
    if before != line:
        raise BadData(key[0], f"line {line}", f"{key[1]!r} stands already in line {before}: take one of them out")


def _sectors(file: str, line: int, cell: str) -> tuple[str, ...]:
    codes = tuple(code.strip() for code in cell.split(";"))
    if unknown := set(codes) - SECTORS:
        raise BadData(file, f"line {line}", f"unknown sectors {sorted(unknown)}: see plover.toml")
    return codes


def _year(file: str, line: int, cell: str) -> int | None:
    if not cell:
        return None
    if not cell.isdigit():
        raise BadData(file, f"line {line}", f"{cell!r} is no year")
    return int(cell)
