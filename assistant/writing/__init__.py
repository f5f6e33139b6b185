"""Evidence to answers without a language model, one writer for each sort of question."""

from assistant.writing.absent import no_such_clause, not_held, not_told, nothing_found
from assistant.writing.clauses import clauses
from assistant.writing.lines import Matter
from assistant.writing.write import write

__all__ = [
    "Matter",
    "clauses",
    "no_such_clause",
    "not_held",
    "not_told",
    "nothing_found",
    "write",
]
