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


def test_a_rank_between_an_office_and_a_name_leaves_the_office():
    actor = code_actor("Nepali Deputy Defense Minister Colonel-General Hari Lumsden", TABLE)

    assert (actor.name, actor.role, actor.sectors) == ("Hari Lumsden", "deputy defense minister", ("GOV", "MIL"))


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


@pytest.mark.parametrize(
    "words", ["Iran-backed rebels", "Nepal-trained rebels", "rebels in Nepal", "rebels from Nepal"]
)
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


# ---------------------------------------------------------------------------------------------- sectors


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("the Bhutanese defence minister", ("GOV", "MIL")),
        ("Nepal's Defense Ministry", ("GOV", "MIL")),
        ("Nepali gunmen", ("UAF",)),
        ("Nepali farmers", ("AGR",)),
        ("smugglers", ("CRM",)),
        ("settlers", ("CVL",)),
        ("prosecutors", ("JUD",)),
        ("a police official", ("COP",)),
        ("the leader of a gang", ("CRM",)),
        ("a hospital spokesman", ("MED",)),
        ("government forces", ("MIL",)),
        ("Deputy Secretary Roe", ("GOV",)),
        ("rebel gunmen", ("REB",)),
        ("opposition lawmakers", ("LEG", "OPP")),
    ],
)
def test_the_sector_is_that_of_the_word_that_tells_most(words, expected):
    assert code_actor(words, TABLE).sectors == expected


def test_police_of_a_group_that_rules_are_police_and_an_agency_is_what_it_is():
    known = table(
        Known("group", "Kestrel Front", "Kestrel Front", "NPL", ("REB",)),
        Known("group", "Lund Office", "Lund Office", "NPL", ("SPY",)),
        Known("body", "police", "police", None, ("COP",)),
    )

    assert [code_actor(w, known).sectors for w in ("Kestrel Front police", "Lund Office police")] == [
        ("COP",),
        ("SPY",),
    ]


@pytest.mark.parametrize(
    "words", ["retired Nepali general", "former Nepali lawmaker", "a former Nepali intelligence chief"]
)
def test_who_has_left_any_office_of_the_state_is_of_the_elite(words):
    assert code(words) == "NPLELI"


# ---------------------------------------------------------------------------------------------- where they are of


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Texas lawmakers", "USALEG"), ("the governor of Kunduz", "AFGGOV"), ("Karachi police", "PAKCOP"),
        ("people in the UK", "GBRCVL"), ("authorities in Nepal", "NPLGOV"), ("farmers in the Netherlands", "NLDAGR"), ("lawmakers in Bhutan", "BTNLEG"),
        ("rebels in Nepal", "REB"), ("refugees in Kenya", "REF"), ("Kunduz", "AFGCVL"),
    ],
)  # fmt: skip
def test_people_of_a_province_and_those_settled_in_a_country_are_of_it(words, expected):
    assert code(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("anti-coup protesters", "OPP"), ("antigovernment activists", "OPP"), ("Nepali anti-junta marchers", "NPLOPP"),
        ("anti-vaccine protesters", "CVL"), ("anti-junta forces", "MIL"),
    ],
)  # fmt: skip
def test_who_protests_against_the_state_is_the_opposition(words, expected):
    assert code(words) == expected


def test_in_a_report_a_city_alone_is_no_actor():
    assert code("Kunduz", in_report=True) is None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("a Paris-based charity", "FRANGO"),
        ("a Paris-based Nepali activist", "NPLSOC"),
        ("a Kunduz-based trader", "AFGBUS"),
    ],
)
def test_a_seat_tells_the_country_where_nothing_else_does(words, expected):
    assert code(words) == expected


@pytest.mark.parametrize(("year", "expected"), [(1999, "AFGGOV"), (2010, "AFGREB"), (2024, "AFGGOV")])
def test_a_group_is_what_it_was_in_the_year(year, expected):
    assert code("the Taliban", year=year) == expected


def test_a_bare_surname_is_a_head_of_state_outside_a_report_only():
    person = Known("person", "Orhan Kestrel", "Orhan Kestrel", "NPL", ("GOV",), "president", (2015, 2030))
    minister = Known("person", "Hari Lumsden", "Hari Lumsden", "NPL", ("GOV",), "foreign minister", (2015, 2030))
    own = table(person, minister)

    assert code_actor("Kestrel", own, year=2022).code == "NPLGOV"
    assert code_actor("Lumsden", own, year=2022).code is None
    assert code_actor("Kestrel", own, year=2022, in_report=True).code is None


def test_a_minor_official_takes_no_surname_from_a_head_of_state():
    president = Known("person", "Orhan Kestrel", "Orhan Kestrel", "NPL", ("GOV",), "president", (2015, 2030))
    mayor = Known("person", "Hari Kestrel", "Hari Kestrel", "NPL", ("GOV",), "mayor", (2015, 2030), is_minor=True)
    own = table(president, mayor)

    assert own.by_surname("kestrel", 2022) == president
    assert code_actor("Mayor Kestrel", own, year=2022).name == "Hari Kestrel"
    assert table(mayor).by_surname("kestrel", 2022) is None


def test_an_adjective_of_a_trade_tells_the_sector_of_a_collective():
    own = table(Known("adjective", "parliamentary", "parliamentary", None, ("LEG",)))

    assert code_actor("a parliamentary panel of Nepal", own).code == "NPLLEG"
    assert code_actor("a parliamentary republic", own).code is None


def test_a_body_after_a_countrys_name_is_that_countrys_own():
    actor = code_actor("Chile's State Department", TABLE)

    assert (actor.code, actor.organization) == ("CHLGOV", None)


def test_rebels_of_another_country_keep_theirs():
    assert code("Kenyan al-Shabab fighters") == "SOMREB"


# ---------------------------------------------------------------------------------------------- spellings, capitals


def test_a_possessive_within_a_name_is_part_of_it():
    known = table(Known("group", "Porters' League", "Porters' League", "NPL", ("LAB",)))

    assert [code_actor(w, known).name for w in ("the Porters’ League", "Porters' League's men")] == [
        "Porters' League"
    ] * 2


def test_accents_and_usual_spellings_of_a_name_are_one():
    known = table(Known("person", "Muhammad Lérin", "Muhammad Lérin", "NPL", ("GOV",), "mayor"))

    assert code_actor("Mohamed Lerin", known).country == "NPL"


def test_every_word_of_a_groups_name_needs_its_capital():
    known = table(Known("group", "New Forces", "New Forces", "NPL", ("REB",)))

    assert [code_actor(w, known).name for w in ("the New Forces", "New forces arrived")] == ["New Forces", None]


# ---------------------------------------------------------------------------------------------- persons


def terms():
    return table(
        Known("role", "senator", "senator", None, ("LEG",)),
        Known("person", "Hari Lumsden", "Hari Lumsden", "NPL", ("LEG",), "senator", (2010, 2014)),
        Known("person", "Hari Lumsden", "Hari Lumsden", "NPL", ("GOV",), "mayor", (2016, 2020)),
    )


@pytest.mark.parametrize(("year", "expected"), [(2012, "NPLLEG"), (2015, "NPLELI"), (2017, "NPLGOV"), (None, "NPLGOV")])
def test_each_office_of_a_person_has_its_years(year, expected):
    assert code_actor("Hari Lumsden", terms(), year=year).code == expected


@pytest.mark.parametrize(("words", "year", "expected"), [
    ("Mayor Lumsden", 2018, "NPL"), ("Mayor Lumsden", 2012, None), ("Senator Lumsden", 2012, "NPL"),
    ("former Mayor Lumsden", 2024, "NPL"), ("Mayor Roe", 2018, None),
])  # fmt: skip
def test_an_office_and_a_surname_are_the_person_who_held_it(words, year, expected):
    assert code_actor(words, terms(), year=year).country == expected


def test_a_bare_surname_that_two_could_bear_or_that_is_a_given_name_is_nobodys():
    known = [
        Known("person", "Hari Lumsden", "Hari Lumsden", "NPL", ("GOV",)),
        Known("person", "Jo Lumsden", "Jo Lumsden", "BTN", ("GOV",)),
        Known("person", "Jo Beispiel", "Jo Beispiel", "BTN", ("GOV",)),
        Known("person", "Jo Max", "Jo Max", "BTN", ("GOV",)),
    ]
    both = make_table(known, {"max": "m"})

    found = [both.by_surname(name, 2024) for name in ("lumsden", "beispiel", "max", "roe")]
    assert [k and k.name for k in found] == [None, "Jo Beispiel", None, None]
