"""A written answer as statements, each with the numbers it cites."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.checking.vocabulary import vocabulary
from assistant.checking.words import words
from assistant.sentences import split_sentences
from retrieval.analysis import normalise

# Never 0: statistics print [0] for an amount that rounds to nothing.
_NUMBERS = r"[1-9]\d{0,2}(?:\s*[,、，・]\s*[1-9]\d{0,2})*"
_MARK = re.compile(rf"\s*[\[［【]\s*(?:出典|根拠)?\s*({_NUMBERS})\s*[\]］】]")
# 「…である。[1]」 cites with the sentence before it.
_LATE_MARKS = re.compile(rf"([。．])((?:{_MARK.pattern})+)")
_BULLET = re.compile(r"^\s*(?:[-*・•●○▪◦＊]|\d{1,2}[.．)）](?!\d)|[①-⑳]|#{1,6}|>)\s*")
_ITEM = re.compile(r"^\s*(?:[-*・•●○▪◦＊]|\d{1,2}[.．)）](?!\d)|[①-⑳])")
_HEADING = re.compile(r"^\s*#{1,6}\s|^\s*(?:\*\*|__|【|■|◆|▼)[^。]{1,40}(?:\*\*|__|】)?[:：]?\s*$")
# 「第 167 条」 as older documents print it.
_LOOSE = re.compile(r"(?<=[\u3040-\u9fff]) +(?=[\d０-９])|(?<=[\d０-９]) +(?=[\u3040-\u9fff])")
_EMPHASIS = re.compile(r"\*\*|__|`")
_QUOTED = re.compile(r"「[^」]*」")
_TABLE_RULE = re.compile(r"^\s*\|?[\s:|-]*-[\s:|-]*\|?\s*$")
_LEAD_IN = re.compile(
    r"(?:次|以下|下記|下表)の[^。、]{0,6}(?:よう|とおり|通り)|^(?:主な|両者の|その)?(?:違い|相違点|共通点|ポイント|特徴|要点|結論)は"
    r"|(?:留意点|課題|違い|要件|特徴|共通点|取組)[^。]*(?:挙げられ|示され|指摘され)てい(?:ます|る)|(?:以下|次|下表|下記|表)(?:の|に)?(?:とおり|通り|示|まとめ|整理)|[:：]$"
    r"|^(?:結論|回答|根拠|出典|概要|まとめ|要約|注意|補足|備考|ポイント)[:：]?$"
)
_LIST_FOLLOWS = re.compile(r"次の|以下|下記|とおり|通り|[:：]$")
_LEADS = re.compile(r"(?:次|以下|下記)の|次に|以下に")
_OPENER = re.compile(r"^(?:はい|いいえ|結論から(?:言う|申し上げる)と|承知(?:いた)?しました)[、。]?")
CLOSING = re.compile(
    r"^以上(?:です|となります|になります)|(?:ご確認|ご参照|ご覧|お問い?合わせ|参照して|確認して|お知らせ|お尋ね)(?:ください|下さい|願います|をお願い)"
)
_SOURCE_LINE = re.compile(r"^(?:出典|根拠|参考)[:：]")
_ABSENCE = re.compile(
    r"(?:記載|記述|言及|規定|定め|情報)(?:は|が|も)(?:特に|とくに|一切)?(?:ありません|ない|なく|見当たり|見つかり|確認でき|含まれてい(?:ません|ない))"
    r"|(?:示|定め|明記|明示|規定|記載|言及|記述)(?:し|され|ら?れ)?て(?:は)?(?:いません|いない|おらず|おりません)"
    r"|(?:からは|では)[^。、]{0,20}(?:分かりません|わかりません|判断できません|確認できません|不明です)"
)
_CONTENT = re.compile(r"[\u4e00-\u9fff々ァ-ヴー０-９0-9A-Za-z]")
_SHORT = 60
_OPENER_WORDS = 4
_FEW = 2


class Kind(StrEnum):
    """What a statement does in the answer."""

    CLAIM = "claim"  # says something that evidence must bear out
    FRAME = "frame"  # a heading, lead-in or table head: names what follows
    OPENER = "opener"  # はい、可能です。 before what is cited
    CLOSING = "closing"  # 詳しくは出典をご確認ください。
    ABSENCE = "absence"  # says that the evidence says nothing of a thing
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a statement up to its marks, and the evidence it cites.

    `labelled` is a row of a table with the head of its column before each cell.
    """

    text: str
    numbers: tuple[int, ...]
    labelled: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence, list item or table row of an answer, without its marks.

    `raw` is the text as it was written, `numbers` the evidence it cites, `line` the line of the
    answer it stands in, from 0, `listed` whether that is an item of a list or a row of a table,
    `labelled` the row with the head of its column before each cell.
    """

    raw: str
    text: str
    numbers: tuple[int, ...]
    kind: Kind = Kind.CLAIM
    line: int = 0
    listed: bool = False
    labelled: str = ""

    @property
    def pieces(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """`raw` cut behind each run of marks: the words as written, and what they cite."""
        found: list[tuple[str, tuple[int, ...]]] = []
        start = 0
        for marks in _RUN_OF_MARKS.finditer(self.raw):
            found.append((self.raw[start : marks.start()], _cited(marks[0])))
            start = marks.end()
        return (*found, (self.raw[start:], ()))

    @property
    def claims(self) -> bool:
        """Whether it says something that evidence must bear out: a heading or lead-in does not."""
        return self.kind is Kind.CLAIM

    @property
    def segments(self) -> tuple[Segment, ...]:
        """Its parts by what they cite; a part after the last mark rests on all that is cited."""
        *cited, (after, _) = self.pieces
        pieces = [Segment(_plain(words), numbers) for words, numbers in cited]
        if len({piece.numbers for piece in pieces}) <= 1:
            return (Segment(self.text, self.numbers, self.labelled),)
        rest = _plain(after)
        if len(_words(rest)) >= _FEW:
            pieces.append(Segment(rest, self.numbers))
        elif rest:
            pieces[-1] = replace(pieces[-1], text=f"{pieces[-1].text}{rest}")
        return tuple(piece for piece in pieces if piece.text)


_RUN_OF_MARKS = re.compile(rf"(?:{_MARK.pattern})+")


def statements(answer: str) -> tuple[Statement, ...]:
    """The statements of `answer` in order; joined by line they are the answer again.

    An item without a mark cites what the sentence cites that leads to its list, a sentence of an
    item without one what the item cites.
    """
    found: list[Statement] = []
    lead: tuple[int, ...] = ()
    head: list[str] = []
    lines = lines_of(answer)
    for at, line in enumerate(lines):
        if _TABLE_RULE.match(line):
            continue
        listed = bool(_ITEM.match(line)) or line.lstrip().startswith("|")
        heads = "|" in line and at + 1 < len(lines) and bool(_TABLE_RULE.match(lines[at + 1]))
        here = [
            replace(_statement(sentence.text, at), listed=listed)
            for sentence in split_sentences(_BULLET.sub("", line))
        ]
        head = _cells(line) if heads else head if "|" in line else []
        if heads or (_HEADING.match(line) and not any(made.numbers for made in here)):
            here = [_as_frame(made) for made in here]
        elif listed:
            cited = tuple(dict.fromkeys(n for made in here for n in made.numbers)) or lead
            here = [replace(_citing(made, cited), labelled=_labelled(line, head)) for made in here]
        elif here:
            last = here[-1]
            lead = last.numbers if _LIST_FOLLOWS.search(last.text) else ()
        found += here
    return tuple(_led(found, at) for at in range(len(found)))


def _cells(line: str) -> list[str]:
    return [_plain(cell) for cell in line.strip().strip("|").split("|")]


def _labelled(line: str, head: Sequence[str]) -> str:
    """A row's cells, each behind the head of its column; "" when they do not match."""
    cells = _cells(line)
    if len(cells) != len(head):
        return ""
    return "、".join(f"{name}{cell}" for name, cell in zip(head, cells, strict=True))


def _as_frame(made: Statement) -> Statement:
    return replace(made, kind=Kind.FRAME) if made.kind is Kind.CLAIM else made


def _citing(made: Statement, numbers: tuple[int, ...]) -> Statement:
    """The statement with `numbers` if it claims something and cites nothing itself."""
    return made if made.numbers or made.kind is not Kind.CLAIM else replace(made, numbers=numbers)


def lines_of(answer: str) -> list[str]:
    """The lines of an answer, marks behind a full stop moved before it; `Statement.line` counts them."""
    return _LATE_MARKS.sub(r"\2\1", answer).splitlines()


def bullet(line: str) -> str:
    """The list mark or heading mark that a line begins with, or ""."""
    found = _BULLET.match(line)
    return found[0] if found else ""


def is_table_rule(line: str) -> bool:
    """Whether a line parts the head of a table from its rows."""
    return bool(_TABLE_RULE.match(line))


def _led(found: Sequence[Statement], at: int) -> Statement:
    """A sentence without a mark that leads to a list cites what the list cites."""
    lead = found[at]
    if lead.numbers or lead.kind is not Kind.CLAIM or not _LEADS.search(lead.text):
        return lead
    numbers: list[int] = []
    for item in found[at + 1 :]:
        if not item.listed:
            break
        numbers += item.numbers
    return replace(lead, numbers=tuple(dict.fromkeys(numbers)))


def _statement(raw: str, line: int) -> Statement:
    text = _plain(raw)
    numbers = _cited(raw)
    return Statement(raw, text, numbers, _kind(text, numbers), line)


def _plain(raw: str) -> str:
    """Without marks and emphasis; cells of a table row are parted by commas."""
    text = _LOOSE.sub("", _EMPHASIS.sub("", _MARK.sub("", raw))).strip()
    if "|" in _QUOTED.sub("", text):
        text = "、".join(cell.strip() for cell in text.split("|") if cell.strip())
    return text.strip(" 、") if text.strip(" 、。") else ""


def _cited(raw: str) -> tuple[int, ...]:
    numbers = [
        int(number) for match in _MARK.finditer(raw) for number in re.findall(r"\d+", match[1])
    ]
    return tuple(dict.fromkeys(numbers))


def _kind(text: str, numbers: tuple[int, ...]) -> Kind:
    if not _CONTENT.search(text) or re.fullmatch(r"(?:はい|いいえ)[、。]?", text):
        return Kind.EMPTY
    if _ABSENCE.search(text):
        return Kind.ABSENCE
    if numbers:
        return Kind.CLAIM
    if opener := _OPENER.match(text):
        return Kind.OPENER if len(_words(text[opener.end() :])) <= _OPENER_WORDS else Kind.CLAIM
    if CLOSING.search(text):
        return Kind.CLOSING
    if _SOURCE_LINE.match(text) or (len(text) <= _SHORT and _LEAD_IN.search(text)):
        return Kind.FRAME
    return Kind.CLAIM


def _words(text: str) -> list[str]:
    """The content words that are not those of any report."""
    generic = vocabulary().generic
    found = [word.lemma for word in words(normalise(text)) if word.is_content]
    return [lemma for lemma in found if lemma not in generic]
