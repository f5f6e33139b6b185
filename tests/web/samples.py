"""A small document made by hand, for tests of what pages show."""

from __future__ import annotations

from kb.documents import (
    Case,
    Definition,
    Document,
    DocumentKind,
    LawCitation,
    Node,
    NodeKind,
    Reference,
    Repair,
    TableData,
)
from kb.fiscal_year import FiscalYear
from kb.results import Answer, Citation, Hit, Table, TableCell
from kb.spans import SourceMap, Span
from retrieval.query import Expansion, Source

DOCUMENT = Document(
    id="hoshin-r05",
    title="令和5年度 <b>方針</b>",
    kind=DocumentKind.KIHON,
    issuer="内閣",
    fiscal_year=FiscalYear(2023),
    decided_on="2023-04-25",
    source="https://example.go.jp/a?b=1&c=2",
    licence="公共データ利用規約",
    sha256="0" * 64,
    path="hoshin-r05.txt",
    pages=1,
)


def node(
    path: str,
    heading: str,
    body: str,
    start: int,
    parent: str | None = None,
    kind: NodeKind = NodeKind.CLAUSE,
    case: Case | None = None,
    table: TableData | None = None,
) -> Node:
    """A node whose text stands at `start` in the source, character for character."""
    text = "\n".join(part for part in (heading, body) if part)
    return Node(
        id=f"hoshin-r05/{path}",
        doc="hoshin-r05",
        path=tuple(path.split("/")),
        parent=parent and f"hoshin-r05/{parent}",
        kind=kind,
        label=path.split("/")[-1],
        heading=heading,
        body=body,
        segments=(Span(start, start + len(text)),),
        source_map=SourceMap(((0, start, len(text)),)),
        page=2,
        case=case,
        table=table,
    )


CHAPTER = node("第2", "措置", "", 100)
CLAUSE = node("第2/1", "<i>工夫</i>", "分離して発注する。\n無理のない納期とする。", 110, "第2")
NEXT = node("第2/2", "配慮", "適正な価格とする。", 200, "第2")

CITATION = Citation(1, "hoshin-r05/第2/1", "分離して発注する。", 120, 129, verified=True)
DOUBTFUL = Citation(2, "hoshin-r05/第2/2", "<u>適正</u>な価格", 203, 209, verified=False)
ANSWER = Answer(
    question="工夫は？",
    intent="rule",
    text="分離して発注します。[1]\n・適正な価格とします。[2][7]",
    abstained=False,
    citations=(CITATION, DOUBTFUL),
    table=Table(("機関", "<s>比率</s>"), ((TableCell("<b>国</b>", 1), TableCell("61%")),)),
    warnings=("令和4年度は<未登録>です。",),
)
EXPANSION = Expansion("オーダー", "発注", Source.TERM, 0.6)
REFERENCE = Reference("hoshin-r05/第2/1", "", Span(0, 0), "internal", (), None, "resolved")
LAW = LawCitation("官公需法", "昭和41年法律第97号", "5条")
DEFINITION = Definition("hoshin-r05/第1", "努める", "<b>力</b>を尽くす", Span(0, 3), "hoshin-r05")
REPAIR = Repair("wrap", Span(123, 124), "\n", "")
ADDRESSES = {
    "hoshin-r05/第2/1": "令和5年度基本方針 第2-1",
    "hoshin-r05/第2/2": "令和5年度基本方針 第2-2",
}


def hit(text: str, highlights: tuple[Span, ...], case: Case | None = None) -> Hit:
    """A hit in CLAUSE's place."""
    return Hit(
        id=CLAUSE.id,
        doc="hoshin-r05",
        title=DOCUMENT.title,
        path=CLAUSE.path,
        breadcrumbs=("第2 措置", "1 <i>工夫</i>"),
        case=case,
        score=1.0,
        lexical=1.0,
        dense=0.5,
        text=text,
        page=2,
        start=110,
        end=140,
        highlights=highlights,
    )
