"""The straight lines that a PDF path draws, however its maker drew them."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from pypdfium2 import raw

from ingest.readers.pdf_engine import Box

_LINE_WIDTH = 3.0
# Borders come in pieces, which are joined later.
_LEAST_LENGTH = 1.0
_SLANT = 1.0
_MOST_SEGMENTS = 2_000

Point = tuple[float, float]


def rules_of(path: Any) -> Iterator[Box]:
    """Thin boxes, in page units, of the level and upright lines of a path.

    Borders are drawn as lines or as thin filled rectangles; the edges of a shaded area are none.
    """
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, mode, stroked)
    for points in _subpaths(path):
        xs, ys = [x for x, _ in points], [y for _, y in points]
        box = min(xs), min(ys), max(xs), max(ys)
        if _is_rule(box):
            yield box
        elif stroked:
            for (x0, y0), (x1, y1) in pairwise(points):
                side = min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
                if min(side[2] - side[0], side[3] - side[1]) <= _SLANT and _is_rule(side):
                    yield side


def _is_rule(box: Box) -> bool:
    width, height = box[2] - box[0], box[3] - box[1]
    return min(width, height) <= _LINE_WIDTH and max(width, height) >= _LEAST_LENGTH


def _subpaths(path: Any) -> Iterator[Sequence[Point]]:
    points: list[Point] = []
    place = _to_page(path)
    for index in range(min(raw.FPDFPath_CountSegments(path), _MOST_SEGMENTS)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        x, y = ctypes.c_float(), ctypes.c_float()
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        for matrix in place:
            x.value, y.value = matrix.on_point(x.value, y.value)
        points.append((x.value, y.value))
        if raw.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points:
        yield points


def _to_page(path: Any) -> list[Any]:
    """The matrices from the path's own units to the page's, innermost first."""
    matrices = []
    item = path
    while item is not None:
        matrices.append(item.get_matrix())
        item = item.container
    return matrices
