"""The one settings object: environment variables with the prefix KB_, validated, no unknown keys."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import platformdirs
from pydantic import AnyHttpUrl, Field, SecretStr, ValidationError, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from kb.errors import OptionError, shown

_PREFIX = "KB_"


def _default_home() -> Path:
    return Path(platformdirs.user_data_dir("kankouju-kb", appauthor=False))


class Settings(BaseSettings):
    """Everything that can be set; see README for the Japanese description of each."""

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX, extra="forbid", frozen=True, env_ignore_empty=True
    )

    home: Path = Field(default_factory=_default_home)
    encoder: str = "static"
    encoder_query_prefix: str = ""
    encoder_passage_prefix: str = ""
    reranker: str | None = None
    lexicon: Path | None = None
    max_bytes: int = Field(default=200_000_000, gt=0)
    max_pages: int = Field(default=5_000, gt=0)
    max_unpacked_bytes: int = Field(default=1_000_000_000, gt=0)
    port: int = Field(default=7860, ge=1, le=65_535)
    user: str | None = None
    password: SecretStr | None = None
    llm_url: AnyHttpUrl | None = None
    llm_model: str | None = None
    llm_key: SecretStr | None = None
    llm_kind: Literal["openai", "ollama"] = "openai"
    llm_timeout: float = Field(default=60.0, gt=0, le=3_600)
    llm_rewrite: bool = True

    @field_validator("home", "lexicon")
    @classmethod
    def _whole_path(cls, path: Path | None) -> Path | None:
        """What a shell would have made of ~, and a place that holds in any working folder."""
        return path and Path(os.path.expanduser(path)).absolute()

    @cached_property
    def fingerprint(self) -> str:
        """What of the settings changes an index: a generation made with another is not mixed in."""
        prefixes = (self.encoder_query_prefix, self.encoder_passage_prefix)
        return f"encoder={self.encoder}" + (f" prefixes={prefixes}" if any(prefixes) else "")


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
        settings = Settings(**overrides)
    except ValidationError as error:
        problem = error.errors()[0]
        name = f"{_PREFIX}{'_'.join(map(str, problem['loc'])).upper()}"
        raise OptionError(
            f"設定「{name}」の値「{shown(str(problem.get('input')))}」は使えません。{_allowed(problem)}"
        ) from error
    if bool(settings.user) is not bool(settings.password) or ":" in (settings.user or ""):
        raise OptionError(
            "ログインには KB_USER と KB_PASSWORD の両方を設定してください（KB_USER に「:」は使えません）。"
        )
    return settings


def _allowed(problem: ErrorDetails) -> str:
    """What to give instead of a value that pydantic refused."""
    limits = problem.get("ctx", {})
    match problem["type"]:
        case "int_parsing":
            what = "整数"
        case "float_parsing":
            what = "数"
        case "bool_parsing":
            what = "true か false"
        case "greater_than":
            what = f"{limits['gt']} より大きい数"
        case "greater_than_equal":
            what = f"{limits['ge']} 以上の数"
        case "less_than_equal":
            what = f"{limits['le']} 以下の数"
        case "literal_error":
            what = str(limits["expected"]).replace(" or ", " か ").replace("'", "")
        case kind if kind.startswith("url_"):
            what = "http:// か https:// で始まるアドレス"
        case _:
            what = "別の値"
    return f"{what} を指定してください。"
