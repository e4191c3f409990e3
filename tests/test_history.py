"""The history of runs, on SQLite and on a real PostgreSQL: nothing half kept, nothing lost, and one clear line."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from postgres import running_server
from reports import HOSTILE, sample
from sqlalchemy import MetaData, create_engine, event, insert, select, text

from msgcheck.config import Config as Settings
from msgcheck.errors import HistoryError
from msgcheck.history import History, database_url, migrate, origin_of
from msgcheck.history.tables import metadata
from msgcheck.model import CategoryNoun, Report
from msgcheck.model.history import Origin
from msgcheck.report.redact import redact

ORIGIN = Origin("c0ffee", "settings", "agreed")
TESTS = Path(__file__).parent


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with running_server() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'history.db'}"
    server: str = request.getfixturevalue("server")
    with create_engine(server.replace("postgresql:", "postgresql+psycopg:")).begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    return server


@pytest.fixture
def history(url: str) -> History:
    opened = History(url)
    opened.upgrade()
    return opened


def at(day: int) -> Report:
    report = redact(sample())
    findings = tuple(replace(found, fingerprint=f"print-{place}") for place, found in enumerate(report.findings))
    return replace(report, run=replace(report.run, started=f"2026-03-{day:02}T08:00:00+00:00"), findings=findings)


def test_a_run_comes_back_as_it_was_recorded(history: History) -> None:
    report = at(1)
    number = history.record(report, ORIGIN)
    kept = history.snapshot(number)
    assert (kept.run.origin, kept.run.started, kept.run.complete) == (ORIGIN, report.run.started, not report.faults)
    assert [page.key for page in kept.pages] == [page.document.key for page in report.pages]
    assert [page.confusion for page in kept.pages] == [page.confusion for page in report.pages]
    assert "Students book, pay and cancel in one calendar." in kept.pages[0].copy
    assert [(found.rule, found.quote) for found in kept.findings] == [
        (found.rule, found.primary.quote.replace("\ud83d", "?")) for found in report.findings
    ]
    assert [belief.label for belief in kept.beliefs] == [belief.label for belief in report.misconceptions]
    assert len(kept.moments) == sum(len(call.moments) for call in report.calls)
    assert len(kept.coverage) == sum(len(page.messages) for page in report.pages)


def test_a_finding_knows_when_it_was_seen_first_and_last(history: History) -> None:
    for day in (9, 2, 5):
        number = history.record(at(day), ORIGIN)
    found = history.snapshot(number).findings[0]
    assert (found.first[:10], found.last[:10]) == ("2026-03-02", "2026-03-09")


def test_runs_come_in_the_order_of_their_time(history: History) -> None:
    for day in (9, 2, 5):
        history.record(at(day), ORIGIN)
    assert [run.started[8:10] for run in history.runs()] == ["02", "05", "09"]


def test_copy_that_did_not_change_is_kept_once_and_goes_with_its_last_run(history: History, url: str) -> None:
    for day in (1, 2):
        history.record(at(day), ORIGIN)
    assert count(url, "copies") == 4  # of three pages, and one opening that they share
    assert history.prune("2026-03-02") == 1
    assert (count(url, "copies"), count(url, "pages")) == (4, 3)
    assert history.prune("2026-04-01") == 1
    assert [count(url, name) for name in ("runs", "copies", "pages", "findings", "sightings")] == [0] * 5


def count(url: str, table: str) -> int:
    with create_engine(url.replace("postgresql:", "postgresql+psycopg:")).connect() as connection:
        number: int = connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
        return number


def test_hostile_text_is_kept_readable(history: History) -> None:
    report = at(1)
    found = replace(report.findings[0], message=f"zero \0 {HOSTILE}")
    number = history.record(replace(report, findings=(found,)), ORIGIN)
    assert history.snapshot(number).findings[0].message.startswith("zero � <script>")


def test_what_pages_and_talk_mean_is_kept(history: History) -> None:
    report = at(1)
    first, *others = report.pages
    noun = CategoryNoun("customer platform", "other", "headline", 0)
    told = replace(
        first, metrics=replace(first.metrics, distance=0.31), category_noun=noun, opening="Kilnhouse. The platform."
    )
    calls = (replace(report.calls[0], rep_distance=0.44), *report.calls[1:])
    summary = replace(report.summary, distance=0.28, spread=0.4, rep_distance=0.5)
    kept = history.snapshot(
        history.record(replace(report, pages=(told, *others), calls=calls, summary=summary), ORIGIN)
    )
    page = kept.pages[0]
    assert (page.distance, page.noun, page.match) == (0.31, "customer platform", "other")
    assert page.opening == "Kilnhouse. The platform."
    assert page.category_score == first.category_guess[0].score
    assert (kept.run.distance, kept.run.spread, kept.run.rep_distance) == (0.28, 0.4, 0.5)
    assert kept.calls[0].rep_distance == 0.44
    suspect = report.misconceptions[0].suspects[0]
    assert (kept.beliefs[0].page, kept.beliefs[0].sentence) == (suspect.page, suspect.quote)


def test_a_history_of_the_first_schema_is_upgraded_and_nothing_is_lost(url: str, tmp_path: Path) -> None:
    current = History(f"sqlite:///{tmp_path / 'current.db'}")
    number = current.record(at(1), ORIGIN)
    with (
        create_engine(f"sqlite:///{tmp_path / 'current.db'}").connect() as source,
        create_engine(url.replace("postgresql:", "postgresql+psycopg:")).begin() as target,
    ):
        config = Config()
        config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations"))
        config.attributes["connection"] = target
        command.upgrade(config, "0001")
        old = MetaData()
        old.reflect(target)
        for table in (old.tables[table.name] for table in metadata.sorted_tables):
            rows = source.execute(select(metadata.tables[table.name])).mappings()
            names = [column.name for column in table.columns if column.name != "id"]
            target.execute(insert(table), [{name: row[name] for name in names} for row in rows])
    old_history, kept = History(url), current.snapshot(number)
    assert old_history.upgrade() is True
    assert old_history.snapshot(number) == replace(
        kept,
        pages=tuple(replace(page, opening="", category_score=None) for page in kept.pages),
        beliefs=tuple(replace(belief, page="", sentence="") for belief in kept.beliefs),
    )
    later = old_history.record(at(2), ORIGIN)
    assert [run.id for run in old_history.runs()] == [number, later]


def test_migrations_end_where_the_tables_stand(history: History, url: str) -> None:
    assert history.upgrade() is False
    with create_engine(url.replace("postgresql:", "postgresql+psycopg:")).connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


WRITER = """
import sys
sys.path.insert(0, sys.argv[2])
from test_history import ORIGIN, at
from msgcheck.history import History
for day in range(1, 6):
    History(sys.argv[1]).record(at(day), ORIGIN)
"""


def test_two_processes_record_at_once_and_both_are_kept(url: str) -> None:
    if url.startswith("postgresql"):
        History(url).upgrade()
    command = [sys.executable, "-c", WRITER, url, str(TESTS)]
    writers = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    assert [writer.communicate()[1] for writer in writers] == ["", ""]
    assert len({run.id for run in History(url).runs()}) == 10


def test_two_processes_record_the_same_past_and_one_run_is_kept(history: History, url: str) -> None:
    again = WRITER.replace("at(day), ORIGIN)", "at(1), ORIGIN, anew=True)")
    command = [sys.executable, "-c", again, url, str(TESTS)]
    writers = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    assert [writer.communicate()[1] for writer in writers] == ["", ""]
    (run,) = history.runs()
    assert len(history.snapshot(run.id).pages) == 3


KILLED = """
import sys, time
sys.path.insert(0, sys.argv[2])
from dataclasses import replace
from test_history import ORIGIN, at
from msgcheck.history import History, recording
write = recording._write
def stop_midway(connection, table, *rest):
    write(connection, table, *rest)
    if table.name == "sightings":
        print("midway", flush=True)
        time.sleep(60)
recording._write = stop_midway
History(sys.argv[1]).record(at(2), ORIGIN)
"""


def test_a_run_that_is_killed_while_it_is_written_leaves_nothing_behind(history: History, url: str) -> None:
    history.record(at(1), ORIGIN)
    command = [sys.executable, "-c", KILLED, url, str(TESTS)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "midway\n"
        writer.send_signal(signal.SIGKILL)
    assert [run.started[8:10] for run in history.runs()] == ["01"]
    history.record(at(3), ORIGIN)
    assert [run.started[8:10] for run in history.runs()] == ["01", "03"]


def test_a_history_of_a_newer_version_is_left_alone(history: History, url: str) -> None:
    history.record(at(1), ORIGIN)
    with create_engine(url.replace("postgresql:", "postgresql+psycopg:")).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'later'"))
    with pytest.raises(HistoryError, match="written by a newer msgcheck"):
        history.record(at(2), ORIGIN)
    assert count(url, "runs") == 1


def test_a_server_is_upgraded_by_command_only(server: str) -> None:
    with create_engine(server.replace("postgresql:", "postgresql+psycopg:")).begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    with pytest.raises(HistoryError, match="not up to date") as raised:
        History(server).record(at(1), ORIGIN)
    assert "msgcheck history upgrade" in str(raised.value)


def test_a_damaged_file_is_named_and_kept(tmp_path: Path) -> None:
    damaged = tmp_path / "history.db"
    damaged.write_bytes(b"not a database at all" * 400)
    with pytest.raises(HistoryError, match=r"history\.db: the history cannot be used \(file is not a database\)"):
        History(f"sqlite:///{damaged}").runs()
    assert damaged.read_bytes().startswith(b"not a database")


def test_a_full_disk_costs_the_new_run_only(tmp_path: Path) -> None:
    history = History(f"sqlite:///{tmp_path / 'history.db'}")
    history.record(at(1), ORIGIN)
    used = (tmp_path / "history.db").stat().st_size // 4096

    def fill(connection: object, _record: object, _proxy: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {used}")  # type: ignore[attr-defined]

    event.listen(history._engine, "checkout", fill)
    with pytest.raises(HistoryError, match=r"database or disk is full") as raised:
        for day in range(2, 29):
            report = at(day)
            grown = tuple(replace(found, message=found.message * 500 + str(day)) for found in report.findings)
            history.record(replace(report, findings=grown), ORIGIN)
    assert "Free some space" in str(raised.value)
    event.remove(history._engine, "checkout", fill)
    assert history.runs()[0].started[8:10] == "01"


def test_a_password_is_never_shown() -> None:
    with pytest.raises(HistoryError) as raised:
        History("postgresql://boss:secret@127.0.0.1:1/none").runs()
    assert "secret" not in str(raised.value)
    assert "boss:***@127.0.0.1" in str(raised.value)


@pytest.mark.parametrize("wrong", ["nonsense", "oracle11://x/y"])
def test_a_wrong_url_gets_one_line(wrong: str) -> None:
    with pytest.raises(HistoryError):
        History(wrong).runs()


def test_the_environment_names_the_database_before_the_configuration(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MSGCHECK_DATABASE_URL", raising=False)
    assert database_url("", Path("/site")) == "sqlite:////site/.msgcheck/history.db"
    assert database_url("postgresql://a/b", Path("/site")) == "postgresql://a/b"
    monkeypatch.setenv("MSGCHECK_DATABASE_URL", "postgresql://c/d")
    assert database_url("postgresql://a/b", Path("/site")) == "postgresql://c/d"


def test_a_new_folder_stays_out_of_git(tmp_path: Path) -> None:
    History(f"sqlite:///{tmp_path / '.msgcheck' / 'history.db'}").record(at(1), ORIGIN)
    assert (tmp_path / ".msgcheck" / ".gitignore").read_text(encoding="utf-8") == "*\n"


def test_the_origin_names_the_commit_and_changes_with_the_configuration(tmp_path: Path) -> None:
    assert origin_of(sample(), Settings(), tmp_path).commit == ""
    for step in (["init", "-q"], ["commit", "-q", "--allow-empty", "-m", "first"]):
        identity = ["-c", "user.name=t", "-c", "user.email=t@example.com"]
        subprocess.run(["git", "-C", str(tmp_path), *identity, *step], check=True)
    first, second = (origin_of(sample(), Settings(fail_on=level), tmp_path) for level in ("error", "note"))
    assert len(first.commit) == 40
    assert (first.config == second.config, first.positioning == second.positioning) == (False, True)
