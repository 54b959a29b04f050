"""The stages in order: a document in, a coded document out.

Each stage is a function from values to values and none knows its neighbours; this module hands the result of one to
the next. What the stages need (parser, lexicons, tables) stands in `Tools`.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import msgspec

from vedette.coding.actors import ActorTable, code_actor
from vedette.coding.attribution import attribute
from vedette.coding.carried import carry
from vedette.coding.claims import Findings, assemble
from vedette.coding.contexts import ContextLexicon
from vedette.coding.control import ControlLexicon, code_control
from vedette.coding.counterparts import settle_parties
from vedette.coding.cues import Cues
from vedette.coding.dates import find_dates, report_day
from vedette.coding.entities import Entities, find_entities
from vedette.coding.events import code_events, code_pair
from vedette.coding.factuality import FactualityTable, factuality
from vedette.coding.homes import settle_homes
from vedette.coding.interest import with_interest
from vedette.coding.lexicon import Lexicon
from vedette.coding.nearby import settle_places
from vedette.coding.parties import Sides
from vedette.coding.places import Gazetteer, find_places, is_metonym
from vedette.coding.quantities import find_quantities
from vedette.coding.scorer import Scorer, score_pair
from vedette.coding.speakers import FIRST_PERSON, name_of, quoting, speakers
from vedette.coding.things import Things
from vedette.records import (
    Actor,
    Attribution,
    Claim,
    Coded,
    Designation,
    Document,
    Event,
    Phrase,
    Place,
    Skipped,
    Span,
)
from vedette.text.annotate import Annotator
from vedette.text.casing import CaseTable, restore_case
from vedette.text.language import Languages
from vedette.text.segment import Anatomy, RawDesignation, segment
from vedette.text.tree import Parsed

__all__ = [
    "CODER",
    "Tools",
    "claim_of_event",
    "code_documents",
    "event_of_pair",
    "findings_of_event",
    "inspect",
    "uncoded",
]

log = logging.getLogger(__name__)

# Raise the number when the output of any stage changes: rows of another coder are coded anew.
CODER = "vedette/7"
# Documents parsed together; the parser's own batch is of the same size.
BATCH = 16
# A parsed text needs about a kilobyte a character: long ones are not held beside others.
BATCH_CHARS = 200_000
# A shorter text is too little for the language identifier to refuse it.
SURE_LENGTH = 200
SURE = 0.9


@dataclass(frozen=True, slots=True)
class Tools:
    """Everything that coding asks for, loaded once a process (`toolbox.load_tools`)."""

    annotator: Annotator
    languages: Languages
    cues: Cues
    events: Lexicon
    contexts: ContextLexicon
    control: ControlLexicon
    factuality: FactualityTable
    actors: ActorTable
    sides: Sides
    gazetteer: Gazetteer
    casing: CaseTable
    scorer: Scorer | None = None  # None: the parser has other vectors than it was trained on
    allowed_languages: tuple[str, ...] = ("en",)
    max_chars: int = 1_000_000


def code_documents(documents: Iterable[Document], tools: Tools) -> Iterator[Coded]:
    """Code documents lazily, in order; one that cannot be coded comes back with `skipped` set, never not at all."""
    batch: list[Document] = []
    n_chars = 0
    for document in documents:
        batch.append(document)
        n_chars += len(document.text)
        if len(batch) >= BATCH or n_chars >= BATCH_CHARS:
            yield from _code_batch(batch, tools)
            batch, n_chars = [], 0
    yield from _code_batch(batch, tools)


def uncoded(document: Document, skipped: Skipped | None = None) -> Coded:
    """Return the coded document that holds what was read and no finding."""
    return Coded(
        id=document.id,
        text=document.text,
        title=document.title,
        published=document.published,
        outlet=document.outlet,
        url=document.url,
        byline=document.byline,
        language=document.language,
        skipped=skipped,
    )


def event_of_pair(parsed: Parsed, actor: Span | None, recipient: Span | None, tools: Tools) -> Event | None:
    """Return the event that joins two given actors: by the lexicon, and where it finds none by the scorer."""
    event = code_pair(parsed, actor, recipient, tools.events)
    if event is None and actor is not None and recipient is not None and tools.scorer is not None:
        return score_pair(parsed, actor, recipient, tools.scorer)
    return event


def claim_of_event(parsed: Parsed, event: Event, published: date | None, tools: Tools) -> Claim | None:
    """Return the claim of one event in a text of its own, in the outlet's voice."""
    findings = findings_of_event(parsed, event, published, tools)
    return next(claim for claim in assemble(findings) if claim.kind == event.kind) if findings else None


def findings_of_event(parsed: Parsed, event: Event, published: date | None, tools: Tools) -> Findings | None:
    """Return what a claim of this event alone is made of."""
    head = parsed.token_at(event.head)
    if head is None:
        return None
    entities = find_entities(parsed, tools.actors, year=published.year if published else None)
    return Findings(
        document_id="",
        parsed=parsed,
        published=published,
        attributions=(),
        events=(event,),
        facts=(factuality(parsed, head, tools.factuality),),
        who=_Who(parsed, entities, tools.actors, published.year if published else None),
        dates=find_dates(parsed, published),
        quantities=find_quantities(parsed),
        places=find_places(parsed, tools.gazetteer, first_names=tools.actors.first_names),
        contexts=tools.contexts,
    )


def inspect(document: Document, tools: Tools) -> tuple[Coded, Findings | None]:
    """Return a document as `code_documents` codes it, with what its stages found (None where it is skipped)."""
    coded, anatomy = _prepare(document, tools)
    if anatomy is None:
        return coded, None
    text = restore_case(document.text, tools.casing)
    (parsed,) = tools.annotator.annotate([(text, anatomy.segments, anatomy.asides)])
    return _code(document, coded, anatomy, parsed, tools), _find(document, anatomy, parsed, tools)


def _code_batch(batch: Sequence[Document], tools: Tools) -> Iterator[Coded]:
    anatomies: list[Anatomy | None] = []
    blanks: list[Coded] = []
    for document in batch:
        coded, anatomy = _prepare(document, tools)
        blanks.append(coded)
        anatomies.append(anatomy)
    items = [
        (restore_case(document.text, tools.casing), anatomy.segments, anatomy.asides)
        for document, anatomy in zip(batch, anatomies, strict=True)
        if anatomy is not None
    ]
    parsed = iter(tools.annotator.annotate(items))
    for document, coded, anatomy in zip(batch, blanks, anatomies, strict=True):
        if anatomy is None:
            log.info(
                "document skipped", extra={"document": document.id, "reason": coded.skipped and coded.skipped.reason}
            )
            yield coded
            continue
        tree = next(parsed)
        try:
            yield _code(document, coded, anatomy, tree, tools)
        except Exception as error:
            log.exception("document failed", extra={"document": document.id})
            yield msgspec.structs.replace(coded, skipped=Skipped("failed", f"{type(error).__name__}: {error}"))


def _prepare(document: Document, tools: Tools) -> tuple[Coded, Anatomy | None]:
    """The coded document without findings, and its anatomy, or None where it is skipped."""
    found = tools.languages.identify(document.text)
    declared = (document.language or "")[:2].lower() or None
    code = found.code if found is not None and (len(document.text) >= SURE_LENGTH or declared is None) else declared
    skipped = None
    if not document.text.strip():
        skipped = Skipped("empty", "no text")
    elif len(document.text) > tools.max_chars:
        skipped = Skipped(
            "too long", f"{len(document.text):,} characters; the setting max_chars is {tools.max_chars:,}"
        )
    elif (
        found is not None
        and len(document.text) >= SURE_LENGTH
        and found.confidence >= SURE
        and found.code not in tools.allowed_languages
    ):
        skipped = Skipped("language", f"{found.code}; coded are: {', '.join(tools.allowed_languages)}")
    coded = msgspec.structs.replace(uncoded(document, skipped), language=code)
    if skipped is not None:
        return coded, None
    anatomy = segment(document.text, title=document.title, outlet=document.outlet)
    return (
        msgspec.structs.replace(
            coded,
            segments=anatomy.segments,
            byline=document.byline or anatomy.byline,
            first_appearance=anatomy.first_appearance or anatomy.wire,
        ),
        anatomy,
    )


def _find(document: Document, anatomy: Anatomy, parsed: Parsed, tools: Tools) -> Findings:
    year = document.published.year if document.published else None
    told = attribute(parsed, tools.cues, anatomy.asides)
    entities = find_entities(parsed, tools.actors, year=year, quoted=quoting(parsed, told))
    places = _places(document, anatomy, parsed, entities, tools)
    metonyms = frozenset(
        k for k, place in enumerate(places) if place.line is None and is_metonym(parsed, place, tools.gazetteer)
    )
    attributions = speakers(told, entities, tools.actors, outlet=document.outlet)
    who = _Who(parsed, entities, tools.actors, document.published.year if document.published else None)
    events = [*code_events(parsed, tools.events), *code_control(parsed, tools.control)]
    heads = [parsed.token_at(event.head) for event in events]
    facts = [factuality(parsed, head, tools.factuality) for head in heads if head is not None]
    dateline = anatomy.dateline_day.of(document.text) if anatomy.dateline_day else None
    return Findings(
        document_id=document.id,
        parsed=parsed,
        published=document.published,
        attributions=attributions,
        events=[event for event, head in zip(events, heads, strict=True) if head is not None],
        facts=facts,
        who=who,
        dates=find_dates(parsed, report_day(dateline, document.published)),
        quantities=find_quantities(parsed),
        places=places,
        metonyms=metonyms,
        dateline=_dateline(places, anatomy.dateline_place, tools.gazetteer),
        contexts=tools.contexts,
    )


def _code(document: Document, coded: Coded, anatomy: Anatomy, parsed: Parsed, tools: Tools) -> Coded:
    findings = _find(document, anatomy, parsed, tools)
    year = document.published.year if document.published else None
    things = Things(parsed, tools.events)
    claims = with_interest(
        settle_homes(settle_parties(carry(settle_places(assemble(findings)), things), things)),
        findings.attributions,
        sides=tools.sides,
        code=lambda words: code_actor(words, tools.actors, year=year, in_report=True),
        outlet=document.outlet,
        published=document.published,
    )
    return msgspec.structs.replace(
        coded,
        attributions=tuple(findings.attributions),
        claims=tuple(claims),
        places=tuple(findings.places),
        designations=tuple(_designations(document.text, anatomy.designations, tools.actors)),
    )


def _places(document: Document, anatomy: Anatomy, parsed: Parsed, entities: Entities, tools: Tools) -> list[Place]:
    people = [
        span
        for e in entities.all
        if (
            e.kind == "person"
            and e.actor.role
            and (e.mention.lower() in tools.actors.surnames or not tools.gazetteer.lookup(e.mention))
        )
        or (e.kind in ("group", "organization") and e.actor.organization)
        for span in e.spans
    ]
    countries = Counter(
        e.actor.country for e in entities.all for _ in e.spans if e.actor.country and e.kind in ("country", "group")
    )
    return find_places(
        parsed,
        tools.gazetteer,
        dateline=anatomy.dateline_place,
        countries=countries,
        people=people,
        first_names=tools.actors.first_names,
        home=tools.gazetteer.home(document.outlet, document.url),
    )


OURS = ("our ", "my ")


class _Who:
    """Resolve a phrase to an actor: by the document's entities, by the speaker for "we", else by its own words."""

    def __init__(self, parsed: Parsed, entities: Entities, table: ActorTable, year: int | None) -> None:
        self.parsed = parsed
        self.entities = entities
        self.table = table
        self.year = year

    def __call__(self, phrase: Phrase, voice: Attribution | None) -> Actor:
        text = self.parsed.text
        mention = " ".join(word for span in phrase.spans for word in span.of(text).split())
        head = self.parsed.token_at(phrase.head)
        spans = phrase.spans
        if head is not None and head.lower in FIRST_PERSON and voice is not None and voice.speaker.spans:
            spans = voice.speaker.spans
        entity = self.entities.at(spans[0].start, spans[-1].end)
        if entity is None and spans is not phrase.spans and voice is not None and voice.speaker.name:
            # Words within words: "we" are spoken for by somebody who is named elsewhere.
            entity = next((e for e in self.entities.all if e.actor.name == voice.speaker.name), None)
        own = code_actor(mention, self.table, year=self.year, in_report=True)
        code = own
        is_ours = mention.lower().startswith(OURS) and bool(own.sectors)  # "our troops", not "our neighbours"
        if entity is not None:
            known = entity.actor
            code = msgspec.structs.replace(
                own,
                name=name_of(entity, mention) or own.name,
                code=own.code if own.country and own.sectors else known.code or own.code,
                country=own.country or (voice.speaker.country if is_ours and voice else None) or known.country,
                sectors=own.sectors or known.sectors,
            )
        return Actor(phrase.spans, mention, code.name, code.code, code.country, code.sectors)


def _dateline(places: Sequence[Place], span: Span | None, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """The dateline's place and its country: where a report was filed, its acts may be elsewhere in the country."""
    place = next((place for place in places if span is not None and place.span.meets(span)), None)
    if place is None:
        return ()
    country = gazetteer.country(place.country) if place.country and place.precision != "country" else None
    if country is None:
        return (place,)
    wide = Place(
        place.span,
        place.mention,
        country.name,
        country.lat,
        country.lon,
        country.country,
        geonameid=country.geonameid,
        precision="country",
        confidence=place.confidence,
    )
    return place, wide


def _designations(text: str, raw: Iterable[RawDesignation], table: ActorTable) -> Iterator[Designation]:
    for designation in raw:
        for span in designation.actors:
            mention = span.of(text)
            code = code_actor(mention, table)
            actor = Actor((span,), mention, code.name, code.code, code.country, code.sectors)
            yield Designation(actor, designation.label, designation.by, designation.span)
