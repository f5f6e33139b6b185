"""HTML and Markdown."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.readers.html import read_html
from ingest.readers.markdown import read_markdown
from kb.documents import TableData
from kb.errors import InputError
from kb.settings import Settings
from kb.spans import Span

PAGE, NOTES = Path("方針.html"), Path("方針.md")
SOURCE = """<?xml version="1.0" encoding="{encoding}"?>
<html><head><title>官公需 | 中小企業庁</title><style>p {{ color: red }}</style></head>
<body><nav><a href="/">トップ</a></nav>
<h1>契約の<br>方針</h1><h2>第１　総則</h2>
<p>国等は、<b>受注の機会</b>の
増大に努める。<br/>次に掲げる。</p><script>var x = "悪い";</script>
<ol start="3"><li>物件<li>役務<ul><li>清掃</li></ul></ol>
<p style="display: none">隠し</p><p>官<ruby>公<rt>こう</rt></ruby>需</p>
<table><thead><tr><th rowspan="2">機関<th colspan="2">実績<tr><th>物件<th>役務</thead>
<tr><td>Ａ省<td>1<td>2<tr><td>Ｂ省<td>3<td>4</table>あとがき
<table><tr><td><p>段組み</p></td></tr></table></body></html>"""
TEXT = (
    "# 契約の 方針\n## 第１　総則\n国等は、受注の機会の 増大に努める。\n次に掲げる。\n"
    "3. 物件\n4. 役務\n- 清掃\n官公需\n機関\t実績\n\t物件\t役務\nＡ省\t1\t2\nＢ省\t3\t4\n"
    "あとがき\n段組み\n"
)


@pytest.mark.parametrize("encoding", ["UTF-8", "Shift_JIS", "EUC-JP", "iso-2022-jp"])
def test_a_page_reads_as_a_browser_shows_it(encoding: str) -> None:
    extract = read_html(SOURCE.format(encoding=encoding).encode(encoding), PAGE, Settings())
    assert extract.text == TEXT
    (table,) = extract.tables
    assert table.data == TableData(
        ("機関", "実績 物件", "実績 役務"), (("Ａ省", "1", "2"), ("Ｂ省", "3", "4"))
    )
    assert extract.text[table.span.start : table.span.end].startswith("機関\t実績\n")


def test_the_title_stands_in_for_a_missing_heading() -> None:
    data = "<title>入札公告</title><p>本文".encode("cp932")
    assert read_html(data, PAGE, Settings()).text == "# 入札公告\n本文\n"


def test_row_headings_are_no_header() -> None:
    data = "<table><tr><th>件名<td>清掃業務<tr><th>期限<td>３月</table>".encode()
    assert read_html(data, PAGE, Settings()).tables[0].data == TableData(
        ("", ""), (("件名", "清掃業務"), ("期限", "３月"))
    )


def test_deep_nesting_is_no_problem() -> None:
    data = b"<div>" * 1000 + "底".encode() + b"</div>" * 1000
    assert read_html(data, PAGE, Settings()).text == "底\n"


@pytest.mark.parametrize("data", [b"<html></html>", b"\0\0", b"<script>x</script>", b"<!---->"])
def test_a_page_without_words_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match=r"方針\.html"):
        read_html(data, PAGE, Settings())


def test_markdown_keeps_its_text_and_finds_its_tables() -> None:
    text = (
        "# 実績\n\n| 機関 | 割合\\|率 |\n|:---|---:|\n| Ａ省 | 1<br>2 | 余り |\n| Ｂ省 |\n\n"
        "```\n| a | b |\n|---|---|\n```\n文 | 章\n"
    )
    extract = read_markdown(text.encode(), NOTES, Settings())
    assert extract.text == text
    (table,) = extract.tables
    assert table.data == TableData(("機関", "割合|率"), (("Ａ省", "1\n2"), ("Ｂ省", "")))
    assert table.span == Span(6, 61)


@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for read, path in ((read_html, PAGE), (read_markdown, NOTES)):
        try:
            extract = read(data, path, Settings())
        except InputError:
            continue
        assert extract.text.strip()


TAGS = (
    "table", "tr", "td", "th", "thead", "ul", "ol", "li", "p", "div", "br", "h1", "script", "title",
    "ruby", "rt", "a", "b", "nav", "pre",
)  # fmt: skip
PIECES = st.sampled_from(
    [f"<{tag}>" for tag in TAGS]
    + [f"</{tag}>" for tag in TAGS]
    + ["<td colspan=3>", "<td rowspan=0>", "<td rowspan=9>", "あ", " ", "&lt;", "&#0;", "<!--"]
)


@settings(max_examples=200, deadline=None)
@given(pieces=st.lists(PIECES, max_size=30))
def test_any_nesting_of_tags_is_read_or_refused(pieces: list[str]) -> None:
    try:
        extract = read_html("".join(pieces).encode(), PAGE, Settings())
    except InputError:
        return
    for table in extract.tables:
        assert {len(row) for row in table.data.rows} <= {len(table.data.header)}
        assert table.span.end <= len(extract.text)
