"""Files in a folder that are worth reading, and why the others are not."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from msgcheck.errors import InputError
from msgcheck.model import Skipped

PAGE_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".md", ".mdx", ".markdown", ".txt"})
CALL_SUFFIXES = frozenset({".vtt", ".srt", ".txt", ".json", ".csv", ".md", ".docx"})
_SKIPPED_FOLDERS = frozenset({"node_modules", "__pycache__"})
#: A page is a few megabytes at most; more is a mistake or an attack.
MAX_FILE_BYTES = 25_000_000


@dataclass(frozen=True, slots=True)
class Found:
    """A file of a folder, with its POSIX path from there."""

    path: Path
    relative: str


def walk(folder: Path, suffixes: frozenset[str]) -> tuple[list[Found], list[Skipped]]:
    """Files below `folder` in sorted order: no hidden ones, none that a .gitignore names, none of unknown type."""
    import pathspec

    found: list[Found] = []
    skipped: list[Skipped] = []
    lines = [line for pattern in _gitignores(folder) for line in pattern]
    ignored = pathspec.GitIgnoreSpec.from_lines(lines)
    for path in _files(folder):
        relative = path.relative_to(folder).as_posix()
        if ignored.match_file(relative):
            continue
        if path.suffix.lower() not in suffixes:
            skipped.append(Skipped(relative, f"files of type {path.suffix or '(none)'} are not read"))
        else:
            found.append(Found(path, relative))
    return found, skipped


def _files(folder: Path) -> Iterator[Path]:
    """Sorted by path; symbolic links to folders are not followed, so that no walk is endless."""
    entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    for entry in entries:
        if entry.name.startswith(".") or entry.name in _SKIPPED_FOLDERS:
            continue
        if entry.is_dir():
            if not entry.is_symlink():
                yield from _files(entry)
        elif entry.is_file():
            yield entry


def _gitignores(folder: Path) -> Iterator[list[str]]:
    """The patterns of every .gitignore below, made relative to `folder`."""
    for path in sorted(folder.rglob(".gitignore")):
        prefix = path.parent.relative_to(folder).as_posix()
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        yield lines if prefix == "." else [_below(prefix, line) for line in lines]


def _below(prefix: str, line: str) -> str:
    pattern = line.strip()
    if not pattern or pattern.startswith("#"):
        return ""
    negated, pattern = ("!", pattern[1:]) if pattern.startswith("!") else ("", pattern)
    anchored = "/" in pattern.rstrip("/")
    return f"{negated}/{prefix}/{pattern.lstrip('/') if anchored else '**/' + pattern}"


def read_bytes(path: Path) -> bytes:
    """The content of a file; raises InputError in one line where it is empty, too large or may not be read."""
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            message = f"{path}: is larger than {MAX_FILE_BYTES // 1_000_000} MB."
            raise InputError(message, "Name the page itself, not an archive or export.")
        content = path.read_bytes()
    except PermissionError as error:
        raise InputError(f"{path}: may not be read.", "Check the file's permissions.") from error
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
