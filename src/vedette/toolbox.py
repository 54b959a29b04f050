"""Load what coding needs: parser, lexicons and tables from package data, the user's own files, the gazetteer's index.

An edge: the only place where the pipeline's tools are put together.
"""

from __future__ import annotations

import csv
import gzip
import tomllib
from collections.abc import Callable
from importlib.resources import files

from vedette.coding.actors import ActorTable
from vedette.coding.control import parse_control
from vedette.coding.cues import Cues, parse_classes, parse_cues
from vedette.coding.factuality import parse_factuality
from vedette.coding.lexicon import parse_lexicon
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

__all__ = ["load_case_table", "load_cues", "load_tools", "read_toml"]


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
        events=parse_lexicon({f"events/{name}": read_toml(f"events/{name}") for name in _folder("events")}),
        control=parse_control(read_toml("control.toml"), "control.toml"),
        factuality=parse_factuality(read_toml("factuality.toml"), "factuality.toml"),
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


def load_cues() -> Cues:
    """The lexicon of cues from the package's data."""
    name = "cue_classes.csv"
    lines = (files("vedette") / "data" / name).read_text(encoding="utf-8").splitlines()
    classes = parse_classes(csv.DictReader(lines), name)
    return parse_cues(read_toml("cues.toml"), "cues.toml", classes)


def read_toml(name: str) -> dict[str, object]:
    """Read a data file of the package.

    Raises:
        BadData: it is missing or no TOML.
    """
    try:
        return tomllib.loads((files("vedette") / "data" / name).read_text(encoding="utf-8"))
    except OSError as error:
        raise BadData(name, "file", f"cannot be read ({error.strerror}): install vedette anew") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadData(name, "syntax", str(error)) from error


def _folder(name: str) -> list[str]:
    return sorted(f.name for f in (files("vedette") / "data" / name).iterdir() if f.name.endswith(".toml"))
