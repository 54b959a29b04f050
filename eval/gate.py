"""Refuse a change that lowers a score: compares every suite's scores with `eval/floors.json`.

    python eval/gate.py            exit 1 and a line for each score that fell
    python eval/gate.py --raise    write today's scores as floors where they are higher (or new)
    python eval/gate.py --accept   write today's scores as floors, lower ones too; the commit says why

A floor holds the score, the corpus' digest and its number of rows; a floor of another corpus is an error. Errors
("mae") may not rise. Suites of `../shared` are left out, and named, where it is absent.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from suites import measure, suites

FLOORS = Path(__file__).resolve().parent / "floors.json"
# Scores are given to three or four figures; a change in the last one is rounding.
ROUNDING = 0.0011


def is_better(name: str, score: float, floor: float) -> bool:
    return score < floor if name.endswith("mae") else score > floor


def has_fallen(name: str, score: float, floor: float) -> bool:
    rounding = ROUNDING * (100 if floor > 3 else 1)
    return score > floor + rounding if name.endswith("mae") else score < floor - rounding


def main() -> None:
    mode = sys.argv[1] if len(sys.argv) > 1 else ""
    if mode not in ("", "--raise", "--accept"):
        sys.exit(__doc__)
    floors = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.is_file() else {}
    fallen, checked, seen = [], 0, set()
    for suite in suites():
        if suite.is_slow:
            continue
        made = measure(suite)
        for name, score in made.scores.items():
            if name.startswith("n_"):
                continue  # how many were counted: no score
            key = f"{suite.name}/{name}"
            seen.add(key)
            floor = floors.get(key)
            if floor is not None and floor["corpus"] != made.corpus and not mode:
                fallen.append(f"{key}: its floor is of another corpus ({floor['corpus']}, now {made.corpus})")
                continue
            if floor is not None and not mode:
                checked += 1
                if has_fallen(name, score, floor["score"]):
                    fallen.append(f"{key}: {floor['score']} -> {score}")
            if mode == "--accept" or (mode == "--raise" and (floor is None or is_better(name, score, floor["score"]))):
                floors[key] = {"score": score, "corpus": made.corpus, "n": made.n}
    if mode:
        FLOORS.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        print(f"floors written: {len(floors)}")
        return
    absent = sorted({key.split("/")[0] for key in floors} - {key.split("/")[0] for key in seen})
    if absent:
        print(f"not measured, their gold is not here: {', '.join(absent)}")
    for line in fallen:
        print(f"FELL {line}")
    print(f"quality gate: {checked} scores checked, {len(fallen)} fell")
    if fallen or not checked:
        sys.exit(1)


if __name__ == "__main__":
    main()
