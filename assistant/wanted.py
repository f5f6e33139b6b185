"""What a question about a quantity needs to see in the text before it counts as answered."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.checking.quantities import readable
from kb.numbers import read_number

_DIGIT = r"[\d一二三四五六七八九十百千万億兆]"
_AMOUNT = re.compile(rf"{_DIGIT}\s*円")
_SHARE = re.compile(rf"{_DIGIT}\s*(?:[%割]|パーセント|ポイント)|\d\s*(?:[/／]|分の)\s*\d")
_DATE = re.compile(r"\d\s*[月日年時]|吉日")
# What rules say of when where they set no day.
_DATE_OR_HASTE = re.compile(rf"{_DATE.pattern}|速やか|すみやか|迅速|直ちに|遅滞なく")
# How long: no date (平成18年3月), no fiscal year.
_YEARS = (
    rf"(?<!{_DIGIT})(?<![成和])(?<![成和]\s){_DIGIT}+\s*(?:か|ヶ|ヵ|カ)?年(?!\s*\d|度(?!の?末))"
)
_LENGTH = re.compile(rf"{_YEARS}|{_DIGIT}\s*(?:[かヶヵカ]月|日)|末日|随時|通年")
_TIME = re.compile(r"\d\s*時|\d{1,2}\s*:\s*\d{2}")

# What is asked for → what must stand in the text. The first that fits decides.
_WANTED: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (re.compile(r"電話|tel\b"), re.compile(r"\d{2,4}-\d{2,4}")),
    (re.compile(r"メールアドレス|eメール|e-mail"), re.compile(r"@")),
    (
        re.compile(r"(?:住所|所在地)(?:は|って|を(?:教|知)|[??]|$)"),
        re.compile(r"[都道府県市区町村].{0,12}\d"),
    ),
    (
        re.compile(
            r"何(?:%|パーセント|割|分の|ポイント)|なん(?:%|パーセント|割)"
            r"|(?:比率|割合|パーセンテージ|率|%)(?:の目標値?)?(?:は|って|を(?:教|知)|[??]?$)"
        ),
        _SHARE,
    ),
    (
        re.compile(
            r"何(?:円|億|兆|万円)"
            # Who asks for a price (複数年度契約の予定価格) wants the rule, who asks for the amount the sum.
            r"|(?:金額|手数料|参加費|値段|(?:上限|限度|基準|目標|実績|予算|契約)金?額)は?[??]?$"
            r"|(?:金額|価格|予定価格|契約額)の(?:上限|下限|線|範囲|目安)"
        ),
        _AMOUNT,
    ),
    (
        re.compile(r"(?:今|上限は?|額は?|参加費は?|契約金額は?|単価は?)\s*(?:いくら|なんぼ)"),
        _AMOUNT,
    ),
    (
        re.compile(
            r"いくら(?:で|まで|以上|以下|から|くらい|ぐらい)?(?:買|です|ですか|だっ|なの|[??]|$)"
        ),
        _AMOUNT,
    ),
    (re.compile(r"何件|件数"), re.compile(rf"{_DIGIT}\s*(?:件|案件|商品|品目|社)")),
    (
        re.compile(
            r"(?:(?:社|会社|企業|事業者|業者|団体|組合|商品|製品|品目?)の?|した|された|ている)数(?:[はをと]|って|[??]|$)"
        ),
        re.compile(
            r"\d\s*(?:件|[社者品]|企業|団体|組合|商品|新商品|製品)|(?<!員)数\s*[:はが]?\s*\d"
        ),
    ),
    (re.compile(r"何組合"), re.compile(rf"{_DIGIT}\s*組合")),
    (re.compile(r"何人|何名"), re.compile(rf"{_DIGIT}\s*[人名]|(?<!点)数[はがを]\s*\d")),
    (
        re.compile(r"何社|何者"),
        re.compile(rf"{_DIGIT}\s*(?:[社者]|企業)|(?:社|者|企業)の?数[はが]?\s*\d"),
    ),
    (
        re.compile(r"何点満点|満点は(?:いくつ|何点)"),
        re.compile(rf"{_DIGIT}\s*点満点|満点[^。]{{0,12}}\d"),
    ),
    (re.compile(r"定員"), re.compile(r"定員|先着")),
    (re.compile(r"何点"), re.compile(rf"{_DIGIT}\s*点|点.{{0,40}}\t\s*\d+\b", re.DOTALL)),
    (re.compile(r"何回|何度(?!も)"), re.compile(rf"{_DIGIT}\s*[回度]")),
    (
        re.compile(
            r"何(?:棟|台|枚|校|種類|区分|品目|商品|団体|機関|事例|企業|分野|施設|箇所|[かヶヵカ]所)"
        ),
        re.compile(
            rf"{_DIGIT}\s*(?:新)?(?:棟|台|枚|校|種|区分|品目|商品|団体|機関|事例|企業|分野|施設|箇所|[かヶヵカ]所)"
        ),
    ),
    (
        re.compile(
            r"何年(?:以[内上下]|間|未満|まで|ごと|もつ|持つ|続|た[つっ]|経|やっ|営業|[??]|$)"
            r"|年数(?:は|と|を|の違い|[??]|$)"
        ),
        re.compile(_YEARS),
    ),
    (re.compile(r"何年(?![度もぶ])"), re.compile(rf"{_DIGIT}\s*(?:か?年|ヶ年)")),
    (re.compile(r"期間は(?:[??]|$|いつ|何|どの)"), _LENGTH),
    (re.compile(r"何(?:か月|ヶ月|ヵ月|カ月)"), re.compile(rf"{_DIGIT}\s*(?:[かヶヵカ]月|月間)")),
    (re.compile(r"何日(?:以内|前|間|後)"), re.compile(rf"{_DIGIT}\s*(?:営業)?日")),
    (re.compile(r"何時|開始時刻"), _TIME),
    (
        re.compile(
            r"何日|何月|(?:締め?切り?日?|しめきり|期日|日程)(?:は|って|を(?:教|知|確)|[??]|$)"
        ),
        _DATE,
    ),
    (re.compile(r"いつまで"), _DATE_OR_HASTE),
)

# What is asked for in one breath with another: 比率と金額は, 比率目標・目標額は.
_BESIDE: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (re.compile(r"(?:比率|割合|[^効能]率)(?:の?目標値?)?(?=[と・、や])"), _SHARE),
    (re.compile(r"(?:金額|目標額|限度額|上限額)(?=[と・、や])"), _AMOUNT),
)

# What a quantity is said of, without being asked for: 何社か名指しする, 何か所もある, どんな価格.
_BY_THE_WAY = re.compile(
    r"何[社者人名件回点棟日年]か(?![はを??。]|教|知|わか|分か|調べ|$)"
    r"|何(?:[社者人名件回度点棟日年]|か所|箇所|ヶ所|種類|団体)も(?![つち持])"
    r"|どんな(?:金額|価格|予定価格|値段|比率|割合)"
    r"|[^。、]{0,20}のか(?:[がをは])?(?:書いてい?な|示してい?な|はっきりし|わから|分から|決まってい?な)"
)
_KANJI = r"[〇一二三四五六七八九十百千]"
_PARTS = re.compile(rf"({_KANJI}+)分の({_KANJI}+)")
_DAY = re.compile(rf"(?<=[年月]){_KANJI}{{1,3}}(?=[月日])")
_STOPS = "、。,?\n"


def wanted_quantity(question: str) -> re.Pattern[str] | None:
    """What a text must hold to answer a question about a quantity; None for any other question."""
    plain = _BY_THE_WAY.sub("", _plain(question))
    return next((needed for asked, needed in _WANTED if asked.search(plain)), None)


@dataclass(frozen=True, slots=True)
class Asked:
    """A quantity that a question asks for: the words of the question up to it, what must be seen."""

    phrase: str
    needed: re.Pattern[str]


def quantities_asked(question: str) -> tuple[Asked, ...]:
    """Every quantity that a question asks for, in its order: 何年以内が対象で、いくらまで.

    Beside one also those named without asking: 比率と金額は.
    """
    plain = _plain(question)
    found: list[tuple[int, int, re.Pattern[str]]] = []
    for sorts in (_WANTED, _BESIDE):
        if sorts is _BESIDE and not found:
            break
        for asked, needed in sorts:
            for match in asked.finditer(plain):
                if all(match.end() <= start or end <= match.start() for start, end, _ in found):
                    found.append((match.start(), match.end(), needed))
    quantities: list[Asked] = []
    before = 0
    for start, end, needed in sorted(found, key=lambda item: item[0]):
        begin = max(before, *(plain.rfind(mark, 0, start) + 1 for mark in _STOPS))
        quantities.append(Asked(plain[begin:end], needed))
        before = end
    return tuple(quantities)


def states(needed: re.Pattern[str] | None, text: str) -> bool:
    """Whether `text` holds what `wanted_quantity` gave."""
    return needed is None or bool(needed.search(_plain(text)))


@lru_cache(maxsize=8_192)
def _plain(text: str) -> str:
    """`text` in one spelling, its kanji figures as digits: 六十日, 十分の九, 四月三十日."""
    plain = _PARTS.sub(lambda match: f"{read_number(match[1])}分の{read_number(match[2])}", text)
    return readable(_DAY.sub(lambda match: f"{read_number(match[0])}", plain))
