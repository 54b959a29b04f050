"""Who is who in small trees built by hand; the tables of actors are those that are shipped."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.trees import tree
from vedette.coding.entities import find_entities
from vedette.lookups.actors import load_actor_table
from vedette.records import Entity

TABLE = load_actor_table()
LEFT = "left/VBD/ROOT/0/leave"
SLEPT = "slept/VBD/ROOT/0/sleep"
JANE = f"Jane/NNP/compound/2 Kestrel/NNP/nsubj/3 {LEFT}"
SHE = f"She/PRP/nsubj/2 {SLEPT}"
HE = f"He/PRP/nsubj/2 {SLEPT}"
THEY = f"They/PRP/nsubj/2 {SLEPT}"
RAIN = "Rain/NN/nsubj/2 fell/VBD/ROOT/0/fall"


def chains(*sentences: str) -> list[list[str]]:
    """The head words of each entity's mentions."""
    parsed = tree(*sentences)
    return [[span.of(parsed.text) for span in e.spans] for e in find_entities(parsed, TABLE).all]


def entities(*sentences: str, **options) -> list[Entity]:
    return find_entities(tree(*sentences), TABLE, **options).all


# ---------------------------------------------------------------------------------------------- names


def test_a_surname_is_who_was_named_in_full():
    assert chains(JANE, f"Kestrel/NNP/nsubj/2 {SLEPT}") == [["Kestrel", "Kestrel"]]


def test_a_full_name_is_kept_though_only_the_surname_follows():
    (jane,) = entities(JANE, f"Kestrel/NNP/nsubj/2 {SLEPT}")

    assert (jane.kind, jane.actor.name, jane.mention, jane.sex) == ("person", "Jane Kestrel", "Jane Kestrel", "f")


def test_two_of_one_surname_are_two_persons():
    both = entities(JANE, f"Hugo/NNP/compound/2 Kestrel/NNP/nsubj/3 {SLEPT}")

    assert [(e.actor.name, e.sex) for e in both] == [("Jane Kestrel", "f"), ("Hugo Kestrel", "m")]


def test_a_title_and_an_office_join_the_name():
    sentences = (
        f"Nepali/JJ/amod/4 President/NNP/compound/4 Jane/NNP/compound/4 Kestrel/NNP/nsubj/5 {LEFT}",
        f"Mrs./NNP/compound/2 Kestrel/NNP/nsubj/3 {SLEPT}",
        f"The/DT/det/2 president/NN/nsubj/3 {SLEPT}",
    )

    assert ["Kestrel", "Kestrel", "president"] in chains(*sentences)


def test_what_an_apposition_tells_holds_for_later_mentions():
    sentences = (
        f"Roe/NNP/nsubj/7 ,/,/punct/1 the/DT/det/6 Tajik/JJ/amod/6 foreign/JJ/amod/6 minister/NN/appos/1 {LEFT}",
        f"Roe/NNP/nsubj/2 {SLEPT}",
    )
    parsed = tree(*sentences)

    last = find_entities(parsed, TABLE).head(parsed.tokens[-2])

    assert last is not None
    assert (last.actor.code, last.actor.role) == ("TJKGOV", "foreign minister")


def test_letters_in_brackets_are_the_short_name():
    named = (
        f"The/DT/det/3 Kestrel/NNP/compound/3 Front/NNP/nsubj/7 (/-LRB-/punct/3 KF/NNP/appos/3 )/-RRB-/punct/3 {LEFT}"
    )

    assert chains(named, f"The/DT/det/2 KF/NNP/nsubj/3 {SLEPT}") == [["Front", "KF", "KF"]]


# ---------------------------------------------------------------------------------------------- countries and bodies


def test_a_capital_is_its_country_and_so_is_the_country():
    assert chains(
        f"Nepal/NNP/nsubj/2 {LEFT}", f"Kathmandu/NNP/nsubj/2 {SLEPT}", f"The/DT/det/2 country/NN/nsubj/3 {SLEPT}"
    ) == [["Nepal", "Kathmandu", "country"]]


def test_a_nationality_before_a_noun_is_an_entity_beside_it():
    nation, troops = entities(f"Nepali/JJ/amod/2 troops/NNS/nsubj/3/troop {LEFT}")

    assert (nation.kind, nation.actor.country) == ("country", "NPL")
    assert (troops.kind, troops.actor.code, troops.is_plural) == ("collective", "NPLMIL", True)


def test_a_possessor_gives_its_country():
    *_, minister = entities(f"Nepal/NNP/poss/4 ’s/POS/case/1 foreign/JJ/amod/4 minister/NN/nsubj/5 {LEFT}")

    assert (minister.actor.code, minister.actor.role) == ("NPLGOV", "foreign minister")


def test_a_bare_body_is_of_the_country_that_the_report_names_most():
    *_, army = entities(f"Tajik/JJ/amod/2 police/NN/nsubj/3 {LEFT}", f"The/DT/det/2 army/NN/nsubj/3 {SLEPT}")

    assert army.actor.code == "TJKMIL"


def test_a_home_that_is_given_wins_over_the_country_named_most():
    *_, army = entities(
        f"Tajik/JJ/amod/2 traders/NNS/nsubj/3/trader {LEFT}", f"The/DT/det/2 army/NN/nsubj/3 {SLEPT}", home="NPL"
    )

    assert army.actor.code == "NPLMIL"


# ---------------------------------------------------------------------------------------------- pronouns


@pytest.mark.parametrize(("pronoun", "who"), [(HE, "Hugo Kestrel"), (SHE, "Jane Roe")])
def test_he_and_she_are_told_apart_by_first_names(pronoun, who):
    met = "Hugo/NNP/compound/2 Kestrel/NNP/nsubj/3 met/VBD/ROOT/0/meet Jane/NNP/compound/5 Roe/NNP/dobj/3"
    parsed = tree(met, pronoun)

    entity = find_entities(parsed, TABLE).head(parsed.sentences[1].tokens[0])

    assert entity is not None
    assert entity.actor.name == who


@pytest.mark.parametrize(("pronoun", "is_hers"), [(SHE, True), (HE, False)])
def test_a_spokeswoman_is_she(pronoun, is_hers):
    (mentions,) = chains(f"The/DT/det/2 spokeswoman/NN/nsubj/3 {LEFT}", pronoun)

    assert (len(mentions) == 2) is is_hers


def test_they_are_the_many():
    assert chains("Villagers/NNS/nsubj/2/villager left/VBD/ROOT/0/leave Kestrel/NNP/dobj/2", THEY)[0] == [
        "Villagers", "They",
    ]  # fmt: skip


def test_who_says_is_the_subject_of_what_is_said():
    said = "The/DT/det/3 Kestrel/NNP/compound/3 Front/NNP/nsubj/4 said/VBD/ROOT/0/say it/PRP/nsubj/6 left/VBD/ccomp/4/leave"

    assert chains(f"Nepal/NNP/nsubj/2 {SLEPT}", said) == [["Nepal"], ["Front", "it"]]


def test_a_relative_is_the_noun_that_it_follows():
    assert chains(f"Kestrel/NNP/nsubj/5 ,/,/punct/1 who/WP/nsubj/4 slept/VBD/relcl/1/sleep {LEFT}") == [
        ["Kestrel", "who"]
    ]


def test_a_pronoun_reaches_back_three_sentences_and_no_further():
    assert chains(JANE, RAIN, RAIN, SHE) == [["Kestrel", "She"]]
    assert chains(JANE, RAIN, RAIN, RAIN, SHE) == [["Kestrel"]]


@pytest.mark.parametrize("word", ["I", "We", "He", "They", "It"])
def test_a_pronoun_without_antecedent_is_nobody(word):
    assert chains(f"{word}/PRP/nsubj/2 {LEFT}") == []


# ---------------------------------------------------------------------------------------------- look-up


def test_a_phrase_is_found_by_its_place():
    parsed = tree(JANE)
    found = find_entities(parsed, TABLE)

    assert found.at(0, len("Jane Kestrel")) is found.all[0]


@pytest.mark.parametrize(("start", "end"), [(5, 5), (13, 17), (900, 910)])
def test_a_place_without_an_entity_holds_none(start, end):
    assert find_entities(tree(JANE), TABLE).at(start, end) is None


TOKENS = st.sampled_from(
    "Jane/NNP Hugo/NNP Kestrel/NNP Nepal/NNP Nepali/JJ UN/NNP president/NN minister/NN troops/NNS/troop the/DT The/DT she/PRP "
    "he/PRP it/PRP they/PRP who/WP its/PRP$ army/NN group/NN country/NN said/VBD/say left/VBD/leave of/IN KF/NNP ,/,".split()
)
DEPS = st.sampled_from(
    "nsubj nsubjpass dobj pobj prep poss compound amod appos relcl ccomp conj det attr xcomp".split()
)


@given(st.lists(st.lists(st.tuples(TOKENS, DEPS, st.integers(0, 30)), min_size=1, max_size=10), min_size=1, max_size=3))
def test_every_mention_is_a_word_of_the_text_and_of_one_entity_only(rows):
    """Heads point backwards, so that every tree is one."""
    sentences = []
    for row in rows:
        items = []
        for n, (token, dep, head) in enumerate(row):
            word, tag, *lemma = token.split("/") if token != ",/," else (",", ",")
            items.append("/".join([word, tag, dep if n else "ROOT", str(head % n + 1 if n else 0), *lemma]))
        sentences.append(" ".join(items))
    parsed = tree(*sentences)

    found = find_entities(parsed, TABLE)

    spans = [span for entity in found.all for span in entity.spans]
    assert len(spans) == len(set(spans))
    assert set(spans) <= {token.span for token in parsed.tokens}
    assert [e.id for e in found.all] == list(range(len(found.all)))


# ---------------------------------------------------------------------------------------------- bodies, offices, places


@pytest.mark.parametrize(("pronoun", "is_its"), [("It/PRP/nsubj/2 slept/VBD/ROOT/0", True), (HE, False)])
def test_a_bare_body_is_it_and_not_he(pronoun, is_its):
    (militia,) = chains(f"The/DT/det/2 militia/NN/nsubj/3 {LEFT}", pronoun)

    assert (len(militia) == 2) is is_its


def test_a_name_after_an_office_is_who_holds_it():
    (mayor,) = entities(
        f"The/DT/det/2 mayor/NN/nsubj/7 ,/,/punct/2 Jane/NNP/compound/5 Kestrel/NNP/appos/2 ,/,/punct/2 {LEFT}"
    )

    assert (mayor.kind, mayor.actor.name, mayor.actor.role, mayor.sex) == ("person", "Jane Kestrel", "mayor", "f")


def test_a_single_name_with_an_office_is_a_name():
    (gulnora,) = entities(f"Gulnora/NNP/nsubj/6 ,/,/punct/1 a/DT/det/4 teacher/NN/appos/1 ,/,/punct/1 {LEFT}")

    assert gulnora.actor.name == "Gulnora"


def test_a_place_is_nobodys_he():
    found = chains(f"Roe/NNP/nsubj/2 {SLEPT} in/IN/prep/2 Kestrelburg/NNP/pobj/3", HE)

    assert ["Roe", "He"] in found


def test_a_diplomat_is_who_is_called_one_before_a_stranger():
    sentences = (
        f"Roe/NNP/nsubj/5 ,/,/punct/1 a/DT/det/4 diplomat/NN/appos/1 {LEFT}",
        f"Kestrel/NNP/nsubj/2 {SLEPT}",
        f"The/DT/det/2 diplomat/NN/nsubj/3 {SLEPT}",
    )

    assert ["Roe", "diplomat", "diplomat"] in chains(*sentences)


def test_the_country_named_as_often_as_another_is_nobodys_home():
    *_, army = entities(
        f"Tajik/JJ/amod/2 police/NN/nsubj/3 {LEFT}",
        f"Nepali/JJ/amod/2 police/NN/nsubj/3 {LEFT}",
        f"The/DT/det/2 army/NN/nsubj/3 {SLEPT}",
    )

    assert army.actor.country is None


@pytest.mark.parametrize("word", ["30/NNP", "Q/NNP"])
def test_a_number_or_a_letter_is_nobody(word):
    assert entities(f"{word}/nsubj/2 {LEFT}") == []


# ---------------------------------------------------------------------------------------------- whose they are


def test_leaders_from_a_country_are_its_own_wherever_the_report_is():
    home = "Ukraine/NNP/nsubj/2 slept/VBD/ROOT/0/sleep"
    leaders = f"Then/RB/advmod/5 leaders/NNS/nsubj/5/leader from/IN/prep/2 France/NNP/pobj/3 {LEFT}"

    found = next(e for e in entities(home, home, leaders) if e.mention == "leaders")

    assert found.actor.country == "FRA"


def test_who_holds_an_office_is_known_by_surname_later():
    chained = chains(
        "The/DT/det/2 president/NN/nsubj/6 ,/,/punct/2 Joan/NNP/compound/5 Kestrel/NNP/appos/2 left/VBD/ROOT/0/leave",
        f"Kestrel/NNP/nsubj/2 {SLEPT}",
    )

    assert ["president", "Kestrel", "Kestrel"] in chained


def pronoun_of(pronoun: str, *sentences: str) -> str | None:
    """The words of the entity that the last mention of `pronoun` is joined to, or None."""
    parsed = tree(*sentences)
    token = next(t for t in reversed(parsed.tokens) if t.lower == pronoun)
    entity = find_entities(parsed, TABLE).head(token)
    return entity.mention if entity is not None else None


KESTRELS = f"Kestrel/NNP/compound/2 rebels/NNS/nsubj/3/rebel {LEFT}"


@pytest.mark.parametrize(
    ("pronoun", "sentences", "wanted"),
    [
        # a known body stays a body, whatever its apposition calls it
        ("they", ["The/DT/det/2 Taliban/NNPS/nsubj/8 ,/,/punct/2 the/DT/det/6 new/JJ/amod/6 leaders/NNS/appos/2/leader "
                  ",/,/punct/2 said/VBD/ROOT/0/say they/PRP/nsubj/10 left/VBD/ccomp/8/leave"], "The Taliban"),
        # officials are several
        ("they", [f"Taliban/NNP/compound/2 officials/NNS/nsubj/3/official {LEFT}", THEY], "Taliban officials"),
        # a body's words and deeds are no body
        ("they", [KESTRELS, f"Their/PRP$/poss/2 rights/NNS/nsubj/3/right {LEFT}", THEY], "Kestrel rebels"),
        # nobody is nobody's antecedent
        ("they", [KESTRELS, f"No/DT/det/2 soldiers/NNS/nsubj/3/soldier {LEFT}", THEY], "Kestrel rebels"),
        # what is told of an object, where nothing else of the sentence fits
        ("they", ["Nepal/NNP/nsubj/2 praised/VBD/ROOT/0/praise Kestrel/NNP/compound/4 rebels/NNS/dobj/2/rebel "
                  "after/IN/mark/7 they/PRP/nsubj/7 left/VBD/advcl/2/leave"], "Kestrel rebels"),
        ("it", [f"The/DT/det/2 army/NN/nsubj/3 {LEFT}", "It/PRP/nsubjpass/3 was/VBD/auxpass/3 decided/VBN/ROOT/0/decide "
                "that/IN/mark/6 Nepal/NNP/nsubj/6 wins/VBZ/ccomp/3/win"], None),
        ("it", [f"The/DT/det/2 army/NN/nsubj/3 {LEFT}", f"It/PRP/nsubj/2 {SLEPT}"], "The army"),
        # weekdays do nothing
        ("he", [JANE.replace("Jane", "Hugo"), f"Wednesday/NNP/nsubj/2 {SLEPT}", HE], "Hugo Kestrel"),
    ],
)  # fmt: skip
def test_pronouns_stand_for_who_can_act(pronoun, sentences, wanted):
    assert pronoun_of(pronoun, *sentences) == wanted


def test_he_is_the_one_is_him():
    parsed = tree(JANE, "She/PRP/nsubj/2 is/VBZ/ROOT/0/be the/DT/det/4 one/NN/attr/2")
    found = find_entities(parsed, TABLE)

    assert found.head(parsed.tokens[-1]) is found.head(parsed.tokens[1]) is not None


def test_fighters_that_a_group_owns_are_the_group():
    *_, fighters = entities(f"Hezbollah/NNP/poss/3 's/POS/case/1 fighters/NNS/nsubj/4/fighter {LEFT}")

    assert fighters.actor.organization == entities(f"Hezbollah/NNP/nsubj/2 {SLEPT}")[0].actor.organization is not None


# ---------------------------------------------------------------------------------------------- quotations


def test_who_is_quoted_is_not_he():
    sentences = (
        "Bruno/NNP/compound/2 Lumen/NNP/nsubj/4 was/VBD/auxpass/4 killed/VBN/ROOT/0/kill",
        f"Adam/NNP/compound/2 Kestrel/NNP/nsubj/3 {LEFT}",
        HE,
    )
    parsed = tree(*sentences)
    he = parsed.sentences[2].tokens[0]
    kestrel = parsed.sentences[1].tokens[1]

    def meant(quoted):
        entity = find_entities(parsed, TABLE, quoted=quoted).head(he)
        return entity.actor.name if entity else None

    assert meant({}) == "Adam Kestrel"
    assert meant({he.i: kestrel}) == "Bruno Lumen"
