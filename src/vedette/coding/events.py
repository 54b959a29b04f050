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

from vedette.coding.deaths import later_deaths
from vedette.coding.frames import (
    agents_of,
    conjuncts,
    core,
    is_passive,
    modal_of,
    phrase_of,
    prep_objects,
    resolve_relative,
    speakers_of,
    subjects_of,
    unique,
)
from vedette.coding.lexicon import Lexicon, Sense
from vedette.coding.literal import is_literal
from vedette.coding.roles import RECIPROCAL, TOLL, Roles, same_subject, tells_what_was
from vedette.coding.senses import LIGHT, SPEECH, Choice, Reader, lemmas_of
from vedette.coding.several import crowd_of, meant, named_together, people
from vedette.records import Event, Phrase, Span
from vedette.text.tree import Parsed, Sentence, Token

__all__ = ["CODER", "code_events", "code_pair", "code_sentence"]

CODER = "events/3"

COOPERATIVE = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID", "RETREAT", "CONCEDE"})
# Only somebody does these.
CIVIL = frozenset(
    {"AGREE", "REQUEST", "REJECT", "SUPPORT", "CONSULT", "CONCEDE", "AID", "RETREAT", "THREATEN", "COERCE"}
)
# What these modes did, and whom they hit, told by the noun after the act's.
HARMING = frozenset({"firearms", "explosives", "primitive", "beat"})
HARM = frozenset("wound injury victim survivor incident case".split())
# What hits is nobody's name: "killed by a stray bullet".
MISSILES = frozenset("bullet gunfire gunshot shot shrapnel pellet wound".split())
HOSTILE = frozenset({"ASSAULT", "COERCE", "SANCTION", "PROTEST"})
FINDING = frozenset({"find", "discover"})
MANY = frozenset({"many", "several", "some", "numerous"})
# What these ask for comes about.
BRINGING = frozenset({"persuade", "convince"})
# So many words of a line must show that it has capitals on all.
TITLED = 4
# What is named as content of a speech act without being one of the hostile acts that go on.
CONTENT = COOPERATIVE | {"AGREE"}
MODES = {
    "REQUEST": {"CONSULT": "meet", "AID": "assist", "COOPERATE": "assist", "RETREAT": "yield", "CONCEDE": "yield"},
    "REJECT": {"CONSULT": "meet", "AID": "assist", "COOPERATE": "assist", "RETREAT": "yield", "CONCEDE": "yield"},
    "THREATEN": {"ASSAULT": "violence", "SANCTION": "relations", "COERCE": "restrict", "REJECT": "relations"},
}


def code_events(parsed: Parsed, lexicon: Lexicon) -> list[Event]:
    """Return the events of a text in order of their triggers, one a predicate."""
    found: list[Event] = []
    named: list[Token] = []
    crowd: list[Token] = []
    for sentence in parsed.sentences:
        found.extend(_Coder(sentence, lexicon, named, crowd).events())
        named = next(reversed(named_together(sentence)), named)
        crowd = crowd_of(sentence, lexicon.victims) or crowd
    deaths = later_deaths(parsed, found, lexicon.agents | lexicon.victims, CODER)
    return sorted([*found, *deaths], key=lambda event: event.head) if deaths else found


def code_sentence(sentence: Sentence, lexicon: Lexicon) -> tuple[list[Event], frozenset[int]]:
    """Return a sentence's events and the numbers of the words that are part of one or of what a speech act is about.

    For those who ask why a word is no event of its own; names of earlier sentences are not known here.
    """
    coder = _Coder(sentence, lexicon)
    return list(coder.events()), frozenset(coder.used)


def code_pair(parsed: Parsed, actor: Span | None, recipient: Span | None, lexicon: Lexicon) -> Event | None:
    """Return the event that best joins two given actors, or None where their sentence tells none.

    Preferred are events whose own actor and recipient are the given ones, then those with one of them and the
    higher predicate, then the nearest. The event keeps the roles found in the text. A span is None where the text
    does not tell who it is ("three villages were shelled").
    """
    best: tuple[float, Event] | None = None
    for sentence in parsed.sentences:
        if not any(span is not None and sentence.span.meets(span) for span in (actor, recipient)):
            continue
        for event in _Coder(sentence, lexicon).events():
            rank = _pair_rank(parsed, event, actor, recipient)
            if best is None or rank > best[0]:
                best = (rank, event)
    return best[1] if best else None


def _pair_rank(parsed: Parsed, event: Event, actor: Span | None, recipient: Span | None) -> float:
    head = parsed.token_at(event.head)
    depth = sum(1 for _ in head.ancestors()) if head else 0
    inside = any(span.meets(t) for t in event.trigger for span in (actor, recipient) if span is not None)
    swapped = _touches(event.actors, recipient) or _touches(event.recipients, actor)
    edges = [actor.end] if actor is not None else []
    edges += [recipient.start] if recipient is not None else []
    distance = min((abs(event.head - edge) for edge in edges), default=0)
    return (
        2.0 * _touches(event.actors, actor)
        + 1.5 * _touches(event.recipients, recipient)
        - 1.0 * swapped
        - 1.0 * inside
        - 0.12 * min(depth, 8)
        + 0.5 * event.confidence
        - min(distance, 200) / 1000
    )


def _touches(phrases: Iterable[Phrase], span: Span | None) -> bool:
    return span is not None and any(
        span.start <= p.head < span.end or any(s.meets(span) for s in p.spans) for p in phrases
    )


class _Coder:
    """Codes one sentence; `used` are the tokens that are part of an event already.

    `named` are the last names that an earlier sentence coordinates, `crowd` the last people told of there.
    """

    def __init__(
        self, sentence: Sentence, lexicon: Lexicon, named: Sequence[Token] = (), crowd: Sequence[Token] = ()
    ) -> None:
        self.named = named
        self.crowd = crowd
        self.sentence = sentence
        self.lexicon = lexicon
        self.reader = Reader(lexicon)
        self.roles = Roles(self.reader)
        self.used: set[int] = set()

    def events(self) -> Iterator[Event]:
        """The sentence's events in text order."""
        found: list[tuple[int, Event]] = []
        verbs, adjectives, nouns = self.lexicon.verbs, self.lexicon.adjectives, self.lexicon.nouns
        for token in self.sentence.tokens:
            event = None
            if token.i in self.used or self._is_of_noun(token):
                continue
            if token.pos in ("VERB", "AUX") and _is_predicate(token):
                event = self._deontic(token)
                if event is None and any(lemma in verbs or lemma in LIGHT for lemma in lemmas_of(token)):
                    event = self._verb_event(token)
            elif token.pos in ("ADJ", "VERB") and token.lower in adjectives:
                event = self._adjective_event(token)
            if event:
                found.append((token.i, event))
        for token in self.sentence.tokens:
            if token.i in self.used or token.pos not in ("NOUN", "PROPN"):
                continue
            if any(lemma in nouns for lemma in lemmas_of(token)):
                event = self._noun_event(token)
                if event:
                    found.append((token.i, event))
        found.sort(key=lambda pair: pair[0])
        return (event for _, event in found)

    def _verb_event(self, verb: Token) -> Event | None:
        choice = self.reader.choose(verb)
        if choice is None:
            return None
        if verb.dep == "acl" and any(w.i in self.used for w in choice.words):
            return None  # "rejected a ceasefire proposed by Chad"
        if choice.sense.event_type == "ASSAULT" and verb.lemma in TOLL and choice.noun is None:
            if self._absorbed(verb):
                return None
            merged, doers = self._merge_toll(verb, choice)
            if merged is not choice:
                actors, recipients = self.roles.of_verb(verb, choice)
                taken = {w.i for w in merged.words}
                own = [a for a in actors if core(a).i not in taken]
                actors = doers if len(doers) > 1 else own or doers
                return self._event(verb, merged, actors, recipients, None)
        if choice.noun is not None:
            if choice.noun.i in self.used:
                return None
            actors, recipients = self.roles.of_light(verb, choice.noun, choice.sense)
        else:
            actors, recipients = self.roles.of_verb(verb, choice)
        if choice.sense.event_type in CIVIL and actors and all(self.roles.is_thing(a) for a in actors):
            return None  # "the drought forced them to ..."
        actors = [a for a in actors if core(a) not in choice.words or a.lemma.lower() not in choice.sense.subjects]
        if (noun := self._going_on(verb, choice)) is not None:
            return self._noun_event(noun)
        kind, is_refusal = None, False
        if choice.sense.event_type in COOPERATIVE:
            mood, _, negated = modal_of(verb)
            if negated and mood in ("will", "would", "can"):
                kind, is_refusal = "REJECT", True
            elif mood == "will" or (mood == "would" and speakers_of(verb)):
                kind = "AGREE"
        elif choice.sense.event_type in HOSTILE:
            mood, _, negated = modal_of(verb)
            if mood in ("will", "would") and not negated and self._own_words(verb, actors):
                kind = "THREATEN"
        event = self._event(verb, choice, actors, recipients, kind)
        return msgspec.structs.replace(event, is_refusal=True) if event is not None and is_refusal else event

    def _going_on(self, verb: Token, choice: Choice) -> Token | None:
        """The noun of action whose act a verb says to go on or break out, where it has parties of its own.

        "Russian shelling of Kharkiv continued" is one act, told by its noun.
        """
        if choice.sense.event_type != "ASSAULT" or not choice.sense.subjects or is_passive(verb):
            return None
        for subject in subjects_of(verb):
            noun = core(subject)
            if noun.head is verb and noun.lemma.lower() in choice.sense.subjects and noun.i not in self.used:
                named = self.reader.choose_noun(noun, 2)
                if named is not None and any(self.roles.of_noun(noun, named.sense)):
                    return noun
        return None

    def _is_of_noun(self, verb: Token) -> bool:
        """Whether an infinitive tells what a noun of speech promises or threatens: "the threat to close the strait"."""
        if verb.dep != "acl" or verb.tag != "VB" or verb.head.pos != "NOUN":
            return False
        told = self.reader.choose_noun(verb.head, 2)
        return told is not None and told.inner is verb and told.sense.event_type in SPEECH

    def _own_words(self, verb: Token, actors: list[Token]) -> bool:
        """Whether the actors say it themselves: "they said they would boycott", "we will strike"."""
        if any(a.lower in ("we", "i") for a in actors):
            return True
        speakers = {s.i for s in speakers_of(verb)}
        return any(a.i in speakers for a in actors)

    def _merge_toll(self, verb: Token, choice: Choice) -> tuple[Choice, list[Token]]:
        """A toll with the attack that took it, told in one clause ("killed in an airstrike", "the blast injured 12")."""
        causes = [resolve_relative(c, verb) for c in verb.children if c.dep == "nsubj"]
        causes += prep_objects(verb, frozenset({"in", "by", "during", "from"}), depth=1)
        for cause in causes:
            noun = core(cause)
            if (
                noun.pos == "NOUN"
                and (named := self.reader.choose_noun(noun, 1))
                and named.sense.event_type == "ASSAULT"
            ):
                actors, _ = self.roles.of_noun(noun, named.sense)
                withs = [o for t in prep_objects(noun, frozenset({"with"}), depth=1) for o in conjuncts(t)]
                actors = self.roles.sides(noun) or actors or people(withs)
                sense = dataclasses.replace(choice.sense, mode=named.sense.mode or choice.sense.mode)
                return Choice(sense, (*choice.words, *named.words, noun)), actors
        return choice, []

    def _absorbed(self, verb: Token) -> bool:
        """Whether a toll is part of the attack told in the clause above it ("attacked a village, killing 12")."""
        if verb.dep != "advcl" or verb.tag != "VBG" or verb.head.pos != "VERB":
            return False
        above = self.reader.choose(verb.head)
        return above is not None and above.sense.event_type == "ASSAULT"

    def _deontic(self, verb: Token) -> Event | None:
        """The speaker's request to the subject: "Russia said that Israel must end attacks", "needs to end"."""
        mood, modal, _ = modal_of(verb)
        if verb.lemma == "need" and verb.tag in ("VBZ", "VBP") and any(_is_infinitive(c) for c in verb.children):
            mood, modal = "must", verb
        if mood != "must" or modal is None or any(s.head is verb and modal.i < s.i for s in subjects_of(verb)):
            return None  # "should they leave, ...", "must they leave?"
        speakers = speakers_of(verb)
        parties = [s for t in subjects_of(verb) for s in conjuncts(t)]
        if is_passive(verb):
            parties = agents_of(verb)
        parties = [p for p in parties if p.pos == "PROPN" or p.lemma.lower() in self.lexicon.agents]
        if not speakers or not parties or any(s.i == p.i for s in speakers for p in parties):
            return None
        self.used.add(verb.i)
        sense = Sense("REQUEST", "change", (), confidence=0.6)
        return self._event(verb, Choice(sense, (modal,)), people(speakers), people(parties), None)

    def _adjective_event(self, word: Token) -> Event | None:
        choice = self.reader.choose(word) if word.pos == "ADJ" else self._participle(word)
        if choice is None:
            return None
        if word.dep == "amod":
            holders = [word.head]
        else:
            holders = [s for t in subjects_of(word) for s in conjuncts(t)]
        if word.lower == "dead" and not _is_found(word) and not any(_is_counted(h) for h in (word, *holders)):
            return None  # "the body of the dead man", "who is dead?": a state, if no toll
        kind = choice.sense.event_type
        if kind == "ACCUSE" and choice.sense.mode == "disapprove":  # "critical of"
            of = [o for t in prep_objects(word, frozenset({"of"})) for o in conjuncts(t)]
            return self._event(word, choice, people(holders), people(of), None)
        if kind == "ACCUSE":
            speakers = speakers_of(word)
            return self._event(word, choice, people(speakers), people(holders), None) if speakers else None
        if kind in ("ASSAULT", "COERCE"):
            return self._event(word, choice, people(agents_of(word)), people(holders), None)
        return self._event(word, choice, people(holders), people(self.roles.of_inner(choice)), None)

    def _participle(self, word: Token) -> Choice | None:
        senses = [s for s in self.lexicon.adjectives[word.lower] if s.weight == 0]
        return Choice(senses[0]) if senses else None

    def _noun_event(self, noun: Token) -> Event | None:
        if noun.dep in ("compound", "nmod", "amod") and noun.head.pos in ("NOUN", "PROPN"):
            return self._harming(noun)  # "attack helicopter", "peace talks venue": the head names the thing
        if _is_joined(noun):
            return None  # "the war-torn region"
        if noun.dep == "conj" and noun.head.dep in ("compound", "nmod", "amod"):
            return None
        choice = self.reader.choose_noun(noun, 2)
        if choice is None:
            return None
        if noun.pos == "PROPN" and noun.dep != "ROOT" and not choice.words and not _is_titled(noun.sentence):
            return None  # part of a name
        actors, recipients = self.roles.of_noun(noun, choice.sense)
        if choice.sense.event_type in SPEECH and not recipients:
            recipients = self.roles.of_inner(choice)
        return self._event(noun, choice, actors, recipients, None)

    def _harming(self, noun: Token) -> Event | None:
        """The act told by the noun before what it did or whom it hit: "a gunshot wound", "two stabbing victims"."""
        harm = noun.head
        if harm.lemma.lower() not in HARM:
            return None
        choice = self.reader.choose_noun(noun, 1)
        if choice is None or choice.sense.event_type != "ASSAULT" or choice.sense.mode not in HARMING:
            return None
        return self._event(noun, choice, [], people(self.roles.hurt(harm)), None)

    def _event(
        self, head: Token, choice: Choice, actors: list[Token], recipients: list[Token], kind: str | None
    ) -> Event | None:
        sense = choice.sense
        actors, recipients = self._meant(actors), self._meant(recipients, self.crowd)
        if sense.event_type == "ASSAULT":
            actors = [a for a in actors if core(a).lemma.lower() not in MISSILES]
        if sense.event_type in RECIPROCAL and len(actors) > 1 and not recipients:
            actors, recipients = actors[:1], actors[1:]
        taken = {t.i for t in actors}
        recipients = [t for t in recipients if t.i not in taken and t is not head]
        if (
            (sense.needs == "either" and not (actors or recipients))
            or (sense.needs in ("actor", "both") and not actors)
            or (sense.needs in ("recipient", "both") and not recipients)
        ):
            return None
        words = (head, *choice.words)
        told = (choice.noun, head) if choice.noun is not None else words
        if kind is None and not is_literal(told, sense.event_type, [*actors, *recipients], self.lexicon):
            return None
        self.used.update(w.i for w in words if not (sense.event_type == "REJECT" and self.roles.is_somebodys(w)))
        event_type, mode = sense.event_type, sense.mode
        if kind is not None:
            mode = MODES.get(kind, {}).get(event_type)
            event_type = kind
        elif choice.inner_type is not None and event_type in MODES:
            mode = MODES[event_type].get(choice.inner_type, mode)
        if event_type in SPEECH and choice.inner is not None and kind is None and head.lemma not in BRINGING:
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
            pattern=sense.pattern,
        )

    def _meant(self, tokens: list[Token], crowd: Sequence[Token] = ()) -> list[Token]:
        return unique(n for t in tokens for n in meant(t, self.named, self.lexicon.victims, crowd))

    def _consume(self, choice: Choice) -> None:
        """What is asked for, refused, promised or threatened is no event of its own."""
        inner = choice.inner
        assert inner is not None
        if inner.pos in ("NOUN", "PROPN"):
            if choice.inner_type in CONTENT or choice.inner_type in choice.sense.acts:
                self.used.add(inner.i)
                inside = self.reader.choose_noun(inner, 2)
                if inside is not None and inside.inner is not None and inside.sense.event_type in SPEECH:
                    self.used.add(inside.inner.i)  # "rejected an offer of talks"
            return
        for verb in same_subject(inner):
            if choice.sense.event_type == "REJECT" and tells_what_was(verb):
                continue  # "denied that its forces had attacked": the attack stays, denied in the speaker's voice
            self.used.add(verb.i)
            inside = self.reader.choose(verb)
            if inside is not None:
                self.used.update(w.i for w in inside.words)
                if inside.inner is not None and inside.sense.event_type in SPEECH:
                    self.used.add(inside.inner.i)


def _is_titled(sentence: Sentence) -> bool:
    """A Headline With Capitals on All Words but the smallest, where a capital makes no name."""
    long = [t for t in sentence.tokens if len(t.text) > 3 and t.text[0].isalpha()]
    return len(long) >= TITLED and all(t.text[0].isupper() for t in long)


def _is_infinitive(verb: Token) -> bool:
    return verb.dep == "xcomp" and verb.tag == "VB" and any(c.lower == "to" for c in verb.children)


def _is_found(dead: Token) -> bool:
    """ "Was found dead", "found a guard dead"."""
    is_behind = dead.dep == "amod" and dead.head.i < dead.i
    return (dead.head.head if is_behind else dead.head).lemma in FINDING


def _is_counted(noun: Token) -> bool:
    """ "Three soldiers", "dozens of people", "many", "a number of dead"."""
    if noun.dep == "pobj" and noun.head.lower == "of" and core(noun.head.head) is noun:
        return True
    return core(noun) is not noun or noun.pos == "NUM" or any(c.pos == "NUM" or c.lower in MANY for c in noun.children)


def _is_joined(noun: Token) -> bool:
    """Whether a hyphen joins the noun to the word behind it."""
    tokens = noun.sentence.tokens
    k = noun.i - tokens[0].i
    return k + 2 < len(tokens) and tokens[k + 1].text == "-" and tokens[k + 2].start == noun.end + 1


def _is_predicate(verb: Token) -> bool:
    """Not an auxiliary, nor a participle before its noun; a past tense there is a finite verb misread."""
    if verb.dep == "amod":
        return verb.tag == "VBD"
    return verb.dep not in ("aux", "auxpass")


def _spans(words: Iterable[Token]) -> tuple[Span, ...]:
    """Spans of the words, neighbours joined."""
    spans: list[Span] = []
    for token in unique(words):
        if spans and token.start - spans[-1].end <= 1:
            spans[-1] = Span(spans[-1].start, token.end)
        else:
            spans.append(token.span)
    return tuple(spans)
