"""References to documents that are no laws: by their title, a defined short name or a description."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.flat import Flat
from ingest.references.decisions import find_decisions
from ingest.references.issuers import by_issuer
from ingest.references.mention import Mention
from ingest.references.plain_titles import OF_CLAUSE, find_plain_titles
from ingest.references.quoted_titles import find_quoted_titles
from ingest.references.titles import EDITION, SUFFIX
from ingest.references.untitled import find_untitled
from kb.documents import Definition, DocumentKind

_NAMED = re.compile(rf"{SUFFIX}{EDITION}(?:等|について)?」?(?:\((?:[^()]|\([^()]*\))*\))?」?$")
_RULE_SECTION = re.compile(r"要綱|要領|法令|根拠|規程|条例|規則")
_OF_THAT_YEAR = r"(?:(?:令和|平成)(?:元|[0-9]{1,2})年度の?)?"


@dataclass(slots=True)
class PaperFinder:
    """Finds a document's references to other documents; `kind` is the kind of the citing one."""

    kind: DocumentKind
    _short: list[str] = field(default_factory=list)

    def learn(self, definitions: tuple[Definition, ...], own_title: str) -> None:
        """Short names of other documents; the document's own (本方針) are left out."""
        for item in definitions:
            meaning = item.meaning.strip("「」")
            own = item.term.startswith(("本", "この")) or _same_title(meaning, own_title)
            if _NAMED.search(meaning) and not own:
                self._short.append(item.term)

    def find(self, flat: Flat) -> list[Mention]:
        """Every reference of one node, the surest first."""
        text = flat.text
        in_case = self.kind is DocumentKind.JIREI
        rules = in_case and bool(_RULE_SECTION.search(flat.node.heading))
        titles = (
            *find_decisions(text),
            *find_quoted_titles(text, made_too=in_case),
            *find_plain_titles(text, in_case=in_case, rules=rules),
        )
        return [
            *(by_issuer(text, start, end, in_case=in_case) for start, end in titles),
            *self._shorts(text),
            *find_untitled(text, in_case=in_case),
        ]

    def _shorts(self, text: str) -> Iterator[Mention]:
        for short in sorted(self._short, key=len, reverse=True):
            for match in re.finditer(
                rf"(?<![一-龥々ァ-ヶーの本]){_OF_THAT_YEAR}{re.escape(short)}(?!(?!第[0-9])[一-龥々])",
                text,
            ):
                start, end = match.span()
                if place := OF_CLAUSE.match(text, end):
                    end = place.end()
                if text[start - 1 : start] == "「":
                    if text[end : end + 1] != "」" or text[end : end + 3] == "」とい":
                        continue
                    start, end = start - 1, end + 1
                yield Mention(start, end, "external_doc", outside=True)


def _same_title(meaning: str, title: str) -> bool:
    bare = re.sub(r"\s|(?:令和|平成)[0-9元]+年度(?:における)?", "", title)
    return bool(bare) and (meaning.endswith(bare) or bare.endswith(meaning))
