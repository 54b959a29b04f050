"""What the command line shows of incidents of a database that grew."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from tests.growth.test_update import AT, keep
from tests.resolution.make import claim, document
from vedette.cli import app
from vedette.growth import update
from vedette.store import open_store
from vedette.store.ledger import Ledger

WIDE = {"COLUMNS": "200", "TERM": "dumb", "NO_COLOR": "1"}


def run(*words):
    return CliRunner().invoke(app, [str(w) for w in words], env=WIDE)


@pytest.fixture
def db(tmp_path):
    """One attack told by two outlets with tolls apart, and something else elsewhere."""
    same = "barge quay ferry heron reed mill "
    batch = [
        document("a", [claim("ca", 5, deaths=12, who=["Oxus Front"])], text=same * 20, outlet="The Oxus Post"),
        document("b", [claim("cb", 5, deaths=40, who=["Northern Shield"])], text=same[::-1] * 3 + same * 20, outlet="Amu Wire"),
        document("c", [claim("cc", 20, who=["Lake Guard"], where=(31.6, 65.7))], text="orchard well " * 20),
    ]  # fmt: skip
    path = tmp_path / "a.db"
    with open_store(path, read_only=False) as store:
        keep(store, batch)
        update(store, at=AT)
    return path


def incident_of(db, claim_id):
    with open_store(db) as store:
        return next(i for i in store.resolution().incidents if any(m.claim == claim_id for m in i.members))


def test_an_incident_shows_its_origins_side_by_side(db):
    with open_store(db, read_only=False) as store:
        incident = incident_of(db, "ca")
        made = run("show", incident.incident, "--db", db)
        assert store.counts()["documents"] == 3

    assert made.exit_code == 0
    head, *rows = [line for line in made.output.splitlines() if "┃" in line or "│" in line]
    assert [h.strip() for h in head.split("┃")[1:-1]] == [
        "origin", "day", "place", "dead", "by whom", "told as", "reports",
    ]  # fmt: skip
    assert len(rows) == len(incident.versions)
    assert "first found on 2031-06-01" in made.output


def test_a_merged_id_leads_on_and_says_since_when(db):
    incident = incident_of(db, "ca").incident
    with open_store(db, read_only=False) as store, store.engine.begin() as connection:
        ledger = Ledger(connection)
        run_ = ledger.start(at=AT, resolver="x", n_documents=3, is_whole=False)
        ledger.connection.exec_driver_sql("INSERT INTO incident_aliases VALUES ('iold', ?, ?)", (incident, run_))

    shown, as_json = run("show", "iold", "--db", db), run("show", "iold", "--db", db, "--json")

    assert f"iold was merged into {incident} on 2031-06-01" in shown.output
    made = json.loads(as_json.output)
    assert (made["incident"], made["alias"]["old"], made["history"]["minted_at"][:10]) == (
        incident,
        "iold",
        "2031-06-01",
    )
    assert {"versions", "conflicts", "possible", "parts"} <= made.keys()


def test_resolve_brings_a_database_up_to_date(db):
    with open_store(db, read_only=False) as store:
        keep(store, [document("d", [claim("cd", 28, who=["Hill Guard"], where=(35.0, 63.0))], text="snow pass " * 20)])

    made, again, whole = run("resolve", "--db", db), run("resolve", "--db", db), run("resolve", "--db", db, "--whole")

    assert "1 reports resolved; ids of incidents: 1 new, 0 merged" in made.output
    assert "0 reports resolved" in again.output
    assert "4 reports resolved; ids of incidents: 0 new, 0 merged, 0 split off, 0 ended" in whole.output


@pytest.mark.parametrize("words", [[], ["--out", "x"], ["coded.jsonl"], ["coded.jsonl", "--db", "a.db"]])
def test_resolve_says_what_to_name(words):
    made = run("resolve", *words)

    assert made.exit_code != 0
    assert "--db" in made.output


def test_resolve_makes_no_database(tmp_path):
    made = run("resolve", "--db", tmp_path / "none.db")

    assert made.exit_code != 0
    assert "vedette ingest PATH" in made.output
    assert not (tmp_path / "none.db").exists()
