"""Decide how the text presents a predicate: asserted, denied, announced, conditional, merely possible, or long past.

Certainty runs from -3 (certainly not) to +3 (certainly), as annotated by Lee et al. 2015 and unified by Stanovsky et
al. 2017. The path from the predicate up to the root of its sentence is read from the outside in: each word on it
passes on a state to the slot it governs (an implicative keeps or turns it, a factive ignores it, a word of saying
dims it), then the predicate's own negation, modal verb, adverb and conditions apply. What a governing word does is
data (`data/factuality.toml`), the way up is named in `embedding`, the order of working is Nairn, Condoravdi and Karttunen's (2006) polarity propagation
with values for signs. Reported speech stays `asserted` in its speaker's voice with less certainty; what a speaker
denies is `negated`. `historical` is given only where the clause itself names a past year or "decades ago"; days
measured against the day of publication are the caller's to compare.
"""

from __future__ import annotations

from typing import cast

from vedette.coding.effects import Effect, FactualityTable, parse_factuality
from vedette.coding.embedding import SUBJECTS, effect_of, is_headline, is_open, way_up
from vedette.records import Factuality, Modality, Span
from vedette.text.tree import Parsed, Token

__all__ = ["Effect", "FactualityTable", "factuality", "parse_factuality"]

# How much of an outer word's doubt reaches what it embeds (0 none, 1 all); set on the train rows.
DIMMING = 0.5
NOBODY = frozenset({"no", "nobody", "none", "neither", "nothing", "no-one"})
NOT_ONLY = frozenset({"just", "only", "merely", "simply", "solely"})
QUOTES = frozenset({"“", "”", "``", "''", '"'})
FEW = frozenset({"few", "little"})
AUXILIARIES = ("aux", "auxpass")
# Subordinators of a past act beside another; "until" and "once" may tell what is waited for.
TIMES = frozenset({"when", "after", "as", "while", "because", "since", "before"})
# Auxiliaries of what is told as done.
DONE = frozenset({"was", "were", "has", "have", "had", "been", "got", "’ve", "'ve"})
NEVER = frozenset({"never", "not", "n't", "n’t", "nor", "neither", "nowhere", "cannot"})
DEFINITE = frozenset({"the", "this", "that", "these", "those", "both"})
# After these prepositions an act is taken for granted: "after the attack", "during talks".
GRANTED = frozenset({
    "after", "during", "following", "since", "despite", "amid", "amidst", "over", "at", "by", "before", "from",
    "because", "throughout", "upon", "until", "as", "like", "between", "among", "under", "behind",
})  # fmt: skip
# Words that bring their object about: when denied, an object with "the" is still taken for granted.
GRANTED_WHEN_DENIED = frozenset({"hold", "phase", "occur"})
PAST_PREPOSITIONS = frozenset(
    {"in", "during", "on", "by", "from", "between", "until", "through", "of", "before", "around"}
)


# What these say is conditional, not that it is said.
FORWARD = frozenset({"threaten", "promise", "pledge", "vow", "swear", "offer", "agree"})
NOT_OF_TIME = frozenset({"of", "from", "by"})
YEAR_DEPS = frozenset({"nummod", "npadvmod", "compound", "nmod", "amod"})
# What house numbers stand before: "the 2000 block", "1915 Birch St.".
NUMBERED = frozenset("block street st avenue ave road rd drive dr lane ln boulevard blvd court ct highway way".split())


class State:
    """Where the reading stands: the modality and certainty handed down so far."""

    __slots__ = ("certainty", "condition", "modality", "outer", "reasons", "reported")

    def __init__(self) -> None:
        self.modality: Modality = "asserted"
        self.certainty = 3.0
        self.condition: Span | None = None
        self.reasons: list[str] = []
        self.reported = False
        self.outer: tuple[Modality, float, Span | None] = ("asserted", 3.0, None)

    def enter(self, modality: Modality, certainty: float, reason: str) -> None:
        """Embed: `certainty` is what would hold under a parent of +3."""
        self.certainty = certainty * (abs(self.certainty) / 3.0) ** DIMMING
        if modality == "asserted":
            if self.modality == "negated":
                self.modality = "asserted"
        elif modality == "negated":
            if self.modality in ("asserted", "announced", "historical", "negated"):
                self.modality = "negated"
        elif (modality == "conditional" or self.modality not in ("conditional", "hypothetical")) or (
            modality == "hypothetical" and self.modality != "conditional"
        ):
            self.modality = modality
        self.reasons.append(reason)

    def back_to_outer(self) -> None:
        """Forget what the governing word's own negation, modals and conditions did."""
        self.modality, self.certainty, self.condition = self.outer

    def grant(self, slot: tuple[Modality, float], reason: str) -> None:
        """Take the noun for granted, whatever its clause says."""
        self.modality, self.certainty = slot
        self.condition = None
        self.reasons.append(reason)

    def restart(self, reason: str) -> None:
        self.modality, self.certainty, self.condition = "asserted", 3.0, None
        self.reported = False
        self.reasons.append(reason)


def factuality(parsed: Parsed, token: Token, table: FactualityTable) -> Factuality:
    """Return how `parsed` presents the predicate whose head word is `token`.

    `token` may be a verb, an event noun or an adjective; any other word is read like a noun. The condition is the
    span of the if-clause that it stands in or hangs on. Cost: the way up to the root, a few microseconds a step.
    """
    state = State()
    steps = list(way_up(token, table))
    _local(state, steps[-1][0], table)
    for k in range(len(steps) - 2, -1, -1):
        node, slot = steps[k]
        _through(state, steps[k + 1][0], slot, node, table)
        _local(state, node, table)
    certainty = max(-3.0, min(3.0, state.certainty))
    return Factuality(state.modality, round(certainty, 2), state.condition, tuple(state.reasons))


# ---- from a word to what fills its slot ------------------------------------------------------------------------


def _through(state: State, governor: Token, slot: str, node: Token, table: FactualityTable) -> None:
    if slot == "same":
        return
    if slot == "conj":
        _coordinate(state, governor, node)
        return
    if slot == "advcl":
        _adverbial(state, node, governor, table)
        return
    if slot == "relative":
        if state.modality == "conditional":
            return
        state.restart("relative clause")
        return
    if slot in ("to", "tool") and _takes_place(state, governor, node, table):
        return
    effect = effect_of(governor, slot, table)
    if effect is not None and not _is_granted_object(state, effect, node, table):
        _apply(state, effect, governor, slot)
        return
    if slot == "without":
        state.back_to_outer()
        state.enter(*table.slots["without"], "without")
    elif slot == "that":
        _default(state, "that", table)
    elif slot == "whether":
        state.enter(*table.slots["question"], "question")
    elif slot in ("to", "bare"):
        _infinitive(state, node, governor, table)
    elif slot == "tool":
        state.enter(*table.slots["purpose_denied" if state.certainty < 0 else "infinitive_noun"], "infinitive_noun")
    elif slot in ("what", "reduced", "possessor"):
        if state.modality != "conditional":
            state.restart(slot)
            if slot == "what":
                state.certainty = table.slots["what"][1]
    elif slot == "ing":
        _default(state, "participle", table)
    else:
        _noun_slot(state, node, slot, table)


def _is_granted_object(state: State, effect: Effect, node: Token, table: FactualityTable) -> bool:
    """An act that stands whether or not the word's holds: "did not see the attack", "denied the accusations"."""
    if effect.name in GRANTED_WHEN_DENIED:
        return state.certainty < 0 and _is_definite(node)
    return effect.name == "deny" and node.tag.startswith("N") and "that" in table.effects.get("N" + node.lemma, {})


def _infinitive(state: State, node: Token, governor: Token, table: FactualityTable) -> None:
    """An infinitive under a word of no known effect: "a plane to carry", "is to attack", "blamed him to have"."""
    if governor.lemma == "be":
        name = "is_to"
    elif state.certainty < 0:
        name = "infinitive_denied"
    elif node.dep == "acl":
        name = "infinitive_noun"
    elif node.dep in ("csubj", "csubjpass"):
        name = "infinitive_subject"
    elif governor.tag == "VBN":
        name = "infinitive_passive"
    elif governor.tag.startswith("J"):
        name = "infinitive_adjective"
    else:
        name = "infinitive"
    state.enter(*table.slots[name], name)


def _apply(state: State, effect: Effect, governor: Token, slot: str) -> None:
    reason = f"{governor.lower} {slot}: {effect.name}"
    if effect.is_presupposed:
        certainty = effect.certainty if state.certainty >= 1.5 else effect.denied_certainty
        state.certainty = certainty
        if state.modality in ("negated", "hypothetical", "announced"):
            state.modality = "asserted"
        state.reasons.append(reason)
    elif state.certainty < 0:
        state.enter(effect.denied_modality, effect.denied_certainty, reason)
    elif effect.done_certainty is not None and state.modality in ("asserted", "historical") and _is_done(governor):
        state.enter(effect.modality, effect.done_certainty, reason + ", done")
    else:
        state.enter(effect.modality, effect.certainty, reason)
    state.reported = slot == "that" and effect.modality in ("asserted", "announced", "negated")


def _is_done(governor: Token) -> bool:
    """Whether a verb is told as done: past or perfect, or a participle to such a verb ("fell, forcing them to sell")."""
    if governor.tag == "VBG" and governor.dep in ("advcl", "acl") and governor.head is not governor:
        return _is_done(governor.head)
    if governor.tag == "VBN":
        auxiliaries = [c.lower for c in governor.children if c.dep in AUXILIARIES]
        return not auxiliaries or any(word in DONE for word in auxiliaries)
    return governor.tag == "VBD"


def _takes_place(state: State, governor: Token, node: Token, table: FactualityTable) -> bool:
    """Read an infinitive that takes place with its governor, and return whether it is one: "rebounded to close higher", "marched to protest".

    The first is what a past change came to, also with "only" ("returned only to find it burnt"); the second is done by
    whatever is done for it. "Would like to thank" is a speech act, done by saying so, whatever its "would" does.
    """
    if _is_courtesy(governor, node, table):
        if governor.tag not in ("VB", "VBP", "VBZ") or any(c.dep == "neg" for c in governor.children):
            return False
        state.back_to_outer()
        state.reasons.append("said by saying so")
        return True
    if not _is_done(governor):
        return False
    if not (
        node.lemma in table.homages
        or (governor.lemma in table.changes and node.lemma in table.outcomes)
        or any(c.lower == "only" and c.i < node.i for c in node.children)
    ):
        return False
    state.reasons.append("came to")
    return True


def _default(state: State, name: str, table: FactualityTable) -> None:
    if state.certainty < 0:
        state.enter(*table.slots["that_denied"], name)
    else:
        state.enter(*table.slots[name], name)


def _noun_slot(state: State, node: Token, slot: str, table: FactualityTable) -> None:
    """A noun that its governor does nothing special to: taken for granted when definite, else as sure as the governor.

    A subject (also after the "by" of a passive) stands outside what its verb denies or leaves open ("fighting did not worry them"), unless "a", "any"
    or "no" opens it.
    """
    if state.modality in ("asserted", "historical") and state.certainty > 0:
        return
    if slot in ("by", "in", "through", "with") and node.tag == "VBG":
        return
    if slot in GRANTED or _is_definite(node):
        if state.modality == "conditional" or (slot in ("object", "of") and state.modality == "announced"):
            return
        state.grant(table.slots["granted"], "taken for granted")
    elif (
        (slot in ("subject", "passive") or node.head.dep == "agent") and node.tag.startswith("N") and not is_open(node)
    ):
        if state.modality != "conditional":
            state.grant(table.slots["outside"], "outside")


def _is_definite(node: Token) -> bool:
    return any(c.dep == "poss" or (c.dep == "det" and c.lower in DEFINITE) for c in node.children)


def _coordinate(state: State, governor: Token, node: Token) -> None:
    """A second verb shares modals and negation when it has none and no subject of its own."""
    if not node.tag.startswith("V") and node.pos != "AUX":
        return
    own = any(c.dep in SUBJECTS or (c.dep in ("aux", "auxpass") and c.tag != "TO") for c in node.children)
    if not own and any(c.dep in ("cc", "preconj") and c.lower in ("or", "nor") for c in governor.children):
        return
    if own or node.tag != governor.tag or any(c.lower == "but" for c in governor.children if c.dep == "cc"):
        condition, modality = state.condition, state.modality
        state.back_to_outer()
        if modality == "conditional" and own and state.modality != "conditional":
            state.condition = condition
            state.enter("conditional", 1.0, "condition")


def _adverbial(state: State, node: Token, governor: Token, table: FactualityTable) -> None:
    mark = _subordinator(node, table)
    kind = table.clauses.get(mark, "") if mark else ""
    if not kind and _is_inverted(node):
        kind = "condition"
    if mark == "if" and node.i > governor.i and effect_of(governor, "whether", table) is not None:
        state.enter(*table.slots["question"], "question")
    elif kind == "condition":
        state.back_to_outer()
        state.condition = _clause_span(node)
        state.enter(*table.slots["if_clause"], f"{mark or 'inversion'}-clause")
    elif kind in ("question", "hypothetical"):
        state.enter(*table.slots["hypothetical"], mark)
    elif kind == "open" and node.tag in ("VBZ", "VBP") and governor.tag not in ("VBZ", "VBP"):
        state.enter(*table.slots["open"], mark)
    elif any(c.tag == "TO" and c.dep == "aux" for c in node.children) or kind == "purpose":
        if not _takes_place(state, governor, node, table):
            _purpose(state, governor, table)
    elif mark in TIMES and _is_past_in(node, governor):
        if state.modality != "conditional":
            state.grant(table.slots["granted"], f"past {mark}-clause")
    elif node.tag in ("VBG", "VBN") and not any(c.dep in SUBJECTS for c in node.children) and not mark:
        if state.modality == "negated":
            state.back_to_outer()
    else:
        condition, modality = state.condition, state.modality
        state.back_to_outer()
        if modality in ("announced", "hypothetical", "conditional") and node.tag in ("VBZ", "VBP", "VB"):
            state.condition = condition
        state.reasons.append(f"{mark or 'adverbial'}-clause")


def _is_past_in(node: Token, governor: Token) -> bool:
    """Whether a clause of time tells a past act where the verb it hangs on may be none: "tried to flee when it sank"."""
    return (
        governor.tag == "VB"
        and (node.tag == "VBD" or any(c.lower in ("was", "were", "had") for c in node.children if c.dep in AUXILIARIES))
        and not any(c.tag == "MD" for c in governor.children)
    )


def _purpose(state: State, governor: Token, table: FactualityTable) -> None:
    """What was done in order to ...: asserted, with less certainty, where the deed is told as done."""
    is_done = state.modality == "asserted" and state.certainty > 0 and _is_past_tense(governor, has_perfect=False)
    modality, certainty = table.slots["purpose_denied" if state.certainty < 0 else "purpose"]
    state.enter("asserted" if is_done else modality, certainty, "purpose")


def _subordinator(node: Token, table: FactualityTable) -> str:
    for child in node.children:
        if child.dep == "mark" or (child.dep == "advmod" and child.tag == "WRB"):
            if child.lower == "case" or any(g.lower == "in" for g in child.children):
                return "in case"
            return child.lower
        if child.i > node.i:
            break
        if child.lower in table.clauses and child.dep in ("advmod", "prep", "dep"):
            return child.lower
    return ""


def _is_inverted(node: Token) -> bool:
    """ "Should they attack, ...", "Had they known, ..."."""
    aux = subject = None
    for child in node.children:
        if child.dep == "aux" and aux is None:
            aux = child
        elif child.dep in SUBJECTS and subject is None:
            subject = child
    return aux is not None and subject is not None and aux.i < subject.i and aux.lower in ("should", "had", "were")


def _is_past_act(node: Token, clause: Token) -> bool:
    """Whether a condition is none of the past act's own.

    "Urged them to leave if they want": it is of the present. "Threatened to strike unless wages were raised": it is the
    infinitive's.
    """
    if node.tag == "VBD" and node.lemma in FORWARD and node.child("xcomp") is not None:
        return True
    return (
        node.tag == "VBD"
        and clause.tag in ("VBZ", "VBP", "VB")
        and not any(c.tag == "VBD" for c in clause.children if c.dep in ("aux", "auxpass"))
        and not any(c.tag == "MD" for c in node.children)
    )


def _clause_span(node: Token) -> Span:
    tokens = [t for t in node.subtree() if not (t.pos == "PUNCT" or t.dep == "punct")] or [node]
    return Span(tokens[0].start, tokens[-1].end)


# ---- what stands beside the predicate --------------------------------------------------------------------------


def _local(state: State, node: Token, table: FactualityTable) -> None:
    """Apply negation, modals, adverbs, conditions and past years among the children of `node`."""
    state.outer = (state.modality, state.certainty, state.condition)
    is_negated = has_perfect = is_past = has_no_object = is_few = False
    modal: Token | None = None
    adverb: tuple[Modality, float] | None = None
    adverb_word = ""
    condition: Token | None = None
    mark = ""
    for child in node.children:
        dep, lower = child.dep, child.lower
        if dep == "aux":
            if child.tag == "MD":
                modal = child
            elif child.lemma == "have":
                has_perfect = True
            if any(g.lower in NEVER for g in child.children):  # "We didn’t": hung on the auxiliary
                is_negated = not is_negated
        elif dep == "neg":
            is_negated = is_negated != (not _is_metalinguistic(child))
        elif dep in ("advmod", "preconj", "cc", "intj"):
            if lower in NEVER or (lower == "longer" and any(g.lower == "no" for g in child.children)):
                is_negated = True
            elif lower in table.adverbs and (dep == "advmod" or lower == "likely"):
                adverb, adverb_word = table.adverbs[lower], lower
            elif (
                lower == "ago" and any(g.lemma in table.past_units for g in child.children)
            ) or lower in table.past_adverbs:
                is_past = True
        elif dep == "det":
            if lower in NOBODY:
                if state.certainty < 0:  # the governor has counted this "no" already
                    state.certainty = -state.certainty
                is_negated = True
        elif dep == "amod":
            word = lower.removeprefix("now-").removeprefix("since-")
            if word in table.adjectives:
                _adjective(state, word, table)
        elif dep == "acl":
            _undone(state, child, table)
        elif dep in ("nsubj", "nsubjpass", "dobj", "attr"):
            if _is_nobody(child):
                is_negated = True
                has_no_object = dep in ("dobj", "attr")
            elif _is_few(child):
                is_few = True
        elif dep == "advcl":
            word = _subordinator(child, table)
            if word == "if" and child.i > node.i and effect_of(node, "whether", table) is not None:
                continue
            if table.clauses.get(word) == "condition" or (not word and _is_inverted(child)):
                if not _is_past_act(node, child):
                    condition, mark = child, word
        elif dep == "prep":
            if not is_past and lower in PAST_PREPOSITIONS:
                is_past = _names_past(child, table)
            if lower in ("without", "in") and _is_case(child):
                condition, mark = child, lower
        elif dep == "npadvmod" and child.lemma in table.past_units:
            is_past = any(g.lower == "ago" for g in child.children) or (
                child.i + 1 < child.sentence.tokens[-1].i and any(g.lower == "last" for g in child.children)
            )
    if modal is not None and (act := node.child("xcomp")) is not None and _is_courtesy(node, act, table):
        modal = None  # the wish is told as had
    if modal is None and is_headline(node):
        state.enter(*table.slots["headline"], "headline")
    if modal is None and has_no_object and state.certainty > 0:
        state.enter(*table.slots["no_object"], "no object")
    elif modal is None and is_negated:
        _negate(state)
    elif modal is not None:
        _modal(state, modal.lower, is_negated, has_perfect, node, table)
    if is_few and state.certainty > 0:
        state.enter(*table.slots["few"], "few")
    if adverb is not None:
        _adverb(state, adverb, adverb_word)
    if condition is not None and state.modality != "negated":
        state.condition = _clause_span(condition)
        state.enter(*table.slots["consequence"], f"{mark or 'inverted'}-clause")
    if node.head is node and ((state.modality == "asserted" and modal is None) or state.modality == "announced"):
        _question(state, node, table)
    if is_past and state.modality == "asserted" and state.certainty > 0 and _is_past_tense(node, has_perfect):
        state.modality = "historical"
        state.reasons.append("past year")


def _undone(state: State, participle: Token, table: FactualityTable) -> None:
    """A noun that its participle calls off or puts off: "talks cancelled after the attack"."""
    if participle.tag != "VBN" or any(c.dep in SUBJECTS or c.dep in AUXILIARIES for c in participle.children):
        return  # "the charge that it was planned"
    effect = effect_of(participle, "passive", table)
    if effect is not None and effect.modality in ("negated", "announced") and state.certainty > 0:
        state.enter(effect.modality, effect.certainty, f"{participle.lower} passive: {effect.name}")


def _is_courtesy(wish: Token, act: Token, table: FactualityTable) -> bool:
    """ "Would like to thank"."""
    return wish.lemma in table.wishes and act.lemma in table.courtesies


def _is_metalinguistic(negation: Token) -> bool:
    """ "Not just", "not only": the clause holds, and more does."""
    tokens = negation.sentence.tokens
    k = negation.i - tokens[0].i + 1
    return k < len(tokens) and tokens[k].lower in NOT_ONLY


def _is_nobody(node: Token) -> bool:
    return node.lower in NOBODY or any(c.dep in ("det", "neg", "preconj") and c.lower in NOBODY for c in node.children)


def _is_few(node: Token) -> bool:
    """ "Few jobs", "few of them", "little progress", but not "a few"."""
    few = node if node.lower in FEW else next((c for c in node.children if c.lower in FEW and c.dep == "amod"), None)
    return few is not None and not any(c.lower == "a" for c in (*node.children, *few.children))


def _negate(state: State) -> None:
    state.certainty = -0.75 * state.certainty
    if state.modality in ("asserted", "announced", "historical", "negated"):
        state.modality = "negated" if state.certainty < 0 else "asserted"
    state.reasons.append("negation")


def _modal(state: State, word: str, is_negated: bool, has_perfect: bool, node: Token, table: FactualityTable) -> None:
    modality, affirmed, denied = table.modals.get(word, ("hypothetical", 1.0, -1.0))
    if has_perfect:
        if word == "must":
            modality, affirmed = "asserted", 1.8
        elif word in ("would", "should", "could", "'d", "’d"):
            affirmed, denied = -1.0, 0.5
    elif word in ("would", "'d", "’d") and state.reported and not _in_quotation(node):
        modality, affirmed = "announced", 2.0
    certainty = denied if is_negated else affirmed
    if is_negated and certainty <= -1.4:
        modality = "negated"
    sign = -1.0 if state.certainty < 0 else 1.0
    state.enter(modality, sign * certainty, word + (" not" if is_negated else ""))


def _in_quotation(node: Token) -> bool:
    """Whether a quotation stands open before the word: its "would" is the speaker's own, no future told in the past."""
    marks = [t.text for t in node.sentence.tokens if t.i < node.i and t.text in QUOTES]
    opened = sum(mark in ("“", "``") for mark in marks) - sum(mark in ("”", "''") for mark in marks)
    return opened > 0 or marks.count('"') % 2 == 1


def _adverb(state: State, adverb: tuple[Modality, float], word: str) -> None:
    modality, factor = adverb
    state.certainty *= factor
    if modality == "hypothetical":
        if state.modality in ("asserted", "announced", "historical"):
            state.modality = "hypothetical"
    elif modality == "negated" and state.modality == "asserted":
        state.modality = "negated"
    state.reasons.append(word)


def _adjective(state: State, word: str, table: FactualityTable) -> None:
    modality, certainty = table.adjectives[word]
    if modality == "inherit":
        return
    sign = -1.0 if state.certainty < 0 else 1.0
    before = state.modality
    state.enter(cast("Modality", modality), sign * certainty, word)
    if before == "negated":
        state.modality = "negated"


def _question(state: State, node: Token, table: FactualityTable) -> None:
    tokens = node.sentence.tokens
    if not (tokens[-1].text == "?" or (len(tokens) > 1 and tokens[-2].text == "?")):
        return
    subject = node.child("nsubj", "nsubjpass")
    before = [t for t in tokens if subject is not None and t.i < subject.i]
    is_polar = any(t.pos == "AUX" and t.head is node for t in before) and not any(t.tag[0] == "W" for t in before)
    if is_polar:  # "Did X attack?" asks whether, "Why did X attack?" takes it for granted
        state.enter(*table.slots["question"], "question")
    elif state.modality == "asserted":
        state.enter(*table.slots["root_question"], "question")


def _names_past(prep: Token, table: FactualityTable) -> bool:
    """Whether a prepositional phrase names a year or decade, or lies some years back."""
    for child in prep.children:
        if child.dep != "pobj":
            continue
        if _is_year(child.lower):
            return True
        if child.lower == "past":
            return True
        for inner in child.children:
            if inner.lower in table.past_adjectives and child.lemma in table.past_units:
                return True
            dates_noun_only = prep.lower in NOT_OF_TIME and child.tag != "NNP"  # "accused of the 2004 bombing"
            is_house = child.lower.rstrip(".") in NUMBERED
            if inner.dep in YEAR_DEPS and _is_year(inner.lower) and not dates_noun_only and not is_house:
                return True
    return False


def _is_year(word: str) -> bool:
    return word[:4].isdecimal() and word[:4].isascii() and 1500 < int(word[:4]) < 2100 and word[4:] in ("", "s", "-")


def _is_case(prep: Token) -> bool:
    """ "in case of X", "in the event of X"."""
    return prep.lower == "in" and any(
        c.dep == "pobj" and c.lower in ("case", "event") and any(g.lower == "of" for g in c.children)
        for c in prep.children
    )


def _is_past_tense(node: Token, has_perfect: bool) -> bool:
    if node.tag == "VBD":
        return True
    if node.tag == "VBN":
        return not has_perfect or any(c.dep == "aux" and c.lower == "had" for c in node.children)
    return node.tag.startswith("N") or node.tag == "VBG"
