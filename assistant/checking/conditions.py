"""Exceptions and conditions: what a rule does not hold for, or only holds for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.checking.vocabulary import vocabulary
from assistant.checking.words import content
from retrieval.analysis import normalise

_CHUNK = r"((?:[^、。\n()]*?、)?[^、。\n()]*?)"
_EXCEPTIONS = (
    re.compile(_CHUNK + r"(?:場合|とき|案件|もの)?(?:を|は)除[きいくけ]"),
    re.compile(_CHUNK + r"(?:で|が|の|に)ない限り|" + _CHUNK + r"限り(?:、|は|$)"),
    re.compile(_CHUNK + r"(?:場合|もの|とき|者)?に限[りるっ](?!る?ことなく)"),
    re.compile(r"(?:ただし|但し)、?([^。\n]*)"),
    re.compile(_CHUNK + r"(?:は|を)?(?:適用)?(?:の)?対象外"),
)
_CONDITION = re.compile(_CHUNK + r"(?:場合|とき)(?:に(?:は|おいて)?|は|で(?:あって)?)?(?:、|$)")
_IN_BRACKETS = re.compile(r"\((?!ただし|但し)[^()]*\)")
_EXCLUDED = re.compile(r"([^。\n\t()]*?)(?:を|は)除|([^。\n\t()]*?)[^、。]{0,12}対象外")
_INCLUDED = re.compile(
    r"([^、。\n]*?)(?:も|を|が|は)?(?:含[みむめま]|対象(?:と|に)な)(?!ない|ません|れない|れません)"
)
_CONDITIONAL = re.compile(r"により|場合|とき|際|限り|条件|要件|れば、|れば")
_PERMISSION = re.compile(
    r"ことができ|できます|できるもの|できるとさ|できる[。 ]*$|可能(?:です|である|とする|とされ)"
)
_MARK = re.compile(
    r"除[きいくけか]|除外|以外|限[りる]|ただし|但し|やむを得|例外|支障|場合|とき|際|おそれ|原則|対象外|必要に応じ|範囲"
)
# 「発注を行う場合には」 only says what is spoken of; these must be found to be so.
_JUDGED = re.compile(
    r"認め|適当|必要|明らか|な[いくか]|支障|見込|期待|生じ|資する|やむ|求め|申出|申し出|該当|満た"
)
_NONE = re.compile("")
# Right before the rule itself: 「…と認められる場合には、総合評価落札方式を活用する」.
_LEADING_CONDITION = re.compile(
    r"(?:.*、)?([^、。]+?)((?:場合|とき|限り)(?:に(?:は|おいて(?:は)?)|は|、)[^。]*)$"
)
_OTHER_THAN = re.compile(r"([\u4e00-\u9fffァ-ヴー]{2,})以外")
_DENIED = re.compile(r"ない|ません|ず(?:、|に)")
_HEAD = 6
_EXCLUDING = re.compile(
    r"除[きいくけか]|除外|以外|限[りる]|ただし|但し|やむを得|例外|支障|対象外|対象にな|ない(?:場合|とき|もの)|原則|範囲|含"
)
_KEPT = 0.3
_SAID = 0.75
_LEAST = 2


def exception_dropped(statement: str, evidence: Sequence[str], elsewhere: str) -> str:
    """The exception of the sentences a statement rests on that neither it nor `elsewhere` names.

    Of a permission also the condition under which it is given.
    """
    said = f"{statement}\n{elsewhere}"
    for sentence in evidence:
        for phrase in _exceptions(sentence, statement):
            if not _is_kept(phrase, said, _EXCLUDING):
                return phrase.strip()
        if _PERMISSION.search(sentence) and _PERMISSION.search(normalise(statement)):
            phrases = [_last(match[1]) for match in _CONDITION.finditer(normalise(sentence))]
            told = _CONDITIONAL.search(normalise(statement))
            if phrases and not told and not any(_is_kept(phrase, said) for phrase in phrases):
                return f"{phrases[-1]}場合"
    return ""


def condition_dropped(statement: str, evidence: Sequence[str], elsewhere: str) -> str:
    """The condition that the nearest sentence's rule depends on, when a statement tells it without."""
    text, said = normalise(statement), f"{statement}\n{elsewhere}"
    if not evidence or _CONDITIONAL.search(text):
        return ""
    match = _LEADING_CONDITION.match(normalise(evidence[0]).rstrip("。 "))
    if match is None or not _JUDGED.search(match[1]) or _is_kept(match[1], said, _NONE):
        return ""
    return f"{match[1]}{match[2]}"


def others_meant(statement: str, evidence: Sequence[str]) -> str:
    """What a statement says of X where the evidence says it of all but X; "" when there is none."""
    stated, text = normalise("\n".join(evidence)), normalise(statement)
    if _MARK.search(text) or _DENIED.search(text):
        return ""
    for match in _OTHER_THAN.finditer(stated):
        name = match[1]
        if name in text and stated.count(name) == stated.count(f"{name}以外"):
            return name
    return ""


def exception_included(statement: str, evidence: Sequence[str]) -> str:
    """What a statement says is included although the evidence excludes it; "" when there is none."""
    excluded = [
        content(match[1] or match[2] or "")
        for whole in evidence
        for match in _EXCLUDED.finditer(normalise(whole))
    ]
    generic = vocabulary().generic
    for match in _INCLUDED.finditer(normalise(statement)):
        named = {word for word in content(match[1]) if word not in generic}
        if named and any(named <= words for words in excluded):
            return match[0]
    return ""


def _exceptions(sentence: str, statement: str) -> Iterator[str]:
    """The exceptions of a sentence; one in brackets only if the statement has what it limits."""
    normal = normalise(sentence)
    said = content(statement)
    for match in _IN_BRACKETS.finditer(normal):
        head = content(normal[max(0, match.start() - _HEAD) : match.start()])
        # A cell of a table is never repeated whole.
        if "\t" in normal or not head <= said:
            normal = normal.replace(match[0], " " * len(match[0]))
    for pattern in _EXCEPTIONS:
        for match in pattern.finditer(normal):
            yield _last(next(group for group in match.groups() if group is not None))


def _last(phrase: str) -> str:
    """The part after the last comma, with the one before it when it says too little by itself."""
    ahead, _, last = phrase.rpartition("、")
    return last if len(content(last)) >= _LEAST else f"{ahead}、{last}"


def _is_kept(phrase: str, said: str, mark: re.Pattern[str] = _MARK) -> bool:
    """Whether enough of the exception's words are said, and that they are an exception."""
    rules = vocabulary()
    wanted = [word for word in content(phrase) if word not in rules.generic]
    known = content(said)
    kept = sum(rules.meets(word, known) for word in wanted)
    share = kept / len(wanted) if wanted else 1.0
    added = "含" in phrase and share >= _SAID
    return added or (share >= _KEPT and bool(mark.search(normalise(said))))
