"""The command line: parse, call one public function, print.

Results go to standard output, everything else to standard error. Nothing heavy is imported before a command needs it,
so that `--help` answers at once. Commands are listed in the order in which these modules name them.
"""

from __future__ import annotations

from vedette.cli import reports, sentences, analysis  # isort: skip
from vedette.cli.common import app

__all__ = ["analysis", "app", "main", "reports", "sentences"]


def main() -> None:
    """Run the command line."""
    app()
