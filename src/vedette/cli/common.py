"""What all commands share: the app, its errors as one line, options of the same kind."""

from __future__ import annotations

import functools
import logging
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from vedette._version import __version__
from vedette.errors import InputError, VedetteError

__all__ = [
    "Db", "OutletColumn", "Paths", "Processes", "PublishedColumn", "TextColumn", "TitleColumn", "app", "exits",
    "gazetteer", "parse_day",
]  # fmt: skip

app = typer.Typer(
    name="vedette",
    help="Read news reports: who says that who did what to whom, where and when, and who else says so.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
gazetteer = typer.Typer(help="The index of place names.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(gazetteer, name="gazetteer")

Paths = Annotated[list[str], typer.Argument(help="Files, folders, globs, or - for standard input.")]
Db = Annotated[Path, typer.Option("--db", help="The database file.")]
TextColumn = Annotated[str | None, typer.Option(help="Column of a CSV or JSON Lines file that holds the text.")]
TitleColumn = Annotated[str | None, typer.Option(help="... the title.")]
PublishedColumn = Annotated[str | None, typer.Option(help="... the day of publication.")]
OutletColumn = Annotated[str | None, typer.Option(help="... the outlet.")]
Processes = Annotated[int, typer.Option(help="How many code at once; 0: one a core.", min=0)]


def exits[**P, R](command: Callable[P, R]) -> Callable[P, R]:
    """Our errors become one line on standard error and their exit code."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except VedetteError as error:
            typer.echo(f"vedette: {error}", err=True)
            raise typer.Exit(error.exit_code) from error
        except BrokenPipeError:
            sys.stderr.close()
            raise typer.Exit(0) from None
        except OSError as error:
            what = f" {error.filename}" if error.filename else ""
            typer.echo(f"vedette: cannot use{what}: {(error.strerror or str(error)).lower()}", err=True)
            raise typer.Exit(1) from error
        except KeyboardInterrupt:
            typer.echo("vedette: stopped; what was coded is kept, the same command goes on from there", err=True)
            raise typer.Exit(130) from None

    return run


@app.callback(invoke_without_command=True)
def root(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Log what happens to standard error.")] = False,
) -> None:
    """Read news reports: who says that who did what to whom, where and when, and who else says so."""
    if version:
        typer.echo(__version__)
        raise typer.Exit
    logging.basicConfig(
        level=logging.INFO if verbose else logging.ERROR, format="%(levelname)s %(name)s %(message)s", stream=sys.stderr
    )


def parse_day(words: str | None, option: str) -> date | None:
    """The day that an option gives, None where it is not given; InputError where it is no day."""
    try:
        return None if words is None else date.fromisoformat(words)
    except ValueError:
        raise InputError(f"{option} {words!r}: give a day as 2031-05-06") from None
