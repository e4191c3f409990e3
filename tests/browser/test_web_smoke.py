"""The app in a real browser: paste, watch, read; quiet, and with no request to anywhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
from chromium import needs_chromium
from playwright.sync_api import Browser, Page
from web_server import ONE_PAGE, Serving, StandIn

pytestmark = needs_chromium


@pytest.fixture
def page(browser: Browser) -> Page:
    return browser.new_page()


def test_pasted_copy_is_shown_with_its_notes_when_the_work_is_done(page: Page, tmp_path: Path) -> None:
    noise: list[str] = []
    worker = StandIn(lambda task: ONE_PAGE, held=True)
    with Serving(tmp_path, worker) as serving:
        page.on("console", lambda message: noise.append(message.text))
        page.on("pageerror", lambda error: noise.append(str(error)))
        page.on(
            "request", lambda asked: None if asked.url.startswith((serving.url, "data:")) else noise.append(asked.url)
        )
        page.goto(f"{serving.url}/check")
        page.locator("textarea").first.fill("# Payroll\n\nWe leverage seamless synergies.")
        page.locator("main form button").first.click()
        page.wait_for_url("**/check/*")
        worker.go.set()
        page.wait_for_selector(".note.open")
        page.close()
    assert noise == []
