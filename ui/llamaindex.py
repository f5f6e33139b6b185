"""LlamaIndex components: our clauses, our search and our checked answers in a LlamaIndex program.

    parser = ClauseNodeParser()                       # files or Documents to nodes, one a clause
    retriever = ClauseRetriever.open(settings, top_k=10)
    engine = CheckedQueryEngine.open(settings)        # writer="llm" for the model that KB_LLM_URL names

Every node carries our id (`kihon-r05/第2/2/(3)/③`) as `node_id` and, with its place, in `metadata`;
`start` and `end` there are 0-based offsets in the text that we extract from the file. The module
stands in `ui` because a parser reads files and an engine answers: only this room may do both.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.response.schema import Response
from llama_index.core.node_parser import NodeParser
from llama_index.core.schema import (
    BaseNode,
    MetadataMode,
    NodeRelationship,
    NodeWithScore,
    QueryBundle,
    RelatedNodeInfo,
    TextNode,
)
from pydantic import PrivateAttr

from assistant.writers import EXTRACTIVE, Writer, open_writer
from ingest.parse import parse, parse_file
from kb.addresses import address
from kb.documents import Document, Node, ParsedDocument
from kb.ids import document_id
from kb.results import Answer, Citation, Filters, Hit
from kb.settings import Settings, load_settings
from kb.store import KnowledgeBase
from retrieval.search import Searcher

_FILE = "file_path"
_DOC = "doc"
# What a model or an embedding should read of a node beside its text.
_SHOWN = ("title", "address", "organisation")


class ClauseNodeParser(NodeParser):
    """Cuts documents into clauses, cases, tables and records instead of chunks.

    A Document whose metadata has a `file_path` that exists is read from that file, once however
    many Documents a reader made of it (one a page); any other from its text. `doc` in its metadata
    names the document, else the file's name does. Raises InputError for a file that cannot be read.
    """

    _settings: Settings = PrivateAttr()

    def __init__(self, settings: Settings | None = None, **options: Any) -> None:
        """The settings bound the size of files."""
        super().__init__(**options)
        self._settings = settings or load_settings()

    @classmethod
    def class_name(cls) -> str:
        """Name of the class in LlamaIndex's settings."""
        return "ClauseNodeParser"

    def _parse_nodes(
        self, nodes: Sequence[BaseNode], show_progress: bool = False, **_: Any
    ) -> list[BaseNode]:
        found: list[BaseNode] = []
        seen: set[Path] = set()
        for source in nodes:
            path = Path(str(source.metadata.get(_FILE, "")))
            if path.is_file():
                if path.resolve() in seen:
                    continue
                seen.add(path.resolve())
                named = str(source.metadata.get(_DOC) or document_id(path.stem))
                parsed = parse_file(path, named, None, self._settings)
            else:
                named = str(source.metadata.get(_DOC) or document_id(source.node_id))
                data = source.get_content(MetadataMode.NONE).encode("utf-8")
                parsed = parse(data, Path(f"{named}.txt"), named, None, self._settings)
            found += _text_nodes(parsed, source)
        return found


class ClauseRetriever(BaseRetriever):
    """Our hybrid search; scores are the fused ones, the best first."""

    def __init__(
        self, writer: Writer, kb: KnowledgeBase, top_k: int = 10, filters: Filters | None = None
    ) -> None:
        """`filters` say which documents and cases may be found."""
        super().__init__()
        self._writer = writer
        self._kb = kb
        self._top_k = top_k
        self._filters = filters

    @classmethod
    def open(
        cls,
        settings: Settings | None = None,
        top_k: int = 10,
        filters: Filters | None = None,
        writer: str = EXTRACTIVE,
    ) -> ClauseRetriever:
        """Over the generation in service. Raises StoreError when there is none."""
        kb, opened = _open(settings, writer)
        return cls(opened, kb, top_k, filters)

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        hits = self._writer.search(query_bundle.query_str, self._top_k, self._filters)
        return [_scored(self._kb, hit) for hit in hits]


class CheckedQueryEngine(BaseQueryEngine):
    """Our answers: `source_nodes` are the citations in order, each with its verified quote.

    The response's metadata has `intent`, `abstained`, `warnings` and `writer`.
    """

    def __init__(self, writer: Writer, kb: KnowledgeBase, filters: Filters | None = None) -> None:
        """`filters` say which documents and cases may be cited."""
        super().__init__(callback_manager=None)
        self._writer = writer
        self._kb = kb
        self._filters = filters

    @classmethod
    def open(
        cls,
        settings: Settings | None = None,
        filters: Filters | None = None,
        writer: str = EXTRACTIVE,
    ) -> CheckedQueryEngine:
        """Over the generation in service.

        Raises StoreError when there is none, OptionError for `llm` when no model is set.
        """
        kb, opened = _open(settings, writer)
        return cls(opened, kb, filters)

    def _get_prompt_modules(self) -> dict[str, Any]:
        return {}

    def _query(self, query_bundle: QueryBundle) -> Response:
        return self._response(self._writer.ask(query_bundle.query_str, self._filters))

    async def _aquery(self, query_bundle: QueryBundle) -> Response:
        return self._query(query_bundle)

    def _response(self, answer: Answer) -> Response:
        return Response(
            answer.text,
            source_nodes=[self._cited(citation) for citation in answer.citations],
            metadata={
                "intent": answer.intent,
                "abstained": answer.abstained,
                "warnings": list(answer.warnings),
                "writer": answer.writer,
            },
        )

    def _cited(self, citation: Citation) -> NodeWithScore:
        node = self._kb.node(citation.id)
        made = _text_node(self._kb.document(node.doc), node)
        made.metadata |= {
            "n": citation.n,
            "quote": citation.quote,
            "quote_start": citation.start,
            "quote_end": citation.end,
            "verified": citation.verified,
        }
        return NodeWithScore(node=made, score=1.0)


def _open(settings: Settings | None, writer: str) -> tuple[KnowledgeBase, Writer]:
    used = settings or load_settings()
    kb = KnowledgeBase.open(used.home)
    return kb, open_writer(writer, kb, Searcher(kb, used), used)


def _scored(kb: KnowledgeBase, hit: Hit) -> NodeWithScore:
    return NodeWithScore(
        node=_text_node(kb.document(hit.doc), kb.node(hit.id)), score=float(hit.score)
    )


def _text_nodes(parsed: ParsedDocument, source: BaseNode) -> list[BaseNode]:
    """The nodes that have words of their own, with their parents where those have too."""
    made = {
        node.id: _text_node(parsed.document, node) for node in parsed.nodes if node.text.strip()
    }
    for node in parsed.nodes:
        if node.id not in made:
            continue
        relationships = made[node.id].relationships
        relationships[NodeRelationship.SOURCE] = source.as_related_node_info()
        if node.parent in made:
            relationships[NodeRelationship.PARENT] = RelatedNodeInfo(node_id=node.parent)
    return list(made.values())


def _text_node(document: Document, node: Node) -> TextNode:
    metadata: dict[str, str | int] = {
        "id": node.id,
        "doc": document.id,
        "title": document.title,
        "address": address(document, node),
        "kind": node.kind.value,
        "issuer": document.issuer,
        "start": node.start,
        "end": node.end,
    }
    if document.fiscal_year:
        metadata["fiscal_year"] = document.fiscal_year.western
    if node.page is not None:
        metadata["page"] = node.page
    if node.case:
        metadata |= {"case": node.case.number, "organisation": node.case.organisation}
    hidden = [key for key in metadata if key not in _SHOWN]
    return TextNode(
        id_=node.id,
        text=node.text,
        metadata=metadata,
        excluded_embed_metadata_keys=hidden,
        excluded_llm_metadata_keys=hidden,
    )
