"""What the list of reports says that each goes back to."""

from __future__ import annotations

from tests.resolution.make import document
from vedette.outputs.report_sections import document_rows
from vedette.records import Copy, Origin, Resolution


def test_the_list_of_reports_says_what_each_goes_back_to():
    listed = [document(x, [], outlet=f"Outlet {x}") for x in "abcd"]
    origins = (Origin("a", "b", "copy"), Origin("b", "b", "none"), Origin("c", "b", "revision"), Origin("d", "outlet:amu wire", "credit"))  # fmt: skip

    rows, _ = document_rows(listed, Resolution(copies=(Copy("a", "b", 0.9),), origins=origins), 10)

    assert [row.origin for row in rows] == [
        "copy of Outlet b (90% of the words)", "", "older version of a page that was changed", "credits amu wire",
    ]  # fmt: skip
