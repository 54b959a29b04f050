"""What a claim is about, in the words of the report."""

from __future__ import annotations

import pytest

from vedette.outputs.report_words import about_words
from vedette.records import Claim, Span


@pytest.mark.parametrize(
    ("contexts", "cameo", "intensity", "expected"),
    [
        (("military", "human_rights"), "190", -9.0, "About military, human rights; CAMEO 190; intensity -9.0"),
        ((), "040", 2.5, "CAMEO 040; intensity +2.5"),
        ((), None, None, ""),
    ],
)
def test_contexts_code_and_intensity_are_told_where_there_are_some(contexts, cameo, intensity, expected):
    claim = Claim(
        "c1", "event", None, (Span(0, 3),), Span(0, 9), None, None, contexts, None, cameo, (), (), (), None, None, None,
        None, "asserted", 3.0, None, 1.0, "x", intensity,
    )  # fmt: skip

    assert about_words(claim) == expected
