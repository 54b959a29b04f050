"""What resolution needs of a claim and of a report, taken from the coded document once.

`Told` and `Profile` are plain records: they can be kept, sent to another process and read back, so that new claims are
compared with known ones without their documents at hand.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

import msgspec

from vedette.records import Actor, Attribution, Claim, Coded, Count, Modality, Place, When
from vedette.resolution.voices import STATE, Denial, Voice, accused_of, denials_of, voice_of
from vedette.resolution.words import EMPTY, plain_words, proper_words, stem

__all__ = ["Aspect", "Party", "Profile", "Told", "profile_of", "tell"]

# What of a happening a claim tells: the act itself, the act as done to somebody, who was hurt, who died.
Aspect = Literal["act", "blow", "injury", "death"]
DEATH = frozenset(map(stem, "kill die murder homicide slay massacre assassinate execute manslaughter fatality".split()))
BLOW = frozenset(map(stem, "shoot hit strike stab beat gun behead".split()))
INJURY = frozenset(map(stem, "wound injure injury hurt maim hospitalize casualty".split()))
# The words by which a report sets an event apart from the one it is about.
APART = re.compile(
    r"(?i)\b(?:another|(?:a|the) (?:second|third|fourth|separate|different|similar|previous|earlier)|earlier"
    r"|separate(?:ly)?|previous(?:ly)?|unrelated|other|elsewhere|last (?:year|month)"
    r"|(?:days?|weeks?|months?|years?) (?:ago|earlier|before|later))\b"
)
# What names the act and not whom it hit: nouns of action, and the firing of a gun.
ACT = re.compile(r"(?i)\b(?:\w+(?:ings?|ions?|ents?|fire|shots?|shot?outs?)|shots|fire[sd]?)\b")
# "shooting X" may be the blow to X.
GERUND = re.compile(r"(?i)\w+ing")
OURS = re.compile(r"(?i)(?:our|my) ")
NEAR_CHARS = 60
# Triggers and actors whose words are remembered: few are told of again and again.
CACHED = 100_000
TITLES = frozenset("mr mrs ms dr sir gen general col colonel president minister police officers officer sgt lt".split())


class Party(msgspec.Struct, frozen=True, gc=False):
    """An actor as compared: words of its proper name, stems of what else it is called, its code."""

    proper: frozenset[str] = frozenset()
    common: frozenset[str] = frozenset()
    code: str | None = None
    country: str | None = None


class Told(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One claim as compared with those of other documents.

    `family` is what is compared with what: the event type, or "control" and its state. Days `[first, last)` are
    proleptic Gregorian ordinals, None where the report fixes none. `forms` and `stems` are those of the trigger's
    words, `position` is where it stands in the text.
    `is_apart`: the report says that it tells of another event ("in a separate attack").
    `voice` is who says it, None the outlet; `is_own`: whether the actor is of the speaker's party, None where that is
    not known. Of an accusation whose act names no actor `accused` is whom it is against; `denials` reject it.
    """

    document: str
    claim: str
    outlet: str
    published: int | None
    position: int
    family: str
    aspect: Aspect
    mode: str | None
    forms: frozenset[str]
    stems: frozenset[str]
    modality: Modality
    stance: str | None
    is_apart: bool
    first: int | None
    last: int | None
    when: When | None
    places: tuple[Place, ...]
    actors: tuple[Actor, ...]
    parties: tuple[Party, ...]
    recipients: tuple[Party, ...]
    deaths: Count | None
    injured: Count | None
    words: frozenset[str]
    voice: Voice | None = None
    is_own: bool | None = None
    accused: tuple[Actor, ...] = ()
    denials: tuple[Denial, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        return self.document, self.claim


class Profile(msgspec.Struct, frozen=True, gc=False):
    """A report as compared with others: the terms of its headline and body, each once.

    Terms are stems; numbers begin with "#", proper names stand once more with "=".
    """

    id: str
    published: int | None
    terms: frozenset[str]


def tell(coded: Coded) -> list[Told]:
    """Return what a document tells, figures left out, in the order of its claims."""
    attributions = {a.id: a for a in coded.attributions}
    accused = accused_of(coded)
    denials = denials_of(coded, accused)
    return [
        _told(
            coded, c, attributions.get(c.attribution or ""), accused.get(c.attribution or "", ()),
            denials.get(c.attribution or "", ()),
        )
        for c in coded.claims
        if c.kind != "figure"
    ]  # fmt: skip


def _told(
    coded: Coded,
    claim: Claim,
    attribution: Attribution | None,
    accused: tuple[Actor, ...],
    denials: Sequence[Denial],
) -> Told:
    trigger = _trigger(" ".join(s.of(coded.text) for s in claim.trigger))
    start = claim.trigger[0].start if claim.trigger else claim.evidence.start
    when = claim.when
    actors = _named(claim)
    return Told(
        document=coded.id,
        claim=claim.id,
        outlet=coded.outlet or coded.id,
        published=coded.published.toordinal() if coded.published else None,
        position=start,
        family=claim.event_type or f"{claim.kind} {claim.state}",
        aspect=_aspect(claim, trigger),
        mode=claim.mode,
        forms=trigger.forms,
        stems=trigger.stems,
        modality=claim.modality,
        stance=attribution.cue.stance if attribution else None,
        is_apart=bool(APART.search(coded.text[max(claim.evidence.start, start - NEAR_CHARS) : start])),
        first=when.start.toordinal() if when else None,
        last=when.end.toordinal() if when else None,
        when=when,
        places=claim.places,
        actors=actors,
        parties=tuple(map(_party, actors)),
        recipients=tuple(map(_party, claim.recipients)),
        deaths=claim.deaths,
        injured=claim.injured,
        words=frozenset(plain_words(claim.evidence.of(coded.text))),
        voice=voice_of(attribution, claim.interest.party if claim.interest else None),
        is_own=claim.interest.actor == "own" if claim.interest and claim.interest.actor else None,
        accused=() if claim.actors else accused,
        denials=tuple(denials),
    )


def _named(claim: Claim) -> tuple[Actor, ...]:
    """The actors; the speaker's own people ("our men") by the name of the group that the speaker is of."""
    party = claim.interest.party if claim.interest and claim.interest.actor == "own" else None
    if party is None or STATE.fullmatch(party) or not any(OURS.match(a.mention) for a in claim.actors):
        return claim.actors
    return tuple(
        msgspec.structs.replace(a, name=party) if a.name is None and OURS.match(a.mention) else a for a in claim.actors
    )


class _Trigger(NamedTuple):
    """The words of a trigger, their stems, and what kind of word it is."""

    forms: frozenset[str]
    stems: frozenset[str]
    is_act: bool
    is_gerund: bool


@functools.lru_cache(maxsize=CACHED)
def _trigger(words: str) -> _Trigger:
    forms = frozenset(w for w in re.findall(r"\w+", words.lower()) if w not in EMPTY)
    return _Trigger(
        forms, frozenset(map(stem, forms)), ACT.search(words) is not None, GERUND.fullmatch(words) is not None
    )


def _aspect(claim: Claim, trigger: _Trigger) -> Aspect:
    """What an ASSAULT's trigger names; other types are acts."""
    stems = trigger.stems
    if claim.event_type != "ASSAULT":
        return "act"
    if stems & DEATH:
        return "death"
    if stems & INJURY:
        return "injury"
    if trigger.is_gerund and stems & BLOW and any(r.basis == "clause" for r in claim.recipients):
        return "blow"
    return "blow" if (claim.recipients or stems & BLOW) and not trigger.is_act else "act"


def _party(actor: Actor) -> Party:
    return _party_of(actor.name or actor.mention, actor.mention, actor.code, actor.country)


@functools.lru_cache(maxsize=CACHED)
def _party_of(words: str, mention: str, code: str | None, country: str | None) -> Party:
    proper = frozenset(proper_words(words)) - TITLES
    common = frozenset(stem(w) for w in re.findall(r"[a-z]\w+", mention) if w not in EMPTY)
    return Party(proper, common, code, country)


def profile_of(coded: Coded) -> Profile:
    """Return the terms of a document's title, headline and body."""
    spans = [s.span for s in coded.segments if s.kind in ("headline", "body")]
    texts = [s.of(coded.text) for s in spans] or [coded.text]
    terms: set[str] = set()
    for text in (*texts, coded.title or ""):
        terms.update("#" + word if word.isdigit() else word for word in plain_words(text))
        terms.update("=" + name for name in proper_words(text))
    return Profile(coded.id, coded.published.toordinal() if coded.published else None, frozenset(terms))
