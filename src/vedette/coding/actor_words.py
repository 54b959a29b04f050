"""The words of a mention as the actor tables know them: taken apart, written out, in one spelling."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["ABBREVIATED", "TITLES", "WORD", "folded", "in_full", "key_of_row", "seat_of", "words_of"]

WORD = re.compile(r"(?:[^\W_]|['’.&-](?=\w)|\.(?=\s|$)(?<=[A-Z]\.))+", re.UNICODE)
OWNER = re.compile(r"['’]s?$")
# "Iran-backed", "US-led", "Paris-based": the first part is not the actor.
HYPHENED = re.compile(
    r"-(?:backed|led|based|aligned|linked|brokered|controlled|held|supported|funded|affiliated|allied|made|born|run|"
    r"sponsored|occupied|administered|mediated|proposed|trained|supplied|installed)$",
    re.IGNORECASE,
)
# "Paris-based": where somebody works, which is their country where nothing else tells it.
SEATED = re.compile(r"((?:[A-Z][\w.]*[ -])*[A-Z][\w.]*)-(?:based|headquartered)\b")
# One spelling for names that are written in several ways.
SPELLINGS = {
    **dict.fromkeys(("mohamed", "mohammad", "muhammad", "mohamad", "muhammed"), "mohammed"),
    **dict.fromkeys(("aleksandr", "aleksander", "oleksander"), "alexander"),
    "sergey": "sergei",
    "dmitri": "dmitry",
    "dmitriy": "dmitry",
    "andrey": "andrei",
    "andriy": "andrii",
    "abdul": "abdel",
    "abd": "abdel",
    "hussain": "hussein",
    "husain": "hussein",
    "yusuf": "yousef",
    "el": "al",
    "ahmad": "ahmed",
    "omer": "omar",
    "tehrik": "tehreek",
}
SPELLINGS |= {
    **{f"{stem}re": f"{stem}er" for stem in ("cent", "theat", "fib", "lit", "met")},
    **{
        f"{stem}our{end}": f"{stem}or{end}"
        for stem in ("lab", "harb", "neighb", "arm", "col", "hon", "behavi", "fav")
        for end in ("", "s", "ed", "er", "ers", "hood", "ing")
    },
    "centres": "centers",
    "defence": "defense",
    "offence": "offense",
    "programme": "program",
    "programmes": "programs",
    "paediatric": "pediatric",
    "jewellery": "jewelry",
}
SPELLED = re.compile(rf"\b(?:{'|'.join(SPELLINGS)})\b")
# "organisation", "recognised": one spelling of the ending, whatever the word.
ISED = re.compile(r"(?<=[a-z]{3})is(?=(?:ed|er|ers|ing|ation|ations)\b)")
# "anti-war" and "antiwar".
PREFIXED = re.compile(r"\b(anti|non|counter|pro)-(?=[a-z])")
TITLES = frozenset("mr mrs ms miss dr sir lady lord mx messrs".split())
# Abbreviated titles before a name.
ABBREVIATED = {
    "Gen": "General", "Lt": "Lieutenant", "Col": "Colonel", "Maj": "Major", "Capt": "Captain", "Sgt": "Sergeant",
    "Brig": "Brigadier", "Adm": "Admiral", "Gov": "Governor", "Sen": "Senator",
    "Rep": "Congressional Representative", "Prof": "Professor", "Pres": "President", "Amb": "Ambassador", "Rev": "Reverend", "PM": "Prime Minister",
    "FM": "Foreign Minister", "Cmdr": "Commander", "Supt": "Superintendent", "Insp": "Inspector",
}  # fmt: skip


@lru_cache(maxsize=1 << 16)  # the words of a row are asked for by its reader and by the table
def key_of_row(words: str) -> str:
    """The key that a row's words are found by: as `words_of` takes a mention apart, without accents and capitals.

    >>> key_of_row("Kurdistan Workers’ Party"), key_of_row("Sinn Féin")
    ('kurdistan workers party', 'sinn fein')
    """
    if words.isascii() and words.replace(" ", "").isalpha() and words == words.strip() and "  " not in words:
        return folded(words)  # most rows; the same as below
    return folded(" ".join(OWNER.sub("", w) for w in WORD.findall(words)))


@lru_cache(maxsize=1 << 16)  # every word of every mention comes here, and words repeat
def folded(words: str) -> str:
    """In lower case, without accents, and with one spelling of names that reports write in several ways."""
    if not words.isascii():
        parts = unicodedata.normalize("NFKD", words.replace("’", "'"))
        words = "".join(c for c in parts if not unicodedata.combining(c)).replace("ı", "i").replace("ø", "o")
    words = PREFIXED.sub(r"\1", ISED.sub("iz", words.lower()))
    return SPELLED.sub(lambda m: SPELLINGS[m.group()], words)


def words_of(mention: str) -> list[str]:
    """The words of a mention, without the possessive's ending."""
    found = []
    for match in WORD.finditer(mention):
        word = OWNER.sub("", match.group())
        if word and not HYPHENED.search(word):
            found.append(word)
    return found


def seat_of(mention: str) -> list[str]:
    """The words of the place that somebody is based in, or none.

    >>> seat_of("a Sri Lanka-based rights group")
    ['Sri', 'Lanka']
    """
    match = SEATED.search(mention)
    return match.group(1).split() if match else []


def in_full(words: list[str]) -> list[str]:
    """Words with the abbreviated titles before a name written out, and "ex-" as a word of its own.

    >>> in_full(["ex-police", "chief", "Gen.", "Roe"])
    ['ex', 'police', 'chief', 'General', 'Roe']
    """
    found: list[str] = []
    for word, following in zip(words, [*words[1:], ""], strict=False):
        full = ABBREVIATED.get(word.rstrip("."))
        is_before_name = following[:1].isupper() and len(following) > 1
        if word[:3].lower() == "ex-" and len(word) > 3:
            found += [word[:2], word[3:]]
        else:
            found += full.split() if full and is_before_name else [word]
    return found
