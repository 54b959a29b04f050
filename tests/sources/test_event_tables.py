"""Event tables of others: which columns are read, what is left out, what is refused. All rows are invented."""

from __future__ import annotations

from datetime import date

import pytest

from vedette.errors import InputError
from vedette.sources.event_layouts import load_layouts, load_types, read_taxonomy
from vedette.sources.event_tables import read_events

ACLED = (
    "event_id_cnty,event_date,time_precision,event_type,sub_event_type,latitude,longitude,geo_precision,fatalities\n"
)
UCDP = "id,type_of_violence,where_prec,latitude,longitude,date_prec,date_start,date_end,best,high,low\n"
POLECAT = "Event ID\tEvent Date\tEvent Type\tEvent Mode\tLatitude\tLongitude\n"
VEDETTE = (
    "id,document_id,kind,event_type,mode,lon,lat,place_precision,when_start,when_end,deaths_best,modality\n"
    "c1,d1,event,ASSAULT,,68.9,37.2,settlement,2031-05-03,2031-05-04,12.0,asserted\n"
)


@pytest.fixture
def read(tmp_path):
    def reading(text, **options):
        path = tmp_path / "t.csv"
        path.write_bytes(text.encode("utf-8"))
        return read_events(path, "t", **options)

    return reading


def day(words):
    return date.fromisoformat(words).toordinal()


def test_acled_like(read):
    table = read(
        "\ufeff" + ACLED + "A1,03 May 2031,1,Battles,Armed clash,37.2,68.9,1,4\n"
        "A2,2031-05-04,2,Protests,Peaceful protest,37.2,68.9,1,0\n"
    )

    first, second = table.rows
    assert table.layout == "acled"
    assert (first.id, first.start, first.end, first.lat, first.lon, first.deaths) == (
        ("A1", day("2031-05-03"), day("2031-05-03"), 37.2, 68.9, 4.0)
    )
    assert first.levels == (("small arms", "armed sides", "ASSAULT", "violence"),)
    assert second.levels == (("demonstration", None, "PROTEST", "demonstrations"),)
    assert (first.is_coarse, second.is_coarse) == (False, True)


def test_ucdp_like(read):
    table = read(
        UCDP + "7,3,1,37.2,68.9,1,2031-05-03 00:00:00.000,2031-05-03 00:00:00.000,5,6,4\n"
        "8,1,4,37.2,68.9,3,2031-05-03,2031-05-09,5,6,4\n"
        "9,1,6,35.0,66.0,1,2031-05-03,2031-05-03,5,6,4\n"
    )

    assert [(r.id, r.end - r.start, r.is_coarse) for r in table.rows] == [("7", 0, False), ("8", 6, True)]
    assert [r.levels[0][1] for r in table.rows] == ["civilians", "armed sides"]
    assert table.left_out == {"where_prec 6": 1}


def test_polecat_like(read):
    table = read(
        POLECAT + "P1\t2031-05-03\tASSAULT\tfirearms\t37.2\t68.9\n"
        "P2\t2031-05-03\tAID\tNone\t37.2\t68.9\nP3\t2031-05-03\tAID\tNone\tNone\tNone\n"
    )

    assert [r.kind for r in table.rows] == ["ASSAULT/firearms", "AID"]
    assert [r.levels[0][2] for r in table.rows] == ["ASSAULT", "AID"]
    assert table.left_out == {"no point": 1}


def test_own_export_leaves_out_what_did_not_happen(read):
    more = (
        "c2,d2,event,ASSAULT,,68.9,37.2,settlement,2031-05-03,2031-05-04,,negated\n"
        "c3,d2,control,,,68.9,37.2,settlement,2031-05-03,2031-05-04,,asserted\n"
        "c4,d2,event,ASSAULT,,,,country,2031-05-03,2031-05-04,,asserted\n"
        "c5,d2,event,ASSAULT,,68.9,37.2,settlement,,,,asserted\n"
        "c6,d2,event,AID,,68.9,37.2,admin1,2031-05-01,2031-06-01,,asserted\n"
    )

    table = read(VEDETTE + more)

    assert table.layout == "vedette"
    assert [(r.id, r.end - r.start, r.is_coarse) for r in table.rows] == [("c1", 0, False), ("c6", 30, True)]
    assert table.left_out == {"modality negated": 1, "kind control": 1, "place_precision country": 1, "no day": 1}


def test_claims_of_one_type_day_and_point_are_one_row(read):
    more = (
        "c0,d1,event,ASSAULT,firearms,68.9,37.2,settlement,2031-05-03,2031-05-04,,asserted\n"
        "c2,d1,event,COERCE,arrest,68.9,37.2,settlement,2031-05-03,2031-05-04,,asserted\n"
    )

    assert [(r.id, r.also, r.deaths) for r in read(VEDETTE + more).rows] == [("c1", ("c0",), 12.0), ("c2", (), None)]


def test_named_columns(read):
    text = "ref;Tag;bis;y;x;tote\nR1;2031-05-03;2031-05-05;37.2;68.9;2\n;2031-05-03;;37.2;68.9;\n;2031-05-03;;0;0;\n"
    columns = {"id": "ref", "date": "tag", "enddate": "BIS", "lat": "y", "lon": "x", "deaths": "tote"}

    table = read(text, columns=columns)

    assert [(r.id, r.end - r.start, r.deaths, r.kind) for r in table.rows] == [
        ("R1", 2, 2.0, None),
        ("3", 0, None, None),
    ]
    assert table.left_out == {"point 0, 0": 1}


def test_named_columns_win_over_the_layout(read):
    text = ACLED.replace("fatalities", "fatalities,dead") + "A1,2031-05-03,1,Battles,Armed clash,37.2,68.9,1,4,6\n"

    assert read(text, columns={"deaths": "dead"}).rows[0].deaths == 6.0


def test_unknown_types_are_counted_and_general_ones_read(read):
    table = read(
        ACLED + "A1,2031-05-03,1,Battles,Tickling,37.2,68.9,1,4\nA2,2031-05-03,1,Feasts,Tickling,37.2,68.9,1,4\n"
    )

    assert [r.levels for r in table.rows] == [((None, "armed sides", "ASSAULT", "violence"),), ((None,) * 4,)]
    assert table.unknown_types == {"Tickling": 1}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "",
            "line 1: no columns of a known layout (vedette, acled, ucdp, polecat) and no date, lat and lon: it is empty",
        ),
        ("a,b\n", "line 1: no columns of a known layout"),
        ("date,lat,lon\n03/04/2031,1,1\n", "line 2: date is '03/04/2031': give the day as YYYY-MM-DD"),
        ("date,lat,lon\n2031-05-03,91,1\n", "line 2: lat is '91': give degrees from -90 to 90"),
        ("date,lat,lon\n2031-05-03,1,east\n", "line 2: lon is 'east': give degrees from -180 to 180"),
        ("date,lat,lon,deaths\n2031-05-03,1,1,-2\n", "line 2: deaths is -2: give a number, 0 or more"),
        ("date,lat,lon,enddate\n2031-05-03,1,1,2031-05-01\n", "line 2: it ends on 2031-05-01, before it starts"),
        ("date,lat,lon\n2031-05-03,1\n", "line 2: 2 cells where 3 are needed"),
        ('date,lat,lon\n"2031-05-03,1,1\n', "is a quote not closed?"),
    ],
)
def test_bad_tables_are_refused(read, text, said):
    with pytest.raises(InputError) as error:
        read(text)

    assert said in str(error.value)
    assert "t.csv" in str(error.value) and "\n" not in str(error.value)


def test_a_column_that_is_not_there_is_refused(read):
    with pytest.raises(InputError, match="line 1: no column 'day': its first line is 'date, lat, lon'"):
        read("date,lat,lon\n", columns={"date": "day"})


@pytest.fixture
def taxonomy(tmp_path):
    def reading(text, column=None):
        path = tmp_path / "weapon.csv"
        path.write_text(text, encoding="utf-8")
        return read_taxonomy(path, column)

    return reading


def test_categories_of_a_taxonomy(read, taxonomy):
    own = taxonomy("table,category,weapon,family\nt,AK,rifle,firearm\n*,knife,,blade\nu,AK,toy,toy\n")

    table = read("date,lat,lon,Weapon\n2031-05-03,1,1,AK\n2031-05-03,1,1,knife\n2031-05-03,1,1,\n", taxonomies=[own])

    assert own.levels == ("weapon", "family")
    assert [r.levels for r in table.rows] == [(("rifle", "firearm"),), ((None, "blade"),), ((None, None),)]
    assert [r.kind for r in table.rows] == ["AK", "knife", None]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("table,category\n", "weapon.csv, line 1: a taxonomy needs three columns or more"),
        ("table,category,level\n", "weapon.csv holds no category"),
        ("table,category,level\nt,AK\n", "weapon.csv, line 2: 2 cells where 3 are needed"),
        ("table,category,level\nt,,x\n", "weapon.csv, line 2: no table or no category"),
        ("table,category,level\nt,AK,x\nt,AK,y\n", "weapon.csv, line 3: 'AK' of t stands here a second time"),
    ],
)
def test_bad_taxonomies_are_refused(taxonomy, text, said):
    with pytest.raises(InputError) as error:
        taxonomy(text)

    assert said in str(error.value)


def test_tables_that_do_not_fit_a_taxonomy_are_refused(read, taxonomy):
    own = taxonomy("table,category,level\nt,AK,rifle\n")

    with pytest.raises(InputError, match=r"line 2: .*weapon.csv has no line for 'bow' of the table 't': add it"):
        read("date,lat,lon,weapon\n2031-05-03,1,1,bow\n", taxonomies=[own])
    with pytest.raises(InputError, match=r"line 1: no column 'weapon', of which .*weapon.csv is the taxonomy"):
        read("date,lat,lon\n2031-05-03,1,1\n", taxonomies=[own])


def test_shipped_types_cover_their_vocabularies():
    types = load_types()

    assert {layout.scheme for layout in load_layouts()} == {"acled", "ucdp", "plover", None}
    assert types.of("ucdp", "2") is not None
    assert types.of("plover", "assault/aerial") == types.of("plover", "assault/drone")
