"""What can go wrong, and how each edge shows it.

    VedetteError            exit 1   HTTP 500
    ├── InputError          exit 2   HTTP 400   the user's input: a path, an option, a line of a file
    │   ├── UnreadableSource
    │   ├── BadRow
    │   └── NotFound        exit 2   HTTP 404
    ├── ConfigError         exit 2   HTTP 500   settings or a data file of ours or the user's
    │   └── BadData
    └── StoreError          exit 3   HTTP 503   the database
        ├── NewerSchema
        └── StoreBusy

Messages are one line that tells the user what to change.
"""

from __future__ import annotations

from typing import ClassVar

__all__ = [
    "BadData",
    "BadRow",
    "ConfigError",
    "InputError",
    "NewerSchema",
    "NotFound",
    "StoreBusy",
    "StoreError",
    "UnreadableSource",
    "VedetteError",
]


class VedetteError(Exception):
    """Root of all errors that vedette raises on purpose."""

    exit_code: ClassVar[int] = 1
    http_status: ClassVar[int] = 500


class InputError(VedetteError):
    """The caller's input cannot be used as it is."""

    exit_code = 2
    http_status = 400


class UnreadableSource(InputError):
    """The bytes were reached (or not) but hold no text vedette can read."""

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(f"cannot read {address}: {reason}")
        self.address = address
        self.reason = reason


class BadRow(InputError):
    """A line of a table or JSON Lines file breaks its contract."""

    def __init__(self, address: str, line: int, reason: str) -> None:
        super().__init__(f"{address}, line {line}: {reason}")
        self.address = address
        self.line = line
        self.reason = reason


class NotFound(InputError):
    """An id or a file that the caller named does not exist."""

    http_status = 404


class ConfigError(VedetteError):
    """A setting has a value that cannot be used."""

    exit_code = 2


class BadData(ConfigError):
    """A data file (lexicon, actor table, gazetteer) is malformed."""

    def __init__(self, file: str, where: str, reason: str) -> None:
        super().__init__(f"{file}: {where}: {reason}")
        self.file = file
        self.where = where
        self.reason = reason

    def at(self, line: int) -> BadData:
        """The same error with the line of the file, from 1."""
        return BadData(self.file, f"line {line}, {self.where}", self.reason)


class StoreError(VedetteError):
    """The database cannot be used."""

    exit_code = 3
    http_status = 503


class NewerSchema(StoreError):
    """The database was written by a newer vedette."""


class StoreBusy(StoreError):
    """Another process is writing this database."""
