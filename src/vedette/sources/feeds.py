"""RSS and Atom files: an entry is a report.

The only module that imports feedparser. It is given bytes, never an address.
"""

from __future__ import annotations

import re
from datetime import date

import feedparser

from vedette.records import Skipped
from vedette.sources.html import plain_of
from vedette.sources.parts import Part, Parts, SkippedPart

__all__ = ["read_feed"]

# Half a character, which the parser would stumble over.
SURROGATE = re.compile(rb"&#(?:[xX]0*[dD][89a-fA-F][0-9a-fA-F]{2}|0*5(?:529[6-9]|5[3-9]\d{2}|[67]\d{3}));")


def read_feed(data: bytes) -> Parts:
    """Yield the reports of a feed: an entry's content, else its summary."""
    feed = feedparser.parse(SURROGATE.sub(b"?", data), resolve_relative_uris=False)
    if not feed.entries:
        yield Skipped("no text" if feed.get("version") else "damaged", "the feed has no entries")
        return
    outlet = plain_of(str(feed.feed.get("title", ""))) or None
    for n, entry in enumerate(feed.entries, 1):
        contents = [str(c.get("value", "")) for c in entry.get("content", [])]
        text = plain_of(max([*contents, str(entry.get("summary", ""))], key=len))
        if not text:
            yield SkippedPart(skipped=Skipped("empty", "the entry has no text"), row=n)
            continue
        day = entry.get("published_parsed") or entry.get("updated_parsed")
        yield Part(
            text=text,
            title=plain_of(str(entry.get("title", ""))) or None,
            published=date(*day[:3]) if day else None,
            outlet=outlet,
            url=entry.get("link"),
            byline=entry.get("author"),
            language=feed.feed.get("language"),
            row=n,
        )
