"""The event lexicon: which predicates mean which PLOVER act.

Read from `data/events/*.toml` (its README says what each key means) and checked: an unknown type or mode, a pattern
written twice, or an empty entry is refused with the file, the entry and the mend.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import msgspec

from vedette.errors import BadData
from vedette.ontology import CONTEXTS, MODES, TYPES

__all__ = ["Lexicon", "Sense", "parse_lexicon"]

Part = Literal["verbs", "nouns", "adjectives"]
PARTS: tuple[Part, ...] = ("verbs", "nouns", "adjectives")


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    type: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    verbs: str = ""
    nouns: str = ""
    adjectives: str = ""
    objects: str = ""
    recipient: str = ""
    swap: bool = False
    confidence: float = 0.7


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    entry: list[_Entry]


@dataclass(frozen=True, slots=True)
class Sense:
    """What a predicate means: its act, the words that must stand with it, how its roles are filled."""

    event_type: str
    mode: str | None
    contexts: tuple[str, ...]
    with_words: tuple[str, ...]
    objects: frozenset[str]
    recipient: frozenset[str]
    is_swapped: bool
    confidence: float

    @property
    def weight(self) -> int:
        """More demanding senses win: words that must stand with the predicate, then its object."""
        return 2 * len(self.with_words) + bool(self.objects)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Senses by lemma, the most demanding first."""

    verbs: Mapping[str, tuple[Sense, ...]] = field(default_factory=dict)
    nouns: Mapping[str, tuple[Sense, ...]] = field(default_factory=dict)
    adjectives: Mapping[str, tuple[Sense, ...]] = field(default_factory=dict)


def parse_lexicon(files: Mapping[str, Mapping[str, object]]) -> Lexicon:
    """Build the lexicon from files given by name.

    Raises:
        BadData: with file, entry and mend.
    """
    found: dict[Part, dict[str, list[Sense]]] = {part: {} for part in PARTS}
    seen: dict[tuple[Part, str, frozenset[str]], str] = {}
    for name, data in files.items():
        try:
            entries = msgspec.convert(data, _File).entry
        except msgspec.ValidationError as error:
            raise BadData(name, "top level", str(error)) from error
        for n, entry in enumerate(entries, 1):
            where = f"entry {n} ({entry.type}{'/' + entry.mode if entry.mode else ''})"
            _check(name, where, entry)
            objects = frozenset(entry.objects.split())
            for part in PARTS:
                for pattern in getattr(entry, part).split():
                    key = (part, pattern, objects)
                    if key in seen:
                        raise BadData(name, where, f"{pattern!r} stands already in {seen[key]}: take one of them out")
                    seen[key] = f"{name}, {where}"
                    head, others = _split(part, pattern)
                    sense = Sense(
                        entry.type,
                        entry.mode,
                        entry.contexts,
                        others,
                        objects if part == "verbs" else frozenset(),
                        frozenset(entry.recipient.split()),
                        entry.swap,
                        entry.confidence,
                    )
                    found[part].setdefault(head, []).append(sense)
    made = {
        part: {lemma: tuple(sorted(senses, key=lambda s: -s.weight)) for lemma, senses in by_lemma.items()}
        for part, by_lemma in found.items()
    }
    return Lexicon(made["verbs"], made["nouns"], made["adjectives"])


def _split(part: Part, pattern: str) -> tuple[str, tuple[str, ...]]:
    words = pattern.split("_")
    return (words[-1], tuple(words[:-1])) if part == "nouns" else (words[0], tuple(words[1:]))


def _check(name: str, where: str, entry: _Entry) -> None:
    if entry.type not in TYPES:
        raise BadData(name, where, f"unknown type {entry.type!r}: use one of {', '.join(sorted(TYPES))}")
    if entry.mode is not None and entry.mode not in MODES[entry.type]:
        raise BadData(name, where, f"{entry.type} has no mode {entry.mode!r}: {', '.join(sorted(MODES[entry.type]))}")
    if unknown := set(entry.contexts) - CONTEXTS:
        raise BadData(name, where, f"unknown contexts: {', '.join(sorted(unknown))}")
    if not 0 < entry.confidence <= 1:
        raise BadData(name, where, f"confidence must be above 0 and at most 1, not {entry.confidence}")
    if not any(getattr(entry, part).strip() for part in PARTS):
        raise BadData(name, where, "no predicates: give verbs, nouns or adjectives")
