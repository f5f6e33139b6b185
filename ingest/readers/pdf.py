"""PDF: pypdf first, pypdfium2 where pypdf is slow, fails or gives no text; damage is reported.

A page whose text is garbled stays empty: nothing of it may be indexed or quoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from ingest.page import Extract
from ingest.readers.damage import Health, health
from ingest.readers.pdf_engine import BrokenError, LockedError, PdfEngine
from ingest.readers.pdf_layout import Assembled, ReadPage, assemble
from ingest.readers.pdf_pdfium import PdfiumEngine, Survey
from ingest.readers.pdf_pypdf import PypdfEngine
from ingest.readers.tables_pdf import Grid, find_grids, to_grid
from kb.errors import InputError
from kb.settings import Settings

_HEADER_WITHIN = 1024
_TRAILER_WITHIN = 2048
# pypdf reads 0.5 to 1 MB of drawing instructions a second: above this it is under 40 pages/s,
# pdfium ten times faster.
_HEAVY_PAGE = 20_000
_TOLD_PAGES = 10
# Fewer pages with pictures of the size of a number are logos and seals.
_LEAST_LABELLED = 3
_CATALOGUE = re.compile(rb"(\d+)\s+(\d+)\s+obj\b[^>]*?/Type\s*/Catalog")
_CUT_OFF = "ファイルの終わりが欠けています。内容が足りないときは、もう一度入手してください。"


@dataclass(slots=True)
class _Findings:
    """Page numbers (from 1) by what is wrong with them."""

    garbled: list[int] = field(default_factory=list)
    suspect: list[int] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)


def read_pdf(data: bytes, path: Path, settings: Settings) -> Extract:
    """Pages one after another, with the tables found on them.

    Raises InputError when the file is no PDF, is locked or broken, or no page has usable text.
    """
    if b"%PDF-" not in data[:_HEADER_WITHIN]:
        raise InputError(
            f"ファイル「{path}」はPDFではありません。PDFとして保存し直すか、正しい拡張子に変えてください。"
        )
    cut = b"%%EOF" not in data[-_TRAILER_WITHIN:]
    engines = _opened(data, path)
    try:
        count = max(len(engine) for engine in engines)
        read = min(count, settings.max_pages)
        findings = _Findings()
        pages = [_read_page(engines, index, findings) for index in range(read)]
    finally:
        for engine in engines:
            engine.close()
    if not any(page.text.strip() for page in pages):
        raise InputError(_unusable(path, findings, read))
    found = assemble(pages)
    notes = [
        *_notes(findings),
        *_label_notes(found),
        *_limit_note(count, settings),
        *([_CUT_OFF] if cut else []),
    ]
    return replace(found.extract, notes=tuple(notes))


def _opened(data: bytes, path: Path) -> list[PdfEngine]:
    """The libraries that can open the file, the one to ask first in front."""
    try:
        for candidate in filter(None, (data, _mended(data))):
            if engines := _engines(candidate):
                return engines
    except LockedError as error:
        raise InputError(
            f"ファイル「{path}」はパスワードで保護されています。保護を外したPDFを用意してください。"
        ) from error
    raise InputError(
        f"ファイル「{path}」は壊れているか途中で切れていて開けません。もう一度入手してください。"
    )


def _mended(data: bytes) -> bytes | None:
    """A file that was cut off, with a new trailer: what comes before the cut can often be read."""
    if (match := _CATALOGUE.search(data)) is None:
        return None
    root = match[1] + b" " + match[2]
    return data + b"\nendobj\ntrailer\n<</Root " + root + b" R>>\nstartxref\n0\n%%EOF\n"


def _engines(data: bytes) -> list[PdfEngine]:
    """The libraries that find pages in the file, the one to ask first in front.

    Raises LockedError when none does and one says that the file is locked.
    """
    engines: list[PdfEngine] = []
    locked: LockedError | None = None
    for library in (PypdfEngine, PdfiumEngine):
        try:
            engine: PdfEngine = library(data)
        except LockedError as error:
            locked = error
        except BrokenError:
            continue
        else:
            engines.append(engine)
    if not any(len(engine) for engine in engines):
        for engine in engines:
            engine.close()
        if locked:
            raise locked
        return []
    first = engines[0]
    if isinstance(first, PypdfEngine) and first.content_bytes() > _HEAVY_PAGE:
        engines.reverse()
    return engines


def _read_page(engines: Sequence[PdfEngine], index: int, findings: _Findings) -> ReadPage:
    """A page with its layout; nothing when its text is garbled or missing."""
    survey = Survey(drawing=False, ruled=False)
    for pdfium in _pdfium(engines):
        with suppress(BrokenError):
            survey = pdfium.survey(index)
    page = ReadPage(index + 1, *_page_text(engines, index, survey, findings))
    for pdfium in _pdfium(engines) if page.text.strip() else ():
        with suppress(BrokenError):
            page.printed = pdfium.printed(index)
            page.labels = survey.labels
            page.grids = _grids(pdfium, index) if survey.ruled else ()
    return page


def _page_text(
    engines: Sequence[PdfEngine], index: int, survey: Survey, findings: _Findings
) -> tuple[str, str]:
    """The best text of a page and which library gave it; nothing when it is garbled or missing."""
    number = index + 1
    broken = garbled = False
    suspect: tuple[str, str] | None = None
    for engine in engines:
        try:
            text = engine.text(index).replace("\f", "\n")
        except BrokenError:
            broken = True
            continue
        state = health(text)
        if state is Health.GOOD:
            return text, engine.name
        garbled |= state is Health.GARBLED
        if state is Health.SUSPECT and suspect is None:
            suspect = text, engine.name
    if suspect:
        findings.suspect.append(number)
        return suspect
    if garbled:
        findings.garbled.append(number)
    elif survey.drawing:
        findings.pictures.append(number)
    elif broken:
        findings.broken.append(number)
    return "", ""


def _pdfium(engines: Iterable[PdfEngine]) -> Iterator[PdfiumEngine]:
    return (engine for engine in engines if isinstance(engine, PdfiumEngine))


def _grids(engine: PdfiumEngine, index: int) -> list[Grid]:
    """The tables of a page with a grid of lines."""
    found = (
        to_grid(boxes, engine.texts_in(index, boxes)) for boxes in find_grids(engine.rules(index))
    )
    return [grid for grid in found if grid is not None]


def _notes(findings: _Findings) -> Iterator[str]:
    if findings.garbled:
        yield (
            f"{_told(findings.garbled)}は文字コードの対応表が壊れていて文字化けするため取り込みませんでした。"
            "元の文書ファイルか、作り直したPDFを使ってください。"
        )
    if findings.pictures:
        yield (
            f"{_told(findings.pictures)}は画像だけで文字がないため取り込みませんでした。"
            "文字認識（OCR）をしたPDFを使ってください。"
        )
    if findings.broken:
        yield (
            f"{_told(findings.broken)}は壊れていて読めないため取り込みませんでした。"
            "ファイルをもう一度入手してください。"
        )
    if findings.suspect:
        yield f"{_told(findings.suspect)}に読めない文字が混じっています。元の文書と照らして確認してください。"


def _label_notes(found: Assembled) -> Iterator[str]:
    if found.labelled:
        yield (
            f"{_told(found.labelled)}の見出しの番号は画像から読み取りました。"
            "大切な番号は元の文書と照らして確認してください。"
        )
    if len(found.unread) >= _LEAST_LABELLED:
        yield (
            f"{_told(found.unread)}に見出しの番号などを画像で書いた所があり、その部分は読めません。"
            "番号は元の文書で確認してください。"
        )


def _limit_note(count: int, settings: Settings) -> Iterator[str]:
    if count > settings.max_pages:
        yield (
            f"全{count:,}ページのうち上限の{settings.max_pages:,}ページまで取り込みました。"
            "続きは分割するか、環境変数 KB_MAX_PAGES を増やしてください。"
        )


def _unusable(path: Path, findings: _Findings, count: int) -> str:
    """The reason that holds for most pages."""
    reasons = {
        "文字コードの対応表が壊れていて文字化けします。元の文書ファイルか、作り直したPDFを使ってください。": findings.garbled,
        "画像だけで文字がありません。文字認識（OCR）をしたPDFを使ってください。": findings.pictures,
        "壊れていて読めるページがありません。もう一度入手してください。": findings.broken,
    }
    reason, pages = max(reasons.items(), key=lambda item: len(item[1]))
    if not pages:
        reason = "白紙で、文字がありません。中身のあるファイルを指定してください。"
    return f"ファイル「{path}」（{count}ページ）は{reason}"


def _told(numbers: Sequence[int]) -> str:
    """3、5〜7ページ."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    told = [str(low) if low == high else f"{low}〜{high}" for low, high in ranges[:_TOLD_PAGES]]
    more = "ほか" if len(ranges) > _TOLD_PAGES else ""
    return f"{'、'.join(told)}ページ{more}"
