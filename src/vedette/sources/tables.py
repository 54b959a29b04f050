"""Tables of reports: JSON Lines, a JSON array, CSV and TSV, a row a report, read row by row."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from vedette.records import Skipped
from vedette.sources.days import parse_day
from vedette.sources.decode import clean, decode, wide_encoding
from vedette.sources.options import ReadOptions
from vedette.sources.parts import Part, Parts, SkippedPart

__all__ = ["iter_lines", "read_csv", "read_json", "read_json_lines", "text_lines"]

# An object takes some seventy bytes of memory, however short it is written.
MAX_OBJECTS = 3_000_000
CHUNK = 1 << 16
WINDOWS = "vedette.windows"
LINE_END = re.compile(r"\r\n?|\n")

GUESSES = {
    "text": ("text", "body", "content", "article", "article_text", "full_text", "fulltext", "maintext", "story"),
    "title": ("title", "headline", "head"),
    "published": (
        "published",
        "publish_date",
        "date",
        "published_at",
        "pubdate",
        "publication_date",
        "date_publish",
        "day",
        "created",
    ),
    "outlet": ("outlet", "source", "publisher", "site", "sitename", "newspaper", "domain", "source_domain", "media"),
    "url": ("url", "link", "address", "href"),
    "id": ("id", "doc_id", "document_id", "guid", "uid"),
    "byline": ("byline", "author", "authors", "by"),
    "language": ("language", "lang"),
}


def read_json_lines(lines: Iterable[bytes | None], options: ReadOptions) -> Parts:
    """Yield the reports of JSON Lines; a line that is none is skipped and named. None stands for a line too long."""
    for n, line in enumerate(lines, 1):
        if line is None:
            yield SkippedPart(skipped=Skipped("too long", f"line {n} is longer than {options.max_line:,} bytes"), row=n)
            continue
        if not line.strip():
            continue
        try:
            row = json.loads(line.decode("utf-8-sig", errors="replace"))
        except (ValueError, RecursionError) as error:
            yield SkippedPart(skipped=Skipped("bad row", f"line {n} is no JSON ({_short(error)})"), row=n)
            continue
        yield from _items(row, n, options)


def read_json(stream: io.BufferedIOBase, options: ReadOptions) -> Parts:
    """Yield the reports of a JSON file: one object, an array of objects, or lines of them."""
    data = stream.read(options.max_bytes + 1)
    if len(data) > options.max_bytes:
        yield Skipped("too long", f"more than {options.max_bytes:,} bytes: make it JSON Lines, which has no limit")
        return
    text = decode(data)[0].strip()
    if text.count("[") + text.count("{") > MAX_OBJECTS:
        yield Skipped("too long", f"more than {MAX_OBJECTS:,} objects: make it JSON Lines, which has no limit")
        return
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        yield from read_json_lines((line.encode() for line in text.split("\n")), options)
        return
    if isinstance(whole, list):
        for n, item in enumerate(whole, 1):
            yield from _items(item, n, options)
    else:
        yield from _items(whole, 1, options)


def _items(row: object, n: int, options: ReadOptions) -> Iterator[Part | SkippedPart]:
    for item in row if isinstance(row, list) else [row]:
        if isinstance(item, dict):
            yield _part({str(k): v for k, v in item.items()}, n, options)
        else:
            yield SkippedPart(skipped=Skipped("bad row", f"row {n} is no JSON object"), row=n)


def read_csv(lines: Iterable[str | None], options: ReadOptions) -> Parts:
    """Yield the reports of a CSV or TSV file with a header row. None stands for a line too long."""
    csv.field_size_limit(2 * options.max_chars)
    pending = iter(lines)
    header = next(pending, "")
    if header is None:
        yield Skipped("too long", f"its first line is longer than {options.max_line:,} bytes")
        return
    try:
        delimiter = csv.Sniffer().sniff(header[:20_000], delimiters=",;\t|").delimiter
    except csv.Error:
        delimiter = ","
    rows = csv.DictReader(chain([header], map(_checked, pending)), delimiter=delimiter)
    n = 1
    while True:
        n += 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except _LongLine:
            yield SkippedPart(skipped=Skipped("too long", f"row {n} is longer than {options.max_line:,} bytes"), row=n)
            rows.reader = csv.reader(map(_checked, pending), delimiter=delimiter)
            continue
        except csv.Error as error:
            yield SkippedPart(skipped=Skipped("bad row", f"row {n}: {_short(error)}; is a quote not closed?"), row=n)
            continue
        yield _part({k: v for k, v in row.items() if isinstance(k, str)}, n, options)


def _part(row: Mapping[str, object], n: int, options: ReadOptions) -> Part | SkippedPart:
    cells = {key: _cell(row, key, options) for key in GUESSES}
    text = cells["text"]
    if text is None or not text.strip():
        wanted = options.columns.get("text")
        known = ", ".join(list(row)[:8])
        why = f"no column {wanted!r}" if wanted else "no column looks like text (name it with --text)"
        if _column(row, "text", options) is not None:
            return SkippedPart(skipped=Skipped("empty", "the row has no text"), row=n)
        return SkippedPart(skipped=Skipped("bad row", f"{why}; its columns are: {known}"), row=n)
    return Part(
        text=clean(text),
        title=cells["title"],
        published=parse_day(cells["published"]),
        outlet=cells["outlet"],
        url=cells["url"],
        id=cells["id"],
        byline=cells["byline"],
        language=cells["language"],
        row=n,
    )


def _column(row: Mapping[str, object], key: str, options: ReadOptions) -> str | None:
    if key in options.columns:
        return options.columns[key] if options.columns[key] in row else None
    by_lower = {name.strip().lower().lstrip("\ufeff"): name for name in row}
    return next((by_lower[guess] for guess in GUESSES[key] if guess in by_lower), None)


def _cell(row: Mapping[str, object], key: str, options: ReadOptions) -> str | None:
    column = _column(row, key, options)
    value = row.get(column) if column is not None else None
    if isinstance(value, list) and key == "byline":
        value = ", ".join(x for x in value if isinstance(x, str))
    if value is None or isinstance(value, (dict, list)):
        return None
    return clean(str(value)).strip() or None if key != "text" else str(value)


def _short(error: BaseException) -> str:
    return "nested too deep" if isinstance(error, RecursionError) else str(error)[:120]


def _windows(error: UnicodeError) -> tuple[str, int]:
    """Bytes that are no UTF-8 read as cp1252: what a file holds is seen only where it stands."""
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


codecs.register_error(WINDOWS, _windows)


class _LongLine(Exception):
    """A line of a CSV file is too long to be held."""


def _checked(line: str | None) -> str:
    if line is None:
        raise _LongLine
    return line


def iter_lines(file: io.BufferedIOBase, limit: int) -> Iterator[bytes | None]:
    """Lines of a binary file in bounded memory; None for one longer than `limit`, which is passed over."""
    while line := file.readline(limit + 1):
        if len(line) > limit and not line.endswith(b"\n"):
            while (more := file.readline(limit)) and not more.endswith(b"\n"):
                pass
            yield None
        else:
            yield line


def text_lines(file: io.BufferedIOBase, head: bytes, limit: int) -> Iterator[str | None]:
    """Lines of a file of characters in bounded memory, as `iter_lines` gives those of bytes.

    The encoding is what `head`, its beginning, seems to be in.
    """
    end = -1 if wide_encoding(head) else head.rfind(b"\n") + 1 or -1  # no character is cut
    encoding = wide_encoding(head) or decode(head[:end] if len(head) >= CHUNK // 16 else head)[1]
    is_utf8 = encoding.startswith("utf-8")
    decoder = codecs.getincrementaldecoder(encoding)(errors=WINDOWS if is_utf8 else "replace")
    parts: list[str] = []  # of the line that has begun
    n_chars = 0
    is_long = False
    held = ""  # a carriage return whose line feed may follow
    while True:
        data = file.read(CHUNK)
        text = held + decoder.decode(data, final=not data)
        held = "\r" if data and text.endswith("\r") else ""
        text = text.removesuffix("\r") if held else text
        at = 0
        for match in LINE_END.finditer(text):
            line = "".join([*parts, text[at : match.end()]])
            yield None if is_long or len(line) > limit else line.removeprefix("\ufeff")
            parts, n_chars, is_long, at = [], 0, False, match.end()
        n_chars += len(text) - at
        is_long = is_long or n_chars > limit
        parts = [] if is_long else [*parts, text[at:]]
        if not data:
            if is_long or any(parts):
                yield None if is_long else "".join(parts).removeprefix("\ufeff")
            return
