"""The source cut into lines: page marks taken out, heading and list marks taken off."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.cells import readable
from ingest.glyphs import mend
from ingest.page import Extract
from ingest.traced import TracedText
from kb.documents import Repair
from kb.spans import Span

_LINE = re.compile(r"[^\n\f]*[\n\f]|[^\n\f]+$")
_DASH = r"[-‐‑‒–—―－−ー]"
_NUMBER = r"[0-9０-９]{1,4}"
_PAGE_MARK = re.compile(
    rf"{_DASH}\s*{_NUMBER}\s*{_DASH}"
    rf"|{_NUMBER}\s*[/／]\s*{_NUMBER}"
    rf"|(?:[pPｐＰ][.．]?|ページ|頁)\s*{_NUMBER}"
    rf"|{_NUMBER}\s*(?:ページ|頁)"
)
_JAPANESE = r"[\u3040-\u30ff\u4e00-\u9fff、。」）]"
_INLINE_PAGE_MARK = re.compile(rf"(?<={_JAPANESE})\s*- {_NUMBER} -\s*(?={_JAPANESE})")
_HEADING_MARK = re.compile(r"#{1,6}\s*(?=[^\s#])")
_LIST_MARK = re.compile(r"[-*+]\s+(?=\S)")
_ROW = re.compile(r"^\|.*\|$|\S{7}\t|\t[^\t]*\t|<t[dhr][\s>]")
_EMPHASIS = re.compile(r"\*\*(?=\S)|(?<=\S)\*\*")


@dataclass(frozen=True, slots=True)
class Line:
    """One source line.

    `span` covers it with its line break; `text` is without marks and outer white space and empty
    for a blank line or a page mark. `depth` is the number of heading marks (#) it had, `listed`
    says that it had a list mark.
    """

    text: TracedText
    span: Span
    depth: int = 0
    listed: bool = False
    is_row: bool = False
    repairs: tuple[Repair, ...] = ()

    @property
    def blank(self) -> bool:
        """Whether nothing of the line belongs to the text."""
        return not self.text


def read_lines(extract: Extract) -> list[Line]:
    """Every line of the source, in order and without a gap.

    Page marks before the first line of text count as part of that line, so that they belong to a
    unit like any other; a text of nothing but page marks keeps them.
    """
    lines = [_line(extract.text, Span(*match.span())) for match in _LINE.finditer(extract.text)]
    first = next((index for index, line in enumerate(lines) if not line.blank), None)
    if first is None:
        return [replace(line, text=_raw(extract.text, line.span), repairs=()) for line in lines]
    marks = [line for line in lines[:first] if line.repairs]
    if marks:
        repairs = tuple(repair for line in marks for repair in line.repairs)
        span = Span(marks[0].span.start, lines[first].span.end)
        lines[first] = replace(lines[first], span=span, repairs=repairs + lines[first].repairs)
        del lines[:first]
    return lines


def _raw(source: str, span: Span) -> TracedText:
    return TracedText.of(source, span.start, span.end).strip()


def _line(source: str, span: Span) -> Line:
    raw = _raw(source, span)
    if _PAGE_MARK.fullmatch(raw.text):
        return Line(TracedText(), span, repairs=(_removed("page_mark", raw),))
    repairs: list[Repair] = []
    depth, listed = 0, False
    if match := _HEADING_MARK.match(raw.text):
        depth = match[0].count("#")
        repairs.append(_removed("heading_mark", raw[: match.end()]))
        raw = raw[match.end() :]
    elif match := _LIST_MARK.match(raw.text):
        listed = True
        repairs.append(_removed("list_mark", raw[: match.end()]))
        raw = raw[match.end() :]
    for kind, pattern in (("page_mark", _INLINE_PAGE_MARK), ("emphasis_mark", _EMPHASIS)):
        repairs += [
            _removed(kind, raw[slice(*found.span())]) for found in pattern.finditer(raw.text)
        ]
        raw = raw.sub(pattern, "")
    is_row = bool(_ROW.search(raw.text))
    raw, found = readable(raw)
    raw, mended = mend(raw)
    return Line(raw, span, depth, listed, is_row, (*repairs, *found, *mended))


def _removed(kind: str, text: TracedText) -> Repair:
    span = text.source_span()
    assert span is not None
    return Repair(kind, span, text.text.strip(), "")
