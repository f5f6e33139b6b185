"""Addresses beside Gradio's own: downloads, pages of PDFs, uploads. Every error is one sentence."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import quote as percent_encode

from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse

from assistant import exports
from assistant.comparison.case_report import case_report
from assistant.comparison.export import Format, report_bytes
from assistant.comparison.reports import clause_report, policy_report
from assistant.comparison.sheets import Cell, Report, Sheet
from assistant.review.report import check_report
from kb.errors import BusyError, InputError, KbError
from kb.results import Filters
from ui.web import bench
from ui.web.bench import Reports
from ui.web.guard import VISITOR
from ui.web.handlers.chat import ChatHandlers
from ui.web.handlers.quality import QualityHandlers
from ui.web.handlers.reader import ReaderHandlers
from ui.web.record import RatedAnswer, Record
from ui.web.render import checks
from ui.web.render.uploads import run_status
from ui.web.shelf import Shelf
from ui.web.uploads import State, Uploads

_TYPES = {
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_BROKEN = "サーバーの不具合で処理できません。もう一度試し、続く場合は管理者に知らせてください。"
_NO_ADDRESS = "このアドレスは正しくありません。画面のリンクから開き直してください。"
_NO_ANSWER = "この回答は履歴にありません。質問し直してください。"


def add_routes(
    app: FastAPI,
    shelf: Shelf,
    record: Record,
    chats: ChatHandlers,
    figures: QualityHandlers,
    uploads: Uploads,
    reports: Reports,
) -> None:
    """Add all addresses below /files."""
    _add_errors(app)
    _add_pages(app, shelf, chats, figures)
    _add_downloads(app, shelf, record)
    _add_comparisons(app, shelf, reports)
    _add_uploads(app, uploads)


def _add_errors(app: FastAPI) -> None:

    @app.exception_handler(KbError)
    async def told(_: Request, error: KbError) -> PlainTextResponse:
        return PlainTextResponse(str(error), 409 if isinstance(error, BusyError) else 400)

    @app.exception_handler(RequestValidationError)
    async def wrong(_: Request, error: RequestValidationError) -> PlainTextResponse:
        return PlainTextResponse(_NO_ADDRESS, 400)

    @app.exception_handler(Exception)
    async def broken(_: Request, error: Exception) -> PlainTextResponse:
        # The server's log gets the traceback all the same.
        return PlainTextResponse(_BROKEN, 500)


def _visitor(request: Request) -> str:
    return request.cookies.get(VISITOR, "")


def _add_pages(app: FastAPI, shelf: Shelf, chats: ChatHandlers, figures: QualityHandlers) -> None:
    reader = ReaderHandlers(shelf)

    @app.get("/files/place")
    def place(id: str, s: str = "", e: str = "") -> HTMLResponse:
        return HTMLResponse(reader.open(id, s, e))

    @app.get("/files/outline")
    def outline(doc: str = "") -> HTMLResponse:
        return HTMLResponse(reader.outline(doc))

    @app.get("/files/generation")
    def generation() -> PlainTextResponse:
        return PlainTextResponse(shelf.library().kb.generation)

    @app.get("/files/quality")
    def quality() -> HTMLResponse:
        return HTMLResponse(figures.page())

    @app.get("/files/history")
    def history(request: Request, q: str = "", c: str = "") -> HTMLResponse:
        return HTMLResponse(chats.history(_visitor(request), q, c))

    @app.delete("/files/history/{conversation}")
    def forget(conversation: str, request: Request) -> Response:
        chats.forget(_visitor(request), conversation)
        return Response(status_code=204)

    @app.post("/files/rating/{turn}")
    def rate(turn: str, good: bool, request: Request, comment: str = "") -> PlainTextResponse:
        return PlainTextResponse(chats.rate(_visitor(request), turn, good, comment))


def _download(report: Report, form: Format, name: str) -> Response:
    disposition = f"attachment; filename*=UTF-8''{percent_encode(name, safe='')}.{form}"
    return Response(
        report_bytes(report, form),
        media_type=_TYPES[form],
        headers={"content-disposition": disposition},
    )


def _add_downloads(app: FastAPI, shelf: Shelf, record: Record) -> None:
    @app.get("/files/answer/{name}.{form}")
    def answer(name: str, form: Format, request: Request) -> Response:
        turn = record.turn(_visitor(request), name)
        if turn is None or turn.answer is None:
            raise InputError(_NO_ANSWER)
        make = exports.for_word if form is Format.DOCX else exports.for_excel
        return _download(make(turn.answer, turn.sources), form, "回答")

    @app.get("/files/feedback.xlsx")
    def feedback() -> Response:
        stamp = datetime.now(UTC).strftime("%Y%m%d")
        return _download(_feedback(record.ratings()), Format.XLSX, f"評価-{stamp}")

    @app.get("/files/page/{doc}/{page}.png")
    def page(doc: str, page: int) -> Response:
        library = shelf.library()
        picture = library.originals.page_png(library.kb.document(doc), page)
        return Response(picture, media_type="image/png", headers={"cache-control": "max-age=3600"})


def _add_comparisons(app: FastAPI, shelf: Shelf, reports: Reports) -> None:
    @app.get("/files/cases.{form}")
    def cases(form: Format, q: str, prefecture: str = "", category: str = "") -> Response:
        library = shelf.library()
        filters = Filters(prefecture=prefecture or None, category=category or None)
        report = case_report(library.kb, bench.table(library, q, filters))
        return _download(report, form, "事例比較")

    @app.get("/files/versus/{a}/{b}.{form}")
    def versus(a: str, b: str, form: Format) -> Response:
        comparison = bench.versus(shelf.library(), a, b)
        # On paper the table stands alone; a workbook has room for the list of pairs.
        report = policy_report(comparison, with_pairs=form is Format.XLSX)
        return _download(report, form, report.title)

    @app.get("/files/clause")
    def clause(id: str, form: Format) -> Response:
        report = clause_report(bench.clause(shelf.library(), id))
        return _download(report, form, report.title)

    @app.post("/files/check")
    async def check(name: str, request: Request) -> HTMLResponse:
        data = await request.body()
        key = await run_in_threadpool(reports.check, shelf.library(), name, data)
        return HTMLResponse(checks.report(reports.get(key), key))

    @app.get("/files/check/{key}.{form}")
    def checked(key: str, form: Format) -> Response:
        return _download(check_report(reports.get(key)), form, "点検結果")


def _add_uploads(app: FastAPI, uploads: Uploads) -> None:
    @app.post("/files/batch")
    def batch() -> JSONResponse:
        return JSONResponse({"batch": uploads.open_batch()})

    @app.put("/files/upload/{batch}")
    async def upload(batch: str, name: str, request: Request) -> JSONResponse:
        return JSONResponse({"name": await uploads.receive(batch, name, request.stream())})

    @app.post("/files/ingest/{batch}")
    def ingest(batch: str) -> JSONResponse:
        uploads.start(batch)
        return status()

    @app.post("/files/cancel")
    def cancel() -> JSONResponse:
        uploads.cancel()
        return status()

    @app.post("/files/restore/{generation}")
    def restore(generation: str) -> JSONResponse:
        uploads.restore(generation)
        return status()

    @app.get("/files/status")
    def status() -> JSONResponse:
        run = uploads.run
        html = run_status(run, uploads.generations())
        return JSONResponse({"running": run.state is State.RUNNING, "html": html})


def _feedback(rated: tuple[RatedAnswer, ...]) -> Report:
    rows = tuple(
        tuple(
            map(
                Cell.of,
                (
                    item.given,
                    "役に立った" if item.good else "役に立たなかった",
                    item.comment,
                    item.question,
                    item.answer,
                    item.generation,
                ),
            )
        )
        for item in rated
    )
    columns = ("日時（UTC）", "評価", "コメント", "質問", "回答", "世代")
    return Report("回答の評価", (Sheet("評価", columns, (16, 12, 30, 30, 50, 16), rows),))
