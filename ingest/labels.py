"""The grammar of clause labels: what a line may begin with, and what that would be called."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from kb.numbers import NUMBER, read_number


class LabelKind(Enum):
    """One numbering style; `DEPTH` gives the order in which they usually nest."""

    DAI = auto()  # 第1
    ROMAN = auto()  # Ⅰ
    KANJI = auto()  # 一
    NUM = auto()  # 1
    DOTTED = auto()  # 1.1
    PAREN = auto()  # (1)
    HALF_PAREN = auto()  # 1)
    CIRCLED = auto()  # ①
    KATA = auto()  # ア
    IROHA = auto()  # イ, ロ, ハ
    PAREN_KATA = auto()  # (ア)
    ALPHA = auto()  # a
    PAREN_ALPHA = auto()  # (a)
    SMALL_ROMAN = auto()  # ⅰ
    NOTE = auto()  # (注)
    ANNEX = auto()  # 附則, 別紙
    NAMED = auto()  # a heading without a number


DEPTH: dict[LabelKind, int] = {
    LabelKind.ANNEX: 0,
    LabelKind.DAI: 0,
    LabelKind.ROMAN: 1,
    LabelKind.KANJI: 1,
    LabelKind.NAMED: 2,
    LabelKind.NUM: 3,
    LabelKind.DOTTED: 4,
    LabelKind.PAREN: 5,
    LabelKind.HALF_PAREN: 6,
    LabelKind.CIRCLED: 7,
    LabelKind.KATA: 7,
    LabelKind.IROHA: 7,
    LabelKind.PAREN_KATA: 8,
    LabelKind.ALPHA: 9,
    LabelKind.PAREN_ALPHA: 10,
    LabelKind.SMALL_ROMAN: 10,
    LabelKind.NOTE: 11,
}
"""Usual depth; kinds of the same depth nest either way round."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label that a line may begin with.

    `name` is how it stands in an id (`第2`, `14`, `(3)`, `③`), `number` its place in the sequence,
    `length` the characters it takes with the white space after it. `spaced` says that white space
    or punctuation parts it from the text; `repaired` is what stood in the source when its number
    was mended (`1.4`) and holds only if the number continues the sequence. `prefix` are the
    numbers before the last one of 1.2.3.
    """

    kind: LabelKind
    number: int
    name: str
    length: int
    spaced: bool
    repaired: str | None = None
    prefix: tuple[int, ...] = ()


_D = "[0-9０-９]"
_SPACE = r"[ \t\u3000]"
KANA = (
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
)
_IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラム"
_KANJI = "一二三四五六七八九十"
CIRCLED = "".join(
    map(chr, (*range(0x2460, 0x2474), *range(0x3251, 0x3260), *range(0x32B1, 0x32C0)))
)
_PARENTHESISED = "".join(map(chr, range(0x2474, 0x2488)))
_ROMAN = "".join(map(chr, range(0x2160, 0x216C)))
_SMALL_ROMAN = "".join(map(chr, range(0x2170, 0x217C)))

_DAI = re.compile(
    rf"第{_SPACE}*({_D}{{1,2}}|[{_KANJI}]{{1,3}})(?:{_SPACE}+|[.．]{_SPACE}*|"
    r"(?=[^\d０-９条項号章節款目編回期次版種類者年月日週四半の、，.．及又〜～~等級一二三五六七八九十－ー-])|$)"
)
_CHAPTER_UNITS = "部編章節款"
_CHAPTER = re.compile(
    rf"第{_SPACE}*(?P<number>{NUMBER})(?P<unit>[{_CHAPTER_UNITS}])(?:{_SPACE}+(?=\S)|[:：]{_SPACE}*|$)"
)
_KANJI_LABEL = re.compile(
    rf"([{_KANJI}]{{1,3}})(?:[.．、]?{_SPACE}+|[.．])(?=[^\s{_KANJI}])|([{_KANJI}]{{1,3}})[.．、]?$"
)
_OCR_NUM = re.compile(rf"({_D})(?:[.．]{_SPACE}*|{_SPACE}+)({_D})(?:{_SPACE}+(?=[^\s\d０-９])|$)")
_NUM = re.compile(
    rf"({_D}{{1,2}})(?:[.．、]{_SPACE}*(?![\d０-９])|{_SPACE}+)(?=[^\s\d０-９])|({_D}{{1,2}})[.．、]?$"
)
_DOTTED = re.compile(rf"({_D}{{1,2}}(?:[.．－-]{_D}{{1,2}})+)[.．]?(?:{_SPACE}+(?=\S)|$)")
_PAREN = re.compile(rf"[(（]{_SPACE}*({_D}{{1,2}}){_SPACE}*[)）]({_SPACE}*)")
_PAREN_GLYPH = re.compile(rf"([{_PARENTHESISED}])({_SPACE}*)")
_HALF_PAREN = re.compile(rf"({_D}{{1,2}})[)）]({_SPACE}*)(?=\S)")
_CIRCLED_LABEL = re.compile(rf"([{CIRCLED}])({_SPACE}*)")
_KATA = re.compile(rf"([ア-ンｱ-ﾝ])(?:(?:[.．、:：]{_SPACE}*|{_SPACE}+)(?=\S)|[.．]?$)")
_PAREN_KATA = re.compile(rf"[(（]{_SPACE}*([ア-ンｱ-ﾝ]){_SPACE}*[)）]({_SPACE}*)")
_ALPHA = re.compile(rf"([a-zａ-ｚ])(?:[.．)）]{_SPACE}*|{_SPACE}+)(?=[^\sA-Za-z0-9])")
_PAREN_ALPHA = re.compile(rf"[(（]{_SPACE}*([a-zａ-ｚ]){_SPACE}*[)）]({_SPACE}*)")
_ROMAN_LABEL = re.compile(rf"([{_ROMAN}])[.．、]?({_SPACE}*)(?=[^{_ROMAN}])")
_SMALL_ROMAN_LABEL = re.compile(rf"[(（]?([{_SMALL_ROMAN}])[)）.．、]?({_SPACE}*)")
_NOTE = re.compile(
    rf"(?:[(（]注{_SPACE}*({_D}{{0,2}})[)）]|注{_SPACE}*({_D}{{1,2}})[)）.．:：]?|注[)）:：]){_SPACE}*(?=\S|$)"
)
_ANNEX = re.compile(
    rf"[(（【〔［\[]?((?:附{_SPACE}*則|付{_SPACE}*則|別{_SPACE}*紙|別{_SPACE}*添|別{_SPACE}*表|様式|参考資料|参考)"
    rf"(?:{_SPACE}*第?{_D}{{1,2}}号?(?:[-－の]{_D}{{1,2}})?)?)[)）】〕］\]]?(?:{_SPACE}+(?=\S)|$)"
)

_LEADER = re.compile(
    r"(?:…{2,}|‥{2,}|[.．･・]{4,}|(?:[.．・…] ){3,})\s*[-－(（]?\s*[0-9０-９]{1,4}"
)
_NOT_AFTER_LABEL = re.compile(
    r"から(?![だ])|まで|及び|並びに|又は|若しくは|に掲げ|に規定|に定め|に基づ|に留意|に記載|[、，)）」』】・～〜~/／]"
)
_CITED_PLACE = re.compile(
    rf"[(（]{_D}{{1,2}}[)）](?:[①-⑳ア-ン]|[(（][ア-ン][)）])*(?:の規定|に規定|に掲げ|に定め|に準じ|により|から|及び|又は|並びに|ただし書)"
)
"""（１）の規定 behind ３．: a place that a sentence begins with, no number of a heading."""
_PARTICLE = re.compile(r"[のをがはとにでもへ]")
_UNIT = re.compile(
    r"年[度間以の]|月\s*[\d０-９]|日[付以まか、]|円|％|%|億|[百千万]\s*円|点[の以、]|[人者件社][以のがを、]|[条項号](?:[のにをがは、）)第\s]|$)"
)


def read_labels(text: str) -> list[Label]:
    """Every label that `text` may begin with, the likeliest reading first; [] for plain text.

    Only the shape is judged here; whether a label is one in its place, the outline decides.
    """
    if _LEADER.search(text):
        return []
    return [label for label in _readings(text) if _may_be_followed_by(text[label.length :], label)]


def _readings(text: str) -> Iterator[Label]:
    yield from _named_places(text)
    yield from _plain_numbers(text)
    yield from _bracketed(text)
    yield from _letters(text)


def _named_places(text: str) -> Iterator[Label]:
    if match := _NOTE.match(text):
        number = _digits(match[1] or match[2] or "")
        name = f"(注{number or ''})"
        yield Label(LabelKind.NOTE, number or 1, name, match.end(), True)
    if match := _ANNEX.match(text):
        name = re.sub(r"\s", "", unicodedata.normalize("NFKC", match[1])).replace("付則", "附則")
        yield Label(LabelKind.ANNEX, 1, name, match.end(), True)
    if match := _CHAPTER.match(text):
        unit = match["unit"]
        number = read_number(match["number"])
        rank = (_CHAPTER_UNITS.index(unit),)
        yield Label(LabelKind.DAI, number, f"第{number}{unit}", match.end(), True, prefix=rank)
    if match := _KANJI_LABEL.match(text):
        name = match[1] or match[2]
        yield Label(LabelKind.KANJI, _kanji_number(name), name, match.end(), True)
    if match := _DAI.match(text):
        number = _kanji_number(match[1]) if match[1][0] in _KANJI else _digits(match[1])
        spaced = match[0][-1] in " \t\u3000.．" or match.end() == len(text)
        yield Label(LabelKind.DAI, number, f"第{number}", match.end(), spaced)
    if match := _ROMAN_LABEL.match(text):
        number = _ROMAN.index(match[1]) + 1
        yield Label(LabelKind.ROMAN, number, match[1], match.end(), bool(match[2]))


def _plain_numbers(text: str) -> Iterator[Label]:
    if match := _OCR_NUM.match(text):
        number = 10 * _digits(match[1]) + _digits(match[2])
        before = text[: match.end(2)]
        yield Label(LabelKind.NUM, number, str(number), match.end(), True, repaired=before)
    if match := _DOTTED.match(text):
        numbers = tuple(_digits(part) for part in re.split(r"[.．－-]", match[1]))
        name = ".".join(map(str, numbers))
        yield Label(LabelKind.DOTTED, numbers[-1], name, match.end(), True, prefix=numbers[:-1])
    if match := _NUM.match(text):
        number = _digits(match[1] or match[2])
        yield Label(LabelKind.NUM, number, str(number), match.end(), True)


def _bracketed(text: str) -> Iterator[Label]:
    if match := _PAREN.match(text):
        number = _digits(match[1])
        yield Label(LabelKind.PAREN, number, f"({number})", match.end(), bool(match[2]))
    if match := _PAREN_GLYPH.match(text):
        number = _PARENTHESISED.index(match[1]) + 1
        yield Label(LabelKind.PAREN, number, f"({number})", match.end(), bool(match[2]))
    if match := _HALF_PAREN.match(text):
        number = _digits(match[1])
        yield Label(LabelKind.HALF_PAREN, number, f"{number})", match.end(), bool(match[2]))
    if match := _CIRCLED_LABEL.match(text):
        number = CIRCLED.index(match[1]) + 1
        yield Label(LabelKind.CIRCLED, number, match[1], match.end(), bool(match[2]))


def _letters(text: str) -> Iterator[Label]:
    if match := _KATA.match(text):
        letter = unicodedata.normalize("NFKC", match[1])
        for kind, order in ((LabelKind.KATA, KANA), (LabelKind.IROHA, _IROHA)):
            if letter in order:
                yield Label(kind, order.index(letter) + 1, letter, match.end(), True)
    if match := _PAREN_KATA.match(text):
        letter = unicodedata.normalize("NFKC", match[1])
        if letter in KANA:
            number = KANA.index(letter) + 1
            yield Label(LabelKind.PAREN_KATA, number, f"({letter})", match.end(), bool(match[2]))
    if match := _ALPHA.match(text):
        letter = unicodedata.normalize("NFKC", match[1])
        yield Label(LabelKind.ALPHA, ord(letter) - ord("a") + 1, letter, match.end(), True)
    if match := _PAREN_ALPHA.match(text):
        letter = unicodedata.normalize("NFKC", match[1])
        number = ord(letter) - ord("a") + 1
        yield Label(LabelKind.PAREN_ALPHA, number, f"({letter})", match.end(), bool(match[2]))
    if match := _SMALL_ROMAN_LABEL.match(text):
        number = _SMALL_ROMAN.index(match[1]) + 1
        name = unicodedata.normalize("NFKC", match[1])
        yield Label(LabelKind.SMALL_ROMAN, number, name, match.end(), bool(match[2]))


def _may_be_followed_by(rest: str, label: Label) -> bool:
    if label.number == 0 or _NOT_AFTER_LABEL.match(rest):
        return False
    if not label.spaced and _PARTICLE.match(rest):
        return False
    if label.kind is LabelKind.NOTE:
        return not _PARTICLE.match(rest)
    if label.kind is LabelKind.ANNEX:
        return len(rest) <= 60 and "。" not in rest
    if label.kind is LabelKind.NUM and _CITED_PLACE.match(rest):
        return False
    return not (label.kind in (LabelKind.NUM, LabelKind.DOTTED) and _UNIT.match(rest))


def _digits(text: str) -> int:
    return int(unicodedata.normalize("NFKC", text)) if text else 0


def _kanji_number(text: str) -> int:
    """一 … 九十九."""
    if "十" not in text:
        return _KANJI.index(text[0]) + 1 if len(text) == 1 else 0
    tens, _, ones = text.partition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return 0
    return 10 * (_KANJI.index(tens) + 1 if tens else 1) + (_KANJI.index(ones) + 1 if ones else 0)
