"""What a terminal shows: progress, claims with their evidence in colour, incidents with what each origin says.

The only module that imports Rich.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import msgspec
from rich.console import Console
from rich.padding import Padding
from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Column, Table
from rich.text import Text

from vedette.ontology import gist_of
from vedette.outputs.linked import flags
from vedette.outputs.versions import disputed_columns, version_rows
from vedette.records import Actor, Alias, Attribution, Claim, Coded, Count, History, Incident, Member, Span

__all__ = [
    "claim_text",
    "counting",
    "print_claim",
    "print_clusters",
    "print_control",
    "print_document",
    "print_explanation",
    "print_incident",
    "print_links",
    "status",
    "steps",
]

if TYPE_CHECKING:  # its module loads the coders, which `vedette show` must not wait for
    from vedette.analysis.control_map import Claimed, ControlMap
    from vedette.analysis.findings import FoundCluster, ScanReport
    from vedette.explanation import Explanation, Reason, Word
    from vedette.resolution.linked import LinkedRecord, LinkReport

# Styles of the roles in an evidence sentence; readable on light and dark terminals.
STYLES = {
    "trigger": "bold red",
    "actor": "bold blue",
    "recipient": "bold magenta",
    "place": "green",
    "speaker": "bold cyan",
    "cue": "underline",
}
# Columns of the table of versions, by the fields of a row.
VERSION_COLUMNS = {
    "origin": "origin", "day": "day", "place": "place", "deaths": "dead", "injured": "injured", "actors": "by whom",
    "modality": "told as", "n_documents": "reports",
}  # fmt: skip

# Records of several tables that are printed; files hold all.
MAX_MATCHES = 20


@contextmanager
def counting(what: str) -> Iterator[Callable[[], None]]:
    """A counter of documents on standard error; drawn only where that is a terminal."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(what, total=None)
        yield lambda: progress.advance(task)


@contextmanager
def steps() -> Iterator[Callable[[str, float], None]]:
    """A progress bar for named steps with their share done, 0..1."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        tasks: dict[str, TaskID] = {}

        def tell(step: str, share: float) -> None:
            if step not in tasks:
                tasks[step] = progress.add_task(step, total=1.0)
            progress.update(tasks[step], completed=share)

        yield tell


@contextmanager
def status(what: str) -> Iterator[None]:
    """A spinner on standard error while something is done."""
    with Console(stderr=True).status(what):
        yield


def print_claim(coded: Coded, claim: Claim, *, as_json: bool = False) -> None:
    """Print a claim on standard output."""
    console = Console()
    if as_json:
        console.file.write(msgspec.json.encode(claim).decode() + "\n")
        return
    attribution = next((a for a in coded.attributions if a.id == claim.attribution), None)
    console.print(claim_text(coded, claim, attribution))
    console.print()
    facts = Table.grid(padding=(0, 2))
    for name, value in _facts(coded, claim, attribution):
        if value:
            facts.add_row(Text(name, style="dim"), Text(value))
    console.print(facts)


def print_document(coded: Coded, *, as_json: bool = False) -> None:
    """Print a document's title and its claims, a line each."""
    console = Console()
    if as_json:
        console.file.write(msgspec.json.encode(coded).decode() + "\n")
        return
    console.print(Text(coded.title or coded.id, style="bold"))
    console.print(Text(" · ".join(str(x) for x in (coded.outlet, coded.published, coded.url) if x), style="dim"))
    if coded.skipped is not None:
        console.print(Text(f"skipped: {coded.skipped.reason} ({coded.skipped.detail})"))
        return
    claim_column = Column("claim", overflow="fold", min_width=17)  # an id is copied whole
    table = Table(claim_column, "what", "who", "to whom", "where", "in the voice of", "modality")
    attributions = {a.id: a for a in coded.attributions}
    for claim in coded.claims:
        speaker = attributions.get(claim.attribution or "")
        cells = (
            claim.id,
            claim.event_type or claim.state or claim.measure or claim.kind,
            _names(claim.actors),
            _names(claim.recipients),
            claim.places[0].mention if claim.places else "",
            speaker.speaker.mention if speaker else "the outlet",
            claim.modality,
        )
        table.add_row(*map(Text, cells))  # as Text: brackets in a report's words are no markup
    console.print(table)


def print_incident(
    incident: Incident,
    coded_of: Mapping[str, Coded],
    *,
    parts: Sequence[Incident] = (),
    history: History | None = None,
    alias: Alias | None = None,
    as_json: bool = False,
) -> None:
    """Print an incident: each origin's version side by side, the conflicts, what became of ids, and every claim."""
    console = Console()
    if as_json:
        known = {"parts": [p.incident for p in parts], "history": history, "alias": alias}
        made = msgspec.to_builtins(incident) | {key: msgspec.to_builtins(value) for key, value in known.items()}
        console.file.write(msgspec.json.encode(made).decode() + "\n")
        return
    for line in _history_lines(incident, history, alias):
        console.print(Text(line, style="dim"))
    console.print(
        Text(
            f"{incident.incident}: {_n(incident.n_origins, 'independent origin')} in "
            f"{_n(incident.n_documents, 'report')} of {_n(incident.n_outlets, 'outlet')}",
            style="bold",
        )
    )
    if incident.versions:
        console.print()
        console.print(_versions(incident, coded_of))
    for conflict in incident.conflicts:
        console.print(Text(f"conflict ({conflict.kind}): " + " against ".join(conflict.says), style="bold red"))
    for possible in incident.possible:
        console.print(Text(f"possibly the same: {possible.incident} (mean probability {possible.score:.2f})"))
    for member in (*incident.members, *(m for p in parts for m in p.members)):
        coded = coded_of[member.id]
        claim = next(c for c in coded.claims if c.id == member.claim)
        attribution = next((a for a in coded.attributions if a.id == claim.attribution), None)
        facts = (
            coded.outlet,
            coded.published,
            "in the voice of " + (attribution.speaker.mention if attribution else "the outlet"),
            claim.places[0].mention if claim.places else None,
            f"on {claim.when.start}" if claim.when else None,
            f"{_count(claim.deaths)} dead" if claim.deaths else None,
        )
        console.print()
        console.print(Text(f"{claim.id} in report {member.id}", style="bold"))
        console.print(Text(" · ".join(str(x) for x in facts if x), style="dim"))
        console.print(Padding(claim_text(coded, claim, attribution), (0, 0, 0, 2)))


def _versions(incident: Incident, coded_of: Mapping[str, Coded]) -> Table:
    """What each origin says, a line each; columns in which origins contradict each other are red."""
    disputed = disputed_columns(incident)
    table = Table()
    rows = version_rows(incident, coded_of)
    told = [field for field in VERSION_COLUMNS if any(getattr(row, field) for row in rows)]
    for field in told:
        style = "bold red" if field in disputed else None
        table.add_column(VERSION_COLUMNS[field], style=style, min_width=10 if field == "day" else None)
    for row in rows:
        # As Text: brackets in a report's words are no markup.
        table.add_row(*(Text(str(getattr(row, field)), overflow="fold") for field in told))
    return table


def _history_lines(incident: Incident, history: History | None, alias: Alias | None) -> Iterator[str]:
    if alias is not None:
        yield f"{alias.old} was merged into {alias.incident}" + _on(alias.at)
    if incident.part_of is not None:
        yield f"part of incident {incident.part_of}"
    if history is None:
        return
    yield f"first found on {history.minted_at:%Y-%m-%d}"
    for other in history.aliases:
        if alias is None or other.old != alias.old:
            yield f"{other.old} was merged into {other.incident}{_on(other.at)}"
    for d in history.descents:
        yield f"{_n(d.n_claims, 'claim')} of {d.incident} were split off from {d.parent}{_on(d.at)}"


def _on(at: datetime | None) -> str:
    return f" on {at:%Y-%m-%d}" if at else ""


def _n(n: int, noun: str) -> str:
    return f"{n:,} {noun}" + ("" if n == 1 else "s")


def print_clusters(found: ScanReport) -> None:
    """Print the clusters of a scan: when and where, how many cases, how likely by chance."""
    console = Console()
    console.print(
        f"{found.n_cases:,} cases, {found.n_places:,} places, {found.start} to {found.end} "
        f"({found.n_periods:,} x {found.time_unit}), model {found.model}",
        highlight=False,
    )
    if found.n_screened is not None:
        console.print(
            f"looked at: rings around the {found.n_screened:,} places that Gi* shows hottest", highlight=False
        )
    if not found.clusters:
        console.print("no window holds more cases than expected")
    for number, cluster in enumerate(found.clusters, 1):
        console.print()
        console.print(Text(f"{number}. {cluster.start} to {cluster.end}", style="bold"))
        console.print(Text(f"   {_chance(cluster)}"))
        console.print(
            Text(f"   {cluster.observed:,} cases, {cluster.expected:.1f} expected: {', '.join(cluster.places)}")
        )


def _chance(cluster: FoundCluster) -> str:
    said = [f"log-likelihood ratio {cluster.statistic:.2f}"]
    if cluster.p is not None:
        said.append(f"p = {cluster.p:.3f}")
    if cluster.recurrence_days is not None:
        said.append(f"by chance once in {cluster.recurrence_days:,.0f} days")
    return ", ".join(said)


def print_control(found: ControlMap, *, history: bool = False) -> None:
    """Print who holds which place: assessed, with what probability, since which evidence, by which claims.

    `history`: below each place the periods in hindsight, and what each voice said last.
    """
    console = Console()
    if found.too_few:
        console.print(Text(found.too_few))
        return
    by = f" according to {found.according_to}" if found.according_to else ""
    console.print(Text(f"{found.day}{by}: {len(found.places):,} places, {found.n_claims:,} claims", style="bold"))
    claims = Column("for +, against -", min_width=19, no_wrap=True)  # an id is copied whole
    table = Table("place", "assessed", "how likely", "last told", claims)
    for place in found.places:
        kind = "" if place.level == "settlement" else f" ({place.level})"
        cells = (
            f"{place.name}{kind}, {place.admin1 or place.country or '?'}",
            place.assessed,
            f"{place.words} ({place.probability:.0%})",
            f"{place.last_evidence}" if place.last_evidence else "none yet",
            "\n".join((*_ids("+", place.supporting), *_ids("-", place.opposing))),
        )
        table.add_row(*map(Text, cells))
    console.print(table)
    if history:
        for place in found.places:
            console.print()
            console.print(Text(place.name, style="bold"))
            for period in place.timeline:
                last = period.end - timedelta(days=1)
                told = f"  {period.start} to {last}: {period.controller} ({period.probability:.0%})"
                console.print(Text(told))
            for claimed in place.claimed:
                console.print(Text(f"  {claimed.voice} on {claimed.day}: {_says(claimed)}", style="dim"))
    if found.unplaced:
        n_copies = sum(u.why.startswith("a copy") for u in found.unplaced)
        console.print(
            Text(f"{len(found.unplaced):,} more claims are on no map, {n_copies:,} of them copies", style="dim")
        )


def _ids(sign: str, members: tuple[Member, ...], most: int = 3) -> Iterator[str]:
    for m in members[:most]:
        yield f"{sign} {m.claim}"
    if len(members) > most:
        yield f"{sign} {len(members) - most} more"


def _says(claimed: Claimed) -> str:
    share = f", {claimed.share:.0%} of it" if claimed.share is not None and claimed.share < 1 else ""
    who = f"{claimed.holder}: " if claimed.holder else ""
    return f"{who}{'not ' if claimed.is_denied else ''}{claimed.state}{share} ({claimed.member.claim})"


def print_links(found: LinkReport) -> None:
    """Print what linking found: the tables, what they have in common, the first records of several, what to review."""
    console = Console()
    for table in found.tables:
        said = f"{table.name} ({table.layout}): {_some(table.n_events + table.n_episodes, 'row')}"
        if table.n_episodes:
            said += f", of them {_some(table.n_episodes, 'episode')}"
        if table.n_folded:
            said += f", {table.n_folded:,} more that repeat them"
        if table.left_out:
            said += "; left out: " + ", ".join(f"{n:,} {reason}" for reason, n in sorted(table.left_out.items()))
        if table.unknown_types:
            n_unknown = sum(table.unknown_types.values())
            said += f"; {n_unknown:,} of unknown type, such as {min(table.unknown_types)!r}"
        console.print(Text(said))
    compared = f"by {', '.join(found.taxonomies)}" if found.taxonomies else "by place and time alone"
    n_matches = found.n_matched_events + found.n_matched_episodes
    console.print(
        Text(
            f"{_some(found.n_rows, 'row')} record {_some(found.n_unique, 'happening')} "
            f"({found.km:g} km, {_some(found.days, 'day')}, {compared}); "
            f"in several tables are {n_matches:,} ({_some(found.n_matched_events, 'event')}, "
            f"{_some(found.n_matched_episodes, 'episode')}), {_some(found.n_removed, 'row')} less",
            style="bold",
        )
    )
    overlap = Table("recorded by", Column("happenings", justify="right"))
    for some in found.overlap:
        overlap.add_row(Text(" + ".join(some.tables)), f"{some.n_records:,}")
    console.print(overlap)
    matches = [record for record in found.records if len(record.rows) > 1]
    if matches:
        console.print(_matches(matches[:MAX_MATCHES], [table.name for table in found.tables]))
    if len(matches) > MAX_MATCHES:
        console.print(Text(f"{len(matches) - MAX_MATCHES:,} more: --csv and --json write all", style="dim"))
    for said in _to_review(found, matches):
        console.print(Text(said))


def _some(n: int, what: str) -> str:
    return f"{n:,} {what}{'' if n == 1 else 's'}"


def _matches(records: Sequence[LinkedRecord], names: Sequence[str]) -> Table:
    table = Table(
        Column("day", no_wrap=True),
        *(Column(Text(name), overflow="fold") for name in names),
        "km",
        "days",
        "agreement",
        "flags",
    )
    for record in records:
        id_of = {row.ref.table: row.ref.id for row in record.rows}
        fit = (f"{record.km or 0:.1f}", f"{record.days or 0}", f"{record.agreement or 0:.2f}", ", ".join(flags(record)))
        table.add_row(f"{record.rows[0].start}", *(Text(id_of.get(name, "")) for name in names), *fit)
    return table


def _to_review(found: LinkReport, matches: Sequence[LinkedRecord]) -> Iterator[str]:
    if n := sum(bool(record.rivals) for record in matches):
        yield f"{n:,} ambiguous: other rows would fit about as well"
    if n := sum(record.is_chained for record in matches):
        yield f"{n:,} chained: not all rows are within the windows of each other"
    if n := sum(record.is_coarse for record in matches):
        yield f"{n:,} coarse: a point or a day is an approximate one"
    if n := len({part.episode for part in found.parts}):
        yield f"{_some(n, 'episode')} that may hold events of another table"
    if n := len(found.seconds):
        yield f"{_some(n, 'row')} alone that would fit a row to which another of the same table is linked"


def print_explanation(made: Explanation, *, as_json: bool = False) -> None:
    """Print why each claim was coded so, what was looked at and not coded, and the parse as a tree."""
    console = Console()
    if as_json:
        console.file.write(msgspec.json.encode(made).decode() + "\n")
        return
    coded = made.coded
    if coded.skipped is not None:
        console.print(Text(f"skipped: {coded.skipped.reason} ({coded.skipped.detail})"))
        return
    if not made.reasons:
        console.print(Text("no claim"))
    attributions = {a.id: a for a in coded.attributions}
    for reason in made.reasons:
        console.print(claim_text(coded, reason.claim, attributions.get(reason.claim.attribution or "")))
        facts = Table.grid(padding=(0, 2))
        for name, value in _why(reason):
            facts.add_row(Text(name, style="dim"), value)
        console.print(Padding(facts, (0, 0, 1, 2)))
    if made.passed:
        console.print(Text("looked at, not coded", style="bold"))
        passed = Table.grid(padding=(0, 2))
        for word in made.passed:
            passed.add_row(Text(word.text), Text(word.reason, style="dim"))
        console.print(Padding(passed, (0, 0, 1, 2)))
    console.print(Text("parse", style="bold"))
    for node in made.tree:
        console.print(Text("  " * (node.depth + 1)).append(node.text).append(f"  {node.tag} {node.dep}", style="dim"))


def _why(reason: Reason) -> Iterator[tuple[str, Text]]:
    claim, pattern = reason.claim, reason.pattern
    what = claim.event_type or claim.state or claim.measure or claim.kind
    yield "claim", Text(f"{what}{'/' + claim.mode if claim.mode else ''}  {claim.id}", style="bold")
    if claim.event_type:
        yield "scores", Text(f"quad {claim.quad}, CAMEO {claim.cameo}, intensity {claim.intensity:+.1f}")
    yield "rule", Text(reason.rule)
    if pattern is not None:
        where = f"{pattern.file}, line {pattern.line}" if pattern.line else pattern.file
        yield "pattern", Text(f'"{pattern.words}" of {pattern.part}, entry {pattern.entry} ({where})')
    for demand in reason.demands:
        yield "asks", Text(demand)
    for word in reason.words:
        yield word.role, _word_text(word)
    if claim.attribution is None:
        yield "speaker", Text("the outlet's own voice", style="dim")
    for step in reason.steps:
        yield "certainty", Text(step)
    yield "coder", Text(f"{claim.coder}, confidence {claim.confidence:.2f}")


def _word_text(word: Word) -> Text:
    text = Text(word.text, style=STYLES.get("trigger" if word.role == "predicate" else word.role, ""))
    if word.span is not None:
        text.append(f" [{word.span.start}, {word.span.end})", style="dim")
    return text.append(f"  {word.note}", style="dim") if word.note else text


def claim_text(coded: Coded, claim: Claim, attribution: Attribution | None) -> Text:
    """The evidence sentence with the roles in colour."""
    start, end = claim.evidence.start, claim.evidence.end
    text = Text(coded.text[start:end])
    marked: list[tuple[str, tuple[Span, ...]]] = [
        ("place", tuple(p.span for p in claim.places)),
        ("actor", tuple(s for a in claim.actors for s in a.spans)),
        ("recipient", tuple(s for a in claim.recipients for s in a.spans)),
        ("trigger", claim.trigger),
    ]
    if attribution is not None:
        marked = [("cue", attribution.cue.spans), ("speaker", attribution.speaker.spans), *marked]
    for role, spans in marked:
        for span in spans:
            text.stylize(STYLES[role], max(span.start - start, 0), max(min(span.end, end) - start, 0))
    return text


def _facts(coded: Coded, claim: Claim, attribution: Attribution | None) -> Iterator[tuple[str, str]]:
    yield "claim", claim.id
    if claim.event_type:
        yield (
            "event",
            f"{claim.event_type}{'/' + claim.mode if claim.mode else ''}: {gist_of(claim.event_type, claim.mode)}",
        )
        yield "CAMEO", claim.cameo or ""
        yield "intensity", "" if claim.intensity is None else f"{claim.intensity:+.1f} of -10 to +10"
    yield "contexts", ", ".join(name.replace("_", " ") for name in claim.contexts)
    yield "state", claim.state or ""
    yield "measure", claim.measure or ""
    yield "actor", _names(claim.actors)
    yield "recipient", _names(claim.recipients)
    yield "where", "; ".join(f"{p.name or p.mention} ({p.precision}, by {p.basis})" for p in claim.places)
    if claim.when:
        yield "when", f"{claim.when.start} to before {claim.when.end} ({claim.when.basis})"
    yield "deaths", _count(claim.deaths)
    yield "injured", _count(claim.injured)
    yield "share", _count(claim.share)
    if attribution is not None:
        speaker = attribution.speaker
        told = [x for x in (speaker.name, speaker.role, speaker.organization, speaker.country) if x]
        yield "in the voice of", speaker.mention + (f" ({', '.join(told)})" if told else "")
        yield "cue", f"{attribution.cue.lemma} ({attribution.cue.stance}, {attribution.quotation} speech)"
    else:
        yield "in the voice of", "the outlet"
    yield "interest", _interest(claim)
    yield "modality", f"{claim.modality}, certainty {claim.certainty:+.1f} of -3 to +3"
    yield "condition", claim.condition.of(coded.text) if claim.condition else ""
    yield "report", " · ".join(str(x) for x in (coded.title, coded.outlet, coded.published, coded.url) if x)
    yield "coder", f"{claim.coder}, confidence {claim.confidence:.2f}"


def _interest(claim: Claim) -> str:
    if claim.interest is None:
        return ""
    sides = (
        f"{role}: {words}"
        for role, words in (("actor", claim.interest.actor), ("recipient", claim.interest.recipient))
        if words
    )
    party = (f"speaks for {claim.interest.party}",) if claim.interest.party else ()
    return "; ".join((f"{claim.interest.kind or 'not known'}: {claim.interest.reason}", *party, *sides))


def _names(actors: tuple[Actor, ...]) -> str:
    return "; ".join(f"{a.mention} [{a.code}]" if a.code else a.mention for a in actors)


def _count(count: Count | None) -> str:
    if count is None:
        return ""
    low, best, high = (None if x is None else f"{x:g}" for x in (count.low, count.best, count.high))
    if best is not None and low == best == high:
        return best
    return f"{best or '?'} ({low or '?'} to {high or '?'})"
