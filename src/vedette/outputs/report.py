"""The situation report: what happened where, who says so, who contradicts whom; one HTML file.

`build_report` makes a view of coded documents (pure); `render` writes it as a page that needs no network, and no
script to be read. Every figure opens to the words behind it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from importlib.resources import files

import jinja2
import msgspec

from vedette._version import __version__
from vedette.ontology import gist_of
from vedette.outputs.map_svg import Dot, draw_map
from vedette.records import (
    Actor,
    Attribution,
    Claim,
    Coded,
    Count,
    Incident,
    Resolution,
    SkippedDocument,
    Span,
)

__all__ = ["Report", "build_report", "render"]

# More claims than this are left to the database: a page of 5,000 opens in seconds on a phone.
MAX_CLAIMS = 5_000
MAX_SPEAKERS = 40
MAX_BARS = 62
COARSE = frozenset({"country", "region"})
FAMILY = {
    "ASSAULT": "violence", "COERCE": "coercion", "SANCTION": "coercion", "MOBILIZE": "coercion", "PROTEST": "protest",
    "ACCUSE": "words", "REJECT": "words", "REQUEST": "words", "THREATEN": "words", "AGREE": "cooperation",
    "CONSULT": "cooperation", "SUPPORT": "cooperation", "CONCEDE": "cooperation", "COOPERATE": "cooperation",
    "AID": "cooperation", "RETREAT": "cooperation",
}  # fmt: skip
FAMILY_NAMES = {
    "violence": "Violence", "coercion": "Coercion and mobilisation", "protest": "Protest", "words": "Words of conflict",
    "cooperation": "Cooperation and talks", "control": "Control",
}  # fmt: skip
MODALITY = {
    "asserted": "said to have happened", "negated": "said not to have happened", "announced": "announced",
    "conditional": "on a condition", "hypothetical": "possible or feared", "historical": "background",
}  # fmt: skip
PRONOUNS = frozenset("it its they them their he him his she her we us our i my who which that".split())
HTTP = re.compile(r"https?://[^\s\"'<>]+", re.IGNORECASE)


class Piece(msgspec.Struct, frozen=True):
    """Some words of an evidence sentence, and the role that they play in it."""

    text: str
    role: str | None = None


class Row(msgspec.Struct, frozen=True):
    """A claim as the report shows it."""

    id: str
    document_id: str
    family: str
    kind: str
    what: str
    gist: str
    who: str
    whom: str
    place: str
    place_note: str
    place_anchor: str | None
    day: str
    day_note: str
    speaker: str
    speaker_note: str
    stance: str
    modality: str
    modality_code: str
    certainty: float
    deaths: str
    share: str
    share_low: float | None
    share_best: float | None
    share_high: float | None
    pieces: tuple[Piece, ...]
    outlet: str
    published: str
    title: str
    url: str | None
    others: tuple[str, ...]


class PlaceRow(msgspec.Struct, frozen=True):
    """A place with the claims told of it."""

    anchor: str
    name: str
    note: str
    n_claims: int
    n_origins: int
    claims: tuple[tuple[str, str], ...]


class DayBar(msgspec.Struct, frozen=True):
    """One day (week, month) of the timeline: claims by family."""

    day: str
    counts: tuple[tuple[str, int], ...]
    total: int


class SpeakerRow(msgspec.Struct, frozen=True):
    """What one speaker says about whom."""

    name: str
    note: str
    country: str
    total: int
    about: tuple[tuple[str, int], ...]
    claims: tuple[str, ...]


class Side(msgspec.Struct, frozen=True):
    """One version in a conflict."""

    says: str
    rows: tuple[Row, ...]


class ConflictView(msgspec.Struct, frozen=True):
    """A contradiction, side by side."""

    kind: str
    about: str
    sides: tuple[Side, ...]


class IncidentView(msgspec.Struct, frozen=True):
    """What several claims tell together."""

    id: str
    title: str
    n_documents: int
    n_outlets: int
    n_origins: int
    rows: tuple[Row, ...]


class DocumentRow(msgspec.Struct, frozen=True):
    """A report of the collection."""

    id: str
    title: str
    outlet: str
    published: str
    url: str | None
    n_claims: int
    origin: str


class Report(msgspec.Struct, frozen=True):
    """Everything the page shows."""

    title: str
    made_at: str
    summary: str
    is_exercise: bool
    exercise_note: str | None
    map_svg: str | None
    places: tuple[PlaceRow, ...]
    coarse: tuple[PlaceRow, ...]
    unit: str
    days: tuple[DayBar, ...]
    control: tuple[tuple[str, tuple[Row, ...]], ...]
    conflicts: tuple[ConflictView, ...]
    denials: tuple[Row, ...]
    speakers: tuple[SpeakerRow, ...]
    incidents: tuple[IncidentView, ...]
    rows: tuple[Row, ...]
    n_left_out: int
    documents: tuple[DocumentRow, ...]
    skipped: tuple[SkippedDocument, ...]
    types: tuple[str, ...]
    modalities: tuple[tuple[str, str], ...]
    families: tuple[tuple[str, str], ...]
    coders: str
    version: str = __version__


def build_report(
    coded: Sequence[Coded],
    skipped: Sequence[SkippedDocument],
    resolution: Resolution,
    *,
    title: str,
    made_at: datetime,
    is_exercise: bool = False,
    exercise_note: str | None = None,
) -> Report:
    """Return the view of a report; pure, so that `made_at` is given."""
    documents = {c.id: c for c in coded}
    origin_of = {o.id: o.origin for o in resolution.origins}
    told_by = _told_by(resolution.incidents, documents)
    pairs = [(d, c) for d in coded for c in d.claims if c.kind != "figure"]
    pairs.sort(key=lambda p: (_first_day(p[1]), p[0].published or date.max, p[0].id, p[1].trigger[0].start))
    kept = pairs if len(pairs) <= MAX_CLAIMS else sorted(pairs, key=lambda p: -p[1].confidence)[:MAX_CLAIMS]
    kept_ids = {c.id for _, c in kept}
    rows = {c.id: _row(d, c, told_by.get((d.id, c.id), ())) for d, c in pairs if c.id in kept_ids}
    unit, days = _days(pairs)
    places, coarse, dots = _places(pairs, rows, origin_of)
    return Report(
        title=title,
        made_at=made_at.strftime("%-d %B %Y, %H:%M UTC"),
        summary=_summary(coded, skipped, resolution, pairs),
        is_exercise=is_exercise,
        exercise_note=exercise_note,
        map_svg=draw_map(dots),
        places=places,
        coarse=coarse,
        unit=unit,
        days=days,
        control=_control(pairs, rows),
        conflicts=_conflicts(resolution.incidents, rows),
        denials=tuple(r for d, c in pairs if (r := rows.get(c.id)) and _is_denial(d, c)),
        speakers=_speakers(pairs, rows),
        incidents=_incidents(resolution.incidents, rows),
        rows=tuple(rows[c.id] for _, c in pairs if c.id in rows),
        n_left_out=len(pairs) - len(rows),
        documents=tuple(_document_row(d, resolution, documents) for d in sorted(coded, key=_document_order)),
        skipped=tuple(skipped),
        types=tuple(sorted({r.what.split(" / ")[0] for r in rows.values()})),
        modalities=tuple((k, v) for k, v in MODALITY.items() if any(r.modality_code == k for r in rows.values())),
        families=tuple(FAMILY_NAMES.items()),
        coders=", ".join(sorted({c.coder for _, c in pairs})),
    )


def render(report: Report) -> str:
    """Return the page; every string of a document is escaped."""
    folder = files("vedette") / "outputs" / "templates"
    environment = jinja2.Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    template = environment.from_string((folder / "report.html.j2").read_text(encoding="utf-8"))
    return template.render(
        r=report,
        css=(folder / "report.css").read_text(encoding="utf-8"),
        js=(folder / "report.js").read_text(encoding="utf-8"),
        tallest=max((d.total for d in report.days), default=1),
    )


def _row(document: Coded, claim: Claim, others: tuple[str, ...]) -> Row:
    attribution = next((a for a in document.attributions if a.id == claim.attribution), None)
    place = claim.places[0] if claim.places else None
    when = claim.when
    what = claim.event_type or ("CONTROL" if claim.kind == "control" else claim.kind)
    detail = claim.mode or claim.state
    speaker = attribution.speaker if attribution else None
    share = claim.share
    return Row(
        id=claim.id,
        document_id=document.id,
        family=FAMILY.get(claim.event_type or "", "control"),
        kind=claim.kind,
        what=f"{what} / {detail}" if detail else what,
        gist=gist_of(claim.event_type, claim.mode) if claim.event_type else "who is said to hold a place",
        who=_names(claim.actors),
        whom=_names(claim.recipients),
        place=(place.name or place.mention) if place else "",
        place_note=f"{place.precision}, from the {place.basis}" if place else "",
        place_anchor=_anchor(place.name or place.mention) if place else None,
        day=_shown_days(when.start, when.end) if when else "",
        day_note="day of publication" if when and when.basis == "published" else "",
        speaker=_speaker_name(attribution),
        speaker_note=", ".join(x for x in (speaker.role, speaker.organization, speaker.country) if x)
        if speaker
        else "",
        stance=attribution.cue.stance if attribution else "",
        modality=MODALITY[claim.modality],
        modality_code=claim.modality,
        certainty=claim.certainty,
        deaths=_count(claim.deaths),
        share=_share(share),
        share_low=share.low if share else None,
        share_best=share.best if share else None,
        share_high=share.high if share else None,
        pieces=tuple(_pieces(document.text, claim, attribution)),
        outlet=document.outlet or "",
        published=_day(document.published),
        title=document.title or document.text[:80].strip(),
        url=document.url if document.url and HTTP.fullmatch(document.url) else None,
        others=others,
    )


def _pieces(text: str, claim: Claim, attribution: Attribution | None) -> Iterable[Piece]:
    """The evidence sentence cut at the edges of its roles; where roles overlap the more telling one wins."""
    start, end = claim.evidence.start, claim.evidence.end
    roles: list[str | None] = [None] * (end - start)

    def mark(spans: Iterable[Span], role: str) -> None:
        for span in spans:
            for k in range(max(span.start, start), min(span.end, end)):
                roles[k - start] = role

    mark((p.span for p in claim.places), "place")
    mark((s for a in claim.recipients for s in a.spans), "recipient")
    mark((s for a in claim.actors for s in a.spans), "actor")
    if attribution is not None:
        mark(attribution.speaker.spans, "speaker")
        mark(attribution.cue.spans, "cue")
    mark(claim.trigger, "trigger")
    at = 0
    while at < len(roles):
        to = at
        while to < len(roles) and roles[to] == roles[at]:
            to += 1
        yield Piece(text[start + at : start + to], roles[at])
        at = to


def _summary(
    coded: Sequence[Coded],
    skipped: Sequence[SkippedDocument],
    resolution: Resolution,
    pairs: Sequence[tuple[Coded, Claim]],
) -> str:
    if not coded:
        return "No report could be read."
    outlets = len({c.outlet for c in coded if c.outlet})
    origins = len({o.origin for o in resolution.origins})
    days = sorted(c.published for c in coded if c.published)
    span = f", published {_shown_days(days[0], days[-1] + timedelta(days=1))}" if days else ""
    n_conflicts = sum(len(i.conflicts) for i in resolution.incidents)
    parts = [f"{_n(len(coded), 'report')} from {_n(outlets, 'outlet')}, {_n(origins, 'independent origin')}{span}"]
    parts.append(f"{_n(len(pairs), 'claim')}, {_n(n_conflicts, 'conflict')} between them")
    if skipped:
        parts.append(f"{_n(len(skipped), 'file')} skipped")
    return "; ".join(parts) + "."


def _n(n: int, noun: str) -> str:
    return f"{n:,} {noun}" + ("" if n == 1 else "s")


def _told_by(incidents: Sequence[Incident], documents: Mapping[str, Coded]) -> dict[tuple[str, str], tuple[str, ...]]:
    found = {}
    for incident in incidents:
        for member in incident.members:
            others = sorted({m.id for m in incident.members if m.id != member.id})
            told = tuple((documents[o].outlet or documents[o].title or o) for o in others if o in documents)
            found[member.id, member.claim] = tuple(dict.fromkeys(told))
    return found


def _places(
    pairs: Sequence[tuple[Coded, Claim]], rows: Mapping[str, Row], origin_of: Mapping[str, str]
) -> tuple[tuple[PlaceRow, ...], tuple[PlaceRow, ...], list[Dot]]:
    groups: dict[tuple[str, str], list[tuple[Coded, Claim]]] = defaultdict(list)
    for document, claim in pairs:
        if claim.places and claim.id in rows and claim.modality in ("asserted", "announced", "negated"):
            place = claim.places[0]
            groups[place.name or place.mention, place.precision].append((document, claim))
    fine, coarse, dots = [], [], []
    for (name, precision), told in sorted(groups.items(), key=lambda g: (-len(g[1]), g[0])):
        place = told[0][1].places[0]
        n_origins = len({origin_of.get(d.id, d.id) for d, _ in told})
        note = ", ".join(x for x in (place.admin1 if place.admin1 != name else None, place.country, precision) if x)
        row = PlaceRow(_anchor(name), name, note, len(told), n_origins, tuple((c.id, rows[c.id].what) for _, c in told))
        if precision in COARSE or place.lat is None or place.lon is None:
            coarse.append(row)
            continue
        fine.append(row)
        families = Counter(rows[c.id].family for _, c in told)
        dots.append(
            Dot(place.lon, place.lat, name, precision, len(told), n_origins, families.most_common(1)[0][0], row.anchor)
        )
    return tuple(fine), tuple(coarse), dots


def _days(pairs: Sequence[tuple[Coded, Claim]]) -> tuple[str, tuple[DayBar, ...]]:
    """The unit of time, and a bar for each from the first to the last; days, or weeks or months where days are many."""
    counts: dict[date, Counter[str]] = defaultdict(Counter)
    for _, claim in pairs:
        when = claim.when
        if when and (when.end - when.start).days <= 3 and claim.modality in ("asserted", "negated"):
            counts[when.start][FAMILY.get(claim.event_type or "", "control")] += 1
    if not counts:
        return "day", ()
    first, last = min(counts), max(counts)
    n_days = (last - first).days + 1
    unit = "day" if n_days <= MAX_BARS else "week" if n_days <= 7 * MAX_BARS else "month"
    binned: dict[date, Counter[str]] = defaultdict(Counter)
    for day, counter in counts.items():
        binned[_bin(day, unit)].update(counter)
    bars: list[DayBar] = []
    at = _bin(first, unit)
    while at <= last and len(bars) < 4 * MAX_BARS:
        c = binned.get(at, Counter())
        shown = at.strftime("%b %Y") if unit == "month" else at.strftime("%-d %b")
        bars.append(DayBar(shown, tuple((f, c[f]) for f in FAMILY_NAMES if c[f]), c.total()))
        at = _bin(at + timedelta(days={"day": 1, "week": 7, "month": 32}[unit]), unit)
    return unit, tuple(bars)


def _bin(day: date, unit: str) -> date:
    if unit == "month":
        return day.replace(day=1)
    return day - timedelta(days=day.weekday()) if unit == "week" else day


def _control(pairs: Sequence[tuple[Coded, Claim]], rows: Mapping[str, Row]) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    groups: dict[str, list[Row]] = defaultdict(list)
    names: dict[str, str] = {}
    for _, claim in pairs:
        if claim.kind == "control" and claim.id in rows:
            held = (
                claim.recipients[-1].mention if claim.recipients else (claim.places[0].mention if claim.places else "?")
            )
            key = re.sub(r"^(?:the|a|an) ", "", held.lower())
            names.setdefault(key, held)
            groups[key].append(rows[claim.id])
    listed = sorted(groups.items(), key=lambda g: (-len(g[1]), g[0]))
    return tuple((names[key], tuple(told)) for key, told in listed)


def _is_denial(document: Coded, claim: Claim) -> bool:
    attribution = next((a for a in document.attributions if a.id == claim.attribution), None)
    return attribution is not None and attribution.cue.stance == "deny" and claim.modality == "negated"


CONFLICT_NAMES = {
    "deaths": "How many died", "injured": "How many were injured", "perpetrator": "Who did it",
    "occurrence": "Whether it happened", "control": "Who holds it",
}  # fmt: skip


def _conflicts(incidents: Sequence[Incident], rows: Mapping[str, Row]) -> tuple[ConflictView, ...]:
    found = []
    for incident in incidents:
        for conflict in incident.conflicts:
            sides = tuple(
                Side(says, tuple(rows[m.claim] for m in side if m.claim in rows))
                for says, side in zip(conflict.says, conflict.sides, strict=True)
            )
            first = next((r for side in sides for r in side.rows), None)
            if first is not None:
                found.append(ConflictView(CONFLICT_NAMES[conflict.kind], _incident_title(first), sides))
    return tuple(found)


def _incidents(incidents: Sequence[Incident], rows: Mapping[str, Row]) -> tuple[IncidentView, ...]:
    found = []
    for incident in sorted(incidents, key=lambda i: (-i.n_origins, -i.n_documents, i.incident)):
        told = tuple(rows[m.claim] for m in incident.members if m.claim in rows)
        if told and incident.n_documents > 1:
            found.append(
                IncidentView(
                    incident.incident,
                    _incident_title(told[0]),
                    incident.n_documents,
                    incident.n_outlets,
                    incident.n_origins,
                    told,
                )
            )
    return tuple(found)


def _incident_title(row: Row) -> str:
    who = " → ".join(x for x in (row.who, row.whom) if x)
    return ", ".join(x for x in (row.what, who, row.place, row.day) if x)


def _speakers(pairs: Sequence[tuple[Coded, Claim]], rows: Mapping[str, Row]) -> tuple[SpeakerRow, ...]:
    groups: dict[str, list[tuple[Coded, Claim, Attribution]]] = defaultdict(list)
    for document, claim in pairs:
        attribution = next((a for a in document.attributions if a.id == claim.attribution), None)
        if attribution is not None and claim.id in rows:
            groups[_speaker_name(attribution)].append((document, claim, attribution))
    found = []
    for name, told in sorted(groups.items(), key=lambda g: (-len(g[1]), g[0])):
        about: Counter[str] = Counter()
        for _, claim, _ in told:
            for party in dict.fromkeys(a.name or a.country or a.mention for a in claim.actors):
                about[party] += 1
        speaker = told[0][2].speaker
        note = ", ".join(x for x in (speaker.role, speaker.organization) if x)
        country = next((a.speaker.country for _, _, a in told if a.speaker.country), None)
        found.append(
            SpeakerRow(
                name, note, country or "", len(told), tuple(about.most_common(4)), tuple(c.id for _, c, _ in told[:12])
            )
        )
    return tuple(found[:MAX_SPEAKERS])


def _document_row(document: Coded, resolution: Resolution, documents: Mapping[str, Coded]) -> DocumentRow:
    origin = next((o for o in resolution.origins if o.id == document.id), None)
    told = ""
    if origin is not None and origin.via == "copy":
        share = max(
            (c.containment for c in resolution.copies if {c.container, c.contained} == {document.id, origin.origin}),
            default=None,
        )
        source = documents.get(origin.origin)
        named = (source.outlet or source.title or origin.origin) if source else origin.origin
        told = f"copy of {named}" + (f" ({share:.0%} of the words)" if share is not None else "")
    elif origin is not None and origin.via == "credit":
        told = f"credits {origin.origin.removeprefix('outlet:')}"
    url = document.url if document.url and HTTP.fullmatch(document.url) else None
    title = document.title or document.text[:80].strip()
    return DocumentRow(
        document.id, title, document.outlet or "", _day(document.published), url, len(document.claims), told
    )


def _document_order(document: Coded) -> tuple[date, str, str]:
    return (document.published or date.max, document.outlet or "", document.id)


def _speaker_name(attribution: Attribution | None) -> str:
    if attribution is None:
        return "the outlet"
    speaker = attribution.speaker
    return speaker.name or _short(re.split(r",? (?:who|which|that) ", speaker.mention)[0]) or "unnamed"


def _names(actors: Sequence[Actor]) -> str:
    return ", ".join(dict.fromkeys(_shown(a) for a in actors))


def _shown(actor: Actor) -> str:
    """The mention, or for "it" and "they" who is meant."""
    if actor.mention.lower() in PRONOUNS and actor.name:
        return actor.name
    return _short(actor.mention)


def _short(words: str) -> str:
    return words if len(words) <= 60 else words[:57] + "…"


def _anchor(name: str) -> str:
    return "place-" + (re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "x")


def _first_day(claim: Claim) -> date:
    return claim.when.start if claim.when else date.max


def _day(day: date | None) -> str:
    return day.strftime("%-d %B %Y") if day else ""


def _shown_days(start: date, end: date) -> str:
    last = end - timedelta(days=1)
    if start == last:
        return start.strftime("%-d %b %Y")
    if start.year == last.year and start.month == last.month:
        return f"{start.day}–{last.strftime('%-d %b %Y')}"
    return f"{start.strftime('%-d %b %Y')} – {last.strftime('%-d %b %Y')}"


def _count(count: Count | None) -> str:
    if count is None:
        return ""
    low, best, high = (None if x is None else f"{x:g}" for x in (count.low, count.best, count.high))
    if best is None:
        return f"{low} or more" if low else f"up to {high}"
    if low == best == high:
        return best
    if high is None:
        return f"{best} or more"
    if low is None:
        return f"up to {best}"
    return f"{best} ({low}–{high})"


def _share(count: Count | None) -> str:
    if count is None or count.best is None:
        return ""
    if count.low == count.best == count.high:
        return f"{count.best:.0%}"
    return f"about {count.best:.0%} ({count.low or 0:.0%}–{count.high or 1:.0%})"
