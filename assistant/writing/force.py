"""How strongly what is quoted binds, as it is shown beside a quote."""

from __future__ import annotations

import re

from assistant.duty import Duty, duty_stated
from assistant.sentences import split_sentences
from kb.documents import Document, DocumentKind, Node, NodeKind

EXCEPTED = "・例外あり"
"""Behind the name of a duty that a proviso (ただし書) follows."""
PROVISO = ("ただし", "但し")
ADDED = (*PROVISO, "なお", "この場合", "その際")
"""How a sentence begins that belongs to the one before it."""

_RULES = (DocumentKind.KIHON, DocumentKind.KIKAN, DocumentKind.LAW)
_RULE_TITLE = re.compile(
    r"法律|規則|方針|指針|要綱|要領|規程|条例|基準|ガイドライン|マニュアル|手引|約款|仕様書|契約書|通達|憲章"
)
_NEWS_TITLE = re.compile(
    r"案内|お知らせ|公告|公示|事例|一覧|名簿|結果|実績|概要|議事|質疑|Q&A|Q＆A"
)
_ARTICLE = re.compile(r"第\d+条")
_NOT_SAID = (NodeKind.TABLE, NodeKind.RECORD, NodeKind.CASE)


def force_of(document: Document, node: Node, quote: str) -> str:
    """The duty that a quote of the node states, in Japanese; "" where it states none.

    Only rules bind: what a case, a table or a notice tells is no duty, however it ends.
    """
    if node.case is not None or node.kind in _NOT_SAID or not _makes_rules(document, node):
        return ""
    return _force(quote)


def _makes_rules(document: Document, node: Node) -> bool:
    if document.kind is not DocumentKind.OTHER:
        return document.kind in _RULES
    if any(_ARTICLE.match(label) for label in (*node.path, node.label)):
        return True
    return bool(_RULE_TITLE.search(document.title)) and not _NEWS_TITLE.search(document.title)


def _force(quote: str) -> str:
    """The duty of the first sentence that states one, with its proviso; others only add to it."""
    duty, excepted = Duty.NONE, False
    for at, sentence in enumerate(split_sentences(quote)):
        added = at > 0 and sentence.text.startswith(ADDED)
        if duty is Duty.NONE:
            duty = Duty.NONE if added else duty_stated(sentence.text)
        elif not added:
            break
        else:
            excepted |= sentence.text.startswith(PROVISO)
    if duty is Duty.NONE:
        return ""
    return duty.japanese + EXCEPTED * excepted
