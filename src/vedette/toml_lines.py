"""In which line of a TOML file an entry, a key or a word stands, which the standard library does not tell.

Pure, on the file's text. Knows the form of our own data files: headers and keys begin their lines.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

__all__ = ["header_lines", "line_of", "word_lines"]

HEADER = re.compile(r"\s*(\[\[?)([\w.\-]+)\]")
NUMBERED = re.compile(r"(\w+) (\d+)\b")
QUOTED = re.compile(r"['‘\"]([^'\"]+)['’\"]")
# How msgspec tells the place of what it refuses: "Expected `int`, got `str` - at `$.types[3].quad`".
PATH = re.compile(r"at `\$((?:\.\w+|\[\d+\]|\[\.\.\.\])*)`")
FIELD = re.compile(r"(?:unknown|required) field `(\w+)`")


def header_lines(text: str, table: str) -> list[int]:
    """Return the lines, from 1, of the headers ``[[table]]`` or ``[table]`` in order."""
    return [n for n, line in enumerate(text.split("\n"), 1) if (m := HEADER.match(line)) and m[2] == table]


def word_lines(text: str, table: str) -> Sequence[Mapping[str, int]]:
    """Return for each ``[[table]]`` in order the first line, from 1, of each word that its values hold."""
    found: list[dict[str, int]] = []
    is_inside = False
    for n, line in enumerate(text.split("\n"), 1):
        header = HEADER.match(line)
        if header is not None:
            is_inside = header[2] == table
            if is_inside:
                found.append({})
        elif is_inside:
            for word in line.partition("=")[2].split() if "=" in line else line.split():
                found[-1].setdefault(word.strip('",;[]'), n)
    return found


def line_of(text: str, where: str, reason: str) -> int | None:
    """Return the line, from 1, that an error speaks of, or None where it cannot be told.

    Args:
        where: the entry by number ("entry 3 (ASSAULT)"), or its key with dots ("effects.deny.takes").
        reason: quoted words in it are looked for within the entry; a path of msgspec's is followed.
    """
    lines = text.split("\n")
    keys: list[str] = []
    path = PATH.search(reason)
    if path is not None:
        parts = re.findall(r"\w+", path[1])
        table, n = (parts[0] if parts else ""), 0
        rest = parts[1:]
        if rest and rest[0].isdigit():
            n, rest = int(rest[0]), rest[1:]
        keys = [*reversed(rest), *FIELD.findall(reason)]
    elif numbered := NUMBERED.match(where):
        table, n = numbered[1], int(numbered[2]) - 1
        keys = QUOTED.findall(reason)
    else:
        return _by_key(lines, where.split("."), QUOTED.findall(reason))
    headers = header_lines(text, table)
    if n >= len(headers):
        return _by_key(lines, [table], keys) if table else _with(lines, keys, 0)
    start = headers[n]
    return _with(lines, keys, start) or start


def _by_key(lines: Sequence[str], parts: Sequence[str], words: Sequence[str]) -> int | None:
    """The line of a key by its dotted name: the longest header, then the key below it, or one of the words."""
    text = "\n".join(lines)
    for n in range(len(parts), 0, -1):
        headers = header_lines(text, ".".join(parts[:n]))
        if headers:
            return _with(lines, [*parts[n:], *words], headers[0]) or headers[0]
    return _with(lines, parts, 0)


def _with(lines: Sequence[str], words: Sequence[str], start: int) -> int | None:
    """The first line after line `start`, before the next header, with the first of the words that stands there."""
    for word in words:
        whole = re.compile(rf"(?<![\w\-]){re.escape(word)}(?![\w\-])")
        for n in range(start, len(lines)):
            if n > start and HEADER.match(lines[n]):
                break
            if whole.search(lines[n].partition(" #")[0]):
                return n + 1
    return None
