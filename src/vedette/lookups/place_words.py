"""Words that point to places without being their names: of their people, and of outlets that sit there.

Read when the index is built; each function yields keys with the id of a place that is in the index already.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from importlib.resources import files
from urllib.parse import urlsplit

from vedette.lookups.actors import COUNTRY_COLUMNS
from vedette.lookups.rows import read_rows

__all__ = ["NO_COUNTRY", "host_of", "outlet_homes", "people_words"]

# People of a part of the United Kingdom, in demonyms.csv.
HOME_NATIONS = frozenset({"English", "Scottish", "Welsh", "Englishman"})
# Shorter words in the table of countries are abbreviations of their names.
SHORTEST = 3
# Domains of countries that anybody uses.
NO_COUNTRY = frozenset("co io tv me ai fm ly gl to cc ws la eu am im is gg sh st".split())
DEMONYM_COLUMNS = ["words", "place", "country", "precision"]
OUTLET_COLUMNS = ["outlets", "place", "code"]
Fold = Callable[[str], str]


def people_words(db: sqlite3.Connection, fold: Fold) -> Iterator[tuple[str, int]]:
    """Words for the people of a place ("Afghan", "Texans"), each with the place's id."""
    ids = dict(db.execute("SELECT country, id FROM place WHERE precision = 'country'"))
    for iso3, _, demonyms, _ in _rows("actors", "countries.csv", COUNTRY_COLUMNS):
        words = [w for w in demonyms.split(";") if w.isalpha() or " " in w]
        for word in words if iso3 in ids else ():
            if len(word) > SHORTEST and word not in HOME_NATIONS:
                yield fold(word), ids[iso3]
                yield fold(word + "s"), ids[iso3]
    for people, place, country, precision in _rows("places", "demonyms.csv", DEMONYM_COLUMNS):
        found = db.execute(
            "SELECT p.id FROM name n JOIN place p ON p.id = n.place WHERE n.key = ? AND p.precision = ? "
            "AND p.country IS ? ORDER BY n.is_alternate, p.population DESC LIMIT 1",
            (fold(place), precision, country or None),
        ).fetchone()
        if found is not None:
            for word in people.split(";"):
                yield fold(word), found[0]


def outlet_homes(db: sqlite3.Connection, fold: Fold) -> Iterator[tuple[str, str, int]]:
    """The name of an outlet's site, its country's domain, and the id of the town it sits in."""
    for outlets, place, code in _rows("places", "outlets.csv", OUTLET_COLUMNS):
        found = db.execute(
            "SELECT p.id FROM name n JOIN place p ON p.id = n.place WHERE n.key = ? AND p.precision = 'settlement' "
            "AND (p.code = ? OR p.code LIKE ? || '.%') ORDER BY n.is_alternate, p.population DESC LIMIT 1",
            (fold(place), code, code),
        ).fetchone()
        if found is not None:
            domain = code.split(".")[0].lower().replace("gb", "uk")
            for key in outlets.split(";"):
                yield key, domain, found[0]


def host_of(outlet: str | None, url: str | None) -> tuple[str, str] | None:
    """The name of an outlet's site and its last domain, from its address or from a name that is one.

    >>> host_of("www.example.co.uk", None), host_of("The Herald", None)
    (('example', 'uk'), None)
    """
    for address in (url, outlet):
        if not address or " " in address.strip():
            continue
        try:
            host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
        except ValueError:
            continue
        parts = host.split(".")
        if len(parts) < 2 or not parts[-1].isalpha():
            continue
        outer = 2 if len(parts) > 2 and len(parts[-1]) == 2 and len(parts[-2]) <= 3 else 1
        return parts[-1 - outer], parts[-1]
    return None


def _rows(folder: str, name: str, columns: Sequence[str]) -> Iterator[list[str]]:
    text = (files("vedette") / "data" / folder / name).read_text(encoding="utf-8")
    return (row for _, row in read_rows(name, text, columns))
