"""What a database or a coded file holds: found, shown, exported, resolved; no parser is loaded for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

import msgspec

from vedette.controls import control, control_of
from vedette.errors import InputError, NotFound
from vedette.growth import Updated
from vedette.growth import update as _update
from vedette.outputs.files import unwritable, whole_file
from vedette.outputs.report import build_report, render
from vedette.outputs.tables import Format, Frame, Table, control_frame, write_table
from vedette.outputs.tables import frame as _frame
from vedette.records import Alias, Claim, Coded, Document, History, Incident, Resolution
from vedette.resolution import find_copies
from vedette.resolution import resolve as _resolve
from vedette.sources.contract import read_coded, read_contract
from vedette.store import Store
from vedette.store.keep import now

__all__ = [
    "FoundClaim",
    "FoundDocument",
    "FoundIncident",
    "copies_file",
    "export",
    "find",
    "frame",
    "resolve",
    "resolve_file",
    "update",
    "write_report",
]


class FoundClaim(msgspec.Struct, frozen=True):
    """A claim and the document that holds it."""

    coded: Coded
    claim: Claim


class FoundDocument(msgspec.Struct, frozen=True):
    """A document."""

    coded: Coded


class FoundIncident(msgspec.Struct, frozen=True):
    """An incident and the documents that tell it, by id; parts of it, and what became of ids.

    `alias`: the id that was asked for, if it was merged into this one's.
    """

    incident: Incident
    coded: dict[str, Coded]
    parts: tuple[Incident, ...] = ()
    history: History | None = None
    alias: Alias | None = None


def resolve(coded: Sequence[Coded]) -> Resolution:
    """Find copies, origins, incidents and stories across documents; the order of `coded` changes nothing."""
    return _resolve(coded)


def write_report(store: Store, out: str | Path, *, title: str | None = None, note: str | None = None) -> None:
    """Resolve what was added to the store, keep that, and write the report of all it holds.

    `note` is shown in the banner where reports are exercise data.
    """
    update(store)
    coded = list(store.coded())
    resolution = store.resolution()
    # Loaded here: its statistics need a second to load, and `vedette show` none of them.
    from vedette.situation import find_turns  # noqa: PLC0415

    hotspots, trends = find_turns(coded, resolution)
    made = build_report(
        coded,
        store.skipped_documents(),
        resolution,
        title=title or "Situation report",
        made_at=now(),
        is_exercise=store.is_exercise(),
        exercise_note=note,
        hotspots=hotspots,
        trends=trends,
        control=control_of(coded, resolution),
    )
    with whole_file(Path(out)) as file:
        file.write(render(made).encode("utf-8", errors="replace"))


def frame(source: Store | Coded | Iterable[Coded], table: Table | Literal["control"]) -> Frame:
    """Return "claims", "events", "documents" or "control" of a store, or of coded documents, as a Polars frame.

    `.to_pandas()` gives pandas. "control": who holds what on the last day told of, a row a place and state; of other
    days `vedette.control`.

    Raises:
        InputError: there is no such table.
    """
    if table == "control":
        return control_frame(control(source))
    if not isinstance(source, Store):
        return _frame([source] if isinstance(source, Coded) else source, table)
    origins = source.resolution().origins if table == "documents" else ()
    return _frame(source.coded(), table, origins)


def export(store: Store, table: Table, fmt: Format, out: Path) -> int:
    """Write a table of the store to a file; returns the number of rows."""
    origins = store.resolution().origins if table == "documents" else ()
    with whole_file(out) as file:
        return write_table(store.coded(), table, fmt, file, origins)


def find(store: Store, id: str) -> FoundClaim | FoundIncident | FoundDocument:
    """Find a claim, an incident or a document by its id or a beginning of it that only one has.

    Raises:
        NotFound: nothing, or more than one thing, has this id.
    """
    kind, whole = store.find(id)
    if kind == "claim":
        coded, claim = store.coded_with_claim(whole)
        return FoundClaim(coded, claim)
    if kind == "document":
        return FoundDocument(next(store.coded([whole])))
    alias = store.alias(whole)
    listed = store.incidents([alias.incident if alias else whole])
    if not listed:
        raise NotFound(
            f"incident {whole} was merged into {alias.incident if alias else whole}, which ended: the reports that "
            "told it were coded anew or replaced by newer versions"
        )
    (incident,) = listed
    parts = store.parts_of(incident.incident)
    ids = {m.id for i in (incident, *parts) for m in i.members}
    coded_of = {coded.id: coded for coded in store.coded(sorted(ids))}
    return FoundIncident(incident, coded_of, tuple(parts), store.history(incident.incident), alias)


def update(store: Store, *, whole: bool = False) -> Updated:
    """Resolve what was kept in the store since it was resolved last, with what that touches; see `vedette.growth`.

    `whole`: resolve all that it holds; ids of incidents stay.
    """
    return _update(store, at=now(), whole=whole)


def resolve_file(source: Path, out: Path) -> Resolution:
    """Resolve a file of coded documents into a folder: copies, origins, incidents and stories as JSON Lines.

    Raises:
        NotFound: no such file.
        BadRow: a line is no coded document.
    """
    if out.exists() and not out.is_dir():
        raise InputError(f"{out} is a file: name a folder")
    coded = list(read_coded(source))
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(out, error) from error
    made = _resolve(coded)
    for name, rows in (
        ("copies", made.copies),
        ("origins", made.origins),
        ("incidents", made.incidents),
        ("stories", made.stories),
    ):
        with whole_file(out / f"{name}.jsonl") as file:
            for row in rows:
                file.write(msgspec.json.encode(row) + b"\n")
    return made


def copies_file(source: Path, out: Path) -> int:
    """Write which documents of a JSON Lines file contain words of which others; returns the number of copies."""
    documents = [row for row in read_contract(source) if isinstance(row, Document)]
    made = find_copies(documents)
    with whole_file(out) as file:
        for copy in made:
            file.write(msgspec.json.encode(copy) + b"\n")
    return len(made)
