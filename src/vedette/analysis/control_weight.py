"""What one statement makes likelier: its likelihood over the states of a place, in logarithms.

The strongest state gets the log of the voice's ratio, the least 0; what lies between gets half of it. A coding that
is right with probability c is a mixture of the claim and of a sentence that says nothing of this place.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from vedette.analysis.control_claims import UNNAMED, Statement
from vedette.analysis.control_model import ControlModel

__all__ = ["likelihood_of", "says_of", "strength_of"]

Floats = NDArray[np.float64]
# From this share on, a place is held as a whole.
WHOLE = 0.95


def strength_of(model: ControlModel, statement: Statement) -> float:
    """The log likelihood ratio between what is said and its contrary, 0 or more."""
    if statement.state == "attack":
        return float(np.log(model.weights.assault)) * statement.certainty * statement.confidence
    voice = model.voice_of(statement.interest, statement.speaker_kind)
    c, misread = statement.confidence, (1 - statement.confidence) * (voice.if_so + voice.if_not) / 2
    ratio = (c * voice.if_so + misread) / (c * voice.if_not + misread)
    return float(np.log(ratio)) * statement.certainty


def says_of(statement: Statement) -> str:
    """What is said, so that the same said in other words is the same: "not lost" is "held"."""
    state, holder = statement.state, statement.holder or ""
    if state in ("held", "seized", "lost"):
        return ("+" if (state != "lost") == statement.is_so else "-") + holder
    return f"{state}{'' if statement.is_so else ' not'} {holder if state == 'surrounded' else ''}"


def likelihood_of(model: ControlModel, statement: Statement, controllers: Sequence[str], n_states: int) -> Floats:
    """The log likelihood of a statement, shape (n_states,): `controllers` first, CONTESTED and UNKNOWN last.

    | said | holder | CONTESTED | others | UNKNOWN |
    |---|---|---|---|---|
    | holds, has seized, not lost | full | half | 0 | 0 |
    | holds a part s of it | mixture of this and "contested" with s | | | |
    | has lost, does not hold | 0 | half | full | full |
    | contested | 0 | full | 0 | half |
    | not contested | full | 0 | full | half |
    | surrounds | 0 | full | half | half |
    | surrounds not | half | 0 | half | half |
    | attack by or on a party | 0 | its own | 0 | 0 |

    Fighters of no name are any holder but a state, whose names are three capitals, or UNKNOWN.
    """
    full = strength_of(model, statement)
    half = full / 2
    found = np.zeros(n_states)
    k = len(controllers)
    is_holder = np.array([name == statement.holder for name in controllers], np.bool_)
    is_unnamed = statement.holder == UNNAMED
    if is_unnamed:
        is_holder = np.array([not is_state(name) for name in controllers], np.bool_)
    match statement.state:
        case "attack":
            found[-2] = full
        case "contested":
            if statement.is_so:
                found[-2], found[-1] = full, half
            else:
                found[:k], found[-1] = full, half
        case "surrounded":
            if statement.is_so:
                found[:k], found[-2], found[-1] = np.where(is_holder, 0.0, half), full, half
            else:
                found[:k], found[-1] = half, half
        case _ if (statement.state != "lost") == statement.is_so:
            found[:k], found[-2], found[-1] = np.where(is_holder, full, 0.0), half, full if is_unnamed else 0.0
            share = statement.share.best if statement.share else None
            if statement.held.key is not None and share is not None and share < WHOLE:
                contested = np.zeros(n_states)
                contested[-2], contested[-1] = full, half
                found = np.log(share * np.exp(found) + (1 - share) * np.exp(contested))
                found[k:-2] = 0.0
        case _:
            found[:k], found[-2], found[-1] = np.where(is_holder, 0.0, full), half, 0.0 if is_unnamed else full
    return found


def is_state(name: str) -> bool:
    """Whether a controller is a state: an ISO 3166 alpha-3 code."""
    return len(name) == 3 and name.isupper()
