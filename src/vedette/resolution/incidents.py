"""Which claims of which documents tell one happening, and where they contradict each other.

Candidates are claims of the same kind whose days touch and whose places can be the same; they are joined by average
link over a score of days, place, parties and tolls. Never joined: claims that one document tells apart by place or
day, and precise places far apart. Contradictory modality is kept as a conflict, not a reason to split.
"""

from __future__ import annotations

import hashlib
import heapq
import itertools
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

from vedette.records import Actor, Claim, Coded, Conflict, Count, Incident, Member, Place

__all__ = ["find_incidents"]

ONE_DAY = timedelta(days=1)
# Kilometres within which two names of this precision can be one place: about half the unit's usual width.
REACH_KM = {"site": 10.0, "settlement": 15.0, "admin2": 40.0, "admin1": 120.0, "country": 800.0, "region": 800.0}
COARSE = frozenset({"country", "region"})
# Average link goes on while the mean score is at least this; set on the samples by reading the joined claims.
JOIN = 0.55
# Acts whose telling by several reports is worth joining; verbal acts are many a day between the same parties.
STOP = frozenset("the a an of and in on at to for by his her its their mr mrs ms some several two three".split())
# More claims of one type and day than this are compared within their country, province or place only.
MAX_BLOCK = 400
CELLS = ("country", "admin1", "geonameid")


class _Told(NamedTuple):
    document: Coded
    claim: Claim
    place: Place | None
    words: frozenset[str]
    countries: frozenset[str]


def find_incidents(coded: Sequence[Coded], origin_of: Mapping[tuple[str, str], str]) -> list[Incident]:
    """Return incidents told by two claims or more, by id; ids are hashes of their members.

    `origin_of` gives what each (document id, claim id) goes back to. The order of `coded` changes nothing.
    """
    blocks: dict[str, list[_Told]] = defaultdict(list)
    for document in sorted(coded, key=lambda c: c.id):
        for claim in document.claims:
            if claim.modality in ("asserted", "negated") and claim.when is not None and claim.kind != "figure":
                blocks[claim.event_type or "control"].append(_told(document, claim))
    found = []
    for told in blocks.values():
        for group in _clusters(told):
            found.append(_incident(group, origin_of))
    return sorted(found, key=lambda i: i.incident)


def _told(document: Coded, claim: Claim) -> _Told:
    parties = (*claim.actors, *claim.recipients)
    words = {w for a in parties for w in _words(a)}
    countries = {a.country for a in parties if a.country}
    return _Told(document, claim, claim.places[0] if claim.places else None, frozenset(words), frozenset(countries))


def _words(actor: Actor) -> set[str]:
    return set(re.findall(r"\w+", (actor.name or actor.mention).lower())) - STOP


def _clusters(told: Sequence[_Told]) -> Iterable[list[_Told]]:
    """Average-link clusters of two or more within components of possible pairs."""
    days: dict[object, list[int]] = defaultdict(list)
    for k, t in enumerate(told):
        assert t.claim.when is not None
        day, last = t.claim.when.start - ONE_DAY, t.claim.when.end
        for _ in range(10):  # a claim of a longer range is found by its first days
            days[day].append(k)
            day += ONE_DAY
            if day > last:
                break
    compared: set[tuple[int, int]] = set()
    scores: dict[int, dict[int, float]] = defaultdict(dict)  # of pairs that may join
    for block in days.values():
        for part in _parts(block, told):
            for i, j in itertools.combinations(part, 2):
                if (i, j) not in compared:
                    compared.add((i, j))
                    score = _score(told[i], told[j])
                    if score > -1.0:
                        scores[i][j] = scores[j][i] = score
    seen: set[int] = set()
    for start in sorted(scores):
        if start in seen:
            continue
        component, stack = [], [start]
        seen.add(start)
        while stack:
            k = stack.pop()
            component.append(k)
            fresh = {j for j, score in scores[k].items() if score >= JOIN} - seen
            seen |= fresh
            stack.extend(fresh)
        for group in _average_link(sorted(component), scores):
            if len(group) > 1:
                yield [told[k] for k in group]


def _parts(block: list[int], told: Sequence[_Told], level: int = 0) -> Iterable[list[int]]:
    """A day's claims, split by country, then province, then place where they are too many to compare each with each.

    More than MAX_BLOCK claims of one type, day and place are compared in parts of that size, in the order of documents.
    """
    if len(block) <= MAX_BLOCK:
        yield block
        return
    if level == len(CELLS):
        yield from ([*part] for part in itertools.batched(block, MAX_BLOCK))
        return
    cells: dict[object, list[int]] = defaultdict(list)
    for k in block:
        place = told[k].place
        cells[getattr(place, CELLS[level]) if place is not None else None].append(k)
    for cell in cells.values():
        yield from _parts(cell, told, level + 1)


def _average_link(component: Sequence[int], scores: Mapping[int, Mapping[int, float]]) -> list[list[int]]:
    """Join the two groups of highest mean score while it is JOIN or more; a pair that may not join keeps groups apart.

    Cost: pairs times the logarithm of their number. Ties go to the pair with the lowest numbers.
    """
    groups = {k: [k] for k in component}
    sums = {k: {j: score for j, score in scores[k].items() if j in groups} for k in component}  # by lowest numbers
    heap = [(-score, i, j, 1, 1) for i in component for j, score in sums[i].items() if i < j and score >= JOIN]
    heapq.heapify(heap)
    while heap:
        _, a, b, size_a, size_b = heapq.heappop(heap)
        if a not in groups or b not in groups or (len(groups[a]), len(groups[b])) != (size_a, size_b):
            continue  # one of them has been joined to another since
        groups[a] = sorted(groups[a] + groups.pop(b))
        mine, others = sums.pop(a), sums.pop(b)
        sums[a] = {}
        for c in mine.keys() | others.keys():
            sums.get(c, {}).pop(a, None)
            sums.get(c, {}).pop(b, None)
            if c in mine and c in others and c in groups:
                total = mine[c] + others[c]
                sums[a][c] = sums[c][a] = total
                mean = total / (len(groups[a]) * len(groups[c]))
                if mean >= JOIN:
                    low, high = min(a, c), max(a, c)
                    heapq.heappush(heap, (-mean, low, high, len(groups[low]), len(groups[high])))
    return list(groups.values())


def _score(a: _Told, b: _Told) -> float:
    """How likely two claims tell one happening, -1 (never) to 1."""
    place = _place_score(a.place, b.place)
    if place < 0:
        return -1.0
    wa, wb = a.claim.when, b.claim.when
    assert wa is not None and wb is not None
    overlap = wa.start < wb.end and wb.start < wa.end
    if not overlap and not (wa.start <= wb.end and wb.start <= wa.end):
        return -1.0
    if a.document.id == b.document.id and not overlap:
        return -1.0
    if a.claim.kind == "control" and a.claim.state != b.claim.state:
        return -1.0
    day = (1.0 if overlap else 0.6) - (0.3 if "published" in (wa.basis, wb.basis) else 0.0)
    shared = a.words & b.words
    parties = (
        1.0
        if shared and a.countries & b.countries
        else 0.8
        if shared
        else 0.6
        if a.countries & b.countries
        else 0.4
        if not a.words or not b.words
        else 0.0
    )
    toll = _toll_score(a.claim.deaths, b.claim.deaths)
    mode = 0.1 if a.claim.mode and a.claim.mode == b.claim.mode else 0.0
    return 0.3 * day + 0.4 * place + 0.25 * parties + 0.05 + toll + mode


def _place_score(a: Place | None, b: Place | None) -> float:
    if a is None or b is None:
        return 0.3
    if a.geonameid is not None and a.geonameid == b.geonameid:
        return 0.5 if a.precision in COARSE else 1.0
    if a.country and b.country and a.country != b.country and not {a.precision, b.precision} & {"site", "region"}:
        return -1.0
    if a.lat is None or b.lat is None or a.lon is None or b.lon is None:
        return 0.9 if a.mention.lower() == b.mention.lower() else 0.3
    distance = _km(a.lat, a.lon, b.lat, b.lon)
    reach = max(REACH_KM[a.precision], REACH_KM[b.precision])
    if distance > reach:
        return 0.2 if {a.precision, b.precision} & COARSE else -1.0
    return 0.3 if {a.precision, b.precision} & COARSE else 0.9


def _toll_score(a: Count | None, b: Count | None) -> float:
    if a is None or b is None or a.best is None or b.best is None:
        return 0.0
    return 0.1 if a.best == b.best else -0.1 if max(a.best, b.best) > 5 * max(1.0, min(a.best, b.best)) else 0.0


def _km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    p, q = math.radians(lat1), math.radians(lat2)
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 12742.0 * math.asin(math.sqrt(min(1.0, h)))


def _incident(group: Sequence[_Told], origin_of: Mapping[tuple[str, str], str]) -> Incident:
    members = tuple(sorted(Member(t.document.id, t.claim.id) for t in group))
    raw = "|".join(f"{m.id}:{m.claim}" for m in members).encode(errors="surrogatepass")
    return Incident(
        incident="i" + hashlib.blake2b(raw, digest_size=8).hexdigest(),
        members=members,
        n_documents=len({m.id for m in members}),
        n_outlets=len({t.document.outlet or t.document.id for t in group}),
        n_origins=len({origin_of.get((m.id, m.claim), m.id) for m in members}),
        conflicts=tuple(_conflicts(group)),
    )


def _conflicts(group: Sequence[_Told]) -> Iterable[Conflict]:
    asserted = [t for t in group if t.claim.modality == "asserted"]
    negated = [t for t in group if t.claim.modality == "negated"]
    if asserted and negated:
        yield Conflict("occurrence", ("it happened", "it did not happen"), (_members(asserted), _members(negated)))
    for kind in ("deaths", "injured"):
        by_count: dict[tuple[float, float], list[_Told]] = defaultdict(list)
        for t in asserted:
            count: Count | None = getattr(t.claim, kind)
            if count is not None and count.best is not None:
                by_count[count.low or count.best, count.high or count.best].append(t)
        sides = sorted(by_count.items())
        if len(sides) > 1 and any(a[1] < b[0] for (a, _), (b, _) in itertools.pairwise(sides)):
            says = tuple(f"{low:g}" if low == high else f"{low:g} to {high:g}" for (low, high), _ in sides)
            yield Conflict("deaths" if kind == "deaths" else "injured", says, tuple(_members(ts) for _, ts in sides))
    by_actor: dict[str, list[_Told]] = defaultdict(list)
    for t in asserted:
        names = {a.code or (a.name or "").lower() for a in t.claim.actors} - {""}
        if len(names) == 1:
            by_actor[names.pop()].append(t)
    if len(by_actor) > 1:
        kind_ = "control" if group[0].claim.kind == "control" else "perpetrator"
        says = tuple(ts[0].claim.actors[0].name or ts[0].claim.actors[0].mention for ts in by_actor.values())
        yield Conflict(
            "control" if kind_ == "control" else "perpetrator", says, tuple(map(_members, by_actor.values()))
        )


def _members(told: Iterable[_Told]) -> tuple[Member, ...]:
    return tuple(sorted(Member(t.document.id, t.claim.id) for t in told))
