"""Laws that a question names without an article."""

from __future__ import annotations

import pytest

from retrieval.articles import Articles

ARTICLES = Articles(
    {"会計法": ["law"], "会計規則": ["rule"], "山川市会計規則": ["rule"]},
    {"law": "会計法", "rule": "山川市会計規則"},
)


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        ("会計法の目的", ("law",)),
        ("会計法では何が決まっているか", ("law",)),
        ("山川市会計規則と会計法の違い", ("law", "rule")),
        ("会計法に基づく契約", ()),
        ("会計法等の規定により", ()),
        ("会計法施行令の目的", ()),
        ("随意契約の要件", ()),
    ],
)
def test_a_law_that_is_asked_about_is_named(text: str, documents: tuple[str, ...]) -> None:
    assert set(ARTICLES.named(text).documents) == set(documents)


@pytest.mark.parametrize(
    ("text", "beside"),
    [("会計法で歳入とは", " で歳入とは"), ("会計法とは", "会計法とは"), ("歳入とは", "歳入とは")],
)
def test_terms_are_looked_for_beside_the_name_of_the_law(text: str, beside: str) -> None:
    assert ARTICLES.named(text).beside == beside
