"""Who a speaker is in small trees built by hand; tables and cues are those that are shipped."""

from __future__ import annotations

import pytest

from tests.trees import tree
from vedette.coding.attribution import attribute
from vedette.coding.cues import parse_cues
from vedette.coding.entities import find_entities
from vedette.coding.speakers import speakers
from vedette.lookups.actors import load_actor_table
from vedette.records import Speaker
from vedette.toolbox import read_toml

TABLE = load_actor_table()
CUES = parse_cues(read_toml("cues.toml"), "cues.toml")
LEFT = "left/VBD/ROOT/0/leave"


def last(*sentences: str, outlet: str | None = None) -> Speaker:
    parsed = tree(*sentences)
    return speakers(attribute(parsed, CUES), find_entities(parsed, TABLE), TABLE, outlet=outlet)[-1].speaker


def said(subject: str, head: int) -> str:
    return f"{subject} said/VBD/ROOT/0/say rain/NN/nsubj/{head + 2} fell/VBD/ccomp/{head}/fall"


def test_a_pronoun_has_name_and_office_of_whom_it_is():
    speaker = last(
        f"Foreign/NNP/compound/3 Minister/NNP/compound/3 Kestrel/NNP/nsubj/4 {LEFT}", said("He/PRP/nsubj/2", 2)
    )

    assert (speaker.name, speaker.role, speaker.kind) == ("Kestrel", "foreign minister", "named")


def test_a_pronoun_for_a_body_is_a_collective():
    speaker = last(f"The/DT/det/2 militia/NN/nsubj/3 {LEFT}", said("It/PRP/nsubj/2", 2))

    assert (speaker.name, speaker.kind) == ("militia", "collective")


def test_a_pronoun_for_nobody_is_unknown():
    assert last(said("He/PRP/nsubj/2", 2)).kind == "unknown"


@pytest.mark.parametrize(
    ("subject", "head", "kind", "role"),
    [
        ("An/DT/det/2 official/NN/nsubj/3", 3, "unnamed", "official"),
        ("The/DT/det/2 governor/NN/nsubj/3", 3, "unnamed", "governor"),
        ("Diplomats/NNS/nsubj/2/diplomat", 2, "collective", None),
        ("A/DT/det/2 resident/NN/nsubj/3", 3, "unnamed", None),
        ("The/DT/det/2 militia/NN/nsubj/3", 3, "collective", None),
    ],
)
def test_an_office_is_one_persons(subject, head, kind, role):
    speaker = last(said(subject, head))

    assert (speaker.kind, speaker.role) == (kind, role)


def test_a_courtesy_title_is_no_part_of_a_name():
    assert last(said("Mr./NNP/compound/2 Kestrel/NNP/nsubj/3", 3)).name == "Kestrel"


def test_an_outlet_that_asks_is_the_outlet():
    turn = "POST/NNP/dep/3 +:/:/punct/1 Rain/NN/ROOT/0 +?/./punct/3"

    assert last(turn, outlet="The Post").kind == "outlet"


def test_a_surname_in_capitals_is_who_has_it():
    speaker = last(
        f"Jane/NNP/compound/2 Kestrel/NNP/nsubj/3 {LEFT}", "¶KESTREL/NNP/dep/3 +:/:/punct/1 Rain/NN/ROOT/0 +././punct/3"
    )

    assert speaker.name == "Jane Kestrel"
