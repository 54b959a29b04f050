"""What date expressions cannot do without: a pattern is run only on a sentence that holds its clues.

A clue is found inside single words, so that what a word holds is worked out once and kept. What a text holds and what
a pattern needs are sets of bits: one for a clue, and one `TWICE` further left for a second of its kind ("between
Monday and Wednesday" needs two weekdays).
"""

from __future__ import annotations

import re
from functools import lru_cache

from vedette.coding.date_patterns import DECADES, MONTH, ORDINALS, UNIT, WEEKDAY, YEAR4

__all__ = ["clues_in", "need"]

CLUES = {
    "number": re.compile(r"\d+"),
    "dashed": re.compile(r"\d[-/.]\d"),
    "year": re.compile(YEAR4),
    "decade": re.compile(r"\d['’]?s\b"),
    "named decade": re.compile("|".join(DECADES), re.IGNORECASE),
    "century": re.compile("century", re.IGNORECASE),
    "quarter": re.compile("quarter|Q[1-4]", re.IGNORECASE),
    "era": re.compile(r"^(?:AH|A\.H|SH|BE|BS|EC|E\.C)\b|(?i:juche|year)"),
    "month": re.compile(MONTH),
    "ordinal": re.compile("|".join(ORDINALS)),
    "weekday": re.compile(WEEKDAY),
    "joint": re.compile(r"[-–—/]|\b(?:to|till|until|through|and|or)\b"),
    "unit": re.compile(UNIT, re.IGNORECASE),
    "reach": re.compile("past|last|previous|recent|coming|next|following", re.IGNORECASE),
    "distance": re.compile("ago|earlier|later|before", re.IGNORECASE),
    "neighbour": re.compile("previous|preceding|following|next|same", re.IGNORECASE),
    "calendar": re.compile(
        r"\b(?:this|last|next|coming|weekend|earl|late|mid|beginning|start|end|half|quarter)", re.IGNORECASE
    ),
    "New": re.compile("New"),
}
BIT = {clue: 1 << k for k, clue in enumerate(CLUES)}
TWICE = len(CLUES)


def need(*clues: str) -> int:
    """The bits of these clues; one that is named twice must be found twice."""
    bits = 0
    for clue in clues:
        bits |= BIT[clue] if not bits & BIT[clue] else BIT[clue] << TWICE
    return bits


def clues_in(text: str) -> int:
    """The bits of the clues that the words of a text hold."""
    bits = 0
    for held in map(_clues_of, text.split()):
        bits |= held | (bits & held) << TWICE
    return bits


@lru_cache(maxsize=100_000)
def _clues_of(word: str) -> int:
    bits = 0
    for clue, pattern in CLUES.items():
        n = len(pattern.findall(word))
        if n:
            bits |= BIT[clue] | (BIT[clue] << TWICE if n > 1 else 0)
    return bits
