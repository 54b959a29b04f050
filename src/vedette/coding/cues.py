"""The lexicon of cues: which words attribute, with what attitude, and what may follow them.

Read from `data/cues.toml`, where its keys are told, and checked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import msgspec

from vedette.errors import BadData
from vedette.records import Stance

__all__ = ["CueSense", "Cues", "parse_cues"]

Kind = Literal["speech", "thought", "attitude"]
FRAMES = frozenset("clause inf obj ing adverb raising of about to on for upon against at with over by".split())


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    stance: Stance
    kind: Kind
    frames: str
    distancing: bool = False
    verbs: str = ""
    nouns: str = ""
    adjectives: str = ""
    adverbs: str = ""


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    cue: list[_Entry]


@dataclass(frozen=True, slots=True)
class CueSense:
    """What a cue expresses, and the frame that it needs."""

    stance: Stance
    kind: Kind
    is_distancing: bool
    particle: str | None = None


Frames = Mapping[str, CueSense]


@dataclass(frozen=True, slots=True)
class Cues:
    """Senses by lemma, then by frame ("clause", "inf", "obj", a preposition, ...)."""

    verbs: Mapping[str, Frames]
    nouns: Mapping[str, Frames]
    adjectives: Mapping[str, Frames]
    adverbs: Mapping[str, Frames]


def parse_cues(data: Mapping[str, object], file: str) -> Cues:
    """Build the lexicon; of a lemma that has a frame twice the first entry holds.

    Raises:
        BadData: an unknown key, stance, kind or frame.
    """
    try:
        entries = msgspec.convert(data, _File).cue
    except msgspec.ValidationError as error:
        raise BadData(file, "top level", str(error)) from error
    made: dict[str, dict[str, dict[str, CueSense]]] = {"verbs": {}, "nouns": {}, "adjectives": {}, "adverbs": {}}
    for n, entry in enumerate(entries, 1):
        frames = entry.frames.split()
        if unknown := set(frames) - FRAMES:
            raise BadData(file, f"cue {n}", f"unknown frames {sorted(unknown)}: use {', '.join(sorted(FRAMES))}")
        for part, by_lemma in made.items():
            for word in dict.fromkeys(getattr(entry, part).split()):
                lemma, _, particle = word.partition("_")
                sense = CueSense(entry.stance, entry.kind, entry.distancing, particle or None)
                known = by_lemma.setdefault(lemma, {})
                for frame in frames:
                    known.setdefault(frame, sense)
    return Cues(made["verbs"], made["nouns"], made["adjectives"], made["adverbs"])
