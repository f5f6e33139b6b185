"""Keyboard, contrast, axe-core, and no other host than this machine."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web.visit import ARTIFACTS, Visit

pytestmark = pytest.mark.web

AXE = ARTIFACTS / "axe.min.js"
QUESTION = "分離・分割発注について国等は何に努めるのですか"
TABS = {
    "desk": ("さがす", "読む", "事例", "くらべる", "資料", "品質"),
    "phone": ("さがす", "事例"),
}
FONT = "Noto"


def test_the_keyboard_alone_suffices(desk: Visit) -> None:
    page = desk.open()
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.closest('#kb-question') !== null")
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    page.wait_for_selector("#kb-current .kb-actions")
    reached = _tab_to(page, "a.kb-cite")
    assert "kb-cite" in reached
    page.wait_for_selector("#kb-tip:visible")
    page.keyboard.press("Escape")
    page.wait_for_selector("#kb-tip", state="hidden")
    page.keyboard.press("Enter")
    page.wait_for_selector(".kb-target mark")
    page.wait_for_function("document.activeElement.matches('.kb-reader h2')")
    assert "kb-tool" in _tab_to(page, "[data-copy]")
    page.keyboard.press("Escape")
    page.wait_for_selector("#kb-side", state="hidden")
    assert page.evaluate("document.activeElement.matches('a.kb-cite')")
    page.get_by_role("tab", name="質問").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.get_by_role("tab", name="さがす").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#kb-query textarea:visible")


def test_axe_finds_no_serious_violation(visit: Visit) -> None:
    if not AXE.is_file():
        pytest.skip("needs axe-core (.ci/run fetches it from the npm registry)")
    page = visit.open("?id=kihon-r05/第2/5/(4)")
    page.wait_for_selector(".kb-target .kb-links")
    page.add_script_tag(content=AXE.read_text(encoding="utf-8"))
    found = {"reader": page.evaluate(_RUN_AXE)}
    if visit.size == "phone":
        page.click("[data-close]")
    visit.go("質問")
    visit.ask(QUESTION)
    found["質問"] = page.evaluate(_RUN_AXE)
    visit.go("さがす")
    page.fill("#kb-query textarea", "契約比率")
    page.keyboard.press("Enter")
    page.wait_for_selector(".kb-hits")
    for tab in TABS[visit.size]:
        visit.go(tab)
        found[tab] = page.evaluate(_RUN_AXE)
    visit.go("質問")
    page.evaluate("document.body.classList.add('dark')")
    visit.keep("dark")
    found["dark"] = page.evaluate(_RUN_AXE)
    page.evaluate("document.body.classList.remove('dark')")
    assert {where: items for where, items in found.items() if items} == {}


def test_the_page_is_set_in_a_japanese_font(desk: Visit) -> None:
    page = desk.open()
    assert FONT in page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily")


_RUN_AXE = """async () => {
  const result = await axe.run(document, { resultTypes: ["violations"] });
  return result.violations
    .filter((item) => ["serious", "critical"].includes(item.impact))
    .map((item) => [item.id, item.nodes.slice(0, 3).map((node) => node.html.slice(0, 160))]);
}"""


def _tab_to(page: Any, selector: str, most: int = 60) -> str:
    """Press Tab until an element that matches has the focus; returns its classes."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return str(page.evaluate("document.activeElement.className"))
    pytest.fail(f"the keyboard does not reach {selector}")
