"""The report's control map: an order, a row and a strip a place, layers by voice, links to claims; too few say so."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import msgspec
import pytest

from tests.analysis.control_make import COMPACT, LEAGUE, on, told
from vedette.controls import control_of
from vedette.outputs.control_marks import Palette, assessed_mark, claimed_mark
from vedette.outputs.control_strips import lately_turned_first, strip, strip_start
from vedette.outputs.control_words import percent, said_words, turned
from vedette.outputs.report import build_report, render
from vedette.outputs.report_control import voices_of
from vedette.resolution import resolve

AT = datetime(2031, 6, 1, tzinfo=UTC)
HERALD = "River Herald"
CODED = [
    told("Taloqan", LEAGUE, 3), told("Taloqan", LEAGUE, 9, outlet=HERALD),
    told("Kunduz", LEAGUE, 1, voice="Ada Reed", party=LEAGUE, interest="self-serving"), told("Kunduz", LEAGUE, 2),
    told("Kunduz", COMPACT, 20, state="seized", dated=True), told("Kunduz", COMPACT, 21, outlet=HERALD),
    told("Kunduz", COMPACT, 22, outlet="Upper Valley News"),
    told("Imam Sahib", None, 12, state="contested", outlet=HERALD), told("Imam Sahib", None, 14, state="contested"),
    told("Baghlan", COMPACT, 4, admin1="Baghlan", modality="negated", voice="Nib Far"),
]  # fmt: skip


def map_of(coded, **options):
    return control_of(coded, resolve(coded), **options)


def report_of(coded):
    control = map_of(coded)
    report = build_report(coded, [], resolve(coded), title="Test", made_at=AT, control=control)
    return report, render(report)


def row_of(report, name):
    return next(r for r in report.holds.rows if r.name == name)


def test_what_changed_hands_lately_comes_first():
    found = map_of(CODED)

    assert lately_turned_first(found.places)[0].name == "Kunduz"
    kunduz = next(p for p in found.places if p.name == "Kunduz")
    assert turned(kunduz) is not None
    assert turned(kunduz)[0] == on(20)
    assert turned(kunduz)[2] == COMPACT
    assert turned(next(p for p in found.places if p.name == "Taloqan")) is None


def test_a_row_tells_who_how_likely_and_by_which_claims():
    report, page = report_of(CODED)

    row = row_of(report, "Kunduz")
    assert row.assessed == COMPACT
    assert "%" in row.likely
    assert row.last_told == "23 May 2031, that day"
    assert any(f"taken by {COMPACT} (Plain Dispatch, 21 May)" == c.told for c in row.supporting)
    assert any(f"held by {LEAGUE} (Ada Reed, 2 May)" == c.told for c in row.opposing)
    linked = [c.id for r in report.holds.rows for c in (*r.supporting, *r.opposing)]
    assert all(f'id="{id}"' in page for id in linked)
    assert sum(s.size for s in row.distribution) == pytest.approx(1, abs=0.001)


def test_a_strip_spans_the_axis_that_all_places_share():
    found = map_of(CODED)
    places = lately_turned_first(found.places)
    start = strip_start(places, found.day)
    palette = Palette(found, str)

    for place in places:
        pieces = strip(place, palette, start)
        assert sum(p.size for p in pieces) == pytest.approx(1)
        assert [p for p in pieces if not p.mark.style] == pieces[: place.timeline[0].start > start]
    assert start == on(1)


def test_an_old_period_does_not_press_the_new_together():
    found = map_of([*CODED, told("Baghlan", LEAGUE, -4000, admin1="Baghlan")])

    assert strip_start(found.places, found.day) == date(2030, 5, 23)


def test_voices_with_most_places_come_first_and_the_nameless_last():
    found = map_of([*CODED, *(told(p, LEAGUE, 5, voice="Its spokesman") for p in ("Kunduz", "Taloqan", "Imam Sahib"))])

    voices = voices_of(found)
    assert voices[0] in (("Plain Dispatch", "outlet"), (HERALD, "outlet"))
    assert voices[-1] == ("Its spokesman", "speaker")


def test_of_as_many_places_parties_come_first():
    assert [kind for _, kind in voices_of(map_of(CODED))] == ["outlet", "outlet", "party", "speaker", "outlet"]


def test_a_voice_has_a_layer_of_its_claims_and_only_of_them():
    report, page = report_of(CODED)

    number = next(n for n, v in enumerate(report.holds.voices, 1) if v.name == "Nib Far")
    layer = re.search(rf'<g class="layer l{number}">(.*?)</a></g>', page)[1]
    assert layer.count("<a ") == 1
    assert "Baghlan: Nib Far says: not held by Salt Compact" in layer
    assert "hold h2 not" in layer
    assert page.count('type="radio" name="by"') == len(report.holds.voices) + 1
    assert "Claims only, weighed by nobody" in page


def test_every_voice_has_a_rule_that_shows_it():
    _, page = report_of([*CODED, *(told("Kunduz", LEAGUE, n, outlet=f"Outlet {n}") for n in range(20))])

    for n in re.findall(r'name="by" id="by-(\d+)"', page):
        assert f"#by-{n}:checked~figure .l{n}" in page


def test_too_few_claims_are_one_line_and_no_map():
    report, page = report_of(CODED[:2])

    assert report.holds.too_few
    assert "No map of who holds what: too few data" in page
    assert 'id="by-0"' not in page
    assert "holds-title" not in page


def test_a_report_without_a_control_map_keeps_its_statements():
    report = build_report(CODED, [], resolve(CODED), title="Test", made_at=AT)

    assert report.holds is None
    assert "Who is said to hold what" in render(report)


def test_names_are_escaped():
    evil = "Evil <script>alert(1)</script>"
    _, page = report_of([told(p, evil, n, outlet=evil) for n, p in enumerate(("Kunduz", "Taloqan", "Imam Sahib"))])

    assert "<script>alert" not in page
    assert "Who holds what" in page


def test_places_without_a_point_have_a_row_and_are_named_below_the_map():
    report, page = report_of([*CODED, told("Khwahan", LEAGUE, 6, precision="admin2")])

    assert "Khwahan district" in report.holds.off_map
    assert row_of(report, "Khwahan district").assessed == LEAGUE
    assert "without a point: Khwahan district" in page


@pytest.mark.parametrize(
    ("said", "style", "words"),
    [
        ({}, "h1 strong", "held by Reed League"),
        ({"share": (0.3, 0.4, 0.5)}, "h1 faint", "about 40% of it held by Reed League"),
        ({"modality": "negated"}, "h1 not", "not held by Reed League"),
        ({"state": "lost"}, "h1 not", "lost by Reed League"),
        ({"state": "lost", "modality": "negated"}, "h1 strong", "not lost by Reed League"),
        ({"state": "surrounded"}, "h1 around", "surrounded by Reed League"),
        ({"state": "contested"}, "contested strong", "contested"),
    ],
)
def test_a_claim_is_drawn_as_it_is_said(said, style, words):
    found = map_of([*(told(p, LEAGUE, 1) for p in ("Taloqan", "Imam Sahib")), told("Kunduz", LEAGUE, 2, **said)])
    palette = Palette(found, str)
    claimed = next(p for p in found.places if p.name == "Kunduz").claimed[0]

    assert claimed_mark(claimed, palette).style == style
    assert said_words(claimed, palette) == words


def test_each_controller_has_a_letter_and_a_colour_until_they_are_used_up():
    names = ["Reed Band", "Reed Circle", "Reed Dam", "River Eight", "Rook Farm", "Rim Gate", "Run Hill", "Rye Inn"]
    found = map_of([told("Kunduz", n, k, outlet=f"Outlet {k}") for k, n in enumerate(names)] + CODED[:2])
    palette = Palette(found, str)

    key = palette.key()
    letters = [mark.letter for mark, _ in key if mark.letter]
    assert len(set(letters)) == len(letters) == 7
    assert letters[-1] == "+"
    assert palette.style("CONTESTED") == "contested"
    assert [told for _, told in key][-2:] == ["contested", "unknown, or nobody named"]


def test_a_less_likely_state_is_fainter():
    place = map_of(CODED).places[0]
    palette = Palette(map_of(CODED), str)

    styles = [
        assessed_mark(msgspec.structs.replace(place, assessed=LEAGUE, probability=p), palette).style.split()[1]
        for p in (0.97, 0.6, 0.3)
    ]
    assert styles == ["strong", "fair", "faint"]


def test_a_probability_is_not_told_as_certain():
    assert [percent(p) for p in (0.0001, 0.25, 0.9999)] == ["under 1%", "25%", "over 99%"]
