"""Check and index `data/factuality.toml`: what the words around a predicate do to its truth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast, get_args

from vedette.errors import BadData
from vedette.records import Modality

__all__ = ["Effect", "FactualityTable", "parse_factuality"]

MODALITIES = (*get_args(Modality), "inherit")
WORD_KINDS = {"verbs": "V", "nouns": "N", "adjectives": "J"}
EFFECT_KEYS = frozenset({*WORD_KINDS, "takes", "affirmed", "negated", "presupposed", "done"})
CLAUSE_KINDS = ("condition", "question", "purpose", "hypothetical", "open")
# What a place in the sentence makes of a predicate by itself, where no governing word decides; see the data file.
SLOTS = (
    "that", "that_denied", "question", "root_question", "participle", "infinitive", "infinitive_passive",
    "infinitive_adjective", "infinitive_noun", "infinitive_subject", "infinitive_denied", "is_to", "purpose",
    "purpose_denied", "without", "if_clause", "consequence", "open", "hypothetical", "granted", "outside", "no_object",
    "few", "headline", "what",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Effect:
    """What a word makes of the clause or noun in one of its slots, when it holds and when it is denied."""

    name: str
    modality: Modality
    certainty: float
    denied_modality: Modality
    denied_certainty: float
    is_presupposed: bool = False
    # The certainty where the word is told as done ("forced them to leave", not "forces" or "will force"); None: no other.
    done_certainty: float | None = None


@dataclass(frozen=True, slots=True)
class FactualityTable:
    """The checked content of `data/factuality.toml`."""

    effects: Mapping[str, Mapping[str, Effect]]  # "V", "N" or "J" + lemma -> slot -> effect
    modals: Mapping[str, tuple[Modality, float, float]]
    adverbs: Mapping[str, tuple[Modality, float]]
    adjectives: Mapping[str, tuple[str, float]]
    clauses: Mapping[str, str]
    slots: Mapping[str, tuple[Modality, float]]
    past_units: frozenset[str]
    past_adverbs: frozenset[str]
    past_adjectives: frozenset[str]
    changes: frozenset[str]  # "fell", "rebounded" ...
    outcomes: frozenset[str]  # ... "to close": what the change came to
    homages: frozenset[str]  # "to mark", "to protest": done by whatever was done for it
    wishes: frozenset[str]  # "would like" ...
    courtesies: frozenset[str]  # ... "to thank": said by saying so


def parse_factuality(data: Mapping[str, object], file: str) -> FactualityTable:
    """Check the table of effects and index it by word.

    Raises:
        BadData: an unknown key or modality, a certainty outside -3..+3, a word with two effects in one slot.
    """
    effects: dict[str, dict[str, Effect]] = {}
    for name, raw in _table(data, "effects", file).items():
        where = f"effects.{name}"
        row = _mapping(raw, file, where)
        affirmed = _value(row.get("affirmed"), file, f"{where}.affirmed")
        denied = _value(row.get("negated"), file, f"{where}.negated")
        done = _number(row["done"], file, f"{where}.done") if "done" in row else None
        effect = Effect(name, *affirmed, *denied, bool(row.get("presupposed", False)), done)
        takes = _words(row.get("takes"), file, f"{where}.takes")
        if unknown := set(row) - EFFECT_KEYS:
            raise BadData(file, f"{where}.{min(unknown)}", f"unknown key: use {', '.join(sorted(EFFECT_KEYS))}")
        if not any(kind in row for kind in WORD_KINDS):
            raise BadData(file, where, f"list words under {', '.join(WORD_KINDS)}")
        for kind, letter in WORD_KINDS.items():
            for word in _words(row[kind], file, f"{where}.{kind}") if kind in row else []:
                slots = effects.setdefault(letter + word, {})
                for slot in takes:
                    if slot in slots:
                        other = slots[slot].name
                        raise BadData(file, where, f"{word!r} takes {slot!r} in effects.{other} already; remove one")
                    slots[slot] = effect
    modals: dict[str, tuple[Modality, float, float]] = {}
    for word, raw in _table(data, "modals", file).items():
        if not isinstance(raw, list) or len(raw) != 3:
            raise BadData(file, f"modals.{word}", "write [modality, certainty, certainty when negated]")
        modality, certainty = _value(raw[:2], file, f"modals.{word}")
        modals[word] = (modality, certainty, _value([modality, raw[2]], file, f"modals.{word}")[1])
    adverbs = {w: _value(v, file, f"adverbs.{w}") for w, v in _table(data, "adverbs", file).items()}
    adjectives = {w: _value(v, file, f"adjectives.{w}") for w, v in _table(data, "adjectives", file).items()}
    clauses: dict[str, str] = {}
    for word, raw in _table(data, "clauses", file).items():
        if raw not in CLAUSE_KINDS:
            raise BadData(file, f"clauses.{word}", f"{raw!r} is none of {', '.join(CLAUSE_KINDS)}")
        clauses[word] = str(raw)
    by_place = {w: _value(v, file, f"slots.{w}") for w, v in _table(data, "slots", file).items()}
    for name in SLOTS:
        if name not in by_place:
            raise BadData(file, f"slots.{name}", "write [modality, certainty]")
    past = _table(data, "past", file)
    units, before, earlier = (
        frozenset(_words(past.get(key), file, f"past.{key}")) for key in ("ago_units", "adverbs", "adjectives")
    )
    pairs = _table(data, "pairs", file)
    changes, outcomes, homages, wishes, courtesies = (
        frozenset(_words(pairs.get(key), file, f"pairs.{key}"))
        for key in ("changes", "outcomes", "homages", "wishes", "courtesies")
    )
    return FactualityTable(
        effects, modals, adverbs, adjectives, clauses, by_place, units, before, earlier,
        changes, outcomes, homages, wishes, courtesies,
    )  # fmt: skip


def _table(data: Mapping[str, object], key: str, file: str) -> Mapping[str, object]:
    if key not in data:
        raise BadData(file, key, "the table is missing")
    return _mapping(data[key], file, key)


def _mapping(value: object, file: str, where: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise BadData(file, where, "write a table")
    return value


def _words(value: object, file: str, where: str) -> list[str]:
    if not isinstance(value, list) or not value or not all(isinstance(w, str) and w for w in value):
        raise BadData(file, where, "write a list of words")
    return list(dict.fromkeys(value))


def _value(value: object, file: str, where: str) -> tuple[Modality, float]:
    if not isinstance(value, list) or len(value) != 2 or not isinstance(value[1], int | float):
        raise BadData(file, where, "write [modality, certainty]")
    modality, certainty = value
    if modality not in MODALITIES:
        raise BadData(file, where, f"{modality!r} is none of {', '.join(MODALITIES)}")
    return cast("Modality", modality), _number(certainty, file, where)


def _number(value: object, file: str, where: str) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise BadData(file, where, "write a certainty, a number from -3 to 3")
    if not -3 <= value <= 3:
        raise BadData(file, where, f"certainty {value} lies outside -3..3")
    return float(value)
