"""Tell the parts of a report apart: outlet line, headline, dateline, byline, body, and what is nobody's report.

Segments cover the text once, in order. When in doubt a part is body: losing a sentence is worse than coding a
caption. Blocks are paragraphs parted by blank lines, or lines where a text has no blank line; a text of one long
paragraph is body, but for a credit in its last sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from vedette.records import Segment, SegmentKind, Span
from vedette.text.asides import RawDesignation, find_asides, footnote_designations

__all__ = ["Anatomy", "RawDesignation", "segment"]


class Anatomy(msgspec.Struct, frozen=True):
    """The parts of one report.

    `asides` are bracketed remarks inside headline or body that are nobody's words. `first_appearance` is the outlet
    that a credit names; `wire` the agency of a dateline or byline.
    """

    segments: tuple[Segment, ...]
    asides: tuple[Span, ...] = ()
    designations: tuple[RawDesignation, ...] = ()
    dateline: Span | None = None
    dateline_place: Span | None = None
    dateline_day: Span | None = None
    byline: str | None = None
    first_appearance: str | None = None
    wire: str | None = None


MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?"
DAY = rf"(?:\d{{1,2}} {MONTH}(?: '?\d{{2,4}})?|{MONTH} \d{{1,2}}(?:, ?\d{{4}})?)"
DATELINE = re.compile(
    r"(?P<place>[A-Z\u00c0-\u00de][A-Z\u00c0-\u00de'’.-]+(?:[ /-][A-Z\u00c0-\u00de'’.-]{2,}){0,3}"
    r"(?:, [A-Z][\w.]+(?: [A-Z][\w.]+)?)?)"
    rf"(?:,? (?P<day>(?i:{DAY})))?"
    r"(?: ?\((?P<agency>[^()\n]{2,40})\))?"
    r" ?(?:--|—|–|-) ?(?=\S)"
)
TITLE_DATELINE = re.compile(
    rf"(?P<place>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){{0,3}}(?:, [A-Z][\w'’-]+)?)(?:, (?P<day>(?i:{DAY})))?"
    r"(?: ?\((?P<agency>[^()\n]{2,40})\)) ?(?:--|—|–|-) ?(?=\S)"
)
AGENCY_ONLY = re.compile(r"\((?P<agency>[A-Z][^()\n]{1,30})\) ?(?:--|—|–|-) ?(?=\S)")
BYLINE = re.compile(r"(?:By|BY|Reported by|Written by|Story by) (?P<who>[A-Z][^\n]{2,80})$")
DATE_LINE = re.compile(
    rf"(?:(?:Published|Updated|Posted|Last updated|Date)\b[: ]*)?"
    rf"(?:\w+day,? )?(?:(?i:{DAY})(?:,? \d{{4}})?|\d{{4}}-\d{{2}}-\d{{2}})"
    r"(?:[ ,|·-]+(?:at )?\d{1,2}[:.]\d{2}(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4})?)?\.?$",
    re.IGNORECASE,
)
CREDIT = re.compile(
    r"(?:This (?:article|report|story|piece|text|analysis|commentary) (?:was )?(?:first |originally )?"
    r"(?:appeared|published|produced|ran)|(?:First|Originally) (?:published|appeared)|Republished (?:from|with)"
    r"|Reprinted (?:from|with|by)|(?:With|Contains) (?:files|reporting|material|additional reporting|information) (?:from|by)"
    r"|(?:Additional |Further )?[Rr]eporting by|Edit(?:ed|ing) by|Translated (?:from|by)|Source: |Copyright\b|©"
    r"|(?:Some |Additional )?[Ii]nformation (?:for|in) this (?:report|story|article)\b"
    r"|All rights reserved|[—–-]{1,2} ?[A-Z][\w ]{2,30}$)"
)
CREDIT_SENTENCE = re.compile(
    r"(?:(?<=[.!?”\"]) )(?=(?:[A-Z][\w'’.-]+(?:,? (?:and )?[A-Z][\w'’.-]+){1,8} contributed to this (?:report|story|article)"
    r"|(?:Some |Additional )?[Ii]nformation (?:for|in) this (?:report|story|article) (?:was|came|is)"
    r"|This (?:article|report|story) (?:was )?(?:first |originally )(?:appeared|published)"
    r"|(?:Reuters|AFP|The Associated Press)[^.]{0,60} contributed to this (?:report|story)))"
)
FIRST_APPEARED = re.compile(
    r"(?:appeared|published|produced|ran|Republished|Reprinted|provided|came)\b[^\n]{0,40}?\b(?:in|by|from|on|with permission from|with permission of)"
    r" (?:the )?(?P<outlet>(?:The )?[A-Z][\w'’&-]*(?: (?:of|and|the|[A-Z][\w'’&-]*)){0,4})"
)
WITH_FILES = re.compile(
    r"(?:files|reporting|material|information) (?:from|by) (?:the )?(?P<outlet>[A-Z][\w'’& -]{1,40})"
)
SIGNED = re.compile(r"[—–-]{1,2} ?(?P<outlet>[A-Z][\w ]{2,30})$")
PROMOTION = re.compile(
    r"(?:Follow (?:us|our)\b|Subscribe\b|Sign up\b|Support (?:our|independent)|Donate\b|Join (?:us|our)\b|Download (?:our|the)"
    r"|Click here|Share this|Like us on|Get (?:the|our) (?:latest|daily|newsletter|app)|Advertisement\b|Don't miss|Watch (?:our|live)"
    r"|Become a (?:member|subscriber)|Listen to (?:our|the) podcast|Comments?(?: \(\d+\))?$)",
    re.IGNORECASE,
)
NOTE = re.compile(
    r"\W{0,2}(?:Editor['’]?s?['’]? note|Correction\b|Clarification\b|Note to (?:editors|readers)|This (?:story|article|report|version)"
    r" (?:has been|was) (?:updated|corrected|amended)|An earlier version)",
    re.IGNORECASE,
)
RELATED = re.compile(
    r"(?:Read (?:more|also|next|on)|Also read|See also|Related(?: (?:stories|articles|news|coverage))?|More on this|Recommended)\b ?:?",
    re.IGNORECASE,
)
FOOTNOTE = re.compile(r"(?:\*{1,3}|†|‡|\[\d{1,2}\]|\(\*\)) ?\S")
BULLETIN = re.compile(r"\[(?:REPORT|EXCERPTS?|TEXT|COMMUNIQUE|[A-Z][A-Z ,.:&-]{2,60})\]\s*")
SMALL_WORDS = frozenset("a an the of in on at to for from by with and or as that which who said is was were".split())
# "it. He", "it ." and "it!" inside a line, but not "Gov. Roe" or "v. Roe".
SENTENCE_END = re.compile(r"\w{2,} [.!?](?=\s|$)|[a-z]{4,}[.!?][\"”']?(?=\s)")
# A line that ends inside a name: "On Monday the Kestrel | Front attacked".
TORN_NAME = re.compile(r"\b[Tt]he(?: [A-Z][\w'’-]*)+$")
END_MARKS = tuple(".!?:;,\"”’'…)]»")


def segment(text: str, *, title: str | None = None, outlet: str | None = None) -> Anatomy:
    """Return the parts of `text`; segments cover it once, in order, and an empty text has none.

    Args:
        title: the headline as metadata tell it; where the text begins with it, that is the headline.
        outlet: the publisher's name; a line that holds nothing else is the outlet's line.
    """
    if not text:
        return Anatomy(())
    blocks = list(_blocks(text))
    kinds = _kinds(text, blocks, title, outlet)
    byline = next((_byline(span.of(text)) for span, kind in zip(blocks, kinds, strict=True) if kind == "byline"), None)
    pieces = list(zip(blocks, kinds, strict=True))
    dateline = place = day = None
    wire = first = None
    cut: list[tuple[Span, SegmentKind]] = []
    is_first = True
    for span, kind in pieces:
        if kind == "body" and is_first:
            is_first = False
            found = _dateline(text, span)
            if found is not None:
                head, place, day, wire = found
                dateline = head
                cut.append((head, "dateline"))
                if head.end < span.end:
                    cut.append((Span(head.end, span.end), "body"))
                continue
        if kind == "body":
            cut.extend(_tail_credit(text, span))
            continue
        cut.append((span, kind))
    for span, kind in cut:
        if kind == "credit" and first is None:
            first = _first_appearance(span.of(text))
        elif kind == "byline" and wire is None:
            wire = _wire_of(span.of(text))
    segments = _cover(text, cut)
    coded = [s.span for s in segments if s.kind in ("headline", "body")]
    asides, designations = find_asides(text, coded)
    notes = [s.span for s in segments if s.kind == "footnote"]
    designations = (*designations, *footnote_designations(text, notes))
    return Anatomy(segments, asides, designations, dateline, place, day, byline, first, wire)


def _blocks(text: str) -> Iterator[Span]:
    """Stretches of text between blank lines, or lines where there is no blank line."""
    breaks = r"\n[ \t\r\f\v]*\n\s*" if re.search(r"\S[^\S\n]*\n[^\S\n]*\n\s*\S", text) else r"\n\s*"
    at = 0
    for match in re.finditer(breaks, text):
        if text[at : match.start()].strip():
            yield _stripped(text, at, match.start())
        at = match.end()
    if text[at:].strip():
        yield _stripped(text, at, len(text))


def _stripped(text: str, start: int, end: int) -> Span:
    while text[start].isspace():
        start += 1
    while text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _kinds(text: str, blocks: Sequence[Span], title: str | None, outlet: str | None) -> list[SegmentKind]:
    kinds: list[SegmentKind] = []
    n = len(blocks)
    has_headline = in_body = False
    for k, span in enumerate(blocks):
        words = span.of(text)
        following = blocks[k + 1].of(text) if k + 1 < n else ""
        kind: SegmentKind = "body"
        if title and not in_body and _same(words, title):
            kind = "headline"
        elif outlet and not in_body and _same(words, outlet):
            kind = "outlet"
        elif FOOTNOTE.match(words) and (k > 0 or n == 1) and not words.startswith("* *"):
            kind = "footnote"
        elif NOTE.match(words):
            kind = "note"
        elif len(words) < 400 and PROMOTION.match(words):
            kind = "promotion"
        elif len(words) < 600 and n > 1 and CREDIT.match(words):
            kind = "credit"
        elif len(words) < 120 and not in_body and BYLINE.match(words):
            kind = "byline"
        elif len(words) < 60 and DATE_LINE.match(words):
            kind = "dateline"
        elif len(words) < 200 and in_body and RELATED.match(words):
            kind = "related"
        elif not in_body and not has_headline and not title and n > 1 and _is_headline(words, following):
            kind = "headline"
        elif in_body and k + 1 < n and _stands_alone(words, following):
            kind = "related"
        has_headline = has_headline or kind == "headline"
        in_body = in_body or kind == "body"
        kinds.append(kind)
    if "body" not in kinds and "headline" not in kinds:  # a text of odd parts only: keep its words
        kinds = ["body"] * n
    return kinds


def _same(words: str, name: str) -> bool:
    def key(s: str) -> str:
        return " ".join(re.findall(r"\w+", s.lower()))

    return bool(key(name)) and key(words) == key(name)


def _is_headline(words: str, following: str) -> bool:
    """Whether a line before the body is a headline; one that breaks off or goes on in lower case is torn text."""
    return (
        "\n" not in words.strip()
        and not following.lstrip()[:1].islower()
        and 8 <= len(words) <= 160
        and not words.endswith((".", ",", ";", ":"))
        and not DATELINE.match(words)
        and len(words.split()) >= 3
        and words.rsplit(maxsplit=1)[-1].lower() not in SMALL_WORDS
        and not TORN_NAME.search(words)
    )


def _stands_alone(words: str, following: str) -> bool:
    """A headline of another story between paragraphs: one line, a sentence's length, no end mark.

    A line that breaks off (at a small word or inside a name) is a torn paragraph, and stays body; so does one in
    which a sentence ends.
    """
    listed = words.split()
    if "\n" in words or not 5 <= len(listed) <= 14 or words.endswith(END_MARKS) or not words[0].isupper():
        return False
    if SENTENCE_END.search(words):
        return False
    if words[0] in "-•–*" or not (following[:1].isupper() or following[:1] in "“\"'‘"):
        return False
    lower = sum(w[0].islower() for w in listed if w[0].isalpha())
    torn = listed[-1].lower() in SMALL_WORDS or (listed[-1][0].isupper() and lower > len(listed) / 2)
    return lower >= 1 and not torn and len(following) > 80


def _byline(words: str) -> str:
    match = BYLINE.match(words)
    return match["who"].strip() if match else words


def _dateline(text: str, span: Span) -> tuple[Span, Span | None, Span | None, str | None] | None:
    """The dateline that opens a body: its span, place, day and agency."""
    words = text[span.start : min(span.end, span.start + 200)]
    for pattern in (DATELINE, TITLE_DATELINE, AGENCY_ONLY):
        match = pattern.match(words)
        if match:
            break
    else:
        return None
    end = match.end()
    while bulletin := BULLETIN.match(words, end):
        end = bulletin.end()
    groups = match.groupdict()
    place = Span(span.start + match.start("place"), span.start + match.end("place")) if groups.get("place") else None
    day = Span(span.start + match.start("day"), span.start + match.end("day")) if groups.get("day") else None
    return Span(span.start, span.start + end), place, day, groups.get("agency")


def _tail_credit(text: str, span: Span) -> Iterator[tuple[Span, SegmentKind]]:
    """A body, and the credit in its last sentences if it ends with one."""
    from_ = max(span.start, span.end - 400)
    match = CREDIT_SENTENCE.search(text, from_, span.end)
    if match and match.end() > span.start:
        yield Span(span.start, match.end()), "body"
        yield Span(match.end(), span.end), "credit"
    else:
        yield span, "body"


def _first_appearance(words: str) -> str | None:
    for pattern in (FIRST_APPEARED, WITH_FILES, SIGNED):
        match = pattern.search(words)
        if match:
            return match["outlet"].strip(" .") or None
    return None


def _wire_of(words: str) -> str | None:
    match = re.search(r"[,|/–—-] ?(?P<agency>[A-Z][\w ]{2,30})$", words)
    return match["agency"].strip() if match else None


def _cover(text: str, pieces: Sequence[tuple[Span, SegmentKind]]) -> tuple[Segment, ...]:
    """Segments that cover the text once: space between pieces goes to the one before, neighbours of a kind join."""
    if not pieces:
        return (Segment("body", Span(0, len(text))),)
    starts = [0, *(span.start for span, _ in pieces[1:]), len(text)]
    segments: list[Segment] = []
    for k, (_, kind) in enumerate(pieces):
        span = Span(starts[k], starts[k + 1])
        if segments and segments[-1].kind == kind == "body":
            segments[-1] = Segment(kind, Span(segments[-1].span.start, span.end))
        else:
            segments.append(Segment(kind, span))
    return tuple(segments)
