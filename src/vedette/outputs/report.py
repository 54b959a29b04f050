"""The situation report: what happened where, who says so, who contradicts whom; one HTML file.

`build_report` makes a view of coded documents (pure); `render` writes it as a page that needs no network, and no
script to be read. Every figure opens to the words behind it. Counts are of all claims; lists are cut where a page
would become too long to open, and say by how much.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from importlib.resources import files

import jinja2

from vedette.analysis.control_map import ControlMap
from vedette.analysis.hotspot_records import HotspotReport
from vedette.analysis.trends import TrendReport
from vedette.outputs.map_svg import country_names, draw_map, fit, size_legend
from vedette.outputs.report_control import control_view
from vedette.outputs.report_findings import disputed, happened, turning
from vedette.outputs.report_incidents import conflict_views, digest, happenings, incident_views
from vedette.outputs.report_interest import find_admissions, interest_rows
from vedette.outputs.report_rows import Told, make_row, tell, told_by
from vedette.outputs.report_sections import document_rows, find_denials, find_held, find_places, is_denial, timeline
from vedette.outputs.report_speakers import (
    country_rows,
    find_parties,
    sectors_by_name,
    side_of,
    side_rows,
    speaker_rows,
)
from vedette.outputs.report_turning import turning_view, zone_findings
from vedette.outputs.report_view import Report, Row
from vedette.outputs.report_words import (
    FAMILY_NAMES,
    FAMILY_SHORT,
    MODALITY,
    days_words,
    family_of,
    key_of,
    n_of,
    type_label,
)
from vedette.records import Coded, Incident, Resolution, SkippedDocument, Speaker

__all__ = ["MAX_CLAIMS", "Report", "build_report", "render"]

# Rows of the table of claims; measured on 3,000 documents: the page is under 10 MB and a laptop opens it in seconds.
MAX_CLAIMS = 3_000
MAX_PLACES = 120
MAX_HELD = 40
MAX_CONFLICTS = 40
MAX_DENIALS = 40
MAX_ADMISSIONS = 40
MAX_SPEAKERS = 60
MAX_INCIDENTS = 100
MAX_DOCUMENTS = 5_000
MAX_SKIPPED = 300
# Up to here the evidence of each claim is printed on paper too.
MAX_PRINTED = 60
# Beyond this a table of claims would fill a book: paper says so instead.
MAX_PRINTED_ROWS = 500
STYLES = ("pictures", "control", "report")


class _Rows:
    """Rows by claim, made when first asked for."""

    def __init__(self, documents: Mapping[str, Coded], tellers: Mapping[tuple[str, str], Sequence[str]]) -> None:
        self.documents = documents
        self.tellers = tellers
        self.made: dict[tuple[str, str], Row] = {}

    def __call__(self, told: Told) -> Row:
        key = (told.document.id, told.claim.id)
        if key not in self.made:
            self.made[key] = make_row(told, self.tellers.get(key, ()), self.documents)
        return self.made[key]


def build_report(
    coded: Sequence[Coded],
    skipped: Sequence[SkippedDocument],
    resolution: Resolution,
    *,
    title: str,
    made_at: datetime,
    is_exercise: bool = False,
    exercise_note: str | None = None,
    hotspots: HotspotReport | None = None,
    trends: Sequence[TrendReport] = (),
    control: ControlMap | None = None,
) -> Report:
    """Return the view of a report; pure, so that `made_at` and what was found of the documents are given.

    `control`: who holds what by the same documents; None leaves that map out.
    """
    documents = {c.id: c for c in coded}
    origin_of = {o.id: o.origin for o in resolution.origins}
    told = tell(coded)
    claims = {(t.document.id, t.claim.id): t for t in told}
    whole = happenings(resolution.incidents)
    digests = [d for i in whole if _is_worth_a_line(i) and (d := digest(i, claims))]
    kept = _keep(told, whole)
    linkable = {t.claim.id for t in kept}
    row = _Rows(documents, told_by(whole, documents))
    places, coarse, dots = find_places(told, origin_of, country_name, linkable)
    on_map, off_map = fit(dots)
    held, n_more_held = find_held(told, row, MAX_HELD)
    conflicts, n_more_conflicts = conflict_views(digests, claims, row, MAX_CONFLICTS)
    incidents, n_more_incidents = incident_views(digests, claims, row, MAX_INCIDENTS)
    denials, n_more_denials = find_denials(told, row, MAX_DENIALS)
    side = _sides(told)
    interests, n_more_interests = interest_rows(told, country_name)
    admissions, n_more_admissions = find_admissions(told, row, MAX_ADMISSIONS)
    speakers, n_more_speakers = speaker_rows(told, side, country_name, linkable, MAX_SPEAKERS)
    reports, n_more_documents = document_rows(coded, resolution, MAX_DOCUMENTS)
    turns, turning_note = turning(told, held, origin_of, {p.name: p.anchor for p in reversed(places[:MAX_PLACES])})
    rows = tuple(row(t) for t in kept)
    return Report(
        title=title,
        made_at=f"{made_at.day} {made_at.strftime('%B %Y, %H:%M')} UTC",
        summary=_summary(coded, skipped, resolution, len(told)),
        is_exercise=is_exercise,
        exercise_note=exercise_note,
        happened=happened(digests, {i.id for i in incidents}),
        disputed=disputed(conflicts),
        turning=(*zone_findings(hotspots), *turns),
        turning_note=turning_note,
        map_svg=draw_map(on_map),
        size_legend=size_legend(on_map),
        off_map=tuple(d.name for d in off_map),
        places=tuple(places[:MAX_PLACES]),
        n_more_places=max(len(places) - MAX_PLACES, 0),
        coarse=tuple(coarse),
        timeline=timeline(told, digests),
        holds=None if control is None else control_view(control, claims, linkable, country_name),
        turns=turning_view(hotspots, trends, claims, row, linkable),
        control=held,
        n_more_held=n_more_held,
        conflicts=conflicts,
        n_more_conflicts=n_more_conflicts,
        denials=denials,
        n_more_denials=n_more_denials,
        parties=side_rows(told, side, side.parties.values()),
        countries=country_rows(told, country_name),
        speakers=speakers,
        n_more_speakers=n_more_speakers,
        interests=interests,
        n_more_interests=n_more_interests,
        admissions=admissions,
        n_more_admissions=n_more_admissions,
        incidents=incidents,
        n_more_incidents=n_more_incidents,
        rows=rows,
        n_claims=len(told),
        n_left_out=len(told) - len(rows),
        documents=reports,
        n_more_documents=n_more_documents,
        skipped=tuple(skipped[:MAX_SKIPPED]),
        skipped_reasons=tuple(Counter(s.skipped.reason for s in skipped).most_common()),
        n_more_skipped=max(len(skipped) - MAX_SKIPPED, 0),
        types=tuple((t, type_label(t)) for t in sorted({r.what.split(" / ")[0] for r in rows}, key=type_label)),
        modalities=tuple((k, v) for k, v in MODALITY.items() if any(r.modality_code == k for r in rows)),
        families=tuple(FAMILY_NAMES.items()),
        coders=", ".join(sorted({t.claim.coder for t in told})),
    )


def render(report: Report) -> str:
    """Return the page; every string of a document is escaped."""
    folder = files("vedette") / "outputs" / "templates"
    environment = jinja2.Environment(
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        loader=jinja2.FunctionLoader(lambda name: (folder / name).read_text(encoding="utf-8")),
    )
    environment.filters["n_of"] = n_of
    template = environment.get_template("report.html.j2")
    return template.render(
        r=report,
        css="".join((folder / f"{name}.css").read_text(encoding="utf-8") for name in STYLES),
        js=(folder / "report.js").read_text(encoding="utf-8"),
        tallest=max((d.total for d in report.timeline.bars), default=1) or 1,
        prints_table=len(report.rows) <= MAX_PRINTED_ROWS,
        prints_evidence=len(report.rows) <= MAX_PRINTED,
        family_names=FAMILY_SHORT,
    )


def country_name(iso3: str) -> str:
    """Return a country's name by its ISO 3166 alpha-3 code, or the code."""
    return country_names().get(iso3, iso3)


def _is_worth_a_line(incident: Incident) -> bool:
    return incident.n_documents > 1 or bool(incident.conflicts) or len(incident.members) > 1


def _keep(told: Sequence[Told], incidents: Sequence[Incident]) -> list[Told]:
    """The claims of the table, latest first, what is background last.

    Where there is no room for all: contradictions, control and denials first, then what most origins tell, then
    violence, then what was coded with most confidence.
    """
    weights: dict[tuple[str, str], int] = {}
    for incident in incidents:
        in_conflict = {(m.id, m.claim) for c in incident.conflicts for side in c.sides for m in side}
        for m in incident.members:
            weights[m.id, m.claim] = 100 if (m.id, m.claim) in in_conflict else min(incident.n_origins, 50)

    def weight(t: Told) -> tuple[int, bool, float]:
        own = 100 if t.claim.kind == "control" or is_denial(t) else 0
        return (
            max(own, weights.get((t.document.id, t.claim.id), 0)), family_of(t.claim) == "violence", t.claim.confidence,
        )  # fmt: skip

    kept = list(told) if len(told) <= MAX_CLAIMS else sorted(told, key=weight, reverse=True)[:MAX_CLAIMS]
    kept.sort(key=lambda t: t.claim.when.start if t.claim.when else date.min, reverse=True)
    kept.sort(key=lambda t: t.claim.modality == "historical")
    return kept


def _sides(told: Sequence[Told]) -> _Sides:
    places = {key_of(p.name or p.mention) for t in told for p in t.claim.places}
    return _Sides(find_parties(told, places), sectors_by_name(told))


class _Sides:
    """Which side a speaker speaks for, remembered: the same few speakers say most."""

    def __init__(self, parties: Mapping[str, str], sectors: Mapping[str, frozenset[str]]) -> None:
        self.parties = parties
        self.sectors = sectors
        self.known: dict[tuple[str | None, ...], str] = {}

    def __call__(self, speaker: Speaker) -> str:
        key = (speaker.name, speaker.mention, speaker.role, speaker.organization, speaker.country, speaker.kind)
        if key not in self.known:
            self.known[key] = side_of(speaker, self.parties, self.sectors, country_name)
        return self.known[key]


def _summary(coded: Sequence[Coded], skipped: Sequence[SkippedDocument], resolution: Resolution, n_claims: int) -> str:
    if not coded:
        return "No report could be read."
    outlets = len({c.outlet for c in coded if c.outlet})
    origins = len({o.origin for o in resolution.origins})
    days = sorted(c.published for c in coded if c.published)
    span = f", published {days_words(days[0], days[-1] + timedelta(days=1))}" if days else ""
    n_conflicts = sum(len(i.conflicts) for i in resolution.incidents)
    parts = [
        f"{n_of(len(coded), 'report')} from {n_of(outlets, 'outlet')}, {n_of(origins, 'independent origin')}{span}"
    ]
    parts.append(f"{n_of(n_claims, 'claim')}, {n_of(n_conflicts, 'contradiction')} between them")
    if skipped:
        parts.append(f"{n_of(len(skipped), 'file')} skipped")
    return "; ".join(parts) + "."
