"""Two years of a made-up agency's policy: one figure, one duty, one clause and one order differ."""

from __future__ import annotations

from kb.documents import DocumentKind, ParsedDocument
from tests.ingest.helpers import parse

YEAR_6 = """令和6年度における○○研究所の中小企業者に関する契約の方針

○○研究所は、官公需についての中小企業者の受注の確保に関する法律第5条の規定に基づき、令和6年度における契約の方針を次のとおり定める。

第1 契約目標

1 中小企業・小規模事業者向け契約目標

本研究所は、中小企業・小規模事業者向け契約の比率が60.0%になるよう努めるものとする。

2 新規中小企業者向け契約目標

新規中小企業者の契約比率が3%以上となるよう努めるものとする。

第2 講ずる措置

1 官公需情報の提供の徹底

発注計画に関する情報をホームページへの掲載により提供するよう努めるものとする。

2 分離・分割発注の推進

物件等の発注に当たっては、可能な限り分離・分割して発注を行うよう努めるものとする。

3 知的財産権の取扱いの明記

発注内容に著作権が含まれる場合には、その取扱いを書面で明確にするものとする。

4 資金繰りへの配慮

人件費比率の高い役務契約に対し、部分払を行うよう配慮することに努めるものとする。

第3 推進体制

1 本方針は、研究所の全ての部局に適用する。
"""

_INFORMATION = "発注計画に関する情報をホームページへの掲載により提供するよう努めるものとする。"
_CASH = "人件費比率の高い役務契約に対し、部分払を行うよう配慮することに努めるものとする。"

YEAR_7 = (
    YEAR_6.replace("令和6年度", "令和7年度")
    .replace("60.0%", "61.5%")
    .replace("発注を行うよう努めるものとする", "発注を行うものとする")
    .replace("3 知的財産権の取扱いの明記", "3 価格転嫁の円滑化")
    .replace(
        "発注内容に著作権が含まれる場合には、その取扱いを書面で明確にするものとする。",
        "労務費の上昇に伴う契約金額の変更について申出があったときは、協議に応じるものとする。",
    )
)

YEAR_8_SWAPPED = (
    YEAR_6.replace("令和6年度", "令和8年度")
    .replace(f"1 官公需情報の提供の徹底\n\n{_INFORMATION}", "1 @")
    .replace(f"4 資金繰りへの配慮\n\n{_CASH}", f"4 官公需情報の提供の徹底\n\n{_INFORMATION}")
    .replace("1 @", f"1 資金繰りへの配慮\n\n{_CASH}")
)


def policy(text: str, doc: str, kind: DocumentKind = DocumentKind.KIKAN) -> ParsedDocument:
    return parse(text, kind, doc)
