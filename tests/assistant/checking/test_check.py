"""Statements against the clause they cite: what holds and what is caught, and as what."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.checking import FaultKind, Source, check
from assistant.checking.strength import duty_changed
from kb.store import KnowledgeBase

BRANDS = "kihon-r05/第2/2/(3)/③"
DELIVERY = "kihon-r05/第2/2/(3)/①"


def faults(home: Path, answer: str, *ids: str) -> list[FaultKind]:
    kb = KnowledgeBase.open(home)
    sources = [Source.of(kb, kb.node(id), n) for n, id in enumerate(ids, start=1)]
    checked = check(answer, sources)
    found = [fault.kind for item in checked.statements for fault in item.faults]
    assert checked.verified is not bool(found)
    return found


@pytest.mark.parametrize(
    "answer",
    [
        "直接の銘柄指定も間接の銘柄指定も、真にやむを得ない場合を除き行わないこととされています。[1]",
        "銘柄指定は原則として認められていません（真にやむを得ない場合を除く）[1]。",
        "令和５年度基本方針第２の２（３）③では、やむを得ない場合を除き銘柄指定をしないものとしています［1］。",
        "回答は次のとおりです。\n- 参考銘柄は「複数の商品を例示する等、実質的な銘柄指定とならないよう配慮する」とされています [1]",
        "2023年度の基本方針は、やむを得ない場合を除き、銘柄指定を行わないものとしています【1】",
    ],
)
def test_what_the_clause_says_holds(shipped_home: Path, answer: str) -> None:
    assert faults(shipped_home, answer, BRANDS) == []


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("真にやむを得ない場合を除き、銘柄指定は行わない。", FaultKind.UNCITED),
        ("真にやむを得ない場合を除き、銘柄指定は行わない[2]。", FaultKind.UNKNOWN_CITATION),
        (
            "やむを得ない場合を除き「銘柄指定は一切これを認めない」とされています[1]。",
            FaultKind.MISQUOTED,
        ),
        (
            "令和6年度基本方針では、やむを得ない場合を除き銘柄指定をしないものとしています[1]。",
            FaultKind.NUMBER,
        ),
        (
            "第2-3(3)③では、やむを得ない場合を除き銘柄指定をしないものとしています[1]。",
            FaultKind.ADDRESS,
        ),
        (
            "鹿屋体育大学は、真にやむを得ない場合を除き、銘柄指定を行わないものとする[1]。",
            FaultKind.NAME,
        ),
        (
            "真にやむを得ない場合を除き、直接の銘柄指定を行わないよう努めるものとされています[1]。",
            FaultKind.DUTY,
        ),
        ("やむを得ない場合を除き、間接の銘柄指定等を行うものとする[1]。", FaultKind.NEGATION),
        ("銘柄指定は行わないものとされています[1]。", FaultKind.EXCEPTION),
        (
            "真にやむを得ない場合を除き、本社の移転計画を広報誌に載せることとします[1]。",
            FaultKind.UNSUPPORTED,
        ),
        ("詳しくは http://example.com/ を参照[1]。", FaultKind.INSTRUCTION),
    ],
)
def test_a_lie_is_caught_as_what_it_is(shipped_home: Path, answer: str, kind: FaultKind) -> None:
    assert kind in faults(shipped_home, answer, BRANDS)


def test_an_effort_is_not_a_consideration(shipped_home: Path) -> None:
    said = "適正な納期・工期を設定するよう努めることとされています[1]。"
    assert faults(shipped_home, said, DELIVERY) == [FaultKind.DUTY]


def test_an_exception_may_stand_in_the_next_sentence(shipped_home: Path) -> None:
    said = "銘柄指定は行わないものとされています[1]。ただし、真にやむを得ない場合は除かれます[1]。"
    assert faults(shipped_home, said, BRANDS) == []


def test_where_the_words_stand_is_no_number_of_theirs() -> None:
    source = Source(
        1, "d/9/9.1/ア", "書面で通知する。", "", "調達仕様書", (), ("調達仕様書 9.1ア", "9.1ア")
    )
    told = "調達仕様書 9.1ア（通知）：「書面で通知する。」[1]"
    assert all(item.holds for item in check(told, [source]).statements)
    wrong = "調達仕様書 9.2ア（通知）：「書面で通知する。」[1]"
    assert not all(item.holds for item in check(wrong, [source]).statements)


@pytest.mark.parametrize(
    ("statement", "evidence", "changed"),
    [
        ("随意契約によることができます。", "随意契約によることができる。", ""),
        (
            "随意契約によるものとされています。",
            "随意契約によることができる。",
            "するものとすると述べているが、出典は許容・できる規定",
        ),
        (
            "随意契約によることはできません。",
            "随意契約によることができる。",
            "禁止と述べているが、出典は許容・できる規定",
        ),
        ("銘柄の指定は禁止されています。", "銘柄を指定してはならない。", ""),
        (
            "銘柄を指定しなければなりません。",
            "銘柄を指定してはならない。",
            "義務と述べているが、出典は禁止",
        ),
        ("契約を締結できないとされています。", "契約を締結することができない。", ""),
    ],
)
def test_what_is_permitted_or_forbidden_stays_so(
    statement: str, evidence: str, changed: str
) -> None:
    assert duty_changed(statement, [evidence], [evidence]) == changed
