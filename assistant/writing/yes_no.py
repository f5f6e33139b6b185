"""May one, must one: what the text says with its conditions; the judgement stays the reader's."""

from __future__ import annotations

from dataclasses import replace

from assistant.writing.lines import Matter
from assistant.writing.locate import locate
from kb.results import Answer

_LEAD_IN = "資料の記載は次のとおりです。"


def yes_no(matter: Matter) -> Answer:
    """The same lines as for a place asked for, introduced as what the documents say."""
    answer = locate(matter)
    return replace(answer, text=f"{_LEAD_IN}\n{answer.text}")
