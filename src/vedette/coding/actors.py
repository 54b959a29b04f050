"""Who a mention's own words name: country, sectors, organisation, role.

Words are matched against a table, longest first; a nationality and an agent compose ("Turkish defence minister" ->
TUR, MIL), a backer does not ("Iran-backed rebels" are not Iran). What the words leave open stays None.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, NamedTuple

from vedette.ontology import INTERNATIONAL
from vedette.records import ActorCode

__all__ = ["NO_OFFICE", "ActorTable", "Known", "Match", "code_actor", "is_title", "make_table", "plain_name"]

Kind = Literal["country", "demonym", "capital", "group", "person", "role", "body"]
WORD = re.compile(r"(?:[^\W_]|['’.&-](?=\w)|\.(?=\s|$)(?<=[A-Z]\.))+", re.UNICODE)
OWNER = re.compile(r"['’]s?$")
# "Iran-backed", "US-led", "Paris-based": the first part is not the actor.
HYPHENED = re.compile(
    r"-(?:backed|led|based|aligned|linked|brokered|controlled|held|supported|funded|affiliated|allied|made|born|run|"
    r"sponsored|occupied|administered|mediated|proposed|trained|supplied|installed)$",
    re.IGNORECASE,
)
AFTER = frozenset({"for", "in", "to", "on", "at", "from", "against", "with", "near", "by"})
# Bodies and offices that belong to a state, so that a bare mention means the country that the report is about.
STATE_SECTORS = frozenset({"GOV", "MIL", "COP", "SPY", "JUD", "LEG"})
FORMER = frozenset({"former", "ex", "ousted", "deposed", "then"})
# The fields that a minister or ministry is of, and the full name of the ministry.
PORTFOLIOS = {
    "foreign": "Ministry of Foreign Affairs",
    "foreign affairs": "Ministry of Foreign Affairs",
    "interior": "Ministry of the Interior",
    "internal affairs": "Ministry of the Interior",
    "defense": "Ministry of Defence",
    "defence": "Ministry of Defence",
    "emergencies": "Ministry of Emergency Situations",
    "emergency": "Ministry of Emergency Situations",
    **{
        field: f"Ministry of {field.title()}"
        for field in "finance health justice education energy trade agriculture transport culture economy labor labour "
        "tourism industry environment commerce water information communications planning security".split()
    },
}
FIELD = "|".join(sorted(PORTFOLIOS, key=len, reverse=True))
MINISTRY = re.compile(
    rf"\b(?:({FIELD}) (?:ministers?|ministry|ministries)|(foreign|interior|defen[cs]e|health|energy|education) secretary"
    rf"|(?:ministers?|ministry|secretary) (?:of|for) (?:the )?({FIELD}))\b"
)
# Ranks of an office, part of its name.
LEVELS = frozenset({"deputy", "first", "acting", "vice", "assistant", "interim"})
# Who leads a body that the table need not know: an office of no sector.
HEADS = frozenset({"head", "director", "chief", "manager", "chairman", "chairwoman", "chairperson"})
TITLES = frozenset("mr mrs ms miss dr sir lady lord mx messrs".split())
# Abbreviated titles before a name.
ABBREVIATED = {
    "Gen": "General", "Lt": "Lieutenant", "Col": "Colonel", "Maj": "Major", "Capt": "Captain", "Sgt": "Sergeant",
    "Brig": "Brigadier", "Adm": "Admiral", "Gov": "Governor", "Sen": "Senator", "Rep": "Representative",
    "Prof": "Professor", "Pres": "President", "Amb": "Ambassador", "Rev": "Reverend", "PM": "Prime Minister",
    "FM": "Foreign Minister", "Cmdr": "Commander",
}  # fmt: skip
# What people are, but no office, rank or trade.
NO_OFFICE = frozenset(
    "local person people man woman men women child boy girl family mother father wife son daughter husband brother "
    "baby infant youth teenager resident inhabitant villager civilian citizen population community crowd victim voter "
    "passenger hostage prisoner detainee captive inmate pedestrian motorist bystander fan patient shopper tourist "
    "refugee migrant evacuee returnee deportee protester demonstrator worshipper pilgrim settler attacker assailant "
    "opponent exile troop troops forces minority tribe republican democrat american".split()
)


class Known(NamedTuple):
    """One row of the tables: the words, whose they are, and for persons the years in office."""

    kind: Kind
    words: str
    name: str
    country: str | None
    sectors: tuple[str, ...]
    role: str | None = None
    years: tuple[int, int] = (0, 9999)


class Match(NamedTuple):
    """Table words found at `start` (counted in words), `n` words long."""

    start: int
    n: int
    known: Known


@dataclass(frozen=True, slots=True, eq=False)
class ActorTable:
    """Rows by their words in lower case; `surnames` by a person's last name; `longest` in words;
    `first_names` with "m" or "f"; `reach`: how many words the longest row has that begins with a word."""

    rows: Mapping[str, tuple[Known, ...]]
    surnames: Mapping[str, tuple[Known, ...]]
    longest: int
    first_names: Mapping[str, str] = field(default_factory=dict)
    reach: Mapping[str, int] = field(default_factory=dict)

    def at(self, words: Sequence[str], start: int) -> Match | None:
        """The longest row whose words stand at `start`, or None."""
        reach = self.reach.get(words[start].lower(), 0)
        for n in range(min(reach, self.longest, len(words) - start), 0, -1):
            part = words[start : start + n]
            key = " ".join(part).lower()
            for known in self.rows.get(key, ()):
                if _case_fits(known, part):
                    return Match(start, n, known)
        return None

    def lemma(self, lemma: str) -> Known | None:
        """The role or body of this lemma, or None."""
        return next((k for k in self.rows.get(lemma, ()) if k.kind in ("role", "body")), None)


def make_table(known: Iterable[Known], first_names: Mapping[str, str] | None = None) -> ActorTable:
    """Index rows; later ones of the same words win over earlier ones of their kind.

    `first_names` give "m" or "f" for a given name in lower case.
    """
    rows: dict[str, list[Known]] = {}
    surnames: dict[str, list[Known]] = {}
    reach: dict[str, int] = {}
    longest = 1
    for row in known:
        for key in {row.words.lower(), row.words.lower().replace("’", "'"), *_plurals(row)}:
            listed = rows.setdefault(key, [])
            listed[:] = [k for k in listed if k.kind != row.kind]
            listed.insert(0, row) if row.kind in ("group", "person") else listed.append(row)
            n = key.count(" ") + 1
            longest = max(longest, n)
            first = key.split(" ", 1)[0]
            reach[first] = max(reach.get(first, 0), n)
        if row.kind == "person":
            surnames.setdefault(row.words.split()[-1].lower(), []).append(row)
    return ActorTable(
        {k: tuple(v) for k, v in rows.items()},
        {k: tuple(v) for k, v in surnames.items()},
        min(longest, 9),
        first_names or {},
        reach,
    )


def _plurals(row: Known) -> list[str]:
    words = row.words.lower()
    if row.kind == "demonym" and not words.endswith(("s", "ese", "ish", "ch", "z", "men")):
        return [words + "s"]
    if row.kind in ("role", "body"):
        if words.endswith("y") and not words.endswith(("ay", "ey", "oy")):
            return [words[:-1] + "ies"]
        if words.endswith(("s", "x", "ch", "sh")):
            return [words + "es"]
        if words.endswith("man"):
            return [words[:-3] + "men"]
        return [words + "s"]
    return []


def _case_fits(known: Known, part: Sequence[str]) -> bool:
    """Names need their capitals: "US" is no "us", "Polish" no "polish"."""
    if known.kind in ("role", "body"):
        return True
    words = known.words
    if words.isupper() and len(words) <= 5:
        return " ".join(part).isupper()
    first = part[0] if part[0].lower() != "the" or len(part) == 1 else part[1]
    return first[:1].isupper() or (known.words[:1].islower() and first[:1] == known.words[:1])


def words_of(mention: str) -> list[str]:
    """The words of a mention, without the possessive's ending."""
    found = []
    for match in WORD.finditer(mention):
        word = OWNER.sub("", match.group())
        if word and not HYPHENED.search(word):
            found.append(word)
    return found


def find_matches(words: Sequence[str], table: ActorTable) -> list[Match]:
    """All table words in a mention, longest first at each place, none overlapping."""
    found, at = [], 0
    while at < len(words):
        match = table.at(words, at)
        if match is None:
            at += 1
        else:
            found.append(match)
            at += match.n
    return found


@lru_cache(maxsize=1 << 14)  # the same mentions come again and again, within a report and across them
def code_actor(words: str, table: ActorTable, *, home: str | None = None, year: int | None = None) -> ActorCode:
    """Return what a mention's own words tell of the actor.

    Args:
        home: country (ISO 3166 alpha-3) of bare state bodies such as "the Interior Ministry".
        year: the report's; a person's office is given only for the years that they held it.
    """
    listed = _in_full(words_of(words))
    matches = find_matches(listed, table)
    tail = next((k for k, w in enumerate(listed) if k and w.lower() in AFTER and not _is_of(listed, k)), len(listed))
    head = _head_of_body(listed[:tail])
    if not matches:
        return ActorCode(name=None, role=head)
    inside = [m for m in matches if m.start < tail]
    name: str | None = None
    country: str | None = None
    sectors: tuple[str, ...] = ()
    role: str | None = None
    organization: str | None = None
    for match in inside:
        known = match.known
        if known.kind in ("country", "demonym", "capital") and country is None:
            country = known.country
            if known.kind != "demonym":
                name = name or known.name
        elif known.kind == "group":
            if country is None or country in INTERNATIONAL or known.country not in INTERNATIONAL:
                country = known.country
            organization, name = known.name, known.name
            sectors = known.sectors
        elif known.kind == "person":
            name, country = known.name, known.country
            held = year is None or known.years[0] <= year <= known.years[1]
            sectors = known.sectors if held else ("ELI",)
            role = known.role if held else None
        elif known.kind == "role":
            role = _office(listed, match)
            if not sectors or organization is None or known.sectors[0] in ("MIL", "REB", "COP"):
                sectors = known.sectors
        elif known.kind == "body" and (not sectors or known.sectors[0] != "GOV"):
            sectors = known.sectors
    if role and any(w.lower() in FORMER for w in listed) and sectors and sectors[0] in ("GOV", "MIL"):
        sectors = ("ELI",)
    if not sectors and any(m.known.kind in ("country", "capital") for m in inside):
        sectors = ("GOV",)
    if country is None and home is not None and sectors and sectors[0] in STATE_SECTORS:
        country = home
    ministry = MINISTRY.search(words.lower())
    if organization is None and ministry:
        organization = PORTFOLIOS[next(field for field in ministry.groups() if field)]
    person = _person_name(listed, inside) if role else None
    if head and (role is None or role.split()[-1] in NO_OFFICE or head.startswith(role + " ")):
        role = head
    if inside and ministry and not role and name not in (None, organization):
        name = None  # "Nepal's Interior Ministry" is not Nepal
    if role and not any(m.known.kind == "person" for m in inside):
        name = None  # whose office it is, is not who holds it
    code = (country or "") + (sectors[0] if sectors and country not in INTERNATIONAL else "")
    return ActorCode(
        name=person or name,
        code=code or None,
        country=country if country not in INTERNATIONAL else None,
        sectors=sectors,
        organization=organization,
        role=role,
    )


def plain_name(mention: str) -> str:
    """A name without article and courtesy title.

    >>> plain_name("Mr. Roe"), plain_name("the Kestrel Front")
    ('Roe', 'Kestrel Front')
    """
    words = mention.split()
    while len(words) > 1 and (words[0].lower() in ("the", "a", "an") or words[0].lower().rstrip(".") in TITLES):
        words = words[1:]
    return " ".join(words)


def is_title(word: str, table: ActorTable) -> bool:
    """Whether a capitalised word before a name is a title or an office, abbreviated or not."""
    if word.rstrip(".") in ABBREVIATED or word.lower().rstrip(".") in TITLES:
        return True
    return any(known.kind == "role" for known in table.rows.get(word.lower(), ()))


def _in_full(words: list[str]) -> list[str]:
    """Words with the abbreviated titles before a name written out."""
    found: list[str] = []
    for word, following in zip(words, [*words[1:], ""], strict=False):
        full = ABBREVIATED.get(word.rstrip("."))
        is_before_name = following[:1].isupper() and len(following) > 1
        found.extend(full.split() if full and is_before_name else [word])
    return found


def _is_of(words: Sequence[str], k: int) -> bool:
    """ "minister for trade", "a spokesman for the army": whose they are follows."""
    return words[k].lower() == "for" and words[k - 1].lower().startswith(("spokes", "minister", "secretary"))


def _head_of_body(words: Sequence[str]) -> str | None:
    """ "head", "deputy director" of what the words name further on."""
    for k, word in enumerate(words):
        if (
            word.lower() in HEADS
            and k + 1 < len(words)
            and (words[k + 1].lower() == "of" or words[k + 1][:1].isupper())
        ):
            return _office(words, Match(k, 1, Known("role", word, word, None, ())))
        if k and word.lower() in HEADS and k + 1 == len(words):
            return _office(words, Match(k, 1, Known("role", word, word, None, ())))
    return None


def _office(words: Sequence[str], match: Match) -> str:
    """The office with its field and rank: "first deputy foreign minister"."""
    start = match.start
    if words[start + match.n - 1].lower().startswith("minister") and start and words[start - 1].lower() in PORTFOLIOS:
        start -= 1
    while start and words[start - 1].lower() in LEVELS:
        start -= 1
    return " ".join(words[start : match.start + match.n]).lower()


def _person_name(words: Sequence[str], matches: Sequence[Match]) -> str | None:
    """Capitalised words after the last role: "Foreign Minister Jane Roe"."""
    roles = [m for m in matches if m.known.kind == "role"]
    if not roles:
        return None
    start = roles[-1].start + roles[-1].n
    name = []
    for word in words[start:]:
        if not word[:1].isupper():
            break
        name.append(word)
    return " ".join(name) if name else None
