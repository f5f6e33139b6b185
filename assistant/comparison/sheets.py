"""Tables to export, before anyone knows whether Word or Excel will hold them."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.comparison.results import Run

Paragraph = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's paragraphs, each made of runs."""

    paragraphs: tuple[Paragraph, ...] = ()

    @classmethod
    def of(cls, text: str) -> Cell:
        """A cell of plain text, a paragraph a line; empty text gives an empty cell."""
        return cls(tuple((Run(line),) for line in text.split("\n"))) if text else cls()

    @property
    def text(self) -> str:
        """The words without their underlines, a paragraph a line."""
        return "\n".join("".join(run.text for run in runs) for runs in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: `widths` are the columns' shares of the page, in any unit.

    `name` heads the table in Word and names the tab in Excel; `notes` stand above the table in
    Word and below it in Excel, where the head row must come first to be sorted and filtered.
    """

    name: str
    columns: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        sizes = {len(self.columns), len(self.widths), *map(len, self.rows)}
        if sizes != {len(self.columns)} or not self.columns:
            raise ValueError(f"uneven table: {sorted(sizes)} columns")


@dataclass(frozen=True, slots=True)
class Report:
    """A file to hand out: a title and its tables."""

    title: str
    sheets: tuple[Sheet, ...]
