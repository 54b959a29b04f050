"""The index of place names, built from a few towns; the user's places and GeoNames' dump are files written here."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lookups.small import FIELDS, UNITS, shrink
from vedette.errors import BadData, NotFound
from vedette.lookups import gazetteer
from vedette.lookups.gazetteer import SqliteGazetteer, build_gazetteer, fold, load_gazetteer

HEADER = "name|lat|lon|country|precision|aliases\n"


@pytest.fixture(autouse=True, scope="module")
def small(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        shrink(tmp_path_factory.mktemp("small"), patch.setattr)
        yield


@pytest.fixture(scope="module")
def index(small, tmp_path_factory):
    return build_gazetteer(tmp_path_factory.mktemp("index"))


@pytest.fixture(scope="module")
def names(index):
    with closing(load_gazetteer(index.parent)) as gazetteer:
        yield gazetteer


@pytest.fixture
def cache(tmp_path):
    return tmp_path / "cache"


def found(path, name):
    """Who has this name: names, countries and precisions, most likely first."""
    with closing(SqliteGazetteer(path)) as gazetteer:
        return [(c.name, c.country, c.precision) for c in gazetteer.lookup(name)]


def own_places(folder, *rows, name="own.csv"):
    path = folder / name
    path.write_text(HEADER + "".join(row + "\n" for row in rows), encoding="utf-8")
    return path


def geonames_line(
    id=9100001, name="Tsarang", alternates="", lat="37.5", lon="70.1", kind="P", code="PPL", country="AF", admin1="36",
    population="0",
):  # fmt: skip
    """A line of GeoNames' main table: 19 columns, as its readme.txt lists them."""
    return "\t".join(
        [str(id), name, name, alternates, lat, lon, kind, code, country, "", admin1, "", "", "", population, "", "1200",
         "Asia/Kabul", "2024-01-01"]
    ) + "\n"  # fmt: skip


def geonames_zip(folder, *lines, name="allCountries"):
    path = folder / f"{name}.zip"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("readme.txt", "The data is provided as is.\n")
        package.writestr(f"{name}.txt", "".join(lines))
    return path


# ---------------------------------------------------------------------------------------------- names


@pytest.mark.parametrize("printed", ["Khujand", "KHUJAND", "Khŭjand", "khujand", "Leninabad", "the Khujand"])
def test_a_name_is_found_whatever_its_capitals_accents_or_article(index, printed):
    assert found(index, printed) == [("Khŭjand", "TJK", "settlement")]


def test_an_alternate_name_is_marked_as_one(names):
    (own,), (alternate,) = names.lookup("Kunduz"), names.lookup("Qunduz")

    assert own.id == alternate.id
    assert (own.is_alternate, alternate.is_alternate) == (False, True)


def test_the_larger_of_two_towns_comes_first_and_both_tell_their_unit(names):
    towns = names.lookup("Paris")

    assert [(c.country, c.admin1) for c in towns] == [("FRA", "Île-de-France"), ("USA", "Texas")]


def test_a_province_is_also_called_by_its_bare_name(index):
    assert found(index, "Takhar") == found(index, "Takhar Province") == [("Takhar Province", "AFG", "admin1")]


def test_a_district_tells_its_province(names):
    (district,) = names.lookup("Farkhar District")

    assert (district.precision, district.admin1, district.admin2) == ("admin2", "Takhar Province", "Farkhār")


@pytest.mark.parametrize(
    ("name", "entry"),
    [("Afghanistan", ("Afghanistan", "AFG", "country")), ("Central Asia", ("Central Asia", None, "region"))],
)
def test_countries_and_regions_are_places(index, name, entry):
    assert found(index, name) == [entry]


def test_a_country_is_found_by_its_code(names):
    assert [getattr(names.country(code), "name", None) for code in ("AFG", "XXX")] == ["Afghanistan", None]


def test_a_name_that_nobody_has_is_not_found(index):
    assert found(index, "Kestrelgrad") == []


@settings(max_examples=40)
@given(name=st.text(max_size=40))
def test_any_string_is_looked_up(names, name):
    assert all(c.precision for c in names.lookup(name))


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(name):
    assert fold(fold(name)) == fold(name)


# ---------------------------------------------------------------------------------------------- the user's own places


def test_an_own_place_is_found_by_its_name_and_aliases(tmp_path, cache):
    own = own_places(tmp_path, "Tsarang|37.5|70.1|AFG|settlement|Sarang-e Bala;Upper Tsarang")

    path = build_gazetteer(cache, overlay=own)

    assert found(path, "tsarang") == [("Tsarang", "AFG", "settlement")]
    assert found(path, "Upper Tsarang") == [("Tsarang", "AFG", "settlement")]


def test_an_own_place_wins_over_a_larger_one_of_the_same_name(tmp_path, cache):
    own = own_places(tmp_path, "Paris|37.5|70.1|AFG|settlement|")

    path = build_gazetteer(cache, overlay=own)

    assert found(path, "Paris") == [("Paris", "AFG", "settlement")]
    assert found(path, "Kunduz") == [("Kunduz", "AFG", "settlement")]


def test_an_own_place_may_lie_in_no_country(tmp_path, cache):
    own = own_places(tmp_path, "Kestrel Bank|12.5|-40||site|")

    assert found(build_gazetteer(cache, overlay=own), "Kestrel Bank") == [("Kestrel Bank", None, "site")]


def test_own_places_saved_by_a_spreadsheet_are_read(tmp_path, cache):
    own = tmp_path / "own.csv"
    own.write_bytes(
        b"\xef\xbb\xbf" + (HEADER + "Tsarang|37.5|70.1|AFG|settlement|\n").replace("\n", "\r\n").encode("utf-8")
    )

    assert found(build_gazetteer(cache, overlay=own), "Tsarang") == [("Tsarang", "AFG", "settlement")]


@pytest.mark.parametrize(
    ("row", "mend"),
    [
        ("Tsarang|37.5|70.1|AFG|settlement", "5 columns, not 6"),
        ("Tsarang|37.5|70.1|AFG|hamlet|", "precision 'hamlet' is none of site, settlement"),
        ("Tsarang|37,5|70.1|AFG|settlement|", "are no degrees"),
        ("Tsarang|97.5|70.1|AFG|settlement|", "outside the world"),
        ("Tsarang|nan|70.1|AFG|settlement|", "outside the world"),
        ("Tsarang|37.5|70.1|AF|settlement|", "no ISO 3166 alpha-3 code"),
        ("|37.5|70.1|AFG|settlement|", "without a name"),
    ],
)
def test_a_malformed_own_place_is_refused_in_one_line_with_its_file_and_line(tmp_path, cache, row, mend):
    own = own_places(tmp_path, "Kestrel|37.5|70.1|AFG|settlement|", row)

    with pytest.raises(BadData, match=mend) as caught:
        build_gazetteer(cache, overlay=own)

    assert str(caught.value).startswith(f"{own}: line 3: ")
    assert "\n" not in str(caught.value)


def test_own_places_without_the_header_are_told_the_columns(tmp_path, cache):
    own = tmp_path / "own.csv"
    own.write_text("Tsarang|37.5|70.1|AFG|settlement|\n", encoding="utf-8")

    with pytest.raises(BadData, match=r"line 1: the columns must be name\|lat\|lon\|country\|precision\|aliases"):
        build_gazetteer(cache, overlay=own)


def test_own_places_that_are_no_utf8_are_refused(tmp_path, cache):
    own = tmp_path / "own.csv"
    own.write_bytes((HEADER + "Besançon|47.2|6.0|FRA|settlement|\n").encode("latin-1"))

    with pytest.raises(BadData, match="save the file as UTF-8"):
        build_gazetteer(cache, overlay=own)


def test_missing_own_places_are_named(tmp_path, cache):
    with pytest.raises(NotFound, match="nowhere.csv"):
        build_gazetteer(cache, overlay=tmp_path / "nowhere.csv")


def test_a_refused_build_leaves_nothing_behind(tmp_path, cache):
    with pytest.raises(BadData):
        build_gazetteer(cache, overlay=own_places(tmp_path, "Tsarang|x|70.1|AFG|settlement|"))

    assert list(cache.iterdir()) == []


# ---------------------------------------------------------------------------------------------- GeoNames' dump


def test_a_zipped_dump_adds_its_villages_and_sites(tmp_path, cache):
    dump = geonames_zip(
        tmp_path,
        geonames_line(9100001, "Tsarang", alternates="Sarang-e Bala,Царанг", population="740"),
        geonames_line(9100002, "Kestrel Pass", kind="T", code="PASS"),
    )

    path = build_gazetteer(cache, geonames=dump)

    assert found(path, "Sarang-e Bala") == [("Tsarang", "AFG", "settlement")]
    assert found(path, "Kestrel Pass") == [("Kestrel Pass", "AFG", "site")]


def test_a_place_of_the_dump_keeps_its_id_unit_and_population(tmp_path, cache):
    dump = geonames_zip(tmp_path, geonames_line(9100001, "Tsarang", population="740"))

    with closing(SqliteGazetteer(build_gazetteer(cache, geonames=dump))) as gazetteer:
        (village,) = gazetteer.lookup("Tsarang")

    assert (village.geonameid, village.lat, village.lon) == (9100001, 37.5, 70.1)
    assert (village.admin1, village.population) == ("Takhar Province", 740)


def test_the_plain_table_is_read_as_the_zipped_one(tmp_path, cache):
    dump = tmp_path / "AF.txt"
    dump.write_text(geonames_line(9100001, "Tsarang"), encoding="utf-8")

    assert found(build_gazetteer(cache, geonames=dump), "Tsarang") == [("Tsarang", "AFG", "settlement")]


def test_a_unit_of_the_dump_is_not_listed_beside_ours(tmp_path, cache):
    dump = geonames_zip(tmp_path, geonames_line(1123230, "Takhar Province", kind="A", code="ADM1"))

    assert found(build_gazetteer(cache, geonames=dump), "Takhar Province") == [("Takhar Province", "AFG", "admin1")]


def test_an_imported_dump_is_used_from_then_on(tmp_path, cache, monkeypatch):
    geonames_zip(tmp_path, geonames_line(9100001, "Tsarang"))
    monkeypatch.chdir(tmp_path)

    imported = build_gazetteer(cache, geonames=Path("allCountries.zip"))

    assert build_gazetteer(cache) == imported


def test_a_damaged_dump_is_refused_and_forgotten(tmp_path, cache):
    dump = geonames_zip(tmp_path, *(geonames_line(9100000 + n) for n in range(200)))
    dump.write_bytes(dump.read_bytes()[:-30])

    with pytest.raises(BadData, match="fetch GeoNames' allCountries.zip anew"):
        build_gazetteer(cache, geonames=dump)

    assert found(build_gazetteer(cache), "Kunduz")


@pytest.mark.parametrize(
    ("line", "mend"),
    [
        ("geonameid,name,latitude,longitude\n", "1 columns, not 19"),
        (geonames_line(lat="north"), "could not convert string to float: 'north'"),
        (geonames_line()[:40], "columns, not 19"),
    ],
)
def test_a_line_that_is_not_geonames_is_refused(tmp_path, cache, line, mend):
    dump = geonames_zip(tmp_path, geonames_line(9100002), line)

    with pytest.raises(BadData, match=mend) as caught:
        build_gazetteer(cache, geonames=dump)

    assert caught.value.file == str(dump)
    assert caught.value.where == "line 2"


def test_a_zip_without_a_table_is_refused(tmp_path, cache):
    dump = tmp_path / "photos.zip"
    with zipfile.ZipFile(dump, "w") as package:
        package.writestr("one.jpg", b"\xff\xd8")

    with pytest.raises(BadData, match="give GeoNames' allCountries.zip"):
        build_gazetteer(cache, geonames=dump)


def test_a_missing_dump_is_named(tmp_path, cache):
    with pytest.raises(NotFound, match="no such file: .*nowhere.zip"):
        build_gazetteer(cache, geonames=tmp_path / "nowhere.zip")


# ---------------------------------------------------------------------------------------------- the file


def test_the_index_is_built_once(cache):
    first = build_gazetteer(cache)
    told = []

    second = build_gazetteer(cache, progress=lambda *step: told.append(step))

    assert (second, told) == (first, [])


def test_the_index_is_built_anew_when_the_own_places_change(tmp_path, cache):
    own = own_places(tmp_path, "Tsarang|37.5|70.1|AFG|settlement|")
    before = build_gazetteer(cache, overlay=own)
    own_places(tmp_path, "Tsarang|37.5|70.2|AFG|settlement|")

    after = build_gazetteer(cache, overlay=own)

    assert after != before


def test_the_index_is_built_anew_when_the_dump_changes(tmp_path, cache):
    before = build_gazetteer(cache, geonames=geonames_zip(tmp_path, geonames_line()))
    geonames_zip(tmp_path, geonames_line(), geonames_line(9100002, "Kestrel"))

    after = build_gazetteer(cache)

    assert found(before, "Kestrel") == []
    assert found(after, "Kestrel") == [("Kestrel", "AFG", "settlement")]


def test_progress_rises_to_one(cache):
    shares = []

    build_gazetteer(cache, progress=lambda _step, share: shares.append(share))

    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)


def test_a_folder_with_signs_of_an_address_can_be_a_cache(tmp_path):
    path = build_gazetteer(tmp_path / "odd #1? 100%25")

    assert found(path, "Kunduz") == [("Kunduz", "AFG", "settlement")]


def test_a_cache_that_cannot_be_written_is_replaced_by_the_temporary_folder(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    path = build_gazetteer(tmp_path / "file" / "cache")

    assert path.is_file()
    assert path.is_relative_to(tmp_path)


def test_a_thread_that_comes_second_waits_and_uses_the_first_ones_index(cache):
    begun, may_end = threading.Event(), threading.Event()
    paths, builds = [], []

    def hold(_step, share):
        if share == 0.0:
            builds.append(share)
            begun.set()
            assert may_end.wait(10)

    def run():
        paths.append(build_gazetteer(cache, progress=hold))

    threads = [threading.Thread(target=run) for _ in range(2)]
    threads[0].start()
    assert begun.wait(10)
    threads[1].start()
    threads[1].join(0.3)
    waited = threads[1].is_alive()
    may_end.set()
    for thread in threads:
        thread.join(10)

    assert waited
    assert len(builds) == 1
    assert paths[0] == paths[1]


BUILDER = """
import sys, time
from pathlib import Path
from tests.lookups.small import FIELDS, UNITS, shrink
from vedette.lookups.gazetteer import build_gazetteer
folder = Path(sys.argv[1])
shrink(folder / sys.argv[2], setattr)
print("ready", flush=True)
sys.stdin.readline()
built = []
path = build_gazetteer(folder / "cache", progress=lambda step, share: (built.append(1), time.sleep(0.1)))
print(path, bool(built))
"""


def test_two_processes_that_start_at_once_build_one_index(tmp_path):
    for name in "ab":
        (tmp_path / name).mkdir()
    started = [
        subprocess.Popen(
            [sys.executable, "-c", BUILDER, str(tmp_path), name],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for name in "ab"
    ]  # fmt: skip
    for process in started:
        assert process.stdout.readline() == "ready\n"

    said = []
    for process in started:
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in started:
        said.append(process.communicate(timeout=20)[0].split())

    assert said[0][0] == said[1][0]
    assert sorted(built for _, built in said) == ["False", "True"]
    assert [p.suffix for p in (tmp_path / "cache").iterdir()] == [".db"]


def test_the_lock_of_a_killed_process_does_not_hold_up_the_next(cache):
    path = build_gazetteer(cache)
    path.unlink()
    lock = path.with_suffix(".lock")
    lock.touch()
    long_ago = time.time() - 3600
    os.utime(lock, (long_ago, long_ago))

    assert build_gazetteer(cache) == path
    assert not lock.exists()


def test_a_builder_shows_that_it_lives(cache):
    ages = []

    def watch(_step, _share):
        (lock,) = cache.glob("*.lock")
        ages.append(time.time() - lock.stat().st_mtime)
        os.utime(lock, (0, 0))

    build_gazetteer(cache, progress=watch)

    assert len(ages) == 2
    assert max(ages) < 60


def test_the_supplement_gives_its_names_to_geonames_own_entry(tmp_path, monkeypatch):
    units = [*UNITS, ("569665", "1", "RU.12", "Chechnya", "", "43.3", "45.7", "900000")]
    monkeypatch.setattr(gazetteer, "_units", lambda: [dict(zip(FIELDS, unit, strict=True)) for unit in units])
    with closing(load_gazetteer(tmp_path)) as made:
        assert [c.geonameid for c in made.lookup("Chechnya")] == [569665]


@pytest.mark.parametrize("name", ["Tex.", "TX"])
def test_an_abbreviation_of_any_length_is_a_states_own_name(names, name):
    assert [(c.name, c.is_alternate) for c in names.lookup(name)] == [("Texas", False)]


def test_spelled_out_or_short_is_one_name():
    assert fold("Saint Paul") == fold("St. Paul") and fold("Mount Sinai") == fold("Mt Sinai")


def test_a_name_spelt_nearly_so_is_found_in_its_country_only(names):
    assert [c.name for c in names.similar("Kundoz", "AFG")] == ["Kunduz"]
    assert [c.name for c in names.similar("Kunduzz", "AFG")] == ["Kunduz"]
    assert names.similar("Kundoz", "TJK") == ()
    assert names.similar("Kund", "AFG") == ()
    assert names.similar("Zaranj", "AFG") == ()
