"""Which claims of which documents tell one happening, and which of these one act of it.

Candidates have a key in common (`blocks`), are scored sign by sign (`similarity`), and are joined by average link
(`average_link`): first to happenings, then, inside each, to acts, which are the incidents. The act that the others
belong to is the happening's main incident, the others are parts of it. Pairs of happenings below what joins two, but
not far below, are kept as possibly the same.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from vedette.records import Coded, Incident, Member, Possible
from vedette.resolution.average_link import NEVER, average_link
from vedette.resolution.blocks import candidates
from vedette.resolution.similarity import Compared, Rarity
from vedette.resolution.told import Told, tell
from vedette.resolution.versions import FIRMNESS, find_conflicts, find_versions

__all__ = ["POSSIBLE", "Clusters", "cluster", "find_incidents", "incident_id", "make_incidents"]

# Average link goes on while the mean probability is at least this; set on the dev sets of GVC and ECB+.
JOIN = 0.4
JOIN_ACT = 0.45
# Happenings whose mean probability is at least this are possibly the same; the best of each are kept.
POSSIBLE = 0.2
MAX_POSSIBLE = 5
# Of groups in which not all pairs are compared, so many compared pairs a claim are enough.
LINKS = 10
# A happening is known by the first of these that it has.
ASPECTS = ("act", "blow", "death", "injury")

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


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
    first, second = candidates(told, story_of)
    scored = Compared(told, story_of, rarity or Rarity.of_claims(told)).score(first, second)
    happenings = average_link(len(told), first, second, scored.happening, JOIN, links=LINKS)
    number = np.arange(len(told))  # of the happening, by its first member
    for members in happenings:
        number[members] = members[0]
    inside = number[first] == number[second]
    acts = average_link(len(told), first[inside], second[inside], scored.act[inside], JOIN_ACT, links=LINKS)
    alone = sorted(set(range(len(told))).difference(*acts))
    groups = tuple(sorted([*map(tuple, acts), *((k,) for k in alone)]))
    main = _mains(groups, number.tolist(), told)
    return Clusters(groups, main, tuple(_possible(first, second, scored.happening, number, groups, main)))


def _mains(groups: Sequence[tuple[int, ...]], number: Sequence[int], told: Sequence[Told]) -> tuple[int, ...]:
    """The number of the group that each one is part of."""
    best: dict[int, int] = {}
    weights = [_weight([told[k] for k in group]) for group in groups]
    for n, group in enumerate(groups):
        known = best.setdefault(number[group[0]], n)
        if weights[n] < weights[known]:
            best[number[group[0]]] = n
    return tuple(best[number[group[0]]] for group in groups)


def _weight(told: Sequence[Told]) -> tuple[int, int, int]:
    """The act that a happening is known by comes first: what happened, the act before the blow, the oftenest told."""
    return (
        min(FIRMNESS.index(t.modality) for t in told),
        min(ASPECTS.index(t.aspect) for t in told),
        -len({t.document for t in told}),
    )


def _possible(
    first: IntArray,
    second: IntArray,
    scores: FloatArray,
    number: IntArray,
    groups: Sequence[tuple[int, ...]],
    main: Sequence[int],
) -> Iterator[tuple[int, int, float]]:
    """Pairs of happenings, by their main groups, of which the mean score is high, but not enough to join them."""
    sizes = np.bincount(number, minlength=len(number))
    one, other = np.minimum(number[first], number[second]), np.maximum(number[first], number[second])
    across = one != other
    pairs, where = np.unique(one[across] * len(number) + other[across], return_inverse=True)
    sums = np.bincount(where, weights=scores[across], minlength=len(pairs))
    forbidden = np.bincount(where, weights=scores[across] == NEVER, minlength=len(pairs)) > 0
    a, b = pairs // max(len(number), 1), pairs % max(len(number), 1)
    means = sums / np.maximum(sizes[a] * sizes[b], 1)
    main_of = {int(number[group[0]]): main[n] for n, group in enumerate(groups)}
    for k in np.flatnonzero((means >= POSSIBLE) & ~forbidden).tolist():
        yield main_of[int(a[k])], main_of[int(b[k])], float(min(means[k], 1.0))


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
