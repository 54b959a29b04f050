"""Coded documents by hand, for tests of resolution. People, outlets and events are invented."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import structs

from vedette.records import Actor, Attribution, Claim, Coded, Content, Count, Cue, Place, Segment, Span, Speaker, When

KUNDUZ = (36.73, 68.86)
TALOQAN = (36.74, 69.53)


def claim(id, day, *, who=(), where=KUNDUZ, deaths=None, modality="asserted", speaker=None, event_type="ASSAULT", at=0):
    lat, lon = where or KUNDUZ
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


def told(
    words, trigger, *, day=5, where=KUNDUZ, who=(), whom=(), deaths=None, modality="asserted", kind="ASSAULT", **more
):
    """A sentence with what it claims, for `report`; `day` None: the report fixes none."""
    return {
        "words": words, "trigger": trigger, "day": day, "where": where, "who": who, "whom": whom, "deaths": deaths,
        "modality": modality, "kind": kind, **more,
    }  # fmt: skip


def report(id, *sentences, outlet=None, published=6):
    """A report of these sentences, each with one claim; claims are named id-0, id-1, ..."""
    text, claims = "", []
    for n, s in enumerate(sentences):
        start = len(text)
        text += s["words"] + " "
        at = start + s["words"].index(s["trigger"])
        trigger = Span(at, at + len(s["trigger"]))
        made = claim(
            f"{id}-{n}", s["day"] or 1, where=s["where"], deaths=s["deaths"], modality=s["modality"],
            event_type=s["kind"], at=at,
        )  # fmt: skip
        changed = {
            "trigger": (trigger,), "evidence": Span(start, len(text) - 1), "when": made.when if s["day"] else None,
            "actors": tuple(map(party, s["who"])), "recipients": tuple(map(party, s["whom"])),
            "places": made.places if s["where"] else (),
        }  # fmt: skip
        if "state" in s:
            changed |= {"kind": "control", "event_type": None, "state": s["state"]}
        claims.append(structs.replace(made, **changed))
    return Coded(
        id=id, text=text, outlet=outlet or id, published=date(2031, 5, published), claims=tuple(claims),
        segments=(Segment("body", Span(0, len(text))),),
    )  # fmt: skip


def party(name):
    """An actor by name, or by name and code: "Tahmina Dummy", "army/XAXMIL"."""
    words, _, code = name.partition("/")
    return Actor((Span(0, 4),), words, words, code or None, code[:3] or None)
