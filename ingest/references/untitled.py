"""Documents and rules named by what they are, without a title: 本年度の基本方針, 調達協定, 国に準じて."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.references.issuers import by_issuer
from ingest.references.mention import Mention

_YEARLY = re.compile(
    r"(?:今|本|昨|前|来|当該?|同)年度(?:における|の|版)(?:[一-龥ぁ-ん]{0,20}(?:に関する|等の|の))?(?:基本方針|契約の方針|方針)"
)
_OF_YEAR = re.compile(
    r"(?:令和|平成)(?:元|[0-9]{1,2})年度の(?:国等の契約の)?基本方針(?!\(以下「本)"
)
_TREATY = re.compile(
    r"[一-龥々ァ-ヶー]{2,20}(?:調達協定|貿易協定|連携協定|条約)|[一-龥々ァ-ヶー]{2,20}協定(?=\([A-Z]{2,8}\))"
)
_ACRONYM = re.compile(r"[一-龥々ァ-ヶー・]{4,40}(?:制度|事業|枠組み|協定)\([A-Z][A-Z0-9/-]{1,10}\)")
_PASSAGE = re.compile(r"「(?![0-9])[^「」\n]{2,60}」の(?:条項|規定|章|節|項目|定め)")
_LIKE = re.compile(
    r"(?<![一-龥々ぁ-んァ-ヶー])(?:国|都|道|府|県|市)(?:の(?:制度|例|規定|基準|取扱い?|運用))?に(?:準じ|倣い|ならい)(?:て|た)?|(?<=は)(?:国|都|道|府|県|市)に準じて"
)
_LOCAL_SYSTEM = re.compile(
    r"[一-龥々]{1,8}(?:都|道|府|県|市|区|町|村)[一-龥々ァ-ヶー・]{2,30}制度(?=による|に基づ|の規定|に登録|に定め|実施要綱)"
)


def find_untitled(text: str, *, in_case: bool) -> Iterator[Mention]:
    """Documents by year, treaties, passages (「…」の規定), examples (国に準じて), 制度 of towns."""
    for pattern in (_YEARLY, _OF_YEAR, _TREATY, _ACRONYM):
        for match in pattern.finditer(text):
            yield Mention(*match.span(), "external_doc", outside=True)
    for match in _PASSAGE.finditer(text):
        yield by_issuer(text, *match.span(), in_case=in_case)
    for match in _LIKE.finditer(text):
        yield Mention(*match.span(), "external_doc", outside=True)
    if in_case:
        for match in _LOCAL_SYSTEM.finditer(text):
            yield Mention(*match.span(), "local_rule", outside=True)
