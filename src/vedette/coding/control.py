"""Who is said to hold what: control of places, borders, crossings, roads and bases, with the share that is said.

Predicates and the phrase table of shares are data (`data/control.toml`). A statement is one claim about one holder at
the time of telling; what is made of it is decided elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import msgspec

from vedette.errors import BadData
from vedette.records import Count, Event, Phrase, Span
from vedette.text.tree import Parsed, Sentence, Token

__all__ = ["ControlLexicon", "code_control", "parse_control"]

CODER = "control/1"
State = Literal["held", "seized", "lost", "contested", "surrounded", "withdrawn"]
SUBJECTS = ("nsubj", "nsubjpass")
UNDER = frozenset({"under", "in"})
BEFORE = frozenset({"npadvmod", "compound", "nsubj", "amod", "nmod", "dep"})
HELD = re.compile(r"(?P<who>[A-Z][\w'’]*(?:[ -][A-Z][\w'’]*)*)-(?:controlled|held|ruled|occupied|run)$")
PERCENT = re.compile(r"(\d{1,3}(?:\.\d+)?) ?(?:%|percent|per cent)")
ALL_BUT = re.compile(r"all but (\w+) of (?:its |the )?(\d+)")
WORDS = {w: n for n, w in enumerate("zero one two three four five six seven eight nine ten".split())}


class _Verb(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    state: State
    holder: Literal["subject", "to", "none"]
    verbs: str
    objects: str = ""
    prepositions: str = ""
    needs_place: bool = False


class _Share(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: list[str]
    value: tuple[float, float, float]


class _Places(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    nouns: str


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    verb: list[_Verb]
    share: list[_Share]
    places: _Places


@dataclass(frozen=True, slots=True)
class ControlLexicon:
    """Predicates by lemma, nouns of what can be held, shares by phrase (longest first)."""

    verbs: Mapping[str, Sequence[_Verb]]
    nouns: frozenset[str]
    shares: Sequence[tuple[str, tuple[float, float, float]]]


def parse_control(data: Mapping[str, object], file: str) -> ControlLexicon:
    """Build the lexicon.

    Raises:
        BadData: an unknown state, or a share that is not low <= best <= high within 0..1.
    """
    try:
        read = msgspec.convert(data, _File)
    except msgspec.ValidationError as error:
        raise BadData(file, "top level", str(error)) from error
    verbs: dict[str, list[_Verb]] = {}
    for entry in read.verb:
        for lemma in entry.verbs.split():
            verbs.setdefault(lemma, []).append(entry)
    shares = {}
    for share in read.share:
        low, best, high = share.value
        if not 0 <= low <= best <= high <= 1:
            raise BadData(file, f"share {share.words[0]!r}", f"{share.value} is not low <= best <= high within 0..1")
        for words in share.words:
            if words in shares:
                raise BadData(file, f"share {words!r}", "stands twice")
            shares[words] = share.value
    return ControlLexicon(
        {k: sorted(v, key=lambda e: -bool(e.objects)) for k, v in verbs.items()},
        frozenset(read.places.nouns.split()),
        sorted(shares.items(), key=lambda s: -len(s[0])),
    )


def code_control(parsed: Parsed, lexicon: ControlLexicon) -> list[Event]:
    """Return control statements in order: the holder in `actors`, from whom in `recipients`, what in `objects`."""
    found: list[Event] = []
    for sentence in parsed.sentences:
        for token in sentence.tokens:
            if token.pos == "VERB" and token.lemma.lower() in lexicon.verbs:
                found.extend(_by_verb(parsed, token, lexicon))
            elif token.lower == "control" and token.pos == "NOUN":
                found.extend(_by_noun(parsed, token, lexicon))
            elif "-" in token.text and HELD.match(token.text):
                found.extend(_compound(parsed, token))
    return _once(found)


def _by_verb(parsed: Parsed, verb: Token, lexicon: ControlLexicon) -> Iterator[Event]:
    passive = any(c.dep in ("nsubjpass", "auxpass") for c in verb.children)
    subject = verb.child(*SUBJECTS) or _shared_subject(verb)
    obj = verb.child("dobj")
    agent = _object(verb, "by")
    if verb.tag == "VBN" and not passive and verb.dep in ("acl", "amod") and obj is None:
        # "areas controlled by X", "an X-controlled area"
        passive, subject = True, verb.head
        agent = agent or next(
            (c for c in verb.children if c.i < verb.i and c.dep in BEFORE and c.text[:1].isupper()), None
        )
        if agent is None:
            return
    for entry in lexicon.verbs[verb.lemma.lower()]:
        words = [verb]
        if entry.objects:
            if obj is None or obj.lemma.lower() not in entry.objects.split():
                continue
            words.append(obj)
            held = _object(obj, "of") or _object(verb, "of") or _object(obj, "over")
            holder = subject
            loser = _object(verb, "from") or _object(obj, "from")
        elif entry.holder == "to":
            held, holder, loser = subject, _object(verb, "to"), None
            if holder is None:
                continue
        elif entry.prepositions:
            held = next((o for p in entry.prepositions.split() if (o := _object(verb, p))), None)
            holder, loser = None, subject
        elif passive:
            held, holder, loser = subject, agent, _object(verb, "from")
        else:
            held, holder, loser = obj, subject, _object(verb, "from")
        if entry.holder == "none":
            loser, holder = loser or subject, None
        if held is None or not _is_place(
            held, lexicon, strict=entry.needs_place or entry.state in ("held", "contested")
        ):
            continue
        if holder is None and entry.holder != "none" and not passive:
            continue
        yield _event(parsed, verb, words, entry.state, holder, loser, held, lexicon)
        return


def _by_noun(parsed: Parsed, noun: Token, lexicon: ControlLexicon) -> Iterator[Event]:
    """ "under the control of X", "under X control", "control of the town by X"."""
    above = noun.head
    if noun.dep == "pobj" and above.lower in UNDER:
        holder = (
            _object(noun, "of")
            or noun.child("poss")
            or next((c for c in noun.children if c.dep in ("amod", "compound") and c.text[:1].isupper()), None)
        )
        verb = above.head
        held = verb if verb.pos in ("NOUN", "PROPN") else (verb.child("nsubj", "nsubjpass") or verb.child("dobj"))
        if holder is not None and held is not None and _is_place(held, lexicon, strict=False):
            yield _event(parsed, noun, [above, noun], "held", holder, None, _whole(held), lexicon)
    elif noun.dep not in ("dobj", "compound", "nmod"):
        held = _object(noun, "of")
        owner = noun.child("poss") or _object(noun, "by")
        if held is not None and owner is not None and _is_place(held, lexicon, strict=True):
            yield _event(parsed, noun, [noun], "held", owner, None, held, lexicon)


def _compound(parsed: Parsed, token: Token) -> Iterator[Event]:
    """ "a Taliban-controlled district"."""
    match = HELD.match(token.text)
    held = token.head
    if match is None or held is token:
        return
    who = Span(token.start, token.start + len(match["who"]))
    yield Event(
        kind="control", trigger=(token.span,), head=token.start, sentence=token.sentence.span, coder=CODER,
        actors=(Phrase((who,), token.start),), objects=(_phrase(held),), state="held", confidence=0.7,
    )  # fmt: skip


def _event(
    parsed: Parsed,
    head: Token,
    words: Sequence[Token],
    state: State,
    holder: Token | None,
    loser: Token | None,
    held: Token,
    lexicon: ControlLexicon,
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
        objects=(_phrase(held),),
        share=_share(parsed.text, head.sentence, ordered, held, lexicon),
        state=state,
        confidence=0.75,
    )


def _share(text: str, sentence: Sentence, words: Sequence[Token], held: Token, lexicon: ControlLexicon) -> Count | None:
    """The share in the words from the predicate to what is held."""
    left = min(held.start, words[0].start, *(t.start for t in held.subtree()))
    right = max(held.end, words[-1].end)
    start, end = max(sentence.start, left - 2), min(sentence.end, right)
    window = text[start:end].lower()
    match = ALL_BUT.search(window)
    if match:
        missing = WORDS.get(match[1], int(match[1]) if match[1].isdigit() else None)
        total = int(match[2])
        if missing is not None and 0 < missing < total:
            value = round(1 - missing / total, 3)
            return Count(value, value, value, Span(start + match.start(), start + match.end()))
    match = PERCENT.search(window)
    if match and float(match[1]) <= 100:
        value = float(match[1]) / 100
        return Count(value, value, value, Span(start + match.start(), start + match.end()))
    for phrase, (low, best, high) in lexicon.shares:
        at = re.search(rf"\b{re.escape(phrase)}\b", window)
        if at:
            return Count(low, best, high, Span(start + at.start(), start + at.end()))
    return None


def _is_place(token: Token, lexicon: ControlLexicon, *, strict: bool) -> bool:
    of = _object(token, "of")
    if of is not None and token.lemma.lower() in (
        "part",
        "half",
        "most",
        "third",
        "all",
        "percent",
        "control",
        "swath",
        "majority",
    ):
        return _is_place(of, lexicon, strict=strict)
    if token.pos == "PROPN":
        return token.tag in ("NNP", "NNPS") and not any(
            c.dep == "appos" and c.lemma.lower() == "leader" for c in token.children
        )
    return token.lemma.lower() in lexicon.nouns


PARTITIVE = frozenset("part half most third quarter all percent swath majority much rest two-thirds control".split())


def _whole(token: Token) -> Token:
    """What a part is a part of: "half of the district centres"."""
    if token.lemma.lower() in PARTITIVE or token.lower in PARTITIVE:
        return _object(token, "of") or token
    return token


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
    if token is None:
        return []
    if token.lower in ("who", "which", "that") and token.head.dep == "relcl":
        token = token.head.head
    return [token, *(c for c in token.children if c.dep == "conj" and c.pos in ("PROPN", "NOUN"))]


def _phrase(token: Token) -> Phrase:
    low = token
    for child in token.children:
        if child.i < token.i and child.dep in ("det", "compound", "amod", "nmod", "poss", "nummod"):
            first = child.subtree()[0]
            low = first if first.i < low.i else low
    return Phrase((Span(low.start, token.end),), token.start)


def _once(found: Sequence[Event]) -> list[Event]:
    """One statement a holder and place of a sentence: the verb's and the noun's reading may be the same."""
    seen: dict[tuple[int, tuple[int, ...], int], Event] = {}
    for event in found:
        key = (
            event.sentence.start,
            tuple(a.head for a in event.actors),
            event.objects[0].head if event.objects else -1,
        )
        seen.setdefault(key, event)
    return sorted(seen.values(), key=lambda e: e.head)
