"""Coded documents by hand, for tests of resolution. People, outlets and events are invented."""

from __future__ import annotations

from datetime import date, timedelta

from vedette.records import Actor, Attribution, Claim, Coded, Content, Count, Cue, Place, Segment, Span, Speaker, When

KUNDUZ = (36.73, 68.86)
TALOQAN = (36.74, 69.53)


def claim(id, day, *, who=(), where=KUNDUZ, deaths=None, modality="asserted", speaker=None, event_type="ASSAULT", at=0):
    lat, lon = where
    place = Place(Span(at, at + 5), "there", "there", lat, lon, "AFG", confidence=0.9, basis="clause")
    start = date(2031, 5, day)
    return Claim(
        id=id, kind="event", attribution=speaker, trigger=(Span(at, at + 5),), evidence=Span(at, at + 20),
        event_type=event_type, mode=None, contexts=(), quad=4, cameo="190",
        actors=tuple(Actor((Span(at, at + 5),), w, w, None, "AFG") for w in who), recipients=(), places=(place,),
        when=When(start, start + timedelta(days=1)),
        deaths=Count(float(deaths), float(deaths), float(deaths), Span(at, at + 2)) if deaths is not None else None,
        injured=None, share=None, modality=modality, certainty=2.0, condition=None, confidence=0.8, coder="events/1",
    )  # fmt: skip


def document(id, claims, *, text="Words of this report alone, " * 3, outlet=None, day=6, speakers=(), first=None):
    text = text + " " + id
    attributions = tuple(
        Attribution(a, Speaker((Span(0, 5),), name, name, kind="named"), Cue((Span(5, 9),), "say"), Content((Span(9, 20),)), "indirect")
        for a, name in speakers
    )  # fmt: skip
    return Coded(
        id=id, text=text, outlet=outlet or id, published=date(2031, 5, day), claims=tuple(claims),
        segments=(Segment("body", Span(0, len(text))),), attributions=attributions, first_appearance=first,
    )  # fmt: skip
