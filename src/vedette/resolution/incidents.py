"""Which claims of which documents tell one happening, and which of these one act of it.

Candidates have a key in common (`blocks`), are scored sign by sign (`similarity`), and are joined by average link
(`linkage`): first to happenings, then, inside each, to acts, which are the incidents. The act that the others belong to
is the happening's main incident, the others are parts of it. Pairs of happenings below what joins two, but not far
below, are kept as possibly the same.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from vedette.records import Coded, Incident, Member, Possible
from vedette.resolution.blocks import candidates
from vedette.resolution.linkage import NEVER, average_link
from vedette.resolution.similarity import Rarity, Weighed, score, weigh
from vedette.resolution.told import Told, tell
from vedette.resolution.versions import FIRMNESS, find_conflicts, find_versions

__all__ = ["POSSIBLE", "Clusters", "cluster", "find_incidents", "incident_id", "make_incidents"]

# Average link goes on while the mean probability is at least this; set on the dev sets of GVC and ECB+.
JOIN = 0.5
JOIN_ACT = 0.5
# Happenings whose mean probability is at least this are possibly the same; the best of each are kept.
POSSIBLE = 0.25
MAX_POSSIBLE = 5
ASPECTS = ("act", "blow", "death", "injury")


class Clusters(NamedTuple):
    """Groups of claims by their numbers: acts, each claim in one.

    `main` gives for each group the number of the group that it is part of, its own where it is the main one.
    `possible` are pairs of main groups that may be one, with their mean probability.
    """

    groups: tuple[tuple[int, ...], ...]
    main: tuple[int, ...]
    possible: tuple[tuple[int, int, float], ...]


def find_incidents(
    coded: Sequence[Coded], origin_of: Mapping[tuple[str, str], str], story_of: Mapping[str, str]
) -> list[Incident]:
    """Return the incidents of documents, by id; the order of `coded` changes nothing.

    Args:
        coded: documents, each once.
        origin_of: what each (document id, claim id) goes back to.
        story_of: the story of each document by its id; a document without one is in none.
    """
    told = [t for document in coded for t in tell(document)]
    told.sort(key=lambda t: (t.document, t.position, t.claim))
    return make_incidents(told, cluster(told, story_of), origin_of)


def cluster(told: Sequence[Told], story_of: Mapping[str, str], *, rarity: Rarity | None = None) -> Clusters:
    """Return which claims tell one act and which acts one happening.

    Args:
        told: claims, sorted by (document, position, claim): their numbers break ties.
        story_of: the story of each document by its id.
        rarity: how much words tell; counted over `told` without it.
    """
    claims = weigh(told, story_of, rarity or Rarity.of_claims(told))
    happening: dict[int, dict[int, float]] = defaultdict(dict)
    act: dict[int, dict[int, float]] = defaultdict(dict)
    for i, j in candidates(claims):
        scored = score(claims[i], claims[j])
        if scored.happening == NEVER or scored.happening >= POSSIBLE / 4:
            happening[i][j] = happening[j][i] = scored.happening
            act[i][j] = act[j][i] = scored.act
    happenings = average_link(happening, JOIN)
    alone = set(range(len(claims))).difference(*happenings)
    whole = sorted([*happenings, *([k] for k in alone)])
    groups: list[tuple[int, ...]] = []
    main: list[int] = []
    main_of: dict[int, int] = {}
    for members in whole:
        acts = _acts(members, act)
        first = len(groups) + min(range(len(acts)), key=lambda n: _weight(acts[n], claims))
        groups += acts
        main += [first] * len(acts)
        main_of.update((k, first) for k in members)
    sizes = {main_of[members[0]]: len(members) for members in whole}
    return Clusters(tuple(groups), tuple(main), tuple(_possible(happening, main_of, sizes)))


def _acts(members: Sequence[int], act: Mapping[int, Mapping[int, float]]) -> list[tuple[int, ...]]:
    """The groups of a happening's claims that tell one act, by their first member."""
    inside = set(members)
    scores = {k: {j: score for j, score in act[k].items() if j in inside} for k in members if k in act}
    groups = [tuple(g) for g in average_link(scores, JOIN_ACT)]
    return sorted([*groups, *((k,) for k in inside.difference(*groups))])


def _weight(group: Sequence[int], claims: Sequence[Weighed]) -> tuple[int, int, int, int]:
    """The act that a happening is known by comes first: what happened, the act before the blow, the oftenest told."""
    told = [claims[k].told for k in group]
    return (
        min(FIRMNESS.index(t.modality) for t in told),
        min(ASPECTS.index(t.aspect) for t in told),
        -len({t.document for t in told}),
        group[0],
    )


def _possible(
    scores: Mapping[int, Mapping[int, float]], main_of: Mapping[int, int], sizes: Mapping[int, int]
) -> Iterable[tuple[int, int, float]]:
    sums: dict[tuple[int, int], float] = defaultdict(float)
    for i in sorted(scores):
        for j, probability in scores[i].items():
            a, b = main_of[i], main_of[j]
            if i < j and a != b:
                pair = (min(a, b), max(a, b))
                sums[pair] = NEVER if NEVER in (probability, sums[pair]) else sums[pair] + probability
    for (a, b), total in sorted(sums.items()):
        mean = total / (sizes[a] * sizes[b])
        if mean >= POSSIBLE:
            yield a, b, min(mean, 1.0)


def make_incidents(
    told: Sequence[Told], clusters: Clusters, origin_of: Mapping[tuple[str, str], str]
) -> list[Incident]:
    """Return the clusters as incidents, by id: all that happened or was denied, and what two claims or more expect."""
    parts: dict[int, list[int]] = defaultdict(list)
    for n, first in enumerate(clusters.main):
        parts[first].append(n)
    kept = {
        n for n, group in enumerate(clusters.groups)
        if len(group) > 1 or told[group[0]].modality in ("asserted", "historical", "negated")
    }  # fmt: skip
    ids = {n: incident_id(_members(told[k] for k in clusters.groups[n])) for n in kept}
    near: dict[int, list[Possible]] = defaultdict(list)
    for a, b, probability in clusters.possible:
        if a in kept and b in kept:
            near[a].append(Possible(ids[b], round(probability, 3)))
            near[b].append(Possible(ids[a], round(probability, 3)))
    found = []
    for n in kept:
        first = clusters.main[n]
        own = [told[k] for k in clusters.groups[n]]
        if first != n and first in kept:
            found.append(_incident(ids[n], own, own, origin_of, part_of=ids[first]))
            continue
        whole = [told[k] for p in parts[first] for k in clusters.groups[p]] if first == n else own
        possible = sorted(near[n], key=lambda p: (-p.score, p.incident))[:MAX_POSSIBLE]
        found.append(_incident(ids[n], own, whole, origin_of, possible=possible))
    return sorted(found, key=lambda i: i.incident)


def incident_id(members: Iterable[Member]) -> str:
    """Return an id of an incident: a hash of its members."""
    raw = "|".join(f"{m.id}:{m.claim}" for m in members).encode(errors="surrogatepass")
    return "i" + hashlib.blake2b(raw, digest_size=8).hexdigest()


def _incident(
    id: str,
    own: Sequence[Told],
    whole: Sequence[Told],
    origin_of: Mapping[tuple[str, str], str],
    *,
    part_of: str | None = None,
    possible: Sequence[Possible] = (),
) -> Incident:
    is_main = part_of is None
    first = min(whole, key=lambda t: (t.published is None, t.published or 0, t.document))
    return Incident(
        incident=id,
        members=_members(own),
        n_documents=len({t.document for t in whole}),
        n_outlets=len({t.outlet for t in whole}),
        n_origins=len({origin_of.get(t.key, t.document) for t in whole}),
        conflicts=tuple(find_conflicts(whole)) if is_main else (),
        part_of=part_of,
        modality=min((t.modality for t in own), key=FIRMNESS.index),
        first_report=first.document if is_main else None,
        versions=tuple(find_versions(whole, origin_of)) if is_main else (),
        possible=tuple(possible),
    )


def _members(told: Iterable[Told]) -> tuple[Member, ...]:
    return tuple(sorted(Member(t.document, t.claim) for t in told))
