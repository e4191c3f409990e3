"""`msgcheck history backfill`: the past of a content repository, whole runs only, each once, and one clear line."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from demo_past import build
from git_repos import commit, git, repository, write
from reports import empty

from msgcheck.cli.main import cli
from msgcheck.config import Config, Pages
from msgcheck.errors import UsageError
from msgcheck.history import History
from msgcheck.history.backfill import Backfill, Calls, Outcome, check_targets
from msgcheck.history.steps import Stride, last_of_each
from msgcheck.inputs import Inputs
from msgcheck.model import Fault, RawDocument, Report
from msgcheck.sources import collect
from msgcheck.sources.git import Commit, Repository


def at(day: str, name: str = "") -> Commit:
    return Commit(name or day, datetime.fromisoformat(day).replace(tzinfo=UTC))


FIRST, LAST = datetime(2025, 1, 1, tzinfo=UTC), datetime(2025, 12, 31, tzinfo=UTC)


@pytest.mark.parametrize(
    ("every", "days", "kept"),
    [
        ("1d", ("2025-03-03T23:59", "2025-03-03T08:00", "2025-03-02"), ("2025-03-02", "2025-03-03T23:59")),
        ("1w", ("2025-03-09", "2025-03-03", "2025-03-02"), ("2025-03-02", "2025-03-09")),
        ("1m", ("2025-03-31", "2025-03-01", "2025-02-28"), ("2025-02-28", "2025-03-31")),
        ("12m", ("2025-12-30", "2025-01-01", "2024-12-31"), ("2025-12-30",)),
        ("1m", ("2026-01-01", "2024-12-31"), ()),
    ],
)
def test_the_last_commit_of_each_step_is_chosen(every: str, days: tuple[str, ...], kept: tuple[str, ...]) -> None:
    chosen = last_of_each(map(at, days), Stride.parse(every), FIRST, LAST)
    assert tuple(found.name for found in chosen) == kept


def test_steps_do_not_move_when_time_goes_on() -> None:
    stride, then = Stride.parse("2w"), [at("2025-03-12"), at("2025-02-20"), at("2025-02-03")]
    later = [at("2025-04-30"), *then]
    assert last_of_each(later, stride, FIRST, LAST)[:-1] == last_of_each(then, stride, FIRST, LAST)


def test_a_clock_that_was_wrong_leaves_the_runs_in_the_order_of_their_time() -> None:
    days = ["2025-05-01", "2025-01-02", "2025-03-01"]
    chosen = last_of_each(map(at, days), Stride.parse("1m"), FIRST, LAST)
    assert [found.name for found in chosen] == ["2025-01-02", "2025-03-01", "2025-05-01"]


@pytest.mark.parametrize("wrong", ["", "2", "w", "0w", "-1d", "1y", "2 w", "1.5w", "99999d", "２w"])
def test_what_is_no_step_of_time_is_one_clear_line(wrong: str) -> None:
    with pytest.raises(UsageError) as caught:
        Stride.parse(wrong)
    assert str(caught.value) == f"--every {wrong!r} is no step of time. Write 1d, 2w or 1m: days, weeks or months."


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three commits of two pages; one of them came with the second, and the third changed it."""
    monkeypatch.delenv("MSGCHECK_DATABASE_URL", raising=False)
    top = repository(tmp_path / "content")
    write(top / "README.md", "# About this repository\n")
    commit(top, when="2025-01-05T08:00:00Z")
    write(top / "site" / "index.md", "# Order software for florists\n")
    commit(top, when="2025-02-05T08:00:00Z")
    write(top / "site" / "prices.md", "# Prices\n")
    write(top / "site" / "index.md", "# Growth, unlocked\n")
    commit(top, when="2025-03-05T08:00:00Z")
    monkeypatch.chdir(top)
    return top


def seen(found: list[Inputs]) -> Callable[[Inputs], Report]:
    """A check that keeps what it is given."""

    def check(inputs: Inputs) -> Report:
        found.append(inputs)
        report = empty()
        heard = Calls.of(inputs.calls).heard_until(inputs.calls_until)
        summary = replace(report.summary, pages=len(inputs.pages), calls=heard)
        return replace(report, faults=inputs.faults, summary=summary)

    return check


def past(
    targets: tuple[str, ...] = ("site",), config: Config | None = None, calls: Calls | None = None
) -> tuple[Backfill, list[Inputs]]:
    inputs: list[Inputs] = []
    found = Repository.around(Path.cwd(), "history backfill", "")
    config = config or Config()
    history = History("sqlite:///history.db")
    return Backfill(found, targets, calls or Calls(), config, None, seen(inputs), history), inputs


def recorded(backfill: Backfill) -> list[Outcome]:
    return [backfill.record(commit) for commit in reversed(backfill.repository.main_line())]


def texts(inputs: Inputs) -> dict[str, str]:
    return {raw.key: raw.content.decode() for raw in inputs.pages}


def test_each_commit_is_read_as_it_stood_and_recorded_at_its_time(repo: Path) -> None:
    write(repo / "site" / "index.md", "# Not committed\n")
    backfill, inputs = past()
    outcomes = recorded(backfill)
    assert [outcome.state for outcome in outcomes] == ["empty", "recorded", "recorded"]
    assert [texts(found) for found in inputs] == [
        {"index.md": "# Order software for florists\n"},
        {"index.md": "# Growth, unlocked\n", "prices.md": "# Prices\n"},
    ]
    runs = backfill.history.runs()
    assert [(run.started, run.origin.commit) for run in runs] == [
        (outcome.commit.made.isoformat(), outcome.commit.name) for outcome in outcomes[1:]
    ]
    assert (repo / "site" / "index.md").read_text(encoding="utf-8") == "# Not committed\n"


@pytest.mark.parametrize("target", ["site", "site/", "site/*.md", "site/index.md", "."])
def test_pages_have_the_keys_and_sources_that_check_gives_them(repo: Path, target: str) -> None:
    backfill, inputs = past((target,))
    recorded(backfill)
    now = collect([target], Config()).documents
    assert [(raw.key, raw.source) for raw in inputs[-1].pages] == [(raw.key, raw.source) for raw in now]


def test_pages_of_one_name_in_two_folders_stay_apart(repo: Path) -> None:
    write(repo / "help" / "index.md", "# Help\n")
    commit(repo)
    backfill, inputs = past(("site", "help"))
    recorded(backfill)
    now = collect(["site", "help"], Config()).documents
    assert (
        [raw.key for raw in inputs[-1].pages] == [raw.key for raw in now] == ["index.md", "prices.md", "help/index.md"]
    )


def test_what_the_configuration_or_gitignore_leaves_out_is_left_out_of_the_past(repo: Path) -> None:
    write(repo / "site" / "legal" / "terms.md", "# Terms\n")
    write(repo / "site" / "drafts" / "new.md", "# Draft\n")
    git(repo, "add", "-A")
    write(repo / ".gitignore", "drafts/\n")
    commit(repo)
    for folder, pattern in ((repo, "site/legal/**"), (repo.parent, "content/site/legal/**")):
        config = Config(pages=Pages(exclude=[pattern])).model_copy(update={"folder": folder})
        backfill, inputs = past(config=config)
        backfill.record(backfill.repository.main_line()[0])
        assert set(texts(inputs[-1])) == {"index.md", "prices.md"}
        Path("history.db").unlink()


def test_a_step_that_is_recorded_is_passed_over(repo: Path) -> None:
    first, inputs = past()
    numbers = [outcome.run for outcome in recorded(first)]
    again = recorded(past()[0])
    assert [(outcome.state, outcome.run) for outcome in again[1:]] == [("known", number) for number in numbers[1:]]
    assert len(inputs) == len(first.history.runs()) == 2


def test_other_settings_record_a_step_anew_in_the_place_of_the_old_run(repo: Path) -> None:
    recorded(past()[0])
    backfill, _ = past(config=Config(select=["vague"]))
    outcomes = recorded(backfill)
    assert [outcome.state for outcome in outcomes] == ["empty", "recorded", "recorded"]
    assert len(backfill.history.runs()) == 2


def call(name: str) -> RawDocument:
    return RawDocument(name, name, name, b"Ada: We took you for a CRM.\nBo: It takes orders.\n")


def test_calls_are_heard_from_their_day_on_and_one_that_came_later_records_a_step_anew(repo: Path) -> None:
    known = [call("2025-01-20_ada.txt"), call("2025-03-05_ada.txt"), call("ada.txt")]
    first, _ = past(calls=Calls.of(known))
    recorded(first)
    assert [run.calls for run in first.history.runs()] == [1, 2]
    assert first.calls.undated == 1
    second, _ = past(calls=Calls.of([*known, call("2025-02-20_bo.txt")]))
    assert [outcome.state for outcome in recorded(second)] == ["empty", "known", "recorded"]
    assert [run.calls for run in first.history.runs()] == [1, 3]


def test_a_page_that_cannot_be_read_is_a_fault_of_its_run_alone(repo: Path) -> None:
    (repo / "site" / "prices.md").write_bytes(b"")
    commit(repo, when="2025-04-05T08:00:00Z")
    write(repo / "site" / "prices.md", "# Prices\n")
    commit(repo, when="2025-05-05T08:00:00Z")
    backfill, inputs = past(("site/index.md", "site/prices.md"))
    outcomes = recorded(backfill)
    assert [outcome.reason for outcome in outcomes] == ["", "", "", "site/prices.md: is empty.", ""]
    assert inputs[2].faults == (Fault("", "site/prices.md", "is empty."),)
    assert [run.complete for run in backfill.history.runs()] == [True, True, False, True]


def test_a_commit_of_which_nothing_can_be_checked_does_not_end_the_others(repo: Path) -> None:
    backfill, _ = past()
    check = backfill.check

    def first_fails(inputs: Inputs) -> Report:
        if len(inputs.pages) == 1:
            raise UsageError("Nothing was checked.", "index.md: has no copy that a reader sees.")
        return check(inputs)

    outcomes = recorded(replace(backfill, check=first_fails))
    assert [outcome.state for outcome in outcomes] == ["empty", "failed", "recorded"]
    assert outcomes[1].reason == "Nothing was checked. index.md: has no copy that a reader sees."


def test_only_the_main_line_counts_and_a_merge_at_its_own_time(repo: Path) -> None:
    git(repo, "checkout", "-q", "-b", "topic")
    commit(repo, "Half done", "2025-03-10T08:00:00Z")
    git(repo, "checkout", "-q", "main")
    git(repo, "merge", "-q", "--no-ff", "-m", "Done", "topic", when="2025-04-01T08:00:00Z")
    found = Repository.around(repo, "history backfill", "").main_line()
    assert [commit.made.date().isoformat() for commit in found] == [
        "2025-04-01", "2025-03-05", "2025-02-05", "2025-01-05",
    ]  # fmt: skip


@pytest.mark.parametrize("target", ["https://example.com/", "../elsewhere"])
def test_what_lies_outside_the_repository_is_one_clear_line(repo: Path, target: str) -> None:
    with pytest.raises(UsageError, match="is no file or folder of"):
        check_targets([target], Repository.around(repo, "history backfill", ""))


def test_links_and_names_that_lead_out_of_the_repository_are_not_followed(repo: Path, tmp_path: Path) -> None:
    write(tmp_path / "secret.md", "# Secret\n")
    (repo / "site" / "link.md").symlink_to(tmp_path / "secret.md")
    (repo / "site" / "folder").symlink_to(tmp_path)
    commit(repo)
    backfill, inputs = past()
    recorded(backfill)
    assert set(texts(inputs[-1])) == {"index.md", "prices.md"}


def ran(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["history", "backfill", *arguments], catch_exceptions=False)


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["--every", "2x", "site"], "--every '2x' is no step of time"),
        (["--since", "soon", "site"], "'soon' is no day"),
        (["site"], r"no commit since 20..-..-..\. The last one is of 2025-03-05"),
        ([], "No page to read"),
        (["--repo", "..", "content/site"], "needs a git work tree"),
    ],
)
def test_wrong_use_is_one_clear_line(repo: Path, arguments: list[str], line: str) -> None:
    with pytest.raises(UsageError) as caught:
        ran(*arguments)
    assert re.search(line, str(caught.value))
    assert not (repo / ".msgcheck").exists()


def test_a_shallow_clone_and_a_repository_without_commits_are_one_clear_line(repo: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--depth", "1", repo.as_uri(), "shallow")
    with pytest.raises(UsageError, match="needs all commits") as caught:
        ran("--repo", str(tmp_path / "shallow"), "site")
    assert "git fetch --unshallow" in caught.value.hint
    repository(tmp_path / "new")
    with pytest.raises(UsageError, match="has no commit yet"):
        ran("--repo", str(tmp_path / "new"), "site")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("demo") / "repo")


@pytest.mark.models
def test_a_year_of_the_demo_company_is_recorded_and_its_drift_told(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(demo)
    monkeypatch.delenv("MSGCHECK_DATABASE_URL", raising=False)
    done = ran("--every", "1m", "--since", "2025-04-01")
    assert (done.exit_code, done.stdout) == (0, "6 runs recorded. See `msgcheck drift --since 2025-04-16`.\n")
    assert "2026-03-03" in done.stderr
    monkeypatch.setenv("FORCE_COLOR", "1")
    again = ran("--every", "1m", "--since", "2025-04-01")
    monkeypatch.delenv("FORCE_COLOR")
    assert ("Steps" in again.stderr, "2026-03-03" in again.stderr) == (True, False)
    assert again.stdout.startswith("0 runs recorded, 6 there already.")
    assert git(demo, "status", "--porcelain") == ""
    told = CliRunner().invoke(cli, ["drift", "--since", "2025-04-16"], catch_exceptions=False).output
    assert told.startswith("Clarity fell on 1 of 4 pages since 15 April 2025")
    assert "+ Gatewren is the intelligent access platform" in told
    assert "took it for an access control system: 0 → 2" in told
    checked = CliRunner().invoke(cli, ["check", "--fail-on", "never", "-q"], catch_exceptions=False)
    same = CliRunner().invoke(cli, ["drift"], catch_exceptions=False).output
    assert (checked.exit_code, "What changed between these runs: the calls." in same) == (0, True)


@pytest.mark.models
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGKILL])
def test_a_backfill_that_is_stopped_keeps_whole_runs_and_goes_on(
    demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: signal.Signals
) -> None:
    monkeypatch.setenv("MSGCHECK_DATABASE_URL", f"sqlite:///{tmp_path / 'history.db'}")
    monkeypatch.chdir(demo)
    command = ["history", "backfill", "--every", "1m", "--since", "2025-04-01"]
    with subprocess.Popen([sys.executable, "-m", "msgcheck", *command], stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        first = running.stderr.readline()
        running.send_signal(ending)
        rest = running.stderr.read()
    assert "run 1, 4 pages" in first
    assert running.returncode == (130 if ending is signal.SIGINT else -ending)
    assert "Traceback" not in rest
    history = History(f"sqlite:///{tmp_path / 'history.db'}")
    kept = [len(history.snapshot(run.id).pages) for run in history.runs()]
    assert kept == [4, 5, 5, 5, 6, 6][: len(kept)]
    done = ran(*command[2:])
    assert f"{len(kept)} there already" in done.stdout
    assert [run.pages for run in history.runs()] == [4, 5, 5, 5, 6, 6]
