"""Make the training sentences of the event scorer from the lines written for it (`training/events/*.txt`).

A line is a sentence as news tells it. `(a|b)` are choices: a line gives as many sentences as its longest choice has
alternatives, each alternative at least once. A capital S, G, M, C, P, N or O standing alone is a slot: a state, a
member of a government, an armed group, civilians, a place, a person, an organisation. `{...}` is the actor, `[...]`
the recipient, `*...*` a predicate. `# TYPE/mode` heads the lines of a type and mode, `# NONE what` lines that tell no
act of PLOVER: without a mark, every verb of theirs does.

The same seed makes the same sentences. Persons are invented; states and towns are real.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["LINES", "SLOTS", "Line", "Made", "read_lines", "sentences"]

LINES = Path(__file__).parent / "events"
SLOTS: dict[str, tuple[str, ...]] = {
    "S": tuple(
        """Moldova|Peru|Kenya|Georgia|Nepal|Chad|Bolivia|Latvia|Oman|Ghana|Serbia|Laos|Turkey|Poland|Japan|Egypt|Mali
Norway|Vietnam|Armenia|Qatar|Ethiopia|Spain|Iran|Canada|Brazil|India|Sudan|Kuwait|Cuba|Russia|Ukraine|China|Israel
Pakistan|France|Germany|South Korea|Saudi Arabia|the United States|Britain|Thailand|Niger|Colombia|Syria|Lebanon
Australia|Uganda|Azerbaijan|the Philippines|Mexico|Rwanda|Hungary|Greece|Yemen|Algeria""".replace("\n", "|").split("|")
    ),
    "G": (
        "the foreign minister of S", "the government of S", "President N", "S's president", "Prime Minister N",
        "the S foreign ministry", "the defence minister", "S's parliament", "a spokesman for the government of S",
        "Chancellor N", "the vice president", "King N", "the interior ministry", "lawmakers in S", "S's ruling party",
    ),
    "M": (
        "the rebels", "government troops", "the army of S", "Islamist militants", "separatist fighters", "S's army",
        "gunmen of the Northern Front", "a militia loyal to N", "insurgents", "S forces", "the Desert Brigades",
        "guerrillas", "soldiers from S", "the junta's forces", "a jihadist group", "tribal fighters", "marines of S",
    ),
    "C": (
        "students", "farmers", "thousands of protesters", "teachers", "opposition supporters", "miners", "residents",
        "activists", "truck drivers", "women in P", "villagers", "doctors", "demonstrators", "unions", "monks",
    ),
    "P": tuple(
        """Bukavu|Gjirokaster|Mardin|Arequipa|Vanadzor|Jos|Quetta|Pokhara|Bouake|Sumy|Tripoli|Mocha|Latakia|Kismayo
Zinder|Popayan|Osh|Tetovo|Agadez|Kassala|Herat|Mosul|Goma|Taiz|Donetsk|Peshawar|Maiduguri|Gao|Marib|Batticaloa
""".strip().replace("\n", "|").split("|")
    ),
    "N": tuple(
        """Arvo Kallman|Marta Drenova|Tomas Okello|Ines Caldera|Joram Petit|Lena Vasko|Hamid Zarrin|Rosa Quillan
Petar Anev|Yusuf Darwani|Elira Moss|Dagan Brook|Sefa Tuimalo|Nadia Ferrand|Oskar Lind|Amara Diop-Sane|Ravi Chandol
Kim Dae-sung|Liu Wenfang|Bakari Mwendo""".replace("\n", "|").split("|")
    ),
    "O": (
        "the United Nations", "the European Union", "the African Union", "the Red Cross", "NATO", "the World Bank",
        "a rights group", "the Arab League", "the Security Council", "the UN refugee agency", "the tribunal",
    ),
}  # fmt: skip
BEFORE = ("On Tuesday, ", "Last week, ", "In P, ", "Early on Friday, ", "According to state media, ")
AFTER = (
    ", officials said", ", N said", " on Monday", " this week", " after weeks of tension",
    ", state television reported", ", according to residents", " in a statement", " in P",
    " for the second time this year", ", witnesses said",
)  # fmt: skip
SHARE_BEFORE = 0.2
SHARE_AFTER = 0.4
SHARE_SAID = 0.15
CHOICE = re.compile(r"\(([^()]*)\)")
SLOT = re.compile(r"(?<![\w'*])[SGMCPNO](?!\w|\.\w)")
MARK = re.compile(r"[{}\[\]*]")


@dataclass(frozen=True)
class Line:
    """A line as written: its file and number, its type (None: no act), its mode or, of no act, what it is about."""

    file: str
    number: int
    event_type: str | None
    mode: str | None
    text: str


@dataclass(frozen=True)
class Made:
    """A sentence: spans of characters ``(start, end)`` of its predicates, its actor and its recipient."""

    line: Line
    text: str
    predicates: tuple[tuple[int, int], ...]
    actor: tuple[int, int] | None
    recipient: tuple[int, int] | None


def read_lines(folder: Path = LINES) -> list[Line]:
    """Read the lines of all files, in order of their names.

    Raises:
        ValueError: with file and line, where a line stands before the first head or its marks do not match.
    """
    found: list[Line] = []
    for path in sorted(folder.glob("*.txt")):
        head: tuple[str | None, str | None] | None = None
        for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            text = raw.strip()
            if text.startswith("# "):
                name, _, rest = text[2:].partition(" ") if text.startswith("# NONE") else text[2:].partition("/")
                head = (None if name == "NONE" else name, rest or None)
            elif text:
                where = f"{path.name}, line {number}"
                if head is None:
                    raise ValueError(f"{where}: write a head as '# ASSAULT/aerial' above it")
                if text.count("*") % 2 or any(text.count(a) != text.count(b) for a, b in ("{}", "[]", "()")):
                    raise ValueError(f"{where}: a mark is not closed: {text}")
                if head[0] is not None and "*" not in text:
                    raise ValueError(f"{where}: no predicate is marked by asterisks: {text}")
                found.append(Line(path.name, number, *head, text))
    return found


def sentences(lines: list[Line], seed: int = 1) -> Iterator[Made]:
    """Yield the sentences of the lines, in order; the same seed gives the same."""
    for line in lines:
        rng = random.Random(f"{seed} {line.file} {line.text}")
        n = 1
        text = line.text
        while (match := CHOICE.search(text)) is not None:  # the innermost first
            n = max(n, match.group(1).count("|") + 1)
            text = text.replace(match.group(0), "x", 1)
        offsets = [rng.randrange(24) for _ in range(12)]
        for k in range(n):
            yield _made(line, _filled(_framed(_chosen(line.text, k, offsets), line, rng), rng))


def _chosen(text: str, k: int, offsets: list[int]) -> str:
    done = 0
    while (match := CHOICE.search(text)) is not None:
        options = match.group(1).split("|")
        text = text[: match.start()] + options[(k + offsets[done % 12]) % len(options)] + text[match.end() :]
        done += 1
    return text


def _framed(text: str, line: Line, rng: random.Random) -> str:
    """The sentence with what news puts around it: a day, who says so, who told it."""
    if text.startswith('"'):
        return text
    starts = text.startswith("{") or text[:2] in ("S ", "N ", "M ", "C ", "G ")
    inner = text[:1] + text[1].lower() + text[2:] if text.startswith("{") and text[2].islower() else text
    if line.event_type and starts and rng.random() < SHARE_SAID:
        text = rng.choice(("G", "N", "The report", "O")) + " said that " + inner
    elif starts and rng.random() < SHARE_BEFORE:
        text = rng.choice(BEFORE) + inner
    if text.endswith(".") and line.event_type and rng.random() < SHARE_AFTER:
        text = text[:-1] + rng.choice(AFTER) + "."
    return text


def _filled(text: str, rng: random.Random) -> str:
    used: set[str] = set()
    while (match := SLOT.search(text)) is not None:
        options = [o for o in SLOTS[match.group()] if o not in used] or list(SLOTS[match.group()])
        word = rng.choice(options)
        used.add(word)
        text = text[: match.start()] + word + text[match.end() :]
    first = next(i for i, c in enumerate(text) if c.isalpha())
    return (
        " ".join((text[:first] + text[first].upper() + text[first + 1 :]).split()).replace(" ,", ",").replace(" .", ".")
    )


def _made(line: Line, marked: str) -> Made:
    opened: dict[str, int] = {}
    spans: dict[str, list[tuple[int, int]]] = {"{": [], "[": [], "*": []}
    plain, at = "", 0
    for match in MARK.finditer(marked):
        plain += marked[at : match.start()]
        at = match.end()
        kind = {"}": "{", "]": "["}.get(match.group(), match.group())
        if kind in opened:
            spans[kind].append((opened.pop(kind), len(plain)))
        else:
            opened[kind] = len(plain)
    plain += marked[at:]
    actor, recipient = (spans[kind][0] if spans[kind] else None for kind in "{[")
    return Made(line, plain, tuple(spans["*"]), actor, recipient)
