"""What claims on control weigh and how they age: the priors of `data/analysis/control.toml`, checked.

Pure: the file's content arrives as an argument. The reasons stand in the file, the equations in docs/method/control.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from vedette.errors import BadData

__all__ = ["ControlModel", "Voice", "parse_control_model"]

Floats = NDArray[np.float64]
InterestName = Literal["self-serving", "against interest", "neutral", "unknown", "any"]
SpeakerName = Literal["named", "unnamed", "collective", "document", "outlet", "unknown", "any"]
LN2 = float(np.log(2))


class _Parts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    held: float
    contested: float
    unknown: float
    reason: str


class _Drift(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    held_half_life_days: float
    contested_half_life_days: float
    unknown_half_life_days: float
    reason: str
    leaves_for: _Parts


class Voice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How often a claim is made where it is so, and where it is not so, both above 0 and up to 1."""

    interest: InterestName
    speakers: tuple[SpeakerName, ...]
    if_so: float
    if_not: float
    reason: str


class _Repeats(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    memory_days: float
    serving_memory_days: float
    changed_word: float
    dependence: float
    reason: str


class _Weights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    centre_to_district: float
    before_seized: float
    seized_days: float
    assault: float
    region: float
    reason: str


class ControlModel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The priors: drift in silence, reliability of voices, worth of repeats, weights of indirect evidence."""

    drift: _Drift
    start: _Parts
    voice: tuple[Voice, ...]
    repeats: _Repeats
    weights: _Weights

    def voice_of(self, interest: str | None, speaker: str) -> Voice:
        """The first row that fits; the last fits everybody.

        Args:
            interest: "self-serving", "against interest", "neutral" or None.
            speaker: a kind of `Speaker.kind`, "outlet" for the report's own voice.
        """
        return next(
            row
            for row in self.voice
            if row.interest in ("any", interest or "unknown") and ("any" in row.speakers or speaker in row.speakers)
        )

    def generator(self, n_controllers: int) -> Floats:
        """The rates a day between the states, shape (n + 2, n + 2), rows from; CONTESTED, UNKNOWN are the last two."""
        drift = self.drift
        target = _states(drift.leaves_for, n_controllers)
        held = [drift.held_half_life_days] * n_controllers
        half_lives = np.array([*held, drift.contested_half_life_days, drift.unknown_half_life_days])
        rates = (LN2 / half_lives / (1 - target))[:, None] * target[None, :]
        np.fill_diagonal(rates, 0.0)
        np.fill_diagonal(rates, -rates.sum(axis=1))
        return rates

    def starting(self, n_controllers: int) -> Floats:
        """What is held of a place before anything is told; shape (n + 2,)."""
        return _states(self.start, n_controllers)

    def silent(self, n_controllers: int) -> Floats:
        """Where silence ends; shape (n + 2,)."""
        target = _states(self.drift.leaves_for, n_controllers)
        # Rates are r_i w_j: detailed balance holds with w_i / r_i (Kelly 1979), and r_i (1 - w_i) is that of leaving.
        found = target * (1 - target) / -np.diag(self.generator(n_controllers))
        return np.asarray(found / found.sum())

    def transition(self, n_controllers: int, days: float) -> Floats:
        """The probabilities of moving within `days`, rows from; exact, through the symmetric form of the rates."""
        rates, share = self.generator(n_controllers), self.silent(n_controllers)
        root = np.sqrt(share)
        values, vectors = np.linalg.eigh(root[:, None] * rates / root[None, :])
        moved = (vectors * np.exp(values * days)) @ vectors.T
        found = np.clip(moved / root[:, None] * root[None, :], 0.0, None)
        return found / found.sum(axis=1, keepdims=True)


def parse_control_model(data: Mapping[str, object], file: str) -> ControlModel:
    """Read the priors.

    Raises:
        BadData: a key is missing or unknown, a half-life, share, ratio or weight is out of range, a claim would
            be likelier where it is not so, or some voice has no row.
    """
    try:
        model = msgspec.convert(data, ControlModel)
    except msgspec.ValidationError as error:
        raise BadData(file, "top level", str(error)) from error
    drift = model.drift
    for key in ("held_half_life_days", "contested_half_life_days", "unknown_half_life_days"):
        if not 0 < getattr(drift, key) < 1e6:
            raise BadData(file, f"drift.{key}", f"{getattr(drift, key):g} is no half-life: give days above 0")
    for where, parts in (("drift.leaves_for", drift.leaves_for), ("start", model.start)):
        for key in ("held", "contested", "unknown"):
            if not 0 < getattr(parts, key) < 1:
                raise BadData(file, f"{where}.{key}", f"{getattr(parts, key):g} is not between 0 and 1")
        if abs(parts.held + parts.contested + parts.unknown - 1) > 1e-6:
            raise BadData(file, where, "held, contested and unknown do not add up to 1")
    for n, row in enumerate(model.voice, 1):
        if not row.speakers:
            raise BadData(file, f"voice {n}", "no 'speakers': name kinds of speakers, or \"any\"")
        if not 0 < row.if_not <= row.if_so <= 1:
            raise BadData(
                file, f"voice {n}", f"'if_so' {row.if_so:g} and 'if_not' {row.if_not:g}: give 0 < if_not <= if_so <= 1"
            )
    last = model.voice[-1] if model.voice else None
    if last is None or last.interest != "any" or "any" not in last.speakers:
        raise BadData(
            file, f"voice {len(model.voice)}", "the last 'voice' must fit everybody: interest and speakers \"any\""
        )
    repeats, weights = model.repeats, model.weights
    for key in ("memory_days", "serving_memory_days"):
        if not 0 < getattr(repeats, key) < 1e6:
            raise BadData(file, f"repeats.{key}", f"{getattr(repeats, key):g} is no time: give days above 0")
    if not 0 <= repeats.changed_word <= 1:
        raise BadData(file, "repeats.changed_word", f"{repeats.changed_word:g} is not from 0 to 1")
    if not 0 <= repeats.dependence < 1:
        raise BadData(file, "repeats.dependence", f"{repeats.dependence:g} is not from 0 to below 1")
    for key in ("centre_to_district", "before_seized", "region"):
        if not 0 <= getattr(weights, key) <= 1:
            raise BadData(file, f"weights.{key}", f"{getattr(weights, key):g} is not from 0 to 1")
    if not 1 <= weights.seized_days <= 1000:
        raise BadData(file, "weights.seized_days", f"{weights.seized_days:g} is not from 1 to 1000 days")
    if not 1 <= weights.assault <= 10:
        raise BadData(file, "weights.assault", f"{weights.assault:g} is not from 1 to 10")
    _check_reasons(model, file)
    return model


def _states(parts: _Parts, n_controllers: int) -> Floats:
    """The shares of the states, the controllers' own in equal parts; shape (n + 2,), adding up to 1."""
    found = np.array([*[parts.held / n_controllers] * n_controllers, parts.contested, parts.unknown])
    return np.asarray(found / found.sum())


def _check_reasons(model: ControlModel, file: str) -> None:
    """A prior without its reason is a number from nowhere."""
    told = {
        "drift": model.drift.reason,
        "drift.leaves_for": model.drift.leaves_for.reason,
        "start": model.start.reason,
        "repeats": model.repeats.reason,
        "weights": model.weights.reason,
        **{f"voice {n}": row.reason for n, row in enumerate(model.voice, 1)},
    }
    for where, reason in told.items():
        if len(reason.split()) < 3:
            raise BadData(file, where, "no 'reason': say on what the numbers rest")
