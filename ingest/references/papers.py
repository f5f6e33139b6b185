"""References to documents that are no laws: 指針, ガイドライン, 閣議決定, 要綱 of municipalities and so on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.flat import Flat
from ingest.names import name_start
from ingest.numbers import NUMBER
from ingest.references.chains import CLAUSES
from ingest.references.citations import read_places
from ingest.references.mention import Mention
from kb.documents import Definition, DocumentKind

_SUFFIX = (
    r"(?:ガイドライン|指針|方針|計画|要綱|要領|要項|規程|規則|基準|マニュアル|手引き?書?|解説書|通達|通知|告示|大綱|戦略|協定書?"
    r"|プラン|プログラム|パッケージ|条例|約款|規約|申合せ|労務単価|単価表)"
)
_WEAK = re.compile(
    r"(?:計画|プラン|プログラム|パッケージ|戦略|約款|規約|通知|告示|(?<!に関する)協定)$"
)
"""Titles that end so name a document only when a bracket dates them."""
_EDITION = r"(?:[0-9]{4}(?:年(?:度)?版?)?|(?:改訂|改定|第[0-9一二三四五]+)版|[0-9]{4}改訂版)?"
_TITLE = re.compile(rf"{_SUFFIX}{_EDITION}(?:改訂版|改定版)?")
_DOTTED = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2})+(?![0-9])")
"""「5.1.5 評価の基準」 is a heading of the document itself."""
_NAMED = re.compile(rf"{_SUFFIX}{_EDITION}(?:等|について)?」?(?:\((?:[^()]|\([^()]*\))*\))?」?$")
_QUOTED = re.compile(r"「(?P<title>[^「」\n]{2,120})」")
_BRACKET = re.compile(r"\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)")
_DATED = re.compile(
    r"(?:明治|大正|昭和|平成|令和)(?:元|[0-9]{1,2})[年・]|[12][0-9]{3}年|(?:閣議)?決定|策定|制定|改定|改正|公表|告示|通達|適用|施行|WTO|抜粋"
)
_DECISION = re.compile(
    r"(?P<body>[一-龥々ァ-ヶー・()ぁ-ん]{2,60}?(?:会議|本部|委員会|幹事会|閣議|省|庁|課|局|部)(?:において(?:[一-龥ァ-ヶー・]+で)?)?)"
    r"(?P<act>決定|申合せ|申し合わせた?|了解|策定した?|通知|通達|公表した?|定めた?)(?=[「(])"
)
_DECIDED = re.compile(
    r"(?:平成|令和)(?:元|[0-9]{1,2})年[0-9]{1,2}月[0-9]{1,2}日(?:付け?)?(?:の)?閣議(?:決定|了解)(?:された|した|の)?"
    rf"(?:「[^「」\n]{{2,80}}」|[一-龥ァ-ヶー・]{{0,30}}?{_SUFFIX}(?![一-龥])|(?=に基づ|を踏まえ|に即し|により|を受け))"
)
"""令和5年4月25日閣議決定の基本方針."""
_ABOUT = re.compile(r"について(?=\()")
_ACRONYM = re.compile(
    r"(?P<name>[一-龥々ァ-ヶー・]{4,40}(?:制度|事業|枠組み|協定))\([A-Z][A-Z0-9/-]{1,10}\)"
)
_TREATY = re.compile(
    r"[一-龥々ァ-ヶー]{2,20}(?:調達協定|貿易協定|連携協定|条約)|[一-龥々ァ-ヶー]{2,20}協定(?=\([A-Z]{2,8}\))"
)
_YEARLY = re.compile(
    r"(?:今|本|昨|前|来|当該?|同)年度(?:における|の|版)(?:[一-龥ぁ-ん]{0,20}(?:に関する|等の|の))?(?:基本方針|契約の方針|方針)"
)
_OF_YEAR = re.compile(
    r"(?:令和|平成)(?:元|[0-9]{1,2})年度の(?:国等の契約の)?基本方針(?!\(以下「本)"
)
_PASSAGE = re.compile(r"「(?P<title>(?![0-9])[^「」\n]{2,60})」の(?:条項|規定|章|節|項目|定め)")
_CITED = re.compile(
    r"[」)]?(?:\(|及び|に基づ|により|による|において|の(?:規定|定め|工事)|第[0-9]|に定|に従|\n|$)"
)
_LIKE = re.compile(
    r"(?<![一-龥々ぁ-んァ-ヶー])(?:国|都|道|府|県|市)(?:の(?:制度|例|規定|基準|取扱い?|運用))?に(?:準じ|倣い|ならい)(?:て|た)?|(?<=は)(?:国|都|道|府|県|市)に準じて"
)
_LOCAL_SYSTEM = re.compile(
    r"[一-龥々]{1,8}(?:都|道|府|県|市|区|町|村)[一-龥々ァ-ヶー・]{2,30}制度(?=による|に基づ|の規定|に登録|に定め|実施要綱)"
)
_PLACE = r"(?:都(?![市合度])|道(?!路)|(?<!政)府|県|市(?!場)|区(?![分域画間])|町|村)"
_LOCAL = re.compile(rf"[一-龥々]{{1,6}}{_PLACE}|企業団|広域連合|事務組合|条例$")
_LOCAL_KIND = re.compile(
    r"(?:要綱|要領|要項|規程|規則|条例|協定書?|基準|方針|ガイドライン|計画|マニュアル|告示)"
)
_NATIONAL = re.compile(
    r"WTO|政府調達|閣議|国土交通|総務省|経済産業|中小企業庁|厚生労働|内閣府|会議決定"
)
_MADE = re.compile(
    r"[」)]*(?:等)?を(?:、|毎年度、?)?(?:策定|作成|定め|制定|公表|改定|改正|設け|提出|整備)"
)
_RULE_SECTION = re.compile(r"要綱|要領|法令|根拠|規程|条例|規則")
_OF_CLAUSE = re.compile(rf"の?{CLAUSES}")
_OF_THAT_YEAR = r"(?:(?:令和|平成)(?:元|[0-9]{1,2})年度の?)?"
_PERSONAL = re.compile(
    r"(?:契約|事業|実施|発注|経営|行動|利用|作業|工程|資金|生産|開発|認定|審査|判断|評価|算定|選定|調査|入札|落札者?決定"
    r"|運用|配点|加点|付与|標準|一定の|資格審査|安全|環境|技術|品質|検査|積算|価格|再生|取組|配置|研修|承継|強化|改善|革新)"
    rf"{_SUFFIX}"
)
_GENERIC = re.compile(
    r"(?:本|当該|同|この|その|各|上記|両|新|旧|下記|前記|次の|以下の|特記|共通|契約の|基本的な)?"
    + _SUFFIX
)


@dataclass(slots=True)
class PaperFinder:
    """Finds a document's references to other documents; `kind` is the kind of the citing one."""

    kind: DocumentKind
    _short: dict[str, str] = field(default_factory=dict)

    def learn(self, definitions: tuple[Definition, ...], own_title: str) -> None:
        """Short names of other documents; the document's own (本方針) are left out."""
        for item in definitions:
            meaning = item.meaning.strip("「」")
            own = item.term.startswith(("本", "この")) or _same_title(meaning, own_title)
            if _NAMED.search(meaning) and not own and self.kind is not DocumentKind.LAW:
                self._short[item.term] = meaning

    def find(self, flat: Flat) -> list[Mention]:
        """Every reference of one node, the surest first."""
        text = flat.text
        section = bool(_RULE_SECTION.search(flat.node.heading)) and self.kind is DocumentKind.JIREI
        found = [
            *(
                Mention(match.start(), match.end(), "external_doc", outside=True)
                for match in _DECIDED.finditer(text)
            ),
            *self._decisions(text),
            *self._quoted(text),
            *self._abouts(text),
            *self._titles(text, section),
            *self._shorts(text),
            *self._others(text),
        ]
        return [mention for mention in found if mention]

    def _mention(self, text: str, start: int, end: int) -> Mention:
        words = text[start:end]
        local = not _NATIONAL.search(words) and (
            self.kind is DocumentKind.JIREI
            or bool(_LOCAL.search(words) and _LOCAL_KIND.search(words))
        )
        return Mention(start, end, "local_rule" if local else "external_doc", outside=True)

    def _decisions(self, text: str) -> Iterator[Mention]:
        """…幹事会決定「…」 and …会議決定（平成26年…）."""
        for match in _DECISION.finditer(text):
            if quoted := _QUOTED.match(text, match.end()):
                yield self._mention(text, quoted.start(), _with_bracket(text, quoted.end()))
            elif (bracket := _BRACKET.match(text, match.end())) and _DATED.search(bracket[0]):
                start = name_start(text, match.end("body"))
                yield self._mention(text, start, bracket.end())

    def _quoted(self, text: str) -> Iterator[Mention]:
        for match in _QUOTED.finditer(text):
            if _is_definition(text, match) or _DOTTED.match(match["title"]):
                continue
            title = _BRACKET.sub("", match["title"])
            after = _TITLE.match(text, match.end())
            bracket = _BRACKET.match(text, match.end())
            dated = bool(bracket and _DATED.search(bracket[0]) and "以下" not in bracket[0][:3])
            ends = [found.end() for found in _TITLE.finditer(title)]
            titled = bool(ends) and ends[-1] == len(title)
            if titled and not dated and _WEAK.search(title):
                continue
            titled = titled or (title.endswith("について") and len(title) >= 8)
            if (
                titled
                or dated
                or (after and not _PERSONAL.match(after[0]))
                or _tail(text, match.end())
            ):
                end = _with_bracket(text, match.end())
                if tail := _tail(text, match.end()):
                    end = tail
                if self.kind is DocumentKind.JIREI or not _is_made(text, end):
                    yield self._mention(text, match.start(), end)

    def _abouts(self, text: str) -> Iterator[Mention]:
        """…の拡大について（平成12年10月10日…決定）."""
        for match in _ABOUT.finditer(text):
            bracket = _BRACKET.match(text, match.end())
            if bracket and _DATED.search(bracket[0]):
                start = name_start(text, match.start())
                yield self._mention(text, start, bracket.end())

    def _titles(self, text: str, section: bool) -> Iterator[Mention]:
        for match in _TITLE.finditer(text):
            start = name_start(text, match.start())
            end = _with_bracket(text, match.end())
            if _inside_quotes(text, match.start()) or _goes_on(text, match.end()):
                continue
            if places := read_places(text, match.end()) or read_places(text, end):
                end = _with_caption(text, places[-1].end)
            elif end > match.end() and (clause := _OF_CLAUSE.match(text, end)):
                end = clause.end()
            if self._is_title(text, start, match, section) and not _is_made(text, end):
                yield self._mention(text, start, end)

    def _is_title(self, text: str, start: int, match: re.Match[str], section: bool) -> bool:
        words = text[start : match.end()]
        if _GENERIC.fullmatch(words) or "その他の" in words:
            return False
        if re.match(rf"第{NUMBER}条", text[match.end() :]) and not text.startswith("本", start):
            return True
        if len(words) < 5:
            return False
        bracket = _BRACKET.match(text, match.end())
        if bracket and _DATED.search(bracket[0]) and not _is_term(bracket[0]):
            return True
        whole_line = (start == 0 or text[start - 1] in "\n・*-") and (
            match.end() == len(text) or text[match.end()] in "\n("
        )
        if whole_line and section:
            return True
        if re.search(
            rf"に関する(?:我が国の)?(?:各種)?(?:取組|行動|基本的な|運用|実施)?{_SUFFIX}$", words
        ):
            return (
                match[0] not in ("基準", "計画")
                or "我が国" in words
                or bool(re.search(r"行動計画$", words))
            )
        if match[0] in ("要綱", "要領", "規程", "条例") and len(words) >= 7:
            return True
        named = _LOCAL.match(words) or (
            self.kind is DocumentKind.JIREI
            and len(words) >= 10
            and not re.search(r"[ぁ-ん]", words)
        )
        return bool(named) and len(words) >= 6 and bool(_CITED.match(text, match.end()))

    def _shorts(self, text: str) -> Iterator[Mention]:
        for short in sorted(self._short, key=len, reverse=True):
            for match in re.finditer(
                rf"(?<![一-龥々ァ-ヶーの本]){_OF_THAT_YEAR}{re.escape(short)}(?!(?!第[0-9])[一-龥々])",
                text,
            ):
                start, end = match.span()
                if place := _OF_CLAUSE.match(text, end):
                    end = place.end()
                if text[start - 1 : start] == "「":
                    if text[end : end + 1] != "」" or text[end : end + 3] == "」とい":
                        continue
                    start, end = start - 1, end + 1
                yield Mention(start, end, "external_doc", outside=True)

    def _others(self, text: str) -> Iterator[Mention]:
        for pattern in (_YEARLY, _OF_YEAR, _TREATY, _ACRONYM):
            for match in pattern.finditer(text):
                yield Mention(match.start(), match.end(), "external_doc", outside=True)
        for match in _PASSAGE.finditer(text):
            yield self._mention(text, match.start(), match.end())
        for match in _LIKE.finditer(text):
            yield Mention(match.start(), match.end(), "external_doc", outside=True)
        if self.kind is DocumentKind.JIREI:
            for match in _LOCAL_SYSTEM.finditer(text):
                yield Mention(match.start(), match.end(), "local_rule", outside=True)


def _with_bracket(text: str, end: int) -> int:
    """Past a bracket that dates the document."""
    bracket = _BRACKET.match(text, end)
    if bracket and (_DATED.search(bracket[0]) or "以下「" in bracket[0]):
        return bracket.end()
    return end


def _with_caption(text: str, end: int) -> int:
    """Past 第72条(随意契約のできる額)."""
    bracket = _BRACKET.match(text, end)
    return bracket.end() if bracket else end


def _tail(text: str, end: int) -> int | None:
    """Past 登録要綱 of 「ハッピー・パートナー企業」（…）登録要綱."""
    bracket = _BRACKET.match(text, end)
    position = bracket.end() if bracket else end
    match = re.compile(
        rf"[一-龥々]{{0,12}}(?:要綱|要領|要項|規程|規則|条例|基準){_EDITION}(?![一-龥])"
    ).match(text, position)
    return match.end() if match else None


def _is_definition(text: str, match: re.Match[str]) -> bool:
    before, after = (
        text[max(0, match.start() - 4) : match.start()],
        text[match.end() : match.end() + 3],
    )
    return before.endswith(("以下", "単に", "以下、")) or after.startswith(
        ("という", "とい", "とは")
    )


def _is_term(bracket: str) -> bool:
    return bracket.startswith("(以下")


def _is_made(text: str, end: int) -> bool:
    """Whether the document is being made (…を作成する): then no other document is meant."""
    return bool(_MADE.match(text, end))


def _inside_quotes(text: str, position: int) -> bool:
    line = text[text.rfind("\n", 0, position) + 1 : position]
    return line.count("「") > line.count("」")


def _goes_on(text: str, end: int) -> bool:
    """方針決定, 計画的, 基準価格: the word goes on, it names no document."""
    return bool(re.match(r"(?!及び|又は|並び|等|第[0-9])[一-龥々ァ-ヶー]", text[end : end + 2]))


def _same_title(meaning: str, title: str) -> bool:
    bare = re.sub(r"\s|(?:令和|平成)[0-9元]+年度(?:における)?", "", title)
    return bool(bare) and (meaning.endswith(bare) or bare.endswith(meaning))
