"""読む, さがす and 資料 in a real browser, at a desk's and a phone's width."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ingest.samples import PdfPage, pdf
from tests.web.visit import Visit

pytestmark = pytest.mark.web

CLAUSE = "kihon-r05/第2/2/(3)/③"


def test_permalink_opens_the_reader_and_the_outline(visit: Visit) -> None:
    page = visit.open(f"?id={CLAUSE}")
    page.wait_for_selector(f'.kb-reader[data-place="{CLAUSE}"]')
    assert page.inner_text(".kb-reader h2") == "令和5年度基本方針 第2-2(3)③"
    current = page.locator(".kb-outline a[aria-current]")
    current.wait_for(state="attached")
    assert (current.text_content() or "").startswith("③")
    visit.keep("permalink")
    page.click("[data-copy-link]")
    page.wait_for_selector("#kb-said.kb-shown")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{visit.server}?id=kihon-r05/%E7%AC%AC2/2/(3)/%E2%91%A2"
    page.locator(".kb-step").last.click()
    page.wait_for_function(f"document.querySelector('.kb-reader').dataset.place !== '{CLAUSE}'")
    page.go_back()
    page.wait_for_selector(f'.kb-reader[data-place="{CLAUSE}"]')


def test_the_last_of_several_quick_clicks_counts(desk: Visit) -> None:
    page = desk.open(f"?id={CLAUSE}")
    page.wait_for_selector(f'.kb-reader[data-place="{CLAUSE}"]')
    last = page.evaluate(
        """() => {
          const real = window.fetch;
          let asked = 0;  // The first reply comes after all others.
          window.fetch = async (...what) => {
            const isFirst = String(what[0]).startsWith("/files/place") && (asked += 1) === 1;
            const reply = await real(...what);
            if (isFirst) await new Promise((resolve) => setTimeout(resolve, 700));
            return reply;
          };
          const links = [...document.querySelectorAll(".kb-outline a")].slice(0, 6);
          for (const link of links) link.click();
          return new URL(links.at(-1).href).searchParams.get("id");
        }"""
    )
    page.wait_for_selector(f'.kb-reader[data-place="{last}"]')
    page.wait_for_timeout(1_000)
    assert page.get_attribute(".kb-reader", "data-place") == last


def test_another_document_is_chosen_with_its_outline(desk: Visit) -> None:
    page = desk.open(f"?id={CLAUSE}")
    page.wait_for_selector(f'.kb-reader[data-place="{CLAUSE}"]')
    page.select_option("#kb-doc", "shigaku-r08")
    page.wait_for_selector('.kb-outline[data-doc="shigaku-r08"]')
    page.wait_for_selector('.kb-reader[data-doc="shigaku-r08"] .kb-tops')
    assert page.input_value("#kb-doc") == "shigaku-r08"
    desk.keep("outline")


def test_references_terms_and_repairs_of_a_clause(desk: Visit) -> None:
    page = desk.open("?id=kihon-r05/第2/5/(4)")
    page.wait_for_selector(".kb-target .kb-links")
    page.wait_for_selector(".kb-outline a[aria-current]")  # text and outline stand where they stay
    term = page.locator(".kb-target .kb-term").first
    term.hover()
    page.wait_for_selector("#kb-tip:visible")
    assert page.inner_text("#kb-tip").startswith(f"{term.inner_text()}：")
    page.click(".kb-target .kb-raw summary")
    assert page.locator(".kb-target .kb-raw del").count() > 0
    desk.keep("repairs")
    page.click(".kb-target a.kb-ref >> nth=0")
    page.wait_for_selector('.kb-reader[data-place="kihon-r05/第2/4/(2)"]')
    back = page.locator(".kb-target .kb-links a", has_text="第2-5(4)")
    assert back.count() == 1, "references lead both ways"


def test_search_highlights_explains_and_narrows(visit: Visit) -> None:
    page = visit.open()
    visit.go("さがす")
    page.fill("#kb-query textarea", "新規中小企業者の契約比率")
    page.click("#kb-query button")
    page.wait_for_selector(".kb-hits mark")
    assert page.inner_text(".kb-why >> nth=0").startswith("言葉「")
    visit.keep("search")
    if visit.size == "phone":
        page.click(".kb-facets summary")
    page.click('[data-facet="kind"][data-value="kikan"]')
    page.wait_for_selector('.kb-facets .kb-chip[data-facet="kind"]')
    places = page.locator(".kb-hits .kb-place").all_inner_texts()
    assert all("契約の方針" in place for place in places)
    shown = len(places)
    page.click("[data-more]")
    page.wait_for_function(f"document.querySelectorAll('.kb-hits > li').length > {shown}")
    page.click('.kb-facets .kb-chip[data-facet="kind"]')
    page.wait_for_selector('[data-facet="kind"][data-value="kihon"]', state="attached")
    page.click(".kb-hits a >> nth=0")
    page.wait_for_selector("#kb-side .kb-target")
    visit.keep("search-reader")


def test_documents_are_listed_with_their_terms(visit: Visit) -> None:
    page = visit.open()
    visit.go("資料")
    page.wait_for_selector(".kb-document")
    assert page.locator(".kb-document dt", has_text="利用条件").count() >= 5
    visit.keep("documents")
    page.click(".kb-document h3 a >> nth=0")
    page.wait_for_selector(".kb-reader .kb-tops")
    visit.keep("front")


def test_files_are_taken_in_while_questions_go_on_and_can_be_undone(
    desk: Visit, tmp_path: Path
) -> None:
    good = tmp_path / "検査<b>要領.md"
    good.write_text(
        "# 検査要領\n\n## 1 立会い\n\n竹とんぼの検査は二名で立ち会う。\n", encoding="utf-8"
    )
    bad = tmp_path / "壊れた.pdf"
    bad.write_bytes(b"%PDF-1.7 nothing")
    sheet = tmp_path / "竹細工の様式.pdf"
    sheet.write_bytes(pdf(PdfPage(("第1 竹細工の様式", "1 様式", "竹細工の様式は二部とする。"))))
    page = desk.open()
    desk.go("資料")
    before = page.locator(".kb-document").count()
    page.set_input_files("#kb-files", [good, bad, sheet])
    page.wait_for_selector(".kb-rows", timeout=60_000)
    assert page.locator(".kb-row-added span").first.inner_text() == "検査_b_要領.md"
    assert page.inner_text(".kb-row-failed").startswith("取り込めません\n壊れた.pdf")
    page.wait_for_function(f"document.querySelectorAll('.kb-document').length === {before + 2}")
    desk.keep("uploaded")
    page.locator(".kb-document h3 a", has_text="竹細工").click()
    page.click(".kb-tops a >> nth=0")
    page.wait_for_function("document.querySelector('.kb-page img')?.naturalWidth === 1000")
    page.click("[data-widen]")
    desk.keep("pdf")
    page.click("[data-close]")
    desk.go("質問")
    desk.ask("竹とんぼの検査は何名で立ち会いますか")
    assert "二名で立ち会う" in page.inner_text("#kb-current .kb-answer")
    desk.go("資料")
    page.click(".kb-run > [data-restore]")
    page.wait_for_function(f"document.querySelectorAll('.kb-document').length === {before}")


def test_html_in_a_document_is_text(desk: Visit) -> None:
    page = desk.open("?id=hostile")
    page.wait_for_selector(".kb-reader .kb-tops")
    page.click(".kb-tops a >> nth=0")
    page.wait_for_selector('.kb-reader[data-place^="hostile/"] .kb-target')
    shown = page.inner_text(".kb-reader")
    assert '<svg onload="window.hacked = 4">の見出し' in shown
    assert "<script>window.hacked = 1</script>の取扱い" in shown
    assert '<iframe src="http://203.0.113.9/x" onload="window.hacked = 2">という' in shown
    assert "${1+1}個まで" in shown
    assert "{{value}}" in shown
    desk.keep("hostile")
    assert page.evaluate("window.hacked === undefined")
    assert page.locator("#kb-desk :is(img, iframe, svg[onload])").count() == 0


def test_unknown_place_is_one_sentence(desk: Visit) -> None:
    page = desk.open("?id=kihon-r05/第99")
    page.wait_for_selector("#kb-side .kb-problem")
    assert page.inner_text("#kb-side .kb-problem").startswith(
        "「kihon-r05/第99」という箇所は知識ベースにありません。"
    )
