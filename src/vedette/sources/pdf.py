"""PDF files: their text layer.

The only module that imports pypdfium2.
"""

from __future__ import annotations

import re

import pypdfium2

from vedette.records import Skipped
from vedette.sources.days import parse_day
from vedette.sources.decode import clean
from vedette.sources.parts import Part, Parts

__all__ = ["read_pdf"]

MAX_PAGES = 500
MAX_CHARS = 4_000_000
HYPHEN = re.compile(r"(?<=[a-z])[-\ufffe\u00ad]\n(?=[a-z])")
PASSWORD = 4  # FPDF_ERR_PASSWORD


def read_pdf(data: bytes) -> Parts:
    """Yield the one report of a PDF file: all its pages, lines of a paragraph joined."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == PASSWORD or "password" in str(error).lower():
            yield Skipped("encrypted", "the PDF needs a password")
        else:
            yield Skipped("damaged", f"not a readable PDF ({error})")
        return
    try:
        if len(document) > MAX_PAGES:
            yield Skipped("too long", f"{len(document):,} pages; at most {MAX_PAGES} are read")
            return
        pages = []
        n_chars = 0
        for n in range(len(document)):
            pages.append(_page_text(document, n))
            n_chars += len(pages[-1])
            if n_chars > MAX_CHARS:
                yield Skipped("too long", f"more than {MAX_CHARS:,} characters")
                return
        metadata = document.get_metadata_dict(skip_empty=True)
    finally:
        document.close()
    text = clean(_paragraphs("\n".join(pages)))
    if not text.strip():
        yield Skipped("no text", "the PDF has no text layer: it may be a scan")
        return
    day = re.match(r"D:(\d{8})", metadata.get("CreationDate", ""))
    yield Part(
        text=text,
        title=clean(metadata.get("Title", "")).strip() or None,
        byline=clean(metadata.get("Author", "")).strip() or None,
        published=parse_day(day[1]) if day else None,
    )


def _page_text(document: pypdfium2.PdfDocument, n: int) -> str:
    page = document[n]
    layer = page.get_textpage()
    try:
        return str(layer.get_text_bounded())
    finally:
        layer.close()
        page.close()


def _paragraphs(raw: str) -> str:
    """Lines joined to paragraphs: a line that ends a sentence well before the longest lines' end ends a paragraph."""
    text = HYPHEN.sub("", raw.replace("\r\n", "\n").replace("\r", "\n").replace("\ufffe\n", "").replace("\ufffe", ""))
    lines = [line.strip() for line in text.split("\n")]
    widest = max((len(line) for line in lines), default=0)
    made: list[str] = []
    fresh = True
    for k, line in enumerate(lines):
        if not line:
            fresh = True
            continue
        if fresh:
            made.append(line)
        else:
            made[-1] += " " + line
        ends = line.endswith((".", "!", "?", ".”", '."', "”", '"', ":")) and len(line) < 0.8 * widest
        short_head = len(made) <= 4 and len(line) < 0.7 * widest and k < 8 and line[-1].isalnum() is not False
        fresh = ends or (short_head and not line.endswith((",", "-")) and len(made[-1]) == len(line))
    return "\n\n".join(made)
