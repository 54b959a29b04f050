"""Each origin's version of an incident, side by side."""

from __future__ import annotations

from datetime import date

from vedette.outputs.versions import VersionRow, disputed_columns, version_rows
from vedette.records import Actor, Coded, Conflict, Count, Incident, Member, Place, Span, Version, When

AT = Span(0, 4)
POST = Coded(id="d1", text="", outlet="The Oxus Post", published=date(2031, 5, 6))


def incident(*versions, conflicts=()):
    return Incident("i1", (), 3, 3, len(versions), tuple(conflicts), versions=versions)


def test_a_row_says_what_an_origin_says():
    version = Version(
        "d1", (Member("d1", "c1"), Member("d1", "c2")), When(date(2031, 5, 3), date(2031, 5, 6), "range"),
        Place(AT, "the quay", None, None, None, None), Count(10.0, 12.0, 15.0, AT), None,
        (Actor((AT,), "gunmen", None, None, None), Actor((AT,), "they", "Oxus Front", None, None)), "negated",
    )  # fmt: skip

    assert version_rows(incident(version), {"d1": POST}) == [
        VersionRow("The Oxus Post 2031-05-06", "2031-05-03 to 2031-05-05", "the quay", "12 (10 to 15)", "",
                   "gunmen; Oxus Front", "negated", 1),
    ]  # fmt: skip


def test_what_most_reports_tell_comes_first_and_speakers_are_named():
    few = Version("outlet:amu wire", (Member("d2", "c1"),))
    many = Version("speaker:farid sample", (Member("d2", "c2"), Member("d3", "c3")))

    rows = version_rows(incident(few, many), {})

    assert [(r.origin, r.day, r.n_documents) for r in rows] == [
        ("farid sample (speaker)", "", 2), ("amu wire (outlet)", "", 1),
    ]  # fmt: skip


def test_columns_that_contradict_are_named():
    conflicts = [Conflict("deaths", ("1", "9"), ((), ())), Conflict("perpetrator", ("A", "B"), ((), ()))]

    assert disputed_columns(incident(conflicts=conflicts)) == {"deaths", "actors"}
