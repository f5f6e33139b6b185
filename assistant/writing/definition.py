"""What a term means: the places that define it first, or that none does and where it is used."""

from __future__ import annotations

from dataclasses import replace

from assistant.evidence import Role
from assistant.meaning import defining, describing, uses
from assistant.writing.lines import Matter
from assistant.writing.locate import locate
from kb.results import Answer
from retrieval.meanings import squeezed
from retrieval.query import term_asked

NO_DEFINITION = "「{term}」の定義の記載は見当たりません。用いている箇所："


def definition(matter: Matter) -> Answer:
    """The lines, those that define the term first, each with the sentence that does.

    Where none does and the term is used, the answer says so.
    """
    asked = term_asked(matter.query.text)
    term = squeezed(asked)
    if not term:
        return locate(matter)
    found = [defining(matter.kb, item, term) for item in matter.evidence]
    defined = [replace(item, role=Role.ANSWER) for item in found if item]
    others = [item for item, meant in zip(matter.evidence, found, strict=True) if meant is None]
    answer = locate(replace(matter, evidence=(*defined, *others)))
    if defined or any(describing(item, term) for item in others):
        return answer
    if not any(uses(item, term) for item in others):
        return answer
    return replace(answer, text=f"{NO_DEFINITION.format(term=asked)}\n{answer.text}")
