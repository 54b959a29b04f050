"""Sentences of reported, denied, feared and past acts: every claim that is right, and no other.

The sentences and their notation stand in `golden_reported.toml`, which an engineer can extend without touching code.
"""

from __future__ import annotations

import re
import tomllib
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

import pytest

import vedette

SENTENCES = tomllib.loads((Path(__file__).parent / "golden_reported.toml").read_text(encoding="utf-8"))["sentence"]
COLUMNS = ("voice", "type", "modality", "actors", "recipients", "place")
PHRASE = re.compile(r"(?P<mentions>[^\[]+?)(?: \[(?P<code>[^\]]+)\])?")
ARTICLE = re.compile(r"\b(?:the|an?) (?=.)")


class Line(NamedTuple):
    """A line of the file: its cells, and whether the claim may be missing."""

    cells: dict[str, str]
    is_optional: bool

    def tells(self, row: dict[str, object]) -> bool:
        """Whether a coded claim is what the line says."""
        kind, _, mode = str(row["type"]).partition(".")
        return (
            any(right in ("*", row["voice"]) for right in _plain(self.cells["voice"]).split("/"))
            and any(right in (kind, f"{kind}.{mode}") for right in self.cells["type"].split("/"))
            and row["modality"] in self.cells["modality"].split("/")
            and all(_are(self.cells[role], row[role]) for role in ("actors", "recipients"))
            and all(any(word in place for place in row["place"]) for word in self.cells.get("place", "").split())
        )


def lines_of(right: str) -> list[Line]:
    lines = []
    for line in right.strip().splitlines():
        cells = [cell.strip() for cell in line.removeprefix("?").split("|")]
        if not 5 <= len(cells) <= 6:
            raise ValueError(f"{line!r} has {len(cells)} cells: write {' | '.join(COLUMNS)}, the last may be left out")
        lines.append(Line(dict(zip(COLUMNS, cells, strict=False)), line.startswith("?")))
    return lines


def rows_of(coded) -> list[dict[str, object]]:
    """The events and control states of a coded sentence in the columns of the file."""
    told = {a.id: a for a in coded.attributions}

    def voice(name):
        chain = []
        while name is not None:
            speaker = told[name].speaker
            chain.append(f"{speaker.mention if speaker.spans else 'nobody'}: {told[name].cue.stance}")
            name = told[name].within
        return _plain(" < ".join(chain) or "outlet")

    return [
        {
            "voice": voice(c.attribution),
            "type": f"control:{c.state}" if c.kind == "control" else f"{c.event_type}.{c.mode or ''}".rstrip("."),
            "modality": c.modality,
            "actors": [(a.mention, a.code) for a in c.actors],
            "recipients": [(a.mention, a.code) for a in c.recipients],
            "place": [p.mention for p in c.places],
        }
        for c in coded.claims
        if c.kind != "figure"
    ]


def _plain(words: str) -> str:
    """The words without articles, possessive endings and capitals at the start of each name."""
    names = re.split(r"( < |/)", words)
    return "".join(ARTICLE.sub("", re.sub(r"['’]s(?=$|:)", "", name).lower()) for name in names)


def _are(right: str, coded: list[tuple[str, str | None]]) -> bool:
    """Whether the coded parties are those of a cell, in any order."""
    if right == "*":
        return True
    if not coded:
        return "-" in right.split("/") or right.startswith("-/")
    phrases = [PHRASE.fullmatch(phrase) for phrase in right.split(" + ")]
    return len(phrases) == len(coded) and all(any(_is(phrase, party) for party in coded) for phrase in phrases)


def _is(phrase: re.Match[str], party: tuple[str, str | None]) -> bool:
    mention, code = party
    return _plain(mention) in _plain(phrase["mentions"]).split("/") and (
        phrase["code"] is None or fnmatchcase(code or "", phrase["code"])
    )


def pairs(lines: list[Line], rows: list[dict[str, object]]) -> dict[int, int]:
    """Which line each claim answers (claim: line), as many as can be, each line once."""
    best: dict[int, int] = {}

    def go(k: int, made: dict[int, int]) -> None:
        nonlocal best
        if k == len(rows):
            rank = (len(made), sum(not lines[n].is_optional for n in made.values()))
            if rank > (len(best), sum(not lines[n].is_optional for n in best.values())):
                best = dict(made)
            return
        for n, line in enumerate(lines):
            if n not in made.values() and line.tells(rows[k]):
                go(k + 1, {**made, k: n})
        go(k + 1, made)

    go(0, {})
    return best


def difference(text: str, right: str) -> str:
    """What is missing and what is too much in the coded sentence, readable; empty where all is right."""
    lines, rows = lines_of(right), rows_of(vedette.code(text, published="2031-05-07", outlet="The Oxus Post"))
    made = pairs(lines, rows)
    missing = [line for n, line in enumerate(lines) if not line.is_optional and n not in made.values()]
    wrong = [row for k, row in enumerate(rows) if k not in made]
    if not missing and not wrong:
        return ""
    shown = [f"  right  {' | '.join(lines[n].cells.values())}" for n in sorted(made.values())]
    shown += [f"- not coded  {' | '.join(line.cells.values())}" for line in missing]
    shown += [f"+ coded      {_shown(row)}" for row in wrong]
    return "\n".join([text, *shown])


def _shown(row: dict[str, object]) -> str:
    def parties(role):
        return " + ".join(f"{mention} [{code}]" for mention, code in row[role]) or "-"

    places = ", ".join(row["place"])
    return " | ".join([row["voice"], row["type"], row["modality"], parties("actors"), parties("recipients"), places])


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda s: s["text"][:60])
def test_every_claim_of_a_sentence_is_right(sentence):
    different = difference(sentence["text"], sentence["right"])

    if "known" in sentence:
        assert different, f"coded right now, take its `known` out: {sentence['text']}"
    else:
        assert not different, "\n" + different


def test_there_are_more_than_a_hundred_sentences_and_few_known_failures():
    known = [s for s in SENTENCES if "known" in s]

    assert len(SENTENCES) - len(known) >= 114
    assert len(known) <= 12


def test_known_failures_stand_in_the_method_page():
    page = (Path(__file__).parent.parent / "docs/method/events.md").read_text(encoding="utf-8")

    assert [s["text"] for s in SENTENCES if "known" in s and s["text"] not in page] == []


RIGHT = "outlet | ASSAULT | negated | Israel [ISRGOV] | Iran/Tehran [IRN*] + its troops | Qom"
ROW = {
    "voice": "outlet",
    "type": "ASSAULT.aerial",
    "modality": "negated",
    "actors": [("Israel", "ISRGOV")],
    "recipients": [("its troops", None), ("Tehran", "IRNGOV")],
    "place": ["Qom"],
}


def test_a_line_tells_the_claim_it_describes():
    (line,) = lines_of(RIGHT)

    assert line.tells(ROW)


@pytest.mark.parametrize(
    "other",
    [
        {"voice": "israel: deny"},
        {"type": "COERCE.arrest"},
        {"modality": "asserted"},
        {"actors": [("An official", "ISRGOV")]},
        {"actors": [("Israel", "ISRMIL")]},
        {"actors": []},
        {"recipients": [("Tehran", "IRNGOV")]},
        {"place": ["Tabriz"]},
    ],
    ids=lambda other: next(iter(other)),
)
def test_a_line_tells_no_other_claim(other):
    (line,) = lines_of(RIGHT)

    assert not line.tells({**ROW, **other})


def test_a_line_with_too_few_cells_is_refused():
    with pytest.raises(ValueError, match="has 3 cells"):
        lines_of("outlet | ASSAULT | asserted")
