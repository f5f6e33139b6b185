"""The strength of duty that a statement gives, however politely it is put."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.checking.vocabulary import vocabulary
from assistant.checking.words import content, words
from assistant.duty import Duty, duty_of
from retrieval.analysis import normalise

# In this order: 「努めなければならない」 is an effort.
_SPOKEN: tuple[tuple[Duty, re.Pattern[str]], ...] = (
    (Duty.EFFORT, re.compile(r"努め|努力|目指[すし]|心がけ|心掛け")),
    (
        Duty.PROHIBITION,
        re.compile(
            r"[てで]はな[らり]|[てで]はいけ|禁止|禁じ|ことが?できな|ことはできな|ことはできませ|できません|できない(?=[。\s」)）]*$|とさ|とし|と定|こと|もの)|許され(?:ない|ませ|ず)"
        ),
    ),
    (
        Duty.OBLIGATION,
        re.compile(r"なければな|ねばな|義務(?!を(?:履行|負わ))|必ず|必須|絶対に|違法|処罰|罰則"),
    ),
    (Duty.CONSIDERATION, re.compile(r"配慮|留意|考慮|検討|勘案|望まし|推奨")),
    (
        Duty.PERMISSION,
        re.compile(
            r"任意|自由に|できます|できる(?=[。\s」)）]*$|とさ|とし|と定|こと|もの)|差し支えな|許され|してもよい|すればよい|すれば足り|かまいません|構いません"
        ),
    ),
    (
        Duty.RULE,
        re.compile(
            r"(?:もの|こと)と(?:する|し|され|なって|定め)|ことに(?:なって|し)|必要があ|必要です|求め(?:られ|て)"
        ),
    ),
)
# Words that make a rule firm or free whatever its ending, and what the evidence must have for them.
_SHARP: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (re.compile(r"義務|必須|絶対に|違法|罰則|処罰"),) * 2,
    (re.compile(r"任意|自由に|(?:す|れ|け)れば(?:よい|足り)|してもよい|なくてもよい|しなくてよい"),)
    * 2,
    (
        re.compile(r"なければな(?:らな|りま)|ねばな(?:らな|りま)"),
        re.compile(r"なければな|ねばな|義務|要する|てはな|必須"),
    ),
)
# A permission, where the evidence binds and lets nobody off.
_MAY = re.compile(
    r"(?:こと(?:が|も))?でき(?:ます|る)(?=[。\s]*$|とさ|とし|とな|と定)|可能(?:です|とさ|である)"
)
_LETS = re.compile(r"でき|可能|妨げ|よい|認め|自由|得る")
_BINDS = re.compile(r"ものとする|努め|なければな|こととする")
# 「分割して発注を行う」とされています: what was cut off may be よう努める.
_PLAIN_REPORT = re.compile(
    r"(?<!もの)(?<!こと)[うくすつぬむるぐぶ]」?と(?:され|定め|規定|明記|記載|して)"
)
DUTY_NAMES = re.compile(
    rf"[（(](?:{'|'.join(re.escape(duty.japanese) for duty in Duty)})(?:・例外あり)?[)）]"
)
"""The name of a duty behind the rule it belongs to, as our own answers write it."""
_ENDING = 40
_THING_LETTERS = 6
_CLAUSE = re.compile(r"(?<=[めりいしきちびみえけせてで])、|とともに、?|(?:が|ほか|つつ)、|[。\n]")
_DOING = frozenset(["為る", "行う", "図る", "講ずる", "講じる"])
_DONE = re.compile(r"(?:ます|ている|ています|る)$")
_THING = re.compile(r"(?:こと|もの|の|[\u4e00-\u9fff])$")
_NAMED = re.compile(r"(?:配慮|考慮|検討|留意|努力|目標)$")
_COMMA = re.compile(r"[、。\n]")
_GOES_ON = re.compile(r"(?:[\u4e00-\u9fff]し|図り|行い|講じ|応じ|払い|設け|定め|進め|とともに)$")
_LEAST = 2
_ALMOST = 0.8
_ENOUGH = 0.5


def spoken_duty(statement: str) -> Duty:
    """The duty that the end of a statement expresses, polite forms included."""
    ending = normalise(statement).rstrip("。 ")[-_ENDING:]
    # A comma ends what another duty is said of.
    return _duty(ending.rpartition("、")[2]) or _duty(ending)


def _duty(text: str) -> Duty:
    return next((duty for duty, pattern in _SPOKEN if pattern.search(text)), Duty.NONE)


def duty_changed(
    statement: str, evidence: Sequence[str], around: Sequence[str], elsewhere: str = ""
) -> str:
    """What a statement makes of a rule that the evidence states otherwise; "" when they agree.

    `evidence` are the sentences that the statement is about, `around` also those that a clause of
    it is about. A statement that expresses no duty, and evidence that states none, leave nothing to compare,
    but an effort may not be told as a deed unless `elsewhere` names it an effort.
    """
    text = normalise(statement)
    whole = normalise("\n".join(evidence))
    for pattern, needed in _SHARP:
        if (found := pattern.search(text)) and not needed.search(whole):
            return f"出典にない「{found[0]}」と述べている"
    if (found := _MAY.search(text)) and _BINDS.search(whole) and not _LETS.search(whole):
        return f"出典にない「{found[0]}」と述べている"
    stated = _stated(statement, evidence, around)
    if not stated:
        return ""
    said = spoken_duty(text)
    if said is not Duty.NONE and said not in stated:
        # 「必要がある」 for ものとする, and the reverse, is how people say it.
        if said is Duty.RULE and Duty.OBLIGATION in stated:
            return ""
        # 「…によることができることに留意する」 permits what it gives to be considered.
        if said is Duty.PERMISSION and Duty.CONSIDERATION in stated and _LETS.search(whole):
            return ""
        if _names_a_thing(text, whole):
            return ""
        return (
            f"{said.japanese}と述べているが、出典は{'・'.join(d.japanese for d in sorted(stated))}"
        )
    told = _tells_a_deed(text) or (_PLAIN_REPORT.search(text) and "目指" not in text)
    if stated == {Duty.EFFORT} and told and "努" not in text + elsewhere:
        return f"している（する）と述べているが、出典は{Duty.EFFORT.japanese}"
    return ""


def _names_a_thing(text: str, evidence: str) -> bool:
    """Whether a list item only names what the evidence names: 「活用を考慮すること」."""
    ending = text.rstrip("。 ")
    return bool(_THING.search(ending)) and ending[-_THING_LETTERS:] in evidence


def _tells_a_deed(text: str) -> bool:
    """Whether the statement ends in 行います, 実施している …, not in とされています."""
    ending = [word for word in words(text.rstrip("。 ")) if word.kind.startswith("動詞")]
    verbs = [word for word in ending if word.lemma not in ("居る",)]
    if not verbs or verbs[-1].lemma not in _DOING or not _DONE.search(text.rstrip("。 ")):
        return False
    return not text[: verbs[-1].start].endswith(("と", "に"))


def _stated(statement: str, evidence: Sequence[str], around: Sequence[str]) -> set[Duty]:
    """The duties of the clauses that the end of the statement tells again, else of the whole.

    All the evidence's when it tells none of them.
    """
    ending = _ending(statement)
    last: set[Duty] = set()
    sure = False
    for sentence in around:
        chunks = [part for part in _COMMA.split(normalise(sentence)) if part.strip()]
        shares = [_told(ending, chunk) for chunk in chunks]
        best = max(shares, default=0.0)
        for at, share in enumerate(shares):
            if share >= _ENOUGH and share >= best * _ALMOST:
                last |= _duty_from(chunks, at, statement)
                sure |= share >= _ALMOST
    if sure and last - {Duty.NONE}:
        return last - {Duty.NONE}
    for sentence in evidence:
        parts = [part for part in _CLAUSE.split(normalise(sentence)) if part.strip()]
        for at, part in enumerate(parts):
            # 「…検討し、適切に対応するものとする」: an ending that says nothing of its own.
            follows = at and not _wanted(part) and _told(parts[at - 1], statement) >= _ENOUGH
            if follows or _told(part, statement) >= _ENOUGH:
                last |= _duty_from(parts, at, statement)
    if not last - {Duty.NONE}:
        for sentence in evidence:
            last |= {duty_of(sentence), spoken_duty(sentence)}
    return last - {Duty.NONE}


def _ending(statement: str) -> str:
    """The last clause that says something, from its comma on."""
    parts = [part for part in _COMMA.split(normalise(statement)) if part.strip()]
    for at in range(len(parts) - 1, -1, -1):
        tail = "、".join(parts[at:])
        if len(_wanted(tail)) >= _LEAST:
            return tail
    return normalise(statement)


def _duty_from(parts: Sequence[str], at: int, statement: str) -> set[Duty]:
    """The duty of a clause: its own, else those of the clauses after it.

    「対応し、…に努めるものとする」 may make an effort of both or only of the second.
    """
    own = _own_duty(parts[at])
    if own:
        follows = at + 1 < len(parts) and (
            not _wanted(parts[at + 1]) or _told(parts[at + 1], statement) == 1
        )
        return own | (_own_duty(parts[at + 1]) if follows else set())
    later = {duty for part in parts[at + 1 :] for duty in _own_duty(part)}
    goes_on = Duty.EFFORT in later and _GOES_ON.search(parts[at])
    return later | {Duty.RULE} if goes_on else later


def _own_duty(part: str) -> set[Duty]:
    if _NAMED.search(part.rstrip("。 ")):  # A heading: 「…に対する配慮」.
        return set()
    return {duty_of(part), _duty(part[-_ENDING:])} - {Duty.NONE}


def _told(part: str, statement: str) -> float:
    """Share of the clause's content words that the statement has."""
    rules, wanted = vocabulary(), _wanted(part)
    known = content(statement)
    return sum(rules.meets(word, known) for word in wanted) / len(wanted) if wanted else 0.0


def _wanted(part: str) -> list[str]:
    return [word for word in content(part) if word not in vocabulary().generic]
