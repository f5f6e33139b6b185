"""What a question wants its cases to say of themselves: 効果をまだ確かめていない, 実績がない, 続ける."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CaseState:
    """Something that cases say under a field; `asked` finds it in questions, `said` in cases."""

    field: str
    asked: re.Pattern[str]
    said: re.Pattern[str]

    def is_said(self, statement: str) -> bool:
        """Whether a statement under the field says it."""
        return bool(self.said.search("".join(unicodedata.normalize("NFKC", statement).split())))


_UNDONE = (
    r"(?:まだ|未(?!満)|ていな|てな|ずにい|これから|途中|[がの]最中|検証中|わからな|分からな|不明)"
)
_RESULTS = r"(?:効果|成果|効き目)"

STATES: tuple[CaseState, ...] = (
    CaseState(
        "効果・評価",
        re.compile(rf"{_RESULTS}[^、。]*{_UNDONE}|{_UNDONE}[^、。]*{_RESULTS}"),
        re.compile(
            r"(?:検証|確認|把握|評価|分析)(?:中|(?:が|は|を)?(?:でき|し|行っ|なされ)(?:て(?:い|は)?)?(?:な|ていな|おら))"
            r"|(?:今後|これから)[^。]*(?:検証|確認|分析)|未検証|(?:効果|成果)(?:は|が)(?:まだ|不明|出ていな)"
        ),
    ),
    CaseState(
        "効果・評価",
        re.compile(r"(?:今後|これから|来年度?|翌年度?|引き続き)も?[^、。]*(?:続け|継続)"),
        re.compile(r"継続|続け"),
    ),
    CaseState(
        "効果・評価",
        re.compile(r"見直す|見直そ|見直しが?必要|改正(?:する|が必要)|改めたい|直す必要"),
        re.compile(r"見直|改正|検討して"),
    ),
    CaseState(
        "実施状況・実績",
        re.compile(
            r"(?<!過去の)(?:実績|受注|採用|利用)(?:が|は|も|の)?(?:まだ|1件も|一件も)?"
            r"(?:ない|無い|なかった|ゼロ|出ていない)の?(?:事例|実例|[県市町]|自治体|団体|と(?:認|言|書))"
        ),
        re.compile(
            r"(?:実績|受注|契約|採用|利用)(?:企業|者|件数)?(?:は|が|も)?(?:ない|な[くし]|0)"
        ),
    ),
)


def state_asked(question: str) -> CaseState | None:
    """What `question` wants cases to say of themselves; None for most questions."""
    plain = unicodedata.normalize("NFKC", question)
    return next((state for state in STATES if state.asked.search(plain)), None)
