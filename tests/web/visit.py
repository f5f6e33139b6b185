"""What a user does on a page of the app, and what must hold after every visit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import Page

ARTIFACTS = Path(__file__).with_name("artifacts")
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
        page.on("dialog", lambda dialog: dialog.accept())
        page.set_default_timeout(20_000)

    def open(self, query: str = "") -> Page:
        """Load the app; it is ready once the server has answered its first call."""
        self.page.goto(self.server + query)
        self.page.wait_for_selector(".kb-rail-list :is(.kb-none, .kb-history)", state="attached")
        return self.page

    def ask(self, question: str) -> None:
        """Type a question, send it and wait for the whole answer."""
        self.page.fill("#kb-question textarea", question)
        self.page.keyboard.press("Enter")
        self.page.wait_for_function(
            """(question) => {
              const turn = document.querySelector("#kb-current .kb-turn");
              return turn?.querySelector(".kb-question").textContent.endsWith(question)
                && turn.querySelector(".kb-actions, .kb-problem");
            }""",
            arg=question,
        )

    def go(self, tab: str) -> None:
        """Choose a tab."""
        self.page.get_by_role("tab", name=tab, exact=True).click()

    def keep(self, name: str) -> None:
        """Keep a picture for people to look at."""
        self.page.wait_for_timeout(100)
        path = ARTIFACTS / f"{name}-{self.size}.png"
        self.page.screenshot(path=path, animations="disabled")

    def check(self) -> None:
        """No request to another host, no error in a script, nothing wider than the window."""
        foreign = [
            url
            for url in self.requests
            if not url.startswith(("data:", "blob:")) and urlsplit(url).hostname != "127.0.0.1"
        ]
        assert foreign == []
        assert self.failures == []
        assert self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def choose(page: Page, label: str, option: str) -> None:
    """Pick an option of a visible filter, opening the filters where they are folded."""
    folded = page.locator(".kb-filters:visible button").first
    field = page.locator(f".kb-filters:visible input[aria-label='{label}']")
    if field.count() == 0:
        folded.click()
    field.first.click()
    page.get_by_role("option", name=option, exact=True).first.click()


def bare(text: str) -> str:
    """A text without white space."""
    return "".join(text.split())
