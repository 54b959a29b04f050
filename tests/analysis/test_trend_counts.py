"""Series by place, type, actor, speaker and stream, with the coverage beside them."""

from __future__ import annotations

import random
from datetime import timedelta

import msgspec
import pytest

from tests.analysis.make import START, claim, country, days, report, resolved
from vedette.analysis.known import Known
from vedette.analysis.streams import EVERYTHING
from vedette.analysis.tallies import Layout
from vedette.analysis.trend_counts import find_trends
from vedette.lookups.streams import load_streams
from vedette.records import Actor, Attribution, Content, Cue, Span, Speaker

STREAMS = load_streams()


def acted(made, *actors):
    """The claim with actors as (name, code)."""
    return msgspec.structs.replace(
        made, actors=tuple(Actor((Span(0, 3),), name or "gunmen", name=name, code=code) for name, code in actors)
    )


def says(made, id, **speaker):
    """The report with a speaker of that attribution."""
    voice = Attribution(
        id, Speaker((Span(0, 3),), "he", **speaker), Cue((Span(4, 8),), "say"), Content((Span(9, 20),)), "indirect"
    )
    return msgspec.structs.replace(made, attributions=(*made.attributions, voice))


def desk():
    """Ten weeks: an act in Kunduz by the Amu Front each week, five in the last, one told by a spokesman."""
    made = []
    for week in range(10):
        for n, day in enumerate((0, 2, 3, 5, 6) if week == 9 else (0,)):
            at = 7 * week + day
            told = acted(
                claim(
                    "1", where="Imam Sahib" if n in (1, 3) else "Kunduz", when=days(at), speaker="s" if n == 2 else None
                ),
                ("Amu Front", "AMF"),
            )
            made.append(report(f"w{week}n{n}", told, day=at))
    made[-3] = says(made[-3], "s", name="Anwar Sadiq", organization="Kunduz police", kind="named")
    return [
        report("first", day=0),
        *made,
        report("talks", claim("1", "CONSULT", where="Herat", when=days(65)), day=65),
        report("wide", claim("1", where=country(), when=days(60)), day=60),
        report("long", acted(claim("1", where="Farah", when=days(2, 40)), (None, "UAF")), day=69),
    ]


def trends(by, streams=("violence",), coded=None, **layout):
    known = Known(*resolved(desk() if coded is None else coded))
    return find_trends(known, by, [STREAMS.get(name, EVERYTHING) for name in streams], Layout(**layout))


def counts(found):
    return {series.key: list(series.counts) for series in found.series}


def test_by_place():
    found = trends("place")

    assert counts(found) == {"AFG/Kunduz": [1] * 9 + [5]}
    assert found.series[0].name == "Kunduz"
    assert found.series[0].coverage == (1.0,) * 9 + (5.0,)
    assert found.left_out == {"coarse place": 1, "too many days": 1}
    assert (found.n_units, found.n_documents) == (16, 18)
    assert found.series[0].by_time.p < 0.05
    assert found.series[0].by_coverage.p > 0.5


def test_by_stream_and_by_type_count_alike_what_has_no_cell():
    by_stream, by_type = trends("stream", ("violence", "cooperation")), trends("type", ("all",))

    assert counts(by_stream) == {"violence": [1] * 8 + [2, 5], "cooperation": [0] * 9 + [1]}
    assert counts(by_type) == {"ASSAULT": [1] * 8 + [2, 5], "CONSULT": [0] * 9 + [1]}
    assert by_stream.stream is None
    assert by_type.stream == "all"
    assert by_stream.left_out == by_type.left_out == {"too many days": 1}
    # The long act has no week: its report covers that of its publication.
    assert by_type.series[0].coverage == (*(1.0,) * 8, 2.0, 7.0)


def test_by_actor_unnamed_ones_go_by_their_code():
    coded = [*desk(), report("x", acted(claim("1", where="Herat", when=days(68)), (None, "UAF")), day=69)]

    found = trends("actor", coded=coded)

    assert counts(found) == {"Amu Front": [1] * 9 + [5], "UAF": [0] * 9 + [1]}
    assert found.left_out == {"no actor": 1, "too many days": 1}


def test_by_speaker_only_who_is_known_and_speaks():
    found = trends("speaker", ("all",))

    assert counts(found) == {"Anwar Sadiq": [0] * 9 + [1]}
    assert found.left_out["no speaker"] == 15


def test_the_order_of_reports_changes_nothing():
    coded = desk()
    shuffled = random.Random(1).sample(coded, len(coded))

    assert all(trends(by, coded=coded) == trends(by, coded=shuffled) for by in ("place", "actor"))


def test_a_month_that_is_not_over_has_the_days_until_the_last_report():
    found = trends("stream", ("violence",), time_unit="month")

    assert found.starts[0] == START
    assert found.end == START + timedelta(days=69)
    assert found.days == (26, 28, 16)
    assert found.series[0].by_time.reason == "too few data: 2 periods before the latest, 8 are needed"
    assert found.too_few == found.series[0].by_time.reason


@pytest.mark.parametrize("coded", [[], [report("a")], [report("a", claim("1", where="Kunduz"))]])
@pytest.mark.parametrize("by", ["place", "type", "actor", "speaker", "stream"])
def test_too_few_data_say_so(coded, by):
    found = trends(by, coded=coded)

    assert found.series == ()
    assert found.too_few.startswith("too few data")
