"""How many ids survive damage: `python -m eval.damage [--copies N] [FILE…]`.

Copies of a document are damaged as scans and conversions damage them, by seed, one kind of damage at
a time and all together. An id is recovered when the damaged copy has a clause or case of that id
whose label stands in the line it was moved to; those whose number was taken away do not count.
"""

from __future__ import annotations

import argparse
import random
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ingest.labels import LabelKind, read_labels
from ingest.manifest import ManifestEntry, load_manifest
from ingest.page import Extract
from ingest.parse import parse_extract
from kb.documents import Node, NodeKind
from kb.ids import is_at_or_below
from kb.resources import CORPUS

_KINDS = (NodeKind.CLAUSE, NodeKind.NOTE, NodeKind.CASE)
_WIDTHS = (32, 36, 40)
_FULL = str.maketrans("0123456789()", "０１２３４５６７８９（）")
_MARK = re.compile(r"^\s*(?:#{1,6}\s*|[-*]\s+)")
_SENTENCE = 12


@dataclass(frozen=True, slots=True)
class DamagedLine:
    """A line of the copy; `id` is that of the unit whose label it begins with."""

    text: str
    id: str | None = None


@dataclass(slots=True)
class Copy:
    """The lines of a copy under damage, and the ids whose numbers were taken away."""

    lines: list[DamagedLine]
    lost: set[str] = field(default_factory=set)


Damage = Callable[[Copy, random.Random], None]


@dataclass(frozen=True, slots=True)
class Recovery:
    """Ids recovered of those that could be, and ids found that the document does not have."""

    wanted: int
    recovered: int
    invented: int
    missed: tuple[str, ...] = ()

    @property
    def share(self) -> float:
        """0 to 1."""
        return self.recovered / self.wanted if self.wanted else 1.0


def wrap(copy: Copy, chance: random.Random) -> None:
    """Break long lines at one width, here and there with a blank line between."""
    width, blanks = chance.choice(_WIDTHS), chance.random() < 0.5
    lines: list[DamagedLine] = []
    for line in copy.lines:
        parts = [line.text[at : at + width] for at in range(0, len(line.text), width)] or [""]
        if "\t" in line.text or "|" in line.text or "<t" in line.text:
            parts = [line.text]
        lines.append(replace(line, text=parts[0]))
        for part in parts[1:]:
            lines += [DamagedLine("")] * blanks + [DamagedLine(part)]
    copy.lines = lines


def page_marks(copy: Copy, chance: random.Random) -> None:
    """Put page numbers between lines and, where a page ends within one, into sentences."""
    form = chance.choice(("- {} -", "－{}－", "{}／20", "-{}-"))
    lines: list[DamagedLine] = []
    number, left = 1, chance.randint(8, 20)
    for line in copy.lines:
        left -= bool(line.text.strip())
        if left > 0 or len(line.text) < 2 * _SENTENCE or "\t" in line.text or "<" in line.text:
            lines.append(line)
            continue
        at = chance.randint(_SENTENCE, len(line.text) - _SENTENCE)
        mark = DamagedLine(form.format(number))
        lines += [replace(line, text=line.text[:at]), DamagedLine(""), mark, DamagedLine("")]
        lines.append(DamagedLine(line.text[at:]))
        number, left = number + 1, chance.randint(8, 20)
    copy.lines = lines


def running_heads(copy: Copy, chance: random.Random) -> None:
    """A page number and a line that every page begins with, now and then within a sentence."""
    head = chance.choice(("契約の手引き（令和９年度版）", "資料１", "○○市契約課"))
    lines: list[DamagedLine] = []
    number, left = 1, chance.randint(8, 20)
    for line in copy.lines:
        left -= bool(line.text.strip())
        if left > 0 or len(line.text) < 2 * _SENTENCE or "\t" in line.text or "<" in line.text:
            lines.append(line)
            continue
        at = chance.randint(_SENTENCE, len(line.text) - _SENTENCE)
        lines += [replace(line, text=line.text[:at]), DamagedLine(f"- {number} -")]
        lines += [DamagedLine(head), DamagedLine(line.text[at:])]
        number, left = number + 1, chance.randint(8, 20)
    copy.lines = lines


def heading_marks(copy: Copy, chance: random.Random) -> None:
    """Give labelled lines marks of any level and take others off."""
    for index, line in enumerate(copy.lines):
        if line.id is None or chance.random() < 0.4:
            continue
        bare = _MARK.sub("", line.text)
        mark = chance.choice(("", "# ", "## ", "### ", "#### ", "- "))
        copy.lines[index] = replace(line, text=mark + bare)


def split_numbers(copy: Copy, chance: random.Random) -> None:
    """10 becomes 1.0 or 1 0."""
    for index, line in enumerate(copy.lines):
        bare, mark = _bare(line)
        label = next((label for label in read_labels(bare) if label.kind is LabelKind.NUM), None)
        if line.id is None or label is None or label.number < 10 or label.repaired:
            continue
        digits = chance.choice((".", " ")).join(str(label.number))
        copy.lines[index] = replace(line, text=f"{mark}{digits} {bare[label.length :]}")


def label_widths(copy: Copy, chance: random.Random) -> None:
    """Full width for half width in labels and the other way round, a space more or less."""
    for index, line in enumerate(copy.lines):
        bare, mark = _bare(line)
        labels = read_labels(bare)
        if line.id is None or not labels or labels[0].kind is LabelKind.CIRCLED:
            continue
        label = unicodedata.normalize("NFKC", bare[: labels[0].length]).strip()
        if chance.random() < 0.5:
            label = label.translate(_FULL)
        gap = chance.choice((" ", "　", "  "))
        copy.lines[index] = replace(line, text=mark + label + gap + bare[labels[0].length :])


def parted_labels(copy: Copy, chance: random.Random) -> None:
    """A label on a line of its own, its words on the next."""
    lines: list[DamagedLine] = []
    for line in copy.lines:
        bare, mark = _bare(line)
        labels = read_labels(bare)
        if line.id is None or not labels or chance.random() > 0.15:
            lines.append(line)
            continue
        lines.append(replace(line, text=mark + bare[: labels[0].length].strip()))
        lines += [DamagedLine("")] * chance.randint(0, 1)
        lines.append(DamagedLine(bare[labels[0].length :]))
    copy.lines = lines


def merged_lines(copy: Copy, chance: random.Random) -> None:
    """A labelled line moved up to the end of the sentence before it."""
    lines: list[DamagedLine] = []
    for line in copy.lines:
        before = next((at for at in range(len(lines) - 1, -1, -1) if lines[at].text.strip()), None)
        if (
            line.id is None
            or before is None
            or chance.random() > 0.06
            or not lines[before].text.rstrip().endswith("。")
            or not read_labels(_bare(line)[0])
        ):
            lines.append(line)
            continue
        joined = lines[before].text.rstrip() + chance.choice(("", " ", "　")) + _bare(line)[0]
        lines[before] = replace(lines[before], text=joined)
        copy.lost.discard(line.id)
        lines.append(DamagedLine("\0" + line.id))
    copy.lines = lines


def lost_numbers(copy: Copy, chance: random.Random) -> None:
    """Take the number off one labelled line in twenty."""
    for index, line in enumerate(copy.lines):
        bare, mark = _bare(line)
        labels = read_labels(bare)
        if line.id is None or not labels or chance.random() > 0.05:
            continue
        copy.lost.add(line.id)
        copy.lines[index] = DamagedLine(mark + bare[labels[0].length :])


def stray_numbers(copy: Copy, chance: random.Random) -> None:
    """Bare numbers on lines of their own, as page numbers without dashes."""
    lines: list[DamagedLine] = []
    number, left = chance.randint(1, 9), chance.randint(10, 25)
    for line in copy.lines:
        lines.append(line)
        left -= bool(line.text.strip())
        if left <= 0:
            lines += [DamagedLine(""), DamagedLine(str(number)), DamagedLine("")]
            number, left = number + 1, chance.randint(10, 25)
    copy.lines = lines


def spaced_words(copy: Copy, chance: random.Random) -> None:
    """A space inside words here and there, as OCR leaves them: 区 分."""
    for index, line in enumerate(copy.lines):
        if len(line.text) > _SENTENCE and chance.random() < 0.2:
            at = chance.randint(_SENTENCE - 2, len(line.text) - 1)
            copy.lines[index] = replace(line, text=line.text[:at] + " " + line.text[at:])


def look_alikes(copy: Copy, chance: random.Random) -> None:
    """Radicals and simplified characters for ordinary ones."""
    table = str.maketrans({"術": "术", "実": "实", "方": "⽅", "日": "⽇", "大": "⼤", "長": "⻑"})
    for index, line in enumerate(copy.lines):
        if chance.random() < 0.5:
            copy.lines[index] = replace(line, text=line.text.translate(table))


DAMAGES: dict[str, tuple[Damage, ...]] = {
    "折り返し": (wrap,),
    "ページ番号": (page_marks,),
    "ページ番号と折り返し": (page_marks, wrap),
    "柱とページ番号": (running_heads,),
    "見出し記号": (heading_marks,),
    "番号の分裂": (split_numbers,),
    "番号の字形と空白": (label_widths,),
    "番号だけの行": (parted_labels,),
    "前の文に続く番号": (merged_lines,),
    "番号の欠落": (lost_numbers,),
    "数字だけの行": (stray_numbers,),
    "語中の空白": (spaced_words,),
    "似た字形": (look_alikes,),
    "重ね合わせ": (
        heading_marks, split_numbers, label_widths, parted_labels, look_alikes, page_marks, wrap,
    ),
}  # fmt: skip
"""Kinds of damage by the name they are reported under."""


def recover(path: Path, entry: ManifestEntry | None, name: str, seed: int) -> Recovery:
    """Damage a copy of a document by seed and see which ids are found again."""
    text = path.read_text(encoding="utf-8")
    copy = _copy(text, path, entry)
    chance = random.Random(f"{path.name} {name} {seed}")
    for damage in DAMAGES[name]:
        damage(copy, chance)
    wanted: dict[str, tuple[int, int]] = {}
    parts: list[str] = []
    offset, before = 0, 0
    for line in copy.lines:
        if line.text.startswith("\0"):
            wanted[line.text[1:]] = before, offset
            continue
        if line.id is not None:
            wanted[line.id] = offset, offset + len(line.text) + 1
        if line.text.strip():
            before = offset
        parts.append(line.text)
        offset += len(line.text) + 1
    found = {node.id: node for node in _units("\n".join(parts), path, entry)}
    # Where a unit's number is gone, those below it cannot be told by their ids either.
    below = {unit for unit in wanted if any(is_at_or_below(unit, gone) for gone in copy.lost)}
    wanted = {unit: place for unit, place in wanted.items() if unit not in below}
    missed = tuple(
        unit
        for unit, (low, high) in wanted.items()
        if unit not in found or not low <= found[unit].start < high
    )
    known = wanted.keys() | copy.lost | below
    invented = sum(unit not in known for unit in found)
    return Recovery(len(wanted), len(wanted) - len(missed), invented, missed)


def _copy(text: str, path: Path, entry: ManifestEntry | None) -> Copy:
    starts = {node.start: node.id for node in _units(text, path, entry)}
    lines = []
    offset = 0
    for line in text.split("\n"):
        lines.append(DamagedLine(line, starts.get(offset)))
        offset += len(line) + 1
    return Copy(lines)


def _units(text: str, path: Path, entry: ManifestEntry | None) -> list[Node]:
    parsed = parse_extract(Extract.of_text(text), path, path.stem, entry, "0" * 64)
    return [node for node in parsed.nodes if node.kind in _KINDS]


def _bare(line: DamagedLine) -> tuple[str, str]:
    """The line without its heading or list mark, and the mark."""
    mark = _MARK.match(line.text)
    end = mark.end() if mark else len(line.text) - len(line.text.lstrip())
    return line.text[end:], line.text[:end]


def _rows(files: Sequence[Path], copies: int, verbose: bool) -> Iterator[str]:
    manifest = load_manifest(CORPUS)
    yield "| 損傷 | " + " | ".join(file.stem for file in files) + " | 計 |"
    yield "|---|" + "---|" * (len(files) + 1)
    for name in DAMAGES:
        sums = []
        for file in files:
            entry = manifest.entry_for(file)
            results = [recover(file, entry, name, seed) for seed in range(copies)]
            sums.append(
                Recovery(
                    sum(result.wanted for result in results),
                    sum(result.recovered for result in results),
                    sum(result.invented for result in results),
                )
            )
            if verbose:
                for seed, result in enumerate(results):
                    if result.missed:
                        print(f"  {name} {file.stem} {seed}: {' '.join(result.missed[:8])}")
        total = Recovery(
            sum(part.wanted for part in sums),
            sum(part.recovered for part in sums),
            sum(part.invented for part in sums),
        )
        yield (
            f"| {name} | "
            + " | ".join(f"{part.share:.4f}（+{part.invented}）" for part in (*sums, total))
            + " |"
        )


def main() -> None:
    """Print a Markdown table: the share of ids recovered, and ids invented in brackets."""
    parser = argparse.ArgumentParser(prog="python -m eval.damage", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, help="省くと同梱の資料")
    parser.add_argument("--copies", type=int, default=5, help="損傷ごとの複製の数")
    parser.add_argument("--missed", action="store_true", help="見つからなかったIDも表示する")
    options = parser.parse_args()
    files = options.files or sorted(CORPUS.glob("*.txt"))
    for row in _rows(files, options.copies, options.missed):
        print(row, flush=True)


if __name__ == "__main__":
    main()
