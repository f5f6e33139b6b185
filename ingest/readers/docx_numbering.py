"""The labels that Word makes for numbered paragraphs: 第１, (1), ア, ①."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVEL = re.compile(r"%([1-9])")
_BULLET = "-"
_DEEPEST = 9

_ROWS = {
    "aiueo": "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン",
    "iroha": "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン",
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
    "lowerLetter": "abcdefghijklmnopqrstuvwxyz",
    "upperLetter": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
}
_ROWS |= {
    "aiueoFullWidth": _ROWS["aiueo"],
    "irohaFullWidth": _ROWS["iroha"],
    "decimalEnclosedCircleChinese": _ROWS["decimalEnclosedCircle"],
}
_KANJI = {
    "japaneseCounting", "ideographDigital", "japaneseDigitalTenThousand", "japaneseLegal",
    "chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "koreanCounting",
}  # fmt: skip
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    pattern: str
    all_arabic: bool


@dataclass(slots=True)
class _Counter:
    """Where a list stands; lists of one abstract definition count on together."""

    values: list[int | None] = field(default_factory=lambda: [None] * _DEEPEST)


class Numbering:
    """Counts the numbered paragraphs of a document in order. `root` is numbering.xml or None."""

    def __init__(self, root: Any | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._abstract_of: dict[str, str] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._counters: dict[str, _Counter] = {}
        if root is not None:
            self._read(root)

    def label(self, list_id: str, depth: int) -> str:
        """The label of the next paragraph of that list and level (from 0); "" when it has none."""
        levels = self._levels.get(list_id, {})
        level = levels.get(depth)
        if level is None:
            return ""
        values = self._counters.setdefault(self._counter_key(list_id), _Counter()).values
        before = values[depth]
        values[depth] = self._start(list_id, depth) if before is None else before + 1
        values[depth + 1 :] = [None] * (_DEEPEST - depth - 1)
        if level.form == "bullet":
            return _BULLET
        label = _LEVEL.sub(
            lambda match: self._number(list_id, int(match[1]) - 1, level, values), level.pattern
        )
        return label.strip()

    def _number(self, list_id: str, depth: int, level: _Level, values: list[int | None]) -> str:
        above = self._levels[list_id].get(depth, level)
        value = values[depth]
        if value is None:
            value = values[depth] = self._start(list_id, depth)
        return number_text(value, "decimal" if level.all_arabic else above.form)

    def _start(self, list_id: str, depth: int) -> int:
        if (start := self._restarts.get(list_id, {}).get(depth)) is not None:
            return start
        level = self._levels[list_id].get(depth)
        return level.start if level else 1

    def _counter_key(self, list_id: str) -> str:
        if self._restarts.get(list_id):
            return f"list {list_id}"
        return self._abstract_of[list_id]

    def _read(self, root: Any) -> None:
        definitions = {
            _value(definition, "abstractNumId", attribute=True): dict(
                map(_level, definition.findall(f"{_W}lvl"))
            )
            for definition in root.findall(f"{_W}abstractNum")
        }
        for number in root.findall(f"{_W}num"):
            list_id = _value(number, "numId", attribute=True)
            abstract = _value(number, "abstractNumId")
            levels = dict(definitions.get(abstract, {}))
            restarts: dict[int, int] = {}
            for override in number.findall(f"{_W}lvlOverride"):
                depth = _whole(_value(override, "ilvl", attribute=True), 0)
                if (start := _value(override, "startOverride")) != "":
                    restarts[depth] = _whole(start, 1)
                levels.update(map(_level, override.findall(f"{_W}lvl")))
            self._levels[list_id] = levels
            self._abstract_of[list_id] = abstract
            self._restarts[list_id] = restarts


def number_text(value: int, form: str) -> str:
    """A number in one of Word's formats; a format not known here gives Arabic digits."""
    if form == "none":
        return ""
    if (row := _ROWS.get(form)) and 1 <= value <= len(row):
        return row[value - 1]
    if form in _KANJI:
        return _kanji(value)
    if form in ("upperRoman", "lowerRoman") and 1 <= value < 40:
        text = _roman(value)
        return text.upper() if form == "upperRoman" else text
    if form.startswith("decimalFullWidth"):
        return str(value).translate(_FULL_WIDTH)
    return f"{value:02}" if form == "decimalZero" else str(value)


def _kanji(value: int) -> str:
    if not 1 <= value <= 99:
        return str(value)
    tens, ones = divmod(value, 10)
    digits = "〇一二三四五六七八九"
    head = ("" if tens == 1 else digits[tens]) + "十" if tens else ""
    return head + (digits[ones] if ones else "")


def _roman(value: int) -> str:
    text = ""
    for size, letters in _ROMAN:
        count, value = divmod(value, size)
        text += letters * count
    return text


def _level(element: Any) -> tuple[int, _Level]:
    return _whole(_value(element, "ilvl", attribute=True), 0), _Level(
        start=_whole(_value(element, "start"), 1),
        form=_value(element, "numFmt") or "decimal",
        pattern=_value(element, "lvlText"),
        all_arabic=element.find(f"{_W}isLgl") is not None,
    )


def _value(element: Any, name: str, attribute: bool = False) -> str:
    """An attribute of the element, or the `val` of a child; "" when there is none."""
    if attribute:
        return str(element.get(f"{_W}{name}", ""))
    child = element.find(f"{_W}{name}")
    return "" if child is None else str(child.get(f"{_W}val", ""))


def _whole(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() else otherwise
