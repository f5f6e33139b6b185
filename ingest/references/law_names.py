"""Names of laws: the ones the lexicon knows, the ones a document defines, and unknown ones."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from ingest.names import name_start
from kb.resources import CORPUS

_LEXICON = CORPUS / "lexicon" / "laws.jsonl"
_ORDER = r"(?:施行令|施行規則)?"
_LONG_END = re.compile(
    r"(?:(?:に関する|のための|するための|を図る|する|に係る|についての|についての特例に関する)?法律"
    + _ORDER
    + r"|(?:に関する|を定める)(?:省令|政令|府令)(?!で定め|の定め|に定め))"
)
_SHORT_END = re.compile(
    r"(?:業|事業|促進|推進|防止|保護|基本|整備|規制|支援|強化|調整|賃金|組合|自治|会計|基準|管理|対策|振興|救済"
    r"|通則|財政|環境|衛生|安全|保険|年金|福祉|雇用|競争|禁止|独占|特別|措置|手続|情報|公開|租税|地方税|消費税|所得|不動産"
    r"|登記|調達|購入|労働|公務員|財産|債権|交付金|補助金|都市計画|建築|道路|河川|港湾|法人|大学|公社|公庫|信託|会社"
    r"|活躍|育成|公需)法" + _ORDER + r"(?![人律令的制案務廷改])"
)
# 公職選挙法施行令第22条の2: whatever is cited by article like a law is one.
_CITED_END = re.compile(
    r"(?:法|令|規則|条例|規程)(?:施行令|施行規則)?(?=\(?(?:附則)?第[0-9〇一二三四五六七八九十百千]{1,7}[編章条])"
)
_STATUTE = re.compile(r"(?:法|令|施行規則)$")
_NO_NAME = re.compile(
    r"(?:当該|本|前記|上記)?(?:同(?:法|令|規則|条例|規程)|(?:[省政府法]|命)令|.{0,8}(?:[方手作文寸算工製技]|使用|治療)法|条例|規則|規程|令|施行令|施行規則)"
)
_OF_LAW = re.compile(r"法(?:施行令|施行規則)")
_GENERIC = re.compile(r"(?:.*[^ぁ-んァ-ヶ一-龥])?(?:規定|所管|施行|適用|準拠|関係|委任)する法律")
_VAGUE = re.compile(r"(?:特別措置法|臨時措置法|特例法|支援法|整備法|組合法)(?:施行令|施行規則)?")
"""Ends of names that are nothing by themselves: …に関する特別措置法."""
_FOREIGN = re.compile(
    r"(?:(?:第[^、第]{1,16}[条項号](?:の[0-9〇一二三四五六七八九十]+)*(?:まで)?)?(?:、|及び|並びに|又は|若しくは)|の|つて|て|それぞれ)+"
)
"""What a name cannot begin with."""
_RUN = re.compile(r"[一-龥々〇ァ-ヶー・]+$")
_JOINT = re.compile(r".*(?:及び|並びに|又は|若しくは|同|旧|新|改正|前記|上記)")
_PLACE_NAME = re.compile(r"[新旧改][一-龥]{0,3}[都道府県市区町村]")
_AMENDING = "の一部を改正する法律"


@dataclass(frozen=True, slots=True)
class LawName:
    """A law's full name and number, as far as they are known."""

    name: str
    number: str | None = None


@cache
def _lexicon() -> Mapping[str, LawName]:
    """The lexicon of laws: full and short names."""
    laws: dict[str, LawName] = {}
    with _LEXICON.open(encoding="utf-8") as rows:
        for row in rows:
            entry = json.loads(row)
            law = LawName(entry["name"], entry["number"])
            for name in (entry["name"], *entry["aliases"]):
                laws[name] = law
    return laws


@dataclass(frozen=True, slots=True)
class NameMention:
    """A law's name in a text: where it stands and what law it is."""

    start: int
    end: int
    law: LawName


@dataclass(slots=True)
class LawNames:
    """Names by which a document may call laws; short names are added as they are defined.

    `rules` says that 規則, 規程 and 条例 that are cited by article count too, as they do in laws.
    """

    rules: bool = False
    _known: dict[str, LawName] = field(default_factory=lambda: dict(_lexicon()))
    _pattern: re.Pattern[str] | None = None

    def define(self, short: str, law: LawName) -> None:
        """Let `short` mean `law` from now on."""
        if self._known.get(short) != law:
            self._known[short] = law
            self._pattern = None

    def cited(self, text: str) -> list[NameMention]:
        """Every name that an article stands behind, whether it is known or not."""
        found = (self._cited(text, match) for match in _CITED_END.finditer(text))
        return [name for name in found if name]

    def find(self, text: str) -> list[NameMention]:
        """Every name, in order, none overlapping another."""
        found = [self._long(text, match) for match in _LONG_END.finditer(text)]
        found += [
            NameMention(match.start(), match.end(), self.law_of(match[0]))
            for match in self._names().finditer(text)
        ]
        found += [self._short(text, match) for match in _SHORT_END.finditer(text)]
        found += self.cited(text)
        kept: list[NameMention] = []
        for mention in sorted(
            (mention for mention in found if mention), key=lambda item: (item.start, -item.end)
        ):
            if not kept or mention.start >= kept[-1].end:
                kept.append(mention)
        return kept

    def numbered(self, number: str) -> LawName:
        """The known law of that number; else one that only its number names."""
        known = (law for law in self._known.values() if law.number == number)
        return next(known, LawName(number, number))

    def law_of(self, name: str) -> LawName:
        """The law that goes by `name`; one of that name when it is unknown."""
        return self._known.get(name) or LawName(name)

    def _names(self) -> re.Pattern[str]:
        if self._pattern is None:
            names = sorted(self._known, key=len, reverse=True)
            long = "|".join(re.escape(name) for name in names if len(name) > 1)
            single = "|".join(re.escape(name) for name in names if len(name) == 1)
            # 法第二条: a one-character name needs an article right behind it.
            tail = rf"|(?<![一-龥々ァ-ヶー同])(?:{single})(?=第|附則|別表)" if single else ""
            self._pattern = re.compile(
                rf"(?<![一-龥々ァ-ヶー・])(?:{long})(?![一-龥々]*(?:法|法律|施行令|施行規則)(?![一-龥])|人|令(?!和))"
                rf"|(?<=及び|並び|又は)(?:{long}){tail}"
            )
        return self._pattern

    def _long(self, text: str, match: re.Match[str]) -> NameMention | None:
        if match[0] == "法律":
            return None
        amending = text[: match.end()].endswith(_AMENDING)
        start = name_start(text, match.end(), amending=amending)
        if not amending:
            start = _trimmed(text, start, match.end(), self._known)
        if foreign := _FOREIGN.match(text, start, match.end()):
            start = foreign.end()
        name = text[start : match.end()]
        if len(name) < len(match[0]) + 2 or _GENERIC.fullmatch(name):
            return None
        return NameMention(start, match.end(), self.law_of(text[start : match.end()]))

    def _run_start(self, text: str, match: re.Match[str]) -> int:
        """Where the kanji and katakana begin that go on into the match, after any 及び or 同."""
        run = _RUN.search(text, max(0, match.start() - 40), match.start())
        start = run.start() if run and run.end() == match.start() else match.start()
        joint = _JOINT.match(text[start : match.end()])
        # 新潟県 and 旧姓 begin with a sign that elsewhere marks an older or newer law.
        if joint and not _PLACE_NAME.match(text, start):
            start += joint.end()
        for dot in range(start, match.end()):
            # 工事・道路法: a law that is known begins behind the dot.
            if text[dot] == "・" and text[dot + 1 : match.end()] in self._known:
                return dot + 1
        return start + len(text[start : match.end()]) - len(text[start : match.end()].lstrip("・"))

    def _cited(self, text: str, match: re.Match[str]) -> NameMention | None:
        start = self._run_start(text, match)
        known = [other for other in self._known if len(other) >= 3]
        start = _trimmed(text, start, match.end(), known)
        name = text[start : match.end()]
        if text[start - 1 : start] == "同" and _OF_LAW.fullmatch(name):
            return None
        if len(name) < 2 or is_no_name(name) or not (self.rules or _STATUTE.search(name)):
            return None
        if _VAGUE.fullmatch(name):
            start = name_start(text, match.end())
        return NameMention(start, match.end(), self.law_of(text[start : match.end()]))

    def _short(self, text: str, match: re.Match[str]) -> NameMention | None:
        start = self._run_start(text, match)
        known = [other for other in self._known if len(other) >= 4]
        start = _trimmed(text, start, match.end(), known)
        name = text[start : match.end()]
        if len(name) < 4 or name.startswith(("関連", "労働関連", "関係", "各種")):
            return None
        return NameMention(start, match.end(), self.law_of(name))


def is_no_name(words: str) -> bool:
    """Whether the words that end like a law's name are a common noun (省令, 方法)."""
    return bool(_NO_NAME.fullmatch(words)) or words.startswith("法律")


def _trimmed(text: str, start: int, end: int, known: Iterable[str]) -> int:
    """Where the longest known name begins that text[start:end] ends with; else `start`."""
    name = text[start:end]
    return end - max((len(other) for other in known if name.endswith(other)), default=len(name))
