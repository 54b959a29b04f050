"""Plain text, with or without a block of `Key: value` lines at its head."""

from __future__ import annotations

import re

from vedette.records import Skipped
from vedette.sources.days import parse_day
from vedette.sources.decode import clean, decode
from vedette.sources.parts import Part, Parts

__all__ = ["read_plain"]

KEYS = {
    "title": "title", "headline": "title", "outlet": "outlet", "source": "outlet", "publisher": "outlet",
    "published": "published", "date": "published", "url": "url", "link": "url", "byline": "byline", "author": "byline",
    "language": "language", "by": "byline",
}  # fmt: skip
LINE = re.compile(r"([A-Za-z][A-Za-z ]{1,20}):[ \t]*(\S.*)")


def read_plain(data: bytes) -> Parts:
    """Yield the one report of a text file."""
    raw, encoding, _ = decode(data)
    text = clean(raw)
    found, text = _head(text)
    if not text.strip():
        yield Skipped("empty", "no text")
        return
    yield Part(
        text=text,
        title=found.get("title"),
        published=parse_day(found.get("published")),
        outlet=found.get("outlet"),
        url=found.get("url"),
        byline=found.get("byline"),
        language=found.get("language"),
        encoding=encoding,
    )


def _head(text: str) -> tuple[dict[str, str], str]:
    """Metadata of the first lines, if at least two known keys stand there and a blank line ends them; the rest."""
    found: dict[str, str] = {}
    at = 0
    while True:
        end = text.find("\n", at)
        line = text[at : end if end >= 0 else len(text)]
        if not line.strip():
            break
        match = LINE.fullmatch(line.strip())
        key = KEYS.get(match[1].lower()) if match else None
        if match is None or key is None or end < 0:
            return {}, text
        found[key] = match[2].strip()
        at = end + 1
    return (found, text[at:].lstrip("\n")) if len(found) >= 2 else ({}, text)
