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
    """The modality of the event at `head`; see `claim_of`."""
    return claim_of(words, head, **told).modality


def claim_of(
    words,
    head,
    *,
    event_type="ASSAULT",
    day=None,
    when=OLD,
    modality="asserted",
    denied=None,
    before=(),
    unfixed=None,
):
    """The claim of the event at `head`, told after those at `before`.

    `day` is a date word of the text (`unfixed`: why it names no days), `denied` the words a speaker denies.
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
        dates=[DateMention(span_of(day), None if unfixed else when, unfixed)] if day else [],
    )
    return next(c for c in assemble(findings) if c.trigger == events[-1].trigger)


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
         "condemned", "asserted"),
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
    claim = claim_of([words], "raided")

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


REPORTED = When(PUBLISHED, PUBLISHED + timedelta(days=1), basis="published")


def test_days_after_publication_are_cut_off_what_is_told_as_done():
    week = When(PUBLISHED - timedelta(days=2), PUBLISHED + timedelta(days=5), "week", "relative")

    made = claim_of(
        ["They/PRP/nsubj/2 raided/VBD/ROOT/0/raid Baga/NNP/dobj/2 June/NNP/npadvmod/2"], "raided", day="June", when=week
    )

    assert (made.when.start, made.when.end, made.when.precision) == (week.start, PUBLISHED + timedelta(days=1), "week")


def test_what_is_told_as_done_is_not_of_a_day_to_come():
    words = ["They/PRP/nsubj/2 raided/VBD/ROOT/0/raid Baga/NNP/dobj/2 until/IN/prep/2 June/NNP/pobj/4"]

    assert claim_of(words, "raided", day="June", when=SOON).when == REPORTED


@pytest.mark.parametrize(("words", "modality"), [("The attack/NN", "historical"), ("The attacks/NNS", "asserted")])
def test_one_act_told_before_with_an_old_day_is_background_and_several_may_go_on(words, modality):
    determiner, noun = words.split()
    told = ["Rebels/NNS/nsubj/2 bombed/VBD/ROOT/0/bomb Baga/NNP/dobj/2 in/IN/prep/2 January/NNP/pobj/4"]
    again = f"{determiner}/DT/det/2 {noun}/nsubj/3/attack was/VBD/ROOT/0/be a/DT/det/5 blunder/NN/attr/3"

    assert modality_of([*told, again], noun.split("/")[0], day="January", before=("bombed",)) == modality


def test_struggling_to_stamp_out_is_fighting():
    words = [
        "They/PRP/nsubj/3 are/VBP/aux/3/be struggling/VBG/ROOT/0/struggle to/TO/aux/5 crush/VB/xcomp/3 them/PRP/dobj/5"
    ]

    assert modality_of(words, "crush", modality="hypothetical") == "asserted"


def test_a_day_of_another_noun_is_not_the_verbs():
    words = ["They/PRP/nsubj/2 condemned/VBD/ROOT/0/condemn the/DT/det/5 January/NNP/compound/5 raid/NN/dobj/2"]

    assert claim_of(words, "condemned", day="January").when == REPORTED
    assert claim_of(words, "raid", day="January").when == OLD


@pytest.mark.parametrize(
    "words",
    [
        "They/PRP/nsubjpass/3 were/VBD/auxpass/3 killed/VBN/ROOT/0/kill in/IN/prep/3 the/DT/det/7 January/NNP/compound/7 "
        "raid/NN/pobj/4",
        "The/DT/det/3 January/NNP/compound/3 raid/NN/nsubj/4 killed/VBD/ROOT/0/kill nine/CD/dobj/4",
        "The/DT/det/3 January/NNP/compound/3 raid/NN/nsubj/4 hurt/VBD/ROOT/0 ten/CD/dobj/4 and/CC/cc/4 killed/VBD/conj/4/kill "
        "nine/CD/dobj/7",
        "They/PRP/nsubj/2 recall/VBP/ROOT/0 the/DT/det/5 January/NNP/compound/5 raid/NN/dobj/2 that/WDT/nsubj/7 "
        "killed/VBD/relcl/5/kill nine/CD/dobj/7",
    ],
)
def test_a_verb_that_is_part_of_a_dated_act_has_its_day(words):
    assert claim_of([words], "killed", day="January").when == OLD


def test_a_time_that_fixes_no_day_leaves_the_day_unknown_in_its_own_clause_only():
    own = ["They/PRP/nsubj/2 raided/VBD/ROOT/0/raid Baga/NNP/dobj/2 last/JJ/amod/5 winter/NN/npadvmod/2"]
    other = [
        "They/PRP/nsubj/2 raided/VBD/ROOT/0/raid Baga/NNP/dobj/2 which/WDT/dobj/6 he/PRP/nsubj/6 left/VBD/relcl/3/leave "
        "last/JJ/amod/8 winter/NN/npadvmod/6"
    ]

    assert claim_of(own, "raided", day="winter", unfixed="season").when is None
    assert claim_of(other, "raided", day="winter", unfixed="season").when == REPORTED
