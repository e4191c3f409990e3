"""Checks in processes of their own, with the real models: what they answer, and that they can be stopped."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from sites_http import Site, page
from web_server import Serving

from msgcheck.history import History, database_url
from msgcheck.model import RawDocument, Report
from msgcheck.projects import Home
from msgcheck.web.task import Task
from msgcheck.web.worker import Failure, Step
from msgcheck.web.workers import Worker, WorkerStoppedError

pytestmark = pytest.mark.models
DRAFT = "# Payroll for dentists\n\nWe leverage seamless synergies to help practices unlock their potential.\n"
CALL = (
    b"WEBVTT\n\n1\n00:00:01.000 --> 00:00:04.000\nAda: So is it a bank?\n\n2\n00:00:05.000 --> 00:00:09.000\nBo: No.\n"
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("project")
    settings = '[pages]\ninclude = ["site"]\n\n[web]\nallow_private = ["127.0.0.1"]\n'
    (folder / "msgcheck.toml").write_text(settings, encoding="utf-8")
    (folder / "site").mkdir()
    (folder / "site" / "index.md").write_text(DRAFT, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def worker(project: Path) -> Iterator[Worker]:
    started = Worker(Home(project))
    yield started
    started.close()


def unheard(step: Step) -> None:
    pass


def rules(answer: Report | Failure) -> set[str]:
    assert isinstance(answer, Report), answer
    return {found.rule for found in answer.findings}


def test_the_configuration_of_the_server_is_told_by_its_name_alone(worker: Worker) -> None:
    answer = worker.run(Task(pages=(RawDocument("a.md", "a.md", "a.md", DRAFT.encode()),)), unheard)
    assert isinstance(answer, Report)
    assert answer.run.config == "msgcheck.toml"


def test_a_check_of_the_whole_site_is_kept_in_the_history_and_one_of_a_draft_is_not(
    worker: Worker, project: Path
) -> None:
    history = History(database_url("", project))
    site = worker.run(Task(site=True), unheard)
    assert isinstance(site, Report)
    assert site.faults == ()
    kept = [history.snapshot(run.id).pages for run in history.runs()]
    assert [[page.key for page in pages] for pages in kept] == [["index.md"]]
    worker.run(Task(pages=(RawDocument("c.md", "c.md", "c.md", DRAFT.encode()),), site=True), unheard)
    assert len(history.runs()) == 1


def test_a_check_whose_run_cannot_be_kept_says_so_and_is_answered(worker: Worker, project: Path) -> None:
    place = project / ".msgcheck" / "history.db"
    shutil.rmtree(place.parent, ignore_errors=True)
    place.parent.mkdir()
    place.write_bytes(b"no database at all, and long enough to be taken for none" * 40)
    answer = worker.run(Task(site=True), unheard)
    place.unlink()
    assert isinstance(answer, Report)
    assert [page.document.key for page in answer.pages] == ["index.md"]
    assert [fault.document for fault in answer.faults] == ["history"]
    assert str(project) not in answer.faults[0].error


@pytest.mark.parametrize("patience", [1.0, 0.0])
def test_a_stopped_check_ends_soon_and_the_next_one_is_answered(
    worker: Worker, monkeypatch: pytest.MonkeyPatch, patience: float
) -> None:
    """Whether the process leaves off by itself or is ended."""
    monkeypatch.setattr("msgcheck.web.workers._PATIENCE", patience)
    words = "\n\n".join(f"We plan {number} ovens for bakers in town {number}, day and night." for number in range(3000))
    long = Task(pages=(RawDocument("long.md", "long.md", "long.md", words.encode()),))
    at_work = threading.Event()

    def stop() -> None:
        at_work.wait()
        worker.stop(long)

    threading.Thread(target=stop, daemon=True).start()
    try:
        answer: Report | Failure = worker.run(long, lambda step: at_work.set())
    except WorkerStoppedError:
        answer = Failure("stopped", "")
    assert isinstance(answer, Failure)
    assert "jargon.buzzword" in rules(
        worker.run(Task(pages=(RawDocument("b.md", "b.md", "b.md", DRAFT.encode()),)), unheard)
    )


def test_a_check_that_was_called_off_before_it_began_is_not_begun(worker: Worker) -> None:
    task = Task(pages=(RawDocument("c.md", "c.md", "c.md", DRAFT.encode()),))
    worker.stop(task)
    with pytest.raises(WorkerStoppedError):
        worker.run(task, unheard)


def test_what_cannot_be_read_is_said_in_a_line(worker: Worker) -> None:
    answer = worker.run(Task(pages=(RawDocument("d.md", "d.md", "d.md", b"\x00\x01"),)), unheard)
    assert isinstance(answer, Failure)
    assert answer.message == "Nothing was checked."


def test_the_command_stops_in_good_order_when_it_is_told_to(tmp_path: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "msgcheck", "serve", "--workers", "1", "--port", str(port)]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as server:
        while server.poll() is None:
            try:
                requests.get(f"http://127.0.0.1:{port}/healthz")
                break
            except requests.ConnectionError:
                time.sleep(0.1)
        server.terminate()
        _, said = server.communicate(timeout=60)
    assert (server.returncode, said) == (0, f"msgcheck serves http://127.0.0.1:{port}/ (stop with Control-C)\n")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    return port


def test_pasted_and_uploaded_copy_and_calls_and_an_address_become_reports(worker: Worker) -> None:
    # The last test: the server takes its worker along when it stops.
    with (
        Site({"/": page(text="We leverage seamless synergies.")}) as site,
        Serving(worker.home.folder, worker) as serving,
    ):
        post = f"{serving.url}/api/v1/check"
        pasted = requests.post(post, json={"markdown": DRAFT, "name": "/payroll"}).json()
        fetched = requests.post(post, json={"url": f"{site.url}/"}).json()
        call = requests.post(f"{post}/files", files={"files": ("intro.vtt", CALL)}).json()
    for report, key in ((pasted, "/payroll"), (fetched, f"{site.url}/")):
        assert "jargon.buzzword" in {found["rule"] for found in report["findings"]}
        assert [page["key"] for page in report["pages"]] == [key]
    assert ([heard["format"] for heard in call["calls"]], call["pages"]) == (["zoom-vtt"], [])
