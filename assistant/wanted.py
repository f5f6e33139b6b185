"""What a question about a quantity needs to see in the text before it counts as answered."""

from __future__ import annotations

import re
import unicodedata

_DIGIT = r"[\d一二三四五六七八九十百千万億兆]"
_AMOUNT = re.compile(rf"{_DIGIT}\s*円")
_SHARE = re.compile(rf"{_DIGIT}\s*(?:[%割分]|パーセント|ポイント)|\d\s*[/／]\s*\d")
_DATE = re.compile(r"\d\s*[月日年時]|吉日")
# What rules say of when where they set no day.
_DATE_OR_HASTE = re.compile(rf"{_DATE.pattern}|速やか|すみやか|迅速|直ちに|遅滞なく")
_TIME = re.compile(r"\d\s*時|\d{1,2}\s*:\s*\d{2}")

# What is asked for → what must stand in the text. The first that fits decides.
_WANTED: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (re.compile(r"電話|tel\b"), re.compile(r"\d{2,4}-\d{2,4}")),
    (re.compile(r"メールアドレス|eメール|e-mail"), re.compile(r"@")),
    (re.compile(r"住所|所在地"), re.compile(r"[都道府県市区町村].{0,12}\d")),
    (
        re.compile(
            r"何(?:%|パーセント|割|ポイント)|なん(?:%|パーセント|割)"
            r"|(?:比率|割合|パーセンテージ|率|%)(?:は|って|を(?:教|知)|[??]?$)"
        ),
        _SHARE,
    ),
    (
        re.compile(
            r"何(?:円|億|兆|万円)"
            r"|(?:金額|費用|料金|手数料|参加費|値段|価格|上限額|限度額|基準額|目標額|予算)は?[??]?$"
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
    (re.compile(r"何組合"), re.compile(rf"{_DIGIT}\s*組合")),
    (re.compile(r"何人|何名"), re.compile(rf"{_DIGIT}\s*[人名]")),
    (
        re.compile(r"何社|何者"),
        re.compile(rf"{_DIGIT}\s*(?:[社者]|企業)|(?:社|者|企業)の?数[はが]?\s*\d"),
    ),
    (re.compile(r"何点"), re.compile(rf"{_DIGIT}\s*点|点.{{0,40}}\t\s*\d+\b", re.DOTALL)),
    (re.compile(r"何回"), re.compile(rf"{_DIGIT}\s*回")),
    (re.compile(r"何年(?![度もぶ])"), re.compile(rf"{_DIGIT}\s*(?:か?年|ヶ年)")),
    (re.compile(r"何(?:か月|ヶ月|ヵ月|カ月)"), re.compile(rf"{_DIGIT}\s*(?:[かヶヵカ]月|月間)")),
    (re.compile(r"何日(?:以内|前|間|後)"), re.compile(rf"{_DIGIT}\s*(?:営業)?日")),
    (re.compile(r"何時|開始時刻"), _TIME),
    (re.compile(r"締切|締め切|しめきり|期日|何日|何月|日程"), _DATE),
    (re.compile(r"いつまで"), _DATE_OR_HASTE),
)


def wanted_quantity(question: str) -> re.Pattern[str] | None:
    """What a text must hold to answer a question about a quantity; None for any other question."""
    plain = _plain(question)
    return next((needed for asked, needed in _WANTED if asked.search(plain)), None)


def states(needed: re.Pattern[str] | None, text: str) -> bool:
    """Whether `text` holds what `wanted_quantity` gave."""
    return needed is None or bool(needed.search(_plain(text)))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()
