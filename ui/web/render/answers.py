"""The conversation: questions, answers with their citations, and the first screen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from kb.results import Answer, Citation, Table, TableCell
from kb.spans import Span
from ui.web.render.markup import escape, place_link, problem, table, tip
from ui.web.render.toolbar import toolbar
from ui.web.turns import Chip, ChipKind, Turn

_CHUNK = re.compile(r".+?(?:。(?:\s*\[\d+\])*|\n+|$)", re.DOTALL)
_NUMBER = re.compile(r"\[(\d+)\]")
_NEAREST = re.compile(r"^(.*?)（([^\s（）/]+/\S+)）$")
_BULLET = re.compile(r"^\s*[・\-•]\s*")

EXAMPLES: tuple[str, ...] = (
    "分離・分割発注に当たって国等が努めることは何ですか。",
    "新規中小企業者の契約比率の目標はどのくらいですか。",
    "銘柄を指定してもよい場合はありますか。",
    "トライアル発注の対象者の要件は何ですか。",
)
"""Questions of a general kind for the first screen."""


_WAITING = '<p class="kb-waiting" role="status">資料を調べています…</p>'


def welcome(documents: int) -> str:
    """What stands in the empty conversation."""
    examples = "".join(
        f'<li><button type="button" class="kb-example" data-ask="{escape(question)}">'
        f"{escape(question)}</button></li>"
        for question in EXAMPLES
    )
    return (
        '<section class="kb-welcome">'
        "<h2>何をお調べですか</h2>"
        f"<p>取り込み済みの資料{documents}件の本文だけを根拠に、引用番号を付けて答えます。"
        "番号に触れると引用文が、選ぶと原文の該当箇所が開きます。</p>"
        f'<ul class="kb-examples" aria-label="質問の例">{examples}</ul>'
        "</section>"
    )


def conversation(turns: Iterable[Turn]) -> str:
    """Finished turns, oldest first."""
    return "".join(turn(item) for item in turns)


def turn(item: Turn, shown: str | None = None, notice: str = "") -> str:
    """One turn; `shown` is the part of the answer's text that has been streamed so far.

    `notice` says what went wrong apart from the answer.
    """
    if item.problem:
        body = problem(item.problem)
    elif item.answer is None:
        body = _draft(item.draft) if item.draft else _WAITING
    elif shown is not None:
        body = _warnings(item.answer) + _text(item.answer, item.addresses, shown)
    else:
        body = _finished(item, item.answer)
    question = escape(item.question)
    return (
        f'<article class="kb-turn" data-turn="{escape(item.id)}"'
        f' data-conversation="{escape(item.conversation)}">'
        f'<h2 class="kb-question"><span class="kb-sr">質問</span>{question}</h2>{_chips(item)}{body}'
        f"{problem(notice) if notice else ''}</article>"
    )


def _draft(text: str) -> str:
    """What a language model has written so far, which nothing has been checked of."""
    lines = "".join(f"<p>{escape(line)}</p>" for line in text.split("\n") if line.strip())
    return f'<div class="kb-answer kb-draft" aria-busy="true"><p class="kb-checking">確認中</p>{lines}</div>'


def prefixes(text: str, steps: int) -> Iterator[str]:
    """The text growing by whole sentences with their citation numbers, in at most `steps` steps."""
    ends = [match.end() for match in _CHUNK.finditer(text)]
    count = min(steps, len(ends))
    for step in range(1, count + 1):
        yield text[: ends[len(ends) * step // count - 1]]


def _chips(item: Turn) -> str:
    """What was understood. The row is there from the start, so that nothing moves when it fills."""
    chips = "".join(f"<li>{_chip_of(item, chip)}</li>" for chip in item.chips)
    if item.problem:
        return ""
    return f'<ul class="kb-chips" aria-label="理解した内容">{chips}</ul>'


def _chip_of(item: Turn, chip: Chip) -> str:
    label = escape(chip.label)
    if chip.kind is ChipKind.NOTE:
        return f'<span class="kb-chip kb-note">{label}</span>'
    return (
        f'<button type="button" class="kb-chip" data-drop="{escape(chip.key)}"'
        f' data-kind="{chip.kind.value}" data-of="{escape(item.id)}"'
        f' aria-label="{label}を外して答え直す">{label}<span aria-hidden="true">×</span></button>'
    )


def _finished(item: Turn, answer: Answer) -> str:
    parts = [_warnings(answer), _text(answer, item.addresses, answer.text)]
    if answer.table:
        parts.append(_table(answer, answer.table, item.addresses))
    if answer.citations:
        parts.append(_sources(answer, item.addresses))
    parts.append(toolbar(item, answer))
    if item.followups:
        buttons = "".join(
            f'<li><button type="button" class="kb-example" data-ask="{escape(question)}">'
            f"{escape(question)}</button></li>"
            for question in item.followups
        )
        parts.append(
            '<section class="kb-next"><h3>続けて調べる</h3>'
            f'<ul class="kb-examples">{buttons}</ul></section>'
        )
    return "".join(parts)


def _warnings(answer: Answer) -> str:
    """What to know before reading: it may turn the answer round (there is no such rule here)."""
    items = "".join(f"<li>{escape(warning)}</li>" for warning in answer.warnings)
    return f'<ul class="kb-warnings" aria-label="注意">{items}</ul>' if items else ""


def _text(answer: Answer, addresses: Mapping[str, str], shown: str) -> str:
    numbered = {citation.n: citation for citation in answer.citations}
    blocks: list[str] = []
    for bullet, lines in _blocks(shown):
        inner = [
            _nearest(line) if answer.abstained else _cited(line, numbered, addresses)
            for line in lines
        ]
        if bullet:
            blocks.append(f"<ul>{''.join(f'<li>{line}</li>' for line in inner)}</ul>")
        else:
            blocks += [f"<p>{line}</p>" for line in inner]
    kind = "kb-answer kb-abstained" if answer.abstained else "kb-answer"
    return f'<div class="{kind}">{"".join(blocks)}</div>'


def _blocks(text: str) -> list[tuple[bool, list[str]]]:
    """Runs of lines that are bullets, or are not."""
    blocks: list[tuple[bool, list[str]]] = []
    for line in text.split("\n"):
        if not line.strip():
            continue
        bullet = _BULLET.match(line)
        if not blocks or blocks[-1][0] != bool(bullet):
            blocks.append((bool(bullet), []))
        blocks[-1][1].append(line[bullet.end() :] if bullet else line)
    return blocks


def _nearest(line: str) -> str:
    """A line that ends in a node's id in brackets, as a link to it."""
    match = _NEAREST.match(line)
    return place_link(match[2], escape(match[1])) if match else escape(line)


def _cited(line: str, numbered: Mapping[int, Citation], addresses: Mapping[str, str]) -> str:
    lead = max((name for name in addresses.values() if line.startswith(name)), key=len, default="")
    parts = [f"<b>{escape(lead)}</b>"] if lead else []
    position = len(lead)
    for match in _NUMBER.finditer(line):
        citation = numbered.get(int(match[1]))
        if citation:
            parts += escape(line[position : match.start()]), chip(citation, addresses)
            position = match.end()
    return "".join(parts) + escape(line[position:])


def chip(citation: Citation, addresses: Mapping[str, str]) -> str:
    """A citation's number, which shows the quote and opens its place."""
    name = addresses.get(citation.id, citation.id)
    label = escape(f"根拠{citation.n}、{name}を開く")
    attributes = tip(f"{name}\n「{citation.quote}」", f' class="kb-cite" aria-label="{label}"')
    return place_link(citation.id, str(citation.n), Span(citation.start, citation.end), attributes)


def _sources(answer: Answer, addresses: Mapping[str, str]) -> str:
    title = "近い箇所" if answer.abstained else "根拠"
    items = "".join(f"<li>{_source(citation, addresses)}</li>" for citation in answer.citations)
    return (
        f'<section class="kb-sources"><h3>{title}（{len(answer.citations)}件）</h3>'
        f"<ol>{items}</ol></section>"
    )


def _source(citation: Citation, addresses: Mapping[str, str]) -> str:
    check = "" if citation.verified else '<span class="kb-unverified">原文との一致は未確認</span>'
    inner = (
        f'<span class="kb-number" aria-hidden="true">{citation.n}</span>'
        f'<span class="kb-place">{escape(addresses.get(citation.id, citation.id))}</span>'
        f'<span class="kb-quote">{escape(citation.quote)}</span>{check}'
    )
    return place_link(citation.id, inner, Span(citation.start, citation.end), ' class="kb-source"')


def _table(answer: Answer, item: Table, addresses: Mapping[str, str]) -> str:
    numbered = {citation.n: citation for citation in answer.citations}

    def cell(value: TableCell) -> str:
        citation = numbered.get(value.citation) if value.citation is not None else None
        return escape(value.text) + (chip(citation, addresses) if citation else "")

    return table(item.columns, ([cell(value) for value in row] for row in item.rows))
