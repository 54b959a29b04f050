"""Sections of the report that count over all claims: places, timeline, control statements, denials, documents."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence, Set
from datetime import date, timedelta
from itertools import groupby

from vedette.outputs.map_svg import Dot
from vedette.outputs.report_incidents import Digest, weight_of
from vedette.outputs.report_rows import Told, as_lines, outlet_of, web_address
from vedette.outputs.report_view import DayBar, DocumentRow, HeldRow, Line, PlaceRow, Row, Timeline
from vedette.outputs.report_words import FAMILY_NAMES, capital, day_words, family_of, label_of, place_note
from vedette.records import Coded, Origin, Resolution

__all__ = ["document_rows", "find_denials", "find_held", "find_places", "is_denial", "timeline"]

MAX_BARS = 62
LONG_GAP = 6
COARSE = frozenset({"country", "region"})
MAX_PLACE_LINES = 6
MAX_HELD_LINES = 10
# Days further from publication than this are background, whatever their modality, and would flatten the timeline.
NEAR_DAYS = 31
GENERIC = re.compile(
    r"^(?:(?:the|a|an|its|their|all|most|some|many|several|parts? of|half of|rest of)\s+)*"
    r"(?:district|provincial|city|town|village|border|police|army|main)?\s*"
    r"(?:towns?|city|cities|cent(?:re|er)s?|ports?|posts?|crossings?|villages?|provinces?|districts?|bases?|area|bridge"
    r"|territory|border|road|region|capital)$",
    re.IGNORECASE,
)
Names = Callable[[str], str]


def find_places(
    told: Sequence[Told], origin_of: Mapping[str, str], country: Names, linkable: Set[str]
) -> tuple[list[PlaceRow], list[PlaceRow], list[Dot]]:
    """Return places that can be drawn, places too coarse for it, and the dots; most origins first."""
    groups: dict[tuple[object, ...], list[Told]] = defaultdict(list)
    for t in told:
        if t.claim.places and t.claim.modality in ("asserted", "announced", "negated"):
            place = t.claim.places[0]
            name = place.name or place.mention
            # The same name in another part of the country is another place, half a degree on.
            where = (
                (round(place.lat * 2), round(place.lon * 2))
                if place.lat is not None and place.lon is not None
                else None
            )
            groups[name, place.country, place.precision, where].append(t)
    fine, coarse, dots = [], [], []
    anchors: Counter[str] = Counter()
    counted = [(len({origin_of.get(t.document.id, t.document.id) for t in g}), g) for g in groups.values()]
    counted.sort(key=lambda g: (-g[0], -len(g[1]), g[1][0].claim.places[0].name or "", g[1][0].claim.id))
    for n_origins, group in counted:
        place = group[0].claim.places[0]
        name = place.name or place.mention
        anchors[_anchor(name)] += 1
        anchor = _anchor(name) + (f"-{anchors[_anchor(name)]}" if anchors[_anchor(name)] > 1 else "")
        admin1 = next((a for t in group if (a := t.claim.places[0].admin1) and a != name), None)
        note = ", ".join(x for x in (place_note(place).split(",")[0], admin1, country(place.country or "")) if x)
        labels = Counter("control" if t.claim.kind == "control" else label_of(t.claim) for t in group)
        sure = sorted((t for t in group if t.claim.id in linkable), key=lambda t: -t.claim.confidence)[:MAX_PLACE_LINES]
        row = PlaceRow(
            anchor, name, note, len(group), n_origins, ", ".join(f"{w} {n}" for w, n in labels.most_common(4)),
            tuple((t.claim.id, _line(t)) for t in sure),
        )  # fmt: skip
        if place.precision in COARSE or place.lat is None or place.lon is None:
            coarse.append(row)
            continue
        fine.append(row)
        family = Counter(family_of(t.claim) for t in group).most_common(1)[0][0]
        dots.append(Dot(place.lon, place.lat, name, place.precision, len(group), n_origins, family, anchor))
    return fine, coarse, dots


def _line(told: Told) -> str:
    label = "control" if told.claim.kind == "control" else label_of(told.claim)
    when = told.claim.when
    day = f", {when.start.day} {when.start.strftime('%b')}" if when and (when.end - when.start).days == 1 else ""
    return f"{label}{day} ({outlet_of(told.document)})"


def _anchor(name: str) -> str:
    return "place-" + (re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "x")


def timeline(told: Sequence[Told], digests: Sequence[Digest]) -> Timeline:
    """Count claims by day of the event; by week or month where days are many.

    Days far before the first report or after the last are counted apart: one of 1992 would flatten all else.
    """
    published = [t.document.published for t in told if t.document.published]
    near = timedelta(days=NEAR_DAYS)
    low, high = (min(published) - near, max(published) + near) if published else (date.min, date.max)
    counts: dict[date, Counter[str]] = defaultdict(Counter)
    n_outside = n_undated = n_counted = 0
    for t in told:
        when = t.claim.when
        if t.claim.modality not in ("asserted", "negated"):
            continue
        if when is None:
            n_undated += 1
        elif (when.end - when.start).days > 3 or not low <= when.start <= high:
            n_outside += 1
        else:
            counts[when.start][family_of(t.claim)] += 1
            n_counted += 1
    if not counts:
        return Timeline("day", (), 0, n_outside, n_undated)
    first, last = min(counts), max(counts)
    n_days = (last - first).days + 1
    unit = "day" if n_days <= MAX_BARS else "week" if n_days <= 7 * MAX_BARS else "month"
    binned: dict[date, Counter[str]] = defaultdict(Counter)
    for day, counter in counts.items():
        binned[_bin(day, unit)].update(counter)
    top = _top_incidents(digests, unit)
    bars: list[DayBar] = []
    at = _bin(first, unit)
    while at <= last and len(bars) < 4 * MAX_BARS:
        c = binned.get(at, Counter())
        shown = at.strftime("%b %Y") if unit == "month" else f"{at.day} {at.strftime('%b')}"
        bars.append(DayBar(shown, tuple((f, c[f]) for f in FAMILY_NAMES if c[f]), c.total(), tuple(top.get(at, ()))))
        at = _bin(at + timedelta(days={"day": 1, "week": 7, "month": 32}[unit]), unit)
    return Timeline(unit, _without_gaps(bars), n_counted, n_outside, n_undated)


def _without_gaps(bars: Sequence[DayBar]) -> tuple[DayBar, ...]:
    """Long stretches of nothing made one mark, so that what there is can be seen."""
    found: list[DayBar] = []
    for is_empty, group in groupby(bars, key=lambda bar: bar.total == 0):
        run = list(group)
        if is_empty and len(run) >= LONG_GAP:
            found.append(DayBar(f"{run[0].day} – {run[-1].day}", (), 0, n_gap=len(run)))
        else:
            found += run
    return tuple(found)


def _top_incidents(digests: Sequence[Digest], unit: str) -> dict[date, list[tuple[str, str]]]:
    found: dict[date, list[tuple[str, str]]] = defaultdict(list)
    for d in sorted((d for d in digests if d.family != "words" and d.day), key=weight_of):
        assert d.day is not None
        told = found[_bin(d.day, unit)]
        if len(told) < 2:
            told.append((d.family, d.title.rsplit(", ", 1)[0] + (f": {d.detail}" if d.detail else "")))
    return found


def _bin(day: date, unit: str) -> date:
    if unit == "month":
        return day.replace(day=1)
    return day - timedelta(days=day.weekday()) if unit == "week" else day


def find_held(told: Sequence[Told], row: Callable[[Told], Row], limit: int) -> tuple[tuple[HeldRow, ...], int]:
    """Return what is said to be held, the most spoken of first, each with its statements, the latest first."""
    groups: dict[str, list[Row]] = defaultdict(list)
    names: dict[str, str] = {}
    for t in told:
        if t.claim.kind == "control":
            name = _held_name(t)
            key = re.sub(r"^(?:the|a|an) ", "", name.lower())
            names.setdefault(key, name)
            groups[key].append(row(t))
    listed = sorted(groups.items(), key=lambda g: (-len(g[1]), g[0]))
    found = []
    for key, rows in listed[:limit]:
        lines = as_lines(sorted(rows, key=lambda r: r.day_sort, reverse=True))
        found.append(HeldRow(names[key], tuple(lines[:MAX_HELD_LINES]), max(len(lines) - MAX_HELD_LINES, 0)))
    return tuple(found), max(len(listed) - limit, 0)


def _held_name(told: Told) -> str:
    """What is held, in the report's words; "the district centre" is said with the place that it is of."""
    claim = told.claim
    place = (claim.places[0].name or claim.places[0].mention) if claim.places else None
    words = claim.recipients[-1].mention if claim.recipients else None
    if words is None:
        return place or "not said what"
    if place and GENERIC.match(words) and place.lower() not in words.lower():
        return capital(f"{words}, {place}")
    return capital(words)


def is_denial(told: Told) -> bool:
    """Return whether somebody says that it is not so."""
    return told.attribution is not None and told.attribution.cue.stance == "deny" and told.claim.modality == "negated"


def find_denials(told: Sequence[Told], row: Callable[[Told], Row], limit: int) -> tuple[tuple[Line, ...], int]:
    """Return the denials, each once, the most repeated first; and how many more there are."""
    lines = as_lines(row(t) for t in told if is_denial(t))
    lines.sort(key=lambda line: -line.n_told)
    return tuple(lines[:limit]), max(len(lines) - limit, 0)


def document_rows(coded: Sequence[Coded], resolution: Resolution, limit: int) -> tuple[tuple[DocumentRow, ...], int]:
    """Return the reports by day of publication, with what each goes back to; and how many more there are."""
    documents = {d.id: d for d in coded}
    origins = {o.id: o for o in resolution.origins}
    copies: dict[frozenset[str], float] = {}
    for c in resolution.copies:
        pair = frozenset((c.container, c.contained))
        copies[pair] = max(copies.get(pair, 0.0), c.containment)
    listed = sorted(coded, key=lambda d: (d.published or date.max, d.outlet or "", d.id))
    found = [
        DocumentRow(
            d.id, d.title or d.text[:80].strip(), d.outlet or "", day_words(d.published), web_address(d),
            len(d.claims), _goes_back_to(d, origins.get(d.id), copies, documents),
        )
        for d in listed[:limit]
    ]  # fmt: skip
    return tuple(found), max(len(listed) - limit, 0)


def _goes_back_to(
    document: Coded, origin: Origin | None, copies: Mapping[frozenset[str], float], documents: Mapping[str, Coded]
) -> str:
    if origin is None:
        return ""
    if origin.via == "copy":
        share = copies.get(frozenset((document.id, origin.origin)))
        of = documents.get(origin.origin)
        return f"copy of {outlet_of(of) if of else origin.origin}" + (f" ({share:.0%} of the words)" if share else "")
    if origin.via == "revision":
        return "older version of a page that was changed"
    if origin.via == "credit":
        return f"credits {origin.origin.removeprefix('outlet:')}"
    return ""
