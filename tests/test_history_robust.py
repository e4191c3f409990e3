"""What may befall a history on a real machine: nothing recorded is lost, and the user gets one line that helps."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from test_history import ORIGIN, TESTS, at

from msgcheck.cli.main import main
from msgcheck.errors import HistoryError
from msgcheck.history import History


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a configuration, a page and the run of one day."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MSGCHECK_DATABASE_URL", raising=False)
    (tmp_path / "msgcheck.toml").write_text('[pages]\ninclude = ["page.md"]\n', encoding="utf-8")
    (tmp_path / "page.md").write_text("# Kiln booking for potters\n\nStudents book and pay.\n", encoding="utf-8")
    history = history_of(tmp_path)
    history.record(at(1), ORIGIN)
    # As at the end of a process: all that was written stands in the one file then.
    history._engine.dispose()
    return tmp_path


def history_of(folder: Path) -> History:
    return History(f"sqlite:///{place_of(folder)}")


def place_of(folder: Path) -> Path:
    return folder / ".msgcheck" / "history.db"


def by_a_newer_version(place: Path) -> None:
    with closing(sqlite3.connect(place)) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")


def with_other_bytes_at_its_start(place: Path) -> None:
    place.write_bytes(b"\0garbage\0" * 500)


def cut_short(place: Path) -> None:
    content = place.read_bytes()
    place.write_bytes(content[: len(content) // 2])


def with_other_bytes_inside(place: Path) -> None:
    content = bytearray(place.read_bytes())
    content[4096:] = os.urandom(64) * ((len(content) - 4096) // 64)
    place.write_bytes(content)


def as_a_folder(place: Path) -> None:
    place.unlink()
    place.mkdir()


BREAKAGES: list[tuple[Callable[[Path], None], str]] = [
    (by_a_newer_version, "was written by a newer msgcheck. Update msgcheck"),
    (with_other_bytes_at_its_start, "(file is not a database). Move"),
    (cut_short, "malformed). Move"),
    (with_other_bytes_inside, "malformed). Move"),
    (as_a_folder, "(unable to open database file). May you write"),
]


def ended(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[object, str, str]:
    """How `msgcheck` ended, and what it said on both streams."""
    capsys.readouterr()
    with pytest.raises(SystemExit) as found:
        main(list(arguments))
    said = capsys.readouterr()
    return found.value.code, said.out, said.err


@pytest.mark.parametrize(("spoil", "line"), BREAKAGES)
def test_a_history_that_cannot_be_read_is_one_line_and_stays_as_it_is(
    project: Path, capsys: pytest.CaptureFixture[str], spoil: Callable[[Path], None], line: str
) -> None:
    spoil(place_of(project))
    before = b"" if place_of(project).is_dir() else place_of(project).read_bytes()
    code, out, err = ended(capsys, "history", "show", "1")
    assert (code, out, err.count("\n")) == (3, "", 1)
    assert line in err
    assert place_of(project).is_dir() or place_of(project).read_bytes() == before


@pytest.mark.models
@pytest.mark.parametrize(("spoil", "line"), BREAKAGES[:2])
def test_a_run_that_cannot_be_kept_is_shown_and_written_first(
    project: Path, capsys: pytest.CaptureFixture[str], spoil: Callable[[Path], None], line: str
) -> None:
    spoil(place_of(project))
    code, out, err = ended(capsys, "check", "-o", "report.json", "--fail-on", "never")
    assert (code, err.count("\n")) == (3, 1)
    assert line in err
    assert "page.md" in out
    assert (project / "report.json").exists()


@contextmanager
def folder_of_somebody_else() -> Iterator[Path]:
    """A folder that may be read but not written to, also by root: who runs the tests as root is nobody in it."""
    # pytest's own folders may be entered by their owner alone.
    folder = Path(tempfile.mkdtemp(prefix="history-", dir="/tmp"))
    folder.chmod(0o755)
    user = os.geteuid()
    try:
        yield folder
    finally:
        os.seteuid(user)
        folder.chmod(0o755)
        shutil.rmtree(folder)


def become_nobody(folder: Path) -> None:
    if os.geteuid() == 0:
        os.seteuid(65534)
    else:
        folder.chmod(0o555)


def test_a_folder_that_may_not_be_written_to_is_one_line() -> None:
    with folder_of_somebody_else() as folder:
        become_nobody(folder)
        with pytest.raises(HistoryError) as caught:
            history_of(folder).record(at(1), ORIGIN)
    assert "history.db: the history cannot be used (Permission denied)" in str(caught.value)
    assert "`[history] url` names another place" in caught.value.hint


def test_a_history_in_a_folder_that_may_not_be_written_to_is_kept_as_it_is() -> None:
    with folder_of_somebody_else() as folder:
        history_of(folder).record(at(1), ORIGIN)
        (folder / ".msgcheck").chmod(0o555)
        place_of(folder).chmod(0o444)
        become_nobody(folder)
        with pytest.raises(HistoryError, match="May you write in its folder"):
            history_of(folder).record(at(2), ORIGIN)
        os.seteuid(os.getuid())
        (folder / ".msgcheck").chmod(0o755)
        place_of(folder).chmod(0o644)
        assert [run.started[8:10] for run in history_of(folder).runs()] == ["01"]


FILLING = """
import os, resource, sys
sys.path.insert(0, sys.argv[2])
from dataclasses import replace
from test_history import ORIGIN, at
from msgcheck.errors import HistoryError
from msgcheck.history import History
history = History("sqlite:///" + sys.argv[1])
limit = os.path.getsize(sys.argv[1]) + 100_000
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    for day in range(2, 29):
        report = at(day)
        grown = tuple(replace(found, message=f"{day} {found.message * 300}") for found in report.findings)
        history.record(replace(report, findings=grown), ORIGIN)
        print(day, flush=True)
except HistoryError as error:
    sys.exit(str(error))
"""


def test_a_file_that_may_not_grow_costs_the_new_run_only(project: Path) -> None:
    command = [sys.executable, "-c", FILLING, str(place_of(project)), str(TESTS)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "the history cannot be used (" in done.stderr
    assert done.stderr.count("\n") == 1
    kept = [int(run.started[8:10]) for run in history_of(project).runs()]
    assert kept == [1, *map(int, done.stdout.split())]
    with closing(sqlite3.connect(place_of(project))) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
