"""What was looked at and not coded, and why: the words of a text that no event comes from.

Asked for by `vedette explain` only. The coders keep no record of what they refuse; the reasons are found by asking them
again, with one demand of an entry taken away at a time: the demand without which the entry fits is the one that failed.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

import msgspec

from vedette.coding.claims import Findings
from vedette.coding.events import code_sentence
from vedette.coding.lexicon import Lexicon, Sense
from vedette.coding.senses import LIGHT, Reader, lemmas_of
from vedette.pipeline import Tools
from vedette.records import Attribution, Event, Span
from vedette.text.tree import Sentence, Token

__all__ = ["Passed", "demands_of", "passed_over"]

# Entries of one word that are told; more tell no more.
MOST = 3
SHOWN = 6
NEEDS = {"actor": "an actor", "recipient": "a recipient", "either": "an actor or a recipient", "both": "both parties"}


class Passed(msgspec.Struct, frozen=True):
    """A word that might tell an act, and why no event comes from it."""

    span: Span
    text: str
    reason: str


def passed_over(findings: Findings, tools: Tools) -> list[Passed]:
    """Return the predicates, nouns of action and cues of a text that are no event, in text order, with the reason."""
    coded = {t.i for event in findings.events for s in event.trigger for t in findings.parsed.tokens_in(s)}
    cues: dict[int, Attribution] = {}
    for attribution in findings.attributions:
        for span in attribution.cue.spans:
            cues.update((token.i, attribution) for token in findings.parsed.tokens_in(span))
    found = []
    for sentence in findings.parsed.sentences:
        asking = _Asking(sentence, tools)
        for token in sentence.tokens:
            if token.i in coded or token.dep in ("aux", "auxpass"):
                continue
            reason = asking.why(token)
            if token.i in cues and token.pos not in ("ADP", "PUNCT"):
                reason = _of_cue(cues[token.i]) + (f"; {reason}" if reason and "no entry" not in reason else "")
            if reason:
                found.append(Passed(token.span, token.text, reason))
    return found


def demands_of(sense: Sense) -> dict[str, str]:
    """Return what an entry asks for beside its word, in words, by the name of the demand."""
    told = {
        "with_words": f"beside it: {' '.join(sense.with_words)}" if sense.with_words else "",
        "objects": f"as object or in a phrase of its own: {_some(sense.objects)}" if sense.objects else "",
        "subjects": f"as subject: {_some(sense.subjects)}" if sense.subjects else "",
        "acts": f"speaks of an act: {_some(sense.acts)}" if sense.acts else "",
        "without": f"none of: {_some(sense.without)}" if sense.without else "",
        "needs": f"in its clause: {NEEDS[sense.needs]}" if sense.needs else "",
    }
    return {name: words for name, words in told.items() if words}


class _Asking:
    """One sentence, asked again."""

    def __init__(self, sentence: Sentence, tools: Tools) -> None:
        self.sentence = sentence
        self.tools = tools
        self.lexicon = tools.events
        self.reader = Reader(tools.events)
        self.events, self.used = code_sentence(sentence, tools.events)

    def why(self, token: Token) -> str:
        """Why no event comes from a word; "" for one that nobody looks at."""
        reasons = []
        part, senses = self._senses(token)
        if senses:
            reasons.append(self._why_known(token, part, senses))
        elif token.pos == "VERB" and token.lemma in LIGHT:
            reasons.append("a light verb that lends its subject to a noun of action; none stands as its object")
        elif token.pos == "VERB" and token.lemma.lower() not in self.tools.control.verbs:
            return "no entry of the lexicon"
        if token.pos == "VERB" and token.lemma.lower() in self.tools.control.verbs:
            first = self.tools.control.verbs[token.lemma.lower()][0].pattern
            reasons.append(
                f"control ({_at(first.file, first.line)}): no place that is held, or nobody who could hold it"
            )
        return "; ".join(reasons)

    def _senses(self, token: Token) -> tuple[str, Sequence[Sense]]:
        parts: list[tuple[str, Mapping[str, Sequence[Sense]], Sequence[str]]] = []
        if token.pos in ("VERB", "AUX"):
            parts.append(("verbs", self.lexicon.verbs, lemmas_of(token)))
        if token.pos in ("ADJ", "VERB"):
            parts.append(("adjectives", self.lexicon.adjectives, (token.lower,)))
        if token.pos in ("NOUN", "PROPN"):
            parts.append(("nouns", self.lexicon.nouns, lemmas_of(token)))
        for part, known, keys in parts:
            for key in keys:
                if key in known:
                    return part, known[key]
        return "", ()

    def _why_known(self, token: Token, part: str, senses: Sequence[Sense]) -> str:
        if token.i in self.used:
            return self._part_of(token)
        if self._chosen(token, part, self.lexicon) is None:
            told = [self._missing(token, part, sense) for sense in senses[:MOST]]
            more = f"; and {len(senses) - MOST} entries more" if len(senses) > MOST else ""
            return "; ".join(told) + more
        if part == "nouns" and token.dep in ("compound", "nmod", "amod") and token.head.pos in ("NOUN", "PROPN"):
            return f'stands before "{token.head.text}", which names the thing'
        if token.pos == "PROPN":
            return "part of a name"
        sense = self._chosen(token, part, self.lexicon)
        if sense is not None and sense.needs and self._has_event(token, part, dataclasses.replace(sense, needs="")):
            return f"{_entry(sense)} fits, but asks for {NEEDS[sense.needs]} in its clause"
        if part == "verbs" and token.dep == "advcl":
            return f'part of what "{token.head.text}" tells'
        return "its entry fits, but who does it is nobody who could (a thing), or its clause tells it otherwise"

    def _part_of(self, token: Token) -> str:
        heads = {event.head: event for event in self.events}
        above = next((heads[a.start] for a in (token, *token.ancestors()) if a.start in heads), None)
        event = above or min(self.events, key=lambda e: abs(e.head - token.start), default=None)
        if event is None:
            return "part of another act"
        return f"part of {event.event_type} told by {self._trigger(event)}: what it is about is no act of its own"

    def _trigger(self, event: Event) -> str:
        spans = event.trigger
        words = [t.text for t in self.sentence.tokens if any(s.start <= t.start < s.end for s in spans)]
        return '"' + " ".join(words) + '"'

    def _missing(self, token: Token, part: str, sense: Sense) -> str:
        """The demands without which alone the entry would fit; all of them where none alone would do."""
        demands = {name: words for name, words in demands_of(sense).items() if name != "needs"}
        failed = [words for name, words in demands.items() if self._fits(token, part, _relaxed(sense, name))]
        wanted = failed or list(demands.values())
        if not wanted:
            return f"{_entry(sense)}: a noun of action beside it tells more"
        return f"{_entry(sense)} asks for more: {', and '.join(wanted)}"

    def _fits(self, token: Token, part: str, sense: Sense) -> bool:
        return self._chosen(token, part, self._only(token, part, sense)) is sense

    def _has_event(self, token: Token, part: str, sense: Sense) -> bool:
        events, _ = code_sentence(self.sentence, self._only(token, part, sense))
        return any(event.head == token.start for event in events)

    def _only(self, token: Token, part: str, sense: Sense) -> Lexicon:
        """The lexicon in which a word has this sense alone."""
        lexicon = self.lexicon
        if part == "adjectives":
            return dataclasses.replace(lexicon, adjectives={**lexicon.adjectives, token.lower: (sense,)})
        changed = dict.fromkeys(lemmas_of(token), (sense,))
        if part == "nouns":
            return dataclasses.replace(lexicon, nouns={**lexicon.nouns, **changed})
        return dataclasses.replace(lexicon, verbs={**lexicon.verbs, **changed})

    def _chosen(self, token: Token, part: str, lexicon: Lexicon) -> Sense | None:
        reader = self.reader if lexicon is self.lexicon else Reader(lexicon)
        choice = reader.choose_noun(token, 2) if part == "nouns" else reader.choose(token)
        return choice.sense if choice else None


def _relaxed(sense: Sense, demand: str) -> Sense:
    """The sense without one of its demands."""
    none: frozenset[str] = frozenset()
    if demand == "with_words":
        return dataclasses.replace(sense, with_words=())
    if demand == "objects":
        return dataclasses.replace(sense, objects=none)
    if demand == "subjects":
        return dataclasses.replace(sense, subjects=none)
    if demand == "acts":
        return dataclasses.replace(sense, acts=none)
    return dataclasses.replace(sense, without=none)


def _of_cue(attribution: Attribution) -> str:
    if attribution.cue.kind == "attitude":
        return f'"{attribution.cue.lemma}" tells an attitude: what stands in it is in nobody\'s voice'
    return (
        f"the cue of {attribution.id}: gives what it holds a voice; saying is an act only where PLOVER has one for it"
    )


def _entry(sense: Sense) -> str:
    kind = f"{sense.event_type}{'/' + sense.mode if sense.mode else ''}"
    if sense.pattern is None:
        return kind
    return f'{kind} "{sense.pattern.words}" ({_at(sense.pattern.file, sense.pattern.line)})'


def _at(file: str, line: int | None) -> str:
    return f"{file}:{line}" if line else file


def _some(words: frozenset[str]) -> str:
    listed = sorted(words)
    return ", ".join(listed[:SHOWN]) + (f", and {len(listed) - SHOWN} more" if len(listed) > SHOWN else "")
