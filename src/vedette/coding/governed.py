"""The parties of a noun of action that names none itself, by the predicate that it depends on.

"X met Y during talks", "X claimed responsibility for the blast": whose act it is. "X fled the war", "girls are victims of
rape", "migrants awaiting deportation": whom it befalls.
"""

from __future__ import annotations

from vedette.coding.frames import conjuncts, core, is_passive, objects_of, subjects_of
from vedette.coding.lexicon import Lexicon, Sense
from vedette.coding.senses import lemmas_of
from vedette.coding.things import is_thing
from vedette.text.tree import Token

__all__ = ["SUFFERING", "blamed", "doers_above", "is_act", "is_named", "sufferers_above"]

# Verbs whose subject does what their object names, though they do not lend themselves to one trigger with it.
DOING = frozenset("ramp wrap finish complete keep maintain mount continue step stop end plan claim declare".split())
# Of words, whoever utters them.
TELLING = DOING | frozenset("tweet post utter reiterate repeat make level voice renew direct reaffirm".split())
WORDS = frozenset({"ACCUSE", "REJECT", "SUPPORT", "REQUEST", "AGREE", "THREATEN"})
# "a role in talks", "take part in an attack", "join in".
PARTS = frozenset("role part hand involvement participation".split())
OWNING = frozenset("apologize apologise atone".split())
JOINING = frozenset("participate involve engage join share".split())
# "The talks brought together ministers of A and B".
GATHERING = frozenset("involve include gather unite".split())
HARM = frozenset({"ASSAULT", "COERCE"})
ANSWERING = frozenset("deny reject dismiss refute rebut refuse rebuff".split())
FLEEING = frozenset("flee escape survive".split())
SUFFERING = frozenset("suffer face undergo survive endure withstand".split())
# What somebody does or is with an act that befalls him: its object, or behind the preposition.
BEFALLING = FLEEING | SUFFERING | frozenset("await encounter experience risk fear avoid dodge weather".split())
SUBJECT_TO = {"subject": "to", "vulnerable": "to", "exposed": "to", "prone": "to", "dependent": "on", "reliant": "on"}
HOLDING = frozenset("custody detention jail prison court".split())
VICTIMS = frozenset("victim survivor target".split())
# Verbs that tell what harm did, beside those that tell its toll.
HURTING = frozenset(
    "drive displace uproot ravage devastate rock hit plague scar wreck engulf grip victimize affect destroy damage".split()
)


def is_act(token: Token, lexicon: Lexicon) -> bool:
    """Whether a noun names an act or a thing rather than a party."""
    return token.pos == "NOUN" and (token.lemma.lower() in lexicon.nouns or is_thing(token, lexicon))


def is_named(token: Token, lexicon: Lexicon) -> bool:
    """A name, or a common noun that acts."""
    inner = core(token)
    return inner.pos == "PROPN" or inner.lemma.lower() in lexicon.agents


def blamed(verb: Token) -> list[Token]:
    """Who is blamed in "blamed the attacks on the militia", where the parser gives the militia to the attacks."""
    if any(c.dep == "prep" and c.lower == "for" for c in verb.children):
        return []
    for act in objects_of(verb):
        charged = [c for c in act.children if c.dep == "prep" and c.lower == "on"][-1:]
        if charged and act.pos == "NOUN":
            return [o for c in charged[0].children if c.dep == "pobj" for o in conjuncts(c)]
    return []


def doers_above(noun: Token, sense: Sense, lexicon: Lexicon) -> list[Token]:
    """Whose act a noun without a doer is.

    "X met Y during talks": who met; "accused X of an attack", "sentenced X for murder": X; "X claimed
    responsibility for the blast", "X wrapped up meetings": X.
    """
    if noun.dep == "dobj" and noun.head.lemma in (TELLING if sense.event_type in WORDS else DOING):
        return _subjects(noun.head)
    if noun.dep == "nsubj" and sense.event_type == "CONSULT" and _gathers(noun.head):
        return [o for t in objects_of(noun.head) for o in conjuncts(t)]
    if noun.dep != "pobj" or noun.head.dep != "prep":
        return []
    prep, governor = noun.head, noun.head.head
    if governor.lemma in ("responsibility", "credit") and governor.dep == "dobj":
        return _subjects(governor.head)
    if prep.lower == "in" and governor.lemma in PARTS and governor.dep == "dobj":
        return _subjects(governor.head)  # "played a role in talks"
    if governor.pos != "VERB":
        return []
    if prep.lower == "for" and governor.lemma in OWNING:
        return _subjects(governor)  # "apologised for the raid"
    if prep.lower == "in" and governor.lemma in JOINING:
        return _subjects(governor)
    if sense.event_type == "CONSULT" and prep.lower in (
        "during", "in", "at", "on", "after", "before", "for", "to", "following"
    ):  # fmt: skip
        return [s for s in _subjects(governor) if not is_act(s, lexicon)]
    if prep.lower in ("of", "for", "with", "over", "in") and sense.event_type != "CONSULT":
        known = next((lexicon.verbs[lemma] for lemma in lemmas_of(governor) if lemma in lexicon.verbs), ())
        if any(s.event_type == "ACCUSE" or s.mode in ("arrest", "convict") for s in known):
            parties = subjects_of(governor) if is_passive(governor) else objects_of(governor)
            return [p for t in parties for p in conjuncts(t)]
    return []


def sufferers_above(noun: Token, sense: Sense, lexicon: Lexicon) -> list[Token]:
    """Whom an act befalls: "told Y in talks", "X suffers from war", "fled war", "the war displaced X"."""
    while noun.dep == "conj" and noun.head.pos == "NOUN":  # "subject to attacks and abductions"
        noun = noun.head
    if sense.event_type in HARM | {"AID"} and noun.dep == "pobj" and (subject_to := _those_under(noun)):
        return subject_to
    if sense.event_type in HARM and (ravaged := _of_relative(noun)):
        return ravaged
    verb = noun.head.head if noun.dep == "pobj" and noun.head.dep in ("prep", "agent") else noun.head
    if verb.pos not in ("VERB", "AUX"):
        return []
    if sense.event_type == "CONSULT" and noun.dep == "pobj" and noun.head.lower in ("in", "during", "at"):
        return [o for t in objects_of(verb) for o in conjuncts(t) if is_named(o, lexicon)]
    if sense.event_type in ("ACCUSE", "REQUEST") and noun.dep == "dobj" and verb.lemma in ANSWERING:
        return _subjects(verb)  # "Y denied the accusations by X"
    if sense.event_type == "ACCUSE" and noun.dep == "pobj" and noun.head.lower in ("on", "over", "for", "amid"):
        return _held_on(verb, lexicon)
    if sense.event_type not in HARM:
        return []
    if noun.dep == "dobj" and verb.lemma in BEFALLING:
        return _subjects(verb)
    if noun.dep == "pobj" and noun.head.lower == "from" and verb.lemma in FLEEING | SUFFERING:
        return _subjects(verb)
    if verb.lemma in HURTING:
        if noun.dep == "pobj" and noun.head.dep == "agent" and is_passive(verb):
            return _subjects(verb)
        if noun.dep == "nsubj" and not is_passive(verb):
            return [o for t in objects_of(verb) for o in conjuncts(t)]
    return []


def _held_on(verb: Token, lexicon: Lexicon) -> list[Token]:
    """Who is accused in "X was arrested on charges of fraud", "X is in custody over accusations"."""
    if verb.lemma == "be":
        held = [o.lemma for p in verb.children if p.dep == "prep" and p.lower == "in" for o in p.children]
        return _subjects(verb) if set(held) & HOLDING else []
    known = next((lexicon.verbs[lemma] for lemma in lemmas_of(verb) if lemma in lexicon.verbs), ())
    if not any(s.mode in ("arrest", "convict") for s in known):
        return []
    return _subjects(verb) if is_passive(verb) else [o for t in objects_of(verb) for o in conjuncts(t)]


def _of_relative(noun: Token) -> list[Token]:
    """ "The insurgency that has ravaged the north"."""
    for clause in noun.children:
        if clause.dep == "relcl" and clause.lemma in HURTING and not is_passive(clause):
            if any(core(s) is noun for s in subjects_of(clause)):
                return [o for t in objects_of(clause) for o in conjuncts(t)]
    return []


def _those_under(noun: Token) -> list[Token]:
    """Who they are in "villagers are subject to attacks", "girls are victims of rape", "survivors of the raid"."""
    prep, above = noun.head, noun.head.head
    if SUBJECT_TO.get(above.lower) == prep.lower:
        if above.dep in ("acomp", "oprd"):
            return _subjects(above.head)
        return [above.head] if above.dep == "amod" else []
    if above.lemma.lower() in VICTIMS and prep.lower == "of":
        if above.dep == "attr" and above.head.lemma == "be":
            return _subjects(above.head)
        return [above]
    return []


def _gathers(verb: Token) -> bool:
    return verb.lemma in GATHERING or (verb.lemma == "bring" and any(c.lower == "together" for c in verb.children))


def _subjects(verb: Token) -> list[Token]:
    return [s for t in subjects_of(verb) for s in conjuncts(t)]
