"""The interface's JSON documents as Japanese text for a terminal."""

from __future__ import annotations

import unicodedata
from typing import Any

import click

from kb.results import IngestRow

Json = dict[str, Any]

_STATUS = {
    "added": "追加",
    "updated": "更新",
    "unchanged": "変更なし",
    "failed": "失敗",
    "removed": "削除",
}
_KIND = {
    "kihon": "基本方針",
    "kikan": "契約の方針",
    "jirei": "事例集",
    "law": "法令",
    "other": "その他",
}


def usage_error(error: click.UsageError) -> str:
    """One Japanese sentence for a wrong call."""
    help_hint = (
        f"`{error.ctx.command_path} --help` で使い方を確認してください。" if error.ctx else ""
    )
    match error:
        case click.NoSuchOption():
            return f"「{error.option_name}」というオプションはありません。{help_hint}"
        case click.MissingParameter():
            name = error.param.human_readable_name if error.param else ""
            return f"「{name}」が指定されていません。{help_hint}"
        case click.BadParameter():
            name = error.param.human_readable_name if error.param else ""
            return f"「{name}」の値が使えません（{error.message}）。{help_hint}"
        case _:
            return f"コマンドの使い方が違います（{error.message}）。{help_hint}"


def ingest_row(row: IngestRow) -> str:
    """One progress line."""
    counts = f"（{row.nodes}節点 {row.passages}件）" if row.nodes else ""
    return f"{_STATUS[row.status]} {row.doc or row.path}{counts}{row.reason}"


def ingest_report(value: Json) -> str:
    """What an ingest did."""
    rows = [
        f"{_STATUS[row['status']]}\t{row['doc'] or '-'}\t{row['nodes']}節点\t{row['path']}"
        + (f"\n  {row['reason']}" if row["reason"] else "")
        + "".join(f"\n  注意: {warning}" for warning in row["warnings"])
        for row in value["documents"]
    ]
    return "\n".join([*rows, f"世代 {value['generation']}（{value['seconds']:.1f}秒）"])


def documents(value: Json) -> str:
    """The list of documents."""
    return "\n".join(
        f"{row['doc']}\t{_KIND[row['kind']]}\t{_year(row['fiscal_year'])}\t{row['title']}"
        f"（{row['issuer']}）"
        for row in value["documents"]
    )


def _year(year: Json | None) -> str:
    return f"{year['era']}{year['year']}年度" if year else "年度不明"


def outline(value: Json) -> str:
    """The outline, indented by depth."""
    depth = {None: -1}
    lines = []
    for node in value["nodes"]:
        depth[node["id"]] = depth.get(node["parent"], -1) + 1
        indent = "  " * depth[node["id"]]
        lines.append(f"{indent}{node['label']} {node['heading']}".rstrip() + f"  [{node['id']}]")
    return "\n".join(lines)


def node(value: Json) -> str:
    """A node with its surroundings."""
    crumbs = " > ".join(
        [
            value["title"],
            *(f"{crumb['label']} {crumb['heading']}" for crumb in value["breadcrumbs"]),
        ]
    )
    parts = [f"{value['id']}\n{crumbs}", f"{value['label']} {value['text']}"]
    if value["children"]:
        parts.append(
            "下位:\n"
            + "\n".join(f"  {row['id']} {row['heading']}".rstrip() for row in value["children"])
        )
    for name, key in (("参照先", "references"), ("参照元", "referenced_by")):
        if value[key]:
            parts.append(f"{name}:\n" + "\n".join(_reference(row) for row in value[key]))
    if value["definitions"]:
        parts.append(
            "用語:\n"
            + "\n".join(
                f"  {row['term']}: {row['meaning']}［{row['node']}］"
                for row in value["definitions"]
            )
        )
    return "\n\n".join(parts)


def raw_node(value: Json) -> str:
    """A node's words as they stand in the source, and what was repaired."""
    repairs = [
        f"  {row['kind']} {row['start']}..{row['end']}: {row['before']!r} → {row['after']!r}"
        for row in value["repairs"]
    ]
    return "\n".join(
        [f"{value['id']}（原文 {value['start']}..{value['end']}）", value["raw"].rstrip()]
        + (["補正:", *repairs] if repairs else [])
    )


def _reference(row: Json) -> str:
    aim = "、".join(row["targets"]) or _outside(row)
    return f"  「{row['text']}」 {row['from']} → {aim}"


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
    """A list of references."""
    return "\n".join(_reference(row) for row in value["references"]) or "参照はありません。"


def hits(value: Json) -> str:
    """Search results."""
    if not value["hits"]:
        return "該当する箇所はありません。"
    blocks = [
        f"{number}. {row['id']}  {' > '.join(row['breadcrumbs'])}\n   {_shorten(row['text'], 160)}"
        for number, row in enumerate(value["hits"], start=1)
    ]
    return "\n".join(blocks)


def answer(value: Json) -> str:
    """An answer with its table, citations and warnings."""
    parts = [value["answer"]]
    if value["table"]:
        parts.append(_table(value["table"]))
    if value["citations"]:
        parts.append(
            "\n".join(
                f"[{row['n']}] {row['id']}「{_shorten(row['quote'], 120)}」"
                + ("" if row["verified"] else "（未確認）")
                for row in value["citations"]
            )
        )
    parts += [f"注意: {warning}" for warning in value["warnings"]]
    return "\n\n".join(parts)


def _table(value: Json) -> str:
    rows = [value["columns"]] + [
        [cell["text"] + (f"[{cell['citation']}]" if cell["citation"] else "") for cell in row]
        for row in value["rows"]
    ]
    return "\n".join(" | ".join(row) for row in rows)


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
    """Measures, one a line."""
    return "\n".join(
        f"{name}\t{'-' if score is None else f'{score:.4f}'}"
        for name, score in value["measures"].items()
    )


def _shorten(text: str, width: int) -> str:
    flat = unicodedata.normalize("NFC", " ".join(text.split()))
    return flat if len(flat) <= width else f"{flat[:width]}…"
