"""Files that are written whole or not at all."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path

#: What a new file may be read and written by.
_NEW = 0o644


def write_whole(path: Path, content: bytes) -> None:
    """As `write_pieces`, for what is in one piece."""
    write_pieces(path, (content,))


def write_pieces(path: Path, pieces: Iterable[bytes]) -> None:
    """Put a file in the place of the one that is there, whose mode it keeps; two processes may do so at once.

    Raises OSError, and what `pieces` raises; it leaves nothing behind then.
    """
    temporary = ""
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            temporary = file.name
            file.writelines(pieces)
        Path(temporary).chmod(path.stat().st_mode & 0o777 if path.exists() else _NEW)
        Path(temporary).replace(path)
    finally:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
