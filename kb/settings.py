"""The one settings object: environment variables with the prefix KB_, validated, no unknown keys."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path
from typing import Any

import platformdirs
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from kb.errors import OptionError

_PREFIX = "KB_"


def _default_home() -> Path:
    return Path(platformdirs.user_data_dir("kankouju-kb", appauthor=False))


class Settings(BaseSettings):
    """Everything that can be set; see README for the Japanese description of each."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, extra="forbid", frozen=True)

    home: Path = Field(default_factory=_default_home)
    encoder: str = "static"
    lexicon: Path | None = None
    max_bytes: int = Field(default=200_000_000, gt=0)
    max_pages: int = Field(default=5_000, gt=0)
    max_unpacked_bytes: int = Field(default=1_000_000_000, gt=0)
    port: int = Field(default=7860, ge=1, le=65_535)

    @cached_property
    def fingerprint(self) -> str:
        """What of the settings changes an index: a generation made with another is not mixed in."""
        return f"encoder={self.encoder}"


def load_settings(**overrides: Any) -> Settings:
    """Read settings from the environment; keyword arguments win.

    Raises OptionError naming the first bad or unknown key.
    """
    known = {f"{_PREFIX}{name.upper()}" for name in Settings.model_fields}
    for key in os.environ:
        if key.upper().startswith(_PREFIX) and key.upper() not in known:
            raise OptionError(
                f"環境変数「{key}」という設定はありません。使える設定は {'、'.join(sorted(known))} です。"
            )
    try:
        return Settings(**overrides)
    except ValidationError as error:
        problem = error.errors()[0]
        name = f"{_PREFIX}{'_'.join(map(str, problem['loc'])).upper()}"
        raise OptionError(
            f"設定「{name}」の値「{problem.get('input')}」は使えません。値を直してください。"
        ) from error
