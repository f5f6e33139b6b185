"""How strongly a sentence binds: the difference an auditor asks about."""

from __future__ import annotations

import re
from enum import IntEnum


class Duty(IntEnum):
    """Strength of a rule, weakest first."""

    NONE = 0
    PERMISSION = 1
    STUDY = 2
    CONSIDERATION = 3
    EFFORT = 4
    RULE = 5
    OBLIGATION = 6
    PROHIBITION = 7

    @property
    def japanese(self) -> str:
        """The name an officer uses."""
        return _NAMES[self]


_NAMES = {
    Duty.NONE: "記載のみ",
    Duty.PERMISSION: "許容・できる規定",
    Duty.STUDY: "検討",
    Duty.CONSIDERATION: "配慮・留意",
    Duty.EFFORT: "努力規定",
    Duty.RULE: "するものとする",
    Duty.OBLIGATION: "義務",
    Duty.PROHIBITION: "禁止",
}
_FORMAL = r"(?:(?:もの|こと)(?:と(?:する|し))?)?"
# The end of the sentence decides; 「配慮することに努める」 is an effort, not a consideration.
_ENDINGS: tuple[tuple[Duty, re.Pattern[str]], ...] = (
    (
        Duty.PROHIBITION,
        re.compile(
            rf"(?:[てで]は(?:ならない|いけない)|こと(?:が|は|も)できない"
            rf"|[\u4e00-\u9fff]できない(?=もの|こと)|禁止する|禁ずる|禁じる){_FORMAL}$"
        ),
    ),
    (
        Duty.EFFORT,
        re.compile(
            rf"努め(?:る|なければならない|るべき|るよう(?:[^。、]*する)?)?{_FORMAL}$"
            rf"|努力(?:する|しなければならない){_FORMAL}$|目指す{_FORMAL}$"
        ),
    ),
    (
        Duty.OBLIGATION,
        re.compile(
            rf"(?:(?:なけれ|ね)ばならない|(?<!時間)(?<!期間)(?<!日数)(?<!費用)(?<!経費)を要する"
            rf"|義務がある|義務を負う|義務付けている|義務とする){_FORMAL}$"
        ),
    ),
    (
        Duty.PERMISSION,
        re.compile(
            rf"(?:ことができる|ことを妨げない|を要しない){_FORMAL}$|できる(?:もの|こと)とする$"
            r"|ことを妨げるものではない$|こと(?:も|は|が)?可能(?:とする|である)$"
            rf"|(?:[てで]も?(?:よい|良い|差し支えない)){_FORMAL}$"
        ),
    ),
    (
        Duty.STUDY,
        re.compile(rf"検討(?:(?:を行う|を進める|する|していく){_FORMAL})?$"),
    ),
    (
        Duty.CONSIDERATION,
        re.compile(rf"(?:配慮|留意|考慮|勘案|参考と)(?:(?:を行う|する){_FORMAL})?$"),
    ),
    (
        Duty.RULE,
        re.compile(
            r"(?:もの|こと)とする$|(?:こと|図る|行う|定める|公表する|確保する|実施する|適用する)$"
        ),
    ),
)
_NOTE = re.compile(r"[（(][^（）()]*[）)]$")
# 「不利に扱ってはならないものとし、…するものとする」 forbids first.
_GOES_ON = re.compile(r"(?<=ものとし)、|(?<=こととし)、")


def duty_of(sentence: str) -> Duty:
    """The duty that a sentence's ending expresses."""
    end = _NOTE.sub("", sentence.strip().rstrip("。．. ")).rstrip("。．.」） ")
    return next((duty for duty, pattern in _ENDINGS if pattern.search(end)), Duty.NONE)


def duty_stated(sentence: str) -> Duty:
    """The same, where what a clause in its middle obliges to or forbids is more than its ending."""
    *middle, end = map(duty_of, _GOES_ON.split(sentence))
    return max([end, *(duty for duty in middle if duty >= Duty.OBLIGATION)])
