"""Remarks that label an actor: "[both banned in X]", "*Y, a group designated terrorist by Z".

They are nobody's words in the report, and become designations: which actor, under which label, by which jurisdiction.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from vedette.records import Span

__all__ = ["RawDesignation", "find_asides", "footnote_designations"]


class RawDesignation(msgspec.Struct, frozen=True):
    """A label as printed: the words that name the actors, the label, the jurisdiction, and where it stands."""

    actors: tuple[Span, ...]
    label: str
    by: str
    span: Span


BRACKETED = re.compile(r"\[[^\[\]\n]{3,300}\]|\([^()\n]{3,300}\)")
LABELS = (
    ("foreign agent", re.compile(r"foreign[- ]agents?\b", re.IGNORECASE)),
    ("undesirable", re.compile(r"\bundesirable\b", re.IGNORECASE)),
    ("terrorist", re.compile(r"\bterroris[tm]s?\b", re.IGNORECASE)),
    ("extremist", re.compile(r"\bextremis[tm]s?\b", re.IGNORECASE)),
    ("sanctioned", re.compile(r"\b(?:under sanctions|sanctioned)\b", re.IGNORECASE)),
    ("banned", re.compile(r"\b(?:banned|outlawed|prohibited|proscribed|forbidden)\b", re.IGNORECASE)),
)
ACT = re.compile(
    r"\b(?:banned|outlawed|prohibited|proscribed|forbidden|designated|recogni[sz]ed|declared|listed|labelled|labeled"
    r"|classified|sanctioned|under sanctions|deemed|considered)\b",
    re.IGNORECASE,
)
BY = re.compile(
    r"\b(?:by|in|on the territory of|throughout) (?P<by>(?:the )?[A-Z][\w.'’-]*(?: (?:of|the|and|[A-Z][\w.'’-]*)){0,5})"
)
# The name just before a bracket, or at the head of a footnote: capitalised words with joining ones between.
NAME = r"(?:the )?[A-Z][\w.'’-]*(?:[ -](?:of|the|for|and|al|[A-Z][\w.'’-]*)){0,7}"
BEFORE = re.compile(rf"(?P<name>{NAME})(?:[*†‡]+)?[ ,]*$")
ONE = re.compile(NAME)
SPLIT = re.compile(r",? and |, | & ")


def find_asides(text: str, within: Sequence[Span]) -> tuple[tuple[Span, ...], tuple[RawDesignation, ...]]:
    """Return bracketed remarks inside `within` that label somebody, and what they say."""
    asides: list[Span] = []
    found: list[RawDesignation] = []
    for part in within:
        for match in BRACKETED.finditer(text, part.start, part.end):
            words = match.group()
            if not ACT.search(words):
                continue
            label = _label(words)
            by = BY.search(words)
            if label is None or (by is None and words[0] == "("):
                continue
            span = Span(*match.span())
            asides.append(span)
            wants = 2 if re.search(r"\bboth\b", words) else 1
            actors = _names_before(text, part.start, span.start, wants)
            if actors:
                actors = tuple(_bare(text, a) for a in actors)
                found.append(RawDesignation(actors, label, by["by"].strip(" .,;") if by else "", span))
    return tuple(asides), tuple(found)


def footnote_designations(text: str, notes: Sequence[Span]) -> tuple[RawDesignation, ...]:
    """Return what footnotes say of the actors that they name."""
    found = []
    for note in notes:
        words = note.of(text)
        act = ACT.search(words)
        label = _label(words)
        if act is None or label is None:
            continue
        by = BY.search(words, act.start())
        head = re.split(r",? (?:is|are|was|were|has|have|a|an|which|both|each|designated|banned)\b", words, maxsplit=1)[
            0
        ]
        at = re.match(r"\W*", head)
        start = at.end() if at else 0
        actors = tuple(Span(note.start + m.start(), note.start + m.end()) for m in _split_names(head, start))
        if actors:
            end = note.start + len(words.rstrip())
            found.append(RawDesignation(actors, label, by["by"].strip(" .,;") if by else "", Span(note.start, end)))
    return tuple(found)


def _bare(text: str, name: Span) -> Span:
    """The name without its article, and without what leads to it ("fighters of the")."""
    words = name.of(text)
    lead = re.match(r"(?:[A-Za-z]+ of )?[Tt]he (?=[A-Z])", words)
    return Span(name.start + lead.end(), name.end) if lead else name


def _split_names(head: str, start: int) -> list[re.Match[str]]:
    names: list[re.Match[str]] = []
    at = start
    for joint in [*SPLIT.finditer(head, start), None]:
        end = joint.start() if joint else len(head)
        match = ONE.match(head, at, end)
        if match:
            names.append(match)
        at = joint.end() if joint else end
    return names


def _label(words: str) -> str | None:
    return next((label for label, pattern in LABELS if pattern.search(words)), None)


def _names_before(text: str, start: int, end: int, wants: int) -> tuple[Span, ...]:
    """The last `wants` names before `end`, in text order."""
    names: list[Span] = []
    at = end
    while len(names) < wants:
        match = BEFORE.search(text, max(start, at - 120), at)
        if not match:
            break
        span = Span(*match.span("name"))
        words = span.of(text)
        if wants == 2 and " and " in words and not names:
            left, right = words.split(" and ", 1)
            return (Span(span.start, span.start + len(left)), Span(span.end - len(right), span.end))
        names.append(span)
        at = span.start
        joint = re.search(r"(?:,? and|,)\s*$", text[max(start, at - 10) : at])
        if not joint:
            break
        at -= len(joint.group())
    return tuple(reversed(names))
