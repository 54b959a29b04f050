"""Load the actor tables of the package and the user's own, and refuse what cannot hold."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Literal

import msgspec

from vedette.coding.actor_words import key_of_row
from vedette.coding.actors import ActorTable, Known, make_table
from vedette.errors import BadData
from vedette.lookups.rows import read_rows
from vedette.ontology import INTERNATIONAL, SECTORS
from vedette.toml_lines import line_of

__all__ = ["load_actor_table"]

COUNTRY_COLUMNS = ["iso3", "names", "demonyms", "capitals and other words for the government"]
REGION_COLUMNS = ["iso3", "provinces and cities"]
GROUP_COLUMNS = ["name", "country", "sectors", "aliases"]
CITY_COLUMNS = ["iso3", "cities"]
PEOPLE_COLUMNS = ["name", "country", "sectors", "role", "from", "to"]
YEARS_COLUMNS = ["group", "sectors", "from", "to"]
# ISO 3166 codes that countries.csv has no names for: territories, whose words would too often mean something else.
TERRITORIES = frozenset(
    "ABW AIA ALA ASM ATA ATF BES BLM BMU BVT CCK COK CUW CXR CYM FLK FRO GGY GIB GLP GUF GUM HMD IMN IOT JEY MAF MNP "
    "MSR MTQ MYT NCL NFK NIU PCN PYF REU SGS SHN SJM SPM SXM TCA TKL UMI VGB VIR WLF".split()
)


class _Sector(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    code: str
    people: str = ""
    bodies: str = ""
    adjectives: str = ""


class _Roles(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    sector: list[_Sector]


def load_actor_table(overlay: Path | None = None) -> ActorTable:
    """Load countries, groups, people and roles; `overlay` is a file like `groups.csv` that wins over ours.

    Raises:
        BadData: a row is malformed, or two groups of a file share a name; the message names file, line and mend.
    """
    known: list[Known] = []
    countries = set(TERRITORIES)
    for n, (iso3, names, demonyms, metonyms) in _ours("countries.csv", COUNTRY_COLUMNS):
        if len(iso3) != 3 or not iso3.isalpha() or not iso3.isupper() or iso3 in countries:
            raise BadData("countries.csv", f"line {n}", f"{iso3!r} is no ISO 3166 alpha-3 code, or stands here twice")
        countries.add(iso3)
        listed = names.split(";")
        known += [Known("country", words, listed[0], iso3, ()) for words in listed]
        known += [Known("demonym", words, listed[0], iso3, ()) for words in demonyms.split(";") if words]
        known += [Known("capital", words, listed[0], iso3, ("GOV",)) for words in metonyms.split(";") if words]
    for file, columns in (("cities.csv", CITY_COLUMNS), ("regions.csv", REGION_COLUMNS)):
        for n, (iso3, names) in _ours(file, columns):
            _check_country(file, n, iso3, countries)
            known += [Known("region", words, words, iso3, ()) for words in names.split(";") if words]
    known += _in_their_years(list(_groups("groups.csv", _text("groups.csv"), countries)))
    if overlay is not None:
        known += _groups(str(overlay), _own(overlay), countries)
    known += _people("people.csv", countries)
    known += [person._replace(is_minor=True) for person in _people("officials.csv", countries)]
    known += _roles()
    return make_table(known, _first_names())


def _first_names() -> dict[str, str]:
    file = "first_names.csv"
    sexes: dict[str, str] = {}
    for n, (name, sex) in _ours(file, ["name", "sex"]):
        if sex not in ("m", "f"):
            raise BadData(file, f"line {n}", f"sex {sex!r} is none of m, f")
        if name in sexes:
            raise BadData(file, f"line {n}", f"{name!r} has a row above: take one of them out")
        sexes[name] = sex
    return sexes


def _people(file: str, countries: set[str]) -> Iterator[Known]:
    seen: set[tuple[str, ...]] = set()
    for n, row in _ours(file, PEOPLE_COLUMNS):
        name, country, sectors, role, start, end = row
        _check_country(file, n, country, countries)
        if tuple(row) in seen:
            raise BadData(file, f"line {n}", f"{name!r} has this office in a row above: take one of them out")
        seen.add(tuple(row))
        years = _years(file, n, start, end)
        yield Known("person", name, name, country, _sectors(file, n, sectors), role or None, years)


def _in_their_years(groups: list[Known]) -> Iterator[Known]:
    """Groups with what they were in years of which `groups.csv` does not hold."""
    file = "group_years.csv"
    by_name = {known.name: known for known in groups if known.words == known.name}
    others: dict[str, tuple[Known, ...]] = {}
    for n, (name, sectors, start, end) in _ours(file, YEARS_COLUMNS):
        if name not in by_name:
            raise BadData(file, f"line {n}", f"{name!r} is no first name of groups.csv")
        years = _years(file, n, start, end)
        listed = others.get(name, ())
        if any(k.years[0] <= years[1] and years[0] <= k.years[1] for k in listed):
            raise BadData(file, f"line {n}", f"the years of {name!r} meet those of a row above")
        others[name] = (*listed, by_name[name]._replace(sectors=_sectors(file, n, sectors), years=years))
    for known in groups:
        yield known._replace(others=others[known.name]) if known.name in others else known


def _groups(file: str, text: str, countries: set[str]) -> Iterator[Known]:
    """Rows of groups by each of their words; no two groups of a file may be called the same."""
    owners: dict[str, str] = {}
    names: set[str] = set()
    for n, (name, country, sectors, aliases) in read_rows(file, text, GROUP_COLUMNS):
        if not name:
            raise BadData(file, f"line {n}", "the group has no name")
        if name in names:
            raise BadData(file, f"line {n}", f"{name!r} has a row above: put its aliases there")
        names.add(name)
        _check_country(file, n, country, countries)
        codes = _sectors(file, n, sectors)
        listed = [name, *(words.strip() for words in aliases.split(";") if words.strip())]
        if len(set(listed)) < len(listed):
            raise BadData(file, f"line {n}", f"{name!r} has an alias twice: leave one out")
        for words in listed:
            key = key_of_row(words)
            if not key:
                raise BadData(file, f"line {n}", f"{words!r} holds no word")
            if owners.setdefault(key, name) != name:
                raise BadData(file, f"line {n}", f"{words!r} also means {owners[key]!r}: leave it to one of them")
            yield Known("group", words, name, country, codes)


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
        codes = tuple(entry.code.split(";"))
        if unknown := set(codes) - SECTORS:
            raise BadData(
                file, where, f"unknown sector {sorted(unknown)[0]!r}: use one of {', '.join(sorted(SECTORS))}"
            )
        listings: tuple[tuple[Literal["role", "body", "adjective"], str], ...] = (
            ("role", entry.people),
            ("body", entry.bodies),
            ("adjective", entry.adjectives),
        )
        for kind, listed in listings:
            for words in (w.strip() for w in listed.replace("\n", "").split(";")):
                if not words:
                    continue
                if (kind, words) in seen:
                    before = f"sector {seen[kind, words]}"
                    raise BadData(file, where, f"{words!r} stands already in {before}: take one of them out")
                seen[kind, words] = n
                yield Known(kind, words, words, None, codes)


def _ours(file: str, columns: list[str]) -> Iterator[tuple[int, list[str]]]:
    return read_rows(file, _text(file), columns)


def _own(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")  # spreadsheets write a byte order mark
    except (OSError, UnicodeDecodeError) as error:
        raise BadData(str(path), "file", f"cannot be read: {error}") from error


def _text(file: str) -> str:
    return (files("vedette") / "data" / "actors" / file).read_text(encoding="utf-8")


def _check_country(file: str, line: int, code: str, countries: set[str]) -> None:
    if code not in countries and code not in INTERNATIONAL and code != "UNK":
        raise BadData(
            file, f"line {line}", f"{code!r} is no ISO 3166 alpha-3 code (or {', '.join(sorted(INTERNATIONAL))})"
        )


def _sectors(file: str, line: int, cell: str) -> tuple[str, ...]:
    codes = tuple(code.strip() for code in cell.split(";"))
    if unknown := set(codes) - SECTORS:
        raise BadData(file, f"line {line}", f"unknown sectors {sorted(unknown)}: see plover.toml")
    return codes


def _years(file: str, line: int, start: str, end: str) -> tuple[int, int]:
    first, last = _year(file, line, start, 0), _year(file, line, end, 9999)
    if first > last:
        raise BadData(file, f"line {line}", f"{start} lies after {end}")
    return first, last


def _year(file: str, line: int, cell: str, open_end: int) -> int:
    if not cell:
        return open_end
    if not (cell.isdigit() and len(cell) == 4):
        raise BadData(file, f"line {line}", f"{cell!r} is no year")
    return int(cell)
