"""Load what coding needs: parser, lexicons and tables from package data, the user's own files, the gazetteer's index.

An edge: the only place where the pipeline's tools are put together.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import tomllib
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib.resources import files
from typing import Protocol

import numpy as np

from vedette.coding.actors import ActorTable
from vedette.coding.contexts import ContextLexicon, parse_contexts
from vedette.coding.control import ControlLexicon, parse_control
from vedette.coding.cues import Cues, parse_classes, parse_cues
from vedette.coding.factuality import FactualityTable, parse_factuality
from vedette.coding.lexicon import Lexicon, parse_lexicon
from vedette.coding.places import Gazetteer
from vedette.coding.scorer import BLOCKS, DIMENSIONS, NONE, Scorer, WordVectors
from vedette.config import Settings
from vedette.errors import BadData
from vedette.lookups.actors import load_actor_table
from vedette.lookups.gazetteer import load_gazetteer
from vedette.lookups.sides import load_sides
from vedette.ontology import TYPES
from vedette.pipeline import Tools
from vedette.text.annotate import load_annotator
from vedette.text.casing import CaseTable, make_case_table
from vedette.text.language import Languages
from vedette.toml_lines import line_of

__all__ = [
    "load_case_table",
    "load_contexts",
    "load_control",
    "load_cues",
    "load_factuality",
    "load_lexicon",
    "load_scorer",
    "load_tools",
    "read_toml",
]

# Of `scorer/scorer.toml` and the arrays beside it; raised when what `coding.scorer` sees of a pair changes.
SCORER_VERSION = 1


def load_tools(settings: Settings, *, progress: Callable[[str, float], None] | None = None) -> Tools:
    """Load everything for one process; about two seconds, and once a minute's work where the gazetteer is new.

    Args:
        progress: told the step's name and its share done, 0..1, while the gazetteer's index is built.

    Raises:
        ConfigError: a data file of ours or the user's is malformed; the message names file, place and mend.
    """
    actors = load_actor_table(settings.actors)
    gazetteer = load_gazetteer(settings.cache_dir, settings.places, progress)
    annotator = load_annotator(settings.pipeline)
    return Tools(
        annotator=annotator,
        languages=Languages(),
        cues=load_cues(),
        events=load_lexicon(),
        scorer=load_scorer(annotator),
        contexts=load_contexts(),
        control=load_control(),
        factuality=load_factuality(),
        actors=actors,
        sides=load_sides(actors),
        gazetteer=gazetteer,
        casing=load_case_table(actors, gazetteer),
        allowed_languages=settings.languages,
        max_chars=settings.max_chars,
    )


def load_case_table(actors: ActorTable, gazetteer: Gazetteer) -> CaseTable:
    """How words are written: the package's word list with the names of the tables and the gazetteer.

    Raises:
        BadData: the list is missing or damaged.
    """
    name = "words.txt.gz"
    try:
        words = gzip.decompress((files("vedette") / "data" / name).read_bytes()).decode("utf-8").split()
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise BadData(name, "file", f"cannot be read ({error}): install vedette anew") from error
    known = [row for rows in actors.rows.values() for row in rows]
    ordinary = frozenset(words)

    def is_place(words: str, population: int) -> bool:
        return any(
            c.population >= population or c.precision in ("country", "admin1", "region")
            for c in gazetteer.lookup(words)
        )

    return make_case_table(
        words,
        (
            row.words
            for row in known
            if row.kind in ("country", "demonym")
            or (row.kind not in ("role", "body") and row.words.lower() not in ordinary)
        ),
        first_names=actors.first_names,
        titles=(row.words for row in known if row.kind == "role" and " " not in row.words),
        is_place=is_place,
    )


def load_lexicon() -> Lexicon:
    """The lexicon of events from the package's data."""
    texts = {f"events/{name}": _text(f"events/{name}") for name in _folder("events") if name != "contexts.toml"}
    with _lines_of(texts):
        return parse_lexicon({name: _toml(name, text) for name, text in texts.items()}, texts)


class _KnownVectors(WordVectors, Protocol):
    def vectors_digest(self) -> str | None: ...


def load_scorer(vectors: _KnownVectors) -> Scorer | None:
    """The scorer of pairs from the package's data; None where a parser has other vectors than it was trained on.

    Raises:
        BadData: the weights are missing, damaged, or no others than `training/train.py` wrote.
    """
    name, about = "scorer/weights.npz", "scorer/scorer.toml"
    told = _toml(about, _text(about))
    if told.get("version") != SCORER_VERSION:
        raise BadData(about, "version", f"{told.get('version')} is not {SCORER_VERSION}: run training/train.py anew")
    try:
        raw = (files("vedette") / "data" / name).read_bytes()
    except OSError as error:
        raise BadData(name, "file", f"cannot be read ({error.strerror}): install vedette anew") from error
    if hashlib.sha256(raw).hexdigest() != told.get("weights_sha256"):
        raise BadData(name, "file", f"is not the one that {about} names: install vedette anew or run training/train.py")
    if vectors.vectors_digest() != told.get("vectors_sha256"):
        return None
    return _scorer(name, raw, vectors)


def _scorer(name: str, raw: bytes, vectors: WordVectors) -> Scorer:
    try:
        with np.load(io.BytesIO(raw), allow_pickle=False) as read:
            classes = tuple(read["classes"].tobytes().decode("utf-8").split("\n"))
            flags = read["flags"].tobytes().decode("utf-8").split("\n")
            dense, sparse, bias = (read[key].astype(np.float32) for key in ("dense", "sparse", "bias"))
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise BadData(name, "file", f"holds no weights ({error}): run training/train.py") from error
    if unknown := set(classes) - TYPES - {NONE}:
        raise BadData(name, "classes", f"unknown types {sorted(unknown)}: run training/train.py")
    n = len(classes)
    wanted = {"dense": (len(BLOCKS) * DIMENSIONS, n), "sparse": (len(flags), n), "bias": (n,)}
    for key, array in (("dense", dense), ("sparse", sparse), ("bias", bias)):
        if array.shape != wanted[key]:
            raise BadData(name, key, f"has the shape {array.shape}, not {wanted[key]}: run training/train.py")
    return Scorer(classes, dense, {flag: k for k, flag in enumerate(flags)}, sparse, bias, vectors)


def load_contexts() -> ContextLexicon:
    """The words of PLOVER's contexts from the package's data."""
    name = "events/contexts.toml"
    text = _text(name)
    with _lines_of({name: text}):
        return parse_contexts(_toml(name, text), name)


def load_control() -> ControlLexicon:
    """The predicates of control from the package's data."""
    name = "control.toml"
    text = _text(name)
    with _lines_of({name: text}):
        return parse_control(_toml(name, text), name, text)


def load_factuality() -> FactualityTable:
    """What words do to the truth of others, from the package's data."""
    name = "factuality.toml"
    text = _text(name)
    with _lines_of({name: text}):
        return parse_factuality(_toml(name, text), name)


def load_cues() -> Cues:
    """The lexicon of cues from the package's data."""
    name, text = "cues.toml", _text("cues.toml")
    classes = parse_classes(csv.DictReader(_text("cue_classes.csv").splitlines()), "cue_classes.csv")
    with _lines_of({name: text}):
        return parse_cues(_toml(name, text), name, classes)


def read_toml(name: str) -> dict[str, object]:
    """Read a data file of the package.

    Raises:
        BadData: it is missing or no TOML.
    """
    return _toml(name, _text(name))


@contextmanager
def _lines_of(texts: Mapping[str, str]) -> Iterator[None]:
    """Add the line to what is refused in one of these files."""
    try:
        yield
    except BadData as error:
        line = line_of(texts.get(error.file, ""), error.where, error.reason)
        raise error.at(line) if line else error from error


def _text(name: str) -> str:
    try:
        return (files("vedette") / "data" / name).read_text(encoding="utf-8")
    except OSError as error:
        raise BadData(name, "file", f"cannot be read ({error.strerror}): install vedette anew") from error
    except UnicodeDecodeError as error:
        raise BadData(name, f"byte {error.start}", "this is no UTF-8: save the file as UTF-8") from error


def _toml(name: str, text: str) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadData(name, "syntax", str(error)) from error


def _folder(name: str) -> list[str]:
    return sorted(f.name for f in (files("vedette") / "data" / name).iterdir() if f.name.endswith(".toml"))
