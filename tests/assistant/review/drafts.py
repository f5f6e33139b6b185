"""A small 基本方針 and a draft that follows it, for tests of the check."""

from __future__ import annotations

from pathlib import Path

from ingest.manifest import ManifestEntry
from ingest.parse import parse
from kb.documents import DocumentKind, ParsedDocument
from kb.settings import Settings

BASE = """令和8年度中小企業者に関する国等の契約の基本方針

第1 目標に関する事項

1 契約目標

国等は、官公需についての中小企業者の受注の確保に関する法律（昭和41年法律第97号。以下「官公需法」という。）に基づき、令和8年度における契約の比率が61%になるよう努めるものとする。

第2 措置に関する事項

1 情報の提供の徹底

国等は、発注に関連する情報をホームページへの掲載により中小企業者に提供するものとする。

2 相談体制の整備

国等は、官公需相談窓口を設け、中小企業者からの相談に適切に応ずるものとする。

3 分割発注の推進

国等は、価格面、数量面、工程面等からみて分離し、又は分割して発注を行うよう努めるものとする。

4 支払の配慮

国等は、労務費の適切な転嫁のための価格交渉に関する指針（令和5年11月29日策定。以下「労務費の指針」という。）を踏まえ、少なくとも年に1回以上の協議を行うものとする。なお、上記2に掲げる相談体制を活用するものとする。

5 銘柄の指定

国等は、真にやむを得ない場合を除き、銘柄を指定してはならない。
"""

DRAFT = """令和8年度におけるみどり大学の中小企業者に関する契約の方針

みどり大学は、官公需についての中小企業者の受注の確保に関する法律（昭和41年法律第97号。以下「官公需法」という。）第5条の規定に基づき、中小企業者に関する国等の契約の基本方針（令和8年4月21日閣議決定。以下「基本方針」という。）に即して、令和8年度における方針（以下「本方針」という。）を次のとおり定める。

第1 目標に関する事項

1 契約目標

本学は、令和8年度における契約の比率が前年度までの実績を上回り、比率が40%になるよう努めるものとする。

第2 措置に関する事項

1 情報の提供の徹底

本学は、発注に関連する情報をホームページへの掲載により中小企業者に提供するものとする。

2 相談体制の整備

本学は、官公需相談窓口を設け、中小企業者からの相談に適切に応ずるものとする。

3 分割発注の推進

本学は、価格面、数量面、工程面等からみて分離し、又は分割して発注を行うよう努めるものとする。

4 支払の配慮

本学は、労務費の適切な転嫁のための価格交渉に関する指針（令和5年11月29日策定。以下「労務費の指針」という。）を踏まえ、少なくとも年に1回以上の協議を行うものとする。なお、上記2に掲げる相談体制を活用するものとする。

5 銘柄の指定

本学は、真にやむを得ない場合を除き、銘柄を指定してはならない。
"""


def parsed(text: str, doc: str, kind: DocumentKind = DocumentKind.KIKAN) -> ParsedDocument:
    """Read a policy's text; what is not stated here is found in the text."""
    entry = ManifestEntry(file=f"{doc}.txt", kind=kind)
    return parse(text.encode(), Path(entry.file), doc, entry, Settings())


def base() -> ParsedDocument:
    """The 基本方針."""
    return parsed(BASE, "kihon", DocumentKind.KIHON)


def draft(*changes: tuple[str, str]) -> ParsedDocument:
    """The draft with words replaced, each once."""
    text = DRAFT
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return parsed(text, "an")
