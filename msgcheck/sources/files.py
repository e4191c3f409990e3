"""Files in a folder that are worth reading, and why the others are not."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from msgcheck.errors import InputError
from msgcheck.model import Skipped
from msgcheck.sources.ignored import Ignored

PAGE_SUFFIXES = frozenset(
    (
        ".html",
        ".htm",
        ".xhtml",
        ".md",
        ".mdx",
        ".markdown",
        ".txt",
        ".jsx",
        ".tsx",
        ".yaml",
        ".yml",
        ".json",
        ".docx",
        ".eml",
    )
)
CALL_SUFFIXES = frozenset({".vtt", ".srt", ".txt", ".json", ".csv", ".md", ".docx"})
INSTALLED = frozenset({"node_modules", "bower_components", "__pycache__"})
#: Always there, and nothing that anybody would look for among what was skipped.
_UNMENTIONED = frozenset({".git", ".gitignore", ".gitattributes", ".gitkeep", ".DS_Store"})
#: Code that shows components with made-up words, and configurations that allow comments and so are no JSON.
NO_PAGES = re.compile(r".+\.(?:test|spec|stories)\.[jt]sx|[tj]sconfig.*\.json|(?:package-lock|pnpm-lock|yarn)\..*")
#: So many files of one type in one folder are named one by one.
_NAMED_APART = 3
#: A page is a few megabytes at most; more is a mistake or an attack.
MAX_FILE_BYTES = 25_000_000


@dataclass(frozen=True, slots=True)
class Found:
    """A file of a folder, with its POSIX path from there."""

    path: Path
    relative: str


def walk(folder: Path, suffixes: frozenset[str]) -> tuple[list[Found], list[Skipped]]:
    """Files below `folder` in sorted order, and what was left out: hidden, ignored by git, of unknown type."""
    found: list[Found] = []
    skipped: list[Skipped] = []
    strange: dict[tuple[str, str], list[str]] = {}
    for path, reason in _entries(folder, Ignored.around(folder)):
        relative = path.relative_to(folder).as_posix()
        suffix = path.suffix.lower()
        if reason:
            skipped.append(Skipped(relative, reason))
        elif suffix not in suffixes:
            strange.setdefault((path.parent.relative_to(folder).as_posix(), suffix), []).append(relative)
        elif suffixes is PAGE_SUFFIXES and NO_PAGES.fullmatch(path.name):
            skipped.append(Skipped(relative, "is code or configuration, not a page"))
        else:
            found.append(Found(path, relative))
    for (parent, suffix), names in strange.items():
        skipped += _unread(parent, suffix, names)
    return found, sorted(skipped, key=lambda skip: skip.what)


def _unread(parent: str, suffix: str, names: list[str]) -> list[Skipped]:
    reason = f"files of type {suffix or '(none)'} are not read"
    if len(names) <= _NAMED_APART:
        return [Skipped(name, reason) for name in names]
    return [Skipped(f"{'' if parent == '.' else parent + '/'}*{suffix} ({len(names)} files)", reason)]


def _entries(folder: Path, ignored: Ignored) -> Iterator[tuple[Path, str]]:
    """Files sorted by path, and what is not read with its reason; links to folders are not followed."""
    ignored = ignored.within(folder)
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        is_folder = entry.is_dir()
        if entry.name in _UNMENTIONED:
            continue
        if entry.name.startswith("."):
            yield entry, "is hidden"
        elif ignored.matches(entry, is_folder=is_folder):
            yield entry, "is ignored by .gitignore"
        elif is_folder and entry.name in INSTALLED:
            yield entry, "holds installed or compiled code"
        elif is_folder and entry.is_symlink():
            yield entry, "is a link to a folder"
        elif is_folder:
            yield from _entries(entry, ignored)
        elif entry.is_file():
            yield entry, ""
        else:
            yield entry, "is no file, or a link that leads nowhere"


def read_bytes(path: Path) -> bytes:
    """The content of a file; raises InputError in one line where it is empty, too large or may not be read."""
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            message = f"{path}: is larger than {MAX_FILE_BYTES // 1_000_000} MB."
            raise InputError(message, "Name the page itself, not an archive or export.")
        content = path.read_bytes()
    except PermissionError as error:
        raise InputError(f"{path}: may not be read.", "Check the file's permissions.") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}).", "Was it moved while msgcheck ran?") from error
    if not content.strip():
        raise InputError(f"{path}: is empty.", "There is nothing to check in it.")
    return content


def missing(target: str) -> InputError:
    """What to say about a path that is not there."""
    path = Path(target)
    folder = path.parent
    names = [entry.name for entry in folder.iterdir()] if folder.is_dir() else []
    near = difflib.get_close_matches(path.name, sorted(names), n=1, cutoff=0.6)
    hint = f"Did you mean {folder / near[0]}?" if near else "Check the path; relative paths start in this folder."
    return InputError(f"{target}: no such file or folder.", hint)
