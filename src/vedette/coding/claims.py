"""Join what the coders found into claims: whose voice, who to whom, where, when, how many, how sure.

Conventions. An event is in the voice of the innermost attribution whose content holds its head word, else in the
outlet's own. Its place is the nearest place name by clause, then sentence, then the last place the report was at,
then the dateline's and its country; its days likewise, and the publication day (basis "published") last. Whatever lies more than
`HISTORICAL_DAYS` before publication is historical. What a speaker denies is negated in the speaker's voice.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import msgspec

from vedette.coding.contexts import ContextLexicon, ContextWord, contexts_in
from vedette.ontology import cameo_of, intensity_of, quad_of
from vedette.records import (
    Actor,
    Attribution,
    Claim,
    Count,
    DateMention,
    Event,
    Factuality,
    Modality,
    Phrase,
    Place,
    Quantity,
    Span,
    When,
)
from vedette.text.tree import Parsed, Token

__all__ = ["Findings", "assemble", "voices_of"]

# A background event lies at least this far back: the stories set's convention is "older than about a month".
HISTORICAL_DAYS = 31
RECENT = frozenset({"recently", "lately", "newly", "now", "just"})
FORMERLY = frozenset({"previously", "formerly", "historically", "traditionally", "long", "before"})
FORMER = frozenset({"former", "ex", "then", "late"})
POINTING = frozenset({"the", "this", "that"})
ONGOING = frozenset("go continue rage persist intensify escalate drag spread".split())
NON_FINITE = frozenset({"to", "be", "being", "been", "having"})
CLAUSES = frozenset({"ROOT", "ccomp", "advcl", "relcl", "acl", "parataxis", "pcomp", "csubj"})
LOCATIVE = frozenset(
    "in at near on around outside inside across along from to into toward towards throughout within over of "
    "off through between beyond via".split()
)
# Precision in metres is not known; this order says which of two equally near names tells more.
FINENESS = {"site": 0, "settlement": 1, "admin2": 2, "admin1": 3, "country": 4, "region": 5}
# A place one clause away that no preposition marks costs as much; of farther ones the next sentences do not speak.
NEAR_ENOUGH = 3.0
# Whom words are meant for need not be where they are said: "urged Russia".
SAID = frozenset({"REQUEST", "ACCUSE", "SUPPORT", "CONSULT", "AGREE", "REJECT", "THREATEN"})
VIOLENT = frozenset({"ASSAULT"})
# Acts of words, which stand though somebody denies or refuses what they say.
SPOKEN = frozenset({"ACCUSE", "REQUEST"})
# An act told again within so many sentences, without a day, is taken to be of the day told before; set on the
# stories dev set, where `when` of matched events rose.
SAME_STORY = 12
# A time that fixes no day ("last winter") is the event's where its clause names no days as well.
UNFIXED_COST = 1.0
# "killed in Tuesday's attack": the act of the verb is part of the noun's.
WITHIN = frozenset({"in", "during", "by"})
HAPPENED = frozenset({"asserted", "historical"})
Borders = tuple[dict[int, int], int]
DATED_ACTS = frozenset({"ASSAULT", "COERCE", "PROTEST", "AID", "RETREAT", "SANCTION", "MOBILIZE", "COOPERATE"})


@dataclass(frozen=True, slots=True)
class Findings:
    """What the stages found in one document, for `assemble`.

    `facts` stand beside `events` one to one. `who` resolves a phrase, given the attribution whose words hold it, to
    an actor. `metonyms` are indexes of `places` that stand for a government, not a location. `dateline` is the
    dateline's place and, where it is known, the country that place lies in.
    """

    document_id: str
    parsed: Parsed
    published: date | None
    attributions: Sequence[Attribution]
    events: Sequence[Event]
    facts: Sequence[Factuality]
    who: Callable[[Phrase, Attribution | None], Actor]
    dates: Sequence[DateMention] = ()
    quantities: Sequence[Quantity] = ()
    places: Sequence[Place] = ()
    metonyms: frozenset[int] = frozenset()
    dateline: Sequence[Place] = ()
    contexts: ContextLexicon | None = None


def assemble(findings: Findings) -> list[Claim]:
    """Return the claims of one document in text order; ids are hashes of document, spans and type."""
    scene = _Scene(findings)
    claims: dict[str, Claim] = {}
    used_quantities: set[int] = set()
    pairs = sorted(zip(findings.events, findings.facts, strict=True), key=lambda pair: pair[0].head)
    for event, fact in pairs:
        claim = _event_claim(scene, event, fact, used_quantities)
        claims.setdefault(claim.id, claim)
    for k, quantity in enumerate(findings.quantities):
        if k not in used_quantities and quantity.measure not in ("deaths", "injured"):
            claim = _figure_claim(scene, quantity)
            claims.setdefault(claim.id, claim)
    return sorted(claims.values(), key=lambda c: (c.trigger[0].start, c.kind, c.id))


def voices_of(offsets: Iterable[int], attributions: Iterable[Attribution]) -> dict[int, Attribution]:
    """Return for each offset the innermost attribution whose content holds it; none for the outlet's own voice.

    One sweep over the text, so that a long one costs no more for its length. Attitudes give no voice.
    """
    spans = sorted(
        (
            ((s.start, s.end, size, n), a)
            for n, a in enumerate(attributions)
            if a.cue.kind != "attitude"
            for size in (sum(s.end - s.start for s in a.content.spans),)
            for s in a.content.spans
        ),
        key=lambda item: item[0],
    )
    found: dict[int, Attribution] = {}
    active: list[tuple[tuple[int, int, int, int], Attribution]] = []
    at = 0
    for offset in sorted(set(offsets)):
        while at < len(spans) and spans[at][0][0] <= offset:
            active.append(spans[at])
            at += 1
        active = [item for item in active if item[0][1] > offset]
        if active:
            found[offset] = min(active, key=lambda item: (item[0][2], item[0][3]))[1]
    return found


class _Scene:
    """Places and dates of a document by sentence, and where and when the report last was."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.parsed = findings.parsed
        self.places: dict[int, list[tuple[Token, Place]]] = {}
        self.states: dict[int, list[tuple[Token, Place]]] = {}  # countries that are named as who acts
        for k, place in enumerate(findings.places):
            token = self.parsed.head_of(place.span)
            if token is None:
                continue
            if k not in findings.metonyms:
                self.places.setdefault(token.sentence.i, []).append((token, place))
            elif place.country is not None:
                self.states.setdefault(token.sentence.i, []).append((token, place))
        self.dates: dict[int, list[tuple[Token, DateMention]]] = {}
        for mention in findings.dates:
            token = self.parsed.head_of(mention.span)
            if token is not None:
                self.dates.setdefault(token.sentence.i, []).append((token, mention))
        self.quantities: dict[int, list[tuple[int, Token, Quantity]]] = {}
        for k, quantity in enumerate(findings.quantities):
            token = self.parsed.token_at(quantity.count.span.start)
            if token is not None:
                self.quantities.setdefault(token.sentence.i, []).append((k, token, quantity))
        offsets = [e.head for e in findings.events] + [q.count.span.start for q in findings.quantities]
        self.voices = voices_of(offsets, findings.attributions)
        self.last_places: tuple[Place, ...] = ()
        self.told_days: dict[str, tuple[int, When]] = {}
        self.heads = {event.head for event in findings.events if event.kind == "event"}
        self._above: tuple[Token, Borders] | None = None
        self._contexts: tuple[int, list[ContextWord]] = (-1, [])

    def where(self, head: Token, event: Event) -> tuple[Place, ...]:
        """Places of the event, nearest first, each saying how it was come by."""
        is_said = event.event_type in SAID and event.mode != "visit"  # who is visited is where the visit is
        parties = [*event.actors, *(event.recipients if is_said else ())]
        party_spans = [span for phrase in parties for span in phrase.spans]
        ranked: list[tuple[float, int, Place]] = []
        for token, place in self.places.get(head.sentence.i, ()):
            boundaries = self._distance(head, token)
            locative = _is_locative(token)
            is_party = any(span.meets(place.span) for span in party_spans)
            if (is_party and not locative) or (event.event_type == "COERCE" and _is_destination(token)):
                continue
            if token.dep == "pobj" and token.head.dep == "agent":
                continue  # "operated by China"
            cost = 2.0 * boundaries + (0.0 if locative else 1.0) + abs(token.i - head.i) / 40
            kept = msgspec.structs.replace(place, basis="clause" if boundaries == 0 else "sentence")
            ranked.append((cost, FINENESS[place.precision], kept))
        if event.event_type == "COERCE" and not any(cost < 1.0 for cost, _, _ in ranked):
            ranked.extend(self._at_home(head, event))
        ranked.sort(key=lambda row: (round(row[0]), row[1], row[0]))
        if ranked:
            near = [place for cost, _, place in ranked if cost <= ranked[0][0] + 2.0]
            if ranked[0][0] <= NEAR_ENOUGH:
                self.last_places = tuple(near[:3])
            return tuple(near[:3])
        if self.last_places:
            return tuple(msgspec.structs.replace(p, basis="neighbour") for p in self.last_places)
        return tuple(msgspec.structs.replace(p, basis="dateline") for p in self.findings.dateline)

    def _at_home(self, head: Token, event: Event) -> Iterator[tuple[float, int, Place]]:
        """A state arrests, bans and deports at home: its country, where the clause names no place."""
        spans = [span for phrase in event.actors for span in phrase.spans]
        for _, place in self.states.get(head.sentence.i, ()):
            if any(span.meets(place.span) for span in spans):
                yield 0.5, FINENESS[place.precision], msgspec.structs.replace(place, basis="clause")

    def when(self, head: Token, event: Event, *, not_after: date | None = None) -> When | None:
        """The event's days by clause, then sentence, then as told before of its kind, then publication.

        None where its clause names a time that fixes no day ("last winter"). Days that begin after `not_after` are
        passed over, and those that date another noun ("accused of the 2004 bombing").
        """
        ranked: list[tuple[float, int, When | None]] = []
        for token, mention in self.dates.get(head.sentence.i, ()):
            boundaries = self._distance(head, token)
            when = mention.when
            if _dates_another(token, head) and not _is_part_of(token, head):
                continue
            if when is None:
                if boundaries == 0:
                    ranked.append((UNFIXED_COST + abs(token.i - head.i) / 20, mention.span.start, None))
            elif not_after is None or when.start <= not_after:
                ranked.append((2.0 * boundaries + abs(token.i - head.i) / 20, mention.span.start, when))
        kind = event.event_type or event.kind
        if ranked:
            found = min(ranked, key=lambda row: row[:2])[2]
            if found is not None:
                self.told_days[kind] = (head.sentence.i, found)
            return found
        before = self.told_days.get(kind)
        if (
            before is not None
            and head.sentence.i - before[0] <= SAME_STORY
            and event.event_type in DATED_ACTS
            and (not_after is None or before[1].start <= not_after)
        ):
            return before[1]
        published = self.findings.published
        if published is None:
            return None
        return When(published, published + timedelta(days=1), basis="published")

    def day_of(self, token: Token) -> When | None:
        """The days of a figure's own sentence, or of publication."""
        near = [m.when for t, m in self.dates.get(token.sentence.i, ()) if m.when and self._distance(token, t) <= 1]
        published = self.findings.published
        if near or published is None:
            return near[0] if near else None
        return When(published, published + timedelta(days=1), basis="published")

    def counts(self, head: Token, event: Event, used: set[int]) -> dict[str, Count]:
        """Deaths and injured that belong to the event: counted by its own head, else in its clause."""
        found: dict[str, tuple[float, int, Count]] = {}
        for k, token, quantity in self.quantities.get(head.sentence.i, ()):
            if quantity.measure not in ("deaths", "injured"):
                continue
            own = quantity.predicate == head.start
            if not own and event.event_type not in VIOLENT:
                continue
            cost = 0.0 if own else 1.0 + abs(token.i - head.i) / 40
            known = found.get(quantity.measure)
            if known is not None and known[0] <= cost:
                continue  # nearer in words already than this could be by clauses
            if not own:
                boundaries = self._distance(head, token)
                if boundaries > (0 if quantity.predicate in self.heads else 1):
                    continue
                cost = 1.0 + boundaries + abs(token.i - head.i) / 40
            if known is None or cost < known[0]:
                found[quantity.measure] = (cost, k, quantity.count)
        used.update(k for _, k, _ in found.values())
        return {measure: count for measure, (_, _, count) in found.items()}

    def contexts(self, head: Token, event: Event, parties: Iterable[Actor]) -> tuple[str, ...]:
        """The lexicon entry's own contexts, then those told by the parties and the clause, or else by the sentence."""
        lexicon = self.findings.contexts
        if lexicon is None:
            return event.contexts
        if self._contexts[0] != head.sentence.i:
            self._contexts = (head.sentence.i, contexts_in(head.sentence, lexicon))
        told = lexicon.of_sectors(sector for actor in parties for sector in actor.sectors)
        words = self._contexts[1]
        near = [word.context for word in words if self._distance(head, word.tokens[0]) == 0]
        return tuple(dict.fromkeys((*event.contexts, *told, *(near or (word.context for word in words)))))

    def _distance(self, head: Token, token: Token) -> int:
        """How many clause borders part two tokens; the way up from the last `head` asked for is kept."""
        if self._above is None or self._above[0] is not head:
            self._above = (head, borders_above(head))
        return clause_distance(self._above[1], token)


def borders_above(token: Token) -> Borders:
    """Return how many clause borders lie below each word on the way up from a token, and how many in all."""
    below: dict[int, int] = {}
    count = 0
    for step in (token, *token.ancestors()):
        below[step.i] = count
        count += _is_border(step)
    return below, count


def clause_distance(above: Borders, token: Token) -> int:
    """Return how many clause borders lie between two tokens of a sentence (0: one clause); one by its way up."""
    below, count = above
    own = 0
    for step in (token, *token.ancestors()):
        if step.i in below:
            return own + below[step.i]
        own += _is_border(step)
    return own + count


def _is_border(token: Token) -> bool:
    return token.dep in CLAUSES or (token.dep == "conj" and token.pos == "VERB")


def _is_destination(token: Token) -> bool:
    """ "Deported to China": where somebody is sent."""
    return token.dep == "pobj" and token.head.lower in ("to", "into")


def _is_locative(token: Token) -> bool:
    """Whether a preposition of place governs the name, also from a noun that it modifies ("Kunduz province")."""
    for step in [token, *token.ancestors()][:3]:
        if step.dep in ("pobj", "npadvmod") and step.head.dep in ("prep", "agent"):
            return step.head.lower in LOCATIVE
        if step.dep not in ("compound", "nmod", "amod", "poss", "appos", "conj", "pobj"):
            return False
    return False


def _event_claim(scene: _Scene, event: Event, fact: Factuality, used: set[int]) -> Claim:
    findings = scene.findings
    head = findings.parsed.token_at(event.head)
    assert head is not None
    voice = scene.voices.get(event.head)
    when = scene.when(head, event)
    modality, certainty = _in_voice(fact, event, voice, when, scene)
    when = _until_report(when, modality, head, event, scene)
    if modality == "historical" and when is not None and when.basis == "published":
        when = None  # some earlier day that nobody names
    counts = scene.counts(head, event, used) if event.kind == "event" else {}
    kind = event.event_type
    actors = tuple(findings.who(phrase, voice) for phrase in event.actors)
    suffered = event.recipients if event.kind == "event" else (*event.recipients, *event.objects)
    recipients = tuple(findings.who(phrase, voice) for phrase in suffered)
    contexts = scene.contexts(head, event, (*actors, *recipients))
    return Claim(
        id=_claim_id(findings.document_id, event.kind, kind or event.state or "", event.trigger),
        kind=event.kind,
        attribution=voice.id if voice else None,
        trigger=event.trigger,
        evidence=event.sentence,
        event_type=kind,
        mode=event.mode,
        contexts=contexts,
        quad=quad_of(kind) if kind else None,
        cameo=cameo_of(kind, event.mode, contexts) if kind else None,
        actors=actors,
        recipients=recipients,
        places=scene.where(head, event),
        when=when,
        deaths=counts.get("deaths"),
        injured=counts.get("injured"),
        share=event.share,
        modality=modality,
        certainty=certainty,
        condition=fact.condition,
        confidence=round(event.confidence, 3),
        coder=event.coder,
        intensity=intensity_of(kind, event.mode) if kind else None,
        state=event.state,
    )


def _until_report(when: When | None, modality: Modality, head: Token, event: Event, scene: _Scene) -> When | None:
    """What is told as done was done by the day of publication: days after it are cut off, or are another act's."""
    published = scene.findings.published
    if when is None or published is None or modality not in HAPPENED or when.end <= published:
        return when
    if when.start > published:
        when = scene.when(head, event, not_after=published)
        if when is None:
            return None
    return msgspec.structs.replace(when, end=min(when.end, published + timedelta(days=1)))


def _figure_claim(scene: _Scene, quantity: Quantity) -> Claim:
    findings = scene.findings
    token = findings.parsed.token_at(quantity.count.span.start)
    assert token is not None
    voice = scene.voices.get(quantity.count.span.start)
    trigger = (quantity.count.span,)
    return Claim(
        id=_claim_id(findings.document_id, "figure", quantity.measure, trigger),
        kind="figure",
        attribution=voice.id if voice else None,
        trigger=trigger,
        evidence=token.sentence.span,
        event_type=None,
        mode=None,
        contexts=(),
        quad=None,
        cameo=None,
        actors=(),
        recipients=(),
        places=(),
        when=scene.day_of(token),
        deaths=None,
        injured=None,
        share=None,
        modality="asserted",
        certainty=2.0,
        condition=None,
        confidence=0.5,
        coder="figures/1",
        figure=quantity.count,
        measure=quantity.measure,
    )


def _in_voice(
    fact: Factuality, event: Event, voice: Attribution | None, when: When | None, scene: _Scene
) -> tuple[Modality, float]:
    """Modality and certainty in the speaker's voice, with the days and the cue's stance taken into account."""
    findings = scene.findings
    modality: Modality = fact.modality
    certainty = fact.certainty
    head = findings.parsed.token_at(event.head)
    assert head is not None
    if voice is not None and voice.cue.stance == "deny" and _is_main(event, voice, findings.parsed):
        if modality == "asserted":
            modality, certainty = "negated", min(certainty, -2.0)
    elif event.is_negated and modality == "asserted":
        modality, certainty = "negated", min(certainty, -2.0)
    if event.event_type in VIOLENT and modality == "hypothetical" and _is_attempt(head):
        modality = "asserted"
    if event.event_type == "REQUEST" and modality == "hypothetical" and _is_call(event, head, findings.parsed):
        modality = "asserted"
    if event.is_refusal and modality == "negated":
        modality, certainty = "asserted", -certainty
    if modality in ("negated", "hypothetical") and event.event_type in SPOKEN and _is_answered(event, head):
        modality, certainty = "asserted", max(certainty, 2.0)
    if modality == "asserted" and (
        _is_formerly(head) or ((when is None or when.basis == "published") and _is_of_former(head))
    ):
        return "historical", round(certainty, 2)
    if modality == "asserted" and when is not None and findings.published is not None:
        if when.basis != "published" and when.end <= findings.published - timedelta(days=HISTORICAL_DAYS):
            if _is_of_its_day(head, when, scene):
                modality = "historical"
        elif when.start > findings.published and _is_still_to_come(head, when, scene):
            modality = "announced"
    return modality, round(certainty, 2)


def _is_formerly(head: Token) -> bool:
    """ "Has long opposed", "had struck the town before": a word beside the act sets it in an earlier time."""
    is_told = any(
        c.dep == "advmod" and not c.children and (c.lower in FORMERLY or (c.lower == "once" and c.i < head.i))
        for c in head.children
    )
    return is_told and _tense(head) in ("past", "perfect", "")


def _is_of_former(head: Token) -> bool:
    """ "Former minister Ana Ruiz, who led the talks": told of the time in office, unless a day says otherwise."""
    clause = next((t for t in (head, *head.ancestors()) if t.dep in CLAUSES), head)
    if clause.dep != "relcl" or _tense(clause) != "past":
        return False
    return any(c.dep in ("amod", "compound", "nmod") and c.lower in FORMER for c in _whole_name(clause.head))


def _whole_name(noun: Token) -> list[Token]:
    """What stands before a name, also where a title it is joined to carries it ("former minister Ana Ruiz")."""
    return [c for t in (noun, *(x for x in noun.children if x.dep in ("compound", "appos"))) for c in t.children]


def _is_answered(event: Event, head: Token) -> bool:
    """ "They denied Roe's accusations": what somebody is said to have said was said, whatever is made of it."""
    return bool(event.actors) and head.pos == "NOUN" and head.dep in ("dobj", "nsubjpass") and head.head.pos == "VERB"


def _is_call(event: Event, head: Token, parsed: Parsed) -> bool:
    """ "They should leave": the modal verb is the demand, and the demand is made."""
    words = [*head.children, *(token for span in event.trigger for token in parsed.tokens_in(span))]
    return any(token.tag == "MD" and token.lower in ("should", "must", "ought") for token in words)


def _is_attempt(head: Token) -> bool:
    """ "They tried to kill him": PLOVER counts an attempt at violence that was made as an assault."""
    return head.dep == "xcomp" and (
        (head.head.lemma in ("try", "attempt") and _tense(head.head) == "past") or head.head.lemma == "struggle"
    )


def _is_of_its_day(head: Token, when: When, scene: _Scene) -> bool:
    """Whether an old day named near an act is the act's: not of what "has been" since then or is told as present.

    A day told in an earlier sentence carries over to verbs of the past only, and none to what happened "recently".
    """
    if _names_day(head, when, scene):
        return not head.tag.startswith("V") or _tense(head) not in ("present", "perfect")
    is_recent = any(c.dep == "advmod" and c.lower in RECENT for c in head.children)
    if head.tag == "NN":  # "the attack", told of before with its day; "the attacks" may go on
        goes_on = head.dep == "nsubj" and head.head.lemma in ONGOING
        return not goes_on and any(c.dep == "det" and c.lower in POINTING for c in head.children)
    return head.tag.startswith("V") and _tense(head) == "past" and not is_recent


def _is_still_to_come(head: Token, when: When, scene: _Scene) -> bool:
    """Whether a day after publication is the act's own: "imposed tariffs until April" is over with."""
    return _names_day(head, when, scene) and _tense(head) not in ("past", "perfect")


def _names_day(head: Token, when: When, scene: _Scene) -> bool:
    """Whether the sentence of `head` names these days, and not only as another noun's ("the 2014 abduction")."""
    named = scene.dates.get(head.sentence.i, ())
    return any(mention.when == when and not _dates_another(day, head) for day, mention in named)


def _dates_another(day: Token, head: Token) -> bool:
    """ "the 2014 abduction", "last year's protests": the day is that noun's alone."""
    noun = day.head
    while noun.dep == "compound":
        noun = noun.head
    return day.dep in ("nummod", "compound", "nmod", "amod", "poss") and noun is not head


def _is_part_of(day: Token, head: Token) -> bool:
    """ "killed in Tuesday's attack", "Tuesday's attack (that) killed": the act of the verb is part of the noun's."""
    noun = day.head
    while noun.dep == "compound":
        noun = noun.head
    if any(step is noun for step in head.ancestors()):
        return True
    if noun.dep in ("nsubj", "nsubjpass"):
        return noun.head is head or (head.dep == "conj" and noun.head is head.head)
    return noun.dep == "pobj" and noun.head.lower in WITHIN and noun.head.head is head


def _tense(head: Token) -> str:
    """The tense of a verb or, without its own, of the verb above it: past, perfect, present; "" where none stands."""
    for token in [head, *head.ancestors()]:
        if not (token.tag.startswith("V") or token.pos == "AUX"):
            continue
        aux = {c.lower for c in token.children if c.dep in ("aux", "auxpass")}
        if aux & {"has", "have", "'ve", "’ve"}:
            return "perfect"
        if aux & {"was", "were", "did", "had"} or token.tag == "VBD":
            return "past"
        if aux - NON_FINITE or token.tag in ("VBZ", "VBP"):
            return "present"
    return ""


def _is_main(event: Event, voice: Attribution, parsed: Parsed) -> bool:
    """Whether the event's head is the top predicate of the content, not one told in passing inside it."""
    head = parsed.token_at(event.head)
    if head is None:
        return False
    spans = voice.content.spans  # in order, none within another
    for ancestor in head.ancestors():
        k = bisect_right(spans, ancestor.start, key=lambda span: span.start)
        if not k or spans[k - 1].end <= ancestor.start:
            return True
        if ancestor.pos in ("VERB", "AUX") and ancestor.dep not in ("aux", "auxpass"):
            return False
    return True


def _claim_id(document_id: str, kind: str, what: str, trigger: Sequence[Span]) -> str:
    spans = ",".join(f"{s.start}-{s.end}" for s in trigger)
    raw = f"{document_id}|{kind}|{what}|{spans}".encode(errors="surrogatepass")
    return "c" + hashlib.blake2b(raw, digest_size=8).hexdigest()
