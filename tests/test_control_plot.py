"""`vedette plot control`: the control map as a picture of its own, SVG and PNG."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from typer.testing import CliRunner

import vedette
from tests.outputs.test_report_control import CODED, HERALD
from tests.test_controls import db  # noqa: F401
from vedette.cli import app
from vedette.controls import ControlQuery


def run(*words):
    return CliRunner().invoke(app, [str(w) for w in words], env={"COLUMNS": "200"})


def svg_of(tmp_path, coded, query=None):
    too_few = vedette.plot(coded, "control", tmp_path / "map.svg", query)
    svg = (tmp_path / "map.svg").read_text(encoding="utf-8")
    ET.fromstring(svg)
    return svg, too_few


def test_the_picture_names_places_holders_and_periods(tmp_path):
    svg, too_few = svg_of(tmp_path, CODED)

    assert too_few is None
    assert "Kunduz: Salt Compact" in svg
    assert "in hindsight" in svg
    assert "20 May 2031: " in svg
    assert "var(" not in svg


def test_one_voice_is_drawn_by_its_claims_alone(tmp_path):
    svg, _ = svg_of(tmp_path, CODED, ControlQuery(according_to=HERALD))

    assert "according to River Herald: claims only" in svg
    assert "Kunduz: held by Salt Compact, 22 May 2031" in svg
    assert "Baghlan:" not in svg
    assert "in hindsight" not in svg


def test_too_few_data_are_said_in_the_picture(tmp_path):
    svg, too_few = svg_of(tmp_path, CODED[:2])

    assert too_few.startswith("too few data")
    assert "too few data" in svg
    assert 'class="map"' not in svg


@pytest.mark.parametrize("options", [(), ("--day", "2031-05-08")])
def test_the_command_writes_a_png(db, tmp_path, options):  # noqa: F811
    out = tmp_path / "map.png"

    done = run("plot", "control", "--db", db, "--out", out, *options)

    assert done.exit_code == 0, done.output
    assert out.read_bytes().startswith(b"\x89PNG")


def test_a_day_is_of_control_alone(db, tmp_path):  # noqa: F811
    done = run("plot", "trends", "--db", db, "--out", tmp_path / "x.svg", "--day", "2031-05-08")

    assert done.exit_code != 0
    assert "vedette plot control" in done.output
