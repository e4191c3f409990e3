"""The browser app, from a pasted page to its report, over a real server on loopback."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from web_server import ONE_PAGE, Serving, StandIn

from msgcheck.web.intake import uploaded

JSON = {"Content-Type": "application/json"}


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[Serving]:
    with Serving(tmp_path) as served:
        yield served


def test_pasted_copy_comes_back_with_its_notes(tmp_path: Path) -> None:
    with Serving(tmp_path, StandIn(lambda task: ONE_PAGE)) as serving:
        browser = serving.browser()
        shown = browser.submit("/check", {"text": "# Payroll\n\nWe leverage synergies.", "kind": "markdown"})
        while 'id="progress"' in shown.text:
            shown = browser.get(shown.url)
    assert (shown.status_code, "seamless" in shown.text, 'class="note ' in shown.text) == (200, True, True)


def test_the_api_answers_with_the_report(serving: Serving) -> None:
    answer = requests.post(f"{serving.url}/api/v1/check", json={"text": "We leverage synergies."})
    assert (answer.status_code, answer.json()["schema_version"]) == (200, "1.0")


def test_a_job_tells_its_steps_and_then_that_it_is_done(tmp_path: Path) -> None:
    worker = StandIn(held=True)
    with Serving(tmp_path, worker) as serving:
        job = requests.post(f"{serving.url}/api/v1/jobs", json={"text": "We bake."}).json()
        names = []
        with requests.get(f"{serving.url}/api/v1/jobs/{job['id']}/events", stream=True) as events:
            for line in events.iter_lines(chunk_size=1):
                if line.startswith(b"event: "):
                    names.append(line.decode().removeprefix("event: "))
                elif line.startswith(b"data: ") and json.loads(line[6:])["stage"] == "Reading pages":
                    worker.go.set()
    assert (names[0], names[-1]) == ("progress", "done")


def test_stopping_a_check_stops_its_work(tmp_path: Path) -> None:
    worker = StandIn(held=True)
    with Serving(tmp_path, worker) as serving:
        job = requests.post(f"{serving.url}/api/v1/jobs", json={"text": "We bake."}).json()
        while not worker.tasks:
            requests.get(f"{serving.url}/healthz")
        gone = requests.delete(f"{serving.url}/api/v1/jobs/{job['id']}").json()
        worker.go.set()
        again = requests.post(f"{serving.url}/api/v1/check", json={"text": "We bake bread."})
    assert (gone["state"], worker.stopped, again.status_code) == ("cancelled", [worker.tasks[0]], 200)


def test_a_full_queue_is_said_at_once(tmp_path: Path) -> None:
    worker = StandIn(held=True)
    with Serving(tmp_path, worker) as serving:
        codes = []
        for number in range(5):
            answer = requests.post(f"{serving.url}/api/v1/jobs", json={"text": f"We bake {number} loaves."})
            codes.append((answer.status_code, answer.headers.get("Retry-After")))
            while not worker.tasks:
                requests.get(f"{serving.url}/healthz")
        worker.go.set()
    assert codes == [(202, None)] * 3 + [(503, "5")] * 2


def test_the_same_copy_is_read_once(tmp_path: Path) -> None:
    worker = StandIn()
    with Serving(tmp_path, worker) as serving:
        for _ in range(3):
            requests.post(f"{serving.url}/api/v1/check", json={"text": "We bake."})
    assert len(worker.tasks) == 1


def test_files_are_pages_or_calls_by_their_type_and_keep_apart() -> None:
    files = [("a.md", b"# A"), ("a.md", b"# B"), ("talk.vtt", b"WEBVTT"), ("gong.json", b'{"callTranscripts": []}')]
    task = uploaded([*files, ("copy.json", b'{"hero": "Bread"}')])
    assert [raw.key for raw in task.pages] == ["a.md", "a (2).md", "copy.json"]
    assert [raw.key for raw in task.calls] == ["talk.vtt", "gong.json"]


def test_files_that_are_said_to_be_calls_are_calls() -> None:
    assert [raw.key for raw in uploaded([("notes.md", b"# Notes")], "call").calls] == ["notes.md"]
