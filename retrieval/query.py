"""What a question asks for, as data: its kind, and the places, owners, years and topics it names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from kb.addresses import ClauseMention
from kb.fiscal_year import FiscalYear
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
    SPELLING = "spelling"


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
class OnlyIn:
    """Documents whose clauses are wanted as far as others have nothing like them."""

    there: tuple[str, ...]
    not_there: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """A question understood.

    `text` is the question as it was read, `typed` as the user typed it where that is something else
    (kana, romaji, a wrong kanji). Ranges count in `text`.
    `documents` are ids of the documents it names, `nodes` ids of the clauses and cases it names by
    number; `owners` whose texts it names. `absent` is what it names in vain. Of policies and cases it
    may want one sort; a `listing` wants many places rather than the best one. `other_years` are ids
    of documents of the kind or owner named, but not of the year named.
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
    wants_rules: bool = False
    wants_examples: bool = False
    listing: bool = False
    only_in: OnlyIn | None = None
    typed: str = ""
    other_years: tuple[str, ...] = ()

    @property
    def asked(self) -> str:
        """The question in the user's own spelling."""
        return self.typed or self.text


_BODIES = r"(?:自治体|団体|市町村|事例|実例|(?<!都)[府県市町村])"
_LISTING = re.compile(
    r"一覧|全部|ぜんぶ|すべて|全て|列挙|リスト|洗い出|挙げて|あげて|まとめて(?:$|[?？。、]|教|見)"
    r"|どんな(?:県|市|自治体|事例|取組|制度)|どこの(?:県|市|自治体)"
    r"|(?:県|市|町|自治体|団体|ところ|事例)は(?:ある|どこ|あり)?(?:[?？。]|$)"
    r"|(?:県|市|町|自治体|団体|事例)は(?:あり(?:ます|ません)か|ある(?:か|の|でしょうか)|どこ(?:です|でしょう)か)|他(?:の)?(?:県|市|自治体|団体)"
    rf"|{_BODIES}を(?:探し|さがし|知りた|見つけ|調べ[てた]|教え|[2-9]つ)|{_BODIES}(?:は|って)ど[れこ]"
    r"|(?:て|で)(?:い)?(?:る|た)(?:所|とこ)(?:は|って)(?:どこ|ある|あり)?[?？]?$"
    rf"|(?:自治体|団体|市町村|(?<!都)[県市])(?:と[^。?？]*を?並べ|ごと(?:に|で)?[?？。]?$)"
    r"|(?:る|た|ない)(?:自治体|市町村|(?<!都)[県市町]|事例|実例)[?？。]?$|(?:市町村?|自治体|(?:実施|導入|採用)(?:済み?)?団体)$"
)

_DEFINITION = re.compile(
    r"とは(?:何|なに|なん|どう|[?？(（]|$)|って(?:何|なに|なん)(?:です|ですか|の|なの|だ|[?？(（]|$)"
    r"|の定義|定義は|の意味|って誰|とは誰"
    r"|正式な?(?:名称|名前|には)|略称|の略(?:は|って|です|[?？]|$)|何の略"
)
_TERM_ASKED = re.compile(
    r"^(.+?)」?(?:とは|って(?:何|なに|なん|誰)|(?:の|は)(?:定義|意味|正式|略称|略|何の略))"
)
_MEANING = re.compile(
    rf"{_DEFINITION.pattern}|」(?:に|って|は)[^「」]*(?:含|入|範囲|指)|(?:どこまで|何が)(?:含|入)"
    r"|の(?:範囲|線引き|境目)(?:は|って|を(?:教|知)|[?？]|$)"
)

_PATTERNS: tuple[tuple[Intent, re.Pattern[str]], ...] = (
    (
        Intent.COMPARE,
        re.compile(
            r"比べ|比較|違い|違う|ちがい|ちがう|どう違|差は|差が|どちら|どっち|横並び|見比べ"
            r"|一番(?:きつ|厳し|強|緩|ゆる|弱)|にあって.*にない|対照|異な|共通"
        ),
    ),
    (Intent.LIST, _LISTING),
    (Intent.DEFINITION, _DEFINITION),
    (
        Intent.NUMBER,
        re.compile(
            r"いくら|いくつ|(?:何|なん)(?:%|％|パーセント|割|円|億|兆|万|件|人|名|社|点|年|日|回|者|か月|ヶ月|時)"
            r"|金額|比率|割合|件数|上限額|限度額|(?:の|した|された|ている)数(?:は|って|を教|[??]|$)|何ポイント|パーセント|数字で|どれくらい|どのくらい|どんだけ"
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

_RULES = re.compile(r"条文|条項|(?<!箇)条(?![件例第])|規定|根拠|方針|どの[項号]")
_NORM = re.compile(
    r"(?:ても|て|で|のも)(?:いい|よい|良い|構わない|かまわない|大丈夫|ええ|ok|よろしい|問題ない)(?!例)"
    r"|べき(?:か|です|で|なの|[?？]|$)|(?:なければ|ないと)(?:なら|いけ|だめ|ダメ|駄目)"
    r"|ちゃ(?:だめ|ダメ|いけない)|許され|認められ(?:る|ます)か|義務(?:です|か|なの|は|[?？]|$)"
)
_EXAMPLES = re.compile(
    r"事例|取組|取り組み|自治体|団体|市町村|(?:よそ|他|ほか|どこ|どの|どんな)の?(?:県|市|町)(?!場)|[県市]は"
)


def wants_rules(text: str) -> bool:
    """Whether normalised `text` asks what the policies say, not what was done somewhere.

    What one may or must do they say before any case does.
    """
    return bool(_RULES.search(text) or _NORM.search(text)) and not _EXAMPLES.search(text)


def wants_examples(text: str) -> bool:
    """Whether normalised `text` asks what was done somewhere, not what the policies say."""
    return bool(_EXAMPLES.search(text)) and not _RULES.search(text)


def asks_meaning(text: str) -> bool:
    """Whether normalised `text` asks what a term means or takes in."""
    return bool(_MEANING.search(text))


def term_asked(text: str) -> str:
    """The words of `text` whose meaning is asked; "" where there are none."""
    match = _TERM_ASKED.match(text)
    return match[1].rpartition("「")[2].strip() if match else ""


def listing(text: str) -> bool:
    """Whether normalised `text` asks for many places rather than for one."""
    return bool(_LISTING.search(text))


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
