"""`vedette control` and `vedette.control`: a database or coded documents in, the map out."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import polars as pl
import pytest
from typer.testing import CliRunner

import vedette
from tests.analysis.control_make import COMPACT, LEAGUE, on, told
from vedette.cli import app
from vedette.controls import control, control_of, write_control, write_control_geojson
from vedette.errors import InputError, NotFound
from vedette.records import Document

CODED = [
    told("Kunduz", LEAGUE, 0, voice="Spokesman", party=LEAGUE, interest="self-serving", id="a"),
    told("Kunduz", COMPACT, 9, state="seized", dated=True, id="b"),
    told("Taloqan", LEAGUE, 3, id="c"),
    told("Imam Sahib", COMPACT, 4, outlet="Lower River Post", id="d"),
    told("Khwahan", COMPACT, 4, outlet="Lower River Post", id="e", precision="admin2"),
]


@pytest.fixture
def db(tmp_path):
    path = tmp_path / "small.db"
    with vedette.open_store(path, read_only=False) as store:
        for coded in CODED:
            document = Document(coded.id, coded.text, coded.id, published=coded.published, outlet=coded.outlet)
            store.keep(document, coded, coder="test/1", at=datetime(2031, 5, 1, tzinfo=UTC), is_exercise=True)
    return path


def run(*words):
    return CliRunner().invoke(app, [str(w) for w in words], env={"COLUMNS": "200"})


def test_a_store_and_its_documents_give_one_map(db):
    with vedette.open_store(db) as store:
        found = vedette.control(store)

    assert found == control(CODED)
    assert found == control_of(CODED, vedette.resolve(CODED))
    assert [(p.name, p.level) for p in found.places] == [
        ("Imam Sahib", "settlement"), ("Khwahan", "district"), ("Kunduz", "settlement"), ("Taloqan", "settlement"),
    ]  # fmt: skip
    assert found.day == on(9)


def test_day_voice_and_place_choose(db):
    early = control(CODED, day="2031-05-02", place="kunduz")

    assert [p.assessed for p in early.places] == [LEAGUE]
    assert control(CODED, place="Kunduz").places[0].assessed == COMPACT
    assert control(CODED, according_to="Lower River Post").too_few
    with pytest.raises(InputError, match="a day is given as"):
        control(CODED, day="2031-5-2")
    with pytest.raises(NotFound, match="no claim says who holds a place named 'Herat'"):
        control(CODED, place="Herat")


def test_the_frame_has_a_row_a_place_and_state():
    frame = vedette.frame(CODED, "control")

    assert frame.filter(pl.col("name") == "Kunduz")["state"].to_list()[0] == COMPACT
    assert frame.group_by("place").agg(pl.col("probability").sum())["probability"].to_list() == pytest.approx([1] * 4)
    assert frame.filter(pl.col("is_assessed"))["words"].null_count() == 0
    assert vedette.frame([], "control").columns == frame.columns


def test_the_files_hold_the_map(tmp_path):
    found = control(CODED)
    write_control(found, tmp_path / "map.json")
    write_control_geojson(found, tmp_path / "map.geojson")
    whole = json.loads((tmp_path / "map.json").read_text(encoding="utf-8"))
    layer = json.loads((tmp_path / "map.geojson").read_text(encoding="utf-8"))

    assert [p["name"] for p in whole["places"]] == [p.name for p in found.places]
    assert whole["places"][2]["timeline"][-1]["controller"] == COMPACT
    points = {f["properties"]["name"]: f["geometry"] for f in layer["features"]}
    assert points["Kunduz"] == {"type": "Point", "coordinates": [68.9, 36.73]}
    assert points["Khwahan"] is None


def test_the_command_prints_a_table_and_the_history(db):
    made = run("control", "--db", db, "--history")

    assert made.exit_code == 0, made.output
    assert "2031-05-10: 4 places, 5 claims" in made.output
    assert "+ c-b" in made.output
    assert f"2031-05-10 to 2031-05-10: {COMPACT}" in made.output
    assert f"{LEAGUE} on 2031-05-01: {LEAGUE}: held (c-a)" in made.output


@pytest.mark.parametrize("option", ["--json", "--geojson"])
def test_the_command_writes_files(db, tmp_path, option):
    made = run("control", "--db", db, option, tmp_path / "out")

    assert made.exit_code == 0, made.output
    assert made.output.startswith("4 places on 2031-05-10")
    assert json.loads((tmp_path / "out").read_text(encoding="utf-8"))


def test_too_few_data_are_one_line(db):
    made = run("control", "--db", db, "--according-to", "Nobody")

    assert made.exit_code == 0
    assert made.output == "too few data: 0 claims by Nobody say of a place by name who holds it, 3 are wanted\n"


def test_names_of_the_table_of_parties_join_their_party():
    documents = [told(p, "Haqqani network", 1) for p in ("Kunduz", "Taloqan", "Imam Sahib")]

    assert {p.assessed for p in control(documents).places} == {"AFG"}
