"""Other systems' results: TREC runs and JSONL answers in, TREC runs and qrels out."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from eval.questions import JudgedQuestion, Text, numbered_lines, row_problem
from eval.report import QuestionResult
from eval.response import CitedPlace, Response
from kb.errors import InputError, system_reason

_WHAT = "回答ファイル"
# An id may hold a space (a heading of a case), so it is what the other columns leave over.
_RUN_LINE = re.compile(r"(\S+)\s+\S+\s+(\S.*?)\s+(\d+)\s+(\S+)\s+(\S+)")
_QREL_LINE = re.compile(r"(\S+)\s+\S+\s+(\S.*?)\s+(-?\d+)")


@dataclass(frozen=True, slots=True)
class Responses:
    """Responses by question id, and what a question left out counts as."""

    by_question: Mapping[str, Response]
    nothing: Response


@dataclass(frozen=True, slots=True)
class _CitedRow:
    id: Text
    quote: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class _AnswerRow:
    id: Text
    citations: tuple[_CitedRow, ...]
    answer: str | None = None
    abstained: bool = False
    hits: tuple[Text, ...] | None = None
    seconds: float | None = None


_ANSWER = TypeAdapter(_AnswerRow)


def read_responses(path: Path) -> Responses:
    """Read a TREC run or JSONL answers, told apart by the first line.

    A JSONL row is {"id", "citations": [{"id", "quote"?, "start"?, "end"?}], "answer"?,
    "abstained"?, "hits"?: ranked ids, "seconds"?}. Raises InputError naming the file and line.
    """
    lines = list(numbered_lines(path, _WHAT))
    if not lines:
        raise InputError(f"{_WHAT}「{path}」は空です。TREC形式かJSONLの行を加えてください。")
    if lines[0][1].startswith("{"):
        return _read_answers(path, lines)
    run = _read_run(path, lines)
    return Responses({id: Response(hits=hits) for id, hits in run.items()}, Response(hits=()))


def read_run(path: Path) -> dict[str, tuple[str, ...]]:
    """Ranked ids by question id of a TREC run, best score first. Raises InputError."""
    return _read_run(path, numbered_lines(path, _WHAT))


def write_run(path: Path, run: Mapping[str, Sequence[str]], tag: str) -> None:
    """Write ranked ids by question id as a TREC run; scores fall from the number of ids to 1."""
    _write(
        path,
        (
            f"{question} Q0 {id} {rank} {len(ids) - rank + 1} {tag}"
            for question, ids in run.items()
            for rank, id in enumerate(ids, start=1)
        ),
    )


def read_qrels(path: Path) -> dict[str, dict[str, int]]:
    """Relevance by question id and judged id. Raises InputError."""
    qrels: dict[str, dict[str, int]] = {}
    for number, line in numbered_lines(path, "判定ファイル"):
        match = _QREL_LINE.fullmatch(line)
        if match is None:
            raise InputError(
                f"判定ファイル「{path}」の{number}行目はTREC形式（質問id 0 箇所id 適合度）ではありません。"
                "行を直してください。"
            )
        qrels.setdefault(match[1], {})[match[2]] = int(match[3])
    return qrels


def write_qrels(path: Path, questions: Iterable[JudgedQuestion]) -> None:
    """Write the places that must be found, relevance 1.

    Tools that read them match ids exactly; our measures also count hits below a judged id.
    """
    _write(path, (f"{item.id} 0 {place} 1" for item in questions for place in item.must_find))


def write_trec(folder: Path, results: Sequence[QuestionResult]) -> None:
    """Write run.trec and qrels.trec of an evaluation, for tools that read TREC files."""
    ranked = {item.question.id: item.response.hits or () for item in results}
    write_run(folder / "run.trec", ranked, "kankouju-kb")
    write_qrels(folder / "qrels.trec", [item.question for item in results])


def _read_run(path: Path, lines: Iterable[tuple[int, str]]) -> dict[str, tuple[str, ...]]:
    scored: dict[str, list[tuple[float, int, str]]] = {}
    for number, line in lines:
        match = _RUN_LINE.fullmatch(line)
        score = _number(match[4]) if match else None
        if match is None or score is None:
            raise InputError(
                f"{_WHAT}「{path}」の{number}行目はTREC形式（質問id Q0 箇所id 順位 得点 名前の6列）でも"
                "JSONLでもありません。行を直してください。"
            )
        scored.setdefault(match[1], []).append((-score, int(match[3]), match[2]))
    return {
        question: tuple(dict.fromkeys(id for _, _, id in sorted(rows)))
        for question, rows in scored.items()
    }


def _read_answers(path: Path, lines: Iterable[tuple[int, str]]) -> Responses:
    responses: dict[str, Response] = {}
    for number, line in lines:
        where = f"{_WHAT}「{path}」の{number}行目"
        try:
            row = _ANSWER.validate_json(line)
        except ValidationError as error:
            raise InputError(f"{where}{row_problem(error)}") from error
        if row.id in responses:
            raise InputError(
                f"{where}のid「{row.id}」は前の行と重複しています。別のidを付けてください。"
            )
        responses[row.id] = Response(
            hits=row.hits,
            citations=tuple(
                CitedPlace(cited.id, cited.quote, cited.start, cited.end) for cited in row.citations
            ),
            answer=row.answer,
            claims=row.answer,
            abstained=row.abstained,
            answer_seconds=row.seconds,
        )
    ranked = any(response.hits is not None for response in responses.values())
    nothing = Response(hits=() if ranked else None, citations=(), answer="", abstained=False)
    return Responses(responses, nothing)


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _write(path: Path, lines: Iterable[str]) -> None:
    try:
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    except OSError as error:
        raise InputError(
            f"ファイル「{path}」に書き込めません（{system_reason(error)}）。場所と権限を確認してください。"
        ) from error
