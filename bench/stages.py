"""CPU seconds of every stage of coding beside the parse, on the same texts in one run.

Prints one JSON line: seconds and ratios to the parse, medians of `RUNS` runs, so that machines of other speeds compare.
The texts are those of `eval/gold` and `samples/`, repeated; arguments name other files or folders to read instead.
The stages are timed where the pipeline calls them: what is named here runs as it does in `vedette code`.
"""

from __future__ import annotations

import dataclasses
import functools
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from printing import print_line
from vedette import api, pipeline
from vedette.pipeline import Tools
from vedette.records import Coded, Document
from vedette.sources import read

ROOT = Path(__file__).resolve().parents[1]
TEXTS = (ROOT / "eval" / "gold", ROOT / "samples")
RUNS = 5
# Words a run: shorter texts are repeated, so that the clock's steps do not count.
MIN_WORDS = 20_000
# What the pipeline calls, by the stage it belongs to.
STAGES = {
    "segment": ("segment",),
    "entities": ("find_entities",),
    "attribution": ("attribute", "speakers", "factuality"),
    "events": ("code_events", "code_control"),
    "places": ("find_places", "is_metonym"),
    "dates": ("find_dates",),
    "quantities": ("find_quantities",),
    "claims": ("assemble", "settle_places", "carry"),
    "interest": ("with_interest",),
}
# Groups with a wanted share of the parse.
WANTED = {"attribution": 0.25, "events": 0.30, "places_and_dates": 0.15}


class Clock:
    """CPU seconds by stage; a stage inside another counts for itself alone."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self._inner = [0.0]

    def run[R](self, stage: str, work: Callable[[], R]) -> R:
        self._inner.append(0.0)
        started = time.process_time()
        try:
            return work()
        finally:
            took = time.process_time() - started
            self.seconds[stage] += took - self._inner.pop()
            self._inner[-1] += took

    def wrap[**P, R](self, stage: str, function: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(function)
        def timed(*args: P.args, **kwargs: P.kwargs) -> R:
            return self.run(stage, lambda: function(*args, **kwargs))

        return timed


class Timed:
    """An annotator whose parsing is timed."""

    def __init__(self, annotator, clock: Clock) -> None:
        self.name = annotator.name
        self._annotator = annotator
        self._clock = clock

    def annotate(self, items) -> Iterator:
        parsed = iter(self._annotator.annotate(items))
        while (tree := self._clock.run("parse", lambda: next(parsed, None))) is not None:
            yield tree


def documents(paths: Sequence[str]) -> list[Document]:
    """The documents of `paths`, each text once, then repeated to `MIN_WORDS`."""
    found = {d.text: d for d in read(paths) if isinstance(d, Document)}
    n_words = sum(len(text.split()) for text in found)
    if not n_words:
        raise SystemExit("stages: no texts found")
    again = -(-MIN_WORDS // n_words)
    return [
        Document(id=f"{d.id}{n}", text=d.text, address=d.address, title=d.title, published=d.published, outlet=d.outlet)
        for n in range(again)
        for d in found.values()
    ]


def measure(texts: Sequence[Document], tools: Tools) -> Counter[str]:
    """CPU seconds of one run by stage, with the whole."""
    clock = Clock()
    kept = {name: getattr(pipeline, name) for names in STAGES.values() for name in names}
    try:
        for stage, names in STAGES.items():
            for name in names:
                setattr(pipeline, name, clock.wrap(stage, kept[name]))
        timed = dataclasses.replace(tools, annotator=Timed(tools.annotator, clock))
        started = time.process_time()
        coded: list[Coded] = list(pipeline.code_documents(texts, timed))
        clock.seconds["whole"] = time.process_time() - started
    finally:
        for name, function in kept.items():
            setattr(pipeline, name, function)
    if failed := [c.id for c in coded if c.skipped is not None and c.skipped.reason == "failed"]:
        raise SystemExit(f"stages: coding failed on {failed}")
    return clock.seconds


def main() -> None:
    texts = documents(sys.argv[1:] or [str(path) for path in TEXTS])
    tools = api.tools()
    measure(texts, tools)  # fills the memories of names and compiled patterns
    runs = [measure(texts, tools) for _ in range(RUNS)]
    for run in runs:
        run["places_and_dates"] = run["places"] + run["dates"]
        run["coding"] = sum(run[stage] for stage in STAGES)
    order = ("parse", *STAGES, "places_and_dates", "coding", "whole")
    seconds = {stage: statistics.median(run[stage] for run in runs) for stage in order}
    ratios = {stage: statistics.median(run[stage] / run["parse"] for run in runs) for stage in order}
    print_line(
        "stages",
        {
            "documents": len(texts),
            "words": sum(len(d.text.split()) for d in texts),
            "seconds": {stage: round(s, 3) for stage, s in seconds.items()},
            "ratio_to_parse": {stage: round(r, 3) for stage, r in ratios.items()},
            "above_wanted": [stage for stage, wanted in WANTED.items() if ratios[stage] > wanted],
        },
    )


if __name__ == "__main__":
    sys.exit(main())
