"""The interface's JSON documents as Japanese text for a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from kb.results import IngestRow
from ui import table_view
from ui.names import KINDS, REPAIRS

Json = dict[str, Any]

_STATUS = {
    "added": "追加",
    "updated": "更新",
    "unchanged": "変更なし",
    "failed": "失敗",
    "removed": "削除",
}
_EXTRACT = 140
_HEADING = 24
_SENTENCE_ENDS = "。\n"


def ingest_row(row: IngestRow) -> str:
    """One progress line; why a file failed stands in the result."""
    counts = f"（{row.nodes}節点 {row.passages}件）" if row.nodes else ""
    return f"{_STATUS[row.status]} {row.doc or _flat(row.path)}{counts}"


def ingest_report(value: Json) -> str:
    """What an ingest did."""
    known = [row for row in value["documents"] if row["doc"]]
    cells = [
        (_STATUS[row["status"]], row["doc"], f"{row['nodes']}節点" if row["nodes"] else "")
        for row in known
    ]
    lines = dict(zip(map(id, known), _columns(cells), strict=True))
    rows = [
        f"{lines.get(id(row), _STATUS[row['status']])}  {_flat(row['path'])}"
        + (f"\n  {_flat(row['reason'])}" if row["reason"] else "")
        + "".join(f"\n  注意: {warning}" for warning in row["warnings"])
        for row in value["documents"]
    ]
    return "\n".join([*rows, f"世代 {value['generation']}（{value['seconds']:.1f}秒）"])


def documents(value: Json) -> str:
    """The list of documents, two lines each."""
    rows = value["documents"]
    heads = _columns(
        [
            (row["doc"], KINDS[row["kind"]], _year(row["fiscal_year"]), f"{row['nodes']}節点")
            for row in rows
        ]
    )
    return "\n".join(
        f"{head}\n  {row['title']}" + (f"（{row['issuer']}）" if row["issuer"] else "")
        for head, row in zip(heads, rows, strict=True)
    )


def _year(year: Json | None) -> str:
    return f"{year['era']}{year['year']}年度" if year else "年度不明"


def outline(value: Json) -> str:
    """The outline, indented by depth."""
    depth = {None: -1}
    lines = []
    for node in value["nodes"]:
        depth[node["id"]] = depth.get(node["parent"], -1) + 1
        lines.append(f"{'  ' * depth[node['id']]}{_named(node)}  [{node['id']}]")
    return "\n".join(lines)


def node(value: Json) -> str:
    """A node with its surroundings."""
    page = f"（{value['page']}ページ）" if value["page"] else ""
    crumbs = [value["title"], *map(_named, value["breadcrumbs"])]
    places = [f"{'  ' * depth}{crumb}" for depth, crumb in enumerate(crumbs)]
    text, label = value["text"], value["label"]
    case = value["case"]
    parts = [
        "\n".join([f"{value['id']}{page}", *places]),
        text if text.startswith(label) else f"{label} {text}",
    ]
    if case and value["kind"] == "case":
        parts.append(f"機関: {case['organisation']}")
    parts += [
        table_view.table(value["table"]),
        _listed("下位", [_beneath(row) for row in value["children"]]),
        _listed("参照先", [f"{_quoted(row)}→ {_aim(row)}" for row in value["references"]]),
        _listed("参照元", _mentions(value)),
        _listed(
            "用語",
            [f"{row['term']}: {row['meaning']}［{row['node']}］" for row in value["definitions"]],
        ),
        "\n".join(
            f"{name}: {value[key]}"
            for name, key in (("前", "previous"), ("次", "next"))
            if value[key]
        ),
    ]
    return "\n\n".join(filter(None, parts))


def _mentions(value: Json) -> list[str]:
    """Who refers to a node, but for the node itself."""
    rows = value["referenced_by"]
    return [f"{row['from']}{_quoted(row)}" for row in rows if row["from"] != value["id"]]


def raw_node(value: Json) -> str:
    """A node's words as they stand in the source, and what was repaired."""
    repairs = [
        f"  {row['start']}..{row['end']} {REPAIRS.get(row['kind'], row['kind'])}: "
        f"{row['before']!r} → {row['after']!r}"
        for row in value["repairs"]
    ]
    return "\n".join(
        [f"{value['id']}（原文 {value['start']}..{value['end']}）", value["raw"].rstrip()]
        + (["補正:", *repairs] if repairs else [])
    )


def _quoted(row: Json) -> str:
    text = str(row["text"])
    return text if text.startswith("「") and text.endswith("」") else f"「{text}」"


def _aim(row: Json) -> str:
    return "、".join(row["targets"]) or _outside(row)


def _outside(row: Json) -> str:
    """What a reference means that leads to no place of the knowledge base."""
    if row["status"] == "dangling":
        return "該当箇所なし"
    law = row["law"]
    if not law:
        return "知識ベースの外"
    place = "".join(f"第{law[part]}" for part in ("article", "paragraph", "item") if law[part])
    place = place.replace("第附則", "附則第").replace("第別表", "別表")
    return f"{law['name']}{place}（知識ベースの外）"


def references(value: Json) -> str:
    """References under the place that makes them."""
    blocks = [
        "\n".join([source, *(f"  {_quoted(row)}→ {_aim(row)}" for row in rows)])
        for source, rows in groupby(value["references"], key=lambda row: row["from"])
    ]
    return "\n".join(blocks) or "参照はありません。"


def hits(value: Json) -> str:
    """Search results."""
    blocks = [
        f"{number}. {row['id']}\n"
        f"   {' > '.join(_shorten(crumb, _HEADING) for crumb in row['breadcrumbs'])}\n"
        f"   {_extract(row['text'], row['highlights'])}"
        for number, row in enumerate(value["hits"], start=1)
    ]
    return "\n".join(blocks) or "該当する箇所はありません。"


def _extract(text: str, highlights: Sequence[Sequence[int]]) -> str:
    """The first words or, when the first match is far off, those from its sentence on."""
    match = highlights[0][0] if highlights else 0
    start = (
        0 if match < _EXTRACT // 2 else max(text.rfind(end, 0, match) for end in _SENTENCE_ENDS) + 1
    )
    return ("…" if start else "") + _shorten(text[start:], _EXTRACT)


def answer(value: Json) -> str:
    """An answer under its warnings, with its table and citations."""
    said = "".join(value["answer"].split())
    in_full = value["understood_as"]
    parts = [f"「{in_full}」として調べました。"] if in_full else []
    parts += [*(f"注意: {warning}" for warning in value["warnings"]), value["answer"]]
    if value["table"]:
        parts.append(_table(value["table"]))
    parts.append(_listed("根拠", [_citation(row, said) for row in value["citations"]]))
    return "\n\n".join(filter(None, parts))


def _citation(row: Json, said: str) -> str:
    """A citation; its quote only where the answer does not say it word for word."""
    heard = "".join(row["quote"].split()) in said
    return (
        f"[{row['n']}] {row['id']}"
        + ("" if heard else f"「{_shorten(row['quote'], _EXTRACT)}」")
        + ("" if row["verified"] else "（未確認）")
    )


def _table(value: Json) -> str:
    """Row after row, a line for every column: cells are too long to stand side by side."""
    blocks = []
    for row in value["rows"]:
        head, *cells = [
            cell["text"] + (f"[{cell['citation']}]" if cell["citation"] else "") for cell in row
        ]
        pairs = zip(value["columns"][1:], cells, strict=True)
        lines = [f"  {name}: {cell}" for name, cell in pairs if cell]
        blocks.append("\n".join([f"■ {head}", *lines]))
    return "\n".join(blocks)


def status(value: Json) -> str:
    """The state of the knowledge base."""
    counts = value["counts"]
    damaged = [row["name"] for row in value["files"] if not row["healthy"]]
    absent = [row["doc"] for row in value["documents"] if not row["present"]]
    return "\n".join(
        [
            f"保存先: {value['home']}",
            f"世代: {value['generation']}（{value['created']}）",
            f"資料 {counts['documents']}件、節点 {counts['nodes']}件、検索単位 {counts['passages']}件",
            f"埋め込み: {value.get('encoder', '不明')}  形態素解析: {value.get('tokenizer', '不明')}",
            "ファイル: " + (f"破損 {'、'.join(damaged)}" if damaged else "すべて正常"),
            *([f"元ファイルが見つからない資料: {'、'.join(absent)}"] if absent else []),
        ]
    )


def evaluation(value: Json) -> str:
    """Measures, one a line, with their Japanese names."""
    from eval.reports.names import japanese

    measures = value["measures"].items()
    cells = [(name, "-" if score is None else f"{score:.4f}") for name, score in measures]
    names = [japanese(name) if japanese(name) != name else "" for name, _ in measures]
    rows = zip(_columns(cells), names, strict=True)
    return "\n".join(f"{row}  {name}".rstrip() for row, name in rows)


def _named(node: Json) -> str:
    """Label and heading; once where they are the same."""
    label, heading = node["label"], node["heading"]
    return heading if heading.startswith(label) else f"{label} {heading}".rstrip()


def _beneath(node: Json) -> str:
    return (
        node["id"] if node["heading"] in ("", node["label"]) else f"{node['id']} {node['heading']}"
    )


def _listed(name: str, lines: Sequence[str]) -> str:
    return "\n".join([f"{name}:", *(f"  {line}" for line in lines)]) if lines else ""


def _columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Cells in columns as wide as a terminal shows their widest one."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    ]


def _width(text: str) -> int:
    """Columns of a terminal; a kanji takes two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _flat(text: str) -> str:
    return " ".join(text.split())


def _shorten(text: str, width: int) -> str:
    flat = unicodedata.normalize("NFC", _flat(text))
    return flat if len(flat) <= width else f"{flat[:width]}…"
