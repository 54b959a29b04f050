"""The tables of parties and sides: ours are whole, and what cannot hold is refused with file, line and mend."""

from __future__ import annotations

from datetime import date

import pytest

from vedette.errors import BadData
from vedette.lookups.actors import load_actor_table
from vedette.lookups.sides import load_sides, parse_sides

PARTIES = "party|kind|members|from|to\n"
SIDES = "party|other|relation|from|to|conflict\n"
GROUPS = "name|country|sectors|aliases\nKestrel Front|NPL|REB|\nLund Party|NPL|PTY|\nLund Radio|NPL|JRN|\n"


@pytest.fixture(scope="module")
def actors(tmp_path_factory):
    path = tmp_path_factory.mktemp("own") / "own.csv"
    path.write_text(GROUPS, encoding="utf-8")
    return load_actor_table(path)


@pytest.fixture(scope="module")
def ours(actors):
    return load_sides(actors)


def test_ours_hold_the_wars_of_this_century(ours):
    day = date(2024, 6, 1)
    pairs = [
        ("RUS", "UKR"), ("Rapid Support Forces", "SDN"), ("Hamas", "ISR"), ("Hezbollah", "ISR"), ("Houthis", "YEM"),
        ("al-Shabab", "SOM"), ("M23", "COD"), ("Boko Haram", "NGA"), ("National Unity Government", "MMR"),
        ("Tehrik-i-Taliban Pakistan", "PAK"), ("Baloch Liberation Army", "PAK"), ("New People's Army", "PHL"),
        ("Barisan Revolusi Nasional", "THA"), ("National Liberation Army", "COL"), ("Viv Ansanm", "HTI"),
        ("ARM", "AZE"), ("IND", "PAK"), ("Libyan National Army", "LBY"), ("Islamic State Mozambique", "MOZ"),
        ("Jama'at Nusrat al-Islam wal-Muslimin", "BFA"), ("Ambazonia Defence Forces", "CMR"), ("PRK", "KOR"),
        ("Coalition of Patriots for Change", "CAF"), ("CHN", "TWN"), ("Islamic State", "IRQ"), ("Fano", "ETH"),
        ("Front for Change and Concord in Chad", "TCD"), ("Islamic State Khorasan", "AFG"),
    ]  # fmt: skip

    assert not [pair for pair in pairs if (row := ours.between(*pair, day)) is None or row.relation != "opponent"]


def test_a_pair_stands_the_same_in_either_order(ours):
    assert all(ours.between(*pair, r.start) == ours.between(*reversed(pair), r.start) for pair, rows in
               ((tuple(sorted(p)), rows) for p, rows in ours.pairs.items()) for r in rows)  # fmt: skip


def test_the_war_in_afghanistan_ends_on_its_day(ours):
    assert ours.between("Taliban", "AFG", date(2021, 8, 14)).relation == "opponent"
    assert ours.between("Taliban", "AFG", date(2021, 8, 15)) is None
    assert ours.of_name("the Taliban", date(2021, 8, 15)) == "AFG"


def test_a_year_and_a_month_hold_to_their_last_day(actors):
    table = parse_sides(
        PARTIES + "Kestrel Front|armed group|Kestrel Front|2020|2021\nNPL|state|Kestrel Front|2022-02|2022-02\n",
        SIDES,
        actors,
    )

    days = [
        date(2019, 12, 31),
        date(2020, 1, 1),
        date(2021, 12, 31),
        date(2022, 1, 1),
        date(2022, 2, 28),
        date(2022, 3, 1),
    ]
    assert [table.of_name("Kestrel Front", d) for d in days] == [
        None, "Kestrel Front", "Kestrel Front", None, "NPL", None,
    ]  # fmt: skip


def test_a_sector_of_a_state_can_be_another_partys(actors):
    table = parse_sides(PARTIES + "Kestrel Front|armed group|NPL:MIL|2020|\n", SIDES, actors)

    assert table.of_state("NPL", ("MIL",), date(2021, 1, 1)) == "Kestrel Front"
    assert table.of_state("NPL", ("COP",), date(2021, 1, 1)) == "NPL"
    assert table.of_state("NPL", ("MIL",), date(2019, 1, 1)) == "NPL"


@pytest.mark.parametrize(
    ("row", "mend"),
    [
        ("Kestrel Front|armed group|Kestrel Front|2020", r"4 columns, not 5: party\|kind\|members\|from\|to"),
        ("Kestrel Front|club|Kestrel Front||", "unknown kind 'club': use one of state, armed group"),
        ("Gull Front|armed group|Kestrel Front||", "'Gull Front' is no country's code and no name in groups.csv"),
        ("Kestrel Front|armed group|Gull Front||", "'Gull Front' is no name in groups.csv: add it there"),
        ("NPL|armed group|Kestrel Front||", "a state, and only a state, is named by its country's code"),
        ("Kestrel Front|state|Kestrel Front||", "a state, and only a state, is named by its country's code"),
        ("Kestrel Front|armed group|NPL:BAD||", "'NPL:BAD': no such country or sector"),
        ("Kestrel Front|armed group|XXX:GOV||", "'XXX:GOV': no such country or sector"),
        ("Kestrel Front|armed group|Kestrel Front|then|", "'then' is no day: write 2021, 2021-08 or 2021-08-15"),
        ("Kestrel Front|armed group|Kestrel Front|2020-13|", "'2020-13' is no day"),
        ("Kestrel Front|armed group|Kestrel Front|2021|2020", "'2021' lies after '2020'"),
        ("Kestrel Front|armed group|Lund Radio|2020|", "'Lund Radio' is in 'Lund Party' in the same years"),
    ],
)
def test_a_bad_party_is_refused_with_its_line(actors, row, mend):
    with pytest.raises(BadData, match=mend.replace("(", r"\(")) as caught:
        parse_sides(PARTIES + "Lund Party|political group|Lund Party;Lund Radio|2019|\n" + row + "\n", SIDES, actors)

    assert str(caught.value).startswith("parties.csv: line 3: ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("row", "mend"),
    [
        ("NPL|Kestrel Front|opponent|2020|", "5 columns, not 6"),
        ("NPL|Gull Front|opponent|2020||Hills", "'Gull Front' is no country's code and no name in groups.csv"),
        ("NPL|Kestrel Front|foe|2020||Hills", "unknown relation 'foe': use one of opponent, ally"),
        ("NPL|NPL|opponent|2020||Hills", "'NPL' stands on both sides"),
        ("NPL|Kestrel Front|opponent|2020||", "no conflict is named"),
        ("Lund Party|NPL|ally|2020||Hills", "'Lund Party' and 'NPL' have another row in the same years"),
        ("NPL|Kestrel Front|opponent|2020|never|Hills", "'never' is no day"),
    ],
)
def test_a_bad_side_is_refused_with_its_line(actors, row, mend):
    with pytest.raises(BadData, match=mend) as caught:
        parse_sides(PARTIES, SIDES + "NPL|Lund Party|opponent|2019|2020-01|Hills\n" + row + "\n", actors)

    assert str(caught.value).startswith("sides.csv: line 3: ")


@pytest.mark.parametrize("which", [0, 1])
def test_a_table_without_its_header_is_told_the_columns(actors, which):
    tables = [PARTIES, SIDES]
    tables[which] = "a|b\n"

    with pytest.raises(BadData, match=r"line 1: the columns must be party\|"):
        parse_sides(*tables, actors)
