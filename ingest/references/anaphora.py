"""Words that take up what was named before: 同方針, 当該制度, 本要件, 両協議会, その要綱."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.flat import Flat
from ingest.references.index import Index
from ingest.references.mention import Mention

_PAPERS = r"(?:方針|計画|要綱|要領|規程|規則|基準|指針|制度|体制|条例|協定|告示|通知|決定|規定|条項|項目|事項|諸項目|措置|特例|ガイドライン|マニュアル|協議会|会議|報告書?)"
_SAME = re.compile(
    r"(?<![共合協混一帯異])同(?!一|様|時|等|級|意|種|社|氏|年|月|日|額|規模|工種|居|僚|席|封|行|士|盟|業|質|法|条|項|号|令|感|調|類|数|量|率|順位|団体|程度|窓口|区域|地域|区)"
    rf"[一-龥々ァ-ヶー]{{0,10}}(?:{_PAPERS}|組合|団体|機構|連合会|事業)等?"
)
_THIS = re.compile(rf"当該(?:[一-龥]{{0,4}}?(?!協定){_PAPERS})(?![一-龥])")
_OWN = re.compile(
    r"(?<![一-龥基日])本(?:要件|条(?!例)|項(?!目)|規定|要綱|要領|特例|基準|規程|別表)(?![一-龥])"
)
_BOTH = re.compile(rf"両{_PAPERS}")
_THAT = re.compile(r"その(?:要綱|要領|規程|規則|条例|方針|計画|指針|告示)")
_DEFINITE = re.compile(r"(?<=活用して)特例の措置|(?<![一-龥々ぁ-ん])特例の措置")


def find_anaphora(flat: Flat, index: Index) -> Iterator[Mention]:
    """Every such word, with the place up the page that names what it stands for."""
    for pattern in (_SAME, _THIS, _OWN, _THAT, _DEFINITE):
        for match in pattern.finditer(flat.text):
            yield Mention(match.start(), match.end(), "anaphora", _antecedent(index, flat, match))
    for match in _BOTH.finditer(flat.text):
        yield Mention(match.start(), match.end(), "anaphora", _both(index, flat, match[0][1:]))


def share_targets(flat: Flat, mentions: Sequence[Mention]) -> list[Mention]:
    """当該諸項目 after 上記第2及び第3の諸項目 means those: anaphora take over what the noun had."""
    shared: list[Mention] = []
    for mention in mentions:
        noun = re.sub(r"^(?:当該|同|その)", "", flat.text[mention.start : mention.end])
        if mention.kind == "anaphora":
            for other in reversed(shared):
                if other.targets and flat.text.startswith(f"の{noun}", other.end):
                    mention = replace(mention, targets=other.targets)
                    break
        shared.append(mention)
    return shared


def _antecedent(index: Index, flat: Flat, match: re.Match[str]) -> tuple[str, ...]:
    """The place that names what the pointing word stands for: the nearest one up the page."""
    if match[0] in ("本項", "本条"):
        return (flat.node.id,)
    noun = re.sub(r"^(?:同|当該|本|その)", "", match[0]).removesuffix("等")
    head = noun[-2:]
    if noun and head in flat.text[: match.start()]:
        return (flat.node.id,)
    for node in list(index.upwards(flat.node))[1:]:
        if head in index.flats[node.id].text:
            return (node.id,)
    return (flat.node.id,)


def _both(index: Index, flat: Flat, noun: str) -> tuple[str, ...]:
    """The two places last named that bring in such a thing: 両協議会."""
    pattern = re.compile(rf"[一-龥]{{2,}}{noun}」?\(以下|「[^」]{{2,30}}{noun}」")
    found = [
        node.id for node in index.before(flat.node) if pattern.search(index.flats[node.id].text)
    ]
    return tuple(reversed(found[-2:])) if found else (flat.node.id,)
