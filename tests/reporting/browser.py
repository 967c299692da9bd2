"""Chromium, as a person would have it open, and everything that a page does in it written down."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FLAGS = (
    "--no-sandbox",  # Chromium's own one does not start as root, which CI is
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
OPEN_ALL = "document.querySelectorAll('details').forEach(d => { d.open = true })"
AFFECTED = """
() => [window.__pwned, window.top === window, document.title].concat(
    [...document.querySelectorAll('body *')].filter(e => getComputedStyle(e).position === 'fixed')
        .map(e => e.className).filter(name => name !== 'side'))
"""
"""What no text may change: whether a script ran, the frame, the title, what is fixed on the screen."""


class Window:
    """One page of a browser, used again and again, that writes down what it should not have done."""

    def __init__(self, browser: Browser, folder: Path, *, guarded: bool) -> None:
        self.events: list[str] = []
        self._path = folder / "page.html"
        self.page = browser.new_context(bypass_csp=not guarded).new_page()
        note = self.events.append
        self.page.context.route("**/*", self._requested)
        self.page.on("dialog", self._asked)
        self.page.on("console", lambda message: note(f"console {message.text}"))
        self.page.on("pageerror", lambda error: note(f"error {error}"))
        self.page.on("popup", lambda popup: note(f"popup {popup.url}"))
        self.page.on("download", lambda download: note(f"download {download.url}"))
        self.page.on("framenavigated", self._went)

    def show(self, html: str, width: int) -> None:
        """Open a page from a file, and every fold of it."""
        self.events.clear()
        self._path.write_text(html, encoding="utf-8")
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.goto(self._path.as_uri(), wait_until="load")
        self.page.evaluate(OPEN_ALL)

    def text(self) -> str:
        """What a person can read, in one line."""
        return " ".join(self.page.inner_text("body").split())

    def evaluate(self, script: str) -> Any:
        """The value of a JavaScript expression in the page."""
        return self.page.evaluate(script)

    def count(self, selector: str) -> int:
        """How many elements there are of a kind."""
        return len(self.page.query_selector_all(selector))

    def _requested(self, route: Any) -> None:
        if route.request.url == self._path.as_uri():
            route.continue_()
            return
        self.events.append(f"request {route.request.url}")
        route.abort()

    def _asked(self, dialog: Any) -> None:
        self.events.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def _went(self, frame: Any) -> None:
        if frame.url != self._path.as_uri():
            self.events.append(f"went to {frame.url}")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; skips the test where it, or playwright, is missing."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("no chromium on this machine: apt install chromium")
    api = pytest.importorskip("playwright.sync_api", reason="no playwright: pip install -e '.[dev]'")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()
