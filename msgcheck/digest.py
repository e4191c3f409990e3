"""Digests of what makes a result: change any of it, and what was kept under the old digest is not found again."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

from msgcheck.model import RawDocument

#: Entry points under which other packages bring rules.
RULES_GROUP = "msgcheck.rules"


@cache
def folder_digest(folder: Path) -> str:
    """Of the names and contents of all files below, compiled Python aside."""
    state = hashlib.blake2b(digest_size=16)
    for path in _files(folder):
        content = path.read_bytes()
        state.update(f"{path.relative_to(folder)}\0{len(content)}\0".encode("utf-8", "surrogatepass"))
        state.update(content)
    return state.hexdigest()


@cache
def program_digest() -> str:
    """Of msgcheck itself, of other packages' rules, and of the names and versions of all that is installed."""
    parts = [sys.version, folder_digest(Path(__file__).parent), *sorted(_installed())]
    parts += [_code_digest(point.module) for point in entry_points(group=RULES_GROUP)]
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()


def update_with(state: hashlib.blake2b, documents: Sequence[RawDocument]) -> None:
    """Add documents to a digest: names, types, contents, and how many there are."""
    state.update(str(len(documents)).encode())
    for raw in documents:
        state.update(f"{len(raw.content)} {replace(raw, content=b'')!r}".encode("utf-8", "surrogatepass"))
        state.update(raw.content)


def folder_state(folder: Path) -> str:
    """Of the names, sizes and times of all files below: for models that are too large to be read each time."""
    state = [(str(path.relative_to(folder)), path.stat().st_size, path.stat().st_mtime_ns) for path in _files(folder)]
    return hashlib.blake2b(repr(state).encode(), digest_size=16).hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    for name, folders, files in os.walk(folder):
        folders[:] = sorted(entry for entry in folders if entry != "__pycache__")
        yield from (Path(name, file) for file in sorted(files))


def _installed() -> Iterator[str]:
    """'spacy-3.8.7.dist-info' and its like, from every place that Python imports from."""
    for entry in sys.path:
        if os.path.isdir(entry):  # noqa: PTH112 - an empty entry is no Path
            yield from (name for name in os.listdir(entry) if name.endswith((".dist-info", ".egg-info")))  # noqa: PTH208


def _code_digest(module: str) -> str:
    """Of the package that holds a module; the package is found without being run."""
    spec = find_spec(module.split(".")[0])
    if spec is None or not spec.origin:
        return ""
    origin = Path(spec.origin)
    return folder_digest(origin.parent) if origin.name == "__init__.py" else origin.read_bytes().hex()
