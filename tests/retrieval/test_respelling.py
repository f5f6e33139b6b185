"""Questions in kana or romaji, and words in the wrong kanji."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.documents import Document, DocumentKind, Passage
from kb.errors import CorruptStoreError
from retrieval.lexicon import Lexicon, Owner, Term, TermKind, Topic
from retrieval.respelling import Respeller, Respelt

LEXICON = Lexicon(
    (Topic("部分払", ("部分払",), ("毎月払ってほしい", "イラストの代金をもらえない")),),
    (
        Term("官公需適格組合", ("適格組合",)),
        Term("随意契約"),
        Term("歩切り", ("ぶぎり",), TermKind.SPELLING),
    ),
    (Owner("国立大学法人鹿屋体育大学", ("体育大",)),),
)
TEXT = "中小企業者の受注の機会。協議会を開催する。ポータルサイトで探す。"
KINDS = {"a": DocumentKind.KIKAN, "hou": DocumentKind.LAW}


@pytest.fixture(scope="module")
def speller() -> Respeller:
    texts = {"a": TEXT, "hou": "債務不履行"}
    passages = [Passage(f"{d}/1", 0, d, (), "", t, 0, len(t)) for d, t in texts.items()]
    documents = {
        doc: Document(doc, doc, kind, "", None, None, "", "", "", "", 1)
        for doc, kind in KINDS.items()
    }
    return Respeller.build(passages, documents, LEXICON)


def never(_: str) -> bool:
    return False


def always(_: str) -> bool:
    return True


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("かんこうじゅてきかくくみあいとは", "官公需適格組合とは"),
        ("たいいくだいのずいいけいやく", "体育大の随意契約"),
        ("ちゅうしょうきぎょうしゃって？", "中小企業者って?"),
        ("zuiikeiyaku no kyougikai", "随意契約 の 協議会"),
        ("ZUIIKEIYAKU", "随意契約"),
        ("いらすとをまいつき", "イラストを毎月"),
        ("ずいいけーやく", "随意契約"),
        ("ぶぎりの禁止", "歩切りの禁止"),
    ],
)
def test_what_is_spelt_by_sound_is_respelt(speller: Respeller, typed: str, read: str) -> None:
    assert speller.respell(typed, never).text == read


def test_each_word_is_told(speller: Respeller) -> None:
    found = speller.respell("てきかくくみあいのじゅちゅう", never)
    assert found.words == (("てきかくくみあい", "適格組合"), ("じゅちゅう", "受注"))


@pytest.mark.parametrize(
    ("typed", "read"), [("競技会の日程", "協議会の日程"), ("適確組合の根拠", "適格組合の根拠")]
)
def test_a_word_in_the_wrong_kanji(speller: Respeller, typed: str, read: str) -> None:
    assert speller.respell(typed, always).text == read
    assert speller.respell(typed, never) == Respelt(typed)


@pytest.mark.parametrize("typed", ["協議会の日程", "見たことのない語", "Ｒ８　協議会", ""])
def test_anything_else_stays_as_it_is(speller: Respeller, typed: str) -> None:
    assert speller.respell(typed, always) == Respelt(typed)


def test_a_loan_word_whose_meaning_is_asked_is_spelt_as_it_is(speller: Respeller) -> None:
    assert speller.respell("ポータルサイトとは", never).text == "ポータルサイトとは"


def test_words_of_laws_are_left_out(speller: Respeller) -> None:
    assert "債務" not in speller.respell("さいむふりこうのはなし", never).text


def test_what_is_saved_comes_back(speller: Respeller, tmp_path: Path) -> None:
    speller.save(tmp_path / "r.json")
    again = Respeller.load(tmp_path / "r.json")
    assert again.respell("ずいいけいやくは", never).text == "随意契約は"


def test_damage_is_said_when_the_words_are_needed(tmp_path: Path) -> None:
    (tmp_path / "r.json").write_text("{", encoding="utf-8")
    speller = Respeller.load(tmp_path / "r.json")
    assert speller.respell("随意契約", never).text == "随意契約"
    with pytest.raises(CorruptStoreError, match="kb ingest"):
        speller.respell("ずいいけいやく", never)


@given(st.text(alphabet="ずいけやくちゅうしょっー kyouzi。第12", max_size=30))
def test_any_question_can_be_respelt(speller: Respeller, text: str) -> None:
    found = speller.respell(text, always)
    assert all(spelling in found.text for _, spelling in found.words)


def test_a_term_in_kana_between_other_words(speller: Respeller) -> None:
    found = speller.respell("てきかくくみあいの証明者", never)
    assert found == Respelt("適格組合の証明者", (("てきかくくみあい", "適格組合"),))
    assert speller.respell("てきかくくみあいさん達の会社", never).words == ()


def test_a_loan_word_in_hiragana_between_other_words(speller: Respeller) -> None:
    found = speller.respell("ぽーたるさいとの運営", never)
    assert found == Respelt("ポータルサイトの運営", (("ぽーたるさいと", "ポータルサイト"),))
    assert speller.respell("きょうぎかいの運営", never).words == ()


def test_a_sentence_in_kana_beside_another(speller: Respeller) -> None:
    found = speller.respell("ずいいけいやくはどうなるのですか？至急確認中です", never)
    assert found.text == "随意契約はどうなるのですか?至急確認中です"
    assert found.by_sound == "ずいいけいやくはどうなるのですか?"
    assert speller.respell("随意契約の根拠を急いで知りたい、どうなるのですか", never).by_sound == ""
