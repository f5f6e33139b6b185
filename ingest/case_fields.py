"""Section headings of a case: which lines are headings, and which field they stand for."""

from __future__ import annotations

import re
import unicodedata

_FIELDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("留意点", r"留意(?:点|事項)?等?$|課題等?$|注意(?:点|事項)等?$|工夫した点等?$"),
        (
            "効果・評価",
            r"(?:効果|成果)等?$|(?:効果|成果|制度|施策|取組)(?:等?に対する.{0,10}|の)評価$|としての評価$",
        ),
        ("発注事例", r"(?:適用|発注|入札|契約|活用|導入|受注|調達|具体的な)事例等?$|^事例$"),
        (
            "根拠法令等",
            r"(?:法令|要綱|要領|規則|規程|条例|告示)等$|根拠(?:規定|条文|法令)?等?$|^(?:根拠|関連する(?:法令|要綱|要領|規程|条例))",
        ),
        ("目的", r"(?:目的|趣旨|背景|ねらい|狙い|経緯)等?$"),
        (
            "実施状況・実績",
            r"(?:状況|実績)(?:等|について)?$|^認定(?:新商品|商品|事業者|企業)$|商品等$|認定された(?:事業者|企業|商品)$|(?:選定|評価)情報$|件数$",
        ),
        ("要件", r"(?:要件|条件|参加資格)等?$"),
        (
            "認定・審査基準",
            r"(?:基準|審査内容|評価項目|配点|点数|評価点の(?:加算|加点))等?(?:について)?$|算定方法に関する特例$",
        ),
        ("期間", r"(?:期間|年限|有効期限)等?$"),
        ("金額・上限", r"(?:金額|上限額?|限度額|予定価格|予算額?|契約額)等?$"),
        (
            "対象商品・業務",
            r"対象(?:と(?:なる|する))?(?:[^者業]*(?:商品|製品|品目|物品|契約|工事|役務|業務|案件)|事業)(?:等)?$|^対象$",
        ),
        (
            "対象者",
            r"対象(?:と(?:なる|する))?.{0,12}(?:者|企業|団体|業者|組合)等?$|^適用対象|^対象.{0,6}者$",
        ),
        (
            "概要",
            r"(?:概要|内容|特例|仕組み|施策等?|制度|流れ|方法|手続き?|手順|体制)(?:について)?$|(?:施策|取組)・?(?:事業)?等?$",
        ),
        ("その他", r"^その他$|^備考$|^参考$"),
    )
)
_ASIDE = re.compile(r"[（(][^（）()]*[）)]?$")
_DECORATION = re.compile(r"^[■◆●○□◇▼▶☆★]+\s*")
_NOT_A_HEADING = re.compile(
    r"^[・※＊*「『〔《(（\[［【→⇒◎]|[。．：:、，]$|は、|、.*、|\d{4,}|https?:"
)
_BRACKETED = re.compile(r"[【〔\[［<＜]\s*([^【】〔〕\[\]]{1,40}?)\s*[】〕\]］>＞]")
_LONGEST = 60


def field_of(heading: str) -> str | None:
    """The normalised name of a section (目的, 対象者 …); None when no pattern knows it."""
    text = _DECORATION.sub("", re.sub(r"\s", "", unicodedata.normalize("NFKC", heading)))
    text = _ASIDE.sub("", text) or text
    return next((name for name, pattern in _FIELDS if pattern.search(text)), None)


def may_be_heading(text: str) -> bool:
    """Whether the line's form allows a heading: short, no sentence, no bullet."""
    return bool(text) and len(text) <= _LONGEST and not _NOT_A_HEADING.search(text)


def mark_length(text: str) -> int:
    """How many characters a mark such as ■ takes that sets the line off; 0 for none."""
    match = _DECORATION.match(text)
    return match.end() if match else 0


def bracketed(text: str) -> tuple[int, int] | None:
    """Where the words of a line 【目的】 stand that names a field; None for any other line."""
    match = _BRACKETED.fullmatch(text)
    return match.span(1) if match and field_of(match[1]) else None
