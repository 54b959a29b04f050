"""Word files (.docx).

The only module that imports python-docx.
"""

from __future__ import annotations

import io
import zipfile
from datetime import date

import docx
from docx.opc.exceptions import PackageNotFoundError

from vedette.records import Skipped
from vedette.sources.decode import clean
from vedette.sources.parts import Part, Parts

__all__ = ["read_docx"]

# Uncompressed: a report's Word file holds some hundred kilobytes of XML.
MAX_UNPACKED = 200_000_000
# When python-docx's template was made: no report's day.
TEMPLATE_DAY = date(2013, 12, 23)


def read_docx(data: bytes) -> Parts:
    """Yield the one report of a Word file: its paragraphs, and its core properties."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(item.file_size for item in package.infolist()) > MAX_UNPACKED:
                yield Skipped("too long", "it unpacks to more than 200 MB")
                return
        document = docx.Document(io.BytesIO(data))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError) as error:
        encrypted = data.startswith(b"\xd0\xcf\x11\xe0")
        yield (
            Skipped("encrypted", "the Word file needs a password")
            if encrypted
            else Skipped("damaged", f"not a readable Word file ({type(error).__name__})")
        )
        return
    text = clean("\n\n".join(p.text.strip() for p in document.paragraphs if p.text.strip()))
    if not text:
        yield Skipped("no text", "the Word file has no paragraphs")
        return
    core = document.core_properties
    is_default = "python-docx" in (
        core.author,
        core.last_modified_by,
    )  # what that library writes when it is told nothing
    yield Part(
        text=text,
        title=None if is_default and core.title == "Word Document" else clean(core.title or "").strip() or None,
        byline=None if is_default else clean(core.author or "").strip() or None,
        outlet=clean(core.subject or "").strip() or None,
        published=core.created.date() if core.created and core.created.date() != TEMPLATE_DAY else None,
    )
