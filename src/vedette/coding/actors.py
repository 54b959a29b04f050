"""Who a mention's own words name: country, sectors, organisation, role.

Words are matched against a table, longest first; a nationality and an agent compose ("Turkish defence minister" ->
TUR, MIL), a backer does not ("Iran-backed rebels" are not Iran). What the words leave open stays None.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from vedette.ontology import INTERNATIONAL
from vedette.records import ActorCode

__all__ = ["ActorTable", "Known", "Match", "code_actor", "make_table"]

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
MINISTRY = re.compile(
    r"(foreign|interior|defen[cs]e|finance|health|justice|education|energy|trade) (?:minister|secretary|ministry)"
)
FULL_NAMES = {
    "foreign": "Ministry of Foreign Affairs",
    "interior": "Ministry of the Interior",
    "defense": "Ministry of Defence",
    "defence": "Ministry of Defence",
    "finance": "Ministry of Finance",
    "health": "Ministry of Health",
    "justice": "Ministry of Justice",
    "education": "Ministry of Education",
    "energy": "Ministry of Energy",
    "trade": "Ministry of Trade",
}


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


@dataclass(frozen=True, slots=True)
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


def code_actor(words: str, table: ActorTable, *, home: str | None = None, year: int | None = None) -> ActorCode:
    """Return what a mention's own words tell of the actor.

    Args:
        home: country (ISO 3166 alpha-3) of bare state bodies such as "the Interior Ministry".
        year: the report's; a person's office is given only for the years that they held it.
    """
    listed = words_of(words)
    matches = find_matches(listed, table)
    if not matches:
        return ActorCode(name=None)
    tail = next((k for k, w in enumerate(listed) if k and w.lower() in AFTER), len(listed))
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
            role = " ".join(listed[match.start : match.start + match.n]).lower()
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
        organization = FULL_NAMES[ministry.group(1)]
    person = _person_name(listed, inside) if role else None
    code = (country or "") + (sectors[0] if sectors and country not in INTERNATIONAL else "")
    return ActorCode(
        name=person or name,
        code=code or None,
        country=country if country not in INTERNATIONAL else None,
        sectors=sectors,
        organization=organization,
        role=role,
    )


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
