"""`vedette scan` from Python: files in, named clusters out, and input that cannot be used."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest
from typer.testing import CliRunner

from tests.analysis.known import KNOWN, needs_known
from vedette.analysis.findings import ScanReport
from vedette.cli import app
from vedette.errors import InputError
from vedette.scans import ScanOptions, scan_files

NAMES = ("Kunduz", "Taloqan", "Balkh", "Herat", "Farah", "Ghazni")
PLACES = (
    "place,lat,lon\nKunduz,36.73,68.86\nTaloqan,36.74,69.53\nBalkh,36.76,66.9\nHerat,34.34,62.2\n"
    "Farah,32.37,62.11\nGhazni,33.55,68.42\n"
)
START = date(2031, 1, 6)


@pytest.fixture
def desk(tmp_path):
    """Forty days of two cases a day and place, nine in Kunduz and Taloqan on the last five."""
    rows = ["place,date,count"]
    for n in range(40):
        for place in NAMES:
            n_cases = 9 if n >= 35 and place in ("Kunduz", "Taloqan") else 1 + n % 3
            rows.append(f"{place},{START + timedelta(days=n)},{n_cases}")
    (tmp_path / "cases.csv").write_text("\n".join(rows), encoding="utf-8")
    (tmp_path / "places.csv").write_text(PLACES, encoding="utf-8")
    people = [f"{place},2031,1000" for place in (*NAMES, "Kabul")]
    (tmp_path / "people.csv").write_text("\n".join(["place,date,population", *people]), encoding="utf-8")
    return tmp_path


def scanned(desk, population=None, **options):
    return scan_files(desk / "cases.csv", desk / "places.csv", population, ScanOptions(**options))


@pytest.mark.parametrize("model", ["permutation", "poisson", "expectation"])
@pytest.mark.parametrize("retrospective", [False, True])
def test_every_model_finds_the_surge(desk, model, retrospective):
    population = None if model == "permutation" else desk / "people.csv"

    report = scanned(desk, population, model=model, retrospective=retrospective, max_days=10, replications=99)

    first = report.clusters[0]
    assert set(first.places) == {"Kunduz", "Taloqan"}
    assert (first.start, first.end, first.observed) == (date(2031, 2, 10), date(2031, 2, 14), 90)
    assert first.p == 0.01
    assert [m.place for m in first.members] == list(first.places)
    assert sum(m.observed for m in first.members) == 90
    assert sum(m.expected for m in first.members) == pytest.approx(first.expected)
    assert (first.recurrence_days is None) == retrospective
    assert 50 < first.radius_km < 70
    assert report.max_periods == 10


def test_relative_risk_of_the_poisson_model_is_held_against_the_places_outside(desk):
    first = scanned(desk, desk / "people.csv", model="poisson", max_days=10, replications=0).clusters[0]
    n = scanned(desk).n_cases

    outside = (n - first.observed) / (n - first.expected)
    assert first.relative_risk == pytest.approx(first.observed / first.expected / outside)
    assert first.p is None


def test_a_report_reads_back_from_its_json(desk):
    report = scanned(desk, replications=19)

    assert msgspec.json.decode(msgspec.json.encode(report), type=type(report)) == report


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"max_share": 0.0}, "--max-share 0: give a share above 0"),
        ({"max_km": -1.0}, "--max-km -1"),
        ({"max_days": 3, "time_unit": "week"}, "--max-days 3: give the length of one week at least"),
        ({"replications": -1}, "--replications -1"),
        ({"seed": -1}, "--seed -1"),
        ({"model": "poisson"}, "needs --population"),
        ({"strata": ("age",)}, "--strata stands with --model poisson, not with permutation"),
        ({"time_unit": "year"}, "too few data; choose a shorter --time-unit"),
    ],
)
def test_options_that_cannot_be_used(desk, options, said):
    with pytest.raises(InputError) as error:
        scanned(desk, **options)

    assert said in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("cases.csv", "place,date,count\nKabul,2031-01-06,1\n", "line 2:"),
        ("cases.csv", "place,date,count\nHerat,2031-01-06,0\n", "holds no case"),
        ("cases.csv", "place,date,count\n", "holds no case"),
        ("cases.csv", "place,date,count\nHerat,0203-01-06,1\nHerat,9031-01-06,1\n", "is a year wrong?"),
        ("people.csv", "place,date,population\nHerat,2031,5\n", "no population of 'Kunduz' (5 such places)"),
        ("people.csv", "place,date,population\nHerat,2031,0\nKunduz,2031,1\nTaloqan,2031,1\nBalkh,2031,1\nFarah,2031,1\nGhazni,2031,1\n",
         "'Herat' has cases but a population of 0 from 2031-01-06"),
    ],
)  # fmt: skip
def test_tables_that_do_not_fit(desk, monkeypatch, name, text, said):
    monkeypatch.setattr("vedette.scans.MAX_CELLS", 1_000_000)
    (desk / name).write_text(text, encoding="utf-8")

    with pytest.raises(InputError) as error:
        scanned(desk, desk / "people.csv", model="poisson")

    assert said in str(error.value)
    assert name in str(error.value)


def test_a_study_that_is_too_large_says_what_to_lower(desk, monkeypatch):
    monkeypatch.setattr("vedette.scans.MAX_WORK", 1000)
    with pytest.raises(InputError, match="windows would take .* lower --max-km"):
        scanned(desk, retrospective=True)
    monkeypatch.setattr("vedette.scans.MAX_PLACES", 5)
    with pytest.raises(InputError, match=r"places.csv holds 6 places: join them to at most 5"):
        scanned(desk)


def test_a_single_place_has_no_circle_and_no_cluster(desk):
    (desk / "cases.csv").write_text("place,date,count\nHerat,2031-01-01,1\nHerat,2031-01-09,30\n", encoding="utf-8")
    (desk / "places.csv").write_text("place,lat,lon\nHerat,34.34,62.2\n", encoding="utf-8")

    assert scanned(desk).clusters == ()


def test_expectation_without_a_past_says_so(desk):
    (desk / "cases.csv").write_text("place,date,count\nHerat,2031-01-01,0\nHerat,2031-01-09,3\n", encoding="utf-8")

    with pytest.raises(InputError, match="no case before the last 4 periods"):
        scanned(desk, model="expectation")


def stratified(desk, cases, people):
    (desk / "c.csv").write_text("place,date,count,age\n" + cases, encoding="utf-8")
    (desk / "p.csv").write_text("place,date,population,age\n" + people, encoding="utf-8")
    (desk / "at.csv").write_text("place,lat,lon\nHerat,34.34,62.2\nFarah,32.37,62.11\n", encoding="utf-8")
    options = ScanOptions(model="poisson", time_unit="year", retrospective=True, strata=("age",), replications=0)
    return scan_files(desk / "c.csv", desk / "at.csv", desk / "p.csv", options)


CASES = "".join(
    f"{place},{year},{n},{age}\n"
    for year in (2030, 2031)
    for place, age, n in (("Herat", "old", 90), ("Herat", "young", 1), ("Farah", "old", 10), ("Farah", "young", 9))
)
PEOPLE = "Herat,2030,900,old\nHerat,2030,100,young\nFarah,2030,100,old\nFarah,2030,900,young\n"


def test_strata_take_away_what_age_explains(desk):
    made = stratified(desk, CASES, PEOPLE)
    (desk / "people.csv").write_text("place,date,population\nHerat,2030,1000\nFarah,2030,1000\n", encoding="utf-8")
    plain = scan_files(
        desk / "c.csv", desk / "at.csv", desk / "people.csv",
        ScanOptions(model="poisson", time_unit="year", retrospective=True, replications=0, max_share=0.6),
    )  # fmt: skip

    assert plain.clusters[0].places == ("Herat",)
    assert plain.clusters[0].statistic > 10
    assert all(cluster.statistic < 1e-6 for cluster in made.clusters)


@pytest.mark.parametrize(
    ("cases", "people", "said"),
    [
        ("Herat,2030,1,\n", PEOPLE, "c.csv, line 2: no age: give every row its stratum"),
        ("Herat,2030,1,old\nFarah,2031,2,middle\n", PEOPLE, "no population of the stratum 'middle'"),
        ("Herat,2030,1,old\nFarah,2031,2,old\n", "Herat,2030,5,old\nFarah,2030,5,young\n", "no population of 'Farah'"),
        (
            "Herat,2030,1,old\nFarah,2031,2,young\n",
            "Herat,2030,5,old\nFarah,2030,0,young\n",
            "'Farah' has cases of young but a population of 0",
        ),
    ],
)
def test_strata_that_do_not_fit(desk, cases, people, said):
    with pytest.raises(InputError) as error:
        stratified(desk, cases, people)

    assert said in str(error.value)


@needs_known
def test_new_mexico_by_age_and_sex_through_the_command_as_satscan(tmp_path):
    def rows(ending):
        lines = (KNOWN / "satscan" / f"nm.{ending}").read_text(encoding="utf-8").splitlines()
        return [line.split() for line in lines if line.strip()]

    tables = {
        "cases": ["place,date,count,age,sex", *(f"{a},{year},{n},{x},{y}" for a, n, year, x, y in rows("cas"))],
        "people": ["place,date,population,age,sex", *(f"{a},19{year},{n},{x},{y}" for a, year, n, x, y in rows("pop"))],
        "places": ["place,lat,lon", *(",".join(row) for row in rows("geo"))],
    }
    for name, lines in tables.items():
        (tmp_path / f"{name}.csv").write_text("\n".join(lines), encoding="utf-8")
    words = f"{tmp_path}/cases.csv --places {tmp_path}/places.csv --population {tmp_path}/people.csv --model poisson "
    words += f"--strata age,sex --retrospective --time-unit year --replications 0 --json {tmp_path}/out.json"

    made = CliRunner().invoke(app, ["scan", *words.split(), "--max-days", "3300"])
    found = msgspec.json.decode((tmp_path / "out.json").read_bytes(), type=ScanReport)

    assert made.exit_code == 0
    assert [c.statistic for c in found.clusters[:3]] == pytest.approx([10.979758, 5.684828, 3.884186], abs=1e-3)
    assert found.clusters[0].places[0] == "Torrance"
    assert len(found.clusters[0].places) == 9
    assert (found.clusters[0].start.year, found.clusters[0].end.year) == (1985, 1989)


def test_of_more_places_a_screen_chooses_where_to_scan(desk, monkeypatch):
    monkeypatch.setattr("vedette.scans.MAX_SCANNED", 5)
    monkeypatch.setattr("vedette.scans.NEAREST", 1)

    report = scanned(desk, max_days=10, replications=99)

    assert report.n_screened == 6
    assert set(report.clusters[0].places) == {"Kunduz", "Taloqan"}
    assert (report.clusters[0].start, report.clusters[0].p) == (date(2031, 2, 10), 0.01)
    for options, said in (({"retrospective": True}, "--retrospective"), ({"max_km": 100.0}, "--max-km")):
        with pytest.raises(InputError, match=f"6 places: of more than 5 .* leave out {said}"):
            scanned(desk, **options)


def test_the_command_takes_more_than_five_thousand_places(tmp_path):
    """A grid of 5,041 places, two cases a week in every tenth, twenty in nine neighbours in the last two weeks."""
    at = [(f"{i}-{j}", 30 + i / 10, 60 + j / 10) for i in range(71) for j in range(71)]
    struck = {f"{i}-{j}" for i in (30, 31, 32) for j in (40, 41, 42)}
    (tmp_path / "places.csv").write_text(
        "\n".join(["place,lat,lon", *(f"{name},{lat:.1f},{lon:.1f}" for name, lat, lon in at)]), encoding="utf-8"
    )
    rows = ["place,date,count"]
    for week in range(10):
        rows += [f"{name},{START + timedelta(weeks=week)},2" for name, _, _ in at[week % 10 :: 10]]
        rows += [f"{name},{START + timedelta(weeks=week)},20" for name in sorted(struck) if week >= 8]
    (tmp_path / "cases.csv").write_text("\n".join(rows), encoding="utf-8")

    files = [str(tmp_path / "cases.csv"), "--places", str(tmp_path / "places.csv")]
    made = CliRunner().invoke(app, ["scan", *files, "--time-unit", "week", "--replications", "19"])

    assert made.exit_code == 0, made.output
    assert "rings around the 500 places that Gi* shows hottest" in made.output
    first = made.output.split("\n1. ")[1].split("\n2. ")[0]
    assert "p = 0.050" in first
    assert len(struck & set(first.replace(",", " ").split())) >= 5


def test_the_dispersion_is_of_one_model_and_needs_a_past(desk):
    report = scanned(desk, model="expectation", max_days=10, replications=99, dispersion=True)

    assert set(report.clusters[0].places) == {"Kunduz", "Taloqan"}
    for options in ({}, {"model": "expectation", "retrospective": True}):
        with pytest.raises(InputError, match="--dispersion stands with --model expectation"):
            scanned(desk, dispersion=True, **options)
    with pytest.raises(InputError, match="5 periods of past tell no dispersion: lower --max-days"):
        scanned(desk, model="expectation", max_days=35, dispersion=True)
