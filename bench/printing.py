"""The line that every benchmark prints: what it measured, and the machine and version it was measured on."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import vedette

ROOT = Path(__file__).resolve().parents[1]


def print_line(name: str, measured: Mapping[str, Any]) -> None:
    """Print one JSON line: the benchmark's name, `measured` in order, then the machine, the version and the commit."""
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True)
    machine = {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "vedette": vedette.__version__,
        "commit": commit.stdout.strip(),
    }
    print(json.dumps({"bench": name, **measured, **machine}))
