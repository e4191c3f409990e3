"""Full disks, folders that may not be written to, no home, no network, wrong clocks, kills, two runs at once."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest
from test_history import ORIGIN, at

from msgcheck.history import History

ROOT = Path(__file__).parent.parent
#: The command line with stand-ins for the models, and at most so many bytes in any file it writes.
RUN = """
import resource, sys
import msgcheck.language.core
from msgcheck.cli.main import main
from msgcheck.extract.language_id import identify_language
from tests.fakes import FakeLanguage
msgcheck.language.core.load_language = lambda *_, **__: FakeLanguage(vagueness=0.9)
identify_language("The model for this is unpacked into a temporary file.")
limit = int(sys.argv[1])
if limit:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
main(sys.argv[2:])
"""
CHECK = ("check", "page.md", "--fail-on", "never", "-q", "--jobs", "1")


def start(folder: Path, *arguments: str, limit: int = 0, env: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
    known = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "MSGCHECK_CACHE_DIR": str(folder / "cache")}
    # Python itself keeps half of a compiled module where the disk is full.
    known["PYTHONDONTWRITEBYTECODE"] = "1"
    return subprocess.Popen(
        [sys.executable, "-c", RUN, str(limit), *arguments],
        cwd=folder,
        env=known if env is None else {**known, **env},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    _, errors = process.communicate(timeout=300)
    return process.returncode, errors


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "page.md").write_text("# Kiln booking for potters\n\nWe leverage kilns.\n", encoding="utf-8")
    return tmp_path


def test_a_full_disk_costs_one_line_and_leaves_the_last_report_whole(folder: Path) -> None:
    report = folder / "report.html"
    report.write_text("the last one", encoding="utf-8")
    code, errors = ended(start(folder, *CHECK, "--no-cache", "-o", "report.html", limit=4096))
    assert (code, errors.splitlines()) == (
        2,
        ["msgcheck: report.html: cannot be written (File too large). Name a folder that exists and is yours."],
    )
    assert report.read_text(encoding="utf-8") == "the last one"
    assert sorted(path.name for path in folder.iterdir()) == ["page.md", "report.html"]


def test_a_cache_that_cannot_grow_is_done_without(folder: Path) -> None:
    code, errors = ended(start(folder, *CHECK, limit=4096))
    assert (code, errors.count("Traceback")) == (0, 0)


def test_a_cache_folder_that_may_not_be_made_is_done_without(folder: Path) -> None:
    code, errors = ended(start(folder, *CHECK, "-o", "report.json", env={"MSGCHECK_CACHE_DIR": "/proc/none"}))
    assert (code, errors.count("\n"), "Going on without the cache" in errors) == (0, 1, True)
    assert json.loads((folder / "report.json").read_text(encoding="utf-8"))["pages"]


def test_without_a_home_the_run_goes_on(folder: Path) -> None:
    env = {"HOME": "", "XDG_CACHE_HOME": str(folder / "none"), "MSGCHECK_CACHE_DIR": ""}
    assert ended(start(folder, *CHECK, env=env)) == (0, "")


def test_without_a_network_a_page_is_one_line(folder: Path) -> None:
    code, errors = ended(start(folder, "check", "http://127.0.0.1:9/", "-q", env={"no_proxy": "*"}))
    assert (code, errors.count("\n")) == (3, 1)
    assert errors.startswith("msgcheck: http://127.0.0.1:9/: ")


def test_two_runs_at_once_in_one_folder_are_both_kept(folder: Path) -> None:
    (folder / "msgcheck.toml").write_text("", encoding="utf-8")
    for process in [start(folder, *CHECK, "-o", "report.json") for _ in range(2)]:
        assert ended(process) == (0, "")
    with closing(sqlite3.connect(folder / ".msgcheck" / "history.db")) as database:
        assert database.execute("SELECT count(*), sum(pages) FROM runs").fetchall() == [(2, 2)]
    assert len(json.loads((folder / "report.json").read_text(encoding="utf-8"))["pages"]) == 1


def test_a_run_after_the_clock_was_set_back_is_kept_at_its_time(tmp_path: Path) -> None:
    history = History(f"sqlite:///{tmp_path / 'history.db'}")
    for day in (8, 1):
        history.record(at(day), ORIGIN)
    assert [run.started[8:10] for run in history.runs()] == ["01", "08"]


def test_what_is_killed_leaves_only_what_is_whole_and_the_next_run_ends_well() -> None:
    command = [sys.executable, "-m", "tests.trouble.kills", "--kills", "6"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "0 things went wrong")
