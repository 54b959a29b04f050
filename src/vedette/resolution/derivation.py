"""Which of two documents with common words derives from the other, and which are versions of one page.

What a document says of itself goes first (a wire credit, a byline, "according to X"), then the day of publication.
Two documents of one day without credits stay unclear: one is called derived all the same, since shared words are
never two confirmations.
"""

from __future__ import annotations

import functools
import re
from datetime import date
from typing import Literal

from vedette.records import Document

__all__ = ["Basis", "address_key", "age", "derived_from", "newer"]

Basis = Literal["credit", "byline", "citation", "published", "address", "unclear"]

# Credits of agencies stand in the first lines or the last.
EDGE = 400
CORRECTED = re.compile(
    r"(?i)\b(?:correction\s*:|corrects?\b|corrected\b|earlier version of this|updates? with\b|this (?:story|article|"
    r"report) (?:has been|was) (?:updated|corrected|amended))"
)
ANY_WIRE = re.compile(r"\(\s*(?P<name>[A-Z][\w.&' ]{1,40}?)\s*\)\s*[-–—]")
ANY_CREDIT = re.compile(
    r"(?i:with (?:files|reporting|material) from|(?:first|originally) (?:appeared|published|ran) (?:in|on|by|at))\s+"
    r"(?P<name>(?:[Tt]he )?[A-Z][\w.&' ]{1,40})"
)
TRACKING = re.compile(r"(?:^|&)(?:utm_\w+|fbclid|gclid|ref)=[^&]*")


def age(document: Document) -> tuple[date, str]:
    """Return a key that puts the earlier published first; no day is later than any, then the id decides."""
    return (document.published or date.max, document.id)


def address_key(document: Document) -> str | None:
    """Return what two versions of one page have in common: the address without scheme, fragment and tracking.

    >>> address_key(Document(id="1", text="", address="", url="https://www.oxus.example/a/?utm_source=x#top"))
    'oxus.example/a'
    """
    words = (document.url or document.address).strip().partition("#" if document.url else "\x00")[0]
    words = re.sub(r"^\w+://(?:www\.)?", "", words)
    path, _, query = words.partition("?")
    query = TRACKING.sub("", query).strip("&")
    return path.rstrip("/") + (f"?{query}" if query else "") or None


def newer(a: Document, b: Document) -> Document:
    """Return the later of two versions of a page: by day, then by a correction it notes, then the longer."""

    def rank(d: Document) -> tuple[date, bool, int, str]:
        return (d.published or date.min, CORRECTED.search(d.text) is not None, len(d.text), d.id)

    return max(a, b, key=rank)


def derived_from(container: Document, contained: Document) -> tuple[Document, Basis]:
    """Return which of the two goes back to the other, and what tells it.

    Where nothing tells it the basis is "unclear" and the container is named: a wire report inside a longer piece is
    commoner than an excerpt of the same day.
    """
    if _key(container.outlet) != _key(contained.outlet):
        of_container, of_contained = _credits(container, contained.outlet), _credits(contained, container.outlet)
        bases: tuple[Basis, ...] = ("credit", "byline", "citation")
        for basis in bases:
            if (basis in of_container) != (basis in of_contained):
                return (container if basis in of_container else contained), basis
    a, b = container.published, contained.published
    if a is not None and b is not None and a != b:
        return (container if a > b else contained), "published"
    if (foreign := _names_agency(container)) != _names_agency(contained):
        return (container if foreign else contained), "credit"
    return container, "unclear"


def _credits(document: Document, outlet: str | None) -> set[Basis]:
    """In which ways `document` names `outlet` as where its words come from."""
    if not outlet or len(outlet) < 3 or outlet not in document.text + (document.byline or ""):
        return set()
    credit, byline, citation = _patterns(outlet)
    found: set[Basis] = set()
    if credit.search(document.text):
        found.add("credit")
    if outlet in (document.byline or "") or byline.search(document.text[:EDGE]):
        found.add("byline")
    if citation.search(document.text):
        found.add("citation")
    return found


@functools.lru_cache(maxsize=4096)
def _patterns(outlet: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    name = r"(?:[Tt]he )?\b" + re.escape(outlet.removeprefix("The ")) + r"\b"
    return (
        re.compile(
            rf"\(\s*{name}\s*\)|(?i:files|reporting|material|copy) (?i:from|by) {name}"
            rf"|(?i:first|originally) (?i:appeared|published|ran|reported) (?:(?:in|on|by|at) )?{name}"
            rf"|(?m:^\W*{name}\W*$)|(?m:[/|–—-] ?{name}\W*$)"
        ),
        re.compile(rf"(?m)^(?:By|BY|by) [^\n]*{name}"),
        re.compile(
            rf"(?i:according to|told|telling|interview with|(?:quoted|reported|cited|published) by|report (?:by|in)"
            rf"|statement to) {name}|{name} (?:has |had )?(?:reported|reports|said|says|quoted|quotes|wrote|writes)\b"
        ),
    )


def _names_agency(document: Document) -> bool:
    """Whether it credits an agency that is not its own outlet."""
    own = _key(document.outlet)
    at_edges = (ANY_WIRE.finditer(document.text[:EDGE]), ANY_CREDIT.finditer(document.text[-EDGE:]))
    return any(_key(match["name"]) != own for matches in at_edges for match in matches)


def _key(words: str | None) -> str:
    return " ".join(re.findall(r"\w+", (words or "").lower())).removeprefix("the ")
