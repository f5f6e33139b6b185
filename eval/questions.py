"""Judged questions: what is asked, which places answer it, and what must not be said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints, TypeAdapter, ValidationError

from kb.errors import InputError, system_reason

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]

MUST_FIND = frozenset({"answer", "resolved"})
"""Roles of places that have to be found; places of any other role may be."""

EXCLUDED = "excluded"
"""The role of a place that looks like an answer and is not one."""


class Answerable(StrEnum):
    """Whether the documents answer a question."""

    YES = "yes"
    PARTIAL = "partial"
    NO = "no"


@dataclass(frozen=True, slots=True)
class GoldPlace:
    """A judged place: `start`..`end` are offsets of `quote` in the document's extracted text."""

    id: Text
    role: Text
    quote: str = ""
    start: Annotated[int, Field(ge=0)] | None = None
    end: Annotated[int, Field(ge=0)] | None = None


@dataclass(frozen=True, slots=True)
class JudgedQuestion:
    """One row of a questions file.

    `absent_in` names documents that must not be cited as containing the rule, `facts` are strings
    that a good answer holds, `variants` other wordings with the same judgement, `before` what the
    same person asked before, oldest first, `fold` the part of the set (0 for tuning, 1 kept).
    """

    id: Text
    question: Text
    answerable: Answerable
    gold: tuple[GoldPlace, ...]
    type: str = ""
    answer: str = ""
    facts: tuple[Text, ...] = ()
    absent_in: tuple[Text, ...] = ()
    variants: tuple[Text, ...] = ()
    before: tuple[Text, ...] = ()
    fold: int | None = None

    @property
    def must_find(self) -> tuple[str, ...]:
        """Ids of the places that have to be found, each once, in the order judged."""
        return tuple(dict.fromkeys(gold.id for gold in self.gold if gold.role in MUST_FIND))

    @property
    def citable(self) -> tuple[str, ...]:
        """Ids of all judged places but the excluded ones."""
        return tuple(dict.fromkeys(gold.id for gold in self.gold if gold.role != EXCLUDED))


_ROW = TypeAdapter(JudgedQuestion)


def read_questions(path: Path) -> tuple[JudgedQuestion, ...]:
    """Read a JSONL file of judged questions; keys not listed above are left alone.

    Raises InputError naming the file and line when it is missing, empty or malformed.
    """
    questions: dict[str, JudgedQuestion] = {}
    for number, line in numbered_lines(path, "質問ファイル"):
        where = f"質問ファイル「{path}」の{number}行目"
        try:
            question = _ROW.validate_json(line)
        except ValidationError as error:
            raise InputError(f"{where}{row_problem(error)}") from error
        if question.id in questions:
            raise InputError(
                f"{where}のid「{question.id}」は前の行と重複しています。別のidを付けてください。"
            )
        questions[question.id] = question
    if not questions:
        raise InputError(
            f"質問ファイル「{path}」に質問が1件もありません。JSONLの行を加えてください。"
        )
    return tuple(questions.values())


def numbered_lines(path: Path, what: str) -> Iterator[tuple[int, str]]:
    """Lines that are not blank with their 1-based numbers. Raises InputError."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(
            f"{what}「{path}」を読めません（{system_reason(error)}）。場所と読み取り権限を確認してください。"
        ) from error
    except UnicodeDecodeError as error:
        raise InputError(
            f"{what}「{path}」はUTF-8の文字列として読めません。UTF-8で保存し直してください。"
        ) from error
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, line.strip()


def row_problem(error: ValidationError) -> str:
    """The first problem of a JSONL row in Japanese, to stand behind 「…のN行目」."""
    problem = error.errors()[0]
    field = ".".join(map(str, problem["loc"]))
    match problem["type"]:
        case "json_invalid":
            return "をJSONとして読めません。1行に1つのJSONオブジェクトを書いてください。"
        case "missing":
            return f"に項目「{field}」がありません。項目を加えてください。"
        case _ if not field:
            return "がJSONオブジェクトではありません。1行に1つのJSONオブジェクトを書いてください。"
        case _:
            return f"の項目「{field}」の値「{problem['input']}」は使えません。値を直してください。"
