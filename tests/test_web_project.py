"""The pages on the project: its positioning, calls, runs and rules, over a real server with a stand-in worker."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from web_server import LIMITS, REPORT, Browser, Serving, StandIn

from msgcheck.history import History, database_url
from msgcheck.model.history import Origin
from msgcheck.rules.registry import all_rules

DEMO = Path(__file__).parent.parent / "corpora" / "demo"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(DEMO, tmp_path / "project")
    return tmp_path / "project"


@pytest.fixture
def worker() -> StandIn:
    return StandIn()


@pytest.fixture
def serving(project: Path, worker: StandIn) -> Iterator[Serving]:
    limits = replace(LIMITS, header_seconds=10.0, body_seconds=10.0)
    with Serving(project, worker, limits=limits) as served:
        yield served


def page(browser: Browser, path: str) -> BeautifulSoup:
    return BeautifulSoup(browser.get(browser.base + path).text, "lxml")


def filled(form: Tag) -> list[tuple[str, str]]:
    """What a browser would send of a form, its buttons aside."""
    sent = []
    for field in form.select("input[name], textarea[name], select[name]"):
        chosen = field.select_one("option[selected]") or field.select_one("option")
        given = chosen.get_text() if chosen else field.get("value") or field.get_text().removeprefix("\n")
        sent.append((str(field["name"]), str(given)))
    return sent


def send(browser: Browser, path: str, fields: list[tuple[str, str]]) -> BeautifulSoup:
    answer = browser.post(browser.base + path, data=fields, headers={"Origin": browser.base})
    return BeautifulSoup(answer.text, "lxml")


def changed(fields: list[tuple[str, str]], name: str, value: str) -> list[tuple[str, str]]:
    """With the first field of that name changed."""
    place = [key for key, _ in fields].index(name)
    return [*fields[:place], (name, value), *fields[place + 1 :]]


def test_saving_the_form_as_it_is_changes_nothing_that_is_agreed(serving: Serving, project: Path) -> None:
    browser = serving.browser()
    before = serving.services.positions.current().fields
    send(browser, "/positioning", filled(page(browser, "/positioning/edit").select_one("main form")))
    after = serving.services.positions.current().fields
    assert after.statement == before.statement.strip()
    assert after.model_copy(update={"statement": before.statement}) == before


def test_a_change_is_kept_with_who_and_why_and_can_be_taken_back(serving: Serving) -> None:
    browser = serving.browser()
    fields = filled(page(browser, "/positioning/edit").select_one("main form"))
    fields = changed(changed(fields, "category", "visitor software"), "note", "Shorter noun")
    saved = send(browser, "/positioning", fields)
    rows = [[cell.get_text() for cell in row.select("td")][1:] for row in saved.select(".plain tbody tr")]
    assert saved.select_one("h1").get_text() == "Gatewren is visitor software"
    assert rows == [["local", "Shorter noun"], ["–", "as the file was before"]]
    restored = send(browser, "/positioning/versions/1/restore", [("csrf", browser.token())])
    assert restored.select_one("h1").get_text() == "Gatewren is visitor sign-in software"


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("product", "", "Say what the product is called, written as it must be written."),
        ("messages-text", "", "This line has no words yet. Write them, or empty the line."),
        ("prefer", "muster", "“muster” needs a colon: the term to use, then what it replaces."),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_saved(
    serving: Serving, name: str, value: str, problem: str
) -> None:
    browser = serving.browser()
    fields = changed(filled(page(browser, "/positioning/edit").select_one("main form")), name, value)
    shown = send(browser, "/positioning", fields)
    at = shown.select_one("[aria-invalid]")
    assert shown.select_one(f"[id='{at['aria-describedby']}']").get_text() == problem
    assert serving.services.positions.versions() == ()


def test_somebody_elses_change_is_not_written_over(serving: Serving) -> None:
    browser = serving.browser()
    mine = filled(page(browser, "/positioning/edit").select_one("main form"))
    send(browser, "/positioning", changed(mine, "category", "visitor software"))
    shown = send(browser, "/positioning", changed(mine, "category", "guest book"))
    assert shown.select_one("[role=alert] strong").get_text() == "Somebody else has changed the positioning."
    assert serving.services.positions.current().fields.category == "visitor software"


def test_a_paragraph_is_taken_apart_before_anything_is_saved(tmp_path: Path) -> None:
    paragraph = (
        "For bakers who open at four, Ovenly is order software that counts loaves. Unlike a notebook, it adds up."
    )
    with Serving(tmp_path) as serving:
        browser = serving.browser()
        fields = changed(filled(page(browser, "/positioning/edit").select_one("main form")), "statement", paragraph)
        shown = send(browser, "/positioning/parse", fields)
        read = dict(filled(shown.select_one("main form")))
        assert serving.services.positions.current().agreed is None
        send(browser, "/positioning", filled(shown.select_one("main form")))
        agreed = serving.services.positions.current().agreed
    assert (read["product"], read["category"], read["alternatives"]) == ("Ovenly", "order software", "a notebook")
    assert agreed is not None
    assert [message.text for message in agreed.messages] == ["Counts loaves.", "Adds up."]


def test_calls_are_read_beside_the_pages_of_the_site(serving: Serving, worker: StandIn) -> None:
    browser = serving.browser()
    files = [("files", ("talk.txt", b"Ana: So it is a time clock?\nBen: No."))]
    answer = browser.post(
        f"{serving.url}/calls", data={"csrf": browser.token()}, files=files, headers={"Origin": serving.url}
    )
    while (shown := BeautifulSoup(browser.get(answer.url).text, "lxml")).select_one("#progress"):
        pass
    assert shown.select_one("h1").get_text() == "On 2 calls, prospects took Kilnhouse for a CRM."
    assert [(task.site, [call.key for call in task.calls]) for task in worker.tasks] == [(True, ["talk.txt"])]


def test_the_last_run_of_the_history_is_shown_until_the_site_is_checked(serving: Serving, project: Path) -> None:
    History(database_url("", project)).record(REPORT, Origin())
    browser = serving.browser()
    kept = page(browser, "/site")
    keys = sorted(cell.get_text() for cell in kept.select(".pages tbody th"))
    assert (kept.select_one("h1").get_text(), keys) == (
        "The last run that was kept",
        sorted(item.document.key for item in REPORT.pages),
    )


def test_two_runs_are_compared_and_fewer_say_what_to_do(serving: Serving, project: Path) -> None:
    browser, history = serving.browser(), History(database_url("", project))
    titles = []
    for confusion in (0.7, 0.4):
        titles.append(page(browser, "/drift").select_one("h1").get_text())
        summary = replace(REPORT.summary, confusion=confusion)
        history.record(replace(REPORT, summary=summary), Origin())
    shown = page(browser, "/drift?first=1&last=2")
    assert titles == ["Is our message getting clearer?"] * 2
    assert [str(option["value"]) for option in shown.select(".range option[selected]")] == ["1", "2"]
    assert len(shown.select(".drift figure")) == 5


def test_every_rule_is_listed_and_explained(serving: Serving) -> None:
    browser = serving.browser()
    links = [str(link["href"]) for link in page(browser, "/rules").select(".rules a")]
    assert sorted(links) == sorted(f"/rules/{rule.id}" for rule in all_rules())
    assert {browser.get(serving.url + link).status_code for link in links} == {200}


def test_who_has_nothing_yet_is_told_what_to_do_first(tmp_path: Path) -> None:
    with Serving(tmp_path) as serving:
        assert page(serving.browser(), "/").select_one("h2").get_text() == "Check a draft"


def test_who_has_a_project_arrives_at_the_form(serving: Serving) -> None:
    assert serving.browser().get(serving.url).url == f"{serving.url}/check"
