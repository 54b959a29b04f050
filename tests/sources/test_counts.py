"""Tables of counts: what is read, and what is refused with file, line and mend."""

from __future__ import annotations

from datetime import date

import pytest

from vedette.errors import InputError
from vedette.sources.counts import CaseRow, PlaceRow, PopulationRow, read_cases, read_places, read_population


def table(tmp_path, text, name="t.csv"):
    path = tmp_path / name
    path.write_bytes(text.encode("utf-8"))
    return path


def test_columns_are_found_by_name(tmp_path):
    path = table(
        tmp_path, "\ufeffcount; Date ;note;PLACE\r\n3;2031-05-06;x;Kūnduz\r\n\r\n0;2031-05-07T00:00:00;;Balkh\r\n"
    )

    assert list(read_cases(path, "day")) == [
        CaseRow("Kūnduz", date(2031, 5, 6), 3, 2),
        CaseRow("Balkh", date(2031, 5, 7), 0, 4),
    ]


def test_places_and_population(tmp_path):
    places = table(tmp_path, 'place,lat,lon\n"Imam Sahib, Kunduz",37.19,68.94\n')
    people = table(tmp_path, "place,date,population\nA,2031,10\nA,2031-02,10.5\nA,2031-02-03,0\n", "p.csv")

    assert read_places(places) == [PlaceRow("Imam Sahib, Kunduz", 37.19, 68.94)]
    assert list(read_population(people)) == [
        PopulationRow("A", date(2031, 7, 1), 10.0),
        PopulationRow("A", date(2031, 2, 15), 10.5),
        PopulationRow("A", date(2031, 2, 3), 0.0),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "line 1: no column 'place': it needs place,date,count, but it is empty"),
        ("place,day,count\nA,2031-01-01,1\n", "line 1: no column 'date'"),
        ("place,date,count\nA,2031-01-01,1\nA,06/05/2031,1\n", "line 3: the date is '06/05/2031': give YYYY-MM-DD"),
        ("place,date,count\nA,2031-02-30,1\n", "line 2: the date is '2031-02-30'"),
        ("place,date,count\nA,2031,1\n", "line 2: the date '2031' is coarser than a week"),
        ("place,date,count\nA,2031-01-01,-1\n", "line 2: count is '-1': give a whole number"),
        ("place,date,count\nA,2031-01-01,1.5\n", "line 2: count is '1.5'"),
        ("place,date,count\nA,2031-01-01,nan\n", "line 2: count is 'nan'"),
        ("place,date,count\nA,2031-01-01,\n", "line 2: count is ''"),
        ("place,date,count\nA,2031-01-01\n", "line 2: 2 cells where 3 are needed"),
        ("place,date,count\n,2031-01-01,1\n", "line 2: no place"),
        ('place,date,count\n"A,2031-01-01,1\n', "is a quote not closed?"),
    ],
)
def test_bad_cases_are_refused(tmp_path, text, said):
    with pytest.raises(InputError) as error:
        list(read_cases(table(tmp_path, text), "week"))

    assert said in str(error.value)
    assert "t.csv" in str(error.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("place,lat,lon\nA,91,0\n", "line 2: lat is '91': give degrees from -90 to 90"),
        ("place,lat,lon\nA,1,x\n", "line 2: lon is 'x'"),
        ("place,lat,lon\nA,1,1\nA,2,2\n", "line 3: the place 'A' stands here a second time"),
        ("place,lat,lon\n", "holds no place"),
    ],
)
def test_bad_places_are_refused(tmp_path, text, said):
    with pytest.raises(InputError) as error:
        read_places(table(tmp_path, text))

    assert said in str(error.value)


def test_a_table_in_another_encoding_is_refused(tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes(b"place,lat,lon\nK\xfcnduz,1,1\n")

    with pytest.raises(InputError, match="not UTF-8"):
        read_places(path)
