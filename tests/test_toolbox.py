"""Data files of the package are read with one clear error."""

from __future__ import annotations

import pytest

from vedette import toolbox
from vedette.errors import BadData
from vedette.toolbox import read_toml


@pytest.fixture
def data(tmp_path, monkeypatch):
    folder = tmp_path / "data"
    folder.mkdir()
    monkeypatch.setattr(toolbox, "files", lambda _package: tmp_path)
    return folder


def test_a_shipped_file_is_read():
    assert "cue" in read_toml("cues.toml")


def test_a_file_is_read_as_utf8(data):
    (data / "own.toml").write_bytes('name = "Khŭjand"'.encode())

    assert read_toml("own.toml") == {"name": "Khŭjand"}


def test_what_is_no_toml_is_refused_with_file_and_line(data):
    (data / "own.toml").write_text('name = "Kunduz"\nname: Kunduz\n', encoding="utf-8")

    with pytest.raises(BadData, match="line 2") as caught:
        read_toml("own.toml")

    assert (caught.value.file, caught.value.where) == ("own.toml", "syntax")


def test_what_is_no_utf8_is_refused(data):
    (data / "own.toml").write_bytes('name = "Besançon"'.encode("latin-1"))

    with pytest.raises(BadData, match="own.toml: byte 13: this is no UTF-8"):
        read_toml("own.toml")


def test_a_missing_file_is_refused(data):
    with pytest.raises(BadData, match="own.toml: file: "):
        read_toml("own.toml")
