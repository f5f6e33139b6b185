"""Numbers of a sentence with their units and limits, in one spelling."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

from retrieval.analysis import normalise
from retrieval.numerals import numerals

_UNIT = re.compile(
    r"\s*(年度|年|か月|ヶ月|ケ月|箇月|カ月|ヵ月|月|日|時間|週間|営業日|円|%|パーセント|ポイント|割|倍|件|社|者|人|名"
    r"|回|校|台|条|項|号|章|節|歳|団体|機関|品目|業種|点|企業|商品|団体|分野|級|工区|部(?!分)|線|級|組合|分(?![割離類担野の]))"
)
# 「42新商品」: what is counted, where no counter stands between.
_COUNTED = re.compile(r"([\u4e00-\u9fffァ-ヴー]{2,6})")
_LIMIT = re.compile(
    r"\s*(?:の(?:もの|場合))?(?:\([^)]{0,20}\))?\s*"
    r"(以上|以下|以内|未満|超|を超え|を上回|を下回|まで|より(?:高|多)|より(?:低|少)|以降|以前)"
)
_LIMIT_CLASS = {
    "を超え": "超",
    "を上回": "超",
    "を下回": "未満",
    "以内": "以下",
    "より高": "超",
    "より多": "超",
    "より低": "未満",
    "より少": "未満",
}
_UNTIL = "まで"
_UNIT_CLASS = {
    "年度": "年",
    "パーセント": "%",
    "社": "者",
    "企業": "者",
    "名": "人",
} | dict.fromkeys(("ヶ月", "ケ月", "箇月", "カ月", "ヵ月"), "か月")
_PER = re.compile(
    r"(毎年度?|毎月|毎週|毎日|年間|年度|年|月|週|日|半年|四半期)(?:に|間|につき|あたり|当たり|ごとに)?$"
)
_PER_CLASS = {
    "毎年度": "年",
    "毎年": "年",
    "年間": "年",
    "年度": "年",
    "毎月": "月",
    "毎週": "週",
    "毎日": "日",
}
_POWERS = {"十": 10, "百": 100, "千": 1_000}
_KANJI_DIGITS = "〇一二三四五六七八九"
# Only before a counter: 一般, 一部 and 一者 応札 are words.
_KANJI = re.compile(
    r"(?<![\u4e00-\u9fff\d,.])([一二三四五六七八九十百千]{1,7})"
    r"(?=年|か月|箇月|月|日(?!本)|割|件|社|者|回|条|項|号|万|億|円|%|パーセント|点|人|名(?!称)|団体|機関|品目|校|か所|箇所|倍|歳|級|以上|以内|以下|未満)"
)
# 「次の3点」, 「2つ」 count what the answer itself lists.
_OWN_COUNT = re.compile(r"\s*(?:つ|種類|通り)")
_OWN_POINTS = re.compile(r"(?:次|以下|上記)の\s*$")
_THOUSANDS = re.compile(r"(\d)千(?:(\d)百)?(?:(\d)十)?(\d)?(?=[万億兆])(?<!千)")
_THOUSAND_YEN = re.compile(r"(\d[\d,]*)\s*千円")
_ROUGH = re.compile(r"(?:約|およそ|おおよそ|概ね|おおむね|ほぼ)\s*$")
_ERA = re.compile(r"(明治|大正|昭和|平成|令和)")
# 「平成17年度～25年度」, 「平成25・26年度」: the second year is of the era of the first.
_ERA_RANGE = re.compile(
    r"(明治|大正|昭和|平成|令和)(\s*(?:元|\d{1,2})\s*(?:年度?)?\s*(?:[~〜・-]|から|及び|と)\s*)(\d{1,2}\s*年)"
)
_ERA_FIRST = re.compile(
    r"(明治|大正|昭和|平成|令和)\s*(元|\d{1,2})(?=\s*[~〜・-]\s*(?:明治|大正|昭和|平成|令和)\s*\d{1,2}\s*年)"
)
_CLOCK = re.compile(
    r"(?<![\d:])(\d{1,2}):(\d{2})(?![\d:])|(?<!\d)(\d{1,2})\s*時(?!間)\s*(?:(\d{1,2})\s*分|(半))?"
)
_CLOCK_UNIT = "時刻"
_MONTH_DAY = re.compile(r"\s*(\d{1,2})\s*月\s*(?:(\d{1,2})\s*日)?")
# A number without one of these is never a number of them.
_EXPLICIT = frozenset(["円", "%", "条", "項", "号", "年", "月日", "月", "時刻"])
_DAY = "月日"
_YEAR = "年"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number: its value in one spelling, its unit and limit class, "" where it has none.

    A date is one quantity of unit 月日 (value `4-21`, `4` for a month alone) whose `year` is the
    western year, a time of day one of unit 時刻 (`10:20`). `per` is the period that a count is
    for, `rough` whether the writer rounds. `start` and `end` are offsets in the normalised text.
    """

    value: str
    unit: str
    limit: str
    words: str
    start: int = 0
    end: int = 0
    year: str = ""
    per: str = ""
    rough: bool = False

    def is_borne_out(self, known: Iterable[Quantity]) -> bool:
        """Whether the same number stands in the evidence, with no other unit or limit."""
        return any(self.agrees(other) for other in known)

    def agrees(self, other: Quantity) -> bool:
        """Whether `other`, of the evidence, says what this one says."""
        return (
            self._same_number(other)
            and (self.limit in ("", other.limit) or (self.limit == _UNTIL and not other.limit))
            and (not self.year or self.year == other.year)
            and (not self.per or not other.per or self.per == other.per)
        )

    def _same_number(self, other: Quantity) -> bool:
        if other.unit == _DAY and self.unit in (_DAY, "月") and "-" not in self.value:
            return self.value == other.value.partition("-")[0]
        if self.unit in _EXPLICIT and self.unit != other.unit:
            return False
        if not (self.unit.endswith(other.unit) or other.unit.endswith(self.unit)):
            return False
        return self.value == other.value or (self.rough and _rounds_to(other.value, self.value))


@lru_cache(maxsize=1_024)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Every number of `text` in order; a date gives its year and its month and day."""
    normal = readable(text)
    found: list[Quantity] = []
    taken = 0
    clocks = {match.start(): match for match in _CLOCK.finditer(normal)}
    for numeral in numerals(normal):
        if numeral.start < taken:
            continue
        if clock := clocks.get(numeral.start):
            found.append(_clock(clock))
            taken = clock.end()
            continue
        if _OWN_COUNT.match(normal, numeral.end):
            continue
        read = list(_read(normal, numeral.term, numeral.start, numeral.end))
        found += read
        taken = read[-1].end if read else numeral.end
    return tuple(found)


def readable(text: str) -> str:
    """`text` normalised, with kanji numbers as digits and the era repeated for every year."""
    normal = _THOUSANDS.sub(_sum, normalise(text))
    normal = _THOUSAND_YEN.sub(lambda match: f"{int(match[1].replace(',', '')) * 1000}円", normal)
    normal = _KANJI.sub(lambda match: str(_value(match[1])), normal)
    normal = _ERA_RANGE.sub(r"\1\2\1\3", normal)
    return _ERA_FIRST.sub(lambda match: f"{match[1]}{match[2]}年", normal)


def _read(text: str, term: str, start: int, end: int) -> Iterator[Quantity]:
    """The quantity at a numeral; of a date the year and the day, of a year the year."""
    rough = bool(_ROUGH.search(text, max(0, start - 8), start))
    if term.endswith("年"):
        limit, stop = _limit(text, end)
        yield Quantity(term, _YEAR, limit, text[start:stop].strip(), start, stop)
        if day := _MONTH_DAY.match(text, stop):
            yield _date(text, day, year=term)
        return
    if (day := _MONTH_DAY.match(text, start)) and day[2]:
        yield _date(text, day, year="")
        return
    unit, stop = "", end
    if match := _UNIT.match(text, end):
        unit, stop = _UNIT_CLASS.get(match[1], match[1]), match.end()
    elif match := _COUNTED.match(text, end):
        unit, stop = match[1], match.end()
    if unit == "点" and _OWN_POINTS.search(text, 0, start):
        return
    limit, stop = _limit(text, stop)
    per = _PER.search(text[max(0, start - 8) : start]) if unit == "回" else None
    yield Quantity(
        term,
        unit,
        limit,
        text[start:stop].strip(),
        start,
        stop,
        per=_PER_CLASS.get(per[1], per[1]) if per else "",
        rough=rough,
    )


def _date(text: str, day: re.Match[str], year: str) -> Quantity:
    limit, stop = _limit(text, day.end())
    value = f"{int(day[1])}-{int(day[2])}" if day[2] else str(int(day[1]))
    return Quantity(
        value, _DAY, limit, text[day.start() : stop].strip(), day.start(), stop, year=year
    )


def _clock(match: re.Match[str]) -> Quantity:
    hour = int(match[1] or match[3])
    minute = 30 if match[5] else int(match[2] or match[4] or 0)
    return Quantity(
        f"{hour}:{minute:02}", _CLOCK_UNIT, "", match[0].strip(), match.start(), match.end()
    )


def _limit(text: str, end: int) -> tuple[str, int]:
    limit = _LIMIT.match(text, end)
    return (_LIMIT_CLASS.get(limit[1], limit[1]), limit.end()) if limit else ("", end)


def _rounds_to(exact: str, rough: str) -> bool:
    """Whether `exact` is `rough` when rounded to as many digits; two at least."""
    try:
        known, said = Decimal(exact), Decimal(rough)
    except InvalidOperation:
        return False
    digits = len(said.normalize().as_tuple().digits)
    if digits < 2 or not known or not said:
        return False
    unit = Decimal((0, (1,), said.adjusted() - digits + 1))
    return known.quantize(unit, rounding=ROUND_HALF_UP) == said


def _sum(match: re.Match[str]) -> str:
    """5千2百 before 万 is 5200."""
    thousands, hundreds, tens, ones = (int(group or 0) for group in match.groups())
    return str(thousands * 1000 + hundreds * 100 + tens * 10 + ones)


def _value(kanji: str) -> int:
    total, digit = 0, 0
    for character in kanji:
        if character in _POWERS:
            total, digit = total + (digit or 1) * _POWERS[character], 0
        else:
            digit = _KANJI_DIGITS.index(character)
    return total + digit
