"""Why a claim was coded so is told by the words, entries and steps that the coders used."""

from __future__ import annotations

from importlib.resources import files

import msgspec
import pytest

import vedette
from vedette import api
from vedette.errors import InputError
from vedette.outputs.terminal import print_explanation

TEXT = (
    "Police in Kunduz denied on Monday that rebels had shelled the market, killing 12 people. "
    "The army said it will not hold talks with the striking workers."
)


@pytest.fixture(scope="module")
def made():
    return vedette.explain(TEXT, published="2031-05-06", outlet="The Oxus Post")


def reason_of(made, event_type):
    return next(r for r in made.reasons if r.claim.event_type == event_type)


def words(reason, role):
    return [(w.text, w.span and w.span.of(TEXT)) for w in reason.words if w.role == role]


def test_what_is_explained_is_what_is_coded(made):
    coded = vedette.code(TEXT, published="2031-05-06", outlet="The Oxus Post")

    assert made.coded == coded
    assert [r.claim for r in made.reasons] == list(coded.claims)


def test_a_claim_names_the_line_of_its_pattern(made):
    pattern = reason_of(made, "ASSAULT").pattern

    lines = (files("vedette") / "data" / pattern.file).read_text(encoding="utf-8").split("\n")
    assert (pattern.file, pattern.part, pattern.words) == ("events/assault.toml", "verbs", "shell")
    assert "shell" in lines[pattern.line - 1].replace('"', " ").split()


def test_each_role_has_its_words_and_what_they_were_taken_for(made):
    shelled = reason_of(made, "ASSAULT")

    assert words(shelled, "predicate") == [("shelled", "shelled")]
    assert words(shelled, "actor") == [("rebels", "rebels")]
    assert words(shelled, "place") == [("Kunduz", "Kunduz")]
    assert words(shelled, "day") == [("Monday", "Monday")]
    assert words(shelled, "speaker") == [("Police in Kunduz", "Police in Kunduz")]
    assert words(shelled, "cue") == [("denied", "denied")]
    assert words(shelled, "deaths") == [("12", "12")]
    assert [w.note for w in shelled.words if w.role == "actor"] == ["REB"]


def test_a_day_that_nobody_tells_has_no_words(made):
    assert words(reason_of(made, "REJECT"), "day") == [("Monday", "Monday")]
    refused = next(r for r in made.reasons if r.claim.mode == "meet")
    assert words(refused, "day") == [("", None)]


def test_the_steps_of_certainty_lead_from_the_governing_word_to_the_claims_own(made):
    steps = reason_of(made, "ASSAULT").steps

    assert steps[0].startswith('"shelled" is that of "denied" (deny: negated ')
    assert steps[-1].startswith("negated -")


def test_an_act_that_somebody_will_not_do_names_the_rule_and_what_the_entry_asks_for(made):
    refused = next(r for r in made.reasons if r.claim.mode == "meet")

    assert refused.pattern.words == "hold_talks"
    assert "a verb of CONSULT" in refused.rule
    assert "beside it: talks" in refused.demands


def test_what_was_passed_over_has_its_reason(made):
    reasons = {p.text: p.reason for p in made.passed}

    assert "part of" in reasons["killing"]
    assert reasons["said"].startswith("the cue of a2: gives what it holds a voice")
    assert 'REJECT/change "strike_down"' in reasons["striking"]
    assert "shelled" not in reasons
    assert all(p.span.of(TEXT) == p.text for p in made.passed)


@pytest.mark.parametrize(
    ("text", "word", "reason"),
    [
        ("The envoys sang in Kunduz.", "sang", "no entry of the lexicon"),
        ("The police charged the phone in Kunduz.", "charged", "asks for more: "),
        ("An attack helicopter landed in Kunduz.", "attack", 'stands before "helicopter", which names the thing'),
        ("The envoys agreed to hold talks in Kunduz.", "talks", "part of AGREE told by"),
    ],
)
def test_why_a_word_is_no_event(text, word, reason):
    passed = vedette.explain(text).passed

    assert any(p.text == word and reason in p.reason for p in passed), passed


def test_a_role_from_elsewhere_in_the_report_names_where():
    text = (
        "The United States imposed tariffs on Nepal on Monday. The United States imposed sanctions on Peru. "
        "The sanctions on Nepal hurt farmers."
    )
    reasons = vedette.explain(text, published="2031-05-06").reasons

    carried = [w for r in reasons for w in r.words if w.role == "actor" and "carried from" in w.note]
    assert carried
    assert all(w.text == "The United States" and "SANCTION" in w.note for w in carried)


def test_a_statement_of_control_names_its_line():
    (reason,) = (r for r in vedette.explain("Rebels seized the town of Kunduz.").reasons if r.claim.kind == "control")

    assert (reason.pattern.file, reason.pattern.words) == ("control.toml", "seize")
    assert reason.pattern.line


def test_the_parse_is_a_tree_of_all_words(made):
    assert sorted(n.span.start for n in made.tree) == sorted({n.span.start for n in made.tree})
    assert [n.text for n in made.tree if n.depth == 0] == ["denied", "said"]


def test_a_skipped_text_has_no_reasons():
    text = "Le ministre des affaires étrangères a déclaré mardi que les négociations avaient échoué. " * 4
    made = vedette.explain(text)

    assert made.coded.skipped.reason == "language"
    assert (made.reasons, made.passed, made.tree) == ((), (), ())


def test_a_blank_text_is_refused():
    with pytest.raises(InputError, match="the text is empty"):
        vedette.explain("  ")


def test_it_prints_as_plain_text_where_no_terminal_is(made, capsys):
    print_explanation(made)

    out = capsys.readouterr().out
    assert "\x1b[" not in out
    assert "events/assault.toml, line" in out
    assert "looked at, not coded" in out
    assert "denied  VBD ROOT" in out


def test_its_json_is_one_object(made, capsys):
    print_explanation(made, as_json=True)

    read = msgspec.json.decode(capsys.readouterr().out)
    assert read.keys() == {"coded", "reasons", "passed", "tree"}
    assert read["reasons"][0]["pattern"]["line"]


def test_a_pair_of_the_scorer_says_so():
    text = "Uruguay eviscerated the Mounted Rangers in a note."
    made = api.explain_pair(text, (0, 7), (20, 39))

    (reason,) = made.reasons
    assert reason.claim == vedette.code_pair(text, (0, 7), (20, 39))
    assert f"scorer, score {reason.claim.confidence:.2f}" in reason.rule
    assert 'speak "eviscerate"' in reason.rule
    assert made.tree


def test_a_pair_of_the_lexicon_names_its_pattern():
    (reason,) = api.explain_pair("Uruguay bombed Paraguay.", (0, 7), (15, 23)).reasons

    assert reason.pattern is not None and "scorer" not in reason.rule


def test_a_pair_without_an_act_shows_the_parse():
    made = api.explain_pair("Uruguay borders Paraguay.", (0, 7), (16, 24))

    assert not made.reasons and made.tree[0].text == "borders"
