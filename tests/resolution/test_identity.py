"""Ids of incidents: minted once, kept through what is added, and traceable where they merge and fall apart."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.records import Alias, Descent, Member
from vedette.resolution.identity import follow, identify, told_order


def claims(words):
    return [Member(f"d{n}", f"c{n}") for n in words]


def order(member):
    return told_order(date(2031, 5, 1 + int(member.id[1:])), member.id, member.claim)


@st.composite
def partitions(draw, n_claims):
    """Some of the claims, each in one of a few clusters."""
    labels = draw(st.lists(st.none() | st.integers(0, 4), min_size=n_claims, max_size=n_claims))
    return [claims(n for n, own in enumerate(labels) if own == label) for label in sorted(set(labels) - {None})]


class Ledger:
    """What a database would keep from run to run."""

    def __init__(self):
        self.assigned, self.minted, self.aliases, self.founders = {}, {}, {}, {}

    def run(self, clusters, number):
        made = identify(clusters, self.assigned, self.minted, order=order, is_taken=lambda id: id in self.minted)
        self.assigned = {m: id for id, cluster in zip(made.ids, clusters, strict=True) for m in cluster}
        self.minted |= dict.fromkeys(made.minted, number)
        self.aliases |= {a.old: a.incident for a in made.aliases}
        return made


histories = st.lists(partitions(12), min_size=1, max_size=6)


@given(histories, st.randoms(use_true_random=False))
def test_the_order_of_clusters_and_claims_changes_nothing(history, rng):
    one, other = Ledger(), Ledger()
    for number, clusters in enumerate(history):
        shuffled = [rng.sample(c, len(c)) for c in rng.sample(clusters, len(clusters))]
        a, b = one.run(clusters, number), other.run(shuffled, number)

        assert one.assigned == other.assigned
        assert a[1:] == b[1:]


@given(histories)
def test_every_claim_is_in_one_incident_and_every_cluster_has_its_own(history):
    ledger = Ledger()
    for number, clusters in enumerate(history):
        made = ledger.run(clusters, number)

        assert len(set(made.ids)) == len(clusters)
        assert set(ledger.assigned) == {m for c in clusters for m in c}


@given(histories)
def test_an_id_is_minted_once_and_a_lost_one_never_comes_back(history):
    ledger = Ledger()
    ever, lost = set(), set()
    for number, clusters in enumerate(history):
        made = ledger.run(clusters, number)

        assert not ever & set(made.minted)
        assert not lost & set(made.ids)
        ever |= set(made.minted)
        lost |= {a.old for a in made.aliases} | set(made.ended)


@given(histories)
def test_aliases_lead_to_an_id_that_lives_or_ended(history):
    ledger = Ledger()
    ended = set()
    for number, clusters in enumerate(history):
        made = ledger.run(clusters, number)
        ended |= set(made.ended)

        for old in ledger.minted:
            assert follow(old, ledger.aliases) in {*made.ids, *ended}


@given(partitions(12))
def test_without_a_change_nothing_changes(clusters):
    ledger = Ledger()
    first = ledger.run(clusters, 0)
    again = ledger.run(clusters, 1)

    assert again.ids == first.ids
    assert again[1:] == ((), (), (), ())


@given(partitions(12), st.integers(0, 11))
def test_one_claim_more_leaves_all_other_ids(clusters, n):
    ledger = Ledger()
    new = claims([n])
    before = ledger.run([c for c in ([m for m in c if m not in new] for c in clusters) if c], 0)
    grown = [c for c in clusters if new[0] not in c] + [[*next((c for c in clusters if new[0] in c), []), *new]]
    after = ledger.run([list(dict.fromkeys(c)) for c in grown], 1)

    assert set(before.ids) <= set(after.ids)
    assert not after.aliases
    assert not after.descents


def test_a_merge_keeps_the_older_and_names_the_other():
    ledger = Ledger()
    (old,) = ledger.run([claims([5])], 0).ids
    young = ledger.run([claims([5]), claims([1, 2, 3])], 1).ids[1]

    made = ledger.run([claims([1, 2, 3, 5])], 2)

    assert made.ids == (old,)
    assert made.aliases == (Alias(young, old),)


def test_of_two_as_old_that_of_the_first_told_claim_stays():
    ledger = Ledger()
    first, second = ledger.run([claims([1]), claims([2, 3])], 0).ids

    made = ledger.run([claims([1, 2, 3])], 1)

    assert (made.ids, made.aliases) == ((first,), (Alias(second, first),))


def test_a_split_keeps_the_larger_part_and_says_where_the_other_came_from():
    ledger = Ledger()
    (whole,) = ledger.run([claims([1, 2, 3, 4, 5])], 0).ids

    made = ledger.run([claims([1, 2]), claims([3, 4, 5])], 1)

    assert made.ids[1] == whole
    assert made.minted == (made.ids[0],)
    assert made.descents == (Descent(made.ids[0], whole, 2),)


def test_of_two_halves_the_one_told_first_keeps_the_id():
    ledger = Ledger()
    (whole,) = ledger.run([claims([1, 2, 3, 4])], 0).ids

    assert ledger.run([claims([2, 4]), claims([1, 3])], 1).ids[1] == whole


def test_a_claim_that_went_over_to_another_incident_is_a_descent():
    ledger = Ledger()
    one, other = ledger.run([claims([1, 2, 3]), claims([4, 5])], 0).ids

    made = ledger.run([claims([1, 2]), claims([3, 4, 5])], 1)

    assert made.ids == (one, other)
    assert made.descents == (Descent(other, one, 1),)


def test_a_database_grown_in_order_of_publication_has_the_ids_of_one_made_at_once():
    batches, whole = Ledger(), Ledger()
    for number in range(1, 5):
        batches.run([claims(n for n in range(3 * number) if n % 2 == odd) for odd in (0, 1)], number)
    whole.run([claims(range(0, 12, 2)), claims(range(1, 12, 2))], 0)

    assert batches.assigned == whole.assigned


def test_an_incident_without_claims_ended():
    ledger = Ledger()
    (gone,) = ledger.run([claims([1])], 0).ids

    made = ledger.run([claims([2])], 1)
    again = ledger.run([claims([1])], 2)

    assert made.ended == (gone,)
    assert gone not in again.ids


@pytest.mark.parametrize("clusters", [[[]], [claims([1]), claims([1, 2])]])
def test_no_partition_is_refused(clusters):
    with pytest.raises(ValueError, match="cluster"):
        identify(clusters, {}, {}, order=order)
