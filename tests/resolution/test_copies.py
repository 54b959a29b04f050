"""Who has whose words: passages on both sides, who derives from whom, versions, boilerplate; any order, any batches."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.resolution.test_resolve import prose
from vedette.records import Document
from vedette.resolution import CopyIndex, find_copies


def report(id, text, *, day=5, outlet=None, **known):
    return Document(
        id=id, text=text, address=known.pop("address", id), published=date(2031, 5, day), outlet=outlet, **known
    )


def told(copy):
    return copy.container, copy.contained, copy.derived, copy.basis


def test_an_excerpt_derives_from_the_longer_report_and_has_its_passage_on_both_sides():
    whole = prose(300, 1)
    words = whole.split()
    excerpt = "Read on here: " + " ".join(words[100:220])

    (copy,) = find_copies([report("whole", whole, day=4), report("excerpt", excerpt, day=5)])

    assert told(copy) == ("whole", "excerpt", "excerpt", "published")
    assert [s.of(whole) for s in copy.spans] == [" ".join(words[100:220])]
    assert [s.of(excerpt) for s in copy.contained_spans] == [" ".join(words[100:220])]


def test_two_quoted_sentences_in_a_long_report_are_a_copy():
    quote = "they came from two sides and shot at everyone and among the dead are three small children"
    a, b = prose(250, 2) + " " + quote + " " + prose(200, 3), prose(150, 4) + " " + quote + " " + prose(250, 5)

    (copy,) = find_copies([report("a", a, day=4), report("b", b)])

    assert [s.of(a) for s in copy.spans] == [s.of(b) for s in copy.contained_spans] or copy.container == "b"
    assert {s.of(a if copy.container == "a" else b) for s in copy.spans} == {quote}
    assert copy.derived == "b"


def test_names_and_figures_in_common_are_no_copy():
    names = "on 4 May 2031 Commander Zarif of the Oxus Front and Sohrab Dummy of the Northern Shield Brigade met"

    assert find_copies([report(str(n), f"{prose(150, 10 + n)} {names} {prose(150, 20 + n)}") for n in range(2)]) == []


@pytest.mark.parametrize(
    ("line", "basis"),
    [
        ("KUNDUZ (Amu Wire) - ", "credit"),
        ("First published by Amu Wire.\n", "credit"),
        ("By Nadia Example, Amu Wire\n", "byline"),
        ("Ten are missing, according to Amu Wire. ", "citation"),
        ("The governor told Amu Wire so. ", "citation"),
    ],
)
def test_who_names_the_others_outlet_derives_from_it_though_it_came_first(line, basis):
    wire = prose(120, 30)
    documents = [
        report("a", line + wire, day=4, outlet="The Oxus Post"),
        report("b", wire, day=5, outlet="Amu Wire"),
    ]

    (copy,) = find_copies(documents)

    assert (copy.derived, copy.basis) == ("a", basis)


def test_a_byline_given_beside_the_text_tells_too():
    wire = prose(120, 31)
    documents = [
        report("a", wire, day=4, outlet="The Oxus Post", byline="Nadia Example, Amu Wire"),
        report("b", wire, day=5, outlet="Amu Wire"),
    ]

    assert [(c.derived, c.basis) for c in find_copies(documents)] == [("a", "byline")]


def test_reports_of_one_day_without_credit_are_unclear_and_one_is_called_derived():
    wire = prose(120, 32)

    (copy,) = find_copies([report("a", wire), report("b", wire)])

    assert told(copy) == ("b", "a", "b", "unclear")


def test_a_credit_to_an_agency_outside_tells_on_one_day():
    wire = prose(120, 33)

    (copy,) = find_copies(
        [report("a", "KUNDUZ (Panj News) - " + wire, outlet="X Post"), report("b", wire, outlet="Y Post")]
    )

    assert (copy.derived, copy.basis) == ("a", "credit")


def test_a_corrected_page_is_a_revision_and_the_newest_holds_the_others():
    text = prose(60, 34)
    documents = [
        report("a", text + " nine dead", address="x", url="https://oxus.example/a"),
        report("b", text + " six dead", address="y", url="http://www.oxus.example/a/?utm_source=z#top"),
        report(
            "c",
            text + " six dead\n\nCorrection: an earlier version said nine.",
            address="z",
            url="https://oxus.example/a",
        ),
    ]

    made = find_copies(documents)

    assert {(c.kind, c.basis) for c in made} == {("revision", "address")}
    assert {c.contained for c in made} == {"a", "b"}
    assert {c.derived for c in made if c.container == "c"} == {"c"}


def test_an_outlets_boilerplate_is_no_part_of_a_share():
    footer = prose(60, 35)
    wire = prose(100, 36)
    documents = [report(f"p{n}", prose(150, 40 + n) + " " + footer, outlet="The Oxus Post") for n in range(6)]
    documents.append(report("wire", wire, day=4, outlet="Amu Wire"))
    documents.append(report("reprint", wire + " " + footer, outlet="The Oxus Post"))

    (copy,) = find_copies(documents)

    assert told(copy) == ("reprint", "wire", "reprint", "published")
    assert copy.containment == 1.0


def test_what_an_outlet_prints_again_and_again_is_no_boilerplate():
    wire = prose(150, 45)
    documents = [report(f"d{n}", wire, outlet="The Oxus Post") for n in range(6)] + [report("e", wire, outlet="X")]

    assert len(find_copies(documents)) == 21


def test_a_report_that_hundreds_print_goes_back_to_the_first():
    wire = prose(150, 37)
    documents = [report(f"d{n:03}", f"{prose(10, 100 + n)} {wire}", day=4 if n == 77 else 5) for n in range(150)]

    made = find_copies(documents)

    assert {c.derived for c in made if "d077" in (c.container, c.contained)} == {d.id for d in documents} - {"d077"}


def test_a_set_phrase_of_very_many_reports_is_no_copy():
    phrase = "this was made known by the office of the governor in a statement on the same evening"

    assert (
        find_copies([report(str(n), f"{prose(120, 300 + n)} {phrase} {prose(120, 500 + n)}") for n in range(60)]) == []
    )


def test_capitals_are_compared_as_words():
    wire = prose(120, 38).upper()

    assert [
        c.containment for c in find_copies([report("a", wire), report("b", f"{prose(300, 39).upper()} {wire}")])
    ] == [1.0]


def test_an_index_returns_what_is_new():
    wire = prose(150, 50)
    first = [report("a", wire, day=4), report("b", prose(150, 51))]
    then = [report("c", wire), report("d", prose(150, 52))]
    index = CopyIndex()

    assert index.add(first) == []
    assert [told(c) for c in index.add(then)] == [("c", "a", "c", "published")]
    assert index.add(then) == []
    assert index.add([]) == []


BASES = [prose(n, 60 + n) for n in (30, 90, 140, 260)]
passages = st.tuples(st.sampled_from(BASES), st.integers(0, 200), st.integers(1, 260)).map(
    lambda p: " ".join(p[0].split()[p[1] : p[1] + p[2]])
)
odd = st.sampled_from(["", " ", "one", "— … —", "a b c d", "Zażółć gęślą jaźń, 12.5 %"])
corpora = st.lists(st.tuples(st.lists(passages | odd, min_size=1, max_size=4), st.integers(1, 3)), max_size=8)


def made_of(parts):
    return [report(f"d{n}", "\n".join(p), day=day, outlet=f"o{n % 3}") for n, (p, day) in enumerate(parts)]


@given(corpora, st.randoms(use_true_random=False))
def test_the_order_of_documents_changes_nothing(parts, rng):
    documents = made_of(parts)

    assert find_copies(rng.sample(documents, len(documents))) == find_copies(documents)


@given(corpora)
def test_passages_lie_inside_the_texts_and_run_alike(parts):
    text = {d.id: d.text for d in made_of(parts)}

    for copy in find_copies(made_of(parts)):
        assert 0.0 < copy.containment <= 1.0
        assert copy.derived in (copy.container, copy.contained)
        assert copy.container != copy.contained
        assert len(copy.spans) == len(copy.contained_spans) > 0
        assert all(s.end <= len(text[copy.container]) for s in copy.spans)
        assert all(s.end <= len(text[copy.contained]) for s in copy.contained_spans)


@given(corpora, st.integers(0, 8))
def test_two_batches_find_the_pairs_of_one(parts, cut):
    documents = made_of(parts)
    index = CopyIndex()

    made = [*index.add(documents[:cut]), *index.add(documents[cut:])]

    assert {frozenset((c.container, c.contained)) for c in made} == {
        frozenset((c.container, c.contained)) for c in find_copies(documents)
    }


@given(st.integers(20, 400), st.integers(0, 1000))
def test_a_text_is_a_copy_of_itself_from_end_to_end(n, seed):
    text = prose(n, 1000 + seed)

    (copy,) = find_copies([report("a", text), report("b", text)])

    assert copy.containment == 1.0
    assert [s.of(text) for s in copy.spans] == [text] == [s.of(text) for s in copy.contained_spans]


@pytest.mark.parametrize("text", ["", "\n", "one", "one two three four", "–", "\ud800 x"])
def test_texts_without_five_words_are_no_copies(text):
    others = [report("long", prose(100, 70) + " " + text), report("short", "two words")]

    assert find_copies([report("a", text), report("b", text), *others]) == []


def test_what_is_not_told_is_not_compared_but_read_for_credits():
    wire, note = prose(100, 71), "\n\nWith files from Amu Wire"
    documents = [report("a", wire + note, day=4, outlet="The Oxus Post"), report("b", wire, outlet="Amu Wire")]

    (copy,) = find_copies(documents, told={"a": wire + " " * len(note)})

    assert (copy.derived, copy.basis, copy.containment) == ("a", "credit", 1.0)
    assert copy.contained_spans[0].end <= len(wire) and copy.spans[0].end <= len(wire)


def test_shuffled_documents_of_a_large_corpus_give_the_same():
    rng = random.Random(7)
    documents = [report(f"d{n}", rng.choice(BASES) + " " + prose(50, n), day=1 + n % 5) for n in range(120)]

    assert find_copies(rng.sample(documents, 120)) == find_copies(documents)
