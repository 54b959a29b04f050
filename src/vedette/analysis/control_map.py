"""The control map of a set of documents: per place what is assessed, since when, and who claims what.

Assessed and claimed are two layers. The assessed one is the filter's distribution over all claims, or over those of
one voice ("the map according to X"); the claimed one is what each voice said last, weighed by nobody.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Literal, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from vedette.analysis.control import (
    CONTESTED,
    UNKNOWN,
    ControlFilter,
    Evidence,
    RegionalShare,
    Turn,
    entropy_bits,
    weights_of,
)
from vedette.analysis.control_claims import UNNAMED, Origins, PartyOf, Statement, no_table, statements
from vedette.analysis.control_model import ControlModel
from vedette.analysis.control_places import PlaceKey, Region, plain
from vedette.analysis.control_weight import likelihood_of, says_of, strength_of
from vedette.records import Coded, Member

__all__ = ["Claimed", "ControlMap", "ControlPeriod", "PlaceControl", "RegionClaim", "Unplaced", "assess_control"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
# A place has no more named controllers than these, those of most claims; further ones are UNKNOWN's.
MAX_CONTROLLERS = 6
# Days times places times states kept at once, 160 MB; above it the timeline is told in longer steps.
MAX_CELLS = 20_000_000
# Fewer statements than these about places by name make no map.
LEAST = 3
WHOLE_REGION = (0.8, 0.95, 1.0)


class ControlPeriod(msgspec.Struct, frozen=True):
    """Days ``[start, end)`` over which one state was likeliest in hindsight; `probability` is its mean, 0..1."""

    start: date
    end: date
    controller: str
    probability: float


class Claimed(msgspec.Struct, frozen=True):
    """What a voice said last of a place, as said: `state` "held", "seized", "lost", "contested" or "surrounded".

    `holder` holds, lost or surrounds it; None where it is only contested. `is_denied`: that it is not so. `share`
    0..1 of the place.
    """

    voice: str
    voice_kind: Literal["party", "speaker", "outlet"]
    state: str
    holder: str | None
    is_denied: bool
    share: float | None
    day: date
    member: Member


class PlaceControl(msgspec.Struct, frozen=True):
    """One place on one day.

    `assessed` is the likeliest state: a party (a state's ISO 3166 alpha-3 code or a group's name), "CONTESTED" or
    "UNKNOWN" (a holder that no claim names, or nothing known any more); `probability` 0..1 is its own and
    `distribution` that of all states, which add up to 1. `entropy` in bits: 0 certain. `age_days` since
    `last_evidence`. `supporting` and `opposing` are the claims that made the assessed state likelier and less likely,
    the newest first; `n_origins` independent origins are behind both. `timeline` is told in hindsight, by all claims
    up to the last, oldest first. `claimed` is what each voice said last, newest first. `level` "district" and
    "settlement" (its centre) are two places; `centre_of` names the district. `lat`, `lon` None: unknown.
    """

    place: str
    name: str
    level: Literal["settlement", "district", "site"]
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    day: date
    assessed: str
    probability: float
    words: str
    distribution: dict[str, float]
    entropy: float
    last_evidence: date | None
    age_days: int | None
    n_origins: int
    supporting: tuple[Member, ...]
    opposing: tuple[Member, ...]
    timeline: tuple[ControlPeriod, ...]
    claimed: tuple[Claimed, ...]
    centre_of: str | None = None


class RegionClaim(msgspec.Struct, frozen=True):
    """A share of the places of a region that somebody is said to hold; no fact about any one of them."""

    country: str
    admin1: str | None
    holder: str
    low: float | None
    best: float
    high: float | None
    voice: str
    day: date
    member: Member
    n_places: int


class Unplaced(msgspec.Struct, frozen=True):
    """A control claim that is on no map, and why."""

    member: Member
    why: str


class ControlMap(msgspec.Struct, frozen=True):
    """All places on `day`, by country and name. `too_few` None, or why there is no map, in one line.

    `according_to` is the one voice whose claims were used, None for all. `n_claims` used for places.
    """

    day: date | None
    places: tuple[PlaceControl, ...]
    regions: tuple[RegionClaim, ...]
    unplaced: tuple[Unplaced, ...]
    n_claims: int
    according_to: str | None = None
    too_few: str | None = None


class _Site(NamedTuple):
    """A place of the map with its controllers in the order of the states."""

    key: PlaceKey
    controllers: tuple[str, ...]


class _Use(NamedTuple):
    """A statement as evidence for one place; `scale` below 1: for the district of the centre that is spoken of."""

    place: int
    statement: Statement
    scale: float


def assess_control(
    coded: Sequence[Coded],
    document_origin: Mapping[str, str],
    claim_origin: Origins,
    model: ControlModel,
    *,
    day: date | None = None,
    according_to: str | None = None,
    party_of: PartyOf = no_table,
) -> ControlMap:
    """Return the control map of coded documents; their order changes nothing.

    Args:
        document_origin: what each document goes back to, by id.
        claim_origin: what each (document id, claim id) goes back to.
        day: the day of the map, by what is told to have been so up to then; None: the last day told of.
        according_to: a speaker, party or outlet, by name: its claims alone.
        party_of: tells which party a holder's name belonged to on a day; without it names stay as documents have them.

    Reports of a later day about an earlier one count from the earlier day.
    """
    found, left = statements(coded, document_origin, claim_origin, party_of)
    unplaced = tuple(Unplaced(x.member, x.why) for x in left)
    if according_to is not None:
        found = [s for s in found if plain(according_to) in s.names]
    told = [s for s in found if s.state != "attack"]
    placed = [s for s in told if s.held.key is not None]
    if len(placed) < LEAST:
        by = f" by {according_to}" if according_to else ""
        too_few = f"too few data: {len(placed)} claims{by} say of a place by name who holds it, {LEAST} are wanted"
        return ControlMap(day, (), (), unplaced, len(placed), according_to, too_few)
    at = day.toordinal() if day else max(s.day for s in told)
    places: list[PlaceControl] = []
    regions: list[RegionClaim] = []
    by_country: dict[str, list[Statement]] = defaultdict(list)
    for s in found:
        by_country[_country(s)].append(s)
    for country in sorted(by_country):
        if any(s.state != "attack" and s.held.key for s in by_country[country]):
            made = _Country(by_country[country], model, at)
            places += made.places()
            regions += made.region_claims()
    return ControlMap(date.fromordinal(at), tuple(places), tuple(regions), unplaced, len(placed), according_to)


def _country(statement: Statement) -> str:
    held = statement.held
    return held.key.country if held.key else held.region.country if held.region else ""


class _Country:
    """The places of one country, which its regional shares join."""

    def __init__(self, found: Sequence[Statement], model: ControlModel, at: int) -> None:
        self.model, self.at = model, at
        self.found = sorted(found, key=lambda s: (s.day, s.member))
        self.units: dict[PlaceKey, set[str]] = defaultdict(set)
        for s in self.found:
            if s.held.key is not None and s.held.key.admin1:
                self.units[s.held.key._replace(admin1="")].add(s.held.key.admin1)
        self.by_key: dict[PlaceKey, list[Statement]] = defaultdict(list)
        for s in self.found:
            if s.held.key is not None and s.state != "attack":
                self.by_key[self._whole(s.held.key)].append(s)
        self.keys = sorted(self.by_key)
        self.index = {key: n for n, key in enumerate(self.keys)}
        self.members = {id(s): self._members_of(s.held.region) for s in self.found if s.held.region is not None}
        self.shared: dict[int, Counter[str]] = defaultdict(Counter)
        for s in self.found:
            if s.held.region is not None and s.holder is not None and s.holder != UNNAMED:
                for n in self.members[id(s)]:
                    self.shared[n][s.holder] += 1
        self.sites = [_Site(key, self._controllers(key)) for key in self.keys]
        self.uses = self._uses()
        self.uses_of: dict[int, list[_Use]] = defaultdict(list)
        for use in self.uses:
            self.uses_of[use.place].append(use)
        self._filter()

    def places(self) -> list[PlaceControl]:
        """Each place with its layers."""
        return [self._place(n) for n in range(len(self.sites))]

    def region_claims(self) -> list[RegionClaim]:
        """What is said of regions up to the day, newest first."""
        found = []
        for s in reversed(self.found):
            if s.held.region is not None and s.holder is not None and s.day <= self.at:
                low, best, high = _share_of(s)
                admin1 = s.held.place.admin1 or s.held.place.name if s.held.place and s.held.region.admin1 else None
                found.append(
                    RegionClaim(
                        s.held.region.country, admin1, s.holder, low, best, high, s.voice,
                        date.fromordinal(s.day), s.member, len(self.members[id(s)]),
                    )
                )  # fmt: skip
        return found

    # ---- places and their states -----------------------------------------------------------------------------

    def _whole(self, key: PlaceKey) -> PlaceKey:
        """The key with the unit it lies in, where only one is told for its name."""
        units = self.units.get(key, set())
        return key._replace(admin1=next(iter(units))) if not key.admin1 and len(units) == 1 else key

    def _members_of(self, region: Region) -> list[int]:
        """The places of a region: of the level that is spoken of, where two of it are known, else of any but sites."""
        inside = [
            n for n, key in enumerate(self.keys)
            if key.level != "site" and (not region.admin1 or key.admin1 == region.admin1)
        ]  # fmt: skip
        level = [n for n in inside if self.keys[n].level == region.level]
        found = level if len(level) > 1 else inside
        return found if len(found) > 1 else []

    def _controllers(self, key: PlaceKey) -> tuple[str, ...]:
        """Who is ever said to hold, lose or surround it, or a share of its region; most often named first."""
        named: Counter[str] = Counter()
        for spot in (key, *self._centres(key)):
            named.update(s.holder for s in self.by_key[spot] if s.holder is not None and s.holder != UNNAMED)
        named.update(self.shared[self.index[key]])
        ranked = sorted(named, key=lambda name: (-named[name], name))[:MAX_CONTROLLERS]
        if not ranked:
            ranked = [UNNAMED] if any(s.holder == UNNAMED for s in self.by_key[key]) else [key.country or UNNAMED]
        return tuple(sorted(ranked))

    def _centres(self, key: PlaceKey) -> list[PlaceKey]:
        centre = key._replace(level="settlement")
        return [centre] if key.level == "district" and centre in self.by_key else []

    def _uses(self) -> list[_Use]:
        found: list[_Use] = []
        for key, listed in self.by_key.items():
            number = self.index[key]
            district = self.index.get(key._replace(level="district")) if key.level == "settlement" else None
            for s in listed:
                found.append(_Use(number, s, 1.0))
                if district is not None:
                    found.append(_Use(district, s, self.model.weights.centre_to_district))
        for s in self.found:
            if s.state == "attack" and s.held.key is not None:
                at = self.index.get(self._whole(s.held.key))
                if at is not None and set(s.others) & {*self.sites[at].controllers, UNNAMED}:
                    found.append(_Use(at, s, 1.0))
        return found

    # ---- the filter ------------------------------------------------------------------------------------------

    def _filter(self) -> None:
        model, uses = self.model, self.uses
        strength = [strength_of(model, u.statement) * u.scale for u in uses]
        says = [says_of(u.statement) for u in uses]
        order = [f"{u.statement.member.id} {u.statement.member.claim}" for u in uses]
        self.weights = weights_of(
            model, [u.place for u in uses], [u.statement.day for u in uses], says,
            [u.statement.origin for u in uses], strength, order,
            [u.statement.interest == "self-serving" for u in uses],
        )  # fmt: skip
        n_states = max(len(site.controllers) for site in self.sites) + 2
        rows: list[tuple[int, int, Floats]] = []
        turns: list[Turn] = []
        for k in sorted(range(len(uses)), key=lambda k: (uses[k].statement.day, order[k], uses[k].place)):
            place, s, scale = uses[k]
            told = likelihood_of(model, s, self.sites[place].controllers, n_states) * scale * self.weights[k]
            rows.append((place, s.day, told))
            if s.state == "seized" and s.is_so and s.is_dated and s.holder in self.sites[place].controllers:
                state = self.sites[place].controllers.index(s.holder)
                weight = scale * float(self.weights[k])
                gain = float(np.log(model.weights.seized_days)) * weight
                turns.append(
                    Turn(s.day, place, state, gain, strength_of(model, s) * weight * model.weights.before_seized)
                )
        evidence = Evidence(
            np.array([r[0] for r in rows], np.int64), np.array([r[1] for r in rows], np.int64),
            np.array([r[2] for r in rows]),
        )  # fmt: skip
        shares = self._shares()
        self.days = self._grid(evidence.day, [s.day for s in shares], n_states)
        counts = np.array([len(site.controllers) for site in self.sites])
        self.filter = ControlFilter(model, counts, self.days)
        self.filter.run(evidence, shares, turns)
        self.now = self.filter.ahead(self.at)
        self.hindsight = self.filter.smoothed()

    def _shares(self) -> list[RegionalShare]:
        model = self.model
        told = [s for s in self.found if s.held.region is not None and len(self.members[id(s)]) > 1]
        told = [s for s in told if s.holder not in (None, UNNAMED)]
        regions = sorted({s.held.region for s in told if s.held.region}, key=str)
        strength = [strength_of(model, s) for s in told]
        order = [f"{s.member.id} {s.member.claim}" for s in told]
        weights = weights_of(
            model, [regions.index(s.held.region) for s in told if s.held.region], [s.day for s in told],
            [f"{says_of(s)} {_share_of(s)}" for s in told], [s.origin for s in told], strength, order,
            [s.interest == "self-serving" for s in told],
        )  # fmt: skip
        found = []
        for s, strong, weight, key in zip(told, strength, weights, order, strict=True):
            members = [n for n in self.members[id(s)] if s.holder in self.sites[n].controllers]
            limit = strong * model.weights.region * float(weight)
            if len(members) > 1 and limit > 0:
                state = [self.sites[n].controllers.index(str(s.holder)) for n in members]
                low, best, high = _share_of(s)
                voice = model.voice_of(s.interest, s.speaker_kind)
                found.append(
                    RegionalShare(
                        s.day, np.array(members), np.array(state), low, best, high, voice.if_not / voice.if_so,
                        limit, key,
                    )
                )  # fmt: skip
        return found

    def _grid(self, evidence: Ints, shares: Sequence[int], n_states: int) -> Ints:
        """The days of evidence and, between the first and the last, as many more as memory allows."""
        told = np.unique(np.array([*evidence.tolist(), *shares], np.int64))
        last = max(int(told[-1]), self.at)
        room = max(MAX_CELLS // (len(self.sites) * n_states) - len(told), 1)
        step = max(-(-(last - int(told[0]) + 1) // room), 1)
        return np.union1d(told, np.arange(int(told[0]), last + 1, step))

    # ---- what is told of a place -----------------------------------------------------------------------------

    def _place(self, number: int) -> PlaceControl:
        key, controllers = self.sites[number]
        k = len(controllers)
        names = (*controllers, CONTESTED, UNKNOWN)
        columns = [*range(k), -2, -1]
        p = self.now[number, columns]
        best = int(p.argmax())
        used = [
            (u.statement, likelihood_of(self.model, u.statement, controllers, k + 2))
            for u in self.uses_of[number]
            if u.statement.day <= self.at
        ]
        used.sort(key=lambda x: (-x[0].day, x[0].member))
        last = max((s.day for s, *_ in used), default=None)
        rest = [n for n in range(k + 2) if n != best]
        share = p[rest] / max(float(p[rest].sum()), 1e-300)
        pull = [(s, float(told[best] - told[rest] @ share)) for s, told in used]
        known = [s.held.place for s in self.by_key[key] if s.held.place is not None]
        spot = next((x for x in known if x.lat is not None), known[0] if known else None)
        name = key.name if key.level == "site" else spot.name or spot.mention if spot else key.name
        district = key._replace(level="district")
        return PlaceControl(
            place="/".join(key),
            name=name,
            level=key.level,
            country=key.country or None,
            admin1=spot.admin1 if spot else None,
            lat=spot.lat if spot else None,
            lon=spot.lon if spot else None,
            day=date.fromordinal(self.at),
            assessed=names[best],
            probability=float(p[best]),
            words=probability_words(float(p[best])),
            distribution={name: float(x) for name, x in zip(names, p, strict=True)},
            entropy=float(entropy_bits(p)),
            last_evidence=None if last is None else date.fromordinal(last),
            age_days=None if last is None else self.at - last,
            n_origins=len({s.origin for s, *_ in used}),
            supporting=tuple(s.member for s, by in pull if by > 0),
            opposing=tuple(s.member for s, by in pull if by < 0),
            timeline=self._timeline(number, names, columns),
            claimed=_claimed(s for s in self.by_key[key] if s.day <= self.at),
            centre_of="/".join(district) if key.level == "settlement" and district in self.index else None,
        )

    def _timeline(self, number: int, names: Sequence[str], columns: Sequence[int]) -> tuple[ControlPeriod, ...]:
        """Runs of days with one likeliest state, from the first evidence of the place to the day of the map."""
        first = min((u.statement.day for u in self.uses_of[number]), default=self.at)
        inside = np.flatnonzero((self.days >= first) & (self.days <= self.at))
        if len(inside) == 0:
            return ()
        p = self.hindsight[inside, number][:, columns]
        likeliest = p.argmax(axis=1)
        cuts = [0, *(np.flatnonzero(np.diff(likeliest)) + 1).tolist(), len(inside)]
        ends = np.append(self.days[inside[1:]], self.at + 1)
        found = []
        for a, b in pairwise(cuts):
            state = int(likeliest[a])
            found.append(
                ControlPeriod(
                    date.fromordinal(int(self.days[inside[a]])), date.fromordinal(int(ends[b - 1])), names[state],
                    float(p[a:b, state].mean()),
                )
            )  # fmt: skip
        return tuple(found)


def probability_words(p: float) -> str:
    """A probability in an analyst's words, after Kent 1964 and the steps of ICD 203."""
    for least, words in ((0.95, "almost certain"), (0.8, "very likely"), (0.55, "likely"), (0.45, "about even")):
        if p >= least:
            return words
    return "unclear"


def _claimed(told: Iterable[Statement]) -> tuple[Claimed, ...]:
    """The last word of each voice, newest first."""
    last: dict[tuple[str, str], Statement] = {}
    for s in told:
        last[s.voice, s.voice_kind] = s
    listed = sorted(last.values(), key=lambda s: (-s.day, s.voice, s.member))
    return tuple(
        Claimed(
            s.voice, s.voice_kind, s.state, s.holder, not s.is_so, s.share.best if s.share else None,
            date.fromordinal(s.day), s.member,
        )
        for s in listed
    )  # fmt: skip


def _share_of(statement: Statement) -> tuple[float | None, float, float | None]:
    """The share of a region that is said to be held; a region said to be held is nearly all of it."""
    share = statement.share
    if share is None or (best := share.best or share.low or share.high) is None:
        return WHOLE_REGION
    return share.low, best, share.high
