"""Look-alike characters that stand for ordinary kanji, and how they are mended.

Radicals come from a PDF's character map (⽅⽇⻑ → 方日長), simplified forms from OCR (技术 → 技術);
the latter stand in the lexicon, where an office can add its own.
"""

from __future__ import annotations

import json
import unicodedata
from functools import lru_cache

from ingest.traced import TracedText
from kb.documents import Repair
from kb.resources import CORPUS
from kb.spans import Span

# U+2E80–2EFF have no NFKC form. Only radicals that are words of their own in Japanese; after
# EquivalentUnifiedIdeograph.txt of the Unicode Character Database.
_SUPPLEMENT = {
    "⺌": "小", "⺍": "小", "⺎": "兀", "⺐": "尢", "⺒": "巳", "⺓": "幺", "⺗": "心", "⺜": "日",
    "⺝": "月", "⺟": "母", "⺠": "民", "⺧": "牛", "⺩": "王", "⺫": "目", "⺬": "示", "⺮": "竹",
    "⺶": "羊", "⺷": "羊", "⺸": "羊", "⺻": "聿", "⺽": "臼", "⻁": "虎", "⻃": "西", "⻄": "西",
    "⻆": "角", "⻊": "足", "⻑": "長", "⻗": "雨", "⻘": "青", "⻝": "食", "⻞": "食", "⻡": "首",
    "⻣": "骨", "⻤": "鬼", "⻨": "麦", "⻩": "黄", "⻫": "斉", "⻭": "歯", "⻯": "竜", "⻱": "龜",
    "⻲": "亀",
}  # fmt: skip
_KANGXI = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}

RADICALS: dict[str, str] = _KANGXI | _SUPPLEMENT
"""Radical → the kanji that it stands for, one character for one."""


def mend(text: TracedText) -> tuple[TracedText, tuple[Repair, ...]]:
    """`text` with every look-alike replaced, character for character, and what was replaced."""
    table = _look_alikes()
    repairs = tuple(
        Repair("glyph", Span(offset, offset + 1), character, table[character])
        for character, offset in zip(text.text, text.offsets, strict=True)
        if character in table and offset >= 0
    )
    if not repairs:
        return text, ()
    return text.translate(lambda character: table.get(character, character)), repairs


def fold(text: str) -> str:
    """`text` with every look-alike replaced; the length stays the same."""
    return text.translate({ord(written): meant for written, meant in _look_alikes().items()})


@lru_cache(maxsize=1)
def _look_alikes() -> dict[str, str]:
    lines = (CORPUS / "lexicon" / "glyphs.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return RADICALS | {row["written"]: row["meant"] for row in rows}
