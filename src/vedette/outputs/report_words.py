"""Plain words for what the records code: event types, places, days, numbers, certainty, names.

The reader is an analyst, not a coder of PLOVER: the page says "shelling or rockets", and keeps ASSAULT /
heavy-weapons for those who look for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from vedette.records import Actor, Attribution, Claim, Count, Interest, Place

__all__ = [
    "FAMILY",
    "FAMILY_NAMES",
    "FAMILY_SHORT",
    "MODALITY",
    "STATE_WORDS",
    "TYPE_WORDS",
    "about_words",
    "capital",
    "certainty_words",
    "count_words",
    "day_words",
    "days_words",
    "family_of",
    "interest_note",
    "key_of",
    "label_of",
    "n_of",
    "name_of",
    "named",
    "names",
    "place_note",
    "range_words",
    "share_words",
    "short",
    "speaker_name",
    "type_label",
]

FAMILY = {
    "ASSAULT": "violence", "COERCE": "coercion", "SANCTION": "coercion", "MOBILIZE": "coercion", "PROTEST": "protest",
    "ACCUSE": "words", "REJECT": "words", "REQUEST": "words", "THREATEN": "words", "AGREE": "cooperation",
    "CONSULT": "cooperation", "SUPPORT": "cooperation", "CONCEDE": "cooperation", "COOPERATE": "cooperation",
    "AID": "cooperation", "RETREAT": "cooperation",
}  # fmt: skip
FAMILY_NAMES = {
    "violence": "Violence", "coercion": "Coercion and mobilisation", "protest": "Protest",
    "words": "Accusations, demands, threats", "cooperation": "Talks, aid, easing", "control": "Control of ground",
}  # fmt: skip
FAMILY_SHORT = {
    "violence": "violence", "coercion": "coercion", "protest": "protest", "words": "words", "cooperation": "talks, aid",
    "control": "control",
}  # fmt: skip
MODALITY = {
    "asserted": "said to have happened", "negated": "said not to have happened", "announced": "announced",
    "conditional": "on a condition", "hypothetical": "possible or feared", "historical": "background",
}  # fmt: skip
TYPE_WORDS = {
    "ASSAULT": "attack", "COERCE": "coercion", "SANCTION": "breaking off", "MOBILIZE": "mobilisation",
    "PROTEST": "protest", "ACCUSE": "accusation", "REJECT": "refusal", "REQUEST": "demand", "THREATEN": "threat",
    "AGREE": "agreement", "CONSULT": "talks", "SUPPORT": "support", "CONCEDE": "concession",
    "COOPERATE": "cooperation", "AID": "aid", "RETREAT": "easing", "CONTROL": "control",
}  # fmt: skip
# A mode that is not here is added to the word of its type: "attack (beat)".
MODE_WORDS = {
    ("ASSAULT", "abduct"): "abduction", ("ASSAULT", "aerial"): "air attack", ("ASSAULT", "beat"): "beating",
    ("ASSAULT", "crowd-control"): "force against a crowd", ("ASSAULT", "destroy"): "destruction",
    ("ASSAULT", "drone"): "drone attack", ("ASSAULT", "explosives"): "attack with explosives",
    ("ASSAULT", "firearms"): "attack with firearms", ("ASSAULT", "heavy-weapons"): "shelling or rockets",
    ("ASSAULT", "sexual"): "sexual violence", ("ASSAULT", "suicide-attack"): "suicide attack",
    ("ASSAULT", "targeted"): "targeted killing", ("ASSAULT", "torture"): "torture",
    ("COERCE", "arrest"): "arrest", ("COERCE", "censor"): "censorship", ("COERCE", "curfew"): "curfew",
    ("COERCE", "cyber"): "cyber attack", ("COERCE", "deport"): "expulsion", ("COERCE", "martial-law"): "martial law",
    ("COERCE", "misinformation"): "misinformation", ("COERCE", "restrict"): "restriction",
    ("COERCE", "seize"): "search or seizure", ("COERCE", "withhold"): "cutting of supplies",
    ("MOBILIZE", "troops"): "troops moved", ("MOBILIZE", "weapons"): "weapons readied",
    ("MOBILIZE", "police"): "police moved", ("MOBILIZE", "militia"): "militia moved",
    ("PROTEST", "demo"): "demonstration", ("PROTEST", "strike"): "strike", ("PROTEST", "riot"): "riot",
    ("PROTEST", "boycott"): "boycott", ("PROTEST", "hunger"): "hunger strike", ("PROTEST", "obstruct"): "blockade",
    ("RETREAT", "access"): "access granted", ("RETREAT", "ceasefire"): "ceasefire",
    ("RETREAT", "disarm"): "disarming", ("RETREAT", "release"): "release of captives",
    ("RETREAT", "resign"): "resignation", ("RETREAT", "withdraw"): "withdrawal",
    ("SANCTION", "convict"): "conviction", ("SANCTION", "discontinue"): "trade or aid cut",
    ("SANCTION", "expel"): "diplomats expelled", ("SANCTION", "withdraw"): "diplomats withdrawn",
    ("ACCUSE", "disapprove"): "condemnation", ("ACCUSE", "investigate"): "investigation",
    ("ACCUSE", "allege"): "accusation", ("REJECT", "change"): "refusal", ("REQUEST", "change"): "demand",
    ("REQUEST", "assist"): "request for help", ("REQUEST", "meet"): "request for talks",
    ("REQUEST", "yield"): "demand to yield", ("REJECT", "meet"): "refusal of talks",
    ("REJECT", "yield"): "refusal to yield", ("REJECT", "assist"): "refusal of help",
    ("THREATEN", "violence"): "threat of violence", ("CONSULT", "visit"): "visit", ("CONSULT", "phone"): "phone call",
    ("CONSULT", "third-party"): "mediation", ("CONSULT", "multilateral"): "talks of several sides",
}  # fmt: skip
STATE_WORDS = {
    "held": "held by", "seized": "taken by", "lost": "lost by", "contested": "contested by",
    "surrounded": "surrounded by", "withdrawn": "left by",
}  # fmt: skip
PRECISION = {
    "site": "site", "settlement": "town", "admin2": "district", "admin1": "province", "country": "country",
    "region": "region",
}  # fmt: skip
SIDES = {"own": "its own side", "opponent": "its opponent", "third": "a third party"}
BASIS = {"neighbour": "named in a nearby sentence", "dateline": "from the dateline"}
PRONOUNS = frozenset(
    "it its they them their he him his she her we us our i my me you your who whom which that those these "
    "this one ones some others most both all each many none nobody".split()
)
ARTICLE = re.compile(r"^(?:the|a|an|its|their|his|her) ", re.IGNORECASE)


def family_of(claim: Claim) -> str:
    """Return the family, the unit of colour and legend."""
    return FAMILY.get(claim.event_type or "", "control")


def label_of(claim: Claim) -> str:
    """Return what is told, in lower case: "shelling or rockets", "held by"."""
    if claim.kind == "control":
        return STATE_WORDS.get(claim.state or "", "control")
    return type_label(claim.event_type or claim.kind, claim.mode)


def about_words(claim: Claim) -> str:
    """Return what the claim is about and how it scores: "About military, terrorism; CAMEO 190; intensity -9.0"."""
    about = "about " + ", ".join(name.replace("_", " ") for name in claim.contexts) if claim.contexts else ""
    cameo = f"CAMEO {claim.cameo}" if claim.cameo else ""
    intensity = f"intensity {claim.intensity:+.1f}" if claim.intensity is not None else ""
    return capital("; ".join(x for x in (about, cameo, intensity) if x))


def type_label(event_type: str, mode: str | None = None) -> str:
    """Return a PLOVER type, or its mode, in plain words."""
    word = TYPE_WORDS.get(event_type, event_type.lower())
    if mode is None:
        return word
    return MODE_WORDS.get((event_type, mode)) or f"{word} ({mode.replace('-', ' ')})"


def place_note(place: Place) -> str:
    """Return how exact a place is, and where it was found if not in the event's own sentence."""
    return ", ".join(x for x in (PRECISION[place.precision], BASIS.get(place.basis or "")) if x)


def certainty_words(certainty: float) -> str:
    """Return -3.0..+3.0 in words; the steps are the scale's own thirds, rounded to halves."""
    size = "certain" if abs(certainty) >= 2.5 else "probable" if abs(certainty) >= 1 else "left open"
    return f"{size} that not" if certainty <= -1 else size


def interest_note(interest: Interest | None, party: str) -> str:
    """Return why a claim serves, or tells against, the speaker's `party`, and who its actors are to it."""
    if interest is None or interest.kind in (None, "neutral"):
        return ""
    who = f"the {interest.voice} speaks for {party}"
    sides = (
        f"{role}: {SIDES[relation]}"
        for role, relation in (("who acts", interest.actor), ("to whom", interest.recipient))
        if relation
    )
    return capital("; ".join(x for x in (f"it {interest.reason}", who, *sides) if x))


def n_of(n: int, noun: str, plural: str | None = None) -> str:
    """Return a number with its noun: "1 report", "1,200 reports"."""
    return f"{n:,} {noun if n == 1 else plural or noun + 's'}"


def names(actors: Sequence[Actor]) -> str:
    """Return who they are; a pronoun that was not resolved stands in quotation marks."""
    return ", ".join(dict.fromkeys(name_of(a) for a in actors))


def name_of(actor: Actor) -> str:
    """Return the mention, or for "it" and "they" who is meant."""
    if actor.mention.lower() in PRONOUNS:
        return actor.name or f"“{actor.mention}”"
    return short(actor.mention)


def named(actors: Iterable[Actor]) -> list[str]:
    """Return the names worth counting: no pronoun, no bare number, each once."""
    found: dict[str, str] = {}
    for actor in actors:
        name = short(actor.name or actor.mention)
        if name.lower() not in PRONOUNS and re.search(r"[^\W\d_]{2}", name):
            found.setdefault(key_of(name), name)
    return list(found.values())


def key_of(name: str) -> str:
    """Return what makes two names one: case and article aside."""
    return ARTICLE.sub("", name.strip()).casefold()


def speaker_name(attribution: Attribution | None) -> str:
    """Return who speaks; without an attribution it is the outlet."""
    if attribution is None:
        return "the outlet"
    speaker = attribution.speaker
    mention = re.split(r",? (?:who|which|that) ", speaker.mention)[0]
    if not speaker.name and mention.lower() in PRONOUNS:
        return f"“{mention}”"
    return short(speaker.name or mention) or "unnamed"


def capital(words: str) -> str:
    """Return the words with a capital first letter, as a heading."""
    return words[:1].upper() + words[1:]


def short(words: str, limit: int = 60) -> str:
    """Return the words in one line, cut at a word's end."""
    words = " ".join(words.split())
    if len(words) <= limit:
        return words
    return words[: limit - 2].rsplit(" ", 1)[0] + " …"


def day_words(day: date | None) -> str:
    """Return a day as "6 May 2031", or nothing."""
    return f"{day.day} {day.strftime('%B %Y')}" if day else ""


def days_words(start: date, end: date) -> str:
    """Return the days ``[start, end)`` as briefly as they allow: "2028", "May 2031", "3–14 May 2031"."""
    last = end - timedelta(days=1)
    if start == last:
        return f"{start.day} {start.strftime('%b %Y')}"
    if start.day == 1 and end.day == 1:
        if start.month == end.month == 1 and end.year == start.year + 1:
            return str(start.year)
        if (end - start).days <= 31:
            return start.strftime("%B %Y")
    if (start.year, start.month) == (last.year, last.month):
        return f"{start.day}–{last.day} {last.strftime('%b %Y')}"
    if start.year == last.year:
        return f"{start.day} {start.strftime('%b')} – {last.day} {last.strftime('%b %Y')}"
    return f"{start.day} {start.strftime('%b %Y')} – {last.day} {last.strftime('%b %Y')}"


def count_words(count: Count | None) -> str:
    """Return a number as reported: "12", "12 or more", "12 (10–15)"."""
    if count is None:
        return ""
    low, best, high = (None if x is None else f"{x:,.0f}" for x in (count.low, count.best, count.high))
    if best is None:
        return f"{low} or more" if low else f"up to {high}"
    if low == best == high:
        return best
    if high is None:
        return f"{best} or more"
    if low is None:
        return f"up to {best}"
    return f"{best} ({low}–{high})"


def range_words(numbers: Sequence[float], noun: str) -> str:
    """Return the span of several tolls: "12 to 19 dead"."""
    if not numbers:
        return ""
    low, high = min(numbers), max(numbers)
    return f"{low:,.0f} {noun}" if low == high else f"{low:,.0f} to {high:,.0f} {noun}"


def share_words(count: Count | None) -> str:
    """Return a share of what is controlled: "about 90% (80%–99%)"."""
    if count is None or count.best is None:
        return ""
    if count.low == count.best == count.high:
        return f"{count.best:.0%}"
    return f"about {count.best:.0%} ({count.low or 0:.0%}–{count.high if count.high is not None else 1:.0%})"
