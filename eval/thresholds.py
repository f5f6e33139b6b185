"""The figures that must hold, in a TOML file that CI enforces.

A table per set of questions, in it the bounds of each measure:

    [own]
    questions = "questions/own.jsonl"
    at_least = { "hit@1" = 0.90 }
    at_most = { "hallucinated_ids" = 0.0 }
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as checked

from eval.reports.names import japanese
from kb.errors import InputError, system_reason

_Bounds = Mapping[str, Annotated[float, Field(ge=0)]]


@checked(frozen=True, config=ConfigDict(extra="forbid"))
class Thresholds:
    """Bounds for one set of questions; `questions` is a path relative to the thresholds file."""

    questions: Path
    at_least: _Bounds = field(default_factory=dict)
    at_most: _Bounds = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A measure on the wrong side of its bound; `value` is None when it could not be measured."""

    measure: str
    value: float | None
    bound: float
    at_least: bool

    @property
    def japanese(self) -> str:
        """One phrase for people."""
        shown = "測れません" if self.value is None else f"{self.value:.3f}"
        side = "以上" if self.at_least else "以下"
        return f"{japanese(self.measure)}（{self.measure}）は{shown}で、基準の{self.bound:.3f}{side}に届きません"


_FILE = TypeAdapter(dict[str, Thresholds])


def read_thresholds(path: Path) -> dict[str, Thresholds]:
    """Thresholds by name of the set, their paths made whole. Raises InputError."""
    try:
        tables = _FILE.validate_python(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise InputError(
            f"基準ファイル「{path}」を読めません（{system_reason(error)}）。場所と読み取り権限を確認してください。"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(
            f"基準ファイル「{path}」をTOMLとして読めません。書式を直してください。"
        ) from error
    except ValidationError as error:
        where = ".".join(map(str, error.errors()[0]["loc"]))
        raise InputError(
            f"基準ファイル「{path}」の「{where}」は使えません。questions と at_least、at_most を書いてください。"
        ) from error
    return {
        name: Thresholds(path.parent / table.questions, table.at_least, table.at_most)
        for name, table in tables.items()
    }


def shortfalls(thresholds: Thresholds, means: Mapping[str, float | None]) -> tuple[Shortfall, ...]:
    """The bounds that the means of a report miss; a measure without a mean misses its bound."""
    low = [
        Shortfall(name, means.get(name), bound, True)
        for name, bound in thresholds.at_least.items()
        if (value := means.get(name)) is None or value < bound
    ]
    high = [
        Shortfall(name, means.get(name), bound, False)
        for name, bound in thresholds.at_most.items()
        if (value := means.get(name)) is None or value > bound
    ]
    return (*low, *high)
