"""The lines that `vedette code` reads, and the coded lines that `vedette resolve` reads.

Texts are taken as they are, to the last character: the offsets of the answer refer to them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import msgspec

from vedette.errors import BadRow, InputError, NotFound
from vedette.records import Coded, Document, Skipped, document_id
from vedette.sources.days import parse_day
from vedette.sources.tables import iter_lines

__all__ = ["read_coded", "read_contract"]

# A text of a million characters fits in, even all in escapes.
MAX_LINE = 16_000_000


def read_contract(path: Path) -> Iterator[Document | Coded]:
    """Yield one row for every line, in order.

    A line that is no object with a text is a `Coded` that is skipped and holds what else is known, a blank one too; a
    `published` that is no day costs
    only the day.

    Raises:
        NotFound: no such file.
        InputError: it cannot be opened.
    """
    _check(path)
    return _rows(path)


def _check(path: Path) -> None:
    if not path.exists():
        raise NotFound(f"no such file: {path}")
    if path.is_dir():
        raise InputError(f"{path} is a folder: name a JSON Lines file")
    if path.is_file():
        try:
            path.open("rb").close()
        except OSError as error:
            raise InputError(f"cannot read {path}: {(error.strerror or str(error)).lower()}") from error


def _rows(path: Path) -> Iterator[Document | Coded]:
    with path.open("rb") as file:
        for n, line in enumerate(iter_lines(file, MAX_LINE), 1):
            where = f"{path.name}#{n}"
            if line is None:
                yield Coded(where, "", skipped=Skipped("too long", f"line {n} is longer than {MAX_LINE:,} bytes"))
            elif not line.strip():
                yield Coded(where, "", skipped=Skipped("empty", f"line {n} is blank"))
            else:
                yield _row(line, where)


def _row(line: bytes, where: str) -> Document | Coded:
    try:
        row = json.loads(line.decode("utf-8-sig", errors="replace"))
    except (ValueError, RecursionError) as error:
        why = "nested too deep" if isinstance(error, RecursionError) else str(error)[:120]
        return Coded(where, "", skipped=Skipped("bad row", f"no JSON ({why})"))
    if not isinstance(row, dict):
        return Coded(where, "", skipped=Skipped("bad row", "no JSON object"))
    id = _words(row.get("id"))
    text = row.get("text")
    title, outlet, url, language = (_words(row.get(key)) for key in ("title", "outlet", "url", "language"))
    published = parse_day(_words(row.get("published")))
    if not isinstance(text, str):
        bad = Skipped("bad row", 'no "text" that is a string')
        return Coded(
            id or where, "", title=title, published=published, outlet=outlet, url=url, language=language, skipped=bad
        )
    text = text.encode("utf-8", errors="replace").decode("utf-8")  # a lone surrogate is one "?": offsets stay
    return Document(
        id=id or document_id(url or where, text),
        text=text,
        address=where,
        title=title,
        published=published,
        outlet=outlet,
        url=url,
        language=language,
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
    _check(path)
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
