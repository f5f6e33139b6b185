"""What a system under test gave for one question, ours or another's."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.sentences import split_sentences
from kb.results import Answer, Hit


@dataclass(frozen=True, slots=True)
class CitedPlace:
    """A citation; `quote` and its offsets in the document's text where the system states them."""

    id: str
    quote: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Response:
    """Ranked hit ids, citations and answer; None for what a system does not give at all.

    `answer` holds the cells of a table too; `claims` is what citations must bear out: the text, and
    of a table only the cells with a citation, its number behind each. Times are in seconds.
    """

    hits: tuple[str, ...] | None = None
    citations: tuple[CitedPlace, ...] | None = None
    answer: str | None = None
    claims: str | None = None
    abstained: bool | None = None
    search_seconds: float | None = None
    answer_seconds: float | None = None

    @classmethod
    def of(
        cls, hits: tuple[Hit, ...], search_seconds: float, answer: Answer, answer_seconds: float
    ) -> Response:
        """What our own system gave."""
        return cls(
            hits=tuple(hit.id for hit in hits),
            citations=tuple(
                CitedPlace(item.id, item.quote, item.start, item.end) for item in answer.citations
            ),
            answer=_words(answer),
            claims=_claims(answer),
            abstained=answer.abstained,
            search_seconds=search_seconds,
            answer_seconds=answer_seconds,
        )


def _claims(answer: Answer) -> str:
    rows = answer.table.rows if answer.table else ()
    cells = [
        f"{sentence.text}[{cell.citation}]"
        for row in rows
        for cell in row
        if cell.citation
        for sentence in split_sentences(cell.text)
    ]
    return "\n".join([answer.text, *cells])


def _words(answer: Answer) -> str:
    rows = answer.table.rows if answer.table else ()
    return "\n".join([answer.text, *("\t".join(cell.text for cell in row) for row in rows)])
