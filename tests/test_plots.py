"""`vedette plot`: the right bytes, what they hold, too few data, and names that cannot be used."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from typer.testing import CliRunner

import vedette
from tests.test_hotspot_runs import kept, planted
from vedette.cli import app
from vedette.cli.analysis import PictureName
from vedette.errors import InputError
from vedette.plots import KINDS

runner = CliRunner()


@pytest.fixture(scope="module")
def db(tmp_path_factory):
    return kept(tmp_path_factory.mktemp("plots") / "outbreak.db", planted())


def run(*words):
    return runner.invoke(app, ["plot", *map(str, words)])


def texts(svg):
    return " ".join(ET.fromstring(svg).itertext())


def test_the_command_knows_every_kind():
    assert {name.value for name in PictureName} == set(KINDS)


def test_hotspots_as_svg_name_zones_places_and_chance(db, tmp_path):
    out = tmp_path / "h.svg"

    made = run("hotspots", "--db", db, "--out", out)
    svg = out.read_text(encoding="utf-8")
    shown = texts(svg)

    assert made.exit_code == 0
    assert str(out) in made.stderr
    assert svg.startswith("<svg ")
    assert "Hotspots: violence" in shown
    assert "1. Kunduz and Takhar" in shown or "1. Takhar and Kunduz" in shown
    assert "would be seen by chance" in shown
    assert "hot spot now" in shown
    assert svg.count('class="zone-edge"') == 2
    assert "var(" not in svg


def test_a_province_is_drawn_by_its_outline_and_named_once(db, tmp_path):
    vedette.plot(vedette.open_store(db), "hotspots", tmp_path / "h.svg")

    words = [e.text for e in ET.parse(tmp_path / "h.svg").iter("{http://www.w3.org/2000/svg}text")]
    assert "Herat" in words
    assert "Hirat" not in words  # as the outlines spell it


def test_trends_as_svg_draw_each_series_with_its_verdict(db, tmp_path):
    out = tmp_path / "t.svg"

    assert run("trends", "--db", db, "--out", out).exit_code == 0
    shown = texts(out.read_text(encoding="utf-8"))

    assert "Trends by place: violence" in shown
    for name in ("Kunduz", "Takhar"):
        assert name in shown
    assert "more than expected" in shown or "perhaps more" in shown
    assert "since about" in shown  # a change of level, in the text alternative


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - {"control"}))  # test_control_plot.py has that
def test_png(db, tmp_path, kind):
    out = tmp_path / "x.PNG"

    assert run(kind, "--db", db, "--out", out).exit_code == 0
    content = out.read_bytes()

    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    assert int.from_bytes(content[16:20], "big") == 2 * 1048
    assert len(content) > 20_000


@pytest.mark.parametrize("kind", ["hotspots", "trends"])
@pytest.mark.parametrize("n", [0, 20])
def test_too_few_data_are_said_in_the_picture_and_on_the_terminal(tmp_path, kind, n):
    path = kept(tmp_path / "tiny.db", planted()[:n])

    made = run(kind, "--db", path, "--out", tmp_path / "x.svg")

    assert made.exit_code == 0
    assert "too few data" in made.stderr
    assert made.stderr.strip().split(":")[0] in texts((tmp_path / "x.svg").read_text(encoding="utf-8"))
    assert "<path" not in (tmp_path / "x.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["x.pdf", "x", "x.svg.gz"])
def test_another_suffix_is_one_clear_line_before_any_work(tmp_path, name):
    made = run("hotspots", "--db", tmp_path / "none.db", "--out", tmp_path / name)

    assert made.exit_code == 2
    assert made.stderr.splitlines() == [f"vedette: --out {tmp_path / name}: a picture's name ends in .svg or .png"]


def test_from_python_with_a_query(tmp_path):
    said = vedette.plot(planted(), "trends", tmp_path / "t.svg", vedette.TrendQuery(by="type", time_unit="week"))

    assert said is None
    assert "attack" in texts((tmp_path / "t.svg").read_text(encoding="utf-8"))


def test_a_stream_other_than_violence(db, tmp_path):
    made = run("hotspots", "--db", db, "--stream", "cooperation", "--cells", "h3:3", "--out", tmp_path / "h.svg")

    assert made.exit_code == 0
    assert "Hotspots: cooperation" in texts((tmp_path / "h.svg").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("options", "title"),
    [
        (("--by", "type"), "Trends by type"),
        (("--by", "stream"), "Trends by stream"),
        (("--by", "actor", "--stream", "cooperation"), "Trends by actor: cooperation"),
        (("--stream", "all", "--time-unit", "month"), "Trends by place"),
    ],
)
def test_trends_by_what_is_asked(db, tmp_path, options, title):
    made = run("trends", "--db", db, *options, "--out", tmp_path / "t.svg")

    assert made.exit_code == 0
    root = ET.parse(tmp_path / "t.svg").getroot()
    assert title in [(e.text or "").strip() for e in root.iter()]


@pytest.mark.parametrize(
    ("kind", "options", "said"),
    [
        ("hotspots", ("--by", "type"), "--by is of `vedette plot trends`, not of hotspots"),
        ("control", ("--stream", "deaths"), "--stream is of `vedette plot hotspots` and `vedette plot trends`"),
        ("hotspots", ("--stream", "rumours"), "--stream 'rumours': use one of violence"),
        ("trends", ("--time-unit", "day"), "--time-unit 'day': use week or month"),
        ("trends", ("--by", "stream", "--stream", "deaths"), "leave out --stream"),
    ],
)
def test_options_of_another_picture_are_one_clear_line(db, tmp_path, kind, options, said):
    made = run(kind, "--db", db, *options, "--out", tmp_path / "x.svg")

    assert made.exit_code == 2
    assert said in made.stderr
    assert len(made.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "x.svg").exists()


def test_what_cannot_be_drawn(tmp_path):
    with pytest.raises(InputError, match=r"no picture 'map': use one of"):
        vedette.plot([], "map", tmp_path / "x.svg")
    with pytest.raises(InputError, match="takes a HotspotQuery"):
        vedette.plot([], "hotspots", tmp_path / "x.svg", vedette.TrendQuery())


def test_hexagons(db, tmp_path):
    with vedette.open_store(db) as store:
        vedette.plot(store, "hotspots", tmp_path / "x.svg", vedette.HotspotQuery(cells="h3:4", replications=99))

    assert 'class="cell ' in (tmp_path / "x.svg").read_text(encoding="utf-8")
