"""A chat model behind an address, through LlamaIndex's LLM classes.

The only module that imports them. Whatever a server does wrong becomes a WriterError.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kb.errors import WriterError
from kb.settings import Settings

if TYPE_CHECKING:
    from llama_index.core.llms import ChatMessage, ChatResponse
    from llama_index.core.llms.llm import LLM

_CONTEXT = 16_384
"""Tokens of prompt and reply together; the evidence is kept well below."""
_REPLY_TOKENS = 2_000
_REPLY_LETTERS = 12_000
"""A reply longer than this does not end by itself."""
_FINISHED = "stop"


@dataclass(frozen=True, slots=True)
class Message:
    """One turn: `role` is system, user or assistant."""

    role: str
    text: str


class ChatModel:
    """Speaks to the model that the settings name; safe to share among threads."""

    def __init__(self, settings: Settings) -> None:
        """Nothing is sent yet. The settings must name an address and a model."""
        self._settings = settings
        self._llm: LLM | None = None

    @property
    def name(self) -> str:
        """The model's name, as set."""
        return str(self._settings.llm_model)

    def complete(self, messages: Sequence[Message]) -> str:
        """The whole reply at once. Raises WriterError when there is none."""
        try:
            response = self._opened().chat(_chat_messages(messages))
        except Exception as error:  # A server may answer anything; so may the library raise.
            raise _translated(error) from error
        return response.message.content or ""

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        """The reply as it grows: each item holds all of it so far.

        Raises WriterError when the reply does not come, does not end in time, or ends half way.
        """
        deadline = time.monotonic() + self._settings.llm_timeout
        said, finished = "", ""
        try:
            for response in self._opened().stream_chat(_chat_messages(messages)):
                said = response.message.content or said
                finished = _reason(response) or finished
                if time.monotonic() > deadline:
                    raise WriterError("時間内に書き終わりませんでした")
                if len(said) > _REPLY_LETTERS:
                    raise WriterError("回答が長すぎます")
                yield said
        except WriterError:
            raise
        except Exception as error:  # As above.
            raise _translated(error) from error
        if finished != _FINISHED:
            raise WriterError("回答が途中で切れました")

    def _opened(self) -> LLM:
        if self._llm is None:
            self._llm = _open(self._settings)
        return self._llm


def _open(settings: Settings) -> LLM:
    llm: LLM
    url = str(settings.llm_url).rstrip("/")
    if settings.llm_kind == "ollama":
        from llama_index.llms.ollama import Ollama

        llm = Ollama(
            model=str(settings.llm_model),
            base_url=url,
            request_timeout=settings.llm_timeout,
            temperature=0.0,
            context_window=_CONTEXT,
            additional_kwargs={"num_predict": _REPLY_TOKENS},
            headers=_headers(settings),
        )
        return llm
    from llama_index.llms.openai_like import OpenAILike

    llm = OpenAILike(
        model=str(settings.llm_model),
        api_base=url,
        api_key=settings.llm_key.get_secret_value() if settings.llm_key else "none",
        is_chat_model=True,
        temperature=0.0,
        max_tokens=_REPLY_TOKENS,
        context_window=_CONTEXT,
        timeout=settings.llm_timeout,
        max_retries=0,
    )
    return llm


def _headers(settings: Settings) -> dict[str, str]:
    key = settings.llm_key
    return {"Authorization": f"Bearer {key.get_secret_value()}"} if key else {}


def _chat_messages(messages: Sequence[Message]) -> list[ChatMessage]:
    from llama_index.core.llms import ChatMessage

    return [ChatMessage(role=message.role, content=message.text) for message in messages]


def _reason(response: ChatResponse) -> str:
    """Why the reply ended, once it has: OpenAI's finish_reason or Ollama's done_reason."""
    raw: Any = response.raw
    if isinstance(raw, dict):
        return str(raw.get("done_reason") or _FINISHED) if raw.get("done") else ""
    choices = getattr(raw, "choices", None) or []
    return str(choices[0].finish_reason or "") if choices else ""


def _translated(error: Exception) -> WriterError:
    """In a few words what went wrong, for the note beside the answer."""
    status = getattr(error, "status_code", None)
    name = type(error).__name__
    if "Timeout" in name:
        return WriterError("時間内に応答がありませんでした")
    if status in (401, 403):
        return WriterError(f"接続を拒まれました（HTTP {status}）。KB_LLM_KEY を確認してください")
    if status == 404:
        return WriterError("接続先かモデルが見つかりません（HTTP 404）")
    if isinstance(status, int) and status >= 400:
        return WriterError(f"エラーが返りました（HTTP {status}）")
    if "Connect" in name or isinstance(error, ConnectionError | OSError):
        return WriterError("接続できませんでした")
    return WriterError("応答の形式が正しくありません")
