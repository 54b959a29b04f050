"""Why each claim of a text was coded so: its pattern or rule, the words of each role, the steps of its certainty.

Computed on request: the text is coded as ever, and what the stages found is read off once more. What was looked at and
left alone comes from `passed_over`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import msgspec

from vedette.coding.claims import HISTORICAL_DAYS, Findings, assemble
from vedette.coding.contexts import contexts_in
from vedette.coding.embedding import effect_of, way_up
from vedette.coding.lexicon import Lexicon, Sense
from vedette.coding.scorer import CODER as SCORER
from vedette.coding.scorer import features_of_pair, heads_of
from vedette.passed_over import Passed, demands_of, passed_over
from vedette.pipeline import Tools, event_of_pair, findings_of_event, inspect, uncoded
from vedette.records import Attribution, Claim, Coded, Document, Event, Factuality, Pattern, Span
from vedette.text.tree import Parsed, Token

__all__ = ["Explanation", "Node", "Reason", "Word", "explain_document", "explain_pair"]

RULE_OF_MUST = '"must" or "needs to" in somebody\'s words is his REQUEST to the subject'
RULE_OF_DEATH = "whom an act told before it hit died; no other cause is named"
RULE_OF_WILL = (
    "a friendly act that somebody will do is AGREE, one that he will not do REJECT, a hostile one that he says he will "
    "do THREATEN"
)

# Classes and words of the scorer that are shown.
SHOWN_CLASSES = 3
SHOWN_WORDS = 4


class Word(msgspec.Struct, frozen=True):
    """The words of a role of a claim, and what they were taken for; span None: no words of this text."""

    role: str
    span: Span | None
    text: str
    note: str = ""


class Reason(msgspec.Struct, frozen=True):
    """Why a claim was coded: by which rule or pattern, with which words, and how its certainty came about.

    `demands` are what the pattern's entry asks for beside its word, `steps` lead from the root of the sentence to the
    predicate and end with the claim's own modality and certainty.
    """

    claim: Claim
    rule: str
    pattern: Pattern | None
    demands: tuple[str, ...]
    words: tuple[Word, ...]
    steps: tuple[str, ...]


class Node(msgspec.Struct, frozen=True):
    """A word of the parse; `depth` 0 is a sentence's root, children follow their head in text order."""

    depth: int
    span: Span
    text: str
    tag: str
    dep: str


class Explanation(msgspec.Struct, frozen=True):
    """A coded text with the reason of each claim, what was passed over, and the parse."""

    coded: Coded
    reasons: tuple[Reason, ...]
    passed: tuple[Passed, ...]
    tree: tuple[Node, ...]


def explain_document(document: Document, tools: Tools) -> Explanation:
    """Return why each claim of a document was coded so; costs about twice its coding."""
    coded, findings = inspect(document, tools)
    if findings is None or coded.skipped is not None:
        return Explanation(coded, (), (), ())
    asked = _Explainer(coded, findings, tools)
    return Explanation(
        coded,
        tuple(asked.reason(claim) for claim in coded.claims),
        tuple(passed_over(findings, tools)),
        tuple(node for sentence in findings.parsed.sentences for node in _nodes(sentence.root)),
    )


def explain_pair(
    document: Document, parsed: Parsed, actor: Span | None, recipient: Span | None, tools: Tools
) -> Explanation:
    """Return why two given actors of a text are said to do what `event_of_pair` finds, in the outlet's voice."""
    tree = tuple(node for sentence in parsed.sentences for node in _nodes(sentence.root))
    event = event_of_pair(parsed, actor, recipient, tools)
    findings = findings_of_event(parsed, event, document.published, tools) if event else None
    if event is None or findings is None:
        return Explanation(uncoded(document), (), (), tree)
    claim = next(claim for claim in assemble(findings) if claim.kind == event.kind)
    coded = msgspec.structs.replace(uncoded(document), claims=(claim,))
    reason = _Explainer(coded, findings, tools).reason(claim)
    if event.coder == SCORER and actor is not None and recipient is not None:
        told = _likeness(parsed, actor, recipient, tools)
        reason = msgspec.structs.replace(reason, rule=f"{reason.rule}; {told}")
    return Explanation(coded, (reason,), (), tree)


def _likeness(parsed: Parsed, actor: Span, recipient: Span, tools: Tools) -> str:
    """The likeliest types of the scorer, and the words that speak most for the first."""
    heads = heads_of(parsed, actor, recipient)
    assert heads is not None and tools.scorer is not None
    features = features_of_pair(*heads)
    shares = sorted(tools.scorer.probabilities(features).items(), key=lambda pair: -pair[1])
    classes = ", ".join(f"{name} {share:.2f}" for name, share in shares[:SHOWN_CLASSES])
    evidence = tools.scorer.evidence(features, shares[0][0]).items()
    words = ", ".join(f'"{word}" {weight:+.1f}' for word, weight in list(evidence)[:SHOWN_WORDS] if weight > 0)
    return f"{classes}; for it speak {words}" if words else classes


class _Explainer:
    def __init__(self, coded: Coded, findings: Findings, tools: Tools) -> None:
        self.coded = coded
        self.findings = findings
        self.tools = tools
        self.voices = {a.id: a for a in coded.attributions}
        self.found: dict[tuple[str, tuple[Span, ...], str | None], tuple[Event, Factuality]] = {}
        for event, fact in zip(findings.events, findings.facts, strict=True):
            key = (event.kind, event.trigger, event.event_type or event.state)
            self.found.setdefault(key, (event, fact))

    def reason(self, claim: Claim) -> Reason:
        found = self.found.get((claim.kind, claim.trigger, claim.event_type or claim.state))
        if found is None:
            rule = f"a number that counts {claim.measure}: a figure by the rules of quantities"
            return Reason(claim, rule, None, (), tuple(self._words(claim)), (_result(claim),))
        event, fact = found
        head = self.findings.parsed.token_at(event.head)
        assert head is not None
        sense = _sense(self.tools.events, event.pattern) if event.kind == "event" else None
        return Reason(
            claim,
            _rule(event, head, sense),
            event.pattern,
            tuple(demands_of(sense).values()) if sense else (),
            tuple(self._words(claim)),
            tuple(self._steps(claim, event, fact, head)),
        )

    # ---- words ---------------------------------------------------------------------------------------------------

    def _words(self, claim: Claim) -> Iterator[Word]:
        text = self.coded.text
        yield from (Word("predicate", span, span.of(text)) for span in claim.trigger)
        for role, actors in (("actor", claim.actors), ("recipient", claim.recipients)):
            for actor in actors:
                note = ", ".join(x for x in (actor.name if actor.name != actor.mention else None, actor.code) if x)
                if actor.basis == "report":
                    note = "; ".join(x for x in (note, self._donor(claim, actor.spans)) if x)
                yield Word(role, actor.spans[0], actor.mention, note)
        for place in claim.places:
            told = ", ".join(x for x in (place.name or "not in the gazetteer", place.precision, place.country) if x)
            yield Word("place", place.span, place.mention, f"{told}; by the {place.basis}")
        yield from self._day(claim)
        voice = self.voices.get(claim.attribution or "")
        if voice is not None:
            speaker = voice.speaker
            told = ", ".join(x for x in (speaker.name, speaker.role, speaker.organization, speaker.country) if x)
            yield Word("speaker", speaker.spans[0] if speaker.spans else None, speaker.mention, told)
            note = f"{voice.id}: {voice.cue.lemma}, {voice.cue.stance}, {voice.quotation} speech"
            yield from (Word("cue", span, span.of(text), note) for span in voice.cue.spans)
        for role in ("deaths", "injured", "share", "figure"):
            count = getattr(claim, role)
            if count is not None:
                yield Word(
                    role, count.span, count.span.of(text), f"low {count.low}, best {count.best}, high {count.high}"
                )
        yield from self._contexts(claim)

    def _donor(self, claim: Claim, spans: Sequence[Span]) -> str:
        for other in self.coded.claims:
            if other is not claim and any(
                a.spans == spans and a.basis == "clause" for a in (*other.actors, *other.recipients)
            ):
                words = " ".join(s.of(self.coded.text) for s in other.trigger)
                return f'carried from "{words}" ({other.event_type}, {other.id})'
        return "carried from what the report tells of the same act"

    def _day(self, claim: Claim) -> Iterator[Word]:
        when = claim.when
        if when is None:
            return
        note = f"{when.start} to before {when.end}, {when.basis}"
        told = [m for m in self.findings.dates if m.when == when]
        near = [m for m in told if claim.evidence.holds(m.span)]
        if when.basis == "published":
            yield Word("day", None, "", f"{note}: no day is told")
        elif near:
            yield Word("day", near[0].span, near[0].span.of(self.coded.text), note)
        else:
            words = f'"{told[-1].span.of(self.coded.text)}" told before of its kind' if told else "told before"
            yield Word("day", told[-1].span if told else None, "", f"{note}: {words}")

    def _contexts(self, claim: Claim) -> Iterator[Word]:
        head = self.findings.parsed.token_at(claim.trigger[0].start)
        if head is None:
            return
        told = contexts_in(head.sentence, self.tools.contexts)
        for context in claim.contexts:
            word = next((w for w in told if w.context == context), None)
            if word is None:
                yield Word("context", None, context, "by its entry in the lexicon, or the sector of a party")
            else:
                span = Span(word.tokens[0].start, word.tokens[-1].end)
                yield Word("context", span, span.of(self.coded.text), context)

    # ---- certainty -----------------------------------------------------------------------------------------------

    def _steps(self, claim: Claim, event: Event, fact: Factuality, head: Token) -> Iterator[str]:
        table = self.tools.factuality
        path = list(way_up(head, table))
        for (node, slot), (governor, _) in reversed(list(pairwise(path))):
            effect = effect_of(governor, slot, table)
            does = "as its place in the sentence says"
            if effect is not None:
                does = (
                    f"{effect.name}: {effect.modality} {effect.certainty:+.1f}, "
                    f"denied {effect.denied_modality} {effect.denied_certainty:+.1f}"
                )
            yield f'"{node.text}" is {slot} of "{governor.text}" ({does})'
        if fact.reasons:
            yield "read: " + "; ".join(reason for reason in fact.reasons if reason)
        if fact.condition is not None:
            yield f'condition: "{fact.condition.of(self.coded.text)}"'
        if (fact.modality, fact.certainty) != (claim.modality, claim.certainty):
            yield f"the words alone: {fact.modality} {fact.certainty:+.1f}; {self._changed(claim, event)}"
        yield _result(claim)

    def _changed(self, claim: Claim, event: Event) -> str:
        voice = self.voices.get(claim.attribution or "")
        if claim.modality == "historical" and claim.when and claim.when.basis != "published":
            return f"its days end {HISTORICAL_DAYS} days or more before publication"
        if claim.modality == "announced":
            return "its days begin after publication"
        if claim.modality == "negated":
            denies = voice is not None and voice.cue.stance == "deny"
            return f'"{_cue(voice, self.coded.text)}" denies it in the speaker\'s voice' if denies else "it is denied"
        if claim.modality == "historical":
            return "a word beside it, or the former office of who did it, sets it in an earlier time"
        return "what was tried, asked or said is taken as done"


def _result(claim: Claim) -> str:
    return f"{claim.modality} {claim.certainty:+.1f} of -3 to +3"


def _cue(voice: Attribution | None, text: str) -> str:
    return " ".join(span.of(text) for span in voice.cue.spans) if voice else ""


def _rule(event: Event, head: Token, sense: Sense | None) -> str:
    if event.kind == "control":
        return "a verb of control" if event.pattern else 'control told by a noun or compound ("in rebel hands")'
    if event.coder == SCORER:
        return f"no entry of the lexicon joins the two; by likeness to examples: scorer, score {event.confidence:.2f}"
    if event.pattern is None or sense is None:
        return RULE_OF_DEATH if event.event_type == "ASSAULT" else RULE_OF_MUST
    part = {"verbs": "a verb", "nouns": "a noun of action", "adjectives": "an adjective"}[event.pattern.part]
    if event.pattern.part == "nouns" and head.pos in ("VERB", "AUX"):
        part = "a light verb with a noun of action"
    if event.event_type != sense.event_type:
        return f"{part} of {sense.event_type}; {RULE_OF_WILL}"
    if event.mode != sense.mode:
        return f"{part}; the mode is that of the act it speaks of, or of the attack that took the toll"
    return part


def _sense(lexicon: Lexicon, pattern: Pattern | None) -> Sense | None:
    if pattern is None:
        return None
    known = {"verbs": lexicon.verbs, "nouns": lexicon.nouns, "adjectives": lexicon.adjectives}[pattern.part]
    return next((s for senses in known.values() for s in senses if s.pattern == pattern), None)


def _nodes(root: Token) -> Iterable[Node]:
    stack = [(0, root)]
    while stack:
        depth, token = stack.pop()
        yield Node(depth, token.span, token.text, token.tag, token.dep)
        stack.extend((depth + 1, child) for child in reversed(token.children))
