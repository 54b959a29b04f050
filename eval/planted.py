"""A corpus with planted copies, and how many of them are found.

Reports are made from the sentences of `samples/` and `eval/gold`: the skeleton of a sentence stays, every word of
weight is drawn anew for each report, figures and half of the names for each event. So independent reports of one event
share names, figures, set phrases and the grammar of their sentences, and nothing else; those of other events still the
other half of the names. From some of them copies are made in seven ways. Every sentence carries where it was first
written, so that what the generator itself makes common (two excerpts of one report) is known and counts as true.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from vedette.records import Copy, Document

__all__ = ["KINDS", "Corpus", "plant", "score", "sentences_of"]

N_EVENTS = 120
REPORTS_OF_EVENT = 5
COPIES_OF_KIND = 200
FIRST_DAY = date(2031, 5, 3)
WORD = re.compile(r"\w+")
# Datelines and the agency's name would be credits.
DATELINE = re.compile(r"^[A-Z][A-Z' -]+(?:,[^(.]{1,30})?(?: \(Amu Wire\))? - ")
SENTENCE_END = re.compile(r"(?<=[.!?])[\"”]?\s+(?=[\"“A-Z])")
OUTLETS = (
    "Amu Wire", "The Oxus Post", "Termez Herald", "Radio Rustaq", "Khorog Courier", "Badakhshan Bulletin",
    "Voice of the River", "Panj Observer", "Kunduz Today", "Hairatan Gazette",
)  # fmt: skip
# An outlet's own standing words are under so many of its reports.
WITH_FOOTER = 0.6
# Names that are those of the whole sequence; the others are the event's.
SAME_NAMES = 0.5


class Line(NamedTuple):
    """A sentence and where it was first written: (report, place in it); None for what is nobody's."""

    text: str
    made: tuple[int, int] | None


@dataclass(frozen=True)
class Made:
    document: Document
    lines: tuple[Line, ...]


class Planted(NamedTuple):
    kind: str
    original: str
    copy: str


@dataclass
class Corpus:
    documents: list[Document] = field(default_factory=list)
    planted: list[Planted] = field(default_factory=list)
    sentences: dict[str, frozenset[tuple[int, int]]] = field(default_factory=dict)

    def keep(self, made: Made) -> None:
        self.documents.append(made.document)
        self.sentences[made.document.id] = frozenset(x.made for x in made.lines if x.made is not None)

    def have_common_words(self, a: str, b: str) -> bool:
        return not self.sentences[a].isdisjoint(self.sentences[b])


def sentences_of(texts: Iterable[str]) -> list[str]:
    """The sentences of six words and more, each once, in order; head lines ("Title: ...") are left out."""
    found: dict[str, None] = {}
    for text in texts:
        for paragraph in text.split("\n"):
            if re.match(r"[A-Z]\w+: ", paragraph) or not paragraph.rstrip().endswith((".", '"', "”")):
                continue
            told = DATELINE.sub("", paragraph.strip()).replace("Amu Wire", "reporters")
            for sentence in SENTENCE_END.split(told):
                if len(WORD.findall(sentence)) >= 6:
                    found[sentence] = None
    return list(found)


class Writer:
    """Writes new sentences over the skeletons of old ones."""

    def __init__(self, sentences: Sequence[str], rng: random.Random) -> None:
        self.sentences = sentences
        self.rng = rng
        words = Counter(w for s in sentences for w in WORD.findall(s) if w.islower() and len(w) >= 4)
        standing = {w for w, n in words.items() if n > len(sentences) / 12}  # "that", "were", "from"
        self._like: dict[str, list[str]] = defaultdict(list)
        for word in sorted(set(words) - standing):
            self._like[_ending(word)].append(word)
        self._open = set(words) - standing
        self.words = sorted(self._open)
        self._names = sorted({w for s in sentences for w in WORD.findall(s)[1:] if w.istitle() and len(w) > 3})

    def anew(self, sentence: str, facts: dict[str, str]) -> str:
        """The sentence with other words; `facts` keeps figures and names, and gets those that are new."""

        def other(match: re.Match[str]) -> str:
            word = match.group()
            if word in self._open:
                return self.rng.choice(self._like[_ending(word)])
            if word.isdigit() and len(word) < 4:
                return facts.setdefault(word, str(self.rng.randint(2, 90)))
            if word.istitle() and len(word) > 3:
                return facts.setdefault(word, word if self.rng.random() < SAME_NAMES else self.rng.choice(self._names))
            return word

        return WORD.sub(other, sentence)

    def report(self, skeletons: Sequence[str], facts: dict[str, str], n: int) -> tuple[Line, ...]:
        return tuple(Line(self.anew(s, facts), (n, k)) for k, s in enumerate(skeletons))


def _ending(word: str) -> str:
    return next((e for e in ("ing", "ed", "ly", "s") if word.endswith(e)), "")


def plant(sentences: Sequence[str], *, seed: int) -> Corpus:
    """Make the corpus: `N_EVENTS` events told by `REPORTS_OF_EVENT` reports each, `COPIES_OF_KIND` copies a kind."""
    rng = random.Random(seed)
    writer = Writer(sentences, rng)
    footers = {o: Line(" ".join(writer.anew(s, {}) for s in rng.sample(sentences, 2)), None) for o in OUTLETS}
    corpus = Corpus()
    originals: list[Made] = []
    for event in range(N_EVENTS):
        skeletons = rng.sample(sentences, 24)
        facts: dict[str, str] = {}
        for _ in range(REPORTS_OF_EVENT):
            told = rng.sample(skeletons, rng.randint(9, 18))
            lines = writer.report(told, facts, len(originals))
            day = FIRST_DAY + timedelta(days=event % 12)
            originals.append(_document(lines, f"r{len(originals)}", rng.choice(OUTLETS), day, rng, footers))
            corpus.keep(originals[-1])
    n = len(originals)
    for kind, change in KINDS.items():
        for k in range(COPIES_OF_KIND):
            original = rng.choice(originals)
            n += 1
            lines = change(original.lines, writer, n)
            outlet = rng.choice([o for o in OUTLETS if o != original.document.outlet])
            assert original.document.published is not None
            day = original.document.published + timedelta(days=rng.randint(0, 2))
            if kind == "header" and day == original.document.published:
                lines = (Line(f"KUNDUZ, May {day.day} ({original.document.outlet}) - ", None), *lines)
            copy = _document(lines, f"{kind}{k}", outlet, day, rng, footers)
            corpus.keep(copy)
            corpus.planted.append(Planted(kind, original.document.id, copy.document.id))
    return corpus


def _document(
    lines: tuple[Line, ...], id: str, outlet: str, day: date, rng: random.Random, footers: dict[str, Line]
) -> Made:
    if rng.random() < WITH_FOOTER:
        lines = (*lines, footers[outlet])
    text = "\n".join(line.text for line in lines)
    return Made(Document(id=id, text=text, address=f"{outlet}/{id}", published=day, outlet=outlet), lines)


def _header(lines: Sequence[Line], writer: Writer, n: int) -> tuple[Line, ...]:
    """The same words under a headline of one's own."""
    return (Line(writer.anew(writer.rng.choice(writer.sentences), {}), None), *_own(lines))


def _excerpt(lines: Sequence[Line], writer: Writer, n: int) -> tuple[Line, ...]:
    """Four tenths of the sentences, in a row."""
    own = _own(lines)
    size = max(2, round(0.4 * len(own)))
    start = writer.rng.randint(0, len(own) - size)
    return tuple(own[start : start + size])


def _edits(share: float) -> Callable[[Sequence[Line], Writer, int], tuple[Line, ...]]:
    def change(lines: Sequence[Line], writer: Writer, n: int) -> tuple[Line, ...]:
        """One word in so many another, left out or put in."""
        rng = writer.rng
        own = _own(lines)
        places = [(k, m) for k, line in enumerate(own) for m in range(len(line.text.split()))]
        changed = set(rng.sample(places, round(share * len(places))))
        made = []
        for k, line in enumerate(own):
            words = []
            for m, word in enumerate(line.text.split()):
                if (k, m) not in changed:
                    words.append(word)
                    continue
                how = rng.random()
                words.extend([rng.choice(writer.words)] if how < 0.7 else [] if how < 0.85 else [word, "also"])
            made.append(Line(" ".join(words), line.made))
        return tuple(made)

    return change


def _embedded(lines: Sequence[Line], writer: Writer, n: int) -> tuple[Line, ...]:
    """The whole report inside a piece twice as long."""
    around = writer.report(writer.rng.sample(writer.sentences, 2 * len(lines)), {}, n)
    at = writer.rng.randint(1, len(around) - 1)
    return (*around[:at], *_own(lines), *around[at:])


def _quotation(lines: Sequence[Line], writer: Writer, n: int) -> tuple[Line, ...]:
    """Two sentences in a row inside a report of one's own."""
    own = _own(lines)
    start = writer.rng.randint(0, len(own) - 2)
    around = writer.report(writer.rng.sample(writer.sentences, writer.rng.randint(9, 18)), {}, n)
    at = writer.rng.randint(1, len(around) - 1)
    return (*around[:at], *own[start : start + 2], *around[at:])


def _shuffled(lines: Sequence[Line], writer: Writer, n: int) -> tuple[Line, ...]:
    own = _own(lines)
    return tuple(writer.rng.sample(own, len(own)))


def _own(lines: Sequence[Line]) -> list[Line]:
    """The report without an outlet's standing words."""
    return [line for line in lines if line.made is not None]


KINDS: dict[str, Callable[[Sequence[Line], Writer, int], tuple[Line, ...]]] = {
    "header": _header,
    "excerpt": _excerpt,
    "edits_10": _edits(0.10),
    "edits_25": _edits(0.25),
    "embedded": _embedded,
    "quotation": _quotation,
    "shuffled": _shuffled,
}


def score(corpus: Corpus, found: Iterable[Copy]) -> dict[str, float]:
    """Recall of the planted pairs by kind, precision over all pairs found, and how often the direction is right.

    A pair found is right where the two have a sentence that was written once. The direction counts on planted pairs
    that a later day or a credit tells apart.
    """
    pairs = {frozenset((c.container, c.contained)): c for c in found}
    right = sum(corpus.have_common_words(*sorted(pair)) for pair in pairs)
    met: Counter[str] = Counter()
    told, directed = 0, 0
    for planted in corpus.planted:
        copy = pairs.get(frozenset((planted.original, planted.copy)))
        met[planted.kind] += copy is not None
        if copy is not None and copy.basis != "unclear":
            told += 1
            directed += copy.derived == planted.copy
    wanted = Counter(p.kind for p in corpus.planted)
    scores = {f"{kind}_recall": round(met[kind] / wanted[kind], 4) for kind in KINDS}
    return scores | {
        "pair_precision": round(right / max(len(pairs), 1), 4),
        "direction": round(directed / max(told, 1), 4),
    }


def texts_of(gold: Path, samples: Path) -> list[str]:
    """The texts to make reports from: those of a gold file and the plain samples."""
    lines = gold.read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines] + [
        path.read_text(encoding="utf-8") for path in sorted(samples.glob("*.txt"))
    ]
