"""What a comparison gives: paired clauses, what differs in them, and tables to lay side by side."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Relation(StrEnum):
    """How two documents stand to each other at a clause, in the interface's four words."""

    SAME = "same"
    CHANGED = "changed"
    ONLY_A = "only_a"
    ONLY_B = "only_b"


class Kind(StrEnum):
    """The relation in full, said of B as seen from A: `WEAKER` means that B binds less than A."""

    SAME = "same"
    CHANGED = "changed"
    NARROWED = "narrowed"
    WIDENED = "widened"
    WEAKER = "weaker"
    STRONGER = "stronger"
    ONLY_A = "only_a"
    ONLY_B = "only_b"

    @property
    def relation(self) -> Relation:
        """The same in the interface's four words."""
        match self:
            case Kind.SAME | Kind.ONLY_A | Kind.ONLY_B:
                return Relation(self.value)
            case _:
                return Relation.CHANGED

    @property
    def japanese(self) -> str:
        """The name an officer uses."""
        return {
            Kind.SAME: "同じ",
            Kind.CHANGED: "表現の変更",
            Kind.NARROWED: "縮小",
            Kind.WIDENED: "拡大",
            Kind.WEAKER: "義務の緩和",
            Kind.STRONGER: "義務の強化",
            Kind.ONLY_A: "Aのみ",
            Kind.ONLY_B: "Bのみ",
        }[self]

    @property
    def reversed(self) -> Kind:
        """The same said of A as seen from B."""
        return {
            Kind.NARROWED: Kind.WIDENED,
            Kind.WIDENED: Kind.NARROWED,
            Kind.WEAKER: Kind.STRONGER,
            Kind.STRONGER: Kind.WEAKER,
            Kind.ONLY_A: Kind.ONLY_B,
            Kind.ONLY_B: Kind.ONLY_A,
        }.get(self, self)


class Edit(StrEnum):
    """What became of a stretch of text between A and B."""

    EQUAL = "equal"
    DELETE = "delete"
    INSERT = "insert"
    REPLACE = "replace"


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of two texts: the `a` of all changes joined is A's text, the `b` joined B's.

    An `EQUAL` stretch may differ in width and spacing (`５` and `5`), never in words.
    """

    edit: Edit
    a: str
    b: str


class Matter(StrEnum):
    """What sort of thing a named difference is about."""

    NUMBER = "number"
    DATE = "date"
    DUTY = "duty"

    @property
    def japanese(self) -> str:
        """The name an officer uses."""
        return {Matter.NUMBER: "数値", Matter.DATE: "年月日", Matter.DUTY: "義務の強さ"}[self]


@dataclass(frozen=True, slots=True)
class Difference:
    """A number, a date or a duty that the two clauses state differently; None where one is silent."""

    matter: Matter
    a: str | None
    b: str | None

    @property
    def japanese(self) -> str:
        """「数値: 61%→25%」."""
        return f"{self.matter.japanese}: {self.a or 'なし'}→{self.b or 'なし'}"


@dataclass(frozen=True, slots=True)
class DocumentName:
    """A compared document: its id, its title and a short name with the year."""

    id: str
    title: str
    name: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause as comparisons show it: `number` as officers say it (第2-2(3)③).

    `position` counts the clauses of the document from 0. `text` is heading and body as the node
    holds them, one paragraph a line; the heading is the first line where there is one.
    """

    id: str
    doc: str
    position: int
    number: str
    label: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for a pair, each 0 to 1: words, headings, place in the tree, works cited."""

    text: float
    heading: float
    position: float
    references: float


@dataclass(frozen=True, slots=True)
class ClausePair:
    """A clause of A and the clause of B that answers it; one side is None where there is none.

    A clause that several answer stands in several pairs; the best of them is `main`. `moved` says
    that a main pair breaks the order that most main pairs have in both documents.
    `score` and the signals are 0 for a clause of one side only.
    """

    a: Clause | None
    b: Clause | None
    kind: Kind
    score: float
    signals: Signals
    main: bool = True
    moved: bool = False
    differences: tuple[Difference, ...] = ()
    changes: tuple[Change, ...] = ()

    @property
    def relation(self) -> Relation:
        """The relation in the interface's four words."""
        return self.kind.relation


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of each document the other answers.

    `a_clauses` and `b_clauses` count clauses, `a_answered` and `b_answered` those in a pair;
    `a_share` and `b_share` are the shares of characters that stand in answered clauses, 0 to 1.
    `kinds` counts pairs by kind.
    """

    a_clauses: int
    b_clauses: int
    a_answered: int
    b_answered: int
    a_share: float
    b_share: float
    kinds: tuple[tuple[Kind, int], ...]


@dataclass(frozen=True, slots=True)
class PolicyComparison:
    """Two documents clause by clause, in the order of A with B's own clauses where they stand.

    `versions` says that the two are years of one policy; `first` is the id of the document that a
    対照表 puts left by custom: of two years the newer, else a 基本方針, else A.
    """

    a: DocumentName
    b: DocumentName
    pairs: tuple[ClausePair, ...]
    coverage: Coverage
    versions: bool
    first: str
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class WordingGroup:
    """Clauses of several documents that say the same, word for word.

    `kind` and `changes` compare this wording with the clause asked about (A).
    """

    clauses: tuple[Clause, ...]
    kind: Kind
    differences: tuple[Difference, ...] = ()
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class ClauseComparison:
    """How every other document words one clause; `silent` names those without such a clause."""

    clause: Clause
    documents: tuple[DocumentName, ...]
    groups: tuple[WordingGroup, ...]
    silent: tuple[DocumentName, ...]
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a table cell; what differs from the other column is underlined."""

    text: str
    underlined: bool = False


@dataclass(frozen=True, slots=True)
class ContrastRow:
    """A row of a 新旧対照表: paragraphs of runs on the left and right, and notes.

    `left_ids` and `right_ids` name the clauses shown, empty where a column has none. `unchanged`
    says that the row only stands for clauses left out as （略）.
    """

    left: tuple[tuple[Run, ...], ...]
    right: tuple[tuple[Run, ...], ...]
    notes: tuple[str, ...] = ()
    left_ids: tuple[str, ...] = ()
    right_ids: tuple[str, ...] = ()
    unchanged: bool = False


@dataclass(frozen=True, slots=True)
class ContrastTable:
    """A 新旧対照表: title, the two column heads, rows and how to read it."""

    title: str
    left: str
    right: str
    rows: tuple[ContrastRow, ...]
    legend: tuple[str, ...]
