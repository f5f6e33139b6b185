"""Proper names in a statement: agencies, laws, places, people."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.analysis import morphemes, normalise

_TITLED = re.compile(
    r"[\u4e00-\u9fff々ァ-ヴーa-z0-9・]{1,20}?(?:省|庁|大学|機構|事業団|法人|協会|公社|公庫|銀行|委員会|株式会社|(?<![方手文用])法(?![人的令])|施行令|施行規則|要綱|指針|ガイドライン|県|都(?!合)|府(?!県)|市(?!場)|町|村)"
    r"(?![\u4e00-\u9fff])"
)
_SHORTEST = 3
_ENDING = 2
# Words that stand before a name without being of it.
_LEADING = re.compile(
    r"^(?:当該|同|本|各|全|他|旧|新|主な|関係|地元|独立行政法人|国立大学法人|公立大学法人|(?:一般|公益)(?:財団|社団)法人|株式会社"
    r"|改正|現行|国|県|市|区|町|村|都|府|道|等|及び|又は|並びに|特に|で|は|が|を|に|の)+"
)
_BARE = re.compile(r"[\s・「」『』()、。]")
_CAPITALS = re.compile(r"(?<![a-z])[a-z]{3,}(?![a-z])")
# Words that only look like a name, or that any writer uses of any document.
_COMMON = frozenset(
    [
        "方法",
        "同法",
        "本法",
        "当該法",
        "各府省",
        "各省",
        "府省",
        "省庁",
        "各省庁",
        "関係省庁",
        "大学",
        "法人",
        "事業団",
        "市町村",
        "都道府県",
        "機構",
        "中小企業",
        "当機構",
        "当事業団",
        "本学",
        "指針",
        "要綱",
        "県",
        "市",
        "町",
        "村",
        "都",
        "府",
        "庁",
        "省",
    ]
)


def names(text: str) -> tuple[str, ...]:
    """The proper names of `text` in NFKC lower case, each once."""
    normal = normalise(text)
    found = titled(normal)
    found += [
        word.surface
        for word in morphemes(normal)
        if "固有名詞" in word.part_of_speech and len(word.surface) > 1
    ]
    return tuple(name for name in dict.fromkeys(found) if name not in _COMMON)


def unknown_name(statement: str, evidence: str) -> str:
    """The first name of a statement that the evidence does not hold; "" when it holds all."""
    known = _BARE.sub("", normalise(evidence))
    unknown = [name for name in names(statement) if _BARE.sub("", name) not in known]
    titles = titled(known) if unknown else []
    return next((name for name in unknown if not _holds(known, name, titles)), "")


def without_short_names(text: str, context: str) -> str:
    """`text` with every short form of a name in `context` blanked: 私学事業団, 鹿屋体大.

    `context` has a name a line.
    """
    plain = text
    for name in titled(normalise(text)):
        if name not in _COMMON and any(
            abbreviates(name, whole) for line in context.split("\n") for whole in line.split(" ")
        ):
            plain = plain.replace(name, " " * len(name))
    return plain


def abbreviates(name: str, whole: str) -> bool:
    """Whether the letters of `name` stand in `whole` in this order, to the same ending."""
    letters = iter(normalise(whole))
    return (
        len(name) >= _SHORTEST
        and normalise(whole).endswith(name[-_ENDING:])
        and all(letter in letters for letter in name)
    )


def titled(text: str) -> list[str]:
    """The names of normalised `text` that end like a body's, law's or place's."""
    return [match[0] for match in _TITLED.finditer(text)]


def _holds(known: str, name: str, titles: Sequence[str]) -> bool:
    """Whether the name is known, by itself or behind words that lead to it, or abbreviates one."""
    plain = _BARE.sub("", name)
    tail = _LEADING.sub("", plain)
    return tail in known or any(abbreviates(tail, title) for title in titles)
