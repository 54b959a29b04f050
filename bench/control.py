"""CPU seconds of the control map: 400 places over a year by 10,000 claims, filtered and smoothed on every day.

Prints one JSON line. The documents are made here: 2,000 reports of five claims each, by two parties, outlets and
unnamed voices, with 200 regional shares among them. Timed are the filter alone (weights, forward, backward) and the
whole map from coded documents, with places, parties, timeline and the claimed layer.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import date, timedelta

import numpy as np

from printing import print_line
from vedette.analysis.control import ControlFilter, Evidence, weights_of
from vedette.analysis.control_claims import statements
from vedette.analysis.control_map import assess_control
from vedette.analysis.control_weight import likelihood_of, says_of, strength_of
from vedette.controls import load_control_model
from vedette.records import Actor, Claim, Coded, Count, Interest, Place, Span, When

RUNS = 3
PLACES, DAYS, CLAIMS, EACH = 400, 365, 10_000, 5
PARTIES = ("Reed League", "Salt Compact", "Hill Union")
START = date(2031, 1, 1)
WANTED = {"filter": 1.0}


def seconds(work: Callable[[], object], runs: int = RUNS) -> float:
    """CPU seconds of the quickest of `runs`."""
    spent = []
    for _ in range(runs):
        started = time.process_time()
        work()
        spent.append(time.process_time() - started)
    return min(spent)


def reports(rng: np.random.Generator) -> list[Coded]:
    """Reports in which voices claim places, and now and then a share of a province."""
    found = []
    for number in range(CLAIMS // EACH):
        day = START + timedelta(days=int(rng.integers(DAYS)))
        text = f"Report {number}. "
        claims = []
        for k in range(EACH):
            sentence = f"Party holds place {number} {k}. "
            at = len(text)
            text += sentence
            claims.append(claim(rng, f"c{number}x{k}", at, len(sentence), day))
        found.append(Coded(f"d{number}", text, published=day, outlet=f"Outlet {number % 20}", claims=tuple(claims)))
    return found


def claim(rng: np.random.Generator, id: str, at: int, length: int, day: date) -> Claim:
    """One claim of a random voice on a random place."""
    place = int(rng.integers(PLACES))
    party, holder = (PARTIES[k] for k in rng.integers(len(PARTIES), size=2))
    is_share = rng.uniform() < 0.02
    spans = (Span(at + 12, at + 17),)
    kind = rng.choice(["self-serving", "against interest", "neutral"])
    return Claim(
        id=id, kind="control", attribution=None, trigger=(Span(at + 6, at + 11),), evidence=Span(at, at + length),
        event_type=None, mode=None, contexts=(), quad=None, cameo=None, actors=(Actor(spans, holder, holder),),
        recipients=(Actor(spans, "the district centres" if is_share else f"Town {place}"),),
        places=(
            Place(
                spans[0], f"Town {place}", f"Town {place}", 30 + place / 100, 60 + place / 100, "AFG",
                f"Province {place % 30}", precision="settlement", confidence=0.9, basis="clause",
            ),
        ),
        when=When(day, day + timedelta(days=1)), deaths=None, injured=None,
        share=Count(0.4, 0.5, 0.6, spans[0]) if is_share else None, modality="asserted", certainty=2.8,
        condition=None, confidence=0.75, coder="control/2", state="held",
        interest=Interest(None, None, kind, "outlet", party, "drawn"),
    )  # fmt: skip


def main() -> None:
    model = load_control_model()
    coded = reports(np.random.default_rng(1))
    told, _ = statements(coded, {}, {})
    placed = [s for s in told if s.held.key is not None]
    keys = sorted({s.held.key for s in placed if s.held.key is not None})
    places = [keys.index(s.held.key) for s in placed if s.held.key is not None]

    def run_filter() -> None:
        weights = weights_of(
            model, places, [s.day for s in placed], [says_of(s) for s in placed], [s.origin for s in placed],
            [strength_of(model, s) for s in placed], [s.member.claim for s in placed],
            [s.interest == "self-serving" for s in placed],
        )  # fmt: skip
        rows = [likelihood_of(model, s, PARTIES, 5) * w for s, w in zip(placed, weights, strict=True)]
        evidence = Evidence(np.array(places), np.array([s.day for s in placed]), np.array(rows))
        made = ControlFilter(model, np.full(len(keys), 3), np.arange(START.toordinal(), START.toordinal() + DAYS))
        made.run(evidence)
        made.smoothed()

    spent = {
        "filter": seconds(run_filter),
        "map": seconds(lambda: assess_control(coded, {}, {}, model)),
    }
    print_line(
        "control",
        {
            "inputs": {"places": len(keys), "days": DAYS, "claims": len(told), "on_places": len(placed)},
            "cpu_seconds": {name: round(s, 3) for name, s in spent.items()},
            "above_wanted": [name for name, wanted in WANTED.items() if spent[name] > wanted],
            "numpy": np.__version__,
        },
    )


if __name__ == "__main__":
    sys.exit(main())
