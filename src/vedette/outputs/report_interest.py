"""Whose side speakers stand on, and what they say against their own interest, in words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from vedette.outputs.report_rows import Told, as_lines
from vedette.outputs.report_view import InterestRow, Line, Row
from vedette.records import Interest

__all__ = ["find_admissions", "interest_counts", "interest_rows"]

KINDS: tuple[Literal["self-serving", "against interest"], ...] = ("self-serving", "against interest")
Names = Callable[[str], str]


def interest_counts(told: Iterable[Told]) -> str:
    """Return how many claims are of each kind: "self-serving 3, against interest 1"; nothing where none is."""
    counts = Counter(t.claim.interest.kind for t in told if t.claim.interest)
    return ", ".join(f"{kind} {counts[kind]}" for kind in KINDS if counts[kind])


def interest_rows(told: Sequence[Told], country: Names, limit: int = 16) -> tuple[tuple[InterestRow, ...], int]:
    """Return the parties that speak, by number of claims that serve them or tell against them; and how many more.

    Parties whose claims do neither have no row.
    """
    groups: dict[str, list[Interest]] = defaultdict(list)
    for t in told:
        if t.claim.interest is not None and t.claim.interest.party:
            groups[t.claim.interest.party].append(t.claim.interest)
    found = []
    for party, listed in groups.items():
        kinds = Counter(i.kind for i in listed)
        sides = Counter(i.actor for i in listed)
        if kinds["self-serving"] or kinds["against interest"]:
            found.append(
                InterestRow(
                    name=f"{country(party)}: government and forces" if country(party) != party else party,
                    total=len(listed),
                    n_own=sides["own"],
                    n_opponent=sides["opponent"],
                    n_third=sides["third"],
                    n_serving=kinds["self-serving"],
                    n_against=kinds["against interest"],
                )
            )
    found.sort(key=lambda r: (-r.n_serving - r.n_against, -r.total, r.name))
    return tuple(found[:limit]), max(len(found) - limit, 0)


def find_admissions(told: Sequence[Told], row: Callable[[Told], Row], limit: int) -> tuple[tuple[Line, ...], int]:
    """Return what is said against the speaker's own interest, the most repeated first; and how many more."""
    lines = as_lines(row(t) for t in told if t.claim.interest and t.claim.interest.kind == "against interest")
    lines.sort(key=lambda line: -line.n_told)
    return tuple(lines[:limit]), max(len(lines) - limit, 0)
