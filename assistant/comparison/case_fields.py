"""The fields of a case: how a question asks for one, and how a sentence or a label states it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CaseField:
    """A normalised field of cases.

    `asked` finds the words of a question that ask for it, `label` the words by which a line inside
    a section announces it, and `states` what a sentence under another heading must say to state it;
    None where only its own heading tells. `shows` is what its best sentence has, under whatever
    heading. Of a `plain` field the question hardly changes which sentence that is; one that is
    `counted` is not stated without a figure. `kin` are fields under which books state it that have
    no heading for it.
    """

    name: str
    asked: re.Pattern[str]
    label: re.Pattern[str]
    states: re.Pattern[str] | None
    shows: re.Pattern[str] | None
    plain: bool
    counted: bool
    kin: tuple[str, ...]


def _field(
    name: str,
    asked: str,
    label: str,
    states: str | None = None,
    shows: str | None = None,
    plain: bool = False,
    counted: bool = False,
    kin: tuple[str, ...] = (),
) -> CaseField:
    best = shows or states
    return CaseField(
        name,
        re.compile(asked),
        re.compile(label),
        re.compile(states) if states else None,
        re.compile(best) if best else None,
        plain,
        counted,
        kin,
    )


_YEARS = r"\d+\s*(?:か年|ヶ年|カ年|年間|年|か月|ヶ月|日間)"
_MONEY = r"[\d,.]+\s*(?:千|百|万|億)*円"

FIELDS: tuple[CaseField, ...] = (
    _field(
        "目的",
        r"目的|ねらい|狙い|趣旨|背景|経緯|なぜ|何のため|理由|意図",
        r"(?:目的|趣旨|背景|ねらい|経緯)等?$",
        r"を目的(?:に|と)",
        r"目的|図る|ため|支援|促進|確保|育成|活用|高める",
        plain=True,
    ),
    _field(
        "概要",
        r"概要|仕組み|しくみ|内容|どんな(?:制度|取組|取り組み|方式|やり方)|どのような(?:制度|取組|方式)|やり方|方法|流れ",
        r"(?:概要|仕組み|流れ)(?:について)?$",
        shows=r"とは、|をいう|ようにする|を設け|求めている|している。$|を付与する",
    ),
    _field(
        "根拠法令等",
        r"根拠|よりどころ|拠り所|法令|要綱|要領|条例|規則|規程|何に基づ",
        r"根拠|(?:法令|要綱|要領|規則|条例)等?$",
        r"(?:要綱|要領|条例|規則|規程|施行令)(?:第\d+条)?[^。]{0,12}(?:に基づ|により|の規定)",
        r"(?:要綱|要領|条例|規則|規程|法律|施行令|告示|基準|方針|ガイドライン)(?:」|$|[（(第]|及び|、)",
        plain=True,
    ),
    _field(
        "対象者",
        r"対象(?:者|企業|事業者|団体|業者|は|と|を|の|、|・|や|$)|誰|だれ|どこが使|どんな(?:会社|企業|業者|事業者|人)|どういう(?:会社|企業|業者)|どのような(?:会社|企業|業者|事業者)|使える(?:会社|企業|業者)",
        r"対象.{0,8}(?:者|企業|団体|事業所|組合)等?$|対象となる企業等?$",
        r"(?:者|業者|企業|組合)を対象|対象(?:者|企業)は|(?:本社|本店|主たる(?:事業所|営業所)|住所)を(?:有|置)",
    ),
    _field(
        "対象商品・業務",
        r"対象(?:商品|製品|品目|物品|業務|工事|事業|契約|は|と|を|の|、|・|や|$)|何を(?:買|対象|発注)|(?:発売|販売)(?:開始|から|後|して|何年)|何年以内|どんな(?:商品|製品|物|工事|業務|契約)|どのような(?:商品|製品|工事|業務)|品目",
        r"対象.{0,6}(?:商品|製品|品目|物品|工事|業務|契約|調達)$",
        r"対象(?:工事|商品|製品|業務|契約|案件)(?:は、|とは|となる)|(?:工事|物品|案件|業務|修繕)を対象|(?:案件|契約)を対象|(?:工事|物品|業務|修繕|役務)の(?:入札|契約|発注)において",
    ),
    _field(
        "要件",
        r"要件|条件|資格|応募でき|申請でき|入るには|受けるには|縛り|制限",
        r"(?:要件|条件|参加資格)(?:上?の記載事項|、.+|（.+）|\(.+\)|（.+|\(.+)?$",
        r"(?:要件|条件|資格)(?:は|として|と(?:する|し))|(?:登録|応募|参加|申請)資格は|(?:要件|条件)(?:の)?(?:全て|すべて|いずれか)?(?:を満た|に該当)|(?:要件|条件)(?:の例)?[：:]|(?:要件|条件)のみ",
        kin=("認定・審査基準", "対象者"),
    ),
    _field(
        "認定・審査基準",
        r"基準|審査|配点|何点|加点|加算|点数|点(?:に|と)なる|評価(?:項目|方法|点)|どう(?:評価|審査|選)|優遇(?:の)?(?:内容|点)",
        r"(?:基準|配点|評価項目|評価点|加点|審査内容)(?:・.+)?等?$",
        r"\d+\s*点[^。]{0,30}(?:付与|加算|加点)|\d+\s*点(?:が|を|と)?(?:加点|加算|付与|する)|加点(?:する|対象|につなが)|加算した|評価項目と",
        r"\d+点|基準|評価項目|審査",
        kin=("要件",),
    ),
    _field(
        "期間",
        r"(?:有効)?期間|何年(?!以内|前|度|目)|いつまで|年限|続く年|年数(?!制限)|有効期限|期限|何か月|更新"
        r"|(?:どれ|どの)(?:くらい|ぐらい|だけ|ほど)の?(?:間|もつ|持つ|続|有効)",
        r"(?:期間|年限|有効期限)$",
        rf"(?:期間|有効期限)(?:は|を|、)[^。]*\d|起算して\s*{_YEARS}",
        plain=True,
        counted=True,
    ),
    _field(
        "金額・上限",
        r"金額|上限|いくら|何(?:万|千)?円|限度|予定価格|価格帯|予算",
        r"(?:金額|上限額?|限度額|予定価格|予算額?)$",
        rf"{_MONEY}\s*(?:以下|以上|未満|まで|超|を超え)|(?:上限|限度)額?[^。]{{0,12}}{_MONEY}|予算[^。]{{0,12}}{_MONEY}",
        counted=True,
    ),
    _field(
        "実施状況・実績",
        r"実績|実施状況|運用状況|何件|件数|何社|何(?:品目|商品)|いくつ(?:認定|登録|選|ある)|(?:社|者|企業|会社|品|商品|案件)の数|どのくらい(?:使|認定|登録|利用)|どれ(?:くらい|だけ)(?:使|認定|登録|利用)|利用状況|認定(?:件数|状況|数)",
        r"(?:状況|実績|件数)等?$|^認定事業者数$|^受注企業数$",
        r"(?:\d[\d,]*\s*(?:件|社|企業|商品|品目|団体|案件))[^。]{0,16}(?:認定|実施|登録|該当|認証|選定|である)|(?:実績|認定者?数)は[^。]*\d",
        r"\d[\d,]*\s*(?:件|社|企業|商品|品目|団体|案件)|(?:事業者|企業)数\s*\d",
        counted=True,
    ),
    _field(
        "発注事例",
        r"発注事例|契約事例|発注例|契約例|適用事例|実際の(?:契約|発注|工事|入札)|具体例|件名|工事名|受注(?:企業|者|した)",
        r"(?:発注|適用|入札|契約|活用)事例$",
        shows=r"件名|工事名|(?:工事|業務|委託)(?:[（(][^（()]*[）)])?$",
        plain=True,
    ),
    _field(
        "効果・評価",
        r"効果|成果|メリット|よかった|良かった|うまくいっ|役に立|評判|影響|どう(?:なった|変わ)",
        r"(?:効果|成果|評価)等?(?:に対する.{0,12}評価)?$",
        r"(?:効果|成果)(?:が(?:あ|得)|をあげ)|につながっている|に貢献して",
    ),
    _field(
        "留意点",
        r"留意|課題|注意|デメリット|問題点|気をつけ|失敗|難し|コツ|こつ|導入(?:する|時)|まねする|真似",
        r"(?:留意点|留意事項|課題|注意点)等?$",
        r"(?:課題|問題)(?:である|となって|が)|留意(?:する|が)必要|必要(?:と考え|がある)",
    ),
)
OF_OTHERS = re.compile(r"認定を受けた|落札|応札|受注者|関連(?:する|して)")
"""Headings of overviews and results that are a firm's or a single tender's, not the case's."""
NAMES: tuple[str, ...] = tuple(field.name for field in FIELDS)

_MARK = re.compile(r"^[\s・■◆●○□◇▼▶☆★※【\[]+|[\s】\]：:]+$")


def asked_fields(question: str) -> tuple[str, ...]:
    """The fields that a question names, in the order of the table."""
    plain = unicodedata.normalize("NFKC", question)
    return tuple(field.name for field in FIELDS if field.asked.search(plain))


_HOW_MANY = re.compile(
    r"何(点|年|か月|日|件|社|者|人|円|割|%)|(年|件|社|者|人)数|続く(年)|(点)(?:に|と)なる"
)
_HOW_MUCH = re.compile(r"いくら|何(?:千|万|億)円|金額|上限")
_PIECES = re.compile(r"[、。・，．?？\n]|や|および|及び")


def asked_phrases(question: str) -> dict[str, str]:
    """For every field that a question names, the piece of the question that does: 地域の条件."""
    pieces = [piece for piece in _PIECES.split(question) if piece.strip()]
    return {
        name: next((piece for piece in pieces if name in asked_fields(piece)), question)
        for name in asked_fields(question)
    }


def quantity_of(name: str, question: str) -> re.Pattern[str] | None:
    """The figure that any piece of a question wants under the field of that name."""
    pieces = [piece for piece in _PIECES.split(question) if name in asked_fields(piece)]
    return next((figure for figure in map(quantity_asked, pieces) if figure), None)


def quantity_asked(phrase: str) -> re.Pattern[str] | None:
    """What a figure looks like that answers 何点, 何年 or いくら; None where none is asked for."""
    if match := _HOW_MANY.search(phrase):
        return re.compile(rf"\d[\d,.]*(?:[千百万億]*){re.escape(match[match.lastindex or 0])}")
    return re.compile(_MONEY) if _HOW_MUCH.search(phrase) else None


def announced(line: str) -> str | None:
    """The field that a label without its mark and brackets announces; None for any other line."""
    text = _MARK.sub("", re.sub(r"\s", "", line))
    if OF_OTHERS.search(text):
        return None
    return next((field.name for field in FIELDS if field.label.search(text)), None)
