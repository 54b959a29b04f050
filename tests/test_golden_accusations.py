"""Reports in which one accuses another: the sides of the contradiction, or none; cases in `golden_accusations.toml`."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

import vedette
from vedette.resolution import resolve

CASES = tomllib.loads((Path(__file__).parent / "golden_accusations.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_who_accuses_whom(case):
    published = date(2031, 5, 6)
    coded = [vedette.code(text, published=published, outlet=f"Outlet {n}") for n, text in enumerate(case["reports"])]

    found = [c for i in resolve(coded).incidents for c in i.conflicts if c.kind == "accusation"]

    triggers = {(c.id, claim.id): " ".join(s.of(c.text) for s in claim.trigger) for c in coded for claim in c.claims}
    assert [says for c in found for says in c.says] == case.get("says", [])
    assert [[triggers[m.id, m.claim] for m in side] for c in found for side in c.sides] == case.get("words", [])
