"""Told as done what the evidence says is going on, planned or not done."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.analysis import normalise

_OPEN = re.compile(
    r"([\u4e00-\u9fff]{2})(?:中(?!小|央|心|間|堅)|(?:する|の)?予定|が?(?:でき|され)ていな)|今後[^。、]{0,6}([\u4e00-\u9fff]{2})"
)
_OPEN_WORD = r"{0}(?:中|(?:する|の)?予定|が?(?:でき|され)ていな)|今後[^。、]{{0,6}}{0}"
_DONE = r"(?:が|を|は)?(?:済|完了|終了|終え|し(?:まし)?た|され(?:まし)?た|されてい(?:ます|る)|されており)"


def told_as_done(statement: str, evidence: Sequence[str]) -> str:
    """The word that a statement tells as done and the evidence only as open; "" when none."""
    stated, said = normalise("\n".join(evidence)), normalise(statement)
    for match in _OPEN.finditer(stated):
        word = match[1] or match[2]
        done = re.compile(word + _DONE)
        # Said of something else as well, it tells nothing.
        if done.search(said) and stated.count(word) == len(
            re.findall(_OPEN_WORD.format(word), stated)
        ):
            return word
    return ""
