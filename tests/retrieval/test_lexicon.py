from __future__ import annotations

from pathlib import Path

import pytest

from kb.errors import InputError
from kb.resources import CORPUS
from kb.settings import Settings
from retrieval.index import index_versions
from retrieval.lexicon import Direction, Lexicon, load_lexicon


@pytest.fixture(scope="module")
def shipped() -> Lexicon:
    return load_lexicon([CORPUS / "lexicon"])


def test_the_shipped_lexicon_covers_the_field(shipped: Lexicon) -> None:
    assert len(shipped.topics) >= 350
    assert sum(len(topic.everyday) for topic in shipped.topics) >= 10_000
    assert len(shipped.terms) >= 300


def test_related_topics_exist_and_no_topic_says_the_same_twice(shipped: Lexicon) -> None:
    names = {topic.topic for topic in shipped.topics}
    for topic in shipped.topics:
        assert set(topic.related) <= names
        assert len(set(topic.everyday)) == len(topic.everyday)


def test_an_office_adds_rows_and_words(tmp_path: Path) -> None:
    (tmp_path / "topics").mkdir()
    (tmp_path / "topics" / "ours.jsonl").write_text(
        '{"topic": "部分払", "official": ["部分払"], "everyday": ["うちの言い方"]}\n',
        encoding="utf-8",
    )
    (tmp_path / "terms.jsonl").write_text(
        '{"term": "庁舎管理課", "synonyms": ["庁管"], "kind": "organisation", "direction": "to_term"}\n\n',
        encoding="utf-8",
    )
    shipped, merged = (
        load_lexicon([CORPUS / "lexicon"]),
        load_lexicon([CORPUS / "lexicon", tmp_path]),
    )
    assert len(merged.topics) == len(shipped.topics)
    topic = next(topic for topic in merged.topics if topic.topic == "部分払")
    assert topic.everyday[-1] == "うちの言い方"
    assert merged.terms[-1].direction is Direction.TO_TERM
    assert merged.digest != shipped.digest


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("{", "JSONとして読めません"),
        ('{"synonyms": []}', "項目「term」がありません"),
        ('{"term": "x", "synonym": []}', "項目「synonym」は使えません"),
        ('{"term": " "}', "項目「term」の値が正しくありません"),
        ('{"term": "x", "direction": "back"}', "項目「direction」の値が正しくありません"),
    ],
)
def test_a_bad_row_is_named_with_file_and_line(tmp_path: Path, row: str, problem: str) -> None:
    path = tmp_path / "terms.jsonl"
    path.write_text(f'{{"term": "良い行"}}\n{row}\n', encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_lexicon([tmp_path])
    assert f"「{path}」の2行目" in str(caught.value)
    assert problem in str(caught.value)


def test_unreadable_files_and_folders(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="KB_LEXICON"):
        load_lexicon([tmp_path / "absent"])
    (tmp_path / "owners.jsonl").write_bytes("{}".encode("utf-16"))
    with pytest.raises(InputError, match="UTF-8"):
        load_lexicon([tmp_path])


def test_a_changed_lexicon_makes_other_indexes(tmp_path: Path) -> None:
    plain = index_versions(Settings(home=tmp_path))
    (tmp_path / "terms.jsonl").write_text('{"term": "庁舎管理課"}', encoding="utf-8")
    ours = index_versions(Settings(home=tmp_path, lexicon=tmp_path))
    assert {key for key in plain if plain[key] != ours[key]} == {"lexicon"}
