"""The command that compares a database grown in batches with one made at once: equal where it is, explained where not."""

from __future__ import annotations

import random

import msgspec
import pytest
from eval.batches import compared, cut, grown

from tests.growth.corpus import reports
from vedette.records import Story

REPORTS = reports(40, 3)


@pytest.fixture(scope="module")
def at_once(tmp_path_factory):
    return grown(tmp_path_factory.mktemp("once") / "a.db", [REPORTS])


@pytest.mark.parametrize("order", [REPORTS, random.Random(1).sample(REPORTS, len(REPORTS))], ids=["published", "any"])
def test_ten_batches_give_the_incidents_of_one(tmp_path, at_once, order):
    made = compared(at_once, grown(tmp_path / "a.db", cut(order, 10)), REPORTS)

    assert made["documents"] == 40
    assert made["same_incidents"] == made["incidents"] == made["incidents_of_batches"] > 20
    assert made["same_versions"] == made["incidents"]
    assert (made["same_stories"], made["same_origins"]) == (made["stories"], 40)
    assert made["same_ids"] + sum(made["why_other_ids"].values()) == made["incidents"]
    assert set(made["why_other_ids"]) <= {"minted by a claim of it that came before the one told first"}


def test_batches_are_even_and_hold_all():
    assert [len(b) for b in cut(REPORTS[:23], 10)] == [2, 2, 2, 3, 2, 2, 3, 2, 2, 3]
    assert [c for b in cut(REPORTS, 10) for c in b] == REPORTS
    assert len(cut(REPORTS[:3], 10)) == 3


def test_a_difference_is_listed_with_its_reason(at_once):
    split = next(i for i in at_once.incidents if len(i.members) > 1 and i.part_of is None)
    one = msgspec.structs.replace(split, incident="ione", members=split.members[:1])
    rest = msgspec.structs.replace(split, incident="irest", members=split.members[1:])
    others = tuple(i for i in at_once.incidents if i != split)
    same_stories = msgspec.structs.replace(at_once, incidents=(*others, one, rest))
    apart = msgspec.structs.replace(same_stories, stories=tuple(Story(f"s{c.id}", (c.id,)) for c in REPORTS))

    likeness, stories = (compared(at_once, made, REPORTS) for made in (same_stories, apart))

    assert [d["incident"] for d in likeness["only_of_batches"]] == ["ione", "irest"]
    assert [d["incident"] for d in likeness["only_at_once"]] == [split.incident]
    assert {d["why"][:14] for d in likeness["only_at_once"]} == {"the happenings"}
    assert {d["why"] for d in stories["only_at_once"]} == {"the reports are in other stories"}
