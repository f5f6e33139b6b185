"""A corpus of four clauses and a case, small enough to know every answer by heart."""

from __future__ import annotations

from pathlib import Path

from kb.documents import Case, Document, DocumentKind, Node, NodeKind, ParsedDocument, Passage
from kb.fiscal_year import FiscalYear
from kb.settings import Settings
from kb.spans import SourceMap, Span
from kb.store import GenerationStore, KnowledgeBase, write_database
from retrieval.index import build_index

CASE = Case(1, "トライアル発注制度", "佐賀県", "佐賀県", "区分1 新商品の購入")

_TEXTS = {
    "kihon-r05": (
        ("第1/1", "意義", "中小企業者の受注機会の増大に努めるものとする。", None),
        ("第2/1", "見積り", "少額の随意契約では、新規中小企業者を見積先に含めるよう努める。", None),
        ("第2/2", "分離・分割発注", "物件等の発注に当たっては、可能な限り分離・分割して発注する。", None),
    ),
    "kanoya-r07": (
        ("第2/1", "分離・分割発注", "物件等の発注に当たっては、可能な限り分離・分割して発注する。", None),
    ),
    "jirei-h26": (
        ("事例1", "トライアル発注制度", "県が認定した新商品を試しに購入し、性能を評価する。" * 60, CASE),
    ),
}  # fmt: skip

_DOCUMENTS = {
    "kihon-r05": (DocumentKind.KIHON, "閣議決定", 2023, None),
    "kanoya-r07": (DocumentKind.KIKAN, "国立大学法人鹿屋体育大学", 2025, "鹿児島県"),
    "jirei-h26": (DocumentKind.JIREI, "中小企業庁", 2014, None),
}


def parsed(doc: str) -> ParsedDocument:
    kind, issuer, year, prefecture = _DOCUMENTS[doc]
    nodes: list[Node] = []
    passages: list[Passage] = []
    text = ""
    for path, heading, body, case in _TEXTS[doc]:
        node = Node(
            id=f"{doc}/{path}",
            doc=doc,
            path=tuple(path.split("/")),
            parent=None,
            kind=NodeKind.CASE if case else NodeKind.CLAUSE,
            label=path.rpartition("/")[2],
            heading=heading,
            body=body,
            segments=(Span(len(text), len(text) + len(body)),),
            source_map=SourceMap(((0, len(text), len(body)),)),
            case=case,
        )
        nodes.append(node)
        first = len(heading) + 1
        for part, start in enumerate(range(first, len(node.text), 500)):
            end = min(start + 500, len(node.text))
            passages.append(
                Passage(
                    node.id, part, doc, ("題",), heading, node.text[start:end], start, end, case
                )
            )
        text += body
    document = Document(
        doc, f"{doc}の題", kind, issuer, FiscalYear(year), None, "", "", "0" * 64, f"/{doc}", 1,
        prefecture=prefecture,
    )  # fmt: skip
    return ParsedDocument(document, text, tuple(nodes), tuple(passages))


def documents() -> dict[str, Document]:
    return {doc: parsed(doc).document for doc in _TEXTS}


def passages() -> list[Passage]:
    return [passage for doc in _TEXTS for passage in parsed(doc).passages]


def build(home: Path, **versions: str) -> KnowledgeBase:
    """A knowledge base in `home`; `versions` replace what the manifest says."""
    settings = Settings(home=home)

    def fill(folder: Path) -> dict[str, str]:
        write_database(folder / "kb.sqlite", [parsed(doc) for doc in _TEXTS])
        return build_index(folder, passages(), documents(), settings) | versions

    store = GenerationStore(home)
    with store.locked():
        store.build(settings.fingerprint, fill)
    return KnowledgeBase.open(home)
