"""A snapshot folder: a manifest, and the pages as they came. Made by a crawl, read by `check`.

A crawl appends to `manifest.part.jsonl`, one line an address, after the page itself is in the folder; so a crawl that
is killed has lost nothing but the pages under way. When it is done, `manifest.jsonl` takes its place in one step. The
lines are not forced to the disk: after a power cut, pages that do not match their hash are fetched again.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from msgcheck.errors import InputError
from msgcheck.model import Fault, RawDocument, Skipped
from msgcheck.sources.crawl.record import Record, read_record
from msgcheck.sources.lazy import Documents, Unread

MANIFEST = "manifest.jsonl"
JOURNAL = "manifest.part.jsonl"
PAGES = "pages"
VERSION = 1
#: Nothing else is opened, whatever the manifest of a stranger says.
_FILE = re.compile(rf"{PAGES}/[a-z0-9-]+-[0-9a-f]{{16}}\.(?:html|md|txt)")


_GOES_ON = "The crawl is not finished. Run the same `msgcheck crawl` again: it goes on where it stopped."


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a manifest says. `end` is empty while the crawl is not finished; `size` is how far its bytes are whole."""

    start: str
    records: tuple[Record, ...]
    end: dict[str, Any] = field(default_factory=dict)
    size: int = 0


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The pages of a snapshot, and what is not among them."""

    documents: Documents
    skipped: tuple[Skipped, ...]
    faults: tuple[Fault, ...]


def is_snapshot(folder: Path) -> bool:
    return any(_is_manifest(folder / name) for name in (MANIFEST, JOURNAL))


def _is_manifest(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(24).startswith(b'{"msgcheck_snapshot"')


def head(start: str) -> str:
    """The first line of a manifest."""
    return json.dumps({"msgcheck_snapshot": VERSION, "start": start}) + "\n"


def read_manifest(path: Path) -> Manifest:
    """Read a manifest or journal; a torn last line, as a kill leaves it, counts for nothing.

    Raises InputError where another line is broken, or the version is another one.
    """
    records: list[Record] = []
    start, end, size = "", {}, 0
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if not line.endswith(b"\n"):
                break
            try:
                values = json.loads(line)
                if number == 1:
                    start = _start(path, values)
                elif "end" in values:
                    end = _end(values["end"])
                else:
                    records.append(read_record(values))
            except (ValueError, TypeError, KeyError, RecursionError) as error:
                raise InputError(
                    f"{path}: line {number} is broken.", "Remove the folder, and crawl the site again."
                ) from error
            size += len(line)
    return Manifest(start, tuple(records), end, size)


def _start(path: Path, values: dict[str, Any]) -> str:
    if values["msgcheck_snapshot"] != VERSION:
        raise InputError(f"{path}: was written by another version of msgcheck.", "Crawl the site again.")
    return str(values["start"])


def _end(values: dict[str, Any]) -> dict[str, Any]:
    left_out = [(str(what), str(reason)) for what, reason in dict(values).get("left_out", ())]
    return {**values, "left_out": left_out}


def read_snapshot(folder: Path, *, unfinished: str = _GOES_ON) -> Snapshot:
    """The pages of a snapshot, sorted, with their URLs as keys; of a crawl that is not finished what there is.

    That it is not finished is a fault, in the words of `unfinished`.
    """
    done = _is_manifest(folder / MANIFEST)
    manifest = read_manifest(folder / (MANIFEST if done else JOURNAL))
    documents, skipped, faults = [], [], []
    for record in settled(manifest.records):
        if record.failed:
            faults.append(Fault("", record.url, record.failed))
        elif record.skipped:
            skipped.append(Skipped(record.url, record.skipped))
        elif record.file:
            if stored(folder, record) is None:
                faults.append(Fault("", record.url, f"{record.file} is missing or was changed. Crawl the site again."))
            else:
                documents.append(Unread(record.url, record.url, partial(_page, folder, record)))
    skipped += [Skipped(what, reason) for what, reason in manifest.end.get("left_out", ())]
    if not done:
        faults.append(Fault("", manifest.start, unfinished))
    return Snapshot(Documents(documents), tuple(skipped), tuple(faults))


def _page(folder: Path, record: Record) -> RawDocument:
    content = stored(folder, record)
    if content is None:
        raise InputError(f"{record.url}: {record.file} is missing or was changed.", "Crawl the site again.")
    name = record.url.rsplit("/", 1)[-1]
    return RawDocument(record.url, record.url, name, content, record.media_type, record.charset)


def stored(folder: Path, record: Record) -> bytes | None:
    """The page of a record as it was stored; None where the file is gone or another one."""
    if not _FILE.fullmatch(record.file):
        return None
    try:
        content = (folder / record.file).read_bytes()
    except OSError:
        return None
    return content if hashlib.sha256(content).hexdigest() == record.hash else None


def settled(records: Iterable[Record]) -> list[Record]:
    """One record an address, sorted: the last one counts, and a page whose canonical address was read is a copy."""
    last = {record.url: record for record in records}
    kept = {url for url, record in last.items() if record.file}
    return [_unless_copy(last[url], kept) for url in sorted(last)]


def _unless_copy(record: Record, kept: set[str]) -> Record:
    if not record.file or record.canonical not in kept:
        return record
    return Record(record.url, record.status, record.time, canonical=record.canonical, skipped=copy_of(record.canonical))


def copy_of(url: str) -> str:
    """The reason why a page is not read twice."""
    return f"is the same page as {url}"


def orphans(folder: Path, records: Sequence[Record]) -> list[Path]:
    """Files of earlier crawls that no record names any more."""
    named = {record.file for record in records}
    names = sorted(f"{PAGES}/{path.name}" for path in (folder / PAGES).iterdir())
    return [folder / name for name in names if name not in named and _FILE.fullmatch(name)]
