"""The records that stages hand to each other; frozen, checked when built, the JSON of `vedette.coded/1`.

Offsets are Unicode code points into a document's text, end exclusive. Unknown is None.
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from html import escape
from typing import Literal

import msgspec

__all__ = [
    "CODED_SCHEMA",
    "Actor",
    "ActorCode",
    "Alias",
    "Attribution",
    "Claim",
    "Coded",
    "Conflict",
    "Content",
    "Copy",
    "Count",
    "Cue",
    "DateMention",
    "Descent",
    "Designation",
    "Document",
    "Entity",
    "Event",
    "Factuality",
    "History",
    "Incident",
    "Interest",
    "Line",
    "Located",
    "Member",
    "Modality",
    "Origin",
    "Pattern",
    "Phrase",
    "Place",
    "Possible",
    "Quantity",
    "Reading",
    "Resolution",
    "Segment",
    "SegmentKind",
    "Skipped",
    "SkippedDocument",
    "Span",
    "Speaker",
    "Stance",
    "Story",
    "Version",
    "When",
    "document_id",
]

CODED_SCHEMA = "vedette.coded/1"

SegmentKind = Literal[
    "outlet", "headline", "dateline", "byline", "body", "related", "note", "footnote", "credit", "promotion"
]
Stance = Literal["assert", "deny", "accuse", "admit", "demand", "promise", "threaten", "ask", "doubt"]
Modality = Literal["asserted", "negated", "announced", "conditional", "hypothetical", "historical"]
SpeakerKind = Literal["named", "unnamed", "collective", "document", "outlet", "unknown"]
Precision = Literal["site", "settlement", "admin2", "admin1", "country", "region"]
SkipReason = Literal[
    "empty", "no text", "too short", "too long", "duplicate", "language", "encrypted", "damaged", "binary",
    "unsupported", "unreadable", "not a file", "bad row", "failed",
]  # fmt: skip


class Span(msgspec.Struct, frozen=True, order=True, array_like=True, gc=False):
    """Characters ``[start, end)`` of a document's text, as Python counts them."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"empty or reversed span: [{self.start}, {self.end})")

    def of(self, text: str) -> str:
        """Return the words of `text` at this span."""
        return text[self.start : self.end]

    def meets(self, other: Span) -> bool:
        """Return whether the two spans share a character."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        """Return whether `other` lies inside this span."""
        return self.start <= other.start and other.end <= self.end


class Document(msgspec.Struct, frozen=True):
    """One report as read; its text is fixed for ever.

    `id` is a hash of address and text. `published` is the outlet's local calendar day. `sha256` is that of the
    bytes it was read from. `address` is where it was found: a URL, a path, or path#row for a row of a table.
    """

    id: str
    text: str
    address: str
    title: str | None = None
    published: date | None = None
    outlet: str | None = None
    url: str | None = None
    byline: str | None = None
    language: str | None = None
    sha256: str | None = None
    format: str | None = None
    encoding: str | None = None


def document_id(address: str, text: str) -> str:
    """Return the id of a document: 16 hexadecimal digits, a hash of its address and text."""
    raw = f"{address}\x00{text}".encode(errors="surrogatepass")
    return hashlib.blake2b(raw, digest_size=8).hexdigest()


class Skipped(msgspec.Struct, frozen=True):
    """Why a document yields nothing; counted, never silent."""

    reason: SkipReason
    detail: str = ""


class SkippedDocument(msgspec.Struct, frozen=True):
    """A document that could not be read or coded, with its address."""

    address: str
    skipped: Skipped
    id: str | None = None
    sha256: str | None = None


class Segment(msgspec.Struct, frozen=True, gc=False):
    """A stretch of the text with one function in the report; segments cover the text once, in order."""

    kind: SegmentKind
    span: Span


class When(msgspec.Struct, frozen=True, gc=False):
    """Whole days ``[start, end)`` and how they were come by."""

    start: date
    end: date
    precision: Literal["day", "week", "month", "year", "range"] = "day"
    basis: Literal["stated", "relative", "published"] = "stated"

    def __post_init__(self) -> None:
        if self.start >= self.end:
            raise ValueError(f"empty or reversed days: [{self.start}, {self.end})")


class Count(msgspec.Struct, frozen=True, gc=False):
    """A number as reported, following UCDP's low, best and high; `share` uses 0..1."""

    low: float | None
    best: float | None
    high: float | None
    span: Span


class ActorCode(msgspec.Struct, frozen=True):
    """What a mention's words tell of an actor, wherever it stands.

    `code` is ISO 3166 alpha-3 (or IGO, NGO, ... as in PLOVER) followed by sectors, such as ``"RUSGOV"``;
    `organization` is the full name of a body ("Ministry of Foreign Affairs"), `role` the office ("foreign minister").
    """

    name: str | None = None
    code: str | None = None
    country: str | None = None
    sectors: tuple[str, ...] = ()
    organization: str | None = None
    role: str | None = None


class Entity(msgspec.Struct, frozen=True):
    """Somebody or something that a document mentions, once or often; `spans` are all its mentions in order.

    `sex` is "m" or "f" where a title, a first name or a pronoun tells it: a person for certain.
    """

    id: int
    kind: Literal["person", "organization", "country", "group", "unnamed", "collective", "document"]
    mention: str
    actor: ActorCode
    spans: tuple[Span, ...]
    is_plural: bool = False
    sex: str | None = None


class Phrase(msgspec.Struct, frozen=True):
    """A noun phrase that fills a role; `head` is the offset of its head word."""

    spans: tuple[Span, ...]
    head: int


class Factuality(msgspec.Struct, frozen=True):
    """How the text presents a predicate: -3.0 certainly not .. +3.0 certainly."""

    modality: Modality
    certainty: float
    condition: Span | None = None
    reasons: tuple[str, ...] = ()


class DateMention(msgspec.Struct, frozen=True):
    """Date words and the days they name; `when` is None where they fix none, and `unfixed` says why ("season")."""

    span: Span
    when: When | None
    unfixed: str | None = None

    def __post_init__(self) -> None:
        if (self.when is None) == (self.unfixed is None):
            raise ValueError("a date mention has either days or the reason why it has none")


class Quantity(msgspec.Struct, frozen=True):
    """A number with what it counts.

    `measure` is "deaths", "injured", or another measure in the plural ("prisoners", "displaced", "troops",
    "money", "percent", ...); `noun` is the counted phrase, `predicate` the offset of the verb or noun that
    makes it a measure ("killed", "dead") or None.
    """

    measure: str
    count: Count
    noun: Span | None = None
    predicate: int | None = None
    unit: str | None = None


class Pattern(msgspec.Struct, frozen=True):
    """Where the knowledge stands by which an event was read: an entry of a data file of the package.

    `entry` counts the file's entries from 1, `part` is the entry's key ("verbs", "nouns", ...), `words` the pattern as
    written there, `line` its line from 1 (None where the file's text was not at hand).
    """

    file: str
    entry: int
    part: str
    words: str
    line: int | None = None


class Event(msgspec.Struct, frozen=True):
    """A predicate coded by PLOVER or as a control state, before actors, places and days are filled in.

    `head` is the offset of the trigger's head word. `kind` "control": the holder stands in `actors`, what is
    held in `objects`. `is_refusal`: its own negation makes it the act it is ("will not recognise"), and denies nothing.
    `pattern` None: a rule of the coder's own.
    """

    kind: Literal["event", "control"]
    trigger: tuple[Span, ...]
    head: int
    sentence: Span
    coder: str
    event_type: str | None = None
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    actors: tuple[Phrase, ...] = ()
    recipients: tuple[Phrase, ...] = ()
    objects: tuple[Phrase, ...] = ()
    share: Count | None = None
    state: Literal["held", "seized", "lost", "contested", "surrounded", "withdrawn"] | None = None
    is_negated: bool = False
    is_refusal: bool = False
    confidence: float = 0.5
    pattern: Pattern | None = None


class Speaker(msgspec.Struct, frozen=True, gc=False):
    """Whose words they are. `spans` are the mention at this place; name, role, ... are resolved in the document."""

    spans: tuple[Span, ...]
    mention: str
    name: str | None = None
    role: str | None = None
    organization: str | None = None
    country: str | None = None
    kind: SpeakerKind = "unknown"


class Cue(msgspec.Struct, frozen=True, gc=False):
    """The words that attribute ("said", "according to"), and the attitude they express.

    What stands in an "attitude" ("wants to", "opposes") is not told in the speaker's voice.
    """

    spans: tuple[Span, ...]
    lemma: str
    stance: Stance = "assert"
    is_distancing: bool = False
    kind: Literal["speech", "thought", "attitude"] = "speech"


class Content(msgspec.Struct, frozen=True, gc=False):
    """What was said, thought, demanded or promised."""

    spans: tuple[Span, ...]


class Attribution(msgspec.Struct, frozen=True, gc=False):
    """Speaker, cue and content. `within` is the id of the attribution whose content holds this one."""

    id: str
    speaker: Speaker
    cue: Cue
    content: Content
    quotation: Literal["direct", "indirect", "mixed"]
    within: str | None = None
    when: When | None = None
    addressee: str | None = None


class Actor(msgspec.Struct, frozen=True, gc=False):
    """Somebody in a role of a claim; `mention` as printed, the rest resolved.

    `basis` says how the claim got it: its own clause, or what the rest of the report tells of the same act.
    """

    spans: tuple[Span, ...]
    mention: str
    name: str | None = None
    code: str | None = None
    country: str | None = None
    sectors: tuple[str, ...] = ()
    basis: Literal["clause", "report"] = "clause"


class Line(msgspec.Struct, frozen=True):
    """A border between two countries or units, or a road between two towns; an end that nobody tells is None.

    Ends are names, of a border ISO 3166 alpha-3 codes where they are countries.
    """

    kind: Literal["border", "road"]
    start: str | None
    end: str | None


class Place(msgspec.Struct, frozen=True, gc=False):
    """A place name in the text and its gazetteer entry; `lat` None says that none was found.

    `confidence` 0..1. `basis` says how an event got it: the clause, sentence, or dateline it stands in, or the
    report's other acts. `line` says that the name is an end of a border or road, which is where the event was.
    """

    span: Span
    mention: str
    name: str | None = None
    lat: float | None = None
    lon: float | None = None
    country: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    geonameid: int | None = None
    precision: Precision = "settlement"
    confidence: float = 0.0
    basis: Literal["clause", "sentence", "neighbour", "dateline"] | None = None
    line: Line | None = None


class Reading(msgspec.Struct, frozen=True):
    """One of the places that a name may mean; `reasons` are the parts of the score by what they say."""

    place: Place
    score: float
    reasons: dict[str, float]


class Located(msgspec.Struct, frozen=True):
    """A place name with what it may mean, best first; without readings it is in no gazetteer."""

    place: Place
    readings: tuple[Reading, ...] = ()


class Interest(msgspec.Struct, frozen=True, gc=False):
    """How whoever speaks stands to a claim's parties, and whom the claim serves (docs/method/interest.md).

    `party` is the speaker's: a state's ISO 3166 alpha-3 code, or a group's name. Unknown is None, and `reason` says
    what is unknown or why it is so, in words.
    """

    actor: Literal["own", "opponent", "third"] | None
    recipient: Literal["own", "opponent", "third"] | None
    kind: Literal["self-serving", "against interest", "neutral"] | None
    voice: Literal["speaker", "outlet"]
    party: str | None
    reason: str


class Claim(msgspec.Struct, frozen=True, gc=False):
    """One proposition: an event, a control state or a figure, in somebody's voice.

    `attribution` None: the outlet's own voice. `certainty` -3.0..+3.0. `quad` 1..4.
    """

    id: str
    kind: Literal["event", "control", "figure"]
    attribution: str | None
    trigger: tuple[Span, ...]
    evidence: Span
    event_type: str | None
    mode: str | None
    contexts: tuple[str, ...]
    quad: int | None
    cameo: str | None
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    places: tuple[Place, ...]
    when: When | None
    deaths: Count | None
    injured: Count | None
    share: Count | None
    modality: Modality
    certainty: float
    condition: Span | None
    confidence: float
    coder: str
    intensity: float | None = None
    state: str | None = None
    figure: Count | None = None
    measure: str | None = None
    interest: Interest | None = None

    def __repr__(self) -> str:
        who = "; ".join(a.mention for a in self.actors) or "?"
        whom = "; ".join(a.mention for a in self.recipients)
        what = self.event_type or self.state or self.measure or self.kind
        where = "; ".join(dict.fromkeys(p.mention for p in self.places))
        when = str(self.when.start) if self.when else ""
        told = [f"{who} → {whom}" if whom else who, where, when, f"{self.modality} {self.certainty:+.1f}"]
        return f"<claim {self.id}: {what}, " + ", ".join(x for x in told if x) + ">"


class Designation(msgspec.Struct, frozen=True):
    """A label that a jurisdiction puts on an actor ("[banned in X]", "*Y, a group designated by Z")."""

    actor: Actor
    label: str
    by: str
    span: Span


class Coded(msgspec.Struct, frozen=True):
    """A coded document: the contract `vedette.coded/1`."""

    id: str
    text: str
    schema: str = CODED_SCHEMA
    title: str | None = None
    published: date | None = None
    outlet: str | None = None
    url: str | None = None
    skipped: Skipped | None = None
    language: str | None = None
    byline: str | None = None
    segments: tuple[Segment, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    claims: tuple[Claim, ...] = ()
    places: tuple[Place, ...] = ()
    designations: tuple[Designation, ...] = ()
    first_appearance: str | None = None

    def __repr__(self) -> str:
        head = " · ".join(str(x) for x in (self.title, self.outlet, self.published) if x)
        if self.skipped is not None:
            return f"<report {self.id}: {head or 'no title'}; skipped, {self.skipped.reason}>"
        return f"<report {self.id}: {head or 'no title'}; {len(self.claims)} claims>"

    def _repr_html_(self) -> str:
        """The claims as a table, as notebooks show it."""
        voices = {a.id: a.speaker.mention for a in self.attributions}
        head = ("claim", "what", "who", "to whom", "where", "in the voice of", "modality", "evidence")
        rows = [
            (
                claim.id,
                claim.event_type or claim.state or claim.measure or claim.kind,
                "; ".join(a.mention for a in claim.actors),
                "; ".join(a.mention for a in claim.recipients),
                "; ".join(dict.fromkeys(p.mention for p in claim.places)),
                voices.get(claim.attribution or "", "the outlet"),
                claim.modality,
                claim.evidence.of(self.text),
            )
            for claim in self.claims
        ]
        cells = "".join("<tr>" + "".join(f"<td>{escape(x)}</td>" for x in row) + "</tr>" for row in rows)
        titles = "".join(f"<th>{x}</th>" for x in head)
        return f"<p>{escape(repr(self)[1:-1])}</p><table><thead><tr>{titles}</tr></thead><tbody>{cells}</tbody></table>"


class Copy(msgspec.Struct, frozen=True, gc=False):
    """`contained` stands (in part) in `container`; `containment` is the share 0..1 of contained's words.

    `spans` are the passages in the container, `contained_spans` the same ones, in the same order, in the other.
    `derived` is the one of the two that goes back to the other, by its credit, byline or citation of the other's
    outlet, by its later day, or as the newer version of the address ("revision"); "unclear" is a convention.
    """

    container: str
    contained: str
    containment: float
    spans: tuple[Span, ...] = ()
    contained_spans: tuple[Span, ...] = ()
    kind: Literal["copy", "revision"] = "copy"
    derived: str | None = None
    basis: Literal["credit", "byline", "citation", "published", "address", "unclear"] | None = None


class Origin(msgspec.Struct, frozen=True, gc=False):
    """The document `id` goes back to `origin` (a document id, or an outlet or speaker named by it)."""

    id: str
    origin: str
    via: Literal["copy", "credit", "quotation", "citation", "revision", "none"]


class Member(msgspec.Struct, frozen=True, order=True, gc=False):
    """A claim of a document that tells an incident."""

    id: str
    claim: str


class Conflict(msgspec.Struct, frozen=True, gc=False):
    """Members of one incident that cannot all be right.

    `sides` are groups of members, each with its words for the matter in `says`. "accusation": the claims that name each
    accused, and those in which it denies; the latter may be a refusal that is told as an act of its own.
    """

    kind: Literal["deaths", "injured", "perpetrator", "occurrence", "control", "accusation"]
    says: tuple[str, ...]
    sides: tuple[tuple[Member, ...], ...]


class Version(msgspec.Struct, frozen=True, gc=False):
    """What one origin says of an incident, parts included: of each matter its best founded value, None without one.

    `members` are its claims. `deaths` and `injured` are the highest it gives. `modality` is the firmest.
    """

    origin: str
    members: tuple[Member, ...]
    when: When | None = None
    place: Place | None = None
    deaths: Count | None = None
    injured: Count | None = None
    actors: tuple[Actor, ...] = ()
    modality: Modality = "asserted"


class Possible(msgspec.Struct, frozen=True, gc=False):
    """Another incident that may be the same; `score` 0..1 is below what joins two."""

    incident: str
    score: float


class Incident(msgspec.Struct, frozen=True, gc=False):
    """What happened: claims of one document or of many that tell one act.

    A death or a blow told apart from the attack that it belongs to is an incident with `part_of`, the id of the
    attack's: count and list those without it. Their numbers, `first_report` (a document's id, by day of publication),
    `versions`, `conflicts` and `possible` take in their parts; a part has numbers of its own and none of the rest.
    `modality` is the firmest of any member: what is not asserted or historical did not happen by any report.
    """

    incident: str
    members: tuple[Member, ...]
    n_documents: int
    n_outlets: int
    n_origins: int
    conflicts: tuple[Conflict, ...] = ()
    part_of: str | None = None
    modality: Modality = "asserted"
    first_report: str | None = None
    versions: tuple[Version, ...] = ()
    possible: tuple[Possible, ...] = ()


class Alias(msgspec.Struct, frozen=True):
    """The incident `old` was merged into `incident`, an older one; `at`: in the resolution of that time, UTC."""

    old: str
    incident: str
    at: datetime | None = None


class Descent(msgspec.Struct, frozen=True):
    """`n_claims` claims of `incident` were split off from `parent`, which lives on; `at`: when, UTC."""

    incident: str
    parent: str
    n_claims: int
    at: datetime | None = None


class History(msgspec.Struct, frozen=True):
    """What became of an incident's id.

    `minted_at`: the run that found it first, UTC. `aliases`: ids that were merged into it, or into one of these.
    `descents`: what was split off from others into it, and off it into others, the earliest first.
    """

    minted_at: datetime
    aliases: tuple[Alias, ...] = ()
    descents: tuple[Descent, ...] = ()


class Story(msgspec.Struct, frozen=True):
    """Documents about one happening or its direct consequences."""

    story: str
    members: tuple[str, ...]


class Resolution(msgspec.Struct, frozen=True):
    """All that is known across a set of documents."""

    copies: tuple[Copy, ...] = ()
    origins: tuple[Origin, ...] = ()
    incidents: tuple[Incident, ...] = ()
    stories: tuple[Story, ...] = ()
