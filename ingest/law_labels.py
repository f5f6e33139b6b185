"""What a line of a law may begin with: 編章節款目, 条, 項, 号, イロハ, 附則, 別表."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum, auto

from kb.numbers import NUMBER, branched_name, read_branched, read_number

_S = r"[ \t\u3000]"
_BRANCHES = rf"(?:の{NUMBER})*"
_LINK = r"(?:、|及び|並びに|から|乃至|ないし|～|〜|―|－)"


class ItemStyle(Enum):
    """How a numbered item below a paragraph is written."""

    KANJI = auto()  # 一, 二の二
    PAREN = auto()  # (1)
    IROHA = auto()  # イ, ロ
    KATA = auto()  # ア, イ
    PAREN_KATA = auto()  # (ア)
    PAREN_IROHA = auto()  # (イ), (ロ)
    CIRCLED = auto()  # ①
    ROMAN = auto()  # ⅰ, (ⅱ)
    PAREN_ROMAN = auto()  # (i)


@dataclass(frozen=True, slots=True)
class LawLabel:
    """A label that a line may begin with.

    `name` is how it stands in an id, `first`..`last` are the numbers it covers (第4条及び第5条
    covers two), `length` the characters it takes with the white space after it.
    """

    name: str
    first: tuple[int, ...]
    last: tuple[int, ...]
    length: int


@dataclass(frozen=True, slots=True)
class ItemLabel:
    """An item's label in one of the styles it can be read in."""

    style: ItemStyle
    label: LawLabel


SECTION_UNITS = "編章節款目"

_SECTION = re.compile(
    rf"第{_S}*(?P<first>{NUMBER})(?P<unit>[{SECTION_UNITS}])(?P<branch>{_BRANCHES})"
    rf"(?:{_LINK}第(?P<last>{NUMBER})(?P=unit)(?P<last_branch>{_BRANCHES})(?:まで)?)?(?:{_S}+|$)"
)
_ARTICLE = re.compile(
    rf"第{_S}?(?P<first>{NUMBER}){_S}?条(?P<branch>{_BRANCHES})"
    rf"(?:{_LINK}第(?P<last>{NUMBER})条(?P<last_branch>{_BRANCHES})(?:まで)?)?"
    rf"(?:{_S}+|(?=（[^（）]*）(?:{_S}|$))|(?=\([^()]*\)(?:{_S}|$))|$)"
)
_PARAGRAPH = re.compile(rf"(?P<number>[0-9０-９]{{1,3}}|[①-⑳])(?:{_S}+|[.．]{_S}*(?=\D))(?=\S)")
_SUPPLEMENT = re.compile(rf"附{_S}*則{_S}*(?P<about>[（(].*[）)])?{_S}*(?:抄|（抄）|\(抄\))?")
_ANNEX = re.compile(
    rf"(?P<name>別{_S}?表|別{_S}?記|別{_S}?図|別{_S}?紙|様{_S}?式|別記様式)(?P<dai>{_S}?第)?"
    rf"(?P<number>{_S}?{NUMBER}{_BRANCHES})?(?P<unit>号)?(?:{_S}+|(?=[（(][^（）()]*[）)]{_S}*$)|$)"
)
_AMENDING = re.compile(
    r"[（(](?P<date>[^（）()]*?)(?P<number>(?:法律|政令|省令|規則|条例|令|告示|訓令)[^（）()]*?号)[）)]"
)

_KANA = (
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
)
_IROHA = (
    "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス"
)
_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_KANJI_ITEM = re.compile(
    rf"(?P<first>[一二三四五六七八九十百]{{1,5}}{_BRANCHES})"
    rf"(?:{_LINK}(?P<last>[一二三四五六七八九十百]{{1,5}}{_BRANCHES})(?:まで)?)?{_S}+(?=\S)"
)
_PAREN_ITEM = re.compile(rf"[（(](?P<first>[0-9０-９]{{1,3}}{_BRANCHES})[）)]{_S}*(?=\S)")
_KANA_ITEM = re.compile(rf"(?P<first>[ア-ンヰヱ])(?:{_S}+|[.．、]{_S}*)(?=\S)")
_PAREN_KANA_ITEM = re.compile(rf"[（(](?P<first>[ア-ンヰヱ])[）)]{_S}*(?=\S)")
_CIRCLED_ITEM = re.compile(rf"(?P<first>[①-⑳]){_S}*(?=\S)")
_ROMAN_ITEM = re.compile(
    rf"(?P<open>[（(])?(?P<first>[ivx]{{1,4}}|[ⅰ-ⅻ])(?P<close>[）)])?(?:{_S}+|(?<=[）)]))(?=\S)"
)


def read_section(text: str) -> tuple[str, LawLabel] | None:
    """第二章の二　… as its unit (編章節款目) and label; None for any other line."""
    if (match := _SECTION.match(text)) is None:
        return None
    return match["unit"], _ranged(match, match["unit"])


def read_article(text: str) -> LawLabel | None:
    """第百六十七条の二　… as 第167条の2; None for any other line."""
    if (match := _ARTICLE.match(text)) is None:
        return None
    return _ranged(match, "条")


def read_paragraph(text: str) -> LawLabel | None:
    """２　… or ②　… as 第2項; None for any other line."""
    if (match := _PARAGRAPH.match(text)) is None:
        return None
    number = (read_number(match["number"]),)
    return LawLabel(f"第{number[0]}項", number, number, match.end())


def read_supplement(text: str) -> str | None:
    """附　則　（平成二三年…法律第三五号）　抄 as 附則（平成23年…法律第35号）; else None."""
    if (match := _SUPPLEMENT.fullmatch(text)) is None:
        return None
    amending = _AMENDING.search(match["about"] or "")
    return f"附則（{_half_width(amending['date'] + amending['number'])}）" if amending else "附則"


def read_annex(text: str) -> LawLabel | None:
    """別表第一　… as 別表第1, 様式第2号 as it is; None for any other line."""
    if (match := _ANNEX.match(text)) is None:
        return None
    name = re.sub(_S, "", match["name"])
    number: tuple[int, ...] = (0,)
    if match["number"]:
        number = read_branched(match["number"])
        name += ("第" if match["dai"] else "") + branched_name(number, match["unit"] or "")
    return LawLabel(name, number, number, match.end())


def read_items(text: str) -> list[ItemLabel]:
    """Every way in which the line begins with an item's label; [] for plain text."""
    found: list[ItemLabel] = []
    if match := _KANJI_ITEM.match(text):
        first = read_branched(match["first"])
        last = read_branched(match["last"] or match["first"])
        name = branched_name(first) + (f"から{branched_name(last)}まで" if match["last"] else "")
        found.append(ItemLabel(ItemStyle.KANJI, LawLabel(name, first, last, match.end())))
    if match := _PAREN_ITEM.match(text):
        first = read_branched(match["first"])
        label = LawLabel(f"({branched_name(first)})", first, first, match.end())
        found.append(ItemLabel(ItemStyle.PAREN, label))
    if match := _KANA_ITEM.match(text):
        found += _kana(match, "{}", ItemStyle.KATA, ItemStyle.IROHA)
    if match := _PAREN_KANA_ITEM.match(text):
        found += _kana(match, "({})", ItemStyle.PAREN_KATA, ItemStyle.PAREN_IROHA)
    if match := _CIRCLED_ITEM.match(text):
        number = (read_number(match["first"]),)
        found.append(
            ItemLabel(ItemStyle.CIRCLED, LawLabel(match["first"], number, number, match.end()))
        )
    if match := _ROMAN_ITEM.match(text):
        found += _roman(match)
    return found


def _kana(match: re.Match[str], form: str, plain: ItemStyle, iroha: ItemStyle) -> list[ItemLabel]:
    letter = match["first"]
    found = []
    for style, order in ((plain, _KANA), (iroha, _IROHA)):
        if letter in order:
            number = (order.index(letter) + 1,)
            label = LawLabel(form.format(letter), number, number, match.end())
            found.append(ItemLabel(style, label))
    return found


def _roman(match: re.Match[str]) -> list[ItemLabel]:
    letters = unicodedata.normalize("NFKC", match["first"])
    if letters not in _ROMANS or bool(match["open"]) != bool(match["close"]):
        return []
    number = (_ROMANS.index(letters) + 1,)
    style = ItemStyle.PAREN_ROMAN if match["open"] else ItemStyle.ROMAN
    name = f"({letters})" if match["open"] else letters
    return [ItemLabel(style, LawLabel(name, number, number, match.end()))]


def _ranged(match: re.Match[str], unit: str) -> LawLabel:
    first = read_branched(match["first"] + match["branch"])
    name = f"第{branched_name(first, unit)}"
    last = first
    if match["last"]:
        last = read_branched(match["last"] + match["last_branch"])
        name += f"から第{branched_name(last, unit)}まで"
    return LawLabel(name, first, last, match.end())


def _half_width(text: str) -> str:
    """Kanji numbers and full-width digits of a law number as Arabic ones: 平成23年法律第35号."""
    plain = re.sub(r"[ \t\u3000]", "", text)
    return re.sub(NUMBER, lambda match: str(read_number(match[0])), plain)
