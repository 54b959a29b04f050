"""A table in CSV, TSV or with semicolons, row by row, as text."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from vedette.errors import InputError, NotFound, UnreadableSource

__all__ = ["read_cells"]


def read_cells(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the number of its last line and the cells of every row, stripped: the header first, in lower case.

    A file without any line gives an empty header; empty rows are passed over.

    Raises:
        InputError, NotFound, UnreadableSource: it is a folder; no such file; it is no table.
    """
    if path.is_dir():
        raise InputError(f"{path} is a folder: name a CSV file")
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            first = file.readline()
            file.seek(0)
            reader = csv.reader(file, delimiter=max(",;\t", key=first.count), strict=True)
            yield 1, [name.strip().lower() for name in next(reader, [])]
            for cells in reader:
                row = [cell.strip() for cell in cells]
                if any(row):
                    yield reader.line_num, row
    except FileNotFoundError:
        raise NotFound(f"no such file: {path}") from None
    except UnicodeDecodeError as error:
        raise UnreadableSource(str(path), "it is not UTF-8: save it as CSV in UTF-8") from error
    except csv.Error as error:
        raise UnreadableSource(str(path), f"{error}; is a quote not closed?") from error
