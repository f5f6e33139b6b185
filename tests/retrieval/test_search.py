from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kb.errors import OptionError, StoreError, UnknownDocumentError
from kb.results import Filters
from kb.settings import Settings
from retrieval.search import Searcher
from tests.retrieval import small


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    home = tmp_path_factory.mktemp("home")
    return Searcher(small.build(home), Settings(home=home))


def ids(searcher: Searcher, query: str, **filters: str) -> list[str]:
    return [hit.id for hit in searcher.search(query, filters=Filters(**filters))]  # type: ignore[arg-type]


def test_the_clause_that_says_it_stands_first(searcher: Searcher) -> None:
    assert ids(searcher, "見積先に新規中小企業者を含める")[0] == "kihon-r05/第2/1"
    assert ids(searcher, "受注機会の増大")[0] == "kihon-r05/第1/1"


def test_near_identical_clauses_of_two_owners_are_two_hits(searcher: Searcher) -> None:
    assert set(ids(searcher, "分離・分割発注")[:2]) == {"kihon-r05/第2/2", "kanoya-r07/第2/1"}


def test_a_node_of_several_passages_is_one_hit(searcher: Searcher) -> None:
    found = ids(searcher, "新商品を試しに購入")
    assert found[0] == "jirei-h26/事例1"
    assert len(found) == len(set(found))


def test_a_hit_says_where_it_stands(searcher: Searcher) -> None:
    hit = searcher.search("分離・分割", 1, Filters(doc="kanoya-r07"))[0]
    assert (hit.id, hit.doc, hit.title) == ("kanoya-r07/第2/1", "kanoya-r07", "kanoya-r07の題")
    assert (hit.path, hit.breadcrumbs) == (("第2", "1"), ("題",))
    assert (hit.start, hit.end) == (0, 30)
    assert {hit.text[s.start : s.end] for s in hit.highlights} == {"分離", "分割"}
    assert hit.lexical > 0
    assert hit.score > 0


def test_scores_fall(searcher: Searcher) -> None:
    scores = [hit.score for hit in searcher.search("中小企業者への発注")]
    assert scores == sorted(scores, reverse=True)


def test_k_limits_the_hits(searcher: Searcher) -> None:
    assert len(searcher.search("発注", 2)) == 2


def test_meaning_alone_is_no_lexical_hit(searcher: Searcher) -> None:
    hits = searcher.search("スケッチ")
    assert all(hit.lexical == 0 for hit in hits)


def test_filters(searcher: Searcher) -> None:
    assert ids(searcher, "発注", kind="jirei") == ["jirei-h26/事例1"]
    assert ids(searcher, "分割発注", issuer="鹿屋") == ["kanoya-r07/第2/1"]


@pytest.mark.parametrize("query", ["", " ", "\u3000\n"])
def test_an_empty_query_is_refused(searcher: Searcher, query: str) -> None:
    with pytest.raises(OptionError, match="検索語が空です"):
        searcher.search(query)


@pytest.mark.parametrize("k", [0, -3])
def test_k_below_one_is_refused(searcher: Searcher, k: int) -> None:
    with pytest.raises(OptionError, match="1以上"):
        searcher.search("入札", k)


def test_unknown_filter_values_are_refused(searcher: Searcher) -> None:
    with pytest.raises(UnknownDocumentError, match="kihon-r99"):
        searcher.search("入札", filters=Filters(doc="kihon-r99"))
    with pytest.raises(OptionError, match="都道府県「高知県」"):
        searcher.search("入札", filters=Filters(prefecture="高知"))


def test_a_query_of_symbols_finds_nothing(searcher: Searcher) -> None:
    assert searcher.search("？！") == ()


def test_indexes_of_another_encoder_are_not_mixed(tmp_path: Path) -> None:
    kb = small.build(tmp_path, encoder="static-000000000000")
    with pytest.raises(StoreError, match=r"埋め込みモデル（static-000000000000）.*kb ingest"):
        Searcher(kb, Settings(home=tmp_path))


def test_searching_starts_without_heavy_libraries(tmp_path: Path) -> None:
    small.build(tmp_path)
    program = (
        "import sys; from pathlib import Path; from kb.settings import Settings;"
        "from kb.store import KnowledgeBase; from retrieval.search import Searcher;"
        f"home = Path({str(tmp_path)!r});"
        "assert Searcher(KnowledgeBase.open(home), Settings(home=home)).search('見積り');"
        "heavy = {'torch', 'gradio', 'llama_index', 'sentence_transformers', 'bm25s', 'scipy'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    root = Path(__file__).resolve().parents[2]
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[]"


def test_near_identical_clauses_know_of_each_other(searcher: Searcher) -> None:
    found = {hit.id: hit.also for hit in searcher.search("分離・分割して発注する")}
    assert found["kihon-r05/第2/2"] == ("kanoya-r07/第2/1",)
    assert found["kanoya-r07/第2/1"] == ("kihon-r05/第2/2",)
    assert found["kihon-r05/第2/1"] == ()
