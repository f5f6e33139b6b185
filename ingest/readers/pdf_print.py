"""How the lines of a PDF page are printed: where they stand, how large and in which face."""

from __future__ import annotations

import ctypes
import re
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from math import hypot
from typing import Any

from pypdfium2 import raw

from ingest.readers.pdf_engine import Box

_BOLD_WEIGHT = 600
_NAME_LENGTH = 128
_BOLD = re.compile(
    r"bold|heavy|black|ボールド|太|[-_ ]?[WB][6-9]\b|-(?:B|DB|EB|H)\b", re.IGNORECASE
)
_GOTHIC = re.compile(
    r"gothic|ゴシック|角ゴ|丸ゴ|kaku|maru|shingo|yugo|meiryo|メイリオ|sans|\bUD|arial|helvet|segoe|BIZ",
    re.IGNORECASE,
)
_LINE_END = re.compile(r"\r\n|\r|\n")


class Face(IntEnum):
    """How much a typeface stands out in Japanese official print: 明朝, ゴシック, bold."""

    PLAIN = 0
    GOTHIC = 1
    BOLD = 2


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One line: its words without white space, its box in page units, size in points, face.

    A line that begins and ends in different faces has the plainer one.
    """

    words: str
    box: Box
    size: float
    face: Face


def printed_lines(text_page: Any, text: str) -> Iterator[PrintedLine]:
    """The filled lines of `text`, which is all of the page's text as pdfium gives it."""
    start = 0
    for line in _LINE_END.split(text):
        solid = [place for place, sign in enumerate(line) if not sign.isspace()]
        if solid:
            # Bullets and numbers often have a face of their own.
            words = [place for place in solid if _is_word(line[place])] or solid
            sizes, faces = zip(
                *(_style(text_page, start + place) for place in (words[0], words[-1])), strict=True
            )
            first, last = (_box(text_page, start + place) for place in (solid[0], solid[-1]))
            yield PrintedLine(
                "".join(line.split()),
                (first[0], min(first[1], last[1]), last[2], max(first[3], last[3])),
                max(sizes),
                min(faces),
            )
        start += len(line) + 2


def lay(text: str, printed: Sequence[PrintedLine]) -> list[tuple[str, PrintedLine | None]]:
    """Every line of a page's text with its print, whichever library gave the text.

    Lines are matched by their words; one that pdfium breaks otherwise has no print.
    """
    waiting: dict[str, deque[PrintedLine]] = defaultdict(deque)
    for line in printed:
        waiting[line.words].append(line)
    laid: list[tuple[str, PrintedLine | None]] = []
    for part in text.split("\n"):
        same = waiting.get("".join(part.split()))
        laid.append((part, same.popleft() if same else None))
    return laid


def _is_word(sign: str) -> bool:
    return sign.isalpha() and not "\ue000" <= sign <= "\uf8ff"


def _style(text_page: Any, place: int) -> tuple[float, Face]:
    index = raw.FPDFText_GetCharIndexFromTextIndex(text_page, place)
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text_page, index, matrix)
    size = raw.FPDFText_GetFontSize(text_page, index) * hypot(matrix.b, matrix.d)
    name, flags = ctypes.create_string_buffer(_NAME_LENGTH), ctypes.c_int()
    raw.FPDFText_GetFontInfo(text_page, index, name, _NAME_LENGTH, flags)
    heavy = raw.FPDFText_GetFontWeight(text_page, index) >= _BOLD_WEIGHT
    return size, Face.BOLD if heavy else _face(name.value)


@lru_cache(maxsize=1_000)
def _face(name: bytes) -> Face:
    try:
        plain = name.decode("utf-8")
    except UnicodeDecodeError:
        # Older producers write Japanese font names in the encoding of Windows.
        plain = name.decode("cp932", errors="replace")
    if _BOLD.search(plain):
        return Face.BOLD
    return Face.GOTHIC if _GOTHIC.search(plain) else Face.PLAIN


def _box(text_page: Any, place: int) -> Box:
    index = raw.FPDFText_GetCharIndexFromTextIndex(text_page, place)
    rect = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(text_page, index, rect)
    return rect.left, rect.bottom, rect.right, rect.top
