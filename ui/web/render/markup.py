"""The small pieces that every page is made of: escaped text, marks, links to places."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote as percent_encode

from kb.spans import Span
from ui.names import KINDS

KIND_NAMES = KINDS


@dataclass(frozen=True, slots=True)
class Wrap:
    """An element around a range of a text: `before` and `after` are HTML."""

    span: Span
    before: str
    after: str


def escape(text: str) -> str:
    """Text that is safe inside an element and inside a quoted attribute."""
    return html.escape(text, quote=True)


def marked(text: str, spans: Iterable[Span] = ()) -> str:
    """Escaped text with the ranges inside <mark>; overlapping ranges become one."""
    parts: list[str] = []
    position = 0
    for span in _joined(spans):
        start, end = min(span.start, len(text)), min(span.end, len(text))
        if start < end:
            parts += escape(text[position:start]), f"<mark>{escape(text[start:end])}</mark>"
            position = end
    return "".join(parts) + escape(text[position:])


def wrapped(text: str, wraps: Iterable[Wrap], spans: Sequence[Span] = ()) -> str:
    """Escaped text with elements around ranges; of overlapping ones the first, then the longest.

    `spans` are marked inside and outside of them.
    """
    parts: list[str] = []
    position = 0
    for wrap in sorted(wraps, key=lambda item: (item.span.start, -item.span.end)):
        start, end = wrap.span.start, min(wrap.span.end, len(text))
        if position <= start < end:
            parts.append(marked(text[position:start], within(spans, position, start)))
            inner = marked(text[start:end], within(spans, start, end))
            parts.append(f"{wrap.before}{inner}{wrap.after}")
            position = end
    parts.append(marked(text[position:], within(spans, position, len(text))))
    return "".join(parts)


def paragraphs(text: str, spans: Sequence[Span] = (), wraps: Sequence[Wrap] = ()) -> str:
    """One <p> a line, with ranges of `text` marked and elements around others."""
    parts: list[str] = []
    position = 0
    for line in text.split("\n"):
        end = position + len(line)
        if line.strip():
            inside = [
                Wrap(span, wrap.before, wrap.after)
                for wrap in wraps
                for span in within((wrap.span,), position, end)
            ]
            parts.append(f"<p>{wrapped(line, inside, within(spans, position, end))}</p>")
        position = end + 1
    return "".join(parts)


def within(spans: Iterable[Span], start: int, end: int) -> tuple[Span, ...]:
    """The parts of the spans that lie in start..end, counted from `start`."""
    return tuple(
        Span(max(span.start, start) - start, min(span.end, end) - start)
        for span in spans
        if span.start < end and span.end > start
    )


def place_href(place: str, source: Span | None = None) -> str:
    """The permalink of a node or document; `source` is the quoted range of the source text."""
    href = f"?id={percent_encode(place, safe='/()')}"
    return f"{href}&s={source.start}&e={source.end}" if source else href


def place_link(place: str, inner: str, source: Span | None = None, attributes: str = "") -> str:
    """A link that opens the reader; `inner` and `attributes` are HTML."""
    return f'<a href="{escape(place_href(place, source))}"{attributes}>{inner}</a>'


def copy_button(text: str, label: str, link: bool = False) -> str:
    """A button that puts `text` on the clipboard; a `link` as a whole address."""
    name = "data-copy-link" if link else "data-copy"
    return f'<button type="button" class="kb-tool" {name}="{escape(text)}">{escape(label)}</button>'


def tip(words: str, attributes: str = "") -> str:
    """Attributes of an element that shows `words` when it is pointed at, focused or tapped."""
    return f' data-tip="{escape(words)}"{attributes}'


def problem(message: str) -> str:
    """One sentence that says what went wrong."""
    return f'<p class="kb-problem" role="alert">{escape(message)}</p>'


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are HTML already; the header is text."""
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in header)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    head_row = f"<thead><tr>{head}</tr></thead>" if header else ""
    return (
        '<div class="kb-table" role="region" aria-label="表" tabindex="0">'
        f"<table>{head_row}<tbody>{body}</tbody></table></div>"
    )


def _joined(spans: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined
