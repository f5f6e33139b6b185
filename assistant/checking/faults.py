"""What can be wrong with a statement."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FaultKind(StrEnum):
    """Why a statement is not borne out by what it cites."""

    UNCITED = "uncited"
    UNKNOWN_CITATION = "unknown_citation"
    MISQUOTED = "misquoted"
    NUMBER = "number"
    ADDRESS = "address"
    NAME = "name"
    BINDING = "binding"
    ROLE = "role"
    SCOPE = "scope"
    DUTY = "duty"
    NEGATION = "negation"
    EXCEPTION = "exception"
    UNSUPPORTED = "unsupported"
    INSTRUCTION = "instruction"


_REASONS = {
    FaultKind.UNCITED: "出典の番号がない",
    FaultKind.UNKNOWN_CITATION: "示していない番号を引いている",
    FaultKind.MISQUOTED: "引用の言葉が出典にない",
    FaultKind.NUMBER: "数・日付が出典にない",
    FaultKind.ADDRESS: "条項の番号が出典と違う",
    FaultKind.NAME: "名称が出典にない",
    FaultKind.BINDING: "別のことについての数や言葉を当てている",
    FaultKind.ROLE: "だれが行うかが出典と違う",
    FaultKind.SCOPE: "出典より広く又は強く述べている",
    FaultKind.DUTY: "義務の強さが出典と違う",
    FaultKind.NEGATION: "肯定・否定が出典と違う",
    FaultKind.EXCEPTION: "出典にある例外・条件が落ちている",
    FaultKind.UNSUPPORTED: "出典に書かれていない",
    FaultKind.INSTRUCTION: "資料に紛れた命令文に従っている",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault and the words it is about."""

    kind: FaultKind
    words: str = ""

    @property
    def japanese(self) -> str:
        """One phrase for the reader."""
        return f"{_REASONS[self.kind]}（{self.words}）" if self.words else _REASONS[self.kind]
