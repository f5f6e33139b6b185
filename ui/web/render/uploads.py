"""What became of uploaded files, and the states of the knowledge base to go back to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from kb.results import IngestRow, IngestStatus
from ui.web.render.header import japan_time
from ui.web.render.markup import escape, problem
from ui.web.uploads import Generation, Run, State

_STATUS = {
    IngestStatus.ADDED: "追加",
    IngestStatus.UPDATED: "更新",
    IngestStatus.UNCHANGED: "変更なし",
    IngestStatus.FAILED: "取り込めません",
    IngestStatus.REMOVED: "削除",
}


def run_status(run: Run, generations: Sequence[Generation]) -> str:
    """The progress or the result of a run, and how to undo it."""
    return _run(run) + _generations(generations)


def _run(run: Run) -> str:
    match run.state:
        case State.IDLE:
            return ""
        case State.RUNNING:
            return (
                f'<p role="status">取り込んでいます（{run.done}／{run.total}件）。'
                "この間も質問や検索は今の資料で続けられます。</p>"
                f'<progress max="{max(run.total, 1)}" value="{run.done}" aria-label="取り込みの進み"></progress>'
                '<button type="button" class="kb-tool" data-cancel>取り込みを中止</button>'
            )
        case State.CANCELLED:
            return '<p role="status">取り込みを中止しました。資料は元のままです。</p>'
        case State.FAILED:
            return problem(run.problem)
        case State.DONE:
            return _done(run)


def _done(run: Run) -> str:
    rows = "".join(_row(row) for row in run.rows)
    undo = (
        f'<button type="button" class="kb-tool" data-restore="{escape(run.before)}">'
        "この取り込みを取り消す</button>"
        if run.after != run.before and run.before
        else ""
    )
    return f'<p role="status">取り込みが終わりました。</p><ul class="kb-rows">{rows}</ul>{undo}'


def _row(row: IngestRow) -> str:
    pages = f"{row.pages}ページ、" if row.pages > 1 else ""
    told = row.reason or f"{pages}条項など{row.nodes}件"
    notes = "".join(f"<p>{escape(note)}</p>" for note in row.warnings)
    return (
        f'<li class="kb-row-{row.status.value}"><b>{_STATUS[row.status]}</b>'
        f"<span>{escape(PurePath(row.path).name)}</span><span>{escape(told)}</span>{notes}</li>"
    )


def _generations(items: Sequence[Generation]) -> str:
    if len(items) < 2:
        return ""
    rows = "".join(
        f"<li><span>{japan_time(item.created)}作成</span>"
        + (
            "<b>使用中</b>"
            if item.in_service
            else f'<button type="button" class="kb-tool" data-restore="{escape(item.name)}"'
            f' aria-label="{japan_time(item.created)}の状態に戻す">この状態に戻す</button>'
        )
        + "</li>"
        for item in items
    )
    return f'<details class="kb-states"><summary>前の状態に戻す</summary><ul>{rows}</ul></details>'
