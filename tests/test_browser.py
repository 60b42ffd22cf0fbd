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
LOOPBACK = {"localhost", "127.0.0.1", "::1"}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed"),
]


@pytest.fixture(scope="module")
def address(sample_home: Path) -> Iterator[str]:
    """A real server on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), f"--server.port={port}"]
    environment = {**os.environ, "MINGZHANG_HOME": str(sample_home)}
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


@pytest.mark.parametrize("width", WIDTHS)
def test_a_question_is_answered_and_its_cell_is_on_screen(
    browser: sync_api.Browser, address: str, width: str, tmp_path: Path
) -> None:
    page = browser.new_page(viewport=dict(zip(("width", "height"), WIDTHS[width], strict=True)), locale="zh-CN")
    complaints: list[str] = []
    strangers: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: strangers.append(request.url) if _leaves(request.url) else None)
    page.on("websocket", lambda opened: strangers.append(opened.url) if _leaves(opened.url) else None)

    page.goto(address)
    box = page.get_by_test_id("stChatInputTextArea")
    box.fill("征拆资金多少", timeout=60_000)
    box.press("Enter")
    page.locator('[class*="st-key-cite-0-0"] button').click(timeout=60_000)
    mark = page.locator("td.mz-mark")
    mark.scroll_into_view_if_needed(timeout=20_000)
    assert mark.inner_text() == "20,000.00"
    assert mark.evaluate(_IN_ITS_FRAME), "the marked cell is scrolled out of its table's frame"
    page.screenshot(path=str(tmp_path / f"{width}.png"))

    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "the page scrolls sideways"
    assert page.locator(".katex, [data-testid=stException]").count() == 0
    page.reload()
    page.locator("td.mz-mark").wait_for(timeout=60_000)
    assert complaints == [] and strangers == []
    page.close()


_IN_ITS_FRAME = """cell => {
  const frame = cell.closest('.mz-scroll').getBoundingClientRect(), box = cell.getBoundingClientRect();
  return box.left >= frame.left - 1 && box.right <= frame.right + 1
      && box.top >= frame.top - 1 && box.bottom <= frame.bottom + 1;
}"""


def _leaves(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname not in LOOPBACK
