from __future__ import annotations

from pathlib import Path

import pytest

from ingest.readers import read_bytes, read_extract
from ingest.readers.text import decode
from kb.errors import InputError
from kb.settings import Settings

SENTENCE = "令和５年度の契約の方針（①～③、㈱○○、「髙﨑」）を定める。\n第１　目標\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_encodings_with_vendor_characters(encoding: str) -> None:
    assert decode(SENTENCE.encode(encoding), Path("a.txt")) == SENTENCE


@pytest.mark.parametrize("encoding", ["euc_jp", "iso2022_jp", "cp932"])
def test_plain_japanese_in_old_encodings(encoding: str) -> None:
    text = (
        "国等は、物件等の発注に当たっては、分離・分割して発注を行うよう努めるものとする。\r\n" * 3
    )
    assert decode(text.encode(encoding), Path("a.txt")) == text


def test_short_euc_text_is_not_taken_for_cp932() -> None:
    assert decode("方針を定める。".encode("euc_jp"), Path("a.txt")) == "方針を定める。"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\x00\x01\x02\xff\xfe\x80" * 50, "文字データとして読めません"),
        (b"\xef\xbb\xbf\xff\xff", "文字データとして読めません"),
        (b" \n\t\n", "文字がありません"),
    ],
)
def test_unreadable_bytes_are_refused(tmp_path: Path, data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_extract(data, tmp_path / "a.txt", Settings())


def test_missing_empty_folder_large_and_unknown_files(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="ありません"):
        read_bytes(tmp_path / "none.txt", Settings())
    with pytest.raises(InputError, match="フォルダー"):
        read_bytes(tmp_path, Settings())
    (tmp_path / "empty.txt").touch()
    with pytest.raises(InputError, match="空です"):
        read_bytes(tmp_path / "empty.txt", Settings())
    (tmp_path / "large.txt").write_bytes(b"a" * 11)
    with pytest.raises(InputError, match="大きすぎます（11バイト、上限10バイト）"):
        read_bytes(tmp_path / "large.txt", Settings(max_bytes=10))
    with pytest.raises(InputError, match=r"形式（\.exe）は読めません"):
        read_extract(b"MZ", tmp_path / "a.exe", Settings())


def test_the_extract_is_the_file_as_it_stands(tmp_path: Path) -> None:
    extract = read_extract(" （別紙） \r\n本文\r\n".encode(), tmp_path / "a.txt", Settings())
    assert extract.text == " （別紙） \r\n本文\r\n"
    assert extract.page_at(3) is None
