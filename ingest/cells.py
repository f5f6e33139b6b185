"""Table cells made readable where they stand: HTML tags off, rows and cells kept apart."""

from __future__ import annotations

import re

from ingest.traced import TracedText
from kb.documents import Repair

_NAMES = r"(?:table|thead|tbody|tfoot|tr|td|th|p|br|ul|ol|li|div|span|b|i|u|strong|em|sup|sub|a|img|hr|caption)"
_TAG = rf"</?{_NAMES}(?:\s[^<>]*)?/?>"
_CELL_BREAK = re.compile(r"</t[dh]>\s*<t[dh](?:\s[^<>]*)?>", re.IGNORECASE)
_ROW_BREAK = re.compile(
    rf"(?:</tr>|<br\s*/?>|</p> *(?=<p)|</li>|<(?:table|ul|ol)(?:\s[^<>]*)?>)(?: *{_TAG})* *",
    re.IGNORECASE,
)
_ANY_TAG = re.compile(_TAG, re.IGNORECASE)
_EDGE_TABS = re.compile(r"\t{2,}")


def readable(text: TracedText) -> tuple[TracedText, list[Repair]]:
    """HTML cells parted by a tab, rows and paragraphs by a line break, all other tags off.

    Tabs of tab-separated tables stay as they are, a run of them (empty cells) becomes one; what is a
    row there stays on one line, however many paragraphs its cells have.
    """
    repairs: list[Repair] = []
    paragraph = " " if "\t" in text.text else "\n"
    rules = ((_CELL_BREAK, "\t"), (_ROW_BREAK, paragraph), (_ANY_TAG, ""), (_EDGE_TABS, "\t"))
    for pattern, new in rules:
        for match in pattern.finditer(text.text):
            span = text[slice(*match.span())].source_span()
            if span:
                repairs.append(Repair("markup", span, match[0], new))
        text = text.sub(pattern, new)
    return text.strip(), repairs
