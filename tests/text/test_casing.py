"""Text in capitals is written as usual, in place; no other text changes."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.text.casing import make_case_table, restore_case

WORDS = """a again and army attacked attack arena at bush by died east five for front force green in is it killed kidnap kidnapped
leaders men met mountain near new of on people peoples police said seen soldiers store street talks terrorists that the
three told troops turkey us viola was we were who with you river town may march armed beach long Bush Monday NATO Turkey
Viola English""".split()
NAMES = ["Kestrel Front", "Turkey", "Turkish", "the White House", "United Nations", "KFL", "Bravian", "US"]


@pytest.fixture(scope="module")
def table():
    places = {"new harrow": 9_000, "long beach": 400_000, "green river": 5_000}
    return make_case_table(
        WORDS,
        NAMES,
        first_names=["ada", "viola"],
        titles=["president", "general"],
        is_place=lambda name, population: places.get(name, -1) >= population,
    )


@pytest.mark.parametrize(
    ("printed", "restored"),
    [
        # ordinary words small, unknown ones names, the first of a sentence with its capital
        ("FIVE SOLDIERS DIED NEAR ORLEMOND.  THE ARMY SAID IT.", "Five soldiers died near Orlemond.  The army said it."),
        # names of the tables, also over a line's end
        ("TROOPS OF THE KESTREL\nFRONT ATTACKED IT ON MONDAY", "Troops of the Kestrel\nFront attacked it on Monday"),
        ("THE ARMY OF TURKEY MET AT THE WHITE HOUSE", "The army of Turkey met at the White House"),
        # both a name and a word: a title or a first name decides
        ("PRESIDENT BUSH AND ADA BUSH IN THE BUSH", "President Bush and Ada Bush in the bush"),
        ("IN THE TOWN VIOLA QUILLAR MET VIOLA SOLDIERS", "In the town Viola Quillar met viola soldiers"),
        # places of several words; made of ordinary ones only where they are large
        ("THREE MEN DIED IN NEW HARROW AND LONG BEACH", "Three men died in New Harrow and Long Beach"),
        ("THREE MEN DIED AT A GREEN RIVER NEAR TOWN", "Three men died at a green river near town"),
        ("THREE MEN DIED IN GREEN RIVER ON MONDAY", "Three men died in Green River on Monday"),
        # Spanish names
        ("KILLED IN SANTA MOUNTAIN DE LA QUILLA, LA ARENA", "Killed in Santa Mountain de la Quilla, La Arena"),
        # bodies
        ("THREE MEN OF THE QUILLAR FRONT MET AT THE FRONT", "Three men of the Quillar Front met at the front"),
        # abbreviations: as the text explains them, as the tables print them, or because they cannot be said
        ("THE ARMED FRONT OF ILLARIA [AFIL] SAID THAT AFIL MEN MET", "The armed front of Illaria [AFIL] said that AFIL men met"),
        ("THE KFL AND THE BDRG MET NATO LEADERS AGAIN", "The KFL and the BDRG met NATO leaders again"),
        ("U.S. SOLDIERS WITH M-16 WERE SEEN ON 6TH STREET", "U.S. soldiers with M-16 were seen on 6th street"),
        ("THE PEOPLE TOLD US THAT US TROOPS WERE KILLED", "The people told us that US troops were killed"),
        ("THE U.S. ARMY TOLD US MEN WERE KILLED AGAIN", "The U.S. army told us men were killed again"),
        # months
        ("IT MAY MARCH ON 3 MAY, ON MARCH 4 AND AGAIN", "It may march on 3 May, on March 4 and again"),
        # an initial and an abbreviated title end no sentence; a quotation begins one
        ("GEN. J. QUILLAR SAID, \"WE KIDNAPPED NOBODIES\"", "Gen. J. Quillar said, \"We kidnapped Nobodies\""),
        ("ORLEMOND, 3 MAY -- [TEXT] [THE ARMY] FIVE DIED", "Orlemond, 3 May -- [Text] [the army] Five died"),
    ],
)  # fmt: skip
def test_capitals_are_restored(table, printed, restored):
    assert restore_case(printed, table) == restored


def test_only_blocks_in_capitals_change(table):
    text = "FIVE SOLDIERS DIED NEAR TOWN\n\nThe KFL said it. NATO met.\n\nTHE ARMY ATTACKED ORLEMOND AGAIN"

    assert restore_case(text, table) == (
        "Five soldiers died near town\n\nThe KFL said it. NATO met.\n\nThe army attacked Orlemond again"
    )


@pytest.mark.parametrize("text", ["", "NATO", "Five soldiers died near the town of Orlemond.", "KFL, BDRG, NATO"])
def test_other_text_stays(table, text):
    assert restore_case(text, table) == text


@given(st.text(alphabet="AbIÉİßSŁ .\n[]\"'-3,", max_size=120))
def test_every_letter_keeps_its_place(text):
    table = make_case_table(WORDS, NAMES)

    restored = restore_case(text.upper(), table)

    assert len(restored) == len(text.upper())
    assert restored.upper() == text.upper() or len(restored.upper()) != len(restored)


@pytest.mark.parametrize("part", ["KFL (-", "-", "[", "U.S. ", "A. ", "THE [", "\"'"])
def test_odd_capitals_take_no_time(table, part):
    text = "THE ARMY ATTACKED ORLEMOND AGAIN KFL (" + part * 8_000
    started = time.process_time()

    restore_case(text, table)

    assert time.process_time() - started < 5
