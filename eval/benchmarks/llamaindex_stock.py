"""LlamaIndex's stock pipeline over the same documents; the only bench module that imports it.

SentenceSplitter with its defaults, a VectorStoreIndex with our encoder, LlamaIndex's BM25Retriever
with its defaults, and reciprocal rank fusion of both. As a command it builds or searches an index
from a cold process: `python -m eval.benchmarks.llamaindex_stock build|search FOLDER [QUERY]`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from llama_index.core import Document, StorageContext, VectorStoreIndex, load_index_from_storage
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.llms import MockLLM
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.retrievers import QueryFusionRetriever, VectorIndexRetriever
from llama_index.core.retrievers.fusion_retriever import FUSION_MODES
from llama_index.core.schema import BaseNode, TextNode
from llama_index.retrievers.bm25 import BM25Retriever
from pydantic import PrivateAttr

from kb.settings import load_settings
from kb.store import KnowledgeBase
from retrieval.analysis import JapaneseAnalyzer
from retrieval.encoder import Encoder, load_encoder

_VECTORS = "vectors"
_WORDS = "words"


class Stock(StrEnum):
    """The retrievers of the stock pipeline."""

    FUSION = "fusion"
    VECTOR = "vector"
    BM25 = "bm25"


@dataclass(frozen=True, slots=True)
class Chunk:
    """A retrieved piece: text[start:end] of a document."""

    doc: str
    start: int
    end: int


class OurEmbedding(BaseEmbedding):
    """Our encoder as LlamaIndex wants it."""

    _encoder: Encoder = PrivateAttr()

    def __init__(self, encoder: Encoder) -> None:
        super().__init__(model_name=encoder.id)
        self._encoder = encoder

    def _get_query_embedding(self, query: str) -> list[float]:
        vector: list[float] = self._encoder.encode_queries([query])[0].tolist()
        return vector

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)

    def _get_text_embedding(self, text: str) -> list[float]:
        vector: list[float] = self._encoder.encode_passages([text])[0].tolist()
        return vector


class StockPipeline:
    """An index of the stock pipeline that is ready to be searched."""

    def __init__(self, vectors: VectorStoreIndex, words: BM25Retriever) -> None:
        self._vectors = vectors
        self._words = words

    @classmethod
    def build(cls, texts: Iterable[tuple[str, str]], encoder: Encoder) -> StockPipeline:
        """Split, embed and index (document id, text) pairs."""
        documents = [Document(text=text, id_=doc) for doc, text in texts]
        chunks = SentenceSplitter().get_nodes_from_documents(documents)
        vectors = VectorStoreIndex(chunks, embed_model=OurEmbedding(encoder))
        return cls(vectors, BM25Retriever.from_defaults(nodes=chunks))

    @classmethod
    def load(cls, folder: Path, encoder: Encoder) -> StockPipeline:
        """Read what `save` wrote."""
        context = StorageContext.from_defaults(persist_dir=str(folder / _VECTORS))
        vectors = load_index_from_storage(context, embed_model=OurEmbedding(encoder))
        assert isinstance(vectors, VectorStoreIndex)
        return cls(vectors, BM25Retriever.from_persist_dir(str(folder / _WORDS)))

    def save(self, folder: Path) -> None:
        """Write the index into a folder."""
        self._vectors.storage_context.persist(str(folder / _VECTORS))
        self._words.persist(str(folder / _WORDS))

    def search(self, query: str, k: int, part: Stock = Stock.FUSION) -> tuple[Chunk, ...]:
        """The k best chunks, best first."""
        return tuple(_chunk(found.node) for found in self._retriever(part, k).retrieve(query))

    def _retriever(self, part: Stock, k: int) -> BaseRetriever:
        match part:
            case Stock.VECTOR:
                return VectorIndexRetriever(self._vectors, similarity_top_k=k)
            case Stock.BM25:
                # bm25s refuses to return more than there is.
                self._words.similarity_top_k = min(k, len(self._words.corpus))
                words: BaseRetriever = self._words
                return words
            case Stock.FUSION:
                return QueryFusionRetriever(
                    [self._retriever(Stock.VECTOR, k), self._retriever(Stock.BM25, k)],
                    llm=MockLLM(),
                    mode=FUSION_MODES.RECIPROCAL_RANK,
                    similarity_top_k=k,
                    num_queries=1,
                    use_async=False,
                )


def _chunk(node: BaseNode) -> Chunk:
    assert isinstance(node, TextNode)
    assert node.ref_doc_id is not None
    assert node.start_char_idx is not None
    assert node.end_char_idx is not None
    return Chunk(node.ref_doc_id, node.start_char_idx, node.end_char_idx)


def main(command: str, folder: Path, query: str = "") -> None:
    """Build the index of the knowledge base in service into `folder`, or search it there."""
    settings = load_settings()
    encoder = load_encoder(settings, JapaneseAnalyzer())
    if command == "build":
        kb = KnowledgeBase.open(settings.home)
        texts = [(document.id, kb.text(document.id)) for document in kb.documents()]
        StockPipeline.build(texts, encoder).save(folder)
    else:
        for chunk in StockPipeline.load(folder, encoder).search(query, 10):
            print(chunk)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
