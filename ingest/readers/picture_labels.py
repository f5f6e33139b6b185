"""Numbers of headings that a PDF holds as small pictures: 1.1., (2), 3-1.

Some producers paint a list's numbers when its font cannot be embedded. The clean shapes are
compared with digits that pdfium draws itself. Whether the readings form a numbering, and so may
be trusted, `numbering_of` decides over the whole document.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy
import numpy.typing
import pypdfium2
from pypdfium2 import raw

from ingest.readers.pdf_engine import Box

Ink = numpy.typing.NDArray[Any]
"""Darkness of each pixel, 0 to 1; rows from the top."""

_SIGNS = "0123456789.()-"
_FONTS = (b"Helvetica", b"Times-Roman", b"Helvetica-Bold")
_DRAWN_SIZE = 48
_GRID = (18, 12)
_DARK = 0.5
_LEAST_LIKENESS = 0.35
_LEAST_SOUND = 0.95
_MOST_PIXELS = 400_000
_LONGEST = 12
_NUMBER = re.compile(r"(?:\d{1,2}(?:[.-]\d{1,2})*\.?|\(\d{1,2}\)|\d{1,2}\))")


@dataclass(frozen=True, slots=True)
class PictureLabel:
    """A picture the size of a number; `text` is what it seems to say, empty when nothing known."""

    box: Box
    text: str


def read_picture(item: Any) -> str:
    """What a pdfium image object says if it is a number in clean print; else ""."""
    try:
        bitmap = item.get_bitmap(render=True)
        if bitmap.width * bitmap.height > _MOST_PIXELS:
            return ""
        ink = _ink(bitmap)
    except pypdfium2.PdfiumError:
        return ""
    text = "".join(_sign(glyph) for glyph in _glyphs(ink))
    return text if _NUMBER.fullmatch(text) else ""


def trusted(texts: Sequence[str]) -> list[bool]:
    """Which labels of a document, in its order, count on as numbers do.

    Each must follow one that came before it (1.2 after 1.1) or begin a run (1.1, (1)). When not
    nearly all do, the shapes were misread and none is trusted.
    """
    seen: set[tuple[int, ...]] = set()
    sound: list[bool] = []
    for text in texts:
        numbers = tuple(map(int, re.findall(r"\d+", text)))
        before = (*numbers[:-1], numbers[-1] - 1) if numbers else ()
        sound.append(bool(numbers) and (numbers[-1] == 1 or before in seen))
        seen.add(numbers)
    return sound if sum(sound) >= _LEAST_SOUND * len(texts) else [False] * len(texts)


def _ink(bitmap: Any) -> Ink:
    """Darkness as it shows on white paper."""
    pixels: Ink = bitmap.to_numpy().astype(numpy.float32) / 255
    if pixels.ndim == 2:
        return 1 - pixels
    dark: Ink = 1 - pixels[..., :3].mean(axis=2)
    return dark * pixels[..., 3] if pixels.shape[2] == 4 else dark


@dataclass(frozen=True, slots=True)
class _Glyph:
    """A sign cut out of a line: its ink, and its top and bottom by the height of the line."""

    ink: Ink
    top: float
    bottom: float


def _glyphs(ink: Ink) -> Iterator[_Glyph]:
    """The signs of a line from left to right; nothing when there are too many."""
    dark = ink > _DARK
    rows = numpy.flatnonzero(dark.any(axis=1))
    if not len(rows):
        return
    top, height = rows[0], rows[-1] + 1 - rows[0]
    filled = numpy.concatenate(([False], dark.any(axis=0), [False]))
    edges = numpy.flatnonzero(filled[1:] != filled[:-1])
    if len(edges) > 2 * _LONGEST:
        return
    for left, right in edges.reshape(-1, 2):
        inside = numpy.flatnonzero(dark[:, left:right].any(axis=1))
        low, high = inside[0], inside[-1] + 1
        yield _Glyph(ink[low:high, left:right], (low - top) / height, (high - top) / height)


def _sign(glyph: _Glyph) -> str:
    """The sign it is most like; "?" when it is not much like any.

    Likeness is 1 for the same shape at the same height of the line, 0 for nothing in common.
    """
    signs, shapes, measures = _templates()
    mine = _scaled(glyph.ink)
    shared = numpy.minimum(mine, shapes).sum(axis=(1, 2))
    shared /= numpy.maximum(mine, shapes).sum(axis=(1, 2))
    likeness = shared - numpy.abs(measures - _measures(glyph)).sum(axis=1)
    best = int(likeness.argmax())
    return signs[best] if likeness[best] >= _LEAST_LIKENESS else "?"


def _measures(glyph: _Glyph) -> Ink:
    """What the scaled shape does not show: top, bottom and half of the width by the height."""
    height, width = glyph.ink.shape
    return numpy.array((glyph.top, glyph.bottom, width / height / 2), numpy.float32)


def _scaled(ink: Ink) -> Ink:
    """The ink on a grid of fixed size, by nearest pixels."""
    rows = (numpy.arange(_GRID[0]) + 0.5) * ink.shape[0] / _GRID[0]
    columns = (numpy.arange(_GRID[1]) + 0.5) * ink.shape[1] / _GRID[1]
    scaled: Ink = ink[rows.astype(int)][:, columns.astype(int)] + numpy.float32(1e-6)
    return scaled


@cache
def _templates() -> tuple[str, Ink, Ink]:
    """Signs as pdfium's own fonts draw them: which, their shapes and their measures.

    An 8 before each gives the line its height.
    """
    found: list[_Glyph] = []
    document = pypdfium2.PdfDocument.new()
    for font in _FONTS:
        loaded = raw.FPDFText_LoadStandardFont(document, font)
        for sign in _SIGNS:
            page = document.new_page(3 * _DRAWN_SIZE, 2 * _DRAWN_SIZE)
            drawn = raw.FPDFPageObj_CreateTextObj(document, loaded, _DRAWN_SIZE)
            words = ctypes.create_string_buffer(f"8 {sign}\0".encode("utf-16-le"))
            raw.FPDFText_SetText(drawn, ctypes.cast(words, ctypes.POINTER(ctypes.c_ushort)))
            raw.FPDFPageObj_Transform(drawn, 1, 0, 0, 1, _DRAWN_SIZE / 2, _DRAWN_SIZE / 2)
            raw.FPDFPage_InsertObject(page, drawn)
            raw.FPDFPage_GenerateContent(page)
            *_, glyph = _glyphs(_ink(page.render(scale=1)))
            found.append(glyph)
            page.close()
    document.close()
    return (
        _SIGNS * len(_FONTS),
        numpy.stack([_scaled(glyph.ink) for glyph in found]),
        numpy.stack([_measures(glyph) for glyph in found]),
    )
