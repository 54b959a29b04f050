"""Find who fills the roles of a predicate in a parsed sentence.

Roles come from the predicate's own clause: subjects (also those it shares by coordination or control), objects,
by-phrases, prepositions, possessives and modifiers of a nominalisation. Each conjunct is a phrase of its own. A
relative pronoun stands for its antecedent, a pronoun of reported speech ("X said it would ...") for the speaker.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vedette.records import Phrase, Span
from vedette.text.tree import Token

__all__ = [
    "SAYING",
    "agents_of",
    "complements_of",
    "conjuncts",
    "core",
    "is_passive",
    "is_time",
    "modal_of",
    "objects_of",
    "phrase_of",
    "prep_objects",
    "resolve_relative",
    "speakers_of",
    "subjects_of",
    "unique",
]

SUBJECT = frozenset({"nsubj", "csubj"})
PASSIVE = frozenset({"nsubjpass", "csubjpass"})
OBJECT = frozenset({"dobj", "dative", "obj"})
RELATIVE = frozenset({"who", "which", "that", "whom"})
# Parts of a noun phrase that name it; relative clauses and the like are left out of its span.
INSIDE = frozenset({
    "det", "amod", "compound", "nmod", "nummod", "poss", "case", "advmod", "quantmod", "neg", "predet", "punct",
    "npadvmod",
})  # fmt: skip
INSIDE_PREPS = frozenset({"of", "for", "from", "in"})
# Nouns that count or measure out what follows "of".
MEASURES = frozenset(
    """
series number wave round string spate dozen hundred thousand million billion score lot host range variety group handful
batch couple pair majority rest part some any many several all most none barrage flurry set package plenty amount kind
type sort form act campaign case bout raft slew worth % percent third half quarter one group cent
""".split()
)
TIMES = frozenset(
    """
monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
october november december today yesterday tomorrow tonight week month year day night morning evening afternoon hour time
weekend decade minute noon midnight moment date century jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. dec.
""".split()
)
MODALS = {
    "will": "will", "shall": "will", "'ll": "will", "’ll": "will", "wo": "will", "would": "would", "'d": "would",
    "’d": "would", "must": "must", "should": "must", "ought": "must", "can": "can", "could": "can", "ca": "can",
    "may": "can", "might": "can",
}  # fmt: skip
SAYING = frozenset(
    """
say tell announce add state declare note report claim explain stress insist warn write tweet confirm reveal argue
believe think indicate vow pledge promise assert maintain emphasize emphasise suggest reiterate agree acknowledge admit
post hope hint signal deny allege contend
""".split()
)
# "took credit for attacking": the subject does it, not the object.
LENDING = frozenset("take cut have make give claim accept express raise impose receive get lose".split())
# "Cut ties with X for meddling": he does it on whom the measure is laid.
PUNISHING = frozenset("impose cut sever break suspend freeze slap place".split())
AGAINST = frozenset({"on", "against", "with"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ"})
COUNTED = frozenset("others dozens scores hundreds thousands many more several some most".split())
# No act has more parties than this in one list; bounds the work on enumerations.
MANY = 24


def is_passive(verb: Token, depth: int = 5) -> bool:
    """Whether the verb is a passive, also a reduced one ("troops deployed to ...")."""
    if any(c.dep in PASSIVE or c.dep == "auxpass" for c in verb.children):
        return True
    if verb.tag == "VBN" and verb.dep in ("acl", "amod", "advcl") and not any(c.dep == "aux" for c in verb.children):
        return not any(c.dep == "dobj" for c in verb.children)
    if verb.dep in ("conj", "acomp") and verb.tag == "VBN" and verb.head.pos in ("ADJ", "AUX"):
        return True
    if verb.dep in ("acomp", "xcomp") and verb.tag == "VBN" and verb.head.lemma in ("stand", "remain", "stay", "get"):
        return True
    if depth and (above := _joined_above(verb)) is not None:
        return is_passive(above, depth - 1)
    if depth and verb.dep == "conj" and verb.tag in ("VBD", "VBN") and any(_is_number(c) for c in verb.children):
        # "nine were killed and 20 wounded", "... and three others arrested"
        return not any(c.dep in ("aux", "dobj") for c in verb.children) and is_passive(verb.head, depth - 1)
    if depth and verb.dep == "conj" and verb.tag == "VBN" and verb.head.pos == "VERB":
        return not any(c.dep in ("nsubj", "aux", "dobj") for c in verb.children) and is_passive(verb.head, depth - 1)
    return False


def _is_number(subject: Token) -> bool:
    """Whether so many are the subject: "30", "dozens more", "three others"."""
    if subject.pos == "NUM":
        return True
    is_count = subject.lower in COUNTED or any(c.pos == "NUM" for c in subject.children)
    return is_count and subject.dep in SUBJECT


def subjects_of(verb: Token, depth: int = 5) -> list[Token]:
    """The grammatical subjects, looked for up the coordination and control chain; [] where there is none."""
    own = [c for c in verb.children if c.dep in SUBJECT or c.dep in PASSIVE]
    if own:
        return [resolve_relative(s, verb) for s in own if s.lower != "there"]
    if depth == 0 or verb.is_root:
        return []
    if (above := _joined_above(verb)) is not None:
        return subjects_of(above, depth - 1)
    head = verb.head
    if verb.dep == "conj" and head.pos in ("VERB", "AUX", "ADJ"):
        return subjects_of(head, depth - 1)
    if verb.dep in ("acomp", "attr", "oprd") and head.pos in ("VERB", "AUX"):
        return objects_of(head) if head.pos == "VERB" and objects_of(head) else subjects_of(head, depth - 1)
    if verb.dep == "xcomp" and head.pos in ("VERB", "AUX", "ADJ"):
        held = objects_of(head) if head.pos == "VERB" and not is_passive(head) else []
        return held or subjects_of(head, depth - 1)
    if verb.dep in ("acl", "relcl") and head.pos in ("NOUN", "PROPN", "PRON", "NUM", "DET"):
        if verb.tag in ("VBG", "VBN"):
            return [head]
        return _owner(head, depth - 1) if verb.tag == "VB" else []
    if verb.dep == "amod" and head.pos in ("NOUN", "PROPN"):
        return _before(verb) if verb.tag == "VBD" else [head]
    if verb.dep == "advcl" and verb.tag in ("VBG", "VBN", "VB"):
        return subjects_of(head, depth - 1)
    if verb.dep == "pcomp" and head.dep == "prep":
        above = head.head
        if above.pos in ("VERB", "AUX"):
            if head.lower == "for" and above.lemma in PUNISHING:  # "imposed sanctions on X for backing Y"
                nouns = [above, *(c for c in above.children if c.dep in ("dobj", "nsubjpass"))]
                if against := [o for t in nouns for o in prep_objects(t, AGAINST, depth=1)]:
                    return against
            held = objects_of(above) if not is_passive(above) and above.lemma not in LENDING else []
            return held if held and head.lower in ("of", "from", "for", "into") else subjects_of(above, depth - 1)
        return _owner(above, depth - 1)
    if verb.dep in ("ccomp", "dep") and verb.tag in ("VB", "VBG"):
        return objects_of(head) or subjects_of(head, depth - 1)
    return []


def _joined_above(verb: Token) -> Token | None:
    """The verb that a past participle is rather coordinated with than with the gerund that the parser gives it to.

    "They were harassed while covering events and detained": no participle continues "covering".
    """
    first = verb
    while first.dep == "conj" and first.tag in ("VBD", "VBN") and first.head.pos == "VERB":
        first = first.head
    if first is verb or first.tag != "VBG" or first.dep != "advcl" or first.head.tag not in ("VBD", "VBN"):
        return None
    return None if any(c.dep in ("aux", "dobj", *SUBJECT, *PASSIVE) for c in verb.children) else first.head


def _before(verb: Token) -> list[Token]:
    """The subject of a finite verb that the parser took for a modifier of its own object ("chief withdrew troops")."""
    head = verb.head
    if head.dep == "appos" and head.head.i < verb.i:
        return [head.head]
    return [c for c in head.children if c.dep in ("nmod", "compound", "nsubj") and c.i < verb.i][-1:]


def _owner(noun: Token, depth: int) -> list[Token]:
    owner = noun.child("poss")
    if owner is not None:
        return [owner]
    if noun.dep in ("dobj", "nsubjpass", "attr", "pobj") and depth > 0:
        verb = noun.head if noun.dep != "pobj" else noun.head.head
        return subjects_of(verb, depth - 1) if verb.pos in ("VERB", "AUX") else []
    return []


def agents_of(token: Token) -> list[Token]:
    """Who does it in a by-phrase, each conjunct."""
    return [a for t in prep_objects(token, frozenset({"by"}), depth=1) for a in conjuncts(t) if not is_time(a)]


def objects_of(verb: Token, depth: int = 3) -> list[Token]:
    """Direct and indirect objects; the antecedent of a relative pronoun; that of the last of several verbs."""
    found = [resolve_relative(c, verb) for c in verb.children if c.dep in OBJECT and c.pos != "ADP"]
    if not found and verb.lemma == "help":  # "helped Roe build a school"
        found = [s for c in verb.children if c.dep in ("ccomp", "xcomp") for s in c.children if s.dep == "nsubj"]
    if not found and verb.tag == "VBD" and verb.dep == "amod":
        return [verb.head]
    if not found and depth and verb.tag in ("VBD", "VBZ", "VBP", "VB", "VBG") and not is_passive(verb):
        for child in verb.children:
            if child.dep == "conj" and child.tag == verb.tag and not any(c.dep in SUBJECT for c in child.children):
                if child.i - verb.i <= 4 and not any(c.dep == "prep" for c in verb.children):
                    return objects_of(child, depth - 1)
    return found


def complements_of(token: Token) -> list[Token]:
    """Predicates that complete this one: infinitives, that-clauses, gerunds after a preposition."""
    found = []
    for child in token.children:
        if child.i < token.i and child.dep != "ccomp":
            continue
        if child.dep in ("xcomp", "ccomp") or (child.dep in ("acl", "advcl") and child.tag == "VB"):
            if child.pos in ("VERB", "AUX"):
                found.append(child)
        elif child.dep == "prep":
            found.extend(c for c in child.children if c.dep in ("pcomp", "ccomp") and c.pos in ("VERB", "AUX"))
    return found


def modal_of(verb: Token, depth: int = 4) -> tuple[str | None, Token | None, bool]:
    """The verb's mood ("will", "would", "must", "can" or None), the modal itself, and whether it is negated."""
    mood, modal, negated = None, None, False
    for child in verb.children:
        if child.dep == "aux" and child.lower in MODALS:
            mood, modal = MODALS[child.lower], child
        elif child.dep == "neg" or child.lower in ("never", "neither"):
            negated = True
    if mood is None and depth and verb.dep == "conj" and verb.head.pos == "VERB" and verb.tag == "VB":
        if not any(c.dep in SUBJECT for c in verb.children):
            return modal_of(verb.head, depth - 1)
    return mood, modal, negated


def speakers_of(token: Token, depth: int = 6) -> list[Token]:
    """Whose reported speech the token's clause is, by the nearest verb of saying above it; [] where there is none."""
    while depth and not token.is_root:
        head = token.head
        if token.dep in ("ccomp", "parataxis", "advcl") and head.lemma in SAYING:
            return [s for t in subjects_of(head) for s in conjuncts(t)]
        token = head
        depth -= 1
    return []


def prep_objects(token: Token, preps: frozenset[str], *, depth: int = 2) -> Iterator[Token]:
    """Objects of the prepositions of `token`, also of prepositions that hang on those ("out of")."""
    for child in token.children:
        if child.dep in ("prep", "agent", "dative", "prt") and child.pos in ("ADP", "SCONJ", "ADV", "VERB", "PART"):
            if child.lower in preps:
                yield from (c for c in child.children if c.dep == "pobj")
            if depth > 1 and child.lower != "according":
                yield from prep_objects(child, preps, depth=depth - 1)


def resolve_relative(token: Token, verb: Token) -> Token:
    """The antecedent of a relative pronoun, the speaker for a pronoun of what he said, else the token itself."""
    if token.lower in RELATIVE and token.tag in ("WP", "WDT"):
        clause = verb
        while clause.dep in ("conj", "xcomp", "ccomp") and clause.head is not clause:
            clause = clause.head
        if clause.dep == "relcl":
            return _first_of(clause.head, clause)
    if token.lower in ("it", "he", "she", "they") and token.dep == "nsubj" and verb.dep == "ccomp":
        head = verb.head
        if head.lemma in SAYING:
            for above in head.children:
                if above.dep == "nsubj" and _agrees(token, above):
                    return above
    return token


def _first_of(antecedent: Token, clause: Token) -> Token:
    """The first of several names that a relative clause with a plural verb belongs to: "A and B, who are ..."."""
    words = [clause, *(c for c in clause.children if c.dep in ("aux", "auxpass"))]
    is_plural = any(w.lower in ("are", "were", "have") or w.tag == "VBP" for w in words)
    while is_plural and antecedent.dep == "conj" and antecedent.tag == "NNP" and antecedent.head.pos == "PROPN":
        antecedent = antecedent.head
    return antecedent


def _agrees(pronoun: Token, name: Token) -> bool:
    if name.tag in ("PRP", "WP", "WDT", "DT"):
        return False
    several = name.tag in ("NNS", "NNPS") or any(c.dep == "conj" for c in name.children)
    if pronoun.lower == "they":
        return several
    return not several and (pronoun.lower == "it" or name.pos in ("PROPN", "NOUN"))


def conjuncts(token: Token) -> list[Token]:
    """The token and the nouns coordinated with it."""
    found = [token]
    for known in found:
        if len(found) >= MANY:
            break
        found.extend(c for c in known.children if c.dep == "conj" and c.pos in NOMINAL)
    return found


def core(noun: Token) -> Token:
    """What is counted or measured: "attacks" of "a series of attacks" or "days of attacks", else the noun itself."""
    if noun.lemma.lower() in MEASURES or (noun.lemma.lower() in TIMES and noun.tag == "NNS"):
        for child in noun.children:
            if child.dep == "prep" and child.lower == "of":
                for inner in child.children:
                    if inner.dep == "pobj":
                        return inner
    return noun


def is_time(token: Token) -> bool:
    """Whether the noun names a day, month or stretch of time, or is a bare year."""
    return token.lemma.lower() in TIMES or (token.pos == "NUM" and token.lower.isdigit() and len(token.text) == 4)


def phrase_of(head: Token) -> Phrase:
    """The noun phrase of a head word, without its coordinated nouns, appositions and clauses."""
    low = high = head
    several = next((c.i for c in head.children if c.dep == "conj"), None)
    for child in head.children:
        if child.dep in ("punct", "cc", "case", "conj") or (several is not None and child.i > several):
            continue
        edge = _edges(child)
        if edge is None:
            continue
        low = edge[0] if edge[0].i < low.i else low
        high = edge[1] if edge[1].i > high.i else high
    return Phrase((Span(low.start, high.end),), head.start)


def _edges(child: Token, depth: int = 6) -> tuple[Token, Token] | None:
    """First and last token of a modifier that belongs to the phrase, or None for one that does not."""
    if depth == 0:
        return None
    if child.dep == "prep":
        if (
            child.lower not in INSIDE_PREPS
            or child.i < child.head.i
            or not any(c.dep == "pobj" for c in child.children)
        ):
            return None
        if child.lower != "of" and not any(c.pos == "PROPN" for c in child.children):
            return None
    elif child.dep == "conj":
        if child.pos not in ("ADJ", "PROPN") or child.head.dep not in ("compound", "amod", "nmod"):
            return None
    elif child.dep not in INSIDE and child.dep not in ("pobj", "cc"):
        return None
    low = high = child
    for grandchild in child.children:
        edge = _edges(grandchild, depth - 1)
        if edge and grandchild.dep not in ("punct", "cc"):
            low = edge[0] if edge[0].i < low.i else low
            high = edge[1] if edge[1].i > high.i else high
    return low, high


def unique(tokens: Iterable[Token]) -> list[Token]:
    """Each token once, in text order."""
    seen = {token.i: token for token in tokens}
    return [seen[i] for i in sorted(seen)]
