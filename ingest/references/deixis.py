"""Pointing words: 次の措置, 以下のとおり, 上記の重点テーマ, 同方針, 当該制度, 両協議会, 別紙, (注), URL."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.flat import Flat
from ingest.numbers import NUMBER, read_number
from ingest.references.index import Index, bare_label
from ingest.references.mention import Mention
from kb.documents import Node, NodeKind

_NOUN = r"(?![ア-ン](?:[^ァ-ヶー]|$))[一-龥々ァ-ヶーA-Z]{1,16}"
_PHRASE = rf"{_NOUN}(?:(?:の(?!全|すべて|いずれ)|又は|または|や|・|及び){_NOUN}){{0,2}}"
_COUNT = r"(?:[0-9一二三四五六七八九]{1,2}つの|全ての|すべての|各|いずれかの|ような)?"
_FORWARD = re.compile(
    r"(?<![0-9一二三四五六七八九十百千万円人点%日件歳割月])(?:(?P<below>下記|以下)|(?<![一-龥])次)"
    rf"(?:の(?:とおり|通り|よう(?=に|な[^重])|{_COUNT}{_PHRASE}(?:のいずれか)?)|のいずれか"
    rf"|に(?:掲げる|定める|示す|記載する|列挙する)(?:{_COUNT}{_PHRASE}(?:の全て|のいずれか)?)?|に該当|により)(?:(?<=取)り(?:組み|扱い|決め))?"
)
_NOT_FORWARD = re.compile(
    r"(?:次|以下)の(?:世代|年度|年|日|回|事業者|者を|会社|企業|小規模|場合は|金額|端数|もの)|以下の(?:随意|契約|少額)"
)
_EACH_ITEM = re.compile(r"(?:次の|(?<!前))各号(?:のいずれか|の一)?")
_BACKWARD = re.compile(
    rf"(?:上記|前記|前述|上述)(?:の(?P<named>とおり|通り|{_PHRASE})|(?P<plain>[一-龥々ァ-ヶー]{{2,16}})|(?=は|を|に(?:より|基づ|掲げ|該当)|以外))(?:以外)?"
    rf"|(?<![一-龥以])(?:前|先)に掲げる{_NOUN}|以上の(?:とおり|通り|ように)"
)
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
_LIKE = re.compile(r"(?P<noun>[一-龥々ァ-ヶー]{6,30})と同様")
_DEFINITE = re.compile(r"(?<=活用して)特例の措置|(?<![一-龥々ぁ-ん])特例の措置")
_ANNEX = re.compile(
    r"(?<![一-龥])(?:(?P<name>別紙様式|別紙|別添|別記様式|別記|別図|別表|様式)"
    r"(?P<number>(?:[第-]?[0-9]{1,2}|第[一二三四五六七八九十]{1,3})(?:-[0-9]{1,2})?(?:号|様式)?(?:の[0-9]{1,2}(?![0-9]))?)"
    r"|(?P<alone>別紙|別添|別記|別表)(?![0-9一-龥]))(?P<title>「[^」\n]{1,80}」)?"
)
_NOTE = re.compile(r"[(（]注(?P<number>[0-9]{0,2})[)）]|(?<=[^\n])注(?P<bare>[0-9]{1,2})\)")
_OF_PAPER = re.compile(r"(?:方針|計画|要綱|要領|基準|指針|ガイドライン|通知|規程|規則|条例)」?の\Z")
_DEEPER = rf"(?:第?{NUMBER}項)?(?:第{NUMBER}号)?(?:(?:及び|又は|、|から)第{NUMBER}[項号](?:まで)?)*(?:ただし書き?|本文|前段|後段|各号)?"
"""第2項第1号及び第3号: what may stand behind 前条 or 附則第2条."""
_SUPPLEMENT = re.compile(
    rf"(?<![一-龥」)])附則(?:第?(?P<number>{NUMBER})(?P<unit>[項条])?(?P<tail>{_DEEPER}))?(?=に|の|を|は|、|で|及び|による)"
)
_URL = re.compile(r"https?://[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+")
_PREVIOUS = re.compile(
    rf"前(?P<count>[2-9二三四五六七八九各])?(?P<unit>項|号|条)(?![目例])(?P<tail>{_DEEPER})|(?<![一-龥])次(?P<next>項|条|号)(?![一-龥])"
)


def find_urls(flat: Flat) -> list[Mention]:
    """Addresses on the web."""
    return [
        Mention(match.start(), match.start() + len(match[0].rstrip(".,;)")), "url", outside=True)
        for match in _URL.finditer(flat.text)
    ]


def find_annexes(flat: Flat, index: Index) -> list[Mention]:
    """別紙1 and (注), with the annex or note of the document when it has one."""
    found = []
    for match in _ANNEX.finditer(flat.text):
        opening = flat.text[max(0, match.start() - 1) : match.start()]
        alone = opening in ("", "\n", "(") and flat.text[match.end() : match.end() + 1] in (
            "",
            "\n",
            ")",
        )
        if alone and (match.start() <= 1 or flat.text[: match.start()].strip("(\n") == ""):
            start = match.start() - (opening == "(")
            end = match.end() + (flat.text[match.end() : match.end() + 1] == ")")
            if flat.node.kind is not NodeKind.ANNEX:
                found.append(Mention(start, end, "annex_label", outside=True))
        elif not alone:
            target = _annex(index, match)
            elsewhere = not target and bool(_OF_PAPER.search(flat.text, 0, match.start()))
            found.append(Mention(match.start(), match.end(), "annex", target, outside=elsewhere))
    for match in _SUPPLEMENT.finditer(flat.text):
        found.append(Mention(match.start(), match.end(), "annex", _supplement(index, match)))
    for match in _NOTE.finditer(flat.text):
        begins = flat.text[max(0, match.start() - 1) : match.start()] in ("", "\n")
        if begins and not re.match(r"[のをには]", flat.text[match.end() : match.end() + 1]):
            continue
        number = match["number"] or match["bare"] or ""
        found.append(Mention(match.start(), match.end(), "note", _note(index, flat.node, number)))
    return found


def find_pointers(flat: Flat, index: Index) -> list[Mention]:
    """Words that point down (次の措置) or up (上記の重点テーマ) the page, and anaphora."""
    return [*_pointers(flat, index), *_anaphora(flat, index)]


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


def _pointers(flat: Flat, index: Index) -> Iterator[Mention]:
    for match in _FORWARD.finditer(flat.text):
        if _NOT_FORWARD.match(match[0]) or flat.text[match.end() : match.end() + 1] == "「":
            continue
        listed = "各号" in match[0] or "いずれか" in match[0]
        kind = "internal_range" if listed else "internal_deictic"
        yield Mention(match.start(), match.end(), kind, _following(index, flat.node))
    for match in _EACH_ITEM.finditer(flat.text):
        yield Mention(match.start(), match.end(), "internal_range", _following(index, flat.node))
    for match in _BACKWARD.finditer(flat.text):
        words = match["named"] or match["plain"] or ""
        yield Mention(
            match.start(), match.end(), "internal_deictic", (_preceding(index, flat.node, words),)
        )
    for match in _PREVIOUS.finditer(flat.text):
        kind = "internal_range" if match["count"] else "internal_deictic"
        yield Mention(match.start(), match.end(), kind, _neighbours(index, flat.node, match))
    for match in _LIKE.finditer(flat.text):
        if target := _titled(index, flat.node, match["noun"]):
            yield Mention(match.start(), match.end(), "internal_deictic", (target,))


def _neighbours(index: Index, source: Node, match: re.Match[str]) -> tuple[str, ...]:
    """前項, 次号, 前各号 among numbered items of the source's own style."""
    row = [node for node in index.row(source) if _style(node) == _style(source)]
    place = row.index(source)
    if match["next"]:
        return tuple(node.id for node in row[place + 1 : place + 2])
    count = match["count"]
    steps = place if count == "各" else read_number(count) if count else 1
    found = row[max(0, place - steps) : place]
    below = [node.id for above in found for node in _below(index, above, match["tail"])]
    return tuple(below or (node.id for node in found))


def _below(index: Index, node: Node, tail: str) -> list[Node]:
    """The items that 第2号及び第3号 names right below a node, as far as it has them."""
    wanted = {read_number(number) for number in re.findall(rf"({NUMBER})[項号]", tail)}
    return [
        child
        for child in index.children(node)
        if (sign := re.fullmatch(r"\(?第?([0-9]+)[項号]?\)?", bare_label(child)))
        and int(sign[1]) in wanted
    ]


def _style(node: Node) -> str:
    return re.sub(r"[0-9]+|[①-⑳]|[ア-ン]", "#", bare_label(node))


def _anaphora(flat: Flat, index: Index) -> Iterator[Mention]:
    for pattern in (_SAME, _THIS, _OWN, _THAT, _DEFINITE):
        for match in pattern.finditer(flat.text):
            yield Mention(match.start(), match.end(), "anaphora", _antecedent(index, flat, match))
    for match in _BOTH.finditer(flat.text):
        yield Mention(match.start(), match.end(), "anaphora", _both(index, flat, match[0][1:]))


def _following(index: Index, source: Node) -> tuple[str, ...]:
    """What comes next: the units right below, after a preamble the outermost ones, else itself."""
    below = [node for node in index.children(source) if node.kind is not NodeKind.NOTE]
    if below:
        return tuple(node.id for node in below)
    if source.parent is None and source.kind is NodeKind.SECTION:
        outermost = [node for node in index.children(None) if node.label.startswith("第")]
        if outermost and not re.search(r"\n(?:[-・(①]|[0-9]+[.、])", source.text):
            return tuple(node.id for node in outermost)
    return (source.id,)


def _preceding(index: Index, source: Node, words: str) -> str:
    """The nearest place before that has the words; the node itself when none has."""
    noun = max(re.split(r"の|又は|または|や|・|及び|以外", words), key=len, default="")
    if len(noun) >= 2:
        frame = index.frame(source)
        if noun in _unspaced(source.heading):
            return source.id
        for node in index.before(source):
            if noun in index.flats[node.id].text:
                return node.id
            if node is frame:
                break
    return source.id


def _titled(index: Index, source: Node, noun: str) -> str | None:
    """A heading or a numbered line before that reads `noun`."""
    pattern = re.compile(rf"(?:^|\n)(?:[-・]|\([0-9]+\)|[①-⑳]|[ア-ン])*{re.escape(noun)}(?=\n|$)")
    for node in (source, *index.before(source)):
        if pattern.search(index.flats[node.id].text):
            return node.id
        if node is index.frame(source):
            return None
    return None


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
    found = [node for node in found if node != flat.node.id]
    return tuple(reversed(found[-2:])) if found else (flat.node.id,)


def _annex(index: Index, match: re.Match[str]) -> tuple[str, ...]:
    wanted = match["alone"] or match["name"] + _half_width(match["number"])
    for node in index.nodes:
        if bare_label(node) == wanted and node.kind is NodeKind.ANNEX:
            return (node.id,)
    return ()


def _supplement(index: Index, match: re.Match[str]) -> tuple[str, ...]:
    """附則第2項: that paragraph of the document's own supplementary provisions."""
    home = next((node for node in index.nodes if bare_label(node) == "附則"), None)
    if home is None:
        return ()
    number = match["number"] and _half_width(match["number"])
    wanted = {number, f"({number})", f"第{number}{match['unit'] or '項'}"}
    below = [node for node in index.children(home) if bare_label(node) in wanted]
    return (below[0].id if number and below else home.id,)


def _note(index: Index, source: Node, number: str) -> tuple[str, ...]:
    """The note below the source or what it stands in, else the nearest one before in its frame."""
    label = f"(注{number})"
    above = list(index.upwards(source))
    for scope in above:
        for node in index.children(scope):
            if node.kind is NodeKind.NOTE and bare_label(node) == label:
                return (node.id,)
        written = re.search(rf"(?:^|\n)\(?注{number}\)(?![のをには])", index.flats[scope.id].text)
        if written:
            return (scope.id,)
    for node in index.before(source):
        if node.kind is NodeKind.NOTE and bare_label(node) == label:
            return (node.id,)
        if node.id == above[-1].id:
            break
    return ()


def _half_width(number: str) -> str:
    return re.sub(NUMBER, lambda match: str(read_number(match[0])), number)


def _unspaced(text: str) -> str:
    return re.sub(r"\s", "", text)
