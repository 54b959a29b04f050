"""Mentions are coded by their own words; the tables are those that are shipped, the names invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.coding.actors import ActorTable, Known, code_actor, make_table
from vedette.lookups.actors import load_actor_table
from vedette.ontology import SECTORS

TABLE = load_actor_table()


def code(words: str, **options) -> str | None:
    return code_actor(words, TABLE, **options).code


def table(*known: Known) -> ActorTable:
    return make_table(
        [Known("country", "Nepal", "Nepal", "NPL", ()), Known("role", "mayor", "mayor", None, ("GOV",)), *known]
    )


# ---------------------------------------------------------------------------------------------- titles and roles


@pytest.mark.parametrize(
    ("words", "name", "role", "organization"),
    [
        ("Turkish Defence Minister Orhan Kestrel", "Orhan Kestrel", "defence minister", "Ministry of Defence"),
        ("Tajik foreign minister", None, "foreign minister", "Ministry of Foreign Affairs"),
        ("Georgian President Jane Roe", "Jane Roe", "president", None),
        ("State Department spokesman Hugo Brand", "Hugo Brand", "spokesman", "U.S. State Department"),
        ("NATO Secretary-General Jane Roe", "Jane Roe", "secretary-general", "NATO"),
        ("the deputy prime minister", None, "deputy prime minister", None),
    ],
)
def test_title_name_and_body_are_told_apart(words, name, role, organization):
    actor = code_actor(words, TABLE)

    assert (actor.name, actor.role, actor.organization) == (name, role, organization)


@pytest.mark.parametrize("words", ["former Nepali prime minister Hari Lumsden", "the ousted Nepali president"])
def test_who_held_an_office_before_is_of_the_elite_and_no_government(words):
    assert code(words) == "NPLELI"


# ---------------------------------------------------------------------------------------------- countries


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Nepal", "NPLGOV"), ("Beijing", "CHNGOV"), ("the Kabul government", "AFGGOV"), ("the Afghans", "AFG"),
        ("Tajiks", "TJK"), ("South Korean soldiers", "KORMIL"), ("North Korea", "PRKGOV"), ("Polish police", "POLCOP"),
        ("Mongolia’s army", "MNGMIL"), ("Bhutan's parliament", "BTNLEG"), ("the U.S. Army", "USAMIL"),
    ],
)  # fmt: skip
def test_a_nationality_or_capital_and_an_agent_compose(words, expected):
    assert code(words) == expected


@pytest.mark.parametrize("words", ["us", "polish", "turkey sandwich"])
def test_a_name_without_its_capital_is_none(words):
    assert code(words) is None


@pytest.mark.parametrize("words", ["Iran-backed rebels", "Paris-based rebels", "rebels in Nepal", "rebels from Nepal"])
def test_a_backer_or_a_place_is_not_the_actor(words):
    assert code(words) == "REB"


def test_the_ambassador_is_of_the_sender_and_not_of_the_host():
    assert code("Nepal's ambassador to Bhutan") == "NPLGOV"


def test_a_bare_state_body_is_of_the_home_country():
    assert [code(words, home="TJK") for words in ("the Interior Ministry", "the army", "villagers")] == [
        "TJKGOV", "TJKMIL", "CVL",
    ]  # fmt: skip


def test_without_a_home_country_a_bare_state_body_has_none():
    assert code_actor("the Interior Ministry", TABLE).country is None


def test_an_international_body_has_a_code_and_no_country():
    actor = code_actor("UN", TABLE)

    assert (actor.name, actor.code, actor.country, actor.sectors) == ("United Nations", "UNO", None, ("IGO",))


@pytest.mark.parametrize("words", ["", "’", "the", "Jane Roe", "Kestrel & Lund"])
def test_words_that_nobody_knows_leave_everything_open(words):
    actor = code_actor(words, TABLE)

    assert actor == type(actor)()


# ---------------------------------------------------------------------------------------------- tables


@pytest.mark.parametrize(("year", "expected"), [(2019, "NPLGOV"), (2024, "NPLELI"), (None, "NPLGOV")])
def test_an_office_is_held_only_in_its_years(year, expected):
    known = table(Known("person", "Hari Lumsden", "Hari Lumsden", "NPL", ("GOV",), "president", (2018, 2020)))

    assert code_actor("Hari Lumsden", known, year=year).code == expected


def test_the_longest_name_wins():
    known = table(
        Known("group", "Kestrel Front", "Kestrel Front", "NPL", ("REB",)),
        Known("group", "Kestrel Front Party", "Kestrel Front Party", "NPL", ("PTY",)),
    )

    assert code_actor("the Kestrel Front Party", known).name == "Kestrel Front Party"


def test_a_later_row_of_the_same_words_wins():
    known = table(
        Known("group", "Kestrel Front", "Kestrel Front", "NPL", ("REB",)),
        Known("group", "Kestrel Front", "Kestrel Front", "NPL", ("PTY",)),
    )

    assert code_actor("Kestrel Front", known).sectors == ("PTY",)


def test_a_short_name_in_capitals_is_no_common_word():
    known = table(Known("group", "AIM", "Kestrel Aim", "NPL", ("REB",)))

    assert [code_actor(words, known).name for words in ("AIM", "Aim", "aim")] == ["Kestrel Aim", None, None]


@pytest.mark.parametrize(("kind", "one", "many"), [
    ("role", "deputy", "Deputies"), ("role", "boss", "bosses"), ("role", "gunman", "gunmen"), ("role", "envoy", "envoys"),
    ("demonym", "Lundian", "Lundians"),
])  # fmt: skip
def test_more_than_one_are_known_by_their_plural(kind, one, many):
    known = table(Known(kind, one, one, None, ("GOV",)))

    assert [m.known.words for m in [known.at([many], 0)] if m] == [one]


# ---------------------------------------------------------------------------------------------- always

WORDS = st.sampled_from(
    "Nepal Nepal's Nepali US UN Beijing the of in for former ex-president President foreign minister army rebels Iran-backed "
    "Jane Roe Kestrel ministry and , . ’s".split()
)


@given(st.text(max_size=80) | st.lists(WORDS, max_size=9).map(" ".join), st.sampled_from([None, "TJK"]))
def test_any_words_give_known_sectors_and_a_code_made_of_country_and_sector(words, home):
    actor = code_actor(words, TABLE, home=home)

    assert set(actor.sectors) <= SECTORS
    assert actor.country is None or (actor.code or "").startswith(actor.country)
    assert actor.name is None or actor.name.strip()


# ---------------------------------------------------------------------------------------------- offices and their bodies


@pytest.mark.parametrize(
    ("words", "role", "organization"),
    [
        ("Russian Deputy Foreign Minister Jo Roe", "deputy foreign minister", "Ministry of Foreign Affairs"),
        ("Nepal's first deputy interior minister", "first deputy interior minister", "Ministry of the Interior"),
        ("the minister for trade of Nepal", "minister", "Ministry of Trade"),
        ("the minister of health", "minister", "Ministry of Health"),
        ("a spokesman for the Defence Ministry of Nepal", "spokesman", "Ministry of Defence"),
        ("Lt. Col. Jo Roe", "lieutenant colonel", None),
        ("Gen. Jo Roe", "general", None),
        ("the head of the local committee", "head", None),
        ("deputy director of the Kestrel Institute", "deputy director", None),
    ],
)
def test_an_office_has_its_rank_and_its_ministry(words, role, organization):
    actor = code_actor(words, TABLE)

    assert (actor.role, actor.organization) == (role, organization)


@pytest.mark.parametrize(
    ("words", "country"),
    [
        ("Nepal's foreign minister", "NPL"),
        ("the president of Bhutan", "BTN"),
        ("the minister for trade of Nepal", "NPL"),
        ("Nepal's Interior Ministry", "NPL"),
        ("a Taliban spokesman", "AFG"),
    ],
)
def test_whose_office_it_is_is_no_name(words, country):
    actor = code_actor(words, TABLE)

    assert (actor.name, actor.country) == (None, country)


@pytest.mark.parametrize("words", ["Gen Z", "Gen"])
def test_an_abbreviation_without_a_name_is_no_title(words):
    assert code_actor(words, TABLE).role is None
