"""Documents named by the body that decided them: 閣議決定の基本方針, …会議決定「…」."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.names import name_start
from ingest.references.titles import QUOTED, SUFFIX, dating_bracket, with_bracket

_CABINET = re.compile(
    r"(?:平成|令和)(?:元|[0-9]{1,2})年[0-9]{1,2}月[0-9]{1,2}日(?:付け?)?(?:の)?閣議(?:決定|了解)(?:された|した|の)?"
    rf"(?:「[^「」\n]{{2,80}}」|[一-龥ァ-ヶー・]{{0,30}}?{SUFFIX}(?![一-龥])|(?=に基づ|を踏まえ|に即し|により|を受け))"
)
"""令和5年4月25日閣議決定の基本方針."""
_DECISION = re.compile(
    r"(?P<body>[一-龥々ァ-ヶー・()ぁ-ん]{2,60}?(?:会議|本部|委員会|幹事会|閣議|省|庁|課|局|部)(?:において(?:[一-龥ァ-ヶー・]+で)?)?)"
    r"(?:決定|申合せ|申し合わせた?|了解|策定した?|通知|通達|公表した?|定めた?)(?=[「(])"
)


def find_decisions(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of …閣議決定の基本方針, …幹事会決定「…」 and …会議決定（平成26年…）."""
    for match in _CABINET.finditer(text):
        yield match.span()
    for match in _DECISION.finditer(text):
        if quoted := QUOTED.match(text, match.end()):
            yield quoted.start(), with_bracket(text, quoted.end())
        elif bracket := dating_bracket(text, match.end()):
            yield name_start(text, match.end("body")), bracket.end()
