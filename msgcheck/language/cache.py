"""What was read before, kept by content: one SQLite file that is never stale and safe to delete."""

from __future__ import annotations

import hashlib
import logging
import os
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import platformdirs

_LOG = logging.getLogger(__name__)
_SCHEMA = "CREATE TABLE IF NOT EXISTS entry (key BLOB PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID"
#: Kept under this size; beyond it the file starts afresh. A page of 500 words takes about 150 kB.
_MAX_BYTES = 2_000_000_000
_CHUNK = 500


def cache_folder() -> Path:
    """`MSGCHECK_CACHE_DIR`, else the user's cache folder for msgcheck."""
    named = os.environ.get("MSGCHECK_CACHE_DIR")
    return Path(named) if named else Path(platformdirs.user_cache_dir("msgcheck"))


def content_key(space: str, text: str) -> bytes:
    """The key of a text in a name space; the space holds the digest of whatever made the value."""
    return hashlib.blake2b(f"{space}\x1f{text}".encode("utf-8", "surrogatepass"), digest_size=16).digest()


class Cache:
    """Values by key. Whatever is wrong with the file costs time, never a result: it is rebuilt or done without."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "language.sqlite"
        self._connection = self._open()

    def _open(self) -> sqlite3.Connection | None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            if self._path.exists() and self._path.stat().st_size > _MAX_BYTES:
                self._path.unlink()
            return self._connect()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                return self._without(error)
            return self._rebuild()
        except OSError as error:
            return self._without(error)

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=10, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
            connection.execute(_SCHEMA)
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def _rebuild(self) -> sqlite3.Connection | None:
        _LOG.warning("The cache %s was damaged and is built anew.", self._path)
        try:
            for name in (self._path.name, f"{self._path.name}-wal", f"{self._path.name}-shm"):
                self._path.with_name(name).unlink(missing_ok=True)
            return self._connect()
        except (OSError, sqlite3.Error) as error:
            return self._without(error)

    def _without(self, error: Exception) -> sqlite3.Connection | None:
        _LOG.warning("Going on without the cache %s: %s.", self._path, error)
        return None

    def get(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """The values that are there, by key."""
        found: dict[bytes, bytes] = {}
        if self._connection is None:
            return found
        try:
            for first in range(0, len(keys), _CHUNK):
                chunk = keys[first : first + _CHUNK]
                marks = ",".join("?" * len(chunk))
                found.update(self._connection.execute(f"SELECT key, value FROM entry WHERE key IN ({marks})", chunk))
        except sqlite3.DatabaseError as error:
            self._recover(error)
        return found

    def put(self, entries: Mapping[bytes, bytes] | Iterable[tuple[bytes, bytes]]) -> None:
        """Keep values, all or none of them."""
        rows = list(entries.items() if isinstance(entries, Mapping) else entries)
        if self._connection is None or not rows:
            return
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany("INSERT OR REPLACE INTO entry VALUES (?, ?)", rows)
            self._connection.execute("COMMIT")
        except sqlite3.DatabaseError as error:
            self._recover(error)

    def _recover(self, error: sqlite3.DatabaseError) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = self._without(error) if isinstance(error, sqlite3.OperationalError) else self._rebuild()

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
