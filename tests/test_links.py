"""`vedette link` from Python: tables in, one record for each happening out. All rows but MELTT's are invented."""

from __future__ import annotations

import csv
import io
import json
import random
from datetime import date
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vedette.errors import InputError
from vedette.links import LinkOptions, link_files, write_linked, write_links
from vedette.outputs.linked import linked_csv
from vedette.outputs.tables import write_table
from vedette.records import Claim, Coded, Count, Place, Span, When

GOLDEN = Path(__file__).parent / "golden_links"
KNOWN = Path(__file__).resolve().parents[2] / "shared" / "known" / "meltt"
needs_known = pytest.mark.skipif(not KNOWN.is_dir(), reason="../shared/known/meltt is not here")
DESK = "desk:id=ref,date=day,enddate=last,lat=y,lon=x,deaths=dead"
OPTIONS = LinkOptions(km=5, days=1, columns=(DESK,))


def golden(*names):
    return [str(GOLDEN / f"{name}.csv") for name in names or ("acled", "ucdp", "desk")]


def ids(report):
    """The records of several tables, as sets of ids."""
    return {frozenset(row.ref.id for row in record.rows) for record in report.records if len(record.rows) > 1}


def test_golden(request):
    made = linked_csv(link_files(golden(), OPTIONS))
    path = GOLDEN / "linked.csv"
    if request.config.getoption("--regold"):
        path.write_text(made, encoding="utf-8")

    assert made == path.read_text(encoding="utf-8")


def test_what_a_report_says():
    report = link_files(golden(), OPTIONS)

    assert ids(report) == {
        frozenset({"AFG101", "501", "D1"}),
        frozenset({"AFG104", "502"}),
        frozenset({"503", "D2"}),
        frozenset({"AFG107", "D3"}),
    }
    assert (report.n_rows, report.n_unique, report.n_removed) == (13, 8, 5)
    assert (report.n_matched_events, report.n_matched_episodes) == (3, 1)
    assert {some.tables: some.n_records for some in report.overlap} == {
        ("acled",): 4,
        ("ucdp",): 0,
        ("desk",): 0,
        ("acled", "ucdp"): 1,
        ("acled", "desk"): 1,
        ("ucdp", "desk"): 1,
        ("acled", "ucdp", "desk"): 1,
    }
    assert {(p.episode.id, p.event.id) for p in report.parts} == {("D2", "AFG106"), ("503", "AFG106")}
    assert [(s.row.id, s.fits.id, s.linked.id) for s in report.seconds] == [("AFG105", "502", "AFG104")]
    clash = next(r for r in report.records if "AFG104" in {row.ref.id for row in r.rows})
    assert [(r.row.id, r.other.id, r.loss) for r in clash.rivals] == [("AFG104", "AFG105", 0.0)]
    assert report.tables[1].left_out == {"where_prec 6": 1}
    assert report.tables[2].left_out == {"no day": 1}


def test_the_order_of_the_rows_changes_nothing(tmp_path):
    report = link_files(golden(), OPTIONS)
    for name in ("acled", "ucdp", "desk"):
        header, *rows = (GOLDEN / f"{name}.csv").read_text(encoding="utf-8").splitlines()
        random.Random(7).shuffle(rows)
        (tmp_path / f"{name}.csv").write_text("\n".join([header, *rows]), encoding="utf-8")

    shuffled = link_files([str(tmp_path / f"{name}.csv") for name in ("acled", "ucdp", "desk")], OPTIONS)

    assert without_lines(shuffled) == without_lines(report)


def without_lines(report):
    """A report as plain values, its paths and line numbers left out."""

    def bare(value):
        if isinstance(value, dict):
            return {key: bare(v) for key, v in value.items() if key not in ("line", "path")}
        return [bare(v) for v in value] if isinstance(value, list) else value

    return bare(json.loads(msgspec.json.encode(report)))


one_row = st.tuples(
    st.sampled_from("abc"),
    st.integers(1, 4),
    st.sampled_from([0, 0, 2]),
    st.sampled_from([37.0, 37.02, 37.06, 37.1]),
    st.sampled_from(["AK", "bow", ""]),
    st.sampled_from(["", "3"]),
)


@given(st.lists(one_row, min_size=2, max_size=14), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_neither_the_order_of_rows_nor_that_of_tables_changes_what_belongs_together(said, rng):
    rows = {name: [] for name in "abc"}
    for n, (name, start, length, lat, weapon, deaths) in enumerate(said):
        rows[name].append(f"r{n},2031-05-0{start},2031-05-0{start + length},{lat},68,{weapon},{deaths}")

    def linked(names):
        with TemporaryDirectory() as folder:
            for name in names:
                text = "\n".join(["id,date,enddate,lat,lon,weapon,deaths", *rows[name]])
                (Path(folder) / f"{name}.csv").write_text(text, encoding="utf-8")
            (Path(folder) / "weapon.csv").write_text(
                "table,of,level,coarse\n*,AK,gun,arm\n*,bow,bow,arm\n", encoding="utf-8"
            )
            options = LinkOptions(km=5, days=1, taxonomies=(f"{folder}/weapon.csv",))
            return link_files([f"{folder}/{name}.csv" for name in names], options)

    report = linked("abc")
    for some in rows.values():
        rng.shuffle(some)
    turned = linked(rng.sample("abc", 3))

    def found(made):
        return [
            [*sorted((row.ref.table, row.ref.id) for row in record.rows), record.agreement, record.weight, record.km]
            for record in made.records
        ]

    def flagged(made):
        return [
            {(x.episode.id, x.event.id) for x in made.parts},
            {(x.row.id, x.fits.id) for x in made.seconds},
            {(x.row.id, x.other.id) for record in made.records for x in record.rivals},
        ]

    assert found(turned) == found(report)
    assert flagged(turned) == flagged(report)


@pytest.mark.parametrize("order", list(permutations(("acled", "ucdp", "desk"))), ids=" ".join)
def test_the_order_of_the_tables_changes_nothing_but_the_order_in_a_record(order):
    report = link_files(golden(), OPTIONS)

    turned = link_files(golden(*order), OPTIONS)

    assert ids(turned) == ids(report)
    assert [{row.ref for row in r.rows} for r in turned.records] == [
        {row.ref for row in r.rows} for r in report.records
    ]
    assert [(r.rivals, r.pairs, r.km, r.days) for r in turned.records] == [
        (r.rivals, r.pairs, r.km, r.days) for r in report.records
    ]
    assert (turned.parts, turned.seconds) == (report.parts, report.seconds)


def test_files_hold_what_was_found(tmp_path):
    report = link_files(golden(), OPTIONS)

    write_links(report, tmp_path / "links.json")
    write_linked(report, tmp_path / "linked.csv")

    assert msgspec.json.decode((tmp_path / "links.json").read_bytes(), type=type(report)) == report
    rows = list(csv.DictReader(io.StringIO((tmp_path / "linked.csv").read_text(encoding="utf-8"))))
    first = rows[0]
    assert len(rows) == report.n_unique
    assert (first["tables"], first["acled:id"], first["ucdp:id"], first["desk:id"]) == (
        ("acled; ucdp; desk", "AFG101", "501", "D1")
    )
    assert (first["acled:deaths"], first["ucdp:deaths"], first["ucdp:start"]) == ("11", "12", "2031-05-04")


def test_tables_of_no_known_types_are_linked_by_place_and_time(tmp_path):
    for name in "ab":
        (tmp_path / f"{name}.csv").write_text(f"id,date,lat,lon\n{name}1,2031-05-03,37,68\n", encoding="utf-8")

    report = link_files([str(tmp_path / "a.csv"), str(tmp_path / "b.csv")], LinkOptions())

    assert report.taxonomies == {}
    assert report.records[0].agreement == 1.0


def claim(number, event_type, lat, lon, modality="asserted", deaths=None):
    place = Place(Span(0, 4), "There", "There", lat, lon, "AFG", None, None, None, "settlement", 0.9)
    when = When(date(2031, 5, 3), date(2031, 5, 4), basis="stated")
    count = None if deaths is None else Count(deaths, deaths, deaths, Span(0, 4))
    return Claim(
        f"c{number}", "event", None, (Span(0, 4),), Span(0, 4), event_type, None, (), 4, None, (), (), (place,), when,
        count, None, None, modality, 3.0, None, 0.9, "events/1",
    )  # fmt: skip


def test_own_export_is_linked_with_an_acled_like_table(tmp_path):
    claims = (
        claim(1, "ASSAULT", 37.19, 68.94, deaths=12.0),
        claim(2, "ASSAULT", 37.19, 68.94),
        claim(3, "ASSAULT", 37.19, 68.94, "negated"),
        claim(4, "CONSULT", 37.19, 68.94),
    )
    coded = Coded(id="d1", text="Text of a report", claims=claims)
    with (tmp_path / "events.csv").open("wb") as file:
        write_table([coded], "events", "csv", file)

    report = link_files([str(tmp_path / "events.csv"), *golden("acled")], LinkOptions())

    assert [table.layout for table in report.tables] == ["vedette", "acled"]
    assert ids(report) == {frozenset({"c1", "AFG101"})}
    assert report.records[0].rows[0].also == ("c2",)
    assert (report.tables[0].n_events, report.tables[0].n_folded, report.tables[0].left_out) == (
        (2, 1, {"modality negated": 1})
    )


@pytest.mark.parametrize(
    ("tables", "options", "said"),
    [
        (["acled"], {}, "1 table to link: name two or more"),
        (["acled", "acled"], {}, "two tables are called 'acled': tell them apart by NAME=FILE"),
        (["acled", "ucdp"], {"km": 0.0}, "--km 0: give a distance above 0"),
        (["acled", "ucdp"], {"km": float("nan")}, "--km nan"),
        (["acled", "ucdp"], {"days": -1}, "--days -1: give a number of days"),
        (["acled", "ucdp"], {"partial": 1}, "--partial 1: with 1 to compare by give 0 to 0"),
        (["acled", "ucdp"], {"columns": ("date",)}, "--columns date: write KEY=COLUMN"),
        (["acled", "ucdp"], {"columns": ("ucdp:day=x",)}, "with id, date, enddate, lat, lon, deaths"),
        (["acled", "ucdp"], {"columns": ("ucdp:date=x",)}, "ucdp.csv, line 1: no column 'x'"),
        (["acled", "nothing"], {}, "no such file"),
        (["acled", "ucdp"], {"taxonomies": ("nothing.csv",)}, "no such file: nothing.csv"),
    ],
)
def test_what_cannot_be_used_is_refused(tables, options, said):
    with pytest.raises(InputError) as error:
        link_files(golden(*tables), LinkOptions(**options))

    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_columns_of_one_table_win_over_those_of_all(tmp_path):
    for name, column in (("a", "day"), ("b", "tag")):
        (tmp_path / f"{name}.csv").write_text(f"{column},lat,lon\n2031-05-03,37,68\n", encoding="utf-8")
    columns = ("b:date=tag", "date=day,lat=lat,lon=lon")

    report = link_files([f"{name}={tmp_path / name}.csv" for name in "ab"], LinkOptions(columns=columns))

    assert len(ids(report)) == 1


@needs_known
def test_meltt_sample():
    """Records, matches, overlap and flagged episodes are MELTT's; two of its links, of half agreement, are better here."""
    expected = json.loads((KNOWN / "meltt_crashMD_expected.json").read_text(encoding="utf-8"))
    names = [f"crash_data{n}" for n in (1, 2, 3)]
    taxonomies = [f"{name}={KNOWN / f'meltt_taxonomy_{name}.csv'}" for name in expected["taxonomies"]]
    options = LinkOptions(km=4, days=2, taxonomies=tuple(taxonomies), columns=("id=event",))

    report = link_files([f"{name}={KNOWN / f'meltt_{name}.csv'}" for name in names], options)

    assert report.n_rows == expected["input_observations"]
    assert report.n_unique == expected["unique_observations"]
    assert report.n_removed == expected["duplicates_removed"]
    assert report.n_matched_events == expected["event_to_event"]
    assert report.n_matched_episodes == expected["episode_to_episode"]
    assert {"".join(t[-1] for t in some.tables): some.n_records for some in report.overlap} == expected["overlap"]
    assert len({part.episode for part in report.parts}) == expected["episodes_flagged"]
    found = {frozenset(f"{r.ref.table[-1]}:{r.ref.id}" for r in x.rows): x for x in report.records if len(x.rows) > 1}
    theirs = {frozenset(cluster) for cluster in expected["reproduced_clusters"]}
    assert len(found.keys() & theirs) == 32
    assert [found[ours].agreement for ours in found.keys() - theirs] == [1.0, 1.0]
    poor = {frozenset((link["a"], link["b"])) for link in expected["reproduced_links"] if link["score"] > 0}
    assert all(any(link <= cluster for link in poor) for cluster in theirs - found.keys())
