import pytest

from kb.addresses import clause_mentions
from retrieval.query import Intent, intent_of, listing, wants_examples, wants_rules


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("第2-14(2)を見せて", Intent.ADDRESS),
        ("事例15", Intent.ADDRESS),
        ("鹿屋と私学事業団の違いは", Intent.COMPARE),
        ("トライアル発注をしている自治体を全部", Intent.LIST),
        ("みなし大企業とは", Intent.DEFINITION),
        ("目標は何％ですか", Intent.NUMBER),
        ("銘柄を指定していい？", Intent.YES_NO),
        ("見積先の固定化", Intent.LOCATE),
    ],
)
def test_intents(text: str, intent: Intent) -> None:
    assert intent_of(text, clause_mentions(text)) is intent


@pytest.mark.parametrize(
    ("text", "rules", "examples"),
    [
        ("前払の根拠は?", True, False),
        ("休日の話はどの方針に", True, False),
        ("他の県ではどうしている", False, True),
        ("組合と契約した自治体の事例", False, True),
        ("条件の緩和", False, False),
        ("方針に沿った事例", False, False),
    ],
)
def test_rules_or_examples(text: str, rules: bool, examples: bool) -> None:
    assert (wants_rules(text), wants_examples(text)) == (rules, examples)


@pytest.mark.parametrize(
    ("text", "several"),
    [
        ("地元の業者を優先している市を探している", True),
        ("共同企業体を使った事例はどれ", True),
        ("予算が足りないと言っている所は?", True),
        ("加点している自治体と点数を並べて", True),
        ("認定の期間を自治体ごとに", True),
        ("登録の上限はいくらか、市ごとに", True),
        ("共同企業体を使った市や県を教えて", True),
        ("環境の認証 加点 市町", True),
        ("中小企業関係団体", False),
        ("参加者を市内に限っている自治体は?その条件は", True),
        ("実績がまだない市はありますか", True),
        ("課題があると書いている事例", True),
        ("都市はどこまで含むか", False),
        ("市は目標を決めるべきか", False),
        ("他の機関が調べた価格を使える?", False),
        ("市場価格を調べてから決める?", False),
        ("分離発注を自治体ごとに決めてよい?", False),
        ("条文のところを知りたい", False),
    ],
)
def test_many_places_are_wanted(text: str, several: bool) -> None:
    assert listing(text) is several


def test_a_list_may_be_asked_for_beside_a_number() -> None:
    assert listing("区分6の団体を全部")
    assert not listing("区分6とは")


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("随意契約をしてもよいか", True),
        ("JVを活用すべきか", True),
        ("断っちゃだめ?", True),
        ("他県ではどこまで認めていいのか、事例は", False),
        ("トライアル発注を始めた市はどこ", False),
    ],
)
def test_what_one_may_or_must_do_is_asked_of_the_rules(text: str, rules: bool) -> None:
    assert wants_rules(text) is rules
