"""Events of small trees built by hand; the lexicon is the one that is shipped."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.trees import tree
from vedette.coding.events import code_events, code_pair
from vedette.coding.lexicon import parse_lexicon
from vedette.errors import BadData
from vedette.records import Event, Phrase, Span
from vedette.text.tree import Parsed

FOLDER = files("vedette") / "data" / "events"
FILES = {
    f.name: tomllib.loads(f.read_text(encoding="utf-8"))
    for f in FOLDER.iterdir()
    if f.name.endswith(".toml") and f.name != "contexts.toml"
}
LEXICON = parse_lexicon(FILES)


def words(parsed: Parsed, phrases: tuple[Phrase, ...]) -> list[str]:
    return [" ".join(s.of(parsed.text) for s in p.spans) for p in phrases]


def shown(parsed: Parsed) -> list[tuple[str, str, list[str], list[str]]]:
    """Type, trigger, actors and recipients of each event."""
    return [
        (
            event.event_type or "",
            " ".join(s.of(parsed.text) for s in event.trigger),
            words(parsed, event.actors),
            words(parsed, event.recipients),
        )
        for event in code_events(parsed, LEXICON)
    ]


def only(parsed: Parsed) -> Event:
    (event,) = code_events(parsed, LEXICON)
    return event


def test_subject_acts_and_object_suffers():
    parsed = tree("Rebels/NNS/nsubj/2/rebel attacked/VBD/ROOT/0/attack the/DT/det/4 village/NN/dobj/2 ././punct/2")

    assert shown(parsed) == [("ASSAULT", "attacked", ["Rebels"], ["the village"])]


def test_passive_turns_the_roles_round():
    parsed = tree(
        "Three/CD/nummod/2 officers/NNS/nsubjpass/4/officer were/VBD/auxpass/4 arrested/VBN/ROOT/0/arrest "
        "by/IN/agent/4 police/NNS/pobj/5"
    )

    assert shown(parsed) == [("COERCE", "arrested", ["police"], ["Three officers"])]


def test_agentless_passive_has_no_actor():
    parsed = tree("Two/CD/nummod/2 nurses/NNS/nsubjpass/4/nurse were/VBD/auxpass/4 abducted/VBN/ROOT/0/abduct")

    assert shown(parsed) == [("ASSAULT", "abducted", [], ["Two nurses"])]


def test_light_verb_and_its_noun_are_one_event():
    parsed = tree(
        "Insurgents/NNS/nsubj/2/insurgent carried/VBD/ROOT/0/carry out/RP/prt/2 an/DT/det/5 attack/NN/dobj/2 "
        "on/IN/prep/5 Kulob/NNP/pobj/6"
    )

    assert shown(parsed) == [("ASSAULT", "carried attack", ["Insurgents"], ["Kulob"])]


def test_conjuncts_are_phrases_of_their_own():
    parsed = tree(
        "Tajikistan/NNP/nsubj/4 and/CC/cc/1 Mongolia/NNP/conj/1 condemned/VBD/ROOT/0/condemn the/DT/det/6 Front/NNP/dobj/4"
    )

    assert shown(parsed) == [("ACCUSE", "condemned", ["Tajikistan", "Mongolia"], ["the Front"])]


def test_what_is_done_together_has_the_second_side_as_recipient():
    parsed = tree(
        "Talks/NNS/nsubj/7/talk between/IN/prep/1 Bhutan/NNP/pobj/2 and/CC/cc/3 Nepal/NNP/conj/3 have/VBP/aux/7 "
        "resumed/VBN/ROOT/0/resume"
    )

    ((kind, trigger, _, recipients),) = shown(parsed)

    assert (kind, trigger, recipients) == ("CONSULT", "Talks", ["Nepal"])


def test_possessive_of_a_nominalisation_acts_unless_it_suffers():
    attack = tree("The/DT/det/2 Front/NNP/poss/4 's/POS/case/2 attack/NN/ROOT/0 on/IN/prep/4 Herat/NNP/pobj/5")
    arrest = tree("The/DT/det/2 mayor/NN/poss/4 's/POS/case/2 arrest/NN/ROOT/0")

    assert only(attack).actors and words(attack, only(attack).recipients) == ["Herat"]
    assert not only(arrest).actors and only(arrest).recipients


def test_accused_of_an_act_is_two_events():
    parsed = tree(
        "Nepal/NNP/nsubj/2 accused/VBD/ROOT/0/accuse Bhutan/NNP/dobj/2 of/IN/prep/2 shelling/VBG/pcomp/4/shell "
        "villages/NNS/dobj/5/village"
    )

    assert shown(parsed) == [
        ("ACCUSE", "accused", ["Nepal"], ["Bhutan"]),
        ("ASSAULT", "shelling", ["Bhutan"], ["villages"]),
    ]


def test_what_is_agreed_is_no_event_of_its_own():
    parsed = tree(
        "Nepal/NNP/nsubj/2 agreed/VBD/ROOT/0/agree to/TO/aux/4 release/VB/xcomp/2 the/DT/det/6 "
        "prisoners/NNS/dobj/4/prisoner"
    )

    assert [(kind, trigger) for kind, trigger, _, _ in shown(parsed)] == [("AGREE", "agreed")]


def test_refusal_to_meet_is_one_rejection_of_whom_one_does_not_meet():
    parsed = tree(
        "Nepal/NNP/nsubj/2 refused/VBD/ROOT/0/refuse to/TO/aux/4 meet/VB/xcomp/2 the/DT/det/6 envoy/NN/dobj/4"
    )

    assert shown(parsed) == [("REJECT", "refused", ["Nepal"], ["the envoy"])]
    assert only(parsed).mode == "meet"


@pytest.mark.parametrize(("negation", "kind"), [("", "AGREE"), ("not/RB/neg/4 ", "REJECT")])
def test_what_will_be_done_for_another_is_agreed_or_refused(negation, kind):
    parsed = tree(
        f"Nepal/NNP/nsubj/4 will/MD/aux/4 {negation or 'soon/RB/advmod/4 '}release/VB/ROOT/0 the/DT/det/6 "
        "prisoners/NNS/dobj/4/prisoner"
    )

    assert only(parsed).event_type == kind


def test_must_in_somebodys_words_is_a_request():
    parsed = tree(
        "Nepal/NNP/nsubj/2 said/VBD/ROOT/0/say Bhutan/NNP/nsubj/5 must/MD/aux/5 end/VB/ccomp/2 the/DT/det/7 raids/NNS/dobj/5/raid"
    )

    assert shown(parsed)[0] == ("REQUEST", "must end", ["Nepal"], ["Bhutan"])


def test_deaths_belong_to_the_attack_that_caused_them():
    parsed = tree(
        "Nine/CD/nummod/2 soldiers/NNS/nsubjpass/4/soldier were/VBD/auxpass/4 killed/VBN/ROOT/0/kill in/IN/prep/4 "
        "an/DT/det/7 airstrike/NN/pobj/5"
    )

    assert shown(parsed) == [("ASSAULT", "killed airstrike", [], ["Nine soldiers"])]
    assert only(parsed).mode == "aerial"


def test_saying_is_no_event():
    parsed = tree(
        "The/DT/det/2 minister/NN/nsubj/3 announced/VBD/ROOT/0/announce that/IN/mark/6 he/PRP/nsubj/6 slept/VBD/ccomp/3/sleep"
    )

    assert shown(parsed) == []


def test_things_ask_for_nothing():
    parsed = tree("The/DT/det/2 drought/NN/nsubj/3 forced/VBD/ROOT/0/force villagers/NNS/dobj/3/villager")

    assert shown(parsed) == []


def test_pair_prefers_the_event_of_both():
    parsed = tree(
        "Nepal/NNP/nsubj/2 praised/VBD/ROOT/0/praise Bhutan/NNP/dobj/2 after/IN/prep/2 attacks/NNS/pobj/4/attack"
    )
    event = code_pair(parsed, Span(0, 5), Span(14, 20), LEXICON)

    assert event is not None and event.event_type == "SUPPORT"


def test_pair_without_an_event_is_none():
    parsed = tree("Nepal/NNP/nsubj/2 borders/VBZ/ROOT/0/border Bhutan/NNP/dobj/2")

    assert code_pair(parsed, Span(0, 5), Span(14, 20), LEXICON) is None


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ({"type": "SHOUT", "verbs": "yell"}, "unknown type"),
        ({"type": "ASSAULT", "mode": "visit", "verbs": "hit"}, "no mode"),
        ({"type": "ASSAULT", "contexts": ["moon"], "verbs": "hit"}, "unknown contexts"),
        ({"type": "ASSAULT", "verbs": "hit hit"}, "stands already"),
        ({"type": "ASSAULT", "verbs": "hit", "objects": "@nobody"}, "unknown class"),
        ({"type": "ASSAULT", "verbs": "hit", "acts": "JUMP"}, "unknown act"),
        ({"type": "ASSAULT"}, "no predicates"),
        ({"type": "ASSAULT", "verbs": "hit", "confidence": 2.0}, "confidence"),
        ({"type": "ASSAULT", "verb": "hit"}, "unknown field"),
    ],
)
def test_a_bad_entry_is_refused_with_file_and_mend(entry, reason):
    with pytest.raises(BadData, match=reason) as caught:
        parse_lexicon({"bad.toml": {"entry": [entry]}})

    assert caught.value.file == "bad.toml"


def test_the_shipped_lexicon_is_large_and_covers_every_type():
    senses = [s for table in (LEXICON.verbs, LEXICON.nouns, LEXICON.adjectives) for ss in table.values() for s in ss]

    assert len(senses) >= 900
    assert len({s.event_type for s in senses}) == 16


LEMMAS = st.sampled_from(
    "attack agree refuse threaten call talk sanction the to by on of said must not will prisoner killed Nepal dead ready".split()
)
TAGS = st.sampled_from("NN NNS NNP VB VBD VBN VBG JJ IN TO MD RP CD PRP WDT".split())
DEPS = st.sampled_from(
    "nsubj nsubjpass dobj pobj prep agent xcomp ccomp acl relcl advcl conj amod compound poss aux auxpass neg prt attr "
    "acomp pcomp".split()
)


@given(st.lists(st.tuples(LEMMAS, TAGS, DEPS, st.integers(0, 30)), min_size=1, max_size=12))
def test_any_tree_is_coded_with_spans_in_its_sentence(rows):
    """Heads point backwards, so that every tree is one."""
    items = [
        f"{word}/{tag}/{dep if n else 'ROOT'}/{head % n + 1 if n else 0}"
        for n, (word, tag, dep, head) in enumerate(rows)
    ]
    parsed = tree(" ".join(items))

    for event in code_events(parsed, LEXICON):
        spans = [*event.trigger, *(s for p in (*event.actors, *event.recipients) for s in p.spans)]
        assert all(event.sentence.holds(span) for span in spans)


# ---------------------------------------------------------------------------------------------- roles


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (  # who is in custody suffers it
            "The/DT/det/2 nurses/NNS/nsubj/3/nurse remain/VBP/ROOT/0 in/IN/prep/3 custody/NN/pobj/4",
            ("COERCE", "remain custody", [], ["The nurses"]),
        ),
        (  # an exchange has another side
            "Rebels/NNS/nsubj/2/rebel exchanged/VBD/ROOT/0/exchange gunfire/NN/dobj/2 with/IN/prep/2 guards/NNS/pobj/4/guard",
            ("ASSAULT", "exchanged gunfire", ["Rebels"], ["guards"]),
        ),
        (  # leaders from two countries
            "Leaders/NNS/nsubj/6/leader from/IN/prep/1 Zenda/NNP/pobj/2 and/CC/cc/3 Klow/NNP/conj/3 met/VBD/ROOT/0/meet",
            ("CONSULT", "met", ["Zenda"], ["Klow"]),
        ),
        (  # at whom a measure is aimed
            "Zenda/NNP/nsubj/2 imposed/VBD/ROOT/0/impose tariffs/NNS/dobj/2/tariff targeting/VBG/acl/3/target Klow/NNP/dobj/4",
            ("SANCTION", "imposed tariffs", ["Zenda"], ["Klow"]),
        ),
        (  # days of an act are the act
            "Zenda/NNP/nsubj/2 held/VBD/ROOT/0/hold days/NNS/dobj/2/day of/IN/prep/3 talks/NNS/pobj/4/talk "
            "with/IN/prep/5 Klow/NNP/pobj/6",
            ("CONSULT", "held talks", ["Zenda"], ["Klow"]),
        ),
        (  # who has it done by infinitive
            "Zenda/NNP/nsubj/2 told/VBD/ROOT/0/tell Klow/NNP/dobj/2 to/TO/aux/5 wait/VB/xcomp/2",
            ("REQUEST", "told to", ["Zenda"], ["Klow"]),
        ),
        (  # both promise it
            "Zenda/NNP/nsubj/4 and/CC/cc/1 Klow/NNP/conj/1 agreed/VBD/ROOT/0/agree to/TO/aux/6 cooperate/VB/xcomp/4",
            ("AGREE", "agreed", ["Zenda"], ["Klow"]),
        ),
        (  # what passes between them is no party
            "Zenda/NNP/nsubj/4 and/CC/cc/1 Klow/NNP/conj/1 exchanged/VBD/ROOT/0/exchange prisoners/NNS/dobj/4/prisoner",
            ("COOPERATE", "exchanged prisoners", ["Zenda"], ["Klow"]),
        ),
        (  # what is fired is no victim
            "Rebels/NNS/nsubj/2/rebel fired/VBD/ROOT/0/fire rockets/NNS/dobj/2/rocket at/IN/prep/2 Klow/NNP/pobj/4",
            ("ASSAULT", "fired rockets at", ["Rebels"], ["Klow"]),
        ),
        (  # by whom, though the parser gives it to the victim
            "The/DT/det/2 arrest/NN/nsubj/7 of/IN/prep/2 Roe/NNP/pobj/3 by/IN/prep/4 police/NNS/pobj/5 followed/VBD/ROOT/0",
            ("COERCE", "arrest", ["police"], ["Roe"]),
        ),
        (  # who is asked by "for ... to"
            "Zenda/NNP/nsubj/2 called/VBD/ROOT/0/call for/IN/mark/6 Klow/NNP/nsubj/6 to/TO/aux/6 withdraw/VB/advcl/2",
            ("REQUEST", "called for", ["Zenda"], ["Klow"]),
        ),
        (  # who tells it is not asked to stop
            "According/VBG/prep/5 to/IN/prep/1 Zenda/NNP/pobj/2 Klow/NNP/nsubj/5 refused/VBD/ROOT/0/refuse",
            ("REJECT", "refused", ["Klow"], []),
        ),
        (  # against whom one vows to do what the lexicon does not know by itself
            "Zenda/NNP/nsubj/2 vowed/VBD/ROOT/0/vow to/TO/aux/4 retaliate/VB/xcomp/2 against/IN/prep/4 Klow/NNP/pobj/5",
            ("THREATEN", "vowed", ["Zenda"], ["Klow"]),
        ),
        (  # the toll of an attack that a relative clause tells is the attack's
            "Klowian/JJ/amod/2 attack/NN/nsubj/6 that/WDT/nsubj/4 killed/VBD/relcl/2/kill nurses/NNS/dobj/4/nurse "
            "ended/VBD/ROOT/0/end",
            ("ASSAULT", "attack killed", ["Klowian"], ["nurses"]),
        ),
        (  # who declares it
            "Zenda/NNP/nsubj/2 declared/VBD/ROOT/0/declare a/DT/det/4 state/NN/dobj/2 of/IN/prep/4 emergency/NN/pobj/5",
            ("COERCE", "state", ["Zenda"], []),
        ),
        (  # money is no party
            "Zenda/NNP/nsubj/2 pledged/VBD/ROOT/0/pledge euros/NNS/dobj/2/euro in/IN/prep/3 aid/NN/pobj/4 to/IN/prep/2 "
            "Klow/NNP/pobj/6",
            ("AGREE", "pledged to", ["Zenda"], ["Klow"]),
        ),
        (  # an act that goes on is one act
            "Klowian/JJ/amod/2 shelling/NN/nsubj/5 of/IN/prep/2 Zenda/NNP/pobj/3 continued/VBD/ROOT/0/continue",
            ("ASSAULT", "shelling", ["Klowian"], ["Zenda"]),
        ),
        (
            "Zenda/NNP/nsubj/2 is/VBZ/ROOT/0 critical/JJ/acomp/2 of/IN/prep/3 Klow/NNP/pobj/4",
            ("ACCUSE", "critical", ["Zenda"], ["Klow"]),
        ),
    ],
)
def test_roles(words, expected):
    assert shown(tree(words)) == [expected]


def test_telling_what_is_said_asks_for_nothing():
    parsed = tree(
        "Zenda/NNP/nsubj/2 told/VBD/ROOT/0/tell Klow/NNP/dobj/2 that/IN/mark/6 it/PRP/nsubj/6 waits/VBZ/ccomp/2/wait"
    )

    assert shown(parsed) == []


def test_condemning_an_arrest_accuses_not_the_arrested():
    parsed = tree("Klow/NNP/nsubj/2 condemned/VBD/ROOT/0/condemn Roe/NNP/poss/5 's/POS/case/3 arrest/NN/dobj/2")

    assert shown(parsed)[0] == ("ACCUSE", "condemned", ["Klow"], ["Roe 's arrest"])


def test_what_is_rejected_was_said_by_whom_and_of_whom():
    parsed = tree(
        "Zenda/NNP/nsubj/2 rejected/VBD/ROOT/0/reject the/DT/det/4 allegations/NNS/dobj/2/allegation "
        "made/VBN/acl/4/make by/IN/agent/5 Klow/NNP/pobj/6"
    )

    assert shown(parsed) == [
        ("REJECT", "rejected allegations", ["Zenda"], ["Klow"]),
        ("ACCUSE", "allegations made", ["Klow"], ["Zenda"]),
    ]


def test_what_others_need_to_do_is_a_request_of_who_says_so():
    parsed = tree(
        "Zenda/NNP/nsubj/2 said/VBD/ROOT/0/say Klow/NNP/nsubj/4 needs/VBZ/ccomp/2/need to/TO/aux/6 wait/VB/xcomp/4"
    )

    assert shown(parsed) == [("REQUEST", "needs", ["Zenda"], ["Klow"])]


def test_what_a_threat_speaks_of_is_no_event_though_its_verb_comes_first():
    parsed = tree(
        "Zenda/NNP/poss/3 's/POS/case/1 threat/NN/nsubj/6 to/TO/aux/5 attack/VB/acl/3 alarmed/VBD/ROOT/0/alarm Klow/NNP/dobj/6"
    )

    assert [event[0] for event in shown(parsed)] == ["THREATEN"]


def test_who_is_persuaded_does_it():
    parsed = tree("Zenda/NNP/nsubj/2 persuaded/VBD/ROOT/0/persuade Klow/NNP/dobj/2 to/TO/aux/5 withdraw/VB/xcomp/2")

    assert shown(parsed) == [("REQUEST", "persuaded", ["Zenda"], ["Klow"]), ("RETREAT", "withdraw", ["Klow"], [])]


@pytest.mark.parametrize(
    ("doer", "kind"),
    [("Klow/NNP", "ASSAULT"), ("rebels/NNS", "ASSAULT"), ("it/PRP", "THREATEN"), ("Zenda/NNP", "THREATEN")],
)
def test_warning_of_what_a_third_party_will_do_is_no_threat(doer, kind):
    parsed = tree(
        f"Zenda/NNP/nsubj/2 warned/VBD/ROOT/0/warn that/IN/mark/6 {doer}/nsubj/6 would/MD/aux/6 attack/VB/ccomp/2"
    )

    assert [event[0] for event in shown(parsed)] == [kind]


def test_asking_whether_is_no_request():
    parsed = tree(
        "Roe/NNP/nsubj/2 asked/VBD/ROOT/0/ask whether/IN/mark/5 Klow/NNP/nsubj/5 attacked/VBD/ccomp/2/attack rebels/NNS/dobj/5/rebel"
    )

    assert [event[0] for event in shown(parsed)] == ["ASSAULT"]


def test_an_inverted_should_is_a_condition_and_no_request():
    parsed = tree(
        "Should/MD/aux/3 Klow/NNP/nsubj/3 attack/VB/advcl/6 Zenda/NNP/nsubj/6 would/MD/aux/6 say/VB/ROOT/0 so/RB/advmod/6"
    )

    assert [event[0] for event in shown(parsed)] == ["ASSAULT"]


def test_what_one_will_not_do_is_a_refusal_and_marked_as_one():
    refused = "Zenda/NNP/nsubj/4 will/MD/aux/4 not/RB/neg/4 meet/VB/ROOT/0 Klow/NNP/dobj/4"

    assert only(tree(refused)).is_refusal
    assert not only(
        tree(refused.replace("will/MD/aux/4 not/RB/neg/4 meet/VB", "did/VBD/aux/4 not/RB/neg/4 meet/VB"))
    ).is_refusal


@pytest.mark.parametrize(
    "parsed",
    [
        # an accident's dead
        "Five/CD/nummod/2 men/NNS/nsubjpass/4/man were/VBD/auxpass/4 killed/VBN/ROOT/0/kill in/IN/prep/4 a/DT/det/7 "
        "crash/NN/pobj/5",
        "Hunters/NNS/nsubj/2/hunter killed/VBD/ROOT/0/kill two/CD/nummod/4 dogs/NNS/dobj/2/dog",
        # "took place" and "took off" take nothing
        "This/DT/nsubj/2/this took/VBD/ROOT/0/take place/NN/dobj/2 in/IN/prep/2 a/DT/det/6 town/NN/pobj/4",
        "Jets/NNS/nsubj/2/jet took/VBD/ROOT/0/take off/RP/prt/2 from/IN/prep/2 the/DT/det/6 airport/NN/pobj/4",
        # a trade spoken of as a problem, and the fight against it
        "We/PRP/nsubj/2/we fight/VBP/ROOT/0/fight drug/NN/compound/4 trafficking/NN/dobj/2",
    ],
)
def test_accidents_idioms_and_trades_are_no_attacks(parsed):
    assert shown(tree(parsed)) == []


def test_a_town_is_taken():
    parsed = tree("Rebels/NNS/nsubj/2/rebel took/VBD/ROOT/0/take the/DT/det/4 town/NN/dobj/2")

    assert [kind for kind, *_ in shown(parsed)] == ["ASSAULT"]
