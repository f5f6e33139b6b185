import pytest

from retrieval.query import Intent, read_query


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
    assert read_query(text).intent is intent
