"""Encoders and cross-encoders of the `neural` extra; the only module that imports sentence-transformers.

Models are read from a folder or from what is already on this machine: nothing is ever fetched.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import re
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kb.errors import OptionError

Vectors = npt.NDArray[np.float32]
Scores = npt.NDArray[np.float32]

_EXTRA = "sentence_transformers"
_BATCH = 32
_STEP = 256
"""Texts between two moves of the progress bar; within a step they are sorted by length."""
_SENTENCE_END = re.compile(r"[。！？\n]")
_SAYS_SOMETHING = re.compile(r"\w")


class NeuralEncoder:
    """Any sentence-transformers model; the vector of a long text is the mean of its parts' vectors.

    An empty prefix leaves the model its own prompts. The model is loaded at first use.
    """

    def __init__(self, model: str, query_prefix: str = "", passage_prefix: str = "") -> None:
        """Find the model. Raises OptionError when it or the extra is not on this machine."""
        self._folder = _folder_of(model, "KB_ENCODER")
        self._query_prefix = query_prefix
        self._passage_prefix = passage_prefix

    @cached_property
    def id(self) -> str:
        """`neural-` and the beginning of a digest over the model's files and the prefixes."""
        made_of = "\0".join((_digest(self._folder), self._query_prefix, self._passage_prefix))
        return f"neural-{hashlib.sha256(made_of.encode()).hexdigest()[:12]}"

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._model.get_embedding_dimension())

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Shape (texts, dimension), rows of length 1; a text without a letter gives zeros."""
        return self._encode(texts, self._model.encode_query, self._query_prefix)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """As `encode_queries`, with the passages' prefix."""
        return self._encode(texts, self._model.encode_document, self._passage_prefix)

    def _encode(self, texts: Sequence[str], encode: Any, prefix: str) -> Vectors:
        parts = [
            (row, part)
            for row, text in enumerate(texts)
            if _SAYS_SOMETHING.search(text)
            for part in self._parts(text, prefix)
        ]
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for step in _steps(len(parts)):
            rows, pieces = zip(*parts[step], strict=True)
            found = encode(
                list(pieces),
                prompt=prefix or None,
                batch_size=_BATCH,
                normalize_embeddings=True,
                show_progress_bar=False,
            )
            np.add.at(vectors, list(rows), found)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        normal: Vectors = vectors / np.maximum(lengths, 1e-12)
        return normal

    def _parts(self, text: str, prefix: str) -> Iterator[str]:
        """`text`, halved at the end of a sentence until the model can read each part whole."""
        most = self._model.max_seq_length
        # A character is at most a few tokens, so short texts need not be counted.
        if most is None or 4 * len(prefix + text) < most or self._tokens(prefix + text) <= most:
            yield text
            return
        middle = len(text) // 2
        ends = [end.end() for end in _SENTENCE_END.finditer(text) if end.end() < len(text)]
        cut = min(ends, key=lambda end: abs(end - middle), default=middle)
        if not len(text) // 4 <= cut <= 3 * len(text) // 4:
            cut = middle
        if cut == 0:
            yield text
            return
        for part in (text[:cut], text[cut:]):
            if _SAYS_SOMETHING.search(part):
                yield from self._parts(part, prefix)

    def _tokens(self, text: str) -> int:
        tokenizer = self._model.tokenizer
        return len(tokenizer.tokenize(text)) + int(tokenizer.num_special_tokens_to_add())

    @cached_property
    def _model(self) -> Any:
        from sentence_transformers import SentenceTransformer

        return _loaded(SentenceTransformer, self._folder, "KB_ENCODER")


class CrossEncoderReranker:
    """Any sentence-transformers cross-encoder with one output."""

    def __init__(self, model: str) -> None:
        """Find the model.

        Raises OptionError when it or the extra is not on this machine, or it is another sort of
        model: loaded as a cross-encoder it would get a random last layer.
        """
        self._folder = _folder_of(model, "KB_RERANKER")
        if not _is_cross_encoder(self._folder):
            raise OptionError(
                f"設定 KB_RERANKER のモデル「{model}」は再順位付け用（出力1つのクロスエンコーダー）ではありません。"
                "別のモデルを指定してください。"
            )

    def scores(self, query: str, texts: Sequence[str]) -> Scores:
        """How well each text answers, 0 to 1, shape (texts,); long texts are cut by the model."""
        if not texts:
            return np.zeros(0, dtype=np.float32)
        from torch import nn

        found = self._model.predict(
            [(query, text) for text in texts],
            batch_size=_BATCH,
            activation_fn=nn.Sigmoid(),
            show_progress_bar=False,
        )
        return np.asarray(found, dtype=np.float32)

    @cached_property
    def _model(self) -> Any:
        from sentence_transformers import CrossEncoder

        return _loaded(CrossEncoder, self._folder, "KB_RERANKER")


def _folder_of(model: str, setting: str) -> Path:
    """Where the model lies on this machine. Raises OptionError."""
    if importlib.util.find_spec(_EXTRA) is None:
        raise OptionError(
            f"設定 {setting} のモデル「{model}」を使うには追加の部品が要ります。"
            "`pip install 'kankouju-kb[neural]'` を実行してください。"
        )
    if Path(model).expanduser().is_dir():
        return Path(model).expanduser().resolve()
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(model, local_files_only=True))
    except (HFValidationError, LocalEntryNotFoundError) as error:
        raise OptionError(
            f"設定 {setting} のモデル「{model}」がこのコンピューターにありません。"
            "モデルのフォルダーの場所を指定してください。"
        ) from error


def _loaded(kind: Any, folder: Path, setting: str) -> Any:
    from transformers.utils import logging

    untyped: Any = logging
    # Its bars and hints say nothing to an officer.
    untyped.disable_progress_bar()
    untyped.set_verbosity_error()
    try:
        return kind(str(folder), device="cpu", local_files_only=True)
    except (OSError, ValueError, KeyError, ImportError, RuntimeError) as error:
        raise OptionError(
            f"設定 {setting} のモデル（{folder}）が読めません。sentence-transformersの形式か確認してください。"
        ) from error


def _digest(folder: Path) -> str:
    """Of all files: fine-tuned weights have the size and names of those before."""
    files = sorted(
        file for file in folder.rglob("*") if file.is_file() and not file.name.startswith(".")
    )
    return _digest_of(
        tuple(
            (file.relative_to(folder).as_posix(), file, file.stat().st_mtime_ns) for file in files
        )
    )


@lru_cache(maxsize=4)
def _digest_of(files: tuple[tuple[str, Path, int], ...]) -> str:
    """Of names and contents; reading gigabytes takes seconds, so it is done once a change."""
    digest = hashlib.sha256()
    for name, file, _ in files:
        digest.update(name.encode())
        with file.open("rb") as content:
            digest.update(hashlib.file_digest(content, "sha256").digest())
    return digest.hexdigest()


def _is_cross_encoder(folder: Path) -> bool:
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    kinds = config.get("architectures") or [""]
    # transformers leaves the labels out when there are two.
    return (
        kinds[0].endswith("ForSequenceClassification") and len(config.get("id2label", "two")) == 1
    )


def _steps(size: int) -> Iterator[slice]:
    """Slices of up to _STEP, with a progress bar on a terminal when there are many."""
    from tqdm import tqdm  # type: ignore[import-untyped]

    starts = range(0, size, _STEP)
    # `disable=None` keeps the bar off standard errors that are no terminal.
    off = None if len(starts) > 1 else True
    for start in tqdm(starts, desc="埋め込み", unit_scale=_STEP, unit="件", disable=off):
        yield slice(start, start + _STEP)
