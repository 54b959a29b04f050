"""Coded documents with control claims, made by hand. People, outlets, groups and events are invented."""

from __future__ import annotations

from datetime import date, timedelta
from zlib import crc32

from vedette.records import (
    Actor,
    Attribution,
    Claim,
    Coded,
    Content,
    Count,
    Cue,
    Interest,
    Place,
    Span,
    Speaker,
    When,
)

START = date(2031, 5, 1)
LEAGUE, COMPACT = "Reed League", "Salt Compact"
LAT = {"Kunduz": 36.73, "Taloqan": 36.74, "Imam Sahib": 37.19, "Baghlan": 36.13}


def on(day):
    return START + timedelta(days=day)


def place_at(name, at, *, precision="settlement", admin1="Kunduz", basis="clause", country="AFG"):
    lat = LAT.get(name)
    return Place(
        Span(at, at + len(name)), name, name, lat, None if lat is None else 68.9, country, admin1,
        precision=precision, confidence=1.0, basis=basis,
    )  # fmt: skip


def told(
    place, holder, day=0, *, state="held", voice=None, party=None, interest=None, outlet="Plain Dispatch", words=None,
    share=None, modality="asserted", certainty=3.0, precision="settlement", basis="clause", stance="assert", id=None,
    admin1="Kunduz", confidence=1.0, event=False, sectors=(), when=None, dated=False, loser=None, text=None,
):  # fmt: skip
    """A report of one claim: `voice` says that `holder` holds `place`; None: the outlet itself says so."""
    words = words or place
    sentence = text or f"{voice or outlet} said of {words} on day {day}: {holder} {state}."
    at = sentence.index(words) if words in sentence else 0
    named = sentence.find(place, at)
    actor = (
        Actor((Span(0, 3),), holder, holder if holder[:1].isupper() and not sectors else None, None, None, sectors)
        if holder
        else None
    )
    held = Actor((Span(at, at + len(words)),), words)
    relation = None if party is None else "own" if interest == "self-serving" else "opponent"
    lost = state in ("lost", "withdrawn")
    start = on(day if when is None else when)
    claim = Claim(
        id=f"c{crc32(f'{sentence} {outlet}'.encode())}" if id is None else f"c-{id}",
        kind="event" if event else "control", attribution="a1" if voice else None, trigger=(Span(at, at + 1),),
        evidence=Span(0, len(sentence)), event_type="ASSAULT" if event else None, mode=None, contexts=(), quad=None,
        cameo=None, actors=() if actor is None or lost else (actor,),
        recipients=(*((actor,) if lost and actor else ()), *((Actor((Span(0, 3),), loser, loser),) if loser else ()), held),
        places=(place_at(place, max(named, 0), precision=precision, admin1=admin1, basis=basis),),
        when=When(start, start + timedelta(days=1), basis="stated" if dated else "published"), deaths=None, injured=None,
        share=None if share is None else Count(*share, Span(0, 1)), modality=modality, certainty=certainty,
        condition=None, confidence=confidence, coder="control/2", state=None if event else state,
        interest=Interest(relation, None, interest, "speaker" if voice else "outlet", party, "made by hand"),
    )  # fmt: skip
    attributions = (
        (Attribution("a1", Speaker((Span(0, 3),), voice, voice, kind="named"), Cue((Span(3, 4),), "say", stance), Content((Span(4, 5),)), "indirect"),)
        if voice
        else ()
    )  # fmt: skip
    return Coded(
        id=id or f"{outlet} {day} {place} {words} {holder} {state} {modality} {voice}", text=sentence, outlet=outlet,
        published=on(day), claims=(claim,), attributions=attributions,
    )  # fmt: skip
