"""The app as marketers meet it: a real browser, the real models, by mouse and keyboard, wide and narrow, dark."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from chromium import needs_chromium
from playwright.sync_api import Browser, Page
from sites_http import Answer, Site
from web_server import Serving

from msgcheck.projects import Home
from msgcheck.web.settings import Limits
from msgcheck.web.workers import Worker

pytestmark = [pytest.mark.models, needs_chromium]
DEMO = Path(__file__).parent.parent.parent / "corpora" / "demo"
DRAFT = """# The seamless platform for modern growth teams

Every guest signs in on a tablet. We leverage best-in-class synergies.

Fire wardens see on their phones who is still in the building.
"""
CALL = b"Ana Ruiz: So this is a time clock, right? For our payroll.\n\nInes Fairburn: No, it signs visitors in.\n"
_LONGEST_MS = 60_000


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    project = tmp_path_factory.mktemp("app") / "project"
    shutil.copytree(DEMO, project)
    config = project / "msgcheck.toml"
    config.write_text(config.read_text() + '\n[web]\nallow_private = ["127.0.0.1"]\n')
    with Serving(project, Worker(Home(project)), limits=Limits(workers=1)) as served:
        yield served


class Visitor:
    """A page of the browser, and all that it complains about or asks elsewhere."""

    def __init__(self, browser: Browser, url: str, width: int = 1280, scheme: str = "light") -> None:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
        self.url = url
        self.noise: list[str] = []
        self.page: Page = context.new_page()
        self.page.set_default_timeout(_LONGEST_MS)
        self.page.on("console", lambda message: self.noise.append(message.text))
        self.page.on("pageerror", lambda error: self.noise.append(str(error)))
        self.page.on("request", lambda asked: self._heard(asked.url))

    def _heard(self, url: str) -> None:
        if not url.startswith((f"{self.url}/", "data:")):
            self.noise.append(url)

    def paste(self, text: str) -> None:
        self.page.goto(f"{self.url}/check")
        self.page.fill("#text", text)
        self.page.click("button.primary")
        self.page.wait_for_selector(".bench")

    def figure(self, name: str) -> str:
        return (
            self.page.locator(".standing div", has=self.page.get_by_text(name, exact=True)).locator("dd").inner_text()
        )

    def close(self) -> None:
        self.page.context.close()


@pytest.fixture
def visitor(browser: Browser, serving: Serving) -> Iterator[Visitor]:
    visiting = Visitor(browser, serving.url)
    yield visiting
    visiting.close()


def test_a_click_on_marked_words_offers_others_and_the_measures_follow(visitor: Visitor) -> None:
    page = visitor.page
    visitor.paste(DRAFT)
    before = visitor.figure("mismatch"), page.url
    page.locator(".hit", has_text="guest").click()
    note = page.locator(".note.open").filter(has_text="visitor")
    note.get_by_role("button", name="Use these words").click()
    page.wait_for_selector(".told")
    assert "Every visitor signs in on a tablet." in page.locator(".reading").inner_text()
    assert visitor.figure("mismatch").split() == [str(int(before[0]) - 1), "better,", "was", before[0]]
    page.get_by_role("link", name="Undo").click()
    page.wait_for_selector(".told", state="detached")
    assert (visitor.figure("mismatch"), page.url) == before
    assert visitor.noise == []


def test_the_note_opens_beside_its_words_and_below_them_on_a_phone(browser: Browser, serving: Serving) -> None:
    sides = []
    for width in (1280, 390):
        visiting = Visitor(browser, serving.url, width)
        visiting.paste(DRAFT)
        visiting.page.locator(".hit", has_text="guest").click()
        words = visiting.page.locator(".hit.on").first.bounding_box()
        note = visiting.page.locator(".note.open").first.bounding_box()
        assert words and note
        sides.append((note["x"] > words["x"] + words["width"], note["y"] >= words["y"] + words["height"]))
        visiting.close()
    assert sides == [(True, False), (False, True)]


def test_all_of_it_goes_by_keyboard_alone(visitor: Visitor) -> None:
    page = visitor.page
    page.goto(f"{visitor.url}/check")
    tab_to(page, "#text")
    page.keyboard.type("# Visitor sign-in software\n\nEvery guest signs in on a tablet.")
    tab_to(page, "button.primary")
    page.keyboard.press("Enter")
    page.wait_for_selector(".bench")
    tab_to(page, ".hit:has(sup)")
    assert page.locator(".note.open").count() > 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "words"
    page.keyboard.press("Control+A")
    page.keyboard.type("Each visitor")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".told")
    assert "Each visitor" in page.locator(".reading").inner_text()
    assert page.evaluate("document.activeElement.closest('.bench') !== null")
    assert visitor.noise == []


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until an element has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached with Tab")


def test_a_page_is_fetched_from_an_allowed_host_and_its_words_can_be_changed(visitor: Visitor) -> None:
    body = b"<!doctype html><html lang=en><title>Ovenly</title><h1>Sign-in for sites</h1><p>Every guest signs in.</p>"
    with Site({"/": Answer(body, headers={"Content-Type": "text/html"})}) as site:
        visitor.page.goto(f"{visitor.url}/check")
        visitor.page.fill("#url", site.url)
        visitor.page.click("button.primary")
        visitor.page.wait_for_selector(".bench")
    visitor.page.locator(".hit", has_text="guest").click()
    visitor.page.locator(".note.open").get_by_role("button", name="Use these words").first.click()
    visitor.page.wait_for_selector(".told")
    assert "Every visitor signs in." in visitor.page.locator(".reading").inner_text()
    assert visitor.noise == []


def test_a_private_host_that_nobody_allowed_is_refused_in_plain_words(visitor: Visitor) -> None:
    visitor.page.goto(f"{visitor.url}/check")
    visitor.page.fill("#url", "http://127.0.0.2:1/")
    visitor.page.click("button.primary")
    visitor.page.wait_for_selector("[role=alert]")
    assert "private network" in visitor.page.locator("[role=alert]").inner_text()


def test_an_uploaded_call_tells_what_a_prospect_believed(visitor: Visitor) -> None:
    page = visitor.page
    page.goto(f"{visitor.url}/calls")
    page.set_input_files("#files", {"name": "talk.txt", "mimeType": "text/plain", "buffer": CALL})
    page.click("button.primary")
    page.wait_for_selector(".call")
    assert "time clock" in page.locator("h1").inner_text()
    assert visitor.noise == []


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_every_page_is_quiet_fits_and_can_be_used_by_all(
    browser: Browser, serving: Serving, width: int, scheme: str
) -> None:
    visiting, axe = Visitor(browser, serving.url, width, scheme), Axe()
    found: dict[str, Any] = {}

    def look(name: str) -> None:
        wide = visiting.page.evaluate("document.documentElement.scrollWidth")
        wrong = [
            (item["id"], [node["html"] for node in item["nodes"]])
            for item in axe.run(visiting.page).response["violations"]
        ]
        if wide != width or wrong:
            found[name] = (wide, wrong)

    visiting.paste(DRAFT)
    look("result")
    for path in (
        "/check",
        "/positioning",
        "/positioning/edit",
        "/site",
        "/calls",
        "/drift",
        "/rules",
        "/rules/vague.weasel",
    ):
        visiting.page.goto(serving.url + path)
        look(path)
    visiting.page.goto(f"{serving.url}/site")
    visiting.page.locator("main button, .pages tbody a").first.click()
    visiting.page.wait_for_selector(".pages")
    look("the site")
    visiting.close()
    assert (found, visiting.noise) == ({}, [])
