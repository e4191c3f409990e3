"""The inputs of a run as they stood at a commit, so that what was found then can be told from what is new."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from msgcheck.config import ADDRESS, Config
from msgcheck.errors import MsgcheckError, UsageError
from msgcheck.extract.positioning import read_positioning
from msgcheck.inputs import Inputs
from msgcheck.model import Positioning, RawDocument
from msgcheck.sources.collect import collect, collect_calls
from msgcheck.sources.crawl.snapshot import is_snapshot
from msgcheck.sources.files import CALL_SUFFIXES, PAGE_SUFFIXES
from msgcheck.sources.git import Repository, is_inside
from msgcheck.sources.lazy import Documents, Unread, entries_of
from msgcheck.sources.mirror import Mirror, lead_of

_READ = PAGE_SUFFIXES | CALL_SUFFIXES


@dataclass(frozen=True, slots=True)
class Named:
    """From where a run reads: what was named on the command line or in the configuration."""

    pages: Sequence[str] = ()
    calls: Sequence[str] = ()
    positioning: str = ""


@dataclass(frozen=True, slots=True)
class Before:
    """What the run would have read then. `texts` holds what stood then in the files that changed since, by their path
    from the top, but for those that are new; `notes` are full sentences on what limits the comparison."""

    inputs: Inputs
    texts: Mapping[str, bytes]
    notes: tuple[str, ...]


def inputs_before(repository: Repository, commit: str, now: Inputs, named: Named, config: Config) -> Before:
    """Put the old version of what changed in the place of the new one, and leave all else as it is.

    A call that git does not know counts as there before, a page that it does not know as new. Raises UsageError for
    pages that are no files of the work tree.
    """
    for target in named.pages:
        _check_target(target, repository)
    changes, tracked = repository.changes(commit), repository.files(commit)
    pages, calls = (_by_path(documents, repository) for documents in (now.pages, now.calls))
    agreed = repository.relative(Path(named.positioning)) if named.positioning else None
    texts = _old_texts(repository, changes, {*pages, *calls, agreed})
    with tempfile.TemporaryDirectory(prefix="msgcheck-") as folder:
        mirror = Mirror.inside(Path(folder).resolve(), repository, config)
        mirror.write(texts)
        old_pages = mirror.collected(named.pages, lambda names: collect(names, mirror.config)).documents
        old_calls = mirror.collected(named.calls, collect_calls).documents
    same_pages = [entry for path, entry in pages.items() if path in tracked and path not in changes]
    same_calls = [entry for path, entry in calls.items() if path not in changes]
    positioning, notes = _old_positioning(now.positioning, agreed, texts, changes)
    if unknown := {path for path in pages if path not in tracked and path not in changes} - repository.untracked():
        notes = (*notes, f"{len(unknown)} of the pages git ignores: all that is found there counts as new.")
    inputs = Inputs(
        Documents((*same_pages, *_keyed(old_pages, pages.values()))),
        Documents((*same_calls, *_keyed(old_calls, calls.values()))),
        positioning,
    )
    return Before(inputs, texts, notes)


def _by_path(documents: Sequence[RawDocument], repository: Repository) -> dict[str, RawDocument | Unread]:
    """The documents by their path from the top, or by their source where they lie elsewhere."""
    return {repository.relative(Path(entry.source)) or entry.source: entry for entry in entries_of(documents)}


def _keyed(then: Iterable[RawDocument], now: Iterable[RawDocument | Unread]) -> list[RawDocument]:
    """The documents of then under the keys that their sources have now."""
    keys = {entry.source: entry.key for entry in now}
    return [replace(raw, key=keys.get(raw.source, raw.key)) for raw in then]


def _check_target(target: str, repository: Repository) -> None:
    path = Path(target)
    if target == "-" or ADDRESS.match(target) or is_snapshot(path):
        what = "standard input" if target == "-" else target
        raise UsageError(f"--changed-since compares files, and {what} is none.", "Use --baseline FILE for it.")
    if repository.relative(lead_of(target)) is None:
        hint = "Run msgcheck in the repository that holds it, or use --baseline FILE."
        raise UsageError(f"--changed-since: {target} is not in the work tree {repository.top}.", hint)


def _old_texts(repository: Repository, changes: Mapping[str, str], read: Collection[str | None]) -> dict[str, bytes]:
    """What stood in the changed files that are `read` now or may have been then."""
    old = {
        path: blob
        for path, blob in changes.items()
        if blob and is_inside(path) and (path in read or Path(path).suffix.lower() in _READ)
    }
    contents = repository.blobs(sorted(set(old.values())))
    return {path: contents[blob] for path, blob in old.items()}


def _old_positioning(
    now: Positioning | None, path: str | None, texts: Mapping[str, bytes], changes: Collection[str]
) -> tuple[Positioning | None, tuple[str, ...]]:
    if now is None or path is None or path not in changes:
        return now, ()
    note = f"{now.source} has changed since then, so that pages which have not may have new findings."
    if path not in texts:
        return None, (note,)
    try:
        return read_positioning(RawDocument(now.source, now.source, Path(path).name, texts[path])), (note,)
    except MsgcheckError:
        return now, (f"What stood in {now.source} then cannot be read; it is taken as it is now.",)
