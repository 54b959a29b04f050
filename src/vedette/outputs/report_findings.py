"""What stands first in the report: what happened where, what is disputed, what is turning.

"Turning" is a count, not a test: independent origins that tell of violence at a place in the last days against the
same number of days before, and statements that ground was taken, lost or left. More reports are not more events.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from vedette.outputs.report_incidents import Digest, origins_words, weight_of
from vedette.outputs.report_rows import Told
from vedette.outputs.report_view import ConflictView, Finding, HeldRow
from vedette.outputs.report_words import days_words, family_of, n_of

__all__ = ["disputed", "happened", "turning"]

MAX_FINDINGS = 6
MAX_TURNS = 3
CHANGES = ("taken by", "lost by", "left by", "contested by", "surrounded by")
# A week of news is the least that a comparison stands on; a rise is told from three origins more and double up.
WINDOW_DAYS = 7
LEAST_MORE = 3


def happened(digests: Sequence[Digest], shown: set[str]) -> tuple[Finding, ...]:
    """Return the incidents told by most origins; those of one report only where nothing better is there."""
    deeds = [d for d in digests if d.family not in ("words", "control")]
    chosen = sorted(deeds, key=weight_of)[:MAX_FINDINGS]
    found = []
    for d in chosen:
        anchor = f"incident-{d.incident.incident}"
        href = anchor if anchor in shown else d.incident.members[0].claim
        detail = "; ".join(x for x in (d.detail, origins_words(d.incident)) if x)
        found.append(Finding(d.title, detail, href, d.family))
    return tuple(found)


def disputed(conflicts: Sequence[ConflictView]) -> tuple[Finding, ...]:
    """Return the weightiest contradictions, at most two an incident."""
    found: list[Finding] = []
    per_incident: Counter[str] = Counter()
    for conflict in conflicts:
        per_incident[conflict.about] += 1
        if not conflict.is_weighty or per_incident[conflict.about] > 2 or len(found) == MAX_FINDINGS:
            continue
        sides = " / ".join(f"{s.says} ({n_of(s.n_outlets, 'outlet')})" for s in conflict.sides if s.lines)
        found.append(
            Finding(
                f"{conflict.kind}: {conflict.about[:1].lower()}{conflict.about[1:]}", sides, conflict.anchor, "words"
            )
        )
    return tuple(found)


def turning(
    told: Sequence[Told],
    held: Sequence[HeldRow],
    origin_of: Mapping[str, str],
    anchors: Mapping[str, str],
) -> tuple[tuple[Finding, ...], str]:
    """Return rises and falls of violence told, and the latest changes of control; and what was compared, in words."""
    rises, note = _rises(told, origin_of, anchors)
    changes = [
        (line.row.day_sort, name.name, line)
        for name in held
        for line in name.lines
        if line.row.label in CHANGES and line.row.modality_code == "asserted"
    ]
    changes.sort(key=lambda c: (c[0], c[2].n_told), reverse=True)
    found = [
        Finding(
            f"{name}: said to be {line.row.label} {line.row.who}"
            if line.row.who
            else f"{name}: said to be {line.row.label.split()[0]}",
            f"according to {line.row.speaker if not line.row.is_outlets_voice else line.row.outlet or 'the outlet'}"
            + (f", {line.row.day}" if line.row.day else ""),
            "control",
            "control",
        )
        for _, name, line in changes[:MAX_TURNS]
    ]
    return tuple(rises + found), note


def _rises(told: Sequence[Told], origin_of: Mapping[str, str], anchors: Mapping[str, str]) -> tuple[list[Finding], str]:
    published = [t.document.published for t in told if t.document.published]
    if not published:
        return [], ""
    last = max(published) + timedelta(days=1)
    days = min(WINDOW_DAYS, (last - min(published)).days // 2)
    if days < 2:
        return [], ""
    middle, first = last - timedelta(days=days), last - timedelta(days=2 * days)
    origins: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for t in told:
        when = t.claim.when
        if when and t.claim.places and family_of(t.claim) == "violence" and t.claim.modality == "asserted":
            place = t.claim.places[0]
            if first <= when.start < last and place.precision not in ("country", "region"):
                late = when.start >= middle
                origins[place.name or place.mention][late].add(origin_of.get(t.document.id, t.document.id))
    found = []
    for name, (before, after) in origins.items():
        more, less = max(len(before), len(after)), min(len(before), len(after))
        if more - less >= LEAST_MORE and more >= 2 * less:
            word = "More" if len(after) > len(before) else "Less"
            detail = f"{n_of(len(after), 'independent origin')} against {len(before)} before"
            found.append(
                (
                    less - more,
                    name,
                    Finding(f"{word} violence told of {name}", detail, anchors.get(name, "map"), "violence"),
                )
            )
    found.sort(key=lambda f: f[:2])
    return [f for *_, f in found[:MAX_TURNS]], _note(first, middle, last)


def _note(first: date, middle: date, last: date) -> str:
    compared = f"{days_words(middle, last)} against {days_words(first, middle)}"
    return f"Violence: {compared}. Counts of who tells it: less told is not less violence."
