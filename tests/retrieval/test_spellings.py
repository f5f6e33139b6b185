"""The words that are shipped are those that the shipped lexicon gives."""

from __future__ import annotations

import dataclasses

import pytest

from kb.resources import CORPUS
from retrieval import spellings
from retrieval.lexicon import Lexicon, load_lexicon


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon([CORPUS / "lexicon"])


def test_the_shipped_words_are_used(lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spellings, "spellings_anew", lambda _: pytest.fail("run retrieval.prepare"))
    assert spellings.spellings(lexicon)["随意契約"][1] == "ズイイケーヤク"


def test_the_shipped_words_are_those_of_the_lexicon(lexicon: Lexicon) -> None:
    assert spellings.spellings(lexicon) == spellings.spellings_anew(lexicon)


def test_an_offices_own_lexicon_is_read_anew(lexicon: Lexicon) -> None:
    own = dataclasses.replace(lexicon, topics=(), owners=(), terms=lexicon.terms[:3])
    found = spellings.spellings(own)
    assert found == spellings.spellings_anew(own)
    assert len(found) < len(spellings.spellings(lexicon))
