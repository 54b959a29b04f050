"""Which party somebody belongs to in one document, and how two parties stand to each other.

A state's government, ministries, forces, police and courts are the party of that state (its ISO 3166 alpha-3 code);
a group, a bloc and an international body are parties by name, unless the table puts them into another. A name that
no table knows is a party of its own where it has the form of a group's and the document puts it into a conflict.
Opponents and allies come from the table of sides at the day of the report, else from the document: whom it shows
attacking or accusing whom. What none of this tells stays unknown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

from vedette.ontology import INTERNATIONAL
from vedette.records import Actor, ActorCode, Attribution, Claim, Speaker

__all__ = [
    "ARMED",
    "PEOPLE",
    "UNARMED",
    "Parties",
    "Party",
    "Relation",
    "SideRow",
    "Sides",
    "Term",
    "find_home",
    "make_sides",
    "own_forces",
]

Relation = Literal["own", "opponent", "third"]

STATE = frozenset({"GOV", "MIL", "COP", "SPY", "JUD", "LEG", "PRM"})
ARMED = frozenset({"MIL", "COP", "SPY", "PRM", "REB", "UAF", "CRM"})
REBELS = frozenset({"REB", "UAF", "CRM"})
GROUPS = frozenset({"REB", "PRM", "CRM", "PTY", "OPP", "UAF"})
UNARMED = frozenset({"CVL", "REF", "AGR", "MED", "JRN", "EDU", "LAB", "REL", "SOC", "BUS", "NGO", "MNC", "ISM"})
# Words of a country that are its forces, though no body is named: "Tajik shells".
WEAPONS = re.compile(
    r"\b(?:shells?|shelling|missiles?|rockets?|(?:air)?strikes?|bombs?|bombardment|warplanes?|jets?|drones?|fire|gunfire)$",
    re.IGNORECASE,
)
# State bodies whose country the words leave out; "a spokesman", "a diplomat" or "the leader" may be anybody's.
BARE_STATE = re.compile(
    r"\b(?:police\w*|army|military|armed forces|government|minist(?:er|ers|ry|ries)|governors?|mayor|president|troops"
    r"|soldiers?|security forces|border (?:guard|service)s?|prosecutors?|judges?|officials?|authorities|air force|navy"
    r"|coast guard|intelligence|senators?|congress\w*|lawmakers?|parliament\w*|ambassador|colonel|lieutenant"
    r"|brigadier|(?<!secretary[ -])general|administration|warplanes|artillery)\b",
    re.IGNORECASE,
)
# Whom a spokesman is of stands behind a preposition, where an actor's own words end.
SPEAKS_FOR = re.compile(
    r"\b(?:spokes\w+|represent\w+|officials?|members?|officers?|directors?) (?:for|with|at|from) (?:the )?(.+)",
    re.IGNORECASE,
)
# Who served a state speaks for it no more.
FORMER = re.compile(r"\b(?:former|ex|ousted|deposed|retired|turned|double)\b(?! yugoslav| soviet)", re.IGNORECASE)
# A general of no army.
BODY_HEAD = re.compile(r"\bsecretary[ -]general\b", re.IGNORECASE)
POSSESSIVE = re.compile(r"^(?:its|their|his|her)\b", re.IGNORECASE)
OWN_FORCES = re.compile(
    r"^(?:our|my|its|their|his) (?:own )?(?:\w+ ){0,2}(?:men|fighters?|forces?|troops?|soldiers?|militants?|members|army|"
    r"military|artillery|units?|police|officers|guards|jets|warplanes|drones|aircraft|commanders?|positions?|bases?|posts?)\b",
    re.IGNORECASE,
)
WE = frozenset("we us our ours i me my mine ourselves".split())
# Words of a fighting group's name: one is enough. The others need an attack or ground beside the name.
FIGHTING = "front brigade brigades movement army militia battalion resistance legion gang cartel".split()
GROUP_WORD = (*FIGHTING, *"alliance coalition network guard command league union corps council".split())
FIGHTING_NAME = re.compile(r"\b(?:" + "|".join(w.capitalize() for w in FIGHTING) + r")\b")
GROUP_NAME = re.compile(r"\b(?:" + "|".join(w.capitalize() for w in GROUP_WORD) + r")\b")
# "The Front", "the brigade's commander": of the one group of the report with this word in its name.
SHORT_NAME = re.compile(r"^(\w+)(?:'s? .*| fighters| forces| men| militants| commanders?| spokes\w+)?$", re.IGNORECASE)
PERSON = re.compile(
    r"(?:[^\W\d_a-z][\w'’.-]+ ){1,3}[^\W\d_a-z][\w'’-]+|(?:[^\W\d_a-z][\w'’.-]+ )(?:\w+[ -]){0,2}[^\W\d_a-z][\w'’-]+"
)
ARTICLE = re.compile(r"^(?:the|a|an|this|that|these|those)\s+", re.IGNORECASE)
SO_CALLED = re.compile(r"^(?:(?:the|a)\s+)?so-called\s+", re.IGNORECASE)
TOLD = frozenset({"asserted", "historical", "announced"})


class Term(NamedTuple):
    """A member's belonging to a party, days ``[start, end)``; `sectors` empty: all state sectors."""

    party: str
    start: date
    end: date
    sectors: frozenset[str] = frozenset()


class SideRow(NamedTuple):
    """How two parties stand to each other, days ``[start, end)``."""

    relation: Literal["opponent", "ally"]
    start: date
    end: date
    conflict: str


@dataclass(frozen=True, slots=True)
class Sides:
    """The tables: terms by a member's name in lower case or a country's code, and rows by pair of parties.

    `groups`: the names of all known groups in lower case, each as its table writes it and with its sectors.
    """

    names: Mapping[str, tuple[Term, ...]]
    countries: Mapping[str, tuple[Term, ...]]
    pairs: Mapping[frozenset[str], tuple[SideRow, ...]]
    thirds: frozenset[str] = frozenset()
    groups: Mapping[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)

    def of_name(self, name: str, day: date) -> str | None:
        """The party that an organisation belongs to on a day, or None."""
        return next((t.party for t in self.names.get(key_of(name), ()) if t.start <= day < t.end), None)

    def of_state(self, country: str, sectors: Sequence[str], day: date) -> str:
        """The party of a state's body: the table's, else the state's own."""
        for term in self.countries.get(country, ()):
            if term.start <= day < term.end and (not term.sectors or set(sectors) & term.sectors):
                return term.party
        return country

    def between(self, one: str, other: str, day: date) -> SideRow | None:
        """The row of two parties on a day, or None."""
        return next((r for r in self.pairs.get(frozenset((one, other)), ()) if r.start <= day < r.end), None)


class Party(NamedTuple):
    """Whom somebody belongs to: `name` None where none is known; `is_third` stands outside all conflicts.

    `is_local`: only the document tells of it, no table.
    """

    name: str | None
    is_third: bool = False
    is_local: bool = False


NOBODY = Party(None)
PEOPLE = Party("people of no party", is_third=True)


def make_sides(
    terms: Iterable[tuple[str, Term]],
    rows: Iterable[tuple[str, str, SideRow]],
    thirds: Iterable[str] = (),
    groups: Iterable[tuple[str, tuple[str, ...]]] = (),
) -> Sides:
    """Index the tables: terms by member, rows by the two parties; a member that ends in a colon is a country."""
    names: dict[str, list[Term]] = {}
    countries: dict[str, list[Term]] = {}
    for member, term in terms:
        code, colon, _ = member.partition(":")
        (countries.setdefault(code, []) if colon else names.setdefault(key_of(member), [])).append(term)
    pairs: dict[frozenset[str], list[SideRow]] = {}
    for one, other, row in rows:
        pairs.setdefault(frozenset((one, other)), []).append(row)
    return Sides(
        {k: tuple(v) for k, v in names.items()},
        {k: tuple(v) for k, v in countries.items()},
        {k: tuple(v) for k, v in pairs.items()},
        frozenset(thirds),
        {key_of(name): (name, sectors) for name, sectors in groups},
    )


def key_of(name: str) -> str:
    """A name without article and case."""
    return ARTICLE.sub("", SO_CALLED.sub("", name.strip())).casefold().replace("’", "'")


def find_home(claims: Iterable[Claim]) -> str | None:
    """Return the country where most claims of a document happen, if more than half do."""
    counts = Counter(c.places[0].country for c in claims if c.places and c.places[0].country)
    if not counts:
        return None
    country, n = counts.most_common(1)[0]
    return country if 2 * n > counts.total() else None


def own_forces(mention: str) -> bool:
    """Whether the words are "we", or forces that the speaker calls its own ("its fighters")."""
    return mention.lower() in WE or OWN_FORCES.match(mention) is not None


class LocalNames:
    """Groups that only the document tells of; found by lookups, so that a text of many groups costs no more.

    `names` are as printed, by their key (`key_of`); one that holds another is left out: "Fighters of the Oxus Front"
    are the Oxus Front.
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        lengths = {len(key) for key in names}
        kept = {key: name for key, name in names.items() if not any(_parts(key, lengths, names))}
        self._names = kept
        self._order = {key: k for k, key in enumerate(kept)}
        self._lengths = {len(key) for key in kept}
        self._by_word: dict[str, list[str]] = {}
        self._by_start: dict[str, list[str]] = {}  # words before a space
        for key, name in kept.items():
            for word in dict.fromkeys(key.split()):
                self._by_word.setdefault(word, []).append(name)
            for space in re.finditer(" ", key):
                self._by_start.setdefault(key[: space.start()], []).append(name)

    def find(self, words: str) -> str | None:
        """The group that `words` name, whole, by its one word of a group ("the Front") or without it, or None."""
        if not self._names:
            return None
        key = key_of(words)
        if held := self._held(key):
            return self._names[min(held, key=self._order.__getitem__)]
        short = SHORT_NAME.match(key)
        if short and short.group(1) in GROUP_WORD:
            found = self._by_word.get(short.group(1), [])
            return found[0] if len(found) == 1 else None
        if GROUP_NAME.search(words) or words[:1].isupper():
            # "Northern Shield fighters" are of the Northern Shield Brigade.
            stem = re.sub(r" (?:fighters?|forces|men|militants|members|commanders?|spokes\w+)$", "", key)
            found = self._by_start.get(stem, []) if " " in stem else []
            return found[0] if len(found) == 1 else None
        return None

    def _held(self, key: str) -> list[str]:
        """The names that stand in `key` as whole words, or are all of it."""
        borders = {border.start() for border in re.finditer(r"\b", key)}
        ends = [(at, at + n) for at in borders for n in self._lengths if at + n in borders]
        found = [name for at, end in ends if (name := key[at:end]) in self._names]
        return [key, *found] if key in self._names else found


def _parts(key: str, lengths: Iterable[int], names: Mapping[str, str]) -> Iterator[str]:
    """The other names that stand anywhere in a name."""
    for n in lengths:
        if n < len(key):
            yield from (part for at in range(len(key) - n + 1) if (part := key[at : at + n]) in names)


@dataclass(slots=True)
class Parties:
    """The parties of one document, and who in it stands against whom.

    `code` tells what words say of an actor (`coding.actors`); `day` is the report's; `home` the country of state
    bodies that are named without one.
    """

    sides: Sides
    code: Callable[[str], ActorCode]
    day: date
    home: str | None
    local: LocalNames = field(default_factory=lambda: LocalNames({}))
    foes: set[frozenset[str]] = field(default_factory=set)
    people: dict[str, Party] = field(default_factory=dict)
    known: dict[tuple[object, ...], Party] = field(default_factory=dict)

    def learn(self, claims: Sequence[Claim], voices: Mapping[str, Attribution]) -> None:
        """Take from the document the names that no table has, then who attacks or accuses whom."""
        local: dict[str, str] = {}
        for claim in claims:
            in_conflict = claim.kind == "control" or claim.event_type == "ASSAULT"
            for actor in (*claim.actors, *claim.recipients):
                self._note(actor.name or actor.mention, local, in_conflict=in_conflict)
        for attribution in voices.values():
            if attribution.speaker.name:
                self._note(attribution.speaker.name, local, in_conflict=False)
        self.local = LocalNames(local)
        self._meet(claims, voices.values())
        for claim in claims:
            actors = [p for a in claim.actors if (p := self.of_actor(a)).name and not p.is_third]
            recipients = [p for a in claim.recipients if (p := self.of_actor(a)).name and not p.is_third]
            if claim.modality in TOLD and (
                claim.event_type == "ASSAULT" or (claim.event_type, claim.mode) == ("ACCUSE", "allege")
            ):
                for one in actors:
                    for other in recipients:
                        self._oppose(one, other)
            voice = voices.get(claim.attribution or "")
            if voice is None or claim.modality not in TOLD or not actors:
                continue
            speaker = self.of_speaker(voice.speaker)
            if speaker.name is None or speaker.is_third:
                continue
            if voice.cue.stance == "accuse" or (claim.event_type == "ASSAULT" and self._is_involved(speaker)):
                for one in actors:
                    # One who is in the conflict and tells of an attack by a group that no table knows accuses it.
                    if voice.cue.stance == "accuse" or one.is_local or speaker.is_local:
                        self._oppose(speaker, one)

    def relation(self, speaker: Party, other: Party) -> tuple[Relation | None, str]:
        """How a speaker's party stands to another's, and by what it is known."""
        if speaker.name is None or other.name is None:
            return None, "no party known"
        if speaker.name == other.name:
            return "own", "the same party"
        if speaker.is_third or other.is_third:
            return "third", "a third party"
        row = self.sides.between(speaker.name, other.name, self.day)
        if row is not None:
            return ("own", f"ally: {row.conflict}") if row.relation == "ally" else ("opponent", row.conflict)
        if frozenset((speaker.name, other.name)) in self.foes:
            return "opponent", "opponents in this report"
        if speaker.is_local or other.is_local:
            return None, "no relation known"
        return "third", "no side in the table"

    def of_actor(self, actor: Actor) -> Party:
        """The party of somebody in a role of a claim; people who bear no arms and speak for nobody are third."""
        key = (actor.mention, actor.name, actor.code, actor.country, actor.sectors)
        if key not in self.known:
            self.known[key] = self._of(
                (actor.mention, actor.name), actor.code, actor.country, actor.sectors, is_speaker=False
            )
        return self.known[key]

    def of_speaker(self, speaker: Speaker) -> Party:
        """The party that a speaker speaks for; an unnamed resident, doctor or analyst speaks for none."""
        key = (speaker.mention, speaker.name, speaker.organization, speaker.role, speaker.country)
        if key not in self.known:
            sectors: tuple[str, ...] = ()
            code = None
            for words in (speaker.mention, speaker.organization, speaker.name, speaker.role):
                if words and not sectors:
                    own = self.code(words)
                    sectors, code = own.sectors, own.code
            self.known[key] = self._of(
                (speaker.organization, speaker.mention, speaker.name, speaker.role), code, speaker.country, sectors,
                is_speaker=True,
            )  # fmt: skip
        return self.known[key]

    def of_outlet(self, outlet: str | None) -> Party:
        """The party that an outlet belongs to by the table of parties; other known media are third parties."""
        if not outlet:
            return NOBODY
        party = self.sides.of_name(outlet, self.day)
        own = self.code(outlet)
        if party is None and own.organization:
            party = self.sides.of_name(own.organization, self.day)
        if party is not None:
            return Party(party, party in self.sides.thirds)
        if own.organization and key_of(outlet) == key_of(own.organization) and "JRN" in own.sectors:
            return Party(own.organization, is_third=True)
        return NOBODY

    def is_rebel_against(self, actor: Actor, speaker: Party) -> bool:
        """Whether unnamed "rebels" or "gunmen" are, by the word, against the state that speaks."""
        if (
            not actor.sectors
            or actor.sectors[0] not in REBELS
            or self.of_actor(actor).name
            or own_forces(actor.mention)
        ):
            return False
        country = actor.country or self.home
        return country is not None and speaker.name == self.sides.of_state(country, ("GOV",), self.day)

    def _of(
        self, words: Iterable[str | None], code: str | None, country: str | None, sectors: Sequence[str],
        *, is_speaker: bool,
    ) -> Party:  # fmt: skip
        told = [w for w in words if w]
        told += [m.group(1) for w in told if (m := SPEAKS_FOR.search(w))]
        if not told:
            return NOBODY
        if not POSSESSIVE.match(told[0]):
            met = next((self.people[k] for w in told if (k := key_of(w)) in self.people), None)
            if met is not None:
                return met
        codes = [self.code(w) for w in told]
        bodies = list(dict.fromkeys(x for w, c in zip(told, codes, strict=True) for x in (c.organization, w) if x))
        for body in bodies:
            party = self.sides.of_name(body, self.day)
            if party is not None:
                return Party(party, party in self.sides.thirds)
        for body in bodies:
            name, kinds = self.sides.groups.get(key_of(body), ("", ()))
            if name and kinds[0] in GROUPS:
                return Party(name)
        for w in told:
            local = self.local.find(w)
            if local is not None:
                return Party(local, is_local=True)
        group = next((c for c in codes if c.organization and c.organization == c.name), None)
        prefix = (code or "")[:3] if (code or "")[:3] in INTERNATIONAL else None
        prefix = prefix or next(((c.code or "")[:3] for c in codes if (c.code or "")[:3] in INTERNATIONAL), None)
        if prefix == "UNO":
            return Party("United Nations", is_third=True)
        if prefix == "EUR":
            return Party("European Union", is_third=True)
        organization = next((c.organization for c in codes if c.organization), None)
        if prefix and prefix != "IMG" and organization:
            return Party(organization, is_third=True)
        if group is not None and group.organization and group.sectors:
            if group.sectors[0] in UNARMED:
                return Party(group.organization, is_third=True)
        own = next((c.country for c in codes if c.country), None)
        first = sectors[0] if sectors else None
        if first in STATE:
            if any(FORMER.search(w) for w in told):
                return NOBODY
            # A country that only the document lends, or its home, holds for what can be nothing but a state's.
            if own is None and (not any(BARE_STATE.search(w) for w in told) or any(BODY_HEAD.search(w) for w in told)):
                return NOBODY
            if own is None and country is None and POSSESSIVE.match(told[0]):
                return NOBODY
            country = own or country or self.home
            return Party(self.sides.of_state(country, sectors, self.day)) if country else NOBODY
        country = own or country
        if country and not sectors and any(WEAPONS.search(w) for w in told):
            return Party(self.sides.of_state(country, ("MIL",), self.day))
        if not is_speaker and first in UNARMED:
            return PEOPLE
        return NOBODY

    def _is_involved(self, speaker: Party) -> bool:
        return speaker.is_local or (
            self.home is not None and speaker.name == self.sides.of_state(self.home, ("GOV",), self.day)
        )

    def _meet(self, claims: Iterable[Claim], attributions: Iterable[Attribution]) -> None:
        """Remember persons whose party is told somewhere, by name and surname, unless two parties share it."""
        met: dict[str, set[Party]] = {}
        for actor in (a for c in claims for a in (*c.actors, *c.recipients)):
            if self._is_person(actor.name) and (party := self.of_actor(actor)).name and party != PEOPLE:
                met.setdefault(key_of(actor.name or ""), set()).add(party)
        for attribution in attributions:
            name = attribution.speaker.name
            if self._is_person(name) and (party := self.of_speaker(attribution.speaker)).name:
                met.setdefault(key_of(name or ""), set()).add(party)
        for attribution in attributions:
            speaker = attribution.speaker
            if BODY_HEAD.search(speaker.mention) and speaker.name and not self.of_speaker(speaker).name:
                met[key_of(speaker.name)] = {NOBODY}
        for name, parties in list(met.items()):
            met.setdefault(name.rsplit(" ", 1)[-1], set()).update(parties)
        self.people = {name: next(iter(parties)) for name, parties in met.items() if len(parties) == 1}
        self.known.clear()

    def _is_person(self, name: str | None) -> bool:
        if name is None or not PERSON.fullmatch(name) or key_of(name) in self.sides.groups or self.local.find(name):
            return False
        own = self.code(name)
        return own.organization is None and (own.country is None or own.role is not None)

    def _note(self, words: str, local: dict[str, str], *, in_conflict: bool) -> None:
        name = ARTICLE.sub("", SO_CALLED.sub("", words.strip()))
        if " " not in name or not name[:1].isupper() or len(name) > 60:
            return
        if key_of(name) in self.sides.groups or key_of(name) in self.sides.names:
            return
        if not (GROUP_NAME if in_conflict else FIGHTING_NAME).search(name):
            return
        own = self.code(name)
        if own.country is None and own.organization is None and not set(own.sectors) & INTERNATIONAL:
            local.setdefault(key_of(name), name)

    def _oppose(self, one: Party, other: Party) -> None:
        if one.name is None or other.name is None or one.name == other.name or one.is_third or other.is_third:
            return
        row = self.sides.between(one.name, other.name, self.day)
        if row is None:
            self.foes.add(frozenset((one.name, other.name)))
