"""Write docs/reference/cli.md from the help texts: `python tools/build_reference.py`."""

from __future__ import annotations

from pathlib import Path

from typer.main import get_command
from typer.testing import CliRunner

from vedette.cli import app

OUT = Path(__file__).resolve().parents[1] / "docs" / "reference" / "cli.md"


def main() -> None:
    runner = CliRunner()
    lines = ["# Commands", "", "Made from the help texts by `tools/build_reference.py`.", ""]
    for name, command in get_command(app).commands.items():
        for sub in getattr(command, "commands", {"": command}):
            words = [name, sub] if sub else [name]
            shown = runner.invoke(
                app, [*words, "--help"], env={"COLUMNS": "100", "TERM": "dumb", "NO_COLOR": "1"}
            ).output
            lines += [
                f"## vedette {' '.join(words)}",
                "",
                "```",
                shown.strip().replace("Usage: root", "Usage: vedette"),
                "```",
                "",
            ]
    OUT.write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
