"""Who is who in a document: names, their short forms, roles and pronouns joined to entities.

One pass in text order. A name joins the entity of the same name or surname; "the minister", "the group" the latest
entity that is one; a pronoun the latest that agrees in number and kind, subjects first. What apposition or title
tells once ("Roe, the Tajik foreign minister") holds for all mentions. First person is left open here: whose "we" it
is, the attribution tells.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from vedette.coding.actors import ActorTable, code_actor, is_title
from vedette.coding.antecedents import Antecedents, Kind, Thing
from vedette.records import ActorCode, Entity, Span
from vedette.text.tree import Parsed, Token

__all__ = ["Entities", "find_entities"]

NOBODY = frozenset({"no", "any", "neither", "either", "every"})
MODIFYING = frozenset({"compound", "nmod", "amod"})
DEFINITE = frozenset({"the", "this", "that", "these", "those", "his", "her", "its", "their"})
# Who fights for a group is the group.
FIGHTERS = frozenset("man fighter force troop soldier member militant gunman militia unit insurgent rebel".split())
# Nouns that point back to something named before, by what they can point to.
POINTERS: dict[str, frozenset[str]] = {
    "country": frozenset({"country", "nation", "state", "republic", "kingdom"}),
    "group": frozenset(
        {"group", "militants", "rebels", "organization", "organisation", "movement", "militia", "insurgents",
         "fighters", "party", "bloc", "alliance", "agency", "ministry", "network", "faction"}
    ),
    "person": frozenset(
        {"man", "woman", "leader", "president", "minister", "official", "diplomat", "spokesman", "spokeswoman",
         "spokesperson", "general", "commander", "governor", "lawmaker", "senator", "envoy", "ambassador", "chancellor",
         "premier", "secretary", "chief", "politician", "activist", "journalist", "analyst", "mayor", "judge"}
    ),
}  # fmt: skip
WOMEN = frozenset(
    {"mrs", "mrs.", "ms", "ms.", "spokeswoman", "queen", "congresswoman", "woman", "mother", "chairwoman"}
)
MEN = frozenset({"mr", "mr.", "spokesman", "king", "congressman", "man", "father", "emir", "prince", "chairman"})
CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february april june july september october "
    "november december ramadan christmas easter".split()
)
# How far back "the minister" looks.
FAR_REACH = 12
# A name that nobody knows is a place after these, and nobody's "he".
AT = frozenset("in at near through across outside inside around via toward towards into".split())
GOING = frozenset("go travel come fly drive arrive return flee move march head visit sail walk ride retreat".split())
# How many sentences nearer a known group is than a name of which nothing is known.
KNOWN_GROUP = 3


class Entities:
    """The entities of a document, found by a mention's place."""

    def __init__(self, parsed: Parsed, entities: Sequence[Entity], by_token: dict[int, int]) -> None:
        self.all = list(entities)
        self._parsed = parsed
        self._by_token = by_token

    def head(self, token: Token) -> Entity | None:
        """The entity that the noun phrase with this head refers to, or None."""
        k = self._by_token.get(token.i)
        return self.all[k] if k is not None else None

    def at(self, start: int, end: int) -> Entity | None:
        """The entity that the noun phrase at ``[start, end)`` refers to, or None."""
        if start >= end:
            return None
        head = self._parsed.head_of(Span(start, end))
        return self.head(head) if head is not None else None


def find_entities(
    parsed: Parsed,
    table: ActorTable,
    *,
    home: str | None = None,
    year: int | None = None,
    quoted: Mapping[int, Token] | None = None,
) -> Entities:
    """Return the entities of a document.

    Args:
        home: country of bare state bodies; by default the one that the document names most.
        year: the report's, for offices of known persons.
        quoted: who speaks, by the numbers of the words that are quoted.
    """
    finder = _Finder(parsed, table, home or _home(parsed, table), year)
    finder.named.quoted = quoted or {}
    for sentence in parsed.sentences:
        for token in sentence.tokens:
            if token.pos in ("NOUN", "PROPN", "PRON") or (token.pos == "ADJ" and token.text[:1].isupper()):
                finder.see(token)
    return finder.finish()


def _home(parsed: Parsed, table: ActorTable) -> str | None:
    counts: Counter[str] = Counter()
    for token in parsed.tokens:
        if token.text[:1].isupper():
            for known in table.rows.get(token.lower, ()):
                if known.kind in ("country", "demonym") and known.country and known.words[:1].isupper():
                    counts[known.country] += 1
                    break
    most = counts.most_common(2)
    if not most or (len(most) == 2 and most[0][1] == most[1][1]):
        return None
    return most[0][0]


class _Finder:
    def __init__(self, parsed: Parsed, table: ActorTable, home: str | None, year: int | None) -> None:
        self.parsed = parsed
        self.table = table
        self.home = home
        self.year = year
        self.named = Antecedents()
        self.things = self.named.things
        self.by_name: dict[str, int] = {}
        self.by_token = self.named.by_token
        self.codes: dict[str, ActorCode] = {}

    def see(self, token: Token) -> None:
        if not any(c.isalpha() for c in token.text) or (len(token.text) == 1 and token.pos == "PROPN"):
            return  # "30", the "Q" of an interview
        if token.lower in CALENDAR and token.pos == "PROPN":
            return
        if token.pos == "PRON":
            self.named.pronoun(token)
        elif token.dep in MODIFYING and token.head.pos in ("NOUN", "PROPN"):
            self._modifier(token)
        elif token.pos == "PROPN" or any(c.pos == "PROPN" and c.dep == "compound" for c in token.children):
            self._name(token)
        elif self._is_surname(token):
            self._name(token)  # "Trump", which the parser takes for a card
        elif token.pos == "NOUN":
            self._noun(token)

    def finish(self) -> Entities:
        for token_i, k in list(self.by_token.items()):
            self.things[k].spans.append(self.parsed.tokens[token_i].span)
        order = sorted(range(len(self.things)), key=lambda k: min((s.start for s in self.things[k].spans), default=0))
        new = {old: n for n, old in enumerate(order)}
        made = [
            Entity(n, t.kind, t.mention, t.actor, tuple(sorted(t.spans)), t.is_plural, t.sex)
            for n, t in ((n, self.things[old]) for n, old in enumerate(order))
        ]
        return Entities(self.parsed, made, {i: new[k] for i, k in self.by_token.items()})

    def _is_surname(self, token: Token) -> bool:
        if not token.text[:1].isupper() or any(c.i < token.i for c in token.children):
            return False
        return self.table.by_surname(token.lower, self.year) is not None

    def _code(self, words: str) -> ActorCode:
        if words not in self.codes:
            self.codes[words] = code_actor(words, self.table, year=self.year, in_report=True)
        return self.codes[words]

    def _add(self, token: Token, thing: Thing) -> int:
        self.things.append(thing)
        return self.named.join(token, len(self.things) - 1)

    def _modifier(self, token: Token) -> None:
        """A nationality or group before a noun: it is an entity of its own ("Israeli airstrikes")."""
        if not token.text[:1].isupper():
            return
        code = self._code(token.text)
        if code.country is None and code.organization is None:
            return
        key = (code.organization or code.country or "").lower()
        k = self.by_name.get(key)
        if k is None:
            kind: Kind = "group" if code.organization else "country"
            k = self._add(token, Thing(kind, token.text, code))
            self.by_name[key] = k
        else:
            self.named.join(token, k)

    def _name(self, token: Token) -> None:
        _, words = _left_words(token)
        code = self._code(words)
        appositive = self._apposed(token)
        if appositive is not None:
            is_body = code.organization is not None and code.role is None  # "the Taliban, the de facto leaders"
            role = None if is_body else appositive.role
            code = _merged(code, msgspec.structs.replace(appositive, name=None, role=role))
        proper = self._proper_words(token)
        surname = proper[-1].lower() if proper else token.lower
        is_person = (
            code.role is not None
            or self.table.is_person(code.name)
            or (
                not code.country
                and not code.sectors
                and token.tag == "NNP"
                and token.text[:1].isupper()
                and not (
                    token.text.isupper() and 2 <= len(token.text) <= 6 and not token.children
                )  # "XYZ" is no person
            )
        )
        known = self.table.by_surname(surname, self.year) if len(proper) == 1 else None
        name = code.name or (code.organization if code.role is None else None)
        keys = [" ".join(proper).lower()]
        if name:
            keys.append(name.lower())
        if code.organization and code.role is None:
            keys.append(code.organization.lower())
        k = next((self.by_name[key] for key in keys if key in self.by_name), None)
        if k is None and token.dep == "appos" and is_person:
            k = self._office_holder(token)
        if k is None and is_person:
            k = self.by_name.get(surname)
            if k is not None and self._is_namesake(k, proper):
                k = None
        if k is None and not code.country and not code.sectors and known is not None:
            code = self._code(known.words)
            is_person = True
        if k is None:
            kind: Kind = "person"
            if not is_person:
                kind = "group" if code.organization else "country" if code.country else "organization"
            elif code.organization and not code.role:
                kind = "organization"
            is_plural = token.tag in ("NNPS", "NNS")
            if token.tag == "NNS" and kind == "person":  # "Taliban officials"
                kind = "collective"
            sex = _sex(token, words)
            if sex is None and len(proper) > 1 and not is_plural:
                sex = self.table.first_names.get(proper[0].lower())
            thing = Thing(kind, words, self._at_home(code), is_plural=is_plural, sex=sex)
            thing.is_thing = kind == "person" and code.role is None and sex is None and _is_at(token)
            k = self._add(token, thing)
        else:
            self.named.join(token, k)
            thing = self.things[k]
            thing.actor = _merged(thing.actor, code)
            thing.is_thing = thing.is_thing and (_is_at(token) or token.dep != "nsubj")
            if len(words) > len(thing.mention):
                thing.mention = words
        if self.things[k].kind == "person" and token.pos == "PROPN":
            known_as = self.things[k].actor.name or ""
            if (len(proper) > 1 and " " not in known_as) or (not known_as and not is_title(token.text, self.table)):
                self.things[k].actor = msgspec.structs.replace(self.things[k].actor, name=" ".join(proper))
            self.by_name[surname] = k
        for key in keys:
            if key:
                self.by_name.setdefault(key, k)
        self._acronym(token, k)

    def _office_holder(self, token: Token) -> int | None:
        """The person of an office whose name follows: "the mayor, Jane Roe"."""
        k = self.by_token.get(token.head.i)
        if k is None or token.head.pos != "NOUN" or token.i < token.head.i:
            return None
        thing = self.things[k]
        if thing.kind not in ("person", "unnamed") or thing.actor.name or thing.actor.role is None or thing.is_plural:
            return None
        thing.kind = "person"
        thing.sex = thing.sex or self.table.first_names.get(self._proper_words(token)[0].lower())
        if thing.actor.name is None:
            thing.actor = msgspec.structs.replace(thing.actor, name=" ".join(self._proper_words(token)))
        return k

    def _proper_words(self, token: Token) -> list[str]:
        """The words of a name, without titles before it."""
        words = [c.text for c in token.children if c.dep in ("compound", "nmod") and c.pos == "PROPN" and c.i < token.i]
        if words and words[0].lower() not in self.table.first_names:
            titles = [n for n, word in enumerate(words, 1) if is_title(word, self.table)]
            words = words[titles[-1] :] if titles else words
        return [*words, token.text]

    def _is_namesake(self, k: int, proper: Sequence[str]) -> bool:
        """Whether the two share a surname only; "Jo Roe" may be Joan, not Max."""
        first, other = proper[0].lower(), (self.things[k].actor.name or "").split(" ")[0].lower()
        sexes = self.table.first_names
        return first in sexes and other in sexes and (first[0] != other[0] or sexes[first] != sexes[other])

    def _noun(self, token: Token) -> None:
        _, words = _left_words(token)
        code = self._code(words)
        lemma = token.lemma.lower()
        determiner = next((c.lower for c in token.children if c.dep in ("det", "poss") and c.i < token.i), "")
        if determiner in NOBODY:
            return
        subject = token.head.child("nsubj") if token.dep == "attr" and lemma == "one" else None
        if subject is not None and subject.i in self.by_token:  # "he is the one who started it"
            self.named.join(token, self.by_token[subject.i])
            return
        is_definite = determiner in DEFINITE
        if code.country is None and code.sectors:
            code = self._placed(token, code)
        owner = next((c for c in token.children if c.dep == "poss"), None)
        if owner is not None and lemma in FIGHTERS and owner.i in self.by_token:
            code = self._owned(self.things[self.by_token[owner.i]], code)
        if owner is not None and code.country is None and owner.i in self.by_token:
            owned = self.things[self.by_token[owner.i]].actor.country
            if owned and code.sectors:
                code = msgspec.structs.replace(code, country=owned, code=owned + code.sectors[0])
        if is_definite and code.country is None:
            for kind, pointers in POINTERS.items():
                if (token.lower in pointers or lemma in pointers) and (
                    kind != "country" or determiner in ("the", "this")
                ):
                    k = self._back(token, kind, lemma, code)
                    if k is not None:
                        self.named.join(token, k)
                        return
        if not code.sectors and not code.country:
            return
        if token.dep == "appos" and token.head.i in self.by_token:
            k = self.by_token[token.head.i]
            self.things[k].actor = _merged(self.things[k].actor, code)
            self.by_token[token.i] = k
            return
        kind2: Kind = "collective" if token.tag == "NNS" else "unnamed"
        own = self._code(token.text)  # "the Taliban's announcement" is no body, "Taliban fighters" are
        is_body = code.role is None and bool(own.sectors) and token.dep != "appos"
        if kind2 == "unnamed" and is_body:
            kind2 = "organization"
        thing = Thing(kind2, words, self._at_home(code), is_plural=token.tag == "NNS", sex=_sex(token, words))
        thing.is_thing = code.role is None and not own.sectors and own.role is None
        self._add(token, thing)

    def _owned(self, owner: Thing, code: ActorCode) -> ActorCode:
        """A group's fighters are the group: "its men", "the Front's fighters"."""
        if owner.kind not in ("group", "organization"):
            return code
        known = owner.actor
        return msgspec.structs.replace(
            code,
            name=known.name or known.organization or owner.mention,
            organization=known.organization,
            country=code.country or known.country,
            sectors=known.sectors or code.sectors,
            code=known.code or code.code,
        )

    def _placed(self, token: Token, code: ActorCode) -> ActorCode:
        """Whose they are by "leaders from the U.S.", "diplomats of the Group of Seven": not the report's own country's."""
        for child in token.children:
            if child.dep == "prep" and child.lower in ("from", "of", "in", "at", "with") and child.i > token.i:
                for named in child.children:
                    if named.dep == "pobj":
                        body = self._code(_phrase_words(named))
                        if body.country or body.organization:
                            name = code.name if body.country else code.name or body.organization
                            country = body.country or ""
                            return msgspec.structs.replace(
                                code,
                                name=name,
                                country=body.country,
                                code=country + code.sectors[0] if body.country else body.code,
                            )
        return code

    def _at_home(self, code: ActorCode) -> ActorCode:
        if (
            code.country
            or not code.sectors
            or self.home is None
            or (code.code or "").startswith(("UNO", "IGO", "EUR", "NGO", "IMG", "MNC"))
        ):
            return code
        if code.sectors[0] not in ("GOV", "MIL", "COP", "SPY", "JUD", "LEG"):
            return code
        return msgspec.structs.replace(code, country=self.home, code=self.home + code.sectors[0])

    def _back(self, token: Token, kind: str, lemma: str, code: ActorCode) -> int | None:
        """The latest thing that a definite noun can point back to; one that is known to be it, before others."""
        best, rank = None, (False, -1, -1)
        for k in self.named.near(token.sentence.i, FAR_REACH):
            thing = self.things[k]
            if kind == "person" and thing.is_thing:
                continue
            is_known = kind == "person" and lemma in (thing.actor.role or "")
            if kind == "person" and thing.kind == "person" and token.tag == "NN":
                fits = lemma in (thing.actor.role or "") or (
                    lemma in ("official", "diplomat", "leader", "politician", "man", "woman", "chief")
                    and (
                        not thing.actor.sectors
                        or lemma in ("man", "woman")
                        or thing.actor.sectors[0] in ("GOV", "MIL", "ELI", "IGO")
                    )
                )
            elif kind == "group":
                fits = thing.kind in ("group", "organization") and (
                    not code.sectors or not thing.actor.sectors or set(code.sectors) & set(thing.actor.sectors) != set()
                )
            else:
                fits = kind == "country" and thing.kind == "country"
            if fits and (is_known, _recency(kind, thing), k) > rank:
                best, rank = k, (is_known, _recency(kind, thing), k)
        return best

    def _apposed(self, token: Token) -> ActorCode | None:
        """What an apposition or a relative clause of the name tells: ", the Tajik foreign minister"."""
        for child in token.children:
            if child.dep == "appos" and child.pos in ("NOUN", "PROPN") and child.i > token.i:
                code = self._code(_phrase_words(child))
                if code.role or code.organization or code.country:
                    return code
        return None

    def _acronym(self, token: Token, k: int) -> None:
        """ "Syrian Democratic Forces (SDF)"."""
        for child in token.children:
            if child.dep == "appos" and child.text.isupper() and 2 <= len(child.text) <= 8:
                self.by_name.setdefault(child.lower, k)
                self.by_token[child.i] = k


def _recency(kind: str, thing: Thing) -> int:
    """The sentence of the last mention; "the group" is rather one that is known to be one."""
    return thing.last_sentence + (KNOWN_GROUP if kind == "group" and thing.actor.organization else 0)


def _left_words(token: Token) -> tuple[int, str]:
    """The phrase from its first modifier to its head, and "of X" after it."""
    parts: list[Token] = [token]
    stack = [
        c for c in token.children if c.i < token.i and c.dep not in ("punct", "cc", "conj", "appos", "relcl", "prep")
    ]
    while stack:
        t = stack.pop()
        parts.append(t)
        stack.extend(c for c in t.children if c.dep not in ("relcl", "acl"))
    for child in token.children:
        if child.i > token.i and child.dep == "prep" and child.lower in ("of", "for"):
            parts.extend(_prepositional(child, depth=2))
    parts.sort(key=lambda t: t.i)
    return parts[0].start, " ".join(t.text for t in parts).replace(" 's", "'s").replace(" ’s", "’s").replace(
        " - ", "-"
    ).replace(" . ", ". ")


def _prepositional(prep: Token, depth: int) -> list[Token]:
    """A preposition and its noun with what stands before it, and "of X" after it ("for trade of Nepal")."""
    parts = [prep]
    for inner in prep.children:
        if inner.dep == "pobj":
            parts.append(inner)
            parts.extend(c for c in inner.children if c.dep in ("compound", "amod", "det", "nmod", "poss"))
            for child in inner.children:
                if depth > 1 and child.dep == "prep" and child.lower == "of":
                    parts.extend(_prepositional(child, depth - 1))
    return parts


def _is_at(token: Token) -> bool:
    if token.dep == "dobj":
        return token.head.lemma in GOING
    if token.dep != "pobj":
        return False
    return token.head.lower in AT or (token.head.lower in ("to", "from") and token.head.head.lemma in GOING)


def _phrase_words(token: Token) -> str:
    return _left_words(token)[1]


def _sex(token: Token, words: str) -> str | None:
    listed = set(words.lower().split()) | {token.lemma.lower()}
    return "f" if listed & WOMEN else "m" if listed & MEN else None


def _merged(a: ActorCode, b: ActorCode) -> ActorCode:
    """What two mentions of one entity tell together; the first's words win."""
    country = a.country or b.country
    sectors = a.sectors or b.sectors
    code = a.code if a.country and a.sectors else b.code if b.country and b.sectors else None
    if code is None and (country or sectors):
        code = (country or "") + (sectors[0] if sectors else "")
    return ActorCode(
        a.name or b.name, code or a.code or b.code, country, sectors, a.organization or b.organization, a.role or b.role
    )
