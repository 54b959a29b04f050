"""Code PLOVER events over predicates: verbs, light verbs with a noun of action, nominalisations, adjectives.

A predicate is looked up by its lemma; the sense that asks for most (its particle, its object, the act it speaks of)
wins. Roles come from the predicate's own clause (`frames`). Conventions:

- Speech is an event only where PLOVER says so (accuse, reject, request, threaten, agree, consult, support).
- What is promised, refused, threatened or asked for is part of that act and no event of its own ("agreed to hold
  talks" is one AGREE); what is condemned or alleged is one ("accused Y of attacking Z").
- What somebody will do for another is AGREE, what he will not do REJECT (CAMEO roots 03 and 12).
- "must" and "should" in somebody's words are his REQUEST.

Whether the event happened is not decided here.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from vedette.coding.frames import (
    agents_of,
    complements_of,
    conjuncts,
    core,
    is_passive,
    is_time,
    modal_of,
    objects_of,
    phrase_of,
    prep_objects,
    speakers_of,
    subjects_of,
    unique,
)
from vedette.coding.lexicon import Lexicon, Sense
from vedette.records import Event, Phrase, Span
from vedette.text.tree import Parsed, Sentence, Token

__all__ = ["CODER", "code_events", "code_pair"]

CODER = "events/2"

# Verbs that lend their subject to the noun of action that is their object.
LIGHT = frozenset(
    """
carry make launch conduct stage mount hold have take give begin start commit perpetrate impose sign reach open resume
continue lead wage order issue deliver lodge file express voice offer provide send announce undertake plan execute step
intensify escalate renew expand extend mediate broker host attend join conclude strike organize organise pursue perform
inflict do enter face suffer place put orchestrate coordinate lay direct
""".split()
)
# Verbs whose subject does what their object names, though they do not lend themselves to one trigger with it.
DOING = frozenset("ramp wrap finish complete keep maintain mount continue step stop end plan claim".split())
FORCED = frozenset({"with", "against", "on"})
SUFFERING = frozenset("suffer face undergo survive endure withstand".split())
COOPERATIVE = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID", "RETREAT", "CONCEDE"})
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
    "ACCUSE": "against at of",
    "REJECT": "of from by with to",
    "THREATEN": "against to with",
    "PROTEST": "against at outside",
    "SANCTION": "on against from with",
    "MOBILIZE": "against to",
    "COERCE": "on against of from",
}
RECIPIENTS = {kind: frozenset(words.split()) for kind, words in RECIPIENT_PREPS.items()}
# Both sides do these; where a subject is coordinated, the further ones are recipients.
RECIPROCAL = frozenset({"CONSULT", "COOPERATE"})
RECIPROCAL_VERBS = frozenset("clash fight battle skirmish exchange trade agree sign reach ink conclude swap".split())
# Only somebody does these; ABSTRACT endings tell nouns that are nobody, BODIES are the exceptions.
CIVIL = frozenset(
    {"AGREE", "REQUEST", "REJECT", "SUPPORT", "CONSULT", "CONCEDE", "AID", "RETREAT", "THREATEN", "COERCE"}
)
ABSTRACT = ("tion", "ment", "ness", "ity", "ism", "ance", "ence", "sion", "ship", "ing", "ure")
BODIES = frozenset(
    """
organization organisation administration delegation government parliament commission coalition opposition institution
corporation association federation ministry authority community majority minority leadership department nation union
regiment detachment establishment management mission faction conference alliance intelligence resistance judiciary
population legislature nobility confederation foundation entity electorate station insurgence city university facility
""".split()
)
# Verbs that tell what an attack did: the attack named with them is the same event.
TOLL = frozenset("kill injure wound die maim hurt perish leave claim".split())
# Speech acts, whose inner act gives the mode and, where nobody else is addressed, the recipient.
SPEECH = frozenset({"REQUEST", "REJECT", "THREATEN", "AGREE"})
# Of these the object may be somebody's act or word: its doer is the recipient ("rejected Kenya's request").
TOWARDS_DOER = frozenset({"ACCUSE", "REJECT", "SUPPORT", "REQUEST", "AGREE"})
# What is named as content of a speech act without being one of the hostile acts that go on.
CONTENT = COOPERATIVE | {"AGREE"}
MODES = {
    "REQUEST": {"CONSULT": "meet", "AID": "assist", "COOPERATE": "assist", "RETREAT": "yield", "CONCEDE": "yield"},
    "REJECT": {"CONSULT": "meet", "AID": "assist", "COOPERATE": "assist", "RETREAT": "yield", "CONCEDE": "yield"},
    "THREATEN": {"ASSAULT": "violence", "SANCTION": "relations", "COERCE": "restrict", "REJECT": "relations"},
}
# "of" after these nouns names who does it, not who suffers it.
SUBJECTIVE_OF = frozenset(
    "support backing praise withdrawal retreat pullout protest pledge promise offer threat resignation".split()
)
# The possessive of these nouns names the victim.
SUFFERED = frozenset(
    "arrest detention killing murder assassination death release deportation abduction kidnapping execution torture "
    "conviction imprisonment expulsion beheading rape extradition indictment removal ouster injury rescue".split()
)
BETWEEN = frozenset({"between", "among"})
PERSONAL = frozenset({"PROPN", "PRON", "NOUN", "ADJ", "NUM", "DET"})
# What these prepositions introduce is circumstance, no part of the predicate.
ADJUNCT = frozenset(
    "by because after before during since following amid despite until without besides according due among than "
    "like alongside near between within".split()
)
# Children of a verb that may complete the predicate.
COMPLETING = frozenset({"prt", "prep", "dobj", "acomp", "oprd", "advmod", "attr", "dative", "agent", "nsubjpass"})
# The nouns that the parser gives as a person's or body's own doing: see `_doer`.
OWNED = frozenset({"compound", "amod", "nmod"})


class _Choice(msgspec.Struct, frozen=True):
    """The sense of a predicate with its further words and the predicates that are part of it."""

    sense: Sense
    words: tuple[Token, ...] = ()
    inner: Token | None = None
    inner_type: str | None = None
    noun: Token | None = None


def code_events(parsed: Parsed, lexicon: Lexicon) -> list[Event]:
    """Return the events of a text in order of their triggers, one a predicate."""
    found: list[Event] = []
    for sentence in parsed.sentences:
        found.extend(_Coder(sentence, lexicon).events())
    return found


def code_pair(parsed: Parsed, actor: Span, recipient: Span, lexicon: Lexicon) -> Event | None:
    """Return the event that best joins two given actors, or None where their sentence tells none.

    Preferred are events whose own actor and recipient are the given ones, then those with one of them and the
    higher predicate, then the nearest. The event keeps the roles found in the text.
    """
    best: tuple[float, Event] | None = None
    for sentence in parsed.sentences:
        if not (sentence.span.meets(actor) or sentence.span.meets(recipient)):
            continue
        for event in _Coder(sentence, lexicon).events():
            rank = _pair_rank(parsed, event, actor, recipient)
            if best is None or rank > best[0]:
                best = (rank, event)
    return best[1] if best else None


def _pair_rank(parsed: Parsed, event: Event, actor: Span, recipient: Span) -> float:
    head = parsed.token_at(event.head)
    depth = sum(1 for _ in head.ancestors()) if head else 0
    inside = any(actor.meets(t) or recipient.meets(t) for t in event.trigger)
    swapped = _touches(event.actors, recipient) or _touches(event.recipients, actor)
    distance = min(abs(event.head - actor.end), abs(event.head - recipient.start))
    return (
        2.0 * _touches(event.actors, actor)
        + 1.5 * _touches(event.recipients, recipient)
        - 1.0 * swapped
        - 1.0 * inside
        - 0.12 * min(depth, 8)
        + 0.5 * event.confidence
        - min(distance, 200) / 1000
    )


def _touches(phrases: Iterable[Phrase], span: Span) -> bool:
    return any(span.start <= p.head < span.end or any(s.meets(span) for s in p.spans) for p in phrases)


class _Coder:
    """Codes one sentence; `used` are the tokens that are part of an event already."""

    def __init__(self, sentence: Sentence, lexicon: Lexicon) -> None:
        self.sentence = sentence
        self.lexicon = lexicon
        self.used: set[int] = set()
        self.choices: dict[int, _Choice | None] = {}

    def events(self) -> Iterator[Event]:
        """The sentence's events in text order."""
        found: list[tuple[int, Event]] = []
        verbs, adjectives, nouns = self.lexicon.verbs, self.lexicon.adjectives, self.lexicon.nouns
        for token in self.sentence.tokens:
            event = None
            if token.i in self.used:
                continue
            if token.pos in ("VERB", "AUX") and token.dep not in ("aux", "auxpass", "amod"):
                event = self._deontic(token)
                if event is None and any(lemma in verbs or lemma in LIGHT for lemma in _lemmas(token)):
                    event = self._verb_event(token)
            elif token.pos in ("ADJ", "VERB") and token.lower in adjectives:
                event = self._adjective_event(token)
            if event:
                found.append((token.i, event))
        for token in self.sentence.tokens:
            if token.i in self.used or token.pos not in ("NOUN", "PROPN"):
                continue
            if any(lemma in nouns for lemma in _lemmas(token)):
                event = self._noun_event(token)
                if event:
                    found.append((token.i, event))
        found.sort(key=lambda pair: pair[0])
        return (event for _, event in found)

    def _merge_toll(self, verb: Token, choice: _Choice) -> tuple[_Choice, list[Token]]:
        """A toll with the attack that took it, told in one clause ("killed in an airstrike", "the blast injured 12")."""
        causes = [c for c in verb.children if c.dep == "nsubj"]
        causes += prep_objects(verb, frozenset({"in", "by", "during", "from"}), depth=1)
        for cause in causes:
            noun = core(cause)
            if noun.pos == "NOUN" and (named := self._choose_noun(noun, 1)) and named.sense.event_type == "ASSAULT":
                actors, _ = self._noun_roles(noun, named.sense)
                withs = [o for t in prep_objects(noun, frozenset({"with"}), depth=1) for o in conjuncts(t)]
                actors = actors or _people(withs)
                sense = dataclasses.replace(choice.sense, mode=named.sense.mode or choice.sense.mode)
                return _Choice(sense, (*choice.words, *named.words, noun)), actors
        return choice, []

    def _absorbed(self, verb: Token) -> bool:
        """Whether a toll is part of the attack told in the clause above it ("attacked a village, killing 12")."""
        if verb.dep != "advcl" or verb.tag != "VBG" or verb.head.pos != "VERB":
            return False
        above = self.choose(verb.head)
        return above is not None and above.sense.event_type == "ASSAULT"

    # What a predicate means.

    def choose(self, token: Token, depth: int = 3) -> _Choice | None:
        """The sense of a verb, predicate adjective or noun in its sentence, or None."""
        if token.i not in self.choices:
            self.choices[token.i] = None  # guards against a circle
            self.choices[token.i] = self._choose(token, depth)
        return self.choices[token.i]

    def _choose(self, token: Token, depth: int) -> _Choice | None:
        lexicon = self.lexicon
        if token.pos in ("NOUN", "PROPN"):
            return self._choose_noun(token, depth)
        if token.pos == "ADJ":
            senses: Sequence[Sense] = lexicon.adjectives.get(token.lower, ())
        else:
            senses = next((lexicon.verbs[lemma] for lemma in _lemmas(token) if lemma in lexicon.verbs), ())
        if senses:
            near, objects = _near(token), _objects(token, lexicon)
            light = self._light_noun(token) if token.lemma in LIGHT else None
            for sense in senses:
                if sense.weight == 0 and light is not None:
                    break  # "condemned the attack" is two acts, "launched an attack" one: the noun tells more
                choice = self._fits(token, sense, near, objects, depth)
                if choice is not None:
                    return choice
        if token.pos in ("VERB", "AUX") and token.lemma in LIGHT:
            noun = self._light_noun(token)
            inner = self._choose_noun(noun, depth - 1) if noun is not None and depth else None
            if noun is not None and inner is not None:
                return _Choice(inner.sense, (*inner.words, noun), inner.inner, inner.inner_type, noun)
        return None

    def _fits(
        self, token: Token, sense: Sense, near: dict[str, Token], objects: dict[str, Token], depth: int
    ) -> _Choice | None:
        words = []
        for word in sense.with_words:
            if word not in near:
                return None
            words.append(near[word])
        if sense.without and self._ruled_out(token, sense.without, objects):
            return None
        if sense.subjects and not any(core(s).lemma.lower() in sense.subjects for s in subjects_of(token)):
            return None
        if sense.objects:
            named = next((objects[o] for o in objects if o in sense.objects), None)
            if named is None and "*" in sense.objects and objects_of(token):
                return _Choice(sense, tuple(words))
            if named is None and "^NAME" in sense.objects:
                named = next((o for o in objects.values() if o.pos == "PROPN" and not is_time(o)), None)
            if named is None:
                return None
            if named.pos not in ("PROPN", "PRON", "VERB", "AUX"):
                words.append(named)
        inner, inner_type = (
            self._inner(token, objects, depth) if sense.acts or sense.event_type in SPEECH else (None, None)
        )
        if sense.acts and inner_type not in sense.acts:
            return None
        return _Choice(sense, tuple(words), inner, inner_type)

    def _ruled_out(self, token: Token, without: frozenset[str], objects: dict[str, Token]) -> bool:
        if not without.isdisjoint(objects):
            return True
        if "*" in without and objects_of(token):
            return True
        return any("^" + c.lower in without for c in token.children if c.dep == "prep")

    def _inner(self, token: Token, objects: dict[str, Token], depth: int) -> tuple[Token | None, str | None]:
        """The act that a speech act is about: its infinitive, clause, or noun of action."""
        if depth <= 0:
            return None, None
        plain = None
        for complement in complements_of(token):
            choice = self.choose(complement, depth - 1)
            if choice is not None:
                return complement, choice.sense.event_type
            plain = plain or complement
            if complement.lemma in ("be", "have", "take", "do"):
                for child in complement.children:
                    if child.pos == "ADJ" and (choice := self.choose(child, depth - 1)):
                        return child, choice.sense.event_type
        for noun in {o.i: o for o in objects.values()}.values():
            if noun.pos == "NOUN" and (choice := self._choose_noun(noun, depth - 1)):
                return noun, choice.sense.event_type
        return plain, None

    def _light_noun(self, verb: Token) -> Token | None:
        for child in verb.children:
            if child.dep in ("dobj", "nsubjpass") and child.pos == "NOUN":
                for noun in conjuncts(child):
                    inner = core(noun)
                    if inner.pos == "NOUN" and self._choose_noun(inner, 1) is not None:
                        return inner
        if verb.dep in ("acl", "relcl") and verb.head.pos == "NOUN":
            inner = core(verb.head)
            if (verb.tag == "VBN" or any(c.lower in ("that", "which") for c in verb.children)) and self._choose_noun(
                inner, 1
            ):
                return inner
        return None

    def _choose_noun(self, noun: Token, depth: int) -> _Choice | None:
        senses = next((self.lexicon.nouns[lemma] for lemma in _lemmas(noun) if lemma in self.lexicon.nouns), None)
        if not senses:
            return None
        left: dict[str, Token] = {}
        right: dict[str, Token] = {}
        for child in noun.children:
            if child.i < noun.i and child.dep in ("compound", "amod", "nmod", "poss", "nummod", "npadvmod"):
                left[child.lemma.lower()] = left[child.lower] = child
                for second in child.children:  # "human rights abuses", "air and artillery strikes"
                    if second.dep in ("compound", "amod", "conj", "nmod"):
                        left.setdefault(second.lemma.lower(), second)
            elif child.dep == "prep" and child.i > noun.i:
                for pobj in child.children:
                    if pobj.dep == "pobj":
                        for named in conjuncts(pobj):
                            right.setdefault(core(named).lemma.lower(), named)
                            if named.dep in ("pobj", "conj"):
                                for second in named.children:
                                    if second.dep in ("compound", "amod"):
                                        right.setdefault(second.lemma.lower(), second)
        for sense in senses:
            if not all(word in left or word in right for word in sense.with_words):
                continue
            if sense.without and any(w in left or w in right for w in sense.without):
                continue
            if noun.dep == "pobj" and "^" + noun.head.lower in sense.without:
                continue  # "in charge of"
            if sense.objects and not any(w in left or w in right for w in sense.objects):
                if "^NAME" not in sense.objects or not any(t.pos == "PROPN" for t in right.values()):
                    continue
            words = tuple(left[w] for w in sense.with_words if w in left)
            if sense.objects:
                words += tuple(t for w, t in (*left.items(), *right.items()) if w in sense.objects and t.pos == "NOUN")[
                    :1
                ]
            inner, inner_type = None, None
            if sense.acts or sense.event_type in SPEECH:
                inner, inner_type = self._inner(noun, right, depth)
                if sense.acts and inner_type not in sense.acts:
                    continue
            return _Choice(sense, words, inner, inner_type)
        return None

    # Events.

    def _verb_event(self, verb: Token) -> Event | None:
        choice = self.choose(verb)
        if choice is None:
            return None
        if choice.sense.event_type == "ASSAULT" and verb.lemma in TOLL and choice.noun is None:
            if self._absorbed(verb):
                return None
            merged, doers = self._merge_toll(verb, choice)
            if merged is not choice:
                actors, recipients = self._roles(verb, choice)
                taken = {w.i for w in merged.words}
                actors = [a for a in actors if core(a).i not in taken] or doers
                return self._event(verb, merged, actors, recipients, None)
        if choice.noun is not None:
            if choice.noun.i in self.used:
                return None
            actors, recipients = self._light_roles(verb, choice.noun, choice.sense)
        else:
            actors, recipients = self._roles(verb, choice)
        if choice.sense.event_type in CIVIL and actors and all(self._is_thing(a) for a in actors):
            return None  # "the drought forced them to ..."
        kind = None
        if choice.sense.event_type in COOPERATIVE:
            mood, _, negated = modal_of(verb)
            if mood == "will" or (mood == "would" and speakers_of(verb)):
                kind = "REJECT" if negated else "AGREE"
        return self._event(verb, choice, actors, recipients, kind)

    def _is_thing(self, token: Token) -> bool:
        lemma = token.lemma.lower()
        if token.pos == "PRON":
            return lemma in self.lexicon.things and token.tag != "PRP"
        if token.pos != "NOUN" or lemma in self.lexicon.agents:
            return False
        return lemma in self.lexicon.things or (lemma.endswith(ABSTRACT) and lemma not in BODIES)

    def _deontic(self, verb: Token) -> Event | None:
        """The speaker's request to the subject: "Russia said that Israel must end attacks"."""
        mood, modal, _ = modal_of(verb)
        if mood != "must" or modal is None:
            return None
        speakers = speakers_of(verb)
        parties = [s for t in subjects_of(verb) for s in conjuncts(t)]
        if is_passive(verb):
            parties = agents_of(verb)
        parties = [p for p in parties if p.pos == "PROPN" or p.lemma.lower() in self.lexicon.agents]
        if not speakers or not parties or any(s.i == p.i for s in speakers for p in parties):
            return None
        self.used.add(verb.i)
        sense = Sense("REQUEST", "change", (), confidence=0.6)
        return self._event(verb, _Choice(sense, (modal,)), _people(speakers), _people(parties), None)

    def _adjective_event(self, word: Token) -> Event | None:
        choice = self.choose(word) if word.pos == "ADJ" else self._participle(word)
        if choice is None:
            return None
        if word.dep == "amod":
            holders = [word.head]
        else:
            holders = [s for t in subjects_of(word) for s in conjuncts(t)]
        kind = choice.sense.event_type
        if kind == "ACCUSE":
            speakers = speakers_of(word)
            return self._event(word, choice, _people(speakers), _people(holders), None) if speakers else None
        if kind in ("ASSAULT", "COERCE"):
            return self._event(word, choice, _people(agents_of(word)), _people(holders), None)
        return self._event(word, choice, _people(holders), _people(self._inner_parties(choice)), None)

    def _participle(self, word: Token) -> _Choice | None:
        senses = [s for s in self.lexicon.adjectives[word.lower] if s.weight == 0]
        return _Choice(senses[0]) if senses else None

    def _noun_event(self, noun: Token) -> Event | None:
        if noun.dep in ("compound", "nmod", "amod") and noun.head.pos in ("NOUN", "PROPN"):
            return None  # "attack helicopter", "peace talks venue": the head names the thing
        if noun.dep == "conj" and noun.head.dep in ("compound", "nmod", "amod"):
            return None
        choice = self._choose_noun(noun, 2)
        if choice is None:
            return None
        if noun.pos == "PROPN" and noun.dep != "ROOT" and not choice.words:
            return None  # part of a name
        actors, recipients = self._noun_roles(noun, choice.sense)
        if choice.sense.event_type in SPEECH and not recipients:
            recipients = self._inner_parties(choice)
        return self._event(noun, choice, actors, recipients, None)

    # Roles.

    def _roles(self, verb: Token, choice: _Choice) -> tuple[list[Token], list[Token]]:
        sense = choice.sense
        kind = sense.event_type
        subjects = [s for t in subjects_of(verb) for s in conjuncts(t)]
        part = {w.i for w in choice.words}
        objects = [o for t in objects_of(verb) for o in conjuncts(t) if self._is_party(o, sense, part)]
        preps = (sense.recipient or RECIPIENTS.get(kind, frozenset())) | frozenset(sense.with_words)  # "clash with"
        others = [o for t in prep_objects(verb, preps) for o in conjuncts(t) if self._is_party(o, sense, part)]
        for word in choice.words:  # "imposed sanctions on X": the noun's prepositions belong to the verb
            if word.pos == "NOUN":
                others.extend(o for t in prep_objects(word, preps | {"of"}) for o in conjuncts(t))
        if is_passive(verb):
            agents = agents_of(verb)
            held = [s for s in subjects if self._is_party(s, sense, part)]
            if sense.is_swapped:
                return _people(held), _people(others)
            if sense.objects and len(held) < len(subjects) and not agents:
                agents = self._owners(choice.words)
            held = self._towards(held, kind)
            return _people(agents), _people(held or others)
        if sense.is_swapped:
            foes = _people([o for t in prep_objects(verb, frozenset({"from", "by", "at"})) for o in conjuncts(t)])
            foes = foes or [m for w in choice.words if w.pos == "NOUN" for m in self._modifiers(w)]
            return foes, _people(subjects)
        objects, others = _people(self._towards(objects, kind)), _people(self._towards(others, kind))
        held = [o for o in objects if not self._is_act(o)] or others or objects
        if not sense.recipient and kind not in ("ACCUSE", "REQUEST") and sense.objects:
            held = unique([*objects, *others])
        if choice.inner is not None and choice.inner in held:
            held.remove(choice.inner)
        if kind in SPEECH and not held:
            held = _people(self._inner_parties(choice))
        if kind == "ASSAULT":
            held = unique([*held, *self._tolls(verb)])
        actors = _people(subjects)
        if len(actors) == 1 and len(sides := self._sides(actors[0])) > 1:
            return sides[:1], held or sides[1:]  # "talks between A and B failed"
        together = kind in RECIPROCAL or verb.lemma.lower() in RECIPROCAL_VERBS
        if together and not held:
            return self._both(actors)
        return actors, held

    def _both(self, actors: list[Token]) -> tuple[list[Token], list[Token]]:
        """The two sides of what is done together: conjuncts, or nations before one noun ("Thai and Lao leaders")."""
        if len(actors) == 1:
            nations = [m for m in self._modifiers(actors[0]) if m.lemma.lower() not in self.lexicon.agents]
            if len(nations) == 1:
                nations = unique([*nations, *(c for c in nations[0].children if c.dep == "conj")])
            if len(nations) > 1:
                actors = nations
        return actors[:1], actors[1:]

    def _is_party(self, token: Token, sense: Sense, part: set[int]) -> bool:
        """Whether an object can fill a role: not where it is a word of the predicate, unless an act may befall it."""
        inner = core(token)
        if inner.pos in ("PROPN", "PRON") or inner.lemma.lower() in self.lexicon.victims:
            return True
        return inner.i not in part and inner.lemma.lower() not in sense.objects

    def _is_act(self, token: Token) -> bool:
        return token.pos == "NOUN" and (token.lemma.lower() in self.lexicon.nouns or self._is_thing(token))

    def _tolls(self, verb: Token) -> list[Token]:
        """Who was killed or hurt, of the participles that go with an attack."""
        found: list[Token] = []
        for child in verb.children:
            if child.dep == "advcl" and child.tag == "VBG" and child.lemma in TOLL:
                for each in conjuncts_of_verb(child):
                    found.extend(o for t in objects_of(each) for o in conjuncts(t))
        return _people(found)

    def _sides(self, noun: Token) -> list[Token]:
        """A and B of "the summit between A and B"."""
        return _people([o for t in prep_objects(noun, BETWEEN) for o in conjuncts(t)])

    def _inner_parties(self, choice: _Choice) -> list[Token]:
        """Whom a speech act is addressed to, by what it speaks of."""
        inner = choice.inner
        if inner is None:
            return []
        if inner.pos in ("NOUN", "PROPN"):
            known = self._choose_noun(inner, 0)
            if known is None:
                return []
            actors, recipients = self._noun_roles(inner, known.sense)
            return (actors or recipients) if choice.sense.event_type == "REQUEST" else (recipients or actors)
        subjects = [c for c in inner.children if c.dep in ("nsubj", "nsubjpass")]
        if choice.sense.event_type == "REQUEST" and subjects:
            return [s for t in subjects for s in conjuncts(t)]
        inside = self.choose(inner)
        if inside is not None:
            if inside.noun is not None:
                _, held = self._light_roles(inner, inside.noun, inside.sense)
            else:
                _, held = self._roles(inner, inside)
            return held
        return [o for t in objects_of(inner) for o in conjuncts(t)] or subjects

    def _towards(self, tokens: Sequence[Token], kind: str) -> list[Token]:
        return [self._doer(t) for t in tokens] if kind in TOWARDS_DOER else list(tokens)

    def _doer(self, noun: Token) -> Token:
        """Whose act or word a noun names: "Kenya" of "Kenya's request", "Pakistan" of "claims made by Pakistan"."""
        if noun.pos != "NOUN" or noun.lemma.lower() in self.lexicon.agents:
            return noun
        owner = noun.child("poss")
        if owner is not None:
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

    def _owners(self, words: Iterable[Token]) -> list[Token]:
        for word in words:
            owner = word.child("poss")
            if owner is not None:
                return [owner]
        return []

    def _light_roles(self, verb: Token, noun: Token, sense: Sense) -> tuple[list[Token], list[Token]]:
        subjects = [s for t in subjects_of(verb) for s in conjuncts(t) if core(s) is not noun]
        own_actors, own_recipients = self._noun_roles(noun, sense)
        preps = RECIPIENTS.get(sense.event_type, frozenset())
        others = _people([o for t in prep_objects(verb, preps) for o in conjuncts(t)])
        if is_passive(verb):
            return _people(agents_of(verb)) or own_actors, own_recipients or others
        if verb.lemma in SUFFERING:
            return own_actors, _people(subjects)
        recipients = own_recipients or others
        if sense.event_type in SPEECH | {"AID"} and not recipients:
            recipients = _people([o for o in objects_of(verb) if core(o) is not noun])
        actors = _people(subjects)
        if (sense.event_type in RECIPROCAL or verb.lemma in RECIPROCAL_VERBS) and not recipients and actors:
            return self._both(actors)
        return actors or own_actors, recipients

    def _noun_roles(self, noun: Token, sense: Sense) -> tuple[list[Token], list[Token]]:
        between = self._sides(noun)
        if len(between) > 1:
            return between[:1], between[1:]
        actors = agents_of(noun)
        recipients = [o for t in between for o in (t,)]
        of = [o for t in prep_objects(noun, frozenset({"of"}), depth=1) for o in conjuncts(t)]
        of = [o for o in of if core(o).lemma.lower() not in sense.objects]
        preps = (sense.recipient or RECIPIENTS.get(sense.event_type, frozenset())) - {"of"}
        recipients.extend(o for t in prep_objects(noun, preps) for o in conjuncts(t))
        lemma = noun.lemma.lower()
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
            recipients.extend(
                o for t in prep_objects(noun.head, preps & FORCED, depth=1) for o in conjuncts(t) if o.i > noun.i
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
            actors = [a for a in self._governing_parties(noun, sense) if a not in recipients]
        return _people(actors), _people(recipients)

    def _governing_parties(self, noun: Token, sense: Sense) -> list[Token]:
        """Whose act a noun without a doer is, by the predicate it depends on.

        "X met Y during talks": who met; "accused X of an attack", "sentenced X for murder": X; "X claimed
        responsibility for the blast", "X wrapped up meetings": X.
        """
        if noun.dep == "dobj" and noun.head.lemma in DOING:
            return [s for t in subjects_of(noun.head) for s in conjuncts(t)]
        if noun.dep != "pobj" or noun.head.dep != "prep":
            return []
        prep, governor = noun.head, noun.head.head
        if governor.lemma in ("responsibility", "credit") and governor.dep == "dobj":
            return [s for t in subjects_of(governor.head) for s in conjuncts(t)]
        if governor.pos != "VERB":
            return []
        if sense.event_type == "CONSULT" and prep.lower in ("during", "in", "at", "on", "after", "before", "for", "to"):
            return [s for t in subjects_of(governor) for s in conjuncts(t) if not self._is_act(s)]
        if prep.lower in ("of", "for", "with", "over", "in") and sense.event_type != "CONSULT":
            known = next((self.lexicon.verbs[lemma] for lemma in _lemmas(governor) if lemma in self.lexicon.verbs), ())
            if any(s.event_type == "ACCUSE" or s.mode in ("arrest", "convict") for s in known):
                parties = subjects_of(governor) if is_passive(governor) else objects_of(governor)
                return [p for t in parties for p in conjuncts(t)]
        return []

    def _modifiers(self, noun: Token) -> list[Token]:
        """Names, nationalities and common agents before a noun of action ("Israeli airstrikes", "rebel attack")."""
        found = []
        for child in noun.children:
            if child.i < noun.i and child.dep in OWNED:
                named = child.tag in ("NNP", "NNPS") or child.text[:1].isupper()
                if child.text[:1].isupper() and child.i == self.sentence.tokens[0].i and child.tag == "JJ":
                    named = child.pos == "PROPN" or child.lower.endswith(("i", "an", "ese", "ish"))
                if named or (child.tag in ("NN", "NNS") and child.lemma.lower() in self.lexicon.agents):
                    found.extend(
                        c for c in child.children if c.dep in OWNED and c.tag == "NNP" and _is_joined(c, child)
                    )
                    found.append(child)
        return found

    def _event(
        self, head: Token, choice: _Choice, actors: list[Token], recipients: list[Token], kind: str | None
    ) -> Event | None:
        sense = choice.sense
        taken = {t.i for t in actors}
        recipients = [t for t in recipients if t.i not in taken and t is not head]
        if (
            (sense.needs == "either" and not (actors or recipients))
            or (sense.needs in ("actor", "both") and not actors)
            or (sense.needs in ("recipient", "both") and not recipients)
        ):
            return None
        words = (head, *choice.words)
        self.used.update(w.i for w in words)
        event_type, mode = sense.event_type, sense.mode
        if kind is not None:
            mode = MODES.get(kind, {}).get(event_type)
            event_type = kind
        elif choice.inner_type is not None and event_type in MODES:
            mode = MODES[event_type].get(choice.inner_type, mode)
        if event_type in SPEECH and choice.inner is not None and kind is None:
            self._consume(choice)
        return Event(
            kind="event",
            trigger=_spans(words),
            head=head.start,
            sentence=self.sentence.span,
            coder=CODER,
            event_type=event_type,
            mode=mode,
            contexts=sense.contexts,
            actors=tuple(phrase_of(t) for t in actors),
            recipients=tuple(phrase_of(t) for t in recipients),
            confidence=sense.confidence,
        )

    def _consume(self, choice: _Choice) -> None:
        """What is asked for, refused, promised or threatened is no event of its own."""
        inner = choice.inner
        assert inner is not None
        if inner.pos in ("NOUN", "PROPN"):
            if choice.inner_type in CONTENT or choice.inner_type in choice.sense.acts:
                self.used.add(inner.i)
            return
        for verb in conjuncts_of_verb(inner):
            if choice.sense.event_type == "REJECT" and _tells_what_was(verb):
                continue  # "denied that its forces had attacked": the attack stays, denied in the speaker's voice
            self.used.add(verb.i)
            inside = self.choose(verb)
            if inside is not None:
                self.used.update(w.i for w in inside.words)
                if inside.inner is not None and inside.sense.event_type in SPEECH:
                    self.used.add(inside.inner.i)


def _tells_what_was(verb: Token) -> bool:
    """A finite clause about what is or was, not about what will be done: "that X had attacked", "attacking X"."""
    if verb.tag in ("VBD", "VBZ", "VBP") or (verb.tag == "VBG" and verb.dep in ("xcomp", "pcomp")):
        return True
    return verb.tag in ("VBN", "VBG") and any(c.tag in ("VBD", "VBZ", "VBP") for c in verb.children if c.dep == "aux")


def conjuncts_of_verb(verb: Token) -> list[Token]:
    """The verb and those coordinated with it that share its subject."""
    found = [verb]
    for known in found:
        for child in known.children:
            if child.dep == "conj" and child.pos == "VERB" and child.tag == verb.tag and len(found) < 8:
                if not any(c.dep == "nsubj" for c in child.children):
                    found.append(child)
    return found


def _near(verb: Token) -> dict[str, Token]:
    """Words that may complete the predicate: particles, prepositions, adverbs, objects, and what these govern."""
    near: dict[str, Token] = {}
    for child in verb.children:
        if child.dep not in COMPLETING or (child.i < verb.i and child.dep != "nsubjpass"):
            continue
        if child.dep == "prep" and any(is_time(c) for c in child.children):
            continue
        near.setdefault(child.lemma.lower(), child)
        near.setdefault(child.lower, child)
        if child.dep in ("prep", "prt", "advmod", "agent", "acomp", "dobj"):
            for second in child.children:
                if second.dep == "prep" and child.dep == "dobj":
                    continue
                if second.dep in ("prep", "pobj", "pcomp"):
                    near.setdefault(second.lemma.lower(), second)
                    near.setdefault(second.lower, second)
    return near


def _lemmas(token: Token) -> tuple[str, ...]:
    """The token's lemma, and before it the whole hyphenated word that it ends ("cease-fire")."""
    tokens = token.sentence.tokens
    k = token.i - tokens[0].i
    lemma = token.lemma.lower()
    if k >= 2 and tokens[k - 1].text == "-" and tokens[k - 1].end == token.start:
        return f"{tokens[k - 2].lower}-{lemma}", lemma
    return (lemma,)


def _objects(verb: Token, lexicon: Lexicon) -> dict[str, Token]:
    """Nouns and predicates that the verb is about, by lemma: objects, passive subjects, prepositional objects."""
    found: dict[str, Token] = {}

    def add(noun: Token, *, deep: bool = True) -> None:
        for each in conjuncts(noun) if noun.pos in ("NOUN", "PROPN") else [noun]:
            inner = core(each)
            for lemma in _lemmas(inner):
                found.setdefault(lemma, inner)
            found.setdefault(inner.lower, inner)
            if deep and inner.lemma.lower() not in lexicon.nouns:
                for child in inner.children:
                    if child.dep in ("compound", "amod", "nmod") and child.i < inner.i:
                        found.setdefault(child.lemma.lower(), inner)

    for child in verb.children:
        if child.dep in ("dobj", "oprd", "attr", "nsubjpass") or (child.dep == "dative" and child.pos != "ADP"):
            add(child)
    if verb.dep in ("acl", "relcl") and verb.head.pos in ("NOUN", "PROPN") and _is_object_of(verb):
        add(verb.head)
    if not found:
        for noun in objects_of(verb):
            add(noun)
    for child in verb.children:
        if child.dep in ("prep", "prt") and child.lower not in ADJUNCT and (child.i > verb.i or is_passive(verb)):
            for second in child.children:
                if second.dep == "pobj":
                    add(second)
                elif second.dep == "prep":
                    for third in second.children:
                        if third.dep == "pobj":
                            add(third)
        elif child.dep in ("acomp", "xcomp", "ccomp", "advcl") and child.i > verb.i:
            if child.dep != "advcl" or child.tag == "VB":
                add(child, deep=False)
    return found


def _is_joined(first: Token, second: Token) -> bool:
    """Whether two names stand joined by a hyphen or dash ("Russia-Ukraine")."""
    return second.start - first.end == 1 and second.i - first.i == 2


def _is_object_of(clause: Token) -> bool:
    """Whether the noun that a relative or reduced clause hangs on is its object ("sanctions imposed", "whom he met")."""
    if clause.dep == "acl":
        return clause.tag == "VBN"
    for child in clause.children:
        if child.tag in ("WDT", "WP"):
            return child.dep in ("dobj", "pobj", "nsubjpass", "dative")
    return any(c.dep == "nsubj" for c in clause.children) and not any(c.dep == "dobj" for c in clause.children)


def _people(tokens: Iterable[Token]) -> list[Token]:
    """Heads that can be somebody, each once, in text order."""
    return unique(t for t in tokens if t.pos in PERSONAL and not is_time(t) and t.tag not in ("WDT", "EX"))


def _spans(words: Iterable[Token]) -> tuple[Span, ...]:
    """Spans of the words, neighbours joined."""
    spans: list[Span] = []
    for token in unique(words):
        if spans and token.start - spans[-1].end <= 1:
            spans[-1] = Span(spans[-1].start, token.end)
        else:
            spans.append(token.span)
    return tuple(spans)
