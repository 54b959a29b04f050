from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rough import rough
from vedette.coding.attribution import attribute
from vedette.coding.cues import Cues, parse_cues
from vedette.toolbox import read_toml


@cache
def cues() -> Cues:
    return parse_cues(read_toml("cues.toml"), "cues.toml")


def said(text: str) -> list[tuple[str, str, str]]:
    """Speaker, cue and content of each attribution that is in no other."""
    return [
        (a.speaker.mention, " ".join(s.of(text) for s in a.cue.spans), " | ".join(s.of(text) for s in a.content.spans))
        for a in attribute(rough(text), cues())
        if a.within is None
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We stay here,” Roe said.", ("Roe", "said", "“We stay here,”")),
        ("“We stay here,” said Ann Roe.", ("Ann Roe", "said", "“We stay here,”")),
        ('"Will we stay?" the mayor asked.', ("the mayor", "asked", '"Will we stay?"')),
        ("Ann Roe said, “We stay here.”", ("Ann Roe", "said", "“We stay here.”")),
        ("Ann Roe said: “We stay here.”", ("Ann Roe", "said", "“We stay here.”")),
        ("“Stay,” she said.", ("she", "said", "“Stay,”")),
        ("'We stay here,' Roe said.", ("Roe", "said", "'We stay here,'")),
        ("„We stay here“, said Roe.", ("Roe", "said", "„We stay here“")),
        ("« We stay here », said Roe.", ("Roe", "said", "« We stay here »")),
        ("We must stay here,” Roe said.", ("Roe", "said", "We must stay here,”")),
    ],
)
def test_cue_beside_the_marks(text, expected):
    assert said(text) == [expected]


def test_pronoun_stays_the_speaker():
    assert said("Roe left the hall. “We stay here,” he said.")[-1] == ("he", "said", "“We stay here,”")


def test_second_half_after_the_cue():
    assert said("“Every day,” Roe said, “we stay here.”") == [("Roe", "said", "“Every day,” | “we stay here.”")]


def test_sentence_after_the_cue_goes_on():
    assert said("“We stay here,” Roe said. “We wait for you.”") == [
        ("Roe", "said", "“We stay here,” | “We wait for you.”")
    ]


def test_cue_in_the_sentence_before():
    assert said("Ann Poe interrupted him. “We never stay here.”") == [
        ("Ann Poe", "interrupted", "“We never stay here.”")
    ]


def test_next_paragraph_with_a_cue_of_its_own():
    assert said("“We stay here,” Roe said.\n“We all leave now,” Poe said.") == [
        ("Roe", "said", "“We stay here,”"),
        ("Poe", "said", "“We all leave now,”"),
    ]


def test_next_paragraph_without_a_cue_goes_on():
    assert said("“We stay here,” Roe said.\n“We all leave now.”") == [
        ("Roe", "said", "“We stay here,” | “We all leave now.”")
    ]


def test_mark_left_open_at_a_paragraph_waits_for_the_cue_after():
    assert said("“We stay here.\n“We all leave now,” Poe said.") == [
        ("Poe", "said", "“We stay here. | “We all leave now,”")
    ]


def test_paragraph_before_ends_with_a_colon():
    assert said("The mayor wrote in a letter:\n“We stay here today.”") == [
        ("The mayor", "wrote", "“We stay here today.”")
    ]


def test_block_without_marks_after_a_colon():
    assert said("The mayor wrote in a letter:\nWe stay here today and wait.\nThe hall was empty.") == [
        ("The mayor", "wrote", "We stay here today and wait.")
    ]


def test_colon_after_a_name():
    assert said("The mayor: “We stay here today.”") == [("The mayor", ":", "“We stay here today.”")]


def test_name_after_a_dash():
    assert said("“We stay here today.” — Jane Roe, mayor") == [("Jane Roe", "—", "“We stay here today.”")]


def test_name_after_a_dash_in_the_next_paragraph():
    assert said("“We stay here today.”\n— Jane Roe") == [("Jane Roe", "—", "“We stay here today.”")]


def test_post_signed_with_a_handle():
    assert said("We stay here today.\n— Jane Roe (@janeroe) May 5, 2021") == [("Jane Roe", "—", "We stay here today.")]


def test_interview_in_capitals():
    text = "Q: Will the hall stay?\nRODRIGUEZ: It will stay.\nIt will grow.\nQ: When?"

    assert said(text) == [
        ("Q", ":", "Will the hall stay?"),
        ("RODRIGUEZ", ":", "It will stay. | It will grow."),
        ("Q", ":", "When?"),
    ]


def test_interview_in_small_letters():
    text = "Reporter: Will it stay?\nRoe: It will.\nReporter: And then?\nRoe: We wait."

    assert [row[0] for row in said(text)] == ["Reporter", "Roe", "Reporter", "Roe"]


def test_caption_is_no_interview():
    assert said("Photo: The hall in Galway.\nPhoto: The quay in Galway.") == []


def test_turns_of_a_transcript_in_one_paragraph():
    assert [row[:2] for row in said("ROE: We stay here. POE: We leave now.")] == [("ROE", ":"), ("POE", ":")]


@pytest.mark.parametrize(
    "text",
    [
        "The “quiet” hall closed.",
        "The film “Long Way Home Again” met a crowd.",
        "Roe met Poe. The so-called “open door” closed.",
    ],
)
def test_scare_quotes_and_titles_are_no_speech(text):
    assert said(text) == []


def test_title_after_the_cue_is_not_said():
    assert said("“We stay here,” Roe said on “Morning With Poe.” The hall closed.") == [
        ("Roe", "said", "“We stay here,”")
    ]


def test_words_in_marks_belong_to_their_clause():
    text = "Roe said that the hall was “dead on arrival” in May."
    (row,) = attribute(rough(text), cues())

    assert row.quotation == "mixed"
    assert row.content.spans[0].of(text).startswith("that the hall was “dead on arrival”")


def test_speaker_is_never_inside_the_quotation():
    rows = attribute(rough("Closed doors met him. “Roe said he left,” Poe added."), cues())

    assert {a.speaker.mention for a in rows if a.within is None} == {"Poe"}


PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            "“ ” \" ' ‘ ’ « » „ — – : , . ? ! \n said told asked adding called Roe Poe mayor the he that and Q: ROE: "
            "according to (@roe) We stay here ''  `` ― שלום 你好 да".split(" ")
        ),
        st.text(max_size=3),
    ),
    max_size=40,
)


@settings(deadline=None)
@given(PIECES, st.sampled_from([" ", ""]))
def test_any_text_gives_sound_attributions(pieces, space):
    text = space.join(pieces)
    rows = attribute(rough(text), cues())

    by_id = {a.id: a for a in rows}
    for a in rows:
        parts = [*a.cue.spans, *a.speaker.spans]
        assert all(s.end <= len(text) for s in [*parts, *a.content.spans])
        assert not any(s.meets(p) for s in a.content.spans for p in parts)
        seen = {a.id}
        while a.within is not None:
            assert a.within not in seen
            seen.add(a.within)
            a = by_id[a.within]


@pytest.mark.parametrize(
    "unit", ["“We stay here.” ", "“We stay here,” he said. ", "“We stay here,” he said, “again and again.”\n", "“a” "]
)
def test_a_long_text_of_quotations_comes_to_an_end(unit):
    text = unit * (50_000 // len(unit))

    assert all(a.content.spans for a in attribute(rough(text), cues()))
