"""事例, くらべる and 品質 in a real browser, at a desk's and a phone's width."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.resources import CORPUS
from tests.web.visit import Visit

pytestmark = pytest.mark.web


def test_cases_are_chosen_on_the_map_and_compared(visit: Visit) -> None:
    page = visit.open()
    visit.go("事例")
    page.wait_for_selector(".kb-card")
    everything = page.locator(".kb-card").count()
    visit.keep("cases")
    page.click('button[aria-label="広島県、事例1件"]')
    page.wait_for_selector('button[aria-label="広島県、事例1件"][aria-pressed="true"]')
    assert page.locator(".kb-card").count() == 1
    assert "広島" in page.inner_text(".kb-card")
    page.click('.kb-count [data-region="prefecture"]')
    page.wait_for_function(f"document.querySelectorAll('.kb-card').length === {everything}")

    page.fill("#kb-cases-query textarea", "トライアル発注の対象者と期間")
    page.keyboard.press("Enter")
    page.wait_for_selector(".kb-comparison tbody tr")
    heads = page.locator(".kb-comparison thead th").all_inner_texts()
    assert "対象者（質問の項目）" in heads
    visit.keep("cases-table")
    with page.expect_download() as waiting:
        page.locator(".kb-comparison").get_by_role("link", name="Excel").click()
    assert waiting.value.suggested_filename == "事例比較.xlsx"
    page.click(".kb-comparison td a.kb-cite >> nth=0")
    if visit.size == "phone":
        page.wait_for_timeout(100)
    page.wait_for_selector("#kb-side .kb-target mark")


def test_two_policies_side_by_side(visit: Visit) -> None:
    page = visit.open()
    visit.go("くらべる")
    page.click("#kb-versus")
    page.wait_for_selector(".kb-versus")
    assert page.locator("tr[data-of-kind='same']:visible").count() == 0
    page.click('[data-relation="same"]')
    assert page.locator("tr[data-of-kind='same']:visible").count() > 0
    visit.keep("versus")
    page.click('[data-view="contrast"]')
    assert page.locator("[data-shown='contrast'] u").first.is_visible()
    visit.keep("contrast")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="対照表をWordで保存").click()
    assert waiting.value.path().read_bytes().startswith(b"PK")
    page.click('[data-view="pairs"]')
    page.click(".kb-versus td a >> nth=0")
    page.wait_for_selector("#kb-side .kb-target")


def test_a_clause_beside_those_of_other_policies(visit: Visit) -> None:
    page = visit.open("?id=kihon-r05/第2/2/(2)/①")
    page.click("[data-beside]")
    page.wait_for_selector("#kb-clause .kb-comparison")
    assert page.inner_text("#kb-clause h2") == "令和5年度基本方針 第2-2(2)①"
    assert page.locator("#kb-clause tbody tr").count() >= 2
    assert page.locator("#kb-clause ins").count() > 0
    visit.keep("clause")


def test_a_draft_is_checked_and_not_kept(desk: Visit, tmp_path: Path) -> None:
    page = desk.open()
    desk.go("くらべる")
    page.get_by_role("tab", name="案の点検").click()
    draft = tmp_path / "案.txt"
    text = (CORPUS / "shigaku-r08.txt").read_text(encoding="utf-8")
    draft.write_text(text.replace("令和8年度", "令和9年度"), encoding="utf-8")
    page.set_input_files("#kb-draft", draft)
    page.wait_for_selector(".kb-finding")
    assert page.locator(".kb-severity-must").count() > 1
    desk.keep("check")
    with page.expect_download() as waiting:
        page.locator("#kb-check").get_by_role("link", name="Word").click()
    assert waiting.value.suggested_filename == "点検結果.docx"
    broken = tmp_path / "壊れた.docx"
    broken.write_bytes(b"PK nothing")
    page.set_input_files("#kb-draft", broken)
    page.wait_for_selector("#kb-check .kb-problem")
    told = page.inner_text("#kb-check .kb-problem")
    assert told.startswith("ファイル「壊れた.docx」")
    desk.go("資料")
    assert "案" not in page.locator(".kb-document h3").all_inner_texts()


def test_figures_of_the_last_evaluation(visit: Visit) -> None:
    page = visit.open()
    visit.go("品質")
    page.wait_for_selector(".kb-bars")
    assert page.inner_text(".kb-bars li >> nth=0").startswith("1位的中率")
    assert page.locator("svg.kb-plot").count() == 2
    visit.keep("quality")
