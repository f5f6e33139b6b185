"""Which lines belong together: hard wraps and sentences cut by a page break are joined again."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.lines import Line
from ingest.traced import TracedText
from kb.documents import Repair
from kb.spans import Span

_SENTENCE_END = re.compile(
    r"(?:[。．.！!？?：:][」』）)\]］】]*|。[（(][^（）()]{1,60}[）)]|https?://[^\s\u3000-\u9fff]+|[>＞])$"
)
_BULLET = re.compile(
    r"[・●○◎◯◇◆□■※▪•‣→⇒☆★▼▲△▽➢✓【〔《<＜]|[‐–—―-]\s|https?://|(?:URL|Mail|Tel|TEL|FAX|E-mail)\s*[:：]"
)
_ASIDE = re.compile(r"[(（].*[)）]$")
_FREE_START = re.compile(
    r"(?:また|なお|その|この|これ|さらに|ただし|あわせて|いわゆる|ここ|それ|おって|ついて|まず|とりわけ"
    r"|とくに|しかし|したがって|よって|そこ|すべて|いずれ|あらかじめ|できる|よく|うち|かつ|お|ご|ほ)"
)
_HEADING_TAIL = re.compile(
    r"(?:等|事項|意義|目標|目的|趣旨|背景|概要|内容|整備|徹底|提供|説明|推進|活用|設定|配慮|明記|確保|増大|合理化|共有"
    r"|評価|周知|対応|作成|見直し|措置|支払|支払い|依頼|要請|公表|促進|運用|体制|範囲|について|方法|基準|要件|条件|期間"
    r"|対象|対象者|一覧|窓口|方針|体系|計画|管理|実施|改善|強化|支援|適用|その他|留意|留意点|取扱い|取扱|契約|手続|手続き"
    r"|責務|定義|防止|転嫁|適正化|平準化|簡素化|弾力化|柔軟化|変更|更新|解除|検査|状況|事例|効果|根拠|参加|排除|尊重|禁止"
    r"|遵守|監督|保護|育成|協力|連携|報告|通知|期限|規定|原則|考え方|進め方|例外|制度|ガイドライン|マニュアル|課題|成果)"
    r"(?:[（(][^（）()]*[）)])?$"
)
_SENTENCE_SIGN = re.compile(
    r"は、|て、|ため、|より、|つつ、|とともに|に当たっては|にあたっては|する場合|とする。|である。|こと。"
)
_MIDWAY_START = re.compile(r"[\u3041-\u3096]|等[のをにがはで]")
_CLOSING = re.compile(r"[、。，．）」』】〕々ーっゃゅょッャュョァィゥェォ]|\)(?!\S*[(（])")
_MIDWAY_END = re.compile(r"(?:[をがはにで]|って|して|えて|れて|おり|つつ|より|など、)$")
_BRACKETED = re.compile(r"[（(「『［\[][^（）()「」『』［］\[\]]*[）)」』］\]]")
_LATIN_EDGE = re.compile(r"[A-Za-z,;]$")
_LATIN_START = re.compile(r"[A-Za-z]")
_SHORT = 45
_FULL = 0.9
_FRAGMENT = 12
_TAIL = 400
_LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Layout:
    """How the lines of a document are set: `width` characters when hard-wrapped, else None."""

    width: int | None

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Layout:
        """Hard-wrapped means that the long lines all end at about the same column.

        Few lines are enough where the format breaks every line that is too long.
        """
        paged = any(line.paged for line in lines)
        least, share = (5, 0.3) if paged else (20, 0.5)
        lengths = sorted(
            len(line.text) for line in lines if len(line.text) >= 20 and not line.is_row
        )
        if len(lengths) < least:
            return cls(None)
        width = lengths[int(0.9 * len(lengths))]
        full = sum(0.85 * width <= length <= 1.1 * width for length in lengths)
        wrapped = width <= 120 and lengths[-1] <= 1.6 * width and full >= share * len(lengths)
        return cls(width if wrapped else None)

    def is_full(self, length: int) -> bool:
        """Whether a line of that length may have been broken for want of room."""
        return self.width is None or length >= _FULL * self.width


@dataclass(slots=True)
class Paragraph:
    """Lines joined into one paragraph; `start`..`end` is its unbroken range in the source."""

    text: TracedText
    start: int
    end: int
    repairs: list[Repair] = field(default_factory=list)
    last_length: int = 0
    marked: bool = False
    is_row: bool = False
    is_title: bool = False

    @property
    def tail(self) -> str:
        """The last few sentences: enough to judge how the paragraph ends."""
        return self.text.text[-_TAIL:]

    @property
    def is_too_long(self) -> bool:
        """Whether it holds so much that it must be something else than a paragraph."""
        return len(self.text) > _LONGEST

    @classmethod
    def of(cls, line: Line, skip: int = 0) -> Paragraph:
        """Begin with a line, less the `skip` characters of its label."""
        return cls(
            line.text[skip:].strip(),
            line.span.start,
            line.span.end,
            list(line.repairs),
            len(line.text),
            line.depth > 0,
            line.is_row,
            line.title,
        )

    def cover(self, line: Line) -> None:
        """Take in a blank line or a page mark."""
        self.end = line.span.end
        self.repairs += line.repairs

    def swallow(self, line: Line) -> bool:
        """Drop a stray line that only says the paragraph's last words again, if it is one."""
        words = line.text.text
        if len(words) > _FRAGMENT or not (_begins_midway(words) and self.text.text.endswith(words)):
            return False
        self.repairs.append(Repair("fragment", _span_of(line), words, ""))
        self.cover(line)
        return True

    def absorb(self, line: Line) -> None:
        """Join a line that goes on where the paragraph broke off."""
        if self.text:
            gap = " " if _is_latin_gap(self.text.text, line.text.text) else ""
            before = self.text.offsets[-1] + 1
            after = line.text.offsets[0]
            if 0 < before <= after:
                self.repairs.append(Repair("wrap", Span(before, after), "\n", gap))
            self.text = self.text + TracedText.inserted(gap) + line.text
        else:
            self.text = line.text
        self.end = line.span.end
        self.repairs += line.repairs
        self.last_length = len(line.text)


def is_complete(text: str) -> bool:
    """Whether a sentence ends where the text ends."""
    return bool(_SENTENCE_END.search(text))


def goes_on(paragraph: Paragraph, line: Line, layout: Layout) -> bool:
    """Whether `line` continues the last sentence of `paragraph` rather than beginning anew."""
    text, following = paragraph.tail, line.text.text
    if not text:
        return True
    if line.is_row or line.depth or line.listed or line.title:
        return False
    if paragraph.is_row or paragraph.is_title or paragraph.is_too_long:
        return False
    if paragraph.last_length == 1 == len(following):
        return True
    if _CLOSING.match(following) or _open_brackets(text) > 0 > _open_brackets(following):
        return True
    cut = layout.width is not None and layout.is_full(paragraph.last_length)
    if is_complete(text):
        return text.endswith(("。）", "。)")) and (cut or _begins_midway(following))
    if _BULLET.match(following):
        return cut and following[0] == "・" and not _BULLET.match(paragraph.text.text)
    if _ASIDE.match(following) and not cut:
        return False
    return not looks_like_heading(paragraph, following, layout)


def looks_like_heading(paragraph: Paragraph, following: str, layout: Layout) -> bool:
    """Whether the paragraph stands for itself although no full stop ends it.

    Weighs its length against the width of the page, the word it ends with, signs of a sentence in
    it, and whether `following` could begin a sentence.
    """
    text = paragraph.tail
    if is_complete(text):
        return False
    bare = _BRACKETED.sub("", text)
    score = 2 if paragraph.marked else 0
    if layout.width is None:
        score += 1 if len(bare) <= _SHORT else -1
    else:
        score += -1 if layout.is_full(paragraph.last_length) else 1
    score += 2 if _HEADING_TAIL.search(text) else 0
    score -= 3 if _SENTENCE_SIGN.search(bare) else 0
    score -= 2 if bare.count("、") >= 2 else 0
    score -= 2 if len(bare) > 60 else 0
    score -= 3 if bare.endswith(("、", "，")) or _MIDWAY_END.search(bare) else 0
    score -= 3 if _begins_midway(following) else 0
    return score > 0


def _begins_midway(following: str) -> bool:
    """Hiragana that no sentence begins with."""
    return bool(_MIDWAY_START.match(following)) and not _FREE_START.match(following)


def _span_of(line: Line) -> Span:
    span = line.text.source_span()
    return span if span else line.span


def _open_brackets(text: str) -> int:
    folded = unicodedata.normalize("NFKC", text)
    balances = (folded.count(left) - folded.count(right) for left, right in ("()", "「」", "[]"))
    return max(balances, key=abs)


def _is_latin_gap(before: str, after: str) -> bool:
    return bool(_LATIN_EDGE.search(before) and _LATIN_START.match(after))
