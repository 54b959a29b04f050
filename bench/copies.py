"""CPU seconds and memory of finding copies among many documents, and of adding some more to them.

    python bench/copies.py [N_DOCUMENTS]    10,000 without it

Prints one JSON line. The documents are made: about 300 words each, with the frequencies of English words (Zipf-
Mandelbrot over 50,000 words), set phrases that recur as often as words do, outlets with footers. One in five is a copy:
reprints, excerpts, reports that embed another, some reports printed by dozens.
"""

from __future__ import annotations

import resource
import sys
import time
from datetime import date, timedelta

import numpy as np

from printing import print_line
from vedette.records import Document
from vedette.resolution import CopyIndex

SEED = 6
VOCABULARY = 50_000
# Exponent and shift of Mandelbrot's law for English: the commonest word is 6 % of all.
EXPONENT, SHIFT = 1.07, 2.7
PHRASES = 5_000
# Words of a text that stand in set phrases.
IN_PHRASES = 0.1
OUTLETS = 500
COPIED = 0.2
# Documents added at the end, to see what an addition costs.
ADDED = 100


def documents(n: int, rng: np.random.Generator) -> list[Document]:
    letters = np.array(list("etaoinshrdlucmfwypvbgk"))
    words = np.array(["".join(rng.choice(letters, size=rng.integers(2, 10))) for _ in range(VOCABULARY)])
    p_words = 1 / (np.arange(VOCABULARY) + SHIFT) ** EXPONENT
    p_words /= p_words.sum()
    phrases = [" ".join(rng.choice(words, size=rng.integers(5, 11), p=p_words)) for _ in range(PHRASES)]
    p_phrases = 1 / (np.arange(PHRASES) + SHIFT)
    p_phrases /= p_phrases.sum()

    def prose(size: int) -> str:
        made: list[str] = rng.choice(words, size=round(size * (1 - IN_PHRASES)), p=p_words).tolist()
        for phrase in rng.choice(PHRASES, size=round(size * IN_PHRASES / 8), p=p_phrases).tolist():
            made.insert(int(rng.integers(len(made))), phrases[phrase])
        return " ".join(made)

    footers = [prose(25) for _ in range(OUTLETS)]
    texts: list[str] = []
    for _ in range(n):
        size = int(np.clip(rng.lognormal(5.6, 0.45), 40, 2000))
        if texts and rng.random() < COPIED:
            # The square favours few: these are printed by dozens.
            original = texts[int(len(texts) * rng.random() ** 2 * 0.999)].split()
            kind = rng.integers(3)
            if kind == 1:
                start = int(rng.integers(max(len(original) * 6 // 10, 1)))
                original = original[start : start + len(original) * 4 // 10]
            text = (
                " ".join(original) if kind < 2 else f"{prose(size // 2)} {' '.join(original[:400])} {prose(size // 2)}"
            )
        else:
            text = prose(size)
        texts.append(text)
    made = []
    for k, text in enumerate(texts):
        outlet = int(rng.integers(OUTLETS))
        day = date(2031, 5, 1) + timedelta(days=int(rng.integers(30)))
        whole = f"{text} {footers[outlet]}"
        made.append(Document(id=f"{k:07}", text=whole, address=f"{k}", published=day, outlet=f"Outlet {outlet}"))
    return made


def main() -> None:
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    every = documents(n + ADDED, np.random.default_rng(SEED))
    made_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    index = CopyIndex()
    started = time.process_time()
    found = index.add(every[:n])
    seconds = time.process_time() - started
    started = time.process_time()
    index.add(every[n:])
    added = time.process_time() - started
    print_line(
        "copies",
        {
            "documents": n,
            "words": round(sum(len(d.text.split()) for d in every[:n])),
            "copies": len(found),
            "cpu_seconds": round(seconds, 2),
            "documents_per_second": round(n / seconds),
            f"cpu_seconds_of_{ADDED}_more": round(added, 3),
            "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
            "peak_mb_before": round(made_mb),
        },
    )


if __name__ == "__main__":
    sys.exit(main())
