"""The HTML report as a reader meets it: in a real browser, wide and narrow, light and dark, by keyboard, on paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from chromium import needs_chromium
from playwright.sync_api import Browser, Page
from reports import empty, sample

from msgcheck.report import wording
from msgcheck.report.formats import FORMATS
from msgcheck.report.view import View

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> str:
    path: Path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(FORMATS["html"].render(sample(), View()), encoding="utf-8")
    return path.as_uri()


def opened(browser: Browser, uri: str, *, width: int = 1280, scheme: str = "light") -> tuple[Page, list[str]]:
    """The page, and all that the browser complains about or asks for while it loads."""
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    noise: list[str] = []
    page.on("console", lambda message: noise.append(message.text))
    page.on("pageerror", lambda error: noise.append(str(error)))
    page.on("request", lambda request: None if request.url in (uri, "data:,") else noise.append(request.url))
    page.goto(uri)
    return page, noise


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_it_opens_quietly_and_fits_the_window(browser: Browser, file: str, width: int, scheme: str) -> None:
    page, noise = opened(browser, file, width=width, scheme=scheme)
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert (noise, wide) == ([], width)
    page.close()


def test_an_empty_report_fits_a_phone_too(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "empty.html"
    path.write_text(FORMATS["html"].render(empty(), View()), encoding="utf-8")
    page, noise = opened(browser, path.as_uri(), width=390)
    assert (noise, page.evaluate("document.documentElement.scrollWidth")) == ([], 390)
    page.close()


def test_dark_is_dark_and_light_is_light(browser: Browser, file: str) -> None:
    grounds = []
    for scheme in ("light", "dark"):
        page, _ = opened(browser, file, scheme=scheme)
        colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
        grounds.append(int(colour.removeprefix("rgb(").partition(",")[0]) > 127)
        page.close()
    assert grounds == [True, False]


def test_it_reads_the_same_without_javascript(browser: Browser, file: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(file)
    text = page.locator("main").inner_text()
    assert [found.rule for found in wording.active(sample()) if found.rule not in text] == []
    context.close()


def test_the_hostile_page_ran_nothing(browser: Browser, file: str) -> None:
    page = browser.new_page()
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.goto(file)
    assert (dialogs, page.evaluate("document.scripts.length")) == ([], 0)
    page.close()


def test_it_prints(browser: Browser, file: str) -> None:
    page, _ = opened(browser, file)
    printed = page.pdf(format="A4")
    assert (printed[:5], len(printed) > 10_000) == (b"%PDF-", True)
    page.close()


def test_the_keyboard_reaches_every_finding_in_the_order_of_the_page(browser: Browser, file: str) -> None:
    page, _ = opened(browser, file)
    stops = "[...document.querySelectorAll('a[href], [tabindex], summary')].filter(a => a.checkVisibility())"
    wanted = page.evaluate(f"{stops}.map(a => a.getAttribute('href'))")
    reached = []
    for _ in wanted:
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.getAttribute('href')"))
    assert reached == wanted
    marked = {f"#{note}" for note in page.evaluate("[...document.querySelectorAll('.row li.note')].map(n => n.id)")}
    assert marked - set(reached) == set()
    page.close()


def test_the_focus_is_seen(browser: Browser, file: str) -> None:
    page, _ = opened(browser, file)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_a_note_stands_beside_or_below_its_words_and_never_over_them(browser: Browser, file: str, width: int) -> None:
    page, _ = opened(browser, file, width=width)
    over = page.evaluate(
        """[...document.querySelectorAll('.row.noted')].filter(row => {
             const copy = row.querySelector('.copy').getBoundingClientRect();
             return [...row.querySelectorAll('li.note')].some(note => {
               const box = note.getBoundingClientRect();
               return box.left < copy.right - 1 && box.top < copy.bottom - 1 && box.bottom > copy.top;
             });
           }).length"""
    )
    assert over == 0
    page.close()
