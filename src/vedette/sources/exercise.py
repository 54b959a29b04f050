"""Whether a folder of reports says that it is exercise data.

A file `EXERCISE.toml` with ``exercise = true`` and a ``note`` declares its folder and all below it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path

__all__ = ["EXERCISE_FILE", "exercise_note"]

EXERCISE_FILE = "EXERCISE.toml"
DEFAULT = "These reports are exercise data: people, outlets and events are invented."


def exercise_note(paths: Iterable[str | Path]) -> str | None:
    """Return the note of the first declaring folder among `paths` and their parents, or None."""
    for path in paths:
        here = Path(path)
        for folder in (here, *list(here.absolute().parents)[:3]):
            try:
                declared = tomllib.loads((folder / EXERCISE_FILE).read_text(encoding="utf-8"))
            except (OSError, ValueError):
                continue
            if declared.get("exercise") is True:
                return str(declared.get("note") or DEFAULT)
    return None
