"""Streams: from claims to what is counted, once for each happening.

A unit is an incident, or, of claims that no incident holds, what one origin tells of one place and day: never an
article. Only what is asserted counts, and of the versions of an address only the newest. Claims of one stream that
rest on one word of a report are one unit ("withdrew" as an event and as a control statement).
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from vedette.errors import BadData
from vedette.ontology import MODES, TYPES
from vedette.records import Claim, Coded, Member, Place, Resolution, When

__all__ = ["EVERYTHING", "STATES", "Stream", "Unit", "current_documents", "label_of", "parse_streams", "units_of"]

STATES = frozenset({"held", "seized", "lost", "contested", "surrounded", "withdrawn"})
NAME = re.compile(r"[a-z]+(?:_[a-z]+)*")
# From fine to coarse.
RANK = {"site": 0, "settlement": 1, "admin2": 2, "admin1": 3, "country": 4, "region": 5}


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    gist: str
    types: str = ""
    modes: str = ""
    states: str = ""
    deadly: bool = False


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    stream: list[_Entry]


class Stream(msgspec.Struct, frozen=True):
    """What is counted together.

    `labels` are those of `label_of`: a claim with one of them belongs. `is_deadly`: only units with one death or more.
    """

    name: str
    gist: str
    labels: frozenset[str]
    is_deadly: bool = False


EVERYTHING = Stream("all", "anything that is coded as done or held", frozenset(TYPES) | STATES)


class Unit(NamedTuple):
    """One happening, counted once.

    `id`: a hash of its claims. `labels`: what these tell, see `label_of`. `place`: the finest that its claims name, of
    equals the one of most origins; a dateline's only where no words name another. `when`: the shortest days that are
    stated, likewise. Both None where no claim has any. `deaths`: the middle of what the independent origins say (the
    lower of two), with the lowest and highest; None: nobody tells a number. `n_origins`: independent ones.
    """

    id: str
    labels: frozenset[str]
    place: Place | None
    when: When | None
    claims: tuple[Member, ...]
    n_origins: int
    deaths_low: float | None
    deaths: float | None
    deaths_high: float | None


class _Told(NamedTuple):
    member: Member
    claim: Claim
    origin: str


def parse_streams(data: Mapping[str, object], file: str) -> dict[str, Stream]:
    """Return the streams by name, in the order of the file.

    Raises:
        BadData: an unknown key, type, mode or state, a name that stands twice, or a stream that holds nothing.
    """
    try:
        content = msgspec.convert(data, _File)
    except msgspec.ValidationError as error:
        raise BadData(file, "top level", str(error)) from error
    found: dict[str, Stream] = {}
    for n, entry in enumerate(content.stream, 1):
        where = f"stream {n} ({entry.name})"
        if NAME.fullmatch(entry.name) is None:
            raise BadData(file, where, f"{entry.name!r} is no name: write words in lower case, joined by _")
        if entry.name in found:
            raise BadData(file, where, f"{entry.name!r} stands twice: take one of them out")
        labels = _checked(entry.types, TYPES, "type", file, where)
        labels += _checked(entry.modes, {f"{t}/{m}" for t, ms in MODES.items() for m in ms}, "mode", file, where)
        labels += _checked(entry.states, STATES, "state", file, where)
        if not labels:
            raise BadData(file, where, f"{entry.name!r} holds nothing: give types, modes or states")
        found[entry.name] = Stream(entry.name, entry.gist, frozenset(labels), entry.deadly)
    return found


def _checked(words: str, known: Iterable[str], what: str, file: str, where: str) -> list[str]:
    listed = words.split()
    for word in listed:
        if word not in known:
            raise BadData(file, where, f"unknown {what} {word!r}: use one of {', '.join(sorted(known))}")
        if listed.count(word) > 1:
            raise BadData(file, where, f"{word!r} stands twice: take one of them out")
    return listed


def label_of(claim: Claim) -> frozenset[str]:
    """Return what a stream may ask for in a claim: its type and TYPE/mode, or its control state; empty for figures."""
    if claim.kind == "control":
        return frozenset({claim.state} if claim.state else ())
    if claim.kind == "event" and claim.event_type:
        return frozenset({claim.event_type, f"{claim.event_type}/{claim.mode}"})
    return frozenset()


def current_documents(coded: Iterable[Coded], resolution: Resolution) -> list[Coded]:
    """Return the documents that count, by id: none that was skipped, of the versions of an address only the newest."""
    old = {c.contained for c in resolution.copies if c.kind == "revision"}
    return sorted((c for c in coded if c.skipped is None and c.id not in old), key=lambda c: c.id)


def units_of(
    coded: Iterable[Coded], resolution: Resolution, origin_of: Mapping[tuple[str, str], str], stream: Stream
) -> list[Unit]:
    """Return the units of a stream, by id; the order of `coded` changes nothing.

    Args:
        origin_of: what each (document id, claim id) goes back to, of `resolution.origins.claim_origins`; a claim
            that is missing goes back to its document.

    Units without a place or a day are among them; whoever lays them out in cells and periods says how many there are.
    """
    told = [
        _Told(Member(document.id, claim.id), claim, origin_of.get((document.id, claim.id), document.id))
        for document in current_documents(coded, resolution)
        for claim in document.claims
        if claim.modality == "asserted" and label_of(claim) & stream.labels
    ]
    incident_of = {
        # A blow or a death that is told as a part of an attack is counted with it.
        member: incident.part_of or incident.incident
        for incident in resolution.incidents
        for member in incident.members
    }
    units = (_unit(group) for group in _groups(told, incident_of))
    return sorted(u for u in units if not stream.is_deadly or (u.deaths or 0) >= 1)


def _groups(told: Sequence[_Told], incident_of: Mapping[Member, str]) -> list[list[_Told]]:
    """Claims of one unit: of one incident, of one origin with one place and day, or of one word."""
    parent = list(range(len(told)))

    def root(k: int) -> int:
        while parent[k] != k:
            parent[k] = parent[parent[k]]
            k = parent[k]
        return k

    first: dict[Hashable, int] = {}
    for k, t in enumerate(told):
        words = [("word", t.member.id, span.start) for span in t.claim.trigger]
        for key in (_key(t, incident_of.get(t.member)), *words):
            low, high = sorted((root(first.setdefault(key, k)), root(k)))
            parent[high] = low
    groups: dict[int, list[_Told]] = defaultdict(list)
    for k, t in enumerate(told):
        groups[root(k)].append(t)
    return list(groups.values())


def _key(t: _Told, incident: str | None) -> Hashable:
    if incident is not None:
        return "incident", incident
    where = _where(t.claim.places[0]) if t.claim.places else None
    when = t.claim.when
    return t.origin, t.claim.event_type or t.claim.state, where, when and (when.start, when.end)


def _unit(group: Sequence[_Told]) -> Unit:
    members = tuple(sorted(t.member for t in group))
    raw = "|".join(f"{m.id}:{m.claim}" for m in members).encode(errors="surrogatepass")
    low, best, high = _deaths(group)
    return Unit(
        id="u" + hashlib.blake2b(raw, digest_size=8).hexdigest(),
        labels=frozenset().union(*(label_of(t.claim) for t in group)),
        place=_place(group),
        when=_when(group),
        claims=members,
        n_origins=len({t.origin for t in group}),
        deaths_low=low,
        deaths=best,
        deaths_high=high,
    )


def _place(group: Sequence[_Told]) -> Place | None:
    votes: dict[Hashable, set[str]] = defaultdict(set)
    first: dict[Hashable, Place] = {}
    for t in sorted(group, key=lambda t: t.member):
        if t.claim.places:
            place = t.claim.places[0]
            key = _where(place)
            first.setdefault(key, place)
            votes[key].add(t.origin)
    ranked = (
        (p.basis == "dateline", p.lat is None, RANK[p.precision], -len(votes[key]), p.name or p.mention, n)
        for n, (key, p) in enumerate(first.items())
    )
    best = min(ranked, default=None)
    return None if best is None else list(first.values())[best[-1]]


def _where(place: Place) -> Hashable:
    return place.basis == "dateline", place.geonameid or (place.mention.lower(), place.lat, place.lon)


def _when(group: Sequence[_Told]) -> When | None:
    votes: dict[When, set[str]] = defaultdict(set)
    for t in group:
        if t.claim.when is not None:
            votes[t.claim.when].add(t.origin)
    return min(
        votes,
        key=lambda w: (w.basis == "published", w.end - w.start, -len(votes[w]), w.start, w.basis, w.precision),
        default=None,
    )


def _deaths(group: Sequence[_Told]) -> tuple[float | None, float | None, float | None]:
    """Lowest, middle and highest; of what one origin says in several claims the most."""
    best: dict[str, float] = {}
    low, high = [], []
    for t in group:
        count = t.claim.deaths
        if count is None or count.best is None:
            continue
        best[t.origin] = max(best.get(t.origin, 0.0), count.best)
        low.append(count.best if count.low is None else count.low)
        high.append(count.best if count.high is None else count.high)
    if not best:
        return None, None, None
    return min(low), sorted(best.values())[(len(best) - 1) // 2], max(high)
