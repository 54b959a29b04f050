"""The event lexicon: which predicates mean which PLOVER act.

Read from `data/events/*.toml` (its README says what each key means) and checked: an unknown type, mode or class, a
pattern written twice, or an empty entry is refused with the file, the entry and the mend.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import msgspec

from vedette.errors import BadData
from vedette.ontology import CONTEXTS, MODES, TYPES
from vedette.records import Pattern
from vedette.toml_lines import word_lines

__all__ = ["Lexicon", "Sense", "parse_lexicon"]

Part = Literal["verbs", "nouns", "adjectives"]
Needs = Literal["", "actor", "recipient", "either", "both"]
PARTS: tuple[Part, ...] = ("verbs", "nouns", "adjectives")
# Classes that the coder asks for by name.
KINDS = ("agents", "things", "victims", "ideas", "causes", "states", "dealings")
# Groups of types that `acts` may name at once.
GROUPS: Mapping[str, frozenset[str]] = {
    "COOPERATIVE": frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"}),
    "ANY": TYPES | {"OTHER"},
    "HOSTILE": frozenset({"ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "PROTEST", "THREATEN"}),
}


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    type: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    verbs: str = ""
    nouns: str = ""
    adjectives: str = ""
    objects: str = ""
    subjects: str = ""
    acts: str = ""
    without: str = ""
    recipient: str = ""
    needs: Needs = ""
    swap: bool = False
    confidence: float = 0.7


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    entry: list[_Entry] = []
    classes: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Sense:
    """What a predicate means: its act, the words that must stand with it, how its roles are filled.

    `acts` are the types of the act it speaks of ("vowed to attack"), which is then no event of its own.
    """

    event_type: str
    mode: str | None
    contexts: tuple[str, ...]
    with_words: tuple[str, ...] = ()
    objects: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()
    acts: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    recipient: frozenset[str] = frozenset()
    needs: Needs = ""
    is_swapped: bool = False
    confidence: float = 0.7
    pattern: Pattern | None = None

    @property
    def weight(self) -> int:
        """More demanding senses win: words that must stand with the predicate, then its object, subject or act."""
        return 4 * len(self.with_words) + 2 * bool(self.objects) + 2 * bool(self.subjects) + bool(self.acts)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Senses by lemma, the most demanding first.

    `agents` are common nouns that act when they stand before an act, `things` those that cannot speak or agree, `victims`
    those that an act may befall; `ideas`, `causes`, `states` and `dealings` tell violence from talk (`coding.literal`).
    """

    verbs: Mapping[str, tuple[Sense, ...]] = field(default_factory=dict)
    nouns: Mapping[str, tuple[Sense, ...]] = field(default_factory=dict)
    adjectives: Mapping[str, tuple[Sense, ...]] = field(default_factory=dict)
    agents: frozenset[str] = frozenset()
    things: frozenset[str] = frozenset()
    victims: frozenset[str] = frozenset()
    ideas: frozenset[str] = frozenset()
    causes: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    dealings: frozenset[str] = frozenset()


def parse_lexicon(files: Mapping[str, Mapping[str, object]], texts: Mapping[str, str] | None = None) -> Lexicon:
    """Build the lexicon from files given by name; from their `texts` the senses know the lines of their patterns.

    Raises:
        BadData: with file, entry and mend.
    """
    read: dict[str, _File] = {}
    for name, data in files.items():
        try:
            read[name] = msgspec.convert(data, _File)
        except msgspec.ValidationError as error:
            raise BadData(name, "top level", str(error)) from error
    classes = _classes(read)
    found: dict[Part, dict[str, list[Sense]]] = {part: {} for part in PARTS}
    seen: dict[tuple[object, ...], str] = {}
    for name, file in read.items():
        lines = word_lines((texts or {}).get(name, ""), "entry")
        for n, entry in enumerate(file.entry, 1):
            where = f"entry {n} ({entry.type}{'/' + entry.mode if entry.mode else ''})"
            _check(name, where, entry)
            sets = {
                key: _expand(getattr(entry, key), classes, name, where) for key in ("objects", "subjects", "without")
            }
            acts = _acts(entry.acts, name, where)
            for part in PARTS:
                for pattern in getattr(entry, part).split():
                    key = (part, pattern, sets["objects"], sets["subjects"], acts)
                    if key in seen:
                        raise BadData(name, where, f"{pattern!r} stands already in {seen[key]}: take one of them out")
                    line = lines[n - 1].get(pattern) if lines else None
                    seen[key] = f"{name}, {f'line {line}, ' if line else ''}{where}"
                    head, others = _split(part, pattern)
                    sense = Sense(
                        entry.type,
                        entry.mode,
                        entry.contexts,
                        others,
                        sets["objects"],
                        sets["subjects"],
                        acts,
                        sets["without"],
                        frozenset(entry.recipient.split()),
                        entry.needs,
                        entry.swap,
                        entry.confidence,
                        Pattern(name, n, part, pattern, line),
                    )
                    found[part].setdefault(head, []).append(sense)
    made = {
        part: {lemma: tuple(sorted(senses, key=lambda s: -s.weight)) for lemma, senses in by_lemma.items()}
        for part, by_lemma in found.items()
    }
    named = {name: classes[name] for name in KINDS if name in classes}
    return Lexicon(made["verbs"], made["nouns"], made["adjectives"], **named)


def _classes(read: Mapping[str, _File]) -> dict[str, frozenset[str]]:
    made: dict[str, frozenset[str]] = {}
    for name, file in read.items():
        for key, words in file.classes.items():
            if key in made:
                raise BadData(name, f"classes.{key}", "defined twice: take one of them out")
            made[key] = _expand(words, made, name, f"classes.{key}")
    return made


def _expand(words: str, classes: Mapping[str, frozenset[str]], name: str, where: str) -> frozenset[str]:
    """The words, with ``@class`` replaced by those of the class, which must be defined before."""
    found: set[str] = set()
    for word in words.split():
        if not word.startswith("@"):
            found.add(word)
        elif word[1:] in classes:
            found |= classes[word[1:]]
        else:
            raise BadData(name, where, f"unknown class {word!r}: define it under [classes], before its use")
    return frozenset(found)


def _acts(words: str, name: str, where: str) -> frozenset[str]:
    found: set[str] = set()
    for word in words.split():
        if word not in GROUPS and word not in TYPES:
            raise BadData(name, where, f"unknown act {word!r}: use a type, {' or '.join(GROUPS)}")
        found |= GROUPS.get(word, {word})
    return frozenset(found)


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
