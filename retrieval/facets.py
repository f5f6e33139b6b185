"""What each passage belongs to, as arrays: the columns that filters and grouping need."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kb.documents import POLICIES, Case, Document, DocumentKind, Passage
from kb.errors import CorruptStoreError, OptionError, UnknownDocumentError
from kb.fiscal_year import FiscalYear
from kb.places import prefecture_named
from kb.results import Filters
from retrieval.analysis import normalise

Mask = npt.NDArray[np.bool_]

_FILE = "facets.json"
_ARRAY = "facets.npy"
_SHOWN = 12
_RETELLING = 0.75
_LEADING_IN = 0.9
"""What scores of passages are multiplied by that retell cases or lead into several clauses."""


@dataclass(frozen=True, slots=True)
class _Facet:
    """What a document or one of its cases can be filtered by."""

    doc: str
    kind: str
    issuer: str
    organisation: str
    prefectures: tuple[str, ...]
    category: str
    year: int | None
    case: int | None

    @property
    def prior(self) -> float:
        """What scores are multiplied by.

        The parts of a case book outside its cases retell them in brief: the case itself is meant.
        """
        return _RETELLING if self.kind == DocumentKind.JIREI and self.case is None else 1.0


class Facets:
    """Passage i stands in node number `nodes[i]` and has the facet `_facets[_of[i]]`.

    `cases[i]` numbers the case in which it stands, -1 outside of cases; `priors[i]` is what its
    scores are multiplied by. All shapes (size,).
    """

    def __init__(self, columns: npt.NDArray[np.int32], facets: Sequence[_Facet]) -> None:
        self.nodes = columns[0]
        self._of = columns[1]
        self._facets = tuple(facets)
        cases = [-1 if facet.case is None else place for place, facet in enumerate(facets)]
        self.cases: npt.NDArray[np.int32] = np.array(cases, dtype=np.int32)[self._of]
        priors = [facet.prior for facet in facets]
        self.priors: npt.NDArray[np.float32] = np.array(priors, dtype=np.float32)[self._of]
        self._leading = columns[2]
        self.priors[self._leading > 0] *= np.float32(_LEADING_IN)

    @classmethod
    def build(cls, passages: Sequence[Passage], documents: Mapping[str, Document]) -> Facets:
        """Collect the facets of `passages`; `documents` holds the document of each."""
        nodes: dict[str, int] = {}
        facets: dict[_Facet, int] = {}
        columns = np.empty((3, len(passages)), dtype=np.int32)
        leading = _leading_in(passages, documents)
        for position, passage in enumerate(passages):
            facet = _facet(documents[passage.doc], passage.case)
            columns[0, position] = nodes.setdefault(passage.node, len(nodes))
            columns[1, position] = facets.setdefault(facet, len(facets))
            columns[2, position] = passage.node in leading
        return cls(columns, tuple(facets))

    @property
    def size(self) -> int:
        """Number of passages."""
        return len(self.nodes)

    def mask(self, filters: Filters) -> Mask | None:
        """Which passages pass, shape (size,); None when all do.

        Raises UnknownDocumentError for a document and OptionError for any other value that no
        passage has.
        """
        tests = list(self._tests(filters))
        if not tests:
            return None
        passes = [all(test(facet) for test in tests) for facet in self._facets]
        mask: Mask = np.array(passes, dtype=np.bool_)[self._of]
        return mask

    def save(self, folder: Path) -> None:
        """Write the columns into `folder`."""
        rows = [astuple(facet) for facet in self._facets]
        (folder / _FILE).write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
        np.save(folder / _ARRAY, np.stack([self.nodes, self._of, self._leading]))

    @classmethod
    def load(cls, folder: Path) -> Facets:
        """Read what `save` wrote. Raises CorruptStoreError when it cannot be read."""
        try:
            rows = json.loads((folder / _FILE).read_text(encoding="utf-8"))
            columns = np.load(folder / _ARRAY, mmap_mode="r")
            return cls(columns, [_restored(*row) for row in rows])
        except (OSError, ValueError, TypeError, IndexError) as error:
            raise CorruptStoreError(
                f"絞り込み用の索引（{folder}）が読めません。`kb ingest` を実行して作り直してください。"
            ) from error

    def _tests(self, filters: Filters) -> Iterable[Callable[[_Facet], bool]]:
        if filters.doc is not None:
            doc = filters.doc
            if all(facet.doc != doc for facet in self._facets):
                raise UnknownDocumentError(doc)
            yield lambda facet: facet.doc == doc
        if filters.kind is not None:
            yield self._test("種類", filters.kind, lambda facet: (facet.kind,), _equal)
        if filters.issuer is not None:
            yield self._test(
                "発行者",
                filters.issuer,
                lambda facet: tuple(filter(None, (facet.issuer, facet.organisation))),
                _contains,
            )
        if filters.prefecture is not None:
            prefecture = prefecture_named(normalise(filters.prefecture)) or filters.prefecture
            yield self._test("都道府県", prefecture, lambda facet: facet.prefectures, _equal)
        if filters.category is not None:
            yield self._test(
                "区分",
                filters.category,
                lambda facet: (facet.category,) if facet.category else (),
                _contains,
            )
        if filters.year is not None:
            yield self._test(
                "年度",
                str(filters.year),
                lambda facet: (str(FiscalYear(facet.year)),) if facet.year else (),
                _equal,
            )

    def _test(
        self,
        name: str,
        wanted: str,
        values: Callable[[_Facet], Iterable[str]],
        agrees: Callable[[str, str], bool],
    ) -> Callable[[_Facet], bool]:
        def test(facet: _Facet) -> bool:
            return any(agrees(value, wanted) for value in values(facet))

        if not any(test(facet) for facet in self._facets):
            known = list(dict.fromkeys(v for facet in self._facets for v in values(facet)))
            more = " など" if len(known) > _SHOWN else ""
            listed = "、".join(known[:_SHOWN]) or "ありません"
            raise OptionError(
                f"{name}「{wanted}」に当たる資料はありません。使える値: {listed}{more}。"
            )
        return test


def _leading_in(passages: Sequence[Passage], documents: Mapping[str, Document]) -> frozenset[str]:
    """Clauses of policies above at least two others: they say what these are about (次の措置を講ずる)."""
    above = Counter(
        node.rpartition("/")[0]
        for node in {passage.node for passage in passages}
        if documents[node.partition("/")[0]].kind in POLICIES and "/表/" not in node
    )
    return frozenset(node for node, below in above.items() if below > 1)


def _facet(document: Document, case: Case | None) -> _Facet:
    prefectures = {document.prefecture, case.prefecture if case else None} - {None}
    return _Facet(
        doc=document.id,
        kind=document.kind,
        issuer=document.issuer,
        organisation=case.organisation if case else "",
        prefectures=tuple(sorted(filter(None, prefectures))),
        category=case.category if case else "",
        year=document.fiscal_year.western if document.fiscal_year else None,
        case=case.number if case else None,
    )


def _restored(
    doc: str,
    kind: str,
    issuer: str,
    organisation: str,
    prefectures: list[str],
    category: str,
    year: int | None,
    case: int | None,
) -> _Facet:
    return _Facet(doc, kind, issuer, organisation, tuple(prefectures), category, year, case)


def _equal(value: str, wanted: str) -> bool:
    return normalise(value) == normalise(wanted)


def _contains(value: str, wanted: str) -> bool:
    return normalise(wanted.strip()) in normalise(value)
