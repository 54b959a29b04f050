"""Who a mention's own words name: country, sectors, organisation, role.

Words are matched against a table, longest first; a nationality and an agent compose ("Turkish defence minister" ->
TUR, GOV and MIL), a backer does not ("Iran-backed rebels" are not Iran). What the words leave open stays None.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, NamedTuple

from vedette.coding.actor_words import ABBREVIATED, TITLES, WORD, folded, in_full, key_of_row, seat_of, words_of
from vedette.ontology import INTERNATIONAL
from vedette.records import ActorCode

__all__ = ["NO_OFFICE", "ActorTable", "Known", "Match", "code_actor", "is_title", "make_table", "plain_name"]

Kind = Literal["country", "demonym", "capital", "region", "group", "person", "role", "body", "adjective"]
AFTER = frozenset({"for", "in", "to", "on", "at", "from", "against", "with", "near", "by"})
# Bodies and offices that belong to a state, so that a bare mention means the country that the report is about.
STATE_SECTORS = frozenset({"GOV", "MIL", "COP", "SPY", "JUD", "LEG"})
# Kinds of bodies that other countries may have under the same name.
NAMESAKES = STATE_SECTORS | {"PTY", "OPP", "LAB"}
# Groups that police, courts or ministries can be of, which then tell the sector: "Hamas police", "the EU's court".
RULING = frozenset({"GOV", "REB", "PTY", "OPP", "PRE", "IGO"})
# Who is of the country that they are said to be in: "lawmakers in Nepal"; fighters, refugees and envoys need not be.
SETTLED = frozenset("CVL AGR LAB REL SOC EDU MED BUS PTY OPP LEG JUD COP".split())
# Offices that say nothing of the sector: the body that they are of tells it ("police official", "leader of the gang").
GENERAL = frozenset(
    "leader deputy spokesman spokeswoman spokesperson spokespeople official representative secretary chairman delegate adviser "
    "advisor aide negotiator commissioner delegation".split()
)
FORMER = frozenset(
    "former ex ousted deposed retired onetime one-time then overthrown toppled sacked dismissed erstwhile".split()
)
# What an adjective of a trade tells the sector of: "a parliamentary group", "judicial sources".
COLLECTIVES = frozenset(
    "group groups team teams committee committees panel panels caucus branch body bodies board boards council councils "
    "commission commissions faction factions bloc circles establishment leadership leader leaders official officials "
    "source sources figure figures member members staff staffer staffers aide aides adviser advisers advisor advisors "
    "delegation delegations delegate delegates spokesman spokeswoman spokesperson representative representatives "
    "authority authorities community institution institutions organization organizations organisation organisations "
    "association associations office guard guards household inquiry personnel chief chiefs head heads".split()
)
# Of protesters and activists who are against one of these, the political opposition: "anti-coup protesters".
AGAINST_THE_STATE = frozenset(
    f"anti{word}"
    for word in "government regime coup junta war military monarchy monarchist establishment state".split()
)
# Heads of state and government, who are known by the surname alone.
HEADS_OF_STATE = ("president", "prime minister", "premier", "chancellor", "king", "supreme leader", "emir", "leader")
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
# What people are, but no office, rank or trade.
NO_OFFICE = frozenset(
    "local person people man woman men women child boy girl family mother father wife son daughter husband brother "
    "baby infant youth teenager resident inhabitant villager civilian citizen population community crowd victim voter "
    "passenger hostage prisoner detainee captive inmate pedestrian motorist bystander fan patient shopper tourist "
    "refugee migrant evacuee returnee deportee protester demonstrator worshipper pilgrim settler attacker assailant "
    "opponent exile troop troops forces minority tribe republican democrat american".split()
)


class Known(NamedTuple):
    """One row of the tables: the words, whose they are, and for persons the years in office, first and last.

    `others`: further offices of the same person, in the order of the table; of a group, what it is in some years.
    `is_minor`: a person whom no report means by a bare surname.
    """

    kind: Kind
    words: str
    name: str
    country: str | None
    sectors: tuple[str, ...]
    role: str | None = None
    years: tuple[int, int] = (0, 9999)
    others: tuple[Known, ...] = ()
    is_minor: bool = False

    def of_year(self, year: int | None) -> Known:
        """What a group is in `year`: the row of those years, else this one."""
        others = (k for k in self.others if year is not None and k.years[0] <= year <= k.years[1])
        return next(others, self)

    def in_office(self, year: int | None) -> Known | None:
        """The row of the office that the person held in `year`, or in any; of several the latest one."""
        held = [k for k in (self, *self.others) if year is None or k.years[0] <= year <= k.years[1]]
        return max(held, key=lambda k: k.years[0], default=None)


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
        reach = self.reach.get(folded(words[start]), 0)
        for n in range(min(reach, self.longest, len(words) - start), 0, -1):
            part = words[start : start + n]
            for known in self.rows.get(folded(" ".join(part)), ()):
                if _case_fits(known, part):
                    return Match(start, n, known)
        return None

    def is_person(self, name: str | None) -> bool:
        """Whether this is the full name of a person of the table."""
        return name is not None and any(k.kind == "person" for k in self.rows.get(name.lower(), ()))

    def by_surname(self, surname: str, year: int | None) -> Known | None:
        """The person meant by a bare surname in a report of `year`: one of whose office it is not long ago.

        None where two could be meant, or where the surname is a given name too.
        """
        if surname in self.first_names:
            return None
        listed = (k for k in self.surnames.get(surname, ()) if not k.is_minor)
        met = [k for k in listed if year is None or k.years[0] <= year <= k.years[1] + 5]
        return met[0] if met and len({k.name.split()[0][0] + (k.country or "") for k in met}) == 1 else None

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
        plurals = _plurals(row)
        for key in {row.words.lower(), key_of_row(row.words), *plurals, *map(key_of_row, plurals)}:
            if key in rows:
                _list(rows[key], row)
            else:
                rows[key] = [row]
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


def _list(listed: list[Known], row: Known) -> None:
    """Put a row among those of the same key: in place of the one of its kind, a person's next office beside the first."""
    before = next((k for k in listed if k.kind == row.kind), None)
    if before is not None and before.name == row.name:
        if row.kind == "person":
            listed[listed.index(before)] = before._replace(others=(*before.others, row))
            return
        is_same = before._replace(words=row.words) == row
        if is_same and row.words.isupper() and not before.words.isupper():
            return  # "DfID" and "DFID" are one; the spelling that asks for less stays
    listed[:] = [k for k in listed if k.kind != row.kind]
    listed.insert(0, row) if row.kind in ("group", "person") else listed.append(row)


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
    if known.kind in ("role", "body", "adjective"):
        return True
    words = known.words
    if words.isupper() and len(words) <= 5:
        return " ".join(part).isupper()
    if known.kind == "group" and len(part) > 1:
        own = WORD.findall(words)
        return all(
            mine[:1].isupper() or not its[:1].isupper() or its == "The" for mine, its in zip(part, own, strict=True)
        )
    first = (part[0] if part[0].lower() != "the" or len(part) == 1 else part[1]).lstrip("'’")
    return first[:1].isupper() or (known.words[:1].islower() and first[:1] == known.words[:1])


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
def code_actor(
    words: str, table: ActorTable, *, home: str | None = None, year: int | None = None, in_report: bool = False
) -> ActorCode:
    """Return what a mention's own words tell of the actor.

    Args:
        home: country (ISO 3166 alpha-3) of bare state bodies such as "the Interior Ministry".
        year: the report's; a person's office and what a group is are given for it.
        in_report: the words are part of a report, which tells better than they do who a bare surname is and
            whether a city is an actor.
    """
    listed = in_full(words_of(words))
    matches = find_matches(listed, table)
    tail = next((k for k, w in enumerate(listed) if k and w.lower() in AFTER and not _is_of(listed, k)), len(listed))
    head = _head_of_body(listed[:tail])
    if not matches:
        return ActorCode(name=None, role=head) if in_report else _by_surname(words, head, table, year)
    inside = [m for m in matches if m.start < tail and (m.known.kind != "adjective" or _is_of_collective(listed, m))]
    name: str | None = None
    country: str | None = None
    sectors: tuple[str, ...] = ()
    role: str | None = None
    organization: str | None = None
    region: str | None = None  # the country of a province or city that they are of
    is_general = False  # the sectors are those of an office that any body may have
    for k, match in enumerate(inside):
        known = match.known
        if known.kind in ("country", "demonym", "capital") and country is None:
            country = known.country
            if known.kind != "demonym":
                name = name or known.name
        elif known.kind == "region" and region is None and _is_of_region(listed, inside, k):
            region = known.country
        elif known.kind == "group" and _is_another_states(listed, inside, k):
            sectors = _as_body(listed, match, table).sectors
        elif known.kind == "group":
            if country is None or country in INTERNATIONAL or known.country not in INTERNATIONAL:
                country = known.country
            organization, name = known.name, known.name
            sectors, is_general = known.of_year(year).sectors, False
        elif known.kind == "person":
            held = known.in_office(year)
            name, country = known.name, (held or known).country
            if held is not None:
                sectors, role = held.sectors, held.role
            elif role is None:  # "Senator Roe", who was a minister before or after
                sectors = ("ELI",)
        elif known.kind == "role":
            is_rank_of_office = role is not None and sectors[:1] == ("GOV",) and known.sectors == ("MIL",)
            role = role if is_rank_of_office and not is_general else _office(listed, match)
            if is_general or (not is_rank_of_office and _tells_more(known, sectors, organization)):
                sectors = known.sectors
                is_general = known.words in GENERAL
        elif known.kind in ("body", "adjective") and (is_general or _tells_sector(known, sectors, organization)):
            sectors = known.sectors
    if (role or head) and any(w.lower() in FORMER for w in listed) and sectors and sectors[0] in STATE_SECTORS:
        sectors = ("ELI",)
    if sectors[:1] in (("CVL",), ("SOC",)) and any(folded(w) in AGAINST_THE_STATE for w in listed):
        sectors = ("OPP",)
    if not sectors and any(m.known.kind in ("country", "capital") for m in inside):
        sectors = ("GOV",)
    if country is None and organization is None and sectors:
        country = region or _seat(words, table)
    if not in_report and not sectors and country is None and len(matches) == 1 and matches[0].known.kind == "region":
        place = matches[0]
        if place.n == len(listed) - (listed[0].lower() == "the"):
            country, sectors = place.known.country, ("CVL",)
    if country is None and organization is None and sectors and tail < len(listed) and listed[tail].lower() == "in":
        following = tail + 1 + (listed[tail + 1 : tail + 2] == ["the"])
        country = _settled_in(matches, following, sectors, is_body=role is None)
    if country is None and home is not None and sectors and sectors[0] in STATE_SECTORS:
        country = home
    ministry = MINISTRY.search(words.lower())
    if organization is None and ministry:
        organization = PORTFOLIOS[next(field for field in ministry.groups() if field)]
    person = _person_name(listed, inside) if role else None
    if role and person and " " not in person and organization is None and country in (None, home):
        holder = _holder(table, person, role, None if sectors == ("ELI",) else year)
        if holder is not None:
            person, country = holder.name, holder.country
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


def _is_another_states(words: Sequence[str], matches: Sequence[Match], k: int) -> bool:
    """ "Chile's Defense Department", "the Labour Party of Norway": the country named with it has one of its own."""
    known = matches[k].known
    if known.sectors[0] not in NAMESAKES or "REB" in known.sectors or known.country in INTERNATIONAL:
        return False
    end = matches[k].start + matches[k].n
    for other in (matches[k - 1] if k else None, matches[k + 1] if k + 1 < len(matches) else None):
        if other is None or other.known.kind not in ("country", "demonym", "capital"):
            continue
        is_before = other.start + other.n == matches[k].start
        is_after = other.start in (end + 1, end + 2) and words[end].lower() == "of"
        if (is_before or is_after) and other.known.country != known.country:
            return True
    return False


def _is_of_collective(words: Sequence[str], match: Match) -> bool:
    after = match.start + match.n
    return after < len(words) and words[after].lower() in COLLECTIVES


def _seat(mention: str, table: ActorTable) -> str | None:
    """The country that somebody of whom no other is told is based in."""
    kinds = ("country", "capital", "region")
    return next((m.known.country for m in find_matches(seat_of(mention), table) if m.known.kind in kinds), None)


def _by_surname(mention: str, role: str | None, table: ActorTable, year: int | None) -> ActorCode:
    """Who a bare surname means where no report tells it: a head of state or government."""
    name = plain_name(mention)
    known = table.by_surname(name.lower(), year) if name[:1].isupper() and role is None else None
    if known is None or not any(k.role in HEADS_OF_STATE for k in (known, *known.others)):
        return ActorCode(name=None, role=role)
    return code_actor(known.name, table, year=year)


def _as_body(words: Sequence[str], match: Match, table: ActorTable) -> Known:
    """The kind of body that the words of a group's name also mean, else the group."""
    rows = table.rows.get(folded(" ".join(words[match.start : match.start + match.n])), ())
    return next((k for k in rows if k.kind == "body"), match.known)


def _holder(table: ActorTable, surname: str, role: str, year: int | None) -> Known | None:
    """The one person of this surname who held the office in `year`, in any year where it is None."""
    found = {
        held.name: held
        for known in table.surnames.get(surname.lower(), ())
        if (held := known.in_office(year)) is not None and held.role and role.endswith(held.role)
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _is_of_region(words: Sequence[str], matches: Sequence[Match], k: int) -> bool:
    """A city or province tells the country of whoever is named after it or by "of": "Texas lawmakers"."""
    match = matches[k]
    if match.start and words[match.start - 1].lower() == "of":
        return True
    following = matches[k + 1] if k + 1 < len(matches) else None
    return following is not None and following.known.kind in ("role", "body")


def _tells_more(role: Known, sectors: tuple[str, ...], organization: str | None) -> bool:
    """Whether an office tells more than what is known: "Taliban commander", but no "police official"."""
    if not sectors:
        return True
    if role.sectors[0] in ("MIL", "REB", "COP"):
        return True
    is_kind_of_people = organization is None or sectors[0] == "CVL"  # "Rohingya refugees"
    return is_kind_of_people and role.sectors[0] not in ("UAF", sectors[0]) and role.words not in GENERAL


def _tells_sector(body: Known, sectors: tuple[str, ...], organization: str | None) -> bool:
    """Whether a body's word tells more than what is known: "Hamas police", but not "government agency"."""
    if not sectors:
        return True
    if organization is None:
        return body.sectors[0] != "GOV"
    if sectors[0] == "CVL":  # "a Kurdish militia"
        return True
    return sectors[0] in RULING and body.sectors[0] in STATE_SECTORS - {"GOV"}


def _settled_in(matches: Sequence[Match], at: int, sectors: tuple[str, ...], *, is_body: bool) -> str | None:
    """The country that people or authorities are in, where it is theirs."""
    if sectors[0] not in SETTLED and not (is_body and sectors[0] == "GOV"):
        return None
    kinds = ("country", "capital", "region")
    return next((m.known.country for m in matches if m.known.kind in kinds and m.start <= at < m.start + m.n), None)


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
