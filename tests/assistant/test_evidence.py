"""What an answer rests on: the documents, owners, years and quantities that a question names."""

from __future__ import annotations

from dataclasses import replace

from assistant.ask import Assistant
from assistant.checking.statements import statements
from assistant.evidence import Candidate, pool
from assistant.evidence.years import asked_years, missing_years
from assistant.named import absent_of
from kb.fiscal_year import FiscalYear
from kb.results import Answer, Filters
from kb.store import KnowledgeBase
from retrieval.search import Searcher


def candidates(kb: KnowledgeBase, searcher: Searcher, question: str) -> tuple[Candidate, ...]:
    read = searcher.read(question)
    query = replace(read.query, absent=absent_of(read.query))
    documents = {document.id: document for document in kb.documents()}
    return pool(kb, documents, query, searcher.search_for(read, 20, Filters()))


def cited(answer: Answer) -> set[str]:
    return {citation.id for citation in answer.citations}


def test_the_government_narrows_nothing(kb: KnowledgeBase, searcher: Searcher) -> None:
    found = candidates(kb, searcher, "国は分離・分割発注をどう定めているか")
    assert {"kihon-r05", "kanoya-r07", "shigaku-r08"} <= {item.node.doc for item in found}


def test_a_year_that_names_a_policy_does_not_narrow(kb: KnowledgeBase, searcher: Searcher) -> None:
    query = searcher.read("令和7年度の鹿屋の方針に石油組合の規定はあるか").query
    assert asked_years(query, kb.documents()) == ()
    assert missing_years(query, kb.documents()) == frozenset()


def test_a_year_without_the_policy_named_is_missing(kb: KnowledgeBase, searcher: Searcher) -> None:
    query = searcher.read("令和6年度の国の目標額").query
    assert asked_years(query, kb.documents()) == (FiscalYear(2024),)
    assert missing_years(query, kb.documents()) == {FiscalYear(2024)}


def test_each_document_named_is_cited(assistant: Assistant) -> None:
    found = cited(assistant.ask("部分払について、私学事業団と鹿屋体育大学の違いは"))
    assert {id.split("/")[0] for id in found} >= {"shigaku-r08", "kanoya-r07"}


def test_documents_named_that_do_not_have_it_are_not_cited(assistant: Assistant) -> None:
    answer = assistant.ask("前金払について、私学事業団と鹿屋体育大学の違いは")
    assert {id.split("/")[0] for id in cited(answer)} == {"kihon-r05"}
    assert len(answer.warnings) == 2


def test_the_section_of_a_case_that_states_the_quantity_is_cited(assistant: Assistant) -> None:
    answer = assistant.ask("佐賀県の選定企業へのアンケートで売上が伸びたのは何%")
    assert "jirei-h26/事例4/制度の成果等" in cited(answer)
    assert "39.1%" in answer.text


def test_what_a_clause_refers_to_is_shown_where_the_question_asks(assistant: Assistant) -> None:
    answer = assistant.ask("鹿屋の第2-19(5)③にある「上記①、②」はどれを指すか")
    assert cited(answer) >= {f"kanoya-r07/第2/19/(5)/{label}" for label in "①②③"}


def test_a_reference_to_a_chapter_leads_to_the_clauses_with_its_terms(assistant: Assistant) -> None:
    answer = assistant.ask("第3の1(1)⑥にある「上記第2」の窓口は、第2のどの条か")
    assert cited(answer) == {
        "kihon-r05/第3/1/(1)/⑥",
        "kihon-r05/第2/1/(4)/②",
        "kihon-r05/第2/1/(4)/③",
    }


def test_a_short_chapter_referred_to_is_shown_whole(assistant: Assistant) -> None:
    answer = assistant.ask("私学事業団の推進体制の条にある「第1の目標」とは")
    assert cited(answer) == {"shigaku-r08/第4/2", "shigaku-r08/第1/1", "shigaku-r08/第1/2"}


def test_a_copy_that_says_it_in_other_words_is_cited(assistant: Assistant) -> None:
    found = cited(assistant.ask("資材が上がったら請負代金を変える規定"))
    assert {"kanoya-r07/第2/19/(5)/①", "kihon-r05/第2/4/(5)/①"} <= found


def test_a_number_of_another_sort_of_document_does_not_exist(assistant: Assistant) -> None:
    assert assistant.ask("事例集の第4-1(2)").abstained


def test_every_sentence_of_a_record_is_cited(assistant: Assistant) -> None:
    answer = assistant.ask("国立大学法人奈良教育大学の新規中小企業者向け契約実績額")
    assert "C/Aは0.00%である。[1][0]は50万円未満であることを示す。[1]" in answer.text
    assert not assistant.ask("表の［0］はゼロ円ということか").abstained


def test_a_decimal_is_no_list_mark() -> None:
    assert [item.text for item in statements("3.16[1]")] == ["3.16"]


def test_a_preamble_answers_only_what_it_says_besides_the_name(assistant: Assistant) -> None:
    assert "kanoya-r07/前文" not in cited(assistant.ask("週休二日の規定は鹿屋にあるか"))
    assert "kanoya-r07/前文" in cited(assistant.ask("鹿屋の方針が即している基本方針の閣議決定日"))
