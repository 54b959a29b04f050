"""Find files and tell what they are, by their content first and their name second.

What a user names must exist. What is found in a folder never raises: it is read, or skipped with a reason.
"""

from __future__ import annotations

import glob
import gzip
import hashlib
import io
import os
import re
import stat
import sys
import zlib
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Literal, cast

from vedette.errors import NotFound
from vedette.records import Document, Skipped, SkippedDocument, SkipReason, document_id
from vedette.sources.decode import decode, looks_binary
from vedette.sources.exercise import EXERCISE_FILE
from vedette.sources.options import ReadOptions
from vedette.sources.parts import Part, Parts, SkippedPart
from vedette.sources.plain import read_plain
from vedette.sources.tables import iter_lines, read_csv, read_json_lines

__all__ = ["read"]

Kind = Literal["text", "html", "pdf", "docx", "jsonl", "csv", "feed", "gzip", "binary", "unsupported", "word97"]

# Readers with heavy libraries are loaded when a file of their kind is met.
HEAVY = {
    "html": ("vedette.sources.html", "read_html"),
    "pdf": ("vedette.sources.pdf", "read_pdf"),
    "docx": ("vedette.sources.docx", "read_docx"),
    "feed": ("vedette.sources.feeds", "read_feed"),
}
SUFFIXES: dict[str, Kind] = {
    ".txt": "text", ".text": "text", ".md": "text", ".html": "html", ".htm": "html", ".xhtml": "html", ".pdf": "pdf",
    ".docx": "docx", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl", ".csv": "csv", ".tsv": "csv",
    ".rss": "feed", ".atom": "feed", ".xml": "feed", ".doc": "word97",
    **dict.fromkeys(
        (".jpg", ".jpeg", ".png", ".gif", ".webp", ".tif", ".tiff", ".mp3", ".mp4", ".zip", ".xlsx"), "unsupported"
    ),
}  # fmt: skip
IGNORED = frozenset({EXERCISE_FILE, ".DS_Store", "Thumbs.db"})
HEAD = 4096


def read(paths: Iterable[str | Path], options: ReadOptions | None = None) -> Iterator[Document | SkippedDocument]:
    """Yield the reports of files, folders (all below them), globs and "-" (standard input), in a fixed order.

    Raises:
        NotFound: a path that was named does not exist; before anything is read.
    """
    options = options or ReadOptions()
    named = [str(path) for path in paths]
    targets = [target for path in named for target in _targets(path)]
    return _read(targets, options)


def _targets(path: str) -> list[str]:
    if path == "-" or os.path.lexists(path):
        return [path]
    if any(mark in path for mark in "*?["):
        found = sorted(glob.glob(path, recursive=True))
        if found:
            return found
        raise NotFound(f"nothing matches {path}")
    raise NotFound(f"no such file or folder: {path}")


def _read(targets: list[str], options: ReadOptions) -> Iterator[Document | SkippedDocument]:
    seen: set[tuple[int, int]] = set()
    for target in targets:
        if target == "-":
            yield from _documents("standard input", cast(io.BufferedReader, sys.stdin.buffer), "", options)
        else:
            yield from _walk(Path(target), seen, options)


def _walk(path: Path, seen: set[tuple[int, int]], options: ReadOptions) -> Iterator[Document | SkippedDocument]:
    try:
        info = path.stat()
    except OSError as error:
        yield _skip(path, "unreadable", _why(error))
        return
    if stat.S_ISDIR(info.st_mode):
        key = (info.st_dev, info.st_ino)
        if key in seen:
            return
        seen.add(key)
        try:
            entries = sorted(os.scandir(path), key=lambda e: e.name)
        except OSError as error:
            yield _skip(path, "unreadable", _why(error))
            return
        for entry in entries:
            if entry.name not in IGNORED and not entry.name.startswith("."):
                yield from _walk(path / entry.name, seen, options)
    elif not stat.S_ISREG(info.st_mode):
        yield _skip(path, "not a file", "a pipe, socket or device")
    else:
        try:
            with path.open("rb") as file:
                yield from _documents(str(path), file, path.name, options)
        except OSError as error:
            yield _skip(path, "unreadable", _why(error))


def _skip(path: Path, reason: SkipReason, detail: str) -> SkippedDocument:
    return SkippedDocument(str(path), Skipped(reason, detail))


def _why(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()


def _documents(
    address: str, file: io.BufferedReader, name: str, options: ReadOptions
) -> Iterator[Document | SkippedDocument]:
    stream = file
    kind = _kind(stream.peek(HEAD)[:HEAD], name)
    if kind == "gzip":
        stream = cast(io.BufferedReader, io.BufferedReader(gzip.GzipFile(fileobj=stream)))
        name = re.sub(r"\.gz$", "", name, flags=re.IGNORECASE)
        try:
            kind = _kind(stream.peek(HEAD)[:HEAD], name)
        except (OSError, EOFError, zlib.error):
            yield SkippedDocument(address, Skipped("damaged", "the gzip file is cut short or broken"))
            return
    if kind in ("jsonl", "csv"):
        yield from _table(address, stream, kind, options)
        return
    try:
        data = stream.read(options.max_bytes + 1)
    except (OSError, EOFError, zlib.error) as error:
        yield SkippedDocument(address, Skipped("damaged", f"it cannot be read to its end ({_short(error)})"))
        return
    sha256 = hashlib.sha256(data).hexdigest()
    if not data:
        yield SkippedDocument(address, Skipped("empty", "0 bytes"), sha256=sha256)
        return
    if len(data) > options.max_bytes:
        detail = f"more than {options.max_bytes:,} bytes"
        yield SkippedDocument(address, Skipped("too long", detail))
        return
    if kind in ("binary", "unsupported", "word97"):
        reason: SkipReason = "binary" if kind == "binary" else "unsupported"
        detail = (
            "save it as .docx"
            if kind == "word97"
            else f"{Path(name).suffix or 'its content'} is no format that is read"
        )
        yield SkippedDocument(address, Skipped(reason, detail), sha256=sha256)
        return
    yield from _finished(address, _reader(kind)(data), kind, sha256, options)


def _table(
    address: str, stream: io.BufferedReader, kind: Kind, options: ReadOptions
) -> Iterator[Document | SkippedDocument]:
    try:
        if kind == "jsonl":
            parts = read_json_lines(iter_lines(stream, options.max_bytes), options)
        else:
            data = stream.read(options.max_bytes * 4 + 1)
            if len(data) > options.max_bytes * 4:
                yield SkippedDocument(
                    address, Skipped("too long", f"more than {options.max_bytes * 4:,} bytes: split the table")
                )
                return
            parts = read_csv(io.StringIO(decode(data)[0], newline=""), options)
        yield from _finished(address, parts, kind, None, options)
    except (OSError, EOFError, zlib.error) as error:
        yield SkippedDocument(address, Skipped("damaged", f"it cannot be read to its end ({_short(error)})"))


def _finished(
    address: str, parts: Parts, kind: str, sha256: str | None, options: ReadOptions
) -> Iterator[Document | SkippedDocument]:
    empty = True
    for part in parts:
        empty = False
        if isinstance(part, Skipped):
            yield SkippedDocument(address, part, sha256=sha256)
            continue
        where = address if part.row is None else f"{address}#{part.row}"
        if isinstance(part, SkippedPart):
            yield SkippedDocument(where, part.skipped, sha256=sha256)
        elif len(part.text) > options.max_chars:
            detail = f"{len(part.text):,} characters; at most {options.max_chars:,} are coded"
            yield SkippedDocument(where, Skipped("too long", detail), sha256=sha256)
        elif not part.text.strip():
            yield SkippedDocument(where, Skipped("empty", "no text"), sha256=sha256)
        else:
            yield _document(where, part, kind, sha256)
    if empty:
        yield SkippedDocument(address, Skipped("empty", "the table has no rows"), sha256=sha256)


def _document(where: str, part: Part, kind: str, sha256: str | None) -> Document:
    kept = {
        key: getattr(part, key) for key in ("title", "published", "outlet", "url", "byline", "language", "encoding")
    }
    return Document(
        id=part.id or document_id(part.url or where, part.text),
        text=part.text,
        address=where,
        sha256=sha256 or hashlib.sha256(part.text.encode(errors="surrogatepass")).hexdigest(),
        format=kind,
        **kept,
    )


def _reader(kind: Kind):  # type: ignore[no-untyped-def]
    if kind in HEAVY:
        module, name = HEAVY[kind]
        return getattr(import_module(module), name)
    return read_plain


def _kind(head: bytes, name: str) -> Kind:
    """What a file is, from its first bytes, then its name."""
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if head.lstrip()[:5] == b"%PDF-":
        return "pdf"
    suffix = Path(name).suffix.lower()
    if head.startswith(b"PK\x03\x04"):
        return "docx" if suffix == ".docx" else "unsupported"
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "docx" if suffix == ".docx" else "word97"
    by_name = SUFFIXES.get(suffix)
    if head and looks_binary(head):
        return by_name if by_name in ("unsupported", "docx", "pdf") else "binary"
    low = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if low.startswith((b"<?xml", b"<rss", b"<feed")) and (b"<rss" in low or b"<feed" in low or b"<rdf:rdf" in low):
        return "feed"
    if low.startswith((b"<!doctype html", b"<html")) or by_name == "html":
        return "html"
    if by_name is not None:
        return "html" if by_name == "feed" and b"<html" in low else by_name
    if low.startswith(b"{") and b'"text"' in low:
        return "jsonl"
    return "text"


def _short(error: BaseException) -> str:
    return str(error)[:120] or type(error).__name__
