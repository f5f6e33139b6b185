"""What a question about a quantity needs to see in the text before it counts as answered."""

from __future__ import annotations

import re
import unicodedata

_DIGIT = r"[\d一二三四五六七八九十百千万億兆]"
_AMOUNT = re.compile(rf"{_DIGIT}\s*円")
_SHARE = re.compile(rf"{_DIGIT}\s*(?:[%割分]|パーセント|ポイント)|\d\s*[/／]\s*\d")
_DATE = re.compile(r"\d\s*[月日年時]|吉日")

# What is asked for → what must stand in the text. The first that fits decides.
_WANTED: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (re.compile(r"電話|tel\b"), re.compile(r"\d{2,4}-\d{2,4}")),
    (re.compile(r"住所|所在地"), re.compile(r"[都道府県市区町村].{0,12}\d")),
    (
        re.compile(
            r"何(?:%|パーセント|割|ポイント)|(?:比率|割合|パーセンテージ|率|%)(?:は|って|を(?:教|知)|[??]?$)"
        ),
        _SHARE,
    ),
    (
        re.compile(
            r"何(?:円|億|兆|万円)|(?:金額|費用|料金|参加費|値段|上限額|限度額|予算)は[??]?$"
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
    (re.compile(r"何件|件数"), re.compile(rf"{_DIGIT}\s*(?:件|商品|品目|社)")),
    (re.compile(r"何組合"), re.compile(rf"{_DIGIT}\s*組合")),
    (re.compile(r"何人|何名"), re.compile(rf"{_DIGIT}\s*[人名]")),
    (re.compile(r"何社|何者"), re.compile(rf"{_DIGIT}\s*[社者]")),
    (re.compile(r"何点"), re.compile(rf"{_DIGIT}\s*点")),
    (re.compile(r"何年(?![度も])"), re.compile(rf"{_DIGIT}\s*(?:か?年|ヶ年)")),
    (re.compile(r"締切|しめきり|期日|何日|何月|いつまで|日程|開始時刻|何時"), _DATE),
)


def missing_quantity(question: str, text: str) -> bool:
    """Whether the question asks for an amount, share, count or date that `text` does not state."""
    plain = _plain(question)
    needed = next((needed for asked, needed in _WANTED if asked.search(plain)), None)
    return needed is not None and not needed.search(_plain(text))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()
