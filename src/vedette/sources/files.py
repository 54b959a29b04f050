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
from pathlib import Path
from typing import Literal, cast

from vedette.errors import NotFound
from vedette.records import Document, Skipped, SkippedDocument, SkipReason, document_id
from vedette.sources.decode import looks_binary, wide_encoding
from vedette.sources.exercise import EXERCISE_FILE
from vedette.sources.guard import HEAVY, guarded
from vedette.sources.options import ReadOptions
from vedette.sources.parts import Part, Parts, SkippedPart
from vedette.sources.plain import read_plain
from vedette.sources.tables import iter_lines, read_csv, read_json, read_json_lines, text_lines

__all__ = ["read"]

Kind = Literal["text", "html", "pdf", "docx", "jsonl", "csv", "feed", "gzip", "binary", "unsupported", "word97"]

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
    files: set[str] = set()
    for target in targets:
        if target == "-":
            yield from _standard_input(options)
            continue
        for path in _walk(Path(target), seen):
            if isinstance(path, SkippedDocument):
                yield path
            elif str(path) not in files:  # a glob may give a folder and what is in it
                files.add(str(path))
                try:
                    with path.open("rb") as file:
                        yield from _documents(str(path), file, path.name, options)
                except OSError as error:
                    yield _skip(path, "unreadable", _why(error))


def _standard_input(options: ReadOptions) -> Iterator[Document | SkippedDocument]:
    address = "standard input"
    raw = getattr(sys.stdin, "buffer", None)
    if raw is None:
        yield SkippedDocument(address, Skipped("unreadable", "it is closed"))
        return
    # A reader over the reader fills its buffer, however slowly the bytes come: what they are is told by the first.
    file = io.BufferedReader(raw)
    try:
        yield from _documents(address, file, "", options)
    except OSError as error:
        yield SkippedDocument(address, Skipped("unreadable", _why(error)))
    finally:
        file.detach()


def _walk(top: Path, seen: set[tuple[int, int]]) -> Iterator[Path | SkippedDocument]:
    """The files at `top` and below it, in order; folders once, however deep and whatever loops there are."""
    waiting = [top]
    while waiting:
        path = waiting.pop()
        try:
            info = path.stat()
            if stat.S_ISDIR(info.st_mode):
                key = (info.st_dev, info.st_ino)
                if key not in seen:
                    seen.add(key)
                    names = sorted((entry.name for entry in os.scandir(path)), reverse=True)
                    waiting.extend(path / n for n in names if n not in IGNORED and not n.startswith("."))
                continue
        except OSError as error:
            yield _skip(path, "unreadable", _why(error))
            continue
        yield path if stat.S_ISREG(info.st_mode) else _skip(path, "not a file", "a pipe, socket or device")


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
        if kind == "gzip":
            yield SkippedDocument(address, Skipped("unsupported", "a gzip file inside a gzip file"))
            return
    if kind in ("jsonl", "csv"):
        yield from _table(address, stream, kind, options)
        return
    # A character takes at most four bytes: a longer text would be skipped once it were decoded.
    limit = min(options.max_bytes, 4 * options.max_chars + HEAD) if kind == "text" else options.max_bytes
    try:
        data = stream.read(limit + 1)
    except (OSError, EOFError, zlib.error) as error:
        yield SkippedDocument(address, Skipped("damaged", f"it cannot be read to its end ({_short(error)})"))
        return
    sha256 = hashlib.sha256(data).hexdigest()
    if not data:
        yield SkippedDocument(address, Skipped("empty", "0 bytes"), sha256=sha256)
        return
    if len(data) > limit:
        detail = f"more than {limit:,} bytes"
        yield SkippedDocument(address, Skipped("too long", detail))
        return
    if kind in ("binary", "unsupported", "word97"):
        reason: SkipReason = "binary" if kind == "binary" else "unsupported"
        detail = (
            "save it as .docx"
            if kind == "word97"
            else "its first bytes are no text"
            if kind == "binary"
            else f"{Path(name).suffix or 'its content'} is no format that is read"
        )
        yield SkippedDocument(address, Skipped(reason, detail), sha256=sha256)
        return
    parts = guarded(kind, data) if kind in HEAVY else read_plain(data)
    yield from _finished(address, parts, kind, sha256, options)


def _table(
    address: str, stream: io.BufferedReader, kind: Kind, options: ReadOptions
) -> Iterator[Document | SkippedDocument]:
    try:
        head = stream.peek(HEAD)
        if kind == "csv":
            parts = read_csv(text_lines(stream, head, options.max_line), options)
        elif address.lower().endswith((".json", ".json.gz")) or head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"["):
            parts = read_json(stream, options)
        elif wide_encoding(head):
            lines = text_lines(stream, head, options.max_line)
            parts = read_json_lines((line if line is None else line.encode() for line in lines), options)
        else:
            parts = read_json_lines(iter_lines(stream, options.max_line), options)
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
    if wide := wide_encoding(head):
        head = head.decode(wide, errors="replace").encode()
    elif head and looks_binary(head):
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
