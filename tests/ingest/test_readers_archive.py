"""Zip archives and the registry of readers."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.readers import SUFFIXES, read_extract
from ingest.readers.archive import expand, read_member
from kb.errors import InputError
from kb.settings import Settings
from tests.ingest.samples import zipped


def _saved(folder: Path, data: bytes) -> Path:
    path = folder / "資料.zip"
    path.write_bytes(data)
    return path


def test_members_come_in_order_with_their_folders(tmp_path: Path) -> None:
    path = _saved(
        tmp_path,
        zipped(
            {
                "令和５年/公告.txt": "公告".encode(),
                "__MACOSX/._公告.txt": b"x",
                "空の箱/": b"",
                "../../外/方針.md": b"# a",
                "a.jpg": b"\xff",
            }
        ),
    )
    members = list(expand(path, Settings()))
    assert [member.path for member in members] == [
        path / "令和５年/公告.txt", path / "外/方針.md", path / "a.jpg",
    ]  # fmt: skip
    assert read_member(members[0], Settings()) == "公告".encode()
    extract = read_extract(read_member(members[0], Settings()), members[0].path, Settings())
    assert extract.text == "公告"


@pytest.mark.parametrize("encoding", ["cp932", "utf-8"])
def test_names_without_a_mark_are_japanese(tmp_path: Path, encoding: str) -> None:
    stand_in = "N" * len("表/予算.txt".encode(encoding))
    data = zipped({stand_in: b"x"}).replace(stand_in.encode(), "表/予算.txt".encode(encoding))
    (member,) = expand(_saved(tmp_path, data), Settings())
    assert member.path == tmp_path / "資料.zip" / "表/予算.txt"


def test_an_archive_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    path = _saved(tmp_path, zipped({"a.txt": b"0" * 600, "b.txt": b"0" * 600}))
    with pytest.raises(InputError) as caught:
        list(expand(path, Settings(max_unpacked_bytes=1000)))
    assert str(caught.value) == (
        f"ファイル「{path}」は展開すると大きすぎます（1,200バイト、上限1,000バイト）。"
        "分割するか、環境変数 KB_MAX_UNPACKED_BYTES を増やしてください。"
    )


def test_members_that_cannot_be_used_say_why(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in [
            ("a.zip", b"x"),
            ("b.txt", b"0" * 90),
            ("c.txt", b""),
            ("d.txt", b"XYZ"),
        ]:
            archive.writestr(name, data)
    data = stream.getvalue().replace(b"d.txtXYZ", b"d.txtXYX")
    path = _saved(tmp_path, data)
    reasons = []
    for member in expand(path, Settings()):
        with pytest.raises(InputError) as caught:
            read_member(member, Settings(max_bytes=50))
        reasons.append(str(caught.value).replace(str(path), "資料.zip"))
    assert reasons == [
        "「資料.zip/a.zip」は圧縮ファイルの中の圧縮ファイルです。展開してから指定してください。",
        "「資料.zip/b.txt」は大きすぎます（90バイト、上限50バイト）。分割するか、環境変数 KB_MAX_BYTES を増やしてください。",
        "「資料.zip/c.txt」は空です。中身のあるファイルを指定してください。",
        "「資料.zip/d.txt」は壊れていて取り出せません。圧縮ファイルをもう一度入手してください。",
    ]


def test_a_locked_member_says_so(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": b"abc"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    (member,) = expand(_saved(tmp_path, bytes(data)), Settings())
    with pytest.raises(InputError, match="パスワードで保護されています"):
        read_member(member, Settings())


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("a.doc", "ファイル「a.doc」の形式（.doc）は読めません。Wordで .docx に保存し直してください。"),
        ("a.XLS", "ファイル「a.XLS」の形式（.XLS）は読めません。Excelで .xlsx に保存し直してください。"),
        ("a.exe", "ファイル「a.exe」の形式（.exe）は読めません。"
         "対応する形式（.docx、.htm、.html、.markdown、.md、.pdf、.text、.txt、.xlsx）に変換してください。"),
    ],
)  # fmt: skip
def test_other_formats_are_refused_with_advice(name: str, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        read_extract(b"x", Path(name), Settings())
    assert str(caught.value) == reason


def test_documents_to_convert_are_not_passed_over() -> None:
    assert {".pdf", ".docx", ".xlsx", ".html", ".md", ".txt", ".doc", ".xls", ".jtd"} <= SUFFIXES
    assert ".jpg" not in SUFFIXES


SAMPLE = zipped({"a.txt": b"abc" * 20, "b/c.txt": b"x"})


@settings(max_examples=60, deadline=None)
@given(start=st.integers(0, len(SAMPLE)), removed=st.integers(0, 60), added=st.binary(max_size=20))
def test_any_damage_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, start: int, removed: int, added: bytes
) -> None:
    path = _saved(
        tmp_path_factory.getbasetemp(), SAMPLE[:start] + added + SAMPLE[start + removed :]
    )
    try:
        for member in expand(path, Settings()):
            assert ".." not in member.path.parts
            read_member(member, Settings())
    except InputError:
        return
