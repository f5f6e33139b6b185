"""質問 in a real browser, at a desk's and a phone's width."""

from __future__ import annotations

import re

import pytest

from tests.web.visit import SIZES, Visit, bare, choose

pytestmark = pytest.mark.web

QUESTION = "分離・分割発注について国等は何に努めるのですか"


def test_answer_streams_and_a_citation_opens_its_clause(visit: Visit) -> None:
    page = visit.open()
    visit.keep("welcome")
    page.evaluate(
        """() => {
          window.lengths = [];
          window.shifts = 0;
          new MutationObserver(() => {
            const answer = document.querySelector("#kb-current .kb-answer");
            if (answer) window.lengths.push(answer.textContent.length);
          }).observe(document.querySelector("#kb-main"), { childList: true, subtree: true });
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) window.shifts += entry.value;
          }).observe({ type: "layout-shift", buffered: false });
        }"""
    )
    for _ in range(3):  # A busy machine may draw at once the steps that it is sent one by one.
        page.evaluate("window.lengths = []")
        with page.expect_response(lambda response: "/files/ask" in response.url) as sent:
            visit.ask(QUESTION)
        assert len(set(sent.value.text().splitlines())) > 3, "the answer was sent in one piece"
        lengths = page.evaluate("[...new Set(window.lengths)]")
        if len(lengths) > 1:
            break
    assert lengths == sorted(lengths)
    assert len(lengths) > 1, "the answer came in one piece"
    assert page.evaluate("window.shifts") < 0.05, "the page jumped while the answer streamed"
    visit.keep("answer")

    chip = page.locator("#kb-current .kb-answer a.kb-cite").first
    assert re.match(r"根拠1、.+を開く", chip.get_attribute("aria-label") or "")
    quote = page.inner_text("#kb-current .kb-source .kb-quote >> nth=0")
    if visit.size == "phone":
        chip.tap()
        page.wait_for_selector("#kb-tip a")
        visit.keep("tip")
        page.tap("#kb-tip a")
    else:
        chip.hover()
        page.wait_for_selector("#kb-tip:visible")
        assert bare(quote) in bare(page.inner_text("#kb-tip"))
        visit.keep("tip")
        chip.click()
    mark = page.locator(".kb-target mark").first
    mark.wait_for()
    marked = "".join(page.locator(".kb-target mark").all_inner_texts())
    assert bare(marked) == bare(quote)
    page.wait_for_timeout(400)
    box = mark.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < SIZES[visit.size][1], "the quote is scrolled into view"
    assert page.evaluate("document.activeElement.matches('.kb-reader h2')")
    visit.keep("reader")
    page.click("[data-close]")
    page.wait_for_selector("#kb-side", state="hidden")
    if visit.size == "desk":
        assert page.evaluate("document.activeElement.matches('a.kb-cite')")


def test_what_was_understood_can_be_taken_away(desk: Visit) -> None:
    page = desk.open()
    choose(page, "資料", "令和5年度基本方針")
    desk.ask("毎月払いにしてもらえますか")
    chips = page.locator("#kb-current .kb-chip")
    assert [text.strip("×\n ") for text in chips.all_inner_texts()[1:3]] == [
        "資料：令和5年度基本方針",
        "毎月払い → 部分払",
    ]
    desk.keep("chips")
    for kind in ("filter", "meaning"):
        page.click(f'#kb-current [data-kind="{kind}"]')
        page.wait_for_function(
            """(kind) => document.querySelector("#kb-current .kb-actions")
              && !document.querySelector(`#kb-current [data-kind="${kind}"]`)""",
            arg=kind,
        )
        if kind == "filter":
            places = page.locator("#kb-current .kb-source .kb-place").all_inner_texts()
            documents = {place.split(" ")[0] for place in places}
            assert len(documents) > 1, "other documents answer again"


def test_history_outlives_a_reload_and_can_be_searched_and_deleted(visit: Visit) -> None:
    page = visit.open()
    visit.ask("地方支分部局の庁舎の改修で銘柄指定はできますか")
    visit.ask("知的財産権の取扱いは書面で明記しますか")
    assert page.locator("#kb-past .kb-turn").count() == 1
    page.reload()
    page.wait_for_selector("#kb-past .kb-turn")
    assert page.inner_text("#kb-current .kb-question").endswith("明記しますか")
    if visit.size == "phone":
        page.click("[data-rail]")
    titles = page.locator(".kb-past-title:visible")
    listed = titles.count()
    assert "銘柄指定" in titles.first.inner_text()
    page.fill("#kb-find", "知的財産権 銘柄指定")
    page.wait_for_function(
        f"document.querySelectorAll('.kb-past-title').length === {1}", timeout=5000
    )
    visit.keep("history")
    page.fill("#kb-find", "存在しない言葉")
    page.wait_for_selector(".kb-rail-list .kb-none")
    page.fill("#kb-find", "")
    page.wait_for_function(f"document.querySelectorAll('.kb-past-title').length === {listed}")
    page.locator(".kb-forget").first.click()
    page.wait_for_selector(".kb-welcome")
    assert page.locator(".kb-turn").count() == 0
    assert "c=" not in page.url


def test_a_rating_and_its_comment_are_kept_and_exported(desk: Visit) -> None:
    page = desk.open()
    desk.ask(QUESTION)
    page.click('#kb-current [data-rate="0"]')
    page.wait_for_selector("#kb-said.kb-shown")
    page.fill("#kb-current .kb-comment input", "=例が<b>ほしい</b>")
    page.keyboard.press("Enter")
    page.wait_for_function(
        "document.querySelector('#kb-said').textContent === 'コメントを記録しました。'"
    )
    page.reload()
    page.wait_for_selector('#kb-current [data-rate="0"][aria-pressed="true"]')
    assert page.input_value("#kb-current .kb-comment input") == "=例が<b>ほしい</b>"
    book = page.request.get(f"{desk.server}files/feedback.xlsx")
    assert book.status == 200
    assert _cells(book.body())[1][1:4] == ["役に立たなかった", "=例が<b>ほしい</b>", QUESTION]


def test_an_answer_is_copied_for_a_draft_and_exported(desk: Visit) -> None:
    page = desk.open()
    desk.ask(QUESTION)
    page.get_by_role("button", name="起案用にコピー").click()
    page.wait_for_selector("#kb-said.kb-shown")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "」（注１）（努力規定）" in copied
    assert (
        "（注１）「令和5年度中小企業者に関する国等の契約の基本方針」"
        "（令和5年4月25日、閣議決定（経済産業省・中小企業庁））第2-2(2)①" in copied
    )
    for name, beginning in (("Word", b"PK"), ("Excel", b"PK")):
        with page.expect_download() as waiting:
            page.get_by_role("link", name=name, exact=True).click()
        assert waiting.value.path().read_bytes().startswith(beginning)
        assert waiting.value.suggested_filename.startswith("回答.")
    stranger = page.context.browser.new_context()
    refused = stranger.request.get(
        f"{desk.server}files/answer/{page.get_attribute('#kb-current .kb-turn', 'data-turn')}.docx"
    )
    assert (refused.status, refused.text()) == (
        400,
        "この回答は履歴にありません。質問し直してください。",
    )
    stranger.close()


def test_hints_followups_and_abstention(desk: Visit) -> None:
    page = desk.open()
    page.fill("#kb-question textarea", "  ")
    page.keyboard.press("Enter")
    page.wait_for_selector("#kb-said.kb-shown")
    assert page.inner_text("#kb-said").startswith("質問を入力してください。")
    page.click(".kb-welcome .kb-example >> nth=0")
    page.wait_for_selector("#kb-current .kb-actions")
    asked = page.inner_text("#kb-current .kb-next .kb-example >> nth=0")
    page.click("#kb-current .kb-next .kb-example >> nth=0")
    page.wait_for_selector("#kb-past .kb-turn")
    page.wait_for_selector("#kb-current .kb-actions")
    assert page.inner_text("#kb-current .kb-question").endswith(asked)
    desk.ask("火星への移住に必要な宇宙船の定員は何人ですか")
    assert "該当する記載は見つかりません" in page.inner_text(".kb-abstained")
    desk.keep("abstained")


def test_a_question_in_html_is_text(desk: Visit) -> None:
    page = desk.open()
    question = "<img src=x onerror='window.hacked = 3'> 紋章入り提灯は${2+3}個買えますか"
    desk.ask(question)
    assert page.inner_text("#kb-current .kb-question").endswith(question)
    page.wait_for_function(
        "document.querySelector('.kb-past-title').textContent.startsWith('<img src=x')"
    )
    assert page.evaluate("window.hacked === undefined")
    assert page.locator("#kb-desk :is(img, iframe, svg[onload])").count() == 0


def _cells(book: bytes) -> list[list[str]]:
    import io

    import openpyxl

    sheet = openpyxl.load_workbook(io.BytesIO(book)).worksheets[0]
    return [[str(cell.value) for cell in row] for row in sheet.iter_rows()]
