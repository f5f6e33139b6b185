"""Comparisons as reports to export: the 新旧対照表, the list of pairs, one clause's wordings."""

from __future__ import annotations

from assistant.comparison.contrast import contrast_table
from assistant.comparison.results import (
    Change,
    Clause,
    ClauseComparison,
    ClausePair,
    ContrastTable,
    Edit,
    Kind,
    PolicyComparison,
    Run,
)
from assistant.comparison.sheets import Cell, Report, Sheet


def policy_report(
    comparison: PolicyComparison, left: str | None = None, with_pairs: bool = True
) -> Report:
    """The 新旧対照表 and, with pairs, a second sheet of all pairs with their relation and score."""
    table = contrast_table(comparison, left)
    sheets = (_contrast_sheet(table), _pair_sheet(comparison))
    return Report(table.title, sheets if with_pairs else sheets[:1])


def clause_report(comparison: ClauseComparison) -> Report:
    """One clause in every document: a row for every wording."""
    clause = comparison.clause
    names = {document.id: document.name for document in comparison.documents}
    asked = (
        Cell.of(f"{names[clause.doc]}\n{clause.number}"),
        Cell.of("（基準）"),
        Cell.of(clause.text),
    )
    rows = [asked]
    for group in comparison.groups:
        places = "\n".join(f"{names[item.doc]} {item.number}" for item in group.clauses)
        notes = "\n".join(difference.japanese for difference in group.differences)
        rows.append(
            (
                Cell.of(places),
                Cell.of(f"{relation_name(group.kind)}\n{notes}".strip()),
                marked(group.changes, "b") or Cell.of(group.clauses[0].text),
            )
        )
    silent = "、".join(document.name for document in comparison.silent)
    return Report(
        f"{names[clause.doc]} {clause.number}の横並び比較",
        (
            Sheet(
                "横並び",
                ("資料・条項", "基準との関係", "規定（下線は基準と異なる部分）"),
                (3, 2, 8),
                tuple(rows),
                (f"該当する規定のない資料：{silent}",) if silent else (),
            ),
        ),
    )


def relation_name(kind: Kind, a: str = "A", b: str = "B") -> str:
    """The relation as an officer reads it, with the documents' names for 「のみ」."""
    match kind:
        case Kind.ONLY_A:
            return f"{a}のみ"
        case Kind.ONLY_B:
            return f"{b}のみ"
        case _:
            return kind.japanese


def marked(changes: tuple[Change, ...], side: str) -> Cell | None:
    """One side of the changes, what differs underlined; None where there are none."""
    if not changes:
        return None
    paragraphs: list[list[Run]] = [[]]
    for change in changes:
        text = change.a if side == "a" else change.b
        for number, line in enumerate(text.split("\n")):
            if number:
                paragraphs.append([])
            if line:
                paragraphs[-1].append(Run(line, change.edit is not Edit.EQUAL))
    return Cell(tuple(map(tuple, paragraphs)))


def _contrast_sheet(table: ContrastTable) -> Sheet:
    noted = any(row.notes for row in table.rows)
    rows = [
        (Cell(row.left), Cell(row.right), *([Cell.of("\n".join(row.notes))] if noted else []))
        for row in table.rows
    ]
    columns = (table.left, table.right, *(["備考"] if noted else []))
    widths = (10.0, 10.0, *([3.0] if noted else []))
    return Sheet("対照表", columns, widths, tuple(rows), table.legend)


def _pair_sheet(comparison: PolicyComparison) -> Sheet:
    a, b = comparison.a.name, comparison.b.name
    coverage = comparison.coverage
    return Sheet(
        "条項対応",
        (a, b, "関係", "確からしさ", "数値・年月日・義務の相違"),
        (7, 7, 3, 2, 5),
        tuple(_pair_row(pair, a, b) for pair in comparison.pairs),
        (
            f"{a}：{coverage.a_clauses}条項のうち{coverage.a_answered}条項に対応あり"
            f"（字数で{coverage.a_share:.0%}）",
            f"{b}：{coverage.b_clauses}条項のうち{coverage.b_answered}条項に対応あり"
            f"（字数で{coverage.b_share:.0%}）",
        ),
    )


def _pair_row(pair: ClausePair, a: str, b: str) -> tuple[Cell, ...]:
    return (
        Cell.of(_place(pair.a)),
        Cell.of(_place(pair.b)),
        Cell.of(relation_name(pair.kind, a, b) + ("（移動）" if pair.moved else "")),
        Cell.of(f"{pair.score:.2f}" if pair.a and pair.b else ""),
        Cell.of("\n".join(difference.japanese for difference in pair.differences)),
    )


def _place(clause: Clause | None) -> str:
    return f"{clause.number}　{clause.heading}".rstrip("　") if clause else ""
