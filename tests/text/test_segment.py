"""The parts of a report: they cover the text once, and only headline and body are coded."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vedette.text.segment import segment

BODY = "Officials in Khorog said on Tuesday that the bridge had been closed and that nobody was hurt in the incident."
PIECES = [
    "\n",
    "\n\n",
    " ",
    "* ",
    "By ",
    "KUNDUZ, May 3 (Wire) - ",
    "[banned in X]",
    "Follow us",
    BODY,
    "Read more: ",
    "“",
    "a",
    "\x00",
]
texts = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=20).map("".join))


def parts(text, **known):
    return [(s.kind, s.span.of(text).strip()) for s in segment(text, **known).segments]


@settings(max_examples=300)
@given(texts)
def test_segments_cover_the_text_once(text):
    segments = segment(text).segments

    assert "".join(s.span.of(text) for s in segments) == text


@settings(max_examples=300)
@given(texts)
def test_asides_lie_in_coded_parts(text):
    anatomy = segment(text)
    coded = [s.span for s in anatomy.segments if s.kind in ("headline", "body")]

    assert all(any(c.holds(a) for c in coded) for a in anatomy.asides)


def test_a_whole_report():
    text = (
        f"The Oxus Post\n\nBridge closed at Panji Poyon\n\nBy Mahvash Invented\n\nKHOROG, May 7 (Amu Wire) - {BODY}\n\n"
        f"Thousands wait for visa at the consulate\n\n{BODY}\n\nEditor's note: names were changed.\n\n"
        "*Oxus Front, a group banned in Tajikistan.\n\nThis article first appeared in Amu Wire.\n\nFollow us on Telegram."
    )

    assert [k for k, _ in parts(text, outlet="The Oxus Post")] == [
        "outlet", "headline", "byline", "dateline", "body", "related", "body", "note", "footnote", "credit", "promotion",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Thousands wait for visa at the consulate", "related"),
        ("The guard was hurt in the shooting. (photo)", "body"),
        ("The guard was hurt in the shooting . 3", "body"),
        ("Court frees Gov. Invented after long trial", "related"),
    ],
)
def test_a_line_in_which_a_sentence_ends_is_no_related_headline(line, kind):
    found = parts(f"{BODY}\n\n{line}\n\n{BODY}")

    assert [k for k, words in found if line in words] == [kind]


def test_a_dateline_gives_place_day_and_agency():
    text = f"IMAM SAHIB, May 4 (Amu Wire) - {BODY}"

    anatomy = segment(text)

    assert anatomy.dateline_place.of(text) == "IMAM SAHIB"
    assert anatomy.dateline_day.of(text) == "May 4"
    assert anatomy.wire == "Amu Wire"


def test_a_credit_names_the_first_outlet():
    assert segment(f"{BODY}\n\nThis article first appeared in Amu Wire.").first_appearance == "Amu Wire"
    assert segment(f"{BODY}\n\nWith files from Amu Wire").first_appearance == "Amu Wire"


def test_a_label_in_brackets_is_a_designation():
    text = "Fighters of the Oxus Front and the Movement of the Passes [both banned in Tajikistan] left the town."

    (first, second) = segment(text).designations[0].actors

    assert (first.of(text), second.of(text)) == ("Oxus Front", "Movement of the Passes")
    assert (segment(text).designations[0].label, segment(text).designations[0].by) == ("banned", "Tajikistan")


def test_other_brackets_stay():
    assert segment("He left (on foot) and [then] came back, the guard (a man of 50) said.").asides == ()


def test_a_footnote_names_whom_it_labels():
    text = f"{BODY}\n\n*Oxus Front, designated a terrorist organisation by Tajikistan."

    (designation,) = segment(text).designations

    assert designation.actors[0].of(text) == "Oxus Front"
    assert (designation.label, designation.by) == ("terrorist", "Tajikistan")


def test_a_single_paragraph_keeps_its_words():
    text = BODY + " " + BODY + " Two colleagues contributed."

    assert parts(text) == [("body", text)]


def test_a_million_characters_without_a_break():
    text = "bridge " * 150_000

    assert parts(text) == [("body", text.strip())]


@pytest.mark.parametrize(
    "text",
    [
        "Police in Kunduz said on Monday that\ngunmen had killed 12 people in Imam Sahib.",
        "The governor of the province said on Monday the\nCity of Kunduz was calm.",
        "On Monday the Kestrel\nFront attacked a village near Rustaq.",
        "The governor met elders in Kunduz on Monday and\nhe told them that roads were open.",
    ],
)
def test_a_line_that_breaks_off_is_no_headline(text):
    assert {kind for kind, _ in parts(text)} == {"body"}


def test_a_line_above_the_text_is_its_headline():
    text = "Twelve killed in attack on market\nGunmen attacked a market in Imam Sahib on Monday, police said."

    assert parts(text)[0] == ("headline", "Twelve killed in attack on market")
