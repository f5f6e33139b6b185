"""What kinds of documents and of repairs are called in every way in."""

from __future__ import annotations

from collections.abc import Mapping

KINDS: Mapping[str, str] = {
    "kihon": "基本方針",
    "kikan": "契約の方針",
    "jirei": "事例集",
    "law": "法令",
    "other": "その他",
}

REPAIRS: Mapping[str, str] = {
    "wrap": "改行をつないだ箇所",
    "page_mark": "ページ番号などを除いた箇所",
    "heading_mark": "見出しの記号を除いた箇所",
    "list_mark": "箇条書きの記号を除いた箇所",
    "emphasis_mark": "強調の記号を除いた箇所",
    "label": "番号を直した箇所",
    "merged_line": "行を分けた箇所",
    "glyph": "似た字形を直した箇所",
    "vertical_glyphs": "縦書きの数表を組み直した箇所",
    "markup": "書式の記号を除いた箇所",
    "fragment": "本文でない断片を除いた箇所",
}
