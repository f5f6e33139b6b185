"""Whose a document is: the rule of a municipality or a document of the nation."""

from __future__ import annotations

import re

from ingest.references.mention import Mention

_PLACE = r"(?:都(?![市合度])|道(?!路)|(?<!政)府|県|市(?!場)|区(?![分域画間])|町|村)"
LOCAL = re.compile(rf"[一-龥々]{{1,6}}{_PLACE}|企業団|広域連合|事務組合|条例$")
_LOCAL_KIND = re.compile(
    r"(?:要綱|要領|要項|規程|規則|条例|協定書?|基準|方針|ガイドライン|計画|マニュアル|告示)"
)
_NATIONAL = re.compile(
    r"WTO|政府調達|閣議|国土交通|総務省|経済産業|中小企業庁|厚生労働|内閣府|会議決定"
)


def by_issuer(text: str, start: int, end: int, *, in_case: bool) -> Mention:
    """The mention of a title as a local_rule or an external_doc.

    In a case whatever names no national body is local.
    """
    words = text[start:end]
    local = in_case or (LOCAL.search(words) and _LOCAL_KIND.search(words))
    if local and not _NATIONAL.search(words):
        return Mention(start, end, "local_rule", outside=True)
    return Mention(start, end, "external_doc", outside=True)
