"""What words around a predicate make of it: polarity, certainty, modality, condition."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.trees import tree
from vedette.coding.effects import SLOTS
from vedette.coding.factuality import factuality, parse_factuality
from vedette.errors import BadData

FILE = files("vedette") / "data" / "factuality.toml"
TABLE = parse_factuality(tomllib.loads(FILE.read_text(encoding="utf-8")), "factuality.toml")


def judge(sentence, word):
    parsed = tree(sentence)
    token = next(t for t in parsed.tokens if t.text == word)
    return factuality(parsed, token, TABLE), parsed


@pytest.mark.parametrize(
    ("sentence", "word", "modality"),
    [
        ("Rebels/NNS/nsubj/2 attacked/VBD/ROOT/0/attack Baga/NNP/dobj/2", "attacked", "asserted"),
        ("Rebels/NNS/nsubj/4 did/VBD/aux/4/do not/RB/neg/4 attack/VB/ROOT/0 Baga/NNP/dobj/4", "attack", "negated"),
        ("Rebels/NNS/nsubj/3 never/RB/neg/3 attacked/VBD/ROOT/0/attack Baga/NNP/dobj/3", "attacked", "negated"),
        ("No/DT/det/2 rebels/NNS/nsubj/3 attacked/VBD/ROOT/0/attack Baga/NNP/dobj/3", "attacked", "negated"),
        ("Neither/DT/nsubj/2 attacked/VBD/ROOT/0/attack", "attacked", "negated"),
        ("They/PRP/nsubj/2 killed/VBD/ROOT/0/kill nobody/NN/dobj/2", "killed", "negated"),
        ("They/PRP/nsubj/2 left/VBD/ROOT/0/leave without/IN/prep/2 firing/VBG/pcomp/3/fire", "firing", "negated"),
        ("Rebels/NNS/nsubj/3 will/MD/aux/3 attack/VB/ROOT/0", "attack", "announced"),
        ("Rebels/NNS/nsubj/4 will/MD/aux/4 not/RB/neg/4 attack/VB/ROOT/0", "attack", "negated"),
        ("Rebels/NNS/nsubj/3 could/MD/aux/3 attack/VB/ROOT/0", "attack", "hypothetical"),
        ("Rebels/NNS/nsubj/3 might/MD/aux/3 attack/VB/ROOT/0", "attack", "hypothetical"),
        ("Rebels/NNS/nsubj/2 plan/VBP/ROOT/0 to/TO/aux/4 attack/VB/xcomp/2", "attack", "announced"),
        ("Rebels/NNS/nsubj/2 vowed/VBD/ROOT/0/vow to/TO/aux/4 attack/VB/xcomp/2", "attack", "announced"),
        ("Kabul/NNP/nsubj/2 agreed/VBD/ROOT/0/agree to/TO/aux/4 withdraw/VB/xcomp/2", "withdraw", "announced"),
        ("He/PRP/nsubjpass/3 is/VBZ/auxpass/3/be expected/VBN/ROOT/0/expect to/TO/aux/5 visit/VB/xcomp/3", "visit",
         "announced"),
        ("He/PRP/nsubj/2 is/VBZ/ROOT/0/be set/JJ/acomp/2 to/TO/aux/5 visit/VB/xcomp/3", "visit", "announced"),
        ("He/PRP/nsubj/2 urged/VBD/ROOT/0/urge them/PRP/dobj/2 to/TO/aux/5 leave/VB/xcomp/2", "leave", "hypothetical"),
        ("He/PRP/nsubj/2 called/VBD/ROOT/0/call for/IN/prep/2 talks/NNS/pobj/3/talk", "talks", "hypothetical"),
        ("They/PRP/nsubj/2 managed/VBD/ROOT/0/manage to/TO/aux/4 escape/VB/xcomp/2", "escape", "asserted"),
        ("They/PRP/nsubj/4 did/VBD/aux/4/do not/RB/neg/4 manage/VB/ROOT/0 to/TO/aux/6 escape/VB/xcomp/4", "escape",
         "negated"),
        ("They/PRP/nsubj/2 failed/VBD/ROOT/0/fail to/TO/aux/4 escape/VB/xcomp/2", "escape", "negated"),
        ("They/PRP/nsubj/4 did/VBD/aux/4/do not/RB/neg/4 fail/VB/ROOT/0 to/TO/aux/6 escape/VB/xcomp/4", "escape",
         "asserted"),
        ("They/PRP/nsubj/2 refused/VBD/ROOT/0/refuse to/TO/aux/4 leave/VB/xcomp/2", "leave", "negated"),
        ("They/PRP/nsubj/2 forgot/VBD/ROOT/0/forget to/TO/aux/4 sign/VB/xcomp/2", "sign", "negated"),
        ("They/PRP/nsubj/2 forgot/VBD/ROOT/0/forget that/IN/mark/5 he/PRP/nsubj/5 signed/VBD/ccomp/2/sign", "signed",
         "asserted"),
        ("They/PRP/nsubj/4 did/VBD/aux/4/do not/RB/neg/4 forget/VB/ROOT/0 that/IN/mark/7 he/PRP/nsubj/7 "
         "signed/VBD/ccomp/4/sign", "signed", "asserted"),
        ("They/PRP/nsubj/2 began/VBD/ROOT/0/begin shelling/VBG/xcomp/2/shell", "shelling", "asserted"),
        ("They/PRP/nsubj/2 stopped/VBD/ROOT/0/stop shelling/VBG/xcomp/2/shell", "shelling", "negated"),
        ("He/PRP/nsubj/2 said/VBD/ROOT/0/say rebels/NNS/nsubj/4 attacked/VBD/ccomp/2/attack", "attacked", "asserted"),
        ("He/PRP/nsubj/2 denied/VBD/ROOT/0/deny that/IN/mark/5 troops/NNS/nsubj/5 attacked/VBD/ccomp/2/attack",
         "attacked", "negated"),
        ("He/PRP/nsubj/2 denied/VBD/ROOT/0/deny attacking/VBG/xcomp/2/attack Baga/NNP/dobj/3", "attacking", "negated"),
        ("He/PRP/nsubj/2 said/VBD/ROOT/0/say it/PRP/nsubj/5 would/MD/aux/5 withdraw/VB/ccomp/2", "withdraw",
         "announced"),
        ("The/DT/det/2 threat/NN/nsubj/5 of/IN/prep/2 attack/NN/pobj/3 grew/VBD/ROOT/0/grow", "attack", "hypothetical"),
        ("A/DT/det/2 plan/NN/nsubj/5 to/TO/aux/4 withdraw/VB/acl/2 failed/VBD/ROOT/0/fail", "withdraw", "announced"),
        ("A/DT/det/3 ceasefire/NN/compound/3 proposal/NN/nsubj/4 failed/VBD/ROOT/0/fail", "ceasefire", "hypothetical"),
        ("Planned/JJ/amod/2/planned talks/NNS/nsubj/3/talk stalled/VBD/ROOT/0/stall", "talks", "announced"),
        ("Has/VBZ/aux/3/have he/PRP/nsubj/3 left/VBN/ROOT/0/leave ?/./punct/3", "left", "hypothetical"),
        ("They/PRP/nsubj/2 fought/VBD/ROOT/0/fight in/IN/prep/2 1999/CD/pobj/3", "fought", "historical"),
        ("They/PRP/nsubj/2 fought/VBD/ROOT/0/fight decades/NNS/npadvmod/4/decade ago/RB/advmod/2", "fought",
         "historical"),
        ("Talks/NNS/nsubj/4/talk were/VBD/aux/4/be previously/RB/advmod/4 held/VBN/ROOT/0/hold", "held", "historical"),
    ],
)  # fmt: skip
def test_modality(sentence, word, modality):
    fact, _ = judge(sentence, word)

    assert fact.modality == modality


def test_certainty_has_the_sign_of_the_modality():
    asserted, _ = judge("Rebels/NNS/nsubj/2 attacked/VBD/ROOT/0/attack", "attacked")
    negated, _ = judge("Rebels/NNS/nsubj/4 did/VBD/aux/4/do not/RB/neg/4 attack/VB/ROOT/0", "attack")

    assert asserted.certainty == 3.0
    assert negated.certainty < -2


def test_words_of_saying_dim_certainty_in_their_order():
    heads = ("knew/VBD/ROOT/0/know", "said/VBD/ROOT/0/say", "claimed/VBD/ROOT/0/claim", "believed/VBD/ROOT/0/believe",
             "feared/VBD/ROOT/0/fear", "doubted/VBD/ROOT/0/doubt")  # fmt: skip
    certainties = [
        judge(f"He/PRP/nsubj/2 {head} that/IN/mark/5 rebels/NNS/nsubj/5 attacked/VBD/ccomp/2/attack", "attacked")[
            0
        ].certainty
        for head in heads
    ]

    assert certainties == sorted(certainties, reverse=True)
    assert certainties[0] > certainties[-1]


def test_the_if_clause_is_the_condition_of_the_main_clause():
    fact, parsed = judge(
        "If/IN/mark/3 rebels/NNS/nsubj/3 attack/VBP/advcl/7 ,/,/punct/7 troops/NNS/nsubj/7 will/MD/aux/7 fire/VB/ROOT/0",
        "fire",
    )

    assert fact.modality == "conditional"
    assert fact.condition.of(parsed.text) == "If rebels attack"


def test_the_predicate_of_the_if_clause_is_conditional_itself():
    fact, parsed = judge(
        "Troops/NNS/nsubj/3 will/MD/aux/3 fire/VB/ROOT/0 unless/IN/mark/6 rebels/NNS/nsubj/6 withdraw/VBP/advcl/3",
        "withdraw",
    )

    assert fact.modality == "conditional"
    assert fact.condition.of(parsed.text) == "unless rebels withdraw"


def test_should_before_its_subject_is_a_condition():
    fact, parsed = judge(
        "Should/MD/aux/3 rebels/NNS/nsubj/3 attack/VB/advcl/7 ,/,/punct/7 troops/NNS/nsubj/7 will/MD/aux/7 "
        "fire/VB/ROOT/0",
        "fire",
    )

    assert fact.modality == "conditional"
    assert fact.condition.of(parsed.text) == "Should rebels attack"


def test_a_second_verb_shares_negation_and_modal():
    fact, _ = judge(
        "They/PRP/nsubj/4 did/VBD/aux/4/do not/RB/neg/4 attack/VB/ROOT/0 or/CC/cc/4 shell/VB/conj/4 Baga/NNP/dobj/6",
        "shell",
    )

    assert fact.modality == "negated"


def test_a_second_verb_with_its_own_subject_does_not_share_negation():
    fact, _ = judge(
        "They/PRP/nsubj/4 did/VBD/aux/4/do not/RB/neg/4 attack/VB/ROOT/0 and/CC/cc/4 rebels/NNS/nsubj/7 "
        "fled/VBD/conj/4/flee",
        "fled",
    )

    assert fact.modality == "asserted"


def test_a_relative_clause_is_not_denied_with_the_main_clause():
    fact, _ = judge(
        "He/PRP/nsubj/4 did/VBD/aux/4/do not/RB/neg/4 meet/VB/ROOT/0 those/DT/dobj/4 who/WP/nsubj/7 "
        "fled/VBD/relcl/5/flee",
        "fled",
    )

    assert fact.modality == "asserted"


def test_a_definite_act_is_taken_for_granted_under_negation():
    fact, _ = judge(
        "He/PRP/nsubj/4 did/VBD/aux/4/do not/RB/neg/4 see/VB/ROOT/0 the/DT/det/6 attack/NN/dobj/4", "attack"
    )

    assert fact.modality == "asserted"


@pytest.mark.parametrize(
    ("sentence", "word", "modality"),
    [
        # the parser hangs an infinitive on the object, calls it a purpose, or puts it behind "for"
        ("They/PRP/nsubj/2 urged/VBD/ROOT/0/urge troops/NNS/dobj/2/troop to/TO/aux/5 leave/VB/relcl/3", "leave",
         "hypothetical"),
        ("He/PRP/nsubjpass/3 was/VBD/auxpass/3 forced/VBN/ROOT/0/force to/TO/aux/5 leave/VB/advcl/3", "leave", "asserted"),
        ("He/PRP/nsubj/2 called/VBD/ROOT/0/call for/IN/prep/2 talks/NNS/pobj/3/talk to/TO/aux/6 resume/VB/relcl/4",
         "resume", "hypothetical"),
        ("Baga/NNP/nsubj/2 was/VBD/ROOT/0 the/DT/det/5 first/JJ/amod/5 town/NN/attr/2 to/TO/aux/7 fall/VB/relcl/5", "fall",
         "asserted"),
        ("He/PRP/nsubj/2 sold/VBD/ROOT/0/sell tools/NNS/dobj/2/tool to/TO/aux/5 cut/VB/relcl/3", "cut", "hypothetical"),
        # headlines
        ("Minister/NN/ROOT/0 to/TO/aux/3 visit/VB/relcl/1 Baga/NNP/dobj/3", "visit", "announced"),
        ("Troops/NNS/nsubj/3/troop to/TO/aux/3 leave/VB/ROOT/0 Baga/NNP/dobj/3", "leave", "announced"),
        # "to" before a noun is no infinitive
        ("Rebels/NNS/nsubj/2 agreed/VBD/ROOT/0/agree to/IN/prep/2 talks/NNS/pobj/3/talk", "talks", "announced"),
        ("Rebels/NNS/nsubj/2 reacted/VBD/ROOT/0/react to/IN/prep/2 talks/NNS/pobj/3/talk", "talks", "asserted"),
        # what negation reaches
        ("They/PRP/nsubj/4 did/VBD/aux/4/do just/RB/advmod/4 flee/VB/ROOT/0", "flee", "asserted"),
        ("They/PRP/nsubj/5 did/VBD/aux/5/do not/RB/neg/5 just/RB/advmod/5 flee/VB/ROOT/0", "flee", "asserted"),
        ("We/PRP/nsubj/4 did/VBD/aux/4/do n’t/RB/advmod/2 flee/VB/ROOT/0", "flee", "negated"),
        ("Fighting/NN/nsubj/4 did/VBD/aux/4/do not/RB/neg/4 worry/VB/ROOT/0 them/PRP/dobj/4", "Fighting", "asserted"),
        ("A/DT/det/2 raid/NN/nsubj/5 did/VBD/aux/5/do not/RB/neg/5 follow/VB/ROOT/0", "raid", "negated"),
        ("He/PRP/nsubj/3 had/VBD/aux/3/have fled/VBN/ROOT/0/flee or/CC/cc/3 hidden/VBD/conj/3/hide", "hidden", "asserted"),
        ("He/PRP/nsubj/4 had/VBD/aux/4/have not/RB/neg/4 fled/VBN/ROOT/0/flee or/CC/cc/4 hid/VBD/conj/4/hide", "hid",
         "negated"),
        ("Few/JJ/amod/2 rebels/NNS/nsubj/3 fled/VBD/ROOT/0/flee", "fled", "hypothetical"),
        ("A/DT/det/3 few/JJ/amod/3 rebels/NNS/nsubj/4 fled/VBD/ROOT/0/flee", "fled", "asserted"),
        ("He/PRP/nsubj/2 gave/VBD/ROOT/0/give no/DT/det/4 order/NN/dobj/2", "gave", "negated"),
        ("It/PRP/nsubjpass/4 may/MD/aux/4 be/VB/auxpass/4 hindered/VBN/ROOT/0/hinder by/IN/agent/4 "
         "fighting/NN/pobj/5", "fighting", "asserted"),
        # purposes of what was done, and of what is only to be done
        ("They/PRP/nsubj/2 arrived/VBD/ROOT/0/arrive to/TO/aux/4 help/VB/advcl/2", "help", "asserted"),
        ("They/PRP/nsubj/3 may/MD/aux/3 arrive/VB/ROOT/0 to/TO/aux/5 help/VB/advcl/3", "help", "hypothetical"),
        ("We/PRP/nsubj/2 made/VBD/ROOT/0/make sure/JJ/acomp/2 they/PRP/nsubj/5 left/VBD/ccomp/3/leave", "left",
         "hypothetical"),
        # a year that is another noun's
        ("They/PRP/nsubjpass/3 were/VBD/auxpass/3 accused/VBN/ROOT/0/accuse of/IN/prep/3 the/DT/det/7 2011/CD/nummod/7 "
         "bombing/NN/pobj/4", "accused", "asserted"),
        # presupposed whatever happens to the word above
        ("He/PRP/nsubj/2 denied/VBD/ROOT/0/deny accusations/NNS/dobj/2/accusation", "accusations", "asserted"),
        ("He/PRP/nsubj/2 denied/VBD/ROOT/0/deny attacks/NNS/dobj/2/attack", "attacks", "negated"),
        ("It/PRP/nsubj/3 could/MD/aux/3 violate/VB/ROOT/0 sanctions/NNS/dobj/3/sanction", "sanctions", "asserted"),
        ("He/PRP/nsubj/4 was/VBD/aux/4 not/RB/neg/4 amazed/VBN/ROOT/0/amaze that/IN/mark/7 they/PRP/nsubj/7 "
         "fled/VBD/ccomp/4/flee", "fled", "asserted"),
        ("It/PRP/nsubj/4 did/VBD/aux/4/do not/RB/neg/4 prove/VB/ROOT/0 that/IN/mark/7 they/PRP/nsubj/7 "
         "fled/VBD/ccomp/4/flee", "fled", "hypothetical"),
        ("He/PRP/nsubj/2 pretended/VBD/ROOT/0/pretend to/TO/aux/4 flee/VB/xcomp/2", "flee", "negated"),
        ("They/PRP/nsubj/2 await/VBP/ROOT/0 deportation/NN/dobj/2", "deportation", "announced"),
        # a condition of the present is none of an act already done
        ("He/PRP/nsubj/2 urged/VBD/ROOT/0/urge calm/NN/dobj/2 if/IN/mark/6 they/PRP/nsubj/6 come/VBP/advcl/2", "urged",
         "asserted"),
        # "would" after "said" tells a plan, inside a quotation it does not
        ("He/PRP/nsubj/2 said/VBD/ROOT/0/say “/``/punct/2 they/PRP/nsubj/6 would/MD/aux/6 flee/VB/ccomp/2", "flee",
         "hypothetical"),
    ],
)  # fmt: skip
def test_modality_by_construction(sentence, word, modality):
    fact, _ = judge(sentence, word)

    assert fact.modality == modality


def test_a_modifier_of_a_definite_noun_is_not_denied_with_the_verb():
    fact, _ = judge(
        "He/PRP/nsubj/4 did/VBD/aux/4/do not/RB/neg/4 see/VB/ROOT/0 the/DT/det/7 burnt/VBN/amod/7/burn house/NN/dobj/4",
        "burnt",
    )

    assert fact.modality == "asserted"


def test_not_telling_leaves_open_less_than_not_believing():
    told, believed = (
        judge(
            f"He/PRP/nsubj/4 did/VBD/aux/4/do not/RB/neg/4 {verb} that/IN/mark/7 they/PRP/nsubj/7 fled/VBD/ccomp/4/flee",
            "fled",
        )[0]
        for verb in ("tell/VB/ROOT/0", "believe/VB/ROOT/0")
    )

    assert told.certainty > 0 > believed.certainty


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("Prices/NNS/nsubj/2 rebounded/VBD/ROOT/0/rebound to/TO/aux/4 close/VB/advcl/2 higher/RBR/advmod/4", "close"),
        ("She/PRP/nsubj/2 returned/VBD/ROOT/0/return only/RB/advmod/5 to/TO/aux/5 mourn/VB/advcl/2", "mourn"),
        ("They/PRP/nsubj/2 marched/VBD/ROOT/0/march to/TO/aux/4 protest/VB/advcl/2 the/DT/det/6 arrests/NNS/dobj/4", "protest"),
        ("We/PRP/nsubj/3 would/MD/aux/3 like/VB/ROOT/0 to/TO/aux/5 thank/VB/xcomp/3 them/PRP/dobj/5", "like"),
        ("We/PRP/nsubj/3 would/MD/aux/3 like/VB/ROOT/0 to/TO/aux/5 thank/VB/xcomp/3 them/PRP/dobj/5", "thank"),
        ("I/PRP/nsubj/2 want/VBP/ROOT/0 to/TO/aux/4 apologize/VB/xcomp/2", "apologize"),
        ("They/PRP/nsubj/2 tried/VBD/ROOT/0/try to/TO/aux/4 flee/VB/xcomp/2 when/WRB/advmod/7 shells/NNS/nsubj/7 "
         "fell/VBD/advcl/4/fall", "fell"),
    ],
)  # fmt: skip
def test_what_takes_place_with_its_governor_is_asserted(sentence, word):
    judged, _ = judge(sentence, word)
    assert judged.modality == "asserted"
    assert judged.certainty > 2.7


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("Prices/NNS/nsubj/3 will/MD/aux/3 rebound/VB/ROOT/0 to/TO/aux/5 close/VB/advcl/3 higher/RBR/advmod/5", "close"),
        ("She/PRP/nsubj/2 left/VBD/ROOT/0/leave in/IN/prep/2 order/NN/pobj/3 to/TO/aux/6 hide/VB/advcl/2", "hide"),
        ("We/PRP/nsubj/3 would/MD/aux/3 like/VB/ROOT/0 to/TO/aux/5 leave/VB/xcomp/3", "leave"),
        ("I/PRP/nsubj/4 do/VBP/aux/4 not/RB/neg/4 want/VB/ROOT/0 to/TO/aux/6 apologize/VB/xcomp/4", "apologize"),
    ],
)  # fmt: skip
def test_purposes_wishes_and_what_would_be_are_not(sentence, word):
    judged, _ = judge(sentence, word)
    assert judged.modality != "asserted" or judged.certainty <= 2.1


def test_what_was_led_to_is_surer_than_what_is_or_may_be():
    past, _ = judge("It/PRP/nsubj/2 led/VBD/ROOT/0/lead to/IN/prep/2 clashes/NNS/pobj/3/clash", "clashes")
    now, _ = judge("It/PRP/nsubj/2 leads/VBZ/ROOT/0/lead to/IN/prep/2 clashes/NNS/pobj/3/clash", "clashes")
    to_come, _ = judge("It/PRP/nsubj/3 may/MD/aux/3 lead/VB/ROOT/0 to/IN/prep/3 clashes/NNS/pobj/4/clash", "clashes")
    assert past.certainty > now.certainty > to_come.certainty


@pytest.mark.parametrize(
    "sentence",
    [
        "Talks/NNS/ROOT/0/talk cancelled/VBN/acl/1/cancel after/IN/prep/2 attack/NN/pobj/3",
        "They/PRP/nsubj/2 regret/VBP/ROOT/0 the/DT/det/5 cancelled/JJ/amod/5 talks/NNS/dobj/2/talk",
        "They/PRP/nsubj/2 regret/VBP/ROOT/0 the/DT/det/5 now-cancelled/JJ/amod/5 talks/NNS/dobj/2/talk",
    ],
)
def test_what_is_called_off_beside_its_noun_did_not_take_place(sentence):
    judged, _ = judge(sentence, "Talks" if sentence.startswith("Talks") else "talks")
    assert (judged.modality, judged.certainty < 0) == ("negated", True)


def test_one_is_thanked_for_what_one_did():
    judged, _ = judge(
        "They/PRP/nsubj/4 will/MD/aux/4 not/RB/neg/4 thank/VB/ROOT/0 us/PRP/dobj/4 for/IN/prep/4 help/NN/pobj/6", "help"
    )
    assert judged.modality == "asserted"


def good():
    return {
        "effects": {"say": {"verbs": ["say"], "takes": ["that"], "affirmed": ["asserted", 2.0],
                            "negated": ["hypothetical", 1.0]}},
        "modals": {"will": ["announced", 2.0, -2.0]}, "adverbs": {}, "adjectives": {}, "clauses": {"if": "condition"},
        "past": {"ago_units": ["year"], "adverbs": ["formerly"], "adjectives": ["past"]},
        "slots": {name: ["asserted", 1.0] for name in SLOTS},
        "pairs": {name: ["x"] for name in ("changes", "outcomes", "homages", "wishes", "courtesies")},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("table", "key", "value", "where"),
    [
        ("effects", "say", {"verbs": ["say"], "takes": ["that"], "affirmed": ["sure", 2.0], "negated": ["negated", -1.0]},
         "effects.say.affirmed"),
        ("effects", "tell", {"verbs": ["say"], "takes": ["that"], "affirmed": ["asserted", 2.0],
                             "negated": ["negated", -1.0]}, "effects.tell"),
        ("effects", "tell", {"takes": ["that"], "affirmed": ["asserted", 2.0], "negated": ["negated", -1.0]},
         "effects.tell"),
        ("modals", "may", ["hypothetical", 4.0, 0.0], "modals.may"),
        ("modals", "may", ["hypothetical", 1.0], "modals.may"),
        ("adverbs", "perhaps", ["hypothetical"], "adverbs.perhaps"),
        ("clauses", "if", "maybe", "clauses.if"),
        ("slots", "that", ["asserted", 4.0], "slots.that"),
        ("effects", "tell", {"verbs": ["tell"], "takes": ["that"], "affirmed": ["asserted", 2.0],
                             "negated": ["negated", -1.0], "done": "surely"}, "effects.tell.done"),
        ("pairs", "wishes", [], "pairs.wishes"),
    ],
)  # fmt: skip
def test_a_bad_table_is_refused_with_its_place(table, key, value, where):
    data = good()
    data[table][key] = value

    with pytest.raises(BadData) as caught:
        parse_factuality(data, "f.toml")

    assert (caught.value.file, caught.value.where) == ("f.toml", where)


def test_a_missing_slot_is_refused():
    data = good()
    del data["slots"]["that"]

    with pytest.raises(BadData, match="slots.that"):
        parse_factuality(data, "f.toml")


def test_a_missing_table_is_refused():
    data = good()
    del data["modals"]

    with pytest.raises(BadData, match="f.toml: modals: the table is missing"):
        parse_factuality(data, "f.toml")


WORDS = st.sampled_from(
    "not/RB/neg will/MD/aux if/IN/mark attack/VB/xcomp said/VBD/ccomp/say no/DT/det talks/NNS/dobj of/IN/prep "
    "1999/CD/pobj to/TO/aux failed/VBD/advcl/fail denied/VBD/conj/deny ?/./punct who/WP/nsubj fled/VBD/relcl/flee "
    "plan/NN/nsubj possible/JJ/amod few/JJ/amod n’t/RB/advmod leave/VB/relcl just/RB/advmod or/CC/cc “/``/punct to/IN/prep first/JJ/amod would/MD/aux reportedly/RB/advmod in/IN/prep case/NN/pobj had/VBD/aux/have x/X/dep".split()
)


@given(st.lists(st.tuples(WORDS, st.integers(0, 30)), min_size=1, max_size=14))
def test_any_tree_at_all_gives_an_answer(items):
    written = []
    for k, (word, head) in enumerate(items):
        text, tag, dep, *lemma = word.split("/")
        head = 0 if k == 0 else 1 + head % k  # heads point left, so that there is no circle
        written.append("/".join([text, tag, dep, str(head), *lemma]))
    parsed = tree(" ".join(written))

    for token in parsed.tokens:
        fact = factuality(parsed, token, TABLE)
        assert -3.0 <= fact.certainty <= 3.0
        assert fact.condition is None or fact.condition.end <= len(parsed.text)


@pytest.mark.parametrize("aux", ["Did/VBD/aux/3/do", "Will/MD/aux/3"])
def test_a_question_of_yes_or_no_leaves_it_open(aux):
    asked, _ = judge(f"{aux} rebels/NNS/nsubj/3 attack/VB/ROOT/0 +?/./punct/3", "attack")
    why, _ = judge("Why/WRB/advmod/4 did/VBD/aux/4/do rebels/NNS/nsubj/4 attack/VB/ROOT/0 +?/./punct/4", "attack")

    assert asked.modality == "hypothetical"
    assert abs(asked.certainty) < why.certainty
