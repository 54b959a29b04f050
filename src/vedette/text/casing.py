"""Restore the case of text printed in capitals, so that it reads as any other: wire copy, headlines, bulletins.

Only blocks that are capitals throughout are touched, and every character keeps its place. An ordinary word goes to
lower case, one that the word list does not know is a name; names of several words, countries and groups come from the
tables, places from the gazetteer; a word that is both ("bush") is a name after a title or a first name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from vedette.records import Span

__all__ = ["CaseTable", "make_case_table", "restore_case"]

PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*")
LINE = re.compile(r"\S[^\n]*")
WORD = re.compile(r"[^\W\d_]+")
# "U.S.", "M-16", "J.": letters with points or before a number keep their capitals.
POINTED = re.compile(r"\b(?:[A-Z]\.(?=[A-Z]\.))+[A-Z]\.|\b[A-Z]{1,3}(?=-?\d)")
# A block in capitals has at least this many letters, and hardly a small one among them (the "Mc" of a name, a unit).
LEAST_LETTERS = 20
CAPITALS = 0.9
# What stands before the first word of a sentence: the end of another, a comma and a quotation mark, a dateline.
END = re.compile(r"(\w*)[.!?][\"”’')\]]*\s+[\"“‘'(\[]*$")
OPENED = re.compile(r"[,:]\s+[\"“]$|[-–—]{2}\s*(?:\[[^\]]*\]\s*)+$|^\W*(?:\[[^\]]*\]\s*)*[\"“‘'(]*$")
# How far back that is looked for.
LOOK_BACK = 80
# An abbreviation in brackets after what it stands for, or before what it stands for in brackets.
BRACKETED = re.compile(r"[\[(]([A-Z]{2,8})[\])]")
SPELT_OUT = re.compile(r"\b([A-Z]{2,8})\s+[\[(]([A-Z'’-]+(?:\s+[A-Z'’-]+){1,9})[\])]")
STOPS = re.compile(r"\n\s*\n|[.!?:;\])]")
LONGEST_NAME = 9  # words that an abbreviation stands for
LONGEST = 7
LONGEST_PLACE = 4
JOINED = re.compile(r"[ \n.'’-]{1,5}")
# What a title abbreviates to.
TITLES = frozenset(
    "mr mrs ms dr gen lt col maj capt sgt brig adm gov sen rep prof pres amb rev cmdr msgr fr dona".split()
)
# Never the first or last word of a name of several words, and no name after a title.
SMALL = frozenset(
    "a an the and or but nor of in on at by for from to with as is are was were be been has have had do did does will "
    "would can could may might must shall should not no that this these those who whom whose which what when where why "
    "how it its he his him she her they their them we our us i my you your if so than then there here also after "
    "before all both each every some any many more most other such own said says".split()
)
# Spanish and Portuguese words inside names, small between their parts.
JOINERS = frozenset({"de", "del", "y", "e", "da", "do", "dos", "das", "di", "du", "van", "von"})
ARTICLES = frozenset({"la", "las", "el", "los", "le", "les"})
# After these a word belongs to the name though it is an ordinary one: "Santa Rosa", "La Union", "Fort Worth".
LEADERS = frozenset(
    {"san", "santa", "santo", "saint", "sao", "el", "los", "las", "la", "ciudad", "puerto", "rio", "fort"}
)
US = "U.S."
MONTHS = frozenset({"march", "may", "august"})
BEFORE_MONTHS = frozenset({"in", "since", "last", "next", "early", "late", "mid", "until", "of", "by", "from"})
OFFICES = frozenset(
    "president minister general colonel major captain lieutenant sergeant commander admiral senator congressman judge "
    "bishop archbishop mayor governor ambassador pope king queen prince secretary chancellor".split()
)
# The last word of a body's name, a name before it.
BODIES = frozenset("front party movement league brigade battalion regiment cartel squad foundation committee".split())
# What stands between a number and its unit, or makes an ordinal of it.
AFTER_NUMBERS = frozenset(
    {"st", "nd", "rd", "th", "d", "mm", "cm", "km", "kg", "m", "g", "lb", "am", "pm", "cal", "kt"}
)
# Peoples of parts of the world, which no table of countries has.
BROAD = ("Latin American", "South American", "North American", "Central American", "South Asian", "East Asian")
# Endings and beginnings of words that the list lacks though it has the stem.
SUFFIXES = ("s", "es", "d", "ed", "ing", "er", "ers", "ly", "ism", "ist", "ists", "ness")
PREFIXES = (
    "un", "re", "non", "anti", "counter", "pro", "ex", "co", "inter", "sub", "mini", "multi", "narco", "para", "pre",
    "post", "ultra", "semi", "super", "over", "under", "out", "mis", "dis", "micro", "mega", "cyber", "geo", "bio",
)  # fmt: skip
# Towns whose name is made of ordinary words alone ("Long Beach") must be this large, and this where one is said to be
# in or near them.
KNOWN_TOWN = 100_000
NAMED_TOWN = 5_000
PLACING = frozenset({"in", "near"})


class _Word(NamedTuple):
    start: int
    end: int
    lower: str
    opens: bool  # the first of a sentence


@dataclass(frozen=True, slots=True, eq=False)
class CaseTable:
    """How words are written.

    `common`: words written small. `printed`: by the small form, how a word with capitals is written; a word in both may
    be either. `names`: by their first word in small letters, names of the tables, longest first, as (words, printed).
    `first_names` in small letters. `titles` stand before names.
    """

    common: frozenset[str]
    printed: Mapping[str, str]
    names: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    first_names: frozenset[str]
    titles: frozenset[str]
    is_place: Callable[[str, int], bool]


def make_case_table(
    words: Iterable[str],
    names: Iterable[str],
    *,
    first_names: Iterable[str] = (),
    titles: Iterable[str] = (),
    is_place: Callable[[str, int], bool] = lambda name, population: False,
) -> CaseTable:
    """Index words as they are written and names as the tables print them.

    Args:
        is_place: whether a place of this name (any case) is known that has so many inhabitants or is a unit or country.
    """
    common: set[str] = set()
    printed: dict[str, str] = {}
    for word in words:
        if word.islower():
            common.add(word)
        else:
            before = printed.get(word.lower())
            printed[word.lower()] = word if before is None or before.isupper() else before
    listed: dict[str, set[tuple[tuple[str, ...], str]]] = {}
    for name in (*names, *BROAD):
        parts = tuple(part.lower() for part in WORD.findall(name))
        if not parts or len(parts) > LONGEST or name.islower():
            continue
        if len(parts) == 1 and name.isupper() and parts[0] in common:
            continue  # "US", "WHO", "IS": more often the small word
        listed.setdefault(parts[0], set()).add((parts, name))
    return CaseTable(
        frozenset(common),
        printed,
        {first: tuple(sorted(rows, key=lambda r: (-len(r[0]), r[1]))) for first, rows in listed.items()},
        frozenset(first_names),
        frozenset(titles) | TITLES,
        is_place,
    )


def restore_case(text: str, table: CaseTable) -> str:
    """Return the text with its blocks in capitals as they would be written; of the same length, mixed case unchanged.

    Cost: linear in the text; none to speak of where nothing is in capitals.
    """
    blocks = [span for span in _blocks(text) if _is_capitals(span.of(text))]
    if not blocks:
        return text
    acronyms = frozenset(short for span in blocks for short in _acronyms(span.of(text), table))
    if US in text:
        acronyms |= {US}  # where the country has its points, "US" is the pronoun
    parts: list[str] = []
    at = 0
    for span in blocks:
        parts += text[at : span.start], _restored(span.of(text), table, acronyms)
        at = span.end
    return "".join([*parts, text[at:]])


def _blocks(text: str) -> Iterator[Span]:
    """The text, or its paragraphs, or lines of those that are not capitals as a whole."""
    if _is_capitals(text):
        yield Span(0, len(text))
        return
    at = 0
    for match in [*PARAGRAPH.finditer(text), None]:
        end = match.start() if match else len(text)
        if _is_capitals(text[at:end]):
            yield Span(at, end)
        else:
            for line in LINE.finditer(text, at, end):
                yield Span(*line.span())
        at = match.end() if match else end


def _is_capitals(words: str) -> bool:
    upper = sum(map(str.isupper, words))
    return upper >= LEAST_LETTERS and upper >= CAPITALS * (upper + sum(map(str.islower, words)))


def _acronyms(text: str, table: CaseTable) -> Iterator[str]:
    """Abbreviations, in small letters, that the text gives with a name most of whose first letters they hold."""
    found = [
        (m.group(1), WORD.findall(STOPS.split(text[max(0, m.start() - LOOK_BACK) : m.start()])[-1])[-LONGEST_NAME:])
        for m in BRACKETED.finditer(text)
    ]
    found += [(m.group(1), WORD.findall(m.group(2))) for m in SPELT_OUT.finditer(text)]
    for short, name in found:
        lower = short.lower()
        if lower in table.first_names or (len(lower) < 4 and lower in table.common):
            continue
        firsts = {word[0] for word in name}
        if len(name) > 1 and sum(c in firsts for c in short) > len(short) / 2:
            yield lower


def _restored(text: str, table: CaseTable, acronyms: frozenset[str]) -> str:
    words = list(_words(text))
    out = list(text)
    kept = {k for m in POINTED.finditer(text) for k in range(*m.span())}
    small = True  # whether the word before is written small
    k = 0
    while k < len(words):
        word = words[k]
        n = 1
        if word.start in kept:
            form = text[word.start : word.end]
        elif (named := _name(text, words, k, table)) is not None:
            n, forms = named
            for other, form in zip(words[k : k + n], forms, strict=True):
                _write(out, other, form)
            small, k = False, k + n
            continue
        else:
            form = _form(text, words, k, table, acronyms, small=small)
        if not form.islower() and k and words[k - 1].lower in OFFICES and word.start - words[k - 1].end == 1:
            _write(out, words[k - 1], words[k - 1].lower.title())
        small = form.islower()
        _write(out, word, form[:1].upper() + form[1:] if word.opens else form)
        k += n
    return "".join(out)


def _write(out: list[str], word: _Word, form: str) -> None:
    if len(form) == word.end - word.start:
        out[word.start : word.end] = form


def _words(text: str) -> Iterator[_Word]:
    for match in WORD.finditer(text):
        yield _Word(match.start(), match.end(), match.group().lower(), _opens(text, match.start()))


def _opens(text: str, start: int) -> bool:
    """Whether a sentence begins here; one does not end after an initial or an abbreviated title."""
    gap = text[max(0, start - 8) : start]
    if PARAGRAPH.search(gap):
        return True
    if gap.rstrip()[-1:].isalnum():
        return False
    end = END.search(text, max(0, start - LOOK_BACK), start)
    if end is not None:
        last = end.group(1).lower()
        return not (len(last) == 1 and last.isalpha()) and last not in TITLES and last not in ("no", "st")
    before = text[max(0, start - LOOK_BACK) : start]
    opened = OPENED.search(before)
    return opened is not None and (opened.start() > 0 or len(before) == start or not before.startswith(opened.group()))


def _name(text: str, words: list[_Word], k: int, table: CaseTable) -> tuple[int, list[str]] | None:
    """A name of the tables or a place of several words that begins here: how many words, and their forms."""
    first = words[k].lower
    for parts, name in table.names.get(first, ()):
        n = len(parts)
        if (n > 1 or _stands_alone(first, table)) and all(
            w.lower == part and (j == 0 or JOINED.fullmatch(text[words[k + j - 1].end : w.start]))
            for j, (w, part) in enumerate(zip(words[k : k + n], parts, strict=False))
        ):
            if k + n > len(words):
                continue
            forms = WORD.findall(name)
            if forms[0] == "the":
                return n, forms
            return n, [f.title() for f in forms] if forms[0].islower() else forms
    if first in SMALL:
        return None
    n = 1
    while n < LONGEST_PLACE and k + n < len(words) and not words[k + n].opens:
        if text[words[k + n - 1].end : words[k + n].start].strip():
            break
        n += 1
    ordinary = NAMED_TOWN if k and words[k - 1].lower in PLACING else KNOWN_TOWN
    for m in range(n, 1, -1):
        listed = [w.lower for w in words[k : k + m]]
        if listed[-1] in SMALL or listed[-1] in JOINERS:
            continue
        n_names = sum(w not in table.common for w in listed)
        if n_names == 1 or (n_names == 0 and m == 2):
            if table.is_place(" ".join(listed), 0 if n_names else ordinary):
                return m, [w if w in JOINERS or w in ("of", "the", "and") else w.title() for w in listed]
    return None


def _stands_alone(lower: str, table: CaseTable) -> bool:
    """Whether a word alone is a name of the tables: an ordinary one ("turkey") only if it is printed as a name too."""
    return lower not in table.common or (lower in table.printed and lower not in MONTHS)


def _form(text: str, words: list[_Word], k: int, table: CaseTable, acronyms: frozenset[str], *, small: bool) -> str:
    """How one word is written that begins no known name."""
    word = words[k]
    lower = word.lower
    before = words[k - 1] if k else None
    if before is not None and (word.start - before.end > 2 or text[before.end : word.start].strip(" \n.-")):
        before = None
    after = text[word.end : word.end + 12]
    following = words[k + 1].lower if k + 1 < len(words) and words[k + 1].start - word.end == 1 else ""
    if lower in acronyms:
        return lower.upper()
    if lower == "us":
        is_country = US not in acronyms and following != "" and following not in SMALL
        return "US" if is_country or word.opens else lower
    if lower in AFTER_NUMBERS and re.search(r"\d[ -]?$", text[max(0, word.start - 2) : word.start]):
        return lower
    if lower in ("s", "t", "re", "ve", "ll", "m", "d") and text[max(0, word.start - 1) : word.start] in ("'", "’"):
        return lower
    if len(lower) == 1:
        is_small = lower == "a" and not after.startswith(".")
        return lower if is_small else lower.upper()
    if lower in JOINERS:
        return lower if before is not None and not small else lower.title()
    if lower in ARTICLES and before is not None and before.lower in JOINERS:
        return lower
    if lower in ARTICLES:
        return lower.title()
    if lower in TITLES and (after.startswith(".") or lower not in table.common):
        return lower.title()
    if lower in MONTHS:
        is_month = re.match(r"\W{1,2}\d", after) or re.search(r"\d\s$", text[max(0, word.start - 2) : word.start])
        follows = before is not None and before.lower in BEFORE_MONTHS and lower != "march"
        return lower.title() if is_month or follows else lower
    if lower not in table.common:
        if lower in table.printed:
            return table.printed[lower]
        return lower if _is_derived(lower, table) else _titled(lower)
    if lower in table.first_names and lower not in SMALL and following and following not in table.common:
        return lower.title()
    if lower in SMALL or before is None or (small and before.lower not in table.titles):
        return lower
    if lower in BODIES and not small:
        return lower.title()
    is_led = before.lower in table.titles or before.lower in table.first_names
    return lower.title() if before.lower in LEADERS or (lower in table.printed and is_led) else lower


def _titled(lower: str) -> str:
    """A name with its capital; abbreviations that cannot be said keep all of theirs.

    >>> _titled("bogota"), _titled("fmln"), _titled("mcallen")
    ('Bogota', 'FMLN', 'McAllen')
    """
    if len(lower) <= 6 and not re.search(r"[aeiouyáéíóúàèâêäöüæø]", lower):
        return lower.upper()
    if lower.startswith("mc") and len(lower) > 4:
        return "Mc" + lower[2:].title()
    return lower[:1].upper() + lower[1:]


def _is_derived(lower: str, table: CaseTable) -> bool:
    for prefix in PREFIXES:
        stem = lower[len(prefix) :]
        if lower.startswith(prefix) and len(stem) > 3 and stem in table.common:
            return True
    for suffix in SUFFIXES:
        stem = lower[: -len(suffix)]
        if lower.endswith(suffix) and len(stem) > 3 and (stem in table.common or stem + "e" in table.common):
            return True
    return False
