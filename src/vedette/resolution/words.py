"""Words of a report as resolution compares them: in lower case, their endings off, the empty ones left out.

No parse is at hand here: stems are cut by rule, so that "arrests", "arrested" and "arresting" are one word.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

__all__ = ["EMPTY", "plain_words", "proper_words", "stem"]

WORD = re.compile(r"\w+(?:['’.-]\w+)*")
PROPER = re.compile(r"\b(?:[A-Z]\w+|[A-Z]{2,})\b")
# Words that say nothing of what a report is about: grammar, titles, verbs of saying, days and months.
EMPTY = frozenset(
    """a about above according after again against all also although always am among an and another any anyone anything
    are around as at away back be became because become been before began being below between both but by came can
    cannot come could day days despite did do does done down during each either else end even ever every few first for
    former found four from further gave get give given go going gone got had has have having he her here hers herself
    him himself his hour hours how however i if in including instead into is it its itself just kept know known last
    later least less like long look made make many may me might minute minutes month months more most mr mrs ms much
    must my near nearly never new next night no nor not nothing now of off often on once one only onto or other others
    our out over own part per put rather re really said same saw say saying says second see seen set several shall she
    should since six so some someone something soon still such take taken tell ten than that the their them themselves
    then there these they thing things third this those though three through thus time times to today together told
    tomorrow tonight too took toward towards two under until up upon us use used very via was way we week weeks well
    went were what when where whether which while who whom whose why will with within without would year years yesterday
    yet you your added spokesman spokeswoman officials official statement report reports reported news
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december gmt http https www com html org net story article photo image video nt ll ve""".split()
)
IRREGULAR = {
    "shot": "shoot", "gunshot": "shoot", "held": "hold", "struck": "strike", "fought": "fight", "met": "meet",
    "slain": "slay", "slew": "slay", "left": "leave", "fell": "fall", "fallen": "fall", "broke": "break",
    "broken": "break", "blew": "blow", "blown": "blow", "won": "win", "dead": "die", "death": "die", "dying": "die",
    "dies": "die", "died": "die", "deadly": "die", "fled": "flee", "stole": "steal", "stolen": "steal", "bought": "buy",
    "sold": "sell", "sent": "send", "spent": "spend", "brought": "bring", "caught": "catch", "sought": "seek",
    "taught": "teach", "thrown": "throw", "threw": "throw", "driven": "drive", "drove": "drive", "stricken": "strike",
    "guilty": "guilt", "women": "woman", "men": "man", "children": "child", "lain": "lie", "overran": "overrun",
    "wrote": "write", "written": "write", "spoke": "speak", "spoken": "speak", "withdrew": "withdraw",
    "withdrawn": "withdraw", "quit": "quit", "laid": "lay", "paid": "pay", "rose": "rise", "risen": "rise",
}  # fmt: skip
# Words whose stems are remembered: as many as reports of a region use over years.
CACHED = 500_000
# Endings, the longest first, with how many letters must be left.
ENDINGS = (
    ("ations", 4), ("ation", 4), ("ments", 4), ("ment", 4), ("ings", 3), ("ions", 4), ("ing", 3), ("ion", 4),
    ("ies", 3), ("ied", 3), ("ers", 4), ("er", 4), ("ed", 3), ("es", 3), ("al", 4), ("e", 3), ("s", 3), ("y", 4),
)  # fmt: skip


@functools.lru_cache(maxsize=CACHED)
def stem(word: str) -> str:
    """Return what a word of a report has in common with its other forms.

    >>> {stem(w) for w in ("arrest", "arrests", "arrested", "arresting")}
    {'arrest'}
    >>> stem("shot") == stem("shooting")
    True
    """
    word = word.lower()
    for known in (word, word.removesuffix("s")):
        if known in IRREGULAR:
            return IRREGULAR[known]
    for ending, n in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= n:
            word = word[: -len(ending)]
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiouls":
        word = word[:-1]
    return word


def plain_words(text: str) -> Iterator[str]:
    """The stems of a text's words that say something, in order; numbers as printed."""
    return filter(None, map(_said, WORD.findall(text)))


def proper_words(text: str) -> Iterator[str]:
    """Words written with a capital that say something, in lower case."""
    for word in PROPER.findall(text):
        low = word.lower()
        if low not in EMPTY:
            yield low


@functools.lru_cache(maxsize=CACHED)
def _said(word: str) -> str | None:
    """The stem of a word that says something."""
    low = word.lower()
    return stem(low) if low not in EMPTY and (len(low) > 2 or low.isdigit()) else None
