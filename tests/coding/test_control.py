"""Who is said to hold what, read from trees built by hand."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.trees import tree
from vedette.coding.control import code_control, parse_control
from vedette.errors import BadData

FILE = files("vedette") / "data" / "control.toml"
LEXICON = parse_control(tomllib.loads(FILE.read_text(encoding="utf-8")), "control.toml")


def read(sentence):
    parsed = tree(sentence)

    def words(phrases):
        return [s.of(parsed.text) for p in phrases for s in p.spans]

    return [(e.state, words(e.actors), words(e.recipients), words(e.objects)) for e in code_control(parsed, LEXICON)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Rebels/NNS/nsubj/2/rebel captured/VBD/ROOT/0/capture the/DT/det/4 town/NN/dobj/2",
         ("seized", ["Rebels"], [], ["the town"])),
        ("Rebels/NNS/nsubj/2/rebel seized/VBD/ROOT/0/seize the/DT/det/4 base/NN/dobj/2 from/IN/prep/2 troops/NNS/pobj/5",
         ("seized", ["Rebels"], ["troops"], ["the base"])),
        ("The/DT/det/2 town/NN/nsubjpass/4 was/VBD/auxpass/4/be captured/VBN/ROOT/0/capture by/IN/agent/4 "
         "rebels/NNS/pobj/5/rebel", ("seized", ["rebels"], [], ["The town"])),
        ("Troops/NNS/nsubj/2/troop took/VBD/ROOT/0/take control/NN/dobj/2 of/IN/prep/3 the/DT/det/6 road/NN/pobj/4",
         ("seized", ["Troops"], [], ["the road"])),
        ("Troops/NNS/nsubj/2/troop lost/VBD/ROOT/0/lose control/NN/dobj/2 of/IN/prep/3 the/DT/det/6 road/NN/pobj/4",
         ("lost", [], ["Troops"], ["the road"])),
        ("The/DT/det/2 district/NN/nsubj/3 fell/VBD/ROOT/0/fall to/IN/prep/3 rebels/NNS/pobj/4/rebel",
         ("seized", ["rebels"], [], ["The district"])),
        ("Troops/NNS/nsubj/2/troop surrounded/VBD/ROOT/0/surround the/DT/det/4 city/NN/dobj/2",
         ("surrounded", ["Troops"], [], ["the city"])),
        ("Troops/NNS/nsubj/2/troop withdrew/VBD/ROOT/0/withdraw from/IN/prep/2 the/DT/det/5 base/NN/pobj/3",
         ("withdrawn", [], ["Troops"], ["the base"])),
        ("The/DT/det/2 border/NN/nsubj/3 is/VBZ/ROOT/0/be under/IN/prep/3 the/DT/det/6 control/NN/pobj/4 of/IN/prep/6 "
         "rebels/NNS/pobj/7/rebel", ("held", ["rebels"], [], ["The border"])),
        ("Kalu/NNP/nsubj/7 ,/,/punct/1 a/DT/det/6 rebel/NN/npadvmod/5 held/VBN/amod/6/hold district/NN/appos/1 "
         "burnt/VBD/ROOT/0/burn", None),
        ("They/PRP/nsubj/2 took/VBD/ROOT/0/take the/DT/det/4 base/NN/dobj/2 back/RB/advmod/2 from/IN/prep/5 "
         "rebels/NNS/pobj/6/rebel", ("seized", ["They"], ["rebels"], ["the base"])),
        ("The/DT/det/2 bridge/NN/nsubj/3 is/VBZ/ROOT/0/be in/IN/prep/3 rebel/NN/compound/6 hands/NNS/pobj/4/hand",
         ("held", ["rebel"], [], ["The bridge"])),
        ("Areas/NNS/nsubj/5/area controlled/VBN/acl/1/control by/IN/agent/2 rebels/NNS/pobj/3/rebel "
         "burnt/VBD/ROOT/0/burn", ("held", ["rebels"], [], ["Areas"])),
        ("Rebels/NNS/nsubj/2/rebel hold/VBP/ROOT/0 half/NN/dobj/2 of/IN/prep/3 the/DT/det/6 town/NN/pobj/4",
         ("held", ["Rebels"], [], ["the town"])),
    ],
)  # fmt: skip
def test_who_holds_what(sentence, expected):
    assert read(sentence) == ([expected] if expected else [])


@pytest.mark.parametrize(
    "sentence",
    [
        "Envoys/NNS/nsubj/2 hold/VBP/ROOT/0 talks/NNS/dobj/2/talk",
        "Rebels/NNS/nsubj/2/rebel captured/VBD/ROOT/0/capture a/DT/det/4 soldier/NN/dobj/2",
        "The/DT/det/2 disease/NN/nsubj/4 is/VBZ/ROOT/0/be under/IN/prep/3 control/NN/pobj/4",
    ],
)
def test_what_is_no_place_is_not_held(sentence):
    assert read(sentence) == []


@pytest.mark.parametrize(
    ("words", "best"),
    [("almost/RB/advmod/4 full/JJ/amod/5", 0.9), ("complete/JJ/amod/5 firm/JJ/amod/5", 1.0),
     ("partial/JJ/amod/5 weak/JJ/amod/5", 0.3)],
)  # fmt: skip
def test_a_share_is_kept_with_its_words(words, best):
    parsed = tree(
        f"Rebels/NNS/nsubj/2/rebel have/VBP/ROOT/0 {words} control/NN/dobj/2 of/IN/prep/5 the/DT/det/8 town/NN/pobj/6"
    )

    (event,) = code_control(parsed, LEXICON)

    assert event.share.best == best
    assert event.share.low <= best <= event.share.high
    assert event.share.span.of(parsed.text) in ("almost full", "complete", "partial")


def test_all_but_two_of_34_is_a_share():
    parsed = tree(
        "Rebels/NNS/nsubj/2/rebel hold/VBP/ROOT/0 all/DT/dobj/2 but/IN/prep/3 two/CD/pobj/4 of/IN/prep/5 34/CD/nummod/8 "
        "towns/NNS/pobj/6/town"
    )

    (event,) = code_control(parsed, LEXICON)

    assert event.share.best == round(32 / 34, 3)
    assert event.share.span.of(parsed.text) == "all but two of 34"


def test_a_share_out_of_order_is_refused():
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    data["share"].append({"words": ["a sliver"], "value": [0.5, 0.1, 0.2]})

    with pytest.raises(BadData, match="not low <= best <= high"):
        parse_control(data, "f.toml")


def test_a_phrase_that_stands_twice_is_refused():
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    data["share"].append(dict(data["share"][0]))

    with pytest.raises(BadData, match="stands twice"):
        parse_control(data, "f.toml")


def test_an_unknown_state_is_refused():
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    data["verb"].append({"state": "liked", "holder": "subject", "verbs": "like"})

    with pytest.raises(BadData, match="f.toml"):
        parse_control(data, "f.toml")


WORDS = st.sampled_from(
    "seized/VBD/ROOT/seize control/NN/dobj of/IN/prep half/NN/dobj town/NN/pobj rebels/NNS/nsubj/rebel all/DT/dobj "
    "but/IN/prep 3/CD/pobj 34/CD/nummod %/NN/pobj fell/VBD/conj/fall to/IN/prep under/IN/prep held/VBN/acl/hold "
    "-/HYPH/punct Baga/NNP/pobj from/IN/prep who/WP/nsubj hands/NNS/pobj/hand controlled/VBN/amod/control".split()
)


@given(st.lists(st.tuples(WORDS, st.integers(0, 30)), min_size=1, max_size=16))
def test_any_tree_at_all_gives_an_answer(items):
    written = []
    for k, (word, head) in enumerate(items):
        text, tag, dep, *lemma = word.split("/")
        written.append("/".join([text, tag, dep, str(0 if k == 0 else 1 + head % k), *lemma]))
    parsed = tree(" ".join(written))

    for event in code_control(parsed, LEXICON):
        spans = [*event.trigger, *(s for p in (*event.actors, *event.recipients, *event.objects) for s in p.spans)]
        assert all(event.sentence.holds(s) for s in spans)
        assert event.share is None or 0 <= event.share.best <= 1
