"""What was made before, kept by content: one SQLite file that is never stale and safe to delete."""

from __future__ import annotations

import hashlib
import logging
import os
import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path

import platformdirs

_LOG = logging.getLogger(__name__)
#: A row's number grows with its age in the cache, so the lowest numbers are the oldest entries.
_SCHEMA = "CREATE TABLE IF NOT EXISTS entry (number INTEGER PRIMARY KEY, key BLOB UNIQUE NOT NULL, value BLOB NOT NULL)"
#: Beyond this size the oldest quarter of the entries goes. A page of 500 words takes about 100 kB.
_MAX_BYTES = 2_000_000_000
_CHUNK = 500
#: The part of SQLite's error codes that tells the kind.
_FAMILY = 0xFF
#: So many bytes of each row are its check.
_CHECK = 8
#: What SQLite takes for a database of this process alone, on disk where memory is short.
_TEMPORARY = ""
#: So many seconds others may hold the file; where SQLite itself does not wait, it is asked again this often.
_PATIENCE, _PAUSE = 10.0, 0.02


def cache_folder() -> Path:
    """`MSGCHECK_CACHE_DIR`, else the user's cache folder for msgcheck."""
    named = os.environ.get("MSGCHECK_CACHE_DIR")
    return Path(named) if named else Path(platformdirs.user_cache_dir("msgcheck"))


def content_key(space: str, content: str | bytes) -> bytes:
    """The key of a content in a name space; the space holds the digest of whatever made the value."""
    state = hashlib.blake2b(space.encode("utf-8", "surrogatepass") + b"\x1f", digest_size=16)
    state.update(content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content)
    return state.digest()


class Cache:
    """Values by key. Whatever is wrong with the file costs time, never a result: it is rebuilt or done without.

    Without a folder, values are kept for this process alone.
    """

    def __init__(self, folder: Path | None, max_bytes: int = _MAX_BYTES) -> None:
        self._path = folder / "cache.sqlite" if folder else None
        self._max_bytes = max_bytes
        self._connection = self._open()

    @property
    def folder(self) -> Path | None:
        """Where values are kept, if they are kept beyond this process."""
        return self._path.parent if self._path else None

    def _open(self) -> sqlite3.Connection:
        if self._path is None:
            return _connect(_TEMPORARY)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            return _connect(self._path)
        except sqlite3.OperationalError as error:
            return self._without(error)
        except sqlite3.DatabaseError:
            return self._rebuild()
        except OSError as error:
            return self._without(error)

    def _rebuild(self) -> sqlite3.Connection:
        if self._path is None:
            return _connect(_TEMPORARY)
        _LOG.warning("The cache %s was damaged and is built anew.", self._path)
        try:
            for name in (self._path.name, f"{self._path.name}-wal", f"{self._path.name}-shm"):
                self._path.with_name(name).unlink(missing_ok=True)
            return _connect(self._path)
        except (OSError, sqlite3.Error) as error:
            return self._without(error)

    def _without(self, error: Exception) -> sqlite3.Connection:
        _LOG.warning("Going on without the cache %s: %s.", self._path, error)
        self._path = None
        return _connect(_TEMPORARY)

    def get(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """The values that are there, by key."""
        found: dict[bytes, bytes] = {}
        try:
            for first in range(0, len(keys), _CHUNK):
                chunk = keys[first : first + _CHUNK]
                marks = ",".join("?" * len(chunk))
                rows = self._connection.execute(f"SELECT key, value FROM entry WHERE key IN ({marks})", chunk)
                found.update((key, row[_CHECK:]) for key, row in rows if row[:_CHECK] == _check(row[_CHECK:]))
        except sqlite3.DatabaseError as error:
            self._recover(error)
        return found

    def put(self, entries: Sequence[tuple[bytes, bytes]]) -> None:
        """Keep values, all or none of them."""
        rows = [(key, _check(value) + value) for key, value in entries]
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany("INSERT OR REPLACE INTO entry (key, value) VALUES (?, ?)", rows)
            self._evict()
            self._connection.execute("COMMIT")
        except sqlite3.DatabaseError as error:
            self._recover(error)

    def _evict(self) -> None:
        pages, free, size = (
            self._connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("page_count", "freelist_count", "page_size")
        )
        if (pages - free) * size > self._max_bytes:
            self._connection.execute(
                "DELETE FROM entry WHERE number <= (SELECT min(number) + (max(number) - min(number)) / 4 FROM entry)"
            )

    def _recover(self, error: sqlite3.DatabaseError) -> None:
        if _is_busy(error):
            # Others hold the file for long: what they keep is as good, and next time it may be free.
            self._connection.rollback()
            return
        self._connection.close()
        self._connection = self._without(error) if isinstance(error, sqlite3.OperationalError) else self._rebuild()

    def close(self) -> None:
        self._connection.close()


def _check(value: bytes) -> bytes:
    """Stands before each value: SQLite does not notice a flipped bit in one."""
    return hashlib.blake2b(value, digest_size=_CHECK).digest()


def _connect(path: Path | str) -> sqlite3.Connection:
    """Two processes that make the file at once get in each other's way, and SQLite does not wait there."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
            connection.execute(_SCHEMA)
        except sqlite3.Error as error:
            connection.close()
            if not _is_busy(error) or time.monotonic() > deadline:
                raise
            time.sleep(_PAUSE)
        else:
            return connection


def _is_busy(error: sqlite3.Error) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & _FAMILY in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
