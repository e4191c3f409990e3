"""`msgcheck history`, and when `check` keeps a run."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from test_history import ORIGIN, at

from msgcheck.cli.main import cli
from msgcheck.errors import UsageError
from msgcheck.history import History


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a configuration and one page."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MSGCHECK_DATABASE_URL", raising=False)
    (tmp_path / "msgcheck.toml").write_text('[pages]\ninclude = ["page.md"]\n', encoding="utf-8")
    (tmp_path / "page.md").write_text(
        "# Kiln booking for potters\n\nStudents book a wheel and pay.\n", encoding="utf-8"
    )
    return tmp_path


@pytest.fixture
def kept(project: Path) -> History:
    """Runs of two days."""
    history = History(f"sqlite:///{project / '.msgcheck' / 'history.db'}")
    for day in (1, 8):
        history.record(at(day), ORIGIN)
    return history


def ran(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, catch_exceptions=False)


def test_list_shows_the_runs_in_order(kept: History) -> None:
    text = ran("history", "list").output
    assert text.index("2026-03-01 08:00") < text.index("2026-03-08 08:00")
    assert [run["id"] for run in json.loads(ran("history", "list", "--format", "json").output)] == [1, 2]


def test_show_names_pages_and_beliefs_and_obeys_no_markup(kept: History) -> None:
    text = ran("history", "show", "2").output
    assert text.splitlines()[0].startswith("Run 2 of 2026-03-08 08:00, commit c0ffee, by msgcheck ")
    assert re.search(r"^ +0\.\d\d +[\d.]+ +\d+% +\d+ +\d+  index\.html$", text, re.MULTILINE)
    assert re.search(r"^ +\d+ +\d+ +\d+  calendar$", text, re.MULTILINE)
    assert "took it for a CRM: 2 moments on 2 calls" in text
    assert "\x1b" not in text
    shown = json.loads(ran("history", "show", "2", "--format", "json").output)
    assert shown["run"]["started"] == "2026-03-08T08:00:00+00:00"


def test_export_writes_a_run_a_line(kept: History, project: Path) -> None:
    lines = ran("history", "export").output.splitlines()
    assert [json.loads(line)["run"]["id"] for line in lines] == [1, 2]
    ran("history", "export", "-o", "runs.jsonl")
    assert (project / "runs.jsonl").read_text(encoding="utf-8").splitlines() == lines


def test_prune_forgets_what_is_older(kept: History) -> None:
    assert ran("history", "prune", "--before", "2026-03-05").output == "1 run forgotten.\n"
    assert [run.id for run in kept.runs()] == [2]


@pytest.mark.parametrize("wrong", [["prune"], ["prune", "--keep-days", "3", "--before", "2026-01-01"]])
def test_prune_asks_which_runs(kept: History, wrong: list[str]) -> None:
    with pytest.raises(UsageError, match="Which runs"):
        ran("history", *wrong)


def test_a_missing_history_is_said_and_not_made(project: Path) -> None:
    with pytest.raises(UsageError, match="there is no history yet"):
        ran("history", "list")
    assert not (project / ".msgcheck").exists()


@pytest.mark.models
def test_check_keeps_a_run_where_there_is_a_configuration_or_when_asked(project: Path) -> None:
    place = project / ".msgcheck" / "history.db"
    ran("check", "--no-record", "--fail-on", "never")
    assert not place.exists()
    ran("check", "--fail-on", "never")
    (project / "msgcheck.toml").unlink()
    ran("check", "page.md", "--fail-on", "never")
    ran("check", "page.md", "--record", "--fail-on", "never")
    history = History(f"sqlite:///{place}")
    assert [run.pages for run in history.runs()] == [1, 1]
    assert "Students book a wheel and pay." in history.snapshot(1).pages[0].copy
