"""Runs kept in a database, so that what changes between them can be shown."""

from msgcheck.history.database import History, database_url
from msgcheck.history.origin import origin_of
from msgcheck.history.values import Origin, RunRow, Snapshot

__all__ = ["History", "Origin", "RunRow", "Snapshot", "database_url", "origin_of"]
