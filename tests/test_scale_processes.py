"""Pages read in several processes come out as from one, in order; a page that kills its process is left out."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from msgcheck.cache import Cache
from msgcheck.inputs import Inputs, Settings
from msgcheck.model import RawDocument, Skipped
from msgcheck.reading import Batch, KeptPage, Made
from msgcheck.recall import Checker
from msgcheck.report import json_v1
from msgcheck.report.view import View
from msgcheck.scale import processes
from msgcheck.scale.processes import Processes

DEMO = Path(__file__).parent.parent / "corpora" / "demo" / "site"


class Echo:
    """Says of each page who read it; dies of one that says so."""

    def make(self, batch: Batch) -> Made:
        for raw in batch.values():
            if raw.content == b"die":
                os.kill(os.getpid(), signal.SIGKILL)
        return Made({key: KeptPage(None, (Skipped(raw.key, str(os.getpid())),)) for key, raw in batch.items()})

    def __call__(self, batches: Iterator[Batch]) -> Iterator[Made]:
        return map(self.make, batches)


@dataclass(frozen=True)
class EchoOrder:
    def maker(self) -> Echo:
        return Echo()


def batches(count: int, size: int = 4, deadly: tuple[int, ...] = ()) -> list[dict[bytes, RawDocument]]:
    def page(number: int) -> RawDocument:
        return RawDocument(f"p{number}", f"p{number}", "p.md", b"die" if number in deadly else b"x")

    return [{b"%d" % number: page(number) for number in range(n * size, (n + 1) * size)} for n in range(count)]


def share_out(work: list[dict[bytes, RawDocument]]) -> list[Made]:
    order: Any = EchoOrder()
    return list(Processes(2, order, Echo())(iter(work)))


def readers(made: list[Made]) -> set[str]:
    return {page.skipped[0].reason for item in made for page in item.pages.values()}


def test_a_few_pages_are_read_here() -> None:
    assert readers(share_out(batches(2))) == {str(os.getpid())}


def test_many_pages_are_read_elsewhere_and_come_back_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_FEW", 8)
    work = batches(9)
    made = share_out(work)
    assert [list(item.pages) for item in made] == [list(batch) for batch in work]
    assert str(os.getpid()) not in readers(made)


def test_a_page_that_kills_its_process_is_a_fault_and_the_others_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_FEW", 8)
    made = share_out(batches(6, deadly=(5, 14)))
    assert [fault.document for item in made for fault in item.faults] == ["p5", "p14"]
    assert {key for item in made for key in item.pages} == {b"%d" % n for n in range(24) if n not in (5, 14)}


def test_the_processes_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    parent = subprocess.Popen([sys.executable, __file__, str(tmp_path / "pid")], cwd=Path(__file__).parent)
    deadline = time.monotonic() + 60
    while not (tmp_path / "pid").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    child = int((tmp_path / "pid").read_text())
    parent.kill()
    parent.wait()
    while alive(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not alive(child)


def test_who_stops_does_not_wait_for_the_batch_in_hand(tmp_path: Path) -> None:
    started = subprocess.Popen([sys.executable, __file__, str(tmp_path / "pid")], cwd=Path(__file__).parent)
    deadline = time.monotonic() + 60
    while not (tmp_path / "pid").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    started.send_signal(signal.SIGINT)
    assert started.wait(30) != 0
    assert not alive(int((tmp_path / "pid").read_text()))


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


class Slow(Echo):
    """Writes down who it is, and takes its time."""

    def make(self, batch: Batch) -> Made:
        path = Path(sys.argv[1])
        path.with_suffix(".new").write_text(str(os.getpid()))
        path.with_suffix(".new").rename(path)
        time.sleep(600)
        return super().make(batch)


@dataclass(frozen=True)
class SlowOrder:
    def maker(self) -> Slow:
        return Slow()


@pytest.mark.models
def test_the_report_is_the_same_from_one_process_and_from_two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_FEW", 0)
    monkeypatch.setattr("msgcheck.reading._BATCH", 2)
    pages = [
        RawDocument(f"{copy}{path.name}", path.name, path.name, path.read_bytes().replace(b"front desk", copy))
        for copy in (b"front desk", b"lobby")
        for path in sorted(DEMO.rglob("*.html"))
    ]
    reports = []
    for jobs in (1, 2):
        report = Checker(Settings(), Cache(None), jobs=jobs).check(Inputs(tuple(pages)))
        shown = json.loads(json_v1.render(report, View(sentences=True)))
        reports.append({name: value for name, value in shown.items() if name != "run"})
    assert reports[0] == reports[1]


if __name__ == "__main__":
    processes._FEW = 0
    waiting: Any = SlowOrder()
    list(Processes(1, waiting, Slow())(iter(batches(2))))
