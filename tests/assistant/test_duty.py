import pytest

from assistant.duty import Duty, duty_of


@pytest.mark.parametrize(
    ("sentence", "duty"),
    [
        ("受注者から協議の申出があった際には誠実に応じなければならない。", Duty.OBLIGATION),
        ("講習会の開催その他必要な措置を講ずるよう努めなければならない。", Duty.EFFORT),
        ("中小企業者に提供するよう努めるものとする。", Duty.EFFORT),
        ("引き続き国等全体として３％以上を目指すものとする。", Duty.EFFORT),
        ("部分払を行うよう配慮することに努めるものとする。", Duty.EFFORT),
        ("十分対応できるよう配慮するものとする。", Duty.CONSIDERATION),
        ("随意契約を行うことができること。", Duty.CONSIDERATION),
        ("納期までに納入できること。", Duty.RULE),
        ("適当ではないことに留意するものとする。", Duty.CONSIDERATION),
        ("間接の銘柄指定等を行わないものとする。", Duty.RULE),
        ("分離・分割発注を確実に実施するものとする。", Duty.RULE),
        ("本方針は速やかに公表する。", Duty.RULE),
        ("県内に本店を有すること。", Duty.RULE),
        ("佐賀県トライアル発注制度実施要綱", Duty.NONE),
    ],
)
def test_the_ending_decides(sentence: str, duty: Duty) -> None:
    assert duty_of(sentence) is duty


def test_duties_are_ordered_and_named() -> None:
    assert Duty.EFFORT < Duty.RULE < Duty.OBLIGATION
    assert Duty.EFFORT.japanese == "努力規定"
