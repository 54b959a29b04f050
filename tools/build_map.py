"""Make src/vedette/data/map/world.json.gz: country and province outlines for the report's map.

Natural Earth (public domain), as packed in Debian's `qgis-common` (world_map.gpkg). Rings are simplified by
Douglas and Peucker's method and rounded to 0.01 degrees (provinces) or 0.02 (countries); islands too small to see
are left out. Shape: {"countries": [[iso3, name, [ring, ...]], ...], "provinces": [[iso3, name, [ring, ...]], ...]},
a ring being [lon, lat, lon, lat, ...] in hundredths of a degree, each after the first as a difference.
Run: python tools/build_map.py (needs the package qgis-common installed)
"""

from __future__ import annotations

import gzip
import json
import sqlite3
import struct
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path("/usr/share/qgis/resources/data/world_map.gpkg")
OUT = Path(__file__).resolve().parents[1] / "src" / "vedette" / "data" / "map" / "world.json.gz"

Ring = list[tuple[float, float]]


def rings(blob: bytes) -> Iterator[Ring]:
    """Outer rings of a GeoPackage multipolygon."""
    flags = blob[3]
    envelope = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}[(flags >> 1) & 7]
    at = 8 + envelope
    yield from _wkb(blob, at)[0]


def _wkb(blob: bytes, at: int) -> tuple[list[Ring], int]:
    order = "<" if blob[at] == 1 else ">"
    kind = struct.unpack_from(order + "I", blob, at + 1)[0] % 1000
    n = struct.unpack_from(order + "I", blob, at + 5)[0]
    at += 9
    found: list[Ring] = []
    if kind == 6:
        for _ in range(n):
            more, at = _wkb(blob, at)
            found.extend(more)
        return found, at
    for k in range(n):
        m = struct.unpack_from(order + "I", blob, at)[0]
        at += 4
        values = struct.unpack_from(order + f"{2 * m}d", blob, at)
        at += 16 * m
        if k == 0:
            found.append(list(zip(values[::2], values[1::2], strict=True)))
    return found, at


def simplified(ring: Ring, tolerance: float) -> Ring:
    keep = [False] * len(ring)
    keep[0] = keep[-1] = True
    stack = [(0, len(ring) - 1)]
    if len(ring) > 3:  # a closed ring: split it at its farthest point
        x, y = ring[0]
        far = max(range(len(ring)), key=lambda k: (ring[k][0] - x) ** 2 + (ring[k][1] - y) ** 2)
        keep[far] = True
        stack = [(0, far), (far, len(ring) - 1)]
    while stack:
        a, b = stack.pop()
        (x1, y1), (x2, y2) = ring[a], ring[b]
        dx, dy = x2 - x1, y2 - y1
        length = (dx * dx + dy * dy) ** 0.5 or 1e-12
        best, at = tolerance, None
        for k in range(a + 1, b):
            d = abs(dy * (ring[k][0] - x1) - dx * (ring[k][1] - y1)) / length
            if d > best:
                best, at = d, k
        if at is not None:
            keep[at] = True
            stack += [(a, at), (at, b)]
    return [p for p, k in zip(ring, keep, strict=True) if k]


def packed(ring: Ring) -> list[int]:
    out, last = [], (0, 0)
    for x, y in ring:
        now = (round(x * 100), round(y * 100))
        if out and now == last:
            continue
        out += [now[0] - last[0], now[1] - last[1]] if out else [now[0], now[1]]
        last = now
    return out


def size(ring: Ring) -> float:
    xs, ys = [p[0] for p in ring], [p[1] for p in ring]
    return (max(xs) - min(xs)) * (max(ys) - min(ys))


def layer(rows: list[tuple[str, str, bytes]], tolerance: float, least: float) -> list[list[object]]:
    found: list[list[object]] = []
    for iso3, name, blob in rows:
        parts = sorted(rings(blob), key=size, reverse=True)
        kept = [parts[0], *[r for r in parts[1:] if size(r) > least]]
        lines = [packed(simplified(r, tolerance)) for r in kept]
        found.append([iso3, name, [line for line in lines if len(line) >= 6]])
    return found


def main() -> None:
    with sqlite3.connect(SOURCE) as db:
        countries = db.execute("SELECT ISO_A3, NAME, geom FROM countries ORDER BY NAME").fetchall()
        provinces = db.execute("SELECT adm0_a3, name, geom FROM states_provinces ORDER BY adm0_a3, name").fetchall()
    made = {
        "countries": layer(countries, 0.03, 0.02),
        "provinces": layer([(a or "", n or "", g) for a, n, g in provinces], 0.03, 0.03),
    }
    OUT.parent.mkdir(parents=True, exist_ok=True)
    raw = json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode()
    OUT.write_bytes(gzip.compress(raw, 9, mtime=0))
    print(f"{len(made['countries'])} countries, {len(made['provinces'])} provinces; {OUT.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
