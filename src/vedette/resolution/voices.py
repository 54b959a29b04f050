"""Whose words a claim is in, whom an accusation is against, and who rejects it, read off one coded document.

An accusation is an event of its own ("Kabul accused the brigade of ...") beside what it is about; a denial of it often
names nothing but the accusation ("the brigade rejected the charge"). Both are noted with the claim of the act itself.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

import msgspec

from vedette.records import Actor, Attribution, Claim, Coded
from vedette.resolution.words import proper_words

__all__ = ["STATE", "Denial", "Voice", "accused_of", "denials_of", "is_of", "state_of", "voice_of"]

# What is denied where the act is not told again.
CHARGE = re.compile(
    r"(?i)\b(?:accusations?|allegations?|charges?|claims?|reports?|responsibility|involvement|blame|role|part in|it"
    r"|this|that|having done so|doing so)\b"
)
# A denial of more words than these tells what it denies.
MAX_CHARGE_WORDS = 6
ARTICLE = re.compile(r"(?i)^(?:the|an?) ")
STATE = re.compile(r"[A-Z]{3}")
# Sectors of actors' codes in which a state acts.
OF_STATE = frozenset(("", "GOV", "MIL", "COP", "SPY", "LEG", "JUD", "PTY"))


class Voice(msgspec.Struct, frozen=True, gc=False):
    """Who says a claim, as printed, with the names that the document gives it and the party it speaks for.

    `party` is a state's ISO 3166 alpha-3 code or a group's name, as in `vedette.records.Interest`.
    """

    mention: str
    names: tuple[str, ...] = ()
    party: str | None = None

    @property
    def label(self) -> str:
        """The party's name, else the body's, the person's, or what is printed."""
        if self.party and not STATE.fullmatch(self.party):
            return self.party
        return self.names[0] if self.names else self.mention


class Denial(msgspec.Struct, frozen=True, gc=False):
    """The claim of a document that tells how somebody rejects an accusation, and the accused who does."""

    claim: str
    accused: Actor


def voice_of(attribution: Attribution | None, party: str | None = None) -> Voice | None:
    """Return who speaks; None where it is the outlet, or not said."""
    if attribution is None or attribution.speaker.kind in ("outlet", "unknown"):
        return None
    speaker = attribution.speaker
    return Voice(speaker.mention, tuple(x for x in (speaker.organization, speaker.name) if x), party)


def accused_of(coded: Coded) -> dict[str, tuple[Actor, ...]]:
    """Return whom each accusation, by the id of its attribution, is against: recipients of its event."""
    accusing = [c for c in coded.claims if c.event_type == "ACCUSE" and c.recipients]
    found = {}
    for a in coded.attributions:
        if a.cue.stance == "accuse":
            found[a.id] = next((c.recipients for c in accusing if _is_cue(c, a)), ())
    return found


def denials_of(coded: Coded, accused: Mapping[str, Sequence[Actor]]) -> dict[str, list[Denial]]:
    """Return how each accusation, by the id of its attribution, is rejected without telling the act again.

    What is rejected is the latest accusation before that is against whoever rejects it.
    """
    found: dict[str, list[Denial]] = defaultdict(list)
    told = {c.attribution for c in coded.claims}
    start = {a.id: a.cue.spans[0].start for a in coded.attributions}
    latest_first = sorted(accused, key=start.__getitem__, reverse=True)
    for denial in coded.attributions:
        if denial.cue.stance != "deny" or denial.id in told or not _names_a_charge(denial, coded.text):
            continue
        claim = next((c for c in coded.claims if c.event_type == "REJECT" and _is_cue(c, denial)), None)
        before = (id for id in latest_first if start[id] < start[denial.id])
        rejected = ((id, a) for id in before for a in accused[id] if claim and _is_accused(denial, claim, a))
        if claim and (first := next(rejected, None)):
            found[first[0]].append(Denial(claim.id, first[1]))
    return found


def is_of(voice: Voice, actor: Actor) -> bool:
    """Return whether who speaks is the actor or speaks for it: by name, or as the state that it belongs to."""
    if voice.party is not None and voice.party == state_of(actor):
        return True
    if not actor.name:
        return False
    own = frozenset(proper_words(actor.name))
    names = [frozenset(proper_words(name)) for name in (*voice.names, voice.party or "")]
    is_in_mention = own <= frozenset(proper_words(voice.mention))
    return bool(own) and (is_in_mention or any(name and (own <= name or name <= own) for name in names))


def state_of(actor: Actor) -> str | None:
    """Return the country whose state the actor is or acts for."""
    code, country = actor.code or "", actor.country
    return country if country and code.startswith(country) and code[3:6] in OF_STATE else None


def _is_accused(denial: Attribution, claim: Claim, accused: Actor) -> bool:
    """Whether who denies is the accused: by name or code, or as "the brigade" after one with a longer name."""
    voice = voice_of(denial)
    if voice is not None and is_of(voice, accused):
        return True
    if any(state_of(a) is not None and state_of(a) == state_of(accused) for a in claim.actors):
        return True
    words = ARTICLE.sub("", denial.speaker.mention).lower()
    return bool(words) and f" {accused.mention.lower()}".endswith(f" {words}")


def _names_a_charge(denial: Attribution, text: str) -> bool:
    words = " ".join(s.of(text) for s in denial.content.spans)
    return len(words.split()) <= MAX_CHARGE_WORDS and CHARGE.search(words) is not None


def _is_cue(claim: Claim, attribution: Attribution) -> bool:
    return any(t.meets(s) for t in claim.trigger for s in attribution.cue.spans)
