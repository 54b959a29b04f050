"""PLOVER's event types, modes, contexts, quad classes and scores, actor sectors, and the map to CAMEO.

Read once from `data/plover.toml` and checked: an unknown name there is refused when this module is imported.
Sources: PLOVER manual, draft 2.0; CAMEO manual 1.1b3. Where the published files contradict each other the data file
says what was chosen.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import NamedTuple

import msgspec

from vedette.errors import BadData
from vedette.toml_lines import line_of

__all__ = [
    "CONTEXTS",
    "INTERNATIONAL",
    "MODES",
    "SECTORS",
    "TYPES",
    "cameo_of",
    "gist_of",
    "intensity_of",
    "quad_of",
    "type_of_cameo",
]

FILE = "plover.toml"
CODE = re.compile(r"(?:0[1-9]|1\d|20)\d{0,2}")


class _Type(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    quad: int
    score: float
    gist: str


class _Mode(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    type: str
    name: str
    gist: str
    score: float | None = None


class _Context(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    gist: str


class _Sector(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    code: str
    gist: str
    group: str


class _Cameo(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    code: str
    type: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    types: list[_Type]
    modes: list[_Mode]
    contexts: list[_Context]
    sectors: list[_Sector]
    cameo: list[_Cameo]


class _Ontology(NamedTuple):
    types: Mapping[str, _Type]
    modes: Mapping[tuple[str, str], _Mode]
    contexts: frozenset[str]
    sectors: Mapping[str, _Sector]
    cameo: Mapping[str, Sequence[_Cameo]]


def _load() -> _Ontology:
    text = (files("vedette") / "data" / FILE).read_text(encoding="utf-8")
    try:
        return _parse(text)
    except tomllib.TOMLDecodeError as error:
        raise BadData(FILE, "syntax", str(error)) from error
    except BadData as error:
        line = line_of(text, error.where, error.reason)
        raise error.at(line) if line else error from error


def _parse(text: str) -> _Ontology:
    try:
        read = msgspec.convert(tomllib.loads(text), _File)
    except msgspec.ValidationError as error:
        raise BadData(FILE, "top level", str(error)) from error
    types = {t.name: t for t in read.types}
    modes = {(m.type, m.name): m for m in read.modes}
    contexts = frozenset(c.name for c in read.contexts)
    _refuse_doubles("types", [t.name for t in read.types])
    _refuse_doubles("modes", [f"{m.type} {m.name}" for m in read.modes])
    _refuse_doubles("contexts", [c.name for c in read.contexts])
    _refuse_doubles("sectors", [s.code for s in read.sectors])
    _refuse_doubles("cameo", [row.code for row in read.cameo])
    for n, kind in enumerate(read.types, 1):
        if kind.quad not in (1, 2, 3, 4) or not -10 <= kind.score <= 10:
            raise BadData(FILE, f"types {n} ({kind.name})", "'quad' is 1, 2, 3 or 4 and 'score' -10 to 10")
    for n, mode in enumerate(read.modes, 1):
        if mode.type not in types:
            raise BadData(FILE, f"modes {n} ({mode.name})", f"unknown type {mode.type!r}: use one of {sorted(types)}")
        if mode.score is not None and not -10 <= mode.score <= 10:
            raise BadData(FILE, f"modes {n} ({mode.name})", f"'score' {mode.score} lies outside -10 to 10")
    cameo = defaultdict(list)
    for n, row in enumerate(read.cameo, 1):
        where = f"cameo {n} ({row.code})"
        if CODE.fullmatch(row.code) is None:
            raise BadData(FILE, where, f"{row.code!r} is no CAMEO code: write two to four digits, of root 01 to 20")
        if row.type not in types:
            raise BadData(FILE, where, f"unknown type {row.type!r}: use one of {sorted(types)}")
        if row.mode is not None and (row.type, row.mode) not in modes:
            raise BadData(FILE, where, f"{row.type} has no mode {row.mode!r}: use one of those under [[modes]]")
        if unknown := set(row.contexts) - contexts:
            raise BadData(FILE, where, f"unknown contexts {sorted(unknown)}: use those under [[contexts]]")
        cameo[row.type].append(row)
    return _Ontology(types, modes, contexts, {s.code: s for s in read.sectors}, dict(cameo))


def _refuse_doubles(table: str, names: Sequence[str]) -> None:
    seen: dict[str, int] = {}
    for n, name in enumerate(names, 1):
        before = seen.setdefault(name, n)
        if before != n:
            raise BadData(FILE, f"{table} {n}", f"{name} stands already in {table} {before}: take one of them out")


_ONTOLOGY = _load()

TYPES: frozenset[str] = frozenset(_ONTOLOGY.types)
MODES: Mapping[str, frozenset[str]] = {
    name: frozenset(mode for kind, mode in _ONTOLOGY.modes if kind == name) for name in _ONTOLOGY.types
}
CONTEXTS: frozenset[str] = _ONTOLOGY.contexts
SECTORS: frozenset[str] = frozenset(_ONTOLOGY.sectors)
INTERNATIONAL: frozenset[str] = frozenset(
    code for code, sector in _ONTOLOGY.sectors.items() if sector.group == "international"
)


def quad_of(event_type: str) -> int:
    """Return the quad class: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""
    return _ONTOLOGY.types[event_type].quad


def intensity_of(event_type: str, mode: str | None = None) -> float:
    """Return PLOVER's score, -10.0 (most conflictual) to +10.0; the mode's where it has one, else the type's."""
    found = _ONTOLOGY.modes.get((event_type, mode)) if mode else None
    if found is not None and found.score is not None:
        return found.score
    return _ONTOLOGY.types[event_type].score


def gist_of(event_type: str, mode: str | None = None) -> str:
    """Return a line that says what the type (or its mode) means."""
    found = _ONTOLOGY.modes.get((event_type, mode)) if mode else None
    return found.gist if found else _ONTOLOGY.types[event_type].gist


def cameo_of(event_type: str, mode: str | None = None, contexts: Sequence[str] = ()) -> str | None:
    """Return the CAMEO code whose PLOVER reading is nearest, or None where the map holds none.

    Rows of the same type compete: the same mode first, then no mode, then most contexts in common and fewest others,
    then the most general (shortest, lowest) code.
    """
    wanted = set(contexts)
    rows = [row for row in _ONTOLOGY.cameo.get(event_type, ()) if row.mode in (mode, None)]
    if not rows:
        return None
    best = min(
        rows,
        key=lambda row: (
            row.mode != mode,
            -len(wanted & set(row.contexts)),
            len(set(row.contexts) - wanted),
            len(row.code),
            row.code,
        ),
    )
    return best.code


def type_of_cameo(code: str) -> str | None:
    """Return the PLOVER type of a CAMEO code by the map, or by its longest beginning that the map holds; else None.

    >>> type_of_cameo("0312"), type_of_cameo("1959"), type_of_cameo("010")
    ('AGREE', 'ASSAULT', None)
    """
    types = {row.code: kind for kind, rows in _ONTOLOGY.cameo.items() for row in rows}
    return next((types[code[:n]] for n in range(len(code), 1, -1) if code[:n] in types), None)
