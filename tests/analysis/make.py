"""Coded reports by code, for tests of streams and hotspots: invented events in real provinces."""

from __future__ import annotations

from datetime import date, timedelta

from vedette.records import Claim, Coded, Count, Place, Segment, Span, When
from vedette.resolution import resolve
from vedette.resolution.origins import claim_origins

START = date(2031, 1, 6)
PLACES = {
    "Kunduz": ("Kunduz", 36.73, 68.86),
    "Imam Sahib": ("Kunduz", 37.19, 68.94),
    "Taloqan": ("Takhar", 36.74, 69.53),
    "Rustaq": ("Takhar", 37.13, 69.83),
    "Mazar-e Sharif": ("Balkh", 36.71, 67.11),
    "Herat": ("Herat", 34.34, 62.2),
    "Farah": ("Farah", 32.37, 62.11),
    "Ghazni": ("Ghazni", 33.55, 68.42),
    "Kandahar": ("Kandahar", 31.61, 65.71),
    "Jalalabad": ("Nangarhar", 34.43, 70.45),
}


def town(name, *, basis="clause", at=0):
    admin1, lat, lon = PLACES[name]
    return Place(Span(at, at + 5), name, name, lat, lon, "AFG", admin1, precision="settlement", basis=basis)


def province(name, *, at=0):
    return Place(
        Span(at, at + 5), f"{name} province", name, 35.0, 67.0, "AFG", name, precision="admin1", basis="clause"
    )


def country(*, code="AFG", at=0):
    return Place(Span(at, at + 5), "the country", "the country", 34.0, 66.0, code, precision="country")


def region(*, at=0):
    return Place(Span(at, at + 5), "Central Asia", "Central Asia", 41.0, 68.0, None, precision="region")


def days(offset, n=1, **options):
    start = START + timedelta(days=offset)
    return When(start, start + timedelta(days=n), **options)


def claim(id, what="ASSAULT", *, where=None, when=None, deaths=None, modality="asserted", speaker=None, at=0):
    """`what`: a type, TYPE/mode, or a control state; `at`: the offset of its word."""
    is_control = what.islower()
    kind, _, mode = what.partition("/")
    place = town(where) if isinstance(where, str) else where
    return Claim(
        id=id, kind="control" if is_control else "event", attribution=speaker, trigger=(Span(at, at + 4),),
        evidence=Span(0, 20), event_type=None if is_control else kind, mode=mode or None, contexts=(), quad=None if is_control else 4, cameo=None,
        actors=(), recipients=(), places=(place,) if place else (), when=when,
        deaths=None if deaths is None else Count(float(deaths), float(deaths), float(deaths), Span(0, 2)),
        injured=None, share=None, modality=modality, certainty=2.0, condition=None, confidence=0.8, coder="events/1",
        state=what if is_control else None,
    )  # fmt: skip


def report(id, *claims, day=0, text=None, url=None):
    text = text or f"Report {id} of its own words: " + " ".join(f"{id}{n}" for n in range(30))
    return Coded(
        id=id, text=text, outlet=f"Outlet {id}", published=START + timedelta(days=day), url=url, claims=tuple(claims),
        segments=(Segment("body", Span(0, len(text))),),
    )  # fmt: skip


def resolved(coded):
    """The documents, what is known across them, and what each claim goes back to."""
    made = resolve(coded)
    return coded, made, claim_origins(coded, made.copies, made.origins)
