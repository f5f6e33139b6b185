"""Statements that the evidence says nothing of a thing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.checking.quantities import quantities
from assistant.checking.vocabulary import vocabulary
from assistant.checking.words import content
from retrieval.analysis import normalise
from retrieval.meanings import means, squeezed, terms_defined

_EXCEPTION = re.compile(r"例外|条件|ただし書|但書|除外")
_EXCEPTS = re.compile(r"除[きいくけ]|ない限り|限り|ただし|但し|場合に限|対象外|場合(?:に|は)")
_NUMBER = re.compile(r"数値|金額|割合|比率|人数|件数|上限|期限|期間|日付|具体的な目標")
_NO_DEFINITION = re.compile(r"「([^「」]+)」の(?:定義|意味)")
_MOST = 0.5


def wrongly_absent(text: str, evidence: Sequence[str]) -> bool:
    """Whether the evidence does speak of what `text` says it does not mention.

    It does when it has most words of it, or an exception or number where none is said to be.
    """
    whole = normalise("\n".join(evidence))
    said = normalise(text)
    if _EXCEPTION.search(said) and _EXCEPTS.search(whole):
        return True
    if match := _NO_DEFINITION.search(said):
        term = squeezed(match[1])
        return any(means(found, term) for found in terms_defined(squeezed(whole)))
    if _NUMBER.search(said):
        return any(
            quantity.unit not in ("年", "条", "項", "号", "月日") for quantity in quantities(whole)
        )
    subject = re.split(r"については|について|に関する|に関して|に係る", said)[0]
    wanted = [word for word in content(subject) if word not in vocabulary().generic]
    known = content(whole)
    shared = sum(vocabulary().meets(word, known) for word in wanted)
    return not wanted or shared / len(wanted) > _MOST
