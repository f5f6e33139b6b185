"""Real transformers of a few thousand weights, saved to a folder as sentence-transformers reads them."""

from __future__ import annotations

from pathlib import Path

import pytest

_MOST_TOKENS = 32
_CHARACTERS = "入札競争契約随意資格参加者必要野生動物保護見積分離発注物件新規中小企業購に。、"


def save_encoder(folder: Path, size: int = 16, seed: int = 1) -> str:
    """A one-layer BERT; its vectors have the length `size`. Skips without the neural extra."""
    transformers, config, tokenizer = _parts(size, seed)
    return _saved(folder, transformers.BertModel(config), tokenizer)


def save_cross_encoder(folder: Path, outputs: int = 1, seed: int = 1) -> str:
    """A one-layer BERT that scores pairs of texts. Skips without the neural extra."""
    transformers, config, tokenizer = _parts(16, seed)
    config.num_labels = outputs
    return _saved(folder, transformers.BertForSequenceClassification(config), tokenizer)


def _parts(size, seed):
    reason = "needs the neural extra"
    pytest.importorskip("sentence_transformers", reason=reason)
    torch = pytest.importorskip("torch", reason=reason)
    import transformers
    from tokenizers import Tokenizer, models, pre_tokenizers, processors

    torch.manual_seed(seed)
    names = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *dict.fromkeys(_CHARACTERS)]
    numbers = {name: number for number, name in enumerate(names)}
    characters = Tokenizer(models.WordLevel(numbers, unk_token="[UNK]"))
    characters.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    characters.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    tokenizer = transformers.PreTrainedTokenizerFast(
        tokenizer_object=characters,
        pad_token="[PAD]",
        unk_token="[UNK]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        model_max_length=_MOST_TOKENS,
    )
    config = transformers.BertConfig(
        vocab_size=len(names),
        hidden_size=size,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=size,
        max_position_embeddings=_MOST_TOKENS,
    )
    return transformers, config, tokenizer


def _saved(folder, model, tokenizer):
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return str(folder)
