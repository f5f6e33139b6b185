"""References to laws: by name, with their number and articles, or by 同法, 同条."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ingest.flat import Flat
from ingest.references.citations import Place, read_places
from ingest.references.law_names import LawName, LawNames, NameMention, is_no_name
from ingest.references.mention import Mention
from kb.documents import Definition, LawCitation
from kb.numbers import NUMBER, read_number

_LAW_NUMBER = re.compile(
    rf"(?P<number>(?:明治|大正|昭和|平成|令和)(?:元|{NUMBER})年[^()「」。、]{{0,20}}?"
    rf"(?:法律|勅令|政令|省令|府令|規則|条例|令|告示)第{NUMBER}号)"
)
_NUMBER_ALONE = re.compile(
    rf"(?:明治|大正|昭和|平成|令和)(?:元|{NUMBER})年(?:法律|勅令|政令|[一-龥]{{1,6}}[省府]令)第{NUMBER}号"
)
_BRACKET = re.compile(r"\((?:[^()]|\([^()]*\))*\)")
_ALIAS = re.compile(r"以下[^「」()。]{0,30}「(?P<short>[^「」]{1,30})」と(?:いう|総称する)")
_SHORT_IN_BRACKET = re.compile(r"\((?P<short>[一-龥ァ-ヶーA-Z]{1,14}法)\)")
_NUMBERED = re.compile(
    r"(?P<name>[一-龥々ァ-ヶー・]{1,40}(?:令|規則|規程|条例|法))(?=\((?:明治|大正|昭和|平成|令和|以下[^「」()。]{0,30}「))"
)
_DECREE = re.compile(r"(?<![一-龥])[一-龥]{0,4}(?:省令|府令|政令)(?=で定め|の定め|に定め)")
_SAME = re.compile(
    r"(?<![一-龥共合])(?:(?:同法律?|同令|同規則|同政令)(?:施行令|施行規則)?|同?施行(?:令|規則)(?=第))|(?<![一-龥])同(?P<unit>条|項|号)(?![例目])"
)
_PART = re.compile(r"前段|後段|本文|ただし書き?")
_LAW_END = re.compile(r"(?:(?<![方手作文寸算工製技])法|法律|令|規則|特例)$")
_QUOTE = re.compile(r"「(?:[^「」]|「[^「」]*」)*」")
_INTRODUCED = re.compile(r"」と(?:いう|総称|略称|呼ぶ)")
_NO_NAME = re.compile(r"(?:[省政府]令|法令|命令|条例|規則|規程|規約|令)等?")
_LONGEST_MEANING = 60


@dataclass(slots=True)
class LawFinder:
    """Finds a document's references to laws, node after node, in document order.

    `in_law` says that the document is a law: there 総務省令で定める… is no reference, and 「…」 quotes
    the words of other provisions.
    """

    names: LawNames = field(default_factory=LawNames)
    in_law: bool = False
    _law: LawName | None = None
    _place: Place | None = None
    _unit: list[str] = field(default_factory=list)
    _node: str = ""
    _place_in: str = ""

    def learn(self, definitions: tuple[Definition, ...]) -> None:
        """Short names that the document defines, wherever it does so."""
        for definition in definitions:
            meaning = definition.meaning.strip("「」")
            if _LAW_END.search(meaning) and not _NO_NAME.fullmatch(definition.term):
                named = [name for name in self.names.find(meaning) if name.end == len(meaning)]
                if named or ("、" not in meaning and len(meaning) <= _LONGEST_MEANING):
                    law = named[-1].law if named else self.names.law_of(meaning)
                    self.names.define(definition.term, law)

    def survey(self, flats: Iterable[Flat]) -> None:
        """Names that the document cites by article or number somewhere are known everywhere in it."""
        for flat in flats:
            for name in (*self.names.cited(flat.text), *self._numbered(flat.text)):
                self.names.define(name.law.name, name.law)

    def _numbered(self, text: str) -> Iterator[NameMention]:
        for match in _NUMBERED.finditer(text):
            if is_no_name(match["name"]):
                continue
            law = self.names.law_of(match["name"])
            bracket = _BRACKET.match(text, match.end())
            number = _LAW_NUMBER.match(bracket[0], 1) if bracket else None
            if number and not law.number:
                law = LawName(law.name, _half_width(number["number"]))
            yield NameMention(match.start(), match.end(), law)

    def find(self, flat: Flat) -> list[Mention]:
        """Every law reference of one node, in order; spans run over the brackets in between.

        同法 looks back no further than the clause, article or case of the first rank, 同条 no
        further than the node.
        """
        text = flat.text
        self._node = flat.node.id
        unit = self._node.split("/")[1:2]
        if unit != self._unit:
            self._unit, self._law, self._place = unit, None, None
        named = self.names.find(text)
        named += [
            name
            for name in self._numbered(text)
            if all(name.end <= other.start or other.end <= name.start for other in named)
        ]
        if not self.in_law:
            named += [
                NameMention(match.start(), match.end(), LawName(match[0]))
                for match in _DECREE.finditer(text)
            ]
        named += [
            NameMention(match.start(), match.end(), self.names.numbered(_half_width(match[0])))
            for match in _NUMBER_ALONE.finditer(text)
        ]
        named = [m for m in named if not _is_introduced(text, m)]
        same = list(_SAME.finditer(text))
        if self.in_law:
            quotes = [match.span() for match in _QUOTE.finditer(text)]
            named = [m for m in named if not _is_within(m.start, quotes)]
            same = [match for match in same if not _is_within(match.start(), quotes)]
        anchors: list[tuple[int, NameMention | re.Match[str]]] = [(m.start, m) for m in named]
        anchors += [
            (match.start(), match)
            for match in same
            if all(match.end() <= other.start or other.end <= match.start() for other in named)
        ]
        mentions: list[Mention] = []
        taken = 0
        for start, anchor in sorted(anchors, key=lambda item: item[0]):
            if start < taken:
                continue
            found = (
                self._named(text, anchor)
                if isinstance(anchor, NameMention)
                else self._same(text, anchor)
            )
            mentions += found
            taken = found[-1].end if found else taken
        return mentions

    def _named(self, text: str, name: NameMention) -> list[Mention]:
        start, end, law = name.start, name.end, name.law
        if text[start - 1 : start] == "「" and text[end : end + 1] == "」":
            start, end = start - 1, end + 1
        position = end
        while bracket := _BRACKET.match(text, position):
            if number := _LAW_NUMBER.match(bracket[0], 1):
                law = LawName(law.name, _half_width(number["number"]))
            elif not (_ALIAS.search(bracket[0]) or _SHORT_IN_BRACKET.fullmatch(bracket[0])):
                break
            short = _ALIAS.search(bracket[0]) or _SHORT_IN_BRACKET.fullmatch(bracket[0])
            if short:
                self.names.define(short["short"], law)
            position = end = bracket.end()
        if end > name.end and text[start - 1 : start] == "「" and text[end : end + 1] == "」":
            start, end = start - 1, end + 1
        self._law = law
        return self._cited(text, start, end, law, "external_law")

    def _cited(
        self, text: str, start: int, end: int, law: LawName, kind: str, above: Place | None = None
    ) -> list[Mention]:
        places = read_places(text, end)
        if not places:
            self._place = above
            citation = LawCitation(
                law.name,
                law.number,
                above.article if above else None,
                above.paragraph if above else None,
                above.item if above else None,
            )
            return [Mention(start, end, kind, law=citation)]
        mentions: list[Mention] = []
        for place in places:
            if above:
                place = Place(
                    place.start,
                    place.end,
                    place.article or above.article,
                    place.paragraph or (above.paragraph if not place.article else None),
                    place.item,
                )
            citation = LawCitation(law.name, law.number, place.article, place.paragraph, place.item)
            mentions.append(
                Mention(start if not mentions else place.start, place.end, kind, law=citation)
            )
            self._place, self._place_in = place, self._node
        return mentions

    def _same(self, text: str, match: re.Match[str]) -> list[Mention]:
        """同法第12条, 同条第2項: the law, article or paragraph named last."""
        kind = "external_law_anaphora"
        unit = match["unit"]
        if self._law is None:
            # Nothing that it could mean has been named: the reader should know.
            places = read_places(text, match.end())
            end = places[-1].end if places else match.end()
            end += len(part[0]) if (part := _PART.match(text, end)) else 0
            return [Mention(match.start(), end, "anaphora" if unit else kind)]
        if unit is None:
            law = self._law
            if order := re.search(r"施行令|施行規則", match[0]):
                base = re.sub(r"施行(?:令|規則)$", "", law.name)
                law = self.names.law_of(f"{base}{order[0]}")
            return self._cited(text, match.start(), match.end(), law, kind)
        last = self._place
        if last is None or last.article is None or self._place_in != self._node:
            return [Mention(match.start(), match.end(), "anaphora")]
        above = Place(
            match.start(),
            match.end(),
            last.article,
            last.paragraph if unit in "項号" else None,
            last.item if unit == "号" else None,
        )
        return self._cited(text, match.start(), match.end(), self._law, kind, above)


def _is_within(position: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= position < end for start, end in spans)


def _is_introduced(text: str, name: NameMention) -> bool:
    """Whether the name stands in 「…」という, which gives it rather than refers by it."""
    return text[name.start - 1 : name.start] == "「" and bool(_INTRODUCED.match(text, name.end))


def _half_width(number: str) -> str:
    return re.sub(
        rf"(?<=[治正和成第])({NUMBER})(?=[年号])", lambda match: str(read_number(match[1])), number
    )
