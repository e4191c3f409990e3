"""A PostgreSQL server of the tests' own, on a socket in a temporary folder: nothing listens on the network."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def running_server() -> Iterator[str]:
    """The URL of an empty database; the server ends with the block."""
    programs = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    # The path of a socket may have about 100 characters: pytest's own folders are too deep.
    home = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    try:
        if os.geteuid() == 0:
            shutil.chown(home, "postgres")
        data = home / "data"
        _run(programs / "initdb", "-D", data, "-U", "tests", "-A", "trust", "--no-sync")
        settings = f"-c listen_addresses='' -c unix_socket_directories={home} -c fsync=off"
        _run(programs / "pg_ctl", "-D", data, "-l", home / "log", "-o", settings, "-w", "start")
        try:
            yield f"postgresql://tests@/postgres?host={home}"
        finally:
            _run(programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _run(*command: object) -> None:
    """PostgreSQL refuses to run as root."""
    other: Sequence[str] = ("runuser", "-u", "postgres", "--") if os.geteuid() == 0 else ()
    subprocess.run([*other, *map(str, command)], check=True, capture_output=True, cwd="/")
