"""Settings from the environment: what is taken as it is, and what is refused with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.errors import OptionError
from kb.settings import load_settings


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("KB_PORT", "abc", "整数 を指定してください。"),
        ("KB_PORT", "0", "1 以上の数 を指定してください。"),
        ("KB_PORT", "70000", "65535 以下の数 を指定してください。"),
        ("KB_MAX_BYTES", "0", "0 より大きい数 を指定してください。"),
        ("KB_MAX_BYTES", "1MB", "整数 を指定してください。"),
        ("KB_LLM_KIND", "x", "openai か ollama を指定してください。"),
        ("KB_LLM_URL", "nix", "http:// か https:// で始まるアドレス を指定してください。"),
        ("KB_LLM_REWRITE", "maybe", "true か false を指定してください。"),
    ],
)
def test_a_refused_value_says_what_is_allowed(
    monkeypatch: pytest.MonkeyPatch, key: str, value: str, said: str
) -> None:
    monkeypatch.setenv(key, value)
    with pytest.raises(OptionError) as refused:
        load_settings()
    assert str(refused.value) == f"設定「{key}」の値「{value}」は使えません。{said}"


def test_an_unknown_key_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_COLOUR", "red")
    with pytest.raises(OptionError, match="KB_COLOUR"):
        load_settings()


def test_an_empty_value_is_no_value(monkeypatch: pytest.MonkeyPatch) -> None:
    for key in ("KB_HOME", "KB_PORT", "KB_LEXICON"):
        monkeypatch.setenv(key, "")
    settings = load_settings()
    assert settings.home.name == "kankouju-kb"
    assert (settings.port, settings.lexicon) == (7860, None)


def test_folders_are_whole_paths(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "me"))
    monkeypatch.setenv("KB_HOME", "~/kb")
    monkeypatch.setenv("KB_LEXICON", "words")
    settings = load_settings()
    assert settings.home == tmp_path / "me" / "kb"
    assert settings.lexicon == tmp_path / "words"
