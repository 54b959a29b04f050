"""The command line: parse, call one public function, print.

Results go to standard output, everything else to standard error. Nothing heavy is imported before a command needs it,
so that `--help` answers at once.
"""

from __future__ import annotations

import functools
import logging
import sys
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vedette._version import __version__
from vedette.errors import InputError, VedetteError

if TYPE_CHECKING:
    from vedette.api import Found
    from vedette.store import Store

__all__ = ["app", "main"]

app = typer.Typer(
    name="vedette",
    help="Read news reports: who says that who did what to whom, where and when, and who else says so.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
gazetteer = typer.Typer(help="The index of place names.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(gazetteer, name="gazetteer")


class TableName(StrEnum):
    """What `export` can write."""

    claims = "claims"
    events = "events"
    documents = "documents"


class FormatName(StrEnum):
    """The file formats of `export`."""

    csv = "csv"
    parquet = "parquet"
    geojson = "geojson"
    jsonl = "jsonl"


class ModelName(StrEnum):
    """What `scan` expects where nothing happens."""

    permutation = "permutation"
    poisson = "poisson"
    expectation = "expectation"


class UnitName(StrEnum):
    """The periods of `scan`."""

    day = "day"
    week = "week"
    month = "month"
    year = "year"


class CoarseName(StrEnum):
    """What `hotspots` does with places coarser than a cell."""

    out = "out"
    spread = "spread"


class DaysName(StrEnum):
    """Where `hotspots` counts an act of several days."""

    start = "start"
    spread = "spread"


class ExposedModelName(StrEnum):
    """What `hotspots` holds against the coverage."""

    bernoulli = "bernoulli"
    expectation = "expectation"
    poisson = "poisson"


class ByName(StrEnum):
    """What a series of `trends` is."""

    place = "place"
    type = "type"
    actor = "actor"
    speaker = "speaker"
    stream = "stream"


class LongUnitName(StrEnum):
    """Lengths of a period of `trends`."""

    week = "week"
    month = "month"


class PictureName(StrEnum):
    """What `plot` draws."""

    hotspots = "hotspots"
    trends = "trends"
    control = "control"


Paths = Annotated[list[str], typer.Argument(help="Files, folders, globs, or - for standard input.")]
Db = Annotated[Path, typer.Option("--db", help="The database file.")]
TextColumn = Annotated[str | None, typer.Option(help="Column of a CSV or JSON Lines file that holds the text.")]
TitleColumn = Annotated[str | None, typer.Option(help="... the title.")]
PublishedColumn = Annotated[str | None, typer.Option(help="... the day of publication.")]
OutletColumn = Annotated[str | None, typer.Option(help="... the outlet.")]
Processes = Annotated[int, typer.Option(help="How many code at once; 0: one a core.", min=0)]


def exits[**P, R](command: Callable[P, R]) -> Callable[P, R]:
    """Our errors become one line on standard error and their exit code."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except VedetteError as error:
            typer.echo(f"vedette: {error}", err=True)
            raise typer.Exit(error.exit_code) from error
        except BrokenPipeError:
            sys.stderr.close()
            raise typer.Exit(0) from None
        except OSError as error:
            what = f" {error.filename}" if error.filename else ""
            typer.echo(f"vedette: cannot use{what}: {(error.strerror or str(error)).lower()}", err=True)
            raise typer.Exit(1) from error
        except KeyboardInterrupt:
            typer.echo("vedette: stopped; what was coded is kept, the same command goes on from there", err=True)
            raise typer.Exit(130) from None

    return run


@app.callback(invoke_without_command=True)
def root(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Log what happens to standard error.")] = False,
) -> None:
    """Read news reports: who says that who did what to whom, where and when, and who else says so."""
    if version:
        typer.echo(__version__)
        raise typer.Exit
    logging.basicConfig(
        level=logging.INFO if verbose else logging.ERROR, format="%(levelname)s %(name)s %(message)s", stream=sys.stderr
    )


@app.command()
@exits
def report(
    paths: Paths,
    out: Annotated[Path, typer.Option("--out", help="The report to write, one HTML file.")],
    db: Annotated[
        Path | None, typer.Option("--db", help="Keep the database in this file (else it is dropped).")
    ] = None,
    title: Annotated[str, typer.Option(help="The report's title.")] = "Situation report",
    text: TextColumn = None,
    title_column: TitleColumn = None,
    published: PublishedColumn = None,
    outlet: OutletColumn = None,
    processes: Processes = 1,
) -> None:
    """Read, code, store, resolve what is new with what it touches, and write the situation report.

    Example: vedette report samples --out report.html --db vedette.db
    """
    from tempfile import TemporaryDirectory

    from vedette import api, results
    from vedette.outputs.files import check_out
    from vedette.outputs.terminal import status

    check_out(out)
    api.check_paths(paths)
    with TemporaryDirectory() as folder, api.open_store(db or Path(folder) / "vedette.db", read_only=False) as store:
        found = _ingest(paths, store, processes, text, title_column, published, outlet)
        with status("resolving and writing the report"):
            results.write_report(store, out, title=title, note=api.exercise_note(paths))
        _say_found(found, store)
    typer.echo(f"report: {out}", err=True)
    if db is not None:
        typer.echo(f"database: {db}", err=True)


@app.command()
@exits
def ingest(
    paths: Paths,
    db: Db,
    text: TextColumn = None,
    title_column: TitleColumn = None,
    published: PublishedColumn = None,
    outlet: OutletColumn = None,
    processes: Processes = 1,
) -> None:
    """Read and code reports into a database and resolve them with what they touch; what is there is left alone.

    Incidents, origins and copies are up to date when it ends; `vedette resolve --db` does what a stopped run left.

    Example: vedette ingest samples --db vedette.db
    """
    from vedette import api, results
    from vedette.outputs.terminal import status

    api.check_paths(paths)
    with api.open_store(db, read_only=False) as store:
        found = _ingest(paths, store, processes, text, title_column, published, outlet)
        with status("resolving"):
            results.update(store)
        _say_found(found, store)


@app.command()
@exits
def code(
    source: Annotated[Path, typer.Argument(metavar="IN.jsonl", help="One JSON object a line: id, text, published ...")],
    out: Annotated[Path, typer.Option("--out", help="Coded documents, vedette.coded/1, a line for every input line.")],
    processes: Processes = 1,
) -> None:
    """Code documents of a JSON Lines file, keeping the contract vedette.coded/1.

    Example: vedette code reports.jsonl --out coded.jsonl
    """
    from vedette import api
    from vedette.outputs.files import check_out
    from vedette.outputs.terminal import counting

    check_out(out)
    with counting("coding") as tick:
        n, n_skipped = api.code_file(source, out, processes=processes, progress=lambda _: tick())
    typer.echo(f"{n:,} documents coded, {n_skipped:,} skipped: {out}", err=True)


@app.command()
@exits
def resolve(
    source: Annotated[
        Path | None, typer.Argument(metavar="[CODED.jsonl]", help="Coded documents, as `vedette code` writes them.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for copies, origins, incidents and stories (.jsonl).")
    ] = None,
    db: Annotated[
        Path | None, typer.Option("--db", help="A database instead: resolve what was added since the last time.")
    ] = None,
    whole: Annotated[
        bool, typer.Option("--whole", help="With --db: resolve all of it anew; ids of incidents stay.")
    ] = False,
) -> None:
    """Find copies, independent origins, incidents and stories across coded documents, or across a database's.

    Example: vedette resolve coded.jsonl --out resolved
    Example: vedette resolve --db vedette.db
    """
    from vedette import results
    from vedette.errors import InputError
    from vedette.outputs.terminal import status
    from vedette.store import open_store

    if db is not None:
        if source is not None or out is not None:
            raise InputError("name a file and --out, or --db, not both")
        if not db.exists():
            raise InputError(f"no database at {db}: make one with `vedette ingest PATH --db {db}`")
        with open_store(db, read_only=False) as store, status("resolving"):
            done = results.update(store, whole=whole)
        typer.echo(
            f"{done.n_documents:,} reports resolved; ids of incidents: {done.n_minted:,} new, "
            f"{done.n_merged:,} merged, {done.n_split:,} split off, {done.n_ended:,} ended",
            err=True,
        )
        return
    if source is None or out is None:
        raise InputError("name a file of coded documents and --out FOLDER, or --db FILE")
    with status("resolving"):
        made = results.resolve_file(source, out)
    typer.echo(
        f"{len(made.copies):,} copies, {len(made.incidents):,} incidents, {len(made.stories):,} stories: {out}",
        err=True,
    )


@app.command()
@exits
def copies(
    source: Annotated[Path, typer.Argument(metavar="IN.jsonl", help="Documents: id and text a line.")],
    out: Annotated[Path, typer.Option("--out", help="Where to write the copies, a JSON line each.")],
) -> None:
    """Find which documents contain words of which others; needs texts only.

    Example: vedette copies reports.jsonl --out copies.jsonl
    """
    from vedette import results
    from vedette.outputs.files import check_out
    from vedette.outputs.terminal import status

    check_out(out)
    with status("comparing"):
        n = results.copies_file(source, out)
    typer.echo(f"{n:,} copies: {out}", err=True)


@app.command()
@exits
def export(
    table: Annotated[TableName, typer.Argument(help="What to write.")],
    db: Db,
    fmt: Annotated[FormatName, typer.Option("--format", help="The file's format.")] = FormatName.csv,
    out: Annotated[Path | None, typer.Option("--out", help="The file; else TABLE.FORMAT in this folder.")] = None,
) -> None:
    """Write claims, events or documents as a file.

    Example: vedette export claims --db vedette.db --format csv --out claims.csv
    """
    from vedette import results
    from vedette.outputs.files import check_out
    from vedette.store import open_store

    path = out or Path(f"{table.value}.{fmt.value}")
    check_out(path)
    with open_store(db) as store:
        n = results.export(store, table.value, fmt.value, path)
    typer.echo(f"{n:,} rows: {path}", err=True)


@app.command()
@exits
def show(
    id: Annotated[str, typer.Argument(help="A claim's, incident's or document's id, or its beginning.")],
    db: Db,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Print a claim with its evidence in colour, an incident with what each origin says, or a document's claims.

    Of an incident: every origin's version of day, place, toll and perpetrator side by side, and what contradicts. The
    id of an incident that was merged into another leads to that one, and says so.

    Example: vedette show c0123456789abcdef --db vedette.db
    """
    from vedette import results
    from vedette.outputs.terminal import print_claim, print_document, print_incident
    from vedette.store import open_store

    with open_store(db) as store:
        found = results.find(store, id)
    if isinstance(found, results.FoundClaim):
        print_claim(found.coded, found.claim, as_json=json)
    elif isinstance(found, results.FoundIncident):
        print_incident(
            found.incident, found.coded, parts=found.parts, history=found.history, alias=found.alias, as_json=json
        )
    else:
        print_document(found.coded, as_json=json)


@app.command()
@exits
def explain(
    sentence: Annotated[str, typer.Argument(help="A sentence or a short text.")],
    published: Annotated[str | None, typer.Option(help="The day of publication, as 2031-05-06.")] = None,
    outlet: Annotated[str | None, typer.Option(help="Who published it.")] = None,
    actor: Annotated[str | None, typer.Option(help="Words of the sentence: who, of a pair to code.")] = None,
    recipient: Annotated[str | None, typer.Option(help="Words of the sentence: whom, of a pair to code.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Print why each claim of a sentence was coded so, what was looked at and not coded, and the parse.

    With --actor, --recipient or both: what the sentence says that one did to the other, as vedette.code_pair does.

    Example: vedette explain "Police said on Monday that rebels had shelled Kunduz." --published 2031-05-06
    """
    from vedette import api
    from vedette.outputs.terminal import print_explanation, steps

    with steps() as progress:
        api.tools(progress=progress)
    if actor is None and recipient is None:
        made = api.explain(sentence, published=published, outlet=outlet)
    else:
        made = api.explain_pair(
            sentence, _words_in(sentence, actor), _words_in(sentence, recipient), published=published
        )
    print_explanation(made, as_json=json)


def _words_in(sentence: str, words: str | None) -> tuple[int, int] | None:
    from vedette.errors import InputError

    if words is None:
        return None
    at = sentence.find(words)
    if at < 0 or not words:
        raise InputError(f"{words!r} does not stand in the sentence")
    return at, at + len(words)


@app.command()
@exits
def locate(
    text: Annotated[str, typer.Argument(help="The words of a report.")],
    country: Annotated[str | None, typer.Option(help="What it is about, ISO 3166 alpha-3, such as AFG.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON lines.")] = False,
    geojson: Annotated[bool, typer.Option("--geojson", help="Print a GeoJSON FeatureCollection.")] = False,
) -> None:
    """Show the places that TEXT names, what each may mean, and what speaks for it.

    Example: vedette locate "Rain fell in Kunduz" --country AFG
    """
    import msgspec

    from vedette import api
    from vedette.outputs import located

    found = api.locate(text, country=country)
    if geojson:
        typer.echo(located.feature_collection(f.place for f in found))
    elif json:
        for f in found:
            typer.echo(msgspec.json.encode(f))
    else:
        for line in located.lines(found):
            typer.echo(line)


@app.command()
@exits
def scan(
    cases: Annotated[Path, typer.Argument(metavar="CASES.csv", help="Counts: place,date,count.")],
    places: Annotated[Path, typer.Option("--places", help="Where the places are: place,lat,lon.")],
    population: Annotated[
        Path | None, typer.Option("--population", help="Exposure of places (people, reports): place,date,population.")
    ] = None,
    model: Annotated[
        ModelName,
        typer.Option(
            help="permutation: each place's and each period's total is taken as given; poisson: cases follow the "
            "population; expectation: each place goes on as in its own past."
        ),
    ] = ModelName.permutation,
    strata: Annotated[
        str,
        typer.Option(
            help="Columns of CASES and POP, such as age,sex, each value of which has a rate of its own (model poisson)."
        ),
    ] = "",
    retrospective: Annotated[
        bool, typer.Option("--retrospective", help="Look for clusters at any time; else for those that still go on.")
    ] = False,
    dispersion: Annotated[
        bool,
        typer.Option(
            "--dispersion", help="Counts vary more than by chance alone, as their past shows (model expectation)."
        ),
    ] = False,
    time_unit: Annotated[UnitName, typer.Option(help="Length of a period.")] = UnitName.day,
    max_share: Annotated[float, typer.Option(help="Largest circle: share of the expected cases.")] = 0.5,
    max_km: Annotated[float | None, typer.Option(help="Largest circle: radius in km.")] = None,
    max_days: Annotated[int | None, typer.Option(help="Longest cluster in days; else half of the study.")] = None,
    replications: Annotated[int, typer.Option(help="Replicates of the null hypothesis; 0: no p.")] = 999,
    seed: Annotated[int, typer.Option(help="Seed of the replicates.")] = 1,
    json: Annotated[
        Path | None, typer.Option("--json", help="Write the clusters to this file, else print them.")
    ] = None,
) -> None:
    """Find where and when there are more cases than expected (space-time scan statistic).

    Of more than 5,000 places those that Gi* shows hottest are looked at, with rings of neighbours.

    Example: vedette scan cases.csv --places places.csv --time-unit week --max-days 28 --json clusters.json
    """
    from vedette import scans
    from vedette.outputs.files import check_out
    from vedette.outputs.terminal import print_clusters, status

    if json is not None:
        check_out(json)
    options = scans.ScanOptions(
        model=model.value,
        retrospective=retrospective,
        time_unit=time_unit.value,
        max_share=max_share,
        max_km=max_km,
        max_days=max_days,
        replications=replications,
        seed=seed,
        dispersion=dispersion,
        strata=tuple(name for part in strata.split(",") if (name := part.strip().lower())),
    )
    if population is not None and model is ModelName.permutation:
        typer.echo("the permutation model needs no population: it is left aside", err=True)
    with status("scanning"):
        found = scans.scan_files(cases, places, population, options)
    if json is None:
        print_clusters(found)
        return
    scans.write_scan(found, json)
    n_likely = sum(c.p is not None and c.p <= 0.05 for c in found.clusters)
    typer.echo(f"{len(found.clusters):,} clusters, {n_likely:,} of them with p <= .05: {json}", err=True)


@app.command()
@exits
def control(
    db: Db,
    day: Annotated[str | None, typer.Option(help="The day of the map, as 2031-05-06; else the last told of.")] = None,
    according_to: Annotated[
        str | None, typer.Option(help="A speaker, party or outlet: the map by its claims alone.")
    ] = None,
    place: Annotated[str | None, typer.Option(help="Only places of this name.")] = None,
    history: Annotated[bool, typer.Option("--history", help="Print since when, in hindsight.")] = False,
    json: Annotated[Path | None, typer.Option("--json", help="Write the map to this file as JSON.")] = None,
    geojson: Annotated[Path | None, typer.Option("--geojson", help="Write its places to this file as GeoJSON.")] = None,
) -> None:
    """Show who holds which place, how likely, and by which claims.

    Example: vedette control --db vedette.db --day 2031-05-14
    """
    from vedette import controls
    from vedette.errors import InputError
    from vedette.outputs.files import check_out
    from vedette.outputs.terminal import print_control, status
    from vedette.store import open_store

    if json is not None and geojson is not None:
        raise InputError("--json and --geojson: name one of them")
    out = json or geojson
    if out is not None:
        check_out(out)
    with open_store(db) as store, status("weighing claims"):
        found = controls.control(store, day=day, according_to=according_to, place=place)
    if out is None:
        print_control(found, history=history)
        return
    (controls.write_control if json is not None else controls.write_control_geojson)(found, out)
    typer.echo(found.too_few or f"{len(found.places):,} places on {found.day}: {out}", err=True)


@app.command()
@exits
def hotspots(
    db: Db,
    stream: Annotated[
        str,
        typer.Option(
            help="violence, deaths (incidents that killed), control (changes of hands), protest, coercion, "
            "mobilization, threats, accusations or cooperation."
        ),
    ] = "violence",
    cells: Annotated[str, typer.Option(help="admin1, or h3:N (an edge of h3:4 is 26 km, of h3:5 10 km).")] = "admin1",
    time_unit: Annotated[UnitName, typer.Option(help="Length of a period.")] = UnitName.week,
    coarse: Annotated[
        CoarseName,
        typer.Option(help="Places coarser than a cell stay out, or are spread over their cells by the coverage."),
    ] = CoarseName.out,
    days: Annotated[
        DaysName, typer.Option(help="An act of several days counts on the first, or is spread over them.")
    ] = DaysName.start,
    since: Annotated[str | None, typer.Option(help="First day, as 2031-05-06; else that of the first report.")] = None,
    until: Annotated[str | None, typer.Option(help="Last day; else that of the last report.")] = None,
    model: Annotated[
        ExposedModelName,
        typer.Option(
            help="bernoulli: the stream's share of all that is told of a cell, against its past; expectation: cases "
            "over reports, against its past; poisson: against all cells and times."
        ),
    ] = ExposedModelName.bernoulli,
    max_days: Annotated[
        int | None, typer.Option(help="Longest zone in days; else eight periods, at most half of the study.")
    ] = None,
    max_km: Annotated[float, typer.Option(help="Largest zone: radius in km.")] = 300.0,
    replications: Annotated[int, typer.Option(help="Replicates of the null hypothesis; 0: no p.")] = 999,
    seed: Annotated[int, typer.Option(help="Seed of the replicates.")] = 1,
    json: Annotated[Path | None, typer.Option("--json", help="Write what was found to this file.")] = None,
    geojson: Annotated[Path | None, typer.Option("--geojson", help="Write the cells to this file.")] = None,
) -> None:
    """Find where and when a stream of incidents is above what past and coverage let expect.

    Example: vedette hotspots --db vedette.db --stream violence --time-unit week --json hotspots.json
    """
    from vedette import hotspot_runs
    from vedette.outputs.files import check_out
    from vedette.outputs.hotspot_cards import lines
    from vedette.outputs.terminal import status
    from vedette.store import open_store

    for path in (json, geojson):
        if path is not None:
            check_out(path)
    query = hotspot_runs.HotspotQuery(
        stream=stream,
        cells=cells,
        time_unit=time_unit.value,
        coarse=coarse.value,
        days=days.value,
        since=_day(since, "--since"),
        until=_day(until, "--until"),
        model=model.value,
        max_days=max_days,
        max_km=max_km,
        replications=replications,
        seed=seed,
    )
    with open_store(db) as store, status("counting and scanning"):
        found = hotspot_runs.hotspots(store, query)
    hotspot_runs.write_hotspots(found, json=json, geojson=geojson)
    for line in lines(found):
        typer.echo(line)


@app.command()
@exits
def link(
    tables: Annotated[
        list[str], typer.Argument(metavar="TABLE.csv...", help="Event tables, two or more: FILE or NAME=FILE each.")
    ],
    km: Annotated[float, typer.Option(help="How far apart two rows of one happening may be.")] = 10.0,
    days: Annotated[int, typer.Option(help="... in days.")] = 1,
    taxonomy: Annotated[
        list[str] | None,
        typer.Option(
            "--taxonomy",
            help="FILE or COLUMN=FILE with table, category and labels from fine to coarse; repeat it for several. "
            "Without: types of ACLED, UCDP GED, POLECAT and vedette are compared.",
        ),
    ] = None,
    columns: Annotated[
        list[str] | None,
        typer.Option(
            "--columns",
            help="[NAME:]KEY=COLUMN,... where a table's columns are others; keys id,date,enddate,lat,lon,deaths.",
        ),
    ] = None,
    partial: Annotated[int, typer.Option(help="In how many taxonomies two rows may disagree.")] = 0,
    csv: Annotated[Path | None, typer.Option("--csv", help="Write the linked table, a line a happening.")] = None,
    json: Annotated[Path | None, typer.Option("--json", help="Write everything found as JSON.")] = None,
) -> None:
    """Link rows of event tables that record the same happening, and count what the tables have in common.

    Example: vedette link events.csv acled.csv --km 20 --days 1 --csv linked.csv
    """
    from vedette import links
    from vedette.outputs.files import check_out
    from vedette.outputs.terminal import print_links, status

    for out in (csv, json):
        if out is not None:
            check_out(out)
    options = links.LinkOptions(
        km=km, days=days, taxonomies=tuple(taxonomy or ()), columns=tuple(columns or ()), partial=partial
    )
    with status("linking"):
        found = links.link_files(tables, options)
    print_links(found)
    if csv is not None:
        links.write_linked(found, csv)
        typer.echo(f"{found.n_unique:,} records: {csv}", err=True)
    if json is not None:
        links.write_links(found, json)
        typer.echo(f"JSON: {json}", err=True)


@app.command()
@exits
def trends(
    db: Db,
    by: Annotated[ByName, typer.Option(help="What a series is; actor: who acts, speaker: who tells of it.")] = (
        ByName.place
    ),
    stream: Annotated[
        str | None,
        typer.Option(
            help="What is counted, as of `hotspots`, or all; else violence by place and actor, all by others."
        ),
    ] = None,
    cells: Annotated[str, typer.Option(help="By place: admin1, or h3:N.")] = "admin1",
    time_unit: Annotated[LongUnitName, typer.Option(help="Length of a period.")] = LongUnitName.week,
    since: Annotated[str | None, typer.Option(help="First day, as 2031-05-06; else that of the first report.")] = None,
    until: Annotated[str | None, typer.Option(help="Last day; else that of the last report.")] = None,
    json: Annotated[Path | None, typer.Option("--json", help="Write all series to this file.")] = None,
    csv: Annotated[Path | None, typer.Option("--csv", help="Write counts and coverage to this file.")] = None,
) -> None:
    """Show series of incidents, the latest week or month against their own past, and changes of level.

    Example: vedette trends --db vedette.db --by type --time-unit week --csv trends.csv
    """
    from vedette import trend_runs
    from vedette.outputs.files import check_out
    from vedette.outputs.terminal import status
    from vedette.outputs.trend_lines import lines
    from vedette.store import open_store

    for path in (json, csv):
        if path is not None:
            check_out(path)
    query = trend_runs.TrendQuery(
        by=by.value,
        stream=stream,
        cells=cells,
        time_unit=time_unit.value,
        since=_day(since, "--since"),
        until=_day(until, "--until"),
    )
    with open_store(db) as store, status("counting"):
        found = trend_runs.trends(store, query)
    trend_runs.write_trends(found, json=json, csv=csv)
    for line in lines(found):
        typer.echo(line)


@app.command()
@exits
def plot(
    picture: Annotated[PictureName, typer.Argument(help="What to draw.")],
    db: Db,
    out: Annotated[Path, typer.Option("--out", help="The file to write; its name ends in .svg or .png.")],
    stream: Annotated[
        str | None, typer.Option(help="Of hotspots and trends: what is counted, as of these commands.")
    ] = None,
    by: Annotated[ByName | None, typer.Option(help="Of trends: what a series is; else place.")] = None,
    cells: Annotated[str | None, typer.Option(help="Of hotspots and trends: admin1, or h3:N; else admin1.")] = None,
    time_unit: Annotated[
        UnitName | None,
        typer.Option(help="Of hotspots and trends: length of a period, of trends week or month; else week."),
    ] = None,
    day: Annotated[str | None, typer.Option(help="Of control: the day of the map; else the last told of.")] = None,
    according_to: Annotated[
        str | None, typer.Option(help="Of control: a speaker, party or outlet; what it claims, weighed by nobody.")
    ] = None,
) -> None:
    """Draw hotspots, trends or control of a database as an SVG or PNG file, the pictures of the report.

    Example: vedette plot hotspots --db vedette.db --out hotspots.svg
    Example: vedette plot trends --db vedette.db --by type --time-unit month --out trends.png
    """
    from vedette import plots
    from vedette.outputs.terminal import status
    from vedette.store import open_store

    plots.check_picture(out)
    query = plots.query_of(
        picture.value,
        {
            "stream": stream,
            "by": by and by.value,
            "cells": cells,
            "time_unit": time_unit and time_unit.value,
            "day": _day(day, "--day"),
            "according_to": according_to,
        },
    )
    with open_store(db) as store, status("counting and drawing"):
        too_few = plots.plot(store, picture.value, out, query)
    typer.echo(too_few or f"{picture.value}: {out}", err=True)


@gazetteer.command("build")
@exits
def gazetteer_build(
    geonames: Annotated[Path | None, typer.Option(help="GeoNames' allCountries.zip or .txt, if you have it.")] = None,
    places: Annotated[Path | None, typer.Option(help="Your own places; they win over ours.")] = None,
    cache: Annotated[Path | None, typer.Option(help="Folder for the index; else the user's cache.")] = None,
) -> None:
    """Make the index of place names ahead of its first use.

    Example: vedette gazetteer build
    """
    from vedette import api
    from vedette.outputs.terminal import steps

    with steps() as progress:
        path = api.build_gazetteer(cache=cache, geonames=geonames, places=places, progress=progress)
    typer.echo(f"gazetteer: {path}", err=True)


def main() -> None:
    """Run the command line."""
    app()


def _day(words: str | None, option: str) -> date | None:
    try:
        return None if words is None else date.fromisoformat(words)
    except ValueError:
        raise InputError(f"{option} {words!r}: give a day as 2031-05-06") from None


def _ingest(
    paths: list[str],
    store: Store,
    processes: int,
    text: str | None,
    title: str | None,
    published: str | None,
    outlet: str | None,
) -> Found:
    from vedette import api
    from vedette.outputs.terminal import counting, steps

    with steps() as progress:
        tools = api.tools(progress=progress)
    with counting("coding") as tick:
        return api.ingest(
            paths,
            store,
            tools=tools,
            processes=processes,
            columns={"text": text, "title": title, "published": published, "outlet": outlet},
            progress=lambda _: tick(),
        )


def _say_found(found: Found, store: Store) -> None:
    counts = store.counts()
    typer.echo(
        f"{found.n_coded:,} reports coded, {found.n_known:,} known before; "
        f"the database holds {counts['documents']:,} reports and {counts['claims']:,} claims",
        err=True,
    )
    if found.skipped:
        listed = ", ".join(f"{n:,} {reason}" for reason, n in sorted(found.skipped.items()))
        typer.echo(f"skipped: {listed} (reasons in the report and in the table `skipped`)", err=True)
    conflicts = counts["conflicts"]
    if counts["incidents"]:
        typer.echo(
            f"{counts['incidents']:,} incidents and parts of such, {conflicts:,} conflicts between their reports",
            err=True,
        )
