"""The public functions, and what must hold of any coded document."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import vedette
from vedette.errors import InputError

SENTENCE = "Police in Kunduz said on Monday that gunmen of the Oxus Front had killed 12 people in Imam Sahib."
WORDS = "police Kunduz said “ ” \" ' denied that killed 12 people in ( ) [banned in X] , . \n\n * : KABUL, he It the 2031 May".split(
    " "
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)))
def test_any_text_is_coded_and_points_into_itself(text):
    coded = vedette.code(text, published="2031-05-07")

    assert coded.skipped is None or coded.skipped.reason in ("empty", "language")
    n = len(text)
    ids = {a.id for a in coded.attributions}
    for a in coded.attributions:
        spans = (*a.speaker.spans, *a.cue.spans, *a.content.spans)
        assert all(s.end <= n for s in spans)
        own = (*a.speaker.spans, *a.cue.spans)
        assert not any(c.meets(o) for c in a.content.spans for o in own)
        assert a.within is None or (a.within in ids and a.within != a.id)
    for c in coded.claims:
        assert c.evidence.end <= n
        assert all(c.evidence.holds(t) for t in c.trigger)
        assert c.attribution is None or c.attribution in ids
        assert -3 <= c.certainty <= 3
        late = c.when is not None and c.when.start > date(2031, 5, 7)
        assert not (late and c.modality == "asserted")
    for p in coded.places:
        assert p.span.of(text)


def test_nesting_is_a_tree():
    text = "The mayor said that the guard had claimed that the driver believed that the bridge was closed."
    within = {a.id: a.within for a in vedette.code(text).attributions}

    for start in within:
        seen, at = set(), start
        while at is not None:
            assert at not in seen
            seen.add(at)
            at = within[at]


def test_a_report_is_coded():
    coded = vedette.code(SENTENCE, published=date(2031, 5, 7), outlet="The Oxus Post")
    killed = next(c for c in coded.claims if c.event_type == "ASSAULT")

    assert (killed.deaths.best, killed.when.start) == (12, date(2031, 5, 5))
    assert killed.attribution == coded.attributions[0].id
    assert coded.attributions[0].speaker.mention == "Police in Kunduz"


def test_what_is_printed_in_capitals_is_coded_as_any_other_text():
    plain, capitals = (vedette.code(text, published="2031-05-07") for text in (SENTENCE, SENTENCE.upper()))

    def told(coded):
        return [
            (c.event_type, [(a.mention.lower(), a.code) for a in c.actors], [p.geonameid for p in c.places], c.deaths)
            for c in coded.claims
        ]

    assert told(capitals) == told(plain)
    assert capitals.text == SENTENCE.upper()


def test_an_act_told_without_a_place_may_be_anywhere_in_the_country_that_it_is_reported_from():
    coded = vedette.code("KUNDUZ, May 6 - Gunmen killed three farmers on Monday.", published="2031-05-07")
    killed = next(c for c in coded.claims if c.event_type == "ASSAULT")

    assert [(p.name, p.precision, p.basis) for p in killed.places] == [
        ("Kunduz", "settlement", "dateline"),
        ("Afghanistan", "country", "dateline"),
    ]


def test_the_same_text_gives_the_same_rows():
    assert vedette.code(SENTENCE, published="2031-05-07") == vedette.code(SENTENCE, published="2031-05-07")


def test_a_pair_of_given_actors():
    text = "The Oxus Front attacked the Northern Shield Brigade near Rustaq."

    claim = vedette.code_pair(text, (4, 14), (28, 51))

    assert claim.event_type == "ASSAULT"


def test_certainty_knows_a_denial():
    text = "The soldiers did not leave the town."

    assert vedette.certainty(text, (21, 26)) < -1 < 1 < vedette.certainty("The soldiers left the town.", (13, 17))


@pytest.mark.parametrize("day", ["yesterday", "07/05/2031"])
def test_a_wrong_day_is_named(day):
    with pytest.raises(InputError, match="published must be a day"):
        vedette.code(SENTENCE, published=day)


def test_a_time_counts_as_its_day():
    assert vedette.code(SENTENCE, published=datetime(2031, 5, 7, 12)).published.isoformat() == "2031-05-07"


def test_half_a_character_keeps_the_offsets():
    coded = vedette.code("\ud800 " + SENTENCE, published="2031-05-07")

    assert coded.text == "? " + SENTENCE


@pytest.mark.parametrize("span", [(5, 2), (-1, 3), (1,), "ab", (0, 99)])
def test_a_wrong_span_is_named(span):
    with pytest.raises(InputError, match="span"):
        vedette.certainty("Short.", span)


def test_a_report_and_its_claims_are_readable():
    coded = vedette.code(SENTENCE, published="2031-05-07", outlet="The Oxus <Post>", title="Killed")

    assert repr(coded) == f"<report {coded.id}: Killed · The Oxus <Post> · 2031-05-07; {len(coded.claims)} claims>"
    assert "ASSAULT" in repr(coded.claims[0])
    assert len(repr(coded.claims[0])) < 300
    assert "<td>gunmen of the Oxus Front</td>" in coded._repr_html_()
    assert "&lt;Post&gt;" in coded._repr_html_()


def test_coded_reports_are_framed_without_a_store():
    coded = vedette.code(SENTENCE, published="2031-05-07")

    assert vedette.frame(coded, "claims").height == len(coded.claims)
    assert vedette.frame([coded, coded], "documents").height == 2
    with pytest.raises(InputError, match="no table 'incidents'"):
        vedette.frame(coded, "incidents")


def test_the_same_id_for_another_text_loses_none(tmp_path):
    for name, word in (("a", "closed"), ("b", "opened")):
        (tmp_path / f"{name}.csv").write_text(f'id,text\n1,"The bridge at Panji Poyon was {word} on Tuesday."\n')

    with vedette.open_store(tmp_path / "a.db", read_only=False) as store:
        first = vedette.ingest([tmp_path / "a.csv", tmp_path / "b.csv"], store)
        second = vedette.ingest([tmp_path / "b.csv", tmp_path / "a.csv"], store)

        assert (first.n_coded, first.n_known, second.n_coded, second.n_known) == (2, 0, 0, 2)
        assert len({c.text for c in store.coded()}) == 2


def test_a_span_outside_the_text_is_named():
    with pytest.raises(InputError, match="ends after the text"):
        vedette.certainty("Short.", (0, 99))


def test_another_language_is_skipped():
    coded = vedette.code("Die Regierung erklärte am Montag, dass die Brücke bis auf weiteres geschlossen bleibt. " * 5)

    assert coded.skipped.reason == "language"


def test_unknown_names_are_no_attributes():
    with pytest.raises(AttributeError, match="no attribute"):
        _ = vedette.nothing


def test_frames_have_their_columns_also_when_empty(tmp_path):
    with vedette.open_store(tmp_path / "a.db", read_only=False) as store:
        claims, documents = vedette.frame(store, "claims"), vedette.frame(store, "documents")

    assert claims.height == documents.height == 0
    assert {"actor_country", "lon", "modality", "evidence"} <= set(claims.columns)
    assert list(claims.to_pandas().columns) == claims.columns


def test_a_name_over_a_line_end_is_one():
    claim = vedette.code("On Monday the Kestrel\nFront attacked a village near Rustaq.").claims[0]

    assert [a.mention for a in claim.actors] == ["the Kestrel Front"]
