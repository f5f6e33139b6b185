"""Follow-up questions put in full: 「鹿屋体育大学では？」 after one about naming brands."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from kb.addresses import place_mentions
from kb.ids import is_at_or_below
from kb.results import Answer
from kb.spans import Span
from kb.store import KnowledgeBase
from retrieval.analysis import normalise, words
from retrieval.query import asks_meaning
from retrieval.search import Searcher

LOOKED_BACK = 6
"""Earlier questions that are read; what was said before them is over."""

_LEAD_IN = re.compile(
    r"(?:それじゃあ?|じゃあ|じゃ|それでは|では|それなら|だったら|なら|あとは?|ちなみに|次に|続いて|一方)[、,\s]*"
)
_ASPECTS = (
    r"例外|根拠|条文|条項|規定|法令|法律|理由|目的|背景|経緯|期限|締め?切り?|時期|期間|日時|日程|場所|会場|定員"
    r"|金額|費用|件数|人数|数字|数値|目標額?|実績|比率|割合|上限|下限|限度|対象者?|要件|条件|基準|手続き?|方法|やり方|流れ"
    r"|担当者?|責任者|窓口|罰則|効果|成果|課題|結果|問題点|留意点|注意点|具体例|事例|実例|内容|詳細|全文|原文|定義|意味"
    r"|努力義務|義務|配慮|書類|様式|範囲|以外|必須|絶対"
)
_ASPECT = re.compile(_ASPECTS)
_OF_A_RULE = re.compile(r"例外|根拠|条文|条項|理由|背景|経緯|以外")
"""Aspects that want a rule besides whose it is: 鹿屋の例外, but not 鹿屋の目標."""
_THINGS = r"制度|取組|取り組み|工事|方式|案件|契約|商品|業者|会社|組合|点数|名称|相手"
_POINTING = re.compile(
    r"(?:それ|これ)(?!ぞれ|まで|から|ら)|(?:そこ|ここ)(?=[はがをのでに])|(?:さっき|先ほど|今)の(?:件|話)?|上の(?:件|話)"
    rf"|同じ(?:件|こと|内容|規定)|(?:その|この)(?=場合|とき|時|{_THINGS}|{_ASPECTS})"
)
_YEAR = re.compile(
    r"(?:令和|平成)?(?:元|[\d０-９]{1,2})年度(?:版|のもの)?|(?:令和|平成)(?:元|[\d０-９]{1,2})年?(?:版|のもの)?"
    r"|(?<![A-Za-z])[RrHhＲＨ][\d０-９]{1,2}(?:年度)?(?![\d.])|(?:19|20)\d{2}年度"
)
_WITHOUT_ERA = re.compile(r"(?:元|[\d０-９]{1,2})年度")
_WRITTEN_BY = re.compile(
    r"(?:(?:国等?|政府)の)?(?:契約の)?基本方針|契約の?方針|(?:発注)?事例集"
    r"|(?<![\u4e00-\u9fff])(?:国|政府)(?=[はでのだも?？]|$)"
    r"|[\u4e00-\u9fff]{2,24}(?:法|令|規則|条例)(?=[はでのも?？]|だと|$)"
    r"|(?:他|ほか|よそ)の?(?:県|市|町|自治体|機関|大学|団体|方針|ところ|所)"
)
_BEHIND = re.compile(
    r"(?:の(?:ほう|方針?|場合|分)?)?(?:では|にも?は?|は|だと|だったら|なら|について(?:は|も)?|も|で|が)?"
)
_JOINED = re.compile(r"と|や|、|・|及び")
_ASKING = frozenset(
    [
        "教える",
        "知る",
        "見せる",
        "言う",
        "書く",
        "どう",
        "何故",
        "如何",
        "幾ら",
        "何時",
        "誰",
        "具体",
        "詳しい",
        "同じ",
        "他",
        "外",
    ]
)
"""Words that ask without saying of what."""
_HOW_MANY = re.compile(
    r"何(?:%|パーセント|割|円|件|人|名|社|点|年|日|回|者|条|項|号|か月|ヶ月|月|時|つ|位|番)?"
)
_TAIL = re.compile(
    r"(?:は|って|を|が)?(?:(?:どう|どんな|何|いつ|どこ|いくら|誰|どのくらい|どれくらい)[^、。?？]{0,10}"
    r"|あります?か?|あるの?か?|教えて(?:ください|下さい)?|(?:いい|よい|良い)?(?:です|でしょう|ます)か|とは|の?か)?[?？。\s]*$"
)
_MATTER = re.compile(
    r"[^、。?？はも]{2,16}?(?:については|に関しては|の場合は|では|は|だと)(?:どう[^、。]{0,8})?[?？]?$"
)
_DEPENDS = re.compile(r"(?:たら|とき|時|場合)は?[?？]?$")
_SHORTEST = 4
_LONGEST = 20
_SAID_THERE = 0.6
_LEADING = re.compile(r"^[はがをのにもで、,\s]+")
_PART = re.compile(r"[①-⑳]|[(（][\d０-９]{1,2}[)）]")
_SIBLING = re.compile(
    rf"(?P<part>{_PART.pattern})(?P<asked>(?:の(?:ほう|方)?)?(?:では|には|は|も|だと|って).*)"
)


class _Kind(Enum):
    """What a name says: whose words are meant, of which year, at which address."""

    WHOSE = auto()
    YEAR = auto()
    ADDRESS = auto()


@dataclass(frozen=True, slots=True)
class _Name:
    kind: _Kind
    span: Span


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as typed and as it would be put without the conversation."""

    typed: str
    full: str

    def answered(self, answer: Answer) -> Answer:
        """The answer to the question in full, as one to the question typed."""
        understood = self.full if self.full != self.typed else ""
        return dataclasses.replace(answer, question=self.typed, understood_as=understood)


class Conversations:
    """Reads questions as parts of conversations about one generation of the knowledge base."""

    def __init__(self, kb: KnowledgeBase, searcher: Searcher) -> None:
        self._kb = kb
        self._searcher = searcher

    def read(self, question: str, before: Sequence[str]) -> Asked:
        """The question with what it leaves to the earlier ones, `before`, oldest first, as typed.

        A question that stands alone is left as it is.
        """
        typed = question.strip()
        full = ""
        for item in (*before[-LOOKED_BACK:], question):
            full = self._in_full(_plain(item), full) if full else _plain(item)
        return Asked(typed, typed if full == _plain(typed) else full)

    def _in_full(self, question: str, last: str) -> str:
        lead_in = _LEAD_IN.match(question)
        said = question[lead_in.end() if lead_in else 0 :]
        names, before = self._names(said), self._names(last)
        if sibling := _SIBLING.fullmatch(said):
            return _beside(last, before, sibling["part"], sibling["asked"]) or question
        rest = _without(said, names)
        pointing = _POINTING.match(rest)
        asked = rest[pointing.end() :] if pointing else rest
        if pointing:
            return self._joined(_with_names(last, before, said, names), asked)
        if asks_meaning(normalise(said)):
            return question
        if not _says_something(_ASPECT.sub("", asked)):
            if not names or _OF_A_RULE.search(asked):
                return self._joined(_with_names(last, before, said, names), asked)
            whole = names[0].kind is _Kind.ADDRESS and all(
                name.kind is not _Kind.ADDRESS for name in before
            )
            if whole or _ASPECT.search(asked):
                return question
            return _with_names(last, before, said, names)
        if names or len(said) > _LONGEST:
            return question
        if before and _MATTER.fullmatch(said):
            return _of_names(last, before) + said
        if _DEPENDS.search(said) or self._is_said_there(said, last):
            return self._joined(last, said)
        return question

    def _names(self, text: str) -> tuple[_Name, ...]:
        """What names something, in order; of two that overlap the longer."""
        plain = normalise(text)
        found = [_Name(_Kind.ADDRESS, mention.span) for mention in place_mentions(text)]
        found += [_Name(_Kind.YEAR, Span(*match.span())) for match in _YEAR.finditer(text)]
        found += [_Name(_Kind.WHOSE, Span(*match.span())) for match in _WRITTEN_BY.finditer(text)]
        for body in self._searcher.bodies(plain):
            at = plain.find(body)
            found.append(_Name(_Kind.WHOSE, Span(at, at + len(body))))
        found.sort(key=lambda name: (name.span.start - name.span.end, name.span.start))
        apart: list[_Name] = []
        for name in found:
            if not any(_overlap(name.span, other.span) for other in apart):
                apart.append(name)
        return tuple(sorted(apart, key=lambda name: name.span.start))

    def _is_said_there(self, question: str, last: str) -> bool:
        """Whether the case or clause that answers the last question has the words of this one."""
        hits = self._searcher.search(last, 1)
        if not hits:
            return False
        top = "/".join(hits[0].id.split("/")[: 3 if hits[0].case is None else 2])
        texts = [item.text for item in self._kb.nodes(hits[0].doc) if is_at_or_below(item.id, top)]
        there = {term for text in texts for _, term in words(normalise(text))}
        asked = _content(question)
        return sum(term in there for term in asked) >= _SAID_THERE * len(asked)

    def _joined(self, last: str, asked: str) -> str:
        """What the last question is about, with what is now asked of it."""
        names = self._names(last)
        about = _without(last, names)
        if names and _ASPECT.search(asked) and not _says_something(_ASPECT.sub("", about)):
            return _of_names(last, names) + asked
        about = _TAIL.sub("", last)
        return f"{about if len(about) >= _SHORTEST else last}、{_LEADING.sub('', asked)}"


def _plain(question: str) -> str:
    """As typed where the names found in the normalised text stand at the same places in it."""
    text = question.strip()
    return text if len(normalise(text)) == len(text) else normalise(text)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _without(text: str, names: Sequence[_Name]) -> str:
    """The text less the names and the particles behind them."""
    kept, end = [], 0
    for name in names:
        kept.append(text[end : name.span.start])
        end = _end_of(text, name)
    return "".join((*kept, text[end:])).strip()


def _end_of(text: str, name: _Name) -> int:
    joined = _JOINED.match(text, name.span.end)
    behind = joined or _BEHIND.match(text, name.span.end)
    return behind.end() if behind else name.span.end


def _says_something(text: str) -> bool:
    """Whether a text has words that say what it is about."""
    return bool(_content(text))


def _content(text: str) -> list[str]:
    """The terms of the words that say what a text is about."""
    plain = _HOW_MANY.sub("", normalise(text))
    return [term for _, term in words(plain) if term not in _ASKING]


def _with_names(last: str, before: Sequence[_Name], said: str, names: Sequence[_Name]) -> str:
    """The last question about what `said` names, instead of what it named itself.

    Another agency's or document's words bring their own year.
    """
    if not names:
        return last
    kinds = {name.kind for name in names}
    gone = [
        name
        for name in before
        if name.kind in kinds or (name.kind is _Kind.YEAR and _Kind.WHOSE in kinds)
    ]
    new = said[names[0].span.start : names[-1].span.end]
    if _WITHOUT_ERA.fullmatch(new):
        new = f"令和{new}"
    in_place = next((name for name in gone if name.kind is names[0].kind), None)
    if in_place is None:
        return f"{new}の{last}" if kinds == {_Kind.YEAR} else f"{new}では、{_without(last, gone)}"
    kept, end = [], 0
    for name in gone:
        kept.append(last[end : name.span.start])
        if name is in_place:
            kept.append(new)
        end = name.span.end if name is in_place else _end_of(last, name)
    return "".join((*kept, last[end:]))


def _beside(last: str, before: Sequence[_Name], part: str, asked: str) -> str:
    """What is asked of a part beside the one that the last question named; empty where it named none."""
    for name in before:
        parts = list(_PART.finditer(last, name.span.start, name.span.end))
        if name.kind is _Kind.ADDRESS and parts:
            return last[: parts[-1].start()] + part + asked
    return ""


def _of_names(last: str, names: Sequence[_Name]) -> str:
    """「鹿屋体育大学の」: what the last question named, for another matter of the same."""
    return "".join(f"{last[name.span.start : name.span.end]}の" for name in names)
