import pytest

from assistant.wanted import quantities_asked, states, wanted_quantity


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("契約保証金は何％取るの?", "契約保証金を徴収する。"),
        ("屋根修繕の契約金額はいくらだった?", "西ふ頭第4上屋屋根修繕工事"),
        ("窓口の電話番号は?", "経営戦略課の職員を担当とする。"),
        ("組合は全国で何組合ありますか", "官公需適格組合の活用に努める。"),
        ("支払はいつまで?", "支払の方法は契約書に定める。"),
        ("申込みの締切日", "以下の URL からお申込みください。"),
        ("認定は何年もつ?", "実施要綱（平成18年3月1日施行）"),
        ("登録の年数は?", "平成 25 年度に登録した。"),
        ("説明会の定員は?", "どなたでも参加いただけます。"),
        ("総合評価の満点はいくつ?", "協定がある場合は1点とする。"),
        ("倉庫は何棟?", "倉庫の屋根を修繕した。"),
        ("登録できる金額の上限", "市内に事業所がある者を登録する。"),
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
        ("認定は何年もつ?", "認定の日から起算して3年間"),
        ("登録の期間は?", "令和9年3月末日まで"),
        ("説明会の定員は?", "定員は設けておりません。"),
        ("会社や品の数を一覧に", "31社の42新商品が認定されている。"),
        ("何度も断られる", "受注の機会を増やす。"),
        ("納品先が何か所もある品", "納入場所を明確にする。"),
        ("どんな価格で積算するか", "最新の実勢価格を踏まえる。"),
        ("認定された数は", "認定事業者数 52"),
        ("何社か名指しして競わせるときの決まり", "指名競争による場合は配慮する。"),
        ("何回運ぶのか書いていない仕様書は困る", "納入の回数を明記する。"),
        ("工事の日程にゆとりを持たせる", "適正な工期を設定する。"),
        ("来年度に持ち越す予算", "繰越しの手続を活用する。"),
        ("窓口の所在地の一覧を公開する", "一覧を公表する。"),
        ("何年も同じ予定価格でよいか", "多角的な市場調査を行う。"),
        ("銘柄指定していい?", "銘柄指定等を行わないものとする。"),
    ],
)
def test_a_stated_or_unasked_quantity_is_not_missing(question: str, text: str) -> None:
    assert states(wanted_quantity(question), text)


def test_every_quantity_is_found_with_the_words_that_ask_for_it() -> None:
    asked = quantities_asked("対象は、発売から何年以内で、いくらまで買える？登録の続く年数は？")
    assert [item.phrase for item in asked] == [
        "発売から何年以内",
        "いくらまで買",
        "登録の続く年数は",
    ]
    assert [states(item.needed, "5年以内、50万円") for item in asked] == [True, True, True]
    assert [states(item.needed, "50万円") for item in asked] == [False, True, False]
