"""`python -m eval.benchmarks.readers FOLDER`: our PDF reading beside pdfminer.six, file by file.

Ours is timed from the bytes through to passages, pdfminer.six for its text alone. A file `X.gold.md`
beside `X.pdf` says what the text is. Coverage is the share of the gold's 10-grams that are found in
the words of our units (in pdfminer's text); Markdown's own signs, white space and the width of
characters do not count. The strict figure keeps every other sign, the loose one only letters, digits,
kana and kanji, because bullets and dashes are written differently in every format. Headings are found
when a unit's heading, with or without its label, is the gold's.
"""

from __future__ import annotations

import argparse
import io
import re
import tempfile
import time
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pdfminer.high_level import extract_text
from pypdf import PdfReader, PdfWriter

from eval.benchmarks.processes import measure
from ingest.parse import parse
from kb.documents import Node
from kb.errors import InputError
from kb.settings import Settings

_GRAM = 10
_TIMES = 10
_LINK_TARGET = re.compile(r"\]\([^)]*\)")
_MARKUP = re.compile(
    r"<br\s*/?>|[*`]|^\s*(?:#+|[-*+]|\d+\.(?= \[)|>)\s+|^\|?[-:| ]+\|?\s*$|\|", re.MULTILINE
)
_HEADING = re.compile(r"^#+\s+(.+?)\s*$", re.MULTILINE)
_NO_WORD = re.compile(r"[\W_]")


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader made of one file; `seconds` is processor time, a refused file has no text."""

    text: str
    seconds: float


@dataclass(frozen=True, slots=True)
class FileFigures:
    """One file read by both; the shares are None without a gold text."""

    name: str
    pages: int
    ours: Reading
    theirs: Reading
    strict: float | None = None
    loose: float | None = None
    their_loose: float | None = None
    headings: float | None = None


@dataclass(frozen=True, slots=True)
class Memory:
    """Peak memory in MiB of reading a file once, and one of ten times its pages."""

    pages: int
    once: float
    tenfold: float


def main() -> None:
    """Print Markdown tables of speed, coverage and memory."""
    parser = argparse.ArgumentParser(prog="python -m eval.benchmarks.readers", description=__doc__)
    parser.add_argument("folder", type=Path, help="PDFのあるフォルダー")
    parser.add_argument("--once", action="store_true", help="1つのファイルを読むだけで終わる")
    options = parser.parse_args()
    if options.once:
        _nodes(options.folder.read_bytes(), options.folder)
        return
    print("\n".join(reader_tables(options.folder)))


def reader_tables(folder: Path) -> list[str]:
    """The lines of the tables for all PDF files of a folder."""
    paths = sorted(folder.glob("*.pdf"))
    if not paths:
        return [f"「{folder}」にPDFがありません。"]
    # The first reading pays for the imports.
    _nodes(paths[0].read_bytes(), paths[0])
    files = [_figures(path) for path in paths]
    return [*_file_table(files), "", *_memory_table(memory_of(paths[-1]))]


def _figures(path: Path) -> FileFigures:
    data = path.read_bytes()
    theirs = _timed(lambda: extract_text(io.BytesIO(data)))
    began = time.process_time()
    nodes = _nodes(data, path)
    ours = Reading(words_of(nodes), max(time.process_time() - began, 1e-9))
    pages = max(theirs.text.count("\f"), 1)
    gold = path.with_suffix(".gold.md")
    if not gold.is_file():
        return FileFigures(path.name, pages, ours, theirs)
    wanted = gold.read_text(encoding="utf-8")
    return FileFigures(
        path.name,
        pages,
        ours,
        theirs,
        coverage(wanted, ours.text, strict=True),
        coverage(wanted, ours.text),
        coverage(wanted, theirs.text),
        heading_recall(wanted, nodes),
    )


def _nodes(data: bytes, path: Path) -> Sequence[Node]:
    """The units of a file, made together with its passages; none for a refused file."""
    try:
        return parse(data, path, "d", None, Settings()).nodes
    except InputError:
        return ()


def _timed(read: Callable[[], str]) -> Reading:
    began = time.process_time()
    text = read()
    return Reading(text, max(time.process_time() - began, 1e-9))


def words_of(nodes: Iterable[Node]) -> str:
    """Labels and words of the units, in the order of the document."""
    return "\n".join(
        node.text if node.heading.startswith(node.label) else f"{node.label} {node.text}"
        for node in nodes
    )


def coverage(gold: str, text: str, *, strict: bool = False) -> float:
    """Share (0 to 1) of the 10-grams of Markdown `gold` that are in `text`."""
    wanted = _grams(_MARKUP.sub("", _LINK_TARGET.sub("]", gold)), strict)
    return len(wanted & _grams(text, strict)) / len(wanted) if wanted else 0.0


def heading_recall(gold: str, nodes: Iterable[Node]) -> float:
    """Share (0 to 1) of the headings of Markdown `gold` that are headings of units."""
    found: set[str] = set()
    for node in nodes:
        found |= {_plain(node.heading), _plain(node.label + node.heading)}
    wanted = [_plain(heading) for heading in _HEADING.findall(gold)]
    return sum(heading in found for heading in wanted) / len(wanted) if wanted else 0.0


def memory_of(path: Path) -> Memory:
    """Read a file and one that repeats its pages ten times, each in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="kb-bench-") as folder:
        long = Path(folder, "long.pdf")
        writer = PdfWriter()
        for _ in range(_TIMES):
            writer.append(path, import_outline=False)
        writer.write(long)
        peaks = [
            measure("eval.benchmarks.readers", "--once", str(file), home=Path(folder)).peak_mb
            for file in (path, long)
        ]
    return Memory(len(PdfReader(path).pages), *peaks)


def _file_table(files: Sequence[FileFigures]) -> list[str]:
    rows = [
        f"| {file.name} | {file.pages} | {file.pages / file.ours.seconds:.1f}"
        f" | {file.pages / file.theirs.seconds:.1f} | {_share(file.strict)} | {_share(file.loose)}"
        f" | {_share(file.their_loose)} | {_share(file.headings)} |"
        for file in files
    ]
    pages = sum(file.pages for file in files)
    ours = pages / sum(file.ours.seconds for file in files)
    theirs = pages / sum(file.theirs.seconds for file in files)
    kept = "○" if ours >= 20 else "×"
    return [
        "| PDF（CPU 1個） | ページ | 本システム（検索単位まで）ページ/秒 | pdfminer.six ページ/秒"
        " | 10文字一致（厳密） | 10文字一致（文字のみ） | 同 pdfminer.six | 見出し再現率 |",
        "|---|---|---|---|---|---|---|---|",
        *rows,
        f"| 全体（目標 20 以上 {kept}） | {pages} | {ours:.1f} | {theirs:.1f} | | | | |",
    ]


def _memory_table(memory: Memory) -> list[str]:
    return [
        "| 最大メモリ | ページ | MiB |",
        "|---|---|---|",
        f"| もとのPDF | {memory.pages} | {memory.once:.0f} |",
        f"| 10倍にしたPDF | {_TIMES * memory.pages} | {memory.tenfold:.0f} |",
    ]


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.4f}"


def _grams(text: str, strict: bool) -> set[str]:
    words = "".join(unicodedata.normalize("NFKC", text).split())
    if not strict:
        words = _NO_WORD.sub("", words)
    return {words[start : start + _GRAM] for start in range(len(words) - _GRAM + 1)}


def _plain(text: str) -> str:
    return _NO_WORD.sub("", unicodedata.normalize("NFKC", text))


if __name__ == "__main__":
    main()
