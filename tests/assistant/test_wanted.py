import pytest

from assistant.wanted import states, wanted_quantity


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("契約保証金は何％取るの?", "契約保証金を徴収する。"),
        ("屋根修繕の契約金額はいくらだった?", "西ふ頭第4上屋屋根修繕工事"),
        ("窓口の電話番号は?", "経営戦略課の職員を担当とする。"),
        ("組合は全国で何組合ありますか", "官公需適格組合の活用に努める。"),
        ("支払はいつまで?", "支払の方法は契約書に定める。"),
        ("申込みの締切日", "以下の URL からお申込みください。"),
    ],
)
def test_what_the_text_does_not_state_is_missing(question: str, text: str) -> None:
    assert not states(wanted_quantity(question), text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("国全体の目標は何％?", "引き続き６１％、金額が約５兆６，５９８億円になるよう目指す。"),
        ("いくらまで?", "予定価格130万円以下の小規模修繕契約"),
        ("従業員は何人?", "概ね従業員５人以下の事業者をいう。"),
        ("人件費比率の高い役務契約の部分払い", "部分払（毎月払い等）を行うよう配慮する。"),
        ("支払はいつまで?", "発注に係る物件の代金は速やかに支払うものとする。"),
        ("何年も同じ予定価格でよいか", "多角的な市場調査を行う。"),
        ("銘柄指定していい?", "銘柄指定等を行わないものとする。"),
    ],
)
def test_a_stated_or_unasked_quantity_is_not_missing(question: str, text: str) -> None:
    assert states(wanted_quantity(question), text)
