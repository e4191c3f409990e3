"""Brings the tables of a history up to date with Alembic, which is loaded only then; safe for two processes at once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from msgcheck.errors import HistoryError

_MIGRATIONS = Path(__file__).parent / "migrations"
#: Where Alembic keeps how far a database has come.
_STATE = "alembic_version"
#: Any number that nothing else in a PostgreSQL database locks on.
_LOCK = 5_318_008


def is_current(connection: Connection) -> bool:
    """Whether no migration is missing. Raises HistoryError for tables that a newer msgcheck has made."""
    revision = _revision(connection)
    if revision and revision not in _revisions():
        raise HistoryError(
            "The history was written by a newer msgcheck.",
            "Update msgcheck, or name another place under `[history] url`.",
        )
    return revision == _revisions()[-1]


def upgrade(connection: Connection) -> bool:
    """Run the migrations that are missing, in the open transaction; whether there were any."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    if is_current(connection):
        return False

    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    return True


def _revision(connection: Connection) -> str:
    if not inspect(connection).has_table(_STATE):
        return ""
    return connection.execute(text(f"SELECT version_num FROM {_STATE}")).scalar() or ""


@cache
def _revisions() -> tuple[str, ...]:
    """In their order: the file of a migration begins with its number, which is its revision."""
    return tuple(sorted(path.name.partition("_")[0] for path in (_MIGRATIONS / "versions").glob("[0-9]*.py")))
