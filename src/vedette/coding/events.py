"""Code PLOVER events over predicates: verbs, light verbs with a noun of action, nominalisations.

A predicate is looked up by its lemma; the sense that asks for most (its particle, its object) wins. Roles come from
the predicate's own clause (`frames`). Speech is an event only where PLOVER says so (accuse, reject, request,
threaten, agree, consult, support); "said" is none. Whether the event happened is not decided here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from vedette.coding.frames import (
    conjuncts,
    is_passive,
    objects_of,
    phrase_of,
    prep_objects,
    resolve_relative,
    subjects_of,
)
from vedette.coding.lexicon import Lexicon, Sense
from vedette.records import Event, Phrase, Span
from vedette.text.tree import Parsed, Sentence, Token

__all__ = ["CODER", "code_events", "code_pair"]

CODER = "events/1"

# Verbs that lend their subject to the noun of action that is their object.
LIGHT = frozenset(
    """
carry make launch conduct stage mount hold have take give begin start commit perpetrate impose sign reach open resume
continue lead wage order issue deliver lodge file express voice offer provide send declare announce call undertake plan
execute step_up intensify escalate renew expand extend mediate broker host attend join conclude strike organize organise
pursue perform inflict do enter seek face suffer impose place put stop end halt suspend prevent avoid claim
""".split()
)
# Of these the noun's act is what counts, but the verb tells of its end or absence: other modules see to it.
# Prepositions whose objects are recipients, by type: after the verb, and after a noun of action.
RECIPIENT_PREPS = {
    "ASSAULT": "on upon at against into in_between",
    "CONSULT": "with to between among",
    "AGREE": "with to",
    "SUPPORT": "with for to behind of",
    "CONCEDE": "to with",
    "COOPERATE": "with between",
    "AID": "to for",
    "RETREAT": "to from",
    "REQUEST": "on upon to from of",
    "ACCUSE": "against at of",
    "REJECT": "of from by with to",
    "THREATEN": "against to with",
    "PROTEST": "against at outside over",
    "SANCTION": "on against from with",
    "MOBILIZE": "against to",
    "COERCE": "on against of from",
}
RECIPIENTS = {kind: frozenset(words.split()) for kind, words in RECIPIENT_PREPS.items()}
# Both sides do these; where a subject is plural or coordinated, the second side is the recipient.
RECIPROCAL = frozenset({"CONSULT", "COOPERATE", "AGREE", "SUPPORT"})
RECIPROCAL_VERBS = frozenset(
    "clash fight battle skirmish exchange trade meet agree talk negotiate cooperate sign".split()
)
# "of" after these nouns names who does it, not who suffers it.
SUBJECTIVE_OF = frozenset(
    "support backing praise withdrawal retreat pullout protest pledge promise offer threat".split()
)
# Intransitive dying: the subject is the victim.
DYING = frozenset("die perish".split())
BETWEEN = frozenset({"between", "among"})
PERSONAL = frozenset({"PROPN", "PRON", "NOUN"})
PARTICLES = frozenset({"prt", "prep", "dobj", "acomp", "oprd", "advmod", "agent", "pobj", "xcomp", "attr", "ccomp"})
# Time, place and manner nouns that the parser hangs on as objects and that are nobody.
NOBODY = frozenset(
    """
monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
october november december today yesterday tomorrow week month year day night morning evening afternoon hour time
""".split()
)


def code_events(parsed: Parsed, lexicon: Lexicon) -> list[Event]:
    """Return the events of a text in order of their triggers, one a predicate."""
    found: list[Event] = []
    for sentence in parsed.sentences:
        found.extend(_in_sentence(sentence, lexicon))
    return found


def code_pair(parsed: Parsed, actor: Span, recipient: Span, lexicon: Lexicon) -> Event | None:
    """Return the event that best joins two given actors, or None where their sentence tells none.

    Preferred are events whose own actor and recipient are the given ones, then those with one of them, then the
    predicate nearest to both; the given spans replace the roles.
    """
    best: tuple[tuple[float, ...], Event] | None = None
    for event in code_events(parsed, lexicon):
        has_actor = _touches(event.actors, actor)
        has_recipient = _touches(event.recipients, recipient)
        swapped = _touches(event.actors, recipient) or _touches(event.recipients, actor)
        after = event.head >= actor.start
        inside = any(actor.meets(t) or recipient.meets(t) for t in event.trigger)
        distance = abs(event.head - actor.end) + abs(event.head - recipient.start)
        rank = (
            2.0 * has_actor + 1.5 * has_recipient - 1.0 * swapped - 1.0 * inside + 0.5 * after + 0.5 * event.confidence,
            -distance,
        )
        if best is None or rank > best[0]:
            best = (rank, event)
    return best[1] if best else None


def _touches(phrases: Iterable[Phrase], span: Span) -> bool:
    return any(span.start <= p.head < span.end or any(s.meets(span) for s in p.spans) for p in phrases)


def _in_sentence(sentence: Sentence, lexicon: Lexicon) -> Iterator[Event]:
    used: set[int] = set()
    found: list[tuple[int, Event]] = []
    for token in sentence.tokens:
        if token.pos in ("VERB", "AUX") and token.i not in used and token.dep not in ("aux", "auxpass"):
            event = _verb_event(token, lexicon, used)
            if event:
                found.append((token.i, event))
    for token in sentence.tokens:
        if token.i in used:
            continue
        if token.pos in ("NOUN", "PROPN") and token.lemma.lower() in lexicon.nouns:
            event = _noun_event(token, lexicon, used)
            if event:
                found.append((token.i, event))
    yield from (event for _, event in sorted(found, key=lambda pair: pair[0]))


def _verb_event(verb: Token, lexicon: Lexicon, used: set[int]) -> Event | None:
    lemma = verb.lemma.lower()
    senses = lexicon.verbs.get(lemma)
    if senses:
        parts = _parts(verb)
        for sense in senses:
            words = _matched(verb, sense, parts)
            if words is None:
                continue
            # "condemned the attack" is two acts, "launched an attack" one: a light verb's noun tells more.
            if sense.weight == 0 and lemma in LIGHT and _light_noun(verb, lexicon):
                break
            used.update(w.i for w in words)
            return _event(verb, [verb, *words], sense, *_roles(verb, sense))
    if lemma in LIGHT:
        noun = _light_noun(verb, lexicon)
        if noun is not None and noun.i not in used:
            named = _noun_sense(noun, lexicon)
            if named is not None:
                used.update((noun.i, verb.i))
                return _event(noun, [verb, noun], named, *_light_roles(verb, noun, named))
    return None


def _parts(verb: Token) -> dict[str, Token]:
    """Words that may complete the predicate, by lemma: particles, prepositions, objects, their objects."""
    parts: dict[str, Token] = {}
    for child in verb.children:
        if child.dep not in PARTICLES and child.dep != "nsubjpass":
            continue
        parts.setdefault(child.lemma.lower(), child)
        parts.setdefault(child.lower, child)
        for second in child.children:
            if second.dep in ("pobj", "prep", "pcomp", "conj", "compound", "amod"):
                parts.setdefault(second.lemma.lower(), second)
                if second.dep == "prep":
                    for third in second.children:
                        if third.dep == "pobj":
                            parts.setdefault(third.lemma.lower(), third)
    return parts


def _matched(verb: Token, sense: Sense, parts: dict[str, Token]) -> list[Token] | None:
    """The further words of the predicate where `sense` fits, else None."""
    words = []
    for word in sense.with_words:
        if word not in parts:
            return None
        words.append(parts[word])
    if sense.objects:
        named = next((parts[o] for o in sense.objects if o in parts), None)
        if named is None and is_passive(verb):
            named = next((s for s in subjects_of(verb) if s.lemma.lower() in sense.objects), None)
        if named is None and verb.dep in ("acl", "relcl") and verb.head.lemma.lower() in sense.objects:
            named = verb.head
        if named is None:
            return None
        if named.dep in ("dobj", "nsubjpass", "pobj", "acomp", "oprd") and named.pos not in ("PROPN", "PRON"):
            words.append(named)
    return words


def _light_noun(verb: Token, lexicon: Lexicon) -> Token | None:
    for child in verb.children:
        if child.dep in ("dobj", "nsubjpass"):
            for noun in conjuncts(child):
                if noun.pos == "NOUN" and _noun_sense(noun, lexicon) is not None:
                    return noun
    return None


def _noun_sense(noun: Token, lexicon: Lexicon) -> Sense | None:
    senses = lexicon.nouns.get(noun.lemma.lower())
    if not senses:
        return None
    left = {c.lemma.lower() for c in noun.children if c.i < noun.i} | {c.lower for c in noun.children if c.i < noun.i}
    right = {p.lemma.lower() for p in prep_objects(noun, {"of", "to", "for"})}
    for sense in senses:
        if all(word in left or word in right for word in sense.with_words):
            return sense
    return None


def _noun_event(noun: Token, lexicon: Lexicon, used: set[int]) -> Event | None:
    sense = _noun_sense(noun, lexicon)
    if sense is None:
        return None
    if noun.dep in ("compound", "nmod", "amod") and noun.head.pos in ("NOUN", "PROPN"):
        return None  # "attack helicopter", "peace talks venue": the head names the thing
    if noun.pos == "PROPN" and noun.dep != "ROOT" and not sense.with_words:
        return None  # part of a name
    words = [noun]
    for child in noun.children:
        if child.i < noun.i and child.lemma.lower() in sense.with_words:
            words.append(child)
    actors, recipients = _noun_roles(noun, sense)
    used.add(noun.i)
    return _event(noun, words, sense, actors, recipients)


def _roles(verb: Token, sense: Sense) -> tuple[list[Token], list[Token]]:
    subjects = [s for t in subjects_of(verb) for s in conjuncts(t)]
    objects = [o for t in objects_of(verb) for o in conjuncts(t) if o.lemma.lower() not in sense.objects]
    preps = sense.recipient or RECIPIENTS.get(sense.event_type, frozenset())
    others = [o for t in prep_objects(verb, preps) for o in conjuncts(t) if o.lemma.lower() not in sense.objects]
    agents = [a for t in prep_objects(verb, {"by"}) for a in conjuncts(t)]
    if is_passive(verb):
        if sense.objects:  # "sanctions were imposed on X by Y": the subject is the thing, not a party
            named = [s for s in subjects if s.lemma.lower() not in sense.objects]
            return _people(agents), _people([*named, *others])
        return _people(agents), _people(subjects or others)
    if verb.lemma in DYING:
        return [], _people(subjects)
    if sense.is_swapped:
        foes = list(prep_objects(verb, {"from", "by", "at"}))
        return _people(foes), _people(subjects)
    for t in objects_of(verb):  # "imposed sanctions on X": the noun's prepositions belong to the verb
        if t.lemma.lower() in sense.objects:
            others.extend(o for p in prep_objects(t, preps | {"of"}) for o in conjuncts(p))
    held = _people([*objects, *others])
    if sense.event_type == "ACCUSE" and objects:
        held = _people(objects)
    if sense.event_type in ("REQUEST", "THREATEN", "AGREE") and not held:
        held = _people(_of_complement(verb))
    together = sense.event_type in RECIPROCAL or verb.lemma.lower() in RECIPROCAL_VERBS
    actors = _people(subjects)
    if together and not held and len(actors) > 1:
        return actors[:1], actors[1:]
    return actors, held


def _of_complement(verb: Token) -> list[Token]:
    """The subject of what is asked for: "called for Russia to leave", "demanded that Iran stop"."""
    found: list[Token] = []
    for child in verb.children:
        if child.dep in ("ccomp", "xcomp") and child.pos in ("VERB", "AUX"):
            found.extend(s for s in child.children if s.dep in ("nsubj", "nsubjpass"))
        if child.dep == "prep":
            for inner in child.children:
                if inner.dep in ("pcomp", "ccomp"):
                    found.extend(s for s in inner.children if s.dep in ("nsubj", "nsubjpass"))
    return found


def _light_roles(verb: Token, noun: Token, sense: Sense) -> tuple[list[Token], list[Token]]:
    subjects = [s for t in subjects_of(verb) for s in conjuncts(t) if s is not noun]
    own_actors, own_recipients = _noun_roles(noun, sense)
    preps = RECIPIENTS.get(sense.event_type, frozenset())
    others = [o for t in prep_objects(verb, preps) for o in conjuncts(t)]
    if is_passive(verb):
        agents = [a for t in prep_objects(verb, {"by"}) for a in conjuncts(t)]
        return _people(agents) or own_actors, own_recipients or _people(others)
    if verb.lemma in ("suffer", "face"):
        return own_actors, _people(subjects)
    actors = _people(subjects)
    recipients = own_recipients or _people(others)
    if sense.event_type in RECIPROCAL and not recipients and len(actors) > 1:
        return actors[:1], actors[1:]
    return actors or own_actors, recipients


def _noun_roles(noun: Token, sense: Sense) -> tuple[list[Token], list[Token]]:
    between = [o for t in prep_objects(noun, BETWEEN) for o in conjuncts(t)]
    if len(between) > 1:
        return _people(between[:1]), _people(between[1:])
    actors = [a for t in prep_objects(noun, {"by"}) for a in conjuncts(t)]
    of = [o for t in prep_objects(noun, {"of"}, depth=1) for o in conjuncts(t)]
    preps = (sense.recipient or RECIPIENTS.get(sense.event_type, frozenset())) - {"of"}
    recipients = [o for t in prep_objects(noun, preps) for o in conjuncts(t)]
    owner = noun.child("poss")
    modifiers = [
        c
        for c in noun.children
        if c.i < noun.i
        and c.dep in ("compound", "amod", "nmod")
        and (c.pos == "PROPN" or c.tag in ("NNP", "NNPS") or c.text[:1].isupper())
    ]
    if owner is not None:
        # "the minister's arrest" suffers, "the army's attack on X" acts
        if not recipients and not of and sense.event_type in ("COERCE", "ASSAULT") and sense.mode in _SUFFERED:
            recipients.append(resolve_relative(owner, noun))
        else:
            actors.append(owner)
    if of:
        if noun.lemma.lower() in SUBJECTIVE_OF and not actors:
            actors.extend(of)
        else:
            recipients.extend(of)
    if not actors and modifiers:
        actors.extend(modifiers[:1])
        if len(modifiers) > 1 and sense.event_type in RECIPROCAL | {"ASSAULT"}:
            recipients.extend(modifiers[1:2])
    return _people(actors), _people(recipients)


# Acts whose possessive names the victim.
_SUFFERED = frozenset({"arrest", "deport", "targeted", "abduct", "torture", "sexual"})


def _people(tokens: Sequence[Token]) -> list[Token]:
    """Heads that can be somebody, each once, in text order."""
    seen: dict[int, Token] = {}
    for token in tokens:
        if token.pos in PERSONAL | {"ADJ", "NUM", "DET"} and token.lemma.lower() not in NOBODY:
            seen.setdefault(token.i, token)
    return sorted(seen.values(), key=lambda t: t.i)


def _event(head: Token, words: Sequence[Token], sense: Sense, actors: list[Token], recipients: list[Token]) -> Event:
    taken = {t.i for t in actors}
    return Event(
        kind="event",
        trigger=_spans(words),
        head=head.start,
        sentence=head.sentence.span,
        coder=CODER,
        event_type=sense.event_type,
        mode=sense.mode,
        contexts=sense.contexts,
        actors=tuple(phrase_of(t) for t in actors),
        recipients=tuple(phrase_of(t) for t in recipients if t.i not in taken),
        confidence=sense.confidence,
    )


def _spans(words: Iterable[Token]) -> tuple[Span, ...]:
    """Spans of the words, neighbours joined."""
    spans: list[Span] = []
    for token in sorted({w.i: w for w in words}.values(), key=lambda w: w.i):
        if spans and token.start - spans[-1].end <= 1:
            spans[-1] = Span(spans[-1].start, token.end)
        else:
            spans.append(token.span)
    return tuple(spans)
