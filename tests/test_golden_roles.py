"""Who acts and who suffers in short reports: the parties of the claims in question, however the clause hides them.

The reports and their notation stand in `golden_roles.toml`.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import vedette
from tests.test_golden_reported import _are

REPORTS = tomllib.loads((Path(__file__).parent / "golden_roles.toml").read_text(encoding="utf-8"))["report"]


def difference(text: str, right: str) -> list[str]:
    """The lines that no claim answers, with the parties of the claims at their words; empty where all is right."""
    claims = [c for c in vedette.code(text, published="2031-05-07").claims if c.kind == "event"]
    wrong = []
    for line in right.strip().splitlines():
        kind, word, *roles = (cell.strip() for cell in line.split("|"))
        if len(roles) != 2:
            raise ValueError(f"{line!r} has {2 + len(roles)} cells: write type | word | actors | recipients")
        at = [c for c in claims if c.event_type == kind and any(word in s.of(text) for s in c.trigger)]
        told = [[[(a.mention, a.code) for a in role] for role in (c.actors, c.recipients)] for c in at]
        if not any(all(_are(cell, role) for cell, role in zip(roles, parties, strict=True)) for parties in told):
            wrong.append(f"{line} <> {told}")
    return wrong


@pytest.mark.parametrize("report", REPORTS, ids=lambda r: r["text"].strip()[:60])
def test_the_parties_of_each_claim_are_right(report):
    different = difference(report["text"].strip(), report["right"])

    if "known" in report:
        assert different, f"coded right now, take its `known` out: {report['text']}"
    else:
        assert not different, "\n" + "\n".join([report["text"], *different])


def test_most_reports_are_coded_right():
    known = [r for r in REPORTS if "known" in r]

    assert len(REPORTS) >= 37
    assert len(known) <= 4


def test_a_line_with_too_few_cells_is_refused():
    with pytest.raises(ValueError, match="has 3 cells"):
        difference("Rebels left.", "RETREAT | left | Rebels")
