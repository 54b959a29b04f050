"""The tables of actors: ours are whole, the user's are checked and win."""

from __future__ import annotations

from collections import Counter

import pytest

from vedette.coding.actors import code_actor
from vedette.errors import BadData
from vedette.lookups.actors import load_actor_table
from vedette.lookups.rows import read_rows

HEADER = "name|country|sectors|aliases\n"


@pytest.fixture
def own(tmp_path):
    path = tmp_path / "own.csv"

    def write(*rows, header=HEADER, encoding="utf-8"):
        path.write_text(header + "".join(row + "\n" for row in rows), encoding=encoding)
        return path

    return write


def test_an_own_group_is_known_by_its_name_and_aliases(own):
    table = load_actor_table(own("Kestrel Front|NPL|REB|KSTR; the Kestrels ;"))

    assert [code_actor(w, table).name for w in ("Kestrel Front", "KSTR", "the Kestrels")] == ["Kestrel Front"] * 3
    assert code_actor("KSTR", table).code == "NPLREB"


def test_an_own_group_wins_over_ours(own):
    table = load_actor_table(own("NATO|BTN|PTY;OPP|"))

    assert code_actor("NATO", table).sectors == ("PTY", "OPP")
    assert code_actor("African Union", table).sectors == ("IGO",)


def test_own_groups_saved_by_a_spreadsheet_are_read(own):
    table = load_actor_table(own("Kestrel Front|NPL|REB|", encoding="utf-8-sig"))

    assert code_actor("Kestrel Front", table).code == "NPLREB"


@pytest.mark.parametrize(
    ("row", "mend"),
    [
        ("Kestrel Front|NPL|REB", r"3 columns, not 4: name\|country\|sectors\|aliases"),
        ("Kestrel Front|Nepal|REB|", "'Nepal' is no ISO 3166 alpha-3 code"),
        ("Kestrel Front|NPL|BAD|", r"unknown sectors \['BAD'\]: see plover.toml"),
        ("Kestrel Front|NPL||", "unknown sectors"),
        ("Kestrel Front|XQZ|REB|", "'XQZ' is no ISO 3166 alpha-3 code"),
        ("|NPL|REB|KSTR", "the group has no name"),
        ("Kestrel Front|NPL|REB|KSTR;KSTR", "'Kestrel Front' has an alias twice: leave one out"),
        ("Kestrel Front|NPL|REB|lund party", "'lund party' also means 'Lund Party': leave it to one of them"),
        ("Lund Party|NPL|REB|", "'Lund Party' has a row above: put its aliases there"),
    ],
)
def test_a_malformed_own_group_is_refused_in_one_line_with_its_file_and_line(own, row, mend):
    path = own("Lund Party|NPL|PTY|", row)

    with pytest.raises(BadData, match=mend) as caught:
        load_actor_table(path)

    assert str(caught.value).startswith(f"{path}: line 3: ")
    assert "\n" not in str(caught.value)


def test_own_groups_without_the_header_are_told_the_columns(own):
    with pytest.raises(BadData, match=r"line 1: the columns must be name\|country\|sectors\|aliases"):
        load_actor_table(own("Kestrel Front|NPL|REB|", header=""))


def test_own_groups_that_are_missing_are_named(tmp_path):
    with pytest.raises(BadData, match="nowhere.csv: file: cannot be read"):
        load_actor_table(tmp_path / "nowhere.csv")


def test_own_groups_that_are_no_utf8_are_refused(own):
    with pytest.raises(BadData, match="cannot be read: 'utf-8' codec"):
        load_actor_table(own("Kestrél Front|NPL|REB|", encoding="latin-1"))


def test_a_country_is_known_by_name_and_nationality():
    table = load_actor_table()
    kinds = {}
    for rows in table.rows.values():
        for row in rows:
            kinds.setdefault(row.country, set()).add(row.kind)

    assert all({"country", "demonym"} <= kinds[iso3] for iso3 in ("AFG", "TJK", "NPL", "FRA", "BRA", "KEN"))


def test_ours_hold_groups_of_every_kind_and_region():
    groups = {k.name: k for rows in load_actor_table().rows.values() for k in rows if k.kind == "group"}
    kinds = Counter(k.sectors[0] for k in groups.values())
    regions = {
        "Africa": "DZA AGO CMR CAF TCD COD CIV EGY ETH KEN LBY MLI MOZ NGA RWA SOM ZAF SSD SDN UGA ZWE",
        "Americas": "ARG BOL BRA CAN CHL COL CUB ECU SLV GTM HTI HND MEX NIC PER PRY USA VEN",
        "Asia": "AFG BGD CHN IND IDN JPN KHM KOR LKA MMR MYS NPL PAK PHL PRK THA TWN VNM",
        "Europe": "ARM AZE BLR BIH DEU ESP FRA GBR GEO GRC HUN IRL ITA MDA POL RUS SRB UKR XKX",
        "Middle East": "BHR IRN IRQ ISR JOR LBN PSE SAU SYR TUR YEM",
    }
    missing = {
        name: lacking
        for name, codes in regions.items()
        if (lacking := set(codes.split()) - {k.country for k in groups.values()})
    }

    assert len(groups) >= 1500
    assert not missing
    assert all(
        kinds[kind] >= 20 for kind in ("REB", "PRM", "CRM", "PTY", "OPP", "MIL", "COP", "SPY", "JUD", "LEG", "JRN")
    )


def test_a_row_says_its_line_and_an_empty_line_counts():
    assert list(read_rows("own.csv", "a|b\n\n1 | 2\n", ["a", "b"])) == [(3, ["1", "2"])]
