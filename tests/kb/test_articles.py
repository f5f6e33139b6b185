"""Addresses in laws and rules."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.addresses import place_mentions
from kb.articles import article_mentions
from kb.spans import Span


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("官公需法第5条", ("第5条",)),
        ("官公需法第5条第3項", ("第5条", "第3項")),
        ("会計法29条の3第4項", ("第29条の3", "第4項")),
        ("第二条第一項第二号の二", ("第2条", "第1項", "第2号の2")),
        ("第百六十七条の二", ("第167条の2",)),
        ("第４条の第２項", ("第4条", "第2項")),
        ("予決令99条5号", ("第99条", "第5号")),
        ("第4条の2項", ("第4条", "第2項")),
    ],
)
def test_articles_as_people_write_them(text: str, labels: tuple[str, ...]) -> None:
    assert [mention.labels for mention in article_mentions(text)] == [labels]


@pytest.mark.parametrize("text", ["3条件", "第2条例", "5条約", "第2-2(3)③", "5項目", "条文"])
def test_look_alikes_are_no_articles(text: str) -> None:
    assert list(article_mentions(text)) == []


def test_who_leaves_out_the_mark_may_mean_something_else() -> None:
    marked, bare = article_mentions("第7条と8条")
    assert (marked.marked, marked.span) == (True, Span(0, 3))
    assert (bare.marked, bare.span) == (False, Span(4, 6))


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("官公需法第3条から第5条まで", [("第3条",), ("第4条",), ("第5条",)]),
        ("官公需法3～5条", [("第3条",), ("第4条",), ("第5条",)]),
        ("官公需法第3、4条", [("第3条",), ("第4条",)]),
        ("第29条の3から第29条の5まで", [("第29条の3",), ("第29条の4",), ("第29条の5",)]),
        ("第99条第2号から第4号", [("第99条", f"第{number}号") for number in (2, 3, 4)]),
        ("第99条第2～4号", [("第99条", f"第{number}号") for number in (2, 3, 4)]),
        ("第29条の3第1項と第4項", [("第29条の3", "第1項"), ("第29条の3", "第4項")]),
        ("第3条第1項第2号及び第3項", [("第3条", "第1項", "第2号"), ("第3条", "第3項")]),
        ("第三条第一項及び第二項", [("第3条", "第1項"), ("第3条", "第2項")]),
    ],
)
def test_lists_and_ranges_of_articles(text: str, labels: list[tuple[str, ...]]) -> None:
    assert [mention.labels for mention in place_mentions(text)] == labels


def test_articles_and_clauses_of_one_text_in_its_order() -> None:
    mentions = place_mentions("第2-2(3)③と会計法第29条の3")
    assert [mention.labels for mention in mentions] == [("第2", "2", "(3)", "③"), ("第29条の3",)]


@given(
    article=st.integers(1, 999),
    branch=st.none() | st.integers(2, 30),
    paragraph=st.none() | st.integers(1, 30),
    item=st.none() | st.integers(1, 40),
)
def test_every_address_that_ids_can_have_is_read(
    article: int, branch: int | None, paragraph: int | None, item: int | None
) -> None:
    labels = (
        f"第{article}条" + (f"の{branch}" if branch else ""),
        *((f"第{paragraph}項",) if paragraph else ()),
        *((f"第{item}号",) if item else ()),
    )
    text = "".join(labels)
    (mention,) = article_mentions(f"規則{text}による")
    assert mention.labels == labels
    assert mention.span == Span(2, 2 + len(text))
