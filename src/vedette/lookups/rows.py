"""Read a table of the package's or the user's: cells parted by "|", the first line names the columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from vedette.errors import BadData

__all__ = ["read_rows"]


def read_rows(file: str, text: str, columns: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield line number (from 1, the header's) and cells of every row; empty lines are passed over.

    Args:
        file: the name that messages give.

    Raises:
        BadData: the header is another, or a row has too few or too many cells.
    """
    for n, row in enumerate(csv.reader(io.StringIO(text), delimiter="|", quoting=csv.QUOTE_NONE), 1):
        if n == 1:
            if row != list(columns):
                raise BadData(file, "line 1", f"the columns must be {'|'.join(columns)}")
        elif row:
            if len(row) != len(columns):
                raise BadData(file, f"line {n}", f"{len(row)} columns, not {len(columns)}: {'|'.join(columns)}")
            yield n, [cell.strip() for cell in row]
