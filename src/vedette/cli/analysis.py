"""Commands of analysis: scan, control, hotspots, link, trends, plot."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from vedette.cli.common import Db, app, exits, parse_day
from vedette.errors import InputError

__all__ = ["control", "hotspots", "link", "plot", "scan", "trends"]


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
    from vedette.outputs.files import check_out
    from vedette.outputs.terminal import print_control, status
    from vedette.store import open_store

    if json is not None and geojson is not None:
        raise InputError("--json and --geojson: name one of them")
    out = json or geojson
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

    check_out(json, geojson)
    query = hotspot_runs.HotspotQuery(
        stream=stream,
        cells=cells,
        time_unit=time_unit.value,
        coarse=coarse.value,
        days=days.value,
        since=parse_day(since, "--since"),
        until=parse_day(until, "--until"),
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

    check_out(csv, json)
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

    check_out(json, csv)
    query = trend_runs.TrendQuery(
        by=by.value,
        stream=stream,
        cells=cells,
        time_unit=time_unit.value,
        since=parse_day(since, "--since"),
        until=parse_day(until, "--until"),
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
            "day": parse_day(day, "--day"),
            "according_to": according_to,
        },
    )
    with open_store(db) as store, status("counting and drawing"):
        too_few = plots.plot(store, picture.value, out, query)
    typer.echo(too_few or f"{picture.value}: {out}", err=True)
