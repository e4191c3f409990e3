"""Answers kept for conditional requests: every page is asked for again, but sent again only where it changed."""

from __future__ import annotations

import logging
import sqlite3
from datetime import datetime
from pathlib import Path

import requests
from requests_cache import CachedSession
from requests_cache.backends.sqlite import SQLiteCache
from requests_cache.models.response import CachedResponse

_LOG = logging.getLogger(__name__)
#: Beyond this the file starts afresh.
_MAX_BYTES = 1_000_000_000


class _Confirmable(SQLiteCache):
    """Keeps only answers that the server can confirm later; the others would be stored for nothing.

    Whatever is wrong with the file, or holds it, costs time and never a page.
    """

    def get_response(self, key: str, default: CachedResponse | None = None) -> CachedResponse | None:
        try:
            return super().get_response(key, default)
        except sqlite3.Error as error:
            _LOG.info("the cache of pages cannot be read: %s", error)
            return default

    def save_response(
        self, response: requests.Response, cache_key: str | None = None, expires: datetime | None = None
    ) -> None:
        headers = response.headers
        confirmable = "etag" in headers or "last-modified" in headers
        if not confirmable or "no-store" in headers.get("cache-control", ""):
            return
        try:
            super().save_response(response, cache_key, expires)
        except sqlite3.Error as error:
            _LOG.info("the cache of pages cannot be written: %s", error)


def cached_session(folder: Path) -> requests.Session:
    """A session with its cache in `folder`; a file that is damaged is made anew."""
    path = folder / "http.sqlite"
    folder.mkdir(parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size > _MAX_BYTES:
        path.unlink()
    try:
        return _session(path)
    except sqlite3.DatabaseError:
        path.unlink(missing_ok=True)
        return _session(path)


def _session(path: Path) -> requests.Session:
    # fast_save: a power cut may cost the cache, never a page.
    backend = _Confirmable(path, wal=True, fast_save=True)
    return CachedSession(backend=backend, always_revalidate=True, allowable_codes=(200,))
