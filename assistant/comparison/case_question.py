"""What a question about cases restricts them to, and what is left of it to be matched."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.comparison.case_fields import FIELDS
from assistant.comparison.case_states import CaseState, state_asked
from kb.places import PREFECTURES
from retrieval.query import Query

_EVERYWHERE = re.compile(r"全国の?|各地の?|国内の?")
_OUTSIDE = re.compile(r"(?:以外|を除[いくき]|でない)(?:の|で|に|した)?")
_ELSEWHERE = re.compile(r"(?:他|ほか|別|よそ)の?(?:都道府県|自治体|団体|県|市町村|市|町|所|ところ)")
_CASE_LABEL = re.compile(r"事例\d+$")
_GROUP_LABEL = re.compile(r"区分\d+$")
_COUNT = re.compile(r"(?<![\d.])([2-9]|1\d)\s*(?:つの)?(?:団体|自治体|市町村|事例)(?!以)")
# Words that say that cases are wanted, not which.
_FRAMING = re.compile(
    rf"{_COUNT.pattern}"
    r"|比べ(?:たい|て|る|ると)?|並べ(?:て|たい|る)?|比較(?:したい|して|する|表)?|見比べ(?:たい|て|る)?|横並び|一覧(?:にして|表)?"
    r"|教えて(?:ください|ほしい)?|まとめ(?:て|たい)?|知りたい|見せて|調べ(?:たい|て)|探して|ください"
    r"|の?違い|どう違う|どこ(?:か|が|で)?|各?(?:自治体|団体|市町村?|都道府県|県|市)(?:の|は|を|が|ごと|別|比較|$)"
    r"|(?:発注)?事例集?|取(?:り)?組(?:み)?|実例|(?:して|やって|導入して)いる(?:ところ)?"
    r"|(?:と|って)?(?:自治体|団体)?(?:自身|自ら|自分)?[がで]?(?:認め|言っ|書い|答え|述べ|話し)てい?[るた]"
    r"|[一-龥]*の?参考に(?:したい|する|なる)?|どれとどれ|どれ[がか]?"
    r"|全部|ぜんぶ|すべて|全て|列挙|挙げ(?:て|たい)|並べ|ごと(?:に|で)?"
)
# What is asked about cases follows the place that the words before it describe: 〜している市、何点か.
_HEAD = re.compile(r"(?:自治体|団体|市町村|都道府県|[県市町]|ところ)(?:の|は|で|が|を|に)?\s*$")
_STEM = re.compile(rf"(?:{'|'.join(PREFECTURES)})?([一-龥々ァ-ヶ]{{2,}}?)[市区町村郡]")
_SEGMENTS = re.compile(r"[、。，．?？\n]")
_JOINTS = re.compile(
    r"や|・|／|/|または|又は|もしくは|及び|および|(?<=[一-龥ァ-ヶー])と(?=[一-龥ァ-ヶー])"
)
_NOUNS = re.compile(r"[一-龥々]+|[ァ-ヶー]+|[A-Za-zＡ-Ｚａ-ｚ]+")
_LEAST = 3
"""Characters of nouns by which a part of a question names a subject."""


@dataclass(frozen=True, slots=True)
class CaseQuestion:
    """A question about cases, taken apart.

    `only` and `without` name the organisations or prefectures that cases must or must not be of;
    `labels` the cases, `groups` the 区分 that it names by number. `subjects` are what is left to be
    matched, the whole first and then its parts («Aや Bの…»); none when every case will do. `count`
    is how many cases it says there are, `state` what they must say of themselves.
    """

    only: tuple[str, ...]
    without: tuple[str, ...]
    labels: tuple[str, ...]
    groups: tuple[str, ...]
    subjects: tuple[str, ...]
    count: int | None = None
    state: CaseState | None = None


def read_case_question(query: Query, bodies: Iterable[str] = ()) -> CaseQuestion:
    """Take a question apart; `bodies` are the organisations that cases are of."""
    text = query.text
    owners = [
        (mention.written, _name(mention.written, mention.name))
        for mention in query.owners
        if mention.written in text
    ]
    owners += _beside(text, [written for written, _ in owners], bodies)
    names = tuple(dict.fromkeys(name for _, name in owners))
    written = sorted({written for written, _ in owners}, key=len, reverse=True)
    outside = bool(_OUTSIDE.search(text) or _ELSEWHERE.search(text)) and bool(names)
    labels = [mention.labels[0] for mention in query.clauses]
    return CaseQuestion(
        only=() if outside else names,
        without=names if outside else (),
        labels=tuple(label for label in labels if _CASE_LABEL.match(label)),
        groups=tuple(label for label in labels if _GROUP_LABEL.match(label)),
        subjects=_subjects(query, written),
        count=int(match[1]) if (match := _COUNT.search(text)) else None,
        state=state_asked(text),
    )


def _beside(text: str, named: Sequence[str], bodies: Iterable[str]) -> list[tuple[str, str]]:
    """Bodies that stand beside one `named` by the first part of their name alone: AとBで."""
    found: list[tuple[str, str]] = []
    for body in dict.fromkeys(bodies):
        stem = match[1] if (match := _STEM.match(body)) else None
        others = "|".join(re.escape(other) for other in named if stem and stem not in other)
        if not stem or not others:
            continue
        ends = "[都府県市区町村郡]?[とや・、]"
        beside = rf"(?:{others}){ends}{re.escape(stem)}|{re.escape(stem)}{ends}(?:{others})"
        if re.search(beside, text):
            found.append((stem, body))
    return found


def _name(written: str, owner: str) -> str:
    """The prefecture when it was named as a whole, else the organisation."""
    return next((name for name in PREFECTURES if written in (name, name[:-1])), owner)


def _subjects(query: Query, places: list[str]) -> tuple[str, ...]:
    text = query.text
    for clause in reversed(query.clauses):
        text = text[: clause.span.start] + text[clause.span.end :]
    for place in places:
        text = re.sub(rf"{re.escape(place)}(?:県|府|都|市)?(?:の|と|や|で|は|にある)?", "", text)
    for pattern in (_OUTSIDE, _ELSEWHERE, _EVERYWHERE):
        text = pattern.sub(" ", text)
    if state := state_asked(text):
        text = state.asked.sub(" ", text)
    segments = [part for part in _SEGMENTS.split(text) if part.strip()]
    heads = [part for part in segments[:-1] if _HEAD.search(part)]
    bare = {part: " ".join(_FRAMING.sub(" ", part).split()) for part in segments}
    about = [bare[part] for part in segments if _names_a_subject(bare[part])]
    described = [bare[part] for part in heads if bare[part] in about]
    about = described or about
    parts = [part.strip() for segment in about for part in _JOINTS.split(segment)]
    several = [part for part in parts if _names_a_subject(part)]
    whole = " ".join(about)
    return tuple(dict.fromkeys((whole, *several))) if len(several) > 1 else (whole,) * bool(about)


def _names_a_subject(text: str) -> bool:
    """Whether more is left of `text` than the names of fields and a word or so."""
    for field in FIELDS:
        text = field.asked.sub(" ", text)
    return len("".join({match[0] for match in _NOUNS.finditer(text)})) >= _LEAST
