"""Find place names and say which place they mean.

Names are the longest runs of capitalised words that the gazetteer knows; parts of other names ("Paris Agreement",
a person's surname) are left alone; "Kunduz University" names its seat, which is a metonym. One name means one place
in a document. Candidates are weighed by what follows ("Paris, Texas"), class words ("province"), the countries that
the report is about, population, and whether the name is the place's own. A name after "the village of" that nobody
knows is kept without coordinates.
"""

from __future__ import annotations

import itertools
import math
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from vedette.records import Place, Precision, Span
from vedette.text.tree import Parsed, Sentence, Token

__all__ = ["Candidate", "Gazetteer", "find_places", "is_metonym"]


class Candidate(NamedTuple):
    """A gazetteer entry for a name; `country` is ISO 3166 alpha-3, `code` GeoNames' of the unit or its admin-1."""

    id: int
    name: str
    lat: float
    lon: float
    country: str | None
    code: str | None
    admin1: str | None
    admin2: str | None
    geonameid: int | None
    precision: Precision
    population: int
    is_alternate: bool


class Gazetteer(Protocol):
    """What coding asks of a gazetteer."""

    def lookup(self, name: str) -> Sequence[Candidate]:
        """Entries of this name, whatever its capitals and accents."""
        ...

    def country(self, code: str) -> Candidate | None:
        """The country of this ISO 3166 alpha-3 code, or None."""
        ...


LONGEST = 5
CONNECTORS = frozenset(
    {"of", "the", "and", "de", "del", "la", "le", "el", "al", "da", "do", "i", "e", "-", "'s", "-e", "-i"}
)
CLASS_WORDS: dict[str, frozenset[Precision]] = {
    "province": frozenset({"admin1", "admin2"}),
    "governorate": frozenset({"admin1", "admin2"}),
    "oblast": frozenset({"admin1"}),
    "state": frozenset({"admin1"}),
    "region": frozenset({"admin1", "region"}),
    "department": frozenset({"admin1", "admin2"}),
    "prefecture": frozenset({"admin1", "admin2"}),
    "wilayat": frozenset({"admin1"}),
    "district": frozenset({"admin2", "settlement"}),
    "county": frozenset({"admin2"}),
    "parish": frozenset({"admin2"}),
    "municipality": frozenset({"admin2", "settlement"}),
    "city": frozenset({"settlement"}),
    "town": frozenset({"settlement"}),
    "village": frozenset({"settlement"}),
}
ORGANIZATIONS = frozenset(
    "university college institute hospital agreement accord post times globe herald tribune journal news press daily bank "
    "church school academy airlines airport club united fc museum treaty pact protocol convention process declaration "
    "conference summit committee council commission association society foundation company corp inc ltd group center "
    "centre street avenue road boulevard hall hotel stadium theatre theater party police department ministry "
    "observer star gazette chronicle sun mirror guardian review magazine tv radio city-state house court brigade".split()
)
TITLES = frozenset(
    "mr mr. mrs mrs. ms ms. dr dr. president minister general gen. col. colonel captain capt. sen. rep. gov. governor "
    "mayor judge professor prof. king queen prince princess sheikh sir lord lady sgt. lt. officer secretary chief "
    "senator congressman ambassador spokesman spokeswoman pope st saint".split()
)
DIRECTIONS = frozenset(
    "north south east west northern southern eastern western central upper lower northeast northwest southeast southwest downtown greater new old mid".split()
)
PREPOSITIONS = frozenset(
    "in at near from to into around outside across toward towards throughout inside between of on".split()
)
UNKNOWN_AFTER = frozenset(
    {"village", "town", "district", "city", "hamlet", "settlement", "outpost", "crossing", "port"}
)
SAYING = frozenset(
    "say tell announce deny accuse want urge demand insist reject warn vow pledge agree condemn call seek believe refuse "
    "claim respond impose threaten hope expect plan view consider argue offer ask declare support oppose".split()
)
ACRONYMS = frozenset({"US", "U.S.", "USA", "U.S.A.", "UK", "U.K.", "UAE", "U.A.E.", "DRC", "EU"})
# Bodies that sit where their name says.
SEATED = frozenset(
    "university college institute hospital department police council court commission board association society "
    "authority service agency committee ministry parliament senate assembly legislature school district church airport "
    "center centre library museum chamber office bureau division patrol guard army navy government administration bank "
    "times post herald news journal tribune globe press review daily star gazette partners olympics foundation "
    "federation union club league team conference summit embassy congress house corps command force forces".split()
)
SEAT_TOWN = 2_000
# Nouns after a country's name that are places themselves.
LOCAL = frozenset(
    "border coast capital town city village region soil territory side bank base airport frontier".split()
)
# Words that are names of places somewhere and nearly always something else.
STOP = frozenset(
    "march may august sunday monday tuesday wednesday thursday friday saturday january february april june july september "
    "october november december god lord mr mrs ms president minister general the a an in on at of and but he she it we "
    "they i you this that islam christmas congress senate house state states union party army police new old north south "
    "east west bank police church court university college school street mobile reading nice most many best bath hope "
    "sandy independence justice liberty union republic male along same of as is to if or so no us u.s. un u.n. eu uk's "
    "police media democrats republicans republican democrat democratic american english french german russian chinese "
    "spanish british italian arab muslim jewish christian however while although when where who what why how there here "
    "one two three four five six seven eight nine ten first second third "
    "dec dec. nov nov. oct oct. sept sept. sep sep. aug aug. jul jul. jun jun. apr apr. mar mar. feb feb. jan jan. inc inc. "
    "sgt sgt. more vice act day man men story commerce industry park jesus god ride green bravo northwest southwest "
    "northeast southeast mart wal dick southern northern eastern western central valley hill lake river mount titan "
    "then now today yesterday tomorrow tuesday's read see also after before during since until most some all both".split()
)
# Weights of the score; set on the dev texts of LGL and TR-News by hand, see docs/method/places.md.
W_POPULATION = 1.0
W_CLASS: dict[Precision, float] = {
    "country": 1.2, "region": 0.8, "admin1": 0.55, "site": 0.5, "admin2": 0.0, "settlement": 0.1,
}  # fmt: skip
W_ALTERNATE = -0.35
W_FOCUS = 0.9
W_CONTAINER = 1.5
W_CLASS_WORD = 0.9
W_NEAR = 0.4
NEAR_KM = 300.0
# "the Kunduz road" is a town's, "the Front attacks" a body's: a town this large may follow an article.
KNOWN_TOWN = 50_000


class _Mention(NamedTuple):
    tokens: tuple[Token, ...]
    span: Span
    words: str
    candidates: tuple[Candidate, ...]
    class_word: str | None


def find_places(
    parsed: Parsed,
    gazetteer: Gazetteer,
    *,
    dateline: Span | None = None,
    countries: Mapping[str, int] | None = None,
    people: Sequence[Span] = (),
) -> list[Place]:
    """Return the places of a text in order.

    Args:
        dateline: the place of the report's dateline, which is not part of the parsed sentences.
        countries: how often the report names each country (ISO 3166 alpha-3), also by nationality.
        people: spans of names of persons and bodies, which are no places.
    """
    taken = {t.i for span in people for t in parsed.tokens_in(span)}
    mentions = [m for sentence in parsed.sentences for m in _mentions(sentence, gazetteer, taken)]
    if dateline is not None:
        mentions = [*_dateline_mention(parsed.text, dateline, gazetteer), *mentions]
    focus = _focus(mentions, countries or {})
    containers = _containers(mentions, parsed.text)
    chosen: dict[str, tuple[Candidate, float]] = {}
    resolved: list[Candidate] = []
    order = sorted(range(len(mentions)), key=lambda k: (k not in containers, len(mentions[k].candidates), k))
    for k in order:
        mention = mentions[k]
        key = mention.words.lower()
        if not mention.candidates or (key in chosen and k not in containers):
            continue
        best = _best(mention, focus, containers.get(k), resolved)
        if k in containers or key not in chosen:
            chosen[key] = best
        resolved.append(best[0])
    places = []
    for mention in mentions:
        found = chosen.get(mention.words.lower()) if mention.candidates else None
        places.append(_place(mention, found))
    return sorted(places, key=lambda p: (p.span.start, p.span.end))


def is_metonym(parsed: Parsed, place: Place) -> bool:
    """Whether a place name stands for a government or people: subject of a verb of speech or policy."""
    head = parsed.head_of(place.span)
    if head is None:
        return False
    if head.dep in ("compound", "amod", "nmod") and head.head.pos in ("NOUN", "PROPN"):
        modified = head.head.lower
        if head.head.pos == "PROPN" and modified not in CLASS_WORDS:
            return True  # a body's name: "Kunduz Police Department"
        if place.precision == "country" and modified not in CLASS_WORDS and modified not in LOCAL:
            return True  # "U.S. officials"
    if place.precision not in ("country", "settlement", "admin1", "region"):
        return False
    while head.dep in ("conj", "appos") and head.head is not head:
        head = head.head
    return head.dep in ("nsubj", "agent") and (
        place.precision == "country" or head.head.lemma.lower() in SAYING or head.dep == "agent"
    )


def _mentions(sentence: Sentence, gazetteer: Gazetteer, taken: set[int]) -> Iterator[_Mention]:
    tokens = sentence.tokens
    capitals = sum(t.text.isupper() and len(t.text) > 2 for t in tokens) > 0.6 * len(tokens)
    k = 0
    while k < len(tokens):
        token = tokens[k]
        if not _may_start(token, k, capitals) or token.i in taken:
            k += 1
            continue
        for n in range(min(LONGEST, len(tokens) - k), 0, -1):
            part = tokens[k : k + n]
            if not _may_end(part[-1]) or any(not _may_be_inside(t) for t in part[1:-1]):
                continue
            if any(t.i in taken for t in part):
                continue
            words = sentence_words(part)
            if (
                n == 1
                and words not in ACRONYMS
                and (
                    words.lower() in STOP
                    or words.lower() in TITLES
                    or words.lower() in ORGANIZATIONS
                    or len(words) < 3
                    or (words.isupper() and len(words) < 4 and not capitals)
                )
            ):
                break
            candidates = tuple(gazetteer.lookup(words))
            if words in ACRONYMS:
                candidates = tuple(c for c in candidates if c.precision == "country")
            if not candidates and part[-1].lower in CLASS_WORDS and n > 1:
                continue
            if not candidates:
                continue
            if _is_part_of_other_name(tokens, k, n, taken, candidates) or _is_the_thing(tokens, k, n, candidates):
                break
            yield _Mention(tuple(part), Span(part[0].start, part[-1].end), words, candidates, _class_word(tokens, k, n))
            k += n - 1
            break
        else:
            unknown = _unknown(tokens, k)
            if unknown is not None:
                yield unknown
                k += len(unknown.tokens) - 1
        k += 1


def sentence_words(part: Sequence[Token]) -> str:
    """The words as printed, with single spaces."""
    out = part[0].text
    for before, token in itertools.pairwise(part):
        out += token.text if token.start == before.end else " " + token.text
    return out


def _may_start(token: Token, k: int, capitals: bool) -> bool:
    if not token.text[:1].isupper():
        return False
    if capitals:
        return token.pos in ("PROPN", "NOUN", "ADJ") and len(token.text) > 3
    return (
        token.pos == "PROPN"
        or (
            token.pos in ("NOUN", "ADJ", "X", "INTJ", "ADV", "VERB")
            and (k > 0 or token.pos != "ADV")
            and token.tag in ("NNP", "NNPS", "FW")
        )
        or (k > 0 and token.pos in ("NOUN", "ADJ"))
    )


def _may_end(token: Token) -> bool:
    return token.text[:1].isupper() or token.text[:1].isdigit() or ("-" in token.text and len(token.text) > 2)


def _may_be_inside(token: Token) -> bool:
    return token.text[:1].isupper() or token.lower in CONNECTORS


def _is_part_of_other_name(
    tokens: Sequence[Token], k: int, n: int, taken: set[int], candidates: Sequence[Candidate]
) -> bool:
    after = tokens[k + n] if k + n < len(tokens) else None
    before = tokens[k - 1] if k else None
    is_country = any(c.precision == "country" for c in candidates)
    if _is_embedded(tokens[k + n - 1], candidates):
        return False
    if (
        after is not None
        and after.start - tokens[k + n - 1].end <= 1
        and after.text[:1].isupper()
        and after.pos == "PROPN"
    ):
        if after.lower in ORGANIZATIONS:
            return True
        if (
            after.lower not in CLASS_WORDS
            and not is_country
            and not after.text.isupper()
            and tokens[k + n - 1].dep == "compound"
        ):
            return after.lower.rstrip(".") not in TITLES
    if after is not None and after.lower in ("university", "agreement", "accord"):
        return True
    if before is not None and before.text[:1].isupper() and before.pos == "PROPN":
        if before.lower in TITLES:
            return before.lower not in ("st", "saint")
        if (
            before.dep == "compound"
            and before.head is tokens[k + n - 1]
            and before.lower not in DIRECTIONS | {"port", "fort", "lake", "mount", "county", "downtown"}
            and not is_country
        ):
            return before.i in taken or not before.text.isupper()
    return False


def _is_embedded(last: Token, candidates: Sequence[Candidate]) -> bool:
    """ "Kunduz Police Department", "Ohio Supreme Court": a place that names the body's seat; no place of events."""
    if last.dep not in ("compound", "nmod", "poss") or last.head.pos != "PROPN" or last.head.i < last.i:
        return False
    if last.head.lower not in SEATED:
        return False
    return any(c.precision in ("country", "admin1", "admin2") or c.population > SEAT_TOWN for c in candidates)


def _is_the_thing(tokens: Sequence[Token], k: int, n: int, candidates: Sequence[Candidate]) -> bool:
    """ "the Front", "the Alliance": one capitalised word after an article is a body spoken of before, no town."""
    if n > 1 or not k or tokens[k - 1].lower not in ("the", "a", "an", "its", "his", "their"):
        return False
    if _class_word(tokens, k, n):
        return False
    if tokens[k].dep in ("compound", "amod", "nmod", "poss") and any(c.population > KNOWN_TOWN for c in candidates):
        return False
    return all(c.precision in ("settlement", "admin2", "site") for c in candidates)


def _class_word(tokens: Sequence[Token], k: int, n: int) -> str | None:
    after = tokens[k + n] if k + n < len(tokens) else None
    if after is not None and after.lower in CLASS_WORDS:
        return after.lower
    if tokens[k + n - 1].lower in CLASS_WORDS:
        return tokens[k + n - 1].lower
    if k >= 2 and tokens[k - 1].lower == "of" and tokens[k - 2].lower in CLASS_WORDS:
        return tokens[k - 2].lower
    return None


def _unknown(tokens: Sequence[Token], k: int) -> _Mention | None:
    """A name that the gazetteer does not know, after "in the village of" or before "district"."""
    n = 1
    while k + n < len(tokens) and tokens[k + n].text[:1].isupper() and tokens[k + n].pos == "PROPN" and n < 4:
        n += 1
    part = tokens[k : k + n]
    if part[0].pos != "PROPN":
        return None
    after = tokens[k + n] if k + n < len(tokens) else None
    led = k >= 2 and tokens[k - 1].lower == "of" and tokens[k - 2].lower in UNKNOWN_AFTER
    followed = (
        after is not None and after.lower in UNKNOWN_AFTER and k > 0 and tokens[k - 1].lower in PREPOSITIONS | {"the"}
    )
    if not led and not followed:
        return None
    class_word = tokens[k - 2].lower if led else after.lower if after is not None else None
    return _Mention(tuple(part), Span(part[0].start, part[-1].end), sentence_words(part), (), class_word)


def _dateline_mention(text: str, span: Span, gazetteer: Gazetteer) -> Iterator[_Mention]:
    words = span.of(text)
    first = words.split(",")[0].split("/")[0]
    candidates = tuple(gazetteer.lookup(first))
    if candidates:
        # reports are filed from towns: San Salvador is not the island
        is_town = any(c.precision == "settlement" and c.population > KNOWN_TOWN for c in candidates)
        words = first.title() if first.isupper() else first
        yield _Mention((), Span(span.start, span.start + len(first)), words, candidates, "city" if is_town else None)


def _focus(mentions: Sequence[_Mention], countries: Mapping[str, int]) -> dict[str, float]:
    """Each country's share of the report, from its names and nationalities and from towns known everywhere."""
    counts: dict[str, float] = {c: float(n) for c, n in countries.items()}
    for mention in mentions:
        for c in mention.candidates[:1]:
            if c.country and (c.precision in ("country", "admin1") or c.population > 500_000):
                counts[c.country] = counts.get(c.country, 0.0) + (1.0 if c.precision == "country" else 0.7)
    total = sum(counts.values())
    return {c: n / total for c, n in counts.items()} if total else {}


def _containers(mentions: Sequence[_Mention], text: str) -> dict[int, tuple[Candidate, ...]]:
    """For "Paris, Texas" and "Spin Boldak district of Kandahar": what the place lies in."""
    found = {}
    for k in range(len(mentions) - 1):
        a, b = mentions[k], mentions[k + 1]
        between = text[a.span.end : b.span.start] if a.span.end <= b.span.start else "?"
        gap = between.strip().lower()
        joined = gap in (",", "(") or (
            len(gap) < 40 and gap.rstrip(" the").endswith((" of", " in", "in", "of")) and gap.count(" ") <= 3
        )
        if joined and any(c.precision in ("country", "admin1", "admin2") for c in b.candidates):
            outer = tuple(c for c in b.candidates if c.precision in ("country", "admin1", "admin2"))
            if any(_lies_in(c, o) for c in a.candidates for o in outer):
                found[k] = outer
    return found


def _lies_in(inner: Candidate, outer: Candidate) -> bool:
    if inner.id == outer.id:
        return False
    if outer.precision == "country":
        return inner.country == outer.country and inner.precision != "country"
    if outer.code is None or inner.code is None:
        return False
    return (inner.code + ".").startswith(outer.code + ".") and inner.precision != outer.precision


def _best(
    mention: _Mention,
    focus: Mapping[str, float],
    containers: tuple[Candidate, ...] | None,
    resolved: Sequence[Candidate],
) -> tuple[Candidate, float]:
    scored = sorted(
        ((_score(c, mention, focus, containers, resolved), -n, c) for n, c in enumerate(mention.candidates)),
        reverse=True,
    )
    top = scored[0][0]
    rest = sum(math.exp(3.0 * (s - top)) for s, _, _ in scored[1:6])
    return scored[0][2], round(1.0 / (1.0 + rest), 3)


def _score(
    c: Candidate,
    mention: _Mention,
    focus: Mapping[str, float],
    containers: tuple[Candidate, ...] | None,
    resolved: Sequence[Candidate],
) -> float:
    score = W_POPULATION * min(math.log10(c.population + 10), 7.0) / 7.0 + W_CLASS[c.precision]
    if c.is_alternate:
        score += W_ALTERNATE
    if c.country:
        score += W_FOCUS * math.sqrt(focus.get(c.country, 0.0))
    if containers and any(_lies_in(c, o) for o in containers):
        score += W_CONTAINER
    if mention.class_word is not None:
        score += W_CLASS_WORD if c.precision in CLASS_WORDS[mention.class_word] else -0.3
    if (
        c.precision in ("settlement", "admin2", "site")
        and resolved
        and any(
            abs(c.lat - r.lat) < 4 and r.precision in ("settlement", "admin2", "admin1", "site") and _km(c, r) < NEAR_KM
            for r in resolved[-12:]
        )
    ):
        score += W_NEAR
    return score


def _km(a: Candidate, b: Candidate) -> float:
    p, q = math.radians(a.lat), math.radians(b.lat)
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    return 12742.0 * math.asin(math.sqrt(min(1.0, h)))


def _place(mention: _Mention, found: tuple[Candidate, float] | None) -> Place:
    if found is None:
        precision: Precision = "admin2" if mention.class_word == "district" else "settlement"
        return Place(mention.span, mention.words, precision=precision)
    c, confidence = found
    return Place(
        mention.span,
        mention.words,
        mention.words if _plain(mention.words) == _plain(c.name) else c.name,
        c.lat,
        c.lon,
        c.country,
        c.admin1,
        c.admin2,
        c.geonameid,
        c.precision,
        confidence,
    )


def _plain(name: str) -> str:
    """Letters and digits without accents, so that "Imam Sahib" is shown as the report prints it."""
    return "".join(c for c in unicodedata.normalize("NFD", name.lower()) if c.isalnum())
