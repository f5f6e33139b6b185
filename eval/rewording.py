"""Other ways in which a person would have typed the same question; chosen by a seeded generator."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Mapping

from kb.addresses import clause_mentions
from kb.fiscal_year import FiscalYear
from retrieval.lexicon import Lexicon, TermKind
from retrieval.readings import in_hiragana

Rewording = Callable[[str, random.Random], str]
"""Gives the text back as it is where the change does not apply."""

_KANJI = "〇一二三四五六七八九"
_YEAR = re.compile(
    r"(?:令和|平成)(?:元|\d{1,2})年?度?|(?<![A-Za-z])[RH]\d{1,2}年?度?(?!\d)|(?<!\d)20\d\d年?度?(?!\d)"
)
_AMOUNT = re.compile(r"(\d+)万円?")
_LETTERS = re.compile(r"[ぁ-ゖァ-ヴー\u4e00-\u9fff]")
_SMALL_TALK = (
    "すみません、{}教えてください", "{}急ぎで知りたいです", "新人です。{}", "ちょっと聞きたいんだけど、{}",
    "{}よろしくお願いします", "上司に聞かれて困っています。{}", "{}どこに書いてあるんやろ", "{}なんですけど",
)  # fmt: skip
_SOUND_ALIKE = (
    ("随意", "随位"), ("競争", "競走"), ("公告", "広告"), ("入札", "入冊"), ("落札", "落冊"), ("予定価格", "予定過客"),
    ("適格", "的確"), ("保証", "補償"), ("協議", "競技"), ("契約", "計約"), ("発注", "発中"), ("受注", "受中"),
    ("見積", "見摘"), ("官公需", "観光需"), ("仕様", "使用"), ("方針", "方新"), ("組合", "組会"), ("目標", "目評"),
    ("分割", "分轄"), ("最低賃金", "最低賃近"), ("工事", "工時"), ("役務", "疫務"), ("物件", "物権"), ("認定", "人定"),
    ("事例", "辞令"), ("制度", "精度"), ("対象", "対称"), ("公表", "好評"), ("配慮", "配虜"), ("支払", "支払い"),
    ("調査", "長さ"), ("総合評価", "総合表価"), ("指名", "氏名"), ("商品", "賞品"), ("加点", "火点"), ("協定", "共定"),
    ("相談", "総談"), ("評価", "表価"), ("優遇", "有遇"), ("実績", "実積"), ("中小企業", "中小起業"), ("比率", "費率"),
)  # fmt: skip
_ROMAJI = {
    **dict(zip("あいうえお", ("a", "i", "u", "e", "o"), strict=True)),
    **{
        kana: consonant + vowel
        for consonant, row in {
            "k": "かきくけこ", "s": "さしすせそ", "t": "たちつてと", "n": "なにぬねの", "h": "はひふへほ",
            "m": "まみむめも", "r": "らりるれろ", "g": "がぎぐげご", "z": "ざじずぜぞ", "d": "だぢづでど",
            "b": "ばびぶべぼ", "p": "ぱぴぷぺぽ",
        }.items()
        for kana, vowel in zip(row, "aiueo", strict=True)
    },
    **{"し": "shi", "ち": "chi", "つ": "tsu", "ふ": "fu", "じ": "ji", "ぢ": "ji", "づ": "zu"},
    **{"や": "ya", "ゆ": "yu", "よ": "yo", "わ": "wa", "を": "o", "ん": "n", "ー": ""},
}  # fmt: skip


def rewordings(lexicon: Lexicon) -> Mapping[str, Rewording]:
    """Every kind of change by its Japanese name."""
    return {
        "全角": lambda text, _: _full_width(text),
        "半角": lambda text, _: _half_width(text),
        "空白": lambda text, chance: _at_a_letter(text, chance, lambda a, _b: a + " "),
        "脱字": lambda text, chance: _at_a_letter(text, chance, lambda _a, _b: ""),
        "重複": lambda text, chance: _at_a_letter(text, chance, lambda a, _b: a + a),
        "転置": lambda text, chance: _at_a_letter(text, chance, lambda a, b: b + a, pair=True),
        "誤変換": _misconverted,
        "略語": lambda text, chance: _abbreviated(text, chance, lexicon),
        "前置き": lambda text, chance: chance.choice(_SMALL_TALK).format(text),
        "年度": _other_year,
        "金額": lambda text, _: _AMOUNT.sub(lambda m: f"{int(m[1]) * 10_000:,}円", text),
        "番号": _other_number,
        "かな": lambda text, _: in_hiragana(text),
        "ローマ字": lambda text, _: romaji(in_hiragana(text)),
    }


def romaji(kana: str) -> str:
    """Hiragana in Hepburn romaji as people type it; the rest stays."""
    text = kana
    for small, vowel in zip("ゃゅょ", "auo", strict=True):
        for row in "きぎひびぴみりにしじち":
            stem = _ROMAJI[row][:-1]
            joint = "" if row in "しじち" else "y"
            text = text.replace(row + small, stem + joint + vowel)
    text = "".join(_ROMAJI.get(character, character) for character in text)
    return re.sub(r"っ([a-z])", r"\1\1", text)


def _full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def _half_width(text: str) -> str:
    halves = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0xFF66, 0xFF9E)}
    voiced = {
        unicodedata.normalize("NFKC", half + mark): half + mark
        for half in halves.values()
        for mark in "ﾞﾟ"
    }
    narrow = {**voiced, **halves}
    return "".join(narrow.get(c, unicodedata.normalize("NFKC", c)) for c in text)


def _at_a_letter(
    text: str, chance: random.Random, change: Callable[[str, str], str], *, pair: bool = False
) -> str:
    """Change one letter (with `pair`, and the one behind it) that stands inside a run of letters."""
    places = [
        place
        for place in range(1, len(text) - 1)
        if all(_LETTERS.match(text[at]) for at in (place - 1, place, place + 1))
        and not (pair and text[place] == text[place + 1])
    ]
    if not places:
        return text
    place = chance.choice(places)
    after = place + (2 if pair else 1)
    return text[:place] + change(text[place], text[place + 1]) + text[after:]


def _misconverted(text: str, chance: random.Random) -> str:
    found = [pair for pair in _SOUND_ALIKE if pair[0] in text]
    return text.replace(*chance.choice(found), 1) if found else text


def _abbreviated(text: str, chance: random.Random, lexicon: Lexicon) -> str:
    found = [
        (term, other)
        for row in lexicon.terms
        if row.kind is TermKind.ABBREVIATION
        for term in (row.term, *row.synonyms)
        if len(term) > 1 and term in text
        for other in (row.term, *row.synonyms)
        if other not in text and term not in other
    ]
    return text.replace(*chance.choice(found), 1) if found else text


def _other_year(text: str, chance: random.Random) -> str:
    match = _YEAR.search(text)
    year = FiscalYear.parse(match[0]) if match else None
    if match is None or year is None:
        return text
    kanji = "".join(_KANJI[int(digit)] for digit in str(year.year)) if year.year < 10 else year.year
    written = (
        f"{year.western}年度",
        str(year),
        year.short,
        f"{year.era}{kanji}年度",
        f"{year.western}",
    )
    other = chance.choice([way for way in written if way.removesuffix("年度") not in match[0]])
    return text[: match.start()] + other + text[match.end() :]


def _other_number(text: str, chance: random.Random) -> str:
    """第2-14(2) → 第２の１４の（２）, 第二の一四（二）."""
    mentions = [mention for mention in clause_mentions(text) if mention.labels[0].startswith("第")]
    if not mentions:
        return text
    first = mentions[0]
    labels = [label.strip("第()") for label in first.labels]
    brackets = ["（{}）" if label.startswith("(") else "{}" for label in first.labels]
    kanji = [_in_kanji(label) for label in labels]
    ways = [
        "第"
        + "の".join(shape.format(label) for shape, label in zip(brackets, labels, strict=True)),
        "第" + "－".join(_full_width(s.format(x)) for s, x in zip(brackets, labels, strict=True)),
        "第" + "の".join(shape.format(label) for shape, label in zip(brackets, kanji, strict=True)),
        "第" + " ".join(shape.format(label) for shape, label in zip(brackets, labels, strict=True)),
    ]
    return text[: first.span.start] + chance.choice(ways) + text[first.span.end :]


def _in_kanji(label: str) -> str:
    if not label.isdigit() or unicodedata.category(label[0]) != "Nd":
        return label
    tens, ones = divmod(int(label), 10)
    return (
        ("" if tens < 2 else _KANJI[tens]) + ("十" if tens else "") + (_KANJI[ones] if ones else "")
    )
