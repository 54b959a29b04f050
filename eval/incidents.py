"""Whether the days of coded events hold the incident dates of MUC-4's templates.

A template counts where its incident is found, as the scorer in `../shared/score/events.py` finds it (a fitting type,
and a place, actor or recipient in common), and its date is a day or a range; a date that is a bound only
("- 30 DEC 89", on or before) is left out. It is right where the days of one of the claims that found it meet the
template's.
"""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
DAY = r"(\d\d?) ([A-Z]{3}) (\d\d)"
ONE = re.compile(rf"\(?{DAY}\)?$")
TWO = re.compile(rf"\(?{DAY} - {DAY}\)?$")


def days_of(written: str) -> tuple[date, date] | None:
    """The first and last day of an incident date, None where it is a bound or no day of the calendar.

    >>> days_of("30 DEC 89")
    (datetime.date(1989, 12, 30), datetime.date(1989, 12, 30))
    >>> days_of("- 30 DEC 89") is None
    True
    """
    match = ONE.match(written.strip()) or TWO.match(written.strip())
    if match is None:
        return None
    found = match.groups()
    try:
        days = [
            date(1900 + int(year), MONTHS.index(month) + 1, int(day))
            for day, month, year in (found[k : k + 3] for k in range(0, len(found), 3))
        ]
    except ValueError:  # a misprint of the gold: "31 NOV 89"
        return None
    return days[0], days[-1]


def when_of_found(gold: Path, coded: Path, scorer: Path) -> dict[str, float]:
    """Return the share of found and dated templates whose date is met, and how many there are.

    Raises:
        ValueError: no template is found.
    """
    right = [met for _, _, _, met in compared(gold, coded, scorer)]
    if not right:
        raise ValueError(f"{coded}: no template of {gold} is found")
    return {"when_of_found": round(sum(right) / len(right), 3), "n_when_of_found": float(len(right))}


def compared(
    gold: Path, coded: Path, scorer: Path
) -> Iterator[tuple[Mapping[str, Any], tuple[date, date], list[Mapping[str, Any]], bool]]:
    """Each found and dated template with its days, the claims that found it, and whether one of them meets them."""
    spec = importlib.util.spec_from_file_location("muc_scorer", scorer)
    if spec is None or spec.loader is None:
        raise ValueError(f"no scorer at {scorer}")
    muc = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(muc)
    documents = {d["id"]: d for d in _rows(coded)}
    for row in _rows(gold):
        claims = [
            c
            for c in documents.get(row["id"], {}).get("claims", [])
            if c["kind"] == "event" and c["event_type"] in ("ASSAULT", "COERCE") and c["modality"] != "negated"
        ]
        for template in row["templates"]:
            days = days_of((template["date"] or [""])[0])
            found = [c for c in claims if _finds(c, template, muc)]
            if days is not None and found:
                yield template, days, found, any(_meets(c["when"], days) for c in found)


def _finds(claim: Mapping[str, Any], template: Mapping[str, Any], muc: Any) -> bool:
    kinds = {k.strip() for kind in template["type"] for k in kind.split("/")}
    if not any(claim["event_type"] in muc.FITS.get(kind, ()) for kind in kinds):
        return False
    where = muc.names(template["location"])
    who = muc.names([*(template["perp_ind"] or ()), *(template["perp_org"] or ())])
    whom = muc.names([v for key in ("hum_target", "hum_desc", "phys_target") for v in template[key] or ()])
    return (
        any(muc.near(p["name"] or p["mention"], where) for p in claim["places"])
        or any(muc.near(a["mention"], who) for a in claim["actors"])
        or any(muc.near(a["mention"], whom) for a in claim["recipients"])
    )


def _meets(when: Mapping[str, str] | None, days: tuple[date, date]) -> bool:
    if when is None:
        return False
    return date.fromisoformat(when["start"]) <= days[1] and days[0] < date.fromisoformat(when["end"])


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)
