"""Hypothesis strategies for the records; a new record joins them here."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from vedette.records import (
    Actor,
    Attribution,
    Claim,
    Coded,
    Content,
    Count,
    Cue,
    Document,
    Interest,
    Place,
    Segment,
    Skipped,
    Span,
    Speaker,
    When,
)

words = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=20)
maybe_words = st.none() | words
days = st.dates(date(1990, 1, 1), date(2040, 12, 31))
spans = st.tuples(st.integers(0, 500), st.integers(1, 60)).map(lambda p: Span(p[0], p[0] + p[1]))
some_spans = st.lists(spans, min_size=1, max_size=3).map(tuple)
countries = st.sampled_from([None, "AFG", "TJK", "UZB"])


@st.composite
def whens(draw: st.DrawFn) -> When:
    start = draw(days)
    return When(
        start, start + timedelta(days=draw(st.integers(1, 40))), basis=draw(st.sampled_from(["stated", "published"]))
    )


@st.composite
def counts(draw: st.DrawFn) -> Count:
    low = draw(st.integers(0, 50))
    best = low + draw(st.integers(0, 50))
    return Count(float(low), float(best), float(best + draw(st.integers(0, 50))), draw(spans))


actors = st.builds(
    Actor,
    spans=some_spans,
    mention=words,
    name=maybe_words,
    code=st.sampled_from([None, "AFGGOV", "TJKMIL"]),
    country=countries,
    sectors=st.lists(st.sampled_from(["GOV", "MIL", "REB"]), max_size=2).map(tuple),
)
places = st.builds(
    Place,
    span=spans,
    mention=words,
    name=maybe_words,
    lat=st.none() | st.floats(-90, 90),
    lon=st.none() | st.floats(-180, 180),
    country=countries,
    precision=st.sampled_from(["site", "settlement", "admin2", "admin1", "country", "region"]),
    confidence=st.floats(0, 1),
    basis=st.sampled_from([None, "clause", "dateline"]),
)


interests = st.builds(
    Interest,
    actor=st.sampled_from(["own", "opponent", "third", None]),
    recipient=st.sampled_from(["own", "opponent", "third", None]),
    kind=st.sampled_from(["self-serving", "against interest", "neutral", None]),
    voice=st.sampled_from(["speaker", "outlet"]),
    party=maybe_words,
    reason=words,
)


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    kind = draw(st.sampled_from(["event", "control", "figure"]))
    return Claim(
        id="c" + draw(st.text("0123456789abcdef", min_size=16, max_size=16)),
        kind=kind,
        attribution=draw(st.sampled_from([None, "a1"])),
        trigger=draw(some_spans),
        evidence=draw(spans),
        event_type=draw(st.sampled_from(["ASSAULT", "CONSULT"])) if kind == "event" else None,
        mode=None,
        contexts=(),
        quad=4 if kind == "event" else None,
        cameo=None,
        actors=draw(st.lists(actors, max_size=2).map(tuple)),
        recipients=draw(st.lists(actors, max_size=2).map(tuple)),
        places=draw(st.lists(places, max_size=2).map(tuple)),
        when=draw(st.none() | whens()),
        deaths=draw(st.none() | counts()),
        injured=None,
        share=None,
        modality=draw(st.sampled_from(["asserted", "negated", "announced", "historical"])),
        certainty=draw(st.floats(-3, 3)),
        condition=None,
        confidence=draw(st.floats(0, 1)),
        coder="events/1",
        interest=draw(st.none() | interests),
    )


attributions = st.builds(
    Attribution,
    id=st.just("a1"),
    speaker=st.builds(Speaker, spans=some_spans, mention=words, name=maybe_words, country=countries),
    cue=st.builds(Cue, spans=some_spans, lemma=words),
    content=st.builds(Content, spans=some_spans),
    quotation=st.sampled_from(["direct", "indirect", "mixed"]),
)


@st.composite
def coded_documents(draw: st.DrawFn) -> Coded:
    text = draw(st.text(st.characters(codec="utf-8"), min_size=1, max_size=300))
    found = draw(st.lists(claims(), max_size=4, unique_by=lambda c: c.id))
    return Coded(
        id=draw(st.text("0123456789abcdef", min_size=16, max_size=16)),
        text=text,
        title=draw(maybe_words),
        published=draw(st.none() | days),
        outlet=draw(maybe_words),
        language="en",
        segments=(Segment("body", Span(0, len(text))),),
        attributions=tuple(draw(st.lists(attributions, max_size=1))),
        claims=tuple(found),
        places=tuple(draw(st.lists(places, max_size=2))),
    )


documents = st.builds(
    Document,
    id=st.text("0123456789abcdef", min_size=16, max_size=16),
    text=words,
    address=words,
    title=maybe_words,
    published=st.none() | days,
    outlet=maybe_words,
)
skips = st.builds(Skipped, reason=st.sampled_from(["empty", "language", "damaged"]), detail=words)
