"""Pages read in several processes come out as from one, in order; a page that kills its process is left out."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from scale_readers import Echo, EchoOrder, alive, batches, readers

from msgcheck.cache import Cache
from msgcheck.inputs import Inputs, Settings
from msgcheck.model import RawDocument
from msgcheck.reading import Made
from msgcheck.recall import Checker
from msgcheck.report import json_v1
from msgcheck.report.view import View
from msgcheck.scale import processes
from msgcheck.scale.processes import Processes
from msgcheck.scale.readers import Readers

DEMO = Path(__file__).parent.parent / "corpora" / "demo" / "site"


def share_out(work: list[dict[bytes, RawDocument]]) -> list[Made]:
    order: Any = EchoOrder()
    return list(Processes(2, order, Echo())(iter(work)))


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
    made = share_out(batches(6, p5="die", p14="die"))
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
        report = Checker(Settings(), Cache(None), readers=Readers(jobs)).check(Inputs(tuple(pages)))
        shown = json.loads(json_v1.render(report, View(sentences=True)))
        reports.append({name: value for name, value in shown.items() if name != "run"})
    assert reports[0] == reports[1]


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # What runs in the background ignores it.
    processes._FEW = 0
    order: Any = EchoOrder()
    list(Processes(1, order, Echo())(iter(batches(2, p0=f"wait {sys.argv[1]}"))))
