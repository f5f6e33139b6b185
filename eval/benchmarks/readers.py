"""`python -m eval.benchmarks.readers FOLDER`: our PDF reader beside pdfminer.six, file by file.

A file `X.gold.md` beside `X.pdf` says what the text is. Coverage is the share of the gold's
10-grams that are found in what was read; only letters, digits, kana and kanji under NFKC count,
because bullets, rules and table bars are written differently in every format.
"""

from __future__ import annotations

import argparse
import io
import re
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pdfminer.high_level import extract_text

from ingest.readers import read_extract
from kb.errors import InputError
from kb.settings import Settings

_GRAM = 10
_LINK_TARGET = re.compile(r"\]\([^)]*\)")
_TAG = re.compile(r"<br\s*/?>|[*`]")
_NO_WORD = re.compile(r"[\W_]")


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader made of one file; `seconds` is processor time, a refused file has no text."""

    text: str
    seconds: float


def main() -> None:
    """Print a Markdown table of pages per second and coverage."""
    parser = argparse.ArgumentParser(prog="python -m eval.benchmarks.readers", description=__doc__)
    parser.add_argument("folder", type=Path, help="PDFのあるフォルダー")
    print(
        "| file | pages | pages/s | pdfminer.six | characters | pdfminer.six | coverage | pdfminer.six |"
    )
    print("|---|---|---|---|---|---|---|---|")
    paths = sorted(parser.parse_args().folder.glob("*.pdf"))
    for path in paths[:1]:
        # The first reading pays for the imports.
        _read(path.read_bytes(), path)
    pages = ours_seconds = theirs_seconds = 0.0
    for path in paths:
        data = path.read_bytes()
        theirs = _timed(lambda data=data: extract_text(io.BytesIO(data)))  # type: ignore[misc]
        count = max(theirs.text.count("\f"), 1)
        ours = _timed(lambda data=data, path=path: _read(data, path))  # type: ignore[misc]
        pages, ours_seconds = pages + count, ours_seconds + ours.seconds
        theirs_seconds += theirs.seconds
        gold = path.with_suffix(".gold.md")
        shares = [_coverage(gold, reading.text) for reading in (ours, theirs)]
        print(
            f"| {path.name} | {count} | {count / ours.seconds:.1f} | {count / theirs.seconds:.1f}"
            f" | {len(ours.text):,} | {len(theirs.text):,} | {shares[0]} | {shares[1]} |"
        )
    if pages:
        print(
            f"| all | {pages:.0f} | {pages / ours_seconds:.1f} | {pages / theirs_seconds:.1f}"
            " | | | | |"
        )


def _read(data: bytes, path: Path) -> str:
    try:
        return read_extract(data, path, Settings()).text
    except InputError:
        return ""


def _timed(read: Callable[[], str]) -> Reading:
    began = time.process_time()
    text = read()
    return Reading(text, max(time.process_time() - began, 1e-9))


def _coverage(gold: Path, text: str) -> str:
    if not gold.is_file():
        return ""
    return f"{coverage(gold.read_text(encoding='utf-8'), text):.4f}"


def coverage(gold: str, text: str) -> float:
    """Share (0 to 1) of the 10-grams of Markdown `gold` that are in `text`."""
    wanted = _grams(_TAG.sub("", _LINK_TARGET.sub("]", gold)))
    return len(wanted & _grams(text)) / len(wanted) if wanted else 0.0


def _grams(text: str) -> set[str]:
    words = _NO_WORD.sub("", unicodedata.normalize("NFKC", text))
    return {words[start : start + _GRAM] for start in range(len(words) - _GRAM + 1)}


if __name__ == "__main__":
    main()
