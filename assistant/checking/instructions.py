"""Orders to an assistant that someone put into a document: data, never instructions."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from assistant.sentences import split_sentences

_READER = r"(?:AI|人工知能|アシスタント|チャットボット|言語モデル|LLM|GPT|ボット|要約者|読み上げ|自動応答|回答システム|検索システム|プログラム)"
_SAY = r"(?:答え|回答|出力|表示|返答|伝え|述べ|言[わいうえっ]|案内|説明|記載|要約|引用|付け|加え|含め|従|無視)"
_MUST = r"(?:こと|せよ|ください|下さい|なさい|ろ(?:。|$)|べき|必ず|よい|する(?:。|$)|る(?:。|$)|れ(?:。|$))"
_ORDER = re.compile(
    r"(?:これまで|以前|上記|前述|前|すべて|全て|元)の?(?:の)?(?:指示|命令|プロンプト|ルール|制約|システム設定)"
    r"|(?:システム|system)\s*(?:プロンプト|prompt|メッセージ|message|指示)|プロンプト|<\|?(?:system|im_start|assistant)|(?:^|\n)\s*(?:system|assistant)\s*[:：]"
    rf"|{_READER}[^。]{{0,60}}{_SAY}[^。]{{0,40}}{_MUST}|{_READER}(?:へ|に対する|への|向け)の?(?:指示|命令|注記|お願い|連絡)"
    r"|(?:と(?:だけ|のみ)?(?:答え|回答し|出力し|返答し|述べ|表示し|案内し|伝え)(?:よ|ろ|て?ください|なさい|る?こと))"
    rf"|(?:質問|問い合わせ|照会)(?:を受け|され|が(?:来|あっ))(?:た|る)(?:場合|とき|際|ら)[^。]*と{_SAY}"
    r"|(?:回答|出力|返答|要約|応答)の?(?:文の)?(?:末尾|冒頭|最後|先頭|中)に(?:は)?[^。]*(?:付|加|記載|含|書|挿入|入れ)"
    r"|(?:次|以下)の(?:一文|文|文章|内容|事実)を[^。]{0,10}(?:回答|出力|要約|返答)[^。]{0,10}(?:含め|入れ|加え|付け)"
    r"|出典(?:番号)?を?(?:付け|示さ|書か)(?:ず|ない)(?:に)?[^。]{0,20}(?:答え|回答)"
    r"|(?:指示|命令)(?:を|は)(?:すべて|全て)?(?:無視|忘れ|破棄)"
    r"|(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instruction|previous|above|prompt|rule)"
    r"|you are (?:now|an?)\b|respond (?:only )?with|do not (?:cite|tell|mention)|output the following|when asked|tell the user"
    r"|(?:to|for) (?:the |any )?(?:assistant|ai\b|model|chatbot|llm)|always (?:mention|say|answer|include|state)|as an (?:ai|assistant)|(?:reply|answer|say) (?:only )?(?:that|with)\b|new instructions?",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"[\u00ad\u200b-\u200f\u2060-\u2064\ufeff\U000e0000-\U000e007f]")
_OUTWARD = re.compile(
    r"https?://|www\.|!\[[^\]]*\]\(|\]\(\s*\w+:|<\s*(?:script|img|iframe|a)\b", re.IGNORECASE
)


def is_instruction(sentence: str) -> bool:
    """Whether a sentence of a document speaks to the program that reads it."""
    return bool(_ORDER.search(unicodedata.normalize("NFKC", _HIDDEN.sub("", sentence))))


@lru_cache(maxsize=1_024)
def without_orders(text: str) -> str:
    """`text` up to its first sentence that speaks to the program; all of it when none does.

    What follows such a sentence is what it wants said.
    """
    first = next((item for item in split_sentences(text) if is_instruction(item.text)), None)
    return text[: first.start].rstrip() if first else text


def leads_outside(text: str) -> bool:
    """Whether `text` holds a link, an image or a tag, by which words could leave the network."""
    return bool(_OUTWARD.search(text))
