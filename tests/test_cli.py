"""Every command as a user types it: the examples of the help texts, and wrong input."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from vedette.cli import app
from vedette.outputs.terminal import print_document
from vedette.records import Actor, Claim, Coded, Span
from vedette.store import open_store

ROOT = Path(__file__).resolve().parents[1]
runner = CliRunner()


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A folder in which the examples' files are: samples, a database, reports.jsonl, coded.jsonl."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "samples").mkdir()
    for name in ("01-amu-wire-market.txt", "20-agency-denial.txt", "33-empty.txt", "EXERCISE.toml"):
        (folder / "samples" / name).write_bytes((ROOT / "samples" / name).read_bytes())
    text = (ROOT / "samples" / "20-agency-denial.txt").read_text(encoding="utf-8").split("\n\n", 1)[1]
    rows = [{"id": "a", "text": text, "published": "2031-05-13"}, {"id": "b"}, {"id": "c", "text": text + " More."}]
    (folder / "reports.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    days = [date(2031, 1, 6) + timedelta(weeks=n) for n in range(20)]
    surge = [f"Kunduz,{day},{9 if n >= 17 else 1 + n % 2}" for n, day in enumerate(days)]
    quiet = [f"{place},{day},{2 + n % 3}" for place in ("Balkh", "Herat") for n, day in enumerate(days)]
    (folder / "cases.csv").write_text("\n".join(["place,date,count", *surge, *quiet]), encoding="utf-8")
    (folder / "places.csv").write_text(
        "place,lat,lon\nKunduz,36.73,68.86\nBalkh,36.76,66.9\nHerat,34.34,62.2\n", encoding="utf-8"
    )
    (folder / "acled.csv").write_text(
        "event_id_cnty,event_date,event_type,sub_event_type,latitude,longitude,geo_precision,fatalities\n"
        "AFG1,03 May 2031,Violence against civilians,Attack,37.19,68.94,1,11\n",
        encoding="utf-8",
    )
    return folder


def run(desk, *words):
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(desk)
        return runner.invoke(app, list(words))


def examples():
    root = get_command(app)
    for name, command in root.commands.items():
        for sub, nested in getattr(command, "commands", {"": command}).items():
            words = re.search(r"Example: vedette (.+)", nested.help).group(1)
            yield pytest.param(shlex.split(words), id=f"{name} {sub}".strip())


def test_the_example_of_report(desk):
    made = run(desk, "report", "samples", "--out", "report.html", "--db", "vedette.db")

    assert made.exit_code == 0, made.output
    assert "2 reports coded" in made.output
    assert "skipped: 1 empty" in made.output
    page = (desk / "report.html").read_text(encoding="utf-8")
    assert "Exercise data." in page


@pytest.mark.parametrize("words", list(examples()))
def test_every_example_works(desk, words):
    if not (desk / "vedette.db").exists():
        run(desk, "ingest", "samples", "--db", "vedette.db")
    if words[0] == "resolve" and not (desk / "coded.jsonl").exists():
        run(desk, "code", "reports.jsonl", "--out", "coded.jsonl")
    if words[0] == "link":
        run(desk, "export", "events", "--db", "vedette.db", "--format", "csv", "--out", "events.csv")
    if words[0] == "show":
        run(desk, "export", "claims", "--db", "vedette.db", "--format", "jsonl", "--out", "claims.jsonl")
        words[1] = json.loads((desk / "claims.jsonl").read_text(encoding="utf-8").splitlines()[0])["id"]

    made = run(desk, *words)

    assert made.exit_code == 0, made.output


def test_own_events_are_compared_with_an_acled_like_table(desk):
    run(desk, "ingest", "samples", "--db", "vedette.db")
    run(desk, "export", "events", "--db", "vedette.db", "--format", "csv", "--out", "events.csv")

    made = run(desk, "link", "events.csv", "acled.csv", "--json", "links.json")

    assert made.exit_code == 0, made.output
    assert "events (vedette)" in made.output and "acled (acled): 1 row" in made.output
    records = json.loads((desk / "links.json").read_text(encoding="utf-8"))["records"]
    both = [[row["ref"]["table"] for row in record["rows"]] for record in records if len(record["rows"]) > 1]
    assert both == [["events", "acled"]]


def test_what_link_prints(desk):
    tables = [str(ROOT / "tests" / "golden_links" / f"{name}.csv") for name in ("acled", "ucdp", "desk")]
    columns = "desk:id=ref,date=day,enddate=last,lat=y,lon=x,deaths=dead"

    made = run(desk, "link", *tables, "--km", "5", "--columns", columns)

    assert made.exit_code == 0, made.output
    said = " ".join(made.output.split())
    assert "acled (acled): 7 rows" in said
    assert "ucdp (ucdp): 3 rows, of them 1 episode; left out: 1 where_prec 6" in said
    assert "13 rows record 8 happenings (5 km, 1 day, by type); in several tables are 4 (3 events, 1 episode)" in said
    assert "1 ambiguous" in said and "1 coarse" in said and "2 episodes that may hold events" in said
    assert "1 row alone that would fit" in said


def test_a_second_run_finds_nothing_new(desk):
    run(desk, "ingest", "samples", "--db", "again.db")
    made = run(desk, "ingest", "samples", "--db", "again.db")

    assert "0 reports coded, 2 known before" in made.output


def test_code_answers_every_line_in_order(desk):
    run(desk, "code", "reports.jsonl", "--out", "coded.jsonl")
    rows = [json.loads(line) for line in (desk / "coded.jsonl").read_text(encoding="utf-8").splitlines()]

    assert [r["id"] for r in rows] == ["a", "b", "c"]
    assert [bool(r["skipped"]) for r in rows] == [False, True, False]
    assert all(r["schema"] == "vedette.coded/1" for r in rows)


def test_two_processes_give_what_one_gives(desk):
    run(desk, "code", "reports.jsonl", "--out", "one.jsonl")
    made = run(desk, "code", "reports.jsonl", "--out", "two.jsonl", "--processes", "2")

    assert made.exit_code == 0, made.output
    assert (desk / "one.jsonl").read_bytes() == (desk / "two.jsonl").read_bytes()


@pytest.mark.parametrize("fmt", ["csv", "parquet", "geojson", "jsonl"])
def test_every_format_is_written(desk, fmt):
    run(desk, "ingest", "samples", "--db", "vedette.db")
    made = run(desk, "export", "events", "--db", "vedette.db", "--format", fmt, "--out", f"e.{fmt}")

    assert made.exit_code == 0, made.output
    assert (desk / f"e.{fmt}").stat().st_size > 100


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["report", "nowhere", "--out", "r.html"], "no such file or folder: nowhere"),
        (["report", "samples", "--out", "gone/r.html"], "its folder does not exist"),
        (["report", "samples", "--out", "samples"], "is a folder: name a file"),
        (["export", "claims", "--db", "none.db"], "no database at none.db"),
        (["export", "documents", "--db", "vedette.db", "--format", "geojson"], "no places of their own"),
        (["export", "claims", "--db", "samples"], "is a folder: name a database file"),
        (["ingest", "nowhere", "--db", "new.db"], "no such file or folder: nowhere"),
        (["ingest", "samples", "--db", "samples"], "is a folder: name a database file"),
        (["resolve", "reports.jsonl", "--out", "reports.jsonl"], "is a file: name a folder"),
        (["code", "samples", "--out", "x.jsonl"], "samples is a folder: name a JSON Lines file"),
        (["show", "zzz", "--db", "vedette.db"], "has the id 'zzz'"),
        (["code", "nowhere.jsonl", "--out", "x.jsonl"], "no such file: nowhere.jsonl"),
        (["resolve", "reports.jsonl", "--out", "x"], "reports.jsonl, line 2"),
        (["scan", "nowhere.csv", "--places", "places.csv"], "no such file: nowhere.csv"),
        (["scan", "cases.csv", "--places", "samples"], "samples is a folder: name a CSV file"),
        (["scan", "cases.csv", "--places", "places.csv", "--model", "poisson"], "needs --population"),
        (["scan", "cases.csv", "--places", "cases.csv"], "cases.csv, line 1: no column 'lat'"),
        (["link", "acled.csv", "nowhere.csv"], "no such file: nowhere.csv"),
        (["link", "acled.csv", "places.csv"], "places.csv, line 1: no columns of a known layout"),
        (["gazetteer", "build", "--geonames", "nowhere.zip"], "no such file: nowhere.zip"),
        (["control", "--db", "none.db"], "no database at none.db"),
        (["control", "--db", "vedette.db", "--day", "soon"], "a day is given as 2031-05-06, not 'soon'"),
        (["control", "--db", "vedette.db", "--json", "a", "--geojson", "b"], "name one of them"),
    ],
)
def test_wrong_input_gets_one_clear_line(desk, words, said):
    if not (desk / "vedette.db").exists():
        run(desk, "ingest", "samples", "--db", "vedette.db")
    made = run(desk, *words)

    assert made.exit_code == 2
    assert said in made.output
    assert len(made.output.strip().splitlines()) == 1


def test_scan_finds_the_surge_and_says_it_in_the_keys_of_the_contract(desk):
    made = run(
        desk,
        "scan",
        "cases.csv",
        "--places",
        "places.csv",
        "--time-unit",
        "week",
        "--max-days",
        "28",
        "--json",
        "c.json",
    )
    cluster = json.loads((desk / "c.json").read_text(encoding="utf-8"))["clusters"][0]

    assert "of them with p <= .05: c.json" in made.output
    assert (cluster["places"], cluster["start"], cluster["end"]) == (["Kunduz"], "2031-05-05", "2031-05-25")
    assert cluster["observed"] == 27
    assert set(cluster) >= {"expected", "relative_risk", "statistic", "gumbel_p", "recurrence_days"}
    assert cluster["p"] <= 0.05


def test_scan_prints_where_no_file_is_named(desk):
    made = run(desk, "scan", "cases.csv", "--places", "places.csv", "--time-unit", "week", "--replications", "99")

    assert "2031-05-05 to 2031-05-25" in made.output
    assert "27 cases" in made.output


def test_a_wrong_path_leaves_no_database(desk):
    run(desk, "ingest", "nowhere", "--db", "never.db")

    assert not (desk / "never.db").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_full_disk_is_one_line(desk):
    if not (desk / "vedette.db").exists():
        run(desk, "ingest", "samples", "--db", "vedette.db")
    made = run(desk, "export", "claims", "--db", "vedette.db", "--out", "/dev/full")

    assert made.exit_code == 2
    assert made.output.startswith("vedette: cannot write /dev/full: no space left on device")
    assert made.output.count("\n") == 1


def test_every_line_is_answered_and_offsets_are_code_points(desk):
    text = "😀 Police in Kūndu\u0301z said on Monday that\r\ngunmen had killed 12 people in Imam Sahib."
    lines = [
        json.dumps({"id": "a", "text": text, "published": "2031-05-06", "title": "T", "extra": 1}), "", "no json",
        json.dumps({"id": "b", "outlet": "O", "title": "T", "url": "https://o.example"}), "[" * 5000,
        json.dumps({"id": 7, "text": text, "outlet": "O"}, ensure_ascii=False),
    ]  # fmt: skip
    (desk / "lines.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="")

    run(desk, "code", "lines.jsonl", "--out", "answers.jsonl")
    rows = [json.loads(line) for line in (desk / "answers.jsonl").read_text(encoding="utf-8").split("\n")[:-1]]

    assert [r["id"] for r in rows] == ["a", "lines.jsonl#2", "lines.jsonl#3", "b", "lines.jsonl#5", "7"]
    assert [r["skipped"] and r["skipped"]["reason"] for r in rows] == [
        None,
        "empty",
        "bad row",
        "bad row",
        "bad row",
        None,
    ]
    assert (rows[3]["outlet"], rows[3]["title"], rows[3]["url"]) == ("O", "T", "https://o.example")
    for row in (rows[0], rows[5]):
        assert row["text"] == text
        speaker = row["attributions"][0]["speaker"]
        assert [text[s:e] for s, e in speaker["spans"]] == [speaker["mention"]]
        assert any(text[s:e] == "killed" for claim in row["claims"] for s, e in claim["trigger"])


def test_brackets_in_a_name_are_no_markup(capsys):
    actor = Actor((Span(0, 10),), "the [/x] [banned in Y]")
    claim = Claim(
        "c1", "event", None, (Span(0, 3),), Span(0, 10), "ASSAULT", None, (), None, None, (actor,), (), (), None, None,
        None, None, "asserted", 3.0, None, 1.0, "x",
    )  # fmt: skip

    print_document(Coded(id="d1", text="x" * 20, claims=(claim,)))

    assert "[/x]" in capsys.readouterr().out


def test_an_incident_shows_ids_that_can_be_copied(desk):
    run(desk, "report", "samples", "--out", "r.html", "--db", "incidents.db")
    with open_store(desk / "incidents.db") as store:
        incident = store.resolution().incidents[0]

    made = run(desk, "show", incident.incident, "--db", "incidents.db")

    assert made.exit_code == 0, made.output
    assert all(m.id in made.output and m.claim in made.output for m in incident.members)


def test_progress_is_drawn_for_a_terminal_only(desk):
    made = run(desk, "ingest", "samples", "--db", "quiet.db")

    assert made.output.startswith("2 reports coded")


def test_help_loads_no_model():
    done = subprocess.run(
        [sys.executable, "-c", "import sys; sys.argv = ['vedette', '--help']\nfrom vedette.cli import app\ntry:\n app()\nfinally:\n print('spacy' in sys.modules, 'polars' in sys.modules, file=sys.stderr)"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert done.stderr.strip().endswith("False False")
