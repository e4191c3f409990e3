"""Turn what the user named into raw documents, with keys that are short, stable and unique."""

from __future__ import annotations

import glob
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import BinaryIO

from msgcheck.config import URL, Config
from msgcheck.errors import FetchError, InputError, UsageError
from msgcheck.model import Fault, RawDocument, Skipped
from msgcheck.paths import matches_any
from msgcheck.sources import remote
from msgcheck.sources.crawl.snapshot import Snapshot, is_snapshot, read_snapshot
from msgcheck.sources.files import CALL_SUFFIXES, PAGE_SUFFIXES, missing, read_bytes, walk
from msgcheck.sources.ignored import Ignored
from msgcheck.sources.lazy import Documents, Unread
from msgcheck.sources.options import WebOptions

_BINARY_WITHIN = 8192
_ONE_PAGE = WebOptions()


@dataclass(frozen=True, slots=True)
class StdinInput:
    """Standard input as a page: its name gives its type."""

    name: str
    stream: BinaryIO


@dataclass(frozen=True, slots=True)
class Collected:
    """What the targets gave."""

    documents: Sequence[RawDocument] = Documents()
    skipped: tuple[Skipped, ...] = ()
    faults: tuple[Fault, ...] = ()


@dataclass(slots=True)
class _Basket:
    suffixes: frozenset[str]
    config: Config | None = None
    documents: list[RawDocument | Unread] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def file(self, path: Path, key: str, *, found: bool = False) -> None:
        read = partial(_read_file, path, key, found=found)
        read()
        self.documents.append(Unread(key, str(path), read))

    def folder(self, folder: Path) -> None:
        found, skipped = walk(folder, self.suffixes)
        self.skipped += skipped
        for item in found:
            self.come_across(item.path, item.relative)

    def come_across(self, path: Path, key: str) -> None:
        """A file that was not named but found: what speaks against reading it makes it skipped."""
        if (reason := excluded(path, key, self.config)) is None:
            try:
                self.file(path, key, found=True)
            except InputError as error:
                reason = error.message.removeprefix(f"{path}: ").rstrip(".")
        if reason is not None:
            self.skipped.append(Skipped(key, reason))

    def snapshot(self, found: Snapshot, exclude: Sequence[str] = ()) -> None:
        for document in found.documents.entries:
            if matches_any(document.key, exclude):
                self.skipped.append(Skipped(document.key, "is among `pages.exclude`"))
            else:
                self.documents.append(document)
        self.skipped += found.skipped
        self.faults += found.faults

    def result(self) -> Collected:
        return Collected(_unique(self.documents), tuple(self.skipped), tuple(self.faults))


def collect(
    targets: Sequence[str], config: Config, stdin: StdinInput | None = None, web: WebOptions = _ONE_PAGE
) -> Collected:
    """Read pages: http(s) URLs, files, folders, snapshots, globs, here or by URL, and `-` for standard input.

    Raises InputError for a path that is missing, empty or binary, and FetchError when the only target cannot be
    fetched; beside other targets a failed fetch is a Fault, and an unreadable file in a folder is skipped.
    """
    basket = _Basket(PAGE_SUFFIXES, config)
    for target in targets:
        if target == "-":
            basket.documents.append(_from_stdin(stdin))
        elif URL.match(target):
            _add_url(basket, target, config, web, alone=len(targets) == 1)
        else:
            _add_path(basket, target)
    return basket.result()


def collect_calls(paths: Sequence[str]) -> Collected:
    """Read call files: transcripts, exports and notes; folders with all that is below them."""
    basket = _Basket(CALL_SUFFIXES)
    for path in paths:
        _add_path(basket, path)
    return basket.result()


def positioning_file(name: str) -> RawDocument:
    """The positioning, unread. Raises InputError naming the file."""
    if remote.is_remote(name):
        copy = remote.copied(name, frozenset())
        return replace(positioning_file(str(copy.path)), key=name, source=name)
    path = Path(name)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"{name}: cannot be read ({error.strerror}).", "`msgcheck init` writes a positioning.yaml to start from."
        ) from error
    return RawDocument(name, name, path.name, content)


def _read_file(path: Path, key: str, *, found: bool) -> RawDocument:
    content = read_bytes(path)
    if path.suffix.lower() != ".docx" and _is_binary(content):
        raise InputError(f"{path}: is a binary file, not text.", "Name an HTML, Markdown or text file.")
    return RawDocument(key, str(path), path.name, content, found=found)


def _from_stdin(stdin: StdinInput | None) -> RawDocument:
    if stdin is None:
        raise UsageError("`-` was given, but there is no standard input.", "Pipe a page into the command.")
    content = stdin.stream.read()
    if not content.strip():
        raise InputError("standard input: is empty.", "Pipe a page into the command.")
    if _is_binary(content):
        raise InputError("standard input: is binary, not text.", "Pipe HTML, Markdown or text.")
    return RawDocument(stdin.name, stdin.name, stdin.name, content)


def _add_url(basket: _Basket, url: str, config: Config, web: WebOptions, *, alone: bool) -> None:
    from msgcheck.sources.site import read_url

    try:
        basket.snapshot(read_url(url, config, web))
    except FetchError as error:
        if alone:
            raise
        basket.faults.append(Fault("", url, error.message))


def _add_remote(basket: _Basket, url: str) -> None:
    copy = remote.copied(url, basket.suffixes)
    inner = _Basket(basket.suffixes, basket.config)
    try:
        _add_path(inner, str(copy.path))
    except InputError as error:
        raise InputError(copy.named(error.message), error.hint) from error
    basket.documents += map(copy.original, inner.documents)
    basket.skipped += (Skipped(copy.named(skip.what), copy.named(skip.reason)) for skip in inner.skipped)
    basket.skipped += copy.skipped
    basket.faults += inner.faults


def _add_path(basket: _Basket, target: str) -> None:
    if remote.is_remote(target):
        _add_remote(basket, target)
        return
    path = Path(target)
    if path.is_dir() and basket.config is not None and is_snapshot(path):
        basket.snapshot(read_snapshot(path), basket.config.pages.exclude)
    elif path.is_dir():
        basket.folder(path)
    elif path.is_file():
        basket.file(path, path.as_posix())
    elif glob.has_magic(target):
        _add_glob(basket, target)
    else:
        raise missing(target)


def _add_glob(basket: _Basket, pattern: str) -> None:
    names = glob.glob(pattern, recursive=True)  # noqa: PTH207 - Path.glob takes no absolute pattern
    matched = sorted(path for path in map(Path, names) if path.is_file())
    if not matched:
        raise InputError(f"{pattern}: matches no file.", "Quote the pattern, and use ** for folders below.")
    ignored: dict[Path, Ignored] = {}
    for path in matched:
        around = ignored.setdefault(path.parent, Ignored.around(path.parent, named=False).within(path.parent))
        if path.suffix.lower() not in basket.suffixes:
            reason = f"files of type {path.suffix or '(none)'} are not read"
            basket.skipped.append(Skipped(path.as_posix(), reason))
        elif around.matches(path):
            basket.skipped.append(Skipped(path.as_posix(), "is ignored by .gitignore"))
        else:
            basket.come_across(path, path.as_posix())


def excluded(path: Path, key: str, config: Config | None) -> str | None:
    """Why the configuration keeps a file from being read as a page."""
    if config is None:
        return None
    home, whole = config.folder.absolute(), path.absolute()
    names = [key, path.as_posix()]
    if whole.is_relative_to(home):
        names.append(whole.relative_to(home).as_posix())
    if any(matches_any(name, config.pages.exclude) for name in names):
        return "is among `pages.exclude`"
    if any(whole.is_relative_to(home / calls) for calls in config.calls.paths):
        return "is among `calls.paths`"
    return "is the positioning" if config.positioning and whole == home / config.positioning else None


def _is_binary(content: bytes) -> bool:
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff"))
    return not wide and b"\0" in content[:_BINARY_WITHIN]


def _unique(documents: Sequence[RawDocument | Unread]) -> Documents:
    """Each source once. Where two folders give the same key, the source is the key of the later one."""
    kept: dict[str, RawDocument | Unread] = {}
    sources: set[str] = set()
    for document in documents:
        if document.source in sources:
            continue
        sources.add(document.source)
        key = document.key if document.key not in kept else Path(document.source).as_posix()
        kept[key] = replace(document, key=key)
    return Documents(tuple(kept.values()))
