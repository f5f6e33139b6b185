"""The field's vocabulary: topics, terms and owners, read from `corpus/lexicon` and an office's folder."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import ConfigDict, StringConstraints, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as checked

from kb.documents import DocumentKind
from kb.errors import InputError

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]

TOPICS = "topics"
TERMS = "terms.jsonl"
OWNERS = "owners.jsonl"

_STRICT = ConfigDict(extra="forbid")


class Direction(StrEnum):
    """Which side of a term row may stand for the other."""

    BOTH = "both"
    TO_TERM = "to_term"  # a synonym is taken for the term, never the other way round


class TermKind(StrEnum):
    """Why two writings mean the same."""

    SYNONYM = "synonym"
    ABBREVIATION = "abbreviation"
    COLLOQUIAL = "colloquial"
    LAW = "law"
    ORGANISATION = "organisation"
    ERA = "era"
    SPELLING = "spelling"


class OwnerKind(StrEnum):
    """What sort of body a document, case or table row belongs to."""

    PREFECTURE = "prefecture"
    CITY = "city"
    ORGANISATION = "organisation"
    GROUP = "group"


@checked(frozen=True, slots=True, config=_STRICT)
class Topic:
    """A subject of the field: the documents' `official` terms and how people say it.

    `related` names other topics.
    """

    topic: Text
    official: tuple[Text, ...]
    everyday: tuple[Text, ...]
    area: str = ""
    related: tuple[Text, ...] = ()


@checked(frozen=True, slots=True, config=_STRICT)
class Term:
    """An official term and other writings of it.

    `do_not_merge` lists look-alikes with another meaning: where the user writes one of the row's
    words, nothing may be expanded to them.
    """

    term: Text
    synonyms: tuple[Text, ...] = ()
    kind: TermKind = TermKind.SYNONYM
    direction: Direction = Direction.BOTH
    do_not_merge: tuple[Text, ...] = ()


@checked(frozen=True, slots=True, config=_STRICT)
class Owner:
    """A body and what people call it; `document_kind` when it stands for all documents of a kind."""

    name: Text
    aliases: tuple[Text, ...] = ()
    kind: OwnerKind = OwnerKind.ORGANISATION
    prefecture: Text | None = None
    document_kind: DocumentKind | None = None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All rows, those of the same name merged into one."""

    topics: tuple[Topic, ...]
    terms: tuple[Term, ...]
    owners: tuple[Owner, ...]

    @property
    def digest(self) -> str:
        """Changes whenever a row does."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:12]


def load_lexicon(folders: Iterable[Path]) -> Lexicon:
    """Read `topics/*.jsonl`, `terms.jsonl` and `owners.jsonl` of each folder; any may be absent.

    A row whose name an earlier row has adds to it. Raises InputError naming file and line for a row
    that cannot be used, or the folder when it does not exist.
    """
    topics: dict[str, Topic] = {}
    terms: dict[str, Term] = {}
    owners: dict[str, Owner] = {}
    for folder in folders:
        if not folder.is_dir():
            raise InputError(
                f"用語集のフォルダー「{folder}」がありません。設定 KB_LEXICON を確認してください。"
            )
        for path in sorted((folder / TOPICS).glob("*.jsonl")):
            _merge(topics, _rows(path, Topic), lambda row: row.topic, _merged_topics)
        _merge(terms, _rows(folder / TERMS, Term), _term_key, _merged_terms)
        _merge(owners, _rows(folder / OWNERS, Owner), lambda row: row.name, _merged_owners)
    return Lexicon(tuple(topics.values()), tuple(terms.values()), tuple(owners.values()))


Row = TypeVar("Row", Topic, Term, Owner)


def _rows(path: Path, kind: type[Row]) -> Iterable[Row]:
    if not path.exists():
        return
    adapter = TypeAdapter(kind)
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"用語集「{path}」を読めません。UTF-8のファイルとして読めるようにしてください。"
        ) from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield adapter.validate_json(line)
            except ValidationError as error:
                raise InputError(
                    f"用語集「{path}」の{number}行目を使えません（{_problem(error)}）。"
                    "書き方は corpus/lexicon/README.md を見て直してください。"
                ) from error


def _problem(error: ValidationError) -> str:
    problem = error.errors()[0]
    field = ".".join(str(part) for part in problem["loc"])
    match problem["type"]:
        case "json_invalid":
            return "JSONとして読めません"
        case "missing":
            return f"項目「{field}」がありません"
        case "unexpected_keyword_argument" | "extra_forbidden":
            return f"項目「{field}」は使えません"
        case _:
            return f"項目「{field}」の値が正しくありません"


def _merge(
    known: dict[str, Row],
    rows: Iterable[Row],
    name: Callable[[Row], str],
    merged: Callable[[Row, Row], Row],
) -> None:
    for row in rows:
        before = known.get(name(row))
        known[name(row)] = merged(before, row) if before is not None else row


def _union(first: Sequence[str], second: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))


def _merged_topics(first: Topic, second: Topic) -> Topic:
    return Topic(
        first.topic,
        _union(first.official, second.official),
        _union(first.everyday, second.everyday),
        first.area or second.area,
        _union(first.related, second.related),
    )


def _term_key(row: Term) -> str:
    """A term may have one row of each kind and direction."""
    return "\0".join((row.term, row.kind, row.direction))


def _merged_terms(first: Term, second: Term) -> Term:
    return Term(
        first.term,
        _union(first.synonyms, second.synonyms),
        second.kind,
        second.direction,
        _union(first.do_not_merge, second.do_not_merge),
    )


def _merged_owners(first: Owner, second: Owner) -> Owner:
    return Owner(
        first.name,
        _union(first.aliases, second.aliases),
        second.kind,
        second.prefecture or first.prefecture,
        second.document_kind or first.document_kind,
    )
