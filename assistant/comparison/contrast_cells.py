"""Cells of a 新旧対照表: paragraphs with their labels, changes underlined, the rest （略）."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.comparison.changes import changes_between
from assistant.comparison.results import Change, Clause, Edit, Run

Paragraph = tuple[Run, ...]

_OMITTED = Run("（略）")


@dataclass(frozen=True, slots=True)
class Cells:
    """Both cells of a row; `unchanged` says that they differ in nothing but width and spacing."""

    left: tuple[Paragraph, ...]
    right: tuple[Paragraph, ...]
    unchanged: bool


def side_by_side(left: Sequence[Clause], right: Sequence[Clause]) -> Cells:
    """Clauses that answer each other: what differs is underlined, what does not is left out."""
    texts_left, texts_right = _paragraphs_of(left), _paragraphs_of(right)
    changes = changes_between(
        "\n".join(paragraph.text for paragraph in texts_left),
        "\n".join(paragraph.text for paragraph in texts_right),
    )
    kept_left, kept_right = _kept(changes)
    marked_left = [Run(change.a, change.edit is not Edit.EQUAL) for change in changes]
    marked_right = [Run(change.b, change.edit is not Edit.EQUAL) for change in changes]
    return Cells(
        tuple(_shown(texts_left, marked_left, kept_left)),
        tuple(_shown(texts_right, marked_right, kept_right)),
        all(change.edit is Edit.EQUAL for change in changes),
    )


def underlined(clauses: Sequence[Clause]) -> tuple[Paragraph, ...]:
    """Clauses that nothing answers, underlined as a whole."""
    return tuple(
        (*_label_runs(paragraph.label), Run(paragraph.text, underlined=True))
        for paragraph in _paragraphs_of(clauses)
    )


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph of a clause; `label` is empty for all but a clause's first."""

    label: str
    text: str
    is_heading: bool


def _paragraphs_of(clauses: Sequence[Clause]) -> list[_Paragraph]:
    return [
        _Paragraph(
            _shown_label(clause) if number == 0 else "",
            text,
            number == 0 and bool(clause.heading),
        )
        for clause in clauses
        for number, text in enumerate(clause.text.split("\n"))
    ]


def _shown_label(clause: Clause) -> str:
    """The label as a policy prints it; a preamble's name is no label."""
    return "" if clause.label == "前文" else clause.label


def _shown(
    paragraphs: Sequence[_Paragraph], runs: Sequence[Run], kept: set[int]
) -> Iterator[Paragraph]:
    """The paragraphs marked; those not `kept` are left out but for labels and headings."""
    left_out = False
    for at, (paragraph, marked) in enumerate(zip(paragraphs, _split(runs), strict=True)):
        shown = paragraph.is_heading or at in kept
        if shown:
            yield (*_label_runs(paragraph.label), *marked)
        elif paragraph.label or not left_out:
            yield (*_label_runs(paragraph.label), _OMITTED)
        left_out = not shown


def _kept(changes: Sequence[Change]) -> tuple[set[int], set[int]]:
    """Paragraphs of the left and the right, by number, that are not left out.

    Shown is what changed and what shares words with a changed paragraph of the other column.
    """
    changed_left: set[int] = set()
    changed_right: set[int] = set()
    alike: set[tuple[int, int]] = set()
    left = right = 0
    for change in changes:
        lines_left, lines_right = change.a.split("\n"), change.b.split("\n")
        if change.edit is Edit.EQUAL:
            # Both have the same words, so their line ends can differ only in number.
            for at in range(max(len(lines_left), len(lines_right))):
                line = lines_left[min(at, len(lines_left) - 1)]
                if line.strip():
                    alike.add(
                        (
                            left + min(at, len(lines_left) - 1),
                            right + min(at, len(lines_right) - 1),
                        )
                    )
        else:
            changed_left |= {left + at for at, line in enumerate(lines_left) if line.strip()}
            changed_right |= {right + at for at, line in enumerate(lines_right) if line.strip()}
        left += len(lines_left) - 1
        right += len(lines_right) - 1
    return (
        changed_left | {one for one, other in alike if other in changed_right},
        changed_right | {other for one, other in alike if one in changed_left},
    )


def _label_runs(label: str) -> Paragraph:
    return (Run(f"{label}　"),) if label else ()


def _split(runs: Sequence[Run]) -> Iterator[Paragraph]:
    """Runs cut at line ends."""
    paragraph: list[Run] = []
    for run in runs:
        first, *rest = run.text.split("\n")
        for number, text in enumerate((first, *rest)):
            if number:
                yield tuple(paragraph)
                paragraph = []
            if text:
                paragraph.append(Run(text, run.underlined))
    yield tuple(paragraph)
