"""Web pages: main text and metadata by trafilatura.

The only module that imports trafilatura and lxml.
"""

from __future__ import annotations

import re
from datetime import date

import trafilatura
from lxml import html as lxml_html
from lxml.etree import ParserError

from vedette.records import Skipped
from vedette.sources.days import parse_day
from vedette.sources.decode import clean, decode
from vedette.sources.parts import Part, Parts

__all__ = ["plain_of", "read_html"]

DECLARED_DAYS = (
    re.compile(r"<meta[^>]{0,200}article:published_time[^>]{0,200}content=[\"'](?P<day>[^\"'>]{8,40})", re.IGNORECASE),
    re.compile(
        r"<meta[^>]{0,200}content=[\"'](?P<day>[^\"'>]{8,40})[\"'][^>]{0,200}article:published_time", re.IGNORECASE
    ),
    re.compile(r"\"datePublished\"\s*:\s*\"(?P<day>[^\"]{8,40})\""),
    re.compile(
        r"itemprop=[\"']datePublished[\"'][^>]{0,200}(?:content|datetime)=[\"'](?P<day>[^\"'>]{8,40})", re.IGNORECASE
    ),
)
# Deeper pages are no reports, and crash parsers that recurse; real ones stay under 100.
MAX_DEPTH = 400
# Its tree takes some sixty bytes of memory a byte; real pages stay under a tenth of this.
MAX_BYTES = 10_000_000
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]{0,2000}?(/?)>")
VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li td tr th option dt dd".split()
)


def read_html(data: bytes) -> Parts:
    """Yield the one report of a page."""
    if len(data) > MAX_BYTES:
        yield Skipped("too long", f"a page of more than {MAX_BYTES:,} bytes")
        return
    raw, encoding, _ = decode(data)
    if _depth(raw) > MAX_DEPTH:
        yield Skipped("damaged", f"its tags are nested more than {MAX_DEPTH} deep")
        return
    made = trafilatura.bare_extraction(raw, with_metadata=True, include_comments=False, include_tables=False)
    text = clean(getattr(made, "text", None) or "")
    if not text.strip():
        yield Skipped("no text", "the page has no main text")
        return
    yield Part(
        text=text.replace("\n", "\n\n"),
        title=_plain(getattr(made, "title", None)),
        published=_published(raw) or parse_day(getattr(made, "date", None)),
        outlet=_plain(getattr(made, "sitename", None)),
        url=getattr(made, "url", None),
        byline=_plain(getattr(made, "author", None)),
        language=getattr(made, "language", None),
        encoding=encoding,
    )


def plain_of(fragment: str) -> str:
    """The words of an HTML fragment, a blank line between its paragraphs; plain text comes back as it is."""
    if "<" not in fragment or _depth(fragment) > MAX_DEPTH:
        return clean(re.sub(r"<[^<>]*>", " ", fragment)).strip()
    try:
        tree = lxml_html.fromstring(f"<div>{fragment}</div>")
    except (ParserError, ValueError):
        return clean(fragment).strip()
    for element in tree.iter("p", "br", "div", "li", "h1", "h2", "h3", "blockquote"):
        element.tail = "\n\n" + (element.tail or "")
    return re.sub(r"\n{3,}", "\n\n", clean(tree.text_content())).strip()


def _published(page: str) -> date | None:
    """The day that the page itself declares; trafilatura's guess comes after it."""
    for pattern in DECLARED_DAYS:
        match = pattern.search(page[:200_000])
        if match and (day := parse_day(match["day"])):
            return day
    return None


def _plain(value: str | None) -> str | None:
    return clean(value).strip() or None if value else None


def _depth(page: str) -> int:
    """The deepest nesting of tags, near enough; stops counting past the limit."""
    depth = deepest = 0
    for match in TAG.finditer(page):
        if match[3] or match[2].lower() in VOID:
            continue
        if match[1]:
            depth = max(0, depth - 1)
        else:
            depth += 1
            deepest = max(deepest, depth)
            if deepest > MAX_DEPTH:
                break
    return deepest
