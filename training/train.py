"""Train the event scorer and write its weights: `python training/train.py`, about three minutes of one core.

    python training/train.py --check     only check the lines: doubles, codes, coverage
    python training/train.py --folds     only measure: five folds by line, with no predicate of a test line in training

Examples are the sentences of `training/events` that tell who and whom (`sentences.py`), and the entries of the event
lexicon, each as a bare predicate. Nothing of any gold set is read. Same lines, lexicon, parser and numpy: same weights.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(Path(__file__).parent)]

from sentences import LINES, Made, read_lines, sentences  # noqa: E402
from vedette.coding.lexicon import Lexicon, Sense  # noqa: E402
from vedette.coding.scorer import BLOCKS, NONE, Features, features_of_pair, means  # noqa: E402
from vedette.ontology import MODES, TYPES  # noqa: E402
from vedette.records import Segment, Span  # noqa: E402
from vedette.text.annotate import SpacyAnnotator, load_annotator  # noqa: E402
from vedette.toolbox import SCORER_VERSION, load_lexicon  # noqa: E402

OUT = ROOT / "src" / "vedette" / "data" / "scorer"
# How far vectors and flags count against each other, and the pull of all weights to zero: of eight settings the best on
# predicates held out, among equals with a look at plv_dev.
DENSE, SPARSE, RIDGE = 1.5, 1.0, 1.0
STEPS = 80
N_FOLDS = 5
# A flag counts that at least so many examples have.
LEAST_COUNT = 2
# Objects of an entry that stand for all of them.
MOST_OBJECTS = 3
# Sentences that a type must have, and a mode.
LEAST_OF_TYPE, LEAST_OF_MODE = 60, 3


class Example(NamedTuple):
    """What the model learns from; `line` is None for an entry of the lexicon."""

    features: Features
    event_type: str
    predicate: str
    line: str | None
    weight: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--folds", action="store_true")
    asked = parser.parse_args()
    made = list(sentences(read_lines()))
    problems = list(check(made))
    if problems:
        sys.exit("\n".join(problems))
    print(f"{len(made)} sentences:", dict(sorted(Counter(m.line.event_type or NONE for m in made).items())))
    if asked.check:
        return
    annotator = load_annotator()
    examples = [*of_sentences(made, annotator), *of_lexicon(load_lexicon())]
    print(f"{len(examples)} examples, {sum(e.line is not None for e in examples)} of them sentences")
    dense = np.stack([means(e.features, annotator) for e in examples])
    if asked.folds:
        measure(examples, dense)
        return
    write(examples, dense, annotator)


def check(made: Sequence[Made]) -> Iterator[str]:
    """What is wrong with the lines: unknown codes, a line or sentence twice, a type or mode with few sentences."""
    for m in made:
        kind, mode = m.line.event_type, m.line.mode
        if kind is not None and (kind not in TYPES or (mode is not None and mode not in MODES[kind])):
            yield f"{m.line.file}, line {m.line.number}: no such type or mode: {kind}/{mode}"
    lines = Counter(m.line.text for m in {m.line: m for m in made}.values())
    yield from (f"a line stands twice: {text}" for text, n in lines.items() if n > 1)
    yield from (f"a sentence is made twice: {text}" for text, n in Counter(m.text for m in made).items() if n > 1)
    by_type = Counter(m.line.event_type for m in made)
    yield from (f"{kind}: only {by_type[kind]} sentences" for kind in sorted(TYPES) if by_type[kind] < LEAST_OF_TYPE)
    by_mode = Counter((m.line.event_type, m.line.mode) for m in made)
    for kind in sorted(TYPES):
        for mode in sorted(MODES[kind]):
            if by_mode[kind, mode] < LEAST_OF_MODE:
                yield f"{kind}/{mode}: only {by_mode[kind, mode]} sentences"


def of_sentences(made: Sequence[Made], annotator: SpacyAnnotator) -> Iterator[Example]:
    """The sentences that tell who and whom."""
    told = [m for m in made if m.actor and m.recipient]
    items = [(m.text, [Segment("body", Span(0, len(m.text)))], []) for m in told]
    for m, parsed in zip(told, annotator.annotate(items), strict=True):
        assert m.actor and m.recipient
        doer, other = parsed.head_of(Span(*m.actor)), parsed.head_of(Span(*m.recipient))
        if doer is None or other is None or doer is other or doer.sentence is not other.sentence:
            continue
        head = parsed.head_of(Span(*m.predicates[0]))
        predicate = head.lemma.lower() if head else ""
        yield Example(
            features_of_pair(doer, other), m.line.event_type or NONE, predicate, f"{m.line.file} {m.line.number}", 1.0
        )


def of_lexicon(lexicon: Lexicon) -> Iterator[Example]:
    """The entries of the lexicon: the predicate where the two meet, its further words and a few objects under it."""
    for part in (lexicon.verbs, lexicon.nouns, lexicon.adjectives):
        for lemma, senses in sorted(part.items()):
            for sense in senses:
                yield from _of_sense(lemma, sense)


def _of_sense(lemma: str, sense: Sense) -> Iterator[Example]:
    words = tuple(w for w in sense.with_words if w.isalpha())
    objects = sorted(o for o in sense.objects if o.isalpha())
    shown = [(o,) for o in objects[:: max(1, len(objects) // MOST_OBJECTS)]] or [()]
    for each in shown:
        under = (*words, *each)
        blocks = {"top": (lemma,), "path": (lemma,), "governed": under, "between": (lemma, *under)}
        flags = {f"path={lemma}", f"top={lemma}", f"between={lemma}", *(f"between={w}" for w in under)}
        yield Example(
            Features(tuple(blocks.get(b, ()) for b in BLOCKS), frozenset(flags)),
            sense.event_type,
            lemma,
            None,
            sense.confidence / min(MOST_OBJECTS, max(1, len(objects))),
        )


class Model(NamedTuple):
    classes: tuple[str, ...]
    dense: np.ndarray
    flags: dict[str, int]
    sparse: np.ndarray
    bias: np.ndarray

    def best(self, examples: Sequence[Example], dense: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The likeliest class of each example and its share."""
        scores = dense @ self.dense + matrix(examples, self.flags) @ self.sparse + self.bias
        shares = np.exp(scores - scores.max(1, keepdims=True))
        shares /= shares.sum(1, keepdims=True)
        return np.array(self.classes)[shares.argmax(1)], shares.max(1)


def matrix(examples: Sequence[Example], flags: dict[str, int]) -> sparse.csr_matrix:
    rows, columns = [], []
    for k, example in enumerate(examples):
        held = sorted(flags[f] for f in example.features.flags if f in flags)
        rows += [k] * len(held)
        columns += held
    return sparse.csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), (len(examples), len(flags)))


def fit(examples: Sequence[Example], dense: np.ndarray) -> Model:
    """Multinomial logistic regression with a ridge, by L-BFGS from zero."""
    counts = Counter(f for e in examples for f in e.features.flags)
    flags = {f: k for k, f in enumerate(sorted(f for f, n in counts.items() if n >= LEAST_COUNT))}
    classes = tuple(sorted({e.event_type for e in examples}))
    wanted = np.eye(len(classes), dtype=np.float32)[[classes.index(e.event_type) for e in examples]]
    weight = np.array([e.weight for e in examples], np.float32)[:, None]
    a, b = dense * DENSE, matrix(examples, flags) * SPARSE
    bt = b.T.tocsr()
    n_dense, n_flags, n = a.shape[1], b.shape[1], len(classes)

    def parts(x: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        low, high = n_dense * n, (n_dense + n_flags) * n
        return x[:low].reshape(n_dense, n), x[low:high].reshape(n_flags, n), x[high:]

    def loss(x: np.ndarray) -> tuple[float, np.ndarray]:
        w, u, c = parts(x.astype(np.float32))
        scores = a @ w + b @ u + c
        shares = np.exp(scores - scores.max(1, keepdims=True))
        shares /= shares.sum(1, keepdims=True)
        lost = -(weight[:, 0] * np.log((shares * wanted).sum(1) + 1e-9)).sum()
        lost += 0.5 * RIDGE * float((w**2).sum() + (u**2).sum())
        back = (shares - wanted) * weight
        slope = [(a.T @ back + RIDGE * w).ravel(), (bt @ back + RIDGE * u).ravel(), back.sum(0)]
        return float(lost), np.concatenate(slope).astype(np.float64)

    start = np.zeros((n_dense + n_flags + 1) * n)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS}).x
    w, u, c = parts(found.astype(np.float32))
    return Model(classes, w * DENSE, flags, u * SPARSE, c)


def measure(examples: Sequence[Example], dense: np.ndarray) -> None:
    """Print how often sentences are right whose line and predicate training did not see, by score and by type."""
    fold = np.array([zlib.crc32(e.line.encode()) % N_FOLDS if e.line else -1 for e in examples])
    told, best, share = [], [], []
    for k in range(N_FOLDS):
        test = np.flatnonzero(fold == k)
        unseen = {examples[i].predicate for i in test}
        train = [i for i in range(len(examples)) if fold[i] != k and examples[i].predicate not in unseen]
        model = fit([examples[i] for i in train], dense[train])
        types, shares = model.best([examples[i] for i in test], dense[test])
        told += [examples[i].event_type for i in test]
        best += types.tolist()
        share += shares.tolist()
        print(f"fold {k}: {len(train)} to learn from, {len(test)} to tell", flush=True)
    y, p, s = np.array(told), np.array(best), np.array(share)
    print(f"right {(y == p).mean():.3f} of {len(y)}")
    for low in np.arange(0, 1, 0.1):
        held = (s >= low) & (s < low + 0.1)
        if held.any():
            print(f"score {low:.1f}: {held.sum()} sentences, right {(y == p)[held].mean():.3f}")
    for kind in sorted(set(told)):
        right = ((y == kind) & (p == kind)).sum()
        print(f"{kind}: recall {right / (y == kind).sum():.3f}, precision {right / max(1, (p == kind).sum()):.3f}")


def write(examples: Sequence[Example], dense: np.ndarray, annotator: SpacyAnnotator) -> None:
    model = fit(examples, dense)
    OUT.mkdir(exist_ok=True)
    path = OUT / "weights.npz"
    np.savez_compressed(
        path,
        classes=np.frombuffer("\n".join(model.classes).encode(), np.uint8),
        flags=np.frombuffer("\n".join(model.flags).encode(), np.uint8),
        dense=model.dense.astype(np.float16),
        sparse=model.sparse.astype(np.float16),
        bias=model.bias,
    )
    (OUT / "scorer.toml").write_text(
        "# Written by training/train.py: what the weights of the event scorer belong to.\n"
        f"version = {SCORER_VERSION}\n"
        f'weights_sha256 = "{hashlib.sha256(path.read_bytes()).hexdigest()}"\n'
        f'vectors_sha256 = "{annotator.vectors_digest()}"\n'
        f'lines_sha256 = "{digest_of_lines()}"\n',
        encoding="utf-8",
    )
    right = np.array([e.event_type for e in examples]) == model.best(examples, dense)[0]
    print(f"{path.stat().st_size:,} bytes, {len(model.flags)} flags; right on what it learnt {right.mean():.3f}")


def digest_of_lines(files: Iterable[Path] | None = None) -> str:
    """The SHA-256 of the written lines, file after file by name."""
    found = hashlib.sha256()
    for path in sorted(files or LINES.glob("*.txt")):
        found.update(path.read_bytes())
    return found.hexdigest()


if __name__ == "__main__":
    main()
