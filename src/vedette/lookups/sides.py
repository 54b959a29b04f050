"""Load the tables of parties and sides, and refuse what cannot hold.

`parties.csv`: which organisations belong to which party, `sides.csv`: which parties are opponents or allies; both with
the first and the last day as "2021", "2021-08" or "2021-08-15", empty for no limit. A party is a country's code or the
name of a group in `groups.csv`; members are such names, or a country with a sector ("AFG:GOV").
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from importlib.resources import files
from typing import cast

from vedette.coding.actors import ActorTable
from vedette.coding.parties import SideRow, Sides, Term, make_sides
from vedette.errors import BadData
from vedette.lookups.rows import read_rows
from vedette.ontology import SECTORS

__all__ = ["load_sides", "parse_sides"]

PARTIES = "parties.csv"
SIDES = "sides.csv"
PARTY_COLUMNS = ["party", "kind", "members", "from", "to"]
SIDE_COLUMNS = ["party", "other", "relation", "from", "to", "conflict"]
KINDS = ("state", "armed group", "political group", "bloc", "international body")
RELATIONS = ("opponent", "ally")
DAY = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$")
COUNTRY = re.compile(r"([A-Z]{3}):([A-Z]{3})$")
ONE_DAY = timedelta(days=1)


def load_sides(actors: ActorTable) -> Sides:
    """Load the package's tables; names are checked against `actors`.

    Raises:
        BadData: a row is malformed; the message names file, line and mend.
    """
    folder = files("vedette") / "data" / "actors"
    parties, sides = ((folder / name).read_text(encoding="utf-8") for name in (PARTIES, SIDES))
    return parse_sides(parties, sides, actors)


def parse_sides(parties: str, sides: str, actors: ActorTable) -> Sides:
    """Read both tables from their text.

    Raises:
        BadData: as `load_sides`.
    """
    groups = {k.name: k.sectors for rows in actors.rows.values() for k in rows if k.kind == "group"}
    known = set(groups)
    countries = {k.country for rows in actors.rows.values() for k in rows if k.kind == "country" and k.country}
    terms: list[tuple[str, Term]] = []
    thirds = set()
    for n, (party, kind, members, start, end) in read_rows(PARTIES, parties, PARTY_COLUMNS):
        if kind not in KINDS:
            raise BadData(PARTIES, f"line {n}", f"unknown kind {kind!r}: use one of {', '.join(KINDS)}")
        _check_party(PARTIES, n, party, known, countries)
        if (kind == "state") != (party in countries):
            raise BadData(PARTIES, f"line {n}", f"{party!r}: a state, and only a state, is named by its country's code")
        if kind == "international body":
            thirds.add(party)
        term = Term(party, *_days(PARTIES, n, start, end))
        for member in (m.strip() for m in members.split(";")):
            name, kept = _member(n, member, term, known, countries)
            for other, before in terms:
                shares = not kept.sectors or not before.sectors or kept.sectors & before.sectors
                if other == name and shares and before.start < kept.end and kept.start < before.end:
                    raise BadData(PARTIES, f"line {n}", f"{member!r} is in {before.party!r} in the same years")
            terms.append((name, kept))
    rows: list[tuple[str, str, SideRow]] = []
    for n, (one, other, relation, start, end, conflict) in read_rows(SIDES, sides, SIDE_COLUMNS):
        for party in (one, other):
            _check_party(SIDES, n, party, known, countries)
        if one == other:
            raise BadData(SIDES, f"line {n}", f"{one!r} stands on both sides")
        if relation not in RELATIONS:
            raise BadData(SIDES, f"line {n}", f"unknown relation {relation!r}: use one of {', '.join(RELATIONS)}")
        if not conflict:
            raise BadData(SIDES, f"line {n}", "no conflict is named")
        first, last = _days(SIDES, n, start, end)
        if any({a, b} == {one, other} and r.start < last and first < r.end for a, b, r in rows):
            raise BadData(SIDES, f"line {n}", f"{one!r} and {other!r} have another row in the same years")
        rows.append((one, other, SideRow("ally" if relation == "ally" else "opponent", first, last, conflict)))
    return make_sides(terms, rows, thirds, groups.items())


def _check_party(file: str, line: int, party: str, known: set[str], countries: set[str]) -> None:
    if party not in known and party not in countries:
        raise BadData(file, f"line {line}", f"{party!r} is no country's code and no name in groups.csv: add it there")


def _member(line: int, member: str, term: Term, known: set[str], countries: set[str]) -> tuple[str, Term]:
    """The member's name, or its country's code with a colon, and the term with its sectors."""
    coded = COUNTRY.match(member)
    if coded:
        country, sector = coded.groups()
        if country not in countries or sector not in SECTORS:
            raise BadData(PARTIES, f"line {line}", f"{member!r}: no such country or sector")
        return f"{country}:", term._replace(sectors=frozenset({sector}))
    if member not in known:
        raise BadData(PARTIES, f"line {line}", f"{member!r} is no name in groups.csv: add it there")
    return member, term


def _days(file: str, line: int, start: str, end: str) -> tuple[date, date]:
    """Days ``[start, end)`` of a first and a last year, month or day."""
    first = _first(file, line, start)[0] if start else date.min
    last = _first(file, line, end)[1] if end else date.max
    if first >= last:
        raise BadData(file, f"line {line}", f"{start!r} lies after {end!r}")
    return first, last


def _first(file: str, line: int, cell: str) -> tuple[date, date]:
    """The days ``[start, end)`` that a year, month or day names."""
    match = DAY.match(cell)
    try:
        if match is None:
            raise ValueError("no day")
        year, month, day = (int(x) if x else None for x in match.groups())
        first = date(cast(int, year), month or 1, day or 1)
        if day is not None:
            return first, first + ONE_DAY
        following = first.replace(day=28) + timedelta(days=4) if month else date(first.year, 12, 31) + ONE_DAY
        return first, following.replace(day=1)
    except (ValueError, OverflowError) as error:
        raise BadData(file, f"line {line}", f"{cell!r} is no day: write 2021, 2021-08 or 2021-08-15") from error
