"""品質: the figures and plots of the last evaluation, and what users thought of answers."""

from __future__ import annotations

from collections.abc import Sequence

from eval.reports import SavedReport
from eval.reports.figures import GROUP_MEASURES as MEASURES
from eval.reports.figures import Bar, Histogram, bars, first_ranks, groups, seconds
from eval.reports.names import japanese
from eval.reports.saved import SavedRow
from ui.web.record import RatedAnswer
from ui.web.render.markup import escape, problem, table

_NO_REPORT = (
    '<p class="kb-none">まだ評価していません。<code>kb eval 質問ファイル</code> を実行すると、'
    "ここに結果が表示されます。</p>"
)
_KINDS = {
    "lookup": "箇所の確認",
    "multi_doc": "複数の資料",
    "numeric": "数値",
    "comparison": "比較",
    "list": "一覧",
    "address": "番号の指定",
    "false_premise": "誤った前提",
    "crossref": "参照",
    "ambiguous": "あいまいな質問",
    "yes_no": "可否",
    "definition": "用語",
}
_FAULTS = 50
_WIDTH, _HEIGHT, _FOOT = 420, 150, 22


def quality(report: SavedReport | None, trouble: str, rated: Sequence[RatedAnswer]) -> str:
    """The whole page; `trouble` says why a report that is there cannot be read."""
    body = problem(trouble) if trouble else _NO_REPORT if report is None else _report(report)
    return f'<div class="kb-quality">{_ratings(rated)}{body}</div>'


def _ratings(rated: Sequence[RatedAnswer]) -> str:
    good = sum(item.good for item in rated)
    files = (
        '<a class="kb-tool" href="/files/feedback.xlsx" download>評価をExcelで保存</a>'
        if rated
        else ""
    )
    return f"<section><h2>利用者の評価</h2><p>役に立った {good}件、役に立たなかった {len(rated) - good}件 {files}</p></section>"


def _report(report: SavedReport) -> str:
    known = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>"
        for name, value in report.run.items()
    )
    measures = "".join(_bar(bar) for bar in bars(report))
    timed = seconds(report)
    times = (
        f"<section><h3>回答までの時間（ミリ秒）</h3>{_histogram(timed)}</section>" if timed else ""
    )
    return (
        f'<section><h2>最後の評価</h2><dl class="kb-facts">{known}</dl>'
        f'<h3>指標（横棒は平均、細線は95%区間）</h3><ul class="kb-bars">{measures}</ul></section>'
        f'<div class="kb-plots"><section><h3>最初の正解の順位</h3>{_ranks(report)}</section>{times}</div>'
        f"<section><h3>質問の種類ごと</h3>{_groups(report)}</section>{_faults(report)}"
    )


def _bar(bar: Bar) -> str:
    value = bar.value
    low, high = value.low * 100, value.high * 100
    note = "（低いほどよい）" if bar.lower_is_better else ""
    return (
        f"<li><span>{escape(bar.name)}{note}</span>"
        f'<span class="kb-bar" aria-hidden="true"><i style="width:{value.mean * 100:.1f}%"></i>'
        f'<b style="left:{low:.1f}%;width:{high - low:.1f}%"></b></span>'
        f"<span>{value.mean:.3f}</span><small>{bar.questions}問</small></li>"
    )


def _ranks(report: SavedReport) -> str:
    return _columns(first_ranks(report), "最初の正解の順位ごとの質問数")


def _histogram(item: Histogram) -> str:
    step = item.top / len(item.counts)
    named = [(f"{(at + 1) * step:.0f}", count) for at, count in enumerate(item.counts)]
    return _columns(named, "回答時間ごとの質問数")


def _columns(named: Sequence[tuple[str, int]], label: str) -> str:
    """Counts as columns; the numbers stand on them."""
    most = max((count for _, count in named), default=0) or 1
    room = _WIDTH / max(len(named), 1)
    parts = []
    for at, (name, count) in enumerate(named):
        height = (_HEIGHT - 20) * count / most
        left, middle = at * room + 2, (at + 0.5) * room
        parts.append(
            f'<rect x="{left:.1f}" y="{_HEIGHT - height:.1f}" width="{room - 4:.1f}" height="{height:.1f}"/>'
            f'<text x="{middle:.1f}" y="{_HEIGHT - height - 4:.1f}">{count or ""}</text>'
            f'<text x="{middle:.1f}" y="{_HEIGHT + _FOOT - 6}">{escape(name)}</text>'
        )
    return (
        f'<svg class="kb-plot" viewBox="0 0 {_WIDTH} {_HEIGHT + _FOOT}" role="img"'
        f' aria-label="{label}">{"".join(parts)}</svg>'
    )


def _groups(report: SavedReport) -> str:
    rows = [
        [
            escape(_KINDS.get(group.name, group.name)),
            str(group.questions),
            *("" if mean is None else f"{mean:.2f}" for mean in group.means),
        ]
        for group in groups(report)
    ]
    return table(("種類", "質問", *map(japanese, MEASURES)), rows)


def _faults(report: SavedReport) -> str:
    faulty = [row for row in report.per_question if row.faulty]
    items = "".join(f"<li>{_fault(row)}</li>" for row in faulty[:_FAULTS])
    more = f"（うち{_FAULTS}問を表示）" if len(faulty) > _FAULTS else ""
    return (
        f'<details class="kb-faults"><summary>満点でない質問 {len(faulty)}問{more}</summary><ol>{items}</ol></details>'
        if faulty
        else ""
    )


def _fault(row: SavedRow) -> str:
    below = "、".join(
        f"{japanese(name)} {score:.2f}" for name, score in row.measures.items() if score < 1
    )
    answer = f"<p>{escape(row.answer)}</p>" if row.answer else ""
    return f"<b>{escape(row.question)}</b>{answer}<small>{escape(below)}</small>"
