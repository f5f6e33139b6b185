"""A city's policy, and what a sentence that stands in its clause 第2/3 refers to."""

from __future__ import annotations

from kb.documents import DocumentKind
from tests.ingest.helpers import parse

POLICY = """令和8年度山川市の中小企業者に関する契約の方針

山川市（以下「本市」という。）は、官公需についての中小企業者の受注の確保に関する法律（昭和41年法律第97号。以下「官公需法」という。）及び令和8年度中小企業者に関する国等の契約の基本方針（令和8年4月21日閣議決定。以下「基本方針」という。）に即して、次のとおり定める。

第1 目標に関する事項

1 契約目標

本市は、前年度の実績を上回るよう努める。

2 新規中小企業者

(1) 比率を高める。

(2) 相談に応じる。

第2 措置に関する事項

1 情報の提供

(1) 計画を公表する。

① 年度当初に公表する。ただし、緊急の場合は、この限りでない。

② 変更したときも公表する。

③ 期間は1年とする。

(2) 窓口を置く。

(3) 説明会を開く。

(4) 研修を行う。

2 価格

ア 積算に当たっては、市場価格を用いる。

イ 見直しを行う。

（注1）市場価格は、調査により求める。

3 適用

{}

第3 その他

(1) 周知に努める。

別紙1 対象機関

市長部局

別表第1 品目

文具

附則

1 この方針は、令和8年4月1日から適用する。

2 従前の方針は、廃止する。
"""


def cited(sentence: str) -> list[str]:
    """What the sentence refers to: text → ids of the policy, law and article, or status."""
    rows = []
    for item in parse(POLICY.format(sentence), DocumentKind.KIKAN).references:
        if not item.source.startswith("d/第2/3"):
            continue
        place = ",".join(target.removeprefix("d/") for target in item.targets) or item.status
        if law := item.law:
            parts = "".join(filter(None, (law.article, law.paragraph, law.item)))
            place = f"{law.name} {parts}".rstrip()
        rows.append(f"{item.text} → {place}")
    return rows
