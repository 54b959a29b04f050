"""Golden files: a paragraph in, who says that who did what to whom out, with spans shown as words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import vedette

FOLDER = Path(__file__).parent / "golden"
GOLDEN = sorted(FOLDER.glob("*.txt"))


def shown(coded):
    """The rows of a coded paragraph; what is unknown or as always (a speaker's own words, asserted) is left out."""
    text = coded.text

    def words(spans):
        return " … ".join(s.of(text) for s in spans)

    for a in coded.attributions:
        speaker = a.speaker
        yield known({
            "attribution": a.id, "speaker": words(speaker.spans), "name": speaker.name, "role": speaker.role,
            "organization": speaker.organization, "country": speaker.country, "kind": speaker.kind,
            "addressee": a.addressee, "cue": words(a.cue.spans), "stance": a.cue.stance,
            "distancing": a.cue.is_distancing or None, "attitude": a.cue.kind == "attitude" or None, "content": words(a.content.spans), "quotation": a.quotation,
            "within": a.within,
        })  # fmt: skip
    for c in coded.claims:
        yield known({
            "claim": c.event_type or c.state or c.measure, "mode": c.mode, "trigger": words(c.trigger),
            "actors": [f"{a.mention} [{a.code}]" for a in c.actors],
            "recipients": [f"{a.mention} [{a.code}]" for a in c.recipients],
            "place": next((f"{p.mention} ({p.country})" for p in c.places if p.basis == "clause"), None),
            "when": f"{c.when.start} {c.when.basis}" if c.when and c.when.basis != "published" else None,
            "deaths": [c.deaths.low, c.deaths.best, c.deaths.high] if c.deaths else None,
            "share": [c.share.low, c.share.best, c.share.high] if c.share else None,
            "voice": c.attribution, "modality": c.modality, "certainty": round(c.certainty * 2) / 2,
            "condition": c.condition.of(text) if c.condition else None,
        })  # fmt: skip
    for d in coded.designations:
        yield {"designation": d.actor.mention, "label": d.label, "by": d.by}


def known(row):
    return {key: value for key, value in row.items() if value not in (None, [], "")}


@pytest.mark.parametrize("path", GOLDEN, ids=lambda p: p.stem)
def test_golden(path, request):
    coded = vedette.code(path.read_text(encoding="utf-8").strip(), published="2031-05-07", outlet="The Oxus Post")
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in shown(coded)]
    expected = path.with_suffix(".jsonl")
    if request.config.getoption("--regold"):
        expected.write_text("".join(lines), encoding="utf-8")

    assert "".join(lines) == expected.read_text(encoding="utf-8")


def test_there_are_golden_files():
    assert len(GOLDEN) >= 130
