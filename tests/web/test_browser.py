"""The web app in a real browser: what an officer does, at a desk's and a phone's width."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.web.conftest import ARTIFACTS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.web

QUESTION = "分離・分割発注について国等は何に努めるのですか"
CLAUSE = "kihon-r05/第2/2/(3)/③"
READABLE = (
    ".kb-answer p",
    "a.kb-cite",
    ".kb-source .kb-place",
    ".kb-source .kb-quote",
    ".kb-target mark",
    ".kb-where",
    ".kb-crumbs a",
    ".kb-clause:not(.kb-target) p",
    "#kb-header p",
)
SIZES = {"desk": (1280, 860), "phone": (390, 844)}


class Visit:
    """A page of the app and every request that it made."""

    def __init__(self, page: Page, server: str, size: str) -> None:
        self.page = page
        self.server = server
        self.size = size
        self.requests: list[str] = []
        self.failures: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.failures.append(str(error)))
        page.set_default_timeout(30_000)

    def open(self, query: str = "") -> Page:
        self.page.goto(self.server + query)
        self.page.wait_for_selector("#kb-tabs")
        return self.page

    def ask(self, question: str) -> None:
        self.page.fill("#kb-question textarea", question)
        self.page.keyboard.press("Enter")

    def go(self, tab: str) -> None:
        self.page.get_by_role("tab", name=tab, exact=True).click()

    def keep(self, name: str) -> None:
        self.page.wait_for_timeout(400)
        self.page.screenshot(path=ARTIFACTS / f"{name}-{self.size}.png")

    def check(self) -> None:
        foreign = [
            url
            for url in self.requests
            if not url.startswith(("data:", "blob:")) and urlsplit(url).hostname != "127.0.0.1"
        ]
        assert foreign == []
        assert self.failures == []
        assert self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.fixture(scope="module")
def visits(browser: Browser, server: str) -> Iterator[dict[str, Visit]]:
    """One page a size for all tests: only the first visit has to load Gradio's scripts."""
    made: dict[str, Visit] = {}
    for size, (width, height) in SIZES.items():
        context = browser.new_context(viewport={"width": width, "height": height}, locale="ja-JP")
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        made[size] = Visit(context.new_page(), server, size)
    yield made
    for visit in made.values():
        visit.page.context.close()


@pytest.fixture(params=list(SIZES))
def visit(request: pytest.FixtureRequest, visits: dict[str, Visit]) -> Iterator[Visit]:
    yield visits[request.param]
    visits[request.param].check()


@pytest.fixture
def desk(visits: dict[str, Visit]) -> Iterator[Visit]:
    yield visits["desk"]
    visits["desk"].check()


def test_answer_streams_and_a_citation_opens_its_clause(visit: Visit) -> None:
    page = visit.open()
    visit.keep("welcome")
    page.evaluate(
        """() => {
          window.lengths = [];
          new MutationObserver(() => {
            const answer = document.querySelector(".kb-current .kb-answer");
            if (answer) window.lengths.push(answer.textContent.length);
          }).observe(document.querySelector("#kb-main"), { childList: true, subtree: true });
        }"""
    )
    visit.ask(QUESTION)
    page.wait_for_selector(".kb-current .kb-sources")
    assert page.inner_text(".kb-current .kb-question").endswith(QUESTION)
    lengths = page.evaluate("[...new Set(window.lengths)]")
    assert lengths == sorted(lengths)
    assert len(lengths) > 1, "the answer came in one piece"
    visit.keep("answer")

    chip = page.locator(".kb-current .kb-answer a.kb-cite").first
    assert re.match(r"根拠1、.+を開く", chip.get_attribute("aria-label") or "")
    quote = page.inner_text(".kb-current .kb-source .kb-quote >> nth=0")
    chip.click()
    mark = page.locator(".kb-target mark").first
    mark.wait_for()
    marked = "".join(page.locator(".kb-target mark").all_inner_texts())
    assert _bare(marked) == _bare(quote)
    page.wait_for_timeout(800)
    box = mark.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < SIZES[visit.size][1], "the quote is scrolled into view"
    assert page.evaluate("document.activeElement.matches('.kb-reader h2')")
    assert page.locator(".kb-reader .kb-crumbs li").count() >= 1
    visit.keep("reader")

    page.click(".kb-reader .kb-copy >> nth=0")
    place = page.get_attribute(".kb-reader", "data-place")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{page.inner_text('.kb-reader h2')}（{place}）"
    if visit.size == "phone":
        page.click(".kb-back")
        assert page.evaluate("document.activeElement.matches('a.kb-cite')")


def test_permalink_opens_the_reader_and_the_outline(visit: Visit) -> None:
    page = visit.open(f"?id={CLAUSE}")
    page.wait_for_selector(f'.kb-reader[data-place="{CLAUSE}"]')
    assert page.inner_text(".kb-reader h2") == "令和5年度基本方針 第2-2(3)③"
    current = page.locator(".kb-outline a[aria-current]")
    current.wait_for()
    assert current.inner_text().startswith("③")
    visit.keep("permalink")
    page.locator(".kb-step").last.click()
    page.wait_for_function(f"document.querySelector('.kb-reader').dataset.place !== '{CLAUSE}'")
    page.go_back()
    page.wait_for_selector(f'.kb-reader[data-place="{CLAUSE}"]')


def test_search_highlights_and_filters(visit: Visit) -> None:
    page = visit.open()
    visit.go("さがす")
    page.fill("#kb-query textarea", "新規中小企業者の契約比率")
    page.click("#kb-query button")
    page.wait_for_selector(".kb-hits mark")
    visit.keep("search")
    choose(page, "資料", "令和5年度基本方針")
    page.wait_for_function(
        """() => {
          const places = [...document.querySelectorAll(".kb-hits .kb-place")];
          return places.length && places.every((p) => p.textContent.startsWith("令和5年度基本方針"));
        }"""
    )
    page.click(".kb-hits a >> nth=0")
    page.wait_for_selector(".kb-target")
    assert page.inner_text(".kb-reader h2").startswith("令和5年度基本方針")


def test_documents_are_listed_with_their_terms(visit: Visit) -> None:
    page = visit.open()
    visit.go("資料")
    page.wait_for_selector(".kb-document")
    assert page.locator(".kb-document").count() == 6
    assert page.locator(".kb-document dt", has_text="利用条件").count() >= 5
    visit.keep("documents")
    page.click(".kb-document h3 a >> nth=0")
    page.wait_for_selector(".kb-reader .kb-tops")
    page.wait_for_selector(".kb-outline")
    visit.keep("front")


def test_html_in_a_document_and_a_question_is_text(desk: Visit) -> None:
    page = desk.open("?id=hostile")
    page.wait_for_selector(".kb-reader .kb-tops")
    page.click(".kb-outline a >> nth=0")
    page.wait_for_selector(".kb-target")
    shown = page.inner_text(".kb-reader")
    assert '<svg onload="window.hacked = 4">の見出し' in shown
    assert "<script>window.hacked = 1</script>の取扱い" in shown
    assert '<iframe src="http://203.0.113.9/x" onload="window.hacked = 2">という' in shown
    assert "${1+1}個まで" in shown
    assert "{{value}}" in shown
    desk.keep("hostile")
    desk.go("質問")
    desk.ask("<img src=x onerror='window.hacked = 3'> 紋章入り提灯は${2+3}個買えますか")
    page.wait_for_selector(".kb-current .kb-answer")
    assert "<img src=x onerror='window.hacked = 3'> 紋章入り提灯は${2+3}個" in page.inner_text(
        ".kb-current .kb-question"
    )
    assert page.evaluate("window.hacked === undefined")
    assert page.locator("#kb-desk :is(img, iframe, svg[onload])").count() == 0


def test_a_conversation_with_hint_filter_abstention_and_clearing(desk: Visit) -> None:
    page = desk.open()
    desk.ask("  ")
    page.wait_for_selector(".kb-composer .kb-problem")
    assert page.inner_text(".kb-composer .kb-problem").startswith("質問を入力してください。")

    page.click(".kb-example >> nth=0")
    page.wait_for_selector(".kb-current .kb-sources")
    assert page.locator(".kb-composer .kb-problem").count() == 0

    choose(page, "資料", "令和5年度基本方針")
    desk.ask(QUESTION)
    page.wait_for_selector(".kb-past .kb-turn")
    page.wait_for_selector(".kb-current .kb-sources")
    places = page.locator(".kb-current .kb-source .kb-place").all_inner_texts()
    assert {place.split(" ")[0] for place in places} == {"令和5年度基本方針"}

    desk.ask("火星への移住に必要な宇宙船の定員は何人ですか")
    page.wait_for_selector(".kb-abstained")
    assert "該当する記載は見つかりません" in page.inner_text(".kb-abstained")
    desk.keep("abstained")
    page.click(".kb-clear")
    page.wait_for_selector(".kb-welcome")
    assert page.locator(".kb-turn").count() == 0


def test_unknown_place_is_one_sentence(desk: Visit) -> None:
    page = desk.open("?id=kihon-r05/第99")
    page.wait_for_selector("#kb-side .kb-problem")
    assert page.inner_text("#kb-side .kb-problem").startswith(
        "「kihon-r05/第99」という箇所は知識ベースにありません。"
    )


def test_keyboard_and_contrast_in_both_schemes(desk: Visit) -> None:
    page = desk.open()
    desk.ask(QUESTION)
    page.wait_for_selector(".kb-current .kb-sources")
    page.locator(".kb-current a.kb-cite").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".kb-target mark")
    page.mouse.move(5, 5)
    assert _too_pale(page) == {}
    page.evaluate("document.body.classList.add('dark')")
    desk.keep("dark")
    assert _too_pale(page) == {}


def _too_pale(page: Page) -> dict[str, float]:
    """Texts whose contrast is below WCAG AA."""
    found = {selector: _contrast(page, selector) for selector in READABLE}
    return {selector: ratio for selector, ratio in found.items() if ratio < 4.5}


def choose(page: Page, label: str, option: str) -> None:
    """Pick an option of a visible filter, opening the filters where they are folded."""
    folded = page.locator(".kb-filters:visible button").first
    field = page.locator(f".kb-filters:visible input[aria-label='{label}']")
    if field.count() == 0:
        folded.click()
    field.first.click()
    page.get_by_role("option", name=option, exact=True).first.click()


def _bare(text: str) -> str:
    return "".join(text.split())


def _contrast(page: Page, selector: str) -> float:
    """WCAG contrast of the first matching element's text on what lies behind it."""
    return float(
        page.evaluate(
            """(selector) => {
          const parse = (c) => (c.match(/[\\d.]+/g) || []).map(Number);
          const light = ([r, g, b]) => {
            const [x, y, z] = [r, g, b].map((v) => v / 255)
              .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
            return 0.2126 * x + 0.7152 * y + 0.0722 * z;
          };
          const element = document.querySelector(selector);
          let box = element, back = [0, 0, 0, 0];
          while (box && (back.length === 4 && back[3] === 0)) {
            back = parse(getComputedStyle(box).backgroundColor);
            box = box.parentElement;
          }
          const [a, b] = [light(parse(getComputedStyle(element).color)), light(back)];
          return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        }""",
            selector,
        )
    )
