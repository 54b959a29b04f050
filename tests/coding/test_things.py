"""What in a role is a thing, on small trees built by hand; the lexicon is the one that is shipped."""

from __future__ import annotations

import pytest

from tests.coding.test_events import LEXICON
from tests.trees import tree
from vedette.coding.things import Things, is_thing
from vedette.records import Actor, Span

WELCOMED = "They/PRP/nsubj/2 welcomed/VBD/ROOT/0/welcome the/DT/det/4 {}/NN/dobj/2/{}"


def told(word: str, **known) -> bool:
    """Whether an actor of these words, of whom `known` is known, is a thing."""
    parsed = tree(WELCOMED.format(word, word))
    start = parsed.text.index(word)
    span = Span(start, start + len(word))
    return Things(parsed, LEXICON)(Actor((span,), word, **known))


@pytest.mark.parametrize("word", ["vaccine", "vote", "announcement", "agreement", "attack", "ruling"])
def test_things_and_acts_are_no_parties(word):
    assert told(word)


@pytest.mark.parametrize("word", ["teacher", "government", "delegation", "cousin", "crew"])
def test_people_and_bodies_are(word):
    assert not told(word)


def test_what_is_known_of_an_actor_makes_it_a_party():
    assert not told("vaccine", name="Roe")
    assert not told("announcement", sectors=("GOV",))


def test_an_act_of_a_country_is_a_thing_and_its_ship_may_be_a_party():
    assert told("attack", country="TCD")
    assert not told("vaccine", country="TCD")


def test_a_pronoun_is_a_thing_where_the_lexicon_has_it():
    parsed = tree("They/PRP/nsubj/2 welcomed/VBD/ROOT/0/welcome what/WP/dobj/2 happened/VBD/ccomp/2/happen")

    assert [is_thing(token, LEXICON) for token in parsed.tokens[::2]] == [False, True]
