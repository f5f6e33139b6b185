import pytest

from assistant.duty import Duty, duty_of, duty_stated


@pytest.mark.parametrize(
    ("sentence", "duty"),
    [
        ("受注者から協議の申出があった際には誠実に応じなければならない。", Duty.OBLIGATION),
        ("あらかじめ大臣の承認を要する。", Duty.OBLIGATION),
        ("十分に配慮しなければならない。", Duty.OBLIGATION),
        ("検査には相当の時間を要する。", Duty.NONE),
        ("講習会の開催その他必要な措置を講ずるよう努めなければならない。", Duty.EFFORT),
        ("中小企業者に提供するよう努めるものとする。", Duty.EFFORT),
        ("速やかに支払うよう努める。", Duty.EFFORT),
        ("一層の推進に努めること。", Duty.EFFORT),
        ("引き続き国等全体として３％以上を目指すものとする。", Duty.EFFORT),
        ("部分払を行うよう配慮することに努めるものとする。", Duty.EFFORT),
        ("十分対応できるよう配慮するものとする。", Duty.CONSIDERATION),
        ("適当ではないことに留意するものとする。", Duty.CONSIDERATION),
        ("引き続き検討する。", Duty.STUDY),
        ("分割の可否を検討するものとする。", Duty.STUDY),
        ("随意契約を行うことができること。", Duty.PERMISSION),
        ("公告の期間を五日までに短縮することができる。", Duty.PERMISSION),
        ("受注者は協議を求めることができるものとする。", Duty.PERMISSION),
        ("再度の入札を行うことを妨げない。", Duty.PERMISSION),
        ("契約書の作成を要しない。", Duty.PERMISSION),
        ("一者から見積書を徴してもよい。", Duty.PERMISSION),
        ("納期までに納入できること。", Duty.RULE),
        ("間接の銘柄指定等を行わないものとする。", Duty.RULE),
        ("分離・分割発注を確実に実施するものとする。", Duty.RULE),
        ("協議の上定めるものとする（注１）。", Duty.RULE),
        ("本方針は速やかに公表する。", Duty.RULE),
        ("県内に本店を有すること。", Duty.RULE),
        ("銘柄を指定してはならない。", Duty.PROHIBITION),
        ("みだりに変更してはならないものとする。", Duty.PROHIBITION),
        ("契約を締結することができない。", Duty.PROHIBITION),
        ("再委託できないものとする。", Duty.PROHIBITION),
        ("一括下請負を禁止する。", Duty.PROHIBITION),
        ("物価の高騰に対応できない。", Duty.NONE),
        ("佐賀県トライアル発注制度実施要綱", Duty.NONE),
    ],
)
def test_the_ending_decides(sentence: str, duty: Duty) -> None:
    assert duty_of(sentence) is duty


@pytest.mark.parametrize(
    ("sentence", "duty"),
    [
        ("不利に扱ってはならないものとし、その旨を周知するものとする。", Duty.PROHIBITION),
        ("広く公表することとし、周知に努めるものとする。", Duty.EFFORT),
    ],
)
def test_what_a_sentence_forbids_in_its_middle_counts(sentence: str, duty: Duty) -> None:
    assert duty_stated(sentence) is duty


def test_duties_are_ordered_and_named() -> None:
    assert Duty.PERMISSION < Duty.EFFORT < Duty.RULE < Duty.OBLIGATION < Duty.PROHIBITION
    assert [duty.japanese for duty in Duty] == [
        "記載のみ",
        "許容・できる規定",
        "検討",
        "配慮・留意",
        "努力規定",
        "するものとする",
        "義務",
        "禁止",
    ]
