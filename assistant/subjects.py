"""What a question speaks of, as written: 指名停止, 収入印紙, カード."""

from __future__ import annotations

import re
from collections.abc import Iterable

from retrieval.analysis import normalise
from retrieval.query import Expansion, Source
from retrieval.topics import flat

_RUN = re.compile(r"[\u4e00-\u9fff々]{2,}|[ァ-ヴー]{2,}|[a-z]{2,}")
_FRAME = frozenset(
    [
        "根拠",
        "規定",
        "条文",
        "条項",
        "項目",
        "記載",
        "内容",
        "理由",
        "場合",
        "必要",
        "何",
        "具体",
        "方針",
        "基本方針",
        "該当",
        "資料",
        "文書",
        "説明",
        "定義",
        "意味",
        "違",
        "対象",
        "可能",
        "義務",
        "全部",
        "一覧",
        "列挙",
        "数字",
        "比較",
        "箇所",
        "事例",
        "団体",
        "自治体",
        "上限",
        "下限",
        "限度",
        "正式名称",
        "略称",
        "令和",
        "平成",
        "昭和",
        "年度",
    ]
)
"""Words that ask for a rule without saying of what."""
_LEAST = 2
_JAPANESE = re.compile(r"[\u3041-\u3096\u4e00-\u9fff]")


def subjects(question: str) -> tuple[str, ...]:
    """The runs of kanji, katakana and letters of a question that say what it is about.

    Of a question in romaji none: its words are not spelt as in any text.
    """
    if not _JAPANESE.search(question):
        return ()
    return tuple(run for run in _RUN.findall(normalise(question)) if run not in _FRAME)


def share_said(subject: str, text: str, expansions: Iterable[Expansion] = ()) -> float:
    """How much of a subject stands in one piece in `text` (made by `flat`), 0 to 1.

    All of it when `text` has the official words that it was taken for.
    """
    official = (
        flat(expansion.official)
        for expansion in expansions
        if expansion.source is not Source.TOPIC and normalise(expansion.written) in subject
    )
    if any(words in text for words in official):
        return 1.0
    for length in range(len(subject), _LEAST - 1, -1):
        pieces = (subject[at : at + length] for at in range(len(subject) - length + 1))
        if any(piece in text for piece in pieces):
            return length / len(subject)
    return 0.0
