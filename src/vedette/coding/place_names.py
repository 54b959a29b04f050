"""Find the place names of a text, and tell them from persons, bodies and common words.

A name is the longest run of capitalised words that the gazetteer knows. Whether it is a place, the words around it
tell: "in X", "X, Texas", "X province" speak for it wherever the name stands; a first name or title before it, or a
verb of speech after it, against. A name without such words counts where it is well known. Words for the people of
a place ("Afghan") are mentions of the place, and mark the government or the people (`is_people`). A name after "the
village of" that nobody knows is kept without candidates.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from vedette.coding.place_choice import CLASS_WORDS, Candidate, Gazetteer, Mention
from vedette.records import Span
from vedette.text.tree import Parsed, Sentence, Token

__all__ = ["find_mentions"]

LONGEST = 5
CONNECTORS = frozenset(
    {"of", "the", "and", "de", "del", "la", "le", "el", "al", "da", "do", "i", "e", "-", "'s", "-e", "-i"}
)
PLURAL_CLASSES = {"counties": "county", "provinces": "province", "districts": "district", "oblasts": "oblast",
                  "regions": "region", "states": "state", "governorates": "governorate", "towns": "town",
                  "villages": "village", "cities": "city"}  # fmt: skip
# Nouns that end the name of a body, most of which sit where their name says.
BODIES = frozenset(
    "university college institute hospital department police council court commission board association society "
    "authority service services agency committee ministry parliament senate assembly legislature school schools district "
    "church airport airlines center centre library museum chamber office bureau division patrol guard army navy "
    "government administration bank times post herald news journal tribune globe press review daily star gazette "
    "observer chronicle sun mirror guardian magazine radio tv partners olympics foundation federation union club league "
    "team conference summit embassy congress house corps command force forces academy company group inc corp ltd hall "
    "hotel stadium theatre theater party sheriff pd fire elementary middle high superior municipal circuit public state "
    "community technical regional convention park parks street avenue road boulevard attorney mayor democratic "
    "republican commonwealth supreme national international united fc city town county township commissioner "
    "commissioners executive superintendent coroner medical health emergency red branch housing water transit "
    "transport symphony orchestra festival speedway".split()
)
AGREEMENTS = frozenset("agreement accord accords treaty pact protocol declaration communique".split())
NO_PERSONS = BODIES | AGREEMENTS
TITLES = frozenset(
    "mr mrs ms dr president minister general gen col colonel captain capt sen rep gov governor mayor judge justice "
    "professor prof king queen prince princess sheikh sir lord lady sgt sergeant lt lieutenant officer secretary chief "
    "senator congressman congresswoman ambassador spokesman spokeswoman pope coach detective deputy sheriff trooper "
    "maj major cpl pvt rev reverend pastor councilman councilwoman commissioner superintendent director chairman "
    "chairwoman manager attorney delegate dame saint cmdr adm const constable pfc spc cllr".split()
)
# Given names of both sexes, which the table of first names leaves out.
EITHER_SEX = frozenset(
    "kim leslie robin terry tracy kelly jamie casey jordan taylor morgan alex chris pat sam jessie shannon dana jan lee "
    "kerry lynn stacy ashley courtney lindsay whitney kris jackie rene art bud baz marion francis dominique jody kelsey "
    "cameron avery riley reese skyler peyton parker blake drew shelby blair carey gale lauren".split()
)
# "Saint" is no title before a town.
HOLY = frozenset({"st", "st.", "saint", "ste", "ste."})
INITIAL = re.compile(r"^(?:[A-Z]\.?|[A-Z]\.[A-Z]\.?|Jr\.?|Sr\.?|II|III|IV)$")
DIRECTIONS = frozenset(
    "north south east west northern southern eastern western central upper lower northeast northwest southeast "
    "southwest northeastern northwestern southeastern southwestern downtown greater mid metropolitan metro rural "
    "nearby neighboring neighbouring historic suburban inner outer occupied coastal mainland".split()
)
HOLY_OR_DIRECTION = HOLY | DIRECTIONS
AT = frozenset("in at near around outside inside across throughout into toward towards via".split())
OF = frozenset("of from to between for through over on with by and".split())
# What stands before "X district" where X is a place that nobody knows.
BEFORE_UNKNOWN = AT | {"the", "of", "from", "to", "on", "between"}
UNKNOWN_AFTER = frozenset(
    {"village", "town", "district", "city", "hamlet", "settlement", "outpost", "crossing", "port"}
)
# Verbs whose subject is somebody.
SAYING = frozenset(
    "say tell announce deny accuse want urge demand insist reject warn vow pledge agree condemn call seek believe "
    "refuse claim respond argue offer ask declare testify explain note add recall reply write think know plead admit "
    "suggest joke serve work live graduate die marry grow play score win lose hit pitch coach run resign retire".split()
)
ACRONYMS = frozenset({"US", "U.S.", "U.S", "USA", "U.S.A.", "UK", "U.K.", "UAE", "U.A.E.", "DRC", "EU", "E.U."})
# "D-N.Y.", "R-Berkeley": a lawmaker's party and seat.
SEAT = re.compile(r"^[DRI]-([A-Z].+)$")
# "U.S.-led", "Houston-based" where the parser keeps them one word.
LED = re.compile(r"^([A-Z][\w.’']*)-[a-z]+$")
SEAT_OF = re.compile(r"^[DRI]$")
STREETS = frozenset("street st avenue ave boulevard blvd drive dr lane ln court ct trail terrace way".split())
POSTAL = re.compile(r"^[A-Z]{2}$")
# Words that are names of places somewhere and nearly always something else.
STOP = frozenset(
    "march may august sunday monday tuesday wednesday thursday friday saturday january february april june july september "
    "october november december god lord mr mrs ms president minister general the a an in on at of and but he she it we "
    "they i you this that islam christmas congress senate house state states union party army police new old north south "
    "east west bank church court university college school street mobile reading nice most many best bath hope "
    "sandy independence justice liberty republic male along same as is to if or so no us un eu uk's "
    "media democrats republicans republican democrat democratic arab muslim jewish christian however while although when "
    "where who what why how there here one two three four five six seven eight nine ten first second third "
    "dec nov oct sept sep aug jul jun apr mar feb jan inc sgt more vice act day man men story commerce industry park "
    "jesus ride green bravo northwest southwest northeast southeast mart wal dick southern northern eastern western "
    "central valley hill lake river mount titan then now today yesterday tomorrow read see also after before during since "
    "until some all both federal area law village country club air force max age garden forest main drug liberation "
    "chamber golden grill creek drain orange olympic white black red blue brown center centre mps maj pct md sr jr st "
    "senior junior internet web trust fair heart grand royal crown point star sun moon mission media sports era "
    "easter thanksgiving ramadan eid open cup world global national international local media life home "
    "family young king queen prince battle victory success progress enterprise experiment commissioner council county "
    "city town township parish district province board office press post times news journal university avenue road "
    "mother father bishop pope friendly energy power water fire gas oil gold silver iron stone wood woods field fields "
    "mall plaza square station airport port bridge tower castle palace temple mosque hospital hotel theater theatre "
    "museum library stadium arena hall inn cafe restaurant bar pub shop store market bay beach coast island islands "
    "ocean sea cape peninsula mountain mountains hills desert canyon dec. nov. oct. sept. sep. aug. inc. no. "
    "but not yes maybe perhaps well just even still yet once again never always often she her his him our your their "
    "my me them us. american americans latin english twitter facebook google amazon apple ford lincoln-mercury chase "
    "hospice hospitality medicine capitol interior marshal metro micro swat honda engineer much lot register pioneer "
    "region gateway landmark accident healing human parent miss delta cadillac kremlin pentagon counselor parliament cabinet co p.a tiger".split()
) - {"u.s", "us."}
# Names of several words that are towns somewhere, and bodies, persons or weather everywhere.
NEVER = frozenset({"white house", "santa claus", "el niño", "el nino", "la niña", "la nina", "wall street journal"})
# A name as known as this needs no words that speak for it.
KNOWN = 100_000
TOWN = 10_000
# A dateline's name that so many live in a town of is the town.
KNOWN_TOWN = 50_000
# Where no name is known by its own, so short a one is an abbreviation of something else.
SHORT_NAME = 4
# "BANTAM — ", "ORLANDO, Fla. (AP) --" inside a text that holds several reports.
INNER_DATELINE = re.compile(
    r"(?:^|[.!?\"”]\s+|\n\s*)([A-Z][A-Z.’'-]+(?: [A-Z][A-Z.’'-]+){0,3})(?=(?:, ([A-Z][\w. ]{1,20}?))?\s*(?:\([^)\n]{2,30}\)\s*)?(?:--?|–|—)\s)"
)


class _Found(NamedTuple):
    """A mention with what its own words say: above 0 for a place, below against; `is_sure` where they decide."""

    mention: Mention
    evidence: float
    is_sure: bool


def find_mentions(
    parsed: Parsed,
    gazetteer: Gazetteer,
    *,
    dateline: Span | None = None,
    persons: Collection[int] = (),
    first_names: Collection[str] = (),
) -> list[Mention]:
    """Return the mentions of places in text order.

    Args:
        dateline: the place of the report's dateline, which is not part of the parsed sentences.
        persons: indexes of tokens that belong to names of persons and bodies.
        first_names: given names in lower case.
    """
    finder = _Finder(gazetteer, parsed, frozenset(persons), first_names)
    found = [f for sentence in parsed.sentences for f in finder.sentence(sentence)]
    opening = list(finder.dateline(parsed.text, dateline)) if dateline is not None else []
    found += finder.inner_datelines(parsed.text, [f.mention.span for f in found] + [m.span for m in opening])
    kept = [*opening, *(f.mention for f in _judged(found, {t.text for t in parsed.tokens}))]
    return sorted(kept, key=lambda m: (m.span.start, m.span.end))


def _judged(found: Sequence[_Found], printed: Collection[str]) -> Iterator[_Found]:
    """Those that are places, by their own words, by those of the same name elsewhere, and by how known it is.

    `printed` are the words of the text: a name that also stands there in small letters is likely a common word.
    """
    keys = [f.mention.words.lower() for f in found]
    sure = {key for key, f in zip(keys, found, strict=True) if f.is_sure}
    n_against = Counter(key for key, f in zip(keys, found, strict=True) if f.evidence < 0)
    for key, f in zip(keys, found, strict=True):
        mention = f.mention
        if not mention.candidates or mention.is_people:
            yield f
            continue
        is_common = key in printed and key.islower() and not mention.words.isupper()
        total = f.evidence + _prior(mention) - (1.5 if is_common else 0.0)
        if key in sure:
            total += 1.0
        elif n_against[key] > (f.evidence < 0) and not _is_unit(mention):
            total -= 1.0
        if total > 0:
            yield f


def _is_unit(mention: Mention) -> bool:
    return any(c.precision in ("country", "admin1", "region") for c in mention.candidates)


def _prior(mention: Mention) -> float:
    own = [c for c in mention.candidates if not c.is_alternate]
    known = own or mention.candidates
    if any(c.precision in ("country", "admin1", "region", "site") or c.population >= KNOWN for c in known):
        value = 1.0
    elif len(mention.tokens) > 1 or any(c.population >= TOWN for c in known):
        value = 0.2
    else:
        value = -0.3
    if not own and mention.words not in ACRONYMS:
        value -= 0.5 if len(mention.words) > SHORT_NAME else 1.5
    return value


class _Finder:
    def __init__(
        self, gazetteer: Gazetteer, parsed: Parsed, persons: frozenset[int], first_names: Collection[str]
    ) -> None:
        self.gazetteer = gazetteer
        self.first_names = first_names
        self.bodies = persons
        self.persons: set[int] = set()
        self.surnames: set[str] = set()
        # of each sentence, the words that begin with a capital
        self.starts = [[k for k, t in enumerate(s.tokens) if t.text[:1].isupper()] for s in parsed.sentences]
        for sentence, starts in zip(parsed.sentences, self.starts, strict=True):
            self._persons(sentence.tokens, starts)

    # ------------------------------------------------------------------------------------------ persons

    def _persons(self, tokens: Sequence[Token], starts: Sequence[int]) -> None:
        """Note who is named in full: "Irvin E. Rhodes", "Sheriff Beauregard Torres"."""
        end = 0
        for k in starts:
            if k < end or not _is_name_word(tokens[k]):
                continue
            end = k + 1
            while end < len(tokens) and (_is_name_word(tokens[end]) or INITIAL.match(tokens[end].text)):
                end += 1
            self._person(tokens, k, end)

    def _person(self, tokens: Sequence[Token], start: int, end: int) -> None:
        titled = start > 0 and _is_title(tokens[start - 1])
        if end - start == 1 and not titled:
            return  # one word is a person's only after a title
        for k in range(start, end):
            if _is_title(tokens[k]):
                titled = True
                continue
            rest = tokens[k:end]
            if rest[0].lower in HOLY_OR_DIRECTION:
                titled = False
                continue
            is_first = self._is_first_name(rest[0]) and len(rest) > 1
            if rest[-1].lower.rstrip(".") in NO_PERSONS:
                # "George Washington High School", but "Austin Police Department"
                named_after = list(itertools.takewhile(lambda t: t.lower.rstrip(".") not in NO_PERSONS, rest))
                if is_first and len(named_after) > 1 and not self._is_known_town(named_after, tokens, k):
                    self.persons.update(t.i for t in named_after)
                    return
                titled = False
                continue
            has_initial = len(rest) > 2 and bool(INITIAL.match(rest[1].text)) and len(rest[0].text) > 2
            if not titled and not is_first and not has_initial:
                continue
            if not titled and self._is_known_town(rest, tokens, k):
                continue
            named = [t for t in rest if not INITIAL.match(t.text)]
            if titled or len(named) > 1:
                self.persons.update(t.i for t in rest)
                self.surnames.add(named[-1].lower if named else rest[-1].lower)
            return

    def _is_first_name(self, token: Token) -> bool:
        return token.lower in self.first_names or token.lower in EITHER_SEX

    def _is_known_town(self, rest: Sequence[Token], tokens: Sequence[Token], k: int) -> bool:
        """ "Virginia Beach", "Jackson County", "San Jose": first names that begin names of places."""
        for n in range(min(3, len(rest)), 1, -1):
            if any(not c.is_alternate for c in self.gazetteer.lookup(words_of(rest[:n]))):
                return True
        if k and tokens[k - 1].text[:1].isupper() and tokens[k - 1].end + 1 == rest[0].start:
            return bool(self.gazetteer.lookup(words_of([tokens[k - 1], rest[0]])))
        return False

    # ------------------------------------------------------------------------------------------ names

    def sentence(self, sentence: Sentence) -> Iterator[_Found]:
        tokens = sentence.tokens
        starts = self.starts[sentence.i]
        capitals = len(starts) > 0.6 * len(tokens) and (
            sum(tokens[k].text.isupper() and len(tokens[k].text) > 2 for k in starts) > 0.6 * len(tokens)
        )
        k = 0
        for start in starts:
            if start < k:
                continue
            k = start
            found = self._at(tokens, k, capitals=capitals)
            if found is not None:
                yield found
                k += max(1, len(found.mention.tokens))

    def _at(self, tokens: Sequence[Token], k: int, *, capitals: bool) -> _Found | None:
        token = tokens[k]
        if token.i in self.persons:
            return None
        inner = self._inside(token) if "-" in token.text else None
        if inner is not None:
            return inner
        names = self._names_from(tokens, k)
        people = self._people(tokens, k, names)
        if people is not None:
            return people
        if not _may_start(token, k, capitals=capitals):
            return None
        for n in range(len(names), 0, -1):
            if not _may_end(tokens[k + n - 1]):
                continue
            part = tokens[k : k + n]
            words = names[n - 1]
            if words.lower() in NEVER or (n == 1 and self._is_no_name(tokens, k, words, capitals=capitals)):
                break
            class_word = _class_word(tokens, k, n)
            if class_word is None and k + n < len(tokens) and tokens[k + n].text == "Co.":
                class_word = "county" if self.gazetteer.lookup(f"{words} County") else None
            candidates = tuple(self.gazetteer.lookup(words))
            if class_word in ("county", "parish") and part[-1].lower != class_word:
                held = self.gazetteer.lookup(f"{words} {class_word}")
                candidates = (*(c for c in held if c.precision == "admin2"), *candidates)
                candidates = tuple({c.id: c for c in candidates}.values())
            if self.bodies and any(t.i in self.bodies for t in part):
                candidates = tuple(c for c in candidates if c.precision in ("country", "admin1"))
            if words in ACRONYMS:
                candidates = tuple(c for c in candidates if c.precision in ("country", "region"))
            if not candidates:
                continue
            evidence = self._evidence(tokens, k, n, candidates, class_word)
            if evidence is None:
                break
            span = Span(part[0].start, part[-1].end)
            return _Found(Mention(tuple(part), span, words, candidates, class_word), evidence, evidence >= 2.0)
        else:
            unknown = _unknown(tokens, k)
            if unknown is not None:
                return _Found(unknown, 2.0, False)
        return None

    def _names_from(self, tokens: Sequence[Token], k: int) -> list[str]:
        """The words from `k` on that may be one name: the first alone, the first two, and so on."""
        names = [tokens[k].text]
        end = tokens[k].end
        for token in tokens[k + 1 : k + LONGEST]:
            is_inside = _may_be_inside(token)
            if token.i in self.persons or not (is_inside or _may_end(token)):
                break
            names.append(f"{names[-1]}{token.text}" if token.start == end else f"{names[-1]} {token.text}")
            if not is_inside:
                break
            end = token.end
        return names

    def _is_no_name(self, tokens: Sequence[Token], k: int, words: str, *, capitals: bool) -> bool:
        if words in ACRONYMS:
            return False
        if len(words) == 2 and POSTAL.match(words):
            return not (k > 1 and tokens[k - 1].text == "," and tokens[k - 2].text[:1].isupper())
        lower = words.lower()
        plain = lower.rstrip(".")
        if lower in STOP or plain in STOP or plain in TITLES or plain in BODIES:
            return True
        return len(words) < 3 or (words.isupper() and words.isalpha() and len(words) < 4 and not capitals)

    def _inside(self, token: Token) -> _Found | None:
        """The place in "D-N.Y." and "U.S.-led"."""
        seat, led = SEAT.match(token.text), LED.match(token.text)
        match = seat or led
        if match is None:
            return None
        words = match.group(1)
        candidates = tuple(
            c for c in self.gazetteer.lookup(words) if c.precision in ("country", "admin1", "settlement")
        )
        if seat:
            held = self.gazetteer.lookup(f"{words} County")
            candidates = (*candidates, *(c for c in held if c.precision == "admin2"))
        elif words.lower() in STOP:
            return None
        is_people = False
        if not candidates and led:
            candidates = tuple(self.gazetteer.people(words))
            is_people = True
        if not candidates:
            return None
        start = token.start + match.start(1)
        mention = Mention((token,), Span(start, start + len(words)), words, candidates, None, is_people)
        return _Found(mention, 1.0, bool(seat))

    def _people(self, tokens: Sequence[Token], k: int, names: Sequence[str]) -> _Found | None:
        """ "Afghan", "South Koreans"; a language ("in English") is nobody's."""
        most = 1
        while most < min(3, len(names)) and tokens[k + most].text[:1].isupper():
            most += 1
        for n in range(most, 0, -1):
            candidates = tuple(self.gazetteer.people(names[n - 1]))
            if not candidates:
                continue
            part = tokens[k : k + n]
            last = part[-1]
            alone = last.dep not in ("amod", "compound", "nmod", "poss") and last.pos not in ("ADJ",)
            if n == 1 and alone and last.dep == "pobj" and last.head.lower in ("in", "into") and last.tag == "NNP":
                return None
            span = Span(part[0].start, last.end)
            return _Found(Mention(tuple(part), span, names[n - 1], candidates, None, is_people=True), 1.0, False)
        return None

    # ------------------------------------------------------------------------------------------ what speaks for it

    def _evidence(
        self, tokens: Sequence[Token], k: int, n: int, candidates: Sequence[Candidate], class_word: str | None
    ) -> float | None:
        """How far the words around a name speak for a place; None where it is none."""
        last = tokens[k + n - 1]
        before = tokens[k - 1] if k else None
        after = tokens[k + n] if k + n < len(tokens) else None
        joined = after is not None and after.start - last.end <= 1
        if after is not None and after.lower in AGREEMENTS:
            return None
        if before is not None and _is_title(before) and before.lower not in HOLY and n == 1 and before.text != "County":
            if not any(c.precision in ("country", "admin1") for c in candidates):
                return None
        start = k
        while start > 0 and tokens[start - 1].lower in DIRECTIONS:
            start -= 1
        lead = tokens[start - 1] if start else None
        if lead is not None and lead.lower == "the" and start > 1:
            lead = tokens[start - 2]
        strong = class_word is not None or start < k
        strong = strong or (lead is not None and lead.lower in AT)
        if after is not None and after.text in (",", "(") and k + n + 1 < len(tokens):
            following = tokens[k + n + 1]
            strong = strong or (
                following.text[:1].isupper()
                and any(c.precision in ("admin1", "country") for c in self.gazetteer.lookup(following.text.rstrip(".")))
            )
        is_surname = n == 1 and last.lower in self.surnames
        is_unit = any(c.precision in ("country", "admin1", "region") for c in candidates)
        if k > 1 and tokens[k - 1].text == "-" and SEAT_OF.match(tokens[k - 2].text):
            strong = True
        if joined and after is not None and after.lower.rstrip(".") in STREETS and not is_unit:
            return None
        if strong:
            return 2.0 if not is_surname else 1.0
        if is_surname:
            return None
        value = 0.0
        if joined and after is not None and after.text[:1].isupper() and after.pos == "PROPN":
            value = 0.8 if self._ends_as_body(tokens, k + n) else -0.2 if is_unit else -0.8
        elif joined and after is not None and after.text == "-":
            value = 0.5
        elif (last.dep in ("compound", "nmod", "poss") and last.head.i > last.i and last.head.pos == "NOUN") or (
            lead is not None and lead.lower in OF
        ):
            value = 0.4
        elif last.dep == "nsubj" and last.head.lemma.lower() in SAYING and not is_unit:
            value = -0.8
        if before is not None and before.end + 1 >= last.start - sum(len(t.text) + 1 for t in tokens[k : k + n - 1]):
            value += self._before(before, tokens[k], candidates)
        if _is_the_thing(tokens, k, n, candidates):
            return None
        return value

    def _ends_as_body(self, tokens: Sequence[Token], k: int) -> bool:
        """Whether the capitalised words from `k` on end as a body's name does, or are somebody's title."""
        while k < len(tokens) and (tokens[k].text[:1].isupper() or tokens[k].lower in ("of", "and", "for", "&")):
            if tokens[k].lower.rstrip(".") in BODIES or _is_title(tokens[k]) or tokens[k].i in self.persons:
                return True
            k += 1
        return False

    def _before(self, before: Token, first: Token, candidates: Sequence[Candidate]) -> float:
        """What a capitalised word directly before says: "United Russia" is no Russia."""
        if before.text == "-":
            return -0.6
        if not before.text[:1].isupper() or before.pos != "PROPN" or before.end + 1 != first.start:
            return 0.0
        word = before.lower.rstrip(".")
        if word == "united":
            return -2.0
        if word in DIRECTIONS or word == "new" or word in BODIES or word in CLASS_WORDS or word.endswith(","):
            return 0.0
        if self.gazetteer.people(before.text) or self.gazetteer.lookup(before.text):
            return -0.3
        return -0.7 if any(c.precision == "country" for c in candidates) else -1.0

    # ------------------------------------------------------------------------------------------ datelines

    def dateline(self, text: str, span: Span) -> Iterator[Mention]:
        """The place of the report's dateline and what holds it: "KUNDUZ, Afghanistan"."""
        at = span.start
        for part in re.split(r"([,/])", span.of(text)):
            words = part.strip()
            start = at + len(part) - len(part.lstrip())
            at += len(part)
            candidates = tuple(self.gazetteer.lookup(words)) if len(words) > 1 else ()
            if candidates and words:
                shown = words.title() if words.isupper() and len(words) > 3 else words
                # reports are filed from towns: San Salvador is not the island
                is_town = any(c.precision == "settlement" and c.population > KNOWN_TOWN for c in candidates)
                yield Mention((), Span(start, start + len(words)), shown, candidates, "city" if is_town else None)

    def inner_datelines(self, text: str, taken: Sequence[Span]) -> Iterator[_Found]:
        starts = {span.start for span in taken}
        for match in INNER_DATELINE.finditer(text):
            for group in (1, 2):
                words = match.group(group)
                if not words or match.start(group) in starts or words.lower() in STOP:
                    continue
                candidates = tuple(self.gazetteer.lookup(words))
                if candidates and (len(words) > 3 or group == 2):
                    shown = words.title() if words.isupper() and group == 1 else words
                    mention = Mention((), Span(match.start(group), match.end(group)), shown, candidates)
                    yield _Found(mention, 2.0, True)


def words_of(part: Sequence[Token]) -> str:
    """The words as printed, with single spaces."""
    out = part[0].text
    for before, token in itertools.pairwise(part):
        out += token.text if token.start == before.end else " " + token.text
    return out


def _is_name_word(token: Token) -> bool:
    return token.text[:1].isupper() and token.pos in ("PROPN", "NOUN", "ADJ") and token.text[-1:].isalpha()


def _is_title(token: Token) -> bool:
    return token.lower.rstrip(".") in TITLES


def _may_start(token: Token, k: int, *, capitals: bool) -> bool:
    if capitals or (len(token.text) > 3 and token.text.isupper()):
        return token.pos in ("PROPN", "NOUN", "ADJ", "X") and len(token.text) > 2
    return (
        token.pos == "PROPN"
        or (token.tag in ("NNP", "NNPS", "FW") and (k > 0 or token.pos != "ADV"))
        or token.pos in ("NOUN", "ADJ")
    )


def _may_end(token: Token) -> bool:
    return token.text[:1].isupper() or token.text[:1].isdigit() or ("-" in token.text and len(token.text) > 2)


def _may_be_inside(token: Token) -> bool:
    return token.text[:1].isupper() or token.lower in CONNECTORS


def _is_the_thing(tokens: Sequence[Token], k: int, n: int, candidates: Sequence[Candidate]) -> bool:
    """ "the Front", "the Alliance": one capitalised word after an article is a body spoken of before, no town."""
    if n > 1 or not k or tokens[k - 1].lower not in ("the", "a", "an", "its", "his", "their"):
        return False
    if tokens[k].dep in ("compound", "amod", "nmod", "poss", "npadvmod"):
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
    at = k + n
    while (
        at < len(tokens)
        and at < k + n + 24
        and (tokens[at].text[:1].isupper() or tokens[at].lower in (",", "and", "or"))
    ):
        at += 1
    if at < len(tokens) and at > k + n and tokens[at - 1].text[:1].isupper():
        return PLURAL_CLASSES.get(tokens[at].lower)
    return PLURAL_CLASSES.get(after.lower) if after is not None else None


def _unknown(tokens: Sequence[Token], k: int) -> Mention | None:
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
        after is not None
        and after.lower in UNKNOWN_AFTER
        and k > 0
        and (tokens[k - 1].lower in BEFORE_UNKNOWN or tokens[k - 1].pos == "VERB")
    )
    if not led and not followed:
        return None
    class_word = tokens[k - 2].lower if led else after.lower if after is not None else None
    return Mention(tuple(part), Span(part[0].start, part[-1].end), words_of(part), (), class_word)
