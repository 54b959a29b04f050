"""Load the streams of hotspots and trends from the package's data, and refuse what cannot hold."""

from __future__ import annotations

import tomllib
from importlib.resources import files

from vedette.analysis.streams import Stream, parse_streams
from vedette.errors import BadData
from vedette.toml_lines import line_of

__all__ = ["load_streams"]

NAME = "analysis/streams.toml"


def load_streams() -> dict[str, Stream]:
    """The package's streams by name.

    Raises:
        BadData: the file is malformed; the message names file, line and mend.
    """
    text = (files("vedette") / "data" / NAME).read_text(encoding="utf-8")
    try:
        return parse_streams(tomllib.loads(text), NAME)
    except tomllib.TOMLDecodeError as error:
        raise BadData(NAME, "syntax", str(error)) from error
    except BadData as error:
        line = line_of(text, error.where, error.reason)
        raise error.at(line) if line else error from error
