"""Fill roles that a claim's own clause leaves open from what the rest of the report tells of the same act.

A report names who imposes the tariffs, or whom the police hold, once or twice and then says "the tariffs" and "he was
held". Filled is only what the report makes plain, and `Actor.basis` says so ("report"):

- whoever does most of the report's acts of a type, where these are measures that one party takes (`MEASURES`);
- whoever suffers most of the report's acts of a type (`SUFFERED`);
- whoever did the act that is condemned, rejected or welcomed, where another claim tells it;
- whom a denial or refusal answers: the last before it who accused, asked or threatened those who deny.

Most: more than half of those told with the role, and `ENOUGH` of them; one is enough for who did it to the same
party. Of attacks the actor is never filled: reports
of one war tell those of all sides. The rules were
chosen on all stories of the dev set, so their figures in `docs/method/events.md` are no test.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import msgspec

from vedette.records import Actor, Claim

__all__ = ["carry"]

MEASURES = frozenset({"COERCE", "SANCTION", "AID", "RETREAT"})
SUFFERED = frozenset({"COERCE", "SANCTION", "ASSAULT", "ACCUSE"})
ANSWERED = frozenset({"ACCUSE", "REQUEST", "THREATEN", "SANCTION"})
# Words about acts: they are meant for who did them.
ABOUT_ACTS = frozenset({"ACCUSE", "REJECT", "SUPPORT"})
# Sectors that are their state.
STATE = frozenset({"GOV", "MIL", "COP", "SPY", "JUD", "LEG"})
ENOUGH = 2
# How far back an answer looks, in characters: about five sentences.
REACH = 700


def carry(claims: Sequence[Claim], is_thing: Callable[[Actor], bool] = lambda _: False) -> list[Claim]:
    """Return the claims with open roles filled from one another; those that the clause tells are left alone.

    A recipient is open, too, where `is_thing` says that the clause tells none but things ("joined the boycott"): who is
    found is put beside them.
    """
    events = [c for c in claims if c.kind == "event" and c.event_type]
    told = {(kind, role): _told(events, kind, role) for kind in MEASURES | SUFFERED for role in (0, 1)}
    filled = []
    for claim in claims:
        kind = claim.event_type
        if claim.kind == "event" and kind is not None:
            actors, recipients = claim.actors, claim.recipients
            if not actors and kind in MEASURES:
                actors = _usual(claim, told[kind, 0], 0)
            if kind in ABOUT_ACTS:
                recipients = _whose_act(claim, events)
            if recipients is claim.recipients and all(is_thing(r) for r in recipients):
                if kind in SUFFERED and not (recipients and kind == "ASSAULT"):
                    recipients = (*recipients, *_usual(claim, told[kind, 1], 1))
                elif kind == "REJECT":
                    recipients = (*recipients, *_answered(claim, events))
            if actors is not claim.actors or recipients is not claim.recipients:
                claim = msgspec.structs.replace(claim, actors=actors, recipients=recipients)
        filled.append(claim)
    return filled


def _told(events: Iterable[Claim], kind: str, role: int) -> list[Claim]:
    return [c for c in events if c.event_type == kind and any(_key(a) for a in _roles(c)[role])]


def _usual(claim: Claim, told: Sequence[Claim], role: int) -> tuple[Actor, ...]:
    """Who fills the role in most acts of the kind, in the words of the nearest; nobody who has the other role."""
    own = _keys(_roles(claim)[1 - role])
    near = [c for c in told if own & _keys(_roles(c)[1 - role])] if own else told
    if own and not near and claim.event_type == "ASSAULT":
        return ()  # whom others attack is not whom this one does
    others = [c for c in near or told if c is not claim]
    counts = Counter(key for c in others for key in _keys(_roles(c)[role]))
    if not counts:
        return ()
    key, n = max(counts.items(), key=lambda item: (item[1], item[0]))
    enough = 1 if near and own and role == 0 else ENOUGH
    if n < enough or 2 * n <= len(others) or key in own:
        return ()
    at = claim.trigger[0].start
    as_many = {other for other in counts if counts[other] == n} - own
    donors = [c for c in others if key in _keys(_roles(c)[role])]
    donor = min(donors, key=lambda c: (-len(as_many & _keys(_roles(c)[role])), abs(c.trigger[0].start - at)))
    return _as_filled(a for a in _roles(donor)[role] if _key(a) in as_many)


def _answered(claim: Claim, events: Sequence[Claim]) -> tuple[Actor, ...]:
    """Who accused or asked those who now deny or refuse."""
    own = _keys(claim.actors)
    at = claim.trigger[0].start
    for before in reversed(events):
        start = before.trigger[0].start
        if start >= at or before.event_type not in ANSWERED or not before.actors or own & _keys(before.actors):
            continue
        if at - start > REACH:
            break
        in_sentence = before.evidence == claim.evidence and not before.recipients
        if in_sentence or own & _keys(before.recipients):
            return _as_filled(before.actors)
    return ()


def _whose_act(claim: Claim, events: Sequence[Claim]) -> tuple[Actor, ...]:
    """Who did what is condemned or rejected ("condemned the arrest"), else the recipients as they are."""
    found: list[Actor] = []
    for recipient in claim.recipients:
        act = next((c for c in events if c is not claim and _is_head(c, recipient)), None)
        doers = [a for a in act.actors if _key(a)] if act is not None and not _key(recipient) else []
        found.extend(_as_filled(doers) if doers else [recipient])
    return tuple(found) if tuple(found) != claim.recipients else claim.recipients


def _is_head(act: Claim, actor: Actor) -> bool:
    """Whether the words of a role end in the act's own: "the deadly attack"."""
    return act.trigger[-1].end == actor.spans[-1].end and act.trigger[0].start >= actor.spans[0].start


def _roles(claim: Claim) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    return claim.actors, claim.recipients


def _as_filled(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    return tuple(msgspec.structs.replace(a, basis="report") for a in actors)


def _keys(actors: Iterable[Actor]) -> set[str]:
    return {key for a in actors if (key := _key(a))}


def _key(actor: Actor) -> str | None:
    """The same for all mentions of a party: a state by its country, others by name; None where nothing is known."""
    if actor.country:
        sector = actor.sectors[0] if actor.sectors else "GOV"
        return actor.country if sector in STATE else f"{actor.country} {sector}"
    return actor.name.casefold() if actor.name else None
