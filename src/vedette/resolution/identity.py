"""Which id a cluster of claims has, when earlier clusters of the same claims had ids.

An id is minted once and is never another's. Of an earlier incident that fell apart, the largest part is the heir; of
several that came together, the oldest id stays. What is lost by that is written down: an alias for an id that went
into another, a row of descent for claims that came from an incident which lives on elsewhere.
Pure: only who was together with whom matters, never the order in which clusters or claims are given.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from vedette.records import Alias, Descent

__all__ = ["Identified", "Order", "follow", "identify", "told_order"]

Order = tuple[date, str, str]


class Identified(NamedTuple):
    """Ids of clusters, in the order of the clusters, and what became of earlier ids; all sorted.

    `minted`: ids that are new. `ended`: earlier ids none of whose claims is in a cluster (their documents were coded
    anew, or a newer version of the page took their place); nothing took these over.
    """

    ids: tuple[str, ...]
    minted: tuple[str, ...]
    aliases: tuple[Alias, ...]
    descents: tuple[Descent, ...]
    ended: tuple[str, ...]


def identify[K: Hashable](
    clusters: Sequence[Collection[K]],
    earlier: Mapping[K, str],
    minted: Mapping[str, int],
    *,
    order: Callable[[K], Order],
    is_taken: Callable[[str], bool] = lambda _: False,
    prefix: str = "i",
) -> Identified:
    """Give each cluster of claims (or of documents: what is said of incidents holds for stories) an id.

    The heir of an earlier id is the cluster with most of its claims; of as many, the one with the first told. A cluster
    keeps the oldest id that it is heir of: of the lowest number in `minted`, then the one whose first claim here was
    told first. The others become aliases of it. A cluster that is nobody's heir gets the hash of its first told claim.
    First told is what was published first, then what has the lowest ids; so a database that grew in order of
    publication has the ids of one that was made at once.

    Args:
        clusters: claims that are together now; a claim is in one cluster, a cluster is not empty.
        earlier: the incident that claims belonged to; of each incident named here all claims, also those that are in
            no cluster any more.
        minted: a number for each earlier id, lower for older ones (that of the run it was minted in).
        order: when a claim was told, as `told_order` gives it; no two claims have the same.
        is_taken: whether an id was ever used, apart from those in `earlier`.
        prefix: what new ids begin with.

    Raises:
        ValueError: a cluster is empty, or a claim is in two.
    """
    told = [sorted(cluster, key=order) for cluster in clusters]
    _check(told)
    # Shares of earlier ids in clusters, each with its first claim there.
    shares: dict[str, Counter[int]] = defaultdict(Counter)
    firsts: dict[tuple[str, int], Order] = {}
    for k, members in enumerate(told):
        for member in members:
            if member in earlier:
                shares[earlier[member]][k] += 1
                firsts.setdefault((earlier[member], k), order(member))
    heir_of = {id: min(parts, key=lambda k: (-parts[k], firsts[id, k])) for id, parts in shares.items()}
    kept: dict[int, str] = {}
    for id, k in sorted(heir_of.items(), key=lambda x: (minted[x[0]], firsts[x], x[0])):
        kept.setdefault(k, id)
    founders = {k: order(members[0]) for k, members in enumerate(told) if k not in kept}
    new = _mint(founders, prefix, lambda id: id in shares or is_taken(id))
    ids = kept | new
    aliases = [Alias(id, ids[k]) for id, k in heir_of.items() if ids[k] != id]
    descents = [Descent(ids[k], id, n) for id, parts in shares.items() for k, n in parts.items() if k != heir_of[id]]
    return Identified(
        tuple(ids[k] for k in range(len(told))),
        tuple(sorted(new.values())),
        tuple(sorted(aliases, key=lambda a: a.old)),
        tuple(sorted(descents, key=lambda d: (d.incident, d.parent))),
        tuple(sorted(set(earlier.values()) - shares.keys())),
    )


def follow(id: str, aliases: Mapping[str, str]) -> str:
    """Return the id that `id` lives on under, through merges of merges; itself where it is no alias.

    >>> follow("i1", {"i1": "i2", "i2": "i3"})
    'i3'
    """
    while id in aliases:
        id = aliases[id]
    return id


def told_order(published: date | None, document: str, claim: str = "") -> Order:
    """Return a key that puts what was published first before what was later; no day is after all days."""
    return (published or date.max, document, claim)


def _check[K: Hashable](told: Sequence[Sequence[K]]) -> None:
    if not all(told):
        raise ValueError("a cluster without claims has no id")
    if len({m for members in told for m in members}) < sum(map(len, told)):
        raise ValueError("a claim is in two clusters")


def _mint(founders: Mapping[int, Order], prefix: str, is_taken: Callable[[str], bool]) -> dict[int, str]:
    """Ids for clusters by their first claims; where that id had a life before, the next of the claim's ids."""
    found: dict[int, str] = {}
    used: set[str] = set()
    for k, founder in sorted(founders.items(), key=lambda x: x[1]):
        n = 0
        while (id := prefix + _hash(founder, n)) in used or is_taken(id):
            n += 1
        used.add(id)
        found[k] = id
    return found


def _hash(founder: Order, n: int) -> str:
    _, document, claim = founder
    raw = f"{document}:{claim}" + (f"#{n}" if n else "")
    return hashlib.blake2b(raw.encode(errors="surrogatepass"), digest_size=8).hexdigest()
