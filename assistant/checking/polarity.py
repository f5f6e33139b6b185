"""Negation: what turns a rule into its opposite when it is dropped or added."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.checking.vocabulary import vocabulary
from assistant.checking.words import Word, words
from retrieval.analysis import normalise

# Read as they are, these would count as negations; what they say is none.
_NOT_NEGATIVE = re.compile(
    r"不可欠|不特定|不測|不断|非常に|なければな(?:らない|らず|らぬ|りません)|ねばな(?:らない|らず|らぬ|りません)|(?:やむ|已む)を得(?:ない|ず|ません)"
    r"|ざるを得(?:ない|ず|ません)|だけで(?:は)?な(?:く|い)|のみで(?:は)?な(?:く|い)|のみならず|にかかわらず|に関わらず|を問わず|に限らず|とは限らない"
    r"|少なくない|少なくとも|かもしれ(?:ない|ません)|まもなく|間もなく|わけではない|しかない|ほかならない|絶えず|思わず"
    r"|でな(?:い|けれ)ば|しなければ(?!な)|(?:支障|差し?支え)(?:が|の)?な(?:い|く|ければ)"
)
_FORBIDDING = (
    "禁止",
    "禁ずる",
    "禁じる",
    "不可",
    "除外",
    "対象外",
    "避ける",
    "控える",
    "防ぐ",
    "防止",
)
_PREFIXES = frozenset(["不", "非", "未", "無"])
# Words that deny what the word on the right says.
_DENIALS = {
    "不問": "問う",
    "不要": "必要",
    "不可": "可",
    "無効": "有効",
    "不適当": "適当",
    "非公表": "公表",
    "非公開": "公開",
    "皆無": "有る",
}
_NEGATIONS = frozenset(["ず", "ない", "ぬ", "まい", "無い", "無し"])
_CHAIN = ("助詞", "助動詞", "動詞-非自立可能", "形状詞-助動詞語幹", "接尾辞", "形容詞-非自立可能")
_CHAIN_NOUNS = frozenset(["事", "物", "為", "様", "的", "所"])
_CLAUSE_END = re.compile(r"[、。,;；\n]")
# 「応じない…とならないよう」: what is denied is what must not come about.
_AVERTED = re.compile(
    r"(?:(?:と|に)なら|(?:こと|もの)(?:が|の)|し)ないよう|(?:こと|もの)(?:を|は)?(?:避け|防)"
)
_DOING = frozenset(["行う", "図る", "講ずる", "講じる"])
_COPULAS = (["だ"], ["です"], ["だっ"], ["でし"])
_BEING = (["で", "ある"], ["で", "あり"], ["で", "あっ"])
_LIGHT = frozenset(["為る", "有る", "成る", "出来る", "居る", "御座る", "為さる", "下さる"])
_ENOUGH = 0.5
_LEAST = 2


@dataclass(frozen=True, slots=True)
class Predicate:
    """A word that something is said with, whether it is denied, and whether it is a verb here."""

    lemma: str
    denied: bool
    verbal: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """What stands between two commas: its content words and its predicates."""

    text: str
    about: frozenset[str]
    predicates: tuple[Predicate, ...]

    @property
    def denies(self) -> bool:
        """Whether anything in it is denied or forbidden."""
        return any(predicate.denied for predicate in self.predicates)


def negation_changed(statement: str, evidence: Sequence[str], copied: Sequence[str] = ()) -> str:
    """The words whose negation a statement drops or adds against the sentences it rests on; "" if none.

    Of a sentence that is `copied` almost word by word, exactly what it denies must be denied.
    """
    ours = clauses(statement)
    if not evidence or not ours:
        return ""
    theirs = [clause for sentence in evidence for clause in clauses(sentence)]
    if copied and (changed := _uncopied(ours, clauses(copied[0]), theirs)):
        return changed
    return _turned(ours, theirs) or _dropped(ours, theirs) or _added(ours, theirs)


def _uncopied(ours: Sequence[Clause], copied: Sequence[Clause], theirs: Sequence[Clause]) -> str:
    """What the copied sentence denies oftener than we do, or we deny and nothing in the evidence."""
    own, whole = _denied(ours), _denied(theirs)
    dropped = _denied(copied) - own
    added = [lemma for lemma in own if lemma not in whole]
    return next(iter([*dropped, *added]), "")


def _denied(found: Sequence[Clause]) -> Counter[str]:
    """What is denied, and how often."""
    return Counter(
        item.lemma
        for clause in found
        for item in clause.predicates
        if item.denied and item.lemma not in _LIGHT
    )


def _turned(ours: Sequence[Clause], theirs: Sequence[Clause]) -> str:
    """What the statement affirms and the evidence only denies, or the reverse."""
    denied = {item.lemma for clause in theirs for item in clause.predicates if item.denied}
    affirmed = {
        item.lemma
        for clause in theirs
        for item in clause.predicates
        if item.verbal and not item.denied
    }
    said = [item for clause in ours for item in clause.predicates]
    kept = {item.lemma for item in said if item.denied}
    turned = denied - affirmed - kept
    found = next((item.lemma for item in said if item.verbal and item.lemma in turned), "")
    return found or next((lemma for lemma in kept if lemma in _only_affirmed(theirs)), "")


def _only_affirmed(theirs: Sequence[Clause]) -> set[str]:
    """The verbs that the evidence affirms and never denies, but for those of any report."""
    verbs = [item for clause in theirs for item in clause.predicates]
    affirmed = {item.lemma for item in verbs if item.verbal and not item.denied}
    denied = {item.lemma for item in verbs if item.denied}
    return affirmed - denied - vocabulary().generic - _LIGHT


def _dropped(ours: Sequence[Clause], theirs: Sequence[Clause]) -> str:
    """A clause that says without the negation what the evidence says with it.

    Nothing is dropped where the evidence also says it without.
    """
    for own in ours:
        alike = [(_alikeness(clause.about, own.about), clause) for clause in theirs]
        best = max((share for share, _ in alike), default=0.0)
        nearest = [clause for share, clause in alike if share == best]
        if best <= _ENOUGH or not all(_only_denies(clause, own) for clause in nearest):
            continue
        # What comes first is often what is spoken of; the predicate comes last.
        if not any(clause.denies for clause in ours[ours.index(own) :]):
            return own.text
    return ""


def _only_denies(clause: Clause, own: Clause) -> bool:
    """Whether the evidence's clause denies, and affirms no verb that our own clause has."""
    said = {item.lemma for item in own.predicates}
    affirmed = any(
        item.verbal and not item.denied and item.lemma in said for item in clause.predicates
    )
    return clause.denies and not affirmed


def _added(ours: Sequence[Clause], theirs: Sequence[Clause]) -> str:
    """A clause that denies where nothing in the evidence is denied."""
    if any(clause.denies for clause in theirs):
        return ""
    return next((clause.text for clause in ours if clause.denies), "")


def clauses(sentence: str) -> tuple[Clause, ...]:
    """The parts of a sentence between commas; a bare predicate belongs to the part before it."""
    parts: list[str] = []
    for part in _CLAUSE_END.split(normalise(sentence)):
        if not part.strip():
            continue
        if parts and len([word for word in words(part) if word.is_content]) < _LEAST:
            parts[-1] += part
        else:
            parts.append(part)
    return tuple(_clause(part) for part in parts)


def _clause(text: str) -> Clause:
    plain = _NOT_NEGATIVE.sub("", text)
    return Clause(text, frozenset(_about(text)), tuple(_predicates(plain)))


def _about(text: str) -> list[str]:
    generic = vocabulary().generic
    return [word.lemma for word in words(text) if word.is_content and word.lemma not in generic]


def _predicates(text: str) -> list[Predicate]:
    found: list[Predicate] = []
    all_words = words(text)
    for at, word in enumerate(all_words):
        negation = _negation(all_words, at)
        denied = negation > 0 and not _AVERTED.search(text, negation)
        if word.lemma in _DENIALS:
            found.append(Predicate(_DENIALS[word.lemma], True))
        elif word.is_content or (word.lemma == "出来る" and denied):
            found.append(Predicate(word.lemma, denied, _is_verbal(all_words, at)))
        elif denied and word.lemma in _LIGHT:
            found.append(Predicate(word.lemma, True))
    return found


def _is_verbal(all_words: Sequence[Word], at: int) -> bool:
    if all_words[at].kind.startswith("動詞"):
        return True
    after = [word.surface for word in all_words[at + 1 : at + 3]]
    lemma = all_words[at + 1].lemma if after else ""
    done = after[:1] == ["を"] and len(after) > 1 and all_words[at + 2].lemma in (*_DOING, "為る")
    return done or lemma == "為る" or after[:1] in _COPULAS or after in _BEING


def _negation(all_words: Sequence[Word], at: int) -> int:
    """Where the word that denies it ends: 不, 非 … before it, ない, ず, 禁止 … after it; 0 for none."""
    if at and all_words[at - 1].lemma in _PREFIXES and all_words[at - 1].kind.startswith("接頭辞"):
        return all_words[at].end
    for ahead, word in pairwise(all_words[at:]):
        if word.lemma in _NEGATIONS and not word.kind.startswith("動詞"):
            return word.end
        if word.surface == "外" or word.lemma in _FORBIDDING:
            return word.end
        doing = word.lemma in _DOING and ahead.surface == "を"
        if not doing and not word.kind.startswith(_CHAIN) and word.lemma not in _CHAIN_NOUNS:
            return 0
    return 0


def is_negative(text: str) -> bool:
    """Whether anything in `text` is denied or forbidden; なければならない and やむを得ない do not."""
    return any(clause.denies for clause in clauses(text))


def _alikeness(theirs: frozenset[str], own: frozenset[str]) -> float:
    """How far two clauses speak of one thing, 0 to 1: either may say more than the other."""
    smaller = min(len(theirs), len(own))
    shared = sum(vocabulary().meets(word, theirs) for word in own)
    return shared / smaller if smaller >= _LEAST and shared >= _LEAST else 0.0
