"""Who holds what: the control map of a database or of coded documents, by the priors of the package's data.

Reads the priors, resolves where nothing is resolved yet, calls `vedette.analysis.control_map`, writes files.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import msgspec

from vedette.analysis.control_map import ControlMap, assess_control
from vedette.analysis.control_model import ControlModel, parse_control_model
from vedette.analysis.control_places import plain
from vedette.coding.parties import Sides
from vedette.errors import BadData, InputError, NotFound
from vedette.known import known_of
from vedette.lookups.actors import load_actor_table
from vedette.lookups.sides import load_sides
from vedette.outputs.control_layers import control_geojson
from vedette.outputs.files import whole_file
from vedette.records import Coded, Resolution
from vedette.resolution.origins import claim_origins, superseded
from vedette.store import Store
from vedette.toml_lines import line_of

__all__ = ["ControlQuery", "control", "control_of", "load_control_model", "write_control", "write_control_geojson"]

MODEL = "analysis/control.toml"


class ControlQuery(msgspec.Struct, frozen=True, kw_only=True):
    """Which control map; None: that of the last day told of, and of all voices."""

    day: date | None = None
    according_to: str | None = None


@lru_cache(maxsize=1)
def load_control_model() -> ControlModel:
    """The priors on control from the package's data.

    Raises:
        BadData: the file is missing or malformed; the message names line and mend.
    """
    try:
        text = (files("vedette") / "data" / MODEL).read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except OSError as error:
        raise BadData(MODEL, "file", f"cannot be read ({error.strerror}): install vedette anew") from error
    except UnicodeDecodeError as error:
        raise BadData(MODEL, f"byte {error.start}", "this is no UTF-8: save the file as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise BadData(MODEL, "syntax", str(error)) from error
    try:
        return parse_control_model(data, MODEL)
    except BadData as error:
        line = line_of(text, error.where, error.reason)
        raise error.at(line) if line else error from error


def control_of(
    coded: Sequence[Coded],
    resolution: Resolution,
    *,
    day: date | None = None,
    according_to: str | None = None,
) -> ControlMap:
    """Return the control map of coded documents that were resolved: what the report draws.

    Per place (`PlaceControl`): the assessed distribution on `day`, the timeline as periods with the likeliest
    controller and its probability, and the claimed layer, what each party, speaker and outlet said last. A map that
    would rest on too little has no places and says so in `too_few`.

    Args:
        resolution: of `vedette.resolve(coded)`; older versions of a page tell nothing.
        day: the day of the map; None: the last day that is told of.
        according_to: a speaker, party or outlet by name: the map by its claims alone.

    Shapes and units: `vedette.analysis.control_map`. Linear in places times days; a year of 400 places with 10,000
    claims takes about 1.5 CPU seconds.
    """
    old = superseded(resolution.copies)
    current = [c for c in coded if c.id not in old]
    return assess_control(
        current,
        {o.id: o.origin for o in resolution.origins},
        claim_origins(current, resolution.copies, resolution.origins),
        load_control_model(),
        day=day,
        according_to=according_to,
        party_of=_sides().of_name,
    )


@lru_cache(maxsize=1)
def _sides() -> Sides:
    return load_sides(load_actor_table())


def control(
    source: Store | Coded | Iterable[Coded],
    *,
    day: date | str | None = None,
    according_to: str | None = None,
    place: str | None = None,
) -> ControlMap:
    """Return who holds what by a store or by coded documents: assessed, claimed, and since when.

    Args:
        day: the day of the map or its ISO form; None: the last day that is told of.
        according_to: a speaker, party or outlet by name: the map by its claims alone.
        place: only places of this name.

    Raises:
        InputError: `day` is no ISO day.
        NotFound: there is a map, and nothing on it of this name.
    """
    known = known_of([source] if isinstance(source, Coded) else source)
    found = control_of(known.coded, known.resolution, day=_day(day), according_to=according_to)
    if place is None or found.too_few:
        return found
    kept = tuple(p for p in found.places if plain(place) in (plain(p.name), p.place))
    if not kept:
        raise NotFound(f"no claim says who holds a place named {place!r}")
    return msgspec.structs.replace(found, places=kept)


def write_control(found: ControlMap, out: Path) -> None:
    """Write a control map as a JSON object."""
    with whole_file(out) as file:
        file.write(msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n")


def write_control_geojson(found: ControlMap, out: Path) -> None:
    """Write the places of a control map as a GeoJSON FeatureCollection."""
    with whole_file(out) as file:
        file.write(control_geojson(found))


def _day(value: date | str | None) -> date | None:
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise InputError(f"a day is given as 2031-05-06, not {value!r}") from error
