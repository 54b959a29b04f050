"""The lines that `vedette code` reads, and the coded lines that `vedette resolve` reads.

Texts are taken as they are, to the last character: the offsets of the answer refer to them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import msgspec

from vedette.errors import BadRow, NotFound
from vedette.records import Coded, Document, Skipped, SkippedDocument, document_id
from vedette.sources.days import parse_day
from vedette.sources.tables import iter_lines

__all__ = ["read_coded", "read_contract"]

MAX_LINE = 50_000_000


def read_contract(path: Path) -> Iterator[Document | SkippedDocument]:
    """Yield one row for every line that is not blank, in order.

    A line that is no object with a text is a `SkippedDocument`; a `published` that is no day costs only the day.

    Raises:
        NotFound: no such file.
    """
    if not path.is_file():
        raise NotFound(f"no such file: {path}")
    return _rows(path)


def _rows(path: Path) -> Iterator[Document | SkippedDocument]:
    with path.open("rb") as file:
        for n, line in enumerate(iter_lines(file, MAX_LINE), 1):
            where = f"{path.name}#{n}"
            if line is None:
                yield SkippedDocument(where, Skipped("too long", f"line {n} is longer than {MAX_LINE:,} bytes"))
            elif line.strip():
                yield _row(line, where)


def _row(line: bytes, where: str) -> Document | SkippedDocument:
    try:
        row = json.loads(line.decode("utf-8-sig", errors="replace"))
    except (ValueError, RecursionError) as error:
        return SkippedDocument(where, Skipped("bad row", f"no JSON ({str(error)[:120]})"))
    if not isinstance(row, dict):
        return SkippedDocument(where, Skipped("bad row", "no JSON object"))
    id = _words(row.get("id"))
    text = row.get("text")
    if not isinstance(text, str):
        return SkippedDocument(where, Skipped("bad row", 'no "text" that is a string'), id)
    text = text.encode("utf-8", errors="replace").decode("utf-8")  # a lone surrogate is one "?": offsets stay
    return Document(
        id=id or document_id(_words(row.get("url")) or where, text),
        text=text,
        address=where,
        title=_words(row.get("title")),
        published=parse_day(_words(row.get("published"))),
        outlet=_words(row.get("outlet")),
        url=_words(row.get("url")),
        language=_words(row.get("language")),
    )


def _words(value: object) -> str | None:
    if value is None or isinstance(value, (dict, list, bool)):
        return None
    return str(value).encode("utf-8", errors="replace").decode("utf-8") or None


def read_coded(path: Path) -> Iterator[Coded]:
    """Yield the documents of a coded file.

    Raises:
        NotFound: no such file.
        BadRow: a line is no coded document; nothing after it is read.
    """
    if not path.is_file():
        raise NotFound(f"no such file: {path}")
    with path.open("rb") as file:
        for n, line in enumerate(iter_lines(file, MAX_LINE), 1):
            if line is None:
                raise BadRow(str(path), n, f"longer than {MAX_LINE:,} bytes")
            if not line.strip():
                continue
            try:
                yield msgspec.json.decode(line, type=Coded)
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                raise BadRow(str(path), n, f"no coded document: {error}") from error
