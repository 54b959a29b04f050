"""CPU seconds and memory of joining claims of many reports to incidents.

    python bench/incidents.py [N_CLAIMS]    10,000 without it

Prints one JSON line. The claims are made: four a report, of happenings that one report tells or up to some dozens, in
places of a country and on days of a year, with actors of which few are in most, names of victims that are rare, and
sentences of words with the frequencies of English. Stories are those of the happenings: finding them is measured apart.
"""

from __future__ import annotations

import itertools
import resource
import sys
import time
from datetime import date, timedelta

import numpy as np

from printing import print_line
from vedette.records import Actor, Claim, Coded, Count, Place, Segment, Span, When
from vedette.resolution.incidents import cluster, make_incidents
from vedette.resolution.stories import find_stories
from vedette.resolution.told import profile_of, tell

SEED = 6
VOCABULARY = 30_000
EXPONENT, SHIFT = 1.07, 2.7
TYPES = ("ASSAULT", "ASSAULT", "ASSAULT", "COERCE", "PROTEST", "ACCUSE", "CONSULT", "AID")
TRIGGERS = ("killed", "attacked", "shot", "arrested", "marched", "accused", "met", "rescued")
PLACES, ACTORS, DAYS = 3_000, 400, 365
CLAIMS_A_REPORT = 4
# Reports of one happening: one in two has a single report; the tail is that of Zipf's law.
TAIL = 2.2


def reports(n: int, rng: np.random.Generator) -> list[Coded]:
    letters = np.array(list("etaoinshrdlucmfwypvbgk"))
    words = np.array(["".join(rng.choice(letters, size=rng.integers(3, 10))) for _ in range(VOCABULARY)])
    p_words = 1 / (np.arange(VOCABULARY) + SHIFT) ** EXPONENT
    p_words /= p_words.sum()
    p_actors = 1 / (np.arange(ACTORS) + SHIFT)
    p_actors /= p_actors.sum()
    where = rng.uniform((30, 60), (38, 74), size=(PLACES, 2))
    start = date(2031, 1, 1)
    made: list[Coded] = []
    while len(made) < n:
        kind = int(rng.integers(len(TYPES)))
        place, day = int(rng.integers(PLACES)), int(rng.integers(DAYS))
        doer, victim = rng.choice(ACTORS, size=2, p=p_actors).tolist()
        name = "".join(rng.choice(letters, size=8)).title()
        told = rng.choice(words, size=25, p=p_words).tolist()
        for _ in range(min(int(rng.zipf(TAIL)), 60, n - len(made))):
            rest = rng.choice(words, size=60, p=p_words).tolist()
            kinds = [kind if k < 2 else (kind + k) % len(TYPES) for k in range(CLAIMS_A_REPORT)]
            sentences = [f"{name} {TRIGGERS[k]} " + " ".join(rng.permutation(told)[:15]) + "." for k in kinds]
            text = " ".join((*sentences, *rest))
            spot = Place(
                Span(0, 5), f"P{place}", f"P{place}", float(where[place, 0]), float(where[place, 1]), "AFG",
                geonameid=place, confidence=0.9, basis="clause",
            )  # fmt: skip
            when = When(start + timedelta(days=day), start + timedelta(days=day + 1))
            id = f"{len(made):07}"
            claims = []
            at = 0
            for k, sentence in enumerate(sentences):
                trigger = Span(at + len(name) + 1, at + len(name) + 1 + len(TRIGGERS[kinds[k]]))
                toll = Count(2.0, 2.0, 2.0, trigger) if k == 0 else None
                claims.append(
                    Claim(
                        id=f"{id}{k}", kind="event", attribution=None, trigger=(trigger,),
                        evidence=Span(at, at + len(sentence)), event_type=TYPES[kinds[k]],
                        mode=None, contexts=(), quad=4, cameo=None,
                        actors=(Actor((trigger,), f"Group {doer}", f"Group {doer}", f"A{doer}REB"),),
                        recipients=(Actor((trigger,), name, name, f"A{victim}CVL"),), places=(spot,), when=when,
                        deaths=toll, injured=None, share=None, modality="asserted", certainty=2.0, condition=None,
                        confidence=0.8, coder="bench/1",
                    )
                )  # fmt: skip
                at += len(sentence) + 1
            made.append(
                Coded(
                    id=id, text=text, published=when.end, outlet=f"Outlet {len(made) % 300}", claims=tuple(claims),
                    segments=(Segment("body", Span(0, len(text))),),
                )
            )  # fmt: skip
    return made


def main() -> None:
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    coded = reports(n // CLAIMS_A_REPORT, np.random.default_rng(SEED))
    made_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    times = [time.process_time()]
    stories = find_stories([profile_of(c) for c in coded])
    times.append(time.process_time())
    told = sorted((t for c in coded for t in tell(c)), key=lambda t: (t.document, t.position, t.claim))
    times.append(time.process_time())
    clusters = cluster(told, {m: s.story for s in stories for m in s.members})
    times.append(time.process_time())
    incidents = make_incidents(told, clusters, {})
    times.append(time.process_time())
    seconds = [round(b - a, 2) for a, b in itertools.pairwise(times)]
    print_line(
        "incidents",
        {
            "claims": len(told),
            "reports": len(coded),
            "stories": len(stories),
            "incidents": len(incidents),
            **dict(zip(("stories_s", "tell_s", "cluster_s", "make_s"), seconds, strict=True)),
            "resolved_s": round(sum(seconds[1:]), 2),
            "reports_mb": round(made_mb),
            "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        },
    )


if __name__ == "__main__":
    main()
