"""Places of small trees built by hand, looked up in a gazetteer of a few real ones."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.trees import tree
from vedette.coding.places import Candidate, find_places, is_metonym, locate
from vedette.records import Place, Span
from vedette.text.tree import Parsed


def entry(id, name, lat, lon, country, code, precision="settlement", population=0):
    return Candidate(id, name, lat, lon, country, code, None, None, id, precision, population, False)


ENTRIES = [
    entry(1, "Kunduz", 36.73, 68.86, "AFG", "AF.24", population=161_902),
    entry(2, "Kunduz", 36.75, 68.5, "AFG", "AF.24", "admin1", 800_000),
    entry(3, "Takhar Province", 36.75, 69.75, "AFG", "AF.36", "admin1", 800_000),
    entry(4, "Afghanistan", 34.0, 66.0, "AFG", "AF", "country", 37_000_000),
    entry(5, "Paris", 48.85, 2.35, "FRA", "FR.11", population=2_138_551),
    entry(6, "Paris", 33.66, -95.56, "USA", "US.TX", population=24_782),
    entry(7, "Texas", 31.25, -99.25, "USA", "US.TX", "admin1", 800_000),
    entry(8, "Nepal", 28.0, 84.0, "NPL", "NP", "country", 29_000_000),
    entry(9, "Khŭjand", 40.28, 69.62, "TJK", "TJ.03", population=144_865),
    entry(10, "Front", 44.0, 5.0, "FRA", "FR.93", population=600),
    entry(11, "New York City", 40.71, -74.0, "USA", "US.NY", population=8_000_000),
    entry(12, "United States", 39.8, -98.6, "USA", "US", "country", 330_000_000),
    entry(13, "France", 46.0, 2.0, "FRA", "FR", "country", 66_000_000),
    entry(14, "White House", 36.47, -86.65, "USA", "US.TN", population=12_000),
]
OTHER_NAMES = {"Khujand": 9, "Takhar": 3, "New York": 11, "U.S.": 12}
PEOPLES = {"Afghan": 4, "Afghans": 4}


class Few:
    """A gazetteer of `ENTRIES`."""

    def __init__(self):
        self.names = {}
        for e in ENTRIES:
            self.names.setdefault(e.name, []).append(e)
        for name, id in OTHER_NAMES.items():
            self.names[name] = [ENTRIES[id - 1]]

    def lookup(self, name):
        return self.names.get(name.title(), []) or self.names.get(name, [])

    def similar(self, name, country):
        return []

    def people(self, word):
        return [ENTRIES[PEOPLES[word] - 1]] if word in PEOPLES else []

    def home(self, outlet, url):
        return None


GAZETTEER = Few()
IN = "Rain/NN/nsubj/2 fell/VBD/ROOT/0/fall in/IN/prep/2"


def places(*sentences: str, **options) -> list[Place]:
    return find_places(tree(*sentences), GAZETTEER, **options)


def shown(*sentences: str, **options) -> list[tuple[str, str | None, str | None]]:
    """Mention, name and country of each place."""
    return [(p.mention, p.name, p.country) for p in places(*sentences, **options)]


# ---------------------------------------------------------------------------------------------- which place


def test_a_name_is_a_place_with_its_degrees():
    (place,) = places(f"{IN} Khujand/NNP/pobj/3")

    assert (place.lat, place.lon, place.country, place.precision) == (40.28, 69.62, "TJK", "settlement")


def test_a_place_is_shown_as_the_report_prints_it():
    (place,) = places(f"{IN} Khujand/NNP/pobj/3")

    assert (place.mention, place.name) == ("Khujand", "Khujand")


def test_the_longest_name_is_taken():
    assert shown(f"{IN} New/NNP/compound/6 York/NNP/compound/6 City/NNP/pobj/3") == [
        ("New York City", "New York City", "USA")
    ]


def test_without_a_hint_the_large_place_is_meant():
    assert shown(f"{IN} Paris/NNP/pobj/3") == [("Paris", "Paris", "FRA")]


def test_what_follows_a_comma_holds_the_place():
    assert shown(f"{IN} Paris/NNP/pobj/3 +,/,/punct/4 Texas/NNP/appos/4")[0] == ("Paris", "Paris", "USA")


def test_a_place_that_does_not_lie_in_what_follows_is_not_moved_there():
    assert shown(f"{IN} Paris/NNP/pobj/3 +,/,/punct/4 Nepal/NNP/appos/4")[0] == ("Paris", "Paris", "FRA")


def test_one_name_means_one_place_in_a_document():
    found = places(f"{IN} Paris/NNP/pobj/3", f"{IN} Paris/NNP/pobj/3 +,/,/punct/4 Texas/NNP/appos/4")

    assert [p.country for p in found if p.mention == "Paris"] == ["USA", "USA"]


def test_the_countries_of_the_report_decide_between_places():
    assert shown(f"{IN} Paris/NNP/pobj/3", countries={"USA": 30}) == [("Paris", "Paris", "USA")]


@pytest.mark.parametrize(
    ("words", "precision"),
    [
        ("Kunduz/NNP/compound/5 province/NN/pobj/3", "admin1"),
        ("the/DT/det/5 province/NN/pobj/3 of/IN/prep/5 Kunduz/NNP/pobj/6", "admin1"),
        ("Kunduz/NNP/compound/5 city/NN/pobj/3", "settlement"),
        ("the/DT/det/5 city/NN/pobj/3 of/IN/prep/5 Kunduz/NNP/pobj/6", "settlement"),
    ],
)
def test_a_class_word_tells_the_town_from_its_province(words, precision):
    (place,) = places(f"{IN} {words}")

    assert (place.mention, place.precision) == ("Kunduz", precision)


def test_a_clear_place_is_surer_than_one_of_two():
    (sure,), (unsure,) = places(f"{IN} Khujand/NNP/pobj/3"), places(f"{IN} Paris/NNP/pobj/3")

    assert 0 < unsure.confidence < sure.confidence <= 1


def test_the_dateline_is_a_place_though_no_sentence_holds_it():
    parsed = tree(f"{IN} Nepal/NNP/pobj/3")
    parsed.text += " Khujand, May 2"

    found = find_places(parsed, GAZETTEER, dateline=Span(19, 26))

    assert [(p.mention, p.span) for p in found] == [("Nepal", Span(13, 18)), ("Khujand", Span(19, 26))]


def test_a_report_is_filed_from_a_town_not_its_province():
    parsed = tree(f"{IN} Nepal/NNP/pobj/3")
    parsed.text += " Kunduz, May 2"

    found = find_places(parsed, GAZETTEER, dateline=Span(19, 25))

    assert [(p.mention, p.precision) for p in found] == [("Nepal", "country"), ("Kunduz", "settlement")]


# ---------------------------------------------------------------------------------------------- unknown names


@pytest.mark.parametrize(
    ("words", "mention", "precision"),
    [
        ("the/DT/det/5 village/NN/pobj/3 of/IN/prep/5 Tsarang/NNP/pobj/6", "Tsarang", "settlement"),
        ("the/DT/det/6 Tsarang/NNP/compound/6 district/NN/pobj/3", "Tsarang", "admin2"),
        ("the/DT/det/5 town/NN/pobj/3 of/IN/prep/5 Deh/NNP/compound/8 Kestrel/NNP/pobj/6", "Deh Kestrel", "settlement"),
    ],
)
def test_a_place_that_nobody_knows_keeps_its_name_and_has_no_degrees(words, mention, precision):
    (place,) = places(f"{IN} {words}")

    assert (place.mention, place.name, place.lat, place.lon) == (mention, None, None, None)
    assert place.precision == precision


def test_a_name_that_nobody_knows_and_nothing_calls_a_place_is_none():
    assert shown(f"{IN} Tsarang/NNP/pobj/3") == []


# ---------------------------------------------------------------------------------------------- no places


@pytest.mark.parametrize(
    "sentence",
    [
        "The/DT/det/3 Paris/NNP/compound/3 Agreement/NNP/nsubj/4 held/VBD/ROOT/0/hold",
        "Mr./NNP/compound/2 Paris/NNP/nsubj/3 left/VBD/ROOT/0/leave",
        "Mayor/NNP/compound/3 Jane/NNP/compound/3 Paris/NNP/nsubj/4 left/VBD/ROOT/0/leave",
        "They/PRP/nsubj/2 joined/VBD/ROOT/0/join the/DT/det/4 Front/NNP/dobj/2",
        f"{IN} paris/NN/pobj/3",
        "They/PRP/nsubj/2 told/VBD/ROOT/0/tell us/PRP/dobj/2",
    ],
)
def test_parts_of_other_names_and_common_words_are_no_places(sentence):
    assert shown(sentence) == []


def test_names_of_people_and_bodies_are_no_places():
    assert shown(f"{IN} Paris/NNP/pobj/3", people=[Span(13, 18)]) == []


@pytest.mark.parametrize("words", ["U.S.", "Nepal"])
def test_a_country_before_a_noun_is_a_place(words):
    assert [m for m, *_ in shown(f"{words}/NNP/compound/2 traders/NNS/nsubj/3/trader left/VBD/ROOT/0/leave")] == [words]


# ---------------------------------------------------------------------------------------------- metonyms


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Nepal/NNP/nsubj/2 fell/VBD/ROOT/0/fall", True),
        ("Paris/NNP/nsubj/2 condemned/VBD/ROOT/0/condemn it/PRP/dobj/2", True),
        ("Paris/NNP/nsubj/2 burned/VBD/ROOT/0/burn", False),
        (f"{IN} Paris/NNP/pobj/3", False),
        ("It/PRP/nsubjpass/3 was/VBD/auxpass/3 rejected/VBN/ROOT/0/reject by/IN/agent/3 Nepal/NNP/pobj/4", False),
        ("Kunduz/NNP/compound/2 University/NNP/nsubj/3 opened/VBD/ROOT/0/open", True),
        ("Nepal/NNP/compound/2 officials/NNS/nsubj/3/official left/VBD/ROOT/0/leave", True),
        ("The/DT/det/3 Nepal/NNP/compound/3 border/NN/nsubj/4 opened/VBD/ROOT/0/open", False),
        ("Texas/NNP/nsubj/4 and/CC/cc/1 Paris/NNP/conj/1 demanded/VBD/ROOT/0/demand it/PRP/dobj/4", True),
    ],
)
def test_a_place_that_acts_or_names_a_body_is_no_scene(sentence, expected):
    parsed = tree(sentence)

    *_, place = find_places(parsed, GAZETTEER)

    assert is_metonym(parsed, place, GAZETTEER) is expected


# ---------------------------------------------------------------------------------------------- always

TOKENS = st.sampled_from(
    "Paris/NNP Texas/NNP Kunduz/NNP Nepal/NNP Front/NNP Tsarang/NNP New/NNP York/NNP City/NNP Mr./NNP University/NNP U.S./NNP "
    "the/DT of/IN in/IN province/NN district/NN village/NN +,/, (/-LRB- said/VBD/say and/CC 3/CD -/HYPH".split()
)
DEPS = st.sampled_from("nsubj dobj pobj prep compound amod appos conj agent poss punct".split())


@st.composite
def sentences(draw: st.DrawFn) -> str:
    items = []
    for n, (token, dep, head) in enumerate(
        draw(st.lists(st.tuples(TOKENS, DEPS, st.integers(0, 30)), min_size=1, max_size=12))
    ):
        word, tag, *lemma = token.split("/") if token != "+,/," else ("+,", ",")
        items.append("/".join([word, tag, dep if n else "ROOT", str(head % n + 1 if n else 0), *lemma]))
    return " ".join(items)


@given(st.lists(sentences(), min_size=1, max_size=3))
def test_places_are_in_order_in_the_text_and_none_covers_another(texts):
    parsed = tree(*texts)

    found = find_places(parsed, GAZETTEER)

    assert all(p.span.of(parsed.text).split() == p.mention.split() for p in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))


@settings(max_examples=40)
@given(st.lists(sentences(), min_size=1, max_size=3))
def test_a_place_has_a_name_and_degrees_or_neither(texts):
    for place in find_places(tree(*texts), GAZETTEER):
        assert (place.lat is None) == (place.lon is None) == (place.name is None)
        assert 0 <= place.confidence <= 1


@settings(max_examples=40)
@given(st.text(max_size=30))
def test_any_dateline_is_read(words):
    parsed = tree(f"{IN} Nepal/NNP/pobj/3")
    parsed.text += f" {words} "
    line = Span(19, len(parsed.text))

    found = find_places(parsed, GAZETTEER, dateline=line)

    assert all(p.span.end <= len(parsed.text) for p in found)


# ------------------------------------------------------------------------------------------ names of peoples, persons


def test_a_word_for_a_people_names_its_country_and_is_no_scene():
    parsed = tree("The/DT/det/3 Afghan/JJ/amod/3 army/NN/nsubj/4 left/VBD/ROOT/0/leave")
    (place,) = find_places(parsed, GAZETTEER)

    assert (place.mention, place.name, place.precision) == ("Afghan", "Afghanistan", "country")
    assert is_metonym(parsed, place, GAZETTEER)


def test_a_person_named_in_full_makes_the_surname_no_place():
    found = shown(
        "Mary/NNP/compound/2 Khujand/NNP/nsubj/3 left/VBD/ROOT/0/leave",
        "Khujand/NNP/nsubj/2 slept/VBD/ROOT/0/sleep",
        first_names={"mary"},
    )

    assert found == []


def test_without_the_first_name_the_same_words_are_a_place():
    assert shown("Khujand/NNP/nsubj/2 slept/VBD/ROOT/0/sleep") == [("Khujand", "Khujand", "TJK")]


def test_a_school_named_after_a_person_names_no_place():
    found = shown(
        f"{IN} Mary/NNP/compound/7 Khujand/NNP/compound/7 High/NNP/compound/7 School/NNP/pobj/3", first_names={"mary"}
    )

    assert found == []


def test_what_says_in_speaks_for_a_small_town_and_a_verb_of_speech_against_it():
    speaks = "Front/NNP/nsubj/2 said/VBD/ROOT/0/say so/RB/advmod/2"

    assert shown(speaks) == []
    assert [p[0] for p in shown(f"{IN} Front/NNP/pobj/3")] == ["Front"]


def test_the_seat_of_a_lawmaker_is_a_place():
    (place,) = places("Roe/NNP/nsubj/3 ,/,/punct/1 D-Texas/NNP/ROOT/0")

    assert (place.mention, place.precision) == ("Texas", "admin1")


def test_a_country_that_leads_is_a_country():
    assert shown("The/DT/det/3 U.S.-led/JJ/amod/3 coalition/NN/nsubj/4 left/VBD/ROOT/0/leave") == [
        ("U.S.", "United States", "USA")
    ]


def test_a_street_named_after_a_town_is_no_place():
    assert shown(f"{IN} Khujand/NNP/compound/5 Street/NNP/pobj/3") == []


def test_a_name_of_two_holders_is_two_places():
    found = places(
        f"{IN} Paris/NNP/pobj/3 +,/,/punct/4 Texas/NNP/appos/4",
        f"{IN} Paris/NNP/pobj/3 +,/,/punct/4 France/NNP/appos/4",
    )

    assert [p.country for p in found if p.mention == "Paris"] == ["USA", "FRA"]


# ---------------------------------------------------------------------------------------------- what decides


def test_the_outlets_own_town_is_meant():
    assert shown(f"{IN} Paris/NNP/pobj/3", home=ENTRIES[5]) == [("Paris", "Paris", "USA")]


def test_names_resolve_together():
    """Dallas lies 160 km from one Paris and an ocean from the other."""
    assert shown(f"{IN} Paris/NNP/pobj/3 and/CC/cc/4 Texas/NNP/conj/4")[0] == ("Paris", "Paris", "USA")


def test_a_province_called_as_its_town_is_the_town():
    assert [p.precision for p in places(f"{IN} Kunduz/NNP/pobj/3")] == ["settlement"]


def test_confidence_is_a_share_and_falls_with_rivals():
    (paris,) = places(f"{IN} Paris/NNP/pobj/3")
    (khujand,) = places(f"{IN} Khujand/NNP/pobj/3")

    assert 0.5 < paris.confidence < khujand.confidence == 1.0


# ---------------------------------------------------------------------------------------------- readings


def test_readings_come_best_first_with_parts_that_sum_to_their_score():
    (found,) = locate(tree(f"{IN} Paris/NNP/pobj/3"), GAZETTEER)

    assert [r.place.country for r in found.readings] == ["FRA", "USA"]
    assert found.readings[0].place == found.place
    for reading in found.readings:
        assert sum(reading.reasons.values()) == pytest.approx(reading.score, abs=0.04)


def test_the_country_that_is_asked_for_comes_first():
    (found,) = locate(tree(f"{IN} Paris/NNP/pobj/3"), GAZETTEER, countries={"USA": 1.0})

    assert found.place.country == "USA"
    assert "country of the report" in found.readings[0].reasons


def test_a_place_that_nobody_knows_has_no_reading():
    (found,) = locate(tree(f"{IN} the/DT/det/5 village/NN/pobj/3 of/IN/prep/5 Tsarang/NNP/pobj/6"), GAZETTEER)

    assert (found.place.mention, found.place.lat, found.readings) == ("Tsarang", None, ())


# ---------------------------------------------------------------------------------------------- datelines


def dateline_tree(text: str):
    return Parsed(text, [])


def test_a_dateline_gives_its_place_once_and_what_holds_it():
    text = "PARIS, Texas (Wire) - Rain fell."
    found = find_places(dateline_tree(text), GAZETTEER, dateline=Span(0, 5))

    assert [(p.span.of(text), p.country) for p in found] == [("PARIS", "USA"), ("Texas", "USA")]


def test_a_dateline_inside_a_text_is_found():
    text = "A headline. KUNDUZ - Rain fell."
    found = find_places(dateline_tree(text), GAZETTEER)

    assert [(p.mention, p.span.of(text)) for p in found] == [("Kunduz", "KUNDUZ")]


def test_a_body_that_is_a_town_somewhere_is_no_place():
    assert shown(f"{IN} the/DT/det/6 White/NNP/compound/6 House/NNP/pobj/3") == []


# ---------------------------------------------------------------------------------------------- spelt otherwise


class Spelling(Few):
    """`Few` that finds Kunduz, town and province, where it is spelt with another vowel in an Afghan story."""

    def similar(self, name, country):
        return ENTRIES[:2] if (name, country) == ("Kundoz", "AFG") else []


VILLAGE = f"{IN} the/DT/det/5 village/NN/pobj/3 of/IN/prep/5 Kundoz/NNP/pobj/6"


@pytest.mark.parametrize(
    "countries, name, confidence", [({"AFG": 3}, "Kunduz", 0.5), ({"AFG": 1, "FRA": 1}, None, 0.0), ({}, None, 0.0)]
)
def test_a_name_nobody_knows_is_the_one_spelt_nearly_so_in_the_country_of_the_report(countries, name, confidence):
    (found,) = find_places(tree(VILLAGE), Spelling(), countries=countries)

    assert (found.mention, found.name, found.confidence) == ("Kundoz", name, confidence)
    assert found.precision == "settlement"
