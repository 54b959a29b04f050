"""The lexicon of cues: which words attribute, with what attitude, and what may follow them.

Two sources: `data/cues.toml`, where the sure ones stand with their attitudes and frames, and `data/cue_classes.csv`,
how often a word's use is one of communication, cognition or emotion by WordNet; from that share follow the frames of
words that nobody wrote down. Both are checked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import msgspec

from vedette.errors import BadData
from vedette.records import Stance

__all__ = ["Classes", "CueSense", "Cues", "Frames", "parse_classes", "parse_cues"]

Kind = Literal["speech", "thought", "attitude"]
Classes = Mapping[tuple[str, str], tuple[float, float, float]]
# A word whose use is at least to this share one of communication, cognition or emotion takes the frame, though the
# lexicon does not say so. Set on every fourth document of PolNeAR's train part: with .5 for objects and .2 for clauses
# indirect recall is lower by 2.4 points and content + speaker F1 the same; as objects tell an attitude, and attitudes
# are in nobody's voice, a wrong one does little harm.
DERIVED = {
    "verbs": {
        "clause": 0.1, "inf": 0.4, "ing": 0.6, "obj": 0.2, "as_object": 0.1, "passive": 0.8,
        "about": 0.1, "of": 0.5, "as": 0.3, "for": 0.3, "against": 0.2,
    },
    "nouns": {"clause": 0.5, "inf": 0.5, "about": 0.5, "topic": 0.5},
}  # fmt: skip
# The tagged texts hold few verbs with a particle, so that their shares are rough.
PHRASAL = 0.8
FRAMES = frozenset(
    "clause inf obj ing adverb raising of about to on for upon against at with over by as in into topic as_object passive seeming".split()
)


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    stance: Stance
    kind: Kind
    frames: str
    distancing: bool = False
    verbs: str = ""
    nouns: str = ""
    adjectives: str = ""
    adverbs: str = ""


class _Never(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    frames: str
    verbs: str = ""
    nouns: str = ""


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    cue: list[_Entry]
    never: list[_Never] = []


@dataclass(frozen=True, slots=True)
class CueSense:
    """What a cue expresses, and the frame that it needs; `is_derived` where it follows from the word's class."""

    stance: Stance
    kind: Kind
    is_distancing: bool
    is_derived: bool = False


Frames = Mapping[str, CueSense]


@dataclass(frozen=True, slots=True)
class Cues:
    """Senses by lemma (verbs with their particle: "point_out"), then by frame ("clause", "inf", "obj", a preposition, ...)."""

    verbs: Mapping[str, Frames]
    nouns: Mapping[str, Frames]
    adjectives: Mapping[str, Frames]
    adverbs: Mapping[str, Frames]


def parse_cues(data: Mapping[str, object], file: str, classes: Classes | None = None) -> Cues:
    """Build the lexicon; `classes` are the shares (communication, cognition, emotion) by part of speech and lemma.

    Raises:
        BadData: an unknown stance, kind or frame, an entry without words or with one twice.
    """
    try:
        content = msgspec.convert(data, _File)
    except msgspec.ValidationError as error:
        raise BadData(file, "top level", str(error)) from error
    made: dict[str, dict[str, dict[str, CueSense]]] = {"verbs": {}, "nouns": {}, "adjectives": {}, "adverbs": {}}
    for n, entry in enumerate(content.cue, 1):
        frames = _frames(entry.frames, file, f"cue {n}")
        _check_words([getattr(entry, part) for part in made], file, f"cue {n}")
        for part, by_lemma in made.items():
            for word in getattr(entry, part).split():
                sense = CueSense(entry.stance, entry.kind, entry.distancing)
                known = by_lemma.setdefault(word, {})
                for frame in frames:
                    known.setdefault(frame, sense)
    never: dict[str, set[tuple[str, str]]] = {"verbs": set(), "nouns": set()}
    for n, row in enumerate(content.never, 1):
        _check_words([row.verbs, row.nouns], file, f"never {n}")
        for part, out in never.items():
            out.update(
                (word, f) for word in getattr(row, part).split() for f in _frames(row.frames, file, f"never {n}")
            )
    for (pos, lemma), shares in (classes or {}).items():
        part = f"{pos}s"
        for frame, least in DERIVED[part].items():
            if "_" in lemma:
                least = max(least, PHRASAL)
            if sum(shares) >= least and (lemma, frame) not in never[part]:
                made[part].setdefault(lemma, {}).setdefault(frame, _derived(shares, frame))
    return Cues(made["verbs"], made["nouns"], made["adjectives"], made["adverbs"])


def parse_classes(rows: Iterable[Mapping[str, str]], file: str) -> Classes:
    """Read the shares of `data/cue_classes.csv`.

    Raises:
        BadData: a row that is no noun or verb or stands twice, or shares that are no numbers of 0 to 1.
    """
    found: dict[tuple[str, str], tuple[float, float, float]] = {}
    for n, row in enumerate(rows, 2):
        where = f"line {n}"
        if row.get("pos") not in ("noun", "verb") or not row.get("lemma"):
            raise BadData(file, where, "a row is: noun or verb, lemma, three shares")
        try:
            shares = (float(row["communication"]), float(row["cognition"]), float(row["emotion"]))
        except (KeyError, TypeError, ValueError) as error:
            raise BadData(file, where, "shares are numbers of 0 to 1") from error
        if not all(0 <= share <= 1 for share in shares):
            raise BadData(file, where, "shares are numbers of 0 to 1")
        if (row["pos"], row["lemma"]) in found:
            raise BadData(file, where, f"{row['pos']} {row['lemma']!r} stands twice: take one of them out")
        found[row["pos"], row["lemma"]] = shares
    return found


def _check_words(parts: Iterable[str], file: str, where: str) -> None:
    """Each word once in its part of an entry, and one at least; between entries the first of a word and frame holds."""
    listed = [words.split() for words in parts]
    if not any(listed):
        raise BadData(file, where, "no words: give verbs, nouns, adjectives or adverbs")
    for words in listed:
        if twice := {word for word in words if words.count(word) > 1}:
            raise BadData(file, where, f"{min(twice)!r} stands twice: take one of them out")


def _frames(words: str, file: str, where: str) -> list[str]:
    frames = words.split()
    if not frames:
        raise BadData(file, where, f"no frames: give some of {', '.join(sorted(FRAMES))}")
    if unknown := set(frames) - FRAMES:
        raise BadData(file, where, f"unknown frames {sorted(unknown)}: use {', '.join(sorted(FRAMES))}")
    return frames


def _derived(shares: tuple[float, float, float], frame: str) -> CueSense:
    communication, cognition, emotion = shares
    kind: Kind = "attitude"
    if frame == "clause":
        kind = "speech" if communication >= cognition + emotion else "thought"
    return CueSense("assert", kind, False, True)
