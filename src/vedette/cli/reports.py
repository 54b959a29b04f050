"""Commands from reports to results: report, ingest, code, resolve, copies, export, show."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vedette.cli.common import (
    Db,
    OutletColumn,
    Paths,
    Processes,
    PublishedColumn,
    TextColumn,
    TitleColumn,
    app,
    exits,
)
from vedette.errors import InputError

if TYPE_CHECKING:
    from vedette.api import Found
    from vedette.store import Store

__all__ = ["code", "copies", "export", "ingest", "report", "resolve", "show"]


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
