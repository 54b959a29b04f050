"""The report: a view of coded documents, and a page in which every string is escaped."""

from __future__ import annotations

import re
import time
from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest

from tests.resolution.make import TALOQAN, claim, document
from vedette.outputs.report import MAX_CLAIMS, build_report, render
from vedette.records import (
    Conflict,
    Count,
    Incident,
    Interest,
    Member,
    Resolution,
    Skipped,
    SkippedDocument,
    Span,
    When,
)
from vedette.resolution import resolve

AT = datetime(2031, 5, 14, 8, 0, tzinfo=UTC)


def page_of(documents, skipped=(), **options):
    report = build_report(documents, list(skipped), resolve(documents), title="Test", made_at=AT, **options)
    return report, render(report)


def test_an_empty_collection_is_said_kindly():
    report, page = page_of([], [SkippedDocument("a.pdf", Skipped("encrypted", "needs a password"))])

    assert report.map_svg is None
    assert "No claim was found" in page
    assert "needs a password" in page


def test_numbers_are_said_in_words():
    documents = [document("a", [claim("c1", 5, deaths=12)]), document("b", [claim("c2", 5, where=TALOQAN)], day=7)]

    report, _ = page_of(documents)

    assert report.summary.startswith("2 reports from 2 outlets")
    assert "6–7 May 2031" in report.summary


@pytest.mark.parametrize("is_exercise", [True, False])
def test_exercise_data_carry_a_banner(is_exercise):
    _, page = page_of([document("a", [claim("c1", 5)])], is_exercise=is_exercise)

    assert ("Exercise data." in page) is is_exercise


def test_every_string_is_escaped():
    evil = "<script>alert(1)</script>"
    made = document("a", [claim("c1", 5, who=[evil])], text=evil * 3, outlet=evil)
    made = msgspec.structs.replace(made, title=evil, url="javascript:alert(1)")

    _, page = page_of([made], [SkippedDocument(evil, Skipped("damaged", evil))])

    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert page.count("&lt;script&gt;") >= 5


def test_the_page_asks_for_nothing_from_outside():
    _, page = page_of([document("a", [claim("c1", 5)])])

    assert not re.search(r"(?:src|href)=[\"']?(?:https?:)?//", page.replace('xmlns="http://www.w3.org/2000/svg"', ""))
    assert "@import" not in page


def test_a_country_is_never_a_point():
    made = claim("c1", 5)
    coarse = msgspec.structs.replace(made.places[0], precision="country", name="Afghanistan")
    report, page = page_of([document("a", [msgspec.structs.replace(made, places=(coarse,))])])

    assert report.map_svg is None
    assert [p.name for p in report.coarse] == ["Afghanistan"]
    assert "Told of a country or region only" in page


def test_sides_of_a_conflict_stand_side_by_side():
    documents = [document("a", [claim("c1", 5, deaths=12)]), document("b", [claim("c2", 5, deaths=40)])]
    documents = [msgspec.structs.replace(d, text=d.text + f" unlike {n} " * 30) for n, d in enumerate(documents)]

    report, page = page_of(documents)

    assert [s.says for c in report.conflicts for s in c.sides] == ["12 dead", "40 dead"]
    assert "How many died" in page


def test_a_large_collection_is_capped():
    one = document("a", [claim(f"c{n}", 1 + n % 28) for n in range(MAX_CLAIMS + 50)])

    report = build_report([one], [], Resolution(), title="Large", made_at=AT)

    assert len(report.rows) == MAX_CLAIMS
    assert report.n_left_out == 50
    assert report.n_claims == MAX_CLAIMS + 50
    page = render(report)
    assert "50 more are in the database" in page
    assert "vedette export claims" in page
    assert "is not printed" in page


def test_nothing_counts_one_as_many():
    _, page = page_of([document("a", [claim("c1", 5)])])

    assert not re.search(r"\b1 (?:claims|origins|independent origins|reports|outlets|places)\b", page)


def test_counts_are_of_all_claims_and_not_of_those_shown():
    one = document("a", [claim(f"c{n}", 1 + n % 28) for n in range(MAX_CLAIMS + 50)])

    report = build_report([one], [], Resolution(), title="Large", made_at=AT)

    assert report.places[0].n_claims == MAX_CLAIMS + 50
    assert report.timeline.n_counted == MAX_CLAIMS + 50


def test_what_is_disputed_is_kept_where_there_is_no_room_for_all():
    dull = [claim(f"c{n}", 5) for n in range(MAX_CLAIMS + 50)]
    dull = [msgspec.structs.replace(c, confidence=1.0) for c in dull]
    held = msgspec.structs.replace(claim("held", 5), kind="control", event_type=None, state="held", confidence=0.1)

    report = build_report([document("a", [*dull, held])], [], Resolution(), title="Large", made_at=AT)

    assert "held" in {r.id for r in report.rows}


def test_thousands_of_claims_in_one_incident_take_no_thousands_squared():
    claims = [claim(f"c{n}", 5, who=["Rebels"]) for n in range(8_000)]
    document_ = document("a", claims)
    members = tuple(Member("a", c.id) for c in claims)
    conflict = Conflict("occurrence", ("it happened", "it did not happen"), (members[:4_000], members[4_000:]))
    resolution = Resolution(incidents=(Incident("i", members, 2, 1, 1, (conflict,)),))

    started = time.perf_counter()
    report = build_report([document_], [], resolution, title="Large", made_at=AT)

    assert time.perf_counter() - started < 30
    assert [len(s.lines) for s in report.conflicts[0].sides] == [1, 1]
    assert len(render(report)) < 15_000_000


def test_the_first_lines_say_what_happened_where_and_what_is_disputed():
    documents = [document("a", [claim("c1", 5, deaths=12)]), document("b", [claim("c2", 5, deaths=40)])]
    documents = [msgspec.structs.replace(d, text=d.text + f" unlike {n} " * 30) for n, d in enumerate(documents)]

    report, _ = page_of(documents)

    assert report.happened[0].text == "Attack in there, 5 May 2031"
    assert "12 to 40 dead" in report.happened[0].detail
    assert report.disputed[0].text == "How many died: attack in there, 5 May 2031"


def test_a_rise_of_violence_is_told_with_what_it_was_compared_to():
    documents = [document(f"d{n}", [claim(f"c{n}", 20)], text=f"Words {n} of one alone " * 5, day=20) for n in range(4)]
    documents.append(document("old", [claim("c9", 1, event_type="CONSULT")], text="Others of long ago " * 5, day=1))

    report = build_report(documents, [], Resolution(), title="T", made_at=AT)

    assert report.turning[0].text == "More violence told of there"
    assert report.turning[0].detail == "4 independent origins against 0 before"
    assert "less told is not less violence" in report.turning_note


def test_control_is_said_in_words_with_who_says_so():
    held = msgspec.structs.replace(
        claim("c1", 5, who=["Oxus Front"], speaker="s"), kind="control", event_type=None, state="seized"
    )

    report, page = page_of([document("a", [held], speakers=[("s", "Colonel Specimen")])])

    assert report.control[0].lines[0].row.label == "taken by"
    assert "according to Colonel Specimen" in page
    assert "CONTROL / seized" in page


def test_speakers_stand_by_party_and_by_country():
    attack = {"who": ["Oxus Front"], "speaker": "s"}
    documents = [
        document("a", [claim("c1", 5, **attack)], speakers=[("s", "Oxus Front")]),
        document("b", [claim("c2", 6, **attack)], speakers=[("s", "Spokesman of the Oxus Front")]),
    ]
    coded = []
    for d in documents:
        actors = tuple(msgspec.structs.replace(a, country=None) for a in d.claims[0].actors)
        coded.append(msgspec.structs.replace(d, claims=(msgspec.structs.replace(d.claims[0], actors=actors),)))

    report, _ = page_of(coded)

    assert [(p.name, p.total) for p in report.parties] == [("Oxus Front", 2)]
    assert [c.name for c in report.countries] == ["country not said"]


def test_a_day_of_long_ago_does_not_flatten_the_timeline():
    old = msgspec.structs.replace(claim("old", 5), when=When(date(1992, 3, 1), date(1992, 3, 2)))

    report, _ = page_of([document("a", [claim("c1", 5), claim("c2", 6), old])])

    assert [b.day for b in report.timeline.bars] == ["5 May", "6 May"]
    assert report.timeline.n_outside == 1


def test_a_long_stretch_without_claims_is_one_mark():
    early = document("a", [claim("c1", 1)], day=1)
    late = document("b", [msgspec.structs.replace(claim("c2", 1), when=_day(date(2031, 6, 10)))], text="Later " * 9)
    late = msgspec.structs.replace(late, published=date(2031, 6, 10))

    report, page = page_of([early, late])

    assert [(b.day, b.n_gap) for b in report.timeline.bars] == [("1 May", 0), ("2 May – 9 Jun", 39), ("10 Jun", 0)]
    assert "no claim in 39 days" in page


def _day(day):
    return When(day, day + timedelta(days=1))


def test_the_same_statement_is_shown_once():
    deny = {"modality": "negated", "speaker": "s", "who": ["its men"]}
    documents = [document(i, [claim(f"c{i}", 5, **deny)], speakers=[("s", "Oxus Front")]) for i in "abc"]
    coded = [
        msgspec.structs.replace(
            d,
            attributions=tuple(
                msgspec.structs.replace(a, cue=msgspec.structs.replace(a.cue, stance="deny")) for a in d.attributions
            ),
        )
        for d in documents
    ]

    report, page = page_of(coded)

    assert [line.n_told for line in report.denials] == [3]
    assert "Oxus Front</b> denies" in page


def test_an_endless_sentence_is_cut_around_what_it_tells():
    made = document("a", [], text="x" * 5_000 + "KILLED" + "y" * 5_000)
    long = msgspec.structs.replace(claim("c1", 5), trigger=(Span(5_000, 5_006),), evidence=Span(0, 10_000))

    report, _ = page_of([msgspec.structs.replace(made, claims=(long,))])

    pieces = report.rows[0].pieces
    assert [p.text for p in pieces if p.role == "trigger"] == ["KILLED"]
    assert sum(len(p.text) for p in pieces) < 700


def test_a_pronoun_is_no_party_of_whom_claims_are():
    report, _ = page_of([document("a", [claim("c1", 5, who=["they"], speaker="s")], speakers=[("s", "Doctors")])])

    assert report.speakers[0].about == ()


def test_numbers_keep_their_bounds():
    made = msgspec.structs.replace(claim("c1", 5), deaths=Count(10.0, 12.0, 15.0, Span(0, 2)))

    report, _ = page_of([document("a", [made])])

    assert report.rows[0].deaths == "12 (10–15)"


def test_places_of_one_name_far_apart_are_two():
    near, far = claim("c1", 5), claim("c2", 5, where=(52.2, 21.0))

    report, page = page_of([document("a", [near, far])])

    assert sorted(p.anchor for p in report.places) == ["place-there", "place-there-2"]
    assert page.count('id="place-there-2"') == 1


def test_what_is_background_is_no_news():
    past = {"modality": "historical", "deaths": 50}
    documents = [document(i, [claim(f"p{i}", 1, **past)], text=f"Of old, {i} " * 9) for i in "abc"]
    documents += [document(i, [claim(f"n{i}", 5)], text=f"News of {i} " * 9) for i in "de"]
    incidents = (
        Incident("old", tuple(Member(i, f"p{i}") for i in "abc"), 3, 3, 3),
        Incident("new", tuple(Member(i, f"n{i}") for i in "de"), 2, 2, 2),
    )

    report = build_report(documents, [], Resolution(incidents=incidents), title="T", made_at=AT)

    assert report.happened[0].text == "Attack in there, 5 May 2031"


def with_interest(made, kind, **known):
    told = {"actor": "own", "recipient": None, "voice": "speaker", "party": "AFG", "reason": "admits a loss"} | known
    return msgspec.structs.replace(made, interest=Interest(kind=kind, **told))


def test_what_is_said_against_interest_is_listed_with_why():
    claims = [
        with_interest(claim("c1", 5, speaker="a1", deaths=3), "against interest"),
        with_interest(
            claim("c2", 5, speaker="a1", at=9), "self-serving", actor="opponent", reason="tells of an attack"
        ),
        with_interest(claim("c3", 5, speaker="a1", at=11), "neutral", actor="third"),
        with_interest(claim("c4", 5, at=13), None, actor=None, voice="outlet", party=None, reason="no party known"),
    ]

    report, page = page_of([document("a", claims, speakers=[("a1", "the army")])])

    assert [line.row.id for line in report.admissions] == ["c1"]
    row = report.interests[0]
    assert (row.name, row.total, row.n_own, row.n_opponent, row.n_third) == (
        "Afghanistan: government and forces", 3, 1, 1, 1,
    )  # fmt: skip
    assert (row.n_serving, row.n_against) == (1, 1)
    assert report.speakers[0].interest == "self-serving 1, against interest 1"
    assert "It admits a loss; the speaker speaks for Afghanistan; who acts: its own side." in page
    assert "Said against the speaker&#39;s own interest" in page or "Said against the speaker's own interest" in page


def test_without_interests_the_report_has_no_table_of_them():
    report, page = page_of([document("a", [claim("c1", 5, speaker="a1")], speakers=[("a1", "the army")])])

    assert (report.interests, report.admissions) == ((), ())
    assert "Whom the claims serve" not in page
