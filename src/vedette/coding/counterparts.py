"""Whom an act is between where its clause and `coding.carried` leave a role open: the report's other acts vote.

Who deals with whom runs through a report: where Kabul accused Dushanbe and asked it for its prisoners, what Kabul
threatens without a word of whom is meant for Dushanbe. Each other act speaks for those who have the open role in it, and
for half as much for those who have the other one; all of it where it is told of the party whose counterpart is sought,
half where the act has no party at all, nothing where it is told of others only. Acts of the same type, near, and told
before weigh more. `Actor.basis` is "report".

Attacks and arrests get no actor, nor do accusations: where these are told without one, nobody is named. Attacks and
refusals get no recipient: where these are told without one, the dev stories name none in most cases. Acts of the same
sentence have no vote, for its grammar has been asked already.
The weights were set on the stories of the dev set (`docs/method/events.md`).
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import NamedTuple

import msgspec

from vedette.records import Actor, Claim

__all__ = ["settle_parties"]

# Types whose open actor, and whose open recipient, is voted for.
DONE_BY = frozenset(
    "AID AGREE CONSULT COOPERATE REJECT REQUEST RETREAT SANCTION SUPPORT CONCEDE MOBILIZE THREATEN PROTEST".split()
)
DONE_TO = frozenset(
    "ACCUSE AGREE AID COERCE CONCEDE CONSULT COOPERATE REQUEST RETREAT SANCTION SUPPORT THREATEN".split()
)
# Where all that is done it to are things, whose they are may be told of refusals as well.
DONE_TO_THINGS = DONE_TO | {"REJECT"}
# Of acts of another type, of acts told later, of those who have the other role.
OTHER_TYPE = 0.5
LATER = 0.6
OTHER_ROLE = 0.5
# Of any act, where the open one names no party.
UNPAIRED = 0.5
# Characters after which an act speaks for 1/e: about five sentences; beyond `FAR` nothing of it is left.
REACH = 800.0
FAR = 5600
# A party is taken with this share of the votes and this many of them.
SHARE = 0.5
# Where the other party is named, those who have so many of the best one's votes and stand beside it in some act
# ("tariffs on Chad and Niger") are taken with it.
AS_MANY = 0.75
ENOUGH = 0.4


class _Told(NamedTuple):
    claim: Claim
    at: int
    keys: tuple[frozenset[str], frozenset[str]]


def settle_parties(claims: Sequence[Claim], is_thing: Callable[[Actor], bool] = lambda _: False) -> list[Claim]:
    """Return the claims with the roles that are still open filled where the votes are clear.

    Recipients that `is_thing` says are things leave the role open, and stay in it.
    """
    told = sorted((_tell(c) for c in claims if c.kind == "event" and c.event_type), key=lambda act: act.at)
    settled: list[Claim] = []
    for claim in claims:
        if claim.kind == "event":
            if not claim.actors and claim.event_type in DONE_BY:
                claim = msgspec.structs.replace(claim, actors=_elect(claim, told, 0))
            held = claim.recipients
            if claim.event_type in (DONE_TO_THINGS if held else DONE_TO) and all(is_thing(r) for r in held):
                claim = msgspec.structs.replace(claim, recipients=(*held, *_elect(claim, told, 1)))
        settled.append(claim)
    return settled


def _tell(claim: Claim) -> _Told:
    return _Told(claim, claim.trigger[0].start, (_keys(claim.actors), _keys(claim.recipients)))


def _elect(claim: Claim, told: Sequence[_Told], role: int) -> tuple[Actor, ...]:
    """The party with most votes for a role, in the words that name it nearest, with those told together with it."""
    _, at, keys = _tell(claim)
    own = keys[1 - role]
    votes: dict[str, float] = defaultdict(float)
    together: set[frozenset[str]] = set()
    nearest: dict[str, tuple[int, Actor]] = {}
    first = bisect_left(told, at - FAR, key=lambda act: act.at)
    last = bisect_right(told, at + FAR, key=lambda act: act.at)
    for act in told[first:last]:
        if act.claim.evidence == claim.evidence:
            continue
        weight = math.exp(-abs(at - act.at) / REACH)
        weight *= 1.0 if act.at <= at else LATER
        weight *= 1.0 if act.claim.event_type == claim.event_type else OTHER_TYPE
        for side, share in ((role, 1.0), (1 - role, OTHER_ROLE)):
            if own and not own & act.keys[1 - side]:
                continue
            parties = act.claim.actors if side == 0 else act.claim.recipients
            together.add(act.keys[side])
            for party in parties:
                key = _key(party)
                if key is None or key in own:
                    continue
                votes[key] += weight * share * (1.0 if own else UNPAIRED) / len(parties)
                if key not in nearest or abs(at - act.at) < nearest[key][0]:
                    nearest[key] = (abs(at - act.at), party)
    if not votes:
        return ()
    key = max(votes, key=lambda k: (votes[k], -nearest[k][0], k))
    companions = frozenset(k for k in votes if votes[k] >= AS_MANY * votes[key])
    is_group = bool(own) and any(companions <= keys for keys in together)
    elected = companions if is_group else frozenset({key})
    won = sum(votes[k] for k in elected)
    if won < ENOUGH or won < SHARE * sum(votes.values()):
        return ()
    ranked = sorted(elected, key=lambda k: (nearest[k][1].spans[0].start, k))
    return tuple(msgspec.structs.replace(nearest[k][1], basis="report") for k in ranked)


def _keys(actors: Sequence[Actor]) -> frozenset[str]:
    return frozenset(key for a in actors if (key := _key(a)))


def _key(actor: Actor) -> str | None:
    """The same for all of a country, others by name; None for those of whom neither is known."""
    return actor.country or (actor.name.casefold() if actor.name else None)
