"""Brings the tables of a history up to date with Alembic; safe when two processes do so at once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from msgcheck.errors import HistoryError

#: Any number that nothing else in a PostgreSQL database locks on.
_LOCK = 5_318_008


def is_current(connection: Connection) -> bool:
    """Whether no migration is missing. Raises HistoryError for tables that a newer msgcheck has made."""
    revision = MigrationContext.configure(connection).get_current_revision()
    known, newest = _revisions()
    if revision is not None and revision not in known:
        raise HistoryError(
            "The history was written by a newer msgcheck.",
            "Update msgcheck, or name another place under `[history] url`.",
        )
    return revision == newest


def upgrade(connection: Connection) -> bool:
    """Run the migrations that are missing, in the open transaction; whether there were any."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    if is_current(connection):
        return False
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    return True


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    return config


@cache
def _revisions() -> tuple[frozenset[str], str | None]:
    scripts = ScriptDirectory.from_config(_config())
    return frozenset(script.revision for script in scripts.walk_revisions()), scripts.get_current_head()
