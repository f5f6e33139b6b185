"""くらべる: two policies side by side, one clause in all of them."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote as percent_encode

from assistant.comparison.contrast import contrast_table
from assistant.comparison.reports import relation_name
from assistant.comparison.results import (
    Change,
    Clause,
    ClauseComparison,
    ClausePair,
    ContrastRow,
    Edit,
    Kind,
    PolicyComparison,
    Run,
    WordingGroup,
)
from ui.web.render.markup import escape, place_link

_ORDER = tuple(Kind)


def versus(item: PolicyComparison) -> str:
    """The figures, the 対照表 and the pairs of clauses."""
    a, b = item.a.name, item.b.name
    address = f"{percent_encode(item.a.id, safe='')}/{percent_encode(item.b.id, safe='')}"
    return (
        f'<section class="kb-comparison"><h2>{escape(a)} と {escape(b)}</h2>'
        f"{_coverage(item)}"
        f'<div class="kb-actions">{_files(f"/files/versus/{address}", "対照表を")}</div>'
        f'<div class="kb-switch" role="group" aria-label="表示">'
        '<button type="button" class="kb-tool" data-view="pairs" aria-pressed="true">条項の対応</button>'
        '<button type="button" class="kb-tool" data-view="contrast" aria-pressed="false">対照表</button>'
        "</div>"
        f'<div data-shown="pairs">{_kinds(item)}{_pairs(item)}</div>'
        f'<div data-shown="contrast" hidden>{_contrast(item)}</div></section>'
    )


def clause(item: ClauseComparison) -> str:
    """How every document words one clause."""
    names = {document.id: document.name for document in item.documents}
    asked = item.clause
    rows = "".join(_wording(group, names) for group in item.groups)
    silent = "、".join(escape(document.name) for document in item.silent)
    note = f'<p class="kb-count">該当する規定のない資料：{silent}</p>' if silent else ""
    files = _files(f"/files/clause?id={percent_encode(asked.id, safe='')}", "この表を", query=True)
    return (
        f'<section class="kb-comparison"><h2>{escape(names[asked.doc])} {escape(asked.number)}</h2>'
        f'<div class="kb-actions">{files}</div>'
        '<div class="kb-table kb-clauses" role="region" aria-label="条項の横並び" tabindex="0"><table>'
        '<thead><tr><th scope="col">資料・条項</th><th scope="col">関係</th>'
        '<th scope="col">規定（下線は基準と異なる部分）</th></tr></thead><tbody>'
        f'<tr><th scope="row">{_place(asked, names[asked.doc])}</th><td>基準</td>'
        f"<td>{_text(asked.text)}</td></tr>{rows}</tbody></table></div>{note}</section>"
    )


def _files(address: str, label: str, query: bool = False) -> str:
    def href(form: str) -> str:
        return f"{address}&form={form}" if query else f"{address}.{form}"

    return "".join(
        f'<a class="kb-tool" href="{escape(href(form))}" download>{label}{name}で保存</a>'
        for form, name in (("docx", "Word"), ("xlsx", "Excel"))
    )


def _coverage(item: PolicyComparison) -> str:
    coverage = item.coverage
    sides = (
        (item.a.name, coverage.a_answered, coverage.a_clauses, coverage.a_share),
        (item.b.name, coverage.b_answered, coverage.b_clauses, coverage.b_share),
    )
    return (
        '<dl class="kb-meters">'
        + "".join(
            f"<div><dt>{escape(name)}</dt><dd><meter min='0' max='1' value='{share}'"
            f" aria-label='{escape(name)}の対応'></meter>{answered}／{clauses}条項に対応（字数で{share:.0%}）</dd></div>"
            for name, answered, clauses, share in sides
        )
        + "</dl>"
    )


def _kinds(item: PolicyComparison) -> str:
    chips = "".join(
        f'<button type="button" class="kb-chip kb-kind-{kind.value}" data-relation="{kind.value}"'
        f' aria-pressed="{str(kind is not Kind.SAME).lower()}">'
        f"{escape(relation_name(kind, item.a.name, item.b.name))} {count}</button>"
        for kind, count in item.coverage.kinds
        if count
    )
    return f'<div class="kb-relations" role="group" aria-label="表示する関係">{chips}</div>'


def _pairs(item: PolicyComparison) -> str:
    a, b = item.a.name, item.b.name
    rows = "".join(_pair(pair, a, b) for pair in item.pairs)
    return (
        '<div class="kb-table kb-versus" role="region" aria-label="条項の対応" tabindex="0"><table>'
        f'<thead><tr><th scope="col">{escape(a)}</th><th scope="col">{escape(b)}</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _pair(pair: ClausePair, a: str, b: str) -> str:
    told = [relation_name(pair.kind, a, b), *(item.japanese for item in pair.differences)]
    if pair.moved:
        told.append("位置の移動")
    hidden = " hidden" if pair.kind is Kind.SAME else ""
    return (
        f'<tr data-of-kind="{pair.kind.value}"{hidden}>'
        f'<td data-name="{escape(a)}">{_side(pair.a, pair.changes, "a")}</td>'
        f'<td data-name="{escape(b)}"><p class="kb-relation"><span class="kb-chip kb-kind-{pair.kind.value}">'
        f"{escape(told[0])}</span>{''.join(f'<span>{escape(item)}</span>' for item in told[1:])}</p>"
        f"{_side(pair.b, pair.changes, 'b')}</td></tr>"
    )


def _side(item: Clause | None, changes: Sequence[Change], side: str) -> str:
    if item is None:
        return '<p class="kb-silent">（該当する規定なし）</p>'
    name = f"{escape(item.number)}"
    return f"<p>{place_link(item.id, name)}</p>{_marked(changes, side) or _text(item.text)}"


def _marked(changes: Sequence[Change], side: str) -> str:
    tag = "del" if side == "a" else "ins"
    parts = []
    for change in changes:
        text = escape(change.a if side == "a" else change.b)
        if text:
            parts.append(text if change.edit is Edit.EQUAL else f"<{tag}>{text}</{tag}>")
    return f'<div class="kb-wording">{"".join(parts)}</div>' if parts else ""


def _text(text: str) -> str:
    return f'<div class="kb-wording">{escape(text)}</div>'


def _contrast(item: PolicyComparison) -> str:
    table = contrast_table(item)
    noted = any(row.notes for row in table.rows)
    heads = (table.left, table.right, *(["備考"] if noted else []))
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads)
    rows = "".join(_contrast_row(row, heads) for row in table.rows)
    legend = "".join(f"<p>{escape(line)}</p>" for line in table.legend)
    return (
        f'<div class="kb-count">{legend}</div>'
        '<div class="kb-table kb-versus" role="region" aria-label="対照表" tabindex="0">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _contrast_row(row: ContrastRow, heads: Sequence[str]) -> str:
    cells = (_runs(row.left), _runs(row.right), "<br>".join(map(escape, row.notes)))
    named = zip(heads, cells, strict=False)
    inner = "".join(f'<td data-name="{escape(name)}">{cell}</td>' for name, cell in named)
    return f"<tr>{inner}</tr>"


def _runs(paragraphs: Sequence[Sequence[Run]]) -> str:
    lines = (
        "".join(
            f"<u>{escape(run.text)}</u>" if run.underlined else escape(run.text) for run in runs
        )
        for runs in paragraphs
    )
    return "".join(f"<p>{line}</p>" for line in lines)


def _wording(group: WordingGroup, names: dict[str, str]) -> str:
    places = "<br>".join(_place(item, names[item.doc]) for item in group.clauses)
    told = [relation_name(group.kind), *(item.japanese for item in group.differences)]
    return (
        f'<tr><th scope="row">{places}</th><td>{"<br>".join(map(escape, told))}</td>'
        f"<td>{_marked(group.changes, 'b') or _text(group.clauses[0].text)}</td></tr>"
    )


def _place(item: Clause, name: str) -> str:
    return place_link(item.id, f"{escape(name)} {escape(item.number)}")
