"""Digests of what makes a result: change any of it, and what was kept under the old digest is not found again."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

#: Places where installed distributions leave a folder with their name and version.
_INSTALLED = "*.dist-info"


@cache
def folder_digest(folder: Path) -> str:
    """Of the names and contents of all files below, compiled Python aside; empty for a folder that is not there."""
    state = hashlib.blake2b(digest_size=16)
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            content = path.read_bytes()
            state.update(f"{path.relative_to(folder)}\0{len(content)}\0".encode("utf-8", "surrogatepass"))
            state.update(content)
    return state.hexdigest()
