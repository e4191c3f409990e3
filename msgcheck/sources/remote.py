"""Files on other file systems (s3://, gs://, memory://, …), through fsspec and the drivers that users install.

They are copied once, into a temporary folder that is read like any other and goes when nothing needs it any more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from glob import has_magic
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from msgcheck.attempt import attempt
from msgcheck.config import ADDRESS, URL
from msgcheck.errors import InputError, UsageError
from msgcheck.model import Fault, RawDocument, Skipped
from msgcheck.sources.files import MAX_FILE_BYTES
from msgcheck.sources.lazy import Unread

T = TypeVar("T")

#: What a snapshot holds beside its pages.
_SNAPSHOT = frozenset({".jsonl"})


def is_remote(name: str) -> bool:
    """Whether a name is an address on another file system; pages on the web are not."""
    return bool(ADDRESS.match(name)) and not URL.match(name)


@dataclass(frozen=True, slots=True)
class Copy:
    """What an address stands for, at `path` below `kept`, which stands for `top`; `skipped` was not copied."""

    top: str
    path: Path
    kept: TemporaryDirectory[str]
    skipped: tuple[Skipped, ...]

    def named(self, text: str) -> str:
        """A text about the copy as one about what was copied."""
        return text.replace(f"{self.kept.name}/", self.top)

    def original(self, document: RawDocument | Unread) -> RawDocument | Unread:
        """The document under the name of what was copied; the copy is kept as long as it may be read."""
        key, source = self.named(document.key), self.named(document.source)
        if isinstance(document, RawDocument):
            return replace(document, key=key, source=source)
        return Unread(key, source, partial(self._read, document.read, source))

    def _read(self, read: Callable[[], RawDocument], source: str) -> RawDocument:
        return replace(read(), source=source)


def copied(url: str, suffixes: Set[str]) -> Copy:
    """A copy of the file, of those that a glob matches, or of a folder's files of these types.

    Raises UsageError where there is no driver for the address, InputError for what cannot be read.
    """
    system, path = _system(url)
    names = _asked(url, partial(_find, system, path))
    if not names:
        raise InputError(f"{url}: {'matches no file' if has_magic(url) else 'no such file or folder'}.", "Check it.")
    kept = TemporaryDirectory(prefix="msgcheck-")
    top = _top(path)
    target, skipped, wanted = Path(kept.name), [], {}
    for name, size in sorted(names.items()):
        local = target.joinpath(*_parts(name, top))
        local.parent.mkdir(parents=True, exist_ok=True)
        if size > MAX_FILE_BYTES:
            skipped.append(Skipped(name, f"is larger than {MAX_FILE_BYTES // 1_000_000} MB"))
        elif local.suffix.lower() in suffixes | _SNAPSHOT or len(names) == 1:
            wanted[name] = str(local)
        else:
            local.touch()  # Not read, but told as in any folder.
    if wanted:
        _asked(url, partial(system.get, list(wanted), list(wanted.values())))
    return Copy(_top(url.rstrip("/")), target.joinpath(*_parts(path, top)), kept, tuple(skipped))


@contextmanager
def writable(name: str) -> Iterator[Path]:
    """Where to write a file of this name; what was written beside it as well is uploaded when all is done."""
    if not is_remote(name):
        yield Path(name)
        return
    system, path = _system(name)
    with TemporaryDirectory(prefix="msgcheck-") as folder:
        yield Path(folder) / PurePosixPath(path).name
        files = [file for file in sorted(Path(folder).rglob("*")) if file.is_file()]
        targets = [f"{_top(path)}{file.relative_to(folder).as_posix()}" for file in files]
        _asked(name, partial(system.put, [str(file) for file in files], targets))


def check_writable(name: str) -> None:
    """Raises UsageError where there is no driver for the address."""
    _system(name)


def _system(url: str) -> tuple[Any, str]:
    """The file system and the path on it."""
    from fsspec.core import url_to_fs

    try:
        system, path = url_to_fs(url)
    except (ImportError, ValueError) as error:
        hint = "fsspec lists what there is: s3:// needs s3fs, gs:// gcsfs, abfs:// adlfs, each installed with pip."
        raise UsageError(f"{url}: cannot be opened ({error}).", hint) from error
    return system, path.rstrip("/")


def _asked(url: str, work: Callable[[], T]) -> T:
    """The answer of a driver; each has errors of its own."""
    faults: list[Fault] = []
    answer = attempt(lambda: (work(),), "", url, faults)
    if answer is None:
        raise InputError(f"{url}: {faults[0].error}.", "Check the address and your access to it.")
    return answer[0]


def _find(system: Any, path: str) -> dict[str, int]:
    """Sizes of the files that a path stands for."""
    found = system.find(path, detail=True)
    if not found and has_magic(path):
        found = system.glob(path, detail=True)
    return {name: info.get("size") or 0 for name, info in found.items() if info["type"] == "file"}


def _top(path: str) -> str:
    """The folder that a path lies in, up to its first wildcard."""
    plain = path[: next((place for place, letter in enumerate(path) if letter in "*?["), len(path))]
    return plain[: plain.rfind("/") + 1]


def _parts(name: str, top: str) -> tuple[str, ...]:
    """Where a file lies below `top`. Names come from outside: none may lead anywhere else."""
    parts = PurePosixPath(name.removeprefix(top).lstrip("/")).parts
    if ".." in parts:
        raise InputError(f"{name}: leads out of its folder.", "Rename it.")
    return parts
