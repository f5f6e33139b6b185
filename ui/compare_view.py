"""Comparisons of policies as the interface's JSON and as text for a terminal."""

from __future__ import annotations

from typing import Any

from assistant.comparison.reports import relation_name
from assistant.comparison.results import (
    Change,
    Clause,
    ClauseComparison,
    ClausePair,
    ContrastRow,
    ContrastTable,
    Coverage,
    Difference,
    DocumentName,
    Edit,
    PolicyComparison,
    Run,
    WordingGroup,
)

Json = dict[str, Any]


def policies(comparison: PolicyComparison) -> Json:
    """The document that `kb compare policies --json` prints."""
    return {
        "a": _document(comparison.a),
        "b": _document(comparison.b),
        "pairs": [_pair(pair) for pair in comparison.pairs],
        "coverage": _coverage(comparison.coverage),
        "seconds": round(comparison.seconds, 3),
    }


def _document(document: DocumentName) -> Json:
    return {"doc": document.id, "title": document.title, "name": document.name}


def _pair(pair: ClausePair) -> Json:
    return {
        "a": pair.a.id if pair.a else None,
        "b": pair.b.id if pair.b else None,
        "relation": pair.relation.value,
        "kind": pair.kind.value,
        "score": pair.score,
        "signals": {
            "text": pair.signals.text,
            "heading": pair.signals.heading,
            "position": pair.signals.position,
            "references": pair.signals.references,
        },
        "main": pair.main,
        "moved": pair.moved,
        "differences": [_difference(item) for item in pair.differences],
        "diff": [_change(change) for change in pair.changes],
    }


def _difference(item: Difference) -> Json:
    return {"matter": item.matter.value, "a": item.a, "b": item.b}


def _change(change: Change) -> Json:
    return {"edit": change.edit.value, "a": change.a, "b": change.b}


def _coverage(coverage: Coverage) -> Json:
    return {
        "a": {
            "clauses": coverage.a_clauses,
            "answered": coverage.a_answered,
            "share": coverage.a_share,
        },
        "b": {
            "clauses": coverage.b_clauses,
            "answered": coverage.b_answered,
            "share": coverage.b_share,
        },
        "kinds": {kind.value: count for kind, count in coverage.kinds},
    }


def clause(comparison: ClauseComparison) -> Json:
    """The document that `kb compare clause --json` prints."""
    return {
        "clause": _clause(comparison.clause),
        "documents": [_document(document) for document in comparison.documents],
        "groups": [_group(group) for group in comparison.groups],
        "silent": [document.id for document in comparison.silent],
        "seconds": round(comparison.seconds, 3),
    }


def _clause(item: Clause) -> Json:
    return {"id": item.id, "doc": item.doc, "number": item.number, "text": item.text}


def _group(group: WordingGroup) -> Json:
    return {
        "clauses": [_clause(item) for item in group.clauses],
        "relation": group.kind.relation.value,
        "kind": group.kind.value,
        "differences": [_difference(item) for item in group.differences],
        "diff": [_change(change) for change in group.changes],
    }


def policies_text(comparison: PolicyComparison) -> str:
    """Pair after pair, a line each, and how much of each document is answered."""
    a, b, coverage = comparison.a, comparison.b, comparison.coverage
    lines = [f"A: {a.name}（{a.id}）", f"B: {b.name}（{b.id}）", ""]
    lines += [_pair_line(pair) for pair in comparison.pairs]
    counts = "、".join(f"{relation_name(kind)} {count}" for kind, count in coverage.kinds if count)
    return "\n".join(
        [
            *lines,
            "",
            f"A {coverage.a_clauses}条項のうち{coverage.a_answered}条項、"
            f"B {coverage.b_clauses}条項のうち{coverage.b_answered}条項に対応があります。",
            counts,
        ]
    )


def _pair_line(pair: ClausePair) -> str:
    sides = " ⇔ ".join(_named(item) for item in (pair.a, pair.b))
    notes = [relation_name(pair.kind)] + (["移動"] if pair.moved else [])
    notes += [difference.japanese for difference in pair.differences]
    return f"{sides}　[{'／'.join(notes)}]"


def _named(item: Clause | None) -> str:
    return f"{item.number} {_short(item.heading or item.text)}" if item else "（なし）"


def _short(text: str, width: int = 24) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= width else f"{flat[:width]}…"


def clause_text(comparison: ClauseComparison) -> str:
    """The clause, then every wording with the documents that have it; changes in marks."""
    names = {document.id: document.name for document in comparison.documents}
    asked = comparison.clause
    parts = [f"{names[asked.doc]} {asked.number}（{asked.id}）\n{asked.text}"]
    for group in comparison.groups:
        heads = [f"■ {names[item.doc]} {item.number}（{item.id}）" for item in group.clauses]
        notes = [relation_name(group.kind), *(item.japanese for item in group.differences)]
        parts.append("\n".join([*heads, f"［{'／'.join(notes)}］", _marked(group)]))
    if comparison.silent:
        silent = "、".join(document.name for document in comparison.silent)
        parts.append(f"該当する規定なし: {silent}")
    return "\n\n".join(parts)


def _marked(group: WordingGroup) -> str:
    """New words in 【】, words left out in ［－…－］."""
    if not group.changes:
        return group.clauses[0].text
    return "".join(
        change.b
        if change.edit is Edit.EQUAL
        else (f"［－{change.a}－］" if change.a.strip() else "")
        + (f"【{change.b}】" if change.b.strip() else change.b)
        for change in group.changes
    )


def contrast_text(table: ContrastTable) -> str:
    """The 新旧対照表 row by row; what is underlined in Word stands in 【】."""
    rows = [_contrast_row(table, row) for row in table.rows]
    return "\n\n".join([table.title, *rows])


def _contrast_row(table: ContrastTable, row: ContrastRow) -> str:
    sides = (
        f"{head}: " + "\n".join(map(_plain, paragraphs))
        for head, paragraphs in ((table.left, row.left), (table.right, row.right))
    )
    return "\n".join([*sides, *(f"備考: {note}" for note in row.notes)])


def _plain(runs: tuple[Run, ...]) -> str:
    return "".join(f"【{run.text}】" if run.underlined else run.text for run in runs)
