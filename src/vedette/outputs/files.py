"""Files that are written whole or not at all."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from vedette.errors import InputError

__all__ = ["check_out", "unwritable", "whole_file"]

log = logging.getLogger(__name__)


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """A file that appears under its name only when it is complete; a pipe or device is written as it is.

    Raises:
        InputError: it cannot be written, or the disk is full.
    """
    check_out(path)
    is_special = path.exists() and not path.is_file()
    part = path if is_special else path.with_name(path.name + ".part")
    try:
        with part.open("wb") as file:
            yield file
        if not is_special:
            part.replace(path)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        if not is_special:
            _remove(part)


def check_out(*paths: Path | None) -> None:
    """Raise `InputError` where a file cannot be written at one of `paths`, before any work is done for it.

    None is a file that nobody asked for.
    """
    for path in paths:
        if path is None:
            continue
        if path.is_dir():
            raise InputError(f"{path} is a folder: name a file to write")
        if not path.parent.is_dir():
            raise InputError(f"cannot write {path}: its folder does not exist")
        if not os.access(path if path.exists() else path.parent, os.W_OK):
            raise InputError(f"cannot write {path}: permission denied")


def unwritable(path: Path, error: OSError) -> InputError:
    """The error to raise where writing to `path` failed."""
    return InputError(f"cannot write {path}: {(error.strerror or str(error)).lower()}")


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        log.warning("file not removed", extra={"file": str(path)})
