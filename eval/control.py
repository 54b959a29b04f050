"""Is the control filter calibrated where the truth is known: `python eval/control.py [PLACES] [WORLDS]`.

A world: PLACES (1,000) places over a year, whose holder moves by the model's own chain among two parties, CONTESTED
and UNKNOWN. Two parties, three outlets and two unnamed voices report at random days; a party says that it holds a
place whether it does or not, and admits a loss now and then. What a voice errs in it goes on erring in, half as
likely after each week; a share of the reports follows a rumour that all voices of the place hear. Reports are copied
in one world, and some claims are misread by the coder. Every ten days each state of each place goes into the bin of
its probability; a JSON line a world gives by bin the mean probability and how often it was so. Worlds differ in how
much the voices depend on each other, how often they report, and how reliable they are.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.random import Generator
from scipy.optimize import nnls

from vedette.analysis.control import ControlFilter, Evidence, weights_of
from vedette.analysis.control_claims import UNNAMED, Statement
from vedette.analysis.control_model import ControlModel
from vedette.analysis.control_places import Held, PlaceKey
from vedette.analysis.control_weight import likelihood_of, says_of, strength_of
from vedette.controls import load_control_model
from vedette.records import Member

# Two states of no name, so that "unnamed fighters" are neither of them.
PARTIES = ("AAA", "BBB")
SAID = (*PARTIES, None, UNNAMED)
DAYS = 365
# Reports a voice and place in a year; more than half of them say something of control.
REPORTS = 5.0
MISREAD = 0.2
# In so many days a voice's error is forgotten with probability one half.
MEMORY_DAYS = 7.0
BINS = 10


class VoiceOf(NamedTuple):
    """A voice: its name, the party it speaks for, and the kind of speaker."""

    name: str
    party: str | None
    kind: str


VOICES = (
    VoiceOf("spokesman of A", PARTIES[0], "named"),
    VoiceOf("spokesman of B", PARTIES[1], "named"),
    VoiceOf("Lower River Post", None, "outlet"),
    VoiceOf("Salt Coast Radio", None, "outlet"),
    VoiceOf("Plain Dispatch", None, "outlet"),
    VoiceOf("a resident", None, "unnamed"),
    VoiceOf("a driver", None, "unnamed"),
)


class World(NamedTuple):
    """`truth` (n_places, DAYS) states; statements with their places, in the order in which they were told."""

    truth: np.ndarray
    places: list[int]
    statements: list[Statement]


def walk(rng: Generator, model: ControlModel, n_places: int) -> np.ndarray:
    """The true states, ``(n_places, DAYS)``: 0 and 1 the parties, 2 CONTESTED, 3 UNKNOWN."""
    move = model.transition(len(PARTIES), 1.0).cumsum(axis=1)
    found = np.empty((n_places, DAYS), np.int64)
    found[:, 0] = np.searchsorted(model.starting(len(PARTIES)).cumsum(), rng.uniform(size=n_places))
    for day in range(1, DAYS):
        found[:, day] = (rng.uniform(size=n_places)[:, None] > move[found[:, day - 1]]).sum(axis=1)
    return np.minimum(found, len(PARTIES) + 1)


def chances(model: ControlModel, voice: VoiceOf, shift: float, *, even: bool = True) -> np.ndarray:
    """How often a voice says each of `SAID` in each true state; (4, 4), rows true states.

    `shift` moves the true reliability away from the priors: the log of the ratio is so much longer. `even`: how often
    each thing is said at all is chosen so that a voice says as much in every state; else it says more of contested
    places and little of those whose holder nobody names.
    """
    found = np.zeros((4, 4))
    for said, holder in enumerate(SAID):
        row = model.voice_of(interest_of(voice, holder), voice.kind)
        so, not_so = row.if_so, row.if_so * (row.if_not / row.if_so) ** (1 + shift)
        found[:, said] = not_so
        found[said, said] = so
        if holder is None:
            found[3, said] = (so * not_so) ** 0.5
        else:
            found[2, said] = (so * not_so) ** 0.5
    if even:
        found *= nnls(found, np.ones(4))[0]
    return found / found.sum(axis=1).max()


def interest_of(voice: VoiceOf, holder: str | None) -> str | None:
    """Whom it serves that `holder` holds a place: None where the voice has no party."""
    if voice.party is None:
        return None
    return "neutral" if holder in (None, UNNAMED) else "self-serving" if holder == voice.party else "against interest"


def make_world(
    rng: Generator,
    model: ControlModel,
    n_places: int,
    *,
    rumour: float = 0.7,
    shift: float = 0.0,
    copies: float = 0.0,
    even: bool = True,
    reports: float = REPORTS,
) -> World:
    """Draw a world.

    `rumour` is the share of reports that follow what all voices of the place hear, `copies` how often a report is
    printed again, `reports` how many a voice makes of a place in a year; `shift` and `even` as for `chances`.
    """
    truth = walk(rng, model, n_places)
    tables = []
    for voice in VOICES:
        table = chances(model, voice, shift, even=even)
        often = table.min(axis=0) + table.max(axis=0)  # what is misread is as common as what is said
        tables.append((table.cumsum(axis=1), often / often.sum()))
    places: list[int] = []
    told: list[Statement] = []
    for place in range(n_places):
        heard = list(rng.uniform(size=DAYS))
        for day in range(1, DAYS):
            if rng.uniform() < 2 ** (-1 / MEMORY_DAYS):
                heard[day] = heard[day - 1]
        for voice, (table, misread) in zip(VOICES, tables, strict=True):
            own, last = rng.uniform(), -(10**6)
            for day in np.flatnonzero(rng.uniform(size=DAYS) < reports / DAYS).tolist():
                if rng.uniform() > 2 ** (-(day - last) / MEMORY_DAYS):
                    own = rng.uniform()
                last = day
                luck = heard[day] if rng.uniform() < rumour else own
                said = int((luck > table[truth[place, day]]).sum())
                if said >= len(SAID):
                    continue  # the report says nothing of who holds it
                if rng.uniform() < MISREAD:
                    said = int(rng.choice(len(SAID), p=misread))
                for number in range(1 + rng.poisson(copies)):
                    told.append(statement(voice, place, day, SAID[said], number))
                    places.append(place)
    return World(truth, places, told)


def statement(voice: VoiceOf, place: int, day: int, holder: str | None, copy: int = 0) -> Statement:
    """What a voice says of a place on a day; a copy has the origin of what it repeats."""
    interest = interest_of(voice, holder)
    origin = f"party:{voice.party}" if interest == "self-serving" else voice.name
    key = PlaceKey("XYZ", "", f"place {place}", "settlement")
    return Statement(
        member=Member(f"{voice.name} {day} {copy}", f"c{place}"), held=Held(key, None, None), day=day,
        state="held" if holder else "contested", is_so=True, holder=holder, others=(), share=None, interest=interest,
        speaker_kind=voice.kind, voice=voice.party or voice.name, voice_kind="party" if voice.party else "speaker",
        names=frozenset(), origin=origin, certainty=1.0, confidence=1 - MISREAD, is_dated=False,
    )  # fmt: skip


def filtered(model: ControlModel, n_places: int, places: Sequence[int], told: Sequence[Statement]) -> ControlFilter:
    """Run the filter over statements about numbered places, each with both parties as controllers."""
    weights = weights_of(
        model, places, [s.day for s in told], [says_of(s) for s in told], [s.origin for s in told],
        [strength_of(model, s) for s in told], [s.member.id for s in told],
        [s.interest == "self-serving" for s in told],
    )  # fmt: skip
    rows = [likelihood_of(model, s, PARTIES, 4) * w for s, w in zip(told, weights, strict=True)]
    evidence = Evidence(
        np.array(places, np.int64), np.array([s.day for s in told], np.int64), np.array(rows).reshape(-1, 4)
    )
    made = ControlFilter(model, np.full(n_places, len(PARTIES)), np.arange(DAYS))
    made.run(evidence)
    return made


def bins_of(p: np.ndarray, is_so: np.ndarray) -> list[tuple[float, float, int]]:
    """By tenth of probability: the mean probability, how often it was so, and how many; empty bins are left out."""
    number = np.minimum((p * BINS).astype(int), BINS - 1)
    return [
        (float(p[number == k].mean()), float(is_so[number == k].mean()), int((number == k).sum()))
        for k in range(BINS)
        if (number == k).any()
    ]


def calibration(
    model: ControlModel, world: World, *, smoothed: bool = False, every: int = 10
) -> list[tuple[float, float, int]]:
    """Bins of all states of all places on every tenth day from the first claim of the place on."""
    made = filtered(model, len(world.truth), world.places, world.statements)
    p = made.smoothed() if smoothed else made.forward
    first = np.full(len(world.truth), DAYS)
    np.minimum.at(first, np.array(world.places), np.array([s.day for s in world.statements]))
    days = np.arange(0, DAYS, every)
    known = days[:, None] >= first[None, :]
    is_so = world.truth.T[days][:, :, None] == np.arange(4)
    return bins_of(p[days][known].ravel(), is_so[known].ravel())


def main() -> None:
    n_places = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    n_worlds = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    model = load_control_model()
    started = time.process_time()
    for name, options in (
        ("as the priors say, seven reports in ten by rumour", {}),
        ("the same with copies", {"copies": 2.0}),
        ("no rumours", {"rumour": 0.0}),
        ("ten times the reports", {"reports": 10 * REPORTS}),
        ("four reports in ten by rumour", {"rumour": 0.4}),
        ("voices that say more of contested places", {"even": False}),
        ("voices better than the priors", {"shift": 0.3}),
        ("voices worse than the priors", {"shift": -0.3}),
    ):
        for seed in range(n_worlds):
            size = n_places // 5 if "reports" in options else n_places
            world = make_world(np.random.default_rng([seed, n_places]), model, size, **options)
            for smoothed in (False, True):
                bins = calibration(model, world, smoothed=smoothed)
                print(
                    json.dumps(
                        {
                            "world": name,
                            "seed": seed,
                            "smoothed": smoothed,
                            "claims": len(world.statements),
                            "largest_gap": round(max(abs(a - b) for a, b, n in bins if n >= 100), 3),
                            "bins": [[round(a, 3), round(b, 3), n] for a, b, n in bins],
                        }
                    ),
                    flush=True,
                )
    print(f"{time.process_time() - started:.0f} CPU seconds", file=sys.stderr)


if __name__ == "__main__":
    main()
