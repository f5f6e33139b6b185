"""What a question asks for, as data: its kind, and the places, owners, years and topics it names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from kb.addresses import ClauseMention, clause_mentions
from kb.fiscal_year import FiscalYear, years_named
from retrieval.owners import OwnerMention
from retrieval.topics import TopicMatch


class Intent(StrEnum):
    """What sort of answer a question wants."""

    LOCATE = "locate"
    ADDRESS = "address"
    COMPARE = "compare"
    LIST = "list"
    NUMBER = "number"
    YES_NO = "yes_no"
    DEFINITION = "definition"


class Source(StrEnum):
    """Where an expansion comes from."""

    TERM = "term"
    TOPIC = "topic"
    OWNER = "owner"


@dataclass(frozen=True, slots=True)
class Expansion:
    """The user's words as `written` and the official words they were taken for, to be shown."""

    written: str
    official: str
    source: Source
    weight: float


@dataclass(frozen=True, slots=True)
class Absence:
    """Something named that the knowledge base does not have.

    `reason` is a Japanese sentence for the user. `mentioned` when another text at least speaks of
    it, so that an answer may still be found.
    """

    written: str
    reason: str
    mentioned: bool


@dataclass(frozen=True, slots=True)
class Query:
    """A question understood.

    `documents` are ids of the documents it names, `nodes` ids of the clauses and cases it names by
    number; `owners` whose texts it names. `absent` is what it names in vain.
    """

    text: str
    intent: Intent
    clauses: tuple[ClauseMention, ...] = ()
    years: tuple[FiscalYear, ...] = ()
    documents: tuple[str, ...] = ()
    owners: tuple[OwnerMention, ...] = ()
    topics: tuple[TopicMatch, ...] = ()
    expansions: tuple[Expansion, ...] = ()
    absent: tuple[Absence, ...] = ()


_PATTERNS: tuple[tuple[Intent, re.Pattern[str]], ...] = (
    (
        Intent.COMPARE,
        re.compile(
            r"比べ|比較|違い|違う|ちがい|ちがう|どう違|差は|差が|どちら|どっち|横並び|見比べ"
            r"|一番(?:きつ|厳し|強|緩|ゆる|弱)|にあって.*にない|対照|異な|共通"
        ),
    ),
    (
        Intent.LIST,
        re.compile(
            r"一覧|全部|ぜんぶ|すべて|全て|列挙|リスト|洗い出|挙げて|あげて|まとめて(?:$|[?？。、]|教|見)"
            r"|どんな(?:県|市|自治体|事例|取組|制度)|どこの(?:県|市|自治体)"
            r"|(?:県|市|町|自治体|団体|ところ|事例)は(?:ある|どこ|あり)?[?？]?$|他(?:の)?(?:県|市|自治体|団体)"
        ),
    ),
    (
        Intent.DEFINITION,
        re.compile(
            r"とは(?:何|なに|なん|どう|[?？]|$)|って(?:何|なに|なん)(?:です|ですか|の|なの|だ|[?？]|$)"
            r"|の定義|定義は|の意味|って誰|とは誰"
        ),
    ),
    (
        Intent.NUMBER,
        re.compile(
            r"いくら|いくつ|(?:何|なん)(?:%|％|パーセント|割|円|億|兆|万|件|人|名|社|点|年|日|回|者|か月|ヶ月|時)"
            r"|金額|比率|割合|件数|上限額|限度額|何ポイント|パーセント|数字で|どれくらい|どのくらい|どんだけ"
        ),
    ),
    (
        Intent.YES_NO,
        re.compile(
            r"(?:いい|よい|良い|ええ|可能|構わない|大丈夫|ダメ|だめ|駄目|アカン|OK|NG|まずい|必要|義務|禁止|違反)"
            r"(?:です|なの|ですか|でしょうか|か|かな|の|ん)*[?？。]?$"
            r"|(?:ある|ない|残ってる|なる|できる|るの|いるの|るよね|るのか|ますか|んですか)[?？]$"
            r"|よね[?？]?$|しなきゃ|しなければならない[?？の]|べきか|ていい|てよい|て良い|てええ"
        ),
    ),
)

_ADDRESS_WORDS = 24


def intent_of(text: str, clauses: tuple[ClauseMention, ...]) -> Intent:
    """The kind of answer wanted; a bare clause number asks for the clause itself."""
    if clauses and len(_outside(text, clauses)) <= _ADDRESS_WORDS:
        return Intent.ADDRESS
    for intent, pattern in _PATTERNS:
        if pattern.search(text):
            return intent
    return Intent.LOCATE


def _outside(text: str, clauses: tuple[ClauseMention, ...]) -> str:
    parts, end = [], 0
    for clause in clauses:
        parts.append(text[end : clause.span.start])
        end = clause.span.end
    return "".join([*parts, text[end:]]).strip()


def read_query(text: str) -> Query:
    """What can be understood without a knowledge base."""
    clauses = clause_mentions(text)
    return Query(text, intent_of(text, clauses), clauses, years_named(text))
