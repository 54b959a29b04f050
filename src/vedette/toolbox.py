"""Load what coding needs: parser, lexicons and tables from package data, the user's own files, the gazetteer's index.

An edge: the only place where the pipeline's tools are put together.
"""

from __future__ import annotations

import csv
import gzip
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib.resources import files

from vedette.coding.actors import ActorTable
from vedette.coding.contexts import ContextLexicon, parse_contexts
from vedette.coding.control import ControlLexicon, parse_control
from vedette.coding.cues import Cues, parse_classes, parse_cues
from vedette.coding.factuality import FactualityTable, parse_factuality
from vedette.coding.lexicon import Lexicon, parse_lexicon
from vedette.coding.places import Gazetteer
from vedette.config import Settings
from vedette.errors import BadData
from vedette.lookups.actors import load_actor_table
from vedette.lookups.gazetteer import load_gazetteer
from vedette.lookups.sides import load_sides
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
    "load_tools",
    "read_toml",
]


def load_tools(settings: Settings, *, progress: Callable[[str, float], None] | None = None) -> Tools:
    """Load everything for one process; about two seconds, and once a minute's work where the gazetteer is new.

    Args:
        progress: told the step's name and its share done, 0..1, while the gazetteer's index is built.

    Raises:
        ConfigError: a data file of ours or the user's is malformed; the message names file, place and mend.
    """
    actors = load_actor_table(settings.actors)
    gazetteer = load_gazetteer(settings.cache_dir, settings.places, progress)
    return Tools(
        annotator=load_annotator(settings.pipeline),
        languages=Languages(),
        cues=load_cues(),
        events=load_lexicon(),
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
