"""Which parts of the search are at work: all of them but where one's effect is measured."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from retrieval.analysis import Analyzer
from retrieval.backend import NONE
from retrieval.expansion import own_terms
from retrieval.understand import Understood


@dataclass(frozen=True, slots=True)
class Parts:
    """What a search uses.

    `lexical` words and `dense` meaning of question and passage; `expansion` the thesaurus's other
    words for the question's; `topics` the topics that it is about; `names` the owners, documents,
    years and clause numbers that it names; `related` parallel and neighbouring clauses; `spread` the
    limit on sections of one case.
    """

    lexical: bool = True
    dense: bool = True
    expansion: bool = True
    topics: bool = True
    names: bool = True
    related: bool = True
    spread: bool = True

    def of_vector(self, vector: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """The question's vector, shape (dimension,), or zeros, which are near to nothing."""
        return vector if self.dense else np.zeros_like(vector)

    def of_understood(self, wanted: Understood, analyzer: Analyzer) -> Understood:
        """What counts of an understood question."""
        if not self.expansion:
            wanted = replace(wanted, terms=own_terms(wanted.query.text, analyzer))
        if not self.lexical:
            wanted = replace(wanted, terms={})
        if not self.topics:
            wanted = replace(wanted, about=np.zeros_like(wanted.about))
        if not self.names:
            wanted = replace(wanted, named=np.zeros_like(wanted.named))
        if not (self.topics or self.names):
            wanted = replace(wanted, positions=NONE)
        return wanted


ALL = Parts()
