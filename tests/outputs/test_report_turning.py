"""Hotspots and trends in the report: cards whose claims open, drawings with words, one quiet line for few data."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from tests.test_hotspot_runs import planted
from vedette.outputs.hotspot_zones import names_of, no_zone_words, told_zones
from vedette.outputs.report import build_report, render
from vedette.resolution import resolve
from vedette.situation import find_turns

AT = datetime(2031, 5, 14, 8, 0, tzinfo=UTC)


def made_of(documents):
    resolution = resolve(documents)
    hotspots, trends = find_turns(documents, resolution)
    report = build_report(documents, [], resolution, title="T", made_at=AT, hotspots=hotspots, trends=trends)
    return hotspots, report, render(report)


@pytest.fixture(scope="module")
def outbreak():
    return made_of(planted())


def test_a_zone_is_a_card_with_its_places_chance_and_coverage(outbreak):
    hotspots, report, page = outbreak
    zone = hotspots.outcomes[0].zones[0]

    card = report.turns.hotspots.zones[0]
    assert {c.name for c in card.cells} == {"Kunduz", "Takhar"}
    assert [int(c.observed) for c in card.cells] == sorted((c.observed for c in zone.cells), reverse=True)
    assert card.told.startswith(f"{zone.observed} cases, {zone.expected:.1f} expected")
    assert re.fullmatch(r"Would be seen by chance .* of weekly looks \(p \.\d{3}\)\.", card.chance)
    assert re.match(r"\d+ reports of these places in these days, \d+ usual", card.coverage)
    assert card.counts_svg.count("latest") == len([n for n in zone.counts[-4:] if n])
    assert 'id="zone-1"' in page
    assert 'href="#zone-1"' in page


def test_the_claims_behind_a_zone_are_links_to_claims_of_the_page(outbreak):
    _, report, page = outbreak

    card = report.turns.hotspots.zones[0]
    assert card.n_claims == len(card.claims) + card.n_more
    assert all(linked for _, _, linked in card.claims)
    for id, words, _ in card.claims:
        assert f'<tr id="{id}"' in page
        assert f'<a href="#{id}">{words}</a>' in page


def test_a_zone_opens_from_the_summary(outbreak):
    _, report, _ = outbreak

    assert report.turning[0].text.startswith("Hotspot: ")
    assert report.turning[0].href == "zone-1"


def test_drawings_have_text_alternatives(outbreak):
    _, report, page = outbreak

    assert "1 zone with more cases than expected; " in report.turns.hotspots.map_svg
    assert "<title>Kunduz: no pattern; " in report.turns.hotspots.map_svg
    assert 'aria-labelledby="hotspots-title hotspots-desc"' in page
    for group in report.turns.trends:
        for series in group.series:
            assert re.search(r"<title>[^<]+ expected", series.svg)
            assert series.words[0].startswith("Against its past: ")
            assert series.words[1].startswith("Against its coverage: ")
    assert [group.title for group in report.turns.trends] == ["By place: violence", "By type"]


def test_ids_are_of_one_thing_each(outbreak):
    ids = re.findall(r'\bid="([^"]+)"', outbreak[2])

    assert len(ids) == len(set(ids))


def test_quiet_data_say_that_there_is_no_hotspot():
    hotspots, report, _ = made_of(planted(with_outbreak=False))

    assert not told_zones(hotspots)
    assert report.turns.hotspots.none_words == no_zone_words(hotspots)
    assert report.turns.hotspots.none_words.startswith("No hotspot: ")
    assert not report.turns.hotspots.zones
    assert not report.turning or not report.turning[0].text.startswith("Hotspot")


def test_few_data_are_one_quiet_line_and_no_section():
    _, report, page = made_of(planted()[:20])

    assert report.turns.hotspots is None
    assert not report.turns.trends
    assert 'id="turning"' not in page
    assert page.count("too few data") == report.turns.too_few.count("too few data") == 2
    assert page.count('class="note few-data"') == 1
    assert "weeks of reports, 8 needed. Trends: too few data: " in page


def test_an_empty_collection_has_not_even_that():
    _, _, page = made_of([])

    assert "too few data" not in page


def test_names_are_listed_shortly():
    assert names_of(["A"]) == "A"
    assert names_of(["A", "B"]) == "A and B"
    assert names_of(list("ABCDEF")) == "A, B, C and 3 more"
