"""Numbers with what they count: the dead, the injured, and other figures, as low, best and high.

Conventions. "at least 12" is low 12, best 12, no high; "more than 40" low 40, best 40, no high; "nearly 50" and "up to 50"
high 50, best 50; "dozens" low 24, "scores" low 40, "hundreds" low 200, "thousands" low 2,000, "several hundred" low 300,
"tens of thousands" low 20,000, without a best, as the words name none. "No casualties" is 0. A bare noun counts one
("a soldier was killed"). A part of a toll ("including three children", "two of them policemen") is no toll of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vedette.records import Count, Quantity, Span
from vedette.text.tree import Parsed, Sentence, Token

__all__ = ["find_quantities"]

UNITS = {w: n for n, w in enumerate(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen".split())}  # fmt: skip
TENS = {w: 10 * n for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
SCALES = {
    "hundred": 100,
    "thousand": 1_000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
    "trillion": 10**12,
    "dozen": 12,
}
VAGUE = {
    "dozens": 24,
    "scores": 40,
    "hundreds": 200,
    "thousands": 2_000,
    "millions": 2_000_000,
    "several": 3,
    "many": 3,
}
# "several hundred", "a few dozen": how many of the scale word at least.
FEW = {"several": 3, "few": 2, "couple": 2, "many": 3}
TENFOLD = {"tens": 20, "dozens": 24, "scores": 40, "hundreds": 200}
NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")

DEATH_VERBS = frozenset("kill die perish slay murder massacre execute assassinate behead slaughter drown".split())
INJURY_VERBS = frozenset("injure wound hurt maim".split())
TOLL = frozenset({"toll", "deaths", "fatalities", "casualties"})
DAMAGE = frozenset({"dead", "killed", "deceased"})
HURT = frozenset({"injured", "wounded", "hurt"})
PEOPLE = frozenset(
    "people person civilian soldier man woman child troop fighter militant officer policeman resident worker villager "
    "rebel insurgent student journalist protester passenger boy girl hostage prisoner guard member gunman demonstrator "
    "refugee migrant doctor official commander leader family other victim life American Israeli Palestinian Ukrainian "
    "Russian Afghan Syrian peacekeeper serviceman sailor marine crew terrorist peasant farmer driver teacher".split()
)
MEASURES = {
    "prisoners": frozenset("prisoner detainee captive inmate hostage pow".split()),
    "displaced": frozenset("refugee".split()),
    "troops": frozenset("soldier troop fighter militant policeman reinforcement".split()),
}
MONEY = frozenset("dollar euro pound yuan ruble yen rupee afghani $ € £".split())
AT_LEAST = ("at least", "no fewer than", "no less than", "not less than", "a minimum of")
MORE = ("more than", "over", "upwards of", "above", "in excess of")
LESS = (
    "nearly",
    "almost",
    "up to",
    "as many as",
    "fewer than",
    "less than",
    "under",
    "close to",
    "at most",
    "close to",
)
THEM = frozenset({"them", "whom", "those", "these"})
MAX_WORDS = 6


def find_quantities(parsed: Parsed) -> list[Quantity]:
    """Return the quantities of a text in order."""
    found: list[Quantity] = []
    for sentence in parsed.sentences:
        found.extend(_joined(parsed, list(_in_sentence(parsed.text, sentence))))
    return found


def _joined(parsed: Parsed, quantities: list[Quantity]) -> list[Quantity]:
    """ "21 passengers and four soldiers died" is one toll of 25: coordinated counts of one predicate are added."""
    found: list[Quantity] = []
    for quantity in quantities:
        last = found[-1] if found else None
        if (
            last is not None
            and last.measure == quantity.measure
            and last.predicate == quantity.predicate
            and last.noun is not None
            and quantity.noun is not None
            and (second := parsed.head_of(quantity.noun)) is not None
            and second.dep == "conj"
            and second.head.span == last.noun
        ):
            a, b = last.count, quantity.count
            total = Count(_plus(a.low, b.low), _plus(a.best, b.best), _plus(a.high, b.high), _around(a.span, b.span))
            found[-1] = Quantity(last.measure, total, quantity.noun, last.predicate)
        else:
            found.append(quantity)
    return found


def _around(a: Span, b: Span) -> Span:
    return Span(min(a.start, b.start), max(a.end, b.end))


def _plus(a: float | None, b: float | None) -> float | None:
    return None if a is None or b is None else a + b


def _in_sentence(text: str, sentence: Sentence) -> Iterator[Quantity]:
    done: set[int] = set()
    told: set[str] = set()
    for token in sentence.tokens:
        if token.i in done:
            continue
        if token.tag == "CD" or token.lower in VAGUE or token.lower in FEW or token.lower in TENFOLD:
            count, tokens = _count(text, sentence, token)
            if count is None:
                continue
            done.update(t.i for t in tokens)
            quantity = _measured(tokens[-1] if token.lower in FEW or token.lower in TENFOLD else token, tokens, count)
            if quantity is not None and not (quantity.measure in told and _is_part(token)):
                told.add(quantity.measure)
                yield quantity
        elif token.lemma.lower() in DEATH_VERBS | INJURY_VERBS and token.pos == "VERB":
            yield from _uncounted(sentence, token)
        elif token.lower in ("casualties", "injuries", "deaths", "fatalities"):
            none = token.child("det", "neg")
            if none is not None and none.lower == "no":
                span = _around(none.span, token.span)
                zero = Count(0.0, 0.0, 0.0, span)
                if token.lower in ("casualties", "deaths", "fatalities"):
                    yield Quantity("deaths", zero, token.span, _verb_of(token).start)
                if token.lower in ("casualties", "injuries"):
                    yield Quantity("injured", zero, token.span, _verb_of(token).start)


def _count(text: str, sentence: Sentence, token: Token) -> tuple[Count | None, list[Token]]:
    vague = _vague_run(sentence, token)
    if vague is not None:
        return vague
    if token.tag != "CD" and token.lower not in VAGUE:
        return None, [token]
    tokens = _run(sentence, token)
    first, last = tokens[0], tokens[-1]
    before = text[max(sentence.start, first.start - 22) : first.start].lower()
    span = Span(first.start, last.end)
    if token.lower in VAGUE:
        if token.lower in ("several", "many") and token.dep not in ("amod", "nsubj", "dobj", "nsubjpass", "pobj"):
            return None, tokens
        return Count(float(VAGUE[token.lower]), None, None, span), tokens
    if len(tokens) >= 2 and any(t.text in ("-", "–", "to", "and") for t in tokens):
        numbers = [v for v in (_value([t]) for t in tokens) if v is not None]
        if len(numbers) == 2 and numbers[0] < numbers[1]:
            return Count(numbers[0], sum(numbers) / 2, numbers[1], span), tokens
    value = _value(tokens)
    if value is None or _is_date_or_age(token, tokens, text):
        return None, tokens
    if before.rstrip().endswith(AT_LEAST):
        return Count(value, value, None, span), tokens
    if before.rstrip().endswith(MORE):
        return Count(value, value, None, span), tokens
    if before.rstrip().endswith(LESS):
        return Count(None, value, value, span), tokens
    return Count(value, value, value, span), tokens


def _vague_run(sentence: Sentence, token: Token) -> tuple[Count, list[Token]] | None:
    """ "several hundred", "a few thousand", "a couple of dozen", "tens of thousands", with the least they can mean."""
    k = token.i - sentence.tokens[0].i
    after = sentence.tokens[k + 1 : k + 3]
    if len(after) == 2 and after[0].lower == "of" and (token.lower in TENFOLD or token.lower == "couple"):
        scale = SCALES.get(after[1].lower.removesuffix("s"))
        times = TENFOLD.get(token.lower) or FEW[token.lower]
        tokens = [token, *after]
    elif after and token.lower in FEW:
        scale = SCALES.get(after[0].lower)
        times = FEW[token.lower]
        tokens = [token, after[0]]
    else:
        return None
    if scale is None:
        return None
    return Count(float(times * scale), None, None, Span(token.start, tokens[-1].end)), tokens


def _is_part(token: Token) -> bool:
    """Whether a number tells a part of a toll told before: "including three", "among them two", "three of whom"."""
    here = token
    for _ in range(4):
        if here.lower == "including" or (here.lower == "among" and here.dep == "prep"):
            return True
        if any(c.lower in ("of", "among") and any(p.lower in THEM for p in c.children) for c in here.children):
            return True
        if here.head is here or here.pos == "VERB":
            return False
        here = here.head
    return False


def _run(sentence: Sentence, token: Token) -> list[Token]:
    """Neighbouring number words, also "10-15" and "between 10 and 15"."""
    tokens = sentence.tokens
    k = token.i - tokens[0].i
    run = [token]
    while len(run) < MAX_WORDS and k + len(run) < len(tokens):
        after = tokens[k + len(run)]
        if after.tag == "CD" or after.lower in SCALES:
            run.append(after)
            continue
        further = tokens[k + len(run) + 1] if k + len(run) + 1 < len(tokens) else None
        between = k and tokens[k - 1].lower in ("between", "from")
        if (
            further is not None
            and further.tag == "CD"
            and (
                after.text in ("-", "–")
                or (after.lower == "to" and (between or after.dep == "punct"))
                or (after.lower == "and" and between)
            )
        ):
            run += [after, further]
            continue
        break
    return run


def _value(tokens: list[Token]) -> float | None:
    total, current, seen = 0.0, 0.0, False
    for token in tokens:
        for word in token.lower.replace("-", " ").split() or []:
            number = NUMBER.fullmatch(word)
            if number:
                current += float(word.replace(",", ""))
            elif word in UNITS:
                current += UNITS[word]
            elif word in TENS:
                current += TENS[word]
            elif word in SCALES:
                current = (current or 1.0) * SCALES[word]
                if SCALES[word] >= 1000:
                    total, current = total + current, 0.0
            else:
                continue
            seen = True
    return total + current if seen else None


def _is_date_or_age(token: Token, tokens: list[Token], text: str) -> bool:
    after = text[tokens[-1].end : tokens[-1].end + 12].lower()
    if after.startswith(
        (
            "-year",
            " year",
            " month",
            " day",
            " hour",
            " minute",
            " week",
            "th ",
            "st ",
            "%",
            " percent",
            " per cent",
            " km",
            " mile",
            " kilomet",
            " meter",
            " metre",
            "-day",
            "-month",
            ":",
        )
    ):
        return True
    before = text[max(0, token.start - 4) : token.start]
    if re.fullmatch(r"(?:19|20)\d\d", token.text) and token.dep in ("pobj", "nummod", "npadvmod", "appos", "pcomp"):
        return token.head.lemma.lower() not in PEOPLE
    return (
        token.head.tag == "NNP"
        and bool(re.match(r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)", token.head.text))
    ) or before.endswith((":", "/", "$", "€", "£"))


def _measured(token: Token, tokens: list[Token], count: Count) -> Quantity | None:
    """What the number counts: looked for at the noun it modifies and the verb above."""
    noun = token
    if token.dep in ("nummod", "amod", "quantmod", "compound", "advmod"):
        noun = token.head
        while noun.tag == "CD" and noun.dep in ("nummod", "compound") and noun.head is not noun:
            noun = noun.head
    of = next((p for c in noun.children if c.lower == "of" for p in c.children if p.dep == "pobj"), None)
    counted = of or noun
    lemma = counted.lemma.lower()
    verb = _verb_of(noun)
    measure = _casualty(noun, counted, verb)
    if measure is not None:
        return Quantity(measure[0], count, counted.span if counted is not token else None, measure[1].start)
    if any(c.text in MONEY or c.lemma.lower() in MONEY for c in (*counted.children, counted)) or lemma in MONEY:
        return Quantity("money", count, counted.span, verb.start, unit=lemma)
    if verb.lemma.lower() in ("displace", "flee", "evacuate") and (lemma in PEOPLE or lemma == "people"):
        return Quantity("displaced", count, counted.span, verb.start)
    for name, nouns in MEASURES.items():
        if lemma in nouns:
            return Quantity(name, count, counted.span, verb.start)
    if verb.lemma.lower() in ("arrest", "detain") and (lemma in PEOPLE or counted is token):
        return Quantity("arrested", count, counted.span, verb.start)
    return None


def _casualty(noun: Token, counted: Token, verb: Token) -> tuple[str, Token] | None:
    """ "deaths" or "injured" with the word that says so, or None."""
    lemma = counted.lemma.lower()
    if counted.lower in DAMAGE or lemma in ("death", "fatality"):
        return "deaths", counted
    if counted.lower in HURT or lemma == "injury":
        return "injured", counted
    for child in counted.children:  # "12 people dead", "five wounded soldiers"
        if child.lower in DAMAGE and child.dep in ("amod", "acomp", "acl", "oprd"):
            return "deaths", child
        if child.lower in HURT and child.dep in ("amod", "acl", "oprd"):
            return "injured", child
    steps = 0
    here, last = noun, noun
    while steps < 4:
        if here.lemma.lower() in DEATH_VERBS and here.pos == "VERB" and _suffers(last, here):
            return "deaths", here
        if here.lemma.lower() in INJURY_VERBS and here.pos == "VERB" and _suffers(last, here):
            return "injured", here
        if here is not noun and here.pos == "VERB" and here.lemma.lower() in DEATH_VERBS | INJURY_VERBS:
            return None
        if here.lower in TOLL and here is not noun:
            return "deaths", here
        if here.lemma.lower() in ("killing", "death", "slaying", "murder") and here is not noun and last.dep == "prep":
            return "deaths", here
        if here.lemma.lower() == "lose" and any(c.lemma.lower() == "life" for c in here.children if c.dep == "dobj"):
            return "deaths", here
        if here.lemma.lower() in ("leave", "claim", "cost", "take") and here.pos == "VERB":
            state = next((c for c in _below(here) if c.lower in DAMAGE), None)
            hurt = next((c for c in _below(here) if c.lower in HURT), None)
            if lemma == "life":
                return "deaths", here
            near = min((c for c in (state, hurt) if c is not None and c.i >= noun.i), key=lambda c: c.i, default=None)
            if near is not None:
                return ("deaths" if near is state else "injured"), near
        if here.lemma.lower() in ("rise", "reach", "climb", "stand", "exceed") and any(
            c.lower in TOLL for c in here.children
        ):
            return "deaths", here
        if here.head is here:
            break
        last, here = here, here.head
        steps += 1
    if verb.lemma.lower() == "be" and any(c.lower in DAMAGE for c in verb.children):
        return "deaths", verb
    return None


def _suffers(part: Token, verb: Token) -> bool:
    """Whether the counted stand where those killed or hurt stand: object, passive subject, subject of "die"."""
    if verb.lemma.lower() in ("die", "perish", "drown"):
        return part.dep in ("nsubj", "conj", "npadvmod", "nummod")
    if part.dep in ("dobj", "nsubjpass", "conj", "oprd", "attr"):
        return True
    if verb.dep in ("acl", "relcl") and part is verb:
        return False
    if part.dep != "nsubj":
        return False
    elliptic = verb.tag == "VBN" and not any(c.dep in ("aux", "dobj") for c in verb.children)  # "and 20 wounded"
    return elliptic or any(c.dep == "auxpass" for c in verb.children)


def _uncounted(sentence: Sentence, verb: Token) -> Iterator[Quantity]:
    """ "a soldier was killed": a bare singular counts one."""
    measure = "deaths" if verb.lemma.lower() in DEATH_VERBS else "injured"
    slots = ("nsubj",) if verb.lemma.lower() in ("die", "perish", "drown") else ("nsubjpass", "dobj")
    for child in verb.children:
        if child.dep not in slots:
            continue
        if child.tag in ("NN", "NNP", "PRP") and child.lower not in ("it", "that", "them", "they", "which", "who"):
            if any(c.tag == "CD" or c.lower in VAGUE for c in child.children) or child.lemma.lower() in (
                "number",
                "group",
                "family",
                "toll",
            ):
                continue
            if (
                child.tag == "NN"
                and child.lemma.lower() not in PEOPLE
                and not any(c.dep == "appos" for c in child.children)
            ):
                continue
            yield Quantity(measure, Count(1.0, 1.0, 1.0, child.span), child.span, verb.start)


def _below(token: Token) -> Iterator[Token]:
    for child in token.children:
        yield child
        yield from child.children


def _verb_of(token: Token) -> Token:
    here = token
    while here.pos not in ("VERB", "AUX") and here.head is not here:
        here = here.head
    return here
