"""Our parser, retriever and query engine inside LlamaIndex's own pipelines and evaluators."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from llama_index.core import Document, MockEmbedding, SimpleDirectoryReader, VectorStoreIndex
from llama_index.core.evaluation import RetrieverEvaluator
from llama_index.core.ingestion import IngestionPipeline
from llama_index.core.llms import MockLLM
from llama_index.core.query_engine import RetrieverQueryEngine
from llama_index.core.schema import NodeRelationship, TextNode

from kb.errors import InputError, OptionError
from kb.resources import CORPUS
from kb.results import Filters
from kb.settings import Settings
from ui.llamaindex import CheckedQueryEngine, ClauseNodeParser, ClauseRetriever

POLICY = """令和9年度における霞町立病院の中小企業者に関する契約の方針
第1 中小企業者の受注の機会の増大の目標に関する事項
1 契約目標
本院は、比率が40%になるよう努めるものとする。
第2 措置に関する事項
1 少額の随意契約
本院は、町内の中小企業者を見積先に含めるよう努めるものとする。
"""
BRANDS = "kihon-r05/第2/2/(3)/③"


@pytest.fixture(scope="module")
def settings(shipped_home: Path) -> Settings:
    return Settings(home=shipped_home)


def test_the_parser_makes_a_node_of_every_clause_in_a_pipeline(settings: Settings) -> None:
    pipeline = IngestionPipeline(transformations=[ClauseNodeParser(settings)])
    nodes = pipeline.run(documents=[Document(text=POLICY, metadata={"doc": "kasumi-r09"})])
    texts = {node.node_id: node.text for node in nodes if isinstance(node, TextNode)}
    assert texts["kasumi-r09/第2/1"] == (
        "少額の随意契約\n本院は、町内の中小企業者を見積先に含めるよう努めるものとする。"
    )
    clause = next(node for node in nodes if node.node_id == "kasumi-r09/第1/1")
    assert clause.metadata["id"] == "kasumi-r09/第1/1"
    assert clause.metadata["fiscal_year"] == 2027
    assert clause.relationships[NodeRelationship.PARENT].node_id == "kasumi-r09/第1"
    start, end = clause.metadata["start"], clause.metadata["end"]
    assert "比率が40%になるよう努める" in POLICY[start:end]


def test_files_are_read_once_with_the_ids_of_the_knowledge_base(settings: Settings) -> None:
    pages = SimpleDirectoryReader(input_files=[str(CORPUS / "kihon-r05.txt")]).load_data()
    twice = [*pages, *(Document(text="2枚目", metadata=page.metadata) for page in pages)]
    nodes = ClauseNodeParser(settings).get_nodes_from_documents(twice)
    ids = [node.node_id for node in nodes]
    assert len(ids) == len(set(ids))
    brands = next(node for node in nodes if node.node_id == BRANDS)
    assert isinstance(brands, TextNode)
    assert "直接の銘柄指定はもとより" in brands.text


def test_a_file_that_cannot_be_read_says_so(settings: Settings, tmp_path: Path) -> None:
    empty = tmp_path / "empty.pdf"
    empty.write_bytes(b"")
    with pytest.raises(InputError):
        ClauseNodeParser(settings).get_nodes_from_documents(
            [Document(text="", metadata={"file_path": str(empty)})]
        )


def test_our_nodes_go_into_a_stock_index(settings: Settings) -> None:
    nodes = ClauseNodeParser(settings).get_nodes_from_documents(
        [Document(text=POLICY, metadata={"doc": "kasumi-r09"})]
    )
    index = VectorStoreIndex(nodes, embed_model=MockEmbedding(embed_dim=8))
    found = index.as_retriever(similarity_top_k=3).retrieve("見積先")
    assert {hit.node.node_id for hit in found} <= {node.node_id for node in nodes}


def test_the_retriever_is_measured_by_their_evaluator(settings: Settings) -> None:
    judged = {
        "銘柄指定をしてもよいか": BRANDS,
        "三重大学の官公需総実績額": "kihon-r05/表/国立大学法人三重大学",
    }
    retriever = ClauseRetriever.open(settings, top_k=5)
    evaluator = RetrieverEvaluator.from_metric_names(["hit_rate", "mrr"], retriever=retriever)
    rows = [evaluator.evaluate(question, [gold]) for question, gold in judged.items()]
    assert [row.metric_vals_dict["hit_rate"] for row in rows] == [1.0, 1.0]
    assert all(row.metric_vals_dict["mrr"] >= 0.5 for row in rows)


def test_the_retriever_keeps_its_filters_and_order(settings: Settings) -> None:
    found = ClauseRetriever.open(settings, 4, Filters(doc="shigaku-r08")).retrieve("分離・分割発注")
    assert len(found) == 4
    assert {hit.node.metadata["doc"] for hit in found} == {"shigaku-r08"}
    assert found[0].node.node_id == "shigaku-r08/第2/5"
    scores = [hit.score for hit in found]
    assert scores == sorted(scores, reverse=True)


def test_the_retriever_feeds_their_query_engine(settings: Settings) -> None:
    engine = RetrieverQueryEngine.from_args(
        ClauseRetriever.open(settings, top_k=3), llm=MockLLM(max_tokens=8)
    )
    response = engine.query("銘柄指定をしてもよいか")
    assert BRANDS in [hit.node.node_id for hit in response.source_nodes]


def test_the_query_engine_gives_verified_quotes_as_sources(settings: Settings) -> None:
    engine = CheckedQueryEngine.open(settings, Filters(doc="kihon-r05"))
    response = engine.query("基本方針の第2の2(3)③は?")
    assert response.metadata is not None
    assert (response.metadata["writer"], response.metadata["abstained"]) == ("extractive", False)
    first = response.source_nodes[0].node
    assert first.node_id == BRANDS
    assert first.metadata["n"] == 1
    assert first.metadata["verified"] is True
    assert first.metadata["quote"].startswith("国等は、物件等の発注に当たっては")
    assert f"[{first.metadata['n']}]" in str(response)
    again = asyncio.run(engine.aquery("基本方針の第2の2(3)③は?"))
    assert str(again) == str(response)


def test_an_empty_question_is_refused(settings: Settings) -> None:
    with pytest.raises(OptionError):
        CheckedQueryEngine.open(settings).query(" ")
