"""Control claims and attacks of coded documents as statements about a place, a day and a holder.

What is left out says why: nobody is told to hold it, no place, not told as a fact, a copy of another report's words.
A holder is a party: a state by its ISO 3166 alpha-3 code, a group by its fullest name in the documents.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple, cast

from vedette.analysis.control_places import Held, held_place, place_of_event, plain
from vedette.records import Actor, Attribution, Claim, Coded, Count, Member

__all__ = ["UNNAMED", "Left", "Origins", "PartyOf", "Statement", "no_table", "statements"]

# Fighters of no name: they are not the state, and may be any other holder, or one that no claim names.
UNNAMED = "unnamed fighters"
STATE = frozenset({"GOV", "MIL", "COP", "SPY", "JUD", "LEG"})
REBELS = frozenset({"REB", "UAF", "CRM", "PRM"})
GENERIC_STATE = frozenset(
    "the its his our their government governmental state national local federal regime army military police security "
    "special forces force troops soldiers authorities air navy coast guard guards commandos units unit loyalist "
    "pro-government pro loyal governor governors mayor officials".split()
)
PRONOUNS = frozenset("it they we he she i who which that them us".split())
FACTS = frozenset({"asserted", "negated"})
TOLD = frozenset({"assert", "deny", "accuse", "admit"})
State = Literal["held", "seized", "lost", "contested", "surrounded", "attack"]
Origins = Mapping[tuple[str, str], str]
# The party that a table puts a name into on a day, or None.
PartyOf = Callable[[str, date], str | None]


class Statement(NamedTuple):
    """What one claim says of control.

    `holder`: who is said to hold (state "held", "seized"), to have lost, to surround, or to attack (with `others`);
    UNNAMED for fighters of no name. `is_so` False: that it is denied. `certainty` 0..1 is how sure the words are,
    `confidence` 0..1 how sure the coding. `is_dated`: the report tells the day of the act itself. `voice` says who
    speaks: party, else name, body, mention, else outlet. `origin` is what the claim goes back to; a party's own
    voices are one where they serve it.
    """

    member: Member
    held: Held
    day: int
    state: State
    is_so: bool
    holder: str | None
    others: tuple[str, ...]
    share: Count | None
    interest: str | None
    speaker_kind: str
    voice: str
    voice_kind: Literal["party", "speaker", "outlet"]
    names: frozenset[str]
    origin: str
    certainty: float
    confidence: float
    is_dated: bool


class Left(NamedTuple):
    """A control claim that is no evidence, and why."""

    member: Member
    why: str


def no_table(name: str, day: date) -> None:
    """Know no party: names stay what the documents make of them."""


def statements(
    coded: Sequence[Coded],
    document_origin: Mapping[str, str],
    claim_origin: Origins,
    party_of: PartyOf = no_table,
) -> tuple[list[Statement], list[Left]]:
    """Return what the documents state of control, and the claims that are left out.

    Args:
        document_origin: what each document goes back to, by id.
        claim_origin: what each (document id, claim id) goes back to.
        party_of: tells which party a holder's name belonged to on the day that is told of.
    """
    documents = sorted((c for c in coded if c.skipped is None), key=lambda c: (c.published or date.max, c.id))
    names = _Names(documents, party_of)
    found: list[Statement] = []
    left: list[Left] = []
    seen: dict[tuple[str, str], str] = {}
    for document in documents:
        root = document_origin.get(document.id, document.id)
        voices = {a.id: a for a in document.attributions}
        for claim in document.claims:
            if claim.kind != "control" and claim.event_type != "ASSAULT":
                continue
            member = Member(document.id, claim.id)
            origin = claim_origin.get((document.id, claim.id), root)
            words = f"{claim.kind} {' '.join(claim.evidence.of(document.text).split())} {_held_words(claim)}"
            first = [seen.setdefault((key, words), document.id) for key in {root, origin}]
            if any(one != document.id for one in first):
                if claim.kind == "control":
                    left.append(Left(member, "a copy: counted where it comes from"))
                continue
            made = _statement(document, claim, voices.get(claim.attribution or ""), names, origin)
            if isinstance(made, Statement):
                found.append(made)
            elif claim.kind == "control":
                left.append(Left(member, made))
    return found, left


def _statement(
    document: Coded, claim: Claim, attribution: Attribution | None, names: _Names, origin: str
) -> Statement | str:
    if claim.modality not in FACTS:
        return f"not told as a fact ({claim.modality})"
    if attribution is not None and attribution.cue.stance not in TOLD:
        return f"not told as a fact ({attribution.cue.stance})"
    if claim.when is None and document.published is None:
        return "no day"
    if claim.kind == "event":
        return _attack(document, claim, attribution, names, origin)
    held = held_place(document, claim)
    if held.key is None and held.region is None:
        return held.why_not
    country = held.place.country if held.place else None
    day = date.fromordinal(_day(document, claim))
    state = "lost" if claim.state == "withdrawn" else claim.state
    if state == "lost":
        losers = claim.recipients[:-1]
        holder = names.holder(losers[0], claim, country, day) if losers else None
        if holder is None:
            return "not said who lost it"
    elif state == "contested":
        holder = None
    else:
        holder = names.holder(claim.actors[0], claim, country, day) if claim.actors else None
        if holder is None:
            return "not said who holds it"
    if held.region is not None and (state not in ("held", "seized") or claim.modality == "negated"):
        return "a region, and no share of it held"
    return _made(document, claim, attribution, held, cast(State, state or "held"), holder, (), origin)


def _attack(
    document: Coded, claim: Claim, attribution: Attribution | None, names: _Names, origin: str
) -> Statement | str:
    key = place_of_event(claim)
    if key is None or claim.modality != "asserted":
        return "no place by name"
    day = date.fromordinal(_day(document, claim))
    parties = [names.holder(a, claim, key.country, day) for a in (*claim.actors[:1], *claim.recipients[:1])]
    known = tuple(dict.fromkeys(p for p in parties if p is not None))
    if not known:
        return "no party"
    return _made(document, claim, attribution, Held(key, None, claim.places[0]), "attack", known[0], known, origin)


def _made(
    document: Coded, claim: Claim, attribution: Attribution | None, held: Held, state: State,
    holder: str | None, others: tuple[str, ...], origin: str,
) -> Statement:  # fmt: skip
    interest = claim.interest
    kind = interest.kind if interest else None
    party = interest.party if interest else None
    voice, voice_kind, names = _voice(document, attribution, party)
    if kind == "self-serving" and party:
        origin = f"party:{plain(party)}"  # however many of its voices say so, it is one side that serves itself
    return Statement(
        member=Member(document.id, claim.id),
        held=held,
        day=_day(document, claim),
        state=state,
        is_so=claim.modality != "negated",
        holder=holder,
        others=others,
        share=claim.share,
        interest=kind,
        speaker_kind=attribution.speaker.kind if attribution else "outlet",
        voice=voice,
        voice_kind=voice_kind,
        names=names,
        origin=origin,
        certainty=min(abs(claim.certainty) / 3, 1.0),
        confidence=claim.confidence * (held.place.confidence if held.place and held.place.lat is not None else 1.0),
        is_dated=claim.when is not None and claim.when.basis != "published" and claim.when.precision == "day",
    )


def _voice(
    document: Coded, attribution: Attribution | None, party: str | None
) -> tuple[str, Literal["party", "speaker", "outlet"], frozenset[str]]:
    """Who speaks, and all names by which the voice may be asked for."""
    if attribution is None:
        names = frozenset(plain(x) for x in (document.outlet, party) if x)
        return (party, "party", names) if party else (document.outlet or "an unnamed outlet", "outlet", names)
    speaker = attribution.speaker
    names = frozenset(plain(x) for x in (party, speaker.name, speaker.organization, speaker.mention) if x)
    if party:
        return party, "party", names
    return speaker.name or speaker.organization or speaker.mention, "speaker", names


def _day(document: Coded, claim: Claim) -> int:
    """The last day that the words may mean, but not after the report: as of then it is said to hold."""
    if claim.when is None:
        assert document.published is not None
        return document.published.toordinal()
    last = claim.when.end.toordinal() - 1
    return (
        last
        if document.published is None
        else max(min(last, document.published.toordinal()), claim.when.start.toordinal())
    )


def _held_words(claim: Claim) -> str:
    return claim.recipients[-1].mention.lower() if claim.recipients else ""


class _Names:
    """Names of holders over all documents, so that each has one."""

    def __init__(self, documents: Iterable[Coded], party_of: PartyOf) -> None:
        self._party_of = party_of
        printed: Counter[str] = Counter()
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        for document in documents:
            for claim in document.claims:
                for actor in (*claim.actors, *claim.recipients):
                    if actor.name and actor.name[:1].isupper():
                        printed[actor.name] += 1
                interest = claim.interest
                if interest and interest.party and claim.kind == "control":
                    printed[interest.party] += 1
                    own = _own(claim)
                    if own is not None and own.name and not _is_state(own):
                        votes[plain(own.name)][interest.party] += 1
        fuller: dict[str, set[str]] = defaultdict(set)
        for name in printed:
            words = plain(name).split()
            for k in range(1, len(words)):
                fuller[" ".join(words[k:])].add(name)
        self._full = {short: min(full) for short, full in fuller.items() if len({plain(f) for f in full}) == 1}
        self._party = {name: min(n, key=lambda p: (-n[p], p)) for name, n in votes.items()}

    def holder(self, actor: Actor, claim: Claim, country: str | None, day: date) -> str | None:
        """The party that holds or loses, or None where the words tell none."""
        interest = claim.interest
        if interest is not None and interest.party and actor == _own(claim):
            return interest.party
        # Whoever speaks, a group that has become a government is one party with its ministries.
        if actor.name is not None and (known := self._party_of(actor.name, day)) is not None:
            return known
        if _is_state(actor):
            generic = set(re.findall(r"[a-z]+", actor.mention.lower())) <= GENERIC_STATE
            return (country or actor.country) if generic else (actor.country or country)
        if actor.name is None or plain(actor.name) in PRONOUNS:
            return UNNAMED if set(actor.sectors[:1]) & REBELS else None
        name = self._full.get(plain(actor.name), re.sub(r"^[Tt]he ", "", actor.name))
        name = self._party.get(plain(name), name)
        return name if name != name.lower() else None


def _own(claim: Claim) -> Actor | None:
    """The actor who is of the speaker's own party: the same, and not its ally."""
    interest = claim.interest
    if interest is None or "(ally: " in interest.reason:
        return None
    if claim.actors and interest.actor == "own":
        return claim.actors[0]
    if not claim.actors and interest.recipient == "own" and len(claim.recipients) > 1:
        return claim.recipients[0]
    return None


def _is_state(actor: Actor) -> bool:
    return bool(set(actor.sectors[:1]) & STATE) and (actor.name is None or actor.country is not None)
