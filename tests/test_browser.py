"""The chat in a real browser: what is drawn, at a desk and on a phone, and that nothing leaves this machine."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest

sync_api = pytest.importorskip("playwright.sync_api")

ROOT = Path(__file__).parents[1]
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
WIDTHS = {"desk": (1280, 900), "phone": (390, 844)}
HOSTILE = """某某局2023年部门预算公开

部门名称：某某局

单位：万元

2023年项目支出预算表

项目名称	合计	一般公共预算
<img src=x onerror=alert(1)>$x^2$ https://evil.example 工程	120.00	120.00
**粗体**[点我](http://evil.example):red[经费]	30.00	30.00
合计	150.00	150.00
"""
LOOPBACK = {"localhost", "127.0.0.1", "::1"}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed"),
]


@pytest.fixture(scope="module")
def address(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real server on a free port, over a home of its own."""
    home = shutil.copytree(sample_home, tmp_path_factory.mktemp("served") / "home")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), f"--server.port={port}"]
    environment = {**os.environ, "MINGZHANG_HOME": str(home)}
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_until_healthy(f"http://localhost:{port}/_stcore/health")
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_until_healthy(address: str) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


@pytest.fixture(scope="module")
def browser() -> Iterator[sync_api.Browser]:
    with sync_api.sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield launched
        launched.close()


@dataclass(slots=True)
class Watched:
    """A page with what it complained of and whom it called."""

    page: sync_api.Page
    complaints: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", lambda told: self.complaints.append(told.text) if told.type == "error" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.complaints.append(dialog.message), dialog.dismiss()))
        self.page.on("request", lambda request: self.called(request.url))
        self.page.on("websocket", lambda opened: self.called(opened.url))

    def called(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname not in LOOPBACK:
            self.strangers.append(url)

    def ask(self, question: str) -> None:
        box = self.page.get_by_test_id("stChatInputTextArea")
        box.fill(question, timeout=60_000)
        box.press("Enter")


@pytest.fixture
def watched(browser: sync_api.Browser, request: pytest.FixtureRequest) -> Iterator[Watched]:
    width, height = WIDTHS[getattr(request, "param", "desk")]
    page = browser.new_page(viewport={"width": width, "height": height}, locale="zh-CN")
    page.set_default_timeout(60_000)
    yield Watched(page)
    page.close()


@pytest.mark.parametrize("watched", WIDTHS, indirect=True)
def test_a_question_is_answered_and_its_cell_is_on_screen(watched: Watched, address: str, tmp_path: Path) -> None:
    page = watched.page
    page.goto(address)
    watched.ask("征拆资金多少")
    page.locator('[class*="st-key-cite-0-0"] button').click()
    mark = page.locator("td.mz-mark")
    mark.scroll_into_view_if_needed()
    assert mark.inner_text() == "20,000.00"
    assert mark.evaluate(_IN_ITS_FRAME), "the marked cell is scrolled out of its table's frame"
    page.screenshot(path=str(tmp_path / "answer.png"))
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "the page scrolls sideways"
    page.reload()
    mark.wait_for()
    assert page.locator("[data-testid=stException], [data-testid=stAlertContentError]").count() == 0
    assert watched.complaints == [] and watched.strangers == []


def test_a_hostile_document_is_uploaded_asked_and_stays_text(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(address)
    page.get_by_role("link", name="文件").click()
    page.locator("input[type=file]").set_input_files(
        {"name": "敌意.txt", "mimeType": "text/plain", "buffer": HOSTILE.encode()}
    )
    page.get_by_role("button", name="读入").click()
    page.get_by_test_id("stAlertContentSuccess").wait_for(timeout=180_000)
    page.get_by_test_id("stMultiSelect").click()
    page.get_by_role("option", name="某某局").click()
    page.keyboard.press("Escape")
    page.get_by_role("link", name="核对").click()
    page.get_by_role("heading", name="核对").wait_for()
    page.get_by_role("link", name="问答").click()
    watched.ask("最大的项目是哪个")
    page.locator('[class*="st-key-cite-0-0"] button').click()
    page.locator("td.mz-mark").wait_for()
    assert "120.00" in page.locator(".mz-answer").inner_text()
    assert "<img" in page.locator("tr.mz-row").inner_text()
    assert page.locator("img[src=x], .katex, a[href*=evil], mark:not(.mz-mark)").count() == 0
    assert watched.complaints == [] and watched.strangers == []


_IN_ITS_FRAME = """cell => {
  const frame = cell.closest('.mz-scroll').getBoundingClientRect(), box = cell.getBoundingClientRect();
  return box.left >= frame.left - 1 && box.right <= frame.right + 1
      && box.top >= frame.top - 1 && box.bottom <= frame.bottom + 1;
}"""
