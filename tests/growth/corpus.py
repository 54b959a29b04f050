"""Reports made by a seed: attacks, arrests and talks in real towns, told by several invented outlets each.

Some reports repeat others or parts of them, some are newer versions of a page, some quote one spokesman.
"""

from __future__ import annotations

import random
from datetime import date, timedelta

from vedette.records import Actor, Attribution, Claim, Coded, Content, Count, Cue, Place, Segment, Span, Speaker, When

TOWNS = (
    ("Kunduz", 36.73, 68.86, 1), ("Taloqan", 36.74, 69.53, 2), ("Baghlan", 36.13, 68.71, 3), ("Khorog", 37.49, 71.55, 4),
    ("Termez", 37.22, 67.28, 5), ("Rustaq", 37.12, 69.83, 6), ("Fayzabad", 37.12, 70.58, 7), ("Mazar", 36.71, 67.11, 8),
)  # fmt: skip
GROUPS = ("Oxus Front", "Northern Shield", "Panj Brigade", "Pamir Guard", "Steppe League")
SYLLABLES = [a + b for a in "b d f g k l m n p r s t v z".split() for b in "a e i o u an en in".split()]
SPOKESMEN = ("Farid Sample", "Olim Dummy", "Sample", "Nazira Placeholder")
TYPES = (("ASSAULT", "killed"), ("ASSAULT", "wounded"), ("COERCE", "arrested"), ("CONSULT", "met"))


class Happening:
    def __init__(self, rng, n, days):
        self.town, lat, lon, number = rng.choice(TOWNS)
        self.lat, self.lon, self.number = lat, lon, number
        self.day = date(2031, 5, 1) + timedelta(days=rng.randrange(days))
        self.who, self.whom = rng.sample(GROUPS, 2)
        self.deaths = rng.randint(1, 40)
        self.words = ["".join(rng.choices(SYLLABLES, k=3)) for _ in range(40)]
        self.name = "".join(rng.choices(SYLLABLES, k=2)).title() + str(n)


def reports(n, seed, days=40):
    """`n` coded documents in order of publication, with the ids d00000 and on, of happenings of so many days."""
    rng = random.Random(seed)
    happenings = [Happening(rng, k, days) for k in range(max(n // 4, 2))]
    drafts = []
    for k in range(n):
        happening = rng.choice(happenings)
        day = happening.day + timedelta(days=rng.choice((0, 0, 1, 1, 2, 5)))
        drafts.append((day, k, happening))
    made = []
    by_happening = {}
    for k, (day, _, happening) in enumerate(sorted(drafts, key=lambda d: d[:2])):
        earlier = by_happening.setdefault(happening.name, [])
        prose = [" ".join(_words(rng, happening)) + "." for _ in range(6)]
        url = None
        kind = rng.random()
        if earlier and kind < 0.2:
            prose = [*prose[:2], *earlier[0][0]]
        elif earlier and kind < 0.25:
            prose, url = [*earlier[-1][0], prose[0]], earlier[-1][1]
        url = url or f"https://outlet{k % 7}.example/{k}"
        earlier.append((prose, url))
        made.append(_coded(f"d{k:05}", prose, url, day, happening, rng, outlet=f"Outlet {k % 7}"))
    return made


def _words(rng, happening):
    """Words of one sentence: half of its happening, half of nothing else."""
    words = rng.choices(happening.words, k=7) + ["".join(rng.choices(SYLLABLES, k=4)) for _ in range(7)]
    rng.shuffle(words)
    return words


def _coded(id, prose, url, day, happening, rng, *, outlet):
    text, claims, speakers = "", [], []
    for n, words in enumerate(prose):
        start = len(text)
        if n < 4:
            event_type, verb = TYPES[(n + happening.number) % len(TYPES)]
            lead = f"{happening.who} {verb} {happening.whom} in {happening.town} near {happening.name}. "
        else:
            event_type, lead = None, ""
        text += lead + words + "\n"
        if event_type:
            speaker = None
            if rng.random() < 0.3:
                speaker = f"a{n}"
                name = rng.choice(SPOKESMEN)
                speakers.append((speaker, name, start))
            claims.append(_claim(f"{id}c{n}", start, len(lead), event_type, verb, happening, rng, speaker))
    attributions = tuple(
        Attribution(
            a, Speaker((Span(at, at + 4),), name, name, "spokesman", "Ministry of Water", kind="named"),
            Cue((Span(at + 5, at + 9),), "say"), Content((Span(at + 9, at + 20),)), "indirect",
        )
        for a, name, at in speakers
    )  # fmt: skip
    return Coded(
        id=id, text=text, outlet=outlet, url=url, published=day, claims=tuple(claims), attributions=attributions,
        segments=(Segment("body", Span(0, len(text))),),
    )  # fmt: skip


def _claim(id, start, length, event_type, verb, happening, rng, speaker):
    at = start + len(happening.who) + 1
    there = Span(start + length - 3, start + length - 1)
    place = Place(
        there, happening.town, happening.town, happening.lat, happening.lon, "AFG", geonameid=happening.number,
        precision="settlement", basis="clause",
    )  # fmt: skip
    toll = float(happening.deaths + rng.choice((0, 0, 0, 3)))
    return Claim(
        id=id, kind="event", attribution=speaker, trigger=(Span(at, at + len(verb)),), evidence=Span(start, start + length),
        event_type=event_type, mode=None, contexts=(), quad=4, cameo="190",
        actors=(Actor((Span(start, start + 4),), happening.who, happening.who, None, "AFG"),),
        recipients=(Actor((there,), happening.whom, happening.whom, None, "TJK"),), places=(place,),
        when=When(happening.day, happening.day + timedelta(days=1)),
        deaths=Count(toll, toll, toll, there) if verb == "killed" else None,
        injured=None, share=None, modality="negated" if rng.random() < 0.05 else "asserted", certainty=2.0,
        condition=None, confidence=0.8, coder="events/1",
    )  # fmt: skip
