"""How the speaker of a claim stands to its parties, and whom the claim serves.

A claim is self-serving where it tells of the own side's success or good deed, of the other's crime or loss, or denies
the own side's crime or loss; against interest where it admits them. `RULES` is the whole of it, the first row that
fits holds. What is not told as a fact (announced, conditional, hypothetical) serves nobody yet and is neutral, unless
it accuses. Unknown stays None, with the reason.

Hostile acts are ASSAULT and COERCE, from either side. THREATEN counts only as what is said of the opponent or denied
of the own side: a threat that somebody makes himself is neither success nor crime told, but an act of speech.
MOBILIZE is neutral: to move troops is no crime, no loss and no success, and both sides tell of it freely. Arrests and
searches by the own side are neutral where the opponent is not their object: states tell of them as their daily work;
but cutting off supplies, censorship, deception and hacking are told of oneself only against interest. The pull-back
of the own side gives up ground (against interest); release of captives, access and ceasefire are good deeds. PROTEST,
REQUEST, REJECT, AGREE, CONSULT, SUPPORT, CONCEDE, COOPERATE and SANCTION are neutral.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple

import msgspec

from vedette.coding.parties import ARMED, PEOPLE, UNARMED, Parties, Party, Relation, Sides, find_home, own_forces
from vedette.records import Actor, ActorCode, Attribution, Claim, Interest

__all__ = ["RULES", "Rule", "with_interest"]

Act = Literal[
    "attack", "coercion", "deprivation", "threat", "accusation", "refusal", "good deed", "retreat", "gain", "other"
]
Told = Literal["told", "denied", "open"]
Side = Literal["own", "opponent", "third", "unknown", "none"]
Victim = Literal["armed", "civilian", "other"]
Kind = Literal["self-serving", "against interest", "neutral"]

DEPRIVING = frozenset({"withhold", "censor", "misinformation", "cyber"})
GIVING = frozenset({"release", "access", "ceasefire"})
# A report without a day is read by the rows that still hold.
NO_DAY = date(9998, 1, 1)


class Rule(NamedTuple):
    """One row: the kind, why in words, and what must hold; None: whatever it is."""

    kind: Kind | None
    why: str
    acts: tuple[Act, ...]
    told: Told | None = "told"
    actor: tuple[Side, ...] | None = None
    recipient: tuple[Side, ...] | None = None
    victim: Victim | None = None
    is_bloody: bool | None = None
    stance: str | None = None


HOSTILE: tuple[Act, ...] = ("attack", "coercion", "deprivation")
OWN: tuple[Side, ...] = ("own",)
FOE: tuple[Side, ...] = ("opponent",)
UNTOLD: tuple[Side, ...] = ("unknown", "none")

# The first row that fits holds. "told": asserted or background; "denied": negated.
RULES: tuple[Rule, ...] = (
    Rule("against interest", "admits an act of its own side", (*HOSTILE, "threat"), actor=OWN, stance="admit"),
    Rule("against interest", "admits a loss of its own side", ("attack", "retreat"), recipient=OWN, stance="admit"),
    Rule("self-serving", "accuses its opponent", (*HOSTILE, "threat", "other"), actor=FOE, stance="accuse"),
    Rule("self-serving", "accuses its opponent", (*HOSTILE, "threat"), "open", actor=FOE, stance="accuse"),
    # Attacks.
    Rule("against interest", "tells of harm to civilians by its own side", ("attack",), actor=OWN, victim="civilian"),
    Rule("self-serving", "tells of an attack by its own side on its opponent", ("attack",), actor=OWN, recipient=FOE),
    Rule("against interest", "tells of harm to its own side by its own side", ("attack",), actor=OWN, recipient=OWN),
    Rule("self-serving", "denies an attack by its own side", ("attack",), "denied", actor=OWN),
    Rule("against interest", "tells of dead or wounded of its own forces", ("attack",), actor=(*FOE, *UNTOLD),
         recipient=OWN, victim="armed", is_bloody=True),
    Rule("self-serving", "tells of an attack by its opponent", ("attack",), actor=FOE),
    Rule("self-serving", "tells of a loss of its opponent", ("attack",), actor=UNTOLD, recipient=FOE),
    Rule("self-serving", "denies a loss of its own side", ("attack",), "denied", recipient=OWN),
    Rule("self-serving", "denies what is laid on its side", (*HOSTILE, "threat"), "denied", actor=("none",),
         stance="deny"),
    Rule("neutral", "says that its opponent did not attack", ("attack",), "denied", actor=FOE),
    # Coercion and threats.
    Rule("self-serving", "tells of a success of its own side against its opponent", ("coercion", "deprivation"),
         actor=OWN, recipient=FOE),
    Rule("against interest", "tells that its own side cut off, censored or deceived", ("deprivation",), actor=OWN),
    Rule("self-serving", "denies coercion by its own side", ("coercion", "deprivation"), "denied", actor=OWN),
    Rule("self-serving", "tells of coercion by its opponent", ("coercion", "deprivation"), actor=FOE),
    Rule("neutral", "arrests and searches are no admission", ("coercion",), actor=OWN, recipient=("own", "third")),
    Rule("self-serving", "tells of a threat by its opponent", ("threat",), actor=FOE),
    Rule("self-serving", "denies a threat by its own side", ("threat",), "denied", actor=OWN),
    Rule("self-serving", "accuses its opponent", ("accusation",), actor=OWN, recipient=FOE),
    # Ground.
    Rule("self-serving", "tells of ground held or taken by its own side", ("gain",), actor=OWN),
    Rule("against interest", "tells of ground held or taken by its opponent", ("gain",), actor=FOE),
    Rule("against interest", "says that its own side does not hold the ground", ("gain",), "denied", actor=OWN),
    Rule("self-serving", "says that its opponent does not hold the ground", ("gain",), "denied", actor=FOE),
    Rule("against interest", "tells of ground given up by its own side", ("retreat",), actor=OWN),
    Rule("self-serving", "tells of ground given up by its opponent", ("retreat",), actor=FOE),
    Rule("self-serving", "denies that its own side gave up ground", ("retreat",), "denied", actor=OWN),
    # Help and easing.
    Rule("self-serving", "tells of a good deed of its own side", ("good deed",), actor=OWN),
    Rule("against interest", "says that its own side withholds a good deed", ("good deed",), "denied", actor=OWN),
    Rule("neutral", "tells of a good deed of its opponent", ("good deed",), actor=FOE),
    # What decides nothing.
    Rule(None, "not said whom its own side attacked", ("attack",), actor=OWN, recipient=UNTOLD),
    Rule("neutral", "an act of its own side that serves nobody", HOSTILE, actor=OWN),
    Rule("neutral", "an act by a third party", HOSTILE, actor=("third",)),
)  # fmt: skip


class _Sight(NamedTuple):
    """A claim as the rules see it."""

    act: Act
    told: Told
    actor: Side
    recipient: Side
    victim: Victim
    is_bloody: bool
    stance: str


def with_interest(
    claims: Sequence[Claim],
    attributions: Iterable[Attribution],
    *,
    sides: Sides,
    code: Callable[[str], ActorCode],
    outlet: str | None,
    published: date | None,
) -> list[Claim]:
    """Return the claims of one document with `interest` filled in.

    Args:
        code: what words tell of an actor (`coding.actors.code_actor` with its table).
        outlet: who published it; state media speak for their state where the table of parties says so.
        published: the day at which the tables are read; None: the rows that still hold.
    """
    voices = {a.id: a for a in attributions}
    remembered: dict[str, ActorCode] = {}

    def coded(words: str) -> ActorCode:
        if words not in remembered:
            remembered[words] = code(words)
        return remembered[words]

    parties = Parties(sides, coded, published or NO_DAY, find_home(claims))
    parties.learn(claims, voices)
    return [msgspec.structs.replace(c, interest=_interest(c, voices, parties, outlet)) for c in claims]


def _interest(claim: Claim, voices: Mapping[str, Attribution], parties: Parties, outlet: str | None) -> Interest:
    attribution = voices.get(claim.attribution or "")
    if attribution is None:
        speaker, who, voice = parties.of_outlet(outlet), outlet or "the outlet", "outlet"
    else:
        speaker, who, voice = parties.of_speaker(attribution.speaker), attribution.speaker.mention or "?", "speaker"
    actors, recipients = _roles(claim)
    # Who among people of no party attacked is not known by it, and a village that is held is no third party.
    is_control = claim.kind == "control"
    actor, by_actor = _stands(actors, speaker, parties, people=not is_control and _act(claim) not in HOSTILE)
    recipient, by_recipient = _stands(recipients, speaker, parties, people=not is_control)
    if speaker.name is None:
        kind: Kind | None = None
        reason = f"no party known for {_quoted(who)}"
        actor = recipient = None
    elif claim.kind == "figure":
        kind, reason = None, "a figure names no party"
    else:
        sight = _Sight(
            _act(claim), _told(claim), _side(actor, actors), _side(recipient, recipients), _victim(recipients),
            _is_bloody(claim), attribution.cue.stance if attribution else "assert",
        )  # fmt: skip
        kind, reason = _decide(sight, actors)
        if sight.act == "retreat" and claim.kind == "control" and claim.actors == ():
            recipient = actor
        basis = by_actor if actor in ("own", "opponent") else by_recipient
        if kind in ("self-serving", "against interest") and basis != "the same party":
            reason = f"{reason} ({basis})" if basis else reason
    return Interest(
        actor=actor,
        recipient=recipient,
        kind=kind,
        voice="speaker" if voice == "speaker" else "outlet",
        party=speaker.name,
        reason=reason,
    )


def _decide(sight: _Sight, actors: Sequence[Actor]) -> tuple[Kind | None, str]:
    for rule in RULES:
        if _fits(rule, sight):
            return rule.kind, rule.why
    if sight.act in ("other", "accusation", "refusal"):
        return "neutral", "an act that serves nobody"
    if sight.told == "open":
        return "neutral", "not told as a fact"
    if sight.actor == "third" or (sight.actor == "none" and sight.recipient == "third"):
        return ("neutral", "an act by a third party") if sight.actor == "third" else (None, "not said who did it")
    if sight.actor == "unknown":
        return None, f"no side known for {_quoted(actors[0].mention)}"
    if sight.actor == "none":
        return None, "not said who did it"
    return "neutral", "an act that serves nobody"


def _fits(rule: Rule, sight: _Sight) -> bool:
    return (
        sight.act in rule.acts
        and rule.told in (None, sight.told)
        and (rule.actor is None or sight.actor in rule.actor)
        and (rule.recipient is None or sight.recipient in rule.recipient)
        and rule.victim in (None, sight.victim)
        and rule.is_bloody in (None, sight.is_bloody)
        and rule.stance in (None, sight.stance)
    )


def _roles(claim: Claim) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """Who acts and whom it befalls; of ground that is lost, the loser acts: it stands beside what is lost."""
    if claim.kind == "control" and claim.state in ("lost", "withdrawn") and not claim.actors:
        return claim.recipients, ()
    return claim.actors, claim.recipients


def _stands(actors: Sequence[Actor], speaker: Party, parties: Parties, *, people: bool) -> tuple[Relation | None, str]:
    """The one relation of those that are known; own and opponent together are none.

    `people`: whether people of no party count, as third parties.
    """
    found: list[tuple[Relation, str]] = []
    for actor in actors:
        if own_forces(actor.mention) and speaker.name is not None:
            found.append(("own", "the same party"))
            continue
        if parties.is_rebel_against(actor, speaker):
            found.append(("opponent", "rebels against the state that speaks"))
            continue
        party = parties.of_actor(actor)
        if party == PEOPLE and not people:
            continue
        relation, basis = parties.relation(speaker, party)
        if relation is not None:
            found.append((relation, basis))
    told = {relation for relation, _ in found if relation != "third"}
    if len(told) == 1:
        return next(pair for pair in found if pair[0] in told)
    if told:
        return None, "both sides"
    return found[0] if found else (None, "")


def _side(relation: Relation | None, actors: Sequence[Actor]) -> Side:
    return relation or ("unknown" if actors else "none")


def _act(claim: Claim) -> Act:
    if claim.kind == "control":
        return {"held": "gain", "seized": "gain", "surrounded": "gain", "lost": "retreat", "withdrawn": "retreat"}.get(
            claim.state or "", "other"
        )  # type: ignore[return-value]
    match claim.event_type, claim.mode:
        case "ASSAULT", _:
            return "attack"
        case "COERCE", mode:
            return "deprivation" if mode in DEPRIVING else "coercion"
        case "THREATEN", _:
            return "threat"
        case "ACCUSE", _:
            return "accusation"
        case "REJECT" | "REQUEST", _:
            return "refusal"
        case "AID", _:
            return "good deed"
        case "RETREAT", mode if mode in GIVING:
            return "good deed"
        case "RETREAT", "withdraw":
            return "retreat"
    return "other"


def _told(claim: Claim) -> Told:
    if claim.modality in ("asserted", "historical"):
        return "told"
    return "denied" if claim.modality == "negated" else "open"


def _victim(recipients: Sequence[Actor]) -> Victim:
    """Civilians before forces: "two soldiers and five shoppers" are a crime before they are a loss."""
    sectors = {s for a in recipients for s in a.sectors[:1]}
    if sectors & UNARMED:
        return "civilian"
    return "armed" if sectors & ARMED else "other"


def _is_bloody(claim: Claim) -> bool:
    return any(c is not None and (c.best or c.low or c.high or 0) > 0 for c in (claim.deaths, claim.injured))


def _quoted(words: str) -> str:
    shown = " ".join(words.split())
    return f"“{shown if len(shown) <= 40 else shown[:39].rstrip() + '…'}”"
