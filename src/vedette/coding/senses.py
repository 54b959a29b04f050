"""What a predicate means: the sense of the lexicon that fits its words in their sentence.

The sense that asks for most (its particle, its object, the act it speaks of) wins. A light verb with a noun of action
("launched an attack") means what the noun means. "Asked whether" is no request, and no warning of what a third party will
do is a threat.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from vedette.coding.frames import complements_of, conjuncts, core, is_passive, is_time, objects_of, subjects_of
from vedette.coding.lexicon import Lexicon, Sense
from vedette.text.tree import Token

__all__ = ["LIGHT", "SPEECH", "Choice", "Reader", "lemmas_of"]

# Verbs that lend their subject to the noun of action that is their object.
LIGHT = frozenset(
    """
carry make launch conduct stage mount hold have take give begin start commit perpetrate impose sign reach open resume
continue lead wage order issue deliver lodge file express voice offer provide send announce undertake execute step
intensify escalate renew expand extend mediate broker host attend join conclude strike organize organise pursue perform
inflict do enter face suffer place put orchestrate coordinate lay direct fight
""".split()
)
# Speech acts, whose inner act gives the mode and, where nobody else is addressed, the recipient.
SPEECH = frozenset({"REQUEST", "REJECT", "THREATEN", "AGREE"})
# What these prepositions introduce is circumstance, no part of the predicate.
ADJUNCT = frozenset(
    "by because after before during since following amid despite until without besides according due among than "
    "like alongside near between within".split()
)
QUESTIONING = frozenset({"WP", "WP$", "WRB", "WDT"})
# These speak of what is to come, whoever will do it.
WARNING = frozenset({"warn", "caution"})
# Children of a verb that may complete the predicate.
COMPLETING = frozenset({"prt", "prep", "dobj", "acomp", "oprd", "advmod", "attr", "dative", "agent", "nsubjpass"})


class Choice(msgspec.Struct, frozen=True):
    """The sense of a predicate with its further words and the predicates that are part of it."""

    sense: Sense
    words: tuple[Token, ...] = ()
    inner: Token | None = None
    inner_type: str | None = None
    noun: Token | None = None


class Reader:
    """Chooses the senses of one sentence's predicates, each once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.choices: dict[int, Choice | None] = {}

    def choose(self, token: Token, depth: int = 3) -> Choice | None:
        """The sense of a verb, predicate adjective or noun in its sentence, or None."""
        if token.i not in self.choices:
            self.choices[token.i] = None  # guards against a circle
            self.choices[token.i] = self._choose(token, depth)
        return self.choices[token.i]

    def _choose(self, token: Token, depth: int) -> Choice | None:
        lexicon = self.lexicon
        if token.pos in ("NOUN", "PROPN"):
            return self.choose_noun(token, depth)
        if token.pos == "ADJ":
            senses: Sequence[Sense] = lexicon.adjectives.get(token.lower, ())
        else:
            senses = next((lexicon.verbs[lemma] for lemma in lemmas_of(token) if lemma in lexicon.verbs), ())
        if senses:
            near, objects = _near(token), _objects(token)
            light = self._light_noun(token) if token.lemma in LIGHT else None
            for sense in senses:
                if sense.weight == 0 and light is not None:
                    break  # "condemned the attack" is two acts, "launched an attack" one: the noun tells more
                choice = self._fits(token, sense, near, objects, depth)
                if choice is not None:
                    return choice
        if token.pos in ("VERB", "AUX") and token.lemma in LIGHT:
            noun = self._light_noun(token)
            inner = self.choose_noun(noun, depth - 1) if noun is not None and depth else None
            if noun is not None and inner is not None:
                return Choice(inner.sense, (*inner.words, noun), inner.inner, inner.inner_type, noun)
        return None

    def _fits(
        self, token: Token, sense: Sense, near: dict[str, Token], objects: dict[str, Token], depth: int
    ) -> Choice | None:
        words = []
        for word in sense.with_words:
            if word not in near:
                return None
            words.append(near[word])
        if sense.without and self._ruled_out(token, sense.without, objects):
            return None
        if sense.subjects:
            subject = next((s for t in subjects_of(token) if (s := core(t)).lemma.lower() in sense.subjects), None)
            if subject is None:
                return None
            if sense.event_type == "ASSAULT" and subject.head is token and subject.lemma.lower() in self.lexicon.nouns:
                words.append(subject)  # "fighting broke out" is one act
        if sense.objects:
            named = next((n for o, n in objects.items() if o in sense.objects and self._names(token, o, n)), None)
            if named is None and "*" in sense.objects and objects_of(token):
                return Choice(sense, tuple(words))
            if named is None and "^NAME" in sense.objects:
                named = next((o for o in objects.values() if o.pos == "PROPN" and not is_time(o)), None)
            if named is None:
                return None
            if named.pos not in ("PROPN", "PRON", "VERB", "AUX"):
                words.append(named)
        if sense.event_type == "REQUEST" and token.lemma == "ask" and _is_question(token):
            return None
        inner, inner_type = (
            self._inner(token, objects, depth) if sense.acts or sense.event_type in SPEECH else (None, None)
        )
        if sense.event_type == "THREATEN" and sense.acts and inner is not None and _is_of_others(token, inner):
            return None
        if sense.acts and (inner_type or (inner is not None and inner.tag == "VB" and "OTHER")) not in sense.acts:
            return None
        return Choice(sense, tuple(words), inner, inner_type)

    def _names(self, verb: Token, word: str, noun: Token) -> bool:
        """Whether a word found among the objects is asked for: not the "missile" of "launched a missile attack"."""
        if verb.lemma in LIGHT and noun.dep == "pobj" and noun.head.lower == "against":
            return False  # "held a rally against the siege"
        if verb.lemma not in LIGHT or word == "joint" or word in (noun.lower, *lemmas_of(noun)):
            return True
        return noun.lemma.lower() not in self.lexicon.nouns

    def _ruled_out(self, token: Token, without: frozenset[str], objects: dict[str, Token]) -> bool:
        if not without.isdisjoint(objects):
            return True
        if "*" in without and objects_of(token):
            return True
        return any("^" + (c.lower if c.dep == "prep" else c.dep) in without for c in token.children)

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
            if noun.pos == "NOUN" and (choice := self.choose_noun(noun, depth - 1)):
                return noun, choice.sense.event_type
        return plain, None

    def _is_of(self, word: Token, noun: Token) -> bool:
        """ "State of siege": the second noun of action is part of the name, and no act of its own."""
        is_acts = any(lemma in self.lexicon.nouns for lemma in lemmas_of(word))
        return is_acts and word.dep == "pobj" and word.head.lower == "of" and word.head.head is noun

    def _light_noun(self, verb: Token) -> Token | None:
        for child in verb.children:
            if child.dep in ("dobj", "nsubjpass") and child.pos == "NOUN":
                for noun in conjuncts(child):
                    inner = core(noun)
                    if inner.pos == "NOUN" and self.choose_noun(inner, 1) is not None:
                        return inner
        if verb.dep in ("acl", "relcl") and verb.head.pos == "NOUN":
            inner = core(verb.head)
            if (verb.tag == "VBN" or any(c.lower in ("that", "which") for c in verb.children)) and self.choose_noun(
                inner, 1
            ):
                return inner
        return None

    def choose_noun(self, noun: Token, depth: int) -> Choice | None:
        known = next((lemma for lemma in lemmas_of(noun) if lemma in self.lexicon.nouns), None)
        if known is None:
            return None
        senses = self.lexicon.nouns[known]
        first = _before_hyphen(noun) if known != noun.lemma.lower() else None
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
            if sense.event_type == "COERCE":
                words += tuple(right[w] for w in sense.with_words if w in right and self._is_of(right[w], noun))
            words += (first,) if first is not None else ()
            if sense.objects:
                words += tuple(t for w, t in (*left.items(), *right.items()) if w in sense.objects and t.pos == "NOUN")[
                    :1
                ]
            inner, inner_type = None, None
            if sense.acts or sense.event_type in SPEECH:
                inner, inner_type = self._inner(noun, right, depth)
                if sense.acts and inner_type not in sense.acts:
                    continue
            return Choice(sense, words, inner, inner_type)
        return None


def _is_question(verb: Token) -> bool:
    """ "asked whether", "asked who"."""
    return any(
        c.dep == "ccomp" and any(w.lower in ("whether", "if") or w.tag in QUESTIONING for w in c.children if w.i < c.i)
        for c in verb.children
    )


def _is_of_others(verb: Token, act: Token) -> bool:
    """Whether a warning tells what somebody else will do: "Chad warned that rebels would attack".

    A speaker without a name may mean his own side by a name, and any speaker by "the army", "its forces", "they".
    """
    if verb.lemma not in WARNING or act.pos != "VERB":
        return False
    doers, speakers = [c for c in act.children if c.dep == "nsubj"], subjects_of(verb)
    if not doers or not speakers:
        return False
    doer, speaker = doers[0], speakers[0]
    if doer.tag in ("NNP", "NNPS"):
        return speaker.tag in ("NNP", "NNPS") and doer.lemma != speaker.lemma
    return doer.tag == "NNS" and not any(c.dep in ("poss", "det") for c in doer.children)


def _near(verb: Token) -> dict[str, Token]:
    """Words that may complete the predicate: particles, prepositions, adverbs, objects, and what these govern."""
    near: dict[str, Token] = {}
    for child in verb.children:
        if child.dep in ("xcomp", "ccomp") and child.tag == "VB" and child.i > verb.i:
            for to in (c for c in child.children if c.dep == "aux" and c.lower == "to"):
                near["~to"] = to
        if child.dep in ("advcl", "ccomp", "xcomp") and child.tag == "VB" and child.i > verb.i:
            for mark in (c for c in child.children if c.dep == "mark" and c.lower == "for"):
                near["for"] = mark  # "called for the mayor to resign"
        if child.dep not in COMPLETING or (child.i < verb.i and child.dep != "nsubjpass"):
            continue
        if child.dep == "prep" and (child.lower == "according" or any(is_time(c) for c in child.children)):
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


def lemmas_of(token: Token) -> tuple[str, ...]:
    """The token's lemma, and before it the whole hyphenated word that it ends ("cease-fire").

    Spaces beside the hyphen, as some feeds print it, change nothing.
    """
    first = _before_hyphen(token)
    lemma = token.lemma.lower()
    return (f"{first.lower}-{lemma}", lemma) if first is not None else (lemma,)


def _before_hyphen(token: Token) -> Token | None:
    """What stands before the hyphen of a word that the parser took apart."""
    tokens = token.sentence.tokens
    k = token.i - tokens[0].i
    if k < 2 or tokens[k - 1].text != "-":
        return None
    hyphen = tokens[k - 1]
    is_spaced = hyphen.end < token.start and tokens[k - 2].end < hyphen.start
    return tokens[k - 2] if is_spaced or hyphen.end == token.start else None


def _objects(verb: Token) -> dict[str, Token]:
    """Nouns and predicates that the verb is about, by lemma: objects, passive subjects, prepositional objects."""
    found: dict[str, Token] = {}

    def add(noun: Token, *, deep: bool = True) -> None:
        for each in conjuncts(noun) if noun.pos in ("NOUN", "PROPN") else [noun]:
            inner = core(each)
            for lemma in lemmas_of(inner):
                found.setdefault(lemma, inner)
            found.setdefault(inner.lower, inner)
            if deep:
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


def _is_object_of(clause: Token) -> bool:
    """Whether the noun that a relative or reduced clause hangs on is its object ("sanctions imposed", "whom he met")."""
    if clause.dep == "acl":
        return clause.tag == "VBN"
    for child in clause.children:
        if child.tag in ("WDT", "WP"):
            return child.dep in ("dobj", "pobj", "nsubjpass", "dative")
    return any(c.dep == "nsubj" for c in clause.children) and not any(c.dep == "dobj" for c in clause.children)
