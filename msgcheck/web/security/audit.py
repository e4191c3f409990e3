"""Who did what, a JSON object a line. It never holds copy, passwords, tokens, or the paths and queries of addresses."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime
from pathlib import Path

from msgcheck.errors import UsageError


class AuditLog:
    """Appends to a file that only its owner may read."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()

    def prepare(self) -> None:
        """Make sure that it can be written, before anything is served. Raises UsageError."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.touch(mode=0o600)
        except OSError as error:
            message = f"{self._path}: cannot be written ({error.strerror})."
            raise UsageError(message, "Start the server in a folder that is yours.") from error

    def note(self, action: str, who: str, client: str, **details: str | int) -> None:
        """Add a line; `details` are short facts such as a job's id."""
        entry = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "action": action, "who": who, "client": client}
        line = json.dumps({**entry, **details}, ensure_ascii=True)
        with self._lock, self._path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")
