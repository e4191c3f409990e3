"""The journal of a crawl under way: written line by line, replayed when the crawl goes on."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from filelock import FileLock, Timeout

from msgcheck.errors import UsageError
from msgcheck.sources.crawl.record import Record
from msgcheck.sources.crawl.snapshot import (
    JOURNAL,
    MANIFEST,
    PAGES,
    head,
    is_snapshot,
    orphans,
    read_manifest,
    settled,
    stored,
)

_SUFFIXES = {"text/markdown": ".md", "text/x-markdown": ".md", "text/plain": ".txt"}
_SLUG = 60
_LOCK = ".lock"


class BusyError(UsageError):
    """Another process is crawling into the same folder."""


class Journal:
    """Writes a snapshot. `records` are those of the crawl that was interrupted here, without what failed or is gone."""

    def __init__(self, folder: Path, start: str) -> None:
        self.folder = folder
        self.start = start
        _prepare(folder)
        self._lock = FileLock(folder / _LOCK, timeout=0)
        try:
            self._lock.acquire()
        except Timeout as error:
            message = f"{folder}: another crawl is writing there."
            raise BusyError(message, "Wait for it, or name another folder.") from error
        self._path = folder / JOURNAL
        try:
            self.records = self._resume()
            self._file = os.open(self._path, os.O_WRONLY | os.O_APPEND)
        except BaseException:
            self._lock.release()
            raise

    def _resume(self) -> list[Record]:
        manifest = read_manifest(self._path) if self._path.exists() else None
        if manifest is None or not manifest.start:
            self._path.write_text(head(self.start), encoding="utf-8")
            return []
        if manifest.start != self.start:
            message = f"{self.folder}: holds a crawl of {manifest.start} that is not finished."
            raise UsageError(message, "Name another folder, or remove this one.")
        os.truncate(self._path, manifest.size)
        return [
            record
            for record in manifest.records
            if not record.failed and (not record.file or stored(self.folder, record) is not None)
        ]

    def store(self, url: str, content: bytes, digest: str, media_type: str) -> str:
        """Put a page into the folder, and give its file. Its name holds its hash: older versions stay beside it."""
        slug = re.sub(r"[^a-z0-9]+", "-", urlsplit(url).path.lower()).strip("-")[:_SLUG].strip("-")
        name = f"{PAGES}/{slug or 'index'}-{digest[:16]}{_SUFFIXES.get(media_type, '.html')}"
        path = self.folder / name
        # Where the last snapshot has the page, it is left alone: whoever kills us must find that snapshot whole.
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)
        return name

    def append(self, record: Record) -> None:
        """One write for one line: what has been appended outlives the process."""
        os.write(self._file, record.line().encode())

    def finish(self, records: Sequence[Record], time: str, left_out: Sequence[tuple[str, str]]) -> None:
        """Make the manifest of the finished crawl take the place of the last one, and remove what it left behind."""
        final = [replace(record, found=(), sitemaps=(), foreign=()) for record in settled(records)]
        end = {"end": {"time": time, "left_out": left_out}}
        fresh = self.folder / f"{MANIFEST}.new"
        with fresh.open("w", encoding="utf-8", newline="\n") as file:
            file.write(head(self.start))
            file.writelines(record.line() for record in final)
            file.write(json.dumps(end) + "\n")
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.folder / MANIFEST)
        self._path.unlink()
        for path in orphans(self.folder, final):
            path.unlink()

    def close(self) -> None:
        os.close(self._file)
        self._lock.release()


def _prepare(folder: Path) -> None:
    try:
        if folder.is_dir() and _holds_other_files(folder):
            message = f"{folder}: holds other files."
            raise UsageError(message, "Name a new folder, or one that an earlier crawl made.")
        (folder / PAGES).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"{folder}: cannot be written ({error.strerror})."
        raise UsageError(message, "Name a folder that you may write to.") from error


def _holds_other_files(folder: Path) -> bool:
    names = {path.name for path in folder.iterdir()} - {_LOCK, MANIFEST, f"{MANIFEST}.new", JOURNAL}
    pages = folder / PAGES
    empty = pages.is_dir() and not any(pages.iterdir())
    return bool(names - {PAGES}) or (PAGES in names and not empty and not is_snapshot(folder))
