"""What the situation report shows, as records: made by the other `report_*` modules, written out by the template."""

from __future__ import annotations

import msgspec

from vedette._version import __version__
from vedette.outputs.turning_view import TurningView
from vedette.outputs.versions import VersionRow
from vedette.records import SkippedDocument

__all__ = [
    "AssessedRow",
    "ClaimLink",
    "ConflictView",
    "ControlView",
    "DayBar",
    "DocumentRow",
    "Finding",
    "HeldRow",
    "IncidentView",
    "InterestRow",
    "Line",
    "Piece",
    "PlaceRow",
    "Report",
    "Row",
    "Segment",
    "Side",
    "SideRow",
    "SpeakerRow",
    "Timeline",
    "VoiceView",
]


class Piece(msgspec.Struct, frozen=True):
    """Some words of an evidence sentence, and the role that they play in it."""

    text: str
    role: str | None = None


class Row(msgspec.Struct, frozen=True):
    """A claim as the report shows it; `what` is PLOVER's name, `label` the same in plain words."""

    id: str
    document_id: str
    family: str
    kind: str
    what: str
    label: str
    gist: str
    about: str
    who: str
    whom: str
    place: str
    place_note: str
    day: str
    day_note: str
    day_sort: str
    speaker: str
    speaker_note: str
    is_outlets_voice: bool
    stance: str
    modality: str
    modality_code: str
    certainty: float
    certainty_words: str
    deaths: str
    injured: str
    share: str
    share_low: float | None
    share_best: float | None
    share_high: float | None
    pieces: tuple[Piece, ...]
    outlet: str
    published: str
    title: str
    url: str | None
    others: tuple[str, ...]
    n_more_others: int = 0
    interest: str = ""
    interest_note: str = ""


class Line(msgspec.Struct, frozen=True):
    """One statement, told once or by several reports in the same words: the first as `row`, the rest by id."""

    row: Row
    n_told: int = 1


class Finding(msgspec.Struct, frozen=True):
    """One line of the summary, with the place in the page that opens it."""

    text: str
    detail: str
    href: str
    family: str


class PlaceRow(msgspec.Struct, frozen=True):
    """A place with the claims told of it; `lines` are the best told, `n_claims` all."""

    anchor: str
    name: str
    note: str
    n_claims: int
    n_origins: int
    told: str
    lines: tuple[tuple[str, str], ...]


class DayBar(msgspec.Struct, frozen=True):
    """One day (week, month) of the timeline: claims by family, and the best told incidents.

    `n_gap`: it stands for so many days (weeks, months) in a row of which nothing is told.
    """

    day: str
    counts: tuple[tuple[str, int], ...]
    total: int
    incidents: tuple[tuple[str, str], ...] = ()
    n_gap: int = 0


class Timeline(msgspec.Struct, frozen=True):
    """The bars, the unit that they stand for, and the claims that no bar holds."""

    unit: str
    bars: tuple[DayBar, ...]
    n_counted: int
    n_outside: int
    n_undated: int


class SpeakerRow(msgspec.Struct, frozen=True):
    """What one speaker says about whom."""

    name: str
    note: str
    side: str
    country: str
    total: int
    stances: str
    about: tuple[tuple[str, int], ...]
    claims: tuple[str, ...]
    interest: str = ""


class SideRow(msgspec.Struct, frozen=True):
    """Speakers of one country, or of one party to the conflict, taken together."""

    name: str
    n_speakers: int
    total: int
    counts: tuple[tuple[str, int], ...]
    stances: str
    about: tuple[tuple[str, int], ...]


class InterestRow(msgspec.Struct, frozen=True):
    """A party that speaks: claims told of its own side, its opponents and third parties, and whom they serve."""

    name: str
    total: int
    n_own: int
    n_opponent: int
    n_third: int
    n_serving: int
    n_against: int


class HeldRow(msgspec.Struct, frozen=True):
    """What is said to be held, and what is said of it."""

    name: str
    lines: tuple[Line, ...]
    n_more: int


class ClaimLink(msgspec.Struct, frozen=True):
    """A claim by what it says; `id` None where the page has no room for its row."""

    id: str | None
    told: str


class Segment(msgspec.Struct, frozen=True):
    """A piece of a bar: its part of the whole 0..1, the class of its colour ("" for an empty one), and its meaning."""

    size: float
    style: str
    letter: str
    told: str


class AssessedRow(msgspec.Struct, frozen=True):
    """A place of the control map: what is assessed, since when, and by which claims."""

    anchor: str
    name: str
    note: str
    style: str
    mark_svg: str
    assessed: str
    likely: str
    last_told: str
    turned: str
    supporting: tuple[ClaimLink, ...]
    n_more_supporting: int
    opposing: tuple[ClaimLink, ...]
    n_more_opposing: int
    distribution: tuple[Segment, ...]
    timeline: tuple[Segment, ...]
    periods: str


class VoiceView(msgspec.Struct, frozen=True):
    """A party, speaker or outlet, and what it said last of each place."""

    name: str
    note: str
    claims: tuple[tuple[str, ClaimLink], ...]
    n_more: int


class ControlView(msgspec.Struct, frozen=True):
    """Who holds what on one day; `too_few` None, or why there is no map. `key`: the legend, a mark and its meaning."""

    day: str
    axis: str
    too_few: str | None
    map_svg: str | None
    off_map: tuple[str, ...]
    key: tuple[tuple[str, str], ...]
    claims_key: tuple[tuple[str, str], ...]
    voices: tuple[VoiceView, ...]
    rows: tuple[AssessedRow, ...]
    n_more: int
    regions: tuple[ClaimLink, ...]
    n_more_regions: int
    n_claims: int
    unplaced: tuple[tuple[str, int], ...]


class Side(msgspec.Struct, frozen=True):
    """One version in a conflict."""

    says: str
    lines: tuple[Line, ...]
    n_more: int
    n_outlets: int


class ConflictView(msgspec.Struct, frozen=True):
    """A contradiction, side by side; `is_weighty` where lives or ground are at stake."""

    anchor: str
    kind: str
    about: str
    sides: tuple[Side, ...]
    is_weighty: bool


class IncidentView(msgspec.Struct, frozen=True):
    """What several claims tell together."""

    id: str
    title: str
    detail: str
    family: str
    n_documents: int
    n_outlets: int
    n_origins: int
    rows: tuple[Row, ...]
    n_more: int
    versions: tuple[VersionRow, ...] = ()
    disputed: frozenset[str] = frozenset()


class DocumentRow(msgspec.Struct, frozen=True):
    """A report of the collection."""

    id: str
    title: str
    outlet: str
    published: str
    url: str | None
    n_claims: int
    origin: str


class Report(msgspec.Struct, frozen=True):
    """Everything the page shows; a name that begins with `n_` counts what the page had no room for, or all there is."""

    title: str
    made_at: str
    summary: str
    is_exercise: bool
    exercise_note: str | None
    happened: tuple[Finding, ...]
    disputed: tuple[Finding, ...]
    turning: tuple[Finding, ...]
    turning_note: str
    map_svg: str | None
    size_legend: str
    off_map: tuple[str, ...]
    places: tuple[PlaceRow, ...]
    n_more_places: int
    coarse: tuple[PlaceRow, ...]
    timeline: Timeline
    holds: ControlView | None
    turns: TurningView
    control: tuple[HeldRow, ...]
    n_more_held: int
    conflicts: tuple[ConflictView, ...]
    n_more_conflicts: int
    denials: tuple[Line, ...]
    n_more_denials: int
    parties: tuple[SideRow, ...]
    countries: tuple[SideRow, ...]
    speakers: tuple[SpeakerRow, ...]
    n_more_speakers: int
    interests: tuple[InterestRow, ...]
    n_more_interests: int
    admissions: tuple[Line, ...]
    n_more_admissions: int
    incidents: tuple[IncidentView, ...]
    n_more_incidents: int
    rows: tuple[Row, ...]
    n_claims: int
    n_left_out: int
    documents: tuple[DocumentRow, ...]
    n_more_documents: int
    skipped: tuple[SkippedDocument, ...]
    skipped_reasons: tuple[tuple[str, int], ...]
    n_more_skipped: int
    types: tuple[tuple[str, str], ...]
    modalities: tuple[tuple[str, str], ...]
    families: tuple[tuple[str, str], ...]
    coders: str
    version: str = __version__
