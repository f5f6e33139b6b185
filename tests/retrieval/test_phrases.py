"""The phrase index that is shipped is the one that the shipped thesaurus gives."""

from __future__ import annotations

import numpy as np
import pytest

from kb.resources import CORPUS
from kb.settings import Settings
from retrieval import phrases
from retrieval.analysis import JapaneseAnalyzer
from retrieval.encoder import load_encoder
from retrieval.lexicon import load_lexicon
from retrieval.phrases import PhraseIndex
from retrieval.readings import is_spelt_by_sound

QUESTIONS = (
    "毎月お金をもらいたい",
    "ブランド指定していい?",
    "さいちんがあがったら",
    "相見積もりに新しい会社を入れたい",
)


@pytest.fixture(scope="module")
def anew() -> PhraseIndex:
    analyzer = JapaneseAnalyzer()
    topics = load_lexicon([CORPUS / "lexicon"]).topics
    return PhraseIndex.build_anew(topics, analyzer, load_encoder(Settings(), analyzer))


def test_the_shipped_index_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phrases, "_LAST", {})
    monkeypatch.setattr(PhraseIndex, "build_anew", lambda *_: pytest.fail("run retrieval.prepare"))
    analyzer = JapaneseAnalyzer()
    topics = load_lexicon([CORPUS / "lexicon"]).topics
    PhraseIndex.build(topics, analyzer, load_encoder(Settings(), analyzer))


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_shipped_index_answers_as_a_new_one_would(anew: PhraseIndex, question: str) -> None:
    analyzer = JapaneseAnalyzer()
    encoder = load_encoder(Settings(), analyzer)
    vector = encoder.encode_queries([question])[0]
    terms = dict.fromkeys(analyzer.terms(question), 1.0)
    sound = question if is_spelt_by_sound(question) else ""
    topics = load_lexicon([CORPUS / "lexicon"]).topics
    shipped = PhraseIndex.build(topics, analyzer, encoder).nearest(question, terms, vector, sound)
    fresh = anew.nearest(question, terms, vector, sound)
    assert [topic for topic, _, _ in shipped[:5]] == [topic for topic, _, _ in fresh[:5]]
    np.testing.assert_allclose(
        [score for _, score, _ in shipped[:5]], [score for _, score, _ in fresh[:5]], rtol=1e-4
    )
