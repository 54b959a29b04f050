"""Who says what about whom: speakers, and speakers taken together by country and by party to the conflict.

A party is a name that reports of several documents put behind attacks or in control of ground, and that is no
government. Other speakers stand by what they are: a country's government and forces, organisations, people.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set

from vedette.ontology import INTERNATIONAL
from vedette.outputs.report_interest import interest_counts
from vedette.outputs.report_rows import Told
from vedette.outputs.report_view import SideRow, SpeakerRow
from vedette.outputs.report_words import FAMILY_NAMES, capital, family_of, key_of, named, short, speaker_name
from vedette.records import Attribution, Speaker

__all__ = ["country_rows", "find_parties", "side_rows", "speaker_rows"]

STATE = frozenset({"GOV", "MIL", "COP", "SPY", "JUD", "LEG"})
ARMED = frozenset({"REB", "UAF", "PRM", "CRM", "IMG"})
PEOPLE = frozenset({"CVL", "JRN", "MED", "EDU", "BUS", "AGR", "LAB", "REL", "SOC", "REF"})
STATE_ROLES = re.compile(
    r"\b(?:minist\w+|president|government|governor|mayor|police\w*|army|military|general|colonel|major|captain"
    r"|lieutenant|officer|officials?|ambassador|consul|embassy|parliament\w*|senator|lawmakers?|prosecutors?|judge"
    r"|court|intelligence|border (?:guard|service)s?|security (?:forces|service)s?|district (?:head|chief))\b",
    re.IGNORECASE,
)
BODIES = re.compile(r"\b(?:United Nations|U\.?N\.?|European Union|NATO|Red C\w+|charity|aid (?:group|agency))\b")
STANCES = {
    "assert": "states", "deny": "denies", "accuse": "accuses", "admit": "admits", "demand": "demands",
    "promise": "promises", "threaten": "threatens", "ask": "asks", "doubt": "doubts",
}  # fmt: skip
UNKNOWN_COUNTRY = "country not said"
OTHERS = "Residents, witnesses and others"
MAX_ABOUT = 5
MAX_LINKS = 8
Names = Callable[[str], str]


def find_parties(told: Sequence[Told], places: Set[str]) -> dict[str, str]:
    """Return the parties to the conflict, key to name: named in two documents as attackers or holders."""
    seen: dict[str, set[str]] = defaultdict(set)
    shown: dict[str, Counter[str]] = defaultdict(Counter)
    for document, claim, _ in told:
        if claim.event_type != "ASSAULT" and claim.kind != "control":
            continue
        for actor in claim.actors:
            if (
                not actor.name
                or actor.country
                or set(actor.sectors) & (STATE - {"MIL"} | PEOPLE - {"SOC"} | INTERNATIONAL)
            ):
                continue
            key = key_of(actor.name)
            if key not in places and actor.name[:1].isupper() | (actor.name != actor.name.lower()):
                seen[key].add(document.id)
                shown[key][actor.name] += 1
    found = {key: capital(shown[key].most_common(1)[0][0]) for key, ids in seen.items() if len(ids) > 1}
    # "Fighters of the Oxus Front" are the Oxus Front, and so is "the Front" where no other party is a Front.
    found = {k: v for k, v in found.items() if not any(" " in o and o != k and o in k for o in found)}
    return {k: v for k, v in found.items() if sum(o.endswith(f" {k}") for o in found) != 1}


def sectors_by_name(told: Sequence[Told]) -> dict[str, frozenset[str]]:
    """Return what actors of a name are coded as, most often."""
    counts: dict[str, Counter[frozenset[str]]] = defaultdict(Counter)
    for _, claim, _ in told:
        for actor in (*claim.actors, *claim.recipients):
            if actor.sectors:
                counts[key_of(actor.name or actor.mention)][frozenset(actor.sectors)] += 1
    return {key: c.most_common(1)[0][0] for key, c in counts.items()}


def side_of(speaker: Speaker, parties: Mapping[str, str], sectors: Mapping[str, frozenset[str]], country: Names) -> str:
    """Return the party or group that a speaker speaks for."""
    keys = [key_of(x) for x in (speaker.name, speaker.organization, speaker.mention) if x]
    for key in keys:
        for party, name in parties.items():
            if key == party or party in key:
                return name
    last_words = Counter(p.rsplit(" ", 1)[-1] for p in parties)
    for key in keys:
        if last_words.get(key) == 1:  # "the Front", where one party is a Front
            return next(name for p, name in parties.items() if p.rsplit(" ", 1)[-1] == key)
    coded = next((sectors[k] for k in keys if k in sectors), frozenset[str]())
    words = " ".join(x for x in (speaker.role, speaker.organization, speaker.mention, speaker.name) if x)
    if coded & INTERNATIONAL or BODIES.search(words):
        return "International and aid organisations"
    if coded & STATE or STATE_ROLES.search(words):
        return (
            f"{country(speaker.country)}: government and forces"
            if speaker.country
            else "Government and forces, country not said"
        )
    if coded & ARMED:
        return "Armed groups, not named"
    if speaker.kind == "named" and speaker.country and key_of(country(speaker.country)) in keys:
        return f"{country(speaker.country)}: government and forces"
    return OTHERS


def speaker_rows(
    told: Sequence[Told],
    side: Callable[[Speaker], str],
    country: Names,
    linkable: Set[str],
    limit: int,
) -> tuple[tuple[SpeakerRow, ...], int]:
    """Return the speakers by number of claims, and how many more there are."""
    groups: dict[str, list[tuple[Told, Attribution]]] = defaultdict(list)
    for t in told:
        if t.attribution is not None:
            groups[key_of(speaker_name(t.attribution))].append((t, t.attribution))
    listed = sorted(groups.items(), key=lambda g: (-len(g[1]), g[0]))
    found = []
    for _, said in listed[:limit]:
        speaker = said[0][1].speaker
        name = speaker_name(said[0][1])
        notes = (x for x in (speaker.role, speaker.organization) if x and x.casefold() not in name.casefold())
        iso3 = next((a.speaker.country for _, a in said if a.speaker.country), None)
        links = tuple(dict.fromkeys(t.claim.id for t, _ in said if t.claim.id in linkable))[:MAX_LINKS]
        found.append(
            SpeakerRow(
                name=capital(name),
                note=", ".join(dict.fromkeys(notes)),
                side=side(speaker),
                country=country(iso3) if iso3 else "",
                total=len(said),
                stances=_stances(a for _, a in said),
                about=_about(t for t, _ in said),
                claims=links,
                interest=interest_counts(t for t, _ in said),
            )
        )
    return tuple(found), max(len(listed) - limit, 0)


def side_rows(
    told: Sequence[Told], side: Callable[[Speaker], str], parties: Iterable[str], limit: int = 16
) -> tuple[SideRow, ...]:
    """Return the speakers taken together: parties to the conflict, other groups, and last the outlets' own voice."""
    first = set(parties)
    rows = _taken_together(told, lambda a: side(a.speaker))
    rows.sort(key=lambda r: r.name not in first)
    rows = rows[:limit]
    own = [t for t in told if t.attribution is None]
    if own:
        n_outlets = len({t.document.outlet or t.document.id for t in own})
        rows.append(SideRow("The outlets' own voice", n_outlets, len(own), _families(own), "", _about(own)))
    return tuple(rows)


def country_rows(told: Sequence[Told], country: Names, limit: int = 14) -> tuple[SideRow, ...]:
    """Return the speakers taken together by country; those of no known country last."""
    rows = _taken_together(told, lambda a: country(a.speaker.country) if a.speaker.country else UNKNOWN_COUNTRY)
    rows.sort(key=lambda r: r.name == UNKNOWN_COUNTRY)
    return tuple(rows[: limit - 1] + [r for r in rows[limit - 1 :] if r.name == UNKNOWN_COUNTRY])


def _taken_together(told: Sequence[Told], group: Callable[[Attribution], str]) -> list[SideRow]:
    groups: dict[str, list[tuple[Told, Attribution]]] = defaultdict(list)
    for t in told:
        if t.attribution is not None:
            groups[group(t.attribution)].append((t, t.attribution))
    rows = [
        SideRow(
            name, len({key_of(speaker_name(a)) for _, a in said}), len(said), _families([t for t, _ in said]),
            _stances(a for _, a in said), _about(t for t, _ in said),
        )
        for name, said in groups.items()
    ]  # fmt: skip
    rows.sort(key=lambda r: (-r.total, r.name))
    return rows


def _families(told: Sequence[Told]) -> tuple[tuple[str, int], ...]:
    counts = Counter(family_of(t.claim) for t in told)
    return tuple((f, counts[f]) for f in FAMILY_NAMES if counts[f])


def _stances(said: Iterable[Attribution]) -> str:
    counts = Counter(a.cue.stance for a in said)
    return ", ".join(f"{STANCES[s]} {n}" for s, n in counts.most_common(3))


def _about(told: Iterable[Told]) -> tuple[tuple[str, int], ...]:
    counts: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for t in told:
        for name in named((*t.claim.actors, *t.claim.recipients)):
            shown.setdefault(key_of(name), short(name, 40))
            counts[key_of(name)] += 1
    return tuple((shown[key], n) for key, n in counts.most_common(MAX_ABOUT))
