"""The line of an entry, a key or a word of a data file."""

from __future__ import annotations

import pytest

from vedette.toml_lines import header_lines, line_of, word_lines

TEXT = """# words
[[entry]]
type = "AID"
verbs = "give help"

[[entry]]
type = "ACCUSE"
nouns = \"\"\"
blame help
charge
\"\"\"

[effects.deny]
takes = ["that"]
verbs = ["deny", "refute"]

[modals]
must = 3
"""


def test_headers_are_counted_in_order():
    assert header_lines(TEXT, "entry") == [2, 6]


def test_words_are_found_in_their_own_entry():
    first, second = word_lines(TEXT, "entry")

    assert (first["help"], second["help"], second["charge"]) == (4, 9, 10)


@pytest.mark.parametrize(
    ("where", "reason", "line"),
    [
        ("entry 2 (ACCUSE)", "'charge' stands already", 10),
        ("entry 2 (ACCUSE)", "no predicates", 6),
        ("effects.deny.takes", "write a list", 14),
        ("effects.deny", "'refute' takes 'that' already", 15),
        ("effects.deny", "list words", 13),
        ("modals.must", "write [modality, ...]", 18),
        ("slots.that", "write [modality, certainty]", None),
        ("top level", "Expected `str`, got `int` - at `$.entry[1].type`", 7),
        ("top level", "Object contains unknown field `verbs` - at `$.entry[0]`", 4),
        ("top level", "no place", None),
    ],
)
def test_the_line_of_what_is_refused(where, reason, line):
    assert line_of(TEXT, where, reason) == line
