"""The history of runs in a database: SQLite in a file of the project, or PostgreSQL by URL."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from msgcheck.errors import HistoryError
from msgcheck.history import reading, recording, timeline
from msgcheck.history.migrate import is_current, upgrade
from msgcheck.model import Report
from msgcheck.model.history import Origin, RunRow, Snapshot
from msgcheck.model.timeline import Timeline

#: Where the history lies, seen from the folder of the configuration.
DEFAULT = Path(".msgcheck") / "history.db"
VARIABLE = "MSGCHECK_DATABASE_URL"
#: So long a process waits for another one that is writing.
_WAIT_S = 60


def database_url(configured: str, folder: Path) -> str:
    """The URL of the history: that of the environment, else the configured one, else a SQLite file below `folder`."""
    return os.environ.get(VARIABLE, "") or configured or f"sqlite:///{folder / DEFAULT}"


class History:
    """The runs in one database. Every method raises HistoryError, in one line, for whatever is wrong with it."""

    def __init__(self, url: str) -> None:
        try:
            self._url: URL = make_url(url)
        except ArgumentError as error:
            raise HistoryError(
                "The database URL of the history cannot be read.",
                "It looks like postgresql://user@host/name, or sqlite:///path/to/history.db.",
            ) from error
        if self._url.drivername == "postgresql":
            self._url = self._url.set(drivername="postgresql+psycopg")

    @property
    def place(self) -> str:
        """Where the history lies, as people may see it: without a password."""
        if self._url.get_backend_name() == "sqlite":
            return self._url.database or "memory"
        return self._url.render_as_string(hide_password=True)

    def exists(self) -> bool:
        """Whether a SQLite file is there; other databases are taken to exist."""
        return self._url.get_backend_name() != "sqlite" or Path(self._url.database or "").exists()

    def record(self, report: Report, origin: Origin, *, anew: bool = False) -> int:
        """Keep a run, all of it or nothing, and give its number. The report's people must be taken out already.

        `anew` puts it in the place of runs of the same commit and time.
        """
        with self._connected(writes=True) as connection:
            if anew:
                recording.forget(connection, started=report.run.started, commit=origin.commit)
            return recording.record(connection, report, origin)

    def runs(self) -> tuple[RunRow, ...]:
        """All runs, in the order of their time."""
        with self._connected() as connection:
            return reading.runs(connection)

    def snapshot(self, run: int) -> Snapshot:
        """All of one run. Raises HistoryError where there is none of that number."""
        with self._connected() as connection:
            return reading.snapshot(connection, run)

    def timeline(self, first: int, last: int) -> Timeline:
        """How measures went from run to run, up to the later of two runs that are compared."""
        with self._connected() as connection:
            return timeline.timeline(connection, first, last)

    def prune(self, before: str) -> int:
        """Forget the runs that started before a time (ISO 8601, UTC), and what only they held; how many those were."""
        with self._connected(writes=True) as connection:
            return recording.prune(connection, before)

    def upgrade(self) -> bool:
        """Bring the tables up to date; whether there was anything to do."""
        with self._told(), self._engine.begin() as connection:
            return upgrade(connection)

    @contextmanager
    def _connected(self, *, writes: bool = False) -> Iterator[Connection]:
        """A transaction on up-to-date tables: a SQLite file is brought up to date, other databases by command only."""
        with self._told(), self._engine.connect().execution_options(writes=writes) as connection:
            with connection.begin():
                current = is_current(connection)
            if not current and connection.dialect.name != "sqlite":
                raise HistoryError(
                    f"{self.place}: the tables of the history are not up to date.",
                    "Run `msgcheck history upgrade` once, with the right to make tables.",
                )
            if not current:
                with self._engine.begin() as writing:
                    upgrade(writing)
            with connection.begin():
                yield connection

    @cached_property
    def _engine(self) -> Engine:
        sqlite = self._url.get_backend_name() == "sqlite"
        if sqlite and self._url.database:
            _make_folder(Path(self._url.database).parent)
        engine = create_engine(self._url)
        if sqlite:
            event.listen(engine, "connect", _prepare)
            event.listen(engine, "begin", _begin)
        return engine

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            reason = str(error.orig).strip().splitlines()[0].rstrip(".")
            raise HistoryError(f"{self.place}: the history cannot be used ({reason}).", self._hint(reason)) from error
        except (NoSuchModuleError, ImportError) as error:
            raise HistoryError(
                f"{self.place}: there is no driver for this kind of database.",
                "SQLite works as it is; PostgreSQL needs `pip install 'msgcheck[postgres]'`.",
            ) from error
        except OSError as error:
            raise HistoryError(f"{self.place}: the history cannot be used ({error.strerror}).", _ELSEWHERE) from error

    def _hint(self, reason: str) -> str:
        if self._url.get_backend_name() != "sqlite":
            return "Look at `[history] url` and at the database server."
        if "not a database" in reason or "malformed" in reason:
            return f"Move {self.place} away; the next run starts a new history, and the old file may be repaired."
        if "unable to open" in reason or "readonly" in reason:
            return f"May you write in its folder? {_ELSEWHERE}"
        return f"Free some space? {_ELSEWHERE}"


_ELSEWHERE = "`[history] url` names another place; --no-record keeps no history."


def _make_folder(folder: Path) -> None:
    """A new folder holds this machine's history, which is not for git."""
    if not folder.exists():
        folder.mkdir(parents=True)
        (folder / ".gitignore").write_text("*\n", encoding="utf-8")


def _prepare(connection: object, _record: object) -> None:
    """Leave transactions to `_begin`; readers do not wait for a writer, nor does one writer fail on another."""
    connection.isolation_level = None  # type: ignore[attr-defined]
    for setting in ("journal_mode = WAL", f"busy_timeout = {_WAIT_S * 1000}", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {setting}")  # type: ignore[attr-defined]


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
