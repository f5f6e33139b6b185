"""Defined terms, what they mean and where they hold."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kb.documents import DocumentKind
from tests.ingest.helpers import parse
from tests.ingest.test_references import shipped

TEXT = """調達の手引き

1 総則

本書は、中小企業団体中央会、商工会及び商工会議所（以下「関係団体」という。）並びに
調達の適正化に関する指針（令和5年4月1日策定。以下「指針」という。）を十分検討（公正性についての検討を含む。以下同じ。）する国等（国及び公庫をいう。以下同じ。）のために定める。
"""


def test_terms_meanings_and_spans() -> None:
    parsed = parse(TEXT, DocumentKind.OTHER)
    assert [(item.term, item.meaning) for item in parsed.definitions] == [
        ("関係団体", "中小企業団体中央会、商工会及び商工会議所"),
        ("指針", "調達の適正化に関する指針"),
        ("検討", "公正性についての検討"),
        ("国等", "国及び公庫"),
    ]
    first = parsed.definitions[0]
    assert parsed.text[first.span.start : first.span.end] == (
        "中小企業団体中央会、商工会及び商工会議所（以下「関係団体」という。）"
    )
    assert {item.scope for item in parsed.definitions} == {"d"}


def test_scope_in_a_law_and_in_a_case() -> None:
    law = parse(
        "試験法\n（令和二年法律第十号）\n\n第一条　この条において「業者」とは、会社をいう。\n"
        "２　審査を受けた者（以下この項において「合格者」という。）を除く。\n",
        DocumentKind.LAW,
    )
    assert [(item.term, item.meaning, item.scope) for item in law.definitions] == [
        ("業者", "会社", "d/第1条"),
        ("合格者", "審査を受けた者", "d/第1条/第2項"),
    ]
    scopes = {item.term: item.scope for item in shipped("jirei-h26").definitions}
    assert scopes["限定地域内"] == "jirei-h26/事例17"
    assert scopes["JAB"] == "jirei-h26/事例19"


def test_definitions_of_the_shipped_policies() -> None:
    terms = {item.term: item for item in shipped("kihon-r05").definitions}
    assert terms["官公需法"].meaning == "官公需についての中小企業者の受注の確保に関する法律"
    assert terms["少額の随意契約"].meaning == "少額の契約であって随意契約"
    assert terms["小企業者"].meaning == "概ね従業員5人以下の事業者"
    assert terms["公庫等"].node == "kihon-r05/第1/2"


@given(st.text("（以下「甲」という。）同じ(をいう)\n、国等この条において", max_size=100))
@settings(max_examples=60, deadline=None)
def test_any_text_gives_spans_inside_it(text: str) -> None:
    for item in parse(text, DocumentKind.LAW).definitions:
        assert 0 <= item.span.start < item.span.end <= len(text)
        assert item.term
