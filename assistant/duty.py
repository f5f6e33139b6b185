"""How strongly a sentence binds: the difference an auditor asks about."""

from __future__ import annotations

import re
from enum import IntEnum


class Duty(IntEnum):
    """Strength of a rule, weakest first."""

    NONE = 0
    CONSIDERATION = 1
    EFFORT = 2
    RULE = 3
    OBLIGATION = 4

    @property
    def japanese(self) -> str:
        """The name an officer uses."""
        return ("記載のみ", "配慮・留意", "努力規定", "するものとする", "義務")[self]


# The end of the sentence decides; 「配慮することに努める」 is an effort, not a consideration.
_ENDINGS: tuple[tuple[Duty, re.Pattern[str]], ...] = (
    (
        Duty.EFFORT,
        re.compile(
            r"努め(?:る|るものとする|なければならない|るよう[^。]*|ることとする)?$|努力する(?:ものとする)?$|目指す(?:ものとする)?$"
        ),
    ),
    (
        Duty.OBLIGATION,
        re.compile(r"(?:なければならない|てはならない|を要する|義務がある|義務付けている)$"),
    ),
    (
        Duty.CONSIDERATION,
        re.compile(
            r"(?:配慮|留意|考慮|検討|勘案|参考と)(?:を行う|する|すること)?(?:ものとする|こととする)?$"
            r"|ことができる(?:こと|ものとする|こととする)?$"
        ),
    ),
    (
        Duty.RULE,
        re.compile(
            r"(?:もの|こと)とする$|(?:こと|図る|行う|定める|公表する|確保する|実施する|適用する)$"
        ),
    ),
)


def duty_of(sentence: str) -> Duty:
    """The duty that a sentence's ending expresses."""
    end = sentence.strip().rstrip("。．.」） ")
    return next((duty for duty, pattern in _ENDINGS if pattern.search(end)), Duty.NONE)
