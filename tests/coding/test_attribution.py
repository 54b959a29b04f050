"""Attributions of small trees built by hand; the lexicon of cues is the one that is shipped."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.trees import tree
from vedette.coding.attribution import attribute
from vedette.coding.cues import parse_cues
from vedette.records import Attribution, Span
from vedette.text.tree import Parsed
from vedette.toolbox import read_toml

CUES = parse_cues(read_toml("cues.toml"), "cues.toml")


def words(parsed: Parsed, spans) -> str:
    return " … ".join(span.of(parsed.text) for span in spans)


def shown(parsed: Parsed) -> list[tuple[str, str, str]]:
    """Speaker, cue and content of each attribution."""
    return [
        (a.speaker.mention, words(parsed, a.cue.spans), words(parsed, a.content.spans)) for a in attribute(parsed, CUES)
    ]


CLASSES = {("verb", "lambast"): (1.0, 0.0, 0.0), ("verb", "paint"): (0.0, 0.0, 0.1), ("verb", "mull"): (0.1, 0.9, 0.0),
           ("noun", "misgiving"): (0.0, 0.0, 1.0)}  # fmt: skip


def shown_by_class(parsed: Parsed) -> list[tuple[str, str, str]]:
    """As `shown`, with words that only their class tells of."""
    cues = parse_cues({"cue": []}, "cues.toml", CLASSES)
    return [
        (a.speaker.mention, words(parsed, a.cue.spans), words(parsed, a.content.spans)) for a in attribute(parsed, cues)
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Kestrel/NNP/nsubj/2 lambasted/VBD/ROOT/0/lambast the/DT/det/4 truce/NN/dobj/2 as/IN/prep/2 weak/JJ/amod/5",
         [("Kestrel", "lambasted", "the truce as weak")]),
        ("Kestrel/NNP/nsubj/2 mulled/VBD/ROOT/0/mull a/DT/det/4 truce/NN/dobj/2", [("Kestrel", "mulled", "a truce")]),
        ("Kestrel/NNP/nsubj/2 raised/VBD/ROOT/0/raise misgivings/NNS/dobj/2/misgiving over/IN/prep/3 the/DT/det/6 truce/NN/pobj/4",
         [("Kestrel", "raised misgivings over", "the truce")]),
        ("It/PRP/nsubj/2 lambasted/VBD/ROOT/0/lambast the/DT/det/4 truce/NN/dobj/2", []),
        ("Kestrel/NNP/nsubj/2 painted/VBD/ROOT/0/paint the/DT/det/4 wall/NN/dobj/2", []),
    ],
)  # fmt: skip
def test_a_words_class_tells_where_the_lexicon_is_silent(sentence, expected):
    assert shown_by_class(tree(sentence)) == expected


def only(*sentences: str) -> Attribution:
    (attribution,) = attribute(tree(*sentences), CUES)
    return attribution


LEFT = "that/IN/mark/5 traders/NNS/nsubj/5/trader left/VBD/ccomp/2/leave"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (f"Kestrel/NNP/nsubj/2 said/VBD/ROOT/0 {LEFT}", ("Kestrel", "said", "that traders left")),
        ("Kestrel/NNP/nsubj/2 said/VBD/ROOT/0 traders/NNS/nsubj/4/trader left/VBD/ccomp/2/leave",
         ("Kestrel", "said", "traders left")),
        ("Nepal/NNP/nsubj/2 denied/VBD/ROOT/0/deny the/DT/det/4 charge/NN/dobj/2", ("Nepal", "denied", "the charge")),
        ("Nepal/NNP/nsubj/2 accused/VBD/ROOT/0/accuse Bhutan/NNP/dobj/2 of/IN/prep/2 theft/NN/pobj/4",
         ("Nepal", "accused", "Bhutan of theft")),
        ("Nepal/NNP/nsubj/2 called/VBD/ROOT/0/call for/IN/prep/2 a/DT/det/5 truce/NN/pobj/3",
         ("Nepal", "called for", "a truce")),
        ("Nepal/NNP/nsubj/2 promised/VBD/ROOT/0/promise to/TO/aux/4 help/VB/xcomp/2",
         ("Nepal", "promised", "to help")),
        ("Nepal/NNP/nsubj/2 pointed/VBD/ROOT/0/point out/RP/prt/2 that/IN/mark/6 traders/NNS/nsubj/6/trader "
         "left/VBD/ccomp/2/leave", ("Nepal", "pointed out", "that traders left")),
        ("Traders/NNS/nsubj/4/trader have/VBP/aux/4 not/RB/neg/4 confirmed/VBN/ROOT/0/confirm the/DT/det/6 "
         "raid/NN/dobj/4", ("Traders", "have not confirmed", "the raid")),
        ("The/DT/det/2 raid/NN/nsubjpass/4 was/VBD/auxpass/4 condemned/VBN/ROOT/0/condemn by/IN/agent/4 Nepal/NNP/pobj/5",
         ("Nepal", "was condemned", "The raid")),
        ("The/DT/det/2 army/NN/nsubjpass/4 is/VBZ/auxpass/4 expected/VBN/ROOT/0/expect to/TO/aux/6 leave/VB/xcomp/4",
         ("", "is expected", "The army … to leave")),
        ("The/DT/det/2 bridge/NN/nsubj/3 reopened/VBD/ROOT/0/reopen ,/,/punct/3 according/VBG/prep/3 to/IN/prep/5 "
         "the/DT/det/8 mayor/NN/pobj/6", ("the mayor", "according to", "The bridge reopened")),
        ("According/VBG/prep/6/accord to/IN/prep/1 Kestrel/NNP/pobj/2 ,/,/punct/6 traders/NNS/nsubj/6/trader "
         "left/VBD/ROOT/0/leave", ("Kestrel", "According to", "traders left")),
        ("The/DT/det/2 bridge/NN/nsubj/7 ,/,/punct/7 Kestrel/NNP/nsubj/5 said/VBD/parataxis/7 ,/,/punct/7 "
         "reopened/VBD/ROOT/0/reopen", ("Kestrel", "said", "The bridge … reopened")),
        ("The/DT/det/2 army/NN/nsubj/3 issued/VBD/ROOT/0/issue a/DT/det/5 statement/NN/dobj/3 that/IN/mark/8 "
         "troops/NNS/nsubj/8/troop left/VBD/acl/5/leave", ("The army", "statement", "that troops left")),
        ("The/DT/det/2 mayor/NN/nsubj/3 is/VBZ/ROOT/0 confident/JJ/acomp/3 that/IN/mark/7 talks/NNS/nsubj/7/talk "
         "resume/VBP/ccomp/4", ("The mayor", "is confident", "that talks resume")),
        ("The/DT/det/2 army/NN/nsubj/4 reportedly/RB/advmod/4 left/VBD/ROOT/0/leave",
         ("", "reportedly", "The army … left")),
    ],
)  # fmt: skip
def test_each_frame_has_its_speaker_cue_and_content(sentence, expected):
    assert shown(tree(sentence)) == [expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "Kestrel/NNP/nsubj/2 said/VBD/ROOT/0 nothing/NN/dobj/2",
        f"Kestrel/NNP/nsubj/2 pointed/VBD/ROOT/0/point {LEFT}",
        "Traders/NNS/nsubj/2/trader left/VBD/ROOT/0/leave Kunduz/NNP/dobj/2",
        "Prices/NNS/nsubj/2/price rose/VBD/ROOT/0/rise according/VBG/prep/2/accord",
        "A/DT/det/2 statement/NN/nsubj/3 arrived/VBD/ROOT/0/arrive",
    ],
)
def test_a_cue_without_its_frame_attributes_nothing(sentence):
    assert shown(tree(sentence)) == []


@pytest.mark.parametrize(
    ("verb", "stance", "is_distancing"),
    [("said/VBD/ROOT/0/say", "assert", False), ("claimed/VBD/ROOT/0/claim", "assert", True),
     ("denied/VBD/ROOT/0/deny", "deny", False), ("admitted/VBD/ROOT/0/admit", "admit", False),
     ("threatened/VBD/ROOT/0/threaten", "threaten", False), ("doubted/VBD/ROOT/0/doubt", "doubt", False)],
)  # fmt: skip
def test_the_cue_tells_the_stance(verb, stance, is_distancing):
    cue = only(f"Kestrel/NNP/nsubj/2 {verb} {LEFT}").cue

    assert (cue.stance, cue.is_distancing) == (stance, is_distancing)


def test_what_somebody_wants_is_an_attitude_and_not_their_words():
    cue = only("Villagers/NNS/nsubj/2/villager want/VBP/ROOT/0 to/TO/aux/4 return/VB/xcomp/2").cue

    assert cue.kind == "attitude"


@pytest.mark.parametrize(
    ("speaker", "kind"),
    [("Kestrel/NNP", "named"), ("Officials/NNS", "collective"), ("Police/NN", "collective"), ("Somebody/NN", "unnamed"),
     ("Report/NN", "document")],
)  # fmt: skip
def test_the_speaker_is_of_a_kind(speaker, kind):
    assert only(f"{speaker}/nsubj/2 said/VBD/ROOT/0 {LEFT}").speaker.kind == kind


def test_who_is_told_is_the_addressee():
    told = only(
        "Kestrel/NNP/nsubj/2 told/VBD/ROOT/0/tell the/DT/det/4 traders/NNS/dobj/2/trader that/IN/mark/7 "
        "rain/NN/nsubj/7 fell/VBD/ccomp/2/fall"
    )

    assert told.addressee == "the traders"


def test_an_apposition_belongs_to_the_speaker():
    parsed = tree(
        "Kestrel/NNP/nsubj/6 ,/,/punct/1 the/DT/det/4 mayor/NN/appos/1 ,/,/punct/1 said/VBD/ROOT/0 "
        "rain/NN/nsubj/8 fell/VBD/ccomp/6/fall"
    )

    assert shown(parsed) == [("Kestrel , the mayor", "said", "rain fell")]


# ---------------------------------------------------------------------------------------------- nested


def test_what_is_said_within_what_is_said_knows_its_outer_one():
    parsed = tree(
        "Roe/NNP/nsubj/2 said/VBD/ROOT/0 that/IN/mark/5 Brand/NNP/nsubj/5 claimed/VBD/ccomp/2/claim that/IN/mark/8 "
        "Lund/NNP/nsubj/8 slept/VBD/ccomp/5/sleep"
    )

    outer, inner = attribute(parsed, CUES)

    assert (outer.speaker.mention, outer.within) == ("Roe", None)
    assert (inner.speaker.mention, inner.within) == ("Brand", outer.id)


def test_two_sentences_are_not_within_each_other():
    said = attribute(tree(*[f"Kestrel/NNP/nsubj/2 said/VBD/ROOT/0 {LEFT}"] * 2), CUES)

    assert [(a.id, a.within) for a in said] == [("a1", None), ("a2", None)]


# ---------------------------------------------------------------------------------------------- quotations

QUOTED = (
    "“/``/punct/9 +The/DT/det/3 bridge/NN/nsubj/4 reopened/VBD/ccomp/9/reopen +,/,/punct/9 +”/''/punct/9 "
    "the/DT/det/8 mayor/NN/nsubj/9 said/VBD/ROOT/0 +././punct/9"
)
ROAD = "“/``/punct/4 +The/DT/det/3 road/NN/nsubj/4 is/VBZ/ROOT/0 still/RB/advmod/4 shut/JJ/acomp/4 +././punct/4"


def test_a_quotation_is_content_with_its_marks():
    parsed = tree(QUOTED)

    assert shown(parsed) == [("the mayor", "said", "“The bridge reopened,”")]


def test_words_all_in_marks_are_direct_some_are_mixed_none_indirect():
    mixed = (
        "Kestrel/NNP/nsubj/2 said/VBD/ROOT/0 the/DT/det/4 northern/JJ/amod/5 road/NN/nsubj/7 “/``/punct/7 "
        "+remains/VBZ/ccomp/2/remain firmly/RB/advmod/9 shut/JJ/acomp/7 +”/''/punct/7"
    )
    indirect = f"Kestrel/NNP/nsubj/2 said/VBD/ROOT/0 {LEFT}"

    assert [only(s).quotation for s in (QUOTED, mixed, indirect)] == ["direct", "mixed", "indirect"]


def test_a_verb_that_the_parser_hung_elsewhere_still_owns_the_quotation_beside_it():
    parsed = tree(
        "“/``/punct/4 +The/DT/det/3 road/NN/nsubj/4 shut/VBD/ROOT/0 +,/,/punct/4 +”/''/punct/4 said/VBD/dep/4 "
        "the/DT/det/9 mayor/NN/dobj/7"
    )

    assert shown(parsed) == [("the mayor", "said", "“The road shut,”")]


def test_the_speaker_goes_on_in_the_quotation_that_follows():
    parsed = tree(QUOTED, f"¶{ROAD} +”/''/punct/4")

    assert shown(parsed) == [("the mayor", "said", "“The bridge reopened,” … “The road is still shut.”")]


def test_a_quotation_reopened_at_each_paragraph_is_the_same_speakers():
    opened = QUOTED.replace(" +././punct/9", " :/:/punct/9")
    parsed = tree(opened, f"¶{ROAD}", f"¶{ROAD} +”/''/punct/4")

    assert shown(parsed) == [
        ("the mayor", "said", "“The bridge reopened,” … “The road is still shut. … “The road is still shut.”")
    ]


def test_nobody_goes_on_after_a_sentence_of_somebody_else():
    parsed = tree(QUOTED, "Rain/NN/nsubj/2 fell/VBD/ROOT/0/fall +././punct/2", f"¶{ROAD} +”/''/punct/4")

    assert shown(parsed) == [("the mayor", "said", "“The bridge reopened,”")]


def test_a_word_or_two_in_marks_are_no_attribution():
    parsed = tree(
        "The/DT/det/2 army/NN/nsubj/3 found/VBD/ROOT/0/uncover “/``/punct/6 +old/JJ/amod/6 friends/NNS/dobj/3 +”/''/punct/6"
    )

    assert shown(parsed) == []


def test_a_verb_of_saying_inside_a_quotation_is_not_its_cue():
    parsed = tree(
        "“/``/punct/3 +Traders/NNS/nsubj/3/trader said/VBD/ROOT/0 it/PRP/nsubj/5 rained/VBD/ccomp/3/rain +././punct/3 +”/''/punct/3"
    )

    assert shown(parsed) == [("Traders", "said", "it rained")]


def test_in_an_interview_the_name_before_the_colon_speaks():
    parsed = tree(
        "Q/NNP/dep/4 +:/:/punct/4 Who/WP/nsubj/4 left/VBD/ROOT/0/leave +?/./punct/4",
        "¶KESTREL/NNP/dep/4 +:/:/punct/4 We/PRP/nsubj/4 left/VBD/ROOT/0/leave +././punct/4",
    )

    assert shown(parsed) == [("Q", ":", "Who left?"), ("KESTREL", ":", "We left.")]


# ---------------------------------------------------------------------------------------------- always

TOKENS = st.sampled_from(
    "said/VBD/say claimed/VBD/claim told/VBN/tell denied/VBD/deny statement/NN confident/JJ reportedly/RB "
    "According/VBG/accord to/TO that/IN expected/VBN/expect was/VBD/be out/RP of/IN Kestrel/NNP traders/NNS/trader "
    "he/PRP Q/NNP +:/: “/`` +”/'' \"/'' ‘/`` +’/'' ,/, +././.".split()
)
DEPS = st.sampled_from(
    "nsubj nsubjpass dobj pobj prep agent xcomp ccomp acl relcl advcl parataxis conj poss aux auxpass mark neg prt "
    "attr acomp appos advmod punct".split()
)


@st.composite
def texts(draw: st.DrawFn) -> Parsed:
    """Trees of up to three sentences, some of which begin paragraphs; heads point backwards."""
    sentences = []
    for _ in range(draw(st.integers(1, 3))):
        items = []
        for n, (token, dep, head) in enumerate(
            draw(st.lists(st.tuples(TOKENS, DEPS, st.integers(0, 30)), min_size=1, max_size=14))
        ):
            word, tag, *lemma = token.split("/") if not token.startswith("+././") else ("+.", ".")
            items.append("/".join([word, tag, dep if n else "ROOT", str(head % n + 1 if n else 0), *lemma]))
        sentences.append(draw(st.sampled_from(["", "¶"])) + " ".join(items))
    return tree(*sentences)


@given(texts())
def test_spans_lie_in_the_text_and_a_content_holds_neither_its_cue_nor_its_speaker(parsed):
    for a in attribute(parsed, CUES):
        spans = [*a.speaker.spans, *a.cue.spans, *a.content.spans]
        assert all(span.end <= len(parsed.text) for span in spans)
        assert not any(c.meets(s) for c in a.content.spans for s in (*a.cue.spans, *a.speaker.spans))
        assert a.cue.spans
        assert a.content.spans


@given(texts())
def test_attributions_are_a_tree_in_which_the_outer_holds_the_inner_cue(parsed):
    found = {a.id: a for a in attribute(parsed, CUES)}

    for a in found.values():
        seen = {a.id}
        inner = a
        while inner.within is not None:
            outer = found[inner.within]
            assert outer.id not in seen
            assert any(s.holds(inner.cue.spans[0]) or s.meets(inner.cue.spans[0]) for s in outer.content.spans)
            seen.add(outer.id)
            inner = outer


# ---------------------------------------------------------------------------------------------- words, views, charges


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("In/IN/prep/7 the/DT/det/3 words/NNS/pobj/1/word of/IN/prep/3 Roe/NNP/pobj/4 rain/NN/nsubj/7 fell/VBD/ROOT/0/fall",
         ("Roe", "In the words of", "rain fell")),
        ("In/IN/prep/6 Roe/NNP/poss/4 's/POS/case/2 view/NN/pobj/1 rain/NN/nsubj/6 fell/VBD/ROOT/0/fall",
         ("Roe 's", "In … view", "rain fell")),
        ("A/DT/det/2 statement/NN/nsubj/6 that/IN/mark/5 rain/NN/nsubj/5 fell/VBD/acl/2/fall came/VBD/ROOT/0/come "
         "from/IN/prep/6 Roe/NNP/pobj/7", ("Roe", "statement", "that rain fell")),
        ("Roe/NNP/nsubj/2 repeated/VBD/ROOT/0/repeat her/PRP$/poss/4 claim/NN/dobj/2 that/IN/mark/7 rain/NN/nsubj/7 fell/VBD/acl/4/fall",
         ("Roe", "repeated her claim", "that rain fell")),
        ("Roe/NNP/nsubjpass/3 was/VBD/auxpass/3 accused/VBN/ROOT/0/accuse of/IN/prep/3 theft/NN/pobj/4 by/IN/agent/3 Kestrel/NNP/pobj/6",
         ("Kestrel", "was accused of", "Roe … theft")),
    ],
)  # fmt: skip
def test_whose_words_they_are(sentence, expected):
    assert shown(tree(sentence)) == [expected]


def test_asked_whether_is_a_question():
    asked = "Roe/NNP/nsubj/2 asked/VBD/ROOT/0/ask whether/IN/mark/5 rain/NN/nsubj/5 fell/VBD/ccomp/2/fall"

    assert only(asked).cue.stance == "ask"


def test_a_verb_with_a_preposition_to_is_no_infinitive():
    went = "Roe/NNP/nsubj/2 says/VBZ/ROOT/0/say they/PRP/nsubj/5 will/MD/aux/5 travel/VB/ccomp/2/travel to/IN/prep/5 Osh/NNP/pobj/6"

    assert only(went).cue.kind == "speech"


def test_to_be_blamed_for_a_deed_is_in_the_blamers_voice():
    blamed = "Roe/NNP/nsubj/2 blamed/VBD/ROOT/0/blame Kestrel/NNP/dobj/2 for/IN/prep/2 theft/NN/pobj/4"

    assert only(blamed).cue.kind == "speech"


def test_who_asks_not_to_be_named_says_nothing_by_it():
    asked = "Roe/NNP/nsubj/2 asked/VBD/ROOT/0/ask not/RB/neg/6 to/TO/aux/6 be/VB/auxpass/6 named/VBN/xcomp/2/name"

    assert shown(tree(asked)) == []


def test_an_aside_is_nobodys_words():
    parsed = tree(
        "Roe/NNP/nsubj/2 said/VBD/ROOT/0/say Kestrel/NNP/nsubj/7 (/-LRB-/punct/3 banned/VBN/acl/3 )/-RRB-/punct/3 left/VBD/ccomp/2/leave"
    )
    start = parsed.text.index("(")
    (attribution,) = attribute(parsed, CUES, [Span(start, parsed.text.index(")") + 1)])

    assert words(parsed, attribution.content.spans) == "Kestrel … left"


@pytest.mark.parametrize(("letter", "kind", "stance"), [("Q", "outlet", "ask"), ("A", "unknown", "assert")])
def test_the_letters_of_an_interview_are_no_names(letter, kind, stance):
    end = "+?/./punct/3" if letter == "Q" else "+././punct/3"
    attribution = only(f"{letter}/NNP/dep/3 +:/:/punct/1 Rain/NN/ROOT/0 {end}")

    assert (attribution.speaker.kind, attribution.cue.stance) == (kind, stance)
