"""`vedette hotspots` on a database: a planted outbreak is found, shown with its claims, and written to files."""

from __future__ import annotations

import json

import polars as pl
import pytest
from typer.testing import CliRunner

import vedette
from tests.analysis.make import PLACES, country, report
from tests.analysis.make import claim as make_claim
from tests.analysis.make import days as make_days
from vedette.analysis.hotspot_records import HotspotReport
from vedette.cli import app
from vedette.errors import InputError
from vedette.hotspot_runs import HotspotQuery, hotspots, tally_of
from vedette.outputs.hotspot_cards import BARS, MAX_BARS, lines
from vedette.records import Document
from vedette.store import open_store
from vedette.store.keep import now

runner = CliRunner()


WEEKS = 20
STRUCK = ("Kunduz", "Imam Sahib", "Taloqan", "Rustaq")


@pytest.fixture(scope="module")
def db(tmp_path_factory):
    return kept(tmp_path_factory.mktemp("hotspots") / "outbreak.db", planted())


def planted(*, with_outbreak=True):
    """A report a town and week, of which every third tells of an attack; in the last four weeks one every third day
    in four neighbouring towns, each an incident of its own; and three attacks somewhere in another country."""
    found = []

    def add(what, where, day):
        n = len(found)
        told = make_claim(f"c{n:05}", what, where=where, when=make_days(day))
        found.append(report(f"d{n:05}", told, day=day, text=f"Report {n}."))

    for week in range(WEEKS):
        for n, name in enumerate(PLACES):
            add("ASSAULT" if (week + n) % 3 == 0 else "CONSULT", name, 7 * week + n % 7)
    for day in range(7 * (WEEKS - 4), 7 * WEEKS, 3):
        for name in STRUCK if with_outbreak else ():
            add("ASSAULT", name, day)
    for n in range(3):
        add("ASSAULT", country(code="TJK"), 20 * n)
    return [*found, report("last", day=7 * WEEKS - 1)]


def kept(path, coded):
    with open_store(path, read_only=False) as store:
        for c in coded:
            document = Document(c.id, c.text, c.id, published=c.published, outlet=c.outlet)
            store.keep(document, c, coder="test/1", at=now())
    return path


def run(*words):
    return runner.invoke(app, ["hotspots", *map(str, words)])


def test_the_outbreak_is_found_and_its_claims_open(db):
    made = run("--db", db, "--replications", "199")

    assert made.exit_code == 0
    assert "violence: an act able to cause serious physical harm; by province (admin-1) and week" in made.output
    assert "in no cell: 3 at a place coarser than a cell" in made.output
    card = made.output.split("\n  1. ")[1].split("\n\n")[0]
    assert card.index("Kunduz") < card.index("claims: ")
    assert "Takhar" in card
    assert "would be seen by chance" in card
    assert "reports  usual" in card
    claim = card.split("claims: ")[1].split()[0]
    assert "ASSAULT" in runner.invoke(app, ["show", claim, "--db", str(db)]).output


def test_files_hold_what_was_found(db, tmp_path):
    out, cells = tmp_path / "h.json", tmp_path / "h.geojson"

    made = run("--db", db, "--cells", "h3:4", "--replications", "99", "--json", out, "--geojson", cells)
    read = json.loads(out.read_text(encoding="utf-8"))
    features = json.loads(cells.read_text(encoding="utf-8"))["features"]

    assert made.exit_code == 0
    assert read["cells_by"] == "h3:4"
    assert {o["model"] for o in read["outcomes"]} == {"bernoulli", "permutation"}
    assert read["outcomes"][0]["zones"][0]["cells"][0]["claims"]
    assert len(features) == len(read["cells"])
    assert {f["geometry"]["type"] for f in features} == {"Polygon"}
    assert any("bernoulli 1" in f["properties"]["zones"] for f in features)


def test_provinces_are_points(db, tmp_path):
    run("--db", db, "--replications", "0", "--geojson", tmp_path / "h.geojson")

    features = json.loads((tmp_path / "h.geojson").read_text(encoding="utf-8"))["features"]
    assert {f["geometry"]["type"] for f in features} == {"Point"}


def test_an_empty_and_a_tiny_database_say_too_few_data(tmp_path):
    for name, coded in (("empty", []), ("tiny", planted()[:20])):
        made = run("--db", kept(tmp_path / f"{name}.db", coded))

        assert made.exit_code == 0
        assert "too few data: " in made.output
        assert "weeks of reports, 8 needed" in made.output
        assert "would be seen" not in made.output


def test_a_card_draws_the_last_periods_only():
    found = hotspots(planted(), HotspotQuery(time_unit="day", replications=0))

    drawn = next(line for line in lines(found) if line.startswith("     by day  ")).split()
    assert len(found.periods) == 7 * WEEKS
    assert [len(x) for x in drawn if x[0] in BARS] == [MAX_BARS, MAX_BARS]


def test_quiet_data_are_said_to_be_quiet():
    found = hotspots(planted(with_outbreak=False), HotspotQuery(replications=99))

    assert not any(zone.is_alarm for outcome in found.outcomes for zone in outcome.zones)
    said = list(lines(found))
    assert sum("no hotspot: the strongest zone" in x or "no zone holds more" in x for x in said) == 2
    assert said[-1] == "  no pattern: 8 cells"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--stream", "weather"], "--stream 'weather': use one of violence, deaths, control"),
        (["--cells", "admin2"], "--cells 'admin2' is neither admin1 nor h3:0 to h3:9"),
        (["--since", "soon"], "--since 'soon': give a day as 2031-05-06"),
        (["--since", "2031-05-06", "--until", "2031-01-01"], "a first day that is not after the last"),
        (["--max-km", "0"], "--max-km 0"),
        (["--json", "nowhere/h.json"], "its folder does not exist"),
    ],
)
def test_wrong_input_gets_one_clear_line(db, words, said):
    made = run("--db", db, *words)

    assert made.exit_code == 2
    assert said in made.output
    assert len(made.output.strip().splitlines()) == 1


def test_from_python_with_frames(db):
    query = HotspotQuery(replications=99)
    with open_store(db) as store:
        found = vedette.hotspots(store, query)

    assert isinstance(found, HotspotReport)
    assert found == hotspots(planted(), query)
    zones, cells, bins = (vedette.hotspot_frame(found, name) for name in ("zones", "cells", "bins"))
    assert zones.filter(pl.col("is_alarm"), pl.col("model") == "bernoulli")["name"].to_list() == ["Kunduz", "Takhar"]
    assert cells.height == len(found.cells)
    assert bins["count"].sum() == found.n_units
    assert bins.height == cells.height * len(found.periods)
    with pytest.raises(InputError, match="there is no table 'rows', but cells, bins, zones"):
        vedette.hotspot_frame(found, "rows")


def test_frames_of_no_result_have_their_columns():
    found = hotspots([])

    assert vedette.hotspot_frame(found, "zones").columns[:3] == ["model", "zone", "start"]
    assert vedette.hotspot_frame(found, "cells").height == 0


def test_what_the_store_knows_is_used_and_else_made_anew(tmp_path):
    coded = planted()[-60:]
    with open_store(kept(tmp_path / "known.db", coded), read_only=False) as store:
        fresh = tally_of(store, HotspotQuery())
        vedette.update(store)
        known = tally_of(store, HotspotQuery())

    assert fresh.units
    assert (fresh.counts.tolist(), len(fresh.units)) == (known.counts.tolist(), len(known.units))
