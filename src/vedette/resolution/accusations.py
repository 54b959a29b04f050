"""Whom each side names as the one who did it, where the accused denies it or names another.

A speaker accuses who names another party as the actor of what happened; an outlet's own voice is nobody's accusation.
It is a conflict where somebody of the accused party is heard too: by denying the act, by rejecting the accusation, or
by naming somebody else.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from vedette.records import Actor, Conflict, Member
from vedette.resolution.told import Told
from vedette.resolution.voices import Voice, is_of, state_of
from vedette.resolution.words import proper_words

__all__ = ["find_accusations"]

# What is said in these stances is said as true.
SAID = frozenset(("assert", "accuse", "admit"))
# Whoever speaks of "its forces" speaks of its own.
OWN = re.compile(r"(?i)^(?:its|their|our|his|her|my) ")


class _Charge(NamedTuple):
    voice: Voice
    accused: Actor
    told: Told


class _Answer(NamedTuple):
    """A denial by the accused."""

    accused: Actor
    member: Member


def find_accusations(told: Sequence[Told]) -> Iterator[Conflict]:
    """Yield the conflict between who accuses and who is accused, if the members of one incident tell of one.

    Its sides are, for each accused that is answered for, the claims that name it, and those that deny it. A denial
    that names only the accusation is an act of its own: then its claim is no member of the incident.
    """
    charges = [charge for t in told for charge in _charges(t)]
    if not charges:
        return
    denials = [denial for t in told for denial in _denials(t)]
    named: dict[int, list[_Charge]] = defaultdict(list)
    denied: dict[int, list[_Answer]] = defaultdict(list)
    accused: list[Actor] = []
    for charge in sorted(charges, key=lambda c: (c.told.document, c.told.position, c.told.claim)):
        named[_number(charge.accused, accused)].append(charge)
    for denial in denials:
        for k, actor in enumerate(accused):
            if _are_one_party(actor, denial.accused):
                denied[k].append(denial)
    counters = [
        (k, other)
        for k, actor in enumerate(accused)
        for other, against in named.items()
        if other != k and any(is_of(c.voice, actor) for c in against)
    ]
    disputed = {*denied, *(k for pair in counters for k in pair)}
    if not disputed:
        return
    sides = sorted((f"{_label(accused[k])}, accused by {_by(named[k], accused)}", _members(named[k])) for k in disputed)
    sides += sorted(
        (f"denied by {accused[k].name or _deniers(denied[k])}", tuple(sorted({d.member for d in denied[k]})))
        for k in denied
    )
    yield Conflict("accusation", tuple(says for says, _ in sides), tuple(members for _, members in sides))


def _charges(told: Told) -> Iterator[_Charge]:
    if told.voice is None or told.stance not in SAID or told.modality not in ("asserted", "historical"):
        return
    for actor in told.actors or told.accused:
        if (actor.name or state_of(actor)) and not _is_own(told, told.voice, actor):
            yield _Charge(told.voice, actor, told)


def _denials(told: Told) -> Iterator[_Answer]:
    for denial in told.denials:
        yield _Answer(denial.accused, Member(told.document, denial.claim))
    if told.voice is None or told.modality != "negated":
        return
    for actor in told.actors:
        if _is_own(told, told.voice, actor):
            accused = actor if actor.name else msgspec.structs.replace(actor, name=told.voice.label)  # "its forces"
            yield _Answer(accused, Member(told.document, told.claim))


def _is_own(told: Told, voice: Voice, actor: Actor) -> bool:
    """Whether who speaks is the actor, or of its party."""
    is_its_own = told.is_own if told.is_own is not None else OWN.match(actor.mention) is not None
    return is_its_own or is_of(voice, actor)


def _are_one_party(one: Actor, other: Actor) -> bool:
    """By names of which one holds the other, or as the same state: a ministry and an army are of one party."""
    state = state_of(one)
    if state is not None and state == state_of(other):
        return True
    some, others = (frozenset(proper_words(a.name or "")) for a in (one, other))
    return bool(some and others) and (some <= others or others <= some)


def _number(actor: Actor, known: list[Actor]) -> int:
    for k, other in enumerate(known):
        if _are_one_party(other, actor):
            return k
    known.append(actor)
    return len(known) - 1


def _label(actor: Actor) -> str:
    return actor.name or actor.mention


def _deniers(answers: Sequence[_Answer]) -> str:
    """Who denies, where the accused has no name: "our artillery" only if nobody else does."""
    labels = list(dict.fromkeys(_label(answer.accused) for answer in answers))
    return ", ".join([label for label in labels if not OWN.match(label)] or labels)


def _by(charges: Sequence[_Charge], accused: Sequence[Actor]) -> str:
    """Who accuses: a party that is accused too by the same name."""
    names = (next((a.name for a in accused if a.name and is_of(c.voice, a)), c.voice.label) for c in charges)
    return ", ".join(dict.fromkeys(names))


def _members(charges: Sequence[_Charge]) -> tuple[Member, ...]:
    return tuple(sorted({Member(c.told.document, c.told.claim) for c in charges}))
