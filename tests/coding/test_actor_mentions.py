"""Mentions of bodies, people and places of many countries, written by us with the country and the sector they should have.

`*` stands where more than one answer holds, an empty cell for none; international bodies have their kind as country.
"""

from __future__ import annotations

import csv
from pathlib import Path

from vedette.coding.actors import code_actor
from vedette.lookups.actors import load_actor_table
from vedette.ontology import INTERNATIONAL

TABLE = load_actor_table()
LEAST_RIGHT = 0.97


def country_and_sector(mention: str) -> tuple[str, str]:
    actor = code_actor(mention, TABLE, year=2022)
    kind = (actor.code or "")[:3]
    return actor.country or (kind if kind in INTERNATIONAL else ""), actor.sectors[0] if actor.sectors else ""


def test_own_mentions_have_their_country_and_sector():
    with Path(__file__).with_name("actor_mentions.csv").open(encoding="utf-8", newline="") as lines:
        rows = [tuple(row) for row in csv.reader(lines, delimiter="|", quoting=csv.QUOTE_NONE)][1:]
    answers = [(mention, wanted, country_and_sector(mention)) for mention, *wanted in rows]
    wrong = [row for row in answers if any(w not in ("*", f) for w, f in zip(row[1], row[2], strict=True))]

    assert len(rows) >= 400
    assert len(wrong) <= (1 - LEAST_RIGHT) * len(rows), wrong
