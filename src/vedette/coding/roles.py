"""Who does an act and whom it befalls: the parties of a verb, a light verb with its noun, or a nominalisation.

Subjects act and objects suffer, unless the lexicon says otherwise; a passive turns them round. What several do
together has the first as actor, the others as recipients. Whose word or act is condemned or rejected is the recipient.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from vedette.coding.frames import (
    agents_of,
    conjuncts,
    core,
    is_passive,
    objects_of,
    prep_objects,
    subjects_of,
    unique,
)
from vedette.coding.governed import SUFFERING, blamed, doers_above, is_act, is_named, sufferers_above
from vedette.coding.lexicon import Sense
from vedette.coding.senses import SPEECH, Choice, Reader
from vedette.coding.several import named_among, nations_of, people
from vedette.coding.things import is_thing
from vedette.text.tree import Token

__all__ = ["RECIPROCAL", "TOLL", "Roles", "same_subject", "tells_what_was"]

WITH = frozenset({"with"})
FROM = frozenset({"from", "by"})
# "the sanctions A imposed on X": the noun's clause tells whom.
LAYING = frozenset("impose place levy slap put".split())
AIMING = frozenset("target aim direct hit".split())
AIMED = frozenset({"at", "against"})
FORCED = frozenset({"with", "against", "on"})
HARM = frozenset({"ASSAULT", "COERCE"})
TAKING = frozenset("annex seize take capture wrest confiscate grab conquer recapture retake steal".split())
# "Sent troops to fight X", "gave money to help X": whom the purpose names.
PURPOSES = {
    "MOBILIZE": frozenset("fight combat counter confront battle deter contain repel defeat threaten crush".split()),
    "AID": frozenset("help assist support aid relieve".split()),
}
# Prepositions whose objects are recipients, by type: after the verb, and after a noun of action.
RECIPIENT_PREPS = {
    "ASSAULT": "on upon at against into",
    "CONSULT": "with to between among",
    "AGREE": "with to for",
    "SUPPORT": "with for to behind of",
    "CONCEDE": "to with",
    "COOPERATE": "with between",
    "AID": "to for",
    "RETREAT": "to from with",
    "REQUEST": "on upon to from of",
    "ACCUSE": "against at of into",
    "REJECT": "of from by with to",
    "THREATEN": "against to with at",
    "PROTEST": "against at outside",
    "SANCTION": "on against from with",
    "MOBILIZE": "against to",
    "COERCE": "on against of from",
}
RECIPIENTS = {kind: frozenset(words.split()) for kind, words in RECIPIENT_PREPS.items()}
# Both sides do these; where a subject is coordinated, the further ones are recipients.
RECIPROCAL = frozenset({"CONSULT", "COOPERATE"})
RECIPROCAL_VERBS = frozenset(
    "clash fight battle skirmish exchange trade agree sign reach ink conclude swap upgrade strengthen deepen normalize "
    "normalise".split()
)
# Of these the object is what passes between those who do it.
EXCHANGING = frozenset({"exchange", "swap", "trade"})
# Verbs that tell what an attack did: the attack named with them is the same event.
TOLL = frozenset("kill injure wound die maim hurt perish leave claim".split())
# Of these the object may be somebody's act or word: its doer is the recipient ("rejected Kenya's request").
TOWARDS_DOER = frozenset({"ACCUSE", "REJECT", "SUPPORT", "REQUEST", "AGREE"})
# "of" after these nouns names who does it, not who suffers it.
SUBJECTIVE_OF = frozenset(
    "support backing praise withdrawal retreat pullout protest pledge promise offer threat resignation".split()
)
# The possessive of these nouns names the victim.
SUFFERED = frozenset(
    "arrest detention killing murder assassination death release deportation abduction kidnapping execution torture "
    "conviction imprisonment expulsion beheading rape extradition indictment removal ouster injury rescue".split()
)
# Who is hurt, and how wounds are joined to who has them.
VICTIMS = frozenset({"victim", "survivor"})
WOUNDED = frozenset({"with", "from", "of"})
BETWEEN = frozenset({"between", "among"})
CARRYING = frozenset("carry transport ferry".split())
MEDDLING = frozenset("meddle interfere intervene".split())
# "Declined to take part in the EU's plan".
ATTENDED = frozenset({"in", "at", "with"})
STANDING = frozenset({"place", "force", "effect"})
WORRYING = frozenset({"over", "about"})
# Who is somebody's is a party of his own.
KIN = frozenset(
    "daughter son wife husband mother father brother sister relative parent client supporter critic".split()
)
# What stands behind "of" is no party but the charge.
CHARGING = frozenset("accusation allegation charge suspicion count".split())
# The nouns that the parser gives as a person's or body's own doing: see `_doer`.
OWNED = frozenset({"compound", "amod", "nmod"})


class Roles:
    """Finds the parties of one sentence's predicates."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.lexicon = reader.lexicon

    def of_verb(self, verb: Token, choice: Choice) -> tuple[list[Token], list[Token]]:
        sense = choice.sense
        kind = sense.event_type
        subjects = [s for t in subjects_of(verb) for s in conjuncts(t)]
        part = {w.i for w in choice.words}
        objects = [o for t in objects_of(verb) for o in conjuncts(t) if self._is_party(o, sense, part)]
        preps = (sense.recipient or RECIPIENTS.get(kind, frozenset())) | frozenset(sense.with_words)  # "clash with"
        if verb.lemma in RECIPROCAL_VERBS:
            preps |= WITH
        others = [o for t in prep_objects(verb, preps) for o in conjuncts(t) if self._is_party(o, sense, part)]
        for word in choice.words:  # "imposed sanctions on X": the noun's prepositions belong to the verb
            if word.pos == "NOUN":
                of = preps | {"of"} | (FORCED if kind == "RETREAT" else WITH if kind == "SUPPORT" else frozenset())
                others.extend(o for t in prep_objects(word, of) for o in conjuncts(t))
                others.extend(self._aims(word))
        if kind == "RETREAT" and sense.mode == "withdraw":  # "withdrew its troops": they go, nobody suffers it
            objects = [o for o in objects if not any(c.tag == "PRP$" for c in o.children)]
        if is_passive(verb):
            agents = agents_of(verb)
            held = [s for s in subjects if self._is_party(s, sense, part)]
            if sense.is_swapped:
                return people(held), people(others)
            if sense.objects and len(held) < len(subjects) and not agents:
                owners = self._owners(choice.words)
                if kind in HARM and not any(self._is_act(w) for w in choice.words):  # "his life was taken"
                    held = held or owners
                else:
                    agents = owners
            held = self._towards(held, kind) or self._doers(choice) or others
            if not held and kind != "MOBILIZE":
                held = [s for s in subjects if self._is_victim(s)]
            return people(agents), people(held)
        if sense.is_swapped:
            foes = people([o for t in prep_objects(verb, frozenset({"from", "by", "at"})) for o in conjuncts(t)])
            nouns = [w for w in choice.words if w.pos == "NOUN"]
            foes = foes or [
                *self._owners(nouns),
                *(o for w in nouns for t in prep_objects(w, FROM) for o in conjuncts(t)),
            ]
            foes = foes or [m for w in nouns for m in self._modifiers(w)]
            return people(foes), people(subjects)
        objects, others = people(self._towards(objects, kind)), people(self._towards(others, kind))
        is_own = kind == "RETREAT" and sense.mode == "withdraw"
        if not objects and (kind in HARM or not others) and kind != "MOBILIZE" and not is_own:  # "freed 12 hostages"
            objects = [o for t in objects_of(verb) for o in conjuncts(t) if self._is_victim(o)]
        if not (objects or others) and kind == "CONSULT":  # "talked to neighbours"
            others = [o for t in prep_objects(verb, preps) for o in conjuncts(t) if self._is_victim(o)]
        aims = people([o for t in objects if self._is_act(t) for a in prep_objects(t, AIMED) for o in conjuncts(a)])
        held = [o for o in objects if not self._is_act(o)] or others or aims or objects
        if not sense.recipient and kind not in ("ACCUSE", "REQUEST") and sense.objects:
            held = unique([*objects, *others])
        if verb.lemma in MEDDLING:  # "meddled in its affairs"
            inside = [self._doer(o) for t in prep_objects(verb, frozenset({"in"}), depth=1) for o in conjuncts(t)]
            held = people([o for o in inside if o.pos != "NOUN" or self._is_named(o)]) or held
        if kind == "ACCUSE" and sense.mode == "disapprove" and not held:
            held = people([o for w in choice.words for o in self._worries(w)])
        if kind == "ACCUSE" and verb.lemma == "blame":
            held = people(blamed(verb)) or held
        if kind in HARM and verb.lemma in TAKING:  # "annexed the valley from Chad"
            held = unique(
                [*held, *(o for t in prep_objects(verb, FROM, depth=1) for o in conjuncts(t) if o.pos == "PROPN")]
            )
        if kind in PURPOSES and not held:
            held = people(self._meant_for(verb))
        if choice.inner is not None and choice.inner in held:
            held.remove(choice.inner)
        if not [o for o in held if not self._is_act(o)]:
            held = self._doers(choice) or held
        if kind in SPEECH and not held:
            held = people(self._towards(self.of_inner(choice), kind))
        if kind in HARM:
            held = [o for t in held for o in (t, *people(_aboard(t)))]
        if kind == "ASSAULT":
            held = unique([*held, *self._tolls(verb)])
        actors = people(subjects)
        if len(actors) == 1 and len(sides := self.sides(actors[0])) > 1:
            return sides[:1], held or sides[1:]  # "talks between A and B failed"
        if not actors and kind in RECIPROCAL:  # "expanding cooperation between A and B"
            sides = next((found for w in choice.words if len(found := self.sides(w)) > 1), [])
            if sides:
                return sides[:1], sides[1:]
        if verb.lemma in EXCHANGING and len(actors) > 1 and not others:  # "A and B exchanged prisoners"
            held = []
        together = kind in RECIPROCAL or verb.lemma.lower() in RECIPROCAL_VERBS
        doing = {a.i for a in actors}
        if together and not [o for o in held if not self._is_act(o) and o.i not in doing]:
            first, others = self._both(actors)
            return first, others or held
        return actors, held

    def of_light(self, verb: Token, noun: Token, sense: Sense) -> tuple[list[Token], list[Token]]:
        subjects = [s for t in subjects_of(verb) for s in conjuncts(t) if core(s) is not noun]
        own_actors, own_recipients = self.of_noun(noun, sense)
        if sense.event_type == "ACCUSE" and sense.mode == "disapprove" and not own_recipients:
            own_recipients = people(self._worries(noun))
        preps = RECIPIENTS.get(sense.event_type, frozenset()) | (
            WITH if verb.lemma in RECIPROCAL_VERBS else frozenset()
        )
        others = people([o for t in prep_objects(verb, preps) for o in conjuncts(t)])
        if is_passive(verb):
            return people(agents_of(verb)) or own_actors, own_recipients or others
        if verb.lemma in SUFFERING:
            return own_actors, people(subjects)
        recipients = own_recipients or others
        if sense.event_type in SPEECH | {"AID"} and not recipients:
            recipients = people([o for o in objects_of(verb) if core(o) is not noun])
        actors = people(subjects)
        if (sense.event_type in RECIPROCAL or verb.lemma in RECIPROCAL_VERBS) and not recipients and actors:
            return self._both(actors)
        return actors or own_actors, recipients

    def of_noun(self, noun: Token, sense: Sense) -> tuple[list[Token], list[Token]]:
        between = self.sides(noun)
        if len(between) < 2 and sense.event_type in RECIPROCAL and noun.dep in ("nsubj", "dobj", "nsubjpass"):
            between = self.sides(noun.head)  # "cooperation grew between A and B"
        if len(between) > 1:
            return between[:1], between[1:]
        lemma = noun.lemma.lower()
        actors = agents_of(noun)
        recipients = [o for t in between for o in (t,)]
        of = [o for t in prep_objects(noun, frozenset({"of"}), depth=1) for o in conjuncts(t)]
        if lemma in CHARGING:
            of = []  # "accusations of incitement": what is alleged, not who is accused
        of = [o for o in of if self._is_named(o) or core(o).lemma.lower() not in sense.objects]
        of = [o for o in of if self._is_named(o) or o.lemma.lower() not in sense.with_words]  # "a state of emergency"
        preps = (sense.recipient or RECIPIENTS.get(sense.event_type, frozenset())) - {"of"}
        recipients.extend(o for t in prep_objects(noun, preps) for o in conjuncts(t))
        recipients.extend(self._aims(noun))
        if noun.dep == "dobj" and noun.head.lemma == "blame" and (blameworthy := blamed(noun.head)):
            actors = blameworthy
            recipients = [r for r in recipients if r not in blameworthy]
        if not actors:  # "the arrest of X by Y", where the parser gives "by Y" to X
            actors = [a for o in of if not self._is_act(o) for a in agents_of(o)]
        owner = noun.child("poss")
        if owner is not None:
            if lemma in SUFFERED and not of and not recipients:
                recipients.append(owner)
            else:
                actors.append(owner)
        if of:
            if lemma in SUBJECTIVE_OF and not actors:
                actors.extend(of)
            else:
                recipients.extend(of)
        if not recipients and noun.dep in ("dobj", "nsubjpass"):
            standing = [t for t in prep_objects(noun.head, frozenset({"in"}), depth=1) if t.lower in STANDING]
            recipients.extend(  # "kept tariffs in place on X"
                o
                for v in (noun.head, *standing)
                for t in prep_objects(v, preps & FORCED, depth=1)
                for o in conjuncts(t)
                if o.i > noun.i
            )
        if not actors:
            modifiers = self._modifiers(noun)
            if lemma in SUFFERED and not recipients:
                recipients.extend(modifiers[:1])
            else:
                actors.extend(modifiers[:1])
                if len(modifiers) > 1 and sense.event_type in RECIPROCAL | {"ASSAULT"} and not recipients:
                    recipients.extend(modifiers[1:2])
        if not actors:
            actors = [a for a in doers_above(noun, sense, self.lexicon) if a not in recipients]
        if sense.event_type == "AID" or all(self._is_act(r) for r in recipients):  # "depend on aid for survival"
            recipients = sufferers_above(noun, sense, self.lexicon) or recipients
        if not recipients:
            recipients = [a for a in sufferers_above(noun, sense, self.lexicon) if a not in actors]
        actors, recipients = people(actors), people(recipients)
        if sense.event_type in RECIPROCAL and len(actors) == 1 and not recipients:
            return self._both(actors)  # "the talks brought together envoys of A and B"
        return actors, recipients

    def hurt(self, harm: Token) -> list[Token]:
        """Who has a wound or is the victim: "his wounds", "a man with wounds", "he was found with wounds"."""
        if harm.lemma.lower() in VICTIMS:
            return [harm]
        owner = harm.child("poss")
        if owner is not None:
            return [owner]
        above = harm.head.head if harm.dep == "pobj" else harm.head
        if harm.dep == "pobj" and harm.head.lower not in WOUNDED:
            return []
        if harm.dep == "pobj" and above.pos in ("NOUN", "PROPN", "PRON"):
            return [above]
        if harm.dep not in ("pobj", "dobj") or above.pos not in ("VERB", "ADJ"):
            return []
        held = [] if harm.dep == "dobj" or is_passive(above) else objects_of(above)
        return [s for t in held or subjects_of(above) for s in conjuncts(t)]

    def of_inner(self, choice: Choice) -> list[Token]:
        """Whom a speech act is addressed to, by what it speaks of."""
        inner = choice.inner
        if inner is None or (choice.sense.event_type == "REJECT" and tells_what_was(inner)):
            return []
        if inner.pos in ("NOUN", "PROPN"):
            known = self.reader.choose_noun(inner, 0)
            if known is None:
                return []
            actors, recipients = self.of_noun(inner, known.sense)
            return (actors or recipients) if choice.sense.event_type == "REQUEST" else (recipients or actors)
        subjects = [c for c in inner.children if c.dep in ("nsubj", "nsubjpass")]
        if choice.sense.event_type == "REQUEST" and subjects:
            if is_passive(inner) and (asked := agents_of(inner)):  # "that the hostages be freed by X"
                return asked
            return [s for t in subjects for s in conjuncts(t)]
        inside = self.reader.choose(inner)
        if inside is not None:
            if inside.noun is not None:
                _, held = self.of_light(inner, inside.noun, inside.sense)
            else:
                _, held = self.of_verb(inner, inside)
            return held
        preps = RECIPIENTS[choice.sense.event_type] if choice.sense.event_type == "THREATEN" else frozenset()
        towards = [
            o for t in prep_objects(inner, preps, depth=1) for o in conjuncts(t)
        ]  # "vowed to retaliate against X"
        held = [o for t in objects_of(inner) for o in conjuncts(t)] or towards or subjects
        if choice.sense.event_type == "REJECT" and all(o.lemma == "part" for o in held):
            heads = [inner, *held]
            attended = [self._doer(o) for h in heads for t in prep_objects(h, ATTENDED, depth=1) for o in conjuncts(t)]
            held = [o for o in attended if self._is_named(o)]
        return held

    def is_thing(self, token: Token) -> bool:
        return is_thing(token, self.lexicon)

    def _both(self, actors: list[Token]) -> tuple[list[Token], list[Token]]:
        """The two sides of what is done together: conjuncts, or nations before one noun ("Thai and Lao leaders")."""
        if len(actors) == 1:
            nations = [m for m in self._modifiers(actors[0]) if m.lemma.lower() not in self.lexicon.agents]
            if len(nations) == 1:
                nations = unique([*nations, *(c for c in nations[0].children if c.dep == "conj")])
            if len(nations) < 2:  # "leaders from A and B met"
                nations = [n for t in prep_objects(actors[0], frozenset({"from", "of"}), depth=1) for n in conjuncts(t)]
                nations = [n for n in nations if n.pos == "PROPN"]
            if len(nations) > 1:
                actors = nations
        return actors[:1], actors[1:]

    def _is_party(self, token: Token, sense: Sense, part: set[int]) -> bool:
        """Whether an object can fill a role: not where it is a word of the predicate."""
        inner = core(token)
        if inner.pos in ("PROPN", "PRON"):  # "visited Chad": a name that an entry asks for is a party all the same
            lemma = inner.lemma.lower()
            return inner.i not in part and not (lemma in sense.objects and lemma in self.lexicon.nouns)
        return inner.i not in part and inner.lemma.lower() not in sense.objects

    def _is_victim(self, token: Token) -> bool:
        return core(token).lemma.lower() in self.lexicon.victims

    def _is_act(self, token: Token) -> bool:
        return is_act(token, self.lexicon)

    def _tolls(self, verb: Token) -> list[Token]:
        """Who was killed or hurt, of the participles that go with an attack."""
        found: list[Token] = []
        for child in verb.children:
            if child.dep == "advcl" and child.tag == "VBG" and child.lemma in TOLL:
                for each in same_subject(child):
                    found.extend(o for t in objects_of(each) for o in conjuncts(t))
        return people(found)

    def sides(self, noun: Token) -> list[Token]:
        """A and B of "the summit between A and B"."""
        several = [o for t in prep_objects(noun, BETWEEN) for o in conjuncts(t)]
        named = named_among(several[0]) if len(several) == 1 else []
        return people(named if len(named) > 1 else several)

    def _towards(self, tokens: Sequence[Token], kind: str) -> list[Token]:
        if kind not in TOWARDS_DOER:
            return [n for t in tokens for n in (nations_of(t) or [t])]
        found: list[Token] = []
        for token in tokens:
            sides = self.sides(token) if self._is_act(token) else []
            found.extend(sides if len(sides) > 1 else [self._doer(token)])  # "supports the deal between A and B"
        return found

    def is_somebodys(self, noun: Token) -> bool:
        """Whether a noun says whose word or act it is ("claims made by X")."""
        return noun.pos == "NOUN" and self._doer(noun) is not noun

    def _doer(self, noun: Token) -> Token:
        """Whose act or word a noun names: "Kenya" of "Kenya's request", "Pakistan" of "claims made by Pakistan"."""
        lemma = noun.lemma.lower()
        if noun.pos != "NOUN" or lemma in self.lexicon.agents or lemma in KIN:
            return noun
        owner = noun.child("poss")
        is_of = any(c.lower == "of" and c.dep == "prep" for c in noun.children)
        if owner is not None and (is_of or noun.lemma.lower() not in SUFFERED):  # who is arrested does not arrest
            return owner
        for child in noun.children:
            if child.dep == "acl" and child.tag == "VBN" and (agents := agents_of(child)):
                return agents[0]
        if agents := agents_of(noun):
            return agents[0]
        return next(
            (c for c in noun.children if c.dep in OWNED and c.tag in ("NNP", "NNPS", "JJ") and c.text[:1].isupper()),
            noun,
        )

    def _doers(self, choice: Choice) -> list[Token]:
        """Whose word or act a noun of the predicate is, where it is answered: "rejected the claims made by X"."""
        if choice.sense.event_type not in TOWARDS_DOER:
            return []
        nouns = [w for w in choice.words if w.pos == "NOUN"]
        found = [doer for w in nouns if (doer := self._doer(w)) is not w]
        if choice.sense.event_type in ("SUPPORT", "AGREE"):
            found = [doer for doer in found if doer.tag != "PRP$"]  # "strengthened their ties"
        return people(found)

    def _aims(self, noun: Token) -> list[Token]:
        """Whom a noun of action is said to be meant for: "tariffs targeting X", "sanctions aimed at X"."""
        found: list[Token] = []
        for child in noun.children:
            if child.dep in ("acl", "relcl") and child.lemma in LAYING:
                found.extend(o for t in prep_objects(child, FORCED) for o in conjuncts(t))
            if child.dep == "acl" and child.lemma in AIMING:
                found.extend(o for t in objects_of(child) for o in conjuncts(t) if child.tag == "VBG")
                found.extend(o for t in prep_objects(child, AIMED) for o in conjuncts(t))
        return [o for o in found if self._is_named(o)]

    def _is_named(self, token: Token) -> bool:
        return is_named(token, self.lexicon)

    def _worries(self, noun: Token) -> list[Token]:
        """Whose doings somebody is concerned about: "concern over China's expansion"."""
        told = [self._doer(o) for t in prep_objects(noun, WORRYING, depth=1) for o in conjuncts(t)]
        return [o for o in told if o.pos != "NOUN" or self._is_named(o)]

    def _meant_for(self, verb: Token) -> list[Token]:
        """Whom what is sent or given is to fight or help."""
        aims = PURPOSES["AID"] | PURPOSES["MOBILIZE"]
        heads = [t for v in same_subject(verb) for t in (v, *objects_of(v))]
        purposes = [c for t in heads for c in t.children if c.dep in ("advcl", "acl", "xcomp")]
        return [o for p in purposes if p.tag == "VB" and p.lemma in aims for t in objects_of(p) for o in conjuncts(t)]

    def _owners(self, words: Iterable[Token]) -> list[Token]:
        for word in words:
            owner = word.child("poss")
            if owner is not None:
                return [owner]
        return []

    def _modifiers(self, noun: Token) -> list[Token]:
        """Names, nationalities and common agents before a noun of action ("Israeli airstrikes", "rebel attack")."""
        found: list[Token] = []
        for child in noun.children:
            if child.i < noun.i and child.dep in OWNED:
                named = child.tag in ("NNP", "NNPS") or child.text[:1].isupper()
                if child.i == noun.sentence.tokens[0].i and child.tag in ("JJ", "NN", "NNS"):
                    named = child.pos == "PROPN" or child.lower.endswith(("i", "an", "ese", "ish"))
                if named or (child.tag in ("NN", "NNS") and child.lemma.lower() in self.lexicon.agents):
                    found.extend(
                        c for c in child.children if c.dep in OWNED and c.tag == "NNP" and _is_joined(c, child)
                    )
                    found.append(child)
        return found


def _aboard(vehicle: Token) -> list[Token]:
    """Who is in what is attacked: "a bus carrying pilgrims"."""
    clauses = [c for c in vehicle.children if c.dep in ("acl", "relcl") and c.lemma in CARRYING]
    return [o for c in clauses for t in objects_of(c) for o in conjuncts(t)]


def tells_what_was(verb: Token) -> bool:
    """A finite clause about what is or was, not about what will be done: "that X had attacked", "attacking X"."""
    if verb.tag in ("VBD", "VBZ", "VBP") or (verb.tag == "VBG" and verb.dep in ("xcomp", "pcomp")):
        return True
    aux = [c for c in verb.children if c.dep == "aux"]
    return verb.tag in ("VBN", "VBG") and any(c.tag in ("VBD", "VBZ", "VBP") or c.lower == "having" for c in aux)


def same_subject(verb: Token) -> list[Token]:
    """The verb and those coordinated with it that share its subject."""
    found = [verb]
    for known in found:
        for child in known.children:
            if child.dep == "conj" and child.pos == "VERB" and child.tag == verb.tag and len(found) < 8:
                if not any(c.dep == "nsubj" for c in child.children):
                    found.append(child)
    return found


def _is_joined(first: Token, second: Token) -> bool:
    """Whether two names stand joined by a hyphen or dash ("Russia-Ukraine")."""
    return second.start - first.end == 1 and second.i - first.i == 2
