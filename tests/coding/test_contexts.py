"""What an act is about: by words of its clause, else of its sentence, and by its parties' sectors."""

from __future__ import annotations

import pytest

from tests.trees import tree
from vedette.coding.claims import Findings, assemble
from vedette.coding.contexts import contexts_in, parse_contexts
from vedette.records import Actor, Event, Factuality, Phrase, Span

LEXICON = parse_contexts(
    {
        "context": [
            {"context": "military", "words": "air_force barrack", "sectors": "MIL"},
            {"context": "legal", "words": "court"},
            {"context": "cyber", "words": "cyber-attack"},
            {"context": "disasters", "words": "flood"},
        ]
    },
    "contexts.toml",
)
# "Envoys met as courts heard of floods": the floods lie in another clause than the meeting.
MET = "Envoys/NNS/nsubj/2/envoy met/VBD/ROOT/0/meet {} ./././2"


def claim_of(words, trigger, sectors=(), own=()):
    parsed = tree(words)
    start = parsed.text.index(trigger)
    span = Span(start, start + len(trigger))
    actor = Phrase((parsed.tokens[0].span,), parsed.tokens[0].start)
    event = Event(
        "event", (span,), start, parsed.sentences[0].span, "test/1", event_type="CONSULT", contexts=own, actors=(actor,)
    )
    findings = Findings(
        "d1",
        parsed,
        None,
        [],
        [event],
        [Factuality("asserted", 3.0)],
        lambda phrase, voice: Actor(phrase.spans, "", sectors=tuple(sectors)),
        contexts=LEXICON,
    )
    return assemble(findings)[0]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The/DT/det/3 air/NN/compound/3 force/NN/nsubj/4 left/VBD/ROOT/0", [("military", "air force")]),
        ("Barracks/NNS/nsubj/2/barrack burned/VBD/ROOT/0", [("military", "Barracks")]),
        ("A/DT/det/4 cyber/NN/compound/4 +-/HYPH/punct/4 +attack/NN/ROOT/0", [("cyber", "cyber-attack")]),
        ("Air/NN/nsubj/2 fills/VBZ/ROOT/0 courts/NNS/dobj/2/court", [("legal", "courts")]),
    ],
)
def test_a_context_is_told_by_a_word_or_phrase(words, expected):
    parsed = tree(words)

    found = contexts_in(parsed.sentences[0], LEXICON)

    assert [(w.context, Span(w.tokens[0].start, w.tokens[-1].end).of(parsed.text)) for w in found] == expected


def test_the_clause_tells_before_the_rest_of_the_sentence():
    words = MET.format("in/IN/prep/2 court/NN/pobj/3 when/WRB/advmod/7 floods/NNS/nsubj/7/flood came/VBD/advcl/2/come")

    assert claim_of(words, "met").contexts == ("legal",)


def test_where_the_clause_tells_none_the_sentence_does():
    words = MET.format("when/WRB/advmod/5 floods/NNS/nsubj/5/flood came/VBD/advcl/2/come")

    assert claim_of(words, "met").contexts == ("disasters",)


def test_an_actors_sector_tells_a_context_and_the_lexicons_own_comes_first():
    claim = claim_of(MET.format("in/IN/prep/2 court/NN/pobj/3"), "met", sectors=("MIL",), own=("economic",))

    assert claim.contexts == ("economic", "military", "legal")


def test_without_words_there_is_no_context():
    assert claim_of(MET.format("today/NN/npadvmod/2"), "met").contexts == ()
