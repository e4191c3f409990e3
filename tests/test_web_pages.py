"""The pages of the app as a browser without JavaScript gets them, over a real server with a stand-in worker."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup, Tag
from web_server import LIMITS, ONE_PAGE, REPORT, Browser, Serving, StandIn

from msgcheck.extract.pages import extract_page
from msgcheck.model import Finding, Report
from msgcheck.rules.base import locate
from msgcheck.web.task import Task


def read(task: Task) -> Report:
    """A report on the page of the task, with a note on each “leverage” and a confusion that follows from them."""
    document = extract_page(task.pages[0])
    places = [
        (index, start)
        for index, block in document.copy()
        for start in range(len(block.text))
        if block.text.startswith("leverage", start)
    ]
    findings = tuple(
        Finding(
            "jargon.buzzword",
            "warning",
            0.9,
            "“leverage” says no more than “use”.",
            "Write “use”.",
            (replace(locate(document, index, start, start + 8), replacement="use"),),
            fingerprint=f"{index}-{start}",
        )
        for index, start in places
    )
    page = replace(ONE_PAGE.pages[0], document=document, confusion=0.2 + 0.3 * len(findings), messages=())
    return replace(ONE_PAGE, pages=(page,), findings=findings)


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    limits = replace(LIMITS, checks_per_minute=1000, header_seconds=10.0, body_seconds=10.0)
    answer = lambda task: REPORT if task.site else read(task)  # noqa: E731
    with Serving(tmp_path_factory.mktemp("app"), StandIn(answer), limits=limits) as served:
        yield served


def finished(browser: Browser, path: str, data: dict[str, str]) -> tuple[str, BeautifulSoup]:
    """Where a check leads to when it is done, and what is shown there."""
    address = browser.submit(path, data).url
    while (page := BeautifulSoup(browser.get(address).text, "lxml")).select_one("#progress"):
        pass
    return address, page


def value(field: Tag) -> str:
    """What a field holds; browsers leave out the first line end of a text area."""
    return str(field.get("value") or field.get_text().removeprefix("\n"))


def figures(page: BeautifulSoup) -> dict[str, str]:
    terms = page.select(".standing dt")
    return {term.get_text(): " ".join(term.find_next("dd").get_text(" ").split()) for term in terms}


def test_accepted_words_stand_in_the_copy_and_the_figures_follow(serving: Serving) -> None:
    browser = serving.browser()
    _, shown = finished(browser, "/check", {"text": "# Bread\n\nWe leverage ovens.\n"})
    form = shown.select_one("form.change")
    fields = {item["name"]: value(item) for item in form.select("input, textarea")}
    _, after = finished(browser, str(form["action"]), fields)
    assert (figures(shown)["jargon"], fields["words"]) == ("1", "use")
    assert (figures(after)["jargon"], figures(after)["Confusion"]) == ("0 better, was 1", "0.20 clear better, was 0.50")
    assert value(after.select_one("#source")) == "# Bread\n\nWe use ovens.\n"


def test_a_change_can_be_taken_back_step_by_step(serving: Serving) -> None:
    browser = serving.browser()
    first, _ = finished(browser, "/check", {"text": "# Loaves\n\nWe leverage ovens.\n"})
    id = first.rsplit("/", 1)[1]
    second, _ = finished(browser, f"/check/{id}/copy", {"text": "# Loaves\n\nWe fire ovens."})
    id, _, trail = second.rsplit("/", 1)[1].partition("?was=")
    third, _ = finished(browser, f"/check/{id}/copy", {"text": "# Loaves\n\nWe bake.", "was": trail})
    steps = [third]
    while (undo := BeautifulSoup(browser.get(steps[-1]).text, "lxml").select_one(".told a")) is not None:
        steps.append(serving.url + str(undo["href"]))
    assert steps == [third, second, first]


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({}, "There is nothing to check yet."),
        ({"text": "We bake.", "url": "www.example.com"}, "You gave text and an address."),
        ({"url": "https://"}, "That is no address of a web page."),
    ],
)
def test_what_is_wrong_with_the_form_is_said_in_it_and_nothing_is_lost(
    serving: Serving, given: dict[str, str], problem: str
) -> None:
    answer = serving.browser().submit("/check", given)
    page = BeautifulSoup(answer.text, "lxml")
    kept = (value(page.select_one("#text")), value(page.select_one("#url")))
    assert answer.status_code == 422
    assert page.select_one("[role=alert] strong").get_text() == problem
    assert kept == (given.get("text", ""), given.get("url", ""))


def test_a_note_that_is_not_there_is_said_to_be_so(serving: Serving) -> None:
    browser = serving.browser()
    address, _ = finished(browser, "/check", {"text": "# Rye\n\nWe leverage ovens.\n"})
    id = address.rsplit("/", 1)[1]
    answer = browser.submit(f"/check/{id}/words", {"finding": "none", "words": "use"})
    assert (answer.status_code, "There is no such note." in answer.text) == (404, True)


def test_the_site_is_listed_in_the_order_that_is_asked_for(serving: Serving) -> None:
    browser = serving.browser()
    address, _ = finished(browser, "/site", {})
    orders = {}
    for column in ("page", "words"):
        shown = BeautifulSoup(browser.get(f"{address}?sort={column}").text, "lxml")
        orders[column] = [cell.get_text() for cell in shown.select(".pages tbody th")]
    words = sorted(REPORT.pages, key=lambda page: (-page.words, page.document.key))
    assert orders["page"] == sorted(page.document.key for page in REPORT.pages)
    assert orders["words"] == [page.document.key for page in words]


def test_every_page_of_the_site_can_be_read(serving: Serving) -> None:
    browser = serving.browser()
    _, shown = finished(browser, "/site", {})
    links = {str(a["href"]).partition("#")[0] for a in shown.select("main a[href^='/site/']")}
    assert [browser.get(serving.url + link).status_code for link in sorted(links)] == [200] * len(REPORT.pages)
