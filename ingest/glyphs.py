"""Look-alike code points that a PDF's character map puts for ordinary kanji (⽅⽇⻑ → 方日長)."""

from __future__ import annotations

import unicodedata

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

_TABLE = str.maketrans(RADICALS)


def fold(text: str) -> str:
    """`text` with every radical replaced; the length stays the same."""
    return text.translate(_TABLE)
