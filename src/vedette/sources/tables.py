"""Tables of reports: JSON Lines, a JSON array, CSV and TSV, a row a report, read row by row."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping

from vedette.records import Skipped
from vedette.sources.days import parse_day
from vedette.sources.decode import clean
from vedette.sources.options import ReadOptions
from vedette.sources.parts import Part, Parts, SkippedPart

__all__ = ["read_csv", "read_json_lines"]

GUESSES = {
    "text": ("text", "body", "content", "article", "article_text", "full_text", "fulltext", "maintext", "story"),
    "title": ("title", "headline", "head"),
    "published": ("published", "publish_date", "date", "published_at", "pubdate", "publication_date", "day", "created"),
    "outlet": ("outlet", "source", "publisher", "site", "sitename", "newspaper", "domain", "media"),
    "url": ("url", "link", "address", "href"),
    "id": ("id", "doc_id", "document_id", "guid", "uid"),
    "byline": ("byline", "author", "authors", "by"),
    "language": ("language", "lang"),
}


def read_json_lines(lines: Iterable[bytes | None], options: ReadOptions) -> Parts:
    """Yield the reports of JSON Lines; a line that is none is skipped and named. None stands for a line too long."""
    for n, line in enumerate(lines, 1):
        if line is None:
            yield SkippedPart(
                skipped=Skipped("too long", f"line {n} is longer than {options.max_bytes:,} bytes"), row=n
            )
            continue
        if not line.strip():
            continue
        try:
            row = json.loads(line.decode("utf-8-sig", errors="replace"))
        except (ValueError, RecursionError) as error:
            yield SkippedPart(skipped=Skipped("bad row", f"line {n} is no JSON ({_short(error)})"), row=n)
            continue
        for item in row if isinstance(row, list) else [row]:
            if isinstance(item, dict):
                yield _part({str(k): v for k, v in item.items()}, n, options)
            else:
                yield SkippedPart(skipped=Skipped("bad row", f"line {n} is no JSON object"), row=n)


def read_csv(text: io.TextIOBase, options: ReadOptions) -> Parts:
    """Yield the reports of a CSV or TSV file with a header row."""
    csv.field_size_limit(options.max_bytes)
    sample = text.read(20_000)
    text.seek(0)
    try:
        dialect: type[csv.Dialect] = csv.Sniffer().sniff(sample.split("\n", 1)[0], delimiters=",;\t|")
    except csv.Error:
        dialect = csv.excel
    rows = csv.DictReader(text, delimiter=dialect.delimiter)
    n = 1
    while True:
        n += 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield SkippedPart(skipped=Skipped("bad row", f"row {n}: {_short(error)}"), row=n)
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
    if value is None or isinstance(value, (dict, list)):
        return None
    return clean(str(value)).strip() or None if key != "text" else str(value)


def _short(error: BaseException) -> str:
    return str(error)[:120]


def iter_lines(file: io.BufferedIOBase, limit: int) -> Iterator[bytes | None]:
    """Lines of a binary file in bounded memory; None for one longer than `limit`, which is passed over."""
    while line := file.readline(limit + 1):
        if len(line) > limit and not line.endswith(b"\n"):
            while (more := file.readline(limit)) and not more.endswith(b"\n"):
                pass
            yield None
        else:
            yield line
