"""Files that are written whole or not at all."""

from __future__ import annotations

import tempfile
from pathlib import Path

#: What a new file may be read and written by.
_NEW = 0o644


def write_whole(path: Path, content: bytes) -> None:
    """Put a file in the place of the one that is there, whose mode it keeps; two processes may do so at once.

    Raises OSError, and leaves nothing behind then.
    """
    temporary = ""
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            temporary = file.name
            file.write(content)
        Path(temporary).chmod(path.stat().st_mode & 0o777 if path.exists() else _NEW)
        Path(temporary).replace(path)
    except OSError:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise
