"""Numbers with what they count, read from trees built by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.trees import tree
from vedette.coding.quantities import find_quantities


def read(sentence):
    return [(q.measure, q.count.low, q.count.best, q.count.high) for q in find_quantities(tree(sentence))]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Twelve/CD/nummod/2 people/NNS/nsubjpass/4 were/VBD/auxpass/4/be killed/VBN/ROOT/0/kill",
         ("deaths", 12, 12, 12)),
        ("1,250/CD/nummod/2 rebels/NNS/nsubjpass/4/rebel were/VBD/auxpass/4/be killed/VBN/ROOT/0/kill",
         ("deaths", 1250, 1250, 1250)),
        ("At/IN/advmod/3 least/JJS/advmod/3 12/CD/nummod/4 people/NNS/nsubj/5 died/VBD/ROOT/0/die",
         ("deaths", 12, 12, None)),
        ("Nearly/RB/advmod/2 50/CD/nummod/3 people/NNS/nsubj/4 died/VBD/ROOT/0/die", ("deaths", None, 50, 50)),
        ("Dozens/NNS/nsubj/4/dozen of/IN/prep/1 civilians/NNS/pobj/2/civilian died/VBD/ROOT/0/die",
         ("deaths", 24, None, None)),
        ("Hundreds/NNS/nsubj/4/hundred of/IN/prep/1 civilians/NNS/pobj/2/civilian died/VBD/ROOT/0/die",
         ("deaths", 200, None, None)),
        ("A/DT/det/2 soldier/NN/nsubjpass/4 was/VBD/auxpass/4/be killed/VBN/ROOT/0/kill", ("deaths", 1, 1, 1)),
        ("Four/CD/nsubjpass/3 were/VBD/auxpass/3/be wounded/VBN/ROOT/0/wound", ("injured", 4, 4, 4)),
        ("The/DT/det/3 death/NN/compound/3 toll/NN/nsubj/4 rose/VBD/ROOT/0/rise to/IN/prep/4 45/CD/pobj/5",
         ("deaths", 45, 45, 45)),
        ("Three/CD/nummod/3 dozen/CD/nummod/3 guards/NNS/nsubj/4/guard died/VBD/ROOT/0/die", ("deaths", 36, 36, 36)),
    ],
)  # fmt: skip
def test_what_is_counted_and_how_many(sentence, expected):
    assert read(sentence) == [expected]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Several/JJ/amod/2 hundred/CD/nummod/3 people/NNS/nsubj/4 died/VBD/ROOT/0/die", ("deaths", 300, None, None)),
        ("A/DT/quantmod/3 few/JJ/quantmod/3 dozen/CD/nummod/4 people/NNS/nsubj/5 died/VBD/ROOT/0/die",
         ("deaths", 24, None, None)),
        ("Tens/NNS/nsubj/6/ten of/IN/prep/1 thousands/NNS/pobj/2/thousand of/IN/prep/3 people/NNS/pobj/4 fled/VBD/ROOT/0/flee",
         ("displaced", 20_000, None, None)),
    ],
)  # fmt: skip
def test_vague_numbers_give_the_least_they_can_mean(sentence, expected):
    assert read(sentence) == [expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "Ten/CD/nummod/2 people/NNS/nsubj/3 died/VBD/ROOT/0/die including/VBG/prep/2 three/CD/nummod/6 children/NNS/pobj/4/child",
        "Ten/CD/nummod/2 people/NNS/nsubj/3 died/VBD/ROOT/0/die three/CD/dep/3 of/IN/prep/4 them/PRP/pobj/5 policemen/NNS/appos/4",
    ],
)
def test_a_part_of_a_toll_is_no_toll_of_its_own(sentence):
    assert read(sentence) == [("deaths", 10, 10, 10)]


def test_the_killers_are_not_the_dead():
    found = read("Five/CD/nummod/2 gunmen/NNS/nsubj/3/gunman killed/VBD/ROOT/0/kill him/PRP/dobj/3")

    assert not any(measure == "deaths" and best == 5 for measure, _, best, _ in found)


def test_no_casualties_is_zero_dead_and_zero_injured():
    found = read("No/DT/det/2 casualties/NNS/nsubjpass/4/casualty were/VBD/auxpass/4/be reported/VBN/ROOT/0/report")

    assert found == [("deaths", 0, 0, 0), ("injured", 0, 0, 0)]


@pytest.mark.parametrize(
    "sentence",
    [
        "They/PRP/nsubj/2 died/VBD/ROOT/0/die in/IN/prep/2 2014/CD/pobj/3",
        "He/PRP/nsubj/2 was/VBD/ROOT/0/be 45/CD/nummod/4 years/NNS/npadvmod/5/year old/JJ/acomp/2",
        "Prices/NNS/nsubj/2/price rose/VBD/ROOT/0/rise 5/CD/nummod/4 percent/NN/npadvmod/2",
    ],
)
def test_days_ages_and_shares_are_no_tolls(sentence):
    assert not any(measure in ("deaths", "injured") for measure, *_ in read(sentence))


def test_the_span_holds_the_number_and_the_predicate_is_named():
    parsed = tree("Twelve/CD/nummod/2 people/NNS/nsubjpass/4 were/VBD/auxpass/4/be killed/VBN/ROOT/0/kill")

    (quantity,) = find_quantities(parsed)

    assert quantity.count.span.of(parsed.text) == "Twelve"
    assert quantity.noun.of(parsed.text) == "people"
    assert parsed.token_at(quantity.predicate).text == "killed"


def test_a_range_with_an_endless_number_returns():
    find_quantities(
        tree(f"5/CD/nummod/4 -/SYM/punct/1 {'9' * 400}/CD/prep/1 rebels/NNS/nsubj/5/rebel died/VBD/ROOT/0/die")
    )


WORDS = st.sampled_from(
    "12/CD/nummod dozens/NNS/nsubj/dozen of/IN/prep killed/VBD/ROOT/kill wounded/VBN/conj/wound people/NNS/dobj toll/NN/nsubj "
    "-/SYM/punct to/IN/prep between/IN/prep and/CC/cc million/CD/nummod no/DT/det casualties/NNS/nsubjpass/casualty "
    "$/$/nmod 1,000/CD/pobj several/JJ/amod dead/JJ/oprd leaving/VBG/advcl/leave ٣/CD/nummod ²/CD/nummod 2014/CD/pobj".split()
)


@given(st.lists(st.tuples(WORDS, st.integers(0, 30)), min_size=1, max_size=16))
def test_any_tree_at_all_gives_an_answer(items):
    written = []
    for k, (word, head) in enumerate(items):
        text, tag, dep, *lemma = word.split("/")
        written.append("/".join([text, tag, dep, str(0 if k == 0 else 1 + head % k), *lemma]))
    parsed = tree(" ".join(written))

    for quantity in find_quantities(parsed):
        assert quantity.count.span.end <= len(parsed.text)
        assert quantity.predicate is None or parsed.token_at(quantity.predicate) is not None
