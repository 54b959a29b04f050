"""The report's control map: who is assessed to hold what, the map by each voice's claims alone, a row a place.

Assessed and claimed are two layers of one picture, of which one is shown at a time; neither colours the other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence, Set
from datetime import date, timedelta

from vedette.analysis.control import UNKNOWN
from vedette.analysis.control_map import Claimed, ControlMap, PlaceControl
from vedette.outputs.control_marks import (
    Layer,
    Mark,
    Palette,
    assessed_mark,
    claimed_mark,
    draw_control,
    mark_svg,
    near_places,
    place_name,
    spots_of,
)
from vedette.outputs.control_strips import lately_turned_first, strip, strip_start
from vedette.outputs.control_words import (
    age_words,
    assessed_words,
    percent,
    period_words,
    place_words,
    said_words,
    turned,
)
from vedette.outputs.report_rows import Told, outlet_of
from vedette.outputs.report_view import AssessedRow, ClaimLink, ControlView, Segment, VoiceView
from vedette.outputs.report_words import day_words, days_words, label_of, names, speaker_name
from vedette.records import Member

__all__ = ["control_view", "voices_of"]

MAX_ROWS = 60
# Choices of "according to"; the style sheet knows as many layers.
MAX_VOICES = 8
MAX_LINKS = 4
MAX_SAID = 30
MAX_REGIONS = 12
MAX_PERIODS = 8
# A piece of a bar that is smaller has no room for a letter.
LETTER_SHARE = 0.09
KINDS = ("party", "speaker", "outlet")
NAMELESS = re.compile(r"(?:the|an?|its|his|her|their|some|one|unnamed) ", re.IGNORECASE)
Names = Callable[[str], str]
Claims = Mapping[tuple[str, str], Told]


def control_view(found: ControlMap, claims: Claims, linkable: Set[str], country: Names) -> ControlView:
    """Return what the page shows of a control map.

    Args:
        claims: of the same documents, by (document id, claim id).
        linkable: ids of the claims that have a row in the page.
        country: a country's name by its ISO 3166 alpha-3 code, or what it was given.
    """
    palette = Palette(found, country)
    places = lately_turned_first(found.places)
    shown = places[:MAX_ROWS]
    hrefs = {p.place: f"hold-{n}" for n, p in enumerate(shown, 1)}
    near = near_places(places)
    voices = voices_of(found)[:MAX_VOICES]
    link = _Links(claims, linkable, found.day)
    start = strip_start(shown, found.day)
    whys = Counter(u.why.split(":")[0] for u in found.unplaced)
    return ControlView(
        day=day_words(found.day),
        axis=days_words(start, found.day + timedelta(days=1)) if found.day else "",
        too_few=found.too_few,
        map_svg=_map([p for p in places if p.place in near], voices, palette, hrefs),
        off_map=tuple(place_name(p) for p in places if p.place not in near),
        key=tuple((_swatch(mark), told) for mark, told in palette.key()),
        claims_key=_claims_key(palette),
        voices=tuple(_voice(voice, places, palette, link) for voice in voices),
        rows=tuple(_row(p, hrefs[p.place], palette, link, start) for p in shown),
        n_more=len(places) - len(shown),
        regions=tuple(
            link(
                r.member,
                f"{palette.name(r.holder)}: {_share(r.low, r.best, r.high)} of the places of "
                f"{r.admin1 or palette.name(r.country)}, says {palette.name(r.voice)}, {day_words(r.day)}",
            )
            for r in found.regions[:MAX_REGIONS]
        ),
        n_more_regions=max(len(found.regions) - MAX_REGIONS, 0),
        n_claims=found.n_claims,
        unplaced=tuple(whys.most_common()),
    )


def voices_of(found: ControlMap) -> list[tuple[str, str]]:
    """The voices and their kinds, "party", "speaker" or "outlet", those first that speak of most places.

    Of as many places, parties come before speakers and outlets; voices without a name ("its spokesman") come last.
    """
    n_places: Counter[tuple[str, str]] = Counter((c.voice, c.voice_kind) for p in found.places for c in p.claimed)
    return sorted(
        n_places,
        key=lambda voice: (NAMELESS.match(voice[0]) is not None, -n_places[voice], KINDS.index(voice[1]), voice[0]),
    )


class _Links:
    """Links to claims of the page, by what they say."""

    def __init__(self, claims: Claims, linkable: Set[str], day: date | None) -> None:
        self.claims, self.day = claims, day
        self.linkable = linkable

    def __call__(self, member: Member, told: str | None = None) -> ClaimLink:
        is_there = member.claim in self.linkable and (member.id, member.claim) in self.claims
        return ClaimLink(member.claim if is_there else None, self.say(member) if told is None else told)

    def say(self, member: Member) -> str:
        """A claim in a line: what, who, by which voice, when."""
        told = self.claims.get((member.id, member.claim))
        if told is None:
            return member.claim
        claim = told.claim
        is_loss = claim.kind == "control" and claim.state in ("lost", "withdrawn")
        who = names(claim.recipients[:-1] if is_loss else claim.actors)
        what = label_of(claim) if claim.kind == "control" else f"{label_of(claim)} by"
        denied = "not " if claim.modality == "negated" else ""
        voice = speaker_name(told.attribution) if told.attribution else outlet_of(told.document)
        day = claim.when.start if claim.when else told.document.published
        said = f"{denied}{what} {who}" if who else f"{denied}{what.removesuffix(' by')}"
        return f"{said} ({voice}{f', {_brief(day, self.day)}' if day else ''})"


def _brief(day: date, near: date | None) -> str:
    """A day without its year where that is the map's."""
    return f"{day.day} {day.strftime('%b' if near and near.year == day.year else '%b %Y')}"


def _map(
    places: Sequence[PlaceControl], voices: Sequence[tuple[str, str]], palette: Palette, hrefs: dict[str, str]
) -> str | None:
    def assessed(place: PlaceControl) -> tuple[Mark, str]:
        return assessed_mark(place, palette), f"{place_name(place)}: {assessed_words(place, palette)}"

    layers = [Layer(spots_of(places, assessed, hrefs), "layer l0")]
    for n, voice in enumerate(voices, 1):

        def claimed(place: PlaceControl, voice: tuple[str, str] = voice) -> tuple[Mark, str] | None:
            said = _last_word(place, voice)
            told = f"{place_name(place)}: {palette.name(voice[0])} says: "
            return None if said is None else (claimed_mark(said, palette), told + said_words(said, palette))

        layers.append(Layer(spots_of(places, claimed, hrefs), f"layer l{n}"))
    drawn = draw_control(layers, key="holds", title="Map of who holds what")
    return drawn[0] if drawn else None


def _last_word(place: PlaceControl, voice: tuple[str, str]) -> Claimed | None:
    return next((c for c in place.claimed if (c.voice, c.voice_kind) == voice), None)


def _voice(voice: tuple[str, str], places: Sequence[PlaceControl], palette: Palette, link: _Links) -> VoiceView:
    said = [(place_name(p), c) for p in places if (c := _last_word(p, voice)) is not None]
    said.sort(key=lambda s: s[1].day, reverse=True)
    lines = [
        (name, link(c.member, f"{said_words(c, palette)}, {_brief(c.day, link.day)}")) for name, c in said[:MAX_SAID]
    ]
    return VoiceView(palette.name(voice[0]), voice[1], tuple(lines), max(len(said) - MAX_SAID, 0))


def _row(place: PlaceControl, anchor: str, palette: Palette, link: _Links, start: date) -> AssessedRow:
    turn = turned(place)
    mark = assessed_mark(place, palette)
    ranked = sorted(place.distribution, key=lambda s: (-place.distribution[s], s))
    return AssessedRow(
        anchor=anchor,
        name=place_name(place),
        note=place_words(place, palette),
        style=mark.style,
        mark_svg=_swatch(mark, is_square=place.level == "district"),
        assessed=palette.name(place.assessed),
        likely=f"{place.words}, {percent(place.probability)}",
        last_told=age_words(place.last_evidence, place.age_days),
        turned=f"{palette.name(turn[1])} → {palette.name(turn[2])} on {day_words(turn[0])}" if turn else "",
        supporting=tuple(map(link, place.supporting[:MAX_LINKS])),
        n_more_supporting=max(len(place.supporting) - MAX_LINKS, 0),
        opposing=tuple(map(link, place.opposing[:MAX_LINKS])),
        n_more_opposing=max(len(place.opposing) - MAX_LINKS, 0),
        distribution=tuple(
            _segment(place.distribution[s], s, f"{palette.name(s)} {percent(place.distribution[s])}", palette)
            for s in ranked
            if place.distribution[s] > 0
        ),
        timeline=tuple(
            Segment(round(x.size, 4), x.mark.style, x.mark.letter if x.size >= LETTER_SHARE else "", x.told)
            for x in strip(place, palette, start)
        ),
        periods=_periods(place, palette),
    )


def _segment(size: float, state: str, told: str, palette: Palette) -> Segment:
    letter = palette.letter(state) if size >= LETTER_SHARE else ""
    return Segment(round(size, 4), palette.style(state), letter, told)


def _periods(place: PlaceControl, palette: Palette) -> str:
    told = [period_words(p, palette) for p in place.timeline[-MAX_PERIODS:]]
    n_more = len(place.timeline) - len(told)
    return "; ".join(([f"{n_more} earlier periods"] if n_more > 0 else []) + told)


def _claims_key(palette: Palette) -> tuple[tuple[str, str], ...]:
    """What the marks of a claim mean beyond the colours."""
    rows = palette.key()
    style, letter = rows[0][0].style, rows[0][0].letter
    if style in ("contested", UNKNOWN.lower()):
        return ()
    return (
        (_swatch(Mark(f"{style} not", letter)), "said not to hold it, or to have lost it"),
        (_swatch(Mark(f"{style} around", letter)), "said to surround it"),
        (_swatch(Mark(f"{style} faint", letter)), "said to hold a part of it"),
    )


def _swatch(mark: Mark, *, is_square: bool = False) -> str:
    drawn = mark_svg(mark, 12, 12, 10, is_square=is_square)
    return f'<svg class="key-mark" viewBox="0 0 24 24" aria-hidden="true">{drawn}</svg>'


def _share(low: float | None, best: float, high: float | None) -> str:
    if low is None or high is None or low == high:
        return f"about {percent(best)}"
    return f"about {percent(best)} ({percent(low)} to {percent(high)})"
