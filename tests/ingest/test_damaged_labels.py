"""Numbers that scans and conversions lost, moved or left alone on a line."""

from __future__ import annotations

from kb.documents import Repair
from kb.spans import Span
from tests.ingest.helpers import clause_ids, node, policy
from tests.ingest.test_invariants import assert_sound

SENTENCE = "国等は、中小企業者の受注の機会の増大を図るように努めるものとする。"


def test_a_lost_number_before_a_heading_is_restored() -> None:
    parsed = policy(f"""第1 目標に関する事項

1 意義
{SENTENCE}

2 契約目標
{SENTENCE}

情報の提供
{SENTENCE}
(1) 発注計画の公表
{SENTENCE}
(2) 相談体制の整備
{SENTENCE}

4 周知
{SENTENCE}

第2 措置に関する事項
{SENTENCE}
""")
    assert clause_ids(parsed) == [
        "第1", "第1/1", "第1/2", "第1/3", "第1/3/(1)", "第1/3/(2)", "第1/4", "第2",
    ]  # fmt: skip
    restored = node(parsed, "第1/3")
    assert (restored.heading, restored.body) == ("情報の提供", SENTENCE)
    assert Repair("label", Span(restored.start, restored.start), "", "3") in restored.repairs
    assert_sound(parsed)


def test_a_lost_first_number_is_restored_from_the_second() -> None:
    parsed = policy(f"""第1 目標
{SENTENCE}
第2 措置
{SENTENCE}

物件等の発注
{SENTENCE}
2 工事の発注
{SENTENCE}
第3 その他
{SENTENCE}
""")
    assert clause_ids(parsed) == ["第1", "第2", "第2/1", "第2/2", "第3"]
    assert node(parsed, "第2/1").heading == "物件等の発注"


def test_a_lost_number_in_a_list_of_single_sentences_is_restored() -> None:
    parsed = policy(f"""第1 措置
{SENTENCE}
(1) 発注情報を公表する。
(2) 相談窓口を設ける。
担当者の研修を行う。
(4) 結果を公表する。
(5) 見直しを行う。
第2 その他
{SENTENCE}
""")
    assert clause_ids(parsed) == [
        "第1", "第1/(1)", "第1/(2)", "第1/(3)", "第1/(4)", "第1/(5)", "第2",
    ]  # fmt: skip
    assert node(parsed, "第1/(3)").body == "担当者の研修を行う。"


def test_nothing_is_restored_where_two_lines_could_be_the_lost_one() -> None:
    parsed = policy(f"""第1 措置

1 公表
{SENTENCE}

相談
{SENTENCE}

研修
{SENTENCE}

3 周知
{SENTENCE}

第2 その他
{SENTENCE}
""")
    assert clause_ids(parsed) == ["第1", "第1/1", "第1/3", "第2"]


def test_a_labelled_line_moved_up_behind_a_sentence_is_cut_off() -> None:
    parsed = policy(f"""第1 措置

1 公表
{SENTENCE}　2 相談体制の整備
{SENTENCE}
(1) 窓口を設ける。(2) 担当者を置く。
(3) 研修を行う。

3 周知
{SENTENCE}

第2 その他
{SENTENCE}
""")
    assert clause_ids(parsed) == [
        "第1", "第1/1", "第1/2", "第1/2/(1)", "第1/2/(2)", "第1/2/(3)", "第1/3", "第2",
    ]  # fmt: skip
    assert node(parsed, "第1/1").body == SENTENCE
    assert node(parsed, "第1/2").heading == "相談体制の整備"
    assert "merged_line" in {repair.kind for repair in node(parsed, "第1/2").repairs}
    assert_sound(parsed)


def test_numbers_cited_behind_a_sentence_stay_text() -> None:
    parsed = policy("""第1 措置

1 公表
次のいずれかによる。(1)電子による公表。(2)書面による公表。
2 周知
公表の方法は、上記1による。(3)については、別に定める。
3 報告
国等は、報告する。
""")
    assert clause_ids(parsed) == ["第1", "第1/1", "第1/2", "第1/3"]


def test_a_label_alone_on_its_line_heads_the_next() -> None:
    parsed = policy(f"""第1

目標に関する事項

1

意義
{SENTENCE}

2
目標
{SENTENCE}

第2
措置
（注）
率は、前年度のものである。
{SENTENCE}
""")
    assert clause_ids(parsed) == ["第1", "第1/1", "第1/2", "第2", "第2/(注)"]
    assert node(parsed, "第1/1").heading == "意義"


def test_bare_page_numbers_are_no_labels() -> None:
    parsed = policy(f"""第1 目標

1 意義
{SENTENCE}

2

{SENTENCE}

2 目標
国等は、次の

3

とおり定める。
{SENTENCE}

3 周知
{SENTENCE}

第2 措置
{SENTENCE}

4

""")
    assert clause_ids(parsed) == ["第1", "第1/1", "第1/2", "第1/3", "第2"]


def test_a_mended_number_may_follow_a_lost_one() -> None:
    items = "\n".join(f"{number} 見出し{number}\n{SENTENCE}" for number in range(1, 9))
    parsed = policy(
        f"第1 措置\n{items}\n再委託先への配慮\n{SENTENCE}\n1.0 情報の提供\n{SENTENCE}\n第2 他\n{SENTENCE}\n"
    )
    assert clause_ids(parsed)[-4:] == ["第1/8", "第1/9", "第1/10", "第2"]
    assert node(parsed, "第1/9").heading == "再委託先への配慮"
