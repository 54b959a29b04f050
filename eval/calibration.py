"""How often places are right by the confidence they were given: a table, and the picture in docs/method.

    python eval/calibration.py [--svg docs/method/places_calibration.svg]

Gold names that we found, of the dev texts of LGL, TR-News and GeoWebNews; right is within 161 km. Only numbers of the
gold sets go into the picture.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from scoring import km
from suites import SHARED, coded, rows

SETS = ("lgl", "tr_news", "geowebnews")
EDGES = (0.0, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 1.0)
NEAR_KM = 161.0
SIDE, MARGIN = 300, 50

Row = dict[str, Any]


class Bin(NamedTuple):
    """Places whose confidence lies in [low, high): how many, their mean confidence, the share that is right."""

    low: float
    high: float
    n: int
    confidence: float
    right: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--svg", type=Path, help="write the picture to this file")
    wanted = parser.parse_args()
    folder = SHARED / "gold" / "places"
    if not folder.is_dir():
        sys.exit(f"no gold sets at {folder}")
    pairs = [pair for name in SETS for pair in answers(folder / f"{name}_dev.jsonl")]
    bins = binned(pairs)
    for b in bins:
        sys.stdout.write(f"{b.low:4.2f} - {b.high:4.2f}  {b.n:6,}  mean {b.confidence:.3f}  right {b.right:.3f}\n")
    gap = sum(b.n * abs(b.confidence - b.right) for b in bins) / sum(b.n for b in bins)
    sys.stdout.write(f"expected calibration error {gap:.3f}\n")
    if wanted.svg is not None:
        wanted.svg.write_text(picture(bins), encoding="utf-8")


def answers(gold: Path) -> Iterator[tuple[float, bool]]:
    """Confidence of each found gold name with coordinates, and whether it is near enough."""
    said = {d["id"]: d for d in rows(coded(gold))}
    for g in rows(gold):
        places = [p for p in said.get(g["id"], {}).get("places", []) if p["lat"] is not None]
        for t in g["toponyms"]:
            over = [p for p in places if p["span"][0] < t["end"] and t["start"] < p["span"][1]]
            if t["lat"] is None or not over:
                continue
            p = max(over, key=lambda p: min(p["span"][1], t["end"]) - max(p["span"][0], t["start"]))
            same = t.get("geonameid") is not None and p.get("geonameid") == t["geonameid"]
            yield p["confidence"], same or km(t["lat"], t["lon"], p["lat"], p["lon"]) <= NEAR_KM


def binned(pairs: list[tuple[float, bool]]) -> list[Bin]:
    """The bins that hold anything."""
    made = []
    for k, low in enumerate(EDGES[:-1]):
        high = EDGES[k + 1]
        held = [(c, ok) for c, ok in pairs if low <= c < high or (high == 1.0 and c == high)]
        if held:
            n = len(held)
            made.append(Bin(low, high, n, sum(c for c, _ in held) / n, sum(ok for _, ok in held) / n))
    return made


def picture(bins: list[Bin]) -> str:
    """A reliability diagram: dots on the line are as often right as they say; a dot's area is its number of names."""

    def at(x: float, y: float) -> tuple[float, float]:
        return MARGIN + SIDE * x, MARGIN / 2 + SIDE * (1 - y)

    most = max(b.n for b in bins)
    width, height = SIDE + MARGIN * 2, SIDE + MARGIN * 2
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        'font-family="sans-serif" font-size="12" role="img">',
        "<title>Places right within 161 km, by the confidence they were given</title>",
        '<rect width="100%" height="100%" fill="#fff"/>',
        f'<path d="M{at(0, 1)[0]} {at(0, 1)[1]}V{at(0, 0)[1]}H{at(1, 0)[0]}" fill="none" stroke="#333"/>',
        f'<path d="M{at(0, 0)[0]} {at(0, 0)[1]}L{at(1, 1)[0]} {at(1, 1)[1]}" stroke="#999" stroke-dasharray="4 4"/>',
    ]
    for tick in (0, 0.25, 0.5, 0.75, 1):
        x, y = at(tick, 0)
        parts.append(f'<text x="{x}" y="{y + 18}" text-anchor="middle" fill="#333">{tick:g}</text>')
        x, y = at(0, tick)
        parts.append(f'<text x="{x - 8}" y="{y + 4}" text-anchor="end" fill="#333">{tick:g}</text>')
    for b in bins:
        x, y = at(b.confidence, b.right)
        r = 3 + 13 * math.sqrt(b.n / most)
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" fill="#0b6e99" fill-opacity=".7">'
            f"<title>{b.n:,} names: confidence {b.confidence:.2f}, right {b.right:.2f}</title></circle>"
        )
    x, y = at(0.5, 0)
    parts.append(f'<text x="{x}" y="{y + 38}" text-anchor="middle" fill="#333">confidence (mean of the bin)</text>')
    x, y = at(0, 0.5)
    parts.append(
        f'<text x="{x - 36}" y="{y}" text-anchor="middle" fill="#333" transform="rotate(-90 {x - 36} {y})">'
        "right within 161 km</text>"
    )
    return "\n".join((*parts, "</svg>\n"))


if __name__ == "__main__":
    main()
