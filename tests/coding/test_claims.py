"""What the days around an act, its tense and its speaker's stance make of its modality."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.trees import tree
from vedette.coding.claims import Findings, assemble
from vedette.records import (
    Actor,
    Attribution,
    Content,
    Cue,
    DateMention,
    Event,
    Factuality,
    Span,
    Speaker,
    When,
)

PUBLISHED = date(2031, 6, 15)
OLD = When(date(2031, 1, 1), date(2031, 2, 1), "month")
SOON = When(PUBLISHED + timedelta(days=9), PUBLISHED + timedelta(days=10))


def modality_of(words, head, **told):
    """The modality of the event at `head`: see `claims_of`."""
    return claims_of(words, head, **told)[-1].modality


def claims_of(words, head, *, event_type="ASSAULT", day=None, when=OLD, modality="asserted", denied=None, before=()):
    """The claims of the events at `before` and at `head`.

    `day` is a date word of the text, `denied` the words a speaker denies.
    """
    parsed = tree(*words)

    def span_of(text):
        start = parsed.text.index(text)
        return Span(start, start + len(text))

    events = []
    for trigger in map(span_of, (*before, head)):
        sentence = parsed.token_at(trigger.start).sentence.span
        events.append(Event("event", (trigger,), trigger.start, sentence, "test/1", event_type=event_type))
    attributions = []
    if denied:
        speaker, cue = Speaker((), "he"), Cue((span_of("denied"),), "deny", stance="deny")
        attributions = [Attribution("a1", speaker, cue, Content((span_of(denied),)), "indirect")]
    findings = Findings(
        "d1",
        parsed,
        PUBLISHED,
        attributions,
        events,
        [Factuality(modality, 2.0)] * len(events),
        lambda phrase, voice: Actor(phrase.spans, ""),
        dates=[DateMention(span_of(day), when)] if day else [],
    )
    found = {c.trigger: c for c in assemble(findings)}
    return [found[e.trigger] for e in events]


RAID = "Rebels/NNS/nsubj/2 raided/VBD/ROOT/0/raid Baga/NNP/dobj/2 in/IN/prep/2 January/NNP/pobj/4"


@pytest.mark.parametrize(
    ("words", "head", "modality"),
    [
        ([RAID], "raided", "historical"),
        # what has gone on since then is no background
        (["Rebels/NNS/nsubj/4 have/VBP/aux/4 been/VBN/aux/4/be raiding/VBG/ROOT/0/raid Baga/NNP/dobj/4 since/IN/prep/4 "
          "January/NNP/pobj/6"], "raiding", "asserted"),
        # a day told before carries over to verbs of the past only
        ([RAID, "They/PRP/nsubj/2 shelled/VBD/ROOT/0/shell it/PRP/dobj/2"], "shelled", "historical"),
        ([RAID, "They/PRP/nsubj/2 shell/VBP/ROOT/0/shell it/PRP/dobj/2"], "shell", "asserted"),
        ([RAID, "The/DT/det/2 shelling/NN/nsubj/3 goes/VBZ/ROOT/0/go on/RP/prt/3"], "shelling", "asserted"),
        ([RAID, "They/PRP/nsubj/3 recently/RB/advmod/3 shelled/VBD/ROOT/0/shell it/PRP/dobj/3"], "shelled", "asserted"),
        # the day of another noun
        (["They/PRP/nsubj/2 condemned/VBD/ROOT/0/condemn the/DT/det/5 January/NNP/compound/5 raid/NN/dobj/2"],
         "condemned", "historical"),
        (["They/PRP/nsubj/2 condemn/VBP/ROOT/0/condemn the/DT/det/5 January/NNP/compound/5 raid/NN/dobj/2"],
         "condemn", "asserted"),
        (["They/PRP/nsubj/2 condemn/VBP/ROOT/0/condemn the/DT/det/5 January/NNP/compound/5 raid/NN/dobj/2"],
         "raid", "historical"),
        # a bare participle takes the tense of the verb above it
        (["He/PRP/nsubj/2 saw/VBD/ROOT/0/see them/PRP/nsubj/5 being/VBG/auxpass/5/be killed/VBN/ccomp/2/kill in/IN/prep/2 "
          "January/NNP/pobj/6"], "killed", "historical"),
    ],
)  # fmt: skip
def test_an_old_day_makes_background_of_past_acts(words, head, modality):
    before = ("raided",) if len(words) > 1 else ()

    assert modality_of(words, head, day="January", before=before) == modality


OFFICE = "minister/NN/compound/3 Ruiz/NNP/{} who/WP/nsubj/5 raided/VBD/relcl/3/raid Baga/NNP/dobj/5 died/VBD/ROOT/0/die"


@pytest.mark.parametrize(
    ("words", "modality"),
    [
        ("They/PRP/nsubj/4 have/VBP/aux/4 long/RB/advmod/4 raided/VBN/ROOT/0/raid Baga/NNP/dobj/4", "historical"),
        ("They/PRP/nsubj/2 raided/VBD/ROOT/0/raid Baga/NNP/dobj/2 before/RB/advmod/2", "historical"),
        ("They/PRP/nsubj/2 raided/VBD/ROOT/0/raid Baga/NNP/dobj/2 once/RB/advmod/2", "asserted"),
        ("They/PRP/nsubj/3 once/RB/advmod/3 raided/VBD/ROOT/0/raid Baga/NNP/dobj/3", "historical"),
        ("Former/JJ/amod/3 " + OFFICE.format("nsubj/7"), "historical"),
        ("Prime/JJ/amod/3 " + OFFICE.format("nsubj/7"), "asserted"),
    ],
)  # fmt: skip
def test_words_beside_an_act_set_it_in_an_earlier_time_that_has_no_day(words, modality):
    (claim,) = claims_of([words], "raided")

    assert claim.modality == modality
    assert (claim.when is None) == (modality == "historical")


@pytest.mark.parametrize(
    ("words", "modality"),
    [
        (["They/PRP/nsubj/2 meet/VBP/ROOT/0 on/IN/prep/2 June/NNP/pobj/3"], "announced"),
        (["They/PRP/nsubj/2 meet/VBD/ROOT/0 until/IN/prep/2 June/NNP/pobj/3"], "asserted"),
        (["They/PRP/nsubj/2 left/VBD/ROOT/0/leave in/IN/prep/2 June/NNP/pobj/3",
          "They/PRP/nsubj/2 meet/VBP/ROOT/0"], "asserted"),
    ],
)  # fmt: skip
def test_a_day_to_come_announces_what_is_not_told_as_done(words, modality):
    assert modality_of(words, "meet", event_type="CONSULT", day="June", when=SOON) == modality


@pytest.mark.parametrize(("event_type", "modality"), [("REQUEST", "asserted"), ("RETREAT", "hypothetical")])
def test_a_demand_by_a_modal_verb_is_made_though_its_act_is_not(event_type, modality):
    words = ["They/PRP/nsubj/3 must/MD/aux/3 leave/VB/ROOT/0 Baga/NNP/dobj/3"]

    assert modality_of(words, "leave", event_type=event_type, modality="hypothetical") == modality


@pytest.mark.parametrize(("event_type", "modality"), [("ASSAULT", "asserted"), ("AGREE", "hypothetical")])
def test_an_attempt_at_violence_is_violence(event_type, modality):
    words = ["They/PRP/nsubj/2 tried/VBD/ROOT/0/try to/TO/aux/4 strike/VB/xcomp/2 him/PRP/dobj/4"]

    assert modality_of(words, "strike", event_type=event_type, modality="hypothetical") == modality


def test_what_a_speaker_denies_is_negated_but_not_what_is_told_in_passing():
    words = [
        "He/PRP/nsubj/2 denied/VBD/ROOT/0/deny troops/NNS/nsubj/4/troop shelled/VBD/ccomp/2/shell those/DT/dobj/4 "
        "who/WP/nsubj/7 fled/VBD/relcl/5/flee"
    ]
    denied = "troops shelled those who fled"

    assert modality_of(words, "shelled", denied=denied) == "negated"
    assert modality_of(words, "fled", event_type="RETREAT", denied=denied) == "asserted"
