"""Who is said to hold what: control of places, borders, crossings, roads and bases, with the share that is said.

Predicates, place nouns and the phrase table of shares are data (`data/control.toml`). A statement is one claim about
one place at the time of telling: the holder stands in `actors`, from whom it was taken in `recipients`, what is held in
`objects`; who lost or left a place stands in `recipients`, as nobody is said to hold it. Without a gazetteer a bare name
counts as a place when the report itself puts it after "in", "at" or "near", or when only places can fill the slot
("overran Baga"). Pronouns are given as they stand; resolving them is the caller's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import msgspec

from vedette.errors import BadData
from vedette.records import Count, Event, Pattern, Phrase, Span
from vedette.text.tree import Parsed, Sentence, Token
from vedette.toml_lines import word_lines

__all__ = ["ControlLexicon", "code_control", "parse_control"]

CODER = "control/2"
State = Literal["held", "seized", "lost", "contested", "surrounded", "withdrawn"]
SUBJECTS = ("nsubj", "nsubjpass")
RELATIVES = frozenset({"who", "which", "that", "whom"})
# "a rebel-held town": what stands after the hyphen.
HELD = frozenset({"controlled", "held", "ruled", "occupied", "run", "dominated", "administered"})
LOCATING = frozenset({"in", "at", "near", "around", "outside"})
PARTICLES = frozenset({"over", "back", "out"})
PARTS = frozenset(
    "part half most third quarter fifth all percent % swath swathe majority much rest bulk some many number control town "
    "city village district province region area state island pocket two-thirds one-third".split()
)
NAMED_BY = frozenset("town city village district province region area state island port county capital".split())
PERCENT = re.compile(r"(?<![\d.])(\d{1,2}(?:\.\d{1,3})?|100) ?(?:%|percent\b|per cent\b)", re.ASCII)
OF_TOTAL = re.compile(
    r"\b(?P<but>all but )?(?P<n>\d{1,4}|zero|one|two|three|four|five|six|seven|eight|nine|ten) (?:out )?of "
    r"(?:its |the |their |\w+['’]s )?(?P<total>\d{1,4})\b",
    re.ASCII,
)
WORDS = {w: n for n, w in enumerate("zero one two three four five six seven eight nine ten".split())}


class _Verb(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    state: State
    holder: Literal["subject", "to", "none"]
    verbs: str
    objects: str = ""
    prepositions: str = ""
    needs: Literal["", "name", "force"] = ""


class _Predicate(NamedTuple):
    entry: _Verb
    pattern: Pattern


class _Share(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: list[str]
    value: tuple[float, float, float]


class _Nouns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    nouns: str


class _Holding(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    holding: str
    hands: str


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    verb: list[_Verb]
    share: list[_Share]
    places: _Nouns
    holders: _Nouns
    nouns: _Holding


@dataclass(frozen=True, slots=True)
class ControlLexicon:
    """Predicates by lemma, nouns of places, holders and holding, shares by phrase (longest first)."""

    verbs: Mapping[str, Sequence[_Predicate]]
    places: frozenset[str]
    holders: frozenset[str]
    holding: frozenset[str]
    hands: frozenset[str]
    shares: Sequence[tuple[re.Pattern[str], tuple[float, float, float]]]


def parse_control(data: Mapping[str, object], file: str, text: str = "") -> ControlLexicon:
    """Build the lexicon; from the file's `text` the predicates know their lines.

    Raises:
        BadData: an unknown state or key, a phrase that stands twice, or a share that is not
            low <= best <= high within 0..1; a verb that stands twice with the same demands.
    """
    try:
        read = msgspec.convert(data, _File)
    except msgspec.ValidationError as error:
        raise BadData(file, "top level", str(error)) from error
    verbs: dict[str, list[_Predicate]] = {}
    seen: dict[tuple[str, str, str], int] = {}
    lines = word_lines(text, "verb")
    for n, entry in enumerate(read.verb, 1):
        if not entry.verbs.split():
            raise BadData(file, f"verb {n}", "no predicates: give verbs")
        for lemma in entry.verbs.split():
            for noun in entry.objects.split() or [""]:
                key = (lemma, noun, entry.prepositions)
                if key in seen:
                    before = f"verb {seen[key]}"
                    raise BadData(file, f"verb {n}", f"{lemma!r} stands already in {before}: take one of them out")
                seen[key] = n
            pattern = Pattern(file, n, "verbs", lemma, lines[n - 1].get(lemma) if lines else None)
            verbs.setdefault(lemma, []).append(_Predicate(entry, pattern))
    shares: dict[str, tuple[float, float, float]] = {}
    for n, share in enumerate(read.share, 1):
        low, best, high = share.value
        if not share.words or not 0 <= low <= best <= high <= 1:
            raise BadData(file, f"share {n}", f"{share.value} is not low <= best <= high within 0..1")
        for words in share.words:
            if words in shares:
                raise BadData(file, f"share {n}", f"{words!r} stands twice; remove one")
            shares[words] = share.value
    ordered = sorted(shares.items(), key=lambda s: -len(s[0]))
    return ControlLexicon(
        {lemma: sorted(found, key=lambda p: -bool(p.entry.objects)) for lemma, found in verbs.items()},
        frozenset(read.places.nouns.split()),
        frozenset(read.holders.nouns.split()),
        frozenset(read.nouns.holding.split()),
        frozenset(read.nouns.hands.split()),
        [(re.compile(rf"\b{re.escape(words)}\b"), value) for words, value in ordered],
    )


def code_control(parsed: Parsed, lexicon: ControlLexicon) -> list[Event]:
    """Return control statements in order of their head words; cost is one lookup for most words."""
    reader = _Reader(parsed, lexicon)
    found: list[Event] = []
    for token in parsed.tokens:
        lemma = token.lemma.lower()
        event = None
        if token.pos == "VERB" and lemma in lexicon.verbs:
            event = reader.by_verb(token)
        elif lemma in lexicon.holding or token.lower in lexicon.hands:
            event = reader.by_noun(token)
        if event is None and token.lower in HELD:
            event = reader.by_compound(token)
        if event is not None:
            found.append(event)
    return _once(found)


class _Reader:
    """One document: its trees, the lexicon, and the names it uses as places (found when first asked for)."""

    def __init__(self, parsed: Parsed, lexicon: ControlLexicon) -> None:
        self.parsed = parsed
        self.lexicon = lexicon
        self._located: frozenset[str] | None = None

    @property
    def located(self) -> frozenset[str]:
        if self._located is None:
            self._located = frozenset(
                token.lower
                for token in self.parsed.tokens
                if token.pos == "PROPN" and token.dep == "pobj" and token.head.lower in LOCATING
            )
        return self._located

    # ---- predicates ------------------------------------------------------------------------------------------

    def by_verb(self, verb: Token) -> Event | None:
        """ "seized the town", "took control of the road", "areas controlled by X", "fell to X"."""
        particle = verb.child("prt")
        if particle is not None and particle.lower not in PARTICLES:
            return None
        is_passive = any(c.dep in ("nsubjpass", "auxpass") for c in verb.children)
        if verb.tag == "VBN" and verb.dep == "acl":
            is_passive = True
        subject = verb.child(*SUBJECTS) or _shared_subject(verb)
        obj = verb.child("dobj")
        agent = _object(verb, "by")
        for entry, pattern in self.lexicon.verbs[verb.lemma.lower()]:
            words = [verb] if particle is None else [verb, particle]
            loser: Token | None = None
            if entry.objects:
                noun = subject if is_passive else obj
                if noun is None or noun.lemma.lower() not in entry.objects.split():
                    continue
                words.append(noun)
                held = _object(noun, "of") or _object(noun, "over") or _object(verb, "of") or _object(verb, "over")
                holder = agent if is_passive else subject
                loser = _from(verb) or _object(noun, "from")
                if entry.holder == "none":
                    holder, loser = _object(verb, "to") or _object(held or noun, "to"), holder
            elif entry.holder == "to":
                held, holder = subject, _object(verb, "to") or self._in_hands(verb)
                if holder is None or not self._can_hold(holder):
                    continue
            elif entry.prepositions:
                held = next((o for p in entry.prepositions.split() if (o := _object(verb, p))), None)
                holder, loser = None, subject
            else:
                held, holder = (subject, agent) if is_passive else (obj, subject)
                loser = _from(verb) or (_object(held, "from") if held is not None else None)
                if entry.holder == "none":
                    holder, loser = None, agent if is_passive else subject
            if held is None or not self._is_place(held, entry.needs, is_passive=is_passive):
                continue
            if entry.holder == "subject" and holder is None and (not is_passive or entry.state == "held"):
                continue
            if entry.needs == "force" and (holder is None or not self._can_hold(holder)):
                continue
            state: State = "seized" if entry.holder == "none" and holder is not None else entry.state
            return msgspec.structs.replace(self._event(verb, words, state, holder, loser, held), pattern=pattern)
        return None

    def by_noun(self, noun: Token) -> Event | None:
        """ "under the control of X", "in rebel hands", "X's occupation of Y", "control of the town by X"."""
        above = noun.head
        is_hands = noun.lower in self.lexicon.hands
        if noun.dep == "pobj" and above.lower == ("in" if is_hands else "under"):
            holder = _object(noun, "of") or noun.child("poss") or self._adjective(noun)
            verb = above.head
            held = verb if verb.pos in ("NOUN", "PROPN") else (verb.child("dobj") or verb.child(*SUBJECTS))
            if holder is not None and held is not None and self._is_place(held, "name"):
                return self._event(noun, [above, noun], "held", holder, None, held)
        if is_hands:
            return None
        if noun.dep == "compound":  # a verb that the parser takes for a noun: "the Taliban control Kunduz"
            holder = self._adjective(noun)
            if noun.lower != "control" or holder is None or above.i != noun.i + 1 or above.tag != "NNP":
                return None
            event = self._event(noun, [noun], "held", holder, None, above)
            return msgspec.structs.replace(event, objects=(Phrase((above.span,), above.start),))
        held = _object(noun, "of") or _object(noun, "over")
        holder = noun.child("poss") or _object(noun, "by") or self._adjective(noun)
        if held is not None and holder is not None and self._is_place(held, "name"):
            return self._event(noun, [noun], "held", holder, None, held)
        return None

    def by_compound(self, token: Token) -> Event | None:
        """ "a Taliban-controlled district", "rebel-held Idlib": also where the parser cuts at the hyphen."""
        tokens = token.sentence.tokens
        k = token.i - tokens[0].i
        if k < 2 or tokens[k - 1].text not in ("-", "–", "‑") or tokens[k - 2].end != tokens[k - 1].start:
            return None
        first = last = k - 2
        who = tokens[last]
        if who.pos != "PROPN" and who.lemma.lower() not in self.lexicon.holders and not who.text[:1].isupper():
            return None
        while (
            first and tokens[first - 1].pos == "PROPN" and tokens[first - 1].head.i in (who.i, token.i, tokens[first].i)
        ):
            first -= 1
        held = token.head
        if held is token or not self._is_place(held, "name"):
            return None
        holder = Phrase((Span(tokens[first].start, who.end),), who.start)
        event = self._event(token, [*tokens[first : k + 1]], "held", None, None, held)
        return msgspec.structs.replace(event, actors=(holder,), trigger=(Span(tokens[first].start, token.end),))

    def _in_hands(self, verb: Token) -> Token | None:
        """ "fell into the hands of X", "fell into rebel hands"."""
        hands = _object(verb, "into") or _object(verb, "in")
        if hands is None or hands.lower not in self.lexicon.hands:
            return None
        return _object(hands, "of") or hands.child("poss") or self._adjective(hands)

    def _adjective(self, noun: Token) -> Token | None:
        """The holder before the noun: "under Taliban control", "in rebel hands"."""
        for child in noun.children:
            if child.i < noun.i and child.dep in ("amod", "compound", "nmod"):
                if child.text[:1].isupper() or child.lemma.lower() in self.lexicon.holders:
                    return child
        return None

    # ---- what can hold and be held ---------------------------------------------------------------------------

    def _is_place(self, token: Token, needs: str, *, is_passive: bool = False) -> bool:
        lemma = token.lemma.lower()
        of = _of(token)
        if of is not None and (lemma in PARTS or token.lower in PARTS or token.tag == "CD"):
            return self._is_place(of, needs, is_passive=is_passive)
        if token.pos != "PROPN":
            return lemma in self.lexicon.places
        if lemma in self.lexicon.places or token.lower in self.located:
            return True
        if token.tag == "NNPS":
            return False
        if not needs:
            return True
        if any(c.pos == "PROPN" and c.lemma.lower() not in NAMED_BY for c in token.children if c.dep == "compound"):
            return False  # two names in a row are a person's as often as a place's
        return not is_passive and not any(c.dep == "appos" and c.pos == "NOUN" for c in token.children)

    def _can_hold(self, token: Token) -> bool:
        lemma = token.lemma.lower()
        if lemma in self.lexicon.holders or token.lower in ("they", "it", "we"):
            return True
        if token.lower in RELATIVES and token.head.dep == "relcl":
            return self._can_hold(token.head.head)
        return token.pos == "PROPN" and not any(c.dep == "compound" and c.tag == "NNP" for c in token.children)

    # ---- the record ------------------------------------------------------------------------------------------

    def _event(
        self,
        head: Token,
        words: Sequence[Token],
        state: State,
        holder: Token | None,
        loser: Token | None,
        held: Token,
    ) -> Event:
        ordered = sorted(words, key=lambda t: t.i)
        return Event(
            kind="control",
            trigger=tuple(t.span for t in ordered),
            head=head.start,
            sentence=head.sentence.span,
            coder=CODER,
            actors=tuple(_phrase(t) for t in _all(holder)),
            recipients=tuple(_phrase(t) for t in _all(loser)),
            objects=(_phrase(_whole(held)),),
            share=self._share(head.sentence, ordered, held),
            state=state,
            is_negated=any(c.dep == "neg" for c in head.children),
            confidence=0.75 if held.lemma.lower() in self.lexicon.places else 0.6,
        )

    def _share(self, sentence: Sentence, words: Sequence[Token], held: Token) -> Count | None:
        """The share in the words around the predicate and before what is held."""
        inside = [t for t in held.subtree() if t.sentence is sentence and t.dep != "relcl"] or [held]
        start = max(sentence.start, min(words[0].start, inside[0].start) - 12)
        end = max(words[-1].end, _whole(held).end)
        if end <= start:
            return None
        window = self.parsed.text[start:end].lower()
        match = OF_TOTAL.search(window)
        if match is not None:
            n = WORDS.get(match["n"])
            n = int(match["n"]) if n is None else n
            total = int(match["total"])
            if total > 0 and n <= total:
                value = round((total - n if match["but"] else n) / total, 3)
                return Count(value, value, value, Span(start + match.start(), start + match.end()))
        match = PERCENT.search(window)
        if match is not None:
            value = round(float(match[1]) / 100, 4)
            before = window[: match.start()].rstrip()
            low = None if before.endswith(("nearly", "almost", "less than", "up to")) else value
            high = None if before.endswith(("more than", "over", "at least")) else value
            return Count(low, value, high, Span(start + match.start(), start + match.end()))
        for pattern, (least, best, most) in self.lexicon.shares:
            at = pattern.search(window)
            if at is not None:
                return Count(least, best, most, Span(start + at.start(), start + at.end()))
        return None


def _whole(token: Token) -> Token:
    """What a part is a part of: "half of the district centres"; a named town stays itself: "the town of Baga"."""
    if token.lower in PARTS or token.lemma.lower() in PARTS or token.tag == "CD":
        of = _of(token)
        if of is not None and token.lemma.lower() not in NAMED_BY:
            return _whole(of)
    return token


def _of(token: Token) -> Token | None:
    """What a part is of: "half of the town", "all but two of 34 districts"."""
    of = _object(token, "of")
    if of is None and token.lower == "all":
        rest = _object(token, "but") or next((p for c in token.children if c.lower == "but" for p in c.children), None)
        rest = rest or next((c for c in token.children if c.tag == "CD"), None)
        of = _object(rest, "of") if rest is not None else None
    return of


def _from(verb: Token) -> Token | None:
    """From whom: "took the base (back) from the militia"."""
    back = next((c for c in verb.children if c.lower == "back" and c.dep == "advmod"), None)
    return _object(verb, "from") or (_object(back, "from") if back is not None else None)


def _object(token: Token, preposition: str) -> Token | None:
    for child in token.children:
        if child.lower == preposition and child.dep in ("prep", "agent", "dative"):
            return next((c for c in child.children if c.dep == "pobj"), None)
    return None


def _shared_subject(verb: Token) -> Token | None:
    here = verb
    for _ in range(3):
        if here.dep in ("conj", "xcomp", "advcl") and here.head.pos in ("VERB", "AUX"):
            here = here.head
            subject = here.child(*SUBJECTS)
            if subject is not None:
                return subject
        elif here.dep in ("acl", "relcl") and here.head.pos in ("NOUN", "PROPN"):
            return here.head
        else:
            return None
    return None


def _all(token: Token | None) -> list[Token]:
    """A role's words: a relative pronoun gives way to what it stands for, coordinated words follow."""
    if token is None:
        return []
    if token.lower in RELATIVES and token.head.dep == "relcl":
        token = token.head.head
    return [token, *(c for c in token.children if c.dep == "conj" and c.pos in ("PROPN", "NOUN"))]


def _phrase(token: Token) -> Phrase:
    low = token
    for child in token.children:
        if child.i < token.i and child.dep in ("det", "compound", "amod", "nmod", "poss", "nummod"):
            first = child.subtree()[0]
            low = first if first.i < low.i else low
    end = token.end
    if token.lemma.lower() in NAMED_BY:
        name = _object(token, "of")
        if name is not None and name.pos == "PROPN":
            end = name.end
    return Phrase((Span(low.start, end),), token.start)


def _once(found: Sequence[Event]) -> list[Event]:
    """One statement a place and holder of a sentence: the verb's and the noun's reading may be the same."""
    seen: dict[tuple[int, tuple[int, ...], int], Event] = {}
    for event in found:
        key = (event.sentence.start, tuple(a.head for a in event.actors), event.objects[0].head)
        seen.setdefault(key, event)
    return sorted(seen.values(), key=lambda e: e.head)
