"""Which figures of a text are asked for: those whose own words the question shares."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.bands import holds_value
from assistant.narrower import speaks_of_less
from assistant.wanted import Asked, states
from retrieval.analysis import normalise
from retrieval.relevance import Relevance

_KANJI = "〇一二三四五六七八九十百千"
_ARABIC = r"[\d０-９][\d０-９,，.．]*(?:[万億兆千百][\d０-９,，千百万億]*)*"
_LIMIT = r"(?:以上|以下|以内|未満|を超)?"
# Of a date (平成24年4月1日) the numbers are no figures.
_FIGURE = re.compile(
    r"(?<!令和)(?<!平成)(?<!昭和)(?<!(?:令和|平成|昭和)\s)(?<![\d０-９年月])(?:約|概ね|おおむね)?"
    rf"(?:{_ARABIC}\s*"
    r"(?:[％%]|パーセント|ポイント|割|円|件|人|名|社|者|点|回|日|か月|ヶ月|年間|年度|年|品目|組合)"
    rf"|(?<![\u4e00-\u9fff])(?:[{_KANJI}]+分の[{_KANJI}]+"
    rf"|[{_KANJI}万億]+(?:円|割|日|年|か月|箇月|人|回|件|者)))"
    rf"{_LIMIT}"
    r"|数[はが]\s*[\d０-９]+を?(?:超えてはならない|超えない|以[上下内])"
)
_BREAK = re.compile(r"[、。・;；\n\t（）()「」【】]")
_WALLS = "。\n\t"
_TOPIC = re.compile(r"(?:は|が)(?![\u3041-\u3096])")
_ENDS_AS_TOPIC = re.compile(r"(?:は|が|も)$")
_WORD = re.compile(r"[\u4e00-\u9fffァ-ヴーA-Za-zＡ-Ｚ]")
_ALL = re.compile(r"それぞれ|内訳|各|ごと|すべて|全て|全部|一覧|分けて")
_LESS = 0.4
"""Share of what the fittest figure's words say of the question below which another is not meant."""
_MEASURES = frozenset(["件数", "比率", "割合", "金額", "人数", "点数", "数", "率", "額", "数値"])
"""What every figure of a sort is: it does not tell which."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as written, and the words of the text that say what it is of."""

    written: str
    words: str


def figures_in(text: str) -> Iterator[Figure]:
    """The figures of `text`, each with the piece of its clause in which it stands.

    A piece that says nothing but the figure (52品目(37.7%)) takes in the one before, and one without
    a topic that of its sentence (…の入札は、工事で24件、委託で4件).
    """
    breaks = [match.start() for match in _BREAK.finditer(text)]
    for match in _FIGURE.finditer(text):
        before = [at for at in breaks if at < match.start()]
        end = next((at for at in breaks if at >= match.end()), len(text))
        start = before.pop() + 1 if before else 0
        while (
            start
            and text[start - 1] not in _WALLS
            and not _WORD.search(text[start : match.start()] + text[match.end() : end])
        ):
            start = before.pop() + 1 if before else 0
        own = text[start:end]
        topic = "" if _TOPIC.search(text[start : match.start()]) else _topic(text[:start])
        yield Figure(match[0].strip(), f"{topic}{own}")


def _topic(before: str) -> str:
    """The last piece of an unfinished sentence that ends as its topic."""
    sentence = re.split(f"[{_WALLS}]", before)[-1]
    pieces = [piece for piece in _BREAK.split(sentence) if _ENDS_AS_TOPIC.search(piece)]
    return pieces[-1] if pieces else ""


def figures_asked(
    question: str, relevance: Relevance, asked: Sequence[Asked], text: str
) -> tuple[tuple[str, ...], float]:
    """The figures of `text` that `asked` asks for, each once, in the order of what is asked.

    With how much of the question the words of the fittest say. A figure is left out where another's
    words say all of the question that its own do, and more, or much more, or where its bounds do not
    hold the value that the question states and another's do.
    """
    figures = tuple(figures_in(text))
    found: dict[str, None] = {}
    fittest = 0.0
    phrases: dict[re.Pattern[str], str] = {}
    for quantity in asked:
        phrases[quantity.needed] = f"{phrases.get(quantity.needed, '')}\n{quantity.phrase}"
    for needed, phrase in phrases.items():
        fitting = [figure for figure in figures if states(needed, figure.written)]
        fitting = [item for item in fitting if holds_value(question, item.words)] or fitting
        words = question if len(phrases) == 1 else phrase
        said = [_said(relevance, words, figure.words) for figure in fitting]
        most = max((sum(own.values()) for own in said), default=0.0)
        fittest = max(fittest, most)
        if _ALL.search(question):
            found |= dict.fromkeys(figure.written for figure in fitting)
            continue
        best = [
            figure
            for figure, own in zip(fitting, said, strict=True)
            if sum(own.values()) >= _LESS * most
            and not any(own.keys() < other.keys() for other in said)
        ]
        whole = [item for item in best if not speaks_of_less(question, item.words)] or best
        found |= dict.fromkeys(figure.written for figure in whole)
    return tuple(found), fittest


def _said(relevance: Relevance, asked: str, words: str) -> dict[str, float]:
    """What of the words that ask the words of a figure say, each with its weight."""
    plain = normalise(asked)
    # A verb has another ending in the question: 伸びた, of the term 伸びる.
    return {
        term: share
        for term, share in relevance.shares(words).items()
        if term not in _MEASURES and term[:1] in plain
    }
